"""Hands and feet, drawn at the ends of the limbs: each in its own coordinates, from the wrist or the ankle down."""

import math

from devtools.illustrator.marks import tattoo
from devtools.illustrator.person import Look
from devtools.illustrator.poses import Arm, Leg
from devtools.illustrator.skull import Tones
from devtools.illustrator.svg import Node, curve, dark, group, light, line, mix, move, num, path, pts, solid, strand

# Fingers from the farthest to the nearest, each as its way from the knuckle to the tip; the thumb lies on the side x > 0.
_FINGERS = {
    "relaxed": ("-11,30 -15,48 -11,62", "-4,34 -6,56 -2,71", "4,34 3,58 6,74", "11,30 13,52 13,68"),
    "open": ("-13,30 -24,48 -31,64", "-5,33 -9,58 -12,78", "4,33 6,60 7,81", "12,30 20,53 25,72"),
    "flat": ("-11,32 -14,50 -12,66", "-4,34 -5,58 -3,77", "4,34 5,60 6,80", "11,31 14,54 14,73"),
    "hip": ("-12,26 -20,38 -24,50", "-4,32 -9,48 -12,63", "5,34 2,54 0,70", "12,30 13,50 12,66"),
}
_THUMBS = {
    "relaxed": "11,8 22,22 22,42", "open": "11,8 28,18 40,34", "flat": "12,8 23,22 24,42", "hip": "12,6 25,14 34,26",
}  # fmt: skip
_PALM = "M-16 -16 L-16.6 0 C-18 12 -18.6 22 -17 34 Q-6 44 6 43 Q17 40 18 24 C18 14 16.8 8 16.6 0 L16 -16Z"


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
    colour, shade, edge = (
        skin or tones.skin,
        dark(skin, 0.22) if skin else tones.shade,
        dark(skin, 0.45) if skin else tones.line,
    )
    drawn = _fist(colour, shade, edge) if pose.hand == "fist" else _fingers(pose.hand, colour, shade, edge)
    if not skin and not look.masculine and look.makeup in ("glam", "goth") and pose.hand != "fist":
        drawn += _nails(pose.hand, "#a3264e" if look.makeup == "glam" else "#2a1c30")
    if side < 0 and "hand" in look.tattoos:
        drawn += tattoo(0, 18, 34)
    # A hand that is turned beyond the forearm's line is bent at the wrist: a round there closes the gap.
    size = max(0.86, min(1.22, w / 33))
    return group(drawn, move(x, y, turn, size, mirrored=side > 0), part="hand")


def _fingers(kind: str, colour: str, shade: str, edge: str) -> str:
    drawn = solid(strand(pts(_THUMBS[kind]), (13, 14, 11.5, 7)), colour, edge, 1.8) if kind == "open" else ""
    for at, finger in enumerate(_FINGERS[kind]):
        widths = (11.5, 12, 11.5, 8) if at else (10, 10.5, 10, 7)
        drawn += solid(_rounded(finger, widths), mix(colour, shade, 0.35) if at == 0 else colour, edge, 1.8)
    drawn += solid(_PALM, colour, edge, 1.8) + path(_PALM, colour)
    # The roots of the fingers, without a line across.
    drawn += "".join(path(strand(pts(finger)[:2], (9.6, 9.2)), colour) for finger in _FINGERS[kind])
    drawn += path(curve(pts("-15,-10 -16,4 -18,20 -16,36 -9,40 -10,22 -9,4 -8,-10")), shade, opacity=0.55)
    if kind != "open":
        drawn += solid(_rounded(_THUMBS[kind], (12, 13.5, 12, 8)), colour, edge, 1.8)
        drawn += path(strand(pts(_THUMBS[kind])[:2], (10.5, 10)), colour)
    return drawn + path("M-15.2 -19 H15.2 V-2 H-15.2Z", colour)


