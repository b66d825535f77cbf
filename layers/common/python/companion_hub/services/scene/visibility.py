"""Decides which garments a picture shows: what cannot be seen is not drawn; when in doubt, covered.

A garment is drawn when, on at least one region inside the frame, nothing opaque lies above it.  The uppermost garment of a
region is therefore always drawn: a region never loses its only cover.  Sheer and open garments let the layer below show,
but underwear only where ``allow_underwear`` says so; otherwise the garment above counts as closed and opaque.
"""

import re
from typing import Literal, get_args

from companion_hub.models.scene import Garment, Layer, Region, Scene, Slot, VisibilityDecision
from companion_hub.services.scene.lexicon import Term, key_of, listed
from companion_hub.services.texts import word_set

Frame = Literal["portrait", "half", "full"]

# What the picture shows of the body, seen from the front.
FRAME_REGIONS: dict[Frame, frozenset[Region]] = {
    "portrait": frozenset({"head", "face", "neck", "chest"}),
    "half": frozenset({"head", "face", "neck", "chest", "midriff", "arms", "hands", "hips"}),
    "full": frozenset(get_args(Region)) - {"back"},
}
_LAYERS: dict[Layer, int] = {"underwear": 0, "base": 20, "mid": 40, "outer": 60, "accessory": 80}
# Within a layer: a dress hides leggings, boots hide socks.
_SLOTS: dict[Slot, int] = {"legwear": 0, "bottom": 4, "top": 4, "full": 6, "feet": 8, "outer": 8, "waist": -50}
# Leg warmers and gaiters show over leggings, trousers and overalls (25, 26), not over a long skirt (28, 29).
_GAITERS = 27
# Overtrousers lie over the base layer and under a belt (30).
_OVERTROUSERS = 29
_OPENING: frozenset[Region] = frozenset({"neck", "chest", "midriff", "hips", "thighs", "legs"})


def _term(piece: Garment) -> Term | None:
    return listed().get(key_of(piece.kind)) if piece.kind else None


def _rank(piece: Garment) -> int:
    """Return how far out a garment lies.  A belt (accessory) lies above the base layer and below coats."""
    term = _term(piece)
    rank = _LAYERS[piece.layer] + _SLOTS.get(piece.slot, 5)
    if piece.slot == "bottom" and piece.layer == "base" and "hips" in piece.regions:
        rank += 1
    if piece.slot == "top" and piece.layer == "base" and term is not None and "corset" not in term.kind:
        rank -= sum(region not in piece.regions for region in ("midriff", "arms"))  # a tank top goes under a shirt
    if piece.layer == "outer" and "hips" in piece.regions:
        rank += 2  # a coat goes over a jacket
    if term and term.tag in ("swim", "under") and piece.layer == "base":
        rank -= 8  # swimwear and slips lie under whatever is put on over them
    if term and term.tag == "close":
        rank -= 3  # leggings lie under trousers, cycling shorts under a skirt
    if term and term.tag == "cover":
        rank += 10
    if term and term.tag == "whole":
        rank += 20
    if piece.slot == "bottom" and piece.layer == "mid":
        rank = _OVERTROUSERS
    if piece.slot == "legwear" and piece.layer == "mid":
        rank = _GAITERS
    if term and term.tag == "skirt" and "legs" in piece.regions:
        rank += 3
    return rank


# Shoes that show the socks in them; what hides jewellery of the same place.
_OPEN_SHOES = word_set("sandals zori geta flip-flops slides huaraches chappals")
_WRAPPED = word_set("scarf muffler snood shemagh keffiyeh")
_HUNG = word_set("necklace pendant choker locket pearls chain amulet medallion torc")
_HIDES_EARS = word_set("balaclava hijab niqab burqa burka chador wimple khimar")


def _lies_under(piece: Garment) -> bool:
    term = _term(piece)
    return term is not None and term.tag == "under"


def _hides(above: Garment, piece: Garment) -> bool:
    """Whether an accessory covers another of the same place: gloves a ring (not a lip ring) and their liners, a hijab the earrings."""
    if piece.layer == "accessory" and above.slot == piece.slot and _lies_under(piece):
        return not _lies_under(above)
    if above.slot == piece.slot == "neck" and not _WRAPPED.isdisjoint(above.kind.split()):
        return not _HUNG.isdisjoint(piece.kind.split())  # a scarf the necklace
    if piece.slot != "jewellery" or above.slot == "jewellery":
        return False
    rings = piece.kind.split()[-1:] in (["ring"], ["band"]) and above.slot == "hands" and "fingerless" not in above.name
    return rings or ("earring" in piece.kind and bool(_HIDES_EARS & set(above.kind.split())))


