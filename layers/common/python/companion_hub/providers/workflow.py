"""Starts and stops executions of the ``turn`` state machine."""

import json
from typing import TYPE_CHECKING
from uuid import UUID

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from companion_hub.observability import logger

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient

_CONFIG = Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3})


class Workflow:
    def __init__(self, state_machine_arn: str) -> None:
        self._arn = state_machine_arn
        self._client: SFNClient = boto3.client("stepfunctions", config=_CONFIG)

    def start(self, turn_id: UUID, *, run: int, kind: str, want_image: bool) -> bool:
        """Start a turn's execution; True when it runs (a repeated start counts as one).

        False leaves the turn queued: the next read or resend starts it again, so nothing is lost by a failure here.
        """
        try:
            self._client.start_execution(
                stateMachineArn=self._arn,
                name=execution_name(turn_id, run),
                input=json.dumps({"v": 1, "turn_id": str(turn_id), "kind": kind, "want_image": want_image}),
            )
        except self._client.exceptions.ExecutionAlreadyExists:
            return True
        except (ClientError, BotoCoreError) as exc:
            logger.warning("execution did not start", extra={"turn_id": str(turn_id), "reason": type(exc).__name__})
            return False
        return True

    def check(self) -> bool:
        """Ask the state machine for its status.  Raises ClientError or BotoCoreError when it does not answer."""
        return self._client.describe_state_machine(stateMachineArn=self._arn)["status"] == "ACTIVE"


def execution_name(turn_id: UUID, run: int) -> str:
    """Return the execution's name: the turn's id, then ``-r2``, ``-r3`` … for the user's retries."""
    return str(turn_id) if run == 1 else f"{turn_id}-r{run}"


def run_of_execution(name: str) -> int:
    """Return the run a name stands for.  Raises ValueError for a name that is none of ours."""
    UUID(name[:36])
    return int(name[38:]) if name[36:38] == "-r" else 1
