"""Load on one machine: people who chat at once, with and without faults, a login storm, and more than it can take.

Run: ``hub bench load [--users N] [--turns N] [--soak MINUTES] [--write]``.  Every state's function runs in a process of its
own (tests/faults/workers.py), so every invocation is a cold one and can really be killed; the API runs in threads, each
with its own connection, through a proxy that can cut them.  The language model answers in about 0.3 s.
"""

import argparse
import json
import os
import random
import resource
import statistics
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast
from uuid import uuid4

import psycopg
from psycopg.conninfo import conninfo_to_dict

from companion_hub import bootstrap
from companion_hub.db.migrate import migrate
from companion_hub.observability import logger
from functions.auth.handler import handler as auth
from tests.conftest import database_parameters, worker_environment, worker_secrets
from tests.fakes.aws import FakeAws
from tests.fakes.chat import Chat
from tests.fakes.fake_llm import FakeLanguageModel, Reply
from tests.fakes.gateway import Answer, Browser
from tests.fakes.machine import Killed
from tests.fakes.people import PASSWORD
from tests.fakes.postgres import running_postgres
from tests.faults import invariants
from tests.faults.document import machine, put
from tests.faults.proxy import Proxy
from tests.faults.workers import Workers

CRASHES = ("at the start#1", "after turns.claim#1", "after turns.flush#1", "before the answer#1")
CHUNKS = [f"word{index} " for index in range(15)]


class Model(FakeLanguageModel):
    """Answers in 15 pieces; when ``faulty``, 20 % 429, 10 % 500 and 10 % half streams."""

    faulty = False

    def next_reply(self, body: dict[str, Any]) -> Reply:
        super().next_reply(body)
        if not body.get("stream"):
            return super().next_reply(body)
        fate = random.random() if self.faulty else 1.0
        if fate < 0.2:
            return Reply(status=429, headers={"Retry-After": "0.3"})
        if fate < 0.3:
            return Reply(status=500)
        return Reply(chunks=CHUNKS, chunk_delay_s=0.02, cut=fate < 0.4)


