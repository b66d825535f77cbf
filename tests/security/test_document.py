"""docs/security.md promises nothing without a test: every name in it is a test that exists."""

import re

from devtools.config import ROOT


def test_every_test_named_in_the_document_exists() -> None:
    document = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", document))
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert len(named) > 40
    assert {name for name in named if f"def {name}(" not in tests} == set()


def test_every_row_of_the_bar_names_its_test() -> None:
    document = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    rows = document.partition("## The bar")[2].partition("\n\n`python")[0].splitlines()[4:]
    assert len(rows) > 20
    assert [row for row in rows if row.startswith("|") and "`test_" not in row] == []
