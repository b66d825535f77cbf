"""Character cards over the API: import, what becomes of it, export, and back again."""

import base64
import io
import json
import zipfile
from collections.abc import Generator
from typing import Any

import pytest
from PIL import Image, ImageChops

from functions.image.handler import handler as image_api
from tests.fakes.aws import FakeAws
from tests.fakes.chat import Chat
from tests.fakes.gateway import Answer
from tests.fakes.people import new_person

CARD: dict[str, Any] = {
    "spec": "chara_card_v3",
    "spec_version": "3.0",
    "data": {
        "name": "Ilse",
        "description": "Ilse keeps the lighthouse. {{char}} likes {{user}}.",
        "personality": "calm, dry, brave",
        "scenario": "A stormy night.",
        "first_mes": "Come in, {{user}}. *bolts the door*",
        "mes_example": "<START>\n{{char}}: Aye.",
        "alternate_greetings": ["The lamp is out.", "Who goes there?"],
        "creator_notes": "SECRET NOTES: use with a storm.",
        "system_prompt": "{{original}} Ilse never lies.",
        "post_history_instructions": "Keep it short.",
        "tags": ["sea"],
        "creator": "someone",
        "character_version": "2",
        "nickname": "Il",
        "extensions": {"other-app": {"depth": [1, {"x": None}]}},
        "character_book": {
            "extensions": {},
            "entries": [
                {
                    "keys": ["lamp"],
                    "content": "The lamp burns whale oil.",
                    "enabled": True,
                    "insertion_order": 5,
                    "extensions": {"odd": 1},
                    "unknown": "kept",
                }
            ],
        },
        "unheard_of": {"a": [1, 2, 3]},
        "assets": [{"type": "icon", "uri": "embeded://assets/icon.png", "name": "main", "ext": "png"}],
    },
}


def png(colour: str = "teal") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (200, 300), colour).save(buffer, "PNG")
    return buffer.getvalue()


def in_png(card: dict[str, Any]) -> bytes:
    from companion_hub.services.card_formats import write_card

    return write_card(card, "png", picture_png=png())


def charx(card: dict[str, Any], **files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("card.json", json.dumps(card))
        for path, content in files.items():
            archive.writestr(path, content)
    return buffer.getvalue()


@pytest.fixture
def person(chat: Chat, worker: FakeAws) -> Generator[Chat]:
    worker.objects.clear()
    yield chat


def bring_in(chat: Chat, body: bytes, kind: str) -> Answer:
    return chat.browser.request(image_api, "POST", "/api/companions/import", body=body, headers={"content-type": kind})


def give_out(chat: Chat, companion_id: str, format_: str, **query: object) -> Answer:
    return chat.browser.get(image_api, f"/api/companions/{companion_id}/card", format=format_, **query)


def card_in(body: bytes, format_: str) -> dict[str, Any]:
    if format_ == "json":
        return json.loads(body)
    if format_ == "charx":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return json.loads(archive.read("card.json"))
    with Image.open(io.BytesIO(body)) as picture:
        picture.load()
        text = picture.info["ccv3"]  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return json.loads(base64.b64decode(text))  # pyright: ignore[reportUnknownArgumentType]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (in_png(CARD), "image/png"),
        (json.dumps(CARD).encode(), "application/json"),
        (charx(CARD, **{"assets/icon.png": png("navy")}), "application/zip"),
        (png() + charx(CARD), "image/png"),
    ],
    ids=["png", "json", "charx", "zip after a picture"],
)
@pytest.mark.parametrize("out", ["png", "json", "charx"])
def test_a_card_comes_out_as_it_went_in(person: Chat, body: bytes, kind: str, out: str) -> None:
    made = bring_in(person, body, kind)
    assert made.status == 201, made.body
    assert (made.json["name"], made.json["warnings"]) == ("Ilse", [])
    answer = give_out(person, made.json["id"], out)
    assert answer.status == 200, answer.body
    assert f'filename="Ilse.{out}"' in answer.headers["content-disposition"]
    data = card_in(answer.body, out)["data"]
    ours = data["extensions"].pop("companion-hub")
    assert data == {"group_only_greetings": [], **CARD["data"]}  # V3 demands them
    assert set(ours["state"]) == {"outfit", "location", "action"}
    assert "memories" not in ours


