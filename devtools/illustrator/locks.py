"""What hair is drawn of: sheets that flow from a root to pointed tips, ringlets, tight curls, plaits and ties."""

import itertools
import math
import random
from collections.abc import Sequence

from devtools.illustrator.skull import Tones
from devtools.illustrator.svg import Point, circle, curve, ellipse, luminance, mix, num, path, rect, strand

TIE = "#c2485a"


def dense(points: Sequence[Point], count: int = 15) -> list[Point]:
    """Return ``count`` points of the smooth line through the given ones."""
    last = len(points) - 1

    def at(index: int) -> Point:
        return points[max(0, min(last, index))]

    found: list[Point] = []
    for step in range(count):
        position = step / (count - 1) * last
        index = min(int(position), last - 1)
        t = position - index
        a, b, c, d = at(index - 1), at(index), at(index + 1), at(index + 2)
        found.append(
            tuple(  # type: ignore[arg-type]
                0.5
                * (
                    2 * b[k]
                    + (c[k] - a[k]) * t
                    + (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k]) * t * t
                    + (3 * b[k] - a[k] - 3 * c[k] + d[k]) * t**3
                )
                for k in (0, 1)
            )
        )
    return found


def between(a: Sequence[Point], b: Sequence[Point], share: float) -> list[Point]:
    """Return the line that flows between two others."""
    return [(x + (u - x) * share, y + (v - y) * share) for (x, y), (u, v) in zip(a, b, strict=True)]


def stretch(points: Sequence[Point], start: float, end: float, count: int = 5) -> list[Point]:
    """Return a piece of a line, from one share of its points to another."""
    found: list[Point] = []
    for step in range(count):
        position = (start + (end - start) * step / (count - 1)) * (len(points) - 1)
        index = min(int(position), len(points) - 2)
        t = position - index
        (x, y), (u, v) = points[index], points[index + 1]
        found.append((x + (u - x) * t, y + (v - y) * t))
    return found


def waved(
    points: Sequence[Point], size: float, phase: float = 0, length: float = 105, start: float = 0.25
) -> list[Point]:
    """Return a line in waves that grow from its root to its tip.  length: of one wave."""
    found: list[Point] = []
    done, (px, py) = 0.0, points[0]
    for index, (x, y) in enumerate(points):
        done += math.hypot(x - px, y - py)
        px, py = x, y
        share = index / (len(points) - 1)
        grown = max(0.0, min(1.0, (share - start) / 0.3))
        found.append((x + size * grown * math.sin(done / length * 2 * math.pi + phase), y))
    return found


def sheet(
    a: Sequence[Point],
    b: Sequence[Point],
    tones: Tones,
    *,
    tips: int = 3,
    base: str = "",
    gleam: tuple[float, float] = (0.2, 0.36),
    reach: float = 20,
    flows: int = 4,
) -> str:
    """Return hair between two edges, root to tip, which end in points.

    ``gleam``: where along it the light lies, (0, 0) for none; ``reach``: how far the points go beyond the edges' ends.
    """
    base = base or tones.hair
    d = curve(a, closed=False)
    (ax, ay), (bx, by) = a[-1], b[-1]
    fx, fy = (ax - a[-3][0] + bx - b[-3][0]) / 2, (ay - a[-3][1] + by - b[-3][1]) / 2
    size = math.hypot(fx, fy) or 1.0
    fx, fy = fx / size * reach, fy / size * reach
    for k in range(tips):
        tip, notch = (k + 0.62) / tips, (k + 1) / tips
        long = 1.0 if k % 2 == 0 else 0.55
        tx, ty = ax + (bx - ax) * tip + fx * long, ay + (by - ay) * tip + fy * long
        nx, ny = ax + (bx - ax) * notch, ay + (by - ay) * notch
        d += f"Q{num(ax + (bx - ax) * (k + 0.15) / tips + fx * long * 0.55)} {num(ay + (by - ay) * (k + 0.15) / tips + fy * long * 0.55)} {num(tx)} {num(ty)}Q{num(nx + fx * 0.1)} {num(ny + fy * 0.1)} {num(nx - fx * 0.2 * (k < tips - 1))} {num(ny - fy * 0.2 * (k < tips - 1))}"
    d += "L" + curve(b[::-1], closed=False)[1:] + "Z"
    wide = [math.hypot(x - u, y - v) for (x, y), (u, v) in zip(a, b, strict=True)]
    parts = path(d, base, stroke=tones.hair_line, width=2)
    last = len(wide) - 1
    for k in range(flows):
        share = (k + 0.5) / flows
        flow = between(a, b, share)
        start, end = 0.06 + 0.1 * (k % 2), 0.97 - 0.12 * ((k + 1) % 2)
        widths = [0.5, *(max(2.2, wide[round(at * last)] * 0.7 / flows) for at in (0.2, 0.4, 0.6, 0.8)), 0.5]
        parts += path(
            strand(stretch(flow, start, end, 9), widths),
            tones.hair_shade if k % 2 == 0 else mix(base, tones.hair_light, 0.28),
        )
    if gleam[1]:
        for k in range(flows + 1):
            share = 0.08 + 0.84 * k / flows
            slip = 0.03 * math.sin(k * 2.4)
            width = max(2.4, wide[round(gleam[1] * last)] * 0.5 / flows)
            parts += path(
                strand(
                    stretch(between(a, b, share), gleam[0] + slip, gleam[1] + slip * 1.6, 5),
                    (0.4, width, width * 1.1, 0.4),
                ),
                tones.hair_light,
            )
    return parts


