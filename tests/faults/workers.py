"""Starts and talks to the worker processes (worker.py), as Lambda's service does: invoke, and see who died."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from companion_hub import errors
from tests.fakes.machine import Killed

ROOT = Path(__file__).parents[2]


class Workers:
    """A pool without limit: every invocation gets a process.  ``environment`` is the functions' own.

    ``crash`` is asked before each invocation for the point to die at, ``terminate`` for the one to lose the database's
    connection at; ``log`` is the file all workers write to.
    """

    def __init__(self, environment: dict[str, str]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="hubfaults")
        self._path = str(Path(self._folder.name) / "socket")
        self.log = Path(self._folder.name) / "log"
        self.running: dict[int, str] = {}  # process id -> function
        self.points: dict[str, list[str]] = {}  # function -> points passed by its last invocation that lived
        self.crash: Callable[[str], str | None] = lambda _function: None
        self.terminate: Callable[[str], str | None] = lambda _function: None
        self.clock_offset_s = 0.0
        self._lock = threading.Lock()
        path = os.pathsep.join([str(ROOT), str(ROOT / "layers/common/python")])
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.worker", self._path],
                env={**os.environ, **environment, "PYTHONPATH": path},
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        assert self._process.stdout is not None
        if self._process.stdout.readline() != b"ready\n":
            raise RuntimeError(self.log.read_text(errors="replace"))

    def close(self) -> None:
        self.kill_all()
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._folder.cleanup()

    def is_paused(self, function: str) -> bool:
        """Whether a process that runs a function has stopped."""
        with self._lock:
            pids = [pid for pid, running in self.running.items() if running == function]
        return any(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T" for pid in pids)

    def invoke(self, function: str, payload: dict[str, Any], *, pause_at: str | None = None) -> Any:
        """Return the handler's answer.  Raises Killed when its process died, its own error by class otherwise."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(self._path)
            with connection.makefile("rw", encoding="utf-8") as stream:
                pid = int(stream.readline())
                with self._lock:
                    self.running[pid] = function
                try:
                    asked = {
                        "function": function,
                        "payload": payload,
                        "crash_at": self.crash(function),
                        "pause_at": pause_at,
                        "terminate_at": self.terminate(function),
                        "clock_offset_s": self.clock_offset_s,
                    }
                    stream.write(json.dumps(asked) + "\n")
                    stream.flush()
                    line = stream.readline()
                except ConnectionError:
                    line = ""
                finally:
                    with self._lock:
                        self.running.pop(pid, None)
        if not line:
            raise Killed(function)
        answer = json.loads(line)
        self.points[function] = answer["points"]
        if "error" in answer:
            raise _error(answer["error"])
        return answer["result"]

    def handler(self, function: str) -> Callable[[dict[str, Any], Any], dict[str, Any]]:
        """Return a handler to call as Lambda calls ours, run by a worker."""
        return lambda event, _context: self.invoke(function, event)

    def signal(self, function: str, number: signal.Signals) -> list[int]:
        """Signal every process that runs a function now; return which."""
        with self._lock:
            pids = [pid for pid, running in self.running.items() if running == function]
        for pid in pids:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                continue
        return pids

    def kill_all(self) -> None:
        for function in set(self.running.values()):
            self.signal(function, signal.SIGKILL)

    def log_text(self) -> str:
        return self.log.read_text(errors="replace")


def _error(name: str) -> Exception:
    kind = getattr(errors, name, None)
    if isinstance(kind, type) and issubclass(kind, Exception):
        return kind.__new__(kind)  # what counts to Step Functions is its class
    return type(name, (Exception,), {})()
