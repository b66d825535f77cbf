"""What cdk-nag and cfn-lint say of every profile's template, and what must not be able to wake the database."""

import json
import re
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import aws_cdk
import pytest

from devtools.config import ROOT
from tests.infra.conftest import Synthesised
from tests.infra.synthesise import PROFILES

# W3005: the CDK writes DependsOn beside references that imply it; harmless, and not ours to change.
IGNORED = ("W3005",)


@pytest.mark.parametrize("profile", ["hobby", "production"])
def test_cdk_nag_finds_nothing_that_is_not_explained(synthesised: dict[str, Synthesised], profile: str) -> None:
    reports = synthesised[profile].report["pluginReports"]
    nag = [report for report in reports if report["pluginName"] == "AwsSolutions"]
    assert len(nag) == 1
    found = [
        f"{violation['ruleName']}: {construct['constructPath']}"
        for violation in nag[0]["violations"]
        for construct in violation["violatingConstructs"]
    ]
    assert found == []
    assert nag[0]["conclusion"] == "success"
    # The checks ran: what is acknowledged was found first.
    assert len(nag[0]["suppressedViolations"]) > 10


def test_every_acknowledged_finding_has_a_reason(synthesised: dict[str, Synthesised]) -> None:
    suppressed = [
        violation
        for profile in ("hobby", "production")
        for report in synthesised[profile].report["pluginReports"]
        for violation in report["suppressedViolations"]
    ]
    assert suppressed
    for violation in suppressed:
        reasons = json.dumps(violation)
        assert re.search(r'"reason": "[^"]{25,}', reasons), violation["ruleName"]


def test_feature_flags_are_those_recommended_by_the_release_in_use() -> None:
    """A new app of this release of the CDK would begin with these; an upgrade adds some, to be looked at and taken."""
    [archive] = (Path(aws_cdk.__file__).parent / "_jsii").glob("aws-cdk-lib@*.jsii.tgz")
    with tarfile.open(archive) as bundle:
        member = bundle.extractfile("package/recommended-feature-flags.json")
        assert member is not None
        recommended = json.load(member)
    assert len(recommended) > 50
    assert json.loads((ROOT / "cdk.json").read_text())["context"] == recommended


@pytest.mark.parametrize("profile", ["hobby", "production"])
def test_every_log_group_has_an_end(synthesised: dict[str, Synthesised], profile: str) -> None:
    groups = [
        (name, resource["Properties"].get("RetentionInDays"))
        for name, resource in synthesised[profile].template["Resources"].items()
        if resource["Type"] == "AWS::Logs::LogGroup"
    ]
    assert len(groups) > 10
    assert {days for _, days in groups} == {14 if profile == "hobby" else 90}, groups


def test_the_edge_logs_neither_people_nor_their_words(synthesised: dict[str, Synthesised]) -> None:
    """Issue 5, item 6: access logs without query strings."""
    deliveries = [
        resource
        for resource in synthesised["production"].template["Resources"].values()
        if resource["Type"] == "AWS::Logs::Delivery"
    ]
    assert len(deliveries) == 1
    fields = set(deliveries[0]["Properties"]["RecordFields"])
    assert {"cs-uri-stem", "sc-status", "time-taken"} <= fields
    telling = re.compile(r"c-ip|query|cookie|referer|user-agent|forwarded|c-port|c-country|host", re.IGNORECASE)
    assert [field for field in fields if telling.search(field)] == []
    for profile in ("hobby", "production"):  # nor is there the old kind, which always writes query strings
        distributions = [
            resource["Properties"]["DistributionConfig"]
            for resource in synthesised[profile].template["Resources"].values()
            if resource["Type"] == "AWS::CloudFront::Distribution"
        ]
        assert [config.get("Logging") for config in distributions] == [None]


