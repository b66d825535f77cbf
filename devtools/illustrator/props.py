"""What is held, leant on or lain in: one function per prop, in figure coordinates, between the two hands."""

from collections.abc import Callable

from devtools.illustrator.svg import (
    Point,
    cel,
    circle,
    clipped,
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


def _cup(a: Point, b: Point) -> str:
    x, y = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + 6
    steam = line(f"M{x - 12} {y - 54} q-12 -20 2 -38 t0 -30 M{x + 14} {y - 54} q12 -20 0 -36", "#ffffff", 5, 0.55)
    mug = cel(
        f"M{x - 36} {y - 40} H{x + 36} L{x + 30} {y + 42} Q{x} {y + 54} {x - 30} {y + 42}Z",
        "#e5705a",
        "#b94a3c",
        outline="#7a2c26",
    )
    return steam + mug + ellipse(x, y - 40, 36, 9, "#f6e7d4") + ellipse(x, y - 39, 29, 6, "#6b4128")


def _glass(_: Point, b: Point) -> str:
    x, y = b
    return (
        line(f"M{x} {y - 6} V{y + 62}", "#e9f2f6", 6)
        + ellipse(x, y + 64, 28, 7, "#e9f2f6")
        + path(
            f"M{x - 32} {y - 96} H{x + 32} Q{x + 34} {y - 12} {x} {y - 8} Q{x - 34} {y - 12} {x - 32} {y - 96}Z",
            "#e9f4f8",
            opacity=0.6,
        )
        + path(
            f"M{x - 32} {y - 62} H{x + 32} Q{x + 28} {y - 12} {x} {y - 10} Q{x - 28} {y - 12} {x - 32} {y - 62}Z",
            "#a3273f",
        )
    )


def _book(a: Point, b: Point) -> str:
    y = (a[1] + b[1]) / 2
    cover = path(
        f"M{a[0] - 8} {y - 96} L0 {y - 76} L{b[0] + 8} {y - 96} V{y + 48} L0 {y + 70} L{a[0] - 8} {y + 48}Z",
        "#3f6f8f",
        stroke="#22405a",
        width=4,
    )
    pages = path(
        f"M{a[0]} {y - 104} Q-40 {y - 106} 0 {y - 84} Q40 {y - 106} {b[0]} {y - 104} V{y - 92} L0 {y - 72} L{a[0]} {y - 92}Z",
        "#fbf4e4",
        stroke="#b9a98f",
        width=2,
    )
    return (
        cover
        + pages
        + line(f"M0 {y - 74} V{y + 66}", "#22405a", 4)
        + rect(20, y - 44, 58, 12, "#e5c877", 4)
        + rect(20, y - 22, 40, 8, "#e5c877", 4)
    )


def _laptop(a: Point, b: Point) -> str:
    lid = path(
        "M-138 -196 Q-138 -208 -126 -208 H126 Q138 -208 138 -196 L148 -66 H-148Z", "#a3acb9", stroke="#4f5866", width=3
    )
    return (
        lid
        + path("M-148 -66 H148 L156 -50 H-156Z", "#7d8694", stroke="#4f5866", width=3)
        + circle(0, -136, 13, "#dfe5ec")
    )


def _phone(_: Point, b: Point) -> str:
    return group(
        rect(-28, -86, 56, 112, "#2b2f3a", 11) + circle(-12, -70, 6, "#59617a") + circle(-12, -54, 6, "#59617a"),
        move(b[0], b[1] - 10, -8),
    )


def _flowers(a: Point, b: Point) -> str:
    x, y = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
    stems = "".join(
        line(f"M{x} {y + 70} Q{x + k * 6} {y} {x + k * 26} {y - 76}", "#5d8a56", 6) for k in (-3, -2, -1, 0, 1, 2, 3)
    )
    heads = ""
    for k, (dx, dy) in enumerate(
        ((-80, -70), (-48, -112), (-8, -86), (0, -138), (40, -104), (78, -72), (-34, -66), (34, -66))
    ):
        c = ("#ee8ba4", "#f6c667", "#f4f0ff", "#c98fd0")[k % 4]
        heads += "".join(
            circle(x + dx + px, y + dy + py, 14, c) for px, py in ((-13, 0), (13, 0), (0, -13), (0, 13))
        ) + circle(x + dx, y + dy, 10, dark(c, 0.25))
    return (
        stems
        + heads
        + cel(
            f"M{x - 70} {y - 44} L{x + 70} {y - 44} L{x + 18} {y + 86} H{x - 18}Z",
            "#f3e4cc",
            "#d9c3a0",
            outline="#a58b66",
        )
    )


def _watering(_: Point, b: Point) -> str:
    x, y = b[0], b[1] + 42
    drops = "".join(line(f"M{x + 150 + k * 12} {y + 10 + k * 14} q6 20 4 40", "#8fd0ea", 4, 0.8) for k in range(4))
    return (
        line(f"M{x + 30} {y + 40} L{x + 140} {y - 24}", "#3f8f7d", 16)
        + cel(f"M{x - 46} {y} H{x + 46} L{x + 54} {y + 86} H{x - 54}Z", "#4fa895", "#2f7a6a", outline="#1f5247")
        + line(f"M{x - 34} {y} Q{x} {y - 74} {x + 34} {y}", "#3f8f7d", 10)
        + drops
    )


def _brush(a: Point, b: Point) -> str:
    paint = "".join(
        circle(a[0] + dx, a[1] + dy, 11, c)
        for dx, dy, c in ((-40, -14, "#d9534f"), (-12, -30, "#f0c24f"), (22, -24, "#4f86c6"), (-38, 14, "#5da271"))
    )
    easel = (
        rect(206, -520, 150, 230, "#fbf6ea", 4, 1, f'stroke="{EDGE}" stroke-width="7"')
        + path("M212 -330 Q260 -400 300 -350 T352 -380 V-294 H212Z", "#7fb28a")
        + circle(310, -460, 24, "#f0bd4f")
        + line("M240 -286 L214 300 M322 -286 L350 300", EDGE, 12)
    )
    return (
        easel
        + cel(
            curve(
                [
                    (a[0] - 74, a[1]),
                    (a[0] - 30, a[1] - 50),
                    (a[0] + 44, a[1] - 36),
                    (a[0] + 54, a[1] + 16),
                    (a[0] - 20, a[1] + 34),
                ]
            ),
            "#c99a68",
            "#9a6b44",
            outline=EDGE,
        )
        + paint
        + line(f"M{b[0]} {b[1] + 34} L{b[0] + 40} {b[1] - 78}", EDGE, 8)
        + line(f"M{b[0] + 40} {b[1] - 78} l8 -22", "#4f86c6", 13)
    )


def _notebook(a: Point, b: Point) -> str:
    x, y = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + 20
    return (
        cel(
            f"M{x - 84} {y - 54} L{x + 70} {y - 62} L{x + 80} {y + 56} L{x - 78} {y + 62}Z",
            "#f8efdc",
            "#e0d0b0",
            outline="#8a6a4a",
        )
        + "".join(line(f"M{x - 60} {y - 28 + k * 20} h{70 + k * 8}", "#9aa4b2", 3) for k in range(4))
        + line(f"M{b[0] - 16} {b[1] + 34} L{b[0] + 26} {b[1] - 46}", "#d9534f", 8)
    )


def _cook(a: Point, b: Point) -> str:
    x, y = -6, -86
    whisk = line(f"M{b[0]} {b[1] + 6} L{x + 26} {y - 10}", WOOD, 13)
    return (
        whisk
        + cel(
            f"M{x - 104} {y - 30} H{x + 104} Q{x + 96} {y + 76} {x} {y + 80} Q{x - 96} {y + 76} {x - 104} {y - 30}Z",
            "#eae4d6",
            "#c4bba6",
            outline="#7d7462",
        )
        + ellipse(x, y - 30, 104, 18, "#f7f2e6")
        + ellipse(x, y - 28, 90, 12, "#e9c98f")
        + line(f"M{x - 92} {y + 8} Q{x} {y + 26} {x + 92} {y + 8}", "#5b8fb0", 9)
    )


def _guitar(a: Point, b: Point) -> str:
    body = curve(
        [
            (-150, -70),
            (-122, -162),
            (-60, -178),
            (-22, -140),
            (28, -148),
            (50, -96),
            (20, -36),
            (-38, -28),
            (-72, 10),
            (-132, -4),
        ]
    )
    neck = path(
        f"M10 -120 L{b[0] + 66} {b[1] - 38} L{b[0] + 76} {b[1] - 14} L20 -88Z", "#5f3c28", stroke="#331d14", width=3
    )
    head = path(f"M{b[0] + 60} {b[1] - 44} l60 -34 l18 32 l-62 34Z", "#7a4c30", stroke="#331d14", width=3)
    strings = "".join(
        line(f"M-100 {-62 - k * 5} L{b[0] + 70} {b[1] - 20 - k * 5}", "#f7ead0", 1.6, 0.8) for k in range(4)
    )
    return (
        cel(body, "#d08a48", "#a0622e", outline="#5c3318")
        + circle(-30, -98, 28, "#3a2218", 1, 'stroke="#f0cd94" stroke-width="6"')
        + rect(-112, -84, 14, 50, "#5c3318", 4)
        + neck
        + head
        + strings
    )


def _piano(a: Point, b: Point) -> str:
    keys = rect(-330, -30, 660, 34, "#fbf7ee") + "".join(
        line(f"M{x} -30 V4", "#8d8678", 2) + rect(x + 16, -30, 14, 20, "#26222b") for x in range(-330, 330, 24)
    )
    return rect(-346, -66, 692, 40, "#3a2a2c", 6) + keys + rect(-346, 4, 692, 260, "#4a3436", 6)


def _violin(a: Point, b: Point) -> str:
    body = group(
        cel(
            "M-92 0 C-96 -46 -40 -50 -24 -24 C-10 -44 40 -42 40 0 C40 42 -10 44 -24 24 C-40 50 -96 46 -92 0Z",
            "#b5632f",
            "#853f1c",
            outline="#4a2212",
        )
        + rect(34, -7, 130, 14, "#33211a", 5),
        move(86, -420, -8),
    )
    return body + line(f"M{a[0] - 80} {a[1] - 20} L{b[0]} {b[1] - 110}", "#efe4d0", 5)


def _umbrella(_: Point, b: Point) -> str:
    """Return the underside, behind the head; canopy() and the stick come before it."""
    x, rim = b[0] - 60, b[1] - 400
    far = f"M{x - 322} {rim} Q{x} {rim - 150} {x + 322} {rim} Q{x} {rim + 74} {x - 322} {rim}Z"
    ribs = "".join(
        line(f"M{x} {rim - 120} L{x + dx} {rim + dy}", "#5c1b22", 4, 0.7) for dx, dy in ((-190, 22), (0, 34), (190, 22))
    )
    return path(far, "#7d262c") + clipped(far, ribs)


def canopy(b: Point) -> str:
    """Return the umbrella's stick and canopy, drawn over the head.  b: the hand that holds it."""
    x, rim = b[0] - 60, b[1] - 400
    top = rim - 168
    d = f"M{x - 330} {rim} C{x - 280} {top - 34} {x + 280} {top - 34} {x + 330} {rim} Q{x + 220} {rim - 46} {x + 112} {rim - 14} Q{x} {rim - 62} {x - 112} {rim - 14} Q{x - 220} {rim - 46} {x - 330} {rim}Z"
    seams = line(
        f"M{x - 112} {rim - 14} Q{x - 84} {top + 40} {x} {top - 12} Q{x + 84} {top + 40} {x + 112} {rim - 14}",
        "#8f2c30",
        4,
        0.6,
    )
    stick = line(f"M{x + 8} {rim - 30} L{b[0]} {b[1]}", "#4a3a34", 9) + line(
        f"M{b[0]} {b[1]} l8 56 q6 30 -22 30 q-16 0 -18 -16", "#7a4c30", 13
    )
    return stick + cel(d, "#d9534f", "#a83a3c", outline="#6a2024") + seams + line(f"M{x} {top - 12} v-26", "#4a3a34", 9)


def _icecream(_: Point, b: Point) -> str:
    x, y = b
    return (
        path(f"M{x - 28} {y - 48} H{x + 28} L{x} {y + 66}Z", "#e2b06a", stroke="#8f6230", width=3)
        + circle(x - 16, y - 62, 29, "#f7b6c4")
        + circle(x + 18, y - 64, 29, "#fff0d2")
        + circle(x, y - 100, 29, "#b98560")
        + circle(x, y - 132, 10, "#c9303f")
    )


def _plate(a: Point, b: Point) -> str:
    y = a[1] + 34
    food = (
        path("M-66 0 Q0 -62 66 0Z", "#e9b45c", stroke="#9a6a28", width=3)
        + circle(-22, -20, 8, "#d9534f")
        + circle(16, -26, 8, "#5da271")
    )
    return group(
        food + ellipse(0, 4, 104, 20, "#f8f6f0", 1, 'stroke="#b9b2a2" stroke-width="3"'), move(a[0] + 30, y)
    ) + line(f"M{b[0]} {b[1] + 40} L{b[0] - 10} {b[1] - 72} m-8 0 v-26 m8 26 v-26 m8 26 v-26", "#c4cad2", 5)


def _mic(_: Point, b: Point) -> str:
    return (
        line(f"M{b[0] + 6} {b[1] + 54} L{b[0] - 10} {b[1] - 40}", "#2b2f3a", 19)
        + circle(b[0] - 14, b[1] - 54, 25, "#8f96a3", 1, 'stroke="#3a3f4a" stroke-width="4"')
        + circle(b[0] - 20, b[1] - 60, 8, "#c9ced8")
    )


def _camera(a: Point, b: Point) -> str:
    y = (a[1] + b[1]) / 2 - 16
    return (
        rect(-78, y - 50, 156, 96, "#33363f", 14)
        + rect(-30, y - 66, 60, 22, "#33363f", 6)
        + circle(0, y, 38, "#565c69")
        + circle(0, y, 28, "#1d2029")
        + circle(-9, y - 9, 9, "#8fb3d0", 0.8)
    )


def _controller(a: Point, b: Point) -> str:
    y = (a[1] + b[1]) / 2
    return (
        cel(
            curve(
                [
                    (-84, y - 30),
                    (0, y - 36),
                    (84, y - 30),
                    (96, y + 38),
                    (60, y + 40),
                    (36, y + 12),
                    (-36, y + 12),
                    (-60, y + 40),
                    (-96, y + 38),
                ]
            ),
            "#3f4654",
            "#2a303c",
            outline="#161a22",
        )
        + circle(46, y - 12, 7, "#d9534f")
        + circle(62, y - 4, 7, "#5da271")
        + line(f"M-58 {y - 10} h22 m-11 -11 v22", "#c9ced8", 6)
    )


def _pet(fur: str, ears: str) -> Callable[[Point, Point], str]:
    def drawn(a: Point, b: Point) -> str:
        deep = dark(fur, 0.35)
        body = cel(
            curve([(-74, -150), (-40, -216), (46, -218), (84, -140), (40, -84), (-40, -84)]),
            fur,
            deep,
            outline=dark(fur, 0.55),
        )
        pricked = (
            path("M-66 -268 L-58 -326 L-22 -296 M66 -268 L58 -326 L22 -296", fur, stroke=deep, width=4)
            if ears == "cat"
            else path(
                "M-58 -290 Q-98 -270 -82 -214 Q-56 -220 -46 -262Z M58 -290 Q98 -270 82 -214 Q56 -220 46 -262Z", deep
            )
        )
        face = (
            circle(-24, -256, 8, "#241a1c")
            + circle(24, -256, 8, "#241a1c")
            + circle(-27, -259, 3, "#fff")
            + circle(21, -259, 3, "#fff")
            + ellipse(0, -236, 8, 6, "#b0606a" if ears == "cat" else "#33231f")
            + line("M0 -230 q-9 12 -18 6 M0 -230 q9 12 18 6", "#33231f", 3)
        )
        return group(
            body
            + cel(
                curve([(-66, -254), (-44, -300), (44, -300), (66, -254), (40, -212), (-40, -212)]),
                fur,
                deep,
                outline=dark(fur, 0.55),
            )
            + pricked
            + ellipse(0, -230, 26, 17, light(fur, 0.5), 0.7)
            + face,
            move(0, 10),
        )

    return drawn


def _dumbbell(_: Point, b: Point) -> str:
    x, y = b[0], b[1] - 28
    return line(f"M{x - 70} {y} H{x + 70}", "#8f96a3", 12) + "".join(
        rect(x + s * 62 - 15, y - 40, 30, 80, "#33363f", 8) for s in (-1, 1)
    )


def _knit(a: Point, b: Point) -> str:
    return (
        line(f"M{a[0]} {a[1] + 20} L40 -262 M{b[0]} {b[1] + 20} L-40 -262", "#d9c3a0", 7)
        + cel("M-62 -214 H62 L76 -70 Q0 -54 -70 -74Z", "#6f9a8d", "#4f7a6d", outline="#33544a")
        + "".join(line(f"M-60 {y} q30 12 60 0 t62 0", "#4f7a6d", 3) for y in (-190, -164, -138, -112))
    )


# Held behind the hands; the hands are drawn over it.
PROPS: dict[str, Callable[[Point, Point], str]] = {
    "cup": _cup, "glass": _glass, "book": _book, "laptop": _laptop, "phone": _phone, "selfie": _phone, "flowers": _flowers, "watering": _watering, "brush": _brush,
    "notebook": _notebook, "cook": _cook, "guitar": _guitar, "piano": _piano, "violin": _violin, "umbrella": _umbrella, "icecream": _icecream, "plate": _plate, "mic": _mic,
    "camera": _camera, "controller": _controller, "cat": _pet("#c98a4f", "cat"), "dog": _pet("#b98a5c", "dog"), "dumbbell": _dumbbell, "knit": _knit,
}  # fmt: skip
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
