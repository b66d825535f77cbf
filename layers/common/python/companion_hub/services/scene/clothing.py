"""Takes clothes off and puts them away, where they are the companion's."""

from typing import Any

from companion_hub.models.scene import (
    ChangeInto,
    Garment,
    Operation,
    TakeOff,
)
from companion_hub.services.scene import cues
from companion_hub.services.scene.persons import Clothes, Event
from companion_hub.services.scene.reading import Sentence
from companion_hub.services.scene.reducer import find_worn
from companion_hub.services.scene.targets import NOTHING, Target, Targets, term_of


class Clothing(Targets):
    """Adds to the clothes that are named: taking them off."""

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
        yours = {"for you", "from your", "off your"}
        told = event.sentence.mode == "narration" or any(words in event.sentence.text for words in yours)
        narrated = event.who == self.speaker == "user" and told and event.base in cues.UNFASTEN
        return narrated and all(self._is_worn_by_name(piece) and piece.layer != "outer" for piece in clothes.garments)

    def _taking_off(self, event: Event, clothes: Clothes, target: Target) -> list[Operation]:
        """Return the taking off where the clothes are the companion's."""
        if self._is_theirs(event, clothes) or self._is_nobodys(clothes, event.sentence):
            return []
        owner = self._owner(clothes.owner, event.sentence)
        if not owner and event.confidence == cues.REQUESTED and clothes.garments[0].layer in ("outer", "accessory"):
            worn = [piece for piece in clothes.garments if (term := term_of(piece)) and find_worn(self.scene, term)]
            owner = "companion" if worn else ""  # "let me hang that coat up"
        if owner == "user" and event.who == "companion" == self.speaker and self._wears_borrowed(clothes):
            owner = "companion"  # "takes off your cap and my sunglasses"
        if not owner and target.after.startswith(("off", "from")):
            owner = self._body_owner(event, target.after_end)
        if (owner or event.who) not in ("companion", "both") and (owner or not self._unfastens_hers(event, clothes)):
            return []
        return self._take_off_all(event, clothes, target)

    def _wears_borrowed(self, clothes: Clothes) -> bool:
        terms = [term for piece in clothes.garments if (term := term_of(piece)) is not None]
        return any("borrowed" in worn.name for term in terms for worn in find_worn(self.scene, term))

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
        back = event.base in cues.GIVE and "back" in event.sentence.low[event.at : event.at + 7]
        borrowed = owner == "user" and (
            back or any("borrowed" in g.name for g in self.scene.garments)
        )  # "hands you back your jacket"
        if (owner in ("user", "other") and not borrowed) or (not owner and clothes.owner):
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


def everything_or(piece: Garment) -> str:
    return "everything" if piece.kind in ("clothes", "clothing", "outfit", "attire") else piece.name
