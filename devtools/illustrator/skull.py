"""The shape of a head and the colours of one person: what face, eyes, mouth, hair and body have in common.

Local coordinates of the head: the eyes lie on y = 0, the chin at about y = 115, the skull's top at y = -138; 100 is half a
face wide.
"""

from devtools.illustrator.person import Look
from devtools.illustrator.svg import Point, curve, luminance, mix

# Share of the usual width at temple, cheek, jaw and chin, and of the usual length below the eyes.
FACES = {
    "oval": (1.0, 0.98, 0.82, 0.33, 1.0),
    "round": (1.03, 1.06, 0.92, 0.42, 0.94),
    "heart": (1.05, 0.98, 0.73, 0.24, 1.0),
    "square": (1.0, 0.99, 0.92, 0.48, 0.99),
    "diamond": (0.92, 1.04, 0.72, 0.25, 1.03),
    "long": (0.95, 0.92, 0.77, 0.33, 1.1),
}
CHIN = 115
LEAN = 5.0  # how far the chin points to the right of the page: every face is seen a little from its side


def face_length(look: Look) -> float:
    """Return y of the chin."""
    return CHIN * FACES[look.face][4] * (1.09 if look.masculine else 1)


def outline(look: Look) -> str:
    """Return the outline of skull and face."""
    right, left = _sides(look)
    return curve([*right, *reversed(left[1:-1])])


def far_side(look: Look) -> str:
    """Return the part of the face that lies away from the light, from the temple to under the chin."""
    edge = _sides(look)[0][2:]
    inner = [
        (x - depth, y - rise)
        for (x, y), depth, rise in zip(edge, (2, 9, 13, 16, 15, 6, 0), (0, 0, 2, 5, 7, 5, 0), strict=True)
    ]
    return curve(edge, closed=False) + "L" + curve(inner[::-1], closed=False)[1:] + "Z"


def _sides(look: Look) -> tuple[list[Point], list[Point]]:
    """Return the right and the left side of the outline, from the crown to the chin."""
    temple, cheek, jaw, chin, _ = FACES[look.face]
    end = face_length(look)
    if look.masculine:
        jaw, chin = min(0.99, jaw + 0.12), chin + 0.08
    elif look.presentation == "androgynous":
        jaw, chin = jaw + 0.04, chin + 0.05
    full = {"plus-size": 1.07, "stocky": 1.04, "soft": 1.05, "curvy": 1.02}.get(look.build, 1.0)
    right: list[Point] = [
        (0, -138), (58, -126), (94, -78), (101 * temple, -18), (99 * cheek * full, 26), (90 * jaw * full, end * 0.6),
        (62 * (jaw * 0.62 + chin * 0.38) * full, end * 0.86), (100 * chin * 0.86, end * 0.975), (0, end + 1),
    ]  # fmt: skip

    def lean(x: float, y: float, side: int) -> Point:
        share = max(0.0, y / end)
        far = 1 - 0.025 * share if side > 0 else 1 + 0.012 * share
        return side * x * far + LEAN * share * share, y

    return [lean(x, y, 1) for x, y in right], [lean(x, y, -1) for x, y in right]


class Tones:
    """The colours of one person's skin and hair."""

    def __init__(self, look: Look) -> None:
        self.skin = look.skin
        deep = luminance(look.skin) < 0.4
        pale_skin = luminance(look.skin) > 0.82
        self.shade = mix(
            look.skin, "#2a0c24" if deep else "#b0504a" if not pale_skin else "#c4746c", 0.27 if deep else 0.25
        )
        self.line = mix(look.skin, "#12060e" if deep else "#6a2428", 0.5 if deep else 0.52)
        self.glow = mix(look.skin, "#ffd9b4" if deep else "#fff4e6", 0.26 if deep else 0.5)
        self.rose = mix(look.skin, "#c2364c" if deep else "#ee5a64", 0.38 if deep else 0.5)
        self.hair = look.hair
        pale = luminance(look.hair) > 0.6
        self.hair_shade = mix(look.hair, "#6a3c4e" if pale else "#150a22", 0.26 if pale else 0.36)
        self.hair_deep = mix(look.hair, "#4a2840" if pale else "#0e0618", 0.45 if pale else 0.56)
        self.hair_light = mix(look.hair, "#fffaf0" if pale else "#ffcf9e", 0.55 if pale else 0.24)
        self.hair_line = mix(look.hair, "#3a1a2c" if pale else "#0e0616", 0.4 if pale else 0.44)
