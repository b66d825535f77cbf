"""What counts as a crisis, and what is only a figure of speech."""

import pytest

from companion_hub.services.safety import is_crisis


@pytest.mark.parametrize(
    "text",
    [
        "I want to kill myself",
        "i've been thinking about suicide",
        "there's no reason to live anymore",
        "I don't want to be alive",
        "Everyone would be better off without me",
        "I keep cutting myself",
        "I just want to end it all tonight",
    ],
)
def test_plain_statements_are_taken_seriously(text: str) -> None:
    assert is_crisis(text)


@pytest.mark.parametrize(
    "text", ["Let's watch Suicide Squad", "This homework is killing me", "I laughed so hard", "Kill the dragon!", ""]
)
def test_figures_of_speech_are_not(text: str) -> None:
    assert not is_crisis(text)
