"""Message tools: regenerate, continue, select, edit, delete with undo, branch, search, history.

Called by the routes of functions/chat.  State follows the reply that is shown: every change here replays it.  Whatever
changes a chat locks the companion first, so that tools, sends and workers come one after the other.
"""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from companion_hub.db.connection import Conn, Database
from companion_hub.errors import ConflictError, InvalidRequestError, NotFoundError
from companion_hub.ids import new_id
from companion_hub.models.companion import Companion, CompanionProfile
from companion_hub.models.message import Deleted, Message, MessagePage, SearchPage
from companion_hub.models.scene import Scene
from companion_hub.models.turn import StartedTurn, Turn, TurnKind
from companion_hub.providers.sockets import Sockets
from companion_hub.providers.workflow import Workflow
from companion_hub.repositories import (
    companions,
    memories,
    message_scenes,
    message_search,
    message_tools,
    messages,
    rate_limits,
    summaries,
    turns,
)
from companion_hub.services.memories import remember
from companion_hub.services.paging import first_page
from companion_hub.services.publisher import Publisher
from companion_hub.services.scene import exchange_operations, pronoun_of, reduce_scene
from companion_hub.services.scene_replay import replay
from companion_hub.services.texts import clean
from companion_hub.services.turn_endings import announce_end
from companion_hub.services.turn_starts import charge, check_idle, lock_companion, start

T = TypeVar("T")


