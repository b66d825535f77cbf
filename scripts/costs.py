"""What an installation costs a month in us-east-1: ``python -m scripts.costs`` prints docs/costs.md, ``--write`` writes it.

What there is to be paid is counted in the reviewed lists of resources (tests/infra/snapshots, held current by a test)
and read from the profiles; only prices and the usage assumed stand here.
"""

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT)]

from infra.profile import Profile, load_profile  # noqa: E402

DOCUMENT = ROOT / "docs" / "costs.md"
SNAPSHOTS = ROOT / "tests" / "infra" / "snapshots"
# AWS's list prices for us-east-1, on demand, in US dollars, without tax, credits or a free first year.
PRICED = "2026-11"
HOURS = 730  # of a month, as AWS's calculator has it
NAT_INSTANCE_H = 0.0042  # t4g.nano
DISK_GB_MONTH = 0.08  # gp3
ADDRESS_H = 0.005  # a public IPv4 address
NAT_GATEWAY_H = 0.045
ACU_H = 0.12
STORAGE_GB_MONTH = 0.10  # Aurora Standard
PROXY_ACU_H = 0.015
SECRET_MONTH = 0.40
ALARM_MONTH = 0.10
FREE_ALARMS = 10  # always, as three dashboards are
FIREWALL_MONTH = 5.0
FIREWALL_RULE_MONTH = 1.0
# A turn without and with a picture: Step Functions, WebSocket messages, Lambda, requests, logs (300-token reply, one
# frame each 100 ms; measured sizes and durations at those prices).
TEXT_TURN = 0.37 / 1000
PICTURE_TURN = 0.57 / 1000

# Where each price above was read, and of when that page is.  AWS's own price lists cannot be reached from where this is
# developed; a price without a page is its writer's knowledge.
SOURCES = (
    ("t4g.nano, an hour", NAT_INSTANCE_H, "https://www.egresscost.com/nat-gateway", "undated ($3.07 a month)"),
    ("gp3 disk, GB and month", DISK_GB_MONTH, "https://c3x.dev/resources/aws/aws_ebs_volume", "undated"),
    ("public IPv4 address, an hour", ADDRESS_H, "https://cloudburn.io/blog/aws-nat-gateway-pricing", "2026-02"),
    ("NAT gateway, an hour", NAT_GATEWAY_H, "https://cloudburn.io/blog/aws-nat-gateway-pricing", "2026-02"),
    ("Aurora Serverless v2, ACU and hour", ACU_H, "https://awsnegotiations.com/blog/aurora-serverless-v2-pricing.html", "2026-05"),
    ("Aurora storage, GB and month", STORAGE_GB_MONTH, "https://awsnegotiations.com/blog/aurora-serverless-v2-pricing.html", "2026-05"),
    ("RDS Proxy, ACU and hour", PROXY_ACU_H, "", ""),
    ("secret, a month", SECRET_MONTH, "https://hivebook.wiki/wiki/aws-secrets-manager-rotated-secrets-dynamic-db-credentials-kms", "undated"),
    ("alarm, a month", ALARM_MONTH, "https://c3x.dev/resources/aws/aws_cloudwatch_metric_alarm", "undated"),
    ("firewall, a month", FIREWALL_MONTH, "https://awsnegotiations.com/waf-pricing-strategy.html", "2026"),
    ("firewall rule, a month", FIREWALL_RULE_MONTH, "https://awsnegotiations.com/waf-pricing-strategy.html", "2026"),
)  # fmt: skip

DISK_GB = 8  # infra/network.py
# RDS bills a proxy of Serverless v2 as if for 8 at least: https://qiita.com/hirooka622/items/c6ce351d4e5cbd6feba3 (2024-04).
PROXY_LEAST_ACU = 8
FIREWALL_RULES = 4  # infra/firewall.py; a test counts them
DATA_GB = 1  # a few thousand chats
TURNS = (0, 50, 1000)
PICTURES = 0.2  # one turn in five
# People talk ten turns at a time, for a quarter of an hour; the database sleeps five minutes after (infra/database.py).
TURNS_AT_A_TIME = 10
AWAKE_H_PER_VISIT = 20 / 60


@dataclass(frozen=True)
class Item:
    name: str
    dollars: float  # a month


def resources(profile: str) -> Counter[str]:
    """Return how many of each type a profile has."""
    lines = (SNAPSHOTS / f"{profile}.txt").read_text(encoding="utf-8").splitlines()
    return Counter(line.split()[1] for line in lines)


