"""The object store's client against the local emulator's S3, which the whole local stack uses too."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

import boto3
import httpx
import pytest

from companion_hub.errors import ServiceUnavailableError, StorageUnavailableError
from companion_hub.providers.object_store import S3ObjectStore

BUCKET = "media"


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """MiniStack on a free port; its URL."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("ministack")
    environment = os.environ | {"BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port), "HOME": str(folder)}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "ministack"], env=environment, cwd=folder, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url, process, folder / "log")
            yield url
        finally:
            process.terminate()
            process.wait(10)


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(200):
        assert process.poll() is None, log.read_text()
        try:
            httpx.get(f"{url}/_ministack/health", timeout=1)
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(log.read_text())


@pytest.fixture(scope="module")
def store(emulator: str) -> Generator[S3ObjectStore]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "AWS_ENDPOINT_URL": emulator,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }.items():
            patch.setenv(name, value)
        boto3.client("s3").create_bucket(Bucket=BUCKET)
        yield S3ObjectStore(BUCKET)


def keys(store: S3ObjectStore, prefix: str) -> list[str]:
    client = store._client  # pyright: ignore[reportPrivateUsage]
    return [entry.get("Key", "") for entry in client.list_objects_v2(Bucket=BUCKET, Prefix=prefix).get("Contents", [])]


def test_object_is_stored_with_its_headers_and_read_back(store: S3ObjectStore, emulator: str) -> None:
    store.put("media/u/a/208.avif", b"\x00picture", content_type="image/avif")
    assert store.get("media/u/a/208.avif") == b"\x00picture"
    headers = httpx.get(f"{emulator}/{BUCKET}/media/u/a/208.avif").headers
    assert headers["content-type"] == "image/avif"
    assert headers["cache-control"] == "private, max-age=31536000, immutable"


def test_same_key_again_replaces(store: S3ObjectStore) -> None:
    store.put("media/u/b/1.jpg", b"one", content_type="image/jpeg")
    store.put("media/u/b/1.jpg", b"two", content_type="image/jpeg")
    assert store.get("media/u/b/1.jpg") == b"two"


def test_deleting_takes_what_is_there_and_minds_nothing_that_is_not(store: S3ObjectStore) -> None:
    store.put("media/u/c/1.jpg", b"x", content_type="image/jpeg")
    store.put("media/u/c/2.jpg", b"x", content_type="image/jpeg")
    store.delete(["media/u/c/1.jpg", "media/u/c/never.jpg"])
    assert keys(store, "media/u/c/") == ["media/u/c/2.jpg"]
    store.delete([])


def test_more_than_a_call_takes_is_deleted(store: S3ObjectStore) -> None:
    names = [f"media/u/many/{number:04}.jpg" for number in range(1_003)]
    for name in (names[0], names[-1]):
        store.put(name, b"x", content_type="image/jpeg")
    store.delete(names)
    assert keys(store, "media/u/many/") == []


def test_folder_is_deleted_and_its_neighbour_is_not(store: S3ObjectStore) -> None:
    for name in ("media/u/d/1/208.jpg", "media/u/d/2/208.jpg", "media/u/dd/208.jpg"):
        store.put(name, b"x", content_type="image/jpeg")
    store.delete_prefix("media/u/d/")
    assert keys(store, "media/u/d") == ["media/u/dd/208.jpg"]
    with pytest.raises(ValueError, match="folder"):
        store.delete_prefix("media/u/d")


def test_missing_object_is_an_error_not_empty_bytes(store: S3ObjectStore) -> None:
    with pytest.raises(StorageUnavailableError):
        store.get("media/u/nothing.jpg")


def test_store_that_is_away_is_a_retryable_error(store: S3ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{closed.getsockname()[1]}")
        away = S3ObjectStore(BUCKET)
        with pytest.raises(StorageUnavailableError):
            away.put("media/u/e/1.jpg", b"x", content_type="image/jpeg")
        with pytest.raises(ServiceUnavailableError):
            away.delete(["media/u/e/1.jpg"])


def test_readiness_asks_the_bucket(store: S3ObjectStore) -> None:
    assert store.check()
