"""The rolling summary that needs no model: what is kept, in how many words, and how it grows."""

from companion_hub.repositories.summaries import LeftMessage
from companion_hub.services.summary import extract_summary


def told(*texts: str, role: str = "user", first: int = 1) -> list[LeftMessage]:
    return [LeftMessage(role, text, first + number) for number, text in enumerate(texts)]


def extract(summary: str, messages: list[LeftMessage]) -> str:
    return extract_summary(summary, messages, name="Mara", user="Tom")


def test_what_tells_most_is_kept_word_for_word_with_who_said_it() -> None:
    text = extract(
        "", told("Well well well, what now then. My sister Anna is getting married in Porto!", "Do you like my bowler?")
    )
    assert "Tom: My sister Anna is getting married in Porto!" in text
    assert "bowler" not in text


def test_what_was_done_between_asterisks_counts() -> None:
    text = extract("", told("*gives Tom the key she found in the first cellar* Here.", role="assistant"))
    assert text == "Mara: gives Tom the key she found in the first cellar."


def test_it_grows_message_by_message_without_repeating_itself() -> None:
    first = extract("", told("I moved to Leeds because of my job."))
    second = extract(first, told("My brother lost his dog Pip yesterday.", first=2))
    assert second.startswith(first)
    assert "Pip" in second
    assert extract(second, told("My brother lost his dog Pip yesterday.", first=3)) == second


def test_a_long_story_stays_short_and_keeps_the_promise_and_the_newest() -> None:
    summary = extract("", told("I promise to marry Anna in Porto on my birthday, and I will always remember it."))
    for number in range(80):
        summary = extract(
            summary, told(f"We walked on and saw hill number {number}, green and quiet.", first=2 + number)
        )
        assert len(summary) <= 800
    assert "marry Anna in Porto" in summary
    assert "hill number 79" in summary
    assert "hill number 3," not in summary


def test_nothing_telling_leaves_the_summary_as_it_was() -> None:
    assert extract("They met in Rome.", told("Really?", "Yes.", "Hm hm.")) == "They met in Rome."
    assert extract("", told("?")) == ""
