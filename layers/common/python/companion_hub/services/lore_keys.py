"""Whether keys of a lorebook stand in a text: words, phrases and regular expressions, in a bounded time.

Pure: called by services/lorebook.py.  A book may have 50,000 keys and hostile patterns; neither may hold up a reply.
"""

from collections.abc import Callable
from time import perf_counter
from typing import Protocol

import regex

# Hostile patterns must not hold up a reply: seconds of one search, of all of a turn with their compiling (which cannot be
# timed, so that a pattern may not be long either), and characters.
REGEX_TIMEOUT_S = 0.02
REGEX_BUDGET_S = 0.4
MAX_PATTERN = 500
# How often a key of several words is looked for inside longer words.
MAX_NEAR_MISSES = 6


class Keyed(Protocol):
    """How an entry wants its keys to be looked for."""

    @property
    def use_regex(self) -> bool: ...
    @property
    def case_sensitive(self) -> bool: ...
    @property
    def whole_words(self) -> bool: ...


class Matcher:
    """Finds keys in texts; times regular expressions so that a book cannot stall a reply."""

    def __init__(self) -> None:
        self._left_s = REGEX_BUDGET_S
        self._texts: dict[tuple[str, bool], _Text] = {}

    def in_text(self, text: str, keyed: Keyed) -> Callable[[str], bool]:
        """Return what tells whether a key stands in the text."""
        if not text:
            return lambda _: False
        if keyed.use_regex:
            return lambda key: bool(key) and self._regex(key, text, ignore_case=not keyed.case_sensitive)
        known = self._texts.get((text, keyed.case_sensitive))
        if known is None:
            known = self._texts[(text, keyed.case_sensitive)] = _Text(text if keyed.case_sensitive else text.casefold())
        holds, whole = known.holds, keyed.whole_words
        if keyed.case_sensitive:
            return lambda key: holds(key, whole)
        return lambda key: holds(key.casefold(), whole)

    def _regex(self, key: str, text: str, *, ignore_case: bool) -> bool:
        if self._left_s <= 0 or len(key) > MAX_PATTERN:
            return False
        pattern, flags = _as_python(key, ignore_case=ignore_case)
        start = perf_counter()
        try:
            return regex.search(pattern, text, flags, timeout=REGEX_TIMEOUT_S) is not None
        except (regex.error, TimeoutError, RecursionError, OverflowError, ValueError):
            return False
        finally:
            self._left_s -= perf_counter() - start


def pattern_fault(key: str) -> str | None:
    """Return what is wrong with a pattern, None when it can be used."""
    pattern, flags = _as_python(key, ignore_case=True)
    try:
        regex.compile(pattern, flags)
    except regex.error as exc:
        return str(exc)
    except (RecursionError, OverflowError, ValueError):
        return "too deep or too large"
    return None


def _as_python(key: str, *, ignore_case: bool) -> tuple[str, int]:
    """Return pattern and flags of a key, which may be in JavaScript's notation: ``/pattern/flags``."""
    flags = regex.IGNORECASE if ignore_case else 0
    if not (key.startswith("/") and key.count("/") > 1):
        return key, flags
    pattern, _, letters = key[1:].rpartition("/")
    return pattern, flags | (regex.IGNORECASE if "i" in letters else 0)


class _Text:
    """A text and the words in it: a book has up to 50,000 keys, and a regular expression for each takes seconds."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = set(_WORDS.findall(text))

    def holds(self, key: str, whole_words: bool) -> bool:
        """Whether the key stands in it, as whole words where a script has spaces: "art" does not fire on "party"."""
        # A book may have 50,000 keys: no pattern where a look is enough.
        if key.isalnum() and key.isascii() and whole_words:
            return key in self._words
        if not key:
            return False
        if not whole_words or (not key.isascii() and _UNSPACED.search(key)):
            return key in self._text
        at = self._text.find(key)
        if at >= 0 and _WORDS.fullmatch(key):
            return key in self._words
        for _ in range(MAX_NEAR_MISSES):
            if at < 0:
                return False
            end = at + len(key)
            if not _is_in_word(self._text[at - 1 : at]) and not _is_in_word(self._text[end : end + 1]):
                return True
            at = self._text.find(key, at + 1)
        return False


def _is_in_word(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character == "_"
    return _WORDS.match(character) is not None


_WORDS = regex.compile(r"\w+")
# Scripts that write words without spaces between them.
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
