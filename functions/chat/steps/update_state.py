"""State UpdateState of the turn's state machine: see services/update_state.py."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from companion_hub import bootstrap
from companion_hub.models.step import StepEvent
from companion_hub.services.update_state import update_state


def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Say whether a picture follows: the state machine chooses by it."""
    return {"image": update_state(bootstrap.step_tools(), StepEvent.model_validate(event))}
