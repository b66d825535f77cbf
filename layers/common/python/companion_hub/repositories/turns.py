"""Turns as everybody but their worker sees them: start, snapshot, stop, end.  All times are the database's.

What the worker that holds one does to it is in ``claims``.
"""

from typing import Any, NamedTuple
from uuid import UUID

from psycopg.types.json import Jsonb

from companion_hub.db.connection import Conn
from companion_hub.models.scene import Scene
from companion_hub.models.turn import (
    PROGRESS,
    TURN_DEADLINE_S,
    TURN_DEADLINE_WITH_IMAGE_S,
    Degradation,
    Step,
    Turn,
    TurnError,
    TurnKind,
    TurnStatus,
)
from companion_hub.repositories.connections import MAX_AGE

STEPS: tuple[Step, ...] = tuple(PROGRESS)
# A turn still queued after this was never started: the next read or resend starts it again (FAULTS.md §0).
RESTART_AFTER_S = 30
RETRYABLE_CODES = frozenset(
    {
        "llm_busy",
        "llm_unavailable",
        "llm_garbage",
        "empty_reply",
        "timeout",
        "internal",
        "unavailable",
        "content_filtered",
        "image_model_unavailable",
        "image_rejected",
        "storage_unavailable",
    }
)
_COLUMNS = """
    id, user_id, companion_id, kind, status, step, progress, attempt, text, stopped, truncated, want_image, degraded,
    error_code, error_message, user_message_id, reply_message_id, first_token_ms, input_tokens, output_tokens,
    created_at, finished_at
"""


def turn_from_row(row: dict[str, Any]) -> Turn:
    error = None
    if row["error_code"]:
        error = TurnError(
            code=row["error_code"], message=row["error_message"] or "", retryable=row["error_code"] in RETRYABLE_CODES
        )
    return Turn.model_validate({**row, "error": error})


def insert(
    connection: Conn,
    turn_id: UUID,
    *,
    user_id: UUID,
    companion_id: UUID,
    kind: TurnKind,
    want_image: bool | None,
    reply_message_id: UUID | None = None,
    user_message_id: UUID | None = None,
    settings: dict[str, Any] | None = None,
) -> Turn:
    """Store a queued turn.  Raises psycopg UniqueViolation when the companion already has an active one."""
    row = connection.execute(
        """
        INSERT INTO turns (id, user_id, companion_id, kind, want_image, reply_message_id, user_message_id, operations,
                           deadline_at)
        VALUES (%(id)s, %(user_id)s, %(companion_id)s, %(kind)s, %(want_image)s, %(reply_message_id)s,
                %(user_message_id)s, %(settings)s, clock_timestamp() + make_interval(secs => %(deadline_s)s))
        RETURNING """
        + _COLUMNS,
        {
            "id": turn_id,
            "user_id": user_id,
            "companion_id": companion_id,
            "kind": kind,
            "want_image": want_image,
            "reply_message_id": reply_message_id,
            "user_message_id": user_message_id,
            "settings": Jsonb([settings] if settings else []),
            "deadline_s": TURN_DEADLINE_WITH_IMAGE_S if want_image else TURN_DEADLINE_S,
        },
    ).fetchone()
    assert row is not None  # noqa: S101 - INSERT … RETURNING gives a row or raises
    return turn_from_row(row)


def set_user_message(connection: Conn, turn_id: UUID, message_id: UUID) -> None:
    connection.execute(
        "UPDATE turns SET user_message_id = %(message_id)s WHERE id = %(id)s", {"id": turn_id, "message_id": message_id}
    )


class Overdue(NamedTuple):
    """What a read found out about a turn that nobody seems to be working on."""

    restart: bool
    expired: bool
    run: int
    want_image: bool | None


def get(connection: Conn, user_id: UUID, turn_id: UUID) -> tuple[Turn, Overdue] | None:
    row = connection.execute(
        "SELECT "
        + _COLUMNS
        + """, run, deadline_at < clock_timestamp() AS expired,
              created_at < clock_timestamp() - make_interval(secs => %(restart_s)s) AS stale
        FROM turns
        WHERE id = %(id)s
          AND user_id = %(user_id)s
        """,
        {"id": turn_id, "user_id": user_id, "restart_s": RESTART_AFTER_S},
    ).fetchone()
    if row is None:
        return None
    active = row["status"] in ("queued", "running")
    overdue = Overdue(
        restart=row["status"] == "queued" and row["stale"],
        expired=active and row["expired"],
        run=row["run"],
        want_image=row["want_image"],
    )
    return turn_from_row(row), overdue


