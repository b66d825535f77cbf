"""The public corpora: what the rules find in role-play, which garments a picture shows, what an image prompt says."""

import re
from functools import cache
from typing import Any

import pytest

from bench.scene_accuracy import (
    Verdict,
    grade_image_prompt,
    grade_scene_change,
    grade_visibility,
    let_through,
    read,
    replay,
    score,
)


@cache
def graded() -> list[tuple[dict[str, Any], list[Verdict]]]:
    return [(case, grade_scene_change(case)) for case in read("scene_changes.jsonl")]


def test_scene_changes_meet_the_aim_by_rules_alone() -> None:
    outcomes = [verdict.outcome for _, verdicts in graded() for verdict in verdicts]
    result = score(outcomes)
    assert result.precision >= 0.95, result
    assert result.recall >= 0.85, result


@pytest.mark.parametrize("speaker", ["companion", "user"])
def test_quiet_messages_change_nothing(speaker: str) -> None:
    quiet = [(case, found) for case, found in graded() if not case["expect"] and case["speaker"] == speaker]
    wrong = [case["id"] for case, found in quiet if any(v.outcome == "wrong" for v in found)]
    assert len(wrong) <= len(quiet) * 0.02, wrong


def test_no_changing_message_is_skipped_by_the_cheap_rule() -> None:
    passed, changing = let_through(read("scene_changes.jsonl"))
    assert passed >= changing * 0.99


@pytest.mark.parametrize(("word", "first"), [("zibble", 0), ("wrap", 2)])
def test_clothes_nobody_knows_break_nothing(word: str, first: int) -> None:
    """Every fourth message with every garment's last word replaced by one that no list has."""
    for case in read("scene_changes.jsonl")[first::4]:
        heads = "|".join(re.escape(name.split()[-1]) for name in case["outfit"].split(",") if name.split())
        if heads:
            renamed = {
                key: re.sub(rf"\b({heads})\b", word, case[key], flags=re.IGNORECASE) for key in ("text", "outfit")
            }
            grade_scene_change(case | renamed)
    dropped = {"text": f"*She drops her {word} on the chair.*", "outfit": f"silk gown, velvet {word}"}
    grade_scene_change(dropped | {"speaker": "companion", "expect": {}})


def test_a_scene_stays_right_through_whole_chats() -> None:
    for mending, aim in ((False, 0.75), (True, 0.9)):
        after = [right for story in read("stories.jsonl") for _, _, right in replay(story, mending=mending)]
        assert len(after) >= 700
        for field in ("outfit", "location", "action"):
            assert sum(right[field] for right in after) >= aim * len(after), (field, mending)


def test_corpora_are_as_large_as_promised() -> None:
    sizes = {name: len(read(f"{name}.jsonl")) for name in ("scene_changes", "outfit_visibility", "image_prompts")}
    assert sizes["scene_changes"] >= 300
    assert sizes["outfit_visibility"] >= 150
    assert sizes["image_prompts"] >= 60


@pytest.mark.parametrize("case", read("outfit_visibility.jsonl"), ids=lambda case: case["id"])
def test_visibility(case: dict[str, Any]) -> None:
    assert grade_visibility(case) == ""


@pytest.mark.parametrize("case", read("image_prompts.jsonl"), ids=lambda case: case["id"])
def test_image_prompt(case: dict[str, Any]) -> None:
    assert grade_image_prompt(case) == ""
