"""Places with a roof, as backdrops at four times of day."""

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


def office(tod):
    g = R(0, 0, W, H, "#dfe5ea" if tod != "night" else "#39415a") + R(0, 60, W, 620, "url(#sky)")
    rnd = random.Random(11)
    x = 0
    while x < W:
        w = rnd.randint(60, 120)
        h = rnd.randint(180, 470)
        c = (
            ["#8fa6bd", "#7d94ad", "#a2b6c9"][rnd.randint(0, 2)]
            if tod != "night"
            else ["#1b2547", "#232f56", "#162040"][rnd.randint(0, 2)]
        )
        g += R(x, 680 - h, w, h, c)
        for yy in range(680 - h + 16, 670, 26):
            for xx in range(x + 10, x + w - 14, 22):
                if rnd.random() < (0.55 if tod == "night" else 0.8):
                    g += R(
                        xx, yy, 12, 14, "#ffdf8f" if tod == "night" else "#cfe0ee", 1, 0.9 if tod == "night" else 0.6
                    )
        x += w + 4
    for i in range(0, W + 1, 277):
        g += R(i - 7, 50, 14, 640, "#4a5563")
    g += (
        R(0, 40, W, 24, "#4a5563")
        + R(0, 676, W, 26, "#4a5563")
        + R(0, 700, W, 520, "#c7cfd6" if tod != "night" else "#2d3449")
    )
    g += R(-20, 960, W + 40, 40, "#a8774e", 6) + R(-20, 1000, W + 40, 220, "#7b5537")
    g += (
        R(40, 780, 240, 160, "#2b323d", 10)
        + R(52, 792, 216, 132, "#7fc6e8")
        + R(145, 940, 30, 22, "#2b323d")
        + R(100, 955, 120, 10, "#2b323d", 4)
    )
    for i, (c, h) in enumerate(
        [("#d95f59", 110), ("#4f86c6", 126), ("#e8b04a", 100), ("#5da271", 118), ("#8b6bb1", 108)]
    ):
        g += R(610 + i * 30, 960 - h, 26, h, c, 3)
    g += plant(800, 890, 1.1, "#e8e3da")
    return g


