"""Codes of what memories mean (services/meaning.py), one per memory and only for those that count."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from companion_hub.db.connection import Conn


class WaitingMemory(NamedTuple):
    id: UUID
    text: str


def without(connection: Conn, companion_id: UUID, *, model: str, limit: int) -> list[WaitingMemory]:
    """Return memories that have no code of this model, the newest first."""
    rows = connection.execute(
        """
        SELECT id, text
        FROM memories m
        WHERE companion_id = %(companion_id)s
          AND superseded_by IS NULL
          AND NOT EXISTS (SELECT 1 FROM memory_embeddings e WHERE e.memory_id = m.id AND e.model = %(model)s)
        ORDER BY created_at DESC, id DESC
        LIMIT %(limit)s
        """,
        {"companion_id": companion_id, "model": model, "limit": limit},
    ).fetchall()
    return [WaitingMemory(row["id"], row["text"]) for row in rows]


def store(connection: Conn, memories: Sequence[WaitingMemory], codes: Sequence[str], *, model: str) -> int:
    """Store the codes of those memories that still say what they said; return how many."""
    return connection.execute(
        """
        INSERT INTO memory_embeddings (memory_id, companion_id, model, code)
        SELECT m.id, m.companion_id, %(model)s, given.code::bit varying
        FROM unnest(%(ids)s::uuid[], %(texts)s::text[], %(codes)s::text[]) AS given (id, text, code)
        JOIN memories m ON m.id = given.id AND m.text = given.text AND m.superseded_by IS NULL
        -- a change that comes now waits for this, and then takes the code away
        FOR SHARE OF m
        ON CONFLICT (memory_id) DO UPDATE SET model = excluded.model, code = excluded.code
        """,
        {
            "model": model,
            "ids": [memory.id for memory in memories],
            "texts": [memory.text for memory in memories],
            "codes": list(codes),
        },
    ).rowcount
