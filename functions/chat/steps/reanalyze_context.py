"""ReanalyzeContext: the third state of a turn.  See companion_hub/services/reanalyze_context.py."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from companion_hub import bootstrap
from companion_hub.models.step import StepEvent
from companion_hub.services.reanalyze_context import reanalyze_context


def handler(event: dict[str, Any], context: LambdaContext) -> None:
    reanalyze_context(bootstrap.chat_step_tools(), bootstrap.language_model(), StepEvent.model_validate(event))
