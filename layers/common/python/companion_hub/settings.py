"""Settings of the functions: the only place that reads the environment.

Each function area has one frozen model, validated on first use (never at import).  A start with missing or unsafe
settings fails with one message that names every problem at once.  infra's environment keys equal the fields' names in
upper case (tests/infra).
"""

import os
from functools import cache
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, ValidationError, field_validator


class SettingsError(RuntimeError):
    """One or more settings are missing or unsafe; the message names them all, never their values."""


class Settings(BaseModel):
    """What every function has."""

    model_config = ConfigDict(frozen=True)

    log_level: Annotated[str, Field(pattern="^(DEBUG|INFO|WARNING|ERROR)$")] = "INFO"
    powertools_service_name: str = "companion-hub"


T = TypeVar("T", bound=Settings)


class DatabaseSettings(Settings):
    """``database_secret_arn`` names a JSON secret: host, port, username, password, dbname and optionally sslmode.

    ``database_host`` and ``database_sslmode`` win over it where they are set: behind a proxy the secret, which RDS
    writes, names the cluster.
    """

    database_secret_arn: str
    database_host: str = ""
    database_sslmode: Annotated[str, Field(pattern="^(|disable|prefer|require|verify-ca|verify-full)$")] = ""


class HttpSettings(DatabaseSettings):
    """What the HTTP functions and the socket function need to know who asks."""

    public_origins: Annotated[str, Field(min_length=1)]
    origin_secret_arn: str
    session_secret_arn: str
    # Multiplies every rate limit; the infra refuses anything but 1 in the production profiles.
    rate_limit_scale: Annotated[float, Field(gt=0, le=1_000_000)] = 1.0

    @property
    def origins(self) -> frozenset[str]:
        """The origins a browser may call from, without trailing slashes."""
        return frozenset(origin.strip().rstrip("/") for origin in self.public_origins.split(",") if origin.strip())

    @property
    def main_origin(self) -> str:
        """The first of them: where the installation is at home."""
        return self.public_origins.split(",")[0].strip().rstrip("/")

    @field_validator("public_origins")
    @classmethod
    def _must_be_origins(cls, value: str) -> str:
        for origin in value.split(","):
            if not origin.strip().startswith(("https://", "http://localhost", "http://127.0.0.1")):
                raise ValueError("origins must be https:// (or http://localhost for a local run)")
        return value


class MediaSettings(Settings):
    media_bucket: str


class SocketSettings(Settings):
    websocket_callback_url: HttpUrl


class AuthSettings(HttpSettings, MediaSettings, SocketSettings):
    media_key_secret_arn: str
    media_key_pair_id: str
    media_key_name: str = "private_key"  # within the secret, which holds the key before too while they change


class LanguageModelSettings(Settings):
    """An OpenAI-compatible endpoint; the key comes from the provider secret."""

    llm_base_url: HttpUrl
    llm_model: Annotated[str, Field(min_length=1)] = "sao10k/l31-70b-euryale-v2.2"
    provider_secret_arn: str


class EmbeddingsSettings(LanguageModelSettings):
    """An OpenAI-compatible embeddings endpoint: off without a model's name, the language model's host and key without an
    address of its own.
    """

    embeddings_model: str = ""
    embeddings_base_url: Annotated[str, Field(pattern=r"^(|https?://\S+)$")] = ""


class ImageModelSettings(Settings):
    sd_api_url: HttpUrl
    provider_secret_arn: str


class WorkflowSettings(Settings):
    state_machine_arn: str


class ChatSettings(HttpSettings, LanguageModelSettings, ImageModelSettings, SocketSettings):
    state_machine_arn: str
    media_bucket: str


class ImageApiSettings(HttpSettings, ImageModelSettings, SocketSettings):
    state_machine_arn: str
    media_bucket: str


class StreamSettings(HttpSettings, SocketSettings):
    pass


class ChatStepSettings(DatabaseSettings, EmbeddingsSettings, SocketSettings):
    """AnalyzeContext, GenerateReply, ReanalyzeContext."""


class StateStepSettings(DatabaseSettings, SocketSettings):
    """UpdateState, FailTurn, TurnEnded."""


class ImageStepSettings(DatabaseSettings, ImageModelSettings, SocketSettings):
    media_bucket: str
    rate_limit_scale: Annotated[float, Field(gt=0, le=1_000_000)] = 1.0


class MigrateSettings(DatabaseSettings):
    pass


def load(model: type[T]) -> T:
    """Return the settings of one function area.  Raises SettingsError naming every field that is missing or wrong."""
    settings = _load(model)
    assert isinstance(settings, model)  # noqa: S101 - tells the type checker what the cache forgets
    return settings


@cache
def _load(model: type[Settings]) -> Settings:
    values = {name: os.environ[name.upper()] for name in model.model_fields if name.upper() in os.environ}
    try:
        return model.model_validate(values)
    except ValidationError as exc:
        problems = "; ".join(f"{str(error['loc'][0]).upper()}: {error['msg']}" for error in exc.errors())
        raise SettingsError(f"Settings are missing or unsafe. {problems}") from None
