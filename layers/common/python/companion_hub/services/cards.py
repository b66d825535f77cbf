"""Character cards V1, V2 and V3 as PNG, JSON and CHARX: reading, writing, and the way to and from a companion.

Pure: bytes in, bytes out.  Reading is tolerant of the usual faults and strict about size, depth and paths; nothing is
ever fetched from a card's addresses.  Writing starts from what was imported, so that what we do not know survives.

Source: character-card-spec-v2 (``chara`` chunk, fields) and character-card-spec-v3 (``ccv3`` chunk, CHARX, assets).
"""

import base64
import binascii
import io
import json
import math
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import PurePosixPath
from typing import Any, NamedTuple, cast

from pydantic import ValidationError

from companion_hub.errors import InvalidRequestError, PayloadTooLargeError, UnsupportedMediaError
from companion_hub.models.card import CardFormat, CardMemory, CardSpec, CharacterCard
from companion_hub.models.companion import CompanionProfile, Identity
from companion_hub.models.user import is_visible
from companion_hub.services.lorebook import MAX_ENTRIES

# Counted while inflating, so that a small file cannot become a large one.
MAX_CARD_BYTES = 5 * 1024 * 1024
MAX_CHARX_BYTES = 20 * 1024 * 1024
MAX_JSON_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 24
MAX_GREETINGS = 100
MAX_FILES = 500
MAX_NAME = 50
MAX_TAG = 60
MAX_TAGS = 24
_VERSION = 3.0

OUR_EXTENSION = "companion-hub"
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_TEXT_FIELDS = ("description", "personality", "scenario", "first_mes", "mes_example")
_V2_TEXT_FIELDS = (*_TEXT_FIELDS, "creator_notes", "system_prompt", "post_history_instructions", "creator", "nickname")
_FIELD = "file"
# What a file says beside ``data``, kept with the stored card under a key no specification knows.
_OUTER = "$document"
_CARD_CHUNKS = (b"chara", b"ccv3")
_TEXT_KINDS = (b"tEXt", b"zTXt", b"iTXt")
# An asset inside a PNG (V3): the chunk's keyword, and how the card refers to it.
_ASSET_CHUNK, _ASSET_URI = b"chara-ext-asset_:", "__asset:"
_EMBEDDED = ("embeded://", "embedded://")
# The names of Pygmalion's and text-generation-webui's cards.
_OLDER_NAMES = {"char_name": "name", "char_persona": "description", "char_greeting": "first_mes",
                "world_scenario": "scenario", "example_dialogue": "mes_example"}  # fmt: skip


def read_card(body: bytes) -> CharacterCard:
    """Return the card in a PNG, JSON or CHARX file, told apart by its first bytes.

    Raises PayloadTooLargeError, UnsupportedMediaError (not such a file) and InvalidRequestError (no usable card in it).
    """
    if len(body) > MAX_CHARX_BYTES:
        raise PayloadTooLargeError("card over 20 MB")
    if body.startswith(PNG_SIGNATURE):
        return _read_png(body)
    if body[:4] == b"PK\x03\x04" or _has_zip_at_its_end(body):
        return _read_charx(body)
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        if len(body) > MAX_JSON_BYTES:
            raise PayloadTooLargeError("card JSON over 2 MB")
        return _from_json(body)
    raise UnsupportedMediaError("neither PNG, JSON nor CHARX")


