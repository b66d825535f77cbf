"""Reads a sentence: where its verbs are and what stands before one.

What that means for the scene is decided in ``rules``.
"""

from companion_hub.services.scene import cues
from companion_hub.services.scene.lexicon import find_term, is_modifier
from companion_hub.services.scene.passages import Mode, sentence_texts
from companion_hub.services.scene.phrases import Phrases
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
from companion_hub.services.texts import word_set

_HEADS_FOR = word_set(
    "straight right for to back off into out down up inside outside over home toward towards across through"
)
# Named like a deed: "training starts in ten".
_EVENTS = word_set("training boarding parking filming shooting shopping")
_BECOMES = word_set("dressed changed undressed wrapped bundled")
_NOT_QUALITIES = word_set("light deep high low one two dry clean")
_PARTICLES = word_set("up down off back away inside outside upstairs downstairs in out over around")
_PERCEIVED = word_set(
    "let lets make makes made see sees saw watch watches watched help helps helped hear feel have had has"
)
_WAYS = word_set("into onto through across over down up along past out towards toward")
_OBJECTS = word_set("her him me us them")
_PLURALS = frozenset("children men women people feet hands".split())


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
_GOES_ON_WITH = {
    "on": word_set("go keep carry"),
    "about": word_set("set go"),
    "to": word_set("set fall return settle get"),
}
# Before an -ing: "halfway through …", "back to …", "gets on with …".
_AMID = (
    ["halfway", "through"],
    ["middle", "of"],
    ["midst", "of"],
    ["back", "to"],
    ["on", "with"],
    ["out", "back"],
    ["to", "work"],
)
_CLOSED = PREPOSITIONS | CONJUNCTIONS | DETERMINERS | PRONOUNS | BE | HAVE | DO | MODALS
_AFTER_LAY = DETERMINERS | (PRONOUNS - {"who"})
_FOLLOW_VERBS = DETERMINERS | PREPOSITIONS | PRONOUNS
_NO_NAMES = (
    DETERMINERS
    | PREPOSITIONS
    | word_set("two three four five six seven eight nine ten twenty hundreds thousands dozens half")
)
_LASTING = frozenset("be sit stand lie lean kneel stay lounge perch crouch squat curl wait relax rest".split())


