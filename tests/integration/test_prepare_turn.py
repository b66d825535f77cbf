"""Reading ahead for a slow model: what it is sent, and when nothing is."""

import pytest

from companion_hub.services import prepare_turn
from tests.fakes.chat import Chat
from tests.fakes.fake_llm import Reply


def test_what_is_read_ahead_begins_the_next_prompt(chat: Chat, small_model: str) -> None:
    chat.llm.script(Reply("*smiles* Hello Tom."))
    chat.say("Hi there")
    answer = chat.post(f"/api/companions/{chat.companion_id}/prepare")
    assert (answer.status, answer.json) == (200, {"model": small_model, "prepared": True})
    ahead = chat.llm.requests[-1]
    assert ahead["max_tokens"] == 1
    chat.llm.script(Reply("It is late."))
    chat.say("What time is it?")
    sent = chat.llm.streamed[-1]
    assert sent["messages"][: len(ahead["messages"])] == ahead["messages"]


def test_a_fast_model_is_not_asked(chat: Chat) -> None:
    answer = chat.post(f"/api/companions/{chat.companion_id}/prepare")
    assert answer.json["prepared"] is False
    assert chat.llm.requests == []


def test_a_model_that_takes_too_long_is_left_alone(
    chat: Chat, small_model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare_turn, "READ_FOR_S", 0.2)
    chat.llm.script_analysis(Reply("", first_delay_s=2))
    answer = chat.post(f"/api/companions/{chat.companion_id}/prepare")
    assert (answer.status, answer.json["prepared"]) == (200, True)


def test_a_chat_with_only_a_greeting_ends_with_one_message_of_the_companion(chat: Chat, small_model: str) -> None:
    """llama.cpp refuses two: the examples' last and the greeting."""
    made = chat.post("/api/companions", {"name": "Ann", "identity": {"greeting": "Hello there!"}})
    chat.post(f"/api/companions/{made.json['id']}/prepare")
    roles = [message["role"] for message in chat.llm.requests[-1]["messages"]]
    assert roles[-2:] == ["user", "assistant"]


def test_a_small_model_is_not_asked_what_a_reply_changed(chat: Chat, small_model: str) -> None:
    """Its answers spoil more than they add; the rules read the reply."""
    chat.llm.script(Reply("*puts on a blue dress and walks to the kitchen*"))
    turn = chat.say("I love jazz, and my name is Tom.")
    assert turn["degraded"] == []
    assert len(chat.llm.requests) == 1
    assert "blue dress" in chat.state()["outfit"]
    assert "kitchen" in chat.state()["location"]
