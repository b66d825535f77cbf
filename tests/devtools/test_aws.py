"""What ``./hub deploy`` says before anything is created; AWS is played by botocore's own stubs."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError, NoCredentialsError
from botocore.stub import Stubber

from devtools import aws
from devtools.config import ROOT, ProblemError
from infra.profile import ProfileError, load_profile, misspelt

IDENTITY = {"Account": "111122223333", "Arn": "arn:aws:iam::111122223333:user/owner", "UserId": "A"}
STACKS = {
    "Stacks": [
        {
            "StackName": "CompanionHub",
            "CreationTime": "2026-01-01T00:00:00Z",
            "StackStatus": "CREATE_COMPLETE",
            "Outputs": [{"OutputKey": "ProviderSecret", "OutputValue": "arn"}],
        }
    ]
}


class Session(boto3.Session):
    """A session whose clients answer from a script; a call that is not in it fails the test."""

    def __init__(self, region: str | None) -> None:
        super().__init__(aws_access_key_id="test", aws_secret_access_key="test", region_name=region)
        self._made: dict[str, tuple[Any, Stubber]] = {}

    def on(self, service: str) -> Stubber:
        if service not in self._made:
            client = super().client(service)  # pyright: ignore[reportCallIssue, reportArgumentType]
            stubber = Stubber(client)
            stubber.activate()
            self._made[service] = (client, stubber)
        return self._made[service][1]

    def client(self, service_name: str, **_: Any) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        self.on(service_name)
        return self._made[service_name][0]


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Session]:
    for name in (
        "AWS_REGION",
        "AWS_DEFAULT_REGION",
        "AWS_PROFILE",
        "AWS_ENDPOINT_URL",
        "NOVITA_KEY",
        "SD_API_AUTH",
        "SD_API_URL",
        "LLM_BASE_URL",
        "LLM_MODEL",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")

    def make(region: str | None = "us-east-1", *, bootstrapped: bool = True, workers: int = 1000) -> Session:
        made = Session(region)
        if region:
            made.on("sts").add_response("get_caller_identity", IDENTITY)
            if bootstrapped:
                made.on("ssm").add_response("get_parameter", {"Parameter": {"Value": "30"}})
            else:
                made.on("ssm").add_client_error("get_parameter", "ParameterNotFound")
            limits = {"AccountLimit": {"ConcurrentExecutions": workers}}
            made.on("lambda").add_response("get_account_settings", limits)
        return made

    return make


def refused(profile: str, session: boto3.Session) -> str:
    with pytest.raises(ProblemError) as caught:
        aws.check_account(profile, session)
    return str(caught.value)


@pytest.mark.parametrize("profile", ["hobby", "production"])
def test_a_prepared_account_is_taken(session: Callable[..., Session], profile: str) -> None:
    assert aws.check_account(profile, session()) == "111122223333"


def test_an_unknown_profile_is_refused_with_the_known_ones(session: Callable[..., Session]) -> None:
    assert "hobby, production, local" in refused("cheap", session())


def test_a_wrong_setting_is_named(session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_ALARM_EMAIL", "nobody")
    assert "alarm_email: must be an e-mail address" in refused("hobby", session())


def test_a_missing_region_is_asked_for(session: Callable[..., Session]) -> None:
    assert "no AWS region is set" in refused("hobby", session(None))


def test_a_region_that_does_not_exist_is_refused(session: Callable[..., Session]) -> None:
    assert "no AWS region 'eu-west-11'" in refused("hobby", session("eu-west-11"))


def test_a_firewall_outside_us_east_1_is_refused(session: Callable[..., Session]) -> None:
    assert "us-east-1 only" in refused("production", session("eu-west-1"))


def test_without_its_firewall_production_goes_anywhere(
    session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUB_WAF", "false")
    assert aws.check_account("production", session("eu-west-1")) == "111122223333"


def test_missing_credentials_are_asked_for(session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch) -> None:
    made = session()

    def none(**_: Any) -> None:
        raise NoCredentialsError

    monkeypatch.setattr(made.client("sts"), "get_caller_identity", none)
    assert "aws configure" in refused("hobby", made)


def test_a_network_that_is_down_is_told_from_credentials(
    session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = session()

    def unreachable(**_: Any) -> None:
        raise EndpointConnectionError(endpoint_url="https://sts.us-east-1.amazonaws.com/")

    monkeypatch.setattr(made.client("sts"), "get_caller_identity", unreachable)
    assert refused("hobby", made) == "AWS cannot be reached from here (EndpointConnectionError): check the network"


def test_a_profile_of_the_cli_that_does_not_exist_is_named(
    session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nosuch")
    with pytest.raises(ProblemError, match=r"\(nosuch\) could not be found \(AWS_PROFILE\)"):
        aws.session_of_owner()


def test_refused_credentials_name_the_call_and_the_code() -> None:
    made = Session("us-east-1")
    made.on("sts").add_client_error("get_caller_identity", "ExpiredToken")
    assert "AWS refused GetCallerIdentity: ExpiredToken" in refused("hobby", made)


def test_an_account_without_bootstrap_is_told_the_command(session: Callable[..., Session]) -> None:
    """With the account's number and without our app, which the CLI would run with a Python that has no CDK."""
    command = f'npx {aws.CDK_CLI} bootstrap aws://111122223333/eu-west-1 --app ""'
    assert command in refused("hobby", session("eu-west-1", bootstrapped=False))


