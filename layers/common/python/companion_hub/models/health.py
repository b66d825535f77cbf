"""Health as the API reports it: coarse, because anybody may ask."""

from typing import Literal

from companion_hub.models.base import Resource

HealthStatus = Literal["healthy", "degraded", "down"]
Dependency = Literal["database", "workflow", "language_model", "image_model", "storage"]


class Liveness(Resource):
    status: Literal["ok"] = "ok"


class DependencyHealth(Resource):
    """``degraded``: it answers, but slowly or not as it should."""

    name: Dependency
    status: HealthStatus
    latency_ms: int


class Readiness(Resource):
    """``down``: nobody can chat.  ``degraded``: something is missing, a picture for example."""

    status: HealthStatus
    dependencies: list[DependencyHealth]
