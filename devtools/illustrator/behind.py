"""A person seen from behind: the back of the head, the back, and clothes as they look from there.

people.py asks for these instead of their fronts; arms, legs, skirts and shoes are the same from both sides.
"""

from dataclasses import replace

from devtools.illustrator.fabric import cloth, crease
from devtools.illustrator.garments import NARROW, STRAPLESS, shell
from devtools.illustrator.hair import ENDS, GATHERED, crown_shine, loose_back
from devtools.illustrator.hair_curly import afro, curly
from devtools.illustrator.hair_tied import messy_bun, ropes
from devtools.illustrator.head import ears
from devtools.illustrator.locks import bun, coils, dense, dots, plait, ringlet, scalloped, sheet, tie, waved
from devtools.illustrator.person import Garment, Look, Wear
from devtools.illustrator.poses import Measures
from devtools.illustrator.skull import Tones, outline
from devtools.illustrator.svg import (
    Point,
    cel,
    clipped,
    curve,
    dark,
    light,
    line,
    mirror,
    mix,
    num,
    path,
    pts,
    rect,
    strand,
)

# What a garment keeps when it is turned round; buttons, zips and cords stay in front.
_ALL_ROUND = (
    "knit",
    "ribs",
    "cuffs",
    "skirt",
    "pleats",
    "slim",
    "denim",
    "crease",
    "belt",
    "quilt",
    "stripe",
    "number",
    "tucked",
)


def turned(wear: Wear) -> Wear:
    """Return the clothes as they are seen from behind."""
    pieces = {name: _turned(getattr(wear, name)) for name in ("top", "bottom", "outer", "swim", "cover")}
    return replace(wear, **pieces, jewels=frozenset(), glasses="")


def _turned(piece: Garment | None) -> Garment | None:
    if piece is None:
        return None
    neck = piece.cut.neck if piece.cut.neck in (*STRAPLESS, *NARROW, "turtle", "mandarin") else "back"
    words = {word for word in piece.cut.detail if word in _ALL_ROUND or word.startswith("pair")}
    return replace(piece, cut=replace(piece.cut, neck=neck, detail=frozenset({*words, "behind"})))


def coat(m: Measures, piece: Garment, hem: float) -> str:
    """Return the back of a coat or jacket, closed, with its middle seam."""
    deep = dark(piece.colour, 0.4)
    seam = line(f"M0 {-m.torso + 40} V{num(hem)}", deep, 3, 0.5)
    belt = (
        rect(-m.waist - 30, -150, 2 * m.waist + 60, 26, dark(piece.colour, 0.25), 6)
        if "belt" in piece.cut.detail
        else ""
    )
    collar = line(
        f"M{num(-m.neck - 14)} {-m.torso + 4} Q0 {-m.torso + 26} {num(m.neck + 14)} {-m.torso + 4}",
        light(piece.colour, 0.12),
        22,
    )
    folds = "".join(
        crease([(side * m.waist, -150), (side * m.waist * 0.6, -136), (side * m.waist * 0.3, -142)], piece.colour, 8)
        for side in (-1, 1)
    )
    return cloth(shell(m, piece, hem), piece, folds) + seam + belt + collar


def pack(m: Measures, colour: str) -> str:
    """Return a backpack as it is worn."""
    t, edge = -m.torso, dark(colour, 0.5)
    d = f"M-92 {t + 96} Q-92 {t + 40} 0 {t + 36} Q92 {t + 40} 92 {t + 96} V-120 Q92 -84 56 -84 H-56 Q-92 -84 -92 -120Z"
    flap = f"M-92 {t + 96} Q-92 {t + 40} 0 {t + 36} Q92 {t + 40} 92 {t + 96} V{t + 150} Q0 {t + 190} -92 {t + 150}Z"
    return (
        cel(d, colour, dark(colour, 0.22), outline=edge)
        + path(flap, light(colour, 0.1), stroke=edge, width=2.6)
        + rect(-62, -196, 124, 88, dark(colour, 0.1), 14, 1, f'stroke="{edge}" stroke-width="2.6"')
        + rect(-9, t + 150, 18, 44, "#d9b45c", 4)
        + line(f"M-26 {t + 38} Q0 {t + 4} 26 {t + 38}", edge, 9)
    )


def head(look: Look, wear: Wear, tones: Tones) -> str:
    """Return the head from behind with its hair."""
    skull = cel(outline(look), tones.skin, tones.shade, dx=-13, dy=-9, outline=tones.line)
    return ears(look, tones) + skull + _hair(look, wear, tones)


def _hair(look: Look, wear: Wear, tones: Tones) -> str:
    if (wear.hat and wear.hat[0] == "hijab") or look.length == "bald":
        return ""
    if look.style in ("box_braids", "locs"):
        return _cap(look, tones) + ropes(look, tones)[0]
    short = look.length in ("buzz", "short") or look.style in ("pixie", "buzz", "mohawk", "undercut")
    if look.texture == "coily" and look.style not in GATHERED and not short:
        return afro(look, tones)[0]
    if look.style in GATHERED:
        return _cap(look, tones) + _tied(look, tones)
    if short:
        return _cap(look, tones)
    if look.texture == "curly":
        return curly(look, tones, *ENDS[look.length])[0] + _winding(tones, ENDS[look.length][0])
    return loose_back(look, tones, lit=True) + _crown(look, tones)


