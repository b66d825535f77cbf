"""Eyes, brows and what is worn before them."""

from devtools.illustrator.person import Look, Mood, Wear
from devtools.illustrator.skull import Tones
from devtools.illustrator.svg import (
    circle,
    clipped,
    dark,
    ellipse,
    gradient,
    group,
    light,
    line,
    luminance,
    mix,
    num,
    path,
    strand,
)

# Half width, height above and below, how far the outer corner is raised (-) or falls.
SHAPES = {
    "almond": (28, 19, 11.5, -4), "round": (26.5, 23.5, 14.5, 0), "hooded": (29, 18, 12, -1), "monolid": (30, 15.5, 10.5, -5),
    "upturned": (29, 20, 11.5, -11), "downturned": (29, 20.5, 12.5, 6),
}  # fmt: skip
EYE_X = 46


def eyes(look: Look, mood: Mood, tones: Tones) -> str:
    parts = ""
    for side in (-1, 1):
        # The far eye is a little narrower: the face is seen from its side.
        near = 0.95 if side > 0 else 1.02
        placed = f"translate({num(side * EYE_X - (1 if side > 0 else 0))} 2) scale({side * near:.2f} 1)"
        if mood.eyes in ("closed", "joy") or (mood.eyes == "wink" and side == 1):
            parts += group(_closed(look, tones, joy=mood.eyes in ("joy", "wink")), placed)
        else:
            parts += _open(look, mood, tones, placed, side, near)
    return parts


def _lash_colour(look: Look) -> str:
    return "#20141c" if luminance(look.hair) < 0.55 else "#46302c"


def _sizes(look: Look, openness: float) -> tuple[float, float, float, float]:
    w, up, low, tilt = SHAPES[look.eye_shape]
    if look.masculine:
        w, up, low = w * 0.9, up * 0.68, low * 0.78
    elif look.presentation == "androgynous":
        up *= 0.92
    age = 0.92 if look.age > 50 else 1.0
    return w, up * openness * age, low * (0.55 + 0.45 * openness), tilt


def _open(look: Look, mood: Mood, tones: Tones, placed: str, side: int, near: float) -> str:
    openness = {"wide": 1.16, "soft": 0.8, "narrow": 0.68}.get(mood.eyes, 0.95)
    w, up, low, tilt = _sizes(look, openness)
    upper = f"M{num(-w)} 6 C{num(-w * 0.66)} {num(-up * 1.28)} {num(w * 0.42)} {num(-up * 1.48 + tilt * 0.3)} {num(w)} {num(tilt)}"
    lower = f"C{num(w * 0.72)} {num(low * 1.2 + tilt * 0.3)} {num(-w * 0.36)} {num(low * 1.5)} {num(-w)} 6Z"
    white = mix("#fffdf9", tones.skin, 0.05)
    inside = clipped(
        upper + lower, path(upper + lower, white) + _iris(look, mood, side, near) + line(upper, "#2a1830", 9, 0.2)
    )
    lash = _lash_colour(look)
    low_lid = f"M{num(w - 2)} {num(tilt + 3)} {lower.rstrip('Z')}"
    under = line(low_lid, mix(tones.line, lash, 0.3), 2, 0.85 if look.makeup in ("goth", "glam") else 0.5)
    corner = ellipse(-w + 3.5, 6, 3, 2.4, mix(tones.rose, "#ffffff", 0.2), 0.7)
    return group(
        _shadow(look, w, up, tilt)
        + _crease(look, tones, w, up, tilt, openness)
        + inside
        + corner
        + under
        + _lashes(look, w, up, tilt, lash),
        placed,
    )


def _iris(look: Look, mood: Mood, side: int, near: float) -> str:
    """Return iris, pupil and the lights in them."""
    size = 17.4 if not look.masculine else 13.6
    x, y = mood.gaze[0] * 7 * side / near + 1.5 * side, mood.gaze[1] * 6 - 4.5
    c = look.eyes
    name = f"iris{c[1:]}"
    bright = light(c, 0.34) if luminance(c) < 0.4 else light(c, 0.26)
    iris = group(
        gradient(name, ((0, dark(c, 0.62), 1), (0.45, c, 1), (1, bright, 1)))
        + circle(x, y, size, dark(c, 0.58))
        + circle(x, y, size - 1.7, f"url(#{name})")
        + ellipse(x, y + size * 0.54, size * 0.56, size * 0.3, light(c, 0.5), 0.55)
        + circle(x, y - 0.5, size * 0.46, "#150c14"),
        part="iris",
    )
    shine = ellipse(x - side * size * 0.36, y - size * 0.42, 5.4, 6.2, "#ffffff") + circle(
        x + side * size * 0.36, y + size * 0.42, 2.5, "#ffffff", 0.9
    )
    return iris + shine


