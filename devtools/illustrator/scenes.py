"""The places: backdrops of 832 × 1216 as SVG, at four times of day, and the weather over them."""

# pyright: basic

import random

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


def R(x, y, w, h, f, r=0, o=1, extra=""):
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{r}" fill="{f}" opacity="{o}" {extra}/>'


def C(x, y, r, f, o=1):
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{f}" opacity="{o}"/>'


def E(x, y, rx, ry, f, o=1, t=""):
    return f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}" fill="{f}" opacity="{o}" {t}/>'


def P(d, f, o=1, s="none", w=0, extra=""):
    return f'<path d="{d}" fill="{f}" opacity="{o}" stroke="{s}" stroke-width="{w}" stroke-linecap="round" stroke-linejoin="round" {extra}/>'


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


def beach(tod):
    g = R(0, 0, W, H, "url(#sky)")
    if tod != "night":
        g += C(610, 470 if tod != "day" else 190, 74, "#fff3cf", 0.95) + C(
            610, 470 if tod != "day" else 190, 140, "#fff3cf", 0.25
        )
    else:
        g += C(610, 200, 56, "#f4f1de") + "".join(
            C(random.Random(i).random() * W, random.Random(i + 99).random() * 480, 1.8, "#fff", 0.8) for i in range(60)
        )
    for x, y, s in [(140, 210, 1), (330, 120, 0.7), (720, 320, 0.8)]:
        g += (
            f'<g transform="translate({x} {y}) scale({s})" opacity=".75">'
            + E(0, 0, 110, 26, "#fff")
            + E(-30, -20, 56, 32, "#fff")
            + E(40, -16, 50, 26, "#fff")
            + "</g>"
        )
    g += R(0, 560, W, 300, "url(#sea)")
    rnd = random.Random(3)
    for i in range(46):
        y = 575 + i * 5.6
        g += R(rnd.random() * W - 60, y, 60 + rnd.random() * 160, 3, "#fff", 2, 0.16 + 0.2 * rnd.random())
    g += P("M0 520 q60 -60 150 -40 q90 -50 170 40 l40 44 H0Z", "#4f7f74", 0.9)
    g += P(f"M0 840 q200 -40 420 -6 t{W - 420} -10 V{H} H0Z", "#fff", 0.8) + P(
        f"M0 862 q200 -40 420 -6 t{W - 420} -10 V{H} H0Z", "url(#sand)"
    )
    g += P("M800 1216 C760 900 700 620 720 330 C728 328 736 330 742 334 C740 600 830 900 860 1216Z", "#7a5a3e")
    for a in (-165, -140, -110, -75, -40, -10, 170, 20):
        g += f'<path d="M0 0 C60 -70 190 -80 300 10 C190 -30 70 -20 0 0Z" fill="#2f7d4f" transform="translate(728 334) rotate({a})"/>'
    g += (
        '<g transform="translate(120 900)">'
        + P("M0 0 L-20 -190", "none", 1, "#f5f1e6", 8)
        + P("M-190 -150 Q-40 -330 130 -220 Z", "#e35d5b")
        + P("M-110 -172 Q-60 -280 -27 -253 L-30 -185Z", "#fff3e0")
        + P("M50 -205 Q40 -270 -27 -253 L-30 -185Z", "#fff3e0", 0.0)
        + "</g>"
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
            + C(x, l + 80, 95, "#ffd98a", 0.18)
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
        g += C(x, y + 8, 7, "#ffe9a8") + C(x, y + 8, 20, "#ffe9a8", 0.25)
    g += (
        R(-20, 720, 420, 300, "#a8774e", 40)
        + R(20, 820, 380, 180, "#fff", 40)
        + R(-20, 900, W + 60, 330, "#b7a0cf", 30)
        + P("M-20 960 q200 -50 420 0 t460 0 V1216 H-20Z", "#c9b6dd")
    )
    return g


def park(tod):
    g = R(0, 0, W, H, "url(#sky)")
    for x, y, s in [(160, 160, 1), (560, 240, 0.8)]:
        g += (
            f'<g transform="translate({x} {y}) scale({s})" opacity=".8">'
            + E(0, 0, 110, 26, "#fff")
            + E(-30, -20, 56, 32, "#fff")
            + E(40, -16, 50, 26, "#fff")
            + "</g>"
        )
    g += P("M0 600 q200 -120 420 -30 t420 -40 V1216 H0Z", "#8fc48a") + P(
        "M0 720 q260 -80 480 -10 t360 -20 V1216 H0Z", "#6fae6d"
    )
    rnd = random.Random(8)
    for x, y, s in [(60, 640, 1.1), (760, 640, 1.2), (220, 610, 0.6), (600, 600, 0.65), (500, 585, 0.4)]:
        g += f'<g transform="translate({x} {y}) scale({s})">' + R(-14, -80, 28, 140, "#7a5a3e", 8)
        for _ in range(16):
            g += C(
                rnd.randint(-120, 120),
                rnd.randint(-330, -90),
                rnd.randint(45, 80),
                ["#3f8f56", "#4fa366", "#358049", "#60b377"][rnd.randint(0, 3)],
            )
        g += "</g>"
    g += P("M330 1216 C380 980 470 850 430 730 C470 730 480 730 490 732 C560 850 600 1000 640 1216Z", "#e7d3ab")
    for _ in range(60):
        x, y = rnd.randint(0, W), rnd.randint(800, 1200)
        g += C(x, y, rnd.randint(4, 8), ["#fff", "#ffd56b", "#f28aa0"][rnd.randint(0, 2)], 0.9)
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
        + C(724, 590, 150, "#ffe2a0", 0.22)
    )
    return g + plant(40, 880, 1.2)


