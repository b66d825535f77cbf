"""Who gets what: every route with ids that exist × owner and other user, and the sockets (issue 4, item 10).

Anonymous, revoked, foreign origin and missing header are in tests/integration/test_authorization.py; both are generated
from the OpenAPI document, so a new route is asked by itself.
"""

import json
from typing import Any, cast
from uuid import uuid4

import pytest

from tests.fakes.chat import Chat
from tests.fakes.edge import handler_of
from tests.fakes.gateway import Answer, Browser
from tests.fakes.people import new_person
from tests.integration.conftest import chat, llm  # noqa: F401 - fixtures
from tests.integration.test_authorization import DOC, WITH_ID, asked, tiny_png

Case = tuple[str, str, dict[str, Any]]
SECRET = "only Mara knows about the lighthouse"


def things(owner: Chat) -> dict[str, str]:
    """Return one id of everything, by the name of its path parameter."""
    turn = owner.say(SECRET)
    image = owner.browser.request(
        handler_of("/api/companions/x/picture"),
        "POST",
        f"/api/companions/{owner.companion_id}/picture",
        body=tiny_png(),
        headers={"content-type": "image/png"},
    )
    assert image.status == 201, image.body
    memory = owner.post(f"/api/companions/{owner.companion_id}/memories", {"text": SECRET})
    assert memory.status == 201, memory.body
    session = owner.browser.get(handler_of("/api/me"), "/api/me/sessions").json["items"][0]["id"]
    return {
        "companion_id": owner.companion_id,
        "message_id": owner.messages()[-1]["id"],
        "turn_id": turn["id"],
        "memory_id": memory.json["id"],
        "image_id": image.json["id"],
        "session_id": session,
    }


def of_path(path: str, ids: dict[str, str]) -> str:
    """Return the id a path asks for."""
    return ids[path.partition("{")[2].partition("}")[0]]


def everything(owner: Chat) -> str:
    """Return all that the owner can see, as text."""
    me = owner.browser.get(handler_of("/api/me"), "/api/me/export")
    return json.dumps(me.json, sort_keys=True)


def test_every_id_of_the_document_is_known_here(chat: Chat) -> None:  # noqa: F811
    names = {
        parameter["name"]
        for operations in DOC["paths"].values()
        for operation in operations.values()
        for parameter in operation.get("parameters", [])
        if parameter.get("in") == "path"
    }
    assert names == set(things(chat))


def test_other_user_finds_nothing_behind_any_id_and_changes_nothing(chat: Chat) -> None:  # noqa: F811
    """F14: as if it did not exist: the answer to a real id is the answer to a made-up one."""
    ids = things(chat)
    before = everything(chat)
    other = new_person()
    for route in WITH_ID:
        method, path, operation = cast("Case", route.values)
        real = asked(other, method, path, operation, id_=of_path(path, ids))
        unknown = asked(other, method, path, operation, id_=str(uuid4()))
        assert real.status == 404, (method, path, real.body)
        assert without_request_id(real) == without_request_id(unknown), (method, path)
    assert everything(chat) == before


def without_request_id(answer: Answer) -> tuple[int, dict[str, Any]]:
    return answer.status, {**answer.json["error"], "request_id": ""}


def destruction(route: Any) -> tuple[bool, bool, bool]:
    """Sort what deletes last, the widest deletion at the very end; what was deleted can be brought back."""
    method, path, _ = cast("Case", route.values)
    undo = path.endswith("/undelete")
    return method == "DELETE" or undo, path.endswith("{companion_id}") or "session" in path, undo


def test_owner_is_never_told_that_own_things_do_not_exist(chat: Chat) -> None:  # noqa: F811
    """So that the test above cannot pass because everything answers 404.  Deletions come last."""
    ids = things(chat)
    for route in sorted(WITH_ID, key=destruction):
        method, path, operation = cast("Case", route.values)
        answer = asked(chat.browser, method, path, operation, id_=of_path(path, ids))
        # 409: what the route does is not possible now (a turn is running, a reply is not the last one).
        assert answer.status < 300 or answer.status in (409, 422), (method, path, answer.body)


def test_lists_and_searches_hold_only_ones_own(chat: Chat) -> None:  # noqa: F811
    things(chat)
    other = new_person()
    for path in ("/api/companions", "/api/images", "/api/me/sessions", "/api/me/export", "/api/me/usage"):
        answer = other.get(handler_of(path), path)
        assert answer.status == 200, path
        assert "lighthouse" not in answer.body.decode()
        assert chat.companion_id not in answer.body.decode()
    found = other.get(handler_of("/api/messages/search"), "/api/messages/search", q="lighthouse")
    assert (found.status, found.json["items"]) == (200, [])
    mine = chat.get("/api/messages/search", q="lighthouse")
    assert len(mine.json["items"]) == 1


@pytest.mark.parametrize("kind", ["anonymous", "revoked", "other user"])
def test_nobody_elses_socket_hears_of_a_turn(chat: Chat, kind: str) -> None:  # noqa: F811
    from functions.stream.handler import handler as stream
    from tests.fakes.gateway import Context, socket_event

    person = Browser() if kind == "anonymous" else new_person()
    if kind == "revoked":
        stolen = dict(person.cookies)
        person.post(handler_of("/api/auth/logout"), "/api/auth/logout")
        person.cookies = stolen
    socket = f"socket-{uuid4()}"
    answer = stream(socket_event("$connect", socket, cookies=person.cookies), Context())
    assert answer["statusCode"] == (200 if kind == "other user" else 401)
    turn = chat.say(SECRET)
    stream(socket_event("$default", socket, body=json.dumps({"action": "subscribe", "turn_id": turn["id"]})), Context())
    frames = chat.aws.frames_of(socket)
    assert [frame["type"] for frame in frames] == ["error"]
    assert frames[0]["code"] == "not_found"
    assert chat.frames("token")
