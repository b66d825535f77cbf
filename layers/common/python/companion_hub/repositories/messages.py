"""Messages and their alternatives.  A chat's order is ``seq``; the companion's row is locked before one is added."""

from typing import Any, NamedTuple
from uuid import UUID

from psycopg.types.json import Jsonb

from companion_hub.db.connection import Conn
from companion_hub.ids import new_id
from companion_hub.models.image import Image
from companion_hub.models.message import Message, MessageStatus
from companion_hub.models.scene import Scene

_SELECT = """
    SELECT m.id, m.companion_id, m.seq, m.role, m.text, m.status, m.turn_id, m.client_message_id, m.scene, m.selected,
           m.edited_at, m.created_at, to_jsonb(i) AS image,
           CASE WHEN m.alternatives > 1 THEN (
               SELECT jsonb_agg(jsonb_build_object(
                   'position', a.position, 'text', a.text, 'status', a.status, 'model', a.model,
                   'created_at', a.created_at) ORDER BY a.position)
               FROM message_alternatives a
               WHERE a.message_id = m.id
           ) END AS alternatives
    FROM messages m
    LEFT JOIN LATERAL (
        SELECT * FROM images WHERE images.message_id = m.id ORDER BY created_at DESC LIMIT 1
    ) i ON true
"""


class Anchor(NamedTuple):
    """Where a message stands: enough to lock its companion before working on it."""

    message_id: UUID
    companion_id: UUID


def message_from_row(row: dict[str, Any]) -> Message:
    scene = Scene.model_validate(row["scene"]) if row["scene"] else None
    return Message.model_validate(
        {
            **row,
            "state": scene.to_state() if scene else None,
            "alternatives": row["alternatives"] or [],
            "image": Image.from_row(row["image"]) if row["image"] else None,
        }
    )


def user_name(connection: Conn, user_id: UUID) -> str:
    row = connection.execute("SELECT name FROM users WHERE id = %(user_id)s", {"user_id": user_id}).fetchone()
    return row["name"] if row else "You"


def get(connection: Conn, user_id: UUID, message_id: UUID, *, deleted: bool = False) -> Message | None:
    """Return a message; ``deleted`` also finds one whose deletion can still be undone."""
    row = connection.execute(
        _SELECT + "WHERE m.id = %(id)s AND m.user_id = %(user_id)s AND (m.deleted_at IS NULL OR %(deleted)s)",
        {"id": message_id, "user_id": user_id, "deleted": deleted},
    ).fetchone()
    return message_from_row(row) if row else None


def find_anchor(connection: Conn, user_id: UUID, message_id: UUID, *, deleted: bool = False) -> Anchor | None:
    row = connection.execute(
        """
        SELECT id, companion_id
        FROM messages
        WHERE id = %(id)s
          AND user_id = %(user_id)s
          AND (deleted_at IS NOT NULL) = %(deleted)s
        """,
        {"id": message_id, "user_id": user_id, "deleted": deleted},
    ).fetchone()
    return Anchor(row["id"], row["companion_id"]) if row else None


def find_by_client_id(connection: Conn, companion_id: UUID, client_message_id: UUID) -> dict[str, Any] | None:
    """Return id, text and turn of a message sent before under the same id, deleted ones too."""
    return connection.execute(
        """
        SELECT id, text, turn_id, edited_at
        FROM messages
        WHERE companion_id = %(companion_id)s
          AND client_message_id = %(client_message_id)s
        """,
        {"companion_id": companion_id, "client_message_id": client_message_id},
    ).fetchone()


def list_page(
    connection: Conn, user_id: UUID, companion_id: UUID, *, limit: int, before: int | None
) -> list[Message] | None:
    """Return a page, oldest first, of the messages before ``before`` (a seq); None when there is no such companion.

    limit: 1-1000 rows.
    """
    rows = connection.execute(
        "SELECT page.*, c.id AS owned FROM companions c LEFT JOIN LATERAL ("
        + _SELECT
        + """
            WHERE m.companion_id = c.id
              AND m.deleted_at IS NULL
              AND (%(before)s::integer IS NULL OR m.seq < %(before)s)
            ORDER BY m.seq DESC
            LIMIT %(limit)s
        ) page ON true
        WHERE c.id = %(companion_id)s
          AND c.user_id = %(user_id)s
        ORDER BY page.seq
        """,
        {"companion_id": companion_id, "user_id": user_id, "before": before, "limit": limit},
    ).fetchall()
    if not rows:
        return None
    return [message_from_row(row) for row in rows if row["id"] is not None]


