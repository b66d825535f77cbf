"""The contract of the emulator's shim: each defect as MiniStack has it, and mended.

When an upgrade makes a ``bare`` half fail, the defect is gone: take its function out of devtools/emulator.py.
"""

import json
import statistics
import time
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from devtools.emulator import PINNED
from tests.devtools.conftest import ROLE, Emulator

RAISES = """
class OwnError(Exception):
    pass

def handler(event, context):
    raise OwnError("for a reason")
"""
ECHO = """
import json

def handler(event, context):
    return {"statusCode": 200, "body": json.dumps(event)}
"""
QUIET = "def handler(event, context): return event"


def invoke(emulator: Emulator, function: str, event: object = None) -> tuple[str | None, Any]:
    """Return the function's error kind (None when it went well) and its payload."""
    answer = emulator.client("lambda").invoke(FunctionName=function, Payload=json.dumps(event or {}).encode())
    return answer.get("FunctionError"), json.loads(answer["Payload"].read())


def run(emulator: Emulator, states: dict[str, Any], start: str) -> dict[str, Any]:
    """Run a state machine and return its execution's description."""
    client = emulator.client("stepfunctions")
    definition = json.dumps({"StartAt": start, "States": states})
    machine = client.create_state_machine(name=f"m{time.time_ns()}", definition=definition, roleArn=ROLE)
    execution = client.start_execution(stateMachineArn=machine["stateMachineArn"], input="{}")["executionArn"]
    deadline = time.monotonic() + 30
    while (found := client.describe_execution(executionArn=execution))["status"] == "RUNNING":
        assert time.monotonic() < deadline, found
        time.sleep(0.005)
    return found


