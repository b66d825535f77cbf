"""Which garments a picture shows: a garment is drawn when it is the top opaque one over some part in the frame.

Pure.  Sheer garments let the layer below show, but underwear under anything stays undrawn unless the owner's content
rating allows it; what covers a part alone is always drawn; when in doubt, covered.
"""

from collections.abc import Sequence
from typing import Literal

from companion_hub.models.image import GarmentDecision
from companion_hub.models.scene import Garment, Layer, Region

Frame = Literal["portrait", "half", "full"]

_ORDER: dict[Layer, int] = {"underwear": 0, "base": 1, "mid": 2, "outer": 3, "accessory": 4}
_IN_FRAME: dict[Frame, frozenset[Region]] = {
    "portrait": frozenset({"head", "face", "neck", "chest", "arms", "back"}),
    "half": frozenset({"head", "face", "neck", "chest", "midriff", "back", "arms", "hands", "hips"}),
    "full": frozenset(
        {"head", "face", "neck", "chest", "midriff", "back", "arms", "hands", "hips", "thighs", "legs", "feet"}
    ),
}


def decide(garments: Sequence[Garment], frame: Frame, *, allow_underwear: bool = False) -> list[GarmentDecision]:
    """Return for every garment whether it is drawn and why; the scene's order is kept."""
    return [_decide(piece, index, garments, frame, allow_underwear) for index, piece in enumerate(garments)]


def _decide(
    piece: Garment, index: int, garments: Sequence[Garment], frame: Frame, allow_underwear: bool
) -> GarmentDecision:
    def verdict(drawn: bool, reason: str) -> GarmentDecision:
        return GarmentDecision(garment=piece.name, drawn=drawn, reason=reason)

    if piece.state == "removed":
        return verdict(False, "taken off")
    if piece.state == "held":
        return verdict(True, "held in the hand")
    if piece.layer == "accessory":
        inside = not piece.regions or any(region in _IN_FRAME[frame] for region in piece.regions)
        return verdict(inside, "in the frame" if inside else f"outside a {frame} picture")
    shown_regions = [region for region in piece.regions if region in _IN_FRAME[frame]]
    if piece.regions and not shown_regions:
        return verdict(False, f"outside a {frame} picture")
    above = [
        other
        for other_index, other in enumerate(garments)
        if other_index != index
        and other.state in ("worn", "open")
        and other.layer != "accessory"
        and (_ORDER[other.layer], other_index) > (_ORDER[piece.layer], index)
    ]
    if piece.layer == "underwear" and not allow_underwear:
        # Anything over it hides it, sheer or open or not; alone it is what covers, and stays.
        over = next((o for o in above if set(o.regions) & set(piece.regions)), None)
        if over is not None:
            return verdict(False, f"underwear under the {over.name}")
    free = [region for region in shown_regions if not _covering(region, above)]
    if free:
        return verdict(True, f"seen at the {free[0]}")
    cover = next(iter(_covering(shown_regions[0], above)), None) if shown_regions else None
    return verdict(cover is None, f"covered by the {cover.name}" if cover else "in the frame")


def _covering(region: str, above: Sequence[Garment]) -> list[Garment]:
    """Return the opaque garments over a region; an open one leaves chest, midriff and neck free."""
    return [
        other
        for other in above
        if region in other.regions
        and other.opacity == "opaque"
        and not (other.state in ("open", "lifted") and region in ("chest", "midriff", "neck", "hips"))
    ]
