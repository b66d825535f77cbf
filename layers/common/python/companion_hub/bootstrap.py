"""Composition root: builds services from settings, once per worker, on first use.

Functions ask here for what they need; nothing below knows where settings or secrets come from.  What is heavy and
needed by few functions is imported inside its builder: import time is start-up time.
"""

from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from companion_hub.db.connection import AWS_ROOTS, Database
from companion_hub.providers.secrets import Secrets
from companion_hub.settings import (
    AuthSettings,
    ChatSettings,
    DatabaseSettings,
    EmbeddingsSettings,
    HttpSettings,
    ImageModelSettings,
    ImageStepSettings,
    LanguageModelSettings,
    MediaSettings,
    SocketSettings,
    WorkflowSettings,
    load,
)

if TYPE_CHECKING:
    from uuid import UUID

    from psycopg import Connection

    from companion_hub.http import HttpApi
    from companion_hub.models.turn import Prepared
    from companion_hub.providers.embeddings import OpenAiCompatibleEmbeddings
    from companion_hub.providers.image_model import StableDiffusion
    from companion_hub.providers.language_model import OpenAiCompatibleModel
    from companion_hub.providers.object_store import S3ObjectStore
    from companion_hub.providers.sockets import Sockets
    from companion_hub.providers.workflow import Workflow
    from companion_hub.services.accounts import Accounts
    from companion_hub.services.card_exchange import CardExchange
    from companion_hub.services.companions import Companions
    from companion_hub.services.exports import Exports
    from companion_hub.services.health import Health
    from companion_hub.services.images import Images
    from companion_hub.services.lorebook_edits import LorebookEdits
    from companion_hub.services.media_cookies import MediaCookies
    from companion_hub.services.memories import Memories
    from companion_hub.services.message_tools import MessageTools
    from companion_hub.services.pictures import PictureStore
    from companion_hub.services.send_message import SendMessage
    from companion_hub.services.session_tokens import SessionTokens
    from companion_hub.services.sessions import Sessions
    from companion_hub.services.subscriptions import Subscriptions
    from companion_hub.services.turn_steps import StepTools
    from companion_hub.services.turns import Turns


# Three times 45 s and the pauses leave a migration half of the function's five minutes.
MIGRATION_CONNECTS = 3
MIGRATION_PAUSE_S = 3.0


@cache
def secrets() -> Secrets:
    return Secrets()


def database_parameters(fresh: bool = False) -> dict[str, Any]:
    """Return the database secret's fields, with the settings that win over them."""
    settings = load(DatabaseSettings)
    parameters = secrets().json(settings.database_secret_arn, fresh=fresh)
    wins = {"host": settings.database_host, "sslmode": settings.database_sslmode}
    parameters |= {name: value for name, value in wins.items() if value}
    parameters["proxied"] = bool(settings.database_host)
    if str(parameters.get("sslmode", "")).startswith("verify"):
        # libpq looks into the home folder otherwise, and there is nothing there on Lambda.
        parameters.setdefault("sslrootcert", str(AWS_ROOTS))
    return parameters


@cache
def database() -> Database:
    return Database(database_parameters)


@cache
def sockets() -> "Sockets":
    from companion_hub.providers.sockets import ApiGatewaySockets

    return ApiGatewaySockets(str(load(SocketSettings).websocket_callback_url))


def origin_secret() -> str:
    return secrets().text(load(HttpSettings).origin_secret_arn)


def origins() -> frozenset[str]:
    return load(HttpSettings).origins


def main_origin() -> str:
    return load(HttpSettings).main_origin


def session_tokens(fresh: bool = False) -> "SessionTokens":
    """Return the key ring; built again only when the secret's text has changed."""
    return _session_tokens(secrets().text(load(HttpSettings).session_secret_arn, fresh=fresh))


@cache
def _session_tokens(secret: str) -> "SessionTokens":
    import json

    from companion_hub.services.session_secret import signing_keys_of
    from companion_hub.services.session_tokens import SessionTokens

    return SessionTokens(signing_keys_of(json.loads(secret)))


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
    from companion_hub.services.session_secret import pepper_of

    settings = load(AuthSettings)

    def pepper() -> bytes:
        return pepper_of(secrets().json(settings.session_secret_arn))

    return Accounts(
        database(),
        session_tokens,
        pepper,
        close_sockets=lambda connection_ids: close_all(sockets(), connection_ids),
        delete_objects=lambda prefix: object_store().delete_prefix(prefix),
        rate_limit_scale=settings.rate_limit_scale,
    )


@cache
def exports() -> "Exports":
    from companion_hub.services.exports import Exports

    return Exports(database(), object_store())


def media_cookies() -> "MediaCookies":
    settings = load(AuthSettings)
    key = secrets().json(settings.media_key_secret_arn)[settings.media_key_name]
    return _media_cookies(key, settings.media_key_pair_id)


@cache
def _media_cookies(private_key_pem: str, key_pair_id: str) -> "MediaCookies":
    from companion_hub.services.media_cookies import MediaCookies

    return MediaCookies(private_key_pem, key_pair_id)


@cache
def object_store() -> "S3ObjectStore":
    from companion_hub.providers.object_store import S3ObjectStore

    return S3ObjectStore(load(MediaSettings).media_bucket)


@cache
def companions() -> "Companions":
    from companion_hub.services.companions import Companions
    from companion_hub.services.discarded_files import collect

    return Companions(
        database(),
        collect_files=lambda: collect(database(), object_store()),
        rate_limit_scale=load(HttpSettings).rate_limit_scale,
    )


