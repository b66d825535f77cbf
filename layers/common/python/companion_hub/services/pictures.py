"""Puts a picture's files into the media bucket: files first, then the row, so that no row names a missing file."""

import hashlib
from typing import Any
from uuid import UUID

from companion_hub.providers.object_store import ObjectStore
from companion_hub.services.image_pipeline import EXTENSIONS, Picture


def store_files(objects: ObjectStore, user_id: UUID, picture: Picture, *, original: bytes) -> list[dict[str, Any]]:
    """Return the ``sources`` to store with the row.  Keys come from the content, so a retry writes the same ones.

    Raises StorageUnavailableError; files put until then are removed again.
    """
    folder = f"media/{user_id}/{hashlib.sha256(original).hexdigest()[:32]}"
    sources: list[dict[str, Any]] = []
    try:
        for file in picture.files:
            key = f"{folder}/{file.width}.{EXTENSIONS[file.type]}"
            objects.put(key, file.data, content_type=file.type)
            sources.append({"type": file.type, "width": file.width, "key": key, "size_bytes": len(file.data)})
    except Exception:
        if sources:
            objects.delete([source["key"] for source in sources])
        raise
    return sources
