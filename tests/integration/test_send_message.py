"""Sending: exactly once, one turn at a time, and healed when the start fails (FAULTS.md F6-F11)."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from psycopg.types.json import Jsonb

from companion_hub import bootstrap
from companion_hub.errors import BudgetExceededError, ConflictError, RateLimitedError
from companion_hub.models.message import SendMessageRequest
from companion_hub.services.send_message import SendMessage, Sent
from companion_hub.services.turn_starts import largest_cost
from tests.fakes.chat import Chat
from tests.fakes.fake_llm import Reply


def user_of(chat: Chat) -> UUID:
    (row,) = chat.rows("SELECT user_id FROM companions WHERE id = %(companion)s")
    return row["user_id"]


def send_in_parallel(chat: Chat, requests: list[SendMessageRequest]) -> list[Sent | Exception]:
    user_id, companion_id = user_of(chat), UUID(chat.companion_id)

    def send(request: SendMessageRequest) -> Sent | Exception:
        try:
            return bootstrap.send_message().send(user_id, companion_id, request)
        except Exception as exc:
            return exc
        finally:
            bootstrap.database().close()

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(send, requests))


def test_other_text_under_the_same_id_is_refused(chat: Chat) -> None:
    client_id = str(uuid4())
    chat.send("Hi", client_id=client_id)
    answer = chat.send("Ho", client_id=client_id)
    assert (answer.status, answer.error) == (409, "idempotency_mismatch")
    chat.machine.run_all()
    assert chat.texts()[0] == "Hi"


def test_double_click_stores_one_message_and_is_charged_once(chat: Chat) -> None:
    request = SendMessageRequest(client_message_id=uuid4(), text="Hi", want_image=False)
    results = send_in_parallel(chat, [request] * 12)
    assert all(isinstance(result, Sent) for result in results), results
    assert len({result.answer.turn.id for result in results if isinstance(result, Sent)}) == 1
    assert sum(not result.is_replay for result in results if isinstance(result, Sent)) == 1
    assert len(chat.messages()) == 1
    assert len(chat.rows("SELECT 1 AS n FROM messages WHERE companion_id = %(companion)s")) == 1


def test_two_tabs_get_one_turn_and_a_conflict_that_names_it(chat: Chat) -> None:
    requests = [SendMessageRequest(client_message_id=uuid4(), text=text, want_image=False) for text in ("One", "Two")]
    results = send_in_parallel(chat, requests)
    sent = [result for result in results if isinstance(result, Sent)]
    refused = [result for result in results if isinstance(result, ConflictError)]
    assert (len(sent), len(refused)) == (1, 1)
    assert refused[0].code == "turn_in_progress"
    assert refused[0].details == {"turn_id": str(sent[0].answer.turn.id)}
    chat.machine.run_all()
    assert chat.say("Three")["status"] == "done"
    chat.check_invariants()


def test_conflict_over_http_carries_the_active_turn(chat: Chat) -> None:
    first = chat.send("One")
    second = chat.send("Two")
    assert second.status == 409
    assert second.json["error"]["turn_id"] == first.json["turn"]["id"]


def test_turn_that_could_not_be_started_starts_with_the_resend(chat: Chat) -> None:
    chat.aws.broken.add("states")
    client_id = str(uuid4())
    sent = chat.send("Hi", client_id=client_id)
    assert sent.status == 202
    assert chat.aws.executions == {}
    chat.aws.broken.clear()
    chat.send("Hi", client_id=client_id)
    chat.machine.run_all()
    assert chat.turn(sent.json["turn"]["id"])["status"] == "done"


def test_turn_that_could_not_be_started_starts_with_a_late_read(chat: Chat) -> None:
    chat.aws.broken.add("states")
    turn_id = chat.send("Hi").json["turn"]["id"]
    chat.aws.broken.clear()
    assert chat.turn(turn_id)["status"] == "queued"
    assert chat.aws.executions == {}, "a fresh one may still be starting"
    chat.execute("UPDATE turns SET created_at = created_at - interval '31 seconds' WHERE companion_id = %(companion)s")
    chat.turn(turn_id)
    chat.machine.run_all()
    assert chat.turn(turn_id)["status"] == "done"
    chat.check_invariants()


def test_turn_past_its_deadline_is_ended_by_a_read(chat: Chat) -> None:
    turn_id = chat.send("Hi").json["turn"]["id"]
    chat.execute("UPDATE turns SET deadline_at = now() - interval '1 second' WHERE companion_id = %(companion)s")
    turn = chat.turn(turn_id)
    assert (turn["status"], turn["error"]["code"], turn["error"]["retryable"]) == ("failed", "timeout", True)
    assert chat.frames("error")[0]["code"] == "timeout"
    chat.machine.run_all()  # the late execution finds the turn gone
    assert chat.llm.streamed == []


def test_turn_past_its_deadline_does_not_block_the_next_message(chat: Chat) -> None:
    chat.send("Hi")
    chat.execute("UPDATE turns SET deadline_at = now() - interval '1 second' WHERE companion_id = %(companion)s")
    assert chat.say("Again")["status"] == "done"


def test_another_users_companion_and_turn_do_not_exist(chat: Chat) -> None:
    other = Chat(chat.aws, chat.llm)
    turn_id = chat.send("Hi").json["turn"]["id"]
    message_id = chat.messages()[0]["id"]
    body = {"client_message_id": str(uuid4()), "text": "Hi"}
    assert other.post(f"/api/companions/{chat.companion_id}/messages", body).status == 404
    assert other.get(f"/api/companions/{chat.companion_id}/messages").status == 404
    assert other.get(f"/api/companions/{chat.companion_id}/messages/search", q="Hi").status == 404
    for path in ("", "/prompt"):
        assert other.get(f"/api/turns/{turn_id}{path}").status == 404
    for action in ("cancel", "retry"):
        assert other.post(f"/api/turns/{turn_id}/{action}").status == 404
    for action, given in (("regenerate", None), ("continue", None), ("undelete", None), ("branch", None)):
        assert other.post(f"/api/messages/{message_id}/{action}", given).status == 404
    assert other.post(f"/api/messages/{message_id}/select", {"alternative": 0}).status == 404
    assert other.patch(f"/api/messages/{message_id}", {"text": "x"}).status == 404
    assert other.delete(f"/api/messages/{message_id}").status == 404


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "x" * 8_001], ids=["empty", "blank", "invisible", "too long"])
def test_text_that_says_nothing_is_refused_by_name(chat: Chat, text: str) -> None:
    answer = chat.send(text)
    assert answer.status == 422
    assert "text" in answer.json["error"]["fields"]
    assert chat.messages() == []


def test_thirty_first_message_in_a_minute_is_refused_and_not_stored(chat: Chat) -> None:
    service = SendMessage(bootstrap.database(), bootstrap.workflow(), model_name="test-model")
    user_id = user_of(chat)
    for index in range(30):
        sent = service.send(user_id, UUID(chat.companion_id), SendMessageRequest(client_message_id=uuid4(), text="Hi"))
        assert sent.answer.turn.status == "queued", index
        chat.execute("UPDATE turns SET status = 'done' WHERE companion_id = %(companion)s")
    with pytest.raises(RateLimitedError):
        service.send(user_id, UUID(chat.companion_id), SendMessageRequest(client_message_id=uuid4(), text="Hi"))
    assert len(chat.messages()) == 30


def test_spent_budget_stops_before_the_model_is_asked(chat: Chat) -> None:
    user_id = user_of(chat)
    chat.execute('UPDATE users SET preferences = \'{"monthly_budget_usd": "0.10"}\' WHERE id = %(user)s', user=user_id)
    assert chat.say("Hi")["status"] == "done"
    chat.execute("UPDATE usage SET cost_usd = 0.2 WHERE user_id = %(user)s", user=user_id)
    answer = chat.send("Again")
    assert (answer.status, answer.error) == (402, "budget_exceeded")


def test_budget_is_not_passed_by_messages_sent_at_once(chat: Chat) -> None:
    """PRODUCT.md F20: turns that run have cost nothing yet; each counts as the most it may cost."""
    model = "sao10k/l31-70b-euryale-v2.2"
    service = SendMessage(bootstrap.database(), bootstrap.workflow(), model_name=model, rate_limit_scale=1000)
    user_id, most = user_of(chat), largest_cost(model)
    preferences = Jsonb({"monthly_budget_usd": str(most * Decimal("3.5"))})
    chat.execute(
        "UPDATE users SET preferences = %(preferences)s WHERE id = %(user)s", user=user_id, preferences=preferences
    )
    companions = [UUID(chat.post("/api/companions", {"name": f"C{number}"}).json["id"]) for number in range(12)]
    together = threading.Barrier(len(companions))

    def send(companion_id: UUID) -> str:
        together.wait()
        try:
            service.send(user_id, companion_id, SendMessageRequest(client_message_id=uuid4(), text="Hi"))
        except BudgetExceededError:
            return "refused"
        finally:
            bootstrap.database().close()
        return "sent"

    with ThreadPoolExecutor(len(companions)) as pool:
        outcomes = Counter(pool.map(send, companions))
    assert outcomes == {"sent": 3, "refused": 9}
    # They end and cost less than they might have: there is room again.
    chat.execute("UPDATE turns SET status = 'done' WHERE user_id = %(user)s", user=user_id)
    service.send(user_id, companions[0], SendMessageRequest(client_message_id=uuid4(), text="Hi"))


def test_retry_runs_a_failed_turn_again_under_the_next_execution_name(chat: Chat) -> None:
    chat.llm.script(Reply(status=401), Reply(status=401))
    failed = chat.say("Hi")
    assert (failed["status"], failed["error"]["code"]) == ("failed", "llm_misconfigured")
    answer = chat.post(f"/api/turns/{failed['id']}/retry")
    assert answer.status == 202
    assert f"{failed['id']}-r2" in chat.aws.executions
    assert chat.run_turn(answer)["status"] == "done"
    assert len(chat.messages()) == 2
    chat.check_invariants()


def test_retry_of_what_is_done_or_overtaken_is_refused(chat: Chat) -> None:
    chat.llm.script(Reply(status=401), Reply(status=401))
    failed = chat.say("Hi")
    done = chat.say("Again")
    assert chat.post(f"/api/turns/{done['id']}/retry").error == "not_failed"
    assert chat.post(f"/api/turns/{failed['id']}/retry").error == "not_latest"
