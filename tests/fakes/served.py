"""An aiohttp application that answers on a port of this machine while a test runs, on a thread of its own."""

import asyncio
import threading
from collections.abc import Generator
from contextlib import contextmanager

from aiohttp import web


@contextmanager
def serving(app: web.Application, port: int) -> Generator[None]:
    """Serve ``app`` inside the block; requests still open at its end are cut."""
    loop = asyncio.new_event_loop()
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def start() -> None:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()

    try:
        asyncio.run_coroutine_threadsafe(start(), loop).result(10)
        yield
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
