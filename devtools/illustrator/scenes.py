"""The backdrop of a picture: its place at its time of day, out of focus; and the weather over everything."""

# pyright: basic

import io
import random
import re
from functools import lru_cache

import resvg_py
from PIL import Image, ImageFilter

from devtools.illustrator import indoors_home, indoors_public, outdoors_nature, outdoors_town
from devtools.illustrator.doings import OUTDOORS
from devtools.illustrator.scenery import C, E, H, P, R, W, lg, sky
from devtools.illustrator.svg import mix

SC = {
    place.__name__: place
    for place in (
        indoors_public.bar, indoors_home.bathroom, indoors_home.bedroom, indoors_home.cabin, indoors_public.cafe, indoors_public.gym, indoors_home.kitchen,
        indoors_home.library, indoors_home.living_room, indoors_public.museum, indoors_public.office, indoors_public.restaurant, indoors_public.stage, indoors_home.studio,
        indoors_public.train, outdoors_nature.beach, outdoors_nature.camp, outdoors_nature.desert, outdoors_nature.forest, outdoors_town.garden, outdoors_nature.lake,
        outdoors_nature.mountain, outdoors_town.park, outdoors_town.pool, outdoors_town.rooftop, outdoors_town.street, outdoors_nature.winter,
    )
}  # fmt: skip
TINT = {"dawn": ("#ffb8a0", 0.14), "day": ("#ffffff", 0), "sunset": ("#ff7a3c", 0.20), "night": ("#16245c", 0.24)}
# What the air does to the colours behind: colour, roundness, strength.
VEIL = {
    "rain": ("#5f6f80", 0, 0.28),
    "snow": ("#e4ebf4", 0, 0.25),
    "fog": ("#d5dadc", 0, 0.5),
    "cloud": ("#8a97a3", 0, 0.12),
}
# A backdrop is out of focus: half the size shows all of it, and is a third of the work.
_SHRINK = 2


def setting(name, tod="day", falling=""):
    """Return a place as SVG.  falling: the weather, "" for fair; it changes places under the sky only."""
    place, veil = SC[name](tod), ""
    if name in OUTDOORS and falling in VEIL:
        place = re.sub(r'<g class="fair">.*?</g>', "", place)
        place = re.sub("#[0-9a-f]{6}", _snowed, place) if falling == "snow" else place
        veil = R(0, 0, W, H, *VEIL[falling])
    sea = (
        (0, "#142a52" if tod == "night" else "#2f86b5"),
        (1, {"day": "#7fd3d3", "night": "#2a4a7a"}.get(tod, "#e59a8a")),
    )
    defs = lg("sky", sky(tod, falling)) + lg("sea", sea) + lg("sand", [(0, "#f5dfae"), (1, "#dcb87c")])
    tint = R(0, 0, W, H, TINT[tod][0], 0, TINT[tod][1] * daylight(name))
    return f"<defs>{defs}</defs>{place}{veil}{tint}"


def _snowed(colour):
    """Return a colour as it is in winter: what is green lies under snow."""
    red, green, blue = (int(colour[0][at : at + 2], 16) for at in (1, 3, 5))
    share = 0.45 + green / 640  # deep woods stay darker than a lawn
    return mix(colour[0], "#f3f7fb", share) if green > max(red, blue) + 8 else colour[0]


@lru_cache(maxsize=24)
def backdrop(name, tod="day", blur=4, falling=""):
    """Return the place, RGB, half the canvas's size.  blur: standard deviation in pixels of the canvas."""
    drawn = raster(setting(name, tod, falling), (W // _SHRINK, H // _SHRINK))
    return drawn.convert("RGB").filter(ImageFilter.GaussianBlur(blur / _SHRINK))


def daylight(name):
    """Return how much of the hour's colour falls on a place: half of it where the lamps are on."""
    return 1 if name in OUTDOORS else 0.5


@lru_cache
def light(tod, share):
    """Return what lies over the whole picture, RGBA: a share of the hour's tint, and darker corners."""
    stops = '<stop offset=".55" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#0a0618" stop-opacity=".36"/>'
    corners = f'<defs><radialGradient id="corners" cx=".5" cy=".42" r=".8">{stops}</radialGradient></defs>'
    return raster(
        corners + R(0, 0, W, H, TINT[tod][0], 0, TINT[tod][1] * share) + R(0, 0, W, H, "url(#corners)"), (W, H)
    )


def raster(content, size):
    """Return SVG on the canvas as an RGBA picture of that size."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{W}" height="{H}" viewBox="0 0 {W} {H}">{content}</svg>'
    data = resvg_py.svg_to_bytes(svg_string=svg, width=size[0], height=size[1], skip_system_fonts=True)
    return Image.open(io.BytesIO(bytes(data))).convert("RGBA")


def weather(kind):
    """Return rain, snow or fog over the whole picture, "" for fair weather."""
    rnd = random.Random(2)
    if kind == "rain":
        return "".join(
            P(f"M{rnd.randint(-60, W)} {rnd.randint(-80, H)} l-16 74", "none", rnd.random() * 0.35 + 0.15, "#dfeaf5", 3)
            for _ in range(150)
        )
    if kind == "snow":
        flakes = ((rnd.randint(0, W), rnd.randint(0, H), rnd.randint(3, 9), rnd.random()) for _ in range(150))
        # None on a face: there it looks like a blemish.
        return "".join(
            C(x, y, r, "#fff", faint * 0.5 + 0.4) for x, y, r, faint in flakes if abs(x - W / 2) > 190 or y > 780
        )
    if kind == "fog":
        banks = ((rnd.randint(0, W), rnd.randint(300, H), rnd.randint(300, 520)) for _ in range(12))
        fading = "".join(
            f'<stop offset="{at}" stop-color="#eef1f4" stop-opacity="{o}"/>'
            for at, o in ((0, 0.34), (0.5, 0.2), (1, 0))
        )
        return f'<radialGradient id="bank">{fading}</radialGradient>' + "".join(
            E(x, y, w, 90, "url(#bank)") for x, y, w in banks
        )
    return ""
