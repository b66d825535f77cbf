"""What the message tools do to a chat: choose an alternative, delete with undo, branch, and look at what comes before.

The companion's row is locked before anything here is called that writes (``companions.lock``).
"""

from uuid import UUID

from companion_hub.db.connection import Conn
from companion_hub.ids import new_id
from companion_hub.models.message import Said
from companion_hub.models.scene import Scene

# After this the delete button's undo is gone and the next write removes the row for good.
UNDO = "30 seconds"
UNDO_S = 30


def select_alternative(connection: Conn, message_id: UUID, position: int) -> Scene | None:
    """Show another alternative and return the scene after it.  Raises LookupError when there is no such one."""
    row = connection.execute(
        """
        UPDATE messages m
        SET selected = a.position, text = a.text, scene = a.scene, status = a.status
        FROM message_alternatives a
        WHERE m.id = %(id)s
          AND a.message_id = m.id
          AND a.position = %(position)s
        RETURNING m.scene
        """,
        {"id": message_id, "position": position},
    ).fetchone()
    if row is None:
        raise LookupError(position)
    return Scene.model_validate(row["scene"]) if row["scene"] else None


def mark_deleted(connection: Conn, companion_id: UUID, *, seq: int, and_after: bool) -> list[UUID]:
    """Hide a message (and all after it) and return their ids; ``undelete`` brings them back within UNDO.

    ``now()`` is the transaction's time, the same for all: it is what tells them from other deletions.
    """
    rows = connection.execute(
        """
        UPDATE messages
        SET deleted_at = now()
        WHERE companion_id = %(companion_id)s
          AND deleted_at IS NULL
          AND (seq = %(seq)s OR (%(and_after)s AND seq > %(seq)s))
        RETURNING id
        """,
        {"companion_id": companion_id, "seq": seq, "and_after": and_after},
    ).fetchall()
    return [row["id"] for row in rows]


def undelete(connection: Conn, companion_id: UUID, message_id: UUID) -> list[UUID]:
    """Bring back what was deleted together with a message, while undo lasts; return the ids in the chat's order."""
    rows = connection.execute(
        """
        WITH back AS (
            UPDATE messages
            SET deleted_at = NULL
            WHERE companion_id = %(companion_id)s
              AND deleted_at > clock_timestamp() - %(undo)s::interval
              AND deleted_at = (SELECT deleted_at FROM messages WHERE id = %(id)s)
            RETURNING id, seq
        )
        SELECT id FROM back ORDER BY seq
        """,
        {"companion_id": companion_id, "id": message_id, "undo": UNDO},
    ).fetchall()
    return [row["id"] for row in rows]


def is_last(connection: Conn, companion_id: UUID, seq: int) -> bool:
    """Whether nothing shown comes after ``seq``."""
    row = connection.execute(
        "SELECT 1 FROM messages WHERE companion_id = %(id)s AND deleted_at IS NULL AND seq > %(seq)s LIMIT 1",
        {"id": companion_id, "seq": seq},
    ).fetchone()
    return row is None


def user_message_before(connection: Conn, companion_id: UUID, seq: int) -> UUID | None:
    """Return the user's message a reply answers: the newest shown one before it."""
    row = connection.execute(
        """
        SELECT id
        FROM messages
        WHERE companion_id = %(companion_id)s
          AND role = 'user'
          AND deleted_at IS NULL
          AND seq < %(seq)s
        ORDER BY seq DESC
        LIMIT 1
        """,
        {"companion_id": companion_id, "seq": seq},
    ).fetchone()
    return row["id"] if row else None


def said_before(connection: Conn, companion_id: UUID, seq: int) -> list[Said]:
    """Return the last five shown messages before ``seq``, oldest first."""
    rows = connection.execute(
        """
        SELECT role, text
        FROM messages
        WHERE companion_id = %(companion_id)s
          AND deleted_at IS NULL
          AND seq < %(seq)s
        ORDER BY seq DESC
        LIMIT 5
        """,
        {"companion_id": companion_id, "seq": seq},
    ).fetchall()
    return [Said("user" if row["role"] == "user" else "companion", row["text"]) for row in reversed(rows)]


def purge_deleted(connection: Conn, companion_id: UUID) -> None:
    """Remove for good what was deleted longer ago than undo lasts, and memories learnt only from it."""
    connection.execute(
        """
        WITH gone AS (
            SELECT id FROM messages
            WHERE companion_id = %(companion_id)s
              AND deleted_at <= clock_timestamp() - %(undo)s::interval
        ), orphaned AS (
            DELETE FROM memories
            WHERE origin = 'learnt'
              AND NOT pinned
              AND id IN (SELECT memory_id FROM memory_sources JOIN gone ON gone.id = message_id)
              AND NOT EXISTS (
                  SELECT 1 FROM memory_sources s
                  WHERE s.memory_id = memories.id AND s.message_id NOT IN (SELECT id FROM gone)
              )
        )
        DELETE FROM messages USING gone WHERE messages.id = gone.id
        """,
        {"companion_id": companion_id, "undo": UNDO},
    )


def copy_until(connection: Conn, *, source: UUID, target: UUID, seq: int) -> None:
    """Copy a chat's shown messages up to ``seq`` into another companion (a branch)."""
    rows = connection.execute(
        """
        SELECT id
        FROM messages
        WHERE companion_id = %(source)s
          AND seq <= %(seq)s
          AND deleted_at IS NULL
        ORDER BY seq
        """,
        {"source": source, "seq": seq},
    ).fetchall()
    connection.execute(
        """
        INSERT INTO messages (id, user_id, companion_id, seq, role, text, scene, status, alternatives, created_at)
        SELECT pair.new_id, m.user_id, %(target)s, pair.seq, m.role, m.text, m.scene, m.status,
               CASE m.role WHEN 'assistant' THEN 1 ELSE 0 END, m.created_at
        FROM unnest(%(old_ids)s::uuid[], %(new_ids)s::uuid[]) WITH ORDINALITY AS pair (old_id, new_id, seq)
        JOIN messages m ON m.id = pair.old_id
        """,
        {"target": target, "old_ids": [row["id"] for row in rows], "new_ids": [new_id() for _ in rows]},
    )
    connection.execute(
        """
        INSERT INTO message_alternatives (message_id, position, text, scene, status)
        SELECT id, 0, text, scene, status
        FROM messages
        WHERE companion_id = %(target)s
          AND role = 'assistant'
        """,
        {"target": target},
    )
    connection.execute(
        """
        UPDATE companions
        SET next_seq = (SELECT coalesce(max(seq), 0) + 1 FROM messages WHERE companion_id = %(target)s)
        WHERE id = %(target)s
        """,
        {"target": target},
    )
