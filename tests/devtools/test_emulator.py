"""One contract test per defect that devtools/emulator.py mends: the stock emulator has it, ours has not.

When a test fails on ``stock`` after an upgrade, the emulator has mended the defect itself and the function of the shim
can go.  The rest says what our functions rely on: failures, time-outs, retries and logs as on AWS.
"""

import signal
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.devtools.emulators import Emulator, fastest_ms

QUIET = "def handler(event, context):\n    return {'ok': True}\n"
ECHO = "import json\ndef handler(event, context):\n    return {'statusCode': 200, 'body': json.dumps(event)}\n"
ODD = "class OddError(Exception):\n    pass\n\ndef handler(event, context):\n    raise OddError('too odd')\n"


def _task(arn: str, **more: Any) -> dict[str, Any]:
    return {"Type": "Task", "Resource": arn, "End": True, **more}


def _machine(arn: str, **more: Any) -> dict[str, Any]:
    caught = {"Type": "Pass", "Result": "caught", "End": True}
    return {"StartAt": "Work", "States": {"Work": _task(arn, **more), "Caught": caught}}


def test_stock_hides_the_class_of_an_exception(stock: Emulator) -> None:
    stock.function("odd", ODD)
    payload, failure = stock.invoke("odd")
    assert failure
    assert payload["errorType"] != "OddError"


def test_an_exception_keeps_its_class_message_and_stack(mended: Emulator) -> None:
    mended.function("odd", ODD)
    payload, failure = mended.invoke("odd")
    assert failure == "Unhandled"
    assert payload["errorType"] == "OddError"
    assert payload["errorMessage"] == "too odd"
    assert "raise OddError" in "".join(payload["stackTrace"])


def test_stock_does_not_catch_by_class(stock: Emulator) -> None:
    arn = stock.function("odd", ODD)
    ended = stock.run_machine("catch", _machine(arn, Catch=[{"ErrorEquals": ["OddError"], "Next": "Caught"}]))
    assert ended["status"] == "FAILED"


def test_an_exception_is_caught_by_its_class(mended: Emulator) -> None:
    arn = mended.function("odd", ODD)
    ended = mended.run_machine("catch", _machine(arn, Catch=[{"ErrorEquals": ["OddError"], "Next": "Caught"}]))
    assert (ended["status"], ended["output"]) == ("SUCCEEDED", '"caught"')


def test_an_exception_is_retried_by_its_class_and_no_other(mended: Emulator, tmp_path: Path) -> None:
    tries = tmp_path / "tries"
    arn = mended.function(
        "counted",
        f"open({str(tries)!r}, 'a').close()\n"
        + ODD.replace("    raise", f"    open({str(tries)!r}, 'a').write('x')\n    raise"),
    )
    retry = {"IntervalSeconds": 1, "MaxAttempts": 1, "BackoffRate": 1.0}
    mended.run_machine("retry_other", _machine(arn, Retry=[{"ErrorEquals": ["EvenError"], **retry}]))
    assert tries.read_text() == "x"
    mended.run_machine("retry", _machine(arn, Retry=[{"ErrorEquals": ["OddError"], **retry}]))
    assert tries.read_text() == "xxx"


def test_stock_waits_for_the_log_of_a_quiet_invocation(stock: Emulator) -> None:
    stock.function("quiet", QUIET)
    assert fastest_ms(lambda: stock.invoke("quiet")) > 40


def test_a_quiet_invocation_answers_at_once(mended: Emulator) -> None:
    mended.function("quiet", QUIET)
    assert fastest_ms(lambda: mended.invoke("quiet")) < 40


def test_stock_waits_before_an_execution(stock: Emulator) -> None:
    machine = {"StartAt": "Nothing", "States": {"Nothing": {"Type": "Pass", "End": True}}}
    assert fastest_ms(lambda: stock.run_machine("nothing", machine), 4) > 140


def test_an_execution_starts_at_once(mended: Emulator) -> None:
    machine = {"StartAt": "Nothing", "States": {"Nothing": {"Type": "Pass", "End": True}}}
    assert fastest_ms(lambda: mended.run_machine("nothing", machine), 4) < 120


@pytest.fixture(scope="module")
def echoes(stock: Emulator, mended: Emulator) -> dict[str, dict[str, Any]]:
    """The event that a function gets for one and the same request."""
    found: dict[str, dict[str, Any]] = {}
    for name, emulator in (("stock", stock), ("mended", mended)):
        url = emulator.http_api("echo", emulator.function("echo", ECHO))
        found[name] = httpx.get(url, headers={"Cookie": "a=1; b=2"}, timeout=30).json()
    return found


def test_stock_passes_cookies_as_a_header_only(echoes: dict[str, dict[str, Any]]) -> None:
    assert "cookies" not in echoes["stock"]
    assert "x-forwarded-for" not in echoes["stock"]["headers"]


