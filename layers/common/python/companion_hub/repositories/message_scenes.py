"""The scene after each message: what a chat goes back to when its messages change."""

from uuid import UUID

from psycopg.types.json import Jsonb

from companion_hub.db.connection import Conn
from companion_hub.models.scene import Scene


def set_scene(connection: Conn, message_id: UUID, scene: Scene) -> None:
    """Store the scene after a message's shown alternative."""
    connection.execute(
        """
        WITH message AS (
            UPDATE messages SET scene = %(scene)s WHERE id = %(id)s RETURNING id, selected
        )
        UPDATE message_alternatives a
        SET scene = %(scene)s
        FROM message
        WHERE a.message_id = message.id
          AND a.position = message.selected
        """,
        {"id": message_id, "scene": Jsonb(scene.model_dump(mode="json"))},
    )


def set_last_scene(connection: Conn, companion_id: UUID, scene: Scene) -> None:
    """Store an edited scene with the last shown message, so that a replay comes back to it."""
    row = connection.execute(
        """
        SELECT id
        FROM messages
        WHERE companion_id = %(companion_id)s
          AND deleted_at IS NULL
        ORDER BY seq DESC
        LIMIT 1
        """,
        {"companion_id": companion_id},
    ).fetchone()
    if row:
        set_scene(connection, row["id"], scene)


def scene_before(connection: Conn, companion_id: UUID, *, seq: int | None = None) -> Scene | None:
    """Return the scene after the last shown message (before ``seq``); None when no message has one."""
    row = connection.execute(
        """
        SELECT scene
        FROM messages
        WHERE companion_id = %(companion_id)s
          AND deleted_at IS NULL
          AND scene IS NOT NULL
          AND (%(seq)s::integer IS NULL OR seq < %(seq)s)
        ORDER BY seq DESC
        LIMIT 1
        """,
        {"companion_id": companion_id, "seq": seq},
    ).fetchone()
    return Scene.model_validate(row["scene"]) if row else None


def scene_of_first(connection: Conn, companion_id: UUID) -> Scene | None:
    """Return the scene at the first shown message: where a chat goes back to when all of it is deleted."""
    row = connection.execute(
        """
        SELECT scene
        FROM messages
        WHERE companion_id = %(companion_id)s
          AND deleted_at IS NULL
          AND scene IS NOT NULL
        ORDER BY seq
        LIMIT 1
        """,
        {"companion_id": companion_id},
    ).fetchone()
    return Scene.model_validate(row["scene"]) if row else None
