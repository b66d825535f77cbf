"""Nose, mouth, beard, and the metal in them."""

from devtools.illustrator.person import Look, Mood
from devtools.illustrator.skull import Tones, face_length
from devtools.illustrator.svg import (
    circle,
    clipped,
    curve,
    dark,
    ellipse,
    group,
    light,
    line,
    luminance,
    mix,
    num,
    path,
    pts,
    strand,
)

# How wide, and where the tip's lower edge lies.
NOSES = {"small": (9, 37), "button": (11.5, 38), "straight": (11, 42), "aquiline": (12, 45), "broad": (17.5, 41)}
LIPS = {
    "thin": (24, 3.6, 5, 1.5),
    "medium": (25, 5.8, 8.5, 3),
    "full": (26.5, 8.6, 12.5, 4),
    "heart": (23, 8.6, 10, 7.5),
}


def nose(look: Look, tones: Tones) -> str:
    wide, end = NOSES[look.nose]
    if look.masculine:
        wide, end = wide * 1.2, end + 8
    soft = mix(tones.skin, tones.shade, 0.75)
    plane = {"aquiline": f"M6 -6 C15 4 17 12 13 {end - 14}", "broad": f"M9 6 Q12 {end - 20} 15 {end - 10}"}.get(
        look.nose, f"M6 -2 Q8 {end - 22} 12 {end - 9}"
    )
    side = path(
        f"{plane} Q{num(wide + 3)} {end - 3} {num(wide - 1)} {end - 1} Q5 {end - 6} 4 {end - 16} Q2 {end - 30} 6 -2Z",
        soft,
        opacity=0.8,
    )
    under = path(
        f"M{num(-wide)} {end - 5} Q{num(-wide * 1.1)} {end + 2} {num(-wide * 0.5)} {end + 2} Q0 {end + 8} {num(wide * 0.5)} {end + 2} "
        f"Q{num(wide * 1.1)} {end + 2} {num(wide)} {end - 5} Q{num(wide * 0.5)} {end + 1} 0 {end + 1} Q{num(-wide * 0.5)} {end + 1} {num(-wide)} {end - 5}Z", tones.shade,
    )  # fmt: skip
    nostrils = "".join(
        path(
            strand(
                [(s * wide * 0.3, end + 2.4), (s * wide * 0.56, end + 0.6), (s * wide * 0.84, end + 1.4)], (1.4, 3.2, 1)
            ),
            mix(tones.line, tones.shade, 0.15),
        )
        for s in (-1, 1)
    )
    wings = (
        "".join(
            line(f"M{num(s * (wide + 0.5))} {end - 9} q{s * 4.5} 6 {s * -1.5} 10.5", tones.line, 2.2, 0.55)
            for s in (-1, 1)
        )
        if look.nose in ("broad", "button") or look.masculine
        else ""
    )
    bump = line("M6 -2 C14 8 15 14 11 22", tones.line, 2.4, 0.5) if look.nose == "aquiline" else ""
    tip = ellipse(-2, end - 9, 5 if look.nose in ("button", "broad") else 3.4, 4.2, tones.glow, 0.8)
    return side + under + nostrils + wings + bump + tip


def _lip_colour(look: Look, tones: Tones) -> str:
    painted = {"red lips": "#bd1830", "glam": "#b02a55", "goth": "#3a1c30", "natural": "#c9606a"}.get(look.makeup)
    if painted:
        return painted if look.makeup != "natural" else mix(tones.rose, painted, 0.6)
    deep = luminance(look.skin) < 0.4
    if look.masculine:
        return mix(look.skin, "#8f3a40", 0.36 if not deep else 0.42)
    return mix(look.skin, "#c23850", 0.54 if not deep else 0.48)


