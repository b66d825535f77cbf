"""The edge: nobody gets round it, out of it, or past what it says about itself (issue 4, items 9, 10, 12)."""

import json
import socket
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest

from infra import edge_rules
from tests.fakes.aws import FakeAws
from tests.fakes.edge import WebBrowser
from tests.fakes.people import PASSWORD, registration


def raw_request(
    url: str, request_line: str, headers: dict[str, str] | None = None, body: bytes = b""
) -> tuple[int, bytes]:
    """Send bytes no client library would, and return status and answer."""
    host = urlsplit(url)
    head = {"Host": host.netloc, "Connection": "close", "Content-Length": str(len(body)), **(headers or {})}
    lines = [f"{request_line} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items()), "", ""]
    with socket.create_connection((host.hostname, host.port), timeout=10) as connection:
        connection.sendall("\r\n".join(lines).encode("latin-1") + body)
        answer = b""
        while data := connection.recv(65_536):
            answer += data
    return int(answer.split(b" ", 2)[1]), answer


# --- no way out of a bucket or an API ---------------------------------------------------------------------------------

WAYS_OUT = [
    "/../website/secret.txt",
    "/assets/../../media/secret.txt",
    "/%2e%2e/media/secret.txt",
    "/assets/%2E%2E/%2e%2e/media/secret.txt",
    "/..%2fmedia/secret.txt",
    "/assets\\..\\..\\media\\secret.txt",
    "/api/../../../../media/secret.txt",
    "/api/%2e%2e/%2e%2e/%2e%2e/%2e%2e/media/secret.txt",
    "/media/./secret.txt",
]


@pytest.mark.parametrize("path", WAYS_OUT)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_path_leads_out_of_the_front_door(edge: str, worker: FakeAws, method: str, path: str) -> None:
    """Found by probing: dot segments once led through /api to the emulator and its secrets."""
    worker.objects["media/secret.txt"] = b"canary-of-another-user"
    status, answer = raw_request(edge, f"{method} {path}")
    assert b"canary" not in answer
    assert status == 400, answer


@pytest.mark.parametrize("path", ["/media/secret.txt", "/media//secret.txt", "/media/%73ecret.txt"])
def test_pictures_need_their_cookies_however_the_path_is_spelt(edge: str, worker: FakeAws, path: str) -> None:
    worker.objects["media/secret.txt"] = b"canary-of-another-user"
    status, answer = raw_request(edge, f"GET {path}")
    assert b"canary" not in answer
    assert status == 403


@pytest.mark.parametrize("method", ["TRACE", "QUERY", "CONNECT", "PROPFIND"])
def test_methods_nobody_needs_are_refused(edge: str, method: str) -> None:
    status, answer = raw_request(edge, f"{method} /api/health", {"Cookie": "session=canary"})
    assert status in (400, 404, 405)
    assert b"canary" not in answer  # TRACE would show a script the cookies it may not read


# --- what every answer carries ----------------------------------------------------------------------------------------


def every_kind_of_answer(edge: str, member: WebBrowser, worker: FakeAws) -> dict[str, httpx.Response]:
    worker.objects["website/index.html"] = b"<!doctype html>"
    worker.objects["website/assets/app.js"] = b"1"
    stranger = httpx.Client(base_url=edge)
    with stranger:
        answers = {
            "page": stranger.get("/"),
            "page's route": stranger.get("/companions/new"),
            "script": stranger.get("/assets/app.js"),
            "missing file": stranger.get("/nothing.js"),
            "wrong method": stranger.post("/"),
            "health": stranger.get("/api/health"),
            "options": stranger.get("/api/options"),
            "document": stranger.get("/api/openapi.json"),
            "unknown route": member.get("/api/nothing"),
            "401": stranger.get("/api/me"),
            "403": stranger.post("/api/auth/login"),
            "404": member.get(f"/api/companions/{uuid4()}"),
            "413": member.post(
                "/api/companions", content=b"[" * 2_600_000, headers={"Content-Type": "application/json"}
            ),
            "413 of the gateway": member.post("/api/companions", content=b"x" * (10 * 2**20 + 2)),
            "415": member.post("/api/companions", content=b"a=b", headers={"Content-Type": "text/xml"}),
            "422": member.post("/api/companions", json={"name": ""}),
            "200": member.get("/api/me"),
            "201": member.post("/api/companions", json={"name": "Mara"}),
            "404 of a picture": stranger.get("/media/x/y.jpg"),
            "preflight": stranger.options("/api/me", headers={"Origin": "https://evil.example"}),
            "dot segments": httpx.Response(400, headers=dict(_dotted(edge))),
        }
    return answers


def _dotted(edge: str) -> list[tuple[str, str]]:
    _, answer = raw_request(edge, "GET /../x")
    lines = answer.partition(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
    return [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]


def test_security_headers_are_on_every_kind_of_answer(edge: str, member: WebBrowser, worker: FakeAws) -> None:
    for kind, answer in every_kind_of_answer(edge, member, worker).items():
        for name, value in edge_rules.SECURITY_HEADERS.items():
            assert answer.headers.get(name) == value, (kind, name)
        assert not [name for name in answer.headers if name.lower().startswith("access-control-")], kind
        assert "x-powered-by" not in answer.headers
        assert answer.headers.get("server") == "companion-hub", kind


def test_nothing_of_the_api_is_kept_by_a_cache_but_what_is_public(
    edge: str, member: WebBrowser, worker: FakeAws
) -> None:
    for kind, answer in every_kind_of_answer(edge, member, worker).items():
        if not answer.headers.get("content-type", "").startswith("application/json") or kind == "413 of the gateway":
            continue
        wanted = {"document": "public, max-age=300"}.get(kind)
        if kind == "options":
            assert "private" not in answer.headers["cache-control"]
            continue
        assert answer.headers.get("cache-control") == (wanted or "no-store"), kind


def test_policy_lets_nothing_run_that_is_not_ours() -> None:
    parts = [part.partition(" ") for part in edge_rules.CONTENT_SECURITY_POLICY.split("; ")]
    policy = {name: value for name, _, value in parts}
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert not any("unsafe" in value or "*" in value or "http" in value for value in policy.values())


def test_every_cookie_is_for_this_page_only(edge: str, visitor: WebBrowser) -> None:
    answer = visitor.post("/api/auth/register", json=registration())
    cookies = answer.headers.get_list("set-cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} == {
        "session", "CloudFront-Policy", "CloudFront-Signature", "CloudFront-Key-Pair-Id",
    }  # fmt: skip
    for cookie in cookies:
        attributes = {part.strip() for part in cookie.split(";")[1:]}
        assert attributes == {"HttpOnly", "Secure", "SameSite=Strict", "Path=/", f"Max-Age={30 * 24 * 3600}"}
    gone = visitor.post("/api/auth/logout").headers.get_list("set-cookie")
    assert {cookie.partition("=")[0] for cookie in gone if "Max-Age=0" in cookie} == {
        cookie.partition("=")[0] for cookie in cookies
    }


@pytest.mark.parametrize("path", ["//evil.example", "//evil.example/%2f..", "/\\evil.example", "/?next=//evil.example",
                                  "/api//evil.example", "/login?redirect=https://evil.example"])  # fmt: skip
def test_no_address_sends_a_browser_elsewhere(edge: str, path: str) -> None:
    status, answer = raw_request(edge, f"GET {path}")
    assert not 300 <= status < 400
    assert b"\r\nlocation:" not in answer.lower()


# --- who the viewer is ------------------------------------------------------------------------------------------------

FORGED = [
    {"X-Forwarded-For": "203.0.113.{n}"},
    {"Forwarded": "for=203.0.113.{n}"},
    {"X-Real-IP": "203.0.113.{n}"},
    {"CloudFront-Viewer-Address": "203.0.113.{n}:1234"},
    {"cloudfront-viewer-address": "203.0.113.{n}:1234", "X-Origin-Secret": "guess"},
    {"True-Client-IP": "203.0.113.{n}", "CF-Connecting-IP": "203.0.113.{n}", "X-Client-IP": "203.0.113.{n}"},
]


@pytest.mark.usefixtures("quick_hash")
@pytest.mark.parametrize("headers", FORGED, ids="+".join)
def test_forged_addresses_give_no_extra_tries(strict: str, headers: dict[str, str]) -> None:
    """Five tries at one account from one address in 15 minutes, whatever the request claims about its sender."""
    nobody = f"nobody-{uuid4().hex[:8]}"
    with WebBrowser(strict) as browser:
        statuses = [
            browser.post(
                "/api/auth/login",
                json={"identifier": nobody, "password": "wrong password"},
                headers={name: value.format(n=number) for name, value in headers.items()},
            ).status_code
            for number in range(8)
        ]
    assert statuses == [401] * 5 + [429] * 3


@pytest.mark.usefixtures("quick_hash")
def test_forged_addresses_register_no_more_than_three(strict: str) -> None:
    with WebBrowser(strict) as browser:
        answers = [
            browser.post(
                "/api/auth/register",
                json=registration(f"forged_{uuid4().hex[:10]}"),
                headers={
                    "X-Forwarded-For": f"203.0.113.{number}",
                    "CloudFront-Viewer-Address": f"203.0.113.{number}:1",
                },
            )
            for number in range(5)
        ]
    assert [answer.status_code for answer in answers] == [201] * 3 + [429] * 2
    assert 0 < int(answers[-1].headers["retry-after"]) <= 24 * 3600


def test_header_of_the_origin_cannot_be_sent_twice_to_choose_one(edge: str) -> None:
    """The front door's own value is the only one that arrives."""
    body = json.dumps({"identifier": "x", "password": PASSWORD}).encode()
    headers = {"X-Origin-Secret": "guess", "Origin": edge, "X-Requested-With": "companion-hub"}
    status, _ = raw_request(edge, "POST /api/auth/login", {**headers, "Content-Type": "application/json"}, body)
    assert status == 401
