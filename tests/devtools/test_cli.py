"""The commands of ./hub that need no running stack, and what each says when something stands in the way."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from devtools import doctor, postgres
from devtools.config import ROOT, Config, ProblemError, free_port, is_free

Hub = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    """Run a command of ./hub on an empty data folder."""

    def run(*command: str, text: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        given = {**os.environ, "HUB_DATA_DIR": str(tmp_path / "data"), "HUB_PORT": str(free_port()), **environment}
        given["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "layers/common/python")])
        return subprocess.run(
            [sys.executable, "-m", "devtools.cli", *command],
            cwd=ROOT, env=given, input=text, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip

    return run


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(data_dir=tmp_path / "data", port=free_port())


def test_busy_port_names_another(hub: Hub) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = hub("up", HUB_PORT=str(port))
    assert answer.returncode == 1
    assert f"port {port} is in use" in answer.stderr
    assert "HUB_PORT=" in answer.stderr


def test_port_that_is_none_is_named(hub: Hub) -> None:
    answer = hub("status", HUB_PORT="eighty")
    assert answer.returncode == 1
    assert "HUB_PORT must be a port number" in answer.stderr


@pytest.mark.parametrize(
    ("version", "says"), [(None, "Node.js 20 or newer is needed"), ("v18.19.0", "this is 18")], ids=["missing", "old"]
)
def test_node_that_is_missing_or_old_is_named(hub: Hub, tmp_path: Path, version: str | None, says: str) -> None:
    path = tmp_path / "bin"
    path.mkdir()
    if version:
        (path / "node").write_text(f"#!/bin/sh\necho {version}\n")
        (path / "node").chmod(0o755)
    answer = hub("up", PATH=f"{path}")
    assert answer.returncode == 1
    assert says in answer.stderr


def test_nothing_runs(hub: Hub) -> None:
    status = hub("status")
    assert (status.returncode, "does not run" in status.stdout, "./hub up" in status.stdout) == (3, True, True)
    down = hub("down")
    assert (down.returncode, "does not run" in down.stdout) == (0, True)


def test_pid_file_of_a_crash_is_not_believed(hub: Hub, config: Config) -> None:
    """Even when its number belongs to a process that lives, such as this one."""
    config.data_dir.mkdir()
    for left in (str(os.getpid()), "", "nonsense", "999999999"):
        config.pid_file.write_text(left)
        assert config.running_pid() is None
        assert hub("status").returncode == 3


def test_run_is_known_while_it_lives(hub: Hub, config: Config) -> None:
    claim = config.claim()
    try:
        assert config.running_pid() == os.getpid()
        assert f"process {os.getpid()}" in hub("status").stdout
        assert "already runs" in hub("up").stdout
        with pytest.raises(BlockingIOError):
            config.claim()
        refused = hub("reset", "--yes")
        assert (refused.returncode, "./hub down" in refused.stderr) == (1, True)
    finally:
        claim.close()
    assert config.running_pid() is None


def test_logs_of_one_part_or_all_or_of_what_is_not_there(hub: Hub, config: Config) -> None:
    config.logs.mkdir(parents=True)
    (config.logs / "ChatApi.log").write_text("one\ntwo\n")
    (config.logs / "emulator.log").write_text("three\n")
    assert hub("logs", "ChatApi").stdout == "one\ntwo\n"
    assert [line.split() for line in hub("logs").stdout.splitlines()] == [
        ["ChatApi", "one"],
        ["ChatApi", "two"],
        ["emulator", "three"],
    ]
    missing = hub("logs", "Chat")
    assert missing.returncode == 1
    assert "ChatApi, emulator" in missing.stderr


def test_reset_asks_and_keeps_what_is_no_data(hub: Hub, config: Config) -> None:
    for name in ("logs", "emulator", "models", "venv"):
        (config.data_dir / name).mkdir(parents=True)
    config.store("secrets.json", {"origin": "x"})
    kept = hub("reset", text="yes\n")
    assert (kept.returncode, "nothing was deleted" in kept.stdout) == (1, True)
    assert (config.data_dir / "secrets.json").exists()
    assert hub("reset", text="delete\n").returncode == 0
    assert sorted(path.name for path in config.data_dir.iterdir()) == ["models", "venv"]
    assert hub("reset", "--yes").returncode == 0


def test_data_of_an_earlier_folder_are_not_opened_and_not_lost(hub: Hub, config: Config) -> None:
    """As root the database stands beside the folder: deleting .hub leaves it behind without the keys to it."""
    data = postgres.plan(config.data_dir).data
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("17")
    refused = hub("up")
    assert refused.returncode == 1
    assert str(data) in refused.stderr
    assert "./hub reset" in refused.stderr
    assert (data / "PG_VERSION").exists()
    assert not (config.data_dir / "secrets.json").exists()
    assert hub("reset", "--yes").returncode == 0
    assert not data.exists()


def test_doctor_finds_what_is_wrong(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    bad = hub("doctor", PATH=str(tmp_path / "empty"))
    assert bad.returncode == 1
    assert "FAIL  Node.js 20 or newer" in bad.stdout
    good = hub("doctor", LLM_BASE_URL="https://example.com/secret")
    assert "LLM_BASE_URL: set" in good.stdout
    assert "secret" not in good.stdout


def test_secrets_are_for_this_user_only(config: Config) -> None:
    config.store("secrets.json", {"origin": "x"})
    assert (config.data_dir / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_two_copies_get_ports_of_their_own(tmp_path: Path) -> None:
    one, two = (Config(data_dir=tmp_path / name, port=free_port()) for name in ("one", "two"))
    names = ("emulator", "llm", "illustrator")
    held: list[socket.socket] = []
    try:
        ports = [one.port_of(name) for name in names]
        assert [one.port_of(name) for name in names] == ports
        for port in ports:
            held.append(socket.create_server(("127.0.0.1", port)))
        assert not set(ports) & {two.port_of(name) for name in names}
        assert not any(is_free(port) for port in ports)
        assert one.port_of("emulator") != ports[0]
    finally:
        for each in held:
            each.close()


@pytest.fixture
def localstack() -> Generator[dict[str, Any]]:
    """Something that answers like LocalStack's health endpoint, on its port; the test says with which services."""
    health: dict[str, Any] = {"services": {}}

    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(health).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    try:
        server = ThreadingHTTPServer(("127.0.0.1", 4566), Health)
    except OSError:
        pytest.skip("port 4566 is in use: a LocalStack runs here")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield health
    server.shutdown()
    server.server_close()


