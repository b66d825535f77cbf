"""Open sockets.  A stored socket is a hint that ages out: posting to it tells whether it is still there."""

from uuid import UUID

from companion_hub.db.connection import Conn

# API Gateway closes a socket after two hours; ten minutes more cover clocks and delays.
MAX_AGE = "2 hours 10 minutes"
MAX_PER_USER = 20


def insert(connection: Conn, connection_id: str, *, user_id: UUID, session_id: UUID) -> list[str] | None:
    """Store a socket if its session still stands, and return the user's outdated and surplus ones, which it replaces
    (to be closed).  None: the session is gone.

    One statement, and the session row is locked against a revocation that runs at the same moment: either the
    revocation sees this socket and closes it, or this insert sees no session.
    """
    row = connection.execute(
        """
        WITH live AS (
            SELECT id, user_id
            FROM sessions
            WHERE id = %(session_id)s
              AND user_id = %(user_id)s
              AND expires_at > clock_timestamp()
            FOR SHARE
        ), surplus AS (
            DELETE FROM connections
            WHERE id IN (
                SELECT id FROM connections
                WHERE user_id = %(user_id)s
                ORDER BY created_at DESC
                OFFSET %(keep)s
            ) OR (user_id = %(user_id)s AND created_at < clock_timestamp() - %(max_age)s::interval)
            RETURNING id
        ), stored AS (
            INSERT INTO connections (id, user_id, session_id)
            SELECT %(connection_id)s, user_id, id FROM live
            ON CONFLICT (id) DO NOTHING
        )
        SELECT coalesce((SELECT array_agg(id) FROM surplus), '{}') AS replaced
        FROM live
        """,
        {
            "connection_id": connection_id,
            "user_id": user_id,
            "session_id": session_id,
            "keep": MAX_PER_USER - 1,
            "max_age": MAX_AGE,
        },
    ).fetchone()
    return list(row["replaced"]) if row else None


def of_user(connection: Conn, user_id: UUID) -> list[str]:
    rows = connection.execute(
        """
        SELECT id
        FROM connections
        WHERE user_id = %(user_id)s
          AND created_at > clock_timestamp() - %(max_age)s::interval
        """,
        {"user_id": user_id, "max_age": MAX_AGE},
    ).fetchall()
    return [row["id"] for row in rows]


def owner(connection: Conn, connection_id: str) -> UUID | None:
    row = connection.execute("SELECT user_id FROM connections WHERE id = %(id)s", {"id": connection_id}).fetchone()
    return row["user_id"] if row else None


def delete(connection: Conn, connection_ids: list[str]) -> None:
    connection.execute("DELETE FROM connections WHERE id = ANY(%(ids)s)", {"ids": connection_ids})
