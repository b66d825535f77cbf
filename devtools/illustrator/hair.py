"""The hair: what falls behind the body and what frames the face.

Local coordinates of the head (see head.py).  A cut is its length, its texture and how it is worn.
"""

import itertools
import math
import random

from devtools.illustrator.head import Tones, outline
from devtools.illustrator.lexicon import Look, Wear
from devtools.illustrator.svg import (
    Point,
    cel,
    circle,
    clipped,
    curve,
    ellipse,
    line,
    mirror,
    mix,
    num,
    path,
    polygon,
    rect,
)

# Where loose hair ends (y) and how wide it is there.
ENDS = {
    "bald": (0, 0),
    "buzz": (0, 0),
    "short": (58, 104),
    "chin": (126, 122),
    "shoulder": (212, 132),
    "long": (362, 142),
    "very_long": (560, 134),
}
GATHERED = ("ponytail", "bun", "messy_bun", "braid", "braids")


def hair(look: Look, tones: Tones, wear: Wear) -> tuple[str, str]:
    """Return the hair behind the body and the hair over the face."""
    if wear.hat and wear.hat[0] == "hijab":
        return "", ""
    if look.length == "bald":
        return "", _bald(look, tones)
    if look.length == "buzz" or look.style == "buzz":
        return "", _buzz(look, tones)
    if look.style == "mohawk":
        return _mohawk(look, tones)
    if look.style == "undercut":
        return "", _undercut(look, tones)
    if look.style in ("box_braids", "locs"):
        return ropes(look, tones)
    if look.texture == "coily" and look.style not in GATHERED and look.style != "slicked":
        return afro(look, tones)
    if look.style in GATHERED:
        return _gathered(look, tones)
    if look.style == "pixie" or look.length == "short":
        return _short(look, tones)
    if look.style == "slicked":
        return (loose_back(look, tones), _slicked(look, tones))
    return loose_back(look, tones), _loose_front(look, tones)


# --- building blocks -----------------------------------------------------------------------------------------------


def _join(*lines: list[Point]) -> str:
    """Return one closed outline of several smooth lines."""
    d = ""
    for points in lines:
        piece = curve(points, closed=False)
        d += piece if not d else "L" + piece[1:]
    return d + "Z"


def curls(points: list[Point], size: float, tones: Tones, seed: int = 5) -> str:
    """Return curls set along a line: a shadow each, a body, a gleam."""
    jitter = random.Random(seed)
    under, body, gleam = "", "", ""
    for x, y in _spaced(points, size * 0.95):
        r = size * jitter.uniform(0.82, 1.12)
        x, y = x + jitter.uniform(-4, 4), y + jitter.uniform(-4, 4)
        under += circle(x + 3, y + 4, r, tones.hair_shade)
        body += circle(x, y, r * 0.93, tones.hair)
        a = jitter.uniform(0, 1.2)
        gleam += line(
            f"M{num(x - r * 0.5)} {num(y + r * 0.1)} q{num(r * 0.15)} {num(-r * (0.7 + a * 0.1))} {num(r * 0.8)} {num(-r * 0.45)}",
            tones.hair_light,
            3.2,
            0.55,
        )
        gleam += line(
            f"M{num(x - r * 0.2)} {num(y + r * 0.45)} q{num(r * 0.5)} {num(r * 0.2)} {num(r * 0.72)} {num(-r * 0.3)}",
            tones.hair_shade,
            3,
            0.6,
        )
    return under + body + gleam


def _spaced(points: list[Point], step: float) -> list[Point]:
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


def strands(lines: list[str], tones: Tones) -> str:
    return "".join(
        line(d, tones.hair_line if at % 2 else tones.hair_light, 2.8, 0.42 if at % 2 else 0.6)
        for at, d in enumerate(lines)
    )


def _sides(look: Look) -> list[Point]:
    """Return the right edge of loose hair from the crown to its end."""
    end, wide = ENDS[look.length]
    points: list[Point] = [(0, -154), (64, -145), (108, -98), (120, -34)]
    y, step = 20.0, 44
    while y < end - 14:
        share = max(0.0, y / end)
        x = 120 + (wide - 120) * share + (10 * share if look.texture == "straight" else 0)
        if look.texture == "wavy":
            x += 11 * math.sin(y / 27) + 6
        points.append((x, y))
        y += step if look.texture == "straight" else 26
    return points


