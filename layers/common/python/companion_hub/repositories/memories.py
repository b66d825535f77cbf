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
        FROM known_memories m
        WHERE user_id = %(user_id)s
          AND companion_id = %(companion_id)s
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
    keywords: str = "",
    denies: bool = False,
    message_ids: list[UUID] | None = None,
) -> UUID | None:
    """Store a memory, or strengthen one that says the same; return its id (None: the companion is gone or full).

    The same is what has the same words whatever their order and endings, and ``denies`` or not as this one does; of two
    that differ in this only, or have the same ``subject``, the newer counts and the older is kept as history.
    """
    row = connection.execute(
        """
        WITH alike AS (
            SELECT id, denies = %(denies)s AS same
            FROM known_memories
            WHERE companion_id = %(companion_id)s
              AND tsvector_to_array(to_tsvector('english', text)) = tsvector_to_array(to_tsvector('english', %(text)s))
              AND (tsvector_to_array(to_tsvector('english', text)) <> '{}' OR lower(text) = lower(%(text)s))
        ), same AS (
            UPDATE memories
            SET updated_at = clock_timestamp(), importance = greatest(importance, %(importance)s),
                pinned = pinned OR %(pinned)s
            WHERE id IN (SELECT id FROM alike WHERE same)
            RETURNING id
        ), added AS (
            INSERT INTO memories
                (id, user_id, companion_id, kind, text, importance, pinned, origin, subject, keywords, denies)
            SELECT %(id)s, user_id, id, %(kind)s, %(text)s, %(importance)s, %(pinned)s, %(origin)s, %(subject)s,
                   %(keywords)s, %(denies)s
            FROM companions
            WHERE id = %(companion_id)s
              AND user_id = %(user_id)s
              AND NOT EXISTS (SELECT 1 FROM same)
              AND (SELECT count(*) FROM memories WHERE companion_id = %(companion_id)s) < %(most)s
            RETURNING id
        )
        SELECT id, true AS is_new, ARRAY(SELECT id FROM alike WHERE NOT same) AS opposite FROM added
        UNION ALL
        SELECT id, false, '{}' FROM same
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
            "keywords": keywords,
            "denies": denies,
            "most": MAX_PER_COMPANION,
        },
    ).fetchone()
    if row is None:
        return None
    if row["is_new"] and (subject or row["opposite"]):
        connection.execute(
            """
            UPDATE memories
            SET superseded_by = %(id)s
            WHERE companion_id = %(companion_id)s
              AND ((subject = %(subject)s AND subject <> '') OR id = ANY(%(opposite)s))
              AND superseded_by IS NULL
              AND NOT pinned
              AND id <> %(id)s
            """,
            {"id": row["id"], "companion_id": companion_id, "subject": subject, "opposite": row["opposite"]},
        )
    if message_ids:
        connection.execute(
            """
            INSERT INTO memory_sources (memory_id, message_id)
            SELECT %(id)s, id FROM messages WHERE id = ANY(%(message_ids)s) AND companion_id = %(companion_id)s
            ON CONFLICT DO NOTHING
            """,
            {"id": row["id"], "message_ids": message_ids, "companion_id": companion_id},
        )
    memory_id: UUID = row["id"]
    return memory_id


def copy_until(connection: Conn, *, source: UUID, target: UUID, seq: int) -> None:
    """Copy what one companion knew at message ``seq`` to its branch, linked to the branch's copies of the messages.

    Call it after the messages were copied (under the same numbers where none was deleted before).  What was learnt from
    later messages stays behind, and what such a memory superseded counts again.
    """
    rows = connection.execute(
        """
        SELECT id
        FROM memories m
        WHERE companion_id = %(source)s
          AND (m.pinned
               OR NOT EXISTS (SELECT 1 FROM memory_sources s WHERE s.memory_id = m.id)
               OR EXISTS (
                   SELECT 1
                   FROM memory_sources s
                   JOIN messages g ON g.id = s.message_id
                   WHERE s.memory_id = m.id AND g.deleted_at IS NULL AND g.seq <= %(seq)s
               ))
        """,
        {"source": source, "seq": seq},
    ).fetchall()
    connection.execute(
        """
        WITH pair AS (
            SELECT * FROM unnest(%(old_ids)s::uuid[], %(new_ids)s::uuid[]) AS pair (old_id, new_id)
        ), added AS (
            INSERT INTO memories (id, user_id, companion_id, kind, text, importance, pinned, origin, subject, keywords,
                                  denies, superseded_by, created_at, updated_at)
            SELECT pair.new_id, m.user_id, %(target)s, m.kind, m.text, m.importance, m.pinned, m.origin, m.subject,
                   m.keywords, m.denies, newer.new_id, m.created_at, m.updated_at
            FROM pair
            JOIN memories m ON m.id = pair.old_id
            LEFT JOIN pair newer ON newer.old_id = m.superseded_by
            RETURNING id
        ), shown AS (
            SELECT id, row_number() OVER (ORDER BY seq) AS seq
            FROM messages
            WHERE companion_id = %(source)s AND deleted_at IS NULL AND seq <= %(seq)s
        )
        INSERT INTO memory_sources (memory_id, message_id)
        SELECT pair.new_id, copy.id
        FROM added
        JOIN pair ON pair.new_id = added.id
        JOIN memory_sources s ON s.memory_id = pair.old_id
        JOIN shown ON shown.id = s.message_id
        JOIN messages copy ON copy.companion_id = %(target)s AND copy.seq = shown.seq
        """,
        {
            "source": source,
            "target": target,
            "seq": seq,
            "old_ids": [row["id"] for row in rows],
            "new_ids": [new_id() for _ in rows],
        },
    )


def update(
    connection: Conn,
    user_id: UUID,
    memory_id: UUID,
    changes: dict[str, Any],
    *,
    keywords: str = "",
    denies: bool = False,
) -> bool:
    """Write what is given; ``keywords`` and ``denies`` belong to a new text.  False when there is no such memory."""
    return (
        connection.execute(
            """
            UPDATE memories
            SET text = coalesce(%(text)s, text),
                keywords = CASE WHEN %(text)s::text IS NULL THEN keywords ELSE %(keywords)s END,
                denies = CASE WHEN %(text)s::text IS NULL THEN denies ELSE %(denies)s END,
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
                "keywords": keywords,
                "denies": denies,
            },
        ).rowcount
        > 0
    )


