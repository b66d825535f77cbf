"""Turns: snapshot, stop, retry."""

from uuid import UUID

from companion_hub import bootstrap
from companion_hub.http import HttpApi
from companion_hub.models.turn import Turn


def register(api: HttpApi) -> None:
    app = api.app

    @app.get("/api/turns/<turn_id>", summary="A turn's snapshot: the truth to fall back to", tags=["turns"])
    def get_turn(turn_id: UUID) -> Turn:
        return bootstrap.turns().get(api.caller.user_id, turn_id)

    @app.post("/api/turns/<turn_id>/cancel", summary="Stop; the text so far is kept", tags=["turns"])
    def cancel_turn(turn_id: UUID) -> Turn:
        return bootstrap.turns().cancel(api.caller.user_id, turn_id)

    @app.post("/api/turns/<turn_id>/retry", status_code=202, summary="Run a failed turn again", tags=["turns"])
    def retry_turn(turn_id: UUID) -> Turn:
        return bootstrap.turns().retry(api.caller.user_id, turn_id)
