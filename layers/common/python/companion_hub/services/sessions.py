"""Who a session cookie belongs to.  Called by every HTTP function and by $connect; one database round trip."""

from collections.abc import Callable
from time import monotonic

from companion_hub.db.connection import Database
from companion_hub.errors import UnauthenticatedError
from companion_hub.repositories import users
from companion_hub.services.session_tokens import SessionTokens, TokenClaims, UnknownKeyError

# A cookie with an unknown key makes us look whether the ring was rotated, but nobody can make us ask all the time.
REFRESH_EVERY_S = 10.0


class Sessions:
    """``tokens(fresh)`` returns the key ring; with ``fresh`` it is read anew."""

    def __init__(self, database: Database, tokens: Callable[[bool], SessionTokens]) -> None:
        self._database = database
        self._tokens = tokens
        self._refreshed_at = float("-inf")

    def authenticate(self, cookie: str) -> TokenClaims:
        """Return whose live session the cookie names.  Raises UnauthenticatedError."""
        claims = self.read(cookie)
        with self._database.autocommit() as connection:
            if not users.session_is_live(connection, claims.session_id, claims.user_id):
                raise UnauthenticatedError("session ended")
        return claims

    def read(self, cookie: str) -> TokenClaims:
        """Return what the cookie claims, its signature checked.  Raises UnauthenticatedError."""
        if not cookie:
            raise UnauthenticatedError("no session cookie")
        try:
            return self._tokens(False).verify(cookie)
        except UnknownKeyError:
            if monotonic() - self._refreshed_at < REFRESH_EVERY_S:
                raise
            self._refreshed_at = monotonic()
            return self._tokens(True).verify(cookie)
