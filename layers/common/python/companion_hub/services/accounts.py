"""Accounts: register, log in and out, change and delete.

Called by functions/auth; leaves users and sessions behind, and tells which sockets have to be closed.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from companion_hub.db.connection import Database
from companion_hub.errors import ConflictError, InvalidRequestError, NotFoundError, UnauthenticatedError
from companion_hub.models.user import (
    ChangePasswordRequest,
    LoginRequest,
    RegisterRequest,
    Session,
    UpdateMeRequest,
    Usage,
    UsageMonth,
    User,
)
from companion_hub.observability import logger
from companion_hub.repositories import discarded_objects, rate_limits, users
from companion_hub.services.addresses import rate_limit_address
from companion_hub.services.options import check_appearance
from companion_hub.services.passwords import check_password, hash_password
from companion_hub.services.session_tokens import LIFETIME, SessionTokens


class LoggedIn(NamedTuple):
    user: User
    token: str


class Accounts:
    """``close_sockets`` is told the sockets of revoked sessions, ``delete_objects`` a prefix in the media bucket."""

    def __init__(
        self,
        database: Database,
        tokens: Callable[[], SessionTokens],
        pepper: Callable[[], bytes],
        *,
        close_sockets: Callable[[list[str]], None],
        delete_objects: Callable[[str], None],
        rate_limit_scale: float = 1.0,
    ) -> None:
        self._database = database
        self._tokens = tokens
        self._pepper = pepper
        self._close_sockets = close_sockets
        self._delete_objects = delete_objects
        self._scale = rate_limit_scale

    def register(self, request: RegisterRequest, *, address: str, user_agent: str) -> LoggedIn:
        """Raises RateLimitedError, ConflictError when e-mail or username is taken."""
        source = rate_limit_address(address)
        with self._database.transaction() as connection:
            rate_limits.charge(connection, rate_limits.REGISTER_TRY, source, scale=self._scale)
            rate_limits.charge(connection, rate_limits.REGISTER, source, scale=self._scale)
        # Hashing takes a quarter of a second: outside any transaction.
        password_hash = hash_password(request.password, self._pepper())
        try:
            with self._database.transaction() as connection:
                user = users.insert(
                    connection,
                    name=request.name,
                    email=request.email,
                    username=request.username,
                    password_hash=password_hash,
                )
                session_id = users.insert_session(connection, user.id, user_agent=user_agent, lifetime=LIFETIME)
        except ConflictError:
            with self._database.autocommit() as connection:
                rate_limits.refund(connection, rate_limits.REGISTER, source)
            raise
        return LoggedIn(user, self._tokens().sign(user.id, session_id))

    def log_in(self, request: LoginRequest, *, address: str, user_agent: str) -> LoggedIn:
        """Raises RateLimitedError, UnauthenticatedError (the same for an unknown user and a wrong password)."""
        identifier = request.identifier.lower()
        with self._database.transaction() as connection:
            found = users.find_credentials(connection, identifier)
            # The account itself is the key, so that e-mail and username share their tries.
            account = str(found.user_id) if found else identifier
            source = rate_limit_address(address)
            rate_limits.charge(connection, rate_limits.LOGIN_ADDRESS, source, scale=self._scale)
            rate_limits.charge(connection, rate_limits.LOGIN, source, account, scale=self._scale)
            rate_limits.charge(connection, rate_limits.LOGIN_ACCOUNT, account, scale=self._scale)
        if not check_password(request.password, found.password_hash if found else None, self._pepper()):
            raise UnauthenticatedError(public_message="E-mail, username or password is wrong.")
        assert found is not None  # noqa: S101 - check_password is False without a hash
        with self._database.transaction() as connection:
            user = users.get(connection, found.user_id)
            if user is None:  # deleted between the two transactions
                raise UnauthenticatedError(public_message="E-mail, username or password is wrong.")
            session_id = users.insert_session(connection, user.id, user_agent=user_agent, lifetime=LIFETIME)
        return LoggedIn(user, self._tokens().sign(user.id, session_id))

    def log_out(self, user_id: UUID, session_id: UUID) -> None:
        self._revoke(user_id, only=session_id)

    def log_out_everywhere(self, user_id: UUID) -> None:
        self._revoke(user_id)

    def revoke_session(self, user_id: UUID, session_id: UUID) -> None:
        """Raises NotFoundError when the user has no such session."""
        if self._revoke(user_id, only=session_id) == 0:
            raise NotFoundError

    def sessions(self, user_id: UUID, current: UUID) -> list[Session]:
        with self._database.autocommit() as connection:
            return users.list_sessions(connection, user_id, current)

    def me(self, user_id: UUID) -> User:
        with self._database.autocommit() as connection:
            user = users.get(connection, user_id)
        if user is None:
            raise UnauthenticatedError
        return user

    def update(self, user_id: UUID, request: UpdateMeRequest) -> User:
        """Raises InvalidRequestError, ConflictError, RateLimitedError."""
        if request.appearance is not None:
            check_appearance(request.appearance)
        changes = request.model_dump(mode="json", exclude_unset=True)
        with self._database.autocommit() as connection:
            # Charged for good: a taken e-mail must not be a free way to find out who has an account here.
            rate_limits.charge(connection, rate_limits.SETTINGS, user_id, scale=self._scale)
            user = users.update(connection, user_id, changes)
        if user is None:
            raise UnauthenticatedError
        return user

    def change_password(self, user_id: UUID, session_id: UUID, request: ChangePasswordRequest) -> None:
        """Set a new password and end every other session.  Raises InvalidRequestError when the current one is wrong."""
        with self._database.autocommit() as connection:
            rate_limits.charge(connection, rate_limits.SETTINGS, user_id, scale=self._scale)
        self._check_own_password(user_id, request.current_password, field="current_password")
        password_hash = hash_password(request.new_password, self._pepper())
        with self._database.transaction() as connection:
            users.set_password(connection, user_id, password_hash)
            _, sockets = users.revoke_sessions(connection, user_id, keep=session_id)
        self._close_sockets(sockets)

    def delete(self, user_id: UUID, password: str) -> None:
        """Remove the account and everything that hangs on it, pictures too.  Raises InvalidRequestError."""
        with self._database.autocommit() as connection:
            rate_limits.charge(connection, rate_limits.SETTINGS, user_id, scale=self._scale)
        self._check_own_password(user_id, password, field="password")
        # Pictures first: when the store does not answer, the account is still there to try again.
        prefix = f"media/{user_id}/"
        self._delete_objects(prefix)
        with self._database.transaction() as connection:
            _, sockets = users.revoke_sessions(connection, user_id)
            users.delete(connection, user_id)
            discarded_objects.forget_user(connection, user_id)  # the whole folder goes
            rate_limits.forget_user(connection, user_id)
        self._close_sockets(sockets)
        self._delete_objects(prefix)  # what was being drawn meanwhile
        logger.info("account deleted")

    def usage(self, user_id: UUID) -> Usage:
        with self._database.autocommit() as connection:
            months = [UsageMonth.model_validate(row) for row in users.usage_by_month(connection, user_id)]
            user = users.get(connection, user_id)
            row = connection.execute("SELECT to_char(clock_timestamp(), 'YYYY-MM') AS month").fetchone()
        month = str(row["month"]) if row else ""
        empty = UsageMonth(month=month, turns=0, input_tokens=0, output_tokens=0, images=0, cost_usd=Decimal(0))
        current = next((entry for entry in months if entry.month == month), empty)
        return Usage(
            current=current,
            months=months,
            monthly_budget_usd=user.preferences.monthly_budget_usd if user else None,
        )

    def _check_own_password(self, user_id: UUID, password: str, *, field: str) -> None:
        with self._database.autocommit() as connection:
            stored = users.credentials(connection, user_id)
        if not check_password(password, stored.password_hash if stored else None, self._pepper()):
            raise InvalidRequestError({field: "This is not your password."})

    def _revoke(self, user_id: UUID, *, only: UUID | None = None) -> int:
        with self._database.transaction() as connection:
            count, sockets = users.revoke_sessions(connection, user_id, only=only)
        self._close_sockets(sockets)
        return count
