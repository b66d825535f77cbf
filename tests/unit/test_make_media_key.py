"""The key pairs of the pictures' cookies: made once for each name, and changed without losing the one before."""

import json
import threading
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization

from functions.auth import make_media_key


class Secret:
    """A secret as CloudFormation makes it, and the client that reads and writes it."""

    def __init__(self) -> None:
        self.value = {"private_key": "", "unused": "x" * 64}

    def get_secret_value(self, SecretId: str) -> dict[str, str]:
        assert SecretId == "media-key"
        return {"SecretString": json.dumps(self.value)}

    def put_secret_value(self, SecretId: str, SecretString: str) -> None:
        assert SecretId == "media-key"
        self.value = json.loads(SecretString)


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> Secret:
    made = Secret()
    monkeypatch.setenv("MEDIA_KEY_SECRET_ARN", "media-key")
    monkeypatch.setattr("boto3.client", lambda _: made)
    return made


def public_of(private: str) -> str:
    key = serialization.load_pem_private_key(private.encode(), None).public_key()
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def test_a_pair_is_made_once(secret: Secret) -> None:
    first = make_media_key.public_key("private_key")
    assert list(secret.value) == ["private_key"]
    assert public_of(secret.value["private_key"]) == first
    assert make_media_key.public_key("private_key") == first


def test_a_new_round_keeps_the_key_before_and_no_older_one(secret: Secret) -> None:
    made = [make_media_key.public_key(name) for name in ("private_key", "private_key_2")]
    assert [public_of(private) for private in secret.value.values()] == made
    third = make_media_key.public_key("private_key_3")
    assert list(secret.value) == ["private_key_2", "private_key_3"]
    assert [public_of(private) for private in secret.value.values()] == [made[1], third]
    assert len({*made, third}) == 3


@pytest.fixture
def cloudformation() -> Generator[tuple[str, list[dict[str, Any]]]]:
    """Where a custom resource answers to: the address, and what was answered."""
    heard: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", heard
    server.shutdown()
    server.server_close()


def event(url: str, kind: str, **properties: str) -> dict[str, Any]:
    ids = {"StackId": "stack", "RequestId": "request", "LogicalResourceId": "MediaKeyPair"}
    return {**ids, "RequestType": kind, "ResponseURL": url, "ResourceProperties": {"ServiceToken": "arn", **properties}}


def test_cloudformation_hears_the_public_key_and_nothing_else(
    secret: Secret, cloudformation: tuple[str, list[dict[str, Any]]]
) -> None:
    url, heard = cloudformation
    make_media_key.handler(event(url, "Create"), None)
    make_media_key.handler(event(url, "Create", Name="private_key_2"), None)
    assert [answer["Status"] for answer in heard] == ["SUCCESS", "SUCCESS"]
    assert [answer["Data"]["PublicKey"] for answer in heard] == [public_of(key) for key in secret.value.values()]
    assert "PRIVATE" not in json.dumps(heard)


def test_a_deleted_resource_leaves_the_keys_alone(
    secret: Secret, cloudformation: tuple[str, list[dict[str, Any]]]
) -> None:
    url, heard = cloudformation
    make_media_key.handler(event(url, "Create"), None)
    before = dict(secret.value)
    make_media_key.handler(event(url, "Delete"), None)
    assert (secret.value, heard[-1]["Status"]) == (before, "SUCCESS")


def test_a_failure_is_told_by_its_kind_only(secret: Secret, cloudformation: tuple[str, list[dict[str, Any]]]) -> None:
    url, heard = cloudformation
    secret.value = {"private_key": "not a key"}
    with pytest.raises(ValueError):
        make_media_key.handler(event(url, "Create"), None)
    assert (heard[-1]["Status"], heard[-1]["Reason"]) == ("FAILED", "ValueError")
