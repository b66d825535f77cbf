"""``./hub test``: everything that must hold, in the order in which it fails cheapest; pytest's own summary comes last."""

import os
import shutil
import subprocess
import sys
import time

from devtools.config import ROOT
from devtools.run import FRONTEND


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
        parts = [
            ("web app: packages", ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], FRONTEND),
            ("static checks", [str(ROOT / "scripts" / "check")], ROOT),
            ("web app: tests", ["npm", "test", "--silent"], FRONTEND),
        ]
        for name, command, folder in parts:
            print(f"hub: {name} …", flush=True)
            start = time.monotonic()
            done = subprocess.run(command, cwd=folder, check=False)
            print(
                f"hub: {name} {'passed' if done.returncode == 0 else 'FAILED'} ({time.monotonic() - start:.0f} s)",
                flush=True,
            )
            if done.returncode:
                return done.returncode
    coverage = [] if pytest_arguments else ["--cov", "--cov-report=term:skip-covered"]
    environment = _environment()
    if is_long:
        environment["HUB_TEST_LONG"] = "1"
    command = [sys.executable, "-m", "pytest", "-q", *coverage, *pytest_arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


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
