"""Everything a prompt is made of, in one statement: this is the path before the first token."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from companion_hub.db.connection import Conn
from companion_hub.errors import TurnGoneError
from companion_hub.models.companion import CompanionProfile
from companion_hub.models.message import Said
from companion_hub.models.scene import Scene
from companion_hub.models.user import Preferences

# What a window of a large model holds at most; the token budget decides, this bounds what is read.
MAX_HISTORY = 120
MAX_MEMORIES = 24
# Words of a message that are looked for: the beginning of a very long one says what it is about.
_MAX_QUERY_CHARS, _MAX_QUERY_WORDS = 2_000, 60
# A word the memory does not say itself counts this much of one it says; found by bench.memory_recall.
_RELATED = 0.5
# What has nothing to do with the message still counts a little: important and recent memories fill the rest.
_FLOOR = 0.05
# What is about the user counts so much more when the message speaks of "I" or "my".
_MINE = 2.5
# One standard deviation nearer in meaning than the others counts this much of a whole match of words, from so many on; found
# by bench.memory_recall.
_MEANING, _APART = 0.15, 1.0
# So many are found by their meaning at most: the others of a prompt are left to those that words find.
_NEAR = 16
# Of one word this many memories are looked at; of those about others fewer when the message speaks of "I" or "my".
_MAX_HITS, _MAX_OTHER_HITS = 500, 100
_LIMITS = {
    "max_hits": _MAX_HITS,
    "max_other_hits": _MAX_OTHER_HITS,
    "max_history": MAX_HISTORY,
    "max_memories": MAX_MEMORIES,
    "max_query": _MAX_QUERY_CHARS,
    "max_words": _MAX_QUERY_WORDS,
    "related": _RELATED,
    "floor": _FLOOR,
    "mine": _MINE,
    "meaning": _MEANING,
    "apart": _APART,
    "near": _NEAR,
}


class HistoryRow(NamedTuple):
    role: str
    text: str
    seq: int


class PromptRows(NamedTuple):
    """``user_text`` is what is being answered; ``reply_text`` what is being continued or regenerated ("" if nothing).

    ``replies``, the companion's messages so far, and ``greeting``, the position of the chosen one, are read for a lorebook
    that goes by them.
    """

    name: str
    profile: CompanionProfile
    scene: Scene
    card_post_history: str
    card_nickname: str
    summary: str
    user_name: str
    preferences: Preferences
    memories: list[str]
    history: list[HistoryRow]
    user_text: str
    reply_text: str
    replies: int | None
    greeting: int | None


_OF_TURN = """
WITH turn AS (
    SELECT t.companion_id, t.scene, t.question_code, t.question_model,
           coalesce(q.text, '') AS user_text, coalesce(r.text, '') AS reply_text,
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
    SELECT id AS companion_id, scene, NULL::bit varying AS question_code, NULL AS question_model,
           '' AS user_text, '' AS reply_text, 2147483647 AS last_seq
    FROM companions
    WHERE id = %(id)s
      AND user_id = %(user_id)s
"""

_EVERYTHING = """
), asked AS MATERIALIZED (
    SELECT lexeme, quote_literal(lexeme)::tsquery AS word, (quote_literal(lexeme) || ':A')::tsquery AS said
    FROM turn, unnest(to_tsvector('english', left(turn.user_text, %(max_query)s)))
    LIMIT %(max_words)s
), me AS MATERIALIZED (
    -- "my dog" means the user's, not anybody's
    SELECT plainto_tsquery('english', u.name) || 'user'::tsquery AS words
    FROM turn
    JOIN companions c ON c.id = turn.companion_id
    JOIN users u ON u.id = c.user_id
    WHERE turn.user_text ~* '\\m(i|me|my|mine|we|us|our)\\M'
), hits AS MATERIALIZED (
    SELECT m.id, a.lexeme, m.about_user,
           CASE WHEN m.says_it THEN 1.0 ELSE %(related)s END::float8 AS weight
    FROM asked a
    CROSS JOIN LATERAL (
        -- two look-ups of the index per word; of a word that stands everywhere some are enough, it tells little, but
        -- what is about the user is not lost among what is about others
        (SELECT id, search @@ a.said AS says_it, true AS about_user
         FROM memories
         WHERE companion_id = (SELECT companion_id FROM turn)
           AND search @@ (a.word && (SELECT words FROM me))
           AND superseded_by IS NULL
         LIMIT %(max_hits)s)
        UNION
        (SELECT id, search @@ a.said, coalesce(search @@ (SELECT words FROM me), false)
         FROM memories
         WHERE companion_id = (SELECT companion_id FROM turn)
           AND search @@ a.word
           AND superseded_by IS NULL
         LIMIT CASE WHEN EXISTS (SELECT 1 FROM me) THEN %(max_other_hits)s ELSE %(max_hits)s END)
    ) m
), weights AS (
    -- a word that stands in few memories tells more
    SELECT lexeme, ln(1 + (SELECT count(DISTINCT id) FROM hits)::float8 / count(*)) AS idf
    FROM hits
    GROUP BY lexeme
), relevant AS MATERIALIZED (
    SELECT h.id,
           sum(h.weight * w.idf) / (SELECT sum(idf) FROM weights)
           * CASE WHEN bool_or(h.about_user) THEN %(mine)s ELSE 1 END::float8 AS share
    FROM hits h
    JOIN weights w USING (lexeme)
    GROUP BY h.id
    ORDER BY share DESC
    LIMIT 4 * %(max_memories)s
), distances AS MATERIALIZED (
    -- codes of another length are of another model that has the same name
    SELECT e.memory_id AS id,
           CASE WHEN length(e.code) = length(t.question_code) THEN bit_count(e.code # t.question_code) END::float8 AS bits
    FROM turn t
    JOIN memory_embeddings e ON e.companion_id = t.companion_id AND e.model = t.question_model
), spread AS MATERIALIZED (
    -- what is near is told from how near the others are: models differ in that
    SELECT avg(bits) AS mean, nullif(stddev_pop(bits), 0) AS deviation FROM distances
), alike AS MATERIALIZED (
    SELECT d.id,
           %(meaning)s * greatest(0, (s.mean - d.bits) / s.deviation - %(apart)s)
           * CASE WHEN m.search @@ (SELECT words FROM me) THEN %(mine)s ELSE 1 END::float8 AS share
    FROM (SELECT * FROM distances ORDER BY bits LIMIT %(near)s) d
    CROSS JOIN spread s
    JOIN memories m USING (id)
), candidates AS MATERIALIZED (
    SELECT id FROM relevant
    UNION
    SELECT id FROM alike
    UNION
    (SELECT id FROM memories
     WHERE companion_id = (SELECT companion_id FROM turn) AND superseded_by IS NULL AND pinned
     ORDER BY created_at DESC LIMIT 2 * %(max_memories)s)
    UNION
    (SELECT id FROM memories
     WHERE companion_id = (SELECT companion_id FROM turn) AND superseded_by IS NULL AND importance >= 4
     ORDER BY created_at DESC LIMIT 2 * %(max_memories)s)
    UNION
    (SELECT id FROM memories
     WHERE companion_id = (SELECT companion_id FROM turn) AND superseded_by IS NULL
     ORDER BY created_at DESC LIMIT 2 * %(max_memories)s)
), ranked AS MATERIALIZED (
    SELECT m.id, m.text, m.pinned,
           (%(floor)s::float8 + coalesce(r.share, 0) + coalesce(a.share, 0)) * (0.7::float8 + 0.06::float8 * m.importance)
           * (0.8::float8 + 0.2::float8 * exp(-extract(epoch FROM clock_timestamp() - m.updated_at)::float8 / 2592000))
           AS score
    FROM memories m
    LEFT JOIN relevant r USING (id)
    LEFT JOIN alike a USING (id)
    -- an array, not a join: that would be planned without knowing how few they are, and read the whole table
    WHERE m.id = ANY (ARRAY(SELECT id FROM candidates))
    ORDER BY m.pinned DESC, score DESC, m.id DESC
    -- more than are taken: some may be of messages deleted a moment ago
    LIMIT 4 * %(max_memories)s
)
SELECT c.name, c.profile, coalesce(turn.scene, c.scene) AS scene,
       -- a continued or regenerated turn may start before the newest one ends
       coalesce((
           SELECT s.text
           FROM summaries s
           WHERE s.companion_id = c.id AND s.through_seq <= turn.last_seq
           ORDER BY s.through_seq DESC
           LIMIT 1
       ), '') AS summary,
       turn.user_text, turn.reply_text,
       coalesce(c.card ->> 'post_history_instructions', '') AS post_history,
       coalesce(c.card ->> 'nickname', '') AS nickname,
       u.name AS user_name, u.preferences,
       CASE WHEN c.profile ->> 'lorebook' LIKE '%%@@activate_only_%%' THEN (
           SELECT count(*)
           FROM messages
           WHERE companion_id = c.id
             AND deleted_at IS NULL
             AND status <> 'incomplete'
             AND role = 'assistant'
             AND seq <= turn.last_seq
       ) END AS replies,
       CASE WHEN c.profile ->> 'lorebook' LIKE '%%@@is_greeting%%' THEN (
           SELECT CASE WHEN role = 'assistant' AND turn_id IS NULL THEN selected END
           FROM messages
           WHERE companion_id = c.id
             AND deleted_at IS NULL
           ORDER BY seq
           LIMIT 1
       ) END AS greeting,
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
               SELECT k.text
               FROM ranked k
               WHERE EXISTS (SELECT 1 FROM known_memories WHERE known_memories.id = k.id)
               ORDER BY k.pinned DESC, k.score DESC, k.id DESC
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
    Memories come pinned first, then by relevance × importance × recency: the share of the message's words they have (rare
    words count more, related ones half) and how near they are in meaning where embeddings are set up, 1-5, and age in days.
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
        card_nickname=row["nickname"],
        summary=row["summary"],
        user_name=row["user_name"],
        preferences=Preferences.model_validate(row["preferences"]),
        memories=row["memories"],
        history=[HistoryRow(role, text, seq) for role, text, seq in row["history"]],
        user_text=row["user_text"],
        reply_text=row["reply_text"],
        replies=row["replies"],
        greeting=row["greeting"],
    )