def loose_back(look: Look, tones: Tones, *, lit: bool = False) -> str:
    """Return what falls behind the neck.  lit: seen from behind, not in the head's shadow."""
    end, wide = ENDS[look.length]
    side = _sides(look)
    if look.texture == "curly":
        ring = [(x + 6, y) for x, y in side]
        tail = [*ring, (wide + 2, end - 20), (wide * 0.6, end), (0, end - 8)]
        body = path(curve(mirror(tail)), tones.hair_shade)
        edge = [(x, y) for x, y in tail if y > -60]
        return body + curls(edge, 32, tones) + curls([(-x, y) for x, y in edge], 32, tones, 9)
    if look.length == "chin":
        tips: list[Point] = [(wide - 2, end - 24), (wide * 0.86, end), (wide * 0.5, end - 6), (0, end - 14)]
    else:
        tips = [
            (wide + 2, end - 16),
            (wide * 0.8, end + 8),
            (wide * 0.5, end - 6),
            (wide * 0.24, end + 6),
            (0, end - 10),
        ]
    d = curve(mirror([*side, *tips]))
    wave = 13 if look.texture == "wavy" else 0
    lines = [
        f"M{x} 40 q{wave} {num((end - 40) * 0.25)} 0 {num((end - 40) * 0.5)} t0 {num((end - 40) * 0.4)}"
        for x in (-112, -96, -70, -40, 40, 70, 96, 112)
    ]
    return cel(
        d,
        tones.hair if lit else mix(tones.hair, tones.hair_shade, 0.55),
        tones.hair_shade,
        dx=-16,
        dy=-6,
        outline=tones.hair_line,
    ) + clipped(d, strands(lines, tones))


PARTED: list[Point] = [
    (97, 18),
    (91, -30),
    (63, -74),
    (25, -101),
    (0, -113),
    (-25, -101),
    (-63, -74),
    (-91, -30),
    (-97, 18),
]
SIDE: list[Point] = [(97, 18), (93, -30), (80, -72), (52, -108), (10, -78), (-44, -61), (-84, -24), (-97, 18)]
FRINGE: list[Point] = [
    (97, 14),
    (95, -20),
    (84, -38),
    (60, -33),
    (34, -40),
    (6, -34),
    (-24, -41),
    (-52, -33),
    (-80, -39),
    (-95, -20),
    (-97, 14),
]


def _outer(end: float = 26) -> list[Point]:
    """Return the hair's outer edge over the head, left to right."""
    return [
        (-110, end),
        (-121, -20),
        (-110, -94),
        (-66, -143),
        (0, -156),
        (66, -143),
        (110, -94),
        (121, -20),
        (110, end),
    ]


def _fall(look: Look, end: float) -> tuple[list[Point], list[Point]]:
    """Return the right strand in front of the shoulder: its outer edge downwards, its inner edge upwards."""
    wave = 9 if look.texture == "wavy" else 0
    outer: list[Point] = []
    inner: list[Point] = []
    y = 30.0
    while y < end - 24:
        share, sway = y / end, wave * math.sin(y / 27)
        outer.append((121 + 10 * share + sway, y))
        inner.append((96 - 13 * share + sway * 1.2, y))
        y += 30
    return [*outer, (113, end), (98, end + 12)], inner[::-1]


def _framed(look: Look, brow: list[Point], falls: tuple[float, float]) -> str:
    """Return cap and strands as one outline.  brow: the hairline, right to left; falls: the ends left and right."""
    (left_out, left_in), (right_out, right_in) = _fall(look, falls[0]), _fall(look, falls[1])
    over: list[Point] = [(-121, -20), (-110, -94), (-66, -143), (0, -156), (66, -143), (110, -94), (121, -20)]
    outer = [*((-x, y) for x, y in reversed(left_out)), *over, *right_out]
    inner = [*right_in, *brow, *((-x, y) for x, y in reversed(left_in))]
    return _join(outer, inner)


