"""What tells a place without a verb: "at work, can't talk", "Back at her flat, she …", "The attic smells of apples", "Off to the bakery!"."""

from companion_hub.models.scene import MoveTo, Operation
from companion_hub.services.scene import cues
from companion_hub.services.scene.doing import Doing
from companion_hub.services.scene.persons import Event
from companion_hub.services.scene.places import find_place
from companion_hub.services.scene.reading import Sentence
from companion_hub.services.scene.verbs import BE, DETERMINERS, MODALS, PREPOSITIONS, SUBJECTS, is_adverb
from companion_hub.services.texts import word_set

_OFF_TO = word_set("off out over down up back on")
_FAR_OFF = word_set("below beyond across outside away opposite distance ahead far behind tomorrow")
_NO_QUALITY = word_set("in on at a an the to not no")
_VEHICLES = word_set("train bus tram ferry boat carriage coach ship plane")
_ROLLED = word_set(
    "shudders shuddered rattles rattled lurches lurched rocks rocked sways swayed hums hummed speeds sped rolls rolled"
)
_FULL = word_set("empty packed crowded deserted quiet busy full heated noisy loud closing freezing")
_SHUT = word_set("shut closes closed hisses hissed slides slid clicks thuds")
_DOOR_VERBS = word_set("close shut hiss slide lock slam swing")
_PUSHES = word_set(
    "pushes pushed push shoulders shouldered shoulder shoves shoved shove kicks kicked elbows nudges nudged bumps"
)
_SEEMED = word_set(
    "smells smelled smelt stank stinks reeked reeks hums hummed buzzed buzzes bustled bustles rocked rocks sways swayed echoed echoes throbbed"
)
# Of these one tells from afar.
_WIDE = word_set(
    "sea ocean moon sky city town village street road river water rain snow storm mountains hills countryside desert house castle tower island harbour harbor lake field fields path bridge moor valley coast shore garden forest woods car train"
)
_UNSURE = word_set("probably maybe perhaps ideally preferably hopefully possibly")
_STILL = word_set(
    "ok okay lol omg hey ugh haha yes no yeah yep nope well so sorry hi currently literally still back currently just finally stuck now already out up down over once home alone right"
)
_TREATS = word_set(
    "breakfast brunch lunch dinner drinks coffee cocktails picnic tea date karaoke beers pizza ramen sushi shots pints"
)
_NO_EVENTS = word_set(
    "least most best worst first last once all any noon midnight night dawn dusk time risk peace war ease heart odds present it me you her him us them this that"
)
# May follow the place of a message that has no verb: "at the beach with my girls", "stuck in the office til 8".
_GOES_ON = word_set("with til till until again now right for all so but and alone today tonight")


