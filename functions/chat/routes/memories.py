"""What a companion remembers, as its user sees and edits it."""

from typing import Annotated
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Query

from companion_hub import bootstrap
from companion_hub.http import HttpApi
from companion_hub.models.memory import CreateMemoryRequest, Memory, MemoryPage, UpdateMemoryRequest


def register(api: HttpApi) -> None:
    app = api.app

    @app.get("/api/companions/<companion_id>/memories", summary="Memories, newest first", tags=["memories"])
    def list_memories(
        companion_id: UUID,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        before: Annotated[UUID | None, Query()] = None,
        q: Annotated[str | None, Query(max_length=200)] = None,
    ) -> MemoryPage:
        return bootstrap.memories().list_page(
            api.caller.user_id, companion_id, limit=limit, before=before, query=(q or "").strip() or None
        )

    @app.post("/api/companions/<companion_id>/memories", status_code=201, summary="Add a memory", tags=["memories"])
    def create_memory(companion_id: UUID, request: Annotated[CreateMemoryRequest, Body()]) -> Memory:
        return bootstrap.memories().create(api.caller.user_id, companion_id, request)

    @app.patch("/api/memories/<memory_id>", summary="Edit or pin a memory", tags=["memories"])
    def update_memory(memory_id: UUID, request: Annotated[UpdateMemoryRequest, Body()]) -> Memory:
        return bootstrap.memories().update(api.caller.user_id, memory_id, request)

    @app.delete("/api/memories/<memory_id>", status_code=204, summary="Forget", tags=["memories"])
    def delete_memory(memory_id: UUID) -> Response[None]:
        bootstrap.memories().delete(api.caller.user_id, memory_id)
        return Response(204)
