"""Gradual deploys: callers reach a function by its alias, which moves to a new version a tenth of the traffic first.

An alarm on the new version's errors moves the alias back, so that a bad deploy reaches few people and ends by itself.
"""
# jsii generates protocols whose parameter names differ from the classes that implement them.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

from collections.abc import Mapping

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_codedeploy as codedeploy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.acknowledged import acknowledge

# Not part of a request: one brings the schema up to date before any of the others changes, one acts on events that are
# kept and delivered again until it can.
_AT_ONCE = ("Migrate", "TurnEnded")


class Rollout(Construct):
    """``serving``: for every function what callers should call, its alias ``live`` where it is deployed gradually."""

    def __init__(self, scope: Construct, id_: str, *, functions: Mapping[str, lambda_.Function]) -> None:
        super().__init__(scope, id_)
        self._application = codedeploy.LambdaApplication(self, "Application")
        self._role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal("codedeploy.amazonaws.com"),
            managed_policies=[
                iam.ManagedPolicy.from_aws_managed_policy_name("service-role/AWSCodeDeployRoleForLambdaLimited")
            ],
        )
        policy = "arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited"
        acknowledge(
            self._role,
            {f"IAM4[Policy::{policy}]": "what CodeDeploy needs to move an alias, kept up to date by AWS itself"},
        )
        self.serving: dict[str, lambda_.IFunction] = {
            name: function if name in _AT_ONCE else self._alias(name, function) for name, function in functions.items()
        }

    def _alias(self, name: str, function: lambda_.Function) -> lambda_.Alias:
        alias = lambda_.Alias(self, f"{name}Alias", alias_name="live", version=function.current_version)
        codedeploy.LambdaDeploymentGroup(
            self,
            f"{name}Deployment",
            alias=alias,
            application=self._application,
            role=self._role,
            deployment_config=codedeploy.LambdaDeploymentConfig.CANARY_10_PERCENT_5_MINUTES,
            alarms=[self._errors(name, alias)],
        )
        return alias

    def _errors(self, name: str, alias: lambda_.Alias) -> cloudwatch.Alarm:
        return cloudwatch.Alarm(
            self,
            f"{name}Errors",
            # A minute: the canary lasts five, and its alarm must come before the rest follows.
            metric=alias.metric_errors(period=Duration.minutes(1)),
            threshold=3,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            alarm_description=f"{name} fails: a deploy in progress goes back: "
            "see docs/operations.md#a-deploy-goes-back",
        )
