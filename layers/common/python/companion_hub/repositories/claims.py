"""Claims: what a worker may do to the turn it holds, from taking it to handing it over.

Every write names the fence that came with the claim; zero rows mean that somebody else holds the turn, and the worker
stops silently.  All times are the database's.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.types.json import Jsonb

from companion_hub.db.connection import Conn
from companion_hub.errors import TurnGoneError, TurnLeasedError
from companion_hub.models.memory import Question
from companion_hub.models.scene import Scene
from companion_hub.models.turn import PROGRESS, Degradation, Step, TurnKind
from companion_hub.repositories.connections import MAX_AGE
from companion_hub.repositories.turns import STEPS


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


def claim(connection: Conn, turn_id: UUID, step: Step, *, run: int, retry_count: int, lease_s: float) -> Claim | None:
    """Take the turn for one step; None when the step is finished already (a repeated delivery).

    A retry of Step Functions (a higher retry count) takes over at once, since every write of the worker before it is
    fenced off.  A new stream starts over, unless the user pressed Stop: then what is there is kept.  Raises TurnLeasedError while another delivery of the same try holds it, TurnGoneError when the turn is
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
            attempt = CASE WHEN %(streams)s AND NOT stop_requested THEN attempt + 1 ELSE attempt END,
            text = CASE WHEN %(streams)s AND NOT stop_requested THEN '' ELSE text END,
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
    question: Question | None = None,
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
            question_code = coalesce(%(question_code)s::bit varying, question_code),
            question_model = coalesce(%(question_model)s, question_model),
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
            "question_code": question.code if question else None,
            "question_model": question.model if question else None,
            "degraded": degraded,
            "more_time_s": more_time_s,
        },
    ).fetchone()
    if row is None:
        raise TurnGoneError("fence lost")