def mouth(look: Look, mood: Mood, tones: Tones) -> str:
    w, up, low, bow = LIPS[look.lips]
    if look.masculine:
        up, low, w = up * 0.74, low * 0.82, w * 1.08
    colour = _lip_colour(look, tones)
    y = face_length(look) * 0.65
    seam = mix(colour, "#2a0a18", 0.62)
    name = mood.mouth
    if name in ("laugh", "grin"):
        return group(_laughing(look, tones, w, colour, wide_open=name == "laugh"), f"translate(0 {num(y - 5)})")
    if name == "o":
        lips = (
            ellipse(0, 4, 11.5, 14, mix(colour, "#7a2030", 0.1))
            + ellipse(0, 4, 7.5, 10, "#5c1524")
            + ellipse(0, 9, 5, 4, "#c0606a")
        )
        return group(lips, f"translate(0 {num(y)})")
    if name == "kiss":
        lips = (
            path(curve([(-11, 0), (-5, -8), (0, -6), (5, -8), (11, 0), (6, 10), (0, 12), (-6, 10)]), colour)
            + line("M-6 1 q6 3 12 0", seam, 2.4)
            + ellipse(-2, 6, 4, 2, light(colour, 0.5), 0.7)
        )
        return group(lips, f"translate(0 {num(y)})")
    return group(_closed(look, tones, w, up, low, bow, colour, seam, name), f"translate(0 {num(y)})", part="lips")


def _closed(
    look: Look, tones: Tones, w: float, up: float, low: float, bow: float, colour: str, seam: str, name: str
) -> str:
    """Return closed lips: the corners rise with a smile."""
    lift = {"smile": 7.5, "soft": 4, "smirk": 4, "sad": -6, "flat": 0.5, "pout": -2}.get(name, 5)
    wide = w * (1.2 if name == "smile" else 0.94 if name in ("pout", "sad") else 1.0)
    left, right = (-lift, -lift) if name != "smirk" else (0.5, -lift - 5.5)
    sag = lift * 0.42
    upper = (
        f"M{num(-wide)} {num(left)} C{num(-wide * 0.6)} {num(-up * 0.5 + left * 0.3)} {num(-w * 0.34)} {num(-up)} {num(-w * 0.2)} {num(-up)} "
        f"Q0 {num(-up + bow)} {num(w * 0.2)} {num(-up)} C{num(w * 0.34)} {num(-up)} {num(wide * 0.6)} {num(-up * 0.5 + right * 0.3)} {num(wide)} {num(right)} "
        f"C{num(wide * 0.5)} {num(sag + 1.5)} {num(-wide * 0.5)} {num(sag + 1.5)} {num(-wide)} {num(left)}Z"
    )
    lower = (
        f"M{num(-wide * 0.84)} {num(left * 0.75)} C{num(-wide * 0.4)} {num(sag)} {num(wide * 0.4)} {num(sag)} {num(wide * 0.84)} {num(right * 0.75)} "
        f"C{num(w * 0.66)} {num(low * 1.26 + lift * 0.28)} {num(-w * 0.66)} {num(low * 1.26 + lift * 0.28)} {num(-wide * 0.84)} {num(left * 0.75)}Z"
    )
    parting = path(
        strand(
            [
                (-wide - 2, left - (1.5 if lift > 2 else 0)),
                (-wide * 0.5, left * 0.3 + sag * 0.62),
                (0, sag + 1),
                (wide * 0.5, right * 0.3 + sag * 0.62),
                (wide + 2, right - (1.5 if lift > 2 else 0)),
            ],
            (2.6, 2.6, 3.2, 2.6, 2.6),
        ),
        seam,
    )
    shine = ellipse(-3, low * 0.66 + lift * 0.26, w * 0.3, low * 0.2, light(colour, 0.6), 0.75)
    below = path(
        strand([(-w * 0.34, low * 1.35 + 7), (0, low * 1.35 + 9.5), (w * 0.34, low * 1.35 + 7)], (0.6, 4.4, 0.6)),
        tones.shade,
    )
    corners = (
        "".join(
            line(f"M{num(s * (wide + 2))} {num(y - 4)} q{num(s * 4)} 3 {num(s * 2.4)} 7.5", tones.line, 2, 0.5)
            for s, y in ((-1, left), (1, right))
        )
        if name in ("smile", "smirk")
        else ""
    )
    philtrum = (
        ""
        if look.masculine
        else line(f"M-3 {num(-up - 9)} q1 4 0 6 M4 {num(-up - 9)} q-1 4 0 6", tones.line, 1.6, 0.25)
    )
    return (
        below
        + path(lower, light(colour, 0.08))
        + path(upper, mix(colour, seam, 0.16))
        + parting
        + shine
        + corners
        + philtrum
    )


def _laughing(look: Look, tones: Tones, w: float, colour: str, *, wide_open: bool) -> str:
    """Return an open smile with its teeth."""
    wide, deep = (w * 1.36, 29) if wide_open else (w * 1.34, 17)
    inside = f"M{num(-wide)} -6 C{num(-wide * 0.5)} 2 {num(wide * 0.5)} 2 {num(wide)} -6 C{num(wide * 0.84)} {num(deep * 0.86)} {num(wide * 0.4)} {num(deep)} 0 {num(deep)} C{num(-wide * 0.4)} {num(deep)} {num(-wide * 0.84)} {num(deep * 0.86)} {num(-wide)} -6Z"
    teeth = path(
        f"M{num(-wide)} -7 C{num(-wide * 0.5)} 2 {num(wide * 0.5)} 2 {num(wide)} -7 L{num(wide * 0.86)} {num(deep * 0.3)} Q0 {num(deep * 0.62)} {num(-wide * 0.86)} {num(deep * 0.3)}Z",
        "#fffcf6",
    )
    tongue = ellipse(0, deep - 2, wide * 0.46, 9, "#e27a82") if wide_open else ""
    lip = 4.4 if not look.masculine else 2.4
    corners = "".join(
        line(f"M{num(s * (wide + 4))} -11 q{num(s * 5)} 5 {num(s * 2)} 12", tones.line, 2.2, 0.5) for s in (-1, 1)
    )
    below = path(strand([(-w * 0.4, deep + 9), (0, deep + 12), (w * 0.4, deep + 9)], (0.6, 4, 0.6)), tones.shade)
    return (
        below
        + clipped(inside, path(inside, "#74202f") + tongue + teeth)
        + line(inside, dark(colour, 0.1), lip)
        + corners
    )


# --- beard ---------------------------------------------------------------------------------------------------------


def beard(look: Look, tones: Tones) -> str:
    """Return beard or stubble on the skin, to be clipped to the face."""
    kind, end = look.beard, face_length(look)
    if kind in ("none", "moustache", "full_beard"):
        return ""
    y = end * 0.65
    if kind in ("stubble", "short_beard"):
        d = (
            f"M-112 -6 C-96 22 -88 48 -56 {num(y - 20)} C-42 {num(y - 30)} -20 {num(y - 19)} 4 {num(y - 21)} "
            f"C24 {num(y - 19)} 46 {num(y - 30)} 62 {num(y - 20)} C90 48 96 22 112 -6 L124 {num(end + 30)} L-120 {num(end + 30)}Z"
        )
        if kind == "stubble":
            return path(d, mix(look.hair, "#3a2a2a", 0.3), opacity=0.2) + ellipse(5, y + 3, 30, 12, tones.skin, 0.5)
        return (
            path(d, tones.hair)
            + path(d, tones.hair_shade, opacity=0.55, extra='transform="translate(30 20)"')
            + _hairs(y, end, tones)
        )
    return path(
        curve([(-20, y + 16), (5, y + 11), (30, y + 16), (31, end - 8), (6, end + 10), (-20, end - 8)]), tones.hair
    ) + _hairs(y + 20, end, tones, reach=18)


def _hairs(y: float, end: float, tones: Tones, reach: int = 74) -> str:
    """Return single hairs of a beard, downwards and outwards."""
    return "".join(
        path(strand([(x + 4, y + 4 + abs(x) * -0.16), (x * 1.06 + 4, y + 18 - abs(x) * 0.2), (x * 1.05 + 5, y + 30 - abs(x) * 0.24)], (0.6, 2.6, 0.5)), tones.hair_light if k % 2 else tones.hair_line)
        for k, x in enumerate(range(-reach, reach + 1, 9))
        if abs(x) > 26 or reach < 30
    ) + "".join(path(strand([(x + 5, end - 20), (x * 0.9 + 5, end - 10), (x * 0.8 + 5, end - 2)], (0.5, 2.6, 0.5)), tones.hair_light) for x in range(-24, 25, 8))  # fmt: skip