def test_localstack_that_is_not_there_is_said_at_once(hub: Hub) -> None:
    if not is_free(4566):
        pytest.skip("port 4566 is in use: a LocalStack runs here")
    answer = hub("up", "--emulator", "localstack")
    assert answer.returncode == 1
    assert all(word in answer.stderr for word in ("port 4566", "Docker", "LOCALSTACK_AUTH_TOKEN", "paid plan"))
    assert "Traceback" not in answer.stderr


def test_localstack_without_the_services_is_said_at_once(hub: Hub, localstack: dict[str, Any]) -> None:
    localstack["services"] = {"lambda": "available", "s3": "running", "secretsmanager": "available", "iam": "disabled"}
    answer = hub("up", "--emulator", "localstack")
    assert answer.returncode == 1
    assert "lacks apigateway, apigatewayv2" in answer.stderr
    assert "stepfunctions" in answer.stderr


def test_localstack_with_a_disabled_service_lacks_it(localstack: dict[str, Any]) -> None:
    localstack["services"] = dict.fromkeys(doctor.LOCALSTACK_SERVICES, "available")
    doctor.check_localstack()
    localstack["services"]["lambda"] = "disabled"
    with pytest.raises(ProblemError, match="lacks lambda"):
        doctor.check_localstack()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The hub script on a tree whose packages are none, so that making the environment takes seconds."""
    tree = tmp_path / "tree"
    (tree / "requirements").mkdir(parents=True)
    (tree / "devtools").mkdir()
    shutil.copy(ROOT / "hub", tree / "hub")
    (tree / "requirements" / "local.lock").write_text("# nothing\n")
    (tree / "devtools" / "cli.py").write_text("import sys\nprint('ran', *sys.argv[1:])\n")
    return tree


def _run(tree: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in ("HUB_DATA_DIR", "PYTHONPATH")}
    return subprocess.run(
        [sys.executable, "hub", "status"], cwd=tree, env=environment, capture_output=True, text=True, check=False
    )


def test_environment_that_is_broken_is_made_anew(clone: Path) -> None:
    first = _run(clone)
    assert first.stdout.splitlines()[-1] == "ran status", first.stderr
    again = _run(clone)
    assert again.stdout == "ran status\n"  # nothing was installed
    folder = clone / ".hub" / "venv"
    shutil.rmtree(next(folder.glob("lib/*/site-packages/pip")))  # an installation that was interrupted
    (folder / ".local.lock.stamp").unlink()
    mended = _run(clone)
    assert mended.stdout.splitlines()[-1] == "ran status", mended.stderr
    (folder / "bin" / "python").unlink()
    (folder / "bin" / "python").symlink_to("/no/such/python")  # the Python it was made with is gone
    assert _run(clone).stdout.splitlines()[-1] == "ran status"


def test_packages_that_cannot_be_installed_are_said(clone: Path) -> None:
    (clone / "requirements" / "local.lock").write_text(
        f"no-such-file @ file://{clone}/nothing.whl --hash=sha256:{'0' * 64}\n"
    )
    answer = _run(clone)
    assert answer.returncode == 2
    assert "installing the Python packages failed" in answer.stderr
    assert "Traceback" not in answer.stderr


SUPERVISED = """
import signal, sys, time
from pathlib import Path
from devtools.processes import Supervisor
def interrupt(*_): raise KeyboardInterrupt
for number in (signal.SIGTERM, signal.SIGINT):  # SIGINT too: a shell's background job begins with it ignored
    signal.signal(number, interrupt)