@cache
def lorebook_edits() -> "LorebookEdits":
    from companion_hub.services.lorebook_edits import LorebookEdits

    return LorebookEdits(database())


@cache
def memories() -> "Memories":
    from companion_hub.services.memories import Memories

    return Memories(database())


@cache
def subscriptions() -> "Subscriptions":
    from companion_hub.services.subscriptions import Subscriptions

    return Subscriptions(database())


@cache
def workflow() -> "Workflow":
    from companion_hub.providers.workflow import Workflow

    return Workflow(load(WorkflowSettings).state_machine_arn)


@cache
def turns() -> "Turns":
    from companion_hub.services.turns import Turns

    scale = load(HttpSettings).rate_limit_scale
    return Turns(database(), workflow(), sockets(), model_name=model_name(), rate_limit_scale=scale)


@cache
def send_message() -> "SendMessage":
    from companion_hub.services.send_message import SendMessage

    scale = load(HttpSettings).rate_limit_scale
    return SendMessage(database(), workflow(), model_name=model_name(), rate_limit_scale=scale)


@cache
def message_tools() -> "MessageTools":
    from companion_hub.services.message_tools import MessageTools

    scale = load(HttpSettings).rate_limit_scale
    return MessageTools(database(), workflow(), sockets(), model_name=model_name(), rate_limit_scale=scale)


def model_name() -> str:
    return load(LanguageModelSettings).llm_model


@cache
def step_tools() -> "StepTools":
    from companion_hub.services.turn_steps import StepTools

    return StepTools(database(), sockets())


@cache
def language_model() -> "OpenAiCompatibleModel":
    from companion_hub.providers.language_model import OpenAiCompatibleModel

    settings = load(LanguageModelSettings)

    def api_key(fresh: bool) -> str:
        return str(secrets().json(settings.provider_secret_arn, fresh=fresh).get("NOVITA_KEY") or "")

    return OpenAiCompatibleModel(str(settings.llm_base_url), settings.llm_model, api_key)


@cache
def embeddings() -> "OpenAiCompatibleEmbeddings | None":
    """Return None where none are set up: memories are then found by their words alone."""
    from companion_hub.providers.embeddings import OpenAiCompatibleEmbeddings

    settings = load(EmbeddingsSettings)
    if not settings.embeddings_model:
        return None
    # The language model's key goes to the language model's host only.
    name = "EMBEDDINGS_KEY" if settings.embeddings_base_url else "NOVITA_KEY"

    def api_key(fresh: bool) -> str:
        return str(secrets().json(settings.provider_secret_arn, fresh=fresh).get(name) or "")

    base_url = settings.embeddings_base_url or str(settings.llm_base_url)
    return OpenAiCompatibleEmbeddings(base_url, settings.embeddings_model, api_key)


def prepare_turn(user_id: "UUID", companion_id: "UUID") -> "Prepared":
    from companion_hub.services.prepare_turn import prepare_turn as prepare

    return prepare(database(), model_name(), language_model, user_id, companion_id)


@cache
def image_model() -> "StableDiffusion":
    from companion_hub.providers.image_model import StableDiffusion

    settings = load(ImageModelSettings)

    def credentials() -> str:
        return str(secrets().json(settings.provider_secret_arn).get("SD_API_AUTH") or "")

    return StableDiffusion(str(settings.sd_api_url), credentials)


def step_rate_limit_scale() -> float:
    return load(ImageStepSettings).rate_limit_scale


@cache
def picture_store() -> "PictureStore":
    from companion_hub.services.pictures import PictureStore

    return PictureStore(database(), object_store())


@cache
def images() -> "Images":
    from companion_hub.services.images import Images

    return Images(database(), picture_store(), workflow(), rate_limit_scale=load(HttpSettings).rate_limit_scale)


@cache
def card_exchange() -> "CardExchange":
    from companion_hub.services.card_exchange import CardExchange

    return CardExchange(database(), object_store(), companions(), images())


@cache
def health() -> "Health":
    from companion_hub.providers import probes
    from companion_hub.services.health import Health

    settings = load(ChatSettings)

    def provider(key: str) -> str:
        return str(secrets().json(settings.provider_secret_arn).get(key) or "")

    return Health(
        {
            "database": lambda: probes.ask_database(database_parameters()),
            "workflow": lambda: workflow().check(),
            "language_model": lambda: probes.ask_language_model(str(settings.llm_base_url), provider("NOVITA_KEY")),
            "image_model": lambda: probes.ask_image_model(str(settings.sd_api_url), provider("SD_API_AUTH")),
            "storage": lambda: object_store().check(),
        }
    )


@contextmanager
def migration_connection() -> Generator["Connection[Any]"]:
    """Yield a connection of its own without the workers' time limits: a migration may take minutes.

    Asked again with a secret read anew when it is refused: a deploy also starts the password's rotation, and between its
    two steps, a second or so, the secret holds the password before.  Raises psycopg.OperationalError.
    """
    from time import sleep

    import psycopg

    from companion_hub.db.connection import conninfo_of

    # A paused Aurora takes up to half a minute to answer; production's cluster has limits of its own.
    without = "-c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0"

    def connect(fresh: bool) -> "Connection[Any]":
        conninfo = conninfo_of(database_parameters(fresh), connect_timeout_s=45, options=without)
        return psycopg.connect(conninfo, autocommit=True)

    for attempt in range(MIGRATION_CONNECTS):
        try:
            connection = connect(attempt > 0)
            break
        except psycopg.OperationalError:
            if attempt + 1 == MIGRATION_CONNECTS:
                raise
            sleep(MIGRATION_PAUSE_S)
    else:
        raise AssertionError("unreachable")
    with connection:
        yield connection
