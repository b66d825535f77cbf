"""The worker's one database connection: opened on first use, kept, checked after a pause, replaced when broken.

Two ways in: ``transaction()`` for several statements that belong together, ``autocommit()`` for one statement that is
complete in itself (one round trip).  Both turn a lost, refused or overloaded database into DatabaseUnavailableError.
"""

import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import uniform
from time import monotonic, sleep
from typing import Any, TypeVar

import psycopg
from psycopg import Connection
from psycopg.conninfo import make_conninfo
from psycopg.rows import DictRow, dict_row

from companion_hub.errors import DatabaseUnavailableError

T = TypeVar("T")
Conn = Connection[DictRow]

# After this pause the connection is asked before it is trusted: a frozen function's connection may have been closed.
PROBE_AFTER_IDLE_S = 10.0
CONNECT_TIMEOUT_S = 5
# What signs Aurora's and RDS Proxy's certificates; a layer's files lie under /opt, so the path is made from here.
AWS_ROOTS = Path(__file__).with_name("aws_roots.pem")
# Serialization failures and deadlocks: the whole transaction again, a few times, with jitter (FAULTS.md F29).
MAX_TRIES = 4

# idle_session_timeout lets a frozen function's connection go, so that Aurora can pause (AWS-FACTS.md).  Behind a proxy the
# cluster's parameters say the same of statements and transactions (infra/database.py), and nothing pauses.
_SESSION_OPTIONS = (
    "-c statement_timeout=8000 -c lock_timeout=4000 -c idle_in_transaction_session_timeout=15000 "
    "-c idle_session_timeout=240000 -c timezone=UTC"
)


def conninfo_of(parameters: Mapping[str, Any], *, connect_timeout_s: int, options: str = "") -> str:
    """Return libpq's connection string for the database secret's fields.

    Without the options where ``proxied``: RDS Proxy refuses a connection that has any ("Feature not supported").
    """
    return make_conninfo(
        host=parameters["host"],
        port=parameters.get("port", 5432),
        user=parameters["username"],
        password=parameters["password"],
        dbname=parameters.get("dbname", "companion_hub"),
        sslmode=parameters.get("sslmode", "prefer"),
        sslrootcert=parameters.get("sslrootcert"),
        connect_timeout=connect_timeout_s,
        options="" if parameters.get("proxied") else options,
        # A host that vanishes (a failover) says nothing: after ten seconds of silence the connection counts as lost.
        keepalives_idle=5,
        keepalives_interval=2,
        keepalives_count=3,
        tcp_user_timeout=10_000,
    )


_LOST_RACE = (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected)


@contextmanager
def _no_lost_races() -> Generator[None]:
    """A race lost outside ``run`` is "not now": the caller's caller comes again (a state's retry, 503, the next flush)."""
    try:
        yield
    except _LOST_RACE as exc:
        raise DatabaseUnavailableError("lost a race", retry_after_s=1) from exc


class _Own(threading.local):
    connection: Conn | None = None
    used_at: float = 0.0


class Database:
    """One connection for each thread that asks; a Lambda worker has one thread that does.

    ``parameters(fresh)`` returns the secret's fields host, port, username, password, dbname and optionally sslmode,
    sslrootcert and proxied; it is asked again with ``fresh=True`` once when the password is refused (a rotation).
    """

    def __init__(self, parameters: Callable[[bool], dict[str, Any]]) -> None:
        self._parameters = parameters
        self._own = _Own()

    @contextmanager
    def autocommit(self) -> Generator[Conn]:
        """Yield the connection for single statements.  Raises DatabaseUnavailableError."""
        with _no_lost_races(), self._borrowed() as connection:
            yield connection

    @contextmanager
    def transaction(self) -> Generator[Conn]:
        """Yield the connection inside BEGIN … COMMIT.  Raises DatabaseUnavailableError."""
        with _no_lost_races(), self._borrowed() as connection, connection.transaction():
            yield connection

    def run(self, work: Callable[[Conn], T]) -> T:
        """Run ``work`` in a transaction, again when it lost a race (40001, 40P01), at most MAX_TRIES times."""
        for attempt in range(1, MAX_TRIES + 1):
            try:
                with self._borrowed() as connection, connection.transaction():
                    return work(connection)
            except _LOST_RACE as exc:
                if attempt == MAX_TRIES:
                    raise DatabaseUnavailableError("transaction kept losing races", retry_after_s=1) from exc
                sleep(uniform(0.01, 0.05) * attempt)  # noqa: S311 - jitter
        raise AssertionError("unreachable")

    def close(self) -> None:
        """Close this thread's connection."""
        if self._own.connection is not None:
            self._own.connection.close()
            self._own.connection = None

    @contextmanager
    def _borrowed(self) -> Generator[Conn]:
        connection = self._checkout()
        try:
            yield connection
        except psycopg.Error as exc:
            self._give_up_if_down(exc)
            raise
        finally:
            self._own.used_at = monotonic()

    def _checkout(self) -> Conn:
        connection = self._own.connection
        if connection is not None and (connection.closed or connection.broken):
            connection = self._own.connection = None
        if connection is not None and monotonic() - self._own.used_at > PROBE_AFTER_IDLE_S:
            try:
                connection.execute("SELECT 1")
            except psycopg.Error:
                self.close()
                connection = None
        if connection is None:
            connection = self._own.connection = self._connect()
        return connection

    def _connect(self) -> Conn:
        try:
            return self._open(self._parameters(False))
        except psycopg.OperationalError:
            pass  # the password may have been rotated since it was cached: ask once more, freshly
        try:
            return self._open(self._parameters(True))
        except psycopg.OperationalError as exc:
            raise DatabaseUnavailableError(type(exc).__name__) from exc

    @staticmethod
    def _open(parameters: dict[str, Any]) -> Conn:
        conninfo = conninfo_of(parameters, connect_timeout_s=CONNECT_TIMEOUT_S, options=_SESSION_OPTIONS)
        # No prepared statements: behind RDS Proxy they would pin the connection.
        return Connection[DictRow].connect(conninfo, autocommit=True, prepare_threshold=None, row_factory=dict_row)

    def _give_up_if_down(self, exc: psycopg.Error) -> None:
        """Turn what means "not now" into DatabaseUnavailableError and drop a connection that cannot be used again."""
        lost_race = isinstance(exc, _LOST_RACE)
        read_only = isinstance(exc, psycopg.errors.ReadOnlySqlTransaction)  # a failover left us on the reader
        if lost_race or not (read_only or isinstance(exc, psycopg.OperationalError | psycopg.InterfaceError)):
            return
        connection = self._own.connection
        if read_only or (connection is not None and (connection.closed or connection.broken)):
            self.close()
        raise DatabaseUnavailableError(type(exc).__name__) from exc
