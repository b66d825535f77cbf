"""The front door's behaviours, before a fake emulator that tells what reached it."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Generator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from aiohttp import web
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from companion_hub.services.media_cookies import MediaCookies
from devtools.config import ROOT, free_port
from devtools.front_door import Settings
from infra import edge_rules
from tests.conftest import media_key_pem
from tests.fakes.served import serving

SECRET = "the-origin-secret"
ME, OTHER = UUID("00000000-0000-7000-8000-000000000001"), UUID("00000000-0000-7000-8000-000000000002")


class Origin:
    """Plays API Gateway and S3: answers with what it was asked."""

    def __init__(self) -> None:
        self.port = free_port()
        self.asked: list[dict[str, Any]] = []

    def app(self) -> web.Application:
        app = web.Application(client_max_size=1 << 26)
        app.router.add_get("/_aws/execute-api/wsid/ws", self._socket)
        app.router.add_route("*", "/_aws/execute-api/apiid/{rest:.*}", self._api)
        app.router.add_route("*", "/{bucket}/{key:.*}", self._object)
        return app

    async def _api(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        if request.path.endswith("/slow"):
            await asyncio.sleep(30)
        if request.path.endswith("/away"):
            return web.Response(status=302, headers={"Location": "http://example.com/"})
        headers = {name.lower(): value for name, value in request.headers.items()}
        answer = web.json_response(
            {"method": request.method, "url": str(request.rel_url), "headers": headers, "bytes": len(body)}
        )
        answer.headers.add("Set-Cookie", "a=1; HttpOnly")
        answer.headers.add("Set-Cookie", "b=2; HttpOnly")
        answer.headers["X-Frame-Options"] = "SAMEORIGIN"
        return answer

    async def _object(self, request: web.Request) -> web.StreamResponse:
        self.asked.append({"path": request.path, "headers": dict(request.headers)})
        if "missing" in request.path:
            return web.Response(status=403, text="<Error>AccessDenied, bucket and key</Error>")
        return web.Response(text=request.path, headers={"ETag": '"e"', "x-amz-request-id": "secret"})

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        if "refuse" in request.query_string or request.headers.get("Cookie") == "session=no":
            return web.Response(status=403)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        headers = {name.lower(): value for name, value in request.headers.items()}
        await socket.send_str(json.dumps(headers))
        async for message in socket:
            await socket.send_str(f"echo {message.data}")
        return socket


@pytest.fixture(scope="module")
def origin() -> Generator[Origin]:
    origin = Origin()
    with serving(origin.app(), origin.port):
        yield origin


@pytest.fixture(scope="module")
def door(origin: Origin) -> Generator[str]:
    """The front door's address; its limits are small so that they can be reached."""
    port = free_port()
    settings = Settings(
        port=port,
        emulator=f"http://127.0.0.1:{origin.port}",
        http_api_id="apiid",
        websocket_api_id="wsid",
        website_bucket="site",
        media_bucket="pictures",
        origin_secret=SECRET,
        media_private_key=media_key_pem(),
        media_key_pair_id="KEY",
        integration_timeout_s=1.0,
        body_bytes=10_000,
        frame_bytes=2_000,
        socket_idle_s=1.0,
        socket_life_s=4.0,
    )
    environment = {**os.environ, "FRONT_DOOR": json.dumps(settings._asdict())}
    process = subprocess.Popen([sys.executable, "-m", "devtools.front_door"], cwd=ROOT, env=environment)
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 20
    while True:
        try:
            httpx.get(url)
            break
        except httpx.HTTPError:
            assert process.poll() is None and time.monotonic() < deadline
            time.sleep(0.05)
    yield url
    process.terminate()
    process.wait(10)


def _cookies(door: str, user: UUID = ME, **more: Any) -> dict[str, str]:
    return MediaCookies(media_key_pem(), "KEY").for_user(user, door, **more)


@pytest.mark.parametrize(
    ("path", "reaches"),
    [
        ("/", "/site/index.html"),
        ("/chats/123", "/site/index.html"),
        ("/assets/app.js", "/site/assets/app.js"),
        ("/apiary", "/site/index.html"),
    ],
)
def test_page_and_its_own_routes_come_from_the_website(door: str, path: str, reaches: str) -> None:
    assert httpx.get(door + path).text == reaches


