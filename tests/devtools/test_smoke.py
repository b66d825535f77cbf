"""What ``./hub deploy`` says of an installation that does not do its job.  That it passes a good one: tests/e2e."""

import json
import threading
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from devtools.config import free_port
from devtools.smoke import SmokeError, smoke

TURN = {"id": "1", "status": "done", "text": "Hello."}
Answers = dict[tuple[str, str], list[tuple[int, object]]]


class Installation:
    """Answers like one, unless the test says otherwise: each request takes the next of its answers, the last for ever."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers: Answers = {
            ("GET", "/api/health/ready"): [(200, {"dependencies": [{"name": "database", "status": "healthy"}]})],
            ("POST", "/api/auth/register"): [(201, {})],
            ("POST", "/api/companions"): [(201, {"id": "c"})],
            ("POST", "/api/companions/c/messages"): [(202, {"turn": {**TURN, "status": "queued"}})],
            ("GET", "/api/turns/1"): [(200, TURN)],
            ("DELETE", "/api/me"): [(204, None)],
        }
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                left = outer.answers[self.command, self.path]
                status, body = left.pop(0) if len(left) > 1 else left[0]
                outer.asked.append(f"{self.command} {self.path}")
                text = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = do_DELETE = answer

            def log_message(self, format: str, *args: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def installation() -> Generator[Installation]:
    made = Installation()
    threading.Thread(target=made.server.serve_forever, args=(0.02,), daemon=True).start()
    yield made
    made.server.shutdown()
    made.server.server_close()


def failure(url: str, said: list[str] | None = None) -> str:
    with pytest.raises(SmokeError) as caught:
        smoke(url, say=(said if said is not None else []).append, wake_s=0.1)
    return str(caught.value)


def error(code: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": "private words"}}


def test_a_good_one_passes(installation: Installation) -> None:
    smoke(installation.url, say=lambda _: None)
    assert installation.asked[-1] == "DELETE /api/me"


def test_a_name_that_is_not_known_yet_is_said() -> None:
    assert "127.0.0.1 cannot be reached (ConnectError)" in failure(f"http://127.0.0.1:{free_port()}")


def test_a_page_that_is_not_the_hubs_is_said(installation: Installation) -> None:
    installation.answers["GET", "/api/health/ready"] = [(403, b"<html>Forbidden</html>")]
    assert "health: /api/health/ready answered 403 (not an answer of the hub's)" in failure(installation.url)


def test_a_database_that_wakes_is_waited_for(installation: Installation) -> None:
    installation.answers["GET", "/api/health/ready"].insert(
        0, (503, {"dependencies": [{"name": "database", "status": "down"}]})
    )
    installation.answers["POST", "/api/auth/register"].insert(0, (503, error("unavailable")))
    smoke(installation.url, say=lambda _: None, wake_s=20)
    assert installation.asked.count("POST /api/auth/register") == 2


def test_a_database_that_does_not_wake_is_said(installation: Installation) -> None:
    installation.answers["GET", "/api/health/ready"] = [
        (503, {"dependencies": [{"name": "database", "status": "down"}]})
    ]
    assert "health: database did not answer" in failure(installation.url)


def test_an_image_model_that_does_not_answer_is_a_note(installation: Installation) -> None:
    installation.answers["GET", "/api/health/ready"] = [
        (200, {"dependencies": [{"name": "image_model", "status": "down"}]})
    ]
    said: list[str] = []
    smoke(installation.url, say=said.append)
    assert [line for line in said if "Check SD_API_URL" in line]


@pytest.mark.parametrize(
    ("turn", "says"),
    [
        ({"status": "failed", "error": {"code": "llm_misconfigured"}}, "NOVITA_KEY, LLM_BASE_URL and LLM_MODEL"),
        ({"status": "failed", "error": {"code": "internal"}}, "docs/operations.md#turns-fail"),
        ({"status": "done", "text": ""}, "without a reply"),
    ],
    ids=["key", "unknown", "empty"],
)
def test_a_turn_that_fails_says_why_and_the_account_still_goes(
    installation: Installation, turn: dict[str, Any], says: str
) -> None:
    installation.answers["GET", "/api/turns/1"] = [(200, {**TURN, **turn})]
    assert says in failure(installation.url)
    assert installation.asked[-1] == "DELETE /api/me"


def test_an_account_that_stays_is_said_beside_the_first_failure(installation: Installation) -> None:
    installation.answers["POST", "/api/companions"] = [(500, error("internal"))]
    installation.answers["DELETE", "/api/me"] = [(500, error("internal"))]
    said: list[str] = []
    text = failure(installation.url, said)
    assert text.startswith("companion: /api/companions answered 500 (internal).")
    assert "private words" not in text
    assert "the throw-away account is still there" in said[-1]
