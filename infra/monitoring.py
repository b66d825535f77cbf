"""One dashboard and the alarms an owner wants mail about."""

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_stepfunctions as stepfunctions
from constructs import Construct

NAMESPACE = "CompanionHub"


class Monitoring(Construct):
    """``topic`` gets the alarms; its subscribers are the owner's business (``aws sns subscribe``)."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        functions: dict[str, lambda_.Function],
        machine: stepfunctions.StateMachine,
    ) -> None:
        super().__init__(scope, id_)
        self.topic = sns.Topic(self, "Alarms", enforce_ssl=True)
        first_token = self._metric("FirstTokenLatency", "p95")
        duration = self._metric("TurnDuration", "p95")
        failed = machine.metric_failed(period=Duration.minutes(5))
        timed_out = machine.metric_timed_out(period=Duration.minutes(5))
        errors = [function.metric_errors(label=name) for name, function in functions.items()]
        self._alarm("TurnsFail", failed, threshold=3, text="Turns fail: see docs/operations.md#turns-fail")
        self._alarm(
            "TurnsTimeOut", timed_out, threshold=1, text="Turns time out: see docs/operations.md#turns-time-out"
        )
        cloudwatch.Dashboard(
            self,
            "Dashboard",
            dashboard_name="CompanionHub",
            widgets=[
                [
                    cloudwatch.GraphWidget(title="First token, p95 (ms)", left=[first_token]),
                    cloudwatch.GraphWidget(title="Whole turn, p95 (ms)", left=[duration]),
                ],
                [
                    cloudwatch.GraphWidget(title="Turns", left=[machine.metric_succeeded(), failed, timed_out]),
                    cloudwatch.GraphWidget(title="Errors by function", left=errors),
                ],
            ],
        )

    def _metric(self, name: str, statistic: str) -> cloudwatch.Metric:
        return cloudwatch.Metric(
            namespace=NAMESPACE,
            metric_name=name,
            statistic=statistic,
            period=Duration.minutes(5),
            dimensions_map={"status": "done"},
        )

    def _alarm(self, name: str, metric: cloudwatch.IMetric, *, threshold: float, text: str) -> None:
        alarm = cloudwatch.Alarm(
            self,
            name,
            metric=metric,
            threshold=threshold,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            alarm_description=text,
        )
        alarm.add_alarm_action(actions.SnsAction(self.topic))  # pyright: ignore[reportArgumentType] - jsii protocol
