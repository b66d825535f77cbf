"""Builds what is uploaded: function zips with only their own area, the common layer, and third-party layers for arm64.

Functions get ``functions/<area>/…`` at the root of their zip, so that module names are the same everywhere.  Layers of
third-party wheels are fetched for the Lambda platform without Docker and reused while their lock file is the same; the
local profile needs none, since its workers run under the hub's own environment.
"""

import hashlib
import os
import py_compile
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build"
PYTHON_VERSION = "3.13"
_PLATFORMS = ("manylinux2014_aarch64", "manylinux_2_28_aarch64")
_SKIP = ("__pycache__", "tests", "*.pyc", "*.dist-info/licenses")


def function_bundle(area: str) -> Path:
    """Return the folder to upload for an area: ``functions/<area>`` and nothing else."""
    target = BUILD / "functions" / area
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(
        ROOT / "functions" / area, target / "functions" / area, ignore=shutil.ignore_patterns("__pycache__", "*.pyc")
    )
    _compile(target)
    return target


def common_layer() -> Path:
    target = BUILD / "layers" / "common"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(
        ROOT / "layers" / "common" / "python",
        target / "python",
        ignore=shutil.ignore_patterns("__pycache__", "*.pyc", "py.typed"),
    )
    _compile(target)
    return target


def dependency_layer(name: str) -> Path:
    """Return the folder of a third-party layer, built from ``requirements/<name>.lock`` when it is missing or stale.

    Raises CalledProcessError when a wheel for the platform cannot be had.
    """
    target = ROOT / "layers" / "deps" / name
    if os.environ.get("HUB_SKIP_LAYERS"):  # template tests do not need the wheels
        (target / "python").mkdir(parents=True, exist_ok=True)
        return target
    lock = ROOT / "requirements" / f"{name}.lock"
    stamp = hashlib.sha256(f"{PYTHON_VERSION}\n".encode() + lock.read_bytes()).hexdigest()
    if (target / ".stamp").exists() and (target / ".stamp").read_text() == stamp:
        return target
    shutil.rmtree(target, ignore_errors=True)
    platforms = [word for platform in _PLATFORMS for word in ("--platform", platform)]
    subprocess.run(
        [
            sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes",
            "--only-binary=:all:", "--no-deps", "--implementation", "cp", "--python-version", PYTHON_VERSION,
            *platforms, "--target", str(target / "python"), "-r", str(lock),
        ],
        check=True,
    )  # fmt: skip
    for pattern in _SKIP:
        for path in sorted(target.rglob(pattern), reverse=True):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    (target / ".stamp").write_text(stamp)
    return target


def _compile(folder: Path) -> None:
    """Ship bytecode (it halves cold starts) when this Python is the deployed minor; another's would be ignored."""
    if f"{sys.version_info.major}.{sys.version_info.minor}" != PYTHON_VERSION:
        return
    for source in folder.rglob("*.py"):
        py_compile.compile(str(source), doraise=True, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
