"""What is worn on the head: hats, crowns, headphones, a hijab.  Local coordinates of the head (see skull.py)."""

import math

from devtools.illustrator.person import Wear
from devtools.illustrator.svg import cel, circle, clipped, curve, dark, ellipse, light, line, path, polygon, rect


def headwear(wear: Wear) -> tuple[str, str]:
    """Return what lies behind the head and what lies over the hair."""
    if not wear.hat:
        return "", ""
    kind, c = wear.hat
    edge, low = dark(c, 0.45), dark(c, 0.24)
    if kind == "sunhat":
        brim = curve([(-236, -74), (-150, -116), (0, -128), (150, -116), (236, -74), (150, -46), (0, -62), (-150, -46)])
        crown = curve(
            [(-112, -84), (-108, -158), (-60, -196), (0, -202), (60, -196), (108, -158), (112, -84), (0, -72)]
        )
        weave = "".join(line(f"M-110 {y} Q0 {y + 14} 110 {y}", low, 2, 0.5) for y in range(-184, -110, 14))
        ribbon = clipped(crown, path("M-130 -128 Q0 -106 130 -128 V-94 Q0 -70 -130 -94Z", "#b5483f"))
        return ellipse(0, -76, 214, 46, dark(c, 0.35)), cel(brim, c, low, dx=-10, dy=-10, outline=edge) + cel(
            crown, light(c, 0.1), low, outline=edge
        ) + weave + ribbon
    if kind == "beanie":
        body = curve([(-114, -64), (-112, -130), (-62, -184), (0, -194), (62, -184), (112, -130), (114, -64), (0, -78)])
        ribs = "".join(
            line(f"M{x} -84 Q{x * 0.92:.0f} -150 {x * 0.5:.0f} -186", low, 3, 0.6) for x in range(-90, 91, 22)
        )
        cuff = curve([(-120, -92), (0, -112), (120, -92), (118, -50), (0, -70), (-118, -50)])
        cuffs = "".join(line(f"M{x} {-104 + abs(x) * 0.1:.0f} v40", low, 3, 0.6) for x in range(-104, 105, 16))
        return "", circle(0, -204, 27, light(c, 0.25)) + circle(5, -200, 22, light(c, 0.08)) + cel(
            body, c, low, outline=edge
        ) + ribs + cel(cuff, light(c, 0.14), low, outline=edge) + clipped(cuff, cuffs)
    if kind == "cap":
        body = curve([(-114, -62), (-112, -124), (-62, -172), (0, -180), (62, -172), (112, -124), (114, -62), (0, -76)])
        peak = curve([(-104, -80), (0, -100), (104, -80), (126, -42), (60, -52), (0, -56), (-60, -52), (-126, -42)])
        return "", cel(body, c, low, outline=edge) + line(
            "M0 -180 V-96 M-60 -170 Q-66 -120 -50 -90 M60 -170 Q66 -120 50 -90", low, 2.6
        ) + circle(0, -180, 7, low) + cel(peak, dark(c, 0.12), dark(c, 0.36), outline=edge)
    if kind == "crown":
        d = polygon([(-84, -106), (-98, -170), (-52, -142), (0, -196), (52, -142), (98, -170), (84, -106)])
        return "", cel(d, "#ecc65f", "#b98a2c", outline="#7a5416") + circle(0, -128, 9, "#c2334a") + circle(
            -48, -124, 6, "#3f7fb5"
        ) + circle(48, -124, 6, "#3f7fb5")
    if kind == "flowers":
        parts = line("M-104 -66 C-84 -126 84 -126 104 -66", "#5d8a56", 9)
        for k in range(9):
            a = math.pi * (0.1 + 0.8 * k / 8)
            x, y = -math.cos(a) * 104, -60 - math.sin(a) * 60
            colour = ("#f28aa0", "#fff4e2", "#ffd56b")[k % 3]
            parts += "".join(
                circle(x + math.cos(t) * 11, y + math.sin(t) * 11, 9.5, colour) for t in (0, 1.26, 2.51, 3.77, 5.03)
            ) + circle(x, y, 7, "#c98a2b")
        return "", parts
    if kind == "headphones":
        band = line("M-116 -10 C-132 -200 132 -200 116 -10", "#2d3038", 15)
        cups = "".join(
            rect(side * 118 - 19, -40, 38, 84, c, 17) + rect(side * 112 - 10, -34, 20, 72, dark(c, 0.4), 10)
            for side in (-1, 1)
        )
        return "", band + cups
    if kind == "hijab":
        around = "M0 -168 C150 -168 150 -10 128 90 C176 190 120 250 0 262 C-120 250 -176 190 -128 90 C-150 -10 -150 -168 0 -168Z"
        window = "M0 -104 C82 -104 96 -40 92 10 C88 78 52 116 0 118 C-52 116 -88 78 -92 10 C-96 -40 -82 -104 0 -104Z"
        folds = line(
            "M-92 60 C-60 150 40 170 110 120 M-104 100 C-60 200 60 214 128 160 M70 -124 C116 -80 112 0 106 60",
            low,
            3.4,
            0.7,
        )
        return path(around, low), path(f"{around} {window}", c, extra='fill-rule="evenodd"') + folds + line(
            window, edge, 2.6, 0.6
        ) + line(around, edge, 2.4, 0.5)
    if kind == "beret":
        body = curve([(-104, -84), (-140, -140), (-80, -186), (20, -188), (96, -150), (106, -84), (0, -100)])
        return "", line("M-18 -188 l-6 -18", edge, 8) + cel(body, c, low, outline=edge) + line(
            "M-104 -84 Q0 -106 106 -84", low, 10
        )
    brim = curve([(-186, -84), (-110, -100), (0, -108), (110, -100), (186, -84), (110, -58), (0, -68), (-110, -58)])
    crown = curve([(-106, -84), (-104, -156), (-56, -196), (0, -182), (56, -196), (104, -156), (106, -84), (0, -72)])
    band = clipped(crown, path("M-130 -118 Q0 -98 130 -118 V-88 Q0 -66 -130 -88Z", dark(c, 0.5)))
    return "", cel(brim, c, low, outline=edge) + cel(crown, light(c, 0.06), low, outline=edge) + band
