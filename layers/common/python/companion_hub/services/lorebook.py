"""Lorebooks: which entries of a companion's world book belong into the prompt of this turn.

Pure: book and recent messages in, chosen entries out; services/lore_placement.py says where they stand.  Follows the
character book of the card specifications V2 and V3 (keys, secondary keys, constant entries, insertion order, priority,
token budget, scan depth, recursion, decorators).

Source: character-card-spec-v2 ``character_book`` and character-card-spec-v3 "Lorebook" and "Decorators".
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, TypedDict, cast

from companion_hub.services.lore_keys import Matcher

# What one book may hold; more is an error on import and ignored here.
MAX_ENTRIES = 500
MAX_KEYS_PER_ENTRY = 100
# Characters that are looked at, the latest.
MAX_WINDOW = 20_000
DEFAULT_SCAN_DEPTH = 4
DEFAULT_TOKEN_BUDGET = 600
# Recursion ends by itself when no new entry fires; the cap bounds books whose entries name each other in a long chain.
MAX_RECURSION = 5

# What looking through earlier turns may cost, for entries that go by whether they fired before: a key costs 1, a turn 10.
MAX_LOOKS_BACK, _TURN_COSTS = 20_000, 10

Place = Literal["before_char", "personality", "before_desc", "after_desc", "scenario", "after_char"]
_PLACES: dict[str, Place] = {
    "before_desc": "before_desc",
    "after_desc": "after_desc",
    "personality": "personality",
    "scenario": "scenario",
}
# SillyTavern's number for "in the chat", which it keeps in an entry's extensions, and its default depth.
_AT_DEPTH, _DEPTH = 4, 4
# Which of the secondary keys must stand there: in the order of SillyTavern's ``selectiveLogic``.
Secondary = Literal["any", "not_all", "none", "all"]
_LOGICS: tuple[Secondary, ...] = ("any", "not_all", "none", "all")
# Decorators that mean something here, by what they want; another one, or one with another value, gives way to its
# fallback.  Those left out: what counts tokens of a text that is no chat (``instruct_…``), a user's icon, what turns off
# prompts of the application, and ``role``: what a card says is never the user's or the companion's word (docs/adr/0012).
_BARE = frozenset(
    "activate dont_activate keep_activate_after_match dont_activate_after_match ignore_on_max_context".split()
)
_NUMBERS = frozenset("activate_only_after activate_only_every depth reverse_depth scan_depth is_greeting".split())
_LISTS = frozenset(("additional_keys", "exclude_keys"))


@dataclass(frozen=True, slots=True)
class LoreEntry:
    """One entry, normalised.  ``order``: lower stands earlier; ``priority``: higher survives a tight budget.

    ``additional_keys``: one of them must stand there too.  ``is_woken`` and ``wakes``: by other entries, and others.
    ``depth``: messages from the end of the chat; ``reverse_depth``: from its beginning; both win over ``place``.
    ``again``: whether it fires (True) or is silent (False) once it has fired.  ``only_with_room``: not when messages have
    had to be left out.
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
    place: Place = "after_char"
    depth: int | None = None
    reverse_depth: int | None = None
    scan_depth: int | None = None
    only_after: int = 0
    only_every: int = 1
    greeting: int | None = None
    again: bool | None = None
    only_with_room: bool = False
    force: bool | None = None
    is_woken: bool = True
    wakes: bool = True
    decorators: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def is_steady(self) -> bool:
        """Whether it is there in every turn of a chat, whatever is said."""
        depends = (
            self.only_after or self.only_every > 1 or self.additional_keys or self.exclude_keys or self.again is False
        )
        return (self.force or (self.constant and not depends)) and not self.only_with_room


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


class Chat(NamedTuple):
    """What entries go by.  ``texts``: the recent messages, oldest first.

    ``replies`` counts the companion's messages so far; ``earlier``: where earlier prompts ended, as (number of messages,
    replies) pairs, oldest first; ``greeting``: the position of the chosen greeting, None when it is not known.
    """

    texts: Sequence[str]
    replies: int = 0
    earlier: Sequence[tuple[int, int]] = ()
    greeting: int | None = None


def active_entries(book: Lorebook, chat: Chat, *, count_tokens: Callable[[str], int]) -> tuple[LoreEntry, ...]:
    """Return the entries to insert, in insertion order, within the book's token budget.

    What is there in every turn is chosen first, so that it does not depend on what is said.
    """
    matcher = Matcher()
    chosen: dict[int, LoreEntry] = {}
    before = _Before(book, chat, matcher)
    texts = list(chat.texts)
    depth = book.scan_depth
    for level in range(MAX_RECURSION if book.recursive else 1):
        fired = [
            (index, entry)
            for index, entry in enumerate(book.entries)
            if index not in chosen
            and (entry.is_woken or not level)
            and before.decides(entry, _fires(entry, depth, texts, matcher, chat.replies, chat.greeting))
        ]
        if not fired:
            break
        chosen.update(fired)
        # Recursion reads what the fired entries say as if it had just been said.
        said = [entry.content for _, entry in fired if entry.wakes]
        texts = [*texts, *said]
        depth += len(said)
    kept: list[LoreEntry] = []
    left = book.token_budget
    for entry in sorted(
        chosen.values(), key=lambda entry: (not entry.is_steady, not entry.constant, -entry.priority, entry.order)
    ):
        cost = count_tokens(entry.content)
        if cost <= left:
            kept.append(entry)
            left -= cost
    return tuple(sorted(kept, key=lambda entry: entry.order))


