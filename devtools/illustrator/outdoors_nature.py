"""Places in the country, as backdrops at four times of day."""

# pyright: basic

import random

from devtools.illustrator.scenery import C, E, H, P, R, W, cloud, fair, fir, glow, moon, stars, sun


def beach(tod):
    g = R(0, 0, W, H, "url(#sky)")
    g += stars(1, 480) + moon(610, 200, 56) if tod == "night" else sun(610, 190 if tod == "day" else 470, 74)
    g += cloud(140, 210, 1) + cloud(330, 120, 0.7) + cloud(720, 320, 0.8)
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


def lake(tod):
    night = tod == "night"
    g = R(0, 0, W, H, "url(#sky)") + (
        stars(9, 420) + moon(250, 190, 50) if night else cloud(620, 160, 1) + cloud(180, 250, 0.7)
    )
    if tod in ("sunset", "dawn"):
        g += sun(250, 470, 62, "#fff0c4")
    far, mid = ("#22375a", "#1a2f4a") if night else ("#9db9c4", "#6f9a8a")
    g += P("M0 560 q120 -150 260 -60 q110 -130 260 -10 q120 -90 312 20 V620 H0Z", far) + P(
        "M0 590 q140 -70 300 -20 t300 -14 t240 -20 V640 H0Z", mid
    )
    g += R(0, 610, W, 620, "url(#sea)")
    g += f'<g transform="translate(0 1222) scale(1 -1)" opacity=".28">{P("M0 560 q120 -150 260 -60 q110 -130 260 -10 q120 -90 312 20 V612 H0Z", far)}</g>'
    rnd = random.Random(10)
    g += "".join(
        R(rnd.randint(-60, W), 630 + i * 8, rnd.randint(60, 220), 3, "#fff", 2, 0.14 + rnd.random() * 0.2)
        for i in range(56)
    )
    if night or tod in ("sunset", "dawn"):
        g += "".join(
            R(250 - 26 - (i * 29) % 30, 640 + i * 16, 52 + (i * 17) % 40, 5, "#fff0c4", 2, 0.6) for i in range(16)
        )
    # a rowing boat on the left, reeds on the right
    g += (
        '<g transform="translate(120 770)">'
        + P("M-110 0 Q0 34 120 -4 L96 60 Q0 84 -84 58Z", "#8f3f33")
        + P("M-110 0 Q0 34 120 -4 L116 10 Q0 48 -104 14Z", "#f1e3c4")
        + P("M-40 20 L-150 90 M30 20 L150 96", "none", 1, "#b98a5a", 9)
        + "</g>"
    )
    for i in range(26):
        x = 640 + (i * 37) % 210
        lean, tall = rnd.randint(-30, 30), rnd.randint(170, 330)
        g += P(
            f"M{x} 1010 q{lean / 2} {-tall / 2} {lean} {-tall}",
            "none",
            0.95,
            rnd.choice(["#4f7a4a", "#3f6a45", "#6b8f4f"]),
            8,
        )
        if i % 3 == 0:
            g += f'<g transform="translate({x + lean} {1010 - tall})">' + R(-8, -10, 16, 62, "#6d4630", 8) + "</g>"
    # the jetty
    g += P(f"M250 {H} L350 850 H482 L590 {H}Z", "#a8774e") + "".join(
        P(f"M{350 - i * 12.5} {850 + i * 46} H{482 + i * 13.5}", "none", 0.7, "#7a5033", 6) for i in range(8)
    )
    return g + "".join(
        R(x, y, 22, h, "#6d4630", 8) for x, y, h in ((330, 800, 130), (480, 800, 130), (268, 960, 240), (546, 960, 240))
    )


