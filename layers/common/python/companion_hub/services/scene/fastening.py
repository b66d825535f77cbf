"""Reads unbuttoning and zipping up, putting clothes away and taking them along."""

import re

from companion_hub.models.scene import CloseGarment, OpenGarment, Operation, PutOn, TakeOff
from companion_hub.services.scene import cues
from companion_hub.services.scene.lying import Lying
from companion_hub.services.scene.persons import Clothes, Event
from companion_hub.services.scene.reducer import find_worn
from companion_hub.services.scene.targets import Target, term_of

_IN_ONE_HAND = re.compile(
    r"(?:in|over|under) (?:one|her|his|my|the other) (?:hand|arm|fingers)\b|by (?:the|their) (?:straps|laces|heels)\b"
)
_SEATED = frozenset(("seat", "car", "cab", "taxi", "plane", "cockpit", "truck", "seats"))


class Fastening(Lying):
    """Adds to what clothes do by themselves: what is open, shut or laid aside."""

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
        if base in ("hook", "snap", "clasp") and own and clothes.garments[0].layer == "underwear":
            return [PutOn(garments=clothes.garments, **self._common(event, clothes.end))]
        if base in cues.FASTEN and belongs and "with" not in before:
            return self._fasten(event, clothes, target)
        if base in cues.GIVE and own and target.pronoun and self._object(event, target.pronoun) == "user":
            return self._put_away(event, clothes, self._common(event, clothes.end)["quote"])
        carried = (
            base in ("carry", "hold")
            and own
            and _IN_ONE_HAND.match(" ".join(event.sentence.low[clothes.end : clothes.end + 4]))
        )
        if carried and clothes.garments[0].slot in ("feet", "head", "outer"):
            return self._put_away(event, clothes, self._common(event, clothes.end)["quote"])
        upon = target.after not in ("", "beside", "by", "near", "next", "behind", "at")
        # in somebody else's arms it is put away
        on_body = (upon and self._body_owner(event, target.after_end) in ("companion", "both")) or {
            "hair",
            "forehead",
        } & set(event.sentence.low[clothes.end : clothes.end + 5])
        subject = event.sentence.at(event.sentence.group_before(event.at)[0])
        by_another = (
            event.who == "other" and subject != "who" and self._owner(clothes.owner, event.sentence) == "companion"
        )  # "someone had hung her jacket on …"
        theirs = by_another or (
            event.who == self.speaker == "user"
            and clothes.owner == "your"
            and target.after in cues.WHERE_TO - {"up", "with"}
        )
        where = cues.WHERE_TO | (
            {"down", "across"} if base in ("kick", "toss", "throw", "fling", "hurl") else set[str]()
        )
        where = where | {"down"} if base in ("set", "lay", "put") else where
        if base in ("leave", "keep") and after == "on" and event.sentence.is_boundary(target.after_end):
            return []  # "leaves the coat on"
        where = (
            where | {"here", "there", "outside", "inside", "behind", "home"}
            if base in ("leave", "put", "drop", "toss", "throw")
            else where
        )
        where = (
            where - {"up"} if {"back", "up"} <= {*before, *event.sentence.low[event.at + 1 : event.at + 4]} else where
        )
        if (
            base in cues.PUT_AWAY
            and not (base == "hang" and "with" in before)
            and (own or theirs)
            and not on_body
            and {after, *before, *event.sentence.low[clothes.end : clothes.end + 1]} & where
        ):
            quote = self._common(event, max(clothes.end, target.after_end))["quote"]
            return self._put_away(event, clothes, quote)
        return None

    def _is_its_own(self, clothes: Clothes) -> bool:
        """Whether it is the belt of what was just put on: "pulls on the dressing gown and ties the belt"."""
        its = self.last_clothes is not None and any(g.slot in ("outer", "full") for g in self.last_clothes.garments)
        belt = len(clothes.garments) == 1 and clothes.garments[0].name.lower() == "belt"
        return belt and its and clothes.owner in ("", "the", "its") and not self._is_worn(clothes.garments[0])

    def _fasten(self, event: Event, clothes: Clothes, target: Target) -> list[Operation]:
        if target.after in ("around", "on", "onto", "to", "over", "round"):
            return []  # around a gift or a post, not a body
        common = self._common(event, clothes.end)
        made: list[Operation] = []
        for piece in clothes.garments:
            if piece.kind == "belt" and not _SEATED.isdisjoint(event.sentence.low):
                continue  # the seat's
            laced = piece.slot == "feet" and event.base in ("lace", "tie", "buckle", "zip")
            tied = (
                piece.layer == "accessory"
                and piece.slot not in ("bag", "jewellery")
                and event.base not in ("zip", "close")
            ) or (piece.slot == "jewellery" and event.base in ("fasten", "clasp"))
            if (
                laced
                or tied
                or ((term := term_of(piece)) and not find_worn(self.scene, term) and event.who in ("companion", "both"))
            ):
                made.append(PutOn(garments=(piece,), **common))
            elif piece.slot in ("outer", "top", "full", "bottom"):
                made.append(CloseGarment(what=piece.name, **common))
        return made

    def _unfasten(self, event: Event, clothes: Clothes) -> list[Operation]:
        common = self._common(event, clothes.end)
        made: list[Operation] = []
        for piece in clothes.garments:
            if piece.layer in ("underwear", "accessory"):
                # An apron untied is off; a tie loosened is not.
                if event.base not in ("loosen", "open") and piece.kind != "belt" and piece.slot != "bag":
                    made.append(TakeOff(what=piece.name, **common))
            elif piece.slot == "feet":
                if event.base not in ("loosen", "open"):
                    made.append(TakeOff(what=piece.name, **common))
            elif piece.slot in ("outer", "top", "full", "bottom"):
                made.append(OpenGarment(what=piece.name, **common))
        return made

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
