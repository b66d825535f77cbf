"""What is shipped is pinned by hash, licensed, listed and looked through (issue 4, item 14)."""

import json
import re
from datetime import date
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from devtools.config import ROOT
from scripts.audit import (
    DEPLOYED,
    LOOKED_AT,
    REPORT,
    SBOM,
    bandit_findings,
    licence,
    shipped_packages,
    shipped_scripts,
    write_sbom,
)

LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
# Permissive, and the weak copyleft of libraries we use unchanged.
ALLOWED = re.compile(
    r"MIT|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|LGPL|Lesser General|HPND|Unlicense|CC0|CC-BY-4|"
    r"Zlib|BlueOak|OFL",
    re.IGNORECASE,
)
# Of the weak copyleft kind, each with what its licence asks of us (docs/third-party.md).
NEVER = re.compile(r"\bA?GPL(?!.*exception)|SSPL|Commons Clause|proprietary", re.IGNORECASE)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_python_package_is_pinned_by_hash_and_names_no_host(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"\n(?=\S)", text.replace("\\\n", " ")) if entry and entry[0] != "#"]
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+(\[[a-z0-9,_-]+\])?==\S+", entry), entry[:80]
        assert "--hash=sha256:" in entry, entry[:80]
    assert "://" not in text
    assert "--index" not in text


@pytest.mark.parametrize("lock", ["local.lock", "dev.lock"])
def test_lock_names_all_that_its_packages_require(lock: str) -> None:
    """`hub` installs a lock without looking for more, so that a release of today cannot break a clone of yesterday."""
    lines = re.findall(r"^(\S+==[^\\\n]+)", (ROOT / "requirements" / lock).read_text(encoding="utf-8"), re.MULTILINE)
    locked = [Requirement(line) for line in lines]
    pins = {
        canonicalize_name(requirement.name): str(requirement.specifier).removeprefix("==")
        for requirement in locked
        if not requirement.marker or requirement.marker.evaluate()
    }
    wanted = {(name, "") for name in pins}
    seen: set[tuple[str, str]] = set()
    missing: list[str] = []
    while wanted:
        name, extra = wanted.pop()
        seen.add((name, extra))
        for line in distribution(name).requires or []:
            requirement = Requirement(line)
            if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
                continue
            required = canonicalize_name(requirement.name)
            if required not in pins or not requirement.specifier.contains(pins[required], prereleases=True):
                missing.append(f"{name} requires {requirement}")
                continue
            wanted |= {(required, each) for each in requirement.extras} - seen
    assert missing == []


def test_every_npm_package_is_pinned_by_hash_and_names_no_host() -> None:
    text = (ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    missing = [path for path, entry in packages.items() if path and not entry.get("link") and "integrity" not in entry]
    # npm leaves the hashes out of what another package brings along inside its own archive.
    assert [path for path in missing if not packages[path].get("inBundle")] == []
    assert '"resolved"' not in text


def test_licence_of_everything_shipped_is_known_and_allowed() -> None:
    found = {package: licence(package) for package in shipped_packages()} | shipped_scripts()
    assert len(found) > 30
    wrong = {
        package: text
        for package, text in found.items()
        if not ALLOWED.search(text) or (NEVER.search(text) and not re.search(r"LGPL|Lesser", text))
    }
    assert wrong == {}


def test_bill_of_materials_lists_all_that_is_deployed() -> None:
    write_sbom()
    sbom = json.loads(SBOM.read_text(encoding="utf-8"))
    assert sbom["bomFormat"] == "CycloneDX"
    listed = {component["name"]: component["version"] for component in sbom["components"]}
    assert listed == {name.partition("[")[0]: version for name, version in shipped_packages().items()}


def test_audit_is_dated_and_found_nothing() -> None:
    text = REPORT.read_text(encoding="utf-8")
    found = re.search(r"on (\d{4}-\d{2}-\d{2});", text)
    assert found is not None
    assert date.fromisoformat(found[1]).year >= 2026
    for name in DEPLOYED:
        assert re.search(rf"\| PyPI: {name}\.lock \| \d+ packages, nothing known \|", text), name
    for package in shipped_packages():
        assert f"| {package} |" in text, "run python -m scripts.audit"
    assert "NOT LOOKED AT" not in text


def test_bandit_finds_nothing_that_was_not_looked_at() -> None:
    assert [finding for finding in bandit_findings() if finding["id"] not in LOOKED_AT] == []
