"""The templates of all profiles: they synthesise, and what must hold of them holds."""

import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from companion_hub import settings
from companion_hub.models.turn import TURN_DEADLINE_WITH_IMAGE_S
from devtools.config import ROOT
from infra.api import ROUTES
from infra.functions import SPECS
from infra.profile import UnknownProfileError, load_profile
from infra.turns import STATES
from tests.infra.synthesise import PROFILES, ROTATED


def of_type(template: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [r["Properties"] for r in template["Resources"].values() if r["Type"] == kind]


def functions(template: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found = of_type(template, "AWS::Lambda::Function")
    return {
        str(f["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"]): f
        for f in found
        if "POWERTOOLS_SERVICE_NAME" in f.get("Environment", {}).get("Variables", {})
    }


def test_an_unknown_profile_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownProfileError, match="hobby, production, local"):
        load_profile("cheap")


@pytest.mark.parametrize("name", sorted(SPECS))
def test_every_handler_exists(name: str) -> None:
    module, _, attribute = SPECS[name].handler.rpartition(".")
    assert callable(getattr(import_module(module), attribute))


@pytest.mark.parametrize("profile", PROFILES)
def test_every_function_has_its_settings_and_nothing_else(templates: dict[str, Any], profile: str) -> None:
    """The environment's keys are fields of some settings model, so that nothing is misspelt."""
    known = {
        field.upper()
        for model in vars(settings).values()
        if isinstance(model, type) and issubclass(model, settings.Settings)
        for field in model.model_fields
    }
    made = functions(templates[profile])
    # The key pair of the picture cookies is made by a function only where CloudFront checks them.
    assert set(made) == {*SPECS, *(["MakeMediaKey"] if profile != "local" else [])}
    for name, function in made.items():
        unknown = set(function["Environment"]["Variables"]) - known
        assert not unknown, f"{name} has {unknown}"


@pytest.mark.parametrize("profile", PROFILES)
def test_buckets_are_private_and_encrypted(templates: dict[str, Any], profile: str) -> None:
    buckets = of_type(templates[profile], "AWS::S3::Bucket")
    assert len(buckets) == 2
    for bucket in buckets:
        assert all(bucket["PublicAccessBlockConfiguration"].values())
        assert "BucketEncryption" in bucket


def test_hobby_pauses_and_production_is_protected(templates: dict[str, Any]) -> None:
    hobby = of_type(templates["hobby"], "AWS::RDS::DBCluster")[0]
    production = of_type(templates["production"], "AWS::RDS::DBCluster")[0]
    assert hobby["ServerlessV2ScalingConfiguration"]["MinCapacity"] == 0
    assert hobby["StorageEncrypted"] is True
    assert production["DeletionProtection"] is True
    assert production["BackupRetentionPeriod"] == 14
    assert of_type(templates["production"], "AWS::WAFv2::WebACL")
    assert of_type(templates["production"], "AWS::RDS::DBProxy")
    assert not of_type(templates["hobby"], "AWS::EC2::NatGateway")
    assert len(of_type(templates["production"], "AWS::EC2::NatGateway")) >= 2


def test_the_socket_stage_is_called_ws(templates: dict[str, Any]) -> None:
    stages = of_type(templates["hobby"], "AWS::ApiGatewayV2::Stage")
    assert "ws" in [stage["StageName"] for stage in stages]


def test_every_state_of_the_machine_has_its_function_and_names_only_known_errors() -> None:
    from companion_hub import errors

    text = (ROOT / "statemachines" / "turn.asl.json").read_text()
    assert set(re.findall(r"\$\{(\w+)Arn\}", text)) == set(STATES)
    for name in re.findall(r'"(\w+Error)"', text):
        assert isinstance(getattr(errors, name), type), name
    machine = json.loads(text)
    # No emulator keeps the limit of the whole; on AWS its end is TIMED_OUT, which TurnEnded acts on (test_turn_ended).
    assert TURN_DEADLINE_WITH_IMAGE_S <= machine["TimeoutSeconds"] <= 2 * TURN_DEADLINE_WITH_IMAGE_S
    for name, state in machine["States"].items():
        if state["Type"] == "Task":
            assert state["TimeoutSeconds"], name
            assert state["Retry"], name
        targets = [state.get("Next"), state.get("Default"), *(c["Next"] for c in state.get("Catch", []))]
        assert all(target in machine["States"] for target in targets if target), name


def test_routes_name_known_functions() -> None:
    assert {name for _, name in ROUTES} <= set(SPECS)


def test_gradual_deploys_put_an_alias_before_everything_that_is_called(templates: dict[str, Any]) -> None:
    """Production calls aliases, never the newest code itself; the other profiles have none."""
    assert not of_type(templates["hobby"], "AWS::Lambda::Alias")
    resources = templates["production"]["Resources"]
    aliases = {id_ for id_, resource in resources.items() if resource["Type"] == "AWS::Lambda::Alias"}
    assert len(aliases) == len(SPECS) - 2
    for id_ in aliases:
        assert resources[id_]["UpdatePolicy"]["CodeDeployLambdaAliasUpdate"]["DeploymentGroupName"]
    for group in of_type(templates["production"], "AWS::CodeDeploy::DeploymentGroup"):
        assert group["DeploymentConfigName"] == "CodeDeployDefault.LambdaCanary10Percent5Minutes"
        assert group["AlarmConfiguration"]["Enabled"] is True
        assert "DEPLOYMENT_STOP_ON_ALARM" in group["AutoRollbackConfiguration"]["Events"]
    for integration in of_type(templates["production"], "AWS::ApiGatewayV2::Integration"):
        assert any(f'"{alias}"' in json.dumps(integration["IntegrationUri"]) for alias in aliases)
    machine = of_type(templates["production"], "AWS::StepFunctions::StateMachine")[0]
    assert {arn["Ref"] for arn in machine["DefinitionSubstitutions"].values()} <= aliases


@pytest.mark.parametrize("profile", ["hobby", "production"])
def test_the_schema_is_brought_up_to_date_before_any_function_changes(templates: dict[str, Any], profile: str) -> None:
    resources = templates[profile]["Resources"]
    trigger = next(id_ for id_, resource in resources.items() if resource["Type"] == "Custom::Trigger")
    for name, function in functions(templates[profile]).items():
        if name not in ("Migrate", "MakeMediaKey"):
            id_ = next(i for i, resource in resources.items() if resource.get("Properties") is function)
            assert trigger in resources[id_]["DependsOn"], name


@pytest.mark.parametrize("profile", ["hobby", "production"])
def test_every_alarm_names_a_page_that_exists(templates: dict[str, Any], profile: str) -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "docs" / "operations.md").read_text(), re.MULTILINE)
    anchors = {heading.lower().replace(" ", "-") for heading in headings}
    alarms = of_type(templates[profile], "AWS::CloudWatch::Alarm")
    assert alarms
    for alarm in alarms:
        page = re.search(r"docs/operations\.md#([\w-]+)$", alarm["AlarmDescription"])
        assert page, alarm["AlarmDescription"]
        assert page[1] in anchors


