"""Reads the places in a sentence: which phrases name one, known or not, and how it is said."""

import re
from collections.abc import Sequence

from companion_hub.models.scene import MAX_TEXT
from companion_hub.services.scene import cues
from companion_hub.services.scene.dressing import Dressing
from companion_hub.services.scene.lexicon import find_term
from companion_hub.services.scene.persons import Event
from companion_hub.services.scene.places import FURNITURE, TAIL, Place, find_place, is_weak_place
from companion_hub.services.scene.reading import Sentence
from companion_hub.services.scene.verbs import (
    DETERMINERS,
    PREPOSITIONS,
    SUBJECTS,
    is_adverb,
    verbs,
)
from companion_hub.services.texts import one_line, word_set

_PARTS_OF_PLACES = word_set(
    "foyer lobby pew row boulders lanes streets alleys table step surface edge side middle centre center heart end back front bottom top corner far row rows seat seats booth entrance mouth rim bank banks "
    "sunshine sunlight daylight water stones straw flagstones grass sand dust mud gravel rail light glare gloom hush dark darkness shadow shadows warmth bustle noise quiet cool chill din heat lee dim comfort safety shelter shore shores steps railing gate gates window windows doorway depths floor roof deck foot outskirts shade shallows"
)
# What tells the room it stands in: "sits at the kitchen table".
_STANDS_IN = word_set("stairs steps table counter island bench stool sofa couch bed floor sink stove desk tiles")
_CRAWLED_INTO = word_set("tent car van cab taxi truck boat canoe kayak rowboat igloo limo carriage cabin hut shed")
# Through their doors one goes out.
_OUTDOORS = word_set("balcony terrace patio garden backyard yard deck porch veranda courtyard roof")
_NO_KIND_OF_PLACE = word_set(
    "first same right wrong own other better happy good dark safe only tight soft sweet hiding usual favourite favorite little strange"
)


