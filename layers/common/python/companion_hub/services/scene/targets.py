"""Reads which clothes stand after a verb, and whose they are."""

import re
from typing import Any, NamedTuple

from companion_hub.models.scene import (
    MAX_TEXT,
    Garment,
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

_LIMBS = word_set("fingers foot feet arm arms leg legs hand hands head toes")
# "low over her ears", "twice around her neck"
_HOW_IT_SITS = word_set("halfway low high tight twice thrice snug close loose clean")
_PARTS = word_set("strings string straps strap buttons laces hooks zip zipper clasp buckle buckles fastenings toggles")
_LIES = re.compile(r"in a (?:heap|pile|puddle|bundle)\b|on the (?:floor|rug|bed|chair|ground|sofa|tiles)\b")
_AFTER_VERBS = PRONOUNS | DETERMINERS | PREPOSITIONS
_GENERAL = word_set("gear kit things clothes stuff outfit layers ensemble uniform")
_LAID_OVER = word_set(
    "folded slung hanging tucked discarded gone forgotten bundled clutched left lying thrown tossed dropped abandoned heaped"
)


class Target(NamedTuple):
    """What stands after a verb: particles before the object, a pronoun object, clothes, particles after."""

    before: tuple[str, ...]
    pronoun: str
    clothes: Clothes | None
    after: str
    after_end: int
    start: int


NOTHING = Target((), "", None, "", 0, 0)
_FELT = word_set("love hate like own prefer miss need want")


class Targets(Happening):
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
            ) and sentence.at(at) != "instead":
                if sentence.at(at) in PREPOSITIONS or sentence.at(at) == "back":
                    before.append(sentence.at(at))
                at += 1

        particles()
        if event.base in ("dress", "bundle") or (event.base == "change" and sentence.at(at) == ":"):
            at = next(
                (i + 1 for i in range(at, at + 4) if sentence.at(i) == ":"), at
            )  # "gets dressed: black turtleneck"
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
            at = _past_manner(sentence, _past_relative(sentence, clothes.end))
            if sentence.at(at) in PREPOSITIONS:
                after = sentence.at(at)
                after_end = at + 1
                if sentence.at(at + 1) == "of":
                    after, after_end = after + " of", at + 2
                elif after == "from" and sentence.at(at + 1) in ("around", "about", "off", "under", "beneath", "over"):
                    after_end = at + 2  # "from around your neck"
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
            and (
                sentence.at(stop) in ("of", "down")
                or (sentence.at(stop) == "on" and sentence.at(stop + 1) in DETERMINERS)
            )
        ):
            return stop + 1
        if sentence.at(at) == "some":
            return at
        if head in _LIMBS and sentence.at(stop) in ("into", "in", "through", "inside"):
            before.append("into")
            inside = sentence.noun_phrase(stop + 1)
            if (
                inside
                and sentence.at(inside[1] - 1) in ("sleeve", "sleeves", "leg", "legs")
                and sentence.at(inside[1]) == "of"
            ):
                return inside[1] + 1
            return stop + 1
        if head in _LIMBS and sentence.at(stop) == "out" and sentence.at(stop + 1) == "of":
            before += ["out", "of"]
            return stop + 2
        return at

    def _clothes(self, sentence: Sentence, at: int, *, aside: bool = False) -> Clothes | None:
        """Read "her coat, the grey scarf and a hat" at an index; with ``aside`` what stands after a comma of such a list."""
        if (listed := self._listed(sentence, at)) is not None:
            return listed
        made: list[Garment] = []
        owner, first, end, only = "", at, at, False
        while True:
            if sentence.at(at) in ("nothing", "only", "just"):
                only = True
                at += 1
                while sentence.at(at) in ("but", "except", "for", "more", "than"):
                    at += 1
            if made and sentence.at(at) == "no":
                break  # "strip down to your top, no more sweater"
            verb = sentence.verb_at(at) if made else None
            if verb is not None and (sentence.at(at + 1) in _AFTER_VERBS or "ing" in verb[1]):
                break  # "unbuttons your coat and slips it off": no slips; "out of the suit, revealing shorts"
            phrase = self._garment_phrase(sentence, at)
            piece = self._piece(sentence, at, *phrase[:2]) if phrase is not None else None
            if phrase is None or piece is None or (made and self._ends_list(sentence, at, phrase)):
                break
            stop, its_owner = phrase[2:]
            if made and "same" in sentence.low[at : phrase[0] + 1] and self._is_worn_by_name(piece):
                end = stop
                break  # "a yellow sundress and the same old sneakers"
            if self._owner(its_owner, sentence) == "user" and its_owner in ("your", "my"):
                piece = _borrowed(piece)
            owner = owner if made else its_owner
            made.append(piece)
            end = at = stop
            listed = (
                sentence.at(first) not in DETERMINERS and sentence.at(at + 1) not in DETERMINERS
            )  # "drops sweater, jeans …"
            if not aside and not listed and self._lies_aside(sentence, at):
                break
            joined = False
            while sentence.at(at) in (",", "and", "with", "plus", "over", "&", "then") and at < len(sentence):
                joined = True
                at += 1 + (sentence.at(at + 1) in ("now", "also", "even", "finally"))
            if not joined:
                break
        return Clothes(tuple(made), owner, end, only) if made else None

    def _listed(self, sentence: Sentence, at: int) -> Clothes | None:
        """Read what is listed after a general word: "her running gear: black leggings, the old trainers"."""
        whole = sentence.noun_phrase(at)
        if whole is None or sentence.at(whole[1] - 1) not in _GENERAL:
            return None
        pause, following = sentence.at(whole[1]), sentence.at(whole[1] + 1)
        if pause not in (":", "—", "–", ",", "(") or following in ("and", "then"):
            return None
        if pause == "," and sentence.at(whole[1] - 1) == "outfit":
            return None
        listed = self._clothes(sentence, whole[1] + 1)
        return listed._replace(owner=whole[2]) if listed else None

    def _garment_phrase(self, sentence: Sentence, at: int) -> tuple[int, int, int, str] | None:
        """Return (start, end of its name, end, owner) of the garment at an index, None when none is named there."""
        phrase = sentence.noun_phrase(at)
        if phrase is None:
            return None
        start, stop, owner = phrase
        words = sentence.low[start:stop]
        while words and words[-1] in ADVERBS:
            words.pop()
            stop -= 1
        if len(words) > 1 and words[-1] in _PARTS and find_term(words[:-1], len(words) - 1):
            words.pop()  # "the apron strings"
        while len(words) > 1 and words[0] in _FELT:  # "do you still hate jumpsuits?"
            words.pop(0)
            start += 1
        if not words or not self._is_clothes(sentence, start, start + len(words)):
            return None
        return start, start + len(words), stop, owner

    @staticmethod
    def _ends_list(sentence: Sentence, at: int, phrase: tuple[int, int, int, str]) -> bool:
        """Whether a further garment begins something else: "…, and the kimono slides down", "…, the robe folded over her arm"."""
        stop = phrase[2]
        verb = sentence.verb_at(stop) if sentence.low[max(0, at - 2) : at] == [",", "and"] else None
        if verb is not None and verb[1] & {"past", "s"}:
            return True
        return sentence.at(stop) in _LAID_OVER and "and" not in sentence.low[max(0, at - 1) : at]

    def _lies_aside(self, sentence: Sentence, at: int) -> bool:
        """Whether what stands after the comma lies somewhere: "wearing a dress, her jeans and t-shirt left in a heap"."""
        other = self._clothes(sentence, at + 1, aside=True) if sentence.at(at) == "," else None
        if other is None:
            return False
        lies = _LIES.match(" ".join(sentence.low[other.end : other.end + 3])) is not None
        return lies or sentence.at(other.end) in _LAID_OVER

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
        if sentence.low[start:stop] == ["top"] and sentence.at(start - 1) == "on":
            return False  # "lays that on top"
        if find_term(sentence.low[start:stop], stop - start) is None:
            return (
                sentence.at(start - 1) in ("the", "her", "his", "my")
                and self._worn_as(sentence.at(stop - 1)) is not None
            )
        if sentence.at(stop) == "of":
            following = sentence.at(stop + 1)
            return following in MATERIALS or following in COLOURS or following in cues.MADE_OF
        return True

    def _is_worn(self, piece: Garment) -> bool:
        term = term_of(piece)
        if term is None:
            return any(piece.name.lower() == g.name.lower() for g in self.scene.garments if g.state == "worn")
        return bool(find_worn(self.scene, term))

    def _is_worn_by_name(self, piece: Garment) -> bool:
        """Whether something of that name is worn: a blanket laid on the grass is not the coat."""
        head = (piece.kind or piece.name.lower()).split()[-1]
        return any(word.endswith(head) for g in self.scene.garments for word in g.name.lower().split())


def _borrowed(piece: Garment) -> Garment:
    """Return the user's garment as the companion would wear it: not one of her or his own."""
    name = piece.name if piece.name != piece.kind else f"borrowed {piece.name}"
    return piece.model_copy(update={"name": name[:80]})


def _past_relative(sentence: Sentence, at: int) -> int:
    """Step over what tells which garment it is: "the bracelet you gave me onto my wrist"."""
    verb = at + 1 + (sentence.at(at) in ("that", "which"))
    if sentence.at(verb - 1) not in ("you", "he", "she", "i") or sentence.verb_at(verb) is None:
        return at
    return next(
        (i for i in range(verb + 1, verb + 4) if sentence.at(i) in ("onto", "on", "over", "off", "from", "around")), at
    )


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


def term_of(piece: Garment) -> Term | None:
    words = piece.kind.split()
    found = find_term(words, len(words))
    return found[1] if found else None
