"""Every way through the real state machine of a turn, on the emulator, with stand-ins for its functions.

What there is to be walked is computed from the file: each state, each transition, each error of each Retry, each Catch
and each time limit.  A new branch that no scenario takes fails ``test_every_edge_was_taken``.  In the copy sent to the
emulator, Retry waits are shortened; a state whose time limit is tried has that shortened too; nothing else differs.
"""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from devtools.config import ROOT
from infra.turns import STATES
from tests.devtools.emulators import ROLE, Emulator

MACHINE: dict[str, Any] = json.loads((ROOT / "statemachines" / "turn.asl.json").read_text())
TASKS: dict[str, dict[str, Any]] = {n: s for n, s in MACHINE["States"].items() if s["Type"] == "Task"}
UNLISTED = "ValueError"
HANGS = "hangs"
# What may travel through a state machine, whose history AWS keeps for 90 days: ids and switches, never text.
ALLOWED = {"v", "turn_id", "want_image", "kind", "execution", "retry_count", "error", "degraded"}
SHORT_S = 1
Edge = tuple[str, ...]

# Plays every function: does what its script says for this attempt, and notes what it was called with.
STAND_IN = """
import json, time
from pathlib import Path

def handler(event, context):
    state = {{"state": "StateDegraded", "image": "ImageDegraded"}}.get(event.get("degraded"), {name!r})
    folder = Path({folder!r}) / event["turn_id"]
    script = json.loads((folder / "script.json").read_text())
    log = folder / state
    before = log.read_text().count("\\n") if log.exists() else 0
    with log.open("a") as file:
        file.write(json.dumps(event) + "\\n")
    errors = script["errors"].get(state, [])
    error = errors[before] if before < len(errors) else ""
    if error == {hangs!r}:
        time.sleep({hang_s})
    elif error:
        raise type(error, (Exception,), {{}})("told to")
    return {{"image": script["image"]}}
"""


@dataclass(frozen=True)
class Scenario:
    """``errors``: what the attempts of a state fail with, in order; then it works.  ``fails``: the turn ends as failed."""

    name: str
    errors: dict[str, list[str]]
    image: bool = True
    kind: str = "message"
    fails: bool = False
    short: str = ""  # the state whose time limit is shortened


def way_to(state: str) -> dict[str, list[str]]:
    """What has to fail before for the machine to come to a state."""
    for name, task in TASKS.items():
        if any(catch["Next"] == state for catch in task.get("Catch", [])):
            return {name: [UNLISTED]}
    return {}


def scenarios() -> Iterator[Scenario]:
    yield Scenario("a text", {}, image=False)
    yield Scenario("a text with a picture", {})
    yield Scenario("a picture by hand", {}, kind="image")
    for state, task in TASKS.items():
        on_the_way = way_to(state)
        ends_in_failure = state == "FailTurn" or not task.get("Catch")
        for retrier in task["Retry"]:
            names: list[str] = [UNLISTED] if retrier["ErrorEquals"] == ["States.ALL"] else retrier["ErrorEquals"]
            attempts: int = retrier["MaxAttempts"]
            for start in range(0, len(names), attempts):
                chosen = names[start : start + attempts]
                yield Scenario(
                    f"{state} recovers from {', '.join(chosen)}",
                    {**on_the_way, state: chosen},
                    fails=state == "FailTurn",
                )
            leads_to = next((c["Next"] for c in task.get("Catch", []) if c["ErrorEquals"] == ["States.ALL"]), "")
            yield Scenario(
                f"{state} gives up after {attempts} times {names[0]}",
                {**on_the_way, state: [names[0]] * (attempts + 1)},
                fails=ends_in_failure or leads_to == "FailTurn",
            )
        if task.get("Catch"):
            yield Scenario(f"{state} fails at once", {state: [UNLISTED]}, fails=task["Catch"][0]["Next"] == "FailTurn")
        yield Scenario(f"{state} hangs", {**on_the_way, state: [HANGS]}, short=state, fails=state == "FailTurn")


SCENARIOS = list(scenarios())


