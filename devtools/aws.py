"""``./hub deploy``: into the owner's own AWS account, with every check before anything is created.

Keys are asked for (or taken from NOVITA_KEY) and go straight into Secrets Manager: never into a template, a command
line or the shell's history.
"""

import getpass
import json
import os
import subprocess
import sys
from typing import Any

import boto3
import httpx
from botocore.exceptions import BotoCoreError, ClientError

from devtools.config import ROOT, ProblemError
from devtools.deploy import STACK
from devtools.doctor import check_basics
from devtools.run import build_website

# The newest CLI that npm calls "latest" is older than the library's output (docs/adr).
CDK_CLI = "aws-cdk@2.1148.1"


def deploy(profile: str) -> int:
    """Deploy and print the address.  Raises ProblemError before anything is created."""
    check_basics()
    account, region = _account()
    print(f"deploying profile {profile} into account {account}, {region}")
    key = os.environ.get("NOVITA_KEY") or getpass.getpass(
        "Language model key (NOVITA_KEY; empty to keep the stored one): "
    )
    build_website()
    parameters = {
        "LlmBaseUrl": os.environ.get("LLM_BASE_URL"),
        "LlmModel": os.environ.get("LLM_MODEL"),
        "SdApiUrl": os.environ.get("SD_API_URL"),
    }
    words = [w for name, value in parameters.items() if value for w in ("--parameters", f"{STACK}:{name}={value}")]
    command = [
        "npx",
        "--yes",
        CDK_CLI,
        "deploy",
        STACK,
        "--app",
        f"{sys.executable} app.py",
        "-c",
        f"profile={profile}",
        *words,
    ]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "HUB_PROFILE": profile}, check=False)
    if done.returncode:
        print(
            "hub: the deploy failed; the previous version still serves and the database was not touched.",
            file=sys.stderr,
        )
        return done.returncode
    outputs = _outputs()
    if key:
        _store_key(outputs["ProviderSecret"], key)
    url = outputs["PublicUrl"]
    answer = httpx.get(f"{url}/api/health", timeout=30)
    print(f"{url} answers {answer.status_code}")
    return 0 if answer.is_success else 1


def _account() -> tuple[str, str]:
    session = boto3.Session()
    if not session.region_name:
        raise ProblemError("no AWS region is set: export AWS_REGION=eu-west-1 (or configure one), then try again")
    try:
        account = session.client("sts").get_caller_identity()["Account"]
        session.client("ssm").get_parameter(Name="/cdk-bootstrap/hnb659fds/version")
    except ClientError as exc:
        if exc.response.get("Error", {}).get("Code") == "ParameterNotFound":
            raise ProblemError(
                f"this account is not prepared for the CDK in {session.region_name}. Once: npx {CDK_CLI} bootstrap"
            ) from None
        raise ProblemError(
            f"AWS refused: {exc.response.get('Error', {}).get('Code')}. Check your credentials."
        ) from None
    except BotoCoreError as exc:
        raise ProblemError(f"no AWS credentials were found ({type(exc).__name__}): run `aws configure` first") from None
    return account, session.region_name


def _outputs() -> dict[str, str]:
    stack: Any = boto3.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}


def _store_key(secret: str, key: str) -> None:
    client = boto3.client("secretsmanager")
    value = json.loads(client.get_secret_value(SecretId=secret)["SecretString"])
    client.put_secret_value(SecretId=secret, SecretString=json.dumps({**value, "NOVITA_KEY": key}))
