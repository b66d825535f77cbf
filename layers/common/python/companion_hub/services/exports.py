"""The export: one JSON document with everything stored about a user.

Small documents are the answer itself.  Larger ones than a Lambda answer may be are put beside the user's pictures, where
only the user's own signed cookies open them; the one before is removed.
"""

import json
import tempfile
from typing import IO, Any, NamedTuple
from uuid import UUID

from companion_hub.db.connection import Database
from companion_hub.ids import new_id
from companion_hub.providers.object_store import ObjectStore
from companion_hub.repositories import exports

# Lambda answers with 6 MB at most, and as a JSON string: quotes and line breaks count twice.
MAX_INLINE_BYTES = 2_500_000
FORMAT = "companion-hub-export"


class Export(NamedTuple):
    """Either the document or the path it can be fetched from."""

    document: str | None
    path: str | None


class Exports:
    def __init__(self, database: Database, store: ObjectStore, *, max_inline_bytes: int = MAX_INLINE_BYTES) -> None:
        self._database = database
        self._store = store
        self._max_inline_bytes = max_inline_bytes

    def export(self, user_id: UUID) -> Export:
        """Raises ServiceUnavailableError or StorageUnavailableError when a large one cannot be stored."""
        with tempfile.TemporaryFile() as file:
            self._write(user_id, file)
            size_bytes = file.tell()
            file.seek(0)
            if size_bytes <= self._max_inline_bytes:
                return Export(file.read().decode(), None)
            folder = f"media/{user_id}/exports/"
            key = f"{folder}{new_id()}.json"
            self._store.delete_prefix(folder)
            self._store.put(
                key,
                file.read(),
                content_type="application/json",
                content_disposition='attachment; filename="companion-hub.json"',
            )
            return Export(None, f"/{key}")

    def _write(self, user_id: UUID, file: IO[bytes]) -> None:
        """Write row by row: a long chat need not fit into memory twice."""
        file.write(f'{{"format":"{FORMAT}","version":1'.encode())
        with self._database.transaction() as connection:
            # One moment in time for all parts.
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            for part in exports.PARTS:
                file.write(f',\n"{part}":['.encode())
                for number, row in enumerate(exports.rows(connection, user_id, part)):
                    file.write(b",\n" if number else b"\n")
                    file.write(_as_json(row))
                file.write(b"]")
        file.write(b"}\n")


def _as_json(row: dict[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, default=_plain).encode()


def _plain(value: Any) -> str:
    """UUIDs and decimals as text, times as ISO 8601."""
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)