def _loose_front(look: Look, tones: Tones) -> str:
    end, _ = ENDS[look.length]
    if look.texture == "curly":
        return _curly_front(look, tones)
    fall = 108 if look.length == "chin" else min(end * 0.8, 330)
    falls = (fall, fall) if look.length == "chin" else (fall * 0.86, fall)
    fringe = look.style == "fringe" or (look.style == "bob" and look.texture == "straight")
    brow = FRINGE if fringe else SIDE if look.style == "side_part" else PARTED
    lines = _fringe_lines() if fringe else _side_lines() if look.style == "side_part" else _parted_lines()
    wave = 12 if look.texture == "wavy" else 4
    for side, low in ((-1, falls[0]), (1, falls[1])):
        for x in (101, 108, 115):
            down = f"q{side * wave} {num(low * 0.2)} 0 {num(low * 0.4)} t0 {num(low * 0.3)}"
            lines.append(f"M{side * (x + 4)} -40 C{side * (x + 8)} 0 {side * (x + 2)} 20 {side * x} 50 {down}")
    return _cap(_framed(look, brow, falls), lines, tones)


def _parted_lines() -> list[str]:
    return ["M0 -113 L0 -152"] + [
        f"M{side * 3} {-118 - k * 9} C{side * (34 + k * 4)} {-112 - k * 8} {side * (84 + k * 5)} {-70 - k * 9} {side * (101 + k * 4)} 4"
        for k in range(4)
        for side in (-1, 1)
    ]


def _side_lines() -> list[str]:
    left = [
        f"M{50 - k * 3} {-116 - k * 8} C{10 - k * 4} {-96 - k * 10} {-70 - k * 4} {-78 - k * 10} {-102 - k * 3} 0"
        for k in range(5)
    ]
    return left + [
        f"M{56 + k * 4} {-118 - k * 6} C{80 + k * 4} {-104 - k * 3} {96 + k * 4} -60 {101 + k * 3} 0" for k in range(2)
    ]


def _fringe_lines() -> list[str]:
    return [f"M{x * 0.45:.0f} -148 Q{x * 1.05:.0f} -104 {x} -42" for x in (-84, -62, -40, -18, 8, 30, 54, 78)]


def _parted(tones: Tones) -> str:
    return _cap(_join(_outer(), PARTED), _parted_lines(), tones)


def _cap(d: str, lines: list[str], tones: Tones) -> str:
    band = line("M-84 -96 C-50 -132 50 -134 86 -92", tones.hair_light, 11, 0.34)
    return cel(d, tones.hair, tones.hair_shade, dx=-8, dy=-7, outline=tones.hair_line) + clipped(
        d, band + strands(lines, tones)
    )


def _slicked(look: Look, tones: Tones) -> str:
    inner: list[Point] = [
        (98, 6),
        (93, -42),
        (70, -82),
        (34, -99),
        (0, -103),
        (-34, -99),
        (-70, -82),
        (-93, -42),
        (-98, 6),
    ]
    outer: list[Point] = [
        (-104, 6),
        (-111, -36),
        (-102, -98),
        (-62, -138),
        (0, -149),
        (62, -138),
        (102, -98),
        (111, -36),
        (104, 6),
    ]
    d = _join(outer, inner)
    lines = [
        f"M{x} {-100 + abs(x) * abs(x) / 190:.0f} Q{x * 1.0:.0f} -128 {x * 0.72:.0f} -150"
        for x in (-72, -54, -36, -18, 0, 18, 36, 54, 72)
    ]
    return _cap(d, lines, tones)


def _curly_front(look: Look, tones: Tones) -> str:
    """Return curls around the face, over a cap that hides the skull."""
    cap = path(_join(_outer(10), PARTED), tones.hair_shade)
    end = min(ENDS[look.length][0] * 0.62, 190)
    arch: list[Point] = [
        (-106, 40),
        (-104, -30),
        (-84, -82),
        (-44, -110),
        (0, -116),
        (44, -110),
        (84, -82),
        (104, -30),
        (106, 40),
    ]
    crown: list[Point] = [(-112, -40), (-96, -108), (-50, -142), (0, -150), (50, -142), (96, -108), (112, -40)]
    falls = ""
    if look.length != "short":
        falls = curls([(113, 40), (120, end)], 27, tones, 4) + curls([(-113, 40), (-120, end)], 27, tones, 6)
    fringe = curls([(-60, -76), (-20, -84), (22, -84), (60, -74)], 25, tones, 8) if look.style == "fringe" else ""
    return cap + falls + curls(crown, 30, tones, 2) + curls(arch, 25, tones, 3) + fringe


# --- short cuts ----------------------------------------------------------------------------------------------------


def _bald(look: Look, tones: Tones) -> str:
    return ellipse(-38, -96, 24, 11, tones.glow, 0.75, 'transform="rotate(-28 -38 -96)"')


