"""Whether what a verb tells really happens: not negated, asked, wished, planned, remembered or habitual."""

import re
from typing import Any

from companion_hub.services.scene import cues
from companion_hub.services.scene.persons import Event
from companion_hub.services.scene.reading import Sentence
from companion_hub.services.scene.verbs import BE, DO, HAVE, MODALS, NEGATIONS, PRONOUNS, SUBJECTS, verbs
from companion_hub.services.scene.voices import Voices
from companion_hub.services.texts import word_set


class Happening(Voices):
    """Adds to who acts: how sure it is."""

    def _event(self, sentence: Sentence, index: int, base: str, forms: frozenset[Any], who: Any, subject: str) -> Event:
        """``who`` may be "imperative": the one spoken to is told to act."""
        imperative = who == "imperative"
        if imperative:
            who = "user" if self.speaker == "companion" else "companion"
        left, helpers = sentence.group_before(index)
        form = _form(forms, helpers)
        if form == "base" and "past" in forms and not helpers and sentence.at(left) in ("he", "she", "it"):
            form = "past"  # "he put": the present would have an -s
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
        if (shared := self._shares_auxiliary(event, helpers)) is not None:
            return shared
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
        if self.speaker == "user" and speech and not imperative and self._only_dated(event):
            return 0  # "take it off before you talk to my mother"
        modals = helpers & MODALS - ({"'d", "’d"} if form == "had" else set[str]())
        told = (
            imperative
            and self.speaker == "user"
            and event.at < 2
            and not cues.QUESTION_START.match(sentence.text.lower())
        )
        asked = not told and self._in_question(sentence, event.at)
        if modals or "let" in helpers or asked or self._hypothetical(event):
            return 0
        if imperative:
            return 0 if self.speaker == "companion" else cues.REQUESTED
        if form == "had" and (speech or event.base in cues.WEAR):
            return 0
        if form == "past" and speech and not self._past_is_now(event, helpers):
            return 0
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
        if helpers & NEGATIONS and not (proposed and re.search(r"why don['’]?t", text, re.IGNORECASE)):
            return True
        if not proposed and self._governed_away(event, helpers):
            return True
        told = not speech and event.form in ("past", "had")
        aside = _ASIDE.search(text)
        if aside and aside.start() > event.sentence.words[event.at].start:
            text = text[: aside.start()]  # "cleaning the flat because my parents are coming tomorrow"
        if (
            (cues.FUTURE_TIMES.search(text) and not told)
            or cues.HABIT_TIMES.search(text)
            or (speech and event.form != "past" and cues.AS_SOON_AS.search(text))
            or (speech and (cues.LATER_IN_SPEECH.search(text) or cues.THAT_DAY.search(text)))
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
        breathless = event.form == "ing" and governor in ("talk", "chat", "text", "speak", "answer", "reply")
        if (
            at >= 0
            and not breathless
            and (known or governor in cues.ING_FAILS)
            and sentence.group_before(at)[1] & NEGATIONS
        ):
            return True  # "doesn't bother taking", "isn't planning to change"
        if (
            governor in PRONOUNS
            and (ruling := verbs().get(sentence.at(at - 1)))
            and ruling[0].base in ("make", "let", "have")
        ):
            return bool(sentence.group_before(at - 1)[1] & NEGATIONS)  # "don't make me take my hat off"
        if "to" in helpers and event.base in ("reveal", "expose"):
            return False  # "takes off the coat to reveal a jumpsuit"
        if "to" in helpers and (event.form != "ing" or helpers & BE):
            if governor in PRONOUNS and not governor.endswith(("self", "selves")):
                earlier = verbs().get(sentence.at(at - 1))
                return earlier is None or earlier[0].base != "help"  # "asks you to", but "helps you to"
            base = known[0].base if known else governor
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
        base = known[0].base if known and sentence.verb_at(at) else governor
        # "the thought of wearing", "instead of taking"; but "in the middle of chopping"
        of = governor == "of" and sentence.at(at - 1) not in ("middle", "midst", "process", "act")
        return of or base in cues.ING_FAILS

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
        inverted = next((i for i in range(1, len(sentence)) if _is_inverted(sentence, i)), 0)
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
        if event.who == "garment" or (base == "get" and "on" in sentence.low[event.at :]):
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
        return len(pasts) + len(told) >= 3 and base not in ("go", "visit", "travel", "fly")


_AFTER_PAUSE: tuple[list[list[str]], ...] = ([], [[";"], [","], ["and"]])
_PICTURES = word_set(
    "photograph photo picture painting portrait dream dreams film story movie novel poem video snapshot"
)
_ASIDE = re.compile(r"\b(?:because|bc|cuz|coz|in case)\b|, (?:where|which|who|whom|as)\b", re.IGNORECASE)
_ASKING = frozenset(("where", "what", "why", "how", "when", "who", "which"))


def _is_inverted(sentence: Sentence, at: int) -> bool:
    """Whether a question begins at an index in the middle of an unpunctuated message."""
    helper = at + (sentence.at(at) in _ASKING)
    if sentence.at(helper) not in BE | MODALS | DO or sentence.at(helper).startswith(("'", "’")):
        return False
    free = sentence.at(at - 1) not in SUBJECTS | _ASKING and sentence.at(at - 1) not in (
        "and",
        "or",
        "than",
        "nor",
        "so",
    )
    return sentence.at(helper + 1) in SUBJECTS and free


def _is_had(forms: frozenset[Any], helpers: frozenset[str]) -> bool:
    """Whether "'d" stands for had ("she'd thrown") and not for would ("she'd throw")."""
    return bool(helpers & {"'d", "’d"}) and "base" not in forms


def _form(forms: frozenset[Any], helpers: frozenset[str]) -> str:
    """Return the form in use: ing, had (past perfect), perfect, past, s or base."""
    if "ing" in forms:
        return "past" if helpers & {"was", "were"} else "ing"
    if "pp" in forms and ("had" in helpers or _is_had(forms, helpers)):
        return "had"
    if "pp" in forms and helpers & HAVE:
        return "perfect"
    if "pp" in forms and "base" not in forms and helpers & BE:
        return "past" if helpers & {"was", "were"} else "perfect"
    if "base" in forms:  # "put", "run", "come": present unless a helper says otherwise
        return "past" if helpers & {"did", "was", "were"} else "base"
    if "past" in forms or ("pp" in forms and not helpers & BE):
        return "past"
    if "pp" in forms:
        return "past" if helpers & {"was", "were"} else "perfect"
    return "s" if "s" in forms else "base"
