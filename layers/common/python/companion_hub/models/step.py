"""What the state machine hands to each state's function: ids only, never text (FAULTS.md F45: steps accept v1)."""

from typing import Literal
from uuid import UUID

from companion_hub.models.base import Resource
from companion_hub.models.turn import Degradation


class StepEvent(Resource):
    """``execution`` is the execution's name, ``retry_count`` Step Functions' count of retries of this state."""

    v: Literal[1] = 1
    turn_id: UUID
    execution: str
    retry_count: int = 0
    want_image: bool = False
    kind: str = "reply"


class FailureEvent(StepEvent):
    """For FailTurn: the error's class name, and what is degraded when the reply is safe already."""

    error: str = ""
    degraded: Degradation | None = None
