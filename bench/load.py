"""Load on one machine: people who chat at once, with and without faults, a login storm, and more than it can take.

Run: ``hub bench load [--users N] [--turns N] [--soak MINUTES] [--only PART] [--write]``.  Every state's function runs in a process of its
own (tests/faults/workers.py), so every invocation is a cold one and can really be killed; the pauses between a state's tries
are those of the state machine.  The API runs in threads, each with its own connection, through a proxy that can cut them.
The language model answers in about 0.3 s.
"""

import argparse
import ctypes
import gc
import json
import os
import random
import statistics
import sys
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast
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
from tests.faults.page import Page
from tests.faults.proxy import Proxy
from tests.faults.workers import Workers

T = TypeVar("T")

ROLE = "hub_functions"
CRASHES = ("at the start#1", "after claims.claim#1", "after claims.flush#1", "before the answer#1")
CHUNKS = [f"word{index} " for index in range(15)]
# The second and the fourth are analysed by the model too.
TEXTS = (
    "How was your day?",
    "Please put on the red dress.",
    "Tell me more.",
    "My sister is called Ann. Let's walk to the park.",
)
STEPS = ("AnalyzeContext", "GenerateReply", "ReanalyzeContext", "UpdateState", "FailTurn")
# What PostgreSQL lets the functions have when there is to be too little of everything.
FEW_CONNECTIONS = 24


class Faults(NamedTuple):
    """Shares of workers killed and of turns whose socket is dropped; cuts of all database connections, ``every_s`` apart."""

    kills: float = 0.0
    drops: float = 0.0
    cuts: int = 0
    every_s: float = 0.0


class Model(FakeLanguageModel):
    """Answers in 15 pieces; when ``faulty``, 20 % 429, 10 % 500 and 10 % half answers."""

    faulty = False

    def next_reply(self, body: dict[str, Any]) -> Reply:
        reply = super().next_reply(body)
        self.forget()  # a soak would fill the memory
        self.keys.clear()
        fate = random.random() if self.faulty else 1.0
        if fate < 0.2:
            return Reply(status=429, headers={"Retry-After": "0.3"})
        if fate < 0.3:
            return Reply(status=500)
        if body.get("stream"):
            return Reply(chunks=CHUNKS, chunk_delay_s=0.02, cut=fate < 0.4)
        return Reply(reply.text[:5]) if fate < 0.4 else reply


class Frames(list[tuple[str, dict[str, Any]]]):
    """What FakeAws keeps of frames, by socket, to be taken away by its reader."""

    def __init__(self) -> None:
        super().__init__()
        self._of: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self.unread: set[str] = set()  # sockets whose frames nobody takes: a soak would fill the memory

    def append(self, item: tuple[str, dict[str, Any]]) -> None:
        if item[0] not in self.unread:
            self._of[item[0]].append(item[1])

    def take(self, socket: str) -> list[dict[str, Any]]:
        return self._of.pop(socket, [])


class Person:
    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self.page = Page(chat.turn)
        self.sockets = [chat.socket]


class Ended(NamedTuple):
    how: str
    whole: bool
    first_token_ms: int | None


