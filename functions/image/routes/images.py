"""Pictures: upload a profile picture, draw one, gallery, delete."""

from typing import Annotated
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Query

from companion_hub import bootstrap
from companion_hub.errors import InvalidRequestError
from companion_hub.http import HttpApi
from companion_hub.models.image import CreateImageRequest, Image, ImagePage
from companion_hub.models.turn import StartedTurn
from functions.image.upload import read_upload


def register(api: HttpApi) -> None:
    app = api.app

    @app.get("/api/companions/<companion_id>/images", summary="A companion's pictures, newest first", tags=["images"])
    def list_companion_images(
        companion_id: UUID,
        limit: Annotated[int, Query(ge=1, le=100)] = 30,
        before: Annotated[UUID | None, Query()] = None,
    ) -> ImagePage:
        return bootstrap.images().gallery(api.caller.user_id, companion_id=companion_id, limit=limit, before=before)

    @app.post(
        "/api/companions/<companion_id>/images",
        status_code=202,
        summary="Draw the companion as it is now",
        tags=["images"],
    )
    def draw_image(companion_id: UUID, request: Annotated[CreateImageRequest | None, Body()] = None) -> StartedTurn:
        asked = request or CreateImageRequest()
        return StartedTurn(turn=bootstrap.images().draw(api.caller.user_id, companion_id, asked))

    @app.get("/api/images", summary="All pictures, newest first", tags=["images"])
    def list_images(
        limit: Annotated[int, Query(ge=1, le=100)] = 30, before: Annotated[UUID | None, Query()] = None
    ) -> ImagePage:
        return bootstrap.images().gallery(api.caller.user_id, companion_id=None, limit=limit, before=before)

    @app.delete("/api/images/<image_id>", status_code=204, summary="Delete a picture and its files", tags=["images"])
    def delete_image(image_id: UUID) -> Response[None]:
        bootstrap.images().delete(api.caller.user_id, image_id)
        return Response(204)

    @app.post(
        "/api/companions/<companion_id>/picture",
        status_code=201,
        summary="Upload a profile picture (the raw picture, or a multipart form with it)",
        description="`x`, `y`, `width` and `height` crop it, as fractions of the picture as a person sees it.",
        tags=["images"],
    )
    def upload_picture(
        companion_id: UUID,
        x: Annotated[float, Query(ge=0, le=1)] = 0,
        y: Annotated[float, Query(ge=0, le=1)] = 0,
        width: Annotated[float, Query(gt=0, le=1)] = 1,
        height: Annotated[float, Query(gt=0, le=1)] = 1,
    ) -> Image:
        # A browser's fractions may add up to a hair more than the whole; the pipeline keeps them inside.
        beyond = {name for name, end in (("width", x + width), ("height", y + height)) if end > 1.0001}
        if beyond:
            raise InvalidRequestError(dict.fromkeys(beyond, "The crop reaches beyond the picture."))
        bootstrap.images().check_owner(api.caller.user_id, companion_id)
        body = read_upload(app.current_event.raw_event)
        from companion_hub.services.image_pipeline import Crop  # here: the gallery needs no decoder

        crop = Crop(x, y, width, height) if (x, y, width, height) != (0, 0, 1, 1) else None
        return bootstrap.images().upload_picture(api.caller.user_id, companion_id, body, crop=crop)
