"""Memories: what a companion knows about its user, each with the messages it came from."""

from typing import Any
from uuid import UUID

from companion_hub.db.connection import Conn
from companion_hub.ids import new_id
from companion_hub.models.memory import Memory, MemoryKind, MemoryOrigin

# More than a lifetime of facts; keeps an endless loop of a model from filling the table.
MAX_PER_COMPANION = 10_000


def list_page(
    connection: Conn, user_id: UUID, companion_id: UUID, *, limit: int, before: UUID | None, query: str | None
) -> list[Memory]:
    """Return memories, pinned first when unfiltered paging starts, else newest first.  limit: 1-200 rows."""
    rows = connection.execute(
        """
        SELECT m.*, ARRAY(SELECT message_id FROM memory_sources s WHERE s.memory_id = m.id) AS source_message_ids
        FROM memories m
        WHERE user_id = %(user_id)s
          AND companion_id = %(companion_id)s
          AND superseded_by IS NULL
          AND (%(before)s::uuid IS NULL OR id < %(before)s)
          AND (%(query)s::text IS NULL OR search @@ websearch_to_tsquery('english', %(query)s)
               OR text ILIKE '%%' || %(query)s || '%%')
        ORDER BY created_at DESC, id DESC
        LIMIT %(limit)s
        """,
        {"user_id": user_id, "companion_id": companion_id, "before": before, "query": query, "limit": limit},
    ).fetchall()
    return [Memory.model_validate(row) for row in rows]


def get(connection: Conn, user_id: UUID, memory_id: UUID) -> Memory | None:
    row = connection.execute(
        """
        SELECT m.*, ARRAY(SELECT message_id FROM memory_sources s WHERE s.memory_id = m.id) AS source_message_ids
        FROM memories m
        WHERE id = %(id)s
          AND user_id = %(user_id)s
        """,
        {"id": memory_id, "user_id": user_id},
    ).fetchone()
    return Memory.model_validate(row) if row else None


def insert(
    connection: Conn,
    *,
    user_id: UUID,
    companion_id: UUID,
    kind: MemoryKind,
    text: str,
    importance: int,
    pinned: bool = False,
    origin: MemoryOrigin = "learnt",
    subject: str = "",
    message_ids: list[UUID] | None = None,
) -> UUID | None:
    """Store a memory, or strengthen one that says the same; return its id (None: the companion is gone or full).

    A memory of the same ``subject`` is superseded: the newer statement counts, the older one is kept as history.
    """
    row = connection.execute(
        """
        WITH same AS (
            UPDATE memories
            SET updated_at = clock_timestamp(), importance = greatest(importance, %(importance)s)
            WHERE companion_id = %(companion_id)s
              AND superseded_by IS NULL
              AND lower(text) = lower(%(text)s)
            RETURNING id
        ), added AS (
            INSERT INTO memories (id, user_id, companion_id, kind, text, importance, pinned, origin, subject)
            SELECT %(id)s, user_id, id, %(kind)s, %(text)s, %(importance)s, %(pinned)s, %(origin)s, %(subject)s
            FROM companions
            WHERE id = %(companion_id)s
              AND user_id = %(user_id)s
              AND NOT EXISTS (SELECT 1 FROM same)
              AND (SELECT count(*) FROM memories WHERE companion_id = %(companion_id)s) < %(most)s
            RETURNING id
        )
        SELECT id, true AS is_new FROM added
        UNION ALL
        SELECT id, false FROM same
        LIMIT 1
        """,
        {
            "id": new_id(),
            "user_id": user_id,
            "companion_id": companion_id,
            "kind": kind,
            "text": text,
            "importance": importance,
            "pinned": pinned,
            "origin": origin,
            "subject": subject,
            "most": MAX_PER_COMPANION,
        },
    ).fetchone()
    if row is None:
        return None
    if row["is_new"] and subject:
        connection.execute(
            """
            UPDATE memories
            SET superseded_by = %(id)s
            WHERE companion_id = %(companion_id)s
              AND subject = %(subject)s
              AND superseded_by IS NULL
              AND NOT pinned
              AND id <> %(id)s
            """,
            {"id": row["id"], "companion_id": companion_id, "subject": subject},
        )
    if message_ids:
        connection.execute(
            """
            INSERT INTO memory_sources (memory_id, message_id)
            SELECT %(id)s, id FROM messages WHERE id = ANY(%(message_ids)s)
            ON CONFLICT DO NOTHING
            """,
            {"id": row["id"], "message_ids": message_ids},
        )
    memory_id: UUID = row["id"]
    return memory_id


def copy_all(connection: Conn, *, source: UUID, target: UUID) -> None:
    """Copy what one companion remembers to another of the same user (a branch); sources stay with the original."""
    rows = connection.execute(
        "SELECT id FROM memories WHERE companion_id = %(source)s AND superseded_by IS NULL", {"source": source}
    ).fetchall()
    connection.execute(
        """
        INSERT INTO memories (id, user_id, companion_id, kind, text, importance, pinned, origin, subject, created_at)
        SELECT pair.new_id, m.user_id, %(target)s, m.kind, m.text, m.importance, m.pinned, m.origin, m.subject,
               m.created_at
        FROM unnest(%(old_ids)s::uuid[], %(new_ids)s::uuid[]) AS pair (old_id, new_id)
        JOIN memories m ON m.id = pair.old_id
        """,
        {"target": target, "old_ids": [row["id"] for row in rows], "new_ids": [new_id() for _ in rows]},
    )


def update(connection: Conn, user_id: UUID, memory_id: UUID, changes: dict[str, Any]) -> bool:
    return (
        connection.execute(
            """
            UPDATE memories
            SET text = coalesce(%(text)s, text),
                kind = coalesce(%(kind)s, kind),
                importance = coalesce(%(importance)s, importance),
                pinned = coalesce(%(pinned)s, pinned),
                origin = CASE WHEN %(text)s::text IS NULL THEN origin ELSE 'user' END,
                updated_at = clock_timestamp()
            WHERE id = %(id)s
              AND user_id = %(user_id)s
            """,
            {
                "id": memory_id,
                "user_id": user_id,
                "text": changes.get("text"),
                "kind": changes.get("kind"),
                "importance": changes.get("importance"),
                "pinned": changes.get("pinned"),
            },
        ).rowcount
        > 0
    )


def delete(connection: Conn, user_id: UUID, memory_id: UUID) -> bool:
    return (
        connection.execute(
            "DELETE FROM memories WHERE id = %(id)s AND user_id = %(user_id)s", {"id": memory_id, "user_id": user_id}
        ).rowcount
        > 0
    )


def forget(connection: Conn, companion_id: UUID, query: str) -> int:
    """Delete learnt memories that match what the user asked to forget; return how many."""
    return connection.execute(
        """
        DELETE FROM memories
        WHERE companion_id = %(companion_id)s
          AND NOT pinned
          AND search @@ plainto_tsquery('english', %(query)s)
          AND numnode(plainto_tsquery('english', %(query)s)) > 0
        """,
        {"companion_id": companion_id, "query": query},
    ).rowcount