def test_cookies_are_a_list_and_forwarding_headers_are_there(echoes: dict[str, dict[str, Any]]) -> None:
    event = echoes["mended"]
    assert event["cookies"] == ["a=1", "b=2"]
    assert "cookie" not in event["headers"]
    assert event["headers"]["x-forwarded-for"] == "127.0.0.1"
    assert event["headers"]["x-forwarded-proto"] == "http"


NO_BODY = "def handler(event, context):\n    return {'statusCode': 204, 'body': None}\n"


def test_stock_fails_on_an_answer_whose_body_is_null(stock: Emulator) -> None:
    assert httpx.get(stock.http_api("none", stock.function("none", NO_BODY)), timeout=30).status_code == 500


def test_an_answer_whose_body_is_null_has_no_body(mended: Emulator) -> None:
    answer = httpx.get(mended.http_api("none", mended.function("none", NO_BODY)), timeout=30)
    assert (answer.status_code, answer.content) == (204, b"")


def _dry_run(emulator: Emulator, folder: Path) -> tuple[bool, bool]:
    """Return whether a dry run imported the function's module, and whether it called the handler."""
    imported, called = folder / "imported", folder / "called"
    code = (
        f"open({str(imported)!r}, 'w').close()\ndef handler(event, context):\n    open({str(called)!r}, 'w').close()\n"
    )
    emulator.function("ahead", code)
    emulator.client("lambda").invoke(FunctionName="ahead", InvocationType="DryRun")
    return imported.exists(), called.exists()


def test_stock_starts_no_worker_ahead(stock: Emulator, tmp_path: Path) -> None:
    assert _dry_run(stock, tmp_path) == (False, False)


def test_a_worker_is_started_ahead_without_an_event(mended: Emulator, tmp_path: Path) -> None:
    assert _dry_run(mended, tmp_path) == (True, False)
    assert mended.invoke("ahead") == (None, None)
    assert (tmp_path / "called").exists()


# A role that may read one secret and one bucket, which takes TLS only; a function that tries both and one thing more.
READER = """
import json, os, boto3
from botocore.exceptions import ClientError

def handler(event, context):
    secrets, s3 = boto3.client("secretsmanager"), boto3.client("s3")
    calls = {
        "secret": lambda: secrets.get_secret_value(SecretId=os.environ["SECRET"]),
        "bucket": lambda: s3.list_objects_v2(Bucket=os.environ["BUCKET"]),
        "other": lambda: secrets.describe_secret(SecretId=os.environ["SECRET"]),
    }
    return {name: answered(call) for name, call in calls.items()}

def answered(call):
    try:
        call()
    except ClientError as exc:
        return exc.response["Error"]["Code"]
    return "allowed"
"""


def _rights() -> dict[str, Any]:
    bucket = {"Fn::GetAtt": ["Bucket", "Arn"]}

    def policy(*statements: dict[str, Any]) -> dict[str, Any]:
        return {"Version": "2012-10-17", "Statement": list(statements)}

    allowed = policy(
        {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": {"Ref": "Secret"}},
        {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": bucket},
    )
    tls_only = {"Bool": {"aws:SecureTransport": "false"}}
    refused = {"Effect": "Deny", "Action": "s3:*", "Principal": "*", "Resource": bucket, "Condition": tls_only}
    trust = policy({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}})
    return {
        "Secret": {"Type": "AWS::SecretsManager::Secret", "Properties": {"Name": "own", "SecretString": "s"}},
        "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "own"}},
        "Tls": {
            "Type": "AWS::S3::BucketPolicy",
            "Properties": {"Bucket": {"Ref": "Bucket"}, "PolicyDocument": policy(refused)},
        },
        "Role": {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "RoleName": "reader",
                "AssumeRolePolicyDocument": trust,
                "Policies": [{"PolicyName": "own", "PolicyDocument": allowed}],
            },
        },
    }


@pytest.mark.parametrize("is_mended", [False, True], ids=["stock", "mended"])
def test_a_role_may_do_what_its_policy_allows_and_nothing_else(tmp_path: Path, is_mended: bool) -> None:
    emulator = Emulator(tmp_path, mended=is_mended, enforcing=True).start()
    try:
        emulator.deploy("rights", _rights())
        settings = {"SECRET": "own", "BUCKET": "own", "AWS_ENDPOINT_URL": emulator.url}
        emulator.function("reader", READER, role="arn:aws:iam::000000000000:role/reader", settings=settings)
        answers, failure = emulator.invoke("reader")
        assert failure is None, answers
        assert answers["other"] == "AccessDeniedException"
        # Stock: Ref of a secret is no ARN, and plain HTTP from this machine is no TLS.
        assert (answers["secret"] == "allowed") == is_mended
        assert (answers["bucket"] == "allowed") == is_mended
        log = emulator.log("roles")
        assert ('"reader", "action": "secretsmanager:GetSecretValue", "answer": "allowed"' in log) == is_mended
        assert ('"reader", "action": "secretsmanager:DescribeSecret", "answer": "denied"' in log) == is_mended
    finally:
        emulator.stop()


