"""The main job over the real network: account, companion, streamed turn, picture, restart."""

import asyncio
import json
import time
from typing import Any

import aiohttp
import httpx
import pytest

from devtools.smoke import Smoke, SmokeError
from tests.e2e.conftest import Hub, Person
from tests.fakes.fake_llm import Reply

pytestmark = pytest.mark.e2e


def frames_of_turn(person: Person, companion_id: str, text: str, *, want_image: bool = False) -> list[dict[str, Any]]:
    """Open a socket, send a message and return the frames until the turn is done."""

    async def run() -> list[dict[str, Any]]:
        async with aiohttp.ClientSession() as session:
            headers = {"Cookie": person.cookie, "Origin": person.hub.url}
            async with session.ws_connect(f"{person.hub.url}/ws", headers=headers) as socket:
                sent = await asyncio.to_thread(person.send, companion_id, text, want_image=want_image)
                turn_id = sent.json()["turn"]["id"]
                frames: list[dict[str, Any]] = []
                while True:
                    frame = json.loads((await asyncio.wait_for(socket.receive(), 60)).data)
                    frames.append(frame)
                    if frame["type"] == "done" and frame["turn_id"] == turn_id:
                        return frames

    return asyncio.run(run())


def test_reply_streams_and_the_picture_matches_the_new_outfit(hub: Hub) -> None:
    person = hub.person()
    companion = person.companion()
    frames = frames_of_turn(person, companion["id"], "Let's go to the beach!", want_image=True)
    tokens = [frame for frame in frames if frame["type"] == "token"]
    text = "".join(frame["text"] for frame in tokens)
    message = next(frame["message"] for frame in frames if frame["type"] == "message")
    state = next(frame for frame in frames if frame["type"] == "state")
    image = next(frame["image"] for frame in frames if frame["type"] == "image" and frame["status"] == "done")
    progress = [frame["progress"] for frame in frames if frame["type"] == "progress"]
    assert [frame["offset"] for frame in tokens][:1] == [0]
    assert len(tokens) > 3
    assert message["text"] == text
    assert "red bikini" in state["outfit"]
    assert "beach" in state["location"]
    assert "red bikini" in image["prompt"]
    assert "sweater" not in image["prompt"]
    assert progress == sorted(progress)
    assert {frame["step"] for frame in frames if frame["type"] == "progress"} == {
        "AnalyzeContext", "GenerateReply", "ReanalyzeContext", "UpdateState", "GenerateImage",
    }  # fmt: skip


def test_pictures_are_for_their_owner_only(hub: Hub) -> None:
    person, other = hub.person(), hub.person()
    companion = person.companion()
    person.talk(companion["id"], "Hello", want_image=True)
    image = person.http.get(f"companions/{companion['id']}/images").json()["items"][0]
    for source in image["sources"]:
        url = hub.url + source["url"]
        mine = httpx.get(url, headers={"Cookie": person.cookie})
        assert (mine.status_code, mine.headers["content-type"]) == (200, source["type"])
        assert httpx.get(url).status_code == 403
        assert httpx.get(url, headers={"Cookie": other.cookie}).status_code == 403
    assert other.http.get(f"companions/{companion['id']}/images").status_code == 404
    assert other.http.delete(f"images/{image['id']}").status_code == 404


def test_an_image_problem_never_costs_the_text(hub: Hub) -> None:
    """The reply is complete and the turn done when the language model answers; a picture is only ever an addition."""
    person = hub.person()
    companion = person.companion()
    turn = person.talk(companion["id"], "Hello")
    assert (turn["status"], turn["degraded"]) == ("done", [])
    assert turn["text"]


def test_a_failing_model_ends_in_a_visible_error_and_retry_works(hub: Hub) -> None:
    person = hub.person()
    companion = person.companion()
    hub.llm.script(Reply(status=401))
    hub.llm.script(Reply(status=401))
    turn = person.talk(companion["id"], "Hello")
    assert (turn["status"], turn["error"]["code"]) == ("failed", "llm_misconfigured")
    retried = person.http.post(f"turns/{turn['id']}/retry")
    assert retried.status_code == 202, retried.text
    assert person.finish(turn["id"])["status"] == "done"
    roles = [m["role"] for m in person.http.get(f"companions/{companion['id']}/messages").json()["items"]]
    assert roles == ["user", "assistant"]


