"""Outfits as words: a description becomes garments, and a scene is made from three strings.

The readable outfit (``Scene.outfit``) is a comma-separated list that ``parse_outfit`` reads back to the same garments.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from companion_hub.models.companion import CompanionProfile, StateField
from companion_hub.models.scene import MAX_TEXT, Garment, Layer, Opacity, Region, Scene, Slot, WearState
from companion_hub.services.scene.lexicon import (
    COLOURS,
    MATERIALS,
    PATTERNS,
    SHEER_WORDS,
    Term,
    find_term,
    is_modifier,
)
from companion_hub.services.texts import one_line, word_set

MAX_GARMENTS = 24
MAX_NAME = 80
# An unknown garment lies here; the head noun's ending moves it elsewhere.
_UNKNOWN: tuple[Slot, Layer, tuple[Region, ...]] = ("other", "base", ("chest", "midriff", "back", "hips"))
_SUGGESTED: tuple[tuple[str, str], ...] = (
    # ending of the head noun -> a known word whose place the unknown garment takes
    ("dress", "dress"), ("gown", "gown"), ("suit", "jumpsuit"), ("coat", "coat"), ("jacket", "jacket"), ("shirt", "shirt"),
    ("blouse", "blouse"), ("top", "top"), ("sweater", "sweater"), ("skirt", "skirt"), ("pants", "pants"),
    ("trousers", "trousers"), ("jeans", "jeans"), ("shorts", "shorts"), ("leggings", "leggings"), ("shoes", "shoes"),
    ("boots", "boots"), ("heels", "heels"), ("sandals", "sandals"), ("slippers", "slippers"), ("socks", "socks"),
    ("hat", "hat"), ("cap", "cap"), ("helm", "helmet"), ("mask", "mask"), ("scarf", "scarf"), ("lace", "necklace"),
    ("gloves", "gloves"), ("belt", "belt"), ("ring", "ring"), ("robe", "robe"), ("cloak", "cloak"), ("wear", "clothes"),
    ("pack", "backpack"), ("wrap", "shawl"), ("armor", "armor"), ("armour", "armour"), ("piece", "one-piece"),
)  # fmt: skip
_ONLY = re.compile(
    r"\b(?:nothing|naked|nude) (?:but|except(?: for)?|other than|besides|save for)\b|\bnothing on (?:but|except)\b",
    re.I,
)
_NOT_WORN = word_set(
    "nothing naked nude none barefoot unclothed undressed topless bottomless unknown null n/a na same unchanged"
)
# Words before the garment that are not part of its name.
_LEADING = word_set(
    "a an the her his my your their its our some this that these those just only simply still also now both "
    "first second third next last other same very "
    "his/her wearing wears dressed in clad sporting into on has have got is and plus with of pair pairs set "
    "matching-pair"
)
_TRAILING = word_set(
    "again now instead today tonight too please first quickly slowly anymore already underneath beneath below"
)
_PAIRED = word_set("shoe boot sock glove heel sandal slipper stocking mitten sneaker trainer")
_STATES: dict[str, WearState] = {
    "open": "open", "unbuttoned": "open", "unzipped": "open", "undone": "open", "untied": "open",
    "lifted": "lifted", "hiked-up": "lifted",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:['’.\-/][^\W_]+)*", re.UNICODE)
_SEPARATOR = re.compile(r"[,;+&/\n|]| - |\.(?=\s|$)|\b(?:and|over|under|underneath|beneath|above|plus|paired with|along with|with)\b", re.IGNORECASE)  # fmt: skip
_JOINING = frozenset({"and", "with", ",", "&", "/"})


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)


# A tag of the image server ("<lora:…>", "<hypernet:…>") is no garment.
_TAG = re.compile(r"<[^<>,]{0,200}>?")


def tidy(phrase: str) -> str:
    """Return a garment phrase without articles, possessives and adverbs around it, at most MAX_NAME characters."""
    words = words_of(_TAG.sub(" ", phrase))
    while words and words[0].lower() in _LEADING:
        words.pop(0)
    while words and words[-1].lower() in _TRAILING:
        words.pop()
    name = " ".join(words)
    while len(name) > MAX_NAME:  # the head noun stands at the end: modifiers go first
        words.pop(0)
        name = " ".join(words)
        if not words:
            return one_line(phrase, MAX_NAME)
    return name


@lru_cache(maxsize=4_096)
def garment(phrase: str) -> Garment | None:
    """Return the garment a noun phrase names by its last garment word ("zebra print dress" is a dress).

    An unknown phrase becomes an opaque garment in the place its head noun suggests; None for an empty phrase.
    """
    name = tidy(phrase)
    if not name:
        return None
    words = name.split()
    state: WearState = "worn"
    if len(words) > 1 and words[0].lower() in _STATES:
        state = _STATES[words[0].lower()]
        words = words[1:]
        while len(words) > 1 and words[0].lower() in _LEADING:
            words.pop(0)
        name = " ".join(words)
    if words[-1].lower() in _PAIRED:  # "puts on her shoe"
        words = [*words[:-1], words[-1] + "s"]
        name = " ".join(words)
    return _make(name, words, state)


def known_garment(phrase: str) -> Garment | None:
    """Return the garment of a phrase whose head is in the lexicon, None otherwise."""
    made = garment(phrase)
    return made if made and made.kind else None


def head_term(words: list[str]) -> Term | None:
    """Return the term a phrase is about: the one at its end, else the last one in it ("dress with pockets")."""
    for end in range(len(words), 0, -1):
        found = find_term(words, end)
        if found is not None:
            return found[1]
    return None


# "an oversized t-shirt" covers what is under it down to the thighs.
_REACHES_LOW = frozenset(("oversized", "oversize", "boyfriend"))
_LOW: tuple[Region, ...] = ("hips", "thighs")


def _make(name: str, words: list[str], state: WearState) -> Garment:
    lower = [word.lower() for word in words]
    parts = {part for word in lower for part in (word, *word.split("-"))}
    term = head_term(words)
    sheer = bool(SHEER_WORDS & set(lower)) or (term is not None and term.sheer and "opaque" not in lower)
    opacity: Opacity = "sheer" if sheer else "opaque"
    kind = ""
    slot, layer, regions = _UNKNOWN
    if term is None:
        term = _suggested(lower[-1])
    else:
        kind = term.kind
    if term is not None:
        slot, layer, regions = term.slot, term.layer, term.regions
        if slot == "top" and layer != "underwear" and not _REACHES_LOW.isdisjoint(lower):
            regions = tuple(dict.fromkeys((*regions, *_LOW)))
    return Garment(
        name=name,
        kind=kind,
        slot=slot,
        layer=layer,
        regions=regions,
        opacity=opacity,
        state=state,
        colours=tuple(sorted(parts & COLOURS)),
        materials=tuple(sorted(parts & MATERIALS)),
        patterns=tuple(sorted(parts & PATTERNS)),
    )


def _suggested(head: str) -> Term | None:
    for ending, known in _SUGGESTED:
        if head.endswith(ending):
            found = find_term([known], 1)
            return found[1] if found else None
    return None


def parse_outfit(text: str) -> tuple[Garment, ...]:
    """Return the garments of a description such as "a red dress, black heels and an open coat"."""
    garments: list[Garment] = []
    seen: set[str] = set()
    for phrase in _phrases(_ONLY.sub(" ", one_line(text, 2_000))):
        made = garment(phrase)
        if made is None or (not made.kind and all(is_modifier(word) for word in made.name.split())):
            continue
        unworn = {word.lower() for word in made.name.split()} & _NOT_WORN
        if unworn and not (unworn == {"nude"} and made.kind):  # a colour too: "nude pumps"
            continue
        if made.name.lower() not in seen:
            seen.add(made.name.lower())
            garments.append(made)
    return tuple(garments[:MAX_GARMENTS])


def _phrases(text: str) -> Iterable[str]:
    """Split a list of garments; "black and white dress" and "long, flowing dress" stay whole."""
    pending = ""
    at = 0
    for match in [*_SEPARATOR.finditer(text), None]:
        part = text[at : match.start() if match else len(text)]
        at = match.end() if match else at
        words = words_of(tidy(part))
        joinable = match is not None and match[0].strip().lower() in _JOINING
        if words and joinable and match is not None and all(is_modifier(word) for word in words):
            word = " and " if match[0].lower() == "and" else " "
            if find_term(words, len(words)) is None or (match[0].lower() == "and" and _modifies(text[at:])):
                pending = f"{pending} {tidy(part)}{word}"
                continue
        if words:
            yield re.sub(r"\band\b", "and", f"{pending} {tidy(part) if pending else part}")
        pending = ""


def _modifies(rest: str) -> bool:
    """Whether the words after an "and" begin with another modifier of the same garment, as in "silk and lace dress"."""
    words = words_of(rest)
    return len(words) > 1 and is_modifier(words[0]) and find_term(words[:2], 2) is not None


# --- scenes --------------------------------------------------------------------------------------------------------


def default_scene(profile: CompanionProfile) -> Scene:
    """Return where a new companion starts: at home, comfortably dressed."""
    outfit = {
        "masculine": "dark blue henley, grey jeans, white sneakers",
        "androgynous": "soft grey hoodie, black jeans, white sneakers",
    }.get(str(profile.appearance.get("presentation", "")), "soft grey sweater, blue jeans, white socks")
    return scene_from_strings(outfit, "at home, in the living room", "relaxing on the sofa")


def scene_from_strings(outfit: str, location: str, action: str, locked: Iterable[StateField] = ()) -> Scene:
    return Scene(
        garments=parse_outfit(one_line(outfit, MAX_TEXT)),
        location=one_line(location, MAX_TEXT),
        action=one_line(action, MAX_TEXT),
        locked=locks(locked),
    )


def edit_scene(
    scene: Scene,
    *,
    locked: Iterable[StateField],
    outfit: str | None = None,
    location: str | None = None,
    action: str | None = None,
) -> Scene:
    """Apply an edit by hand (None: leave as it is)."""
    return Scene(
        garments=parse_outfit(one_line(outfit, MAX_TEXT)) if outfit is not None else scene.garments,
        location=one_line(location, MAX_TEXT) if location is not None else scene.location,
        action=one_line(action, MAX_TEXT) if action is not None else scene.action,
        locked=locks(locked),
    )


def locks(locked: Iterable[StateField]) -> tuple[StateField, ...]:
    fields: tuple[StateField, ...] = ("outfit", "location", "action")
    wanted = set(locked)
    return tuple(field for field in fields if field in wanted)
