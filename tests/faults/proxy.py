"""A TCP proxy in front of PostgreSQL that cuts, stalls, refuses, and cuts at COMMIT, before or after it took effect."""

import asyncio
import contextlib
import threading
from collections import Counter
from collections.abc import Generator
from typing import Literal

AtCommit = Literal["pass", "before", "after"]


class Proxy:
    """Set the attributes from any thread; they count from the next bytes on.

    refusing: new connections are closed at once.  stalled: nothing is passed on, in either direction.
    """

    def __init__(self, upstream: str) -> None:
        """``upstream`` is the path of the server's Unix socket."""
        self._upstream = upstream
        self._loop = asyncio.new_event_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._go = asyncio.Event()
        self._go.set()
        self.refusing = False
        self.at_commit: list[AtCommit] = []  # what to do at the next COMMITs, from the front
        self.open = 0
        self.most_open = 0
        self.counts: Counter[str] = Counter()
        self.port = 0

    def stall(self, on: bool) -> None:
        self._loop.call_soon_threadsafe(self._go.clear if on else self._go.set)

    def cut(self) -> None:
        """Close every connection now."""

        def cancel() -> None:
            self.counts["cut"] += len(self._tasks)
            for task in self._tasks:
                task.cancel()

        self._loop.call_soon_threadsafe(cancel)

    @contextlib.contextmanager
    def running(self) -> Generator["Proxy"]:
        started = threading.Event()

        def run() -> None:
            asyncio.set_event_loop(self._loop)
            server = self._loop.run_until_complete(asyncio.start_server(self._accept, "127.0.0.1", 0))
            self.port = server.sockets[0].getsockname()[1]
            started.set()
            self._loop.run_forever()
            server.close()
            for task in asyncio.all_tasks(self._loop):
                task.cancel()
            self._loop.run_until_complete(asyncio.sleep(0.05))
            self._loop.close()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        started.wait(10)
        try:
            yield self
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join(10)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.refusing:
            self.counts["refused"] += 1
            writer.close()
            return
        task = asyncio.create_task(self._carry(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        with contextlib.suppress(asyncio.CancelledError):
            await task

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        up_writer: asyncio.StreamWriter | None = None
        try:
            up_reader, up_writer = await asyncio.open_unix_connection(self._upstream)
            cut_after = asyncio.Event()
            ways = [
                asyncio.create_task(self._up(reader, up_writer, cut_after)),
                asyncio.create_task(self._down(up_reader, writer, cut_after)),
            ]
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for way in ways:
                    way.cancel()
                await asyncio.gather(*ways, return_exceptions=True)
        except OSError:
            self.counts["unreachable"] += 1
        finally:
            self.open -= 1
            for end in (writer, up_writer):
                if end is not None:
                    # A reset, as a failover makes: nothing lingers.
                    end.transport.abort()

    async def _up(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, cut_after: asyncio.Event) -> None:
        while data := await reader.read(65_536):
            await self._go.wait()
            if b"COMMIT\0" in data and self.at_commit:
                when = self.at_commit.pop(0)
                self.counts[f"{when} COMMIT"] += 1
                if when == "before":
                    return
                if when == "after":
                    cut_after.set()
            writer.write(data)
            await writer.drain()

    async def _down(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, cut_after: asyncio.Event) -> None:
        while data := await reader.read(65_536):
            await self._go.wait()
            if cut_after.is_set():  # the server has said that it is committed; nobody will hear
                return
            writer.write(data)
            await writer.drain()