def write_card(
    card: Mapping[str, Any],
    format_: CardFormat,
    *,
    spec: CardSpec = "v3",
    picture_png: bytes = b"",
    assets: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return a file holding ``card`` (a V3 object: spec, spec_version, data).

    ``spec`` matters for JSON only: a PNG carries both the ``ccv3`` and, for older applications, the ``chara`` chunk
    and CHARX is V3 by definition.  ``picture_png`` is needed for PNG.
    """
    if format_ == "charx":
        card = _with_embedded_assets(card, assets or {})
    text = json.dumps(_as_spec(card, spec) if format_ == "json" else card, ensure_ascii=False).encode()
    if format_ == "json":
        return text
    if format_ == "png":
        older = json.dumps(_as_spec(card, "v2"), ensure_ascii=False).encode()
        chunks = {b"chara": base64.b64encode(older), b"ccv3": base64.b64encode(text)}
        for path in _asset_paths(card["data"], _ASSET_URI):
            if path in (assets or {}):
                chunks[_ASSET_CHUNK + path.encode("latin-1", "replace")] = base64.b64encode((assets or {})[path])
        return _with_text_chunks(picture_png, chunks)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("card.json", text)
        for path, content in (assets or {}).items():
            archive.writestr(path, content)
    return buffer.getvalue()


def _asset_paths(data: Mapping[str, Any], *schemes: str) -> list[str]:
    """Return the paths of the card's assets whose address begins with one of the schemes."""
    listed: object = data.get("assets")
    uris = [
        str(cast("dict[str, Any]", asset).get("uri") or "")
        for asset in (cast("list[object]", listed) if isinstance(listed, list) else [])
        if isinstance(asset, dict)
    ]
    return [uri.removeprefix(scheme) for uri in uris for scheme in schemes if uri.startswith(scheme)]


def _with_embedded_assets(card: Mapping[str, Any], assets: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the card with what was an asset of a PNG named as the file of an archive that it is now."""
    copied = deepcopy(dict(card))
    listed: object = copied["data"].get("assets")
    for item in cast("list[object]", listed) if isinstance(listed, list) else []:
        asset = cast("dict[str, Any]", item) if isinstance(item, dict) else {}
        uri = str(asset.get("uri") or "")
        if uri.startswith(_ASSET_URI) and uri.removeprefix(_ASSET_URI) in assets:
            asset["uri"] = _EMBEDDED[0] + uri.removeprefix(_ASSET_URI)
    return copied


def companion_from_card(card: CharacterCard) -> tuple[str, CompanionProfile]:
    """Return name and profile; what has no field of ours stays in the card.

    Raises InvalidRequestError when there is no name or a text is longer than a companion can hold.
    """
    data = card.data
    name = _name(data)[:MAX_NAME].strip()
    if not name:
        raise InvalidRequestError({_FIELD: "The card has no name."})
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
        raise InvalidRequestError({_FIELD: f"A text of the card is too long: {wrong}."}) from None
    return name, profile


def _name(data: Mapping[str, Any]) -> str:
    """Return the card's name as one line of visible characters, as names are here."""
    words = " ".join(str(data.get("name") or "").split())
    return "".join(character for character in words if is_visible(character))


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
    outer: object = original.pop(_OUTER, None)
    data: dict[str, Any] = {**_empty_data(), "group_only_greetings": [], **original}
    before_name, before = companion_from_card(_card(original)) if original.get("name") else ("", None)
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


# --- reading -----------------------------------------------------------------------------------------------------


def _read_png(body: bytes) -> CharacterCard:
    found = list(_text_chunks(body))
    texts = {key.lower(): value for key, value in found if key.lower() in _CARD_CHUNKS}
    if not texts:
        if _has_zip_at_its_end(body):
            return _read_charx(body)
        raise InvalidRequestError({_FIELD: "This picture holds no character card."})
    if len(body) > MAX_CARD_BYTES:
        raise PayloadTooLargeError("card PNG over 5 MB")
    try:
        card = _from_chunk(texts.get(b"ccv3") or texts[b"chara"])
    except InvalidRequestError:
        if not (texts.get(b"ccv3") and texts.get(b"chara")):
            raise
        card = _from_chunk(texts[b"chara"])
        card.warnings.append("The card's V3 part is damaged; its older part was used.")
    return card.model_copy(update={"picture": _with_text_chunks(body, {}), "assets": _chunk_assets(card.data, found)})


def _from_chunk(encoded: bytes) -> CharacterCard:
    """Return the card of a chunk: base64, or JSON as it is, as some applications write it."""
    if encoded.lstrip()[:1] == b"{":
        decoded = encoded
    else:
        try:
            decoded = base64.b64decode(encoded, validate=False)
        except binascii.Error:
            raise InvalidRequestError({_FIELD: "The card inside this picture is damaged."}) from None
    if len(decoded) > MAX_JSON_BYTES:
        raise PayloadTooLargeError("card JSON over 2 MB")
    return _from_json(decoded)


def _chunk_assets(data: Mapping[str, Any], found: Sequence[tuple[bytes, bytes]]) -> dict[str, bytes]:
    """Return the assets a PNG carries in chunks of their own, as far as the card names them."""
    chunks = {key[len(_ASSET_CHUNK) :]: text for key, text in found if key.startswith(_ASSET_CHUNK)}
    files: dict[str, bytes] = {}
    for path in _asset_paths(data, _ASSET_URI)[:MAX_FILES]:
        text = chunks.get(path.encode("latin-1", "replace"))
        if text is None or not _is_inside(PurePosixPath(path)):
            continue
        try:
            files[path] = base64.b64decode(text, validate=False)
        except binascii.Error:
            continue
    return files


def _text_chunks(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield keyword and text of each text chunk; stops at the first sign of damage.

    The specifications know ``tEXt``; picture editors turn it into ``zTXt`` and ``iTXt``.
    """
    for kind, payload in _png_chunks(body):
        if kind not in _TEXT_KINDS:
            continue
        keyword, _, text = payload.partition(b"\0")
        is_packed = kind == b"zTXt" or text[:1] == b"\1"
        if kind == b"zTXt":
            text = text[1:]
        elif kind == b"iTXt":
            text = text[2:].partition(b"\0")[2].partition(b"\0")[2]
        else:
            is_packed = False
        if is_packed:
            try:
                text = zlib.decompressobj().decompress(text, MAX_CARD_BYTES)
            except zlib.error:
                continue
        yield keyword, text


def _png_chunks(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(PNG_SIGNATURE)
    while at + 12 <= len(body):
        (length,) = struct.unpack_from(">I", body, at)
        kind = body[at + 4 : at + 8]
        if at + 12 + length > len(body):
            return
        yield kind, body[at + 8 : at + 8 + length]
        if kind == b"IEND":
            return
        at += 12 + length


def _with_text_chunks(png: bytes, texts: Mapping[bytes, bytes]) -> bytes:
    """Return the PNG with its card chunks replaced; every other chunk stays byte for byte."""
    out = [PNG_SIGNATURE]
    for kind, payload in _png_chunks(png):
        keyword = payload.partition(b"\0")[0] if kind in _TEXT_KINDS else b""
        if keyword.lower() in _CARD_CHUNKS or keyword.startswith(_ASSET_CHUNK):
            continue
        if kind == b"IEND":
            out.extend(_png_chunk(b"tEXt", keyword + b"\0" + text) for keyword, text in texts.items())
        out.append(_png_chunk(kind, payload))
    return b"".join(out)


def _png_chunk(kind: bytes, payload: bytes) -> bytes:
    return struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", zlib.crc32(kind + payload))


def _has_zip_at_its_end(body: bytes) -> bool:
    """Whether a zip was appended to something else (a picture); the end record is within the last 65,557 bytes."""
    return b"PK\x05\x06" in body[-65_557:]


def _read_charx(body: bytes) -> CharacterCard:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            files = _inflate(archive)
            before = body[: min((info.header_offset for info in archive.infolist()), default=0)]
    except (zipfile.BadZipFile, zlib.error, struct.error, ValueError, RuntimeError, OSError):
        # What zipfile raises of damaged archives: a negative seek is a ValueError; encryption, and a method of
        # compression that it does not know, are RuntimeErrors.
        raise InvalidRequestError({_FIELD: "The archive is damaged."}) from None
    document = files.pop("card.json", None)
    if document is None:
        raise InvalidRequestError({_FIELD: "The archive holds no card.json."})
    card = _from_json(document)
    icon = _icon_path(card.data)
    picture = files.get(icon) if icon else card.picture
    if picture is None and len(before) > len(PNG_SIGNATURE):  # the picture the archive was appended to
        picture = _with_text_chunks(before, {}) if before.startswith(PNG_SIGNATURE) else before
    return card.model_copy(update={"picture": picture, "assets": files})


def _inflate(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Return the archive's files by safe path, counting bytes while they inflate (headers may lie)."""
    files: dict[str, bytes] = {}
    left = MAX_CHARX_BYTES
    for info in archive.infolist():
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if info.filename.endswith("/"):  # not is_dir(), which fails on an empty name
            continue
        if not _is_inside(path):
            raise InvalidRequestError({_FIELD: "The archive holds a path that leads out of it."})
        limit = min(left, MAX_JSON_BYTES) if str(path) == "card.json" else left
        with archive.open(info) as stream:
            content = stream.read(limit + 1)
        left -= len(content)
        if len(content) > limit or len(files) >= MAX_FILES:
            raise PayloadTooLargeError("archive too large")
        files[str(path)] = content
    return files


def _is_inside(path: PurePosixPath) -> bool:
    return not path.is_absolute() and ".." not in path.parts and bool(path.parts) and ":" not in path.parts[0]


def _icon_path(data: Mapping[str, Any]) -> str | None:
    """Return the path of the main icon inside the archive.  Real cards write the scheme with one d or two."""
    for uri in _icon_uris(data):
        for scheme in (*_EMBEDDED, _ASSET_URI):
            if uri.startswith(scheme):
                return str(PurePosixPath(uri.removeprefix(scheme)))
    return None


def _icon_uris(data: Mapping[str, Any]) -> list[str]:
    """Return the addresses of the card's icons, the main one first."""
    assets = data.get("assets")
    icons = [
        cast("dict[str, Any]", asset)
        for asset in (cast("list[object]", assets) if isinstance(assets, list) else [])
        if isinstance(asset, dict) and cast("dict[str, Any]", asset).get("type") == "icon"
    ]
    icons.sort(key=lambda asset: asset.get("name") != "main")
    return [str(asset.get("uri") or "") for asset in icons]


def _icon_inside(data: Mapping[str, Any]) -> bytes | None:
    """Return the icon that stands in the card itself as a ``data:`` address."""
    for uri in _icon_uris(data):
        head, comma, encoded = uri.partition(",")
        if comma and re.fullmatch(r"data:image/[\w.+-]+;base64", head, re.IGNORECASE):
            try:
                return base64.b64decode(encoded, validate=False)
            except binascii.Error:
                continue
    return None


def _from_json(body: bytes) -> CharacterCard:
    try:
        document: object = json.loads(body.decode("utf-8-sig"), parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError):
        raise InvalidRequestError({_FIELD: "The card is not valid JSON."}) from None
    if not isinstance(document, dict):
        raise InvalidRequestError({_FIELD: "The card is not a JSON object."})
    card = cast("dict[str, Any]", document)
    if _depth(card) > MAX_DEPTH:
        raise InvalidRequestError({_FIELD: "The card is nested too deeply."})
    return _card(card)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):  # 1e999 is read as infinity, which is not JSON when it is written again
        raise ValueError("number too large")
    return value


def _depth(value: object) -> int:
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


def _card(document: Mapping[str, Any]) -> CharacterCard:
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
        known = {"spec", "spec_version", "data", "name", *_V2_TEXT_FIELDS, *_empty_data()}
        if beside := {key: value for key, value in document.items() if key not in known}:
            raw = {**raw, _OUTER: beside}
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
    data = {**_empty_data(), **_storable(raw)}
    for field in _V2_TEXT_FIELDS:
        if field in data and not isinstance(data[field], str):
            warnings.append(f"“{field}” was not a text and was left empty.")
            data[field] = ""
    if len(_name(data)) > MAX_NAME:
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
        raise InvalidRequestError({_FIELD: f"The lorebook has more than {MAX_ENTRIES} entries."})


def _empty_data() -> dict[str, Any]:
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


def _as_spec(card: Mapping[str, Any], spec: CardSpec) -> dict[str, Any]:
    data = card["data"]
    if spec == "v1":
        return {field: data.get(field, "") for field in ("name", *_TEXT_FIELDS)}
    if spec == "v2":
        return {"spec": "chara_card_v2", "spec_version": "2.0", "data": data}
    return dict(card)
