"""A character card as a document: V1, V2 and V3 brought into one shape, checked and mended.

Pure: JSON in, a card in V3's shape out, and back.  Called by services/card_formats.py (the files a card travels in) and
services/cards.py (the companion it becomes).  Reading is tolerant of the usual faults and strict about size and depth.

Source: character-card-spec-v2 and character-card-spec-v3.
"""

import base64
import binascii
import json
import math
import re
from collections.abc import Mapping
from typing import Any, cast

from companion_hub.errors import InvalidRequestError
from companion_hub.models.card import CardSpec, CharacterCard
from companion_hub.models.user import is_visible
from companion_hub.services.lorebook import MAX_ENTRIES

MAX_DEPTH = 24
MAX_GREETINGS = 100
MAX_NAME = 50
_VERSION = 3.0

# The field of the request that every complaint about a card names.
FIELD = "file"
_TEXT_FIELDS = ("description", "personality", "scenario", "first_mes", "mes_example")
_V2_TEXT_FIELDS = (*_TEXT_FIELDS, "creator_notes", "system_prompt", "post_history_instructions", "creator", "nickname")
# What a file says beside ``data``, kept with the stored card under a key no specification knows.
OUTER = "$document"
# The names of Pygmalion's and text-generation-webui's cards.
_OLDER_NAMES = {"char_name": "name", "char_persona": "description", "char_greeting": "first_mes",
                "world_scenario": "scenario", "example_dialogue": "mes_example"}  # fmt: skip


def parse_card(body: bytes) -> CharacterCard:
    try:
        document: object = json.loads(body.decode("utf-8-sig"), parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError):
        raise InvalidRequestError({FIELD: "The card is not valid JSON."}) from None
    if not isinstance(document, dict):
        raise InvalidRequestError({FIELD: "The card is not a JSON object."})
    card = cast("dict[str, Any]", document)
    if nesting(card) > MAX_DEPTH:
        raise InvalidRequestError({FIELD: "The card is nested too deeply."})
    return normalise(card)


def as_spec(card: Mapping[str, Any], spec: CardSpec) -> dict[str, Any]:
    data = card["data"]
    if spec == "v1":
        return {field: data.get(field, "") for field in ("name", *_TEXT_FIELDS)}
    if spec == "v2":
        return {"spec": "chara_card_v2", "spec_version": "2.0", "data": data}
    return dict(card)


def empty_data() -> dict[str, Any]:
    return {
        "name": "",
        **dict.fromkeys(_TEXT_FIELDS, ""),
        "creator_notes": "",
        "system_prompt": "",
        "post_history_instructions": "",
        "alternate_greetings": [],
        "tags": [],
        "creator": "",
        "character_version": "",
        "extensions": {},
    }


def card_name(data: Mapping[str, Any]) -> str:
    """Return the card's name as one line of visible characters, as names are here."""
    words = " ".join(str(data.get("name") or "").split())
    return "".join(character for character in words if is_visible(character))


def icon_uris(data: Mapping[str, Any]) -> list[str]:
    """Return the addresses of the card's icons, the main one first."""
    assets = data.get("assets")
    icons = [
        cast("dict[str, Any]", asset)
        for asset in (cast("list[object]", assets) if isinstance(assets, list) else [])
        if isinstance(asset, dict) and cast("dict[str, Any]", asset).get("type") == "icon"
    ]
    icons.sort(key=lambda asset: asset.get("name") != "main")
    return [str(asset.get("uri") or "") for asset in icons]


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):  # 1e999 is read as infinity, which is not JSON when it is written again
        raise ValueError("number too large")
    return value


def nesting(value: object) -> int:
    """Return how deeply lists and objects nest, without recursion (the input is not trusted)."""
    deepest = 0
    queue: list[tuple[object, int]] = [(value, 1)]
    while queue:
        node, level = queue.pop()
        deepest = max(deepest, level)
        if level > MAX_DEPTH:
            break
        if isinstance(node, dict):
            queue.extend((child, level + 1) for child in cast("dict[str, object]", node).values())
        elif isinstance(node, list):
            queue.extend((child, level + 1) for child in cast("list[object]", node))
    return deepest


