"""What is worn below the waist: trousers, shorts, tights and skirts, over legs in any pose."""

from devtools.illustrator.body import crossed, foreshortened, knee, leg_course
from devtools.illustrator.fabric import cloth, crease, edge_of, gleam, pattern
from devtools.illustrator.person import Garment
from devtools.illustrator.poses import Measures
from devtools.illustrator.svg import (
    Node,
    Point,
    along,
    clipped,
    curve,
    dark,
    hull,
    light,
    limb,
    line,
    luminance,
    mirror,
    mix,
    num,
    part_of,
    path,
    shade_of,
)

# A skirt's or a leg's length, as a share of the leg.
SKIRTS = {"mini": 0.34, "knee": 0.53, "midi": 0.74, "long": 0.94, "high": 0.94}
LEGS = {"shorts": 0.25, "bermuda": 0.44, "ankle": 0.965, "toes": 1.0}
_WAIST = -96.0


def hips(m: Measures, ease: float) -> str:
    """Return the outline of what covers the hips, from the waistband to the crotch."""
    e = ease * 0.4
    right: list[Point] = [(0, _WAIST), (m.waist * 0.72 + m.hip * 0.28 + e * 0.4, _WAIST), (m.hip * 0.92 + e * 0.7, -56), (m.hip + e, -10), (m.hip + 1 + e, 24), (m.hip * 0.98 + e, 64), (m.hip * 0.6, 96), (9, 88)]  # fmt: skip
    return curve(mirror(right), tension=0.86)


def trousers(m: Measures, legs: list[list[Node]], piece: Garment) -> str:
    """Return trousers, shorts or tights over both legs, back to front, without a seam at the hips."""
    c, share = piece.colour, LEGS[piece.cut.hem]
    edge, deep = edge_of(c), dark(c, 0.2)
    whole = hips(m, piece.cut.ease)
    courses = [_cloth_of(nodes, piece, share) for nodes in legs]
    shapes = [limb(course, start=0.3, end=0.05) for course in courses]
    parts = "".join(path(d, edge, stroke=edge, width=4.6) for d in (*shapes, whole))
    parts += path(shapes[0], mix(c, deep, 0.45)) + path(shade_of(courses[0], depth=0.26), deep)
    if crossed(courses):
        parts += clipped(
            shapes[0], path(limb([(x, y + 5, w + 9) for x, y, w in courses[1][3:]], start=0, end=0), dark(c, 0.36))
        )
    parts += path(shapes[1], c) + path(shade_of(courses[1], depth=0.24), dark(c, 0.15)) + path(whole, c)
    if piece.pattern:
        parts += clipped(" ".join((*shapes, whole)), pattern(piece))
    for nodes, course in zip(legs, courses, strict=True):
        parts += _leg_details(nodes, course, piece, share)
        if share > 0.35 or foreshortened(nodes):
            parts += knee(nodes, c, grow=piece.cut.ease * 0.3)
    return parts + _seams(m, piece)


def _cloth_of(nodes: list[Node], piece: Garment, share: float) -> list[Node]:
    """Return the middle and the widths of one trouser leg."""
    ease = piece.cut.ease
    cloth_ = part_of(nodes, 0, share, ease * 0.55 + 3)
    if ease >= 14 and share > 0.9:  # the cloth falls straight from the knee
        (x, y, w), (kx, ky, kw) = cloth_[-1], cloth_[2]
        wide = max(w + ease * 0.35, kw * (0.74 if ease < 20 else 0.9)) + (ease if ease > 40 else 0)
        cloth_[-1] = (x, y, nodes[-1][2] + 10 if "ribs" in piece.cut.detail else wide)
    elif share < 0.4:
        x, y, w = cloth_[-1]
        cloth_[-1] = (x, y, w + ease * 0.3)
    return leg_course(cloth_)


