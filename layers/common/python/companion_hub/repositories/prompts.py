"""Everything a prompt is made of, in one statement: this is the path before the first token."""

from typing import NamedTuple
from uuid import UUID

from companion_hub.db.connection import Conn
from companion_hub.errors import TurnGoneError
from companion_hub.models.companion import CompanionProfile
from companion_hub.models.scene import Scene
from companion_hub.models.user import Appearance, Preferences

# What a window of a large model holds at most; the token budget decides, this bounds what is read.
MAX_HISTORY = 120
MAX_MEMORIES = 24


class HistoryRow(NamedTuple):
    role: str
    text: str
    seq: int
    message_id: UUID


class PromptRows(NamedTuple):
    name: str
    profile: CompanionProfile
    scene: Scene
    image_seed: int
    card_post_history: str
    summary: str
    user_name: str
    user_appearance: Appearance
    preferences: Preferences
    memories: list[str]
    history: list[HistoryRow]
    next_seq: int


def load(connection: Conn, companion_id: UUID, *, before_seq: int | None, query: str) -> PromptRows:
    """Return what a prompt needs.  ``before_seq`` leaves out a message and what follows it (regenerate).

    Memories come pinned first, then by text match with ``query``, importance and age.  Raises TurnGoneError when the
    companion was deleted.
    """
    row = connection.execute(
        """
        SELECT c.name, c.profile, c.scene, c.image_seed, c.summary, c.next_seq,
               coalesce(c.card ->> 'post_history_instructions', '') AS post_history,
               u.name AS user_name, u.appearance AS user_appearance, u.preferences,
               (
                   SELECT coalesce(jsonb_agg(jsonb_build_object('role', h.role, 'text', h.text, 'seq', h.seq,
                                                                'id', h.id) ORDER BY h.seq), '[]')
                   FROM (
                       SELECT role, text, seq, id
                       FROM messages
                       WHERE companion_id = c.id
                         AND deleted_at IS NULL
                         AND status <> 'incomplete'
                         AND (%(before_seq)s::integer IS NULL OR seq < %(before_seq)s)
                       ORDER BY seq DESC
                       LIMIT %(max_history)s
                   ) h
               ) AS history,
               (
                   SELECT coalesce(jsonb_agg(m.text), '[]')
                   FROM (
                       SELECT text
                       FROM memories, websearch_to_tsquery('english', %(query)s) AS query
                       WHERE companion_id = c.id
                         AND superseded_by IS NULL
                       ORDER BY pinned DESC,
                                ts_rank(search, query) * 4
                                + importance * 0.2
                                - extract(epoch FROM clock_timestamp() - updated_at) / 86400 * 0.01 DESC
                       LIMIT %(max_memories)s
                   ) m
               ) AS memories
        FROM companions c
        JOIN users u ON u.id = c.user_id
        WHERE c.id = %(companion_id)s
        """,
        {
            "companion_id": companion_id,
            "before_seq": before_seq,
            "query": query,
            "max_history": MAX_HISTORY,
            "max_memories": MAX_MEMORIES,
        },
    ).fetchone()
    if row is None:
        raise TurnGoneError("companion deleted")
    return PromptRows(
        name=row["name"],
        profile=CompanionProfile.model_validate(row["profile"]),
        scene=Scene.model_validate(row["scene"]),
        image_seed=row["image_seed"],
        card_post_history=row["post_history"],
        summary=row["summary"],
        user_name=row["user_name"],
        user_appearance=row["user_appearance"],
        preferences=Preferences.model_validate(row["preferences"]),
        memories=row["memories"],
        history=[HistoryRow(h["role"], h["text"], h["seq"], UUID(h["id"])) for h in row["history"]],
        next_seq=row["next_seq"],
    )