@pytest.mark.parametrize("name", ["AWS_REGION", "AWS_DEFAULT_REGION"])
def test_the_region_is_set_as_for_every_other_tool(
    session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "eu-central-1")
    assert aws.session_of_owner().region_name == "eu-central-1"


def test_of_two_regions_the_one_is_taken_that_the_cdk_takes(
    session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    assert aws.session_of_owner().region_name == "eu-west-1"


def test_a_new_accounts_quota_is_too_small_for_production_only(session: Callable[..., Session]) -> None:
    assert "this account has 10" in refused("production", session(workers=10))
    assert aws.check_account("hobby", session(workers=10)) == "111122223333"


def test_an_older_node_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    node = tmp_path / "node"
    node.write_text("#!/bin/sh\necho v18.20.4\n")
    node.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProblemError, match=r"Node\.js 20 or newer is needed; this is 18"):
        aws.deploy("hobby")


def test_a_misspelt_setting_is_named_with_the_right_one(
    session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUB_DOMIAN", "chat.example.org")
    assert refused("hobby", session()) == "there is no setting HUB_DOMIAN: is HUB_DOMAIN meant?"


def test_the_cdk_alone_refuses_a_misspelt_setting() -> None:
    """``cdk deploy -c domian=…`` hands its words over as context, beside cdk.json's flags and what the CDK keeps there."""
    flags = json.loads((ROOT / "cdk.json").read_text())["context"]
    context = {**flags, "aws:cdk:bundling-stacks": [], "availability-zones:account=1": [], "profile": "hobby"}
    assert misspelt({**context, "domain": "chat.example.org"}) == {}
    with pytest.raises(ProfileError, match="domian: there is no such setting; there are domain,"):
        load_profile("hobby", misspelt({**context, "domian": "chat.example.org"}))


def stack(made: Session, **parameters: str) -> None:
    """An earlier deploy; without parameters, none."""
    if parameters:
        found = [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()]
        made.on("cloudformation").add_response(
            "describe_stacks", {"Stacks": [{**STACKS["Stacks"][0], "Parameters": found}]}
        )
    else:
        made.on("cloudformation").add_client_error("describe_stacks", "ValidationError")


def test_a_first_deploy_without_an_image_model_stops(session: Callable[..., Session]) -> None:
    made = session()
    stack(made)
    with pytest.raises(ProblemError, match="set SD_API_URL to an AUTOMATIC1111-compatible address, or to none"):
        aws.ask_models(made)


def test_a_later_deploy_keeps_the_image_model(session: Callable[..., Session]) -> None:
    made = session()
    stack(made, SdApiUrl="https://images.example.org")
    assert aws.ask_models(made) == {}


def test_an_image_model_is_asked_for_where_somebody_can_answer(
    session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(text: str) -> str:
        asked.append(text)
        return "https://images.example.org:7860"

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", answer)
    made = session()
    stack(made)
    assert aws.ask_models(made) == {"SdApiUrl": "https://images.example.org:7860"}
    assert "SD_API_URL" in asked[0]


def test_none_means_no_pictures(session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SD_API_URL", "none")
    made = session()
    stack(made)
    assert aws.ask_models(made) == {"SdApiUrl": aws.NO_IMAGES}
    assert aws.NO_IMAGES in (ROOT / "infra" / "stack.py").read_text()


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("images.example.org", "must be a web address"),
        ("https://x:99999999", "is no web address"),
        ("https://me:secret@images.example.org", "must not hold credentials"),
        ("http://localhost:7860", "which AWS cannot reach"),
        ("http://192.168.1.20:7860", "which AWS cannot reach"),
    ],
)
@pytest.mark.parametrize("name", ["SD_API_URL", "LLM_BASE_URL"])
def test_an_address_that_cannot_work_is_refused(
    session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch, name: str, address: str, says: str
) -> None:
    monkeypatch.setenv(name, address)
    made = session()
    stack(made, SdApiUrl="https://images.example.org")
    with pytest.raises(ProblemError) as caught:
        aws.ask_models(made)
    assert str(caught.value).startswith(name)
    assert says in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(("stored", "kept"), [("key", True), ("", False)], ids=["stored before", "never stored"])
def test_a_deploy_without_any_key_stops(session: Callable[..., Session], stored: str, kept: bool) -> None:
    made = session()
    made.on("cloudformation").add_response("describe_stacks", STACKS)
    made.on("secretsmanager").add_response("get_secret_value", {"SecretString": f'{{"NOVITA_KEY": "{stored}"}}'})
    if kept:
        assert aws._keys(made) == {}  # pyright: ignore[reportPrivateUsage]
    else:
        with pytest.raises(ProblemError, match="key of the language model is needed"):
            aws._keys(made)  # pyright: ignore[reportPrivateUsage]


class Deployment:
    """``./hub deploy`` with the CDK's CLI played by a script, and AWS by stubs."""

    def __init__(self, made: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, ends: int = 0) -> None:
        self.made = made
        self.tried: list[str] = []
        self._told = tmp_path / "npx.json"
        programs = tmp_path / "bin"
        programs.mkdir()
        for name, does in {
            "node": "#!/bin/sh\necho v24.0.0\n",
            "npm": "#!/bin/sh\n",
            "npx": f"#!{sys.executable}\nimport json, os, sys\n"
            f"json.dump([sys.argv[1:], dict(os.environ)], open({str(self._told)!r}, 'w'))\nsys.exit({ends})\n",
        }.items():
            (programs / name).write_text(does)
            (programs / name).chmod(0o755)
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}/usr/bin{os.pathsep}/bin")
        monkeypatch.setenv("NOVITA_KEY", "the-key")
        monkeypatch.setenv("SD_API_URL", "https://images.example.org")
        monkeypatch.setattr(aws, "session_of_owner", lambda: made)
        monkeypatch.setattr(aws, "build_website", lambda: None)
        monkeypatch.setattr(aws, "smoke", self.tried.append)

    @property
    def told(self) -> tuple[list[str], dict[str, str]]:
        arguments, environment = json.loads(self._told.read_text())
        return arguments, environment


