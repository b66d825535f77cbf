"""UpdateState: write the turn's scene to the reply's alternative and the companion, and decide about a picture.

Ends the turn when no picture follows.  The picture's step is GenerateImage (functions/image).
"""

from typing import NamedTuple

from companion_hub.db.connection import Conn
from companion_hub.models.frame import StateFrame
from companion_hub.models.scene import Scene
from companion_hub.models.step import StepEvent
from companion_hub.models.turn import TURN_DEADLINE_S, TURN_DEADLINE_WITH_IMAGE_S, Turn
from companion_hub.repositories import claims, companions, message_scenes, messages, prompts, turns
from companion_hub.repositories.prompts import StepRows
from companion_hub.services.safety import is_crisis
from companion_hub.services.scene_replay import keep_locks
from companion_hub.services.turn_endings import announce_end
from companion_hub.services.turn_steps import StepRun, StepTools, run_step

# Without a change of scene, a picture now and then: every so many replies.
PICTURE_EVERY = 6


class Written(NamedTuple):
    """``ended`` is the finished turn with the sockets to tell; None when a picture follows."""

    scene: Scene
    ended: tuple[Turn, list[str]] | None


def update_state(tools: StepTools, event: StepEvent) -> bool:
    """Return whether a picture follows."""
    follows: list[bool] = []
    run_step(tools, event, "UpdateState", lambda run: follows.append(_work(run)))
    if follows:
        return follows[0]
    # A repeated delivery: the answer was lost, the decision is in the row.  A turn that is gone awaits nothing.
    with tools.database.autocommit() as connection:
        return turns.awaits_image(connection, event.turn_id)


def _work(run: StepRun) -> bool:
    written = run.tools.database.run(lambda connection: _write(connection, run))
    if written is None:
        return True
    state = written.scene.to_state()
    run.publish(
        StateFrame(
            companion_id=run.held.companion_id, outfit=state.outfit, location=state.location, action=state.action
        )
    )
    if written.ended is None:
        return True
    announce_end(*written.ended, publisher=run.publisher)
    return False


def _write(connection: Conn, run: StepRun) -> Written | None:
    """Write everything in one transaction; None when it was written before and a picture follows."""
    held = run.held
    if not claims.hold(connection, held):
        return None
    rows = prompts.load_for_step(connection, held.turn_id)
    scene = held.scene or rows.current
    scene = keep_locks(scene, rows.current)
    if held.reply_message_id is not None:
        message_scenes.set_scene(connection, held.reply_message_id, scene)
    # The reply is not the last one shown where an undo brought back what stood after it.
    shown = keep_locks(message_scenes.scene_before(connection, held.companion_id) or scene, rows.current)
    companions.update(connection, held.companion_id, scene=shown)
    wants_image = _wants_image(connection, run, rows, scene)
    more_time_s = TURN_DEADLINE_WITH_IMAGE_S - TURN_DEADLINE_S if wants_image else 0
    claims.complete_step(connection, held, scene=scene, more_time_s=more_time_s)
    if wants_image:
        return Written(shown, None)
    return Written(shown, turns.end(connection, held.turn_id, status="done", fence=held.fence))


def _wants_image(connection: Conn, run: StepRun, rows: StepRows, scene: Scene) -> bool:
    """Whether a picture follows: asked for, or automatic where the scene changed, at the start, and now and then."""
    held = run.held
    if held.stop_requested or held.want_image is False or is_crisis(rows.user_text):
        return False
    if held.want_image:
        return True
    if not rows.preferences.automatic_images:
        return False
    before = rows.earlier or rows.current
    if (scene.outfit, scene.location) != (before.outfit, before.location):
        return True
    replies = messages.count_replies_since_picture(connection, held.companion_id)
    return replies is None or replies >= PICTURE_EVERY
