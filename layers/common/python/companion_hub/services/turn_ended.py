"""TurnEnded: an execution ended without FailTurn having run (timed out, aborted, or FailTurn itself failed).

Called by EventBridge with Step Functions' execution status change; nothing polls for dead turns.
"""

from uuid import UUID

from companion_hub.observability import logger
from companion_hub.providers.workflow import run_of_execution
from companion_hub.services.turn_endings import INTERNAL, TIMEOUT, end_turn
from companion_hub.services.turn_steps import StepTools


def turn_ended(tools: StepTools, *, execution: str, status: str) -> None:
    """``execution`` is its name; ``status`` FAILED, TIMED_OUT or ABORTED.  Names that are none of ours are ignored."""
    try:
        turn_id, run = UUID(execution[:36]), run_of_execution(execution)
    except ValueError:
        return
    reason = TIMEOUT if status == "TIMED_OUT" else INTERNAL
    ended = end_turn(tools.database, tools.sockets, turn_id, reason, run=run)
    logger.info("execution ended", extra={"turn_id": str(turn_id), "status": status, "ended": ended})
