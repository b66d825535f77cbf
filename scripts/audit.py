"""Audit what is shipped: known vulnerabilities, licences, and a bill of materials (SBOM).

``python -m scripts.audit`` asks PyPI's and npm's advisories where they can be reached, writes ``docs/audit.md`` (dated:
what was asked, what was found, what could not be asked) and ``build/sbom.json`` (CycloneDX, of the deployed layers).
"""

import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from email.message import Message
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import cast

ROOT = Path(__file__).resolve().parent.parent
# What ends up in AWS; everything else runs on the developer's machine only.
DEPLOYED = ("core", "database", "auth", "imaging")
SBOM = ROOT / "build" / "sbom.json"
REPORT = ROOT / "docs" / "audit.md"


def locked(name: str) -> dict[str, str]:
    """Return package and version of every requirement of a lock file."""
    lines = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" ", 1)[0].partition("==") for line in lines if line and not line[0].isspace())
    return {package: version for package, _, version in pairs}


def shipped_packages() -> dict[str, str]:
    return {package: version for name in DEPLOYED for package, version in locked(name).items()}


def licence(package: str) -> str:
    """Return what the package says of its licence, "" when it is not installed here."""
    try:
        metadata = cast("Message", distribution(package).metadata)
    except PackageNotFoundError:
        return ""
    classifiers = [value for value in metadata.get_all("Classifier") or [] if value.startswith("License ::")]
    text = metadata.get("License-Expression") or "; ".join(value.rpartition(" :: ")[2] for value in classifiers)
    return text or (metadata.get("License") or "").splitlines()[0]


def shipped_scripts() -> dict[str, str]:
    """Return the licence of every npm package that may end up in the page."""
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))
    return {
        path.rpartition("node_modules/")[2]: str(entry.get("license", ""))
        for path, entry in lock["packages"].items()
        if path and not entry.get("dev") and not entry.get("devOptional")
    }


def write_sbom() -> int:
    """Write the bill of materials of the deployed layers; return how many components it lists."""
    SBOM.parent.mkdir(exist_ok=True)
    text = "\n".join(f"{package}=={version}" for package, version in sorted(shipped_packages().items()))
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", "-", "--output-reproducible", "--of", "JSON"]
    made = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    SBOM.write_text(made.stdout, encoding="utf-8")
    return len(json.loads(made.stdout)["components"])


def python_advisories(name: str) -> str:
    """Return what PyPI knows against a lock file, in a sentence."""
    lock = ROOT / "requirements" / f"{name}.lock"
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--no-deps", "--progress-spinner=off", "-f", "json"]
    done = subprocess.run([*command, "-r", str(lock)], capture_output=True, text=True, check=False, timeout=300)
    try:
        asked = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return "could not be asked"
    known = [f"{entry['name']} {v['id']}" for entry in asked for v in entry.get("vulns", [])]
    return f"{len(asked)} packages, " + (", ".join(known) if known else "nothing known")


def bandit_findings() -> list[dict[str, str]]:
    """Return bandit's findings of medium weight and more in what is deployed: id, text, and ``file:line``."""
    command = [sys.executable, "-m", "bandit", "-q", "-r", "-ll", "-f", "json", "layers/common/python", "functions"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    if report["errors"] or report["metrics"]["_totals"]["loc"] < 5_000:
        raise RuntimeError(f"bandit did not read everything: {report['errors']}")
    return [
        {"id": r["test_id"], "text": r["issue_text"], "at": f"{r['filename']}:{r['line_number']}"}
        for r in report["results"]
    ]


# bandit's findings that were looked at, and why they may stay.
LOOKED_AT = {
    "B310": "make_media_key.py opens CloudFormation's own pre-signed https address",
    "B608": "psycopg takes LiteralString only: pyright refuses SQL made of anything but literals",
    "B303": "CloudFront's signed cookies are RSA with SHA-1 by definition",
}


def npm_advisories() -> str:
    command = ["npm", "audit", "--omit=dev", "--json"]
    done = subprocess.run(command, cwd=ROOT / "frontend", capture_output=True, text=True, check=False, timeout=120)
    try:
        found = json.loads(done.stdout)["metadata"]["vulnerabilities"]
    except (ValueError, KeyError):
        return "could not be asked (the registry's advisory service did not answer)"
    return f"{found['total']} known"


def main() -> None:
    rows = [f"| PyPI: {name}.lock | {python_advisories(name)} |" for name in (*DEPLOYED, "local", "infra", "llm")]
    rows.append(f"| npm: package-lock.json | {npm_advisories()} |")
    found = Counter(finding["id"] for finding in bandit_findings())
    rows += [
        f"| bandit: {id_} | {count} × {LOOKED_AT.get(id_, 'NOT LOOKED AT')} |" for id_, count in sorted(found.items())
    ]
    licences = sorted((package, licence(package) or "?") for package in shipped_packages())
    licences += sorted(shipped_scripts().items())
    REPORT.write_text(
        "# Audit\n\n"
        f"Written by `python -m scripts.audit` on {datetime.now(UTC):%Y-%m-%d}; the bill of materials "
        f"(CycloneDX, {write_sbom()} components) is `build/sbom.json`.\n\n"
        "| Asked | Answer |\n|---|---|\n" + "\n".join(rows) + "\n\n"
        "## Licences of what is shipped\n\n| Package | Licence |\n|---|---|\n"
        + "\n".join(f"| {package} | {text} |" for package, text in licences)
        + "\n",
        encoding="utf-8",
    )
    print(REPORT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
