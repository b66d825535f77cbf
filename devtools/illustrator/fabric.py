"""Cloth: the colour, the folds and the patterns of a garment, whatever its outline."""

import random
from collections.abc import Sequence

from devtools.illustrator.person import Garment
from devtools.illustrator.svg import (
    Point,
    circle,
    clipped,
    dark,
    ellipse,
    light,
    line,
    luminance,
    mix,
    path,
    rect,
    strand,
)


def edge_of(colour: str) -> str:
    """Return the colour of a garment's outline."""
    return dark(colour, 0.46)


def cloth(d: str, piece: Garment, inner: str = "") -> str:
    """Return an outline filled with the garment's cloth: colour, pattern, then ``inner`` (folds, shade), then its edge."""
    c = piece.colour
    woven = pattern(piece)
    return path(d, c) + (clipped(d, woven) if woven else "") + inner + line(d, edge_of(c), 2.4, 0.9)


def crease(points: Sequence[Point], colour: str, width: float = 7, *, share: float = 0.2) -> str:
    """Return a fold: a shadow that swells and fades along a line; on black cloth the light beside it."""
    tone = dark(colour, share) if luminance(colour) > 0.24 else light(colour, share * 0.5)
    return path(strand(points, (0.6, width * 0.8, width, width * 0.55, 0.6)), tone)


def gleam(points: Sequence[Point], colour: str, width: float = 6, *, share: float = 0.2) -> str:
    """Return the light along a fold."""
    return path(strand(points, (0.6, width, width * 0.8, 0.6)), light(colour, share))


def pattern(piece: Garment) -> str:
    """Return a pattern over the whole figure, to be clipped; "" for plain cloth."""
    c = piece.colour
    pale, deep = light(c, 0.55), dark(c, 0.36)
    dots = random.Random(5)
    kind = piece.pattern
    if kind == "stripes":
        return "".join(line(f"M-320 {y} q320 22 640 0", pale, 15) for y in range(-450, 760, 44))
    if kind == "plaid":
        return "".join(rect(-330, y, 660, 17, mix(c, deep, 0.42)) for y in range(-450, 760, 62)) + "".join(
            line(f"M{x} -450 L{x * 1.05:.0f} 750", mix(c, pale, 0.4), 9) for x in range(-310, 311, 58)
        )
    if kind == "dots":
        return "".join(
            circle(x + (y // 42 % 2) * 22, y, 8, pale) for y in range(-440, 760, 42) for x in range(-300, 300, 44)
        )
    if kind in ("zebra", "leopard"):
        return "".join(
            line(
                f"M{dots.randint(-280, 260)} {dots.randint(-440, 740)} q{dots.randint(8, 20)} 10 {dots.randint(20, 46)} -4",
                deep,
                8,
            )
            for _ in range(190)
        )
    if kind == "sequins":
        return "".join(circle(dots.randint(-280, 280), dots.randint(-440, 740), 3.4, pale) for _ in range(320))
    if kind == "lace":
        return "".join(
            circle(x + (y // 22 % 2) * 13, y, 6, "none", 1, f'stroke="{mix(c, pale, 0.5)}" stroke-width="2"')
            for y in range(-440, 760, 22)
            for x in range(-260, 260, 26)
        )
    return _blooms(c) if kind == "floral" else ""


def _blooms(colour: str) -> str:
    """Return five-petalled flowers and leaves, strewn."""
    spread = random.Random(11)
    pale, leaf = light(colour, 0.62), mix(colour, "#3f8a56", 0.7)
    blooms = ""
    for row in range(26):
        for column in range(9):
            x = -310 + column * 78 + (row % 2) * 39 + spread.uniform(-9, 9)
            y = -440 + row * 46 + spread.uniform(-8, 8)
            if (row + column) % 3 == 0:
                blooms += ellipse(x, y, 9, 4.5, leaf) + ellipse(x + 11, y + 6, 7, 3.5, leaf)
                continue
            petals = ((0, -7.5), (7, -2.4), (4.4, 6), (-4.4, 6), (-7, -2.4))
            blooms += "".join(circle(x + dx, y + dy, 5.6, pale) for dx, dy in petals) + circle(x, y, 4.2, "#f0bd4f")
    return blooms
