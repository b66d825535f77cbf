"""Hypothesis plays a person, their tabs, Step Functions and bad luck, in any order, and the invariants hold after each move."""

from collections.abc import Generator
from typing import Any, cast
from uuid import uuid4

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.fakes.chat import Chat
from tests.fakes.fake_llm import Reply
from tests.fakes.gateway import Answer
from tests.fakes.machine import Killed, Machine, call_step
from tests.faults import invariants
from tests.faults.page import Page

TEXTS = ["*puts on a red dress* Do you like it?", "Hello there.", "*walks to the kitchen* Tea?", "*sits down* Well."]
FAILURES = [Reply(status=403), Reply(chunks=["half ", "of "], cut=True), Reply("", finish="content_filter")]


class Stepper(Machine):
    """The state machine, one state at a time."""

    def __init__(self, chat: Chat) -> None:
        super().__init__(chat.aws)
        self.at: dict[str, tuple[str, dict[str, Any]]] = {}
        self._known: set[str] = set()

    def take_new(self) -> None:
        for name, given in list(self._aws.executions.items()):
            if name not in self._known:
                self._known.add(name)
                self.at[name] = (self._definition["StartAt"], dict(given))

    def advance(self, name: str) -> None:
        """Run one state; an execution that ends or dies is gone."""
        current, data = self.at.pop(name)
        state: dict[str, Any] = self._definition["States"][current]
        if state["Type"] in ("Succeed", "Fail"):
            return
        following = self._choose(state, data) if state["Type"] == "Choice" else self._task(current, state, data, name)
        self.at[name] = (following, data)


