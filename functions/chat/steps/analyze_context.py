"""State AnalyzeContext of the turn's state machine: see services/analyze_context.py."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from companion_hub import bootstrap
from companion_hub.models.step import StepEvent
from companion_hub.services.analyze_context import analyze_context


def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    analyze_context(bootstrap.step_tools(), bootstrap.embeddings(), StepEvent.model_validate(event))
    return {"ok": True}
