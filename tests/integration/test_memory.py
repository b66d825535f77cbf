"""What a companion remembers: learnt, merged, superseded, forgotten, recalled, and summed up."""

import json
from typing import Any

import pytest
from psycopg.rows import dict_row

from bench import memory_recall
from companion_hub.db.connection import Database
from functions.auth.handler import handler as auth
from tests.fakes.chat import Chat
from tests.fakes.fake_llm import Reply
from tests.integration.test_scene_of_a_chat import analysis

SUMMARY = "Tom told Mara about the red kite he lost at the harbour, and Mara promised to look for it."


def known(chat: Chat) -> list[str]:
    items = chat.get(f"/api/companions/{chat.companion_id}/memories").json["items"]
    return [item["text"] for item in reversed(items)]


def tell(chat: Chat, text: str, *memories: str) -> dict[str, Any]:
    chat.llm.script(Reply("I see."))
    chat.llm.script_analysis(
        analysis(memories=[{"kind": "fact", "text": memory, "importance": 3} for memory in memories])
    )
    return chat.say(text)


# --- learning --------------------------------------------------------------------------------------------------------


def test_the_same_fact_in_another_order_is_one_memory(chat: Chat) -> None:
    tell(chat, "I have a dog called Pip, you know.", "The user has a dog called Pip.")
    tell(chat, "My dog, he is called Pip, is here.", "The user has a dog, called Pip.")
    assert len([text for text in known(chat) if "Pip" in text]) == 1


@pytest.mark.parametrize(
    ("text", "of_the_model"),
    [
        ("My brother Marek lives in Gdansk.", "The user has a brother, Marek, who lives in Gdansk."),
        ("I'm allergic to peanuts.", "The user has a peanut allergy."),
        ("I play the cello in an orchestra.", "The user plays cello in an amateur orchestra."),
    ],
)
def test_what_rules_and_model_both_found_is_one_memory(chat: Chat, text: str, of_the_model: str) -> None:
    tell(chat, text, of_the_model)
    assert len(known(chat)) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("My name is Tom.", "My name is Max, actually."),
        ("I live in Leeds.", "I moved to York."),
        ("I love coffee.", "I hate coffee."),
        ("I work as a nurse.", "I work for a bank."),
        ("My dog is called Pip.", "My dog is called Rex."),
        ("My favourite colour is teal.", "My favourite colour is red."),
        ("I'm vegetarian.", "I'm not a vegetarian anymore."),
        ("I live in Berlin.", "I no longer live in Berlin."),
        ("I'm a nurse.", "I got fired."),
        ("I'm married to Jonas.", "I'm divorced."),
        ("I smoke a pipe on Sundays.", "I quit smoking."),
        ("My birthday is on the 3rd of May.", "No wait, it's the 4th of May."),
    ],
)
def test_a_contradiction_supersedes_and_the_older_is_kept_as_history(chat: Chat, before: str, after: str) -> None:
    tell(chat, before)
    assert len(known(chat)) == 1
    tell(chat, after)
    assert len(known(chat)) == 1
    rows = chat.rows("SELECT superseded_by FROM memories WHERE companion_id = %(companion)s")
    assert sorted(row["superseded_by"] is None for row in rows) == [False, True]


def test_a_denial_supersedes_what_it_denies(chat: Chat) -> None:
    tell(chat, "My knee is allergic to walnuts, ha.", "The user is allergic to walnuts.")
    tell(chat, "My walnuts thing is over.", "The user is not allergic to walnuts.")
    assert known(chat) == ["The user is not allergic to walnuts."]


def test_what_holds_for_others_supersedes_nothing(chat: Chat) -> None:
    tell(chat, "I live in Leeds.")
    tell(chat, "Marek has a flat in Gdansk, my brother.", "The user has a brother, Marek, who lives in Gdansk.")
    assert "The user lives in Leeds." in known(chat)
    assert len(known(chat)) == 2


@pytest.mark.parametrize(
    "request_", ["Please forget that I love jazz.", "Forget that I like jazz!", "Forget about jazz."]
)
def test_forget_that_forgets_it_and_learns_nothing(chat: Chat, request_: str) -> None:
    tell(chat, "I love jazz.")
    tell(chat, "I live in Leeds.")
    tell(chat, request_, "The user loves jazz.")
    assert known(chat) == ["The user lives in Leeds."]


