"""What two hands do to one chat at once: tools of the page against a turn that runs, and turns against each other."""

import signal
import threading
from contextlib import suppress
from typing import Any

import psycopg
import pytest

from companion_hub import bootstrap
from companion_hub.errors import UnexpectedStepError
from companion_hub.services import generate_reply
from functions.auth.handler import handler as auth
from tests.fakes.chat import Chat
from tests.fakes.fake_llm import Reply
from tests.fakes.gateway import Answer
from tests.fakes.machine import Killed, call_step
from tests.fakes.people import PASSWORD
from tests.faults import invariants
from tests.faults.test_zombies import wait_until
from tests.faults.workers import Workers


def test_stop_keeps_what_a_worker_showed_before_it_was_killed(remote: Chat, workers: Workers) -> None:
    """F3 and F38 together: nobody saw the Stop, and the next worker neither asks the model again nor drops the text."""
    remote.llm.script(Reply(chunks=["word "] * 200, chunk_delay_s=0.03))
    dead: list[int] = []

    def killed_once(payload: dict[str, Any]) -> Any:
        if dead:
            return workers.invoke("GenerateReply", payload)
        worker = threading.Thread(target=_until_killed, args=(workers, payload), daemon=True)
        worker.start()
        wait_until(lambda: len(remote.frames("token")) >= 3)
        dead.extend(workers.signal("GenerateReply", signal.SIGSTOP))
        assert remote.post(f"/api/turns/{payload['turn_id']}/cancel").status == 200
        workers.signal("GenerateReply", signal.SIGKILL)
        worker.join(10)
        raise Killed

    remote.machine.handlers["GenerateReply"] = killed_once
    turn = remote.say("canary-said")
    assert dead
    assert (turn["status"], turn["stopped"]) == ("done", True)
    # What was stored in the moment before the signal may not have been posted any more.
    assert turn["text"].startswith(remote.shown_text().strip())
    assert remote.texts() == ["canary-said", turn["text"]]
    assert remote.messages()[-1]["status"] == "stopped"
    assert remote.frames("reset") == []
    invariants.check(remote, max_calls=1)


def _until_killed(workers: Workers, payload: dict[str, Any]) -> None:
    with suppress(Killed):
        workers.invoke("GenerateReply", payload)


def test_undo_while_an_earlier_reply_is_written_again_keeps_the_scene_of_the_last_shown(chat: Chat) -> None:
    chat.llm.script(Reply("*puts on a red dress* There."), Reply("*puts on a blue coat* And now?"))
    chat.say("Hi")
    chat.say("Hello again")
    first, last = (message for message in chat.messages() if message["role"] == "assistant")
    asked = chat.messages()[2]["id"]
    assert chat.delete(f"/api/messages/{asked}", and_after="true").status == 200
    chat.llm.script(Reply("*puts on a green hat* Another."))
    started = chat.post(f"/api/messages/{first['id']}/regenerate", {})
    assert started.status == 202

    def undo_first(payload: dict[str, Any]) -> Any:
        assert chat.post(f"/api/messages/{asked}/undelete").status == 200
        return call_step("UpdateState", payload)

    chat.machine.handlers["UpdateState"] = undo_first
    assert chat.run_turn(started)["status"] == "done"
    assert chat.messages()[-1]["id"] == last["id"]
    invariants.check(chat)


def test_failed_rewrite_of_a_reply_that_was_deleted_cannot_be_tried_again(chat: Chat) -> None:
    chat.llm.script(Reply("First."), *[Reply(status=403)] * 2)
    chat.say("Hi")
    reply = chat.messages()[-1]["id"]
    turn = chat.run_turn(chat.post(f"/api/messages/{reply}/regenerate", {}))
    assert turn["status"] == "failed"
    chat.execute("UPDATE turns SET error_code = 'llm_unavailable' WHERE id = %(id)s", id=turn["id"])
    assert chat.delete(f"/api/messages/{reply}").status == 200
    again = chat.post(f"/api/turns/{turn['id']}/retry")
    assert (again.status, again.error) == (409, "not_latest")


@pytest.mark.parametrize("broken", ["GenerateReply", "ReanalyzeContext", "UpdateState"])
def test_turn_that_broke_leaves_the_scene_as_it_was_with_its_message_too(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """I7: otherwise the next undo or selection, which replays the scene, would bring half a change."""
    monkeypatch.setattr(generate_reply, "FIRST_PAUSE_S", 0.005)
    chat.llm.script(Reply("*puts on a red dress and a long coat* Ready."))
    chat.say("Hi")
    before = chat.state()
    assert "long coat" in before["outfit"]
    half = Reply(chunks=["Half ", "of ", "it"], chunk_delay_s=0.07, cut=True)
    chat.llm.script(*([half] * generate_reply.MAX_CALLS if broken == "GenerateReply" else [Reply("Thanks.")]))

    def break_down(_payload: dict[str, Any]) -> None:
        raise UnexpectedStepError("broken")

    if broken != "GenerateReply":
        chat.machine.handlers[broken] = break_down
    turn = chat.say("*takes your coat off and carries you to the kitchen*")
    assert (turn["status"], turn["degraded"]) == (("failed", []) if broken == "GenerateReply" else ("done", ["state"]))
    assert chat.messages()[-1]["state"] == chat.state() == before
    invariants.check(chat)


def test_account_deleted_while_a_worker_commits_never_waits_in_a_circle(chat: Chat, database_url: str) -> None:
    """F37: a commit locks the companion, then (by its foreign key) the user; so must a deletion."""
    owner = invariants.user_id(chat)
    answers: list[Answer] = []

    def delete() -> None:
        answers.append(chat.browser.delete(auth, "/api/me", {"password": PASSWORD}))
        bootstrap.database().close()

    with (
        psycopg.connect(database_url) as worker,
        psycopg.connect(database_url, autocommit=True) as watcher,
    ):
        worker.execute("SELECT 1 FROM companions WHERE id = %s FOR NO KEY UPDATE", [chat.companion_id])
        deleting = threading.Thread(target=delete, daemon=True)
        deleting.start()
        waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        wait_until(lambda: watcher.execute(waiting).fetchone() is not None)
        worker.execute(
            "INSERT INTO usage (id, user_id, kind, model) VALUES (gen_random_uuid(), %s, 'reply', 'm')", [owner]
        )
        worker.commit()
        deleting.join(10)
        left = watcher.execute("SELECT 1 FROM usage WHERE user_id = %s", [owner]).fetchone()
    assert [answer.status for answer in answers] == [204]
    assert left is None