def _buzz(look: Look, tones: Tones) -> str:
    inner: list[Point] = [
        (99, 4),
        (94, -42),
        (76, -76),
        (40, -88),
        (0, -90),
        (-40, -88),
        (-76, -76),
        (-94, -42),
        (-99, 4),
    ]
    outer: list[Point] = [
        (-101, 4),
        (-104, -30),
        (-97, -86),
        (-60, -127),
        (0, -139),
        (60, -127),
        (97, -86),
        (104, -30),
        (101, 4),
    ]
    d = _join(outer, inner)
    dots = random.Random(4)
    grain = "".join(
        circle(dots.uniform(-100, 100), dots.uniform(-136, 0), 1.7, tones.hair_light, 0.5) for _ in range(110)
    )
    return path(d, mix(look.hair, look.skin, 0.22)) + clipped(
        d, path(d, tones.hair_shade, opacity=0.4, extra='transform="translate(30 14)"') + grain
    )


def _short(look: Look, tones: Tones) -> tuple[str, str]:
    if look.texture in ("curly", "coily"):
        cap = path(
            _join(_outer(-8), [(98, 0), (92, -40), (66, -78), (0, -90), (-66, -78), (-92, -40), (-98, 0)]),
            tones.hair_shade,
        )
        crown: list[Point] = [(-103, -30), (-96, -92), (-54, -140), (0, -152), (54, -140), (96, -92), (103, -30)]
        front: list[Point] = [(-88, -72), (-50, -98), (0, -104), (50, -98), (88, -72)]
        size = 21 if look.texture == "coily" else 26
        return "", cap + curls(crown, size, tones, 2) + curls(front, size, tones, 3)
    if look.masculine and look.style != "pixie":
        return "", _crop(look, tones)
    back = path(curve(mirror([(0, -150), (88, -118), (114, -40), (106, 50), (84, 92), (0, 70)])), tones.hair_shade)
    inner: list[Point] = [(99, 40), (92, 22), (95, -28), (78, -62), (52, -96)]
    sweep: list[Point] = [(52, -96), (22, -62), (-22, -52), (-66, -36), (-88, -14), (-93, 20), (-101, 42)]
    outer: list[Point] = [
        (-104, 42),
        (-117, -16),
        (-112, -88),
        (-72, -144),
        (0, -160),
        (70, -150),
        (112, -92),
        (117, -18),
        (104, 40),
    ]
    wave = 8 if look.texture == "wavy" else 0
    d = _join(outer, inner, sweep)
    lines = [
        f"M{54 - k * 5} {-102 - k * 9} C{20 - k * 6} {-84 - k * 12 - wave} {-54 - k * 5} {-70 - k * 12 + wave} {-100 - k * 2} {6 - k * 10}"
        for k in range(5)
    ]
    lines += [f"M{58 + k * 6} {-108 - k * 6} Q{92 + k * 5} {-74 - k * 4} {103 + k * 2} 14" for k in range(2)]
    return back, _cap(d, lines, tones)


def _crop(look: Look, tones: Tones) -> str:
    """Return a short cut with tapered sides and some height in front."""
    if look.style == "slicked":
        return _slicked(look, tones)
    side: list[Point] = [(101, 26), (106, 0), (107, -40), (98, -90), (70, -84), (88, -52), (94, -16), (95, 18)]
    burn = mix(tones.hair, tones.hair_shade, 0.6)
    sides = "".join(path(curve([(flip * x, y) for x, y in side]), burn) for flip in (-1, 1))
    part = look.style == "side_part"
    if part:
        top: list[Point] = [(-104, -40), (-106, -92), (-74, -142), (-10, -160), (58, -150), (98, -112), (103, -52)]
        hair_line: list[Point] = [(92, -62), (72, -92), (50, -104), (14, -84), (-40, -76), (-82, -64), (-96, -40)]
        lines = [
            f"M{52 - k * 4} {-110 - k * 8} C{10} {-104 - k * 11} {-60} {-92 - k * 12} {-99} {-48 - k * 12}"
            for k in range(4)
        ]
    else:
        top = [(-103, -36), (-107, -84), (-84, -134), (-30, -162), (36, -168), (84, -146), (108, -96), (103, -38)]
        wave = 6 if look.texture == "wavy" else 0
        hair_line = [
            (93, -52),
            (80, -78),
            (56, -82 - wave),
            (28, -92),
            (0, -82 - wave),
            (-30, -92),
            (-58, -80 - wave),
            (-82, -76),
            (-94, -46),
        ]
        lines = [
            f"M{x} {-88 + abs(x) * 0.08:.0f} Q{x + 12 + wave} -130 {x * 0.7 + 26:.0f} -158"
            for x in (-72, -48, -24, 0, 24, 48, 70)
        ]
    return sides + _cap(_join(top, hair_line), lines, tones)


