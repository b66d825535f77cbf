"""The page of costs is what its script makes of today's resources, and the script knows everything that is paid by the month."""

import json
from typing import Any

import pytest

from devtools.config import ROOT
from infra.profile import load_profile
from scripts import costs

# Paid by use, with a turn, or not at all: nothing of these costs anything while nobody talks.
WITHOUT_A_STANDING_PRICE = {
    "AWS::ApiGatewayV2", "AWS::Budgets::Budget", "AWS::CloudFormation", "AWS::CloudFront", "AWS::CodeDeploy",
    "AWS::Events", "AWS::IAM", "AWS::Lambda", "AWS::Logs", "AWS::S3", "AWS::SNS", "AWS::SQS", "AWS::StepFunctions", "Custom::",
    "AWS::EC2::FlowLog", "AWS::EC2::InternetGateway", "AWS::EC2::Route", "AWS::EC2::SecurityGroup", "AWS::EC2::Subnet",
    "AWS::EC2::VPC", "AWS::RDS::DBClusterParameterGroup", "AWS::RDS::DBProxyTargetGroup", "AWS::RDS::DBSubnetGroup",
    "AWS::SecretsManager::ResourcePolicy", "AWS::SecretsManager::RotationSchedule",
    "AWS::SecretsManager::SecretTargetAttachment", "AWS::Serverless",
    "AWS::CloudWatch::Dashboard",  # three are free
    "AWS::EC2::EIP",  # counted with its gateway
    "AWS::RDS::DBCluster",  # counted by its instances
}  # fmt: skip
COUNTED = {
    "AWS::CloudWatch::Alarm", "AWS::EC2::Instance", "AWS::EC2::NatGateway", "AWS::RDS::DBInstance", "AWS::RDS::DBProxy",
    "AWS::SecretsManager::Secret", "AWS::WAFv2::WebACL",
}  # fmt: skip


def test_the_page_is_what_the_script_prints() -> None:
    assert costs.DOCUMENT.read_text() == costs.document(), "written anew by: python -m scripts.costs --write"


@pytest.mark.parametrize("profile", ["hobby", "production"])
def test_whatever_is_in_the_stack_is_counted_or_known_to_be_free(profile: str) -> None:
    for kind in costs.resources(profile):
        assert kind in COUNTED or any(kind.startswith(prefix) for prefix in WITHOUT_A_STANDING_PRICE), kind


def test_the_firewalls_rules_are_as_many_as_are_paid(templates: dict[str, Any]) -> None:
    found = [r for r in templates["production"]["Resources"].values() if r["Type"] == "AWS::WAFv2::WebACL"]
    assert len(found[0]["Properties"]["Rules"]) == costs.FIREWALL_RULES


def test_the_database_sleeps_when_the_page_assumes_it(templates: dict[str, Any]) -> None:
    assert '"SecondsUntilAutoPause": 300' in json.dumps(templates["hobby"])


@pytest.mark.parametrize("name", ["hobby", "production"])
def test_a_thousand_turns_stay_in_the_budget_that_warns(name: str) -> None:
    profile = load_profile(name)
    assert costs.total(profile, 1000) < profile.monthly_budget_usd


def test_the_readme_says_the_same() -> None:
    text = (ROOT / "README.md").read_text()
    hobby, production = load_profile("hobby"), load_profile("production")
    for dollars in (costs.total(hobby, 0), costs.total(hobby, 1000), costs.total(production, 0)):
        assert f"${dollars:.0f}" in text


def test_every_price_says_where_it_was_read() -> None:
    """Or says on the page that no source was found; a new price may not leave that out."""
    priced = {name for name in vars(costs) if name.endswith(("_H", "_MONTH")) and not name.startswith("AWAKE")}
    assert len(costs.SOURCES) == len(priced)
    assert sorted(price for _, price, _, _ in costs.SOURCES) == sorted(getattr(costs, name) for name in priced)
    for what, _, page, of in costs.SOURCES:
        assert bool(page) == bool(of), what
        assert f"| {what} |" in costs.DOCUMENT.read_text()
