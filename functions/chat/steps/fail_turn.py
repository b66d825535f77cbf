"""States FailTurn, StateDegraded and ImageDegraded: end the turn visibly (services/fail_turn.py)."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from companion_hub import bootstrap
from companion_hub.models.step import FailureEvent
from companion_hub.providers.workflow import run_of_execution
from companion_hub.services.fail_turn import fail_turn


def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    failure = FailureEvent.model_validate(event)
    fail_turn(
        bootstrap.database(),
        bootstrap.sockets(),
        failure.turn_id,
        error=failure.error,
        run=run_of_execution(failure.execution),
        degraded=failure.degraded,
    )
    return {"ok": True}
