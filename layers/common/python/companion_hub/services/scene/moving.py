"""Where a verb takes the companion, or says that it is."""

import re
from typing import Literal

from companion_hub.models.scene import MoveTo, Operation
from companion_hub.services.scene import cues
from companion_hub.services.scene.persons import Event, Who
from companion_hub.services.scene.reading import Sentence
from companion_hub.services.scene.verbs import (
    CONJUNCTIONS,
    DETERMINERS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    is_adverb,
)
from companion_hub.services.scene.whereabouts import Whereabouts
from companion_hub.services.texts import word_set

_JOURNEYS = word_set("travel fly drive head sail hike ride trek march cruise")
_TIMES = word_set("day morning afternoon evening night hour hours weekend minutes while rest")
_OUTING_TAKEN = re.compile(
    r"(?:me |you |us )?(?:on |for )?an? (?:\w+ )?(?:walk|stroll|hike|drive|ride|dip|swim|trip|tour)\b"
)
# Begin the way of a verb that has no object.
_PATHS = word_set(
    "into inside onto through down up across along past out over back around off from under between among toward towards"
)


_WAYS_IN = word_set("step go come climb dive disappear vanish move follow lead")
_TELLING_FORMS = word_set("s past ing base had perfect")


class Moving(Whereabouts):
    """Adds to the words for places: who gets there."""

    def _moving(self, event: Event) -> Operation | None:
        """Return where the verb takes the companion, or where it says the companion is."""
        sentence, base = event.sentence, event.base
        carries = base in cues.TRANSPORT or base == "find"  # "evening found her on the pier"
        moves = (
            carries
            or base in cues.ROVES
            or self._stops_by(event)
            or base in cues.STRONG_MOVES
            or base in cues.WEAK_MOVES
        )
        dines = (
            base in cues.GETS_A_BITE and cues.HAD.search(" ".join(sentence.low[event.at : event.at + 5])) is not None
        )
        sinks = base in cues.POSTURES and sentence.at(event.at + 1) == "into"
        if base == "find":
            moves = sentence.at(event.at + 1) in PRONOUNS - {
                "it",
                "them",
            }  # "finds herself in a forest", "finds you in the kitchen"
        found = sentence.low[event.at + 1 : event.at + 4]
        moves = moves or (base == "take" and found[:1] == ["off"] and found[1:2] != [] and found[1] in _PATHS)
        moves = moves or (base == "find" and not {"table", "seat", "seats", "spot", "booth", "bench"}.isdisjoint(found))
        moves = moves or (base == "set" and sentence.at(event.at + 1) in ("out", "off", "forth"))
        moves = moves or (
            base == "take" and _OUTING_TAKEN.match(" ".join(sentence.low[event.at + 1 : event.at + 5])) is not None
        )
        moves = moves or sinks or self._goes_somewhere(event) or self._makes_its_way(event)
        if not (moves or dines or base == "be" or base in cues.STAY or base in cues.DURABLE) or self._tells_habit(
            event
        ):
            return None
        if base == "make" and not {"way", "it"} & set(sentence.low[event.at : event.at + 4]):
            return None
        if base in ("pull", "draw") and sentence.at(event.at + 1) in ("up", "in", "over", "into"):
            return self._pulling_up(event)
        if base == "be" and event.form == "past" and sentence.mode != "narration":
            return None
        passenger = self._passenger(event) if carries else ""
        if base == "lead" and event.who == "user" and sentence.low[event.at + 1 : event.at + 3] == ["the", "way"]:
            passenger = "both"
        if event.who not in ("companion", "both") and not cues.EVOCATIVE.isdisjoint(sentence.low[: event.at]):
            return None
        # Whoever leads someone somewhere goes along.
        if not {event.who, passenger} & {"companion", "both"}:
            return None
        if (
            base in cues.NEEDS_PASSENGER
            and not passenger
            and cues.VEHICLES.isdisjoint(sentence.low[event.at + 2 : event.at + 5])
            and not (self._goes_somewhere(event) or found[:1] == ["off"])
        ):
            return None
        place = self._destination(event, moves=moves)
        if moves and (place is None or place[0] == "inside"):
            place = self._through_a_door(event) or place
        return MoveTo(location=place[0], **self._common(event, place[1])) if place else None

    @staticmethod
    def _stops_by(event: Event) -> bool:
        """Whether one stops or spends time somewhere: "we stop at a noodle bar", "they spend the afternoon in the park"."""
        words = event.sentence.low[event.at + 1 : event.at + 5]
        if event.base == "check":
            return words[:1] in (["in"], ["into"])
        if event.base == "stop":
            return words[:1] in (["at"], ["by"], ["outside"], ["in"])
        return event.base == "spend" and not _TIMES.isdisjoint(words)

    @staticmethod
    def _makes_its_way(event: Event) -> bool:
        """Whether any verb with a way leads somewhere: "picks her way across the rocks to the tide pools"."""
        sentence, at = event.sentence, event.at + 1
        return (
            sentence.at(at) in POSSESSIVES
            and sentence.at(at + 1) == "way"
            and sentence.at(at + 2) in _PATHS | {"to", "back"}
        )

    @staticmethod
    def _goes_somewhere(event: Event) -> bool:
        """Whether any verb without an object leads into a place: "sweeps down the stairs into the ballroom"."""
        sentence, at = event.sentence, event.at + 1
        itself = sentence.at(at).endswith("self")  # "lowers herself into the bath"
        at += itself
        if (event.base in cues.NO_WAY and not itself) or event.form not in _TELLING_FORMS:
            return False
        while is_adverb(sentence.at(at)):
            at += 1
        return sentence.at(at) in _PATHS

    def _pulling_up(self, event: Event) -> Operation | None:
        """Read "they pull up outside the diner", "pulls into the car park": arriving by car."""
        sentence = event.sentence
        if event.who not in ("companion", "both") or sentence.at(event.at + 2) in PRONOUNS:
            return None
        for at in range(event.at + 1, min(len(sentence), event.at + 6)):
            near = sentence.at(at)
            if near in ("outside", "into", "at", "by", "to", "beside", "onto") or (
                near == "of" and sentence.at(at - 1) == "front"
            ):
                said = {"into": "in", "to": "at", "onto": "on", "of": "in front of"}.get(near, near)
                place = self._place_phrase(sentence, at + 1, "in")
                if place is not None:
                    noun = place[0].split(" ", 1)[1]
                    return MoveTo(location=f"{said} {noun}", **self._common(event, place[1]))
        return None

    def _passenger(self, event: Event) -> Who | Literal[""]:
        sentence = event.sentence
        low = sentence.at(event.at + 1)
        if low in PRONOUNS:
            return self._object(event, low) or "other"
        if low in self.user or low in self.companion:
            return "user" if low in self.user else "companion"
        carried = event.base in ("lead", "guide", "usher", "escort", "carry", "drag", "haul", "wheel", "lug", "bring")
        if carried and low in DETERMINERS and sentence.at(event.at + 2) not in ("hand", "arm", "way"):
            return "other"
        if low in DETERMINERS and sentence.at(event.at + 2) in cues.PEOPLE_ANY | {"others", "rest", "party", "group"}:
            return "other"
        # "takes your hand and leads", "pulls her by the hand"
        if low in POSSESSIVES and sentence.at(event.at + 2) in ("hand", "arm"):
            return self._owner(low, sentence) or ""
        return ""

    def _destination(self, event: Event, *, moves: bool) -> tuple[str, int] | None:
        """Return (readable place, end) of the last place the verb leads to or lies at."""
        sentence = event.sentence
        at = event.at + 1
        found: tuple[str, int] | None = None
        if (
            event.base in cues.ROVES
            and sentence.at(at + 1) in ("length", "width", "breadth")
            and (along := self._place_phrase(sentence, at + 3, "in")) is not None
        ):
            return along
        if (
            event.base in cues.ROVES
            and not (event.base == "cross" and {"to", "into"} & set(sentence.low[at : at + 6]))
            and (direct := self._place_phrase(sentence, at, "in")) is not None
        ):
            return direct
        if event.base in ("enter", "board") and (strange := self._strange_place(sentence, at, "in")) is not None:
            return strange
        leaving = False  # whether the words tell where one comes from
        while at < min(len(sentence), event.at + 16) and not self._ends_journey(sentence, at, event.at):
            low = sentence.at(at)
            if beside := self._before_a_place(sentence, at) or self._among_things_of(sentence, at):
                found, at = beside, beside[1]
                continue
            if low in cues.BARE_PLACES and not (low == "inside" and sentence.at(at + 1) in DETERMINERS):
                found = self._bare_place(sentence, at) or found
            elif (
                low == "to"
                and sentence.at(at + 1) == "work"
                and event.base in ("get", "set", "go")
                and sentence.mode == "narration"
            ):
                return found  # "gets to work on the dishes"
            elif low in cues.SOURCES or (low == "out" and sentence.at(at + 1) == "of"):
                leaving = True
                at += low == "out"
            elif low in cues.TOWARD or low in cues.WITHIN or (low == "of" and sentence.at(at - 1) in cues.DOORS):
                leaving = low in ("for", "toward", "towards") and event.base not in (
                    "head",
                    "make",
                    "leave",
                    "set",
                    "run",
                    "dash",
                    "bolt",
                    "sprint",
                )
                phrase = (
                    None
                    if leaving or not (moves or low not in cues.TOWARD)
                    else self._place_phrase(sentence, at + 1, low)
                )
                if phrase is None and found is None and not leaving and self._surely_a_place(event, at):
                    phrase = self._strange_place(sentence, at + 1, low)
                if phrase is not None:
                    detail = found is not None and found[0] not in cues.BARE_PLACES and low in cues.DETAILS
                    found = found if detail else phrase
                    at = phrase[1]
                    continue
            at += 1
        return found

    def _surely_a_place(self, event: Event, at: int) -> bool:
        """Whether verb and preposition leave no doubt that a place follows, whatever its name."""
        sentence, base, low = event.sentence, event.base, event.sentence.at(at)
        between = sentence.low[event.at + 1 : at]
        if base == "arrive":
            return low in ("at", "in", "on")
        if base == "be" and event.form != "past":
            return low == "at" and all(is_adverb(word) or word in ("back", "out", "here") for word in between)
        if low == "into":
            ways = cues.STRONG_MOVES | _WAYS_IN
            return base in ways and len(between) <= 1
        if low in ("to", "onto") and between[-1:] in (["down"], ["out"]):
            return base in cues.STRONG_MOVES | {"go", "come", "head", "run", "lead", "follow", "step"}
        if low == "to":
            asked = event.confidence == cues.REQUESTED and base in ("go", "come")
            return asked or base in _JOURNEYS or (base == "make" and between == ["it"])
        return False

    @staticmethod
    def _ends_journey(sentence: Sentence, at: int, verb: int) -> bool:
        """Whether the words that belong to the movement end here."""
        low = sentence.at(at)
        if low in ("after", "before", "behind") and sentence.at(at + 1) in ("you", "me", "him", "her", "them", "us"):
            return False  # "padding after you into the bathroom"
        if low in cues.STOPS or (low in CONJUNCTIONS and low != "and"):
            return True
        if low == "and":
            return sentence.verb_at(at + 1) is not None or sentence.at(at + 1) in PRONOUNS
        another = sentence.verb_at(at) is not None and at > verb + 1 and low not in ("back", "park")
        return another and sentence.at(at - 1) not in PREPOSITIONS | DETERMINERS

    def _tells_habit(self, event: Event) -> bool:
        """Whether plain speech tells what one does in general ("I work at a hospital"), not now."""
        sentence = event.sentence
        return (
            sentence.mode != "narration"
            and event.form in ("base", "s")
            and event.base in cues.HABITS
            and self.speaker == "companion"
            and event.confidence > cues.REQUESTED
            and not self._is_story(sentence)
        )

    @staticmethod
    def _is_story(sentence: Sentence) -> bool:
        """Whether plain text tells what happens step by step, rather than about oneself."""
        steps = cues.STRONG_MOVES | cues.STAY | cues.INTO | cues.ON | cues.STORY_STEPS
        return sum(verb is not None and verb[0] in steps for verb in map(sentence.verb_at, range(len(sentence)))) >= 2