supervisor = Supervisor(Path(sys.argv[1]))
child = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(99)', MARK]); time.sleep(99)"
stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(99)"
try:
    supervisor.start("family", [sys.executable, "-c", child.replace("MARK", repr(sys.argv[2])), sys.argv[2]])
    if sys.argv[3] == "stubborn":
        supervisor.start("stubborn", [sys.executable, "-c", stubborn, sys.argv[2]])
    time.sleep(0.7)
    print("up", flush=True)
    time.sleep(99)
except KeyboardInterrupt:
    pass
finally:
    supervisor.stop()
"""


@pytest.mark.parametrize(
    ("number", "kind"),
    [(signal.SIGTERM, "plain"), (signal.SIGINT, "plain"), (signal.SIGTERM, "stubborn")],
    ids=["terminated", "Ctrl-C", "a part that ignores SIGTERM"],
)
def test_no_process_is_left_when_the_supervisor_ends(tmp_path: Path, number: int, kind: str) -> None:
    mark = f"mark-{uuid4()}"
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISED, str(tmp_path), mark, kind], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    assert len(_marked(mark)) >= 3
    process.send_signal(number)
    process.wait(20)
    process.stdout.close()
    assert _marked(mark) == []


def test_parts_do_not_outlive_a_killed_supervisor(tmp_path: Path) -> None:
    mark = f"mark-{uuid4()}"
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISED, str(tmp_path), mark, "plain"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    part = next(pid for pid in _marked(mark) if pid != process.pid)
    process.kill()
    process.wait(10)
    process.stdout.close()
    deadline = time.monotonic() + 5
    while Path(f"/proc/{part}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    left = _marked(mark)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert part not in left


def _marked(mark: str) -> list[int]:
    """Return the processes that have a word in their command line, the oldest first."""
    found: list[int] = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if mark.encode() in words and state != "Z":
            found.append(int(folder.name))
    return sorted(found)
