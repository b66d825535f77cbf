"""The whole local stack, from the send to the first token: ``python -m bench.whole_stack [--turns N]``.

Starts a copy of its own (front door, emulator, workers, PostgreSQL) with a model that answers at once, and talks to it as
the page does: a message over HTTP, its tokens over the socket.  The floor, in the same run: ``GET /api/health``, which is
the way in alone (front door, gateway, Lambda, no database).  Medians and 95 % in milliseconds, first turn left out.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from pathlib import Path

from websockets.sync.client import connect

from devtools.config import free_port
from tests.e2e.conftest import Hub, Person
from tests.fakes.fake_llm import FakeLanguageModel


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=40)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, FakeLanguageModel() as llm:
        port = free_port()
        environment = {
            "HUB_DATA_DIR": folder,
            "HUB_PORT": str(port),
            "LLM_BASE_URL": llm.url,
            "LLM_MODEL": "fake-model",
            "RATE_LIMIT_SCALE": "1000",
        }
        hub = Hub(f"http://localhost:{port}", Path(folder), environment)
        hub.start()
        try:
            _measure(hub.person(), options.turns)
        finally:
            hub.stop()
            hub.close()


def _measure(person: Person, turns: int) -> None:
    companion = person.companion()["id"]
    took: dict[str, list[float]] = {
        "floor: health": [],
        "message is safe (202)": [],
        "first token": [],
        "turn is done": [],
    }
    print(f"load average {os.getloadavg()[0]:.1f}")
    with connect(
        f"{person.hub.url.replace('http', 'ws')}/ws",
        additional_headers={"Cookie": person.cookie},
        origin=person.hub.url,  # pyright: ignore[reportArgumentType]
    ) as socket:
        for _ in range(turns + 1):
            start = time.perf_counter()
            person.http.get("health").raise_for_status()
            took["floor: health"].append(time.perf_counter() - start)
            start = time.perf_counter()
            turn = person.send(companion, "Hello there, how was your day?").json()["turn"]["id"]
            took["message is safe (202)"].append(time.perf_counter() - start)
            waited = {"token": "first token", "done": "turn is done"}
            while waited:
                frame = json.loads(socket.recv(30))
                if frame.get("turn_id") == turn and frame["type"] in waited:
                    took[waited.pop(frame["type"])].append(time.perf_counter() - start)
    floor = statistics.median(took["floor: health"][1:])
    for name, each in took.items():
        median = statistics.median(each[1:])
        late = statistics.quantiles(each[1:], n=20)[-1]
        print(f"{name:<22} median {median * 1000:6.1f} ms   95 % {late * 1000:6.1f} ms   × floor {median / floor:4.1f}")


if __name__ == "__main__":
    main()
