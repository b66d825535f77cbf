"""Messages: send, read, search, and the message tools."""

from typing import Annotated
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Query

from companion_hub import bootstrap
from companion_hub.http import HttpApi
from companion_hub.models.companion import Companion
from companion_hub.models.message import (
    EditMessageRequest,
    Message,
    MessagePage,
    RegenerateRequest,
    SearchPage,
    SelectAlternativeRequest,
    SendMessageRequest,
)
from companion_hub.models.turn import SentMessage, StartedTurn


def register(api: HttpApi) -> None:
    app = api.app

    @app.get("/api/companions/<companion_id>/messages", summary="A page of the chat, oldest first", tags=["messages"])
    def list_messages(
        companion_id: UUID,
        limit: Annotated[int, Query(ge=1, le=1000)] = 50,
        before: Annotated[int | None, Query(ge=1)] = None,
    ) -> MessagePage:
        return bootstrap.chat().history(api.caller.user_id, companion_id, limit=limit, before=before)

    @app.post(
        "/api/companions/<companion_id>/messages",
        status_code=202,
        summary="Send a message; the same client_message_id is the same message",
        tags=["messages"],
    )
    def send_message(companion_id: UUID, request: Annotated[SendMessageRequest, Body()]) -> Response[SentMessage]:
        sent = bootstrap.chat().send(api.caller.user_id, companion_id, request)
        headers: dict[str, str | list[str]] = {"Idempotent-Replay": "true"} if sent.replayed else {}
        return Response(
            status_code=202,
            content_type="application/json",
            headers=headers,
            body=SentMessage(turn=sent.turn, message=sent.message),
        )

    @app.get("/api/companions/<companion_id>/messages/search", summary="Search a chat", tags=["messages"])
    def search_companion(
        companion_id: UUID,
        q: Annotated[str, Query(min_length=1, max_length=200)],
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> SearchPage:
        items = bootstrap.chat().search(api.caller.user_id, companion_id=companion_id, query=q, limit=limit)
        return SearchPage(items=items)

    @app.get("/api/messages/search", summary="Search all chats", tags=["messages"])
    def search_all(
        q: Annotated[str, Query(min_length=1, max_length=200)], limit: Annotated[int, Query(ge=1, le=100)] = 20
    ) -> SearchPage:
        return SearchPage(items=bootstrap.chat().search(api.caller.user_id, companion_id=None, query=q, limit=limit))

    @app.patch("/api/messages/<message_id>", summary="Edit a message's text", tags=["messages"])
    def edit_message(message_id: UUID, request: Annotated[EditMessageRequest, Body()]) -> Message:
        return bootstrap.chat().edit(api.caller.user_id, message_id, request.text)

    @app.delete(
        "/api/messages/<message_id>",
        status_code=204,
        summary="Delete a message, or it and all after it; undo lasts 30 seconds",
        tags=["messages"],
    )
    def delete_message(message_id: UUID, and_after: Annotated[bool, Query()] = False) -> Response[None]:
        bootstrap.chat().delete(api.caller.user_id, message_id, and_after=and_after)
        return Response(204)

    @app.post("/api/messages/<message_id>/undelete", summary="Undo a deletion", tags=["messages"])
    def undelete_message(message_id: UUID) -> Message:
        return bootstrap.chat().undelete(api.caller.user_id, message_id)

    @app.post(
        "/api/messages/<message_id>/regenerate",
        status_code=202,
        summary="Write another alternative of a reply",
        tags=["messages"],
    )
    def regenerate(message_id: UUID, request: Annotated[RegenerateRequest | None, Body()] = None) -> StartedTurn:
        want_image = request.want_image if request else None
        return StartedTurn(turn=bootstrap.chat().regenerate(api.caller.user_id, message_id, want_image=want_image))

    @app.post("/api/messages/<message_id>/continue", status_code=202, summary="Go on with a reply", tags=["messages"])
    def continue_reply(message_id: UUID) -> StartedTurn:
        return StartedTurn(turn=bootstrap.chat().continue_reply(api.caller.user_id, message_id))

    @app.post("/api/messages/<message_id>/select", summary="Show another alternative", tags=["messages"])
    def select_alternative(message_id: UUID, request: Annotated[SelectAlternativeRequest, Body()]) -> Message:
        return bootstrap.chat().select(api.caller.user_id, message_id, request.alternative)

    @app.post(
        "/api/messages/<message_id>/branch",
        status_code=201,
        summary="Copy companion and chat up to this message",
        tags=["messages"],
    )
    def branch(message_id: UUID) -> Companion:
        companion_id = bootstrap.chat().branch(api.caller.user_id, message_id)
        return bootstrap.companions().get(api.caller.user_id, companion_id)
