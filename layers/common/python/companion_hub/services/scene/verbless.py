"""What a message tells without a verb: "Coat off!", "off go the boots", "in a towel rn", "Back at her flat, she …"."""

import re

from companion_hub.models.scene import MoveTo, Operation, PutOn, TakeOff
from companion_hub.services.scene import cues
from companion_hub.services.scene.doing import Doing
from companion_hub.services.scene.lexicon import find_term
from companion_hub.services.scene.persons import Clothes, Event
from companion_hub.services.scene.places import FURNITURE
from companion_hub.services.scene.reading import Sentence
from companion_hub.services.scene.verbs import BE, DETERMINERS, HAVE, MODALS, PREPOSITIONS, SUBJECTS, is_adverb
from companion_hub.services.texts import word_set

_UNSURE = word_set("probably maybe perhaps ideally preferably hopefully possibly")
_STILL = word_set(
    "ok okay lol omg hey ugh haha yes no yeah yep nope well so sorry hi currently literally still back currently just finally stuck now already out up down over once home alone right"
)
_ON_OFF = word_set("off on")
_LEADS = word_set("come comes go goes went came")
_FIRST = word_set("first next too flying")
_FOLLOWS = word_set("follow follows followed")
_IN_HAND = re.compile(
    # what is gathered or lifted in a hand is still worn
    r"(?:still )?(?:(?!gathered|bunched|hitched|hiked|lifted|raised|fisted|caught|clutched)\w+(?:ing|ed) |held |slung |hung )?(?:in|over|under|from|by|on) "
    r"(?:one |her |his |my |both |the crook of (?:her|my|his) |two )(?:hands?|arms?|fingers?|shoulder)\b"
)
_ON_A_THING = re.compile(
    r"(?:thrown |slung |folded |draped |hung |bundled |left |tossed |crumpled )?(?:(?:beside|behind|near) (?:me|her|him)\b|(?:on|over|across|in|under|beside|by|at) (?:the|a|an) (?:[\w-]+ ){0,3}?"
    rf"(?:{'|'.join(FURNITURE - {'arms', 'lap', 'side', 'edge', 'corner'})}|corner|hook|peg|rack|hanger|rail|passenger|saddle|heap|pile|hamper|basket|wardrobe|closet|ground|sand|back)\b)"
)
_ROUND_NECK = re.compile(r"(?:a?round) (?:my|her|his) neck\b")
_GOES_FIRST = re.compile(
    r"(?:(?:come|go)(?:es|s)?|came|went) (?:first|next|too|flying)\b|(?:was )?the (?:first|next|last) (?:(?:\w+ )?to (?:go|come off)|casualty)\b"
)
# "shoes on the floor", "hat on her head": not "shoes on phone off"
_HELD_TO = DETERMINERS | PREPOSITIONS | SUBJECTS | word_set("limits season sale fire point top")
_TREATS = word_set(
    "breakfast brunch lunch dinner drinks coffee cocktails picnic tea date karaoke beers pizza ramen sushi shots pints"
)
_NO_EVENTS = word_set(
    "least most best worst first last once all any noon midnight night dawn dusk time risk peace war ease heart odds present it me you her him us them this that"
)
_TELLING = _ON_OFF | _FIRST | _FOLLOWS | word_set("neck hand hands arm arms fingers shoulder")
# May follow the place of a message that has no verb: "at the beach with my girls", "stuck in the office til 8".
_GOES_ON = word_set("with til till until again now right for all so but and alone today tonight")


