"""Small rules for texts that come from people, cards and models."""

import re
import unicodedata

_PLACEHOLDER = re.compile(r"\{\{\s*(char|user)\s*\}\}|<(bot|user)>", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def fill_placeholders(text: str, *, char: str, user: str) -> str:
    """Replace ``{{char}}`` and ``{{user}}`` (and the older ``<BOT>``, ``<USER>``) once; names are not expanded again."""

    def name(match: re.Match[str]) -> str:
        return char if (match[1] or match[2]).lower() in ("char", "bot") else user

    return _PLACEHOLDER.sub(name, text)


def one_line(text: str, limit: int) -> str:
    """Return the text as one line without control and direction characters, at most ``limit`` characters."""
    return " ".join(clean(text).split())[:limit].strip()


def clean(text: str) -> str:
    """Return the text in NFC without control characters (line breaks and tabs stay)."""
    return _CONTROL.sub("", unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"))


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text: how this package writes its word lists."""
    return frozenset(words.split())
