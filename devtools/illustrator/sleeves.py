"""Sleeves over arms in any pose: cloth, cuffs and folds, without a seam at the shoulder."""

from devtools.illustrator.body import arm_course, open_edges, over_shoulder
from devtools.illustrator.fabric import crease, edge_of, pattern
from devtools.illustrator.garments import shoulders
from devtools.illustrator.person import Garment
from devtools.illustrator.poses import Measures
from devtools.illustrator.svg import (
    Node,
    Point,
    clipped,
    dark,
    edges,
    light,
    limb,
    line,
    mix,
    num,
    part_of,
    path,
    shade_of,
)


def sleeve(m: Measures, nodes: list[Node], piece: Garment, *, side: int) -> str:
    """Return a sleeve over an arm, with its cuff and the folds at the elbow; its shoulder has no seam."""
    length = piece.cut.sleeve
    if not length:
        return ""
    c = piece.colour
    ease = min(piece.cut.ease, 44) * 0.62 + 5
    reach = min(length, 0.94)
    cloth_ = part_of(nodes, 0, reach, ease)
    (x, y, w), (zx, zy, zw) = cloth_[0], cloth_[-1]
    cloth_[0] = (x - side * (ease * 0.3 + 2), y + 3, w - ease * 0.2)
    if length < 0.4:  # short sleeves stand away from the arm
        cloth_[-1] = (zx, zy, zw + 7)
    course = arm_course(cloth_)
    d = limb(course, start=0.34, end=0.06)
    parts = path(d, c) + (_woven(course, piece) if piece.pattern else "")
    parts += path(shade_of(course[1:], depth=0.27), dark(c, 0.17)) + _sleeve_folds(course, c, side=side, length=length)
    parts += line(open_edges(course, side=side, from_inner=0.2 if length >= 0.4 else 0.42), edge_of(c), 2.4, 0.9)
    seam = [(side * x, y) for x, y in shoulders(m, piece.cut.ease, 0)[-4:-2]]
    parts += line(over_shoulder(course, seam, side=side), edge_of(c), 2.4, 0.9)
    (ax, ay), (bx, by) = (edge[-1] for edge in edges(course))
    hem = f"M{num(ax)} {num(ay)} Q{num((ax + bx) / 2 + (course[-1][0] - course[-2][0]) * 0.5)} {num((ay + by) / 2 + (course[-1][1] - course[-2][1]) * 0.5)} {num(bx)} {num(by)}"
    parts += line(hem, edge_of(c), 2.4, 0.9)
    if length > 0.8:
        cuff = arm_course(part_of(nodes, reach - 0.09, reach + 0.01, ease * 0.62))
        tone = light(c, 0.12) if "cuffs" in piece.cut.detail else dark(c, 0.08)
        parts += path(limb(cuff, start=0.08, end=0.08), tone, stroke=edge_of(c), width=2.2) + path(
            shade_of(cuff, depth=0.24), dark(tone, 0.16)
        )
    return parts


def _woven(course: list[Node], piece: Garment) -> str:
    """Return a pattern along a sleeve: bands for stripes, the cloth's own pattern for any other."""
    if piece.pattern in ("stripes", "plaid"):
        tone = light(piece.colour, 0.55)
        left, right = edges([(x, y, w * 0.97) for x, y, w in course])
        return "".join(
            line(
                f"M{num(a[0])} {num(a[1])} L{num(b[0])} {num(b[1])}",
                mix(piece.colour, tone, 0.85),
                11 if piece.pattern == "stripes" else 6,
            )
            for a, b in list(zip(left, right, strict=True))[2::3]
        )
    return clipped(limb(course, start=0, end=0), pattern(piece))


def _sleeve_folds(course: list[Node], c: str, *, side: int, length: float) -> str:
    """Return the folds at the armpit and in the bend of the elbow."""
    left, right = edges(course)
    outer, inner = (left, right) if side < 0 else (right, left)

    def across(at: float, reach: float, slope: int) -> list[Point]:
        index = min(len(course) - 3, round(at * (len(course) - 1)))
        (ax, ay), (bx, by), (zx, zy, _) = inner[index], outer[index], course[min(len(course) - 1, index + slope)]
        mx, my = ax + (bx - ax) * reach, ay + (by - ay) * reach
        return [(ax, ay), ((ax + mx) / 2 * 0.8 + zx * 0.2, (ay + my) / 2 * 0.8 + zy * 0.2), (mx, my)]

    parts = crease(across(0.3 if length > 0.4 else 0.6, 0.5, 3), c, 7, share=0.18)
    if length > 0.5:
        parts += (
            crease(across(0.46, 0.62, 1), c, 7) + crease(across(0.54, 0.5, 1), c, 6) + crease(across(0.4, 0.4, 2), c, 5)
        )
        parts += crease(across(0.84, 0.4, -1), c, 5, share=0.16)
    return parts
