"""How ``./hub test`` shares out its parts: what measures time is never beside anything else, and no failure is lost."""

import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from devtools.config import ROOT
from devtools.testing import SIDE_BY_SIDE, Part, run_lanes
from tests.parallel import ALONE, ONE_AFTER_THE_OTHER, runs_alone, unit_of

NOTES = """
import os, time
import pytest

@pytest.mark.parametrize("number", range(3))
def test_it(number):
    began = time.monotonic()
    time.sleep(0.1)
    with open("notes", "a") as notes:
        print(began, time.monotonic(), os.getpid(), __file__, file=notes)
    assert {passes}
"""


# As schemathesis does: several tests of one name.
TWICE = """
def pytest_collection_modifyitems(items):
    items.extend([item for item in items if "test_a.py" in item.nodeid])
"""


def run_side_by_side(folder: Path, files: list[str], *, broken: str = "") -> subprocess.CompletedProcess[str]:
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --import-mode=importlib -p no:cacheprovider\n")
    for name in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(NOTES.format(passes=name != broken))
    # Without the other plugins, which take longer to start than the tests.
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "xdist", *SIDE_BY_SIDE, "tests"]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_what_runs_alone_has_the_machine_to_itself(tmp_path: Path) -> None:
    together = [f"tests/integration/test_{name}.py" for name in "abcdef"]
    alone = ["tests/e2e/test_x.py", "tests/e2e/test_y.py", "tests/unit/test_lorebook.py"]
    (tmp_path / "conftest.py").write_text(TWICE)
    done = run_side_by_side(tmp_path, [*alone, *together], broken=alone[1])
    assert done.stdout.splitlines()[-1].startswith("3 failed, 27 passed in "), done.stdout + done.stderr
    ran = sorted(line.split() for line in (tmp_path / "notes").read_text().splitlines())
    assert [runs_alone(str(Path(file).relative_to(tmp_path))) for *_, file in ran] == [False] * 21 + [True] * 9
    assert len({process for *_, process, _ in ran[:21]}) == 2
    assert any(float(before[1]) > float(after[0]) for before, after in pairwise(ran[:21])), "not side by side"
    assert len({process for *_, process, _ in ran[21:]}) == 1
    last = max(float(end) for _, end, *_ in ran[:21])
    assert all(float(began) >= last for began, *_ in ran[21:])


def test_names_of_files_that_run_alone_or_in_turn_are_current() -> None:
    assert all((ROOT / name).exists() for name in (*ALONE, *ONE_AFTER_THE_OTHER))


def test_what_writes_the_upload_is_kept_together() -> None:
    writers = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("test_*.py")
        if path.parent.name == "infra"
        or re.search(r"^from infra(\.bundle import| import .*bundle)", path.read_text(), re.M)
    ]
    assert len(writers) > 10
    assert len({unit_of(f"{path}::test_it") for path in writers}) == 1


def test_output_comes_in_one_piece_and_the_first_failure_counts(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def part(name: str, code: str) -> Part:
        return Part(name, (sys.executable, "-c", code), tmp_path)

    code = run_lanes(
        [
            [part("one", "import time; print('first', flush=True); time.sleep(0.5); print('second')"), part("two", "")],
            [part("three", "import sys; print('third', flush=True); sys.exit('why')"), part("four", "print('never')")],
        ]
    )
    said = capfd.readouterr().out
    assert code == 1
    assert "first\nsecond\nhub: one passed" in said
    assert "why\nhub: three FAILED" in said
    assert "two passed" in said
    assert "never" not in said
    assert run_lanes([[part("one", "")], [part("two", "")]]) == 0