def test_sockets_are_refused_without_a_session_or_from_a_foreign_page(hub: Hub) -> None:
    person = hub.person()

    async def status(headers: dict[str, str]) -> int:
        async with aiohttp.ClientSession() as session:
            try:
                async with session.ws_connect(f"{hub.url}/ws", headers=headers):
                    return 101
            except aiohttp.WSServerHandshakeError as exc:
                return exc.status

    assert asyncio.run(status({"Cookie": person.cookie, "Origin": hub.url})) == 101
    assert asyncio.run(status({"Origin": hub.url})) in (401, 403)
    assert asyncio.run(status({"Cookie": person.cookie, "Origin": "https://evil.example"})) in (401, 403)
    person.http.post("auth/logout-all").raise_for_status()
    assert asyncio.run(status({"Cookie": person.cookie, "Origin": hub.url})) in (401, 403)


@pytest.mark.parametrize("how", ["auth/logout", "auth/logout-all", "me/password"])
def test_logging_out_closes_the_sockets_within_five_seconds(hub: Hub, how: str) -> None:
    """Another tab's socket and, for a changed password, another browser's; nothing arrives on it afterwards."""
    person = hub.person()
    cookie = person.cookie
    if how != "auth/logout":  # the socket is another browser's
        person.log_in()
    body = {"current_password": person.login["password"], "new_password": "another long password"}

    async def seconds_until_closed() -> float:
        async with aiohttp.ClientSession() as session:
            headers = {"Cookie": cookie, "Origin": hub.url}
            async with session.ws_connect(f"{hub.url}/ws", headers=headers) as socket:
                answer = await asyncio.to_thread(person.http.post, how, json=body if how == "me/password" else None)
                assert answer.status_code == 204, answer.text
                start = time.monotonic()
                message = await asyncio.wait_for(socket.receive(), 10)
                assert message.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED), message
                return time.monotonic() - start

    assert asyncio.run(seconds_until_closed()) < 5


@pytest.mark.parametrize("path", ["/", "/chat/anything", "/api/health", "/api/me", "/media/x/y.jpg", "/nothing.js"])
def test_security_headers_are_on_every_kind_of_answer(hub: Hub, path: str) -> None:
    response = httpx.get(hub.url + path)
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    assert "unsafe" not in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["x-frame-options"] == "DENY"
    assert "strict-transport-security" in response.headers


def test_the_front_door_alone_says_who_the_viewer_is(hub: Hub) -> None:
    """What a browser claims about its address or the origin secret does not get through."""
    forged = {"x-origin-secret": "guess", "cloudfront-viewer-address": "6.6.6.6:1", "x-forwarded-for": "6.6.6.6"}
    assert httpx.get(f"{hub.url}/api/health", headers=forged).status_code == 200


def test_first_token_is_quick_when_the_model_answers_at_once(hub: Hub) -> None:
    person = hub.person()
    companion = person.companion()
    person.talk(companion["id"], "Warm up")
    waits: list[float] = []
    for _ in range(5):
        turn = person.talk(companion["id"], "And again")
        waits.append(turn["first_token_ms"])
    assert sorted(waits)[2] < 300, waits


def test_what_a_deploy_tries_works_here_and_leaves_no_account(hub: Hub) -> None:
    said: list[str] = []
    with Smoke(hub.url, say=said.append) as smoke:
        smoke.run()
        assert smoke.http.get("me").status_code == 401
    assert [line.split(":")[0].strip() for line in said] == ["health", "register", "turn", "delete the account again"]


def test_a_deploy_whose_model_refuses_the_key_is_told_so(hub: Hub) -> None:
    hub.llm.script(Reply(status=401))
    hub.llm.script(Reply(status=401))
    with Smoke(hub.url, say=lambda _: None) as smoke:
        with pytest.raises(SmokeError, match=r"turn: it ended as failed \(llm_misconfigured\).*run ./hub deploy again"):
            smoke.run()
        assert smoke.http.get("me").status_code == 401


def test_everything_is_still_there_after_a_restart(hub: Hub) -> None:
    person = hub.person()
    companion = person.companion(identity={"greeting": "Welcome, {{user}}."})
    person.talk(companion["id"], "Let's go to the beach!", want_image=True)
    before = person.http.get(f"companions/{companion['id']}/messages").json()
    hub.stop()
    deadline = time.monotonic() + 10
    while hub.processes() and time.monotonic() < deadline:
        time.sleep(0.2)
    assert hub.processes() == []
    started = time.monotonic()
    hub.start()
    assert time.monotonic() - started < 60
    second = (hub.data_dir / "up.log").read_text().rpartition("looking for changes")[2]
    assert "✓ template (unchanged)" in second
    assert "✓ web app (unchanged)" in second
    person.log_in()
    after = person.http.get(f"companions/{companion['id']}/messages").json()
    assert after == before
    image = after["items"][-1]["image"]
    assert httpx.get(hub.url + image["sources"][-1]["url"], headers={"Cookie": person.cookie}).status_code == 200
    assert person.talk(companion["id"], "Still there?")["status"] == "done"