def task(emulator: Emulator, function: str, **more: Any) -> dict[str, Any]:
    arn = emulator.client("lambda").get_function(FunctionName=function)["Configuration"]["FunctionArn"]
    return {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": arn}, **more}


def median_ms(work: Any, times: int = 9) -> float:
    taken: list[float] = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def test_the_pinned_version_is_installed() -> None:
    from importlib.metadata import version

    assert version("ministack") == PINNED


def test_an_exception_keeps_its_class_as_on_aws(bare: Emulator, mended: Emulator) -> None:
    """Retry and Catch go by the class's name."""
    kind, error = invoke(bare, bare.function(RAISES))
    assert (kind, error["errorType"]) == ("Unhandled", "Runtime.HandlerError")
    kind, error = invoke(mended, mended.function(RAISES))
    assert (kind, error["errorType"], error["errorMessage"]) == ("Unhandled", "OwnError", "for a reason")


def test_catch_by_class_name_is_taken(mended: Emulator) -> None:
    states = {
        "Work": task(
            mended,
            mended.function(RAISES),
            End=True,
            Catch=[
                {"ErrorEquals": ["OtherError"], "Next": "Wrong"},
                {"ErrorEquals": ["OwnError"], "ResultPath": "$.error", "Next": "Caught"},
            ],
        ),
        "Wrong": {"Type": "Fail", "Error": "Wrong"},
        "Caught": {"Type": "Pass", "End": True},
    }
    execution = run(mended, states, "Work")
    assert execution["status"] == "SUCCEEDED"
    error = json.loads(execution["output"])["error"]
    assert error["Error"] == "OwnError"
    assert "for a reason" in error["Cause"]


def test_retry_by_class_name_is_counted(mended: Emulator, tmp_path: Path) -> None:
    tries = tmp_path / "tries"
    code = f"""
from pathlib import Path

class OwnError(Exception):
    pass

def handler(event, context):
    with Path({str(tries)!r}).open("a") as file:
        file.write("x")
    raise OwnError
"""
    retry = [{"ErrorEquals": ["OwnError"], "IntervalSeconds": 1, "MaxAttempts": 2, "BackoffRate": 1}]
    execution = run(mended, {"Work": task(mended, mended.function(code), End=True, Retry=retry)}, "Work")
    assert (execution["status"], execution["error"], tries.read_text()) == ("FAILED", "OwnError", "xxx")


def test_a_worker_that_dies_is_a_runtime_error_and_the_next_call_gets_a_new_one(mended: Emulator) -> None:
    code = "import os\ndef handler(event, context):\n    return os._exit(3) if event.get('die') else 'alive'"
    function = mended.function(code)
    kind, error = invoke(mended, function, {"die": True})
    assert kind == "Unhandled"
    assert error["errorType"].startswith("Runtime.")
    assert invoke(mended, function) == (None, "alive")


def test_a_function_that_takes_too_long_is_ended(mended: Emulator) -> None:
    code = "import time\ndef handler(event, context):\n    time.sleep(30)"
    start = time.monotonic()
    kind, error = invoke(mended, mended.function(code, timeout_s=1))
    assert kind == "Unhandled"
    assert "timed out" in error["errorMessage"].lower()
    assert time.monotonic() - start < 10


def test_a_quiet_function_answers_at_once(bare: Emulator, mended: Emulator) -> None:
    slow, quick = bare.function(QUIET), mended.function(QUIET)
    invoke(bare, slow)
    invoke(mended, quick)
    assert median_ms(lambda: invoke(bare, slow)) > 45
    assert median_ms(lambda: invoke(mended, quick)) < 40


def test_an_execution_starts_at_once(bare: Emulator, mended: Emulator) -> None:
    states = {"Only": {"Type": "Pass", "End": True}}
    assert median_ms(lambda: run(bare, states, "Only"), 3) > 150
    assert median_ms(lambda: run(mended, states, "Only"), 3) < 120


def test_cookies_and_the_viewer_reach_the_function(bare: Emulator, mended: Emulator) -> None:
    """Payload 2.0 has cookies in a list of their own, and forwarding headers."""
    events: list[dict[str, Any]] = []
    for emulator in (bare, mended):
        url = emulator.http_api(emulator.function(ECHO))
        events.append(httpx.get(f"{url}/any", headers={"Cookie": "a=1; b=2"}).json())
    assert "cookies" not in events[0]
    assert "x-forwarded-for" not in events[0]["headers"]
    assert events[1]["cookies"] == ["a=1", "b=2"]
    assert "cookie" not in events[1]["headers"]
    assert events[1]["headers"]["x-forwarded-for"] == "127.0.0.1"


def test_an_answer_without_a_body_is_no_error(bare: Emulator, mended: Emulator) -> None:
    code = "def handler(event, context): return {'statusCode': 204, 'body': None}"
    assert httpx.get(bare.http_api(bare.function(code))).status_code == 500
    answer = httpx.get(mended.http_api(mended.function(code)))
    assert (answer.status_code, answer.content) == (204, b"")


def test_a_dry_run_starts_the_worker_and_runs_nothing(mended: Emulator, tmp_path: Path) -> None:
    ran, loaded = tmp_path / "ran", tmp_path / "loaded"
    code = f"""
from pathlib import Path
Path({str(loaded)!r}).touch()
def handler(event, context):
    Path({str(ran)!r}).touch()
"""
    function = mended.function(code)
    answer = mended.client("lambda").invoke(FunctionName=function, InvocationType="DryRun")
    assert answer["StatusCode"] == 204
    deadline = time.monotonic() + 5
    while not loaded.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert (loaded.exists(), ran.exists()) == (True, False)
    before = len(psutil.Process().children(recursive=True))
    assert invoke(mended, function) == (None, None)
    assert ran.exists()
    assert len(psutil.Process().children(recursive=True)) == before, "the started worker was used"


def test_a_functions_output_is_in_a_log_of_its_own(mended: Emulator) -> None:
    function = mended.function("def handler(event, context): print('said', event['word'])")
    invoke(mended, function, {"word": "hello"})
    log = mended.logs / f"{function}.log"
    deadline = time.monotonic() + 5
    while (not log.exists() or "said hello" not in log.read_text()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert "said hello" in log.read_text()


@pytest.mark.parametrize("name", ["ministack", "awslambdaric"])
def test_no_deployed_package_is_of_the_emulator(name: str) -> None:
    for lock in ("core", "database", "auth", "imaging"):
        text = (Path(__file__).parents[2] / "requirements" / f"{lock}.lock").read_text()
        assert f"\n{name}==" not in f"\n{text}"
