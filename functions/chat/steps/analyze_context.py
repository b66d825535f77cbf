"""AnalyzeContext: the first state of a turn.  See companion_hub/services/analyze_context.py."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from companion_hub import bootstrap
from companion_hub.models.step import StepEvent
from companion_hub.services.analyze_context import analyze_context


def handler(event: dict[str, Any], context: LambdaContext) -> None:
    analyze_context(bootstrap.chat_step_tools(), StepEvent.model_validate(event))
