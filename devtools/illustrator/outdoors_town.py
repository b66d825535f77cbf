"""Places in town under the sky, as backdrops at four times of day."""

# pyright: basic

import math
import random

from devtools.illustrator.scenery import C, E, H, P, R, W, cloud, dkc, glow, moon, stars


def park(tod):
    g = R(0, 0, W, H, "url(#sky)")
    g += stars(2, 420) if tod == "night" else ""
    g += cloud(160, 160, 1) + cloud(560, 240, 0.8)
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
        + glow(168, 400, 90, "#ffe2a0", 0.3 if tod in ("night", "sunset") else 0.08)
    )


def garden(tod):
    night = tod == "night"
    g = R(0, 0, W, H, "url(#sky)") + (stars(4, 420) if night else cloud(190, 150, 1) + cloud(640, 110, 0.8))
    rnd = random.Random(27)
    for x in range(-20, W + 60, 52):  # the hedge behind it all
        g += C(x, 560 + rnd.randint(-30, 20), rnd.randint(56, 90), rnd.choice(["#2f6b45", "#3a7d52", "#347049"]))
    g += R(0, 560, W, 340, "#3a7d52")
    # a white fence
    g += R(0, 700, W, 14, "#f4efe4") + R(0, 780, W, 14, "#f4efe4")
    g += "".join(P(f"M{x} 850 V670 l18 -28 l18 28 V850Z", "#fbf7ee") for x in range(-10, W, 62))
    # an arch of roses
    g += P("M214 900 V420 a202 202 0 0 1 404 0 V900", "none", 1, "#f4efe4", 18) + P(
        "M246 900 V424 a170 170 0 0 1 340 0 V900", "none", 1, "#e6dfd0", 8
    )
    for i in range(90):
        t = rnd.random()
        if t < 0.34:
            x, y = 230, 430 + rnd.random() * 460
        elif t < 0.68:
            x, y = 602, 430 + rnd.random() * 460
        else:
            a = 3.1416 * rnd.random()
            x, y = 416 + 188 * math.cos(a), 420 - 188 * math.sin(a)
        x, y = x + rnd.randint(-26, 26), y + rnd.randint(-20, 20)
        if i % 2:
            g += C(x, y, rnd.randint(16, 28), rnd.choice(["#3f8f56", "#2f7d4f"]))
        else:
            g += C(x, y, 16, rnd.choice(["#e8647f", "#f28aa0", "#fbe3e6", "#d9405f"])) + C(
                x - 3, y - 3, 7, "#fff", 0.35
            )
    g += P(f"M0 850 q220 -40 416 -10 t416 -10 V{H} H0Z", "#6fae6d") + P(
        f"M300 {H} C340 1010 390 930 380 836 H456 C450 930 500 1010 560 {H}Z", "#e7d3ab"
    )
    g += "".join(E(rnd.randint(370, 470), 870 + i * 34, 34 + i * 4, 9 + i, "#cdb88d", 0.8) for i in range(10))
    for x0, x1 in ((-10, 300), (540, 850)):  # the beds
        for _ in range(70):
            x, y = rnd.randint(x0, x1), rnd.randint(860, 1190)
            c = rnd.choice(["#e8647f", "#ffd56b", "#fff", "#b98bff", "#ff9a5c"])
            g += (
                P(f"M{x} {y} v34", "none", 0.9, "#2f7d4f", 5)
                + "".join(C(x + dx, y + dy, 8, c) for dx, dy in ((-8, 0), (8, 0), (0, -8), (0, 8)))
                + C(x, y, 5, "#8a5d3b")
            )
    if night:
        g += "".join(
            C(x, y, 12, "#ffe9b0") + glow(x, y, 60, "#ffe2a0", 0.26) for x, y in ((90, 640), (740, 640), (416, 214))
        )
    return g


