"""The Lambda functions: one role and one log group each, the layers each needs and nothing more."""
# jsii generates protocols whose parameter names differ from the classes that implement them.
# pyright: reportArgumentType=false

from pathlib import Path
from typing import NamedTuple

from aws_cdk import Duration
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra import bundle
from infra.acknowledged import acknowledge
from infra.logs import log_group
from infra.profile import Profile

RUNTIME = lambda_.Runtime.PYTHON_3_13
ARCHITECTURE = lambda_.Architecture.ARM_64


class FunctionSpec(NamedTuple):
    """``layers`` names third-party layers; ``database``: runs in the database's subnets and uses companion_hub."""

    handler: str
    timeout_s: int
    memory_mb: int = 512
    layers: tuple[str, ...] = ("core", "database")
    database: bool = True

    @property
    def area(self) -> str:
        return self.handler.split(".")[1]


# Time-outs: one second more than the state machine's would hide its own error; HTTP stays under the gateway's 30 s.
SPECS: dict[str, FunctionSpec] = {
    "AuthApi": FunctionSpec("functions.auth.handler.handler", 28, 1024, ("core", "database", "auth")),
    "ChatApi": FunctionSpec("functions.chat.handler.handler", 28, 1024),
    "ImageApi": FunctionSpec("functions.image.handler.handler", 28, 1536, ("core", "database", "imaging")),
    "Stream": FunctionSpec("functions.stream.handler.handler", 10, 512),
    "AnalyzeContext": FunctionSpec("functions.chat.steps.analyze_context.handler", 20),
    "GenerateReply": FunctionSpec("functions.chat.steps.generate_reply.handler", 150, 1024),
    "ReanalyzeContext": FunctionSpec("functions.chat.steps.reanalyze_context.handler", 25),
    "UpdateState": FunctionSpec("functions.chat.steps.update_state.handler", 20),
    "GenerateImage": FunctionSpec(
        "functions.image.steps.generate_image.handler", 120, 1536, ("core", "database", "imaging")
    ),
    "FailTurn": FunctionSpec("functions.chat.steps.fail_turn.handler", 20),
    "TurnEnded": FunctionSpec("functions.chat.turn_ended.handler", 20),
    "Migrate": FunctionSpec("functions.chat.migrate.handler", 300),
}
# Only where there is a CloudFront to make a key for; makes it at the first deploy and when it is to be changed.
MAKE_MEDIA_KEY = FunctionSpec("functions.auth.make_media_key.handler", 60, 512, ("auth",), database=False)


class Functions(Construct):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        profile: Profile,
        vpc: ec2.IVpc | None = None,
        security_group: ec2.ISecurityGroup | None = None,
    ) -> None:
        super().__init__(scope, id_)
        self._profile = profile
        self._vpc = vpc
        self._security_group = security_group
        self._layers: dict[str, lambda_.LayerVersion] = {}
        areas = sorted({spec.area for spec in SPECS.values()})
        self._code = {area: _asset(bundle.function_bundle(area)) for area in areas}
        self.by_name = {name: self.add(name, spec) for name, spec in SPECS.items()}
        acknowledge(
            self,
            {
                "L1": "3.13: security updates until October 2029, and the newest of which the whole suite and the "
                "bytecode of the bundles can be made where this is developed"
            },
        )

    def add(self, name: str, spec: FunctionSpec) -> lambda_.Function:
        """Make one function.  What it may reach beyond its log and its network is granted by who needs it."""
        in_vpc = spec.database and self._vpc is not None
        group = log_group(self, f"{name}Logs", profile=self._profile)
        role = iam.Role(self, f"{name}Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        group.grant_write(role)
        if in_vpc:
            _let_into_vpc(role)
        function = lambda_.Function(
            self,
            name,
            runtime=RUNTIME,
            architecture=ARCHITECTURE,
            handler=spec.handler,
            code=self._code[spec.area],
            layers=[self._layer(layer) for layer in self._layers_of(spec)],
            memory_size=spec.memory_mb,
            timeout=Duration.seconds(spec.timeout_s),
            tracing=lambda_.Tracing.ACTIVE,
            log_group=group,
            logging_format=lambda_.LoggingFormat.JSON,
            role=role,
            reserved_concurrent_executions=self._profile.most_workers.get(name),
            vpc=self._vpc if in_vpc else None,
            vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS) if in_vpc else None,
            security_groups=[self._security_group] if in_vpc and self._security_group is not None else None,
            environment={"POWERTOOLS_SERVICE_NAME": name, "LOG_LEVEL": "INFO"},
        )
        acknowledge(role, {"IAM5[Resource::*]": _WHY_ANY})
        return function

    def _layers_of(self, spec: FunctionSpec) -> tuple[str, ...]:
        if not self._profile.on_aws:  # third-party packages come from the hub's own environment
            return ("common",)
        return ("common", *spec.layers) if spec.database else spec.layers

    def _layer(self, name: str) -> lambda_.LayerVersion:
        if name not in self._layers:
            folder = bundle.common_layer() if name == "common" else bundle.dependency_layer(name)
            self._layers[name] = lambda_.LayerVersion(
                self,
                f"{name.capitalize()}Layer",
                code=_asset(folder),
                compatible_runtimes=[RUNTIME],
                compatible_architectures=[ARCHITECTURE],
            )
        return self._layers[name]


def _asset(folder: Path) -> lambda_.Code:
    return lambda_.Code.from_asset(str(folder), asset_hash=bundle.content_hash(folder))


_WHY_ANY = (
    "X-Ray's PutTraceSegments and PutTelemetryRecords, and the network interfaces that Lambda itself makes in the VPC, "
    "take no resource: AWS defines these actions for * only"
)


def _let_into_vpc(role: iam.Role) -> None:
    """What Lambda does in the role's name to place a function into subnets (AWSLambdaENIManagementAccess)."""
    role.add_to_policy(
        iam.PolicyStatement(
            actions=[
                "ec2:AssignPrivateIpAddresses",
                "ec2:CreateNetworkInterface",
                "ec2:DeleteNetworkInterface",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeSubnets",
                "ec2:UnassignPrivateIpAddresses",
            ],
            resources=["*"],
        )
    )
