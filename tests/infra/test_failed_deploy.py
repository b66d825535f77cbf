"""A deploy that fails half way leaves the version before it serving, on the emulator, with the real local template."""

import json
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from devtools.config import Config
from devtools.deploy import STACK, Deployer, DeployError
from tests.devtools.emulators import Emulator
from tests.infra.conftest import Synthesised


@pytest.fixture
def emulator(tmp_path: Path) -> Generator[Emulator]:
    emulator = Emulator(tmp_path / "emulator", mended=True)
    try:
        yield emulator.start()
    finally:
        emulator.stop()


def serving(emulator: Emulator) -> dict[str, Any]:
    """Return what answers now: each function's code and settings, the state machine's definition, the routes."""
    functions = [
        {name: one.get(name) for name in ("FunctionName", "CodeSha256", "Handler", "Timeout", "Environment")}
        for page in emulator.client("lambda").get_paginator("list_functions").paginate()
        for one in page["Functions"]
    ]
    steps = emulator.client("stepfunctions")
    machines = [
        steps.describe_state_machine(stateMachineArn=machine["stateMachineArn"])["definition"]
        for machine in steps.list_state_machines()["stateMachines"]
    ]
    gateway = emulator.client("apigatewayv2")
    routes = [
        (api["Name"], route["RouteKey"])
        for api in gateway.get_apis()["Items"]
        for route in gateway.get_routes(ApiId=api["ApiId"])["Items"]
    ]
    return {
        "functions": sorted(functions, key=lambda one: one["FunctionName"]),
        "machines": machines,
        "routes": sorted(routes),
    }


def test_a_failed_deploy_leaves_the_version_before_serving(
    synthesised: dict[str, Synthesised], emulator: Emulator, tmp_path: Path
) -> None:
    deployer = Deployer(Config(tmp_path, 0), emulator.url)
    template = synthesised["local"].template
    # None of the functions is called: any value will do where the template has none.
    parameters = {name: "http://127.0.0.1:1" for name, one in template["Parameters"].items() if "Default" not in one}
    deployer.deploy_stack(synthesised["local"].path.parent, parameters)
    before = serving(emulator)
    assert len(before["functions"]) >= 12
    media = deployer.outputs["MediaBucket"]
    emulator.client("s3").put_object(Bucket=media, Key="u/picture", Body=b"kept")

    out = tmp_path / "next"
    shutil.copytree(synthesised["local"].path.parent, out)
    path = out / f"{STACK}.template.json"
    changed = json.loads(path.read_text())
    functions = [id_ for id_, one in changed["Resources"].items() if one["Type"] == "AWS::Lambda::Function"]
    for id_ in functions:
        changed["Resources"][id_]["Properties"]["Environment"]["Variables"]["LOG_LEVEL"] = "DEBUG"
        changed["Resources"][id_]["Properties"]["Timeout"] = 7
    good = json.dumps(changed)
    # Comes last, when all functions are new already, and fails: there is nobody to make it.
    nobody = "arn:aws:lambda:us-east-1:000000000000:function:nobody"
    changed["Resources"]["Broken"] = {
        "Type": "Custom::Broken",
        "Properties": {"ServiceToken": nobody},
        "DependsOn": functions,
    }
    path.write_text(json.dumps(changed))
    with pytest.raises(DeployError, match="Broken"):
        deployer.deploy_stack(out, parameters)
    assert serving(emulator) == before
    assert emulator.client("s3").get_object(Bucket=media, Key="u/picture")["Body"].read() == b"kept"

    path.write_text(good)
    deployer.deploy_stack(out, parameters)
    assert {one["Timeout"] for one in serving(emulator)["functions"]} == {7}
