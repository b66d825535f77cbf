"""GenerateReply: the second state of a turn, which streams.  See companion_hub/services/generate_reply.py."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from companion_hub import bootstrap
from companion_hub.models.step import StepEvent
from companion_hub.services.generate_reply import generate_reply


def handler(event: dict[str, Any], context: LambdaContext) -> None:
    generate_reply(bootstrap.chat_step_tools(), bootstrap.language_model(), StepEvent.model_validate(event))