def winter(tod):
    night = tod == "night"
    g = R(0, 0, W, H, "url(#sky)") + (stars(14, 400) if night else cloud(620, 150, 0.9, 0.7))
    rock, shade, snow = ("#3a4a72", "#2c3a60", "#b9c8ea") if night else ("#8fa3bd", "#7388a6", "#f8fbff")
    for points, top in (
        (((-60, 720), (170, 290), (400, 720)), 0.42),
        (((220, 720), (470, 190), (730, 720)), 0.46),
        (((540, 720), (730, 330), (940, 720)), 0.4),
    ):
        (ax, ay), (bx, by), (cx, cy) = points
        g += P(f"M{ax} {ay} L{bx} {by} L{cx} {cy}Z", rock) + P(f"M{bx} {by} L{cx} {cy} H{(ax + cx) / 2} Z", shade)
        lx, ly, rx, ry = bx + (ax - bx) * top, by + (ay - by) * top, bx + (cx - bx) * top, by + (cy - by) * top
        w = rx - lx
        g += P(
            f"M{bx} {by} L{lx} {ly} l{w * 0.16} {-w * 0.06} l{w * 0.14} {w * 0.12} l{w * 0.2} {-w * 0.14} l{w * 0.18} {w * 0.13} l{w * 0.16} {-w * 0.1} L{rx} {ry}Z",
            snow,
        )
    ground = "#a9b8de" if night else "#eef4fb"
    g += P("M0 700 q200 -90 420 -30 t420 -40 V1216 H0Z", "#c3d2e8" if not night else "#7f90bd")
    g += "".join(
        fir(x, y, s, "#3f6f62" if not night else "#22405a", True)
        for x, y, s in ((250, 700, 0.42), (320, 690, 0.34), (560, 680, 0.4), (500, 684, 0.3))
    )
    # a hut with a light on
    g += (
        R(600, 640, 130, 84, "#7a4f36")
        + P("M580 650 L665 574 L750 650Z", "#f8fbff" if not night else "#c3d0ee")
        + R(646, 668, 36, 36, "#ffdf8f")
        + glow(664, 686, 60, "#ffe2a0", 0.35)
        + R(700, 560, 20, 50, "#6d625c")
    )
    g += P(f"M0 800 q240 -70 460 -10 t372 -30 V{H} H0Z", ground)
    g += "".join(
        fir(x, y, s, "#2f5d50" if not night else "#1a3550", True)
        for x, y, s in ((60, 900, 1.3), (170, 840, 0.8), (770, 890, 1.35), (690, 830, 0.7))
    )
    return (
        g
        + P(f"M380 {H} C400 1040 470 930 520 800", "none", 0.6, "#bccbe3", 8)
        + P(f"M420 {H} C440 1040 505 930 548 800", "none", 0.6, "#bccbe3", 8)
        + "".join(E(80 + i * 140, 1000 + (i * 61) % 160, 90, 16, "#fff", 0.5) for i in range(6))
    )


def camp(tod):
    night = tod == "night"
    g = R(0, 0, W, H, "url(#sky)") + (stars(22, 600) if night or tod == "sunset" else cloud(200, 140, 0.9))
    if night:
        g += fair(C(650, 160, 44, "#f4f1de") + C(632, 150, 40, "#0f1a42"))
    g += P("M0 640 q160 -120 330 -50 t300 -40 t230 10 V800 H0Z", "#1d3a3f" if night else "#5f8f73")
    dark, mid = ("#10282c", "#17343a") if night else ("#2c5744", "#3a6b55")
    g += "".join(
        fir(x, 800, s, mid) for x, s in ((40, 1.2), (220, 0.9), (390, 1.0), (560, 0.85), (700, 1.1), (810, 1.2))
    )
    g += "".join(fir(x, 880, s, dark) for x, s in ((-20, 1.7), (130, 1.2), (800, 1.8)))
    g += P(f"M0 840 q220 -40 416 -10 t416 -10 V{H} H0Z", "#22382c" if night else "#5f8a55")
    # the tent
    g += (
        P("M40 960 L200 660 L400 960Z", "#e2725b")
        + P("M200 660 L400 960 H330Z", "#b5543f")
        + P("M150 960 L200 700 L256 960Z", "#3a2a28")
        + P("M150 960 L200 700 L212 760 Q190 880 176 960Z", "#f0a184")
    )
    g += P("M200 660 v-18 M40 960 l-40 22 M400 960 l34 24", "none", 1, "#e9dcc0", 5)
    if night or tod == "sunset":
        g += P("M40 960 L200 660 L400 960Z", "#ffd27a", 0.25)
    # the fire, between its stones
    x, y = 660, 1010
    g += glow(x, y - 90, 330, "#ff9a3c", 0.24 if night else 0.1) + glow(
        x, y - 80, 190, "#ffc46b", 0.3 if night else 0.12
    )
    for w, h, c in ((96, 250, "#e8582c"), (66, 190, "#ff9a3c"), (34, 120, "#ffe08a")):
        g += P(
            f"M{x} {y} C{x - w} {y} {x - w} {y - h * 0.5} {x - w * 0.3} {y - h * 0.8} Q{x - w * 0.1} {y - h * 0.6} {x} {y - h} Q{x + w * 0.3} {y - h * 0.55} {x + w * 0.8} {y - h * 0.5} C{x + w} {y - h * 0.2} {x + w * 0.6} {y} {x} {y}Z",
            c,
        )
    g += P(f"M{x - 90} {y + 6} L{x + 80} {y - 34} M{x - 84} {y - 30} L{x + 92} {y + 10}", "none", 1, "#5a3a28", 28)
    g += "".join(
        E(x - 130 + i * 52, y + 26 - abs(i - 2.5) * 5, 34, 22, ["#8d8883", "#736e6a", "#9b958f"][i % 3])
        for i in range(6)
    )
    rnd = random.Random(41)
    g += "".join(
        C(x + rnd.randint(-120, 120), y - rnd.randint(200, 560), rnd.randint(2, 5), "#ffc46b", 0.9) for _ in range(22)
    )
    return g + R(470, 1060, 250, 54, "#6d4630", 26) + E(472, 1087, 22, 27, "#c99a6a") + E(472, 1087, 12, 15, "#a8774e")


