"""Ends turns that nobody can finish any more: visibly, and without losing text that was shown.

Called by FailTurn (a state gave up), TurnEnded (the execution died), a read or a step that finds the deadline passed,
and Stop.  A reply that is committed stays: the turn is done, with the missing part degraded.  A reply that is not
committed keeps what was shown as an incomplete message beside the error.
"""

from typing import NamedTuple
from uuid import UUID

from companion_hub import errors
from companion_hub.db.connection import Conn, Database
from companion_hub.models.frame import DoneFrame, ErrorFrame, ImageFrame, MessageFrame, ProgressFrame
from companion_hub.models.message import Message
from companion_hub.models.turn import Degradation, Turn
from companion_hub.observability import MetricUnit, metrics
from companion_hub.providers.sockets import Sockets
from companion_hub.repositories import connections, message_scenes, messages, rate_limits, turns
from companion_hub.repositories.turns import STEPS, Abandoned
from companion_hub.services.publisher import Publisher

_TIMEOUT_MESSAGE = "This took too long. Please try again."
_REPLY_COMMITTED = STEPS.index("GenerateReply") + 1
_STATE_WRITTEN = STEPS.index("UpdateState") + 1


class Reason(NamedTuple):
    code: str
    message: str


TIMEOUT = Reason("timeout", _TIMEOUT_MESSAGE)
INTERNAL = Reason("internal", errors.HubError.public_message)


class Ended(NamedTuple):
    turn: Turn
    connection_ids: list[str]
    message: Message | None


def reason_of(error_name: str) -> Reason:
    """Return code and public message of an error by its class name, as Step Functions reports it."""
    kind = getattr(errors, error_name, None)
    if isinstance(kind, type) and issubclass(kind, errors.HubError):
        return Reason(kind.code, kind.public_message)
    if error_name in ("States.Timeout", "Sandbox.Timedout", "States.HeartbeatTimeout"):
        return TIMEOUT
    return INTERNAL


def give_up(
    connection: Conn, turn_id: UUID, reason: Reason, *, run: int | None = None, degraded: Degradation | None = None
) -> Ended | None:
    """End an active turn (of one run, or any); None when it had ended.  Call it inside a transaction."""
    turn = turns.lock_active(connection, turn_id, run=run)
    if turn is None:
        return None
    if turns.uncount_image(connection, turn_id):  # a picture that was not drawn costs nothing
        rate_limits.refund(connection, rate_limits.IMAGE, turn.user_id)
    if turn.kind == "image":
        ended = turns.end(connection, turn_id, status="failed", error_code=reason.code, error_message=reason.message)
        message = None
    elif turn.steps_done >= _REPLY_COMMITTED:
        missing: Degradation = degraded or ("image" if turn.steps_done >= _STATE_WRITTEN else "state")
        if turn.steps_done < _STATE_WRITTEN and turn.reply_message_id is not None:
            # What the first look at the message found counts no more than the rest: the scene stays as it was.
            message_scenes.set_scene(connection, turn.reply_message_id, turn.scene)
        ended = turns.end(connection, turn_id, status="done", degraded=missing)
        message = None
    else:
        message = _keep_partial(connection, turn)
        ended = turns.end(connection, turn_id, status="failed", error_code=reason.code, error_message=reason.message)
    return Ended(*ended, message) if ended else None


def _keep_partial(connection: Conn, turn: Abandoned) -> Message | None:
    """Store what was shown of a first reply as an incomplete message (FAULTS.md F17); a retry replaces it."""
    if turn.kind != "reply" or not turn.text.strip():
        return None
    message_id = messages.put_reply(
        connection,
        user_id=turn.user_id,
        companion_id=turn.companion_id,
        turn_id=turn.turn_id,
        text=turn.text,
        status="incomplete",
        model=None,
        scene=turn.scene,
    )
    turns.set_reply(connection, turn.turn_id, message_id)
    return messages.get(connection, turn.user_id, message_id)


def announce(ended: Ended, database: Database, sockets: Sockets) -> None:
    """Tell the page how a turn ended."""
    with Publisher(sockets) as publisher:
        if ended.message is not None:
            publisher.publish(ended.connection_ids, MessageFrame(message=ended.message))
        announce_end(ended.turn, ended.connection_ids, publisher=publisher)
    if gone := publisher.take_gone():
        with database.autocommit() as connection:
            connections.delete(connection, gone)


def end_turn(
    database: Database,
    sockets: Sockets,
    turn_id: UUID,
    reason: Reason,
    *,
    run: int | None = None,
    degraded: Degradation | None = None,
) -> bool:
    """End a turn and tell the page; False when it had ended already."""
    ended = database.run(lambda connection: give_up(connection, turn_id, reason, run=run, degraded=degraded))
    if ended is None:
        return False
    announce(ended, database, sockets)
    return True


def announce_end(turn: Turn, connection_ids: list[str], *, publisher: Publisher) -> None:
    """Tell every socket of the user how a turn ended, and count it."""
    if "image" in turn.degraded or (turn.kind == "image" and turn.status == "failed"):
        publisher.publish(connection_ids, ImageFrame(turn_id=turn.id, status="failed"))
    if turn.error is not None:
        publisher.publish(connection_ids, ErrorFrame(code=turn.error.code, message=turn.error.message, turn_id=turn.id))
    if turn.status == "done" and turn.step is not None:
        publisher.publish(connection_ids, ProgressFrame(turn_id=turn.id, step=turn.step, progress=turn.progress))
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
    metrics.flush_metrics()
    if turn.status == "failed":
        # A series for each code, so that an alarm can look at the one an owner has to act on.
        metrics.add_dimension(name="code", value=turn.error.code if turn.error else "unknown")
        metrics.add_metric(name="TurnsFailed", unit=MetricUnit.Count, value=1)
        metrics.flush_metrics()
