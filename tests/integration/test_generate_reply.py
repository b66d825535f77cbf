"""What the language model can do wrong, and what the user gets (FAULTS.md F12-F21), over real HTTP."""

import io
import logging
import threading
import time
from typing import Any
from urllib.parse import urlsplit

import pytest

from companion_hub import bootstrap
from companion_hub.models.step import StepEvent
from companion_hub.observability import logger
from companion_hub.providers.language_model import OpenAiCompatibleModel
from companion_hub.services import generate_reply, model_profiles
from tests.fakes.chat import Chat
from tests.fakes.fake_llm import Reply
from tests.fakes.machine import Killed, call_step

HELLO = Reply("Hello Tom, how are you today?")


@pytest.fixture(autouse=True)
def quick_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate_reply, "FIRST_PAUSE_S", 0.01)


def test_busy_model_is_asked_again_after_the_time_it_names(chat: Chat) -> None:
    busy = Reply(status=429, headers={"Retry-After": "0.8"})
    chat.llm.script(busy, busy, HELLO)
    turn = chat.say("Hi")
    assert turn["status"] == "done"
    assert turn["attempt"] == 1, "no text was shown, so nothing starts over"
    first, second, third = chat.llm.asked_at
    assert min(second - first, third - second) >= 0.8
    assert chat.frames("reset") == []


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(status=503), "llm_unavailable"),
        (Reply(status=500), "llm_unavailable"),
        (Reply(status=429, headers={"Retry-After": "0"}), "llm_busy"),
        (Reply(raw=b"<html>" + b"<p>not a stream</p>\n" * 40), "llm_garbage"),
        (Reply(raw=b"data: " + b"x" * 200_000), "llm_garbage"),
        (Reply(raw=b"data: {not json}\n" * 40), "llm_garbage"),
        (Reply(raw=b'data: {"choices": "no"}\n' * 40), "llm_garbage"),
        (Reply(raw=b"\xff\xfe\xfa\n" * 40), "llm_garbage"),
        (Reply(raw=b'data: {"error": {"message": "overloaded"}}\n\n'), "llm_unavailable"),
        (Reply(raw=b""), "llm_unavailable"),
    ],
    ids=[
        "503",
        "500",
        "429",
        "html",
        "huge line",
        "bad json",
        "wrong schema",
        "bad utf-8",
        "error event",
        "empty body",
    ],
)
def test_broken_answers_end_in_a_clear_retryable_error(chat: Chat, reply: Reply, code: str) -> None:
    chat.llm.script(*[reply] * generate_reply.MAX_CALLS)
    turn = chat.say("Hi")
    assert (turn["status"], turn["error"]["code"], turn["error"]["retryable"]) == ("failed", code, True)
    assert len(chat.llm.streamed) == generate_reply.MAX_CALLS
    assert chat.texts() == ["Hi"], "no garbage is stored"
    assert chat.frames("error")[0]["code"] == code
    assert chat.frames("done")[0]["status"] == "failed"
    chat.check_invariants()


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/v1", "http://model.invalid/v1", "https://{llm}/v1"], ids=["refused", "DNS", "TLS"]
)
def test_model_that_cannot_be_reached_ends_in_a_clear_retryable_error(chat: Chat, address: str) -> None:
    """F13: nobody listens, nobody is called that, or it is no TLS that answers."""
    url = address.format(llm=urlsplit(chat.llm.url).netloc)
    model = OpenAiCompatibleModel(url, "test-model", lambda _fresh: "sk-test")
    chat.machine.handlers["GenerateReply"] = lambda payload: generate_reply.generate_reply(
        bootstrap.step_tools(), model, StepEvent.model_validate(payload)
    )
    turn = chat.say("Hi")
    model.close()
    assert (turn["status"], turn["error"]["code"], turn["error"]["retryable"]) == ("failed", "llm_unavailable", True)
    del chat.machine.handlers["GenerateReply"]
    assert chat.run_turn(chat.post(f"/api/turns/{turn['id']}/retry"))["status"] == "done"
    chat.check_invariants()