def _rounded(finger: str, widths: tuple[float, ...]) -> str:
    """Return a finger with a round tip."""
    points = pts(finger)
    (ax, ay), (zx, zy) = points[-2], points[-1]
    size = math.hypot(zx - ax, zy - ay) or 1
    tip = (zx + (zx - ax) / size * 3.4, zy + (zy - ay) / size * 3.4)
    return strand([*points, tip], (*widths, widths[-1] * 0.62))


def _nails(kind: str, colour: str) -> str:
    drawn = ""
    for finger in _FINGERS[kind]:
        (ax, ay), (zx, zy) = pts(finger)[-2:]
        size = math.hypot(zx - ax, zy - ay) or 1
        drawn += line(f"M{num(zx)} {num(zy)} l{num((zx - ax) / size * 4)} {num((zy - ay) / size * 4)}", colour, 5)
    return drawn


def _fist(colour: str, shade: str, edge: str) -> str:
    """Return a hand closed round something, its four fingers seen."""
    back = curve(pts("-16,-18 -16.4,-8 -19,6 -21,24 -17,40 -4,47 12,46 20,36 20,18 16.6,2 16,-18"))
    drawn = solid(back, colour, edge, 1.6) + path(
        curve(pts("-15,-10 -19,6 -21,24 -17,40 -8,45 -12,28 -10,6 -9,-10")), shade, opacity=0.55
    )
    for y, reach in ((42, 13), (33, 17.5), (23.5, 19.5), (14, 19)):
        drawn += solid(_rounded(f"-3,{y - 2} 7,{y} {reach},{y + 0.5}", (9, 10.5, 9.5, 8)), colour, edge, 1.7)
    drawn += path(curve(pts("-10,6 2,8 3,42 -10,40")), colour)
    thumb = "-13,2 -4,10 8,9"
    return (
        drawn
        + solid(_rounded(thumb, (12, 12.5, 11, 8.5)), colour, edge, 1.7)
        + path("M-14.4 -19 H14.4 L11 4 L-15 6Z", colour)
    )


# --- feet ----------------------------------------------------------------------------------------------------------


def sole(pose: Leg) -> tuple[float, float]:
    """Return how far the foot reaches to the left and to the right of the ankle."""
    return 27 + max(0.0, -pose.toe) * 62, 27 + max(0.0, pose.toe) * 62


def foot_outline(pose: Leg, grow: float = 0, top: float = -14) -> str:
    """Return the outline of a foot below its ankle at (0, 0)."""
    left, right = (reach + grow for reach in sole(pose))
    w = 21 + grow
    return (
        f"M{num(-w)} {top} L{num(w)} {top} C{num(w + 1)} 10 {num(right - 8)} 14 {num(right)} 32 Q{num(right + 1)} 44 {num(right - 12)} 44 "
        f"L{num(-left + 12)} 44 Q{num(-left - 1)} 44 {num(-left)} 32 C{num(-left + 8)} 14 {num(-w - 1)} 10 {num(-w)} {top}Z"
    )


def bare_foot(pose: Leg, tones: Tones) -> str:
    left, right = sole(pose)
    toes, step = (right, -9) if pose.toe > 0 else (-left, 9)
    gaps = "".join(line(f"M{num(toes + step * (k + 0.7))} 33 q1 6 0 10", tones.line, 1.8, 0.6) for k in range(4))
    bone = path(curve([(-8, -4), (0, -8), (8, -2), (0, 4)]), light(tones.skin, 0.14), opacity=0.6)
    return (
        solid(foot_outline(pose), tones.skin, tones.line)
        + path(
            f"M{num(-left + 4)} 36 Q0 30 {num(right - 4)} 36 L{num(right - 12)} 43 H{num(-left + 12)}Z",
            tones.shade,
            opacity=0.6,
        )
        + gaps
        + bone
        + path("M-20 -18 H20 V-8 H-20Z", tones.skin)
    )
