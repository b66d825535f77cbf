"""Rooms where one lives or reads, as backdrops at four times of day."""

# pyright: basic

import random

from devtools.illustrator.scenery import C, E, H, P, R, W, glow, plant, window


def kitchen(tod):
    wall = {"night": "#8d7f83"}.get(tod, "#f3e3cf")
    g = R(0, 0, W, H, wall)
    for r in range(6):
        for c in range(14):
            g += R(c * 62 - 4, 560 + r * 46, 58, 42, "#fbf6ee" if tod != "night" else "#a79ca0", 4, 0.75)
    g += window(80, 120, 250, 330, tod)
    for i in range(3):
        g += (
            R(430 + i * 140, 40, 130, 300, "#5b8a8a", 10)
            + R(440 + i * 140, 54, 110, 272, "#6b9d9c", 8)
            + C(445 + i * 140 + (96 if i % 2 == 0 else 8), 300, 7, "#e8cfa0")
        )
    g += R(430, 392, 420, 18, "#a8774e", 4)
    for i, (c, h) in enumerate(
        [("#d9604c", 74), ("#f0c46a", 60), ("#eef1ee", 84), ("#6fa38b", 64), ("#d9604c", 52), ("#f0c46a", 78)]
    ):
        g += R(450 + i * 62, 392 - h, 44, h, c, 10)
    g += (
        R(0, 830, W, 40, "#e9dcc7")
        + R(0, 866, W, 360, "#4f7f7f")
        + "".join(
            R(20 + i * 210, 896, 190, 330, "#5f9291", 10) + R(80 + i * 210, 925, 70, 10, "#e8cfa0", 5) for i in range(4)
        )
    )
    g += (
        P("M600 830 q-10 -120 20 -130 h120 q30 10 20 130Z", "#d5d9dc")
        + R(585, 690, 190, 16, "#b4babf", 8)
        + C(680, 682, 12, "#8b9196")
    )
    g += (
        plant(70, 760, 1.0)
        + E(215, 818, 80, 22, "#c4905e")
        + C(180, 790, 30, "#e3573f")
        + C(228, 786, 32, "#f2a33c")
        + C(256, 800, 26, "#9dbf4a")
    )
    g += (
        P("M640 0 V150", "none", 1, "#444", 5)
        + P("M570 200 Q640 90 710 200Z", "#d9604c")
        + E(640, 202, 70, 10, "#fff3c4")
    )
    return g


def bedroom(tod):
    g = R(0, 0, W, H, "#e9d9e3" if tod != "night" else "#4a4363") + window(470, 120, 290, 400, tod)
    g += (
        P("M440 80 Q470 330 430 640 L500 640 Q510 300 500 80Z", "#d49ab0", 0.9)
        + P("M790 80 Q760 330 800 640 L740 640 Q728 300 734 80Z", "#d49ab0", 0.9)
        + R(410, 70, 410, 14, "#a8774e", 7)
    )
    for i, (x, y, w, h, c) in enumerate(
        [(60, 150, 150, 190, "#f6c8a6"), (240, 200, 120, 150, "#a7c7c5"), (80, 380, 110, 130, "#c7b6dd")]
    ):
        g += (
            R(x - 8, y - 8, w + 16, h + 16, "#fff", 4)
            + R(x, y, w, h, c)
            + C(x + w * 0.6, y + h * 0.4, w * 0.2, "#fff", 0.6)
        )
    pts = " ".join(f"{x},{60 + ((x / 416 - 1) ** 2) * -40 + 40}" for x in range(0, 840, 20))
    g += f'<polyline points="{pts}" fill="none" stroke="#8d7b86" stroke-width="3"/>'
    for x in range(10, 832, 46):
        y = 60 + ((x / 416 - 1) ** 2) * -40 + 40
        g += C(x, y + 8, 7, "#ffe9a8") + glow(x, y + 8, 20, "#ffe9a8", 0.25)
    g += (
        R(-20, 720, 420, 300, "#a8774e", 40)
        + R(20, 820, 380, 180, "#fff", 40)
        + R(-20, 900, W + 60, 330, "#b7a0cf", 30)
        + P("M-20 960 q200 -50 420 0 t460 0 V1216 H-20Z", "#c9b6dd")
    )
    return g


def living_room(tod):
    g = R(0, 0, W, H, "#e8dccb" if tod != "night" else "#5a5261") + window(90, 120, 300, 380, tod)
    g += P("M60 90 Q90 340 60 640 L120 640 Q116 300 120 90Z", "#c98d6a", 0.85) + P(
        "M420 90 Q392 340 424 640 L364 640 Q360 300 364 90Z", "#c98d6a", 0.85
    )
    for x, y, w, h, c in (
        (520, 130, 130, 170, "#d9a05b"),
        (680, 170, 100, 130, "#7fa08f"),
        (560, 330, 180, 120, "#b5687a"),
    ):
        g += (
            R(x - 9, y - 9, w + 18, h + 18, "#fffaf0", 4)
            + R(x, y, w, h, c)
            + P(
                f"M{x} {y + h} l{w * 0.4} {-h * 0.5} l{w * 0.25} {h * 0.24} l{w * 0.35} {-h * 0.4} V{y + h}Z",
                "#fff6e6",
                0.5,
            )
        )
    g += R(-40, 700, W + 80, 300, "#8b9d83" if tod != "night" else "#4b5a52", 60) + R(
        -60, 860, W + 120, 260, "#7c9077" if tod != "night" else "#435048", 50
    )
    g += (
        R(90, 740, 170, 150, "#e6b98a", 26)
        + R(590, 742, 150, 146, "#c8735a", 26)
        + P("M720 1216 V640", "none", 1, "#5a463d", 10)
        + P("M650 640 L680 500 H776 L800 640Z", "#ffe9b8")
        + glow(724, 590, 150, "#ffe2a0", 0.22)
    )
    return g + plant(40, 880, 1.2)


