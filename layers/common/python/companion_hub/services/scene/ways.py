"""Follows a way through a sentence to the place it ends at: "across the car park, up the fire escape and onto the stage"."""

from companion_hub.models.scene import MAX_TEXT, MoveTo
from companion_hub.services.scene import cues
from companion_hub.services.scene.persons import Event
from companion_hub.services.scene.places import find_place
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
from companion_hub.services.texts import one_line, word_set

_LOOKS = word_set("gaze stare look peer glare smile wave point squint glance laugh marvel shout")
_LOOKED_ACROSS = word_set("street road river square bay water valley")
_LEAVES_FOR = word_set("train bus ferry plane flight boat ship tram")
_JOURNEYS = word_set("travel fly drive head sail hike ride trek march cruise")
# Begin the way of a verb that has no object.
PATHS = word_set(
    "into inside onto through down up across along past out over back around off from under between among toward towards"
)
_WITHIN_PLACES = word_set("booth nook alcove berth compartment stalls row cubicle")
_FOR = cues.SWAPS | word_set("head make leave set run dash bolt sprint send abandon forsake quit")
_WAYPOINTS = word_set("through across along up down past around round by under")
_WAYS_IN = word_set(
    "step go come climb dive disappear vanish move follow lead squeeze slip jump run get hop swing let push steer head swim ride"
)

_BEFORE_NOUNS = PREPOSITIONS | DETERMINERS
_WALKS = cues.STRONG_MOVES | _WAYS_IN


