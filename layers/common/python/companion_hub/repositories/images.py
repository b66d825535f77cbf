"""Pictures in the database: what each shows, how it was made, and the keys of its files."""

from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from companion_hub.db.connection import Conn
from companion_hub.models.image import Image, ImageKind


def insert(
    connection: Conn,
    image_id: UUID,
    *,
    user_id: UUID,
    companion_id: UUID,
    kind: ImageKind,
    width: int,
    height: int,
    sources: list[dict[str, Any]],
    turn_id: UUID | None = None,
    message_id: UUID | None = None,
    prompt: str | None = None,
    negative_prompt: str | None = None,
    seed: int | None = None,
    model: str | None = None,
    settings: dict[str, Any] | None = None,
) -> Image | None:
    """Store a picture whose files are in place; None when the companion is gone."""
    row = connection.execute(
        """
        INSERT INTO images (id, user_id, companion_id, turn_id, message_id, kind, width, height, sources, prompt,
                            negative_prompt, seed, model, settings)
        SELECT %(id)s, user_id, id, %(turn_id)s, (SELECT id FROM messages WHERE id = %(message_id)s), %(kind)s,
               %(width)s, %(height)s, %(sources)s, %(prompt)s, %(negative)s, %(seed)s, %(model)s, %(settings)s
        FROM companions
        WHERE id = %(companion_id)s
          AND user_id = %(user_id)s
        RETURNING *
        """,
        {
            "id": image_id,
            "user_id": user_id,
            "companion_id": companion_id,
            "turn_id": turn_id,
            "message_id": message_id,
            "kind": kind,
            "width": width,
            "height": height,
            "sources": Jsonb(sources),
            "prompt": prompt,
            "negative": negative_prompt,
            "seed": seed,
            "model": model,
            "settings": Jsonb(settings or {}),
        },
    ).fetchone()
    return Image.from_row(row) if row else None


def list_page(
    connection: Conn, user_id: UUID, *, companion_id: UUID | None, limit: int, before: UUID | None
) -> list[Image]:
    """Return pictures, newest first (ids sort by time).  limit: 1-100 rows."""
    rows = connection.execute(
        """
        SELECT *
        FROM images
        WHERE user_id = %(user_id)s
          AND (%(companion_id)s::uuid IS NULL OR companion_id = %(companion_id)s)
          AND (%(before)s::uuid IS NULL OR id < %(before)s)
        ORDER BY id DESC
        LIMIT %(limit)s
        """,
        {"user_id": user_id, "companion_id": companion_id, "before": before, "limit": limit},
    ).fetchall()
    return [Image.from_row(row) for row in rows]


def delete(connection: Conn, user_id: UUID, image_id: UUID) -> bool:
    """Delete a picture's row, whose trigger lists its files for deletion; False when there is no such picture."""
    row = connection.execute(
        "DELETE FROM images WHERE id = %(id)s AND user_id = %(user_id)s RETURNING id",
        {"id": image_id, "user_id": user_id},
    ).fetchone()
    return row is not None
