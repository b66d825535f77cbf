"""What else happens while a turn runs: deletions, sessions that end, skewed clocks, deploys, a burst of cold workers."""

import json
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from companion_hub import bootstrap
from companion_hub.db.connection import Conn
from companion_hub.db.migrate import MIGRATIONS_DIR, load_migrations
from companion_hub.errors import UnexpectedStepError
from companion_hub.http import SESSION_COOKIE
from companion_hub.models.step import FailureEvent, StepEvent
from companion_hub.providers.sockets import MAX_FRAME_BYTES
from functions.auth.handler import handler as auth
from functions.chat.handler import handler as chat_api
from functions.stream.handler import handler as stream
from tests.fakes.aws import FakeAws
from tests.fakes.chat import Chat
from tests.fakes.fake_llm import Reply
from tests.fakes.fake_sd import FakeStableDiffusion
from tests.fakes.gateway import Answer, Browser, Context, socket_event
from tests.fakes.machine import DEFINITION, call_step
from tests.fakes.people import PASSWORD, registration
from tests.faults import invariants
from tests.faults.conftest import small_drawing
from tests.faults.workers import Workers

# Migrations before anybody had an installation to keep.
FIRST_RELEASE = 3
GOLDEN = Path(__file__).with_name("golden")
CHUNKS = [f"word{index} " for index in range(12)]
TEXT = "".join(CHUNKS).strip()
STATES = ("AnalyzeContext", "GenerateReply", "ReanalyzeContext", "UpdateState", "GenerateImage")


def delete_companion(chat: Chat) -> None:
    assert chat.delete(f"/api/companions/{chat.companion_id}").status == 204


def delete_account(chat: Chat) -> None:
    answer = chat.browser.delete(auth, "/api/me", {"password": PASSWORD})
    assert answer.status == 204, answer.body


def before_state(chat: Chat, state: str, action: Callable[[], object]) -> None:
    """Do something at a step's boundary: after the state before it, ahead of this one."""

    def invoke(payload: dict[str, Any]) -> Any:
        action()
        return call_step(state, payload)

    chat.machine.handlers[state] = invoke


def run_until_third_frame(chat: Chat, *, chunk_delay_s: float = 0.08) -> tuple[str, threading.Thread]:
    """Send and let the reply stream; return the turn and the thread that runs it."""
    chat.llm.script(Reply(chunks=CHUNKS, chunk_delay_s=chunk_delay_s))
    turn_id = chat.send("canary-said").json["turn"]["id"]

    def run() -> None:
        chat.machine.run_all()
        bootstrap.database().close()

    runner = threading.Thread(target=run, daemon=True)
    runner.start()
    deadline = time.monotonic() + 10
    while len(chat.frames("token")) < 3:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return turn_id, runner


