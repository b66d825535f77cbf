"""Limits as an attacker meets them, at the handlers and with the product's own numbers (issue 4, item 9).

That exactly N of 200 at once get through is in tests/integration/test_rate_limits.py; forged addresses at the real front
door are in tests/security/test_front_door.py.
"""

import json
from collections.abc import Generator
from typing import Any
from uuid import uuid4

import pytest

from companion_hub import bootstrap
from functions.auth.handler import handler as auth
from functions.chat.handler import handler as chat
from functions.image.handler import handler as image
from tests.conftest import forget_worker
from tests.fakes.gateway import Browser
from tests.fakes.people import PASSWORD, new_person, registration
from tests.integration.test_card_exchange import CARD

LOGIN, REGISTER = "/api/auth/login", "/api/auth/register"


@pytest.fixture(autouse=True)
def product_limits(worker: object) -> Generator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RATE_LIMIT_SCALE", "1")
        forget_worker()
        with bootstrap.database().autocommit() as connection:
            connection.execute("TRUNCATE rate_limits")
        yield
    forget_worker()


def tries(address: str, *identifiers: str, password: str = "wrong password") -> list[int]:
    browser = Browser(address)
    return [browser.post(auth, LOGIN, {"identifier": name, "password": password}).status for name in identifiers]


def test_email_and_username_share_their_tries_in_any_spelling() -> None:
    name = f"mixed_{uuid4().hex[:8]}"
    new_person(name)
    spellings = [name, f"{name}@example.org", name.upper(), f"{name}@EXAMPLE.org", name, f"{name}@example.org"]
    assert tries("203.0.113.9:1", *spellings) == [401] * 5 + [429]


def test_right_password_does_not_open_a_door_that_is_locked() -> None:
    name = f"locked_{uuid4().hex[:8]}"
    new_person(name)
    assert tries("203.0.113.9:1", *[name] * 5) == [401] * 5
    assert tries("203.0.113.9:1", name, password=PASSWORD) == [429]
    # Somebody at another address does not lock out the owner.
    assert tries("198.51.100.77:1", name, password=PASSWORD) == [200]


@pytest.mark.usefixtures("quick_hash")
def test_one_address_cannot_go_through_many_accounts() -> None:
    statuses = tries("203.0.113.9:1", *[f"victim-{number}" for number in range(32)])
    assert statuses == [401] * 30 + [429] * 2


@pytest.mark.usefixtures("quick_hash")
def test_addresses_of_one_ipv6_household_count_as_one() -> None:
    statuses = [tries(f"2001:db8:1:2::{number:x}:4000", "somebody")[0] for number in range(1, 8)]
    assert statuses == [401] * 5 + [429] * 2
    assert tries("2001:db8:1:3::1:4000", "somebody") == [401]


@pytest.mark.usefixtures("quick_hash")
def test_many_addresses_cannot_guess_one_account_for_ever() -> None:
    statuses = [status for host in range(11) for status in tries(f"203.0.113.{host}:1", *["somebody-else"] * 5)]
    assert statuses.count(401) == 50
    assert statuses[50:] == [429] * 5


INVALID: list[tuple[Any, str, str, dict[str, Any], int]] = [
    (auth, "POST", LOGIN, {"identifier": "x"}, 5),
    (auth, "POST", REGISTER, registration(password="short"), 3),
    (auth, "PATCH", "/api/me", {"appearance": {"wings": "two"}}, 20),
    (auth, "PATCH", "/api/me", {"preferences": {"theme": "pink"}}, 20),
    (auth, "POST", "/api/me/password", {"current_password": "x", "new_password": "short"}, 20),
    (chat, "POST", "/api/companions", {"name": ""}, 10),
    (chat, "POST", "/api/companions", {"name": "Mara", "appearance": {"wings": "two"}}, 10),
    (chat, "POST", "/api/companions", {"name": "Mara", "identity": {"age": 17}}, 10),
]


@pytest.mark.parametrize(
    ("handler", "method", "path", "body", "limit"), INVALID, ids=[f"{m} {p} {list(b)[-1]}" for _, m, p, b, _ in INVALID]
)
def test_what_is_refused_as_invalid_costs_no_try(
    handler: Any, method: str, path: str, body: dict[str, Any], limit: int
) -> None:
    person = new_person()
    with bootstrap.database().autocommit() as connection:
        connection.execute("TRUNCATE rate_limits")
    for _ in range(limit + 2):
        answer = person.request(handler, method, path, body)
        assert (answer.status, answer.error) == (422, "invalid")
    with bootstrap.database().autocommit() as connection:
        row = connection.execute("SELECT count(*) AS charged FROM rate_limits").fetchone()
    assert row == {"charged": 0}


def test_refused_message_costs_no_try() -> None:
    person = new_person()
    made = person.post(chat, "/api/companions", {"name": "Mara"})
    path = f"/api/companions/{made.json['id']}/messages"
    for _ in range(32):
        body = {"client_message_id": str(uuid4()), "text": "", "want_image": False}
        assert person.post(chat, path, body).status == 422
    assert person.post(chat, path, {"client_message_id": str(uuid4()), "text": "Hi", "want_image": False}).status == 202


@pytest.mark.usefixtures("quick_hash")
def test_taken_names_are_not_found_out_for_ever() -> None:
    """A taken name gives the registration back, but only thirty names a day can be tried that way."""
    new_person("taken_name")
    browser = Browser("203.0.113.44:1")
    statuses = [browser.post(auth, REGISTER, registration("taken_name")).status for _ in range(32)]
    assert statuses == [409] * 30 + [429] * 2


def test_ten_companions_an_hour_whichever_way_they_are_made() -> None:
    person = new_person()
    greeting = {"name": "Mara", "identity": {"greeting": "Hello there."}}
    first = person.post(chat, "/api/companions", greeting).json["id"]
    message = person.get(chat, f"/api/companions/{first}/messages").json["items"][0]["id"]

    def one_of_each() -> list[int]:
        file = json.dumps(CARD).encode()
        kind = {"content-type": "application/octet-stream"}
        return [
            person.post(chat, "/api/companions", greeting).status,
            person.request(image, "POST", "/api/companions/import", body=file, headers=kind).status,
            person.post(chat, f"/api/messages/{message}/branch").status,
        ]

    assert [one_of_each() for _ in range(3)] == [[201, 201, 201]] * 3
    assert one_of_each() == [429, 429, 429]
    assert len(person.get(chat, "/api/companions", limit=100).json["items"]) == 10
    assert new_person().post(chat, "/api/companions", greeting).status == 201, "each user's own"
