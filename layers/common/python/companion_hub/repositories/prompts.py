"""Everything a prompt is made of, in one statement: this is the path before the first token."""

from typing import Any, NamedTuple
from uuid import UUID

from companion_hub.db.connection import Conn
from companion_hub.errors import TurnGoneError
from companion_hub.models.companion import CompanionProfile
from companion_hub.models.scene import Scene
from companion_hub.models.user import Preferences

# What a window of a large model holds at most; the token budget decides, this bounds what is read.
MAX_HISTORY = 120
MAX_MEMORIES = 24
_LIMITS = {"max_history": MAX_HISTORY, "max_memories": MAX_MEMORIES}


class HistoryRow(NamedTuple):
    role: str
    text: str
    seq: int


class PromptRows(NamedTuple):
    """``user_text`` is what is being answered; ``reply_text`` what is being continued or regenerated ("" if nothing)."""

    name: str
    profile: CompanionProfile
    scene: Scene
    card_post_history: str
    summary: str
    user_name: str
    preferences: Preferences
    memories: list[str]
    history: list[HistoryRow]
    user_text: str
    reply_text: str


_OF_TURN = """
WITH turn AS (
    SELECT t.companion_id, t.scene, coalesce(q.text, '') AS user_text, coalesce(r.text, '') AS reply_text,
           CASE t.kind
               WHEN 'regenerate' THEN r.seq - 1
               WHEN 'continue' THEN r.seq
               ELSE q.seq
           END AS last_seq
    FROM turns t
    LEFT JOIN messages q ON q.id = t.user_message_id
    LEFT JOIN messages r ON r.id = t.reply_message_id
    WHERE t.id = %(id)s
"""

# A turn that would be sent now, before there is a message.
_OF_NEXT_TURN = """
WITH turn AS (
    SELECT id AS companion_id, scene, '' AS user_text, '' AS reply_text, 2147483647 AS last_seq
    FROM companions
    WHERE id = %(id)s
      AND user_id = %(user_id)s
"""

_EVERYTHING = """
), query AS (
    SELECT array_to_string(
        ARRAY(SELECT quote_literal(lexeme) FROM unnest(to_tsvector('english', turn.user_text))), ' | '
    )::tsquery AS words
    FROM turn
)
SELECT c.name, c.profile, coalesce(turn.scene, c.scene) AS scene, c.summary, turn.user_text, turn.reply_text,
       coalesce(c.card ->> 'post_history_instructions', '') AS post_history,
       u.name AS user_name, u.preferences,
       (
           -- json, not jsonb: it is only passed on (half the time for a full window)
           SELECT coalesce(json_agg(json_build_array(h.role, h.text, h.seq) ORDER BY h.seq), '[]')
           FROM (
               SELECT role, text, seq
               FROM messages
               WHERE companion_id = c.id
                 AND deleted_at IS NULL
                 AND status <> 'incomplete'
                 AND seq <= turn.last_seq
               ORDER BY seq DESC
               LIMIT %(max_history)s
           ) h
       ) AS history,
       (
           SELECT coalesce(json_agg(m.text), '[]')
           FROM (
               SELECT text
               FROM memories, query
               WHERE companion_id = c.id
                 AND superseded_by IS NULL
               ORDER BY pinned DESC,
                        ts_rank(search, query.words) * 4
                        + importance * 0.2
                        - extract(epoch FROM clock_timestamp() - updated_at) / 86400 * 0.01 DESC
               LIMIT %(max_memories)s
           ) m
       ) AS memories
FROM turn
JOIN companions c ON c.id = turn.companion_id
JOIN users u ON u.id = c.user_id
"""


def load(connection: Conn, turn_id: UUID) -> PromptRows:
    """Return what a turn's prompt needs.  Raises TurnGoneError when the turn was deleted (with its companion).

    The history ends with the message that is answered: a regenerated reply is left out, a continued one is the end.
    Memories come pinned first, then by how many words they share with the message, importance and age.
    """
    row = connection.execute(_OF_TURN + _EVERYTHING, {"id": turn_id, **_LIMITS}).fetchone()
    if row is None:
        raise TurnGoneError("turn deleted")
    return _rows(row)


def load_for_next(connection: Conn, user_id: UUID, companion_id: UUID) -> PromptRows | None:
    """Return what the companion's next turn starts from, None when the user has no such companion."""
    row = connection.execute(
        _OF_NEXT_TURN + _EVERYTHING, {"id": companion_id, "user_id": user_id, **_LIMITS}
    ).fetchone()
    return None if row is None else _rows(row)


def _rows(row: dict[str, Any]) -> PromptRows:
    return PromptRows(
        name=row["name"],
        profile=CompanionProfile.model_validate(row["profile"]),
        scene=Scene.model_validate(row["scene"]),
        card_post_history=row["post_history"],
        summary=row["summary"],
        user_name=row["user_name"],
        preferences=Preferences.model_validate(row["preferences"]),
        memories=row["memories"],
        history=[HistoryRow(role, text, seq) for role, text, seq in row["history"]],
        user_text=row["user_text"],
        reply_text=row["reply_text"],
    )


class StepRows(NamedTuple):
    """``current`` is the companion's scene, ``earlier`` the one before a regenerated reply."""

    name: str
    user_name: str
    current: Scene
    earlier: Scene | None
    user_text: str
    reply_text: str
    reply_seq: int | None
    preferences: Preferences


def load_for_step(connection: Conn, turn_id: UUID) -> StepRows:
    """Return what a turn said and the scene before it.  Raises TurnGoneError when the turn was deleted.

    ``reply_text`` is what this turn streamed: for a continuation only what it added.
    """
    row = connection.execute(
        """
        SELECT c.name, u.name AS user_name, u.preferences, c.scene AS current, r.seq AS reply_seq,
               coalesce(q.text, '') AS user_text, t.text AS reply_text,
               CASE WHEN t.kind = 'regenerate' THEN (
                   SELECT m.scene
                   FROM messages m
                   WHERE m.companion_id = c.id
                     AND m.seq < r.seq
                     AND m.deleted_at IS NULL
                     AND m.scene IS NOT NULL
                   ORDER BY m.seq DESC
                   LIMIT 1
               ) END AS earlier
        FROM turns t
        JOIN companions c ON c.id = t.companion_id
        JOIN users u ON u.id = c.user_id
        LEFT JOIN messages q ON q.id = t.user_message_id
        LEFT JOIN messages r ON r.id = t.reply_message_id
        WHERE t.id = %(turn_id)s
        """,
        {"turn_id": turn_id},
    ).fetchone()
    if row is None:
        raise TurnGoneError("turn deleted")
    return StepRows(
        name=row["name"],
        user_name=row["user_name"],
        current=Scene.model_validate(row["current"]),
        earlier=Scene.model_validate(row["earlier"]) if row["earlier"] else None,
        user_text=row["user_text"],
        reply_text=row["reply_text"],
        reply_seq=row["reply_seq"],
        preferences=Preferences.model_validate(row["preferences"]),
    )
