"""Lorebooks: which entries of a companion's world book belong into the prompt of this turn.

Pure: book and recent messages in, chosen entries out.  Follows the character book of the card specifications V2 and V3
(keys, secondary keys, constant entries, insertion order, priority, token budget, scan depth, recursion, decorators).

Source: character-card-spec-v2 ``character_book`` and character-card-spec-v3 "Lorebook" and "Decorators".
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Literal, cast

import regex

# What one book may hold; more is an error on import and ignored here.
MAX_ENTRIES = 500
MAX_KEYS_PER_ENTRY = 100
# Hostile patterns must not hold up a reply: seconds of one search, of all of a turn with their compiling (which cannot be
# timed, so that a pattern may not be long either), and characters.
REGEX_TIMEOUT_S = 0.02
REGEX_BUDGET_S = 0.4
MAX_PATTERN = 500
# Characters that are looked at, the latest; and how often a key of several words is looked for inside longer words.
MAX_WINDOW = 20_000
MAX_NEAR_MISSES = 6
DEFAULT_SCAN_DEPTH = 4
DEFAULT_TOKEN_BUDGET = 600
# Recursion ends by itself when no new entry fires; the cap bounds books whose entries name each other in a long chain.
MAX_RECURSION = 5

Position = Literal["before_char", "after_char"]
# Which of the secondary keys must stand there: in the order of SillyTavern's ``selectiveLogic``.
Secondary = Literal["any", "not_all", "none", "all"]
_LOGICS: tuple[Secondary, ...] = ("any", "not_all", "none", "all")
# Decorators that mean something here; another one gives way to its fallback.
_KNOWN = frozenset(
    "activate dont_activate activate_only_after activate_only_every additional_keys exclude_keys scan_depth depth".split()
)


@dataclass(frozen=True, slots=True)
class LoreEntry:
    """One entry, normalised.  ``order``: lower stands earlier; ``priority``: higher survives a tight budget.

    ``additional_keys``: one of them must stand there too.  ``is_woken`` and ``wakes``: by other entries, and others.
    """

    name: str
    content: str
    keys: tuple[str, ...]
    secondary_keys: tuple[str, ...] = ()
    secondary: Secondary = "any"
    additional_keys: tuple[str, ...] = ()
    exclude_keys: tuple[str, ...] = ()
    constant: bool = False
    case_sensitive: bool = False
    whole_words: bool = True
    use_regex: bool = False
    order: float = 100
    priority: float = 10
    position: Position = "after_char"
    depth: int | None = None
    scan_depth: int | None = None
    only_after: int = 0
    only_every: int = 1
    force: bool | None = None
    is_woken: bool = True
    wakes: bool = True
    decorators: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Lorebook:
    entries: tuple[LoreEntry, ...]
    scan_depth: int = DEFAULT_SCAN_DEPTH
    token_budget: int = DEFAULT_TOKEN_BUDGET
    recursive: bool = False


def parse_lorebook(book: Mapping[str, Any] | None) -> Lorebook:
    """Return the usable part of a character book; disabled, empty and malformed entries are left out.

    Tolerates what real cards hold: entries as an object instead of a list, numbers as strings, ``key`` for ``keys``.
    """
    if not book:
        return Lorebook(())
    raw: object = book.get("entries") or []
    rows = list(cast("Mapping[str, object]", raw).values()) if isinstance(raw, Mapping) else raw
    listed = cast("list[object]", rows) if isinstance(rows, list) else []
    entries = [
        entry for row in listed[:MAX_ENTRIES] if isinstance(row, Mapping) and (entry := _entry(cast("Any", row)))
    ]
    return Lorebook(
        entries=tuple(sorted(entries, key=lambda entry: entry.order)),
        scan_depth=_whole(book.get("scan_depth"), DEFAULT_SCAN_DEPTH, at_least=0),
        token_budget=_whole(book.get("token_budget"), DEFAULT_TOKEN_BUDGET, at_least=0),
        recursive=bool(book.get("recursive_scanning")),
    )


def active_entries(
    book: Lorebook, messages: Sequence[str], *, count_tokens: Callable[[str], int], turn_number: int = 0
) -> tuple[LoreEntry, ...]:
    """Return the entries to insert, in insertion order, within the book's token budget.

    ``messages`` are the recent texts, oldest first; ``turn_number`` counts the assistant's replies so far.
    """
    matcher = _Matcher()
    chosen: dict[int, LoreEntry] = {}
    texts = list(messages)
    for level in range(MAX_RECURSION if book.recursive else 1):
        fired = [
            (index, entry)
            for index, entry in enumerate(book.entries)
            if index not in chosen
            and (entry.is_woken or not level)
            and _fires(entry, book, texts, matcher, turn_number)
        ]
        if not fired:
            break
        chosen.update(fired)
        # Recursion reads what the fired entries say as if it had just been said.
        said = [entry.content for _, entry in fired if entry.wakes]
        texts = [*texts, *said]
        book = Lorebook(book.entries, book.scan_depth + len(said), book.token_budget, book.recursive)
    kept: list[LoreEntry] = []
    left = book.token_budget
    for entry in sorted(chosen.values(), key=lambda entry: (not entry.constant, -entry.priority, entry.order)):
        cost = count_tokens(entry.content)
        if cost <= left:
            kept.append(entry)
            left -= cost
    return tuple(sorted(kept, key=lambda entry: entry.order))


def split_decorators(content: str) -> tuple[dict[str, str], str]:
    """Return the decorators at the head of an entry's content, and the rest.

    ``@@name value`` lines, the first of a name; ``@@@name`` lines are fallbacks, tried in turn until one is known.
    """
    decorators: dict[str, str] = {}
    is_known = False
    lines = content.split("\n")
    used = 0
    for line in lines:
        stripped = line.strip()
        if not stripped.startswith("@@"):
            break
        used += 1
        name, _, value = stripped.lstrip("@").partition(" ")
        if name and not (stripped.startswith("@@@") and is_known):
            decorators.setdefault(name.lower(), value.strip())
            is_known = name.lower() in _KNOWN
    return decorators, "\n".join(lines[used:]).strip()


def _entry(row: Mapping[str, Any]) -> LoreEntry | None:
    decorators, content = split_decorators(str(row.get("content") or ""))
    keys = _strings(row.get("keys") or row.get("key"))
    raw: object = row.get("extensions")
    more: Mapping[str, Any] = (
        cast("Mapping[str, Any]", raw) if isinstance(raw, Mapping) else {}
    )  # what SillyTavern keeps there
    use_regex = bool(row.get("use_regex"))
    additional = _split(decorators.get("additional_keys"))
    scan_depth = decorators.get("scan_depth", more.get("scan_depth"))
    logic = _whole(more.get("selectiveLogic"), 0, at_least=0)
    if row.get("enabled") is False or row.get("disable") is True or not content:
        return None
    if not keys and not row.get("constant") and "activate" not in decorators:
        return None
    force = True if "activate" in decorators else False if "dont_activate" in decorators else None
    return LoreEntry(
        name=str(row.get("name") or row.get("comment") or (keys[0] if keys else ""))[:200],
        content=content,
        # Of patterns one may match; of words one must, besides a key.
        keys=(*keys, *additional) if use_regex else keys,
        additional_keys=() if use_regex else additional,
        secondary_keys=_strings(row.get("secondary_keys") or row.get("keysecondary"))
        if row.get("selective") and not use_regex
        else (),
        secondary=_LOGICS[logic] if logic < len(_LOGICS) else "any",
        exclude_keys=() if use_regex else _split(decorators.get("exclude_keys")),
        constant=bool(row.get("constant")) and not use_regex,
        case_sensitive=bool(row.get("case_sensitive") or more.get("case_sensitive")),
        whole_words=more.get("match_whole_words") is not False,
        use_regex=use_regex,
        order=_number(row.get("insertion_order", row.get("order")), 100),
        priority=_number(row.get("priority"), 10),
        position="before_char" if row.get("position") in ("before_char", 0) else "after_char",
        depth=_whole(decorators["depth"], 0, at_least=0) if "depth" in decorators else None,
        scan_depth=None if scan_depth is None else _whole(scan_depth, 0, at_least=0),
        only_after=_whole(decorators.get("activate_only_after"), 0, at_least=0),
        only_every=_whole(decorators.get("activate_only_every"), 1, at_least=1),
        force=force,
        is_woken=more.get("exclude_recursion") is not True,
        wakes=more.get("prevent_recursion") is not True,
        decorators=decorators,
    )


def _fires(entry: LoreEntry, book: Lorebook, texts: list[str], matcher: "_Matcher", turn_number: int) -> bool:
    if entry.force is not None:
        return entry.force
    if turn_number < entry.only_after or turn_number % entry.only_every:
        return False
    if entry.constant:
        return True
    depth = entry.scan_depth if entry.scan_depth is not None else book.scan_depth
    window = "\n".join(texts[-depth:])[-MAX_WINDOW:] if depth else ""
    found = matcher.in_text(window, entry)
    if any(map(found, entry.exclude_keys)) or not any(map(found, entry.keys)):
        return False
    if entry.additional_keys and not any(map(found, entry.additional_keys)):
        return False
    if not entry.secondary_keys:
        return True
    there = [found(key) for key in entry.secondary_keys]
    return {"any": any(there), "not_all": not all(there), "none": not any(there), "all": all(there)}[entry.secondary]


class _Matcher:
    """Finds keys in texts; times regular expressions so that a book cannot stall a reply."""

    def __init__(self) -> None:
        self._left_s = REGEX_BUDGET_S
        self._texts: dict[tuple[str, bool], _Text] = {}

    def in_text(self, text: str, entry: LoreEntry) -> Callable[[str], bool]:
        """Return what tells whether a key of the entry stands in the text."""
        if not text:
            return lambda _: False
        if entry.use_regex:
            return lambda key: bool(key) and self._regex(key, text, ignore_case=not entry.case_sensitive)
        known = self._texts.get((text, entry.case_sensitive))
        if known is None:
            known = self._texts[(text, entry.case_sensitive)] = _Text(text if entry.case_sensitive else text.casefold())
        holds, whole = known.holds, entry.whole_words
        if entry.case_sensitive:
            return lambda key: holds(key, whole)
        return lambda key: holds(key.casefold(), whole)

    def _regex(self, key: str, text: str, *, ignore_case: bool) -> bool:
        if self._left_s <= 0 or len(key) > MAX_PATTERN:
            return False
        pattern, flags = key, regex.IGNORECASE if ignore_case else 0
        if key.startswith("/") and key.count("/") > 1:  # JavaScript notation: /pattern/flags
            pattern, _, letters = key[1:].rpartition("/")
            flags |= regex.IGNORECASE if "i" in letters else 0
        start = perf_counter()
        try:
            return regex.search(pattern, text, flags, timeout=REGEX_TIMEOUT_S) is not None
        except (regex.error, TimeoutError, RecursionError, OverflowError, ValueError):
            return False
        finally:
            self._left_s -= perf_counter() - start


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


def _strings(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, Iterable):
        return ()
    items = cast("Iterable[object]", value)
    return tuple(text for item in items if isinstance(item, str) and (text := item.strip()))[:MAX_KEYS_PER_ENTRY]


def _split(value: str | None) -> tuple[str, ...]:
    return _strings(value) if value else ()


def _number(value: object, default: float) -> float:
    try:
        number = float(cast("Any", value))
    except (TypeError, ValueError):
        return default
    return number if abs(number) < 1e9 else default  # NaN compares false, so it falls to the default too


def _whole(value: object, default: int, *, at_least: int) -> int:
    return max(at_least, int(_number(value, default)))