class StepRows(NamedTuple):
    """``current`` is the companion's scene, ``earlier`` the one before a regenerated reply.

    ``said_before`` are the last four messages before the one that is answered, oldest first, which was said on ``said_on``
    (UTC).
    """

    name: str
    user_name: str
    presentation: str | None
    current: Scene
    earlier: Scene | None
    user_text: str
    reply_text: str
    reply_seq: int | None
    preferences: Preferences
    said_before: Sequence[Said] = ()
    said_on: date | None = None

    @property
    def text_before(self) -> str:
        """What the user said last before this message, "" when nothing."""
        return next((said.text for said in reversed(self.said_before) if said.speaker == "user"), "")


def load_for_step(connection: Conn, turn_id: UUID) -> StepRows:
    """Return what a turn said and the scene before it.  Raises TurnGoneError when the turn was deleted.

    ``reply_text`` is what this turn streamed: for a continuation only what it added.
    """
    row = connection.execute(
        """
        SELECT c.name, u.name AS user_name, u.preferences, c.profile->'appearance'->>'presentation' AS presentation,
               c.scene AS current, r.seq AS reply_seq,
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
               ) END AS earlier,
               (q.created_at AT TIME ZONE 'UTC')::date AS said_on,
               (
                   SELECT coalesce(json_agg(json_build_array(m.role, m.text) ORDER BY m.seq), '[]')
                   FROM (
                       SELECT role, text, seq
                       FROM messages
                       WHERE companion_id = c.id
                         AND deleted_at IS NULL
                         AND seq < q.seq
                       ORDER BY seq DESC
                       LIMIT 4
                   ) m
               ) AS said_before
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
        presentation=row["presentation"],
        current=Scene.model_validate(row["current"]),
        earlier=Scene.model_validate(row["earlier"]) if row["earlier"] else None,
        user_text=row["user_text"],
        reply_text=row["reply_text"],
        reply_seq=row["reply_seq"],
        preferences=Preferences.model_validate(row["preferences"]),
        said_before=tuple(Said("user" if role == "user" else "companion", text) for role, text in row["said_before"]),
        said_on=row["said_on"],
    )
