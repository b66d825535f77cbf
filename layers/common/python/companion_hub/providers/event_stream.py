"""The streamed answer of a chat endpoint: bytes in, pieces of text and one end out.

Source: OpenAI API reference, "Chat Completions", streaming events; server-sent events per WHATWG HTML §9.2.
"""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from companion_hub.errors import ContentFilteredError, LanguageModelGarbageError, LanguageModelUnavailableError

# FAULTS.md F16: a line longer than this is not a token.
MAX_LINE_BYTES = 64 * 1024
# A stream that is not one at all: give up after this many unreadable lines.
MAX_UNREADABLE_LINES = 20


class Delta(NamedTuple):
    text: str


class Finish(NamedTuple):
    """``reason``: stop, length, or what the server says.  Token counts are None where it does not count."""

    reason: str
    input_tokens: int | None
    output_tokens: int | None


class ErrorEventError(LanguageModelUnavailableError):
    """An error inside a stream.  ``said`` may repeat the prompt, so it is no part of the exception's text."""

    def __init__(self, said: bytes) -> None:
        super().__init__("error event")
        self.said = said


def read_events(chunks: Iterator[bytes]) -> Iterator[Delta | Finish]:  # noqa: PLR0912 - one protocol, read in one place
    """Turn the bytes of a streamed answer into deltas and one Finish.

    Unknown lines are skipped.  Raises LanguageModelGarbageError when it is no event stream,
    LanguageModelUnavailableError when it ends without a finish marker, ContentFilteredError.
    """
    reason: str | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    unreadable = 0
    for line in _lines(chunks):
        if not line.startswith(b"data:"):
            unreadable += not line.startswith((b":", b"event:", b"id:", b"retry:"))
            if unreadable > MAX_UNREADABLE_LINES:
                raise LanguageModelGarbageError("not an event stream")
            continue
        data = line[5:].strip()
        if data == b"[DONE]":
            if reason is None:
                reason = "stop"
            break
        try:
            event: Any = json.loads(data)
            choices: list[Any] = event.get("choices") or []
            usage: object = event.get("usage")
            error: Any = event.get("error")
            delta: dict[str, Any] = choices[0].get("delta") or {} if choices else {}
            text: Any = delta.get("content")
            finish: Any = choices[0].get("finish_reason") if choices else None
        except (ValueError, AttributeError, TypeError, KeyError, RecursionError):
            unreadable += 1
            if unreadable > MAX_UNREADABLE_LINES:
                raise LanguageModelGarbageError("unreadable events") from None
            continue
        if error:
            raise ErrorEventError(data)
        if usage:
            input_tokens = count_of(usage, "prompt_tokens") or input_tokens
            output_tokens = count_of(usage, "completion_tokens") or output_tokens
        if isinstance(text, str) and text:
            yield Delta(text)
        if finish:
            if finish == "content_filter":
                raise ContentFilteredError("content_filter")
            reason = str(finish)
    if reason is None:
        raise LanguageModelUnavailableError("stream ended without a finish marker")
    yield Finish(reason, input_tokens, output_tokens)


def _lines(chunks: Iterator[bytes]) -> Iterator[bytes]:
    buffer = b""
    for chunk in chunks:
        buffer += chunk
        *lines, buffer = buffer.split(b"\n")
        for line in lines:
            if stripped := line.strip():
                yield stripped
        if len(buffer) > MAX_LINE_BYTES:
            raise LanguageModelGarbageError("line over 64 KiB")
    if stripped := buffer.strip():
        yield stripped


def count_of(usage: object, name: str) -> int | None:
    """Return a count of tokens, None when the endpoint says nothing a database could hold."""
    value = cast("dict[str, object]", usage).get(name) if isinstance(usage, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31 else None
