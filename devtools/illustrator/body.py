"""The body without its head: one outline of neck, torso, hips and legs, and the arms, in the skin's colours.

Figure coordinates (see poses.py).  Clothes are drawn over these parts by garments.py and its neighbours.
"""

import math

from devtools.illustrator.marks import tattoo
from devtools.illustrator.person import Look
from devtools.illustrator.poses import THIGH, Measures
from devtools.illustrator.skull import Tones
from devtools.illustrator.svg import (
    Node,
    Point,
    clipped,
    curve,
    dark,
    edges,
    ellipse,
    light,
    limb,
    line,
    mirror,
    mix,
    num,
    path,
    shade_of,
    smoothed,
)


def trunk(m: Measures) -> str:
    """Return the outline of neck, torso and hips."""
    return curve(mirror([(0, m.head_y + 86), (m.neck, m.head_y + 88), *m.outline()]), tension=0.94)


def leg_course(nodes: list[Node], grow: float = 0) -> list[Node]:
    return [(x, y, w + grow) for x, y, w in smoothed(nodes, 26)]


def body(m: Measures, look: Look, tones: Tones, legs: list[list[Node]], *, seen_from_behind: bool = False) -> str:
    """Return the bare body; legs: back to front.  Torso and legs are one outline, whatever the pose."""
    courses = [leg_course(nodes) for nodes in legs]
    # Where a thigh points at the viewer it ends in a knee of its own.
    outlines = [limb(course, start=0.4, end=0.1) for course in courses]
    whole = trunk(m)
    parts = "".join(path(d, tones.line, stroke=tones.line, width=4.4) for d in (*outlines, whole))
    back, front = (
        (path(outlines[0], mix(tones.skin, tones.shade, 0.28)) + path(shade_of(courses[0], depth=0.3), tones.shade)),
        path(outlines[1], tones.skin),
    )
    parts += (
        back
        + (clipped(outlines[0], _between(courses, tones)) if crossed(courses) else "")
        + front
        + path(shade_of(courses[1], depth=0.26), tones.shade)
    )
    parts += path(whole, tones.skin)
    parts += "".join(knee(nodes, tones.skin) or _kneecap(nodes, tones) for nodes in legs)
    parts += _form(m, tones, seen_from_behind=seen_from_behind)
    parts += _back_lines(m, tones) if seen_from_behind else _front_lines(m, tones)
    for side, nodes in zip((-1, 1) if legs[0][0][0] < 0 else (1, -1), legs, strict=True):
        if side > 0 and "leg" in look.tattoos:
            parts += tattoo(nodes[3][0], nodes[3][1] + 40, 150)
    return parts + _tattoos(m, look)


def _between(courses: list[list[Node]], tones: Tones) -> str:
    """Return the shadow of the nearer leg where the legs cross."""
    return path(
        limb([(x, y + 5, w + 9) for x, y, w in courses[1][3:]], start=0, end=0), mix(tones.shade, tones.line, 0.3)
    )


def crossed(courses: list[list[Node]]) -> bool:
    """Return whether two legs cover each other below the middle of the thighs."""
    back, front = (course[9:] for course in courses)
    return any(math.hypot(ax - bx, ay - by) < (aw + bw) * 0.42 for ax, ay, aw in back for bx, by, bw in front)


def _kneecap(nodes: list[Node], tones: Tones) -> str:
    x, y, w = nodes[2]
    return line(
        f"M{num(x - w * 0.22)} {num(y + 16)} q{num(w * 0.2)} 8 {num(w * 0.4)} 1", tones.line, 2.4, 0.4
    ) + ellipse(x - w * 0.1, y - 8, w * 0.2, w * 0.12, tones.glow, 0.22)


def _form(m: Measures, tones: Tones, *, seen_from_behind: bool) -> str:
    """Return what the light does to the torso: its far side, the neck under the chin, the groins."""
    t = -m.torso
    right = [point for point in m.outline() if point[1] > t + 80]
    inner: list[Point] = [
        (x * k, y)
        for (x, y), k in zip(right, (0.84, 0.76, 0.76, 0.72, 0.68, 0.7, 0.76, 0.84, 0.9, 0.9, 1, 1), strict=False)
    ]
    far = curve(right[:9], closed=False) + "L" + curve(inner[:9][::-1], closed=False)[1:] + "Z"
    n = m.neck
    under = f"M{num(-n)} {num(m.head_y + 88)} H{num(n)} L{num(n * 0.98)} {num(t - 34)} Q{num(n * 0.7)} {num(t + 22)} {num(-n * 0.1)} {num(t - 2)} Q{num(-n * 0.8)} {num(t - 18)} {num(-n)} {num(t - 46)}Z"
    parts = path(far, tones.shade, opacity=0.8) + path(under, tones.shade)
    if not seen_from_behind:
        groin = "".join(
            line(f"M{num(side * m.hip * 0.8)} 8 Q{num(side * m.hip * 0.42)} 44 {side * 16} 74", tones.line, 2.4, 0.32)
            for side in (-1, 1)
        )
        parts += groin + line("M0 76 V96", tones.line, 2.6, 0.5)
    return parts


