"""Brings the schema up to date: called by the Migrate function on deploy and by ``hub up``.

Plain numbered SQL files, forward only.  One advisory lock serialises concurrent runners, one transaction covers the
whole run, and a checksum per file refuses history that was edited after it had been applied.
"""

import hashlib
from pathlib import Path
from typing import NamedTuple

import psycopg

from companion_hub.errors import HubError

MIGRATIONS_DIR = Path(__file__).parent / "migrations"
# Any constant does; it only has to differ from the application's own advisory locks.
MIGRATION_LOCK = 7_203_115


class EditedMigrationError(HubError):
    """A migration that had already been applied was changed on disk; a retry does not help."""


class Migration(NamedTuple):
    number: int
    name: str
    sql: str
    checksum: str


def load_migrations(folder: Path = MIGRATIONS_DIR) -> list[Migration]:
    """Return the migrations in order.  Raises ValueError when numbers repeat or leave a gap."""
    migrations: list[Migration] = []
    for path in sorted(folder.glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        migrations.append(Migration(int(path.name[:4]), path.name, sql, hashlib.sha256(sql.encode()).hexdigest()))
    if [migration.number for migration in migrations] != list(range(1, len(migrations) + 1)):
        raise ValueError(f"migration numbers must be 1, 2, 3 … without gaps: {[m.name for m in migrations]}")
    return migrations


def migrate(connection: psycopg.Connection, migrations: list[Migration] | None = None) -> list[str]:
    """Apply what is missing and return the names applied.

    Raises EditedMigrationError when an applied file's checksum differs, psycopg.Error when a statement fails (then
    nothing of the run is kept).
    """
    applied_now: list[str] = []
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%(lock)s)", {"lock": MIGRATION_LOCK})
        connection.execute(
            """
            CREATE TABLE IF NOT EXISTS schema_migrations (
                number integer PRIMARY KEY,
                name text NOT NULL,
                checksum text NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
            )
            """
        )
        rows = connection.execute("SELECT number, checksum FROM schema_migrations").fetchall()
        applied: dict[int, str] = {int(row[0]): str(row[1]) for row in rows}
        for migration in migrations if migrations is not None else load_migrations():
            if (checksum := applied.get(migration.number)) is not None:
                if checksum != migration.checksum:
                    raise EditedMigrationError(f"{migration.name} was edited after it had been applied")
                continue
            connection.execute(migration.sql.encode())
            connection.execute(
                "INSERT INTO schema_migrations (number, name, checksum) VALUES (%(number)s, %(name)s, %(checksum)s)",
                {"number": migration.number, "name": migration.name, "checksum": migration.checksum},
            )
            applied_now.append(migration.name)
    return applied_now
