"""Composition root: builds services from settings, once per worker, on first use.

Functions ask here for what they need; nothing below knows where settings or secrets come from.  What is heavy and
needed by few functions is imported inside its builder: import time is start-up time.
"""
# ruff: noqa: PLC0415 - see above

from functools import cache
from typing import TYPE_CHECKING, Any

from companion_hub.db.connection import Database
from companion_hub.providers.secrets import Secrets
from companion_hub.settings import AuthSettings, DatabaseSettings, HttpSettings, SocketSettings, load

if TYPE_CHECKING:
    from companion_hub.http import HttpApi
    from companion_hub.providers.sockets import Sockets
    from companion_hub.services.accounts import Accounts
    from companion_hub.services.media_cookies import MediaCookies
    from companion_hub.services.session_tokens import SessionTokens
    from companion_hub.services.sessions import Sessions


@cache
def secrets() -> Secrets:
    return Secrets()


@cache
def database() -> Database:
    def parameters(fresh: bool) -> dict[str, Any]:
        return secrets().json(load(DatabaseSettings).database_secret_arn, fresh=fresh)

    return Database(parameters)


@cache
def sockets() -> "Sockets":
    from companion_hub.providers.sockets import ApiGatewaySockets

    return ApiGatewaySockets(str(load(SocketSettings).websocket_callback_url))


def origin_secret() -> str:
    return secrets().text(load(HttpSettings).origin_secret_arn)


def origins() -> frozenset[str]:
    return load(HttpSettings).origins


def session_tokens(fresh: bool = False) -> "SessionTokens":
    """Return the key ring; built again only when the secret's text has changed."""
    return _session_tokens(secrets().text(load(HttpSettings).session_secret_arn, fresh=fresh))


@cache
def _session_tokens(secret: str) -> "SessionTokens":
    import json

    from companion_hub.services.session_tokens import SessionTokens, SigningKey

    return SessionTokens([SigningKey(key["kid"], key["secret"]) for key in json.loads(secret)["keys"]])


@cache
def sessions() -> "Sessions":
    from companion_hub.services.sessions import Sessions

    return Sessions(database(), session_tokens)


def http_api(public: frozenset[str] = frozenset()) -> "HttpApi":
    """Return an empty HTTP API that knows who asks.  Safe at import: settings are read on the first request."""
    from companion_hub.http import Caller, HttpApi

    return HttpApi(
        authenticate=lambda cookie: Caller(*sessions().authenticate(cookie)),
        origin_secret=origin_secret,
        origins=origins,
        public=public,
    )


@cache
def accounts() -> "Accounts":
    from companion_hub.providers.sockets import close_all
    from companion_hub.services.accounts import Accounts

    settings = load(AuthSettings)

    def pepper() -> bytes:
        return str(secrets().json(settings.session_secret_arn)["pepper"]).encode()

    return Accounts(
        database(),
        session_tokens,
        pepper,
        close_sockets=lambda connection_ids: close_all(sockets(), connection_ids),
        rate_limit_scale=settings.rate_limit_scale,
    )


def media_cookies() -> "MediaCookies":
    settings = load(AuthSettings)
    return _media_cookies(secrets().json(settings.media_key_secret_arn)["private_key"], settings.media_key_pair_id)


@cache
def _media_cookies(private_key_pem: str, key_pair_id: str) -> "MediaCookies":
    from companion_hub.services.media_cookies import MediaCookies

    return MediaCookies(private_key_pem, key_pair_id)
