"""Reads clothes that are the subject: "the coat landed on the chair", "her heels joined his by the door", "a silk slip replaced the robe"."""

import re
from typing import Any

from companion_hub.models.scene import ChangeInto, Garment, Operation, PutOn, TakeOff
from companion_hub.services.scene import cues
from companion_hub.services.scene.changing import Changing
from companion_hub.services.scene.clothing import everything_or
from companion_hub.services.scene.outfits import known_garment
from companion_hub.services.scene.persons import Event
from companion_hub.services.scene.reading import Sentence
from companion_hub.services.scene.verbs import BE, DETERMINERS, PREPOSITIONS, PRONOUNS, is_adverb, verbs
from companion_hub.services.texts import word_set

# With a thing after them these tell where something lies that nobody wears.
_LIES = (cues.FALLS - {"come"}) | word_set("lie hang stand sit stay remain land end wind rest hit wait dry drip float drift crumple perch drop fall slide slip pool flutter "
                 "tumble roll skitter clatter thud sprawl gather puddle settle collapse sink dangle be go join find meet spill")  # fmt: skip
# Without anything after them these tell that it goes.
_VANISHES = word_set("vanish disappear fall drop go depart")
_AWAY = re.compile(
    r"(?:\w+ly )?(?:straight |clean |right |all the way )?(?:off|away|undone|untied|loose|free|flying|sailing|spinning|tumbling|skittering|overboard|"
    r"missing|first|next|too)\b"
)
_OFF_SOMEWHERE = re.compile(r"off (?:in (?:\w+ ){1,3}?directions?|across|down|along|towards?)\b")
# Said of clothes that are worn: "her coat hangs open", "the boots stand up to the mud".
_WORN_SO = word_set("open loose low well straight stiff tight snug heavy down to against up with")
_FLUNG = word_set(
    "blow fly sail spin tumble roll skitter whirl drift float bounce rip tear snap burst flutter soar cartwheel"
)
_REPLACED = word_set("swap trade exchange replace switch change")
# What clothes do while they are worn: "the sarong flutters around her knees".
_STIRS = word_set("flutter float swirl whisper glide swish sway flap ripple billow rustle drift brush")
_HELD = word_set("hook loop fold hold clutch dangle carry tuck bundle swing sling crush grip drape hang ball")
_IN_HAND = re.compile(r"(?:up )?(?:in|over|under|from|by) (?:\w+ )?(?:hands?|arms?|fingers?|fists?|elbow)\b")
_UPON = word_set("on onto over around round about upon across")
_THEIR_OWN = word_set("there here where somewhere nearby elsewhere beside behind")
_STOWED = cues.PUT_AWAY | word_set(
    "swap kick lose forget take whisk carry collect strip peel tear rip pull shed find remove doff drag yank unwind unpin loosen unhook confiscate steal send tie "
)
_DRESSED = cues.PLACE_ON_BODY | cues.ON | {"lower", "add", "put", "pull", "drape", "wrap"}