@pytest.mark.parametrize(
    ("told", "request_"),
    [
        ("I live in Leeds.", "Please forget where I live."),
        ("I work as a nurse.", "Forget my job."),
        ("My birthday is on the 3rd of May.", "Forget my birthday, ok?"),
        ("I'm 34 years old.", "Can you forget how old I am?"),
    ],
)
def test_what_is_to_be_forgotten_may_be_named_by_what_it_is_about(chat: Chat, told: str, request_: str) -> None:
    tell(chat, told)
    tell(chat, "I love jazz.")
    tell(chat, request_)
    assert known(chat) == ["The user loves jazz."]


def test_a_bare_forget_that_forgets_the_message_before(chat: Chat) -> None:
    tell(chat, "I live in Leeds.")
    tell(chat, "I love jazz.")
    tell(chat, "Forget that.")
    assert known(chat) == ["The user lives in Leeds."]


@pytest.mark.parametrize("text", ["Don't forget that I live in Leeds.", "I want to forget about Leeds.", "Forget it."])
def test_what_only_sounds_like_forgetting_forgets_nothing(chat: Chat, text: str) -> None:
    tell(chat, "I live in Leeds.")
    tell(chat, text)
    assert "The user lives in Leeds." in known(chat)


def test_what_was_forgotten_does_not_come_back_in_older_words(chat: Chat) -> None:
    tell(chat, "I live in Leeds.")
    tell(chat, "I moved to York.")
    tell(chat, "Forget about York.")
    assert known(chat) == []


def test_a_deleted_message_takes_what_was_learnt_only_from_it_and_undo_brings_it_back(chat: Chat) -> None:
    tell(chat, "I love jazz.")
    tell(chat, "I live in Leeds.")
    tell(chat, "I love jazz, as I said.")
    first, second = (
        message["id"] for message in chat.messages() if message["text"] in ("I love jazz.", "I live in Leeds.")
    )
    chat.delete(f"/api/messages/{first}")
    chat.delete(f"/api/messages/{second}")
    assert known(chat) == ["The user loves jazz."]
    chat.llm.script(Reply("Hm."))
    chat.say("Where do I live?")
    assert "Leeds" not in json.dumps(chat.llm.streamed[-1])
    chat.post(f"/api/messages/{second}/undelete")
    assert sorted(known(chat)) == ["The user lives in Leeds.", "The user loves jazz."]


def test_what_was_forgotten_and_told_again_hangs_on_its_messages_as_before(chat: Chat) -> None:
    tell(chat, "I live in Leeds.")
    path = f"/api/companions/{chat.companion_id}/memories"
    [memory] = chat.get(path).json["items"]
    assert memory["source_message_ids"] == [chat.messages()[0]["id"]]
    chat.delete(f"/api/memories/{memory['id']}")
    again = {key: memory[key] for key in ("text", "kind", "importance", "pinned", "source_message_ids")}
    told = chat.post(path, again).json
    assert {key: told[key] for key in (*again, "origin")} == {**again, "origin": memory["origin"]}
    # A message of another chat is no source, whoever names it.
    other = chat.post("/api/companions", {"name": "Ilse"}).json["id"]
    stray = chat.post(f"/api/companions/{other}/memories", {**again, "text": "Likes tea."}).json
    assert stray["source_message_ids"] == []
    chat.delete(f"/api/messages/{memory['source_message_ids'][0]}")
    assert known(chat) == []


def test_an_edited_message_teaches_anew(chat: Chat) -> None:
    tell(chat, "I live in Leeds.")
    message = chat.messages()[0]["id"]
    assert chat.patch(f"/api/messages/{message}", {"text": "I live in York."}).status == 200
    assert known(chat) == ["The user lives in York."]


def test_a_branch_knows_what_was_known_then(chat: Chat) -> None:
    tell(chat, "I live in Leeds.")
    branch_at = chat.messages()[-1]["id"]
    tell(chat, "I moved to York.")
    tell(chat, "I love jazz.")
    chat.companion_id = chat.post(f"/api/messages/{branch_at}/branch").json["id"]
    items = chat.get(f"/api/companions/{chat.companion_id}/memories").json["items"]
    assert [item["text"] for item in items] == ["The user lives in Leeds."]
    assert items[0]["source_message_ids"] == [chat.messages()[0]["id"]]


