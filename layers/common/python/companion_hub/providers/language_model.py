"""Any OpenAI-compatible chat endpoint, streamed over one pooled httpx client.

Called by GenerateReply (``stream``) and the analysis steps (``complete``).  A reading thread hands events to the
caller, so that the caller can keep its lease, notice a stop and enforce time-outs while the model is silent.

Source: OpenAI API reference, "Chat Completions" and its streaming events; server-sent events per WHATWG HTML §9.2.
"""

import json
import re
import socket
from collections.abc import Callable, Sequence
from contextlib import closing
from http import HTTPStatus
from math import isfinite
from queue import Empty, Queue
from threading import Event, Thread
from time import monotonic
from typing import Any, Literal, NamedTuple, Protocol

import httpx

from companion_hub.errors import (
    ContentFilteredError,
    LanguageModelBusyError,
    LanguageModelGarbageError,
    LanguageModelRejectedError,
    LanguageModelUnavailableError,
    StepError,
)
from companion_hub.providers.event_stream import Delta, ErrorEventError, Finish, count_of, read_events

# What LLM_MODEL says when there is no model: everything works, but a message gets an honest error instead of a reply.
NO_MODEL = "none"
_NOT_SET = "No language model is set up here, so nobody can answer. Set LLM_BASE_URL and LLM_MODEL."
# FAULTS.md F15: a silent endpoint is told apart from a slow one.
CONNECT_TIMEOUT_S = 5.0
FIRST_BYTE_TIMEOUT_S = 20.0
IDLE_TIMEOUT_S = 15.0
MAX_ANSWER_BYTES = 1024 * 1024
# What servers say when a model's chat template takes no system message, or none but the first, or no two messages of one
# role in a row (Mistral, Gemma, Llama 2, Qwen 3.5 and their descendants).  Wordings: tests/unit/test_strict_templates.py.
_ORDER_REFUSED = re.compile(
    rb"roles must alternate|roles? (?:is |are )?(?:not )?supported|unexpected role|message must be at the beginning"
    rb"|assistant messages at the end|jinja|chat[ _]template|template[ _]error",
    re.IGNORECASE,
)
_TEMPLATE_STATUSES = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.INTERNAL_SERVER_ERROR)
_OPENING = "(The conversation begins.)"


class ChatMessage(NamedTuple):
    role: Literal["system", "user", "assistant"]
    content: str


class ChatRequest(NamedTuple):
    """``extra`` is merged into the request body (sampling that only some servers know)."""

    messages: Sequence[ChatMessage]
    max_tokens: int
    temperature: float = 0.8
    stop: Sequence[str] = ()
    extra: dict[str, Any] = {}
    first_byte_timeout_s: float = FIRST_BYTE_TIMEOUT_S


class Completion(NamedTuple):
    text: str
    input_tokens: int | None
    output_tokens: int | None


class TokenStream(Protocol):
    def next(self, timeout_s: float) -> Delta | Finish | None:
        """Return the next event, None when none came within ``timeout_s``.  Raises StepError subclasses."""
        ...

    def close(self) -> None:
        """Hang up: the model stops being paid for."""
        ...


class LanguageModel(Protocol):
    @property
    def name(self) -> str: ...

    def stream(self, request: ChatRequest) -> TokenStream: ...

    def complete(self, request: ChatRequest, *, json_schema: dict[str, Any] | None, timeout_s: float) -> Completion: ...