class Verbless(Doing):
    """Adds to what verbs tell: what is told without one."""

    def _verbless(self, sentence: Sentence) -> list[tuple[Operation, Event]]:
        """Return the operations that the words of a sentence show without a verb, with what they are read from."""
        place = None
        if self.under_way and not sentence.asks and (on := self._way_on(sentence)):
            place = on, Event(sentence, 0, "go", "past", "companion", cues.NARRATED, "")
        elif sentence.asks and "," in sentence.low:
            place = self._elliptical_place(sentence)  # "at the market, want anything?"
            place = place if place and sentence.at(sentence.low.index(",") - 1) in place[0].quote.lower() else None
        elif not sentence.asks:
            place = self._fronted(sentence) or self._elliptical_place(sentence) or self._elliptical_clothes(sentence)
        return [*([place] if place else []), *self._predicated(sentence)]

    def _is_now(self, sentence: Sentence) -> bool:
        times = (cues.PAST_TIMES, cues.HABIT_TIMES, cues.FUTURE_TIMES)
        return not any(pattern.search(sentence.text) for pattern in times)

    def _predicated(self, sentence: Sentence) -> list[tuple[Operation, Event]]:
        """Read "Coat off!", "jacket's off", "glasses off, lights off", "off come the boots" where a clause begins."""
        made: list[tuple[Operation, Event]] = []
        if not self.stripping and _TELLING.isdisjoint(sentence.low):
            return made
        end = 0
        for start in range(len(sentence)):
            if start < end or (
                start
                and not sentence.is_boundary(start - 1)
                and sentence.at(start - 1) not in ("so", "ok", "okay", "next", "with", *HAVE)
            ):
                continue
            if sentence.verb_at(start) is not None and find_term([sentence.at(start)], 1) is None:
                continue
            if sentence.at(start) == "one":
                continue  # "one glove off"
            turned = sentence.at(start) in _ON_OFF and sentence.at(start + 1) in _LEADS
            clothes = self._clothes(sentence, start + 2 * turned)
            if clothes is None or (clothes.end < start + 1):
                continue
            at = end = clothes.end
            if not turned:
                at += sentence.at(at) in BE
                while is_adverb(sentence.at(at)):
                    at += 1
            aside = sentence.at(start - 1) in (
                ",",
                ":",
                "with",
            )  # ", sandals in one hand", "with the jacket on the seat"
            rest = " ".join(sentence.low[clothes.end : clothes.end + 8])
            if self._is_aside(clothes, rest, aside=aside):
                if not any(piece.slot in ("bag", "neck") for piece in clothes.garments):
                    made += self._put_aside(sentence, start, clothes)
                continue
            told = sentence.at(start if turned else at)
            ends = clothes.end if turned else at + 1
            if first := self._goes_first(sentence, at):
                told, ends = "off", at + first
            elif self.stripping and (told in _FOLLOWS | _FIRST or sentence.at(start - 1) in ("then", "next")):
                told, ends = "off", at if sentence.is_boundary(at) else at + 1
            absolute = sentence.at(start - 1) == "with"
            if sentence.at(start - 1) in HAVE and not self._has(sentence, start - 2):
                continue
            absolute = absolute or sentence.at(start - 1) in HAVE
            hurried = (
                start == 0 and sentence.mode == "plain" and sentence.at(ends) not in _HELD_TO | (cues.BODY - {"hair"})
            )
            if told not in _ON_OFF or not (
                absolute or hurried or sentence.is_boundary(ends) or is_adverb(sentence.at(ends))
            ):
                continue
            event = Event(sentence, start, "take", "s", "companion", 0.0, "")
            owner = self._owner(clothes.owner, sentence)
            if owner not in ("companion", "both", "") or self._is_nobodys(clothes, sentence):
                continue
            event = event._replace(confidence=self._confidence(event, imperative=self.speaker == "user"))
            common = self._common(event, max(ends, clothes.end))
            if told == "off":
                self.stripping = event.confidence > 0
                made += [(TakeOff(what=piece.name, **common), event) for piece in clothes.garments]
            else:
                made.append((PutOn(garments=clothes.garments, **common), event))
        return made

    @staticmethod
    def _is_aside(clothes: Clothes, rest: str, *, aside: bool) -> bool:
        """Whether the words after clothes say that they are in a hand, round a neck or on a chair."""
        slung = all(piece.slot == "feet" for piece in clothes.garments) and _ROUND_NECK.match(rest)
        in_hand = (clothes.owner in ("my", "her", "his") or aside) and _IN_HAND.match(rest)
        return bool(slung or in_hand or (aside and _ON_A_THING.match(rest)))

    def _elliptical_clothes(self, sentence: Sentence) -> tuple[Operation, Event] | None:
        """Read "in a towel rn", "still in my pjs"."""
        at = self._past_openers(sentence)
        if self.speaker != "companion" or sentence.at(at) != "in" or not self._is_now(sentence):
            return None
        clothes = self._clothes(sentence, at + 1)
        if (
            clothes is None
            or sentence.at(at + 1) == "the"
            or clothes.owner not in ("my", "her", "his", "")
            or self._already_worn(clothes)
        ):
            return None
        event = Event(sentence, at, "be", "s", "companion", cues.NARRATED, "")
        return self._wearing(clothes, self._common(event, clothes.end)), event

    def _elliptical_place(self, sentence: Sentence) -> tuple[Operation, Event] | None:
        """Read "at work, can't talk", "*on the balcony smoking*", "stuck in the office til 8"."""
        at = self._past_openers(sentence)
        if sentence.mode == "plain" and sentence.at(at) in _TREATS:  # "lunch with the girls at that tapas place"
            at = next(
                (i for i in range(at + 1, min(at + 7, len(sentence))) if sentence.at(i) in ("at", "in", "on")), at
            )
            if any(sentence.verb_at(i) is not None for i in range(at)):
                return None
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

    def _has(self, sentence: Sentence, at: int) -> bool:
        """Whether it is the companion who "had the sandals off"."""
        low = sentence.at(at)
        return low in self.companion or (low in SUBJECTS and self._pronoun(sentence, at) in ("companion", "both"))

    def _put_aside(self, sentence: Sentence, start: int, clothes: Clothes) -> list[tuple[Operation, Event]]:
        """Read "barefoot, her boots in her hand"."""
        event = Event(sentence, start, "hold", "s", "companion", 0.0, "")
        event = event._replace(confidence=self._confidence(event, imperative=False))
        quote = self._common(event, clothes.end)["quote"]
        mine = self.speaker == "companion" and (
            not clothes.owner or self._owner(clothes.owner, sentence) == "companion"
        )
        return [(op, event) for op in self._put_away(event, clothes, quote)] if mine else []

    @staticmethod
    def _goes_first(sentence: Sentence, at: int) -> int:
        """Return how many words after a garment say that it goes: "went first", "was the first thing to go"."""
        match = _GOES_FIRST.match(" ".join(sentence.low[at : at + 7]))
        return len(match[0].split()) if match else 0

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
        start = 0
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
        if not comma and (sentence.mode != "narration" or (back and sentence.at(start) != "once")):
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