def active_of(connection: Conn, companion_id: UUID) -> dict[str, Any] | None:
    """Return id and lateness of the companion's active turn, None when it has none."""
    return connection.execute(
        """
        SELECT id, kind, status, run, want_image, user_message_id, deadline_at < clock_timestamp() AS expired
        FROM turns
        WHERE companion_id = %(companion_id)s
          AND status IN ('queued', 'running')
        """,
        {"companion_id": companion_id},
    ).fetchone()


def count_image(connection: Conn, turn_id: UUID) -> bool:
    """Mark the turn's picture as counted in the limit; False when it is already (a retry counts nothing again)."""
    row = connection.execute(
        "UPDATE turns SET image_charged = true WHERE id = %(id)s AND NOT image_charged RETURNING id", {"id": turn_id}
    ).fetchone()
    return row is not None


def uncount_image(connection: Conn, turn_id: UUID) -> bool:
    """Take the mark back; False when there is none, so that nothing is given back twice."""
    row = connection.execute(
        "UPDATE turns SET image_charged = false WHERE id = %(id)s AND image_charged RETURNING id", {"id": turn_id}
    ).fetchone()
    return row is not None


class Abandoned(NamedTuple):
    """An active turn nobody works on any more, locked: what is needed to end it well.  ``scene`` is the companion's."""

    turn_id: UUID
    user_id: UUID
    companion_id: UUID
    kind: TurnKind
    steps_done: int
    text: str
    reply_message_id: UUID | None
    scene: Scene
    stop_requested: bool


def lock_active(connection: Conn, turn_id: UUID, *, run: int | None = None) -> Abandoned | None:
    """Lock an active turn (of one run, or any) after its companion; None when it has ended."""
    row = connection.execute("SELECT companion_id FROM turns WHERE id = %(id)s", {"id": turn_id}).fetchone()
    if row is None:
        return None
    companion = connection.execute(
        "SELECT scene FROM companions WHERE id = %(id)s FOR NO KEY UPDATE", {"id": row["companion_id"]}
    ).fetchone()
    row = connection.execute(
        """
        SELECT id, user_id, companion_id, kind, steps_done, text, reply_message_id, stop_requested
        FROM turns
        WHERE id = %(id)s
          AND status IN ('queued', 'running')
          AND (%(run)s::integer IS NULL OR run = %(run)s)
        FOR UPDATE
        """,
        {"id": turn_id, "run": run},
    ).fetchone()
    if row is None or companion is None:
        return None
    return Abandoned(
        turn_id=row["id"],
        user_id=row["user_id"],
        companion_id=row["companion_id"],
        kind=row["kind"],
        steps_done=row["steps_done"],
        text=row["text"],
        reply_message_id=row["reply_message_id"],
        scene=Scene.model_validate(companion["scene"]),
        stop_requested=row["stop_requested"],
    )


def reply_of(connection: Conn, turn_id: UUID) -> UUID | None:
    row = connection.execute("SELECT reply_message_id FROM turns WHERE id = %(id)s", {"id": turn_id}).fetchone()
    return row["reply_message_id"] if row else None


def set_reply(connection: Conn, turn_id: UUID, message_id: UUID) -> None:
    connection.execute(
        "UPDATE turns SET reply_message_id = %(message_id)s WHERE id = %(id)s",
        {"id": turn_id, "message_id": message_id},
    )