def test_a_memory_written_anew_is_found_by_its_new_words(chat: Chat) -> None:
    made = chat.post(f"/api/companions/{chat.companion_id}/memories", {"text": "The user has a dog."}).json
    chat.patch(f"/api/memories/{made['id']}", {"text": "The user plays the cello."})
    rows = chat.rows("SELECT keywords FROM memories WHERE companion_id = %(companion)s")
    assert "instrument" in rows[0]["keywords"]
    assert "pet" not in rows[0]["keywords"].split()


# --- recall ----------------------------------------------------------------------------------------------------------


def test_facts_told_among_four_hundred_messages_come_back_when_asked_for(database: Database) -> None:
    """The figures of bench/RESULTS.md, with some room: 96 facts among 396 memories, 24 in a prompt."""
    with database.autocommit() as connection:
        assert connection.row_factory is dict_row
        chat = memory_recall.plant(connection, distractors=300)
        places = {
            how: [memory_recall.rank(connection, chat, fact, how) for fact in memory_recall.facts()]
            for how in ("direct", "paraphrase")
        }
    assert memory_recall.share(places["direct"], 24) >= 0.97
    assert memory_recall.share(places["direct"], 1) >= 0.85
    assert memory_recall.share(places["paraphrase"], 24) >= 0.75


def test_pinned_memories_come_first_whatever_is_asked(chat: Chat) -> None:
    url = f"/api/companions/{chat.companion_id}/memories"
    chat.post(url, {"text": "The user fears moths.", "pinned": True, "importance": 1})
    for number in range(30):
        chat.post(url, {"text": f"The user saw jazz concert number {number}.", "importance": 5})
    chat.llm.script(Reply("Yes."))
    chat.say("Which jazz concert was it?")
    told = chat.llm.streamed[-1]["messages"][0]["content"]
    assert told.index("fears moths") < told.index("jazz concert")


# --- the rolling summary -----------------------------------------------------------------------------------------------


def talk(chat: Chat, count: int) -> None:
    """A long chat: more than a prompt's window holds."""
    chat.execute(
        """
        WITH numbered AS (
            UPDATE companions SET next_seq = next_seq + %(count)s WHERE id = %(companion)s
            RETURNING id, user_id, next_seq - %(count)s AS first
        )
        INSERT INTO messages (id, user_id, companion_id, seq, role, text, alternatives)
        SELECT gen_random_uuid(), user_id, id, first + n,
               CASE WHEN n % 2 = 0 THEN 'user' ELSE 'assistant' END,
               'Number ' || n || ': my red kite was lost at the harbour. ' || repeat('And so on, on and on. ', 90), 0
        FROM numbered, generate_series(0, %(count)s - 1) AS n
        """.replace("% 2", "%% 2"),
        count=count,
    )


def summaries(chat: Chat) -> list[dict[str, Any]]:
    return chat.rows("SELECT through_seq, text FROM summaries WHERE companion_id = %(companion)s ORDER BY through_seq")


def sum_up(chat: Chat, summary: object = SUMMARY, text: str = "Hello again.") -> dict[str, Any]:
    chat.llm.script(Reply("Hello."))
    chat.llm.script_analysis(analysis(summary=summary))
    return chat.say(text)


def test_what_left_the_window_is_summed_up_in_one_call_and_told_from_then_on(chat: Chat) -> None:
    talk(chat, 60)
    turn = sum_up(chat)
    assert turn["degraded"] == []
    assert len(chat.llm.requests) == 2
    asked = json.dumps(chat.llm.requests[-1])
    assert "Number 0:" in asked
    assert "summary" in asked
    (stored,) = summaries(chat)
    assert stored["text"] == SUMMARY
    first_in_window = next(
        part["first_seq"]
        for row in chat.rows("SELECT prompt_parts FROM turns WHERE companion_id = %(companion)s")
        for part in row["prompt_parts"]
        if "first_seq" in part
    )
    assert first_in_window > 1
    sum_up(chat, text="And now?")
    assert SUMMARY in chat.llm.streamed[-1]["messages"][0]["content"]


def test_nothing_is_summed_up_while_everything_fits(chat: Chat) -> None:
    talk(chat, 4)
    chat.llm.script(Reply("Hello."))
    chat.say("Hello again.")
    assert len(chat.llm.requests) == 1
    assert summaries(chat) == []


