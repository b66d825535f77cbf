"""The local AWS with our shim, do-nothing functions: HTTP → Lambda, a five-step execution, a push to a socket.

Run: ``python -m bench.emulator [--times N] [--stock]``.  Prints the median and the fastest of N runs in milliseconds;
``--stock`` measures MiniStack without the shim.  The prototypes' medians on a quiet machine were 4.7, 27 and 2.4 ms.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from websockets.sync.client import connect

from tests.devtools.emulators import Emulator

QUIET = "def handler(event, context):\n    return {'statusCode': 200}\n"
STEPS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--stock", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        emulator = Emulator(Path(folder), mended=not options.stock)
        try:
            emulator.start()
            _report("HTTP → Lambda", _http(emulator, options.times))
            _report("five-step execution", _execution(emulator, options.times // 4))
            _report("socket push", _push(emulator, options.times))
        finally:
            emulator.stop()


def _report(name: str, took_ms: list[float]) -> None:
    print(f"{name:<20} median {statistics.median(took_ms):6.1f} ms   fastest {min(took_ms):6.1f} ms   n={len(took_ms)}")


def _measure(work: Callable[[], Any], times: int) -> list[float]:
    for _ in range(5):
        work()
    took: list[float] = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    return took


def _http(emulator: Emulator, times: int) -> list[float]:
    url = emulator.http_api("bench", emulator.function("bench", QUIET))
    with httpx.Client() as client:
        return _measure(lambda: client.get(url).raise_for_status(), times)


def _execution(emulator: Emulator, times: int) -> list[float]:
    arns = [emulator.function(f"step{number}", QUIET) for number in range(STEPS)]
    states: dict[str, Any] = {
        f"S{number}": {"Type": "Task", "Resource": arn, "Next": f"S{number + 1}"} for number, arn in enumerate(arns)
    }
    states[f"S{STEPS}"] = {"Type": "Succeed"}
    client = emulator.client("stepfunctions")
    machine = {"StartAt": "S0", "States": states}

    def run() -> None:
        ended = emulator.run_machine("bench", machine, client=client)
        assert ended["status"] == "SUCCEEDED", ended

    return _measure(run, times)


def _push(emulator: Emulator, times: int) -> list[float]:
    """From the call of PostToConnection to the moment the other end has the frame."""
    url = emulator.websocket_api("bench", emulator.function("socket", f"ID = []\n{_SOCKET}"))
    with connect(url) as socket:
        socket.send('{"action": "id"}')
        connection, _ = emulator.invoke("socket", {"ask": True})
        client = emulator.client("apigatewaymanagementapi", endpoint=url.replace("ws://", "http://"))

        def push() -> None:
            client.post_to_connection(ConnectionId=connection, Data=b'{"v":1,"type":"token"}')
            socket.recv(5)

        return _measure(push, times)


_SOCKET = """
def handler(event, context):
    if event.get("ask"):
        return ID[-1]
    ID.append(event["requestContext"]["connectionId"])
    return {"statusCode": 200}
"""

if __name__ == "__main__":
    main()
