"""Keys of the media bucket that no picture needs: see 0002_picture_files.sql.

A key is reserved before its file is put, forgotten in the transaction that stores the picture's row, and comes back by
trigger when that row goes.  What stands here and is due is deleted from the bucket by services/discarded_files.py.
"""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from companion_hub.db.connection import Conn


class Due(NamedTuple):
    """``keys`` are due; ``unused`` those of them that no picture's row names."""

    keys: list[str]
    unused: list[str]


def reserve(connection: Conn, keys: Sequence[str], *, seconds: int) -> None:
    """Note keys whose files are about to be put; if no row follows they are due after so many seconds."""
    connection.execute(
        """
        INSERT INTO discarded_objects (key, not_before)
        SELECT unnest(%(keys)s::text[]), clock_timestamp() + make_interval(secs => %(seconds)s)
        ON CONFLICT (key) DO UPDATE
        SET not_before = excluded.not_before
        """,
        {"keys": list(keys), "seconds": seconds},
    )


def release(connection: Conn, keys: Sequence[str]) -> None:
    """Make reserved keys due now: the picture they were put for will not be."""
    connection.execute(
        "UPDATE discarded_objects SET not_before = clock_timestamp() WHERE key = ANY (%(keys)s)", {"keys": list(keys)}
    )


def forget(connection: Conn, keys: Sequence[str]) -> None:
    connection.execute("DELETE FROM discarded_objects WHERE key = ANY (%(keys)s)", {"keys": list(keys)})


def forget_user(connection: Conn, user_id: UUID) -> None:
    """Forget what is due of a user whose whole folder is removed (the account is being deleted)."""
    connection.execute(
        """
        DELETE FROM discarded_objects
        WHERE starts_with(key, %(folder)s)
          AND not_before <= clock_timestamp()
        """,
        {"folder": f"media/{user_id}/"},
    )


def lock_due(connection: Conn, *, limit: int) -> Due:
    """Lock keys that are due and that nobody else works on.  Call it inside a transaction."""
    rows = connection.execute(
        """
        WITH due AS (
            SELECT key
            FROM discarded_objects
            WHERE not_before <= clock_timestamp()
            ORDER BY not_before
            LIMIT %(limit)s
            FOR UPDATE SKIP LOCKED
        )
        SELECT due.key, EXISTS (
            SELECT 1
            FROM images
            WHERE sources @> jsonb_build_array(jsonb_build_object('key', due.key))
        ) AS used
        FROM due
        """,
        {"limit": limit},
    ).fetchall()
    return Due([row["key"] for row in rows], [row["key"] for row in rows if not row["used"]])