def cafe(tod):
    g = R(0, 0, W, H, "#5a4034") + "".join(R(0, i * 110, W, 4, "#4a3329") for i in range(12))
    g += window(70, 210, 330, 470, tod, "#2d211b")
    for y in (330, 520):
        g += R(470, y, 360, 16, "#c08a5a")
        for i in range(6):
            c = ["#e7d6be", "#c8553d", "#6b8f71", "#f0c27b", "#8ea4b5", "#e7d6be"][(i + y // 100) % 6]
            g += R(486 + i * 56, y - 70 + (i % 3) * 14, 38, 70 - (i % 3) * 14, c, 8)
    g += (
        R(490, 90, 300, 150, "#26302b", 8, 1, 'stroke="#a8774e" stroke-width="10"')
        + "".join(R(520, 120 + i * 30, 180 - (i * 37) % 70, 8, "#e9efe6", 4, 0.8) for i in range(4))
        + C(740, 170, 26, "none")
    )
    for x, l in ((150, 150), (416, 90), (690, 120)):
        g += (
            P(f"M{x} 0 V{l}", "none", 1, "#1d1512", 5)
            + P(f"M{x - 56} {l + 58} Q{x - 50} {l} {x} {l - 6} Q{x + 50} {l} {x + 56} {l + 58}Z", "#2d211b")
            + E(x, l + 58, 56, 10, "#ffd98a")
            + glow(x, l + 80, 95, "#ffd98a", 0.18)
        )
    g += R(0, 900, W, 30, "#c08a5a") + R(0, 930, W, 300, "#3b2a22") + plant(780, 850, 1.1, "#e7d6be")
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


def gym(tod):
    g = (
        R(0, 0, W, H, "#c9cfd4" if tod != "night" else "#454c59")
        + R(60, 120, 712, 440, "#aebbc4", 8)
        + R(76, 136, 680, 408, "url(#sky)", 4, 0.55)
    )
    for y in (640, 730):
        g += R(40, y, 752, 16, "#4a5563") + "".join(
            C(90 + i * 94, y - 20, 34, "#2b323d") + C(90 + i * 94, y - 20, 12, "#8a9099") for i in range(8)
        )
    return (
        g
        + R(0, 860, W, 370, "#6d7480")
        + "".join(P(f"M{i * 140} 1216 L{200 + i * 70} 860", "none", 0.25, "#fff", 4) for i in range(8))
    )


def restaurant(tod):
    night = tod in ("night", "sunset")
    wall, panel = ("#2f4a43", "#263d37") if night else ("#5d7f73", "#4f6f64")
    g = R(0, 0, W, H, wall) + R(0, 640, W, 330, panel)
    g += "".join(R(12 + i * 138, 664, 118, 270, wall, 6) for i in range(6)) + R(0, 628, W, 18, "#c9a36a")
    # an arched window on the left
    g += P("M52 640 V300 a140 140 0 0 1 280 0 V640Z", "#efe2c8") + P(
        "M68 640 V300 a124 124 0 0 1 248 0 V640Z", "url(#sky)"
    )
    if tod == "night":
        g += "".join(C(90 + (i * 67) % 210, 220 + (i * 41) % 260, 2, "#fff", 0.9) for i in range(16))
    g += P("M68 560 q60 -50 124 -16 t124 -20 V640 H68Z", "#1d3350" if tod == "night" else "#6d9a7a")
    g += R(186, 176, 12, 464, "#efe2c8") + R(68, 400, 248, 10, "#efe2c8")
    # wine on the right
    for row in range(3):
        y = 240 + row * 130
        g += R(560, y + 92, 250, 12, "#8a5d3b")
        for i in range(7):
            c = ["#3c1f2b", "#1f3a2c", "#6b2333", "#d8c48a", "#22324a"][(i * 2 + row) % 5]
            g += (
                R(572 + i * 34, y + 26, 22, 66, c, 7)
                + R(578 + i * 34, y, 10, 34, c, 3)
                + R(574 + i * 34, y + 52, 18, 22, "#f3ead6", 2)
            )
    for x, y in ((150, 120), (430, 60), (690, 130)):
        g += (
            P(f"M{x} 0 V{y}", "none", 1, "#c9a36a", 4)
            + C(x, y + 34, 34, "#fff0c8")
            + glow(x, y + 34, 110, "#ffdf9c", 0.24)
        )
    # laid tables, with candles
    for x, y, s in ((120, 940, 1.0), (735, 960, 1.08)):
        g += (
            f'<g transform="translate({x} {y}) scale({s})">'
            + P("M-170 -190 q-30 -120 60 -128 q88 8 60 128 l-14 150 h-92Z", "#7a4a3a")
            + P("M-160 0 L-196 300 H196 L160 0Z", "#f7f2e8")
            + "".join(P(f"M{k} 20 L{k * 1.18} 300", "none", 0.5, "#ddd3c2", 6) for k in (-110, -40, 40, 110))
            + E(0, 0, 166, 40, "#fffdf7")
            + E(-84, 0, 54, 13, "#e6e2da")
            + P("M66 -6 V-70 M40 -130 q0 62 26 62 q26 0 26 -62Z", "#7d1f34", 0.9, "#f1ece4", 4)
            + R(-10, -86, 20, 84, "#fff6e0", 4)
            + P("M0 -128 q16 22 0 40 q-16 -18 0 -40Z", "#ffb547")
            + glow(0, -104, 74, "#ffd27a", 0.3)
            + "</g>"
        )
    return g


def bar(tod):
    g = R(0, 0, W, H, "#2a1c22") + R(60, 190, 712, 520, "#4a2b2a", 12) + R(78, 208, 676, 484, "#e89a4c", 8, 0.55)
    rnd = random.Random(31)
    for y in (330, 490, 650):
        g += R(70, y, 692, 14, "#6a4434")
        x = 92
        while x < 730:
            w, h = rnd.choice([22, 26, 32]), rnd.randint(70, 116)
            c = rnd.choice(["#8f2f3c", "#2f6f5a", "#d8a24e", "#e8e1d2", "#3b5578", "#6a3f6f", "#b8622f"])
            g += R(x, y - h, w, h, c, 6, 0.95) + R(x + w / 2 - 4, y - h - 26, 8, 30, c, 3)
            g += R(x + 3, y - h + 30, w - 6, 24, "#fff4dc", 2, 0.8) + R(x + 3, y - h + 6, 4, h - 14, "#fff", 2, 0.35)
            x += w + rnd.choice([7, 9, 15])
    # the sign
    for width, opacity in ((26, 0.16), (14, 0.28), (5, 1)):
        colour = "#ff8fb6" if width > 5 else "#ffe3ee"
        g += P(
            "M250 150 q-50 -70 10 -92 q46 -12 60 30 q26 -52 66 -30 q40 26 -40 96 l-24 24Z",
            "none",
            opacity,
            colour,
            width,
        )
        g += P("M470 62 h120 l-60 62 V160 M500 164 h60", "none", opacity, "#7fe3f0" if width > 5 else "#e2fbff", width)
    for x in (110, 416, 722):
        g += P(f"M{x} 0 V150", "none", 1, "#120b0e", 5) + P(
            f"M{x - 44} 198 Q{x - 38} 150 {x} 146 Q{x + 38} 150 {x + 44} 198Z", "#c98f3f"
        )
        g += E(x, 198, 44, 9, "#ffe8b0") + glow(x, 226, 120, "#ffcf7a", 0.2)
    g += R(-10, 872, W + 20, 44, "#8a5a37", 10) + R(0, 914, W, 310, "#3a2420")
    g += "".join(R(26 + i * 164, 944, 138, 280, "#452c26", 8, 1, 'stroke="#2c1a17" stroke-width="5"') for i in range(5))
    g += R(650, 726, 16, 146, "#d8b46a") + R(612, 726, 160, 20, "#d8b46a", 10)
    g += "".join(R(626 + i * 48, 680, 14, 56, c, 6) for i, c in enumerate(("#8f2f3c", "#2f6f5a", "#e8e1d2")))
    for x, c in ((96, "#e8b04a"), (170, "#f0c46a")):
        g += P(f"M{x} 776 h58 l-6 96 h-46Z", c, 0.95) + R(x - 2, 764, 62, 22, "#fffaf0", 10)
    return g


def stage(tod):
    g = R(0, 0, W, H, "#160f2b") + R(0, 0, W, 900, "#2a1746", 0, 0.8)
    for x, to, c in (
        (120, 300, "#ff5fa2"),
        (280, 90, "#6fd7ff"),
        (420, 430, "#ffe08a"),
        (560, 740, "#b98bff"),
        (720, 540, "#ff8a5c"),
    ):
        g += P(f"M{x - 14} 96 L{to - 120} 940 H{to + 120} L{x + 14} 96Z", c, 0.24)
        g += P(f"M{x - 6} 96 L{to - 50} 940 H{to + 50} L{x + 6} 96Z", c, 0.26)
    g += R(0, 40, W, 8, "#8c86a6") + R(0, 84, W, 8, "#8c86a6")
    g += "".join(P(f"M{i * 56} 44 l28 44 l28 -44", "none", 1, "#6f6a8a", 4) for i in range(15))
    for x in (120, 280, 420, 560, 720):
        g += R(x - 24, 84, 48, 44, "#0f0b1c", 8) + E(x, 128, 20, 7, "#fff7dd")
    # a mirror ball
    g += P("M416 92 V210", "none", 1, "#8c86a6", 3) + C(416, 262, 56, "#c9cfe6")
    for i in range(-3, 4):
        for k in range(-3, 4):
            if i * i + k * k < 11:
                g += R(
                    410 + i * 15,
                    256 + k * 15,
                    12,
                    12,
                    ["#fff", "#9fb2e6", "#f0b6e0", "#7f8fc4"][(i * 3 + k * 5) % 4],
                    2,
                )
    rnd = random.Random(13)
    g += "".join(
        C(rnd.randint(0, W), rnd.randint(140, 900), rnd.randint(3, 9), rnd.choice(["#fff", "#ffd7f0", "#bfe9ff"]), 0.5)
        for _ in range(60)
    )
    for side in (0, 1):
        flip = f"translate({W} 0) scale(-1 1)" if side else ""
        g += f'<g transform="{flip}">' + P("M-10 -10 H190 Q150 500 120 930 H-10Z", "#8f1f3c")
        g += "".join(
            P(f"M{20 + i * 42} 0 Q{14 + i * 36} 500 {8 + i * 28} 930", "none", 0.5, "#5f1028", 14) for i in range(4)
        )
        g += (
            R(6, 760, 150, 220, "#0d0a16", 10)
            + C(80, 826, 42, "#2b2838")
            + C(80, 826, 16, "#0d0a16")
            + C(80, 920, 42, "#2b2838")
            + C(80, 920, 16, "#0d0a16")
            + "</g>"
        )
    g += P(f"M0 936 H{W} V{H} H0Z", "#4a2f3a") + "".join(
        P(f"M{416 + (i - 6) * 60} 936 L{416 + (i - 6) * 130} {H}", "none", 0.6, "#341f2a", 5) for i in range(13)
    )
    return g + E(416, 1010, 330, 60, "#ffe6b8", 0.22)


def museum(tod):
    night = tod == "night"
    wall = "#5b5566" if night else "#efe8dd"
    g = (
        R(0, 0, W, H, wall)
        + P("M120 0 H712 L640 92 H192Z", "url(#sky)")
        + "".join(P(f"M{x} 0 L{416 + (x - 416) * 0.76} 92", "none", 1, "#fffaf0", 8) for x in (120, 268, 416, 564, 712))
    )
    g += R(0, 92, W, 16, "#fffaf0" if not night else "#6d6778") + R(
        0, 880, W, 26, "#d9cdb9" if not night else "#4a4455"
    )

    def painting(x, y, w, h, ground, marks):
        return (
            R(x - 20, y - 20, w + 40, h + 40, "#b98a3c", 4)
            + R(x - 12, y - 12, w + 24, h + 24, "#e2bd6a", 3)
            + R(x, y, w, h, ground)
            + f'<svg x="{x}" y="{y}" width="{w}" height="{h}" viewBox="0 0 {w} {h}">{marks}</svg>'
            + P(f"M{x + w * 0.3} {y - 44} h{w * 0.4}", "none", 1, "#8a6a34", 9)
            + E(x + w / 2, y + h * 0.3, w * 0.7, h * 0.6, "#fff3cf", 0.14)
        )

    sea = (
        R(0, 150, 220, 130, "#2f6f8f")
        + P("M60 150 l40 -80 l30 80Z", "#f7efe0")
        + C(170, 60, 26, "#fff0c0")
        + R(50, 150, 90, 12, "#5a3a2a")
    )
    g += painting(50, 230, 220, 280, "#9fc4d8", sea)
    face = (
        C(80, 100, 46, "#e8c3a2")
        + P("M30 110 Q30 30 80 34 Q134 30 130 112 Q118 66 80 66 Q42 66 30 110Z", "#4a2f28")
        + P("M6 230 Q20 150 80 150 Q140 150 154 230Z", "#7a2f3f")
    )
    g += painting(604, 190, 160, 220, "#4f4a3f", face)
    modern = (
        R(14, 14, 70, 60, "#d9483b")
        + R(98, 14, 60, 130, "#f2c23c")
        + R(14, 88, 70, 56, "#2f5aa8")
        + R(90, 0, 6, 160, "#222")
        + R(0, 78, 172, 6, "#222")
    )
    g += painting(600, 540, 172, 158, "#f7f3ea", modern)
    # a bust on its pedestal
    g += R(70, 770, 150, 210, "#b9a98d") + R(54, 750, 182, 26, "#cbbc9f") + R(54, 972, 182, 26, "#a39478")
    g += (
        P("M88 750 Q92 680 130 674 V640 H160 V674 Q198 680 202 750Z", "#d9d4cb")
        + E(145, 596, 42, 54, "#d9d4cb")
        + P("M102 590 Q104 534 148 534 Q192 538 186 596 Q176 560 146 560 Q116 560 102 590Z", "#bdb6aa")
    )
    g += P("M132 606 q14 8 28 0", "none", 0.7, "#9f988c", 4)
    g += R(0, 906, W, 320, "#b58a5e" if not night else "#4f3f3a")
    g += "".join(
        P(f"M{416 + (i - 5) * 90} 906 L{416 + (i - 5) * 190} {H}", "none", 0.5, "#8f6a45", 4) for i in range(11)
    )
    return (
        g
        + P("M560 906 V820 M790 906 V820", "none", 1, "#c9a24e", 10)
        + P("M560 830 Q676 884 790 830", "none", 1, "#8f1f3c", 12)
        + C(560, 816, 14, "#e2bd6a")
        + C(790, 816, 14, "#e2bd6a")
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


def train(tod):
    night = tod == "night"
    shell, seat = ("#6d7480", "#35506d") if night else ("#e3e0d8", "#3f6f8f")
    g = R(0, 0, W, H, shell) + R(0, 0, W, 110, "#c9c4b8" if not night else "#545b68")
    g += R(60, 56, 712, 14, "#fff3cf", 7) + E(416, 66, 420, 60, "#fff3cf", 0.25)
    for x, w in ((-60, 380), (350, 540)):
        g += (
            R(x - 16, 224, w + 32, 462, "#9aa1ab" if not night else "#474e5b", 46)
            + f'<svg x="{x}" y="240" width="{w}" height="430" viewBox="0 0 {w} 430">'
        )
        g += R(0, 0, w, 430, "url(#sky)", 34)
        if night:
            g += "".join(C((i * 83) % w, (i * 47) % 220, 2, "#fff", 0.9) for i in range(22)) + C(
                w * 0.6, 90, 26, "#f4f1de"
            )
        far, near = ("#22375a", "#1a2b48") if night else ("#8fb3a2", "#6fae6d")
        g += P(f"M0 300 q{w * 0.25} -120 {w * 0.5} -30 t{w * 0.5} -30 V430 H0Z", far) + P(
            f"M0 360 q{w * 0.3} -50 {w * 0.6} -10 t{w * 0.4} -20 V430 H0Z", near
        )
        g += "".join(
            P(f"M{k} 430 V300", "none", 1, "#5a463d" if not night else "#131f36", 9)
            + C(k, 280, 40, "#3f8f56" if not night else "#16304a")
            for k in range(50, w, 150)
        )
        g += "".join(R((i * 137) % w - 60, 396 + i * 7, 170, 4, "#fff", 2, 0.4) for i in range(4))
        g += P(f"M{w * 0.1} 430 L{w * 0.34} 0 h50 L{w * 0.2} 430Z", "#fff", 0.14) + "</svg>"
    # luggage over the windows
    g += (
        P("M0 196 H832", "none", 1, "#8d9099", 10)
        + R(40, 120, 150, 72, "#a5533f", 12)
        + R(96, 104, 40, 20, "none", 8, 1, 'stroke="#7a3a2c" stroke-width="8"')
        + R(560, 130, 190, 62, "#c99a4e", 14)
        + R(600, 130, 12, 62, "#8a6430")
        + R(698, 130, 12, 62, "#8a6430")
    )
    for x, flip in ((-60, 1), (640, -1)):
        g += P(f"M{x} {H} V640 Q{x + 10} 590 {x + 70} 590 H{x + 190} Q{x + 252} 592 {x + 250} 650 V{H}Z", seat) + R(
            x + 24, 606, 200, 104, "#f1ece2", 26
        )
        g += R(x + 22, 740, 206, 420, "#4f83a3" if not night else "#42607f", 30) + R(
            x + (244 if flip > 0 else -18), 890, 28, 200, "#2b323d", 14
        )
    return (
        g
        + R(250, 850, 340, 24, "#b98a5a", 8)
        + R(406, 874, 26, 350, "#7d8390")
        + P("M300 792 h56 l-6 58 h-44Z", "#f7f3ea")
        + R(300, 786, 56, 12, "#8a5d3b", 4)
    )
