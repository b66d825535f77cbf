"""TurnEnded: EventBridge's notice that an execution failed, timed out or was aborted.

See companion_hub/services/turn_ended.py.
"""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from companion_hub import bootstrap
from companion_hub.services.turn_ended import turn_ended


def handler(event: dict[str, Any], context: LambdaContext) -> None:
    detail: dict[str, str] = event["detail"]
    turn_ended(bootstrap.step_tools(), execution=detail["name"], status=detail["status"])
