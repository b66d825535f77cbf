"""The embedded PostgreSQL: never as root, no network port, and what was committed survives kill -9."""

import contextlib
import os
import shutil
import signal
from collections.abc import Generator
from pathlib import Path

import psycopg
import pytest

from devtools import postgres
from devtools.postgres import Server, conninfo
from devtools.processes import Part, PartFailedError, Supervisor

PASSWORD = "local"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    data_dir = tmp_path_factory.mktemp("data")
    yield postgres.plan(data_dir)
    postgres.remove(data_dir)
    assert not postgres.plan(data_dir).data.exists()


@pytest.fixture
def supervisor(tmp_path: Path) -> Generator[Supervisor]:
    made = Supervisor(tmp_path / "logs")
    yield made
    made.stop()


def _processes(part: Part) -> list[int]:
    """Return the server's process and its children."""
    children = Path(f"/proc/{part.process.pid}/task/{part.process.pid}/children").read_text().split()
    return [part.process.pid, *(int(child) for child in children)]


def _values(server: Server) -> list[int]:
    with psycopg.connect(conninfo(server, PASSWORD)) as connection:
        return [row[0] for row in connection.execute("SELECT n FROM kept ORDER BY n").fetchall()]


def test_committed_rows_survive_kill_9(server: Server, supervisor: Supervisor) -> None:
    part = postgres.start(server, PASSWORD, supervisor)
    with psycopg.connect(conninfo(server, PASSWORD), autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (n int PRIMARY KEY)")
        for number in range(100):
            connection.execute("INSERT INTO kept VALUES (%s)", (number,))
        for pid in _processes(part):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    part.process.wait(10)
    assert (server.data / "postmaster.pid").exists()  # as a crash leaves it
    supervisor.stop()
    postgres.start(server, PASSWORD, supervisor)
    assert _values(server) == list(range(100))


def test_new_binaries_leave_the_data_closed_and_served(server: Server, supervisor: Supervisor) -> None:
    """Copying newer binaries once opened the data folder beside them, and the server refused to start."""
    postgres.start(server, PASSWORD, supervisor)
    supervisor.stop()
    private = {path: path.stat().st_mode for path in (server.data, *server.data.rglob("*"))}
    if server.owner is not None:
        (server.binaries.parent.parent / ".binaries").write_text("an older release")
    postgres.start(server, PASSWORD, supervisor)
    supervisor.stop()
    assert {path.stat().st_mode & 0o077 for path in private if path.exists()} == {0}


def test_data_folder_that_was_opened_is_closed_again(server: Server, supervisor: Supervisor) -> None:
    """As a restored backup leaves it."""
    postgres.start(server, PASSWORD, supervisor)
    supervisor.stop()
    server.data.chmod(0o755)
    postgres.start(server, PASSWORD, supervisor)
    assert server.data.stat().st_mode & 0o777 == 0o700


def test_server_is_no_roots_and_has_no_network_port(server: Server, supervisor: Supervisor) -> None:
    part = postgres.start(server, PASSWORD, supervisor)
    owners: list[int] = []
    for pid in _processes(part):
        with contextlib.suppress(FileNotFoundError):  # a worker of the server that has just done its work
            owners.append(Path(f"/proc/{pid}").stat().st_uid)
    assert owners
    assert 0 not in owners
    with psycopg.connect(conninfo(server, PASSWORD)) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
    assert server.data.stat().st_mode & 0o077 == 0


def test_password_is_asked_for(server: Server, supervisor: Supervisor) -> None:
    postgres.start(server, PASSWORD, supervisor)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(conninfo(server, "guess")).close()


def test_first_start_that_was_interrupted_starts_over(tmp_path: Path, supervisor: Supervisor) -> None:
    server = postgres.plan(tmp_path / "half")
    try:
        server.data.mkdir(parents=True)
        (server.data / "base").mkdir()  # initdb had begun
        postgres.start(server, PASSWORD, supervisor)
        assert postgres.answers(server, PASSWORD)
    finally:
        supervisor.stop()
        postgres.remove(tmp_path / "half")


def test_server_that_does_not_start_shows_why(tmp_path: Path, supervisor: Supervisor) -> None:
    server = postgres.plan(tmp_path / "broken")
    try:
        postgres.start(server, PASSWORD, supervisor)
        supervisor.stop()
        shutil.rmtree(server.data / "global")
        with pytest.raises(PartFailedError, match=r"(?s)postgres stopped.*global"):
            postgres.start(server, PASSWORD, supervisor)
    finally:
        supervisor.stop()
        postgres.remove(tmp_path / "broken")