def desert(tod):
    night = tod == "night"
    g = R(0, 0, W, H, "url(#sky)")
    if night:
        g += stars(17, 520) + moon(230, 190, 54)
    else:
        y = 200 if tod == "day" else 470
        g += glow(230, y, 78, "#fff3cf", 0.95) + glow(230, y, 160, "#fff3cf", 0.25)
    mesa, face = ("#3a3560", "#2f2b52") if night else ("#c9744e", "#a85c40")
    g += (
        P("M520 640 L548 440 H700 L716 500 H790 L820 640Z", mesa)
        + P("M640 640 L652 440 H700 L716 500 H760 L770 640Z", face)
        + P("M-20 640 L6 540 H110 L140 640Z", mesa, 0.8)
    )
    g += "".join(P(f"M{544 + i} {480 + i * 1.6} H{704 + i * 3}", "none", 0.35, "#f1c79a", 5) for i in (0, 24, 48))
    dunes = ["#3f3a66", "#4a4474", "#565083", "#635c90"] if night else ["#eeb877", "#f2c78a", "#e6ae6c", "#f5d39c"]
    g += P("M0 650 q200 -90 440 -20 t420 -40 V900 H0Z", dunes[0]) + P(
        "M0 740 q160 -50 330 10 q220 -120 510 0 V1000 H0Z", dunes[1]
    )
    g += P("M330 750 q220 -120 510 0 V820 Q600 720 330 750Z", dunes[2], 0.9) + P(
        f"M0 860 q260 -110 500 -10 t340 -30 V{H} H0Z", dunes[3]
    )
    g += P(f"M500 850 q-90 150 60 {H - 850} H0 V960 Q300 820 500 850Z", dunes[2], 0.5)
    g += "".join(
        P(
            f"M{40 + (i * 173) % 700} {930 + i * 30} q60 -18 120 0 t120 0",
            "none",
            0.35,
            "#c98f52" if not night else "#2f2b52",
            5,
        )
        for i in range(9)
    )

    def cactus(x, y, s):
        c, rib = ("#2c5a4f", "#21483f") if night else ("#4f9a68", "#3a7d52")
        arms = P("M0 0 V-300", "none", 1, c, 64) + P("M0 -110 H-84 V-210 M0 -150 H86 V-270", "none", 1, c, 44)
        return (
            f'<g transform="translate({x} {y}) scale({s})">'
            + arms
            + P("M-14 0 V-296 M14 0 V-296 M-84 -130 V-206 M86 -164 V-266", "none", 0.8, rib, 5)
            + C(0, -336, 15, "#f28aa0")
            + C(-84, -236, 12, "#f28aa0")
            + "</g>"
        )

    return (
        g
        + cactus(110, 960, 1.05)
        + cactus(740, 900, 0.8)
        + cactus(610, 760, 0.3)
        + E(110, 968, 90, 16, "#8a5d3b", 0.3)
        + E(740, 906, 70, 12, "#8a5d3b", 0.3)
    )
