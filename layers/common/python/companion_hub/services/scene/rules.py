"""Finds by rules what a message changes of the companion's outfit, place and activity; no model needed.

A message is split into what is narrated and what is said (``passages``) and read sentence by sentence (``words``, ``phrases``, ``reading``).  For each
verb it is settled who acts (``persons``, ``voices``), whether it really happens (``happening``) and what it does to clothes
(``clothing``, ``changing``, ``lying``, ``fastening``, ``dressing``), place (``whereabouts``, ``ways``, ``moving``) or activity (``activities``,
``doing``); what is told without a verb comes besides (``verbless``).

Words nobody listed count by their form and their place: what stands where only a verb can is one, any verb with "off" after clothes
takes them off, what one walks into is a place.  The lists in ``cues`` are mostly of what does *not* count so.

- The companion's own narration and first-person prose decide (confidence ``NARRATED``).
- What the user narrates about the companion ("*takes your coat off*") is done to it, a little weaker (``DONE_TO``).
- What the user asks for ("put on your coat", "let's go to the beach") is a wish (``REQUESTED``, below the reducer's
  threshold): ``requests`` decides with the companion's reply.
"""

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import Literal

from companion_hub.models.companion import StateField
from companion_hub.models.scene import MAX_TEXT, Do, MoveTo, Operation, Scene, TakeOff, Unchanged
from companion_hub.services.scene import cues
from companion_hub.services.scene.answers import field_of
from companion_hub.services.scene.lexicon import MATERIALS, lexicon
from companion_hub.services.scene.passages import Mode, passages
from companion_hub.services.scene.persons import Event, Pronoun, Speaker, Who
from companion_hub.services.scene.places import places
from companion_hub.services.scene.reading import Sentence, sentences
from companion_hub.services.scene.verbless import Verbless
from companion_hub.services.scene.verbs import BE, DETERMINERS, HAVE, PREPOSITIONS, PRONOUNS, Form, is_adverb, verbs
from companion_hub.services.texts import one_line, word_set

_MAX_OPERATIONS = 24
_STAYS_OUT = cues.APPEARS | cues.STAY
_LEADS_ON = cues.AMBLES | cues.STRONG_MOVES
_DRESSES = word_set("free off on lose gone wear take took cut exchange exchanged swap swapped")
# Of one sentence; more is no sentence.
_MAX_VERBS = 24


def may_change_scene(text: str, speaker: Speaker) -> bool:
    """Whether a message may change outfit, place or activity; when not, step 1 needs no model call.

    Wide on purpose: any word of clothes, places, postures or activities in a passage that is not a mere question.
    """
    for piece, mode in passages(text):
        for sentence in sentences(piece, mode, frozenset()):
            low = [word.removesuffix("'s") for word in sentence.low]
            ordered = verbs().get(low[0], ()) if speaker == "user" else ()
            if any("base" in verb.forms and verb.base in cues.ACTING | {"lose"} for verb in ordered):
                return True  # "lie down", "read me something", "sit with me?"
            if sentence.asks and mode != "narration":
                if speaker == "user" and cues.PROPOSAL.match(sentence.text):
                    return True
                if "," not in sentence.low or cues.QUESTION_START.match(" ".join(sentence.low[:2])):
                    continue
            if mode == "narration" and any(verb.base in cues.ACTING for word in low for verb in verbs().get(word, ())):
                return True
            if any(word.endswith("ing") and any(v.base in cues.DURABLE for v in verbs().get(word, ())) for word in low):
                return True
            if any(f"{first} {second}" in places() for first, second in pairwise(low)):
                return True  # "on the ferris wheel"
            if not _scene_words().isdisjoint(low) or cues.LETS.search(sentence.text):
                return True
            if any(word in cues.WIDE_WORDS for word in low):
                return True
            if not _DRESSES.isdisjoint(low) and any(word in cues.AMBIGUOUS_ALONE or word in MATERIALS for word in low):
                return True  # "tie is off", "the velvet was gone"
            if mode != "speech" and speaker == "companion" and low[0] in ("at", "in", "on", "lunch", "dinner"):
                return True
            if {"at", "on"} & set(low) and not BE.isdisjoint(low):
                return True
    return False


@cache
def _scene_words() -> frozenset[str]:
    """Return the single words that may stand for a change: clothes, places, and what verbs of change and activity look like."""
    acting = (
        cues.INTO | cues.OUT_OF | cues.REMOVE | cues.UNFASTEN | cues.WEAR | cues.STRONG_MOVES | cues.STAY | cues.DURABLE | word_set("put strip undress disrobe don swap go come")
    ) - word_set("have do take get make talk chat work play watch listen tease order rest help pull read eat drink lose hold stay remain "
             "lie write cry wait step taste settle go come open close stare fix pet toast apply pray game text run turn find end reach land")  # fmt: skip
    forms = {word for word, known in verbs().items() if any(verb.base in acting for verb in known)}
    single = {key for key, term in lexicon().items() if key not in cues.AMBIGUOUS_ALONE and term.slot != "bag"}
    return frozenset(forms | single | {name for name in places() if " " not in name})