def normalise(document: Mapping[str, Any]) -> CharacterCard:
    """Bring any version into V3's shape; mend what is commonly wrong and say so."""
    warnings: list[str] = []
    nested = document.get("data")
    if isinstance(nested, dict):
        raw, spec = (
            cast("dict[str, Any]", nested),
            cast("CardSpec", "v3" if "v3" in str(document.get("spec")) else "v2"),
        )
        if not str(raw.get("name") or "").strip() and isinstance(document.get("name"), str):
            raw = {**raw, "name": document["name"]}
        # Fields of V1 are often repeated there for older readers; they would contradict what is edited later.
        known = {"spec", "spec_version", "data", "name", *_V2_TEXT_FIELDS, *empty_data()}
        if beside := {key: value for key, value in document.items() if key not in known}:
            raw = {**raw, OUTER: beside}
    else:
        raw, spec = {key: document[key] for key in document if key not in ("spec", "spec_version")}, "v1"
        for older, newer in _OLDER_NAMES.items():
            if isinstance(raw.get(older), str) and not raw.get(newer):
                raw[newer] = raw.pop(older)
    if (
        re.fullmatch(r"\d{1,3}(?:\.\d{1,3})?", version := str(document.get("spec_version")))
        and float(version) > _VERSION
    ):
        warnings.append(f"The card follows a newer specification ({version}); what is new in it is kept but not used.")
    data = {**empty_data(), **_storable(raw)}
    for field in _V2_TEXT_FIELDS:
        if field in data and not isinstance(data[field], str):
            warnings.append(f"“{field}” was not a text and was left empty.")
            data[field] = ""
    if len(card_name(data)) > MAX_NAME:
        warnings.append(f"The name was cut to {MAX_NAME} characters.")
    greetings = _greetings(data.get("alternate_greetings"))
    if len(greetings) > MAX_GREETINGS:
        warnings.append(f"Only the first {MAX_GREETINGS} greetings were kept.")
    data["alternate_greetings"] = greetings[:MAX_GREETINGS]
    if not isinstance(data.get("extensions"), dict):
        data["extensions"] = {}
    _check_book(data)
    return CharacterCard(spec=spec, data=data, picture=_icon_inside(data), warnings=warnings)


def _greetings(value: object) -> list[str]:
    """Return further greetings: a list's texts, or the one text that some cards have instead."""
    if isinstance(value, str) and value.strip():
        return [value]
    return [text for text in cast("list[object]", value) if isinstance(text, str)] if isinstance(value, list) else []


def _storable(value: Any) -> Any:
    """Return JSON data without what PostgreSQL's text cannot hold: NUL and lone surrogates.

    Recursion is bounded: the depth has been checked.
    """
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "ignore").decode()
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_storable(item) for item in cast("list[Any]", value)]
    return value


def _check_book(data: dict[str, Any]) -> None:
    book = data.get("character_book")
    if book is None:
        data.pop("character_book", None)
        return
    if not isinstance(book, dict):
        data.pop("character_book")
        return
    entries: object = cast("dict[str, Any]", book).get("entries")
    if isinstance(entries, list | dict) and len(cast("list[object]", entries)) > MAX_ENTRIES:
        raise InvalidRequestError({FIELD: f"The lorebook has more than {MAX_ENTRIES} entries."})


def _icon_inside(data: Mapping[str, Any]) -> bytes | None:
    """Return the icon that stands in the card itself as a ``data:`` address."""
    for uri in icon_uris(data):
        head, comma, encoded = uri.partition(",")
        if comma and re.fullmatch(r"data:image/[\w.+-]+;base64", head, re.IGNORECASE):
            try:
                return base64.b64decode(encoded, validate=False)
            except binascii.Error:
                continue
    return None
