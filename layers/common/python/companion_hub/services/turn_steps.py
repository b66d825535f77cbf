"""What the five steps share: claim the turn, tell the page, do the work, write the result under the fence.

A step's function is ``run_step(tools, event, step, work)``: ``work`` gets the claim and does its part.  A turn that is
gone (deleted, cancelled, ended elsewhere) ends a step silently; a repeated delivery of a finished step does nothing.
"""

from collections.abc import Callable
from typing import NamedTuple

from companion_hub.db.connection import Database
from companion_hub.errors import TurnGoneError
from companion_hub.models.base import Resource
from companion_hub.models.frame import DoneFrame, ErrorFrame, ImageFrame, ProgressFrame
from companion_hub.models.step import StepEvent
from companion_hub.models.turn import PROGRESS, Degradation, Step, Turn, TurnStatus
from companion_hub.observability import MetricUnit, Stopwatch, logger, metrics
from companion_hub.providers.sockets import Sockets
from companion_hub.providers.workflow import run_of_execution
from companion_hub.repositories import connections, turns
from companion_hub.repositories.turns import Claim
from companion_hub.services.publisher import Publisher

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
        self._publisher = publisher
        self.connection_ids = held.sockets

    def publish(self, frame: Resource) -> None:
        self._publisher.publish(self.connection_ids, frame)

    def progress(self, percent: int) -> None:
        self.publish(ProgressFrame(turn_id=self.held.turn_id, step=self.held.step, progress=percent))

    def forget_gone_sockets(self) -> None:
        if gone := self._publisher.take_gone():
            with self.tools.database.autocommit() as connection:
                connections.delete(connection, gone)

    def finish_turn(self, status: TurnStatus = "done", *, degraded: Degradation | None = None) -> None:
        """End the turn under this claim's fence and tell the page."""
        with self.tools.database.autocommit() as connection:
            ended = turns.end(connection, self.held.turn_id, status=status, fence=self.held.fence, degraded=degraded)
        if ended is not None:
            announce_end(*ended, publisher=self._publisher)


def run_step(tools: StepTools, event: StepEvent, step: Step, work: Callable[[StepRun], None]) -> None:
    """Claim, work, and leave.  Raises StepError subclasses for Step Functions to retry or catch."""
    watch = Stopwatch()
    outcome = "done"
    try:
        with tools.database.transaction() as connection:
            held = turns.claim(
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
        with Publisher(tools.sockets) as publisher:
            run = StepRun(tools, held, publisher)
            run.progress(PROGRESS[step][0])
            work(run)
            run.forget_gone_sockets()
    except TurnGoneError:
        outcome = "gone"
    except Exception as exc:
        outcome = type(exc).__name__
        raise
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


def announce_end(turn: Turn, connection_ids: list[str], *, publisher: Publisher) -> None:
    """Tell every socket of the user how a turn ended, and count it."""
    if "image" in turn.degraded:
        publisher.publish(connection_ids, ImageFrame(turn_id=turn.id, status="failed"))
    if turn.error is not None:
        publisher.publish(connection_ids, ErrorFrame(code=turn.error.code, message=turn.error.message, turn_id=turn.id))
    publisher.publish(connection_ids, DoneFrame(turn_id=turn.id, status=turn.status, degraded=turn.degraded))
    count_end(turn)


def count_end(turn: Turn) -> None:
    """Write the turn's metrics (embedded metric format: a log line, no call)."""
    duration_ms = (turn.finished_at - turn.created_at).total_seconds() * 1000 if turn.finished_at else 0
    metrics.add_dimension(name="status", value=turn.status)
    metrics.add_metric(name="TurnDuration", unit=MetricUnit.Milliseconds, value=duration_ms)
    if turn.first_token_ms is not None:
        metrics.add_metric(name="FirstTokenLatency", unit=MetricUnit.Milliseconds, value=turn.first_token_ms)
    metrics.add_metric(name="Tokens", unit=MetricUnit.Count, value=(turn.input_tokens or 0) + (turn.output_tokens or 0))
    if turn.status == "failed":
        metrics.add_metric(name="TurnsFailed", unit=MetricUnit.Count, value=1)
        metrics.add_metadata(key="code", value=turn.error.code if turn.error else "unknown")
    metrics.flush_metrics()
