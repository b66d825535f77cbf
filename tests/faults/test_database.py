"""What the database can do wrong (FAULTS.md F27 to F31, F49), with a proxy in front of a real PostgreSQL."""

import json
import os
import random
import signal
import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from companion_hub import bootstrap
from companion_hub.errors import DatabaseUnavailableError
from functions.auth.handler import handler as auth
from functions.chat.handler import handler as chat_api
from tests.conftest import database_parameters, forget_worker
from tests.fakes.aws import FakeAws
from tests.fakes.chat import Chat
from tests.fakes.fake_llm import Reply
from tests.fakes.gateway import Answer, Browser
from tests.fakes.machine import call_step
from tests.fakes.people import PASSWORD, registration
from tests.faults import invariants
from tests.faults.proxy import AtCommit, Proxy

CHUNKS = [f"word{index} " for index in range(20)]
TEXT = "".join(CHUNKS).strip()


@pytest.fixture(scope="module")
def proxy(worker: FakeAws, database_url: str) -> Generator[Proxy]:
    """What every function talks to instead of the database."""
    given = database_parameters(database_url)
    with Proxy(f"{given['host']}/.s.PGSQL.{given['port']}").running() as made:
        worker.secrets["database"] = json.dumps({**given, "host": "127.0.0.1", "port": made.port})
        forget_worker()
        yield made


@pytest.fixture
def behind(proxy: Proxy, chat: Chat) -> Generator[Chat]:
    """A chat whose steps wait a moment before a retry when the database is away, as the state machine does."""
    for function in ("AnalyzeContext", "GenerateReply", "ReanalyzeContext", "UpdateState"):
        chat.machine.handlers[function] = _patient(function)
    yield chat
    proxy.refusing = False
    proxy.at_commit.clear()
    proxy.stall(False)


@pytest.fixture
def admin(database_url: str) -> Generator["psycopg.Connection[Any]"]:
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


def _patient(function: str) -> Callable[[dict[str, Any]], Any]:
    def invoke(payload: dict[str, Any]) -> Any:
        try:
            return call_step(function, payload)
        except DatabaseUnavailableError:
            time.sleep(1.0)
            raise

    return invoke


def send_until_accepted(chat: Chat, text: str = "canary-said", *, client_id: str | None = None) -> tuple[str, Answer]:
    """Send as a page does: the same id again after 503; anything else is no answer to a database that is away."""
    client_id = client_id or str(uuid4())
    deadline = time.monotonic() + 30
    while True:
        answer = chat.send(text, client_id=client_id)
        if answer.status in (200, 202):
            return client_id, answer
        assert answer.status == 503, answer.body
        assert int(answer.headers["retry-after"]) >= 1
        assert time.monotonic() < deadline, "the database never came back"
        time.sleep(0.1)


def in_background(action: Callable[[], object]) -> threading.Thread:
    def run() -> None:
        try:
            action()
        finally:
            bootstrap.database().close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def wait_until(condition: Callable[[], bool], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.01)


@pytest.mark.parametrize("when", ["before", "after"])
def test_cut_at_every_commit_of_a_turn(behind: Chat, proxy: Proxy, when: AtCommit, record_property: Any) -> None:
    """F27: nobody can tell whether a COMMIT took effect; the resend and the retry find out."""
    behind.llm.script(Reply(TEXT))
    proxy.counts.clear()
    passes: list[AtCommit] = ["pass"] * 50
    proxy.at_commit[:] = passes
    sent = [send_until_accepted(behind)]
    behind.machine.run_all()
    commits = proxy.counts["pass COMMIT"]
    assert commits >= 3
    for index in range(commits):
        behind.llm.forget()
        behind.llm.script(Reply(TEXT), Reply(TEXT))
        proxy.at_commit[:] = [*passes[:index], when]
        sent.append(send_until_accepted(behind))
        behind.machine.run_all()
        turn = behind.turn(sent[-1][1].json["turn"]["id"])
        assert (turn["status"], turn["degraded"], turn["text"]) == ("done", [], TEXT), index
        assert len(behind.llm.streamed) == 1, "the reply is committed again, not asked for again"
    assert proxy.counts[f"{when} COMMIT"] == commits
    invariants.check(behind, sent=sent, scripts=[TEXT])
    record_property("figure", f"{commits} COMMITs cut {when}")


