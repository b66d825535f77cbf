"""Builds what is uploaded: function zips with only their own area, the common layer, and third-party layers for arm64.

Functions get ``functions/<area>/…`` at the root of their zip, so that module names are the same everywhere.  Layers of
third-party wheels are fetched for the Lambda platform without Docker and reused while their lock file is the same; the
local profile needs none, since its workers run under the hub's own environment.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build"
PYTHON_VERSION = "3.13"
_PLATFORMS = ("manylinux2014_aarch64", "manylinux_2_28_aarch64")
# Published as source only, and pure Python when built without libvips at hand; its library is in pyvips-binary.
_SOURCE_ONLY = "pyvips"
# Never imported by a function: bytecode of the building Python, tests, stubs, headers.
_SKIP = ("__pycache__", "tests", "*.pyc", "*.pyi", "*.h", "*.hpp", "bin", "include", "*.dist-info/licenses")
# e_machine of an ELF file: AArch64.  Source: System V ABI, "ELF Header".
_AARCH64 = 183


class BundleError(RuntimeError):
    """A layer cannot be built for the Lambda platform; the message says which and why."""


def function_bundle(area: str) -> Path:
    """Return the folder to upload for an area: ``functions/<area>`` and nothing else."""
    return _staged(ROOT / "functions" / area, BUILD / "functions" / area, inside=f"functions/{area}")


def common_layer() -> Path:
    """Return the folder of the layer with ``companion_hub``."""
    return _staged(ROOT / "layers" / "common" / "python", BUILD / "layers" / "common", inside="python")


def _staged(source: Path, target: Path, *, inside: str) -> Path:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target / inside, ignore=shutil.ignore_patterns("__pycache__", "*.pyc", "py.typed"))
    _compile(target)
    return target


def dependency_layer(name: str) -> Path:
    """Return the folder of a third-party layer, built from ``requirements/<name>.lock`` when it is missing or stale.

    Raises BundleError when a wheel for the platform cannot be had.
    """
    if os.environ.get("HUB_SKIP_LAYERS"):  # template tests do not need the wheels
        empty = BUILD / "layers" / "empty"
        (empty / "python").mkdir(parents=True, exist_ok=True)
        return empty
    target = ROOT / "layers" / "deps" / name
    stamp = target / ".stamp"
    wanted = _stamp(ROOT / "requirements" / f"{name}.lock")
    if stamp.exists() and stamp.read_text() == wanted:
        return target
    shutil.rmtree(target, ignore_errors=True)
    _install(name, target / "python")
    for pattern in _SKIP:
        for path in sorted(target.rglob(pattern), reverse=True):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    if foreign := foreign_libraries(target):
        raise BundleError(f"layer {name}: not for arm64: {', '.join(foreign[:5])}")
    _compile(target)
    stamp.write_text(wanted)
    return target


def content_hash(folder: Path) -> str:
    """Return what an upload is named by: the same for the same files, whenever and wherever they were put together.

    Not the CDK's own fingerprint, which takes a file of an inode, time and size it has seen for the one it saw, and here
    folders are made anew.  Bytecode counts by being there: its bytes follow from the sources.
    """
    digest = hashlib.sha256(PYTHON_VERSION.encode())
    compiled = False
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.suffix == ".pyc":
            compiled = True
        elif path.name != ".stamp":
            name = path.relative_to(folder).as_posix().encode()
            digest.update(b"%d %b %d " % (len(name), name, path.stat().st_size) + path.read_bytes())
    digest.update(b"compiled" if compiled else b"")
    return digest.hexdigest()


def website() -> Path:
    """Return the built web app.  Raises BundleError when it has not been built: an empty page must not be deployed."""
    built = ROOT / "frontend" / "dist"
    if os.environ.get("HUB_SKIP_LAYERS"):
        built = BUILD / "website"
        built.mkdir(parents=True, exist_ok=True)
        (built / "index.html").write_text("<!doctype html>")
    if not (built / "index.html").exists():
        raise BundleError("the web app is not built: (cd frontend && npm ci && npm run build)")
    return built


def _stamp(lock: Path) -> str:
    """Return what a layer was made of: the lock, the deployed Python, whether bytecode is shipped, and this module."""
    parts = (lock.read_bytes(), PYTHON_VERSION.encode(), str(deployed_python()).encode(), Path(__file__).read_bytes())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _install(name: str, target: Path) -> None:
    platforms = [word for platform in _PLATFORMS for word in ("--platform", platform)]
    command = [
        sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile",
        "--require-hashes", "--no-deps", "--only-binary=:all:", f"--no-binary={_SOURCE_ONLY}",
        "--implementation", "cp", "--python-version", PYTHON_VERSION, *platforms,
        "--target", str(target), "-r", str(ROOT / "requirements" / f"{name}.lock"),
    ]  # fmt: skip
    # pkg-config must not find this machine's libvips: pyvips would then be compiled for it.
    env = {**os.environ, "PKG_CONFIG_LIBDIR": "", "PKG_CONFIG_PATH": ""}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BundleError(f"layer {name} cannot be built: {done.stderr.strip()[-1500:]}")


def foreign_libraries(folder: Path) -> list[str]:
    """Return the shared libraries in a folder that were not built for the Lambda platform."""
    return [str(path.relative_to(folder)) for path in _libraries(folder) if _machine(path) != _AARCH64]


def _libraries(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*.so*") if path.is_file())


def _machine(path: Path) -> int:
    with path.open("rb") as file:
        header = file.read(20)
    return int.from_bytes(header[18:20], "little") if header.startswith(b"\x7fELF") else 0


@cache
def deployed_python() -> Path | None:
    """Return an interpreter of the deployed minor version on this machine, None when there is none.

    Its bytecode halves cold starts; another minor's would be ignored by Lambda, so without one none is shipped.
    """
    name = f"python{PYTHON_VERSION}"
    versions = Path.home() / ".pyenv" / "versions"
    candidates = [sys.executable, shutil.which(name) or "", *sorted(map(str, versions.glob(f"*/bin/{name}")))]
    for candidate in filter(None, candidates):
        probe = [candidate, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
        done = subprocess.run(probe, capture_output=True, text=True, check=False)
        if done.returncode == 0 and done.stdout.strip() == PYTHON_VERSION:
            return Path(candidate)
    sys.stderr.write(
        f"hub: no Python {PYTHON_VERSION} on this machine: functions are shipped without bytecode and start slower\n"
    )
    return None


def _compile(folder: Path) -> None:
    """Add bytecode that is used without looking at the source's time, which zips do not keep."""
    python = deployed_python()
    if python is None:
        return
    subprocess.run(
        # -s: tracebacks name /var/task or /opt, not the folder of the building machine.
        [str(python), "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", "-s", str(folder), str(folder)],
        check=True,
    )  # fmt: skip
