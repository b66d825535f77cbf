"""What counts as a crisis, and what is only a figure of speech."""

import pytest

from companion_hub.services.safety import CRISIS_REPLY, crisis_reply, is_crisis


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
        "i don’t want to live anymore",  # as phones write it
        "I do not want to be here anymore",
        "I wish I was dead",
        "I wish I'd rather be dead",
        "my life isn't worth living",
        "I'm so tired of being alive.",
        "there is nothing left to live for",
        "I want to\nhang myself",
        "thinking about taking my own life",
        "No quiero vivir más, quiero morirme",
        "Estoy pensando en suicidarme",
        "Je veux mourir",
        "J’ai envie d’en finir",
        "Ich will nicht mehr leben",
        "Ich bringe mich heute um",
        "Ich habe Selbstmordgedanken",
        "Voglio farla finita",
        "Quero me matar",
        "Ik wil niet meer leven",
        "Jag vill dö",
        "Chcę się zabić",
        "Я хочу умереть",
        "Ölmek istiyorum",
        "أريد أن أموت",
        "אני רוצה למות",
        "もう死にたい",
        "我不想活了",
        "죽고 싶어",
        "मैं मरना चाहता हूँ",
        "ฉันอยากตาย",
        "Saya ingin mati",
    ],
)
def test_plain_statements_are_taken_seriously(text: str) -> None:
    assert is_crisis(text)


@pytest.mark.parametrize(
    "text",
    [
        "Let's watch Suicide Squad",
        "This homework is killing me",
        "I laughed so hard",
        "Kill the dragon!",
        "It's a suicide mission, captain, but I am with you",
        "I overdose on chocolate every Christmas",
        "",
        "Do you want to die, villain?",
        "I wanted to die of embarrassment... I want to die of embarrassment!",
        "I cut myself shaving this morning",
        "I'm tired of living in this city",
        "I can't live without you",
        "I don't want to wake up early",
        "Me quiero morir de risa",
        "C'est à mourir de rire, j'ai envie de mourir de rire",
        "Ich könnte vor Lachen sterben, ich will vor Lachen sterben",
        "Ich kann ohne dich nicht mehr leben",
        "我想死你了",
        "We rode 80 kms today and I could eat a horse",
    ],
)
def test_figures_of_speech_are_not(text: str) -> None:
    assert not is_crisis(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("I want to kill myself", "988"),
        ("Ich will sterben", "0800 111 0 111"),
        ("Je veux mourir", "3114"),
        ("Quiero morirme", "024"),
        ("Voglio morire", "02 2327 2327"),
        ("Quero morrer", "188"),
        ("Ik wil dood", "0800-0113"),
    ],
)
def test_help_lines_come_in_the_language_of_the_message(text: str, number: str) -> None:
    assert number in crisis_reply(text)
    assert "findahelpline.com" in crisis_reply(text)


def test_other_languages_are_answered_in_english() -> None:
    assert crisis_reply("死にたい") == CRISIS_REPLY
