"""Reads which clothes stand after a verb and whose they are, and takes them off or puts them away."""

from typing import Any, NamedTuple

from companion_hub.models.scene import (
    MAX_TEXT,
    ChangeInto,
    Garment,
    Operation,
    TakeOff,
)
from companion_hub.services.scene import cues
from companion_hub.services.scene.happening import Happening
from companion_hub.services.scene.lexicon import COLOURS, MATERIALS, Term, find_term
from companion_hub.services.scene.outfits import garment
from companion_hub.services.scene.persons import Clothes, Event
from companion_hub.services.scene.reading import Sentence
from companion_hub.services.scene.reducer import find_worn
from companion_hub.services.scene.verbs import (
    ADVERBS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    is_adverb,
)
from companion_hub.services.texts import one_line, word_set

_LIMBS = word_set("foot feet arm arms leg legs hand hands head toes")
# "low over her ears", "twice around her neck"
_HOW_IT_SITS = word_set("halfway low high tight twice thrice snug close loose clean")
_PARTS = word_set("strings string straps strap buttons laces hooks zip zipper clasp buckle buckles fastenings toggles")
_AFTER_VERBS = PRONOUNS | DETERMINERS | PREPOSITIONS
_LAID_OVER = word_set("folded slung hanging tucked discarded gone forgotten bundled clutched")


class Target(NamedTuple):
    """What stands after a verb: particles before the object, a pronoun object, clothes, particles after."""

    before: tuple[str, ...]
    pronoun: str
    clothes: Clothes | None
    after: str
    after_end: int
    start: int


NOTHING = Target((), "", None, "", 0, 0)


