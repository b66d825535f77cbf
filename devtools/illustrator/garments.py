"""What is worn above the waist: tops and the bodices of dresses, with necklines, collars, sleeves and details.

Every garment is a Cut of clothes.GARMENTS: its outline follows the body, its details are looked up in the tables below.
Where is … drawn?  A collar: NECKS and collars.py; a hem: HEMS; a pattern: fabric.py; below the waist: bottoms.py;
sleeves: sleeves.py; coats: outerwear.py; swimwear: swimwear.py; shoes: shoes.py; scarves and the like: neckwear.py.
"""

from devtools.illustrator.clothes import GARMENTS
from devtools.illustrator.collars import collar
from devtools.illustrator.fabric import cloth, crease, edge_of, gleam
from devtools.illustrator.person import Garment
from devtools.illustrator.poses import Measures
from devtools.illustrator.svg import (
    Point,
    circle,
    curve,
    dark,
    light,
    line,
    mix,
    num,
    path,
    polygon,
    rect,
)

# Where a top ends, y.
HEMS = {"bra": -222.0, "crop": -190.0, "waist": -112.0, "hip": 22.0, "thigh": 190.0, "knee": 350.0, "midi": 470.0, "long": 640.0}  # fmt: skip
# How deep and how wide each neckline is cut, beside the neck.
NECKS = {
    "crew": (24, 12), "scoop": (80, 36), "v": (98, 22), "collar": (46, 12), "pyjama": (84, 16), "turtle": (-10, 4), "mandarin": (8, 6), "tank": (78, 34),
    "strap": (98, 46), "racer": (86, 36), "sweetheart": (118, 0), "bandeau": (118, 0), "halter": (70, 14), "wrap": (138, 18), "lapel": (170, 20), "fur": (60, 18), "cape": (30, 12),
    "bib": (110, 36), "back": (10, 14),
}  # fmt: skip
STRAPLESS = ("sweetheart", "bandeau")
# How wide the straps are, of the shoulder.
NARROW = {"tank": 0.3, "strap": 0.1, "racer": 0.2, "halter": 0.1, "bib": 0.24}


def sides(m: Measures, ease: float, hem: float) -> list[Point]:
    """Return the right edge of a garment below the armpit, down to its hem."""
    t, e = -m.torso, ease * 0.55
    bust, loose = 8 * m.chest_size, min(ease, 40) * 0.7
    edge: list[Point] = [
        (m.chest + 1 + e * 0.8, t + 122), (m.chest + e + bust, t + 164), (m.chest * 0.96 + e + bust * 0.5, t + 206),
        (m.waist + e + loose * 0.7, t + 276), (m.waist * 0.6 + m.hip * 0.42 + e + loose * 0.3, t + 330), (m.hip * 0.97 + e, -36), (m.hip + 2 + e, 16),
    ]  # fmt: skip
    kept = [point for point in edge if point[1] < hem - 16]
    if hem <= 16:
        before, after = kept[-1], next((p for p in edge if p[1] >= hem - 16), edge[-1])
        share = (hem - before[1]) / max(1.0, after[1] - before[1])
        return [*kept, (before[0] + (after[0] - before[0]) * min(1.0, share), hem)]
    return [*kept, (m.hip + 3 + e + (hem - 14) * 0.1, hem)]


def shoulders(m: Measures, ease: float, wide: float) -> list[Point]:
    """Return the right edge from the neckline over the shoulder to the armpit."""
    t, s, lift = -m.torso, m.shoulder, min(ease, 30) * 0.16
    drop = 8.0 if m.male else 0.0
    top: list[Point] = [
        (m.neck + wide, t - 4 - drop - lift),
        (s * 0.62, t + 9 - drop * 0.7 - lift),
        (s * 0.82, t + 17 - drop * 0.3 - lift),
        (s - 6, t + 33 - lift),
        (s + 1 + lift, t + 58),
        (s - 8, t + 96),
    ]
    return [point for point in top if point[0] >= m.neck + wide - 0.1]


