"""State FailTurn of the turn's state machine: see services/fail_turn.py."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from companion_hub import bootstrap
from companion_hub.models.step import FailureEvent
from companion_hub.services.fail_turn import fail_turn


def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    fail_turn(bootstrap.step_tools(), FailureEvent.model_validate(event))
    return {"ok": True}
