"""The chat: send a message, read and search the history, and the message tools.

Sending is one transaction (limit, message, turn) and a start after its commit.  Every tool that changes the chat takes
the companion's lock first and leaves the companion's scene as the last shown message left it.
"""

from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from companion_hub.db.connection import Conn, Database
from companion_hub.errors import BudgetExceededError, ConflictError, NotFoundError
from companion_hub.ids import new_id
from companion_hub.models.companion import CompanionProfile
from companion_hub.models.message import Message, MessagePage, SearchHit, SendMessageRequest
from companion_hub.models.scene import Scene
from companion_hub.models.turn import Turn, TurnKind
from companion_hub.models.user import Preferences
from companion_hub.repositories import companions, messages, rate_limits, turns, users
from companion_hub.services.scene import default_scene
from companion_hub.services.texts import clean
from companion_hub.services.turns import Turns, in_progress


class Sent(NamedTuple):
    turn: Turn
    message: Message
    replayed: bool


class Chat:
    def __init__(self, database: Database, turn_service: Turns, *, rate_limit_scale: float = 1.0) -> None:
        self._database = database
        self._turns = turn_service
        self._scale = rate_limit_scale

    def send(self, user_id: UUID, companion_id: UUID, request: SendMessageRequest) -> Sent:
        """Store a message exactly once and start its turn.

        Raises NotFoundError, ConflictError (``idempotency_mismatch``, ``turn_in_progress``), RateLimitedError,
        BudgetExceededError.
        """
        self._turns.make_room(companion_id)
        text = clean(request.text)

        def work(connection: Conn) -> Sent:
            if companions.lock(connection, user_id, companion_id) is None:
                raise NotFoundError
            if (sent := messages.find_by_client_id(connection, companion_id, request.client_message_id)) is not None:
                return self._replay(connection, user_id, sent["id"], sent["turn_id"], same=sent["text"] == text)
            self._check_may_start(connection, user_id, companion_id)
            messages.purge_deleted(connection, companion_id)
            turn_id = new_id()
            want_image = self._wants_image(connection, user_id, request.want_image)
            turns.insert(
                connection, turn_id, user_id=user_id, companion_id=companion_id, kind="reply", want_image=want_image
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
            return Sent(*_turn_and_message(connection, user_id, turn_id, message_id), replayed=False)

        sent = self._database.run(work)
        if sent.turn.status == "queued":
            self._turns.start(sent.turn)
        return sent

    def history(self, user_id: UUID, companion_id: UUID, *, limit: int, before: int | None) -> MessagePage:
        """Raises NotFoundError.  limit: 1-1000."""
        with self._database.autocommit() as connection:
            items = messages.list_page(connection, user_id, companion_id, limit=limit, before=before)
        if items is None:
            raise NotFoundError
        return MessagePage(items=items, next=str(items[0].seq) if len(items) == limit else None)

    def search(self, user_id: UUID, *, companion_id: UUID | None, query: str, limit: int) -> list[SearchHit]:
        """Raises NotFoundError for a companion that is not the user's."""
        with self._database.autocommit() as connection:
            if companion_id is not None and companions.get(connection, user_id, companion_id) is None:
                raise NotFoundError
            return messages.search(connection, user_id, companion_id=companion_id, query=query, limit=limit)

    def regenerate(self, user_id: UUID, message_id: UUID, *, want_image: bool | None) -> Turn:
        """Write another alternative of a reply.  Raises NotFoundError, ConflictError, RateLimitedError."""
        return self._start_on_reply(user_id, message_id, "regenerate", want_image=bool(want_image))

    def continue_reply(self, user_id: UUID, message_id: UUID) -> Turn:
        """Go on with the newest reply.  Raises NotFoundError, ConflictError, RateLimitedError."""
        return self._start_on_reply(user_id, message_id, "continue", want_image=False)

    def select(self, user_id: UUID, message_id: UUID, position: int) -> Message:
        """Show another alternative; the scene follows.  Raises NotFoundError."""

        def work(connection: Conn) -> Message:
            message = self._lock_message(connection, user_id, message_id)
            try:
                messages.select_alternative(connection, message_id, position)
            except LookupError:
                raise NotFoundError from None
            self._replay_scene(connection, user_id, message.companion_id)
            return self._get(connection, user_id, message_id)

        return self._database.run(work)

    def edit(self, user_id: UUID, message_id: UUID, text: str) -> Message:
        """Raises NotFoundError, ConflictError while a reply is on its way."""

        def work(connection: Conn) -> Message:
            message = self._lock_message(connection, user_id, message_id)
            self._check_idle(connection, message.companion_id)
            messages.replace_shown(connection, message_id, text=clean(text), edited=True)
            return self._get(connection, user_id, message_id)

        return self._database.run(work)

    def delete(self, user_id: UUID, message_id: UUID, *, and_after: bool) -> None:
        """Hide a message (and all after it); undo lasts 30 s.  A turn that answers it is cancelled.

        Raises NotFoundError.
        """

        def work(connection: Conn) -> None:
            message = self._lock_message(connection, user_id, message_id)
            hidden = messages.mark_deleted(connection, message.companion_id, seq=message.seq, and_after=and_after)
            turns.cancel_for_message(connection, hidden)
            self._replay_scene(connection, user_id, message.companion_id)

        self._database.run(work)

    def undelete(self, user_id: UUID, message_id: UUID) -> Message:
        """Raises NotFoundError when there is nothing to bring back (any more)."""

        def work(connection: Conn) -> Message:
            anchor = messages.find_anchor(connection, user_id, message_id, deleted=True)
            if anchor is None or companions.lock(connection, user_id, anchor.companion_id) is None:
                raise NotFoundError
            if messages.undelete(connection, anchor.companion_id, message_id) == 0:
                raise NotFoundError
            self._replay_scene(connection, user_id, anchor.companion_id)
            return self._get(connection, user_id, message_id)

        return self._database.run(work)

    def branch(self, user_id: UUID, message_id: UUID) -> UUID:
        """Copy the companion and its chat up to a message; return the new companion's id."""

        def work(connection: Conn) -> UUID:
            message = self._lock_message(connection, user_id, message_id)
            source = companions.lock(connection, user_id, message.companion_id)
            if source is None:
                raise NotFoundError
            rate_limits.charge(connection, rate_limits.COMPANION, user_id, scale=self._scale)
            scene = messages.scene_before(connection, message.companion_id, seq=message.seq + 1)
            target = companions.insert(
                connection,
                user_id,
                name=source["name"],
                profile=CompanionProfile.model_validate(source["profile"]),
                scene=scene or Scene.model_validate(source["scene"]),
                image_seed=source["image_seed"],
                card=source["card"],
            )
            messages.copy_until(connection, source=message.companion_id, target=target, seq=message.seq)
            return target

        return self._database.run(work)

    # --- inside a transaction ---------------------------------------------------------------------------------------

    def _replay(self, connection: Conn, user_id: UUID, message_id: UUID, turn_id: UUID | None, *, same: bool) -> Sent:
        if not same:
            raise ConflictError("idempotency_mismatch", "This message id was used for another text.")
        if turn_id is None:
            raise NotFoundError
        return Sent(*_turn_and_message(connection, user_id, turn_id, message_id), replayed=True)

    def _start_on_reply(self, user_id: UUID, message_id: UUID, kind: TurnKind, *, want_image: bool) -> Turn:
        def work(connection: Conn) -> Turn:
            message = self._lock_message(connection, user_id, message_id)
            if message.role != "assistant":
                raise ConflictError("not_a_reply", "Only the companion's messages can be written again.")
            self._check_may_start(connection, user_id, message.companion_id)
            return turns.insert(
                connection,
                new_id(),
                user_id=user_id,
                companion_id=message.companion_id,
                kind=kind,
                want_image=want_image,
                reply_message_id=message_id,
                user_message_id=_question_of(connection, message),
            )

        turn = self._database.run(work)
        self._turns.start(turn)
        return turn

    def _lock_message(self, connection: Conn, user_id: UUID, message_id: UUID) -> Message:
        anchor = messages.find_anchor(connection, user_id, message_id)
        if anchor is None or companions.lock(connection, user_id, anchor.companion_id) is None:
            raise NotFoundError
        return self._get(connection, user_id, message_id)

    @staticmethod
    def _get(connection: Conn, user_id: UUID, message_id: UUID) -> Message:
        message = messages.get(connection, user_id, message_id)
        if message is None:
            raise NotFoundError
        return message

    def _check_may_start(self, connection: Conn, user_id: UUID, companion_id: UUID) -> None:
        self._check_idle(connection, companion_id)
        rate_limits.charge(connection, rate_limits.CHAT, user_id, scale=self._scale)
        user = users.get(connection, user_id)
        budget = user.preferences.monthly_budget_usd if user else None
        if budget is not None and users.spent_this_month(connection, user_id) >= Decimal(budget):
            raise BudgetExceededError

    @staticmethod
    def _check_idle(connection: Conn, companion_id: UUID) -> None:
        active = turns.active_of(connection, companion_id)
        if active is not None:
            raise in_progress(active)

    @staticmethod
    def _wants_image(connection: Conn, user_id: UUID, asked: bool | None) -> bool:
        if asked is not None:
            return asked
        user = users.get(connection, user_id)
        return (user.preferences if user else Preferences()).automatic_images

    @staticmethod
    def _replay_scene(connection: Conn, user_id: UUID, companion_id: UUID) -> None:
        """Set the companion's scene to what the last shown message left, keeping the locks of today."""
        row = companions.lock(connection, user_id, companion_id)
        if row is None:
            raise NotFoundError
        current = Scene.model_validate(row["scene"])
        scene = messages.scene_before(connection, companion_id)
        if scene is None:
            scene = default_scene(CompanionProfile.model_validate(row["profile"]))
        companions.update(connection, companion_id, scene=scene.model_copy(update={"locked": current.locked}))


def _turn_and_message(connection: Conn, user_id: UUID, turn_id: UUID, message_id: UUID) -> tuple[Turn, Message]:
    found = turns.get(connection, user_id, turn_id)
    message = messages.get(connection, user_id, message_id)
    if found is None or message is None:
        raise NotFoundError
    return found[0], message


def _question_of(connection: Conn, reply: Message) -> UUID | None:
    """Return the user's message a reply answers: the last one before it."""
    row = connection.execute(
        """
        SELECT id
        FROM messages
        WHERE companion_id = %(companion_id)s
          AND seq < %(seq)s
          AND role = 'user'
          AND deleted_at IS NULL
        ORDER BY seq DESC
        LIMIT 1
        """,
        {"companion_id": reply.companion_id, "seq": reply.seq},
    ).fetchone()
    return row["id"] if row else None
