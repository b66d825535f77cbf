"""Reads a sentence: where its verbs are, what stands before and after one, which noun phrase begins at a word.

What that means for the scene is decided in ``rules``.
"""

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
    Form,
    is_adverb,
    verbs,
)
from companion_hub.services.scene.words import split_names, tokens
from companion_hub.services.texts import word_set

# "the very long old red silk dress": no noun phrase has more words.
_MAX_PHRASE_WORDS = 12

_SENTENCE = re.compile(
    r"(?:[^.!?…\n]|\.(?=\w)|(?<=\b[A-Z])\.|(?<=\bMr)\.|(?<=\bMrs)\.|(?<=\bDr)\.|(?<=\bSt)\.)+[.!?…~]*"
)
_AMOUNTS = word_set("pair set pairs sets string strand kind sort couple piece pieces layers all")
_BECOMES = word_set("dressed changed undressed wrapped bundled")
_NOT_QUALITIES = word_set("light deep high low one two dry clean")
_PARTICLES = word_set("up down off back away inside outside upstairs downstairs in out over around")
_PERCEIVED = word_set("let lets make makes made see sees saw watch watches watched help helps helped hear feel have")
_PLURALS = frozenset("children men women people feet hands".split())
# Said of a garment after it: "tugs my scarf loose", "her coat open".
_PREDICATES = frozenset(
    "loose open free tight tighter closed shut aside up high low straight undone first barefoot finger one two clean fall slip drop slide pool".split()
)


_BEGINNINGS = frozenset(
    "start starts started begin begins began keep keeps kept resume resumes continue continues busy spend spends".split()
)
# Words in -ing that tell no deed, or one that is over at once.
_NO_GERUNDS = frozenset(
    "morning evening nothing something anything everything during darling amazing interesting boring exciting charming stunning "
    "freezing exhausting embarrassing disgusting annoying terrifying willing missing outstanding intriguing tempting dying "
    "wincing squinting panting swallowing arching batting cocking flashing biting licking clearing clenching trailing "
    "avoiding meaning being going becoming getting causing leaving making taking giving ceiling building wedding".split()
)
_CLOSED = PREPOSITIONS | CONJUNCTIONS | DETERMINERS | PRONOUNS | BE | HAVE | DO | MODALS
_NO_NAMES = (
    DETERMINERS
    | PREPOSITIONS
    | word_set("two three four five six seven eight nine ten twenty hundreds thousands dozens half")
)
_LASTING = frozenset("be sit stand lie lean kneel stay lounge perch crouch squat curl wait relax rest".split())


