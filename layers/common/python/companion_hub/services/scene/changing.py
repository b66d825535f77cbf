"""Reads changes of the whole outfit: swapped, undressed, shown in something, fallen off."""

from companion_hub.models.scene import (
    ChangeInto,
    Garment,
    Operation,
    PutOn,
    TakeOff,
)
from companion_hub.services.scene import cues
from companion_hub.services.scene.clothing import Clothing, everything_or
from companion_hub.services.scene.lexicon import is_modifier
from companion_hub.services.scene.outfits import garment
from companion_hub.services.scene.persons import Clothes, Event
from companion_hub.services.scene.places import find_place
from companion_hub.services.scene.reading import Sentence
from companion_hub.services.scene.reducer import find_worn
from companion_hub.services.scene.targets import NOTHING, Target, term_of
from companion_hub.services.scene.verbs import (
    DETERMINERS,
    POSSESSIVES,
    PRONOUNS,
    is_adverb,
    verbs,
)
from companion_hub.services.texts import word_set

_CRASHES = word_set("crash clatter thud clang thump flop spill topple dangle crumple")


class Changing(Clothing):
    """Adds to clothes: changes of the whole outfit."""

    def _changing(self, event: Event, target: Target, clothes: Clothes, own: bool) -> list[Operation]:
        sentence, before = event.sentence, target.before
        if not own:
            return []
        common = self._common(event, clothes.end)
        old = self.last_clothes if target.pronoun in ("it", "them") and "for" in before else None
        if old is not None:  # "slips out of her hoodie and trades it for your shirt"
            off: list[Operation] = [TakeOff(what=everything_or(piece), **common) for piece in old.garments]
            return [*off, self._wearing(clothes, common)]
        if "into" in before or "to" in before or "in" in before:
            return [self._wearing(clothes, common)]
        if not {"with", "for"}.isdisjoint(before) and (other := self._clothes(sentence, target.start)):
            # "takes out her hoops and replaces them with studs"
            old = [TakeOff(what=everything_or(piece), **common) for piece in clothes.garments]
            return [*old, PutOn(garments=other.garments, **self._common(event, other.end))]
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
        if new is None and new_at and sentence.at(new_at) == "something":
            new = self._for_example(event)  # "swap it for something nicer, maybe the blazer"
        second: list[Operation] = []
        if new is not None and len(new.garments) > 1 and sentence.at(new.end) in ("for", "with"):
            # "swaps the scrubs for jeans, and the clogs for trainers": a second pair
            left, newer = new.garments[-1], self._clothes(sentence, new.end + 1)
            new = new._replace(garments=new.garments[:-1])
            if newer is not None:
                put = self._common(event, newer.end)
                second = [TakeOff(what=everything_or(left), **put), PutOn(garments=newer.garments, **put)]
        operations: list[Operation] = []
        if "out" in before or (event.base in ("swap", "trade", "switch", "exchange", "replace") and new):
            operations += [TakeOff(what=everything_or(piece), **common) for piece in clothes.garments]
        if new is not None:
            put = self._common(event, new.end)
            operations.append(
                self._wearing(new, put)
                if ("out" in before or any(g.slot in ("top", "full", "bottom") for g in new.garments))
                and not (
                    event.base != "change"
                    and {g.slot for g in (*clothes.garments, *new.garments)} == {"bottom"}
                    and "out" not in before
                )
                and not all(g.layer == "outer" for g in clothes.garments)
                else PutOn(garments=new.garments, **put)
            )
        return [*operations, *second]

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
            return self._out_of(event, NOTHING, clothes) if clothes else []
        if event.base == "be" and sentence.at(at) == "down" and sentence.at(at + 1) == "to":
            clothes = self._clothes(sentence, at + 2)
            return self._all_but(event, clothes) if clothes else []
        while steps < 10 and at < len(sentence) and (not sentence.is_boundary(at) or sentence.at(at) == "-"):
            if sentence.at(at) == "in" and (clothes := self._clothes(sentence, at + 1)) is not None:
                if clothes.owner and self._owner(clothes.owner, sentence) in ("other",):
                    return []
                back = event.base in ("reappear", "return", "emerge", "come") and not any(
                    map(self._is_worn, clothes.garments)
                )
                if (clothes.owner in ("the", "their") and not back) or all(
                    g.slot in ("other", "bag") for g in clothes.garments
                ):
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
        is_new = event.sentence.at(event.at + 1) in ("a", "an")  # "the tee" was seen before, whatever it was called
        under = [g for g in clothes.garments if is_new or not ((term := term_of(g)) and find_worn(self.scene, term))]
        made: list[Operation] = []
        for piece in under:
            main = piece.slot in ("top", "full", "bottom") and piece.layer != "underwear"
            made.append(ChangeInto(garments=(piece,), **common) if main else PutOn(garments=(piece,), **common))
        return made

    def _general(self, event: Event, target: Target, own: bool) -> list[Operation]:
        """Read clothes without a garment word: "everything", "something warmer", a strange garment after "wearing"."""
        sentence, base, start = event.sentence, event.base, target.start
        if base in cues.WEAR and sentence.at(event.at + 1) in ("from", "to", "on", "with", "back", "out", "off"):
            return []  # "rocking from one foot to the other"
        common = self._common(event, start + 2)
        rest = " ".join(sentence.low[start : start + 6])
        off = base in cues.OFF and "off" in (*target.before, *sentence.low[start : start + 5])
        if cues.EVERYTHING.match(rest) and (
            off or base in cues.REMOVE or (base in cues.OUT_OF and "out" in target.before)
        ):
            owner = self._owner(sentence.at(start), sentence) if sentence.at(start) in POSSESSIVES else ""
            mine = owner in ("companion", "both") if owner else own
            but = next((i for i in range(start, start + 5) if sentence.at(i) in ("but", "except", "save")), 0)
            kept = self._clothes(sentence, but + 1 + (sentence.at(but + 1) == "for")) if but else None
            if mine and kept is not None:
                names = " but ".join(piece.name for piece in kept.garments)
                return [TakeOff(what=f"everything but {names}", **self._common(event, kept.end))]
            return [TakeOff(what="everything", **common)] if mine else []
        into = base in ("change", "get", "slip", "switch") and "into" in target.before
        into = into or (base in ("put", "throw", "pull") and "on" in target.before)
        layered = base in ("put", "throw", "pull", "tug", "slip") and "on" in sentence.low[start : start + 6]
        if not own or not (
            base in cues.WEAR or into or layered or base == "don" or (base == "dress" and "in" in target.before)
        ):
            return []
        if something := cues.SOMETHING.match(rest):
            adjective = something[1] or ""
            if named := self._for_example(event):
                common = self._common(event, named.end)
                on = base in ("put", "throw", "pull", "slip", "tug") and "into" not in target.before
                over = on and all(g.layer != "base" for g in named.garments)
                return [(PutOn if over else ChangeInto)(garments=named.garments, **common)]
            telling = is_modifier(adjective) or adjective.endswith(("er", "able", "y", "al", "ed", "ing", "ful"))
            return (
                [ChangeInto(garments=(_plain_clothes(adjective),), **common)]
                if adjective != "under" and telling
                else []
            )
        if base in ("put", "throw", "pull", "tug", "slip"):
            phrase = sentence.noun_phrase(start)  # "put a slicker on over her jacket"
            layered = phrase is not None and sentence.low[phrase[1] : phrase[1] + 2] in (
                ["on", "over"],
                ["on", "under"],
                ["on", "underneath"],
            )
            return self._strange_clothes(event, start) if layered else []
        return [] if base in ("get", "switch") else self._strange_clothes(event, start)

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
        if phrase is None or event.base in ("rock", "model"):
            return []  # "rocks the cradle"
        first, stop, _ = phrase
        words = sentence.low[first:stop]
        other = set(words) & cues.UNKNOWN_CLOTHES_STOP or find_place(words) or words[-1] in verbs()
        if other or sentence.at(stop) == "of":
            return []
        if sentence.at(start) not in DETERMINERS and not any(is_modifier(word) for word in words[:-1]):
            return []
        piece = garment(" ".join(words))
        if (
            piece is not None
            and start == event.at + 1
            and words[-1] in cues.BODY_PARTS | {"horns", "wings", "tail", "whiskers", "antlers"}
        ):
            piece = piece.model_copy(
                update={"slot": "face", "layer": "accessory", "regions": ("face",)}
            )  # "the clown nose"
            return [PutOn(garments=(piece,), **self._common(event, stop))]
        return [ChangeInto(garments=(piece,), **self._common(event, stop))] if piece else []

    def _undressing(self, event: Event) -> bool:
        following = event.sentence.low[event.at + 1 : event.at + 4]
        if event.base == "get":
            return bool(following) and following[0] in ("undressed", "naked", "nude")
        rest = event.sentence.at(event.at + 1)
        return rest in ("", ",", ".", "and", "naked", "down", "bare", "completely", "for") or "naked" in following

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

    def _let_fall(self, event: Event, target: Target) -> list[Operation]:
        """Read "lets the towel fall", "lets it drop"."""
        sentence, clothes = event.sentence, target.clothes
        end = clothes.end if clothes else target.start
        if clothes is None and target.pronoun == "it":
            clothes = self.last_clothes
        known = verbs().get(sentence.at(end))
        if (
            clothes is None
            or target.before
            or sentence.at(end + 1) in ("open", "loose", "apart")
            or not known
            or known[0].base not in cues.FALLS | _CRASHES
            or (known[0].base == "go" and not target.clothes)
        ):
            return []
        return self._taking_off(event, clothes, target._replace(after="", after_end=end + 1))


def _plain_clothes(adjective: str) -> Garment:
    made = garment(f"{adjective} clothes")
    if made is None:  # cannot happen: the phrase is not empty
        raise AssertionError(adjective)
    return made
