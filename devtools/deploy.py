"""Deploys the synthesised template onto the emulator: assets, stack, secrets, migrations, the page's files.

The template is exactly what ``app.py`` made for the ``local`` profile; without the CDK CLI, which is not needed for
uploading files and one CloudFormation call, the deploy takes a second.
"""

import hashlib
import io
import json
import mimetypes
import os
import secrets
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config as BotoConfig
from botocore.exceptions import BotoCoreError, ClientError
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from devtools.config import AWS_ENVIRONMENT, REGION, ROOT, Config, ProblemError
from devtools.processes import Part, Supervisor

STACK = "CompanionHub"
MEDIA_KEY_PAIR_ID = "LOCALMEDIAKEY"
_IN_ORDER_OF_USE = (
    "ChatApi", "AuthApi", "Stream", "AnalyzeContext", "GenerateReply", "ReanalyzeContext", "UpdateState", "ImageApi",
    "GenerateImage",
)  # fmt: skip
_SYNTH_INPUTS = ("app.py", "cdk.json", "infra", "statemachines", "functions", "layers/common")


class DeployError(ProblemError):
    """The stack could not be deployed; the message says which resource and why."""


def inputs_hash(names: Iterable[str]) -> str:
    """Return a hash over the content of files and folders, to know whether something has to be made again."""
    digest = hashlib.sha256()
    for name in names:
        path = ROOT / name
        files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
        for file in files:
            if "__pycache__" in file.parts or "node_modules" in file.parts or "dist" in file.parts:
                continue
            digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


class Synthesis:
    """The local template, made anew in the background when what it is made of has changed."""

    def __init__(self, config: Config, supervisor: Supervisor) -> None:
        self.out = config.data_dir / "cdk.out"
        self._supervisor = supervisor
        self._stamp = self.out / ".stamp"
        self._wanted = inputs_hash(_SYNTH_INPUTS)
        self._job: Part | None = None
        if not self._stamp.exists() or self._stamp.read_text() != self._wanted:
            self._job = supervisor.start(
                "template", [sys.executable, "app.py"], env=_synth_environment("local", self.out), cwd=ROOT
            )

    @property
    def is_stale(self) -> bool:
        return self._job is not None

    def wait(self) -> None:
        """Wait until the template is in ``out``.  Raises PartFailedError with the end of app.py's output."""
        if self._job is not None:
            self._supervisor.wait_for_end(self._job)
            self._stamp.write_text(self._wanted)


def _synth_environment(profile: str, out: Path) -> dict[str, str]:
    # The CDK's CLI would hand over cdk.json's feature flags; without them another template would come out.
    context = json.loads((ROOT / "cdk.json").read_text(encoding="utf-8"))["context"]
    environment = {"HUB_PROFILE": profile, "CDK_OUTDIR": str(out), "CDK_CONTEXT_JSON": json.dumps(context)}
    if profile == "local":  # the CDK's schema check takes 4 s of each start; tests/infra run it
        environment["CDK_VALIDATION"] = "false"
    return environment


