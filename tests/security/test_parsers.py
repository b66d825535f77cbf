"""Everything that reads what strangers send: model streams and answers, frames, uploads, cookies (issue 4, item 11).

Cards and pictures have their own in tests/unit/test_cards.py and tests/unit/test_image_pipeline.py.
"""

import base64
import json
import math
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from companion_hub.errors import HubError, StepError, UnauthenticatedError
from companion_hub.providers import image_model, language_model
from companion_hub.providers.event_stream import MAX_LINE_BYTES, Delta, Finish, read_events
from companion_hub.services.media_cookies import signed_for
from companion_hub.services.session_tokens import SessionTokens, SigningKey
from functions.image.upload import MAX_UPLOAD_BYTES, read_upload
from functions.stream.handler import handler as stream
from tests.fakes.aws import FakeAws
from tests.fakes.gateway import Context, socket_event

QUICK = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
texts = st.text(st.characters(), max_size=40)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | texts,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["choices", "delta", "content", "finish_reason", "usage", "prompt_tokens", "message", "images"]
            )
            | texts,
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
events = values.map(lambda value: b"data: " + json.dumps(value).encode("utf-8", "surrogatepass") + b"\n\n")
noise = st.binary(max_size=60) | st.sampled_from([b"data:", b"data: [DONE]\n", b"\n\n", b": comment\n", b"event: x\n"])
# The least a parser must get past: counts that are no counts, and nesting that exhausts a recursive reader.
ODD_USAGE = [b'data: {"usage": "many"}\n', b'data: {"usage": {"prompt_tokens": 1e400, "completion_tokens": -1}}\n']
DEEP = b"[" * 30_000


def is_count(value: object) -> bool:
    """Whether the usage table takes it."""
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31)


@QUICK
@given(st.lists(events | noise, max_size=12), st.integers(1, 50))
@example([*ODD_USAGE, b'data: {"choices": [{"finish_reason": "stop"}]}\n'], 50)
@example([b"data: " + DEEP + b"\n"], 50)
@example([b'data: {"choices": [{"finish_reason": "stop"}], "usage": {"prompt_tokens": true}}\n'], 7)
def test_model_stream_gives_text_and_counts_or_an_error_of_ours(parts: list[bytes], size: int) -> None:
    body = b"".join(parts)

    def packets() -> Iterator[bytes]:
        for start in range(0, len(body), size):
            yield body[start : start + size]

    try:
        for event in read_events(packets()):
            if isinstance(event, Finish):
                assert event.reason
                assert is_count(event.input_tokens)
                assert is_count(event.output_tokens)
            else:
                assert isinstance(event, Delta)
                assert isinstance(event.text, str)
    except StepError:
        pass


def test_model_stream_never_keeps_more_than_a_line() -> None:
    with pytest.raises(StepError):
        list(read_events(iter([b"data: " + b"x" * (MAX_LINE_BYTES + 10)])))


@QUICK
@given(values.map(lambda value: json.dumps(value).encode("utf-8", "surrogatepass")) | st.binary(max_size=80))
@example(DEEP)
@example(b'{"choices": [{"message": {"content": "x"}}], "usage": [1]}')
@example(b'{"choices": [{"message": {"content": "x"}}], "usage": {"prompt_tokens": "7", "completion_tokens": 1e400}}')
def test_model_answer_gives_a_text_and_counts_or_an_error_of_ours(body: bytes) -> None:
    try:
        answer = language_model._parse_completion(body)  # pyright: ignore[reportPrivateUsage]
    except StepError:
        return
    assert isinstance(answer.text, str)
    assert is_count(answer.input_tokens)
    assert is_count(answer.output_tokens)


@QUICK
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "images": st.lists(st.binary(max_size=20).map(lambda data: base64.b64encode(data).decode()) | values),
            "info": values.map(json.dumps) | values,
        },
    ).map(lambda value: json.dumps(value).encode("utf-8", "surrogatepass"))
    | st.binary(max_size=80)
)
@example(DEEP)
@example(b'{"images": ["AAAA"], "info": "{\\"steps\\": 1e999, \\"cfg_scale\\": -1e999}"}')
@example(b'{"images": ["AAAA"], "info": "{\\"sd_model_name\\": \\"\\\\ud800\\\\u0000\\"}"}')
def test_image_models_answer_gives_bytes_a_database_can_describe(body: bytes) -> None:
    request = image_model.ImageRequest(prompt="p", negative_prompt="n", seed=1)
    try:
        drawn = image_model._parse(body, request)  # pyright: ignore[reportPrivateUsage]
    except StepError:
        return
    assert 0 <= drawn.seed < 2**63
    text = json.dumps(drawn.settings, allow_nan=False) + drawn.model
    assert "\\u0000" not in text
    text.encode()  # no half surrogate pair


