"""Companions: create, list, read, change and delete.  Called by functions/chat; leaves rows and greetings behind."""

import secrets
from collections.abc import Callable
from typing import Any
from uuid import UUID

from companion_hub.db.connection import Conn, Database
from companion_hub.errors import InvalidRequestError, NotFoundError
from companion_hub.models.companion import (
    Companion,
    CompanionPage,
    CompanionProfile,
    CompanionStateUpdate,
    CreateCompanionRequest,
    StateField,
    UpdateCompanionRequest,
)
from companion_hub.models.scene import MAX_TEXT, Scene
from companion_hub.repositories import companions, message_scenes, messages, rate_limits
from companion_hub.services.adults import MESSAGE, profile_texts, says_minor
from companion_hub.services.options import check_appearance
from companion_hub.services.paging import first_page
from companion_hub.services.scene import default_scene, edit_scene
from companion_hub.services.texts import fill_placeholders, one_line

PROFILE_FIELDS = {
    "appearance", "identity", "visual_prompt", "negative_prompt", "system_prompt", "checkpoint", "loras"
}  # fmt: skip


class Companions:
    """``collect_files`` removes the files of pictures that are gone from the object store."""

    def __init__(self, database: Database, *, collect_files: Callable[[], None], rate_limit_scale: float = 1.0) -> None:
        self._database = database
        self._collect_files = collect_files
        self._scale = rate_limit_scale

    def create(self, user_id: UUID, request: CreateCompanionRequest) -> Companion:
        """Raises InvalidRequestError, RateLimitedError."""
        check_appearance(request.appearance)
        _check_adult(request.name, request.model_dump(include=PROFILE_FIELDS))
        profile = CompanionProfile.model_validate(request.model_dump(include=PROFILE_FIELDS))
        return self.create_from_profile(user_id, request.name, profile, state=request.state)

    def create_from_profile(
        self,
        user_id: UUID,
        name: str,
        profile: CompanionProfile,
        *,
        state: CompanionStateUpdate | None = None,
        card: dict[str, Any] | None = None,
        also: Callable[[Conn, UUID], None] | None = None,
    ) -> Companion:
        """Store a companion with its greeting as the first message; further greetings become its alternatives.

        ``also`` writes what belongs to it in the same transaction.
        """
        scene = default_scene(profile)
        if state is not None:
            scene = _edited(scene, state)

        def work(connection: Conn) -> Companion:
            rate_limits.charge(connection, rate_limits.COMPANION, user_id, scale=self._scale)
            companion_id = companions.insert(
                connection,
                user_id,
                name=name,
                profile=profile,
                scene=scene,
                image_seed=secrets.randbelow(2**32),
                card=card,
            )
            greetings = [profile.identity.greeting, *profile.identity.alternate_greetings]
            user_name = messages.user_name(connection, user_id)
            char = one_line(str((card or {}).get("nickname") or ""), 50) or name  # character card V3
            texts = [fill_placeholders(text, char=char, user=user_name) for text in greetings if text.strip()]
            if texts:
                messages.insert_greeting(connection, user_id, companion_id, texts=texts, scene=scene)
            if also is not None:
                also(connection, companion_id)
            return self._get(connection, user_id, companion_id)

        return self._database.run(work)

    def list_page(self, user_id: UUID, *, limit: int, before: UUID | None) -> CompanionPage:
        with self._database.autocommit() as connection:
            found = companions.list_page(connection, user_id, limit=limit + 1, before=before)
        items, after = first_page(found, limit, lambda companion: companion.id)
        return CompanionPage(items=items, next=after)

    def get(self, user_id: UUID, companion_id: UUID) -> Companion:
        """Raises NotFoundError."""
        with self._database.autocommit() as connection:
            return self._get(connection, user_id, companion_id)

    def update(self, user_id: UUID, companion_id: UUID, request: UpdateCompanionRequest) -> Companion:
        """Raises NotFoundError, InvalidRequestError."""
        if request.appearance is not None:
            check_appearance(request.appearance)

        def work(connection: Conn) -> Companion:
            row = companions.lock(connection, user_id, companion_id)
            if row is None:
                raise NotFoundError
            if request.picture_id and not companions.owns_image(connection, companion_id, request.picture_id):
                raise InvalidRequestError({"picture_id": "This companion has no such picture."})
            written = request.model_dump(include=PROFILE_FIELDS, exclude_none=True, exclude_unset=True)
            if written.get("checkpoint") == "":
                written["checkpoint"] = None
            _check_adult(request.name or row["name"], written)
            if "identity" in written:
                written["identity"] = {**row["profile"]["identity"], **written["identity"]}
            scene = _edited(Scene.model_validate(row["scene"]), request.state) if request.state else None
            companions.update(
                connection,
                companion_id,
                name=request.name,
                profile=CompanionProfile.model_validate({**row["profile"], **written}) if written else None,
                scene=scene,
                picture_id=request.picture_id,
                image_seed=request.image_seed,
            )
            if scene is not None:
                message_scenes.set_last_scene(connection, companion_id, scene)
            return self._get(connection, user_id, companion_id)

        return self._database.run(work)

    def delete(self, user_id: UUID, companion_id: UUID) -> None:
        """Delete the companion with chat, memories and pictures.  Raises NotFoundError."""
        if not self._database.run(lambda connection: companions.delete(connection, user_id, companion_id)):
            raise NotFoundError
        self._collect_files()  # what the store does not delete now goes later: the companion is gone in any case

    @staticmethod
    def _get(connection: Conn, user_id: UUID, companion_id: UUID) -> Companion:
        companion = companions.get(connection, user_id, companion_id)
        if companion is None:
            raise NotFoundError
        return companion


def _check_adult(name: str, written: dict[str, Any]) -> None:
    """Raises InvalidRequestError naming each text that makes the companion a minor."""
    if wrong := says_minor(name, profile_texts(written)):
        raise InvalidRequestError(dict.fromkeys(wrong, MESSAGE))


def _edited(scene: Scene, update: CompanionStateUpdate) -> Scene:
    """Apply an edit by hand: what is written is locked, unless the client says which fields are."""
    written: dict[str, str] = update.model_dump(include={"outfit", "location", "action"}, exclude_none=True)
    fields: tuple[StateField, ...] = ("outfit", "location", "action")
    kept: list[StateField] = [field for field in fields if field in scene.locked or field in written]
    locked = update.locked if update.locked is not None else kept
    edited = edit_scene(scene, locked=locked, outfit=update.outfit, location=update.location, action=update.action)
    own_words = scene.own_words if update.outfit is None else (one_line(update.outfit, MAX_TEXT), edited.garments_worn)
    return edited.model_copy(update={"own_words": own_words if edited.garments else None})
