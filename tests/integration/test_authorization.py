"""Every route of the OpenAPI document × everybody who may not: generated, so that a new route cannot be forgotten."""

import json
from io import BytesIO
from typing import Any, cast
from uuid import uuid4

import pytest
from PIL import Image as PillowImage

from functions.auth.handler import handler as auth
from scripts.openapi import DOCUMENT
from tests.fakes.edge import handler_of
from tests.fakes.gateway import Answer, Browser
from tests.fakes.people import new_person

pytestmark = pytest.mark.usefixtures("worker")

DOC: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
ROUTES = [
    pytest.param(method.upper(), path, operation, id=f"{method.upper()} {path}")
    for path, operations in DOC["paths"].items()
    for method, operation in operations.items()
]
PRIVATE = [route for route in ROUTES if cast("dict[str, Any]", route.values[2]).get("security") != []]
CHANGES = [route for route in ROUTES if route.values[0] != "GET"]
WITH_ID = [route for route in PRIVATE if "{" in str(route.values[1])]


def asked(
    browser: Browser,
    method: str,
    path: str,
    operation: dict[str, Any],
    *,
    headers: dict[str, str | None] | None = None,
    id_: str | None = None,
) -> Answer:
    """Ask with a random id and, where the route takes JSON, a body that fits its schema."""
    for parameter in operation.get("parameters", []):
        if parameter.get("in") == "path":
            path = path.replace(f"{{{parameter['name']}}}", id_ or str(uuid4()))
    content: dict[str, Any] = operation.get("requestBody", {}).get("content", {})
    if content and "application/json" not in content:
        upload = {"content-type": "image/png", **(headers or {})}
        return browser.request(handler_of(path), method, path, body=tiny_png(), headers=upload)
    body = example(content["application/json"]["schema"]) if content else None
    query = {
        parameter["name"]: example(parameter["schema"])
        for parameter in operation.get("parameters", [])
        if parameter.get("in") == "query" and parameter.get("required")
    }
    return browser.request(handler_of(path), method, path, body, headers=headers, query=query)


def tiny_png() -> bytes:
    file = BytesIO()
    PillowImage.new("RGB", (64, 64), "teal").save(file, "PNG")
    return file.getvalue()


