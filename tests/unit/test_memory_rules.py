"""What a message plainly says about its writer, and what it only seems to say."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from companion_hub.services.memory_forgetting import forget_request
from companion_hub.services.memory_rules import learn

NAMED = "The user's name is Tom."


@pytest.mark.parametrize(
    ("text", "learnt"),
    [
        ("My name is Tom.", [NAMED]),
        ("Hi, I'm Tom!", [NAMED]),
        ("Hi Mara, I am Tom. Put on your red dress!", [NAMED]),
        ("Hey there Mara, I'm Tom", [NAMED]),
        ("hello there, i am Tom", [NAMED]),
        ("I’m Tom, nice to meet you.", [NAMED]),
        ("Oh — I'm Tom, what's your name?", [NAMED]),
        ("I'm Tom. What's your name?", [NAMED]),
        ("I'm Tom and I love jazz.", [NAMED, "The user loves jazz."]),
        ("Hey! I am Anne-Marie", ["The user's name is Anne-Marie."]),
        ("Please call me Tommy", ["The user wants to be called Tommy."]),
        ("I'm allergic to walnuts and shellfish.", ["The user is allergic to walnuts and shellfish."]),
        ("I am 34 years old, you know.", ["The user is 34 years old."]),
        ("I live in Leeds, and I work as a nurse.", ["The user lives in Leeds.", "The user works as a nurse."]),
        ("I'm from Cork originally.", ["The user is from Cork originally."]),
        ("I'm a night nurse.", ["The user is a night nurse."]),
        ("My sister's name is Ida.", ["The user's sister is called Ida."]),
        ("I have a dog called Pip.", ["The user has a dog called Pip."]),
        ("I'm German.", ["The user is German."]),
        ("I am Irish, nice to meet you.", ["The user is Irish."]),
        ("My birthday is on 3 May.", ["The user's birthday is 3 May."]),
        ("My favorite colour is teal!", ["The user's favourite colour is teal."]),
        ("I really love old jazz", ["The user loves old jazz."]),
        ("I can't stand olives.", ["The user hates olives."]),
        ("I don't eat meat.", ["The user does not eat meat."]),
        ("I'm terrified of spiders", ["The user is afraid of spiders."]),
        ("Please remember that the key is under the pot.", ["To be remembered, in the user's words: the key is under the pot"]),
        ("Don't forget that my name is Tom.", [NAMED]),
    ],
)  # fmt: skip
def test_plain_statements_are_learnt(text: str, learnt: list[str]) -> None:
    assert [item.text for item in learn(text)] == learnt


@pytest.mark.parametrize(
    "text",
    [
        "I'm tired.",
        "I'm SO happy.",
        "Hi, she says I'm Tom.",
        "I'm Tom's brother.",
        "I'm Tom Sawyer's biggest fan.",
        "I'm Tom and you are Jerry in this story",
        "He said \"I'm Tom.\"",
        "*I'm Tom, says the badge*",
        "If I'm Tom, who are you?",
        "Is my name Tom?",
        "What if my name is Tom.",
        "Imagine I live in Paris.",
        "I love you.",
        "I love it when you laugh.",
        "I hate that!",
        "I would love coffee now.",
        "Do I work as a nurse?",
        "\"I live in Leeds,\" she said.",
        "Forget that my name is Tom.",
    ],
)  # fmt: skip
def test_nothing_is_learnt_from_what_is_not_said_about_oneself(text: str) -> None:
    assert learn(text) == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Forget that I live in Leeds.", ("Leeds", "")),
        ("please forget about my dog Pip", ("dog Pip", "")),
        ("Forget that.", ("", "")),
        ("Could you forget what I told you about the wedding?", ("wedding", "")),
        ("Forget where I live.", ("", "home")),
        ("Please forget my birthday", ("birthday", "birthday")),
        ("I want you to forget how old I am.", ("old", "age")),
        ("forget I ever told you about my sister", ("sister", "")),
        ("Never forget where I live!", None),
        ("I'll forget my head one day", None),
        ("I want to forget about work.", None),
        ("Don't forget that I love tea.", None),
        ("Forget that ever happened!", ("happened", "")),
        ("I never forget a face.", None),
        ("\"Forget that,\" he said.", None),
    ],
)  # fmt: skip
def test_a_request_to_forget_names_what_it_is_about(text: str, asked: tuple[str, str] | None) -> None:
    assert forget_request(text) == asked


def test_a_long_message_takes_no_time() -> None:
    """Nothing here tries combinations: eight thousand characters of bait end like any text."""
    baits = (
        "i'm ", "hello " * 3, "my name is A", "I'm A", "forget about ", "remember that a ", " ", ", ", "so", "😀 ", "got a ",
        "just finally always ", "I'm Ann, 67, a widow, ", "Tom, my husband, ", "I drive a very old car ", "my boss Ann ",
        "i had to put my old dog ", "I have been in a ", "Monday nights ", "the only thing i eat is ", "oh yeah because ",
        "me and my wife Ann run a ", "have a cat called Bo, ", "two dogs: Rex, ", "🎶 la ", "I moved to Leeds, moved to Rome, ", "i can't eat nuts, i'm allergic, ",
        "flying to Rome ", "tea is my weakness, i drink it, ", "hiya names Bo ", "love old old ", "i have two sons, Bo who is 6 and ", "i'm a massive massive ", "i've got a van, live in it ",
    )  # fmt: skip
    started = process_time()
    for bait in baits:
        assert len(learn(bait * (8_000 // len(bait)))) <= 8
        forget_request(bait * (8_000 // len(bait)))
    # each takes 0.01 to 0.2 s; what tries combinations takes minutes
    assert process_time() - started < 1.5 * len(baits)


# --- the corpus ------------------------------------------------------------------------------------------------------

CORPUS = Path(__file__).parent.parent / "corpus" / "learning.jsonl"


def told() -> Iterator[tuple[dict[str, Any], list[str]]]:
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        yield case, [item.text for item in learn(case["said"])]


def found(patterns: list[str], texts: list[str]) -> list[str]:
    return [pattern for pattern in patterns if any(re.search(pattern, text, re.IGNORECASE) for text in texts)]


def test_nearly_every_fact_of_the_corpus_is_learnt() -> None:
    expected = [len(case["learns"]) for case, _ in told()]
    learnt = [len(found(case["learns"], texts)) for case, texts in told()]
    assert sum(expected) >= 300
    assert sum(learnt) / sum(expected) >= 0.95


def test_hardly_anything_else_is_learnt() -> None:
    texts = [(case, text) for case, texts in told() for text in texts]
    wrong = [text for case, text in texts if not found(case["learns"] + case["may_learn"], [text])]
    assert len(wrong) / len(texts) <= 0.03, wrong
    nothing = [case for case, _ in told() if not case["learns"] and not case["may_learn"]]
    assert len(nothing) >= 200


def test_what_is_learnt_speaks_of_the_user_and_never_of_me_or_you() -> None:
    for _, texts in told():
        for text in texts:
            assert text[0].isupper()
            if not text.startswith("To be remembered"):
                assert text.endswith(".")
                assert not re.search(r"\b(?:I|my|me|mine|myself|your?|i'm)\b", text), text


# --- in which words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "learnt"),
    [
        ("I keep bees on the roof of my house.", "The user keeps bees on the roof of their house."),
        ("I've got a twin brother, Marek, he lives in Gdansk.", "The user has a twin brother, Marek."),
        ("I was four when… no. I was adopted when I was four.", "The user was adopted when they were four."),
        ("I promised to show you the lighthouse.", "The user promised to show Mara the lighthouse."),
        ("You promised me a picnic.", "Mara promised the user a picnic."),
        ("You're my girlfriend now!", "Mara is the user's girlfriend."),
        ("We met on a train in Peru.", "The user and Mara met on a train in Peru."),
        ("I'm afraid of my landlord raising the rent.", "The user is afraid of their landlord raising the rent."),
        ("I don't work at the bank any more.", "The user no longer works at the bank."),
        ("In 2015 I walked the Camino.", "The user walked the Camino in 2015."),
        ("I'm allergic to nuts, eggs and milk, sorry.", "The user is allergic to nuts, eggs and milk."),
        ("I work as a nurse at St. Mary's.", "The user works as a nurse at St. Mary's."),
        ("Mara, I live in Leeds, near the canal.", "The user lives in Leeds, near the canal."),
        ("i cant swim lol", "The user cannot swim."),
        ("I'm vegan, is that a problem?", "The user is vegan."),
        ("Tobias, my uncle, is a roofer.", "The user's uncle Tobias is a roofer."),
        ("I'm nurse in a clinic.", "The user is a nurse in a clinic."),
        ("I have 28 years.", "The user is 28 years old."),
        ("Sunday mornings I run by the canal.", "The user runs by the canal on Sunday mornings."),
        ("they removed my tonsils in 2019", "The user had their tonsils removed in 2019."),
        ("red wine gives me a headache", "Red wine gives the user a headache."),
        ("I lent my cousin Bo two hundred euros", "The user lent their cousin Bo two hundred euros."),
        ("i told my parents im gay", "The user is gay and told their parents."),
        ("i dont like it when people call me Jen", "The user does not like to be called Jen."),
    ],
)  # fmt: skip
def test_a_statement_is_told_of_the_user(text: str, learnt: str) -> None:
    assert [item.text for item in learn(text, companion="Mara")] == [learnt]


@pytest.mark.parametrize(
    ("text", "learnt"),
    [
        ("Just got a puppy called Bo!", "The user got a puppy called Bo."),
        ("Been living in Ghent since 2019", "The user has been living in Ghent since 2019."),
        ("made redundant in may", "The user was made redundant in may."),
        ("married with two kids", "The user is married with two kids."),
        ("haven't spoken to my brother since the funeral", "The user has not spoken to their brother since the funeral."),
        ("teach physics at a grammar school", "The user teaches physics at a grammar school."),
        ("have a rabbit called Dot she's blind", "The user has a rabbit called Dot."),
        ("two dogs: Rex and Juno", "The user has two dogs: Rex and Juno."),
        ("starting a new job on monday 6 may", "The user is starting a new job on monday 6 may."),
        ("flying to Porto in june", "The user is flying to Porto in june."),
        ("love old records, tbh", "The user loves old records."),
        ("can juggle, but not well", "The user can juggle."),
        ("huge fan of Bach", "The user is a huge fan of Bach."),
        ("brother lives in Cairo", "The user's brother lives in Cairo."),
        ("hello, names Orla", "The user's name is Orla."),
    ],
)  # fmt: skip
def test_who_leaves_out_i_means_it(text: str, learnt: str) -> None:
    assert [item.text for item in learn(text)] == [learnt]


@pytest.mark.parametrize(
    "text",
    ["got it", "Got you!", "been there", "moved by your words", "lost in thought", "hate me for it", "love is a game", "Love potions!",
     "have a cat called Soot follow her", "love songs", "love letters, tied with ribbon", "teach him a lesson", "work nights there and you'll see",
     "three dogs: put them in the next scene", "can knit later", "starting a fire on monday", "flying to Rome on a dragon",
     "My sister called. Got engaged last week.", "He laughed. Moved to Leeds when he was ten."],
)  # fmt: skip
def test_not_every_sentence_without_a_subject_is_about_the_writer(text: str) -> None:
    assert learn(text) == []


@pytest.mark.parametrize(
    "text",
    ["well that's just great. i adore mondays", "oh yeah because i just love this song", "i love being left on read", "I enjoy waiting for hours"],
)  # fmt: skip
def test_what_is_said_wryly_is_no_taste(text: str) -> None:
    assert learn(text) == []


def test_as_it_is_typed_is_as_it_is_meant() -> None:
    for typed in ("im vegan", "i'm vegan 🌱", "ngl im vegan", "soooo im vegan tbh", "I’m vegan"):
        assert [item.text for item in learn(typed)] == ["The user is vegan."], typed
    assert [item.text for item in learn("my sons called Idris")] == ["The user's son is called Idris."]


@pytest.mark.parametrize(
    ("text", "learnt"),
    [
        ("born in Oslo, raised in Bergen, moved to Rome for work", ["The user was born in Oslo.", "The user was raised in Bergen.", "The user moved to Rome for work."]),
        ("I'm 44, divorced, and live in Leeds", ["The user is 44 years old.", "The user is divorced.", "The user lives in Leeds."]),
        ("cant have any prawns, im allergic", ["The user is allergic to prawns."]),
        ("kiwi could kill me, i'm badly allergic", ["The user is badly allergic to kiwi."]),
        ("crisps are my weakness, i eat them every night", ["The user has a weakness for crisps.", "The user eats crisps every night."]),
        ("I've got a van, live in it near Leeds", ["The user has a van.", "The user lives in a van near Leeds."]),
        ("me and my wife Ana run a café", ["The user's wife is called Ana.", "The user runs a café."]),
        ("im a paramedic so if i go quiet thats why", ["The user is a paramedic."]),
        ("i hate peas but love beans", ["The user hates peas.", "The user loves beans."]),
        ("I can sail but can't swim", ["The user can sail.", "The user cannot swim."]),
        ("im 31, single, and live in Porto", ["The user is 31 years old.", "The user is single.", "The user lives in Porto."]),
        ("I'm deaf in one ear, so when you say it twice it helps", ["The user is deaf in one ear."]),
    ],
)  # fmt: skip
def test_a_clause_takes_what_the_one_before_it_names(text: str, learnt: list[str]) -> None:
    assert [item.text for item in learn(text)] == learnt


@pytest.mark.parametrize(
    "text",
    ["im allergic", "sorry, I'm allergic!", "allergic to bad jokes", "im allergic to getting up", "I'm allergic to commitment", "he saw it, divorced and tired",
     "I told my brother, lived in Rome for years", "i'm the villain, raised by wolves", "your smile is my weakness", "big fan of yours", "i eat it every day"],
)  # fmt: skip
def test_what_names_nothing_or_jests_is_not_kept(text: str) -> None:
    assert learn(text) == []


def test_what_is_named_like_a_jest_may_still_be_an_allergy() -> None:
    for thing in (
        "washing powder",
        "the sun",
        "bee stings",
        "sunflower seeds",
        "herring",
        "sleeping pills",
        "fragrances",
    ):
        assert [item.text for item in learn(f"I'm allergic to {thing}.")] == [f"The user is allergic to {thing}."]


def test_what_is_sung_between_notes_is_not_said() -> None:
    assert learn("🎶 i was born by the river 🎶") == learn("♪ my name is Luka") == []
    assert [item.text for item in learn("🎶 la la la 🎶 i live in Leeds")] == ["The user lives in Leeds."]
    assert [item.text for item in learn("I sing in a choir 🎶")] == ["The user sings in a choir."]


def test_an_introduction_goes_on_to_tell_more() -> None:
    assert [item.text for item in learn("I'm Ann, 67, a widow, and my dog is called Pip.")] == [
        "The user's name is Ann.", "The user is 67 years old.", "The user is a widow.", "The user's dog is called Pip.",
    ]  # fmt: skip


def test_two_statements_of_a_sentence_are_two_memories() -> None:
    assert [item.text for item in learn("I live in Leeds and work as a nurse, and my dog is called Pip.")] == [
        "The user lives in Leeds.", "The user works as a nurse.", "The user's dog is called Pip.",
    ]  # fmt: skip


def test_what_counts_from_the_day_it_was_said_names_that_day() -> None:
    [item] = learn("I have a job interview tomorrow at the museum.", said_on=date(2026, 11, 27))
    assert item.text == "The user has a job interview tomorrow at the museum (said on 27 November 2026)."
    [item] = learn("I have an exam on the 12th.", said_on=date(2026, 11, 27))
    assert item.kind == "event"


@pytest.mark.parametrize(
    ("before", "text", "learnt"),
    [
        ("My birthday is on the 3rd of May.", "No wait, it's the 4th of May.", "The user's birthday is 4th of May."),
        ("I live in Leicester.", "Sorry, I meant Leeds.", "The user lives in Leeds."),
        ("My sister is called Ada.", "Actually, it's Ida.", "The user's sister is called Ida."),
        ("My sister is called Ada.", "No, it's Ida, not Ada", "The user's sister is called Ida."),
    ],
)  # fmt: skip
def test_a_correction_takes_the_place_of_what_was_said(before: str, text: str, learnt: str) -> None:
    [old] = learn(before)
    [new] = learn(text, before=before)
    assert new.text == learnt
    assert new.subject == old.subject != ""
    assert [item.text for item in learn(f"{before} {text}")] == [learnt]


@pytest.mark.parametrize(
    "text", ["No, it's raining.", "Actually, it's fine.", "Sorry, it's late.", "It's Leeds.", "No."]
)
def test_not_everything_after_no_is_a_correction(text: str) -> None:
    assert learn(text, before="I live in Leicester.") == []


@pytest.mark.parametrize(
    ("text", "subject"),
    [("I used to be a teacher.", ""), ("I'm also a painter.", ""), ("I'm a painter.", "work"), ("I lived in Rome for years.", ""),
     ("I'm vegan.", "diet"), ("I'm no longer a vegetarian.", "diet"), ("I'm not with Marco anymore.", "status")],
)  # fmt: skip
def test_only_what_excludes_others_has_a_subject(text: str, subject: str) -> None:
    assert [item.subject for item in learn(text)] == [subject]
