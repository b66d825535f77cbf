"""Our overhead before the first token, against a bare relay in the same run, with a model that answers at once.

Run: ``python -m bench.first_token [--turns N] [--history N]``.  The bare relay opens the same stream with the same
client and posts the first token to the same socket endpoint.  GenerateReply also claims the turn, loads everything for
the prompt, builds it, and stores the token before it posts it.  Both are measured from the call to the moment the
socket endpoint has the frame; the two alternate, so that a busy machine slows both.
"""

import argparse
import os
import statistics
import threading
import time
from collections.abc import Callable
from uuid import uuid4

import psycopg
from psycopg.conninfo import conninfo_to_dict

from companion_hub import bootstrap
from companion_hub.db.migrate import migrate
from companion_hub.models.frame import TokenFrame
from companion_hub.observability import logger
from companion_hub.providers.event_stream import Delta
from companion_hub.providers.language_model import ChatMessage, ChatRequest
from tests.conftest import worker_environment, worker_secrets
from tests.fakes.aws import FakeAws
from tests.fakes.chat import Chat
from tests.fakes.fake_llm import FakeLanguageModel, Reply
from tests.fakes.machine import call_step
from tests.fakes.postgres import running_postgres

ANSWER = Reply(chunks=["Hello", " there."])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=60)
    parser.add_argument("--history", type=int, default=200, help="messages already in the chat")
    options = parser.parse_args()
    logger.setLevel("ERROR")
    with running_postgres() as conninfo, FakeLanguageModel() as llm:
        with psycopg.connect(conninfo, autocommit=True) as connection:
            migrate(connection)
        aws = FakeAws()
        parts = conninfo_to_dict(conninfo)
        aws.secrets = worker_secrets(f"postgresql://{parts['user']}@/{parts['dbname']}?host={parts['host']}")
        os.environ.update(worker_environment(aws) | {"LLM_BASE_URL": llm.url, "POWERTOOLS_METRICS_DISABLED": "true"})
        chat = Chat(aws, llm)
        _fill(chat, options.history)
        relay, ours = _measure(chat, options.turns)
        bootstrap.database().close()
        aws.close()
    _report("bare relay", relay)
    _report("GenerateReply", ours)
    difference_ms = (statistics.median(ours) - statistics.median(relay)) * 1000
    print(f"overhead {difference_ms:.1f} ms, ratio {statistics.median(ours) / statistics.median(relay):.2f}")


def _fill(chat: Chat, count: int) -> None:
    chat.execute(
        """
        INSERT INTO messages (id, user_id, companion_id, seq, role, text, alternatives)
        SELECT gen_random_uuid(), c.user_id, c.id, n, CASE n %% 2 WHEN 1 THEN 'user' ELSE 'assistant' END,
               repeat('some words of a chat ', 12), 0
        FROM companions c, generate_series(1, %(count)s) AS n
        WHERE c.id = %(companion)s
        """,
        count=count,
    )
    chat.execute("UPDATE companions SET next_seq = %(next)s WHERE id = %(companion)s", next=count + 1)


def _measure(chat: Chat, turns: int) -> tuple[list[float], list[float]]:
    relay: list[float] = []
    ours: list[float] = []
    for index in range(turns + 5):
        chat.llm.script(ANSWER, ANSWER)
        relay_s = _until_posted(chat, lambda: _relay(chat))
        turn_id = chat.send("Hi").json["turn"]["id"]
        event = {"v": 1, "turn_id": turn_id, "execution": turn_id, "retry_count": 0}
        call_step("AnalyzeContext", event)
        ours_s = _until_posted(chat, lambda event=event: call_step("GenerateReply", event))
        for step in ("ReanalyzeContext", "UpdateState"):
            call_step(step, event)
        if index >= 5:  # the first few warm the connections up
            relay.append(relay_s)
            ours.append(ours_s)
    return relay, ours


def _relay(chat: Chat) -> None:
    stream = bootstrap.language_model().stream(ChatRequest([ChatMessage("user", "Hi")], max_tokens=100))
    event = stream.next(10)
    assert isinstance(event, Delta)
    bootstrap.sockets().post(chat.socket, TokenFrame(turn_id=uuid4(), attempt=1, offset=0, text=event.text))
    stream.close()


def _until_posted(chat: Chat, work: Callable[[], object]) -> float:
    """Return the seconds from the call until the socket endpoint has a token."""
    chat.aws.frames.clear()
    posted_at: list[float] = []
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            if any(frame["type"] == "token" for _, frame in list(chat.aws.frames)):
                posted_at.append(time.perf_counter())
                return
            time.sleep(0.0002)

    watcher = threading.Thread(target=watch)
    watcher.start()
    started = time.perf_counter()
    work()
    watcher.join(5)
    done.set()
    return posted_at[0] - started


def _report(name: str, seconds: list[float]) -> None:
    ordered = sorted(seconds)
    middle, late = statistics.median(ordered) * 1000, ordered[int(len(ordered) * 0.95)] * 1000
    print(f"{name:14} median {middle:6.1f} ms   95 % {late:6.1f} ms")


if __name__ == "__main__":
    main()
