"""How the words of a phrase reshape its garment: sleeves, hems, what is tied around the waist instead of worn."""

import re
from typing import NamedTuple

from companion_hub.models.scene import Layer, Region, Slot
from companion_hub.services.scene.lexicon import Term, regions_of
from companion_hub.services.texts import word_set

# What may stand before a part of the body: "over one bare shoulder".
THEIR = r"(?:(?:the|a|an|one|both|his|her|their|my|your|its|bare|left|right) ){0,2}"


class _Shape(NamedTuple):
    """Words that reshape a garment: what they add to it and take from it, for some slots and "@tags" of the lexicon.

    ``only``: it covers just these, as what is tied around the waist does.  It is worn like what it ``becomes``.
    """

    words: re.Pattern[str]
    of: frozenset[str]
    adds: str = ""
    drops: str = ""
    only: str = ""
    becomes: tuple[Slot, Layer] | None = None


def _shape(
    words: str,
    of: str,
    *,
    adds: str = "",
    drops: str = "",
    only: str = "",
    becomes: tuple[Slot, Layer] | None = None,
) -> _Shape:
    return _Shape(re.compile(rf"\b(?:{words})\b"), word_set(of), adds, drops, only, becomes)


_SHAPES = (
    _shape(r"oversized?|boyfriend", "top", adds="PT"),
    _shape(r"(?:knee|thigh|mid thigh|calf|ankle|floor) length", "top", adds="PT", becomes=("full", "mid")),
    _shape(r"sleeveless|strapless|halter ?neck|spaghetti strap(?:ped)?", "top full outer", drops="A"),
    _shape(r"(?:long|full|bell|puff|puffed|balloon|bishop) sleeved?|(?:long|full) sleeves", "top full", adds="A"),
    _shape(r"(?:floor|ankle|full|calf) length|maxi|trailing|sweeping|to the (?:floor|ground|ankles?)", "full outer @skirt", adds="TL"),
    _shape(r"long(?! sleeve)", "@skirt @robe @sleep", adds="TL"),
    _shape(r"mini|micro|short(?! sleeve)|shortie|shorty|(?:knee|thigh|mid thigh) length|cropped", "full outer @skirt", drops="L"),
    _shape(r"(?:hip|waist) length|cropped", "outer", drops="TLP"),
    _shape(r"cropp?(?:ed)?|midriff baring", "top outer", drops="M"),
    _shape(r"(?:full|whole) body|all in one|head to toe", "full", adds="CMBAPTL"),
    _shape(rf"(?:tied|knotted|slung|worn|looped) (?:a?round|about) {THEIR}(?:waist|hips)", "top outer", only="P", becomes=("waist", "accessory")),
    _shape(rf"(?:over|a?round|across|about|on|off|from) {THEIR}shoulders?", "top outer", only="NB"),
    _shape(rf"(?:on|in|over|a?round|about) {THEIR}(?:hair|head)", "@bath", only="H", becomes=("head", "accessory")),
    _shape(rf"(?:over|a?round|about) {THEIR}(?:shoulders?|neck)", "@bath", only="N", becomes=("neck", "accessory")),
)  # fmt: skip


def reshaped(term: Term, described: str) -> tuple[Slot, Layer, tuple[Region, ...]]:
    """Return where a garment lies, and what it covers as its phrase describes it."""
    slot, layer = term.slot, term.layer
    covered = dict.fromkeys(term.regions)
    if layer == "underwear":
        return slot, layer, term.regions
    for shape in _SHAPES:
        if {slot, f"@{term.tag}"}.isdisjoint(shape.of) or not shape.words.search(described):
            continue
        if shape.only:
            slot, layer = shape.becomes or (slot, layer)
            return slot, layer, regions_of(shape.only)
        slot, layer = shape.becomes or (slot, layer)
        covered.update(dict.fromkeys(regions_of(shape.adds)))
        for region in regions_of(shape.drops):
            covered.pop(region, None)
    return slot, layer, tuple(covered)
