"""The scene of a chat: what the companion wears, garment by garment, where it is and what it does.

Stored as JSON with every reply; the API shows the readable strings ``outfit``, ``location`` and ``action``.
"""

from typing import Annotated, Literal

from pydantic import Field

from companion_hub.models.base import Resource
from companion_hub.models.companion import CompanionState, StateField

Layer = Literal["underwear", "base", "mid", "outer", "accessory"]
Opacity = Literal["opaque", "sheer"]
WearState = Literal["worn", "open", "lifted", "held", "removed"]
# From head to foot; a garment covers some of them.
Region = Literal["head", "face", "neck", "chest", "midriff", "back", "arms", "hands", "hips", "thighs", "legs", "feet"]
Slot = Literal[
    "head", "face", "neck", "top", "bottom", "full", "underwear_top", "underwear_bottom", "legwear", "feet",
    "hands", "outer", "waist", "jewellery", "bag", "other",
]  # fmt: skip

# The API's strings are at most this long (FAULTS.md F22).
MAX_TEXT = 200


class Garment(Resource):
    """One piece of clothing.  ``name`` is how it was said ("red silk dress"), ``kind`` the lexicon's word ("dress")."""

    name: Annotated[str, Field(max_length=80)]
    kind: str
    slot: Slot
    layer: Layer
    regions: tuple[Region, ...] = ()
    opacity: Opacity = "opaque"
    state: WearState = "worn"


class Scene(Resource):
    garments: tuple[Garment, ...] = ()
    location: Annotated[str, Field(max_length=MAX_TEXT)] = ""
    action: Annotated[str, Field(max_length=MAX_TEXT)] = ""
    locked: tuple[StateField, ...] = ()

    @property
    def outfit(self) -> str:
        """The worn and open garments as a person would say them, outermost first; at most MAX_TEXT characters."""
        order: dict[Layer, int] = {"outer": 0, "mid": 1, "base": 2, "underwear": 3, "accessory": 4}
        worn = [garment for garment in self.garments if garment.state not in ("removed", "held")]
        worn.sort(key=lambda garment: order[garment.layer])
        names = [f"open {garment.name}" if garment.state == "open" else garment.name for garment in worn]
        while len(text := ", ".join(names)) > MAX_TEXT:
            names.pop()
        return text

    def to_state(self) -> CompanionState:
        """Return the readable strings of the API."""
        return CompanionState(outfit=self.outfit, location=self.location, action=self.action, locked=list(self.locked))


class PutOn(Resource):
    type: Literal["put_on"] = "put_on"
    garments: tuple[Garment, ...]
    quote: str = ""
    confidence: float = 1.0


class TakeOff(Resource):
    """``what`` names a garment, a slot or "everything"."""

    type: Literal["take_off"] = "take_off"
    what: str
    quote: str = ""
    confidence: float = 1.0


class ChangeInto(Resource):
    type: Literal["change_into"] = "change_into"
    garments: tuple[Garment, ...]
    quote: str = ""
    confidence: float = 1.0


class OpenGarment(Resource):
    type: Literal["open"] = "open"
    what: str
    quote: str = ""
    confidence: float = 1.0


class CloseGarment(Resource):
    type: Literal["close"] = "close"
    what: str
    quote: str = ""
    confidence: float = 1.0


class MoveTo(Resource):
    type: Literal["move_to"] = "move_to"
    location: str
    quote: str = ""
    confidence: float = 1.0


class Do(Resource):
    type: Literal["do"] = "do"
    action: str
    quote: str = ""
    confidence: float = 1.0


Operation = Annotated[
    PutOn | TakeOff | ChangeInto | OpenGarment | CloseGarment | MoveTo | Do, Field(discriminator="type")
]
