"""What only AWS itself would say of the templates, too late: each was wrong once, or is a limit that stops a deploy."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from companion_hub.db import connection
from infra.functions import SPECS
from tests.infra.conftest import Synthesised
from tests.infra.test_template import functions, of_type

BOTH = pytest.mark.parametrize("profile", ["hobby", "production"])
# CloudFormation's quotas: resources, outputs and parameters of a stack, and bytes of a template in S3.
MOST_RESOURCES, MOST_OUTPUTS, MOST_PARAMETERS, MOST_BYTES = 500, 200, 200, 1_000_000


def only(template: dict[str, Any], kind: str) -> tuple[str, dict[str, Any]]:
    """Return id and whole resource of the only one of its kind."""
    (found,) = [(id_, one) for id_, one in template["Resources"].items() if one["Type"] == kind]
    return found


@BOTH
def test_no_rule_of_a_security_group_is_given_twice(templates: dict[str, Any], profile: str) -> None:
    """EC2 refuses the second ("already exists") whatever its description; the CDK sees two different ports here."""
    _, cluster = only(templates[profile], "AWS::RDS::DBCluster")

    def port(value: Any) -> Any:
        return cluster["Properties"]["Port"] if isinstance(value, dict) and "Endpoint.Port" in str(value) else value

    rules: list[str] = []
    for way in ("Ingress", "Egress"):
        for rule in of_type(templates[profile], f"AWS::EC2::SecurityGroup{way}"):
            plain = {name: port(value) for name, value in rule.items() if name != "Description"}
            rules.append(json.dumps([way, plain], sort_keys=True))
    assert rules
    assert len(rules) == len(set(rules))


@BOTH
def test_alarms_may_write_to_the_topic_they_name(templates: dict[str, Any], profile: str) -> None:
    """A policy of the topic's own replaces the one that lets the account's services publish."""
    topic, _ = only(templates[profile], "AWS::SNS::Topic")
    named = [alarm.get("AlarmActions") for alarm in of_type(templates[profile], "AWS::CloudWatch::Alarm")]
    assert [{"Ref": topic}] in named
    _, policy = only(templates[profile], "AWS::SNS::TopicPolicy")
    assert {
        "Action": "sns:Publish",
        "Effect": "Allow",
        "Principal": {"Service": "cloudwatch.amazonaws.com"},
        "Condition": {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}},
        "Resource": {"Ref": topic},
    } in [
        {name: value for name, value in statement.items() if name != "Sid"}
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
    ]


def script_of_the_nat(template: dict[str, Any]) -> str:
    _, instance = only(template, "AWS::EC2::Instance")
    parts = instance["Properties"]["UserData"]["Fn::Base64"]["Fn::Join"][1]
    return "".join(part if isinstance(part, str) else "eu-west-1" for part in parts)


def run_script(script: str, folder: Path, *, stubs: dict[str, str]) -> list[str]:
    """Run it with every program played by a stub that notes its call; return the calls."""
    programs = folder / "bin"
    programs.mkdir()
    (folder / "etc").mkdir()
    calls = folder / "calls"
    for name, does in stubs.items():
        (programs / name).write_text(f'#!/bin/sh\necho "{name} $*" >> {calls}\n{does}\n')
        (programs / name).chmod(0o755)
    for real, played in (
        ("/opt/aws/bin/", ""), ("/etc/sysctl.d", f"{folder}/etc"), ("/etc/sysconfig", f"{folder}/etc"),
        ("/swap", f"{folder}/swap"),
    ):  # fmt: skip
        assert real in script
        script = script.replace(real, played)
    path = f"{programs}{os.pathsep}/usr/bin{os.pathsep}/bin"
    subprocess.run(["bash", "-c", script], env={"PATH": path}, check=False, capture_output=True, timeout=20)
    return calls.read_text().splitlines()


ROUTE = "default via 10.0.0.1 dev ens5 proto dhcp src 10.0.0.9 metric 512"
# A package manager that fails at first, as it does on a machine that has just booted.
STUBS = {
    "dd": "touch ${2#of=}", "mkswap": "", "swapon": "", "sysctl": "", "systemctl": "", "sleep": "", "cfn-signal": "",
    "dnf": "test -e $0.again || { touch $0.again; exit 1; }", "ip": f"echo '{ROUTE}'", "iptables": "",
    "iptables-save": "echo saved rules",
}  # fmt: skip


def test_the_nat_instance_forwards_before_it_says_that_it_is_there(templates: dict[str, Any], tmp_path: Path) -> None:
    calls = run_script(script_of_the_nat(templates["hobby"]), tmp_path, stubs=STUBS)
    install = "dnf install -y iptables-services aws-cfn-bootstrap"
    assert calls.count(install) == 2  # cloud-init's own clean-up can take the packages away while they are installed
    in_order = [
        install,
        f"sysctl -p {tmp_path}/etc/90-nat.conf",
        "systemctl enable --now iptables",
        "iptables -F FORWARD",
        "iptables -t nat -A POSTROUTING -o ens5 -j MASQUERADE",
        "iptables-save ",
    ]
    places = [calls.index(call) for call in in_order]
    assert places == sorted(places)
    id_, instance = only(templates["hobby"], "AWS::EC2::Instance")
    assert calls[-1] == f"cfn-signal --stack CompanionHub --resource {id_} --region eu-west-1 -e 0"
    # After the next boot too.
    assert (tmp_path / "etc" / "90-nat.conf").read_text() == "net.ipv4.ip_forward=1\n"
    assert (tmp_path / "etc" / "iptables").read_text() == "saved rules\n"
    assert instance["CreationPolicy"]["ResourceSignal"] == {"Count": 1, "Timeout": "PT10M"}
    assert instance["Properties"]["SourceDestCheck"] is False


@pytest.mark.parametrize("broken", ["iptables", "sysctl", "iptables-save"])
def test_a_nat_instance_that_does_not_forward_fails_the_deploy(
    templates: dict[str, Any], tmp_path: Path, broken: str
) -> None:
    calls = run_script(script_of_the_nat(templates["hobby"]), tmp_path, stubs={**STUBS, broken: "exit 3"})
    assert calls[-1].startswith("cfn-signal ")
    assert calls[-1].endswith(" -e 3")


def test_the_nat_instance_boots_when_its_subnet_has_a_way_out(templates: dict[str, Any]) -> None:
    _, instance = only(templates["hobby"], "AWS::EC2::Instance")
    subnet = instance["Properties"]["SubnetId"]["Ref"]
    resources = templates["hobby"]["Resources"]
    tables = [
        one["RouteTableId"]
        for one in of_type(templates["hobby"], "AWS::EC2::SubnetRouteTableAssociation")
        if one["SubnetId"] == {"Ref": subnet}
    ]
    routes = [
        id_
        for id_, one in resources.items()
        if one["Type"] == "AWS::EC2::Route" and one["Properties"]["RouteTableId"] in tables
    ]
    assert len(routes) == 1
    assert routes[0] in instance["DependsOn"]


@BOTH
def test_private_subnets_reach_out_by_a_nat_and_the_databases_by_none(templates: dict[str, Any], profile: str) -> None:
    template = templates[profile]
    ways = {
        route["RouteTableId"]["Ref"]: next(
            name for name in route if name in ("GatewayId", "InstanceId", "NatGatewayId")
        )
        for route in of_type(template, "AWS::EC2::Route")
    }
    by_subnet = {
        one["SubnetId"]["Ref"]: ways.get(one["RouteTableId"]["Ref"])
        for one in of_type(template, "AWS::EC2::SubnetRouteTableAssociation")
    }
    nat = "InstanceId" if profile == "hobby" else "NatGatewayId"
    for name, function in functions(template).items():
        if name != "MakeMediaKey":
            subnets = [subnet["Ref"] for subnet in function["VpcConfig"]["SubnetIds"]]
            assert {by_subnet[subnet] for subnet in subnets} == {nat}, name
    (group,) = of_type(template, "AWS::RDS::DBSubnetGroup")
    assert {by_subnet[subnet["Ref"]] for subnet in group["SubnetIds"]} == {None}


@BOTH
def test_the_page_is_uploaded_when_all_functions_are_new(templates: dict[str, Any], profile: str) -> None:
    """A deploy that fails at a function leaves the page before it, too."""
    resources = templates[profile]["Resources"]
    page = next(one for id_, one in resources.items() if id_.startswith("WebsitePageCustomResource"))
    called = "AWS::Lambda::Alias" if profile == "production" else "AWS::Lambda::Function"
    last = {id_ for id_, one in resources.items() if one["Type"] == called and id_.startswith(("Functions", "Rollout"))}
    last -= {id_ for id_ in last if id_.startswith("FunctionsMakeMediaKey")}
    assert len(last) >= len(SPECS) - 2
    assert last <= set(page["DependsOn"])


def test_workers_limits_hold_behind_the_proxy_too(templates: dict[str, Any]) -> None:
    """RDS Proxy takes no options of a connection: the cluster says there what a worker says of itself elsewhere."""
    options = re.findall(r"(\w+)=(\w+)", connection._SESSION_OPTIONS)  # pyright: ignore[reportPrivateUsage]
    (group,) = of_type(templates["production"], "AWS::RDS::DBClusterParameterGroup")
    # Aurora's list of cluster parameters has no lock_timeout (user guide, "Amazon Aurora PostgreSQL parameters"); nothing
    # pauses behind a proxy, and UTC is what Aurora begins with.
    left_out = ("lock_timeout", "idle_session_timeout", "timezone")
    own = {name: value for name, value in options if name not in left_out}
    assert len(own) == 2
    assert group["Parameters"] == {"rds.force_ssl": "1", **own}
    (hobby,) = of_type(templates["hobby"], "AWS::RDS::DBClusterParameterGroup")
    assert hobby["Parameters"] == {"rds.force_ssl": "1"}


def test_all_but_migrations_go_through_the_proxy(templates: dict[str, Any]) -> None:
    proxy, _ = only(templates["production"], "AWS::RDS::DBProxy")
    hosts = {
        name: function["Environment"]["Variables"].get("DATABASE_HOST")
        for name, function in functions(templates["production"]).items()
        if name != "MakeMediaKey"
    }
    assert hosts.pop("Migrate") is None
    assert list(hosts.values()) == [{"Fn::GetAtt": [proxy, "Endpoint"]}] * (len(SPECS) - 1)
    (target,) = of_type(templates["production"], "AWS::RDS::DBProxyTargetGroup")
    assert target["ConnectionPoolConfigurationInfo"]["ConnectionBorrowTimeout"] < min(
        s.timeout_s for s in SPECS.values()
    )


@BOTH
def test_the_template_fits_into_cloudformations_limits(synthesised: dict[str, Synthesised], profile: str) -> None:
    made = synthesised[profile]
    assert len(made.template["Resources"]) < MOST_RESOURCES * 0.9
    assert len(made.template["Outputs"]) < MOST_OUTPUTS
    assert len(made.template["Parameters"]) < MOST_PARAMETERS
    assert made.path.stat().st_size < MOST_BYTES * 0.9


def test_a_new_account_can_have_hobby(templates: dict[str, Any]) -> None:
    """Its quota is ten workers, of which none may be reserved, and functions of 3,008 MB at most."""
    for function in of_type(templates["hobby"], "AWS::Lambda::Function"):
        assert "ReservedConcurrentExecutions" not in function
        assert function["MemorySize"] <= 3008


@BOTH
def test_what_the_cdk_is_bootstrapped_with_is_not_changed(synthesised: dict[str, Synthesised], profile: str) -> None:
    """``cdk bootstrap`` without options makes roles and a bucket with this word in their names."""
    text = synthesised[profile].path.read_text()
    assert "cdk-hnb659fds-assets-" in text
    assert set(re.findall(r"cdk-(\w{9})-", text)) == {"hnb659fds"}


@BOTH
def test_a_first_deploy_that_fails_can_be_taken_back(templates: dict[str, Any], profile: str) -> None:
    """CloudFormation deletes empty buckets only; what it cannot delete would stop every deploy after that one."""
    resources = templates[profile]["Resources"]
    buckets = {id_: one for id_, one in resources.items() if one["Type"] == "AWS::S3::Bucket"}
    emptied = [one["BucketName"]["Ref"] for one in of_type(templates[profile], "Custom::S3AutoDeleteObjects")]
    filled = {one["DestinationBucketName"]["Ref"] for one in of_type(templates[profile], "Custom::CDKBucketDeployment")}
    assert set(emptied) == filled
    for id_, bucket in buckets.items():
        assert bucket["DeletionPolicy"] == ("Delete" if id_ in filled else "RetainExceptOnCreate"), id_
    retained = [id_ for id_, one in resources.items() if one.get("DeletionPolicy") == "Retain"]
    assert retained == []
