"""Frames of the WebSocket (DESIGN.md §4), both directions."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter

from companion_hub.models.base import Request, Resource
from companion_hub.models.image import Image
from companion_hub.models.message import Message
from companion_hub.models.turn import Degradation, Step, TurnStatus


class _Frame(Resource):
    v: Literal[1] = 1


class ProgressFrame(_Frame):
    type: Literal["progress"] = "progress"
    turn_id: UUID
    step: Step
    progress: int


class TokenFrame(_Frame):
    """``offset`` is the number of characters sent before in this attempt."""

    type: Literal["token"] = "token"
    turn_id: UUID
    attempt: int
    offset: int
    text: str


class ResetFrame(_Frame):
    type: Literal["reset"] = "reset"
    turn_id: UUID
    attempt: int


class StateFrame(_Frame):
    type: Literal["state"] = "state"
    companion_id: UUID
    outfit: str
    location: str
    action: str


class MessageFrame(_Frame):
    type: Literal["message"] = "message"
    message: Message


class ImageFrame(_Frame):
    type: Literal["image"] = "image"
    turn_id: UUID
    status: Literal["started", "done", "failed"]
    image: Image | None = None


class DoneFrame(_Frame):
    type: Literal["done"] = "done"
    turn_id: UUID
    status: TurnStatus
    degraded: list[Degradation] = []


class ErrorFrame(_Frame):
    type: Literal["error"] = "error"
    code: str
    message: str
    turn_id: UUID | None = None


class PongFrame(_Frame):
    type: Literal["pong"] = "pong"


ServerFrame = Annotated[
    ProgressFrame
    | TokenFrame
    | ResetFrame
    | StateFrame
    | MessageFrame
    | ImageFrame
    | DoneFrame
    | ErrorFrame
    | PongFrame,
    Field(discriminator="type"),
]


class SubscribeAction(Request):
    """``from`` is how many characters the client already has, of ``attempt`` (not given: of the current one)."""

    action: Literal["subscribe"]
    turn_id: UUID
    from_offset: Annotated[int, Field(alias="from", ge=0)] = 0
    attempt: Annotated[int, Field(ge=0)] | None = None


class PingAction(Request):
    action: Literal["ping"]


ClientAction: TypeAdapter[SubscribeAction | PingAction] = TypeAdapter(
    Annotated[SubscribeAction | PingAction, Field(discriminator="action")]
)