def _undercut(look: Look, tones: Tones) -> str:
    """Return shaved sides under long hair swept to one side."""
    shaved = clipped(
        outline(look),
        path("M-120 -140 H120 V20 L94 6 L90 -60 L-90 -60 L-94 6 L-120 20Z", mix(look.hair, look.skin, 0.5)),
    )
    outer: list[Point] = [(-104, -62), (-124, -96), (-104, -150), (-40, -172), (34, -164), (80, -128), (86, -92)]
    inner: list[Point] = [(60, -96), (20, -84), (-30, -84), (-70, -60), (-96, -22), (-118, 10), (-124, -40)]
    lines = [
        f"M{76 - k * 8} {-102 - k * 9} C{20} {-112 - k * 10} {-70} {-100 - k * 10} {-112} {-20 - k * 14}"
        for k in range(5)
    ]
    return shaved + _cap(_join(outer, inner), lines, tones)


def _mohawk(look: Look, tones: Tones) -> tuple[str, str]:
    shaved = clipped(
        outline(look),
        path("M-120 -140 H120 V10 L95 -4 L84 -74 Q0 -96 -84 -74 L-95 -4 L-120 10Z", mix(look.hair, look.skin, 0.62)),
    )
    spikes: list[Point] = [
        (-34, -92),
        (-44, -150),
        (-52, -196),
        (-22, -178),
        (-8, -222),
        (10, -182),
        (40, -208),
        (38, -156),
        (34, -92),
        (0, -84),
    ]
    d = polygon([(x, y) for x, y in spikes])
    lines = [f"M{x} -96 L{x * 1.3:.0f} -176" for x in (-22, -8, 6, 20)]
    return "", shaved + cel(d, tones.hair, tones.hair_shade, dx=-9, dy=0, outline=tones.hair_line) + clipped(
        d, strands(lines, tones)
    )


# --- long hair worn otherwise --------------------------------------------------------------------------------------


def afro(look: Look, tones: Tones) -> tuple[str, str]:
    if look.length == "short":
        return _short(look, tones)
    size = {"chin": 150, "shoulder": 172, "long": 188, "very_long": 200}.get(look.length, 162)
    ring = [
        (math.sin(a) * size, -52 - math.cos(a) * size * 0.93) for a in (math.radians(d) for d in range(-142, 143, 8))
    ]
    inner = [
        (math.sin(a) * size * 0.8, -52 - math.cos(a) * size * 0.78)
        for a in (math.radians(d) for d in range(-140, 141, 12))
    ]
    back = (
        ellipse(0, -50, size, size * 0.94, tones.hair_shade) + curls(ring, 27, tones, 7) + curls(inner, 25, tones, 12)
    )
    brow: list[Point] = [
        (-100, 6),
        (-98, -40),
        (-76, -82),
        (-40, -102),
        (0, -108),
        (40, -102),
        (76, -82),
        (98, -40),
        (100, 6),
    ]
    upper: list[Point] = [(-112, -50), (-86, -112), (-40, -136), (0, -142), (40, -136), (86, -112), (112, -50)]
    top = path(
        _join(_outer(0), [(97, 0), (90, -46), (60, -84), (0, -98), (-60, -84), (-90, -46), (-97, 0)]), tones.hair_shade
    )
    return back, top + curls(upper, 27, tones, 3) + curls(brow, 22, tones, 4)


