"""A person seen from behind: the back of the head, the back, and clothes as they look from there.

people.py asks for these instead of their fronts; arms, legs, skirts and shoes are the same from both sides.
"""

from dataclasses import replace

from devtools.illustrator.garments import NARROW, STRAPLESS, fabric, shell
from devtools.illustrator.hair import (
    ENDS,
    GATHERED,
    afro,
    bun,
    curls,
    loose_back,
    messy_bun,
    plait,
    ropes,
    strands,
    tie,
)
from devtools.illustrator.head import Tones, ears, outline
from devtools.illustrator.lexicon import Garment, Look, Wear
from devtools.illustrator.poses import Measures
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
    rect,
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


def back(m: Measures, look: Look, tones: Tones) -> str:
    """Return neck and back, with the spine and the shoulder blades."""
    top = -m.torso
    d = curve(mirror([(0, top - 70), (m.neck, top - 70), *m.outline()]))
    shadow = path(
        f"M{num(-m.neck)} {top - 62} H{num(m.neck)} V{top - 40} Q0 {top - 10} {num(-m.neck)} {top - 40}Z", tones.shade
    )
    spine = line(f"M0 {top + 40} Q4 {top + 200} 0 -30", tones.line, 3, 0.35)
    blades = "".join(
        line(
            f"M{num(side * m.chest * 0.36)} {top + 70} Q{num(side * m.chest * 0.2)} {top + 120} {num(side * m.chest * 0.5)} {top + 158}",
            tones.line,
            2.8,
            0.3,
        )
        for side in (-1, 1)
    )
    return cel(d, tones.skin, tones.shade, dx=-14, dy=-4, outline=tones.line) + shadow + spine + blades


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
    return fabric(shell(m, piece, hem), piece) + seam + belt + collar


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
    if look.texture == "coily" and look.style not in GATHERED and look.length not in ("buzz", "short"):
        return afro(look, tones)[0]
    if look.style in GATHERED:
        return _cap(look, tones) + _tied(look, tones)
    short = look.length in ("buzz", "short") or look.style in ("pixie", "buzz", "mohawk", "undercut")
    return _cap(look, tones) if short else loose_back(look, tones, lit=True) + _crown(look, tones)


def _cap(look: Look, tones: Tones) -> str:
    """Return hair that covers the skull down to the nape."""
    close = look.length == "buzz" or look.style == "buzz"
    grown = 0 if close else 12
    right: list[Point] = [
        (0, -140 - grown), (62, -128 - grown), (100, -80 - grown / 2), (106 + grown / 2, -20), (102, 30), (82, 74), (50, 92), (0, 84),
    ]  # fmt: skip
    d = curve(mirror(right))
    colour = mix(look.hair, look.skin, 0.22) if close else tones.hair
    if look.texture in ("curly", "coily") and not close:
        inner = [(x * k, -30 + (y + 30) * k) for k in (0.9, 0.6, 0.28) for x, y in mirror(right)]
        return path(d, tones.hair_shade) + curls(inner, 26, tones, 3)
    return cel(d, colour, tones.hair_shade, outline=tones.hair_line) + clipped(d, _whorl(tones))


def _whorl(tones: Tones) -> str:
    """Return strands that fall from the crown."""
    return strands(
        [f"M{k * 6} -118 C{k * 30} -100 {k * 34} 0 {k * 22} 90" for k in (-3, -2.2, -1.4, -0.6, 0.3, 1, 1.8, 2.6, 3.2)],
        tones,
    )


def _crown(look: Look, tones: Tones) -> str:
    """Return the light on loose hair and the strands from the crown to its ends."""
    end, _ = ENDS[look.length]
    if look.texture == "curly":
        rows = [(x, y) for y in range(-110, end - 10, 40) for x in range(-96, 97, 36)]
        return "".join(curls([(x, y)], 30, tones, x + y) for x, y in rows)
    wave = 14 if look.texture == "wavy" else 0
    gleam = line("M-78 -84 Q0 -122 78 -84", tones.hair_light, 14, 0.2)
    return gleam + strands(
        [
            f"M{k * 7} -128 C{k * 26} -110 {k * 30} -30 {k * 30 + wave} {num(end * 0.4)} S{k * 28 - wave} {num(end * 0.8)} {k * 27} {end - 22}"
            for k in (-3.4, -2.6, -1.8, -1, -0.3, 0.5, 1.3, 2.1, 2.9, 3.6)
        ],
        tones,
    )


def _tied(look: Look, tones: Tones) -> str:
    """Return tail, bun or braids as they hang from the back of the head."""
    end = max(ENDS[look.length][0], 300)
    if look.style == "bun":
        return bun(0, -96, 56, tones)
    if look.style == "messy_bun":
        return f'<g transform="translate(0 74)">{messy_bun(look, tones)}</g>'
    if look.style == "braid":
        return plait([(0, 40), (4, 120), (-2, 200), (2, end + 20)], 44, tones)
    if look.style == "braids":
        return line("M0 -150 V86", tones.hair_line, 3, 0.7) + "".join(
            plait([(side * 74, 50), (side * 92, 120), (side * 92, 200), (side * 84, end)], 38, tones)
            for side in (-1, 1)
        )
    if look.texture in ("curly", "coily"):
        tail = curls([(0, -60), (-34, 0), (34, 10), (-44, 70), (40, 84), (-30, 150), (24, 170), (0, 220)], 44, tones, 5)
    else:
        d = curve(
            [
                (-20, -76),
                (20, -76),
                (52, 20),
                (46, 120),
                (30, end * 0.62),
                (0, end * 0.72),
                (-30, end * 0.62),
                (-46, 120),
                (-52, 20),
            ]
        )
        drawn = strands(
            [f"M{k * 4} -70 Q{k * 14} 60 {k * 8} {num(end * 0.66)}" for k in (-2.4, -1.2, 0, 1.2, 2.4)], tones
        )
        tail = cel(d, tones.hair, tones.hair_shade, dx=-10, dy=-4, outline=tones.hair_line) + clipped(d, drawn)
    return tail + tie(0, -72, tones)