def analyze_text(
    text: str,
    *,
    speaker: Speaker,
    scene: Scene,
    companion_name: str = "",
    user_name: str = "",
    pronoun: Pronoun = "",
) -> tuple[Operation, ...]:
    """Return the operations the rules find, in the order of the text; ``unchanged`` where only a wish or memory was seen."""
    reader = _Reader(text, speaker, scene, companion_name, user_name, pronoun)
    return reader.operations()


class _Reader(Verbless):
    """Reads one message from beginning to end."""

    def __init__(
        self, text: str, speaker: Speaker, scene: Scene, companion_name: str, user_name: str, pronoun: Pronoun
    ) -> None:
        super().__init__(text, speaker, scene, companion_name, user_name, pronoun)
        self.found: list[Operation] = []
        self.read_to = 0  # of the sentence: up to here the words name garments
        self.told_before = 0  # how many operations earlier sentences gave
        self.seen_but_not_real: set[StateField] = set()

    def operations(self) -> tuple[Operation, ...]:
        names = frozenset(self.companion | self.user)
        pieces: list[tuple[str, Mode]] = passages(self.text)
        narrated = " ".join(piece for piece, mode in pieces if mode != "speech")
        if self.speaker == "companion" and (self._tells_of_itself(pieces) or self._tells_a_story(pieces)):
            pieces = [(piece, "narration") for piece, _ in pieces]
        self.first_person = bool(re.search(r"(?<![\w'’])(?:I|me|my|myself)(?![\w])", narrated))
        for piece, mode in pieces:
            for sentence in sentences(piece, mode, names):
                self._read(sentence)
        result = _joined(self.found)[:_MAX_OPERATIONS]
        changed = {field_of(operation) for operation in result}
        vetoes: list[Operation] = [
            Unchanged(field=field, confidence=cues.NARRATED)
            for field in ("outfit", "location", "action")
            if field in self.seen_but_not_real and field not in changed
        ]
        return (*result, *vetoes)

    @staticmethod
    def _tells_a_story(pieces: list[tuple[str, Mode]]) -> bool:
        """Whether unmarked text is prose in the past tense ("The sea was calm. I had swapped…"), not a chat message."""
        text = " ".join(piece for piece, _ in pieces)
        if any(mode != "plain" for _, mode in pieces) or cues.PAST_TIMES.search(text) or "?" in text:
            return False
        words = re.findall(r"[a-z'’]+", text.lower())
        pasts = sum(any(v.forms & {"past"} and not v.forms & {"base"} for v in verbs().get(w, ())) for w in words)
        presents = re.search(r"\bI(?:['’]m|['’]ve|['’]ll| am| have)\b", text)
        return presents is None and pasts + words.count("was") + words.count("had") >= 4 and text.count(".") >= 2

    def _tells_of_itself(self, pieces: list[tuple[str, Mode]]) -> bool:
        """Whether unmarked text is prose in the third person ("Mara slips off her coat.")."""
        if any(mode != "plain" for _, mode in pieces):
            return False
        text = " ".join(piece for piece, _ in pieces)
        if re.search(r"(?<![\w'’])(?:I|me|my|I['’]m)(?!\w)", text):
            return False
        if "?" in text or re.search(
            r"\bit was (?:so |really |absolutely )?(?:hilarious|funny|awful|amazing)\b", text, re.IGNORECASE
        ):
            return False  # "Did you see her shoes? She changed into flip-flops!": gossip
        name = "|".join(re.escape(word) for word in self.companion) or "(?!)"
        if re.search(rf"(?:^\W*|[,.;!?…]\s+|\band )(?:she|he|they|{name})\b", text, re.IGNORECASE):
            return True
        # "By the time the last guest had gone she had traded the heels …": nobody is spoken to
        spoken_to = re.search(r"\b(?:you|your|yours|we|us|our|let['’]s)\b|\?", text, re.IGNORECASE)
        return (
            spoken_to is None
            and re.search(rf"\b(?:she|he|they|her|him|his|them|their|{name})\b", text, re.IGNORECASE) is not None
        )

    def _read(self, sentence: Sentence) -> None:
        subject: Who | Literal["imperative", ""] = ""
        main: Who | Literal["imperative", ""] = ""
        seen = 0
        self.read_to = 0
        self.earlier = None
        self.told_before = len(self.found)
        for operation, event in self._verbless(sentence):
            self._add([operation], event)
        subordinate = False  # whether the subject stands in a "when you arrive"
        for index in range(len(sentence)):
            if (sentence.at(index) in cues.POINTING or (index == 0 and sentence.verb_at(0) is None)) and (
                mentioned := self._clothes(sentence, index)
            ) is not None:
                self.last_clothes = mentioned
            if sentence.at(index) in cues.SUBORDINATING:
                subordinate = True
            if index < self.read_to:
                continue  # a garment's name: "laces up her roller skates"
            verb = sentence.verb_at(index) or self._be_in(sentence, index)
            if verb is None:
                continue
            seen += 1
            if seen > _MAX_VERBS:
                return
            base, forms = verb
            joint = sentence.low[index - 2 : index]
            if subordinate and main and (joint == [",", "then"] or (joint == [",", "and"] and "where" in sentence.low)):
                subject, subordinate = main, False  # "she went to the attic, where the trunks stood, and began to …"
            if subject == "garment" != main and joint == [",", "and"] and self.earlier and self.earlier.form == "ing":
                subject = main if "ing" not in forms else subject  # "I hurry on, my slippers slapping, and burst in"
            if subordinate and main and "ing" in forms and sentence.at(index - 1) == ",":
                subject, subordinate = main, False  # "I'm at the bar when you arrive, stirring my drink"
            who, explicit, subject_words = self._subject(sentence, index, base, forms, subject)
            if explicit or subject == "":
                subject = who
            if not main and not subordinate:
                main = subject
            event = self._event(sentence, index, base, forms, who, subject_words)
            self.earlier = event
            self._apply(event)
            if (
                base == "find"
                and who in ("other", "user")
                and self._object(event, sentence.at(index + 1)) == "companion"
            ):
                subject = "companion"  # "Evening found her on the pier, mending a net."
        self._note_door(sentence)
        last = self.earlier
        self.under_way = (
            last is not None
            and last.confidence >= cues.DONE_TO
            and last.who in ("companion", "both")
            and last.base in _LEADS_ON
        )

    @staticmethod
    def _be_in(sentence: Sentence, index: int) -> tuple[str, frozenset[Form]] | None:
        """See "is in the kitchen", "has on a coat", "clad in silk": verbs that are no verbs of the table."""
        low = sentence.at(index)
        past: Form = "past" if low in ("was", "were", "had") else "s"
        if low in BE and low not in ("be", "been", "being") and sentence.at(index - 1) != "there":
            following = index + 1
            leads_on = cues.HELD_UP | {"up", "down", "over", "off"}
            while sentence.at(following) != "home" and (
                is_adverb(sentence.at(following))
                or (sentence.at(following) in leads_on and sentence.at(following + 1) in cues.BE_PLACES)
                or _is_somehow(sentence, following)
            ):
                following += 1
            if sentence.at(following) in cues.BE_PLACES or sentence.at(following) == "down":
                return "be", frozenset({past})
        long = low == "been" and any(
            sentence.at(i) in ("weeks", "days", "hours", "months", "minutes") for i in range(index + 2, index + 5)
        )
        if long and sentence.at(index - 1) in HAVE and {"in", "at", "on"} & set(sentence.low[index + 3 : index + 6]):
            return "be", frozenset[Form](["s"])  # "had been three weeks in the brig"
        if low == "been" and sentence.at(index - 1) in HAVE and sentence.mode == "narration":
            if sentence.at(index + 1) in ("in", "at", "on", "by") and cues.SO_FAR.search(sentence.text):
                return "be", frozenset[Form](["s"])  # "had been by the pond for an hour"
        if low in HAVE and sentence.at(index + 1) == "on" and sentence.at(index + 2):
            return "wear", frozenset({past})
        if low in ("clad", "attired", "garbed", "decked", "naked") and sentence.at(index + 1) in ("in", "out"):
            return "clad", frozenset({"pp"})
        return None

    def _apply(self, event: Event) -> None:
        target = self._target(event)
        outfit = [*self._dressing(event, target)]
        outfit += self._and_then(event, outfit)
        if outfit and target.clothes is not None:
            self.read_to = target.clothes.end
        if target.clothes is not None:
            self.last_clothes = target.clothes
        self._add(outfit, event)
        if outfit and event.base not in _STAYS_OUT and event.base != "be":
            if all(not isinstance(op, TakeOff) or event.base not in cues.PUT_AWAY for op in outfit):
                self._add(self._where_changed(event), event)
            return  # "slips into the bath robe" is no way into the bath
        leaves = (
            event.base in cues.STRONG_MOVES | {"go", "leave", "head"}
            and event.who in ("companion", "both")
            and event.confidence >= cues.DONE_TO
        )
        if leaves and event.form in ("s", "base", "past"):
            self.found = [op for op in self.found if not isinstance(op, Do)]  # "unpacks, changes and goes down"
        doing = self._doing(event)
        if doing is not None and event.form == "ing":
            doing = self._beside(event, doing)
        self._add([op for op in (self._moving(event), doing) if op is not None], event)

    def _beside(self, event: Event, doing: Do) -> Do:
        """Join what is done beside something else: "sips her wine, watching the skaters"."""
        earlier = self.found[-1] if len(self.found) > self.told_before else None
        beside = event.sentence.at(event.sentence.before_adverbs(event.at)) in (",", "and", "while", "—", "–")
        beside = beside or event.base in cues.STAY  # "eats it standing at the counter"
        if not isinstance(earlier, Do) or not beside or earlier.action.count(",") > 1 or event.confidence <= 0:
            return doing
        self.found.pop()
        return doing.model_copy(update={"action": one_line(f"{earlier.action}, {doing.action}", MAX_TEXT)})

    def _and_then(self, event: Event, found: list[Operation]) -> list[Operation]:
        """Read what is left out in "the scarf comes off first, then the coat": the same happens to what follows."""
        sentence = event.sentence
        if not found or not all(isinstance(operation, TakeOff) for operation in found):
            return []
        after = range(event.at + 1, len(sentence) - 1)
        at = next((i for i in after if sentence.verb_at(i) is not None or sentence.at(i) in (";", ":")), len(sentence))
        made: list[Operation] = []
        for index in after:
            if index >= at or sentence.at(index) not in ("then", "followed", "finally", "lastly", "next"):
                continue
            if sentence.at(index + 1) == "finally":
                continue
            clothes = self._clothes(sentence, index + (2 if sentence.at(index) == "followed" else 1))
            if clothes is not None and sentence.is_boundary(clothes.end):
                common = self._common(event, clothes.end)
                made += [TakeOff(what=piece.name, **common) for piece in clothes.garments]
        return made

    def _where_changed(self, event: Event) -> list[Operation]:
        """Read where one changes: "trades her scrubs for a dress in the locker room"."""
        sentence = event.sentence
        if event.who not in ("companion", "both") or event.base in cues.PUT_AWAY - {"put", "throw", "pull", "slip"}:
            return []
        for at in range(event.at + 1, min(len(sentence), event.at + 16)):
            if sentence.verb_at(at) is not None:
                return []
            if sentence.at(at) in ("in", "at") and (place := self._place_phrase(sentence, at + 1, sentence.at(at))):
                return [MoveTo(location=place[0], **self._common(event, place[1]))]
        return []

    def _add(self, operations: Iterable[Operation], event: Event) -> None:
        for operation in operations:
            if event.confidence < 0:
                continue
            if event.confidence == 0:
                self.seen_but_not_real.add(field_of(operation))
            else:
                self.found.append(operation)