def delete(connection: Conn, user_id: UUID, memory_id: UUID) -> bool:
    """Delete a memory with the older ones it superseded: what is forgotten does not come back in older words."""
    return (
        connection.execute(
            """
            WITH RECURSIVE gone AS (
                SELECT id FROM memories WHERE id = %(id)s AND user_id = %(user_id)s
                UNION
                SELECT m.id FROM memories m JOIN gone ON m.superseded_by = gone.id
            )
            DELETE FROM memories USING gone WHERE memories.id = gone.id
            """,
            {"id": memory_id, "user_id": user_id},
        ).rowcount
        > 0
    )


def forget(connection: Conn, companion_id: UUID, words: str, *, subject: str = "") -> int:
    """Delete what has all these words or this subject, with the older ones it superseded; return how many.

    Pinned ones stay.
    """
    return connection.execute(
        """
        WITH RECURSIVE query AS (
            SELECT plainto_tsquery('english', %(words)s) AS words
        ), gone AS (
            SELECT id
            FROM memories, query
            WHERE companion_id = %(companion_id)s
              AND NOT pinned
              AND (to_tsvector('english', text) @@ query.words AND numnode(query.words) > 0
                   OR subject = %(subject)s AND subject <> '')
            UNION
            SELECT m.id FROM memories m JOIN gone ON m.superseded_by = gone.id
        )
        DELETE FROM memories USING gone WHERE memories.id = gone.id
        """,
        {"companion_id": companion_id, "words": words, "subject": subject},
    ).rowcount


def unlearn(connection: Conn, message_id: UUID) -> None:
    """Delete what was learnt only from a message (it was written anew); pinned and edited memories stay."""
    connection.execute(
        """
        WITH learnt AS (
            DELETE FROM memory_sources WHERE message_id = %(message_id)s RETURNING memory_id
        )
        DELETE FROM memories
        USING learnt
        WHERE memories.id = learnt.memory_id
          AND origin = 'learnt'
          AND NOT pinned
          AND NOT EXISTS (
              SELECT 1 FROM memory_sources s WHERE s.memory_id = memories.id AND s.message_id <> %(message_id)s
          )
        """,
        {"message_id": message_id},
    )


def unlearn_before(connection: Conn, companion_id: UUID, message_id: UUID) -> None:
    """Forget what was learnt from the user's message before this one: "forget what I just said"."""
    row = connection.execute(
        """
        SELECT said.id
        FROM messages said
        JOIN messages asked ON asked.id = %(message_id)s
        WHERE said.companion_id = %(companion_id)s
          AND said.role = 'user'
          AND said.deleted_at IS NULL
          AND said.seq < asked.seq
        ORDER BY said.seq DESC
        LIMIT 1
        """,
        {"companion_id": companion_id, "message_id": message_id},
    ).fetchone()
    if row is not None:
        unlearn(connection, row["id"])
