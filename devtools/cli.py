"""``./hub``: up, down, status, logs, reset, doctor, test, check, synth, bench, deploy, destroy.  Run by the ``hub`` script."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import deque
from pathlib import Path
from types import FrameType

from devtools import doctor
from devtools.config import ROOT, Config, ProblemError, is_free, is_running, load_config

# What a command needs is imported by that command: ./hub status answers at once.


def main(arguments: list[str] | None = None) -> int:
    parser = _parser()
    options, rest = parser.parse_known_args(arguments)
    if rest and options.command not in ("test", "bench"):
        parser.error(f"unknown arguments: {' '.join(rest)}")
    config = load_config()
    try:
        return int(options.run(config, options, rest) or 0)
    except ProblemError as exc:
        print(f"hub: {exc}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hub", description="Companion Hub: an AI companion platform of your own.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")

    def add(name: str, run: object, text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        return command

    up = add("up", _up, "start everything and print the address")
    up.add_argument("--detach", action="store_true", help="leave it running and return")
    up.add_argument("--emulator", choices=("ministack", "localstack"), default="ministack")
    add("down", _down, "stop what runs")
    add("status", _status, "say what runs")
    logs = add("logs", _logs, "show logs: of everything, or of one part or function")
    logs.add_argument("name", nargs="?")
    logs.add_argument("-f", "--follow", action="store_true")
    reset = add("reset", _reset, "delete all local data (asks first)")
    reset.add_argument("--yes", action="store_true", help="do not ask")
    add("doctor", _doctor, "check what this machine needs")
    add("test", _test, "run every check and test (--long: also what takes minutes); other arguments go to pytest")
    add("check", _check, "run the static checks only")
    synth_command = add("synth", _synth, "make the CloudFormation template")
    synth_command.add_argument("--profile", default="hobby")
    synth_command.add_argument("--out", default="cdk.out")
    deploy = add("deploy", _deploy, "deploy into your AWS account")
    deploy.add_argument("--profile", choices=("hobby", "production"), default="hobby")
    add("destroy", _destroy, "take it out of your AWS account; keep or delete the data (asks twice)")
    bench = add("bench", _bench, "run benchmarks: all, or one by name")
    bench.add_argument("name", nargs="?")
    return parser


def _up(config: Config, options: argparse.Namespace, _: list[str]) -> int:
    if options.emulator == "localstack":
        doctor.check_localstack()
    doctor.check_basics()
    running = config.running_pid()
    if running is not None:
        print(f"Companion Hub already runs (process {running}): {config.load('state.json').get('url', config.url)}")
        return 0
    if not is_free(config.port):
        raise ProblemError(
            f"port {config.port} is in use by another program. Stop it, or choose another: HUB_PORT=8081 ./hub up"
        )
    if options.detach:
        return _up_detached(config)
    from devtools.run import LocalRun

    try:
        claim = config.claim()
    except BlockingIOError:
        raise ProblemError("another ./hub up is starting here; ./hub status tells when it is ready") from None
    local = LocalRun(config, emulator=options.emulator)
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGHUP, _interrupt)
    try:
        local.start()
        local.watch()
    except KeyboardInterrupt:
        print("\nstopping …")
    finally:
        local.stop()
        config.pid_file.unlink(missing_ok=True)
        claim.close()
    return 0


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _up_detached(config: Config) -> int:
    config.logs.mkdir(parents=True, exist_ok=True)
    log = config.logs / "hub.log"
    config.state_file.unlink(missing_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "devtools.cli", "up"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd=ROOT,
        )
    shown = 0
    while process.poll() is None and not config.state_file.exists():
        shown = _print_new(log, shown)
        time.sleep(0.1)
    _print_new(log, shown)
    return process.poll() or 0


def _print_new(log: Path, shown: int) -> int:
    text = log.read_text(errors="replace")
    print(text[shown:], end="", flush=True)
    return len(text)


def _down(config: Config, _options: argparse.Namespace, _: list[str]) -> int:
    pid = config.running_pid()
    if pid is None:
        print("Companion Hub does not run here.")
        return 0
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 30
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    print("stopped" if not is_running(pid) else f"process {pid} does not stop; see ./hub logs hub")
    return 0 if not is_running(pid) else 1


def _status(config: Config, _options: argparse.Namespace, _: list[str]) -> int:
    pid, state = config.running_pid(), config.load("state.json")
    if pid is None:
        print("Companion Hub does not run. Start it with ./hub up")
        return 3
    print(f"Companion Hub runs (process {pid}): {state.get('url', 'starting …')}")
    for name, value in state.get("parts", {}).items():
        print(f"  {name:<15} {value}")
    return 0


def _logs(config: Config, options: argparse.Namespace, _: list[str]) -> int:
    names = sorted(path.stem for path in config.logs.glob("*.log"))
    if options.name and options.name not in names:
        print(f"There is no log of {options.name!r}. There are: {', '.join(names) or 'none yet'}", file=sys.stderr)
        return 1
    paths = [config.logs / f"{name}.log" for name in ([options.name] if options.name else names)]
    sizes = dict.fromkeys(paths, 0)
    for path in paths:
        for line in deque(path.open(errors="replace"), maxlen=200 if options.name else 20):
            print(line.rstrip() if options.name else f"{path.stem:<18} {line.rstrip()}")
        sizes[path] = path.stat().st_size
    while options.follow:
        for path in paths:
            with path.open(errors="replace") as stream:
                stream.seek(sizes[path])
                for line in stream:
                    print(line.rstrip() if options.name else f"{path.stem:<18} {line.rstrip()}", flush=True)
                sizes[path] = stream.tell()
        time.sleep(0.3)
    return 0


def _reset(config: Config, options: argparse.Namespace, _: list[str]) -> int:
    if config.running_pid() is not None:
        raise ProblemError("Companion Hub runs here; stop it first: ./hub down")
    if not options.yes:
        answer = input(f"Delete every account, chat and picture in {config.data_dir}? Type 'delete' to go on: ")
        if answer.strip() != "delete":
            print("nothing was deleted")
            return 1
    from devtools.postgres import remove

    remove(config.data_dir)
    for name in ("emulator", "logs", "cdk.out", "secrets.json", "state.json", "ports.json"):
        path = config.data_dir / name
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    print("all local data is gone")
    return 0


def _doctor(_config: Config, _options: argparse.Namespace, _: list[str]) -> int:
    return doctor.report(load_config())


def _test(_config: Config, _options: argparse.Namespace, rest: list[str]) -> int:
    from devtools.testing import run_all

    return run_all(rest)


def _check(_config: Config, _options: argparse.Namespace, _: list[str]) -> int:
    return subprocess.run([str(ROOT / "scripts" / "check")], cwd=ROOT, check=False).returncode


def _synth(_config: Config, options: argparse.Namespace, _: list[str]) -> int:
    from devtools.deploy import synth
    from devtools.run import build_website

    out = (ROOT / options.out).resolve()
    start = time.monotonic()
    if options.profile != "local":  # the page is part of what is uploaded
        build_website()
    synth(options.profile, out)
    print(f"template for {options.profile} in {out} ({time.monotonic() - start:.1f} s)")
    return 0


def _deploy(_config: Config, options: argparse.Namespace, _: list[str]) -> int:
    from devtools.aws import deploy

    return deploy(options.profile)


def _destroy(_config: Config, _options: argparse.Namespace, _: list[str]) -> int:
    from devtools.destroy import destroy

    return destroy()


def _bench(_config: Config, options: argparse.Namespace, rest: list[str]) -> int:
    names = [options.name] if options.name else sorted(p.stem for p in (ROOT / "bench").glob("[a-z]*.py"))
    for name in names:
        if not (ROOT / "bench" / f"{name}.py").exists():
            print(f"hub: there is no benchmark {name!r}", file=sys.stderr)
            return 1
        code = subprocess.run([sys.executable, "-m", f"bench.{name}", *rest], cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
