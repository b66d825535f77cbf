"""Fixtures that every test may use: a real PostgreSQL, and the functions' environment around it."""

import json
import os
from collections.abc import Generator
from functools import cache
from itertools import count
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from companion_hub import bootstrap, settings
from companion_hub.db.connection import Database
from companion_hub.db.migrate import migrate
from companion_hub.services import passwords
from tests.fakes.aws import FakeAws
from tests.fakes.gateway import ORIGIN, ORIGIN_SECRET
from tests.fakes.postgres import running_postgres

TEMPLATE = "hub_test_template"
_REAL_HASHES = (passwords.COST, passwords._DECOY)  # pyright: ignore[reportPrivateUsage]
_QUICK_COST = 4
_numbers = count()

# No deadline: on a shared machine it measures the neighbours.  The gate draws the same examples each time, so that what
# passed for its author passes for a newcomer; ``./hub test --long`` looks for new ones.
_slow = [HealthCheck.too_slow]
hypothesis_settings.register_profile("gate", deadline=None, suppress_health_check=_slow, derandomize=True)
hypothesis_settings.register_profile("long", deadline=None, suppress_health_check=_slow)
hypothesis_settings.load_profile("long" if os.environ.get("HUB_TEST_LONG") else "gate")


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """Hash passwords at bcrypt's least cost: at the real one, registering people was most of the suite's time."""
    import bcrypt

    _set_hashes(_QUICK_COST, bcrypt.hashpw(b"nobody's", bcrypt.gensalt(_QUICK_COST)))


@pytest.fixture
def real_passwords() -> Generator[None]:
    """Hash as deployed, for tests of just that."""
    quick = (passwords.COST, passwords._DECOY)  # pyright: ignore[reportPrivateUsage]
    _set_hashes(*_REAL_HASHES)
    yield
    _set_hashes(*quick)


def _set_hashes(cost: int, decoy: bytes) -> None:
    passwords.COST = cost  # pyright: ignore[reportConstantRedefinition]
    passwords._DECOY = decoy  # pyright: ignore[reportPrivateUsage, reportConstantRedefinition]


@pytest.fixture(scope="session")
def postgres_server() -> Generator[str]:
    """A superuser's connection string: TEST_DATABASE_URL's server, or one of our own."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
    else:
        with running_postgres() as conninfo:
            yield conninfo


@pytest.fixture(scope="session")
def migrated_template(postgres_server: str) -> str:
    """A database with the whole schema, made once; every module copies it (a tenth of a migration's time)."""
    name = f"{TEMPLATE}_{os.getpid()}"
    with psycopg.connect(postgres_server, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    with psycopg.connect(_in_database(postgres_server, name), autocommit=True) as connection:
        migrate(connection)
    return name


@pytest.fixture(scope="module")
def database_url(postgres_server: str, migrated_template: str) -> Generator[str]:
    """The URL of a freshly migrated, empty database of this module's own."""
    name = f"hub_test_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(postgres_server, autocommit=True) as admin:
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(migrated_template))
        )
        yield _url(_in_database(postgres_server, name))
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def database(database_url: str) -> Generator[Database]:
    """A worker's database connection of its own."""
    made = Database(lambda _fresh: database_parameters(database_url))
    yield made
    made.close()


@pytest.fixture(scope="module")
def aws(database_url: str) -> Generator[FakeAws]:
    """A fake AWS that holds the functions' secrets."""
    fake = FakeAws()
    fake.secrets = worker_secrets(database_url)
    yield fake
    fake.close()


@pytest.fixture(scope="module")
def worker(aws: FakeAws) -> Generator[FakeAws]:
    """A fresh Lambda worker: environment set, nothing cached.  Yields the fake AWS it talks to.

    Limits are out of the way (RATE_LIMIT_SCALE); a test of a limit builds the service with scale 1.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name, value in worker_environment(aws).items():
            patch.setenv(name, value)
        forget_worker()
        yield aws
        forget_worker()


def worker_secrets(database_url: str) -> dict[str, str]:
    """Return what Secrets Manager holds for the functions."""
    return {
        "database": json.dumps(database_parameters(database_url)),
        "origin": ORIGIN_SECRET,
        "session": json.dumps({"pepper": "pepper-" * 6, "keys": [{"kid": "k1", "secret": "first-key-" * 4}]}),
        "media-key": json.dumps({"private_key": media_key_pem()}),
        "provider": json.dumps({"NOVITA_KEY": "sk-test", "SD_API_AUTH": ""}),
    }


def worker_environment(aws: FakeAws) -> dict[str, str]:
    """Return the functions' environment."""
    return {
        "AWS_ENDPOINT_URL": aws.url,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "DATABASE_SECRET_ARN": "database",
        "PUBLIC_ORIGINS": f"{ORIGIN},http://localhost:8080",
        "ORIGIN_SECRET_ARN": "origin",
        "SESSION_SECRET_ARN": "session",
        "RATE_LIMIT_SCALE": "1000",
        "MEDIA_BUCKET": "media",
        "MEDIA_KEY_SECRET_ARN": "media-key",
        "MEDIA_KEY_PAIR_ID": "K2JCJMDEHXQW5F",
        "STATE_MACHINE_ARN": "arn:aws:states:us-east-1:000000000000:stateMachine:turn",
        "WEBSOCKET_CALLBACK_URL": f"{aws.url}/ws",
        "LLM_BASE_URL": f"{aws.url}/llm/v1",
        "LLM_MODEL": "test-model",
        "SD_API_URL": f"{aws.url}/sd",
        "PROVIDER_SECRET_ARN": "provider",
    }


def forget_worker() -> None:
    """Drop everything a worker caches: its connection, its settings and what the composition root built."""
    if bootstrap.database.cache_info().currsize:
        bootstrap.database().close()
    settings._load.cache_clear()  # pyright: ignore[reportPrivateUsage]
    for value in vars(bootstrap).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()


def database_parameters(url: str) -> dict[str, Any]:
    """Return the database secret's fields for a URL."""
    parts = conninfo_to_dict(url)
    return {
        "host": parts["host"],
        "port": int(parts.get("port") or 5432),
        "username": parts["user"],
        "password": parts.get("password") or "",
        "dbname": parts["dbname"],
    }


@cache
def media_key_pem() -> str:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def _in_database(conninfo: str, name: str) -> str:
    return make_conninfo(conninfo, dbname=name)


def _url(conninfo: str) -> str:
    """Return the same as a URL (the form TEST_DATABASE_URL and DATABASE_URL have)."""
    parts = conninfo_to_dict(conninfo)
    password = f":{quote(str(parts['password']), safe='')}" if parts.get("password") else ""
    query = f"?host={quote(str(parts['host']), safe='')}&port={parts.get('port') or 5432}"
    return f"postgresql://{quote(str(parts['user']))}{password}@/{parts['dbname']}{query}"
