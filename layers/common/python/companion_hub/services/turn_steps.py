"""What the five steps share: claim the turn, tell the page, do the work, write the result under the fence.

A step's function is ``run_step(tools, event, step, work)``: ``work`` gets the claim and does its part.  A turn that is
gone (deleted, cancelled, ended elsewhere) ends a step silently; a repeated delivery of a finished step does nothing.
"""

from collections.abc import Callable
from typing import NamedTuple

from companion_hub.db.connection import Database
from companion_hub.errors import HubError, TurnGoneError, UnexpectedStepError
from companion_hub.models.base import Resource
from companion_hub.models.frame import ProgressFrame
from companion_hub.models.step import StepEvent
from companion_hub.models.turn import PROGRESS, Degradation, Step, TurnStatus
from companion_hub.observability import Stopwatch, log_unexpected, logger
from companion_hub.providers.sockets import Sockets
from companion_hub.providers.workflow import run_of_execution
from companion_hub.repositories import claims, connections, turns
from companion_hub.repositories.claims import Claim
from companion_hub.services.publisher import Publisher
from companion_hub.services.turn_endings import TIMEOUT, announce_end, end_turn

# Longer than any step is silent: the first byte (20 s) and the gap between chunks (15 s) are both shorter.
LEASE_S = 25.0


class StepTools(NamedTuple):
    database: Database
    sockets: Sockets


class StepRun:
    """One claimed step: how its work reads the claim and tells the page."""

    def __init__(self, tools: StepTools, held: Claim, publisher: Publisher) -> None:
        self.tools = tools
        self.held = held
        self.publisher = publisher
        self.connection_ids = held.sockets

    def publish(self, frame: Resource) -> None:
        self.publisher.publish(self.connection_ids, frame)

    def progress(self, percent: int) -> None:
        self.publish(ProgressFrame(turn_id=self.held.turn_id, step=self.held.step, progress=percent))

    def forget_gone_sockets(self) -> None:
        if gone := self.publisher.take_gone():
            with self.tools.database.autocommit() as connection:
                connections.delete(connection, gone)

    def finish_turn(self, status: TurnStatus = "done", *, degraded: Degradation | None = None) -> None:
        """End the turn under this claim's fence and tell the page."""
        with self.tools.database.autocommit() as connection:
            ended = turns.end(connection, self.held.turn_id, status=status, fence=self.held.fence, degraded=degraded)
        if ended is not None:
            announce_end(*ended, publisher=self.publisher)


def run_step(tools: StepTools, event: StepEvent, step: Step, work: Callable[[StepRun], None]) -> None:
    """Claim, work, and leave.  Raises HubError subclasses for Step Functions to retry or catch: the runtime logs what it
    is given, so nothing else may reach it.
    """
    watch = Stopwatch()
    outcome = "done"
    try:
        with tools.database.autocommit() as connection:
            held = claims.claim(
                connection,
                event.turn_id,
                step,
                run=run_of_execution(event.execution),
                retry_count=event.retry_count,
                lease_s=LEASE_S,
            )
        if held is None:
            outcome = "repeated"
            return
        if held.seconds_left <= 0:
            outcome = "expired"
            end_turn(tools.database, tools.sockets, held.turn_id, TIMEOUT)
            return
        with Publisher(tools.sockets) as publisher:
            run = StepRun(tools, held, publisher)
            run.progress(PROGRESS[step][0])
            work(run)
        run.forget_gone_sockets()
    except TurnGoneError:
        outcome = "gone"
    except HubError as exc:
        outcome = type(exc).__name__
        raise
    except Exception as exc:
        outcome = type(exc).__name__
        log_unexpected(exc, turn_id=str(event.turn_id))
        raise UnexpectedStepError(outcome) from None
    finally:
        logger.info(
            "step",
            extra={
                "turn_id": str(event.turn_id),
                "step": step,
                "outcome": outcome,
                "retry": event.retry_count,
                "ms": watch.ms,
            },
        )
