"""Synthesises every profile into ``FOLDER/<profile>``, with cdk-nag's AwsSolutions over those that go to AWS.

A program of its own: the CDK's kernel takes seconds to start, so that one process makes all, once per test session.
``python -m tests.infra.synthesise --update`` writes the snapshots anew, for review in the diff.
"""

import json
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

PROFILES = ("local", "hobby", "production")
AGAIN = "hobby again"  # nothing changed in between
ROTATED = "hobby rotated"  # the media key changed twice
SNAPSHOTS = Path(__file__).parent / "snapshots"
# A domain and an address are given once, so that what hangs on them is made and checked too.
OWNERS = {
    "production": {
        "domain": "chat.example.org",
        "certificate_arn": "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000",
        "alarm_email": "owner@example.org",
    }
}


def synthesise(folder: Path) -> None:
    from aws_cdk import App, Validations
    from cdk_nag import AwsSolutionsChecks

    from infra.profile import load_profile
    from infra.stack import CompanionHub

    context = json.loads((Path(__file__).parents[2] / "cdk.json").read_text())["context"]
    for name in (*PROFILES, AGAIN, ROTATED):
        app = App(outdir=str(folder / name), context=context)
        profile = load_profile(name.split()[0], OWNERS.get(name))
        if name == ROTATED:
            profile = replace(profile, media_key_round=3)
        CompanionHub(app, "CompanionHub", profile=profile)
        if profile.on_aws and name in PROFILES:
            Validations.of(app).add_plugins(AwsSolutionsChecks(app))
        app.synth()


def summary(template: dict[str, Any]) -> str:
    """Return a template's resources, one a line: what is there under which id, and what happens to it at the end."""
    lines = [
        " ".join(filter(None, (id_, resource["Type"], resource.get("DeletionPolicy", ""))))
        for id_, resource in template["Resources"].items()
        # These ids hold a hash of what is uploaded and change with every edit.
        if resource["Type"] not in ("AWS::Lambda::Version", "AWS::Lambda::LayerVersion")
    ]
    return "\n".join(sorted(lines)) + "\n"


if __name__ == "__main__":
    if sys.argv[1:] == ["--update"]:
        os.environ["HUB_SKIP_LAYERS"] = "1"
        with tempfile.TemporaryDirectory() as made:
            synthesise(Path(made))
            SNAPSHOTS.mkdir(exist_ok=True)
            for each in PROFILES:
                template = json.loads((Path(made) / each / "CompanionHub.template.json").read_text())
                (SNAPSHOTS / f"{each}.txt").write_text(summary(template))
    else:
        synthesise(Path(sys.argv[1]))
