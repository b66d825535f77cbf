"""Rolling summaries of what left the prompt's window; the newest of a companion counts (migrations/0003_memory.sql)."""

from typing import NamedTuple
from uuid import UUID

from companion_hub.db.connection import Conn

MAX_CHARS = 2_000
# An old summary is what one falls back to when a message the newer ones tell of is changed.
_KEPT = 50


class LeftMessage(NamedTuple):
    role: str
    text: str
    seq: int


class Unsummarized(NamedTuple):
    """The newest summary ("" if none) and the messages to add to it, oldest first; empty: nothing to do."""

    summary: str
    messages: list[LeftMessage]


def load_unsummarized(connection: Conn, turn_id: UUID, *, ahead: int, limit: int) -> Unsummarized:
    """Return what left the window of the turn's prompt and no summary tells of.

    The window's beginning is what GenerateReply stored with the prompt's parts.  Once anything is left, up to ``ahead``
    messages that leave next come with it, so that not every turn has something to do.
    """
    row = connection.execute(
        """
        WITH turn AS (
            SELECT t.companion_id,
                   (SELECT max((part ->> 'first_seq')::integer)
                    FROM jsonb_array_elements(t.prompt_parts) AS part) AS window_seq
            FROM turns t
            WHERE t.id = %(turn_id)s
        ), newest AS (
            SELECT s.text, s.through_seq
            FROM summaries s, turn
            WHERE s.companion_id = turn.companion_id
            ORDER BY s.through_seq DESC
            LIMIT 1
        ), known AS (
            SELECT coalesce((SELECT through_seq FROM newest), 0) AS through_seq
        ), fresh AS (
            SELECT m.role, left(m.text, 4000) AS text, m.seq, m.seq < turn.window_seq AS is_out
            FROM messages m, turn, known
            WHERE m.companion_id = turn.companion_id
              AND m.deleted_at IS NULL
              AND m.status <> 'incomplete'
              AND m.seq > known.through_seq
              AND m.seq < turn.window_seq + %(ahead)s
              -- never the exchange the user may still regenerate or edit
              AND m.seq < (SELECT max(seq) - 3 FROM messages WHERE companion_id = turn.companion_id)
            ORDER BY m.seq
            LIMIT %(limit)s
        )
        SELECT coalesce((SELECT text FROM newest), '') AS summary,
               coalesce((SELECT bool_or(is_out) FROM fresh), false) AS has_left,
               (SELECT coalesce(json_agg(json_build_array(role, text, seq) ORDER BY seq), '[]') FROM fresh) AS messages
        """,
        {"turn_id": turn_id, "ahead": ahead, "limit": limit},
    ).fetchone()
    if row is None or not row["has_left"]:
        return Unsummarized("", [])
    return Unsummarized(row["summary"], [LeftMessage(*message) for message in row["messages"]])


def insert(connection: Conn, companion_id: UUID, *, told: list[LeftMessage], text: str) -> None:
    """Store a summary that goes on to the last message of ``told``, unless one of them was changed meanwhile.

    Call it with the turn held (claims.hold): then nothing else changes the chat.
    """
    connection.execute(
        """
        INSERT INTO summaries (companion_id, through_seq, text)
        SELECT %(companion_id)s, %(through_seq)s, %(text)s
        WHERE (
            SELECT count(*)
            FROM unnest(%(seqs)s::integer[], %(texts)s::text[]) AS told (seq, text)
            JOIN messages m ON m.companion_id = %(companion_id)s
                           AND m.seq = told.seq
                           AND left(m.text, 4000) = told.text
                           AND m.deleted_at IS NULL
        ) = cardinality(%(seqs)s::integer[])
        ON CONFLICT (companion_id, through_seq) DO UPDATE SET text = excluded.text
        """,
        {
            "companion_id": companion_id,
            "through_seq": told[-1].seq,
            "text": text,
            "seqs": [message.seq for message in told],
            "texts": [message.text for message in told],
        },
    )
    connection.execute(
        """
        DELETE FROM summaries
        WHERE companion_id = %(companion_id)s
          AND through_seq < (
              SELECT through_seq FROM summaries
              WHERE companion_id = %(companion_id)s
              ORDER BY through_seq DESC
              OFFSET %(kept)s
              LIMIT 1
          )
        """,
        {"companion_id": companion_id, "kept": _KEPT - 1},
    )


def copy_until(connection: Conn, *, source: UUID, target: UUID, seq: int) -> None:
    """Give a branch the newest summary that tells of nothing after message ``seq``, under the branch's numbers."""
    connection.execute(
        """
        INSERT INTO summaries (companion_id, through_seq, text)
        SELECT %(target)s, copied.number, s.text
        FROM summaries s,
             LATERAL (
                 SELECT count(*)::integer AS number
                 FROM messages
                 WHERE companion_id = %(source)s AND deleted_at IS NULL AND seq <= s.through_seq
             ) copied
        WHERE s.companion_id = %(source)s
          AND s.through_seq <= %(seq)s
        ORDER BY s.through_seq DESC
        LIMIT 1
        """,
        {"source": source, "target": target, "seq": seq},
    )
