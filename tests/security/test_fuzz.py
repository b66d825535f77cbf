"""Fuzz: schemathesis over the served document, through the front door, as a person with a chat (issue 4, item 11).

No 5xx, no answer that is not in the document.  ``./hub test --long`` asks each route a hundred times and every case of its
schema; ``SECURITY_FUZZ_EXAMPLES`` says another number.
"""

import json
import os
from collections.abc import Generator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from scripts.openapi import DOCUMENT
from tests.fakes.edge import WebBrowser
from tests.fakes.people import registration
from tests.integration.test_authorization import tiny_png

EXAMPLES = int(os.environ.get("SECURITY_FUZZ_EXAMPLES") or (100 if "HUB_TEST_LONG" in os.environ else 4))
# They end the session or the account the fuzz is done with; tests of their own send them nonsense.
ENDS_THE_SESSION = {"/api/auth/logout", "/api/auth/logout-all"}

schema = schemathesis.openapi.from_dict(json.loads(DOCUMENT.read_text(encoding="utf-8")))
load_all_checks()
schema.config.phases.examples.enabled = False
# Hundreds of cases per route: for the long run only.
schema.config.phases.coverage.enabled = EXAMPLES > 50


class Story:
    """A person with one of everything that has an id."""

    def __init__(self, browser: WebBrowser) -> None:
        self.browser = browser
        post = browser.post
        companion = post("/api/companions", json={"name": "Mara", "identity": {"greeting": "Hello there."}})
        id_ = companion.raise_for_status().json()["id"]
        sent = post(
            f"/api/companions/{id_}/messages", json={"client_message_id": id_, "text": "Hi", "want_image": False}
        )
        memory = post(f"/api/companions/{id_}/memories", json={"text": "Likes tea."})
        picture = post(f"/api/companions/{id_}/picture", content=tiny_png(), headers={"Content-Type": "image/png"})
        self.ids: dict[str, str] = {
            "companion_id": id_,
            "message_id": sent.raise_for_status().json()["message"]["id"],
            "turn_id": sent.json()["turn"]["id"],
            "memory_id": memory.raise_for_status().json()["id"],
            "image_id": picture.raise_for_status().json()["id"],
        }


@pytest.fixture(scope="module")
def person(edge: str) -> Generator[WebBrowser]:
    with WebBrowser(edge) as browser:
        browser.post("/api/auth/register", json=registration()).raise_for_status()
        yield browser


@pytest.fixture
def story(person: WebBrowser) -> Story:
    return Story(person)


@pytest.mark.filterwarnings("default")
@schema.exclude(path=sorted(ENDS_THE_SESSION)).parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_no_request_breaks_the_api_or_its_document(case: schemathesis.Case, story: Story) -> None:
    for name in case.path_parameters or {}:
        if name in story.ids and len(str(case.path_parameters[name])) % 4:  # a quarter keeps what was made up
            case.path_parameters[name] = story.ids[name]
    headers: dict[str, Any] = dict(story.browser.headers)
    case.call_and_validate(
        base_url=str(story.browser.base_url),
        headers=headers,
        checks=[
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_headers_conformance,
            response_schema_conformance,
        ],
    )
