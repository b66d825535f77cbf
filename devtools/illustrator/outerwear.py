"""Coats and jackets: a back behind the legs and two fronts over what is worn below."""

from devtools.illustrator.fabric import cloth, crease, edge_of, gleam
from devtools.illustrator.garments import HEMS, shoulders, sides
from devtools.illustrator.person import Garment
from devtools.illustrator.poses import Measures
from devtools.illustrator.svg import Point, circle, curve, dark, light, line, mix, num, path, rect


def outerwear(m: Measures, piece: Garment) -> tuple[str, str]:
    """Return a coat or jacket: its back (behind the legs) and its two fronts, a hand apart over what is worn below unless closed."""
    c, hem = piece.colour, HEMS.get(piece.cut.hem, 22.0)
    right = sides(m, piece.cut.ease, hem)
    end_x, end_y = right[-1]
    gap = 54.0 if piece.open else -2.0 if piece.closed else 32.0
    back = path(
        f"M{num(-m.waist)} -160 H{num(m.waist)} L{num(end_x)} {num(end_y)} Q0 {num(end_y + 14)} {num(-end_x)} {num(end_y)}Z",
        dark(c, 0.42),
    )
    shadow = path(
        f"M{num(-end_x + 8)} {num(end_y)} Q0 {num(end_y + 34)} {num(end_x - 8)} {num(end_y)}Z", "#1d1030", opacity=0.22
    )
    fronts = shadow + "".join(_front(m, piece, side, gap, right) for side in (-1, 1))
    if "belt" in piece.cut.detail:
        fronts += "".join(
            rect(
                side * (m.waist + 14) - 30, -150, 60, 26, dark(c, 0.22), 6, 1, f'stroke="{edge_of(c)}" stroke-width="2"'
            )
            for side in (-1, 1)
        )
    return back, fronts


def _front(m: Measures, piece: Garment, side: int, gap: float, right: list[Point]) -> str:
    t, c = -m.torso, piece.colour
    end_x, end_y = right[-1]
    whole = [*shoulders(m, piece.cut.ease + 14, 3), *right]
    x0, y0 = whole[0]
    d = curve([(side * x, y) for x, y in whole], closed=False, tension=0.9)
    d += f" Q{num(side * (end_x + gap) / 2)} {num(end_y + 14)} {num(side * gap * 1.3)} {num(end_y + 8)} C{num(side * gap * 0.9)} -100 {num(side * gap * 0.7)} {num(t + 260)} {num(side * gap * 0.8)} {num(t + 190)} Q{num(side * (m.neck + 12))} {num(t + 60)} {num(side * x0)} {num(y0)}Z"
    edge = [(side * (x - 1), y) for x, y in right]
    inner = [(side * x * (0.8 if side > 0 else 0.93), y) for x, y in right]
    shade = path(
        curve(edge, closed=False) + "L" + curve(inner[::-1], closed=False)[1:] + "Z",
        dark(c, 0.15 if side > 0 else 0.08),
    )
    w, hip = m.waist + piece.cut.ease * 0.6, m.hip + piece.cut.ease * 0.5
    folds = crease(
        [(side * m.chest, t + 130), (side * (m.chest - 24), t + 150), (side * (m.chest - 38), t + 186)],
        c,
        9,
        share=0.22,
    )
    folds += crease(
        [(side * w, t + 262), (side * (w - 28), t + 274), (side * (w - 52), t + 268)], c, 8, share=0.2
    ) + crease([(side * w, t + 292), (side * (w - 22), t + 306), (side * (w - 40), t + 308)], c, 7, share=0.18)
    folds += gleam(
        [(side * (w - 8), t + 280), (side * (w - 34), t + 290), (side * (w - 56), t + 284)], c, 5, share=0.12
    )
    if end_y > 60:
        folds += crease(
            [(side * hip * 0.7, 30), (side * hip * 0.78, 120), (side * hip * 0.74, end_y - 12)], c, 9, share=0.18
        )
    drawn = cloth(d, piece, shade + folds) + _front_edge(m, piece, side, gap)
    if end_y > -60:
        drawn += path(
            f"M{num(side * m.hip * 0.5)} -40 L{num(side * m.hip * 0.96)} -60 l{num(side * 3)} 13 L{num(side * (m.hip * 0.5 + 2))} -27Z",
            dark(c, 0.08),
            stroke=edge_of(c),
            width=2,
        )
    return drawn


