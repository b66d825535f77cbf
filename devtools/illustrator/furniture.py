"""What is leant on, sat on, lain or swum in, in figure coordinates."""

from devtools.illustrator.svg import (
    circle,
    curve,
    dark,
    ellipse,
    group,
    light,
    line,
    move,
    path,
    rect,
)

WOOD, EDGE = "#a8744a", "#5a3826"

AT_A_TABLE = ("cup", "glass", "laptop", "plate", "notebook")


def table() -> str:
    """Return a round table on one foot, laid for the person behind it."""
    foot = (
        rect(-24, -30, 48, 600, dark(WOOD, 0.2))
        + rect(-24, -30, 16, 600, WOOD)
        + path("M-150 590 Q-130 552 -20 548 H20 Q130 552 150 590Z", dark(WOOD, 0.12), stroke=EDGE, width=3)
    )
    top = (
        ellipse(0, -34, 470, 42, dark(WOOD, 0.35))
        + rect(-470, -50, 940, 16, dark(WOOD, 0.35))
        + ellipse(0, -52, 470, 42, light(WOOD, 0.2), 1, f'stroke="{EDGE}" stroke-width="2.5"')
    )
    return (
        foot
        + top
        + ellipse(-260, -60, 62, 13, "#f8f6f0")
        + path("M-300 -66 Q-262 -118 -222 -66Z", "#d9a15c", stroke="#8f6230", width=3)
    )


def seat(place: str) -> str:
    """Return what is sat on: a bench outdoors, a sofa at home, a chair elsewhere."""
    if place in ("park", "garden", "street", "forest", "lake", "mountain", "camp", "beach"):
        return (
            "".join(
                rect(-420, y, 840, 34, light(WOOD, 0.1), 8, 1, f'stroke="{EDGE}" stroke-width="3"')
                for y in (-250, -190, 60)
            )
            + rect(-350, 90, 26, 480, EDGE)
            + rect(324, 90, 26, 480, EDGE)
        )
    if place in ("living_room", "bedroom", "cabin"):
        c = "#6f8f86"
        return (
            rect(-460, -330, 920, 460, c, 70)
            + rect(-500, -130, 120, 420, dark(c, 0.14), 54)
            + rect(380, -130, 120, 420, dark(c, 0.14), 54)
            + rect(-400, 40, 800, 130, light(c, 0.1), 36)
            + rect(-470, 150, 940, 150, dark(c, 0.2), 30)
            + rect(-390, -170, 190, 190, "#e0a46a", 36)
        )
    return (
        rect(-150, -330, 300, 430, dark(WOOD, 0.1), 46, 1, f'stroke="{EDGE}" stroke-width="4"')
        + rect(-176, 56, 352, 48, WOOD, 16)
        + rect(-160, 90, 26, 480, EDGE)
        + rect(134, 90, 26, 480, EDGE)
    )


def bed() -> tuple[str, str]:
    """Return pillow and sheet seen from above, and the blanket over the body."""
    under = (
        rect(-700, -1100, 1400, 2400, "#ece4ea")
        + path(
            curve(
                [(-330, -800), (0, -850), (330, -800), (370, -600), (330, -420), (0, -390), (-330, -420), (-370, -600)]
            ),
            "#d9cdda",
        )
        + path(
            curve(
                [(-322, -806), (0, -852), (320, -806), (356, -610), (318, -434), (0, -404), (-322, -434), (-356, -610)]
            ),
            "#fffaf5",
        )
    )
    c = "#8f9fc9"
    over = (
        path("M-700 -236 Q-300 -286 0 -256 T700 -246 V1300 H-700Z", c, stroke=dark(c, 0.4), width=4)
        + path("M-700 -236 Q-300 -286 0 -256 T700 -246 V-160 Q300 -176 0 -168 T-700 -150Z", "#f6f2fa")
        + line(
            "M-220 -140 Q-180 100 -240 400 M210 -150 Q160 140 230 460 M20 -140 Q60 60 0 300 M-420 -100 Q-440 200 -400 500",
            dark(c, 0.28),
            7,
            0.5,
        )
    )
    return under, over


def blanket(place: str) -> str:
    """Return a blanket on the ground seen from above, or a towel at the water."""
    ground = "#e9d2a0" if place in ("beach", "pool", "desert") else "#7fae6d"
    c = "#d9655a" if ground == "#7fae6d" else "#4fa3b5"
    tufts = "".join(
        line(f"M{(k * 173) % 1300 - 650} {(k * 311) % 2000 - 1000} q6 -22 12 0", dark(ground, 0.2), 5, 0.6)
        for k in range(90)
    )
    stripes = "".join(rect(-390, y, 780, 34, light(c, 0.55), opacity=0.8) for y in range(-860, 900, 120))
    return (
        rect(-900, -1300, 1800, 2700, ground)
        + tufts
        + group(rect(-390, -900, 780, 1800, c, 12) + stripes, move(0, 0, -7))
    )


def water(top: float) -> str:
    rings = "".join(
        line(f"M{(k * 211) % 900 - 520} {top + 34 + k * 30} q40 -16 80 0 t80 0 t80 0", "#e6fbff", 5, 0.55)
        for k in range(16)
    )
    return (
        path(
            f"M-900 {top} q75 -18 150 0 t150 0 t150 0 t150 0 t150 0 t150 0 t150 0 t150 0 t150 0 t150 0 t150 0 t150 0 V1400 H-900Z",
            "#3fa9bd",
            opacity=0.86,
        )
        + ellipse(0, top + 6, 250, 22, "#e6fbff", 0.45)
        + rings
    )


def tub() -> str:
    foam = "".join(circle(-380 + k * 48, -250 - (k * 37) % 34, 36 + (k * 13) % 22, "#ffffff", 0.95) for k in range(17))
    side = "M-520 -168 H520 C520 200 500 520 400 600 Q0 640 -400 600 C-500 520 -520 200 -520 -168Z"
    feet = "".join(
        path(f"M{x - 40} 590 Q{x} 660 {x - 30} 690 H{x + 40} Q{x + 30} 640 {x + 44} 590Z", "#d9b45c")
        for x in (-330, 330)
    )
    return (
        foam
        + feet
        + path(side, "#f3f5f5", stroke="#c2ccd2", width=3)
        + path("M518 -160 C518 200 498 520 400 598 Q300 620 200 622 C400 480 440 100 440 -160Z", "#dfe5e8")
        + rect(-560, -224, 1120, 60, "#ffffff", 30, 1, 'stroke="#c2ccd2" stroke-width="3"')
    )
