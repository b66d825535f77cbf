"""The public corpora: what the rules find in role-play, which garments a picture shows, what an image prompt says."""

import re
from typing import Any

import pytest

from bench.scene_accuracy import (
    grade_image_prompt,
    grade_scene_change,
    grade_visibility,
    let_through,
    read,
    score,
)


def test_scene_changes_meet_the_aim_by_rules_alone() -> None:
    outcomes = [verdict.outcome for case in read("scene_changes.jsonl") for verdict in grade_scene_change(case)]
    result = score(outcomes)
    assert result.precision >= 0.95, result
    assert result.recall >= 0.85, result


@pytest.mark.parametrize("speaker", ["companion", "user"])
def test_quiet_messages_change_nothing(speaker: str) -> None:
    quiet = [case for case in read("scene_changes.jsonl") if not case["expect"] and case["speaker"] == speaker]
    wrong = [case["id"] for case in quiet if any(v.outcome == "wrong" for v in grade_scene_change(case))]
    assert len(wrong) <= len(quiet) * 0.02, wrong


def test_no_changing_message_is_skipped_by_the_cheap_rule() -> None:
    passed, changing = let_through(read("scene_changes.jsonl"))
    assert passed >= changing * 0.99


@pytest.mark.parametrize("word", ["zibble", "wrap"])
def test_clothes_nobody_knows_break_nothing(word: str) -> None:
    """The same messages with every garment's last word replaced by one that no list has."""
    for case in read("scene_changes.jsonl"):
        heads = "|".join(re.escape(name.split()[-1]) for name in case["outfit"].split(",") if name.split())
        if heads:
            renamed = {
                key: re.sub(rf"\b({heads})\b", word, case[key], flags=re.IGNORECASE) for key in ("text", "outfit")
            }
            grade_scene_change(case | renamed)
    dropped = {"text": f"*She drops her {word} on the chair.*", "outfit": f"silk gown, velvet {word}"}
    grade_scene_change(dropped | {"speaker": "companion", "expect": {}})


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
