"""Proves the tests: takes one safeguard away at a time and shows that its tests go red.

Run: ``python -m tests.faults.mutate [--write] [name …]``.  Each patch in ``mutations/`` names, in lines before the diff, the tests
that must fail under it (``Red: …``).  Works in copies of the tree; prints one line per patch; exits 1 when one survives.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from typing import NamedTuple

from tests.fakes.postgres import running_postgres
from tests.faults.document import PATH, machine, put

ROOT = Path(__file__).parents[2]
PATCHES = Path(__file__).with_name("mutations")
FOLDERS = ("functions", "layers/common", "statemachines", "tests", "devtools", "infra", "scripts")
TIMEOUT_S = 300
AT_ONCE = 2


class Mutation(NamedTuple):
    name: str
    path: Path
    tests: list[str]


class Verdict(NamedTuple):
    """``red``: the tests noticed.  A crash of pytest itself or a patch that does not apply is not red."""

    mutation: Mutation
    red: bool
    seconds: float
    detail: str


def load() -> list[Mutation]:
    """Return the patches, by name.  Raises ValueError when one names no test."""
    found: list[Mutation] = []
    for path in sorted(PATCHES.glob("*.patch")):
        lines = path.read_text(encoding="utf-8").splitlines()
        tests = [line.removeprefix("Red: ") for line in lines if line.startswith("Red: ")]
        if not tests:
            raise ValueError(f"{path.name} names no test")
        found.append(Mutation(path.stem, path, tests))
    return found


def applies(mutation: Mutation, folder: Path = ROOT, *, dry: bool = True, reverse: bool = False) -> bool:
    """Apply a patch (``dry``: only try) and return whether it fits."""
    options = [*(["--check"] if dry else []), *(["--reverse"] if reverse else [])]
    command = ["git", "apply", *options, str(mutation.path)]
    # A copy that happens to lie inside a repository is none: git would look for the paths from its top.
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.parent)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False).returncode == 0


def judge(mutation: Mutation, tree: Path, database_url: str) -> Verdict:
    started = time.monotonic()
    if not applies(mutation, tree, dry=False):
        return Verdict(mutation, red=False, seconds=0, detail="the patch does not apply")
    try:
        command = [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "-p", "no:cacheprovider", *mutation.tests]
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "TEST_DATABASE_URL": database_url}
        done = subprocess.run(
            command, cwd=tree, env=environment, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
        )
        code, output = done.returncode, done.stdout
    except subprocess.TimeoutExpired:
        code, output = 1, "FAILED tests/ (it hung)"
    finally:
        applies(mutation, tree, dry=False, reverse=True)
    failed = next((line for line in output.splitlines() if line.startswith(("FAILED tests/", "ERROR tests/"))), "")
    # 1 is "tests failed"; 2 to 5 mean that pytest itself did not get that far.  What a fixture looks at afterwards counts.
    red = code == 1 and ("FAILED" in failed or "ERROR at teardown of" in output)
    return Verdict(mutation, red, time.monotonic() - started, failed[:160])


def run(names: list[str]) -> list[Verdict]:
    """Judge the mutations (all without names), two at a time, each in a copy of the tree; in the patches' order."""
    with (
        tempfile.TemporaryDirectory(prefix="hubmutants") as temporary,
        running_postgres() as database_url,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):
        trees: Queue[Path] = Queue()
        for number in range(AT_ONCE):
            trees.put(copy_tree(Path(temporary) / str(number)))

        def one(mutation: Mutation) -> Verdict:
            tree = trees.get()
            try:
                verdict = judge(mutation, tree, database_url)
            finally:
                trees.put(tree)
            word = "red" if verdict.red else "SURVIVED"
            print(f"{mutation.name}: {word} ({verdict.seconds:.0f} s) {verdict.detail}", flush=True)
            return verdict

        return list(pool.map(one, [mutation for mutation in load() if not names or mutation.name in names]))


def copy_tree(tree: Path) -> Path:
    """Copy what the tests need, compiled modules too: a patched file is newer than its own."""
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, tree / folder, ignore=shutil.ignore_patterns("node_modules"))
    shutil.copy(ROOT / "pyproject.toml", tree)
    return tree


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument(
        "--write", action="store_true", help="put the table (with names: their rows) into docs/reliability.md"
    )
    options = parser.parse_args()
    verdicts = run(options.names)
    if options.write:
        put("mutations", table(verdicts))
    return 0 if all(verdict.red for verdict in verdicts) else 1


def title(mutation: Mutation) -> str:
    return mutation.name.replace("-", " ")


def table(verdicts: list[Verdict]) -> str:
    """Return the page's part: a row for each patch, those that did not run now as they were."""
    page = PATH.read_text(encoding="utf-8")
    rows = {m.name: found[0] for m in load() if (found := re.search(rf"^\| {title(m)} \| .*$", page, re.MULTILINE))}
    for verdict in verdicts:
        first = verdict.detail.partition("::")[2].partition(" - ")[0]
        word = "red" if verdict.red else "**survived**"
        rows[verdict.mutation.name] = f"| {title(verdict.mutation)} | {word} | {f'`{first}`' if first else ''} |"
    lines = [
        "## The tests, tested",
        "",
        "One safeguard taken away at a time (`tests/faults/mutations`); red means that the suite noticed.",
        f"Measured {machine()}.",
        "",
        "| Safeguard taken away | Suite | First test that failed |",
        "|---|---|---|",
        *(rows[name] for name in sorted(rows)),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
