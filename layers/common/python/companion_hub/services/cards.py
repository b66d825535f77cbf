"""Character cards: the way from a card to a companion, and back.

Pure: called by services/card_exchange.py.  services/card_formats.py knows the files, services/card_document.py the versions
of the document.  Writing starts from what was imported, so that what we do not know survives.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple, cast

from pydantic import ValidationError

from companion_hub.errors import InvalidRequestError
from companion_hub.models.card import CardMemory, CharacterCard
from companion_hub.models.companion import CompanionProfile, Identity
from companion_hub.services.card_document import FIELD, MAX_NAME, OUTER, card_name, empty_data, normalise

MAX_TAG = 60
MAX_TAGS = 24
OUR_EXTENSION = "companion-hub"


def companion_from_card(card: CharacterCard) -> tuple[str, CompanionProfile]:
    """Return name and profile; what has no field of ours stays in the card.

    Raises InvalidRequestError when there is no name or a text is longer than a companion can hold.
    """
    data = card.data
    name = card_name(data)[:MAX_NAME].strip()
    if not name:
        raise InvalidRequestError({FIELD: "The card has no name."})
    ours = _our_extension(data)
    if ours:
        return name, CompanionProfile.model_validate({**ours, "lorebook": data.get("character_book")})
    tags, prose = _personality(data["personality"])
    try:
        identity = Identity(
            personality=tags,
            backstory="\n\n".join(part for part in (data["description"], prose) if part),
            scenario=data["scenario"],
            greeting=data["first_mes"],
            alternate_greetings=data["alternate_greetings"],
            example_dialogue=data["mes_example"],
        )
        profile = CompanionProfile(
            identity=identity, system_prompt=data["system_prompt"], lorebook=data.get("character_book")
        )
    except ValidationError as exc:
        wrong = ", ".join(sorted({str(error["loc"][0]) for error in exc.errors()}))
        raise InvalidRequestError({FIELD: f"A text of the card is too long: {wrong}."}) from None
    return name, profile


class OwnState(NamedTuple):
    """What a card that we wrote holds beside look and identity."""

    state: dict[str, str]
    memories: list[CardMemory]


def own_state(data: Mapping[str, Any]) -> OwnState:
    """Return the scene and memories a card of ours carries; what is not usable is left out."""
    extensions: object = data.get("extensions")
    own: object = cast("dict[str, Any]", extensions).get(OUR_EXTENSION) if isinstance(extensions, dict) else None
    if not isinstance(own, dict):
        return OwnState({}, [])
    fields = cast("dict[str, Any]", own)
    state: object = fields.get("state")
    texts = cast("dict[str, object]", state) if isinstance(state, dict) else {}
    listed: object = fields.get("memories")
    found: list[CardMemory] = []
    for item in cast("list[object]", listed) if isinstance(listed, list) else []:
        try:
            found.append(CardMemory.model_validate(item))
        except ValidationError:
            continue
    names = ("outfit", "location", "action")
    return OwnState({n: text[:200] for n in names if isinstance(text := texts.get(n), str)}, found)


def card_from_companion(
    name: str,
    profile: CompanionProfile,
    imported: Mapping[str, Any] | None,
    *,
    state: Mapping[str, str] | None = None,
    memories: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Return a V3 card object.  Fields the owner has not touched since the import keep the imported text exactly."""
    original: dict[str, Any] = deepcopy(dict(imported)) if imported else {}
    outer: object = original.pop(OUTER, None)
    data: dict[str, Any] = {**empty_data(), "group_only_greetings": [], **original}
    before_name, before = companion_from_card(normalise(original)) if original.get("name") else ("", None)
    identity = profile.identity
    ours: dict[str, tuple[object, object, object]] = {
        "name": (name, before_name, name),
        "description": (identity.backstory, before and before.identity.backstory, identity.backstory),
        "personality": (identity.personality, before and before.identity.personality, ", ".join(identity.personality)),
        "scenario": (identity.scenario, before and before.identity.scenario, identity.scenario),
        "first_mes": (identity.greeting, before and before.identity.greeting, identity.greeting),
        "mes_example": (
            identity.example_dialogue,
            before and before.identity.example_dialogue,
            identity.example_dialogue,
        ),
        "alternate_greetings": (
            identity.alternate_greetings,
            before and before.identity.alternate_greetings,
            identity.alternate_greetings,
        ),
        "system_prompt": (profile.system_prompt, before and before.system_prompt, profile.system_prompt),
        "character_book": (profile.lorebook, before and before.lorebook, profile.lorebook),
    }
    for field, (now, then, value) in ours.items():
        if before is None or now != then:
            data[field] = value
    if data.get("character_book") is None:
        data.pop("character_book", None)
    extensions = cast("dict[str, Any]", data.get("extensions") or {})
    own = profile.model_dump(mode="json", exclude={"lorebook"})
    own |= {"state": dict(state)} if state else {}
    own |= {"memories": [dict(memory) for memory in memories]} if memories else {}
    data["extensions"] = {**extensions, OUR_EXTENSION: own}
    beside = cast("dict[str, Any]", outer) if isinstance(outer, dict) else {}
    return {**beside, "spec": "chara_card_v3", "spec_version": "3.0", "data": data}


def without_our_extension(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return imported data as it is stored: our own look and identity live in the companion, not twice."""
    stored = deepcopy(dict(data))
    if isinstance(stored.get("extensions"), dict):
        stored["extensions"].pop(OUR_EXTENSION, None)
    return stored


def _personality(text: str) -> tuple[list[str], str]:
    """Return traits when the text is a list of them, else the text as prose."""
    parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    if parts and len(parts) <= MAX_TAGS and all(len(part) <= MAX_TAG and "." not in part for part in parts):
        return parts, ""
    return [], text.strip()


def _our_extension(data: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return our own look and identity from a card we wrote, if they are usable."""
    own = cast("dict[str, Any]", data.get("extensions") or {}).get(OUR_EXTENSION)
    if not isinstance(own, dict):
        return None
    look = {key: value for key, value in cast("dict[str, Any]", own).items() if key not in ("state", "memories")}
    try:
        CompanionProfile.model_validate(look)
    except ValueError:
        return None
    return look
