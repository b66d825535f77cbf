"""Who is said to be under 18, and who is not."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from companion_hub.models.companion import CompanionProfile, Identity
from companion_hub.services.adults import card_says_minor, profile_texts, says_minor

MINORS = [
    "She is a 15 year old girl.",
    "Mara is a 15-year-old girl from Osaka.",
    "{{char}} is 17 years old.",
    "Mara is seventeen years old and shy.",
    "A 16-year-old runaway who lives by the sea.",
    "blonde hair, 14 years old, freckles",
    "[Character: Mara; Age: 16; Species: elf]",
    '[Age("14")]',
    "Age = 15\nHeight = 160 cm",
    "Name: Mara\nAge: fifteen",
    "Alter: 17",
    "edad: 12 años",
    "She's underage.",
    "You are Mara, a 16 year old girl who loves cats.",
    "Mara is a loli",
    "Mara is a cute little schoolgirl, 14",
    "Mara is a high school student aged 16",
    "She’s only 13.",
    "I'm sixteen!",
    "I am 12 yo",
    "Mara ist 15 Jahre alt.",
    "Mara tiene 15 años",
    "She is a middle school student.",
    "Mara is still a minor.",
    "Her name is Mara. She is 16.",
    "High school student aged 16",
    "A shy girl, 15",
    "little schoolgirl, 14",
]
ADULTS = [
    "",
    "She is a 25 year old nurse.",
    "Mara is 18 years old.",
    "Age: 19",
    "Age: 150 (looks 20)",
    "Age: 1,200",
    "Age: 5 centuries",
    "Mara is the mother of a 5-year-old boy.",
    "Her daughter Lily goes to school. She is 6 years old.",
    "She has a 12 year old brother.",
    "When she was 15 years old, her father died.",
    "She has worked here for 16 years.",
    "She is 5 years older than you.",
    "She is 10 minutes late.",
    "Mara is a teacher with 15 years of experience.",
    "Mara is a child psychologist.",
    "She is an only child.",
    "She is not a minor, she is 22.",
    "Mara is no longer underage.",
    "She is teaching a 10 year old girl.",
    "The bar has a problem with underage drinkers.",
    "Drinks 12 year old whisky.",
    "Born on the 7th of May; 12 tattoos.",
    "She is 170 cm tall, 16 tattoos, and lives at number 9.",
    "I am number one!",
    "She is a minor celebrity.",
    "The song is in A minor.",
    "She is one of a kind. You are one of us.",
    "He is ten feet tall",
    "Teaches a student aged 16",
    "Teaches students aged 16",
    "Mother of a girl, 5",
    "You need a friend, and I am one.",
    "She is the youngest of five children",
]


@pytest.mark.parametrize("text", MINORS)
def test_a_text_that_makes_the_companion_a_minor_is_found(text: str) -> None:
    assert says_minor("Mara", {"identity.backstory": text}) == ["identity.backstory"]


@pytest.mark.parametrize("text", ADULTS)
@pytest.mark.parametrize("field", ["identity.backstory", "system_prompt", "identity.greeting"])
def test_what_is_said_of_others_or_of_the_past_is_not(text: str, field: str) -> None:
    assert says_minor("Mara", {field: text}) == []


def test_in_a_story_an_age_at_the_beginning_may_be_anybodys() -> None:
    assert says_minor("Mara", {"identity.greeting": "*A 6-year-old boy runs past her window.* Oh!"}) == []


@pytest.mark.parametrize("part", ["\n", " ", "(", "she is ", "she is a cute little, ", "age:", "1 "])
def test_a_page_of_nothing_is_read_in_no_time(part: str) -> None:
    start = time.process_time()
    says_minor("Mara", {f"identity.{number}": part * (100_000 // len(part)) for number in range(20)})
    assert time.process_time() - start < 5  # 0.1-0.8 s here; blank lines once took minutes


def test_every_text_of_a_profile_is_looked_at() -> None:
    profile = CompanionProfile(
        identity=Identity(personality=["shy", "underage"], alternate_greetings=["Hi", "I'm 15 years old!"]),
        visual_prompt="17 years old",
    )
    found = says_minor("Mara", profile_texts(profile.model_dump()))
    assert sorted(found) == ["identity.alternate_greetings", "identity.personality", "visual_prompt"]


@pytest.mark.parametrize(
    "data",
    [
        {"age": 15},
        {"extensions": {"age": "16"}},
        {"extensions": {"companion-hub": {"identity": {"age": 17}}}},
        {"tags": ["female", "loli"]},
        {"$document": {"age": 16}},
    ],
    ids=["a field", "an extension", "our own extension", "a tag", "beside the data"],
)
def test_what_a_card_says_beside_its_texts_counts(data: dict[str, Any]) -> None:
    assert card_says_minor("Mara", CompanionProfile(), data)
    assert not card_says_minor("Mara", CompanionProfile(), {"age": 25, "tags": ["female"], "extensions": {"page": 3}})


CORPUS = Path(__file__).parent.parent / "corpus" / "safety.jsonl"
CASES = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(c["text"], c["is"], id=c["id"]) for c in CASES if c["kind"] == "minor"]
)
def test_who_is_described_as_a_minor_is_one_and_who_speaks_of_one_is_not(text: str, expected: bool) -> None:
    assert bool(says_minor("Mara", {"identity.backstory": text})) is expected


def test_the_companion_may_be_called_by_its_name() -> None:
    wrong = "Long ago there was a war. In this story Mara is sixteen, and alone."
    assert says_minor("Mara", {"identity.backstory": wrong})
    assert not says_minor("Mara", {"identity.backstory": wrong.replace("Mara", "Ida").replace("sixteen", "a baker")})
