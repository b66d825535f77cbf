"""The local profile is hobby without exactly what docs/local.md names: what is tested here is what is deployed."""

import re
from collections.abc import Iterator
from typing import Any

from devtools.config import ROOT

# Where a resource that both profiles have differs, by its kind: each is played or set by devtools.
DIFFERS = {
    "AWS::ApiGatewayV2::Stage": {"AccessLogSettings", "DefaultRouteSettings"},
    "AWS::IAM::Policy": {"PolicyDocument"},
    "AWS::Lambda::Function": {"Environment", "Layers", "VpcConfig"},
    "AWS::S3::Bucket": {"LifecycleConfiguration", "Tags"},
    "AWS::S3::BucketPolicy": {"PolicyDocument"},
    "AWS::StepFunctions::StateMachine": {"LoggingConfiguration"},
}
VARIABLES = {
    "DATABASE_SECRET_ARN", "DATABASE_SSLMODE", "MEDIA_KEY_PAIR_ID", "PUBLIC_ORIGINS", "RATE_LIMIT_SCALE",
    "WEBSOCKET_CALLBACK_URL",
}  # fmt: skip
_SECTION = "## What the local template leaves out"


def shared(templates: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    local, hobby = templates["local"]["Resources"], templates["hobby"]["Resources"]
    for id_ in local.keys() & hobby.keys():
        yield local[id_], hobby[id_]


def changed(one: dict[str, Any], other: dict[str, Any]) -> set[str]:
    return {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)}


def test_local_leaves_out_exactly_the_kinds_that_the_page_lists(templates: dict[str, Any]) -> None:
    local = {resource["Type"] for resource in templates["local"]["Resources"].values()}
    hobby = {resource["Type"] for resource in templates["hobby"]["Resources"].values()}
    assert local - hobby == set()
    section = (ROOT / "docs" / "local.md").read_text().split(_SECTION)[1].split("\n## ")[0]
    documented = set(re.findall(r"`(AWS::[\w:]+|Custom::[\w:]+)`", section))
    assert hobby - local == documented


def test_local_adds_one_secret_and_nothing_else(templates: dict[str, Any]) -> None:
    """Where devtools writes its database's address; on AWS the cluster brings its own."""
    only = templates["local"]["Resources"].keys() - templates["hobby"]["Resources"].keys()
    assert [templates["local"]["Resources"][id_]["Type"] for id_ in only] == ["AWS::SecretsManager::Secret"]


def test_what_both_have_differs_only_where_devtools_plays_a_part(templates: dict[str, Any]) -> None:
    found: dict[str, set[str]] = {}
    for local, hobby in shared(templates):
        assert local["Type"] == hobby["Type"]
        differs = changed(local.get("Properties", {}), hobby.get("Properties", {}))
        if differs:
            found.setdefault(local["Type"], set()).update(differs)
    assert found == DIFFERS


def test_functions_get_the_same_settings_but_for_where_things_are(templates: dict[str, Any]) -> None:
    found: set[str] = set()
    for local, hobby in shared(templates):
        if local["Type"] == "AWS::Lambda::Function":
            found |= changed(*(one["Properties"]["Environment"]["Variables"] for one in (local, hobby)))
    assert found == VARIABLES


def test_handlers_code_and_limits_are_the_same(templates: dict[str, Any]) -> None:
    compared = 0
    for local, hobby in shared(templates):
        if local["Type"] == "AWS::Lambda::Function":
            for name in ("Handler", "Runtime", "Architectures", "Timeout", "MemorySize", "Code"):
                assert local["Properties"][name] == hobby["Properties"][name]
            compared += 1
    assert compared == 12
