"""What every way of starting a turn shares: the companion locked, no other turn active, the user within limits.

Used by SendMessage and the message tools (regenerate, continue, retry).
"""

from decimal import Decimal
from typing import Any
from uuid import UUID

from companion_hub.db.connection import Conn
from companion_hub.errors import BudgetExceededError, ConflictError, NotFoundError
from companion_hub.models.turn import Turn
from companion_hub.providers.workflow import Workflow
from companion_hub.repositories import companions, rate_limits, turns, usage
from companion_hub.services.model_profiles import model_profile
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


def charge(connection: Conn, user_id: UUID, *, scale: float, model_name: str) -> None:
    """Count one chat turn.  Raises RateLimitedError, BudgetExceededError.

    The limit's lock is held until the turn is stored, so that turns begun at once see each other in the budget.
    """
    rate_limits.charge(connection, rate_limits.CHAT, user_id, scale=scale)
    if usage.could_pass_budget(connection, user_id, turn_usd=largest_cost(model_name)):
        raise BudgetExceededError


def largest_cost(model_name: str) -> Decimal:
    """Return what a turn costs at most, US dollars: a full window read twice (the reply, the analysis), a reply each."""
    profile = model_profile(model_name)
    read, written = 2 * (profile.context_tokens - profile.reply_tokens), 2 * profile.reply_tokens
    return usage.cost_of_tokens(model_name, read, written)


def start(workflow: Workflow, turn: Turn, *, run: int) -> None:
    """Start the execution after the commit; a failure is healed by the next read or resend."""
    workflow.start(turn.id, run=run, kind=turn.kind, want_image=bool(turn.want_image))
