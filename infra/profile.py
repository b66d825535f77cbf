"""What differs between the three ways to run: one typed object per profile, nothing decided anywhere else."""

from dataclasses import dataclass
from typing import Literal

Name = Literal["hobby", "production", "local"]


class UnknownProfileError(ValueError):
    """The context names a profile that does not exist; the message lists those that do."""


@dataclass(frozen=True, slots=True)
class Profile:
    """``local`` has no VPC, database or CDN of its own: devtools brings those (docs/local.md)."""

    name: Name
    on_aws: bool = True
    availability_zones: int = 2
    nat: Literal["instance", "gateway_per_zone", "none"] = "instance"
    min_acu: float = 0
    max_acu: float = 1
    reader: bool = False
    proxy: bool = False
    backup_days: int = 1
    deletion_protection: bool = False
    keep_data: bool = False
    waf: bool = False
    log_days: int = 14
    alarms: bool = True


_PROFILES: dict[str, Profile] = {
    # A few dollars a month when idle: the database pauses, a NAT instance instead of gateways.
    "hobby": Profile("hobby"),
    "production": Profile(
        "production",
        availability_zones=3,
        nat="gateway_per_zone",
        min_acu=0.5,
        max_acu=16,
        reader=True,
        proxy=True,
        backup_days=14,
        deletion_protection=True,
        keep_data=True,
        waf=True,
        log_days=90,
    ),
    "local": Profile("local", on_aws=False, nat="none", alarms=False),
}


def load_profile(name: str) -> Profile:
    """Raises UnknownProfileError."""
    if name not in _PROFILES:
        raise UnknownProfileError(f"unknown profile {name!r}: choose one of {', '.join(_PROFILES)}")
    return _PROFILES[name]