def end_for_messages(connection: Conn, companion_id: UUID, message_ids: list[UUID]) -> tuple[Turn, list[str]] | None:
    """End the active turn if it answers or writes one of these messages; return it with the sockets to tell.

    A reply that is stored already makes the turn done, deleted or not: undo brings it back.  Where only the message it
    answers goes, the turn just runs on.
    """
    row = connection.execute(
        """
        SELECT id, steps_done >= %(reply_stored)s AS is_stored
        FROM turns
        WHERE companion_id = %(companion_id)s
          AND status IN ('queued', 'running')
          AND (reply_message_id = ANY (%(ids)s)
               OR (user_message_id = ANY (%(ids)s) AND steps_done < %(reply_stored)s))
        FOR UPDATE
        """,
        {"companion_id": companion_id, "ids": message_ids, "reply_stored": STEPS.index("GenerateReply") + 1},
    ).fetchone()
    if row is None:
        return None
    return end(connection, row["id"], status="done" if row["is_stored"] else "cancelled")


def awaits_image(connection: Conn, turn_id: UUID) -> bool:
    """Whether UpdateState decided for a picture that is not there yet (asked when its answer was lost)."""
    row = connection.execute(
        "SELECT 1 FROM turns WHERE id = %(id)s AND status = 'running' AND steps_done = 4", {"id": turn_id}
    ).fetchone()
    return row is not None


def end(
    connection: Conn,
    turn_id: UUID,
    *,
    status: TurnStatus,
    fence: int | None = None,
    error_code: str | None = None,
    error_message: str | None = None,
    degraded: Degradation | None = None,
) -> tuple[Turn, list[str]] | None:
    """End an active turn and return its snapshot and the user's sockets; None when it had ended (or the fence is lost).

    Raising the fence with it keeps a worker that still runs from writing anything more.
    """
    row = connection.execute(
        """
        UPDATE turns
        SET status = %(status)s,
            fence = fence + 1,
            progress = CASE WHEN %(status)s = 'done' THEN 100 ELSE progress END,
            lease_until = NULL,
            error_code = %(error_code)s,
            error_message = %(error_message)s,
            degraded = CASE
                WHEN %(degraded)s::text IS NULL OR %(degraded)s = ANY (degraded) THEN degraded
                ELSE array_append(degraded, %(degraded)s)
            END,
            finished_at = clock_timestamp()
        WHERE id = %(id)s
          AND status IN ('queued', 'running')
          AND (%(fence)s::integer IS NULL OR fence = %(fence)s)
        RETURNING """
        + _COLUMNS
        + """, (
            SELECT coalesce(array_agg(id), '{}')
            FROM connections
            WHERE connections.user_id = turns.user_id
              AND connections.created_at > clock_timestamp() - %(max_age)s::interval
        ) AS sockets
        """,
        {
            "id": turn_id,
            "status": status,
            "fence": fence,
            "error_code": error_code,
            "error_message": error_message,
            "degraded": degraded,
            "max_age": MAX_AGE,
        },
    ).fetchone()
    return (turn_from_row(row), row["sockets"]) if row else None


class Stoppable(NamedTuple):
    status: TurnStatus
    steps_done: int


def request_stop(connection: Conn, user_id: UUID, turn_id: UUID) -> Stoppable | None:
    """Ask the worker to stop and return how far the turn is; None when it is not active or another user's."""
    row = connection.execute(
        """
        UPDATE turns
        SET stop_requested = true
        WHERE id = %(id)s
          AND user_id = %(user_id)s
          AND status IN ('queued', 'running')
        RETURNING status, steps_done
        """,
        {"id": turn_id, "user_id": user_id},
    ).fetchone()
    return Stoppable(**row) if row else None


def queue_again(connection: Conn, turn_id: UUID) -> int:
    """Make a failed turn queued for another run and return the run's number."""
    row = connection.execute(
        """
        UPDATE turns
        SET status = 'queued', run = run + 1, steps_done = 0, fence = fence + 1, step = NULL, progress = 0, text = '',
            claimed_retry = 0, lease_until = NULL, error_code = NULL, error_message = NULL, degraded = '{}',
            stop_requested = false, stopped = false, truncated = false, finished_at = NULL,
            deadline_at = clock_timestamp() + make_interval(secs => %(deadline_s)s)
        WHERE id = %(id)s
          AND status = 'failed'
        RETURNING run
        """,
        {"id": turn_id, "deadline_s": TURN_DEADLINE_WITH_IMAGE_S},
    ).fetchone()
    return int(row["run"]) if row else 0
