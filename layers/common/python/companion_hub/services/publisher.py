"""Sends frames to a user's sockets without ever holding up the work that makes them.

Each socket has a thread and a bounded queue of its own.  A socket that fails or falls behind misses the rest of the
token frames of this attempt; the page notices the gap by its offset and takes the snapshot instead.
"""

from collections.abc import Callable, Iterable
from queue import Full, Queue
from threading import Lock, Thread
from time import monotonic

from companion_hub.models.base import Resource
from companion_hub.models.frame import MessageFrame, ResetFrame, TokenFrame
from companion_hub.observability import logger
from companion_hub.providers.sockets import MAX_FRAME_BYTES, SocketPostError, Sockets

# About three seconds of frames: a socket that is further behind is quicker served by the snapshot.
QUEUE_FRAMES = 64
CLOSE_TIMEOUT_S = 2.0


class Publisher:
    """Use as a context manager: leaving it waits a moment for what is still queued."""

    def __init__(self, sockets: Sockets) -> None:
        self._sockets = sockets
        self._workers: dict[str, _SocketWorker] = {}
        self._gone: list[str] = []
        self._lock = Lock()

    def __enter__(self) -> "Publisher":
        return self

    def __exit__(self, *_: object) -> None:
        deadline = monotonic() + CLOSE_TIMEOUT_S
        for worker in self._workers.values():
            worker.finish()
        for worker in self._workers.values():
            worker.join(max(0.0, deadline - monotonic()))

    def publish(self, connection_ids: Iterable[str], frame: Resource) -> None:
        """Queue a frame for each socket; a long token frame is split."""
        for part in split_frame(frame):
            for connection_id in connection_ids:
                worker = self._workers.get(connection_id)
                if worker is None:
                    worker = self._workers[connection_id] = _SocketWorker(connection_id, self._sockets, self._note_gone)
                worker.put(part)

    def take_gone(self) -> list[str]:
        """Return the sockets found gone since the last call; their rows can be deleted."""
        with self._lock:
            gone, self._gone = self._gone, []
        return gone

    def _note_gone(self, connection_id: str) -> None:
        with self._lock:
            self._gone.append(connection_id)


class _SocketWorker(Thread):
    def __init__(self, connection_id: str, sockets: Sockets, on_gone: Callable[[str], None]) -> None:
        super().__init__(daemon=True, name="socket")
        self._connection_id = connection_id
        self._sockets = sockets
        self._on_gone = on_gone
        self._queue: Queue[Resource | None] = Queue(QUEUE_FRAMES)
        self._lost_attempt: int | None = None
        self._gone = False
        self.start()

    def put(self, frame: Resource) -> None:
        if self._gone or self._is_useless(frame):
            return
        try:
            self._queue.put_nowait(frame)
        except Full:
            self._lose(frame)

    def finish(self) -> None:
        try:
            self._queue.put_nowait(None)
        except Full:
            self._gone = True

    def run(self) -> None:
        while not self._gone:
            frame = self._queue.get()
            if frame is None:
                return
            if self._is_useless(frame):
                continue
            try:
                if not self._sockets.post(self._connection_id, frame):
                    self._gone = True
                    self._on_gone(self._connection_id)
            except SocketPostError as exc:
                self._lose(frame)
                logger.info("frame not posted", extra={"reason": str(exc)})

    def _is_useless(self, frame: Resource) -> bool:
        """Whether an earlier token frame of the same attempt was lost: the page would have to drop this one."""
        return isinstance(frame, TokenFrame) and frame.attempt == self._lost_attempt

    def _lose(self, frame: Resource) -> None:
        if isinstance(frame, TokenFrame | ResetFrame):
            self._lost_attempt = frame.attempt


def split_frame(frame: Resource) -> list[Resource]:
    """Return the frames to send: the one given, or a token frame's text in pieces that fit MAX_FRAME_BYTES.

    A message that does not fit (a very long reply, or many alternatives) is not sent at all: the page fetches the chat
    when the turn is done and the message was not announced.
    """
    if isinstance(frame, MessageFrame):
        return [frame] if len(frame.model_dump_json().encode()) <= MAX_FRAME_BYTES else []
    # A character takes at most 12 bytes of JSON (a surrogate pair, escaped); most take one.
    if not isinstance(frame, TokenFrame) or len(frame.text) * 12 < MAX_FRAME_BYTES:
        return [frame]
    size = MAX_FRAME_BYTES // 12
    return [
        frame.model_copy(update={"offset": frame.offset + start, "text": frame.text[start : start + size]})
        for start in range(0, len(frame.text), size)
    ]
