"""Who a pronoun, a possessive or a part of a body means: companion, user, both or someone else."""

import re
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from companion_hub.models.scene import Garment, Operation, Scene
from companion_hub.services.scene import cues
from companion_hub.services.scene.lexicon import MATERIALS
from companion_hub.services.scene.reading import Sentence
from companion_hub.services.scene.verbs import (
    CONJUNCTIONS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    is_adverb,
)

Speaker = Literal["user", "companion"]
# What the companion is called in the third person; "" when nobody knows.
Pronoun = Literal["she", "he", "they", ""]
# "garment": the subject is a piece of clothing ("the robe slips off her shoulders").
Who = Literal["companion", "user", "both", "other", "garment"]


_WOMENS = frozenset("dress sundress gown skirt blouse bra panties bikini heels stilettos stockings".split())


# Who they are matters to nobody: "someone had thrown a blanket round her shoulders".
_NOBODY = frozenset(("someone", "somebody", "nobody", "anyone", "anybody", "else", "another", "other", "third"))


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


def is_plural(piece: Garment) -> bool:
    """Whether one says "them" of it: of boots, not of a dress."""
    return piece.name.lower().endswith("s") and not piece.name.lower().endswith("ss")


class Persons:
    """What carries over from sentence to sentence of one message, and who its words mean."""

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
        self.found: list[Operation] = []
        self.own_pronoun: str = pronoun or _suggested_by(scene)
        self.stranger = ""  # the pronoun the last-mentioned third person takes ("any" when unknown)
        self.last_clothes: Clothes | None = None
        self.answers: tuple[Clothes, ...] = ()  # what the messages before named, the last first
        self.named_before = False  # whether these are the last ones
        self.earlier: Event | None = None  # the verb before this one in the sentence
        self.shares = False  # whether that one went on with the "will" or "to" of one before
        self.role = ""  # what a story calls the companion: "the governess"
        self.remembering = False  # whether a sentence before this one asked to remember
        self.supposed = False  # whether the sentence before this one only supposed something
        self.asked = False  # whether the sentence before this one was a question
        self.dresses: Event | None = None  # the sentence before this one told only that she gets dressed
        self.door = ""  # the place whose door the sentence before this one told of
        self.under_way = False  # whether the sentence before this one ended with the companion on the way
        self.stripping = False  # whether clothes come off one after another: "the coat went first; then the boots"

    def _pronoun(self, sentence: Sentence, at: int) -> Any:
        low = sentence.at(at)
        mine: Who = self.speaker
        theirs: Who = "user" if self.speaker == "companion" else "companion"
        if (
            low == "i"
            and sentence.at(at - 1) == "and"
            and (sentence.at(at - 2) == "you" or sentence.at(at - 2) in self.companion)
        ):
            return "both"
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
        if low == "who" and sentence.at(at - 1) == "," and sentence.at(at - 2) in self.companion:
            return "companion"  # "Mara, who was in the greenhouse"
        if low in ("it", "who"):
            return "other"
        if sentence.at(at - 1) == "and" and (
            sentence.at(at - 2) in ("you", "i") or sentence.at(at - 2) in self.companion
        ):
            return "both"
        if low == "they" and self.own_pronoun != "they" and sentence.mode != "narration":
            return "other"  # "they've all gone home"
        if low == "they" and self.own_pronoun != "they":
            return "other" if self.first_person or self.stranger == "they" else "both"
        if self.speaker == "companion" and sentence.mode != "narration" and low in ("she", "he", "her", "him"):
            return "other"  # said aloud, nobody speaks so of herself
        return self._third_person(
            {"her": "she", "him": "he", "them": "they"}.get(low, low), sentence, subject=low in ("she", "he", "they")
        )

    def _third_person(self, pronoun: str, sentence: Sentence, *, subject: bool) -> Who:
        """Settle whom "she", "he" or "they" means."""
        if self.speaker == "user":
            if self.stranger in (pronoun, "any"):
                return "other"
            if sentence.mode == "narration" and self.own_pronoun:
                return "companion" if self.own_pronoun == pronoun else "other" if self.first_person else "user"
            return "companion" if not subject and self.first_person else "other"
        if self.stranger in (pronoun, "any") or self.first_person:
            return "other"
        if not self.own_pronoun and subject:
            self.own_pronoun = pronoun
        return "companion" if self.own_pronoun in ("", pronoun) else "user"

    def _note_stranger(self, sentence: Sentence, start: int, words: Sequence[str]) -> None:
        """Remember whom a pronoun may mean from now on: not the steam, nor the guest of "by the time the guest had gone"."""
        if cues.UNLIVING & set(words) or words[-1].endswith(("ness", "ing", "light")) or words[-1] in _NOBODY:
            return
        if (
            any(low in cues.SUBORDINATING | {"time", "after", "before", "till"} for low in sentence.low[:start])
            and not self.stranger
        ):
            return
        gender = _gender(words)
        plural = gender == "any" and (words[-1].endswith("s") or words[-1] in ("people", "children", "men", "women"))
        self.stranger = "they" if plural else gender

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
                if sentence.mode != "narration" and self.own_pronoun == pronoun:
                    return "other"  # nobody tells so of herself in a chat
                if self.first_person:
                    return "user" if not self.stranger else "other"
                if self.own_pronoun and self.own_pronoun != pronoun:
                    return "user"
                return "companion"
            narrated = sentence.mode == "narration" and self.stranger not in (pronoun, "any")
            return "companion" if narrated and self.own_pronoun == pronoun else ""
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
        if pronoun == "him" and self.own_pronoun == "she" and event.who == "other" and self.speaker == "companion":
            return "other"
        if pronoun in ("her", "him", "them"):
            if self.speaker == "user":
                return "companion" if event.who == "user" else ""
            return "user" if event.who == "companion" else "companion" if not self.first_person else "other"
        return ""

    def _worn_as(self, head: str) -> Garment | None:
        """Return the worn garment a word stands for: the end of its name ("the mail") or its stuff ("the velvet")."""
        worn = [g for g in self.scene.garments if g.state == "worn"]
        called = [g for g in worn if g.name.lower().split()[-1] == head]
        called = called or [g for g in worn if len(head) > 3 and g.name.lower().endswith(head)]
        called = called or [g for g in worn if head in MATERIALS and head in g.materials]
        return called[0] if len(called) == 1 else None

    def _body_owner(self, event: Event, at: int) -> Who | Literal[""]:
        """Return whose body a phrase like "her shoulders" or "me" at an index is, "" when it is no body."""
        sentence = event.sentence
        low = sentence.at(at)
        if low in PRONOUNS and not (low == "her" and self._phrase_follows(sentence, at)):
            return self._object(event, low)
        if low.endswith("'s") and low[:-2] in self.names and sentence.at(at + 1) in cues.BODY:
            return "companion" if low[:-2] in self.companion else "user"
        if low in cues.BODY_PARTS or (low == "the" and sentence.at(at + 1) in cues.BODY):
            return event.who
        if self._is_anothers_body(sentence, at):
            return "other"
        if low in POSSESSIVES and sentence.at(at + 1) == "own" and sentence.is_boundary(at + 2):
            return self._owner(low, sentence)  # "plucks the hat off your head and settles it on her own"
        if low in POSSESSIVES:
            following = sentence.low[at + 1 : at + 4]
            if not any(word in cues.BODY for word in following):
                return ""
            if low in ("her", "his", "their") and self.speaker == "user" and event.who == "user" and self.first_person:
                return "companion"
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
        if following == "back" and sentence.at(at - 1) in ("off", "on", "onto", "down", "across", "from", "over"):
            return sentence.is_boundary(at + 2)  # "off her back"
        return (
            bool(following)
            and sentence.words[at + 1].is_word
            and following not in PREPOSITIONS | CONJUNCTIONS
            and not is_adverb(following)
        )


def pronoun_of(presentation: str | None) -> Pronoun:
    """Return the pronoun of a companion's gender presentation, "" where it does not say."""
    return "she" if presentation == "feminine" else "he" if presentation == "masculine" else ""


def _suggested_by(scene: Scene) -> Pronoun:
    """Return the pronoun that clothes suggest where nobody told it: who wears a sundress is not the "he" of the story."""
    worn = {word for garment in scene.garments for word in garment.kind.split()}
    return "" if worn.isdisjoint(_WOMENS) else "she"


def _name_words(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in re.findall(r"[^\W\d_]+", name) if len(word) > 1)


def _gender(words: Sequence[str]) -> str:
    heads = set(words)
    return "she" if heads & cues.PEOPLE_SHE else "he" if heads & cues.PEOPLE_HE else "any"