def test_graphs_and_alarms_name_metrics_that_are_written(templates: dict[str, Any]) -> None:
    code = "".join(path.read_text() for path in (ROOT / "layers/common/python/companion_hub").rglob("*.py"))
    written = set(re.findall(r'add_metric\(\s*name="(\w+)"', code))
    watched = set(re.findall(r'_ours\("(\w+)"|MetricName="(\w+)"', (ROOT / "infra/monitoring.py").read_text()))
    names = {name for pair in watched for name in pair if name}
    assert names
    assert names <= written
    assert of_type(templates["hobby"], "AWS::CloudWatch::Dashboard")


def test_a_changed_media_key_is_used_while_the_one_before_is_still_taken(templates: dict[str, Any]) -> None:
    hobby, rotated = (templates[name]["Resources"] for name in ("hobby", ROTATED))
    keys = {id_ for id_, resource in rotated.items() if resource["Type"] == "AWS::CloudFront::PublicKey"}
    (group,) = of_type(templates[ROTATED], "AWS::CloudFront::KeyGroup")
    newest, before = (item["Ref"] for item in group["KeyGroupConfig"]["Items"])
    assert keys == {newest, before}
    assert not keys & hobby.keys()  # the first is gone; each has an id of its own, since CloudFront changes none
    auth = functions(templates[ROTATED])["AuthApi"]["Environment"]["Variables"]
    assert auth["MEDIA_KEY_PAIR_ID"] == {"Ref": newest}
    assert auth["MEDIA_KEY_NAME"] == "private_key_3"
    pair = rotated[newest]["Properties"]["PublicKeyConfig"]["EncodedKey"]["Fn::GetAtt"][0]
    assert rotated[pair]["Properties"]["Name"] == "private_key_3"
    assert rotated.keys() - hobby.keys() == {*keys, *(id_ for id_ in rotated if id_.startswith("WebsiteMediaKeyPair"))}


