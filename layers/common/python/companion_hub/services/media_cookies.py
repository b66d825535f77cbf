"""Signed cookies that let a browser load its own user's pictures from CloudFront, and nobody else's.

Source: CloudFront developer guide, "Set signed cookies using a custom policy" (RSA SHA-1, its own base64 alphabet).
"""

import base64
import binascii
import json
from time import time
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

# As long as the session: revoking a session cannot take a cookie back, so it is renewed and kept within 30 days.
LIFETIME_S = 30 * 24 * 3600
NAMES = ("CloudFront-Policy", "CloudFront-Signature", "CloudFront-Key-Pair-Id")


class MediaCookies:
    def __init__(self, private_key_pem: str, key_pair_id: str) -> None:
        key = serialization.load_pem_private_key(private_key_pem.encode(), password=None)
        if not isinstance(key, RSAPrivateKey):
            raise TypeError("CloudFront signs with RSA")
        self._key = key
        self.key_pair_id = key_pair_id

    def for_user(self, user_id: UUID, origin: str, *, now: float | None = None) -> dict[str, str]:
        """Return cookie names and values that open ``{origin}/media/{user_id}/*`` for LIFETIME_S."""
        expires = int((time() if now is None else now) + LIFETIME_S)
        statement = {
            "Resource": _resource(origin, user_id),
            "Condition": {"DateLessThan": {"AWS:EpochTime": expires}},
        }
        policy = json.dumps({"Statement": [statement]}, separators=(",", ":")).encode()
        signature = self._key.sign(policy, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 - CloudFront's format
        return dict(zip(NAMES, (_encode(policy), _encode(signature), self.key_pair_id), strict=True))


def signed_for(policy: str, user_id: UUID, origins: frozenset[str], *, now: float | None = None) -> str | None:
    """Return the origin a browser's policy cookie opens for the user; None when it should be signed anew: more than
    half of its life is over, or it is somebody else's or damaged.
    """
    try:
        document: Any = json.loads(base64.b64decode(policy.translate(_FROM_CLOUDFRONT)))
        statement = document["Statement"][0]
        rest_s = int(statement["Condition"]["DateLessThan"]["AWS:EpochTime"]) - (time() if now is None else now)
        opened = [origin for origin in origins if statement["Resource"] == _resource(origin, user_id)]
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError, binascii.Error):
        return None
    return opened[0] if opened and rest_s > LIFETIME_S / 2 else None


def _resource(origin: str, user_id: UUID) -> str:
    # The origin is spelt out: CloudFront's * also matches slashes and query strings, so that a policy for any host
    # would open /media/<somebody else>/x?/media/<me>/ as well.
    return f"{origin}/media/{user_id}/*"


_TO_CLOUDFRONT = str.maketrans("+=/", "-_~")
_FROM_CLOUDFRONT = str.maketrans("-_~", "+=/")


def _encode(value: bytes) -> str:
    return base64.b64encode(value).decode().translate(_TO_CLOUDFRONT)
