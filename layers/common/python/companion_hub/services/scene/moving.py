"""Where a verb takes the companion, or says that it is."""

import re
from typing import Literal

from companion_hub.models.scene import MoveTo, Operation
from companion_hub.services.scene import cues
from companion_hub.services.scene.persons import Event, Who
from companion_hub.services.scene.places import find_place
from companion_hub.services.scene.reading import Sentence
from companion_hub.services.scene.verbs import (
    DETERMINERS,
    POSSESSIVES,
    PRONOUNS,
    SUBJECTS,
    is_adverb,
)
from companion_hub.services.scene.ways import PATHS, Ways, leads_on
from companion_hub.services.texts import word_set

_TIMES = word_set("day morning afternoon evening night hour hours weekend minutes while rest")
_OUTING_TAKEN = re.compile(
    r"(?:me |you |us )?(?:on |for )?an? (?:\w+ )?(?:walk|stroll|hike|drive|ride|dip|swim|trip|tour|turn (?=about|around|round))\b"
)


_SEAT_OF_PANTS = word_set("butt ass arse bum backside behind self")
_RIDES = word_set("bus train tram metro subway ferry lift elevator cab taxi car boat number stairs steps path tube")
_STEPS = cues.FASTEN | cues.UNFASTEN | word_set("pull push put take grab pick set open come follow enter step kick")
_BOARDED = word_set("train bus ferry boat ship plane tram yacht shuttle")
_REFUGE = word_set("shelter refuge cover sanctuary lodgings rooms")
_TELLING_FORMS = word_set("s past ing base had perfect")

_WALKS = (cues.MOVES | cues.ROVES) - {"find"}
_ELSEWHERE = cues.ELSEWHERE | cues.GIVE
_MAY_MOVE_A_THING = cues.MOVES - (cues.ROVES | cues.STAY | (cues.DURABLE - {"run", "drive", "walk", "ride"}))
_MOVERS = cues.MOVERS | cues.PEOPLE
_SEATS = {"table", "seat", "seats", "spot", "booth", "bench"}
_OBJECTS = (PRONOUNS - SUBJECTS) | {"you"}