@pytest.mark.usefixtures("worker")
@QUICK
@given(
    st.text(max_size=200)
    | values.map(json.dumps)
    | st.fixed_dictionaries(
        {"action": st.sampled_from(["subscribe", "ping"]), "turn_id": st.uuids().map(str)},
        optional={"from": values, "attempt": values},
    ).map(json.dumps)
)
@example(DEEP.decode())
@example('{"action":"subscribe","turn_id":"018f2f3e-0000-7000-8000-000000000000","from":1e400}')
def test_any_message_on_a_socket_is_answered_with_a_frame(worker: FakeAws, body: str) -> None:
    worker.frames.clear()
    answer = stream(socket_event("$default", "socket-of-nobody", body=body), Context())
    assert answer == {"statusCode": 200}
    assert [frame["type"] for _, frame in worker.frames] in (["error"], ["pong"])


@QUICK
@given(
    st.binary(max_size=400),
    st.sampled_from(
        ["", "image/png", "multipart/form-data", "multipart/form-data; boundary=b", 'multipart/form-data; boundary="b']
    ),
    st.booleans(),
    st.lists(
        st.sampled_from(
            [b"--b", b"\r\n", b"\r\n\r\n", b'Content-Disposition: form-data; name="file"; filename="x"', b"--", b"PNG"]
        ),
        max_size=14,
    ).map(b"".join),
)
def test_any_upload_gives_bytes_or_an_error_of_ours(body: bytes, kind: str, encoded: bool, form: bytes) -> None:
    for content in (body, form, form + body):
        text = base64.b64encode(content).decode() if encoded else content.decode("latin-1")
        event = {"headers": {"content-type": kind}, "body": text, "isBase64Encoded": encoded}
        try:
            data = read_upload(event)
        except HubError:
            continue
        assert 0 < len(data) <= MAX_UPLOAD_BYTES


@QUICK
@given(st.text(max_size=200) | values.map(json.dumps).map(lambda text: base64.b64encode(text.encode()).decode()))
@example(base64.b64encode(DEEP).decode())
@example(base64.b64encode(b'{"Statement": [{"Condition": {"DateLessThan": {"AWS:EpochTime": 1e400}}}]}').decode())
def test_any_picture_cookie_is_ours_or_is_renewed(value: str) -> None:
    assert signed_for(value, UUID(int=1), frozenset({"https://hub.example"})) is None


@pytest.fixture(scope="module")
def door() -> tuple[Any, Any]:
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key, SimpleNamespace(port=8080, media_key_pair_id="K1")


@QUICK
@given(policy=st.text(max_size=60), signature=st.text(max_size=60), value=values)
def test_no_cookie_but_a_signed_one_opens_a_picture(
    door: tuple[Any, Any], policy: str, signature: str, value: object
) -> None:
    from devtools.front_door import may_read

    key, door_settings = door
    names = ("CloudFront-Policy", "CloudFront-Signature", "CloudFront-Key-Pair-Id")
    cookies = dict(zip(names, (policy, signature, "K1"), strict=True))
    assert not may_read("/media/x/y.jpg", cookies, key.public_key(), door_settings)
    # Signed by us, but not a policy: read without harm.
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    raw = json.dumps(value).encode("utf-8", "surrogatepass")
    signed = key.sign(raw, padding.PKCS1v15(), hashes.SHA1())
    cookies = dict(zip(names, (base64.b64encode(part).decode() for part in (raw, signed)), strict=False))
    assert not may_read("/media/x/y.jpg", cookies | {names[2]: "K1"}, key.public_key(), door_settings)


@QUICK
@given(st.text(max_size=300) | st.tuples(values, values).map(lambda pair: _unsigned(*pair)))
def test_no_token_but_a_signed_one_is_believed(token: str) -> None:
    with pytest.raises(UnauthenticatedError):
        SessionTokens([SigningKey("k1", "key-" * 8)]).verify(token)


def _unsigned(header: object, claims: object) -> str:
    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode("utf-8", "surrogatepass")).decode().rstrip("=")

    return f"{part({'alg': 'none', 'kid': 'k1', 'more': header})}.{part(claims)}."


def test_infinity_is_no_number_here() -> None:
    """Why the examples above hold 1e400: Python reads it as infinity, which PostgreSQL's JSON does not know."""
    assert math.isinf(json.loads("1e400"))
