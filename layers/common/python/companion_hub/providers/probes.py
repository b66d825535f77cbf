"""Short questions to the dependencies that speak HTTP or SQL; see services/health.py for what the answers mean."""

from typing import Any

import httpx
import psycopg

from companion_hub.db.connection import conninfo_of

TIMEOUT_S = 2.0


def ask_database(parameters: dict[str, Any]) -> bool:
    """Open a connection of its own: the worker's one may be what is broken.  Raises psycopg.Error."""
    timeout_ms = int(TIMEOUT_S * 1000)
    conninfo = conninfo_of(parameters, connect_timeout_s=int(TIMEOUT_S), options=f"-c statement_timeout={timeout_ms}")
    with psycopg.connect(conninfo, autocommit=True) as connection:
        return connection.execute("SELECT 1").fetchone() is not None


def ask_language_model(base_url: str, api_key: str) -> bool:
    """List the models: free of charge, and it shows whether the key is taken.  Raises httpx.HTTPError."""
    return _answers(f"{base_url.rstrip('/')}/models", headers={"Authorization": f"Bearer {api_key}"} if api_key else {})


def ask_image_model(base_url: str, user_and_password: str) -> bool:
    """List the checkpoints.  Raises httpx.HTTPError."""
    user, _, password = user_and_password.partition(":")
    return _answers(f"{base_url.rstrip('/')}/sdapi/v1/sd-models", auth=(user, password) if user else None)


def _answers(url: str, *, headers: dict[str, str] | None = None, auth: tuple[str, str] | None = None) -> bool:
    """Whether it answers well; False for an error that is ours (a wrong key or path).  Raises on errors of theirs."""
    with httpx.stream("GET", url, headers=headers, auth=auth, timeout=TIMEOUT_S, follow_redirects=False) as response:
        if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            response.raise_for_status()
        return response.is_success
