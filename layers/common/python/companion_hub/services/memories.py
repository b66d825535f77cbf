"""Memories: kept as they are learnt, and as their owner sees them: list, search, add, edit, pin, delete."""

from collections.abc import Sequence
from uuid import UUID

from companion_hub.db.connection import Conn, Database
from companion_hub.errors import NotFoundError
from companion_hub.models.memory import CreateMemoryRequest, Learnt, Memory, MemoryPage, UpdateMemoryRequest
from companion_hub.repositories import companions, memories
from companion_hub.services.memory_words import denies, related_words, subject_of
from companion_hub.services.paging import first_page


def remember(
    connection: Conn,
    user_id: UUID,
    companion_id: UUID,
    learnt: Sequence[Learnt],
    *,
    user_name: str = "",
    message_id: UUID | None = None,
) -> None:
    """Store what a message taught, merged with what is known."""
    for memory in learnt:
        memories.insert(
            connection,
            user_id=user_id,
            companion_id=companion_id,
            kind=memory.kind,
            text=memory.text,
            importance=memory.importance,
            subject=subject_of(memory.text, user_name) or memory.subject,
            keywords=related_words(memory.text),
            denies=denies(memory.text),
            message_ids=[message_id] if message_id else [],
        )


class Memories:
    def __init__(self, database: Database) -> None:
        self._database = database

    def list_page(
        self, user_id: UUID, companion_id: UUID, *, limit: int, before: UUID | None, query: str | None
    ) -> MemoryPage:
        with self._database.autocommit() as connection:
            self._check_owner(connection, user_id, companion_id)
            found = memories.list_page(connection, user_id, companion_id, limit=limit + 1, before=before, query=query)
        items, after = first_page(found, limit, lambda memory: memory.id)
        return MemoryPage(items=items, next=after)

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
                origin="learnt" if request.source_message_ids else "user",
                subject=subject_of(request.text, ""),
                keywords=related_words(request.text),
                denies=denies(request.text),
                message_ids=request.source_message_ids,
            )
            return self._get(connection, user_id, memory_id)

    def update(self, user_id: UUID, memory_id: UUID, request: UpdateMemoryRequest) -> Memory:
        with self._database.transaction() as connection:
            text = request.text or ""
            changes = request.model_dump(exclude_none=True)
            if not memories.update(
                connection, user_id, memory_id, changes, keywords=related_words(text), denies=denies(text)
            ):
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
