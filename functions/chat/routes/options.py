"""GET /api/options: the wizard's catalogue.  Public, the same for everybody, and cacheable."""

from aws_lambda_powertools.event_handler import Response

from companion_hub import bootstrap
from companion_hub.http import HttpApi
from companion_hub.models.image import ImageModels
from companion_hub.models.options import Catalogue
from companion_hub.services.options import catalogue


def register(api: HttpApi) -> None:
    app = api.app

    @app.get("/api/options", summary="The wizard's steps, options and labels", tags=["companions"])
    def options() -> Response[Catalogue]:
        # Five minutes: a release may change it.
        return Response(200, "application/json", catalogue(), headers={"Cache-Control": "public, max-age=300"})

    @app.get(
        "/api/options/image-models",
        summary="The image server's checkpoints and LoRAs, to choose from for a companion",
        tags=["companions"],
    )
    def image_models() -> ImageModels:
        there = bootstrap.image_model().available()
        return ImageModels(checkpoints=sorted(there.checkpoints), loras=sorted(there.loras))
