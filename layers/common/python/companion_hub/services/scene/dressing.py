"""What a verb does to the companion's clothes."""

import itertools
import re
from typing import Any, NamedTuple

from companion_hub.models.scene import (
    MAX_TEXT,
    ChangeInto,
    CloseGarment,
    Garment,
    OpenGarment,
    Operation,
    PutOn,
    TakeOff,
)
from companion_hub.services.scene import cues
from companion_hub.services.scene.happening import Happening
from companion_hub.services.scene.lexicon import COLOURS, MATERIALS, Term, find_term, is_modifier
from companion_hub.services.scene.outfits import garment
from companion_hub.services.scene.places import find_place
from companion_hub.services.scene.reading import Sentence
from companion_hub.services.scene.reducer import find_worn
from companion_hub.services.scene.verbs import (
    ADVERBS,
    CONJUNCTIONS,
    DETERMINERS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    is_adverb,
    verbs,
)
from companion_hub.services.scene.voices import Clothes, Event
from companion_hub.services.texts import one_line, word_set

_LIMBS = word_set("foot feet arm arms leg legs hand hands head toes")
# "low over her ears", "twice around her neck"
_HOW_IT_SITS = word_set("low high tight twice thrice snug close loose clean")
_ON_LEGS = ("bottom", "legwear", "underwear_bottom")
_LAID_OVER = word_set("folded slung hanging tucked discarded gone forgotten bundled clutched")


_FOR_YOU = re.compile(r"\bon (?:for )?you\b")


_ONTO = word_set("around over on onto about round across to at")


class Target(NamedTuple):
    """What stands after a verb: particles before the object, a pronoun object, clothes, particles after."""

    before: tuple[str, ...]
    pronoun: str
    clothes: Clothes | None
    after: str
    after_end: int
    start: int


_NOTHING = Target((), "", None, "", 0, 0)


