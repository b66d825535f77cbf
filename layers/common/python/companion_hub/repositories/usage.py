"""What each turn used: tokens, pictures and their estimated cost."""

from decimal import Decimal
from typing import Literal
from uuid import UUID

from companion_hub.db.connection import Conn
from companion_hub.ids import new_id

# US dollars per million tokens (input, output).  Source: the provider's price list, 2026-11; others count as unknown
# and cost nothing here, since a local model does.
PRICES: dict[str, tuple[Decimal, Decimal]] = {
    "sao10k/l31-70b-euryale-v2.2": (Decimal("1.48"), Decimal("1.48")),
}


def cost_of_tokens(model: str, input_tokens: int, output_tokens: int) -> Decimal:
    per_input, per_output = PRICES.get(model, (Decimal(0), Decimal(0)))
    return (per_input * input_tokens + per_output * output_tokens) / 1_000_000


def would_pass_budget(connection: Conn, user_id: UUID) -> bool:
    """Whether another turn could pass the budget the user set for the calendar month (UTC).

    A turn is expected to cost what the month's dearest has cost, and so is each that runs now: what a reply costs is
    known only afterwards.
    """
    row = connection.execute(
        """
        SELECT 1
        FROM users u,
             LATERAL (
                 SELECT coalesce(sum(cost), 0) AS spent, coalesce(max(cost), 0) AS dearest
                 FROM (
                     SELECT sum(cost_usd) AS cost
                     FROM usage
                     WHERE user_id = u.id
                       AND at >= date_trunc('month', clock_timestamp())
                     GROUP BY turn_id
                 ) AS turn
             ) AS month,
             LATERAL (
                 SELECT count(*) AS running
                 FROM turns
                 WHERE user_id = u.id
                   AND status IN ('queued', 'running')
                   AND created_at > clock_timestamp() - interval '1 hour'
             ) AS now
        WHERE u.id = %(user_id)s
          AND u.preferences ->> 'monthly_budget_usd' IS NOT NULL
          AND ((u.preferences ->> 'monthly_budget_usd')::numeric <= month.spent
            OR (u.preferences ->> 'monthly_budget_usd')::numeric < month.spent + month.dearest * (1 + now.running))
        """,
        {"user_id": user_id},
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
            "cost": cost_of_tokens(model, input_tokens, output_tokens),
        },
    )
