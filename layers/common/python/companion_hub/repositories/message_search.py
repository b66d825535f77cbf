"""Search in the texts of messages that are shown."""

import re
from uuid import UUID

from companion_hub.db.connection import Conn
from companion_hub.models.message import SearchHit

# Thai, Japanese, Chinese, symbols and emoji.
_UNSPACED = re.compile(
    "[\u0e00-\u0e7f\u2600-\u27bf\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U0001f000-\U0001faff\U00020000-\U0003ffff]"
)


def search(connection: Conn, user_id: UUID, *, companion_id: UUID | None, query: str, limit: int) -> list[SearchHit]:
    """Return the best matches of a web-style query ("quoted phrase", -without, or), best first.  limit: 1-100.

    Each word also finds the words it begins: no stemming, because a chat may be in any language.  Where writing has no
    spaces, and for emoji, the words themselves are looked for: the index does not know them.
    """
    if _UNSPACED.search(query):
        return _search_literally(connection, user_id, companion_id=companion_id, words=query.split(), limit=limit)
    rows = connection.execute(
        """
        SELECT id AS message_id, companion_id, role, created_at,
               ts_rank_cd(search, query) AS rank,
               ts_headline('simple', text, query,
                           'StartSel=«, StopSel=», MaxFragments=2, MaxWords=18, MinWords=6') AS snippet
        FROM messages,
             CAST(
                 regexp_replace(websearch_to_tsquery('simple', %(query)s)::text, '''( |[)]|$)', ''':*\\1', 'g')
                 AS tsquery
             ) AS query
        WHERE user_id = %(user_id)s
          AND (%(companion_id)s::uuid IS NULL OR companion_id = %(companion_id)s)
          AND deleted_at IS NULL
          AND search @@ query
        ORDER BY rank DESC, created_at DESC
        LIMIT %(limit)s
        """,
        {"user_id": user_id, "companion_id": companion_id, "query": query, "limit": limit},
    ).fetchall()
    return [SearchHit.model_validate(row) for row in rows]


def _search_literally(
    connection: Conn, user_id: UUID, *, companion_id: UUID | None, words: list[str], limit: int
) -> list[SearchHit]:
    """Return the newest messages that hold every word, in any letter case; reads all texts of the chat."""
    rows = connection.execute(
        """
        SELECT id AS message_id, companion_id, role, created_at, 1.0 AS rank,
               concat(substr(text, greatest(1, at - 40), least(at - 1, 40)), '«',
                      substr(text, at, length(%(first)s)), '»', substr(text, at + length(%(first)s), 80)) AS snippet
        FROM messages, LATERAL strpos(lower(text), lower(%(first)s)) AS at
        WHERE user_id = %(user_id)s
          AND (%(companion_id)s::uuid IS NULL OR companion_id = %(companion_id)s)
          AND deleted_at IS NULL
          AND NOT EXISTS (
              SELECT 1
              FROM unnest(%(words)s::text[]) AS word
              WHERE strpos(lower(text), lower(word)) = 0
          )
        ORDER BY created_at DESC
        LIMIT %(limit)s
        """,
        {"user_id": user_id, "companion_id": companion_id, "first": words[0], "words": words, "limit": limit},
    ).fetchall()
    return [SearchHit.model_validate(row) for row in rows]
