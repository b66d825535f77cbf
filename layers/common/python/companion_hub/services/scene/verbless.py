"""What a message tells of clothes without a verb: "Coat off!", "off go the boots", "in a towel rn"."""

import re

from companion_hub.models.scene import Operation, PutOn, TakeOff
from companion_hub.services.scene import cues
from companion_hub.services.scene.clothing import everything_or
from companion_hub.services.scene.lexicon import find_term
from companion_hub.services.scene.persons import Clothes, Event
from companion_hub.services.scene.places import FURNITURE
from companion_hub.services.scene.reading import Sentence
from companion_hub.services.scene.settings import Settings
from companion_hub.services.scene.verbs import BE, DETERMINERS, HAVE, MODALS, PREPOSITIONS, SUBJECTS, is_adverb
from companion_hub.services.texts import word_set

_OUT_AND_IN = re.compile(r"(?i)\bout\b,?.*\bin\b(?=\W|$)")
_SUITS = word_set("looks look looked goes fits suits matches")
_DESCRIBES = word_set("clean dry warm fresh cool")
_ON_OFF = word_set("off on")
_LEADS = word_set("come comes go goes went came")
_FIRST = word_set("first next too flying")
_FOLLOWS = word_set("follow follows followed")
_IN_HAND = re.compile(
    # what is gathered or lifted in a hand is still worn
    r"(?:still )?(?:(?!gathered|bunched|hitched|hiked|lifted|raised|fisted|caught|clutched)\w+(?:ing|ed) |held |slung |hung )?(?:in|over|under|from|by|on) "
    r"(?:one |her |his |my |both |the crook of (?:her|my|his) |two )(?:hands?|arms?|fingers?|shoulder)\b|in the other\b"
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
_TELLING = _ON_OFF | {"out"} | _FIRST | _FOLLOWS | word_set("neck hand hands arm arms fingers shoulder")


_IN_THE_WASH = re.compile(
    r"(?i)\bin the (?:dirty )?(?:hamper|wash|washing|laundry|dryer|bin|corner|basket|machine|closet|wardrobe)\b"
)
_UNDRESSED = re.compile(
    r"(?i)\bnot a stitch on\b|, (?:my |her |all my |all her )?clothes (?:scattered|strewn|in a trail|abandoned) |\bnothing on (?:but|except)\b|(?:^|[,;] |\band )\W*(?:everything (?:i was|i had|she was|she had) (?:wearing|on)|(?:my|her|all my|all her) clothes|clothes) (?:is|are|lie|lay|were|was)?\s?"
    r"(?:now |all )?(?:off|on the floor|in a (?:heap|pile))\b"
)


class Verbless(Settings):
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
            place = place or self._dressed_in(sentence)
            place = place or (self._off_to(sentence) if sentence.mode != "narration" else None)
        return [
            *([place] if place else []),
            *self._undressed(sentence),
            *self._out_and_into(sentence),
            *self._predicated(sentence),
        ]

    def _predicated(self, sentence: Sentence) -> list[tuple[Operation, Event]]:
        """Read "Coat off!", "jacket's off", "glasses off, lights off", "off come the boots" where a clause begins."""
        if more := self._one_more(sentence):
            return more
        made: list[tuple[Operation, Event]] = []
        if not self.stripping and _TELLING.isdisjoint(sentence.low) and not _IN_THE_WASH.search(sentence.text):
            return made
        end = 0
        for start in range(len(sentence)):
            if start < end or not self._may_begin(sentence, start):
                continue
            turned = sentence.at(start) in _ON_OFF and sentence.at(start + 1) in _LEADS
            turned = turned or sentence.low[start : start + 2] in (["off", "with"], ["on", "with"])
            clothes = self._clothes(sentence, start + 2 * turned)
            if clothes is None or (clothes.end < start + 1):
                continue
            end = clothes.end
            # ", sandals in one hand", "with the jacket on the seat", "dirty jeans in the hamper"
            aside = sentence.at(start - 1) in (",", ":", "with")
            aside = aside or (start == 0 and _IN_THE_WASH.search(sentence.text) is not None)
            if self._is_aside(clothes, " ".join(sentence.low[end : end + 8]), aside=aside):
                if not any(piece.slot in ("bag", "neck") for piece in clothes.garments):
                    made += self._put_aside(sentence, start, clothes)
                continue
            made += self._on_or_off(sentence, start, clothes, turned=turned)
        return made

    @staticmethod
    def _may_begin(sentence: Sentence, start: int) -> bool:
        """Whether words like "coat off" may begin at an index."""
        before = sentence.at(start - 1)
        if start and not sentence.is_boundary(start - 1) and before not in ("so", "ok", "okay", "next", "with", *HAVE):
            return False
        if sentence.at(start) == "one":
            return False  # "one glove off"
        described = sentence.at(start) in _DESCRIBES and find_term([sentence.at(start + 1)], 1) is not None
        return sentence.verb_at(start) is None or find_term([sentence.at(start)], 1) is not None or described

    def _on_or_off(
        self, sentence: Sentence, start: int, clothes: Clothes, *, turned: bool
    ) -> list[tuple[Operation, Event]]:
        """Return what the words beside clothes say of them; ``turned``: they stand before ("off come the boots")."""
        before = sentence.at(start - 1)
        told, ends = self._told(sentence, start, clothes, turned=turned)
        instead = sentence.low[clothes.end : clothes.end + 2] == ["instead", "of"]
        if instead and sentence.mode == "narration" and (old := self._clothes(sentence, clothes.end + 2)) is not None:
            event = Event(sentence, start, "take", "s", "companion", cues.NARRATED, "")
            common = self._common(event, old.end)
            off = [TakeOff(what=piece.name, **common) for piece in old.garments if self._is_worn(piece)]
            return [(op, event) for op in (*off, PutOn(garments=clothes.garments, **common))] if off else []
        if before in HAVE and (
            not self._has(sentence, start - 2) or (before == "had" and sentence.mode != "narration")
        ):
            return []  # "even then I had headphones on"
        if self.speaker == "companion" and (
            "please" in sentence.low or sentence.low[ends : ends + 2] == ["before", "you"]
        ):
            return []  # "Shoes off before you come in, please!": said to the user
        if self.speaker == "user" and before == "with" and "i" in sentence.low[:start]:
            return []  # "I'm typing with gloves on"
        if before == "with" and sentence.mode != "narration" and not cues.PEOPLE.isdisjoint(sentence.low[:start]):
            return []  # "I saw a man waiting for the bus with three scarves on"
        hurried = start == 0 and sentence.mode == "plain" and sentence.at(ends) not in _HELD_TO | (cues.BODY - {"hair"})
        closes = (
            before in ("with", *HAVE)
            or hurried
            or sentence.is_boundary(ends)
            or is_adverb(sentence.at(ends))
            or sentence.low[ends : ends + 2]
            in (["at", "last"], ["this", "minute"], ["this", "instant"], ["right", "now"])
            or (told == "off" and "please" in sentence.low and sentence.at(ends) in ("at", "in", "before"))
        )
        owner = self._owner(clothes.owner, sentence)
        if (
            told not in _ON_OFF
            or not closes
            or owner not in ("companion", "both", "")
            or self._is_nobodys(clothes, sentence)
        ):
            return []
        event = Event(sentence, start, "take", "s", "companion", 0.0, "")
        event = event._replace(confidence=self._confidence(event, imperative=self.speaker == "user"))
        common = self._common(event, max(ends, clothes.end))
        if told == "off":
            self.stripping = event.confidence > 0
            return [(TakeOff(what=piece.name, **common), event) for piece in clothes.garments]
        if any(everything_or(piece) == "everything" for piece in clothes.garments):
            return []  # "leapt off the jetty with all her clothes on"
        return [(PutOn(garments=clothes.garments, **common), event)]

    def _told(self, sentence: Sentence, start: int, clothes: Clothes, *, turned: bool) -> tuple[str, int]:
        """Return ("off", "on" or whatever stands there instead, where the words end)."""
        if turned:
            return sentence.at(start), clothes.end
        at = clothes.end + (sentence.at(clothes.end) in BE)
        while is_adverb(sentence.at(at)):
            at += 1
        if first := self._goes_first(sentence, at):
            return "off", at + first
        told = sentence.at(at)
        if self.stripping and (told in _FOLLOWS | _FIRST or sentence.at(start - 1) in ("then", "next")):
            return "off", at if sentence.is_boundary(at) else at + 1
        swaps = self._swaps(sentence)
        pierced = all(piece.slot == "jewellery" or piece.kind == "contact lenses" for piece in clothes.garments)
        if told == "out" and (pierced or swaps):
            told = "off"
        return "on" if told == "in" and swaps else told, at + 1

    @staticmethod
    def _swaps(sentence: Sentence) -> bool:
        """Whether one goes out and another in: "stilettos out, slippers in"."""
        if _OUT_AND_IN.search(sentence.text) is None:
            return False
        start = sentence.low.index(":") if ":" in sentence.low else 0
        return all(
            sentence.verb_at(at) is None or find_term([sentence.at(at)], 1) is not None
            for at in range(start, len(sentence))
        )

    def _one_more(self, sentence: Sentence) -> list[tuple[Operation, Event]]:
        """Read "And the wrap too.": the same as was last told happens to it."""
        last = self.found[-1] if self.found else None
        more = self._clothes(sentence, 1) if sentence.at(0) == "and" and isinstance(last, TakeOff | PutOn) else None
        if more is None or last is None:
            return []
        if sentence.at(more.end) not in ("too", "as") and sentence.low[more.end : more.end + 2] != ["with", "it"]:
            return []
        event = Event(sentence, 1, "take", "s", "companion", last.confidence, "")
        common = self._common(event, more.end)
        if isinstance(last, PutOn):
            return [(PutOn(garments=more.garments, **common), event)]
        return [(TakeOff(what=piece.name, **common), event) for piece in more.garments]

    @staticmethod
    def _is_aside(clothes: Clothes, rest: str, *, aside: bool) -> bool:
        """Whether the words after clothes say that they are in a hand, round a neck or on a chair."""
        slung = all(piece.slot == "feet" for piece in clothes.garments) and _ROUND_NECK.match(rest)
        in_hand = (clothes.owner in ("my", "her", "his") or aside) and _IN_HAND.match(rest)
        thing = _ON_A_THING.match(rest) if aside else None  # but "that hat in the window would look …"
        following = rest[thing.end() :].split()[:1] if thing else []
        goes_on = not (MODALS | BE | _SUITS).isdisjoint(following)
        return bool(slung or in_hand or (thing and not goes_on))

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

    def _dressed_in(self, sentence: Sentence) -> tuple[Operation, Event] | None:
        """Read what is told after "get dressed": ": the gold gown and the long gloves", "Jeans and the blue sweater"."""
        start = self._past_openers(sentence)
        start = sentence.low.index(":") + 1 if ":" in sentence.low[:6] and self.speaker == "user" else start
        asked = (
            self._clothes(sentence, start)
            if self.speaker == "user" and sentence.at(len(sentence) - 2) == "please"
            else None
        )
        if (
            asked is not None
            and sentence.at(asked.end) in (",", "please")
            and asked.end > len(sentence) - 4
            and not self._already_worn(asked)
        ):
            event = Event(sentence, start, "wear", "base", "companion", cues.REQUESTED, "")
            return self._wearing(asked, self._common(event, asked.end)), event  # "The catsuit, please."
        if self.dresses is None:
            dresses = next(
                (i for i in range(len(sentence)) if (v := sentence.verb_at(i)) and v[0] in ("dress", "change")), None
            )
            colon = next((i for i in range((dresses or 0) + 1, len(sentence)) if sentence.at(i) in (":", "—", "–")), 0)
            if (
                dresses is None
                or sentence.at(dresses - 1) not in ("get", "gets")
                or not colon
                or self.speaker != "user"
            ):
                return None
            start = colon + 1
        clothes = self._clothes(sentence, start)
        if (
            clothes is None
            or not sentence.is_boundary(clothes.end)
            or clothes.owner not in ("", "your", "her", "my", "the")
        ):
            return None
        event = Event(
            sentence,
            start,
            "dress",
            "base",
            "companion",
            self.dresses.confidence if self.dresses else cues.REQUESTED,
            "",
        )
        return self._wearing(clothes, self._common(event, clothes.end)), event

    def _undressed(self, sentence: Sentence) -> list[tuple[Operation, Event]]:
        """Read "Not a stitch on.", "everything I was wearing is on the floor", "clothes off"."""
        if (
            self.speaker != "companion"
            or sentence.asks
            or not self._is_now(sentence)
            or not _UNDRESSED.search(sentence.text)
        ):
            return []
        event = Event(sentence, 0, "undress", "s", "companion", cues.NARRATED, "")
        if "nothing" in sentence.low:
            kept = self._clothes(sentence, sentence.low.index("nothing") + 3)
            return [(self._wearing(kept._replace(only=True), self._common(event, kept.end)), event)] if kept else []
        return [(TakeOff(what="everything", **self._common(event, len(sentence))), event)]

    def _out_and_into(self, sentence: Sentence) -> list[tuple[Operation, Event]]:
        """Read "Out of the office clothes, finally, and into my pajamas"; the user only asks for it."""
        if ["out", "of"] not in (sentence.low[:2], sentence.low[1:3]):
            return []
        at = next((i for i in range(3, len(sentence)) if sentence.at(i) == "into"), 0)
        new = self._clothes(sentence, at + 1) if at else None
        old = self._clothes(sentence, sentence.low.index("of") + 1)
        verb = any(sentence.verb_at(i) is not None and find_term([sentence.at(i)], 1) is None for i in range(at))
        if new is None or verb or not (old or "clothes" in sentence.low[:at]):
            return []
        event = Event(
            sentence,
            0,
            "change",
            "s",
            "companion",
            cues.NARRATED if self.speaker == "companion" else cues.REQUESTED,
            "",
        )
        made: list[Operation] = []
        if old is not None:
            made += [TakeOff(what=everything_or(piece), **self._common(event, old.end)) for piece in old.garments]
        over = old is not None and all(piece.layer != "base" for piece in new.garments)
        common = self._common(event, new.end)
        made.append(PutOn(garments=new.garments, **common) if over else self._wearing(new, common))
        return [(operation, event) for operation in made]

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