class Lying(Changing):
    """Adds to changes: what clothes do by themselves, or what is done to them by nobody in particular."""

    def _garment_tells(self, event: Event) -> list[Operation]:
        """Return what a sentence tells whose subject is a garment."""
        words = event.subject.split()
        sentence, at = event.sentence, event.at
        if (
            sentence.mode != "narration"
            and event.form == "s"
            and {"when", "if", "once", "until", "unless"} & {*sentence.low[at:]}
        ):
            return []  # "this coat comes off when the radiator comes on"
        start = sentence.before_adverbs(at) - len(words)
        if {"where", "why", "how"} & {sentence.at(start), sentence.at(start + 1), sentence.at(start - 1)}:
            return []  # "so this is where all my socks go to die"
        if (
            not words
            or event.base in ("look", "fit", "suit", "seem")
            or words[0] in ("no", "which", "what", "whose", "every", "another", "one")
        ):
            return []
        owner = self._owner(words[0], sentence)
        from_you = (sentence.mode == "narration" or event.base in cues.FALLS) and "your" in sentence.low[
            at : at + 6
        ]  # "the gown slides down to your ankles"
        from_you = from_you or (sentence.mode == "narration" and not self.first_person and self.own_pronoun != "")
        goes_on = sentence.at(at - 2) == "on" and self.speaker == "user"  # "on they go"
        lent = owner == "user" and self.speaker == "companion" and event.base == "be"
        if lent and self._upon_body(event) == "on" and sentence.at(at + 1) in ("around", "over", "on", "round"):
            return [
                PutOn(garments=self._named(words[1:]), **self._common(event, at + 2))
            ]  # "your jacket is around my shoulders"
        if owner in ("user", "other") or (not goes_on and not owner and self.speaker == "user" and not from_you):
            return []
        named = self._named(words)
        new = words[0] in ("a", "an", "some")
        worn = tuple(piece for piece in named if self._is_worn(piece))
        common = self._common(event, at + 2)
        if (made := self._in_its_place(event, named, worn)) is not None:
            return made
        if (
            event.base in ("go", "come")
            and sentence.at(at + 1) == "on"
            and (sentence.is_boundary(at + 2) or sentence.at(at + 2) in ("over", "first", "next", "too"))
        ):
            put = tuple(
                piece
                for piece in named
                if not any(g.name.lower() == piece.name.lower() and g.state == "worn" for g in self.scene.garments)
            )
            return [PutOn(garments=put, **common)] if put else []
        if (
            sentence.low[max(0, at - 2) : at] in (["on", "they"], ["on", "it"])
            and event.base in ("go", "come")
            and named
        ):
            return [PutOn(garments=named, **common)]  # "on they go"
        upon = self._upon_body(event)
        if upon == "off" and named and named[0].slot in ("face", "head", "bag") and sentence.at(at + 1) == "down":
            return []  # "my glasses slide down my nose"
        waist = {"waist", "hips", "middle"} & set(sentence.low[at + 1 : at + 6])
        if upon == "on" and waist and worn and worn[0].slot in ("top", "outer"):
            upon = "off"  # "her hoodie tied round her waist"
        if (
            upon == "on"
            and worn
            and worn[0].slot == "feet"
            and event.base in ("sling", "hang", "loop", "tie", "knot", "dangle", "drape")
        ):
            upon = "off"  # "boots slung around her neck"
        if upon == "on":
            put = tuple(piece for piece in named if piece not in worn)
            back = event.base == "be" and sentence.at(at + 1) in ("back", "on", "around", "over", "round", "about")
            return [PutOn(garments=put, **common)] if put and (back or self._passive(event, _DRESSED)) else []
        if new or not worn:
            return []
        if sentence.at(at - 2) in ("off", "out") and event.base in ("come", "go"):
            return [TakeOff(what=everything_or(piece), **common) for piece in worn]  # "out they come"
        if upon in ("off", "elsewhere") or self._is_gone(event, worn[0]):
            self.stripping = self.stripping or event.confidence > 0
            return [TakeOff(what=everything_or(piece), **common) for piece in worn]
        return []

    def _named(self, words: list[str]) -> tuple[Garment, ...]:
        """Return the garments of a subject's words ("the jacket's", "her coat and scarf", "the velvet")."""
        parts = " ".join(word.removesuffix("'s") for word in words if word not in DETERMINERS).split(" and ")
        return tuple(piece for part in parts if (piece := known_garment(part) or self._worn_as(part)) is not None)

    def _upon_body(self, event: Event) -> str:
        """Return "on" or "off" when the words after the verb lead to or from a body or its parts, else ""."""
        sentence = event.sentence
        for at in range(event.at + 1, min(len(sentence), event.at + 6)):
            low = sentence.at(at)
            if not sentence.words[at].is_word or sentence.verb_at(at) is not None:
                return ""
            if low not in PREPOSITIONS:
                continue
            near = sentence.low[at + 1 : at + 5]
            if near[:2] in (["the", "floor"], ["the", "ground"]):
                return ""
            body = self._body_owner(event._replace(who="other"), at + 1)
            if body == "other" and (sentence.at(at + 1) in cues.BODY_PARTS or sentence.at(at + 1) == "the"):
                body = "companion"
            if not body:
                continue
            if body in ("user", "other"):
                return "elsewhere"
            low_down = {"feet", "ankles", "knees", "toes"} & set(near)
            if low in ("off", "from", "past", "down") or (
                low in ("to", "around", "round", "about", "at") and low_down and event.base not in _STIRS
            ):
                return "off"
            return "on" if low in _UPON else "with"
        return ""

    @staticmethod
    def _passive(event: Event, bases: frozenset[str]) -> bool:
        sentence = event.sentence
        helped = bool(sentence.group_before(event.at)[1] & BE)
        goes = event.base in ("go", "slide", "slip", "settle", "drop", "fall", "come", "land")
        return (event.base in bases and (helped or event.form in ("past", "perfect", "had"))) or goes

    def _in_its_place(
        self, event: Event, named: tuple[Garment, ...], worn: tuple[Garment, ...]
    ) -> list[Operation] | None:
        """Read "the robe was replaced by a slip", "a jumper took the place of the blazer"; None when it is neither."""
        sentence, at = event.sentence, event.at
        helped = bool(sentence.group_before(at)[1] & BE) or sentence.at(at).endswith("ed")
        gives_way = event.base in ("give", "make") and sentence.at(at + 1) in ("way", "place", "room")
        if worn and (gives_way or (event.base in _REPLACED and helped)):
            for near in range(at + 1, min(len(sentence), at + 4)):
                other = sentence.at(near) in ("by", "with", "for", "to") and self._clothes(sentence, near + 1)
                if other:
                    common = self._common(event, other.end)
                    off = [TakeOff(what=everything_or(piece), **common) for piece in worn]
                    return [*off, self._put(other.garments, common)]
            if not gives_way:
                return None
        if worn == named or event.base not in ("replace", "cover", "take", "hide"):
            return None
        old = self._clothes(sentence, at + 1)
        if event.base == "replace" and old is not None:
            common = self._common(event, old.end)
            off = [TakeOff(what=everything_or(piece), **common) for piece in old.garments]
            return [*off, self._put(named, common)]
        if event.base in ("cover", "hide") and old is not None and any(map(self._is_worn, old.garments)):
            return [PutOn(garments=named, **self._common(event, old.end))]
        if sentence.at(at + 2) == "place" and sentence.at(at + 1) in ("its", "their"):
            return [self._put(named, self._common(event, at + 3))]
        return None

    @staticmethod
    def _put(garments: tuple[Garment, ...], common: dict[str, Any]) -> Operation:
        main = any(piece.slot in ("top", "full", "bottom") and piece.layer != "underwear" for piece in garments)
        return ChangeInto(garments=garments, **common) if main else PutOn(garments=garments, **common)

    def _is_gone(self, event: Event, piece: Garment) -> bool:
        """Whether verb and tail say that a worn garment is no longer on the body."""
        sentence, base, at = event.sentence, event.base, event.at + 1
        helpers = sentence.group_before(event.at)[1]
        passive = bool(helpers & BE) or (
            event.form in ("past", "perfect") and sentence.at(event.at - 1) == event.subject.split()[-1]
        )
        while is_adverb(sentence.at(at)) and sentence.at(at) != "away":
            at += 1
        tail = " ".join(sentence.low[at : at + 6])
        if base == "go" and (sentence.at(event.at) == "gone" or sentence.is_boundary(at)):
            return "with" not in tail.split()[:1]
        if base in _VANISHES and sentence.is_boundary(at):
            return True
        if base == "follow":
            return self.stripping and (sentence.is_boundary(at) or sentence.at(at) in PRONOUNS)
        if piece.slot == "feet" and base not in verbs():
            return False  # "my slippers slapping on the tiles"
        if piece.slot == "feet" and event.form == "ing" and _OFF_SOMEWHERE.match(tail):
            return False  # "my skates shooting off in two directions", and I with them
        if _AWAY.match(tail) and (base not in _LIES - {"come", "go", "fall", "slip", "slide", "be"} or passive):
            return base not in ("show", "set", "finish", "carry", "put") or passive
        if base in ("stay", "remain") and sentence.at(at) in ("on", "where", "put"):
            return False  # "the boots stay on because …"
        if sentence.at(at) in _WORN_SO and base not in cues.FALLS and sentence.at(at + 1) not in ("by", "beside"):
            return base == "end" and sentence.at(at) == "up" and self._at_a_thing(sentence, at + 1)
        if base in _HELD and piece.slot != "bag" and _IN_HAND.match(tail):
            return True
        if passive and (base in _STOWED or base not in verbs()):
            return self._at_a_thing(sentence, at) or base in ("abandon", "discard", "forget", "remove", "shed", "doff")
        if base in _FLUNG or base not in verbs():
            return sentence.at(at) in PREPOSITIONS and self._at_a_thing(sentence, at)
        if base in ("hit", "join", "find", "meet"):
            direct = sentence.at(at) in DETERMINERS or base == "join"
            return direct and (base not in ("find", "meet") or " floor" in tail or "way" in tail.split())
        if base in _LIES and sentence.at(at) in ("where", "forgotten", "discarded", "abandoned"):
            return True
        if base not in _LIES or (base == "rest" and piece.slot == "feet"):
            return False
        if piece.slot == "feet" and base in (
            "be",
            "stand",
            "sit",
            "sink",
            "slip",
            "slide",
            "come",
            "go",
            "find",
            "end",
        ):
            return sentence.at(at) in ("by", "beside", "next", "near", "under", "behind", "outside", "at")
        return self._at_a_thing(sentence, at)

    def _at_a_thing(self, sentence: Sentence, at: int) -> bool:
        """Whether words like "on the chair", "in a heap", "by the door" follow, which are no part of a body."""
        for near in range(at, min(len(sentence), at + 3)):
            low = sentence.at(near)
            if low in (
                "in",
                "to",
                "on",
                "onto",
                "by",
                "over",
                "beside",
                "across",
                "under",
                "behind",
                "into",
                "near",
                "from",
                "next",
                "at",
                "among",
                "against",
                "out",
            ):
                following = sentence.low[near + 1 : near + 5]
                if low in ("behind", "beside", "next") and following:
                    return True  # "the sandals set neatly behind her"
                if not following or not sentence.words[near + 1].is_word or is_adverb(following[0]):
                    return False
                return not set(following[:3]) & (cues.BODY | {"place", "motion", "wind", "breeze"})
            if low in _THEIR_OWN and sentence.is_boundary(near + 1):
                return True
            if low in ("up",) or is_adverb(low) or low in ("forgotten", "abandoned", "discarded", "folded", "crumpled"):
                continue
            return False
        return False
