"""Companions in the database.  Every query filters by user: another user's companion does not exist."""

from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from companion_hub.db.connection import Conn
from companion_hub.ids import new_id
from companion_hub.models.companion import Companion, CompanionProfile, LastMessage
from companion_hub.models.image import Image
from companion_hub.models.scene import Scene

# One round trip for everything a card in the list shows: the companion, its picture, its last message, its active turn.
# Documents come as text, which becomes a model in one go (a third of the time), and without the lorebook: no page shows it.
_SELECT = """
    SELECT c.id, c.name, (c.profile - 'lorebook')::text AS profile, c.scene::text AS scene,
           c.image_seed, c.created_at, c.updated_at,
           to_jsonb(i) AS picture,
           m.role AS last_role, left(m.text, 160) AS last_text, m.created_at AS last_at,
           t.id AS active_turn_id
    FROM companions c
    LEFT JOIN images i ON i.id = c.picture_id
    LEFT JOIN turns t ON t.companion_id = c.id AND t.status IN ('queued', 'running')
    LEFT JOIN LATERAL (
        SELECT role, text, created_at
        FROM messages
        WHERE companion_id = c.id
          AND deleted_at IS NULL
        ORDER BY seq DESC
        LIMIT 1
    ) m ON true
"""


def insert(
    connection: Conn,
    user_id: UUID,
    *,
    name: str,
    profile: CompanionProfile,
    scene: Scene,
    image_seed: int,
    card: dict[str, Any] | None = None,
) -> UUID:
    companion_id = new_id()
    connection.execute(
        """
        INSERT INTO companions (id, user_id, name, profile, scene, image_seed, card)
        VALUES (%(id)s, %(user_id)s, %(name)s, %(profile)s, %(scene)s, %(image_seed)s, %(card)s)
        """,
        {
            "id": companion_id,
            "user_id": user_id,
            "name": name,
            "profile": Jsonb(profile.model_dump(mode="json")),
            "scene": Jsonb(scene.model_dump(mode="json")),
            "image_seed": image_seed,
            "card": Jsonb(card) if card is not None else None,
        },
    )
    return companion_id


def get(connection: Conn, user_id: UUID, companion_id: UUID) -> Companion | None:
    row = connection.execute(
        _SELECT + "WHERE c.id = %(id)s AND c.user_id = %(user_id)s", {"id": companion_id, "user_id": user_id}
    ).fetchone()
    return _from_row(row) if row else None


def get_lorebook(connection: Conn, user_id: UUID, companion_id: UUID) -> dict[str, Any] | None:
    """Return the companion's lorebook, {} where it has none; None when the user has no such companion."""
    row = connection.execute(
        """
        SELECT profile -> 'lorebook' AS lorebook
        FROM companions
        WHERE id = %(id)s
          AND user_id = %(user_id)s
        """,
        {"id": companion_id, "user_id": user_id},
    ).fetchone()
    return None if row is None else row["lorebook"] or {}


def exists(connection: Conn, user_id: UUID, companion_id: UUID) -> bool:
    return (
        connection.execute(
            "SELECT 1 FROM companions WHERE id = %(id)s AND user_id = %(user_id)s",
            {"id": companion_id, "user_id": user_id},
        ).fetchone()
        is not None
    )


def list_page(connection: Conn, user_id: UUID, *, limit: int, before: UUID | None) -> list[Companion]:
    """Return companions, newest first (ids sort by time).  limit: 1-100 rows."""
    rows = connection.execute(
        _SELECT
        + """
        WHERE c.user_id = %(user_id)s
          AND (%(before)s::uuid IS NULL OR c.id < %(before)s)
        ORDER BY c.created_at DESC, c.id DESC
        LIMIT %(limit)s
        """,
        {"user_id": user_id, "before": before, "limit": limit},
    ).fetchall()
    return [_from_row(row) for row in rows]


def lock(connection: Conn, user_id: UUID, companion_id: UUID) -> dict[str, Any] | None:
    """Lock the companion's row for this transaction: everything that changes a chat goes through here, in order.

    NO KEY: rows that only refer to the companion (a usage entry, a picture) need not wait for it.
    """
    return connection.execute(
        """
        SELECT id, name, profile, scene, next_seq, image_seed, card, picture_id
        FROM companions
        WHERE id = %(id)s
          AND user_id = %(user_id)s
        FOR NO KEY UPDATE
        """,
        {"id": companion_id, "user_id": user_id},
    ).fetchone()


def update(
    connection: Conn,
    companion_id: UUID,
    *,
    name: str | None = None,
    profile: CompanionProfile | None = None,
    scene: Scene | None = None,
    picture_id: UUID | None = None,
    image_seed: int | None = None,
) -> None:
    """Write what is given (None: leave as it is).  Call it on a row locked by ``lock``."""
    connection.execute(
        """
        UPDATE companions
        SET name = coalesce(%(name)s, name),
            profile = coalesce(%(profile)s, profile),
            scene = coalesce(%(scene)s, scene),
            picture_id = coalesce(%(picture_id)s, picture_id),
            image_seed = coalesce(%(image_seed)s, image_seed),
            updated_at = clock_timestamp()
        WHERE id = %(id)s
        """,
        {
            "id": companion_id,
            "name": name,
            "profile": Jsonb(profile.model_dump(mode="json")) if profile else None,
            "scene": Jsonb(scene.model_dump(mode="json")) if scene else None,
            "picture_id": picture_id,
            "image_seed": image_seed,
        },
    )


def adopt_first_picture(connection: Conn, companion_id: UUID, image_id: UUID) -> None:
    """Show a picture as the companion's own when it has none yet."""
    connection.execute(
        """
        UPDATE companions
        SET picture_id = i.id
        FROM images i
        WHERE companions.id = %(id)s
          AND companions.picture_id IS NULL
          AND i.id = %(image_id)s
          AND i.companion_id = companions.id
        """,
        {"id": companion_id, "image_id": image_id},
    )


def delete(connection: Conn, user_id: UUID, companion_id: UUID) -> bool:
    """Delete a companion and all that hangs on it; False when there is no such companion.

    Its pictures' files are listed for deletion by a trigger (0002_picture_files.sql).
    """
    row = connection.execute(
        "DELETE FROM companions WHERE id = %(id)s AND user_id = %(user_id)s RETURNING id",
        {"id": companion_id, "user_id": user_id},
    ).fetchone()
    return row is not None


def owns_image(connection: Conn, companion_id: UUID, image_id: UUID) -> bool:
    return (
        connection.execute(
            "SELECT 1 FROM images WHERE id = %(image_id)s AND companion_id = %(companion_id)s",
            {"image_id": image_id, "companion_id": companion_id},
        ).fetchone()
        is not None
    )


def _from_row(row: dict[str, Any]) -> Companion:
    """Return the companion of a row of ``_SELECT``."""
    profile = CompanionProfile.model_validate_json(row["profile"])
    last = None
    if row["last_text"] is not None:
        last = LastMessage(role=row["last_role"], text=row["last_text"], created_at=row["last_at"])
    return Companion(
        id=row["id"],
        name=row["name"],
        appearance=profile.appearance,
        identity=profile.identity,
        visual_prompt=profile.visual_prompt,
        negative_prompt=profile.negative_prompt,
        system_prompt=profile.system_prompt,
        checkpoint=profile.checkpoint,
        loras=profile.loras,
        state=Scene.model_validate_json(row["scene"]).to_state(),
        picture=Image.from_row(row["picture"]) if row["picture"] else None,
        image_seed=row["image_seed"],
        last_message=last,
        active_turn_id=row["active_turn_id"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )
