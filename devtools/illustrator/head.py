"""The head: face, hair, beard, marks, make-up, glasses and what is worn on it.

Local coordinates: the eyes lie on y = 0, the chin at about y = 113, the skull's top at y = -132; 100 is half a face wide.
What belongs to the person (face, nose, lips, hair, irises) is drawn from the look alone, in groups named by
``data-part``; what the moment does to it (lids, brows, mouth) comes from the mood.
"""

import random

from devtools.illustrator.lexicon import Look, Mood, Wear
from devtools.illustrator.svg import (
    cel,
    circle,
    clipped,
    curve,
    dark,
    ellipse,
    group,
    light,
    line,
    luminance,
    mirror,
    mix,
    num,
    path,
)

# Share of the usual width at temple, cheek, jaw and chin, and of the usual length below the eyes.
FACES = {
    "oval": (1.0, 0.97, 0.82, 0.25, 1.0),
    "round": (1.03, 1.06, 0.95, 0.40, 0.93),
    "heart": (1.06, 0.98, 0.68, 0.17, 1.0),
    "square": (1.0, 0.98, 0.92, 0.44, 0.99),
    "diamond": (0.9, 1.04, 0.72, 0.20, 1.02),
    "long": (0.94, 0.92, 0.76, 0.30, 1.12),
}
CHIN = 113


def face_length(look: Look) -> float:
    """Return y of the chin."""
    return CHIN * FACES[look.face][4] * (1.03 if look.masculine else 1)


def outline(look: Look) -> str:
    temple, cheek, jaw, chin, _ = FACES[look.face]
    end = face_length(look)
    if look.masculine:
        jaw, chin = min(1.0, jaw + 0.09), chin + 0.08
    round_ = 1.04 if look.build in ("plus-size", "stocky") else 1.0
    return curve(
        mirror(
            [
                (0, -134), (58, -121), (94, -72), (100 * temple, -18), (99 * cheek * round_, 26),
                (88 * jaw * round_, end * 0.66), (70 * (jaw * 0.5 + chin), end * 0.92), (100 * chin * 0.62, end),
            ]
        )
    )  # fmt: skip


class Tones:
    """The colours of one person's skin and hair."""

    def __init__(self, look: Look) -> None:
        self.skin = look.skin
        deep = luminance(look.skin) < 0.4
        self.shade = mix(look.skin, "#1c0a1c" if deep else "#a0404a", 0.30 if deep else 0.24)
        self.line = mix(look.skin, "#180810" if deep else "#5a1c28", 0.55 if deep else 0.5)
        self.glow = mix(look.skin, "#ffe3c8", 0.22 if deep else 0.4)
        self.rose = mix(look.skin, "#c2364c" if deep else "#e2566a", 0.35 if deep else 0.5)
        self.hair = look.hair
        pale = luminance(look.hair) > 0.6
        self.hair_shade = mix(look.hair, "#54304e" if pale else "#12081c", 0.24 if pale else 0.38)
        self.hair_light = mix(look.hair, "#ffffff" if pale else "#ffdcb8", 0.5 if pale else 0.22)
        self.hair_line = mix(look.hair, "#2a1020", 0.45 if pale else 0.5)


# --- the face ------------------------------------------------------------------------------------------------------


def face(look: Look, mood: Mood, tones: Tones, *, wear: Wear, turn: float = 0) -> str:
    """Return ears, face and features.  ``turn``: -1 to 1, how far the features look to a side."""
    d = outline(look)
    skin = group(ears(look, tones) + cel(d, tones.skin, tones.shade, dx=-13, dy=-9, outline=tones.line), part="face")
    on_skin = clipped(d, _blush(look, mood, tones) + _marks(look, tones) + _beard(look, tones) + _age(look, tones))
    shift = f"translate({num(turn * 13)} 0)"
    features = (
        _eyes(look, mood, tones, turn)
        + group(_nose(look, tones), f"translate({num(turn * 6)} 0)", part="nose")
        + _moustache(look, tones)
        + _mouth(look, mood, tones)
        + _brows(look, mood, tones)
        + _metal(look, tones)
    )
    return skin + group(on_skin + features, shift) + _jewels(look, wear) + group(_glasses(look, wear), shift)


def ears(look: Look, tones: Tones) -> str:
    if look.hidden_ears:
        return ""
    parts = ""
    for side in (-1, 1):
        ear = curve([(side * x, y) for x, y in ((94, -14), (108, -22), (116, -4), (111, 24), (100, 40), (93, 30))])
        parts += cel(ear, tones.skin, tones.shade, dx=-4, dy=-4, outline=tones.line)
        parts += line(f"M{side * 108} -8 C{side * 99} 0 {side * 104} 14 {side * 101} 24", tones.line, 2.4, 0.5)
    return parts


def _blush(look: Look, mood: Mood, tones: Tones) -> str:
    strength = 0.5 if mood.blush else 0.16 if look.masculine else 0.28
    cheeks = "".join(
        ellipse(side * 62, 47, 31 * size, 20 * size, tones.rose, strength * 0.42)
        for side in (-1, 1)
        for size in (1, 0.8, 0.58)
    )
    nose = ellipse(0, 38, 20, 10, tones.rose, strength * 0.55)
    shine = "".join(ellipse(side * 66 - 6, 38, 9, 4, tones.glow, 0.5) for side in (-1, 1))
    return cheeks + nose + (shine if not look.masculine else "")


def _marks(look: Look, tones: Tones) -> str:
    parts = ""
    if "freckles" in look.marks:
        dots = random.Random(3)
        spot = mix(look.skin, "#5c2410", 0.5)
        for _ in range(34):
            x = dots.uniform(-76, 76)
            parts += circle(x, 40 + dots.uniform(-16, 17) - (8 if abs(x) < 22 else 0), dots.uniform(1.5, 3), spot, 0.75)
    if "mole" in look.marks:
        parts += circle(47, 58, 4, mix(look.skin, "#2a0e10", 0.85))
    if "dimples" in look.marks:
        for side in (-1, 1):
            parts += line(f"M{side * 46} 60 C{side * 53} 66 {side * 53} 76 {side * 47} 82", tones.line, 4, 0.75)
    if "scar" in look.marks:
        parts += line("M56 -60 L72 -14", mix(look.skin, "#ffffff", 0.45), 6) + line(
            "M59 -60 L75 -14", tones.line, 2, 0.5
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
        parts += _lines(tones, 0.75)
    return parts


def _age(look: Look, tones: Tones) -> str:
    if look.age < 46 or "laugh lines" in look.marks:
        return ""
    brow = line("M-40 -82 q40 -7 80 0", tones.line, 2.4, 0.3) + line("M-30 -68 q30 -5 60 0", tones.line, 2, 0.25)
    return _lines(tones, 0.4 if look.age < 60 else 0.6) + (brow if look.age > 54 else "")


def _lines(tones: Tones, opacity: float) -> str:
    return "".join(
        line(f"M{side * 26} 44 C{side * 42} 52 {side * 44} 66 {side * 38} 80", tones.line, 2.6, opacity)
        + line(
            f"M{side * 74} -8 l{side * 13} -7 M{side * 75} 0 l{side * 14} 1 M{side * 73} 8 l{side * 12} 8",
            tones.line,
            2.2,
            opacity,
        )
        for side in (-1, 1)
    )


# Half width, height above and below, how far the outer corner is raised (-) or falls, curve of the lid's top.
EYE_SHAPES = {
    "almond": (26, 16.5, 10, -3, 0.45),
    "round": (23.5, 21, 13.5, 0, 0.5),
    "hooded": (26, 14, 10, -1, 0.5),
    "monolid": (28, 12.5, 9, -4, 0.5),
    "upturned": (26, 16.5, 10, -10, 0.45),
    "downturned": (26, 16.5, 10, 7, 0.45),
}
EYE_X = 45


def _eyes(look: Look, mood: Mood, tones: Tones, turn: float) -> str:
    parts = ""
    for side in (-1, 1):
        closed = mood.eyes in ("closed", "joy") or (mood.eyes == "wink" and side == 1)
        near = 1 - 0.06 * turn * side
        placed = f"translate({num(side * EYE_X)} 2) scale({side * near:.2f} 1)"
        if closed:
            parts += group(_closed_eye(look, tones, joy=mood.eyes in ("joy", "wink")), placed)
        else:
            parts += _open_eye(look, mood, tones, placed, side, near)
    return parts


def _lid(look: Look, openness: float) -> tuple[str, str]:
    """Return the upper and lower edge of the right eye, from the inner to the outer corner and back."""
    w, up, low, tilt, bend = EYE_SHAPES[look.eye_shape]
    if look.masculine:
        up *= 0.86
    up, low = up * openness, low * (0.6 + 0.4 * openness)
    upper = f"M{-w} 4 C{num(-w * bend)} {num(-up * 1.35)} {num(w * bend)} {num(-up * 1.4 + tilt * 0.4)} {w} {tilt}"
    lower = f"C{num(w * 0.55)} {num(low * 1.2 + tilt * 0.4)} {num(-w * 0.4)} {num(low * 1.3)} {-w} 4Z"
    return upper, lower


def _open_eye(look: Look, mood: Mood, tones: Tones, placed: str, side: int, near: float) -> str:
    openness = {"wide": 1.22, "soft": 0.82, "narrow": 0.7}.get(mood.eyes, 1.0)
    upper, lower = _lid(look, openness)
    shape = upper + lower
    w, up, _, tilt, _ = EYE_SHAPES[look.eye_shape]
    size = 15.5 if not look.masculine else 13.5
    gaze_x, gaze_y = mood.gaze[0] * 6 * side / near, mood.gaze[1] * 5
    iris = group(
        circle(gaze_x, gaze_y - 1, size, dark(look.eyes, 0.5))
        + circle(gaze_x, gaze_y - 0.5, size - 2, look.eyes)
        + ellipse(gaze_x, gaze_y + 5, size * 0.62, size * 0.5, mix(look.eyes, "#fff4d8", 0.42), 0.9)
        + circle(gaze_x, gaze_y - 1, size * 0.46, "#160d16"),
        part="iris",
    )
    shine = circle(gaze_x - side * 5, gaze_y - 7, 4.6, "#ffffff") + circle(
        gaze_x + side * 5, gaze_y + 5, 2.2, "#ffffff", 0.8
    )
    white = mix("#fffaf4", tones.skin, 0.06)
    lid_shadow = line(upper, mix(tones.shade, "#3a2040", 0.3), 9, 0.35)
    inside = clipped(shape, path(shape, white) + iris + lid_shadow + shine)
    lash = "#1d1218" if luminance(look.hair) < 0.55 else "#3c2622"
    made_up = look.makeup in ("eyeliner", "glam", "goth")
    thick = 7.5 if look.makeup == "goth" else 6.5 if made_up else 5 if not look.masculine else 4
    lashes = line(upper, lash, thick)
    if not look.masculine:
        tip = 16 if look.makeup == "eyeliner" else 12 if made_up else 9
        lashes += path(
            f"M{w - 8} {tilt - 5} Q{w + 3} {tilt - 1} {w + tip} {tilt - tip * 0.75} Q{w + 5} {tilt + 3} {w - 6} {tilt + 3}Z",
            lash,
        )
        if look.makeup in ("glam", "natural"):
            lashes += line(f"M{w - 4} {tilt - 6} l9 -9 M{w - 12} {tilt - 11} l6 -10", lash, 3)
    if mood.eyes != "wide" and look.eye_shape != "monolid":
        heavy = look.eye_shape == "hooded"
        crease = f"M{-w + 5} {num(-up * 0.62)} C{num(-w * 0.3)} {num(-up * 1.75)} {num(w * 0.5)} {num(-up * 1.75)} {w + 3} {tilt - 6}"
        if heavy:
            lid = f"M{-w} -2 C{num(-w * 0.4)} {num(-up * 1.9)} {num(w * 0.4)} {num(-up * 2)} {w + 6} {tilt} C{num(w * 0.5)} {num(-up * 0.95)} {num(-w * 0.3)} {num(-up * 0.95)} {-w} -2Z"
            lashes += path(lid, mix(tones.skin, tones.shade, 0.5)) + line(
                f"M{-w + 2} -4 C{num(-w * 0.3)} {num(-up * 0.98)} {num(w * 0.5)} {num(-up * 0.98)} {w + 6} {tilt}",
                tones.line,
                3,
            )
        else:
            lashes = line(crease, tones.line, 2.6, 0.65) + lashes
    low = line(
        lower.replace("C", f"M{w} {tilt}C", 1).rstrip("Z"), tones.line, 2.2, 0.8 if look.makeup == "goth" else 0.5
    )
    return group(_shadow(look, w, up, tilt) + inside + low + lashes, placed)


def _shadow(look: Look, w: float, up: float, tilt: float) -> str:
    """Return the eye shadow of the make-up."""
    colour, strength = {"glam": ("#a2598c", 0.6), "goth": ("#241a2c", 0.75), "natural": ("#c48a78", 0.45)}.get(
        look.makeup, ("", 0)
    )
    if not colour:
        return ""
    d = f"M{-w - 3} 5 C{num(-w * 0.5)} {num(-up * 2.3)} {num(w * 0.6)} {num(-up * 2.5)} {w + 13} {tilt - 11} L{w} {tilt + 4}Z"
    under = ellipse(2, 9, w * 0.9, 7, colour, 0.45) if look.makeup == "goth" else ""
    return under + path(d, colour, opacity=strength)


def _closed_eye(look: Look, tones: Tones, *, joy: bool) -> str:
    w = EYE_SHAPES[look.eye_shape][0]
    lash = "#1d1218" if luminance(look.hair) < 0.55 else "#3c2622"
    d = f"M{-w} 8 Q0 -17 {w} 5" if joy else f"M{-w} 1 Q0 17 {w} -1"
    flick = "" if look.masculine else line(f"M{w - 3} 2 l10 {-5 if joy else 5}", lash, 4)
    return line(d, lash, 6 if not look.masculine else 5) + flick


def _brows(look: Look, mood: Mood, tones: Tones) -> str:
    colour = mix(look.hair, "#22141a", 0.35) if luminance(look.hair) < 0.72 else mix(look.hair, "#6a4a3a", 0.55)
    thick = 6.4 if look.masculine else 5
    raise_, slant = {
        "sad": (-3, 9), "worried": (-5, 9), "angry": (6, -11), "surprised": (-13, 0), "laugh": (-5, 0), "wink": (-2, 0),
        "focus": (3, -3), "smirk": (-2, -2),
    }.get(mood.name, (0, 0))  # fmt: skip
    parts = ""
    for side in (-1, 1):
        lift = -8 if mood.name in ("smirk", "wink") and side == -1 else 0
        high = 35
        inner, arch, outer = -high + raise_ - slant, -high - 10 + raise_ + lift, -high + 2 + raise_ + slant * 0.4 + lift
        if look.masculine:
            arch += 4
        d = f"M18 {num(inner + thick)} Q44 {num(arch)} 76 {num(outer + 2)} Q44 {num(arch + thick * 1.9)} 19 {num(inner + thick * 2.3)}Z"
        parts += group(path(d, colour, stroke=colour, width=2), f"scale({side} 1)")
    return parts


def _nose(look: Look, tones: Tones) -> str:
    soft = tones.shade
    wide = {"small": 9, "button": 11, "straight": 12, "aquiline": 13, "broad": 19}[look.nose] * (
        1.12 if look.masculine else 1
    )
    end = {"small": 39, "button": 40, "straight": 45, "aquiline": 49, "broad": 44}[look.nose]
    under = path(
        f"M{num(-wide)} {end - 3} Q{num(-wide * 1.2)} {end + 4} {num(-wide * 0.45)} {end + 3} Q0 {end + 10} {num(wide * 0.45)} {end + 3} "
        f"Q{num(wide * 1.2)} {end + 4} {num(wide)} {end - 3} Q0 {end + 1} {num(-wide)} {end - 3}Z", mix(soft, tones.line, 0.25), opacity=0.85,
    )  # fmt: skip
    nostrils = "".join(
        line(
            f"M{num(side * wide * 0.35)} {end + 3} q{num(side * wide * 0.25)} -3 {num(side * wide * 0.45)} 0",
            tones.line,
            2.8,
            0.8,
        )
        for side in (-1, 1)
    )
    sides = ""
    if look.nose == "straight":
        sides = path(f"M7 6 L9 {end - 10} Q14 {end - 4} {num(wide)} {end - 2} L4 {end - 1} L3 6Z", soft, opacity=0.55)
    elif look.nose == "aquiline":
        sides = path(f"M6 0 C16 10 17 16 12 26 L{num(wide)} {end - 3} L3 {end} L2 0Z", soft, opacity=0.8) + line(
            "M7 2 C16 12 15 18 12 26", tones.line, 2.6, 0.6
        )
    elif look.nose == "broad":
        sides = "".join(
            line(f"M{num(side * (wide + 1))} {end - 10} q{side * 7} 8 {side * -1} 13", tones.line, 2.8, 0.6)
            for side in (-1, 1)
        ) + path(f"M8 14 L10 {end - 8} L3 {end - 2} L4 14Z", soft, opacity=0.45)
    elif look.nose == "button":
        sides = line(f"M{num(-wide)} {end - 10} q-4 7 2 10 M{num(wide)} {end - 10} q4 7 -2 10", tones.line, 2.2, 0.45)
    shine = ellipse(
        -2, end - 9, 5.5 if look.nose == "button" else 3.6, 6.5 if look.nose != "button" else 5, tones.glow, 0.9
    )
    return sides + under + nostrils + shine


LIPS = {"thin": (23, 3.5, 4.5, 1.5), "medium": (25, 6, 8, 3), "full": (27, 9, 12.5, 4), "heart": (23, 9, 9.5, 8)}


def _lip_colour(look: Look, tones: Tones) -> str:
    painted = {"red lips": "#b3122c", "glam": "#a8254f", "goth": "#32182c", "natural": "#c4606a"}.get(look.makeup)
    if painted:
        return painted if look.makeup != "natural" else mix(tones.rose, painted, 0.6)
    deep = luminance(look.skin) < 0.4
    if look.masculine:
        return mix(look.skin, "#8a2f3c", 0.34 if not deep else 0.45)
    return mix(look.skin, "#b8324c", 0.52 if not deep else 0.5)


def _mouth(look: Look, mood: Mood, tones: Tones) -> str:
    w, up, low, bow = LIPS[look.lips]
    if look.masculine:
        up, low, w = up * 0.78, low * 0.86, w * 1.08
    colour = _lip_colour(look, tones)
    y = face_length(look) * 0.655
    seam = mix(colour, "#2a0a18", 0.6)
    name = mood.mouth
    if name in ("laugh", "grin"):
        wide, deep = (w * 1.42, 27) if name == "laugh" else (w * 1.4, 16)
        inside = f"M{num(-wide)} -5 Q0 {3 if name == 'laugh' else 2} {num(wide)} -5 Q{num(wide * 0.72)} {deep} 0 {deep} Q{num(-wide * 0.72)} {deep} {num(-wide)} -5Z"
        teeth = path(
            f"M{num(-wide)} -6 Q0 2 {num(wide)} -6 L{num(wide * 0.84)} {deep * 0.34 + 1} Q0 {deep * 0.5 + 2} {num(-wide * 0.84)} {deep * 0.34 + 1}Z",
            "#fffaf2",
        )
        tongue = ellipse(0, deep - 3, wide * 0.5, 10, "#e0707c") if name == "laugh" else ""
        mouth = clipped(inside, path(inside, "#6d1a2a") + tongue + teeth) + line(
            inside, colour, 5 if not look.masculine else 3
        )
        return group(mouth, f"translate(0 {num(y - 4)})")
    if name == "o":
        return group(
            ellipse(0, 4, 11, 14, mix(colour, "#7a2030", 0.2)) + ellipse(0, 4, 7, 10, "#5c1524"),
            f"translate(0 {num(y)})",
        )
    if name == "kiss":
        return group(ellipse(0, 2, 11, 10, colour) + line("M-5 2 h10", seam, 2.5), f"translate(0 {num(y)})")
    lift = {"smile": 7, "soft": 4, "smirk": 5, "sad": -6, "flat": 0, "pout": -2}.get(name, 5)
    left, right = (-lift, -lift) if name != "smirk" else (1, -lift - 4)
    upper = (
        f"M{num(-w)} {left} C{num(-w * 0.6)} {num(-up * 0.6 + left * 0.3)} {num(-w * 0.32)} {num(-up - 1)} {num(-w * 0.2)} {num(-up - 1)} "
        f"Q0 {num(-up + bow)} {num(w * 0.2)} {num(-up - 1)} C{num(w * 0.32)} {num(-up - 1)} {num(w * 0.6)} {num(-up * 0.6 + right * 0.3)} {num(w)} {right} "
        f"Q0 {num(lift * 0.55 + 1)} {num(-w)} {left}Z"
    )
    lower = (
        f"M{num(-w * 0.93)} {left} Q0 {num(lift * 0.55)} {num(w * 0.93)} {right} "
        f"C{num(w * 0.55)} {num(low * 1.25 + lift * 0.4)} {num(-w * 0.55)} {num(low * 1.25 + lift * 0.4)} {num(-w * 0.93)} {left}Z"
    )
    line_ = line(
        f"M{num(-w - 3)} {left - (1 if lift > 0 else -1)} Q0 {num(lift * 0.62)} {num(w + 3)} {right - (1 if lift > 0 else -1)}",
        seam,
        2.8,
    )
    shine = ellipse(-3, low * 0.62 + lift * 0.3, w * 0.3, low * 0.2, light(colour, 0.55), 0.7)
    under = line(f"M{num(-w * 0.36)} {num(low * 1.5 + 7)} q{num(w * 0.36)} 4 {num(w * 0.72)} 0", tones.line, 2.6, 0.35)
    return group(
        path(lower, light(colour, 0.1)) + path(upper, mix(colour, seam, 0.22)) + line_ + shine + under,
        f"translate(0 {num(y)})",
        part="lips",
    )


def _beard(look: Look, tones: Tones) -> str:
    """Return beard or stubble on the skin (clipped to the face by the caller, except what hangs below it)."""
    kind, end = look.beard, face_length(look)
    if kind in ("none", "moustache"):
        return ""
    y = end * 0.655
    cheek = 12 if kind == "full_beard" else 26
    if kind in ("stubble", "short_beard", "full_beard"):
        d = (
            f"M-110 {cheek - 26} C-92 {cheek} -84 {cheek + 26} -56 {num(y - 18)} C-40 {num(y - 27)} -20 {num(y - 20)} 0 {num(y - 22)} "
            f"C20 {num(y - 20)} 40 {num(y - 27)} 56 {num(y - 18)} C84 {cheek + 26} 92 {cheek} 110 {cheek - 26} L120 {num(end + 30)} L-120 {num(end + 30)}Z"
        )
        if kind == "stubble":
            return path(d, mix(look.hair, "#3a2a2a", 0.3), opacity=0.24) + ellipse(0, y + 3, 29, 12, tones.skin, 0.5)
        return path(d, look.hair) + path(d, tones.hair_shade, opacity=0.5, extra='transform="translate(26 16)"')
    return path(
        curve([(-24, y + 16), (0, y + 12), (24, y + 16), (27, end - 8), (0, end + 8), (-27, end - 8)]), look.hair
    )


def _moustache(look: Look, tones: Tones) -> str:
    end = face_length(look)
    y = end * 0.655
    parts = ""
    if look.beard == "full_beard":
        chin = curve(
            [
                (-84, end - 34),
                (-70, end + 14),
                (-34, end + 42),
                (0, end + 50),
                (34, end + 42),
                (70, end + 14),
                (84, end - 34),
                (44, end - 4),
                (0, y + 22),
                (-44, end - 4),
            ]
        )
        parts += cel(chin, look.hair, tones.hair_shade, dx=-10, dy=-8)
        parts += "".join(
            line(f"M{x} {num(end + 6)} q{x * 0.04:.1f} 14 {x * -0.1:.1f} 28", tones.hair_light, 2.4, 0.45)
            for x in (-44, -22, 0, 22, 44)
        )
    if look.beard in ("moustache", "goatee", "short_beard", "full_beard"):
        parts += path(
            f"M0 {num(y - 17)} C14 {num(y - 24)} 34 {num(y - 14)} 40 {num(y + 4)} C28 {num(y - 3)} 14 {num(y - 5)} 0 {num(y - 7)} "
            f"C-14 {num(y - 5)} -28 {num(y - 3)} -40 {num(y + 4)} C-34 {num(y - 14)} -14 {num(y - 24)} 0 {num(y - 17)}Z", mix(look.hair, tones.hair_shade, 0.35),
        )  # fmt: skip
    return parts


def _metal(look: Look, tones: Tones) -> str:
    gold, parts = "#e8c465", ""
    end = face_length(look)
    if "nose stud" in look.piercings:
        parts += circle(14, 41, 4.4, "#fff3c4") + circle(13, 40, 2, "#ffffff")
    if "septum" in look.piercings:
        parts += line("M-9 49 C-10 62 10 62 9 49", gold, 4)
    if "lip ring" in look.piercings:
        parts += line(f"M14 {num(end * 0.655 + 5)} q12 4 8 14 q-10 2 -9 -8", gold, 3.6)
    if "eyebrow" in look.piercings:
        parts += (
            circle(66, -48, 4.4, "#dfe3ea") + circle(70, -28, 4.4, "#dfe3ea") + line("M66 -48 L70 -28", "#aab0bb", 2)
        )
    return parts


def _jewels(look: Look, wear: Wear) -> str:
    worn = look.piercings | wear.jewels
    parts = ""
    for side in (-1, 1):
        if "hoops" in worn:
            parts += f'<circle cx="{side * 107}" cy="62" r="21" fill="none" stroke="#e8c465" stroke-width="5"/>'
        elif "earrings" in worn:
            parts += circle(side * 106, 43, 6.5, "#f3d27a") + circle(side * 106 - 2, 41, 2.2, "#fffbe8")
    return parts


def _glasses(look: Look, wear: Wear) -> str:
    kind = wear.glasses or look.glasses
    if kind == "none":
        return ""
    frame, glass = "#2b2430", 'fill="#ffffff" fill-opacity="0.14"'
    parts = ""
    for side in (-1, 1):
        x = side * EYE_X
        if kind == "round":
            parts += f'<circle cx="{x}" cy="4" r="37" {glass} stroke="#6b4a2c" stroke-width="5.5"/>'
        elif kind == "rimless":
            parts += f'<rect x="{x - 38}" y="-20" width="76" height="50" rx="20" fill="#dff0fa" fill-opacity="0.32" stroke="#b8c4cc" stroke-width="2"/>'
            parts += line(f"M{x - 22} 20 L{x + 4} -12", "#ffffff", 4, 0.7)
        elif kind == "cat_eye":
            d = f"M{side * 9} -10 C{side * 20} -27 {side * 66} -32 {side * 97} -37 C{side * 94} -8 {side * 86} 33 {side * 46} 34 C{side * 18} 34 {side * 8} 12 {side * 9} -10Z"
            parts += f'<path d="{d}" {glass} stroke="#8e2440" stroke-width="7" stroke-linejoin="round"/>'
        elif kind == "sunglasses":
            d = f"M{side * 8} -20 L{side * 90} -24 C{side * 92} 10 {side * 80} 36 {side * 48} 36 C{side * 20} 36 {side * 8} 12 {side * 8} -20Z"
            parts += path(d, "#2a2530", opacity=0.95) + line(f"M{x - 16} 14 L{x + 8} -12", "#8f8aa6", 6, 0.5)
        else:
            parts += (
                f'<rect x="{x - 39}" y="-25" width="78" height="58" rx="9" {glass} stroke="{frame}" stroke-width="7"/>'
            )
    bridge = {"round": "#6b4a2c", "rimless": "#b8c4cc", "cat_eye": "#8e2440"}.get(kind, frame)
    parts += line("M-8 -2 Q0 -8 8 -2", bridge, 4.5)
    return parts + "".join(line(f"M{side * 83} -6 L{side * 104} -12", bridge, 4.5) for side in (-1, 1))
