"""What belongs to a deed: what is done to what, and whether it is more than a gesture or a way somewhere."""

from companion_hub.services.scene import cues
from companion_hub.services.scene.activities import (
    AT_LEISURE,
    ROUND_ABOUT,
)
from companion_hub.services.scene.moving import Moving
from companion_hub.services.scene.persons import Event
from companion_hub.services.scene.places import FURNITURE
from companion_hub.services.scene.reading import Sentence
from companion_hub.services.scene.verbs import (
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    SUBJECTS,
    is_adverb,
    verbs,
)
from companion_hub.services.texts import word_set

_CLOSED = PRONOUNS | PREPOSITIONS
_BEFORE_NOUNS = PREPOSITIONS | DETERMINERS
_WORN_PARTS = cues.BODY_PARTS | {"sleeves", "sleeve", "cuffs", "collar"}
_BODY = cues.BODY_PARTS | word_set(
    "temple temples thumbnail fingernail bangs fringe ponytail reflection collar cuff cuffs hem sleeve sleeves strap straps lapel lapels"
)
# These are over in a moment, whatever the verb.
_GESTURED = word_set("smile grin laugh giggle yawn tear tears thumbnail fingernail reflection blush sigh sob")
_SEES_TO_CLOTHES = word_set(
    "iron fold mend sew knit wash dry darn hem stitch embroider polish pack unpack sort hang paint draw sketch clean scrub patch rinse launder shine crochet brush"
)
_LIFTS = word_set("elevator lift bus train tram metro subway")
_ROADS = word_set("road highway motorway coast street streets lane countryside hills night")
_UNDER_WAY = word_set("home through along around across past beside by with down")


class Deeds(Moving):
    """Adds to the place: the words of an activity."""

    def _handles_itself(self, event: Event, end: int) -> bool:
        """Whether what the verb is done to is part of a body, a look, or something worn."""
        sentence = event.sentence
        strange = event.base not in verbs()  # "towel-drying my hair"
        for at in range(event.at + 1, min(end, event.at + 7)):
            low = sentence.at(at)
            if low == "all":
                return False  # "picking apples all day my arms …"
            leads = (
                ("of", "off", "up", "out") if at > event.at + 1 else ("of", "off", "up", "out", "on", "at", "through")
            )
            if (low == "hair" and strange) or (low in PREPOSITIONS and low not in leads):
                return False
            mine = sentence.at(at - 1) in POSSESSIVES or sentence.at(at - 1) in ("two", "one", "parted", "both")
            if low in _GESTURED or (mine and low in _BODY):
                return True
            worn = mine and low not in _BODY and event.base not in _SEES_TO_CLOTHES
            if (
                worn
                and (piece := self._clothes(sentence, at - 1)) is not None
                and any(map(self._is_worn, piece.garments))
            ):
                return True
        return False

    @staticmethod
    def _takes_own_body(event: Event) -> bool:
        first, second = event.sentence.at(event.at + 1), event.sentence.at(event.at + 2)
        return first.endswith(("self", "selves")) or (
            first in POSSESSIVES | {"the", "a", "one", "two", "both"}
            and bool({second, event.sentence.at(event.at + 3)} & cues.BODY_PARTS)
        )

    @staticmethod
    def _takes_object(event: Event) -> bool:
        """Whether a verb of posture is done to something or someone."""
        first, second = event.sentence.at(event.at + 1), event.sentence.at(event.at + 2)
        if first in ("a", "an"):
            return second not in ("little", "bit", "moment", "while", "minute", "few", "second", "long", "beat")
        someone = first in PRONOUNS and first not in SUBJECTS - {"you", "it"} and not first.endswith(("self", "selves"))
        return someone or first in POSSESSIVES or first == "the"

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
        particle = sentence.at(at) in ("in", "out", "up", "off", "down") and sentence.at(at + 1) in DETERMINERS
        words = sentence.low[at + (particle or sentence.at(at) in ("at", "through", "over", "on")) : at + 4]
        own = set(words[: 1 + (words[:1] != [] and words[0] in DETERMINERS)])  # not "the chair legs"
        own |= set(words) & {"face", "eyes", "hair", "hand", "hands", "lip", "lips"}
        return bool(words) and words[0].isalpha() and words[0] not in _CLOSED and not own & _WORN_PARTS

    def _is_state(self, event: Event) -> bool:
        """Whether a participle after a comma tells a state ("…, soaked to the bone") and no deed."""
        sentence, index = event.sentence, event.at
        helped = sentence.group_before(index)[1] & BE and not sentence.at(index).endswith("ing")
        if event.form in ("perfect", "past") and helped and event.base not in cues.STAY:
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
        along = {*sentence.low[event.at + 1 : event.at + 4]}
        if (
            base == "ride"
            and along & {"across", "along", "through", "over", "beside"}
            and _LIFTS.isdisjoint(sentence.low)
        ):
            return False  # "rides out across the moor"
        if base == "drive" and along & {"down", "along", "through"} and not _ROADS.isdisjoint(sentence.low):
            return False  # "drives down the coastal road"
        if base == "walk" and following in DETERMINERS and sentence.at(event.at + 2) in ("dog", "dogs", "puppy"):
            return False
        onward = sentence.at(event.at + 2)
        if (
            base in ("drive", "row")
            and following in ("us", "you", "him")
            and onward in ("along", "through", "around", "past")
        ):
            return False  # "drives us along the coast road"
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
        if (
            sentence.at(event.at).endswith("ing")
            and sentence.group_before(event.at)[1] & BE
            and following in _UNDER_WAY
        ):
            return False  # "I'm walking home through the park"
        if cues.ONWARD.match(" ".join(sentence.low[event.at + 1 : event.at + 4])):
            return True
        if base == "run" and not {"mile", "miles", "lap", "laps", "marathon"}.isdisjoint(
            sentence.low[event.at + 1 : event.at + 6]
        ):
            return False  # "running my second mile"
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
            "lap",
            "laps",
            "like",
        ):
            return True
        roams = base in AT_LEISURE or (base == "run" and "to" not in sentence.low[event.at + 1 : event.at + 8])
        if roams and ROUND_ABOUT.match(" ".join(sentence.low[event.at + 1 : event.at + 8])):
            return False  # "walks with you along the beach"
        ahead = event.at + 1
        while is_adverb(sentence.at(ahead)) or sentence.at(ahead) == "ahead":
            ahead += 1
        if (
            base in ("walk", "stroll")
            and sentence.is_boundary(ahead)
            and sentence.at(ahead) in (",", ".", ";", "and", "")
        ):
            return False  # "we walk slowly, and I read you the names"
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
