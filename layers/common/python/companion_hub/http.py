"""What the three HTTP functions share: who asks, may they, and one shape for every error.

Flow: API Gateway → ``HttpApi.handle`` (origin secret, same-origin rule, session) → the Powertools resolver (routing,
validation by pydantic) → a route function → the answer or an error of ``errors.py`` as JSON.

Authentication runs before validation, so that nobody learns anything about a route by sending it nonsense.
"""

import base64
import hmac
import json
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, NoReturn, cast
from uuid import UUID

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestUnsupportedContentType, RequestValidationError
from aws_lambda_powertools.utilities.typing import LambdaContext

from companion_hub.errors import (
    BudgetExceededError,
    ConflictError,
    ForbiddenError,
    HubError,
    InvalidRequestError,
    NotFoundError,
    PayloadTooLargeError,
    RateLimitedError,
    ServiceUnavailableError,
    UnauthenticatedError,
    UnsupportedMediaError,
)
from companion_hub.models.user import EMAIL_PATTERN, USERNAME_PATTERN
from companion_hub.observability import Stopwatch, log_unexpected, logger

# Every state-changing request must carry this header: a foreign page cannot send it without a CORS preflight, and
# there is no CORS here.
CSRF_HEADER = "x-requested-with"
CSRF_VALUE = "companion-hub"
SESSION_COOKIE = "session"
SAFE_METHODS = frozenset({"GET", "HEAD"})
JSON_HEADERS: dict[str, str | list[str]] = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
# The largest JSON anybody needs to send is a character card (2 MB); pictures and card files are not JSON.
MAX_JSON_BYTES = 2_500_000
# Far above the longest message; also what the WebSocket API takes at most (FAULTS.md F43).
MAX_MESSAGE_BYTES = 128 * 1024
# The routes that read a file from a form themselves.
TAKE_FILES = ("/picture", "/import")
# Deeper than any document of ours; a card may nest 24 deep.
MAX_JSON_DEPTH = 64

_STATUS: tuple[tuple[type[HubError], int], ...] = (
    (InvalidRequestError, 422),
    (UnauthenticatedError, 401),
    (ForbiddenError, 403),
    (NotFoundError, 404),
    (ConflictError, 409),
    (PayloadTooLargeError, 413),
    (UnsupportedMediaError, 415),
    (RateLimitedError, 429),
    (BudgetExceededError, 402),
    (ServiceUnavailableError, 503),
)


class Caller(NamedTuple):
    """Who asks: set for every route that is not public."""

    user_id: UUID
    session_id: UUID