class Moving(Ways):
    """Adds to the ways: who gets there."""

    def _gets_there(self, event: Event) -> bool:
        """Whether a verb that says little by itself takes someone somewhere with the words behind it."""
        sentence, base, at = event.sentence, event.base, event.at
        found = sentence.low[at + 1 : at + 4]
        after, behind = sentence.at(at + 1), " ".join(sentence.low[at + 1 : at + 5])
        by_verb = {
            # "finds herself in a forest", "evening found her on the pier", "finds a booth"
            "find": after in (PRONOUNS - {"it"}) | self.names or not _SEATS.isdisjoint(found),
            "be": after in PATHS,
            "take": _OUTING_TAKEN.match(behind) is not None or (after == "off" and sentence.at(at + 2) in PATHS),
            "set": after in ("out", "off", "forth"),
            "fall": "asleep" in found,
        }
        return (
            by_verb.get(base, False)
            or (base in ("take", "seek", "find") and not _REFUGE.isdisjoint(found))
            or (base in ("end", "wind", "wash", "turn", "show") and after == "up")
            or (base in cues.SWAPS | {"leave", "abandon", "forsake", "quit"} and self._exchanges_places(event))
            or (sentence.at(at - 1) == "go" and self._place_phrase(sentence, at + 1, "in") is not None)
        )

    def _moving(self, event: Event) -> Operation | None:
        """Return where the verb takes the companion, or where it says the companion is."""
        sentence, base = event.sentence, event.base
        carries = base in cues.TRANSPORT or self._takes_someone(event)
        moves = carries or base in _WALKS or self._stops_by(event)
        dines = (base in cues.GETS_A_BITE and event.confidence == cues.REQUESTED) or (
            base in cues.GETS_A_BITE and cues.HAD.search(" ".join(sentence.low[event.at : event.at + 5])) is not None
        )
        sinks = base in cues.POSTURES and sentence.at(event.at + 1) == "into"
        found = sentence.low[event.at + 1 : event.at + 4]
        if base == "get" and found[:1] in (["your"], ["my"]) and not _SEAT_OF_PANTS.isdisjoint(found):
            moves, carries = True, True  # "get your butt in the kitchen"
        moves = moves or sinks or self._gets_there(event) or self._goes_somewhere(event) or self._makes_its_way(event)
        if shut := self._behind_a_door(event):
            return shut
        takes_seat = base == "take" and "seat" in found
        stays = takes_seat or base == "be" or base in cues.STAY or base in cues.DURABLE or self._acts_there(event)
        if not (moves or dines or stays) or self._tells_habit(event):
            return None
        subject = sentence.at(sentence.group_before(event.at)[0])
        direct = subject in SUBJECTS | self.names | {"and", ",", ""}
        if (
            direct
            and found[:1] == ["them"]
            and base in cues.SETS_DOWN | {"throw", "leave"}
            and event.who == "companion"
        ):
            return None  # "she had dropped them, in the bottom of the fountain": things
        looks = base == "follow" and not {"gaze", "eyes", "finger", "look", "glance"}.isdisjoint(found)
        seated = base == "find" and not _SEATS.isdisjoint(found)
        if looks or (self._moves_a_thing(event) and not seated):
            return None
        if base == "sit" and found[:1] == ["through"]:
            return None  # "had to sit through the whole meeting"
        if base == "make" and not {"way", "it", "camp", "for"} & set(sentence.low[event.at : event.at + 4]):
            return None
        if base in ("pull", "draw") and sentence.at(event.at + 1) in ("up", "in", "over", "into"):
            return self._pulling_up(event)
        if base == "be" and event.form == "past" and sentence.mode != "narration":
            return None
        passenger = self._passenger(event) if carries else ""
        if base == "lead" and event.who == "user" and sentence.low[event.at + 1 : event.at + 3] == ["the", "way"]:
            passenger = "both"
        if event.who not in ("companion", "both") and any(
            low in cues.EVOCATIVE and sentence.verb_at(at) is None for at, low in enumerate(sentence.low[: event.at])
        ):
            return None
        # Whoever leads someone somewhere goes along.
        if not {event.who, passenger} & {"companion", "both"}:
            return None
        rides = (
            base == "take" and event.who == "both" and not _RIDES.isdisjoint(sentence.low[event.at + 1 : event.at + 6])
        )
        if (
            base in cues.NEEDS_PASSENGER
            and not passenger
            and not rides
            and not takes_seat
            and cues.MOVERS.isdisjoint(sentence.low[event.at + 2 : event.at + 5])
            and _OUTING_TAKEN.match(" ".join(sentence.low[event.at + 1 : event.at + 5])) is None
            and not (self._goes_somewhere(event) or found[:1] == ["off"] or (found[:1] and found[0] in _REFUGE))
        ):
            return None
        place = self._destination(event, moves=moves)
        if base == "be" and place is not None and place[0] in ("inside", "outside") and sentence.mode != "narration":
            place = None if self.speaker == "user" else place  # "lose the sunglasses, we're inside"
        if moves and (place is None or place[0] == "inside"):
            place = self._through_a_door(event) or place
        ride = (
            next((low for low in sentence.low[: event.at] if low in _BOARDED), "")
            if place and place[0] == "aboard"
            else ""
        )
        if place is not None and ride:
            place = f"on the {ride}", place[1]  # "the train pulls in, and I climb aboard"
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
            and sentence.at(at + 2) in PATHS | {"to", "back"}
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
        if sentence.at(at) == "," and (on := leads_on(sentence, at)):
            at = on  # "dropped, shrieking, into the quarry"
        return sentence.at(at) in PATHS

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

    def _behind_a_door(self, event: Event) -> MoveTo | None:
        """Read "locks the bathroom door", "kicks the door of the hut shut behind you": one is in there."""
        sentence, at = event.sentence, event.at + 1
        words = sentence.low[at : at + 8]
        pulled_to = "door" in words and "to" in words[words.index("door") :]  # not "presses her ear to the door"
        shuts = (
            event.base in ("shut", "close", "lock", "bolt", "slam", "bar")
            or {"shut", "closed"} & set(words)
            or pulled_to
        )
        if (
            event.who not in ("companion", "both")
            or not shuts
            or event.form == "had"
            or "door" not in sentence.low[at : at + 5]
        ):
            return None
        door = sentence.low.index("door", at)
        named = find_place(sentence.low[at:door])
        behind = "behind" in sentence.low[door : door + 4] or " against it" in sentence.text
        if named is not None and named[1] == door - at and (behind or event.base in ("lock", "bolt", "bar")):
            name = " ".join(sentence.low[at + named[0] : door])
            return MoveTo(location=f"{named[2].preposition} the {name}", **self._common(event, door + 1))
        if sentence.at(door + 1) == "of" and (place := self._place_phrase(sentence, door + 2, "in")):
            return MoveTo(location=place[0], **self._common(event, place[1]))
        return None

    @staticmethod
    def _acts_there(event: Event) -> bool:
        """Whether any deed told in a story is done where it says: "she bought bread at the bakery"."""
        if event.sentence.mode != "narration" or event.form not in ("s", "past", "base") or event.subject:
            return False
        if event.base == "keep" and event.sentence.at(event.at + 1) in ("watch", "guard", "vigil"):
            return True
        if event.base == "look" and event.sentence.at(event.at + 1) == "around":
            return event.who in ("companion", "both")  # "looks around the fairground"
        return event.base not in _ELSEWHERE and event.who in ("companion", "both")

    def _exchanges_places(self, event: Event) -> bool:
        """Whether one place is left for another: "trades the dance floor for the balcony"."""
        sentence = event.sentence
        old = self._place_phrase(sentence, event.at + 1, "in")
        return old is not None and sentence.at(old[1]) == "for"

    @staticmethod
    def _moves_a_thing(event: Event) -> bool:
        """Whether what moves is a thing: "drives her sword into the turf", "runs a hand through the sand"."""
        sentence, at = event.sentence, event.at + 1
        phrase = sentence.noun_phrase(at) if sentence.at(at) in DETERMINERS else None
        if phrase is None or event.base not in _MAY_MOVE_A_THING:
            return False
        words = sentence.low[phrase[0] : phrase[1]]
        if sentence.at(phrase[1]) not in PATHS | {"in", "on", "to"} or not _MOVERS.isdisjoint(words):
            return False
        return find_place(words) is None

    def _takes_someone(self, event: Event) -> bool:
        """Whether any verb moves someone: "spat them out in the food court", "drew her into the pantry", "took her by the wrist"."""
        sentence, at = event.sentence, event.at + 1
        someone = sentence.at(at) in _OBJECTS or sentence.at(at) in self.names
        if event.base == "leave" and event.who != "companion":
            return someone and sentence.at(at + 1) in ("in", "on", "at")
        if event.base in cues.NO_PASSENGERS or not someone or sentence.at(at).endswith(("self", "selves")):
            return False
        if (
            sentence.at(at) == "her"
            and self._phrase_follows(sentence, at)
            and sentence.at(at + 1) not in cues.BARE_PLACES
        ):
            return False
        at += 1
        if sentence.at(at) in ("with", "after", "behind") and sentence.at(at + 1) in _OBJECTS:
            at += 2  # "pull you with me into the bathroom"
        while (is_adverb(sentence.at(at)) and sentence.at(at) not in PATHS) or (
            sentence.at(at).endswith("ing") and event.base == "send"
        ):
            at += 1
        if sentence.at(at) == "," and leads_on(sentence, at):
            return True
        within = {"in", "on", "at"} if event.base in cues.SETS_DOWN | cues.TRANSPORT else set[str]()
        return sentence.at(at) in PATHS | cues.BARE_PLACES | {"to", "before", "by"} | within | (
            {"for"} if event.base == "send" else set[str]()
        )

    def _passenger(self, event: Event) -> Who | Literal[""]:
        sentence = event.sentence
        low = sentence.at(event.at + 1)
        if low in PRONOUNS:
            return self._object(event, low) or "other"
        if low in self.user or low in self.companion:
            return "user" if low in self.user else "companion"
        carried = event.base in ("lead", "guide", "usher", "escort", "carry", "drag", "haul", "wheel", "lug", "bring")
        out = not {"out", "up", "down", "over", "back", "inside"}.isdisjoint(sentence.low[event.at + 2 : event.at + 6])
        carried = carried or (event.base == "take" and out)  # "takes the postcard out to the veranda"
        if carried and low in DETERMINERS and sentence.at(event.at + 2) not in ("hand", "arm", "way"):
            return "other"
        if low in DETERMINERS and sentence.at(event.at + 2) in cues.PEOPLE_ANY | {"others", "rest", "party", "group"}:
            return "other"
        # "takes your hand and leads", "pulls her by the hand"
        if (
            low == "your"
            and self.speaker == "user"
            and not _SEAT_OF_PANTS.isdisjoint(sentence.low[event.at + 1 : event.at + 4])
        ):
            return "companion"
        if low in POSSESSIVES and sentence.at(event.at + 2) in (
            "hand",
            "arm",
            "wheelchair",
            "stretcher",
            "sled",
            "pram",
        ):
            return self._owner(low, sentence) or ""
        return ""

    def _tells_habit(self, event: Event) -> bool:
        """Whether plain speech tells what one does in general ("I work at a hospital"), not now."""
        sentence = event.sentence
        habits = cues.HABITS | (
            cues.DURABLE | cues.STAY if sentence.mode == "speech" else frozenset[str]()
        )  # beside narration
        return (
            sentence.mode != "narration"
            and event.form in ("base", "s")
            and event.base in habits
            and not (event.base in cues.STAY and sentence.at(event.at + 1) == "down")
            and not self._takes_a_way(event)
            and self.speaker == "companion"
            and event.confidence > cues.REQUESTED
            and not self._is_story(sentence)
        )

    @staticmethod
    def _takes_a_way(event: Event) -> bool:
        """Whether a way that has a place is taken, which nobody tells of a habit: "I climb down the ladder into the crypt"."""
        sentence, at = event.sentence, event.at + 1
        if event.form != "base" or event.base not in cues.STRONG_MOVES | {"go", "come", "climb", "run"}:
            return False
        if sentence.at(at) == "with" and sentence.at(at + 1) in _OBJECTS:
            at += 2  # "I walk with you into the museum"
        while sentence.at(at) in ("back", "down", "up", "out", "over", "away"):
            at += 1
        path = sentence.at(at - 1) in ("back", "down", "up", "out", "over", "away") or sentence.at(at) in (
            "into",
            "onto",
            "inside",
        )
        way = path and (sentence.at(at) in ("the", "to", "into", "onto", "inside"))
        return way and (sentence.at(at) == "the" or sentence.at(at + 1) in DETERMINERS)

    @staticmethod
    def _is_story(sentence: Sentence) -> bool:
        """Whether plain text tells what happens step by step, rather than about oneself."""
        steps = cues.STRONG_MOVES | cues.STAY | cues.INTO | cues.ON | cues.STORY_STEPS | _STEPS
        if "get up and" in sentence.text:
            return True
        told = [verb[0] for verb in map(sentence.verb_at, range(len(sentence))) if verb is not None]
        return sum(base in steps for base in told) >= 2 or (len(told) > 1 and told[0] in _STEPS)
