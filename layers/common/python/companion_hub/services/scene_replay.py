"""Keeps a companion's scene that of the reply that is shown: selecting, editing, deleting and regenerating replay it."""

from typing import Any
from uuid import UUID

from companion_hub.db.connection import Conn
from companion_hub.models.companion import CompanionProfile
from companion_hub.models.scene import Scene
from companion_hub.repositories import companions, message_scenes
from companion_hub.services.scene import default_scene


def keep_locks(scene: Scene, current: Scene) -> Scene:
    """Return ``scene`` with the fields the user locked as they are now: a lock wins over what the story said."""
    kept: dict[str, Any] = {"locked": current.locked}
    if "outfit" in current.locked:
        kept |= {"garments": current.garments, "own_words": current.own_words}
    if "location" in current.locked:
        kept["location"] = current.location
    if "action" in current.locked:
        kept["action"] = current.action
    return scene.model_copy(update=kept)


def replay(connection: Conn, companion_id: UUID, row: dict[str, Any], *, otherwise: Scene | None = None) -> Scene:
    """Write and return the scene after the last message shown.  ``row`` is the companion's, locked.

    ``otherwise`` is where an emptied chat goes back to (None: where a new companion starts).
    """
    current = Scene.model_validate(row["scene"])
    shown = message_scenes.scene_before(connection, companion_id) or otherwise
    if shown is None:
        shown = default_scene(CompanionProfile.model_validate(row["profile"]))
    scene = keep_locks(shown, current)
    if scene != current:
        companions.update(connection, companion_id, scene=scene)
    return scene
