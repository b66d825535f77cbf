"""An execution that dies without FailTurn, and a stop while only the picture is missing: the turn still ends."""

from typing import Any
from uuid import UUID

import pytest

from functions.chat.turn_ended import handler as turn_ended
from tests.fakes.chat import Chat
from tests.fakes.gateway import Context
from tests.fakes.machine import call_step


def notice(name: str, status: str) -> None:
    """EventBridge's event "Step Functions Execution Status Change"."""
    turn_ended(
        {"detail-type": "Step Functions Execution Status Change", "detail": {"name": name, "status": status}}, Context()
    )


@pytest.mark.parametrize(
    ("status", "code"), [("TIMED_OUT", "timeout"), ("ABORTED", "internal"), ("FAILED", "internal")]
)
def test_dead_execution_fails_its_turn_visibly(chat: Chat, status: str, code: str) -> None:
    turn_id = chat.send("Hi").json["turn"]["id"]
    notice(turn_id, status)
    turn = chat.turn(turn_id)
    assert (turn["status"], turn["error"]["code"], turn["error"]["retryable"]) == ("failed", code, True)
    assert chat.frames("done")[-1]["status"] == "failed"
    chat.check_invariants()


def test_execution_that_dies_after_the_reply_costs_only_the_state(chat: Chat) -> None:
    turn_id = chat.send("Hi").json["turn"]["id"]
    event = {"v": 1, "turn_id": turn_id, "execution": turn_id, "retry_count": 0}
    call_step("AnalyzeContext", event)
    call_step("GenerateReply", event)
    notice(turn_id, "TIMED_OUT")
    turn = chat.turn(turn_id)
    assert (turn["status"], turn["degraded"]) == ("done", ["state"])
    chat.check_invariants()


def test_late_notice_changes_nothing(chat: Chat) -> None:
    turn = chat.say("Hi")
    notice(turn["id"], "ABORTED")
    assert chat.turn(turn["id"]) == turn


def test_notice_of_an_earlier_run_does_not_end_the_retry(chat: Chat) -> None:
    turn_id = chat.send("Hi").json["turn"]["id"]
    notice(turn_id, "FAILED")
    chat.post(f"/api/turns/{turn_id}/retry")
    notice(turn_id, "FAILED")
    assert chat.turn(turn_id)["status"] == "queued"
    chat.machine.run_all()
    assert chat.turn(turn_id)["status"] == "done"


@pytest.mark.parametrize("name", ["something-else", str(UUID(int=7)), f"{UUID(int=7)}-r2"])
def test_executions_that_are_not_ours_are_ignored(chat: Chat, name: str) -> None:
    notice(name, "FAILED")


def test_stop_while_the_picture_is_drawn_ends_the_turn_with_its_text(chat: Chat) -> None:
    seen: list[dict[str, Any]] = []

    def stopped_meanwhile(payload: dict[str, Any]) -> Any:
        chat.post(f"/api/turns/{payload['turn_id']}/cancel")
        seen.append(chat.turn(payload["turn_id"]))

    chat.machine.handlers["GenerateImage"] = stopped_meanwhile
    turn = chat.say("Hi", want_image=True)
    assert (seen[0]["status"], seen[0]["degraded"]) == ("done", [])
    assert turn["text"] == chat.texts()[1]
    chat.check_invariants()
