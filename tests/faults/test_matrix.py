"""Every row of FAULTS.md has a test that exists, and every mutation still applies to the code it was written for."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.faults import document, mutate
from tests.faults.matrix import ROWS

ROOT = Path(__file__).parents[2]


@cache
def _tests_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_fault_has_a_test() -> None:
    assert list(ROWS) == [f"F{number}" for number in range(1, 51)]
    missing = [
        f"{number}: {test}"
        for number, row in ROWS.items()
        for test in row.tests
        if test.partition("::")[2] not in _tests_in(test.partition("::")[0])
    ]
    assert missing == []
    assert all(row.tests for row in ROWS.values())


def test_page_shows_every_row_as_it_is_now_and_passed() -> None:
    """A row, a mutation or a scenario that came, changed or failed since the page was written makes it stale."""
    page = document.PATH.read_text(encoding="utf-8")
    assert page.startswith(document.HEAD), "written by an older suite"
    stale = [number for number, row in ROWS.items() if not re.search(_line_of(number), page, re.MULTILINE)]
    assert stale == [], "./hub test --faults writes them again"
    unproven = [m.name for m in mutate.load() if f"| {mutate.title(m)} | red |" not in page]
    assert unproven == [], "./hub test --faults shows whether the suite notices them"
    for scenario in (
        "1 person",
        "20 people",
        "idle sockets",
        "logins",
        "under faults",
        "overload",
        "afterwards",
        "minutes",
    ):
        assert re.search(rf"^\| [^|]*{scenario}[^|]* \| \d+ \|", page, re.MULTILINE), f"./hub bench load: {scenario}"
    assert "**" not in page, "something failed"


def _line_of(number: str) -> str:
    row = ROWS[number]
    names = ", ".join(f"`{test.rpartition('::')[2]}`" for test in row.tests)
    return (
        rf"^\| {number} \| {re.escape(row.fault)} \| {re.escape(row.outcome)} \| {re.escape(names)} \| (\d+) of \1 \|"
    )


@pytest.mark.parametrize("mutation", mutate.load(), ids=lambda mutation: mutation.name)
def test_mutation_fits_the_code(mutation: mutate.Mutation) -> None:
    """``hub test --faults`` runs them; here only that a patch was not left behind by a change."""
    assert mutate.applies(mutation), f"write {mutation.path.name} again for the code as it is now"
    for test in mutation.tests:
        path, _, name = test.partition("::")
        assert (ROOT / path).exists()
        assert not name or name in _tests_in(path), test