def bathroom(tod):
    g = R(0, 0, W, H, "#dfeaea" if tod != "night" else "#5d6f7a")
    for y in range(0, 900, 64):
        for x in range(0, W, 64):
            g += R(x + 2, y + 2, 60, 60, "#f4faf9" if tod != "night" else "#6b7d88", 4, 0.8)
    g += (
        window(90, 120, 210, 260, tod)
        + E(600, 330, 150, 190, "#bcd3d8")
        + E(600, 330, 132, 172, "#e8f4f6")
        + P("M520 400 L640 230", "none", 0.6, "#fff", 16)
    )
    return (
        g
        + R(-20, 860, W + 40, 320, "#fbfbf8", 120)
        + R(-20, 850, W + 40, 44, "#eef1ee", 20)
        + "".join(C(60 + i * 58, 850 - (i * 37) % 40, 34 + (i * 13) % 22, "#fff", 0.9) for i in range(14))
        + plant(770, 840, 0.8)
    )


def cabin(tod):
    night = tod == "night"
    g = R(0, 0, W, H, "#7d5236" if not night else "#533629")
    for y in range(0, 900, 74):
        g += R(0, y, W, 66, "#96653f" if not night else "#63422f", 30) + R(
            0, y + 8, W, 10, "#b07d52" if not night else "#78523b", 5, 0.7
        )
        g += "".join(E(60 + (y * 7 + i * 210) % W, y + 34, 16, 7, "#7a4f33", 0.6) for i in range(4))
    g += window(70, 170, 240, 290, tod, "#5a3a28")
    g += P("M70 420 q60 -34 120 -12 t120 -6 V460 H70Z", "#f4f8ff" if not night else "#8fa3c9") + P(
        "M100 420 l30 -90 l30 90Z M230 416 l26 -76 l26 76Z", "#35604a"
    )
    # the hearth
    g += R(520, 0, 270, 560, "#7f7a76") + R(490, 520, 330, 400, "#8d8883", 8)
    rnd = random.Random(15)
    for _ in range(46):
        x, y = rnd.randint(500, 770), rnd.randint(10, 900)
        g += R(
            x,
            y,
            rnd.randint(40, 70),
            rnd.randint(24, 38),
            rnd.choice(["#9b958f", "#736e6a", "#a8a29a", "#86807b"]),
            12,
            0.9,
        )
    g += R(470, 500, 370, 34, "#5a3a28", 8) + P("M550 920 V700 a105 96 0 0 1 210 0 V920Z", "#1f1512")
    for w, h, c in ((90, 210, "#e8582c"), (64, 160, "#ff9a3c"), (34, 104, "#ffe08a")):
        g += P(
            f"M655 900 C{655 - w} 900 {655 - w} {900 - h * 0.5} {655 - w * 0.3} {900 - h * 0.8} Q{655 - w * 0.1} {900 - h * 0.6} {655 + 4} {900 - h} Q{655 + w * 0.3} {900 - h * 0.55} {655 + w * 0.8} {900 - h * 0.5} C{655 + w} {900 - h * 0.2} {655 + w * 0.6} 900 655 900Z",
            c,
        )
    g += P("M575 906 L735 876 M578 876 L738 908", "none", 1, "#5a3a28", 24) + glow(655, 820, 260, "#ff9a3c", 0.2)
    g += (
        R(500, 450, 20, 50, "#fff6e0", 4)
        + P("M510 420 q12 16 0 30 q-12 -14 0 -30Z", "#ffb547")
        + R(720, 440, 60, 60, "#3f6f5a", 8)
        + R(600, 452, 80, 48, "#c99a4e", 6)
    )
    g += (
        R(0, 900, W, 330, "#6d4630" if not night else "#46302a")
        + E(420, 1080, 420, 110, "#a5333f")
        + E(420, 1080, 360, 88, "#e9dcc0")
        + E(420, 1080, 300, 66, "#a5333f")
    )
    # an armchair under a plaid
    g += P("M-30 1010 V700 Q-20 620 80 620 Q190 620 200 700 V820 Q250 820 250 880 V1040 H-30Z", "#8a4a34")
    g += (
        P("M20 620 H150 V900 H20Z", "#b2392f")
        + "".join(R(20, 650 + i * 64, 130, 14, "#1f3a2c", 0, 0.7) for i in range(4))
        + "".join(R(40 + i * 44, 620, 12, 280, "#f1e3b4", 0, 0.5) for i in range(3))
    )
    return g