def shell(m: Measures, piece: Garment, hem: float) -> str:
    """Return a top's outline: shoulders, sides, hem and neckline."""
    t, s = -m.torso, m.shoulder
    depth, wide = NECKS[piece.cut.neck]
    edge = sides(m, piece.cut.ease, hem)
    end_x, end_y = edge[-1]
    right: list[Point]
    if piece.cut.neck in STRAPLESS:
        right = [(m.chest * 0.9, t + 108)]
    elif piece.cut.neck in NARROW:
        inner, band = m.neck + wide, max(13.0, s * NARROW[piece.cut.neck])
        outer = min(inner + band, s - 20)
        right = [
            (inner, t + 1 if m.male else t + 6),
            (outer, t + 7 if m.male else t + 13),
            (outer + 3, t + 54),
            (min(outer + 16, m.chest + 1), t + 100),
        ]
    else:
        right = shoulders(m, piece.cut.ease, wide)
    whole = [*right, *edge]
    down = curve(whole, closed=False, tension=0.9)
    up = curve([(-x, y) for x, y in reversed(whole)], closed=False, tension=0.9)
    sag = 7 if piece.cut.ease < 8 else 14
    bottom = (
        f" C{num(end_x * 0.5)} {num(end_y + sag)} {num(-end_x * 0.5)} {num(end_y + sag)} {num(-end_x)} {num(end_y)} L"
    )
    return down + bottom + up[1:] + _neckline(piece, right[0], t + depth, depth)


def _neckline(piece: Garment, corner: Point, low: float, depth: float) -> str:
    """Return the way from the left corner of the neckline to the right one."""
    x, y = corner
    if piece.cut.neck == "sweetheart":
        return f" C{num(-x * 0.8)} {num(low - 42)} {num(-x * 0.2)} {num(low - 36)} 0 {num(low + 6)} C{num(x * 0.2)} {num(low - 36)} {num(x * 0.8)} {num(low - 42)} {num(x)} {num(y)}Z"
    if piece.cut.neck == "bandeau":
        return f" Q0 {num(y - 10)} {num(x)} {num(y)}Z"
    if piece.cut.neck in ("v", "wrap", "collar", "pyjama", "lapel"):
        return f" Q{num(-x * 0.62)} {num(y + (low - y) * 0.55)} 0 {num(low)} Q{num(x * 0.62)} {num(y + (low - y) * 0.55)} {num(x)} {num(y)}Z"
    return (
        f" C{num(-x * 0.86)} {num(y + (low - y) * 1.3)} {num(x * 0.86)} {num(y + (low - y) * 1.3)} {num(x)} {num(y)}Z"
    )


def upper(m: Measures, piece: Garment) -> str:
    """Return a top, or the bodice of a dress, with its collar and details."""
    dress = piece.cut.slot == "dress"
    hem = -96.0 if dress else HEMS.get(piece.cut.hem, 22.0)
    if "tucked" in piece.cut.detail:
        hem = -84.0
    d = shell(m, piece, hem)
    x, y = sides(m, piece.cut.ease, hem)[-1]
    shadow = (
        ""
        if dress or "tucked" in piece.cut.detail
        else path(
            f"M{num(-x + 6)} {num(y)} C{num(-x * 0.5)} {num(y + 30)} {num(x * 0.5)} {num(y + 30)} {num(x - 6)} {num(y)}Z",
            "#1d1030",
            opacity=0.24,
        )
    )
    inner = _knit(m, piece, hem) + _shade(m, piece, hem) + _folds(m, piece, hem) + _bust(m, piece)
    return shadow + cloth(d, piece, inner) + collar(m, piece, *NECKS[piece.cut.neck]) + details(m, piece, hem)


def beneath(piece: Garment) -> list[Garment]:
    """Return what is worn under a bib, a waistcoat or a vest of knitwear."""
    for word, garment in (("over_tee", _plain("t-shirt", "#f0ece2")), ("over_shirt", _plain("dress shirt", "#f0f1f2"))):
        if word in piece.cut.detail:
            return [garment]
    return []


def _plain(word: str, colour: str) -> Garment:
    return Garment(GARMENTS[word], colour, word=word)


