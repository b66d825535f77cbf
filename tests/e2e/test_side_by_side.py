"""Two copies of the product on one machine, each with a port and a data folder of its own."""

import re
from collections.abc import Generator
from pathlib import Path

import pytest

from devtools.config import free_port
from tests.e2e.conftest import Hub

# A second copy synthesises and deploys anew.
pytestmark = [pytest.mark.e2e, pytest.mark.long]


@pytest.fixture
def other(hub: Hub, tmp_path: Path) -> Generator[Hub]:
    port = free_port()
    environment = {
        "HUB_DATA_DIR": str(tmp_path),
        "HUB_PORT": str(port),
        "LLM_BASE_URL": hub.llm.url,
        "LLM_MODEL": "fake-model",
        "EMBEDDINGS_MODEL": "fake-embeddings",
        "RATE_LIMIT_SCALE": "1000",
    }
    running = Hub(f"http://localhost:{port}", tmp_path, environment)
    running.llm = hub.llm
    running.start()
    yield running
    running.stop()
    running.close()


def test_two_copies_know_nothing_of_each_other(hub: Hub, other: Hub) -> None:
    here, there = hub.person(), other.person()
    mine, theirs = here.companion(), there.companion()
    # A session of one is none at the other, which has its own keys and people.
    there.http.headers["Cookie"], cookie = here.cookie, there.cookie
    assert there.http.get("me").status_code == 401
    there.http.headers["Cookie"] = cookie
    assert there.http.get(f"companions/{mine['id']}").status_code == 404
    for person, companion in ((here, mine), (there, theirs)):
        assert person.talk(companion["id"], "Let's go to the beach!", want_image=True)["degraded"] == []
    for copy in (hub, other):
        for log in (copy.data_dir / "logs").glob("*.log"):
            taken = re.search(r"address already in use|could not bind|errno 98", log.read_text(), re.IGNORECASE)
            assert taken is None, log.name
    other.stop()
    assert other.processes() == []
    assert here.talk(mine["id"], "Still there?")["status"] == "done"
