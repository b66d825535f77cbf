"""A turn that the bundled language model answers: the same stack, and nothing scripted in it."""

import re
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from devtools.config import ROOT, free_port
from devtools.language_model import BUNDLED, WeightsError, fetch
from tests.e2e.conftest import Hub

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def small_hub(tmp_path_factory: pytest.TempPathFactory) -> Generator[Hub]:
    try:
        # Where a newcomer's `./hub up` keeps them too, so that they are fetched once.
        weights = fetch(BUNDLED, ROOT / ".hub" / "models", lambda line: print(f"hub: {line}", flush=True))
    except WeightsError as exc:
        pytest.skip(f"the bundled model cannot be had here: {exc}")
    data_dir: Path = tmp_path_factory.mktemp("small-hub")
    (data_dir / "models").symlink_to(weights.parent)
    port = free_port()
    running = Hub(f"http://localhost:{port}", data_dir, {"HUB_DATA_DIR": str(data_dir), "HUB_PORT": str(port)})
    running.start(timeout_s=600)
    yield running
    running.stop()
    running.close()


def test_the_bundled_model_talks(small_hub: Hub) -> None:
    person = small_hub.person()
    companion = person.companion(identity={"occupation": "baker", "personality": ["kind", "witty"]})
    prepared = person.http.post(f"companions/{companion['id']}/prepare").json()
    assert prepared == {"model": BUNDLED.model, "prepared": True}

    started = time.monotonic()
    turn = person.talk(companion["id"], "Hi Mara, I am Tom. How are you today?", timeout_s=240)
    print(f"bundled model: first token {turn['first_token_ms']} ms, turn {time.monotonic() - started:.1f} s")
    assert (turn["status"], turn["error"]) == ("done", None)
    assert len(re.findall(r"\w+", turn["text"])) >= 3
    assert "Tom:" not in turn["text"], "it speaks for itself only"
    assert "[" not in turn["text"].split("\n")[0][:1], "it does not repeat the note"
    assert not turn["text"].startswith("Mara:")

    person.talk(companion["id"], "Let's go to the beach! Come on, put on your red bikini.", timeout_s=240)
    usage = person.http.get("me/usage").json()
    assert usage["months"][0]["input_tokens"] > 0
    messages = person.http.get(f"companions/{companion['id']}/messages").json()["items"]
    assert [message["role"] for message in messages][-4:] == ["user", "assistant", "user", "assistant"]


def test_it_has_read_the_chat_when_the_next_message_comes(small_hub: Hub) -> None:
    """What is read ahead is not read again: the first word takes a small part of what the whole prompt takes."""
    person = small_hub.person()
    story = (
        "Mara grew up in a small harbour town, learnt to bake from her aunt, and opened a bakery by the old mill. " * 4
    )
    companion = person.companion(identity={"backstory": story})
    started = time.monotonic()
    person.http.post(f"companions/{companion['id']}/prepare").raise_for_status()
    reading = time.monotonic() - started
    turn = person.talk(companion["id"], "Good morning!", timeout_s=240)
    print(f"read ahead in {reading:.1f} s; first token {turn['first_token_ms']} ms")
    assert turn["first_token_ms"] / 1000 < max(0.7 * reading, 3.0)
