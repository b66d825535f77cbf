"""The Stream function: the WebSocket's routes $connect, $disconnect and $default (DESIGN.md §4).

$connect lets in who has a live session and comes from our own page; $default answers ``ping`` and ``subscribe``;
$disconnect does nothing: a stored socket is a hint that ages out.
"""

import hmac
from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import ValidationError

from companion_hub import bootstrap
from companion_hub.errors import HubError, UnauthenticatedError
from companion_hub.models.base import Resource
from companion_hub.models.frame import ClientAction, ErrorFrame, PongFrame, SubscribeAction
from companion_hub.observability import logger
from companion_hub.providers.sockets import SocketPostError, close_all
from companion_hub.repositories import connections
from companion_hub.services.publisher import split_frame

# Our own messages are a few dozen bytes; API Gateway would pass on 128 KB.
MAX_MESSAGE_CHARACTERS = 4_096


def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Answer one event.  Only $connect's status means anything; the others' answers are sent as frames."""
    asked = event["requestContext"]
    route, connection_id = asked["routeKey"], asked["connectionId"]
    status = 200
    if route == "$connect":
        status = _connect(connection_id, event.get("headers") or {})
        logger.info("socket asked to connect", extra={"status": status})
    elif route == "$default":
        _answer(connection_id, event.get("body") or "")
    return {"statusCode": status}


def _connect(connection_id: str, headers: Mapping[str, str]) -> int:
    """Return the status of the handshake: anything but 200 refuses it before 101."""
    sent = {name.lower(): value for name, value in headers.items()}
    if not hmac.compare_digest(sent.get("x-origin-secret", "").encode(), bootstrap.origin_secret().encode()):
        return 403
    if sent.get("origin", "").rstrip("/") not in bootstrap.origins():
        return 403
    try:
        claims = bootstrap.sessions().read(_session_cookie(sent.get("cookie", "")))
        with bootstrap.database().autocommit() as connection:
            # Looks at the session row itself: one statement, so that no revocation slips in between.
            replaced = connections.insert(
                connection, connection_id, user_id=claims.user_id, session_id=claims.session_id
            )
    except UnauthenticatedError:
        return 401
    except HubError:
        return 503
    if replaced is None:
        return 401
    close_all(bootstrap.sockets(), replaced)
    return 200


def _session_cookie(header: str) -> str:
    # Not http.cookies: it stops at the first cookie it finds odd, and all that runs on localhost shares its cookies.
    pairs = (part.strip().partition("=") for part in header.split(";"))
    return next((value for name, _, value in pairs if name == "session"), "")


def _answer(connection_id: str, body: str) -> None:
    try:
        for frame in _frames(connection_id, body):
            for piece in split_frame(frame):
                if not bootstrap.sockets().post(connection_id, piece):
                    return
    except SocketPostError as exc:
        logger.info("frame not posted", extra={"reason": str(exc)})


def _frames(connection_id: str, body: str) -> list[Resource]:
    """Return what to say to one message of the page's."""
    try:
        action = ClientAction.validate_json(body if len(body) <= MAX_MESSAGE_CHARACTERS else "")
    except ValidationError:
        return [ErrorFrame(code="invalid", message="This message was not understood.")]
    if not isinstance(action, SubscribeAction):
        return [PongFrame()]
    try:
        return bootstrap.subscriptions().frames(
            connection_id, action.turn_id, have=action.from_offset, attempt=action.attempt
        )
    except HubError as exc:
        return [ErrorFrame(code=exc.code, message=exc.public_message, turn_id=action.turn_id)]
