"""The scene: what a message changes of outfit, place and activity, and how changes are applied.

Pure.  ``analyze_text`` finds operations by rules; ``parse_model_operations`` reads a language model's; ``reduce_scene``
applies them.  Rules alone keep the state sane when the model answers junk.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal, cast

from companion_hub.models.companion import CompanionProfile, StateField
from companion_hub.models.scene import (
    MAX_TEXT,
    ChangeInto,
    CloseGarment,
    Do,
    Garment,
    MoveTo,
    OpenGarment,
    Operation,
    PutOn,
    Scene,
    TakeOff,
)
from companion_hub.services.garments import (
    garment,
    garment_pattern,
    is_weak,
    lookup,
    means_something_else,
    normalise,
    parse_outfit,
    tidy,
)
from companion_hub.services.texts import one_line

Speaker = Literal["user", "companion"]
MAX_MODEL_ANSWER = 64 * 1024
# What only the user asked for is weaker than what the companion says it does; below this nothing is applied.
REQUEST_CONFIDENCE = 0.6
NARRATED_CONFIDENCE = 0.9


class UnreadableAnswerError(ValueError):
    """The model's answer holds no usable operations."""


# --- making scenes -------------------------------------------------------------------------------------------------


def default_scene(profile: CompanionProfile) -> Scene:
    """Return where a new companion starts."""
    masculine = profile.appearance.get("presentation") == "masculine"
    outfit = (
        "dark blue henley, grey jeans, white sneakers" if masculine else "soft grey sweater, blue jeans, white socks"
    )
    return scene_from_strings(outfit, "at home, in the living room", "relaxing on the sofa")


def scene_from_strings(outfit: str, location: str, action: str, locked: Iterable[StateField] = ()) -> Scene:
    return Scene(
        garments=parse_outfit(one_line(outfit, MAX_TEXT)),
        location=one_line(location, MAX_TEXT),
        action=one_line(action, MAX_TEXT),
        locked=_locks(locked),
    )


def edit_scene(
    scene: Scene,
    *,
    locked: Iterable[StateField],
    outfit: str | None = None,
    location: str | None = None,
    action: str | None = None,
) -> Scene:
    """Apply an edit by hand (None: leave as it is)."""
    return Scene(
        garments=parse_outfit(one_line(outfit, MAX_TEXT)) if outfit is not None else scene.garments,
        location=one_line(location, MAX_TEXT) if location is not None else scene.location,
        action=one_line(action, MAX_TEXT) if action is not None else scene.action,
        locked=_locks(locked),
    )


def _locks(locked: Iterable[StateField]) -> tuple[StateField, ...]:
    fields: tuple[StateField, ...] = ("outfit", "location", "action")
    wanted = set(locked)
    return tuple(field for field in fields if field in wanted)


# --- applying ------------------------------------------------------------------------------------------------------


def reduce_scene(scene: Scene, operations: Sequence[Operation]) -> Scene:
    """Return the scene after the operations, in order.  Total: what does not fit changes nothing; locks hold."""
    for operation in operations:
        if operation.confidence < REQUEST_CONFIDENCE:
            continue
        match operation:
            case MoveTo(location=location) if "location" not in scene.locked and location.strip():
                scene = scene.model_copy(update={"location": one_line(location, MAX_TEXT)})
            case Do(action=action) if "action" not in scene.locked and action.strip():
                scene = scene.model_copy(update={"action": one_line(action, MAX_TEXT)})
            case PutOn() | TakeOff() | ChangeInto() | OpenGarment() | CloseGarment() if "outfit" not in scene.locked:
                scene = scene.model_copy(update={"garments": _dress(scene.garments, operation)})
            case _:
                pass
    return scene


def _dress(
    worn: tuple[Garment, ...], operation: PutOn | TakeOff | ChangeInto | OpenGarment | CloseGarment
) -> tuple[Garment, ...]:
    match operation:
        case PutOn(garments=new):
            for piece in new:
                worn = (*(g for g in worn if not _gives_way(g, piece, changing=False)), piece)
        case ChangeInto(garments=new):
            for piece in new:
                worn = (*(g for g in worn if not _gives_way(g, piece, changing=True)), piece)
        case TakeOff(what=what):
            worn = tuple(g for g in worn if not _is_meant(g, what, taking_off=True))
        case OpenGarment(what=what):
            worn = tuple(g.model_copy(update={"state": "open"}) if _is_meant(g, what) else g for g in worn)
        case CloseGarment(what=what):
            worn = tuple(g.model_copy(update={"state": "worn"}) if _is_meant(g, what) else g for g in worn)
    return worn[:24]