def _front_edge(m: Measures, piece: Garment, side: int, gap: float) -> str:
    """Return lapel, fur or stand-up collar, and what closes the coat."""
    t, c, n = -m.torso, piece.colour, m.neck
    edge = edge_of(c)
    drop = 8.0 if m.male else 0.0
    if piece.cut.neck == "lapel":
        parts = path(
            f"M{num(side * (n + 1))} {num(t - 38 - drop)} Q{num(side * (n + 20))} {num(t - 24)} {num(side * (n + 36))} {num(t + 22)} L{num(side * (n + 58))} {num(t + 62)} L{num(side * (n + 40))} {num(t + 74)} Q{num(side * (n + 34))} {num(t + 130)} {num(side * gap * 0.8)} {num(t + 212)} Q{num(side * (n - 4))} {num(t + 76)} {num(side * (n + 1))} {num(t - 38 - drop)}Z",
            light(c, 0.09), stroke=edge, width=2.2,
        ) + line(f"M{num(side * (n + 36))} {num(t + 24)} L{num(side * (n + 16))} {num(t + 44)}", edge, 2.2)  # fmt: skip
    elif piece.cut.neck == "fur":
        tufts = [
            (side * (n + 14 + (k % 2) * 14 - k * 1.4), t - 26 + k * 22, mix("#e8dac4", c, 0.1 + 0.1 * (k % 2)))
            for k in range(8)
        ]
        parts = "".join(circle(x + 2, y + 3, 23, dark("#e8dac4", 0.25)) for x, y, _ in tufts) + "".join(
            circle(x, y, 22, tone) for x, y, tone in tufts
        )
        parts += "".join(
            line(f"M{num(x - 12)} {num(y - 6)} q8 -8 18 -4 M{num(x - 4)} {num(y + 8)} q8 -4 14 2", "#fffaf0", 2.4, 0.7)
            for x, y, _ in tufts
        )
    elif piece.cut.neck == "v":
        parts = line(
            f"M{num(side * (n + 4))} {num(t - 14 - drop)} Q{num(side * (n + 10))} {num(t + 90)} {num(side * gap * 0.9)} {num(t + 200)} L{num(side * gap * 1.1)} 8",
            edge,
            17,
        ) + line(
            f"M{num(side * (n + 4))} {num(t - 14 - drop)} Q{num(side * (n + 10))} {num(t + 90)} {num(side * gap * 0.9)} {num(t + 200)} L{num(side * gap * 1.1)} 8",
            light(c, 0.08),
            13.5,
        )
    else:
        parts = path(
            f"M{num(side * (n + 1))} {num(t - 42 - drop)} Q{num(side * (n + 16))} {num(t - 30)} {num(side * (n + 36))} {num(t + 4)} Q{num(side * (n + 36))} {num(t + 34)} {num(side * (n + 28))} {num(t + 54)} L{num(side * (n * 0.5))} {num(t + 40)} Q{num(side * (n + 3))} {num(t - 4)} {num(side * (n + 1))} {num(t - 42 - drop)}Z",
            light(c, 0.1), stroke=edge, width=2.2,
        )  # fmt: skip
    if "buttons" in piece.cut.detail and side > 0:
        parts += "".join(
            circle(gap + 14, y, 6.4, dark(c, 0.5), 1, f'stroke="{light(c, 0.3)}" stroke-width="1.6"')
            for y in (t + 236, t + 306, t + 376)
        )
    if "quilt" in piece.cut.detail:
        parts += "".join(
            crease(
                [(side * gap * 0.9, y), (side * m.chest * 0.5, y + 12), (side * (m.chest + 26), y - 2)], c, 8, share=0.3
            )
            + gleam(
                [(side * gap, y + 14), (side * m.chest * 0.5, y + 24), (side * (m.chest + 16), y + 14)],
                c,
                8,
                share=0.16,
            )
            for y in range(int(t) + 110, 20, 62)
        )
    if "zip" in piece.cut.detail:
        parts += line(
            f"M{num(side * gap * 0.78)} {num(t + 190)} C{num(side * gap * 0.7)} {num(t + 260)} {num(side * gap * 0.9)} -100 {num(side * gap * 1.25)} 20",
            light(c, 0.5),
            2.4,
            0.8,
        )
    return parts