def _is_somehow(sentence: Sentence, at: int) -> bool:
    """Whether an adjective stands before the place one is at: "were adrift in the boat"."""
    low = sentence.at(at)
    return (
        low.isalpha()
        and low not in cues.NO_STATE | cues.BE_PLACES | PREPOSITIONS | DETERMINERS | PRONOUNS
        and sentence.verb_at(at) is None
        and sentence.at(at + 1) in ("in", "on", "at", "under", "by")
        and sentence.at(at + 2) in DETERMINERS
    )


# Once a place is told these only say where in it.
_BESIDE_A_THING = re.compile(
    r"^(?:on|at|by|in) the (?:[\w-]+ )?(?:foot|edge|end|side|corner|rim|lip) of the (?:\w+ )?(?:tub|bath|bathtub|statue|fountain|shower|bed|altar|monument)$|^at the water's edge$"
)


def _joined(operations: list[Operation]) -> list[Operation]:
    """Drop repeats, and join a posture with what is done in it: "sitting at the table, sipping coffee"."""
    result: list[Operation] = []
    for operation in operations:
        last = next((i for i in range(len(result) - 1, -1, -1) if isinstance(result[i], type(operation))), None)
        if isinstance(operation, Do) and last is not None and isinstance(previous := result[last], Do):
            first_word = previous.action.split()[0]
            here = operation.action.split()[0]
            if operation.action in cues.BESIDES and len(previous.action.split()) > 1:
                continue  # "washing the dishes, humming"
            if first_word in cues.POSTURE_INGS and here not in cues.POSTURE_INGS and "," not in previous.action:
                result[last] = operation.model_copy(
                    update={"action": one_line(f"{previous.action}, {operation.action}", MAX_TEXT)}
                )
                continue
            result[last] = operation
            continue
        if isinstance(operation, MoveTo) and last is not None and isinstance(previous := result[last], MoveTo):
            if operation.location != previous.location and not _BESIDE_A_THING.search(operation.location):
                result[last] = operation
            continue
        if operation not in result:
            result.append(operation)
    return result
