"""FailTurn: the compensating state.  Ends the turn with a code, or done with a part degraded when the reply is safe."""

from companion_hub.models.step import FailureEvent
from companion_hub.observability import logger
from companion_hub.providers.workflow import run_of_execution
from companion_hub.services.turn_endings import end_turn, reason_of
from companion_hub.services.turn_steps import StepTools


def fail_turn(tools: StepTools, event: FailureEvent) -> None:
    """End the turn of this execution; one that has ended, or was started again since, is left alone."""
    reason = reason_of(event.error)
    ended = end_turn(
        tools.database,
        tools.sockets,
        event.turn_id,
        reason,
        run=run_of_execution(event.execution),
        degraded=event.degraded,
    )
    logger.info(
        "turn failed",
        extra={
            "turn_id": str(event.turn_id),
            "error": event.error,
            "code": reason.code,
            "degraded": event.degraded,
            "ended": ended,
        },
    )
