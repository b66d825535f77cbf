"""The body without its head: neck, torso, arms with hands, legs with feet, in the skin's colours.

Figure coordinates (see poses.py).  Clothes are drawn over these parts by garments.py.
"""

import math

from devtools.illustrator.head import Tones
from devtools.illustrator.lexicon import Look
from devtools.illustrator.poses import Arm, Leg, Measures
from devtools.illustrator.svg import Node, cel, curve, ellipse, group, line, mirror, mix, move, num, path, tube

INK = "#25344c"
FINGERS = {
    # x at the knuckles, x and y at the tip, of the four fingers of a hand that points down.
    "relaxed": ((-14, -12, 66), (-5, -3, 73), (5, 5, 70), (13, 12, 60)),
    "open": ((-15, -30, 68), (-6, -10, 80), (5, 9, 79), (14, 27, 66)),
    "flat": ((-14, -13, 72), (-5, -4, 80), (5, 5, 78), (13, 13, 68)),
}
THUMBS = {"relaxed": "M-15 16 Q-25 26 -20 44", "open": "M-15 18 Q-34 24 -42 36", "flat": "M-14 16 Q-22 28 -19 42"}


def torso(m: Measures, look: Look, tones: Tones) -> str:
    """Return neck and torso with collarbones, and what the light does to them."""
    top = -m.torso
    d = curve(mirror([(0, top - 70), (m.neck, top - 70), *m.outline()]))
    parts = cel(d, tones.skin, tones.shade, dx=-14, dy=-4, outline=tones.line)
    parts += path(
        f"M{num(-m.neck)} {top - 62} H{num(m.neck)} L{num(m.neck + 3)} {top - 16} Q6 {top + 22} {num(-m.neck + 4)} {top - 34}Z",
        tones.shade,
        opacity=0.85,
    )
    for side in (-1, 1):
        parts += line(
            f"M{side * 14} {top + 26} Q{num(side * m.shoulder * 0.35)} {top + 12} {num(side * m.shoulder * 0.66)} {top + 22}",
            tones.line,
            2.6,
            0.4,
        )
    if m.male:
        parts += line(
            f"M{num(-m.chest * 0.8)} {top + 150} q{num(m.chest * 0.4)} 34 {num(m.chest * 0.76)} 6 m{num(m.chest * 0.08)} 0 q{num(m.chest * 0.36)} 28 {num(m.chest * 0.76)} -6",
            tones.line,
            3,
            0.35,
        )
        if m.muscle:
            parts += line(f"M0 {top + 160} V-70 M-44 {top + 220} h88 M-44 {top + 270} h88", tones.line, 2.6, 0.22)
    parts += line("M0 -84 q3 7 0 13", tones.line, 4, 0.4)
    if "neck" in look.tattoos:
        parts += tattoo(m.neck * 0.45, top - 26, 52)
    if "shoulder" in look.tattoos or "back" in look.tattoos:
        parts += tattoo(-m.shoulder * 0.62, top + 62, 84, 30)
    return parts


def tattoo(x: float, y: float, size: float, turn: float = 0) -> str:
    """Return a vine with leaves, ``size`` long."""
    leaves = "".join(
        path(
            f"M0 {i * 18 - 40} q{16 * (-1) ** i} -16 {30 * (-1) ** i} -6 q{-10 * (-1) ** i} 14 {-30 * (-1) ** i} 6Z",
            INK,
        )
        for i in range(5)
    )
    vine = line("M0 -52 C16 -30 -14 -8 2 14 C14 30 -8 40 2 54", INK, 6)
    return group(vine + leaves, move(x, y, turn, size / 100), opacity=0.72)


def arm(nodes: list[Node], look: Look, tones: Tones, *, left: bool) -> str:
    """Return a bare arm from the shoulder to the wrist."""
    parts = tube(nodes, tones.skin, tones.shade, tones.line)
    if left and look.tattoos & {"sleeve", "forearm"}:
        (ex, ey, _), (wx, wy, _) = nodes[1], nodes[-1]
        turn = math.degrees(math.atan2(ey - wy, wx - ex)) + 90
        parts += tattoo((ex + wx) / 2, (ey + wy) / 2, 120, -turn + 180)
        if "sleeve" in look.tattoos:
            (sx, sy, _) = nodes[0]
            parts += tattoo((sx + ex) / 2, (sy + ey) / 2 + 10, 120)
    return parts


def direction(nodes: list[Node]) -> float:
    """Return the degrees by which a hand that points down turns to go on from the forearm."""
    (ex, ey, _), (wx, wy, _) = nodes[1], nodes[-1]
    return -math.degrees(math.atan2(wx - ex, wy - ey))


