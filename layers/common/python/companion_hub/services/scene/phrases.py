"""A sentence as words and noun phrases: where a phrase begins and ends, whose it is."""

import re

from companion_hub.services.scene import cues
from companion_hub.services.scene.lexicon import COLOURS, find_term, is_modifier
from companion_hub.services.scene.passages import Mode
from companion_hub.services.scene.places import find_place
from companion_hub.services.scene.verbs import (
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    DO,
    HAVE,
    MODALS,
    NEGATIONS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    SUBJECTS,
    is_adverb,
    verbs,
)
from companion_hub.services.scene.words import split_names, tokens
from companion_hub.services.texts import word_set

# "the very long old red silk dress": no noun phrase has more words.
_MAX_PHRASE_WORDS = 12

_AMOUNTS = word_set("pair set pairs sets string strand kind sort couple piece pieces layers all")
# Said of a garment after it: "tugs my scarf loose", "her coat open".
_PREDICATES = frozenset(
    "side loose open free tight tighter closed shut aside up high low straight undone first barefoot finger one two clean fall slip drop slide pool".split()
)


_QUALITIES = word_set("warm cold cool dark dim quiet vast narrow broad cramped steep old ancient deep big great wide empty loud bright busy grand low high small tiny little wet "
                      "damp dry hot fresh new green grey gray white black cosy cozy silent still calm bare open hidden secret shallow smooth rough crowded noisy")  # fmt: skip


# Asked without a question mark: "do you ever go swimming in the sea".
_ASKS = re.compile(
    r"(?i)\W*(?:(?:so|and|but|hey|wait|ok|okay|um|babe|honey|mara|lol|btw),? )*"
    r"(?:(?:do|did|does|have|has|are|were|was|is) (?:u|you|we|they|he|she|it|that|this|your|ur|my|the|there)\b(?! even)|(?:would|could|will|can) (?:u|you) (?:ever|rather|still|even|say|have been|be)\b|"
    r"(?:what|where|when|why|how|who)(?:['’]?s|['’]?d|['’]?re| (?:do|did|does|are|is|was|were|would|have|has|can|could|should|will)) )"
    r"[^.!…]*$"
)


def _is_quality(word: str) -> bool:
    """Whether a word looks like an adjective of a place or thing."""
    return (
        word in _QUALITIES
        or is_modifier(word)
        or (len(word) > 4 and word.endswith(("y", "ous", "ful", "less", "ish", "lit", "ed", "ic", "ive", "al")))
    )


