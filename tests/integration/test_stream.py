"""The Stream function: who may connect, and what a page is told."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import jwt
import pytest

from companion_hub import bootstrap
from companion_hub.db.connection import Database
from companion_hub.providers.sockets import ApiGatewaySockets, close_all
from companion_hub.repositories import connections, users
from functions.auth.handler import handler as auth
from functions.chat.handler import handler as chat
from functions.stream.handler import handler as stream
from tests.conftest import database_parameters, forget_worker
from tests.fakes.aws import FakeAws
from tests.fakes.gateway import Browser, Context, socket_event
from tests.fakes.people import log_in, new_person

pytestmark = pytest.mark.usefixtures("worker")


def connect(browser: Browser, connection_id: str | None = None, **headers: str | None) -> tuple[int, str]:
    connection_id = connection_id or f"socket-{uuid4()}"
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    event = socket_event("$connect", connection_id, cookies=browser.cookies, headers=names)
    return stream(event, Context())["statusCode"], connection_id


def say(connection_id: str, body: str) -> None:
    assert stream(socket_event("$default", connection_id, body=body), Context()) == {"statusCode": 200}


def stored(database: Database, connection_id: str) -> bool:
    with database.autocommit() as connection:
        return connections.owner(connection, connection_id) is not None


def user_id_of(browser: Browser) -> UUID:
    return UUID(browser.get(auth, "/api/me").json["user"]["id"])


# --- $connect ---------------------------------------------------------------------------------------------------------


def test_live_session_from_our_page_gets_in(database: Database) -> None:
    status, connection_id = connect(new_person())
    assert status == 200
    assert stored(database, connection_id)


@pytest.mark.parametrize("odd", ['prefs={"theme":"dark"}', "a b=1", "x=[1,2]", "=;;"])
def test_odd_cookies_of_other_pages_do_not_keep_anybody_out(odd: str) -> None:
    """All that runs on localhost shares its cookies, whatever the port."""
    person = new_person()
    session = f"session={person.cookies['session']}"
    assert connect(person, Cookie=f"{odd}; {session}; {odd}")[0] == 200


def test_local_page_gets_in_too() -> None:
    assert connect(new_person(), Origin="http://localhost:8080")[0] == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"Origin": "https://evil.example"}, 403, id="foreign origin"),
        pytest.param({"Origin": None}, 403, id="no origin"),
        pytest.param({"Origin": "null"}, 403, id="opaque origin"),
        pytest.param({"X_Origin_Secret": "guess"}, 403, id="guessed secret"),
        pytest.param({"X_Origin_Secret": None}, 403, id="round the front door"),
        pytest.param({"Cookie": None}, 401, id="no cookie"),
        pytest.param({"Cookie": "session=garbage"}, 401, id="garbage cookie"),
        pytest.param({"Cookie": "\x00;;=;"}, 401, id="malformed cookie header"),
    ],
)
def test_anybody_else_is_refused(database: Database, headers: dict[str, str | None], status: int) -> None:
    refused, connection_id = connect(new_person(), **headers)
    assert refused == status
    assert not stored(database, connection_id)


def test_revoked_session_is_refused(database: Database) -> None:
    person = new_person()
    stolen = Browser()
    stolen.cookies = dict(person.cookies)
    person.post(auth, "/api/auth/logout")
    status, connection_id = connect(stolen)
    assert status == 401
    assert not stored(database, connection_id)


def test_database_that_is_down_refuses_for_now(worker: FakeAws) -> None:
    person = new_person()
    before = worker.secrets["database"]
    worker.secrets["database"] = json.dumps(json.loads(before) | {"host": "/nowhere"})
    forget_worker()
    try:
        assert connect(person)[0] == 503
    finally:
        worker.secrets["database"] = before
        forget_worker()


def test_only_the_twenty_newest_sockets_of_a_user_are_kept(database: Database, worker: FakeAws) -> None:
    person, other = new_person(), new_person()
    _, others_socket = connect(other)
    opened = [connect(person)[1] for _ in range(22)]
    with database.autocommit() as connection:
        kept = set(connections.of_user(connection, user_id_of(person)))
    assert kept == set(opened[2:])
    assert set(opened[:2]) <= set(worker.closed)
    assert stored(database, others_socket)


def test_outdated_sockets_are_dropped_on_the_way(database: Database) -> None:
    person = new_person()
    _, old = connect(person)
    with database.autocommit() as connection:
        connection.execute(
            "UPDATE connections SET created_at = created_at - interval '131 minutes' WHERE id = %(id)s", {"id": old}
        )
    _, new = connect(person)
    assert not stored(database, old)
    assert stored(database, new)


def test_no_socket_outlives_a_session_revoked_while_twenty_connect(database_url: str, worker: FakeAws) -> None:
    """FAULTS.md F39: either the revocation sees the socket and closes it, or the socket sees no session."""

    def own_database() -> Database:
        return Database(lambda _fresh: database_parameters(database_url))

    sockets = ApiGatewaySockets(f"{worker.url}/ws")
    for _ in range(8):
        person = new_person()
        claims = jwt.decode(person.cookies["session"], options={"verify_signature": False})
        user_id, session_id = UUID(claims["sub"]), UUID(claims["sid"])
        barrier = threading.Barrier(21)

        def open_one(
            number: int, user_id: UUID = user_id, session_id: UUID = session_id, barrier: threading.Barrier = barrier
        ) -> str | None:
            database, connection_id = own_database(), f"race-{session_id}-{number}"
            with database.autocommit() as connection:
                connection.execute("SELECT 1")
                barrier.wait()
                time.sleep(number / 4000)
                let_in = connections.insert(connection, connection_id, user_id=user_id, session_id=session_id)
            database.close()
            return connection_id if let_in is not None else None

        def revoke(
            user_id: UUID = user_id, session_id: UUID = session_id, barrier: threading.Barrier = barrier
        ) -> None:
            database = own_database()
            with database.transaction() as connection:
                connection.execute("SELECT 1")
                barrier.wait()
                time.sleep(0.0025)
                _, found = users.revoke_sessions(connection, user_id, only=session_id)
            close_all(sockets, found)
            database.close()

        with ThreadPoolExecutor(21) as pool:
            revoked = pool.submit(revoke)
            opened = [future.result() for future in [pool.submit(open_one, number) for number in range(20)]]
            revoked.result()
        let_in = {connection_id for connection_id in opened if connection_id}
        assert let_in <= set(worker.closed)
        database = own_database()
        with database.autocommit() as connection:
            assert connections.of_user(connection, user_id) == []
        database.close()


# --- $default ---------------------------------------------------------------------------------------------------------


def test_ping_is_answered_without_the_database(worker: FakeAws) -> None:
    _, connection_id = connect(new_person())
    bootstrap.database().close()
    before = worker.secrets["database"]
    worker.secrets["database"] = "{}"
    bootstrap.secrets.cache_clear()
    try:
        say(connection_id, '{"action": "ping"}')
    finally:
        worker.secrets["database"] = before
        bootstrap.secrets.cache_clear()
    assert worker.frames_of(connection_id) == [{"v": 1, "type": "pong"}]


@pytest.mark.parametrize(
    "body",
    [
        "", "x", "null", "[]", "{}", '{"action": "dance"}', '{"action": "subscribe"}',
        '{"action": "subscribe", "turn_id": "x"}', '{"action": "ping", "extra": 1}',
        f'{{"action": "subscribe", "turn_id": "{UUID(int=7)}", "from": -1}}', '{"action":"ping"}' + " " * 5000, "\ud800",
    ],
    ids=ascii,
)  # fmt: skip
def test_garbage_gets_an_error_frame(worker: FakeAws, body: str) -> None:
    _, connection_id = connect(new_person())
    say(connection_id, body)
    [frame] = worker.frames_of(connection_id)
    assert (frame["type"], frame["code"]) == ("error", "invalid")


def turn_of(database: Database, browser: Browser, **columns: Any) -> str:
    """Store a turn with the given columns and return its id."""
    companion = browser.post(chat, "/api/companions", {"name": "Mara"}).json
    values: dict[str, Any] = {
        "status": "running", "step": "GenerateReply", "progress": 42, "attempt": 2, "text": "Hello there, Tom",
        "error_code": None, "error_message": None, "degraded": [],
        "id": uuid4(), "user_id": user_id_of(browser), "companion_id": companion["id"], **columns,
    }  # fmt: skip
    with database.autocommit() as connection:
        connection.execute(
            """
            INSERT INTO turns (id, user_id, companion_id, kind, status, step, progress, attempt, text, error_code,
                               error_message, degraded, deadline_at)
            VALUES (%(id)s, %(user_id)s, %(companion_id)s, 'reply', %(status)s, %(step)s, %(progress)s, %(attempt)s,
                    %(text)s, %(error_code)s, %(error_message)s, %(degraded)s, clock_timestamp() + interval '3 minutes')
            """,
            values,
        )
    return str(values["id"])


def subscribed(worker: FakeAws, browser: Browser, turn_id: str, **fields: Any) -> list[dict[str, Any]]:
    _, connection_id = connect(browser)
    say(connection_id, json.dumps({"action": "subscribe", "turn_id": turn_id} | fields))
    return worker.frames_of(connection_id)


def test_subscriber_gets_what_it_lacks(database: Database, worker: FakeAws) -> None:
    person = new_person()
    turn_id = turn_of(database, person)
    progress = {"v": 1, "type": "progress", "turn_id": turn_id, "step": "GenerateReply", "progress": 42}
    token = {"v": 1, "type": "token", "turn_id": turn_id, "attempt": 2}
    all_of_it = token | {"offset": 0, "text": "Hello there, Tom"}
    reset = {"v": 1, "type": "reset", "turn_id": turn_id, "attempt": 2}
    assert subscribed(worker, person, turn_id) == [progress, all_of_it]
    assert subscribed(worker, person, turn_id, **{"from": 12}) == [progress, token | {"offset": 12, "text": " Tom"}]
    assert subscribed(worker, person, turn_id, **{"from": 16}) == [progress]
    assert subscribed(worker, person, turn_id, **{"from": 17}) == [progress, reset, all_of_it]
    assert subscribed(worker, person, turn_id, **{"from": 5, "attempt": 2})[1]["offset"] == 5
    assert subscribed(worker, person, turn_id, **{"from": 5, "attempt": 1}) == [progress, reset, all_of_it]


def test_subscriber_learns_how_the_turn_ended(database: Database, worker: FakeAws) -> None:
    person = new_person()
    done = turn_of(database, person, status="done", progress=100, degraded=["image"])
    last = subscribed(worker, person, done)[-1]
    assert last == {"v": 1, "type": "done", "turn_id": done, "status": "done", "degraded": ["image"]}
    failed = turn_of(database, person, status="failed", error_code="llm_busy", error_message="Busy.")
    error, last = subscribed(worker, person, failed)[-2:]
    assert error == {"v": 1, "type": "error", "code": "llm_busy", "message": "Busy.", "turn_id": failed}
    assert (last["type"], last["status"]) == ("done", "failed")


def test_long_text_comes_in_frames_of_16_kb(database: Database, worker: FakeAws) -> None:
    person = new_person()
    text = "🍵é" * 10_000
    frames = subscribed(worker, person, turn_of(database, person, text=text))[1:]
    assert max(len(json.dumps(frame, ensure_ascii=False).encode()) for frame in frames) <= 16 * 1024
    assert "".join(frame["text"] for frame in frames) == text
    offsets = [frame["offset"] for frame in frames]
    assert offsets == [sum(len(frame["text"]) for frame in frames[:index]) for index in range(len(frames))]


def test_only_the_asking_socket_is_answered(database: Database, worker: FakeAws) -> None:
    person = new_person()
    _, silent = connect(person)
    subscribed(worker, person, turn_of(database, person))
    assert worker.frames_of(silent) == []


def test_another_users_turn_is_as_unknown_as_any(database: Database, worker: FakeAws) -> None:
    owner, stranger = new_person(), new_person()
    theirs, nobodys = turn_of(database, owner), str(uuid4())
    answers = [subscribed(worker, stranger, turn_id) for turn_id in (theirs, nobodys)]
    assert [len(frames) for frames in answers] == [1, 1]
    assert [{**frames[0], "turn_id": ""} for frames in answers] == [
        {"v": 1, "type": "error", "code": "not_found", "message": "Not found.", "turn_id": ""}
    ] * 2


def test_socket_of_a_revoked_session_learns_nothing(database: Database, worker: FakeAws) -> None:
    new_person("revoked_subscriber")
    person = log_in("revoked_subscriber")
    turn_id = turn_of(database, person)
    _, connection_id = connect(person)
    person.post(auth, "/api/auth/logout")
    assert connection_id in worker.closed
    worker.gone.discard(connection_id)  # API Gateway has not closed it yet
    say(connection_id, json.dumps({"action": "subscribe", "turn_id": turn_id}))
    assert [frame["type"] for frame in worker.frames_of(connection_id)] == ["error"]


def test_socket_that_is_gone_is_no_error(database: Database, worker: FakeAws) -> None:
    person = new_person()
    _, connection_id = connect(person)
    worker.gone.add(connection_id)
    say(connection_id, json.dumps({"action": "subscribe", "turn_id": turn_of(database, person)}))
    worker.broken.add("connections")
    try:
        say(connection_id, '{"action": "ping"}')
    finally:
        worker.broken.clear()


def test_disconnect_touches_no_database(database: Database) -> None:
    _, connection_id = connect(new_person())
    bootstrap.database().close()
    assert stream(socket_event("$disconnect", connection_id), Context()) == {"statusCode": 200}
    assert stored(database, connection_id)
