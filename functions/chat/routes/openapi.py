"""GET /api/openapi.json: the document that ``scripts/openapi.py`` generated from the code."""

from functools import cache
from pathlib import Path

from aws_lambda_powertools.event_handler import Response

from companion_hub.http import HttpApi

DOCUMENT = Path(__file__).parent.parent / "openapi.json"


@cache
def document() -> str:
    return DOCUMENT.read_text(encoding="utf-8")


def register(api: HttpApi) -> None:
    app = api.app

    @app.get(
        "/api/openapi.json",
        summary="This document",
        tags=["health"],
        responses={
            200: {"description": "OpenAPI 3.1", "content": {"application/json": {"schema": {"type": "object"}}}}
        },
    )
    def openapi() -> Response[str]:
        return Response(200, "application/json", document(), headers={"Cache-Control": "public, max-age=300"})