def test_a_deploy_hands_the_key_to_secrets_manager_and_to_nobody_else(
    session: Callable[..., Session],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = session("eu-west-1")
    run = Deployment(made, tmp_path, monkeypatch)
    stack(made)
    outputs = {"ProviderSecret": "arn", "PublicUrl": "https://chat.example.org", "DistributionDomain": "d1.example.net"}
    done = {**STACKS["Stacks"][0], "Outputs": [{"OutputKey": k, "OutputValue": v} for k, v in outputs.items()]}
    made.on("cloudformation").add_response("describe_stacks", {"Stacks": [done]})
    held = {"NOVITA_KEY": "", "SD_API_AUTH": "", "unused": "x"}
    made.on("secretsmanager").add_response("get_secret_value", {"SecretString": json.dumps(held)})
    made.on("secretsmanager").add_response(
        "put_secret_value",
        {},
        {"SecretId": "arn", "SecretString": json.dumps({**held, "NOVITA_KEY": "the-key"})},
    )
    assert aws.deploy("hobby") == 0
    made.on("secretsmanager").assert_no_pending_responses()
    arguments, environment = run.told
    assert arguments[:4] == ["--yes", aws.CDK_CLI, "deploy", "CompanionHub"]
    assert "CompanionHub:SdApiUrl=https://images.example.org" in arguments
    assert (environment["HUB_PROFILE"], environment["AWS_REGION"]) == ("hobby", "eu-west-1")
    assert "the-key" not in json.dumps([arguments, environment])
    assert run.tried == ["https://chat.example.org"]
    said = capsys.readouterr().out
    assert "chat.example.org has to point to d1.example.net" in said
    assert "the-key" not in said


def test_a_deploy_that_fails_stores_nothing_and_says_what_still_serves(
    session: Callable[..., Session],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = session()
    run = Deployment(made, tmp_path, monkeypatch, ends=7)
    stack(made)
    assert aws.deploy("hobby") == 7
    assert "the previous version still serves" in capsys.readouterr().err
    assert run.tried == []
