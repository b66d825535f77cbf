"""Two emulators side by side: MiniStack as it is, and with the shim; functions are uploaded to either."""

import io
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
import httpx
import pytest
from botocore.config import Config as BotoConfig

from devtools.config import AWS_ENVIRONMENT, REGION, ROOT, free_port

ROLE = "arn:aws:iam::000000000000:role/any"


class Emulator:
    """A running MiniStack.  ``logs`` is where the shim puts the functions' output."""

    def __init__(self, program: list[str], folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.logs = folder / "logs"
        self.logs.mkdir()
        environment = {
            **os.environ,
            **AWS_ENVIRONMENT,
            "GATEWAY_PORT": str(self.port),
            "BIND_HOST": "127.0.0.1",
            "STATE_DIR": str(folder / "state"),
            "S3_DATA_DIR": str(folder / "s3"),
            "HUB_WORKER_LOGS": str(self.logs),
            "HUB_COMMON_LAYER": str(ROOT / "layers" / "common" / "python"),
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
        }
        with (folder / "emulator.log").open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, *program], cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + 60
        while True:
            with suppress(httpx.HTTPError):
                if httpx.get(f"{self.url}/_ministack/health", timeout=1).is_success:
                    break
            assert self._process.poll() is None, (folder / "emulator.log").read_text()[-3000:]
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)

    def client(self, service: str) -> Any:
        return boto3.client(  # pyright: ignore[reportCallIssue, reportUnknownVariableType]
            service,  # pyright: ignore[reportArgumentType]
            endpoint_url=self.url,
            region_name=REGION,
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=BotoConfig(retries={"total_max_attempts": 1}, read_timeout=60),
        )

    def function(self, code: str, *, timeout_s: int = 10) -> str:
        """Create a function from a module's source with a ``handler``; return its name."""
        name = f"f{uuid4().hex[:8]}"
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as file:
            file.writestr("index.py", code)
        self.client("lambda").create_function(
            FunctionName=name,
            Runtime="python3.12",
            Role=ROLE,
            Handler="index.handler",
            Code={"ZipFile": archive.getvalue()},
            Timeout=timeout_s,
            Environment={"Variables": {"POWERTOOLS_SERVICE_NAME": name}},
        )
        return name

    def http_api(self, function: str) -> str:
        """Put an HTTP API (payload 2.0) before a function; return its base URL."""
        client = self.client("apigatewayv2")
        api = client.create_api(Name=function, ProtocolType="HTTP")["ApiId"]
        integration = client.create_integration(
            ApiId=api,
            IntegrationType="AWS_PROXY",
            IntegrationUri=f"arn:aws:lambda:{REGION}:000000000000:function:{function}",
            PayloadFormatVersion="2.0",
        )["IntegrationId"]
        client.create_route(ApiId=api, RouteKey="$default", Target=f"integrations/{integration}")
        client.create_stage(ApiId=api, StageName="$default", AutoDeploy=True)
        return f"{self.url}/_aws/execute-api/{api}/$default"


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Generator[Emulator]:
    """MiniStack without the shim."""
    running = Emulator(["-c", "from ministack.app import main; main()"], tmp_path_factory.mktemp("bare"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def mended(tmp_path_factory: pytest.TempPathFactory) -> Generator[Emulator]:
    """MiniStack as ``hub up`` runs it."""
    running = Emulator(["-m", "devtools.emulator"], tmp_path_factory.mktemp("mended"))
    yield running
    running.stop()
