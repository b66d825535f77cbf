"""Everything the database holds about one user, row by row, for the export."""

from collections.abc import Iterator
from typing import Any, LiteralString
from uuid import UUID

from companion_hub.db.connection import Conn

# In the order of the document.  What is only machinery (hashes, leases, connections, search vectors) is left out.
_PARTS: dict[str, LiteralString] = {
    "account": """
        SELECT id, name, email, username, appearance, preferences, created_at, updated_at
        FROM users
        WHERE id = %(user_id)s
        """,
    "sessions": """
        SELECT id, user_agent, created_at, last_seen_at, expires_at
        FROM sessions
        WHERE user_id = %(user_id)s
        ORDER BY created_at
        """,
    "companions": """
        SELECT id, name, profile, card, scene, picture_id, image_seed,
               coalesce((
                   SELECT s.text FROM summaries s WHERE s.companion_id = companions.id ORDER BY through_seq DESC LIMIT 1
               ), '') AS summary,
               created_at, updated_at
        FROM companions
        WHERE user_id = %(user_id)s
        ORDER BY created_at, id
        """,
    "messages": """
        SELECT m.id, m.companion_id, m.seq, m.role, m.client_message_id, m.turn_id, m.text, m.scene, m.selected,
               m.status, m.edited_at, m.created_at,
               ARRAY(
                   SELECT jsonb_build_object('position', a.position, 'text', a.text, 'scene', a.scene,
                                             'status', a.status, 'model', a.model, 'created_at', a.created_at)
                   FROM message_alternatives a
                   WHERE a.message_id = m.id
                   ORDER BY a.position
               ) AS alternatives
        FROM messages m
        WHERE m.user_id = %(user_id)s
          AND m.deleted_at IS NULL
        ORDER BY m.companion_id, m.seq
        """,
    "memories": """
        SELECT m.id, m.companion_id, m.kind, m.text, m.importance, m.pinned, m.origin, m.superseded_by,
               m.created_at, m.updated_at,
               ARRAY(SELECT s.message_id FROM memory_sources s WHERE s.memory_id = m.id) AS source_message_ids
        FROM memories m
        WHERE m.user_id = %(user_id)s
        ORDER BY m.companion_id, m.created_at, m.id
        """,
    "turns": """
        SELECT id, companion_id, kind, status, user_message_id, reply_message_id, degraded, error_code, stopped,
               truncated, input_tokens, output_tokens, first_token_ms, created_at, finished_at
        FROM turns
        WHERE user_id = %(user_id)s
        ORDER BY created_at, id
        """,
    "images": """
        SELECT id, companion_id, turn_id, message_id, kind, width, height, sources, prompt, negative_prompt, seed,
               model, settings, created_at
        FROM images
        WHERE user_id = %(user_id)s
        ORDER BY created_at, id
        """,
    "usage": """
        SELECT companion_id, turn_id, kind, model, input_tokens, output_tokens, images, cost_usd, at
        FROM usage
        WHERE user_id = %(user_id)s
        ORDER BY at, id
        """,
}
PARTS = tuple(_PARTS)


def rows(connection: Conn, user_id: UUID, part: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of one part (one of PARTS), a few at a time.  Call it inside a transaction."""
    with connection.cursor(name="export") as cursor:
        cursor.itersize = 500
        cursor.execute(_PARTS[part], {"user_id": user_id})
        yield from cursor
