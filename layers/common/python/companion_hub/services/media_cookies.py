"""Signed cookies that let a browser load its own user's pictures from CloudFront, and nobody else's.

Source: CloudFront developer guide, "Set signed cookies using a custom policy" (RSA SHA-1, its own base64 alphabet).
"""

import base64
import json
from time import time
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
        self._key_pair_id = key_pair_id

    def for_user(self, user_id: UUID, *, now: float | None = None) -> dict[str, str]:
        """Return cookie names and values that open ``/media/{user_id}/*`` on any host of ours for LIFETIME_S."""
        expires = int((time() if now is None else now) + LIFETIME_S)
        statement = {
            # Any scheme and host: the key group belongs to one distribution, which answers under its own names only.
            "Resource": f"http*://*/media/{user_id}/*",
            "Condition": {"DateLessThan": {"AWS:EpochTime": expires}},
        }
        policy = json.dumps({"Statement": [statement]}, separators=(",", ":")).encode()
        signature = self._key.sign(policy, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 - CloudFront's format
        return dict(zip(NAMES, (_encode(policy), _encode(signature), self._key_pair_id), strict=True))


def _encode(value: bytes) -> str:
    return base64.b64encode(value).decode().translate(str.maketrans("+=/", "-_~"))
