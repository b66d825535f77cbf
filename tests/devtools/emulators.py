"""A running emulator, stock or with our shim, and the small functions that show how each behaves."""

import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import boto3
import httpx
from botocore.config import Config

from devtools.config import AWS_ENVIRONMENT, REGION, ROOT, free_port

ROLE = "arn:aws:iam::000000000000:role/any"
STOCK = "from ministack.app import main; main()"


class Emulator:
    def __init__(self, folder: Path, *, mended: bool, enforcing: bool = False) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.logs = folder / "logs"
        self._mended = mended
        self._enforcing = enforcing
        self._process: subprocess.Popen[bytes] | None = None
        self._made: dict[str, str] = {}

    def start(self) -> "Emulator":
        self.logs.mkdir(parents=True, exist_ok=True)
        environment = {
            **os.environ,
            **AWS_ENVIRONMENT,
            "GATEWAY_PORT": str(self.port),
            "BIND_HOST": "127.0.0.1",
            "PERSIST_STATE": "1",
            "STATE_DIR": str(self.folder / "state"),
            "S3_DATA_DIR": str(self.folder / "s3"),
            "HUB_WORKER_LOGS": str(self.logs),
            "HUB_COMMON_LAYER": str(ROOT / "layers" / "common" / "python"),
            "IOT_MTLS_ENABLED": "0",
            "AUTH": str(self._enforcing).lower(),
        }
        command = [sys.executable, *(["-m", "devtools.emulator"] if self._mended else ["-c", STOCK])]
        with (self.logs / "emulator.log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while not self._answers():
            assert self._process.poll() is None and time.monotonic() < deadline, self.log()
            time.sleep(0.05)
        return self

    def stop(self, number: int = signal.SIGTERM) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/_ministack/health", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def log(self, name: str = "emulator") -> str:
        path = self.logs / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def client(self, service: str, endpoint: str = "") -> Any:
        return boto3.client(  # pyright: ignore[reportCallIssue, reportUnknownVariableType]
            service,  # pyright: ignore[reportArgumentType]
            endpoint_url=endpoint or self.url,
            region_name=REGION,
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}),
        )

    def function(
        self, name: str, code: str, *, timeout_s: int = 10, role: str = ROLE, settings: dict[str, str] | None = None
    ) -> str:
        """Return the ARN of a Python function whose module is ``code`` and whose handler is ``handler``."""
        if name not in self._made:
            body = io.BytesIO()
            with zipfile.ZipFile(body, "w") as archive:
                archive.writestr("main.py", code)
            answer = self.client("lambda").create_function(
                FunctionName=name,
                Runtime="python3.13",
                Role=role,
                Handler="main.handler",
                Code={"ZipFile": body.getvalue()},
                Timeout=timeout_s,
                Environment={"Variables": {"POWERTOOLS_SERVICE_NAME": name, **(settings or {})}},
            )
            self._made[name] = answer["FunctionArn"]
        return self._made[name]

    def deploy(self, name: str, resources: dict[str, Any]) -> None:
        """Create a stack of some resources and wait until it is there."""
        client = self.client("cloudformation")
        body = json.dumps({"Resources": resources})
        client.create_stack(StackName=name, TemplateBody=body, Capabilities=["CAPABILITY_NAMED_IAM"])
        client.get_waiter("stack_create_complete").wait(StackName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 30})

    def invoke(self, name: str, event: object = None) -> tuple[Any, str | None]:
        """Return a function's answer and, when it failed, what kind of failure it was (``FunctionError``)."""
        answer = self.client("lambda").invoke(FunctionName=name, Payload=json.dumps(event or {}))
        return json.loads(answer["Payload"].read() or b"null"), answer.get("FunctionError")

    def http_api(self, name: str, arn: str) -> str:
        """Return the address of an HTTP API (payload 2.0) in front of a function."""
        client = self.client("apigatewayv2")
        api = client.create_api(Name=name, ProtocolType="HTTP")["ApiId"]
        integration = client.create_integration(
            ApiId=api, IntegrationType="AWS_PROXY", IntegrationUri=arn, PayloadFormatVersion="2.0"
        )["IntegrationId"]
        client.create_route(ApiId=api, RouteKey="$default", Target=f"integrations/{integration}")
        client.create_stage(ApiId=api, StageName="$default", AutoDeploy=True)
        return f"{self.url}/_aws/execute-api/{api}/$default/"

    def websocket_api(self, name: str, arn: str) -> str:
        """Return the address of a WebSocket API whose routes all end at a function."""
        client = self.client("apigatewayv2")
        api = client.create_api(Name=name, ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action")[
            "ApiId"
        ]
        integration = client.create_integration(ApiId=api, IntegrationType="AWS_PROXY", IntegrationUri=arn)
        for route in ("$connect", "$default", "$disconnect"):
            client.create_route(ApiId=api, RouteKey=route, Target=f"integrations/{integration['IntegrationId']}")
        client.create_stage(ApiId=api, StageName="ws", AutoDeploy=True)
        return f"{self.url.replace('http', 'ws', 1)}/_aws/execute-api/{api}/ws"

    def run_machine(
        self, name: str, definition: dict[str, Any], given: object = None, *, client: Any = None
    ) -> dict[str, Any]:
        """Return how a Standard execution of a state machine ended (as DescribeExecution says it)."""
        client = client or self.client("stepfunctions")
        key = f"machine {name}"
        if key not in self._made:
            arn = client.create_state_machine(name=name, definition=json.dumps(definition), roleArn=ROLE)[
                "stateMachineArn"
            ]
            self._made[key] = arn
        execution = client.start_execution(stateMachineArn=self._made[key], input=json.dumps(given or {}))
        deadline = time.monotonic() + 30
        while (found := client.describe_execution(executionArn=execution["executionArn"]))["status"] == "RUNNING":
            assert time.monotonic() < deadline, found
            time.sleep(0.002)
        return found


def fastest_ms(work: Any, times: int = 8) -> float:
    """Return the shortest of some runs, milliseconds: what a busy machine adds is not what is asked about."""
    work()  # the worker's start
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, (time.perf_counter() - start) * 1000)
    return best