class Load:
    def __init__(self, aws: FakeAws, llm: Model, proxy: Proxy, workers: Workers) -> None:
        self.aws, self.llm, self.proxy, self.workers = aws, llm, proxy, workers
        self.frames = Frames()
        aws.frames = self.frames
        aws.requests = cast("list[str]", deque[str](maxlen=1))
        self.people: list[Person] = []
        self.statuses: Counter[int] = Counter()
        self.turns: list[Ended] = []
        self.waits_s: list[float] = []
        self.memory_mb: list[float] = []
        self.blocks: list[int] = []  # of Python's allocator
        self.connections: list[int] = []
        self.cold = False  # whether an API call leaves its connection, as when there are too few
        self._lock = threading.Lock()

    def add_people(self, count: int) -> None:
        def step(function: str) -> Callable[[dict[str, Any]], Any]:
            return lambda payload: self.workers.invoke(function, payload)

        while len(self.people) < count:
            chat = Chat(self.aws, self.llm)
            for function in STEPS:
                chat.machine.handlers[function] = step(function)
            chat.machine.wait = time.sleep
            self.people.append(Person(chat))

    def run(
        self, name: str, users: int, turns: int, *, faults: Faults | None = None, until: float = float("inf")
    ) -> str:
        """Let so many people have so many turns each (or until that time); return a line of figures."""
        faults = faults or Faults()
        self.statuses.clear()
        self.turns.clear()
        self.waits_s.clear()
        self.add_people(users)
        self.workers.crash = lambda _function: random.choice(CRASHES) if random.random() < faults.kills else None
        self.llm.faulty = faults != Faults()
        started = time.monotonic()
        stop = threading.Event()
        helpers = [
            threading.Thread(target=self._cut, args=(faults, stop), daemon=True),
            threading.Thread(target=self._sample, args=(stop,), daemon=True),
        ]
        for helper in helpers:
            helper.start()
        try:
            with ThreadPoolExecutor(users) as pool:
                list(pool.map(lambda person: self._talk(person, turns, faults.drops, until), self.people[:users]))
        finally:
            stop.set()
            for helper in helpers:
                helper.join()
            self.llm.faulty = False
            self.workers.crash = lambda _function: None
        seconds = time.monotonic() - started
        bootstrap.database().close()
        for person in self.people[:users]:
            invariants.check(person.chat, page=person.page)
        return self._line(name, seconds)

    def _line(self, name: str, seconds: float) -> str:
        first = sorted(turn.first_token_ms for turn in self.turns if turn.first_token_ms is not None)
        waits = sorted(self.waits_s)
        ends = Counter(turn.how for turn in self.turns)
        others = ", ".join(f"{how} {count}" for how, count in sorted(ends.items()) if how != "done")
        figures = [
            name,
            f"{len(self.turns)}",
            f"{100 * ends['done'] / len(self.turns):.1f} %" + (f" ({others})" if others else ""),
            f"{100 * sum(turn.whole for turn in self.turns) / len(self.turns):.1f} %",
            _median_and_95(first),
            _median_and_95([wait * 1000 for wait in waits]),
            f"{len(self.turns) / seconds:.1f}",
            " ".join(f"{status}×{count}" for status, count in sorted(self.statuses.items())),
        ]
        print(" | ".join(figures), flush=True)
        return "| " + " | ".join(figures) + " |"

    def _cut(self, faults: Faults, stop: threading.Event) -> None:
        for _ in range(faults.cuts):
            if stop.wait(faults.every_s * random.uniform(0.7, 1.0)):
                return
            self.proxy.cut()

    def _sample(self, stop: threading.Event) -> None:
        self.memory_mb.clear()
        self.blocks.clear()
        self.connections.clear()
        while True:
            gc.collect()
            self.blocks.append(sys.getallocatedblocks())
            _give_back_freed_memory()
            pages = int(Path("/proc/self/statm").read_text().split()[1])
            self.memory_mb.append(pages * os.sysconf("SC_PAGE_SIZE") / 1e6)
            self.connections.append(self.proxy.open)
            if stop.wait(5):
                return

    def _talk(self, person: Person, turns: int, drops: float, until: float) -> None:
        try:
            for index in range(turns):
                if time.monotonic() > until:
                    return
                dropper = None
                if random.random() < drops:
                    dropper = threading.Timer(random.uniform(0, 1.5), self._drop, [person])
                    dropper.start()
                ended = self._turn(person, TEXTS[index % len(TEXTS)])
                if dropper is not None:
                    dropper.cancel()
                    dropper.join()
                with self._lock:
                    self.turns.append(ended)
        finally:
            bootstrap.database().close()

    def _drop(self, person: Person) -> None:
        """The network drops the page's socket; it opens another, while its turn goes on."""
        self.aws.gone.add(person.chat.socket)
        person.chat.socket = _persistently(person.chat.open_socket)
        person.sockets.append(person.chat.socket)
        bootstrap.database().close()

    def _turn(self, person: Person, text: str) -> Ended:
        """Send, let the state machine run, and look at the page as its user does: never press anything."""
        sent = self._send(person.chat, text)
        turn_id: str = sent.json["turn"]["id"]
        for name in [name for name in list(self.aws.executions) if name.startswith(turn_id)]:
            self._execute(person.chat, name, self.aws.executions.pop(name))
        while (turn := _persistently(lambda: person.chat.turn(turn_id)))["status"] in ("queued", "running"):
            self._leave_connection()
            time.sleep(1)
        for socket in person.sockets:
            for frame in self.frames.take(socket):
                _persistently(lambda frame=frame: person.page.receive(frame))
        person.sockets = person.sockets[-1:]
        shown = person.page.texts.get(turn_id, "")
        assert turn["attempt"] != person.page.attempts.get(turn_id) or turn["text"].startswith(shown), (
            "doubled or mixed"
        )
        _persistently(lambda: person.page.catch_up(turn_id))
        self._leave_connection()
        how = turn["error"]["code"] if turn["error"] else turn["status"]
        return Ended(how, how == "done" and not turn["degraded"], turn["first_token_ms"])

    def _execute(self, chat: Chat, name: str, given: dict[str, Any]) -> None:
        try:
            if chat.machine.run(name, given) != "Failed":
                return
        except (Exception, Killed):  # FailTurn gave up: the execution's status event is the next to tell
            pass
        finally:
            chat.machine.states.clear()
        for pause_s in (1, 2, 0):
            try:
                self.workers.invoke("TurnEnded", {"detail": {"name": name, "status": "FAILED"}})
            except (Exception, Killed):
                time.sleep(pause_s)
                continue
            return

    def _send(self, chat: Chat, text: str) -> Answer:
        """Send as a page does: the same id again when told to come later."""
        client_id = str(uuid4())
        while True:
            started = time.monotonic()
            answer = chat.send(text, client_id=client_id)
            self._leave_connection()
            with self._lock:
                self.statuses[answer.status] += 1
                self.waits_s.append(time.monotonic() - started)
            if answer.status in (200, 202):
                return answer
            assert answer.status in (429, 503), answer.body
            time.sleep(float(answer.headers["retry-after"]) * random.uniform(0.7, 1.3))

    def _leave_connection(self) -> None:
        if self.cold:
            bootstrap.database().close()

    def storm(self, logins: int) -> Counter[int]:
        """So many people log in at once, from addresses of their own."""
        username = self.people[0].chat.browser.get(auth, "/api/me").json["user"]["username"]

        def log_in(index: int) -> int:
            browser = Browser(address=f"203.0.113.{index % 250}:4000")
            try:
                return browser.post(auth, "/api/auth/login", {"identifier": username, "password": PASSWORD}).status
            finally:
                bootstrap.database().close()

        with ThreadPoolExecutor(min(logins, 40)) as pool:
            return Counter(pool.map(log_in, range(logins)))


