"""State ReanalyzeContext of the turn's state machine: see services/reanalyze_context.py."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from companion_hub import bootstrap
from companion_hub.models.step import StepEvent
from companion_hub.services.reanalyze_context import reanalyze_context


def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    reanalyze_context(
        bootstrap.step_tools(), bootstrap.language_model(), bootstrap.embeddings(), StepEvent.model_validate(event)
    )
    return {"ok": True}
