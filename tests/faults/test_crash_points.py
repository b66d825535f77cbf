"""Every crash point × {first attempt, every attempt}: one turn each, and what must hold after it (FAULTS.md §0).

The points are not listed anywhere: a run without faults is watched, and then every point it passed is crashed at.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest

from functions.image.handler import handler as image_api
from tests.fakes.chat import Chat
from tests.fakes.fake_llm import Reply
from tests.fakes.fake_sd import FakeStableDiffusion
from tests.fakes.gateway import Answer
from tests.fakes.machine import Killed
from tests.faults import invariants
from tests.faults.conftest import small_drawing
from tests.faults.page import Page
from tests.faults.workers import Workers

# Two to three flushes each; the texts differ, so that a mixture of two attempts shows.
SCRIPTS = [[f"canary-reply {word} ", "and ", "the ", "rest ", "of ", "it."] for word in ("one", "two", "three", "four")]
TEXTS = ["".join(chunks) for chunks in SCRIPTS]
STEPS = ("AnalyzeContext", "GenerateReply", "ReanalyzeContext", "UpdateState")
# The quick form crashes at both sides of every COMMIT and in the middle of the stream; the long one everywhere.
QUICK = ("COMMIT", "Workflow.start", "S3ObjectStore.put#1", "claims.flush#1")
QUICK_ALWAYS = ("claims.flush#1",)


@dataclass
class Crash:
    """Kills a function's worker at a point: in its first invocation, or in every one (of a sender, in the first three)."""

    function: str
    point: str
    every: bool
    fired: int = 0
    always: dict[str, str] = field(default_factory=dict[str, str])

    def __call__(self, function: str) -> str | None:
        if function in self.always:
            return self.always[function]
        if function != self.function or (self.fired and not self.every) or (function == "Chat" and self.fired == 3):
            return None
        self.fired += 1
        return self.point


class Scene:
    """One person whose turns are crashed one after the other, a page that watches, and a bystander."""

    def __init__(self, chat: Chat, workers: Workers, sd: FakeStableDiffusion) -> None:
        self.chat, self.workers, self.sd = chat, workers, sd
        self.page = Page(chat.turn)
        self.bystander = Chat(chat.aws, chat.llm)
        self.sent: list[tuple[str, Answer]] = []
        self.answers: list[Answer] = []

    def text_turn(self) -> str:
        """Send as a page does (again under the same id until it is answered) and run the turn."""
        self.chat.llm.script(*[Reply(chunks=chunks, chunk_delay_s=0.03) for chunks in SCRIPTS])
        client_id = str(uuid4())
        body = {"client_message_id": client_id, "text": "canary-said put on a red dress", "want_image": False}
        path = f"/api/companions/{self.chat.companion_id}/messages"
        for _ in range(5):
            try:
                answer = self.chat.browser.post(self.workers.handler("Chat"), path, body)
            except Killed:
                continue
            break
        else:
            raise AssertionError("the sender never lived long enough")
        assert answer.status in (200, 202), answer.body  # 200: it had been stored before its sender died
        self.sent.append((client_id, answer))
        turn_id: str = answer.json["turn"]["id"]
        self.run(turn_id)
        return turn_id

    def failing_turn(self) -> str:
        """A turn whose model refuses the key, so that FailTurn has something to do."""
        self.chat.llm.forget()
        answer = self.chat.send("canary-said")
        self.chat.llm.script(*[Reply(status=403)] * 4)
        turn_id: str = answer.json["turn"]["id"]
        self.run(turn_id)
        return turn_id

    def picture(self) -> str:
        self.sd.script(*[small_drawing() for _ in range(4)])
        path = f"/api/companions/{self.chat.companion_id}/images"
        answer = self.chat.browser.post(image_api, path, {"prompt": "canary-said"})
        assert answer.status == 202, answer.body
        turn_id: str = answer.json["id"] if "id" in answer.json else answer.json["turn"]["id"]
        self.run(turn_id)
        return turn_id

    def run(self, turn_id: str) -> None:
        """Run the execution; where it dies, its status event comes; what is left then is ended by a late read."""
        for name, given in list(self.chat.aws.executions.items()):
            if not name.startswith(turn_id):
                continue
            try:
                if self.chat.machine.run(name, given) == "Failed":
                    self._status_event(name)
            except (Exception, Killed):
                self._status_event(name)
        if self.chat.turn(turn_id)["status"] in ("queued", "running"):
            self.chat.execute(
                "UPDATE turns SET deadline_at = now() - interval '1 second' WHERE id = %(id)s", id=turn_id
            )
            self.chat.turn(turn_id)

    def _status_event(self, name: str) -> None:
        for _ in range(3):  # an asynchronous invocation is tried three times
            try:
                self.workers.invoke("TurnEnded", {"detail": {"name": name, "status": "FAILED"}})
            except Killed:
                continue
            return

    def check(self, turn_id: str, *, max_calls: int) -> None:
        known = {str(row["id"]) for row in self.chat.rows("SELECT id FROM turns WHERE companion_id = %(companion)s")}
        assert {name[:36] for name in self.chat.aws.executions} <= known, "started before it was stored"
        for frame in self.chat.frames():
            self.page.receive(frame)
        self.page.catch_up(turn_id)
        invariants.check(
            self.chat,
            sent=self.sent,
            page=self.page,
            max_calls=max_calls,
            scripts=TEXTS,
            bystander=self.bystander,
            logs=self.workers.log_text(),
        )
        self.chat.llm.forget()
        self.sd.forget()
        self.chat.aws.frames.clear()
        self.chat.aws.executions.clear()


