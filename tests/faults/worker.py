"""Workers that really die: each invocation runs in a process of its own, which a crash point ends with SIGKILL.

Run as ``python -m tests.faults.worker SOCKET``: imports the handlers once, then forks for every connection.  Production
code has no crash points: they are put around it here, from outside, at every place where an invocation leaves a trace
elsewhere (a statement, a COMMIT, a call of AWS or of a model).  Between two such places nothing can be told apart, so a
crash at each of them is a crash everywhere.
"""

import functools
import gc
import json
import os
import signal
import socket
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime, tzinfo
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.fakes.gateway import Context

HANDLERS = {
    "AnalyzeContext": "functions.chat.steps.analyze_context",
    "GenerateReply": "functions.chat.steps.generate_reply",
    "ReanalyzeContext": "functions.chat.steps.reanalyze_context",
    "UpdateState": "functions.chat.steps.update_state",
    "GenerateImage": "functions.image.steps.generate_image",
    "FailTurn": "functions.chat.steps.fail_turn",
    "TurnEnded": "functions.chat.turn_ended",
    "Chat": "functions.chat.handler",
    "Image": "functions.image.handler",
    "Auth": "functions.auth.handler",
    "Stream": "functions.stream.handler",
}
# Streaming stores text many times; the first and the second time stand for all of them.
COUNTED = 2


class CrashPoints:
    """Notes every point an invocation passes, and dies at one of them when told so.

    ``terminate_at`` is gentler: at that point the database ends this worker's connection, as a failover does.  At
    ``pause_at`` the worker stops (SIGSTOP) until somebody wakes it.
    """

    def __init__(self, crash_at: str | None, terminate_at: str | None = None, pause_at: str | None = None) -> None:
        self.passed: list[str] = []
        self._crash_at = crash_at
        self._terminate_at = terminate_at
        self._pause_at = pause_at
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()

    def reach(self, name: str) -> None:
        with self._lock:
            self._counts[name] += 1
            if self._counts[name] > COUNTED:
                return
            point = f"{name}#{self._counts[name]}"
            self.passed.append(point)
            if point == self._crash_at:
                os.kill(os.getpid(), signal.SIGKILL)
            if point == self._pause_at:
                os.kill(os.getpid(), signal.SIGSTOP)
            if point == self._terminate_at:
                _terminate_connections()

    def install(self) -> None:
        """Put a point after every statement and outside call, and on both sides of every COMMIT."""
        import psycopg

        from companion_hub.providers.image_model import StableDiffusion
        from companion_hub.providers.language_model import OpenAiCompatibleModel
        from companion_hub.providers.object_store import S3ObjectStore
        from companion_hub.providers.sockets import ApiGatewaySockets
        from companion_hub.providers.workflow import Workflow

        self._after(psycopg.Connection, "execute", lambda: f"after {_statement()}")
        for kind, name in (
            (Workflow, "start"),
            (ApiGatewaySockets, "post"),
            (S3ObjectStore, "put"),
            (S3ObjectStore, "delete"),
            (OpenAiCompatibleModel, "stream"),
            (OpenAiCompatibleModel, "complete"),
            (StableDiffusion, "draw"),
        ):
            self._after(kind, name, functools.partial("after {}.{}".format, kind.__name__, name))
        leave = psycopg.Transaction.__exit__
        points = self

        def around_commit(self: Any, kind: Any, *rest: Any) -> Any:
            if kind is None:
                points.reach(f"before COMMIT of {_statement()}")
            result = leave(self, kind, *rest)
            if kind is None:
                points.reach(f"after COMMIT of {_statement()}")
            return result

        psycopg.Transaction.__exit__ = around_commit  # pyright: ignore[reportAttributeAccessIssue]

    def _after(self, owner: Any, name: str, point: Callable[[], str]) -> None:
        original = getattr(owner, name)

        @functools.wraps(original)
        def wrapped(*args: Any, **options: Any) -> Any:
            result = original(*args, **options)
            self.reach(point())
            return result

        setattr(owner, name, wrapped)


def _terminate_connections() -> None:
    """Let the database end every connection of this process."""
    import psycopg

    from companion_hub import bootstrap
    from companion_hub.db.connection import conninfo_of

    mine = bootstrap.database()._own.connection
    if mine is None or mine.closed:
        return
    pid = mine.info.backend_pid
    with psycopg.connect(conninfo_of(bootstrap.database_parameters(), connect_timeout_s=5), autocommit=True) as other:
        other.cursor().execute("SELECT pg_terminate_backend(%s, 2000)", [pid])


def _statement() -> str:
    """Return module and function of ours that asked for this: ``claims.flush``."""
    frame = sys._getframe(1)
    while frame is not None:
        module = str(frame.f_globals.get("__name__", ""))
        if module.startswith("companion_hub.") and not module.endswith(".connection"):
            return f"{module.rpartition('.')[2]}.{frame.f_code.co_name.strip('<>')}"
        frame = frame.f_back
    return "worker"


def shift_clock(seconds: float) -> None:
    """Let this process see another time than the database and everybody else."""
    import time

    real = time.time
    time.time = lambda: real() + seconds

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return cls.fromtimestamp(real() + seconds, tz)

    import companion_hub.services.session_tokens as tokens

    tokens.datetime = Shifted
    import jwt.api_jwt

    jwt.api_jwt.datetime = Shifted  # pyright: ignore[reportPrivateImportUsage]


def invoke(asked: dict[str, Any]) -> dict[str, Any]:
    """Run one invocation; return its result or its error's class name, and the points it passed."""
    points = CrashPoints(asked.get("crash_at"), asked.get("terminate_at"), asked.get("pause_at"))
    points.install()
    if offset := asked.get("clock_offset_s"):
        shift_clock(offset)
    points.reach("at the start")
    try:
        result = import_module(HANDLERS[asked["function"]]).handler(asked["payload"], Context())
    except Exception as exc:
        return {"error": type(exc).__name__, "points": points.passed}
    points.reach("before the answer")
    return {"result": result, "points": points.passed}


def serve(connection: socket.socket) -> None:
    with connection.makefile("rw", encoding="utf-8") as stream:
        stream.write(f"{os.getpid()}\n")
        stream.flush()
        asked = json.loads(stream.readline())
        answer = invoke(asked)
        stream.write(json.dumps(answer) + "\n")
        stream.flush()


def main(path: str) -> None:
    for module in HANDLERS.values():
        import_module(module)
    _warm_up()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the dead
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen(128)
        print("ready", flush=True)
        os.dup2(2, 1)  # from here on everything is log
        while True:
            connection, _ = listener.accept()
            if os.fork() == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                listener.close()
                try:
                    serve(connection)
                finally:
                    sys.stderr.flush()
                    os._exit(0)
            connection.close()


def _warm_up() -> None:
    """What a worker builds once: clients, nothing that is connected."""
    import boto3

    from companion_hub import bootstrap

    bootstrap.secrets()._client = boto3.client("secretsmanager")
    bootstrap.language_model()
    bootstrap.image_model()
    bootstrap.step_tools()
    bootstrap.workflow()
    bootstrap.object_store()
    bootstrap.message_tools()
    import_module("companion_hub.services.image_pipeline")
    gc.freeze()  # a collection in a child would copy every page


if __name__ == "__main__":
    Path(sys.argv[1]).unlink(missing_ok=True)
    main(sys.argv[1])