def _lashes(look: Look, w: float, up: float, tilt: float, lash: str) -> str:
    made_up = look.makeup in ("eyeliner", "glam", "goth")
    thick = 3.6 if look.masculine else 8.0 if look.makeup == "goth" else 7.0 if made_up else 5.6
    wing = 2.0 if look.masculine else 17 if look.makeup == "eyeliner" else 13 if made_up else 9
    rise = wing * 0.62
    drawn = path(
        f"M{num(-w - 1)} 7 C{num(-w * 0.66)} {num(-up * 1.28)} {num(w * 0.42)} {num(-up * 1.48 + tilt * 0.3)} {num(w - 1)} {num(tilt + 2)} "
        f"Q{num(w + 4)} {num(tilt)} {num(w + wing)} {num(tilt - rise)} Q{num(w + 2)} {num(tilt - rise * 0.4 - 3)} {num(w * 0.9)} {num(tilt - thick * 0.9 - 2)} "
        f"C{num(w * 0.36)} {num(-up * 1.5 - thick * 1.5 + tilt * 0.3)} {num(-w * 0.6)} {num(-up * 1.3 - thick * 0.75)} {num(-w - 1)} 7Z", lash,
    )  # fmt: skip
    if not look.masculine:
        flicks = [
            ((w * 0.86, tilt - 6), (w * 0.98 + 5, tilt - 12)),
            ((w * 0.6, -up * 0.8 + tilt * 0.6), (w * 0.72 + 4, -up * 0.92 - 6 + tilt * 0.5)),
        ]
        if look.makeup in ("glam", "natural", "eyeliner"):
            flicks.append(((w * 0.28, -up * 1.02), (w * 0.34 + 2, -up * 1.05 - 9)))
        drawn += "".join(
            path(strand([a, ((a[0] + b[0]) / 2 + 2, (a[1] + b[1]) / 2 + 1.5), b], (4, 3, 0.4)), lash) for a, b in flicks
        )
    return drawn


def _crease(look: Look, tones: Tones, w: float, up: float, tilt: float, openness: float) -> str:
    """Return the fold of the lid, or the lid that hangs over it."""
    if openness > 1.1 or look.eye_shape == "monolid":
        return ""
    lift = 9 if openness > 0.9 else 13
    if look.eye_shape == "hooded":
        d = f"M{num(-w)} -2 C{num(-w * 0.5)} {num(-up * 1.9)} {num(w * 0.5)} {num(-up * 2.1)} {num(w + 8)} {num(tilt + 2)} C{num(w * 0.5)} {num(-up * 1.2)} {num(-w * 0.4)} {num(-up * 1.2)} {num(-w)} -2Z"
        return path(d, mix(tones.skin, tones.shade, 0.6)) + line(
            f"M{num(-w)} {-lift + 5} C{num(-w * 0.5)} {num(-up * 1.75)} {num(w * 0.5)} {num(-up * 1.95)} {num(w + 8)} {num(tilt)}",
            tones.line,
            2.4,
            0.7,
        )
    lidded = f"M{num(-w * 0.86)} {num(-lift * 0.6)} C{num(-w * 0.5)} {num(-up * 1.3 - lift * 1.25)} {num(w * 0.46)} {num(-up * 1.5 - lift * 1.15 + tilt * 0.3)} {num(w + 4)} {num(tilt - 6)}"
    tint = path(
        lidded
        + f" L{num(w)} {num(tilt)} C{num(w * 0.42)} {num(-up * 1.4)} {num(-w * 0.66)} {num(-up * 1.28)} {num(-w)} 6Z",
        mix(tones.skin, tones.shade, 0.45),
    )
    return tint + line(lidded, tones.line, 2.2, 0.75)


def _shadow(look: Look, w: float, up: float, tilt: float) -> str:
    """Return the eye shadow of the make-up."""
    colour, strength = {"glam": ("#a2598c", 0.6), "goth": ("#241a2c", 0.75), "natural": ("#c48a78", 0.45)}.get(
        look.makeup, ("", 0)
    )
    if not colour:
        return ""
    d = f"M{num(-w - 3)} 5 C{num(-w * 0.5)} {num(-up * 2.3)} {num(w * 0.6)} {num(-up * 2.5)} {num(w + 13)} {num(tilt - 11)} L{num(w)} {num(tilt + 4)}Z"
    under = ellipse(2, 11, w * 0.9, 7, colour, 0.45) if look.makeup == "goth" else ""
    return under + path(d, colour, opacity=strength)


