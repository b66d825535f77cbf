"""Hair that is tied, wound or braided."""

import random

from devtools.illustrator.hair_short import slicked
from devtools.illustrator.locks import bun, coils, dense, plait, ringlet, scalloped, sheet, tie, waved, wisps
from devtools.illustrator.person import Look
from devtools.illustrator.skull import Tones
from devtools.illustrator.svg import Point, circle, curve, line, mirror, mix, path, pts, rect


def gathered(look: Look, tones: Tones, end: float) -> tuple[str, str, str]:
    """Return back, front and hairline of hair combed back into a tail, a bun or braids.  end: y of its tips."""
    curls = look.texture in ("curly", "coily")
    front, brow = (
        _curly_cap(tones)
        if curls
        else _combed(tones)
        if look.style in ("braids", "messy_bun", "braid")
        else slicked(tones)
    )
    back = ""
    if look.style == "ponytail":
        front += tie(56, -146)
        back = _curly_tail(tones) if curls else _tail(look, tones, end)
    elif look.style == "bun":
        back = bun(4, -176, 52, tones)
    elif look.style == "messy_bun":
        back = messy_bun(tones)
        front += wisps(
            (
                [(-86, -60), (-110, -10), (-102, 40), (-110, 92)],
                [(90, -56), (114, 0), (104, 44), (114, 82)],
                [(-30, -104), (-58, -86), (-74, -56), (-78, -26)],
                [(84, -70), (104, -30), (100, 8), (106, 34)],
            ),
            tones,
        )
    else:
        back = path(curve(mirror([(0, -148), (100, -104), (114, -20), (98, 76), (0, 84)])), tones.hair_deep)
        if look.style == "braid":
            front += plait([(96, 44), (122, 104), (128, 180), (118, end)], 42, tones)
        else:
            for side in (-1, 1):
                front += plait(
                    [(side * 104, 30), (side * 126, 96), (side * 130, 180), (side * 118, end - 10)], 38, tones
                )
    return back, front, brow


def _combed(tones: Tones) -> tuple[str, str]:
    """Return hair parted in the middle and drawn to the sides."""
    drawn = ""
    for side in (-1, 1):
        a = [(side * x - 6, y) for x, y in dense(pts("0,-158 52,-158 96,-122 118,-66 117,-6 106,40"))]
        b = [
            (side * x - 6 * (1 - k / 14), y)
            for k, (x, y) in enumerate(dense(pts("0,-122 34,-106 66,-76 88,-36 97,6 96,36")))
        ]
        drawn += sheet(a, b, tones, tips=1, reach=4, gleam=(0.24, 0.44), flows=5)
    return drawn, curve(
        pts("-98,10 -86,-36 -62,-76 -30,-106 -6,-122 28,-106 64,-76 90,-36 100,10 100,-90 40,-150 -60,-150 -110,-80")
    )


def _tail(look: Look, tones: Tones, end: float) -> str:
    size = 13 if look.texture == "wavy" else 0
    a = waved(dense([(40, -160), (104, -196), (170, -150), (190, -60), (186, 60), (170, end * 0.64)], 19), size, 0.4)
    b = waved(dense([(38, -140), (74, -150), (106, -110), (122, -40), (128, 50), (132, end * 0.6)], 19), size, 1.4)
    return sheet(a, b, tones, tips=4, reach=34, gleam=(0.24, 0.44), flows=5)


def _curly_tail(tones: Tones) -> str:
    puff = scalloped(
        [(112 + x, -110 + y) for x, y in pts("-62,-30 -30,-70 30,-72 70,-34 78,30 60,96 20,120 -20,96 -44,50 -66,10")],
        27,
    )
    drawn = path(puff, tones.hair, stroke=tones.hair_line, width=2)
    return drawn + coils(
        [(112 + x, -110 + y) for x in range(-40, 71, 26) for y in range(-50, 101, 26)],
        27,
        tones,
        seed=4,
        centre=(112, -100),
    )


