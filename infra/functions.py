"""The Lambda functions: one role and one log group each, the layers each needs and nothing more."""

from typing import NamedTuple

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra import bundle
from infra.profile import Profile


class FunctionSpec(NamedTuple):
    """``layers`` names third-party layers; ``database``: runs in the database's subnets."""

    handler: str
    timeout_s: int
    memory_mb: int = 512
    layers: tuple[str, ...] = ("core", "database")
    database: bool = True


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
        self._code = {area: lambda_.Code.from_asset(str(bundle.function_bundle(area))) for area in _areas()}
        self.by_name: dict[str, lambda_.Function] = {name: self._make(name, spec) for name, spec in SPECS.items()}

    def __getitem__(self, name: str) -> lambda_.Function:
        return self.by_name[name]

    def _make(self, name: str, spec: FunctionSpec) -> lambda_.Function:
        log_group = logs.LogGroup(
            self,
            f"{name}Logs",
            retention=logs.RetentionDays.THREE_MONTHS if self._profile.log_days > 30 else logs.RetentionDays.TWO_WEEKS,
            removal_policy=RemovalPolicy.DESTROY,
        )
        names = ("common", *spec.layers) if self._profile.on_aws else ("common",)
        in_vpc = spec.database and self._vpc is not None
        security_groups = [self._security_group] if in_vpc and self._security_group is not None else None
        return lambda_.Function(
            self,
            name,
            runtime=lambda_.Runtime.PYTHON_3_13,
            architecture=lambda_.Architecture.ARM_64,
            handler=spec.handler,
            code=self._code[spec.handler.split(".")[1]],
            layers=[self._layer(layer) for layer in names],
            memory_size=spec.memory_mb,
            timeout=Duration.seconds(spec.timeout_s),
            tracing=lambda_.Tracing.ACTIVE,
            log_group=log_group,
            logging_format=lambda_.LoggingFormat.JSON,
            vpc=self._vpc if in_vpc else None,
            vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS) if in_vpc else None,
            security_groups=security_groups,
            environment={"POWERTOOLS_SERVICE_NAME": name, "LOG_LEVEL": "INFO"},
        )

    def _layer(self, name: str) -> lambda_.LayerVersion:
        if name not in self._layers:
            folder = bundle.common_layer() if name == "common" else bundle.dependency_layer(name)
            self._layers[name] = lambda_.LayerVersion(
                self,
                f"{name.capitalize()}Layer",
                code=lambda_.Code.from_asset(str(folder)),
                compatible_runtimes=[lambda_.Runtime.PYTHON_3_13],
                compatible_architectures=[lambda_.Architecture.ARM_64],
            )
        return self._layers[name]


def _areas() -> set[str]:
    return {spec.handler.split(".")[1] for spec in SPECS.values()}
