"""Composition root: builds services from settings, once per worker, on first use.

Functions ask here for what they need; nothing below knows where settings or secrets come from.
"""

from functools import cache
from typing import Any

from companion_hub.db.connection import Database
from companion_hub.providers.secrets import Secrets
from companion_hub.settings import DatabaseSettings, load


@cache
def secrets() -> Secrets:
    return Secrets()


@cache
def database() -> Database:
    def parameters(fresh: bool) -> dict[str, Any]:
        return secrets().json(load(DatabaseSettings).database_secret_arn, fresh=fresh)

    return Database(parameters)
