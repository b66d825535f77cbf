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
from infra.profile import SETTINGS, Profile, ProfileError, load_profile

# The newest CLI that npm calls "latest" is older than the library's output (docs/adr).
CDK_CLI = "aws-cdk@2.1148.1"
# Lambda's own rule ("Configuring reserved concurrency").
_LEFT_TO_OTHERS = 100


def deploy(profile: str) -> int:
    """Deploy and print the address.  Raises ProblemError before anything is created."""
    check_basics()
    session = boto3.Session()
    account = check_account(profile, session)
    print(f"deploying profile {profile} into account {account}, {session.region_name}")
    key = _key(session)
    build_website()
    parameters = {
        "LlmBaseUrl": os.environ.get("LLM_BASE_URL"),
        "LlmModel": os.environ.get("LLM_MODEL"),
        "SdApiUrl": os.environ.get("SD_API_URL"),
    }
    words = [w for name, value in parameters.items() if value for w in ("--parameters", f"{STACK}:{name}={value}")]
    command = ["npx", "--yes", CDK_CLI, "deploy", STACK, "--app", f"{sys.executable} app.py", *words]
    if not sys.stdin.isatty():  # nobody is there to be asked whether the roles may change
        command += ["--require-approval", "never"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "HUB_PROFILE": profile}, check=False)
    if done.returncode:
        print(
            "hub: the deploy failed (see above); CloudFormation puts back what it had changed, so that the previous "
            "version still serves. No data was changed beyond the migrations that went through.",
            file=sys.stderr,
        )
        return done.returncode
    outputs = _outputs(session)
    if key:
        _store_key(session, outputs["ProviderSecret"], key)
    url = outputs["PublicUrl"]
    answer = httpx.get(f"{url}/api/health", timeout=30)
    print(f"{url} answers {answer.status_code}")
    return 0 if answer.is_success else 1


def check_account(profile: str, session: boto3.Session) -> str:
    """Return the account's number.

    Raises ProblemError for the first thing that would stop the deploy: settings, region, credentials, bootstrap, quota.
    """
    try:
        given = {name: value for name in SETTINGS if (value := os.environ.get(f"HUB_{name.upper()}"))}
        wanted = load_profile(profile, given)
    except ProfileError as exc:
        raise ProblemError(f"{exc} (settings are environment variables: HUB_DOMAIN, HUB_ALARM_EMAIL, …)") from None
    region = session.region_name
    if not region:
        raise ProblemError("no AWS region is set: export AWS_REGION=eu-west-1 (or configure one), then try again")
    if region not in session.get_available_regions("lambda"):
        raise ProblemError(f"there is no AWS region {region!r}: set AWS_REGION to one such as eu-west-1")
    if wanted.waf and region != "us-east-1":
        raise ProblemError(
            f"profile {profile} has a firewall, which CloudFront takes from us-east-1 only, and AWS_REGION is {region}: "
            "deploy there, or without it: HUB_WAF=false"
        )
    try:
        account = session.client("sts").get_caller_identity()["Account"]
        _check_bootstrap(session)
        _check_workers(session, wanted)
    except ClientError as exc:
        raise ProblemError(
            f"AWS refused {exc.operation_name}: {exc.response.get('Error', {}).get('Code')}. Check which credentials are "
            "used (aws sts get-caller-identity) and what they may do: docs/operations.md"
        ) from None
    except BotoCoreError as exc:
        raise ProblemError(
            f"no AWS credentials could be used ({type(exc).__name__}): run `aws configure` or `aws sso login` first"
        ) from None
    return account


def _check_bootstrap(session: boto3.Session) -> None:
    try:
        session.client("ssm").get_parameter(Name="/cdk-bootstrap/hnb659fds/version")
    except ClientError as exc:
        if exc.response.get("Error", {}).get("Code") != "ParameterNotFound":
            raise
        raise ProblemError(
            f"this account is not prepared for the CDK in {session.region_name}. Once: npx {CDK_CLI} bootstrap"
        ) from None


def _check_workers(session: boto3.Session, profile: Profile) -> None:
    """Lambda refuses reservations that leave fewer than 100 workers to the account's other functions."""
    reserved = sum(profile.most_workers.values())
    if not reserved:
        return
    limit = session.client("lambda").get_account_settings().get("AccountLimit", {}).get("ConcurrentExecutions", 0)
    if limit < reserved + _LEFT_TO_OTHERS:
        raise ProblemError(
            f"profile {profile.name} reserves {reserved} of Lambda's workers and this account has {limit}: ask AWS for at "
            f"least {reserved + _LEFT_TO_OTHERS} (Service Quotas, Lambda, Concurrent executions), or deploy hobby"
        )


def _key(session: boto3.Session) -> str:
    """Return the language model's key, empty to keep the stored one.  Raises ProblemError when there is none at all."""
    if key := os.environ.get("NOVITA_KEY"):
        return key
    stored = _has_key(session)
    if sys.stdin.isatty():
        keep = "; empty to keep the stored one" if stored else ""
        key = getpass.getpass(f"Language model key (NOVITA_KEY{keep}): ").strip()
    if not key and not stored:
        raise ProblemError("a key of the language model is needed: set NOVITA_KEY, or type it when asked")
    return key or ""


def _has_key(session: boto3.Session) -> bool:
    """Whether an earlier deploy stored a key."""
    try:
        secret = _outputs(session)["ProviderSecret"]
        value = session.client("secretsmanager").get_secret_value(SecretId=secret)["SecretString"]
    except (ClientError, KeyError):
        return False
    return bool(json.loads(value).get("NOVITA_KEY"))


def _outputs(session: boto3.Session) -> dict[str, str]:
    stack: Any = session.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}


def _store_key(session: boto3.Session, secret: str, key: str) -> None:
    client = session.client("secretsmanager")
    value = json.loads(client.get_secret_value(SecretId=secret)["SecretString"])
    client.put_secret_value(SecretId=secret, SecretString=json.dumps({**value, "NOVITA_KEY": key}))
