"""Passwords and sessions against somebody with a stopwatch, a stolen cookie or yesterday's key (issue 4, item 8)."""

import base64
import hashlib
import hmac
import json
import statistics
from collections.abc import Callable
from time import perf_counter
from typing import Any
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


KEY = "first-key-" * 4
Claims = dict[str, Any]


def signed(claims: Claims, *, key: Any = KEY, algorithm: str = "HS256", **headers: Any) -> str:
    return jwt.encode(claims, key, algorithm, headers={"kid": "k1"} | headers)


def by_hand(claims: Claims, header: Claims, *, key: str | None = KEY, digest: str = "sha256") -> str:
    """A token PyJWT would not make, or not without a warning."""
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (header, claims)]
    signature = hmac.new(key.encode(), b".".join(parts), digest).digest() if key is not None else b""
    return b".".join([*parts, base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()


def rsa_signed(claims: Claims) -> str:
    from cryptography.hazmat.primitives.asymmetric import rsa

    return signed(claims, key=rsa.generate_private_key(public_exponent=65537, key_size=2048), algorithm="RS256")


HEADER = {"alg": "HS256", "typ": "JWT", "kid": "k1"}
# What somebody makes who knows everything about a live session but the key, or has an old token of it.
FORGED: dict[str, Callable[[Claims], str]] = {
    "unsigned": lambda c: signed(c, key=None, algorithm="none"),
    "unsigned, in other letters": lambda c: by_hand(c, HEADER | {"alg": "nOnE"}, key=None),
    "signature taken off": lambda c: signed(c).rpartition(".")[0] + ".",
    "claims exchanged under a good signature": lambda c: ".".join(
        [signed(c).split(".")[0], signed(c | {"exp": c["exp"] + 9}).split(".")[1], signed(c).split(".")[2]]
    ),
    "signed with another key": lambda c: signed(c, key="other-key-" * 4),
    "signed with the empty key": lambda c: by_hand(c, HEADER, key=""),
    "signed with the key's name": lambda c: by_hand(c, HEADER, key="k1"),
    "another length": lambda c: by_hand(c, HEADER | {"alg": "HS512"}, digest="sha512"),
    "another family": rsa_signed,
    "no key's name": lambda c: by_hand(c, {"alg": "HS256"}),
    "a key that is a path": lambda c: by_hand(c, HEADER | {"kid": "../../../dev/null"}, key=""),
    "a key that is a list": lambda c: by_hand(c, HEADER | {"kid": ["k1"]}),
    "a key that is nothing": lambda c: by_hand(c, HEADER | {"kid": None}),
    "a key it brings along": lambda c: by_hand(
        c, HEADER | {"kid": "mine", "jwk": {"kty": "oct", "k": "bWluZQ"}, "jku": "https://evil.example/k"}, key="mine"
    ),
    "an extension that must be understood": lambda c: by_hand(c, HEADER | {"crit": ["b64"], "b64": False}),
    "over for two minutes": lambda c: signed(c | {"exp": c["iat"] - 120, "iat": c["iat"] - 9_000}),
    "from in two minutes": lambda c: signed(c | {"iat": c["iat"] + 120}),
    "not yet for two minutes": lambda c: signed(c | {"nbf": c["iat"] + 120}),
    "an end that is a text": lambda c: by_hand(c | {"exp": "never"}, HEADER),
    **{
        f"without {name}": lambda c, name=name: signed({key: value for key, value in c.items() if key != name})
        for name in ("exp", "iat", "sub", "sid")
    },
    "another user's": lambda c: signed(c | {"sub": str(uuid4())}),
    "another session's": lambda c: signed(c | {"sid": str(uuid4())}),
    "a user that is a query": lambda c: signed(c | {"sub": f"{c['sub']}' OR '1'='1"}),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_live_session_is_opened_by_no_token_but_ours(forge: Callable[[Claims], str]) -> None:
    """The session is there and the claims are true: only what is wrong with the token can keep the forger out."""
    person = new_person()
    claims = jwt.decode(person.cookies["session"], options={"verify_signature": False})
    forger = Browser()
    forger.cookies["session"] = signed(claims)
    assert forger.get(auth, "/api/me").status == 200, "made as ours is"
    forger.cookies["session"] = forge(claims)
    answer = forger.get(auth, "/api/me")
    assert (answer.status, answer.error) == (401, "unauthenticated")


def test_logging_in_never_takes_over_the_session_that_was_brought_along() -> None:
    """Session fixation: a cookie somebody put into the browser before is worth nothing after."""
    attacker, name = new_person(), f"fixed_{uuid4().hex[:8]}"
    new_person(name)
    victim = Browser()
    victim.cookies = dict(attacker.cookies)
    assert victim.post(auth, LOGIN, {"identifier": name, "password": PASSWORD}).status == 200
    first, planted = (
        jwt.decode(browser.cookies["session"], options={"verify_signature": False}) for browser in (victim, attacker)
    )
    assert first["sid"] != planted["sid"]
    assert first["sub"] != planted["sub"]
    assert victim.get(auth, "/api/me").json["user"]["username"] == name
    assert attacker.get(auth, "/api/me").json["user"]["username"] != name
    assert victim.post(auth, LOGIN, {"identifier": name, "password": PASSWORD}).status == 200
    second = jwt.decode(victim.cookies["session"], options={"verify_signature": False})
    assert second["sid"] != first["sid"], "a new one each time"
