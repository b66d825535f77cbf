"""Passwords and sessions against somebody with a stopwatch, a stolen cookie or yesterday's key (issue 4, item 8)."""

import base64
import hashlib
import hmac
import json
import statistics
from time import perf_counter
from uuid import uuid4

import bcrypt
import jwt
import pytest

from companion_hub import bootstrap
from companion_hub.services import passwords
from companion_hub.services import sessions as sessions_module
from functions.auth.handler import handler as auth
from tests.conftest import forget_worker
from tests.fakes.aws import FakeAws
from tests.fakes.gateway import Browser
from tests.fakes.people import PASSWORD, log_in, new_person

pytestmark = pytest.mark.usefixtures("worker")
LOGIN = "/api/auth/login"
TRIES = 40


@pytest.mark.usefixtures("real_passwords")
def test_hash_is_bcrypt_12_over_the_keyed_prehash() -> None:
    """Written out once more, so that no change of the scheme goes unnoticed: every stored hash would be worthless."""
    pepper = b"pepper-" * 6
    stored = passwords.hash_password(PASSWORD, pepper)
    prehash = base64.b64encode(hmac.new(pepper, PASSWORD.encode(), hashlib.sha256).digest())
    assert stored.startswith("$2b$12$")
    assert len(prehash) < 72  # bcrypt reads no more
    assert bcrypt.checkpw(prehash, stored.encode())
    assert not passwords.check_password(PASSWORD, stored, b"another pepper")


@pytest.mark.usefixtures("real_passwords")
def test_unknown_user_takes_as_long_as_a_wrong_password_over_40_tries() -> None:
    """The decoy's cost factor must be the real one.

    Interleaved, first one and then the other first, so that a busy machine burdens both alike; a machine that is busy in
    bursts may spoil a round by chance, but not three, and a difference shows in every one.
    """
    person = f"timed_{uuid4().hex[:8]}"
    new_person(person)
    ratios: list[float] = []
    for _ in range(3):
        ratios.append(_unknown_to_known(person))
        if 0.85 < ratios[-1] < 1.15:
            return
    raise AssertionError(ratios)


def _unknown_to_known(person: str) -> float:
    """Return the ratio of the median times of 40 tries each."""
    times: dict[str, list[float]] = {person: [], "nobody_at_all": []}
    for number in range(TRIES):
        for identifier in sorted(times, reverse=bool(number % 2)):
            start = perf_counter()
            answer = Browser().post(auth, LOGIN, {"identifier": identifier, "password": "wrong password"})
            times[identifier].append(perf_counter() - start)
            assert answer.status == 401
    return statistics.median(times["nobody_at_all"]) / statistics.median(times[person])


@pytest.mark.parametrize("route", ["/api/auth/register", LOGIN])
def test_megabyte_of_password_is_refused_before_it_is_hashed(route: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> bytes:
        raise AssertionError("hashed")

    monkeypatch.setattr(bcrypt, "hashpw", never)
    monkeypatch.setattr(bcrypt, "checkpw", never)
    body = {"password": "x" * 1_000_000}
    body |= {"identifier": "x"} if route == LOGIN else {"name": "T", "email": "t@example.org", "username": "long_pw"}
    answer = Browser().post(auth, route, body)
    assert (answer.status, list(answer.json["error"]["fields"])) == (422, ["password"])


def test_key_is_rotated_twice_and_nobody_is_logged_out_until_a_key_is_taken_away(
    worker: FakeAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    """docs/operations.md's way: a new key first, the old ones kept; every worker finds out by itself."""
    monkeypatch.setattr(sessions_module, "REFRESH_EVERY_S", 0.0)
    before = worker.secrets["session"]
    name = f"rotated_{uuid4().hex[:8]}"
    browsers = [new_person(name)]
    try:
        for kid in ("k2", "k3"):
            ring = json.loads(worker.secrets["session"])
            ring["keys"].insert(0, {"kid": kid, "secret": f"{kid}-secret" * 6})
            worker.secrets["session"] = json.dumps(ring)
            forget_worker()  # a new worker; the others are asked below
            browsers.append(log_in(name))
            assert jwt.get_unverified_header(browsers[-1].cookies["session"])["kid"] == kid
            assert [browser.get(auth, "/api/me").status for browser in browsers] == [200] * len(browsers)
        ring = json.loads(worker.secrets["session"])
        ring["keys"] = ring["keys"][:1]  # the key of the first two is known to somebody: out with it
        worker.secrets["session"] = json.dumps(ring)
        forget_worker()
        assert [browser.get(auth, "/api/me").status for browser in browsers] == [401, 401, 200]
    finally:
        worker.secrets["session"] = before
        forget_worker()


def test_changed_ring_reaches_a_worker_that_is_running(worker: FakeAws, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that is taken away counts no more within the secrets' stated age, without a restart."""
    from companion_hub.providers import secrets

    person = new_person()
    before = worker.secrets["session"]
    ring = json.loads(before)
    ring["keys"] = [{"kid": "k9", "secret": "ninth-key-" * 4}]
    worker.secrets["session"] = json.dumps(ring)
    try:
        assert person.get(auth, "/api/me").status == 200  # cached
        monkeypatch.setattr(secrets, "MAX_AGE_S", 0.0)  # five minutes later
        assert person.get(auth, "/api/me").status == 401
    finally:
        worker.secrets["session"] = before
        monkeypatch.undo()
        bootstrap.session_tokens(fresh=True)


def test_stolen_cookie_dies_with_the_session_on_every_function() -> None:
    from functions.chat.handler import handler as chat
    from functions.image.handler import handler as image

    person = new_person()
    thief = Browser()
    thief.cookies = dict(person.cookies)
    asked = ((auth, "/api/me"), (chat, "/api/companions"), (image, "/api/images"))
    assert [thief.get(handler, path).status for handler, path in asked] == [200, 200, 200]
    assert person.post(auth, "/api/auth/logout").status == 204
    assert [thief.get(handler, path).status for handler, path in asked] == [401, 401, 401]
