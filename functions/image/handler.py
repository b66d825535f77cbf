"""The ImageApi function: pictures and character cards.  API Gateway → here → routes/*.py → the service."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from companion_hub import bootstrap
from functions.image.routes import cards, images

api = bootstrap.http_api()
images.register(api)
cards.register(api)


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return api.handle(event, context)
