"""Rooms where one goes, as backdrops at four times of day."""

# pyright: basic

import random

from devtools.illustrator.scenery import C, E, H, P, R, W, glow, plant, window


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