def rooftop(tod):
    night = tod in ("night",)
    lit = tod in ("night", "sunset")
    g = R(0, 0, W, H, "url(#sky)") + (stars(6, 380) + moon(660, 150, 46) if night else cloud(180, 170, 0.9, 0.7))
    rnd = random.Random(33)
    for depth, (base, low, high) in enumerate(((760, 160, 380), (800, 90, 260))):
        x = -20
        while x < W:
            w, h = rnd.randint(50, 110), rnd.randint(low, high)
            c = rnd.choice(
                (
                    ["#22305a", "#1b2547"]
                    if night
                    else ["#7a6f9a", "#6b628c"]
                    if tod == "sunset"
                    else ["#9db4c9", "#8ca5bd"]
                )
                if depth == 0
                else (
                    ["#141c3a", "#19223f"]
                    if night
                    else ["#564f78", "#4d466b"]
                    if tod == "sunset"
                    else ["#7891a8", "#6d879f"]
                )
            )
            g += R(x, base - h, w, h + 60, c)
            if rnd.random() < 0.25:
                g += P(f"M{x + w / 2} {base - h} v-50", "none", 1, c, 6)
            for yy in range(base - h + 16, base, 28):
                for xx in range(x + 10, x + w - 14, 22):
                    if rnd.random() < (0.5 if lit else 0.35):
                        g += R(xx, yy, 11, 14, "#ffdf8f" if lit else "#dceaf5", 1, 0.85)
            x += w + 3
    # a water tower
    g += (
        P("M90 860 L110 640 M230 860 L210 640 M100 750 H220", "none", 1, "#4a3a33", 10)
        + R(88, 500, 144, 150, "#8a5d3b", 6)
        + "".join(R(90 + i * 24, 500, 4, 150, "#6d4630") for i in range(7))
        + P("M76 506 L160 430 L244 506Z", "#5a463d")
    )
    # the parapet, planters and deck
    g += R(0, 820, W, 30, "#c3b6a5" if not night else "#4a4a5c") + R(
        0, 848, W, 120, "#a8997f" if not night else "#3a3a4c"
    )
    g += "".join(
        P(f"M{x} 852 h70 l30 0", "none", 0.35, "#7d705c", 4) + P(f"M{x + 40} 892 h90", "none", 0.35, "#7d705c", 4)
        for x in range(-20, W, 130)
    )
    for x, w in ((620, 220), (-30, 110)):
        g += R(x, 800, w, 100, "#7a5033", 6)
        g += "".join(
            C(x + 16 + i * 30, 790 - (i * 17) % 26, 34, ["#3f8f56", "#2f7d4f", "#57a86f"][i % 3])
            for i in range(w // 30)
        ) + "".join(C(x + 24 + i * 44, 776 - (i * 13) % 22, 9, "#f28aa0") for i in range(w // 44))
    g += R(0, 966, W, 260, "#9a6b47" if not night else "#4a3832") + "".join(
        P(f"M{416 + (i - 6) * 76} 966 L{416 + (i - 6) * 150} {H}", "none", 0.6, "#754f35", 5) for i in range(13)
    )
    for x0, y0, x1, y1, dip in ((-10, 300, 420, 250, 90), (420, 250, 850, 320, 100)):  # strings of bulbs
        mid = ((x0 + x1) / 2, (y0 + y1) / 2 + dip * 2)
        g += P(f"M{x0} {y0} Q{mid[0]} {mid[1]} {x1} {y1}", "none", 0.9, "#3a3038", 4)
        for i in range(1, 9):
            t = i / 9
            x, y = (
                (1 - t) ** 2 * p + 2 * t * (1 - t) * m + t * t * q for p, m, q in ((x0, mid[0], x1), (y0, mid[1], y1))
            )
            g += C(x, y + 16, 13, "#ffe9a8") + glow(x, y + 16, 46, "#ffe2a0", 0.34 if lit else 0.12)
    return g + R(412, 236, 12, 600, "#3a3038")
