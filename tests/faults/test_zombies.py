"""Workers that are paused (SIGSTOP), overtaken, and wake up (FAULTS.md F4, F5): real processes, real signals."""

import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from companion_hub.errors import HubError
from tests.fakes.chat import Chat
from tests.fakes.fake_llm import Reply
from tests.fakes.machine import Killed
from tests.faults import invariants
from tests.faults.workers import Workers

FIRST = Reply(chunks=["The ", "first ", "worker's ", "text ", "is ", "late."], chunk_delay_s=0.15)
SECOND = Reply("The second worker's text.")


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 15
    while not condition():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.01)


class Overtaken:
    """GenerateReply's first worker is stopped after its second frame; Step Functions takes it for dead."""

    def __init__(self, chat: Chat, workers: Workers) -> None:
        self._chat, self._workers = chat, workers
        self.calls = 0
        self.outcome: list[object] = []
        self.thread: threading.Thread | None = None
        chat.machine.handlers["GenerateReply"] = self

    def __call__(self, payload: dict[str, Any]) -> Any:
        self.calls += 1
        if self.calls > 1:
            return self._workers.invoke("GenerateReply", payload)

        def run() -> None:
            try:
                self.outcome.append(self._workers.invoke("GenerateReply", payload))
            except (HubError, Killed) as exc:
                self.outcome.append(exc)

        self.thread = threading.Thread(target=run, daemon=True)
        self.thread.start()
        wait_until(lambda: len(self._chat.frames("token")) >= 2)
        self.pids = self._workers.signal("GenerateReply", signal.SIGSTOP)
        raise Killed

    def wake(self) -> None:
        import os

        for pid in self.pids:
            os.kill(pid, signal.SIGCONT)
        assert self.thread is not None
        self.thread.join(15)


@pytest.mark.parametrize("wakes", ["while the second works", "after all is done"])
def test_paused_worker_wakes_and_changes_nothing(remote: Chat, workers: Workers, wakes: str) -> None:
    """F4: its flushes and its commit hit nothing; the page drops what it still says."""
    overtaken = Overtaken(remote, workers)
    meanwhile = wakes == "while the second works"
    remote.llm.script(FIRST, Reply(chunks=SECOND.text.split(" "), chunk_delay_s=0.3) if meanwhile else SECOND)
    expected = SECOND.text.replace(" ", "") if meanwhile else SECOND.text

    def wake_later() -> None:
        wait_until(lambda: overtaken.calls > 1 and bool(remote.frames("reset")))
        overtaken.wake()

    waker = threading.Thread(target=wake_later, daemon=True)
    if meanwhile:
        waker.start()
    turn = remote.say("canary-said")
    if not meanwhile:
        overtaken.wake()
    else:
        waker.join(15)
    for shown in (turn["text"], remote.turn(turn["id"])["text"], remote.texts()[-1]):
        assert shown == expected
    assert (turn["status"], turn["attempt"]) == ("done", 2)
    assert len(remote.frames("reset")) == 1
    invariants.check(remote, max_calls=2, scripts=[expected], logs=workers.log_text())


@pytest.mark.parametrize(
    ("function", "point"),
    [
        ("AnalyzeContext", "after claims.claim#1"),
        ("GenerateReply", "after claims.claim#1"),
        ("GenerateReply", "after claims.flush#2"),
        ("ReanalyzeContext", "after claims.claim#1"),
        ("ReanalyzeContext", "after prompts.load_for_step#1"),
        ("UpdateState", "after claims.claim#1"),
    ],
)
def test_worker_paused_before_it_writes_writes_nothing(
    remote: Chat, workers: Workers, function: str, point: str
) -> None:
    """F4: paused between its last look and its transaction, overtaken, woken: every row stays as the other left it."""
    remote.llm.script(Reply("*puts on a red dress* One."), Reply("*puts on a blue dress* Two."))
    calls: list[threading.Thread] = []

    def overtaken(payload: dict[str, Any]) -> Any:
        if calls:
            return workers.invoke(function, payload)

        def run() -> None:
            try:
                workers.invoke(function, payload, pause_at=point)
            except (HubError, Killed):
                return

        calls.append(threading.Thread(target=run, daemon=True))
        calls[0].start()
        wait_until(lambda: workers.is_paused(function))
        raise Killed

    remote.machine.handlers[function] = overtaken
    turn = remote.say("canary-said")
    assert turn["status"] == "done"
    tables = ("turns", "messages", "companions", "message_alternatives", "usage", "memories")
    queries = [f"SELECT to_jsonb(t) AS row FROM {table} t ORDER BY 1" for table in tables]
    before = [remote.rows(query) for query in queries]
    workers.signal(function, signal.SIGCONT)
    calls[0].join(15)
    assert not calls[0].is_alive()
    assert [remote.rows(query) for query in queries] == before
    invariants.check(remote, max_calls=2)


def test_worker_paused_before_its_commit_wakes_while_another_streams(remote: Chat, workers: Workers) -> None:
    """F4: all its text is out, only the COMMIT is missing; by then the turn is another worker's."""
    remote.llm.script(Reply("The first text."), Reply(chunks=["The ", "second ", "text."], chunk_delay_s=0.7))
    calls: list[threading.Thread] = []

    def overtaken(payload: dict[str, Any]) -> Any:
        if calls:
            waker = threading.Thread(target=wake)
            waker.start()
            try:
                return workers.invoke("GenerateReply", payload)
            finally:
                waker.join(15)

        def run() -> None:
            try:
                workers.invoke("GenerateReply", payload, pause_at="after claims.flush#2")
            except (HubError, Killed):
                return

        calls.append(threading.Thread(target=run, daemon=True))
        calls[0].start()
        wait_until(lambda: workers.is_paused("GenerateReply"))
        raise Killed

    def wake() -> None:
        wait_until(lambda: bool(remote.frames("reset")))
        workers.signal("GenerateReply", signal.SIGCONT)
        calls[0].join(15)

    remote.machine.handlers["GenerateReply"] = overtaken
    turn = remote.say("canary-said")
    assert (turn["status"], turn["text"], turn["attempt"]) == ("done", "The second text.", 2)
    assert remote.texts()[-1] == "The second text."
    invariants.check(remote, max_calls=2, scripts=["The second text."])


def test_step_delivered_twice_at_once_runs_once(remote: Chat, workers: Workers) -> None:
    """F5: the second delivery of the same try is turned away while the first one works, and has nothing to do after."""
    remote.llm.script(Reply(chunks=["One ", "reply."], chunk_delay_s=0.2), SECOND)
    refused: list[str] = []

    def twice(payload: dict[str, Any]) -> Any:
        def again() -> None:
            try:
                workers.invoke("GenerateReply", payload)
            except HubError as exc:
                refused.append(type(exc).__name__)

        wait = threading.Thread(target=lambda: (wait_until(lambda: bool(remote.frames("token"))), again()))
        wait.start()
        result = workers.invoke("GenerateReply", payload)
        wait.join(15)
        return result

    remote.machine.handlers["GenerateReply"] = twice
    turn = remote.say("canary-said")
    assert refused == ["TurnLeasedError"]
    assert (turn["status"], turn["text"], turn["attempt"]) == ("done", "One reply.", 1)
    invariants.check(remote, max_calls=1, scripts=["One reply."])
