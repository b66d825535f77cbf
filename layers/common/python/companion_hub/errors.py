"""Everything that can go wrong on purpose, as one tree.  HTTP status codes are decided in ``http.py``.

HubError                                  a retry helps?
├── InvalidRequestError                   no: the fields are named
├── UnauthenticatedError                  after logging in
├── ForbiddenError                        no: foreign origin or missing header
├── NotFoundError                         no: absent, or another user's (the same answer)
├── ConflictError                         depends on ``code``
├── PayloadTooLargeError                  no
├── UnsupportedMediaError                 no
├── RateLimitedError                      after ``retry_after_s``
├── BudgetExceededError                   next month, or with a higher budget
├── ServiceUnavailableError               after ``retry_after_s``
│   └── DatabaseUnavailableError          yes
└── StepError                             raised by a state of the turn; Step Functions sees the class name
    ├── TransientStepError                yes (each class below is named in the Retry of turn.asl.json)
    │   ├── LanguageModelBusyError        429 after in-step retries
    │   ├── LanguageModelUnavailableError refused, 5xx, stalled, half a stream
    │   ├── LanguageModelGarbageError     not an event stream, wrong schema
    │   ├── EmptyReplyError               once
    │   ├── ImageModelUnavailableError
    │   ├── StorageUnavailableError
    │   └── TurnLeasedError               another worker holds the turn
    ├── UnexpectedStepError               anything else, without its message
    └── PermanentStepError                no
        ├── LanguageModelRejectedError    401/403/404: key or model is wrong
        ├── ContentFilteredError          the provider refused the content
        ├── ImageModelRejectedError       401/403/404/422: address or credentials are wrong
        ├── ImageRejectedError            not a picture, too large, truncated
        └── TurnGoneError                 deleted, cancelled or already ended: stop silently
"""

from collections.abc import Mapping
from typing import ClassVar


class HubError(Exception):
    """Base of all expected errors.  ``code`` is stable and public; ``public_message`` is safe to show."""

    code: str = "internal"
    public_message: str = "Something went wrong on our side. Please try again."

    def __init__(self, detail: str = "", *, code: str | None = None, public_message: str | None = None) -> None:
        super().__init__(detail or public_message or self.public_message)
        if code is not None:
            self.code = code
        if public_message is not None:
            self.public_message = public_message


class InvalidRequestError(HubError):
    """The request is understood and wrong.  ``fields`` maps a field's dotted path to what is wrong with it.

    The message says it too when it is one field: not every page and program shows the fields.
    """

    code = "invalid"
    public_message = "Some fields need another look."

    def __init__(self, fields: Mapping[str, str], *, public_message: str | None = None) -> None:
        message = public_message or (_sentence(*next(iter(fields.items()))) if len(fields) == 1 else None)
        super().__init__(f"invalid fields: {', '.join(fields)}", public_message=message)
        self.fields = dict(fields)


def _sentence(field: str, explanation: str) -> str:
    """Return "Age: This must be at least 18.", or the explanation alone where it is clear what it speaks of."""
    named = [part for part in field.split(".") if not part.isdecimal()]
    if field in ("file", "body", "text") or not named:
        return explanation
    return f"{named[-1].replace('_', ' ').capitalize()}: {explanation}"


class UnauthenticatedError(HubError):
    code = "unauthenticated"
    public_message = "Please log in."


class ForbiddenError(HubError):
    code = "forbidden"
    public_message = "This request did not come from the app's own page."


class NotFoundError(HubError):
    code = "not_found"
    public_message = "Not found."


class ConflictError(HubError):
    """Something else got there first.  ``details`` is added to the error body (ids only)."""

    code = "conflict"

    def __init__(self, code: str, public_message: str, *, details: Mapping[str, str] | None = None) -> None:
        super().__init__(code, code=code, public_message=public_message)
        self.details = dict(details or {})


class PayloadTooLargeError(HubError):
    code = "too_large"
    public_message = "That is too large."


class UnsupportedMediaError(HubError):
    code = "unsupported_media"
    public_message = "That kind of file is not supported."


class RateLimitedError(HubError):
    code = "rate_limited"
    public_message = "Too many tries. Please wait a moment."

    def __init__(self, limit: str, *, retry_after_s: int) -> None:
        self.retry_after_s = max(1, retry_after_s)
        wait = _duration(self.retry_after_s)
        super().__init__(f"limit {limit} reached", public_message=f"Too many tries. Please wait {wait}.")


def _duration(seconds: int) -> str:
    """Return "12 seconds", "9 minutes" or "23 hours", rounded up."""
    for size, unit in ((3600, "hour"), (60, "minute")):
        if seconds > 1.5 * size:
            return f"{-(-seconds // size)} {unit}s"
    return f"{seconds} second{'s' if seconds > 1 else ''}"


class BudgetExceededError(HubError):
    code = "budget_exceeded"
    public_message = "Another message could pass this month's budget. You can raise it in the settings."


class ServiceUnavailableError(HubError):
    code = "unavailable"
    public_message = "A part of the system is not answering. Please try again shortly."

    def __init__(self, detail: str = "", *, retry_after_s: int = 2) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s


class DatabaseUnavailableError(ServiceUnavailableError):
    """The database refused, dropped or never answered, or said it is starting up or full."""


class StepError(HubError):
    """A state of the turn could not finish.  ``code`` ends up as the turn's ``error.code``."""

    retryable: ClassVar[bool] = False


class TransientStepError(StepError):
    retryable = True


class LanguageModelBusyError(TransientStepError):
    code = "llm_busy"
    public_message = "The language model is busy. Please try again in a moment."

    def __init__(self, detail: str = "", *, retry_after_s: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s


class LanguageModelUnavailableError(TransientStepError):
    code = "llm_unavailable"
    public_message = "The language model is not answering. Please try again."


class LanguageModelGarbageError(TransientStepError):
    code = "llm_garbage"
    public_message = "The language model answered with something unreadable. Please try again."


class EmptyReplyError(TransientStepError):
    code = "empty_reply"
    public_message = "There was no reply. Please try again."


class ImageModelUnavailableError(TransientStepError):
    code = "image_model_unavailable"
    public_message = "The picture could not be drawn. You can try again."


class StorageUnavailableError(TransientStepError):
    code = "storage_unavailable"
    public_message = "The picture could not be stored. You can try again."


class TurnLeasedError(TransientStepError):
    code = "turn_leased"


class UnexpectedStepError(StepError):
    """Any other exception inside a state, by the name of its class: its message may hold what a user wrote."""


class PermanentStepError(StepError):
    pass


class LanguageModelRejectedError(PermanentStepError):
    code = "llm_misconfigured"
    public_message = "The language model refused our key or model name. Please check the settings."


class ContentFilteredError(PermanentStepError):
    code = "content_filtered"
    public_message = "The language model declined to answer this message. You can rephrase it."


class ImageModelRejectedError(PermanentStepError):
    code = "image_model_misconfigured"
    public_message = "The image model refused our request. Please check its address and settings."


class ImageRejectedError(PermanentStepError):
    code = "image_rejected"
    public_message = "The picture that came back was damaged."


class TurnGoneError(PermanentStepError):
    code = "turn_gone"


class EmbeddingsUnavailableError(Exception):
    """No vectors: the endpoint is slow, down, refuses, or answers something else.  The message names no text."""
