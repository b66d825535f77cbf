"""Password hashes: bcrypt, cost 12, over a keyed pre-hash.

bcrypt reads only 72 bytes; the HMAC makes every character count and the pepper (a secret outside the database) makes a
stolen table useless by itself.  Source: OWASP Password Storage Cheat Sheet, "Pre-Hashing Passwords with bcrypt".
"""

import base64
import hashlib
import hmac
import unicodedata

import bcrypt

COST = 12
# A hash of nothing anybody can type, so that an unknown user costs the same as a wrong password.
_DECOY = b"$2b$12$C6UzMDM.H6dfI/f/IKcEeO7ZJ8M2sAIn0dzQn0pJ1CvQ0nq9o7J5e"


def hash_password(password: str, pepper: bytes) -> str:
    """Return the hash to store (60 characters)."""
    return bcrypt.hashpw(_prehash(password, pepper), bcrypt.gensalt(COST)).decode()


def check_password(password: str, stored: str | None, pepper: bytes) -> bool:
    """Whether the password is right; takes the same time when there is no stored hash."""
    matches = bcrypt.checkpw(_prehash(password, pepper), stored.encode() if stored else _DECOY)
    return matches and stored is not None


def _prehash(password: str, pepper: bytes) -> bytes:
    # An ü is one character on one keyboard and two on another (RFC 8265, OpaqueString).
    typed = unicodedata.normalize("NFC", password)
    return base64.b64encode(hmac.digest(pepper, typed.encode(), hashlib.sha256))
