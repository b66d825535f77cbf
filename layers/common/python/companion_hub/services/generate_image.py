"""Step 5, GenerateImage: prompt from look, visible clothes, place and activity; draw, clean, store, show.

A failure here never costs the text: the state machine's catch ends the turn ``done`` with ``degraded: ["image"]`` (a
picture asked for by itself: ``failed``) and the picture is not counted in the limit.
"""

from typing import Any, NamedTuple, cast
from uuid import UUID

from companion_hub.db.connection import Conn
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
from companion_hub.models.turn import PROGRESS, Turn
from companion_hub.models.user import Appearance, Preferences
from companion_hub.observability import MetricUnit, Stopwatch, metrics
from companion_hub.providers.image_model import DRAW_TIMEOUT_S, DrawnImage, ImageModel, ImageRequest
from companion_hub.repositories import claims, companions, images, rate_limits, turns, usage
from companion_hub.services.image_pipeline import Picture, encode_generated
from companion_hub.services.image_prompt import ImagePrompt, build_image_prompt
from companion_hub.services.pictures import PictureStore
from companion_hub.services.turn_endings import announce_end, end_turn, reason_of
from companion_hub.services.turn_steps import StepRun, StepTools, run_step

# Encoding and storing after the drawing take 2-3 s, three times that on a bad day.
RESERVE_S = 8.0
# Of the step's share of the progress bar, the part that is drawing.
_DRAWING_FROM, _DRAWING_TO = PROGRESS["GenerateImage"][0], 96


class _Subject(NamedTuple):
    """Whom to draw, and for whom."""

    profile: CompanionProfile
    scene: Scene
    seed: int
    preferences: Preferences
    user_appearance: Appearance


class _Stored(NamedTuple):
    image: Image
    ended: tuple[Turn, list[str]]


def generate_image(
    tools: StepTools, model: ImageModel, store: PictureStore, event: StepEvent, *, rate_limit_scale: float = 1.0
) -> None:
    """Raises ImageModelUnavailableError, StorageUnavailableError (retried), ImageModelRejectedError,
    ImageRejectedError (not)."""

    def work(run: StepRun) -> None:
        if not _count(tools, run, rate_limit_scale):
            return
        run.publish(ImageFrame(turn_id=run.held.turn_id, status="started"))
        subject = _load(tools, run)
        prompt = _prompt(run, subject)
        drawn = _draw(run, model, prompt, subject=subject)
        stored = _store(run, store, drawn, prompt, scene=run.held.scene or subject.scene)
        run.publish(ImageFrame(turn_id=run.held.turn_id, status="done", image=stored.image))
        announce_end(*stored.ended, publisher=run.publisher)
        store.collect()

    run_step(tools, event, "GenerateImage", work)


def _count(tools: StepTools, run: StepRun, scale: float) -> bool:
    """Count the picture once per turn; over the limit the turn ends without it, and says so.

    A picture asked for by itself was counted with the request.
    """

    def work(connection: Conn) -> None:
        claims.hold(connection, run.held)
        if turns.count_image(connection, run.held.turn_id):
            rate_limits.charge(connection, rate_limits.IMAGE, run.held.user_id, scale=scale)

    try:
        tools.database.run(work)
    except RateLimitedError:
        end_turn(tools.database, tools.sockets, run.held.turn_id, reason_of("RateLimitedError"), degraded="image")
        return False
    return True


def _load(tools: StepTools, run: StepRun) -> _Subject:
    with tools.database.autocommit() as connection:
        row = connection.execute(
            """
            SELECT c.profile, c.scene, c.image_seed, u.preferences, u.appearance
            FROM companions c
            JOIN users u ON u.id = c.user_id
            WHERE c.id = %(id)s
              AND c.user_id = %(user_id)s
            """,
            {"id": run.held.companion_id, "user_id": run.held.user_id},
        ).fetchone()
    if row is None:
        raise TurnGoneError("companion deleted")
    asked_seed = _asked(run.held.operations).get("seed")
    return _Subject(
        profile=CompanionProfile.model_validate(row["profile"]),
        scene=Scene.model_validate(row["scene"]),
        seed=asked_seed if isinstance(asked_seed, int) else row["image_seed"],
        preferences=Preferences.model_validate(row["preferences"]),
        user_appearance=row["appearance"],
    )


def _asked(operations: list[Any]) -> dict[str, Any]:
    """Return what POST …/images asked for: prompt and seed, {} for a picture that came with a reply."""
    for operation in operations:
        if isinstance(operation, dict) and "image" in operation:
            return cast("dict[str, Any]", operation["image"])
    return {}


def _prompt(run: StepRun, subject: _Subject) -> ImagePrompt:
    return build_image_prompt(
        subject.profile,
        run.held.scene or subject.scene,
        content_rating=subject.preferences.content_rating,
        user_appearance=subject.user_appearance if subject.preferences.include_me_in_pictures else None,
        extra=_asked(run.held.operations).get("prompt") or "",
    )


def _draw(run: StepRun, model: ImageModel, prompt: ImagePrompt, *, subject: _Subject) -> DrawnImage:
    def tell(fraction: float) -> None:
        run.progress(round(_DRAWING_FROM + fraction * (_DRAWING_TO - _DRAWING_FROM)))

    watch = Stopwatch()
    drawn = model.draw(
        ImageRequest(
            prompt.prompt,
            prompt.negative,
            subject.seed,
            width=prompt.width,
            height=prompt.height,
            checkpoint=subject.profile.checkpoint or "",
            loras=tuple((lora.name, lora.weight) for lora in subject.profile.loras),
        ),
        # Never past the turn's own deadline: the page would wait for a turn that has ended.
        timeout_s=max(1.0, min(DRAW_TIMEOUT_S, run.held.seconds_left - RESERVE_S)),
        on_progress=tell,
    )
    metrics.add_metric(name="ImageModelLatency", unit=MetricUnit.Milliseconds, value=watch.ms)
    metrics.flush_metrics()
    run.progress(_DRAWING_TO)
    return drawn


def _store(run: StepRun, store: PictureStore, drawn: DrawnImage, prompt: ImagePrompt, *, scene: Scene) -> _Stored:
    """Store files, row, usage and the turn's end; the last three in one transaction."""
    picture = _encode(drawn.data)
    held = run.held

    def write(connection: Conn, image_id: UUID, sources: list[dict[str, Any]]) -> _Stored:
        claims.hold(connection, held)
        image = images.insert(
            connection,
            image_id,
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
            settings=_settings(drawn, prompt, scene),
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
        companions.adopt_first_picture(connection, held.companion_id, image_id)
        ended = turns.end(connection, held.turn_id, status="done", fence=held.fence)
        if image is None or ended is None:
            raise TurnGoneError("deleted or ended meanwhile")
        return _Stored(image, ended)

    return store.store(held.user_id, picture, original=drawn.data, write=write)


def _encode(data: bytes) -> Picture:
    try:
        return encode_generated(data)
    except (UnsupportedMediaError, PayloadTooLargeError) as exc:
        raise ImageRejectedError(type(exc).__name__) from exc


def _settings(drawn: DrawnImage, prompt: ImagePrompt, scene: Scene) -> dict[str, Any]:
    return {
        **drawn.settings,
        "size": f"{prompt.width}x{prompt.height}",
        "frame": prompt.frame,
        "outfit": scene.outfit,
        "location": scene.location,
        "action": scene.action,
        "why": [decision.model_dump(mode="json") for decision in prompt.decisions],
    }
