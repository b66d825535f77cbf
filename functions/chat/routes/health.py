"""GET /api/health (the function runs) and /api/health/ready (so does what it needs).  Both are public."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response

from companion_hub import bootstrap
from companion_hub.http import HttpApi
from companion_hub.models.health import Liveness, Readiness


def register(api: HttpApi) -> None:
    app = api.app

    @app.get("/api/health", summary="Is the API there", tags=["health"])
    def health() -> Liveness:
        return Liveness()

    @app.get(
        "/api/health/ready",
        summary="Are its dependencies there; 503 when nobody can chat",
        description="Asked at most every five seconds per worker; costs no tokens.",
        tags=["health"],
    )
    def ready() -> Response[Readiness]:
        readiness = bootstrap.health().readiness()
        status = HTTPStatus.SERVICE_UNAVAILABLE if readiness.status == "down" else HTTPStatus.OK
        return Response(status.value, "application/json", readiness)
