"""Plays CloudFront: one origin in front of the page, the API, the socket and the pictures, by infra/edge_rules.py.

Run as ``python -m devtools.front_door``; settings come from the environment (see ``Settings``).  It alone says who the
viewer is and shows the origin secret; it checks the signed cookies of pictures and sets the security headers on every
kind of answer.  API Gateway's limits are modelled here, with settable values.
"""

import asyncio
import base64
import fnmatch
import io
import json
import mimetypes
import os
import time
from typing import NamedTuple
from urllib.parse import quote
from uuid import uuid4

import aiohttp
from aiohttp import WSMsgType, web
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from infra import edge_rules

# Hop-by-hop headers, and those that only the front door may set.
_NOT_FORWARDED = frozenset(
    "connection keep-alive proxy-authenticate proxy-authorization te trailers transfer-encoding upgrade host "
    "content-length x-origin-secret cloudfront-viewer-address x-forwarded-for x-forwarded-host x-forwarded-proto "
    "forwarded x-real-ip".split()
)
# What CloudFront passes on at most.
_METHODS = frozenset("GET HEAD OPTIONS PUT PATCH POST DELETE".split())
# As CloudFront shows the buckets who asks (origin access control); the emulator takes the owner's key at its word.
_AS_OWNER = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0"
_NOT_RETURNED = frozenset("connection keep-alive transfer-encoding content-length content-encoding server date".split())


class Settings(NamedTuple):
    """Limits are API Gateway's: seconds and bytes."""

    port: int
    emulator: str
    http_api_id: str
    websocket_api_id: str
    website_bucket: str
    media_bucket: str
    origin_secret: str
    media_private_key: str
    media_key_pair_id: str
    integration_timeout_s: float = 30.0
    body_bytes: int = 10 * 1024 * 1024
    frame_bytes: int = 32 * 1024
    message_bytes: int = 128 * 1024
    socket_idle_s: float = 600.0
    socket_life_s: float = 7200.0


def load_settings() -> Settings:
    """Read FRONT_DOOR (a JSON object).  Raises KeyError, ValueError, TypeError when it is not complete."""
    return Settings(**json.loads(os.environ["FRONT_DOOR"]))


class FrontDoor:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        key = serialization.load_pem_private_key(settings.media_private_key.encode(), password=None)
        if not isinstance(key, RSAPrivateKey):
            raise TypeError("the media key is an RSA key")
        self._media_key = key.public_key()
        self._client: aiohttp.ClientSession | None = None

    def app(self) -> web.Application:
        app = web.Application(client_max_size=self._settings.body_bytes, middlewares=[_security_headers])
        app.router.add_route("*", r"/{path:[\s\S]*}", self._serve)
        app.cleanup_ctx.append(self._session)
        return app

    async def _session(self, _app: web.Application):
        timeout = aiohttp.ClientTimeout(total=self._settings.integration_timeout_s)
        async with aiohttp.ClientSession(timeout=timeout, auto_decompress=False) as self._client:
            yield

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        if any(part in (".", "..") for part in request.path.replace("\\", "/").split("/")):
            # No browser sends these.  S3 takes them as they are; here they would lead out of a bucket or an API.
            return web.Response(status=400, text="Bad request")
        if request.method not in _METHODS:
            return web.Response(status=405, text="Method not allowed")
        target = next((r for r in edge_rules.ROUTES if fnmatch.fnmatchcase(request.path, r.pattern)), None)
        if target is None:
            return await self._website(request)
        if target.signed and not may_read(request.path, request.cookies, self._media_key, self._settings):
            return web.Response(status=403, text="Forbidden")
        if target.target == "http_api":
            return await self._api(request)
        if target.target == "websocket_api":
            return await self._socket(request)
        return await self._object(request, self._settings.media_bucket, request.path.lstrip("/"))

    async def _api(self, request: web.Request) -> web.StreamResponse:
        settings = self._settings
        url = f"{settings.emulator}/_aws/execute-api/{settings.http_api_id}/$default{request.rel_url}"
        try:
            body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return _error(413, "too_large", "That is too large.")
        assert self._client is not None
        try:
            async with self._client.request(
                request.method,
                url,
                data=io.BytesIO(body) if body else None,
                headers=self._origin_headers(request),
                skip_auto_headers=["Content-Type"],  # who sent no type is not given one
                allow_redirects=False,
            ) as answer:
                headers = [(k, v) for k, v in answer.headers.items() if k.lower() not in _NOT_RETURNED]
                response = web.Response(status=answer.status, body=await answer.read())
                for name, value in headers:
                    if name.lower() == "content-type":
                        response.headers[name] = value
                    else:
                        response.headers.add(name, value)
                return response
        except TimeoutError:
            return _error(503, "unavailable", "That took too long. Please try again.")
        except aiohttp.ClientError:
            return _error(503, "unavailable", "A part of the system is not answering. Please try again shortly.")

    def _origin_headers(self, request: web.Request) -> dict[str, str]:
        headers = {k: v for k, v in request.headers.items() if k.lower() not in _NOT_FORWARDED}
        peer = request.transport.get_extra_info("peername") if request.transport else None
        address, port = (peer[0], peer[1]) if peer else ("127.0.0.1", 0)
        headers["cloudfront-viewer-address"] = f"{address}:{port}"
        headers["x-origin-secret"] = self._settings.origin_secret
        headers["accept-encoding"] = "identity"
        return headers

    async def _website(self, request: web.Request) -> web.StreamResponse:
        if request.method not in ("GET", "HEAD"):
            return web.Response(status=405, text="Method not allowed")
        path = request.path
        if "." not in path.rpartition("/")[2]:  # what the distribution's function does for the page's own routes
            path = "/index.html"
        return await self._object(request, self._settings.website_bucket, path.lstrip("/"))

    async def _object(self, request: web.Request, bucket: str, key: str) -> web.StreamResponse:
        assert self._client is not None
        headers = {k: v for k, v in request.headers.items() if k.lower() in ("range", "if-none-match")}
        headers["Authorization"] = _AS_OWNER
        url = f"{self._settings.emulator}/{bucket}/{quote(key)}"
        async with self._client.request(request.method, url, headers=headers) as answer:
            if answer.status >= 400:
                return web.Response(status=404, text="Not found")
            response = web.Response(status=answer.status, body=await answer.read())
            for name in ("ETag", "Last-Modified", "Cache-Control", "Content-Range"):
                if name in answer.headers:
                    response.headers[name] = answer.headers[name]
            kind = mimetypes.guess_type(key)[0] or answer.headers.get("Content-Type", "application/octet-stream")
            response.headers["Content-Type"] = {"text/html": "text/html; charset=utf-8"}.get(kind, kind)
            return response

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        settings = self._settings
        assert self._client is not None
        url = f"{settings.emulator.replace('http', 'ws', 1)}/_aws/execute-api/{settings.websocket_api_id}/ws"
        headers = {k: v for k, v in self._origin_headers(request).items() if not k.lower().startswith("sec-websocket")}
        try:
            upstream = await self._client.ws_connect(url, headers=headers, max_msg_size=settings.message_bytes)
        except aiohttp.WSServerHandshakeError as exc:
            return web.Response(status=exc.status if exc.status in (401, 403, 429) else 403, text="Refused")
        except (aiohttp.ClientError, TimeoutError):
            return web.Response(status=502, text="Bad gateway")
        browser = web.WebSocketResponse(max_msg_size=settings.message_bytes)
        async with upstream:
            await browser.prepare(request)
            await self._relay(browser, upstream)
        return browser

    async def _relay(self, browser: web.WebSocketResponse, upstream: aiohttp.ClientWebSocketResponse) -> None:
        """Carry frames both ways until one side closes, nothing is said for too long, or the socket is too old."""
        settings = self._settings
        last = time.monotonic()
        close_code = 1000

        async def up() -> None:
            nonlocal last, close_code
            async for message in browser:
                last = time.monotonic()
                if message.type is WSMsgType.TEXT and len(message.data.encode()) <= settings.frame_bytes:
                    await upstream.send_str(message.data)
                else:
                    close_code = 1009 if message.type is WSMsgType.TEXT else 1003
                    return

        async def down() -> None:
            nonlocal last, close_code
            async for message in upstream:
                last = time.monotonic()
                if message.type is WSMsgType.TEXT:
                    await browser.send_str(message.data)
            close_code = upstream.close_code or 1000

        async def watch() -> None:
            nonlocal close_code
            born = time.monotonic()
            while True:
                await asyncio.sleep(0.2)
                now = time.monotonic()
                if now - last > settings.socket_idle_s or now - born > settings.socket_life_s:
                    close_code = 1001
                    return

        tasks = [asyncio.create_task(work()) for work in (up, down, watch)]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await upstream.close()
            await browser.close(
                code=close_code if 1000 <= close_code < 5000 and close_code not in (1005, 1006) else 1011
            )


