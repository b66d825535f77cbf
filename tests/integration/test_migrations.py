"""A migration that fails ends the deploy (its Trigger) with the database as it was."""

from collections.abc import Generator
from typing import Any

import psycopg
import pytest

from companion_hub.db.migrate import EditedMigrationError, Migration, load_migrations, migrate


@pytest.fixture
def connection(database_url: str) -> Generator[psycopg.Connection]:
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


def schema(connection: psycopg.Connection) -> list[Any]:
    columns = """
        SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
        WHERE table_schema = 'public' ORDER BY 1, 2
    """
    applied = "SELECT number, name, checksum, applied_at FROM schema_migrations ORDER BY 1"
    return [*connection.execute(columns).fetchall(), *connection.execute(applied).fetchall()]


def test_a_migration_that_fails_keeps_nothing_of_its_run(connection: psycopg.Connection) -> None:
    before = schema(connection)
    done = load_migrations()
    good = Migration(len(done) + 1, "good.sql", "ALTER TABLE turns ADD COLUMN next_release text;", "a")
    bad = Migration(len(done) + 2, "bad.sql", "UPDATE turns SET next_release = 'x'; SELECT no_such_column;", "b")
    with pytest.raises(psycopg.errors.UndefinedColumn):
        migrate(connection, [*done, good, bad])
    assert schema(connection) == before
    assert migrate(connection) == []  # the lock is free and the version before goes on


def test_a_migration_that_was_edited_is_refused(connection: psycopg.Connection) -> None:
    before = schema(connection)
    done = load_migrations()
    edited = done[0]._replace(sql=done[0].sql + "\nDROP TABLE turns;", checksum="other")
    with pytest.raises(EditedMigrationError, match=done[0].name):
        migrate(connection, [edited, *done[1:]])
    assert schema(connection) == before
