"""Step 4, UpdateState: the scene belongs to the reply that is shown; the companion follows it.

Leaves the scene with message, alternative and companion, tells the page, and decides whether a picture follows.
"""

from companion_hub.models.frame import ImageFrame, StateFrame
from companion_hub.models.scene import Scene
from companion_hub.models.step import StepEvent
from companion_hub.repositories import companions, messages, turns
from companion_hub.services.turn_steps import StepRun, StepTools, run_step


def update_state(tools: StepTools, event: StepEvent) -> bool:
    """Return whether a picture is to be made."""
    wants_image = False

    def work(run: StepRun) -> None:
        nonlocal wants_image
        held = run.held
        scene = held.scene or Scene()
        with tools.database.transaction() as connection:
            messages.lock_companion(connection, held.companion_id)
            turns.hold(connection, held)
            if held.reply_message_id is not None:
                # Locks and edits made by hand while the reply was written win over the story.
                scene = _respecting_edits(connection, held, scene)
                messages.set_scene(connection, held.reply_message_id, scene)
                companions.update(connection, held.companion_id, scene=scene)
            turns.complete_step(connection, held, scene=scene)
        run.publish(
            StateFrame(
                companion_id=held.companion_id, outfit=scene.outfit, location=scene.location, action=scene.action
            )
        )
        run.progress(85)
        wants_image = bool(held.want_image) and held.reply_message_id is not None
        if wants_image:
            run.publish(ImageFrame(turn_id=held.turn_id, status="started"))
        else:
            run.finish_turn()

    run_step(tools, event, "UpdateState", work)
    return wants_image


def _respecting_edits(connection: companions.Conn, held: turns.Claim, scene: Scene) -> Scene:
    row = connection.execute("SELECT scene FROM companions WHERE id = %(id)s", {"id": held.companion_id}).fetchone()
    current = Scene.model_validate(row["scene"]) if row else Scene()
    return scene.model_copy(
        update={
            "locked": current.locked,
            "garments": current.garments if "outfit" in current.locked else scene.garments,
            "location": current.location if "location" in current.locked else scene.location,
            "action": current.action if "action" in current.locked else scene.action,
        }
    )
