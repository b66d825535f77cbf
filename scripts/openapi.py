"""Generates the API's OpenAPI 3.1 document from the code of the HTTP functions.

``python -m scripts.openapi`` writes functions/chat/openapi.json, which GET /api/openapi.json serves and from which the
web app's types are made; ``--check`` only says whether it is up to date (a test does the same).

The three resolvers know paths, parameters and bodies.  Added here is what holds for all of them and lives in http.py:
the session cookie, the headers that prove the same origin, and the errors.
"""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "layers" / "common" / "python")]

from pydantic import BaseModel, TypeAdapter  # noqa: E402
from pydantic.json_schema import models_json_schema  # noqa: E402

from companion_hub.models.frame import ClientAction, ServerFrame  # noqa: E402
from companion_hub.models.image import ImagePage  # noqa: E402
from companion_hub.models.message import MessagePage, SearchPage  # noqa: E402
from companion_hub.models.turn import SentMessage, StartedTurn, Turn  # noqa: E402

DOCUMENT = ROOT / "functions" / "chat" / "openapi.json"
HANDLERS = ("functions.auth.handler", "functions.chat.handler", "functions.image.handler")
METHODS = ("get", "post", "patch", "delete")

_REF = "#/components/schemas/{model}"
_ALSO: tuple[type[BaseModel], ...] = (Turn, SentMessage, StartedTurn, MessagePage, SearchPage, ImagePage)
_ERROR_SCHEMA = {
    "title": "Error",
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "request_id"],
            "properties": {
                "code": {"type": "string", "description": "Stable; for programs"},
                "message": {"type": "string", "description": "For people"},
                "request_id": {"type": "string"},
                "fields": {
                    "type": "object",
                    "additionalProperties": {"type": "string"},
                    "description": "With code `invalid`: what is wrong, by the field's dotted path",
                },
                "turn_id": {
                    "type": "string",
                    "format": "uuid",
                    "description": "With code `turn_in_progress`: the active turn",
                },
            },
        }
    },
}
_RETRY_AFTER = {"Retry-After": {"description": "Seconds", "schema": {"type": "integer", "minimum": 1}}}
_RESPONSES: dict[str, dict[str, Any]] = {
    "401": {"description": "`unauthenticated`: no live session"},
    "402": {"description": "`budget_exceeded`: another reply could pass the month's budget"},
    "403": {"description": "`forbidden`: foreign origin or missing header"},
    "404": {"description": "`not_found`: unknown, malformed, or somebody else's"},
    "409": {"description": "Something else got there first; `code` says what"},
    "413": {"description": "`too_large`"},
    "415": {"description": "`unsupported_media`"},
    "422": {"description": "`invalid`: the fields are named"},
    "429": {"description": "`rate_limited`", "headers": _RETRY_AFTER},
    "500": {"description": "`internal`"},
    "503": {"description": "`unavailable`: a part does not answer", "headers": _RETRY_AFTER},
}
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_PICTURE = {f"image/{kind}": _BINARY for kind in ("png", "jpeg", "webp", "avif")}
_FORM = {
    "multipart/form-data": {
        "schema": {"type": "object", "required": ["file"], "properties": {"file": _BINARY["schema"]}}
    }
}
# Routes that read the request's bytes themselves, so that Powertools knows nothing of their bodies.
_UPLOADS: dict[str, dict[str, Any]] = {
    "/api/companions/{companion_id}/picture": {**_PICTURE, **_FORM},
    "/api/companions/import": {
        **_FORM,
        "image/png": _BINARY,
        "application/json": {"schema": {"type": "object"}},
        "application/octet-stream": _BINARY,
    },
}
_PARAMETERS = {
    "Origin": {
        "name": "Origin",
        "in": "header",
        "required": True,
        "description": "The installation's own origin; browsers send it by themselves",
        "schema": {"type": "string"},
    },
    "XRequestedWith": {
        "name": "X-Requested-With",
        "in": "header",
        "required": True,
        "description": "Cannot be sent by a foreign page",
        "schema": {"type": "string", "const": "companion-hub"},
    },
}