def hand(nodes: list[Node], pose: Arm, look: Look, tones: Tones, *, side: int, skin: str = "") -> str:
    """Return the hand at a limb's end.  ``skin``: a glove's colour; ``side``: -1 for the arm at the left."""
    if pose.hand == "pocket":
        return ""
    x, y, w = nodes[-1]
    turn = direction(nodes) if pose.turn is None else pose.turn
    size = w / 34
    colour = skin or tones.skin
    edge = mix(colour, "#1d1030", 0.5) if skin else tones.line
    drawn = _fist(colour, edge, tones) if pose.hand == "fist" else _fingers(pose.hand, colour, edge)
    if side < 0 and "hand" in look.tattoos:
        drawn += tattoo(0, 24, 34)
    return group(drawn, move(x, y, turn, max(0.92, min(1.25, size)), mirrored=side > 0))


def _fingers(kind: str, colour: str, edge: str) -> str:
    palm = "M-15 -8 C-17 6 -20 18 -19 34 Q0 46 18 34 C20 18 16 6 15 -8Z"
    lines = [f"M{x} 30 L{tx} {ty}" for x, tx, ty in FINGERS[kind]]
    parts = path(palm, edge, stroke=edge, width=3.4) + "".join(line(d, edge, 13.6) for d in [*lines, THUMBS[kind]])
    parts += path(palm, colour) + "".join(line(d, colour, 10.4) for d in [*lines, THUMBS[kind]])
    gaps = "M-9 46 L-8 58 M0 47 V62 M9 46 L9 58" if kind != "open" else "M-9 44 l-2 6 M0 44 v6 M9 44 l2 6"
    return parts + line(gaps, edge, 2, 0.55) + line("M-12 20 q8 8 6 20", edge, 2, 0.3)


def _fist(colour: str, edge: str, tones: Tones) -> str:
    palm = "M-16 -8 C-20 4 -23 14 -22 30 Q-20 52 0 53 Q20 52 21 32 C22 16 17 4 15 -8Z"
    fingers = [(y, 19 - abs(at - 1.3) * 1.6) for at, y in enumerate((12, 23, 34, 44))]
    parts = path(palm, colour, stroke=edge, width=3)
    for y, reach in fingers:
        parts += line(f"M-5 {y} H{num(reach)}", edge, 12.6) + line(f"M-5 {y} H{num(reach)}", colour, 9.8)
    return (
        parts
        + line("M-15 6 Q-22 18 -8 23", edge, 13.4)
        + line("M-15 6 Q-22 18 -8 23", colour, 10.4)
        + ellipse(-8, 22, 3, 2.4, tones.glow, 0.6)
    )


def leg(nodes: list[Node], look: Look, tones: Tones, *, side: int) -> str:
    parts = tube(nodes, tones.skin, tones.shade, tones.line)
    x, y, w = nodes[2]
    parts += line(f"M{num(x - w * 0.26)} {num(y + 8)} q{num(w * 0.26)} 9 {num(w * 0.52)} 0", tones.line, 3, 0.35)
    if side > 0 and "leg" in look.tattoos:
        parts += tattoo(nodes[3][0], nodes[3][1] + 40, 150)
    return parts


def sole(pose: Leg) -> tuple[float, float]:
    """Return how far the foot reaches to the left and to the right of the ankle."""
    return 31 + max(0.0, -pose.toe) * 62, 31 + max(0.0, pose.toe) * 62


def foot_outline(pose: Leg, grow: float = 0, top: float = -14) -> str:
    """Return the outline of a foot below its ankle at (0, 0)."""
    left, right = (reach + grow for reach in sole(pose))
    w = 24 + grow
    return (
        f"M{num(-w)} {top} L{num(w)} {top} C{num(w + 2)} 8 {num(right - 8)} 10 {num(right)} 30 Q{num(right + 2)} 44 {num(right - 12)} 44 "
        f"L{num(-left + 12)} 44 Q{num(-left - 2)} 44 {num(-left)} 30 C{num(-left + 8)} 10 {num(-w - 2)} 8 {num(-w)} {top}Z"
    )


def bare_foot(pose: Leg, tones: Tones) -> str:
    left, right = sole(pose)
    toes = right if pose.toe > 0 else -left
    step = -9 if pose.toe > 0 else 9
    nails = "".join(line(f"M{num(toes + step * (k + 0.6))} 30 q1 8 0 12", tones.line, 2, 0.5) for k in range(3))
    return cel(foot_outline(pose), tones.skin, tones.shade, outline=tones.line) + nails
