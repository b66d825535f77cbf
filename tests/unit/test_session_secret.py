"""The session secret: as CloudFormation makes it, as devtools makes it, and while its keys are rotated."""

from uuid import uuid4

import pytest

from companion_hub.services.session_secret import pepper_of, signing_keys_of
from companion_hub.services.session_tokens import SessionTokens

MASTER = {"master": "m" * 64}


def test_a_master_gives_a_pepper_and_a_key_that_stay_the_same_and_differ_from_each_other() -> None:
    pepper, (key,) = pepper_of(MASTER), signing_keys_of(MASTER)
    assert (pepper, [key]) == (pepper_of(MASTER), signing_keys_of(MASTER))
    assert len({pepper.decode(), key.secret, MASTER["master"]}) == 3
    assert pepper != pepper_of({"master": "n" * 64})


def test_a_rotation_beside_the_master_logs_nobody_out() -> None:
    user, session = uuid4(), uuid4()
    token = SessionTokens(signing_keys_of(MASTER)).sign(user, session)
    rotated = signing_keys_of({**MASTER, "keys": [{"kid": "2026-12", "secret": "s" * 32}]})
    assert [key.kid for key in rotated] == ["2026-12", "1"]
    assert SessionTokens(rotated).verify(token) == (user, session)


def test_explicit_values_are_taken_as_they_are() -> None:
    secret = {"pepper": "p", "keys": [{"kid": "k1", "secret": "s" * 32}]}
    assert pepper_of(secret) == b"p"
    assert [key.kid for key in signing_keys_of(secret)] == ["k1"]


def test_a_secret_without_either_is_refused() -> None:
    with pytest.raises(KeyError):
        signing_keys_of({})
    with pytest.raises(KeyError):
        pepper_of({"keys": []})
