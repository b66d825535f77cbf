"""What clients other than our page do differently and mean the same with: curl, health checks, scripts of other people.

Found by driving a running copy from outside with nothing but DESIGN.md at hand.
"""

from typing import Any
from uuid import uuid4

import pytest

from tests.fakes import pictures
from tests.fakes.edge import WebBrowser
from tests.fakes.people import PASSWORD, registration


def companion(member: WebBrowser) -> str:
    return str(member.post("/api/companions", json={"name": "Mara"}).raise_for_status().json()["id"])


def error_of(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    error: dict[str, Any] = answer.json()["error"]
    assert error["request_id"]
    return error


@pytest.mark.parametrize("path", ["/api/health", "/api/options", "/api/openapi.json", "/api/companions"])
def test_head_answers_as_get_does_without_a_body(member: WebBrowser, path: str) -> None:
    answer = member.head(path)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == "application/json"


def test_a_slash_at_the_end_of_a_path_changes_nothing(member: WebBrowser) -> None:
    assert member.get("/api/health/").json() == {"status": "ok"}
    assert member.get("/api/companions/").json()["items"] == []


@pytest.mark.parametrize("tool", ["regenerate", "continue"])
def test_what_takes_no_body_may_be_sent_without_body_and_type(member: WebBrowser, tool: str) -> None:
    """404 of the message, where a client that sends neither once got 415: the front door gave it a type."""
    assert error_of(member.post(f"/api/messages/{uuid4()}/{tool}"), 404)["code"] == "not_found"
    assert member.post(f"/api/messages/{uuid4()}/{tool}", headers={"Content-Type": "text/plain"}).status_code == 404


@pytest.mark.parametrize("kind", [None, "application/x-www-form-urlencoded", "IMAGE/PNG", "application/octet-stream"])
def test_a_file_is_known_by_its_bytes_whatever_type_it_is_sent_with(member: WebBrowser, kind: str | None) -> None:
    """curl calls every file a form unless told otherwise."""
    headers = {"Content-Type": kind} if kind else {}
    at, picture = f"/api/companions/{companion(member)}/picture", pictures.png((50, 50))
    assert member.post(at, content=picture, headers=headers).status_code == 201
    card = b'{"name": "Ilse", "description": "keeps the lighthouse"}'
    assert member.post("/api/companions/import", content=card, headers=headers).json()["name"] == "Ilse"


def test_a_body_that_is_missing_is_named_as_missing(member: WebBrowser) -> None:
    assert error_of(member.delete("/api/me"), 422)["fields"] == {"body": "This is needed."}


@pytest.mark.parametrize(
    "kind", ["Application/JSON", "application/json;charset=UTF-8", "application/json ; charset=utf-8"]
)
def test_a_content_type_has_no_letter_case(member: WebBrowser, kind: str) -> None:
    answer = member.post("/api/companions", content=b'{"name": "Zo\xc3\xab"}', headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["name"]) == (201, "Zoë")


def test_an_empty_query_value_says_nothing(member: WebBrowser) -> None:
    companion(member)
    answer = member.get("/api/companions?limit=&before=")
    assert (answer.status_code, len(answer.json()["items"])) == (200, 1)
    assert error_of(member.get("/api/messages/search?q="), 422)["fields"] == {"q": "This is needed."}


def test_a_comma_in_a_query_is_a_comma(member: WebBrowser) -> None:
    at = f"/api/companions/{companion(member)}/memories"
    for text in ("Tom sings, loudly", "Tom sings"):
        member.post(at, json={"text": text}).raise_for_status()
    found = member.get(at, params={"q": "sings, loudly"}).json()["items"]
    assert [memory["text"] for memory in found] == ["Tom sings, loudly"]


SAID: list[tuple[str, dict[str, Any], str, str]] = [
    ("a username too short", {"username": "ab"}, "username", "3 to 20 letters a-z"),
    ("a username with a hyphen", {"username": "ab-cd"}, "username", "digits or underscores"),
    ("the Kelvin sign for a k", {"username": "\u212aelvin"}, "username", "letters a-z"),
    ("no e-mail address", {"email": "nobody"}, "email", "not an e-mail address"),
    ("two dots in a domain", {"email": "a@b..example"}, "email", "not an e-mail address"),
    ("an empty name", {"name": " "}, "name", "Please write something."),
    ("a number for a name", {"name": 5}, "name", "This must be text."),
    ("a short password", {"password": "1234567"}, "password", "at least 8 characters"),
]


@pytest.mark.parametrize(("sent", "field", "said"), [case[1:] for case in SAID], ids=[case[0] for case in SAID])
def test_what_is_wrong_is_said_in_words_for_people(
    visitor: WebBrowser, sent: dict[str, Any], field: str, said: str
) -> None:
    fields = error_of(visitor.post("/api/auth/register", json={**registration(), **sent}), 422)["fields"]
    assert list(fields) == [field]
    assert said in fields[field]


@pytest.mark.parametrize(
    ("body", "field", "said"),
    [
        ({"name": "x", "identity": {"age": "old"}}, "identity.age", "This must be a whole number."),
        ({"name": "x", "identity": {"hobbies": "tea"}}, "identity.hobbies", "This must be a list."),
        ({"name": "x", "state": "naked"}, "state", "This must be a JSON object."),
        ({"name": "x", "state": {"locked": ["hat"]}}, "state.locked.0", "This must be one of"),
        ([], "body", "This must be a JSON object."),
    ],
    ids=["a word for a number", "a word for a list", "a word for an object", "an unknown choice", "a list for a body"],
)
def test_no_words_of_programmers(member: WebBrowser, body: Any, field: str, said: str) -> None:
    fields = error_of(member.post("/api/companions", json=body), 422)["fields"]
    assert said in fields[field]


def test_a_username_may_be_typed_in_capitals(visitor: WebBrowser) -> None:
    person = {**registration(), "username": f"UP_{uuid4().hex[:12].upper()}"}
    assert visitor.post("/api/auth/register", json=person).json()["user"]["username"] == person["username"].lower()
    again = {"identifier": person["username"], "password": PASSWORD}
    assert visitor.post("/api/auth/login", json=again).status_code == 200


def test_an_accent_typed_in_two_pieces_is_the_same_accent(visitor: WebBrowser) -> None:
    name = uuid4().hex[:12]
    person = {**registration(name), "email": f"jos\u00e9.{name}@example.org", "password": "pa\u00dfwo\u0308rter"}
    visitor.post("/api/auth/register", json=person).raise_for_status()
    again = {"identifier": f"jose\u0301.{name}@example.org", "password": "pa\u00dfw\u00f6rter"}
    assert visitor.post("/api/auth/login", json=again).status_code == 200
    twice = {**person, "username": f"{name}_2", "email": again["identifier"]}
    assert error_of(visitor.post("/api/auth/register", json=twice), 409)["code"] == "email_taken"


def test_what_the_front_door_itself_refuses_has_a_request_id_too(visitor: WebBrowser) -> None:
    answer = visitor.post("/api/auth/login", content=b"x" * 10_500_000, headers={"Content-Type": "application/json"})
    assert error_of(answer, 413)["code"] == "too_large"


def test_a_message_larger_than_any_is_413_and_a_long_one_names_its_field(member: WebBrowser) -> None:
    at = f"/api/companions/{companion(member)}/messages"
    long, larger = (
        member.post(at, json={"client_message_id": str(uuid4()), "text": "x" * length}) for length in (20_000, 140_000)
    )
    assert "at most 8000 characters" in error_of(long, 422)["fields"]["text"]
    assert error_of(larger, 413)["code"] == "too_large"


@pytest.mark.parametrize(("path", "count"), [("/api/companions", 4), ("memories", 4)])
def test_the_last_page_has_no_next_even_when_it_is_full(member: WebBrowser, path: str, count: int) -> None:
    made = companion(member)
    at = path if path.startswith("/") else f"/api/companions/{made}/{path}"
    for number in range(count - (path == "/api/companions")):
        member.post(at, json={"name": "Mara"} if at == path else {"text": f"Tom likes {number}"}).raise_for_status()
    first = member.get(at, params={"limit": 2}).json()
    last = member.get(at, params={"limit": 2, "before": first["next"]}).json()
    assert (len(first["items"]), len(last["items"]), last["next"]) == (2, 2, None)