def lock(points: Sequence[Point], widths: Sequence[float], tones: Tones, base: str = "", *, count: int = 9) -> str:
    """Return one tapered lock with its own shade and light."""
    line_ = dense(points, count)
    d = strand(line_, widths)
    wide = max(widths)
    shade = path(
        strand([(x + wide * 0.18, y + wide * 0.04) for x, y in line_[1:]], [w * 0.36 for w in widths]), tones.hair_shade
    )
    lit = path(
        strand([(x - wide * 0.16, y) for x, y in stretch(line_, 0.2, 0.55, 7)], (0.4, wide * 0.15, wide * 0.12, 0.4)),
        tones.hair_light,
    )
    return path(d, base or tones.hair, stroke=tones.hair_line, width=1.8) + shade + lit


def spaced(points: Sequence[Point], step: float) -> list[Point]:
    """Return points at equal steps along a polyline."""
    found, left = [points[0]], step
    for (ax, ay), (bx, by) in itertools.pairwise(points):
        span, at = math.hypot(bx - ax, by - ay), 0.0
        while span - at >= left:
            at += left
            found.append((ax + (bx - ax) * at / span, ay + (by - ay) * at / span))
            left = step
        left -= span - at
    return found


def ringlet(
    points: Sequence[Point], width: float, tones: Tones, base: str = "", *, turns: float = 46, phase: float = 0
) -> str:
    """Return a curl that winds down a line, one turn every ``turns``."""
    way = dense(points, 31)
    parts = ""
    for shift, tone in ((2.4, mix(base or tones.hair, tones.hair_shade, 0.55)), (0.0, base or tones.hair)):
        wound = [
            (x + (u - x) * min(1.0, (31 - at) / 8), v)
            for at, ((x, _), (u, v)) in enumerate(
                zip(way, waved(way, width * 0.34, phase + shift, turns, 0.02), strict=True)
            )
        ]
        widths = (width * 0.5, width * 0.62, width * 0.62, width * 0.56, width * 0.44, 3)
        parts += path(strand(wound, widths), tone, stroke=tones.hair_line, width=1.8)
        lit = [(x - width * 0.1, y) for x, y in wound]
        for at in range(1, 28, 5):
            parts += path(
                strand(lit[at : at + 4], (0.5, width * 0.12, width * 0.1, 0.5)),
                tones.hair_light if not shift else tones.hair,
            )
    return parts


def scalloped(points: Sequence[Point], size: float, seed: int = 3) -> str:
    """Return an outline that goes round its points in small bumps, clockwise."""
    jitter = random.Random(seed)
    spots = spaced([*points, points[0]], size)
    d = f"M{num(spots[0][0])} {num(spots[0][1])}"
    for (ax, ay), (bx, by) in itertools.pairwise([*spots, spots[0]]):
        bulge = jitter.uniform(0.5, 0.8)
        mx, my = (ax + bx) / 2 + (by - ay) * bulge, (ay + by) / 2 - (bx - ax) * bulge
        d += f"Q{num(mx)} {num(my)} {num(bx)} {num(by)}"
    return d + "Z"


def coils(spots: Sequence[Point], size: float, tones: Tones, *, seed: int = 5, centre: Point = (0, -60)) -> str:
    """Return small curls strewn over a mass of hair, lit from above left."""
    jitter = random.Random(seed)
    dark = (
        mix(tones.hair_shade, tones.hair_line, 0.4)
        if luminance(tones.hair) < 0.4
        else mix(tones.hair, tones.hair_shade, 0.8)
    )
    parts = ""
    for x, y in spots:
        x, y = x + jitter.uniform(-size, size) * 0.4, y + jitter.uniform(-size, size) * 0.4
        r = size * jitter.uniform(0.4, 0.6)
        lit = (centre[0] - x) * 0.7 + (centre[1] - y) > 10
        turn = jitter.choice((-1, 1))
        parts += path(
            f"M{num(x - r * turn)} {num(y + r * 0.5)} C{num(x - r * 1.2 * turn)} {num(y - r * 0.9)} {num(x + r * 0.9 * turn)} {num(y - r * 1.1)} {num(x + r * turn)} {num(y + r * 0.1)} "
            f"C{num(x + r * 0.9 * turn)} {num(y + r * 0.8)} {num(x)} {num(y + r * 0.8)} {num(x - r * 0.1 * turn)} {num(y + r * 0.2)}",
            stroke=tones.hair_light if lit and jitter.random() < 0.55 else dark, width=2.8 if size > 20 else 2.2,
        )  # fmt: skip
    return parts


