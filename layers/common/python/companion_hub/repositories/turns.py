"""Turns: claims, fences, the flush of streamed text, and the snapshot.

Every write of a worker names the fence it got with its claim; zero rows mean that somebody else holds the turn, and
the worker stops silently.  All times are the database's.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.types.json import Jsonb

from companion_hub.db.connection import Conn
from companion_hub.errors import TurnGoneError, TurnLeasedError
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


class Claim(NamedTuple):
    """What a worker needs of the turn it holds."""

    turn_id: UUID
    user_id: UUID
    companion_id: UUID
    kind: TurnKind
    step: Step
    fence: int
    attempt: int
    text: str
    user_message_id: UUID | None
    reply_message_id: UUID | None
    want_image: bool | None
    operations: list[Any]
    scene: Scene | None
    stop_requested: bool
    stopped: bool
    seconds_left: float
    sockets: list[str]


class Flushed(NamedTuple):
    stop_requested: bool
    sockets: list[str]


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


def claim(connection: Conn, turn_id: UUID, step: Step, *, run: int, retry_count: int, lease_s: float) -> Claim | None:
    """Take the turn for one step; None when the step is finished already (a repeated delivery).

    A retry of Step Functions (a higher retry count) takes over at once, since every write of the worker before it is
    fenced off.  Raises TurnLeasedError while another delivery of the same try holds it, TurnGoneError when the turn is
    deleted, ended, or belongs to a later run.
    """
    index = STEPS.index(step) + 1
    row = connection.execute(
        """
        UPDATE turns
        SET fence = fence + 1,
            status = 'running',
            step = %(step)s,
            claimed_retry = %(retry)s,
            attempt = CASE WHEN %(streams)s THEN attempt + 1 ELSE attempt END,
            text = CASE WHEN %(streams)s THEN '' ELSE text END,
            progress = greatest(progress, %(progress)s),
            started_at = coalesce(started_at, clock_timestamp()),
            lease_until = clock_timestamp() + make_interval(secs => %(lease_s)s)
        WHERE id = %(id)s
          AND run = %(run)s
          AND status IN ('queued', 'running')
          AND steps_done < %(index)s
          AND (lease_until IS NULL OR lease_until < clock_timestamp() OR claimed_retry < %(retry)s)
        RETURNING *, extract(epoch FROM deadline_at - clock_timestamp())::float8 AS seconds_left, (
            SELECT coalesce(array_agg(id), '{}')
            FROM connections
            WHERE connections.user_id = turns.user_id
              AND connections.created_at > clock_timestamp() - %(max_age)s::interval
        ) AS sockets
        """,
        {
            "id": turn_id,
            "step": step,
            "index": index,
            "run": run,
            "retry": retry_count,
            "streams": step == "GenerateReply",
            "progress": PROGRESS[step][0],
            "lease_s": lease_s,
            "max_age": MAX_AGE,
        },
    ).fetchone()
    if row is None:
        _explain_refusal(connection, turn_id, run=run, index=index)
        return None
    return Claim(
        turn_id=row["id"],
        user_id=row["user_id"],
        companion_id=row["companion_id"],
        kind=row["kind"],
        step=step,
        fence=row["fence"],
        attempt=row["attempt"],
        text=row["text"],
        user_message_id=row["user_message_id"],
        reply_message_id=row["reply_message_id"],
        want_image=row["want_image"],
        operations=row["operations"],
        scene=Scene.model_validate(row["scene"]) if row["scene"] else None,
        stop_requested=row["stop_requested"],
        stopped=row["stopped"],
        seconds_left=row["seconds_left"],
        sockets=row["sockets"],
    )


def _explain_refusal(connection: Conn, turn_id: UUID, *, run: int, index: int) -> None:
    row = connection.execute("SELECT status, run, steps_done FROM turns WHERE id = %(id)s", {"id": turn_id}).fetchone()
    if row is None or row["run"] != run or row["status"] not in ("queued", "running"):
        raise TurnGoneError("deleted, ended or restarted")
    if row["steps_done"] < index:
        raise TurnLeasedError("another delivery holds this step")


def flush(
    connection: Conn,
    held: Claim,
    *,
    offset: int,
    chunk: str,
    progress: int,
    lease_s: float,
    first_token_ms: int | None = None,
) -> Flushed:
    """Store streamed text, renew the lease and learn, in the same statement, whom to tell and whether to stop.

    ``offset`` is how much of the attempt's text is stored already: a flush whose answer was lost can be repeated.
    Raises TurnGoneError when the fence no longer holds.
    """
    row = connection.execute(
        """
        WITH turn AS (
            UPDATE turns
            SET text = left(text, %(offset)s) || %(chunk)s,
                progress = greatest(progress, %(progress)s),
                first_token_ms = coalesce(first_token_ms, %(first_token_ms)s),
                lease_until = clock_timestamp() + make_interval(secs => %(lease_s)s)
            WHERE id = %(id)s
              AND fence = %(fence)s
              AND status = 'running'
            RETURNING user_id, stop_requested
        )
        SELECT turn.stop_requested,
               (SELECT coalesce(array_agg(c.id), '{}')
                FROM connections c
                WHERE c.user_id = turn.user_id
                  AND c.created_at > clock_timestamp() - %(max_age)s::interval) AS sockets
        FROM turn
        """,
        {
            "id": held.turn_id,
            "fence": held.fence,
            "offset": offset,
            "chunk": chunk,
            "progress": progress,
            "first_token_ms": first_token_ms,
            "lease_s": lease_s,
            "max_age": MAX_AGE,
        },
    ).fetchone()
    if row is None:
        raise TurnGoneError("fence lost")
    return Flushed(row["stop_requested"], row["sockets"])


def restart_text(connection: Conn, held: Claim) -> Claim:
    """Begin the streamed text anew within the same claim.  Raises TurnGoneError when the fence no longer holds."""
    row = connection.execute(
        """
        UPDATE turns
        SET attempt = attempt + 1, text = ''
        WHERE id = %(id)s
          AND fence = %(fence)s
          AND status = 'running'
        RETURNING attempt
        """,
        {"id": held.turn_id, "fence": held.fence},
    ).fetchone()
    if row is None:
        raise TurnGoneError("fence lost")
    return held._replace(attempt=row["attempt"], text="")


def hold(connection: Conn, held: Claim) -> bool:
    """Lock the turn's row for this transaction; False when this very claim has completed its step already.

    That happens when the answer to a COMMIT was lost and the commit is tried again.  The companion's row is locked
    before the turn's, by everybody, so that nobody waits in a circle.  Raises TurnGoneError when the fence no longer
    holds or the companion is gone.
    """
    connection.execute(
        "SELECT 1 FROM companions WHERE id = %(id)s FOR NO KEY UPDATE", {"id": held.companion_id}
    ).fetchone()
    row = connection.execute(
        "SELECT steps_done FROM turns WHERE id = %(id)s AND fence = %(fence)s AND status = 'running' FOR UPDATE",
        {"id": held.turn_id, "fence": held.fence},
    ).fetchone()
    if row is None:
        raise TurnGoneError("fence lost")
    return bool(row["steps_done"] <= STEPS.index(held.step))


def complete_step(
    connection: Conn,
    held: Claim,
    *,
    scene: Scene | None = None,
    operations: Sequence[Any] | None = None,
    reply_message_id: UUID | None = None,
    text: str | None = None,
    stopped: bool | None = None,
    truncated: bool | None = None,
    input_tokens: int | None = None,
    output_tokens: int | None = None,
    prompt_parts: list[dict[str, Any]] | None = None,
    degraded: Degradation | None = None,
    more_time_s: int = 0,
) -> None:
    """Mark the step finished, release the lease and write its results (None: leave as it is).

    ``more_time_s`` moves the deadline: the rest of the turn gets at least so many seconds from now.

    Raises TurnGoneError when the fence no longer holds.
    """
    row = connection.execute(
        """
        UPDATE turns
        SET steps_done = %(index)s,
            progress = %(progress)s,
            lease_until = NULL,
            claimed_retry = 0,
            deadline_at = greatest(deadline_at, clock_timestamp() + make_interval(secs => %(more_time_s)s)),
            scene = coalesce(%(scene)s, scene),
            operations = coalesce(%(operations)s, operations),
            reply_message_id = coalesce(%(reply_message_id)s, reply_message_id),
            text = coalesce(%(text)s, text),
            stopped = coalesce(%(stopped)s, stopped),
            truncated = coalesce(%(truncated)s, truncated),
            input_tokens = coalesce(%(input_tokens)s, input_tokens),
            output_tokens = coalesce(%(output_tokens)s, output_tokens),
            prompt_parts = coalesce(%(prompt_parts)s, prompt_parts),
            degraded = CASE
                WHEN %(degraded)s::text IS NULL OR %(degraded)s = ANY (degraded) THEN degraded
                ELSE array_append(degraded, %(degraded)s)
            END
        WHERE id = %(id)s
          AND fence = %(fence)s
          AND status = 'running'
        RETURNING id
        """,
        {
            "id": held.turn_id,
            "fence": held.fence,
            "index": STEPS.index(held.step) + 1,
            "progress": PROGRESS[held.step][1],
            "scene": Jsonb(scene.model_dump(mode="json")) if scene else None,
            "operations": Jsonb(list(operations)) if operations is not None else None,
            "reply_message_id": reply_message_id,
            "text": text,
            "stopped": stopped,
            "truncated": truncated,
            "input_tokens": input_tokens,
            "output_tokens": output_tokens,
            "prompt_parts": Jsonb(prompt_parts) if prompt_parts is not None else None,
            "degraded": degraded,
            "more_time_s": more_time_s,
        },
    ).fetchone()
    if row is None:
        raise TurnGoneError("fence lost")


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
    """An active turn nobody works on any more, locked: what is needed to end it well."""

    turn_id: UUID
    user_id: UUID
    companion_id: UUID
    kind: TurnKind
    steps_done: int
    text: str
    reply_message_id: UUID | None
    scene: Scene | None
    stop_requested: bool


def lock_active(connection: Conn, turn_id: UUID, *, run: int | None = None) -> Abandoned | None:
    """Lock an active turn (of one run, or any) after its companion; None when it has ended."""
    row = connection.execute("SELECT companion_id FROM turns WHERE id = %(id)s", {"id": turn_id}).fetchone()
    if row is None:
        return None
    connection.execute(
        "SELECT 1 FROM companions WHERE id = %(id)s FOR NO KEY UPDATE", {"id": row["companion_id"]}
    ).fetchone()
    row = connection.execute(
        """
        SELECT id, user_id, companion_id, kind, steps_done, text, reply_message_id, scene, stop_requested
        FROM turns
        WHERE id = %(id)s
          AND status IN ('queued', 'running')
          AND (%(run)s::integer IS NULL OR run = %(run)s)
        FOR UPDATE
        """,
        {"id": turn_id, "run": run},
    ).fetchone()
    if row is None:
        return None
    return Abandoned(
        turn_id=row["id"],
        user_id=row["user_id"],
        companion_id=row["companion_id"],
        kind=row["kind"],
        steps_done=row["steps_done"],
        text=row["text"],
        reply_message_id=row["reply_message_id"],
        scene=Scene.model_validate(row["scene"]) if row["scene"] else None,
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
    only_run: int | None = None,
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
          AND (%(run)s::integer IS NULL OR run = %(run)s)
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
            "run": only_run,
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
    is_held: bool


def request_stop(connection: Conn, user_id: UUID, turn_id: UUID) -> Stoppable | None:
    """Ask the worker to stop and return how far the turn is; None when it is not active or another user's."""
    row = connection.execute(
        """
        UPDATE turns
        SET stop_requested = true
        WHERE id = %(id)s
          AND user_id = %(user_id)s
          AND status IN ('queued', 'running')
        RETURNING status, steps_done, coalesce(lease_until > clock_timestamp(), false) AS is_held
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
