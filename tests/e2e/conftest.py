"""The whole stack, as ``hub up`` starts it: real PostgreSQL, emulator, deployed template, illustrator and front door.

Only the language model is scripted; it speaks the real protocol over HTTP.  One run serves all tests of the session.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx
import pytest

from devtools.config import ROOT, free_port
from tests.fakes.fake_llm import FakeLanguageModel

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run end-to-end tests last: what is cheap fails first.  Leave out what takes minutes unless HUB_TEST_LONG is set."""
    if not os.environ.get("HUB_TEST_LONG"):
        for item in items:
            if "long" in item.keywords:
                item.add_marker(pytest.mark.skip(reason="takes minutes; ./hub test --long runs it"))
    items.sort(key=lambda item: "e2e" in item.keywords)


class Hub:
    """A running copy of the product."""

    llm: FakeLanguageModel

    def __init__(self, url: str, data_dir: Path, environment: dict[str, str]) -> None:
        self.url = url
        self.data_dir = data_dir
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._people: list[Person] = []

    def start(self, timeout_s: float = 300) -> None:
        log = self.data_dir / "up.log"
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "devtools.cli", "up"],
                cwd=ROOT,
                env={**os.environ, **self._environment},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + timeout_s
        while not (self.data_dir / "state.json").exists():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"hub up failed:\n{log.read_text()[-4000:]}")
            time.sleep(0.1)

    def stop(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(30)

    def processes(self) -> list[str]:
        """Return what still runs of this copy, by its data folder in the command line or environment."""
        found: list[str] = []
        for folder in Path("/proc").iterdir():
            try:
                text = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
            except (OSError, PermissionError):
                continue
            if str(self.data_dir).encode() in text and folder.name.isdigit() and int(folder.name) != os.getpid():
                found.append(folder.name)
        return found

    def pid(self, module: str) -> int:
        """Return the process of one of this copy's parts, by the Python module it runs."""
        for number in self.processes():
            if f"-m\0{module}".encode() in Path(f"/proc/{number}/cmdline").read_bytes():
                return int(number)
        raise AssertionError(f"{module} does not run")

    def person(self) -> "Person":
        person = Person(self)
        self._people.append(person)
        return person

    def close(self) -> None:
        for person in self._people:
            person.http.close()


class Person:
    """Somebody with an account, at the API."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        name = f"p{uuid.uuid4().hex[:12]}"
        self.login = {"identifier": name, "password": "correct horse battery"}
        self.http = httpx.Client(
            base_url=f"{hub.url}/api/", headers={"Origin": hub.url, "X-Requested-With": "companion-hub"}, timeout=60
        )
        account = {"name": "Tom", "email": f"{name}@example.com", "username": name, "password": self.login["password"]}
        self._keep_cookies(self.http.post("auth/register", json=account))

    def _keep_cookies(self, response: httpx.Response) -> None:
        response.raise_for_status()
        # The cookies are Secure; a browser sends them to localhost all the same, httpx does not.
        cookies = [value.split(";")[0] for value in response.headers.get_list("set-cookie")]
        self.cookie = "; ".join(cookies)
        self.http.headers["Cookie"] = self.cookie

    def log_in(self) -> None:
        self._keep_cookies(self.http.post("auth/login", json=self.login))

    def companion(self, **fields: Any) -> dict[str, Any]:
        response = self.http.post("companions", json={"name": "Mara", **fields})
        response.raise_for_status()
        return response.json()

    def send(self, companion_id: str, text: str, *, want_image: bool = False, id_: str | None = None) -> httpx.Response:
        body = {"client_message_id": id_ or str(uuid.uuid4()), "text": text, "want_image": want_image}
        return self.http.post(f"companions/{companion_id}/messages", json=body)

    def finish(self, turn_id: str, timeout_s: float = 60) -> dict[str, Any]:
        """Return the turn's snapshot once it has ended."""
        deadline = time.monotonic() + timeout_s
        while True:
            turn: dict[str, Any] = self.http.get(f"turns/{turn_id}").raise_for_status().json()
            if turn["status"] not in ("queued", "running"):
                return turn
            assert time.monotonic() < deadline, f"the turn did not end: {turn}"
            time.sleep(0.1)

    def talk(self, companion_id: str, text: str, *, want_image: bool = False, timeout_s: float = 60) -> dict[str, Any]:
        response = self.send(companion_id, text, want_image=want_image)
        assert response.status_code == 202, response.text
        return self.finish(response.json()["turn"]["id"], timeout_s)


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Generator[Hub]:
    data_dir = tmp_path_factory.mktemp("hub")
    port = free_port()
    with FakeLanguageModel(chunk_delay_s=0.01) as llm:
        environment = {
            "HUB_DATA_DIR": str(data_dir),
            "HUB_PORT": str(port),
            "LLM_BASE_URL": llm.url,
            "LLM_MODEL": "fake-model",
            "EMBEDDINGS_MODEL": "fake-embeddings",
            "RATE_LIMIT_SCALE": "1000",
        }
        running = Hub(f"http://localhost:{port}", data_dir, environment)
        running.llm = llm
        running.start()
        yield running
        running.stop()
        running.close()
