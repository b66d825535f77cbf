"""API Gateway's limits, scaled down in the local front door, and a page that lives through each (FAULTS.md F42, F43)."""

import asyncio
import json
import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import aiohttp
import pytest
from aiohttp import WSMsgType, web

from companion_hub import bootstrap
from companion_hub.http import SESSION_COOKIE
from devtools.front_door import FrontDoor, Settings
from functions.stream.handler import handler as stream
from tests.conftest import media_key_pem
from tests.fakes.aws import FakeAws
from tests.fakes.chat import Chat
from tests.fakes.fake_llm import Reply
from tests.fakes.gateway import ORIGIN, ORIGIN_SECRET, Context, socket_event
from tests.faults import invariants
from tests.faults.page import Page

CHUNKS = [f"word{index} " for index in range(40)]
TEXT = "".join(CHUNKS).strip()


class Gateway:
    """What stands behind the front door: sockets served by the stream function, and a slow HTTP route."""

    def __init__(self, aws: FakeAws) -> None:
        self._aws = aws
        self.received: list[str] = []
        self.connections = 0

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/_aws/execute-api/sockets/ws", self._socket)
        app.router.add_route("*", "/_aws/execute-api/http/{path:.*}", self._http)
        return app

    @staticmethod
    async def _http(request: web.Request) -> web.Response:
        await request.read()
        if "slow" in request.path:
            await asyncio.sleep(5)
        return web.json_response({})

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        connection_id = f"socket-{uuid4()}"
        event = socket_event("$connect", connection_id, headers=dict(request.headers))
        answer = await asyncio.to_thread(_invoke, event)
        if answer["statusCode"] != 200:
            return web.Response(status=answer["statusCode"])
        self.connections += 1
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        posting = asyncio.create_task(self._post_frames(socket, connection_id))
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self.received.append(message.data)
                    await asyncio.to_thread(_invoke, socket_event("$default", connection_id, body=message.data))
        finally:
            posting.cancel()
            self._aws.gone.add(connection_id)
        return socket

    async def _post_frames(self, socket: web.WebSocketResponse, connection_id: str) -> None:
        done = 0
        while not socket.closed:
            frames = self._aws.frames_of(connection_id)
            for frame in frames[done:]:
                await socket.send_str(json.dumps(frame))
            done = len(frames)
            await asyncio.sleep(0.01)


def _invoke(event: dict[str, Any]) -> dict[str, Any]:
    try:
        return stream(event, Context())
    finally:
        bootstrap.database().close()


@asynccontextmanager
async def serving(app: web.Application) -> AsyncGenerator[int]:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


@asynccontextmanager
async def front_door(aws: FakeAws, **limits: Any) -> AsyncGenerator[tuple[str, Gateway]]:
    """Yield the front door's address (without the scheme) with these limits, and what is behind it."""
    gateway = Gateway(aws)
    async with serving(gateway.app()) as emulator:
        settings = Settings(
            port=0,
            emulator=f"http://127.0.0.1:{emulator}",
            http_api_id="http",
            websocket_api_id="sockets",
            website_bucket="website",
            media_bucket="media",
            origin_secret=ORIGIN_SECRET,
            media_private_key=media_key_pem(),
            media_key_pair_id="K",
            **limits,
        )
        async with serving(FrontDoor(settings).app()) as port:
            yield f"127.0.0.1:{port}", gateway


def headers_of(chat: Chat) -> dict[str, str]:
    return {"Origin": ORIGIN, "Cookie": f"{SESSION_COOKIE}={chat.browser.cookies[SESSION_COOKIE]}"}


async def close_code(address: str, chat: Chat, say: Callable[[aiohttp.ClientWebSocketResponse], Any]) -> int | None:
    async with (
        aiohttp.ClientSession() as client,
        client.ws_connect(f"ws://{address}/ws", headers=headers_of(chat)) as ws,
    ):
        await say(ws)
        async with asyncio.timeout(5):
            async for _ in ws:
                pass
        return ws.close_code