def _gathered(look: Look, tones: Tones) -> tuple[str, str]:
    """Return hair combed back into a tail, a bun or braids."""
    end = max(ENDS[look.length][0], 300)
    back, front = "", _slicked(look, tones) if look.texture != "curly" else _curly_cap(tones)
    if look.style == "ponytail":
        front += tie(54, -150, tones)
        if look.texture in ("curly", "coily"):
            back = curls([(60, -150), (140, -130), (160, -40), (150, 60), (130, 150)], 44, tones, 5) + curls(
                [(110, -130), (180, -80), (184, 20)], 34, tones, 6
            )
        else:
            wave = 16 if look.texture == "wavy" else 0
            tail: list[Point] = [
                (30, -152),
                (92, -196),
                (158, -164),
                (186, -70),
                (178 + wave, 30),
                (186 - wave, 130),
                (160, end * 0.62),
                (128, end * 0.7),
                (138 + wave, 150),
                (128 - wave, 40),
                (116, -50),
                (88, -112),
            ]
            d = curve(tail)
            back = cel(d, tones.hair, tones.hair_shade, dx=-12, dy=-4, outline=tones.hair_line) + clipped(
                d,
                strands(
                    [
                        f"M{70 + k * 9} {-160 - k * 5} C{130 + k * 12} -150 {146 + k * 10} {0} {132 + k * 9} {end * 0.6:.0f}"
                        for k in range(5)
                    ],
                    tones,
                ),
            )
    elif look.style == "bun":
        front += bun(0, -178, 52, tones)
    elif look.style == "messy_bun":
        front += messy_bun(look, tones)
        front += line(
            "M-90 -30 C-112 10 -98 50 -106 88 M92 -24 C112 14 96 52 108 80 M84 -54 C116 -20 100 10 114 40",
            tones.hair,
            6,
        ) + line("M-40 -94 C-60 -80 -72 -60 -76 -38", tones.hair, 5)
    elif look.style == "braid":
        front += plait([(92, 60), (122, 120), (124, 200), (112, end + 20)], 40, tones)
        back = path(curve(mirror([(0, -148), (100, -100), (110, -20), (96, 80), (0, 90)])), tones.hair_shade)
    else:
        back = path(curve(mirror([(0, -148), (100, -100), (110, -20), (100, 70), (0, 60)])), tones.hair_shade)
        front = _parted(tones) if look.texture != "curly" else front
        for side in (-1, 1):
            front += plait([(side * 106, 40), (side * 128, 110), (side * 128, 200), (side * 112, end)], 38, tones)
    return back, front


def _curly_cap(tones: Tones) -> str:
    top = path(
        _join(_outer(0), [(97, 0), (90, -46), (60, -84), (0, -98), (-60, -84), (-90, -46), (-97, 0)]), tones.hair_shade
    )
    return (
        top
        + curls([(-104, -30), (-88, -104), (-44, -138), (0, -146), (44, -138), (88, -104), (104, -30)], 26, tones, 3)
        + curls([(-94, -50), (-60, -92), (0, -108), (60, -92), (94, -50)], 22, tones, 4)
    )


def tie(x: float, y: float, tones: Tones) -> str:
    return ellipse(x, y, 17, 13, "#c2485a", 1, f'transform="rotate(30 {x} {y})"')


def bun(x: float, y: float, r: float, tones: Tones) -> str:
    d = curve(
        [
            (x - r, y),
            (x - r * 0.7, y - r * 0.72),
            (x, y - r),
            (x + r * 0.7, y - r * 0.72),
            (x + r, y),
            (x + r * 0.72, y + r * 0.7),
            (x, y + r * 0.9),
            (x - r * 0.72, y + r * 0.7),
        ]
    )
    swirl = [
        f"M{num(x - r * 0.7)} {num(y + 10)} C{num(x - r * 0.6)} {num(y - r * 0.9)} {num(x + r * 0.7)} {num(y - r * 0.9)} {num(x + r * 0.6)} {num(y + 6)}",
        f"M{num(x - r * 0.4)} {num(y + 18)} C{num(x - r * 0.4)} {num(y - r * 0.5)} {num(x + r * 0.4)} {num(y - r * 0.5)} {num(x + r * 0.36)} {num(y + 14)}",
        f"M{num(x - r * 0.9)} {num(y + 20)} q{num(r * 0.9)} 26 {num(r * 1.8)} -2",
    ]
    return (
        cel(d, tones.hair, tones.hair_shade, outline=tones.hair_line)
        + clipped(d, strands(swirl, tones))
        + path(
            f"M{num(x - r * 0.6)} {num(y + r * 0.62)} Q{num(x)} {num(y + r * 1.0)} {num(x + r * 0.6)} {num(y + r * 0.62)} L{num(x + r * 0.5)} {num(y + r * 0.9)} Q{num(x)} {num(y + r * 1.2)} {num(x - r * 0.5)} {num(y + r * 0.9)}Z",
            "#c2485a",
        )
    )


