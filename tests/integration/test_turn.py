"""One turn from send to done, through the real handlers, the real database and a language model over HTTP."""

from uuid import uuid4

from tests.fakes.chat import Chat
from tests.fakes.fake_llm import Reply


def test_reply_is_stored_and_streamed(chat: Chat) -> None:
    chat.llm.script(Reply("Hello Tom, it is good to see you."))
    turn = chat.say("Hi Mara!")
    assert turn["status"] == "done"
    assert turn["text"] == "Hello Tom, it is good to see you."
    assert turn["degraded"] == []
    assert chat.texts() == ["Hi Mara!", "Hello Tom, it is good to see you."]
    assert chat.shown_text() == turn["text"]
    chat.check_invariants()


def test_page_is_told_every_step_in_order(chat: Chat) -> None:
    chat.llm.script(Reply("Hello."))
    turn = chat.say("Hi")
    told = [(frame["step"], frame["progress"]) for frame in chat.frames("progress")]
    assert told == [
        ("AnalyzeContext", 10), ("GenerateReply", 30), ("ReanalyzeContext", 70), ("UpdateState", 80), ("UpdateState", 100),
    ]  # fmt: skip
    assert chat.frames("done")[0] == {"v": 1, "type": "done", "turn_id": turn["id"], "status": "done", "degraded": []}
    assert chat.frames("message")[0]["message"]["text"] == "Hello."


def test_same_message_sent_again_is_the_same_turn(chat: Chat) -> None:
    client_id = str(uuid4())
    first = chat.send("Hi", client_id=client_id)
    again = chat.send("Hi", client_id=client_id)
    assert again.json["turn"]["id"] == first.json["turn"]["id"]
    assert again.headers["idempotent-replay"] == "true"
    chat.machine.run_all()
    assert len(chat.llm.streamed) == 1
    chat.check_invariants()
