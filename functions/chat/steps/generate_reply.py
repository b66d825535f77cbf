"""State GenerateReply of the turn's state machine: see services/generate_reply.py."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from companion_hub import bootstrap
from companion_hub.models.step import StepEvent
from companion_hub.services.generate_reply import generate_reply


def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    generate_reply(bootstrap.step_tools(), bootstrap.language_model(), StepEvent.model_validate(event))
    return {"ok": True}
