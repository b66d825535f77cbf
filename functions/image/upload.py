"""The file in a request's body: raw, or the part called ``file`` of a multipart form."""

import base64
import binascii
from collections.abc import Mapping
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

from companion_hub.errors import InvalidRequestError, PayloadTooLargeError
from companion_hub.services.images import MAX_UPLOAD_BYTES


def read_upload(event: Mapping[str, Any]) -> bytes:
    """Raises PayloadTooLargeError, InvalidRequestError when there is no file."""
    body = event.get("body") or ""
    # Base64 adds a third: checked before it is decoded.
    if len(body) > MAX_UPLOAD_BYTES * 3 // 2:
        raise PayloadTooLargeError("over the upload limit")
    try:
        data = base64.b64decode(body, validate=True) if event.get("isBase64Encoded") else str(body).encode("latin-1")
    except (binascii.Error, UnicodeEncodeError):
        raise InvalidRequestError({"file": "The upload is damaged."}) from None
    kind = str((event.get("headers") or {}).get("content-type", ""))
    if kind.lower().startswith("multipart/form-data"):
        data = _part(data, kind)
    if not data:
        raise InvalidRequestError({"file": "Choose a picture."})
    if len(data) > MAX_UPLOAD_BYTES:
        raise PayloadTooLargeError("over the upload limit")
    return data


def _part(body: bytes, content_type: str) -> bytes:
    head = b"Content-Type: " + content_type.encode("latin-1", "replace") + b"\r\n\r\n"
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    for part in message.iter_parts() if message.is_multipart() else ():
        if part.get_param("name", header="content-disposition") == "file":
            payload = part.get_payload(decode=True)
            return payload if isinstance(payload, bytes) else b""
    raise InvalidRequestError({"file": "The form has no field “file”."})