class _Before:
    """Whether an entry fired in an earlier turn, found out from the messages there are; nothing is stored."""

    def __init__(self, book: Lorebook, chat: Chat, matcher: Matcher) -> None:
        self._book = book
        self._chat = chat
        self._matcher = matcher
        self._left = MAX_LOOKS_BACK

    def decides(self, entry: LoreEntry, fires_now: bool) -> bool:
        """Return whether the entry fires, given whether it would by what is said now."""
        if entry.again is None or entry.again == fires_now or entry.force is not None:
            return fires_now
        return entry.again if self._fired(entry) else fires_now

    def _fired(self, entry: LoreEntry) -> bool:
        keys = (entry.keys, entry.secondary_keys, entry.additional_keys, entry.exclude_keys)
        cost = _TURN_COSTS + sum(map(len, keys))
        for end, replies in reversed(self._chat.earlier):
            self._left -= cost
            if self._left < 0:
                return False
            texts = self._chat.texts[:end]
            if _fires(entry, self._book.scan_depth, texts, self._matcher, replies, self._chat.greeting):
                return True
        return False


def split_decorators(content: str) -> tuple[dict[str, str], str]:
    """Return the decorators at the head of an entry's content, and the rest.

    ``@@name value`` lines, the first of a name; ``@@@name`` lines are fallbacks, tried in turn until one can be used.
    """
    decorators: dict[str, str] = {}
    is_used = False
    lines = content.split("\n")
    used = 0
    for line in lines:
        stripped = line.strip()
        if not stripped.startswith("@@"):
            break
        used += 1
        name, _, value = stripped.lstrip("@").partition(" ")
        if name and not (stripped.startswith("@@@") and is_used):
            decorators.setdefault(name.lower(), value.strip())
            is_used = _is_usable(name.lower(), value.strip())
    return decorators, "\n".join(lines[used:]).strip()


def _is_usable(name: str, value: str) -> bool:
    if name in _NUMBERS:
        return _is_number(value)
    return name in _BARE or (name in _LISTS and bool(value)) or (name == "position" and value.strip("\"'") in _PLACES)


def _is_number(value: str) -> bool:
    return len(value) < 10 and value.removeprefix("-").isdecimal()


def _entry(row: Mapping[str, Any]) -> LoreEntry | None:
    written, content = split_decorators(str(row.get("content") or ""))
    decorators = {name: value for name, value in written.items() if _is_usable(name, value)}
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
        **_where(decorators, row, more),
        scan_depth=None if scan_depth is None else _whole(scan_depth, 0, at_least=0),
        only_after=_whole(decorators.get("activate_only_after"), 0, at_least=0),
        only_every=_whole(decorators.get("activate_only_every"), 1, at_least=1),
        greeting=int(decorators["is_greeting"]) if "is_greeting" in decorators else None,
        again=True
        if "keep_activate_after_match" in decorators
        else False
        if "dont_activate_after_match" in decorators
        else None,
        only_with_room="ignore_on_max_context" in decorators,
        force=force,
        is_woken=more.get("exclude_recursion") is not True,
        wakes=more.get("prevent_recursion") is not True,
        decorators=written,
    )


def _newest(texts: Sequence[str], depth: int) -> str:
    """Return the newest messages as one text, at most MAX_WINDOW characters of it."""
    taken: list[str] = []
    left = MAX_WINDOW
    for text in reversed(texts[-depth:] if depth else ()):
        taken.append(text[-left:])
        left -= len(text) + 1
        if left <= 0:
            break
    return "\n".join(reversed(taken))


class _Where(TypedDict):
    place: Place
    depth: int | None
    reverse_depth: int | None


def _where(decorators: Mapping[str, str], row: Mapping[str, Any], more: Mapping[str, Any]) -> _Where:
    """Return where an entry stands: its decorators first, then what SillyTavern and the specifications have for it."""
    depth: int | None = None
    reverse: int | None = None
    place: Place = "before_char" if row.get("position") in ("before_char", 0) else "after_char"
    theirs = more.get("position", row.get("position"))
    if "position" in decorators:
        place = _PLACES[decorators["position"].strip("\"'")]
    elif "depth" in decorators:
        depth = max(0, int(decorators["depth"]))
    elif "reverse_depth" in decorators:
        reverse = max(0, int(decorators["reverse_depth"]))
    elif theirs == _AT_DEPTH:
        depth = _whole(more.get("depth", row.get("depth")), _DEPTH, at_least=0)
    return {"place": place, "depth": depth, "reverse_depth": reverse}


def _fires(
    entry: LoreEntry, scan_depth: int, texts: Sequence[str], matcher: Matcher, replies: int, greeting: int | None
) -> bool:
    if entry.force is not None:
        return entry.force
    if replies < entry.only_after or replies % entry.only_every:
        return False
    if entry.greeting is not None and greeting is not None and entry.greeting != greeting:
        return False
    depth = entry.scan_depth if entry.scan_depth is not None else scan_depth
    found = matcher.in_text(_newest(texts, depth), entry)
    if any(map(found, entry.exclude_keys)):
        return False
    if entry.additional_keys and not any(map(found, entry.additional_keys)):
        return False
    if entry.constant:
        return True
    if not any(map(found, entry.keys)):
        return False
    if not entry.secondary_keys:
        return True
    there = [found(key) for key in entry.secondary_keys]
    return {"any": any(there), "not_all": not all(there), "none": not any(there), "all": all(there)}[entry.secondary]


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
