"""Where the active entries of a lorebook stand in a prompt.

Pure: called by services/prompt.py.  services/lorebook.py says which entries are active.

What is there in every turn stands with the persona, which a server that keeps what it has read does not read again
(docs/adr/0008).  What fires now and then stands late, unless its author has said where; for a small model it stands late
in any case: text that comes and goes before or within the chat would have all after it read again.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from companion_hub.services.lorebook import Chat, LoreEntry, Place, active_entries, parse_lorebook
from companion_hub.services.texts import clean, fill_placeholders
from companion_hub.services.tokens import estimate_tokens, trim

# Less of an entry than this says nothing.
_LEAST_TOKENS = 8


class PlacedLore(NamedTuple):
    """Texts by where they stand.

    ``beside``: with the persona, by place.  ``late``: with what the turn brings.  ``within``: in the chat, by how many
    messages come after.  ``yields``: whether one of them gives way when messages have to be left out.
    """

    beside: Mapping[Place, str]
    late: str
    within: Mapping[int, str]
    yields: bool = False


def place_lore(
    book: Mapping[str, object] | None,
    chat: Chat,
    *,
    seqs: Sequence[int],
    char: str,
    user: str,
    max_tokens: int,
    only_steady_early: bool,
    has_room: bool,
) -> PlacedLore:
    """Return the texts of the entries that are active, at most ``max_tokens`` together.

    ``seqs``: the messages' numbers in the chat.  ``only_steady_early``: what comes and goes stands late.
    """
    beside: dict[Place, list[str]] = {}
    late: list[str] = []
    within: dict[int, list[str]] = {}
    active = active_entries(parse_lorebook(book), chat, count_tokens=estimate_tokens)
    # What is always there is cut last, so that it does not depend on what else fires.
    for entry in sorted(active, key=lambda entry: not entry.is_steady):
        if max_tokens < _LEAST_TOKENS or (entry.only_with_room and not has_room):
            continue
        text = trim(clean(fill_placeholders(entry.content, char=char, user=user)).strip(), max_tokens)
        max_tokens -= estimate_tokens(text)
        depth = _depth(entry, seqs)
        if depth is not None:
            (late if only_steady_early else within.setdefault(depth, [])).append(text)
        elif entry.is_steady or (entry.place != "after_char" and not only_steady_early):
            beside.setdefault(entry.place, []).append(text)
        else:
            late.append(text)
    return PlacedLore(
        {place: "\n".join(texts) for place, texts in beside.items()},
        "\n".join(late),
        {depth: "\n".join(texts) for depth, texts in within.items()},
        any(entry.only_with_room for entry in active),
    )


def _depth(entry: LoreEntry, seqs: Sequence[int]) -> int | None:
    """Return how many messages come after the entry, None when it does not stand in the chat."""
    if entry.reverse_depth is None:
        return None if entry.depth is None else min(entry.depth, len(seqs))
    return sum(seq > entry.reverse_depth for seq in seqs)