def test_model_that_is_busy_for_long_is_given_up_at_once(chat: Chat) -> None:
    """F12: an hour's Retry-After is no reason for a page that seems to hang."""
    chat.llm.script(Reply(status=429, headers={"Retry-After": "3600"}))
    started = time.monotonic()
    turn = chat.say("Hi")
    assert (turn["status"], turn["error"]["code"], turn["error"]["retryable"]) == ("failed", "llm_busy", True)
    assert time.monotonic() - started < 5
    assert len(chat.llm.streamed) == 1


@pytest.mark.parametrize("status", [401, 403, 404])
def test_refused_key_or_model_is_not_retried(chat: Chat, status: int) -> None:
    chat.llm.script(*[Reply(status=status)] * 3)
    turn = chat.say("Hi")
    assert (turn["error"]["code"], turn["error"]["retryable"]) == ("llm_misconfigured", False)
    # 401 may mean that the key was rotated: it is fetched again once.
    assert len(chat.llm.streamed) == (2 if status == 401 else 1)


def test_rotated_key_is_fetched_once(chat: Chat) -> None:
    bootstrap.secrets().json("provider")
    chat.aws.secrets["provider"] = '{"NOVITA_KEY": "sk-new"}'
    chat.llm.script(Reply(status=401), HELLO)
    assert chat.say("Hi")["status"] == "done"
    assert chat.llm.keys[-1] == "Bearer sk-new" or "Bearer sk-new" in chat.llm.keys
    chat.aws.secrets["provider"] = '{"NOVITA_KEY": "sk-test"}'