def insert_user_message(
    connection: Conn,
    *,
    user_id: UUID,
    companion_id: UUID,
    turn_id: UUID,
    client_message_id: UUID,
    text: str,
) -> UUID:
    """Store what the user sent under the companion's next seq, with the scene it was said in.

    The scene is what a replay comes back to when the reply is regenerated or deleted.  The companion's row is locked
    by the caller.
    """
    message_id = new_id()
    connection.execute(
        """
        WITH place AS (
            UPDATE companions
            SET next_seq = next_seq + 1, last_message_at = clock_timestamp()
            WHERE id = %(companion_id)s
            RETURNING next_seq - 1 AS seq, scene
        )
        INSERT INTO messages (id, user_id, companion_id, seq, role, client_message_id, turn_id, text, scene,
                              alternatives)
        SELECT %(id)s, %(user_id)s, %(companion_id)s, seq, 'user', %(client_message_id)s, %(turn_id)s, %(text)s, scene,
               0
        FROM place
        """,
        {
            "id": message_id,
            "user_id": user_id,
            "companion_id": companion_id,
            "turn_id": turn_id,
            "client_message_id": client_message_id,
            "text": text,
        },
    )
    return message_id


def insert_reply(
    connection: Conn,
    *,
    user_id: UUID,
    companion_id: UUID,
    turn_id: UUID | None,
    texts: list[str],
    status: MessageStatus,
    model: str | None,
    scene: Scene | None,
) -> UUID:
    """Store an assistant message with one or more alternatives (the first is shown) under the next seq."""
    message_id = new_id()
    connection.execute(
        """
        WITH place AS (
            UPDATE companions
            SET next_seq = next_seq + 1, last_message_at = clock_timestamp()
            WHERE id = %(companion_id)s
            RETURNING next_seq - 1 AS seq
        ), message AS (
            INSERT INTO messages (id, user_id, companion_id, seq, role, turn_id, text, scene, status, alternatives)
            SELECT %(id)s, %(user_id)s, %(companion_id)s, seq, 'assistant', %(turn_id)s, (%(texts)s::text[])[1],
                   %(scene)s, %(status)s, cardinality(%(texts)s::text[])
            FROM place
            RETURNING id
        )
        INSERT INTO message_alternatives (message_id, position, text, scene, status, model)
        SELECT message.id, n - 1, text, %(scene)s, %(status)s, %(model)s
        FROM message, unnest(%(texts)s::text[]) WITH ORDINALITY AS t (text, n)
        """,
        {
            "id": message_id,
            "user_id": user_id,
            "companion_id": companion_id,
            "turn_id": turn_id,
            "texts": texts,
            "status": status,
            "model": model,
            "scene": _json(scene),
        },
    )
    return message_id


def put_reply(
    connection: Conn,
    *,
    user_id: UUID,
    companion_id: UUID,
    turn_id: UUID,
    text: str,
    status: MessageStatus,
    model: str | None,
    scene: Scene | None,
) -> UUID:
    """Store a turn's reply; one that an earlier, failed run of the turn left incomplete is replaced in its place."""
    row = connection.execute(
        """
        WITH message AS (
            UPDATE messages
            SET text = %(text)s, status = %(status)s, scene = %(scene)s, deleted_at = NULL
            WHERE turn_id = %(turn_id)s
              AND role = 'assistant'
            RETURNING id, selected
        )
        UPDATE message_alternatives a
        SET text = %(text)s, status = %(status)s, scene = %(scene)s, model = %(model)s
        FROM message
        WHERE a.message_id = message.id
          AND a.position = message.selected
        RETURNING message.id
        """,
        {"turn_id": turn_id, "text": text, "status": status, "scene": _json(scene), "model": model},
    ).fetchone()
    if row is not None:
        replaced: UUID = row["id"]
        return replaced
    return insert_reply(
        connection,
        user_id=user_id,
        companion_id=companion_id,
        turn_id=turn_id,
        texts=[text],
        status=status,
        model=model,
        scene=scene,
    )


