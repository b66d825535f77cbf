"""What the companion's reply makes of the user's wishes, and what message and reply change together."""

import re
from collections.abc import Sequence

from companion_hub.models.scene import ChangeInto, MoveTo, Operation, PutOn, Scene, TakeOff, Unchanged
from companion_hub.services.scene import cues
from companion_hub.services.scene.answers import field_of, merge_operations
from companion_hub.services.scene.persons import Pronoun
from companion_hub.services.scene.reducer import reduce_scene
from companion_hub.services.scene.rules import analyze_text


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
            if "outfit" not in settled or isinstance(op, PutOn | ChangeInto) or field_of(op) != "outfit"
        ]
        if any(isinstance(op, PutOn | ChangeInto) for op in requests):
            settled.discard("outfit")
    open_requests = [op for op in requests if not isinstance(op, Unchanged) and field_of(op) not in settled]
    opening = reply[:400]
    consent = cues.CONSENT.search(opening)
    if not open_requests or cues.REFUSAL.search(opening) or _is_put_off(opening, consent):
        return ()
    # Doing one part of what was asked consents to the others.
    complies = bool({field_of(op) for op in requests if not isinstance(op, Unchanged)} & {field_of(op) for op in shown})
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
    from_model: Sequence[Operation] = (),
) -> tuple[Operation, ...]:
    """Return what a message and its reply together change, from the scene before the message."""
    asked = analyze_text(
        user_text, speaker="user", scene=before, companion_name=companion_name, user_name=user_name, pronoun=pronoun
    )
    between = reduce_scene(before, asked)
    told = analyze_text(
        reply_text,
        speaker="companion",
        scene=between,
        companion_name=companion_name,
        user_name=user_name,
        pronoun=pronoun,
    )
    found = tuple(_as_asked(operation, asked) for operation in merge_operations(told, from_model))
    granted = resolve_requests(asked, reply_text, found)
    # What comes off in the reply was worn before what was wished for: "*takes the dress off and changes* Done!"
    off = tuple(operation for operation in found if isinstance(operation, TakeOff))
    on = tuple(operation for operation in granted if isinstance(operation, PutOn | ChangeInto))
    if on and off:
        return (*(op for op in granted if op not in on), *off, *on, *(op for op in found if op not in off))
    return (*granted, *found)


def _as_asked(operation: Operation, asked: Sequence[Operation]) -> Operation:
    """Give a garment that the reply only names by its kind the words of the wish: "your red coat", "*puts the coat on*"."""
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
