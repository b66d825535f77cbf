"""The OpenAPI document is what the code says, and says what every client needs to know."""

import json
import re
from typing import Any

import pytest

from scripts.openapi import DOCUMENT, METHODS, generate, rendered

DOC: dict[str, Any] = generate()
OPERATIONS = [
    pytest.param(path, method, operation, id=f"{method.upper()} {path}")
    for path, operations in DOC["paths"].items()
    for method, operation in operations.items()
]


def test_committed_document_is_up_to_date() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == rendered(), "run python -m scripts.openapi"


def test_operation_ids_are_unique_names() -> None:
    ids = [operation["operationId"] for operations in DOC["paths"].values() for operation in operations.values()]
    assert len(set(ids)) == len(ids)
    assert all(id_.isidentifier() for id_ in ids)


def test_every_reference_leads_somewhere() -> None:
    for reference in set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(DOC))):
        target: Any = DOC
        for part in reference.removeprefix("#/").split("/"):
            assert part in target, reference
            target = target[part]


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS)
def test_changes_document_their_headers_and_all_routes_their_errors(
    path: str, method: str, operation: dict[str, Any]
) -> None:
    assert method in METHODS
    assert operation["summary"]
    assert operation["tags"]
    codes = set(operation["responses"])
    parameters = {parameter.get("$ref", "").rpartition("/")[2] for parameter in operation.get("parameters", [])}
    if method != "get":
        assert {"Origin", "XRequestedWith"} <= parameters
        assert {"403", "422", "429"} <= codes
    if operation.get("security") != []:
        assert "401" in codes
    if "{" in path:
        assert "404" in codes
    assert codes & {"200", "201", "202", "204"}


@pytest.mark.parametrize("frame", ["progress", "token", "reset", "state", "message", "image", "done", "error", "pong"])
def test_frames_of_the_socket_are_described(frame: str) -> None:
    mapping = DOC["components"]["schemas"]["ServerFrame"]["discriminator"]["mapping"]
    name = mapping[frame].rpartition("/")[2]
    assert DOC["components"]["schemas"][name]["properties"]["type"]["const"] == frame


def test_document_is_json_as_served() -> None:
    assert json.loads(DOCUMENT.read_text(encoding="utf-8")) == DOC