def messy_bun(look: Look, tones: Tones) -> str:
    loops = random.Random(6)
    parts = curls([(-50, -170), (-34, -206), (0, -220), (36, -208), (54, -176), (34, -156), (-30, -156)], 27, tones, 5)
    for _ in range(7):
        a = loops.uniform(-2.6, -0.5)
        x, y = math.cos(a) * 52, -184 + math.sin(a) * 46
        parts += line(
            f"M{num(x * 0.6)} {num(-184 + (y + 184) * 0.6)} Q{num(x * 1.3)} {num(y - 8)} {num(x * 1.25 + 12)} {num(y + 16)}",
            tones.hair,
            5,
        )
    return parts + bun(0, -180, 40, tones)


def plait(points: list[Point], width: float, tones: Tones) -> str:
    """Return a braid along a line: overlapping lobes, a tie, a tuft."""
    spots = _spaced(points, width * 0.62)
    body = ""
    for at, (x, y) in enumerate(spots):
        size = width * (1 - 0.32 * at / len(spots))
        for side in (-1, 1):
            lobe = curve(
                [
                    (x, y - size * 0.55),
                    (x + side * size * 0.62, y - size * 0.2),
                    (x + side * size * 0.5, y + size * 0.4),
                    (x - side * size * 0.06, y + size * 0.72),
                ]
            )
            body += path(
                lobe,
                tones.hair if side < 0 else mix(tones.hair, tones.hair_shade, 0.45),
                stroke=tones.hair_line,
                width=2.2,
            )
            body += line(
                f"M{num(x + side * size * 0.3)} {num(y - size * 0.2)} q{num(side * -2)} {num(size * 0.3)} {num(-side * size * 0.2)} {num(size * 0.5)}",
                tones.hair_light,
                2.4,
                0.5,
            )
    x, y = spots[-1]
    tuft = path(
        f"M{num(x - 10)} {num(y + 16)} q-6 26 -2 44 l12 6 l12 -8 q2 -22 -4 -42Z",
        tones.hair,
        stroke=tones.hair_line,
        width=2,
    )
    return tuft + body + rect(x - 13, y + 12, 26, 12, "#c2485a", 5)


def ropes(look: Look, tones: Tones) -> tuple[str, str]:
    """Return box braids or locs: many ropes from a parted crown."""
    locs = look.style == "locs"
    end = {"short": 90, "chin": 130, "shoulder": 210, "very_long": 520}.get(look.length, 330)
    wide = 21 if locs else 14
    jitter = random.Random(8)

    def rope(x0: float, y0: float, x1: float, y1: float, x2: float, y2: float) -> str:
        d = f"M{num(x0)} {num(y0)} Q{num(x1)} {num(y1)} {num(x2)} {num(y2)}"
        ends = circle(x2, y2, wide * 0.46, tones.hair)
        beads = "" if locs else rect(x2 - 8, y2 - 26, 16, 12, jitter.choice(("#e8c465", "#e8c465", "#c9d4dd")), 4)
        knots = line(
            d, tones.hair_light, wide * (0.5 if locs else 0.62), 0.34, f'stroke-dasharray="{"3 15" if locs else "2 9"}"'
        )
        return (
            line(d, tones.hair_line, wide + 3.5)
            + line(d, mix(tones.hair, tones.hair_shade, jitter.uniform(0, 0.45)), wide)
            + knots
            + ends
            + (beads if jitter.random() < 0.4 else "")
        )

    back = path(
        curve(mirror([(0, -150), (104, -100), (118, -20), (122, end * 0.7), (0, end * 0.74)])), tones.hair_shade
    )
    for x in range(-120, 121, 15 if not locs else 22):
        back += rope(x * 0.8, -60, x * 1.12, 80, x * 1.12 + jitter.uniform(-5, 5), end + jitter.uniform(-20, 18))
    cap = path(
        _join(_outer(0), [(97, 0), (88, -52), (56, -88), (0, -104), (-56, -88), (-88, -52), (-97, 0)]), tones.hair_shade
    )
    front = cap
    for side in (-1, 1):
        for k in range(6):
            x0 = side * (4 + k * 12)
            front += rope(
                x0, -118 + k * 2 - (34 - k * 5), side * (66 + k * 11), -126 + k * 14, side * (103 + k * 4), 30 + k * 2
            )
        for k in range(3):
            front += rope(
                side * (100 + k * 8), 0, side * (116 + k * 9), 90, side * (104 + k * 11), (end * 0.82) - k * 16
            )
    return back, front
