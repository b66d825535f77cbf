"""Stores a picture: its files in the media bucket, then its row; never one without the other for long.

The keys are noted before the first file is put and forgotten in the transaction that writes the row, so that a worker
that dies at any point leaves nothing that services/discarded_files.py does not find.
"""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from companion_hub.db.connection import Conn, Database
from companion_hub.errors import ServiceUnavailableError
from companion_hub.ids import new_id
from companion_hub.providers.object_store import ObjectStore
from companion_hub.repositories import discarded_objects
from companion_hub.services.discarded_files import collect

if TYPE_CHECKING:
    from companion_hub.services.image_pipeline import Picture

T = TypeVar("T")
# Longer than the longest step and its puts take: nobody may delete files that are still being put.
RESERVED_S = 600
_EXTENSIONS = {"image/avif": "avif", "image/jpeg": "jpg"}


class PictureStore:
    def __init__(self, database: Database, objects: ObjectStore) -> None:
        self._database = database
        self._objects = objects

    def store(
        self,
        user_id: UUID,
        picture: "Picture",
        *,
        original: bytes,
        write: Callable[[Conn, UUID, list[dict[str, Any]]], T],
    ) -> T:
        """Put the files, then call ``write(connection, image_id, sources)`` in a transaction and return its answer.

        When anything fails, ``write`` too, the files are removed again and the error is raised: StorageUnavailableError
        from the bucket, DatabaseUnavailableError, or what ``write`` raises.
        """
        image_id = new_id()
        # The id is part of the content's name: what one worker removes after a failure is never another one's file.
        digest = hashlib.sha256(image_id.bytes + original).hexdigest()[:32]
        sources: list[dict[str, Any]] = [
            {
                "type": file.type,
                "width": file.width,
                "key": f"media/{user_id}/{digest}/{file.width}.{_EXTENSIONS[file.type]}",
                "size_bytes": len(file.data),
            }
            for file in picture.files
        ]
        keys = [str(source["key"]) for source in sources]
        with self._database.autocommit() as connection:
            discarded_objects.reserve(connection, keys, seconds=RESERVED_S)
        try:
            for key, file in zip(keys, picture.files, strict=True):
                self._objects.put(key, file.data, content_type=file.type)
            return self._database.run(lambda connection: self._write(connection, keys, image_id, sources, write))
        except BaseException:
            self._give_up(keys)
            raise

    def collect(self) -> None:
        """Delete files of pictures that are gone."""
        collect(self._database, self._objects)

    @staticmethod
    def _write(
        connection: Conn,
        keys: list[str],
        image_id: UUID,
        sources: list[dict[str, Any]],
        write: Callable[[Conn, UUID, list[dict[str, Any]]], T],
    ) -> T:
        result = write(connection, image_id, sources)
        discarded_objects.forget(connection, keys)
        return result

    def _give_up(self, keys: list[str]) -> None:
        # Without a database the keys stay reserved and are due later.  When only the answer to COMMIT was lost, the row is
        # there and its keys are forgotten: nothing is released.
        with suppress(ServiceUnavailableError):
            with self._database.autocommit() as connection:
                discarded_objects.release(connection, keys)
            self.collect()