EDGE_KINDS = (
    "Function",
    "KeyGroup",
    "OriginAccessControl",
    "OriginRequestPolicy",
    "PublicKey",
    "ResponseHeadersPolicy",
)


@pytest.mark.parametrize("profile", ["hobby", "production", ROTATED])
def test_installations_in_one_account_share_no_name_at_the_edge(templates: dict[str, Any], profile: str) -> None:
    """CloudFront's names are the account's: without stack and region in them a second installation is refused."""
    of_installation: list[Any] = [{"Ref": "AWS::StackName"}, "-", {"Ref": "AWS::Region"}]
    own: list[str] = []
    for kind in EDGE_KINDS:
        for properties in of_type(templates[profile], f"AWS::CloudFront::{kind}"):
            config = properties if kind == "Function" else properties[f"{kind}Config"]
            separator, (*head, last) = config["Name"]["Fn::Join"]
            assert (separator, head) == ("", of_installation)
            own.append(last)
    assert len(own) == len(set(own)) == (8 if profile == ROTATED else 7)
    # The shortest limit is 64 characters (functions, access controls).
    assert max(len(f"CompanionHub-ap-southeast-1{name}") for name in own) <= 64


@pytest.mark.parametrize("profile", ["hobby", "production"])
def test_the_distribution_is_the_only_way_in(templates: dict[str, Any], profile: str) -> None:
    (distribution,) = of_type(templates[profile], "AWS::CloudFront::Distribution")
    config = distribution["DistributionConfig"]
    assert config["HttpVersion"] == "http2and3"
    # A page of the app is found by a function: an error of the API must stay one.
    assert "CustomErrorResponses" not in config
    assert config["DefaultCacheBehavior"]["FunctionAssociations"][0]["EventType"] == "viewer-request"
    by_path = {one["PathPattern"]: one for one in config["CacheBehaviors"]}
    assert set(by_path) == {"/api/*", "/ws", "/media/*"}
    assert by_path["/media/*"]["TrustedKeyGroups"]
    for path, behavior in {"": config["DefaultCacheBehavior"], **by_path}.items():
        assert behavior["ViewerProtocolPolicy"] in ("redirect-to-https", "https-only"), path
        assert "ResponseHeadersPolicyId" in behavior or path == "/ws", path
    for origin in config["Origins"]:
        if "S3OriginConfig" in origin:
            assert origin["OriginAccessControlId"]
        else:
            assert len(origin["OriginCustomHeaders"]) == 1  # the secret that the functions look at


def test_a_frozen_functions_connection_lets_the_database_pause() -> None:
    """The server closes it after less than the five minutes that Aurora waits (infra/database.py)."""
    from companion_hub.db import connection

    found = re.search(r"idle_session_timeout=(\d+)", Path(connection.__file__).read_text())
    assert found
    assert 0 < int(found[1]) < 300_000
