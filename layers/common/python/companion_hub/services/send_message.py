"""SendMessage: store what the user said exactly once, and start its turn.

Called by POST /companions/{id}/messages.  One transaction (replay check, limit, message, turn), then StartExecution
after the commit.  If the start fails the turn stays queued, and the next read or resend starts it again.
"""

from typing import NamedTuple
from uuid import UUID

from companion_hub.db.connection import Conn, Database
from companion_hub.errors import ConflictError, InvalidRequestError
from companion_hub.ids import new_id
from companion_hub.models.message import SendMessageRequest
from companion_hub.models.turn import SentMessage
from companion_hub.providers.workflow import Workflow
from companion_hub.repositories import message_tools, messages, turns
from companion_hub.services.texts import clean
from companion_hub.services.turn_starts import charge, check_idle, lock_companion, start


class Sent(NamedTuple):
    """``is_replay``: the same message came before, and nothing was stored or charged this time."""

    answer: SentMessage
    is_replay: bool
    run: int


class SendMessage:
    def __init__(
        self, database: Database, workflow: Workflow, *, model_name: str, rate_limit_scale: float = 1.0
    ) -> None:
        self._database = database
        self._workflow = workflow
        self._scale = rate_limit_scale
        self._model_name = model_name

    def send(self, user_id: UUID, companion_id: UUID, request: SendMessageRequest) -> Sent:
        """Raises NotFoundError, InvalidRequestError, RateLimitedError, BudgetExceededError, ConflictError."""
        text = clean(request.text).strip()
        if not text:
            raise InvalidRequestError({"text": "Please write something."})

        def work(connection: Conn) -> Sent:
            lock_companion(connection, user_id, companion_id)
            replay = self._find_replay(connection, user_id, companion_id, request, text)
            return replay or self._store(connection, user_id, companion_id, request, text)

        sent = self._database.run(work)
        if sent.answer.turn.status == "queued":
            start(self._workflow, sent.answer.turn, run=sent.run)
        return sent

    @staticmethod
    def _find_replay(
        connection: Conn, user_id: UUID, companion_id: UUID, request: SendMessageRequest, text: str
    ) -> Sent | None:
        """Raises ConflictError when the same id came with another text."""
        row = messages.find_by_client_id(connection, companion_id, request.client_message_id)
        if row is None:
            return None
        if row["text"] != text and row["edited_at"] is None:
            raise ConflictError("idempotency_mismatch", "This message was sent before with another text.")
        message = messages.get(connection, user_id, row["id"], deleted=True)
        found = turns.get(connection, user_id, row["turn_id"]) if row["turn_id"] else None
        if message is None or found is None:
            raise ConflictError("idempotency_mismatch", "This message was sent before.")
        turn, overdue = found
        return Sent(SentMessage(turn=turn, message=message), is_replay=True, run=overdue.run)

    def _store(
        self, connection: Conn, user_id: UUID, companion_id: UUID, request: SendMessageRequest, text: str
    ) -> Sent:
        check_idle(connection, companion_id)
        charge(connection, user_id, scale=self._scale, model_name=self._model_name)
        message_tools.purge_deleted(connection, companion_id)
        turn_id = new_id()
        turn = turns.insert(
            connection,
            turn_id,
            user_id=user_id,
            companion_id=companion_id,
            kind="reply",
            want_image=request.want_image,
        )
        message_id = messages.insert_user_message(
            connection,
            user_id=user_id,
            companion_id=companion_id,
            turn_id=turn_id,
            client_message_id=request.client_message_id,
            text=text,
        )
        turns.set_user_message(connection, turn_id, message_id)
        message = messages.get(connection, user_id, message_id)
        assert message is not None  # noqa: S101 - inserted above, in this transaction
        turn = turn.model_copy(update={"user_message_id": message_id})
        return Sent(SentMessage(turn=turn, message=message), is_replay=False, run=1)
