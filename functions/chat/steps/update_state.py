"""UpdateState: the fourth state of a turn.  See companion_hub/services/update_state.py."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from companion_hub import bootstrap
from companion_hub.models.step import StepEvent
from companion_hub.services.update_state import update_state


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, bool]:
    return {"image": update_state(bootstrap.state_step_tools(), StepEvent.model_validate(event))}
