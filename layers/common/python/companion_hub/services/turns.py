"""Turns as the page sees them: snapshot, stop, retry, and the prompt viewer.

A read heals: a turn that was never started is started again, one past its deadline is ended (FAULTS.md §0).
"""

from uuid import UUID

from companion_hub.db.connection import Conn, Database
from companion_hub.errors import ConflictError, NotFoundError
from companion_hub.models.turn import PromptView, StartedTurn, Turn, TurnStatus
from companion_hub.providers.sockets import Sockets
from companion_hub.providers.workflow import Workflow
from companion_hub.repositories import messages, prompts, rate_limits, turns, usage
from companion_hub.repositories.turns import STEPS, Overdue
from companion_hub.services.generate_reply import prompt_input
from companion_hub.services.model_profiles import model_profile
from companion_hub.services.prompt import build_prompt
from companion_hub.services.publisher import Publisher
from companion_hub.services.turn_endings import TIMEOUT, announce_end, end_turn
from companion_hub.services.turn_starts import charge, check_idle, lock_companion, start

_STATE_WRITTEN = STEPS.index("UpdateState") + 1


class Turns:
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

    def get(self, user_id: UUID, turn_id: UUID) -> Turn:
        """Raises NotFoundError."""
        turn, overdue = self._find(user_id, turn_id)
        if overdue.expired:
            end_turn(self._database, self._sockets, turn_id, TIMEOUT)
            return self._find(user_id, turn_id)[0]
        if overdue.restart:
            start(self._workflow, turn, run=overdue.run)
        return turn

    def cancel(self, user_id: UUID, turn_id: UUID) -> Turn:
        """Stop a turn; one that has ended stays as it is.  Raises NotFoundError.

        A worker that streams keeps what is there and ends the turn within two seconds.  Where nobody streams there is
        nothing to keep: the turn ends here, and a worker that comes later finds it gone.  A picture that nobody has begun
        to draw is not counted; one that was being drawn is, for the image server has done the work.
        """
        turn, _ = self._find(user_id, turn_id)
        with self._database.autocommit() as connection:
            stoppable = turns.request_stop(connection, user_id, turn_id)
        if stoppable is None:
            return self._find(user_id, turn_id)[0]
        if stoppable.steps_done >= _STATE_WRITTEN:
            self._end(user_id, turn, status="done")  # only the picture was missing
        elif stoppable.status == "queued" or turn.kind == "image":
            self._end(user_id, turn, status="cancelled", is_begun=stoppable.status != "queued")
        return self._find(user_id, turn_id)[0]

    def retry(self, user_id: UUID, turn_id: UUID) -> StartedTurn:
        """Run a failed turn again.  Raises NotFoundError, ConflictError, RateLimitedError, BudgetExceededError."""
        companion_id = self._find(user_id, turn_id)[0].companion_id

        def work(connection: Conn) -> int:
            lock_companion(connection, user_id, companion_id)
            turn, _ = self._find(user_id, turn_id, connection)
            if turn.status in ("queued", "running"):
                return 0  # pressed twice: the first press counts
            if turn.status != "failed":
                raise ConflictError("not_failed", "Only a failed turn can be tried again.")
            check_idle(connection, companion_id)
            if not messages.is_latest_turn(connection, turn_id):
                raise ConflictError("not_latest", "The chat has gone on since. Please send the message again.")
            charge(connection, user_id, scale=self._scale, model_name=self._model_name)
            return turns.queue_again(connection, turn_id)

        run = self._database.run(work)
        turn, _ = self._find(user_id, turn_id)
        if run:
            start(self._workflow, turn, run=run)
        return StartedTurn(turn=turn)

    def prompt(self, user_id: UUID, turn_id: UUID, *, model_name: str) -> PromptView:
        """Return the turn's prompt, built again from what is stored now as GenerateReply does, and what the turn used.

        Raises NotFoundError.
        """
        turn, _ = self._find(user_id, turn_id)
        with self._database.autocommit() as connection:
            rows = prompts.load(connection, turn_id)
            used = usage.of_turn(connection, user_id, turn)
        built = build_prompt(prompt_input(rows, continuing=turn.kind == "continue"), model_profile(model_name))
        return PromptView.model_validate(
            {
                "model": model_name,
                "parts": built.parts,
                "messages": [message._asdict() for message in built.messages],
                "usage": used,
                "first_token_ms": turn.first_token_ms,
            }
        )

    def _end(self, user_id: UUID, turn: Turn, *, status: TurnStatus, is_begun: bool = True) -> None:
        def work(connection: Conn) -> tuple[Turn, list[str]] | None:
            ended = turns.end(connection, turn.id, status=status)
            if ended is not None and not is_begun and turns.uncount_image(connection, turn.id):
                rate_limits.refund(connection, rate_limits.IMAGE, user_id)
            return ended

        ended = self._database.run(work)
        if ended is not None:
            with Publisher(self._sockets) as publisher:
                announce_end(*ended, publisher=publisher)

    def _find(self, user_id: UUID, turn_id: UUID, connection: Conn | None = None) -> tuple[Turn, Overdue]:
        if connection is None:
            with self._database.autocommit() as own:
                return self._find(user_id, turn_id, own)
        found = turns.get(connection, user_id, turn_id)
        if found is None:
            raise NotFoundError
        return found
