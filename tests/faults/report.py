"""A pytest plugin (``-p tests.faults.report``): notes how each fault's tests ended and writes the table of them."""

from collections import defaultdict

import pytest

from tests.faults.document import machine, put
from tests.faults.matrix import ROWS

_outcomes: dict[str, list[str]] = defaultdict(list)
_seconds: dict[str, float] = defaultdict(float)
_figures: dict[str, list[str]] = defaultdict(list)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    name = report.nodeid.partition("[")[0]
    if report.when == "call" or report.outcome != "passed":
        _outcomes[name].append(report.outcome)
    _seconds[name] += report.duration
    if report.when == "call":
        _figures[name] += [str(value) for key, value in report.user_properties if key == "figure"]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.config.option.collectonly:
        return
    lines = [
        "## Faults",
        "",
        f"Measured {machine()}.",
        "",
        "| # | Fault | What happens | Tests | Passed | Figures |",
        "|---|---|---|---|---|---|",
    ]
    for number, row in ROWS.items():
        outcomes = [outcome for test in row.tests for outcome in _outcomes[test]]
        missing = [test for test in row.tests if not _outcomes[test]]
        passed = outcomes.count("passed")
        verdict = "**not run**" if missing else f"{passed} of {len(outcomes)}"
        if passed < len(outcomes):
            verdict = f"**{verdict}**"
        names = ", ".join(f"`{test.rpartition('::')[2]}`" for test in row.tests)
        figures = "; ".join(figure for test in row.tests for figure in _figures[test])
        lines.append(f"| {number} | {row.fault} | {row.outcome} | {names} | {verdict} | {figures} |")
    put("faults", "\n".join(lines))