class ChatModel(RuleBasedStateMachine):
    """``chat`` is set by the test: one person for all examples, a companion for each."""

    chat: Chat

    @initialize()
    def begin(self) -> None:
        chat = self.chat
        chat.llm.forget()
        chat.aws.frames.clear()
        chat.aws.executions.clear()
        chat.aws.gone.clear()
        chat.companion_id = chat.post("/api/companions", {"name": "Mara"}).json["id"]
        chat.socket = chat.open_socket()
        self.steps = Stepper(chat)
        self.page = Page(chat.turn)
        self.read = 0
        self.sent: list[tuple[str, str, Answer]] = []
        self.answers: list[Answer] = []
        self.turns: list[str] = []
        self.invocations: list[tuple[str, dict[str, Any]]] = []
        self.kills: list[str] = []  # for the next invocations: die "before" or "after" the work
        self.bystander_frames = len(self.bystander.frames())
        for function in (
            "AnalyzeContext",
            "GenerateReply",
            "ReanalyzeContext",
            "UpdateState",
            "GenerateImage",
            "FailTurn",
        ):
            self.steps.handlers[function] = self._worker(function)

    bystander: Chat

    def _worker(self, function: str):
        def invoke(payload: dict[str, Any]) -> Any:
            self.invocations.append((function, payload))
            fate = self.kills.pop(0) if self.kills else ""
            if fate == "before":
                raise Killed
            result = call_step(function, payload)
            if fate == "after":
                raise Killed
            return result

        return invoke

    def _note(self, answer: Answer) -> Answer:
        assert answer.status < 500, answer.body
        self.answers.append(answer)
        if answer.status in (200, 202) and "turn" in (answer.json or {}):
            self.turns.append(answer.json["turn"]["id"])
        self.steps.take_new()
        return answer

    def _send(self, client_id: str, text: str) -> None:
        answer = self._note(self.chat.send(text, client_id=client_id))
        if answer.status in (200, 202):
            self.sent.append((client_id, text, answer))
        else:
            assert answer.status == 409, answer.body

    # --- the person ---

    @rule(text=st.sampled_from(["Put on a red dress", "Hi", "*carries you to the kitchen*"]))
    def send(self, text: str) -> None:
        self._send(str(uuid4()), text)

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def resend(self, data: st.DataObject) -> None:
        client_id, text, first = data.draw(st.sampled_from(self.sent), label="which")
        answer = self._note(self.chat.send(text, client_id=client_id))
        assert answer.status in (200, 404, 409), answer.body
        if answer.status == 200:
            assert answer.json["turn"]["id"] == first.json["turn"]["id"]

    @rule()
    def open_second_tab(self) -> None:
        self.chat.open_socket()

    @rule()
    def drop_socket(self) -> None:
        self._receive()
        self.chat.aws.gone.add(self.chat.socket)
        self.chat.socket = self.chat.open_socket()
        self.read = 0
        for turn_id in set(self.turns[-1:]):
            if self.chat.get(f"/api/turns/{turn_id}").status == 200:
                self.page.catch_up(turn_id)

    def _message(self, data: st.DataObject) -> dict[str, Any] | None:
        shown = self.chat.messages()
        return data.draw(st.sampled_from(shown), label="message") if shown else None

    @rule(data=st.data(), after=st.booleans())
    def delete_message(self, data: st.DataObject, after: bool) -> None:
        if message := self._message(data):
            self._note(self.chat.delete(f"/api/messages/{message['id']}", and_after=str(after).lower()))
            self.deleted = message["id"]

    deleted: str | None = None

    @precondition(lambda self: self.deleted)
    @rule()
    def undelete(self) -> None:
        self._note(self.chat.post(f"/api/messages/{self.deleted}/undelete"))
        self.deleted = None

    @rule(data=st.data(), tool=st.sampled_from(["regenerate", "continue", "select", "edit"]))
    def use_tool(self, data: st.DataObject, tool: str) -> None:
        message = self._message(data)
        if message is None:
            return
        path = f"/api/messages/{message['id']}"
        if tool == "edit":
            self._note(self.chat.patch(path, {"text": "*takes a green coat* Edited."}))
        elif tool == "select":
            self._note(
                self.chat.post(f"{path}/select", {"alternative": data.draw(st.integers(0, 2), label="position")})
            )
        else:
            self._note(self.chat.post(f"{path}/{tool}", {} if tool == "regenerate" else None))

    @precondition(lambda self: self.turns)
    @rule(data=st.data(), what=st.sampled_from(["cancel", "retry"]))
    def cancel_or_retry(self, data: st.DataObject, what: str) -> None:
        turn_id = data.draw(st.sampled_from(self.turns), label="turn")
        self._note(self.chat.post(f"/api/turns/{turn_id}/{what}"))

    @rule()
    def delete_companion(self) -> None:
        assert self.chat.delete(f"/api/companions/{self.chat.companion_id}").status == 204
        self._finish()
        assert self.chat.rows("SELECT 1 FROM turns WHERE companion_id = %(companion)s") == []
        self.begin()

    # --- the model and the cloud ---

    @rule(reply=st.sampled_from([*(Reply(text) for text in TEXTS), *FAILURES]))
    def script(self, reply: Reply) -> None:
        self.chat.llm.script(reply)

    @precondition(lambda self: self.steps.at)
    @rule(data=st.data(), states=st.integers(1, 4))
    def advance(self, data: st.DataObject, states: int) -> None:
        name = data.draw(st.sampled_from(sorted(self.steps.at)), label="execution")
        for _ in range(states):
            if name in self.steps.at:
                self.steps.advance(name)

    @rule(fate=st.sampled_from(["before", "after"]))
    def kill_next_worker(self, fate: str) -> None:
        if len(self.kills) < 2:
            self.kills.append(fate)

    @precondition(lambda self: self.invocations)
    @rule(data=st.data())
    def deliver_again(self, data: st.DataObject) -> None:
        """At least once: an old event comes again, or a worker that stalled wakes up."""
        function, payload = data.draw(st.sampled_from(self.invocations[-6:]), label="event")
        try:
            call_step(function, payload)
        except Exception as exc:
            assert type(exc).__module__.startswith("companion_hub"), exc

    @rule()
    def expire_lease(self) -> None:
        self.chat.execute(
            "UPDATE turns SET lease_until = now() - interval '1 second' WHERE companion_id = %(companion)s AND lease_until IS NOT NULL"
        )

    @precondition(lambda self: self.turns)
    @rule()
    def pass_the_deadline(self) -> None:
        self.chat.execute(
            "UPDATE turns SET deadline_at = now() - interval '1 second' WHERE companion_id = %(companion)s AND status IN ('queued', 'running')"
        )
        self._note(self.chat.get(f"/api/turns/{self.turns[-1]}"))

    # --- what always holds ---

    def _receive(self) -> None:
        frames = self.chat.frames()
        for frame in frames[self.read :]:
            try:
                self.page.receive(frame)
            except AssertionError:  # the turn it would catch up with is deleted
                continue
        self.read = len(frames)

    @invariant()
    def holds(self) -> None:
        if not hasattr(self, "steps"):
            return
        rows = self.chat.rows("SELECT id, status FROM turns WHERE companion_id = %(companion)s")
        active = sum(row["status"] in ("queued", "running") for row in rows)
        assert active <= 1, "two active turns"
        stored = self.chat.rows("SELECT * FROM messages WHERE companion_id = %(companion)s ORDER BY seq")
        clients = [row["client_message_id"] for row in stored if row["client_message_id"]]
        assert len(clients) == len(set(clients)), "I2"
        replies = [row["turn_id"] for row in stored if row["role"] == "assistant" and row["turn_id"]]
        assert len(replies) == len(set(replies)), "I3"
        assert len({row["seq"] for row in stored}) == len(stored), "I4"
        if not active:
            invariants.state_is_the_last_shown(self.chat, stored)
        assert len(self.bystander.frames()) == self.bystander_frames, "I9"
        for _client_id, _, answer in self.sent:
            assert any(str(row["id"]) == answer.json["turn"]["id"] for row in rows), "a promised turn is gone"
        self._receive()

    def _finish(self) -> None:
        self.kills.clear()
        self.steps.take_new()
        for _ in range(60):
            if not self.steps.at:
                return
            for name in list(self.steps.at):
                try:
                    self.steps.advance(name)
                except Exception as exc:
                    assert type(exc).__module__.startswith(("companion_hub", "tests")), exc

    def teardown(self) -> None:
        if not hasattr(self, "steps"):
            return
        self._finish()
        for row in self.chat.rows(
            "SELECT id FROM turns WHERE companion_id = %(companion)s AND status IN ('queued', 'running')"
        ):
            self.chat.execute(
                "UPDATE turns SET deadline_at = now() - interval '1 second' WHERE id = %(id)s", id=row["id"]
            )
            self.chat.turn(str(row["id"]))
        self._receive()
        for turn_id in self.turns:
            if self.chat.get(f"/api/turns/{turn_id}").status == 200:
                self.page.catch_up(turn_id)
        invariants.check(
            self.chat,
            sent=[(client_id, answer) for client_id, _, answer in self.sent],
            page=self.page,
            dense=False,
            answers=self.answers,
        )


@pytest.fixture
def model(chat: Chat, sd: Any, monkeypatch: pytest.MonkeyPatch) -> Generator[type[ChatModel]]:
    from companion_hub.services import generate_reply

    monkeypatch.setattr(generate_reply, "FIRST_PAUSE_S", 0.005)
    ChatModel.chat, ChatModel.bystander = chat, Chat(chat.aws, chat.llm)
    yield ChatModel


def test_no_order_of_events_breaks_the_promise(model: type[ChatModel], long_form: bool, record_property: Any) -> None:
    """F2, F4, F5, F8, F11, F34, F38 and everything that may happen between them."""
    examples, steps = (60, 40) if long_form else (10, 25)
    run_state_machine_as_test(
        cast("Any", model),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=not long_form,
            phases=[Phase.generate, Phase.shrink] if long_form else [Phase.generate],
            suppress_health_check=list(HealthCheck),  # pyright: ignore[reportArgumentType]
        ),
    )
    record_property("figure", f"{examples} stories of up to {steps} moves")
