"""The drawing in docs/architecture.md is of today's template, and a change of the template changes it."""

import copy
from typing import Any

import pytest

from infra.functions import SPECS
from scripts.architecture import DOCUMENT, document, draw


def test_the_drawing_is_current(templates: dict[str, Any]) -> None:
    text = DOCUMENT.read_text()
    assert text == document(text, templates["hobby"]), "drawn anew by: python -m scripts.architecture --write"


def test_every_function_is_in_it_and_called_by_something(templates: dict[str, Any]) -> None:
    drawing = draw(templates["hobby"])
    for name in SPECS.keys() - {"Migrate"}:
        assert f"    {name}[{name}<br/>" in drawing
        assert f"> {name}\n" in drawing or f"| {name}\n" in drawing


def test_pictures_need_a_signed_cookie_in_it(templates: dict[str, Any]) -> None:
    assert 'cloudfront -->|"/media/*, signed cookie"| media' in draw(templates["hobby"])
    changed = copy.deepcopy(templates["hobby"])
    for resource in changed["Resources"].values():
        if resource["Type"] == "AWS::CloudFront::Distribution":
            for behavior in resource["Properties"]["DistributionConfig"]["CacheBehaviors"]:
                behavior.pop("TrustedKeyGroups", None)
    assert 'cloudfront -->|"/media/*"| media' in draw(changed)


def test_a_function_that_has_the_database_from_outside_cannot_be_drawn(templates: dict[str, Any]) -> None:
    changed = copy.deepcopy(templates["hobby"])
    for resource in changed["Resources"].values():
        if "DATABASE_SECRET_ARN" in str(resource.get("Properties", {}).get("Environment")):
            resource["Properties"].pop("VpcConfig")
            break
    with pytest.raises(ValueError, match="outside the private subnets"):
        draw(changed)