def _knit(m: Measures, piece: Garment, hem: float) -> str:
    """Return the ribs of knitwear, within its outline."""
    if "knit" not in piece.cut.detail or piece.pattern:
        return ""
    t, tone = -m.torso, dark(piece.colour, 0.1)
    # The sleeves lie over the outermost ribs.
    wide, depth = min(int(m.waist + piece.cut.ease * 0.8) - 4, int(m.chest) - 22), NECKS[piece.cut.neck][0]
    return "".join(
        line(
            f"M{x} {num(t + 14 + max(0, depth + 8 - abs(x) * 0.5))} Q{num(x * 1.08)} {num(t + 170)} {x} {num(hem - 10)}",
            tone,
            3,
        )
        for x in range(-wide // 17 * 17, wide, 17)
    )


def _shade(m: Measures, piece: Garment, hem: float) -> str:
    """Return the side away from the light."""
    edge = [(x - 1.4, y) for x, y in sides(m, piece.cut.ease, hem)]
    inner = [(x * (0.8 if at else 0.94) - (4 if at == len(edge) - 1 else 0), y) for at, (x, y) in enumerate(edge)]
    return path(curve(edge, closed=False) + "L" + curve(inner[::-1], closed=False)[1:] + "Z", dark(piece.colour, 0.15))


def _folds(m: Measures, piece: Garment, hem: float) -> str:
    """Return the folds of cloth that hangs from the shoulders and gathers at the waist."""
    t, c, ease = -m.torso, piece.colour, piece.cut.ease
    if ease < 6 or piece.cut.neck in (*STRAPLESS, "bib"):
        return ""
    parts = ""
    chest, waist = m.chest + ease * 0.3, m.waist + ease * 0.8
    for side in (-1, 1):
        parts += crease(
            [
                (side * chest, t + 128),
                (side * (chest - 22), t + 142),
                (side * (chest - 40), t + 172),
                (side * (chest - 46), t + 200),
            ],
            c,
            8,
        )
        if hem > -150:
            parts += crease(
                [(side * (waist + 2), t + 268), (side * (waist - 22), t + 276), (side * (waist - 48), t + 272)],
                c,
                8,
                share=0.17,
            )
            parts += crease(
                [(side * (waist + 1), t + 300), (side * (waist - 18), t + 312), (side * (waist - 38), t + 316)],
                c,
                6,
                share=0.17,
            )
            parts += gleam(
                [(side * (waist - 10), t + 288), (side * (waist - 34), t + 296), (side * (waist - 56), t + 290)],
                c,
                5,
                share=0.14,
            )
        if hem > 0:
            parts += crease(
                [(side * m.hip * 0.56, t + 352), (side * m.hip * 0.6, -36), (side * m.hip * 0.5, hem - 8)],
                c,
                7,
                share=0.14,
            )
    return parts


def _bust(m: Measures, piece: Garment) -> str:
    """Return the shadow under the breasts and the light above it."""
    if m.male or piece.cut.ease > 42 or "behind" in piece.cut.detail:
        return ""
    c, size, firm = piece.colour, m.chest_size, max(0.35, 1 - piece.cut.ease / 44)
    y = -m.torso + 186 + 8 * size
    parts = ""
    for side in (-1, 1):
        x0, x1 = side * m.chest * 0.1, side * m.chest * 0.88
        low = y + 4 + 10 * size
        depth = (7 + 10 * size) * firm
        d = f"M{num(x0)} {num(y)} Q{num((x0 + x1) / 2)} {num(low + depth * 1.5)} {num(x1)} {num(y - 12)} Q{num((x0 + x1) / 2)} {num(low)} {num(x0)} {num(y)}Z"
        parts += path(d, dark(c, 0.17))
    return parts


def details(m: Measures, piece: Garment, hem: float) -> str:
    """Return buttons, pocket, zip, ribs, hood cords, sash, numbers: each by its word."""
    t, c, words = -m.torso, piece.colour, piece.cut.detail
    deep, pale = dark(c, 0.4), light(c, 0.5)
    width = m.hip + piece.cut.ease * 0.55
    low = t + max(20, NECKS[piece.cut.neck][0])
    end = min(hem, 22.0)
    drawn = {
        "buttons": line(f"M0 {num(low)} V{num(end + 6)}", deep, 2.2, 0.7) + "".join(circle(7, y, 4.2, pale, 1, f'stroke="{deep}" stroke-width="1.4"') for y in range(int(low) + 26, int(end) - 6, 62)),
        "placket": line(f"M-7 {num(low - 2)} V{num(low + 84)} H9 V{num(low - 2)}", deep, 2.2, 0.7) + "".join(circle(1, low + dy, 3.8, pale) for dy in (18, 46, 72)),
        "zip": line(f"M0 {num(low)} V{num(end + 6)}", deep, 4.4) + line(f"M0 {num(low)} V{num(end + 6)}", pale, 1.6, 0.9) + rect(-3.5, low + 4, 7, 18, pale, 3),
        "pocket": path(f"M-70 {num(end - 118)} Q0 {num(end - 124)} 70 {num(end - 118)} L94 {num(end - 34)} L88 {num(end - 20)} H-88 L-94 {num(end - 34)}Z", dark(c, 0.06), stroke=deep, width=2.2),
        "hood": _hood(m, c) + line(f"M-22 {num(t + 36)} q-4 40 -2 78 M22 {num(t + 36)} q5 36 1 66", "#f4efe4", 4.6) + circle(-24, t + 116, 3.6, "#d9d2c4") + circle(23, t + 104, 3.6, "#d9d2c4"),
        "ribs": _ribs(width, end, c) if piece.cut.slot != "dress" and "tucked" not in words else "",
        "belt": path(f"M{num(-m.waist - 16)} -150 Q0 -138 {num(m.waist + 16)} -150 V-124 Q0 -112 {num(-m.waist - 16)} -124Z", dark(c, 0.26), stroke=deep, width=2) + line("M-6 -134 q-14 50 -8 92 M4 -134 q20 44 16 80", dark(c, 0.26), 15),
        "obi": path(f"M{num(-m.waist - 24)} -214 Q0 -204 {num(m.waist + 24)} -214 V-122 Q0 -112 {num(-m.waist - 24)} -122Z", mix(c, "#f2cf73", 0.7), stroke=deep, width=2) + line(f"M{num(-m.waist - 22)} -168 Q0 -158 {num(m.waist + 22)} -168", "#a8433f", 9),
        "sash": line(f"M{num(-m.shoulder + 34)} {num(t + 24)} C-40 {num(t + 160)} 60 -190 {num(m.hip)} -60", light(c, 0.34), 36, 0.9),
        "number": f'<text x="0" y="{num(t + 210)}" font-size="92" font-weight="700" font-family="sans-serif" text-anchor="middle" fill="{pale}">7</text>',
        "lacing": "".join(line(f"M-16 {y} L16 {y + 22} M16 {y} L-16 {y + 22}", pale, 3) for y in range(int(t) + 150, int(end) - 20, 30)),
        "quilt": "".join(line(f"M{num(-m.chest - 34)} {y} Q0 {y + 16} {num(m.chest + 34)} {y}", deep, 4, 0.5) for y in range(int(t) + 80, int(end), 62)),
        "badge": path(polygon([(50, t + 120), (66, t + 128), (62, t + 152), (50, t + 162), (38, t + 152), (34, t + 128)]), "#e5bd57"),
        "stripe": line(f"M{num(m.chest)} {num(t + 150)} Q{num(m.waist + 8)} -150 {num(m.hip)} 0", pale, 7, 0.8),
        "piping": line(f"M5 {num(low)} V{num(end)}", pale, 2.6),
    }  # fmt: skip
    return "".join(drawn[word] for word in sorted(words) if word in drawn)


def _hood(m: Measures, c: str) -> str:
    """Return a hood as it lies round the neck."""
    t, n = -m.torso, m.neck
    lying = f"M{num(-n - 44)} {num(t + 6)} C{num(-n - 30)} {num(t - 40)} {num(-n - 8)} {num(t - 52)} {num(-n + 2)} {num(t - 46)} C-22 {num(t + 26)} 22 {num(t + 26)} {num(n - 2)} {num(t - 46)} C{num(n + 8)} {num(t - 52)} {num(n + 30)} {num(t - 40)} {num(n + 44)} {num(t + 6)} C{num(n)} {num(t + 58)} {num(-n)} {num(t + 58)} {num(-n - 44)} {num(t + 6)}Z"
    inside = f"M{num(-n + 2)} {num(t - 46)} C-22 {num(t + 26)} 22 {num(t + 26)} {num(n - 2)} {num(t - 46)} C{num(n)} {num(t - 8)} 20 {num(t + 40)} 0 {num(t + 40)} C-20 {num(t + 40)} {num(-n)} {num(t - 8)} {num(-n + 2)} {num(t - 46)}Z"
    return path(lying, dark(c, 0.08), stroke=edge_of(c), width=2.2) + path(inside, dark(c, 0.3))


def _ribs(width: float, end: float, c: str) -> str:
    """Return a ribbed hem."""
    band = f"M{num(-width)} {num(end - 22)} C{num(-width * 0.5)} {num(end - 8)} {num(width * 0.5)} {num(end - 8)} {num(width)} {num(end - 22)} L{num(width - 1)} {num(end)} C{num(width * 0.5)} {num(end + 14)} {num(-width * 0.5)} {num(end + 14)} {num(-width + 1)} {num(end)}Z"
    ribs = "".join(
        line(f"M{num(width * k / 9)} {num(end - 14 - abs(k) * 0.8)} v20", dark(c, 0.3), 1.8, 0.6) for k in range(-8, 9)
    )
    return path(band, dark(c, 0.08)) + ribs + line(band.split(" L")[0], dark(c, 0.34), 2, 0.7)
