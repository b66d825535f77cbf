"""Turns as the page sees them: snapshot, stop, retry; and what a read does about a turn nobody works on.

Nothing polls: a queued turn that was never started is started by the next read, one past its deadline is ended by it.
"""

from typing import Any
from uuid import UUID

from companion_hub.db.connection import Conn, Database
from companion_hub.errors import ConflictError, NotFoundError
from companion_hub.models.turn import Turn
from companion_hub.providers.sockets import Sockets
from companion_hub.providers.workflow import Workflow
from companion_hub.repositories import messages, turns
from companion_hub.services.fail_turn import fail_turn


class Turns:
    def __init__(self, database: Database, workflow: Workflow, sockets: Sockets) -> None:
        self._database = database
        self._workflow = workflow
        self._sockets = sockets

    def get(self, user_id: UUID, turn_id: UUID) -> Turn:
        """Return the snapshot.  Raises NotFoundError."""
        with self._database.autocommit() as connection:
            found = turns.get(connection, user_id, turn_id)
        if found is None:
            raise NotFoundError
        turn, overdue = found
        if overdue.expired:
            return fail_turn(self._database, self._sockets, turn_id, error="States.Timeout") or self._reread(
                user_id, turn_id
            )
        if overdue.restart:
            self._workflow.start(turn_id, run=overdue.run, kind=turn.kind, want_image=overdue.want_image)
        return turn

    def start(self, turn: Turn, *, run: int = 1) -> None:
        """Start the turn's execution; a failure leaves it queued for the next read or resend."""
        self._workflow.start(turn.id, run=run, kind=turn.kind, want_image=turn.want_image)

    def cancel(self, user_id: UUID, turn_id: UUID) -> Turn:
        """Press stop: the text so far is kept.  A turn that has ended already stays as it is.  Raises NotFoundError."""
        with self._database.autocommit() as connection:
            turns.request_stop(connection, user_id, turn_id)
        return self.get(user_id, turn_id)

    def retry(self, user_id: UUID, turn_id: UUID) -> Turn:
        """Run a failed turn again.  Raises NotFoundError, ConflictError when there is nothing to retry."""

        def work(connection: Conn) -> tuple[Turn, int]:
            found = turns.get(connection, user_id, turn_id)
            if found is None:
                raise NotFoundError
            turn, _ = found
            messages.lock_companion(connection, turn.companion_id)
            active = turns.active_of(connection, turn.companion_id)
            if active is not None:
                raise in_progress(active)
            if turn.kind == "reply":
                turns.drop_incomplete_reply(connection, turn_id)
            run = turns.queue_again(connection, turn_id)
            if run == 0:
                raise ConflictError("not_retryable", "There is nothing to retry here.")
            again = turns.get(connection, user_id, turn_id)
            return (again[0] if again else turn), run

        turn, run = self._database.run(work)
        self.start(turn, run=run)
        return turn

    def make_room(self, companion_id: UUID) -> None:
        """End the companion's active turn if it is past its deadline, so that a new one can begin."""
        with self._database.autocommit() as connection:
            active = turns.active_of(connection, companion_id)
        if active is not None and active["expired"]:
            fail_turn(self._database, self._sockets, active["id"], error="States.Timeout")

    def _reread(self, user_id: UUID, turn_id: UUID) -> Turn:
        with self._database.autocommit() as connection:
            found = turns.get(connection, user_id, turn_id)
        if found is None:
            raise NotFoundError
        return found[0]


def in_progress(active: dict[str, Any]) -> ConflictError:
    return ConflictError("turn_in_progress", "A reply is already on its way.", details={"turn_id": str(active["id"])})
