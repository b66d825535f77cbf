"""Step 5, GenerateImage: prompt from look, visible clothes, place and activity; draw, clean, store, show.

A failure here never costs the text: the state machine's catch ends the turn ``done`` with ``degraded: ["image"]``.
"""

from typing import Any, cast

from companion_hub.errors import (
    ImageRejectedError,
    PayloadTooLargeError,
    RateLimitedError,
    TurnGoneError,
    UnsupportedMediaError,
)
from companion_hub.models.companion import CompanionProfile
from companion_hub.models.frame import ImageFrame
from companion_hub.models.image import Image
from companion_hub.models.scene import Scene
from companion_hub.models.step import StepEvent
from companion_hub.models.user import Preferences
from companion_hub.providers.image_model import DrawnImage, ImageModel, ImageRequest
from companion_hub.providers.object_store import ObjectStore
from companion_hub.repositories import images, rate_limits, turns, usage
from companion_hub.services.image_pipeline import encode_generated
from companion_hub.services.image_prompt import HEIGHT, WIDTH, ImagePrompt, build_image_prompt
from companion_hub.services.pictures import store_files
from companion_hub.services.turn_steps import StepRun, StepTools, run_step


def generate_image(
    tools: StepTools, model: ImageModel, objects: ObjectStore, event: StepEvent, *, rate_limit_scale: float = 1.0
) -> None:
    """Raises ImageModelUnavailableError, StorageUnavailableError (retried), ImageRejectedError (not)."""

    def work(run: StepRun) -> None:
        held = run.held
        row = _load(tools, run)
        profile = CompanionProfile.model_validate(row["profile"])
        preferences = Preferences.model_validate(row["preferences"])
        asked = _asked(held.operations)
        if held.kind != "image" and event.retry_count == 0:
            _charge(tools, run, rate_limit_scale)
        scene = held.scene or Scene.model_validate(row["scene"])
        prompt = build_image_prompt(
            profile,
            scene,
            content_rating=preferences.content_rating,
            user_appearance=row["appearance"] if preferences.include_me_in_pictures else None,
            extra=asked.get("prompt") or "",
        )
        seed = asked.get("seed")
        drawn = model.draw(
            ImageRequest(prompt.prompt, prompt.negative, seed if isinstance(seed, int) else row["image_seed"])
        )
        run.progress(93)
        image = _store(tools, run, objects, drawn, prompt, scene)
        run.publish(ImageFrame(turn_id=held.turn_id, status="done", image=image))
        run.finish_turn()

    run_step(tools, event, "GenerateImage", work)


def _asked(operations: list[Any]) -> dict[str, Any]:
    """Return what POST …/images asked for: prompt and seed, {} for a picture that came with a reply."""
    for operation in operations:
        if isinstance(operation, dict) and "image" in operation:
            return cast("dict[str, Any]", operation["image"])
    return {}


def _load(tools: StepTools, run: StepRun) -> dict[str, Any]:
    with tools.database.autocommit() as connection:
        row = connection.execute(
            """
            SELECT c.profile, c.scene, c.image_seed, u.preferences, u.appearance
            FROM companions c
            JOIN users u ON u.id = c.user_id
            WHERE c.id = %(id)s
            """,
            {"id": run.held.companion_id},
        ).fetchone()
    if row is None:
        raise TurnGoneError("companion deleted")
    return row


def _charge(tools: StepTools, run: StepRun, scale: float) -> None:
    """Count the picture; over the limit the turn ends without one, and says so."""
    try:
        with tools.database.autocommit() as connection:
            rate_limits.charge(connection, rate_limits.IMAGE, run.held.user_id, scale=scale)
    except RateLimitedError:
        run.finish_turn(degraded="image")
        raise TurnGoneError("image limit reached") from None


def _store(
    tools: StepTools, run: StepRun, objects: ObjectStore, drawn: DrawnImage, prompt: ImagePrompt, scene: Scene
) -> Image:
    held = run.held
    try:
        picture = encode_generated(drawn.data)
    except (UnsupportedMediaError, PayloadTooLargeError) as exc:
        raise ImageRejectedError(type(exc).__name__) from exc
    sources = store_files(objects, held.user_id, picture, original=drawn.data)
    settings = {
        **drawn.settings,
        "size": f"{WIDTH}x{HEIGHT}",
        "frame": prompt.frame,
        "outfit": scene.outfit,
        "location": scene.location,
        "action": scene.action,
        "why": [decision.model_dump(mode="json") for decision in prompt.decisions],
    }
    image: Image | None = None
    try:
        with tools.database.transaction() as connection:
            turns.hold(connection, held)
            image = images.insert(
                connection,
                user_id=held.user_id,
                companion_id=held.companion_id,
                kind="generated",
                width=picture.width,
                height=picture.height,
                sources=sources,
                turn_id=held.turn_id,
                message_id=held.reply_message_id,
                prompt=prompt.prompt,
                negative_prompt=prompt.negative,
                seed=drawn.seed,
                model=drawn.model,
                settings=settings,
            )
            usage.insert(
                connection,
                user_id=held.user_id,
                companion_id=held.companion_id,
                turn_id=held.turn_id,
                kind="image",
                model=drawn.model,
                images=1,
            )
    finally:
        if image is None:  # deleted meanwhile, or the row failed: nothing may remain without a row
            objects.delete([source["key"] for source in sources])
    if image is None:
        raise TurnGoneError("companion deleted")
    return image
