"""Small rules for texts that come from people, cards and models."""

import re
import unicodedata
from zlib import crc32

_PLACEHOLDER = re.compile(r"\{\{\s*(char|user)\s*\}\}|<(bot|char|user)>", re.IGNORECASE)
# What a card's author says to readers of the card only, and choices; at most two screens of them.
_NOTE = re.compile(r"\{\{\s*(?://|comment\s*:|hidden_key\s*:)[^{}]{0,2000}\}\}", re.IGNORECASE)
_CHOICE = re.compile(r"\{\{\s*(random|pick|roll|reverse)\s*::?\s*([^{}]{1,2000})\}\}", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def fill_placeholders(text: str, *, char: str, user: str) -> str:
    """Replace ``{{char}}`` and ``{{user}}`` (and the older ``<BOT>``, ``<USER>``) once; names are not expanded again.

    A card's comments go; what it leaves to chance (``{{random:a,b}}``, ``{{roll:6}}``) is chosen by its text, so that a
    prompt stays the same from turn to turn.
    """

    def name(match: re.Match[str]) -> str:
        return char if (match[1] or match[2]).lower() in ("char", "bot") else user

    if "{{" in text:
        text = _CHOICE.sub(_chosen, _NOTE.sub("", text))
    return _PLACEHOLDER.sub(name, text)


def _chosen(match: re.Match[str]) -> str:
    macro, value = match[1].lower(), match[2]
    number = crc32(match[0].encode())
    if macro == "reverse":
        return value[::-1]
    if macro == "roll":
        sides = value.strip().lower().removeprefix("d")
        return str(number % int(sides) + 1) if sides.isdecimal() and int(sides[:9]) > 0 else ""
    options = re.split(r"::" if "::" in value else r"(?<!\\),", value)
    return options[number % len(options)].replace("\\,", ",").strip()


def one_line(text: str, limit: int) -> str:
    """Return the text as one line without control and direction characters, at most ``limit`` characters."""
    return " ".join(clean(text).split())[:limit].strip()


def clean(text: str) -> str:
    """Return the text in NFC without control characters (line breaks and tabs stay)."""
    return _CONTROL.sub("", unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"))


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text: how this package writes its word lists."""
    return frozenset(words.split())