class Sentence:
    """The words of one sentence and what can be said about each of them."""

    def __init__(self, text: str, mode: Mode, names: frozenset[str]) -> None:
        self.text = text
        self.mode: Mode = mode
        self.names = names
        self.words = split_names(tokens(text), names)
        self.low = [word.low for word in self.words]
        self._verbs: dict[int, tuple[str, frozenset[Form]] | None] = {}
        self.asks = text.rstrip(" \"'”’)*~").endswith("?")

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

    # --- verbs -----------------------------------------------------------------------------------------------------

    def verb_at(self, index: int) -> tuple[str, frozenset[Form]] | None:
        """Return (base, possible forms) when the word is used as a verb here."""
        if index not in self._verbs:
            self._verbs[index] = self._read_verb(index)
        return self._verbs[index]

    def _read_verb(self, index: int) -> tuple[str, frozenset[Form]] | None:
        known = verbs().get(self.at(index))
        if not known and self.at(index) in HAVE and cues.HAD.match(" ".join(self.low[index + 1 : index + 4])):
            return "have", frozenset[Form](["past" if self.at(index) == "had" else "base"])
        if not known:
            strange = self._strange_verb(index)
            return (self.at(index), strange) if strange else None
        base = known[0].base
        forms: frozenset[Form] = known[0].forms
        if len(known) > 1:  # "lay", "left", "wound", "ground": the first row of the table wins, forms of all count
            forms = forms.union(*(verb.forms for verb in known))
        before = self.at(index - 1)
        if self.at(index) == "lay" and self.at(index + 1) not in DETERMINERS | (PRONOUNS - {"who"}):
            return "lie", frozenset[Form](["base", "past"])
        if before in DO | {"doing"} and forms <= {"s"}:
            return None  # "does squats"
        if before == "back" and self.at(index - 2) in DETERMINERS:
            return None  # "the back garden"
        if before in POSSESSIVES and before != "her":
            return None
        if before in DETERMINERS and before not in ("both", "all", "that", "her", "each", "another"):
            return None
        if before == "her" and not ({"base"} & forms and self._is_object_pronoun(index - 1)):
            return None
        if before in PREPOSITIONS and before != "to" and "ing" not in forms and not self._particle(index - 1):
            return None
        if before == "to" and "base" not in forms:
            return None
        if self._inside_noun_phrase(index, forms) or self._is_noun(index, forms):
            return None
        return base, forms

    def _strange_verb(self, index: int) -> frozenset[Form]:
        """Return the forms an unknown word has where only a verb can stand: "she zigzags through", "is whittling a spoon"."""
        low = self.at(index)
        if len(low) < 4 or not low.replace("-", "").isalpha() or is_modifier(low) or is_adverb(low) or low in _CLOSED:
            return frozenset()
        if low.endswith("ing"):
            return frozenset[Form](["ing"]) if self._is_strange_gerund(index) else frozenset()
        before = self.before_adverbs(index)
        subject = self.at(before) in SUBJECTS | self.names and (self.at(before) != "it")
        goes_on = self.at(before) in ("and", "then", "but") or (self.at(before) == "," and self.mode == "narration")
        follows = (
            self.is_boundary(index + 1)
            or self.at(index + 1) in DETERMINERS | PREPOSITIONS | PRONOUNS
            or is_adverb(self.at(index + 1))
        )
        if low.endswith("s") and not low.endswith(("ss", "us", "is")):
            known_noun = find_term([low], 1) is not None or find_place([low]) is not None
            starts = before < 0 or (
                before == 0
                and self.words[0].text[0].isupper()
                and self.at(0) not in _NO_NAMES
                and not is_modifier(self.at(0))
            )
            told = (
                self.mode == "narration"
                and (starts or self.at(before) in ("and", "then"))
                and not self.is_boundary(index + 1)
            )
            return frozenset[Form](["s"]) if (told or subject) and follows and not known_noun else frozenset()
        if low.endswith("ed") and (subject or (goes_on and self._told_in_past(before))) and follows:
            return frozenset[Form](["past"])
        return frozenset()

    def before_adverbs(self, index: int) -> int:
        before = index - 1
        while before > 0 and is_adverb(self.at(before)):
            before -= 1
        return before

    def _told_in_past(self, before: int) -> bool:
        """Whether a verb before an index is in the past tense and nothing else."""
        earlier = [verb for at in range(before) if (verb := self.verb_at(at)) is not None]
        return bool(earlier) and "past" in earlier[-1][1]

    def _is_strange_gerund(self, index: int) -> bool:
        """Whether an unknown word is something being done: "is whittling a spoon", "*sanding the chair*"."""
        low = self.at(index)
        if len(low) < 6 or low in _NO_GERUNDS:
            return False
        before = self.before_adverbs(index)
        through = self.low[max(0, before - 1) : before + 1] in (
            ["halfway", "through"],
            ["middle", "of"],
            ["midst", "of"],
        )
        going_on = through or self.at(before) in BE or self.at(before) in _BEGINNINGS or self.goes_on_with(before)
        going_on = (
            going_on
            or (self.mode == "narration" and before < 0)
            or (self.at(before) in (",", "and") and self.lasts(before))
        )
        # "is in the greenhouse repotting orchids"
        going_on = going_on or (find_place([self.at(before)]) is not None and self.lasts(before))
        following = self.at(index + 1)
        of_something = (
            following in DETERMINERS
            or following in ("through", "up", "together", "for", "around")
            or (following.endswith("s") and following not in ("this", "as", "is", "was", "us"))
        )
        return going_on and of_something and not set(self.low[index + 1 : index + 4]) & (cues.BODY_PARTS - {"hair"})

    def goes_on_with(self, before: int) -> bool:
        """Whether "went on", "keeps on" stand there: what follows is being done."""
        known = verbs().get(self.at(before - 1), ()) if self.at(before) == "on" else ()
        return any(verb.base in ("go", "keep", "carry") for verb in known)

    def lasts(self, before: int) -> bool:
        """Whether what stands before a comma tells where one is or in what posture: "is in the kitchen, flipping pancakes"."""
        told = [self.verb_at(at) for at in range(before)]
        bases = {verb[0] for verb in told if verb is not None}
        if not BE.isdisjoint(self.low[:before]):
            bases.add("be")
        return bool(bases & _LASTING) and len(bases) <= 3

    def _is_noun(self, index: int, forms: frozenset[Form]) -> bool:
        """Whether a bare form stands after a noun or adjective ("the botanical garden"), where only a noun can."""
        if not forms <= {"base"} or index == 0 or not self.words[index - 1].is_word:
            return False
        before = self.words[index - 1]
        low = before.low
        closed = (
            low in PRONOUNS or low in BE or low in HAVE or low in DO or low in MODALS or low in NEGATIONS
            or low in CONJUNCTIONS or low in PREPOSITIONS or low in DETERMINERS or low in ("let's", "come", "go") or is_adverb(low)
        )  # fmt: skip
        return not (closed or low.endswith("s") or before.text[0].isupper() or low in _PLURALS)

    def _is_object_pronoun(self, index: int) -> bool:
        """Whether "her" stands alone after a verb of seeing, letting or helping ("lets her take")."""
        return self.at(index - 1) in (_PERCEIVED)

    def _particle(self, index: int) -> bool:
        """Whether a preposition belongs to the verb before it and governs nothing ("stands up walks")."""
        return self.at(index) in _PARTICLES

    def _inside_noun_phrase(self, index: int, forms: frozenset[Form]) -> bool:
        """Whether a word that could be a verb is part of a noun phrase ("a red dress", "the knitted scarf", "work clothes")."""
        before = self.at(index - 1)
        if index > 0 and self.words[index - 1].is_word and is_modifier(before) and before not in verbs():
            return not is_adverb(before) and before not in _NOT_QUALITIES
        # "her fitted coat", "a pleated skirt": a participle between determiner and garment is caught by the determiner;
        # here a noun in front of a garment word ("work clothes", "dress shirt", "wrap dress").
        if self._names_place(index):
            return True
        following = self.at(index + 1)
        pair = None if following in PREPOSITIONS else find_term([self.at(index), following], 2)
        return bool(forms & {"base", "ing"}) and pair is not None and pair[0] == 0

    def _names_place(self, index: int) -> bool:
        """Whether a word ends the name of a place: "the tide pools", "the tree house"."""
        found = find_place(self.low[index - 1 : index + 1]) if index else None
        return found is not None and found[:2] == (0, 2)

    # --- what stands before a verb ---------------------------------------------------------------------------------

    def group_before(self, index: int) -> tuple[int, frozenset[str]]:
        """Return the index left of the verb group and the helper words in it ("'m", "not", "to", "had", …)."""
        helpers: set[str] = set()
        at = index - 1
        while at >= 0:
            low = self.low[at]
            if low in BE or low in HAVE or low in DO or low in MODALS or low in NEGATIONS or is_adverb(low):
                helpers.add(low)
            elif low in ("get", "gets", "got", "getting") and self.at(at + 1) in _BECOMES:
                helpers.add("be")
            elif low in ("come", "go") and at == index - 1:
                pass  # "come sit with me", "go change"
            elif low == "to" and "to" not in helpers:
                helpers.add(low)
                return at - 1, frozenset(helpers)
            elif low == "," and at > 0 and is_adverb(self.low[at - 1]) and at - 1 > 0 and self.words[at - 2].is_word:
                pass  # "she, slowly, takes"
            else:
                break
            at -= 1
        return at, frozenset(helpers)

    # --- noun phrases ----------------------------------------------------------------------------------------------

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
        while at < min(len(self.low), start + _MAX_PHRASE_WORDS) and self.words[at].is_word:
            low = self.low[at]
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
                or low in MODALS
                or low in NEGATIONS
            ):
                break
            if low in PRONOUNS or low in ("that", "which", "who", "now", "again", "then"):
                break
            if low.endswith(("'s", "’s")) and at == start:
                owner, start = low, at + 1
                at += 1
                continue
            if at > start and low in DETERMINERS:
                break
            if at > start and self._ends_before(start, at):
                break
            at += 1
        return (start, at, owner) if at > start else None

    def _joins_modifiers(self, start: int, at: int) -> bool:
        return (
            all(is_modifier(low) for low in self.low[start:at])
            and is_modifier(self.at(at + 1))
            and self.at(at + 2) not in ("", ",", ".")
        )

    def _ends_before(self, start: int, at: int) -> bool:
        """Whether the phrase is complete before this word: a verb or a name follows the garment."""
        word = self.words[at]
        if word.low in ("slip", "slide", "fall", "drop", "pool") and find_term(self.low[start:at], at - start):
            return True  # "lets the robe slip": no slip
        if is_adverb(word.low) and word.low not in ("cuddly",):
            return True
        if find_place(self.low[start:at]) is not None and find_place(self.low[start : at + 1]) is None:
            participle = any(verb.forms & {"ing", "pp"} for verb in verbs().get(word.low, ()))
            named = (
                word.low in self.names or word.low in COLOURS
            )  # "in the pawnshop Mara laid", "a meadow white with daisies"
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
                and find_term(self.low[at : at + 1], 1) is None
                and word.low.endswith("ing") is False
            )
        forms = {form for verb in verbs().get(word.low, ()) for form in verb.forms}
        return bool(forms & {"s", "ing", "past", "pp"}) or word.text[0].isupper() or word.low in _PREDICATES


# Nobody's sentence is longer; what pretends to be is read in pieces, so that the time stays linear.
_MAX_SENTENCE_WORDS = 80


def sentences(piece: str, mode: Mode, names: frozenset[str]) -> list[Sentence]:
    return [
        Sentence(part, mode, names)
        for match in _SENTENCE.finditer(piece)
        if match[0].strip(" \"'”“’.,!?…~-—")
        for part in _bounded(match[0])
    ]


def _bounded(sentence: str) -> list[str]:
    words = sentence.split()
    if len(words) <= _MAX_SENTENCE_WORDS:
        return [sentence]
    return [" ".join(words[at : at + _MAX_SENTENCE_WORDS]) for at in range(0, len(words), _MAX_SENTENCE_WORDS)]
