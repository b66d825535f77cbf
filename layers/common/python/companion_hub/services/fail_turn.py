"""Ends a turn that cannot go on: FailTurn (the state machine's catch), TurnEnded (its status event), late reads.

The reply is safe once step 2 is finished: from then on the turn ends ``done`` with what is missing as ``degraded``.
Before that it ends ``failed`` with a clear code; text that was already shown is kept as an incomplete message.
"""

from uuid import UUID

from companion_hub import errors
from companion_hub.db.connection import Conn, Database
from companion_hub.models.turn import Degradation, Turn
from companion_hub.observability import logger
from companion_hub.providers.sockets import Sockets
from companion_hub.repositories import messages, rate_limits, turns
from companion_hub.services.publisher import Publisher
from companion_hub.services.turn_steps import announce_end

# What Step Functions and Lambda call a worker that ran out of time or was killed.
_TIMEOUT_NAMES = frozenset({"States.Timeout", "Sandbox.Timedout", "TIMED_OUT", "States.HeartbeatTimeout"})
_TIMEOUT_TEXT = "This took too long and was stopped. Please try again."


def error_of_name(name: str) -> tuple[str, str]:
    """Return code and public message of an error as Step Functions names it: by its class."""
    if name in _TIMEOUT_NAMES:
        return "timeout", _TIMEOUT_TEXT
    kind = getattr(errors, name, None)
    if isinstance(kind, type) and issubclass(kind, errors.HubError):
        return kind.code, kind.public_message
    return errors.HubError.code, errors.HubError.public_message


def fail_turn(
    database: Database,
    sockets: Sockets,
    turn_id: UUID,
    *,
    error: str,
    run: int | None = None,
    degraded: Degradation | None = None,
) -> Turn | None:
    """End the turn if it is still active and tell the page; None when it had ended already."""
    code, message = error_of_name(error)

    def work(connection: Conn) -> tuple[Turn, list[str]] | None:
        row = connection.execute(
            """
            SELECT t.user_id, t.companion_id, t.kind, t.text, t.steps_done, t.scene, t.reply_message_id, t.run
            FROM turns t
            JOIN companions c ON c.id = t.companion_id
            WHERE t.id = %(id)s
              AND t.status IN ('queued', 'running')
              AND (%(run)s::integer IS NULL OR t.run = %(run)s)
            FOR UPDATE OF c, t
            """,
            {"id": turn_id, "run": run},
        ).fetchone()
        if row is None:
            return None
        if row["kind"] == "image":
            rate_limits.refund(connection, rate_limits.IMAGE, row["user_id"])
            return turns.end(connection, turn_id, status="failed", error_code=code, error_message=message)
        if row["steps_done"] >= 2:
            lost: Degradation = degraded or ("state" if row["steps_done"] < 4 else "image")
            if lost == "image":
                rate_limits.refund(connection, rate_limits.IMAGE, row["user_id"])
            return turns.end(connection, turn_id, status="done", degraded=lost)
        if row["text"].strip() and row["kind"] == "reply":
            message_id = messages.insert_reply(
                connection,
                user_id=row["user_id"],
                companion_id=row["companion_id"],
                turn_id=turn_id,
                texts=[row["text"]],
                status="incomplete",
                model=None,
                scene=None,
            )
            connection.execute(
                "UPDATE turns SET reply_message_id = %(message)s WHERE id = %(id)s",
                {"message": message_id, "id": turn_id},
            )
        return turns.end(connection, turn_id, status="failed", error_code=code, error_message=message)

    ended = database.run(work)
    if ended is None:
        return None
    with Publisher(sockets) as publisher:
        announce_end(*ended, publisher=publisher)
    logger.info("turn ended early", extra={"turn_id": str(turn_id), "code": code, "status": ended[0].status})
    return ended[0]