def synth(profile: str, out: Path) -> None:
    """Run ``app.py`` for a profile.  Raises DeployError with its output."""
    env = {**os.environ, **_synth_environment(profile, out)}
    done = subprocess.run([sys.executable, "app.py"], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise DeployError(f"app.py failed for profile {profile}:\n{done.stderr[-2000:]}")


class Deployer:
    def __init__(self, config: Config, emulator_url: str) -> None:
        self._config = config
        self._url = emulator_url
        self.outputs: dict[str, str] = {}

    def _client(self, service: str) -> Any:
        return boto3.client(  # pyright: ignore[reportCallIssue, reportUnknownVariableType]
            service,  # pyright: ignore[reportArgumentType]
            endpoint_url=self._url,
            region_name=REGION,
            aws_access_key_id=AWS_ENVIRONMENT["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=AWS_ENVIRONMENT["AWS_SECRET_ACCESS_KEY"],
            config=BotoConfig(retries={"total_max_attempts": 2}, read_timeout=320, s3={"addressing_style": "path"}),
        )

    def read_outputs(self) -> dict[str, str]:
        """Return (and keep) the outputs of the stack as it stands; empty when there is none."""
        try:
            stack = self._client("cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]
        except ClientError:
            return {}
        self.outputs = {o["OutputKey"]: o["OutputValue"] for o in stack.get("Outputs", [])}
        return self.outputs

    def deploy_stack(self, out: Path, parameters: dict[str, str]) -> None:
        """Create or update the stack and read its outputs.  Raises DeployError."""
        s3, cloudformation = self._client("s3"), self._client("cloudformation")
        bucket = f"cdk-hnb659fds-assets-000000000000-{REGION}"
        _ensure_bucket(s3, bucket)
        self._client("ssm").put_parameter(
            Name="/cdk-bootstrap/hnb659fds/version", Value="30", Type="String", Overwrite=True
        )
        assets = json.loads((out / f"{STACK}.assets.json").read_text(encoding="utf-8"))["files"]
        for asset in assets.values():
            source = out / asset["source"]["path"]
            body = _zip(source) if asset["source"]["packaging"] == "zip" else source.read_bytes()
            s3.put_object(Bucket=bucket, Key=next(iter(asset["destinations"].values()))["objectKey"], Body=body)
        s3.put_object(Bucket=bucket, Key="template.json", Body=(out / f"{STACK}.template.json").read_bytes())
        request = {
            "StackName": STACK,
            "TemplateURL": f"{self._url}/{bucket}/template.json",
            "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
            "Parameters": [{"ParameterKey": k, "ParameterValue": v} for k, v in parameters.items()],
        }
        try:
            cloudformation.describe_stacks(StackName=STACK)
            action = cloudformation.update_stack
        except ClientError:
            action = cloudformation.create_stack
        try:
            action(**request)
        except ClientError as exc:
            if "No updates" not in str(exc):
                raise DeployError(str(exc)) from exc
        self._wait(cloudformation)

    def _wait(self, cloudformation: Any) -> None:
        deadline = time.monotonic() + 60
        while True:
            stack = cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]
            status = stack["StackStatus"]
            if status in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
                self.outputs = {o["OutputKey"]: o["OutputValue"] for o in stack.get("Outputs", [])}
                return
            if "FAILED" in status or "ROLLBACK" in status or time.monotonic() > deadline:
                events = cloudformation.describe_stack_events(StackName=STACK)["StackEvents"]
                reasons = [
                    f"{e['LogicalResourceId']}: {e.get('ResourceStatusReason', '')}"
                    for e in events
                    if "FAILED" in e.get("ResourceStatus", "")
                ]
                raise DeployError(f"the stack ended as {status}. " + "; ".join(reasons[:5]))
            time.sleep(0.05)

    def put_secrets(self, database: dict[str, Any], provider: dict[str, str]) -> dict[str, Any]:
        """Fill the stack's secrets from the data folder (made once, mode 600) and return the local ones."""
        own = self._config.load("secrets.json")
        if "media_private_key" not in own:
            own = {**own, **_make_secrets()}
            self._config.store("secrets.json", own)
        client = self._client("secretsmanager")
        values = {
            "SessionSecret": json.dumps({"pepper": own["pepper"], "keys": own["session_keys"]}),
            "OriginSecret": own["origin"],
            "MediaKeySecret": json.dumps({"private_key": own["media_private_key"]}),
            "ProviderSecret": json.dumps(provider),
            "DatabaseSecretArn": json.dumps(database),
        }
        for output, value in values.items():
            client.put_secret_value(SecretId=self.outputs[output], SecretString=value)
        return own

    def migrate(self) -> list[str]:
        """Invoke the Migrate function, as the Trigger does on AWS; return what was applied.  Raises DeployError."""
        answer = self._client("lambda").invoke(FunctionName=self.outputs["MigrateFunction"], Payload=b"{}")
        payload = json.loads(answer["Payload"].read() or b"null")
        if answer.get("FunctionError"):
            raise DeployError(f"migrations failed: {payload}")
        return list(payload.get("applied", []))

    def start_workers(self) -> None:
        """Start a worker of every function that a person meets, in the order of use, as many at once as there are cores.

        Blocks until all wait for their first event (some ten seconds of processor); does nothing when the emulator stops.
        """
        client = self._client("lambda")
        by_area: dict[str, str] = {}
        for page in client.get_paginator("list_functions").paginate():
            for function in page["Functions"]:
                variables = function.get("Environment", {}).get("Variables", {})
                by_area[variables.get("POWERTOOLS_SERVICE_NAME", "")] = function["FunctionName"]

        def start(name: str) -> None:
            with suppress(BotoCoreError, ClientError):
                client.invoke(FunctionName=name, InvocationType="DryRun")

        with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
            list(pool.map(start, [by_area[name] for name in _IN_ORDER_OF_USE if name in by_area]))

    def upload_website(self, dist: Path) -> int:
        """Upload the built page; return how many files."""
        s3, bucket = self._client("s3"), self.outputs["WebsiteBucket"]
        files = [path for path in dist.rglob("*") if path.is_file()]
        for path in files:
            key = path.relative_to(dist).as_posix()
            immutable = key.startswith("assets/")
            s3.put_object(
                Bucket=bucket,
                Key=key,
                Body=path.read_bytes(),
                ContentType=mimetypes.guess_type(key)[0] or "application/octet-stream",
                CacheControl="public, max-age=31536000, immutable" if immutable else "no-cache",
            )
        return len(files)


def _make_secrets() -> dict[str, Any]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return {
        "pepper": secrets.token_hex(32),
        "session_keys": [{"kid": "1", "secret": secrets.token_hex(32)}],
        "origin": secrets.token_hex(24),
        "media_private_key": pem.decode(),
    }


def _ensure_bucket(s3: Any, bucket: str) -> None:
    try:
        s3.head_bucket(Bucket=bucket)
    except ClientError:
        s3.create_bucket(Bucket=bucket)


def _zip(folder: Path) -> bytes:
    """Return a zip of a folder that is the same for the same content (so that workers are not thrown away)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            info = zipfile.ZipInfo(path.relative_to(folder).as_posix(), (2020, 1, 1, 0, 0, 0))
            info.external_attr = 0o644 << 16
            archive.writestr(info, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