def pool(tod):
    g = (
        R(0, 0, W, H, "url(#sky)")
        + P("M0 500 q200 -90 416 -30 t416 -20 V700 H0Z", "#7fb28a")
        + R(0, 560, W, 120, "#efe6d8")
    )
    for x in (80, 260, 640):
        g += P(f"M{x} 600 l90 0 l30 -90", "none", 1, "#fff", 12) + R(x - 10, 590, 120, 16, "#e2725b", 6)
    g += R(0, 670, W, 560, "#45b0c4" if tod != "night" else "#1f5570")
    rnd = random.Random(4)
    for _ in range(70):
        g += P(f"M{rnd.randint(-40, W)} {rnd.randint(690, 1200)} q30 -14 60 0 t60 0", "none", 0.35, "#e8fbff", 5)
    return g + R(0, 660, W, 22, "#dfe8ea")


def forest(tod):
    g = R(0, 0, W, H, "url(#sky)") + R(0, 0, W, H, "#2f5d46", 0, 0.35)
    rnd = random.Random(12)
    for depth, c in ((0, "#5f8f73"), (1, "#41745a"), (2, "#2c5744")):
        for _ in range(9):
            x = rnd.randint(-40, W + 40)
            w = 18 + depth * 16
            g += R(x, 0, w, 820 + depth * 70, c, 6)
            for _ in range(5):
                g += C(x + rnd.randint(-110, 110), rnd.randint(-20, 300 + depth * 40), rnd.randint(50, 100), c, 0.8)
    g += P("M0 820 q210 -60 420 -10 t420 -20 V1216 H0Z", "#4a7a4f") + P(
        "M300 1216 C360 1010 430 900 400 812 L470 812 C540 930 600 1030 640 1216Z", "#c9ab7c"
    )
    return g + "".join(
        C(rnd.randint(0, W), rnd.randint(850, 1200), rnd.randint(3, 7), "#f1e3b4", 0.8) for _ in range(40)
    )


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
        + C(640, 790, 130, "#ffe2a0", 0.25)
    )


