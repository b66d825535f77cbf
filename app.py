"""Reads the profile and the owner's settings, makes the stack, synthesises; nothing else.

Each is a context value (``-c profile=production -c domain=…``) or an environment variable (``HUB_PROFILE``,
``HUB_DOMAIN``, …).  infra/profile.py names them all.
"""

import os
import sys

from aws_cdk import App

from infra.bundle import BundleError
from infra.profile import SETTINGS, ProfileError, load_profile, misspelt
from infra.stack import CompanionHub


def main() -> int:
    app = App()

    def given(name: str) -> str:
        return str(app.node.try_get_context(name) or os.environ.get(f"HUB_{name.upper()}", ""))

    try:
        settings = {name: given(name) for name in SETTINGS if given(name)}
        settings |= misspelt(app.node.get_all_context())
        profile = load_profile(given("profile") or "hobby", settings)
        CompanionHub(app, "CompanionHub", profile=profile)
    except (ProfileError, BundleError) as exc:
        sys.stderr.write(f"app.py: {exc}\n")
        return 2
    app.synth()
    return 0


sys.exit(main())