def _curly_cap(tones: Tones) -> tuple[str, str]:
    low = pts("-98,10 -95,-34 -76,-70 -38,-86 4,-90 42,-86 78,-70 96,-34 99,10")
    high = pts("110,0 114,-50 100,-106 58,-144 0,-154 -58,-144 -100,-106 -114,-50 -110,0")
    d = scalloped([*low, *high][::-1], 20)
    rows = [(x * k, -30 + (y + 30) * k) for k in (0.92, 1.04) for x, y in dense(high, 17)]
    return path(d, tones.hair, stroke=tones.hair_line, width=2) + coils(
        rows, 22, tones, seed=3, centre=(0, -100)
    ), curve([*low, *high])


def messy_bun(tones: Tones) -> str:
    """Return a bun that comes undone."""
    loose: list[list[Point]] = [
        [(-30, -196), (-66, -222), (-76, -176)],
        [(20, -216), (56, -238), (64, -192)],
        [(-6, -214), (-20, -250), (18, -246)],
        [(40, -176), (78, -186), (84, -150)],
        [(-40, -170), (-80, -166), (-76, -136)],
    ]
    return (
        wisps(loose, tones)
        + ringlet([(-44, -164), (-48, -196), (-16, -222), (22, -220), (48, -192), (44, -160)], 36, tones)
        + bun(2, -182, 42, tones)
    )


def ropes(look: Look, tones: Tones) -> tuple[str, str, str]:
    """Return back, front and hairline of box braids or locs: many ropes from a parted crown."""
    locs = look.style == "locs"
    end = {"short": 90, "chin": 130, "shoulder": 210, "very_long": 520}.get(look.length, 330)
    wide = 20 if locs else 13.5
    jitter = random.Random(8)

    def rope(points: list[Point], base: str) -> str:
        way = dense(points, 11)
        d = curve(way, closed=False)
        x, y = way[-1]
        parts = line(d, tones.hair_line, wide + 3) + line(d, base, wide)
        dash = "4 13" if locs else "2.5 8"
        parts += line(d, tones.hair_light, wide * 0.5, 0.42, f'stroke-dasharray="{dash}"') + line(
            d, tones.hair_line, wide * 0.9, 0.3, f'stroke-dasharray="{dash}" stroke-dashoffset="6"'
        )
        bead = jitter.random() < 0.3 and not locs
        return parts + (
            rect(x - 7.5, y - 24, 15, 12, jitter.choice(("#e8c465", "#e8c465", "#c9d4dd")), 4)
            if bead
            else circle(x, y, wide * 0.42, base)
        )

    back = path(curve(mirror([(0, -154), (104, -110), (124, -20), (128, end * 0.7), (0, end * 0.74)])), tones.hair_deep)
    step = 15 if not locs else 22
    for x in range(-126, 127, step):
        back += rope(
            [
                (x * 0.7, -80),
                (x * 1.06, 20),
                (x * 1.12 + jitter.uniform(-5, 5), end * 0.6),
                (x * 1.1, end + jitter.uniform(-18, 18)),
            ],
            mix(tones.hair, tones.hair_shade, jitter.uniform(0.2, 0.6)),
        )
    low = "-99,10 -92,-40 -70,-78 -36,-100 -8,-110 24,-102 62,-82 90,-42 100,10"
    cap = path(
        curve(
            [*pts(low), *pts("114,0 120,-52 104,-112 60,-154 0,-166 -60,-154 -104,-112 -120,-52 -114,0")], tension=0.9
        ),
        tones.hair_deep,
        stroke=tones.hair_line,
        width=2,
    )
    front = cap
    for side in (-1, 1):
        for k in range(5):
            front += rope(
                [
                    (side * (2 + k * 3) - 8, -106 - k * 12),
                    (side * (60 + k * 5), -90 - k * 9),
                    (side * (96 + k * 5), -30 - k * 5),
                    (side * (104 + k * 5), 44),
                    (side * (100 + k * 9), end * (0.62 + 0.06 * k)),
                ],
                mix(tones.hair, tones.hair_shade, 0.1 + 0.12 * (k % 3)),
            )
    return back, front, curve([*pts(low), *pts("104,-80 60,-150 -60,-150 -104,-80")])
