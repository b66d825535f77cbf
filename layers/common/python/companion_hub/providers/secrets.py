"""Secrets from Secrets Manager, cached per worker; a stated age bounds how long a rotated secret lives on."""

import json
from time import monotonic
from typing import TYPE_CHECKING, Any

import boto3

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

# Five minutes: a rotated key is picked up within that time even where nothing fails; on an authentication failure
# callers ask with ``fresh=True`` at once.
MAX_AGE_S = 300.0


class Secrets:
    """Reads secrets by ARN."""

    def __init__(self, client: "SecretsManagerClient | None" = None) -> None:
        self._client = client
        self._cache: dict[str, tuple[float, str]] = {}

    def text(self, arn: str, *, fresh: bool = False) -> str:
        """Return the secret's string, at most MAX_AGE_S old, or fetched now when ``fresh``."""
        cached = self._cache.get(arn)
        if cached and not fresh and monotonic() - cached[0] < MAX_AGE_S:
            return cached[1]
        if self._client is None:
            self._client = boto3.client("secretsmanager")
        value = self._client.get_secret_value(SecretId=arn)["SecretString"]
        self._cache[arn] = (monotonic(), value)
        return value

    def json(self, arn: str, *, fresh: bool = False) -> dict[str, Any]:
        """Return the secret's JSON object.  Raises ValueError when it is not one."""
        value = json.loads(self.text(arn, fresh=fresh))
        if not isinstance(value, dict):
            raise TypeError("secret is not a JSON object")
        return value  # pyright: ignore[reportUnknownVariableType] - json.loads knows no types
