"""Posts frames to browsers' sockets through the WebSocket API's callback (``@connections``)."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Protocol

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from companion_hub.models.base import Resource
from companion_hub.observability import logger

if TYPE_CHECKING:
    from mypy_boto3_apigatewaymanagementapi import ApiGatewayManagementApiClient

# API Gateway takes 32 KB frames; half of it leaves room for the envelope and for escaped characters.
MAX_FRAME_BYTES = 16 * 1024
# One slow socket may not hold up a reply: a second, once, no retries (a missed frame is healed by the snapshot).
_CONFIG = Config(
    connect_timeout=1,
    read_timeout=1,
    retries={"total_max_attempts": 1},
    max_pool_connections=32,
    user_agent_extra="hub",
)


class Sockets(Protocol):
    def post(self, connection_id: str, frame: Resource) -> bool:
        """Send one frame.  False: the socket is gone for good.  Raises SocketPostError when only this post failed."""
        ...

    def close(self, connection_id: str) -> None:
        """Close a socket; one that is gone already is fine."""
        ...


class SocketPostError(Exception):
    """Throttled, timed out or refused: the socket may still be there."""


class ApiGatewaySockets:
    """Safe for use from several threads (boto3 clients are)."""

    def __init__(self, callback_url: str) -> None:
        self._client: ApiGatewayManagementApiClient = boto3.client(
            "apigatewaymanagementapi", endpoint_url=callback_url.rstrip("/"), config=_CONFIG
        )

    def post(self, connection_id: str, frame: Resource) -> bool:
        data = frame.model_dump_json().encode()
        try:
            self._client.post_to_connection(ConnectionId=connection_id, Data=data)
        except self._client.exceptions.GoneException:
            return False
        except (ClientError, BotoCoreError) as exc:
            raise SocketPostError(type(exc).__name__) from exc
        return True

    def close(self, connection_id: str) -> None:
        try:
            self._client.delete_connection(ConnectionId=connection_id)
        except (ClientError, BotoCoreError) as exc:
            logger.info("socket was not closed", extra={"reason": type(exc).__name__})


def close_all(sockets: Sockets, connection_ids: Sequence[str]) -> None:
    """Close sockets side by side: one that does not answer may not keep the others open."""
    if connection_ids:
        with ThreadPoolExecutor(min(20, len(connection_ids))) as pool:
            list(pool.map(sockets.close, connection_ids))
