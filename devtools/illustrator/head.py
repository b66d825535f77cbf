"""The head: skin, ears and marks of a face, with eyes, nose and mouth put on it.

What belongs to the person (face, nose, lips, hair, irises) is drawn from the look alone, in groups named by
``data-part``; what the moment does to it (lids, brows, mouth) comes from the mood.
"""

import random

from devtools.illustrator.eyes import brows, eyes, glasses
from devtools.illustrator.mouth import beard, metal, moustache, mouth, nose
from devtools.illustrator.person import Look, Mood, Wear
from devtools.illustrator.skull import Tones, face_length, far_side, outline
from devtools.illustrator.svg import circle, clipped, curve, ellipse, group, line, mix, num, path, solid


def face(look: Look, mood: Mood, tones: Tones, *, wear: Wear, turn: float = 0, shadow: str = "") -> str:
    """Return ears, face and features.

    ``turn``: -1 to 1, how far the features look to a side.  ``shadow``: the outline of the hair over the brow.
    """
    d = outline(look)
    skin = group(
        ears(look, tones) + solid(d, tones.skin, tones.line, 1.4) + path(far_side(look), tones.shade), part="face"
    )
    cast = path(shadow, tones.shade, extra='transform="translate(4 11)"') if shadow else ""
    on_skin = clipped(
        d, cast + _blush(look, mood, tones) + _marks(look, tones) + beard(look, tones) + _age(look, tones)
    )
    shift = f"translate({num(5 + turn * 5)} 0)"
    features = (
        eyes(look, mood, tones)
        + group(nose(look, tones), "translate(3 0)", part="nose")
        + moustache(look, tones)
        + mouth(look, mood, tones)
        + brows(look, mood)
        + metal(look)
        + (_tears() if mood.tears else "")
    )
    return skin + on_skin + group(features, shift) + _jewels(look, wear) + group(glasses(look, wear), shift)


def ears(look: Look, tones: Tones) -> str:
    if look.hidden_ears:
        return ""
    parts = ""
    for side in (-1, 1):
        ear = curve([(side * x, y) for x, y in ((92, -12), (107, -21), (117, -8), (114, 18), (104, 38), (93, 32))])
        parts += solid(ear, tones.skin, tones.line, 1.4) + path(
            curve([(side * x, y) for x, y in ((94, -8), (106, -14), (111, -2), (107, 18), (98, 30))]), tones.shade
        )
        parts += line(f"M{side * 110} -9 C{side * 100} -8 {side * 107} 12 {side * 100} 24", tones.line, 2.2, 0.5)
    return parts


def _blush(look: Look, mood: Mood, tones: Tones) -> str:
    strength = 0.62 if mood.blush else 0.18 if look.masculine else 0.36
    cheeks = "".join(
        ellipse(side * 62 + 4, 45, 30 * size, 17 * size, tones.rose, strength * 0.36)
        for side in (-1, 1)
        for size in (1, 0.8, 0.58)
    )
    nose_ = ellipse(5, 34, 17, 9, tones.rose, strength * 0.4)
    flush = (
        "".join(line(f"M{side * 62 + k * 9} 42 l-5 10", tones.line, 2, 0.4) for side in (-1, 1) for k in (-1, 0, 1))
        if mood.blush
        else ""
    )
    return cheeks + nose_ + flush + _jaw(look)


def _jaw(look: Look) -> str:
    """Return the shaven beard of a man: a shade on jaw and lip."""
    if not look.masculine or look.beard != "none":
        return ""
    end = face_length(look)
    y = end * 0.65
    d = f"M-112 16 C-92 34 -84 56 -54 {num(y - 12)} C-36 {num(y - 22)} -20 {num(y - 16)} 4 {num(y - 17)} C26 {num(y - 16)} 44 {num(y - 22)} 62 {num(y - 12)} C90 56 96 34 112 16 L124 {num(end + 30)} H-120Z"
    return path(d, mix(look.skin, "#38405a", 0.5), opacity=0.13)


