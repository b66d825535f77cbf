"""Memories as their owner sees them: list, search, add, edit, pin, delete."""

from uuid import UUID

from companion_hub.db.connection import Conn, Database
from companion_hub.errors import NotFoundError
from companion_hub.models.memory import CreateMemoryRequest, Memory, MemoryPage, UpdateMemoryRequest
from companion_hub.repositories import companions, memories


class Memories:
    def __init__(self, database: Database) -> None:
        self._database = database

    def list_page(
        self, user_id: UUID, companion_id: UUID, *, limit: int, before: UUID | None, query: str | None
    ) -> MemoryPage:
        with self._database.autocommit() as connection:
            self._check_owner(connection, user_id, companion_id)
            items = memories.list_page(connection, user_id, companion_id, limit=limit, before=before, query=query)
        return MemoryPage(items=items, next=str(items[-1].id) if len(items) == limit else None)

    def create(self, user_id: UUID, companion_id: UUID, request: CreateMemoryRequest) -> Memory:
        with self._database.transaction() as connection:
            self._check_owner(connection, user_id, companion_id)
            memory_id = memories.insert(
                connection,
                user_id=user_id,
                companion_id=companion_id,
                kind=request.kind,
                text=request.text,
                importance=request.importance,
                pinned=request.pinned,
                origin="user",
            )
            return self._get(connection, user_id, memory_id)

    def update(self, user_id: UUID, memory_id: UUID, request: UpdateMemoryRequest) -> Memory:
        with self._database.transaction() as connection:
            if not memories.update(connection, user_id, memory_id, request.model_dump(exclude_none=True)):
                raise NotFoundError
            return self._get(connection, user_id, memory_id)

    def delete(self, user_id: UUID, memory_id: UUID) -> None:
        with self._database.autocommit() as connection:
            if not memories.delete(connection, user_id, memory_id):
                raise NotFoundError

    @staticmethod
    def _check_owner(connection: Conn, user_id: UUID, companion_id: UUID) -> None:
        if companions.get(connection, user_id, companion_id) is None:
            raise NotFoundError

    @staticmethod
    def _get(connection: Conn, user_id: UUID, memory_id: UUID | None) -> Memory:
        memory = memories.get(connection, user_id, memory_id) if memory_id else None
        if memory is None:
            raise NotFoundError
        return memory