def standing(profile: Profile) -> list[Item]:
    """Return what is paid in any month, whether anybody talks or not."""
    count = resources(profile.name)
    instances, gateways = count["AWS::EC2::Instance"], count["AWS::EC2::NatGateway"]
    always_on = profile.min_acu * count["AWS::RDS::DBInstance"]
    proxy_acu = max(PROXY_LEAST_ACU, always_on) * count["AWS::RDS::DBProxy"]
    alarms = max(0, count["AWS::CloudWatch::Alarm"] - FREE_ALARMS)
    firewall = count["AWS::WAFv2::WebACL"] * (FIREWALL_MONTH + FIREWALL_RULES * FIREWALL_RULE_MONTH)
    items = [
        Item("NAT instance and its disk", instances * (NAT_INSTANCE_H * HOURS + DISK_GB * DISK_GB_MONTH)),
        Item("NAT gateways", gateways * NAT_GATEWAY_H * HOURS),
        Item("public addresses", (instances + gateways) * ADDRESS_H * HOURS),
        Item(f"database, {always_on:g} ACU always on", always_on * ACU_H * HOURS),
        Item(f"database storage, {DATA_GB} GB", DATA_GB * STORAGE_GB_MONTH),
        Item("RDS Proxy", proxy_acu * PROXY_ACU_H * HOURS),
        Item(f"{count['AWS::SecretsManager::Secret']} secrets", count["AWS::SecretsManager::Secret"] * SECRET_MONTH),
        Item(f"{count['AWS::CloudWatch::Alarm']} alarms, {FREE_ALARMS} of them free", alarms * ALARM_MONTH),
        Item("firewall", firewall),
    ]
    return [item for item in items if item.dollars]


def used(profile: Profile, turns: int) -> float:
    """Return what so many turns in a month cost on top."""
    with_picture = turns * PICTURES
    dollars = with_picture * PICTURE_TURN + (turns - with_picture) * TEXT_TURN
    if profile.pauses:  # at its largest size while awake: the most it can be
        dollars += turns / TURNS_AT_A_TIME * AWAKE_H_PER_VISIT * profile.max_acu * ACU_H
    return dollars


def total(profile: Profile, turns: int) -> float:
    return sum(item.dollars for item in standing(profile)) + used(profile, turns)


def document() -> str:
    profiles = [load_profile(name) for name in ("hobby", "production")]
    lines = [
        "# What it costs",
        "",
        "Written by `python -m scripts.costs --write`; do not edit. US dollars a month in us-east-1, at AWS's list prices "
        f"as noted in {PRICED}",
        "(in scripts/costs.py; check them before you rely on them), without tax, free tiers of the first year, the models' "
        "own fees, and",
        "traffic beyond CloudFront's free terabyte.",
        "",
        "| Profile | " + " | ".join("idle" if not n else f"{n:,} turns" for n in TURNS) + " |",
        "|---|" + "---:|" * len(TURNS),
    ]
    lines += [f"| {p.name} | " + " | ".join(f"${total(p, n):,.2f}" for n in TURNS) + " |" for p in profiles]
    lines += [
        "",
        f"Assumed: one turn in {round(1 / PICTURES)} with a picture; {TURNS_AT_A_TIME} turns at a time, which keep the "
        f"database of `hobby` awake for {AWAKE_H_PER_VISIT * 60:.0f} minutes",
        "at its largest size. `production` is sized for many people: more turns cost it what the turns cost, until its "
        "database has to grow.",
        f"A thousand turns alone: ${TEXT_TURN * 1000:.2f} of text, ${PICTURE_TURN * 1000:.2f} with pictures.",
    ]
    for profile in profiles:
        lines += ["", f"## {profile.name}, in any month", "", "| | |", "|---|---:|"]
        lines += [f"| {item.name} | ${item.dollars:.2f} |" for item in standing(profile)]
        lines.append(f"| **together** | **${total(profile, 0):.2f}** |")
    lines += ["", "## Where the prices were read", "", "| Price | USD | Page | Of |", "|---|---:|---|---|"]
    lines += [f"| {what} | {price:g} | {page or 'none found: check it'} | {of} |" for what, price, page, of in SOURCES]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        DOCUMENT.write_text(document(), encoding="utf-8")
    else:
        sys.stdout.write(document())
