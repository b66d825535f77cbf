"""Pictures as their owner sees them: gallery, upload as profile picture, draw on demand, delete."""

from typing import TYPE_CHECKING, Any
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
from companion_hub.providers.workflow import Workflow
from companion_hub.repositories import companions, images, messages, rate_limits, turns
from companion_hub.services.paging import first_page
from companion_hub.services.pictures import PictureStore
from companion_hub.services.turn_starts import check_idle, lock_companion, start

if TYPE_CHECKING:
    from companion_hub.services.image_pipeline import Crop


class Images:
    def __init__(
        self, database: Database, store: PictureStore, workflow: Workflow, *, rate_limit_scale: float = 1.0
    ) -> None:
        self._database = database
        self._store = store
        self._workflow = workflow
        self._scale = rate_limit_scale

    def gallery(self, user_id: UUID, *, companion_id: UUID | None, limit: int, before: UUID | None) -> ImagePage:
        """Raises NotFoundError for a companion that is not the user's."""
        with self._database.autocommit() as connection:
            if companion_id is not None and not companions.exists(connection, user_id, companion_id):
                raise NotFoundError
            found = images.list_page(connection, user_id, companion_id=companion_id, limit=limit + 1, before=before)
        items, after = first_page(found, limit, lambda image: image.id)
        return ImagePage(items=items, next=after)

    def check_owner(self, user_id: UUID, companion_id: UUID) -> None:
        """Raises NotFoundError for a companion that is not the user's."""
        with self._database.autocommit() as connection:
            if not companions.exists(connection, user_id, companion_id):
                raise NotFoundError

    def upload_picture(self, user_id: UUID, companion_id: UUID, body: bytes, *, crop: "Crop | None") -> Image:
        """Store an uploaded profile picture and show it.

        Raises NotFoundError, PayloadTooLargeError, UnsupportedMediaError, InvalidRequestError (damaged),
        ServiceUnavailableError.
        """
        # Here and not above: the gallery needs no decoder, and loading two costs a cold start 0.2 s.
        from companion_hub.services.image_pipeline import encode_profile

        try:
            picture = encode_profile(body, crop=crop)
        except ImageRejectedError:
            raise InvalidRequestError({"file": "This picture is damaged or incomplete."}) from None

        def write(connection: Conn, image_id: UUID, sources: list[dict[str, Any]]) -> Image:
            lock_companion(connection, user_id, companion_id)
            image = images.insert(
                connection,
                image_id,
                user_id=user_id,
                companion_id=companion_id,
                kind="uploaded",
                width=picture.width,
                height=picture.height,
                sources=sources,
            )
            if image is None:
                raise NotFoundError
            companions.update(connection, companion_id, picture_id=image.id)
            return image

        try:
            image = self._store.store(user_id, picture, original=body, write=write)
        except StorageUnavailableError as exc:
            raise ServiceUnavailableError("storage") from exc
        self._store.collect()
        return image

    def draw(self, user_id: UUID, companion_id: UUID, request: CreateImageRequest) -> Turn:
        """Start a picture of the scene as it is.  Raises NotFoundError, ConflictError, RateLimitedError."""

        def work(connection: Conn) -> Turn:
            lock_companion(connection, user_id, companion_id)
            check_idle(connection, companion_id)
            if request.message_id is not None:
                anchor = messages.find_anchor(connection, user_id, request.message_id)
                if anchor is None or anchor.companion_id != companion_id:
                    raise InvalidRequestError({"message_id": "This chat has no such message."})
            rate_limits.charge(connection, rate_limits.IMAGE, user_id, scale=self._scale)
            turn = turns.insert(
                connection,
                new_id(),
                user_id=user_id,
                companion_id=companion_id,
                kind="image",
                want_image=True,
                reply_message_id=request.message_id,
                settings={"image": {"prompt": request.prompt, "seed": request.seed}},
            )
            turns.count_image(connection, turn.id)
            return turn

        turn = self._database.run(work)
        start(self._workflow, turn, run=1)
        return turn

    def delete(self, user_id: UUID, image_id: UUID) -> None:
        """Delete a picture; its files go as soon as the store answers.  Raises NotFoundError."""
        with self._database.autocommit() as connection:
            if not images.delete(connection, user_id, image_id):
                raise NotFoundError
        self._store.collect()
