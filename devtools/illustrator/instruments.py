"""What is played or worked with, held in both hands: one function per thing, in figure coordinates."""

from devtools.illustrator.svg import (
    Point,
    cel,
    circle,
    curve,
    group,
    line,
    move,
    path,
    rect,
)

EDGE = "#5a3826"


def brush(a: Point, b: Point) -> str:
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


def guitar(a: Point, b: Point) -> str:
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


def piano(a: Point, b: Point) -> str:
    keys = rect(-330, -30, 660, 34, "#fbf7ee") + "".join(
        line(f"M{x} -30 V4", "#8d8678", 2) + rect(x + 16, -30, 14, 20, "#26222b") for x in range(-330, 330, 24)
    )
    return rect(-346, -66, 692, 40, "#3a2a2c", 6) + keys + rect(-346, 4, 692, 260, "#4a3436", 6)


def violin(a: Point, b: Point) -> str:
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


def mic(_: Point, b: Point) -> str:
    return (
        line(f"M{b[0] + 6} {b[1] + 54} L{b[0] - 10} {b[1] - 40}", "#2b2f3a", 19)
        + circle(b[0] - 14, b[1] - 54, 25, "#8f96a3", 1, 'stroke="#3a3f4a" stroke-width="4"')
        + circle(b[0] - 20, b[1] - 60, 8, "#c9ced8")
    )


def camera(a: Point, b: Point) -> str:
    y = (a[1] + b[1]) / 2 - 16
    return (
        rect(-78, y - 50, 156, 96, "#33363f", 14)
        + rect(-30, y - 66, 60, 22, "#33363f", 6)
        + circle(0, y, 38, "#565c69")
        + circle(0, y, 28, "#1d2029")
        + circle(-9, y - 9, 9, "#8fb3d0", 0.8)
    )


def controller(a: Point, b: Point) -> str:
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
