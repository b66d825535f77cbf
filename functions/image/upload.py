"""The file in a request's body: raw, or in a multipart form the part called ``file``, else the first that has a file's name."""

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any

from companion_hub.errors import InvalidRequestError, PayloadTooLargeError

# A function's payload holds 6 MB of base64 and headers; the page makes pictures smaller before it sends them.
MAX_UPLOAD_BYTES = 4_400_000
# A form's other fields and headers.
_MAX_BODY_BYTES = MAX_UPLOAD_BYTES + 20_000
# A form with a picture has one part, or a few; each is looked at.
_MAX_PARTS = 20
_MAX_PART_HEAD = 4_000
_DISPOSITION = rb"^content-disposition:[^\r\n]*;\s*"
_NAMED_FILE = re.compile(_DISPOSITION + rb'name="?file"?\s*(?:;|\r|$)', re.I | re.M)
_HAS_FILENAME = re.compile(_DISPOSITION + rb"filename\*?=", re.I | re.M)


def read_upload(event: Mapping[str, Any]) -> bytes:
    """Raises PayloadTooLargeError, InvalidRequestError when there is no file."""
    body: str = event.get("body") or ""
    is_base64 = bool(event.get("isBase64Encoded"))
    # Base64 adds a third: checked before it is decoded.
    if len(body) > (_MAX_BODY_BYTES * 4 // 3 + 4 if is_base64 else _MAX_BODY_BYTES):
        raise _too_large()
    try:
        data = base64.b64decode(body, validate=True) if is_base64 else body.encode()
    except (binascii.Error, UnicodeEncodeError):
        raise InvalidRequestError({"file": "The upload is damaged."}) from None
    headers: Mapping[str, str] = event.get("headers") or {}
    kind = headers.get("content-type", "")
    if kind.strip().lower().startswith("multipart/form-data"):
        data = _file_part(data, kind)
    if not data:
        raise InvalidRequestError({"file": "Choose a file."})
    if len(data) > MAX_UPLOAD_BYTES:
        raise _too_large()
    return data


def _too_large() -> PayloadTooLargeError:
    return PayloadTooLargeError("over the upload limit", public_message="A file may have 4.4 MB at most.")


def _file_part(body: bytes, content_type: str) -> bytes:
    """Return the content of the file's part.  Source: RFC 7578 and RFC 2046 §5.1.

    Not the standard library's parser: it takes minutes for a body that is nothing but boundaries.
    """
    delimiter = _delimiter(content_type)
    start = 0 if body.startswith(delimiter) else body.find(b"\r\n" + delimiter) + 2
    unnamed: bytes | None = None
    for _ in range(_MAX_PARTS):
        head_start = start + len(delimiter)
        head_end = body.find(b"\r\n\r\n", head_start, head_start + _MAX_PART_HEAD)
        if head_end < 0 or body[head_start : head_start + 2] != b"\r\n":
            break
        content_end = body.find(b"\r\n" + delimiter, head_end + 2)
        if content_end < 0:
            break
        head, content = body[head_start:head_end], body[head_end + 4 : content_end]
        if _NAMED_FILE.search(head):
            return content
        if unnamed is None and _HAS_FILENAME.search(head):
            unnamed = content
        start = content_end + 2
    if unnamed is not None:
        return unnamed
    raise InvalidRequestError({"file": "The form has no file."})


def _delimiter(content_type: str) -> bytes:
    found = re.search(r'boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))', content_type, re.IGNORECASE)
    if found is None:
        raise InvalidRequestError({"file": "The form has no boundary."})
    return b"--" + (found[1] or found[2]).encode("latin-1", "replace")