def _persistently(action: Callable[[], T]) -> T:
    """Do it again while the database is away: a page reads again, too."""
    for _ in range(100):
        try:
            return action()
        except AssertionError:
            bootstrap.database().close()
            time.sleep(0.2)
    return action()


def _median_and_95(values: list[float] | list[int]) -> str:
    return f"{statistics.median(values):.0f} / {values[int(len(values) * 0.95)]:.0f} ms" if values else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--turns", type=int, default=10, help="turns of each person")
    parser.add_argument("--soak", type=float, default=0, metavar="MINUTES", help="go on under faults for so long, last")
    parser.add_argument(
        "--only", choices=("faults", "overload", "soak"), help="one part; of these only the soak is written"
    )
    parser.add_argument("--write", action="store_true", help="put the figures into docs/reliability.md")
    options = parser.parse_args()
    logger.setLevel("ERROR")
    with running_postgres() as conninfo, Model() as llm, psycopg.connect(conninfo, autocommit=True) as admin:
        migrate(admin)
        _make_role(admin)
        parts = conninfo_to_dict(conninfo)
        url = f"postgresql://{ROLE}@/{parts['dbname']}?host={parts['host']}"
        with Proxy(f"{parts['host']}/.s.PGSQL.5432").running() as proxy:
            aws = FakeAws()
            aws.secrets = worker_secrets(url)
            behind = {**database_parameters(url), "host": "127.0.0.1", "port": proxy.port}
            aws.secrets["database"] = json.dumps(behind)
            environment = worker_environment(aws) | {"LLM_BASE_URL": llm.url, "LOG_LEVEL": "ERROR"}
            os.environ.update(environment)
            workers = Workers(environment)
            try:
                load = Load(aws, cast("Model", llm), proxy, workers)
                lines = [] if options.only == "soak" else _measure(load, admin, options)
                soak = _soak(load, options) if options.soak else []
            finally:
                workers.close()
                bootstrap.database().close()
                aws.close()
    if options.write and not options.only:
        put("load", "\n".join(lines))
    if options.write and soak:
        put("soak", "\n".join(soak))


