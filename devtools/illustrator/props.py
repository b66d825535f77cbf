"""What is held: one function per thing, in figure coordinates, between the two hands."""

from collections.abc import Callable

from devtools.illustrator.instruments import brush, camera, controller, guitar, mic, piano, violin
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

WOOD = "#a8744a"


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
    "cup": _cup, "glass": _glass, "book": _book, "laptop": _laptop, "phone": _phone, "selfie": _phone, "flowers": _flowers, "watering": _watering, "brush": brush,
    "notebook": _notebook, "cook": _cook, "guitar": guitar, "piano": piano, "violin": violin, "umbrella": _umbrella, "icecream": _icecream, "plate": _plate, "mic": mic,
    "camera": camera, "controller": controller, "cat": _pet("#c98a4f", "cat"), "dog": _pet("#b98a5c", "dog"), "dumbbell": _dumbbell, "knit": _knit,
}  # fmt: skip