@pytest.mark.parametrize(
    "changes",
    [
        {"description": "{{char}} is a 15-year-old girl."},
        {"description": "[Age: 16]"},
        {"extensions": {"companion-hub": {"identity": {"age": 17}}}},
        {"extensions": {"other-app": {"age": "14"}}},
        {"tags": ["loli"]},
    ],
    ids=["prose", "list", "our extension", "another's extension", "tag"],
)
def test_a_card_of_somebody_under_18_is_refused(person: Chat, changes: dict[str, Any]) -> None:
    card = {**CARD, "data": {**CARD["data"], **changes}}
    answer = bring_in(person, in_png(card), "image/png")
    assert (answer.status, answer.json["error"]["fields"]) == (
        422, {"file": "Companions are 18 or older, and this says otherwise."}
    )  # fmt: skip
    assert len(person.get("/api/companions").json["items"]) == 1  # the chat's own


def test_a_name_that_is_no_name_here_is_mended(person: Chat) -> None:
    card = {**CARD, "data": {**CARD["data"], "name": "Il\u202ese\n" + "x" * 60}}
    made = bring_in(person, json.dumps(card).encode(), "application/json")
    assert made.json["name"] == "Ilse " + "x" * 45
    assert made.json["warnings"] == ["The name was cut to 50 characters."]
    given = card_in(give_out(person, made.json["id"], "json").body, "json")
    assert given["data"]["name"] == card["data"]["name"]  # nobody has changed it


def test_greetings_lorebook_and_prompts_work_and_notes_stay_out(person: Chat) -> None:
    person.companion_id = bring_in(person, json.dumps(CARD).encode(), "application/json").json["id"]
    greeting = person.messages()[0]
    assert greeting["text"] == "Come in, Tom. *bolts the door*"
    assert [alternative["text"] for alternative in greeting["alternatives"]][1:] == [
        "The lamp is out.",
        "Who goes there?",
    ]
    person.post(f"/api/messages/{greeting['id']}/select", {"alternative": 1})
    person.say("Is the lamp broken?")
    told = json.dumps(person.llm.streamed[-1]["messages"])
    assert "The lamp is out." in told
    assert "The lamp burns whale oil." in told
    assert "Ilse never lies." in told
    assert "Il likes Tom." in told  # V3: {{char}} is the nickname, the companion keeps its name
    assert "You are an AI that plays Ilse" in told
    assert "Keep it short." in told
    assert "SECRET NOTES" not in told


def test_entries_go_by_the_greeting_and_by_the_replies_and_stand_in_the_chat(person: Chat) -> None:
    entries = [
        {"keys": [], "constant": True, "enabled": True, "content": f"@@{head}\n{content}"}
        for head, content in (
            ("is_greeting 2", "At the door."),
            ("is_greeting 0", "By the fire."),
            ("activate_only_after 3", "The third time."),
            ("depth 1", "Close by."),
        )
    ]
    data = {**CARD["data"], "first_mes": "", "character_book": {"entries": entries}}  # an empty one is no message
    card = json.dumps({**CARD, "data": data}).encode()
    person.companion_id = bring_in(person, card, "application/json").json["id"]
    person.post(f"/api/messages/{person.messages()[0]['id']}/select", {"alternative": 1})
    person.say("Good evening.")
    told = person.llm.streamed[-1]["messages"]
    assert [message["role"] for message in told] == ["system", "assistant", "system", "user", "system"]
    assert told[2]["content"] == "Background:\nClose by."
    assert "At the door." in told[0]["content"]
    assert "By the fire." not in told[0]["content"]
    assert "The third time." not in told[0]["content"]
    person.say("And now?")
    assert "The third time." not in json.dumps(person.llm.streamed[-1])
    person.say("And now?")
    assert "The third time." in json.dumps(person.llm.streamed[-1])


def test_what_the_owner_changes_comes_out_changed_and_the_rest_as_it_was(person: Chat) -> None:
    made = bring_in(person, json.dumps(CARD).encode(), "application/json").json
    person.patch(f"/api/companions/{made['id']}", {"name": "Ilsa", "identity": {"scenario": "A calm day."}})
    data = card_in(give_out(person, made["id"], "json").body, "json")["data"]
    assert (data["name"], data["scenario"]) == ("Ilsa", "A calm day.")
    assert data["personality"] == CARD["data"]["personality"]
    assert data["unheard_of"] == CARD["data"]["unheard_of"]