def test_refused_database_means_come_back_later_and_nothing_is_lost(behind: Chat, proxy: Proxy) -> None:
    """F27, F49: 503 with Retry-After from every route that needs it, never 500 and never "wrong password"."""
    username = registration()["username"]
    proxy.refusing = True
    proxy.cut()
    bootstrap.database().close()
    client_id = str(uuid4())
    login = Browser().post(auth, "/api/auth/login", {"identifier": username, "password": PASSWORD})
    register = Browser().post(auth, "/api/auth/register", registration())
    answers = [behind.send("canary-said", client_id=client_id), behind.get("/api/companions"), login, register]
    for answer in answers:
        assert (answer.status, answer.error) == (503, "unavailable")
        assert int(answer.headers["retry-after"]) >= 1
    proxy.refusing = False
    sent = send_until_accepted(behind, client_id=client_id)
    behind.llm.script(Reply(TEXT))
    behind.machine.run_all()
    invariants.check(behind, sent=[sent], answers=answers, max_calls=1, scripts=[TEXT])


def test_database_that_stalls_while_text_streams_costs_nothing_but_a_pause(behind: Chat, proxy: Proxy) -> None:
    """F30: shorter than the lease, so nobody takes over; the text goes on where it stopped."""
    behind.llm.script(Reply(chunks=CHUNKS, chunk_delay_s=0.05))
    _, answer = sent = send_until_accepted(behind)
    runner = in_background(behind.machine.run_all)
    wait_until(lambda: len(behind.frames("token")) >= 2)
    proxy.stall(True)
    time.sleep(0.3)
    before = len(behind.frames("token"))
    time.sleep(2)
    assert len(behind.frames("token")) <= before + 1, "nothing is published that is not stored"
    proxy.stall(False)
    runner.join(20)
    turn = behind.turn(answer.json["turn"]["id"])
    assert (turn["status"], turn["attempt"]) == ("done", 1)
    assert behind.frames("reset") == []
    assert behind.shown_text() == TEXT
    invariants.check(behind, sent=[sent], max_calls=1, scripts=[TEXT])


def test_database_cut_again_and_again_while_text_streams(behind: Chat, proxy: Proxy) -> None:
    """F27: three cuts in one reply, the last with refusals; no reset, no gap."""
    behind.llm.script(Reply(chunks=CHUNKS, chunk_delay_s=0.12))
    _, answer = sent = send_until_accepted(behind)
    runner = in_background(behind.machine.run_all)
    for count in (2, 4, 6):
        wait_until(lambda count=count: len(behind.frames("token")) >= count)
        proxy.refusing = count == 6
        proxy.cut()
    time.sleep(0.5)
    proxy.refusing = False
    runner.join(30)
    bootstrap.database().close()  # this thread's connection was cut too; a page would ask again after the 503
    turn = behind.turn(answer.json["turn"]["id"])
    assert (turn["status"], turn["text"]) == ("done", TEXT)
    assert behind.frames("reset") == []
    assert behind.shown_text() == TEXT
    invariants.check(behind, sent=[sent], max_calls=1, scripts=[TEXT])


@pytest.mark.parametrize("function", ["AnalyzeContext", "GenerateReply", "ReanalyzeContext", "UpdateState"])
def test_failover_of_half_a_minute_is_outlasted(chat: Chat, function: str, record_property: Any) -> None:
    """F27: each state in turn finds no database seven times; its pauses are those of a failover, and the reply comes."""
    pauses: list[float] = []
    refusals = 7

    def refuse_first(payload: dict[str, Any]) -> Any:
        if len(pauses) < refusals:
            raise DatabaseUnavailableError("away")
        return call_step(function, payload)

    chat.machine.handlers[function] = refuse_first
    chat.machine.wait = pauses.append
    chat.machine.jitter = lambda longest: longest / 2
    chat.llm.script(Reply(TEXT))
    turn = chat.say("canary-said")
    assert (turn["status"], turn["degraded"], turn["text"]) == ("done", [], TEXT)
    assert sum(pauses) >= 30, "on average"
    invariants.check(chat, max_calls=1, scripts=[TEXT])
    record_property("figure", f"{function}: {sum(pauses):.0f} s of pauses on average")


