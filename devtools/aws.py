"""``./hub deploy``: into the owner's own AWS account, with every check before anything is created.

Keys are asked for (or taken from NOVITA_KEY and SD_API_AUTH) and go straight into Secrets Manager: never into a template, a command
line or the shell's history.
"""

import difflib
import getpass
import ipaddress
import json
import os
import subprocess
import sys
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.exceptions import BotoCoreError, ClientError, EndpointConnectionError, HTTPClientError, ProfileNotFound

from devtools.config import ROOT, ProblemError
from devtools.deploy import STACK
from devtools.doctor import check_basics
from devtools.run import build_website
from devtools.smoke import SmokeError, smoke
from infra.profile import SETTINGS, Profile, ProfileError, load_profile

# The newest CLI that npm calls "latest" is older than the library's output (docs/adr).
CDK_CLI = "aws-cdk@2.1148.1"
# Lambda's own rule ("Configuring reserved concurrency").
_LEFT_TO_OTHERS = 100
# The template's own default (infra/stack.py): an address that exists nowhere.
NO_IMAGES = "https://example.invalid"
_PARAMETERS = {
    "LlmBaseUrl": "LLM_BASE_URL",
    "LlmModel": "LLM_MODEL",
    "EmbeddingsBaseUrl": "EMBEDDINGS_BASE_URL",
    "EmbeddingsModel": "EMBEDDINGS_MODEL",
    "SdApiUrl": "SD_API_URL",
}
# What goes into Secrets Manager, from here and by no other program.
_SECRET = ("NOVITA_KEY", "EMBEDDINGS_KEY", "SD_API_AUTH")
# Other variables of ours, so that none of them is taken for a misspelt setting.
_NO_SETTINGS = ("profile", "port", "data_dir", "llm")


def session_of_owner() -> boto3.Session:
    """Return a session in the region that the CDK's CLI would take: boto3 itself knows no AWS_REGION.

    Raises ProblemError when AWS_PROFILE names none that there is.
    """
    try:
        return boto3.Session(region_name=os.environ.get("AWS_REGION") or None)
    except ProfileNotFound as exc:
        raise ProblemError(f"{exc} (AWS_PROFILE): `aws configure list-profiles` names those there are") from None


def deploy(profile: str) -> int:
    """Deploy, print the address and try it.  Raises ProblemError before anything is created."""
    check_basics()
    session = session_of_owner()
    account = check_account(profile, session)
    print(f"deploying profile {profile} into account {account}, {session.region_name}")
    parameters = ask_models(session)
    keys = _keys(session)
    build_website()
    words = [w for name, value in parameters.items() for w in ("--parameters", f"{STACK}:{name}={value}")]
    command = ["npx", "--yes", CDK_CLI, "deploy", STACK, "--app", f"{sys.executable} app.py", *words]
    if not sys.stdin.isatty():  # nobody is there to be asked whether the roles may change
        command += ["--require-approval", "never"]
    environment = {name: value for name, value in os.environ.items() if name not in _SECRET}
    environment |= {"HUB_PROFILE": profile, "AWS_REGION": str(session.region_name)}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    if done.returncode:
        print(
            "hub: the deploy failed (see above); CloudFormation puts back what it had changed, so that the previous "
            "version still serves. No data was changed beyond the migrations that went through.",
            file=sys.stderr,
        )
        return done.returncode
    outputs = _outputs(session)
    if keys:
        _store_keys(session, outputs["ProviderSecret"], keys)
    url = outputs["PublicUrl"]
    if urlsplit(url).hostname != outputs["DistributionDomain"]:
        print(
            f"{urlsplit(url).hostname} has to point to {outputs['DistributionDomain']} (CNAME, or ALIAS at a zone's top)"
        )
    print(f"deployed to {url}; trying it with a throw-away account:")
    try:
        smoke(url)
    except SmokeError as exc:
        raise SmokeError(f"it is deployed and does not work yet. {exc}") from None
    print(f"{url} works")
    return 0


def check_account(profile: str, session: boto3.Session) -> str:
    """Return the account's number.

    Raises ProblemError for the first thing that would stop the deploy: settings, region, credentials, bootstrap, quota.
    """
    _check_names()
    try:
        given = {name: value for name in SETTINGS if (value := os.environ.get(f"HUB_{name.upper()}"))}
        wanted = load_profile(profile, given)
    except ProfileError as exc:
        raise ProblemError(f"{exc} (settings are environment variables: HUB_DOMAIN, HUB_ALARM_EMAIL, …)") from None
    check_region(session)
    if wanted.waf and session.region_name != "us-east-1":
        raise ProblemError(
            f"profile {profile} has a firewall, which CloudFront takes from us-east-1 only, and AWS_REGION is "
            f"{session.region_name}: deploy there, or without it: HUB_WAF=false"
        )
    account = account_of(session)
    try:
        _check_bootstrap(session, account)
        _check_workers(session, wanted)
    except ClientError as exc:
        raise refused(exc) from None
    return account


def _check_names() -> None:
    """A setting whose name is misspelt would be left out without a word."""
    for name in os.environ:
        if name.startswith("HUB_") and name.removeprefix("HUB_").lower() not in (*SETTINGS, *_NO_SETTINGS):
            near = difflib.get_close_matches(name.removeprefix("HUB_").lower(), SETTINGS, cutoff=0.7)
            if near:
                raise ProblemError(f"there is no setting {name}: is HUB_{near[0].upper()} meant?")


