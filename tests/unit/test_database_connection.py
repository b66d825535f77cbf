"""What a worker says when it connects to PostgreSQL, read from the wire."""

import socket
import struct
import threading
from collections.abc import Generator

import psycopg
import pytest

from companion_hub.db.connection import Database
from companion_hub.errors import DatabaseUnavailableError
from companion_hub.providers.probes import ask_database

_CODES_BEFORE = (80877103, 80877104)  # SSLRequest, GSSENCRequest (PostgreSQL's protocol, "Message Formats")


class Listener:
    """Reads one connection's start-up message and hangs up."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self.said: list[dict[str, str]] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            with client, client.makefile("rb") as stream:
                while True:
                    length, code = struct.unpack("!II", stream.read(8))
                    body = stream.read(length - 8)
                    if code not in _CODES_BEFORE:
                        break
                    client.sendall(b"N")
                words = body.rstrip(b"\0").decode().split("\0")
                self.said.append(dict(zip(words[::2], words[1::2], strict=True)))

    def close(self) -> None:
        # A thread that waits in accept() is not woken by close(), and may go on with whatever gets the number next.
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()


@pytest.fixture
def listener() -> Generator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


def parameters(listener: Listener, *, proxied: bool) -> dict[str, object]:
    return {
        "host": "127.0.0.1", "port": listener.port, "username": "u", "password": "p", "dbname": "d",
        "sslmode": "disable", "proxied": proxied,
    }  # fmt: skip


@pytest.mark.parametrize("proxied", [False, True], ids=["to the cluster", "to the proxy"])
def test_options_are_said_to_the_cluster_and_never_to_the_proxy(listener: Listener, proxied: bool) -> None:
    """RDS Proxy ends a connection with options: "Feature not supported: … command-line options"."""
    database = Database(lambda _fresh: parameters(listener, proxied=proxied))
    with pytest.raises(DatabaseUnavailableError), database.autocommit():
        pass
    with pytest.raises(psycopg.OperationalError):
        ask_database(parameters(listener, proxied=proxied))
    assert len(listener.said) >= 2
    for said in listener.said:
        assert (said["user"], said["database"]) == ("u", "d")
        assert ("statement_timeout" in said.get("options", "")) is not proxied
        assert ("options" in said) is not proxied
