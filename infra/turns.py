"""The state machine of a turn: the ASL file is the source, this only fills in the functions."""
# jsii generates protocols whose parameter names differ from the classes that implement them.
# pyright: reportArgumentType=false

import json
from collections.abc import Mapping
from pathlib import Path

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_destinations as destinations
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as stepfunctions
from constructs import Construct

from infra.acknowledged import acknowledge
from infra.logs import log_group
from infra.profile import Profile

DEFINITION = Path(__file__).parent.parent / "statemachines" / "turn.asl.json"
STATES = (
    "AnalyzeContext",
    "GenerateReply",
    "ReanalyzeContext",
    "UpdateState",
    "GenerateImage",
    "FailTurn",
)


class Turns(Construct):
    """``functions``: by name.  ``serving``: what to call for each, its alias in a gradual deploy.

    ``unhandled``: notices of ended executions that TurnEnded could not act on; an alarm looks at it.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        functions: Mapping[str, lambda_.Function],
        serving: Mapping[str, lambda_.IFunction],
        profile: Profile,
    ) -> None:
        super().__init__(scope, id_)
        # Without its comments and white space: the template stays small and the diff honest.
        definition = json.dumps(json.loads(DEFINITION.read_text(encoding="utf-8")), separators=(",", ":"))
        self.machine = stepfunctions.StateMachine(
            self,
            "Turn",
            definition_body=stepfunctions.DefinitionBody.from_string(definition),
            definition_substitutions={f"{state}Arn": serving[state].function_arn for state in STATES},
            state_machine_type=stepfunctions.StateMachineType.STANDARD,
            tracing_enabled=True,
            # No execution data: inputs hold ids only, and so it stays.
            logs=stepfunctions.LogOptions(
                destination=log_group(self, "Logs", profile=profile),
                level=stepfunctions.LogLevel.ALL,
                include_execution_data=False,
            )
            if profile.on_aws
            else None,
        )
        for state in STATES:
            functions[state].grant_invoke(self.machine)
        for name in ("ChatApi", "ImageApi"):
            functions[name].add_environment("STATE_MACHINE_ARN", self.machine.state_machine_arn)
            self.machine.grant_start_execution(functions[name])
        self.machine.grant(functions["ChatApi"], "states:DescribeStateMachine")  # readiness asks whether it is there
        self.unhandled = self._end_turns_of_dead_executions(functions["TurnEnded"])
        acknowledge(
            self.machine.role,
            {
                "IAM5[Resource::*]": "delivery of its own logs and X-Ray segments take no resource",
                **{
                    f"IAM5[Resource::<{_logical_id(functions[state])}.Arn>:*]": "any version of this one function"
                    for state in STATES
                },
            },
        )

    def _end_turns_of_dead_executions(self, function: lambda_.Function) -> sqs.Queue:
        """An execution that fails, times out or is aborted ends its turn: nothing polls for it."""
        unhandled = sqs.Queue(self, "Unhandled", enforce_ssl=True, retention_period=Duration.days(14))
        acknowledge(unhandled, {"SQS3": "it is the dead-letter queue"})
        function.configure_async_invoke(
            on_failure=destinations.SqsDestination(unhandled), retry_attempts=2, max_event_age=Duration.hours(1)
        )
        events.Rule(
            self,
            "Ended",
            event_pattern=events.EventPattern(
                source=["aws.states"],
                detail_type=["Step Functions Execution Status Change"],
                detail={
                    "status": ["FAILED", "TIMED_OUT", "ABORTED"],
                    "stateMachineArn": [self.machine.state_machine_arn],
                },
            ),
            targets=[
                targets.LambdaFunction(
                    function, retry_attempts=4, max_event_age=Duration.hours(1), dead_letter_queue=unhandled
                )
            ],
        )
        return unhandled


def _logical_id(function: lambda_.Function) -> str:
    return str(function.stack.get_logical_id(function.node.default_child))