def _winding(tones: Tones, end: float) -> str:
    """Return curls that fall from the crown over the back of the head."""
    falls = ((-118, 0.92), (120, 0.9), (-84, 0.97), (86, 0.95), (-50, 1.0), (52, 0.98), (-17, 1.02), (18, 1.0))
    return "".join(
        ringlet(
            [(x * 0.16, -160), (x * 0.8, -124), (x, -40), (x * 1.02, 60), (x, end * low)],
            46, tones, mix(tones.hair, tones.hair_shade, 0.3 * (at % 2)), turns=58, phase=at * 1.3,
        )
        for at, (x, low) in enumerate(falls)
    )  # fmt: skip


_SKULL: list[Point] = pts("0,-152 62,-140 104,-92 114,-24 106,36 84,78 50,96 0,88")


def _cap(look: Look, tones: Tones) -> str:
    """Return hair that covers the skull down to the nape."""
    if look.length == "buzz" or look.style == "buzz":
        d = curve(mirror([(x * 0.93, y * 0.93) for x, y in _SKULL]))
        return path(d, mix(look.hair, look.skin, 0.22)) + clipped(d, dots(120, tones))
    if look.texture in ("curly", "coily"):
        rows = [(x * k, -30 + (y + 30) * k) for k in (0.86, 0.56, 0.24) for x, y in mirror(_SKULL)]
        return path(scalloped(mirror(_SKULL), 26), tones.hair, stroke=tones.hair_line, width=2) + coils(
            rows, 28, tones, seed=3
        )
    return path(curve(mirror(_SKULL)), tones.hair, stroke=tones.hair_line, width=2) + _strands(tones, 92)


def _strands(tones: Tones, end: float) -> str:
    """Return strands that fall from the crown."""
    parts = ""
    for at, k in enumerate((-3.2, -2.5, -1.8, -1.1, -0.4, 0.4, 1.1, 1.8, 2.5, 3.2)):
        way = dense([(k * 4, -134), (k * 22, -112), (k * 30, -30), (k * 22, end * 0.8)], 9)
        parts += path(
            strand(way, (0.6, 5, 6, 4, 0.6)), tones.hair_shade if at % 2 else mix(tones.hair, tones.hair_light, 0.4)
        )
    return parts + crown_shine(tones)


def _crown(look: Look, tones: Tones) -> str:
    """Return loose hair over the back of the head, as one sheet to its ends."""
    end, wide = ENDS[look.length]
    size = 10 if look.texture == "wavy" else 0
    a = waved(
        dense([(-8, -164), (70, -148), (112, -90), (116, -10), (108, end * 0.5), (wide * 0.74, end - 10)], 19), size
    )
    b = [
        (-x, y)
        for x, y in waved(
            dense([(8, -164), (70, -148), (112, -90), (116, -10), (108, end * 0.5), (wide * 0.74, end - 10)], 19),
            size,
            2,
        )
    ]
    return sheet(a, b, tones, tips=6, reach=20, gleam=(0.2, 0.34), flows=9)


def _tied(look: Look, tones: Tones) -> str:
    """Return tail, bun or braids as they hang from the back of the head."""
    end = max(ENDS[look.length][0], 300)
    if look.style == "bun":
        return bun(0, -104, 56, tones)
    if look.style == "messy_bun":
        return f'<g transform="translate(0 74)">{messy_bun(tones)}</g>'
    if look.style == "braid":
        return plait([(0, 30), (4, 120), (-2, 200), (2, end + 20)], 46, tones)
    if look.style == "braids":
        return line("M0 -150 V86", tones.hair_line, 3, 0.7) + "".join(
            plait([(side * 74, 50), (side * 92, 120), (side * 92, 200), (side * 84, end)], 38, tones)
            for side in (-1, 1)
        )
    if look.texture in ("curly", "coily"):
        puff = scalloped(pts("-50,-70 0,-96 50,-70 76,10 70,110 36,200 0,226 -36,200 -70,110 -76,10"), 28)
        spots = [(x, y) for x in range(-50, 51, 25) for y in range(-60, 200, 28)]
        tail = path(puff, tones.hair, stroke=tones.hair_line, width=2) + coils(spots, 28, tones, seed=6)
    else:
        size = 12 if look.texture == "wavy" else 0
        a = waved(dense([(-16, -84), (-50, 10), (-48, 120), (-30, end * 0.66)], 19), size)
        b = waved(dense([(16, -84), (50, 10), (48, 120), (26, end * 0.66)], 19), size, 0.6)
        tail = sheet(a, b, tones, tips=3, reach=34, flows=5)
    return tail + tie(0, -78)