def street(tod):
    g = R(0, 0, W, H, "url(#sky)")
    rnd = random.Random(21)
    x = -10
    while x < W:
        w = rnd.randint(120, 200)
        h = rnd.randint(420, 760)
        c = (
            rnd.choice(["#c98d6a", "#b5a58f", "#8f9fb0", "#a8776a", "#d3bfa0"])
            if tod != "night"
            else rnd.choice(["#38405c", "#453c56", "#2f3a55"])
        )
        g += R(x, 880 - h, w, h, c)
        for yy in range(900 - h, 760, 74):
            for xx in range(x + 18, x + w - 40, 52):
                g += R(
                    xx,
                    yy,
                    32,
                    46,
                    "#ffe0a0" if tod == "night" and rnd.random() < 0.6 else "#dfe8ee" if tod != "night" else "#232b45",
                    4,
                    0.85,
                )
        g += R(x, 800, w, 80, dkc(c)) + P(
            f"M{x} 790 h{w} l-14 40 h{-(w - 28)}Z", rnd.choice(["#b5543f", "#4f7a63", "#c99a4e"])
        )
        x += w + 6
    g += R(0, 876, W, 350, "#8d8a88" if tod != "night" else "#343846") + P(
        "M380 1216 L410 880 h16 L460 1216Z", "#e9e3d6", 0.5
    )
    return (
        g
        + P("M110 900 V430 q0 -40 50 -40", "none", 1, "#3a3f4a", 12)
        + C(168, 400, 22, "#ffe9b0")
        + C(168, 400, 90, "#ffe2a0", 0.3 if tod in ("night", "sunset") else 0.08)
    )


def dkc(c):
    return "#%02x%02x%02x" % tuple(int(int(c[i : i + 2], 16) * 0.78) for i in (1, 3, 5))


def mountain(tod):
    g = R(0, 0, W, H, "url(#sky)")
    g += P("M-40 760 L180 330 L300 520 L470 220 L640 520 L730 400 L900 760Z", "#8fa3bd") + P(
        "M430 290 L470 220 L520 310 L490 296 L474 330 L456 300Z M150 390 L180 330 L212 386 L190 376 L176 402Z", "#fff"
    )
    g += P("M0 760 q220 -130 420 -40 t420 -30 V1216 H0Z", "#6f9a78") + P(
        "M0 830 q200 -50 416 -10 t416 -10 V1010 H0Z", "#6fb0cf" if tod != "night" else "#28456b"
    )
    rnd = random.Random(9)
    for _ in range(26):
        g += R(rnd.randint(0, W), rnd.randint(840, 1000), rnd.randint(40, 130), 4, "#fff", 2, 0.35)
    for x, s in ((40, 1.2), (150, 0.9), (700, 1.1), (790, 1.3)):
        g += (
            f'<g transform="translate({x} 860) scale({s})">'
            + P("M0 -260 L70 -90 H30 L90 20 H-90 L-30 -90 H-70Z", "#2f5d46")
            + R(-10, 20, 20, 40, "#5a463d")
            + "</g>"
        )
    return g + P("M0 1000 q260 -40 480 0 t360 -10 V1216 H0Z", "#7fae7c")


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


SC = dict(
    kitchen=kitchen,
    beach=beach,
    office=office,
    cafe=cafe,
    bedroom=bedroom,
    park=park,
    living_room=living_room,
    pool=pool,
    forest=forest,
    library=library,
    street=street,
    mountain=mountain,
    bathroom=bathroom,
    gym=gym,
    restaurant=cafe,
    bar=cafe,
    stage=street,
    garden=park,
    museum=library,
    rooftop=street,
    lake=mountain,
    winter=mountain,
    cabin=living_room,
    camp=forest,
    studio=living_room,
    train=cafe,
    desert=beach,
)


def scene(name, tod="day", blur=4):
    defs = (
        lg("sky", SKY[tod])
        + lg(
            "sea",
            [
                (0, "#2f86b5" if tod != "night" else "#142a52"),
                (1, "#7fd3d3" if tod == "day" else "#e59a8a" if tod in ("sunset", "dawn") else "#2a4a7a"),
            ],
        )
        + lg("sand", [(0, "#f5dfae"), (1, "#dcb87c")])
    )
    defs += (
        f'<filter id="bgb" x="-5%" y="-5%" width="110%" height="110%"><feGaussianBlur stdDeviation="{blur}"/></filter>'
    )
    return defs, f'<g filter="url(#bgb)">{SC[name](tod)}</g>'


TINT = {"dawn": ("#ffb8a0", 0.14), "day": ("#ffffff", 0), "sunset": ("#ff7a3c", 0.20), "night": ("#16245c", 0.34)}