class Dressing(Happening):
    """Adds to what happens: what it does to clothes."""

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
        elif sentence.at(at) in PRONOUNS and not (sentence.at(at) == "her" and self._phrase_follows(sentence, at)):
            pronoun = sentence.at(at)
            at += 1
            while is_adverb(sentence.at(at)) and sentence.at(at) != "back":
                at += 1
            particles()
        at = self._past_body(event, at, before)
        start = at
        clothes = self._clothes(sentence, at)
        after = ""
        after_end = at
        if clothes is not None:
            at = clothes.end
            while is_adverb(sentence.at(at)) or sentence.at(at) in _HOW_IT_SITS:
                at += 1
            if sentence.at(at) in ("up", "down"):  # "up and over her head", "down over his ears"
                both = sentence.at(at + 1) == "and"
                at += 1 + both if sentence.at(at + 1 + both) in ("over", "onto", "on", "off", "past") else 0
            if sentence.at(at) in PREPOSITIONS:
                after = sentence.at(at)
                after_end = at + 1
                if sentence.at(at + 1) == "of":
                    after, after_end = after + " of", at + 2
        return Target(tuple(before), pronoun, clothes, after, after_end, start)

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
            if verb is not None and sentence.at(at + 1) in PRONOUNS | DETERMINERS | PREPOSITIONS:
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
            if not words or not self._is_clothes(sentence, start, start + len(words)):
                break
            piece = garment(" ".join(word.text for word in sentence.words[start : start + len(words)]))
            if piece is None:
                break
            if not piece.kind:  # not in the lexicon, but worn: "the clip" is the hair clip
                piece = self._worn_as(words[-1]) or piece
            if not piece.kind and find_term(sentence.low[start : start + len(words)], len(words)) is not None:
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

    def _worn_as(self, head: str) -> Garment | None:
        """Return the worn garment whose name ends like this, None when there is none or it could be several."""
        called = [g for g in self.scene.garments if g.state == "worn" and g.name.lower().split()[-1] == head]
        return called[0] if len(called) == 1 else None

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

    def _dressing(self, event: Event, target: Target) -> list[Operation]:
        """Return what the verb does to clothes."""
        base, clothes = event.base, target.clothes
        own = event.who in ("companion", "both")
        if event.who == "garment":
            return self._garment_falls(event)
        if base == "let":
            return self._let_fall(event, target)
        if base in ("undress", "disrobe") or (base in ("get", "strip") and self._undressing(event)):
            return self._undress(event)
        if base in ("be", "clad"):
            return self._appears_in(event, own)
        if base in cues.APPEARS and (shown := self._appears_in(event, own)):
            return shown
        anaphor = clothes is None and target.pronoun in ("it", "them")
        if anaphor and self.last_clothes is not None:
            clothes = self.last_clothes._replace(end=target.start)
            # "pulls it off", but not "breathes on it"
            leads = (
                event.sentence.at(event.at + 1) in ("on", "off", "over")
                and event.sentence.at(event.at + 2) == target.pronoun
            )
            particle = bool(target.before) and not leads
            target = target._replace(
                pronoun="",
                before=target.before if particle else (),
                after=target.before[-1] if particle else "",
                after_end=target.start,
            )
        if clothes is None:
            return self._general(event, target, own)
        target = target._replace(clothes=clothes)
        if base in ("reveal", "expose") and not anaphor:
            return self._revealed(event, clothes) if own else []
        if base in cues.SWAPS:
            return self._changing(event, target, clothes, own)
        for read in (self._putting_on, self._placing, self._removing, self._fastening, self._taking_along):
            made = read(event, target, clothes, anaphor=anaphor)
            if made is not None:
                return made
        return []

    def _putting_on(self, event: Event, target: Target, clothes: Clothes, *, anaphor: bool) -> list[Operation] | None:
        """Read wearing, dressing in, slipping into, wrapping in; None when the verb does none of it."""
        base, before = event.base, target.before
        own = event.who in ("companion", "both")
        common = self._common(event, max(clothes.end, target.after_end if target.after else clothes.end))
        put_on: list[Operation] = [PutOn(garments=clothes.garments, **common)]
        if base in cues.WEAR and self._already_worn(clothes):
            return []
        if base in cues.WEAR or (base == "dress" and ("in" in before or event.sentence.at(target.start - 1) == ":")):
            return [self._wearing(clothes, common)] if own else []
        if base in ("don", "add"):
            return put_on if own else []
        if base in cues.INTO and clothes.garments[0].slot == "bag":
            return []
        limbs = bool(_LIMBS & set(event.sentence.low[event.at + 1 : target.start]))
        if (
            (base in cues.INTO or limbs)
            and "into" in before
            and own
            and target.pronoun not in ("you", "yourself", "him", "her", "them")
        ):
            return put_on
        if base in ("help", "ease", "zip") and "into" in before:
            return put_on if self._object(event, target.pronoun) in ("companion", "both") else []
        if base == "bundle" and event.sentence.at(target.start - 1) == ":":
            return put_on if own else []
        wraps = base in cues.WRAPS and ("in" in before or "with" in before)
        if wraps and (target.pronoun or "up" in before or event.form in ("perfect", "past")):
            itself = not target.pronoun or target.pronoun.endswith(("self", "selves"))
            wearer = event.who if itself else self._object(event, target.pronoun)
            worn = [self._wearing(clothes, common)] if clothes.only else put_on
            return worn if wearer in ("companion", "both") else []
        return None

    def _placing(self, event: Event, target: Target, clothes: Clothes, *, anaphor: bool) -> list[Operation] | None:
        """Read "puts on", "pulls over the head", "fastens around the neck"; None when the verb does none of it."""
        sentence, base, before, after = event.sentence, event.base, target.before, target.after
        own = event.who in ("companion", "both")
        below = not {"under", "underneath", "beneath"}.isdisjoint(sentence.low[clothes.end : clothes.end + 2])
        common = self._common(event, target.after_end if after else clothes.end)
        put_on: list[Operation] = [PutOn(garments=clothes.garments, under=below, **common)]
        around = sentence.low[target.after_end : target.after_end + 3]
        if base not in cues.NOT_AROUND - {"pull", "take", "grab"} and after == "over" and "head" in around[:2]:
            # over the head goes on what is off, and off what is on
            return self._put_away(event, clothes, put_on[0].quote) or (put_on if own else [])
        layered = sentence.low[target.start : clothes.end]
        strange = base not in verbs()
        places = base in cues.PLACE_ON_BODY or base not in cues.NOT_AROUND
        if (base in cues.PLACE_ON_BODY or strange) and "over" in layered and clothes.garments[1:]:
            # "throws a jacket over her dress": the last was on before
            return [PutOn(garments=clothes.garments[:-1], **self._common(event, clothes.end))] if own else []
        if places and after in _ONTO:
            if "hair" in around and clothes.garments[0].slot not in ("head", "neck"):
                return []  # a towel around wet hair
            if wearer := self._body_owner(event, target.after_end):
                near = sentence.at(target.after_end) in ("her", "him", "them") and base in cues.CLOSER
                if near and event.who == "companion":
                    wearer = "companion"
                if wearer in ("user", "other") and event.who == "companion":
                    heads = {g.name.lower().split()[-1] for g in self.scene.garments if g.state != "removed"}
                    given = tuple(g for g in clothes.garments if g.name.lower().split()[-1] in heads)
                    return self._put_away(event, clothes._replace(garments=given), put_on[0].quote)
                return put_on if wearer in ("companion", "both") else []
        pierced = clothes.garments[0].slot == "jewellery" or clothes.garments[0].kind == "contact lenses"
        if pierced and base in ("put", "pop", "slide", "slip", "clip") and after == "in":
            return put_on if own and self._own_wear(event, clothes) else []
        ends_on = after == "on" and base not in cues.NOT_ON
        if base not in cues.ON and not strange and not ends_on:
            return None
        if anaphor and "on" in before and (wearer := self._object(event, sentence.at(target.start))):
            return put_on if wearer in ("companion", "both") else []
        if "on" in (*before, after) and not self._lies_on(event, target):
            if self.speaker == "user" and event.who == "user" and _FOR_YOU.search(" ".join(sentence.low[event.at :])):
                return put_on  # "let me put it on for you"
            return put_on if own and self._own_wear(event, clothes) else []
        return None

    def _removing(self, event: Event, target: Target, clothes: Clothes, *, anaphor: bool) -> list[Operation] | None:
        """Read "takes off", "steps out of", "removes", "drops the towel"; None when the verb does none of it."""
        del anaphor
        base, before, after = event.base, target.before, target.after
        around = event.sentence.low[target.after_end : target.after_end + 3]
        off = "off" in (*before, after.split(" ")[0])
        from_body = "from" in (*before, after) and self._body_owner(event, target.after_end)
        free = event.sentence.at(clothes.end) in ("free", "loose", "away", "aside") and base not in (
            "help",
            "push",
            "get",
        )
        held_on = clothes.garments[0].layer == "accessory" or clothes.garments[0].layer == "outer"
        if free and base in ("pull", "tug", "yank", "tear", "rip", "slide", "whip") and held_on and (base != "tug"):
            off = True
        if (
            base == "take"
            and event.who == "user"
            and not before
            and after in ("", "for", "from")
            and held_on
            and self.speaker == "user"
        ):
            return self._taking_off(event, clothes, target)  # "let me take your coat"
        small = clothes.garments[0].slot == "jewellery" or clothes.garments[0].kind in (
            "contact lenses",
            "hair clip",
            "hairpin",
        )
        if (
            small
            and base in ("take", "slip", "slide", "pull", "pluck", "unhook")
            and "out" in (after.split(" ")[0], *before[:1])
        ):
            return self._taking_off(event, clothes, target)
        down = after == "down" and {"hips", "leg", "legs", "thighs", "knees", "ankles"} & set(around)
        if down and base not in cues.NOT_OFF and clothes.garments[0].slot in _ON_LEGS:
            return self._taking_off(event, clothes, target)  # "wrestles the wet tights down her legs"
        takes = base in cues.OFF or base not in cues.NOT_OFF | cues.STRONG_MOVES | cues.WEAK_MOVES | cues.FALLS
        if takes and (off or (from_body and clothes.garments[0].kind != "veil")):
            return self._taking_off(event, clothes, target)
        if base not in cues.NOT_OUT and "out" in before and "of" in before:
            return self._out_of(event, target, clothes)
        layer = clothes.garments[0].layer
        if base in cues.REMOVE and after == "for" and self._clothes(event.sentence, target.after_end):
            # "ditches the shorts for a skirt"
            return self._changing(event._replace(base="swap"), target, clothes, event.who in ("companion", "both"))
        if base in cues.REMOVE and (base not in ("unhook", "unclasp") or layer in ("underwear", "accessory")):
            return self._taking_off(event, clothes, target)
        if base == "drop" and not before and _wrapped(clothes):
            return self._taking_off(event, clothes, target)
        return None

    def _fastening(self, event: Event, target: Target, clothes: Clothes, *, anaphor: bool) -> list[Operation] | None:
        """Read unbuttoning, zipping up, and putting clothes away; None when the verb does none of it."""
        del anaphor
        base, before, after = event.base, target.before, target.after
        own = event.who in ("companion", "both")
        belongs = self._belongs(event, clothes, own)
        zipper = cues.ZIPPERS & set(event.sentence.low[event.at : event.at + 4])
        if base in ("pull", "tug", "slide", "draw") and zipper and belongs:
            if "down" in (after, *before[:1]):
                return self._unfasten(event, clothes)
            if "up" in (after, *before[:1]):
                return self._fasten(event, clothes, target)
        if base in cues.UNFASTEN and belongs:
            return self._unfasten(event, clothes)
        if base in cues.FASTEN and belongs:
            return self._fasten(event, clothes, target)
        if base in cues.GIVE and own and target.pronoun and self._object(event, target.pronoun) == "user":
            return self._put_away(event, clothes, self._common(event, clothes.end)["quote"])
        upon = target.after not in ("", "beside", "by", "near", "next", "behind", "at")
        on_body = (upon and self._body_owner(event, target.after_end)) or {"hair", "forehead"} & set(
            event.sentence.low[clothes.end : clothes.end + 5]
        )
        if base in cues.PUT_AWAY and own and not on_body and {after, *before} & cues.WHERE_TO:
            quote = self._common(event, max(clothes.end, target.after_end))["quote"]
            return self._put_away(event, clothes, quote)
        return None

    def _taking_along(self, event: Event, target: Target, clothes: Clothes, *, anaphor: bool) -> list[Operation] | None:
        """Read "grabs her sunhat and skips down to the beach": a coat or hat taken on the way out is put on."""
        del anaphor
        sentence, own = event.sentence, event.who in ("companion", "both")
        if event.base not in ("grab", "snatch", "fetch") or target.before or not own:
            return None
        if self._owner(clothes.owner, sentence) in ("user", "other"):
            return None
        outdoors = tuple(g for g in clothes.garments if g.slot in ("outer", "head", "neck", "feet"))
        leaves = any(
            (verb := sentence.verb_at(at)) is not None
            and verb[0] in cues.STRONG_MOVES | {"go", "come", "step", "slip", "follow", "run", "leave"}
            for at in range(clothes.end, len(sentence))
        )
        return [PutOn(garments=outdoors, **self._common(event, clothes.end))] if outdoors and leaves else None

    def _wearing(self, clothes: Clothes, common: dict[str, Any]) -> Operation:
        return ChangeInto(garments=clothes.garments, only=clothes.only, **common)

    def _already_worn(self, clothes: Clothes) -> bool:
        """Whether words like "in my pjs" only say again what is worn."""
        for piece in clothes.garments:
            term = _term(piece)
            worn = (
                {word for g in find_worn(self.scene, term) for word in g.name.lower().split()} if term else set[str]()
            )
            if not worn or not set(piece.name.lower().split()) - set(piece.kind.split()) <= worn:
                return False
        return not clothes.only

    def _own_wear(self, event: Event, clothes: Clothes) -> bool:
        """Whether the subject puts it on itself: anyone's clothes, unless it helps someone else."""
        sentence = event.sentence
        tail = " ".join(sentence.low[clothes.end : clothes.end + 4])
        return not re.match(r"(?:back )?on (?:you|him|the (?:doll|mannequin|baby|child|dog|cat|hook|hanger))\b", tail)

    def _lies_on(self, event: Event, target: Target) -> bool:
        """Whether "on" leads to a thing ("puts her bag on the table") instead of ending the verb."""
        if target.after in ("on", "onto"):
            at = target.after_end
        elif "on" in target.before and event.sentence.at(target.start - 2) in ("it", "them"):
            at = target.start  # "puts it on the table"
        else:
            return False
        sentence = event.sentence
        following = sentence.at(at)
        if following in ("", "again") or not sentence.words[at].is_word or following in CONJUNCTIONS:
            return False
        if following in DETERMINERS:
            thing = itertools.takewhile(lambda word: word not in PREPOSITIONS, sentence.low[at + 1 : at + 4])
            return not any(word in cues.BODY for word in thing)
        return following not in PREPOSITIONS and not is_adverb(following) and following not in PRONOUNS

    @staticmethod
    def _is_theirs(event: Event, clothes: Clothes) -> bool:
        """Whether "his coat" is that of a third person who acts ("Tom takes off his shirt")."""
        third = clothes.owner in ("her", "his", "their") and event.who in ("user", "other")
        return third and "you" not in event.sentence.low[: event.at]

    def _belongs(self, event: Event, clothes: Clothes, own: bool) -> bool:
        owner = "other" if self._is_theirs(event, clothes) else self._owner(clothes.owner, event.sentence)
        return owner in ("companion", "both") if owner else own

    def _taking_off(self, event: Event, clothes: Clothes, target: Target) -> list[Operation]:
        """Return the taking off where the clothes are the companion's."""
        if self._is_theirs(event, clothes) or (clothes.owner in ("her", "his") and self.speaker == "user"):
            return []
        owner = self._owner(clothes.owner, event.sentence)
        if not owner and target.after.startswith(("off", "from")):
            owner = self._body_owner(event, target.after_end)
        if (owner or event.who) not in ("companion", "both"):
            return []
        return self._take_off_all(event, clothes, target)

    def _take_off_all(self, event: Event, clothes: Clothes, target: Target) -> list[Operation]:
        common = self._common(event, max(clothes.end, target.after_end if target.after else clothes.end))
        return [TakeOff(what=_everything_or(piece), **common) for piece in clothes.garments]

    def _out_of(self, event: Event, target: Target, clothes: Clothes) -> list[Operation]:
        """Read "slips out of the dress (and into her pyjamas)", "helps me out of my coat"."""
        others = target.pronoun and not target.pronoun.endswith("self")
        wearer = self._object(event, target.pronoun) if others else event.who
        if self.speaker == "companion" and self._owner(clothes.owner, event.sentence) == "user":
            return []
        if wearer not in ("companion", "both"):
            return []
        return [*self._take_off_all(event, clothes, target), *self._and_into(event, clothes)]

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
            if (term := _term(piece))
            and find_worn(self.scene, term)
            and (piece.slot != "outer" or self._is_worn_by_name(piece))
        ]
        common: dict[str, Any] = {**self._common(event, clothes.end), "quote": quote}
        return [TakeOff(what=piece.name, **common) for piece in worn if piece.slot != "bag"]

    def _is_worn_by_name(self, piece: Garment) -> bool:
        """Whether something of that name is worn: a blanket laid on the grass is not the coat."""
        head = piece.kind.split()[-1]
        return any(word.endswith(head) for g in self.scene.garments for word in g.name.lower().split())

    def _unfasten(self, event: Event, clothes: Clothes) -> list[Operation]:
        common = self._common(event, clothes.end)
        made: list[Operation] = []
        for piece in clothes.garments:
            if piece.layer in ("underwear", "accessory"):
                # An apron untied is off; a tie loosened is not.
                if event.base not in ("loosen", "open") and piece.kind != "belt" and piece.slot != "bag":
                    made.append(TakeOff(what=piece.name, **common))
            elif piece.slot in ("outer", "top", "full", "bottom"):
                made.append(OpenGarment(what=piece.name, **common))
        return made

    def _fasten(self, event: Event, clothes: Clothes, target: Target) -> list[Operation]:
        if target.after in ("around", "on", "onto", "to", "over", "round"):
            return []  # around a gift or a post, not a body
        common = self._common(event, clothes.end)
        made: list[Operation] = []
        for piece in clothes.garments:
            laced = piece.slot == "feet" and event.base in ("lace", "tie", "buckle", "zip")
            tied = (
                piece.layer == "accessory"
                and piece.slot not in ("bag", "jewellery")
                and event.base not in ("zip", "close")
            ) or (piece.slot == "jewellery" and event.base in ("fasten", "clasp"))
            if (
                laced
                or tied
                or ((term := _term(piece)) and not find_worn(self.scene, term) and event.who in ("companion", "both"))
            ):
                made.append(PutOn(garments=(piece,), **common))
            elif piece.slot in ("outer", "top", "full", "bottom"):
                made.append(CloseGarment(what=piece.name, **common))
        return made

    def _changing(self, event: Event, target: Target, clothes: Clothes, own: bool) -> list[Operation]:
        sentence, before = event.sentence, target.before
        if not own:
            return []
        common = self._common(event, clothes.end)
        if "into" in before or "to" in before or "in" in before:
            return [self._wearing(clothes, common)]
        # "changes out of her suit into a robe", "swaps her heels for sneakers"
        new_at = next(
            (
                i + 1
                for i in range(clothes.end, min(len(sentence), clothes.end + 4))
                if sentence.at(i) in ("into", "for", "with", "to")
            ),
            None,
        )
        new = (self._clothes(sentence, new_at) or self._another(sentence, new_at, clothes)) if new_at else None
        operations: list[Operation] = []
        if "out" in before or (event.base in ("swap", "trade", "switch", "exchange", "replace") and new):
            operations += [TakeOff(what=_everything_or(piece), **common) for piece in clothes.garments]
        if new is not None:
            put = self._common(event, new.end)
            operations.append(
                self._wearing(new, put)
                if ("out" in before or any(g.slot in ("top", "full", "bottom") for g in new.garments))
                and not all(g.layer == "outer" for g in clothes.garments)
                else PutOn(garments=new.garments, **put)
            )
        return operations

    def _another(self, sentence: Sentence, at: int, old: Clothes) -> Clothes | None:
        """Read "the blue one" as a garment of the kind it replaces."""
        phrase = sentence.noun_phrase(at)
        if phrase is None or sentence.at(phrase[1] - 1) not in ("one", "ones") or len(old.garments) != 1:
            return None
        words = [*sentence.low[phrase[0] : phrase[1] - 1], old.garments[0].kind or old.garments[0].name]
        piece = garment(" ".join(words))
        return Clothes((piece,), "", phrase[1], only=False) if piece and len(words) > 1 else None

    def _appears_in(self, event: Event, own: bool) -> list[Operation]:
        """Read "is in a red dress", "comes back in her pyjamas", "I'm naked"."""
        sentence, at = event.sentence, event.at + 1
        steps = 0
        if not own:
            return []
        if event.base in ("be", "clad") and (
            sentence.at(event.at + 1) in ("naked", "nude") or sentence.at(event.at) == "naked"
        ):
            return [TakeOff(what="everything", **self._common(event, at + 1))]
        while event.base == "be" and is_adverb(sentence.at(at)):
            at += 1
        if event.base == "be" and sentence.at(at) == "out" and sentence.at(at + 1) == "of":
            clothes = self._clothes(sentence, at + 2)
            return self._out_of(event, _NOTHING, clothes) if clothes else []
        if event.base == "be" and sentence.at(at) == "down" and sentence.at(at + 1) == "to":
            clothes = self._clothes(sentence, at + 2)
            return self._all_but(event, clothes) if clothes else []
        while steps < 10 and at < len(sentence) and (not sentence.is_boundary(at) or sentence.at(at) == "-"):
            if sentence.at(at) == "in" and (clothes := self._clothes(sentence, at + 1)) is not None:
                if clothes.owner and self._owner(clothes.owner, sentence) in ("other",):
                    return []
                if clothes.owner == "the" or all(g.slot == "other" for g in clothes.garments):
                    return []
                if event.base not in ("be", "clad") and sentence.verb_at(at - 1) is not None and at - 1 != event.at:
                    return []
                if self._already_worn(clothes):
                    return []
                return [self._wearing(clothes, self._common(event, clothes.end))]
            if sentence.verb_at(at) is not None:
                return []
            at += 1
            steps += 1
        return []

    def _revealed(self, event: Event, clothes: Clothes) -> list[Operation]:
        """Read "takes off the coat to reveal a jumpsuit": it was worn underneath."""
        common = self._common(event, clothes.end)
        under = [g for g in clothes.garments if not ((term := _term(g)) and find_worn(self.scene, term))]
        made: list[Operation] = []
        for piece in under:
            main = piece.slot in ("top", "full", "bottom") and piece.layer != "underwear"
            made.append(ChangeInto(garments=(piece,), **common) if main else PutOn(garments=(piece,), **common))
        return made

    def _general(self, event: Event, target: Target, own: bool) -> list[Operation]:
        """Read clothes without a garment word: "everything", "something warmer", a strange garment after "wearing"."""
        sentence, base, start = event.sentence, event.base, target.start
        common = self._common(event, start + 2)
        rest = " ".join(sentence.low[start : start + 6])
        off = base in cues.OFF and "off" in (*target.before, *sentence.low[start : start + 5])
        if cues.EVERYTHING.match(rest) and (
            off or base in cues.REMOVE or (base in cues.OUT_OF and "out" in target.before)
        ):
            owner = self._owner(sentence.at(start), sentence) if sentence.at(start) in POSSESSIVES else ""
            mine = owner in ("companion", "both") if owner else own
            return [TakeOff(what="everything", **common)] if mine else []
        into = base in ("change", "get", "slip", "switch") and "into" in target.before
        into = into or (base in ("put", "throw", "pull") and "on" in target.before)
        if not own or not (base in cues.WEAR or into or base == "don" or (base == "dress" and "in" in target.before)):
            return []
        if something := cues.SOMETHING.match(rest):
            adjective = something[1] or ""
            if named := self._for_example(event):
                return [ChangeInto(garments=named.garments, **self._common(event, named.end))]
            telling = is_modifier(adjective) or adjective.endswith(("er", "able", "y", "al", "ed", "ing", "ful"))
            return (
                [ChangeInto(garments=(_plain_clothes(adjective),), **common)]
                if adjective != "under" and telling
                else []
            )
        return [] if base in ("get", "slip", "switch", "put", "throw", "pull") else self._strange_clothes(event, start)

    def _for_example(self, event: Event) -> Clothes | None:
        """Read the clothes named after "something nice": ", maybe that green dress", " like your robe"."""
        sentence = event.sentence
        for at in range(event.at + 1, min(len(sentence), event.at + 14)):
            if sentence.at(at) in ("like", "maybe", "perhaps", "say", ":", "—", "–", ","):
                clothes = self._clothes(sentence, at + 1)
                if clothes is not None:
                    return clothes
        return None

    def _strange_clothes(self, event: Event, start: int) -> list[Operation]:
        """Read a garment the lexicon does not know, where the words before it leave no doubt that it is one."""
        sentence = event.sentence
        phrase = sentence.noun_phrase(start)
        if phrase is None:
            return []
        first, stop, _ = phrase
        words = sentence.low[first:stop]
        other = set(words) & cues.UNKNOWN_CLOTHES_STOP or find_place(words) or words[-1] in verbs()
        if other or sentence.at(stop) == "of":
            return []
        if sentence.at(start) not in DETERMINERS and not any(is_modifier(word) for word in words[:-1]):
            return []
        piece = garment(" ".join(words))
        return [ChangeInto(garments=(piece,), **self._common(event, stop))] if piece else []

    def _undressing(self, event: Event) -> bool:
        following = event.sentence.low[event.at + 1 : event.at + 4]
        if event.base == "get":
            return bool(following) and following[0] in ("undressed", "naked", "nude")
        rest = event.sentence.at(event.at + 1)
        return rest in ("", ",", ".", "and", "naked", "down", "bare", "completely") or "naked" in following

    def _undress(self, event: Event) -> list[Operation]:
        sentence = event.sentence
        if sentence.at(event.at + 1) in PRONOUNS and not sentence.at(event.at + 1).endswith("self"):
            if self._object(event, sentence.at(event.at + 1)) not in ("companion", "both"):
                return []
        elif event.who not in ("companion", "both"):
            return []
        common = self._common(event, event.at + 2)
        for at in range(event.at + 1, min(len(sentence), event.at + 5)):
            if sentence.at(at) == "to" and (clothes := self._clothes(sentence, at + 1)):
                return self._all_but(event, clothes)
        return [TakeOff(what="everything", **common)]

    def _all_but(self, event: Event, clothes: Clothes) -> list[Operation]:
        kept = " but ".join(piece.name for piece in clothes.garments)
        common = self._common(event, clothes.end)
        return [TakeOff(what=f"everything but {kept}", **common), PutOn(garments=clothes.garments, **common)]

    def _garment_falls(self, event: Event) -> list[Operation]:
        """Read "the robe slips off her shoulders", "my towel drops to the floor"."""
        words = event.subject.split()
        owner = self._owner(words[0], event.sentence) if words else ""
        found = find_term(words, len(words))
        tail = " ".join(event.sentence.low[event.at + 1 : event.at + 6])
        gone = cues.GONE.match(tail) or (event.base in ("drop", "fall") and event.sentence.is_boundary(event.at + 1))
        worn = found is not None and bool(find_worn(self.scene, found[1]))
        gone = gone or (worn and cues.LEFT_LYING.match(tail))
        if found is None or not gone or owner in ("user", "other") or (not owner and self.speaker == "user"):
            return []
        return [TakeOff(what=found[1].kind, **self._common(event, event.at + 3))]

    def _let_fall(self, event: Event, target: Target) -> list[Operation]:
        """Read "lets the towel fall", "lets it drop"."""
        sentence, clothes = event.sentence, target.clothes
        end = clothes.end if clothes else target.start
        if clothes is None and target.pronoun == "it":
            clothes = self.last_clothes
        known = verbs().get(sentence.at(end))
        if clothes is None or target.before or not known or known[0].base not in cues.FALLS:
            return []
        return self._taking_off(event, clothes, target._replace(after="", after_end=end + 1))


def _borrowed(piece: Garment) -> Garment:
    """Return the user's garment as the companion would wear it: not one of her or his own."""
    name = piece.name if piece.name != piece.kind else f"borrowed {piece.name}"
    return piece.model_copy(update={"name": name[:80]})


def _term(piece: Garment) -> Term | None:
    words = piece.kind.split()
    found = find_term(words, len(words))
    return found[1] if found else None


def _everything_or(piece: Garment) -> str:
    return "everything" if piece.kind in ("clothes", "clothing", "outfit", "attire") else piece.name


def _wrapped(clothes: Clothes) -> bool:
    return any(
        piece.kind.split()[-1]
        in ("towel", "robe", "bathrobe", "sheet", "blanket", "dress", "gown", "cloak", "kimono", "coat")
        for piece in clothes.garments
    )


def _plain_clothes(adjective: str) -> Garment:
    made = garment(f"{adjective} clothes")
    if made is None:  # cannot happen: the phrase is not empty
        raise AssertionError(adjective)
    return made