class Sentence(Phrases):
    """Adds to the words: which of them are verbs."""

    def __init__(self, text: str, mode: Mode, names: frozenset[str]) -> None:
        super().__init__(text, mode, names)
        self._verbs: dict[int, tuple[str, frozenset[Form]] | None] = {}

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
        following = verbs().get(self.at(index + 1), ())
        if self.at(index) in _EVENTS and any(v.forms == frozenset[Form](["s"]) for v in following):
            return None  # "training starts in ten"
        if before == "as" and forms <= {"base"} and self.at(index - 2) not in ("just", "same"):
            return None  # "cool as water"
        if self.at(index) == "lies" and self.mode != "narration" and self.is_boundary(index + 1):
            return None  # "Lies, all lies!"
        if self.at(index) == "drunk" and self.at(self.before_adverbs(index)) not in HAVE:
            return None  # "the wasps, drunk and good-natured"
        if forms <= {"base"} and self.at(self.before_adverbs(index)) in BE - {"'s", "’s"} and before != "n't":
            return None  # "there was dust on his boots"
        if self.at(index) == "lay" and self.at(index + 1) not in _AFTER_LAY:
            return "lie", frozenset[Form](["past"])
        if self.at(index) == "left" and self.at(index + 1) in cues.BODY_PARTS:
            return None
        if self._is_repeated(index):
            return None  # "row upon row", "step by step"
        if before.endswith("'s") and "pp" in forms and find_term([self.at(index + 1)], 1) is not None:
            return None  # "the stranger's painted coat"
        if before == "that" and self.at(index - 2) in _OBJECTS and forms <= {"base"}:
            return None  # "play me that waltz"
        if before in DO | {"doing"} and forms <= {"s"}:
            return None  # "does squats"
        if (
            before in ("first", "second", "third", "last", "next", "same", "only")
            and (self.at(index - 2) in DETERMINERS or before == "same")
            and (forms <= {"base"} or forms <= {"ing"})
        ):
            return None  # "the first pitch of the cliff", "Same walk, same bag."
        if (
            forms <= {"s"}
            and index
            and (
                ("base" in (self.verb_at(index - 1) or ("", ()))[1] and self.at(index - 2) in MODALS)
                or "ing" in (self.verb_at(index - 1) or ("", ()))[1]
                or self.at(index + 1) == "of"
            )
        ):
            return None  # "I can count stitches", "pulling weeds", "curls of wood"
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
        if (
            before == "to"
            and "base" not in forms
            and not ("ing" in forms and (self.at(index - 2) in ("back", "down") or self.goes_on_with(index - 1)))
        ):
            return None
        if before in (",", "and", "with") and self.at(index) in cues.BODY_PARTS and self.at(index + 1).endswith("ing"):
            return None  # ", curls bouncing"
        if self.at(index) == "seat" and self.at(index + 1) not in _OBJECTS | {"you", "yourself"}:
            return None  # "Window seat, knees up"
        if self._inside_noun_phrase(index, forms) or self._is_noun(index, forms):
            return None
        return base, forms

    def _is_repeated(self, index: int) -> bool:
        """Whether the word is one of "row upon row", "step by step"."""
        around = ((index, index + 1, index + 2), (index - 2, index - 1, index))
        return any(
            self.at(first) == self.at(last) != "" and self.at(middle) in ("upon", "after", "by", "to", "on", "for")
            for first, middle, last in around
        )

    def _strange_verb(self, index: int) -> frozenset[Form]:
        """Return the forms an unknown word has where only a verb can stand: "she zigzags through", "is whittling a spoon"."""
        low = self.at(index)
        if len(low) < 3 or not low.replace("-", "").isalpha() or is_modifier(low) or is_adverb(low) or low in _CLOSED:
            return frozenset()
        if len(low) < 4 and self.at(index + 1) not in _OBJECTS | DETERMINERS | {"you"}:
            return frozenset()
        if low.endswith("ing"):
            return frozenset[Form](["ing"]) if self._is_strange_gerund(index) else frozenset()
        before = self.before_adverbs(index)
        if low.endswith("ed") and self.at(before) in BE and not is_modifier(low):
            return frozenset[Form](["pp"])
        if (
            self.at(index + 1) in _OBJECTS
            and before >= 0
            and self.words[before].is_word
            and self.at(before) not in _CLOSED
        ):
            if low.endswith(("ed", "s")) and not low.endswith(
                ("ss", "us", "is")
            ):  # "the tide deposits her on the sand"
                return frozenset[Form](["past" if low.endswith("ed") else "s"])
        subject = self.at(before) in SUBJECTS | self.names and (self.at(before) != "it")
        subject = subject or (
            self.at(index + 1) in PREPOSITIONS
            and before >= 0
            and find_term(self.low[: before + 1], before + 1) is not None
        )
        if self.at(before) in ("i", "we", "they", "you") and self.at(index + 1) in _WAYS | _OBJECTS | DETERMINERS | {
            "you"
        }:
            return frozenset[Form](["base"])  # "I cannonball into the pool", "I tow you"
        someone = self.at(index + 1) in _OBJECTS or (
            self.at(index + 1) == "you" and self.at(index + 2) in _WAYS | {"to"}
        )
        if (
            self.at(before) in ("and", "then", ",")
            and someone
            and not low.endswith(("s", "ed"))
            and self._told_in_base(before)
        ):
            return frozenset[Form](["base"])  # "I giggle and tow you into the kitchen"
        if (
            self.at(before) in ("and", "then")
            and find_term([low], 1) is None
            and self.at(index + 1) in _WAYS
            and low[-2:] not in ("ed", "es")
            and self._told_in_base(before)
        ):
            return frozenset[Form](["base"])  # "I scrub in beside you and shoulder through the doors"
        goes_on = self.at(before) in ("and", "then", "but") or (self.at(before) == "," and self.mode == "narration")
        follows = self.is_boundary(index + 1) or self.at(index + 1) in _FOLLOW_VERBS or is_adverb(self.at(index + 1))
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

    def _told_in_base(self, before: int) -> bool:
        """Whether the last verb before an index has the bare form of "I" or "we"."""
        earlier = [at for at in range(before) if self.verb_at(at) is not None]
        return (
            bool(earlier)
            and "base" in (self.verb_at(earlier[-1]) or ("", ()))[1]
            and "to" not in self.group_before(earlier[-1])[1]
        )

    def _told_in_past(self, before: int) -> bool:
        """Whether a verb before an index is in the past tense and nothing else."""
        earlier = [verb for at in range(before) if (verb := self.verb_at(at)) is not None]
        return bool(earlier) and "past" in earlier[-1][1]

    def _is_strange_gerund(self, index: int) -> bool:
        """Whether an unknown word is something being done: "is whittling a spoon", "*sanding the chair*"."""
        low = self.at(index)
        if len(low) < 6 or low in _NO_GERUNDS:
            return False
        going_on = self.is_going_on(index) or (self.mode == "narration" and self.before_adverbs(index) < 0)
        following = self.at(index + 1)
        of_something = (
            following in DETERMINERS
            or following in ("through", "up", "together", "for", "around", "out", "off", "down")
            or (following.endswith("s") and following not in ("this", "as", "is", "was", "us"))
        )
        own = set(self.low[index + 1 : index + 2 + (following in DETERMINERS)])  # not "the chair legs"
        return going_on and of_something and not own & (cues.BODY_PARTS - {"hair"})

    def is_going_on(self, index: int) -> bool:
        """Whether the words before an -ing say that it is being done: "is …", "busy …", "goes back to …", "sits on the porch …"."""
        before = self.before_adverbs(index)
        low, two = self.at(before), self.low[max(0, before - 1) : before + 1]
        if low in BE or low in _BEGINNINGS or low == "been" or not BE.isdisjoint(self.group_before(index)[1]):
            return True
        if two in _AMID or self.goes_on_with(before):
            return True
        if low in (",", "and") or find_place([low]) is not None:
            return self.lasts(before)
        placed = any(self.at(at) in ("in", "at", "on", "by", "under") for at in range(max(1, before - 4), before))
        return placed and self.verb_at(before) is None and low not in _CLOSED and self.lasts(before)

    def goes_on_with(self, before: int) -> bool:
        """Whether "went on", "keeps on" stand there: what follows is being done."""
        begun = _GOES_ON_WITH.get(self.at(before), frozenset())
        return any(verb.base in begun for verb in verbs().get(self.at(before - 1), ()))

    def lasts(self, before: int) -> bool:
        """Whether what stands before a comma tells where one is or in what posture: "is in the kitchen, flipping pancakes"."""
        told = [self.verb_at(at) for at in range(before)]
        bases = {verb[0] for verb in told if verb is not None}
        if not BE.isdisjoint(self.low[:before]):
            bases.add("be")
        return bool(bases & _LASTING) and len(bases) <= 3

    def _is_noun(self, index: int, forms: frozenset[Form]) -> bool:
        """Whether a bare form stands after a noun or adjective ("the botanical garden"), where only a noun can."""
        if index == 0 and "base" in forms:  # "Water drummed on the tiles"
            following = self.at(1 + (is_adverb(self.at(1)) and not self.is_boundary(2)))
            finite = any(v.forms & {"past", "s"} and "base" not in v.forms for v in verbs().get(following, ()))
            told = self.mode == "narration" and following.endswith("ed") and not is_modifier(following)
            if (finite or told or following in BE | HAVE) and self.at(0) not in ("get", "stay", "keep", "come", "go"):
                return True
        if forms <= {"base"} and self.at(index - 1) in (",", "that", "and") and index:
            following = verbs().get(self.at(index + 1), ())
            if self.at(index + 1) in ("does", "is", "was", "has", "isn't") or any(
                v.forms == frozenset[Form](["s"]) for v in following
            ):
                return True  # "that sleep does not touch", ", film starts in 20"
        if (
            forms <= {"base"}
            and self.at(index - 1) in (",", "and")
            and self.at(index) in cues.BODY_PARTS
            and self.mode == "narration"
            and not (self.at(index) == "head" and self.at(index + 1) in _HEADS_FOR)
        ):
            return True  # ", head on your chest"
        if not forms <= {"base"} or index == 0 or not self.words[index - 1].is_word:
            return False
        before = self.words[index - 1]
        low = before.low
        closed = (
            low in PRONOUNS or low in BE or low in HAVE or low in DO or low in MODALS or low in NEGATIONS
            or low in CONJUNCTIONS or low in PREPOSITIONS or low in DETERMINERS or low in ("let's", "come", "go") or is_adverb(low)
        )  # fmt: skip
        taking = (
            self.at(index + 1) in DETERMINERS | PRONOUNS
        )  # "lets the maid draw the boots": but "watch the meteor shower"
        caused = taking and any(
            self.at(at) in _PERCEIVED and self.at(at + 1) in DETERMINERS for at in range(max(0, index - 5), index - 2)
        )
        named = before.text[0].isupper() and (index > 1 or low in self.names or find_term([low], 1) is None)
        plural = low in _PLURALS or (low.endswith("s") and not low.endswith(("ous", "ss")))
        return not (closed or caused or plural or named)

    def _is_object_pronoun(self, index: int) -> bool:
        """Whether "her" stands alone after a verb of seeing, letting or helping ("lets her take")."""
        return self.at(index - 1) in (_PERCEIVED)

    def _particle(self, index: int) -> bool:
        """Whether a preposition belongs to the verb before it and governs nothing ("stands up walks")."""
        return self.at(index) in _PARTICLES and self.verb_at(index - 1) is not None

    def _inside_noun_phrase(self, index: int, forms: frozenset[Form]) -> bool:
        """Whether a word that could be a verb is part of a noun phrase ("a red dress", "the knitted scarf", "work clothes")."""
        before = self.at(index - 1)
        if "past" in forms and self.at(index + 1) in _OBJECTS:
            return False  # "midnight found them"
        if index > 0 and self.words[index - 1].is_word and is_modifier(before) and before not in verbs():
            return not is_adverb(before) and before not in _NOT_QUALITIES
        if self.at(index).endswith("ing") and before.endswith("ed") and self.at(index - 2) in DETERMINERS:
            if find_term([self.at(index + 1)], 1) is not None:
                return True  # "the borrowed riding breeches"
        # "her fitted coat", "a pleated skirt": a participle between determiner and garment is caught by the determiner;
        # here a noun in front of a garment word ("work clothes", "dress shirt", "wrap dress").
        if self._names_place(index):
            return True
        following = self.at(index + 1)
        pair = None if following in PREPOSITIONS else find_term([self.at(index), following], 2)
        return bool(forms & {"base", "ing"}) and pair is not None and pair[0] == 0

    def _names_place(self, index: int) -> bool:
        """Whether a word ends the name of a place: "the tide pools", "the tree house"."""
        if (
            self.at(index).endswith("ing")
            and self.at(index - 2) in DETERMINERS
            and self.verb_at(index - 1) is None
            and find_place([self.at(index)]) is not None
        ):
            return True  # "the second landing"
        found = find_place(self.low[index - 1 : index + 1]) if index else None
        return found is not None and found[:2] == (0, 2)

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
            elif low in ("come", "go") and (at == index - 1 or self.at(at + 1) in ("get", "and")):
                pass  # "come sit with me", "go change", "go get changed"
            elif low == "to" and "to" not in helpers:
                helpers.add(low)
                return at - 1, frozenset(helpers)
            elif low == "," and at > 2 and is_adverb(self.low[at - 1]) and self.low[at - 2] == ",":
                at -= 2  # "she, slowly, takes"
            else:
                break
            at -= 1
        return at, frozenset(helpers)


# Nobody's sentence is longer; what pretends to be is read in pieces, so that the time stays linear.
_MAX_SENTENCE_WORDS = 80


def sentences(piece: str, mode: Mode, names: frozenset[str]) -> list[Sentence]:
    return [Sentence(part, mode, names) for text in sentence_texts(piece) for part in _bounded(text)]


def _bounded(sentence: str) -> list[str]:
    words = sentence.split()
    if len(words) <= _MAX_SENTENCE_WORDS:
        return [sentence]
    return [" ".join(words[at : at + _MAX_SENTENCE_WORDS]) for at in range(0, len(words), _MAX_SENTENCE_WORDS)]
