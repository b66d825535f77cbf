"""What the companion is doing: postures and things done for a while, not glances and smiles."""

from companion_hub.models.scene import Do
from companion_hub.services.scene import cues
from companion_hub.services.scene.activities import (
    AT_LEISURE,
    FIGURES,
    INTO_DEED,
    NO_SEAT,
    NOT_GOING_ON,
    ROUND_ABOUT,
    SEAT,
    TAKES_SEAT,
    TO_A_SEAT,
    is_activity,
)
from companion_hub.services.scene.moving import Moving
from companion_hub.services.scene.persons import Event
from companion_hub.services.scene.places import FURNITURE, places
from companion_hub.services.scene.reading import Sentence
from companion_hub.services.scene.verbs import (
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    SUBJECTS,
    gerund,
    is_adverb,
    verbs,
)
from companion_hub.services.texts import one_line, word_set

_NEVER_GOING_ON = NOT_GOING_ON | cues.MOVES | cues.TRANSPORT | cues.FALLS
# Of these only what is begun or gone on with lasts: "starts checking the labels".
_WHEN_BEGUN = word_set("check count straighten adjust cut turn pop hang set")
_TAKEN = cues.RESTS - {"rest", "lean", "wait"}
_CHAIRS = word_set("chair chairs armchair seat seats stool bench pew booth throne deckchair recliner saddle")
_CLOSED = PRONOUNS | PREPOSITIONS
_BEFORE_NOUNS = PREPOSITIONS | DETERMINERS
_WORN_PARTS = cues.BODY_PARTS | {"sleeves", "sleeve", "cuffs", "collar"}

# What a thing does on somebody's knees: "the newspaper open on her knees".
_LIES_OPEN = word_set("open spread lie rest close balance fold")


