"""The files a character card travels in: PNG, JSON and CHARX, read and written.

Pure: bytes in, bytes out.  Called by services/card_exchange.py; services/card_document.py reads the document inside.
Strict about size and paths, counted while inflating; nothing is ever fetched from a card's addresses.

Source: character-card-spec-v2 (``chara`` chunk) and character-card-spec-v3 (``ccv3`` chunk, CHARX, assets).
"""

import base64
import binascii
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import PurePosixPath
from typing import IO, Any, cast

from companion_hub.errors import InvalidRequestError, PayloadTooLargeError, UnsupportedMediaError
from companion_hub.models.card import CardFormat, CardSpec, CharacterCard
from companion_hub.services.card_document import FIELD, as_spec, icon_uris, parse_card

# Counted while inflating, so that a small file cannot become a large one.
MAX_CARD_BYTES = 5 * 1024 * 1024
MAX_CHARX_BYTES = 20 * 1024 * 1024
MAX_JSON_BYTES = 2 * 1024 * 1024
MAX_FILES = 500
_PIECE = 256 * 1024

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CARD_CHUNKS = (b"chara", b"ccv3")
_TEXT_KINDS = (b"tEXt", b"zTXt", b"iTXt")
# An asset inside a PNG (V3): the chunk's keyword, and how the card refers to it.
_ASSET_CHUNK, _ASSET_URI = b"chara-ext-asset_:", "__asset:"
_EMBEDDED = ("embeded://", "embedded://")


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
        return parse_card(body)
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
    text = json.dumps(as_spec(card, spec) if format_ == "json" else card, ensure_ascii=False).encode()
    if format_ == "json":
        return text
    if format_ == "png":
        older = json.dumps(as_spec(card, "v2"), ensure_ascii=False).encode()
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


def _read_png(body: bytes) -> CharacterCard:
    found = list(_text_chunks(body))
    texts = {key.lower(): value for key, value in found if key.lower() in _CARD_CHUNKS}
    if not texts:
        if _has_zip_at_its_end(body):
            return _read_charx(body)
        raise InvalidRequestError({FIELD: "This picture holds no character card."})
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
            raise InvalidRequestError({FIELD: "The card inside this picture is damaged."}) from None
    if len(decoded) > MAX_JSON_BYTES:
        raise PayloadTooLargeError("card JSON over 2 MB")
    return parse_card(decoded)


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
        raise InvalidRequestError({FIELD: "The archive is damaged."}) from None
    document = files.pop("card.json", None)
    if document is None:
        raise InvalidRequestError({FIELD: "The archive holds no card.json."})
    card = parse_card(document)
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
            raise InvalidRequestError({FIELD: "The archive holds a path that leads out of it."})
        limit = min(left, MAX_JSON_BYTES) if str(path) == "card.json" else left
        if len(files) >= MAX_FILES:
            raise PayloadTooLargeError("archive too large")
        with archive.open(info) as stream:
            files[str(path)] = content = _read_at_most(stream, limit)
        left -= len(content)
    return files


def _read_at_most(stream: IO[bytes], limit: int) -> bytes:
    """Read a stream to its end, in pieces: inflated at once it would take its size twice.  Raises PayloadTooLargeError."""
    content = io.BytesIO()
    while piece := stream.read(_PIECE):
        if content.tell() + len(piece) > limit:
            raise PayloadTooLargeError("archive too large")
        content.write(piece)
    return content.getvalue()


def _is_inside(path: PurePosixPath) -> bool:
    return not path.is_absolute() and ".." not in path.parts and bool(path.parts) and ":" not in path.parts[0]


def _icon_path(data: Mapping[str, Any]) -> str | None:
    """Return the path of the main icon inside the archive.  Real cards write the scheme with one d or two."""
    for uri in icon_uris(data):
        for scheme in (*_EMBEDDED, _ASSET_URI):
            if uri.startswith(scheme):
                return str(PurePosixPath(uri.removeprefix(scheme)))
    return None