def test_once_caught_up_the_next_turn_makes_no_call(chat: Chat) -> None:
    talk(chat, 40)
    for _ in range(3):
        sum_up(chat)
    calls = len(chat.llm.requests)
    chat.llm.script(Reply("Hello."))
    chat.say("Hi there.")
    assert len(chat.llm.requests) == calls + 1
    assert SUMMARY in chat.llm.streamed[-1]["messages"][0]["content"]


@pytest.mark.parametrize(
    "junk",
    ["", None, 7, "ok", "<script>alert('kite lost harbour')</script>", "A quite different story of dragons and gold."],
    ids=["empty", "null", "number", "short", "markup", "of something else"],
)
def test_a_junk_summary_keeps_the_one_before(chat: Chat, junk: object) -> None:
    talk(chat, 60)
    sum_up(chat)
    before = summaries(chat)
    turn = sum_up(chat, junk)
    assert turn["status"] == "done"
    assert summaries(chat) == before


def test_a_model_that_does_not_answer_costs_only_the_summary(chat: Chat) -> None:
    talk(chat, 60)
    chat.llm.script(Reply("Hello."))
    chat.llm.script_analysis(Reply("no json"))
    turn = chat.say("Hello again.")
    assert (turn["status"], turn["degraded"]) == ("done", [])
    assert summaries(chat) == []


@pytest.mark.parametrize("change", ["edit", "delete"])
def test_a_changed_message_takes_the_summaries_that_tell_of_it(chat: Chat, change: str) -> None:
    talk(chat, 80)
    sum_up(chat)
    sum_up(chat, SUMMARY + " Then they went home.")
    older, newer = summaries(chat)
    told_late = chat.rows(
        "SELECT id FROM messages WHERE companion_id = %(companion)s AND seq = %(seq)s", seq=newer["through_seq"]
    )[0]["id"]
    told_early = chat.rows("SELECT id FROM messages WHERE companion_id = %(companion)s AND seq = 1")[0]["id"]
    for message, left in ((told_late, [older]), (told_early, [])):
        path = f"/api/messages/{message}"
        answer = chat.patch(path, {"text": "Never mind."}) if change == "edit" else chat.delete(path)
        assert answer.status == 200
        assert summaries(chat) == left


def test_a_branch_takes_the_summary_that_tells_of_nothing_after_it(chat: Chat) -> None:
    talk(chat, 80)
    sum_up(chat)
    sum_up(chat, SUMMARY + " Then they went home.")
    older, newer = summaries(chat)
    branch_at = chat.rows(
        "SELECT id FROM messages WHERE companion_id = %(companion)s AND seq = %(seq)s", seq=newer["through_seq"] - 1
    )[0]["id"]
    chat.companion_id = chat.post(f"/api/messages/{branch_at}/branch").json["id"]
    assert [row["text"] for row in summaries(chat)] == [older["text"]]


# --- with the bundled model, which is only asked for replies ------------------------------------------------------------


def test_a_small_model_remembers_by_rules_alone(chat: Chat, small_model: str) -> None:
    assert small_model
    for text in ("Hi, I'm Tom!", "I'm allergic to walnuts, sorry.", "My dog is called Pip.", "I'm so tired today."):
        chat.llm.script(Reply("I see."))
        chat.say(text)
    assert known(chat) == [
        "The user's name is Tom.",
        "The user is allergic to walnuts.",
        "The user's dog is called Pip.",
    ]
    chat.llm.script(Reply("Pip!"))
    chat.say("What is my pet called?")
    name = chat.browser.get(auth, "/api/me").json["user"]["name"]
    assert f"{name}'s dog is called Pip." in json.dumps(chat.llm.streamed[-1])
    assert len(chat.llm.requests) == 5


def test_a_small_models_summary_is_extracted_after_the_reply_and_told_in_the_next(chat: Chat, small_model: str) -> None:
    assert small_model
    talk(chat, 60)
    chat.llm.script(Reply("Hello."))
    chat.say("Hello again.")
    (stored,) = summaries(chat)
    assert "my red kite was lost at the harbour" in stored["text"]
    assert "What happened before" not in json.dumps(chat.llm.streamed[-1])
    chat.llm.script(Reply("Hm."))
    chat.say("And now?")
    newest = [message for message in chat.llm.streamed[-1]["messages"] if message["role"] == "user"][-1]["content"]
    assert "What happened before:" in newest
    assert "my red kite was lost at the harbour" in newest
    later = summaries(chat)
    assert later[-1]["through_seq"] > stored["through_seq"]
    assert len(chat.llm.requests) == 2
