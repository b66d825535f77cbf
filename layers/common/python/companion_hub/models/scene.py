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


Source = Literal["rules", "model", "user"]
# What stands before a garment's name in the readable outfit, and is read back from there.
STATE_WORDS: dict[WearState, str] = {"open": "open", "lifted": "lifted"}


class Garment(Resource):
    """One piece of clothing.  ``name`` is how it was said ("red silk dress"), ``kind`` the lexicon's word ("dress").

    ``kind`` is empty for a garment the lexicon does not know; such a one is kept, shown and taken for opaque.
    """

    name: Annotated[str, Field(max_length=80)]
    kind: str
    slot: Slot
    layer: Layer
    regions: tuple[Region, ...] = ()
    opacity: Opacity = "opaque"
    state: WearState = "worn"
    colours: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The garment as the outfit says it: "open grey coat"."""
        word = STATE_WORDS.get(self.state)
        return f"{word} {self.name}" if word else self.name


class Scene(Resource):
    """``own_words``: the outfit as its user wrote it, and as its garments say it; it holds until the garments change."""

    garments: tuple[Garment, ...] = ()
    location: Annotated[str, Field(max_length=MAX_TEXT)] = ""
    action: Annotated[str, Field(max_length=MAX_TEXT)] = ""
    locked: tuple[StateField, ...] = ()
    own_words: tuple[str, str] | None = None

    @property
    def outfit(self) -> str:
        """What is worn, in the user's own words where they still hold."""
        listed = self.garments_worn
        return self.own_words[0] if self.own_words and listed == self.own_words[1] else listed

    @property
    def garments_worn(self) -> str:
        """The worn and open garments as a person would say them, outermost first; at most MAX_TEXT characters."""
        order: dict[Layer, int] = {"outer": 0, "mid": 1, "base": 2, "underwear": 3, "accessory": 4}
        worn = [garment for garment in self.garments if garment.state not in ("removed", "held")]
        worn.sort(key=lambda garment: (order[garment.layer], garment.slot in ("legwear", "feet")))
        names = [garment.label for garment in worn]
        while len(text := ", ".join(names)) > MAX_TEXT:
            names.pop()
        return text

    def to_state(self) -> CompanionState:
        """Return the readable strings of the API."""
        return CompanionState(outfit=self.outfit, location=self.location, action=self.action, locked=list(self.locked))


class _Operation(Resource):
    """What every operation carries: the words that show it, how sure it is (0-1) and who found it."""

    quote: Annotated[str, Field(max_length=MAX_TEXT)] = ""
    confidence: Annotated[float, Field(ge=0, le=1)] = 1.0
    source: Source = "rules"


class PutOn(_Operation):
    """``under``: below or above what is worn, so that nothing makes room ("a t-shirt under her jumper", "a jacket over it")."""

    type: Literal["put_on"] = "put_on"
    garments: tuple[Garment, ...]
    under: bool = False


class TakeOff(_Operation):
    """``what`` names a garment, a kind, or "everything" ("everything but underwear")."""

    type: Literal["take_off"] = "take_off"
    what: Annotated[str, Field(max_length=MAX_TEXT)]


class ChangeInto(_Operation):
    """The garments replace what they stand in for; with ``only`` nothing else stays on."""

    type: Literal["change_into"] = "change_into"
    garments: tuple[Garment, ...]
    only: bool = False


class OpenGarment(_Operation):
    type: Literal["open"] = "open"
    what: Annotated[str, Field(max_length=MAX_TEXT)]


class CloseGarment(_Operation):
    type: Literal["close"] = "close"
    what: Annotated[str, Field(max_length=MAX_TEXT)]


class MoveTo(_Operation):
    type: Literal["move_to"] = "move_to"
    location: Annotated[str, Field(max_length=MAX_TEXT)]


class Do(_Operation):
    type: Literal["do"] = "do"
    action: Annotated[str, Field(max_length=MAX_TEXT)]


class Unchanged(_Operation):
    """Says that a field stays as it is: what only looked like a change, or a model's explicit "unchanged"."""

    type: Literal["unchanged"] = "unchanged"
    field: StateField


Operation = Annotated[
    PutOn | TakeOff | ChangeInto | OpenGarment | CloseGarment | MoveTo | Do | Unchanged, Field(discriminator="type")
]


class VisibilityDecision(Resource):
    """Whether a garment is drawn, and why ("covered by the wool coat")."""

    garment: Garment
    drawn: bool
    reason: str
