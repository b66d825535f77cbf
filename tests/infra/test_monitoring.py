"""What the dashboard and the alarms look at is what the code writes: namespace, name and every dimension."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from companion_hub.ids import new_id
from companion_hub.models.turn import Turn, TurnError
from companion_hub.repositories import usage
from companion_hub.services import generate_image
from companion_hub.services.turn_endings import count_end
from infra.monitoring import NAMESPACE

# Namespace, name, and dimensions with their values ("*": every value there is).
Series = tuple[str, str, frozenset[tuple[str, str]]]
BOTH = pytest.mark.parametrize("profile", ["hobby", "production"])


def turn(*, failed: str = "") -> Turn:
    now = datetime.now(UTC)
    return Turn(
        id=new_id(), companion_id=new_id(), kind="reply", status="failed" if failed else "done", step=None, progress=100,
        attempt=1, text="", stopped=False, truncated=False, want_image=False, degraded=[],
        error=TurnError(code=failed, message="m", retryable=False) if failed else None, user_message_id=None, reply_message_id=None,
        first_token_ms=400, input_tokens=700, output_tokens=300, created_at=now - timedelta(seconds=4), finished_at=now,
    )  # fmt: skip


def draw() -> None:
    run = cast("Any", SimpleNamespace(progress=lambda _percent: None, held=SimpleNamespace(seconds_left=60)))
    model = cast("Any", SimpleNamespace(draw=lambda _request, **_: None))
    prompt = cast("Any", SimpleNamespace(prompt="", negative="", width=832, height=1216))
    subject = cast("Any", SimpleNamespace(seed=1, profile=SimpleNamespace(checkpoint="", loras=())))
    generate_image._draw(run, model, prompt, subject=subject)  # pyright: ignore[reportPrivateUsage]


def use() -> None:
    connection = cast("Any", SimpleNamespace(execute=lambda *_: None))
    for model in (next(iter(usage.PRICES)), "a local one"):
        usage.insert(
            connection, user_id=new_id(), companion_id=new_id(), turn_id=new_id(), kind="reply", model=model,
            input_tokens=700, output_tokens=300,
        )  # fmt: skip


@pytest.fixture
def written(capsys: pytest.CaptureFixture[str]) -> dict[Series, list[float]]:
    """Everything that the product writes, read as CloudWatch reads it (embedded metric format)."""
    count_end(turn())
    count_end(turn(failed="llm_misconfigured"))
    draw()
    use()
    found: dict[Series, list[float]] = {}
    for line in capsys.readouterr().out.splitlines():
        record = json.loads(line)
        for directive in record["_aws"]["CloudWatchMetrics"]:
            for metric in directive["Metrics"]:
                for names in directive["Dimensions"]:
                    dimensions = frozenset((name, str(record[name])) for name in names)
                    value = record[metric["Name"]]
                    values = [float(one) for one in (value if isinstance(value, list) else [value])]
                    found.setdefault((directive["Namespace"], metric["Name"], dimensions), []).extend(values)
    return found


def dashboard(template: dict[str, Any]) -> list[dict[str, Any]]:
    (body,) = [
        one["Properties"]["DashboardBody"]
        for one in template["Resources"].values()
        if one["Type"] == "AWS::CloudWatch::Dashboard"
    ]
    text = "".join(part if isinstance(part, str) else "x" for part in body["Fn::Join"][1])
    return [widget["properties"] for widget in json.loads(text)["widgets"]]


def series_of_alarms(template: dict[str, Any]) -> Iterator[Series]:
    for one in template["Resources"].values():
        if one["Type"] == "AWS::CloudWatch::Alarm":
            for query in one["Properties"].get("Metrics", []):
                metric = query["MetricStat"]["Metric"]
                dimensions = frozenset((each["Name"], each["Value"]) for each in metric["Dimensions"])
                yield metric["Namespace"], metric["MetricName"], dimensions


def series_of_graphs(template: dict[str, Any]) -> Iterator[Series]:
    for graph in dashboard(template):
        for line in graph["metrics"]:
            if isinstance(line[0], dict):
                search = re.fullmatch(
                    r"SEARCH\('\{(\w+),([\w,]+)\} Namespace=\"(\w+)\" MetricName=\"(\w+)\"', 'Sum', 300\)",
                    line[0]["expression"],
                )
                assert search
                assert search[1] == search[3]
                yield search[1], search[4], frozenset((name, "*") for name in search[2].split(","))
            elif line[0] == NAMESPACE:
                words = [word for word in line[2:] if isinstance(word, str)]
                yield NAMESPACE, line[1], frozenset(zip(words[::2], words[1::2], strict=True))


def is_written(wanted: Series, written: dict[Series, list[float]]) -> bool:
    namespace, name, dimensions = wanted
    if any(value == "*" for _, value in dimensions):
        names = {dimension for dimension, _ in dimensions}
        return any(s[:2] == (namespace, name) and {d for d, _ in s[2]} == names for s in written)
    return wanted in written


@BOTH
def test_every_series_that_is_looked_at_is_written(
    templates: dict[str, Any], written: dict[Series, list[float]], profile: str
) -> None:
    watched = {*series_of_alarms(templates[profile]), *series_of_graphs(templates[profile])}
    assert {name for _, name, _ in watched} == {
        "FirstTokenLatency", "TurnDuration", "ImageModelLatency", "Tokens", "TurnsFailed", "Cost",
    }  # fmt: skip
    assert [series for series in watched if not is_written(series, written)] == []


def test_the_cost_is_by_the_price_list_and_a_model_of_ones_own_costs_nothing(
    written: dict[Series, list[float]],
) -> None:
    cost = written[(NAMESPACE, "Cost", frozenset({("service", "companion-hub")}))]
    assert cost == [pytest.approx(0.00148)]  # 1,000 tokens at $1.48 a million; one entry: the local model has none


@BOTH
def test_the_dashboard_shows_all_that_an_owner_asks(templates: dict[str, Any], profile: str) -> None:
    """Issue 5, item 8, word by word."""
    text = json.dumps(dashboard(templates[profile]))
    for word in (
        "ExecutionsStarted", "FirstTokenLatency", "TurnsFailed", "ImageModelLatency", "Tokens", "Cost",
        "ServerlessDatabaseCapacity", "DatabaseConnections", "ConnectCount", "MessageCount", "Errors", "5xx",
    ):  # fmt: skip
        assert word in text, word
    steps = next(graph for graph in dashboard(templates[profile]) if graph["title"] == "Errors by function")
    assert len(steps["metrics"]) >= 12


def test_the_budget_writes_to_the_owner(templates: dict[str, Any]) -> None:
    (budget,) = [
        one["Properties"]
        for one in templates["production"]["Resources"].values()
        if one["Type"] == "AWS::Budgets::Budget"
    ]
    assert budget["Budget"]["BudgetLimit"] == {"Amount": 300, "Unit": "USD"}
    told = [
        (each["Notification"]["NotificationType"], each["Notification"]["Threshold"], each["Subscribers"][0]["Address"])
        for each in budget["NotificationsWithSubscribers"]
    ]
    assert told == [("ACTUAL", 80, "owner@example.org"), ("FORECASTED", 100, "owner@example.org")]