def _gives_way(old: Garment, new: Garment, *, changing: bool) -> bool:
    """Whether a worn garment makes room for a new one: the same place and layer, or a whole outfit's change."""
    if old.name.lower() == new.name.lower():
        return True
    if new.layer == "accessory" or old.layer == "accessory":
        return old.slot == new.slot and new.slot not in ("jewellery", "bag") and old.layer == new.layer
    if new.slot == "full" and new.layer == "base":
        # A dress or swimsuit replaces what stands in its place; shoes stay, and so do underthings and coats unless
        # one changes into it.
        swaps = old.slot in ("top", "bottom", "full", "other")
        swimwear = "legs" not in new.regions and "midriff" not in new.regions
        return swaps or (changing and old.layer in ("mid", "outer")) or (swimwear and old.slot not in ("feet",))
    if old.slot == "full" and old.layer == "base" and new.slot in ("top", "bottom") and new.layer == "base":
        return True
    if changing and new.slot == "top" and old.slot == "top":
        return old.layer != "underwear"
    return old.slot == new.slot and old.layer == new.layer


def _is_meant(piece: Garment, what: str, *, taking_off: bool = False) -> bool:
    target = normalise(tidy(what))
    if taking_off and target in ("everything", "clothes", "all", "outfit", "all clothes"):
        return piece.layer != "accessory"
    term = lookup(target.split()[-1]) if target else None
    by_head = garment(target)
    kinds = {piece.kind, *piece.name.lower().split()[-1:]}
    if target and (target in piece.name.lower() or (by_head is not None and by_head.kind and by_head.kind in kinds)):
        return True
    # "coat" takes off the trench coat; "jacket" the blazer: the same slot and layer, when nothing is named exactly.
    return term is not None and term.slot == piece.slot and term.layer == piece.layer and term.slot in ("outer", "feet")


# --- rules ---------------------------------------------------------------------------------------------------------

_SENTENCE = re.compile(r"[^.!?\n…]+[.!?…]*|\n")
_STAGE = re.compile(r"\*+([^*]+)\*+")
_QUOTED = re.compile(r"[\"“”][^\"“”]{0,400}[\"“”]")

