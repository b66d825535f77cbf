"""Regenerate, select, continue, edit, delete, undo, branch, search, history: and the state follows what is shown."""

import pytest

from tests.fakes.chat import Chat
from tests.fakes.fake_llm import Reply

BEACH = Reply("*changes into a red bikini and runs to the beach* Come on!")
PARK = Reply("*puts on a blue coat and walks to the park* Fresh air!")


def test_another_alternative_can_be_written_and_either_shown(chat: Chat) -> None:
    chat.llm.script(BEACH, PARK)
    chat.say("Let's go out!")
    reply_id = chat.messages()[1]["id"]
    turn = chat.run_turn(chat.post(f"/api/messages/{reply_id}/regenerate", {"want_image": False}))
    assert (turn["kind"], turn["status"]) == ("regenerate", "done")
    reply = chat.messages()[1]
    assert (reply["id"], reply["text"], reply["selected"]) == (reply_id, PARK.text, 1)
    assert [alternative["text"] for alternative in reply["alternatives"]] == [BEACH.text, PARK.text]
    prompt = chat.llm.streamed[-1]["messages"]
    assert not any(BEACH.text in message["content"] for message in prompt)
    chat.check_invariants()


def test_state_follows_the_alternative_that_is_shown(chat: Chat) -> None:
    chat.llm.script(BEACH, PARK)
    chat.say("Let's go out!")
    reply_id = chat.messages()[1]["id"]
    beach = chat.state()
    chat.run_turn(chat.post(f"/api/messages/{reply_id}/regenerate"))
    park = chat.state()
    assert "bikini" not in park["outfit"], "the second reply starts where the first one did"
    assert "coat" in park["outfit"]
    assert chat.post(f"/api/messages/{reply_id}/select", {"alternative": 0}).json["selected"] == 0
    assert chat.state() == beach
    chat.post(f"/api/messages/{reply_id}/select", {"alternative": 1})
    assert chat.state() == park
    assert chat.post(f"/api/messages/{reply_id}/select", {"alternative": 7}).status == 422


def test_only_the_last_reply_can_be_written_again(chat: Chat) -> None:
    chat.say("One")
    first = chat.messages()
    chat.say("Two")
    assert chat.post(f"/api/messages/{first[0]['id']}/regenerate").error == "not_a_reply"
    assert chat.post(f"/api/messages/{first[1]['id']}/regenerate").error == "not_latest"
    assert chat.post(f"/api/messages/{first[1]['id']}/continue").error == "not_latest"


def test_greeting_answers_nothing_and_is_not_written_again(chat: Chat) -> None:
    greeted = Chat(chat.aws, chat.llm, identity={"greeting": "Hello {{user}}!"})
    assert greeted.texts() == ["Hello Tom!"]
    assert greeted.post(f"/api/messages/{greeted.messages()[0]['id']}/regenerate").error == "nothing_to_answer"


def test_failed_regenerate_keeps_the_first_reply(chat: Chat) -> None:
    chat.llm.script(BEACH, Reply(status=404))
    chat.say("Let's go out!")
    reply = chat.messages()[1]
    turn = chat.run_turn(chat.post(f"/api/messages/{reply['id']}/regenerate"))
    assert turn["status"] == "failed"
    assert chat.messages()[1]["text"] == BEACH.text


def test_edited_reply_is_read_again(chat: Chat) -> None:
    chat.llm.script(BEACH)
    chat.say("Let's go out!")
    reply_id = chat.messages()[1]["id"]
    answer = chat.patch(f"/api/messages/{reply_id}", {"text": "*puts on a blue coat* Let's stay."})
    assert answer.status == 200
    assert answer.json["edited_at"] is not None
    assert "coat" in chat.state()["outfit"]
    assert "bikini" not in chat.state()["outfit"]
    chat.llm.script(Reply("Fine."))
    chat.say("OK")
    assert any("blue coat* Let's stay" in message["content"] for message in chat.llm.streamed[-1]["messages"])


