"""Character cards in and out: a file becomes a companion with its chat begun, a companion becomes a file.

Called by functions/image (the picture of a card goes through the image pipeline).  services/card_formats.py knows the files,
services/cards.py what they mean for a companion.
"""

import io
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote
from uuid import UUID

from companion_hub.db.connection import Conn, Database
from companion_hub.errors import (
    HubError,
    InvalidRequestError,
    NotFoundError,
    ServiceUnavailableError,
    StorageUnavailableError,
)
from companion_hub.models.card import CONTENT_TYPES, CardFormat, ImportedCompanion
from companion_hub.models.companion import Companion, CompanionProfile, CompanionStateUpdate
from companion_hub.observability import logger
from companion_hub.providers.object_store import ObjectStore
from companion_hub.repositories import card_files, companions, memories
from companion_hub.services import card_formats, cards
from companion_hub.services.adults import MESSAGE, card_says_minor
from companion_hub.services.companions import Companions
from companion_hub.services.images import Images

if TYPE_CHECKING:
    from PIL.Image import Image as Raster

_PICTURE = (512, 768)
_PLAIN = "#b5543f"
_MAX_MEMORIES = 500


class CardFile(NamedTuple):
    """A file to download.  ``disposition`` is the value of Content-Disposition."""

    content: bytes
    content_type: str
    disposition: str


class CardExchange:
    def __init__(self, database: Database, objects: ObjectStore, companions_: Companions, images: Images) -> None:
        self._database = database
        self._objects = objects
        self._companions = companions_
        self._images = images

    def bring_in(self, user_id: UUID, body: bytes) -> ImportedCompanion:
        """Make a companion from a card file.

        Raises PayloadTooLargeError, UnsupportedMediaError, InvalidRequestError, RateLimitedError.  A picture that cannot
        be used costs only the picture: the companion comes with a warning.
        """
        card = card_formats.read_card(body)
        name, profile = cards.companion_from_card(card)
        own = cards.own_state(card.data)
        if card_says_minor(name, profile, card.data):
            raise InvalidRequestError({"file": MESSAGE})

        def also(connection: Conn, companion_id: UUID) -> None:
            card_files.insert(connection, companion_id, card.assets)
            for memory in own.memories[:_MAX_MEMORIES]:
                memories.insert(
                    connection,
                    user_id=user_id,
                    companion_id=companion_id,
                    kind=memory.kind,
                    text=memory.text,
                    importance=memory.importance,
                    pinned=memory.pinned,
                    origin="imported",
                )

        made = self._companions.create_from_profile(
            user_id,
            name,
            profile,
            state=CompanionStateUpdate(**own.state, locked=[]) if own.state else None,
            card=cards.without_our_extension(card.data),
            also=also,
        )
        warnings = list(card.warnings)
        if card.picture:
            try:
                self._images.upload_picture(user_id, made.id, card.picture, crop=None)
            except HubError as exc:
                logger.info("card's picture not used", extra={"reason": type(exc).__name__})
                warnings.append("The card's picture could not be used.")
        companion = self._companions.get(user_id, made.id)
        return ImportedCompanion(**companion.model_dump(), warnings=warnings)

    def give_out(self, user_id: UUID, companion_id: UUID, format_: CardFormat, *, with_memories: bool) -> CardFile:
        """Return a companion as a card file.

        ``with_memories``: what it remembers about its user goes with it, so only when asked for.
        Raises NotFoundError, ServiceUnavailableError when the picture cannot be read.
        """

        def read(connection: Conn) -> tuple[dict[str, Any], Companion, dict[str, bytes], list[dict[str, Any]]]:
            row = companions.lock(connection, user_id, companion_id)
            companion = companions.get(connection, user_id, companion_id)
            if row is None or companion is None:
                raise NotFoundError
            files = {} if format_ == "json" else card_files.get(connection, companion_id)
            known = (
                memories.list_page(connection, user_id, companion_id, limit=_MAX_MEMORIES, before=None, query=None)
                if with_memories
                else []
            )
            told = [m.model_dump(mode="json", include={"kind", "text", "importance", "pinned"}) for m in known]
            return row, companion, files, told

        row, companion, files, told = self._database.run(read)
        card = cards.card_from_companion(
            companion.name,
            CompanionProfile.model_validate(row["profile"]),
            row["card"],
            state=companion.state.model_dump(mode="json", include={"outfit", "location", "action"}),
            memories=told,
        )
        picture = self._picture(companion) if format_ == "png" else b""
        content = card_formats.write_card(card, format_, picture_png=picture, assets=files)
        return CardFile(content, CONTENT_TYPES[format_], _disposition(companion.name, format_))

    def _picture(self, companion: Companion) -> bytes:
        """Return the profile picture as PNG, a plain one when there is none."""
        from PIL import Image

        if companion.picture is None:
            raster: Raster = Image.new("RGB", _PICTURE, _PLAIN)
        else:
            largest = max(
                (source for source in companion.picture.sources if source.type == "image/jpeg"), key=lambda s: s.width
            )
            try:
                raster = Image.open(io.BytesIO(self._objects.get(largest.url.lstrip("/")))).convert("RGB")
            except StorageUnavailableError as exc:
                raise ServiceUnavailableError("storage") from exc
        buffer = io.BytesIO()
        raster.save(buffer, "PNG", optimize=True)
        return buffer.getvalue()


def _disposition(name: str, format_: CardFormat) -> str:
    """Return a download's name, in ASCII for old clients and whole for all others (RFC 6266)."""
    plain = re.sub(r"[^A-Za-z0-9 _.-]+", "", name).strip(" .") or "companion"
    return f"attachment; filename=\"{plain}.{format_}\"; filename*=UTF-8''{quote(f'{name}.{format_}', safe='')}"
