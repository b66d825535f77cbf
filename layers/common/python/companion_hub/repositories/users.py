"""Accounts and sessions in the database."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from companion_hub.db.connection import Conn
from companion_hub.errors import ConflictError, InvalidRequestError
from companion_hub.ids import new_id
from companion_hub.models.user import Session, User

_TAKEN = {
    "users_email_key": ("email_taken", "There is already an account with this e-mail address."),
    "users_username_key": ("username_taken", "This username is taken."),
}


class Credentials(NamedTuple):
    user_id: UUID
    password_hash: str


def insert(connection: Conn, *, name: str, email: str, username: str, password_hash: str) -> User:
    """Return the new user.  Raises ConflictError ``email_taken`` or ``username_taken``, InvalidRequestError."""
    try:
        row = connection.execute(
            """
            INSERT INTO users (id, name, email, username, password_hash)
            VALUES (%(id)s, %(name)s, %(email)s, %(username)s, %(password_hash)s)
            RETURNING id, name, email, username, appearance, preferences, created_at
            """,
            {"id": new_id(), "name": name, "email": email, "username": username, "password_hash": password_hash},
        ).fetchone()
    except psycopg.errors.UniqueViolation as exc:
        raise _conflict(exc) from None
    except psycopg.errors.CheckViolation:
        # The database lowers some letters otherwise than Python does.
        raise InvalidRequestError({"email": "This address has letters we cannot store."}) from None
    return User.model_validate(row)


def find_credentials(connection: Conn, identifier: str) -> Credentials | None:
    """Return the account behind an e-mail or username (lower case), None when there is none."""
    row = connection.execute(
        """
        SELECT id, password_hash
        FROM users
        WHERE email = %(identifier)s
           OR username = %(identifier)s
        """,
        {"identifier": identifier},
    ).fetchone()
    return Credentials(row["id"], row["password_hash"]) if row else None


def credentials(connection: Conn, user_id: UUID) -> Credentials | None:
    row = connection.execute(
        "SELECT id, password_hash FROM users WHERE id = %(user_id)s", {"user_id": user_id}
    ).fetchone()
    return Credentials(row["id"], row["password_hash"]) if row else None


def get(connection: Conn, user_id: UUID) -> User | None:
    row = connection.execute(
        """
        SELECT id, name, email, username, appearance, preferences, created_at
        FROM users
        WHERE id = %(user_id)s
        """,
        {"user_id": user_id},
    ).fetchone()
    return User.model_validate(row) if row else None


def update(connection: Conn, user_id: UUID, changes: dict[str, Any]) -> User | None:
    """Write the given columns (None: leave as it is); preferences are merged.  Raises as ``insert`` does."""
    values = {
        "name": changes.get("name"),
        "email": changes.get("email"),
        "username": changes.get("username"),
        "appearance": Jsonb(changes["appearance"]) if changes.get("appearance") is not None else None,
        "preferences": Jsonb(changes["preferences"]) if changes.get("preferences") is not None else None,
    }
    try:
        row = connection.execute(
            """
            UPDATE users
            SET name = coalesce(%(name)s, name),
                email = coalesce(%(email)s, email),
                username = coalesce(%(username)s, username),
                appearance = coalesce(%(appearance)s, appearance),
                preferences = preferences || coalesce(%(preferences)s::jsonb, '{}'),
                updated_at = clock_timestamp()
            WHERE id = %(user_id)s
            RETURNING id, name, email, username, appearance, preferences, created_at
            """,
            {"user_id": user_id, **values},
        ).fetchone()
    except psycopg.errors.UniqueViolation as exc:
        raise _conflict(exc) from None
    except psycopg.errors.CheckViolation:
        # The database lowers some letters otherwise than Python does.
        raise InvalidRequestError({"email": "This address has letters we cannot store."}) from None
    return User.model_validate(row) if row else None


def set_password(connection: Conn, user_id: UUID, password_hash: str) -> None:
    connection.execute(
        "UPDATE users SET password_hash = %(hash)s, updated_at = clock_timestamp() WHERE id = %(user_id)s",
        {"hash": password_hash, "user_id": user_id},
    )


def delete(connection: Conn, user_id: UUID) -> None:
    """Delete a user with all that is theirs.  Call it inside a transaction.

    Companions are locked first: a worker's commit locks its companion and then, by its foreign keys, the user.
    """
    connection.execute(
        "SELECT 1 FROM companions WHERE user_id = %(user_id)s ORDER BY id FOR UPDATE", {"user_id": user_id}
    )
    connection.execute("DELETE FROM users WHERE id = %(user_id)s", {"user_id": user_id})


def insert_session(connection: Conn, user_id: UUID, *, user_agent: str, lifetime: timedelta) -> UUID:
    """Return the id of a new session; sessions that have run out are removed on the way."""
    row = connection.execute(
        """
        WITH expired AS (
            DELETE FROM sessions WHERE user_id = %(user_id)s AND expires_at < clock_timestamp()
        )
        INSERT INTO sessions (id, user_id, user_agent, expires_at)
        VALUES (%(id)s, %(user_id)s, %(user_agent)s, clock_timestamp() + %(lifetime)s)
        RETURNING id
        """,
        {"id": new_id(), "user_id": user_id, "user_agent": user_agent[:200], "lifetime": lifetime},
    ).fetchone()
    assert row is not None  # noqa: S101 - INSERT … RETURNING gives a row or raises
    return row["id"]


def session_is_live(connection: Conn, session_id: UUID, user_id: UUID) -> bool:
    """Whether the session stands; notes the visit at most every ten minutes, so reads stay reads."""
    row = connection.execute(
        """
        WITH live AS (
            SELECT id, last_seen_at < clock_timestamp() - interval '10 minutes' AS stale
            FROM sessions
            WHERE id = %(session_id)s
              AND user_id = %(user_id)s
              AND expires_at > clock_timestamp()
        ), touched AS (
            UPDATE sessions SET last_seen_at = clock_timestamp()
            FROM live
            WHERE sessions.id = live.id AND live.stale
        )
        SELECT 1 FROM live
        """,
        {"session_id": session_id, "user_id": user_id},
    ).fetchone()
    return row is not None


def list_sessions(connection: Conn, user_id: UUID, current: UUID) -> list[Session]:
    rows = connection.execute(
        """
        SELECT id, user_agent, created_at, last_seen_at, expires_at, id = %(current)s AS current
        FROM sessions
        WHERE user_id = %(user_id)s
          AND expires_at > clock_timestamp()
        ORDER BY last_seen_at DESC
        LIMIT 200
        """,
        {"user_id": user_id, "current": current},
    ).fetchall()
    return [Session.model_validate(row) for row in rows]


def revoke_sessions(
    connection: Conn, user_id: UUID, *, only: UUID | None = None, keep: UUID | None = None
) -> tuple[int, list[str]]:
    """Delete sessions and return how many, and the sockets that hung on them (to be closed).

    Call it inside a transaction.  The lock comes first and in a statement of its own: it waits for sockets that are
    being stored on these sessions (connections.insert), and only the next statement sees them.
    """
    doomed = connection.execute(
        """
        SELECT id
        FROM sessions
        WHERE user_id = %(user_id)s
          AND (%(only)s::uuid IS NULL OR id = %(only)s)
          AND (%(keep)s::uuid IS NULL OR id <> %(keep)s)
        ORDER BY id
        FOR UPDATE
        """,
        {"user_id": user_id, "only": only, "keep": keep},
    ).fetchall()
    ids = [row["id"] for row in doomed]
    sockets = connection.execute(
        "DELETE FROM connections WHERE session_id = ANY(%(ids)s) RETURNING id", {"ids": ids}
    ).fetchall()
    connection.execute("DELETE FROM sessions WHERE id = ANY(%(ids)s)", {"ids": ids})
    return len(ids), [row["id"] for row in sockets]


def usage_by_month(connection: Conn, user_id: UUID) -> list[dict[str, Any]]:
    """Return the last twelve months with usage, newest first (UTC months)."""
    return connection.execute(
        """
        SELECT to_char(date_trunc('month', at), 'YYYY-MM') AS month,
               count(DISTINCT turn_id) FILTER (WHERE kind = 'reply') AS turns,
               sum(input_tokens) AS input_tokens,
               sum(output_tokens) AS output_tokens,
               sum(images) AS images,
               sum(cost_usd) AS cost_usd
        FROM usage
        WHERE user_id = %(user_id)s
        GROUP BY 1
        ORDER BY 1 DESC
        LIMIT 12
        """,
        {"user_id": user_id},
    ).fetchall()


def spent_this_month(connection: Conn, user_id: UUID) -> Decimal:
    row = connection.execute(
        """
        SELECT coalesce(sum(cost_usd), 0) AS spent
        FROM usage
        WHERE user_id = %(user_id)s
          AND at >= date_trunc('month', clock_timestamp())
        """,
        {"user_id": user_id},
    ).fetchone()
    return row["spent"] if row else Decimal(0)


def _conflict(exc: psycopg.errors.UniqueViolation) -> ConflictError:
    code, message = _TAKEN.get(exc.diag.constraint_name or "", ("conflict", "This is taken."))
    return ConflictError(code, message)
