"""Who acts in a sentence and whose a thing is: companion, user, both or someone else."""

import itertools
import re
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from companion_hub.models.scene import Garment, Scene
from companion_hub.services.scene import cues
from companion_hub.services.scene.lexicon import find_term
from companion_hub.services.scene.reading import Sentence
from companion_hub.services.scene.verbs import (
    BE,
    CONJUNCTIONS,
    DETERMINERS,
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
from companion_hub.services.texts import word_set

Speaker = Literal["user", "companion"]
# What the companion is called in the third person; "" when nobody knows.
Pronoun = Literal["she", "he", "they", ""]
# "garment": the subject is a piece of clothing ("the robe slips off her shoulders").
Who = Literal["companion", "user", "both", "other", "garment"]


_SELVES = word_set("myself herself himself yourself themselves ourselves itself")


class Event(NamedTuple):
    """A verb that is used, who acts, and how sure it is that it happens (0: it does not; OPEN: undecided)."""

    sentence: Sentence
    at: int
    base: str
    form: str
    who: Who
    confidence: float
    subject: str  # the words of a garment that acts, else ""


class Clothes(NamedTuple):
    """Garments named after a verb, the possessive before the first, and where the words end."""

    garments: tuple[Garment, ...]
    owner: str
    end: int
    only: bool


class Voices:
    """What carries over from sentence to sentence of one message, and who the words in it mean."""

    def __init__(
        self, text: str, speaker: Speaker, scene: Scene, companion_name: str, user_name: str, pronoun: Pronoun
    ) -> None:
        self.text = text
        self.speaker: Speaker = speaker
        self.scene = scene
        self.companion = _name_words(companion_name)
        self.user = _name_words(user_name)
        self.names = self.companion | self.user
        self.user_name = user_name
        self.first_person = False  # whether the narrator says "I"
        # Told, or what the companion's narration used for itself first.
        self.own_pronoun: str = (pronoun or _suggested_by(scene)) if speaker == "companion" else ""
        self.stranger = ""  # the pronoun the last-mentioned third person takes ("any" when unknown)
        self.last_clothes: Clothes | None = None
        self.earlier: Event | None = None  # the verb before this one in the sentence
        self.shares = False  # whether that one went on with the "will" or "to" of one before
        self.stripping = False  # whether clothes come off one after another: "the coat went first; then the boots"

    def _subject(
        self, sentence: Sentence, index: int, base: str, forms: frozenset[Any], before: str
    ) -> tuple[Any, bool, str]:
        """Return (who, whether the sentence says so, the subject's words when it is a garment)."""
        at, helpers = sentence.group_before(index)
        while (
            at > 1
            and sentence.at(at) in ("outside", "inside", "upstairs", "downstairs")
            and sentence.verb_at(at - 1) is None
        ):
            at -= 1  # "the kids outside are"
        low = sentence.at(at)
        following_let = low in ("let's",) or (low == "us" and sentence.at(at - 1) == "let")
        if following_let:
            return "both", True, ""
        if "to" in helpers:
            return self._object_control(sentence, at, before)
        if low in PRONOUNS and low not in _SELVES:
            if low in ("him", "her", "them") and before == "companion" == self.speaker:
                return "user", True, ""  # "watches him take off his jacket": not herself
            who = self._pronoun(sentence, at)
            if low in ("her", "him", "me", "them", "us", "it") and not forms & {"base", "ing"}:
                return before or "other", False, ""
            if low in ("him", "her") and self.speaker == "companion" and "ing" in forms:
                return before or "companion", False, ""
            return who, True, ""
        if at >= 0 and sentence.words[at].is_word and low not in CONJUNCTIONS and low not in PREPOSITIONS:
            phrase = self._phrase_subject(sentence, at, index, forms, before)
            if phrase is not None:
                return phrase
        return self._implicit(sentence, index, forms, before)

    def _object_control(self, sentence: Sentence, at: int, before: str) -> tuple[Any, bool, str]:
        """ "asks you to", "helps me to": who is meant by the object; otherwise the subject goes on."""
        low = sentence.at(at)
        if low in PRONOUNS and low not in ("it",) and not low.endswith(("self", "selves")):
            return self._pronoun(sentence, at), False, ""
        return before or ("companion" if self.speaker == "companion" else "user"), False, ""

    def _implicit(self, sentence: Sentence, index: int, forms: frozenset[Any], before: str) -> tuple[Any, bool, str]:
        if "ing" in forms and sentence.low[max(0, index - 2) : index] in (["how", "about"], ["what", "about"]):
            return "both", False, ""
        if before:
            return before, False, ""
        if sentence.mode == "narration":
            later = self._following_subject(sentence, index) if "ing" in forms else ""
            return later or ("companion" if self.speaker == "companion" else "user"), False, ""
        if "ing" in forms and (later := self._following_subject(sentence, index)):
            return later, False, ""
        if "base" in forms and not self._own_words_follow(sentence, index):
            return "imperative", False, ""
        return ("companion" if self.speaker == "companion" else "user"), False, ""

    def _own_words_follow(self, sentence: Sentence, index: int) -> bool:
        """Whether "my" follows: "slip off my coat and smile" narrates without the "I"."""
        words = itertools.takewhile(lambda at: at == index or sentence.verb_at(at) is None, range(index, index + 5))
        return self.speaker == "companion" and "my" in map(sentence.at, words)

    def _following_subject(self, sentence: Sentence, index: int) -> str:
        """Return who acts in the main clause after "Slipping off the coat, …"."""
        for at in range(index + 1, len(sentence) - 1):
            if sentence.at(at) == "," and sentence.at(at + 1) in SUBJECTS and sentence.at(at + 2) != "?":
                return str(self._pronoun(sentence, at + 1))
            if sentence.at(at) == "," and sentence.at(at + 1) in self.companion:
                return "companion"
        return ""

    def _pronoun(self, sentence: Sentence, at: int) -> Any:
        low = sentence.at(at)
        mine: Who = self.speaker
        theirs: Who = "user" if self.speaker == "companion" else "companion"
        if low in ("i", "me", "myself"):
            return mine
        if low == "you" and self.speaker == "companion" and {"together", "both"} & set(sentence.low[at:]):
            return "both"  # "she takes your arm and you walk into the restaurant together"
        if low in ("you", "yourself"):
            if sentence.at(at - 1) == "and" and sentence.at(at - 2) in ("i", "me"):
                return "both"
            return theirs
        if low in ("we", "us", "ourselves"):
            return "both"
        if low in ("it", "who"):
            return "other"
        if sentence.at(at - 1) == "and" and (
            sentence.at(at - 2) in ("you", "i") or sentence.at(at - 2) in self.companion
        ):
            return "both"
        if low == "they" and self.own_pronoun != "they":
            return "other" if self.first_person or self.stranger == "they" else "both"
        return self._third_person(
            {"her": "she", "him": "he", "them": "they"}.get(low, low), subject=low in ("she", "he", "they")
        )

    def _third_person(self, pronoun: str, *, subject: bool) -> Who:
        """Settle whom "she", "he" or "they" means."""
        if self.speaker == "user":
            if self.stranger in (pronoun, "any"):
                return "other"
            return "companion" if self.own_pronoun == pronoun or (not subject and self.first_person) else "other"
        if self.stranger in (pronoun, "any") or self.first_person:
            return "other"
        if not self.own_pronoun and subject:
            self.own_pronoun = pronoun
        return "companion" if self.own_pronoun in ("", pronoun) else "user"

    def _phrase_subject(
        self, sentence: Sentence, at: int, index: int, forms: frozenset[Any], before: str
    ) -> tuple[Any, bool, str] | None:
        """Settle a subject that is a noun phrase ending at ``at``; None when it is another verb's object."""
        start, behind_verb = self._phrase_start(sentence, at)
        words = sentence.low[start : at + 1]
        head = next((i - 1 for i in range(start + 1, at + 1) if sentence.at(i) in PREPOSITIONS), at)
        if words[0] in PREPOSITIONS and not behind_verb:
            head = at  # "in the kitchen Mara takes": what stands before the verb is still the nearest phrase
        name, capital, person = sentence.at(head), sentence.words[head].text[0].isupper(), _is_person(words)
        if name in self.companion or (name.removesuffix("'s") in self.companion and head == at):
            self.stranger = ""
            return "companion", True, ""
        if name in self.user:
            self.stranger = ""
            return ("both" if self._coordinated(sentence, head) else "user"), True, ""
        verb = sentence.verb_at(index)
        if name in ("everyone", "everybody") and (verb is None or verb[0] in cues.WEAR):
            return "other", True, ""
        if name in ("both", "everyone", "everybody", "together"):
            return "both", True, ""
        if head == at and self._falls(sentence, index) and find_term(sentence.low[: at + 1], at + 1) is not None:
            return "garment", False, " ".join(words)
        if behind_verb and "ing" in forms and self._has_going_on(sentence, start):
            return "other", False, ""
        if behind_verb and not person:
            return (before or self.speaker, False, "") if before or {"ing", "pp"} & forms else None
        if name in cues.ACTING_PARTS:
            return self._owner(words[0], sentence), True, ""
        if person and not behind_verb:
            self._note_stranger(sentence, start, words)
            return "other", True, ""
        last_is_name = sentence.words[at].text[0].isupper()
        if not last_is_name and (
            words[0] in PREPOSITIONS or ("base" in forms and "s" not in forms and not name.endswith("s"))
        ):
            return None
        if person or (capital and head > 0) or words[0] in DETERMINERS:
            if person or capital:
                self._note_stranger(sentence, start, words)
            return "other", True, ""
        if capital and forms & {"s", "past"} and not is_adverb(name) and len(words) == 1:
            self._note_stranger(sentence, start, words)
            return "other", True, ""
        return None

    def _note_stranger(self, sentence: Sentence, start: int, words: Sequence[str]) -> None:
        """Remember whom a pronoun may mean from now on: not the steam, nor the guest of "by the time the guest had gone"."""
        if cues.UNLIVING & set(words) or words[-1].endswith(("ness", "ing", "light")):
            return
        if (
            any(low in cues.SUBORDINATING | {"time", "after", "before", "till"} for low in sentence.low[:start])
            and not self.stranger
        ):
            return
        gender = _gender(words)
        plural = gender == "any" and (words[-1].endswith("s") or words[-1] in ("people", "children", "men", "women"))
        self.stranger = "they" if plural else gender

    @staticmethod
    def _has_going_on(sentence: Sentence, start: int) -> bool:
        """Whether what stands before an -ing does it: "I've got a coat of paint drying", "hears the rain drumming"."""
        ruling = sentence.verb_at(start - 1)
        return sentence.at(start - 1) in HAVE or (
            ruling is not None and ruling[0] in ("have", "get", "see", "hear", "notice", "smell", "find", "leave")
        )

    @staticmethod
    def _phrase_start(sentence: Sentence, at: int) -> tuple[int, bool]:
        """Return where the words before a verb begin, and whether they follow another verb (and may be its object)."""
        start = at
        while start > 0 and sentence.words[start - 1].is_word and sentence.at(start - 1) not in CONJUNCTIONS:
            low = sentence.at(start - 1)
            if sentence.verb_at(start - 1) is not None or low in BE | MODALS | NEGATIONS:
                return start, sentence.verb_at(start - 1) is not None or low in BE
            if low in PRONOUNS and low not in POSSESSIVES:
                return start, True
            start -= 1
        return start, False

    def _coordinated(self, sentence: Sentence, at: int) -> bool:
        return sentence.at(at - 1) == "and" and (
            sentence.at(at - 2) in self.companion or sentence.at(at - 2) in ("i", "you", "she", "he")
        )

    def _falls(self, sentence: Sentence, index: int) -> bool:
        known = verbs().get(sentence.at(index))
        return bool(known) and known[0].base in cues.FALLS

    def _owner(self, owner: str, sentence: Sentence) -> Who | Literal[""]:
        """Return whose something is, from its possessive; "" when the words do not say."""
        theirs: Who = "user" if self.speaker == "companion" else "companion"
        if owner == "my":
            return self.speaker
        if owner == "your":
            return theirs
        if owner == "our":
            return "both"
        if owner in ("her", "his", "their"):
            pronoun = {"her": "she", "his": "he", "their": "they"}[owner]
            if self.speaker == "companion":
                if self.stranger in (pronoun, "any") and self.stranger:
                    return "other"
                if self.first_person:
                    return "user" if not self.stranger else "other"
                if self.own_pronoun and self.own_pronoun != pronoun:
                    return "user"
                return "companion"
            return "companion" if self.own_pronoun == pronoun else ""
        if owner.endswith("'s"):
            name = owner[:-2]
            return "companion" if name in self.companion else "user" if name in self.user else "other"
        return ""

    def _object(self, event: Event, pronoun: str) -> Who | Literal[""]:
        """Return who a pronoun object is."""
        if pronoun in ("me", "myself"):
            return self.speaker
        if pronoun in ("you", "yourself"):
            return "user" if self.speaker == "companion" else "companion"
        if pronoun in ("us", "ourselves"):
            return "both"
        if pronoun in ("herself", "himself", "themselves", "themself"):
            return event.who
        if pronoun in ("her", "him", "them"):
            if self.speaker == "user":
                return "companion" if event.who == "user" else ""
            return "user" if event.who == "companion" else "companion" if not self.first_person else "other"
        return ""

    def _body_owner(self, event: Event, at: int) -> Who | Literal[""]:
        """Return whose body a phrase like "her shoulders" or "me" at an index is, "" when it is no body."""
        sentence = event.sentence
        low = sentence.at(at)
        if low in PRONOUNS and not (low == "her" and self._phrase_follows(sentence, at)):
            return self._object(event, low)
        if low in cues.BODY_PARTS or (low == "the" and sentence.at(at + 1) in cues.BODY):
            return event.who
        if self._is_anothers_body(sentence, at):
            return "other"
        if low in POSSESSIVES:
            following = sentence.low[at + 1 : at + 4]
            if not any(word in cues.BODY for word in following):
                return ""
            if low in ("her", "his", "their") and self.speaker == "user":
                return "companion" if event.who == "user" and self.first_person else ""
            owner = self._owner(low, sentence)
            return owner if owner in ("companion", "user", "both", "other") else ""
        return ""

    def _is_anothers_body(self, sentence: Sentence, at: int) -> bool:
        """Whether a phrase like "the shivering boy's shoulders" begins at an index."""
        for index in range(at, min(at + 4, len(sentence))):
            low = sentence.at(index)
            if low.endswith("'s") and low[:-2] not in self.names:
                return sentence.at(index + 1) in cues.BODY
        return False

    def _phrase_follows(self, sentence: Sentence, at: int) -> bool:
        following = sentence.at(at + 1)
        return (
            bool(following)
            and sentence.words[at + 1].is_word
            and following not in PREPOSITIONS | CONJUNCTIONS
            and not is_adverb(following)
        )


def pronoun_of(presentation: str | None) -> Pronoun:
    """Return the pronoun of a companion's gender presentation, "" where it does not say."""
    return "she" if presentation == "feminine" else "he" if presentation == "masculine" else ""


_WOMENS = frozenset("dress sundress gown skirt blouse bra panties bikini heels stilettos stockings".split())


def _suggested_by(scene: Scene) -> Pronoun:
    """Return the pronoun that clothes suggest where nobody told it: who wears a sundress is not the "he" of the story."""
    worn = {word for garment in scene.garments for word in garment.kind.split()}
    return "" if worn.isdisjoint(_WOMENS) else "she"


def _name_words(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in re.findall(r"[^\W\d_]+", name) if len(word) > 1)


def _is_person(words: Sequence[str]) -> bool:
    heads = set(words)
    return bool(heads & (cues.PEOPLE_SHE | cues.PEOPLE_HE | cues.PEOPLE_ANY))


def _gender(words: Sequence[str]) -> str:
    heads = set(words)
    return "she" if heads & cues.PEOPLE_SHE else "he" if heads & cues.PEOPLE_HE else "any"