class MessageTools:
    def __init__(
        self,
        database: Database,
        workflow: Workflow,
        sockets: Sockets,
        *,
        model_name: str,
        rate_limit_scale: float = 1.0,
    ) -> None:
        self._database = database
        self._workflow = workflow
        self._sockets = sockets
        self._scale = rate_limit_scale
        self._model_name = model_name

    # --- reading ---

    def history(self, user_id: UUID, companion_id: UUID, *, limit: int, before: int | None) -> MessagePage:
        """Return a page, oldest message first, in one statement.  Raises NotFoundError."""
        with self._database.autocommit() as connection:
            found = messages.list_page(connection, user_id, companion_id, limit=limit + 1, before=before)
        if found is None:
            raise NotFoundError
        newest_first, after = first_page(found[::-1], limit, lambda message: message.seq)
        return MessagePage(items=newest_first[::-1], next=after)

    def search(self, user_id: UUID, query: str, *, companion_id: UUID | None, limit: int) -> SearchPage:
        """Return ranked matches in one chat or all.  Raises NotFoundError."""
        with self._database.autocommit() as connection:
            if companion_id is not None and not companions.exists(connection, user_id, companion_id):
                raise NotFoundError
            hits = message_search.search(connection, user_id, companion_id=companion_id, query=query, limit=limit)
        return SearchPage(items=hits)

    # --- turns on an existing reply ---

    def regenerate(self, user_id: UUID, message_id: UUID, *, want_image: bool | None) -> StartedTurn:
        """Write another alternative of the last reply.  Raises NotFoundError, ConflictError, RateLimitedError."""
        return self._start_turn(user_id, message_id, "regenerate", want_image=want_image)

    def resume(self, user_id: UUID, message_id: UUID) -> StartedTurn:
        """Write on where the last reply stops.  Raises NotFoundError, ConflictError, RateLimitedError."""
        return self._start_turn(user_id, message_id, "continue", want_image=False)

    def _start_turn(self, user_id: UUID, message_id: UUID, kind: TurnKind, *, want_image: bool | None) -> StartedTurn:
        companion_id = self._companion_of(user_id, message_id)

        def work(connection: Conn) -> Turn:
            lock_companion(connection, user_id, companion_id)
            message = _get(connection, user_id, message_id)
            if message.role != "assistant":
                raise ConflictError("not_a_reply", "Only the companion's messages can be written again.")
            check_idle(connection, companion_id)
            if not message_tools.is_last(connection, companion_id, message.seq):
                raise ConflictError("not_latest", "Only the last reply can be written again.")
            answered = message_tools.user_message_before(connection, companion_id, message.seq)
            if answered is None:
                raise ConflictError("nothing_to_answer", "There is no message to answer yet.")
            charge(connection, user_id, scale=self._scale, model_name=self._model_name)
            return turns.insert(
                connection,
                new_id(),
                user_id=user_id,
                companion_id=companion_id,
                kind=kind,
                want_image=want_image,
                reply_message_id=message_id,
                user_message_id=answered,
            )

        turn = self._database.run(work)
        start(self._workflow, turn, run=1)
        return StartedTurn(turn=turn)

    # --- changing what is there ---

    def select(self, user_id: UUID, message_id: UUID, position: int) -> Message:
        """Show another alternative.  Raises NotFoundError, InvalidRequestError, ConflictError."""

        def work(connection: Conn, row: dict[str, Any]) -> Message:
            check_idle(connection, row["id"])
            try:
                message_tools.select_alternative(connection, message_id, position)
            except LookupError:
                raise InvalidRequestError({"alternative": "There is no such alternative."}) from None
            replay(connection, row["id"], row)
            return _get(connection, user_id, message_id)

        return self._locked(user_id, message_id, work)

    def edit(self, user_id: UUID, message_id: UUID, text: str) -> Message:
        """Write a message anew; the companion's own are read again for what they change.

        Raises NotFoundError, InvalidRequestError, ConflictError.
        """
        plain = clean(text).strip()
        if not plain:
            raise InvalidRequestError({"text": "Please write something."})

        def work(connection: Conn, row: dict[str, Any]) -> Message:
            check_idle(connection, row["id"])
            message = _get(connection, user_id, message_id)
            # What is edited is whole, whatever cut it off before.
            messages.replace_shown(connection, message_id, text=plain, status="complete", edited=True)
            if message.role == "assistant":
                self._reread(connection, row, message, plain)
            else:
                from companion_hub.services.memory_rules import learn  # 0.1 s that other requests need not wait for

                memories.unlearn(connection, message_id)
                remember(
                    connection,
                    user_id,
                    row["id"],
                    learn(plain, companion=row["name"], said_on=message.created_at.date()),
                    message_id=message_id,
                )
            return _get(connection, user_id, message_id)

        return self._locked(user_id, message_id, work)

    @staticmethod
    def _reread(connection: Conn, row: dict[str, Any], message: Message, text: str) -> None:
        """Replay the scene of an edited reply: what stood before it, and what its text now says."""
        before = message_scenes.scene_before(connection, row["id"], seq=message.seq)
        if before is not None:
            said = message_tools.said_before(connection, row["id"], message.seq)
            asked = said.pop().text if said and said[-1].speaker == "user" else ""
            told = exchange_operations(
                before,
                user_text=asked,
                reply_text=text,
                said_before=said,
                companion_name=row["name"],
                pronoun=pronoun_of(row["profile"].get("appearance", {}).get("presentation")),
            )
            message_scenes.set_scene(connection, message.id, reduce_scene(before, told))
        replay(connection, row["id"], row)

    def delete(self, user_id: UUID, message_id: UUID, *, and_after: bool) -> Deleted:
        """Hide a message (and all after it); undo works for 30 s.  A turn that works on them ends.

        Raises NotFoundError.
        """

        def work(connection: Conn, row: dict[str, Any]) -> tuple[Deleted, tuple[Turn, list[str]] | None]:
            message_tools.purge_deleted(connection, row["id"])
            message = _get(connection, user_id, message_id)
            first = message_scenes.scene_of_first(connection, row["id"])
            ids = message_tools.mark_deleted(connection, row["id"], seq=message.seq, and_after=and_after)
            ended = turns.end_for_messages(connection, row["id"], ids)
            replay(connection, row["id"], row, otherwise=first)
            return Deleted(message_ids=ids, undo_s=message_tools.UNDO_S), ended

        deleted, ended = self._locked(user_id, message_id, work)
        if ended is not None:
            with Publisher(self._sockets) as publisher:
                announce_end(*ended, publisher=publisher)
        return deleted

    def undelete(self, user_id: UUID, message_id: UUID) -> MessagePage:
        """Bring back what was deleted together.  Raises NotFoundError when it is too late or nothing was deleted."""

        def work(connection: Conn, row: dict[str, Any]) -> MessagePage:
            ids = message_tools.undelete(connection, row["id"], message_id)
            if not ids:
                raise NotFoundError
            replay(connection, row["id"], row)
            return MessagePage(items=[_get(connection, user_id, back) for back in ids], next=None)

        return self._locked(user_id, message_id, work, deleted=True)

    def branch(self, user_id: UUID, message_id: UUID) -> Companion:
        """Copy the companion, its memories and the chat up to a message into a new companion.

        Raises NotFoundError, RateLimitedError.
        """

        def work(connection: Conn, row: dict[str, Any]) -> Companion:
            rate_limits.charge(connection, rate_limits.COMPANION, user_id, scale=self._scale)
            message = _get(connection, user_id, message_id)
            scene = message_scenes.scene_before(connection, row["id"], seq=message.seq + 1)
            target = companions.insert(
                connection,
                user_id,
                name=row["name"],
                profile=CompanionProfile.model_validate(row["profile"]),
                scene=scene or Scene.model_validate(row["scene"]),
                image_seed=int(row["image_seed"]),  # the same face
                card=row["card"],
            )
            if row["picture_id"] is not None:
                companions.update(connection, target, picture_id=row["picture_id"])
            message_tools.copy_until(connection, source=row["id"], target=target, seq=message.seq)
            memories.copy_until(connection, source=row["id"], target=target, seq=message.seq)
            summaries.copy_until(connection, source=row["id"], target=target, seq=message.seq)
            companion = companions.get(connection, user_id, target)
            assert companion is not None  # noqa: S101 - inserted above, in this transaction
            return companion

        return self._locked(user_id, message_id, work)

    # --- shared ---

    def _companion_of(self, user_id: UUID, message_id: UUID, *, deleted: bool = False) -> UUID:
        with self._database.autocommit() as connection:
            anchor = messages.find_anchor(connection, user_id, message_id, deleted=deleted)
        if anchor is None:
            raise NotFoundError
        return anchor.companion_id

    def _locked(
        self,
        user_id: UUID,
        message_id: UUID,
        work: Callable[[Conn, dict[str, Any]], T],
        *,
        deleted: bool = False,
    ) -> T:
        """Run ``work`` in a transaction with the message's companion locked.  Raises NotFoundError."""
        companion_id = self._companion_of(user_id, message_id, deleted=deleted)
        return self._database.run(
            lambda connection: work(connection, lock_companion(connection, user_id, companion_id))
        )


def _get(connection: Conn, user_id: UUID, message_id: UUID) -> Message:
    message = messages.get(connection, user_id, message_id)
    if message is None:  # deleted since it was looked up
        raise NotFoundError
    return message
