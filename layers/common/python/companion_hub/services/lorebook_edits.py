"""A companion's lorebook as its owner edits it: read as a whole, written as a whole.

Called by functions/chat.  What a page does not know of an entry comes back as it went out, so that it survives; only
what is new or changed is checked, so that a fault a card brought along stops nobody from mending another entry.
"""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from time import perf_counter
from typing import Any, cast
from uuid import UUID

from companion_hub.db.connection import Conn, Database
from companion_hub.errors import ConflictError, InvalidRequestError, NotFoundError
from companion_hub.models.companion import CompanionProfile
from companion_hub.models.lorebook import CompanionLorebook, UpdateLorebookRequest
from companion_hub.repositories import companions
from companion_hub.services.card_document import MAX_DEPTH, nesting
from companion_hub.services.card_formats import MAX_JSON_BYTES
from companion_hub.services.lore_keys import MAX_PATTERN, pattern_fault
from companion_hub.services.lorebook import MAX_ENTRIES, MAX_KEYS_PER_ENTRY

MAX_TEXT = 100_000
# Trying 50,000 patterns would take minutes; those that are not tried by then are looked at when they are used.
_PATTERNS_FOR_S = 1.0


class LorebookEdits:
    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, user_id: UUID, companion_id: UUID) -> CompanionLorebook:
        """Return the book; an empty one where there is none.  Raises NotFoundError."""
        with self._database.autocommit() as connection:
            return _read(connection, user_id, companion_id)

    def update(self, user_id: UUID, companion_id: UUID, request: UpdateLorebookRequest) -> CompanionLorebook:
        """Raises NotFoundError, ConflictError when the book has been changed since, InvalidRequestError."""

        def work(connection: Conn) -> CompanionLorebook:
            row = companions.lock(connection, user_id, companion_id)
            if row is None:
                raise NotFoundError
            stored = _shown(row["profile"].get("lorebook"))
            if stored.version != request.version:
                raise ConflictError("lorebook_changed", "This lorebook was changed elsewhere. Here it is as it is now.")
            if wrong := dict(_faults(request.lorebook, stored.lorebook)):
                raise InvalidRequestError(wrong)
            profile = CompanionProfile.model_validate({**row["profile"], "lorebook": request.lorebook})
            companions.update(connection, companion_id, profile=profile)
            return _read(connection, user_id, companion_id)  # numbers may have taken another form

        return self._database.run(work)


def _read(connection: Conn, user_id: UUID, companion_id: UUID) -> CompanionLorebook:
    found = companions.get_lorebook(connection, user_id, companion_id)
    if found is None:
        raise NotFoundError
    return _shown(found)


def _shown(book: dict[str, Any] | None) -> CompanionLorebook:
    book = book or {"entries": []}
    return CompanionLorebook(version=sha256(json.dumps(book, sort_keys=True).encode()).hexdigest()[:16], lorebook=book)


def _faults(book: Mapping[str, object], stored: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield dotted path and explanation of what cannot be kept."""
    if nesting(book) > MAX_DEPTH:
        yield "lorebook", "This is nested too deeply."
        return  # what follows compares and writes it level by level
    if len(json.dumps(book, ensure_ascii=False).encode()) > MAX_JSON_BYTES:
        yield "lorebook", "All entries together are larger than 2 MB."
    entries = _entries(book)
    if entries is None:
        yield "lorebook.entries", "This must be a list."
        return
    if len(entries) > MAX_ENTRIES:
        yield "lorebook.entries", f"A lorebook holds at most {MAX_ENTRIES} entries."
        return
    known = {_fingerprint(entry) for entry in (_entries(stored) or {}).values()}
    until = perf_counter() + _PATTERNS_FOR_S
    for name, entry in entries.items():
        if _fingerprint(entry) not in known:
            for field, fault in _entry_faults(entry, until):
                yield f"lorebook.entries.{name}{field}", fault


def _entries(book: Mapping[str, object]) -> dict[str, object] | None:
    """Return the entries by their name in the document: some cards have an object instead of a list."""
    entries = book.get("entries", [])
    if isinstance(entries, list):
        return {str(index): entry for index, entry in enumerate(cast("list[object]", entries))}
    return cast("dict[str, object]", entries) if isinstance(entries, dict) else None


def _fingerprint(entry: object) -> str:
    return json.dumps(entry, sort_keys=True)


def _entry_faults(entry: object, until: float) -> Iterator[tuple[str, str]]:
    if not isinstance(entry, dict):
        yield "", "This must be a JSON object."
        return
    fields = cast("dict[str, object]", entry)
    content = fields.get("content", "")
    if not isinstance(content, str):
        yield ".content", "This must be text."
    elif len(content) > MAX_TEXT:
        yield ".content", f"Please write at most {MAX_TEXT:,} characters."
    for name in ("keys", "key"):
        if fault := _key_fault(fields.get(name), is_pattern=bool(fields.get("use_regex")), until=until):
            yield f".{name}", fault


def _key_fault(keys: object, *, is_pattern: bool, until: float) -> str | None:
    listed: list[object] = cast("list[object]", keys) if isinstance(keys, list) else []
    if not all(isinstance(key, str) for key in listed):
        return "Every key must be text."
    if len(listed) > MAX_KEYS_PER_ENTRY:
        return f"Please write at most {MAX_KEYS_PER_ENTRY}."
    for number, key in enumerate(cast("list[str]", listed), 1):
        if len(key) > MAX_PATTERN:
            return f"Line {number} is longer than {MAX_PATTERN} characters."
        if is_pattern and perf_counter() < until and (fault := pattern_fault(key)):
            return f"Line {number} is no pattern that can be read: {fault}."
    return None
