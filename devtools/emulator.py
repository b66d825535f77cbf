"""The local AWS: MiniStack, pinned, with the shim that mends what differs from AWS for us.

Run as ``python -m devtools.emulator``.  Each function below mends one defect and has a contract test
(tests/devtools/test_emulator.py), so that an upgrade of the emulator tells which are still needed.
Settings come from the environment: GATEWAY_PORT, HUB_WORKER_LOGS (folder), HUB_COMMON_LAYER (python path).
"""
# pyright: basic

import asyncio
import contextlib
import functools
import json
import os
import sys
import time
import types
from pathlib import Path
from typing import Any

PINNED = "1.5.33"
_BOOTSTRAP = Path(__file__).with_name("bootstrap")


def run_python_functions_under_awslambdaric() -> None:
    """Stock: an exception becomes ``Runtime.HandlerError``.  Under the real runtime client, Retry and Catch by class work.

    The worker's output goes to a log file per function, named after POWERTOOLS_SERVICE_NAME.
    """
    from ministack.core import lambda_runtime
    from ministack.services import lambda_svc

    def is_python(config: dict[str, Any]) -> bool:
        return str(config.get("Runtime", "")).startswith("python")

    class_for = lambda_runtime._worker_class_for
    lambda_runtime._worker_class_for = lambda config: (
        lambda_runtime.ProvidedWorker if is_python(config) else class_for(config)
    )
    extract = lambda_svc._provided_runtime_code_dir

    def code_dir(code_zip: bytes) -> str:
        folder = extract(code_zip)
        # A link, not a copy: while one worker writes a program, no other can execute it ("Text file busy").
        with contextlib.suppress(FileExistsError):
            (Path(folder) / "bootstrap").symlink_to(_BOOTSTRAP)
        return folder

    lambda_svc._provided_runtime_code_dir = code_dir
    worker_env = lambda_svc._provided_worker_env

    def env(config: dict[str, Any], folder: str, port: int) -> dict[str, str]:
        values = worker_env(config, folder, port)
        values["AWS_ENDPOINT_URL"] = f"http://127.0.0.1:{os.environ['GATEWAY_PORT']}"
        values["HUB_PYTHON"] = sys.executable
        return values

    lambda_svc._provided_worker_env = env
    warm = lambda_svc._execute_function_warm

    def execute_warm(function: dict[str, Any], event: Any, request_id: str) -> Any:
        config = function.get("config") or function
        if is_python(config):
            return lambda_svc._execute_function_provided_warm(function, event, request_id)
        return warm(function, event, request_id)

    lambda_svc._execute_function_warm = execute_warm


def answer_invocations_without_delay() -> None:
    """Stock: 50 ms are waited for log lines of a quiet invocation, and small writes wait for acknowledgement."""
    from ministack.core import lambda_runtime

    build = lambda_runtime.ProvidedWorker._build_handler_class

    def build_handler(self: Any, *args: Any) -> Any:
        handler = build(self, *args)
        return type("Handler", (handler,), {"disable_nagle_algorithm": True, "wbufsize": -1})

    lambda_runtime.ProvidedWorker._build_handler_class = build_handler
    lambda_runtime.Worker._drain_stderr_bounded = functools.partialmethod(
        lambda_runtime.Worker._drain_stderr_bounded, first_line_wait=0.0, idle_confirm=0.0
    )


def keep_the_class_of_an_init_error() -> None:
    """Stock: code that cannot be imported fails as ``Runtime.Unknown``, whatever the runtime client said it was."""
    from ministack.core.lambda_runtime import ProvidedRuntimeError, ProvidedWorker

    await_init = ProvidedWorker._await_init

    def await_init_by_class(self: Any, *args: Any) -> None:
        try:
            await_init(self, *args)
        except RuntimeError as exc:
            said = self._init_error
            if isinstance(said, dict) and "errorType" in said:
                raise ProvidedRuntimeError(said.get("errorMessage", ""), said["errorType"]) from exc
            raise

    ProvidedWorker._await_init = await_init_by_class


def pass_cookies_and_forwarding_headers() -> None:
    """Stock: payload 2.0 has no ``cookies`` and no ``x-forwarded-*`` headers."""
    from ministack.services import lambda_svc

    execute = lambda_svc._execute_function

    def with_cookies(function: dict[str, Any], event: Any) -> Any:
        if isinstance(event, dict) and event.get("version") == "2.0" and "requestContext" in event:
            headers = event["headers"]
            if cookie := headers.pop("cookie", None):
                event["cookies"] = [part for part in cookie.split("; ") if part]
            headers.setdefault("x-forwarded-for", event["requestContext"]["http"].get("sourceIp", "127.0.0.1"))
            headers.setdefault("x-forwarded-proto", "http")
        return _with_body(execute(function, event))

    lambda_svc._execute_function = with_cookies


