"""Companions: list, create, read, change, delete."""

from typing import Annotated
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Query

from companion_hub import bootstrap
from companion_hub.http import HttpApi
from companion_hub.models.companion import Companion, CompanionPage, CreateCompanionRequest, UpdateCompanionRequest
from companion_hub.models.lorebook import CompanionLorebook, UpdateLorebookRequest
from companion_hub.models.turn import Prepared


def register(api: HttpApi) -> None:
    app = api.app

    @app.get("/api/companions", summary="The user's companions, newest first", tags=["companions"])
    def list_companions(
        limit: Annotated[int, Query(ge=1, le=100)] = 20, before: Annotated[UUID | None, Query()] = None
    ) -> CompanionPage:
        return bootstrap.companions().list_page(api.caller.user_id, limit=limit, before=before)

    @app.post(
        "/api/companions", status_code=201, summary="Make a companion; only its name is needed", tags=["companions"]
    )
    def create_companion(request: Annotated[CreateCompanionRequest, Body()]) -> Companion:
        return bootstrap.companions().create(api.caller.user_id, request)

    @app.get("/api/companions/<companion_id>", summary="One companion", tags=["companions"])
    def get_companion(companion_id: UUID) -> Companion:
        return bootstrap.companions().get(api.caller.user_id, companion_id)

    @app.patch("/api/companions/<companion_id>", summary="Change a companion or its state", tags=["companions"])
    def update_companion(companion_id: UUID, request: Annotated[UpdateCompanionRequest, Body()]) -> Companion:
        return bootstrap.companions().update(api.caller.user_id, companion_id, request)

    @app.delete(
        "/api/companions/<companion_id>",
        status_code=204,
        summary="Delete a companion with its chat, memories and pictures",
        tags=["companions"],
    )
    def delete_companion(companion_id: UUID) -> Response[None]:
        bootstrap.companions().delete(api.caller.user_id, companion_id)
        return Response(204)

    @app.get(
        "/api/companions/<companion_id>/lorebook",
        summary="What is true in the companion's world, told when it comes up",
        tags=["companions"],
    )
    def get_lorebook(companion_id: UUID) -> CompanionLorebook:
        return bootstrap.lorebook_edits().get(api.caller.user_id, companion_id)

    @app.patch(
        "/api/companions/<companion_id>/lorebook",
        summary="Write the lorebook anew; 409 `lorebook_changed` when somebody else has",
        tags=["companions"],
    )
    def update_lorebook(companion_id: UUID, request: Annotated[UpdateLorebookRequest, Body()]) -> CompanionLorebook:
        return bootstrap.lorebook_edits().update(api.caller.user_id, companion_id, request)

    @app.post(
        "/api/companions/<companion_id>/prepare",
        summary="Get the model ready for the next message; says which model answers",
        tags=["turns"],
    )
    def prepare(companion_id: UUID) -> Prepared:
        return bootstrap.prepare_turn(api.caller.user_id, companion_id)
