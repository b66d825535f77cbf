"""Log groups of our own, so that how long logs are kept is decided here and a role may write to its own only."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.profile import Profile

_RETENTION = {14: logs.RetentionDays.TWO_WEEKS, 90: logs.RetentionDays.THREE_MONTHS}


def log_group(scope: Construct, id_: str, *, profile: Profile) -> logs.LogGroup:
    return logs.LogGroup(
        scope, id_, retention=_RETENTION[profile.log_days], removal_policy=RemovalPolicy.DESTROY
    )  # fmt: skip