def test_edited_reply_is_read_with_what_was_said_before_it(chat: Chat) -> None:
    chat.llm.script(Reply("*puts on a blue coat and a hat*"), Reply('"This coat is heavy."'), Reply("Hm?"))
    chat.say("Dress up!")
    chat.say("Well?")
    chat.say("Take it off then.")
    assert "coat" in chat.state()["outfit"]
    reply_id = chat.messages()[5]["id"]
    assert chat.patch(f"/api/messages/{reply_id}", {"text": "*She takes it off.*"}).status == 200
    assert "coat" not in chat.state()["outfit"]
    assert "hat" in chat.state()["outfit"]


def test_it_reaches_back_to_the_turn_before(chat: Chat) -> None:
    chat.llm.script(Reply("*puts on a blue coat and a hat*"), Reply('"This coat is heavy."'), Reply("*takes it off*"))
    for text in ("Dress up!", "Well?", "Take it off then."):
        chat.say(text)
    assert "coat" not in chat.state()["outfit"]
    assert "hat" in chat.state()["outfit"]


def test_edit_waits_for_the_reply_on_its_way(chat: Chat) -> None:
    chat.send("Hi")
    answer = chat.patch(f"/api/messages/{chat.messages()[0]['id']}", {"text": "Ho"})
    assert answer.error == "turn_in_progress"


def test_deleting_takes_the_state_back_and_undo_brings_it_again(chat: Chat) -> None:
    start = chat.state()
    chat.llm.script(BEACH, Reply("It is warm."))
    chat.say("Let's go to the beach!")
    beach = chat.state()
    chat.say("How is it?")
    question = chat.messages()[0]
    answer = chat.delete(f"/api/messages/{question['id']}", and_after="true")
    assert answer.status == 200
    assert len(answer.json["message_ids"]) == 4
    assert chat.texts() == []
    assert chat.state()["outfit"] == start["outfit"]
    back = chat.post(f"/api/messages/{question['id']}/undelete")
    assert [message["text"] for message in back.json["items"]] == chat.texts()
    assert len(chat.texts()) == 4
    assert chat.state()["location"] == beach["location"]


def test_undo_brings_back_only_what_was_deleted_with_it(chat: Chat) -> None:
    chat.say("One")
    question, reply = chat.messages()
    chat.delete(f"/api/messages/{reply['id']}")
    chat.delete(f"/api/messages/{question['id']}")
    chat.post(f"/api/messages/{question['id']}/undelete")
    assert [message["id"] for message in chat.messages()] == [question["id"]]


def test_deletion_is_final_after_half_a_minute(chat: Chat) -> None:
    chat.say("My name is Bartholomew, remember that")
    question, reply = chat.messages()
    assert chat.get(f"/api/companions/{chat.companion_id}/memories").json["items"] != []
    chat.delete(f"/api/messages/{question['id']}")
    chat.execute("UPDATE messages SET deleted_at = deleted_at - interval '31 seconds' WHERE deleted_at IS NOT NULL")
    assert chat.post(f"/api/messages/{question['id']}/undelete").status == 404
    chat.say("Next")
    assert chat.rows("SELECT id FROM messages WHERE id = %(id)s", id=question["id"]) == []
    assert chat.get(f"/api/companions/{chat.companion_id}/memories").json["items"] == []
    assert not any("Bartholomew" in m["content"] for m in chat.llm.streamed[-1]["messages"])
    assert reply["text"] in chat.texts()


def test_branch_copies_the_chat_up_to_a_message(chat: Chat) -> None:
    chat.llm.script(BEACH, PARK)
    chat.say("Let's go to the beach!")
    beach = chat.state()
    chat.say("And now to the park")
    answer = chat.post(f"/api/messages/{chat.messages()[1]['id']}/branch")
    assert answer.status == 201
    branch = answer.json
    assert branch["name"] == "Mara"
    assert branch["state"]["outfit"] == beach["outfit"]
    texts = [m["text"] for m in chat.get(f"/api/companions/{branch['id']}/messages").json["items"]]
    assert texts == ["Let's go to the beach!", BEACH.text]
    assert len(chat.texts()) == 4
    chat.companion_id = branch["id"]
    assert chat.say("Hi")["status"] == "done"
    chat.check_invariants()


