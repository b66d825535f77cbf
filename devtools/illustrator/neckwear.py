"""What hangs about the neck, over everything else there; and the apron."""

from devtools.illustrator.person import Wear
from devtools.illustrator.poses import Measures
from devtools.illustrator.svg import cel, circle, clipped, curve, dark, light, line, num, path, polygon, rect


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
