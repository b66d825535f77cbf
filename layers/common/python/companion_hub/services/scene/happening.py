"""Whether what a verb tells really happens: not negated, asked, wished, planned, remembered or habitual."""

import re
from typing import Any

from companion_hub.services.scene import cues, frames
from companion_hub.services.scene.persons import Event
from companion_hub.services.scene.reading import Sentence
from companion_hub.services.scene.tenses import form_of, is_inverted
from companion_hub.services.scene.verbs import BE, HAVE, MODALS, NEGATIONS, PRONOUNS, SUBJECTS, is_adverb, verbs
from companion_hub.services.scene.voices import Voices
from companion_hub.services.texts import word_set

_JUDGED = word_set(
    "fun hard nice good great not like better worse the easy my so always never what exhausting boring lovely overrated underrated"
)


class Happening(Voices):
    """Adds to who acts: how sure it is."""

    def _event(self, sentence: Sentence, index: int, base: str, forms: frozenset[Any], who: Any, subject: str) -> Event:
        """``who`` may be "imperative": the one spoken to is told to act."""
        imperative = who == "imperative"
        if imperative:
            who = "user" if self.speaker == "companion" else "companion"
        left, helpers = sentence.group_before(index)
        form = form_of(forms, helpers)
        if form == "base" and "past" in forms and not helpers and sentence.at(left) in ("he", "she", "it"):
            form = "past"  # "he put": the present would have an -s
        if form == "base" and "past" in forms and not helpers and sentence.mode != "narration" and not imperative:
            if not {"was", "were", "did"}.isdisjoint(sentence.low[:index]) and not sentence.asks:
                form = "past"  # "you were so drunk you put my trousers on"
        along = (
            base in cues.AMBLES | {"dance", "sit", "lie"} and " with you" in sentence.text[sentence.words[index].end :]
        )
        if who == self.speaker == "user" and along:
            who = "both"  # "I stroll through the old town with you"
        event = Event(sentence, index, base, form, who, 0.0, subject)
        return event._replace(confidence=self._confidence(event, imperative=imperative))

    def _confidence(self, event: Event, *, imperative: bool) -> float:
        """Return how sure it is that this happens: 0 for what is negated, asked, wished, remembered or planned."""
        sentence, form = event.sentence, event.form
        helpers = sentence.group_before(event.at)[1]
        speech = sentence.mode != "narration"
        proposed = self.speaker == "user" and speech and self._is_proposed(sentence, event.at)
        if self._is_ruled_out(event, helpers, proposed=proposed):
            return 0
        before = self.earlier
        if (
            form == "ing"
            and before is not None
            and before.base == "go"
            and before.at == event.at - 1
            and before.sentence is sentence
        ):
            return before.confidence  # "do you ever go swimming"
        if (shared := self._shares_auxiliary(event, helpers)) is not None:
            return shared
        if speech and self._not_before(event):
            return 0  # "four shots of courage before I got on that motorcycle"
        if self.speaker == "user" and speech and not imperative and self._only_dated(event):
            return 0  # "take it off before you talk to my mother", "wear that coat when we go to Vienna"
        if proposed and self.supposed:
            return 0  # "Suppose we lived by the sea. Would you go swimming?"
        if proposed and frames.ONCE_THERE.search(sentence.text):
            return 0  # "let's have dinner when you're back from your trip"
        if proposed and frames.ABLE.match(sentence.text):
            return 0  # "can you swim?"
        if proposed and frames.NOT_ASKED.search(sentence.text[: sentence.words[event.at].start]):
            return 0  # "I didn't mean you should take it off"
        if proposed and frames.IF_IT_WERE.search(sentence.text):
            return 0  # "would you dance with me if there was music?"
        if proposed and cues.CONDITION.match(sentence.text):
            return 0  # "if it rains, you should put on a coat": but "if you like, let's go"
        if proposed:
            return cues.REQUESTED
        if self.speaker == "companion" and speech and cues.LETS.search(sentence.text[: sentence.words[event.at].end]):
            return cues.OPEN  # the companion proposes it: it has not happened yet
        if (
            self.speaker == "companion"
            and speech
            and re.search(r"\blet me$", sentence.text[: sentence.words[event.at].start].rstrip(), re.I)
        ):
            return (
                cues.DONE_TO if event.base in cues.ON else 0
            )  # "wait, let me put my hoodie on": done while it is said
        modals = helpers & MODALS - ({"'d", "’d"} if form == "had" else set[str]())
        told = (
            imperative
            and self.speaker == "user"
            and event.at < (3 if sentence.at(0) == "help" else 2)
            and not cues.QUESTION_START.match(sentence.text.lower())
        )
        if form == "ing" and speech and not helpers and self._is_subject(event):
            return 0  # "walking into that meeting must have felt like …"
        if imperative and sentence.asks and self.asked and event.at == 0:
            return 0  # "What do you do on Sundays, read? Bake? Sleep till noon?"
        if imperative and sentence.asks and event.at == 0 and (len(sentence) < 3 or sentence.at(1) == "or"):
            return 0  # "Milk?", "Milk or lemon?"
        if imperative and sentence.asks and frames.SLEPT_WELL.match(sentence.text):
            return 0
        asked = not told and self._in_question(sentence, event.at)
        if modals or "let" in helpers or asked or self._hypothetical(event):
            return 0
        if imperative:
            return 0 if self.speaker == "companion" else cues.REQUESTED
        if form == "had" and (speech or event.base in cues.WEAR):
            return 0
        if form == "perfect" and speech and event.base in cues.WEAR and helpers & HAVE:
            return 0  # "I've worn it exactly once"
        if form == "past" and speech and not self._past_is_now(event, helpers):
            return 0
        if form == "ing" and speech and not helpers & BE and before is not None and before.sentence is sentence:
            could = not {"could", "would", "might", "should"}.isdisjoint(sentence.low[: before.at])
            joined = sentence.at(event.at - 1) in (",", "and") and (before.form in ("past", "had", "ing") or could)
            beside = before.at == event.at - 1 or (
                before.at == event.at - 2 and sentence.at(event.at - 1) in ("up", "on")
            )
            if before.confidence == 0 and (joined or beside or before.base == "spend"):
                return 0  # "I was on the balcony all morning, sketching pigeons.", "I tried knitting"
        if speech and self._was_made_to(event):
            return 0
        if form == "base" and re.search(
            r"\bhad (?:\w+ )?(?:seen|watched|heard|let|made)\b", sentence.text[: sentence.words[event.at].start]
        ):
            return 0  # "He had once seen her take off her shoes"
        return cues.NARRATED if self.speaker == "companion" else cues.DONE_TO

    def _shares_auxiliary(self, event: Event, helpers: frozenset[str]) -> float | None:
        """Return how sure the verb before is where this one goes on with its "will" or "to": "I'll go home and put on a dress"."""
        earlier, sentence = self.earlier, event.sentence
        if earlier is None or event.form != "base" or helpers or earlier.form != "base":
            self.shares = False
            return None
        joins = sentence.at(sentence.before_adverbs(event.at)) in ("and", "or", ",", "then", "but")
        governed = sentence.group_before(earlier.at)[1]
        if (
            "to" in governed
            and sentence.at(event.at - 1) in ("and", "then")
            and sentence.at(event.at - 2) == ","
            and self._told_in_base(event)
        ):
            joins = False  # "We duck into a café to get warm, and sit down": the first verb goes on
        self.shares = joins and bool(governed & MODALS or "to" in governed or self.shares)
        return earlier.confidence if self.shares else None

    @staticmethod
    def _told_in_base(event: Event) -> bool:
        """Whether the sentence's first verb has the bare form of "I" or "we", with nothing that governs it."""
        sentence = event.sentence
        first = next((at for at in range(event.at) if sentence.verb_at(at) is not None), event.at)
        verb = sentence.verb_at(first)
        return verb is not None and "base" in verb[1] and not sentence.group_before(first)[1] & (MODALS | {"to", "let"})

    def _is_ruled_out(self, event: Event, helpers: frozenset[str], *, proposed: bool) -> bool:
        """Whether a negation, a governing verb or a time (tomorrow, always, last year) says that it does not happen now."""
        text, speech = event.sentence.text, event.sentence.mode != "narration"
        thinks = frames.RECONSIDERS.search(text)
        if thinks is not None and event.sentence.words[event.at].start < thinks.start():
            if event.base in cues.CHANGES_CLOTHES | cues.ON | cues.OFF:
                return True  # "starts to shrug off the cardigan, then thinks better of it"
        if speech and frames.IMAGINED.search(text):
            return True  # "dancing in the street in my nightgown, can you imagine"
        if event.form == "base" and event.sentence.at(event.at - 1) in ("says", "said", "reads"):
            return True  # "the sign says remove your shoes"
        if helpers & {"almost", "nearly"} or (speech and frames.THEY_SAY.match(text)):
            return True
        if frames.NO_WAY.search(text[: event.sentence.words[event.at].start]):
            return True
        if helpers & NEGATIONS and not (proposed and re.search(r"why don['’]?t", text, re.IGNORECASE)):
            return True
        if not proposed and self._governed_away(event, helpers):
            return True
        told = not speech and event.form in ("past", "had")
        aside = frames.ASIDE.search(text)
        if aside and aside.start() > event.sentence.words[event.at].start:
            text = text[: aside.start()]  # "cleaning the flat because my parents are coming tomorrow"
        if (
            (cues.FUTURE_TIMES.search(text) and not told)
            or (cues.HABIT_TIMES.search(text) and not (event.form == "ing" and helpers & BE and not speech))
            or (speech and event.form != "past" and cues.AS_SOON_AS.search(text))
            or (
                speech
                and (
                    (cues.LATER_IN_SPEECH.search(text) and not frames.SOME_LATER.match(text))
                    or cues.THAT_DAY.search(text)
                )
            )
        ):
            return True
        remembered = speech or event.form in ("past", "had") or event.base in cues.WEAR
        if event.form == "perfect" and helpers & HAVE:  # "I've put my gown on, it's freezing this morning"
            text = event.sentence.clause(event.at)
        return remembered and cues.PAST_TIMES.search(text) is not None

    @staticmethod
    def _is_proposed(sentence: Sentence, index: int) -> bool:
        """Whether the user proposes it: "let's …", "can you …", "shall we …", "let me take your coat"."""
        head = sentence.text[: sentence.words[index].end]
        if (cues.LETS.search(head) and "should" not in head) or re.search(r"\blet me\b", head, re.IGNORECASE):
            return True
        if sentence.low[max(0, index - 2) : index] == ["i", "'ll"] and sentence.at(index + 1) == "you":
            return True  # "I'll drive you home"
        if cues.ASKS_TO.search(head):
            return not re.search(r"\byou should\b.*\b(?:sometime|some day|try)\b", sentence.text, re.IGNORECASE)
        polite = (
            re.search(
                r"^\W*(?:can|could|would|will) you|\b(?:can|could|shall) we\b|\bwanna\b", sentence.text, re.IGNORECASE
            )
            is not None
        )
        return cues.PROPOSAL.match(sentence.text) is not None and (sentence.asks or polite)

    def _governed_away(self, event: Event, helpers: frozenset[str]) -> bool:
        """Whether another word before the verb says that it does not (yet) happen: "wants to", "without", "about to"."""
        sentence = event.sentence
        at = sentence.group_before(event.at)[0]
        governor = sentence.at(at)
        known = verbs().get(governor)
        if event.form == "ing" and governor in ("done", "finished") and sentence.group_before(at)[1] & (BE | HAVE):
            return True  # "we're done riding for today"
        breathless = event.form == "ing" and governor in ("talk", "chat", "text", "speak", "answer", "reply")
        if (
            at >= 0
            and not breathless
            and (known or governor in cues.ING_FAILS)
            and sentence.group_before(at)[1] & NEGATIONS
        ):
            return True  # "doesn't bother taking", "isn't planning to change"
        seen = verbs().get(sentence.at(at - 1), ()) if governor in PRONOUNS else ()
        if seen and seen[0].base == "let" and governor in ("me", "us"):
            seen = ()  # "let me put my hoodie on"
        if (
            seen
            and seen[0].base in ("see", "watch", "hear", "catch", "make", "let", "have")
            and self.earlier
            and self.earlier.at == at - 1
        ):
            return self.earlier.confidence == 0  # "I want to see you ride a horse"
        if (
            governor in PRONOUNS
            and (ruling := verbs().get(sentence.at(at - 1)))
            and ruling[0].base in ("make", "let", "have")
        ):
            return bool(sentence.group_before(at - 1)[1] & NEGATIONS)  # "don't make me take my hat off"
        if "to" in helpers and governor in NEGATIONS:
            return True  # "careful not to lose the hat"
        if "to" in helpers and event.base in ("reveal", "expose"):
            return False  # "takes off the coat to reveal a jumpsuit"
        if "to" in helpers and (event.form != "ing" or helpers & BE):
            if governor in PRONOUNS and not governor.endswith(("self", "selves")):
                earlier = verbs().get(sentence.at(at - 1))
                return earlier is None or earlier[0].base != "help"  # "asks you to", but "helps you to"
            base = known[0].base if known else governor
            if governor == "trying" and sentence.group_before(at)[1] & BE:
                return False  # "I'm trying to fix your bike": at it
            if governor == "had" == sentence.at(0) and event.base in cues.CHANGES_CLOTHES:
                return False  # "had to take my scarf off": and did
            if base in cues.TO_FAILS or governor in cues.TO_FAILS:
                return True
            if event.base == "sleep" and known is None:
                return True  # "sings the child to sleep"
            before = self.earlier
            if (
                sentence.mode == "narration"
                and before
                and before.confidence > cues.REQUESTED
                and before.form != "had"
                and before.base in cues.ACTING
                and known is None
            ):
                return False
            return (known is None or sentence.verb_at(at) is None) and governor not in cues.MAY_GOVERN
        if event.form != "ing" or helpers & BE or sentence.goes_on_with(at):
            return False
        if governor in ("you", "me", "us", "him", "her", "them") and sentence.at(at - 1) in ("about", "of"):
            return True  # "we can talk about you moving to the coast"
        base = known[0].base if known and sentence.verb_at(at) else governor
        # "the thought of wearing", "instead of taking"; but "in the middle of chopping"
        of = governor == "of" and sentence.at(at - 1) not in ("middle", "midst", "process", "act")
        return of or base in cues.ING_FAILS

    @staticmethod
    def _not_before(event: Event) -> bool:
        sentence = event.sentence
        at = sentence.group_before(event.at)[0]
        return sentence.at(at) in SUBJECTS and sentence.at(at - 1) in ("before", "until", "till")

    @staticmethod
    def _is_subject(event: Event) -> bool:
        """Whether an -ing that opens the sentence is the subject of what follows."""
        sentence = event.sentence
        if any(sentence.words[at].is_word and not is_adverb(sentence.at(at)) for at in range(event.at)):
            return False
        for at in range(event.at + 1, len(sentence)):
            low = sentence.at(at)
            if not sentence.words[at].is_word or low in SUBJECTS:
                return False
            if low in MODALS or (low in ("is", "was") and sentence.at(at + 1) in _JUDGED):
                return True
        return False

    @staticmethod
    def _only_dated(event: Event) -> bool:
        """Whether "before you", "until we", "when you" stands before the verb: it only says when something else happens."""
        sentence = event.sentence
        at = sentence.group_before(event.at)[0]
        joined = sentence.at(at - 1) in ("before", "after", "until", "till", "when", "once")
        return joined and sentence.at(at) in SUBJECTS and event.form in ("base", "s")

    @staticmethod
    def _was_made_to(event: Event) -> bool:
        """Whether a verb of the past rules this one: "my boss made us wear ties", "she watched me pack"."""
        sentence, at = event.sentence, event.at - 1
        ruling = verbs().get(sentence.at(at - 1), ())
        past = any(verb.forms & {"past"} and not verb.forms & {"base"} for verb in ruling)
        return event.form == "base" and sentence.at(at) in PRONOUNS and past

    @staticmethod
    def _in_question(sentence: Sentence, index: int) -> bool:
        """Whether the verb lies in the asking part: "I put on the dress, do you like it?" asks only at the end."""
        if not sentence.asks:
            return False
        if sentence.mode == "narration":
            return sentence.at(0) in ("would", "could", "should", "what", "why", "how", "does", "is", "will")
        starts = [
            0,
            *(i + 1 for i, low in enumerate(sentence.low) if low in (",", ";", "—", "–", "-", "but", "so", "and")),
        ]
        asking = (start for start in starts if cues.QUESTION_START.match(" ".join(sentence.low[start : start + 3])))
        inverted = next((i for i in range(1, len(sentence)) if is_inverted(sentence, i)), 0)
        if inverted:
            return index >= inverted  # "we're on the boat already where are you"
        declared = sentence.at(0) in SUBJECTS and "," in sentence.low  # "I'm at the bar, where are you?"
        return index >= next(asking, starts[-1] if declared else 0)

    def _hypothetical(self, event: Event) -> bool:
        """Whether an "if", a wish, a dream or somebody's words frame the verb."""
        sentence, index, low = event.sentence, event.at, event.sentence.low
        speech = sentence.mode != "narration"
        if low[0] in ("had", "were", "should") and sentence.at(1) in SUBJECTS | self.names:
            return True  # "Had she worn the green cloak, …"
        shown = SUBJECTS | self.names | {",", "of", "on"}
        if low[:1] == ["in"] and any(low[i] in _PICTURES and low[i + 1] in shown for i in range(1, min(5, index))):
            return True  # "In the photograph she was standing on the pier"
        if low[0] in ("if", "unless", "whenever") or (speech and low[0] in cues.OPENING_WISHES):
            return True
        for at in range(index - 1, -1, -1):
            word, following = low[at], sentence.at(at + 1)
            if word in (";", "—", "–", "but"):
                return False
            if word == "how" and low[at - 1 : at] in (["of"], ["about"], *_AFTER_PAUSE[event.form == "had"]):
                return True  # "She thought of the sea; of how, at nineteen, she had run down the shingle"
            same_clause = "," not in low[at:index]
            if word == "how" and speech and at and following in SUBJECTS | {"my", "your", "her", "his"} and same_clause:
                return True  # "I like how you've done your hair"
            if (
                word in cues.REMEMBERED_TIMES
                and following in SUBJECTS
                and sentence.at(at - 1) in ("the", "that", "last", "first")
                and at > 1  # "That night they slept in a barn" only dates it
                and sentence.at(at - 2) not in ("in", "by", "during", "on", "all")
            ):
                return True  # "thinks back to the night they danced"
            if word in ("if", "unless", "though") and sentence.at(at - 1) == "as":
                return True
            if word in cues.HYPOTHESES and (speech or word not in ("picture", "hope", "perhaps", "maybe")):
                # "remembers the dress she wore": it counts up to the next comma; what is imagined goes on after it
                return same_clause or (
                    event.form == "ing" and word.startswith(("imagin", "pictur", "dream", "daydream"))
                )
            if same_clause and (
                word in cues.THOUGHTS
                or (word == "when" and speech and at + 1 < index)
                or (word == "like" and following in ("i", "she", "he", "you", "we"))
            ):
                return True
            if (
                word in cues.SAYING
                and at + 1 < index
                and following in ("that", "i", "you", "she", "he", "we", "me", "if")
            ):
                return True
        return False

    def _past_is_now(self, event: Event, helpers: frozenset[str]) -> bool:
        """Whether a past tense outside narration still tells the present: just done, or told as a story."""
        sentence, base = event.sentence, event.base
        if self.remembering:
            return False  # "Remember the gala? I kicked off my heels and you carried me to the taxi."
        if self.speaker == "user" and "just" in helpers and base in cues.DURABLE:
            return False  # "you just sat there with me until it was over"
        if "just" in helpers or "finally" in helpers or helpers & HAVE:
            return True
        if self.speaker == "user" or base in cues.WEAR or base == "be" or helpers & {"was", "were"}:
            return False
        if base in ("leave", "lose", "forget") and sentence.low[event.at + 1 : event.at + 2] == ["my"]:
            return True  # "left my gloves on the bus"
        if base in cues.STAY | cues.POSTURES.keys() and event.at == 0:
            return True  # "sat in the garden with a book"
        if base in ("arrive", "reach") or (base == "make" and sentence.at(event.at + 1) == "it"):
            return True
        if base == "get" and sentence.at(event.at + 1) == "rid":
            return True  # "got rid of the skirt"
        changes = base in cues.OUT_OF | cues.INTO and sentence.at(event.at + 1) in ("out", "into")
        if event.who == "garment" or changes or (base == "get" and "on" in sentence.low[event.at :]):
            return True  # "The robe came off."
        others = event.who == "other"
        if (
            base in cues.CHANGES_CLOTHES
            and not others
            and not re.search(r"\b(?:when|before|after)\b", sentence.text, re.IGNORECASE)
        ):
            return True  # "I took off my coat": it is off now
        pasts = [
            i for i in range(len(sentence)) if (v := sentence.verb_at(i)) and "past" in v[1] and "base" not in v[1]
        ]
        told = re.findall(r"\b(?:I|she|he)\s+(?:\w+ly\s+)?\w+(?:ed|ook|ent|old|at|ood|id)\b", self.text)
        if re.search(
            r"\b(?:used to|back when|as a (?:kid|child)|when I was|(?:for|in) (?:a|\w+) (?:weeks?|months?|years?))\b",
            self.text,
        ):
            return False  # "I used to think … Then I cried for a week."
        return sentence.mode == "plain" and len(pasts) + len(told) >= 3 and base not in ("go", "visit", "travel", "fly")


_AFTER_PAUSE: tuple[list[list[str]], ...] = ([], [[";"], [","], ["and"]])
_PICTURES = word_set(
    "photograph photo picture painting portrait dream dreams film story movie novel poem video snapshot"
)