def _front_lines(m: Measures, tones: Tones) -> str:
    t, s = -m.torso, m.shoulder
    parts = ""
    for side in (-1, 1):
        parts += line(
            f"M{side * 13} {num(t + 27)} Q{num(side * s * 0.3)} {num(t + 17)} {num(side * s * 0.62)} {num(t + 19)}",
            tones.line,
            2.4,
            0.42,
        )
        parts += line(
            f"M{num(side * m.neck * 0.74)} {num(t - 40)} Q{num(side * m.neck * 0.5)} {num(t + 2)} {side * 11} {num(t + 22)}",
            tones.line,
            2.2,
            0.26,
        )
        parts += path(
            curve(
                [(side * s * 0.2, t + 13), (side * s * 0.42, t + 8), (side * s * 0.6, t + 13), (side * s * 0.4, t + 14)]
            ),
            tones.glow,
            opacity=0.45,
        )
    if m.male:
        chest = m.chest * 0.8
        parts += "".join(
            line(
                f"M{num(side * chest)} {num(t + 136)} Q{num(side * chest * 0.72)} {num(t + 182)} {side * 10} {num(t + 170)}",
                tones.line,
                2.8,
                0.4,
            )
            for side in (-1, 1)
        )
        parts += "".join(
            ellipse(side * m.chest * 0.5, t + 158, 6, 4, mix(tones.shade, tones.line, 0.4), 0.8) for side in (-1, 1)
        )
        if m.muscle:
            parts += line(f"M0 {num(t + 176)} V-74", tones.line, 2.4, 0.3) + "".join(
                line(f"M{num(side * 8)} {num(t + y)} q{num(side * 20)} 8 {num(side * 38)} -2", tones.line, 2.4, 0.3)
                for side in (-1, 1)
                for y in (222, 268, 312)
            )
    else:
        parts += line(f"M0 {num(t + 210)} Q2 {num(t + 270)} 0 -96", tones.line, 2, 0.16)
    waist = "".join(
        line(
            f"M{num(side * (m.waist - 7))} {num(t + 262)} q{num(side * -9)} 30 {num(side * -4)} 60",
            tones.line,
            2.2,
            0.2,
        )
        for side in (-1, 1)
    )
    hollow = "".join(
        line(
            f"M{num(side * m.hip * 0.78)} -54 Q{num(side * m.hip * 0.6)} -16 {num(side * m.hip * 0.42)} 14",
            tones.line,
            2.2,
            0.22,
        )
        for side in (-1, 1)
    )
    return (
        parts
        + waist
        + hollow
        + line("M-1 -88 q4 6 1 13", tones.line, 3.4, 0.55)
        + ellipse(-3, -70, 6, 3, tones.glow, 0.35)
    )


def _back_lines(m: Measures, tones: Tones) -> str:
    t = -m.torso
    blades = "".join(
        line(
            f"M{num(side * m.chest * 0.36)} {num(t + 70)} Q{num(side * m.chest * 0.2)} {num(t + 120)} {num(side * m.chest * 0.5)} {num(t + 158)}",
            tones.line,
            2.6,
            0.3,
        )
        for side in (-1, 1)
    )
    dimples = "".join(ellipse(side * m.waist * 0.3, -70, 5, 4, tones.line, 0.25) for side in (-1, 1))
    return (
        line(f"M0 {num(t + 40)} Q4 {num(t + 200)} 0 -30", tones.line, 3, 0.35)
        + blades
        + dimples
        + line("M0 20 V84", tones.line, 3, 0.5)
    )


def _tattoos(m: Measures, look: Look) -> str:
    parts = tattoo(m.neck * 0.45, -m.torso - 22, 46) if "neck" in look.tattoos else ""
    if look.tattoos & {"shoulder", "back"}:
        parts += tattoo(-m.shoulder * 0.6, -m.torso + 66, 84, 30)
    return parts


# --- arms ----------------------------------------------------------------------------------------------------------


def arm_course(nodes: list[Node], grow: float = 0) -> list[Node]:
    return [(x, y, w + grow) for x, y, w in smoothed(nodes, 24)]


