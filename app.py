"""Reads the profile, makes the stack, synthesises; nothing else.  ``./hub synth --profile hobby|production|local``."""

import os

from aws_cdk import App

from infra.profile import load_profile
from infra.stack import CompanionHub

app = App()
profile = load_profile(app.node.try_get_context("profile") or os.environ.get("HUB_PROFILE", "hobby"))
CompanionHub(app, "CompanionHub", profile=profile)
app.synth()