def test_too_many_connections_are_refused_kindly(
    behind: Chat, admin: "psycopg.Connection[Any]", worker: FakeAws, proxy: Proxy, record_property: Any
) -> None:
    """F28: a role that may have six connections under 24 senders; PostgreSQL's own error 53300."""
    with _as_role(admin, worker, "hub_few", "CONNECTION LIMIT 6"):
        companions = [behind.post("/api/companions", {"name": f"C{n}"}).json["id"] for n in range(24)]
        bootstrap.database().close()
        refusals: list[Answer] = []
        together = threading.Barrier(24)

        def send(companion_id: str) -> Answer:
            body = {"client_message_id": str(uuid4()), "text": "canary-said", "want_image": False}
            together.wait()
            path = f"/api/companions/{companion_id}/messages"
            while (answer := behind.browser.post(chat_api, path, body)).status not in (200, 202):
                refusals.append(answer)
                assert len(refusals) < 4_000
                time.sleep(random.uniform(0.05, 0.2))
            time.sleep(0.1)  # a worker stays a while before its connection goes
            bootstrap.database().close()
            return answer

        with ThreadPoolExecutor(24) as pool:
            accepted = list(pool.map(send, companions))
        assert all(answer.status in (200, 202) for answer in accepted)
        assert refusals, "there was room for everybody: the test proves nothing"
        for answer in refusals:
            assert (answer.status, answer.error) == (503, "unavailable"), answer.body
            assert int(answer.headers["retry-after"]) >= 1
        behind.machine.run_all()
        for answer in accepted:
            assert behind.turn(answer.json["turn"]["id"])["status"] == "done"
    invariants.check(behind, answers=refusals)
    record_property("figure", f"{len(refusals)} refusals, 24 of 24 accepted in the end")


def _as_role(admin: "psycopg.Connection[Any]", worker: FakeAws, name: str, options: str) -> "_Role":
    return _Role(admin, worker, name, options)


class _Role:
    """The functions log in as an ordinary role while this is entered."""

    def __init__(self, admin: "psycopg.Connection[Any]", worker: FakeAws, name: str, options: str) -> None:
        self._admin, self._worker, self._name = admin, worker, name
        self._before = worker.secrets["database"]
        admin.execute(f"DROP ROLE IF EXISTS {name}".encode())
        admin.execute(f"CREATE ROLE {name} LOGIN {options}".encode())
        admin.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {name}".encode())
        admin.execute(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {name}".encode())

    def __enter__(self) -> "_Role":
        self.rotate()
        forget_worker()
        return self

    def rotate(self) -> None:
        self._worker.secrets["database"] = json.dumps({**json.loads(self._before), "username": self._name})

    def __exit__(self, *_: object) -> None:
        self._worker.secrets["database"] = self._before
        forget_worker()
        self._admin.execute(f"DROP OWNED BY {self._name}".encode())
        self._admin.execute(f"DROP ROLE {self._name}".encode())


def test_rotated_database_login_is_fetched_in_the_middle_of_a_reply(
    behind: Chat, admin: "psycopg.Connection[Any]", worker: FakeAws
) -> None:
    """F31: the secret names another login, the old one is shut out and its connections end."""
    with _as_role(admin, worker, "hub_old", ""), _as_role(admin, worker, "hub_new", "") as new:
        new.rotate()
        worker.secrets["database"] = worker.secrets["database"].replace("hub_new", "hub_old")
        forget_worker()
        behind.llm.script(Reply(chunks=CHUNKS, chunk_delay_s=0.08))
        _, answer = sent = send_until_accepted(behind)
        runner = in_background(behind.machine.run_all)
        wait_until(lambda: len(behind.frames("token")) >= 3)
        new.rotate()
        admin.execute("ALTER ROLE hub_old NOLOGIN")
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'hub_old'")
        runner.join(20)
        bootstrap.database().close()  # ended too; a page would ask again after the 503
        turn = behind.turn(answer.json["turn"]["id"])
        assert (turn["status"], turn["text"], turn["attempt"]) == ("done", TEXT, 1)
        invariants.check(behind, sent=[sent], max_calls=1, scripts=[TEXT])


@pytest.mark.parametrize("state", ["40001", "40P01"], ids=["serialization failure", "deadlock"])
@pytest.mark.parametrize(("table", "event"), [("messages", "INSERT"), ("turns", "UPDATE")])
def test_lost_races_are_run_again(
    behind: Chat, admin: "psycopg.Connection[Any]", state: str, table: str, event: str
) -> None:
    """F29: the database itself says so, three times; the user notices nothing."""
    admin.execute("CREATE SEQUENCE races")
    admin.execute(
        f"""
        CREATE FUNCTION lose_race() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF pg_current_xact_id_if_assigned() IS NOT NULL AND nextval('races') IN (1, 2, 5) THEN
                RAISE EXCEPTION 'lost' USING ERRCODE = '{state}';
            END IF;
            RETURN NEW;
        END $$;
        """.encode()
    )
    admin.execute(
        f"CREATE TRIGGER lose_race BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION lose_race()".encode()
    )
    try:
        behind.llm.script(*[Reply(TEXT)] * 3)
        client_id = str(uuid4())
        answer = behind.send("canary-said", client_id=client_id)
        assert answer.status == 202, "two lost races in the send, and nobody was told to come again"
        sent = (client_id, answer)
        behind.machine.run_all()
        turn = behind.turn(answer.json["turn"]["id"])
        assert (turn["status"], turn["degraded"]) == ("done", [])
        invariants.check(behind, sent=[sent], scripts=[TEXT])
    finally:
        admin.execute(f"DROP TRIGGER lose_race ON {table}".encode())
        admin.execute("DROP FUNCTION lose_race")
        admin.execute("DROP SEQUENCE races")


def test_twenty_writers_in_one_chat_never_wait_in_a_circle(behind: Chat, admin: "psycopg.Connection[Any]") -> None:
    """F29: sends, deletions, reads, stops and the worker at once, on one companion; no deadlock, no 5xx."""
    deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
    before = admin.execute(deadlocks).fetchone()
    stop = time.monotonic() + 3
    answers: list[Answer] = []
    sent: list[tuple[str, Answer]] = []

    def write(index: int) -> None:
        while time.monotonic() < stop:
            if index % 4 == 0:
                client_id = str(uuid4())
                answer = behind.send("canary-said", client_id=client_id)
                if answer.status == 202:
                    sent.append((client_id, answer))
                    behind.machine.run(answer.json["turn"]["id"], _input(answer))
            elif index % 4 == 1:
                shown = behind.get(f"/api/companions/{behind.companion_id}/messages").json["items"]
                answer = behind.delete(f"/api/messages/{shown[-1]['id']}") if shown else behind.get("/api/me/none")
            elif index % 4 == 2:
                answer = behind.get(f"/api/companions/{behind.companion_id}")
            elif sent:
                answer = behind.post(f"/api/turns/{sent[-1][1].json['turn']['id']}/cancel")
            else:
                continue
            answers.append(answer)
        bootstrap.database().close()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(write, range(20)))
    assert sent
    assert [answer.body for answer in answers if answer.status >= 500] == []
    admin.execute("SELECT pg_stat_clear_snapshot()")
    after = admin.execute(deadlocks).fetchone()
    assert after == before, "a deadlock"
    invariants.check(behind, answers=answers)