def studio(tod):
    night = tod == "night"
    g = R(0, 0, W, H, "#e9e4dc" if not night else "#4f4a55")
    g += R(40, 60, 430, 560, "#4a4f57") + R(52, 72, 406, 536, "url(#sky)")
    if not night:
        g += E(170, 200, 90, 26, "#fff", 0.8) + E(330, 260, 100, 24, "#fff", 0.7)
    g += P("M52 540 h60 v-70 h70 v40 h60 v-110 h50 v120 h80 v-50 h86 V608 H52Z", "#8b97a8" if not night else "#1b2547")
    g += "".join(R(52 + i * 101 - 4, 66, 8, 548, "#4a4f57") for i in range(1, 4)) + "".join(
        R(46, 72 + i * 134 - 4, 418, 8, "#4a4f57") for i in range(1, 4)
    )
    # sketches on the wall
    for x, y, t, c in (
        (530, 90, -4, "#fff"),
        (660, 70, 3, "#f7ecd8"),
        (540, 270, 2, "#f7ecd8"),
        (680, 260, -3, "#fff"),
    ):
        g += (
            f'<g transform="rotate({t} {x} {y})">'
            + R(x, y, 110, 150, c, 2)
            + P(f"M{x + 22} {y + 112} q30 -90 60 -60 q30 30 4 70", "none", 0.9, "#5b5566", 4)
            + C(x + 54, y + 46, 18, "#e0705a", 0.5)
            + R(x + 40, y - 8, 30, 16, "#e8c35a", 2, 0.9)
            + "</g>"
        )
    # an easel with a landscape
    g += P("M620 480 L560 1030 M720 480 L790 1030 M670 440 V1000", "none", 1, "#a8774e", 16)
    g += (
        R(540, 520, 270, 300, "#fbf7ef", 3)
        + R(556, 536, 238, 268, "#9fd0e6")
        + P("M556 700 q60 -90 120 -30 t118 -20 V804 H556Z", "#6fae6d")
        + C(740, 590, 32, "#ffd56b")
        + P("M610 804 Q650 720 690 690 Q680 740 700 804Z", "#f1dfb6")
        + R(528, 820, 294, 16, "#8a5d3b", 4)
    )
    g += R(0, 900, W, 330, "#c9a87e" if not night else "#5a4a44") + "".join(
        P(f"M0 {930 + i * 58} H{W}", "none", 0.4, "#a5855c", 3) for i in range(5)
    )
    rnd = random.Random(18)
    g += "".join(
        E(
            rnd.randint(0, W),
            rnd.randint(930, 1200),
            rnd.randint(6, 18),
            rnd.randint(3, 7),
            rnd.choice(["#d9483b", "#2f6f8f", "#f2c23c", "#5da271", "#8b6bb1"]),
            0.8,
        )
        for _ in range(34)
    )
    # a table of pots and brushes
    g += R(-20, 800, 300, 24, "#8a5d3b", 4) + R(20, 824, 18, 300, "#7a5033") + R(220, 824, 18, 300, "#7a5033")
    for x, c in ((20, "#d9483b"), (84, "#2f6f8f"), (148, "#f2c23c")):
        g += R(x, 744, 50, 56, "#e8e6e2", 6) + R(x, 752, 50, 16, c)
    for x, t, c in ((214, -14, "#d9483b"), (228, -3, "#2f6f8f"), (242, 8, "#5da271"), (252, 18, "#f2c23c")):
        g += (
            f'<g transform="rotate({t} 232 740)">'
            + R(x - 4, 620, 8, 130, "#b98a5a", 3)
            + P(f"M{x - 7} 620 q7 -40 14 0Z", c)
            + "</g>"
        )
    return g + R(200, 730, 66, 72, "#7fa08f", 10)


def library(tod):
    g = R(0, 0, W, H, "#4a342a")
    rnd = random.Random(6)
    for y in range(60, 900, 140):
        x = 10
        while x < W - 20:
            w, h = rnd.randint(20, 46), rnd.randint(80, 116)
            g += R(
                x,
                y + 118 - h,
                w,
                h,
                rnd.choice(["#a14b3f", "#3f6f7f", "#c99a4e", "#5d6f4a", "#7a5a86", "#d8cbb2", "#32506e"]),
                3,
            ) + R(x + 5, y + 130 - h, w - 10, 6, "#f1dfb6", 2, 0.6)
            x += w + rnd.choice([2, 2, 3, 16])
        g += R(0, y + 118, W, 18, "#6d4a34")
    g += R(270, 40, 290, 500, "#2d211b", 12) + window(300, 80, 230, 420, tod, "#6d4a34")
    return (
        g
        + R(0, 900, W, 330, "#5a3d2d")
        + E(660, 870, 120, 18, "#3a271d")
        + P("M640 870 V760", "none", 1, "#c99a4e", 10)
        + P("M570 770 Q640 650 710 770Z", "#3f7a5a")
        + glow(640, 790, 130, "#ffe2a0", 0.25)
    )
