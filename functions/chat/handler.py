"""The ChatApi function: everything that is neither account nor picture.

API Gateway → here → routes/*.py (one module per thing) → the service of the same name.
"""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from companion_hub import bootstrap
from functions.chat.routes import companions, health, memories, messages, openapi, options, turns

api = bootstrap.http_api(
    public=frozenset({"GET /api/health", "GET /api/health/ready", "GET /api/options", "GET /api/openapi.json"})
)
for routes in (health, options, openapi, companions, memories, messages, turns):
    routes.register(api)


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return api.handle(event, context)
