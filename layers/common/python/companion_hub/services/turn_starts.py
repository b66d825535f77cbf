"""What every way of starting a turn shares: the companion locked, no other turn active, the user within limits.

Used by SendMessage and the message tools (regenerate, continue, retry).
"""

from typing import Any
from uuid import UUID

from companion_hub.db.connection import Conn
from companion_hub.errors import BudgetExceededError, ConflictError, NotFoundError
from companion_hub.models.turn import Turn
from companion_hub.providers.workflow import Workflow
from companion_hub.repositories import companions, rate_limits, turns, usage
from companion_hub.services.turn_endings import TIMEOUT, give_up


def lock_companion(connection: Conn, user_id: UUID, companion_id: UUID) -> dict[str, Any]:
    """Raises NotFoundError."""
    row = companions.lock(connection, user_id, companion_id)
    if row is None:
        raise NotFoundError
    return row


def check_idle(connection: Conn, companion_id: UUID) -> None:
    """Raises ConflictError ``turn_in_progress`` with the active turn's id; one past its deadline is ended instead."""
    active = turns.active_of(connection, companion_id)
    if active is None:
        return
    if active["expired"]:
        give_up(connection, active["id"], TIMEOUT)
        return
    raise ConflictError(
        "turn_in_progress",
        "A reply is in progress. Please wait for it or stop it.",
        details={"turn_id": str(active["id"])},
    )


def charge(connection: Conn, user_id: UUID, *, scale: float) -> None:
    """Count one chat turn.  Raises RateLimitedError, BudgetExceededError."""
    rate_limits.charge(connection, rate_limits.CHAT, user_id, scale=scale)
    if usage.would_pass_budget(connection, user_id):
        raise BudgetExceededError


def start(workflow: Workflow, turn: Turn, *, run: int) -> None:
    """Start the execution after the commit; a failure is healed by the next read or resend."""
    workflow.start(turn.id, run=run, kind=turn.kind, want_image=bool(turn.want_image))
