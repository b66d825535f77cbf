"""What a companion remembers."""

from datetime import datetime
from typing import Annotated, Literal, NamedTuple
from uuid import UUID

from pydantic import Field, StringConstraints

from companion_hub.models.base import Request, Resource

MemoryKind = Literal["fact", "preference", "promise", "event", "relationship"]
MemoryOrigin = Literal["learnt", "user", "imported"]
MemoryText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Importance = Annotated[int, Field(ge=1, le=5)]


class Learnt(NamedTuple):
    """What a message taught.  ``subject``: what it is about where only one such memory can hold, else ""."""

    kind: MemoryKind
    text: str
    importance: int
    subject: str = ""


class Question(NamedTuple):
    """What a message asks for: the embeddings model, and the message's code by it (services/meaning.py)."""

    model: str
    code: str


class Memory(Resource):
    id: UUID
    companion_id: UUID
    kind: MemoryKind
    text: str
    importance: Importance
    pinned: bool
    origin: MemoryOrigin
    source_message_ids: list[UUID]
    created_at: datetime
    updated_at: datetime


class MemoryPage(Resource):
    items: list[Memory]
    next: str | None


class CreateMemoryRequest(Request):
    """``source_message_ids``: the chat's messages it came from; told again after "forget", it is learnt from them again."""

    text: MemoryText
    kind: MemoryKind = "fact"
    importance: Importance = 4
    pinned: bool = False
    source_message_ids: list[UUID] = Field(default_factory=list[UUID], max_length=50)


class UpdateMemoryRequest(Request):
    text: MemoryText | None = None
    kind: MemoryKind | None = None
    importance: Importance | None = None
    pinned: bool | None = None