def in_strict_order(messages: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Return the conversation as every chat template takes it: the user first, then by turns; no system message.

    System text joins the user's, neighbours of one role become one message.
    """
    ordered: list[dict[str, str]] = []
    for message in messages:
        role = "assistant" if message["role"] == "assistant" else "user"
        if role == "assistant" and not ordered:
            ordered.append({"role": "user", "content": _OPENING})
        if ordered and ordered[-1]["role"] == role:
            ordered[-1]["content"] += f"\n\n{message['content']}"
        else:
            ordered.append({"role": role, "content": message["content"]})
    return ordered


class OpenAiCompatibleModel:
    """``api_key(fresh)`` returns the key; it is asked again once when the endpoint refuses it (a rotation).

    It is also asked again once, at once, when the model's chat template refuses the order of the messages; from then on
    this process sends them in the strict order.
    """

    def __init__(self, base_url: str, model: str, api_key: Callable[[bool], str]) -> None:
        self.name = model
        self._api_key = api_key
        self._structured_output = True
        self._strict_order = False
        # Redirects are not followed: the configured host is the only one this function may talk to.
        self._client = httpx.Client(
            base_url=base_url.rstrip("/") + "/",
            follow_redirects=False,
            # Compressed streams arrive in lumps, and a small compressed answer may unpack to a huge one.
            headers={"Accept-Encoding": "identity"},
        )

    def stream(self, request: ChatRequest) -> TokenStream:
        body = self._body(request) | {"stream": True, **_STREAM_OPTIONS}
        return _HttpTokenStream(
            lambda: self._open(body, timeout_s=request.first_byte_timeout_s),
            lambda said: self._put_in_order(body, said),
        )

    def complete(self, request: ChatRequest, *, json_schema: dict[str, Any] | None, timeout_s: float) -> Completion:
        """Return a whole answer.  ``json_schema`` asks for structured output where the endpoint knows it."""
        body = self._body(request)
        if json_schema is not None and self._structured_output:
            schema = {"name": "answer", "strict": True, "schema": json_schema}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        try:
            response = self._open(body, timeout_s=timeout_s)
        except LanguageModelRejectedError as exc:
            if "response_format" not in body or exc.code != "llm_bad_request":
                raise
            self._structured_output = False  # this endpoint does not know it: ask plainly from now on
            del body["response_format"]
            response = self._open(body, timeout_s=timeout_s)
        with closing(response):
            return _parse_completion(_read_bounded(response, monotonic() + timeout_s))

    def close(self) -> None:
        """Close the pooled connections."""
        self._client.close()

    def _body(self, request: ChatRequest) -> dict[str, Any]:
        messages = [message._asdict() for message in request.messages]
        body: dict[str, Any] = {
            "model": self.name,
            "messages": in_strict_order(messages) if self._strict_order else messages,
            "max_tokens": request.max_tokens,
            "temperature": request.temperature,
            **request.extra,
        }
        if request.stop:
            body["stop"] = list(request.stop)
        return body

    def _open(self, body: dict[str, Any], *, timeout_s: float) -> httpx.Response:
        """Send and return the response with its body still unread.  Raises StepError subclasses."""
        if self.name == NO_MODEL:
            raise LanguageModelRejectedError("no model is set", code="llm_not_set", public_message=_NOT_SET)
        response = self._send(body, fresh=False, timeout_s=timeout_s)
        if response.status_code == HTTPStatus.UNAUTHORIZED:
            response.close()
            response = self._send(body, fresh=True, timeout_s=timeout_s)
        if response.is_success:
            return response
        with closing(response):
            said = _error_text(response)
        if self._put_in_order(body, said):
            return self._open(body, timeout_s=timeout_s)
        raise _status_error(response, said)

    def _put_in_order(self, body: dict[str, Any], said: bytes) -> bool:
        """Put the messages into the strict order when an error refuses theirs; False when that cannot be what is wrong."""
        ordered = in_strict_order(body["messages"])
        if ordered == body["messages"] or not _ORDER_REFUSED.search(said):
            return False
        self._strict_order = True
        body["messages"] = ordered
        return True

    def _send(self, body: dict[str, Any], *, fresh: bool, timeout_s: float) -> httpx.Response:
        key = self._api_key(fresh)
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        timeout = httpx.Timeout(timeout_s, connect=CONNECT_TIMEOUT_S)
        request = self._client.build_request("POST", "chat/completions", json=body, headers=headers, timeout=timeout)
        try:
            return self._client.send(request, stream=True)
        except httpx.HTTPError as exc:
            raise LanguageModelUnavailableError(type(exc).__name__) from exc


_STREAM_OPTIONS = {"stream_options": {"include_usage": True}}


def _error_text(response: httpx.Response) -> bytes:
    """Return what an endpoint says of a request it cannot work with; nothing where it is not read."""
    if response.status_code not in _TEMPLATE_STATUSES:
        return b""
    try:
        return _read_bounded(response, monotonic() + 2)
    except StepError:
        return b""


def _status_error(response: httpx.Response, said: bytes) -> StepError:
    status = response.status_code
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return LanguageModelBusyError("429", retry_after_s=_seconds(response.headers.get("retry-after")))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
        return LanguageModelUnavailableError(str(status))
    if status == HTTPStatus.BAD_REQUEST:
        refused = b"content_filter" in said
        return ContentFilteredError("400") if refused else LanguageModelRejectedError("400", code="llm_bad_request")
    return LanguageModelRejectedError(str(status))


def _seconds(value: str | None) -> float | None:
    try:
        seconds = float(value) if value else None
    except ValueError:
        return None
    return seconds if seconds is not None and isfinite(seconds) else None


def _read_bounded(response: httpx.Response, deadline: float) -> bytes:
    body = bytearray()
    try:
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > MAX_ANSWER_BYTES:
                raise LanguageModelGarbageError("answer over 1 MB")
            if monotonic() > deadline:
                raise LanguageModelUnavailableError("answer took too long")
    except httpx.HTTPError as exc:
        raise LanguageModelUnavailableError(type(exc).__name__) from exc
    return bytes(body)


def _parse_completion(body: bytes) -> Completion:
    try:
        document = json.loads(body)
        choice = document["choices"][0]
        text = choice["message"]["content"] or ""
        usage = document.get("usage")
        finish = choice.get("finish_reason")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as exc:
        raise LanguageModelGarbageError(type(exc).__name__) from None
    if finish == "content_filter":
        raise ContentFilteredError("content_filter")
    if not isinstance(text, str):
        raise LanguageModelGarbageError("content is not a text")
    return Completion(text, count_of(usage, "prompt_tokens"), count_of(usage, "completion_tokens"))


class _HttpTokenStream:
    """Reads server-sent events on a thread of its own and hands them over through a queue.

    ``ask_again(said)``: whether another request is worth it after an error that came instead of the first token.
    """

    def __init__(self, open_response: Callable[[], httpx.Response], ask_again: Callable[[bytes], bool]) -> None:
        self._open_response = open_response
        self._ask_again = ask_again
        self._events: Queue[Delta | Finish | StepError] = Queue(maxsize=1024)
        self._closed = Event()
        self._response: httpx.Response | None = None
        Thread(target=self._read, daemon=True, name="llm-stream").start()

    def next(self, timeout_s: float) -> Delta | Finish | None:
        try:
            event = self._events.get(timeout=timeout_s)
        except Empty:
            return None
        if isinstance(event, StepError):
            raise event
        return event

    def close(self) -> None:
        self._closed.set()
        response = self._response
        if response is None:
            return
        stream: Any = response.extensions.get("network_stream")
        raw: Any = stream.get_extra_info("socket") if stream is not None else None
        if isinstance(raw, socket.socket):
            try:
                raw.shutdown(socket.SHUT_RDWR)  # wakes the reading thread, which then closes the response
            except OSError:
                return

    def _read(self) -> None:
        try:
            while self._read_answer():
                pass
        except StepError as exc:
            self._put_last(exc)
        except Exception as exc:
            self._put_last(LanguageModelUnavailableError(type(exc).__name__))

    def _read_answer(self) -> bool:
        """Hand over one answer; True when it was an error that is worth asking again for."""
        response = self._response = self._open_response()
        begun = False
        with closing(response):
            if self._closed.is_set():
                return False
            try:
                for event in read_events(response.iter_bytes()):
                    if self._closed.is_set():
                        return False
                    self._events.put(event, timeout=60)
                    begun = True
            except ErrorEventError as exc:
                if not begun and self._ask_again(exc.said):
                    return True
                # Step Functions knows errors by the names of their classes.
                raise LanguageModelUnavailableError("error event") from None
        return False

    def _put_last(self, error: StepError) -> None:
        if not self._closed.is_set():
            self._events.put(error)
