"""How words are found in a text: whole words, the longest first."""

import re
from collections.abc import Mapping
from typing import Any

_PATTERNS: dict[int, re.Pattern[str]] = {}


def pattern_of(table: Mapping[str, Any]) -> re.Pattern[str]:
    """Return the pattern of a table's words, longest first; tables are few and live for ever."""
    if id(table) not in _PATTERNS:
        words = sorted(table, key=len, reverse=True)
        _PATTERNS[id(table)] = re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, words)) + r")(?:e?s)?(?![\w-])")
    return _PATTERNS[id(table)]


def find(text: str, table: Mapping[str, Any]) -> str | None:
    """Return the table's word that stands in the text: the first by place, the longest at one place."""
    match = pattern_of(table).search(text)
    return match[1] if match else None


def named(text: str, table: dict[str, str], default: str = "") -> str:
    word = find(text, table)
    return table[word] if word else default


def factor(text: str, table: dict[str, float], default: float = 1.0) -> float:
    word = find(text, table)
    return table[word] if word else default


def all_of(text: str, table: dict[str, str]) -> frozenset[str]:
    return frozenset(table[match[1]] for match in pattern_of(table).finditer(text))