class Doing(Moving):
    """Adds to the place: the activity."""

    def _doing(self, event: Event) -> Do | None:
        """Return the activity a verb tells."""
        sentence, base = event.sentence, event.base
        if event.subject:
            return None  # "her fingers dance over the strings"
        if event.who not in ("companion", "both"):
            return self._embraced(event)
        if figure := self._figure(event):
            return figure
        if nominal := self._nominal(event):
            return Do(action=nominal, **self._common(event, event.at + 4))
        before = sentence.group_before(event.at)[0]
        if (
            base in cues.RESTS
            and "where" in (sentence.at(before - 1), sentence.at(before - 2))
            and event.form in ("past", "s", "base")
        ):
            told = [v for at in range(before) if (v := sentence.verb_at(at)) is not None]
            if any(v[0] in cues.RESTS | cues.DURABLE for v in told):
                return None  # "she sat down where she stood"
        if base in _TAKEN and self._takes_object(event):
            return None  # "perches the glasses on her nose", "they sat us by the window"
        verb = cues.POSTURES.get(base, base)
        if verb == "lie" != base and not _CHAIRS.isdisjoint(sentence.low[event.at + 1 : event.at + 9]):
            verb = "sit"  # "collapses into one of the tiny chairs"
        begun = base in _WHEN_BEGUN and sentence.at(event.at - 1) in (
            "start",
            "starts",
            "started",
            "began",
            "begin",
            "begins",
            "on",
        )
        going_on = (begun or base not in _NEVER_GOING_ON) and self._goes_on(event)
        strange = going_on or (base not in verbs() and base.endswith("ing"))
        if (
            (base not in cues.POSTURES and base not in cues.DURABLE and not strange)
            or self._tells_habit(event)
            or self._is_state(event)
        ):
            return None
        if self._is_on_the_way(event):
            return None
        part = sentence.at(sentence.before_adverbs(event.at)) in cues.BODY_PARTS
        if part and "with" in sentence.low[max(0, event.at - 5) : event.at] and "ing" not in sentence.at(event.at)[-3:]:
            return None  # "she with her hands drawn up inside her sleeves"
        if event.form in ("perfect", "had") and base not in cues.RESTS and not sentence.at(event.at).endswith("ing"):
            return None  # "I've showered": done with
        if "been" in sentence.low[max(0, event.at - 2) : event.at] and not cues.SO_FAR.search(sentence.text):
            return None  # "I have been waiting for weeks": what led here
        if (
            base in ("hold", "draw", "pull", "lift", "swing", "spread", "take", "twirl", "twist", "wind")
            and self._clothes(sentence, event.at + 1) is not None
        ):
            return None  # "holds the robe shut"
        phrase, end = self._activity(event)
        if (
            base == "stretch"
            and not phrase
            and not sentence.at(event.at).endswith("ing")
            and sentence.at(event.at + 1) in (",", "and")
        ):
            return None  # "I stretch, crack my neck and …"
        goes_on_with = sentence.at(event.at - 1) == "to" and any(
            v.base in ("begin", "start") for v in verbs().get(sentence.at(event.at - 2), ())
        )
        if goes_on_with and base in cues.DURABLE and base in cues.NEEDS_OBJECT and not phrase:
            return Do(action=gerund(verb), **self._common(event, end))  # "begins to play, something slow"
        lasting = "ing" if sentence.at(event.at).endswith("ing") else event.form
        if not is_activity(base, lasting, phrase) or (base in ("sink", "settle") and NO_SEAT.search(phrase)):
            return None
        return Do(
            action=one_line(f"{verb if strange and base not in verbs() else gerund(verb)}{phrase}", 120),
            **self._common(event, end),
        )

    @staticmethod
    def _takes_object(event: Event) -> bool:
        """Whether a verb of posture is done to something or someone."""
        first, second = event.sentence.at(event.at + 1), event.sentence.at(event.at + 2)
        if first in ("a", "an"):
            return second not in ("little", "bit", "moment", "while", "minute", "few", "second", "long", "beat")
        someone = first in PRONOUNS and first not in SUBJECTS - {"you", "it"} and not first.endswith(("self", "selves"))
        return someone or first in POSSESSIVES or first == "the"

    @staticmethod
    def _nominal(event: Event) -> str:
        """Return the activity a noun tells: "breaks into a run", "drops into a crouch"."""
        if event.base not in (
            "land",
            "break",
            "drop",
            "sink",
            "fall",
            "settle",
            "launch",
            "burst",
            "lower",
            "fold",
            "ease",
            "bend",
        ):
            return ""
        match = INTO_DEED.match(" ".join(event.sentence.low[event.at + 1 : event.at + 7]))
        nouns = [noun for noun in match.groups() if noun] if match else []
        deeds = (v.base for noun in nouns for v in verbs().get(noun, ()) if "base" in v.forms)
        return next((gerund(base) for base in deeds if base in cues.DURABLE and base not in places()), "")

    def _embraced(self, event: Event) -> Do | None:
        """Return the activity of being hugged: what the user does to the companion is done by both."""
        embraces = self.speaker == "user" and event.who == "user" and event.sentence.at(event.at + 1) == "you"
        action = cues.EMBRACES.get(event.base) if embraces else None
        if embraces and event.base in ("sit", "seat", "lay") and event.sentence.at(event.at + 2) == "down":
            action = "lying down" if event.base == "lay" else "sitting"
        return Do(action=action, **self._common(event, event.at + 2)) if action else None

    def _figure(self, event: Event) -> Do | None:
        """Return what a fixed figure tells: "falls asleep", "drops to one knee", "goes for a run", "starts her push-ups"."""
        rest = " ".join(event.sentence.low[event.at + 1 : event.at + 8])
        if event.base in TO_A_SEAT and (seat := SEAT.match(rest)):
            lies = seat[4] in ("bed", "hammock", "mattress", "sunbed", "lounger")
            said = f"{'lying' if lies else 'sitting'} {seat[2]} {'the' if seat[3] in ('her', 'his', 'my') else seat[3]} {seat[4]}"
            return Do(action=said, **self._common(event, event.at + 1 + len(seat[0].split())))
        if event.base == "take" and TAKES_SEAT.match(rest):
            return Do(action="sitting", **self._common(event, event.at + 3))
        for bases, figure, action in FIGURES:
            if (event.base in bases or (not bases and event.base not in _LIES_OPEN)) and (match := figure.match(rest)):
                said = cues.OUTINGS.get(match[match.lastindex], match[match.lastindex]) if match.lastindex else ""
                return Do(action=action.format(said), **self._common(event, event.at + 1 + len(match[0].split())))
        return None

    def _goes_on(self, event: Event) -> bool:
        """Whether something at hand is being done: "is hanging the laundry", "I'm at the office, finishing a report"."""
        sentence, at = event.sentence, event.at
        if event.form == "base" and sentence.at(at - 1) == "to":
            ruling = verbs().get(sentence.at(at - 2), ())
            begun = any(verb.base in ("begin", "start") for verb in ruling)
            return begun and self._handles_something(sentence, at + 1)  # "begins to peel potatoes"
        if not sentence.at(at).endswith("ing") or not self._handles_something(sentence, at + 1):
            return False
        return sentence.is_going_on(at)

    @staticmethod
    def _handles_something(sentence: Sentence, at: int) -> bool:
        """Whether an object follows that is neither a person nor part of a body."""
        words = sentence.low[at + (sentence.at(at) in ("at", "through", "over", "on")) : at + 4]
        return bool(words) and words[0].isalpha() and words[0] not in _CLOSED and not set(words) & _WORN_PARTS

    def _is_state(self, event: Event) -> bool:
        """Whether a participle after a comma tells a state ("…, soaked to the bone") and no deed."""
        sentence, index = event.sentence, event.at
        if event.form == "perfect" and sentence.group_before(index)[1] & BE and event.base not in cues.STAY:
            return True
        if event.form != "past" or not sentence.at(index).endswith("ed") or (index == 0 and event.base in cues.RESTS):
            return False
        # "…, soaked to the bone", "…, sleeves soaked"
        absolute = sentence.at(index - 2) == "," and sentence.at(index - 1) not in PRONOUNS | self.companion | self.user
        if sentence.at(index - 1) not in (",", "") and not absolute:
            return False
        earlier = [v for at in range(index) if (v := sentence.verb_at(at)) is not None]
        return not any("past" in forms for _, forms in earlier)

    def _activity(self, event: Event) -> tuple[str, int]:
        """Return the words after the verb that belong to the activity (with a leading space), and where they end."""
        words, end = self._activity_words(event)
        phrase = "".join(f" {word}" for word in words if word)
        return cues.MANNER.sub("", cues.DANGLING.sub("", phrase)).rstrip(), end

    def _activity_words(self, event: Event) -> tuple[list[str], int]:
        """Return the words up to the end of the clause; places are left out (they are the location), furniture stays."""
        sentence, at = event.sentence, event.at + 1
        words: list[str] = []
        while at < len(sentence) and len(words) < 12:
            low = sentence.at(at)
            new_clause = low in ("it", "that", "you", "there") and sentence.at(at + 1) in BE
            if (not sentence.words[at].is_word and low != "-") or low in ("i", "she", "he", "we", "they") or new_clause:
                break
            if low in CONJUNCTIONS and not (low == "and" and self._continues_object(sentence, at)):
                break
            if (
                low in cues.UNTOLD
                or (low == "right" and sentence.at(at + 1) in ("now", "away"))
                or (is_adverb(low) and low.endswith("ly"))
            ):
                at += 1
                continue
            new_verb = sentence.verb_at(at) is not None and at > event.at + 1
            if new_verb and sentence.at(at - 1) not in _BEFORE_NOUNS:
                break
            if low in ("in", "at", "on", "by", "inside", "outside") or (low == "into" and event.base in cues.POSTURES):
                place = self._place_phrase(sentence, at + 1, low)
                if place is not None and FURNITURE.isdisjoint(sentence.low[at + 1 : place[1]]):
                    at = place[1]
                    continue
            lies = {"into": "in", "onto": "on"}.get(low, "") if event.base in cues.POSTURES else ""
            words.append(lies or self._as_shown(sentence, at, low))
            at += 1
        return words, at

    @staticmethod
    def _is_on_the_way(event: Event) -> bool:
        """Whether a movement only leads somewhere ("walks to the door") and is no activity of its own ("out walking")."""
        sentence, base = event.sentence, event.base
        begun = sentence.at(event.at - 1) == "to" and any(
            v.base in ("begin", "start") for v in verbs().get(sentence.at(event.at - 2), ())
        )
        if base not in cues.JOURNEYS or (begun and sentence.is_boundary(event.at + 1)):
            return False
        following = sentence.at(event.at + 1)
        if (
            base == "ride"
            and following in DETERMINERS
            and not {"elevator", "lift", "bus", "train", "tram", "metro", "subway"} & set(sentence.low)
        ):
            return False  # "rides a white mare along the shore"
        if base == "walk" and following in DETERMINERS and sentence.at(event.at + 2) in ("dog", "dogs", "puppy"):
            return False
        onward = sentence.at(event.at + 2)
        if following == "on" and (
            sentence.is_boundary(event.at + 2)
            or onward in ("with", "in", "through", "beside", "alone")
            or is_adverb(onward)
        ):
            return False  # "rode on with her chin on her chest"
        if following == "with" and (
            base in ("drive", "ride", "row", "cycle") or (base in AT_LEISURE and event.confidence == cues.REQUESTED)
        ):
            return False  # "drove with the windows down"
        round_about = ROUND_ABOUT.match(" ".join(sentence.low[event.at + 1 : event.at + 8]))
        if base in AT_LEISURE and round_about and "along" in round_about[0]:
            return False  # "walk out along the jetty"
        if cues.ONWARD.match(" ".join(sentence.low[event.at + 1 : event.at + 4])):
            return True
        if base == "run" and following not in (
            "",
            ",",
            "side",
            "together",
            "hard",
            "fast",
            "alone",
            "beside",
            "with",
            "along",
            "on",
            "through",
            "across",
            "around",
            "in",
        ):
            return True
        if base in AT_LEISURE and ROUND_ABOUT.match(" ".join(sentence.low[event.at + 1 : event.at + 8])):
            return False  # "walks with you along the beach"
        going_on = sentence.at(event.at).endswith("ing")
        return event.form in ("s", "base", "past") and base not in cues.LASTING_JOURNEYS and not going_on

    def _continues_object(self, sentence: Sentence, at: int) -> bool:
        following = sentence.at(at + 1)
        return (
            bool(following)
            and sentence.verb_at(at + 1) is None
            and following not in PRONOUNS | CONJUNCTIONS
            and not is_adverb(following)
            and sentence.words[at + 1].is_word
            and not following.endswith(("ed", "es"))
            and at + 2 <= len(sentence)
            and sentence.is_boundary(at + 2)
        )

    def _as_shown(self, sentence: Sentence, at: int, low: str) -> str:
        """Return a word as the state shows it: possessives of the companion go, the user is "you"."""
        if low in ("her", "his", "their") and self._phrase_follows(sentence, at):
            return ""
        if self.speaker == "companion":
            return "" if low in ("my", "own", "myself", "herself", "himself") else sentence.words[at].text
        if low in ("me", "us"):
            return "you"
        if low == "my":
            return "your"
        return "" if low in ("your", "own", "yourself") else sentence.words[at].text