def _leg_details(nodes: list[Node], course: list[Node], piece: Garment, share: float) -> str:
    c = piece.colour
    x, y, w = nodes[2]
    side = 1 if nodes[0][0] > 0 else -1
    parts = ""
    if share > 0.6 and not foreshortened(nodes):
        for dy, reach, width in ((-14, 0.62, 7), (6, 0.5, 6), (22, 0.56, 6)):
            x0 = x - side * w * 0.48
            parts += crease(
                [(x0, y + dy), (x0 + side * w * reach * 0.5, y + dy + 9), (x0 + side * w * reach, y + dy + 1)],
                c,
                width,
                share=0.17,
            )
        parts += gleam(
            [(x - side * w * 0.1, y - 26), (x + side * w * 0.06, y - 16), (x + side * w * 0.2, y - 24)],
            c,
            6,
            share=0.16,
        )
    if share > 0.9 and piece.cut.ease >= 14:
        ex, ey, ew = course[-2]
        parts += crease([(ex - ew * 0.4, ey - 20), (ex, ey - 8), (ex + ew * 0.38, ey - 18)], c, 6, share=0.18) + crease(
            [(ex + ew * 0.42, ey - 44), (ex + ew * 0.08, ey - 30), (ex - ew * 0.2, ey - 34)], c, 5, share=0.16
        )
    if {"crease", "denim", "stripe"} & piece.cut.detail:
        seam = [(sx + (sw * 0.4 * side if "crease" not in piece.cut.detail else 0), sy) for sx, sy, sw in course[3:-1]]
        parts += line(
            curve(seam, closed=False), light(c, 0.24) if "crease" not in piece.cut.detail else dark(c, 0.24), 2.2, 0.8
        )
    if "cargo" in piece.cut.detail:
        px, py, pw = along(nodes, 0.36)
        parts += path(
            f"M{num(px + side * pw * 0.12)} {num(py - 34)} h{num(side * pw * 0.36)} v64 h{num(-side * pw * 0.36)}Z",
            dark(c, 0.07),
            stroke=dark(c, 0.36),
            width=2.2,
        )
    (ax, ay, aw) = course[-1]
    if share < 0.97:
        parts += line(
            f"M{num(ax - aw * 0.46)} {num(ay - 7)} q{num(aw * 0.46)} 8 {num(aw * 0.92)} 0", dark(c, 0.34), 2, 0.7
        )
    return parts


def _seams(m: Measures, piece: Garment) -> str:
    """Return waistband, fly and pockets."""
    c = piece.colour
    deep = dark(c, 0.36)
    waist = m.waist * 0.72 + m.hip * 0.28 + piece.cut.ease * 0.16
    band = f"M{num(-waist)} {_WAIST} Q0 {_WAIST + 16} {num(waist)} {_WAIST} L{num(waist + 7)} {_WAIST + 20} Q0 {_WAIST + 38} {num(-waist - 7)} {_WAIST + 20}Z"
    parts = path(band, dark(c, 0.08), stroke=deep, width=2)
    if "behind" in piece.cut.detail:  # two pockets on the seat
        parts += "".join(
            line(f"M{num(side * m.hip * 0.5 - 27)} -44 h54 v46 l-27 16 l-27 -16Z", deep, 2.4, 0.7) for side in (-1, 1)
        )
        return parts + line("M0 -66 V92", deep, 2.6, 0.8)
    if piece.cut.ease < 8:
        return parts + line("M0 70 V96", deep, 2.4, 0.7)
    fly = "M0 -64 V86 M13 -62 Q14 -10 2 14"
    pockets = " ".join(
        f"M{num(side * m.hip * 0.5)} -62 Q{num(side * m.hip * 0.56)} -26 {num(side * m.hip * 0.97)} -20"
        for side in (-1, 1)
    )
    parts += line(f"{fly} {pockets}", deep, 2.4, 0.75)
    if "denim" in piece.cut.detail:
        parts += f'<circle cx="3" cy="{_WAIST + 20}" r="4.4" fill="#d9b45c"/>' + "".join(
            line(f"M{num(side * m.hip * 0.36)} {_WAIST + 8} v26", dark(c, 0.16), 8) for side in (-1, 1)
        )
    elif piece.cut.ease > 22:
        parts += line("M-6 -62 q-6 24 -3 44 M6 -62 q7 22 5 36", light(c, 0.6), 3.6)
    lap = "".join(
        crease([(side * 10, 84), (side * m.hip * 0.34, 62), (side * m.hip * 0.62, 58)], c, 7, share=0.16)
        for side in (-1, 1)
    )
    return parts + lap