class Settings(Doing):
    """Adds to what verbs tell: where one is, told without a verb."""

    def _told_of(self, sentence: Sentence) -> MoveTo | None:
        """Read where a story plays: "The station is almost empty.", "The air in the tomb …", "She pushes open the tavern door"."""
        if not self._is_now(sentence):
            return None
        event = Event(sentence, 0, "be", "s", "companion", cues.NARRATED, "")
        for at in range(len(sentence)):
            if sentence.at(at) not in cues.DOORS | {"air"} or sentence.mode != "narration":
                continue
            belongs = sentence.at(at + 1) in ("of", "in") and sentence.at(at - 1) != "to"
            told = [verb[0] for i in range(len(sentence)) if (verb := sentence.verb_at(i)) is not None]
            held = sentence.at(at) in ("air", "threshold", "doorway") or not _DOOR_VERBS.isdisjoint(told)
            place = self._place_phrase(sentence, at + 2, "in") if belongs and held else None
            if place is not None:
                return MoveTo(location=place[0], **self._common(event, place[1]))
            named = (
                find_place(sentence.low[:at])
                if "open" in sentence.low and not _PUSHES.isdisjoint(sentence.low[:at])
                else None
            )
            shown = named is not None and not DETERMINERS.isdisjoint(sentence.low[max(0, named[0] - 2) : named[0]])
            if named is not None and named[1] == at and shown:
                name = " ".join(sentence.low[named[0] : at])
                return MoveTo(location=f"{named[2].preposition} the {name}", **self._common(event, at))
        shut = "behind" in sentence.low and not _SHUT.isdisjoint(sentence.low)  # "the airlock hisses shut behind us"
        return self._scenery(sentence, event) if shut or _FAR_OFF.isdisjoint(sentence.low) else None

    def _scenery(self, sentence: Sentence, event: Event) -> MoveTo | None:
        """Read "The attic smells of apples.", "By noon the square is so full …", "The train rattled on."."""
        if (
            find_place([sentence.at(0).removesuffix("'s")])
            and sentence.at(0).endswith("'s")
            and not _FULL.isdisjoint(sentence.low[1:5])
        ):
            noun = sentence.at(0).removesuffix("'s")  # "Gym's nearly empty"
            found = find_place([noun])
            return MoveTo(location=f"{found[2].preposition} the {noun}", **self._common(event, 1)) if found else None
        start = next((i for i in (0, 2, 3) if sentence.at(i) == "the"), None)
        if start is None or (start and sentence.at(0) not in ("by", "and", "now")):
            return None
        for end in range(start + 2, min(start + 6, len(sentence))):
            known = find_place(sentence.low[start + 1 : end])
            following, after = sentence.at(end), sentence.at(end + 1)
            if (
                known is None
                or known[1] != end - start - 1
                or find_place(sentence.low[start + 1 : end + 1]) is not None
            ):
                continue
            full = not _FULL.isdisjoint(sentence.low[end : end + 5])
            seems = (following in BE and after not in _NO_QUALITY) or following in _SEEMED
            seems = seems and (full or sentence.mode == "narration")
            seems = (
                seems
                or (following in _SHUT and "behind" in sentence.low)
                or (following in ("opens", "opened") and after in ("before", "up", "out"))
            )
            rides = (
                known[2].name in _VEHICLES
                and following in _ROLLED
                and "into" not in sentence.low
                and "past" not in sentence.low
            )
            if rides or (seems and known[2].name not in _WIDE):
                name = " ".join(sentence.low[start + 1 : end])
                return MoveTo(location=f"{known[2].preposition} the {name}", **self._common(event, end))
        return None

    def _off_to(self, sentence: Sentence) -> tuple[Operation, Event] | None:
        """Read "Off to the bakery!", "into the pub with you", "and out to the vegetable patch I go"."""
        for at in range(len(sentence)):
            its = sentence.low[max(0, at - 2) : at] == ["it", "'s"] and at < 4  # "Then it's back to the changing room."
            free = at == 0 or its or sentence.is_boundary(at - 1)
            if not free and sentence.at(at - 1) not in ("so", "then", "ok", "okay"):
                continue
            to = at + (sentence.at(at) in _OFF_TO)
            we_go = sentence.low[at : at + 3] in (["off", "we", "go"], ["off", "i", "go"])
            to += 2 * we_go
            if sentence.at(to) not in ("to", "into", "onto") or (to == at and sentence.at(to) == "to"):
                continue
            place = self._place_phrase(sentence, to + 1, sentence.at(to)) or self._strange_place(
                sentence, to + 1, sentence.at(to)
            )
            if place is None or (at and "i" in sentence.low[:at] and self.speaker == "user"):
                return None
            tail = sentence.low[place[1] : place[1] + 2]
            mine = (
                we_go
                or its
                or tail in (["i", "go"], ["we", "go"])
                or (sentence.at(at) == "off" and sentence.is_boundary(place[1]))
            )
            hurried = not {"quick", "quickly", "now", "hurry", "fast"}.isdisjoint(sentence.low)
            told = (
                tail in (["with", "you"], ["with", "us"])
                or (hurried and sentence.is_boundary(place[1]))
                or (at > 0 and sentence.is_boundary(place[1]))
            )
            if (mine if self.speaker == "companion" else told) and self._is_now(sentence):
                sure = cues.NARRATED if self.speaker == "companion" else cues.REQUESTED
                event = Event(sentence, at, "go", "base", "companion", sure, "")
                return MoveTo(location=place[0], **self._common(event, place[1])), event
        return None

    def _elliptical_place(self, sentence: Sentence) -> tuple[Operation, Event] | None:
        """Read "at work, can't talk", "*on the balcony smoking*", "stuck in the office til 8"."""
        at = self._past_openers(sentence)
        if sentence.mode == "plain" and sentence.at(at) in _TREATS:  # "lunch with the girls at that tapas place"
            at = next(
                (i for i in range(at + 1, min(at + 7, len(sentence))) if sentence.at(i) in ("at", "in", "on")), at
            )
            if any(sentence.verb_at(i) is not None for i in range(at)):
                return None
        if sentence.at(at) == "welcome" and "to" in (sentence.at(at + 1), sentence.at(at + 2)):
            to = sentence.low.index("to")  # "Welcome to my office!"
            named = self._place_phrase(sentence, to + 1, "to")
            if (
                named is not None
                and sentence.is_boundary(named[1])
                and not {"club", "party", "family", "team"} & {*sentence.low}
            ):
                event = Event(sentence, at, "be", "s", "companion", cues.DONE_TO, "")
                return MoveTo(location=named[0], **self._common(event, named[1])), event
            return None
        here = sentence.low[at : at + 4] == ["here", "we", "are", ","] or sentence.low[1:5] == [
            "here",
            "we",
            "are",
            ",",
        ]
        if here:
            arrived = self._place_phrase(sentence, sentence.low.index(",") + 1, "")
            if arrived is not None and sentence.is_boundary(arrived[1]):
                event = Event(sentence, at, "be", "s", "companion", cues.DONE_TO, "")
                return MoveTo(location=arrived[0], **self._common(event, arrived[1])), event
        if sentence.low[at : at + 2] == ["this", "is"]:
            shown = self._place_phrase(sentence, at + 2, "")
            if shown is not None and (sentence.is_boundary(shown[1]) or sentence.at(shown[1]) in SUBJECTS):
                event = Event(sentence, at, "be", "s", "companion", cues.DONE_TO, "")
                return MoveTo(location=shown[0], **self._common(event, shown[1])), event  # "This is the planetarium."
            return None
        if len(sentence) > 2 and sentence.low[-3:-1] == ["it", "is"] and (chosen := find_place(sentence.low[at:-3])):
            if chosen[0] == 0 and chosen[1] == len(sentence) - 3 - at:  # "Kitchen it is!"
                sure = cues.NARRATED if self.speaker == "companion" else cues.REQUESTED
                event = Event(sentence, at, "be", "s", "companion", sure, "")
                said = f"{chosen[2].preposition} the {' '.join(sentence.low[at:-3])}"
                return MoveTo(location=said, **self._common(event, len(sentence))), event
        if sentence.at(at) == "in" and sentence.at(at + 1) in ("line", "queue"):
            at += 2  # "in line at the supermarket"
        at_home = next((i + 1 for i in range(min(at + 1, len(sentence))) if sentence.at(i) == "home"), 0)
        if at_home and self.speaker == "companion" and sentence.mode == "plain" and self._is_now(sentence):
            if sentence.is_boundary(at_home) or sentence.low[at_home : at_home + 2] == ["at", "last"]:
                event = Event(sentence, at_home - 1, "be", "s", "companion", cues.NARRATED, "")
                return MoveTo(location="at home", **self._common(event, at_home)), event
        preposition = sentence.at(at)
        if self.speaker != "companion" or preposition not in ("at", "in", "on") or not self._is_now(sentence):
            return None
        place = self._place_phrase(sentence, at + 1, preposition) or self._strange_event(sentence, at)
        if place is None:
            return None
        end = place[1]
        after = sentence.at(end + 1 if sentence.at(end) == "," else end)
        someone = (
            after in SUBJECTS | (DETERMINERS - {"its"}) | {"there", "people", "everyone", "nobody"}
            or after in self.names
        )
        closed = sentence.mode == "plain" and sentence.verb_at(end) is not None  # "in the cafeteria come find me"
        closed = (
            closed
            or sentence.is_boundary(end)
            or sentence.at(end) in _GOES_ON | _STILL | PREPOSITIONS
            or is_adverb(sentence.at(end))
            or after.endswith("ing")
        )
        if not closed or (someone and sentence.at(end) != "and") or (after in BE | MODALS and sentence.at(end) != ","):
            return None
        event = Event(sentence, at, "be", "s", "companion", cues.NARRATED, "")
        return MoveTo(location=place[0], **self._common(event, end)), event

    def _strange_event(self, sentence: Sentence, at: int) -> tuple[str, int] | None:
        """Read "at soundcheck", "at that tapas place": somewhere no list has."""
        if sentence.at(at) == "at" and sentence.mode == "narration":
            return self._at_someones(sentence, at + 1, "at")
        if sentence.at(at) != "at" or sentence.mode != "plain":
            return None
        low = sentence.at(at + 1)
        if (
            sentence.is_boundary(at + 2)
            and low.isalpha()
            and low not in _NO_EVENTS | DETERMINERS
            and sentence.verb_at(at + 1) is None
        ):
            return f"at {low}", at + 2
        return self._strange_place(sentence, at + 1, "at") if low in ("the", "that", "this", "a") else None

    @staticmethod
    def _past_openers(sentence: Sentence) -> int:
        at = 0
        while at < len(sentence) and (
            sentence.at(at) in _STILL
            or (is_adverb(sentence.at(at)) and sentence.at(at) not in _UNSURE)
            or not sentence.words[at].is_word
        ):
            at += 1
        return at

    def _fronted(self, sentence: Sentence) -> tuple[Operation, Event] | None:
        """Read the place a narration opens with: "Back at her flat, Mara …", "An hour later, on the beach, …"."""
        if sentence.mode == "speech":
            return None
        start = next((i for i, word in enumerate(sentence.words) if word.is_word), 0)  # past "…": a quotation
        if match := cues.TIME_FIRST.match(sentence.text):
            start = next((i for i, word in enumerate(sentence.words) if word.start >= match.end()), len(sentence))
        back = sentence.at(start) in ("back", "down", "up", "out", "once", "finally", "now", "over")
        at = start + back
        preposition = sentence.at(at)
        weather = (
            sentence.mode == "narration"
            and sentence.low[0:1] == ["it"]
            and sentence.at(1) in BE
            and sentence.at(3) in ("in", "on", "at")
        )
        if (
            weather
            and self.speaker == "companion"
            and self._is_now(sentence)
            and (place := self._place_phrase(sentence, 4, sentence.at(3)))
        ):
            event = Event(sentence, 3, "be", "base", "companion", cues.NARRATED, "")  # "It was cooler on the roof."
            return MoveTo(location=place[0], **self._common(event, place[1])), event
        if preposition not in ("at", "in", "on", "inside", "outside") or not (
            back or start or sentence.mode == "narration"
        ):
            return None
        place = self._place_phrase(sentence, at + 1, preposition)
        if place is None and preposition == "in" and sentence.at(at + 1) == "the":
            place = self._strange_place(sentence, at + 1, "in")  # "In the sacristy they …"
        if place is None:
            return None
        comma = sentence.at(place[1]) == ","
        following = sentence.at(place[1] + comma)
        named = following in self.companion or (sentence.at(start) == "back" and following in ("she", "he", "i"))
        if not comma and (sentence.mode != "narration" or (back and sentence.at(start) != "once" and not named)):
            return None
        if following in ("nobody", "everyone", "everybody") and start == at == 0:
            following = "we"
        if following == "it" and sentence.at(place[1] + comma + 1) in BE and start == at == 0:
            following = "we"  # "In the barn it was warmer."
        if following == "the" and sentence.at(place[1] + comma + 1) in cues.UNLIVING | {"air"} and start == at == 0:
            following = "we"  # "On the terrace the air smelled of rain."
        if following not in self.companion and following not in ("i", "we", "she", "he", "they"):
            return None
        if following in ("she", "he", "they") and self._pronoun(sentence, place[1] + comma) not in (
            "companion",
            "both",
        ):
            return None
        verb = next((v for i in range(place[1], len(sentence)) if (v := sentence.verb_at(i)) is not None), None)
        told = sentence.mode == "narration" or (verb is not None and "s" in verb[1])
        if self.speaker != "companion" or not told or not self._is_now(sentence):
            return None
        event = Event(sentence, at, "be", "base", "companion", cues.NARRATED, "")
        return MoveTo(location=place[0], **self._common(event, place[1])), event

    def _is_now(self, sentence: Sentence) -> bool:
        times = (cues.PAST_TIMES, cues.HABIT_TIMES, cues.FUTURE_TIMES)
        return not any(pattern.search(sentence.text) for pattern in times)
