"""What is worn: tops, dresses, coats, bottoms, swimwear, shoes, and what hangs about the neck.

Every garment is a Cut of lexicon.GARMENTS: its outline follows the body, its details are looked up in the tables below.
Where is … drawn?  A collar: NECKS; a hem: HEMS and SKIRTS; a scarf: NECKWEAR; a pattern: pattern(); shoes: shoe().
"""

import math
import random

from devtools.illustrator.body import bare_foot, foot_outline
from devtools.illustrator.head import Tones
from devtools.illustrator.lexicon import Garment, Wear
from devtools.illustrator.poses import THIGH, Leg, Measures
from devtools.illustrator.svg import (
    Node,
    Point,
    along,
    cel,
    circle,
    clipped,
    curve,
    dark,
    ellipse,
    group,
    hull,
    light,
    line,
    mirror,
    mix,
    move,
    num,
    part_of,
    path,
    polygon,
    rect,
    tube,
)

# Where a top ends, y; a skirt's or a leg's length, as a share of the leg.
HEMS = {
    "bra": -222.0,
    "crop": -190.0,
    "waist": -112.0,
    "hip": 22.0,
    "thigh": 190.0,
    "knee": 350.0,
    "midi": 470.0,
    "long": 640.0,
}
SKIRTS = {"mini": 0.34, "knee": 0.53, "midi": 0.74, "long": 0.94, "high": 0.94}
LEGS = {"shorts": 0.27, "bermuda": 0.44, "ankle": 0.96, "toes": 1.0}
# How deep and how wide each neckline is cut, beside the neck.
NECKS = {
    "crew": (26, 16), "scoop": (88, 40), "v": (104, 24), "collar": (46, 14), "pyjama": (84, 18), "turtle": (-10, 4), "mandarin": (8, 6), "tank": (84, 40),
    "strap": (104, 58), "racer": (92, 44), "sweetheart": (118, 0), "bandeau": (118, 0), "halter": (70, 18), "wrap": (138, 20), "lapel": (170, 22), "fur": (60, 20), "cape": (30, 12),
    "bib": (110, 40), "back": (12, 16),
}  # fmt: skip
STRAPLESS = ("sweetheart", "bandeau")
NARROW = {
    "tank": 0.34,
    "strap": 0.2,
    "racer": 0.24,
    "halter": 0.12,
    "bib": 0.26,
}  # how wide the straps are, of the shoulder


def fabric(d: str, piece: Garment, *, folds: str = "") -> str:
    """Return an outline filled with the garment's cloth: shade, pattern, folds, edge."""
    c = piece.colour
    return (
        cel(d, c, dark(c, 0.2), dx=-15, dy=-6)
        + (
            clipped(d, pattern(piece) + line(folds, dark(c, 0.34), 4, 0.6))
            if piece.pattern or folds or "knit" in piece.cut.detail
            else ""
        )
        + line(d, dark(c, 0.48), 2.8, 0.8)
    )


