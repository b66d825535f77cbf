"""What holds after every fault (FAULTS.md §0, I1 to I10), asked of the database, the fakes, the logs and a page's memory."""

import io
import json
from collections.abc import Iterable
from itertools import pairwise
from typing import Any
from uuid import UUID

from PIL import Image

from companion_hub import bootstrap
from companion_hub.models.scene import Scene
from companion_hub.services import discarded_files
from functions.auth.handler import handler as auth
from tests.fakes.aws import FakeAws
from tests.fakes.chat import Chat
from tests.fakes.gateway import Answer
from tests.fakes.people import PASSWORD
from tests.faults.page import Page

CANARIES = ("canary-said", "canary-reply")


def check(
    chat: Chat,
    *,
    sent: Iterable[tuple[str, Answer]] = (),
    page: Page | None = None,
    max_calls: int | None = None,
    scripts: Iterable[str] = (),
    bystander: Chat | None = None,
    logs: str = "",
    dense: bool = True,
    answers: Iterable[Answer] = (),
) -> None:
    """Raise AssertionError that names the invariant.

    sent: (client id, accepted answer) of every message.  page: a tab that watched.  max_calls: of the language model.
    scripts: what the model was told to say; a reply that is done is one of them.  dense: nothing was deleted for good.
    """
    turns = chat.rows("SELECT * FROM turns WHERE companion_id = %(companion)s ORDER BY created_at")
    stored = chat.rows("SELECT * FROM messages WHERE companion_id = %(companion)s ORDER BY seq")
    _every_turn_ended(turns)
    _stored_exactly_once(stored, turns, sent)
    _one_reply_iff_done(turns, stored)
    _order_holds(chat, stored, dense=dense)
    _texts_agree(chat, turns, stored, page, list(scripts))
    if max_calls is not None:
        assert len(chat.llm.streamed) <= max_calls, f"I6: {len(chat.llm.streamed)} calls of the model"
    state_is_the_last_shown(chat, stored)
    check_files(chat.aws, user_id(chat))
    if bystander is not None:
        assert bystander.frames() == [], "I9: a frame on another user's socket"
    _nothing_leaks(chat, logs, answers)


def user_id(chat: Chat) -> UUID:
    return UUID(chat.browser.get(auth, "/api/me").json["user"]["id"])


def _every_turn_ended(turns: list[dict[str, Any]]) -> None:
    active = [row["id"] for row in turns if row["status"] in ("queued", "running")]
    assert active == [], f"I1: not ended: {active}"
    for row in turns:
        assert row["finished_at"] is not None, f"I1: {row['id']} ended at no time"
        assert (row["error_code"] is not None) == (row["status"] == "failed"), (
            f"I1: {row['status']} {row['error_code']}"
        )


def _stored_exactly_once(
    stored: list[dict[str, Any]], turns: list[dict[str, Any]], sent: Iterable[tuple[str, Answer]]
) -> None:
    known = {str(row["id"]) for row in turns}
    for client_id, answer in sent:
        rows = [row for row in stored if str(row["client_message_id"]) == client_id]
        assert len(rows) == 1, f"I2: {len(rows)} rows of {client_id}"
        assert answer.json["turn"]["id"] in known, "I2: the turn that was promised is not there"
        assert str(rows[0]["turn_id"]) == answer.json["turn"]["id"], "I2: another turn than was promised"


def _one_reply_iff_done(turns: list[dict[str, Any]], stored: list[dict[str, Any]]) -> None:
    for turn in turns:
        if turn["kind"] != "reply":
            continue
        replies = [row for row in stored if row["turn_id"] == turn["id"] and row["role"] == "assistant"]
        assert len(replies) <= 1, f"I3: {len(replies)} replies of one turn"
        whole = [row for row in replies if row["status"] != "incomplete"]
        assert len(whole) == (turn["status"] == "done"), f"I3: {turn['status']} with {len(whole)} replies"