def _input(answer: Answer) -> dict[str, Any]:
    turn = answer.json["turn"]
    return {"v": 1, "turn_id": turn["id"], "kind": turn["kind"], "want_image": False}


def test_killed_database_loses_nothing_it_confirmed(
    worker: FakeAws, llm: Any, tmp_path: Any, long_form: bool, record_property: Any
) -> None:
    """Item 4: SIGKILL of PostgreSQL's processes while sends commit; the resend of the same id settles each.

    A server of its own, whose commits are durable: the other tests' is allowed to forget.
    """
    from companion_hub.db.migrate import migrate
    from tests.fakes.postgres import running_postgres

    before = worker.secrets["database"]
    with running_postgres("synchronous_commit=on", "full_page_writes=on", "fsync=on") as conninfo:
        with psycopg.connect(conninfo, autocommit=True) as connection:
            migrate(connection)
        parts = conninfo_to_dict(conninfo)
        url = f"postgresql://{parts['user']}@/{parts['dbname']}?host={parts['host']}"
        worker.secrets["database"] = json.dumps(database_parameters(url))
        forget_worker()
        try:
            chat = Chat(worker, llm)
            killed, accepted = _send_under_fire(chat, rounds=12 if long_form else 4)
            rows = chat.rows("SELECT client_message_id, turn_id FROM messages WHERE role = 'user'")
            assert {str(row["client_message_id"]): str(row["turn_id"]) for row in rows} == accepted
            assert len(rows) == len(accepted)
            record_property("figure", f"{killed} kills, {len(accepted)} messages, each once")
        finally:
            bootstrap.database().close()
            worker.secrets["database"] = before
            forget_worker()


def _send_under_fire(chat: Chat, *, rounds: int) -> tuple[int, dict[str, str]]:
    killed = 0
    accepted: dict[str, str] = {}
    for _ in range(rounds):
        (row,) = chat.rows("SELECT pg_backend_pid() AS pid")
        delay = random.uniform(0.0, 0.02)
        timer = threading.Timer(delay, os.kill, (row["pid"], signal.SIGKILL))
        timer.start()
        killed += 1
        until = time.monotonic() + delay + 0.05
        while time.monotonic() < until or len(accepted) < killed:
            client_id, answer = send_until_accepted(chat)
            accepted[client_id] = answer.json["turn"]["id"]
            send_until_accepted(chat, client_id=client_id)
            end_active_turn(chat)
        timer.join()
    return killed, accepted


def end_active_turn(chat: Chat) -> None:
    while True:
        try:
            chat.execute(
                "UPDATE turns SET status = 'cancelled', finished_at = now() WHERE companion_id = %(companion)s"
            )
        except DatabaseUnavailableError:
            time.sleep(0.05)
            continue
        return