def pattern(piece: Garment) -> str:
    """Return a pattern over the whole figure, to be clipped."""
    c = piece.colour
    pale, deep = light(c, 0.55), dark(c, 0.36)
    dots = random.Random(5)
    kind = piece.pattern or ("knit" if "knit" in piece.cut.detail else "")
    if kind == "stripes":
        return "".join(line(f"M-320 {y} q320 20 640 0", pale, 15, 0.75) for y in range(-450, 760, 44))
    if kind == "knit":
        return "".join(line(f"M{x} -440 Q{x * 1.06:.0f} -200 {x} 760", deep, 3, 0.2) for x in range(-230, 231, 17))
    if kind == "plaid":
        return "".join(rect(-330, y, 660, 17, deep, opacity=0.42) for y in range(-450, 760, 62)) + "".join(
            rect(x, -450, 15, 1200, pale, opacity=0.34) for x in range(-310, 311, 58)
        )
    if kind == "dots":
        return "".join(
            circle(x + (y // 42 % 2) * 22, y, 8, pale, 0.9) for y in range(-440, 760, 42) for x in range(-300, 300, 44)
        )
    if kind in ("zebra", "leopard"):
        return "".join(
            line(
                f"M{dots.randint(-280, 260)} {dots.randint(-440, 740)} q{dots.randint(8, 20)} 10 {dots.randint(20, 46)} -4",
                deep,
                8,
                0.75,
            )
            for _ in range(190)
        )
    if kind == "sequins":
        return "".join(circle(dots.randint(-280, 280), dots.randint(-440, 740), 3.4, pale, 0.8) for _ in range(320))
    if kind == "lace":
        return "".join(
            circle(x + (y // 22 % 2) * 13, y, 6, "none", 0.55, f'stroke="{pale}" stroke-width="2"')
            for y in range(-440, 760, 22)
            for x in range(-260, 260, 26)
        )
    blooms = ""
    for _ in range(64):
        x, y = dots.randint(-290, 290), dots.randint(-440, 740)
        blooms += (
            "".join(circle(x + dx, y + dy, 6.5, pale, 0.9) for dx, dy in ((-7, 0), (7, 0), (0, -7), (0, 7)))
            + circle(x, y, 4.5, "#f0bd4f")
            + ellipse(x + 15, y + 9, 8, 4, mix(c, "#3f8a56", 0.7), 0.7)
        )
    return blooms if kind == "floral" else ""


def _sides(m: Measures, ease: float, hem: float) -> list[Point]:
    """Return the right edge of a garment below the armpit, down to its hem."""
    t, e = -m.torso, ease * 0.55
    bust = 10 * m.chest_size
    loose = min(ease, 40) * 0.6
    edge: list[Point] = [
        (m.chest + e * 0.8, t + 120),
        (m.chest + e + bust, t + 165),
        (m.chest * 0.95 + e, t + 208),
        (m.waist + e + loose * 0.5, t + 272),
        (m.hip * 0.96 + e, -44),
        (m.hip + e, 14),
    ]
    kept = [point for point in edge if point[1] < hem - 16]
    if hem <= 14:
        before, after = kept[-1], next((p for p in edge if p[1] >= hem - 16), edge[-1])
        share = (hem - before[1]) / max(1.0, after[1] - before[1])
        return [*kept, (before[0] + (after[0] - before[0]) * min(1.0, share), hem)]
    return [*kept, (m.hip + e + (hem - 14) * 0.12, hem)]


def shell(m: Measures, piece: Garment, hem: float) -> str:
    """Return a top's outline: shoulders, sides, hem and neckline."""
    t, s = -m.torso, m.shoulder
    depth, wide = NECKS[piece.cut.neck]
    sides = _sides(m, piece.cut.ease, hem)
    end_x, end_y = sides[-1]
    right: list[Point]
    if piece.cut.neck in STRAPLESS:
        right = [(m.chest * 0.9, t + 106)]
    elif piece.cut.neck in NARROW:
        band = s * NARROW[piece.cut.neck]
        inner = m.neck + wide
        right = [(inner, t + 8), (inner + band, t + 14), (min(inner + band, m.chest) * 0.98, t + 70)]
    else:
        right = [(m.neck + wide, t + 4), (s * 0.64, t + 14), (s - 22, t + 25), (s - 2, t + 52), (s - 12, t + 96)]
    body = [*right, *sides]
    down = curve(body, closed=False, tension=0.9)
    up = curve([(-x, y) for x, y in reversed(body)], closed=False, tension=0.9)
    bottom = f" Q0 {num(end_y + 18)} {num(-end_x)} {num(end_y)} L"
    x0, y0 = right[0]
    low = t + depth
    if piece.cut.neck in STRAPLESS:
        close = f" Q{num(-x0 * 0.5)} {num(t + 66)} 0 {num(low + 6)} Q{num(x0 * 0.5)} {num(t + 66)} {num(x0)} {num(y0)}Z"
    elif depth > 95 or piece.cut.neck in ("collar", "pyjama", "lapel"):
        close = f" L0 {num(low)} L{num(x0)} {num(y0)}Z"
    else:
        close = f" C{num(-x0 * 0.8)} {num(low + 6)} {num(x0 * 0.8)} {num(low + 6)} {num(x0)} {num(y0)}Z"
    return down + bottom + up[1:] + close


def _folds(m: Measures) -> str:
    t = -m.torso
    return "".join(
        f"M{side * (m.chest - 6):.0f} {t + 138:.0f} q{side * -26} 16 {side * -40} 46 M{side * (m.waist + 6):.0f} {t + 268:.0f} q{side * -30} 8 {side * -52} -6 M{side * (m.waist + 2):.0f} {t + 296:.0f} q{side * -20} 14 {side * -46} 14 "
        for side in (-1, 1)
    )


def upper(m: Measures, piece: Garment) -> str:
    """Return a top, or the bodice of a dress, with its collar and details."""
    dress = piece.cut.slot == "dress"
    hem = -96.0 if dress else HEMS.get(piece.cut.hem, 22.0)
    if "tucked" in piece.cut.detail:
        hem = -84.0
    d = shell(m, piece, hem)
    return fabric(d, piece, folds=_folds(m)) + _bust(m, piece, d) + collar(m, piece) + details(m, piece, hem)


def _bust(m: Measures, piece: Garment, d: str) -> str:
    if m.male or piece.cut.ease > 40 or "behind" in piece.cut.detail:
        return ""
    y, r = -m.torso + 172, m.chest * 0.44
    strength = 0.22 + 0.25 * m.chest_size
    curves = "".join(
        line(
            f"M{num(side * r * 0.25)} {num(y + 14)} Q{num(side * r * 1.1)} {num(y + 30 + 10 * m.chest_size)} {num(side * r * 1.9)} {num(y - 2)}",
            dark(piece.colour, 0.4),
            5,
            strength,
        )
        for side in (-1, 1)
    )
    return clipped(d, curves)


def collar(m: Measures, piece: Garment) -> str:
    """Return what is sewn round the neckline."""
    t, n, c = -m.torso, m.neck, piece.colour
    edge, trim = dark(c, 0.48), dark(c, 0.16)
    kind = piece.cut.neck
    depth, wide = NECKS[kind]
    x = n + wide
    if kind in ("collar", "pyjama"):
        low = t + depth
        return "".join(
            path(
                f"M{num(side * (n + 2))} {t - 22} L{num(side * (x + 16))} {t + 8} L{num(side * (x + 12))} {t + 58} L0 {num(low)}Z",
                light(c, 0.2),
                stroke=edge,
                width=2.6,
            )
            for side in (-1, 1)
        )
    if kind == "lapel":
        return ""
    if kind == "turtle":
        d = f"M{num(-n - 7)} {t - 42} Q0 {t - 24} {num(n + 7)} {t - 42} L{num(n + 14)} {t + 10} Q0 {t + 40} {num(-n - 14)} {t + 10}Z"
        return path(d, light(c, 0.08), stroke=edge, width=2.6) + line(
            f"M{num(-n - 8)} {t - 18} Q0 {t + 6} {num(n + 8)} {t - 18}", edge, 2.4, 0.5
        )
    if kind == "mandarin":
        d = f"M{num(-n - 5)} {t - 22} Q0 {t + 6} {num(n + 5)} {t - 22} L{num(n + 12)} {t + 8} Q0 {t + 34} {num(-n - 12)} {t + 8}Z"
        return path(d, trim, stroke=edge, width=2.4)
    if kind == "wrap":
        band = light(c, 0.28)
        return (
            line(f"M{num(x)} {t + 2} L-34 {t + 196}", edge, 27)
            + line(f"M{num(x)} {t + 2} L-34 {t + 196}", band, 22)
            + line(f"M{num(-x)} {t + 2} L44 {t + 206}", edge, 27)
            + line(f"M{num(-x)} {t + 2} L44 {t + 206}", band, 22)
        )
    if kind in STRAPLESS or kind in NARROW:
        return ""
    if kind == "v":
        return line(f"M{num(-x)} {t + 4} L0 {t + depth} L{num(x)} {t + 4}", trim, 9)
    band = 13 if "ribs" in piece.cut.detail else 8
    return line(
        f"M{num(-x)} {t + 4} C{num(-x * 0.8)} {t + depth + 6} {num(x * 0.8)} {t + depth + 6} {num(x)} {t + 4}",
        trim,
        band,
    )


def details(m: Measures, piece: Garment, hem: float) -> str:
    """Return buttons, pocket, zip, ribs, hood cords, sash, numbers: each by its word."""
    t, c, words = -m.torso, piece.colour, piece.cut.detail
    deep, pale = dark(c, 0.42), light(c, 0.5)
    width = m.hip + piece.cut.ease * 0.55
    low = t + max(20, NECKS[piece.cut.neck][0])
    end = min(hem, 22.0)
    drawn = {
        "buttons": line(f"M0 {num(low)} V{num(end + 6)}", deep, 2.6, 0.8) + "".join(circle(8, y, 4.6, pale, 1, f'stroke="{deep}" stroke-width="1.6"') for y in range(int(low) + 26, int(end) - 6, 62)),
        "placket": line(f"M0 {num(low)} v90", deep, 3, 0.8) + "".join(circle(0, low + dy, 4.4, pale) for dy in (24, 58)),
        "zip": line(f"M0 {num(low)} V{num(end + 6)}", deep, 4.4) + line(f"M0 {num(low)} V{num(end + 6)}", pale, 1.6, 0.9),
        "pocket": path(f"M-74 {num(end - 116)} H74 L96 {num(end - 22)} H-96Z", dark(c, 0.06), stroke=deep, width=2.6),
        "hood": line(f"M-22 {t + 34} v84 M22 {t + 34} v72", "#f4efe4", 5.5) + path(f"M{num(-m.neck - 46)} {t + 2} C-60 {t + 66} 60 {t + 66} {num(m.neck + 46)} {t + 2} C40 {t + 40} -40 {t + 40} {num(-m.neck - 46)} {t + 2}Z", dark(c, 0.14), stroke=deep, width=2.4),
        "ribs": clipped(f"M-300 {num(end - 16)} H300 V{num(end + 20)} H-300Z", line(f"M{num(-width)} {num(end - 8)} Q0 {num(end + 10)} {num(width)} {num(end - 8)}", deep, 2.6, 0.5)) if piece.cut.slot != "dress" else "",
        "belt": rect(-m.waist - 22, -150, 2 * m.waist + 44, 26, dark(c, 0.3), 6) + rect(-18, -154, 36, 34, "#d9b45c", 5),
        "obi": rect(-m.waist - 26, -212, 2 * m.waist + 52, 92, mix(c, "#f2cf73", 0.7), 8) + line(f"M{num(-m.waist - 24)} -166 H{num(m.waist + 24)}", "#a8433f", 9),
        "sash": line(f"M{num(-m.shoulder + 30)} {t + 28} C-40 {t + 160} 60 -190 {num(m.hip)} -60", light(c, 0.34), 36, 0.9),
        "number": f'<text x="0" y="{num(t + 210)}" font-size="92" font-weight="700" font-family="sans-serif" text-anchor="middle" fill="{pale}">7</text>',
        "lacing": "".join(line(f"M-16 {y} L16 {y + 22} M16 {y} L-16 {y + 22}", pale, 3.4) for y in range(int(t) + 150, int(end) - 20, 30)),
        "quilt": "".join(line(f"M{num(-m.chest - 34)} {y} Q0 {y + 16} {num(m.chest + 34)} {y}", deep, 4, 0.5) for y in range(int(t) + 80, int(end), 62)),
        "badge": path(polygon([(50, t + 120), (66, t + 128), (62, t + 152), (50, t + 162), (38, t + 152), (34, t + 128)]), "#e5bd57"),
        "stripe": line(f"M{num(m.chest)} {t + 150} Q{num(m.waist + 8)} -150 {num(m.hip)} 0", pale, 7, 0.8),
        "cargo": "", "bow": "", "piping": line(f"M0 {num(low)} V{num(end)}", pale, 3, 0.9),
    }  # fmt: skip
    return "".join(drawn[word] for word in sorted(words) if word in drawn)


def sleeve(nodes: list[Node], piece: Garment) -> str:
    """Return a sleeve over an arm, with its cuff and the folds at the elbow."""
    length = piece.cut.sleeve
    if not length:
        return ""
    c = piece.colour
    ease = min(piece.cut.ease, 44) * 0.62 + 6
    cloth = part_of(nodes, 0, min(length, 0.93), ease)
    x, y, w = nodes[0]  # the shoulder's seam lies within the garment's own shoulder
    cloth[0] = (x - (11 if x > 0 else -11), y + 9, w * 0.96 + ease * 0.35)
    if length < 0.4:  # short sleeves stand away from the arm
        x, y, w = cloth[-1]
        cloth[-1] = (x, y, w + 10)
    parts = tube(cloth, c, dark(c, 0.2), dark(c, 0.48))
    # The cloth goes on from the body into the sleeve: no outline between them at the shoulder.
    x, y, w = cloth[0]
    down = along(cloth, 0.13)
    parts += tube([(x * 0.84, y + 2, w * 0.72), (down[0], down[1], down[2] * 0.8)], c, c)
    if piece.pattern in ("stripes", "plaid"):
        for at in range(1, 9):
            x, y, w = along(cloth, at / 9)
            x2, y2, _ = along(cloth, min(1.0, at / 9 + 0.02))
            dx, dy = x2 - x, y2 - y
            size = max(0.1, (dx * dx + dy * dy) ** 0.5)
            nx, ny = -dy / size * w * 0.48, dx / size * w * 0.48
            parts += line(f"M{num(x - nx)} {num(y - ny)} L{num(x + nx)} {num(y + ny)}", light(c, 0.55), 10, 0.7)
    if length > 0.8:
        x, y, w = along(cloth, 0.46)
        parts += line(
            f"M{num(x - w * 0.3)} {num(y - 6)} q{num(w * 0.3)} 9 {num(w * 0.56)} -2 M{num(x - w * 0.2)} {num(y + 12)} q{num(w * 0.26)} 7 {num(w * 0.44)} -3",
            dark(c, 0.4),
            3.4,
            0.5,
        )
        cuff = part_of(nodes, min(length, 0.93) - 0.08, min(length, 0.93), ease * 0.7)
        parts += tube(
            cuff, light(c, 0.12) if "cuffs" in piece.cut.detail else dark(c, 0.12), dark(c, 0.26), dark(c, 0.48)
        )
    return parts


def outerwear(m: Measures, piece: Garment) -> tuple[str, str]:
    """Return a coat or jacket: its back (behind the legs) and its two fronts, a hand apart over what is worn below unless closed."""
    t, c = -m.torso, piece.colour
    hem = HEMS.get(piece.cut.hem, 22.0)
    sides = _sides(m, piece.cut.ease, hem)
    end_x, end_y = sides[-1]
    edge = dark(c, 0.5)
    gap = 54.0 if piece.open else -2.0 if piece.closed else 34.0
    back = path(
        f"M{num(-m.waist)} -160 H{num(m.waist)} L{num(end_x)} {num(end_y)} Q0 {num(end_y + 16)} {num(-end_x)} {num(end_y)}Z",
        dark(c, 0.42),
    )
    fronts = ""
    for side in (-1, 1):
        body: list[Point] = [
            (m.neck + 8, t - 16),
            (m.shoulder * 0.64, t + 9),
            (m.shoulder - 20, t + 21),
            (m.shoulder + 4, t + 50),
            (m.shoulder - 6, t + 96),
            *sides,
        ]
        d = curve([(side * x, y) for x, y in body], closed=False, tension=0.9)
        d += f" L{num(side * gap * 1.3)} {num(end_y + 8)} C{num(side * gap * 0.9)} -100 {num(side * gap * 0.7)} {t + 260} {num(side * gap * 0.8)} {t + 190} Q{num(side * (m.neck + 16))} {t + 60} {num(side * (m.neck + 8))} {t - 16}Z"
        fronts += fabric(
            d,
            piece,
            folds=f"M{num(side * (m.waist + 4))} -158 q{side * -28} 10 {side * -40} 30 M{num(side * m.hip * 0.7)} 40 q{side * 10} 120 {side * 4} {max(40, end_y - 60):.0f}",
        )
        fronts += _front_edge(m, piece, side, gap)
        if hem > -60:
            fronts += line(f"M{num(side * (m.hip * 0.52))} -42 L{num(side * (m.hip * 0.98))} -62", edge, 5, 0.7)
    if "belt" in piece.cut.detail:
        fronts += "".join(rect(side * (m.waist + 8) - 30, -150, 60, 26, dark(c, 0.25), 6) for side in (-1, 1))
    return back, fronts


def _front_edge(m: Measures, piece: Garment, side: int, gap: float) -> str:
    """Return lapel, fur or stand-up collar, and what closes the coat."""
    t, c = -m.torso, piece.colour
    edge = dark(c, 0.5)
    if piece.cut.neck == "lapel":
        parts = path(
            f"M{num(side * (m.neck + 4))} {t - 26} L{num(side * (m.neck + 44))} {t + 18} L{num(side * (m.neck + 64))} {t + 66} L{num(side * (m.neck + 42))} {t + 76} L{num(side * gap * 0.8)} {t + 210} Q{num(side * (m.neck - 2))} {t + 70} {num(side * (m.neck + 4))} {t - 26}Z",
            light(c, 0.1),
            stroke=edge,
            width=2.6,
        )
    elif piece.cut.neck == "fur":
        parts = "".join(
            circle(
                side * (m.neck + 16 + (k % 2) * 14 - k * 1.4),
                t - 16 + k * 22,
                23,
                mix("#e8dac4", c, 0.12 + 0.08 * (k % 2)),
            )
            for k in range(8)
        )
    elif piece.cut.neck == "v":
        parts = line(
            f"M{num(side * (m.neck + 10))} {t - 10} Q{num(side * (m.neck + 14))} {t + 90} {num(side * gap * 0.9)} {t + 200} L{num(side * gap * 0.95)} 8",
            dark(c, 0.14),
            15,
        )
    else:
        parts = path(
            f"M{num(side * (m.neck + 2))} {t - 30} L{num(side * (m.neck + 40))} {t + 8} L{num(side * (m.neck + 34))} {t + 58} L{num(side * (m.neck + 4))} {t + 40}Z",
            light(c, 0.12),
            stroke=edge,
            width=2.6,
        )
    if "buttons" in piece.cut.detail and side > 0:
        parts += "".join(
            circle(gap + 14, y, 7, dark(c, 0.5), 1, f'stroke="{light(c, 0.3)}" stroke-width="1.6"')
            for y in (t + 236, t + 306, t + 376)
        )
    if "quilt" in piece.cut.detail:
        parts += "".join(
            line(
                f"M{num(side * gap * 0.9)} {y} Q{num(side * m.chest * 0.7)} {y + 16} {num(side * (m.chest + 28))} {y - 2}",
                dark(c, 0.42),
                4,
                0.6,
            )
            for y in range(int(t) + 120, 20, 62)
        )
    if "zip" in piece.cut.detail:
        parts += line(
            f"M{num(side * gap * 0.78)} {t + 190} C{num(side * gap * 0.7)} {t + 260} {num(side * gap * 0.9)} -100 {num(side * gap * 1.25)} 20",
            light(c, 0.5),
            2.4,
            0.8,
        )
    return parts


def hips(m: Measures, ease: float) -> str:
    e = ease * 0.5
    return curve(
        mirror(
            [
                (0, -96),
                (m.waist + e * 0.5 + 4, -98),
                (m.hip * 0.97 + e, -40),
                (m.hip + e, 14),
                (m.hip * 0.96 + e, 60),
                (10, 84),
            ]
        ),
        tension=0.8,
    )


def foreshortened(nodes: list[Node]) -> bool:
    """Return whether a leg's thigh points at the viewer, as of one who sits."""
    (ax, ay, _), _, (kx, ky, _), _, _ = nodes
    return math.hypot(kx - ax, ky - ay) < 0.45 * THIGH


def knee(nodes: list[Node], colour: str, grow: float = 0) -> str:
    """Return the knee of one who sits: the thigh's round end before the shin, which lies in its shadow."""
    if not foreshortened(nodes):
        return ""
    (hx, hy, _), _, (x, y, w), _, _ = nodes
    r = w * 0.6 + grow
    shadow = ellipse(x, y + r * 0.6, r * 0.86, r * 0.8, dark(colour, 0.5), 0.4)
    thigh = hull(
        [(x + math.cos(a / 8) * r, y + math.sin(a / 8) * r * 0.86) for a in range(51)]
        + [(hx - r * 1.02, hy), (hx + r * 1.02, hy)]
    )
    lap = path(polygon(thigh), colour)
    end = line(
        f"M{num(x - r)} {num(y - 8)} C{num(x - r)} {num(y + r * 1.12)} {num(x + r)} {num(y + r * 1.12)} {num(x + r)} {num(y - 8)}",
        dark(colour, 0.46),
        3,
        0.8,
    )
    return shadow + lap + end + ellipse(x - r * 0.16, y - r * 0.1, r * 0.5, r * 0.34, light(colour, 0.3), 0.35)


def trousers(m: Measures, legs: list[list[Node]], piece: Garment) -> str:
    """Return trousers, shorts or tights over both legs, back to front."""
    c = piece.colour
    share = LEGS[piece.cut.hem]
    deep = dark(c, 0.48)
    parts = ""
    for nodes in legs:
        cloth = part_of(nodes, 0, share, piece.cut.ease * 0.7 + 4)
        if piece.cut.ease > 40:
            cloth[-1] = (cloth[-1][0], cloth[-1][1], cloth[-1][2] + piece.cut.ease)
        if "ribs" in piece.cut.detail:
            cloth[-1] = (cloth[-1][0], cloth[-1][1], nodes[-1][2] + 12)
        parts += tube(cloth, c, dark(c, 0.2), deep)
        x, y, w = nodes[2]
        if share > 0.6:
            parts += line(
                f"M{num(x - w * 0.4)} {num(y - 8)} q{num(w * 0.3)} 14 {num(w * 0.7)} 4 M{num(x - w * 0.3)} {num(y + 16)} q{num(w * 0.3)} 10 {num(w * 0.6)} 0",
                dark(c, 0.42),
                3.4,
                0.4,
            )
        if "crease" in piece.cut.detail or "denim" in piece.cut.detail:
            (ax, ay, aw), (bx, by, bw) = along(cloth, 0.12), along(cloth, 0.94)
            out = 0.36 if "denim" in piece.cut.detail else 0.0
            out = out if ax > 0 else -out
            parts += line(
                f"M{num(ax + aw * out)} {num(ay)} L{num(x + w * out)} {num(y)} L{num(bx + bw * out)} {num(by)}",
                light(c, 0.3),
                2.6,
                0.6,
            )
        if share > 0.35 or foreshortened(nodes):
            parts += knee(nodes, c, grow=piece.cut.ease * 0.3)
        ax, ay, aw = cloth[-1]
        if share < 0.97:
            parts += line(f"M{num(ax - aw * 0.42)} {num(ay - 2)} q{num(aw * 0.42)} 8 {num(aw * 0.84)} 0", deep, 3, 0.5)
    d = hips(m, piece.cut.ease)
    seams = f"M0 -90 V70 M{num(-m.hip * 0.9)} -20 q36 -6 44 -58 M{num(m.hip * 0.9)} -20 q-36 -6 -44 -58"
    if "behind" in piece.cut.detail:  # two pockets on the seat
        pockets = (f"M{num(side * m.hip * 0.52 - 27)} -44 h54 v46 l-27 16 l-27 -16Z" for side in (-1, 1))
        seams = f"M0 -90 V78 {' '.join(pockets)}"
    parts += path(d, c) + clipped(d, pattern(piece) if piece.pattern else "") + line(seams, dark(c, 0.4), 3, 0.6)
    return parts + line(f"M{num(-m.waist - 4)} -92 Q0 -78 {num(m.waist + 4)} -92", dark(c, 0.3), 11)


def skirt(m: Measures, legs: list[list[Node]], piece: Garment) -> str:
    """Return a skirt, or what hangs from a dress's waist, around both legs."""
    c, words = piece.colour, piece.cut.detail
    share = SKIRTS.get(piece.cut.hem, 0.53)
    flare = 8.0 if "slim" in words else 26 + (piece.cut.ease if "skirt" in words else 34) * 0.8
    points: list[Point] = [(-m.waist - 5, -104), (m.waist + 5, -104), (-m.hip - 8, 4), (m.hip + 8, 4)]
    for nodes in legs:
        for at in (share * 0.5, share):
            x, y, w = along(nodes, at)
            grow = w / 2 + 10 + flare * at / share
            points += [(x - grow, y), (x + grow, y)]
    around = hull(points)
    d = curve(around, tension=0.55)
    bottom = max(y for _, y in points)
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    count = 11 if "pleats" in words else 6
    folds = " ".join(
        f"M{num((k / count - 0.5) * 1.6 * m.waist)} -70 Q{num((k / count - 0.5) * 2.1 * m.hip)} {num(bottom * 0.4)} {num(left + (right - left) * (k + 0.2) / count)} {num(bottom + 12)}"
        for k in range(1, count)
    )
    waist = line(f"M{num(-m.waist - 4)} -100 Q0 -86 {num(m.waist + 4)} -100", dark(c, 0.26), 14)
    hem = clipped(
        d,
        line(
            f"M{num(left)} {num(bottom - 6)} Q{num((left + right) / 2)} {num(bottom + 4)} {num(right)} {num(bottom - 6)}",
            light(c, 0.2),
            7,
            0.6,
        ),
    )
    return fabric(d, piece, folds="" if "slim" in words else folds) + hem + waist


def swimwear(m: Measures, legs: list[list[Node]], piece: Garment) -> str:
    """Return swimwear or underwear: one piece, two, trunks, or a half of two."""
    c, t, kind = piece.colour, -m.torso, piece.cut.hem
    edge = dark(c, 0.45)
    if kind == "trunks":
        return trousers(
            m, legs, Garment(piece.cut.__class__("bottom", c, ease=16, hem="shorts"), c, piece.pattern)
        ) + line("M-8 -84 q-10 26 -4 36 M8 -84 q8 24 2 34", "#f4f0e8", 4)
    brief = f"M{num(-m.hip - 2)} -36 Q0 -18 {num(m.hip + 2)} -36 L{num(m.hip + 1)} 14 Q{num(m.hip * 0.45)} 38 24 84 Q0 92 -24 84 Q{num(-m.hip * 0.45)} 38 {num(-m.hip - 1)} 14Z"
    parts = ""
    if kind in ("two", "lower"):
        parts += fabric(brief, piece)
    if kind in ("two", "upper"):
        if "behind" in piece.cut.detail:
            strap = f"M{num(-m.chest)} {t + 172} Q0 {t + 186} {num(m.chest)} {t + 172} M-14 {t + 178} L-30 {t + 204} M14 {t + 178} L30 {t + 204}"
            return parts + line(strap, edge, 15) + line(strap, c, 11)
        for side in (-1, 1):
            cup = f"M{side * 5} {t + 196} C{side * 12} {t + 136} {num(side * m.chest * 0.5)} {t + 104} {num(side * m.chest * 0.62)} {t + 92} Q{num(side * m.chest * 1.02)} {t + 140} {num(side * m.chest * 0.97)} {t + 190} Q{num(side * m.chest * 0.5)} {t + 222} {side * 5} {t + 196}Z"
            parts += line(
                f"M{num(side * m.chest * 0.62)} {t + 96} L{num(side * (m.neck + 26))} {t + 6}", c, 9
            ) + fabric(cup, piece)
        parts += line(f"M-8 {t + 196} h16", edge, 9)
    if kind == "one":
        tank = Garment(piece.cut.__class__("top", c, "tank", 0, 0, "hip"), c, piece.pattern)
        parts += fabric(brief, piece) + fabric(shell(m, tank, 6), tank) + _bust(m, tank, shell(m, tank, 6))
        parts += path(
            f"M{num(-m.hip + 4)} -20 Q0 8 {num(m.hip - 4)} -20 L{num(m.hip - 6)} 10 Q{num(m.hip * 0.45)} 38 22 82 Q0 90 -22 82 Q{num(-m.hip * 0.45)} 38 {num(-m.hip + 6)} 10Z",
            c,
        )
    return parts


def cover(m: Measures, piece: Garment) -> str:
    """Return a towel or sheet wrapped round the body."""
    d = f"M{num(-m.chest - 8)} {-m.torso + 112} Q0 {-m.torso + 84} {num(m.chest + 8)} {-m.torso + 112} L{num(m.hip + 26)} 300 Q0 320 {num(-m.hip - 26)} 300Z"
    rim = line(
        f"M{num(-m.chest - 6)} {-m.torso + 124} Q0 {-m.torso + 96} {num(m.chest + 6)} {-m.torso + 124}",
        dark(piece.colour, 0.14),
        20,
    )
    return fabric(
        d, piece, folds=f"M40 {-m.torso + 120} q-40 160 -10 500 M-50 {-m.torso + 130} q-10 200 -30 480"
    ) + clipped(d, rim)


def shoe(piece: Garment, pose: Leg, ankle: Node, tones: Tones) -> str:
    """Return foot and shoe at an ankle."""
    c, kind = piece.colour, piece.cut.hem
    edge = dark(c, 0.5)
    x, y, w = ankle
    left, right = 31 + max(0.0, -pose.toe) * 62, 31 + max(0.0, pose.toe) * 62
    sole = rect(-left - 5, 38, left + right + 10, 13, "#f6f2ea" if kind == "sneakers" else dark(c, 0.55), 6)
    shaft = {"boots": 150, "ankle boots": 52}.get(kind, 0)
    if kind == "bare":
        drawn = bare_foot(pose, tones)
    elif kind == "sandals":
        drawn = (
            bare_foot(pose, tones)
            + line(f"M{num(-left + 6)} 28 Q0 6 {num(right - 6)} 28 M-24 -6 Q0 8 24 -6", c, 9)
            + rect(-left - 3, 40, left + right + 6, 9, edge, 4)
        )
    elif kind == "heels":
        drawn = (
            bare_foot(pose, tones)
            + cel(f"M{num(-left)} 26 Q0 12 {num(right)} 26 L{num(right)} 46 H{num(-left)}Z", c, edge)
            + rect(-4, 40, 8, 16, edge, 3)
        )
    else:
        drawn = cel(foot_outline(pose, 5, -24 if kind in ("sneakers", "socks") else -6), c, dark(c, 0.24), outline=edge)
        if kind in ("flats", "slippers"):
            drawn = bare_foot(pose, tones) + cel(foot_outline(pose, 4, 8), c, dark(c, 0.24), outline=edge)
        drawn += sole if kind not in ("socks", "slippers") else ""
        if kind == "sneakers":
            drawn += line("M-13 -4 L13 2 M-14 8 L14 13 M13 -4 L-13 2", "#ffffff" if c != "#eceef0" else "#9aa4b2", 3.4)
    if shaft:
        drawn = (
            cel(
                f"M{num(-w / 2 - 15)} {-shaft} H{num(w / 2 + 15)} L{num(w / 2 + 6)} 20 H{num(-w / 2 - 6)}Z",
                c,
                dark(c, 0.24),
                outline=edge,
            )
            + line(f"M{num(-w / 2 - 13)} {-shaft + 8} H{num(w / 2 + 13)}", light(c, 0.25), 9)
            + drawn
        )
    return group(drawn, move(x, y, pose.heel))


def neckwear(m: Measures, wear: Wear) -> str:
    """Return scarf, tie, necklace and the like, over everything else at the neck."""
    return "".join(NECKWEAR[kind](m, colour) for kind, colour in wear.neck if kind in NECKWEAR)


def _scarf(m: Measures, c: str) -> str:
    t, n = -m.torso, m.neck
    edge = dark(c, 0.5)
    tail = f"M18 {t + 22} C40 {t + 90} 34 {t + 170} 46 {t + 232} L96 {t + 224} C88 {t + 150} 84 {t + 80} 60 {t + 10}Z"
    wrap = curve([(-n - 30, t - 30), (0, t - 12), (n + 30, t - 30), (n + 44, t + 14), (0, t + 52), (-n - 44, t + 14)])
    fringe = "".join(line(f"M{50 + k * 9} {t + 230} v22", c, 4.4) for k in range(6))
    stripes = clipped(tail, line(f"M20 {t + 190} L110 {t + 182} M20 {t + 208} L110 {t + 200}", light(c, 0.5), 7))
    return (
        fringe
        + cel(tail, c, dark(c, 0.22), outline=edge)
        + stripes
        + cel(wrap, light(c, 0.06), dark(c, 0.22), outline=edge)
        + line(
            f"M{num(-n - 34)} {t} Q0 {t + 34} {num(n + 34)} {t - 4} M{num(-n - 20)} {t + 24} Q0 {t + 44} {num(n)} {t + 30}",
            edge,
            3,
            0.45,
        )
    )


def _tie(m: Measures, c: str) -> str:
    t = -m.torso
    return cel(
        polygon([(-12, t + 26), (12, t + 26), (9, t + 50), (23, t + 226), (0, t + 254), (-23, t + 226), (-9, t + 50)]),
        c,
        dark(c, 0.25),
        outline=dark(c, 0.5),
    ) + line(f"M-8 {t + 52} h16 M-16 {t + 130} l28 -18 M-19 {t + 180} l34 -22", light(c, 0.35), 3, 0.7)


def _bow(m: Measures, c: str) -> str:
    t = -m.torso + 22
    return cel(
        polygon([(0, t), (-36, t - 18), (-36, t + 20), (0, t + 2), (36, t + 20), (36, t - 18)]),
        c,
        dark(c, 0.3),
        outline=dark(c, 0.5),
    ) + rect(-8, t - 9, 16, 20, dark(c, 0.2), 4)


def _chain(m: Measures, c: str) -> str:
    t = -m.torso
    return (
        line(f"M{num(-m.neck - 4)} {t - 14} Q0 {t + 104} {num(m.neck + 4)} {t - 14}", c, 3.4)
        + circle(0, t + 50, 9, c, 1, f'stroke="{dark(c, 0.5)}" stroke-width="1.6"')
        + circle(-3, t + 47, 3, "#fffbe8")
    )


def _pearls(m: Measures, c: str) -> str:
    t = -m.torso
    return "".join(
        circle(
            (k - 6) / 6 * (m.neck + 8), t + 26 - ((k - 6) / 6) ** 2 * 36, 7, c, 1, 'stroke="#b9a98f" stroke-width="1.2"'
        )
        for k in range(13)
    )


def _choker(m: Measures, c: str) -> str:
    t = -m.torso
    return line(f"M{num(-m.neck - 1)} {t - 30} Q0 {t - 12} {num(m.neck + 1)} {t - 30}", c, 11) + circle(
        0, t - 14, 6, "#e5bd57"
    )


def _bandana(m: Measures, c: str) -> str:
    t = -m.torso
    return cel(
        f"M{num(-m.neck - 20)} {t - 22} Q0 {t + 8} {num(m.neck + 20)} {t - 22} L{num(m.neck + 16)} {t + 8} L0 {t + 78} L{num(-m.neck - 16)} {t + 8}Z",
        c,
        dark(c, 0.22),
        outline=dark(c, 0.5),
    )


NECKWEAR = {
    "scarf": _scarf,
    "tie": _tie,
    "bow": _bow,
    "necklace": _chain,
    "pearls": _pearls,
    "choker": _choker,
    "bandana": _bandana,
}


def apron(m: Measures, c: str) -> str:
    t = -m.torso
    d = f"M{num(-m.chest * 0.62)} {t + 96} H{num(m.chest * 0.62)} L{num(m.waist + 6)} -148 L{num(m.hip + 12)} 250 Q0 276 {num(-m.hip - 12)} 250 L{num(-m.waist - 6)} -148Z"
    straps = line(
        f"M{num(-m.chest * 0.58)} {t + 98} L{num(-m.neck - 14)} {t + 2} M{num(m.chest * 0.58)} {t + 98} L{num(m.neck + 14)} {t + 2} M{num(-m.waist - 26)} -146 H{num(m.waist + 26)}",
        dark(c, 0.12),
        11,
    )
    return (
        straps
        + cel(d, c, dark(c, 0.14), outline=dark(c, 0.4))
        + path("M-58 -60 H58 V20 Q0 44 -58 20Z", light(c, 0.3), stroke=dark(c, 0.35), width=2.6)
    )
