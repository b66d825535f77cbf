"""The hair: what falls behind the body and what frames the face.

Local coordinates of the head (see skull.py).  A cut is its length, its texture and how it is worn.  Loose hair is drawn
here; short cuts in hair_short.py, curls in hair_curly.py, what is tied or braided in hair_tied.py.
"""

import math
from dataclasses import dataclass

from devtools.illustrator.hair_curly import afro, curly
from devtools.illustrator.hair_short import bald, buzz, mohawk, short, slicked, undercut
from devtools.illustrator.hair_tied import gathered, ropes
from devtools.illustrator.locks import between, dense, lock, sheet, stretch, waved
from devtools.illustrator.person import Look, Wear
from devtools.illustrator.skull import Tones
from devtools.illustrator.svg import Point, curve, mirror, mix, num, path, pts

# Where loose hair ends (y) and how wide it is there.
ENDS = {"bald": (0, 0), "buzz": (0, 0), "short": (58, 104), "chin": (112, 118), "shoulder": (205, 138), "long": (352, 160), "very_long": (550, 156)}  # fmt: skip
GATHERED = ("ponytail", "bun", "messy_bun", "braid", "braids")


@dataclass(frozen=True)
class Hair:
    """``back``: behind the body; ``front``: over the face; ``brow``: the outline that throws a shadow on the face."""

    back: str = ""
    front: str = ""
    brow: str = ""


def hair(look: Look, tones: Tones, wear: Wear) -> Hair:
    """Return the hair of a look."""
    if wear.hat and wear.hat[0] == "hijab":
        return Hair()
    if look.length == "bald":
        return Hair(front=bald(tones))
    if look.length == "buzz" or look.style == "buzz":
        return Hair(front=buzz(look, tones))
    if look.style == "mohawk":
        return Hair(front=mohawk(look, tones))
    if look.style == "undercut":
        return Hair(*undercut(look, tones))
    if look.style in ("box_braids", "locs"):
        return Hair(*ropes(look, tones))
    if look.texture == "coily" and look.style not in GATHERED and look.style != "slicked":
        return Hair(*afro(look, tones))
    if look.style in GATHERED:
        return Hair(*gathered(look, tones, max(ENDS[look.length][0], 300)))
    if look.style == "pixie" or look.length == "short":
        return Hair(*short(look, tones))
    if look.style == "slicked":
        front, brow = slicked(tones)
        return Hair(loose_back(look, tones), front, brow)
    if look.texture == "curly":
        return Hair(*curly(look, tones, *ENDS[look.length]))
    return Hair(loose_back(look, tones), *_loose_front(look, tones))


def loose_back(look: Look, tones: Tones, *, lit: bool = False) -> str:
    """Return what falls behind the neck.  lit: seen from behind, not in the head's shadow."""
    end, wide = ENDS[look.length]
    size = 11 if look.texture == "wavy" else 0
    right: list[Point] = [
        (40, -160),
        (104, -122),
        (128, -50),
        (131, 30),
        *((131 + (wide - 131) * k / 4, 30 + (end - 46) * k / 4) for k in (1, 2, 3, 4)),
    ]
    inner: list[Point] = [
        (0, -150),
        (30, -110),
        (46, -40),
        (50, 30),
        *((50 - 10 * k / 4, 30 + (end - 36) * k / 4) for k in (1, 2, 3, 4)),
    ]
    if look.length == "chin":
        right[-1], right[-2] = (wide - 20, end - 4), (wide + 4, end - 32)
    a, b = waved(dense(right, 19), size), waved(dense(inner, 19), size, 0.8)
    c, e = (
        [(-x, y) for x, y in waved(dense(right, 19), size, 2.0)],
        [(-x, y) for x, y in waved(dense(inner, 19), size, 1.2)],
    )
    tone = tones.hair if lit else mix(tones.hair, tones.hair_shade, 0.5)
    middle = path(
        curve(mirror([(0, -150), (60, -120), (66, 20), (58, end - 30), (0, end - 14)])),
        tones.hair_deep if not lit else tones.hair_shade,
    )
    tips = 2 if look.length == "chin" else 4
    reach = 8 if look.length == "chin" else 26
    gleam = (0.12, 0.26) if lit else (0.0, 0.0)
    return (
        middle
        + sheet(a, b, tones, base=tone, tips=tips, reach=reach, gleam=gleam, flows=5)
        + sheet(c, e, tones, base=tone, tips=tips, reach=reach, gleam=gleam, flows=5)
    )


def _loose_front(look: Look, tones: Tones) -> tuple[str, str]:
    """Return the hair over the face and its hairline."""
    fringe = look.style == "fringe" or (look.style == "bob" and look.texture == "straight")
    part = 0 if fringe else -52 if look.style == "side_part" else -16
    end, _ = ENDS[look.length]
    left_end, right_end = (end + 4, end + 4) if look.length == "chin" else (min(end * 0.84, 286), min(end * 0.94, 322))
    right, right_inner = _curtain(look, part, right_end, 1, fringe=fringe)
    left, left_inner = _curtain(look, part, left_end, -1, fringe=fringe)
    drawn = _cap(tones) if fringe else ""
    if look.length == "chin":
        drawn += sheet(left, left_inner, tones, tips=2, reach=6, gleam=(0.14, 0.3), flows=5)
        drawn += sheet(right, right_inner, tones, tips=2, reach=6, gleam=(0.2, 0.36), flows=6)
    else:
        drawn += _fall(left, left_inner, tones, (0.16, 0.32)) + _fall(right, right_inner, tones, (0.22, 0.4))
    if fringe:
        bangs, brow = _bangs(tones)
        return drawn + bangs, brow
    brow = (
        curve([*dense(left_inner, 12)[5::-1], *dense(right_inner, 12)[1:6]], closed=False)
        + " L112 -60 L60 -150 L-60 -150 L-112 -60Z"
    )
    return drawn, brow