def check_region(session: boto3.Session) -> None:
    """Raises ProblemError unless a region is set that exists."""
    region = session.region_name
    if not region:
        raise ProblemError("no AWS region is set: export AWS_REGION=eu-west-1 (or configure one), then try again")
    if region not in session.get_available_regions("lambda"):
        raise ProblemError(f"there is no AWS region {region!r}: set AWS_REGION to one such as eu-west-1")


def account_of(session: boto3.Session) -> str:
    """Return the number of the account the credentials belong to.  Raises ProblemError when there are none that work."""
    try:
        return session.client("sts").get_caller_identity()["Account"]
    except ClientError as exc:
        raise refused(exc) from None
    except (EndpointConnectionError, HTTPClientError) as exc:
        raise ProblemError(f"AWS cannot be reached from here ({type(exc).__name__}): check the network") from None
    except BotoCoreError as exc:
        raise ProblemError(
            f"no AWS credentials could be used ({type(exc).__name__}): run `aws configure` or `aws sso login` first"
        ) from None


def refused(exc: ClientError) -> ProblemError:
    return ProblemError(
        f"AWS refused {exc.operation_name}: {exc.response.get('Error', {}).get('Code')}. Check which credentials are "
        "used (aws sts get-caller-identity) and what they may do: docs/operations.md"
    )


def _check_bootstrap(session: boto3.Session, account: str) -> None:
    try:
        session.client("ssm").get_parameter(Name="/cdk-bootstrap/hnb659fds/version")
    except ClientError as exc:
        if exc.response.get("Error", {}).get("Code") != "ParameterNotFound":
            raise
        # Without --app the CLI would first run ours, with a Python that has no CDK.
        raise ProblemError(
            f"account {account} is not prepared for the CDK in {session.region_name}. Once, as an administrator:\n"
            f'  npx {CDK_CLI} bootstrap aws://{account}/{session.region_name} --app ""'
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


def ask_models(session: boto3.Session) -> dict[str, str]:
    """Return the stack's parameters that are given now; what is left out keeps its value of the last deploy.

    Raises ProblemError for an address that AWS could not reach, and when no image model is known at all.
    """
    given = {name: value for name, key in _PARAMETERS.items() if (value := os.environ.get(key, "").strip())}
    stored = _parameters(session).get("SdApiUrl", "")
    is_stored = stored not in ("", NO_IMAGES)
    if "SdApiUrl" not in given and sys.stdin.isatty():
        keep = f"empty to keep {stored}" if is_stored else "none: no pictures"
        answer = input(f"Image model address (SD_API_URL; {keep}): ").strip()
        if answer:
            given["SdApiUrl"] = answer
    if "SdApiUrl" not in given and not stored:
        raise ProblemError(
            "an image model is needed: set SD_API_URL to an AUTOMATIC1111-compatible address, or to none for chats "
            "without pictures"
        )
    if given.get("SdApiUrl", "").lower() == "none":
        given["SdApiUrl"] = NO_IMAGES
    for name in ("LlmBaseUrl", "EmbeddingsBaseUrl", "SdApiUrl"):
        if name in given:
            _check_address(_PARAMETERS[name], given[name])
    return given


def _check_address(name: str, value: str) -> None:
    try:
        address = urlsplit(value)
        host, _ = address.hostname or "", address.port
    except ValueError:
        raise ProblemError(f"{name} is no web address") from None
    if address.scheme not in ("http", "https") or not host:
        raise ProblemError(f"{name} must be a web address such as https://images.example.org:7860")
    if address.username or address.password:
        raise ProblemError(
            f"{name} must not hold credentials: it is stored in the open. Put user:password into SD_API_AUTH"
        )
    if host == "localhost" or host.endswith((".localhost", ".local")) or _is_own_machine(host):
        raise ProblemError(f"{name} is {host}, which AWS cannot reach: it needs an address on the internet")


def _is_own_machine(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return not address.is_global


def _parameters(session: boto3.Session) -> dict[str, str]:
    """Return the parameters of the stack as it stands; empty when there is none."""
    try:
        stack: Any = session.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]
    except ClientError:
        return {}
    return {one["ParameterKey"]: one["ParameterValue"] for one in stack.get("Parameters", [])}


def _keys(session: boto3.Session) -> dict[str, str]:
    """Return the keys that are given now, empty to keep the stored ones.

    Raises ProblemError when there is none of the language model at all.
    """
    given = {name: value for name in _SECRET if (value := os.environ.get(name))}
    if "NOVITA_KEY" in given:
        return given
    stored = _has_key(session)
    key = ""
    if sys.stdin.isatty():
        keep = "; empty to keep the stored one" if stored else ""
        key = getpass.getpass(f"Language model key (NOVITA_KEY{keep}): ").strip()
    if not key and not stored:
        raise ProblemError("a key of the language model is needed: set NOVITA_KEY, or type it when asked")
    return {**given, "NOVITA_KEY": key} if key else given


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


def _store_keys(session: boto3.Session, secret: str, keys: dict[str, str]) -> None:
    client = session.client("secretsmanager")
    value = json.loads(client.get_secret_value(SecretId=secret)["SecretString"])
    client.put_secret_value(SecretId=secret, SecretString=json.dumps({**value, **keys}))
