"""Swimwear, underwear, and the towel of those who wear nothing else."""

from dataclasses import replace

from devtools.illustrator.bottoms import trousers
from devtools.illustrator.fabric import cloth, crease, edge_of
from devtools.illustrator.garments import upper
from devtools.illustrator.person import Garment
from devtools.illustrator.poses import Measures
from devtools.illustrator.skull import Tones
from devtools.illustrator.svg import Node, clipped, dark, ellipse, light, line, num, path


def swimwear(m: Measures, legs: list[list[Node]], piece: Garment, tones: Tones) -> str:
    """Return swimwear or underwear: one piece, two, trunks, or a half of two."""
    kind = piece.cut.hem
    if kind == "trunks":
        shorts = replace(piece, cut=replace(piece.cut, slot="bottom", ease=16, hem="shorts", detail=frozenset()))
        return trousers(m, legs, shorts)
    parts = _brief(m, piece) if kind in ("two", "lower") else ""
    if kind in ("two", "upper"):
        parts += _from_behind(m, piece) if "behind" in piece.cut.detail else _bust(m, piece, tones)
    if kind == "one":
        neck = piece.cut.neck if piece.cut.neck != "crew" else "strap"
        suit = replace(
            piece, cut=replace(piece.cut, slot="dress", neck=neck, ease=1, detail=piece.cut.detail & {"behind"})
        )
        parts += _brief(m, piece, whole=True) + upper(m, suit) + _joined(m, piece)
    return parts


def _brief(m: Measures, piece: Garment, *, whole: bool = False) -> str:
    """Return the lower half, its legs cut along the groins.  whole: of a one-piece, from the waist down."""
    h, c = m.hip, piece.colour
    waist = m.waist * 0.76 + h * 0.24
    high, top, side = (-112, waist + 2, -18) if whole else (-34, h * 0.985, 2)
    down = f"C{num(waist + 8)} -90 {num(h * 0.96)} -64 {num(h + 1)} {side}" if whole else f"L{num(h + 1)} {side}"
    up = f"C{num(-h * 0.96)} -64 {num(-waist - 8)} -90 {num(-top - 1)} {high}Z" if whole else "Z"
    d = (
        f"M{num(-top - 1)} {high} Q0 {high + 24} {num(top + 1)} {high} {down} "
        f"C{num(h * 0.74)} {side + 14} {num(h * 0.34)} 52 23 92 Q0 102 -23 92 C{num(-h * 0.34)} 52 {num(-h * 0.74)} {side + 14} {num(-h - 1)} {side}{up}"
    )
    folds = crease([(h * 0.8, -8), (h * 0.5, 4), (h * 0.24, 0)], c, 5, share=0.14) + crease(
        [(-h * 0.82, -2), (-h * 0.5, 10), (-h * 0.3, 8)], c, 5, share=0.14
    )
    shade = path(
        f"M{num(h - 4)} {max(high, -50) + 6} Q{num(h * 0.72)} {max(high, -50) + 30} {num(h * 0.5)} 34 Q{num(h * 0.8)} {side + 8} {num(h)} {side}Z",
        dark(c, 0.16),
    )
    shade += path("M-22 90 Q0 60 22 90 Q0 101 -22 90Z", dark(c, 0.18))
    rim = (
        line(f"M{num(-top)} {high + 7} Q0 {high + 31} {num(top)} {high + 7}", light(c, 0.2), 2.6, 0.8)
        if not whole
        else ""
    )
    return cloth(d, piece, shade + folds + rim)


def _joined(m: Measures, piece: Garment) -> str:
    """Cover the seam between the halves of a one-piece."""
    c = piece.colour
    inner = path(
        f"M{num(-m.waist * 0.94)} -114 H{num(m.waist * 0.84)} L{num(m.hip * 0.74)} -30 H{num(-m.hip * 0.86)}Z", c
    )
    folds = crease([(-m.waist * 0.9, -104), (-m.waist * 0.5, -92), (-m.waist * 0.2, -96)], c, 6, share=0.15) + crease(
        [(m.waist * 0.9, -90), (m.waist * 0.5, -76), (m.waist * 0.1, -80)], c, 6, share=0.15
    )
    return inner + folds


def _from_behind(m: Measures, piece: Garment) -> str:
    t, c = -m.torso, piece.colour
    strap = f"M{num(-m.chest)} {num(t + 176)} Q0 {num(t + 190)} {num(m.chest)} {num(t + 176)} M-14 {num(t + 184)} L-30 {num(t + 212)} M14 {num(t + 184)} L30 {num(t + 212)}"
    return line(strap, edge_of(c), 14) + line(strap, c, 10.5)