def _order_holds(chat: Chat, stored: list[dict[str, Any]], *, dense: bool) -> None:
    numbers = [row["seq"] for row in stored]
    assert len(set(numbers)) == len(numbers), f"I4: {numbers}"
    if dense:
        (companion,) = chat.rows("SELECT next_seq FROM companions WHERE id = %(companion)s") or [{"next_seq": 1}]
        assert numbers == list(range(1, companion["next_seq"])), f"I4: {numbers}"
    for earlier, later in pairwise(stored):
        both = earlier["role"] == later["role"] == "assistant"
        assert not both or later["seq"] != earlier["seq"] + 1, "I4: two replies to one message"


def _texts_agree(
    chat: Chat, turns: list[dict[str, Any]], stored: list[dict[str, Any]], page: Page | None, scripts: list[str]
) -> None:
    for turn in turns:
        if turn["status"] != "done" or turn["kind"] != "reply":
            continue
        row = next(m for m in stored if m["turn_id"] == turn["id"] and m["role"] == "assistant")
        snapshot = chat.turn(str(turn["id"]))
        assert snapshot["text"] == turn["text"], "I5: snapshot"
        if row["edited_at"] is None and row["alternatives"] == 1:
            assert row["text"].startswith(turn["text"]), "I5: row and turn"
            if scripts:
                assert row["text"] in scripts, f"I5: {row['text']!r} is no answer of the model"
        if page is not None and (text := page.texts.get(str(turn["id"]))) is not None:
            assert text == turn["text"], "I5: what the page put together"


def state_is_the_last_shown(chat: Chat, stored: list[dict[str, Any]]) -> None:
    """I7, when no turn is active.  ``stored``: the chat's messages, in order."""
    rows = chat.rows("SELECT scene FROM companions WHERE id = %(companion)s")
    shown = [row for row in stored if row["deleted_at"] is None and row["scene"] is not None]
    if not rows or not shown:
        return
    last = shown[-1]
    current, expected = Scene.model_validate(rows[0]["scene"]), Scene.model_validate(last["scene"])
    assert current.to_state() == expected.to_state(), "I7: state is not that of the last message shown"
    for row in chat.rows(
        """
        SELECT m.scene AS shown, a.scene AS alternative, m.text, a.text AS alternative_text
        FROM messages m
        JOIN message_alternatives a ON a.message_id = m.id AND a.position = m.selected
        WHERE m.companion_id = %(companion)s
        """
    ):
        assert (row["shown"], row["text"]) == (row["alternative"], row["alternative_text"]), "I7: alternative"


def check_files(aws: FakeAws, owner: UUID) -> None:
    """I8, after what is due was collected (a reservation is due an hour after a worker died: that hour is over here)."""
    with bootstrap.database().autocommit() as connection:
        connection.execute("UPDATE discarded_objects SET not_before = clock_timestamp() - interval '1 second'")
    discarded_files.collect(bootstrap.database(), bootstrap.object_store())
    with bootstrap.database().autocommit() as connection:
        rows = connection.execute(
            "SELECT sources FROM images WHERE user_id = %(user_id)s", {"user_id": owner}
        ).fetchall()
    keys = {f"media/{source['key']}" for row in rows for source in row["sources"]}
    mine = {key for key in aws.objects if str(owner) in key}
    assert mine == keys, f"I8: files {mine ^ keys}"
    for key in keys:
        with Image.open(io.BytesIO(aws.objects[key])) as image:
            image.load()


def _nothing_leaks(chat: Chat, logs: str, answers: Iterable[Answer]) -> None:
    bodies = "".join(answer.body.decode(errors="replace") for answer in answers if answer.status >= 500)
    secrets = [PASSWORD, "sk-test", *CANARIES, *chat.browser.cookies.values(), *_keys(chat.aws)]
    for secret in secrets:
        assert secret not in logs, f"I10: {secret[:12]}… in the logs"
        assert secret not in bodies, f"I10: {secret[:12]}… in an answer"


def _keys(aws: FakeAws) -> list[str]:
    ring = json.loads(aws.secrets["session"])
    return [ring["pepper"], *(key["secret"] for key in ring["keys"])]
