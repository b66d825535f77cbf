"""What the companion's reply makes of the user's wishes, and what message and reply change together."""

import re
from collections.abc import Sequence

from companion_hub.models.scene import ChangeInto, MoveTo, Operation, PutOn, Scene, TakeOff, Unchanged
from companion_hub.services.scene import cues
from companion_hub.services.scene.answers import field_of, merge_operations
from companion_hub.services.scene.outfits import garment
from companion_hub.services.scene.passages import QUOTE
from companion_hub.services.scene.persons import Clothes, Pronoun, Speaker
from companion_hub.services.scene.reducer import reduce_scene
from companion_hub.services.scene.rules import Reading, read_message
from companion_hub.services.texts import word_set


def resolve_requests(requests: Sequence[Operation], reply: str, found: Sequence[Operation]) -> tuple[Operation, ...]:
    """Return which of the user's wishes the companion's reply grants, as operations that apply.

    ``found`` is what the reply itself shows: a field it settles needs no guess.  A refusal drops the wishes; consent
    grants them; with neither, nothing happens.  What the user narrated as done (above the threshold) is not a wish and
    stays unless the reply refuses.
    """
    shown = [operation for operation in found if not isinstance(operation, Unchanged)]
    settled = {field_of(operation) for operation in shown}
    # "Put on the dress." "*takes off the swimsuit*": what was worn is off, and the wish still open.
    if any(isinstance(op, TakeOff) for op in shown) and not any(isinstance(op, PutOn | ChangeInto) for op in shown):
        requests = [
            op
            for op in requests
            if isinstance(op, PutOn | ChangeInto) or field_of(op) != "outfit" or op.confidence > cues.REQUESTED
        ]
        if any(isinstance(op, PutOn | ChangeInto) for op in requests):
            settled.discard("outfit")
    # What the user did to her clothes stays, whatever else of them the reply changes.
    open_requests = [
        op
        for op in requests
        if not isinstance(op, Unchanged)
        and (field_of(op) not in settled or (field_of(op) == "outfit" and op.confidence > cues.REQUESTED))
    ]
    opening = reply[:400]
    consent = cues.CONSENT.search(opening)
    if not open_requests:
        return ()
    refusal = cues.REFUSAL.search(opening)
    if refusal is not None or _is_put_off(opening, consent):
        # "No! My hat!", "I hate lavender." do not undo that they went somewhere.
        undone = cues.UNDOES.search(opening) is not None
        return tuple(op for op in open_requests if not undone and op.confidence > cues.REQUESTED)
    # Doing one part of what was asked consents to the others.
    asked_for = {field_of(op) for op in requests if not isinstance(op, Unchanged)}
    complies = any(field_of(op) in asked_for and not _makes_no_room(op) for op in shown)
    consents = complies or consent is not None
    # "Let's go to the beach!" "It's so beautiful at the beach. Let's have some fun."
    spoken = set(re.findall(r"[^\W\d_]+", opening.lower()))
    wanted = [op.location.lower().split()[-1] for op in open_requests if isinstance(op, MoveTo)]
    consents = consents or any(place in spoken for place in wanted)
    return tuple(
        op.model_copy(update={"confidence": max(op.confidence, cues.DONE_TO)})
        for op in open_requests
        if consents or op.confidence > cues.REQUESTED
    )


# Who goes outside may be on the way there.
_OPEN_AIR = word_set(
    "park garden yard backyard beach shore sea seaside lake river street square market town city village forest woods field meadow hill "
    "mountain mountains harbour harbor pier promenade playground zoo fair terrace lawn courtyard vineyard orchard trail"
)
_MARKS = re.compile(r"[*\"“”«»]")
_POINTS_BACK = re.compile(r"\b(?:it|them|both|ones?)\b", re.IGNORECASE)


def _makes_no_room(operation: Operation) -> bool:
    """Whether only a coat, a hat or shoes come off, which is no beginning of putting something else on."""
    piece = garment(operation.what) if isinstance(operation, TakeOff) else None
    return piece is not None and (piece.layer in ("outer", "accessory") or piece.slot == "feet")


def _is_put_off(opening: str, consent: re.Match[str] | None) -> bool:
    """Whether "later" or "soon" is about the wish, not about something else after a consent a sentence before."""
    later = cues.LATER.search(opening)
    if later is None:
        return False
    if consent is None:
        return True
    between = opening[consent.end() : later.start()]
    ends = [match.end() for match in re.finditer(r"[.!?…*]", between)]
    return not ends or cues.DOES_THE_WISH.search(between[ends[-1] :]) is not None


def exchange_operations(
    before: Scene,
    *,
    user_text: str,
    reply_text: str,
    companion_name: str = "",
    user_name: str = "",
    pronoun: Pronoun = "",
    said_before: Sequence[tuple[Speaker, str]] = (),
    from_model: Sequence[Operation] = (),
) -> tuple[Operation, ...]:
    """Return what a message and its reply together change, from the scene before the message.

    ``said_before``: the last messages before them, which may name what "it" means: "Take it off then."
    """

    named: list[Clothes] = []  # the last first

    def read(speaker: Speaker, text: str, scene: Scene) -> Reading:
        reading = read_message(
            text,
            speaker=speaker,
            scene=scene,
            companion_name=companion_name,
            user_name=user_name,
            pronoun=pronoun,
            answers=named,
        )
        if reading.clothes is not None and reading.clothes not in named[:1]:
            named.insert(0, reading.clothes)
        return reading

    if _POINTS_BACK.search(user_text) or _POINTS_BACK.search(reply_text):
        for speaker, text in said_before:
            read(speaker, _MARKS.sub(" ", text), before)
    asked = read("user", user_text, before).operations
    between = reduce_scene(before, asked)
    quoted = " ".join(QUOTE.findall(reply_text)) if _POINTS_BACK.search(reply_text) else ""
    if quoted:  # "This jacket is killing me." *takes it off*
        read("companion", _MARKS.sub(" ", quoted), between)
    told = read("companion", reply_text, between).operations
    found = tuple(_as_asked(operation, asked) for operation in merge_operations(told, from_model))
    granted = resolve_requests(asked, reply_text, found)
    # What comes off in the reply was worn before what was wished for: "*takes the dress off and changes* Done!"
    off = tuple(operation for operation in found if isinstance(operation, TakeOff))
    wishes = {op.quote for op in asked if op.confidence <= cues.REQUESTED}
    on = tuple(op for op in granted if isinstance(op, PutOn | ChangeInto) and op.quote in wishes)
    if on and off:
        return (*(op for op in granted if op not in on), *off, *on, *(op for op in found if op not in off))
    return (*granted, *found)


def _as_asked(operation: Operation, asked: Sequence[Operation]) -> Operation:
    """Give what the reply names less fully the words of the wish: "your red coat", "*puts the coat on*"; "to the park", "*walks outside*"."""
    if isinstance(operation, MoveTo) and operation.location in ("outside", "outdoors"):
        places = [wish.location for wish in asked if isinstance(wish, MoveTo)]
        fits = bool(places) and not _OPEN_AIR.isdisjoint(places[-1].lower().split())
        return operation.model_copy(update={"location": places[-1]}) if fits else operation
    if not isinstance(operation, PutOn | ChangeInto):
        return operation
    wished = {g.kind: g for wish in asked if isinstance(wish, PutOn | ChangeInto) for g in wish.garments if g.kind}
    garments = tuple(
        wished[g.kind].model_copy(update={"state": g.state})
        if g.kind in wished and g.name.lower() in (g.kind, g.kind.removesuffix("s"))
        else g
        for g in operation.garments
    )
    return operation.model_copy(update={"garments": garments})