_NEGATED = re.compile(
    r"\b(?:not|n't|n’t|never|without|instead of|rather than|refuses? to|almost|nearly|no longer|stops? short|don't|won't)\b",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(
    r"\b(?:if|would|could|might|should|may|maybe|perhaps|wish|imagine|suppose|someday|one day|sometime|tomorrow|"
    r"next (?:time|week|month|year)|later|used to|remember|yesterday|last (?:night|week|year|time|summer|month)|ago|"
    r"once|when (?:i|you|we|she|he) (?:was|were|wore|had)|want(?:s|ed)? to|dream(?:s|ed|t)?|think(?:s|ing)? (?:of|about)|"
    r"planning|plan to|going to|gonna|thought about|talk(?:s|ed|ing)? about|promise[sd]? to|every (?:day|summer|winter)|"
    r"always|usually|often|sometimes|had been|had worn|has ever|have you ever|like the way)\b",
    re.IGNORECASE,
)
_PAST_FIRST = re.compile(r"\b(?:i|we|you|she|he|they)\s+(?:wore|had on|was wearing|were wearing)\b", re.IGNORECASE)
_LETS = r"(?:let'?s|let us|shall we|why don'?t we|how about we|can we|could we|come on,? let'?s)"

_PUT_ON = (
    r"(?:put(?:s|ting)? on|slip(?:s|ping|ped)? (?:on|into)|pull(?:s|ing|ed)? on|throw(?:s|ing)? on|threw on|"
    r"don(?:s|ning|ned)?|shrug(?:s|ging|ged)? (?:on|into)|zip(?:s|ping|ped)? up|button(?:s|ing|ed)? up|"
    r"wrap(?:s|ping|ped)? (?:myself|herself|himself|yourself|themself|themselves) in|step(?:s|ping|ped)? into|"
    r"tie(?:s|d)? on|grab(?:s|bing|bed)? and put(?:s)? on|climb(?:s|ing)? into|wriggl(?:es?|ing|ed) into|"
    r"lac(?:es?|ing|ed) up)"
)
_CHANGE = (
    r"(?:chang(?:es?|ing|ed) (?:in)?to|get(?:s|ting)? (?:dressed|changed) in(?:to)?|dress(?:es|ing|ed)? (?:up )?in|"
    r"chang(?:es?|ing|ed) out of [\w\s-]{1,40}? (?:and )?into|switch(?:es|ing|ed)? (?:in)?to|"
    r"(?:is|am|are|'m|'s|’m|’s) (?:now )?(?:wearing|dressed in)|now wear(?:s|ing)?|wear(?:s)?)"
)
_TAKE_OFF = (
    r"(?:take(?:s)? off|taking off|took off|slip(?:s|ping|ped)? (?:off|out of)|pull(?:s|ing|ed)? off|peel(?:s|ing|ed)? "
    r"(?:off|out of)|kick(?:s|ing|ed)? off|strip(?:s|ping|ped)? (?:off|out of)|remov(?:es?|ing|ed)|shed(?:s|ding)?|"
    r"shrug(?:s|ging|ged)? (?:off|out of)|step(?:s|ping|ped)? out of|get(?:s|ting)? out of|toss(?:es|ing|ed)? aside|"
    r"drop(?:s|ping|ped)?|discard(?:s|ing|ed)?|unwrap(?:s|ping|ped)?|lose|losing|doff(?:s|ing|ed)?)"
)
_OPEN = r"(?:unbutton(?:s|ing|ed)?|unzip(?:s|ping|ped)?|open(?:s|ing|ed)?|unfasten(?:s|ing|ed)?|unties?|untied|unlac(?:es?|ed))"
_CLOSE = r"(?:button(?:s|ing|ed)? up|zip(?:s|ping|ped)? up|clos(?:es?|ing|ed)|fasten(?:s|ing|ed)?|ties?)"
_NP = r"((?:[\w'’-]+(?:,)?\s+){0,7}?[\w'’-]+)"

_MOVE = re.compile(
    r"\b(?:go(?:es|ing)?|went|walk(?:s|ing|ed)?|run(?:s|ning)?|ran|head(?:s|ing|ed)?|drive(?:s)?|driving|drove|"
    r"step(?:s|ping|ped)?|move(?:s|d)?|moving|arriv(?:es?|ing|ed)|return(?:s|ing|ed)?|enter(?:s|ing|ed)?|"
    r"come(?:s)?|coming|came|travel(?:s|ling|led|ing|ed)?|wander(?:s|ing|ed)?|stroll(?:s|ing|ed)?|slip(?:s|ping|ped)?|"
    r"hurr(?:y|ies|ied)|rush(?:es|ed)?|climb(?:s|ing|ed)?|fl(?:y|ies|ying)|flew|get(?:s)?|lead(?:s|ing)?|led|follow(?:s|ed|ing)?|"
    r"take(?:s)? (?:me|you|us)|meet(?:s)? (?:me|you|us)?|sneak(?:s|ing|ed)?|retreat(?:s|ed)?|swim(?:s)?|"
    r"pad(?:s|ded|ding)?|race(?:s|d)?|leav(?:es?|ing)|sit(?:s|ting)?|sat|curl(?:s|ed|ing)? up|settl(?:es?|ing|ed)|"
    r"stand(?:s|ing)?|wait(?:s|ing|ed)?|li(?:es?|ying)|lay|rela(?:x|xes|xing))\b"
    r"(?P<between>[^.!?;*]{0,40}?)"
    r"\b(?P<prep>to|into|onto|toward|towards|inside|outside|at|in|on|down to|over to|back to|back home|home|upstairs|downstairs|out to)\b"
    r"(?P<place>(?:\s+[\w'’-]+){0,7})",
    re.IGNORECASE,
)
_PLACES = (
    "beach|park|kitchen|bedroom|bathroom|living room|balcony|garden|backyard|yard|patio|terrace|rooftop|roof|porch|attic|"
    "basement|cellar|garage|hallway|hall|study|office|library|bookstore|bookshop|cafe|café|coffee shop|restaurant|diner|"
    "bar|pub|club|nightclub|gym|pool|swimming pool|hot tub|lake|river|riverbank|seaside|shore|pier|harbour|harbor|ocean|"
    "sea|forest|woods|mountain|mountains|hill|hilltop|meadow|field|farm|barn|stable|cabin|cottage|tent|campsite|camp|"
    "campfire|city|town|village|street|square|plaza|market|supermarket|store|shop|mall|museum|gallery|theatre|theater|"
    "cinema|movies|concert|stage|studio|school|university|campus|classroom|lab|laboratory|hospital|clinic|church|temple|"
    "castle|palace|throne room|dungeon|tower|tavern|inn|hotel|hotel room|lobby|elevator|lift|airport|plane|airplane|train|"
    "train station|station|bus|bus stop|car|taxi|boat|ship|yacht|spaceship|bridge|cave|desert|island|jungle|waterfall|"
    "zoo|aquarium|amusement park|fairground|carnival|stadium|arena|rink|ice rink|court|dance floor|ballroom|sauna|spa|"
    "shower|bath|bathtub|tub|bed|sofa|couch|armchair|chair|table|desk|window|windowsill|fireplace|fire|bench|floor|rug|"
    "counter|stairs|doorway|door|dock|deck|greenhouse|vineyard|orchard|cemetery|bakery|flower shop|record store|laundromat|"
    "apartment|flat|house|home|place|room|dining room|guest room|locker room|changing room|conference room|waiting room|"
    "outside|inside|upstairs|downstairs|snow|rain|moon|mars|space station|spaceport|workshop|warehouse|alley|driveway"
)
_PLACE_HEAD = re.compile(rf"\b({_PLACES})\b", re.IGNORECASE)
_FURNITURE = frozenset(
    "sofa couch armchair chair table desk window windowsill fireplace fire bench floor rug counter stairs doorway door bed".split()
)
_ACTIVITY = re.compile(
    r"\b(?:(?P<aux>is|am|are|'m|'s|'re|’m|’s|starts?|begins?|started|began|continues?|keeps?|sits? (?:down )?|stands?|lies?)\s+)?"
    r"(?P<verb>cooking|baking|reading|dancing|drinking|eating|sipping|writing|painting|drawing|playing|working|typing|"
    r"studying|exercising|stretching|running|jogging|swimming|sleeping|napping|resting|relaxing|watching|listening|singing|"
    r"laughing|crying|waving|hugging|kissing|cuddling|cleaning|washing|showering|bathing|driving|shopping|walking|hiking|"
    r"gardening|sunbathing|surfing|skating|skiing|climbing|fishing|knitting|sewing|meditating|praying|teaching|talking|"
    r"texting|gaming|stargazing|brushing|packing|unpacking|making|preparing|pouring|stirring|sitting|standing|lying|"
    r"leaning|kneeling|waiting|yawning|snuggling|smoking|training|lifting|rowing|riding|cycling|building|fixing|repairing)\b"
    r"(?P<rest>(?:\s+[\w'’-]+){0,7})",
    re.IGNORECASE,
)
_SIMPLE_ACTIVITY = re.compile(
    r"(?:^|[,;]\s*|\band\s+|\bthen\s+|\b(?:i|she|he|they)\s+)"
    r"(?P<verb>cooks?|bakes?|reads?|dances?|drinks?|eats?|sips?|writes?|paints?|draws?|plays?|works?|types?|studies|"
    r"stretches|swims?|sleeps?|naps?|rests?|watches|sings?|waves?|hugs?|kisses|cuddles?|cleans?|washes|"
    r"makes?|prepares?|pours?|stirs?|leans?|kneels?|yawns?|snuggles?|curls? up|sits?(?: down)?|stands? up|lies? down|"
    r"lay down|falls? asleep|picks? up|holds?|starts? to \w+|begins? to \w+)\b(?P<rest>(?:\s+[\w'’-]+){0,7})",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"\s+(?:and|while|as|because|so|but|when|before|after|then|which|who|that|if|until|where|for a (?:moment|while)|with a "
    r"(?:smile|grin|laugh|sigh|wink))\b.*$|[,;:–—].*$",
    re.IGNORECASE,
)
_GERUND_CACHE = {"lies": "lying", "lie": "lying", "lay": "lying", "sits": "sitting", "sit": "sitting"}


def may_change_scene(text: str, speaker: Speaker) -> bool:
    """Whether a message could change outfit, place or activity at all.  False saves the model call of step 1.

    True only when a scene word stands in it: a garment, a place with a movement, or something being done.
    """
    del speaker  # the same words matter for both
    plain = _QUOTED.sub(" ", text)
    if _STAGE.search(text):
        return True
    if any(not is_weak(normalise(match[1])) for match in garment_pattern().finditer(plain)):
        return True
    if re.search(r"\b(?:wear|wearing|dress(?:ed)?|change|undress|naked|clothes|outfit|put on|take off)\b", plain, re.I):
        return True
    if any(_place_of(match) for match in _MOVE.finditer(plain)):
        return True
    return bool(
        re.search(rf"{_LETS}|\b(?:come (?:here|with|over|in)|follow me|start|stop|sit|lie|stand)\b", plain, re.I)
    )


def analyze_text(
    text: str, *, speaker: Speaker, scene: Scene, companion_name: str = "", user_name: str = ""
) -> tuple[Operation, ...]:
    """Return the operations the rules find, in order of the text.

    A companion's narration decides; a user's message only asks for changes ("put on…", "let's go…") or narrates what
    is done to the companion ("*takes your coat off*"), at lower confidence.
    """
    del scene, user_name
    operations: list[Operation] = []
    for sentence, narrated in _sentences(text):
        if _is_excluded(sentence, speaker=speaker, narrated=narrated):
            continue
        confidence = NARRATED_CONFIDENCE if speaker == "companion" else REQUEST_CONFIDENCE
        operations.extend(
            _outfit(sentence, speaker, narrated, confidence, companion_name)
            + _places(sentence, speaker, narrated, confidence)
            + _activities(sentence, speaker, narrated, confidence)
        )
    return tuple(operations[:24])


def _sentences(text: str) -> list[tuple[str, bool]]:
    """Split into sentences; ``*…*`` passages count as narration, quoted speech is left out of narration."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for match in _STAGE.finditer(text[:20_000]):
        pieces.append((text[at : match.start()], False))
        pieces.append((match[1], True))
        at = match.end()
    pieces.append((text[at:20_000], False))
    return [
        (sentence, narrated)
        for piece, narrated in pieces
        for match in _SENTENCE.finditer(_QUOTED.sub(" ", piece))
        if (sentence := match[0].strip())
    ]


def _is_excluded(sentence: str, *, speaker: Speaker, narrated: bool) -> bool:
    asks = sentence.rstrip().endswith("?")
    proposes = re.search(_LETS, sentence, re.IGNORECASE) is not None
    polite = re.match(r"\W*(?:can|could|would|will) you (?:please )?(?:put|take|change|wear|go|come)", sentence, re.I)
    if asks and not proposes and not (polite and speaker == "user"):
        return True
    if _NEGATED.search(sentence) and not proposes:
        return True
    if proposes or polite:
        return bool(
            re.search(r"\b(?:tomorrow|someday|one day|next (?:week|time|year)|sometime|later)\b", sentence, re.I)
        )
    hypothetical = _HYPOTHETICAL.search(sentence)
    if hypothetical and not (narrated and hypothetical[0].lower() in ("once", "later", "always", "often")):
        return True
    return bool(_PAST_FIRST.search(sentence)) and not narrated


def _outfit(sentence: str, speaker: Speaker, narrated: bool, confidence: float, companion_name: str) -> list[Operation]:  # noqa: PLR0912
    found: list[tuple[int, Operation]] = []

    def add(match: re.Match[str], operation: Operation) -> None:
        found.append((match.start(), operation))

    for match in re.finditer(
        rf"\b{_CHANGE}\s+{_NP}(?=$|[.,;!?*]|\s(?:and|while|as|with|before|then|for|to)\b)", sentence, re.I
    ):
        if _wearer_is_companion(sentence, match, speaker, narrated, companion_name) and (
            pieces := _pieces(sentence, match, match.start(1))
        ):
            operation: Operation = ChangeInto(garments=pieces, quote=match[0][:200], confidence=confidence)
            add(match, operation)
    for match in re.finditer(
        rf"\b{_PUT_ON}\s+{_NP}(?=$|[.,;!?*]|\s(?:and|while|as|with|before|then|for|to)\b)", sentence, re.I
    ):
        if _wearer_is_companion(sentence, match, speaker, narrated, companion_name) and (
            pieces := _pieces(sentence, match, match.start(1))
        ):
            add(match, PutOn(garments=pieces, quote=match[0][:200], confidence=confidence))
    for match in re.finditer(rf"\bput(?:s|ting)?\s+{_NP}\s+(?:back )?on\b", sentence, re.I):
        if _wearer_is_companion(sentence, match, speaker, narrated, companion_name) and (pieces := _known(match[1])):
            add(match, PutOn(garments=pieces, quote=match[0][:200], confidence=confidence))
    for pattern in (rf"\b{_TAKE_OFF}\s+{_NP}(?=$|[.,;!?*]|\s(?:and|while|as|with|before|then|for|to|off)\b)", rf"\b(?:take|took|pull|slip|slide|slid|help)(?:s|ing|ed)?\s+{_NP}\s+off\b"):  # fmt: skip
        for match in re.finditer(pattern, sentence, re.I):
            if _wearer_is_companion(sentence, match, speaker, narrated, companion_name):
                everything = re.search(r"\b(?:everything|clothes|all)\b", match[1], re.I)
                for piece in _known(match[1]) or ((garment("clothes"),) if everything else ()):
                    what = "everything" if everything else piece.name if piece else ""
                    add(match, TakeOff(what=what, quote=match[0][:200], confidence=confidence))
    for pattern, kind in ((_OPEN, OpenGarment), (_CLOSE, CloseGarment)):
        for match in re.finditer(
            rf"\b{pattern}\s+{_NP}(?=$|[.,;!?*]|\s(?:and|while|as|with|before|then)\b)", sentence, re.I
        ):
            if _wearer_is_companion(sentence, match, speaker, narrated, companion_name):
                for piece in _known(match[1]):
                    if piece.slot in ("outer", "top", "full"):
                        add(match, kind(what=piece.name, quote=match[0][:200], confidence=confidence))
    found.sort(key=lambda pair: pair[0])
    return [operation for _, operation in found]


def _pieces(sentence: str, match: re.Match[str], start: int) -> tuple[Garment, ...]:
    """Return the garments named right after a verb, over "and" and commas, until something that is no garment."""
    tail = sentence[start : start + 200]
    pieces: list[Garment] = []
    for part in re.split(r",\s*(?:and\s+)?|\s+and\s+|\s+with\s+|\s+over\s+", tail):
        known = _known(re.split(r"\b(?:before|while|then|to the|for|as|because|that|which|at the|in the)\b", part)[0])
        if not known:
            break
        pieces.extend(known)
    return tuple(pieces)


def _known(phrase: str) -> tuple[Garment, ...]:
    """Return the garment of a phrase that ends in a garment word, () when it does not."""
    matches = list(garment_pattern().finditer(phrase))
    if not matches:
        return ()
    last = matches[-1]
    if means_something_else(phrase[last.end() :]):
        return ()
    made = garment(phrase[: last.end()])
    return (made,) if made and made.kind else ()


_OTHER_OWNER = re.compile(r"\b(?:my|mine|our)\b", re.IGNORECASE)


def _wearer_is_companion(
    sentence: str, match: re.Match[str], speaker: Speaker, narrated: bool, companion_name: str
) -> bool:
    """Whether the clothes in question are the companion's, from who speaks and the words before the verb."""
    before = sentence[: match.start()]
    words = match[0]
    subject = re.findall(
        r"\b(i|we|you|she|he|they|it|[A-Z][a-z]+)\b(?=(?:['’]\w+)?(?:\s+\w+ly)?\s*(?:\w+\s+){0,3}$)", before
    )
    who = subject[-1].lower() if subject else ""
    if speaker == "companion":
        if who == "you" or re.search(r"\b(?:your|his friend's|someone's)\b", words, re.I):
            return False
        known = who in ("", "i", "she", "he", "they", "we") or who == companion_name.lower()
        return known or not who[:1].isalpha() or who in ("slowly", "quickly", "then", "still", "now", "smiling")
    if _OTHER_OWNER.search(words) or who in ("i", "we", "she", "he", "they"):
        return False
    if narrated:  # the user narrates: only what is done to the companion's clothes counts
        return bool(re.search(r"\b(?:your|her|his)\b", words, re.I)) or who == "you" or who == companion_name.lower()
    return who in ("", "you", "please", "now", "then", "go") or who == companion_name.lower()


def _places(sentence: str, speaker: Speaker, narrated: bool, confidence: float) -> list[Operation]:
    found: list[Operation] = []
    for match in _MOVE.finditer(sentence):
        place = _place_of(match)
        if not place:
            continue
        before = sentence[: match.start()].lower()
        together = re.search(
            rf"{_LETS}\W*(?:\w+\s+){{0,2}}$|\bwe\b[^,;]*$|\btakes? (?:you|her|him)\b", before + match[0].lower()
        )
        if (
            speaker == "user"
            and not narrated
            and re.search(r"\b(?:i|she|he|they|it)\b[^,;]*$", before)
            and not together
        ):
            continue
        if speaker == "user" and narrated and not re.search(r"\b(?:you|us|we|your|together|her|him)\b", sentence, re.I):
            continue
        if speaker == "companion" and re.search(r"\b(?:you|he|they|it)\b\s*(?:\w+\s+)?$", before) and not together:
            continue
        found.append(MoveTo(location=place, quote=match[0].strip()[:200], confidence=confidence))
    return found[-1:]  # of several steps in one sentence the last is where one ends up


def _place_of(match: re.Match[str]) -> str:
    """Return the place of a movement as a readable phrase, "" when the words name none we know."""
    preposition = match["prep"].lower()
    words = _STOP.sub("", match["place"]).strip()
    if preposition in ("home", "back home"):
        return "at home"
    if preposition in ("outside", "inside", "upstairs", "downstairs") and not words:
        return preposition
    head = list(_PLACE_HEAD.finditer(words))
    if not head or len(words) > 60:
        return ""
    last = head[0] if len(head) == 1 else head[-1] if re.search(r"\bof\b|'s", words) is None else head[0]
    phrase = words[: last.end()]
    if last[1].lower() in _FURNITURE and preposition in ("to", "toward", "towards", "at", "on", "in", "into", "onto"):
        return ""  # a piece of furniture is where one sits, not a place to be: the activity says it
    if last[1].lower() == "home" or re.fullmatch(
        r"(?:my|your|our|the)?\s*(?:place|house|apartment|flat)", phrase, re.I
    ):
        return "at home" if "your" not in phrase.lower() or preposition == "home" else f"at {phrase}"
    article = re.sub(r"^(?:a|an)\s+", "a ", phrase, flags=re.I)
    if not re.match(r"(?:the|a|my|your|our|her|his|their|this|that)\b", article, re.I):
        article = f"the {article}" if not article[:1].isupper() else article
    on = re.search(r"\b(?:beach|balcony|rooftop|roof|terrace|porch|patio|pier|island|stage|dance floor|deck|dock|boat|"
                   r"ship|yacht|plane|train|bus|bridge|street|square|mountain|hill|hilltop|farm|moon)\b", article, re.I)  # fmt: skip
    at = re.search(
        r"\b(?:lake|seaside|shore|station|airport|market|bus stop|counter|concert|party|zoo|spa)\b", article, re.I
    )
    return one_line(f"{'on' if on else 'at' if at else 'in'} {article}", MAX_TEXT)


def _activities(sentence: str, speaker: Speaker, narrated: bool, confidence: float) -> list[Operation]:
    if speaker == "user" and not re.search(
        rf"{_LETS}|^\W*(?:please |now )?(?:start|begin|keep|sit|lie|stand|come)\b", sentence, re.I
    ):
        return []
    for match in _ACTIVITY.finditer(sentence):
        before = sentence[: match.start()].lower()
        if speaker == "companion" and re.search(r"\b(?:you|your|he|they|it|the \w+)\W*(?:\w+\s+)?$", before):
            continue
        if not (match["aux"] or narrated or re.search(rf"{_LETS}.*$|[,;]\s*$|\b(?:i|she|he)\b.*$", before, re.I)):
            continue
        phrase = _STOP.sub("", f"{match['verb']}{match['rest']}")
        return [Do(action=_third_person(phrase), quote=match[0].strip()[:200], confidence=confidence)]
    if speaker == "companion":
        for match in _SIMPLE_ACTIVITY.finditer(sentence):
            if not narrated and not re.search(r"\b(?:i|she|he|they)\s*$", sentence[: match.start("verb")], re.I):
                continue
            phrase = _STOP.sub("", f"{_gerund(match['verb'])}{match['rest']}")
            return [Do(action=_third_person(phrase), quote=match[0].strip()[:200], confidence=confidence)]
    return []


def _gerund(verb: str) -> str:
    """Return "sips" as "sipping": good enough for the verbs listed above."""
    first, _, rest = verb.lower().partition(" ")
    rest = f" {rest}" if rest else ""
    if first in _GERUND_CACHE:
        return _GERUND_CACHE[first] + rest
    base = {"studies": "study", "washes": "wash", "watches": "watch", "stretches": "stretch", "kisses": "kiss"}.get(
        first, first.removesuffix("s")
    )
    if base.endswith("ee"):
        return f"{base}ing{rest}"
    if base.endswith("e"):
        return f"{base[:-1]}ing{rest}"
    if re.search(r"[^aeiou][aeiou][ptgnb]$", base) and base not in ("listen", "open", "lean"):
        return f"{base}{base[-1]}ing{rest}"
    return f"{base}ing{rest}"


def _third_person(phrase: str) -> str:
    """Return an activity without the speaker's own possessives, as the state shows it."""
    text = re.sub(r"\b(?:my|her|his|your)\s+(?=\w)", "", phrase, flags=re.IGNORECASE)
    text = re.sub(r"\b(?:myself|herself|himself)\b", "", text, flags=re.IGNORECASE)
    return one_line(text.lower() if text.isupper() else text, 80)


# --- the model's answer --------------------------------------------------------------------------------------------


def operations_schema() -> dict[str, Any]:
    """Return the JSON schema of a scene analysis (also what structured output is asked for)."""
    text = {"type": "string", "maxLength": MAX_TEXT}
    garments = {"type": "array", "maxItems": 8, "items": text}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["put_on", "take_off", "change_into", "location", "action"],
        "properties": {
            "put_on": garments,
            "take_off": garments,
            "change_into": garments,
            "location": {"type": ["string", "null"], "maxLength": MAX_TEXT},
            "action": {"type": ["string", "null"], "maxLength": MAX_TEXT},
        },
    }


