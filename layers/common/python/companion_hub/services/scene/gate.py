"""Whether a message may change the scene at all: asked before a model is, so wide and cheap."""

from functools import cache
from itertools import pairwise

from companion_hub.services.scene import cues
from companion_hub.services.scene.lexicon import MATERIALS, lexicon
from companion_hub.services.scene.passages import passages
from companion_hub.services.scene.persons import Speaker
from companion_hub.services.scene.places import places
from companion_hub.services.scene.reading import sentences
from companion_hub.services.scene.verbs import BE, verbs
from companion_hub.services.texts import word_set

_DRESSES = word_set("free off on lose gone wear take took cut exchange exchanged swap swapped")


def may_change_scene(text: str, speaker: Speaker) -> bool:
    """Whether a message may change outfit, place or activity; when not, step 1 needs no model call.

    Wide on purpose: any word of clothes, places, postures or activities in a passage that is not a mere question.
    """
    for piece, mode in passages(text):
        for sentence in sentences(piece, mode, frozenset()):
            low = [word.removesuffix("'s") for word in sentence.low]
            ordered = verbs().get(low[0], ()) if speaker == "user" else ()
            if any("base" in verb.forms and verb.base in cues.ACTING | {"lose"} for verb in ordered):
                return True  # "lie down", "read me something", "sit with me?"
            if sentence.asks and mode != "narration":
                if speaker == "user" and cues.PROPOSAL.match(sentence.text):
                    return True
                if "," not in sentence.low or cues.QUESTION_START.match(" ".join(sentence.low[:2])):
                    continue
            if mode == "narration" and any(verb.base in cues.ACTING for word in low for verb in verbs().get(word, ())):
                return True
            if any(word.endswith("ing") and any(v.base in cues.DURABLE for v in verbs().get(word, ())) for word in low):
                return True
            if any(f"{first} {second}" in places() for first, second in pairwise(low)):
                return True  # "on the ferris wheel"
            if not _scene_words().isdisjoint(low) or cues.LETS.search(sentence.text):
                return True
            if any(word in cues.WIDE_WORDS for word in low):
                return True
            if not _DRESSES.isdisjoint(low) and any(word in cues.AMBIGUOUS_ALONE or word in MATERIALS for word in low):
                return True  # "tie is off", "the velvet was gone"
            if mode != "speech" and speaker == "companion" and low[0] in ("at", "in", "on", "lunch", "dinner"):
                return True
            if {"at", "on"} & set(low) and not BE.isdisjoint(low):
                return True
    return False


@cache
def _scene_words() -> frozenset[str]:
    """Return the single words that may stand for a change: clothes, places, and what verbs of change and activity look like."""
    acting = (
        cues.INTO | cues.OUT_OF | cues.REMOVE | cues.UNFASTEN | cues.WEAR | cues.STRONG_MOVES | cues.STAY | cues.DURABLE | word_set("put strip undress disrobe don swap go come")
    ) - word_set("have do take get make talk chat work play watch listen tease order rest help pull read eat drink lose hold stay remain "
             "lie write cry wait step taste settle go come open close stare fix pet toast apply pray game text run turn find end reach land")  # fmt: skip
    forms = {word for word, known in verbs().items() if any(verb.base in acting for verb in known)}
    single = {key for key, term in lexicon().items() if key not in cues.AMBIGUOUS_ALONE and term.slot != "bag"}
    return frozenset(forms | single | {name for name in places() if " " not in name})