def _bust(m: Measures, piece: Garment, tones: Tones) -> str:
    """Return the upper half: two cups, a band and straps, and the shadow they cast."""
    t, c, size = -m.torso, piece.colour, m.chest_size
    bra = "bra" in piece.cut.detail
    low = t + 196 + 8 * size
    band = f"M{num(-m.chest - 1)} {num(low - 12)} Q0 {num(low + 8)} {num(m.chest + 1)} {num(low - 12)}"
    shadow = line(band, tones.shade, 16, 0.9)
    straps, cups = "", ""
    for side in (-1, 1):
        x = m.chest
        top = (side * x * 0.58, t + 104 - 6 * size)
        knot = (side * (m.neck + (22 if bra else 9)), t - (4 if bra else 12))
        strap = f"M{num(top[0])} {num(top[1] + 6)} Q{num((top[0] + knot[0]) / 2 + side * 4)} {num((top[1] + knot[1]) / 2)} {num(knot[0])} {num(knot[1])}"
        straps += line(strap, edge_of(c), 10) + line(strap, c, 6.6)
        d = (
            f"M{side * 7} {num(low)} C{side * 9} {num(t + 158)} {num(side * x * 0.34)} {num(t + 120)} {num(top[0])} {num(top[1])} "
            f"C{num(side * x * 0.84)} {num(t + 122)} {num(side * x * 1.02)} {num(t + 150)} {num(side * (x + 2))} {num(low - 14)} C{num(side * x * 0.8)} {num(low + 12)} {num(side * x * 0.3)} {num(low + 14)} {side * 7} {num(low)}Z"
        )
        under = f"M{side * 9} {num(low - 4)} C{num(side * x * 0.3)} {num(low + 10)} {num(side * x * 0.8)} {num(low + 8)} {num(side * x)} {num(low - 18)} Q{num(side * x * 0.62)} {num(low - 14 - 8 * size)} {side * 9} {num(low - 4)}Z"
        folds = crease(
            [(side * 12, low - 10), (side * x * 0.26, low - 36), (side * x * 0.42, low - 58)], c, 5, share=0.14
        )
        cups += cloth(d, piece, path(under, dark(c, 0.17)) + folds)
    middle = line(f"M-9 {num(low - 2)} h18", edge_of(c), 9) + line(f"M-9 {num(low - 2)} h18", c, 5.6)
    knot = "" if bra else ellipse(-5, low, 7, 5, light(c, 0.1)) + ellipse(6, low, 7, 5, c)
    cleft = line(f"M0 {num(t + 134)} Q2 {num(t + 160)} 0 {num(low - 10)}", tones.shade, 3.4, 0.5 + 0.4 * size)
    lace = (
        "".join(
            line(
                f"M{side * 7} {num(low)} C{side * 9} {num(t + 158)} {num(side * m.chest * 0.34)} {num(t + 120)} {num(side * m.chest * 0.58)} {num(t + 104 - 6 * size)}",
                light(c, 0.34), 5, extra='stroke-dasharray="0.5 7"',
            )
            for side in (-1, 1)
        )
        if bra
        else ""
    )  # fmt: skip
    return cleft + shadow + line(band, edge_of(c), 10) + line(band, c, 6.6) + straps + cups + middle + knot + lace


def cover(m: Measures, piece: Garment) -> str:
    """Return a towel or sheet wrapped round the body."""
    t, c = -m.torso, piece.colour
    x, h = m.chest + 8, m.hip + 24
    d = f"M{num(-x)} {num(t + 116)} Q0 {num(t + 88)} {num(x)} {num(t + 116)} C{num(m.waist + 30)} -160 {num(h)} -60 {num(h)} 20 L{num(h + 8)} 300 Q0 322 {num(-h - 8)} 300 L{num(-h)} 20 C{num(-h)} -60 {num(-m.waist - 30)} -160 {num(-x)} {num(t + 116)}Z"
    rim = line(f"M{num(-x)} {num(t + 128)} Q0 {num(t + 100)} {num(x)} {num(t + 128)}", dark(c, 0.12), 20)
    flap = path(
        f"M30 {num(t + 100)} C10 -160 40 60 16 306 L60 306 C74 60 50 -140 64 {num(t + 104)}Z", dark(c, 0.08)
    ) + line(f"M30 {num(t + 100)} C10 -160 40 60 16 306", dark(c, 0.3), 2.6, 0.8)
    folds = crease([(50, t + 120), (0, t + 190), (-60, t + 250), (-90, -60)], c, 9, share=0.14) + crease(
        [(46, t + 130), (60, -100), (70, 60), (60, 220)], c, 10, share=0.14
    )
    folds += crease([(-x + 8, t + 170), (-60, -80), (-70, 100), (-66, 280)], c, 10, share=0.12)
    return cloth(d, piece, clipped(d, flap + folds + rim))
