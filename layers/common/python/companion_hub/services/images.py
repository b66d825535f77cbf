"""Pictures as their owner sees them: gallery, upload as profile picture, draw on demand, delete."""

from uuid import UUID

from companion_hub.db.connection import Conn, Database
from companion_hub.errors import (
    ImageRejectedError,
    InvalidRequestError,
    NotFoundError,
    ServiceUnavailableError,
    StorageUnavailableError,
)
from companion_hub.ids import new_id
from companion_hub.models.image import CreateImageRequest, Image, ImagePage
from companion_hub.models.turn import Turn
from companion_hub.providers.object_store import ObjectStore
from companion_hub.repositories import companions, images, messages, rate_limits, turns
from companion_hub.services.image_pipeline import Crop, encode_profile
from companion_hub.services.pictures import store_files
from companion_hub.services.turn_starts import check_idle
from companion_hub.services.turns import Turns

# A function's payload holds 6 MB of base64; the page makes pictures smaller before it sends them.
MAX_UPLOAD_BYTES = 4_400_000


class Images:
    def __init__(
        self, database: Database, objects: ObjectStore, turn_service: Turns, *, rate_limit_scale: float = 1.0
    ) -> None:
        self._database = database
        self._objects = objects
        self._turns = turn_service
        self._scale = rate_limit_scale

    def gallery(self, user_id: UUID, *, companion_id: UUID | None, limit: int, before: UUID | None) -> ImagePage:
        """Raises NotFoundError for a companion that is not the user's."""
        with self._database.autocommit() as connection:
            if companion_id is not None:
                self._check_owner(connection, user_id, companion_id)
            items = images.list_page(connection, user_id, companion_id=companion_id, limit=limit, before=before)
        return ImagePage(items=items, next=str(items[-1].id) if len(items) == limit else None)

    def upload_picture(self, user_id: UUID, companion_id: UUID, body: bytes, *, crop: Crop | None) -> Image:
        """Store an uploaded profile picture and show it.

        Raises NotFoundError, PayloadTooLargeError, UnsupportedMediaError, InvalidRequestError (damaged).
        """
        with self._database.autocommit() as connection:
            self._check_owner(connection, user_id, companion_id)
        try:
            picture = encode_profile(body, crop=crop)
        except ImageRejectedError:
            raise InvalidRequestError({"file": "This picture is damaged or incomplete."}) from None
        try:
            sources = store_files(self._objects, user_id, picture, original=body)
        except StorageUnavailableError as exc:
            raise ServiceUnavailableError("storage") from exc

        def work(connection: Conn) -> Image | None:
            if companions.lock(connection, user_id, companion_id) is None:
                return None
            image = images.insert(
                connection,
                user_id=user_id,
                companion_id=companion_id,
                kind="uploaded",
                width=picture.width,
                height=picture.height,
                sources=sources,
            )
            if image is not None:
                companions.update(connection, companion_id, picture_id=image.id)
            return image

        image = self._database.run(work)
        if image is None:
            self._objects.delete([source["key"] for source in sources])
            raise NotFoundError
        return image

    def draw(self, user_id: UUID, companion_id: UUID, request: CreateImageRequest) -> Turn:
        """Start a picture of the scene as it is.  Raises NotFoundError, ConflictError, RateLimitedError."""

        def work(connection: Conn) -> Turn:
            row = companions.lock(connection, user_id, companion_id)
            if row is None:
                raise NotFoundError
            check_idle(connection, companion_id)
            if request.message_id is not None:
                anchor = messages.find_anchor(connection, user_id, request.message_id)
                if anchor is None or anchor.companion_id != companion_id:
                    raise InvalidRequestError({"message_id": "This chat has no such message."})
            rate_limits.charge(connection, rate_limits.IMAGE, user_id, scale=self._scale)
            return turns.insert(
                connection,
                new_id(),
                user_id=user_id,
                companion_id=companion_id,
                kind="image",
                want_image=True,
                reply_message_id=request.message_id,
                settings={"image": {"prompt": request.prompt, "seed": request.seed}},
            )

        turn = self._database.run(work)
        self._turns.start(turn)
        return turn

    def delete(self, user_id: UUID, image_id: UUID) -> None:
        """Raises NotFoundError."""
        with self._database.transaction() as connection:
            keys = images.delete(connection, user_id, image_id)
        if keys is None:
            raise NotFoundError
        if keys:
            self._objects.delete(keys)

    @staticmethod
    def _check_owner(connection: Conn, user_id: UUID, companion_id: UUID) -> None:
        if companions.get(connection, user_id, companion_id) is None:
            raise NotFoundError