class Ways(Whereabouts):
    """Adds to the words for places: which of them a verb leads to."""

    def _destination(self, event: Event, *, moves: bool) -> tuple[str, int] | None:
        """Return (readable place, end) of the last place the verb leads to or lies at."""
        direct = self._direct_place(event)
        if direct is not None:
            return direct
        sentence = event.sentence
        at = event.at + 1
        found: tuple[str, int] | None = None
        on_the_way = False  # whether what is found is only passed
        leaving = False  # whether the words tell where one comes from
        while at < min(len(sentence), event.at + 24):
            low = sentence.at(at)
            if low == "," and (on := leads_on(sentence, at)):
                at = on  # "across the car park, up the fire escape and onto the stage"
                continue
            if low == "at" and event.base in _LOOKS:
                break  # "gazing at the fields"
            seen_across = low == "across" and not moves and sentence.at(at + 2) in _LOOKED_ACROSS
            leaves_for = low == "to" and found is not None and found[1] == at and found[0].split()[-1] in _LEAVES_FOR
            if self._ends_journey(sentence, at, event.at) or seen_across or leaves_for:
                break  # "the rooftops across the street", "the night train to Vienna"
            if beside := self._before_a_place(sentence, at) or self._among_things_of(sentence, at):
                if found is None or found[1] != at or on_the_way or low != "outside":
                    found = beside  # else "in a ditch outside the village"
                at = beside[1]
                continue
            infinitive = low == "to" and "base" in (sentence.verb_at(at + 1) or ("", ()))[1]
            if infinitive and (find_place([sentence.at(at + 1)]) is None or sentence.at(at + 2).endswith("ing")):
                at += 1  # "scoots over to make room"
                continue
            if low in cues.BARE_PLACES and not (low in ("inside", "aboard") and sentence.at(at + 1) in DETERMINERS):
                found = self._bare_place(sentence, at) or found
            elif (
                low == "to"
                and sentence.at(at + 1) == "work"
                and event.base in ("get", "set", "go")
                and sentence.mode == "narration"
            ):
                return found  # "gets to work on the dishes"
            elif (
                low == "from" and event.base in cues.WATCHES and (seen := self._place_phrase(sentence, at + 1, "from"))
            ):
                return seen  # "watches the sunset from the pier"
            elif low in cues.SOURCES or (low == "out" and sentence.at(at + 1) == "of"):
                leaving = True
                at += low == "out"
            elif (
                low in cues.TOWARD
                or low in cues.WITHIN
                or (low == "over" and sentence.at(at - 1) in ("off", "out", "away"))
                or (low == "as" and sentence.low[at - 2 : at] == ["as", "far"])
                or (low == "of" and sentence.at(at - 1) in cues.DOORS)
            ):
                leaving = low in ("for", "toward", "towards") and event.base not in _FOR
                phrase = None if leaving else self._led_to(event, at, moves=moves, strange=found is None or on_the_way)
                if phrase is not None and found is not None and phrase[0] == "at the water's edge":
                    return found  # "down the beach to the water's edge"
                if phrase is not None:
                    detail = found is not None and found[0] not in cues.BARE_PLACES and low in cues.DETAILS
                    if (
                        found is not None and detail and (found[1] == at or found[0].split()[-1] in _WITHIN_PLACES)
                    ):  # "in the booth at the diner"
                        found = one_line(f"{found[0]} {phrase[0]}", MAX_TEXT), phrase[1]
                    elif not detail or on_the_way:
                        found = phrase
                    on_the_way = low in _WAYPOINTS
                    at = phrase[1]
                    continue
            at += 1
        if found is None and event.base == "cross":
            return self._place_phrase(sentence, event.at + 1, "in")  # "crosses the restaurant to our table"
        return found

    def _led_to(self, event: Event, at: int, *, moves: bool, strange: bool) -> tuple[str, int] | None:
        """Return the place after a preposition; ``strange``: one that no list has may be meant too."""
        sentence, low = event.sentence, event.sentence.at(at)
        if moves or low not in cues.TOWARD or low == "inside":
            known = self._place_phrase(sentence, at + 1, "in" if low == "as" else low)
            if known := known or self._at_someones(sentence, at + 1, low):
                return known
        sure = strange and self._surely_a_place(event, at, moves=moves)
        return self._strange_place(sentence, at + 1, low) if sure else None

    def _direct_place(self, event: Event) -> tuple[str, int] | None:
        """Return the place that is the verb's object: "wanders the halls", "enters the vestry", "walks the length of the temple"."""
        sentence, at = event.sentence, event.at + 1
        if event.base in cues.ROVES and sentence.at(at + 1) in ("length", "width", "breadth"):
            along = self._place_phrase(sentence, at + 3, "in")
            if along is not None:
                return along
        lap = next((i for i in range(at, at + 4) if sentence.at(i) in ("length", "lengths", "lap", "laps")), 0)
        if lap and sentence.at(lap + 1) == "of" and (swum := self._place_phrase(sentence, lap + 2, "in")):
            return swum  # "swims a lazy length of the pool"
        roves = event.base in cues.ROVES or sentence.at(event.at - 1) == "go"
        if roves and not (event.base == "cross" and {"to", "into"} & set(sentence.low[at : at + 6])):
            direct = self._place_phrase(sentence, at, "in")
            if direct is not None and not direct[0].endswith(("yards", "blocks", " home")):
                return direct
        if event.base not in ("enter", "board", "reach"):
            return None
        return self._place_phrase(sentence, at, "") or self._strange_place(sentence, at, "in")

    def _way_on(self, sentence: Sentence) -> MoveTo | None:
        """Read a sentence without a verb after one that moved: "She ran. Down the stairs, barefoot now, and into the orchard"."""
        starts = [0, *(i + 1 + (sentence.at(i + 1) == "and") for i, low in enumerate(sentence.low) if low == ",")]
        found: tuple[str, int] | None = None
        event = Event(sentence, -1, "go", "past", "companion", cues.NARRATED, "")
        for start in starts:
            if sentence.at(start) in PATHS - {"back", "off"} and sentence.at(start + 1) in DETERMINERS | PATHS:
                found = self._destination(event._replace(at=start - 1), moves=True) or found
        return MoveTo(location=found[0], **self._common(event, found[1])) if found else None

    def _surely_a_place(self, event: Event, at: int, *, moves: bool) -> bool:
        """Whether verb and preposition leave no doubt that a place follows, whatever its name."""
        sentence, base, low = event.sentence, event.base, event.sentence.at(at)
        between = sentence.low[event.at + 1 : at]
        if base == "arrive":
            return low in ("at", "in", "on")
        if base == "be":
            spoken_of = event.form == "past" and sentence.mode != "narration"
            only = all(is_adverb(word) or word in PREPOSITIONS for word in between)
            return low in ("at", "in", "on") and only and not spoken_of and self._closes(sentence, at)
        if base in cues.GETS_A_BITE and low == "at":
            return event.confidence == cues.REQUESTED  # "come have dinner with me at the Thai place"
        if base == "sit" and low == "at":
            return False
        if base in cues.STAY and low in ("in", "at"):
            return event.form != "perfect" and self._closes(sentence, at)
        if base in cues.WATCHES and low == "from":
            return self._closes(sentence, at)
        walks = base in _WALKS or (moves and base not in cues.NO_WAY)
        if low in ("into", "inside", "aboard", "throughout"):
            return walks
        if low in ("to", "onto", "through", "across") and between[-1:] in (["down"], ["out"], ["up"]):
            return base in cues.STRONG_MOVES | _WAYS_IN | {"head", "run", "make", "take"} and (
                low != "to" or between[-1] != "up"
            )
        if low in ("through", "around", "along"):
            return base in cues.AMBLES
        if low == "to":
            asked = event.confidence == cues.REQUESTED and base in ("go", "come")
            return asked or base in _JOURNEYS or (base == "make" and between == ["it"])
        return False

    @staticmethod
    def _closes(sentence: Sentence, at: int) -> bool:
        """Whether "in the vestry", with nothing of it left, ends the clause or is followed by what is done there."""
        phrase = sentence.noun_phrase(at + 1)
        known = sentence.at(at + 1) in ("the", "this") or (
            sentence.at(at) == "at" and sentence.at(at + 1) in ("that", "a", "an", "some")
        )
        if phrase is None or not known:
            return False
        end = phrase[1]
        goes_on = sentence.at(end).endswith("ing") or is_adverb(sentence.at(end))
        goes_on = goes_on or (sentence.at(at) == "at" and sentence.at(end) in PREPOSITIONS - {"of"})
        return (sentence.is_boundary(end) or goes_on) and sentence.at(end) != "-"

    @staticmethod
    def _ends_journey(sentence: Sentence, at: int, verb: int) -> bool:
        """Whether the words that belong to the movement end here."""
        low = sentence.at(at)
        if low in ("after", "before", "behind") and sentence.at(at + 1) in ("you", "me", "him", "her", "them", "us"):
            return False  # "padding after you into the bathroom"
        if low in ("nobody", "everyone", "everybody", "someone", "somebody", "anyone"):
            return True
        if low in cues.STOPS or (
            low in CONJUNCTIONS and low != "and" and not (low == "as" and "far" in sentence.low[at - 1 : at + 2])
        ):
            return True
        if low == "and":
            limb = sentence.at(at + 2) in ("one", "a", "both") and sentence.at(at + 3) in cues.BODY_PARTS
            deed = (limb or sentence.at(at + 2) in POSSESSIVES) and sentence.at(at + 1) not in _BEFORE_NOUNS
            return deed or sentence.verb_at(at + 1) is not None or sentence.at(at + 1) in PRONOUNS
        another = sentence.verb_at(at) is not None and at > verb + 1 and low not in ("back", "park")
        stays = (sentence.verb_at(verb) or ("",))[0] in cues.STAY and at <= verb + 2  # "stood blinking in the light"
        another = another and not (low.endswith("ing") and stays)
        another = another and not (low.endswith("ing") and sentence.at(verb) in ("send", "sends", "sent"))
        return another and sentence.at(at - 1) not in _BEFORE_NOUNS


def leads_on(sentence: Sentence, at: int) -> int:
    """Return where the way goes on after a comma (", and into the orchard", ", shrieking, into the sea"), 0 when it does not."""
    aside = next((i for i in range(at + 1, at + 6) if sentence.at(i) == ","), 0)
    if aside and sentence.at(at + 1).endswith(("ing", "ed", "ly")) and sentence.at(aside + 1) in PATHS | {"to"}:
        return aside + 1
    at += 1 + (sentence.at(at + 1) in ("and", "then"))
    while is_adverb(sentence.at(at)) and sentence.at(at) not in PATHS:
        at += 1
    within = sentence.at(at) in ("in", "at", "on") and sentence.at(at + 1) in ("the", "a", "an")
    return (
        at
        if (within or sentence.at(at) in PATHS - {"back", "off"}) and sentence.at(at + 1) in DETERMINERS | PATHS
        else 0
    )