def _closed(look: Look, tones: Tones, *, joy: bool) -> str:
    w = _sizes(look, 1)[0]
    lash = _lash_colour(look)
    thick = 6.0 if not look.masculine else 4.8
    d = (
        f"M{num(-w)} 9 C{num(-w * 0.5)} -14 {num(w * 0.5)} -15 {num(w)} 6"
        if joy
        else f"M{num(-w)} 2 C{num(-w * 0.5)} 16 {num(w * 0.5)} 17 {num(w)} 1"
    )
    crease = "" if joy else line(f"M{num(-w * 0.8)} -12 Q0 -20 {num(w * 0.9)} -12", tones.line, 2.2, 0.5)
    cheek = line(f"M{num(-w * 0.7)} 17 Q0 24 {num(w * 0.7)} 16", tones.line, 2.2, 0.4) if joy else ""
    flicks = "" if look.masculine else "".join(
        path(strand([(x, y), (x + dx * 0.5 + 1, y + dy * 0.6), (x + dx, y + dy)], (3.6, 2.6, 0.4)), lash)
        for x, y, dx, dy in (((w - 2, 4, 10, -6), (w * 0.7, -4, 8, -8)) if joy else ((w - 2, 3, 10, 4), (w * 0.62, 9, 8, 8), (w * 0.2, 12, 4, 9)))
    )  # fmt: skip
    return crease + cheek + line(d, lash, thick) + flicks


def brows(look: Look, mood: Mood) -> str:
    colour = mix(look.hair, "#22141a", 0.3) if luminance(look.hair) < 0.72 else mix(look.hair, "#7a5a48", 0.6)
    thick = 11.5 if look.masculine else 8.6 if look.presentation == "androgynous" else 7.4
    raise_, slant = {
        "sad": (-3, 9), "worried": (-5, 9), "angry": (7, -10), "surprised": (-14, 0), "laugh": (-6, 0), "wink": (-3, 0),
        "focus": (3, -3), "smirk": (-2, -2), "shy": (-3, 5), "happy": (-3, 0),
    }.get(mood.name, (0, 0))  # fmt: skip
    parts = ""
    high = 38 if not look.masculine else 28
    for side in (-1, 1):
        lift = -8 if mood.name in ("smirk", "wink") and side == -1 else 0
        inner, arch, outer = -high + raise_ - slant, -high - 10 + raise_ + lift, -high + 1 + raise_ + slant * 0.4 + lift
        if look.masculine:
            arch += 5
        near = 0.94 if side > 0 else 1.0
        d = strand(
            [
                (17, inner + 3),
                (36, (inner + arch) / 2 - 2),
                (56, arch + 1),
                (70, (arch + outer) / 2 - 1),
                (84, outer + 4),
            ],
            (thick * 0.82, thick, thick * 0.9, thick * 0.55, 1.2),
        )
        parts += group(path(d, colour), f"scale({side * near:.2f} 1)")
    return parts


def glasses(look: Look, wear: Wear) -> str:
    kind = wear.glasses or look.glasses
    if kind == "none":
        return ""
    frame, glass = "#2b2430", 'fill="#ffffff" fill-opacity="0.12"'
    parts = ""
    for side in (-1, 1):
        x = side * EYE_X
        if kind == "round":
            parts += f'<circle cx="{x}" cy="4" r="38" {glass} stroke="#7a5430" stroke-width="4.6"/>'
        elif kind == "rimless":
            parts += f'<rect x="{x - 38}" y="-21" width="76" height="51" rx="20" fill="#dff0fa" fill-opacity="0.3" stroke="#b8c4cc" stroke-width="2"/>'
        elif kind == "cat_eye":
            d = f"M{side * 9} -10 C{side * 20} -27 {side * 66} -32 {side * 97} -37 C{side * 94} -8 {side * 86} 35 {side * 46} 36 C{side * 18} 36 {side * 8} 12 {side * 9} -10Z"
            parts += f'<path d="{d}" {glass} stroke="#8e2440" stroke-width="6" stroke-linejoin="round"/>'
        elif kind == "sunglasses":
            d = f"M{side * 8} -20 L{side * 90} -24 C{side * 92} 12 {side * 80} 38 {side * 48} 38 C{side * 20} 38 {side * 8} 12 {side * 8} -20Z"
            parts += path(d, "#2a2530", opacity=0.95) + line(f"M{x - 16} 14 L{x + 8} -12", "#8f8aa6", 6, 0.5)
        else:
            parts += (
                f'<rect x="{x - 39}" y="-26" width="78" height="59" rx="12" {glass} stroke="{frame}" stroke-width="6"/>'
            )
        if kind not in ("sunglasses",):
            parts += line(f"M{x - 22} 22 L{x - 6} 2", "#ffffff", 4, 0.4)
    bridge = {"round": "#7a5430", "rimless": "#b8c4cc", "cat_eye": "#8e2440"}.get(kind, frame)
    parts += line("M-8 -2 Q0 -9 8 -2", bridge, 4.2)
    return parts + "".join(line(f"M{side * 84} -6 L{side * 104 - 5} -11", bridge, 4.2) for side in (-1, 1))