class Phrases:
    """The words of one sentence, and the noun phrases in them."""

    def __init__(self, text: str, mode: Mode, names: frozenset[str]) -> None:
        self.text = text
        self.mode: Mode = mode
        self.names = names
        self.words = split_names(tokens(text), names)
        self.low = [word.low for word in self.words]
        ending = text.rstrip(" \"'”’)*~")
        self.asks = ending.endswith("?") or (mode != "narration" and _ASKS.match(ending) is not None)

    def __len__(self) -> int:
        return len(self.words)

    def at(self, index: int) -> str:
        """Return the lower-case word at an index, "" outside the sentence."""
        return self.low[index] if 0 <= index < len(self.low) else ""

    def is_boundary(self, index: int) -> bool:
        """Whether a clause may end here: punctuation, a conjunction, the end."""
        if not 0 <= index < len(self.low):
            return True
        return not self.words[index].is_word or self.low[index] in CONJUNCTIONS

    def clause(self, index: int) -> str:
        """Return the text between the punctuation marks around an index."""
        start = index
        while start > 0 and self.words[start - 1].is_word:
            start -= 1
        end = index
        while end + 1 < len(self.words) and self.words[end + 1].is_word:
            end += 1
        return self.text[self.words[start].start : self.words[end].end]

    def before_adverbs(self, index: int) -> int:
        before = index - 1
        while before > 0 and is_adverb(self.at(before)):
            before -= 1
        return before

    def noun_phrase(self, index: int) -> tuple[int, int, str] | None:
        """Return (start of its own words, end, owner) of the noun phrase at an index; owner is a possessive or ""."""
        owner = ""
        at = index
        if self.at(at) == "one" and self.at(at + 1) == "of":
            at += 2
        while at < len(self.low) and (self.low[at] in DETERMINERS or self.low[at] in ("just", "only")):
            if self.low[at] in POSSESSIVES:
                owner = self.low[at]
            at += 1
        start = at
        while at < min(len(self.low), start + _MAX_PHRASE_WORDS):
            low = self.low[at]
            if low == "," and index < start < at and self._qualities_go_on(at):
                at += 1
                continue
            if not self.words[at].is_word:
                break
            if low in ("of",) and at > start and self.low[at - 1] in _AMOUNTS:
                at += 1
                while at < len(self.low) and self.low[at] in DETERMINERS:
                    owner = self.low[at] if self.low[at] in POSSESSIVES else owner
                    at += 1
                start = at
                continue
            if low == "and" and at > start and self._joins_modifiers(start, at):
                at += 1
                continue
            if low == "back" and index < at == start:
                at += 1  # "the back garden"
                continue
            if (
                low in PREPOSITIONS
                or low in CONJUNCTIONS
                or low in SUBJECTS
                or low in BE
                or low in HAVE
                or low in MODALS
                or low in NEGATIONS
            ):
                break
            if (
                low in PRONOUNS
                or low
                in (
                    "that",
                    "which",
                    "who",
                    "now",
                    "again",
                    "then",
                    "nobody",
                    "everyone",
                    "someone",
                    "everybody",
                    "somebody",
                )
                or (
                    at > start
                    and (
                        low in cues.AFTER_ALL | {"indoors", "outdoors", "inside", "outside"}
                        or (low in DO and self.at(at + 1) in NEGATIONS)
                    )
                )
            ):
                break
            if low in ("man's", "men's", "boy's", "woman's", "women's", "girl's", "sailor's", "child's") and self.at(
                at - 1
            ) in ("a", "an"):
                start = at = at + 1  # "a man's overcoat" is nobody's
                continue
            if low.endswith(("'s", "’s")) and at == start:
                owner, start = (owner if owner in POSSESSIVES else low), at + 1  # "my nurse's uniform" is mine
                at += 1
                continue
            if at > start and low in DETERMINERS:
                break
            if at > start and self._ends_before(start, at):
                break
            at += 1
        return (start, at, owner) if at > start else None

    def _qualities_go_on(self, at: int) -> bool:
        """Whether a comma stands between two adjectives of one noun: "the warm, noisy hut"."""
        before, after, noun = self.at(at - 1), self.at(at + 1), self.at(at + 2)
        named = find_place([before]) is not None or find_term([before], 1) is not None
        return (
            not named
            and _is_quality(before)
            and _is_quality(after)
            and noun.isalpha()
            and noun not in PREPOSITIONS | CONJUNCTIONS | PRONOUNS
            and not is_adverb(noun)
        )

    def _joins_modifiers(self, start: int, at: int) -> bool:
        return (
            all(is_modifier(low) for low in self.low[start:at])
            and is_modifier(self.at(at + 1))
            and self.at(at + 2) not in ("", ",", ".")
        )

    def _ends_before(self, start: int, at: int) -> bool:
        """Whether the phrase is complete before this word: a verb or a name follows the garment."""
        word = self.words[at]
        if word.low in (
            "slip",
            "slide",
            "fall",
            "drop",
            "pool",
            "puddle",
            "tumble",
            "slither",
            "cascade",
        ) and find_term(self.low[start:at], at - start):
            return True  # "lets the robe slip": no slip
        if is_adverb(word.low) and word.low not in ("cuddly",):
            return True
        if word.low.endswith("ing") and word.low in verbs() and self.at(at + 1) in POSSESSIVES:
            return True  # "on the kitchen counter swinging my legs"
        if find_place(self.low[start:at]) is not None and find_place(self.low[start : at + 1]) is None:
            participle = any(verb.forms & {"ing", "pp"} for verb in verbs().get(word.low, ()))
            if word.low in ("arm", "hand", "side", "shoulder") and self.at(at + 1) in ("in", "by", "to"):
                return True  # "into the opera house arm in arm"
            named = (
                word.low in self.names or word.low in COLOURS
            )  # "in the pawnshop Mara laid", "a meadow white with daisies"
            participle = participle or (word.low.endswith("ed") and len(word.low) > 4 and not is_modifier(word.low))
            return participle or named or (len(word.low) > 5 and word.low.endswith("ing")) or word.low in _PREDICATES
        complete = (
            find_term(self.low[start:at], at - start) is not None
            and find_term(self.low[start : at + 1], at + 1 - start) is None
        )
        if not complete:
            forms = {form for verb in verbs().get(word.low, ()) for form in verb.forms}
            return (
                bool(forms)
                and forms <= {"s", "ing"}
                and not is_modifier(word.low)
                and find_place(self.low[start : at + 1]) is None
                and find_term(self.low[at : at + 1], 1) is None
                and find_term(self.low[start : at + 1], at + 1 - start) is None
                and word.low.endswith("ing") is False
            )
        forms = {form for verb in verbs().get(word.low, ()) for form in verb.forms}
        named = word.text[0].isupper() or word.low in self.names
        return bool(forms & {"s", "ing", "past", "pp"}) or named or word.low in _PREDICATES