async def _quiet(_socket: aiohttp.ClientWebSocketResponse) -> None:
    """Say nothing."""


async def _chatty(socket: aiohttp.ClientWebSocketResponse) -> None:
    for _ in range(6):
        await socket.send_str('{"action":"ping"}')
        await asyncio.sleep(0.1)


async def _loud(socket: aiohttp.ClientWebSocketResponse) -> None:
    await socket.send_str(json.dumps({"action": "ping", "filler": "x" * 33_000}))


async def _louder(socket: aiohttp.ClientWebSocketResponse) -> None:
    await socket.send_str("x" * 140_000)


@pytest.mark.parametrize(
    ("limits", "say", "code"),
    [
        ({"socket_idle_s": 0.3}, _quiet, 1001),
        ({"socket_life_s": 0.5}, _chatty, 1001),
        ({}, _loud, 1009),
        ({}, _louder, 1009),
    ],
    ids=["idle", "life", "frame over 32 KB", "message over 128 KB"],
)
def test_socket_is_closed_at_each_limit(
    chat: Chat, worker: FakeAws, limits: dict[str, float], say: Any, code: int
) -> None:
    """F42, F43: with the gateway's own close code."""

    async def scenario() -> int | None:
        async with front_door(worker, **limits) as (address, _gateway):
            return await close_code(address, chat, say)

    assert asyncio.run(scenario()) == code


def test_request_that_takes_too_long_or_is_too_large_is_told_so(worker: FakeAws) -> None:
    """F42: 29 s of integration are over with 503 and Retry-After; 10 MB are 413; neither is the page's error text."""

    async def scenario() -> list[tuple[int, str]]:
        limits = {"integration_timeout_s": 0.3, "body_bytes": 1_000}
        async with front_door(worker, **limits) as (address, _), aiohttp.ClientSession() as client:
            results: list[tuple[int, str]] = []
            for path, body in (("slow", b"x"), ("fast", b"x" * 2_000)):
                async with client.post(f"http://{address}/api/{path}", data=body) as answer:
                    results.append((answer.status, (await answer.json())["error"]["code"]))
                    assert answer.status != 503 or int(answer.headers["Retry-After"]) >= 1
            return results

    assert asyncio.run(scenario()) == [(503, "unavailable"), (413, "too_large")]


def test_page_shows_the_whole_reply_although_its_socket_is_cut_all_the_time(
    chat: Chat, worker: FakeAws, record_property: Any
) -> None:
    """F1, F2, F42: lives of 0.5 s, idle limits of 0.3 s; the page reconnects, subscribes from what it has, and goes on."""
    chat.llm.script(Reply(chunks=CHUNKS, chunk_delay_s=0.06))
    turn_id = chat.send("canary-said").json["turn"]["id"]
    page = Page(chat.turn)

    def run() -> None:
        chat.machine.run_all()
        bootstrap.database().close()

    async def watch(address: str) -> None:
        async with aiohttp.ClientSession() as client:
            while turn_id not in page.ends:
                async with client.ws_connect(f"ws://{address}/ws", headers=headers_of(chat)) as socket:
                    have = len(page.texts.get(turn_id, ""))
                    asked: dict[str, Any] = {"action": "subscribe", "turn_id": turn_id, "from": have}
                    await socket.send_str(json.dumps(asked))
                    async for message in socket:
                        page.receive(json.loads(message.data))

    async def scenario() -> int:
        limits = {"socket_life_s": 0.5, "socket_idle_s": 0.3}
        async with front_door(worker, **limits) as (address, gateway):
            runner = threading.Thread(target=run, daemon=True)
            runner.start()
            async with asyncio.timeout(20):
                await watch(address)
            await asyncio.to_thread(runner.join, 10)
            return gateway.connections

    connections = asyncio.run(scenario())
    assert connections >= 3, "the socket was hardly ever cut"
    assert page.texts[turn_id] == TEXT
    assert page.ends[turn_id] == "done"
    invariants.check(chat, page=page, max_calls=1, scripts=[TEXT])
    record_property("figure", f"{connections} sockets for one reply")
