"""A reply is the same however the stream was cut into pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion_hub.services.prompt import stop_words
from companion_hub.services.reply_text import MAX_REPLY_CHARS, ReplyText

STOP_WORDS = stop_words("Mara", "Tom")
# Alphabet of what matters: names, stop words, white space, surrogate halves, control characters, emoji with joiners.
FRAGMENTS = st.lists(
    st.sampled_from(
        ["Mara", "Tom", "Ma", "ra", ":", " ", "\n", "\n\n", "*", "**", "\nTom:", "\nUser:", "<|im", "_end|>", "hello", ".", "<think>", "</think>", "<thi",
         "\ud83d", "\ude00", "\x00", "\r", "\u202e", "👩\u200d🚀", "é", "x" * 50]
    ),
    max_size=20,
)  # fmt: skip


def read(pieces: list[str], *, after: str = "") -> tuple[str, str | None]:
    reply = ReplyText(prefix="Mara", stop_words=STOP_WORDS, after=after)
    shown = "".join(reply.feed(piece) for piece in pieces) + reply.finish()
    assert shown == reply.text, "what was shown is what is stored"
    return reply.text, reply.end


@given(FRAGMENTS, st.sampled_from(["", "Once upon a", "Once. "]))
def test_every_split_of_a_stream_gives_the_same_text(fragments: list[str], after: str) -> None:
    whole = "".join(fragments)
    text, _ = read(fragments, after=after)
    assert text == read([whole], after=after)[0]
    assert text == read(list(whole), after=after)[0]


@given(FRAGMENTS)
def test_text_can_be_stored_and_ends_before_the_users_part(fragments: list[str]) -> None:
    text, _ = read(fragments)
    text.encode()  # no lone surrogates
    assert "\x00" not in text
    assert text == text.strip()
    assert not any(word in text for word in STOP_WORDS)


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (["Mara: Hello"], "Hello"),
        (["**Mara:** Hello"], "Hello"),
        (["  \n Hello \n"], "Hello"),
        (["Mara smiles."], "Mara smiles."),
        (["*Mara smiles* Hi"], "*Mara smiles* Hi"),
        (["Hello\nUser: hi"], "Hello"),
        (["Hello\nMara: again"], "Hello"),
        (["Mar"], "Mar"),
        (["Mara:"], ""),
        (["<think>She greets", " me.</thi", "nk>\n\nHello"], "Hello"),
        (["Mara: <thinking>Hm.</thinking> Mara: Hello"], "Hello"),
        (["<think>a</think><think>b</think>Hello <think>"], "Hello <think>"),
        (["<think>and never speaks"], ""),
        (["<thin"], "<thin"),
        (["<b>Hello"], "<b>Hello"),
        ([], ""),
    ],
)
def test_names_and_white_space_around_a_reply_go(pieces: list[str], expected: str) -> None:
    assert read(pieces)[0] == expected


@pytest.mark.parametrize(
    ("after", "piece", "expected"),
    [
        ("Once upon a", "time", " time"),
        ("Once upon a", " time", " time"),
        ("Once upon a ", "time", "time"),
        ("Once", ", long ago", ", long ago"),
        ("The end.", "\n\nOr not", "\n\nOr not"),
        ("Once upon a", "Mara: time", " time"),
    ],
)
def test_continuation_is_joined_with_what_stands_between(after: str, piece: str, expected: str) -> None:
    assert read([piece], after=after)[0] == expected


def test_runaway_reply_is_cut() -> None:
    text, end = read(["word "] * 10_000)
    assert len(text) <= MAX_REPLY_CHARS
    assert end == "too_long"


@pytest.mark.parametrize(
    ("said", "shown"),
    [("Mara:*smiles* Hi", "*smiles* Hi"), ("**Mara:** Hi", "Hi"), ("**Mara**: Hi", "Hi"), ("*Mara*: Hi", "Hi")],
)
def test_an_action_right_after_the_name_keeps_its_star(said: str, shown: str) -> None:
    assert read([said])[0] == shown
    assert read(list(said))[0] == shown