def test_api_gets_method_path_query_and_body_as_they_are(door: str) -> None:
    seen = httpx.put(f"{door}/api/x%2Fy?a=1&a=2&b=%20", content=b"12345").json()
    assert (seen["method"], seen["bytes"]) == ("PUT", 5)
    assert seen["url"] == "/_aws/execute-api/apiid/$default/api/x%2Fy?a=1&a=2&b=%20"


def test_only_the_front_door_says_who_the_viewer_is(door: str) -> None:
    forged = {
        "X-Origin-Secret": "guess",
        "CloudFront-Viewer-Address": "6.6.6.6:1",
        "X-Forwarded-For": "6.6.6.6",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "gopher",
        "Forwarded": "for=6.6.6.6",
        "X-Real-IP": "6.6.6.6",
    }
    seen = httpx.get(f"{door}/api/me", headers=forged).json()["headers"]
    assert seen["x-origin-secret"] == SECRET
    assert seen["cloudfront-viewer-address"].startswith("127.0.0.1:")
    assert "6.6.6.6" not in json.dumps(seen)
    assert "evil.example" not in json.dumps(seen)


def test_cookies_origin_and_our_own_header_reach_the_api(door: str) -> None:
    sent = {"Cookie": "session=1", "Origin": door, "X-Requested-With": "companion-hub"}
    seen = httpx.get(f"{door}/api/me", headers=sent).json()["headers"]
    assert {name: seen[name.lower()] for name in sent} == sent


def test_every_cookie_of_an_answer_is_passed_on(door: str) -> None:
    assert httpx.get(f"{door}/api/me").headers.get_list("set-cookie") == ["a=1; HttpOnly", "b=2; HttpOnly"]


@pytest.mark.parametrize("path", ["/", "/api/me", "/media/x", "/assets/missing.js", "/ws", "/api/away"])
def test_every_kind_of_answer_has_the_security_headers(door: str, path: str) -> None:
    headers = httpx.get(door + path).headers
    assert {name: headers.get_list(name) for name in edge_rules.SECURITY_HEADERS} == {
        name: [value] for name, value in edge_rules.SECURITY_HEADERS.items()
    }


def test_redirects_are_the_browsers_business(door: str) -> None:
    answer = httpx.get(f"{door}/api/away")
    assert (answer.status_code, answer.headers["location"]) == (302, "http://example.com/")


def test_store_says_nothing_of_itself(door: str) -> None:
    missing = httpx.get(f"{door}/assets/missing.js")
    assert (missing.status_code, missing.text) == (404, "Not found")
    assert "x-amz-request-id" not in httpx.get(f"{door}/assets/app.js").headers


def test_website_can_only_be_read(door: str) -> None:
    assert httpx.post(f"{door}/index.html").status_code == 405


def test_own_pictures_open_with_signed_cookies(door: str, origin: Origin) -> None:
    path = f"/media/{ME}/a.jpg"
    answer = httpx.get(door + path, cookies=_cookies(door))
    assert (answer.status_code, answer.text) == (200, f"/pictures{path}")
    assert "Cookie" not in origin.asked[-1]["headers"]


def test_pictures_are_shut(door: str) -> None:
    path, cookies = f"/media/{ME}/a.jpg", _cookies(door)
    refused = {
        "no cookies": {},
        "another user's": _cookies(door, OTHER),
        "run out": _cookies(door, now=time.time() - 31 * 24 * 3600),
        "another host's": _cookies("http://evil.example"),
        "another key's name": cookies | {"CloudFront-Key-Pair-Id": "OTHER"},
        "another policy": cookies | {"CloudFront-Policy": _cookies(door, OTHER)["CloudFront-Policy"]},
        "no signature": cookies | {"CloudFront-Signature": ""},
        "nonsense": dict.fromkeys(cookies, "%%%"),
        "not base64": cookies | {"CloudFront-Signature": "é"},
    }
    answers = {}
    for name, jar in refused.items():
        header = "; ".join(f"{key}={value}" for key, value in jar.items()).encode()
        answers[name] = httpx.get(door + path, headers={b"Cookie": header}).status_code
    assert answers == dict.fromkeys(refused, 403)


@pytest.mark.parametrize("way", ["..%2f{}", "%2e%2e/{}", "..%2F..%2Fmedia%2f{}", "x/..%2f..%2f{}", "..%5c{}"])
def test_signed_prefix_cannot_be_left(door: str, origin: Origin, way: str) -> None:
    path = f"/media/{ME}/{way.format(OTHER)}/a.jpg"
    before = len(origin.asked)
    answer = _raw_get(door, path, _cookies(door))
    assert answer in (400, 403, 404)
    assert not [ask for ask in origin.asked[before:] if f"/media/{OTHER}" in ask["path"]]


