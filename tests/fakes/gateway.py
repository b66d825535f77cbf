"""Events as API Gateway makes them (HTTP API payload 2.0, WebSocket API), and a small browser to send them with."""

import base64
import json
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import uuid4

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.utilities.typing import LambdaContext

ORIGIN = "https://hub.example"
ORIGIN_SECRET = "front-door-secret"
Handler = Callable[[dict[str, Any], LambdaContext], dict[str, Any]]


class _OfThread(threading.local):
    def __init__(self) -> None:
        self.event: Any = None
        self.contexts: defaultdict[int, dict[str, Any]] = defaultdict(dict)


def _keep_requests_apart() -> None:
    """Let threads stand for workers: Lambda runs one request per process, and Powertools keeps it in class attributes,
    so that requests on two threads would read each other's path and caller.
    """
    of_thread = _OfThread()
    to_event = APIGatewayHttpResolver._to_proxy_event  # pyright: ignore[reportPrivateUsage]

    def remember(self: Any, event: dict[str, Any]) -> Any:
        of_thread.event = to_event(self, event)
        return of_thread.event

    replaced: dict[str, Any] = {
        "_to_proxy_event": remember,
        "current_event": property(lambda _self: of_thread.event),
        "context": property(lambda self: of_thread.contexts[id(self)], lambda _self, _empty: None),
    }
    for name, value in replaced.items():
        setattr(APIGatewayHttpResolver, name, value)


_keep_requests_apart()


class Context(LambdaContext):
    """What Lambda tells a handler about itself."""

    def __init__(self) -> None:
        self._function_name = "test"
        self._function_version = "1"
        self._invoked_function_arn = "arn:aws:lambda:us-east-1:000000000000:function:test"
        self._memory_limit_in_mb = 512
        self._aws_request_id = str(uuid4())
        self._log_group_name = "/aws/lambda/test"
        self._log_stream_name = "test"

    @staticmethod
    def get_remaining_time_in_millis() -> int:
        return 30_000


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]  # names in lower case
    cookies: list[str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> str:
        """The error's code."""
        return str(self.json["error"]["code"])


def http_event(
    method: str,
    path: str,
    *,
    body: bytes | None = None,
    headers: Mapping[str, str | None] | None = None,
    cookies: Mapping[str, str] | None = None,
    query: Mapping[str, object] | None = None,
    address: str = "198.51.100.7:40000",
) -> dict[str, Any]:
    """Return the event of a request that came through the front door.  A header of None is left out."""
    all_headers: dict[str, str | None] = {
        "x-origin-secret": ORIGIN_SECRET,
        "cloudfront-viewer-address": address,
        "user-agent": "test browser",
        "host": "hub.example",
    }
    if method not in ("GET", "HEAD"):
        all_headers |= {"origin": ORIGIN, "x-requested-with": "companion-hub"}
    all_headers |= headers or {}
    is_text = (all_headers.get("content-type") or "application/json").startswith(("application/json", "text/"))
    raw = body or b""
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": f"{method} /api/{{proxy+}}",
        "rawPath": path,
        "rawQueryString": urlencode(dict(query or {})),
        "headers": {name: value for name, value in all_headers.items() if value is not None},
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "api",
            "domainName": "api.example",
            "http": {
                "method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "203.0.113.1", "userAgent": "test",
            },
            "requestId": str(uuid4()),
            "routeKey": f"{method} /api/{{proxy+}}",
            "stage": "$default",
            "time": "23/Nov/2026:12:00:00 +0000",
            "timeEpoch": 1795435200000,
        },
        "isBase64Encoded": not is_text,
    }  # fmt: skip
    if query:
        event["queryStringParameters"] = {name: str(value) for name, value in query.items()}
    if cookies:
        event["cookies"] = [f"{name}={value}" for name, value in cookies.items()]
    if body is not None:
        event["body"] = raw.decode() if is_text else base64.b64encode(raw).decode()
    return event


def call(handler: Handler, event: dict[str, Any]) -> Answer:
    """Invoke the handler as Lambda does (event and answer survive JSON) and return its answer as a browser sees it."""
    result: dict[str, Any] = json.loads(json.dumps(handler(json.loads(json.dumps(event)), Context())))
    sent: dict[str, str] = result.get("headers") or {}
    headers = {name.lower(): value for name, value in sent.items()}
    body: str = result.get("body") or ""
    raw = base64.b64decode(body) if result.get("isBase64Encoded") else body.encode()
    return Answer(result["statusCode"], headers, result.get("cookies") or [], raw)


class Browser:
    """Keeps cookies and an address, as one person at one machine."""

    def __init__(self, address: str = "198.51.100.7:40000") -> None:
        self.address = address
        self.cookies: dict[str, str] = {}

    def request(
        self,
        handler: Handler,
        method: str,
        path: str,
        json_body: Any = None,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str | None] | None = None,
        query: Mapping[str, object] | None = None,
    ) -> Answer:
        if json_body is not None:
            body = json.dumps(json_body).encode()
            headers = {"content-type": "application/json", **(headers or {})}
        answer = call(
            handler,
            http_event(
                method, path, body=body, headers=headers, cookies=self.cookies, query=query, address=self.address
            ),
        )
        self._keep(answer.cookies)
        return answer

    def get(self, handler: Handler, path: str, **query: object) -> Answer:
        return self.request(handler, "GET", path, query=query)

    def post(self, handler: Handler, path: str, json_body: Any = None) -> Answer:
        return self.request(handler, "POST", path, json_body)

    def patch(self, handler: Handler, path: str, json_body: Any = None) -> Answer:
        return self.request(handler, "PATCH", path, json_body)

    def delete(self, handler: Handler, path: str, json_body: Any = None) -> Answer:
        return self.request(handler, "DELETE", path, json_body)

    def _keep(self, cookies: list[str]) -> None:
        for cookie in cookies:
            pair, *attributes = [part.strip() for part in cookie.split(";")]
            name, _, value = pair.partition("=")
            if "Max-Age=0" in attributes:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value


def socket_event(
    route: str,
    connection_id: str,
    *,
    body: str | None = None,
    headers: Mapping[str, str | None] | None = None,
    cookies: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the event of ``$connect``, ``$default`` or ``$disconnect``."""
    types = {"$connect": "CONNECT", "$disconnect": "DISCONNECT"}
    event: dict[str, Any] = {
        "requestContext": {
            "routeKey": route,
            "eventType": types.get(route, "MESSAGE"),
            "connectionId": connection_id,
            "requestId": str(uuid4()),
            "domainName": "sockets.example",
            "stage": "ws",
            "apiId": "ws",
        },
        "isBase64Encoded": False,
    }
    if route == "$connect":
        all_headers: dict[str, str | None] = {"Origin": ORIGIN, "X-Origin-Secret": ORIGIN_SECRET, "Host": "hub.example"}
        if cookies:
            all_headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        all_headers |= headers or {}
        event["headers"] = {name: value for name, value in all_headers.items() if value is not None}
    if body is not None:
        event["body"] = body
    return event
