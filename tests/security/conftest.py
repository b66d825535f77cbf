"""Fixtures of the attacks: a front door with the real handlers behind it, limits out of the way or as in production."""

from collections.abc import Generator

import bcrypt
import pytest

from companion_hub import bootstrap
from devtools.config import free_port
from tests.conftest import forget_worker, media_key_pem
from tests.fakes.aws import FakeAws
from tests.fakes.edge import WebBrowser, front_door, in_worker
from tests.fakes.people import registration


@pytest.fixture(scope="module")
def edge(worker: FakeAws) -> Generator[str]:
    """The front door's URL, which is the only origin the API knows."""
    port = free_port()
    with pytest.MonkeyPatch.context() as patch, front_door(worker, media_key_pem(), port=port) as url:
        patch.setenv("PUBLIC_ORIGINS", f"http://localhost:{port},http://127.0.0.1:{port}")
        in_worker(forget_worker)
        yield url
        in_worker(forget_worker)


@pytest.fixture
def strict(edge: str) -> Generator[str]:
    """The same with the product's own limits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RATE_LIMIT_SCALE", "1")
        in_worker(forget_worker)
        in_worker(_forget_limits)
        yield edge
    in_worker(forget_worker)


@pytest.fixture
def visitor(edge: str) -> Generator[WebBrowser]:
    with WebBrowser(edge) as browser:
        yield browser


@pytest.fixture
def member(visitor: WebBrowser) -> WebBrowser:
    """Somebody with an account."""
    visitor.post("/api/auth/register", json=registration()).raise_for_status()
    return visitor


def _forget_limits() -> None:
    with bootstrap.database().autocommit() as connection:
        connection.execute("TRUNCATE rate_limits")


@pytest.fixture
def quick_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    """No password is right and none takes a quarter of a second: for tests that count hundreds of tries."""
    monkeypatch.setattr(bcrypt, "checkpw", lambda *_: False)
    monkeypatch.setattr(bcrypt, "hashpw", lambda *_: b"$2b$12$" + b"x" * 53)
