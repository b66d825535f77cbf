"""A turn: its snapshot, stop, retry, and what its prompt looks like."""

from http import HTTPStatus
from uuid import UUID

from aws_lambda_powertools.event_handler import Response

from companion_hub import bootstrap
from companion_hub.http import HttpApi
from companion_hub.models.turn import PromptView, StartedTurn, Turn


def register(api: HttpApi) -> None:
    app = api.app

    @app.get("/api/turns/<turn_id>", summary="Snapshot of a turn: the truth to fall back to", tags=["turns"])
    def get_turn(turn_id: UUID) -> Turn:
        return bootstrap.turns().get(api.caller.user_id, turn_id)

    @app.post("/api/turns/<turn_id>/cancel", summary="Stop; the text so far is kept", tags=["turns"])
    def cancel(turn_id: UUID) -> Turn:
        return bootstrap.turns().cancel(api.caller.user_id, turn_id)

    @app.post("/api/turns/<turn_id>/retry", status_code=202, summary="Try a failed turn again", tags=["turns"])
    def retry(turn_id: UUID) -> Response[StartedTurn]:
        started = bootstrap.turns().retry(api.caller.user_id, turn_id)
        return Response(HTTPStatus.ACCEPTED.value, "application/json", started)

    @app.get("/api/turns/<turn_id>/prompt", summary="What the model is told, part by part", tags=["turns"])
    def prompt(turn_id: UUID) -> PromptView:
        return bootstrap.turns().prompt(api.caller.user_id, turn_id, model_name=bootstrap.model_name())
