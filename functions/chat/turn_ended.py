"""TurnEnded: an execution failed, timed out or was aborted; whatever its turn was doing, it ends now.

Called by EventBridge with Step Functions' status-change event.  The state machine's own catch usually came first;
then there is nothing left to do.
"""

from typing import Any
from uuid import UUID

from aws_lambda_powertools.utilities.typing import LambdaContext

from companion_hub import bootstrap
from companion_hub.providers.workflow import run_of_execution
from companion_hub.services.fail_turn import fail_turn


def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    detail = event["detail"]
    name = str(detail["name"])
    error = "States.Timeout" if detail["status"] == "TIMED_OUT" else str(detail.get("error") or "HubError")
    run = run_of_execution(name)
    fail_turn(bootstrap.database(), bootstrap.sockets(), UUID(name[:36]), error=error, run=run)
    return {"ok": True}
