"""The state machine of a turn: the ASL file is the source, this only fills in the functions."""

import json
from pathlib import Path

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_stepfunctions as stepfunctions
from constructs import Construct

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
    def __init__(self, scope: Construct, id_: str, *, functions: dict[str, lambda_.Function], profile: Profile) -> None:
        super().__init__(scope, id_)
        # Without its comments and white space: the template stays small and the diff honest.
        definition = json.dumps(json.loads(DEFINITION.read_text(encoding="utf-8")), separators=(",", ":"))
        self.machine = stepfunctions.StateMachine(
            self,
            "Turn",
            definition_body=stepfunctions.DefinitionBody.from_string(definition),
            definition_substitutions={f"{state}Arn": functions[state].function_arn for state in STATES},
            state_machine_type=stepfunctions.StateMachineType.STANDARD,
            tracing_enabled=True,
            # No execution data: inputs hold ids only, and so it stays.
            logs=stepfunctions.LogOptions(
                destination=logs.LogGroup(self, "Logs", retention=logs.RetentionDays.TWO_WEEKS),
                level=stepfunctions.LogLevel.ERROR,
                include_execution_data=False,
            )
            if profile.on_aws
            else None,
        )
        for state in STATES:
            functions[state].grant_invoke(self.machine)
        functions["ChatApi"].add_environment("STATE_MACHINE_ARN", self.machine.state_machine_arn)
        functions["ImageApi"].add_environment("STATE_MACHINE_ARN", self.machine.state_machine_arn)
        for name in ("ChatApi", "ImageApi"):
            self.machine.grant_start_execution(functions[name])
        self.machine.grant_read(functions["ChatApi"])
        # An execution that fails, times out or is aborted ends its turn: nothing polls for it.
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
                    functions["TurnEnded"],  # pyright: ignore[reportArgumentType] - jsii's protocol names its parameter otherwise
                    retry_attempts=4,
                    max_event_age=Duration.hours(1),
                )
            ],
        )
