"""The real front door, over HTTP, in front of the real handlers: what a browser meets, without the emulator.

Flow: client → ``devtools.front_door`` (a thread of its own) → here, playing API Gateway → the handler, one request at a
time on one thread as a Lambda worker does.  Objects come from FakeAws.
"""

import base64
import re
import threading
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar, cast
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import uuid4

import httpx

from devtools.config import free_port
from devtools.front_door import FrontDoor, Settings
from functions.auth.handler import handler as auth
from functions.chat.handler import handler as chat
from functions.image.handler import handler as image
from infra.edge_rules import API_ROUTES
from tests.fakes.aws import FakeAws
from tests.fakes.gateway import ORIGIN_SECRET, Context, Handler
from tests.fakes.served import serving

HANDLERS: dict[str, Handler] = {"AuthApi": auth, "ChatApi": chat, "ImageApi": image}
_API = "/_aws/execute-api/api/$default"
KEY_PAIR_ID = "K2JCJMDEHXQW5F"
T = TypeVar("T")
_worker = ThreadPoolExecutor(1, thread_name_prefix="worker")


def in_worker(work: Callable[[], T]) -> T:
    """Run something on the thread the handlers run on: database connections belong to a thread."""
    return _worker.submit(work).result()


def handler_of(path: str) -> Handler:
    """Route as API Gateway does by infra's own table: the most specific route wins, ``{proxy+}`` last."""
    for pattern, name in sorted(API_ROUTES, key=lambda route: ("proxy" in route[0], -len(route[0]))):
        regex = re.sub(r"\\\{proxy\\\+\\\}", ".+", re.escape(pattern))
        regex = re.sub(r"\\\{\w+\\\}", "[^/]+", regex)
        if re.fullmatch(regex, path, re.DOTALL):  # a line break in a path is a character like others
            return HANDLERS[name]
    raise LookupError(path)


@contextmanager
def front_door(aws: FakeAws, media_key_pem: str, *, port: int | None = None) -> Generator[str]:
    """Yield the URL of a front door whose API is the handlers of this process."""
    gateway = _Gateway(("127.0.0.1", 0), _GatewayHandler)
    gateway.aws = aws
    threading.Thread(target=gateway.serve_forever, args=(0.02,), daemon=True).start()
    port = port or free_port()
    settings = Settings(
        port=port,
        emulator=f"http://127.0.0.1:{gateway.server_address[1]}",
        http_api_id="api",
        websocket_api_id="ws",
        website_bucket="website",
        media_bucket="media",
        origin_secret=ORIGIN_SECRET,
        media_private_key=media_key_pem,
        media_key_pair_id=KEY_PAIR_ID,
    )
    try:
        with serving(FrontDoor(settings).app(), port):
            yield f"http://localhost:{port}"
    finally:
        gateway.shutdown()
        gateway.server_close()


class _Gateway(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    aws: FakeAws

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is nothing to report."""


class _GatewayHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""

    def _any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        gateway = cast("_Gateway", self.server)
        if not self.path.startswith(_API):
            key = unquote(urlsplit(self.path).path).lstrip("/")
            stored = gateway.aws.objects.get(key)
            kind = gateway.aws.object_headers.get(key, {})
            self._send(404 if stored is None else 200, {n: v for n, v in kind.items() if n == "cache-control"}, stored)
            return
        event = http_event(self.command, self.path.removeprefix(_API), self.headers, body)
        try:
            handler = handler_of(event["rawPath"])
        except LookupError:
            self._send(404, {"content-type": "application/json"}, b'{"message":"Not Found"}')
            return
        answer = in_worker(lambda: handler(event, Context()))
        content: str = answer.get("body") or ""
        raw = base64.b64decode(content) if answer.get("isBase64Encoded") else content.encode()
        self._send(answer["statusCode"], answer.get("headers") or {}, raw, answer.get("cookies") or [])

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = _any

    def _send(
        self, status: int, headers: Mapping[str, str], body: bytes | None, cookies: list[str] | None = None
    ) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        for cookie in cookies or []:
            self.send_header("Set-Cookie", cookie)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body or b"")


def http_event(method: str, target: str, headers: Any, body: bytes) -> dict[str, Any]:
    """Return API Gateway's event (payload 2.0) of a request as it came over the wire."""
    url = urlsplit(target)
    sent: dict[str, str] = {}
    for name, value in headers.items():
        sent[name.lower()] = f"{sent[name.lower()]},{value}" if name.lower() in sent else value
    cookies = [part for part in sent.pop("cookie", "").split("; ") if part]
    kind = sent.get("content-type", "").lower()
    try:
        text = body.decode() if not kind or kind.startswith(("application/json", "text/")) else None
    except UnicodeDecodeError:
        text = None
    path = unquote(url.path)
    query: dict[str, str] = {}
    for name, value in parse_qsl(url.query, keep_blank_values=True):
        query[name] = f"{query[name]},{value}" if name in query else value
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": "ANY /api/{proxy+}",
        "rawPath": path,
        "rawQueryString": url.query,
        "headers": sent,
        "requestContext": {
            "http": {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": ""},
            "requestId": str(uuid4()),
            "stage": "$default",
            "domainName": "api.example",
        },
        "isBase64Encoded": text is None,
    }
    if cookies:
        event["cookies"] = cookies
    if query:
        event["queryStringParameters"] = query
    if body:
        event["body"] = text if text is not None else base64.b64encode(body).decode()
    return event


class WebBrowser(httpx.Client):
    """A browser at the front door: own page's headers, and cookies kept although they are Secure (as for localhost)."""

    def __init__(self, url: str) -> None:
        headers = {"Origin": url, "X-Requested-With": "companion-hub"}
        super().__init__(base_url=url, headers=headers, timeout=30, event_hooks={"response": [self._keep]})
        self.jar: dict[str, str] = {}

    def _keep(self, response: httpx.Response) -> None:
        for cookie in response.headers.get_list("set-cookie"):
            name, _, value = cookie.split(";")[0].partition("=")
            self.jar[name] = value
        self.cookies.clear()
        self.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.jar.items())
