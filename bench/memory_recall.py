"""Memory: what is learnt, and what comes back: ``python -m bench.memory_recall [--misses] [--quick] [--words]``.

Plays ``tests/corpus/memories.jsonl`` into chats on a real PostgreSQL: of five people 30 to 96 facts told among 400 messages of
small talk, the companion remembering 300 other things; then asks for each fact twice, in its own words and in others, through the very
statement a turn runs (repositories/prompts.py).  Counts a fact as recalled when it is among the first 1, 8 or 24 (what a
prompt takes) memories: by their words alone, and by their meaning too, with the bundled embedding model (``--words``: without
it).  Then the same with 10,000 memories, where the statement's time is taken next to ``SELECT 1``.
"""

import json
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from itertools import cycle, product
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import perf_counter, sleep
from typing import Any, Literal, NamedTuple
from uuid import UUID

import httpx
import psycopg
from psycopg.rows import dict_row

from companion_hub.db.connection import Conn
from companion_hub.db.migrate import migrate
from companion_hub.ids import new_id
from companion_hub.models.companion import CompanionProfile
from companion_hub.models.memory import Learnt
from companion_hub.models.scene import Scene
from companion_hub.providers.embeddings import OpenAiCompatibleEmbeddings
from companion_hub.repositories import companions, memory_embeddings, prompts
from companion_hub.services.meaning import Embeddings, code_of, question_of
from companion_hub.services.memories import remember
from companion_hub.services.memory_rules import learn
from companion_hub.services.memory_words import related_words
from devtools.config import free_port, load_config
from devtools.embeddings import MODEL, fetch
from devtools.language_model import install_runtime
from tests.fakes.postgres import running_postgres

CORPUS = Path(__file__).parent.parent / "tests" / "corpus" / "memories.jsonl"
LEARNING = CORPUS.with_name("learning.jsonl")
# The sets of the corpus by person: what two people say of themselves would supersede each other.
PEOPLE = (("dev", "held_out"), ("held_out_2",), ("held_out_3",), ("held_out_4",), ("blind",), ("blind_2",))
BUDGETS = (1, 8, 24)
MESSAGES = 400
Asking = Literal["direct", "paraphrase"]

_SMALL_TALK = (
    "Good morning! Did you see the rain?", "The bus was late again today.", "Haha, that is funny.", "What are you up to?",
    "I had soup for lunch.", "Tell me something nice.", "The neighbours are noisy tonight.", "Let's sit down for a while.",
    "That sounds good to me.", "I watched the game last night.", "Can you open the window?", "It is getting late.",
)  # fmt: skip
_OTHERS = ("Kasia", "Ben", "Olu", "Mrs Tran", "the postman", "a guest", "Father Dominic", "Lucy", "the plumber", "Hank")
_DEEDS = (
    "asked about the weather on a Monday", "said the soup was too salty", "liked the new curtains", "told a joke about a duck",
    "works at the garage in the next street", "has a dog that barks at night", "lives two doors down", "wants to sell a sofa",
    "bought tickets for the museum", "plays cards on Fridays", "has a sister in Norway", "eats toast with marmalade",
    "is afraid of lifts", "sings in the shower", "moved the bins to the yard", "drives a white van", "hates Mondays",
    "wrote a letter to the council", "has a birthday in May", "drinks tea with milk", "reads the paper on the balcony",
    "broke a vase in the hall", "speaks a little French", "wants to learn to swim", "promised to bring cake",
    "collects stamps", "went to Wales for a week", "lost an umbrella", "has blue shutters", "sleeps until noon",
)  # fmt: skip


class Fact(NamedTuple):
    id: str
    said: str
    memory: str
    direct: str
    paraphrase: str
    set: str


