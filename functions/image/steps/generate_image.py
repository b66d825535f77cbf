"""State GenerateImage of the turn's state machine: see services/generate_image.py."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from companion_hub import bootstrap
from companion_hub.models.step import StepEvent
from companion_hub.services.generate_image import generate_image


def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    generate_image(
        bootstrap.step_tools(),
        bootstrap.image_model(),
        bootstrap.picture_store(),
        StepEvent.model_validate(event),
        rate_limit_scale=bootstrap.step_rate_limit_scale(),
    )
    return {"ok": True}
