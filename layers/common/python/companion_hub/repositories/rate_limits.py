"""Sliding-log rate limits in the database: exact under concurrency, and they survive restarts."""

import hashlib
import math
from collections.abc import Iterable
from typing import NamedTuple

from companion_hub.db.connection import Conn
from companion_hub.errors import RateLimitedError


class Limit(NamedTuple):
    """At most ``events`` within any ``window_s`` seconds."""

    name: str
    events: int
    window_s: int


# PRODUCT.md F12.
LOGIN = Limit("login", 5, 15 * 60)
# Guessing many accounts from one address: wider than the pair, so that one person does not lock out a shared address.
LOGIN_ADDRESS = Limit("login-address", 30, 15 * 60)
# Guessing one account from many addresses.
LOGIN_ACCOUNT = Limit("login-account", 50, 15 * 60)
REGISTER = Limit("register", 3, 24 * 3600)
# A taken name gives the try back; this one bounds how many names can be probed that way.
REGISTER_TRY = Limit("register-try", 30, 24 * 3600)
CHAT = Limit("chat", 30, 60)
IMAGE = Limit("image", 10, 3600)
COMPANION = Limit("companion", 10, 3600)
SETTINGS = Limit("settings", 20, 3600)


def charge(connection: Conn, limit: Limit, *subject: object, scale: float = 1.0) -> None:
    """Count one event of ``subject`` or raise RateLimitedError with the time until there is room.

    Called inside a transaction it is taken back with it: what fails afterwards is not charged.
    """
    row = connection.execute(
        "SELECT admit(%(key)s, %(count)s, make_interval(secs => %(window)s)) AS wait_s",
        {"key": _key(limit, subject), "count": max(1, round(limit.events * scale)), "window": limit.window_s},
    ).fetchone()
    wait_s = float(row["wait_s"]) if row else 0.0
    if wait_s > 0:
        raise RateLimitedError(limit.name, retry_after_s=math.ceil(wait_s))


def refund(connection: Conn, limit: Limit, *subject: object) -> None:
    """Take back the newest event of ``subject``: for work that was charged and then could not be done."""
    connection.execute(
        """
        DELETE FROM rate_limits
        WHERE ctid = (SELECT ctid FROM rate_limits WHERE key = %(key)s ORDER BY at DESC LIMIT 1)
        """,
        {"key": _key(limit, subject)},
    )


def forget_user(connection: Conn, user_id: object) -> None:
    """Remove what is counted by a user's id (the account is being deleted)."""
    keys = [_key(limit, [user_id]) for limit in (CHAT, IMAGE, COMPANION, SETTINGS, LOGIN_ACCOUNT)]
    connection.execute("DELETE FROM rate_limits WHERE key = ANY(%(keys)s)", {"keys": keys})


def _key(limit: Limit, subject: Iterable[object]) -> str:
    """Return the stored key: a hash, so that no address or name stands in the table."""
    text = "\0".join([limit.name, *(str(part) for part in subject)])
    return hashlib.sha256(text.encode()).hexdigest()
