"""The synthesised templates, made once per session."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from devtools.config import ROOT
from tests.infra.synthesise import AGAIN, PROFILES, ROTATED


class Synthesised(NamedTuple):
    """One profile: its template, the file it is in, and the checks' report."""

    template: dict[str, Any]
    path: Path
    report: dict[str, Any]
    processor_s: float  # of a synthesis, on average: the checks of those that go to AWS included


@pytest.fixture(scope="session")
def synthesised(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Synthesised]:
    folder = tmp_path_factory.mktemp("templates")
    env = {
        **os.environ,
        "HUB_SKIP_LAYERS": "1",
        "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "20",
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "layers/common/python"))),
    }
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "tests.infra.synthesise", str(folder)],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    names = (*PROFILES, AGAIN, ROTATED)
    processor_s = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / len(names)
    made: dict[str, Synthesised] = {}
    for profile in names:
        path = folder / profile / "CompanionHub.template.json"
        assert path.exists(), (done.stderr + done.stdout)[-3000:]
        report = folder / profile / "validation-report.json"
        made[profile] = Synthesised(
            json.loads(path.read_text()), path, json.loads(report.read_text()) if report.exists() else {}, processor_s
        )
    return made


@pytest.fixture(scope="session")
def templates(synthesised: dict[str, Synthesised]) -> dict[str, dict[str, Any]]:
    return {name: one.template for name, one in synthesised.items()}