def parse_json_answer(raw: str) -> dict[str, Any]:
    """Return the first JSON object in a model's answer, tolerant of fences, prose and trailing commas.

    Raises UnreadableAnswerError when there is none or the answer is too long to be one.
    """
    if len(raw) > MAX_MODEL_ANSWER:
        raise UnreadableAnswerError("answer too long")
    start = raw.find("{")
    candidate = raw[start : raw.rfind("}") + 1] if start >= 0 else ""
    for text in (candidate, re.sub(r",\s*([}\]])", r"\1", candidate)):
        try:
            value: object = json.loads(text)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            return cast("dict[str, Any]", value)
    raise UnreadableAnswerError("no JSON object")


def parse_model_operations(answer: dict[str, Any], *, text: str) -> tuple[Operation, ...]:
    """Return the operations of an analysis, without what the analysed text does not support.

    A garment counts only when its head noun stands in the text, a place or an activity only when one of its longer
    words does: a model's inventions and injected instructions fall out here.  Raises UnreadableAnswerError.
    """
    known = {"put_on", "take_off", "change_into", "location", "action"}
    if not known & answer.keys():
        raise UnreadableAnswerError("none of the expected keys")
    operations: list[Operation] = []
    change, put = _supported(answer.get("change_into"), text), _supported(answer.get("put_on"), text)
    if change:
        operations.append(ChangeInto(garments=change, quote="", confidence=0.8))
    if put:
        operations.append(PutOn(garments=put, quote="", confidence=0.8))
    operations.extend(
        TakeOff(what=piece.name, quote="", confidence=0.8) for piece in _supported(answer.get("take_off"), text)
    )
    for key in ("location", "action"):
        value = answer.get(key)
        if not isinstance(value, str):
            continue
        phrase = one_line(value, MAX_TEXT)
        if phrase.lower() in ("", "null", "none", "unchanged", "same", "unknown") or not _occurs(phrase, text):
            continue
        operations.append(
            MoveTo(location=phrase, confidence=0.8) if key == "location" else Do(action=phrase, confidence=0.8)
        )
    return tuple(operations)


def _supported(value: object, text: str) -> tuple[Garment, ...]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        return ()
    names = [name for name in cast("list[object]", value) if isinstance(name, str)]
    made = [garment(one_line(name, 80)) for name in names[:8]]
    plain = normalise(text)
    return tuple(piece for piece in made if piece and piece.kind and piece.kind.removesuffix("s") in plain)


def _occurs(phrase: str, text: str) -> bool:
    plain = text.lower()
    return any(len(word) > 3 and word[:5] in plain for word in re.findall(r"\w+", phrase.lower()))


def merge_operations(rules: Sequence[Operation], model: Sequence[Operation]) -> tuple[Operation, ...]:
    """Join both sources: rules name the words that show a change, so they win for a field; the model fills the rest."""
    fields = {_field(operation) for operation in rules}
    return (*rules, *(operation for operation in model if _field(operation) not in fields))


def _field(operation: Operation) -> StateField:
    match operation:
        case MoveTo():
            return "location"
        case Do():
            return "action"
        case _:
            return "outfit"