def _fall(a: list[Point], b: list[Point], tones: Tones, gleam: tuple[float, float]) -> str:
    """Return hair that falls over a shoulder: a sheet from the parting that opens into locks."""
    drawn = sheet(a[:15], b[:15], tones, tips=2, reach=8, gleam=gleam, flows=6)
    wide = math.hypot(a[-1][0] - b[-1][0], a[-1][1] - b[-1][1])
    for share, stop, size in ((0.16, 0.92, 0.6), (0.88, 0.95, 0.54), (0.5, 1.0, 0.74)):
        w = wide * size
        way = stretch(between(a, b, share), 0.36, stop, 15)
        drawn += lock(way, (2, w * 0.6, w * 0.95, w, w * 0.94, w * 0.6, 2), tones, count=15)
    return drawn


def _curtain(look: Look, part: float, end: float, side: int, *, fringe: bool) -> tuple[list[Point], list[Point]]:
    """Return outer and inner edge of the hair on one side of the parting, root to tip."""
    chin = look.length == "chin"
    x0 = part * side
    if fringe:
        outer: list[Point] = [(30, -160), (84, -142), (116, -92), (126, -30), (127, 30)]
        inner: list[Point] = [(56, -140), (78, -108), (88, -70), (94, -20), (97, 30)]
    else:
        outer = [(x0 - 2, -167), ((x0 + 84) / 2, -171), (86, -142), (117, -92), (128, -26), (128, 34)]
        inner = (
            [(x0, -116), ((x0 + 70) / 2 + 2, -102), (68, -72), (90, -36), (98, 4), (102, 40)]
            if abs(x0) < 40 or x0 > 0
            else [(x0, -128), (x0 + 62, -112), (44, -74), (82, -40), (97, 2), (102, 40)]
        )
        if x0 > 40:
            inner = [(x0, -126), (x0 + 14, -112), (84, -76), (94, -40), (99, 2), (102, 40)]
    steps = 3
    for k in range(1, steps + 1):
        y = 34 + (end - 34) * k / steps
        outer.append((129 + ((8, 11, 6) if not chin else (3, 2, -14))[k - 1], y))
        inner.append((((90, 78, 74) if not chin else (99, 93, 78))[k - 1], y - (14 if k == steps else 0)))
    size = 10 if look.texture == "wavy" else 0
    phase = 0.3 if side > 0 else 2.2
    a, b = waved(dense(outer, 19), size, phase, 96, 0.42), waved(dense(inner, 19), size * 1.1, phase + 0.7, 96, 0.46)
    return [(side * x, y) for x, y in a], [(side * x, y) for x, y in b]


def _cap(tones: Tones) -> str:
    """Return the hair over the crown, under a fringe."""
    d = curve(
        [
            (-98, -30),
            (-112, -100),
            (-70, -148),
            (0, -168),
            (70, -148),
            (112, -100),
            (96, -56),
            (50, -70),
            (0, -74),
            (-50, -70),
        ]
    )
    return path(d, mix(tones.hair, tones.hair_shade, 0.3), stroke=tones.hair_line, width=2)


def _bangs(tones: Tones) -> tuple[str, str]:
    """Return a fringe: locks from the crown to the brows."""
    drawn, low = "", list[Point]()
    for at, (x, tip, y) in enumerate(
        (
            (-92, -84, -14),
            (90, 92, -12),
            (-66, -60, -30),
            (70, 66, -29),
            (-40, -34, -36),
            (46, 42, -35),
            (-14, -8, -40),
            (18, 17, -37),
        )
    ):
        root = x * 0.34
        wide = 25 if abs(x) > 80 else 33
        drawn += lock([(root, -163), (x * 0.86, -140), (x * 1.02, -96), (tip, y)], (10, wide, wide + 5, wide, 2), tones)
        low.append((tip, y - 6))
    low.sort()
    top = path(curve([(-40, -166), (0, -171), (40, -166), (30, -156), (0, -158), (-30, -156)]), tones.hair)
    brow = "M-104 -60 L" + " L".join(f"{num(x)} {num(y)}" for x, y in low) + " L104 -60 L70 -150 L-70 -150Z"
    return drawn + top, brow


def crown_shine(tones: Tones) -> str:
    """Return the band of light over a crown seen from behind."""
    return "".join(
        path(
            curve(
                pts(
                    f"{x - 7},{-96 + abs(x) * 0.16:.0f} {x},{-122 + abs(x) * 0.2:.0f} {x + 7},{-96 + abs(x) * 0.16:.0f} {x},{-70 + abs(x) * 0.2:.0f}"
                )
            ),
            tones.hair_light,
        )
        for x in range(-72, 73, 18)
    )
