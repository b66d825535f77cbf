"""The file in a request's body: raw, or the part called ``file`` of a multipart form."""

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
        raise InvalidRequestError({"file": "Choose a picture."})
    if len(data) > MAX_UPLOAD_BYTES:
        raise _too_large()
    return data


def _too_large() -> PayloadTooLargeError:
    return PayloadTooLargeError("over the upload limit", public_message="A picture may have 4.4 MB at most.")


def _file_part(body: bytes, content_type: str) -> bytes:
    """Return the content of the part called ``file``.  Source: RFC 7578 and RFC 2046 §5.1.

    Not the standard library's parser: it takes minutes for a body that is nothing but boundaries.
    """
    delimiter = _delimiter(content_type)
    start = 0 if body.startswith(delimiter) else body.find(b"\r\n" + delimiter) + 2
    for _ in range(_MAX_PARTS):
        head_start = start + len(delimiter)
        head_end = body.find(b"\r\n\r\n", head_start, head_start + _MAX_PART_HEAD)
        if head_end < 0 or body[head_start : head_start + 2] != b"\r\n":
            break
        content_end = body.find(b"\r\n" + delimiter, head_end + 2)
        if content_end < 0:
            break
        if _is_file(body[head_start:head_end]):
            return body[head_end + 4 : content_end]
        start = content_end + 2
    raise InvalidRequestError({"file": "The form has no field “file”."})


def _delimiter(content_type: str) -> bytes:
    found = re.search(r'boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))', content_type, re.IGNORECASE)
    if found is None:
        raise InvalidRequestError({"file": "The form has no boundary."})
    return b"--" + (found[1] or found[2]).encode("latin-1", "replace")


def _is_file(head: bytes) -> bool:
    return re.search(rb'^content-disposition:[^\r\n]*;\s*name="?file"?\s*(?:;|\r|$)', head, re.I | re.M) is not None