def insert_greeting(connection: Conn, user_id: UUID, companion_id: UUID, *, texts: list[str], scene: Scene) -> UUID:
    return insert_reply(
        connection,
        user_id=user_id,
        companion_id=companion_id,
        turn_id=None,
        texts=texts,
        status="complete",
        model=None,
        scene=scene,
    )


def add_alternative(
    connection: Conn, message_id: UUID, *, text: str, status: MessageStatus, model: str | None, scene: Scene | None
) -> int:
    """Add an alternative and show it; return its position."""
    row = connection.execute(
        """
        WITH added AS (
            INSERT INTO message_alternatives (message_id, position, text, scene, status, model)
            SELECT id, alternatives, %(text)s, %(scene)s, %(status)s, %(model)s
            FROM messages
            WHERE id = %(id)s
            RETURNING position
        )
        UPDATE messages
        SET selected = added.position, alternatives = alternatives + 1, text = %(text)s, scene = %(scene)s,
            status = %(status)s
        FROM added
        WHERE messages.id = %(id)s
        RETURNING selected
        """,
        {"id": message_id, "text": text, "scene": _json(scene), "status": status, "model": model},
    ).fetchone()
    return int(row["selected"]) if row else 0


def replace_shown(
    connection: Conn, message_id: UUID, *, text: str, status: MessageStatus | None = None, edited: bool = False
) -> None:
    """Write the text of the shown alternative (a continuation or an edit)."""
    connection.execute(
        """
        WITH message AS (
            UPDATE messages
            SET text = %(text)s,
                status = coalesce(%(status)s, status),
                edited_at = CASE WHEN %(edited)s THEN clock_timestamp() ELSE edited_at END
            WHERE id = %(id)s
            RETURNING id, selected
        )
        UPDATE message_alternatives a
        SET text = %(text)s, status = coalesce(%(status)s, a.status)
        FROM message
        WHERE a.message_id = message.id
          AND a.position = message.selected
        """,
        {"id": message_id, "text": text, "status": status, "edited": edited},
    )


def count_replies_since_picture(connection: Conn, companion_id: UUID) -> int | None:
    """Return how many replies are shown after the newest one with a picture; None when none has one yet."""
    row = connection.execute(
        """
        WITH newest AS (
            SELECT max(m.seq) AS seq
            FROM images i
            JOIN messages m ON m.id = i.message_id
            WHERE i.companion_id = %(companion_id)s
              AND m.deleted_at IS NULL
        )
        SELECT newest.seq, (
            SELECT count(*)
            FROM messages
            WHERE companion_id = %(companion_id)s
              AND role = 'assistant'
              AND deleted_at IS NULL
              AND seq > newest.seq
        ) AS replies
        FROM newest
        """,
        {"companion_id": companion_id},
    ).fetchone()
    return int(row["replies"]) if row and row["seq"] is not None else None


def is_latest_turn(connection: Conn, turn_id: UUID) -> bool:
    """Whether what a turn answers and writes still stands at the end of the chat (a picture's turn always does)."""
    row = connection.execute(
        """
        SELECT 1
        FROM turns t
        WHERE t.id = %(turn_id)s
          AND (t.kind = 'image' OR EXISTS (
              SELECT 1
              FROM messages asked
              LEFT JOIN messages reply ON reply.id = t.reply_message_id AND reply.deleted_at IS NULL
              WHERE asked.id = t.user_message_id
                AND asked.deleted_at IS NULL
                AND (t.kind = 'reply' OR reply.id IS NOT NULL)
                AND NOT EXISTS (
                    SELECT 1
                    FROM messages later
                    WHERE later.companion_id = t.companion_id
                      AND later.deleted_at IS NULL
                      AND later.seq > greatest(asked.seq, reply.seq)
                )
          ))
        """,
        {"turn_id": turn_id},
    ).fetchone()
    return row is not None


def _json(scene: Scene | None) -> Jsonb | None:
    return Jsonb(scene.model_dump(mode="json")) if scene is not None else None
