"""Draws what is deployed, from the synthesised hobby template: ``python -m scripts.architecture --write``.

Which part calls, reads or writes which is read off the template's references, so that the picture in
docs/architecture.md cannot say anything that is not so (a test compares them).
"""

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT)]

DOCUMENT = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- drawn by scripts/architecture.py -->", "<!-- end of the drawing -->"
# What a function's environment says it uses: the variable, and the arrow's words.
USES = {"STATE_MACHINE_ARN": "starts", "MEDIA_BUCKET": "pictures"}
SOCKETS, DATABASE, MODELS = "WEBSOCKET_CALLBACK_URL", "DATABASE_SECRET_ARN", "PROVIDER_SECRET_ARN"

Template = dict[str, Any]


def draw(template: Template) -> str:
    """Return the Mermaid source of a template of ours."""
    resources: dict[str, dict[str, Any]] = template["Resources"]
    functions = {
        id_: str(r["Properties"]["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"])
        for id_, r in resources.items()
        if "POWERTOOLS_SERVICE_NAME" in r.get("Properties", {}).get("Environment", {}).get("Variables", {})
    }
    names = {**functions, **_parts(resources)}
    lines = ["flowchart LR", "  browser([browser])", "  models([language and image models])"]
    inside = [i for i in functions if "VpcConfig" in resources[i]["Properties"]]
    lines.append('  subgraph private["private subnets"]')
    lines += [f"    {names[i]}[{names[i]}<br/>{_size(resources[i])}]" for i in sorted(inside, key=names.__getitem__)]
    lines.append("  end")
    lines += [f"  {names[i]}[{names[i]}]" for i in sorted(functions.keys() - set(inside), key=names.__getitem__)]
    lines += [f"  {name}{_SHAPES[name]}" for name in dict.fromkeys(_parts(resources).values())]
    arrows = [*_edge(resources, names), *_calls(resources, names), *_used(resources, functions, names)]
    return "\n".join([*lines, *(f"  {arrow}" for arrow in sorted(set(arrows)))]) + "\n"


_PARTS = {
    "AWS::CloudFront::Distribution": "cloudfront",
    "AWS::StepFunctions::StateMachine": "turn",
    "AWS::RDS::DBCluster": "database",
    "AWS::SQS::Queue": "unhandled",
}
_SHAPES = {
    "cloudfront": "{{CloudFront}}",
    "http": "{{HTTP API}}",
    "websocket": "{{WebSocket API}}",
    "turn": "[[Step Functions: a turn]]",
    "database": "[(Aurora PostgreSQL)]",
    "website": "[(S3: web app)]",
    "media": "[(S3: pictures)]",
    "unhandled": "[/SQS: unhandled/]",
    "nat": "[NAT]",
}


def _parts(resources: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Return the name in the picture of each resource that is drawn, beside the functions."""
    found: dict[str, str] = {}
    for id_, resource in resources.items():
        kind = resource["Type"]
        if kind in _PARTS:
            found[id_] = _PARTS[kind]
        elif kind == "AWS::ApiGatewayV2::Api":
            found[id_] = str(resource["Properties"]["ProtocolType"]).lower()
        elif kind == "AWS::S3::Bucket":
            found[id_] = "media" if "Media" in id_ else "website"
        elif kind == "AWS::EC2::NatGateway" or (kind == "AWS::EC2::Instance" and "Nat" in id_):
            found[id_] = "nat"
    return found


def _size(resource: dict[str, Any]) -> str:
    return f"{resource['Properties']['MemorySize']} MB, {resource['Properties']['Timeout']} s"


def references(value: object) -> Iterator[str]:
    """Yield the ids of the resources that a value of the template refers to."""
    yield from re.findall(r'(?:"Ref": |"Fn::GetAtt": \[)"(\w+)"', json.dumps(value))


def _names(value: object, names: dict[str, str]) -> Iterator[str]:
    for id_ in references(value):
        if id_ in names:
            yield names[id_]


def _edge(resources: dict[str, dict[str, Any]], names: dict[str, str]) -> Iterator[str]:
    """Yield what CloudFront sends where: each path to the origin it names."""
    for resource in resources.values():
        if resource["Type"] != "AWS::CloudFront::Distribution":
            continue
        config = resource["Properties"]["DistributionConfig"]
        origins = {origin["Id"]: next(_names(origin["DomainName"], names)) for origin in config["Origins"]}
        yield "browser --> cloudfront"
        yield f"cloudfront -->|everything else| {origins[config['DefaultCacheBehavior']['TargetOriginId']]}"
        for behavior in config["CacheBehaviors"]:
            signed = ", signed cookie" if "TrustedKeyGroups" in behavior else ""
            yield f'cloudfront -->|"{behavior["PathPattern"]}{signed}"| {origins[behavior["TargetOriginId"]]}'


def _calls(resources: dict[str, dict[str, Any]], names: dict[str, str]) -> Iterator[str]:
    """Yield who calls a function: APIs through their integrations, the state machine, rules and their queues."""
    for resource in resources.values():
        kind, properties = resource["Type"], resource.get("Properties", {})
        if kind == "AWS::ApiGatewayV2::Integration":
            (api,) = _names(properties["ApiId"], names)
            yield from (f"{api} --> {name}" for name in _names(properties["IntegrationUri"], names))
        elif kind == "AWS::StepFunctions::StateMachine":
            yield from (f"turn --> {name}" for name in _names(properties["DefinitionSubstitutions"], names))
        elif kind == "AWS::Events::Rule":
            for target in properties["Targets"]:
                for name in _names(target["Arn"], names):
                    yield f"turn -.->|failed, timed out| {name}"
        elif kind == "AWS::Lambda::EventInvokeConfig":
            (function,) = _names(properties["FunctionName"], names)
            yield from (
                f"{function} -.->|on failure| {name}" for name in _names(properties["DestinationConfig"], names)
            )


def _used(resources: dict[str, dict[str, Any]], functions: dict[str, str], names: dict[str, str]) -> Iterator[str]:
    """Yield what functions use, by their settings.  What all in the private subnets use is drawn once."""
    variables = {name: resources[id_]["Properties"]["Environment"]["Variables"] for id_, name in functions.items()}
    inside = {name for id_, name in functions.items() if "VpcConfig" in resources[id_]["Properties"]}
    if {name for name, known in variables.items() if DATABASE in known} != inside:
        raise ValueError("a function outside the private subnets has the database, or one inside does not")
    yield "private --> database"
    if "nat" in names.values():
        yield "private --> nat"
        yield "nat --> models"
    if inside - {"Migrate"} != {name for name, known in variables.items() if SOCKETS in known}:
        raise ValueError("not all of the functions post to sockets: draw those that do, one by one")
    yield "private -.->|frames| websocket"
    for name, known in variables.items():
        if MODELS in known:
            yield f"{name} -.->|asks| models"
        for key, words in USES.items():
            if key in known:
                yield from (f"{name} -->|{words}| {target}" for target in _names(known[key], names))


def document(text: str, template: Template) -> str:
    """Return the page with the drawing of a template in its place."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n```mermaid\n{draw(template)}```\n{END}{after}"


def main() -> None:
    from devtools.deploy import synth

    os.environ["HUB_SKIP_LAYERS"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        synth("hobby", Path(folder))
        template = json.loads((Path(folder) / "CompanionHub.template.json").read_text(encoding="utf-8"))
    if sys.argv[1:] == ["--write"]:
        DOCUMENT.write_text(document(DOCUMENT.read_text(encoding="utf-8"), template), encoding="utf-8")
    else:
        sys.stdout.write(draw(template))


if __name__ == "__main__":
    main()
