"""Sees "is in the kitchen", "has on a coat", "clad in silk": what tells where or in what one is without a verb of the table."""

from companion_hub.services.scene import cues
from companion_hub.services.scene.reading import Sentence
from companion_hub.services.scene.verbs import BE, DETERMINERS, HAVE, NEGATIONS, PREPOSITIONS, PRONOUNS, Form, is_adverb


def be_in(sentence: Sentence, index: int) -> tuple[str, frozenset[Form]] | None:
    """See "is in the kitchen", "has on a coat", "clad in silk": verbs that are no verbs of the table."""
    low = sentence.at(index)
    past: Form = "past" if low in ("was", "were", "had") else "s"
    if low in BE and low not in ("be", "been", "being") and sentence.at(index - 1) != "there":
        following = index + 1
        if sentence.at(following) in NEGATIONS:
            return None  # "you're not at the office any more"
        leads_on = cues.HELD_UP | {"up", "down", "over", "off"}
        while sentence.at(following) not in ("home", "here") and (
            is_adverb(sentence.at(following))
            or (sentence.at(following) in leads_on and sentence.at(following + 1) in cues.BE_PLACES)
            or _is_somehow(sentence, following)
        ):
            following += 1
        if sentence.low[following : following + 2] == ["up", "to"] and sentence.at(following + 3) in cues.BODY_PARTS:
            following += 4  # "up to my knees in the lake"
        here = sentence.at(following) == "here" and sentence.at(following + 1) == ","
        if here and sentence.at(following + 2) in ("at", "in", "on"):
            return "be", frozenset({past})  # "we're finally here, at the aquarium"
        if sentence.at(following) in cues.BE_PLACES or sentence.at(following) == "down":
            return "be", frozenset({past})
    long = low == "been" and any(
        sentence.at(i) in ("weeks", "days", "hours", "months", "minutes") for i in range(index + 2, index + 5)
    )
    if long and sentence.at(index - 1) in HAVE and {"in", "at", "on"} & set(sentence.low[index + 3 : index + 6]):
        return "be", frozenset[Form](["s"])  # "had been three weeks in the brig"
    if low == "been" and sentence.at(index - 1) in HAVE and sentence.mode == "narration":
        if sentence.at(index + 1) in ("in", "at", "on", "by") and cues.SO_FAR.search(sentence.text):
            return "be", frozenset[Form](["s"])  # "had been by the pond for an hour"
    if low in HAVE and sentence.low[index + 1 : index + 3] in (["it", "on"], ["them", "on"]):
        return "wear", frozenset({past})  # "already has it on"
    if low in HAVE and sentence.at(index + 1) == "on" and sentence.at(index + 2):
        return "wear", frozenset({past})
    if low in ("clad", "attired", "garbed", "decked", "naked") and sentence.at(index + 1) in ("in", "out"):
        return "clad", frozenset({"pp"})
    return None


def _is_somehow(sentence: Sentence, at: int) -> bool:
    """Whether an adjective stands before the place one is at: "were adrift in the boat"."""
    low = sentence.at(at)
    return (
        low.isalpha()
        and low not in cues.NO_STATE | cues.BE_PLACES | PREPOSITIONS | DETERMINERS | PRONOUNS
        and sentence.verb_at(at) is None
        and sentence.at(at + 1) in ("in", "on", "at", "under", "by")
        and sentence.at(at + 2) in DETERMINERS
    )