def _tears() -> str:
    return "".join(
        path(f"M{x} 24 C{x - 9} 44 {x - 10} 58 {x} 60 C{x + 10} 58 {x + 9} 44 {x} 24Z", "#cfeaf8", opacity=0.85)
        + ellipse(x - 3, 50, 2, 4, "#ffffff")
        for x in (-50, 54)
    )


def _marks(look: Look, tones: Tones) -> str:
    parts = ""
    if "freckles" in look.marks:
        dots = random.Random(3)
        spot = mix(look.skin, "#7a3418", 0.42)
        for _ in range(36):
            x = dots.uniform(-74, 80)
            parts += circle(
                x, 37 + dots.uniform(-14, 16) - (8 if abs(x) < 22 else 0), dots.uniform(1.1, 2.3), spot, 0.8
            )
    if "mole" in look.marks:
        parts += circle(40, 62, 3.6, mix(look.skin, "#2a0e10", 0.85))
    if "dimples" in look.marks:
        for side in (-1, 1):
            parts += line(
                f"M{side * 48 + 6} 62 C{side * 55 + 6} 68 {side * 55 + 6} 76 {side * 49 + 6} 82", tones.line, 3.6, 0.75
            )
    if "scar" in look.marks:
        parts += line("M58 -62 L75 -16", mix(look.skin, "#ffffff", 0.45), 6) + line(
            "M61 -62 L78 -16", tones.line, 2, 0.5
        )
    if "vitiligo" in look.marks:
        pale = mix(look.skin, "#fff1e6", 0.62)
        for spots in (
            [(-100, -60), (-40, -80), (-38, -30), (-62, -8), (-60, 28), (-104, 20)],
            [(20, 62), (66, 48), (104, 74), (60, 124), (26, 104)],
            [(30, -130), (74, -112), (60, -74), (22, -84)],
        ):
            parts += path(curve(spots), pale, opacity=0.9)
    if "laugh lines" in look.marks:
        parts += _lines(tones, 0.7)
    return parts


def _age(look: Look, tones: Tones) -> str:
    if look.age < 46 or "laugh lines" in look.marks:
        return ""
    brow = line("M-38 -80 q42 -7 84 0", tones.line, 2.2, 0.3) + line("M-28 -66 q32 -5 64 0", tones.line, 2, 0.25)
    below = (
        "".join(line(f"M{side * 46 - 20 + 5} 26 q20 9 38 1", tones.line, 2, 0.3) for side in (-1, 1))
        if look.age > 54
        else ""
    )
    return _lines(tones, 0.36 if look.age < 60 else 0.52) + below + (brow if look.age > 54 else "")


def _lines(tones: Tones, opacity: float) -> str:
    return "".join(
        line(f"M{side * 25 + 5} 44 C{side * 40 + 5} 52 {side * 44 + 5} 64 {side * 40 + 5} 78", tones.line, 2.4, opacity)
        + line(
            f"M{side * 80 + 4} -6 l{side * 11} -6 M{side * 81 + 4} 2 l{side * 12} 1 M{side * 79 + 4} 10 l{side * 10} 7",
            tones.line,
            2,
            opacity,
        )
        for side in (-1, 1)
    )


def _jewels(look: Look, wear: Wear) -> str:
    worn = look.piercings | wear.jewels
    parts = ""
    for side in (-1, 1):
        if "hoops" in worn:
            parts += f'<circle cx="{side * 106}" cy="62" r="21" fill="none" stroke="#b98a2c" stroke-width="6"/><circle cx="{side * 106 - 1}" cy="61.5" r="21" fill="none" stroke="#f0d27a" stroke-width="3.4"/>'
        elif "earrings" in worn:
            parts += circle(side * 105, 43, 6.5, "#e8bd55") + circle(side * 105 - 2, 41, 2.4, "#fffbe8")
    return parts