def all_edges() -> set[Edge]:
    edges: set[Edge] = set()
    for name, state in MACHINE["States"].items():
        edges.add(("state", name))
        edges |= {("choice", name, choice["Next"]) for choice in state.get("Choices", [])}
        edges |= {("next", name, state[key]) for key in ("Next", "Default") if key in state}
        for retrier in state.get("Retry", []):
            edges |= {("retry", name, error) for error in retrier["ErrorEquals"]}
        edges |= {("catch", name, catch["Next"]) for catch in state.get("Catch", [])}
        if state["Type"] == "Task":
            edges.add(("timeout", name))
            if not any("States.ALL" in catch["ErrorEquals"] for catch in state.get("Catch", [])):
                edges.add(("uncaught", name))
    return edges


def edges_of(history: list[dict[str, Any]]) -> Iterator[Edge]:
    """Yield what an execution walked through, as its history tells it."""
    state, error = "", ""
    for event in history:
        kind: str = event["type"]
        if kind.endswith("StateEntered"):
            target = event["stateEnteredEventDetails"]["name"]
            if state:
                chosen = any(choice["Next"] == target for choice in MACHINE["States"][state].get("Choices", []))
                yield ("catch" if error else "choice" if chosen else "next", state, target)
            state, error = target, ""
            yield ("state", state)
        elif kind in ("TaskFailed", "TaskTimedOut"):
            details = event.get("taskFailedEventDetails") or event["taskTimedOutEventDetails"]
            error = details["error"]
            if error == "States.Timeout":
                yield ("timed out", state)
        elif kind == "TaskScheduled" and error:
            retrier = next(
                r for r in TASKS[state]["Retry"] if error in r["ErrorEquals"] or r["ErrorEquals"] == ["States.ALL"]
            )
            yield ("retry", state, "States.ALL" if retrier["ErrorEquals"] == ["States.ALL"] else error)
            error = ""
        elif kind == "ExecutionFailed" and error:
            yield ("uncaught", state)


@dataclass
class Ended:
    status: str
    error: str
    edges: list[Edge]
    calls: dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def ended(mended: Emulator, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ended]:
    """How every scenario ended."""
    folder = tmp_path_factory.mktemp("turns")
    arns = {
        name: mended.function(
            f"turn-{name}",
            STAND_IN.format(name=name, folder=str(folder), hangs=HANGS, hang_s=SHORT_S + 0.2),
            timeout_s=30,
        )
        for name in STATES
    }
    for name in STATES:  # what runs at the same time below would unpack the same code at the same time
        mended.client("lambda").invoke(FunctionName=f"turn-{name}", InvocationType="DryRun")
    client = mended.client("stepfunctions")
    machines = {
        short: client.create_state_machine(name=f"turn-{short or 'all'}", definition=copy(arns, short), roleArn=ROLE)[
            "stateMachineArn"
        ]
        for short in ("", *TASKS)
    }

    def run(number: int, scenario: Scenario) -> Ended:
        id_ = f"turn-{number}"
        (folder / id_).mkdir()
        (folder / id_ / "script.json").write_text(json.dumps({"errors": scenario.errors, "image": scenario.image}))
        given = {"turn_id": id_, "want_image": scenario.image, "kind": scenario.kind}
        arn = client.start_execution(stateMachineArn=machines[scenario.short], name=id_, input=json.dumps(given))[
            "executionArn"
        ]
        deadline = time.monotonic() + 120
        while (found := client.describe_execution(executionArn=arn))["status"] == "RUNNING":
            assert time.monotonic() < deadline, scenario
            time.sleep(0.1 if scenario.short else 0.005)
        history = client.get_execution_history(executionArn=arn, maxResults=1000)["events"]
        return Ended(found["status"], found.get("error", ""), list(edges_of(history)), calls(folder / id_))

    # Those that hang sleep: a few at once, beside the others, which come one after the other to the same workers.
    with ThreadPoolExecutor(3) as pool:
        hanging = {s.name: pool.submit(run, n, s) for n, s in enumerate(SCENARIOS) if s.short}
        quick = {s.name: run(n, s) for n, s in enumerate(SCENARIOS) if not s.short}
        return {**quick, **{name: future.result() for name, future in hanging.items()}}


