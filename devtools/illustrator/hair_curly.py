"""Curls and coils, worn loose."""

import math

from devtools.illustrator.hair_short import short
from devtools.illustrator.locks import coils, ringlet, scalloped
from devtools.illustrator.person import Look
from devtools.illustrator.skull import Tones
from devtools.illustrator.svg import Point, curve, mirror, mix, path, pts


def curly(look: Look, tones: Tones, end: float, wide: float) -> tuple[str, str, str]:
    """Return back, front and hairline of curly hair.  end, wide: where it ends and how wide it is there."""
    edge: list[Point] = [(0, -176), (70, -166), (122, -118), (146, -50), (154, 20)]
    y = 20.0
    while y < end - 40:
        y += 40
        edge.append((154 + (wide - 140) * 0.6 * (y / end), y))
    mass = scalloped(mirror([*edge, (wide + 2, end - 8), (wide * 0.5, end + 8), (0, end - 6)]), 34)
    back = path(mass, tones.hair_shade, stroke=tones.hair_line, width=2)
    inner = [(x * k, y) for k in (0.9, 0.66) for x, y in mirror(edge[2:]) if abs(x) > 30]
    back += coils(inner, 34, tones, seed=4, centre=(0, -30))
    lows = ((136, 0.99), (112, 0.94), (150, 0.84)) if look.length != "chin" else ((132, 0.9), (146, 0.7))
    for side in (-1, 1):
        for k, (x, low) in enumerate(lows):
            way = [
                (side * (x - 44), -120 + k * 16),
                (side * (x + 2), -50),
                (side * (x + 10), 20),
                (side * (x + 6), 90),
                (side * x, max(end * low, 92)),
            ]
            back += ringlet(way, 42, tones, mix(tones.hair, tones.hair_shade, 0.5 - 0.16 * k), phase=k + side)
    return back, *_curly_front(look, tones, end)


def _curly_front(look: Look, tones: Tones, end: float) -> tuple[str, str]:
    """Return curls around the face, over a cap that hides the skull."""
    low = pts("-100,30 -94,-20 -74,-60 -42,-88 -10,-102 12,-98 44,-88 74,-62 94,-22 102,30")
    cap = curve([*low, *pts("118,10 132,-50 116,-116 66,-162 0,-176 -66,-162 -116,-116 -132,-50 -118,10")], tension=0.9)
    drawn = path(cap, mix(tones.hair, tones.hair_shade, 0.35), stroke=tones.hair_line, width=2)
    fall = min(end * 0.8, 224) if look.length != "chin" else end
    for side, long in ((-1, 0.9), (1, 1.0)):
        ways = (
            ([(-6, -170), (side * 60, -166), (side * 112, -118), (side * 134, -50), (side * 140, 40)], 34),
            (
                [
                    (-6, -160),
                    (side * 52, -148),
                    (side * 104, -104),
                    (side * 126, -30),
                    (side * 128, 50),
                    (side * 124, fall * long),
                ],
                38,
            ),
            (
                [
                    (-6, -146),
                    (side * 44, -132),
                    (side * 88, -92),
                    (side * 110, -34),
                    (side * 116, 40),
                    (side * 110, fall * long * 0.86),
                ],
                36,
            ),
            (
                [
                    (-8, -128),
                    (side * 30 - 4, -116),
                    (side * 68, -84),
                    (side * 94, -36),
                    (side * 104, 24),
                    (side * 100, fall * long * 0.66),
                ],
                32,
            ),
        )
        for k, (way, wide) in enumerate(ways):
            drawn += ringlet(
                way,
                wide,
                tones,
                mix(tones.hair, tones.hair_shade, (0.3, 0.12, 0.2, 0)[k]),
                turns=50,
                phase=k * 1.7 + side,
            )
    if look.style == "fringe":
        for x, y in ((-62, -44), (58, -46), (-32, -52), (30, -54), (0, -58)):
            drawn += ringlet([(x * 0.5, -132), (x * 0.9, -96), (x, y)], 27, tones)
    return drawn, curve([*low, *pts("104,-60 60,-150 -60,-150 -104,-60")])


def afro(look: Look, tones: Tones) -> tuple[str, str, str]:
    """Return back, front and hairline of coily hair grown round."""
    if look.length == "short":
        return short(look, tones)
    size = {"chin": 152, "shoulder": 168, "long": 182, "very_long": 194}.get(look.length, 162)

    def ring(share: float, first: int, last: int, step: int) -> list[Point]:
        return [
            (math.sin(a) * size * share, -58 - math.cos(a) * size * share * 0.96)
            for a in (math.radians(d) for d in range(first, last, step))
        ]

    back = path(scalloped(ring(1, -180, 180, 10), 23), tones.hair_shade, stroke=tones.hair_line, width=2)
    lit = path(
        scalloped([(x * 0.9 - 9, y + 3) for x, y in ring(1, -150, 120, 12)], 22, seed=6),
        mix(tones.hair, tones.hair_light, 0.12),
    )
    back += lit + coils(
        [p for share, step in ((0.94, 13), (0.8, 15), (0.67, 19)) for p in ring(share, -150, 151, step)],
        21,
        tones,
        seed=7,
        centre=(0, -70),
    )
    low = pts("-99,12 -97,-30 -84,-58 -54,-76 -18,-86 20,-86 56,-76 86,-58 99,-30 101,12")
    high = pts("116,0 122,-56 96,-118 50,-146 0,-152 -50,-146 -96,-118 -122,-56 -116,0")
    front = path(scalloped([*low, *high][::-1], 19, seed=9), mix(tones.hair, tones.hair_light, 0.05))
    rows = [
        (math.sin(a) * r, -36 - math.cos(a) * r)
        for r in (80, 96, 108)
        for a in (math.radians(k) for k in range(-98, 99, 17))
    ]
    return back, front + coils(rows, 20, tones, seed=3, centre=(0, -96)), curve([*low, *high])
