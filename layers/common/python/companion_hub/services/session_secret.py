"""What the session secret holds, however it was made: the pepper of the passwords and the ring of signing keys.

CloudFormation can make one random string (``master``): pepper and first key are derived from it.  An owner who rotates
puts ``keys`` beside it, newest first; the derived key stays last in the ring, so that nobody is logged out.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from companion_hub.services.session_tokens import SigningKey


def pepper_of(secret: Mapping[str, Any]) -> bytes:
    """Return the pepper.  Raises KeyError when the secret has neither ``pepper`` nor ``master``."""
    return str(secret["pepper"] if "pepper" in secret else _derived(secret["master"], "pepper")).encode()


def signing_keys_of(secret: Mapping[str, Any]) -> list[SigningKey]:
    """Return the ring, newest first.  Raises KeyError when the secret has neither ``keys`` nor ``master``."""
    ring = [SigningKey(key["kid"], key["secret"]) for key in secret.get("keys", [])]
    if "master" in secret:
        ring.append(SigningKey("1", _derived(secret["master"], "session key 1")))
    elif not ring:
        raise KeyError("keys")
    return ring


def _derived(master: str, purpose: str) -> str:
    """Return 64 hexadecimal digits that tell nothing about the master or about another purpose's."""
    return hmac.digest(master.encode(), purpose.encode(), hashlib.sha256).hex()