@pytest.fixture
def scene(remote: Chat, workers: Workers, sd: FakeStableDiffusion) -> Scene:
    return Scene(remote, workers, sd)


def crashes(points: dict[str, list[str]], functions: tuple[str, ...], *, long_form: bool) -> Iterator[Crash]:
    """Yield what to crash: everything in the long form; in the quick one the points that differ most."""
    for function in functions:
        for point in points[function]:
            if not long_form and (not any(part in point for part in QUICK) or point.endswith("#2")):
                continue
            yield Crash(function, point, every=False)
            if long_form or any(part in point for part in QUICK_ALWAYS):
                yield Crash(function, point, every=True)


def collect(failures: list[str], crash: Crash, action: Any) -> None:
    try:
        action()
    except (AssertionError, Killed) as exc:
        often = "every attempt" if crash.every else "first attempt"
        failures.append(f"{crash.function}, {crash.point}, {often}: {exc}")


def test_turn_survives_a_crash_at_every_point(
    scene: Scene, workers: Workers, long_form: bool, record_property: Any
) -> None:
    """F3, F5, F6, F7, F8, F47: the text of a turn, from the sender to the last state."""
    functions = ("Chat", *STEPS)
    turn_id = scene.text_turn()
    assert scene.chat.turn(turn_id)["status"] == "done"
    scene.check(turn_id, max_calls=1)
    points = {function: workers.points[function] for function in functions}
    failures: list[str] = []
    count = 0

    def one(crash: Crash) -> None:
        workers.crash = crash
        try:
            turn_id = scene.text_turn()
        finally:
            workers.crash = lambda _function: None
        assert crash.fired, "the point was not passed"
        turn = scene.chat.turn(turn_id)
        # Where a retry helps the reply comes; where every attempt dies the end is visible, and a reply once stored stays.
        if not crash.every or crash.function == "Chat":
            assert (turn["status"], turn["degraded"]) == ("done", []), (turn["status"], turn["degraded"], turn["error"])
        else:
            assert turn["status"] == "done" or turn["error"]["retryable"], turn["status"]
        # GenerateReply runs at most three times (two retries), and only a run's own crash makes another call.
        scene.check(turn_id, max_calls=3 if crash.function == "GenerateReply" else 1)

    for crash in crashes(points, functions, long_form=long_form):
        count += 1
        collect(failures, crash, lambda crash=crash: one(crash))
        if len(failures) > 5:
            break
    record_property("figure", f"{count} crashes at {sum(len(p) for p in points.values())} points")
    assert not failures, "\n".join(failures)


def test_picture_survives_a_crash_at_every_point(
    scene: Scene, workers: Workers, long_form: bool, record_property: Any
) -> None:
    """F26, F36: between files and row, and everywhere else."""
    turn_id = scene.picture()
    assert scene.chat.turn(turn_id)["status"] == "done"
    scene.check(turn_id, max_calls=0)
    failures: list[str] = []
    count = 0

    def one(crash: Crash) -> None:
        workers.crash = crash
        try:
            turn_id = scene.picture()
        finally:
            workers.crash = lambda _function: None
        turn = scene.chat.turn(turn_id)
        assert turn["status"] == "done" or (crash.every and turn["error"]["retryable"]), turn
        scene.check(turn_id, max_calls=0)

    for crash in crashes(dict(workers.points), ("GenerateImage",), long_form=long_form):
        count += 1
        collect(failures, crash, lambda crash=crash: one(crash))
    record_property("figure", f"{count} crashes")
    assert not failures, "\n".join(failures)


def test_failing_turn_ends_visibly_wherever_its_end_crashes(
    scene: Scene, workers: Workers, long_form: bool, record_property: Any
) -> None:
    """F47: FailTurn and TurnEnded are the last to tell the user; they may die too."""
    turn_id = scene.failing_turn()
    assert scene.chat.turn(turn_id)["status"] == "failed"
    scene.check(turn_id, max_calls=1)
    fail_points = list(workers.points["FailTurn"])
    workers.crash = Crash("FailTurn", "at the start#1", every=True)
    scene.check(scene.failing_turn(), max_calls=1)
    end_points = list(workers.points["TurnEnded"])
    failures: list[str] = []
    count = 0

    def one(crash: Crash) -> None:
        if crash.function == "TurnEnded":
            crash.always["FailTurn"] = "at the start#1"
        workers.crash = crash
        try:
            turn_id = scene.failing_turn()
        finally:
            workers.crash = lambda _function: None
        turn = scene.chat.turn(turn_id)
        assert turn["status"] == "failed", turn["status"]
        assert crash.fired, "the point was not passed"
        scene.check(turn_id, max_calls=1)

    points = {"FailTurn": fail_points, "TurnEnded": end_points}
    for crash in crashes(points, ("FailTurn", "TurnEnded"), long_form=long_form):
        count += 1
        collect(failures, crash, lambda crash=crash: one(crash))
    record_property("figure", f"{count} crashes")
    assert not failures, "\n".join(failures)


def test_deployed_code_has_no_crash_point() -> None:
    """What kills workers here is put around them from outside: nothing that is deployed knows of it."""
    from tests.faults.workers import ROOT

    deployed = [*(ROOT / "functions").rglob("*.py"), *(ROOT / "layers/common").rglob("*.py")]
    assert len(deployed) > 60
    for path in deployed:
        source = path.read_text(encoding="utf-8")
        for word in (
            "SIGKILL",
            "os._exit",
            "os.kill",
            "crash_at",
            "CH_CRASH",
            "from tests",
            "import tests",
            "from devtools",
        ):
            assert word not in source, f"{word} in {path}"