def _give_back_freed_memory() -> None:
    """glibc keeps what threads freed, an arena for each: what is measured is what is in use."""
    with suppress(OSError, AttributeError):  # another C library: the figure then counts freed memory too
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def _make_role(admin: "psycopg.Connection[Any]") -> None:
    """An ordinary role for the functions: a superuser has no limit of connections."""
    admin.execute(f"CREATE ROLE {ROLE} LOGIN".encode())
    admin.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {ROLE}".encode())
    admin.execute(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {ROLE}".encode())


_TABLE = (
    "| Scenario | Turns | Done | Whole | First token, median / 95 % | Send answered, median / 95 % | Turns/s | Answers |",
    "|---|---|---|---|---|---|---|---|",
)


def _measure(load: Load, admin: "psycopg.Connection[Any]", options: argparse.Namespace) -> list[str]:
    users, turns = options.users, options.turns
    under_faults = Faults(kills=0.05, drops=0.2, cuts=3, every_s=turns * 2.0)
    lines = [
        "## Load",
        "",
        f"Measured {machine()} before it began.  Two cores' worth of figures: everything (API, workers, database, models, people)",
        "shares them.  The model takes 0.3 s for a reply; every state runs in a cold process of its own, with the state machine's",
        "pauses between tries.  After every line the invariants are checked for every person, and what each page put together.",
        "Done: without the user doing anything.  Whole: done, with scene and memory analysed too.",
        "",
        *_TABLE,
    ]
    notes: list[str] = []
    if options.only != "overload":
        if not options.only:
            lines += _without_faults(load, users, turns, notes)
        lines.append(load.run(f"{users} people under faults", users, turns, faults=under_faults))
    if options.only != "faults":
        load.cold = True
        load.add_people(4 * users)
        bootstrap.database().close()
        admin.execute(f"ALTER ROLE {ROLE} CONNECTION LIMIT {FEW_CONNECTIONS}".encode())
        try:
            lines.append(load.run(f"{4 * users} people at once (overload)", 4 * users, 2))
        finally:
            admin.execute(f"ALTER ROLE {ROLE} CONNECTION LIMIT -1".encode())
            load.cold = False
        lines.append(load.run("1 person afterwards", 1, 5))
    return [
        *lines,
        "",
        "Under faults: 5 % of workers killed, 20 % of turns with their socket dropped, of the model's answers 20 % 429, 10 % 500",
        "and 10 % cut in half, three cuts of every database connection.  Overload: the database refuses more than",
        f"{FEW_CONNECTIONS} connections (53300).  Database connections: at most {load.proxy.most_open}, {load.proxy.open} in the end.",
        *notes,
    ]


def _soak(load: Load, options: argparse.Namespace) -> list[str]:
    """Go on under faults for long: what grows would show."""
    cuts = max(1, round(options.soak / 2))
    faults = Faults(kills=0.05, drops=0.2, cuts=cuts, every_s=60 * options.soak / cuts)
    lines = ["## Soak", "", f"Measured {machine()} before it began; everything as under Load.", "", *_TABLE]
    until = time.monotonic() + options.soak * 60
    name = f"{options.users} people for {options.soak:g} minutes under faults"
    lines.append(load.run(name, options.users, 10**6, faults=faults, until=until))
    tenth = max(1, len(load.memory_mb) // 10)
    memory = [statistics.mean(load.memory_mb[part]) for part in (slice(tenth, 2 * tenth), slice(-tenth, None))]
    blocks = [statistics.mean(load.blocks[part]) / 1e3 for part in (slice(tenth, 2 * tenth), slice(-tenth, None))]
    note = (
        f"{memory[0]:.0f} MB of memory (API, fakes and people) in its second tenth, {memory[1]:.0f} MB in its last, of"
        f" which Python holds {blocks[0]:.0f} and {blocks[1]:.0f} thousand blocks;"
        f" database connections {statistics.mean(load.connections[:10]):.0f} on average at its beginning,"
        f" {statistics.mean(load.connections[-10:]):.0f} at its end, {cuts} cuts."
    )
    print(note, flush=True)
    return [*lines, "", note]


def _without_faults(load: Load, users: int, turns: int, notes: list[str]) -> list[str]:
    lines = [load.run("1 person", 1, turns), load.run(f"{users} people", users, turns)]
    idle = 0
    for person in load.people[:users]:
        for _ in range(200 // users):
            load.frames.unread.add(person.chat.open_socket())
            idle += 1
    lines.append(load.run(f"{users} people, {idle} idle sockets", users, turns))
    storm: list[Counter[int]] = []
    beside = threading.Thread(target=lambda: storm.append(load.storm(60)), daemon=True)
    beside.start()
    lines.append(load.run(f"{users} people beside 60 logins", users, turns))
    beside.join()
    answers = " ".join(f"{status}×{count}" for status, count in sorted(storm[0].items()))
    notes.append(f"Logins in the storm: {answers}.")
    return lines


if __name__ == "__main__":
    main()
