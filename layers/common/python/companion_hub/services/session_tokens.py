"""The session cookie's value: a signed token naming user and session.  The session row decides whether it counts."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import jwt

from companion_hub.errors import UnauthenticatedError

ALGORITHM = "HS256"
LIFETIME = timedelta(days=30)
# Clocks of functions and database differ; PyJWT refuses an ``iat`` in the future without it (FAULTS.md F33).
LEEWAY = timedelta(seconds=60)


class SigningKey(NamedTuple):
    kid: str
    secret: str


class TokenClaims(NamedTuple):
    user_id: UUID
    session_id: UUID


class UnknownKeyError(UnauthenticatedError):
    """Signed with a key that is not in our ring: an old one, nobody's, or one newer than what we have cached."""


class SessionTokens:
    """Signs with the newest key of the ring and accepts all of them, so that a rotation logs nobody out."""

    def __init__(self, keys: Sequence[SigningKey]) -> None:
        if not keys or any(len(key.secret) < 32 for key in keys):
            raise ValueError("session keys must have at least 32 characters each")
        self._keys = {key.kid: key.secret for key in keys}
        self._newest = keys[0]

    def sign(self, user_id: UUID, session_id: UUID) -> str:
        now = datetime.now(UTC)
        claims: dict[str, Any] = {"sub": str(user_id), "sid": str(session_id), "iat": now, "exp": now + LIFETIME}
        return jwt.encode(claims, self._newest.secret, ALGORITHM, headers={"kid": self._newest.kid})

    def verify(self, token: str) -> TokenClaims:
        """Return who the token names.  Raises UnauthenticatedError for anything but a valid token of ours (and its
        kind UnknownKeyError when only the key is unknown).
        """
        try:
            key = self._keys.get(str(jwt.get_unverified_header(token).get("kid", "")))
            if key is None:
                raise UnknownKeyError("unknown key")
            claims = jwt.decode(
                token,
                key,
                algorithms=[ALGORITHM],
                leeway=LEEWAY,
                options={"require": ["exp", "iat", "sub", "sid"]},
            )
            return TokenClaims(UUID(claims["sub"]), UUID(claims["sid"]))
        except (jwt.PyJWTError, ValueError) as exc:
            raise UnauthenticatedError(type(exc).__name__) from None
