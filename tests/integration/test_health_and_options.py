"""The public routes: health, options and the OpenAPI document."""

import json
import time
from collections.abc import Generator

import httpx
import pytest

from companion_hub import bootstrap
from companion_hub.models.health import Dependency
from companion_hub.services.health import Health, Probe
from functions.chat.handler import handler as chat
from tests.fakes.aws import FakeAws
from tests.fakes.gateway import Browser

pytestmark = pytest.mark.usefixtures("worker")


@pytest.fixture(autouse=True)
def not_cached() -> Generator[None]:
    bootstrap.health.cache_clear()
    yield
    bootstrap.health.cache_clear()


def test_liveness_needs_neither_session_nor_database(worker: FakeAws) -> None:
    worker.broken |= {"states", "s3"}
    try:
        answer = Browser().get(chat, "/api/health")
    finally:
        worker.broken.clear()
    assert (answer.status, answer.json) == (200, {"status": "ok"})


def test_readiness_names_every_dependency(worker: FakeAws) -> None:
    answer = Browser().get(chat, "/api/health/ready")
    assert answer.status == 200
    report = answer.json
    assert [entry["name"] for entry in report["dependencies"]] == [
        "database", "workflow", "language_model", "image_model", "storage",
    ]  # fmt: skip
    assert {entry["status"] for entry in report["dependencies"]} == {"healthy"}
    assert report["status"] == "healthy"
    assert all(entry["latency_ms"] >= 0 for entry in report["dependencies"])
    assert set(report["dependencies"][0]) == {"name", "status", "latency_ms"}  # coarse: anybody may ask


@pytest.mark.parametrize(
    ("service", "dependency", "overall", "status"),
    [
        ("states", "workflow", "down", 503),
        ("llm", "language_model", "down", 503),
        ("sd", "image_model", "degraded", 200),
        ("s3", "storage", "degraded", 200),
    ],
)
def test_what_is_down_is_named(worker: FakeAws, service: str, dependency: str, overall: str, status: int) -> None:
    worker.broken.add(service)
    try:
        answer = Browser().get(chat, "/api/health/ready")
    finally:
        worker.broken.clear()
    assert (answer.status, answer.json["status"]) == (status, overall)
    states = {entry["name"]: entry["status"] for entry in answer.json["dependencies"]}
    assert states.pop(dependency) in ("down", "degraded")
    assert set(states.values()) == {"healthy"}


def test_database_that_is_down_is_named(worker: FakeAws) -> None:
    before = worker.secrets["database"]
    worker.secrets["database"] = json.dumps(json.loads(before) | {"host": "/nowhere"})
    bootstrap.secrets.cache_clear()
    try:
        answer = Browser().get(chat, "/api/health/ready")
    finally:
        worker.secrets["database"] = before
        bootstrap.secrets.cache_clear()
    assert (answer.status, answer.json["status"]) == (503, "down")
    assert {entry["name"]: entry["status"] for entry in answer.json["dependencies"]}["database"] == "down"


def test_refused_key_is_degraded_not_down(worker: FakeAws) -> None:
    worker.refused.add("llm")
    try:
        answer = Browser().get(chat, "/api/health/ready")
    finally:
        worker.refused.clear()
    assert (answer.status, answer.json["status"]) == (200, "degraded")


def test_dependencies_are_asked_at_most_every_five_seconds() -> None:
    asked: list[float] = []

    def probe() -> bool:
        asked.append(time.monotonic())
        return True

    health = Health({"database": probe})
    assert health.readiness() == health.readiness()
    assert len(asked) == 1


def test_slow_dependencies_hold_nobody_up() -> None:
    slow: dict[Dependency, Probe] = {
        "database": lambda: time.sleep(2) is None,
        "language_model": lambda: time.sleep(2) is None,
        "storage": lambda: True,
    }
    start = time.monotonic()
    report = Health(slow, timeout_s=0.2).readiness()
    assert time.monotonic() - start < 1
    assert [entry.status for entry in report.dependencies] == ["down", "down", "healthy"]


def test_probe_sends_no_tokens(worker: FakeAws) -> None:
    worker.requests.clear()
    Browser().get(chat, "/api/health/ready")
    asked = [line for line in worker.requests if line.startswith(("GET /llm", "POST /llm", "GET /sd", "POST /sd"))]
    assert sorted(asked) == ["GET /llm/v1/models", "GET /sd/sdapi/v1/sd-models"]


def test_the_catalogue_names_the_wizards_steps_and_the_ages_there_are() -> None:
    catalogue = Browser().get(chat, "/api/options").json
    assert [step["label"] for step in catalogue["steps"]] == ["Style", "Look", "Body", "Identity", "Finish"]
    assert {group["step"] for group in catalogue["groups"]} <= {step["id"] for step in catalogue["steps"]}
    assert catalogue["age"] == {"min": 18, "max": 120, "default": 25}


def test_options_are_public_and_cacheable() -> None:
    answer = Browser().get(chat, "/api/options")
    assert answer.status == 200
    groups = answer.json["groups"]
    assert sum(len(group["options"]) for group in groups) >= 50
    assert {group["step"] for group in groups} == {"style", "look", "body"}
    assert answer.headers["cache-control"].startswith("public")


def test_openapi_document_is_served() -> None:
    answer = Browser().get(chat, "/api/openapi.json")
    assert answer.status == 200
    assert answer.json["openapi"].startswith("3.1")


def test_public_routes_still_need_the_front_door() -> None:
    for path in ("/api/health", "/api/options"):
        answer = Browser().request(chat, "GET", path, headers={"x-origin-secret": "guess"})
        assert (answer.status, answer.error) == (403, "forbidden")


def test_fake_answers_like_the_services_it_stands_for(worker: FakeAws) -> None:
    assert httpx.get(f"{worker.url}/llm/v1/models").status_code == 200
