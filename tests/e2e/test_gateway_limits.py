"""The page in headless Chromium behind a front door whose API Gateway limits are a thousandth of the real ones."""

import asyncio
import json
from collections.abc import Generator

import aiohttp
import pytest
from aiohttp import web
from playwright.sync_api import expect, sync_playwright

from devtools.config import free_port
from devtools.deploy import MEDIA_KEY_PAIR_ID
from devtools.front_door import FrontDoor, Settings
from tests.e2e.conftest import CHROMIUM, Hub
from tests.fakes.fake_llm import Reply
from tests.fakes.served import serving

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium"),
    # Playwright's own event loop is collected late.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


class StrictDoor(FrontDoor):
    """``lose_answers``: so many sends reach their function, which does its work, and are then told 503, as after 29 s.

    ``gone_after``: the gateway forgets the first socket after so many frames, and the page is not told: every post is
    answered 410.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.port = settings.port
        self.lose_answers = 0
        self.gone_after = 0
        self.forgotten = 0
        self.sockets = 0
        self.sends = 0

    async def _api(self, request: web.Request) -> web.StreamResponse:
        answer = await super()._api(request)
        if request.method == "POST" and request.path.endswith("/messages"):
            self.sends += 1
            if self.sends <= self.lose_answers:
                body = {"error": {"code": "unavailable", "message": "That took too long.", "request_id": "lost"}}
                return web.json_response(body, status=503, headers={"Retry-After": "1"})
        return answer

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        self.sockets += 1
        return await super()._socket(request)

    async def _relay(self, browser: web.WebSocketResponse, upstream: aiohttp.ClientWebSocketResponse) -> None:
        if self.gone_after == 0 or self.sockets > 1:
            return await super()._relay(browser, upstream)

        async def up() -> None:
            async for message in browser:
                if not upstream.closed:
                    await upstream.send_str(message.data)

        saying = asyncio.create_task(up())
        for _ in range(self.gone_after):
            await browser.send_str((await upstream.receive()).data)
        await upstream.close()
        self.forgotten += 1
        return await saying  # until the page gives the socket up


@pytest.fixture
def door(hub: Hub, request: pytest.FixtureRequest) -> Generator[StrictDoor]:
    """A front door of our own in front of the running hub; the test's parameter says its limits."""
    state = json.loads((hub.data_dir / "state.json").read_text())
    own = json.loads((hub.data_dir / "secrets.json").read_text())
    settings = Settings(
        port=free_port(),
        emulator=state["emulator"],
        http_api_id=state["outputs"]["HttpApiId"],
        websocket_api_id=state["outputs"]["WebSocketApiId"],
        website_bucket=state["outputs"]["WebsiteBucket"],
        media_bucket=state["outputs"]["MediaBucket"],
        origin_secret=own["origin"],
        media_private_key=own["media_private_key"],
        media_key_pair_id=MEDIA_KEY_PAIR_ID,
        **request.param,
    )
    door = StrictDoor(settings)
    with serving(door.app(), settings.port):
        yield door


@pytest.mark.parametrize(
    ("door", "lose_answers", "gone_after", "least_sockets"),
    [
        ({"socket_idle_s": 0.3}, 0, 0, 2),
        ({"socket_life_s": 0.8}, 0, 0, 3),
        ({}, 1, 0, 1),
        ({}, 0, 4, 1),
    ],
    indirect=["door"],
    ids=["idle", "life", "integration", "gone"],
)
def test_the_page_survives_the_gateways_limits(
    hub: Hub, door: StrictDoor, lose_answers: int, gone_after: int, least_sockets: int
) -> None:
    """FAULTS.md F42: the reply is shown whole and once, the message is stored once, and the next one is answered too."""
    chunks = [f"word{index} " for index in range(24)]
    person = hub.person()
    companion = person.companion()
    door.lose_answers, door.gone_after = lose_answers, gone_after
    port = hub.url.rpartition(":")[2]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                # The page's origin stays the hub's own: what it talks to is the strict door.
                f"--host-resolver-rules=MAP localhost:{port} 127.0.0.1:{door.port}",
            ],
        )
        context = browser.new_context()
        cookies = (part.split("=", 1) for part in person.cookie.split("; "))
        context.add_cookies([{"name": name, "value": value, "url": hub.url} for name, value in cookies])
        page = context.new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(f"{hub.url}/chat/{companion['id']}")
        log, composer = page.get_by_role("log"), page.get_by_label("Message to Mara")
        expect(page.get_by_role("button", name="Send", exact=True)).to_be_visible(timeout=30_000)
        hub.llm.script(Reply(chunks=chunks, chunk_delay_s=0.1), Reply("And a good night to you."))
        composer.fill("Tell me a story")
        composer.press("Enter")
        expect(log).to_contain_text("".join(chunks).strip(), timeout=30_000)
        expect(page.get_by_role("button", name="Write another version")).to_be_enabled(timeout=30_000)
        composer.fill("Good night")
        composer.press("Enter")
        expect(log).to_contain_text("And a good night to you.", timeout=30_000)
        shown = log.inner_text()
        browser.close()
    assert problems == []
    for text in ("Tell me a story", "word0 ", "word23", "Good night", "And a good night to you."):
        assert shown.count(text) == 1, (text, shown)
    items = person.http.get(f"companions/{companion['id']}/messages").json()["items"]
    assert [item["text"] for item in items] == [
        "Tell me a story", "".join(chunks).strip(), "Good night", "And a good night to you.",
    ]  # fmt: skip
    assert door.sockets >= least_sockets, "the socket was hardly ever cut"
    assert door.sends == 2 + lose_answers
    assert door.forgotten == (gone_after > 0)
