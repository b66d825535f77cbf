"""What a user of the repository follows and runs: the guide to AWS and the workflow on GitHub."""

import json
import re
from typing import Any

import pytest
import yaml

from companion_hub.db.connection import AWS_ROOTS
from devtools import aws
from devtools.config import ROOT
from infra.profile import SETTINGS

GUIDE = (ROOT / "docs" / "operations.md").read_text()
README = (ROOT / "README.md").read_text()
WORKFLOW: dict[str, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text())
JOBS: dict[str, Any] = WORKFLOW["jobs"]
# Neither keys nor addresses of models are settings of the template.
MODELS = ("LLM_BASE_URL", "LLM_MODEL", "EMBEDDINGS_BASE_URL", "EMBEDDINGS_MODEL", "SD_API_URL")


def steps(job: str) -> list[dict[str, Any]]:
    return JOBS[job]["steps"]


@pytest.mark.parametrize("job", sorted(JOBS))
def test_actions_are_pinned_to_what_was_looked_at(job: str) -> None:
    """A tag can be moved; a commit cannot.  Renovate raises them (renovate.json)."""
    text = (ROOT / ".github" / "workflows" / "ci.yml").read_text()
    used = [step["uses"] for step in steps(job) if "uses" in step]
    assert used
    for one in used:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", one), one
        assert re.search(re.escape(one) + r" # v\d+\.\d+\.\d+\n", text), one


def test_a_job_may_do_no_more_than_it_needs() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert "permissions" not in JOBS["test"]
    # An identity of GitHub's instead of a key of AWS's; no pull request gets one.
    assert JOBS["deploy"]["permissions"] == {"contents": "read", "id-token": "write"}
    assert JOBS["deploy"]["if"].startswith("github.ref == 'refs/heads/main' && ")
    assert JOBS["deploy"]["needs"] == "test"
    assert JOBS["deploy"]["concurrency"]["cancel-in-progress"] is False
    for job in JOBS:
        checkout = next(step for step in steps(job) if step.get("uses", "").startswith("actions/checkout@"))
        assert checkout["with"]["persist-credentials"] is False
    assert not re.search(r"aws-(access|secret)", json.dumps(WORKFLOW))


def test_the_workflow_knows_every_setting_and_keeps_the_keys_as_secrets() -> None:
    environment = JOBS["deploy"]["env"]
    secret = aws._SECRET  # pyright: ignore[reportPrivateUsage]
    settings = [f"HUB_{name.upper()}" for name in SETTINGS]
    assert set(environment) == {*settings, *MODELS, *secret}
    for name, value in environment.items():
        assert value == f"${{{{ {'secrets' if name in secret else 'vars'}.{name} }}}}"


def test_the_workflow_runs_what_a_person_runs() -> None:
    ran = " ".join(step.get("run", "") for step in steps("test"))
    assert "./hub test" in ran
    assert "for profile in local hobby production" in ran
    assert './hub deploy --profile "$PROFILE"' in steps("deploy")[-1]["run"]


@pytest.mark.parametrize("text", [GUIDE, README], ids=["guide", "readme"])
def test_the_guide_names_the_cli_that_is_used(text: str) -> None:
    """Its bootstrap command is the one that ./hub deploy prints."""
    assert set(re.findall(r"aws-cdk@[\d.]+", text)) == {aws.CDK_CLI}
    assert f'npx {aws.CDK_CLI} bootstrap aws://ACCOUNT/eu-west-1 --app ""' in text


def test_the_guide_names_every_setting() -> None:
    for name in SETTINGS:
        assert f"`HUB_{name.upper()}`" in GUIDE
    for name in (*MODELS, "SD_API_AUTH"):
        assert name in GUIDE


def test_the_guides_policies_are_policies() -> None:
    policies = [json.loads(text) for text in re.findall(r"```json\n(.+?)```", GUIDE, re.DOTALL)]
    assert len(policies) == 2
    rights = {
        action
        for statement in policies[0]["Statement"]
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
    }
    # Every call of devtools/aws.py, and the roles that the CDK's CLI deploys with.
    called = set(re.findall(r'client\("(\w+)"\)\.(\w+)\(', (ROOT / "devtools" / "aws.py").read_text()))
    named = {f"{service}:{call.title().replace('_', '')}" for service, call in called}
    assert {"ssm:GetParameter", "cloudformation:DescribeStacks", "lambda:GetAccountSettings"} <= named
    assert named - {"sts:GetCallerIdentity"} <= rights  # which needs no right
    assert rights - named == {"sts:AssumeRole", "secretsmanager:PutSecretValue"}
    assert "repo:OWNER/REPOSITORY:environment:hobby" in json.dumps(policies[1])


def test_references_into_the_guide_find_their_place() -> None:
    headings = re.findall(r"^## (.+)$", GUIDE, re.MULTILINE)
    anchors = {heading.lower().replace(" ", "-") for heading in headings}
    found = 0
    for folder in ("infra", "devtools", "docs"):
        for path in (ROOT / folder).rglob("*.*"):
            if path.suffix in (".py", ".md"):
                for anchor in re.findall(r"operations\.md#([\w-]+)", path.read_text()):
                    assert anchor in anchors, (path, anchor)
                    found += 1
    assert found >= 3
    assert '"Database certificates"' in AWS_ROOTS.read_text()
    assert "Database certificates" in headings
