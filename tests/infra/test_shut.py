"""Nothing is open, and nothing travels in clear (issue 4, item 13): database, buckets, queues and topics of the template."""

from typing import Any

import pytest

from tests.infra.synthesise import PROFILES
from tests.infra.test_template import of_type

ON_AWS = ["hobby", "production"]


def resources(template: dict[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    return {id_: r["Properties"] for id_, r in template["Resources"].items() if r["Type"] == kind}


@pytest.mark.parametrize("profile", ON_AWS)
def test_the_database_is_reached_by_the_functions_only_and_never_in_clear(
    templates: dict[str, Any], profile: str
) -> None:
    template = templates[profile]
    (cluster,) = of_type(template, "AWS::RDS::DBCluster")
    group = template["Resources"][cluster["DBClusterParameterGroupName"]["Ref"]]["Properties"]
    assert group["Parameters"]["rds.force_ssl"] == "1"
    assert cluster["StorageEncrypted"] is True
    for instance in of_type(template, "AWS::RDS::DBInstance"):
        assert instance["PubliclyAccessible"] is False
    for proxy in of_type(template, "AWS::RDS::DBProxy"):
        assert proxy["RequireTLS"] is True
    (shut,) = cluster["VpcSecurityGroupIds"]
    own = shut["Fn::GetAtt"][0]
    assert not template["Resources"][own]["Properties"].get("SecurityGroupIngress"), "from an address"
    rules = [
        rule for rule in of_type(template, "AWS::EC2::SecurityGroupIngress") if rule["GroupId"]["Fn::GetAtt"][0] == own
    ]
    assert rules
    for rule in rules:
        assert "CidrIp" not in rule
        assert "CidrIpv6" not in rule
        assert rule["SourceSecurityGroupId"]["Fn::GetAtt"][0] in template["Resources"]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    ("kind", "policy", "names"),
    [
        ("AWS::S3::Bucket", "AWS::S3::BucketPolicy", "Bucket"),
        ("AWS::SQS::Queue", "AWS::SQS::QueuePolicy", "Queues"),
        ("AWS::SNS::Topic", "AWS::SNS::TopicPolicy", "Topics"),
    ],
)
def test_what_comes_in_clear_is_denied(
    templates: dict[str, Any], profile: str, kind: str, policy: str, names: str
) -> None:
    guarded: set[str] = set()
    for one in of_type(templates[profile], policy):
        denied = any(
            statement["Effect"] == "Deny"
            and statement.get("Condition") == {"Bool": {"aws:SecureTransport": "false"}}
            and statement["Principal"] in ("*", {"AWS": "*"})
            for statement in one["PolicyDocument"]["Statement"]
        )
        named = one[names] if isinstance(one[names], list) else [one[names]]
        guarded |= {name["Ref"] for name in named if denied}
    assert guarded == set(resources(templates[profile], kind))


def test_production_changes_the_databases_password_every_month(templates: dict[str, Any]) -> None:
    (schedule,) = of_type(templates["production"], "AWS::SecretsManager::RotationSchedule")
    assert schedule["RotationRules"]["ScheduleExpression"] == "rate(30 days)"
    assert schedule["SecretId"]["Ref"] in templates["production"]["Resources"]
