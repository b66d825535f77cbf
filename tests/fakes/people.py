"""Registered people for the tests, each with a browser of their own."""

from itertools import count
from typing import Any

from functions.auth.handler import handler as auth
from tests.fakes.gateway import Browser

PASSWORD = "correct horse battery"
_numbers = count(1)


def unique_name(stem: str = "user") -> str:
    return f"{stem}_{next(_numbers)}"


def registration(username: str | None = None, **changes: Any) -> dict[str, Any]:
    username = username or unique_name()
    return {
        "name": "Tom",
        "email": f"{username}@example.org",
        "username": username,
        "password": PASSWORD,
    } | changes


def new_person(username: str | None = None) -> Browser:
    """Return the browser of somebody who has just registered."""
    browser = Browser()
    answer = browser.post(auth, "/api/auth/register", registration(username))
    assert answer.status == 201, answer.body
    return browser


def log_in(username: str) -> Browser:
    """Return another browser of the same person."""
    browser = Browser()
    answer = browser.post(auth, "/api/auth/login", {"identifier": username, "password": PASSWORD})
    assert answer.status == 200, answer.body
    return browser