def plait(points: Sequence[Point], width: float, tones: Tones) -> str:
    """Return a braid along a line: overlapping lobes, a tie, a tuft."""
    spots = spaced(points, width * 0.56)
    body = ""
    for at, (x, y) in enumerate(spots):
        size = width * (1 - 0.3 * at / len(spots))
        side = 1 if at % 2 else -1
        lobe = curve(
            [
                (x - side * size * 0.5, y - size * 0.5),
                (x + side * size * 0.2, y - size * 0.56),
                (x + side * size * 0.56, y - size * 0.1),
                (x + side * size * 0.34, y + size * 0.42),
                (x - side * size * 0.12, y + size * 0.66),
                (x - side * size * 0.34, y + size * 0.1),
            ]
        )
        body += path(
            lobe, tones.hair if side < 0 else mix(tones.hair, tones.hair_shade, 0.4), stroke=tones.hair_line, width=1.9
        )
        body += path(
            strand(
                [
                    (x - side * size * 0.2, y - size * 0.34),
                    (x + side * size * 0.22, y - size * 0.2),
                    (x + side * size * 0.26, y + size * 0.16),
                ],
                (0.5, size * 0.12, 0.5),
            ),
            tones.hair_light,
        )
        body += path(
            strand(
                [
                    (x - side * size * 0.24, y - size * 0.1),
                    (x + side * size * 0.04, y + size * 0.1),
                    (x, y + size * 0.44),
                ],
                (0.5, size * 0.1, 0.5),
            ),
            tones.hair_shade,
        )
    x, y = spots[-1]
    tuft = path(
        f"M{num(x - 9)} {num(y + 14)} Q{num(x - 17)} {num(y + 42)} {num(x - 4)} {num(y + 66)} Q{num(x)} {num(y + 56)} {num(x + 3)} {num(y + 62)} Q{num(x + 16)} {num(y + 40)} {num(x + 9)} {num(y + 14)}Z",
        tones.hair,
        stroke=tones.hair_line,
        width=1.9,
    )
    return tuft + body + rect(x - 11, y + 12, 22, 11, TIE, 5)


def tie(x: float, y: float) -> str:
    return ellipse(x, y, 17, 12, TIE, 1, f'transform="rotate(30 {num(x)} {num(y)})"') + ellipse(
        x - 3, y - 3, 8, 4, "#e0808c", 0.8, f'transform="rotate(30 {num(x)} {num(y)})"'
    )


def bun(x: float, y: float, r: float, tones: Tones) -> str:
    """Return a knot of hair, wound round itself."""
    d = curve(
        [
            (x - r, y + r * 0.1),
            (x - r * 0.74, y - r * 0.66),
            (x, y - r * 0.96),
            (x + r * 0.76, y - r * 0.64),
            (x + r, y + r * 0.12),
            (x + r * 0.7, y + r * 0.68),
            (x, y + r * 0.84),
            (x - r * 0.7, y + r * 0.68),
        ]
    )
    winds = (
        (-0.78, 0.2, -0.6, -0.7, 0.3, -0.82, 0.8, -0.1),
        (-0.5, 0.42, -0.5, -0.3, 0.2, -0.5, 0.56, 0.06),
        (-0.86, 0.42, -0.3, 0.72, 0.4, 0.7, 0.86, 0.36),
        (-0.2, 0.4, -0.2, 0.0, 0.1, -0.16, 0.3, 0.12),
    )
    swirl = ""
    for k, (a, b, c, e, f, g, h, i) in enumerate(winds):
        way = dense([(x + a * r, y + b * r), (x + c * r, y + e * r), (x + f * r, y + g * r), (x + h * r, y + i * r)], 9)
        swirl += path(strand(way, (0.6, r * 0.1, r * 0.12, r * 0.08, 0.6)), tones.hair_shade)
        swirl += (
            path(
                strand([(u - 1, v - r * 0.1) for u, v in stretch(way, 0.25, 0.7, 5)], (0.4, r * 0.09, r * 0.08, 0.4)),
                tones.hair_light,
            )
            if k != 2
            else ""
        )
    return path(d, tones.hair, stroke=tones.hair_line, width=2.2) + swirl


def dots(count: int, tones: Tones, seed: int = 4) -> str:
    """Return the grain of shorn hair."""
    jitter = random.Random(seed)
    return "".join(
        circle(jitter.uniform(-100, 100), jitter.uniform(-138, -6), 1.5, tones.hair_line, 0.5) for _ in range(count)
    )


def wisps(lines: Sequence[Sequence[Point]], tones: Tones) -> str:
    """Return loose single hairs."""
    return "".join(path(strand(dense(points, 7), (0.8, 3.4, 2.6, 0.5)), tones.hair) for points in lines)
