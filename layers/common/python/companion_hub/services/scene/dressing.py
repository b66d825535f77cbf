"""Reads what a verb does to clothes: on, off."""

import itertools
import re

from companion_hub.models.scene import Operation, PutOn
from companion_hub.services.scene import cues
from companion_hub.services.scene.antecedents import Antecedents
from companion_hub.services.scene.persons import Clothes, Event
from companion_hub.services.scene.targets import Target, term_of
from companion_hub.services.scene.verbs import (
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    MODALS,
    PREPOSITIONS,
    PRONOUNS,
    is_adverb,
    verbs,
)
from companion_hub.services.texts import word_set

_LIMBS = word_set("fingers foot feet arm arms leg legs hand hands head toes")
_ON_LEGS = ("bottom", "legwear", "underwear_bottom")
_LEGS = word_set("hips leg legs thighs knees ankles")
_PULLS = word_set("lift pull yank tear rip slide whip twist wrench prise pry work wriggle tug ease")


_ON_YOU = re.compile(r"\bon (?:for )?you\b")


_ONTO = word_set("upon atop around over on onto about round across to at")


class Dressing(Antecedents):
    """Adds to these: what each verb does to clothes."""

    def _dressing(self, event: Event, target: Target) -> list[Operation]:
        """Return what the verb does to clothes."""
        base, clothes = event.base, target.clothes
        own = event.who in ("companion", "both")
        if event.who == "garment":
            return self._garment_tells(event)
        if base == "let":
            return self._let_fall(event, target)
        if base in ("undress", "disrobe") or (base in ("get", "strip") and self._undressing(event)):
            return self._undress(event)
        if base in ("be", "clad"):
            return self._appears_in(event, own)
        if base in cues.APPEARS and (shown := self._appears_in(event, own)):
            return shown
        sentence = event.sentence
        rest = " ".join(sentence.low[event.at + 1 : event.at + 5])
        if (
            clothes is not None
            and clothes.garments[0].slot == "bag"
            and target.pronoun in ("it", "them")
            and {"in", "into"} & {*target.before}
        ):
            clothes, target = None, target._replace(clothes=None)  # "stuffs it into my pack"
        tucked = base in ("tuck", "stuff", "stow", "cram", "shove") and not {"in", "into"}.isdisjoint(target.before)
        if tucked and target.pronoun and clothes is not None and clothes.garments[0].slot != "bag":
            return []  # "tucks it into my skirt"
        if clothes is not None and target.pronoun in ("it", "them") and "over" in target.before and own:
            upper = self._antecedent(event, target)  # "puts it on over her headscarf"
            return [PutOn(garments=upper.garments, under=True, **self._common(event, clothes.end))] if upper else []
        anaphor = clothes is None and target.pronoun in ("it", "them")
        meant = self._antecedent(event, target) if anaphor else None
        if meant is not None:
            self.last_clothes, self.named_before = meant, False
            clothes = meant._replace(end=target.start)
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
        if clothes is None and base in cues.ON and "on" in target.before and own and self.last_clothes is not None:
            other = self._another(
                sentence, target.start, self.last_clothes._replace(garments=self.last_clothes.garments[:1])
            )
            if other is not None:
                return [PutOn(garments=other.garments, **self._common(event, other.end))]  # "put on the blue one"
        if clothes is None and base in ("put", "pull") and own and self.last_clothes is not None:
            if re.match(r"(?:both|the pair|them both)(?: of them)? on\b|on (?:both|them both)\b", rest):
                return [PutOn(garments=self.last_clothes.garments, **self._common(event, event.at + 3))]
        if clothes is None and base in cues.OFF and own and self.last_clothes is not None:
            if (
                re.match(r"(?:off )?(?:the |first )?(?:one|other|first|both|each|them)\b", rest)
                and "off" in sentence.low[event.at + 1 : event.at + 5]
            ):
                return self._taking_off(event, self.last_clothes._replace(end=event.at + 2), target)
        if base == "get" and sentence.low[event.at + 1 : event.at + 3] == ["rid", "of"] and own:
            rid = self._clothes(sentence, event.at + 3)
            return self._put_away(event, rid, self._common(event, rid.end)["quote"]) if rid else []
        if base == "leave" and sentence.at(event.at + 1) in ("her", "him", "me") and sentence.at(event.at + 2) == "in":
            left = self._clothes(sentence, event.at + 3)  # "leaving her in her bikini"
            return (
                [self._wearing(left, self._common(event, left.end))]
                if left and left.only and not all(map(self._is_worn, left.garments))
                else []
            )
        free = sentence.at(event.at + 1) in ("free", "clear") and sentence.at(event.at + 2) in ("of", "from")
        if clothes is None and free:
            clothes = self._clothes(sentence, event.at + 3)
        collar = clothes is not None and clothes.garments[0].kind == "collar" and "to" in target.before
        if clothes is None or collar:
            return self._general(event, target, own) if clothes is None else []
        target = target._replace(clothes=clothes)
        if self._is_its_own(clothes):
            return []
        if sentence.low[event.at + 1 : event.at + 3] in (["free", "of"], ["free", "from"], ["clear", "of"]):
            return self._out_of(event, target._replace(pronoun=""), clothes)  # "wriggles free of the wetsuit"
        if base in ("reveal", "expose") and not anaphor:
            return self._revealed(event, clothes) if own else []
        if base == "change" and sentence.at(target.start - 1) == ":":
            return [self._wearing(clothes, self._common(event, clothes.end))] if own else []
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
        if base in cues.WEAR and (self._already_worn(clothes) or "still" in event.sentence.group_before(event.at)[1]):
            return []
        if base in cues.WEAR or (base == "dress" and ("in" in before or event.sentence.at(target.start - 1) == ":")):
            return [self._wearing(clothes, common)] if own else []
        if base in ("don", "add"):
            return put_on if own else []
        if base in cues.INTO and (
            (clothes.garments[0].slot == "bag" and "off" not in {*before, target.after})
            or ("into" in before and clothes.garments[0].slot == "jewellery")
        ):
            return []  # "steps into the ring"
        limbs = bool(_LIMBS & set(event.sentence.low[event.at + 1 : target.start]))
        inside = "into" in before or (
            before[-1:] == ("in",) and base in ("get", "climb", "slip") and not target.pronoun
        )
        if (
            (base in cues.INTO or limbs or target.pronoun in ("herself", "himself", "myself", "themselves"))
            and inside
            and own
            and target.pronoun not in ("you", "yourself", "him", "her", "them")
        ):
            over = "over" in event.sentence.low[clothes.end : clothes.end + 2]  # "climbs into the suit right over it"
            return [PutOn(garments=clothes.garments, under=True, **common)] if over else put_on
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

    def _goes_over(self, event: Event, target: Target, clothes: Clothes) -> bool:
        """Whether what is put on leaves everything else on: under it, right over it, or hung about the shoulders."""
        sentence, after = event.sentence, target.after
        if not {"under", "underneath", "beneath"}.isdisjoint(sentence.low[clothes.end : clothes.end + 2]):
            return True
        further = next((i for i in range(clothes.end + 1, clothes.end + 7) if sentence.at(i) == "over"), 0)
        if further and sentence.at(further - 1) in ("right", "straight") and self._clothes_at(sentence, further + 1):
            return True
        about = after in ("round", "around", "about", "over")
        if about and "shoulders" in sentence.low[target.after_end : target.after_end + 2]:
            return True  # "puts it round your shoulders"
        inner = self._clothes(sentence, target.after_end + 1) if sentence.at(target.after_end) == "over" else None
        if inner is None:
            return False
        bare = any(g.slot == "bottom" and g.state == "worn" for g in self.scene.garments)
        both = inner.garments[0].layer == clothes.garments[0].layer == "outer"
        # "pulls a jersey on over her pyjamas": these stay on
        return (
            (inner.garments[0].slot == clothes.garments[0].slot == "top")
            or both
            or (inner.garments[0].slot == "full" and not bare)
        )

    def _placing(self, event: Event, target: Target, clothes: Clothes, *, anaphor: bool) -> list[Operation] | None:
        """Read "puts on", "pulls over the head", "fastens around the neck"; None when the verb does none of it."""
        sentence, base, before, after = event.sentence, event.base, target.before, target.after
        own = event.who in ("companion", "both")
        below = self._goes_over(event, target, clothes)
        common = self._common(event, target.after_end if after else clothes.end)
        put_on: list[Operation] = [PutOn(garments=clothes.garments, under=below, **common)]
        around = sentence.low[target.after_end : target.after_end + 3]
        if base in cues.STAY - {"perch"}:
            return None  # "sleeps with her hat over her face"
        if base not in cues.NOT_AROUND - {"pull", "take", "grab"} and after == "over" and "head" in around[:2]:
            # over the head goes on what is off, and off what is on
            wearer = self._body_owner(event, target.after_end)
            if not own and wearer not in ("companion", "both"):
                return []
            own = own or event.who == self.speaker == "user"  # "I pull my hoodie over your head"
            return self._put_away(event, clothes, put_on[0].quote) or (put_on if own else [])
        if (
            after in ("around", "round", "about")
            and {"waist", "hips"} & set(around)
            and clothes.garments[0].slot in ("top", "outer")
        ):
            return self._put_away(event, clothes, put_on[0].quote) if own else []  # "ties the hoodie around her waist"
        laid = {"arm", "forearm", "elbow"} if base not in ("lay", "spread", "fold") else {"arm", "lap", "knees"}
        if own and after in ("over", "across", "on", "in") and not laid.isdisjoint(around):
            return self._put_away(event, clothes, put_on[0].quote)  # "folds it over her arm"
        layered = sentence.low[target.start : clothes.end]
        strange = base not in verbs()
        places = base in cues.PLACE_ON_BODY or base not in cues.NOT_AROUND
        if (base in cues.PLACE_ON_BODY or strange) and "over" in layered and clothes.garments[1:]:
            # "throws a jacket over her dress": the last was on before
            above = PutOn(garments=clothes.garments[:-1], under=True, **self._common(event, clothes.end))
            return [above] if own else []
        if (
            self._owner(clothes.owner, sentence) == "user"
            and self.speaker == "companion"
            and after in ("at", "to")
            and base in ("toss", "throw", "fling", "hurl", "chuck", "lob")
        ):
            return None  # "your jacket, as you toss it at her"
        if base in ("roll", "unroll", "lay") and "out" in before:
            return None  # "rolls out the blanket and stretches out on it"
        if base == "spread" and clothes.garments[0].slot in ("outer", "other", "full"):
            return None  # "spreads the blanket over you"
        if places and after in _ONTO:
            if "hair" in around and clothes.garments[0].slot not in ("head", "neck"):
                return []  # a towel around wet hair
            if wearer := self._body_owner(event, target.after_end):
                if event.who == self.speaker == wearer == "user" and clothes.owner == "your":
                    return self._take_off_all(event, clothes, target)  # "I wrap your scarf around my own neck"
                near = sentence.at(target.after_end) in ("her", "him", "them") and (
                    base in cues.CLOSER
                    or (
                        after in ("about", "around", "round")
                        and not self.first_person
                        and {"her": "she", "him": "he"}.get(sentence.at(target.after_end)) == self.own_pronoun
                    )
                )  # "flung a cloak about her"
                if near and event.who == "companion":
                    wearer = "companion"
                if wearer in ("user", "other") and event.who == "companion":
                    heads = {g.name.lower().split()[-1] for g in self.scene.garments if g.state != "removed"}
                    given = tuple(g for g in clothes.garments if g.name.lower().split()[-1] in heads)
                    return self._put_away(event, clothes._replace(garments=given), put_on[0].quote)
                return put_on if wearer in ("companion", "both") else []
        if own and after == "over" and sentence.at(target.after_end) in ("it", "that", "this", "everything"):
            if clothes.garments[0].slot in ("top", "outer") and base in ("throw", "put", "slip", "pull", "wear"):
                return [PutOn(garments=clothes.garments, under=True, **common)]  # "throw a cardigan over it"
        if (
            own
            and after == "over"
            and base in ("tug", "pull", "draw", "yank", "drag")
            and self._clothes(sentence, target.after_end)
        ):
            return put_on  # "tugs the hoodie down over my tank top"
        upwards = sentence.low[clothes.end : clothes.end + 2] in (["up", "to"], ["up", "over"], ["up", "past"])
        if (
            own
            and upwards
            and base in _PULLS | {"draw", "roll"}
            and not any((term := term_of(piece)) and term.tag == "cover" for piece in clothes.garments)
            and not any(map(self._is_worn, clothes.garments))
            and self._body_owner(event, clothes.end + 2) == "companion"
        ):
            return put_on  # "slides the long gloves up to her elbows"
        pierced = clothes.garments[0].slot == "jewellery" or clothes.garments[0].kind == "contact lenses"
        put_in = (
            pierced
            and base in ("put", "pop", "slide", "slip", "clip")
            and after == "in"
            and (
                sentence.is_boundary(target.after_end)
                or bool({"ear", "ears", "nose", "lip", "navel", "eyes", "eye"} & {*around})
            )
        )  # not "and puts it in his palm"
        if base == "work" and before[:1] == ("on",):
            return None  # "gets to work on the shirts"
        puts = base in cues.ON or strange or (after == "on" and base not in cues.NOT_ON)
        if put_in or (puts and "on" in (*before, after) and not self._lies_on(event, target)):
            if event.who == self.speaker == "user" and _ON_YOU.search(" ".join(sentence.low[event.at :])):
                return put_on  # "let me put it on for you"
            return put_on if own and self._own_wear(event, clothes) else []
        return None

    def _own_wear(self, event: Event, clothes: Clothes) -> bool:
        """Whether the subject puts it on itself: anyone's clothes, unless it helps someone else."""
        sentence = event.sentence
        tail = " ".join(sentence.low[clothes.end : clothes.end + 4])
        return not re.match(r"(?:back )?on (?:you|him|the (?:doll|mannequin|baby|child|dog|cat|hook|hanger))\b", tail)

    def _lies_on(self, event: Event, target: Target) -> bool:
        """Whether "on" leads to a thing ("puts her bag on the table") instead of ending the verb."""
        if target.after in ("on", "onto"):
            at = target.after_end
        else:
            return False
        sentence = event.sentence
        following = sentence.at(at)
        if (
            following in cues.AFTER_ALL | BE | MODALS | {"", "again", "instead", "there"}
            or not sentence.words[at].is_word
            or following in CONJUNCTIONS
        ):
            return False
        if following in DETERMINERS:
            thing = itertools.takewhile(
                lambda word: word not in PREPOSITIONS and word[0].isalnum(), sentence.low[at + 1 : at + 4]
            )  # up to the comma: "on the armrest, hair crackling"
            return not any(word in cues.BODY for word in thing)
        return following not in PREPOSITIONS and not is_adverb(following) and following not in PRONOUNS

    def _removing(self, event: Event, target: Target, clothes: Clothes, *, anaphor: bool) -> list[Operation] | None:
        """Read "takes off", "steps out of", "removes", "drops the towel"; None when the verb does none of it."""
        del anaphor
        base, before, after = event.base, target.before, target.after
        carried = (
            event.who == "other" and "away" in (*before, after) and base in ("take", "carry", "bear", "whisk", "bring")
        )
        if carried and not clothes.owner.endswith("s") and any(map(self._is_worn, clothes.garments)):
            return self._take_off_all(event, clothes, target)
        outdoors = clothes.garments[0].slot in ("outer", "head") and not before and not after
        served = event.who == "other" and base in ("take", "accept", "collect") and outdoors
        if served and self._owner(clothes.owner, event.sentence) == "companion":
            return self._take_off_all(event, clothes, target)  # "a waiter took her coat"
        if (
            event.who == "other"
            and base in ("steal", "snatch", "swipe", "nick", "confiscate", "claim")
            and self._owner(clothes.owner, event.sentence) == "companion"
        ):
            return self._take_off_all(event, clothes, target)  # "the wind stole her hat"
        if base == "cut" and after == "from" and self._body_owner(event, target.after_end) == "companion":
            return self._take_off_all(event, clothes, target)
        if base not in cues.NOT_OFF | cues.STRONG_MOVES | cues.WEAK_MOVES | cues.FALLS or base in cues.OFF:
            if self._comes_off(event, target, clothes):
                return self._taking_off(event, clothes, target)
        if base not in cues.NOT_OUT and "out" in before and "of" in before:
            return self._out_of(event, target, clothes)
        if "of" in before and base in ("relieve", "strip", "divest", "rid", "free", "rob"):
            if not target.pronoun:  # "relieved of her boots"
                return (
                    self._take_off_all(event, clothes, target)
                    if event.form in ("past", "perfect") and event.who == "companion"
                    else []
                )
            return (
                self._take_off_all(event, clothes, target)
                if self._object(event, target.pronoun) in ("companion", "both")
                else []
            )
        layer = clothes.garments[0].layer
        if base in cues.REMOVE and after == "for" and self._clothes(event.sentence, target.after_end):
            # "ditches the shorts for a skirt"
            return self._changing(event._replace(base="swap"), target, clothes, event.who in ("companion", "both"))
        if base == "drop" and not before and not after and event.confidence == cues.REQUESTED:
            return self._taking_off(event, clothes, target)  # "Drop the cardigan, keep the top."
        if base == "drop" and not before and clothes.garments[0].slot == "bag" and self._is_worn(clothes.garments[0]):
            return self._taking_off(event, clothes, target)
        lifted = base in cues.REMOVE and (base not in ("unhook", "unclasp") or layer in ("underwear", "accessory"))
        if lifted or (base == "drop" and not before and _wrapped(clothes)):
            return self._taking_off(event, clothes, target)
        return None

    def _comes_off(self, event: Event, target: Target, clothes: Clothes) -> bool:
        """Whether the words around clothes take them off, whatever the verb: "off", "from her feet", "down her legs"."""
        first, after = clothes.garments[0], target.after.split(" ")[0]
        particles = {*target.before, after}
        around = set(event.sentence.low[target.after_end : target.after_end + 3])
        held_on = first.layer in ("accessory", "outer")
        if "off" in particles or (after == "down" and first.slot in _ON_LEGS and around & _LEGS):
            return True  # "wrestles the wet tights down her legs"
        if "from" in particles and target.pronoun.endswith(("self", "selves")):
            return True  # "frees herself from the blazer"
        if (
            target.before[-1:] == ("from",)
            and target.pronoun
            and self._object(event, target.pronoun) == "companion" != event.who
        ):
            return True  # "unlaces her from the mail"
        if not {"from", "through", "out"}.isdisjoint(particles) and "loops" in around:
            return True  # "draws the belt from its loops"
        if "from" in particles and first.kind != "veil" and self._body_owner(event, target.after_end):
            return True
        if first.slot == "jewellery" or first.kind in ("contact lenses", "hair clip", "hairpin"):
            if "out" in (after, *target.before[:1]) and not around & cues.CONTAINERS:
                return True
        if (
            event.sentence.at(clothes.end) in ("free", "loose", "away", "aside", "clear")
            and event.base in _PULLS
            and held_on
        ):
            return True
        # "let me take your coat"
        taken = event.base in ("take", "hang", "get") and not target.before and after in ("", "for", "from", "up")
        return taken and held_on and event.who == self.speaker == "user"


def _wrapped(clothes: Clothes) -> bool:
    return any(
        (piece.kind or piece.name).split()[-1]
        in ("towel", "robe", "bathrobe", "sheet", "blanket", "dress", "gown", "cloak", "kimono", "coat")
        for piece in clothes.garments
    )
