"""Where the local run keeps its things and which ports it uses; both are settable, so that two copies can run."""

import fcntl
import json
import os
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_PORT = 8080
REGION = "us-east-1"
# The emulator takes any key; these only make boto3 sign its requests.
AWS_ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_REGION": REGION,
    "AWS_DEFAULT_REGION": REGION,
}


class ProblemError(RuntimeError):
    """Something has to change before this can work; the message says what, and is all that a person sees."""


@dataclass(frozen=True)
class Config:
    data_dir: Path
    port: int

    @property
    def logs(self) -> Path:
        return self.data_dir / "logs"

    @property
    def pid_file(self) -> Path:
        return self.data_dir / "hub.pid"

    @property
    def state_file(self) -> Path:
        return self.data_dir / "state.json"

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def origins(self) -> str:
        return f"http://localhost:{self.port},http://127.0.0.1:{self.port}"

    def claim(self) -> IO[str]:
        """Return the locked pid file of this data folder: while it is open, this process is the one run here.

        A crash frees the lock, whatever the file still says.  Raises BlockingIOError when another run has it.
        """
        self.data_dir.mkdir(parents=True, exist_ok=True)
        file = self.pid_file.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        return file

    def running_pid(self) -> int | None:
        """Return the process of the run that has this data folder, None when there is none."""
        try:
            with self.pid_file.open() as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except BlockingIOError:
                    return int(file.read())
        except (FileNotFoundError, ValueError):
            return None
        return None

    def port_of(self, name: str) -> int:
        """Return the port of an inner part: the one it had before if it is free, else a new free one, remembered."""
        ports = self.load("ports.json")
        port = int(ports.get(name, 0))
        if not port or not is_free(port):
            port = free_port()
            self.store("ports.json", {**ports, name: port})
        return port

    def load(self, name: str) -> dict[str, Any]:
        path = self.data_dir / name
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}

    def store(self, name: str, value: dict[str, Any]) -> None:
        """Write a JSON file that only this user can read, whole or not at all."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        temporary = self.data_dir / f".{name}.{secrets.token_hex(4)}"
        temporary.touch(mode=0o600)
        temporary.write_text(json.dumps(value, indent=1), encoding="utf-8")
        temporary.replace(self.data_dir / name)


def load_config() -> Config:
    """Raises SystemExit with a sentence when HUB_PORT is no port."""
    port = os.environ.get("HUB_PORT", str(DEFAULT_PORT))
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise SystemExit(f"hub: HUB_PORT must be a port number between 1 and 65535, not {port!r}.")
    return Config(data_dir=Path(os.environ.get("HUB_DATA_DIR", ROOT / ".hub")).resolve(), port=int(port))


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