def test_search_ranks_and_marks_matches(chat: Chat) -> None:
    chat.llm.script(Reply("I like dragons. Dragons are great, dragons fly."), Reply("No idea."))
    chat.say("Tell me about animals")
    chat.say("Is there one dragons fear?")
    found = chat.get(f"/api/companions/{chat.companion_id}/messages/search", q="dragons").json["items"]
    assert [hit["role"] for hit in found] == ["assistant", "user"]
    assert "«" in found[0]["snippet"]
    everywhere = chat.get("/api/messages/search", q='"dragons fly"').json["items"]
    assert len(everywhere) == 1
    assert chat.get("/api/messages/search", q="unicorn").json["items"] == []
    assert chat.get("/api/messages/search", q="drag fl").json["items"], "the beginnings of words are enough"


@pytest.mark.parametrize("query", ["'", "a & | !", "((", '"', "-", "%", "\\"])
def test_odd_searches_find_nothing_rather_than_fail(chat: Chat, query: str) -> None:
    assert chat.get("/api/messages/search", q=query).status == 200


@pytest.mark.parametrize(
    ("text", "query", "snippet"),
    [
        ("昨日、猫がソファで寝ていた。", "ソファ", "昨日、猫が«ソファ»で寝ていた。"),
        ("我最喜欢的猫叫小白", "猫 喜欢", "我最喜欢的«猫»叫小白"),
        ("ฉันชอบแมวสีดำ", "แมว", "ฉันชอบ«แมว»สีดำ"),
        ("What a day 🎉🎉 indeed", "🎉", "What a day «🎉»🎉 indeed"),
    ],
    ids=["Japanese", "Chinese, two words", "Thai", "emoji"],
)
def test_search_in_writing_without_spaces_and_for_emoji(chat: Chat, text: str, query: str, snippet: str) -> None:
    chat.say(text)
    found = chat.get(f"/api/companions/{chat.companion_id}/messages/search", q=query).json["items"]
    assert [hit["snippet"] for hit in found] == [snippet]
    assert chat.get("/api/messages/search", q=f"{query} 犬").json["items"] == []


def test_history_pages_backwards_without_gap_or_repeat(chat: Chat) -> None:
    for index in range(3):
        chat.say(f"Message {index}")
    whole = chat.texts()
    pages: list[list[str]] = []
    before: dict[str, str] = {}
    while True:
        page = chat.get(f"/api/companions/{chat.companion_id}/messages", limit=2, **before).json
        pages.insert(0, [message["text"] for message in page["items"]])
        if page["next"] is None:
            break
        before = {"before": page["next"]}
    assert [text for page in pages for text in page] == whole
    assert all(pages), "the last page that is full says that there is nothing before it"


def test_prompt_viewer_shows_parts_with_counts(chat: Chat) -> None:
    turn = chat.say("Hello there")
    view = chat.get(f"/api/turns/{turn['id']}/prompt").json
    names = [part["name"] for part in view["parts"]]
    assert {"safety", "persona", "scene", "history"} <= set(names)
    assert any(message["content"] == "Hello there" for message in view["messages"])


def test_prompt_viewer_shows_what_this_turn_used_and_no_other(chat: Chat) -> None:
    chat.say("Hello there")
    turn = chat.say("I live in Lisbon.")
    view = chat.get(f"/api/turns/{turn['id']}/prompt").json
    reply = next(used for used in view["usage"] if used["kind"] == "reply")
    assert (reply["input_tokens"], reply["output_tokens"]) == (turn["input_tokens"], turn["output_tokens"])
    assert [used["kind"] for used in view["usage"]].count("reply") == 1
    assert view["first_token_ms"] == turn["first_token_ms"]
