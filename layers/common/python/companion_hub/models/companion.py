"""Companions: how one looks, who it is, and what the API takes and returns."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from companion_hub.models.base import CardText, MediumText, Request, Resource, ShortText
from companion_hub.models.image import Image, Lora, LoraList, NetworkName
from companion_hub.models.user import Appearance, Name

StateField = Literal["outfit", "location", "action"]
TagList = Annotated[list[Annotated[str, StringConstraints(min_length=1, max_length=60)]], Field(max_length=24)]


ADULT, OLDEST, USUAL_AGE = 18, 120, 25


class Identity(Resource):
    """Who the companion is.  Companions are adults: ``age`` is at least 18."""

    age: Annotated[int, Field(ge=ADULT, le=OLDEST)] = USUAL_AGE
    occupation: ShortText = ""
    personality: TagList = []
    hobbies: TagList = []
    relationship: ShortText = ""
    speaking_style: MediumText = ""
    backstory: CardText = ""
    greeting: CardText = ""
    alternate_greetings: Annotated[list[CardText], Field(max_length=100)] = []
    example_dialogue: CardText = ""
    scenario: CardText = ""


class IdentityUpdate(Identity):
    """Identity as a client sends it: unknown fields are an error."""

    model_config = ConfigDict(extra="forbid")


class CompanionState(Resource):
    """What the companion wears, where it is and what it does, as readable strings of at most 200 characters."""

    outfit: ShortText
    location: ShortText
    action: ShortText
    locked: list[StateField] = []


class CompanionProfile(Resource):
    """Everything of a companion that its owner writes; stored as one JSON document."""

    appearance: Appearance = {}
    identity: Identity = Identity()
    visual_prompt: MediumText = ""
    negative_prompt: MediumText = ""
    system_prompt: CardText = ""
    checkpoint: NetworkName | None = None  # None: the one the image server has loaded
    loras: LoraList = []
    lorebook: dict[str, object] | None = None


class LastMessage(Resource):
    role: Literal["user", "assistant"]
    text: str  # at most 160 characters
    created_at: datetime


class Companion(Resource):
    id: UUID
    name: str
    appearance: Appearance
    identity: Identity
    visual_prompt: str
    negative_prompt: str
    system_prompt: str
    checkpoint: str | None
    loras: list[Lora]
    state: CompanionState
    picture: Image | None
    image_seed: int
    last_message: LastMessage | None
    active_turn_id: UUID | None = None
    created_at: datetime
    updated_at: datetime


class CompanionPage(Resource):
    items: list[Companion]
    next: str | None


class CompanionStateUpdate(Request):
    """Edits win over the story until unlocked: a written field becomes locked unless ``locked`` says otherwise."""

    outfit: ShortText | None = None
    location: ShortText | None = None
    action: ShortText | None = None
    locked: list[StateField] | None = None


class CreateCompanionRequest(Request):
    """Only ``name`` is needed; the rest has sensible defaults."""

    name: Name
    appearance: Appearance = {}
    identity: IdentityUpdate = IdentityUpdate()
    visual_prompt: MediumText = ""
    negative_prompt: MediumText = ""
    system_prompt: CardText = ""
    checkpoint: NetworkName | None = None
    loras: LoraList = []
    state: CompanionStateUpdate | None = None


class UpdateCompanionRequest(Request):
    """Every field is optional; ``appearance`` and ``loras`` are replaced as a whole, of ``identity`` only what is given.

    ``checkpoint`` "": the one the image server has loaded.
    """

    name: Name | None = None
    appearance: Appearance | None = None
    identity: IdentityUpdate | None = None
    visual_prompt: MediumText | None = None
    negative_prompt: MediumText | None = None
    system_prompt: CardText | None = None
    checkpoint: NetworkName | Literal[""] | None = None
    loras: LoraList | None = None
    state: CompanionStateUpdate | None = None
    picture_id: UUID | None = None
    image_seed: Annotated[int, Field(ge=0, le=2**32 - 1)] | None = None
