"""Step 1, AnalyzeContext: what the user's message asks of outfit, place and activity.

Costs no model call at all: rules read the request, the reply decides (step 3), and a message that cannot change the
scene is not even looked at.  Leaves the turn's tentative operations and scene.
"""

from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter

from companion_hub.db.connection import Conn
from companion_hub.errors import TurnGoneError
from companion_hub.models.scene import Operation, Scene
from companion_hub.models.step import StepEvent
from companion_hub.repositories import turns
from companion_hub.services.scene import analyze_text, may_change_scene, reduce_scene
from companion_hub.services.turn_steps import StepRun, StepTools, run_step

_OPERATIONS: TypeAdapter[list[Operation]] = TypeAdapter(list[Operation])


def analyze_context(tools: StepTools, event: StepEvent) -> None:
    def work(run: StepRun) -> None:
        held = run.held
        with tools.database.autocommit() as connection:
            row = connection.execute(
                """
                SELECT c.scene, c.name, u.name AS user_name,
                       (SELECT text FROM messages WHERE id = %(message_id)s AND deleted_at IS NULL) AS text
                FROM companions c
                JOIN users u ON u.id = c.user_id
                WHERE c.id = %(companion_id)s
                """,
                {"message_id": held.user_message_id, "companion_id": held.companion_id},
            ).fetchone()
        if row is None or (held.kind == "reply" and row["text"] is None):
            raise TurnGoneError("message or companion deleted")
        scene, operations = Scene.model_validate(row["scene"]), ()
        if held.kind != "reply":
            with tools.database.autocommit() as connection:
                scene = _scene_before_reply(connection, held) or scene
        text = row["text"] or ""
        if held.kind != "continue" and may_change_scene(text, "user"):
            operations = analyze_text(
                text, speaker="user", scene=scene, companion_name=row["name"], user_name=row["user_name"]
            )
            scene = reduce_scene(scene, operations)
        with tools.database.autocommit() as connection:
            turns.complete_step(connection, held, scene=scene, operations=dump_operations(operations))
        run.progress(30)

    run_step(tools, event, "AnalyzeContext", work)


def _scene_before_reply(connection: Conn, held: turns.Claim) -> Scene | None:
    """Return the scene before the reply that is written again or continued."""
    row = connection.execute(
        """
        SELECT p.scene
        FROM messages r
        JOIN messages p ON p.companion_id = r.companion_id
        WHERE r.id = %(reply_id)s
          AND p.deleted_at IS NULL
          AND p.scene IS NOT NULL
          AND (p.seq < r.seq OR (p.seq = r.seq AND %(continues)s))
        ORDER BY p.seq DESC
        LIMIT 1
        """,
        {"reply_id": held.reply_message_id, "continues": held.kind == "continue"},
    ).fetchone()
    return Scene.model_validate(row["scene"]) if row else None


def dump_operations(operations: tuple[Operation, ...]) -> list[dict[str, object]]:
    return [operation.model_dump(mode="json") for operation in operations]


def load_operations(stored: Sequence[Any]) -> tuple[Operation, ...]:
    """Return the operations among what a turn has stored (a wish for a picture is kept there, too)."""
    return tuple(_OPERATIONS.validate_python([o for o in stored if isinstance(o, dict) and "type" in o]))
