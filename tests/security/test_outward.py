"""Where the functions may be made to call: the configured hosts and nowhere else (issue 4, item 13).

A redirect of a model host, or an address inside a card, must not reach the metadata service or anything else inside.
"""

import io
import json
import threading
import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from companion_hub.errors import ImageModelRejectedError, LanguageModelRejectedError, StepError
from companion_hub.providers import probes
from companion_hub.providers.image_model import ImageRequest, StableDiffusion
from companion_hub.providers.language_model import ChatMessage, ChatRequest, OpenAiCompatibleModel
from tests.fakes.aws import FakeAws
from tests.fakes.edge import handler_of
from tests.fakes.people import new_person


class Host:
    """An HTTP host that answers everything alike and keeps what it was asked, and by whom."""

    def __init__(self, status: int, headers: dict[str, str]) -> None:
        self.asked: list[tuple[str, str]] = []
        host = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: Any) -> None:
                """Quiet."""

            def _any(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                host.asked.append((f"{self.command} {self.path}", self.headers.get("Authorization", "")))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST = _any

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"


@contextmanager
def host(status: int = 200, **headers: str) -> Generator[Host]:
    made = Host(status, headers)
    threading.Thread(target=made.server.serve_forever, args=(0.02,), daemon=True).start()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def inside() -> Generator[Host]:
    """Stands for what must never be asked: the metadata service, the database's host, another API."""
    with host() as made:
        yield made
        assert made.asked == []


REDIRECTS = [301, 302, 303, 307, 308]


@pytest.mark.parametrize("status", REDIRECTS)
def test_redirect_of_the_language_model_is_not_followed(inside: Host, status: int) -> None:
    with host(status, Location=f"{inside.url}/latest/meta-data/iam/security-credentials/") as model:
        client = OpenAiCompatibleModel(f"{model.url}/v1", "m", lambda _fresh: "sk-canary")
        request = ChatRequest(messages=[ChatMessage("user", "hi")], max_tokens=5)
        with pytest.raises(LanguageModelRejectedError):
            client.complete(request, json_schema=None, timeout_s=5)
        stream = client.stream(request)
        with pytest.raises(StepError):
            stream.next(5)
        stream.close()
        client.close()
    assert len(model.asked) == 2


@pytest.mark.parametrize("status", REDIRECTS)
def test_redirect_of_the_image_model_is_not_followed(inside: Host, status: int) -> None:
    with host(status, Location=f"{inside.url}/") as model:
        client = StableDiffusion(model.url, lambda: "user:canary")
        with pytest.raises(ImageModelRejectedError):
            client.draw(ImageRequest(prompt="p", negative_prompt="n", seed=1), timeout_s=5)
        client.close()
    assert len(model.asked) == 1


@pytest.mark.parametrize("status", REDIRECTS)
def test_redirect_of_a_health_check_is_not_followed(inside: Host, status: int) -> None:
    with host(status, Location=f"{inside.url}/") as model:
        assert not probes.ask_language_model(f"{model.url}/v1", "sk-canary")
        assert not probes.ask_image_model(model.url, "user:canary")


SCHEMES = ["{inside}/icon.png", "//{host}/icon.png", "file:///etc/passwd", "ftp://{host}/x", "gopher://{host}/x",
           "data:text/html,<script>alert(1)</script>", "embeded://../../etc/passwd", "ccdefault:"]  # fmt: skip


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("uri", SCHEMES)
@pytest.mark.parametrize("format_", ["json", "charx"])
def test_address_inside_a_card_is_never_asked(inside: Host, worker: FakeAws, uri: str, format_: str) -> None:
    uri = uri.format(inside=inside.url, host=inside.url.removeprefix("http://"))
    card = {
        "spec": "chara_card_v3", "spec_version": "3.0",
        "data": {
            "name": "Mara", "first_mes": f"Look: ![x]({uri})", "avatar": uri, "source": [uri],
            "assets": [{"type": "icon", "name": "main", "uri": uri, "ext": "png"}],
        },
    }  # fmt: skip
    body = json.dumps(card).encode()
    if format_ == "charx":
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as file:
            file.writestr("card.json", body)
        body = archive.getvalue()
    person = new_person()
    kind = {"content-type": "application/octet-stream"}
    path = "/api/companions/import"
    worker.requests.clear()
    answer = person.request(handler_of(path), "POST", path, body=body, headers=kind)
    assert answer.status == 201, answer.body
    assert b"root:" not in answer.body
    companions = person.get(handler_of("/api/companions"), "/api/companions").json["items"]
    for companion in companions:
        assert not (companion.get("picture") or {}).get("sources"), "a picture came from somewhere"


def test_model_hosts_must_be_web_addresses() -> None:
    from companion_hub.settings import LanguageModelSettings

    for url in ("file:///etc/passwd", "ftp://host/", "gopher://host/", "//host/", "host"):
        with pytest.raises(ValueError, match="llm_base_url"):
            LanguageModelSettings.model_validate({"llm_base_url": url, "llm_model": "m", "provider_secret_arn": "p"})