def moustache(look: Look, tones: Tones) -> str:
    """Return what hangs over lip and chin."""
    end = face_length(look)
    y = end * 0.65
    parts = ""
    if look.beard == "full_beard":
        parts += _full(y, end, tones)
    if look.beard in ("moustache", "goatee", "short_beard", "full_beard"):
        parts += path(
            f"M0 {num(y - 18)} C14 {num(y - 25)} 34 {num(y - 15)} 40 {num(y + 3)} C28 {num(y - 4)} 14 {num(y - 6)} 0 {num(y - 8)} "
            f"C-14 {num(y - 6)} -28 {num(y - 4)} -40 {num(y + 3)} C-34 {num(y - 15)} -14 {num(y - 25)} 0 {num(y - 18)}Z", mix(tones.hair, tones.hair_shade, 0.4),
        )  # fmt: skip
        parts += "".join(
            path(strand([(s * 4, y - 17), (s * 16, y - 18), (s * 30, y - 8)], (0.5, 2.4, 0.5)), tones.hair_light)
            for s in (-1, 1)
        )
    return parts


def _full(y: float, end: float, tones: Tones) -> str:
    """Return a full beard, from ear to ear and below the chin."""
    outer = pts(
        f"-103,-14 -106,30 -96,{y:.0f} -78,{end + 8:.0f} -42,{end + 36:.0f} 4,{end + 46:.0f} 50,{end + 36:.0f} 82,{end + 8:.0f} 98,{y:.0f} 106,30 103,-14"
    )
    inner = pts(
        f"97,-8 94,24 76,{y - 22:.0f} 48,{y - 26:.0f} 30,{y - 8:.0f} 33,{y + 10:.0f} 5,{y + 15:.0f} -24,{y + 10:.0f} -22,{y - 8:.0f} -40,{y - 26:.0f} -72,{y - 22:.0f} -92,24 -97,-8"
    )
    d = curve(outer, closed=False, tension=0.9) + "L" + curve(inner, closed=False, tension=0.9)[1:] + "Z"
    shade = curve(
        pts(
            f"103,0 106,30 98,{y:.0f} 82,{end + 8:.0f} 50,{end + 36:.0f} 4,{end + 46:.0f} 34,{end + 20:.0f} 62,{end - 10:.0f} 84,{y - 6:.0f} 98,26"
        )
    )
    hairs = ""
    for k, x in enumerate(range(-76, 85, 10)):
        low = end + 38 - abs(x - 4) ** 2 * 0.006
        hairs += path(
            strand([(x * 0.82, low - 44), (x * 0.96, low - 26), (x * 0.96 + 2, low - 6)], (0.6, 3.4, 0.5)),
            tones.hair_light if k % 2 else tones.hair_line,
        )
    return path(d, tones.hair, stroke=tones.hair_line, width=1.8) + path(shade, tones.hair_shade) + hairs


def metal(look: Look) -> str:
    gold, parts = "#e8c465", ""
    end = face_length(look)
    if "nose stud" in look.piercings:
        parts += circle(15, 37, 3.6, "#f0d27a") + circle(14, 36, 1.6, "#ffffff")
    if "septum" in look.piercings:
        parts += line("M-6 46 C-7 58 13 58 12 46", gold, 3.6)
    if "lip ring" in look.piercings:
        parts += line(f"M14 {num(end * 0.65 + 5)} q12 4 8 14 q-10 2 -9 -8", gold, 3.4)
    if "eyebrow" in look.piercings:
        parts += line("M66 -52 L70 -30", "#aab0bb", 2) + circle(66, -52, 4, "#dfe3ea") + circle(70, -30, 4, "#dfe3ea")
    return parts
