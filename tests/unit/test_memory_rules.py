"""What a message plainly says about its writer, and what it only seems to say."""

import pytest

from companion_hub.services.memory_rules import forget_request, learn

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
        ("Oh — I'm Tom, what's your name?", []),  # a question is not taken apart
        ("I'm Tom. What's your name?", [NAMED]),
        ("I'm Tom and I love jazz.", [NAMED, "The user loves jazz."]),
        ("Hey! I am Anne-Marie", ["The user's name is Anne-Marie."]),
        ("Please call me Tommy", ["The user wants to be called Tommy."]),
        ("I'm allergic to walnuts and shellfish.", ["The user is allergic to walnuts."]),
        ("I am 34 years old, you know.", ["The user is 34 years old."]),
        ("I live in Leeds, and I work as a nurse.", ["The user lives in Leeds.", "The user works as a nurse."]),
        ("I'm from Cork originally.", ["The user is from Cork originally."]),
        ("I'm a night nurse.", ["The user is a night nurse."]),
        ("My sister's name is Ida.", ["The user's sister is Ida."]),
        ("I have a dog called Pip.", ["The user has a dog called Pip."]),
        ("My birthday is on 3 May.", ["The user's birthday is 3 May."]),
        ("My favorite colour is teal!", ["The user's favourite colour is teal."]),
        ("I really love old jazz", ["The user loves old jazz."]),
        ("I can't stand olives.", ["The user hates olives."]),
        ("I don't eat meat.", ["The user does not like meat."]),
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
        "I'm German.",
        "I am Irish, nice to meet you.",
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
        ("Forget that I live in Leeds.", "Leeds"),
        ("please forget about my dog Pip", "dog Pip"),
        ("Forget that.", ""),
        ("Could you forget what I told you about the wedding?", "wedding"),
        ("I want to forget about work.", None),
        ("Don't forget that I love tea.", None),
        ("Forget that ever happened!", "happened"),
        ("I never forget a face.", None),
        ("\"Forget that,\" he said.", None),
    ],
)  # fmt: skip
def test_a_request_to_forget_names_what_it_is_about(text: str, asked: str | None) -> None:
    assert forget_request(text) == asked


def test_a_long_message_takes_no_time() -> None:
    """Nothing here tries combinations: eight thousand characters of bait end like any text."""
    for bait in ("i'm ", "hello " * 3, "my name is A", "I'm A", "forget about ", "remember that a "):
        assert len(learn(bait * (8_000 // len(bait)))) <= 8
        forget_request(bait * (8_000 // len(bait)))