class Clothing(Happening):
    """Adds to what happens: the clothes it happens to."""

    def _common(self, event: Event, end: int) -> dict[str, Any]:
        words = event.sentence.words
        first = max(0, event.at)
        last = min(len(words), max(end, first + 1))
        quote = one_line(event.sentence.text[words[first].start : words[last - 1].end], MAX_TEXT)
        return {"quote": quote, "confidence": max(0.0, event.confidence), "source": "rules"}

    def _target(self, event: Event) -> Target:
        """Read what follows the verb."""
        sentence, at = event.sentence, event.at + 1
        while is_adverb(sentence.at(at)) and sentence.at(at) not in ("back", "away", "only", "just"):
            at += 1
        before: list[str] = []
        pronoun = ""
        clothes: Clothes | None = None

        def particles() -> None:
            nonlocal at
            while (
                sentence.at(at) in PREPOSITIONS or sentence.at(at) == "back" or (is_adverb(sentence.at(at)) and before)
            ):
                if sentence.at(at) in PREPOSITIONS or sentence.at(at) == "back":
                    before.append(sentence.at(at))
                at += 1

        particles()
        if event.base in ("dress", "bundle") and sentence.at(at) == ":":
            at += 1  # "gets dressed: black turtleneck, plaid skirt"
        if sentence.at(at) in ("this", "these", "that", "those") and sentence.at(at + 1) in ("on", "off"):
            pronoun = "it"  # "here, put this on"
            at += 1
            particles()
        elif sentence.at(at) in self.names:
            # "helps Mara out of her coat"
            pronoun = "you" if (sentence.at(at) in self.companion) == (self.speaker == "user") else "me"
            at += 1
            particles()
        elif sentence.at(at) in PRONOUNS and not (sentence.at(at) == "her" and self._phrase_follows(sentence, at)):
            pronoun = sentence.at(at)
            at += 1
            while is_adverb(sentence.at(at)) and sentence.at(at) != "back":
                at += 1
            particles()
        at = self._past_body(event, at, before)
        start = at
        clothes = self._clothes(sentence, at) or self._it(sentence, at, before)
        after = ""
        after_end = at
        if clothes is not None:
            at = _past_manner(sentence, clothes.end)
            if sentence.at(at) in PREPOSITIONS:
                after = sentence.at(at)
                after_end = at + 1
                if sentence.at(at + 1) == "of":
                    after, after_end = after + " of", at + 2
        if clothes is None and not pronoun and (fronted := self._fronted_object(event)):
            after = sentence.at(event.at + 1) if sentence.at(event.at + 1) in PREPOSITIONS else ""
            return Target((), "", fronted, after, event.at + 1 + bool(after), event.at + 1)
        return Target(tuple(before), pronoun, clothes, after, after_end, start)

    def _it(self, sentence: Sentence, at: int, before: list[str]) -> Clothes | None:
        """Return the clothes that "it" means after a particle: "helps me out of it"."""
        meant = sentence.at(at) in ("it", "them") and before[-1:] in (["of"], ["into"], ["from"])
        return self.last_clothes._replace(end=at + 1) if meant and self.last_clothes else None

    def _fronted_object(self, event: Event) -> Clothes | None:
        """Return the clothes that stand before the subject: "the blazer she draped over the child"."""
        sentence = event.sentence
        subject = sentence.group_before(event.at)[0]
        if (
            sentence.at(subject) not in self.names | {"she", "he", "i"}
            or not sentence.words[max(0, subject - 1)].is_word
        ):
            return None
        start = subject - 1
        while start > 0 and not sentence.is_boundary(start - 1):
            start -= 1
        clothes = self._clothes(sentence, start) if 0 <= start < subject and sentence.at(start) in DETERMINERS else None
        return clothes._replace(end=event.at + 1) if clothes is not None and clothes.end == subject else None

    def _past_body(self, event: Event, at: int, before: list[str]) -> int:
        """Step over what is not the garment: "her feet into" the slippers, "the buttons of" his shirt, "one arm out of"."""
        sentence = event.sentence
        phrase = sentence.noun_phrase(at)
        if phrase is None:
            return at
        head, stop = sentence.at(phrase[1] - 1), phrase[1]
        if (
            event.base in cues.UNFASTEN | cues.FASTEN | {"pull", "tug", "slide", "draw"}
            and head in cues.FASTENERS
            and sentence.at(stop) in ("of", "on", "down")
        ):
            return stop + 1
        if sentence.at(at) == "some":
            return at
        if head in _LIMBS and sentence.at(stop) in ("into", "in", "through", "inside"):
            before.append("into")
            return stop + 1
        if head in _LIMBS and sentence.at(stop) == "out" and sentence.at(stop + 1) == "of":
            before += ["out", "of"]
            return stop + 2
        return at

    def _clothes(self, sentence: Sentence, at: int) -> Clothes | None:
        """Read "her coat, the grey scarf and a hat" at an index."""
        made: list[Garment] = []
        owner = ""
        end = at
        only = False
        while True:
            if sentence.at(at) in ("nothing", "only", "just"):
                only = True
                at += 1
                while sentence.at(at) in ("but", "except", "for", "more", "than"):
                    at += 1
            verb = sentence.verb_at(at) if made else None
            if verb is not None and sentence.at(at + 1) in _AFTER_VERBS:
                break  # "unbuttons your coat and slips it off": no slips
            if verb is not None and "ing" in verb[1]:
                break  # "climbs out of the suit, revealing shorts"
            phrase = sentence.noun_phrase(at)
            if phrase is None:
                break
            start, stop, its_owner = phrase
            words = sentence.low[start:stop]
            while words and words[-1] in ADVERBS:
                words.pop()
                stop -= 1
            if len(words) > 1 and words[-1] in _PARTS and find_term(words[:-1], len(words) - 1):
                words.pop()  # "the apron strings"
            if not words or not self._is_clothes(sentence, start, start + len(words)):
                break
            piece = self._piece(sentence, at, start, start + len(words))
            if piece is None:
                break
            if made and sentence.at(stop) in _LAID_OVER:
                break  # "in a blouse and jeans, the robe folded over her arm"
            if self._owner(its_owner, sentence) == "user" and its_owner in ("your", "my"):
                piece = _borrowed(piece)
            if not made:
                owner = its_owner
            made.append(piece)
            end = stop
            at = stop
            joined = False
            while sentence.at(at) in (",", "and", "with", "plus", "over", "&", "then") and at < len(sentence):
                joined = True
                at += 1 + (sentence.at(at + 1) in ("now", "also", "even", "finally"))
            if not joined:
                break
        return Clothes(tuple(made), owner, end, only) if made else None

    def _piece(self, sentence: Sentence, at: int, start: int, stop: int) -> Garment | None:
        """Return the garment of a phrase that begins at an index and whose own words are given."""
        called = " ".join(word.text for word in sentence.words[start:stop])
        last = sentence.at(stop - 1)
        if sentence.low[at : at + 2] == ["one", "of"] and last.removesuffix("s") not in cues.PAIRS:
            called = called.removesuffix("s")  # "one of your hoodies"
        piece = garment(called)
        if piece is None or piece.kind:
            return piece
        return self._worn_as(last) or piece  # not in the lexicon, but worn: "the clip" is the hair clip

    def _is_clothes(self, sentence: Sentence, start: int, stop: int) -> bool:
        """Whether a phrase's head is a garment and stays one: "coat of paint" is none, "dress of blue silk" is."""
        if find_term(sentence.low[start:stop], stop - start) is None:
            return (
                sentence.at(start - 1) in ("the", "her", "his", "my")
                and self._worn_as(sentence.at(stop - 1)) is not None
            )
        if sentence.at(stop) == "of":
            following = sentence.at(stop + 1)
            return following in MATERIALS or following in COLOURS or following in cues.MADE_OF
        return True

    def _wearing(self, clothes: Clothes, common: dict[str, Any]) -> Operation:
        return ChangeInto(garments=clothes.garments, only=clothes.only, **common)

    def _already_worn(self, clothes: Clothes) -> bool:
        """Whether words like "in my pjs" only say again what is worn."""
        for piece in clothes.garments:
            term = term_of(piece)
            worn = (
                {word for g in find_worn(self.scene, term) for word in g.name.lower().split()} if term else set[str]()
            )
            if not worn or not set(piece.name.lower().split()) - set(piece.kind.split()) <= worn:
                return False
        return not clothes.only

    def _is_theirs(self, event: Event, clothes: Clothes) -> bool:
        """Whether "his coat" is that of a third person who acts ("Tom takes off his shirt")."""
        third = clothes.owner in ("her", "his", "their") and event.who in ("user", "other")
        if event.who == "user" and {"her": "she", "his": "he", "their": "they"}.get(clothes.owner) == self.own_pronoun:
            return False  # "he took her blazer from her"
        return third and "you" not in event.sentence.low[: event.at]

    def _is_nobodys(self, clothes: Clothes, sentence: Sentence) -> bool:
        """Whether the user says "her coat" and nothing tells that it is the companion's."""
        third = self.speaker == "user" and clothes.owner in ("her", "his")
        return third and self._owner(clothes.owner, sentence) != "companion"

    def _belongs(self, event: Event, clothes: Clothes, own: bool) -> bool:
        owner = "other" if self._is_theirs(event, clothes) else self._owner(clothes.owner, event.sentence)
        if not owner and not own and self._unfastens_hers(event, clothes):
            return True
        return owner in ("companion", "both") if owner else own

    def _unfastens_hers(self, event: Event, clothes: Clothes) -> bool:
        """Whether the user undoes something the companion wears, whosever it is said to be: "I unclasp the necklace"."""
        narrated = (
            event.who == self.speaker == "user" and event.sentence.mode == "narration" and event.base in cues.UNFASTEN
        )
        return narrated and all(self._is_worn_by_name(piece) and piece.layer != "outer" for piece in clothes.garments)

    def _taking_off(self, event: Event, clothes: Clothes, target: Target) -> list[Operation]:
        """Return the taking off where the clothes are the companion's."""
        if self._is_theirs(event, clothes) or self._is_nobodys(clothes, event.sentence):
            return []
        owner = self._owner(clothes.owner, event.sentence)
        if not owner and event.confidence == cues.REQUESTED and clothes.garments[0].layer in ("outer", "accessory"):
            worn = [piece for piece in clothes.garments if (term := term_of(piece)) and find_worn(self.scene, term)]
            owner = "companion" if worn else ""  # "let me hang that coat up"
        if not owner and target.after.startswith(("off", "from")):
            owner = self._body_owner(event, target.after_end)
        if (owner or event.who) not in ("companion", "both") and (owner or not self._unfastens_hers(event, clothes)):
            return []
        return self._take_off_all(event, clothes, target)

    def _take_off_all(self, event: Event, clothes: Clothes, target: Target) -> list[Operation]:
        common = self._common(event, max(clothes.end, target.after_end if target.after else clothes.end))
        return [TakeOff(what=everything_or(piece), **common) for piece in clothes.garments]

    def _out_of(self, event: Event, target: Target, clothes: Clothes) -> list[Operation]:
        """Read "slips out of the dress (and into her pyjamas)", "helps me out of my coat"."""
        others = target.pronoun and not target.pronoun.endswith("self")
        wearer = self._object(event, target.pronoun) if others else event.who
        if self.speaker == "companion" and self._owner(clothes.owner, event.sentence) == "user":
            return []
        if wearer not in ("companion", "both"):
            return []
        made = self._take_off_all(event, clothes, target)
        at = clothes.end
        for near in range(at, min(len(event.sentence), at + 5)):  # "out of the wet coat at last, and out of the shoes"
            if event.sentence.low[near : near + 3] == ["and", "out", "of"] and (
                more := self._clothes(event.sentence, near + 3)
            ):
                return [*made, *self._take_off_all(event, more, NOTHING)]
        return [*made, *self._and_into(event, clothes)]

    def _and_into(self, event: Event, old: Clothes) -> list[Operation]:
        """Read the second half of "slips out of the dress and into her pyjamas"."""
        sentence, at = event.sentence, old.end
        if sentence.at(at) in ("and", ","):
            at += 1
        new = self._clothes(sentence, at + 1) if sentence.at(at) == "into" else None
        return [self._wearing(new, self._common(event, new.end))] if new else []

    def _put_away(self, event: Event, clothes: Clothes, quote: str) -> list[Operation]:
        """Return a taking off when what is hung up or thrown aside is being worn."""
        owner = self._owner(clothes.owner, event.sentence)
        if owner in ("user", "other") or (not owner and clothes.owner):
            return []
        worn = [
            piece
            for piece in clothes.garments
            if (find_worn(self.scene, term) if (term := term_of(piece)) else self._is_worn_by_name(piece))
            and (piece.slot != "outer" or self._is_worn_by_name(piece))
        ]
        common: dict[str, Any] = {**self._common(event, clothes.end), "quote": quote}
        return [
            TakeOff(what=piece.name, **common)
            for piece in worn
            if piece.slot != "bag" or piece.kind in ("backpack", "rucksack")
        ]

    def _is_worn_by_name(self, piece: Garment) -> bool:
        """Whether something of that name is worn: a blanket laid on the grass is not the coat."""
        head = (piece.kind or piece.name.lower()).split()[-1]
        return any(word.endswith(head) for g in self.scene.garments for word in g.name.lower().split())


def _borrowed(piece: Garment) -> Garment:
    """Return the user's garment as the companion would wear it: not one of her or his own."""
    name = piece.name if piece.name != piece.kind else f"borrowed {piece.name}"
    return piece.model_copy(update={"name": name[:80]})


def term_of(piece: Garment) -> Term | None:
    words = piece.kind.split()
    found = find_term(words, len(words))
    return found[1] if found else None


def everything_or(piece: Garment) -> str:
    return "everything" if piece.kind in ("clothes", "clothing", "outfit", "attire") else piece.name


def _past_manner(sentence: Sentence, at: int) -> int:
    """Step over how clothes are put: "low", "side by side", the "down" of "down over his ears"."""
    while is_adverb(sentence.at(at)) or sentence.at(at) in _HOW_IT_SITS:
        at += 1
    if sentence.low[at : at + 3] == ["side", "by", "side"]:
        at += 3
    if sentence.at(at) in ("up", "down"):  # "up and over her head"
        both = sentence.at(at + 1) == "and"
        at += 1 + both if sentence.at(at + 1 + both) in ("over", "onto", "on", "off", "past") else 0
    return at