# Said of a front that is usually open: a lab coat; of one with lapels only when it is closed to the neck.
_CLOSED = re.compile(r"(?<!half )(?<!part )\b(?:buttoned|zipped|fastened|closed|done up|tied shut)\b", re.IGNORECASE)
_CLOSED_TO_THE_NECK = re.compile(
    r"\b(?:fully|completely|tightly) (?:buttoned|zipped|fastened|closed)\b|\bto the (?:collar|neck|throat|chin|top)\b|\ball the way\b",
    re.IGNORECASE,
)


def _open_front(piece: Garment, term: Term | None) -> bool:
    if term is None or not term.open_front:
        return False
    return not (_CLOSED_TO_THE_NECK if term.tag == "lapels" else _CLOSED).search(piece.name.replace("-", " "))


def _shows_below(piece: Garment, region: Region) -> bool:
    """Whether a garment lets the layer below show on a region."""
    open_front = piece.state == "open" or _open_front(piece, _term(piece))
    return (
        piece.layer == "accessory"
        or (not piece.kind and piece.slot == "other")  # nobody knows what it leaves free
        or (piece.slot == "feet" and bool(_OPEN_SHOES & set(piece.kind.split())))
        or piece.opacity == "sheer"
        or (open_front and region in _OPENING and (piece.state == "open" or region in ("neck", "chest")))
        or (
            piece.state == "open"
            and region == "arms"
            and piece.kind.split()[-1:] in (["cloak"], ["mantle"], ["poncho"])
        )
        or (piece.state == "lifted" and region in ("midriff", "hips", "thighs"))
    )


def visible_garments(scene: Scene, frame: Frame, allow_underwear: bool = False) -> tuple[VisibilityDecision, ...]:
    """Return for each garment of the scene whether it is drawn, and why, in the order of the scene."""
    worn = [g for g in scene.garments if g.state not in ("removed", "held")]
    return tuple(_decide(piece, worn, FRAME_REGIONS[frame], allow_underwear) for piece in scene.garments)


def _lies_over(above: Garment, piece: Garment) -> bool:
    """Whether a garment lies above another.  Boots cover stockings; of trousers and gowns the knee or the hem still shows."""
    return _rank(above) > _rank(piece) and not (above.slot == "feet" and piece.slot in ("bottom", "full"))


def _decide(
    piece: Garment, worn: list[Garment], framed: frozenset[Region], allow_underwear: bool
) -> VisibilityDecision:
    if piece.state == "removed":
        return VisibilityDecision(garment=piece, drawn=False, reason="taken off")
    if piece.state == "held":
        return VisibilityDecision(garment=piece, drawn=False, reason="held, not worn")
    regions: list[Region] = [region for region in piece.regions if region in framed]
    if not regions:
        return VisibilityDecision(garment=piece, drawn=False, reason="outside the picture")
    blocked_by: Garment | None = None
    shielded = False
    for region in regions:
        hiding = next((g for g in worn if region in g.regions and _hides(g, piece)), None)
        above = [g for g in worn if g is not piece and region in g.regions and _lies_over(g, piece)]
        cover = hiding or next((g for g in above if not _shows_below(g, region)), None)
        if cover is not None and not piece.kind and piece.slot == "other" and cover.layer != "outer":
            cover = None  # nobody knows where it is worn: kept and shown
        if cover is None and piece.layer == "underwear" and not allow_underwear:
            cover = next((g for g in above if g.layer not in ("accessory", "underwear")), None)
            shielded = shielded or cover is not None
        if cover is None:
            reason = f"visible under the {above[0].name}" if above else "the outermost layer"
            return VisibilityDecision(garment=piece, drawn=True, reason=reason)
        blocked_by = cover
    name = blocked_by.name if blocked_by else ""
    reason = f"covered by the {name}" + (" (underwear is not shown)" if shielded else "")
    return VisibilityDecision(garment=piece, drawn=False, reason=reason)


def counts_as_closed(scene: Scene, piece: Garment, *, allow_underwear: bool) -> bool:
    """Whether an open or sheer garment is drawn closed and opaque, because only underwear or nothing lies below it."""
    if allow_underwear or (piece.state not in ("open", "lifted") and piece.opacity != "sheer"):
        return False
    if piece.layer not in ("base", "mid", "outer") or piece.slot in ("legwear", "feet"):
        return False
    for region in piece.regions:
        if region not in ("chest", "hips") or not _shows_below(piece, region):
            continue
        below = [
            g for g in scene.garments
            if g is not piece and region in g.regions and g.state == "worn" and g.opacity == "opaque"
            and g.layer in ("base", "mid", "outer") and _rank(g) < _rank(piece)
        ]  # fmt: skip
        if not below:
            return True
    return False
