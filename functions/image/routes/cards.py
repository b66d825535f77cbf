"""Character cards: import a file as a companion, export a companion as a file."""

import base64
from typing import Annotated
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query

from companion_hub import bootstrap
from companion_hub.http import HttpApi
from companion_hub.models.card import CONTENT_TYPES, CardFormat, ImportedCompanion
from functions.image.upload import read_upload


def register(api: HttpApi) -> None:
    app = api.app

    @app.post(
        "/api/companions/import",
        status_code=201,
        summary="Make a companion from a character card (PNG, JSON or CHARX; raw, or multipart with a field `file`)",
        description="Specifications V1, V2 and V3.  `warnings` says what of the file was mended or left out.",
        tags=["companions"],
    )
    def import_card() -> ImportedCompanion:
        return bootstrap.card_exchange().bring_in(api.caller.user_id, read_upload(app.current_event.raw_event))

    @app.get(
        "/api/companions/<companion_id>/card",
        summary="The companion as a character card (V3; the PNG also carries V2)",
        description="`memories=true` takes along what the companion remembers about you.",
        tags=["companions"],
        responses={
            200: {
                "description": "The file",
                "content": {
                    kind: {"schema": {"type": "string", "format": "binary"}} for kind in CONTENT_TYPES.values()
                },
            }
        },
    )
    def export_card(
        companion_id: UUID,
        format: Annotated[CardFormat, Query()] = "png",
        memories: Annotated[bool, Query()] = False,
    ) -> Response[str]:
        file = bootstrap.card_exchange().give_out(api.caller.user_id, companion_id, format, with_memories=memories)
        headers = {"Content-Disposition": file.disposition}
        answer = Response(200, file.content_type, base64.b64encode(file.content).decode(), headers=headers)
        answer.base64_encoded = True
        return answer
