"""What the database itself refuses, whatever the code forgets: each unique index, tried directly."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest

from tests.fakes.chat import Chat

STATEMENTS = {
    "turns_one_active": """
        INSERT INTO turns (id, user_id, companion_id, kind, deadline_at)
        SELECT %(id)s, user_id, id, 'reply', now() FROM companions WHERE id = %(companion)s
    """,
    "messages_companion_id_seq_key": """
        INSERT INTO messages (id, user_id, companion_id, seq, role, text)
        SELECT %(id)s, user_id, companion_id, seq, 'user', 'x' FROM messages
        WHERE companion_id = %(companion)s AND role = 'user'
    """,
    "messages_companion_id_client_message_id_key": """
        INSERT INTO messages (id, user_id, companion_id, seq, role, client_message_id, text)
        SELECT %(id)s, user_id, companion_id, seq + 1000, 'user', client_message_id, 'x' FROM messages
        WHERE companion_id = %(companion)s AND role = 'user'
    """,
    "messages_one_reply_per_turn": """
        INSERT INTO messages (id, user_id, companion_id, seq, role, turn_id, text)
        SELECT %(id)s, user_id, companion_id, seq + 1000, 'assistant', turn_id, 'x' FROM messages
        WHERE companion_id = %(companion)s AND role = 'assistant'
    """,
}


@pytest.mark.parametrize("index", STATEMENTS)
def test_database_refuses_a_second(chat: Chat, database_url: str, index: str) -> None:
    """F5, F10, F11: one active turn, one place, one client id, one reply."""
    assert chat.say("canary-said")["status"] == "done"
    if index == "turns_one_active":
        chat.send("canary-said")
    parameters: dict[str, Any] = {"id": uuid4(), "companion": chat.companion_id}
    with (
        psycopg.connect(database_url, autocommit=True) as connection,
        pytest.raises(psycopg.errors.UniqueViolation) as refused,
    ):
        connection.execute(STATEMENTS[index].encode(), parameters)
    assert refused.value.diag.constraint_name == index
