"""What backdrops are made of: shapes, skies, windows and plants, as SVG on a canvas of 832 × 1216."""

# pyright: basic

import random

from devtools.illustrator.svg import faded, mix

W, H = 832, 1216


def lg(i, stops, x1=0, y1=0, x2=0, y2=1):
    return (
        f'<linearGradient id="{i}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}">'
        + "".join(f'<stop offset="{o}" stop-color="{c}"/>' for o, c in stops)
        + "</linearGradient>"
    )


SKY = {
    "dawn": [(0, "#7f8fc9"), (0.55, "#f3b7b0"), (1, "#ffe0b8")],
    "day": [(0, "#5fb3ea"), (1, "#d9f1ff")],
    "sunset": [(0, "#5b4a93"), (0.45, "#e5708a"), (0.8, "#ffb36b"), (1, "#ffe2a0")],
    "night": [(0, "#0b1437"), (1, "#2c3c78")],
}
# The sky under clouds, above and at the horizon, by day; how much of the clear sky's colours is left.
OVERCAST = {
    "rain": ("#76828f", "#aab4bb"),
    "snow": ("#b4bfcc", "#dfe6ec"),
    "fog": ("#bfc6ca", "#dfe2e2"),
    "cloud": ("#9aa6b2", "#cfd6da"),
}
_KEPT = {"day": 0.1, "dawn": 0.3, "sunset": 0.3, "night": 0.75}


def sky(tod, weather=""):
    """Return the stops of the sky's gradient."""
    if weather not in OVERCAST:
        return SKY[tod]
    top, horizon = OVERCAST[weather]
    return [(at, mix(mix(top, horizon, at), c, _KEPT[tod])) for at, c in SKY[tod]]


def R(x, y, w, h, f, r=0, o=1, extra=""):
    faint = faded(o, filled=f != "none", stroked="stroke=" in extra)
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{r}" fill="{f}"{faint} {extra}/>'


def C(x, y, r, f, o=1):
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{f}"{faded(o, filled=True, stroked=False)}/>'


def E(x, y, rx, ry, f, o=1, t=""):
    return f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}" fill="{f}"{faded(o, filled=True, stroked=False)} {t}/>'


def P(d, f, o=1, s="none", w=0, extra=""):
    faint = faded(o, filled=f != "none", stroked=s != "none")
    return f'<path d="{d}" fill="{f}"{faint} stroke="{s}" stroke-width="{w}" stroke-linecap="round" stroke-linejoin="round" {extra}/>'


def glow(x, y, r, c, o):
    """Return light that fades to nothing at r; o: how strong it is in the mean."""
    name = f"glow{c[1:]}{round(o * 100)}"
    stops = "".join(
        f'<stop offset="{at}" stop-color="{c}" stop-opacity="{min(1, o * k):.2f}"/>'
        for at, k in ((0, 2.2), (0.3, 1.3), (0.65, 0.4), (1, 0))
    )
    return f'<radialGradient id="{name}">{stops}</radialGradient>' + C(x, y, r * 1.25, f"url(#{name})")


def fair(content):
    """Return what is seen in a fair sky only: sun, moon, stars."""
    return f'<g class="fair">{content}</g>'


def plant(x, y, s=1, pot="#c9785a"):
    g = f'<g transform="translate({x} {y}) scale({s})">'
    for a, c in [(-50, "#2f7d52"), (-25, "#3f9a66"), (0, "#2f7d52"), (25, "#4bad74"), (50, "#3f9a66")]:
        g += f'<path d="M0 0 C-30 -70 -22 -140 0 -190 C22 -140 30 -70 0 0Z" fill="{c}" transform="rotate({a})"/>'
    return g + P("M-48 -8 L48 -8 L36 80 L-36 80Z", pot) + R(-54, -20, 108, 26, pot, 6) + "</g>"


def window(x, y, w, h, tod, frame="#f6efe4"):
    g = R(x - 14, y - 14, w + 28, h + 28, frame, 8) + R(x, y, w, h, "url(#sky)")
    if tod == "night":
        rnd = random.Random(5)
        g += "".join(
            C(x + rnd.random() * w, y + rnd.random() * h * 0.6, rnd.random() * 2.5 + 0.6, "#fff", 0.8)
            for _ in range(30)
        )
    else:
        g += E(x + w * 0.3, y + h * 0.3, w * 0.22, h * 0.07, "#fff", 0.75) + E(
            x + w * 0.45, y + h * 0.27, w * 0.18, h * 0.08, "#fff", 0.75
        )
    g += P(
        f"M{x} {y + h * 0.75} q{w * 0.25} {-h * 0.2} {w * 0.5} {-h * 0.05} t{w * 0.5} {-h * 0.06} V{y + h} H{x}Z",
        "#7fb28a" if tod != "night" else "#1d3350",
    )
    g += R(x + w / 2 - 6, y, 12, h, frame) + R(x, y + h / 2 - 6, w, 12, frame)
    return g + R(x - 24, y + h + 10, w + 48, 22, frame, 6)


def dkc(c):
    return "#%02x%02x%02x" % tuple(int(int(c[i : i + 2], 16) * 0.78) for i in (1, 3, 5))


def cloud(x, y, s, o=0.8):
    return (
        f'<g transform="translate({x} {y}) scale({s})" opacity="{o}">'
        + E(0, 0, 110, 26, "#fff")
        + E(-30, -20, 56, 32, "#fff")
        + E(40, -16, 50, 26, "#fff")
        + "</g>"
    )


def stars(seed, top):
    rnd = random.Random(seed)
    dots = (C(rnd.random() * W, rnd.random() * top, 1 + rnd.random() * 1.8, "#fff", 0.85) for _ in range(70))
    return fair("".join(dots))


def sun(x, y, r, c="#fff3cf"):
    return fair(glow(x, y, r * 2, c, 0.5) + C(x, y, r, c, 0.95))


def moon(x, y, r):
    return fair(glow(x, y, r * 2, "#dfe6ff", 0.25) + C(x, y, r, "#f4f1de"))


def fir(x, y, s, c, snow=False):
    g = f'<g transform="translate({x} {y}) scale({s})">' + R(-10, 10, 20, 50, "#5a463d")
    for top, half in ((-270, 64), (-190, 88), (-100, 112)):
        g += P(f"M0 {top} L{half} {top + 130} H{-half}Z", c)
        if snow:
            g += P(
                f"M0 {top} L{half * 0.62} {top + 80} Q{half * 0.3} {top + 62} 0 {top + 84} Q{-half * 0.3} {top + 62} {-half * 0.62} {top + 80}Z",
                "#f6faff",
            )
    return g + "</g>"
