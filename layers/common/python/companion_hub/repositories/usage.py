"""What each turn used: tokens, pictures and their estimated cost."""

from decimal import Decimal
from typing import Literal
from uuid import UUID

from companion_hub.db.connection import Conn
from companion_hub.ids import new_id
from companion_hub.models.turn import Turn, TurnUsage
from companion_hub.observability import MetricUnit, metrics

# US dollars per million tokens (input, output).  Source: the provider's price list, 2026-11; others count as unknown
# and cost nothing here, since a local model does.
PRICES: dict[str, tuple[Decimal, Decimal]] = {
    "sao10k/l31-70b-euryale-v2.2": (Decimal("1.48"), Decimal("1.48")),
}


def cost_of_tokens(model: str, input_tokens: int, output_tokens: int) -> Decimal:
    per_input, per_output = PRICES.get(model, (Decimal(0), Decimal(0)))
    return (per_input * input_tokens + per_output * output_tokens) / 1_000_000


def could_pass_budget(connection: Conn, user_id: UUID, *, turn_usd: Decimal) -> bool:
    """Whether one more turn could pass the budget the user set for this calendar month (UTC), or it is used up.

    ``turn_usd`` is what a turn costs at most; turns that run have not been paid yet and count as much each.
    """
    row = connection.execute(
        """
        WITH month AS (
            SELECT (u.preferences ->> 'monthly_budget_usd')::numeric AS budget,
                   (SELECT coalesce(sum(cost_usd), 0)
                    FROM usage
                    WHERE user_id = %(user_id)s
                      AND at >= date_trunc('month', clock_timestamp())) AS spent,
                   (SELECT count(*)
                    FROM turns
                    WHERE user_id = %(user_id)s
                      AND status IN ('queued', 'running')) AS running
            FROM users u
            WHERE u.id = %(user_id)s
              AND u.preferences ->> 'monthly_budget_usd' IS NOT NULL
        )
        SELECT 1
        FROM month
        WHERE spent >= budget
           OR spent + (running + 1) * %(turn_usd)s > budget
        """,
        {"user_id": user_id, "turn_usd": turn_usd},
    ).fetchone()
    return row is not None


def insert(
    connection: Conn,
    *,
    user_id: UUID,
    companion_id: UUID,
    turn_id: UUID,
    kind: Literal["reply", "analysis", "summary", "image"],
    model: str,
    input_tokens: int = 0,
    output_tokens: int = 0,
    images: int = 0,
) -> None:
    """Store what was used, and count what it costs by the price list (not at all for a model that is not on it)."""
    cost = cost_of_tokens(model, input_tokens, output_tokens)
    connection.execute(
        """
        INSERT INTO usage (id, user_id, companion_id, turn_id, kind, model, input_tokens, output_tokens, images, cost_usd)
        VALUES (%(id)s, %(user_id)s, %(companion_id)s, %(turn_id)s, %(kind)s, %(model)s, %(input)s, %(output)s,
                %(images)s, %(cost)s)
        """,
        {
            "id": new_id(),
            "user_id": user_id,
            "companion_id": companion_id,
            "turn_id": turn_id,
            "kind": kind,
            "model": model,
            "input": input_tokens,
            "output": output_tokens,
            "images": images,
            "cost": cost,
        },
    )
    if cost:
        metrics.add_metric(name="Cost", unit=MetricUnit.Count, value=float(cost))
        metrics.flush_metrics()


def of_turn(connection: Conn, user_id: UUID, turn: Turn) -> list[TurnUsage]:
    """Return the model calls of a turn, in the order they were made."""
    rows = connection.execute(
        """
        SELECT kind, model, input_tokens, output_tokens, images, cost_usd
        FROM usage
        WHERE user_id = %(user_id)s
          AND at >= %(created_at)s  -- the index is by time
          AND turn_id = %(turn_id)s
        ORDER BY at
        """,
        {"user_id": user_id, "created_at": turn.created_at, "turn_id": turn.id},
    ).fetchall()
    return [TurnUsage.model_validate(row) for row in rows]
