"""The chat: history, send, search, and the message tools."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Query

from companion_hub import bootstrap
from companion_hub.http import HttpApi
from companion_hub.models.companion import Companion
from companion_hub.models.message import (
    Deleted,
    EditMessageRequest,
    Message,
    MessagePage,
    RegenerateRequest,
    SearchPage,
    SelectAlternativeRequest,
    SendMessageRequest,
)
from companion_hub.models.turn import SentMessage, StartedTurn

# What the database counts messages with.
MAX_SEQ = 2**31 - 1
# What people search for is short; a page of text would only make the database work.
SearchQuery = Annotated[str, Query(min_length=1, max_length=200)]
SearchLimit = Annotated[int, Query(ge=1, le=100)]


def register(api: HttpApi) -> None:
    _register_chat(api)
    _register_tools(api)


def _register_chat(api: HttpApi) -> None:
    app = api.app

    @app.get("/api/companions/<companion_id>/messages", summary="The chat, newest page first", tags=["messages"])
    def list_messages(
        companion_id: UUID,
        limit: Annotated[int, Query(ge=1, le=1000)] = 50,
        before: Annotated[int | None, Query(ge=1, le=MAX_SEQ)] = None,
    ) -> MessagePage:
        return bootstrap.message_tools().history(api.caller.user_id, companion_id, limit=limit, before=before)

    @app.post(
        "/api/companions/<companion_id>/messages",
        status_code=202,
        summary="Send a message; the same client_message_id again gives the same turn",
        tags=["messages"],
    )
    def send_message(companion_id: UUID, request: Annotated[SendMessageRequest, Body()]) -> Response[SentMessage]:
        sent = bootstrap.send_message().send(api.caller.user_id, companion_id, request)
        headers = {"Idempotent-Replay": "true"} if sent.is_replay else None
        status = HTTPStatus.OK if sent.is_replay else HTTPStatus.ACCEPTED
        return Response(status.value, "application/json", sent.answer, headers=headers)

    @app.get("/api/companions/<companion_id>/messages/search", summary="Search one chat", tags=["messages"])
    def search_chat(companion_id: UUID, q: SearchQuery, limit: SearchLimit = 20) -> SearchPage:
        return bootstrap.message_tools().search(api.caller.user_id, q, companion_id=companion_id, limit=limit)

    @app.get("/api/messages/search", summary="Search all chats", tags=["messages"])
    def search_all(q: SearchQuery, limit: SearchLimit = 20) -> SearchPage:
        return bootstrap.message_tools().search(api.caller.user_id, q, companion_id=None, limit=limit)


def _register_tools(api: HttpApi) -> None:
    app = api.app

    @app.post(
        "/api/messages/<message_id>/regenerate",
        status_code=202,
        summary="Write another alternative of the last reply",
        tags=["messages"],
    )
    def regenerate(
        message_id: UUID, request: Annotated[RegenerateRequest | None, Body()] = None
    ) -> Response[StartedTurn]:
        want_image = request.want_image if request else None
        started = bootstrap.message_tools().regenerate(api.caller.user_id, message_id, want_image=want_image)
        return Response(HTTPStatus.ACCEPTED.value, "application/json", started)

    @app.post(
        "/api/messages/<message_id>/continue",
        status_code=202,
        summary="Write on where the last reply stops",
        tags=["messages"],
    )
    def continue_reply(message_id: UUID) -> Response[StartedTurn]:
        started = bootstrap.message_tools().resume(api.caller.user_id, message_id)
        return Response(HTTPStatus.ACCEPTED.value, "application/json", started)

    @app.post("/api/messages/<message_id>/select", summary="Show another alternative", tags=["messages"])
    def select(message_id: UUID, request: Annotated[SelectAlternativeRequest, Body()]) -> Message:
        return bootstrap.message_tools().select(api.caller.user_id, message_id, request.alternative)

    @app.patch("/api/messages/<message_id>", summary="Edit a message", tags=["messages"])
    def edit(message_id: UUID, request: Annotated[EditMessageRequest, Body()]) -> Message:
        return bootstrap.message_tools().edit(api.caller.user_id, message_id, request.text)

    @app.delete("/api/messages/<message_id>", summary="Delete a message, or it and all after it", tags=["messages"])
    def delete(message_id: UUID, and_after: Annotated[bool, Query()] = False) -> Deleted:
        return bootstrap.message_tools().delete(api.caller.user_id, message_id, and_after=and_after)

    @app.post("/api/messages/<message_id>/undelete", summary="Undo a deletion", tags=["messages"])
    def undelete(message_id: UUID) -> MessagePage:
        return bootstrap.message_tools().undelete(api.caller.user_id, message_id)

    @app.post(
        "/api/messages/<message_id>/branch",
        status_code=201,
        summary="Copy the chat up to a message into a new companion",
        tags=["messages"],
    )
    def branch(message_id: UUID) -> Companion:
        return bootstrap.message_tools().branch(api.caller.user_id, message_id)
