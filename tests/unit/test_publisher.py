"""Frames reach each socket in order, and no socket holds up the work."""

import threading
import time
from uuid import uuid4

from companion_hub.models.base import Resource
from companion_hub.models.frame import DoneFrame, TokenFrame
from companion_hub.providers.sockets import MAX_FRAME_BYTES, SocketPostError
from companion_hub.services.publisher import QUEUE_FRAMES, Publisher, split_frame

TURN = uuid4()


class FakeSockets:
    """Records frames by socket; ``gone``, ``failing`` and ``blocked`` name sockets that misbehave."""

    def __init__(self) -> None:
        self.posted: dict[str, list[Resource]] = {}
        self.gone: set[str] = set()
        self.failing: set[str] = set()
        self.blocked: dict[str, threading.Event] = {}

    def post(self, connection_id: str, frame: Resource) -> bool:
        if connection_id in self.blocked:
            self.blocked[connection_id].wait(5)
        if connection_id in self.failing:
            raise SocketPostError("throttled")
        if connection_id in self.gone:
            return False
        self.posted.setdefault(connection_id, []).append(frame)
        return True

    def close(self, connection_id: str) -> None:
        raise AssertionError("not used here")


def token(offset: int, text: str = "x", attempt: int = 1) -> TokenFrame:
    return TokenFrame(turn_id=TURN, attempt=attempt, offset=offset, text=text)


def test_frames_keep_their_order() -> None:
    sockets = FakeSockets()
    frames = [token(index) for index in range(50)]
    with Publisher(sockets) as publisher:
        for frame in frames:
            publisher.publish(["a", "b"], frame)
    assert sockets.posted == {"a": frames, "b": frames}


def test_slow_socket_holds_up_neither_the_work_nor_the_others() -> None:
    sockets = FakeSockets()
    sockets.blocked["slow"] = threading.Event()
    started = time.monotonic()
    with Publisher(sockets) as publisher:
        for index in range(QUEUE_FRAMES * 3):
            publisher.publish(["slow", "quick"], token(index))
            time.sleep(0.0005)
        assert time.monotonic() - started < 1
        sockets.blocked["slow"].set()
    assert len(sockets.posted["quick"]) == QUEUE_FRAMES * 3


def test_socket_that_missed_a_token_gets_no_later_ones_of_the_attempt_but_the_end() -> None:
    sockets = FakeSockets()
    done = DoneFrame(turn_id=TURN, status="done")
    with Publisher(sockets) as publisher:
        publisher.publish(["a"], token(0))
        time.sleep(0.05)
        sockets.failing.add("a")
        publisher.publish(["a"], token(1))
        time.sleep(0.05)
        sockets.failing.clear()
        publisher.publish(["a"], token(2))
        publisher.publish(["a"], token(0, attempt=2))
        publisher.publish(["a"], done)
    assert sockets.posted["a"] == [token(0), token(0, attempt=2), done]


def test_gone_socket_is_reported_once() -> None:
    sockets = FakeSockets()
    sockets.gone.add("a")
    with Publisher(sockets) as publisher:
        publisher.publish(["a"], token(0))
        publisher.publish(["a"], token(1))
    assert publisher.take_gone() == ["a"]
    assert publisher.take_gone() == []


def test_long_token_frame_is_split_without_losing_a_character() -> None:
    text = "\U0001f600é" * 20_000
    parts = split_frame(token(5, text))
    assert all(len(part.model_dump_json().encode()) <= MAX_FRAME_BYTES for part in parts)
    offset, joined = 5, ""
    for part in parts:
        assert isinstance(part, TokenFrame)
        assert part.offset == offset + len(joined)
        joined += part.text
    assert joined == text
