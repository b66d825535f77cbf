"""Finds by rules what a message changes of the companion's outfit, place and activity; no model needed.

A message is split into what is narrated and what is said (``passages``, ``prose``) and read sentence by sentence (``words``, ``phrases``,
``reading``, ``being``).  For each verb it is settled who acts (``persons``, ``voices``), whether it really happens (``happening`` with ``tenses``
and ``frames``) and what it does to clothes (``targets``, ``clothing``, ``changing``, ``lying``, ``fastening``, ``antecedents``,
``dressing``), place (``whereabouts``, ``ways``, ``moving``) or activity (``activities``, ``deeds``, ``doing``); what is told without a verb
comes besides (``settings`` for places, ``verbless`` for clothes), and ``joining`` makes one answer of it all.

Words nobody listed count by their form and their place: what stands where only a verb can is one, any verb with "off" after clothes
takes them off, what one walks into is a place.  The lists in ``cues`` are mostly of what does *not* count so.

- The companion's own narration and first-person prose decide (confidence ``NARRATED``).
- What the user narrates about the companion ("*takes your coat off*") is done to it, a little weaker (``DONE_TO``).
- What the user asks for ("put on your coat", "let's go to the beach") is a wish (``REQUESTED``, below the reducer's
  threshold): ``requests`` decides with the companion's reply.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from companion_hub.models.companion import StateField
from companion_hub.models.scene import MAX_TEXT, ChangeInto, Do, MoveTo, Operation, PutOn, Scene, TakeOff, Unchanged
from companion_hub.services.scene import cues
from companion_hub.services.scene.answers import field_of
from companion_hub.services.scene.being import be_in
from companion_hub.services.scene.joining import WITHIN_IT, joined
from companion_hub.services.scene.passages import Mode, passages
from companion_hub.services.scene.persons import Clothes, Event, Pronoun, Speaker, Who
from companion_hub.services.scene.prose import beside_marks, tells_a_story, tells_of_both, tells_of_itself
from companion_hub.services.scene.reading import Sentence, sentences
from companion_hub.services.scene.verbless import Verbless
from companion_hub.services.scene.verbs import (
    BE,
    CONJUNCTIONS,
    HAVE,
    MODALS,
    PREPOSITIONS,
    PRONOUNS,
    SUBJECTS,
    Form,
    is_adverb,
)
from companion_hub.services.texts import one_line, word_set

_MAX_OPERATIONS = 24
_ARRIVES = word_set("arrive reach pull park get stop land come enter")
_TRAVELLING = word_set("driving riding walking hiking cycling rowing running climbing jogging")
_STAYS_OUT = cues.APPEARS | cues.STAY
_LEADS_ON = cues.AMBLES | cues.STRONG_MOVES
# Of one sentence; more is no sentence.
_MAX_VERBS = 24


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
    return read_message(
        text, speaker=speaker, scene=scene, companion_name=companion_name, user_name=user_name, pronoun=pronoun
    ).operations


class Reading(NamedTuple):
    """What a message changes, and the clothes that "it" and "them" of an answer mean, if it names any."""

    operations: tuple[Operation, ...]
    clothes: Clothes | None


def read_message(
    text: str,
    *,
    speaker: Speaker,
    scene: Scene,
    companion_name: str = "",
    user_name: str = "",
    pronoun: Pronoun = "",
    answers: Sequence[Clothes] = (),
) -> Reading:
    """``answers``: the clothes that the messages before named, the last first: "Take the hat off!" "*takes it off*"."""
    reader = _Reader(text, speaker, scene, companion_name, user_name, pronoun)
    if answers:
        reader.answers = tuple(_as_said_by(speaker, named) for named in answers)
        reader.last_clothes, reader.named_before = reader.answers[0], True
    operations = reader.operations()
    return Reading(operations, _as_said_by(speaker, reader.last_clothes) if reader.last_clothes else None)


def _as_said_by(speaker: Speaker, clothes: Clothes) -> Clothes:
    """Turn "my" and "your" round where the user speaks: between messages they are as the companion says them."""
    owner = {"your": "my", "my": "your"}.get(clothes.owner, clothes.owner) if speaker == "user" else clothes.owner
    return clothes._replace(owner=owner)


Subject = Who | Literal["imperative", ""]


class _Reader(Verbless):
    """Reads one message from beginning to end."""

    def __init__(
        self, text: str, speaker: Speaker, scene: Scene, companion_name: str, user_name: str, pronoun: Pronoun
    ) -> None:
        super().__init__(text, speaker, scene, companion_name, user_name, pronoun)
        self.read_to = 0  # of the sentence: up to here the words name garments
        self.mentioned_to = 0  # of the sentence: up to here clothes are remembered
        self.dressing: Event | None = None  # of the sentence: that she dresses or changes
        self.verbs_read = 0
        self.narrated: set[StateField] = set()
        self.setting: MoveTo | None = None  # where it is told to happen, for want of anything surer
        self.elsewhere = False  # whether what is said aloud was about somebody else, the past or a dream
        self.told_before = 0  # how many operations earlier sentences gave
        self.seen_but_not_real: set[StateField] = set()

    def operations(self) -> tuple[Operation, ...]:
        names = frozenset(self.companion | self.user)
        pieces: list[tuple[str, Mode]] = passages(self.text)
        narrated = " ".join(piece for piece, mode in pieces if mode != "speech")
        if self.speaker == "companion" and (tells_of_itself(pieces, self.companion) or tells_a_story(pieces)):
            pieces = [(piece, "narration") for piece, _ in pieces]
        elif self.speaker == "companion":
            pieces = beside_marks(pieces, self.companion, self.user, self.own_pronoun)
        if self.speaker == "user" and tells_of_both(pieces, self.companion, self.user):
            pieces = [(piece, "narration") for piece, _ in pieces]
        self.first_person = bool(re.search(r"(?<![\w'’])(?:I|me|my|myself)(?![\w])", narrated))
        for piece, mode in pieces:
            for sentence in sentences(piece, mode, names):
                self._read(sentence)
        told = [op for op in self.found if isinstance(op, MoveTo)]
        if self.setting is not None and self.verbs_read > 0 and all(WITHIN_IT.search(op.location) for op in told):
            self.found.append(self.setting)
        result = joined(self.found)[:_MAX_OPERATIONS]
        changed = {field_of(operation) for operation in result}
        vetoes: list[Operation] = [
            Unchanged(field=field, confidence=cues.NARRATED)
            for field in ("outfit", "location", "action")
            if field in self.seen_but_not_real and field not in changed
        ]
        return (*result, *vetoes)

    def _read(self, sentence: Sentence) -> None:
        if sentence.mode != "narration" and self.elsewhere and self._is_fragment(sentence):
            return
        self.read_to = self.mentioned_to = 0
        self.earlier = self.dressing = None
        self.told_before = len(self.found)
        for operation, event in self._verbless(sentence):
            self._add([operation], event)
        if self.setting is None and self.speaker == "companion" and not sentence.asks:
            self.setting = self._told_of(sentence)
        subject: Subject = ""
        main: Subject = ""
        said = ""  # the word of the subject
        subordinate = False  # whether the subject stands in a "when you arrive"
        seen = 0
        for index in range(len(sentence)):
            self._note_clothes(sentence, index)
            subordinate = subordinate or _subordinates(sentence, index)
            if index < self.read_to:
                continue  # a garment's name: "laces up her roller skates"
            verb = sentence.verb_at(index) or be_in(sentence, index)
            if verb is None:
                continue
            self.verbs_read += 1
            seen += 1
            if seen > _MAX_VERBS:
                return
            base, forms = verb
            subject, subordinate = self._goes_on_with(sentence, index, forms, subject, main, subordinate=subordinate)
            if forms <= {"s"} and said in ("i", "you", "we", "they") and main:
                subject = main  # "takes the headphones you hold out, closes her eyes"
            who, explicit, subject_words = self._subject(sentence, index, base, forms, subject)
            if explicit:
                said = sentence.at(sentence.group_before(index)[0])
            if (explicit and not (main and _is_relative(sentence, index))) or subject == "" or who == "imperative":
                subject = who
            if not main and not subordinate:
                main = subject
            event = self._event(sentence, index, base, forms, who, subject_words)
            if self.shares and event.form == "base" and not explicit and self.earlier is not None:
                event = event._replace(who=self.earlier.who)  # "I want you to kneel there and meditate"
            self.earlier = event
            if base in ("dress", "change") and event.who == "companion" and event.confidence > 0:
                self.dressing = event
            self._apply(event)
            found = base == "find" and who in ("other", "user")
            if found and self._object(event, sentence.at(index + 1)) == "companion":
                subject = "companion"  # "Evening found her on the pier, mending a net."
        self._carry_over(sentence, main, subject)

    def _note_clothes(self, sentence: Sentence, index: int) -> None:
        """Remember the clothes that "it" and "them" mean from here on."""
        points = sentence.at(index) in cues.POINTING or (index == 0 and sentence.verb_at(0) is None)
        if index >= self.mentioned_to and points and (mentioned := self._clothes(sentence, index)) is not None:
            if mentioned.garments[0].slot != "bag" or self.last_clothes is None:
                self.last_clothes, self.mentioned_to, self.named_before = mentioned, mentioned.end, False

    def _goes_on_with(
        self,
        sentence: Sentence,
        index: int,
        forms: frozenset[Form],
        subject: Subject,
        main: Subject,
        *,
        subordinate: bool,
    ) -> tuple[Subject, bool]:
        """Return (subject, whether it stands in a clause of its own) where a verb goes back to the main subject."""
        joint = sentence.low[index - 2 : index]
        if subordinate and main and (joint == [",", "then"] or (joint == [",", "and"] and "where" in sentence.low)):
            return main, False  # "she went to the attic, where the trunks stood, and began to …"
        absolute = self.earlier is not None and (
            self.earlier.form == "ing" or (self.earlier.form in ("past", "perfect") and forms <= {"s"})
        )
        if subject == "garment" != main and joint == [",", "and"] and absolute and "ing" not in forms:
            subject = main  # "I hurry on, my slippers slapping, and burst in"
        if subordinate and main and "ing" in forms and sentence.at(index - 1) == ",":
            return main, False  # "I'm at the bar when you arrive, stirring my drink"
        if subordinate and main and forms <= {"s"} and sentence.at(index - 1) == ",":
            return main, False  # "waits until his back is turned, takes off the shirt and …"
        return subject, subordinate

    def _carry_over(self, sentence: Sentence, main: Subject, subject: Subject) -> None:
        """Remember what the next sentence may go on with."""
        last = self.earlier
        if sentence.mode != "narration" and not self._is_fragment(sentence):
            nothing = not any(op.confidence > 0 for op in self.found[self.told_before :])
            others = "other" in (main, subject) or sentence.at(0) in ("he", "they", "someone", "somebody")
            others = others and sentence.at(0) not in ("it", "it's")  # "It's getting late. Shoes off!"
            once = sentence.mode == "speech" and last is not None and last.form in ("past", "had")
            about = (cues.PAST_TIMES, cues.FUTURE_TIMES, _MUSED, _ABOUT_THAT)
            self.elsewhere = nothing and (others or once or any(pattern.search(sentence.text) for pattern in about))
        self.asked = sentence.asks
        self.remembering = self.remembering or _REMEMBER.match(sentence.text) is not None
        self.supposed = sentence.low[:1] in (["suppose"], ["imagine"], ["pretend"])
        self.dresses = self.dressing if len(self.found) == self.told_before else None
        self._note_door(sentence)
        self.under_way = (
            last is not None
            and last.confidence >= cues.DONE_TO
            and last.who in ("companion", "both")
            and last.base in _LEADS_ON
        )

    def _is_fragment(self, sentence: Sentence) -> bool:
        """Whether words without a finite verb only go on with the sentence before: "In her underwear.", "Up at three, apron on."."""
        if (
            not sentence.low
            or {"now", "finally", "today", "here"} & {*sentence.low}
            or not _FINITE.isdisjoint(sentence.low)
        ):
            return False
        start = next((i for i, low in enumerate(sentence.low) if low not in ("please", "so", "then", ",")), 0)
        opens = sentence.verb_at(start)
        if self.speaker == "user" and opens is not None and "base" in opens[1]:
            return False  # "It's getting windy. Put on a coat!"
        clause = next(
            (i for i, low in enumerate(sentence.low) if low in ("till", "until", "because", "while", "when")), None
        )
        told = [verb for at in range(clause or len(sentence)) if (verb := sentence.verb_at(at)) is not None]
        short = sentence.at(0) == "and" and len(sentence) < 5  # "And sing."
        return short or all(not forms & {"base", "s", "past"} or "pp" in forms for _, forms in told)

    def _apply(self, event: Event) -> None:
        target = self._target(event)
        outfit = [*self._dressing(event, target)]
        outfit += self._and_then(event, outfit)
        if outfit and target.clothes is not None:
            self.read_to = target.clothes.end
        if target.clothes is not None:
            put = next((op for op in reversed(outfit) if isinstance(op, PutOn | ChangeInto)), None)
            swapped = event.base in cues.SWAPS and put is not None
            self.last_clothes = target.clothes._replace(garments=put.garments) if put and swapped else target.clothes
            self.named_before = False
            if outfit:  # "unpins the brooch from your sweater and puts it away": not the sweater
                ends = (i for i in range(target.clothes.end, len(event.sentence)) if event.sentence.is_boundary(i))
                self.mentioned_to = max(self.mentioned_to, next(ends, len(event.sentence)))
        self._add(outfit, event)
        if outfit and self._comes_back(event):
            self.found = [op for op in self.found if not isinstance(op, MoveTo)]
        if outfit and event.base not in _STAYS_OUT and event.base != "be":
            if all(not isinstance(op, TakeOff) or event.base not in cues.PUT_AWAY for op in outfit):
                self._add(self._where_changed(event), event)
            return  # "slips into the bath robe" is no way into the bath
        leaves = (
            event.base in cues.STRONG_MOVES | {"go", "leave", "head"}
            and event.who in ("companion", "both")
            and event.confidence >= cues.DONE_TO
        )
        if leaves and event.form in ("s", "base", "past") and not event.sentence.at(event.at + 1).endswith("ing"):
            self.found = [op for op in self.found if not isinstance(op, Do)]  # "unpacks, changes and goes down"
        doing = self._doing(event)
        if doing is not None and event.form == "ing":
            doing = self._beside(event, doing)
        moving = self._moving(event)
        if moving is None and self._comes_back(event):
            self.found = [
                op for op in self.found if not isinstance(op, MoveTo)
            ]  # "goes into the bedroom and comes back"
        if moving is not None and event.base not in cues.RESTS | {"be"}:
            self.found = [
                op for op in self.found if not (isinstance(op, Do) and op.action == "standing")
            ]  # "gets up and …"
        if (
            moving is not None and event.base in _ARRIVES and "time" not in event.sentence.low[: event.at]
        ):  # "we've been driving for an hour and pull up at the cabin"
            self.found = [op for op in self.found if not (isinstance(op, Do) and op.action.split()[0] in _TRAVELLING)]
        self._add([op for op in (moving, doing) if op is not None], event)

    @staticmethod
    def _comes_back(event: Event) -> bool:
        """Whether one is back where the message began."""
        back = event.base in ("return", "reappear", "reemerge") or (
            event.base in ("come", "walk", "step", "emerge", "run", "get")
            and "back" in event.sentence.low[event.at + 1 : event.at + 3]
        )
        return back and event.who == "companion" and event.confidence >= cues.DONE_TO

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
        if found and all(isinstance(op, PutOn) for op in found) and (too := self._too(event)):
            return [PutOn(garments=too.garments, **self._common(event, too.end))]
        on = bool(found) and event.who == "garment" and isinstance(found[-1], PutOn)
        if not found or not (on or all(isinstance(operation, TakeOff) for operation in found)):
            return []
        after = range(event.at + 1, len(sentence) - 1)
        at = next((i for i in after if sentence.verb_at(i) is not None or sentence.at(i) in (";", ":")), len(sentence))
        made: list[Operation] = []
        for index in after:
            if index >= at or sentence.at(index) not in ("then", "followed", "finally", "lastly", "next"):
                continue
            if sentence.at(index + 1) == "finally":
                continue
            start = index + (2 if sentence.at(index) == "followed" else 1)
            if sentence.at(start) == ",":  # "and then, after a moment, the gloves"
                start = next((i + 1 for i in range(start + 1, start + 6) if sentence.at(i) == ","), start)
            clothes = self._clothes(sentence, start)
            if clothes is not None and (
                sentence.is_boundary(clothes.end)
                or sentence.at(clothes.end) in ("as", "too", "from", "off", "out", "beneath", "under", "underneath")
            ):
                common = self._common(event, clothes.end)
                if on:
                    made.append(PutOn(garments=clothes.garments, **common))
                    continue
                made += [TakeOff(what=piece.name, **common) for piece in clothes.garments]
        return made

    def _too(self, event: Event) -> Clothes | None:
        """Read "put the boots on, gloves too"."""
        sentence = event.sentence
        for at in range(event.at + 1, len(sentence) - 1):
            if (
                sentence.at(at) == ","
                and (clothes := self._clothes(sentence, at + 1))
                and sentence.at(clothes.end) == "too"
            ):
                return clothes
        return None

    def _where_changed(self, event: Event) -> list[Operation]:
        """Read where one changes: "trades her scrubs for a dress in the locker room"."""
        sentence = event.sentence
        if event.who not in ("companion", "both") or event.base in cues.PUT_AWAY - {
            "put",
            "throw",
            "pull",
            "slip",
            "hang",
        }:
            return []
        for at in range(event.at + 1, min(len(sentence), event.at + 16)):
            if sentence.verb_at(at) is not None or not sentence.words[at].is_word:
                return []
            if sentence.low[at : at + 2] == ["way", "to"] and (on := self._place_phrase(sentence, at + 2, "to")):
                return [
                    MoveTo(location=on[0], **self._common(event, on[1]))
                ]  # "hops into her leggings on the way to the kitchen"
            if sentence.at(at) in ("in", "at") and (place := self._place_phrase(sentence, at + 1, sentence.at(at))):
                return [MoveTo(location=place[0], **self._common(event, place[1]))]
        return []

    def _add(self, operations: Iterable[Operation], event: Event) -> None:
        for operation in operations:
            if event.confidence < 0:
                continue
            if event.confidence == 0:
                self.seen_but_not_real.add(field_of(operation))
                continue
            field = field_of(operation)
            helpers = event.sentence.group_before(event.at)[1]
            now = event.form == "ing" and bool(helpers & {"'m", "am"}) and "been" not in helpers
            aloud = event.sentence.mode == "speech" and self.speaker == "companion"
            if aloud and not now and field in self.narrated:
                continue  # what is narrated stands: "*sits down to play* My aunt has gone to bed."
            if event.sentence.mode == "narration" and field != "outfit":
                self.narrated.add(field)
            self.found.append(operation)


_REMEMBER = re.compile(r"(?i)\W*(?:do you |d'you |you )?remember\b")
_ABOUT_THAT = re.compile(
    r"(?i)^\W*(?:is|are|was|were) (?:that|this|there|someone|somebody|he|they)\b.*\?|^\W*(?:look|listen),"
)
_SAYS = word_set(
    "before after so then that if though although than like while time moment second minute first now here there"
)
_FINITE = BE | HAVE | MODALS | SUBJECTS | {"let's"}
_MUSED = re.compile(
    r"(?i)\b(?:i wonder|what if|used to|imagine|what i (?:really )?(?:miss|love|hate)|i miss|dream(?:s|ed|ing)? (?:of|about))\b"
)


def _is_relative(sentence: Sentence, index: int) -> bool:
    """Whether the verb's subject stands behind a noun with nothing between: "the thriller you lent me"."""
    at = sentence.group_before(index)[0]
    before = sentence.at(at - 1)
    return (
        sentence.at(at) in ("you", "i", "he", "she", "we", "they")
        and before.isalpha()
        and before not in cues.SUBORDINATING | PREPOSITIONS | PRONOUNS | CONJUNCTIONS | _SAYS
        and not is_adverb(before)
        and sentence.verb_at(at - 1) is None
    )


def _subordinates(sentence: Sentence, index: int) -> bool:
    low, following = sentence.at(index), sentence.at(index + 1)
    return low in cues.SUBORDINATING or (low in ("before", "after", "though", "although") and following in SUBJECTS)
