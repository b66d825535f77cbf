"""Who acts in a sentence."""

import itertools
import re
from collections.abc import Sequence
from typing import Any

from companion_hub.services.scene import cues
from companion_hub.services.scene.lexicon import find_term, is_modifier
from companion_hub.services.scene.persons import Persons, is_plural
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

_LIES = ("hang", "lie", "dry")
_SPOKEN = word_set("say ask reply answer whisper murmur mutter cry add remark")
_NUMBERS = word_set("two three four five six seven eight nine ten several")
_WISHES = word_set("want need love like miss tell know think see guess promise swear bet")
_SELVES = word_set("myself herself himself yourself themselves ourselves itself")


class Voices(Persons):
    """Adds to who is meant: who acts."""

    def _subject(
        self, sentence: Sentence, index: int, base: str, forms: frozenset[Any], before: str
    ) -> tuple[Any, bool, str]:
        """Return (who, whether the sentence says so, the subject's words when it is a garment)."""
        at, helpers = sentence.group_before(index)
        while (
            at > 0
            and sentence.at(at) in ("outside", "inside", "upstairs", "downstairs")
            and sentence.verb_at(at - 1) is None
        ):
            at -= 1  # "the kids outside are"
        low = sentence.at(at)
        following_let = low in ("let's",) or (low == "us" and sentence.at(at - 1) == "let")
        if following_let:
            return "both", True, ""
        quoted = index == 1 and sentence.at(0) in ('"', "”", "»")
        if quoted and base in _SPOKEN and "past" in forms and (who := self._who_speaks(sentence, index + 1)):
            return who, True, ""
        if "to" in helpers:
            return self._object_control(sentence, at, before)
        if (
            low in ("them", "us", "you")
            and sentence.at(at - 1) == "of"
            and sentence.at(at - 2) in ("two", "both", "pair")
        ):
            return "both", True, ""  # "the two of them climbed"
        if low == "mind" and sentence.at(at - 1) == "you" and "ing" in forms:
            return self._pronoun(sentence, at - 1), True, ""  # "would you mind taking those boots off?"
        if low in ("whatever", "whoever", "which"):
            return "other", False, ""
        if low in PRONOUNS and low not in _SELVES:
            if low in ("him", "her", "them") and before == "companion" == self.speaker:
                return "user", False, ""  # "watches him take off his jacket": not herself
            mine = self.last_clothes is not None and self._owner(self.last_clothes.owner, sentence) not in (
                "user",
                "other",
            )
            if (
                low in ("it", "they")
                and mine
                and self.last_clothes is not None
                and self._falls(sentence, index, *_LIES)
            ):
                if (low == "they") == is_plural(self.last_clothes.garments[0]):
                    whose = self.last_clothes.owner if self.last_clothes.owner in POSSESSIVES else "the"
                    return "garment", False, f"{whose} {self.last_clothes.garments[0].name.lower()}"
            ruling = sentence.verb_at(at - 1)
            if (
                low in ("it", "them")
                and forms == frozenset(("ing",))
                and before
                and ruling
                and ruling[0] not in cues.PERCEIVES
            ):
                return before, False, ""  # "drinks it standing on the platform"
            if low in ("her", "him", "me", "them", "us") and helpers & BE and sentence.at(at - 1) in PREPOSITIONS:
                return "other", False, ""  # "the girl next to me is putting on a raincoat"
            asked = self.earlier is not None and self.earlier.confidence == cues.REQUESTED
            if low in ("me", "us") and asked and self.earlier and self.earlier.base == "help":
                return "imperative", False, ""  # "help me fold this laundry"
            who = self._pronoun(sentence, at)
            if low == "it" and base == "be":
                return "other", True, ""  # "keep your coat on, it's cold in here"
            if low in ("her", "him", "me", "them", "us", "it") and not forms & {"base", "ing"}:
                return before or "other", False, ""
            if (
                low in ("him", "her")
                and "ing" in forms
                and before == "user"
                and ruling
                and ruling[0] in ("find", "catch", "spot", "leave")
            ):
                return "companion", True, ""  # "he found her kneeling"
            if low in ("him", "her") and self.speaker == "companion" and "ing" in forms:
                return before or "companion", False, ""
            return who, True, ""
        if at >= 0 and sentence.words[at].is_word and low not in CONJUNCTIONS and low not in PREPOSITIONS:
            phrase = self._phrase_subject(sentence, at, index, forms, before)
            if phrase is not None:
                return phrase
        if low == "," and sentence.at(at - 1) in BE and sentence.at(at - 2) in SUBJECTS:
            return self._pronoun(sentence, at - 2), True, ""  # "here we are, arriving at the farm"
        if (
            low == ","
            and "ing" in forms
            and sentence.at(0) in ("it", "that", "there")
            and sentence.at(1) in BE | MODALS
            and all(sentence.verb_at(i) is None for i in range(2, at))
        ):
            return "other", False, ""  # "It's just the fox, stealing sandals again"
        if low == "," and (named := self._before_aside(sentence, at)):
            return named, True, ""
        return self._implicit(sentence, index, forms, before)

    def _who_speaks(self, sentence: Sentence, at: int) -> str:
        """Return who is named after the verb that tells of a quotation: "said the tailor, and sat down"."""
        low = sentence.at(at)
        if low in SUBJECTS:
            return self._pronoun(sentence, at)
        if low in self.companion or low in self.user:
            return "companion" if low in self.companion else "user"
        named = at < len(sentence) and sentence.words[at].text[:1].isupper()
        return "other" if named or low in DETERMINERS else ""

    def _before_aside(self, sentence: Sentence, at: int) -> str:
        """Return who is named before what stands between commas: "Mara, with a small sigh, sat down"."""
        opening = next((i for i in range(at - 1, max(0, at - 8), -1) if sentence.at(i) == ","), 0)
        if not opening or sentence.at(opening - 1) not in self.companion:
            return ""
        free = opening < 2 or sentence.is_boundary(opening - 2)
        return (
            "companion"
            if free
            and all(
                (verb := sentence.verb_at(i)) is None or ("pp" in verb[1] and "base" not in verb[1])
                for i in range(opening, at)
            )
            else ""
        )

    def _object_control(self, sentence: Sentence, at: int, before: str) -> tuple[Any, bool, str]:
        """ "asks you to", "helps me to": who is meant by the object; otherwise the subject goes on."""
        if sentence.at(at) in ("down", "over", "up", "in", "out", "back", "inside") and sentence.at(at - 1) in PRONOUNS:
            at -= 1  # "pull you down to sit beside me"
        low = sentence.at(at)
        if low in PRONOUNS and low not in ("it",) and not low.endswith(("self", "selves")):
            return self._pronoun(sentence, at), False, ""
        asked = next((i + 1 for i in (0, 1, 2) if sentence.at(i) in ("would", "could", "can", "will")), 0)
        if not before and asked and sentence.at(asked) in ("you", "we"):
            return self._pronoun(sentence, asked), True, ""  # "would you be so kind as to play"
        left = sentence.group_before(at)[0]
        if low in HAVE | {"need", "want", "going", "got", "supposed"} and sentence.at(left) in SUBJECTS:
            return self._pronoun(sentence, left), True, ""  # "you'll have to go dancing with your mother"
        return before or ("companion" if self.speaker == "companion" else "user"), False, ""

    def _implicit(self, sentence: Sentence, index: int, forms: frozenset[Any], before: str) -> tuple[Any, bool, str]:
        if "ing" in forms and sentence.low[max(0, index - 2) : index] in (["how", "about"], ["what", "about"]):
            return "both", False, ""
        if before == "garment" and "ing" not in forms:
            joined = self.earlier is not None and sentence.at(sentence.before_adverbs(index)) in ("and", "then")
            return ("garment", False, self.earlier.subject) if self.earlier and joined else ("other", False, "")
        now = self.earlier is None or self.earlier.form in ("s", "ing", "perfect")  # "it's cold, put a coat on"
        wished = self.earlier is not None and self.earlier.base in _WISHES
        if before == self.speaker == "user" and wished and forms & {"base"} and sentence.mode != "narration":
            if sentence.at(sentence.group_before(index)[0]) == ",":
                return "imperative", False, ""  # "I want you in the red dress, go put it on"
        told_of_it = (
            before == "other"
            and forms & {"base"}
            and ("past" not in forms or now)
            and sentence.at(index - 1) in (",", "so", "-", "—")
        )
        if before and not (told_of_it and self.speaker == "user" and sentence.mode != "narration"):
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
        if any(sentence.words[at].is_word and not is_adverb(sentence.at(at)) for at in range(index)):
            return ""
        for at in range(index + 1, len(sentence) - 1):
            if sentence.at(at) == "," and sentence.at(at + 1) in SUBJECTS and sentence.at(at + 2) != "?":
                return str(self._pronoun(sentence, at + 1))
            if sentence.at(at) == "," and sentence.at(at + 1) in self.companion:
                return "companion"
        return ""

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
        if name in ("everyone", "everybody") and (
            verb is None or verb[0] in cues.WEAR or "ing" in forms or sentence.mode != "narration"
        ):
            return "other", True, ""
        if name in ("both", "everyone", "everybody", "together"):
            return "both", True, ""
        if garment := self._garment_subject(sentence, at, index, behind_verb=behind_verb):
            return "garment", not behind_verb, garment
        if sentence.at(start - 1) == "," and "ing" in forms and len(words) < 4 and not sentence.group_before(index)[1]:
            if (
                words[-1] in cues.UNLIVING
                or (len(words) == 1 and words[0].endswith("s") and not person)
                or (words[-1] in cues.BODY_PARTS and words[0] not in cues.ACTING_PARTS)
            ):
                return "other", False, ""  # ", breath smoking"
        had = next(
            (i for i in range(start - 1, at) if sentence.at(i) in HAVE and sentence.at(i + 1) in DETERMINERS), -1
        )
        if had >= 0 and "pp" in forms and "base" not in forms and not self._clothes_at(sentence, had + 1):
            return "other", False, ""  # "I just had the carpet cleaned"
        held = next((i for i in range(at, start, -1) if sentence.at(i) == "with"), 0)
        if held and sentence.at(held + 1) in DETERMINERS and "pp" in forms and "base" not in forms:
            return "other", False, ""  # "with the lantern held high"
        if (
            sentence.at(start - 1) == ","
            and "pp" in forms
            and "base" not in forms
            and len(words) < 3
            and not sentence.group_before(index)[1]
        ):
            if words[0] not in DETERMINERS | self.names and not is_adverb(words[-1]) and words[-1] not in PRONOUNS:
                return "other", False, ""  # ", torch held high"
        if "ing" in forms and held and sentence.at(held + 1) in _NUMBERS:
            return "other", False, ""  # "with six firemen arguing"
        if behind_verb and "ing" in forms and self._has_going_on(sentence, start):
            return "other", False, ""
        led = words[0] in PREPOSITIONS or (behind_verb and not PREPOSITIONS.isdisjoint(words))
        if (behind_verb or words[0] == "of") and person and "ing" in forms and led:
            return "other", False, ""  # "points at a couple dancing on the pier"
        ruling = sentence.verb_at(start - 1)
        if (
            behind_verb
            and "base" in forms
            and ruling
            and ruling[0] in cues.PERCEIVES | {"let", "make", "help"}
            and words[0] in DETERMINERS
        ):
            return "other", False, ""  # "watches the farmer pull on his gloves"
        clause = (
            not BE.isdisjoint(sentence.group_before(index)[1]) and words[0] in DETERMINERS and sentence.at(at + 1) in BE
        )
        if behind_verb and clause and words[0] not in POSSESSIVES:
            return "other", False, ""  # "noticed that the shore was gone"
        if words[0] in ("one", "some", "each", "none", "another") and words[1:2] == ["of"] and not behind_verb:
            self._note_stranger(sentence, start, words)
            return "other", True, ""  # "one of the nurses took off her cap"
        if behind_verb and "ing" in forms and find_term(sentence.low[: at + 1], at + 1) and at == index - 1:
            if verb is not None and verb[0] in ("wait", "hang", "lie", "dry", "stand", "sit", "rest"):
                return "other", False, ""  # "the boots waiting on the mat"
        if behind_verb and not person:
            return (before or self.speaker, False, "") if before or {"ing", "pp"} & forms else None
        if name in cues.ACTING_PARTS:
            return self._owner(words[0], sentence), True, name
        if not behind_verb and self._is_role(sentence, words):
            return "companion", True, ""
        if person and not behind_verb:
            self._note_stranger(sentence, start, words)
            return "other", True, ""
        last_is_name = sentence.words[at].text[0].isupper()
        if not last_is_name and (
            words[0] in PREPOSITIONS
            or (forms & {"base", "past"} == frozenset(("base",)) and "s" not in forms and not name.endswith("s"))
        ):
            return None
        if person or (capital and head > 0) or words[0] in DETERMINERS | _NUMBERS:
            if (person or capital) and not (behind_verb and before == "companion"):
                self._note_stranger(sentence, start, words)
            return "other", True, ""
        if capital and forms & {"s", "past"} and not is_adverb(name) and len(words) == 1:
            self._note_stranger(sentence, start, words)
            return "other", True, ""
        if sentence.mode == "speech" and forms <= {"s"} and not behind_verb and not is_adverb(words[-1]):
            return "other", True, ""  # "Banana bread waits for no one"
        return None

    def _is_role(self, sentence: Sentence, words: Sequence[str]) -> bool:
        """Whether "the governess" is the companion: told by what she is, where nobody else is named or spoken to."""
        if self.role:
            return words[0] == "the" and words[-1] == self.role
        told = (
            self.speaker == "companion" and sentence.mode == "narration" and len(words) in (2, 3) and words[0] == "the"
        )
        if not told or words[-1] not in cues.ROLES or self.stranger or self.first_person:
            return False
        if not self.names.isdisjoint(self.text.lower().replace("'", " ").split()) or re.search(
            r"\b(?:you|your)\b", self.text, re.I
        ):
            return False
        own = {"she": r"\b(?:she|her|herself)\b", "he": r"\b(?:he|his|him|himself)\b"}.get(
            self.own_pronoun, r"\b(?:she|he|they|her|his|their)\b"
        )
        if not re.search(own, self.text, re.I):
            return False
        self.role = words[-1]
        return True

    def _garment_subject(self, sentence: Sentence, at: int, index: int, *, behind_verb: bool) -> str:
        """Return the words of a garment that ends before a verb and is its subject, "" when it is none."""
        found = find_term(sentence.low[: at + 1], at + 1)
        first = at if found is None else found[0]
        while first > 0 and is_modifier(sentence.at(first - 1)) and sentence.verb_at(first - 1) is None:
            first -= 1
        described = first > 1 and sentence.at(first - 2) in DETERMINERS and sentence.verb_at(first - 1) is None
        if described and sentence.at(first - 1) not in DETERMINERS and sentence.words[first - 1].is_word:
            first -= 1  # "her pointed hat is torn off"
        owned = sentence.at(first - 1) in DETERMINERS or sentence.at(first - 1).endswith("'s")
        if found is None and (not owned or self._worn_as(sentence.at(at)) is None):
            return ""
        first -= owned
        before = sentence.at(first - 1)
        if before == "and" and find_term(sentence.low[: first - 1], first - 1):
            while first > 1 and (
                sentence.at(first - 1) in DETERMINERS | {"and"} or find_term(sentence.low[:first], first)
            ):
                first -= 1
            if not owned and sentence.at(first - 1) in DETERMINERS:
                first, owned = first - 1, True  # "my leggings and sweatshirt"
            before = sentence.at(first - 1)
        if self._falls(sentence, index):
            return " ".join(sentence.low[first : at + 1])
        helped = not BE.isdisjoint(sentence.group_before(index)[1] | {sentence.at(index)})
        ruling = sentence.verb_at(first - 1)
        has = behind_verb and (before in HAVE or (ruling is not None and ruling[0] in ("get", "have", "keep")))
        if (behind_verb and not helped and not has) or (before in PREPOSITIONS | {"above", "below"} - {"with"}):
            return ""
        if not owned and not sentence.is_boundary(first - 1):
            return ""
        return " ".join(sentence.low[first : at + 1])

    @staticmethod
    def _clothes_at(sentence: Sentence, start: int) -> bool:
        phrase = sentence.noun_phrase(start)
        return phrase is not None and find_term(sentence.low[phrase[0] : phrase[1]], phrase[1] - phrase[0]) is not None

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
            before = sentence.at(start - 2)
            if (
                sentence.at(start) == "the"
                and low in ("her", "him", "them", "me", "us", "you")
                and before in PREPOSITIONS | {"above", "below"}
            ):
                return start, False  # "high above her the emperor leaned forward"
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

    def _falls(self, sentence: Sentence, index: int, *others: str) -> bool:
        known = verbs().get(sentence.at(index))
        return bool(known) and (known[0].base in cues.FALLS or known[0].base in others)


def _is_person(words: Sequence[str]) -> bool:
    heads = set(words)
    return bool(heads & cues.PEOPLE)