def skirt(m: Measures, legs: list[list[Node]], piece: Garment) -> str:
    """Return a skirt, or what hangs from a dress's waist, around both legs."""
    c, words = piece.colour, piece.cut.detail
    share = SKIRTS.get(piece.cut.hem, 0.53)
    slim = "slim" in words
    flare = 2.0 if slim else 22 + (piece.cut.ease if "skirt" in words else 34) * 0.75
    waist = m.waist + (6 if piece.cut.slot == "dress" else 4)
    top = -112.0 if piece.cut.slot == "dress" else -104.0
    if any(foreshortened(nodes) for nodes in legs):
        return _lap(m, legs, piece, waist, top)
    points: list[Point] = [(-waist, top), (waist, top), (-m.hip - 4 - flare * 0.12, -6), (m.hip + 4 + flare * 0.12, -6)]
    for nodes in legs:
        for at in (share * 0.5, share):
            x, y, w = along(nodes, at)
            grow = w / 2 + 5 + flare * at / share
            points += [(x - grow, y), (x + grow, y)]
    around = hull(points)
    bottom = max(y for _, y in points)
    rim = [p for p in around if p[1] > bottom - 60]
    left, right = min(rim), max(rim)
    upper = [p for p in around if p[1] <= bottom - 60 and p not in (left, right)]
    down = sorted((p for p in upper if p[0] > 0), key=lambda p: p[1])
    up = sorted((p for p in upper if p[0] <= 0), key=lambda p: -p[1])
    count = 12 if "pleats" in words else 2 if slim else 7
    hem = [
        (
            right[0] + (left[0] - right[0]) * k / count,
            right[1]
            + (left[1] - right[1]) * k / count
            + ((3 if slim else 9) if k % 2 else (12 if slim else -3))
            + 10 * (1 - abs(2 * k / count - 1)),
        )
        for k in range(1, count)
    ]
    d = (
        curve([*down, right], closed=False, tension=0.8)
        + "L"
        + curve([right, *hem, left], closed=False)[1:]
        + "L"
        + curve([left, *up], closed=False, tension=0.8)[1:]
        + "Z"
    )
    folds = ""
    for k in range(1, count):
        x0 = (k / count - 0.5) * 1.7 * waist
        end_x, end_y = hem[count - 1 - k]
        if slim:
            break
        middle = (x0 + (end_x - x0) * 0.42, top + (end_y - top) * 0.5)
        folds += path(
            f"M{num(x0)} {num(top + 16)} Q{num(middle[0] - 4)} {num(middle[1])} {num(end_x - 7)} {num(end_y - 1)} L{num(end_x + 7)} {num(end_y - 1)} Q{num(middle[0] + 5)} {num(middle[1])} {num(x0)} {num(top + 16)}Z",
            dark(c, 0.17 if k % 2 else 0.1) if luminance(c) > 0.24 else light(c, 0.1 if k % 2 else 0.05),
        )
        if k % 2 and k < count / 2 + 1:
            folds += gleam(
                [
                    (middle[0] - 14, middle[1] - 20),
                    (middle[0] - 22 + (end_x - middle[0]) * 0.5, (middle[1] + end_y) / 2),
                    (end_x - 24, end_y - 16),
                ],
                c,
                6,
                share=0.13,
            )
    if slim:
        folds += crease([(m.hip * 0.9, 20), (m.hip * 0.3, 44), (-m.hip * 0.2, 40)], c, 7, share=0.16) + crease(
            [(-m.hip * 0.9, 34), (-m.hip * 0.4, 60), (0, 62)], c, 7, share=0.14
        )
    far = [(x * 0.8, y) for x, y in (*down, right)]
    shade = path(
        curve([*down, right], closed=False, tension=0.8) + "L" + curve(far[::-1], closed=False)[1:] + "Z", dark(c, 0.15)
    )
    drawn = cloth(d, piece, shade + folds)
    if piece.cut.slot != "dress":
        drawn += path(
            f"M{num(-waist)} {top - 2} Q0 {top + 14} {num(waist)} {top - 2} L{num(waist + 3)} {top + 18} Q0 {top + 34} {num(-waist - 3)} {top + 18}Z",
            dark(c, 0.1),
            stroke=dark(c, 0.36),
            width=2,
        )
    else:
        drawn += line(f"M{num(-waist)} {top + 14} Q0 {top + 28} {num(waist)} {top + 14}", dark(c, 0.34), 3, 0.8)
    return drawn


