"""The event stream of an OpenAI-compatible endpoint, byte by byte."""

import json
from collections.abc import Iterator

import pytest

from companion_hub.errors import ContentFilteredError, LanguageModelGarbageError, LanguageModelUnavailableError
from companion_hub.providers.event_stream import MAX_LINE_BYTES, Delta, Finish, read_events


def event(text: str | None = None, finish: str | None = None, **more: object) -> bytes:
    choice = {"delta": {"content": text} if text is not None else {}, "finish_reason": finish}
    return b"data: " + json.dumps({"choices": [choice], **more}).encode() + b"\n\n"


@pytest.mark.parametrize("size", [1, 2, 7, 10_000], ids=lambda size: f"{size} bytes at a time")
def test_events_are_read_whatever_the_packets(size: int) -> None:
    stream = event("Hé") + b": comment\r\n\r\nevent: x\n" + event("llo") + event(finish="stop") + b"data: [DONE]\n\n"
    packets = [stream[start : start + size] for start in range(0, len(stream), size)]
    assert list(read_events(iter(packets))) == [Delta("Hé"), Delta("llo"), Finish("stop", None, None)]


def test_usage_may_come_with_or_after_the_end() -> None:
    usage = {"prompt_tokens": 7, "completion_tokens": 3}
    late = event("a", finish="length") + b"data: " + json.dumps({"choices": [], "usage": usage}).encode() + b"\n\n"
    assert list(read_events(iter([late])))[-1] == Finish("length", 7, 3)


def test_stream_without_an_end_is_half_a_stream() -> None:
    events = read_events(iter([event("a")]))
    assert next(events) == Delta("a")
    with pytest.raises(LanguageModelUnavailableError):
        next(events)


def test_endless_line_is_refused_within_bounds() -> None:
    taken = 0

    def packets() -> Iterator[bytes]:
        nonlocal taken
        while True:
            taken += 4_096
            yield b"x" * 4_096

    with pytest.raises(LanguageModelGarbageError):
        list(read_events(packets()))
    assert taken <= MAX_LINE_BYTES + 8_192


def test_single_bad_line_is_skipped() -> None:
    stream = [b"data: {bad\n", b"data: []\n", b'data: {"choices": [{"delta": {"content": 5}}]}\n', event("ok", "stop")]
    assert list(read_events(iter(stream))) == [Delta("ok"), Finish("stop", None, None)]


def test_filtered_content_is_an_error_of_its_own() -> None:
    with pytest.raises(ContentFilteredError):
        list(read_events(iter([event("a", "content_filter")])))