@pytest.mark.parametrize("delete", [delete_companion, delete_account], ids=["companion", "account"])
@pytest.mark.parametrize("state", STATES)
def test_deleted_at_a_step_boundary_leaves_nothing(
    chat: Chat,
    sd: FakeStableDiffusion,
    worker: FakeAws,
    database: Any,
    state: str,
    delete: Callable[[Chat], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """F36, F37: at every boundary; late writes hit nothing, and nothing is logged as an error."""
    sd.script(small_drawing())
    owner = invariants.user_id(chat)
    with database.autocommit() as connection:
        chat.send("canary-said", want_image=True)
        before_state(chat, state, lambda: delete(chat))
        chat.machine.run_all()
        assert state in chat.machine.states
        _nothing_left(connection, chat, owner, account=delete is delete_account)
    assert [key for key in worker.objects if str(owner) in key] == []
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert chat.machine.states.count(state) == 1, "nothing to try again"


def _nothing_left(connection: Conn, chat: Chat, owner: Any, *, account: bool) -> None:
    column, value = ("user_id", owner) if account else ("companion_id", chat.companion_id)
    for table in ("turns", "messages", "images", "memories"):
        rows = connection.execute(f"SELECT 1 FROM {table} WHERE {column} = %s".encode(), [value]).fetchall()
        assert rows == [], table
    if account:
        for table in ("sessions", "connections", "usage", "companions"):
            rows = connection.execute(f"SELECT 1 FROM {table} WHERE user_id = %s".encode(), [value]).fetchall()
            assert rows == [], table


@pytest.mark.parametrize("delete", [delete_companion, delete_account], ids=["companion", "account"])
def test_deleted_while_text_streams_closes_quietly(
    chat: Chat, delete: Callable[[Chat], None], caplog: pytest.LogCaptureFixture
) -> None:
    """F36, F37: the worker notices with its next flush and hangs up."""
    _, runner = run_until_third_frame(chat)
    delete(chat)
    frames = len(chat.frames("token"))
    runner.join(5)
    assert not runner.is_alive()
    assert len(chat.frames("token")) <= frames + 3, "what was queued when it was deleted, no more"
    assert chat.frames("message") == []
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_older_message_deleted_while_its_successor_is_answered(chat: Chat) -> None:
    """F35: gone from the chat, from the next prompt and from the export; the reply arrives all the same."""
    chat.llm.script(Reply("Noted."))
    chat.say("My secret word is xylophone")
    older = chat.messages()[0]["id"]
    before_state(chat, "GenerateReply", lambda: chat.delete(f"/api/messages/{older}"))
    chat.llm.script(Reply(TEXT))
    turn = chat.say("What now?")
    assert (turn["status"], turn["text"]) == ("done", TEXT)
    del chat.machine.handlers["GenerateReply"]
    chat.execute("UPDATE messages SET deleted_at = deleted_at - interval '31 seconds' WHERE deleted_at IS NOT NULL")
    chat.llm.script(Reply("Nothing."))
    chat.say("And now?")
    assert not any("xylophone" in part["content"] for part in chat.llm.streamed[-1]["messages"])
    assert chat.rows("SELECT 1 FROM messages WHERE id = %(id)s", id=older) == []
    export = chat.browser.get(auth, "/api/me/export")
    assert export.status == 200
    assert b"xylophone" not in export.body


def test_session_that_expires_while_text_streams_lets_the_reply_finish(chat: Chat) -> None:
    """F40: the next request asks to log in again."""
    turn_id, runner = run_until_third_frame(chat)
    session = "UPDATE sessions SET expires_at = now() - interval '1 second' WHERE user_id = %(user)s"
    owner = chat.rows("SELECT user_id FROM companions WHERE id = %(companion)s")[0]["user_id"]
    chat.execute(session, user=owner)
    runner.join(10)
    (turn,) = chat.rows("SELECT status, text FROM turns WHERE id = %(id)s", id=turn_id)
    assert (turn["status"], turn["text"]) == ("done", TEXT)
    assert chat.get(f"/api/turns/{turn_id}").status == 401


@pytest.mark.parametrize("way", ["logout", "password"])
def test_logout_in_another_tab_closes_the_socket_and_the_reply_is_stored(chat: Chat, worker: FakeAws, way: str) -> None:
    """F41: within five seconds; the turn itself belongs to the account, not to the session."""
    turn_id, runner = run_until_third_frame(chat)
    pressed = time.monotonic()
    if way == "logout":
        assert chat.browser.post(auth, "/api/auth/logout-all").status == 204
    else:
        other = Browser()
        me = chat.browser.get(auth, "/api/me").json["user"]["username"]
        assert other.post(auth, "/api/auth/login", {"identifier": me, "password": PASSWORD}).status == 200
        change = {"current_password": PASSWORD, "new_password": "another good password"}
        assert other.post(auth, "/api/me/password", change).status in (200, 204)
    assert chat.socket in worker.closed
    assert time.monotonic() - pressed < 5
    runner.join(10)
    (turn,) = chat.rows("SELECT status, text FROM turns WHERE id = %(id)s", id=turn_id)
    assert (turn["status"], turn["text"]) == ("done", TEXT)


@pytest.mark.parametrize("offset_s", [55.0, -55.0], ids=["a minute ahead", "a minute behind"])
def test_clocks_of_workers_do_not_matter(remote: Chat, workers: Workers, offset_s: float) -> None:
    """F33: cookies of skewed workers are taken by the others and the other way round; leases are the database's."""
    workers.clock_offset_s = offset_s
    browser = Browser()
    person = registration()
    assert browser.post(workers.handler("Auth"), "/api/auth/register", person).status == 201
    assert browser.get(auth, "/api/me").status == 200, "made by a skewed worker"
    assert remote.browser.get(workers.handler("Auth"), "/api/me").status == 200, "read by a skewed worker"
    remote.llm.script(Reply(TEXT))
    turn = remote.say("canary-said")
    assert (turn["status"], turn["text"]) == ("done", TEXT)
    invariants.check(remote, max_calls=1, scripts=[TEXT])


def test_no_frame_is_larger_than_the_gateway_takes(chat: Chat) -> None:
    """F43: 180 kB in four pieces from the model, of characters that are long in JSON; what is sent has its own limit."""
    chat.llm.script(Reply(chunks=["😀é\t" * 1_500] * 4))
    turn = chat.say("Sing")
    assert turn["truncated"]
    sizes = [len(json.dumps(frame, ensure_ascii=False).encode()) for frame in chat.frames()]
    assert max(sizes) <= MAX_FRAME_BYTES
    assert chat.shown_text() == turn["text"]
    assert chat.send("x" * 200_000).status in (413, 422)


def test_sockets_that_answer_errors_do_not_slow_the_reply(chat: Chat) -> None:
    """F44: each post is refused, on three sockets; the reply takes no longer than without, and the page catches up."""

    def duration() -> float:
        chat.llm.script(Reply(chunks=CHUNKS, chunk_delay_s=0.04))
        started = time.monotonic()
        assert chat.say("canary-said")["text"] == TEXT
        return time.monotonic() - started

    chat.open_socket()
    chat.open_socket()
    healthy = min(duration(), duration())
    chat.aws.broken.add("connections")
    broken = min(duration(), duration())
    assert broken < healthy * 1.2 + 0.5, (healthy, broken)


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
def test_events_of_the_previous_release_are_taken(path: Path) -> None:
    """F45: what a running execution of release 1 hands to the functions of this one; and fields of a later release."""
    event = json.loads(path.read_text(encoding="utf-8"))
    kind = FailureEvent if "error" in event else StepEvent
    kind.model_validate(event)
    kind.model_validate({**event, "field_of_a_later_release": 1})


def _as_before(function: str) -> Callable[[dict[str, Any]], Any]:
    """Hand a function the event that the previous release's definition made."""

    def invoke(payload: dict[str, Any]) -> Any:
        state = {"state": "StateDegraded", "image": "ImageDegraded"}.get(payload.get("degraded", ""), function)
        golden = json.loads((GOLDEN / f"{state}.json").read_text(encoding="utf-8"))
        return call_step(function, {**golden, "turn_id": payload["turn_id"], "execution": payload["execution"]})

    return invoke


def test_turn_runs_on_the_previous_releases_events(chat: Chat, sd: FakeStableDiffusion) -> None:
    """F45: every state, picture included, swapped for the previous release's event in the middle of the turn."""
    for state in STATES:
        chat.machine.handlers[state] = _as_before(state)
    sd.script(small_drawing())
    chat.llm.script(Reply(TEXT))
    turn = chat.say("canary-said", want_image=True)
    assert (turn["status"], turn["degraded"], turn["text"]) == ("done", [], TEXT)
    assert chat.machine.states == list(STATES)
    invariants.check(chat, max_calls=1, scripts=[TEXT])


@pytest.mark.parametrize(
    ("broken", "status", "degraded"),
    [("GenerateReply", "failed", []), ("UpdateState", "done", ["state"]), ("GenerateImage", "done", ["image"])],
)
def test_turn_ends_on_the_previous_releases_events(
    chat: Chat, sd: FakeStableDiffusion, broken: str, status: str, degraded: list[str]
) -> None:
    """F45: FailTurn, StateDegraded and ImageDegraded too."""

    def break_down(_payload: dict[str, Any]) -> None:
        raise UnexpectedStepError("broken")

    for function in (*STATES, "FailTurn"):
        chat.machine.handlers[function] = _as_before(function)
    chat.machine.handlers[broken] = break_down
    sd.forget()
    chat.llm.script(Reply(TEXT))
    turn = chat.say("canary-said", want_image=True)
    assert (turn["status"], turn["degraded"]) == (status, degraded)
    invariants.check(chat, max_calls=1, scripts=[TEXT])


def test_states_send_no_less_than_before() -> None:
    """F45: functions of the previous release, after a roll-back, still find what they read."""
    states = json.loads(DEFINITION.read_text(encoding="utf-8"))["States"]
    for path in sorted(GOLDEN.glob("*.json")):
        sent = {name.removesuffix(".$") for name in states[path.stem]["Parameters"]["Payload"]}
        assert set(json.loads(path.read_text(encoding="utf-8"))) <= sent, path.stem


def test_this_release_runs_on_the_next_ones_schema(chat: Chat, database_url: str, database: Any) -> None:
    """F46: after a roll-back the newer schema stays: what a migration may add does not disturb this code."""
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    with psycopg.connect(database_url, autocommit=True) as admin:
        names = [row[0] for row in admin.execute(tables)]
        for name in names:
            admin.execute(f"ALTER TABLE {name} ADD COLUMN of_the_next_release text DEFAULT 'x' NOT NULL".encode())
        admin.execute("CREATE INDEX next_release ON messages (created_at)")
        try:
            chat.llm.script(Reply(TEXT), Reply("Another."))
            assert chat.say("canary-said")["status"] == "done"
            reply = chat.messages()[-1]["id"]
            assert chat.run_turn(chat.post(f"/api/messages/{reply}/regenerate", {}))["status"] == "done"
            assert chat.post(f"/api/messages/{reply}/select", {"alternative": 0}).status == 200
            assert chat.browser.get(auth, "/api/me/export").status == 200
            invariants.check(chat)
        finally:
            admin.execute("DROP INDEX next_release")
            for name in names:
                admin.execute(f"ALTER TABLE {name} DROP COLUMN of_the_next_release".encode())


def taken_away(sql: str) -> list[str]:
    """Return the lines of a migration that the previous release may not survive."""
    taking = ("DROP TABLE", "DROP COLUMN", "RENAME", "ALTER COLUMN", "SET NOT NULL", "DROP FUNCTION")
    found: list[str] = []
    for line in sql.splitlines():
        statement = line.partition("--")[0].upper()
        strict = "ADD COLUMN" in statement and "NOT NULL" in statement and "DEFAULT" not in statement
        if (strict or any(word in statement for word in taking)) and "-- contract:" not in line:
            found.append(line)
    return found


def test_migrations_only_expand() -> None:
    """F46: nothing the previous release reads or writes is taken away; what must go waits a release, and says so."""
    assert taken_away("ALTER TABLE turns DROP COLUMN text;\nALTER TABLE turns ADD COLUMN x text NOT NULL;") != []
    assert taken_away("ALTER TABLE turns DROP COLUMN x; -- contract: unread since release 1") == []
    for migration in load_migrations(MIGRATIONS_DIR)[FIRST_RELEASE:]:
        assert taken_away(migration.sql) == [], migration.name


def test_twenty_sends_to_cold_workers_are_all_answered(chat: Chat, workers: Workers, record_property: Any) -> None:
    """F50: no worker is warm, twenty companions are spoken to at once; none is lost."""
    companions = [chat.post("/api/companions", {"name": f"C{n}"}).json["id"] for n in range(20)]
    together = threading.Barrier(20)

    def send(companion_id: str) -> tuple[float, Answer]:
        body = {"client_message_id": str(uuid4()), "text": "canary-said", "want_image": False}
        together.wait()
        started = time.monotonic()
        answer = chat.browser.post(workers.handler("Chat"), f"/api/companions/{companion_id}/messages", body)
        return time.monotonic() - started, answer

    with ThreadPoolExecutor(20) as pool:
        results = list(pool.map(send, companions))
    assert {answer.status for _, answer in results} == {202}
    chat.machine.run_all()
    assert {chat.turn(answer.json["turn"]["id"])["status"] for _, answer in results} == {"done"}
    record_property("figure", f"slowest of 20 cold sends {max(seconds for seconds, _ in results) * 1000:.0f} ms")


def test_page_that_never_comes_back_finds_the_reply(chat: Chat) -> None:
    """F1: the socket closes after the third frame for good; and a new socket that subscribes goes on without a gap."""
    turn_id, runner = run_until_third_frame(chat)
    chat.aws.gone.add(chat.socket)
    shown = chat.shown_text()
    chat.socket = chat.open_socket()
    body = json.dumps({"action": "subscribe", "turn_id": turn_id, "from": len(shown)})
    stream(socket_event("$default", chat.socket, body=body), Context())
    runner.join(10)
    turn = chat.turn(turn_id)
    assert (turn["status"], turn["text"]) == ("done", TEXT)
    page_text = shown
    for frame in chat.frames("token"):
        if frame["offset"] <= len(page_text) and frame["offset"] + len(frame["text"]) > len(page_text):
            page_text = page_text[: frame["offset"]] + frame["text"]
    assert page_text == TEXT
    assert chat.browser.cookies[SESSION_COOKIE]
    assert chat.browser.get(chat_api, f"/api/companions/{chat.companion_id}").status == 200