def lint(*paths: Path) -> list[str]:
    """Return what cfn-lint finds in some templates, with the file it is in: its start costs more than a template."""
    program = Path(sys.executable).with_name("cfn-lint")
    command = [str(program), "--format", "parseable", "--ignore-checks", *IGNORED, "--template", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = done.stdout.splitlines()
    assert bool(found) == bool(done.returncode), done.stderr[-3000:]
    return found


@pytest.fixture(scope="module")
def broken(synthesised: dict[str, Synthesised], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state machine alone, with a state of a type that does not exist."""
    path = tmp_path_factory.mktemp("broken") / "broken.json"
    resources = synthesised["local"].template["Resources"]
    machines = {id_: one for id_, one in resources.items() if one["Type"] == "AWS::StepFunctions::StateMachine"}
    text = json.dumps({"Resources": machines})
    path.write_text(text.replace('\\"Type\\":\\"Choice\\"', '\\"Type\\":\\"Chance\\"'))
    return path


@pytest.fixture(scope="module")
def linted(synthesised: dict[str, Synthesised], broken: Path) -> list[str]:
    return lint(*(synthesised[profile].path for profile in PROFILES), broken)


@pytest.mark.parametrize("profile", PROFILES)
def test_cfn_lint_finds_nothing(synthesised: dict[str, Synthesised], linted: list[str], profile: str) -> None:
    assert [line for line in linted if line.startswith(str(synthesised[profile].path))] == []


def test_cfn_lint_sees_the_state_machine(linted: list[str], broken: Path) -> None:
    """The definition is in the template as text, so that the check of its syntax is no empty one."""
    found = [line for line in linted if line.startswith(str(broken))]
    assert any("'Chance' is not one of" in line and "E3601" in line for line in found), found  # its rule for these


def statelint(text: str, path: Path) -> list[str]:
    """Return what the Amazon States Language's own validator finds."""
    path.write_text(text)
    program = Path(sys.executable).with_name("statelint")
    done = subprocess.run([str(program), str(path)], capture_output=True, text=True, check=False)
    return done.stdout.splitlines()


def test_statelint_finds_nothing_and_would_find_what_cfn_lint_does_not(tmp_path: Path) -> None:
    text = (ROOT / "statemachines" / "turn.asl.json").read_text()
    path = tmp_path / "turn.asl.json"
    assert statelint(text, path) == []
    dangling = statelint(text.replace('"Next": "FailTurn"', '"Next": "NoSuchState"'), path)
    assert any('No state found named "NoSuchState"' in line for line in dangling)
    unreachable = statelint(text.replace('"Next": "StateDegraded"', '"Next": "FailTurn"'), path)
    assert any("StateDegraded" in line for line in unreachable)


@pytest.mark.parametrize("profile", PROFILES)
def test_nothing_on_a_timer_can_wake_the_database(templates: dict[str, Any], profile: str) -> None:
    """Every way in which AWS calls something by the clock: schedules, pollers, canaries, rotations, waiting workflows."""
    resources = templates[profile]["Resources"]
    kinds = {resource["Type"] for resource in resources.values()}
    assert kinds.isdisjoint(
        {
            "AWS::Scheduler::Schedule",
            "AWS::Synthetics::Canary",
            "AWS::Lambda::EventSourceMapping",
            "AWS::Route53::HealthCheck",
            "AWS::Pipes::Pipe",
            "AWS::SSM::Association",
        }
    )
    timed = [
        id_
        for id_, resource in resources.items()
        if "ScheduleExpression" in resource.get("Properties", {})
        or resource["Type"] == "AWS::SecretsManager::RotationSchedule"
    ]
    # Production's database never sleeps; its password is changed once a month.
    rotations = [id_ for id_ in timed if resources[id_]["Type"] == "AWS::SecretsManager::RotationSchedule"]
    assert timed == rotations
    assert len(rotations) == (1 if profile == "production" else 0)
    rules = [r["Properties"] for r in resources.values() if r["Type"] == "AWS::Events::Rule"]
    assert [rule["EventPattern"]["source"] for rule in rules] == [["aws.states"]]
    machines = [r for r in resources.values() if r["Type"] == "AWS::StepFunctions::StateMachine"]
    assert len(machines) == 1
    assert '"Type\\":\\"Wait' not in json.dumps(machines)


def test_only_hobbys_database_pauses(templates: dict[str, Any]) -> None:
    scaling = {
        profile: resource["Properties"]["ServerlessV2ScalingConfiguration"]
        for profile in ("hobby", "production")
        for resource in templates[profile]["Resources"].values()
        if resource["Type"] == "AWS::RDS::DBCluster"
    }
    assert scaling["hobby"] == {"MinCapacity": 0, "MaxCapacity": 1, "SecondsUntilAutoPause": 300}
    assert scaling["production"] == {"MinCapacity": 0.5, "MaxCapacity": 16}
    # RDS Proxy holds a connection, and with it a database awake.
    assert not [r for r in templates["hobby"]["Resources"].values() if r["Type"].startswith("AWS::RDS::DBProxy")]


def test_a_second_synthesis_makes_the_same_template(synthesised: dict[str, Synthesised]) -> None:
    """No clock, account, git or random value is in it: `cdk diff` without a change shows none."""
    one, other = synthesised["hobby"], synthesised["hobby again"]
    assert one.template == other.template


def test_a_synthesis_takes_at_most_twenty_seconds(synthesised: dict[str, Synthesised]) -> None:
    """Of processor: how long it takes by the clock, the neighbours decide."""
    print(f"{synthesised['hobby'].processor_s:.1f} s of processor each")
    assert synthesised["hobby"].processor_s < 20


@pytest.mark.parametrize("profile", ["hobby", "production"])
def test_nothing_is_looked_up_while_synthesising(synthesised: dict[str, Synthesised], profile: str) -> None:
    manifest = json.loads((synthesised[profile].path.parent / "manifest.json").read_text())
    assert "missing" not in manifest
