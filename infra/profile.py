"""What differs between the three ways to run: one typed object per profile, nothing decided anywhere else.

An owner may set a few fields at synthesis (``cdk deploy -c profile=hobby -c domain=chat.example.org …``): see ``SETTINGS``.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal

Name = Literal["hobby", "production", "local"]


class ProfileError(ValueError):
    """The profile or one of its settings is wrong; the message names every problem at once."""


class UnknownProfileError(ProfileError):
    """The context names a profile that does not exist; the message lists those that do."""


@dataclass(frozen=True, slots=True)
class Profile:
    """``local`` has no VPC, database or CDN of its own: devtools brings those (docs/local.md)."""

    name: Name
    on_aws: bool = True
    nat: Literal["instance", "gateway_per_zone", "none"] = "instance"
    flow_logs: bool = False
    edge_logs: bool = False
    min_acu: float = 0
    max_acu: float = 1
    reader: bool = False
    proxy: bool = False
    rotate_database_password: bool = False
    backup_days: int = 1
    deletion_protection: bool = False
    waf: bool = False
    log_days: Literal[14, 90] = 14
    # Of the whole API, all users together: what a runaway script can cost is bounded.
    requests_per_s: int = 50
    # A tenth of the traffic first, and back by itself when that fails: five minutes more for each deploy.
    gradual: bool = False
    # Most workers of a function at a time; what is not named shares the account's. Reserving fails in a new account,
    # whose quota is 10, so the hobby profile reserves nothing.
    most_workers: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    # Raised by one, the next deploy signs the pictures' cookies with a new key and still takes the one before.
    media_key_round: int = 1
    domain: str = ""
    certificate_arn: str = ""
    alarm_email: str = ""
    monthly_budget_usd: int = 0

    @property
    def pauses(self) -> bool:
        """Whether the database goes to sleep when nobody talks."""
        return self.min_acu == 0


_PROFILES: dict[str, Profile] = {
    # A few dollars a month when idle: the database pauses, a NAT instance instead of gateways.
    "hobby": Profile("hobby", monthly_budget_usd=25),
    "production": Profile(
        "production",
        nat="gateway_per_zone",
        flow_logs=True,
        edge_logs=True,
        min_acu=0.5,
        max_acu=16,
        reader=True,
        proxy=True,
        rotate_database_password=True,
        backup_days=14,
        deletion_protection=True,
        waf=True,
        log_days=90,
        requests_per_s=1000,
        gradual=True,
        # Long-running ones may not take what answers requests: 700 of the default 1,000 stay for those.
        most_workers=MappingProxyType({"GenerateReply": 200, "GenerateImage": 100}),
        monthly_budget_usd=300,
    ),
    "local": Profile("local", on_aws=False, nat="none", requests_per_s=1000),
}


def _matching(pattern: str, what: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(what)
        return value

    return check


def _yes_or_no(value: str) -> bool:
    if value.lower() not in ("true", "false"):
        raise ValueError("must be true or false")
    return value.lower() == "true"


def _dollars(value: str) -> int:
    if not value.isdecimal():
        raise ValueError("must be a whole number of dollars (0: no budget)")
    return int(value)


# What an owner may set, and how it is read.  CloudFront takes certificates from us-east-1 only.
SETTINGS: dict[str, Callable[[str], Any]] = {
    "domain": _matching(r"(?=.{4,253}$)([a-z0-9-]+\.)+[a-z]{2,}", "must be a host name such as chat.example.org"),
    "certificate_arn": _matching(
        r"arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate/[\w-]+", "must be the ARN of a certificate in us-east-1"
    ),
    "alarm_email": _matching(r"[^@\s]+@[^@\s]+\.[^@\s]+", "must be an e-mail address"),
    "monthly_budget_usd": _dollars,
    "waf": _yes_or_no,
}


def misspelt(context: Mapping[str, object]) -> dict[str, str]:
    """Return what was given with ``-c`` and is no setting, for load_profile to refuse.

    The CDK's own names hold colons, slashes or hyphens, which ours never do.
    """
    return {
        name: str(value)
        for name, value in context.items()
        if name.isidentifier() and name not in (*SETTINGS, "profile")
    }


def load_profile(name: str, settings: Mapping[str, str] | None = None) -> Profile:
    """Return the profile with the owner's settings in it.  Raises ProfileError."""
    if name not in _PROFILES:
        raise UnknownProfileError(f"unknown profile {name!r}: choose one of {', '.join(_PROFILES)}")
    values: dict[str, Any] = {}
    problems: list[str] = []
    for key, given in (settings or {}).items():
        try:
            values[key] = SETTINGS[key](given)
        except KeyError:
            problems.append(f"{key}: there is no such setting; there are {', '.join(SETTINGS)}")
        except ValueError as exc:
            problems.append(f"{key}: {exc}")
    if bool(values.get("domain")) != bool(values.get("certificate_arn")) and not problems:
        problems.append("domain and certificate_arn: one needs the other")
    if problems:
        raise ProfileError("; ".join(problems))
    return replace(_PROFILES[name], **values)