def may_read(path: str, cookies: "os.PathLike[str] | object", key: RSAPublicKey, settings: Settings) -> bool:
    """Whether signed cookies open a picture: a valid signature of a policy that names it and has not run out.

    Source: CloudFront developer guide, "Set signed cookies using a custom policy".
    """
    jar = dict(cookies) if isinstance(cookies, dict) else dict(getattr(cookies, "items", list)())
    try:
        policy = _decode(jar["CloudFront-Policy"])
        signature = _decode(jar["CloudFront-Signature"])
        if jar["CloudFront-Key-Pair-Id"] != settings.media_key_pair_id:
            return False
        key.verify(signature, policy, padding.PKCS1v15(), hashes.SHA1())
        statement = json.loads(policy)["Statement"][0]
        fresh = time.time() < float(statement["Condition"]["DateLessThan"]["AWS:EpochTime"])
        resource = str(statement["Resource"])
    except (KeyError, ValueError, IndexError, TypeError, InvalidSignature):
        return False
    hosts = (f"http://localhost:{settings.port}", f"http://127.0.0.1:{settings.port}")
    return fresh and any(fnmatch.fnmatchcase(host + path, resource) for host in hosts)


def _decode(value: str) -> bytes:
    return base64.b64decode(value.translate(str.maketrans("-_~", "+=/")), validate=True)


def _error(status: int, code: str, message: str) -> web.Response:
    headers = {"Retry-After": "2"} if status == 503 else {}
    error = {"code": code, "message": message, "request_id": str(uuid4())}
    return web.json_response({"error": error}, status=status, headers=headers)


@web.middleware
async def _security_headers(request: web.Request, handler) -> web.StreamResponse:
    try:
        response = await handler(request)
    except web.HTTPException as exc:
        response = web.Response(status=exc.status, text=exc.reason)
    except (aiohttp.ClientError, ConnectionError, TimeoutError):
        response = web.Response(status=502, text="Bad gateway")
    if not response.prepared:
        for name, value in edge_rules.SECURITY_HEADERS.items():
            response.headers[name] = value
        response.headers["Server"] = "companion-hub"  # not which versions run here
    return response


def main() -> None:
    settings = load_settings()
    web.run_app(FrontDoor(settings).app(), host="127.0.0.1", port=settings.port, print=lambda *_: None, access_log=None)


if __name__ == "__main__":
    main()