def test_chat_with_a_model_of_a_strict_template_goes_on(chat: Chat) -> None:
    """Its refusal costs one more request, once: reply and analysis then come in its order."""
    refused = b'{"error": {"code": 500, "message": "Jinja Exception: Conversation roles must alternate"}}'
    chat.llm.script(Reply(status=500, raw=refused), HELLO)
    assert chat.say("Hi")["status"] == "done"
    assert chat.say("How are you?")["status"] == "done"
    first, *rest = [[message["role"] for message in request["messages"]] for request in chat.llm.requests]
    assert first[0] == "system"
    assert len(chat.llm.streamed) == 3
    for roles in rest:  # the analysis' too
        assert roles == ["user", "assistant"] * (len(roles) // 2) + ["user"]
    assert chat.frames("reset") == [], "nothing was shown, so nothing starts over"
    chat.check_invariants()
    bootstrap.language_model().close()
    bootstrap.language_model.cache_clear()


def test_content_filter_is_a_notice_and_asked_once(chat: Chat) -> None:
    chat.llm.script(Reply("I", finish="content_filter"))
    turn = chat.say("Hi")
    assert (turn["status"], turn["error"]["code"]) == ("failed", "content_filtered")
    assert len(chat.llm.streamed) == 1


def test_empty_reply_is_asked_for_once_more(chat: Chat) -> None:
    chat.llm.script(Reply("  \n "), Reply(""), HELLO)
    turn = chat.say("Hi")
    assert (turn["status"], turn["error"]["code"]) == ("failed", "empty_reply")
    assert len(chat.llm.streamed) == 2
    assert chat.texts() == ["Hi"]


def test_half_a_stream_starts_over_with_one_reset(chat: Chat) -> None:
    chat.llm.script(Reply(chunks=["Hello ", "my ", "dear "], chunk_delay_s=0.1, cut=True), HELLO)
    turn = chat.say("Hi")
    assert (turn["status"], turn["attempt"], turn["text"]) == ("done", 2, HELLO.text)
    assert [frame["attempt"] for frame in chat.frames("reset")] == [2]
    assert chat.shown_text() == HELLO.text
    chat.check_invariants()


def test_last_half_is_kept_as_incomplete_and_replaced_by_the_retry(chat: Chat) -> None:
    half = Reply(chunks=["Hello ", "my ", "dear"], chunk_delay_s=0.08, cut=True)
    chat.llm.script(*[half] * generate_reply.MAX_CALLS)
    turn = chat.say("Hi")
    assert turn["error"]["code"] == "llm_unavailable"
    partial = chat.messages()[1]
    assert partial["status"] == "incomplete"
    assert partial["text"].startswith("Hello")
    assert chat.frames("message")[-1]["message"]["status"] == "incomplete"
    chat.llm.script(HELLO)
    assert chat.run_turn(chat.post(f"/api/turns/{turn['id']}/retry"))["status"] == "done"
    assert chat.texts() == ["Hi", HELLO.text]
    assert chat.messages()[1]["id"] == partial["id"]
    prompt = chat.llm.streamed[-1]["messages"]
    assert not any("my dear" in message["content"] for message in prompt)
    chat.check_invariants()


def test_stalled_stream_ends_at_the_idle_limit(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate_reply, "IDLE_TIMEOUT_S", 0.3)
    monkeypatch.setattr(generate_reply, "HEARTBEAT_S", 0.1)
    chat.llm.script(Reply(chunks=["Hello ", "you"], stall_after=1), HELLO)
    started = time.monotonic()
    assert chat.say("Hi")["text"] == HELLO.text
    assert time.monotonic() - started < 5


def test_model_that_never_begins_is_given_up_at_its_first_limit(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """F15: before the first word another limit holds, a longer one: a model may read for a while."""
    profile = model_profiles._DEFAULT._replace(first_token_timeout_s=0.4)  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr(model_profiles, "_DEFAULT", profile)
    monkeypatch.setattr(generate_reply, "HEARTBEAT_S", 0.1)
    chat.llm.script(Reply("Too late.", first_delay_s=30), HELLO)
    started = time.monotonic()
    turn = chat.say("Hi")
    assert (turn["text"], turn["attempt"]) == (HELLO.text, 1)
    assert 0.4 < time.monotonic() - started < 5


def test_reply_cut_by_its_length_can_be_continued(chat: Chat) -> None:
    chat.llm.script(Reply("Once upon a", finish="length"), Reply("time there was a cat."))
    turn = chat.say("Tell me a story")
    assert turn["truncated"]
    reply = chat.messages()[1]
    assert reply["status"] == "truncated"
    turn = chat.run_turn(chat.post(f"/api/messages/{reply['id']}/continue"))
    assert (turn["status"], turn["text"]) == ("done", " time there was a cat.")
    assert chat.texts()[1] == "Once upon a time there was a cat."
    assert chat.messages()[1]["status"] == "complete"
    chat.check_invariants()


def test_endless_reply_is_cut_and_the_line_is_hung_up(chat: Chat) -> None:
    chat.llm.script(Reply(chunks=["la " * 100], endless=True, chunk_delay_s=0.001))
    turn = chat.say("Sing")
    assert (turn["status"], turn["truncated"]) == ("done", True)
    assert 15_000 < len(turn["text"]) <= 16_000
    deadline = time.monotonic() + 3
    while not chat.llm.hung_up and time.monotonic() < deadline:
        time.sleep(0.02)
    assert chat.llm.hung_up >= 1


def test_speaker_names_and_the_users_part_are_left_out(chat: Chat) -> None:
    chat.llm.script(Reply(chunks=["Ma", "ra: ", "Hello", "\nTo", "m: I love you", " so"]))
    assert chat.say("Hi")["text"] == "Hello"


def test_emoji_split_into_surrogates_arrives_whole(chat: Chat) -> None:
    chat.llm.script(Reply(chunks=["Hi \ud83d", "\ude00 there", "\ud83d", "!\x00"]))
    assert chat.say("Hi")["text"] == "Hi \U0001f600 there!"
    assert chat.shown_text() == "Hi \U0001f600 there!"


def test_crisis_gets_help_lines_and_no_model(chat: Chat) -> None:
    turn = chat.say("I want to kill myself", want_image=True)
    assert turn["status"] == "done"
    assert "988" in turn["text"]
    assert chat.llm.requests == []
    assert chat.shown_text() == turn["text"]


def test_stop_keeps_the_text_so_far_and_hangs_up(chat: Chat) -> None:
    chat.llm.script(Reply(chunks=["word "], endless=True, chunk_delay_s=0.03))
    turn_id = chat.send("Talk to me").json["turn"]["id"]
    runner = threading.Thread(target=_run_and_close, args=(chat,))
    runner.start()
    wait_until(lambda: len(chat.frames("token")) >= 3)
    pressed = time.monotonic()
    assert chat.post(f"/api/turns/{turn_id}/cancel").status == 200
    runner.join(10)
    assert time.monotonic() - pressed < 2
    turn = chat.turn(turn_id)
    assert (turn["status"], turn["stopped"]) == ("done", True)
    assert chat.shown_text() == turn["text"] == chat.texts()[1]
    assert chat.messages()[1]["status"] == "stopped"
    wait_until(lambda: chat.llm.hung_up >= 1)
    chat.check_invariants()


def test_stop_before_the_first_word_cancels(chat: Chat) -> None:
    turn_id = chat.send("Hi").json["turn"]["id"]
    chat.post(f"/api/turns/{turn_id}/cancel")
    chat.machine.run_all()
    assert chat.turn(turn_id)["status"] == "cancelled"
    assert chat.llm.requests == []
    chat.check_invariants()


def test_message_deleted_while_it_is_answered_takes_the_reply_with_it(chat: Chat) -> None:
    chat.llm.script(Reply(chunks=["word "], endless=True, chunk_delay_s=0.03))
    turn_id = chat.send("Put on a red dress").json["turn"]["id"]
    before = chat.state()
    runner = threading.Thread(target=_run_and_close, args=(chat,))
    runner.start()
    wait_until(lambda: len(chat.frames("token")) >= 3)
    assert chat.delete(f"/api/messages/{chat.messages()[0]['id']}").status == 200
    runner.join(10)
    assert not runner.is_alive()
    assert chat.turn(turn_id)["status"] == "cancelled"
    assert chat.texts() == []
    assert chat.state() == before
    chat.check_invariants()


def test_killed_worker_is_replaced_with_one_reset(chat: Chat) -> None:
    chat.llm.script(Reply(chunks=["lost "] * 50, chunk_delay_s=0.02), HELLO)
    calls: list[dict[str, Any]] = []

    def dies_once(payload: dict[str, Any]) -> Any:
        calls.append(payload)
        if len(calls) > 1:
            return call_step("GenerateReply", payload)
        worker = threading.Thread(target=_invoke_and_close, args=(payload,), daemon=True)
        worker.start()
        wait_until(lambda: len(chat.frames("token")) >= 3)
        zombies.append(worker)
        raise Killed

    zombies: list[threading.Thread] = []
    chat.machine.handlers["GenerateReply"] = dies_once
    turn = chat.say("Hi")
    assert (turn["status"], turn["text"], turn["attempt"]) == ("done", HELLO.text, 2)
    assert len(chat.frames("reset")) == 1
    zombies[0].join(10)  # the first worker wakes, finds its fence lost, and changes nothing
    assert chat.turn(turn["id"])["text"] == HELLO.text
    assert chat.texts() == ["Hi", HELLO.text]
    assert [call["retry_count"] for call in calls] == [0, 1]
    chat.check_invariants()


def test_every_step_delivered_twice_changes_nothing(chat: Chat) -> None:
    chat.llm.script(HELLO)

    def twice(function: str) -> Any:
        def invoke(payload: dict[str, Any]) -> Any:
            first = call_step(function, payload)
            assert call_step(function, payload) == first
            return first

        return invoke

    for function in ("AnalyzeContext", "GenerateReply", "ReanalyzeContext", "UpdateState"):
        chat.machine.handlers[function] = twice(function)
    assert chat.say("Hi")["status"] == "done"
    assert len(chat.llm.streamed) == 1
    chat.check_invariants()


def test_worker_that_always_dies_ends_visibly(chat: Chat) -> None:
    def dies(_payload: dict[str, Any]) -> Any:
        raise Killed

    chat.machine.handlers["GenerateReply"] = dies
    turn = chat.say("Hi")
    assert (turn["status"], turn["error"]["code"]) == ("failed", "internal")
    chat.check_invariants()


def test_gone_socket_is_forgotten_and_the_reply_is_whole(chat: Chat) -> None:
    chat.llm.script(HELLO)
    chat.aws.gone.add(chat.socket)
    assert chat.say("Hi")["text"] == HELLO.text
    assert chat.rows("SELECT id FROM connections WHERE id = %(id)s", id=chat.socket) == []


def test_broken_socket_service_does_not_cost_the_reply(chat: Chat) -> None:
    chat.llm.script(HELLO)
    chat.aws.broken.add("connections")
    assert chat.say("Hi")["text"] == HELLO.text
    assert chat.rows("SELECT id FROM connections WHERE id = %(id)s", id=chat.socket) != []


def test_no_frame_reaches_another_user(chat: Chat) -> None:
    other = Chat(chat.aws, chat.llm)
    chat.say("Hi")
    assert other.frames() == []


def test_database_connection_killed_mid_stream_heals(chat: Chat) -> None:
    chat.llm.script(Reply(chunks=[f"word{index} " for index in range(30)], chunk_delay_s=0.02))
    chat.send("Hi")
    runner = threading.Thread(target=_run_and_close, args=(chat,))
    runner.start()
    wait_until(lambda: len(chat.frames("token")) >= 3)
    chat.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )
    runner.join(15)
    reply = chat.messages()[1]
    assert reply["text"] == " ".join(f"word{index}" for index in range(30))
    assert chat.shown_text() == reply["text"]
    chat.check_invariants()


def test_usage_and_prompt_parts_are_recorded_without_texts(chat: Chat) -> None:
    chat.llm.script(Reply("A perfectly unique sentence."))
    turn = chat.say("Zebra crossing at midnight")
    (row,) = chat.rows(
        "SELECT input_tokens, output_tokens, model FROM usage WHERE kind = 'reply' AND turn_id = %(id)s", id=turn["id"]
    )
    assert row["input_tokens"] == turn["input_tokens"] == 100
    (stored,) = chat.rows("SELECT prompt_parts::text AS parts FROM turns WHERE id = %(id)s", id=turn["id"])
    assert "history" in stored["parts"]
    assert "Zebra" not in stored["parts"]


def test_no_log_line_holds_a_text_or_the_key(chat: Chat) -> None:
    lines = io.StringIO()
    listener = logging.StreamHandler(lines)
    listener.setFormatter(logger.registered_formatter)
    logger.addHandler(listener)
    chat.llm.script(Reply("Reply-canary words."), Reply(status=500), Reply(status=500), Reply(status=500))
    chat.say("Message-canary words")
    chat.say("Second-canary")
    logger.handlers.remove(listener)
    output = lines.getvalue()
    assert '"step":"GenerateReply"' in output
    for secret in ("Reply-canary", "Message-canary", "Second-canary", "sk-test"):
        assert secret not in output


def _run_and_close(chat: Chat) -> None:
    chat.machine.run_all()
    bootstrap.database().close()


def _invoke_and_close(payload: dict[str, Any]) -> None:
    call_step("GenerateReply", payload)
    bootstrap.database().close()


def wait_until(holds: Any, timeout_s: float = 5.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.01)