def example(schema: dict[str, Any]) -> Any:
    """Return the smallest value that fits a schema of ours."""
    if "$ref" in schema:
        return example(DOC["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return example(schema["anyOf"][0])
    match schema.get("type"):
        case "object":
            return {name: example(schema["properties"][name]) for name in schema.get("required", [])}
        case "integer" | "number":
            return schema.get("minimum", 0)
        case "boolean":
            return False
        case "array":
            return []
        case _ if schema.get("format") == "uuid":
            return str(uuid4())
        case _ if "@" in schema.get("pattern", ""):
            return f"{uuid4()}@example.org"
        case _:
            return "x" * max(3, schema.get("minLength", 0))


@pytest.fixture(scope="module")
def person(worker: Any) -> Browser:
    return new_person()


@pytest.fixture(scope="module")
def revoked(worker: Any) -> Browser:
    browser, stolen = new_person(), Browser()
    stolen.cookies = dict(browser.cookies)
    assert browser.post(auth, "/api/auth/logout").status == 204
    return stolen


def test_matrix_knows_every_route_of_the_contract() -> None:
    """DESIGN.md §3's table; the document has them all."""
    wanted = {
        "/api/health": "get", "/api/health/ready": "get", "/api/auth/register": "post", "/api/auth/login": "post",
        "/api/auth/logout": "post", "/api/auth/logout-all": "post", "/api/me": "get patch delete",
        "/api/me/password": "post", "/api/me/sessions": "get", "/api/me/sessions/{session_id}": "delete",
        "/api/me/export": "get", "/api/me/usage": "get", "/api/companions": "get post",
        "/api/companions/{companion_id}": "get patch delete", "/api/options": "get", "/api/openapi.json": "get",
        "/api/companions/{companion_id}/messages": "get post",
        "/api/companions/{companion_id}/messages/search": "get", "/api/messages/{message_id}": "patch delete",
        "/api/messages/{message_id}/regenerate": "post", "/api/messages/{message_id}/continue": "post",
        "/api/messages/{message_id}/select": "post", "/api/turns/{turn_id}": "get",
        "/api/turns/{turn_id}/cancel": "post", "/api/turns/{turn_id}/retry": "post",
        "/api/companions/{companion_id}/memories": "get post", "/api/memories/{memory_id}": "patch delete",
        "/api/companions/{companion_id}/picture": "post", "/api/companions/{companion_id}/images": "get post",
        "/api/companions/{companion_id}/prepare": "post", "/api/companions/import": "post",
        "/api/companions/{companion_id}/card": "get", "/api/companions/{companion_id}/lorebook": "get patch",
        "/api/images": "get", "/api/images/{image_id}": "delete",
        "/api/options/image-models": "get", "/api/messages/search": "get", "/api/messages/{message_id}/branch": "post",
        "/api/messages/{message_id}/undelete": "post", "/api/turns/{turn_id}/prompt": "get",
    }  # fmt: skip
    missing = {
        f"{method} {path}"
        for path, methods in wanted.items()
        for method in methods.split()
        if method not in DOC["paths"].get(path, {})
    }
    assert missing == set()


def test_nothing_else_is_for_everybody() -> None:
    assert {(route.values[0], route.values[1]) for route in ROUTES if route not in PRIVATE} == {
        ("GET", "/api/health"), ("GET", "/api/health/ready"), ("GET", "/api/openapi.json"), ("GET", "/api/options"),
        ("POST", "/api/auth/login"), ("POST", "/api/auth/register"),
    }  # fmt: skip


@pytest.mark.parametrize(("method", "path", "operation"), PRIVATE)
def test_anonymous_is_asked_to_log_in(method: str, path: str, operation: dict[str, Any]) -> None:
    answer = asked(Browser(), method, path, operation)
    assert (answer.status, answer.error) == (401, "unauthenticated")


@pytest.mark.parametrize(("method", "path", "operation"), PRIVATE)
def test_revoked_session_is_asked_to_log_in(
    method: str, path: str, operation: dict[str, Any], revoked: Browser
) -> None:
    answer = asked(revoked, method, path, operation)
    assert (answer.status, answer.error) == (401, "unauthenticated")


@pytest.mark.parametrize(("method", "path", "operation"), CHANGES)
@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"origin": None}, {"x-requested-with": None}],
    ids=["foreign origin", "no origin", "missing header"],
)
def test_change_from_elsewhere_is_forbidden(
    method: str, path: str, operation: dict[str, Any], headers: dict[str, str | None], person: Browser
) -> None:
    answer = asked(person, method, path, operation, headers=headers)
    assert (answer.status, answer.error) == (403, "forbidden")


JSON_ROUTES = [
    route
    for route in ROUTES
    if list(cast("dict[str, Any]", route.values[2]).get("requestBody", {}).get("content", {})) == ["application/json"]
]


@pytest.mark.parametrize(("method", "path", "operation"), JSON_ROUTES)
@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x", "text/plain", "image/png"])
def test_other_kinds_of_body_are_refused(
    method: str, path: str, operation: dict[str, Any], kind: str, person: Browser
) -> None:
    """Found by schemathesis: a form without its boundary was an unexpected error."""
    answer = asked(person, method, path, operation, headers={"content-type": kind})
    unknown_id = answer.status == 404 and "{" in path
    assert unknown_id or (answer.status, answer.error) == (415, "unsupported_media")


@pytest.mark.parametrize(("method", "path", "operation"), ROUTES)
def test_nobody_gets_round_the_front_door(method: str, path: str, operation: dict[str, Any], person: Browser) -> None:
    answer = asked(person, method, path, operation, headers={"x-origin-secret": None})
    assert (answer.status, answer.error) == (403, "forbidden")


@pytest.mark.parametrize(("method", "path", "operation"), WITH_ID)
def test_unknown_and_malformed_ids_are_not_found(
    method: str, path: str, operation: dict[str, Any], person: Browser
) -> None:
    unknown = asked(person, method, path, operation)
    malformed = asked(person, method, path, operation, id_="not-an-id")
    assert (unknown.status, unknown.error) == (404, "not_found"), unknown.body
    assert (malformed.status, malformed.error) == (404, "not_found")
    assert {**unknown.json["error"], "request_id": ""} == {**malformed.json["error"], "request_id": ""}
