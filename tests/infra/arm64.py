"""A Python of the Lambda platform on this machine, to import what is deployed: Debian's, for arm64, run by qemu.

Nothing is installed on the machine: the packages are unpacked under ``build/arm64``, 60 MB, once.
"""

import shutil
import subprocess
from pathlib import Path

from infra.bundle import BUILD, PYTHON_VERSION, deployed_python

ROOT_FOLDER = BUILD / "arm64"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
# The release that has this minor version; its C library is newer than Lambda's, which tests/infra hold by symbol.
_RELEASE = "trixie"
_PACKAGES = (
    f"python{PYTHON_VERSION}-minimal", f"libpython{PYTHON_VERSION}-minimal", f"libpython{PYTHON_VERSION}-stdlib",
    "libc6", "libgcc-s1", "libstdc++6", "zlib1g", "libexpat1", "libssl3t64", "libffi8", "libbz2-1.0", "liblzma5",
    "libsqlite3-0", "libuuid1", "libzstd1", "libncursesw6", "libtinfo6", "libreadline8t64",
)  # fmt: skip


class UnavailableError(RuntimeError):
    """This machine cannot run the platform's Python; the message says what is missing."""


def python() -> list[str]:
    """Return the command that runs the platform's Python.  Raises UnavailableError."""
    qemu = shutil.which("qemu-aarch64") or shutil.which("qemu-aarch64-static")
    if qemu is None:
        raise UnavailableError("qemu-user is not installed (apt-get install qemu-user)")
    program = ROOT_FOLDER / "usr" / "bin" / f"python{PYTHON_VERSION}"
    if not program.exists():
        _unpack()
    return [qemu, "-L", str(ROOT_FOLDER), str(program)]


def _unpack() -> None:
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None or not KEYRING.exists():
        raise UnavailableError("Debian's packages for arm64 can be had on Debian only (apt-get, dpkg-deb, its keyring)")
    state = BUILD / "arm64-apt"
    for folder in ("lists/partial", "cache/archives/partial", "packages"):
        (state / folder).mkdir(parents=True, exist_ok=True)
    (state / "status").touch()
    (state / "sources").write_text(f"deb [signed-by={KEYRING}] {_mirror()} {_RELEASE} main\n", encoding="utf-8")
    options = {
        "APT::Architecture": "arm64", "APT::Architectures": "arm64", "APT::Sandbox::User": "root",
        "Dir::State": state, "Dir::State::lists": state / "lists", "Dir::State::status": state / "status",
        "Dir::Cache": state / "cache", "Dir::Etc::sourcelist": state / "sources", "Dir::Etc::sourceparts": "-",
    }  # fmt: skip
    words = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
    packages = state / "packages"
    for command in (["update"], ["download", *_PACKAGES]):
        done = subprocess.run(
            ["apt-get", *words, "-qq", *command], cwd=packages, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise UnavailableError(f"apt-get {command[0]} for arm64: {done.stderr.strip()[-300:]}")
    # Merged-usr: packages bring their loader under /usr/lib, programs name it under /lib.
    ROOT_FOLDER.mkdir(parents=True, exist_ok=True)
    for package in sorted(packages.glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", str(package), str(ROOT_FOLDER)], check=True)
    library = ROOT_FOLDER / "lib"
    if not library.exists():
        library.symlink_to("usr/lib")
    shutil.rmtree(state)
    if own := deployed_python():  # in seconds what under qemu takes a minute; the packages bring no bytecode
        compileall = ["-m", "compileall", "-q", "-j", "2", "--invalidation-mode", "unchecked-hash"]
        subprocess.run([str(own), *compileall, str(ROOT_FOLDER / "usr" / "lib")], check=False)


def _mirror() -> str:
    """Return where this machine takes Debian's packages from."""
    done = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"],
        capture_output=True,
        text=True,
        check=False,
    )
    found = [uri for uri in done.stdout.split() if uri.rstrip("/").endswith("/debian")]
    if not found:
        raise UnavailableError("this machine has no Debian mirror in its apt sources")
    return found[0]
