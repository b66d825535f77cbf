"""Small rules of the accounts' side: addresses, media cookies, snapshots, health, content checks."""

import base64
import json
from uuid import UUID, uuid4

import pytest

from companion_hub import bootstrap
from companion_hub.errors import InvalidRequestError, PayloadTooLargeError, UnsupportedMediaError
from companion_hub.http import MAX_JSON_BYTES, check_content, viewer_address
from companion_hub.services.addresses import rate_limit_address
from companion_hub.services.media_cookies import LIFETIME_S, MediaCookies, signed_for
from companion_hub.services.session_tokens import SessionTokens, SigningKey
from tests.conftest import forget_worker, media_key_pem
from tests.fakes.aws import FakeAws

USER = UUID("01900000-0000-7000-8000-000000000001")
HERE = "https://hub.example"


@pytest.mark.parametrize(
    ("header", "counted_as"),
    [
        ("198.51.100.7:40000", "198.51.100.7"),
        ("[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1:443", "2001:db8:1:2::"),
        ("[::ffff:198.51.100.7]:1", "198.51.100.7"),
        ("", "unknown"),
        ("nonsense:1", "unknown"),
    ],
)
def test_address_is_counted_by_machine_or_household(header: str, counted_as: str) -> None:
    event = {"headers": {"cloudfront-viewer-address": header}}
    assert rate_limit_address(viewer_address(event)) == counted_as


# --- media cookies ----------------------------------------------------------------------------------------------------


def policy_of(user_id: UUID, origin: str = HERE, *, now: float = 0) -> str:
    cookies = MediaCookies(media_key_pem(), "K1").for_user(user_id, origin, now=now)
    return cookies["CloudFront-Policy"]


def test_policy_names_one_origin_one_user_and_an_end() -> None:
    document = json.loads(base64.b64decode(policy_of(USER, now=1000).translate(str.maketrans("-_~", "+=/"))))
    assert document == {
        "Statement": [
            {
                "Resource": f"{HERE}/media/{USER}/*",
                "Condition": {"DateLessThan": {"AWS:EpochTime": 1000 + LIFETIME_S}},
            }
        ]
    }


@pytest.mark.parametrize(
    ("policy", "now", "kept"),
    [
        pytest.param(policy_of(USER), 0, HERE, id="new"),
        pytest.param(policy_of(USER), LIFETIME_S / 2 - 1, HERE, id="before half of its life"),
        pytest.param(policy_of(USER), LIFETIME_S / 2 + 1, None, id="after half of its life"),
        pytest.param(policy_of(uuid4()), 0, None, id="somebody else's"),
        pytest.param(policy_of(USER, "https://elsewhere.example"), 0, None, id="another origin"),
        pytest.param("", 0, None, id="missing"),
        pytest.param("garbage!", 0, None, id="garbage"),
        pytest.param(base64.b64encode(b"[]").decode(), 0, None, id="another shape"),
        pytest.param(base64.b64encode(b'{"Statement":[{}]}').decode(), 0, None, id="half of it"),
    ],
)
def test_policy_is_kept_while_it_is_young_and_ours(policy: str, now: float, kept: str | None) -> None:
    assert signed_for(policy, USER, frozenset({HERE}), now=now) == kept


# --- session tokens ---------------------------------------------------------------------------------------------------


def test_short_signing_keys_are_refused() -> None:
    for keys in ([], [SigningKey("k", "short")]):
        with pytest.raises(ValueError, match="32 characters"):
            SessionTokens(keys)


# --- what a request may hold ------------------------------------------------------------------------------------------


def checked(body: str | None, content_type: str = "application/json", **event: object) -> None:
    check_content({"body": body, **event}, {"content-type": content_type})


def test_fitting_content_passes() -> None:
    checked('{"text": "emoji 🍵, line\\nbreaks and \\u00e9"}')
    checked(None)
    checked(base64.b64encode(b'{"a": 1}').decode(), isBase64Encoded=True)
    checked("\x89PNG...", "image/png")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (r'{"a": {"b": ["x", "\u0000"]}}', "a.b.1"),
        (r'{"a": "\ud800"}', "a"),
        (r'{"\u0000": 1}', "body"),
        (r'"\u0000"', "body"),
        ("[" * 70 + "]" * 70, "body"),
        ('{"a": Infinity}', "body"),
        ("\x00", "body"),
    ],
)
def test_content_no_database_takes_is_named(body: str, field: str) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        checked(body)
    assert list(refused.value.fields) == [field]


def test_body_that_is_not_utf_8_is_invalid() -> None:
    with pytest.raises(InvalidRequestError):
        checked(base64.b64encode(b'{"a": "\xff"}').decode(), isBase64Encoded=True)


def test_search_text_with_a_zero_character_is_named() -> None:
    with pytest.raises(InvalidRequestError) as refused:
        checked(None, queryStringParameters={"q": "a\x00"})
    assert list(refused.value.fields) == ["q"]


def test_too_much_and_forms_are_refused() -> None:
    with pytest.raises(PayloadTooLargeError):
        checked('"' + "x" * MAX_JSON_BYTES + '"')
    with pytest.raises(UnsupportedMediaError):
        checked("a=b", "application/x-www-form-urlencoded; charset=utf-8")


# --- settings ---------------------------------------------------------------------------------------------------------


def test_proxy_host_and_tls_mode_win_over_the_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    aws = FakeAws()
    try:
        aws.secrets["db"] = json.dumps({"host": "cluster", "username": "u", "password": "p", "sslmode": "prefer"})
        for name, value in {
            "AWS_ENDPOINT_URL": aws.url, "AWS_ACCESS_KEY_ID": "t", "AWS_SECRET_ACCESS_KEY": "t",
            "AWS_DEFAULT_REGION": "us-east-1", "DATABASE_SECRET_ARN": "db", "DATABASE_HOST": "proxy",
            "DATABASE_SSLMODE": "verify-full",
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        forget_worker()
        parameters = bootstrap.database_parameters()
        assert (parameters["host"], parameters["sslmode"], parameters["username"]) == ("proxy", "verify-full", "u")
        assert parameters["proxied"] is True
    finally:
        aws.close()
        monkeypatch.undo()
        forget_worker()
