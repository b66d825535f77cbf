"""AnalyzeContext: what the user's message asks of outfit, place and activity, before the reply.

Rules only.  A model call here would stand between the user and the first word, and ReanalyzeContext reads both texts
anyway; so this step costs one read and one write.  Where embeddings are set up, they are asked what the message means, and
have 0.4 s to say it.
"""

from companion_hub.models.scene import Scene
from companion_hub.models.step import StepEvent
from companion_hub.observability import log_unexpected
from companion_hub.repositories import claims, prompts
from companion_hub.repositories.prompts import StepRows
from companion_hub.services.meaning import Embeddings, question_of
from companion_hub.services.safety import is_crisis
from companion_hub.services.scene import analyze_text, pronoun_of, reduce_scene
from companion_hub.services.scene_replay import keep_locks
from companion_hub.services.turn_steps import StepRun, StepTools, run_step


def analyze_context(tools: StepTools, embeddings: Embeddings | None, event: StepEvent) -> None:
    run_step(tools, event, "AnalyzeContext", lambda run: _work(run, embeddings))


def scene_before_turn(rows: StepRows) -> Scene:
    """Return the scene the turn starts from: a regenerated reply starts where the first one did."""
    return keep_locks(rows.earlier, rows.current) if rows.earlier else rows.current


def _scene_asked_for(rows: StepRows, scene: Scene) -> Scene:
    operations = analyze_text(
        rows.user_text,
        speaker="user",
        scene=scene,
        companion_name=rows.name,
        user_name=rows.user_name,
        pronoun=pronoun_of(rows.presentation),
    )
    return reduce_scene(scene, operations)


def _work(run: StepRun, embeddings: Embeddings | None) -> None:
    held = run.held
    with run.tools.database.autocommit() as connection:
        rows = prompts.load_for_step(connection, held.turn_id)
        question = question_of(embeddings, rows.user_text)
        scene = scene_before_turn(rows)
        # A continuation answers nothing new; a crisis message is not a story.
        if held.kind != "continue" and not is_crisis(rows.user_text):
            try:
                scene = _scene_asked_for(rows, scene)
            except Exception as exc:
                # This is a first look: a message that breaks the rules must still get its reply.
                log_unexpected(exc, turn_id=str(held.turn_id))
        claims.complete_step(connection, held, scene=scene, question=question)
