"""What "it" and "them" mean of clothes: named in this message or the ones before, put on or taken off last."""

from companion_hub.models.scene import TakeOff
from companion_hub.services.scene import cues
from companion_hub.services.scene.clothing import everything_or
from companion_hub.services.scene.fastening import Fastening
from companion_hub.services.scene.persons import Clothes, Event, is_plural
from companion_hub.services.scene.places import find_place
from companion_hub.services.scene.targets import Target
from companion_hub.services.scene.verbs import DETERMINERS
from companion_hub.services.texts import word_set

# "It" is none of these: "she unzips the zip and slides it off", "a moment later she puts it back on".
_NO_THINGS = (
    cues.BODY_PARTS
    | cues.PEOPLE
    | cues.FASTENERS
    | word_set("moment second minute hour while day night time beat breath pause sigh smile laugh grin")
)


class Antecedents(Fastening):
    """Adds to these: the clothes a pronoun stands for."""

    def _antecedent(self, event: Event, target: Target) -> Clothes | None:
        """Return the clothes that "it" or "them" means."""
        if self.last_clothes is None:
            return self._meant_again(event, target)
        if self.named_before and self._names_another(event, target.pronoun):
            return None  # "picks up the record and puts it on"
        comes_off = event.base in cues.REMOVE or "off" in event.sentence.low[event.at + 1 : event.at + 5]
        if self.named_before and comes_off:
            # "Oven mitts!", she says of her gloves: what comes off is what is worn
            worn = (named for named in self.answers if any(map(self._is_worn, named.garments)))
            return next(worn, self.last_clothes)
        rest = event.sentence.low[event.at + 1 : event.at + 5]
        off = {op.what.lower() for op in self.found if isinstance(op, TakeOff)}
        taken_off = all(everything_or(g).lower() in off and self._is_worn(g) for g in self.last_clothes.garments)
        if taken_off and event.base in cues.ON and "on" in rest and {"back", "again"}.isdisjoint(rest):
            return (
                self.answers[0] if self.answers else None
            )  # "pulls off her jumper": what she slips on then is another
        if target.pronoun == "them" or len(self.last_clothes.garments) == 1:
            return self.last_clothes
        single = tuple(piece for piece in self.last_clothes.garments if not is_plural(piece))
        return self.last_clothes._replace(garments=single[-1:]) if single else None

    def _names_another(self, event: Event, pronoun: str) -> bool:
        """Whether the sentence names a thing before the verb that "it" or "them" may mean, and which is no clothes."""
        sentence = event.sentence
        for at in range(event.at):
            phrase = sentence.noun_phrase(at) if sentence.at(at) in DETERMINERS else None
            words = sentence.low[phrase[0] : phrase[1]] if phrase else []
            if not words or not _NO_THINGS.isdisjoint(words) or find_place(words[-1:]) is not None:
                continue
            head = words[-1]
            plural = head.endswith("s") and not head.endswith("ss")
            if plural == (pronoun == "them") and not self._clothes_at(sentence, at):
                return True
        return False

    def _meant_again(self, event: Event, target: Target) -> Clothes | None:
        """Return what "takes it off again", "puts them back on" means where nothing was named: what was put on or off last."""
        rest = event.sentence.low[event.at + 1 : event.at + 5]
        if (
            event.who not in ("companion", "both")
            or {"again", "back"}.isdisjoint(rest)
            or {"on", "off"}.isdisjoint(rest)
        ):
            return None
        state = "removed" if "on" in rest else "worn"
        several = target.pronoun == "them"
        found = [g for g in self.scene.garments if g.state == state and is_plural(g) == several]
        again = (found[-1].model_copy(update={"state": "worn"}),) if found else ()
        return Clothes(again, "", target.start, only=False) if again else None
