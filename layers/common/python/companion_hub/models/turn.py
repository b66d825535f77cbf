"""A turn: one message of the user's and everything that comes of it."""

from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from companion_hub.models.base import Resource
from companion_hub.models.message import Message

TurnKind = Literal["reply", "regenerate", "continue", "image"]
TurnStatus = Literal["queued", "running", "done", "failed", "cancelled"]
Step = Literal["AnalyzeContext", "GenerateReply", "ReanalyzeContext", "UpdateState", "GenerateImage"]
Degradation = Literal["state", "image", "memory"]

# Percent at which each step begins and ends (PRODUCT.md, F6).
PROGRESS: dict[Step, tuple[int, int]] = {
    "AnalyzeContext": (10, 30),
    "GenerateReply": (30, 70),
    "ReanalyzeContext": (70, 80),
    "UpdateState": (80, 85),
    "GenerateImage": (85, 100),
}
# Seconds after which a turn must have ended, without and with a picture (FAULTS.md §0).
TURN_DEADLINE_S = 180
TURN_DEADLINE_WITH_IMAGE_S = 300


class TurnError(Resource):
    code: str
    message: str
    retryable: bool


class Turn(Resource):
    """Snapshot of a turn: the truth a client falls back to.  ``text`` is what this attempt has streamed so far."""

    id: UUID
    companion_id: UUID
    kind: TurnKind
    status: TurnStatus
    step: Step | None
    progress: int
    attempt: int
    text: str
    stopped: bool
    truncated: bool
    want_image: bool | None
    degraded: list[Degradation]
    error: TurnError | None
    user_message_id: UUID | None
    reply_message_id: UUID | None
    first_token_ms: int | None
    input_tokens: int | None
    output_tokens: int | None
    created_at: datetime
    finished_at: datetime | None


class PromptPart(Resource):
    name: str
    tokens: int


class PromptMessage(Resource):
    role: str
    content: str


class TurnUsage(Resource):
    """One call of a model that a turn made."""

    kind: Literal["reply", "analysis", "summary", "image"]
    model: str
    input_tokens: int
    output_tokens: int
    images: int
    cost_usd: Decimal


class PromptView(Resource):
    """What a turn's prompt looks like, built again from what is stored now, and what the turn used.

    Token counts of the parts are estimates; those of ``usage`` are the models' own.
    """

    model: str
    parts: list[PromptPart]
    messages: list[PromptMessage]
    usage: list[TurnUsage]
    first_token_ms: int | None


class SentMessage(Resource):
    """Answer to a send: the turn to follow and the stored message."""

    turn: Turn
    message: Message


class StartedTurn(Resource):
    turn: Turn


class Prepared(Resource):
    """Which model answers.  ``prepared``: it has read the chat ahead, and asking again before each message pays."""

    model: str
    prepared: bool