class Whereabouts(Dressing):
    """Adds to clothes: the words for places."""

    def _through_a_door(self, event: Event) -> tuple[str, int] | None:
        """Read "pushes open the door of the bookshop and steps in": in, to what the door before it belongs to."""
        sentence, at = event.sentence, event.at
        while sentence.at(at + 1) in ("you", "him", "her", "them", "right", "straight", "back"):
            at += 1  # "follows you inside"
        after = sentence.at(at + 2) in ("after", "behind", "before", "beside", "with")
        out = sentence.at(at + 1) == "out" and (sentence.is_boundary(at + 2) or sentence.at(at + 2) == "to")
        if not out and (
            sentence.at(at + 1) not in ("in", "inside", "through") or not (after or sentence.is_boundary(at + 2))
        ):
            return None
        for door in range(at - 1, 0, -1):
            if sentence.at(door) in cues.DOORS and sentence.at(door + 1) in ("of", "to"):
                place = self._place_phrase(sentence, door + 2, "in")
                return (place[0], at + 2) if place else None
            if sentence.at(door) in _CRAWLED_INTO and sentence.at(door - 1) in DETERMINERS and not out:
                return f"in the {sentence.at(door)}", at + 2  # "set up the tent and crawl in"
            named = (
                find_place([sentence.at(door - 1).removesuffix("'s")])
                if sentence.at(door) in cues.DOORS | {"flap", "hatch", "bell", "doorbell", "curtain"}
                else None
            )
            if named is not None and (
                not out or named[2].name in _OUTDOORS
            ):  # "ducks under the tent flap and crawls inside"
                noun = sentence.at(door - 1).removesuffix("'s")
                return f"{named[2].preposition} the {noun}", at + 2
        return (self.door, at + 2) if self.door and not out else None

    def _note_door(self, sentence: Sentence) -> None:
        """Remember whose door a sentence told of: "you unlock the door of the cabin. I dart inside"."""
        self.door = ""
        for at in range(len(sentence)):
            if sentence.at(at) in cues.DOORS and sentence.at(at + 1) in ("of", "to"):
                place = self._place_phrase(sentence, at + 2, "in")
                self.door = place[0] if place else self.door

    def _before_a_place(self, sentence: Sentence, at: int) -> tuple[str, int] | None:
        """Read "outside the cinema", "in front of the roadhouse"."""
        front = sentence.low[at : at + 3] == ["in", "front", "of"]
        if not front and not (sentence.at(at) == "outside" and sentence.at(at + 1) in DETERMINERS):
            return None
        place = self._place_phrase(sentence, at + (3 if front else 1), "in")
        if place is None:
            return None
        noun = place[0] if place[0].startswith("at ") and "'s" in place[0] else place[0].split(" ", 1)[-1]
        return f"{'in front of' if front else 'outside'} {noun.removeprefix('at ')}", place[1]

    def _among_things_of(self, sentence: Sentence, at: int) -> tuple[str, int] | None:
        """Read "beneath the lanterns of the night market": at what the things belong to."""
        if sentence.at(at) not in ("beneath", "under", "among", "amid", "between", "along", "across"):
            return None
        phrase = sentence.noun_phrase(at + 1)
        if phrase is None or sentence.at(phrase[1]) != "of":
            return None
        return self._place_phrase(sentence, phrase[1] + 1, "")

    def _strange_place(self, sentence: Sentence, at: int, preposition: str) -> tuple[str, int] | None:
        """Return (readable place, end) of a place that is in no list; None when the noun is something else."""
        if shop := self._at_someones(sentence, at, preposition):
            return shop
        phrase = sentence.noun_phrase(at)
        if phrase is None or (sentence.at(at) not in DETERMINERS and not sentence.words[at].text[0].isupper()):
            return None
        start, stop, owner = phrase
        words = sentence.low[start:stop]
        head = words[-1]
        if head in ("place", "spot", "joint") and len(words) > 1 and words[-2] not in _NO_KIND_OF_PLACE:
            head = words[-2]  # "the little ramen place"
        known = cues.NO_PLACES | FURNITURE | cues.BODY_PARTS | cues.PEOPLE_SHE | cues.PEOPLE_HE | cues.PEOPLE_ANY
        named = {head.removesuffix("'s"), *words} & (self.companion | self.user)
        if (
            owner
            or len(words) > 4
            or {head, head.removesuffix("s")} & known
            or named
            or (head in verbs() and len(words) == 1 and not (sentence.at(at) == "the" and preposition == "into"))
            or is_adverb(head)
        ):
            return None
        if find_term(words, len(words)) is not None or sentence.at(stop) == "of":
            return None
        said = {"into": "in", "to": "at"}.get(preposition, preposition)
        proper = sentence.at(at) not in DETERMINERS
        spoken = " ".join(word.text if proper else word.low for word in sentence.words[start:stop])
        return one_line(f"{said} {spoken}" if proper else f"{said} the {spoken}", MAX_TEXT), stop

    def _at_someones(self, sentence: Sentence, at: int, preposition: str) -> tuple[str, int] | None:
        """Read "at the notary's", "to my sister's": where somebody lives or works."""
        end = at + (sentence.at(at) in DETERMINERS)
        low = sentence.at(end)
        if preposition not in ("at", "to") or not low.endswith("'s") or low[:-2] in self.names | cues.BODY_PARTS:
            return None
        if not (
            sentence.is_boundary(end + 1)
            or sentence.at(end + 1) in PREPOSITIONS | {"now"}
            or is_adverb(sentence.at(end + 1))
        ):
            return None
        mine = {
            "my": "her" if self.own_pronoun == "she" else "his" if self.own_pronoun == "he" else "their",
            "your": "",
        }
        said = mine.get(sentence.at(at), sentence.at(at)) if self.speaker == "companion" else sentence.at(at)
        return one_line(
            f"at {said} {sentence.words[end].text}" if end > at else f"at {sentence.words[end].text}", MAX_TEXT
        ), end + 1

    def _bare_place(self, sentence: Sentence, at: int) -> tuple[str, int] | None:
        """Read "home", "outside", "upstairs" where they are a destination and not the start of another."""
        low, before, following = sentence.at(at), sentence.at(at - 1), sentence.at(at + 1)
        if low == "home":
            if before in DETERMINERS or (before in PREPOSITIONS and before not in ("back", "at")):
                return None
            return "at home", at + 1
        if (
            following in ("into", "in", "onto", "on", "to", "at")
            and self._place_phrase(sentence, at + 2, "in") is not None
        ):
            return None
        goes_on = (
            not sentence.is_boundary(at + 1)
            and following not in SUBJECTS | {"the"}
            and following not in PREPOSITIONS
            and not is_adverb(following)
        )
        return None if goes_on else (low, at + 1)

    def _place_phrase(self, sentence: Sentence, at: int, preposition: str) -> tuple[str, int] | None:
        """Return (readable place, end) of a place phrase at an index, None when it names no place."""
        phrase = sentence.noun_phrase(at)
        if phrase is None:
            return None
        if sentence.at(phrase[1]) == "of" and sentence.at(phrase[1] - 1) in _PARTS_OF_PLACES:
            part = self._part_of_place(sentence, (at, phrase[1]), preposition)
            if part is not None or find_place([sentence.at(phrase[1] - 1)]) is None:
                return part
        start, stop, owner = phrase
        within = find_place([owner.removesuffix("'s")]) if owner.endswith("'s") and preposition == "through" else None
        if within is not None and sentence.at(stop - 1) in cues.DOORS:
            noun = owner.removesuffix("'s")
            return f"{within[2].preposition} the {noun}", stop  # "slips through the museum's side door"
        if preposition in ("down", "up", "along") and start == at and sentence.words[at].text[0].islower():
            return None  # "lies down flat"
        while stop > start + 1 and (is_adverb(sentence.at(stop - 1)) or sentence.at(stop - 1) == "together"):
            stop -= 1
        words = [low.removesuffix("'s") if i else low for i, low in enumerate(sentence.low[start:stop])]
        found = find_place(words)
        if owner.endswith("'s") and (named := find_place([owner, *words])) and named[0] == 0:
            words, owner, start, found = [owner, *words], "", start - 1, named  # "the crow's nest"
        against = preposition == "against"
        if against and words[-1] not in _STANDS_IN:
            return None
        if found is None and words[1:] and words[-1] in _STANDS_IN and words[-2] not in ("pool", "bar"):
            room = (
                find_place(words[:-1]) if sentence.at(at) not in ("a", "an") else None
            )  # "at the kitchen table", not at the conference
            found = room if room is not None and room[2].preposition == "in" else None
            words, stop, preposition = words[:-1], stop - 1, "in"
        if found is None or found[1] != len(words):
            return None
        place = found[2]
        if (
            (place.name == "room" and len(words) == 1 and sentence.at(at) in ("the", "this"))
            or (is_weak_place(place) and preposition not in ("into", "in", "onto") and find_place(words[:-1]) is None)
            or (sentence.at(stop) == "of" and place.name in cues.PARTS_OF_THINGS)
            or (
                sentence.at(stop) == "of"
                and sentence.at(stop + 1) in ("it", "them", "my", "her", "his")
                and find_place(sentence.low[stop + 2 : stop + 3]) is None
            )  # "the balls of her feet", but "the hallway of his flat"
        ):
            return None
        text = self._owned_place(sentence, owner, words, place.name)
        if text is None:
            text = self._place_words(sentence, at, (start, stop), place, preposition)
            if tail := TAIL.match(sentence.text[sentence.words[stop - 1].end :]):
                text += " " + " ".join(tail[0].split())
                stop += len(re.findall(r"[\w'’-]+", tail[0]))
        return one_line(text, MAX_TEXT), stop

    def _part_of_place(self, sentence: Sentence, part: tuple[int, int], preposition: str) -> tuple[str, int] | None:
        """Read "the edge of the pool", "the window seat of the train"; the edge of a table is none."""
        whole = self._place_phrase(sentence, part[1] + 1, "in")
        if whole is None or {"in", "at", "on"}.isdisjoint(whole[0].split()[:1]):
            return None
        words = " ".join(sentence.low[part[0] : part[1]])
        said = {"into": "in", "to": "at", "onto": "on"}.get(preposition, preposition)
        return one_line(f"{said} {words} of {whole[0].split(' ', 1)[1]}", MAX_TEXT), whole[1]

    @staticmethod
    def _place_words(sentence: Sentence, at: int, span: tuple[int, int], place: Place, preposition: str) -> str:
        """Say a place with its preposition and article: "in the kitchen", "at a cozy cafe", "in Paris"."""
        words = sentence.words[span[0] : span[1]]
        proper = sentence.at(at) not in DETERMINERS and all(word.text[0].isupper() for word in words)
        spoken = " ".join(word.text if proper else word.low for word in words)
        spoken = spoken if "'s" in place.name else spoken.replace("'s", "")
        said = (
            preposition
            if preposition
            in ("in", "on", "at", "by", "near", "along", "around", "beside", "under", "beneath", "behind")
            else place.preposition
        )
        if (said, place.preposition) == ("at", "in"):
            said = "in"
        if proper or place.name in cues.NO_ARTICLE:
            return f"{said} {spoken}"
        return f"{said} {sentence.at(at) if sentence.at(at) in ('a', 'an') else 'the'} {spoken}"

    def _owned_place(self, sentence: Sentence, owner: str, words: Sequence[str], name: str) -> str | None:
        """Say whose place it is from the reader's side: "my flat" is home, "your place" the user's; else None."""
        whose = self._owner(owner, sentence)
        if name in cues.WHOSE_PLACES and whose == "companion":
            return "at home"
        if whose == "user" and self.user_name:
            return f"{'at' if name in cues.WHOSE_PLACES else 'in'} {self.user_name}'s {' '.join(words)}"
        return None
