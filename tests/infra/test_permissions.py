"""Least privilege: what each function's role may do, in full.  A new right is a change of this table, with its review."""

from typing import Any

import pytest

from infra.functions import SPECS
from tests.infra.synthesise import PROFILES

DATABASE, SESSION, ORIGIN, PROVIDER, MEDIA_KEY = "DatabaseSecret", "Session", "Origin", "Provider", "MediaKey"
READ = ("secretsmanager:GetSecretValue",)
SOCKETS = {"execute-api:ManageConnections"}
# Every function: its own log group, X-Ray, and its network interface.
OF_ALL = {
    "logs:CreateLogStream", "logs:PutLogEvents", "xray:PutTelemetryRecords", "xray:PutTraceSegments",
}  # fmt: skip
OF_THE_VPC = {
    "ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses",
}  # fmt: skip
# Function: (actions beyond those of all, secrets it may read).
RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "AuthApi": ({"s3:DeleteObject", "s3:ListBucket", "s3:PutObject", *SOCKETS}, {DATABASE, SESSION, ORIGIN, MEDIA_KEY}),
    "ChatApi": (
        {"s3:DeleteObject", "s3:ListBucket", *SOCKETS, "states:StartExecution", "states:DescribeStateMachine"},
        {DATABASE, SESSION, ORIGIN, PROVIDER},
    ),
    "ImageApi": (
        {"s3:DeleteObject", "s3:GetObject", "s3:PutObject", "states:StartExecution"},
        {DATABASE, SESSION, ORIGIN, PROVIDER},
    ),
    "Stream": (SOCKETS, {DATABASE, SESSION, ORIGIN}),
    "AnalyzeContext": (SOCKETS, {DATABASE, PROVIDER}),
    "GenerateReply": (SOCKETS, {DATABASE, PROVIDER}),
    "ReanalyzeContext": (SOCKETS, {DATABASE, PROVIDER}),
    "UpdateState": (SOCKETS, {DATABASE}),
    "GenerateImage": ({"s3:DeleteObject", "s3:PutObject", *SOCKETS}, {DATABASE, PROVIDER}),
    "FailTurn": (SOCKETS, {DATABASE}),
    "TurnEnded": ({*SOCKETS, "sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"}, {DATABASE}),
    "Migrate": (set(), {DATABASE}),
}
MAKES_THE_KEY = {"secretsmanager:PutSecretValue"}
# The only actions that AWS defines for every resource, or whose resource is not known beforehand.
ANY_RESOURCE = {*OF_THE_VPC, "xray:PutTelemetryRecords", "xray:PutTraceSegments"}


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def statements(template: dict[str, Any], function: str) -> list[dict[str, Any]]:
    """Return every statement of a function's role, from policies beside it and inside it."""
    resources = template["Resources"]
    role = next(
        resource["Properties"]["Role"]["Fn::GetAtt"][0]
        for resource in resources.values()
        if resource["Type"] == "AWS::Lambda::Function"
        and resource["Properties"].get("Environment", {}).get("Variables", {}).get("POWERTOOLS_SERVICE_NAME")
        == function
    )
    own = resources[role]["Properties"]
    assert "ManagedPolicyArns" not in own, f"{function}: a managed policy's rights are not ours to bound"
    documents = [policy["PolicyDocument"] for policy in own.get("Policies", [])]
    for resource in resources.values():
        attached = resource["Type"] in ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")
        if attached and {"Ref": role} in resource["Properties"].get("Roles", []):
            documents.append(resource["Properties"]["PolicyDocument"])
    return [statement for document in documents for statement in document["Statement"]]


def actions(template: dict[str, Any], function: str) -> set[str]:
    return {action for statement in statements(template, function) for action in listed(statement["Action"])}


def secrets(template: dict[str, Any], function: str) -> set[str]:
    """Return which secrets a function may read, by the end of their names."""
    found: set[str] = set()
    for statement in statements(template, function):
        if set(listed(statement["Action"])) & set(READ):
            for resource in listed(statement["Resource"]):
                id_ = resource["Ref"]
                found.add(DATABASE if id_.startswith("Database") else id_.removeprefix("Secrets")[:-8])
    return found


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("function", sorted(SPECS))
def test_a_function_may_do_what_it_needs_and_nothing_else(
    templates: dict[str, Any], profile: str, function: str
) -> None:
    more, readable = RIGHTS[function]
    vpc = OF_THE_VPC if profile != "local" else set()
    assert actions(templates[profile], function) == {*OF_ALL, *vpc, *more, *READ}
    assert secrets(templates[profile], function) == readable


@pytest.mark.parametrize("profile", ["hobby", "production"])
def test_the_key_maker_reaches_its_secret_only(templates: dict[str, Any], profile: str) -> None:
    assert actions(templates[profile], "MakeMediaKey") == {*OF_ALL, *READ, *MAKES_THE_KEY}
    assert secrets(templates[profile], "MakeMediaKey") == {MEDIA_KEY}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("function", sorted(SPECS))
def test_a_right_is_for_named_resources(templates: dict[str, Any], profile: str, function: str) -> None:
    for statement in statements(templates[profile], function):
        assert statement["Effect"] == "Allow"
        named = listed(statement["Action"])
        assert not [action for action in named if "*" in action], named
        if "*" in listed(statement["Resource"]):
            assert set(named) <= ANY_RESOURCE


@pytest.mark.parametrize("profile", PROFILES)
def test_pictures_are_the_only_objects_a_function_reaches(templates: dict[str, Any], profile: str) -> None:
    for function in SPECS:
        for statement in statements(templates[profile], function):
            objects = [a for a in listed(statement["Action"]) if a.startswith("s3:") and a != "s3:ListBucket"]
            if objects:
                (resource,) = listed(statement["Resource"])
                assert resource["Fn::Join"][1][-1] == "/media/*"
                assert resource["Fn::Join"][1][0]["Fn::GetAtt"][0].startswith("StorageMedia")
