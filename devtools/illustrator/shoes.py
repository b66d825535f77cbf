"""Feet and what is on them, at an ankle."""

from devtools.illustrator.fabric import edge_of
from devtools.illustrator.hands import bare_foot, foot_outline, sole
from devtools.illustrator.person import Garment
from devtools.illustrator.poses import Leg
from devtools.illustrator.skull import Tones
from devtools.illustrator.svg import Node, dark, group, light, line, move, num, path, rect, solid


def shoe(piece: Garment, pose: Leg, ankle: Node, tones: Tones) -> str:
    """Return foot and shoe at an ankle."""
    c, kind = piece.colour, piece.cut.hem
    edge = edge_of(c)
    x, y, w = ankle
    left, right = sole(pose)
    low = f"M{num(-left - 3)} 36 Q{num((right - left) / 2)} 30 {num(right + 3)} 36 L{num(right - 6)} 47 H{num(-left + 6)}Z"
    bottom = rect(
        -left - 5,
        39,
        left + right + 10,
        12,
        "#f6f2ea" if kind == "sneakers" else dark(c, 0.55),
        6,
        1,
        f'stroke="{edge}" stroke-width="1.6"',
    )
    if kind == "bare":
        drawn = bare_foot(pose, tones)
    elif kind == "sandals":
        straps = f"M{num(-left + 6)} 30 Q0 8 {num(right - 6)} 30 M-21 -6 Q0 8 21 -6"
        drawn = (
            bare_foot(pose, tones)
            + line(straps, edge, 11)
            + line(straps, c, 8)
            + rect(-left - 3, 41, left + right + 6, 9, edge, 4)
        )
    elif kind == "heels":
        d = f"M{num(-left)} 24 Q{num((right - left) / 2)} 8 {num(right)} 24 L{num(right + 2)} 46 H{num(-left - 2)}Z"
        drawn = (
            rect(-4, 40, 8, 18, edge, 3)
            + bare_foot(pose, tones)
            + solid(d, c, edge)
            + path(low, dark(c, 0.2))
            + line(f"M{num(-left + 8)} 26 Q{num((right - left) / 2)} 14 {num(right - 8)} 26", light(c, 0.3), 2.6, 0.8)
        )
    elif kind in ("flats", "slippers"):
        d = f"M{num(-left - 2)} 30 C{num(-left)} 12 -20 12 -16 4 Q0 24 16 4 C20 12 {num(right)} 12 {num(right + 2)} 30 L{num(right)} 45 H{num(-left)}Z"
        drawn = (
            bare_foot(pose, tones) + solid(d, c, edge) + path(low, dark(c, 0.22)) + (bottom if kind == "flats" else "")
        )
    else:
        top = -30 if kind == "socks" else -14
        drawn = solid(foot_outline(pose, 5, top), c, edge) + path(low, dark(c, 0.2))
        drawn += bottom if kind != "socks" else line(f"M-24 {top + 8} h48", light(c, 0.3), 4)
        if kind == "sneakers":
            toe = (right if pose.toe > 0 else -left) * 0.72
            drawn += path(f"M{num(toe - 16)} 38 Q{num(toe)} 18 {num(toe + 16)} 38Z", light(c, 0.5)) + line(
                f"M-15 -8 Q{num(toe * 0.3)} -2 15 -6 M-13 2 Q{num(toe * 0.3)} 8 14 4 M-10 12 Q{num(toe * 0.3)} 18 14 14",
                "#ffffff" if c != "#eceef0" else "#a7b0bd",
                3.2,
            )
            drawn += path("M-26 -16 Q0 -4 26 -16 L24 -8 Q0 6 -24 -8Z", dark(c, 0.12), stroke=edge, width=1.8)
    shaft = {"boots": 156, "ankle boots": 54}.get(kind, 0)
    if shaft:
        wide = w / 2 + (17 if shaft > 100 else 9)
        d = f"M{num(-wide)} {-shaft} Q0 {-shaft + 12} {num(wide)} {-shaft} C{num(wide)} -70 {num(w / 2 + 5)} -40 {num(w / 2 + 8)} 20 H{num(-w / 2 - 8)} C{num(-w / 2 - 5)} -40 {num(-wide)} -70 {num(-wide)} {-shaft}Z"
        side = path(
            f"M{num(wide - 1)} {-shaft + 4} C{num(wide - 1)} -70 {num(w / 2 + 4)} -40 {num(w / 2 + 7)} 20 H{num(w * 0.2)} C{num(w * 0.3)} -40 {num(wide * 0.5)} -80 {num(wide * 0.56)} {-shaft + 8}Z",
            dark(c, 0.16),
        )
        laces = (
            "".join(line(f"M-9 {k} h18", light(c, 0.5), 2.6) for k in range(-shaft + 20, 10, 14)) if shaft < 100 else ""
        )
        drawn = (
            solid(d, c, edge)
            + side
            + line(f"M{num(-wide + 2)} {-shaft + 8} Q0 {-shaft + 20} {num(wide - 2)} {-shaft + 8}", light(c, 0.22), 5)
            + drawn
            + laces
            + path("M-20 -12 H20 V14 H-20Z", c)
        )
    return group(drawn, move(x, y, pose.heel))
