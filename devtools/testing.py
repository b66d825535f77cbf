"""``./hub test``: everything that must hold, in the order in which it fails cheapest; pytest's own summary comes last.

What measures no time runs side by side: the checks of both languages, and the tests in two processes (tests/parallel.py).
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from devtools.config import ROOT
from devtools.run import FRONTEND


class Part(NamedTuple):
    name: str
    command: Sequence[str]
    folder: Path


CHECK = str(ROOT / "scripts" / "check")
# Each stage begins when the one before has passed; its lanes run side by side.
STAGES = (
    (
        (
            Part("web app: packages", ("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"), FRONTEND),
            Part("static checks: web app", (CHECK, "web"), ROOT),
        ),
        (Part("static checks: Python", (CHECK, "python"), ROOT),),
    ),
    ((Part("web app: tests", ("npm", "test", "--silent"), FRONTEND),),),
)
# Two: a small machine has two cores.  A worker that dies is a failure and is not replaced.
SIDE_BY_SIDE = ("-n", "2", "-p", "tests.parallel", "--no-loadscope-reorder", "--max-worker-restart=0")


def run_all(pytest_arguments: list[str]) -> int:
    """Run all, or only pytest with its arguments; ``--long`` adds what takes minutes.

    ``--faults`` runs the fault suite alone, in its long form, and writes docs/reliability.md.

    Return the first failing part's exit code, 0 when everything passed.
    """
    if "--faults" in pytest_arguments:
        return _run_faults([argument for argument in pytest_arguments if argument != "--faults"])
    _ensure_chromium()
    is_long = "--long" in pytest_arguments
    pytest_arguments = [argument for argument in pytest_arguments if argument != "--long"]
    if not pytest_arguments:
        for stage in STAGES:
            if code := run_lanes(stage):
                return code
    whole = [] if pytest_arguments else [*SIDE_BY_SIDE, "--cov", "--cov-report=term:skip-covered"]
    # Both processes must find the same tests in the same order, also where a set gives them.
    environment = _environment() | {"PYTHONHASHSEED": str(os.getpid())}
    if is_long:
        environment["HUB_TEST_LONG"] = "1"
    command = [sys.executable, "-m", "pytest", "-q", *whole, *pytest_arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def run_lanes(lanes: Sequence[Sequence[Part]]) -> int:
    """Run lanes side by side.  Return the first failing one's exit code, 0 when all passed."""
    with ThreadPoolExecutor(len(lanes)) as threads:
        return next(filter(None, list(threads.map(_run_lane, lanes))), 0)


def _run_lane(parts: Sequence[Part]) -> int:
    """Run parts one after the other, each part's output in one piece.  Return the first failing one's exit code."""
    for part in parts:
        print(f"hub: {part.name} …", flush=True)
        start = time.monotonic()
        done = subprocess.run(
            part.command, cwd=part.folder, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        verdict = "passed" if done.returncode == 0 else "FAILED"
        print(f"{done.stdout}hub: {part.name} {verdict} ({time.monotonic() - start:.0f} s)", flush=True)
        if done.returncode:
            return done.returncode
    return 0


def _environment() -> dict[str, str]:
    """What this shell points at is not what the tests are about."""
    ours = ("HUB_PORT", "LLM_BASE_URL", "EMBEDDINGS_MODEL", "EMBEDDINGS_BASE_URL", "SD_API_URL", "DATABASE_URL")
    return {k: v for k, v in os.environ.items() if k not in ours}


def _run_faults(pytest_arguments: list[str]) -> int:
    """Every crash point twice, long stories, every row of the matrix; then the suite under each mutation."""
    environment = _environment() | {"HUB_TEST_LONG": "1", "PYTHONPATH": f"{ROOT}:{ROOT / 'layers/common/python'}"}
    folders = ["tests/faults", "tests/integration", "tests/unit/test_publisher.py", "tests/e2e/test_gateway_limits.py"]
    _ensure_chromium()
    suite = [sys.executable, "-m", "pytest", "-q", "-p", "tests.faults.report", *folders, *pytest_arguments]
    mutations = [sys.executable, "-m", "tests.faults.mutate", "--write"]
    codes = [
        subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode for command in (suite, mutations)
    ]
    return next((code for code in codes if code), 0)


def _ensure_chromium() -> None:
    """Install Debian's Chromium when it is missing and can be had; say so when it cannot."""
    if any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("hub: installing Chromium for the browser tests …", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=False, capture_output=True)
        done = subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, capture_output=True)
        if done.returncode == 0:
            return
    print("hub: no Chromium here: the browser tests are skipped. Install it with your package manager.", flush=True)
