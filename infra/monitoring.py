"""One dashboard and the alarms an owner wants mail about; each alarm's text names its page in docs/operations.md."""
# jsii generates protocols whose parameter names differ from the classes that implement them.
# pyright: reportArgumentType=false

from aws_cdk import Aws, Duration
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_budgets as budgets
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_rds as rds
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as stepfunctions
from constructs import Construct

from infra.profile import Profile

# companion_hub/observability.py writes under these; tests/infra holds the two together.
NAMESPACE = "CompanionHub"
SERVICE = "companion-hub"
_FIVE_MINUTES = Duration.minutes(5)


class Monitoring(Construct):
    """``topic`` gets the alarms and mails them when the profile names an address."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        profile: Profile,
        functions: dict[str, lambda_.Function],
        machine: stepfunctions.StateMachine,
        unhandled: sqs.Queue,
        cluster: rds.DatabaseCluster,
        http: apigateway.HttpApi,
        websocket: apigateway.WebSocketApi,
    ) -> None:
        super().__init__(scope, id_)
        self._functions, self._machine, self._cluster = functions, machine, cluster
        self._http, self._websocket = http, websocket
        self.topic = sns.Topic(self, "Alarms", enforce_ssl=True)
        # Demanding TLS makes a policy of the topic's own, in place of the one that lets the account's services publish.
        self.topic.grant_publish(
            iam.ServicePrincipal(
                "cloudwatch.amazonaws.com", conditions={"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}}
            )
        )
        if profile.alarm_email:
            self.topic.add_subscription(subscriptions.EmailSubscription(profile.alarm_email))
        self._alarms(profile, unhandled)
        self._dashboard()
        if profile.alarm_email and profile.monthly_budget_usd:
            self._budget(profile)

    def _alarms(self, profile: Profile, unhandled: sqs.Queue) -> None:
        alarm = self._alarm
        alarm("TurnsFail", self._machine.metric_failed(period=_FIVE_MINUTES), 3, "Turns fail", "turns-fail")
        alarm(
            "TurnsTimeOut", self._machine.metric_timed_out(period=_FIVE_MINUTES), 1, "Turns time out", "turns-time-out"
        )
        alarm("ModelRefuses", _ours("TurnsFailed", "Sum", code="llm_misconfigured"), 1,
              "The language model refuses our key or model name", "turns-fail")  # fmt: skip
        alarm("FirstTokenSlow", _ours("FirstTokenLatency", "p95", status="done"), 10_000,
              "The first word takes more than 10 s", "turns-time-out", periods=3)  # fmt: skip
        alarm("ApiErrors", self._http.metric_server_error(period=_FIVE_MINUTES, statistic="Sum"), 5,
              "The API answers with 5xx", "the-api-fails")  # fmt: skip
        alarm("UnhandledEnds", unhandled.metric_approximate_number_of_messages_visible(period=_FIVE_MINUTES), 1,
              "A turn may be left open", "a-turn-may-be-left-open")  # fmt: skip
        alarm("DatabaseAtItsLimit", self._cluster.metric_serverless_database_capacity(period=_FIVE_MINUTES),
              profile.max_acu, "The database works at its largest size", "the-database-is-at-its-limit", periods=6)  # fmt: skip

    def _dashboard(self) -> None:
        functions, machine, cluster = self._functions, self._machine, self._cluster
        graph = _Graph
        rows = [
            [
                graph("First token (ms)", *(_ours("FirstTokenLatency", p, status="done") for p in ("p50", "p95"))),
                graph("Whole turn (ms)", *(_ours("TurnDuration", p, status="done") for p in ("p50", "p95"))),
                graph("Image model (ms)", *(_ours("ImageModelLatency", p) for p in ("p50", "p95"))),
            ],
            [
                graph("Turns", machine.metric_started(), machine.metric_succeeded(), machine.metric_failed(),
                      machine.metric_timed_out()),
                graph("Failed turns by code", _search('Namespace="CompanionHub" MetricName="TurnsFailed"', "code")),
                graph("Tokens", _ours("Tokens", "Sum", status="done")),
                graph("Model cost, estimated ($)", _ours("Cost", "Sum")),
            ],
            [
                graph("Errors by function", *(f.metric_errors(label=name) for name, f in functions.items())),
                graph("Duration by function, p95", *(f.metric_duration(label=name, statistic="p95")
                                                     for name, f in functions.items())),
                graph("Throttled", *(f.metric_throttles(label=name) for name, f in functions.items())),
            ],
            [
                graph("Database: ACU", cluster.metric_serverless_database_capacity(),
                      cluster.metric("ACUUtilization")),
                graph("Database: connections", cluster.metric_database_connections()),
                graph("Requests and 5xx", self._http.metric_count(), self._http.metric_server_error()),
                graph("Sockets", *(self._websocket.metric(name, statistic="Sum")
                                   for name in ("ConnectCount", "MessageCount", "ExecutionError"))),
            ],
        ]  # fmt: skip
        cloudwatch.Dashboard(
            self,
            "Dashboard",
            widgets=[
                [cloudwatch.GraphWidget(title=g.title, left=list(g.metrics), width=24 // len(row)) for g in row]
                for row in rows
            ],
        )

    def _alarm(self, id_: str, metric: cloudwatch.IMetric, at: float, text: str, page: str, periods: int = 1) -> None:
        alarm = cloudwatch.Alarm(
            self,
            id_,
            metric=metric,
            threshold=at,
            evaluation_periods=periods,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            # Nobody talks at night, and a paused database reports nothing.
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            alarm_description=f"{text}: see docs/operations.md#{page}",
        )
        alarm.add_alarm_action(actions.SnsAction(self.topic))

    def _budget(self, profile: Profile) -> None:
        """Of the whole account: a filter by tag would need the tag to be activated by hand first."""
        subscriber = budgets.CfnBudget.SubscriberProperty(subscription_type="EMAIL", address=profile.alarm_email)
        budgets.CfnBudget(
            self,
            "Budget",
            budget=budgets.CfnBudget.BudgetDataProperty(
                budget_type="COST",
                time_unit="MONTHLY",
                budget_limit=budgets.CfnBudget.SpendProperty(amount=profile.monthly_budget_usd, unit="USD"),
            ),
            notifications_with_subscribers=[
                budgets.CfnBudget.NotificationWithSubscribersProperty(
                    notification=budgets.CfnBudget.NotificationProperty(
                        notification_type=kind, comparison_operator="GREATER_THAN", threshold=percent
                    ),
                    subscribers=[subscriber],
                )
                for kind, percent in (("ACTUAL", 80), ("FORECASTED", 100))
            ],
        )


def _ours(name: str, statistic: str, **dimensions: str) -> cloudwatch.Metric:
    """One of the product's own metrics, under the dimensions that observability writes."""
    return cloudwatch.Metric(
        namespace=NAMESPACE,
        metric_name=name,
        statistic=statistic,
        period=_FIVE_MINUTES,
        dimensions_map={"service": SERVICE, **dimensions},
        label=f"{name} {statistic}",
    )


def _search(expression: str, dimension: str) -> cloudwatch.MathExpression:
    """Every series there is of a metric, one for each value of a dimension."""
    found = f"SEARCH('{{{NAMESPACE},service,{dimension}}} {expression}', 'Sum', 300)"
    return cloudwatch.MathExpression(expression=found, using_metrics={}, label="", period=_FIVE_MINUTES)


class _Graph:
    def __init__(self, title: str, *metrics: cloudwatch.IMetric) -> None:
        self.title = title
        self.metrics = metrics