def facts(sets: Sequence[str] = PEOPLE[0]) -> list[Fact]:
    told = [Fact(**json.loads(line)) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    return [fact for fact in told if fact.set in sets]


class Chat(NamedTuple):
    user_id: UUID
    companion_id: UUID


def plant(connection: Conn, *, distractors: int, sets: Sequence[str] = PEOPLE[0]) -> Chat:
    """Make a person with a companion that was told everything, the facts spread over the chat."""
    user_id = new_id()
    connection.execute(
        "INSERT INTO users (id, name, email, username, password_hash) VALUES (%(id)s, 'Tom', %(mail)s, %(nick)s, '')",
        {"id": user_id, "mail": f"{user_id}@example.org", "nick": user_id.hex[-20:]},
    )
    companion_id = companions.insert(
        connection, user_id, name="Mara", profile=CompanionProfile(), scene=Scene(), image_seed=1, card=None
    )
    told, talk = facts(sets), cycle(_SMALL_TALK)
    every = (MESSAGES - len(told)) // len(told)
    texts: list[tuple[str, Fact | None]] = []
    for fact in told:
        texts.append((fact.said, fact))
        texts.extend((next(talk), None) for _ in range(every))
    texts.extend((next(talk), None) for _ in range(MESSAGES - len(texts)))
    for seq, (text, fact) in enumerate(texts, 1):
        message_id = new_id()
        connection.execute(
            "INSERT INTO messages (id, user_id, companion_id, seq, role, text) "
            "VALUES (%(id)s, %(user_id)s, %(companion_id)s, %(seq)s, 'user', %(text)s)",
            {"id": message_id, "user_id": user_id, "companion_id": companion_id, "seq": seq, "text": text},
        )
        if fact is not None:
            known = [Learnt("fact", fact.memory, 3)]
            remember(connection, user_id, companion_id, known, user_name="Tom", message_id=message_id)
    others = [f"{who} {deed}{when}." for when, deed, who in product(_whens(distractors), _DEEDS, _OTHERS)]
    _insert_many(connection, user_id, companion_id, others[:distractors])
    connection.execute("ANALYZE memories")
    return Chat(user_id, companion_id)


def _whens(count: int) -> Iterator[str]:
    yield ""
    for number in range(1, count // (len(_DEEDS) * len(_OTHERS)) + 2):
        yield f", in week {number}"


def _insert_many(connection: Conn, user_id: UUID, companion_id: UUID, texts: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO memories (id, user_id, companion_id, kind, text, importance, keywords)
            VALUES (%(id)s, %(user_id)s, %(companion_id)s, 'event', %(text)s, 3, %(keywords)s)
            """,
            [
                {"id": new_id(), "user_id": user_id, "companion_id": companion_id, "text": text,
                 "keywords": related_words(text)}
                for text in texts
            ],
        )  # fmt: skip


@contextmanager
def asking(connection: Conn, chat: Chat, question: str, embeddings: Embeddings | None = None) -> Iterator[UUID]:
    """A queued turn that answers the question, as AnalyzeContext leaves it; gone afterwards."""
    message_id, turn_id = new_id(), new_id()
    connection.execute(
        "INSERT INTO messages (id, user_id, companion_id, seq, role, text) "
        "VALUES (%(id)s, %(user_id)s, %(companion_id)s, 1000000, 'user', %(text)s)",
        {"id": message_id, "user_id": chat.user_id, "companion_id": chat.companion_id, "text": question},
    )
    connection.execute(
        "INSERT INTO turns (id, user_id, companion_id, kind, user_message_id, deadline_at) "
        "VALUES (%(id)s, %(user_id)s, %(companion_id)s, 'reply', %(message_id)s, now() + interval '1 hour')",
        {"id": turn_id, "user_id": chat.user_id, "companion_id": chat.companion_id, "message_id": message_id},
    )
    if (asked := question_of(embeddings, question)) is not None:
        connection.execute(
            "UPDATE turns SET question_code = %(code)s::bit varying, question_model = %(model)s WHERE id = %(id)s",
            {"id": turn_id, **asked._asdict()},
        )
    yield turn_id
    connection.execute("DELETE FROM turns WHERE id = %(id)s", {"id": turn_id})
    connection.execute("DELETE FROM messages WHERE id = %(id)s", {"id": message_id})


def rank(connection: Conn, chat: Chat, fact: Fact, how: Asking, embeddings: Embeddings | None = None) -> int:
    """Return the place of the fact among what is recalled, from 1; 0 when it is not."""
    with asking(connection, chat, getattr(fact, how), embeddings) as turn_id:
        recalled = prompts.load(connection, turn_id).memories
    return recalled.index(fact.memory) + 1 if fact.memory in recalled else 0


def share(places: Iterable[int], budget: int) -> float:
    counted = [0 < place <= budget for place in places]
    return sum(counted) / len(counted)


def report_learning() -> None:
    """Print what the rules alone, without a model, learn: of the facts above, and of ``learning.jsonl`` by set."""
    told = facts([name for sets in PEOPLE for name in sets])
    print(
        f"The rules alone learn from {sum(bool(learn(fact.said)) for fact in told)} of {len(told)} messages that tell a fact."
    )
    print("\n| messages | facts found | of what is learnt is right |\n|---|---|---|")
    cases = [json.loads(line) for line in LEARNING.read_text(encoding="utf-8").splitlines()]
    for name in dict.fromkeys(case["set"] for case in cases):
        of_set = [case for case in cases if case["set"] == name]
        texts = [[item.text for item in learn(case["said"])] for case in of_set]
        expected = [(pattern, found) for case, found in zip(of_set, texts, strict=True) for pattern in case["learns"]]
        hits = sum(any(re.search(pattern, text, re.IGNORECASE) for text in found) for pattern, found in expected)
        learnt = [
            (case["learns"] + case["may_learn"], text)
            for case, found in zip(of_set, texts, strict=True)
            for text in found
        ]
        right = sum(any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns) for patterns, text in learnt)
        print(f"| {name} ({len(of_set)}) | {hits} of {len(expected)} | {right} of {len(learnt)} |")


def latency_ms(
    connection: Conn, chat: Chat, *, times: int, embeddings: Embeddings | None = None
) -> tuple[float, float]:
    """Return the medians of the statement before a reply and of ``SELECT 1``."""
    questions = [fact.paraphrase for fact in facts()]
    load: list[float] = []
    one: list[float] = []
    for _, question in zip(range(times), cycle(questions)):
        with asking(connection, chat, question, embeddings) as turn_id:
            started = perf_counter()
            prompts.load(connection, turn_id)
            load.append(perf_counter() - started)
        started = perf_counter()
        connection.execute("SELECT 1").fetchone()
        one.append(perf_counter() - started)
    return statistics.median(load) * 1000, statistics.median(one) * 1000


@contextmanager
def database() -> Iterator[Conn]:
    with running_postgres() as conninfo:
        with psycopg.connect(conninfo, autocommit=True) as connection:
            migrate(connection)
        with psycopg.Connection[dict[str, Any]].connect(conninfo, autocommit=True, row_factory=dict_row) as connection:
            yield connection


@contextmanager
def bundled_embeddings() -> Iterator[Embeddings]:
    """The local run's own embedding model, served as it is there.  Raises WeightsError when it cannot be had."""
    install_runtime(print)
    with NamedTemporaryFile() as log:
        key, port = "bench", free_port()
        command = [
            sys.executable,
            "-m",
            "devtools.embeddings",
            str(fetch(load_config().data_dir / "models", print)),
            str(port),
        ]
        with subprocess.Popen(command, env={**os.environ, "LOCAL_LLM_KEY": key}, stdout=log, stderr=log) as server:
            try:
                endpoint = OpenAiCompatibleEmbeddings(f"http://127.0.0.1:{port}/v1", MODEL, lambda _fresh: key)
                with closing(endpoint):
                    _wait_until_it_answers(port, server)
                    yield Patient(endpoint)
            finally:
                server.kill()


class Patient:
    """Waits for the endpoint where a turn would go on without it: what is found is measured here, not how fast."""

    def __init__(self, endpoint: OpenAiCompatibleEmbeddings) -> None:
        self._endpoint = endpoint
        self.model = endpoint.model

    def embed(self, texts: Sequence[str], *, timeout_s: float) -> list[list[float]]:
        del timeout_s
        return self._endpoint.embed(texts, timeout_s=60)


def _wait_until_it_answers(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        assert server.poll() is None, "the embedding model's server stopped"
        with suppress(httpx.HTTPError):
            if httpx.get(f"http://127.0.0.1:{port}/health", timeout=1).is_success:
                return
        sleep(0.1)
    raise AssertionError("the embedding model's server does not answer")


def embed_all(connection: Conn, chat: Chat, embeddings: Embeddings) -> None:
    """Give every memory its code, as turns would do in time."""
    while waiting := memory_embeddings.without(connection, chat.companion_id, model=embeddings.model, limit=64):
        vectors = embeddings.embed([memory.text for memory in waiting], timeout_s=60)
        memory_embeddings.store(connection, waiting, [code_of(vector) for vector in vectors], model=embeddings.model)
    connection.execute("ANALYZE memory_embeddings")


def report(
    connection: Conn, sets: Sequence[str], embeddings: Embeddings | None, *, distractors: int, misses: bool
) -> Chat:
    chat = plant(connection, distractors=distractors, sets=sets)
    if embeddings is not None:
        embed_all(connection, chat, embeddings)
    told = facts(sets)
    print(
        f"\n| {len(told)} facts, {len(told) + distractors:,} memories | " + " | ".join(f"@{b}" for b in BUDGETS) + " |"
    )
    print("|---|" + "---|" * len(BUDGETS))
    hows: tuple[Asking, ...] = ("direct", "paraphrase")
    finders = (None, embeddings) if embeddings else (None,)
    for name, how, finder in product(sets, hows, finders):
        ranks = {fact: rank(connection, chat, fact, how, finder) for fact in told if fact.set == name}
        shares = " | ".join(f"{share(ranks.values(), budget):.0%}" for budget in BUDGETS)
        by = ", by meaning too" if finder else ""
        print(f"| {name} ({len(ranks)}), asked in {'its words' if how == 'direct' else 'other words'}{by} | {shares} |")
        for fact, place in ranks.items():
            if misses and not 0 < place <= BUDGETS[1]:
                print(f"   {place:3} {getattr(fact, how)!r} -> {fact.memory!r} ({related_words(fact.memory)})")
    return chat


def print_latency(connection: Conn, chat: Chat, embeddings: Embeddings | None) -> None:
    load, one = latency_ms(connection, chat, times=100)
    print(f"\nstatement before a reply {load:.2f} ms, SELECT 1 {one:.2f} ms (medians)")
    if embeddings is not None:
        load, _ = latency_ms(connection, chat, times=100, embeddings=embeddings)
        spent: list[float] = []
        for fact in facts():
            started = perf_counter()
            embeddings.embed([fact.paraphrase], timeout_s=60)
            spent.append(perf_counter() - started)
        print(
            f"by meaning too {load:.2f} ms, and {statistics.median(spent) * 1000:.1f} ms for the question's embedding"
        )


def main() -> None:
    misses = "--misses" in sys.argv
    report_learning()
    with ExitStack() as stack:
        connection = stack.enter_context(database())
        embeddings = None if "--words" in sys.argv else stack.enter_context(bundled_embeddings())
        for distractors in (300,) if "--quick" in sys.argv else (300, 10_000):
            for sets in PEOPLE:
                more = distractors if distractors == 300 else distractors - len(facts(sets))
                chat = report(connection, sets, embeddings, distractors=more, misses=misses and distractors == 300)
                if sets == PEOPLE[0]:
                    print_latency(connection, chat, embeddings)


if __name__ == "__main__":
    main()
