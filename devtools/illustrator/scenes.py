"""The backdrop of a picture: its place at its time of day, out of focus; and the weather over everything."""

# pyright: basic

import base64
import io
import random
from functools import lru_cache

import resvg_py
from PIL import Image, ImageFilter

from devtools.illustrator import indoors, outdoors
from devtools.illustrator.scenery import SKY, C, E, H, P, W, lg

SC = {
    place.__name__: place
    for place in (
        indoors.bar, indoors.bathroom, indoors.bedroom, indoors.cabin, indoors.cafe, indoors.gym, indoors.kitchen,
        indoors.library, indoors.living_room, indoors.museum, indoors.office, indoors.restaurant, indoors.stage, indoors.studio,
        indoors.train, outdoors.beach, outdoors.camp, outdoors.desert, outdoors.forest, outdoors.garden, outdoors.lake,
        outdoors.mountain, outdoors.park, outdoors.pool, outdoors.rooftop, outdoors.street, outdoors.winter,
    )
}  # fmt: skip
TINT = {"dawn": ("#ffb8a0", 0.14), "day": ("#ffffff", 0), "sunset": ("#ff7a3c", 0.20), "night": ("#16245c", 0.24)}
# A backdrop is out of focus: half the size shows all of it, and is a third of the work.
_SHRINK = 2


@lru_cache(maxsize=24)
def backdrop(name, tod="day", blur=4):
    """Return the place as an SVG image of the whole canvas.  blur: standard deviation in pixels of the canvas."""
    sea = (
        (0, "#142a52" if tod == "night" else "#2f86b5"),
        (1, {"day": "#7fd3d3", "night": "#2a4a7a"}.get(tod, "#e59a8a")),
    )
    defs = lg("sky", SKY[tod]) + lg("sea", sea) + lg("sand", [(0, "#f5dfae"), (1, "#dcb87c")])
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{W}" height="{H}" viewBox="0 0 {W} {H}"><defs>{defs}</defs>{SC[name](tod)}</svg>'
    data = resvg_py.svg_to_bytes(svg_string=svg, width=W // _SHRINK, height=H // _SHRINK, skip_system_fonts=True)
    picture = Image.open(io.BytesIO(bytes(data))).convert("RGB").filter(ImageFilter.GaussianBlur(blur / _SHRINK))
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1)
    return f'<image width="{W}" height="{H}" href="data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"/>'


def weather(kind):
    """Return rain, snow or fog over the whole picture, "" for fair weather."""
    rnd = random.Random(2)
    if kind == "rain":
        return "".join(
            P(f"M{rnd.randint(-60, W)} {rnd.randint(-80, H)} l-16 74", "none", rnd.random() * 0.35 + 0.15, "#dfeaf5", 3)
            for _ in range(150)
        )
    if kind == "snow":
        return "".join(
            C(rnd.randint(0, W), rnd.randint(0, H), rnd.randint(3, 9), "#fff", rnd.random() * 0.5 + 0.4)
            for _ in range(130)
        )
    if kind == "fog":
        return "".join(
            E(rnd.randint(0, W), rnd.randint(200, H), rnd.randint(240, 420), 60, "#eef1f4", 0.22) for _ in range(12)
        )
    return ""
