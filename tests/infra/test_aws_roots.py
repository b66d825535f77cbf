"""The roots that database connections on AWS are checked against."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import certifi
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from companion_hub import bootstrap
from companion_hub.db.connection import AWS_ROOTS

ROOTS = x509.load_pem_x509_certificates(AWS_ROOTS.read_bytes())


def name_of(certificate: x509.Certificate) -> str:
    return str(certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value)


@pytest.mark.parametrize("root", ROOTS, ids=name_of)
def test_root_is_self_signed_an_authority_and_valid_for_years(root: x509.Certificate) -> None:
    root.verify_directly_issued_by(root)
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert root.not_valid_after_utc > datetime.now(UTC) + timedelta(days=5 * 365)


# Some of certifi's roots have a serial number of 0.
@pytest.mark.filterwarnings("ignore:Parsed a serial number")
def test_public_roots_are_those_that_certifi_has() -> None:
    """RDS Proxy is signed by Amazon's public roots; the regional ones of RDS are in no public store."""
    known = {c.fingerprint(SHA256()) for c in x509.load_pem_x509_certificates(Path(certifi.where()).read_bytes())}
    public = [root for root in ROOTS if not name_of(root).startswith("Amazon RDS")]
    assert len(public) == 4
    assert all(root.fingerprint(SHA256()) in known for root in public)


def test_openssl_takes_the_file() -> None:
    ssl.create_default_context(cafile=str(AWS_ROOTS))


@pytest.mark.parametrize(
    ("sslmode", "expected"), [("verify-full", str(AWS_ROOTS)), ("disable", None)], ids=["on AWS", "locally"]
)
def test_a_verified_connection_names_the_roots(
    monkeypatch: pytest.MonkeyPatch, sslmode: str, expected: str | None
) -> None:
    class Stored:
        def json(self, _arn: str, *, fresh: bool) -> dict[str, str]:
            return {"host": "db", "username": "u", "password": "p", "fresh": str(fresh)}

    monkeypatch.setenv("DATABASE_SECRET_ARN", "arn")
    monkeypatch.setenv("DATABASE_SSLMODE", sslmode)
    monkeypatch.setattr(bootstrap, "secrets", Stored)
    from companion_hub import settings

    settings._load.cache_clear()  # pyright: ignore[reportPrivateUsage] - the environment changed under it
    try:
        assert bootstrap.database_parameters().get("sslrootcert") == expected
    finally:
        settings._load.cache_clear()  # pyright: ignore[reportPrivateUsage]