def copy(arns: dict[str, str], short: str) -> str:
    """Return the definition as CloudFormation would fill it in, with shorter waits."""
    machine = json.loads(json.dumps(MACHINE))
    for name, state in machine["States"].items():
        for retrier in state.get("Retry", []):
            retrier["IntervalSeconds"] = 0.001
        if name == short:
            state["TimeoutSeconds"] = SHORT_S
    text = json.dumps(machine)
    for name, arn in arns.items():
        text = text.replace(f"${{{name}Arn}}", arn)
    return text


def calls(folder: Path) -> dict[str, list[dict[str, Any]]]:
    return {
        path.name: [json.loads(line) for line in path.read_text().splitlines()]
        for path in folder.iterdir()
        if path.name != "script.json"
    }


def test_choices_lead_to_different_states() -> None:
    """Which choice was taken is told by where it led."""
    for state in MACHINE["States"].values():
        if state["Type"] == "Choice":
            targets = [*(choice["Next"] for choice in state["Choices"]), state["Default"]]
            assert len(set(targets)) == len(targets)


def test_every_edge_was_taken(ended: dict[str, Ended]) -> None:
    taken = {edge for one in ended.values() for edge in one.edges}
    # A hanging function was given up after the state's own limit, and that error was the emulator's, not the script's.
    taken |= {("timeout", s.short) for s in SCENARIOS if s.short and ("timed out", s.short) in ended[s.name].edges}
    assert all_edges() - taken == set()
    assert {edge for edge in taken if edge[0] != "timed out"} - all_edges() == set()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_turn_ends_as_it_should(ended: dict[str, Ended], scenario: Scenario) -> None:
    one = ended[scenario.name]
    assert one.status == ("FAILED" if scenario.fails else "SUCCEEDED"), one.calls
    for state, errors in scenario.errors.items():
        # As many tries as the script has failures, and one that works; fewer when the Retry gave up.
        most = len(errors) + 1
        if UNLISTED in errors and TASKS[state].get("Catch"):
            most = 1
        elif errors[0] != HANGS and len(errors) > _retries(state, errors[0]):
            most = len(errors)
        made = len(one.calls[state])
        # On a busy machine the start of another worker may take longer than the shortened limit.
        assert made >= most if scenario.short == state else made == most
        if "retry_count" in one.calls[state][0]:
            # A try whose worker starts slowly may be noted after the next.
            assert sorted(call["retry_count"] for call in one.calls[state]) == list(range(made))
    compensated = {"StateDegraded", "ImageDegraded", "FailTurn"} & one.calls.keys()
    for name in compensated:
        assert {call["error"] for call in one.calls[name]} == {next(iter(scenario.errors.values()))[-1]}
    for made_calls in one.calls.values():
        for call in made_calls:
            assert set(call) <= ALLOWED
            assert call["turn_id"] == call["execution"]


def _retries(state: str, error: str) -> int:
    return next(
        retrier["MaxAttempts"]
        for retrier in TASKS[state]["Retry"]
        if error in retrier["ErrorEquals"] or retrier["ErrorEquals"] == ["States.ALL"]
    )


def test_a_picture_by_hand_writes_no_text(ended: dict[str, Ended]) -> None:
    assert set(ended["a picture by hand"].calls) == {"GenerateImage"}


def test_a_failed_turn_is_told_before_the_execution_fails(ended: dict[str, Ended]) -> None:
    one = ended["GenerateReply fails at once"]
    assert one.error == "TurnFailed"
    assert [call["error"] for call in one.calls["FailTurn"]] == [UNLISTED]


def test_a_reply_outlives_what_fails_after_it(ended: dict[str, Ended]) -> None:
    for state, degraded in (("ReanalyzeContext", "state"), ("UpdateState", "state"), ("GenerateImage", "image")):
        one = ended[f"{state} fails at once"]
        assert one.status == "SUCCEEDED"
        assert "FailTurn" not in one.calls
        assert [calls[0]["degraded"] for calls in one.calls.values() if "degraded" in calls[0]] == [degraded]