def generate() -> dict[str, Any]:
    """Return the whole document."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {"Error": _ERROR_SCHEMA}
    public: set[str] = set()
    for name in HANDLERS:
        if not (ROOT / (name.replace(".", "/") + ".py")).exists():  # an area that is still being written
            continue
        api = importlib.import_module(name).api
        part = json.loads(api.app.get_openapi_json_schema(title="Companion Hub", version="1"))
        for path, operations in part["paths"].items():
            paths.setdefault(path, {}).update(operations)
        for schema, definition in part.get("components", {}).get("schemas", {}).items():
            if schemas.setdefault(schema, definition) != definition:
                raise ValueError(f"two different schemas are called {schema}")
        public |= api.public
    for path, operations in paths.items():
        for method, operation in operations.items():
            _complete(operation, method, path, is_public=f"{method.upper()} {path}" in public)
    for unused in ("HTTPValidationError", "ValidationError", "ResponseValidationError"):
        schemas.pop(unused, None)
    schemas |= _frame_schemas()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Companion Hub",
            "version": "1",
            "description": "JSON over HTTPS.  Log in to get the session cookie; live frames come over `/ws`.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "security": [{"session": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "parameters": _PARAMETERS,
            "responses": {code: _with_error_body(response) for code, response in _RESPONSES.items()},
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "session"}},
        },
    }


def _complete(operation: dict[str, Any], method: str, path: str, *, is_public: bool) -> None:
    """Add to one operation what http.py does for all."""
    operation["operationId"] = _operation_id(operation, method)
    responses = operation["responses"]
    codes = {"500", "503"}
    if is_public:
        operation["security"] = []
    else:
        codes.add("401")
    if path.startswith("/api/auth/login"):
        codes.add("401")
    codes.add("403")  # not through the front door, or a foreign origin
    if method != "get":
        operation.setdefault("parameters", []).extend(
            {"$ref": f"#/components/parameters/{name}"} for name in _PARAMETERS
        )
        codes |= {"409", "413", "415", "422", "429"}
        if path in _UPLOADS:
            operation["requestBody"] = {"required": True, "content": _UPLOADS[path]}
        if path.startswith(
            ("/api/companions/{companion_id}/messages", "/api/messages", "/api/companions/{companion_id}/images")
        ):
            codes.add("402")
    if "{" in path:
        codes.add("404")
    if any(parameter.get("in") == "query" for parameter in operation.get("parameters", [])):
        codes.add("422")
    for replaced in ("422", "500"):  # Powertools' own descriptions of them
        responses.pop(replaced, None)
    for code in sorted(codes - set(responses)):
        responses[code] = {"$ref": f"#/components/responses/{code}"}
    for code in ("204", "303"):
        responses.get(code, {}).pop("content", None)
    operation["responses"] = dict(sorted(responses.items()))


def _frame_schemas() -> dict[str, Any]:
    """Return the WebSocket's frames, so that the web app's types of them are generated too."""
    schema = TypeAdapter[Any](ServerFrame).json_schema(mode="serialization", ref_template=_REF)
    actions = ClientAction.json_schema(mode="validation", ref_template=_REF)
    _, models = models_json_schema([(model, "serialization") for model in _ALSO], ref_template=_REF)
    definitions = {**models.get("$defs", {}), **schema.pop("$defs"), **actions.pop("$defs")}
    return {**definitions, "ServerFrame": schema, "ClientAction": actions}


def _operation_id(operation: dict[str, Any], method: str) -> str:
    """Return the route function's name: Powertools appends path and method, which says nothing new."""
    return str(operation["operationId"]).split("_api_")[0].removesuffix(f"_{method}")


def _with_error_body(response: dict[str, Any]) -> dict[str, Any]:
    return {**response, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}


def rendered() -> str:
    return json.dumps(generate(), indent=2, ensure_ascii=False) + "\n"


def main() -> int:
    text = rendered()
    if "--check" in sys.argv:
        if DOCUMENT.read_text(encoding="utf-8") != text:
            print(f"{DOCUMENT.relative_to(ROOT)} is out of date: run python -m scripts.openapi")
            return 1
        return 0
    DOCUMENT.write_text(text, encoding="utf-8")
    print(f"wrote {DOCUMENT.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