class HttpApi:
    """One HTTP function's routes.

    ``public`` names the routes that need no session, as ``"POST /api/auth/login"``.  ``authenticate`` turns the
    session cookie's value into a caller and raises UnauthenticatedError; ``origin_secret`` and ``origins`` return the
    configured values (they are asked on the first request, not at import).
    """

    def __init__(
        self,
        *,
        authenticate: Callable[[str], Caller],
        origin_secret: Callable[[], str],
        origins: Callable[[], frozenset[str]],
        public: frozenset[str] = frozenset(),
    ) -> None:
        # A body of ours that does not fit its own model is our mistake: 500, and an error in the log.
        self.app = APIGatewayHttpResolver(enable_validation=True, response_validation_error_http_code=500)
        self._authenticate = authenticate
        self._origin_secret = origin_secret
        self._origins = origins
        self.public = public
        self.app.exception_handler(RequestValidationError)(self._invalid)
        self.app.exception_handler(RequestUnsupportedContentType)(self._unsupported_type)
        self.app.exception_handler(HubError)(self.error_response)
        self.app.exception_handler(Exception)(self._unexpected)
        self.app.not_found(self._no_route)

    @property
    def caller(self) -> Caller:
        """The authenticated caller of the current request."""
        return cast("Caller", self.app.context["caller"])

    @property
    def request_id(self) -> str:
        return str(self.app.current_event.request_context.request_id)

    def handle(self, event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        """Answer one API Gateway event (payload 2.0).  Never raises."""
        watch = Stopwatch()
        asked: str = event["requestContext"]["http"]["method"]
        event = as_routed(event)
        http: Mapping[str, str] = event["requestContext"]["http"]
        request_id: str = event["requestContext"].get("requestId", "")
        headers: Mapping[str, str] = event.get("headers") or {}
        caller: Caller | None = None
        try:
            self._check_origin(asked, headers)
            if f"{http['method']} {http['path']}" not in self.public:
                caller = self._authenticate(read_cookie(event, SESSION_COOKIE))
                self.app.append_context(caller=caller)
            check_content(event, headers)
            answer = self.app.resolve(event, context)
            answer["headers"] = {**JSON_HEADERS, **answer.get("headers", {})}
        except HubError as exc:
            answer = _as_payload(error_body(exc, request_id))
        except Exception as exc:
            log_unexpected(exc, request_id=request_id)
            answer = _as_payload(error_body(HubError(), request_id))
        finally:
            self.app.clear_context()
        if asked == "HEAD":
            answer |= {"body": "", "isBase64Encoded": False}
        logger.info(
            "request",
            extra={
                "request_id": request_id,
                "method": asked,
                "route": event.get("routeKey", ""),
                "status": answer["statusCode"],
                "ms": watch.ms,
                "user_id": str(caller.user_id) if caller else None,
            },
        )
        return answer

    def error_response(self, exc: HubError) -> Response[str]:
        status, headers, body = error_body(exc, self.request_id)
        return Response(status_code=status, content_type="application/json", headers=headers, body=json.dumps(body))

    def _check_origin(self, method: str, headers: Mapping[str, str]) -> None:
        if not hmac.compare_digest(headers.get("x-origin-secret", "").encode(), self._origin_secret().encode()):
            raise ForbiddenError("did not come through the front door")
        if method in SAFE_METHODS:
            return
        same_origin = headers.get("origin", "").rstrip("/") in self._origins()
        if not same_origin or headers.get(CSRF_HEADER, "").lower() != CSRF_VALUE:
            raise ForbiddenError("foreign origin or missing header")

    def _invalid(self, exc: RequestValidationError) -> Response[str]:
        errors = exc.errors()
        if any(error["loc"][0] == "path" for error in errors):
            return self.error_response(NotFoundError())  # a malformed id answers exactly like an unknown one
        fields = {
            ".".join(str(part) for part in error["loc"][1:]) or str(error["loc"][0]): _explain(error)
            for error in errors
        }
        return self.error_response(InvalidRequestError(fields))

    def _unsupported_type(self, _exc: RequestUnsupportedContentType) -> Response[str]:
        return self.error_response(UnsupportedMediaError(public_message="Send application/json."))

    def _unexpected(self, exc: Exception) -> Response[str]:
        # Class and place only: a message may hold what a user wrote.
        log_unexpected(exc, request_id=self.request_id)
        return self.error_response(HubError())

    def _no_route(self, _exc: Exception) -> Response[str]:
        return self.error_response(NotFoundError())


# What pydantic says to programmers, said to people.  ``{…}`` are the fields of the error's context.
_TEXT, _WHOLE, _NUMBER, _YES_NO = "text", "a whole number", "a number", "true or false"
_ID, _LIST, _OBJECT = "an id (a UUID)", "a list", "a JSON object"
_KINDS = {
    "string_type": _TEXT, "string_unicode": _TEXT,
    "int_type": _WHOLE, "int_parsing": _WHOLE, "int_parsing_size": _WHOLE, "int_from_float": _WHOLE,
    "float_type": _NUMBER, "float_parsing": _NUMBER, "decimal_type": _NUMBER, "decimal_parsing": _NUMBER,
    "finite_number": _NUMBER, "bool_type": _YES_NO, "bool_parsing": _YES_NO,
    "uuid_type": _ID, "uuid_parsing": _ID, "list_type": _LIST,
    "dict_type": _OBJECT, "model_type": _OBJECT, "model_attributes_type": _OBJECT,
}  # fmt: skip
_EXPLANATIONS = {name: f"This must be {kind}." for name, kind in _KINDS.items()} | {
    "missing": "This is needed.",
    "extra_forbidden": "There is no such field.",
    "string_too_short": "Please write at least {min_length} characters.",
    "string_too_long": "Please write at most {max_length} characters.",
    "string_pattern_mismatch": "This does not have the right form.",
    "too_long": "Please choose at most {max_length}.",
    "greater_than": "This must be more than {gt}.",
    "greater_than_equal": "This must be at least {ge}.",
    "less_than_equal": "This must be at most {le}.",
    "decimal_max_places": "Please give at most {decimal_places} decimal places.",
    "literal_error": "This must be one of {expected}.",
    "json_invalid": "This is not valid JSON.",
}
_FORMS = {
    USERNAME_PATTERN: "A username has 3 to 20 letters a-z, digits or underscores.",
    EMAIL_PATTERN: "This is not an e-mail address.",
}


def _explain(error: Mapping[str, Any]) -> str:
    """Return what is wrong with a field, without repeating what was sent."""
    context: dict[str, Any] = error.get("ctx") or {}
    if context.get("pattern") in _FORMS:
        return _FORMS[context["pattern"]]
    if context.get("min_length") == 1:
        return "Please write something."
    try:
        return _EXPLANATIONS[error["type"]].format(**context)
    except KeyError:
        return str(error["msg"]).removeprefix("Value error, ")


def as_routed(event: Mapping[str, Any]) -> dict[str, Any]:
    """Return the event as the routes expect it: what clients do differently, and mean the same with, is made the same.

    HEAD asks what GET does; a slash at a path's end and a query value that is empty say nothing; the name of a content
    type has no letter case, and a body that is empty has no type.
    """
    http = {**event["requestContext"]["http"]}
    path = str(event["rawPath"]).rstrip("/") or "/"
    http |= {"method": "GET" if http["method"] == "HEAD" else http["method"], "path": path}
    headers: dict[str, str] = {**(event.get("headers") or {})}
    kind, parameter, rest = headers.pop("content-type", "").partition(";")
    if event.get("body") and kind:
        headers["content-type"] = kind.strip().lower() + parameter + rest  # a boundary does have a letter case
    return {
        **event,
        "rawPath": path,
        "headers": headers,
        "queryStringParameters": {name: value for name, value in _query(event).items() if value},
        "requestContext": {**event["requestContext"], "http": http},
    }


def read_cookie(event: Mapping[str, Any], name: str) -> str:
    """Return a cookie's value, "" when it is not there."""
    cookies: list[str] = event.get("cookies") or []
    for cookie in cookies:
        key, _, value = cookie.partition("=")
        if key.strip() == name:
            return value.strip()
    return ""


def viewer_address(event: Mapping[str, Any]) -> str:
    """Return the viewer's IP address as CloudFront saw it.  Call it only after the origin secret was checked."""
    headers: Mapping[str, str] = event.get("headers") or {}
    address = headers.get("cloudfront-viewer-address", "")
    return address.rpartition(":")[0].strip("[]") or "unknown"


def check_content(event: Mapping[str, Any], headers: Mapping[str, str]) -> None:
    """Refuse what no route could use: JSON that is too large, malformed, too deep, or with text no database takes.

    Raises PayloadTooLargeError, UnsupportedMediaError for HTML forms (only a foreign page sends them; a few routes take
    a file in one), InvalidRequestError naming the fields.
    """
    wrong = {name: _UNSTORABLE for name, value in _query(event).items() if _unstorable(value)}
    content_type = headers.get("content-type", "").strip().lower()
    path = str(event.get("rawPath", ""))
    takes_file = path.endswith(TAKE_FILES)
    # To a route that takes files a form's type may also be what curl says of any file.
    if not takes_file and content_type.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        raise UnsupportedMediaError(public_message="Send application/json.")
    body: str = event.get("body") or ""
    is_json = content_type.startswith("application/json") or not (content_type or takes_file)
    if body and is_json:
        if len(body) > (MAX_MESSAGE_BYTES if path.endswith("/messages") else MAX_JSON_BYTES):
            raise PayloadTooLargeError
        try:
            text = base64.b64decode(body).decode() if event.get("isBase64Encoded") else body
            document = json.loads(text, parse_constant=_no_constant, parse_float=_finite)
            wrong |= {path: _UNSTORABLE for path, value in _strings(document) if _unstorable(value)}
        except (ValueError, RecursionError):
            raise InvalidRequestError({"body": "This is not valid JSON."}) from None
    if wrong:
        raise InvalidRequestError(wrong)


_UNSTORABLE = "This contains a character that is not allowed."


def _query(event: Mapping[str, Any]) -> Mapping[str, str]:
    return event.get("queryStringParameters") or {}


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity are not JSON


def _finite(text: str) -> float:
    """Return the number.  Raises ValueError for one like 1e999, which Python reads as infinity and JSONB refuses."""
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("too large")
    return value


def _unstorable(text: str) -> bool:
    """Whether PostgreSQL would refuse the text: a zero character, or half a surrogate pair (not UTF-8)."""
    return "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text)


def _strings(value: Any, path: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield every string of a JSON document, keys too, with its dotted path.  Raises ValueError when it is too deep."""
    if depth > MAX_JSON_DEPTH:
        raise ValueError("too deep")
    if isinstance(value, str):
        yield path or "body", value
    elif isinstance(value, dict):
        for key, item in cast("dict[str, Any]", value).items():
            yield path or "body", key
            yield from _strings(item, f"{path}.{key}" if path else key, depth + 1)
    elif isinstance(value, list):
        for index, item in enumerate(cast("list[Any]", value)):
            yield from _strings(item, f"{path}.{index}" if path else str(index), depth + 1)


def error_body(exc: HubError, request_id: str) -> tuple[int, dict[str, str | list[str]], dict[str, Any]]:
    """Return status, headers and JSON body of an error."""
    status = next((code for kind, code in _STATUS if isinstance(exc, kind)), 500)
    error: dict[str, Any] = {"code": exc.code, "message": exc.public_message, "request_id": request_id}
    headers = dict(JSON_HEADERS)
    if isinstance(exc, InvalidRequestError):
        error["fields"] = exc.fields
    if isinstance(exc, ConflictError):
        error.update(exc.details)
    if isinstance(exc, RateLimitedError | ServiceUnavailableError):
        headers["Retry-After"] = str(exc.retry_after_s)
    return status, headers, {"error": error}


def _as_payload(answer: tuple[int, dict[str, str | list[str]], dict[str, Any]]) -> dict[str, Any]:
    status, headers, body = answer
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json", **headers},
        "body": json.dumps(body),
        "isBase64Encoded": False,
    }