def open_edges(course: list[Node], *, side: int, from_inner: float = 0.2, from_outer: float = 0.0) -> str:
    """Return the two edges of a sleeve or an arm as lines that begin at the armpit: the shoulder has no seam."""
    left, right = edges(course)
    outer, inner = (left, right) if side < 0 else (right, left)
    count = len(course)
    return curve(outer[round(from_outer * count) :], closed=False) + curve(
        inner[round(from_inner * count) :], closed=False
    )


def over_shoulder(course: list[Node], seam: list[Point], *, side: int) -> str:
    """Return the line from the shoulder's contour on to the arm, "" for an arm that is raised."""
    left, right = edges(course)
    outer = left if side < 0 else right
    hanging = course[8][1] > course[0][1] + 24
    return curve([*seam, outer[2], outer[5]], closed=False) if hanging else ""


def arm(m: Measures, nodes: list[Node], look: Look, tones: Tones, *, side: int, covered: float = 0) -> str:
    """Return a bare arm from the shoulder (or from where a sleeve covers it) to the wrist."""
    course = arm_course(nodes)
    first = max(0, round(covered * len(course)) - 2)
    seen = course[first:]
    start = 0.42 if not first else 0
    parts = path(limb(seen, start=start, end=0.12), tones.skin) + path(shade_of(seen, depth=0.3), tones.shade)
    parts += line(open_edges(seen, side=side, from_inner=0 if first else 0.17, from_outer=0.0), tones.line, 2.4)
    if not first:
        seam = [(side * m.shoulder * 0.82, -m.torso + 18), (side * (m.shoulder - 9), -m.torso + 34)]
        parts += line(over_shoulder(course, seam, side=side), tones.line, 2.4)
    if side < 0 and look.tattoos & {"sleeve", "forearm"} and covered < 0.9:
        (ex, ey, _), (wx, wy, _) = nodes[1], nodes[-1]
        turn = math.degrees(math.atan2(ey - wy, wx - ex)) + 90
        parts += tattoo((ex + wx) / 2, (ey + wy) / 2, 120, -turn + 180)
        if "sleeve" in look.tattoos and covered < 0.3:
            (sx, sy, _) = nodes[0]
            parts += tattoo((sx + ex) / 2, (sy + ey) / 2 + 10, 120)
    return parts


# --- knees of those who sit -----------------------------------------------------------------------------------------


def foreshortened(nodes: list[Node]) -> bool:
    """Return whether a leg's thigh points at the viewer, as of one who sits."""
    (ax, ay, _), _, (kx, ky, _), _, _ = nodes
    return math.hypot(kx - ax, ky - ay) < 0.45 * THIGH


def knee(nodes: list[Node], colour: str, grow: float = 0) -> str:
    """Return the thigh and knee of one who sits, towards the viewer over the shin; "" for any other leg."""
    if not foreshortened(nodes):
        return ""
    (hx, hy, hw), _, (x, y, w), _, _ = nodes
    r = w * 0.56 + grow
    deep, edge = dark(colour, 0.2), dark(colour, 0.46)
    side = 1 if x > 0 else -1
    wide = max(hw * 0.5, r) + grow
    thigh = curve(
        [
            (hx - wide, hy),
            (x - r * 1.06, y - r * 0.5),
            (x - r, y + r * 0.3),
            (x - r * 0.5, y + r * 0.86),
            (x + r * 0.5, y + r * 0.86),
            (x + r, y + r * 0.3),
            (x + r * 1.06, y - r * 0.5),
            (hx + wide, hy),
        ]
    )
    shadow = ellipse(x + 4, y + r * 0.72, r * 0.92, r * 0.7, dark(colour, 0.42))
    rim = line(
        f"M{num(x - r * 1.04)} {num(y - r * 0.3)} C{num(x - r * 1.02)} {num(y + r * 1.18)} {num(x + r * 1.02)} {num(y + r * 1.18)} {num(x + r * 1.04)} {num(y - r * 0.3)}",
        edge,
        2.8,
        0.85,
    )
    inner = line(
        f"M{num(hx - side * wide * 0.9)} {num(hy + 10)} Q{num(x - side * r * 1.15)} {num(y - r * 0.6)} {num(x - side * r * 1.04)} {num(y - r * 0.3)}",
        edge,
        2.6,
        0.6,
    )
    under = path(
        curve(
            [
                (x + r * 0.2, y + r * 0.84),
                (x + r * 0.94, y + r * 0.36),
                (x + r * 1.0, y - r * 0.4),
                (x + r * 0.72, y + r * 0.2),
            ]
        ),
        deep,
        opacity=0.7,
    )
    return (
        shadow
        + path(thigh, colour)
        + under
        + rim
        + inner
        + ellipse(x - r * 0.2, y - r * 0.12, r * 0.46, r * 0.34, light(colour, 0.3), 0.35)
    )
