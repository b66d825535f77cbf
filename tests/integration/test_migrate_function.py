"""The Migrate function on an empty database, and again on one that is up to date."""

import json

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from companion_hub import bootstrap
from functions.chat.migrate import handler
from tests.conftest import database_parameters
from tests.fakes.aws import FakeAws
from tests.fakes.gateway import Context


def test_empty_database_is_brought_up_to_date_once(postgres_server: str, worker: FakeAws) -> None:
    with psycopg.connect(postgres_server, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier("hub_test_migrate")))
    try:
        url = make_conninfo(postgres_server, dbname="hub_test_migrate")
        worker.secrets["database"] = json.dumps(database_parameters(url))
        bootstrap.secrets.cache_clear()
        applied = handler({}, Context())["applied"]
        assert applied[0] == "0001_initial.sql"
        assert handler({}, Context()) == {"applied": []}
    finally:
        with psycopg.connect(postgres_server, autocommit=True) as admin:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier("hub_test_migrate")))


def test_a_password_that_is_being_rotated_is_read_again(
    postgres_server: str, worker: FakeAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first answer is of before the rotation: its database is gone, as its password would be."""
    good = json.dumps(database_parameters(make_conninfo(postgres_server, dbname="postgres")))
    worker.secrets["database"] = json.dumps(json.loads(good) | {"dbname": "hub_test_nowhere"})
    bootstrap.secrets.cache_clear()

    def wait(_s: float) -> None:
        worker.secrets["database"] = good

    monkeypatch.setattr("time.sleep", wait)
    with bootstrap.migration_connection() as connection:
        limits = [
            connection.execute(f"SHOW {name}".encode()).fetchone() for name in ("statement_timeout", "lock_timeout")
        ]
    assert limits == [("0",), ("0",)]
    assert connection.closed


def test_failure_is_raised_so_that_the_deployment_fails(worker: FakeAws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "MIGRATION_PAUSE_S", 0)
    worker.secrets["database"] = json.dumps(json.loads(worker.secrets["database"]) | {"host": "/nowhere"})
    bootstrap.secrets.cache_clear()
    with pytest.raises(psycopg.OperationalError):
        handler({}, Context())