@pytest.mark.parametrize("is_mended", [False, True], ids=["stock", "mended"])
def test_only_our_services_state_is_loaded_again(tmp_path: Path, is_mended: bool) -> None:
    emulator = Emulator(tmp_path, mended=is_mended).start()
    try:
        emulator.function("kept", QUIET)
        emulator.client("sns").create_topic(Name="not-ours")
        emulator.stop()
        emulator.start()
        assert emulator.invoke("kept") == ({"ok": True}, None)
        assert bool(emulator.client("sns").list_topics()["Topics"]) != is_mended
    finally:
        emulator.stop()


def test_the_emulator_opens_no_port_that_two_copies_would_share(stock: Emulator, mended: Emulator) -> None:
    for emulator in (stock, mended):
        assert "8883" not in emulator.log()
        assert "could not bind" not in emulator.log().lower()


def test_a_function_that_takes_too_long_times_out(mended: Emulator) -> None:
    mended.function("slow", "import time\ndef handler(event, context):\n    time.sleep(30)\n", timeout_s=1)
    start = time.monotonic()
    payload, failure = mended.invoke("slow")
    assert time.monotonic() - start < 10
    assert failure == "Unhandled"
    assert payload["errorType"] == "Sandbox.Timedout"
    assert "timed out after 1" in payload["errorMessage"]


@pytest.mark.parametrize(
    ("name", "code", "error_type"),
    [
        ("crash", "import os\ndef handler(event, context):\n    os._exit(7)\n", "Runtime.ExitError"),
        ("unparsable", "def handler(event context):\n", "Runtime.UserCodeSyntaxError"),
        ("unimportable", "import no_such_module\n", "Runtime.ImportModuleError"),
        ("no_handler", "x = 1\n", "Runtime.HandlerNotFound"),
        ("unserialisable", "def handler(event, context):\n    return object()\n", "Runtime.MarshalError"),
    ],
)
def test_a_broken_function_fails_as_on_aws(mended: Emulator, name: str, code: str, error_type: str) -> None:
    mended.function(name, code)
    payload, failure = mended.invoke(name)
    assert failure == "Unhandled"
    assert payload["errorType"] == error_type


def test_stock_hides_why_a_module_cannot_be_imported(stock: Emulator) -> None:
    stock.function("unimportable", "import no_such_module\n")
    payload, failure = stock.invoke("unimportable")
    assert failure
    assert payload["errorType"] != "Runtime.ImportModuleError"


def test_a_function_works_again_after_a_crash(mended: Emulator) -> None:
    code = "import os\ndef handler(event, context):\n    if event.get('die'):\n        os._exit(1)\n    return os.getpid()\n"
    mended.function("mortal", code)
    before, _ = mended.invoke("mortal")
    assert mended.invoke("mortal", {"die": True})[1] == "Unhandled"
    after, failure = mended.invoke("mortal")
    assert failure is None
    assert after != before


def test_each_function_has_a_log_of_its_own(mended: Emulator) -> None:
    mended.function("talks", "def handler(event, context):\n    print('from the handler')\n")
    mended.invoke("talks")
    assert "from the handler" in mended.log("talks")
    assert "from the handler" not in mended.log("quiet")


def test_concurrent_calls_have_a_worker_each(mended: Emulator) -> None:
    from concurrent.futures import ThreadPoolExecutor

    mended.function(
        "sleeps", "import os, time\ndef handler(event, context):\n    time.sleep(1)\n    return os.getpid()\n"
    )
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: mended.invoke("sleeps"), range(3)))
    assert [failure for _, failure in answers] == [None] * 3, answers
    assert len({answer for answer, _ in answers}) == 3


def test_functions_called_for_the_first_time_by_many_at_once_all_answer(mended: Emulator) -> None:
    """The program that starts a worker was once written by each worker under one name: some found it gone or busy."""
    from concurrent.futures import ThreadPoolExecutor

    for number in range(4):
        mended.function(f"fresh{number}", f"def handler(event, context):\n    return {number}\n", timeout_s=60)
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda number: mended.invoke(f"fresh{number % 4}"), range(12)))
    assert answers == [(number % 4, None) for number in range(12)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=["terminated", "killed"])
def test_no_worker_outlives_the_emulator(tmp_path: Path, number: int) -> None:
    emulator = Emulator(tmp_path, mended=True).start()
    emulator.function("pid", "import os\ndef handler(event, context):\n    return os.getpid()\n")
    worker, _ = emulator.invoke("pid")
    emulator.stop(number)
    deadline = time.monotonic() + 5
    while Path(f"/proc/{worker}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{worker}").exists()
