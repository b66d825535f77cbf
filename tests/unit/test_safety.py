"""What counts as a crisis and what is only a figure of speech."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from companion_hub.services.safety import CRISIS_REPLY, crisis_reply, is_crisis

CORPUS = Path(__file__).parent.parent / "corpus" / "safety.jsonl"
CASES = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]


def cases(kind: str, *, is_: bool) -> list[Any]:
    return [pytest.param(case["text"], id=case["id"]) for case in CASES if (case["kind"], case["is"]) == (kind, is_)]


@pytest.mark.parametrize("text", cases("crisis", is_=True))
def test_plain_statements_are_taken_seriously(text: str) -> None:
    assert is_crisis(text)


@pytest.mark.parametrize("text", cases("crisis", is_=False))
def test_figures_of_speech_films_and_accidents_are_not(text: str) -> None:
    assert not is_crisis(text)


def test_a_joke_in_one_sentence_does_not_hide_the_next() -> None:
    assert is_crisis("Haha, the homework is killing me. No, really: I want to kill myself.")
    assert is_crisis("We watched Suicide Squad.\nI don't want to be alive.")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Ich will nicht mehr leben", "0800 111 0 111"),
        ("Ik wil dood", "0800-0113"),
        ("je veux mourir", "3114"),
        ("quiero suicidarme", "024"),
        ("voglio uccidermi", "02 2327 2327"),
        ("quero morrer", "188"),
        ("chcę się zabić", "116 123"),
        ("ik wil niet meer leven", "113"),
        ("死にたい", "988"),
        ("I want to die", "988"),
    ],
)
def test_help_lines_are_told_in_the_writers_language(text: str, line: str) -> None:
    assert is_crisis(text)
    assert line in crisis_reply(text)
    assert "findahelpline.com" in crisis_reply(text)


@pytest.mark.parametrize(
    "text", ["Ich sterbe vor Lachen", "mourir de rire", "quiero morir de risa", "quiero vivir en Roma"]
)
def test_laughing_to_death_is_none_in_any_language(text: str) -> None:
    assert not is_crisis(text)
    assert crisis_reply(text) == CRISIS_REPLY


def test_long_texts_take_no_time() -> None:
    for bait in ("i want to ", "a little ", "she is ", "1 year ", "the the ", "end it ", "my my "):
        text = bait * (20_000 // len(bait))
        start = time.process_time()
        is_crisis(text)
        assert time.process_time() - start < 1.5, bait
