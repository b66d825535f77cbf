"""Splits a sentence into words: contractions apart, names apart from their 's."""

import re
from typing import NamedTuple

from companion_hub.services.scene.lexicon import find_term
from companion_hub.services.texts import word_set

_TOKEN = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*['’]?|[^\w\s]|_")
_CONTRACTION = re.compile(r"(?i)^(.+?)(n['’]t|['’](?:m|re|ve|ll|d))$")
_HASTY = re.compile(r"(?i)^(i)(m|ve)$|^(do|does|did|is|are|was|were|would|could|should|have|has|had|ca|wo)(nt)$")
_CONTRACTED = word_set(
    "i he she it that there here who what where nobody somebody someone everybody everyone anybody anyone"
)

_HURRIED = {
    "ur": "your",
    "u": "you",
    "n": "and",
    "b4": "before",
    "thru": "through",
    "w": "with",
    "da": "the",
    "ya": "you",
}


# Of whom one tells where they are: "my brother's off hiking in Norway".
_KIN = word_set(
    "brother sister mother mom mum father dad daddy son daughter cousin aunt uncle niece nephew husband wife boyfriend girlfriend roommate flatmate "
    "friend neighbour neighbor boss teacher coworker colleague grandma grandpa gran granny nan"
)
_STATES = frozenset(
    "in at on now already still not barefoot asleep awake alone busy back home here there gone up down out off dressed sat stood stuck".split()
)


class Word(NamedTuple):
    text: str
    low: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum() or self.text[0] in "'’"


def tokens(text: str) -> list[Word]:
    words: list[Word] = []
    for match in _TOKEN.finditer(text):
        raw, start = match[0], match.start()
        low = raw.lower().replace("’", "'")
        low = _HURRIED.get(low, low)
        if low in ("cannot", "gonna", "wanna"):
            words.append(Word(raw, low, start, match.end()))
            continue
        if hasty := _HASTY.match(raw):  # "im", "dont"
            head, tail = hasty[1] or hasty[3], hasty[2] or hasty[4]
            cut = start + len(head)
            words.append(Word(head, {"ca": "can", "wo": "will"}.get(head.lower(), head.lower()), start, cut))
            words.append(Word(tail, "n't" if hasty[4] else f"'{tail.lower()}", cut, match.end()))
            continue
        contraction = _CONTRACTION.match(raw)
        if contraction and low not in ("let's", "o'clock"):
            cut = start + len(contraction[1])
            head = {"ca": "can", "wo": "will", "sha": "shall"}.get(contraction[1].lower(), contraction[1].lower())
            words.append(Word(contraction[1], head, start, cut))
            words.append(Word(contraction[2], contraction[2].lower().replace("’", "'"), cut, match.end()))
        elif low.endswith("'s") and low[:-2] in _CONTRACTED:
            words.append(Word(raw[:-2], low[:-2], start, match.end() - 2))
            words.append(Word(raw[-2:], "'s", match.end() - 2, match.end()))
        else:
            words.append(Word(raw, low, start, match.end()))
    return words


def split_names(words: list[Word], names: frozenset[str]) -> list[Word]:
    """Read "Mara's wearing" as "Mara is wearing"; "Mara's coat" stays a possessive."""
    result: list[Word] = []
    for at, word in enumerate(words):
        name = word.low.removesuffix("'s").removesuffix("’s")
        following = words[at + 1].low if at + 1 < len(words) else ""
        theirs = (
            names if {"at", "to", "from", "near", "by"} & {w.low for w in words[max(0, at - 2) : at]} else names | _KIN
        )
        if (name != word.low and name in theirs and (following.endswith("ing") or following in _STATES)) or (
            name != word.low and following in ("off", "on", "gone") and find_term([name], 1)
        ):
            cut = word.end - 2
            result += [Word(word.text[:-2], name, word.start, cut), Word("'s", "'s", cut, word.end)]
        else:
            result.append(word)
    return result