class Load:
    def __init__(self, aws: FakeAws, llm: Model, proxy: Proxy, workers: Workers) -> None:
        self.aws, self.llm, self.proxy, self.workers = aws, llm, proxy, workers
        self.people: list[Chat] = []
        self.statuses: Counter[int] = Counter()
        self.turns: list[dict[str, Any]] = []
        self.waits_s: list[float] = []
        self._lock = threading.Lock()

    def add_people(self, count: int) -> None:
        while len(self.people) < count:
            person = Chat(self.aws, self.llm)
            for function in ("AnalyzeContext", "GenerateReply", "ReanalyzeContext", "UpdateState", "FailTurn"):
                person.machine.handlers[function] = self._step(function)
            self.people.append(person)

    def _step(self, function: str):
        def invoke(payload: dict[str, Any]) -> Any:
            try:
                return self.workers.invoke(function, payload)
            except Exception:
                time.sleep(random.uniform(0.2, 0.6))  # the state machine waits before a retry
                raise

        return invoke

    def kill_some(self, share: float) -> None:
        self.workers.crash = lambda _function: random.choice(CRASHES) if random.random() < share else None

    def run(self, name: str, users: int, turns: int, *, drops: float = 0.0, cuts: int = 0) -> str:
        """Let so many people have so many turns each; return a line of figures."""
        self.statuses.clear()
        self.turns.clear()
        self.waits_s.clear()
        self.add_people(users)
        started = time.monotonic()
        stop = threading.Event()
        cutter = threading.Thread(target=self._cut, args=(cuts, stop), daemon=True)
        cutter.start()
        with ThreadPoolExecutor(users) as pool:
            list(pool.map(lambda person: self._talk(person, turns, drops), self.people[:users]))
        stop.set()
        cutter.join()
        seconds = time.monotonic() - started
        bootstrap.database().close()
        for person in self.people[:users]:
            invariants.check(person, logs="")
        done = sum(turn["status"] == "done" for turn in self.turns)
        first = sorted(turn["first_token_ms"] for turn in self.turns if turn["first_token_ms"] is not None)
        whole = [turn["status"] == "done" and not turn["degraded"] for turn in self.turns]
        share = 100 * done / len(self.turns)
        figures = [
            name,
            f"{len(self.turns)}",
            f"{share:.1f} % ({sum(whole)} whole)",
            f"{statistics.median(first):.0f} / {first[int(len(first) * 0.95)]:.0f} ms" if first else "-",
            f"{statistics.median(self.waits_s) * 1000:.0f} ms",
            f"{len(self.turns) / seconds:.1f}",
            " ".join(f"{status}×{count}" for status, count in sorted(self.statuses.items())),
        ]
        print(" | ".join(figures), flush=True)
        return "| " + " | ".join(figures) + " |"

    def _cut(self, cuts: int, stop: threading.Event) -> None:
        for _ in range(cuts):
            if stop.wait(random.uniform(1.0, 2.5)):
                return
            self.proxy.cut()

    def _talk(self, person: Chat, turns: int, drops: float) -> None:
        try:
            for _ in range(turns):
                if random.random() < drops:
                    self.aws.gone.add(person.socket)
                    person.socket = self._persistently(person.open_socket)
                sent = self._send(person)
                turn_id = sent.json["turn"]["id"]
                name = next(reversed([n for n in list(self.aws.executions) if n.startswith(turn_id)]), None)
                if name is not None:
                    self._execute(person, name)
                turn = self._persistently(lambda turn_id=turn_id: person.turn(turn_id))
                with self._lock:
                    self.turns.append(turn)
        finally:
            bootstrap.database().close()

    def _execute(self, person: Chat, name: str) -> None:
        try:
            if person.machine.run(name, self.aws.executions[name]) != "Failed":
                return
        except Exception:
            pass
        for _ in range(3):
            try:
                self.workers.invoke("TurnEnded", {"detail": {"name": name, "status": "FAILED"}})
            except (Killed, Exception):
                time.sleep(0.3)
                continue
            return

    def _send(self, person: Chat) -> Answer:
        client_id = str(uuid4())
        while True:
            started = time.monotonic()
            answer = person.send("Tell me about your day, please.", client_id=client_id)
            with self._lock:
                self.statuses[answer.status] += 1
                self.waits_s.append(time.monotonic() - started)
            if answer.status in (200, 202):
                return answer
            assert answer.status in (429, 503), answer.body
            time.sleep(min(float(answer.headers["retry-after"]), 0.5) * random.uniform(0.5, 1.0))

    @staticmethod
    def _persistently(action: Any) -> Any:
        for _ in range(20):
            try:
                return action()
            except AssertionError:
                time.sleep(0.2)
        return action()

    def storm(self, logins: int) -> Counter[int]:
        """So many people log in at once, from addresses of their own."""
        username = self.people[0].browser.get(auth, "/api/me").json["user"]["username"]

        def log_in(index: int) -> int:
            browser = Browser(address=f"203.0.113.{index % 250}:4000")
            try:
                return browser.post(auth, "/api/auth/login", {"identifier": username, "password": PASSWORD}).status
            finally:
                bootstrap.database().close()

        with ThreadPoolExecutor(min(logins, 40)) as pool:
            return Counter(pool.map(log_in, range(logins)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--turns", type=int, default=2, help="turns of each person")
    parser.add_argument("--soak", type=float, default=0, metavar="MINUTES", help="go on under faults for so long")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/reliability.md")
    options = parser.parse_args()
    logger.setLevel("CRITICAL")
    with running_postgres() as conninfo, Model() as llm:
        with psycopg.connect(conninfo, autocommit=True) as connection:
            migrate(connection)
        parts = conninfo_to_dict(conninfo)
        given = database_parameters(f"postgresql://{parts['user']}@/{parts['dbname']}?host={parts['host']}")
        with Proxy(f"{given['host']}/.s.PGSQL.5432").running() as proxy:
            aws = FakeAws()
            aws.secrets = worker_secrets(f"postgresql://{parts['user']}@/{parts['dbname']}?host={parts['host']}")
            aws.secrets["database"] = json.dumps({**given, "host": "127.0.0.1", "port": proxy.port})
            environment = worker_environment(aws) | {"LLM_BASE_URL": llm.url, "LOG_LEVEL": "ERROR"}
            os.environ.update(environment)
            workers = Workers(environment)
            try:
                lines = _measure(Load(aws, cast("Model", llm), proxy, workers), options)
            finally:
                workers.close()
                bootstrap.database().close()
                aws.close()
    if options.write:
        put("load", "\n".join(lines))


def _measure(load: Load, options: argparse.Namespace) -> list[str]:
    users, turns = options.users, options.turns
    lines = [
        "## Load",
        "",
        f"Measured {machine()} at the start.  The model takes 0.3 s; every state runs in a cold process.  Invariants are",
        "checked for every person after every line.",
        "",
        "| Scenario | Turns | Done | First token, median / 95 % | 202 median | Turns/s | Answers |",
        "|---|---|---|---|---|---|---|",
    ]
    lines.append(load.run("1 person", 1, 5))
    lines.append(load.run(f"{users} people", users, turns))
    load.add_people(users)
    for person in load.people[:10]:
        for _ in range(19):
            person.open_socket()
    lines.append(load.run(f"{users} people, {min(10, users) * 19} idle sockets", users, turns))
    storm: list[Counter[int]] = []
    beside = threading.Thread(target=lambda: storm.append(load.storm(60)), daemon=True)
    beside.start()
    lines.append(load.run(f"{users} people beside 60 logins", users, turns))
    beside.join()
    load.llm.faulty = True
    load.kill_some(0.05)
    lines.append(load.run(f"{users} people under faults", users, turns, drops=0.2, cuts=3))
    until = time.monotonic() + options.soak * 60
    memory: list[float] = []
    while time.monotonic() < until:
        lines.append(load.run("soak under faults", users, turns, drops=0.2, cuts=3))
        memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3)
    load.llm.faulty = False
    load.workers.crash = lambda _function: None
    lines.append(load.run(f"{4 * users} people at once (overload)", 4 * users, 1))
    lines.append(load.run("1 person afterwards", 1, 5))
    answers = " ".join(f"{status}×{count}" for status, count in sorted(storm[0].items()))
    lines += [
        "",
        "Under faults: 5 % of workers killed, 20 % of sockets dropped, of the model's answers 20 % 429, 10 % 500 and 10 % cut",
        f"in half, three cuts of every database connection.  Logins in the storm: {answers}.  Database connections: at most",
        f"{load.proxy.most_open}, {load.proxy.open} in the end.",
    ]
    if memory:
        lines.append(
            f"Most memory of this process after the soak's first round: {memory[0]:.0f} MB, after its last: {memory[-1]:.0f} MB."
        )
    return lines


if __name__ == "__main__":
    main()