def _with_body(result: Any) -> Any:
    """Stock: an answer whose ``body`` is null (a 204) becomes a 500."""
    payload = result.get("body") if isinstance(result, dict) else None
    if isinstance(payload, dict) and "statusCode" in payload and payload.get("body") is None:
        payload["body"] = ""
    return result


def start_executions_at_once() -> None:
    """Stock: every execution starts after a fixed 150 ms."""
    from ministack.services import stepfunctions

    patched = types.ModuleType("time")
    patched.__dict__.update(time.__dict__)
    patched.sleep = lambda seconds: time.sleep(0.001 if seconds == 0.15 else seconds)
    stepfunctions.time = patched


def start_workers_ahead() -> None:
    """Stock: a dry run starts nothing.  Here it starts a worker, which imports its code and waits, as one that AWS

    keeps ready (provisioned concurrency) does: the first person's first message waits for no import.
    """
    from ministack.core import lambda_runtime
    from ministack.services import lambda_svc

    invoke = lambda_svc._invoke

    async def with_dry_run(name: str, event: Any, headers: dict[str, str], *rest: Any, **named: Any) -> Any:
        answer = await invoke(name, event, headers, *rest, **named)
        kind = {key.lower(): value for key, value in headers.items()}.get("x-amz-invocation-type")
        if kind == "DryRun" and answer[0] == 204:
            await asyncio.to_thread(start_worker, lambda_svc._functions[name])
        return answer

    def start_worker(function: dict[str, Any]) -> None:
        config = function["config"]
        lambda_svc._ensure_reaper_thread()
        # Not leased: a request that comes meanwhile waits for this worker instead of starting a second one.
        worker = lambda_runtime.get_or_create_worker(config["FunctionName"], config, function["code_zip"])
        lambda_runtime.ensure_spawned(worker)

    lambda_svc._invoke = with_dry_run


def refer_to_secrets_by_arn() -> None:
    """Stock: ``Ref`` of a secret is its name, so that a policy which lets a role read it lets nobody read anything."""
    from ministack.services.cloudformation import engine

    resolve = engine._resolve_refs

    def resolve_by_arn(value: Any, resources: dict[str, Any], *rest: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("Ref"), str):
            made = resources.get(value["Ref"], {})
            if made.get("ResourceType") == "AWS::SecretsManager::Secret":
                return made["Attributes"]["Arn"]
        return resolve(value, resources, *rest)

    engine._resolve_refs = resolve_by_arn


def take_loopback_for_tls() -> None:
    """Stock: what comes over plain HTTP is refused by policies that want TLS; from this machine it is as good as that."""
    from ministack import app

    pin = app.pin_request_origin
    app.pin_request_origin = lambda source_ip, _secure: pin(source_ip, True)


def write_down_what_roles_do() -> None:
    """Keep in ``roles.log`` which action each role asked for and whether it was allowed, each once, one JSON a line."""
    from ministack.core import iam_evaluator

    enforce = iam_evaluator.enforce
    path = Path(os.environ["HUB_WORKER_LOGS"]) / "roles.log"
    known: set[tuple[str, ...]] = set()

    def enforce_and_write(access_key: str, action: str, *rest: Any, **named: Any) -> Any:
        denied = enforce(access_key, action, *rest, **named)
        caller = (iam_evaluator.resolve_caller_identity(access_key) or {}).get("userArn", "")
        seen = (caller.split("/")[1], action, "denied" if denied else "allowed") if "assumed-role" in caller else ()
        if seen and seen not in known:
            known.add(seen)
            with path.open("a", encoding="utf-8") as log:
                log.write(json.dumps(dict(zip(("role", "action", "answer"), seen, strict=True))) + "\n")
        return denied

    iam_evaluator.enforce = enforce_and_write


# What the local template makes, and what deploying it needs.
_SERVICES = frozenset(
    "apigateway cloudformation cloudwatch_logs eventbridge iam lambda s3 secretsmanager sqs ssm stepfunctions".split()
)


def keep_state_of_our_services_only() -> None:
    """Stock: a restart loads (and first imports) some fifty services, 3 s of it; we use eleven."""
    from ministack import app

    app._state_map = {key: module for key, module in app._state_map.items() if key in _SERVICES}


def apply() -> None:
    """Mend everything.  Raises SystemExit when another version of the emulator is installed."""
    from importlib.metadata import version

    if version("ministack") != PINNED:
        raise SystemExit(f"devtools: MiniStack {PINNED} is expected; run ./hub again to install it")
    run_python_functions_under_awslambdaric()
    answer_invocations_without_delay()
    keep_the_class_of_an_init_error()
    pass_cookies_and_forwarding_headers()
    start_executions_at_once()
    start_workers_ahead()
    refer_to_secrets_by_arn()
    take_loopback_for_tls()
    write_down_what_roles_do()
    keep_state_of_our_services_only()


if __name__ == "__main__":
    apply()
    from ministack.app import main

    main()
