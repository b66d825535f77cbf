"""Findings of cdk-nag that are meant to be so, each with its reason beside the construct it is about.

tests/infra fails on every finding of AwsSolutions that is not acknowledged, so a new wildcard needs a new reason.
"""

from collections.abc import Mapping

from aws_cdk import Acknowledgment, Validations
from constructs import IConstruct


def acknowledge(scope: IConstruct, reasons: Mapping[str, str]) -> None:
    """Accept findings below ``scope``.  ``reasons``: rule id without its prefix → why it is meant to be so."""
    Validations.of(scope).acknowledge(
        *(Acknowledgment(id=f"AwsSolutions::AwsSolutions-{rule}", reason=reason) for rule, reason in reasons.items())
    )