def test_the_files_of_an_archive_come_out_byte_for_byte(person: Chat) -> None:
    files = {"assets/icon.png": png("navy"), "assets/other/voice.ogg": bytes(range(256)) * 40}
    made = bring_in(person, charx(CARD, **files), "application/zip").json
    with zipfile.ZipFile(io.BytesIO(give_out(person, made["id"], "charx").body)) as archive:
        assert {name: archive.read(name) for name in archive.namelist() if name != "card.json"} == files


def test_the_cards_picture_becomes_the_profile_picture_and_travels_on(person: Chat, worker: FakeAws) -> None:
    made = bring_in(person, in_png(CARD), "image/png").json
    assert made["picture"]["width"] == 200
    with Image.open(io.BytesIO(give_out(person, made["id"], "png").body)) as out:
        difference = ImageChops.difference(out.convert("RGB"), Image.new("RGB", (200, 300), "teal"))
    assert max(high for _, high in difference.getextrema()) < 12  # pyright: ignore[reportGeneralTypeIssues]


def test_look_state_and_memories_travel_between_our_own(person: Chat) -> None:
    person.patch(
        f"/api/companions/{person.companion_id}",
        {"appearance": {"hair_colour": "auburn"}, "state": {"location": "in the attic"}},
    )
    person.post(f"/api/companions/{person.companion_id}/memories", {"text": "Tom keeps bees."})
    without = give_out(person, person.companion_id, "json").body
    assert b"bees" not in without, "what it knows about its user stays, unless asked for"
    file = give_out(person, person.companion_id, "png", memories="true").body
    made = bring_in(person, file, "image/png").json
    assert made["appearance"] == {"hair_colour": "auburn"}
    assert made["state"]["location"] == "in the attic"
    remembered = person.get(f"/api/companions/{made['id']}/memories").json["items"]
    assert [(memory["text"], memory["origin"]) for memory in remembered] == [("Tom keeps bees.", "imported")]


def test_an_unusable_picture_costs_only_the_picture(person: Chat) -> None:
    made = bring_in(person, charx(CARD, **{"assets/icon.png": b"not a picture"}), "application/zip")
    assert made.status == 201
    assert made.json["picture"] is None
    assert made.json["warnings"] == ["The card's picture could not be used."]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"hello", 415),
        (b"{", 422),
        (b"[1]", 415),
        (json.dumps({"spec": "chara_card_v2", "data": {}}).encode(), 422),
        (json.dumps({"name": "x", "description": "y" * 300_000}).encode(), 422),
        (png(), 422),
        (b"\xff\xd8\xff\xe0 a jpeg", 415),
        (charx(CARD)[:-30], 422),
        (charx(CARD, **{"../../etc/passwd": b"x"}), 422),
        (b"{" + b'"a":{' * 200 + b"}" * 201, 422),
        (b"\x89PNG\r\n\x1a\n" + b"\xff" * 500, 422),
    ],
    ids=["empty", "text", "half json", "list", "no name", "too long", "no card", "jpeg", "cut", "path", "deep", "junk png"],
)  # fmt: skip
def test_bad_files_are_refused_and_leave_nothing(person: Chat, body: bytes, status: int) -> None:
    before = person.get("/api/companions").json["items"]
    answer = bring_in(person, body, "application/octet-stream")
    assert answer.status == status, answer.body
    assert answer.json["error"]["message"]
    assert person.get("/api/companions").json["items"] == before


def test_text_no_database_holds_is_mended(person: Chat) -> None:
    card = {"name": "Nul\0a", "description": "a\0b \ud800 c", "extensions": {"x\0": ["\0"]}}
    made = bring_in(person, json.dumps(card).encode(), "application/octet-stream")
    assert (made.status, made.json["name"]) == (201, "Nula")


def test_another_users_companion_is_not_found(person: Chat) -> None:
    other = new_person()
    assert other.get(image_api, f"/api/companions/{person.companion_id}/card").status == 404
    assert give_out(person, person.companion_id, "exe").status == 422


def test_imports_count_as_new_companions(person: Chat) -> None:
    before = person.rows("SELECT count(*) AS n FROM rate_limits")
    bring_in(person, json.dumps({"name": "N"}).encode(), "application/json")
    after = person.rows("SELECT count(*) AS n FROM rate_limits")
    assert after[0]["n"] == before[0]["n"] + 1
