"""Messages of a chat and their alternatives."""

from datetime import datetime
from typing import Annotated, Literal, NamedTuple
from uuid import UUID

from pydantic import Field, StringConstraints

from companion_hub.models.base import Request, Resource
from companion_hub.models.companion import CompanionState
from companion_hub.models.image import Image

Role = Literal["user", "assistant"]
MessageStatus = Literal["complete", "stopped", "truncated", "incomplete"]
MessageText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=8_000)]


class Said(NamedTuple):
    """What was said, without all else that a message is."""

    speaker: Literal["user", "companion"]
    text: str


class Alternative(Resource):
    position: int
    text: str
    status: MessageStatus
    model: str | None
    created_at: datetime


class Message(Resource):
    """One message.  ``alternatives`` is filled for replies that have more than one; ``selected`` is the one shown."""

    id: UUID
    companion_id: UUID
    seq: int
    role: Role
    text: str
    status: MessageStatus
    turn_id: UUID | None
    client_message_id: UUID | None = None
    state: CompanionState | None
    selected: int
    alternatives: list[Alternative] = []
    image: Image | None = None
    edited_at: datetime | None
    created_at: datetime


class MessagePage(Resource):
    """Newest page first, each page oldest message first.  ``next`` goes into ``before`` for the page before it."""

    items: list[Message]
    next: str | None


class Deleted(Resource):
    """What a deletion hid; ``POST messages/{id}/undelete`` brings all of it back for ``undo_s`` seconds."""

    message_ids: list[UUID]
    undo_s: int


class SearchHit(Resource):
    """``snippet`` marks matches with ``«`` and ``»``."""

    message_id: UUID
    companion_id: UUID
    role: Role
    snippet: str
    rank: float
    created_at: datetime


class SearchPage(Resource):
    items: list[SearchHit]
    next: str | None = None


class SendMessageRequest(Request):
    client_message_id: UUID
    text: MessageText
    want_image: bool | None = None  # None: as the user's preferences say


class EditMessageRequest(Request):
    text: MessageText


class SelectAlternativeRequest(Request):
    alternative: Annotated[int, Field(ge=0, le=1_000)]


class RegenerateRequest(Request):
    want_image: bool | None = None
