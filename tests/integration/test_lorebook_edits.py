"""A companion's lorebook over the API: read, written whole, told to the model, and given out with the card."""

import json
from typing import Any

import pytest

from companion_hub.services.lore_keys import pattern_fault
from functions.image.handler import handler as image_api
from tests.fakes.chat import Chat
from tests.fakes.gateway import Answer
from tests.integration.test_card_exchange import CARD, bring_in, card_in, give_out

ODD = {
    "keys": ["lamp"],
    "content": "@@unheard_of 3\nThe lamp burns whale oil.",
    "insertion_order": 5,
    "extensions": {"odd": [1, {"deep": None}], "weight": 0.1},
    "unknown": {"a": "kept"},
    "probability": 1e21,
}
BOOK = {
    "name": "The coast",
    "extensions": {"x": 1},
    "scan_depth": 2,
    "entries": [ODD, "junk", {"keys": "(((", "use_regex": True}],
}


@pytest.fixture
def person(chat: Chat) -> Chat:
    card = {**CARD, "data": {**CARD["data"], "character_book": BOOK}}
    chat.companion_id = bring_in(chat, json.dumps(card).encode(), "application/json").json["id"]
    return chat


def read(person: Chat) -> dict[str, Any]:
    answer = person.get(f"/api/companions/{person.companion_id}/lorebook")
    assert answer.status == 200, answer.body
    return answer.json


def write(person: Chat, book: Any, version: str | None = None) -> Answer:
    return person.patch(
        f"/api/companions/{person.companion_id}/lorebook",
        {"version": read(person)["version"] if version is None else version, "lorebook": book},
    )


def with_entry(entry: Any) -> dict[str, Any]:
    return {**BOOK, "entries": [*BOOK["entries"], entry]}  # type: ignore[misc]


def test_what_a_page_does_not_know_survives_an_edit_and_leaves_with_the_card(person: Chat) -> None:
    assert read(person)["lorebook"] == BOOK
    edited = {**BOOK, "entries": [{**ODD, "content": "The lamp is electric."}, *BOOK["entries"][1:]]}  # type: ignore[misc]
    answer = write(person, edited)
    assert answer.status == 200, answer.body
    assert answer.json["lorebook"] == edited
    assert read(person) == answer.json
    assert card_in(give_out(person, person.companion_id, "png").body, "png")["data"]["character_book"] == edited
    person.say("Is the lamp on?")
    assert "The lamp is electric." in json.dumps(person.llm.streamed[-1]["messages"])


def test_a_companion_without_a_book_gets_one(chat: Chat) -> None:
    before = read(chat)
    assert before["lorebook"] == {"entries": []}
    assert write(chat, {"entries": [{"keys": ["sea"], "content": "Salt."}]}).status == 200
    assert write(chat, {"entries": []}).status == 200
    assert read(chat) == before


def test_a_change_made_elsewhere_is_not_lost(person: Chat) -> None:
    stale = read(person)["version"]
    assert write(person, with_entry({"keys": ["a"], "content": "One."})).status == 200
    refused = write(person, {"entries": []}, stale)
    assert (refused.status, refused.error) == (409, "lorebook_changed")
    assert len(read(person)["lorebook"]["entries"]) == 4
    chatted = read(person)["version"]
    person.say("Hello")  # what happens in the chat changes no book
    assert read(person)["version"] == chatted


@pytest.mark.parametrize(
    ("book", "field"),
    [
        (with_entry({"keys": ["a("], "use_regex": True, "content": "x"}), "lorebook.entries.3.keys"),
        (with_entry({"key": ["ok", "/a(/i"], "use_regex": True}), "lorebook.entries.3.key"),
        (with_entry({"keys": ["k" * 501]}), "lorebook.entries.3.keys"),
        (with_entry({"keys": ["k"] * 101}), "lorebook.entries.3.keys"),
        (with_entry({"keys": [3]}), "lorebook.entries.3.keys"),
        (with_entry({"content": "x" * 100_001}), "lorebook.entries.3.content"),
        (with_entry({"content": {}}), "lorebook.entries.3.content"),
        (with_entry("more junk"), "lorebook.entries.3"),
        ({"entries": {"a.b": {"content": 1}}}, "lorebook.entries.a.b.content"),
        ({"entries": [{"content": "x"}] * 501}, "lorebook.entries"),
        ({"entries": "x"}, "lorebook.entries"),
        ({"entries": [{"content": "x" * 90_000, "n": n} for n in range(24)]}, "lorebook"),
        (json.loads('{"entries": [], "x": ' + "[" * 30 + "]" * 30 + "}"), "lorebook"),
        ([], "lorebook"),
    ],
    ids=["pattern", "javascript", "long key", "many keys", "number", "long text", "text", "junk", "object", "many", "list", "large", "deep", "book"],
)  # fmt: skip
def test_what_cannot_be_kept_is_named_and_nothing_changes(person: Chat, book: Any, field: str) -> None:
    answer = write(person, book)
    assert (answer.status, answer.error) == (422, "invalid"), answer.body
    assert list(answer.json["error"]["fields"]) == [field]
    assert read(person)["lorebook"] == BOOK


def test_a_pattern_at_fault_is_told_where(person: Chat) -> None:
    answer = write(person, with_entry({"keys": ["fine", "dr(agon"], "use_regex": True, "content": "x"}))
    assert answer.json["error"]["message"] == "Keys: Line 2 is no pattern that can be read: missing ) at position 7."


@pytest.mark.parametrize("key", ["dragons?", "/DRAGON/i", "(?<=a)b", r"\p{Han}+"])
def test_good_patterns_have_no_fault(key: str) -> None:
    assert pattern_fault(key) is None


def test_the_card_of_an_edited_book_comes_in_again(person: Chat) -> None:
    assert write(person, with_entry({"keys": ["sea"], "content": "Salt. " * 9_000, "enabled": True})).status == 200
    card = give_out(person, person.companion_id, "json")
    again = person.browser.request(
        image_api, "POST", "/api/companions/import", body=card.body, headers={"content-type": "application/json"}
    )
    assert again.status == 201, again.body