def _lap(m: Measures, legs: list[list[Node]], piece: Garment, waist: float, top: float) -> str:
    """Return the skirt of one who sits: over the thighs, and down from the knees as far as it reaches."""
    c = piece.colour
    knees = [nodes[2] for nodes in legs]
    left, right = min(x - w * 0.62 for x, _, w in knees) - 12, max(x + w * 0.62 for x, _, w in knees) + 12
    y = max(y for _, y, _ in knees)
    fall = y + 34 + 330 * max(0.0, SKIRTS.get(piece.cut.hem, 0.53) - 0.4)
    count = 8
    hem = [
        (right + 6 + (left - right - 12) * k / count, fall + (8 if k % 2 else -2) + 10 * (1 - abs(2 * k / count - 1)))
        for k in range(count + 1)
    ]
    down: list[Point] = [(waist, top), (m.hip + 8, -30), (m.hip + 16, 40), (right, y - 20), (right + 4, y + 20), hem[0]]
    up: list[Point] = [hem[-1], (left - 4, y + 20), (left, y - 20), (-m.hip - 16, 40), (-m.hip - 8, -30), (-waist, top)]
    d = (
        curve(down, closed=False, tension=0.8)
        + "L"
        + curve(hem, closed=False)[1:]
        + "L"
        + curve(up, closed=False, tension=0.8)[1:]
        + "Z"
    )
    front = path(
        f"M{num(left + 2)} {num(y + 6)} Q{num((left + right) / 2)} {num(y + 40)} {num(right - 2)} {num(y + 6)} L{num(right + 4)} {num(fall)} Q{num((left + right) / 2)} {num(fall + 12)} {num(left - 4)} {num(fall)}Z",
        dark(c, 0.13),
    )
    folds = (
        crease([(-m.hip, 10), (-m.hip * 0.5, 30), (-10, 20)], c, 8)
        + crease([(m.hip, 24), (m.hip * 0.5, 42), (16, 34)], c, 8)
        + crease([(0, 60), (-6, (y + 60) / 2), (0, y + 10)], c, 12, share=0.24)
    )
    folds += "".join(
        crease([(x, y + 22), (x + 3, (y + fall) / 2 + 10), (x - 2, fall - 2)], c, 8)
        for x in (left + (right - left) * k / 6 for k in range(1, 6))
    )
    shine = "".join(
        path(curve([(x - w * 0.3, ky - 10), (x, ky - 24), (x + w * 0.24, ky - 10), (x, ky - 2)]), light(c, 0.16))
        for x, ky, w in knees
    )
    return cloth(d, piece, front + folds + shine) + line(
        f"M{num(-waist)} {num(top + 6)} Q0 {num(top + 22)} {num(waist)} {num(top + 6)}",
        dark(c, 0.3),
        10 if piece.cut.slot != "dress" else 3,
    )