def _raw_get(door: str, path: str, cookies: dict[str, str]) -> int:
    """Return the status for a path that is sent exactly as written."""
    import http.client

    connection = http.client.HTTPConnection(door.removeprefix("http://"), timeout=10)
    connection.request("GET", path, headers={"Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items())})
    status = connection.getresponse().status
    connection.close()
    return status


def test_body_over_the_gateways_limit_is_refused(door: str) -> None:
    assert httpx.post(f"{door}/api/x", content=b"x" * 10_000).status_code == 200
    answer = httpx.post(f"{door}/api/x", content=b"x" * 10_001)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


def test_slow_integration_is_cut_off(door: str) -> None:
    answer = httpx.get(f"{door}/api/slow", timeout=10)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "unavailable")
    assert answer.headers["retry-after"] == "2"


def _socket(door: str, **more: Any) -> ClientConnection:
    return connect(f"{door.replace('http', 'ws', 1)}/ws", **more)


def test_socket_carries_both_ways_with_the_viewer_and_the_cookie(door: str) -> None:
    with _socket(door, additional_headers={"Cookie": "session=1", "X-Origin-Secret": "guess"}, origin=door) as socket:
        seen = json.loads(socket.recv(5))
        assert (seen["cookie"], seen["origin"], seen["x-origin-secret"]) == ("session=1", door, SECRET)
        socket.send("hello")
        assert socket.recv(5) == "echo hello"


def test_refused_socket_is_refused_before_it_opens(door: str) -> None:
    with pytest.raises(InvalidStatus) as caught, _socket(door, additional_headers={"Cookie": "session=no"}):
        pass
    assert caught.value.response.status_code == 403


def _close_code(socket: ClientConnection, timeout_s: float) -> int | None:
    with pytest.raises(ConnectionClosed) as caught:
        while True:
            socket.recv(timeout_s)
    return caught.value.rcvd.code if caught.value.rcvd else None


def test_frame_over_the_gateways_limit_closes_the_socket(door: str) -> None:
    with _socket(door) as socket:
        socket.send("x" * 2_000)
        socket.recv(5)
        assert socket.recv(5) == f"echo {'x' * 2_000}"
        socket.send("x" * 2_001)
        assert _close_code(socket, 5) == 1009


def test_idle_socket_is_closed(door: str) -> None:
    with _socket(door) as socket:
        start = time.monotonic()
        assert _close_code(socket, 5) == 1001
        assert time.monotonic() - start > 0.9


def test_old_socket_is_closed_however_busy(door: str) -> None:
    with _socket(door) as socket:
        start = time.monotonic()
        with pytest.raises(ConnectionClosed):
            while time.monotonic() - start < 10:
                socket.send(str(uuid4()))
                socket.recv(5)
                time.sleep(0.2)
        assert 3.5 < time.monotonic() - start < 8


def test_origin_that_is_gone_is_a_503(door: str) -> None:
    """The real thing: a front door before an emulator that has died."""
    port = free_port()
    values = {
        "port": port, "emulator": f"http://127.0.0.1:{free_port()}", "http_api_id": "a", "websocket_api_id": "b",
        "website_bucket": "s", "media_bucket": "m", "origin_secret": "o", "media_private_key": media_key_pem(),
        "media_key_pair_id": "K",
    }  # fmt: skip
    environment = {**os.environ, "FRONT_DOOR": json.dumps(values)}
    process = subprocess.Popen([sys.executable, "-m", "devtools.front_door"], cwd=ROOT, env=environment)
    try:
        deadline = time.monotonic() + 20
        while True:
            try:
                answer = httpx.get(f"http://127.0.0.1:{port}/api/me")
                break
            except httpx.ConnectError:
                assert time.monotonic() < deadline
                time.sleep(0.05)
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "unavailable")
        assert httpx.get(f"http://127.0.0.1:{port}/").status_code == 502
    finally:
        process.terminate()
        process.wait(10)


@pytest.mark.parametrize("path", ["/api/../../../../site/x", "/api/..%2f..%2f..%2f..%2fsite/x", "/assets/%2e%2e/x"])
def test_nothing_else_of_the_emulator_can_be_reached(door: str, origin: Origin, path: str) -> None:
    before = len(origin.asked)
    assert _raw_get(door, path, {}) == 400
    assert len(origin.asked) == before
