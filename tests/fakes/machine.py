"""Runs executions of ``statemachines/turn.asl.json`` in this process: the same order, retries and catches, real handlers.

Only what the file uses: Task (lambda:invoke), Choice, Succeed and Fail; Payload templates; ResultSelector; Retry and Catch
by error name.  Waits between retries are left out, so that a test of the third retry takes no ten seconds, unless a test
gives ``wait``.
"""

import json
import random
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.fakes.aws import FakeAws
from tests.fakes.gateway import Context

DEFINITION = Path(__file__).parents[2] / "statemachines" / "turn.asl.json"
HANDLERS = {
    "AnalyzeContext": "functions.chat.steps.analyze_context",
    "GenerateReply": "functions.chat.steps.generate_reply",
    "ReanalyzeContext": "functions.chat.steps.reanalyze_context",
    "UpdateState": "functions.chat.steps.update_state",
    "GenerateImage": "functions.image.steps.generate_image",
    "FailTurn": "functions.chat.steps.fail_turn",
}
Invoke = Callable[[dict[str, Any]], Any]


class Killed(BaseException):
    """A worker that died: no handler of ours sees it, and Step Functions sees Lambda.Unknown."""


class Machine:
    """``handlers`` replaces a function by its name, for faults; ``states`` is every invocation, in order.

    ``wait`` is called with the seconds Step Functions pauses before each retry: ``jitter`` of the longest.
    """

    def __init__(self, aws: FakeAws) -> None:
        self._definition: dict[str, Any] = json.loads(DEFINITION.read_text(encoding="utf-8"))
        self._aws = aws
        self._finished: set[str] = set()
        self.handlers: dict[str, Invoke] = {}
        self.states: list[str] = []
        self.wait: Callable[[float], None] = lambda _seconds: None
        self.jitter: Callable[[float], float] = lambda longest: random.uniform(0, longest)

    def run_all(self) -> None:
        """Run every execution that was started and has not run."""
        for name, given in list(self._aws.executions.items()):
            if name not in self._finished:
                self._finished.add(name)
                self.run(name, given)

    def run(self, name: str, given: dict[str, Any]) -> str:
        """Run one execution; return the name of its last state."""
        data = dict(given)
        current = self._definition["StartAt"]
        while True:
            state: dict[str, Any] = self._definition["States"][current]
            if state["Type"] in ("Succeed", "Fail"):
                return str(current)
            current = self._choose(state, data) if state["Type"] == "Choice" else self._task(current, state, data, name)

    @staticmethod
    def _choose(state: dict[str, Any], data: dict[str, Any]) -> str:
        for choice in state["Choices"]:
            value = _at(choice["Variable"], data)
            expected = choice.get("StringEquals", choice.get("BooleanEquals"))
            if value == expected:
                return str(choice["Next"])
        return str(state["Default"])

    def _task(self, current: str, state: dict[str, Any], data: dict[str, Any], name: str) -> str:
        tries: dict[int, int] = {}
        retry_count = 0
        while True:
            context = {"Execution": {"Name": name}, "State": {"RetryCount": retry_count}}
            payload = _fill(state["Parameters"]["Payload"], data, context)
            function = state["Parameters"]["FunctionName"].strip("${}").removesuffix("Arn")
            self.states.append(current)
            try:
                answer = self._invoke(function, json.loads(json.dumps(payload)))
            except (Exception, Killed) as exc:
                error = "Lambda.Unknown" if isinstance(exc, Killed) else type(exc).__name__
                if (longest_s := _longest_pause(state, error, tries)) is not None:
                    self.wait(self.jitter(longest_s))
                    retry_count += 1
                    continue
                caught = next((c for c in state.get("Catch", []) if _matches(c, error)), None)
                if caught is None:
                    raise
                data[caught["ResultPath"].removeprefix("$.")] = {"Error": error, "Cause": ""}
                return str(caught["Next"])
            if state.get("ResultPath"):
                result = _fill(state["ResultSelector"], {"Payload": answer}, context)
                data[state["ResultPath"].removeprefix("$.")] = result
            return str(state["Next"])

    def _invoke(self, function: str, payload: dict[str, Any]) -> Any:
        if function in self.handlers:
            return self.handlers[function](payload)
        return call_step(function, payload)


def _longest_pause(state: dict[str, Any], error: str, tries: dict[int, int]) -> float | None:
    """Return the seconds to wait at most, None when the state is not tried again.  ``tries`` counts by rule."""
    for index, rule in enumerate(state.get("Retry", [])):
        if _matches(rule, error):
            done = tries.get(index, 0)
            tries[index] = done + 1
            if done >= rule["MaxAttempts"]:
                return None
            return float(min(rule["IntervalSeconds"] * rule["BackoffRate"] ** done, rule["MaxDelaySeconds"]))
    return None


def call_step(function: str, payload: dict[str, Any]) -> Any:
    """Invoke a state's function as Lambda does."""
    return import_module(HANDLERS[function]).handler(payload, Context())


def _matches(rule: dict[str, Any], error: str) -> bool:
    return error in rule["ErrorEquals"] or "States.ALL" in rule["ErrorEquals"]


def _at(path: str, data: dict[str, Any]) -> Any:
    value: Any = data
    for part in path.removeprefix("$.").split("."):
        value = value[part]
    return value


def _fill(template: dict[str, Any], data: dict[str, Any], context: dict[str, Any]) -> dict[str, Any]:
    filled: dict[str, Any] = {}
    for key, value in template.items():
        if not key.endswith(".$"):
            filled[key] = value
        elif value.startswith("$$."):
            filled[key[:-2]] = _at(value[1:], context)
        else:
            filled[key[:-2]] = _at(value, data)
    return filled
