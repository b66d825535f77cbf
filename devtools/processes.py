"""Starts the parts of the local run as child processes and makes sure that none outlives it.

Children get a session of their own and, on Linux, die with their parent even when that is killed without warning
(PR_SET_PDEATHSIG); their output goes to a log file each.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from devtools.config import ProblemError

STOP_TIMEOUT_S = 10.0
_PR_SET_PDEATHSIG = 1


class PartFailedError(ProblemError):
    """A part did not start or died; the message shows the end of its log."""


class Part(NamedTuple):
    name: str
    process: subprocess.Popen[bytes]
    log: Path
    stop_signal: int
    is_needed: bool = True


class Supervisor:
    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._parts: list[Part] = []
        logs.mkdir(parents=True, exist_ok=True)

    def start(
        self,
        name: str,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        user_id: int | None = None,
        stop_signal: int = signal.SIGTERM,
        cwd: Path | None = None,
        is_needed: bool = True,
    ) -> Part:
        """Start a part.  When one ends that is not needed, the others go on without it."""
        log = self._logs / f"{name}.log"
        with log.open("ab") as output:
            process = subprocess.Popen(
                command,
                env={**os.environ, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent if sys.platform == "linux" and user_id is None else None,  # noqa: PLW1509
                user=user_id,
                group=user_id,
                extra_groups=[] if user_id is not None else None,
                cwd="/" if user_id is not None else cwd,
            )
        part = Part(name, process, log, stop_signal, is_needed)
        self._parts.append(part)
        return part

    def wait_until(self, part: Part, is_ready: Callable[[], bool], *, timeout_s: float) -> None:
        """Wait for a part to answer.  Raises PartFailedError with the end of its log."""
        deadline = time.monotonic() + timeout_s
        while not is_ready():
            if part.process.poll() is not None or time.monotonic() > deadline:
                what = "stopped" if part.process.poll() is not None else f"did not answer within {timeout_s:.0f} s"
                raise PartFailedError(f"{part.name} {what}.\n{tail(part.log)}")
            time.sleep(0.05)

    def wait_for_end(self, part: Part) -> None:
        """Wait for a part that is a job (a build).  Raises PartFailedError with the end of its log."""
        code = part.process.wait()
        self._parts.remove(part)
        if code:
            raise PartFailedError(f"{part.name} failed (exit code {code}):\n{tail(part.log, 40)}")

    def dead(self) -> Part | None:
        """Return the first part that has ended although it should run."""
        return next((part for part in self._parts if part.is_needed and part.process.poll() is not None), None)

    def stop(self) -> None:
        """Stop all parts, the last started first; what does not listen is killed with its whole group."""
        for part in reversed(self._parts):
            if part.process.poll() is None:
                _signal_group(part.process.pid, part.stop_signal, group=part.stop_signal == signal.SIGTERM)
        deadline = time.monotonic() + STOP_TIMEOUT_S
        for part in reversed(self._parts):
            with suppress(subprocess.TimeoutExpired):
                part.process.wait(max(0.1, deadline - time.monotonic()))
            _signal_group(part.process.pid, signal.SIGKILL, group=True)
            part.process.wait()
        self._parts.clear()


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _signal_group(pid: int, number: int, *, group: bool) -> None:
    try:
        if group:
            os.killpg(pid, number)
        else:
            os.kill(pid, number)
    except ProcessLookupError:
        return


def tail(path: Path, lines: int = 15) -> str:
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
    except FileNotFoundError:
        return ""
