"""The person: a parametric portrait to the waist as SVG, drawn in layers from the back hair to the prop in hand."""

# pyright: basic
# ruff: noqa: F405, F403, SIM, B, PLW - drawing code: coordinates read best side by side
import math

from devtools.illustrator.figure import lower_body
from devtools.illustrator.lexicon import Drawing, Person
from devtools.illustrator.scenes import *


def mix(a, b, t):
    A = [int(a[i : i + 2], 16) for i in (1, 3, 5)]
    B = [int(b[i : i + 2], 16) for i in (1, 3, 5)]
    return "#%02x%02x%02x" % tuple(round(x + (y - x) * t) for x, y in zip(A, B))


dk = lambda c, t=0.2: mix(c, "#1a1026", t)
lt = lambda c, t=0.2: mix(c, "#ffffff", t)


FACES = {
    "face round": (1.07, 0.16, 0.94), "face heart": (1.04, -0.2, 0.98), "face square": (1.02, 0.3, 0.96),
    "face diamond": (0.97, -0.14, 1.03), "face long": (0.92, 0.02, 1.1),
}  # fmt: skip
INK = "#1d2a3f"


def tattoo(x, y, size, turn=0):
    """Return a vine with leaves, ``size`` long."""
    leaves = "".join(
        P(
            f"M0 {i * 18 - 40} q{16 * (-1) ** i} -16 {30 * (-1) ** i} -6 q{-10 * (-1) ** i} 14 {-30 * (-1) ** i} 6Z",
            INK,
            0.62,
        )
        for i in range(5)
    )
    return (
        f'<g transform="translate({x} {y}) rotate({turn}) scale({size / 100})">'
        + P("M0 -52 C16 -30 -14 -8 2 14 C14 30 -8 40 2 54", "none", 0.62, INK, 6)
        + leaves
        + "</g>"
    )


def portrait(p: Person):
    """Return defs and body of one person, 832 × 1216 with the face in the upper middle."""
    f = not p.masculine
    s = p.skin
    h = p.hair
    e = p.eyes
    hair = p.hair_style
    outfit = p.outfit
    outc = p.outfit_colour
    expr = p.expression
    acc = p.accessories
    pose = p.pose
    d = ""
    o = ""
    light_hair = h in ("#ece0c6", "#b9bfcb", "#deb566", "#eae8e5", "#9b9ba1")
    if hair == "shoulder":
        hair = "bob"
    if "hijab" in acc:
        hair = "bald"
    ss = mix(s, "#7a2b2b", 0.26)
    sd = mix(s, "#5a1f2b", 0.42)
    d = ""
    o = ""
    marks = p.features
    sw = p.build * (1 if f else 1.16)
    sw *= 0.93 if "shoulders narrow" in marks else 1.08 if "shoulders broad" in marks or "chest broad" in marks else 1
    cx, cy = 416, 420
    fw = 118 if f else 126
    jw = 0.60 if f else 0.80
    ch = 172 if f else 180
    # Width of the face, of the jaw, and length, against the oval.
    for mark, (wide, jaw, long) in FACES.items():
        if mark in marks:
            fw, jw, ch = fw * wide, jw + jaw, ch * long
    d += f'<radialGradient id="skg" cx=".42" cy=".4" r=".75"><stop offset="0" stop-color="{lt(s, 0.16)}"/><stop offset=".65" stop-color="{s}"/><stop offset="1" stop-color="{ss}"/></radialGradient>'
    d += f'<linearGradient id="bsk" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="{lt(s, 0.05)}"/><stop offset="1" stop-color="{ss}"/></linearGradient>'
    d += f'<linearGradient id="hg" x1="0" y1="0" x2=".35" y2="1"><stop offset="0" stop-color="{lt(h, 0.22)}"/><stop offset=".35" stop-color="{h}"/><stop offset="1" stop-color="{dk(h, 0.38)}"/></linearGradient>'
    d += f'<linearGradient id="hb" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="{dk(h, 0.35)}"/><stop offset="1" stop-color="{dk(h, 0.12)}"/></linearGradient>'
    d += f'<linearGradient id="og" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="{lt(outc, 0.14)}"/><stop offset=".6" stop-color="{outc}"/><stop offset="1" stop-color="{dk(outc, 0.28)}"/></linearGradient>'
    d += f'<radialGradient id="ir" cx=".5" cy=".62" r=".55"><stop offset="0" stop-color="{lt(e, 0.5)}"/><stop offset=".6" stop-color="{e}"/><stop offset="1" stop-color="{dk(e, 0.6)}"/></radialGradient>'
    for i, b in (("b3", 3), ("b8", 8), ("b16", 16)):
        d += f'<filter id="{i}" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="{b}"/></filter>'
    # ---- face outline
    face = f"M{cx - fw} {cy - 30} C{cx - fw - 2} {cy - 180} {cx + fw + 2} {cy - 180} {cx + fw} {cy - 30} C{cx + fw + 2} {cy + 50} {cx + fw * jw + 24} {cy + 118} {cx + fw * 0.34} {cy + ch - 8} C{cx + 20} {cy + ch + 6} {cx - 20} {cy + ch + 6} {cx - fw * 0.34} {cy + ch - 8} C{cx - fw * jw - 24} {cy + 118} {cx - fw - 2} {cy + 50} {cx - fw} {cy - 30}Z"
    d += f'<clipPath id="fc"><path d="{face}"/></clipPath>'
    # ---- back hair
    top = cy - 196
    back = {
        "long": f"M{cx} {top} C{cx - 190} {top - 6} {cx - 182} {cy + 60} {cx - 196} {cy + 250} C{cx - 206} {cy + 400} {cx - 170} {cy + 470} {cx - 120} {cy + 490} C{cx - 40} {cy + 420} {cx + 40} {cy + 420} {cx + 120} {cy + 490} C{cx + 170} {cy + 470} {cx + 206} {cy + 400} {cx + 196} {cy + 250} C{cx + 182} {cy + 60} {cx + 190} {top - 6} {cx} {top}Z",
        "wavy": f"M{cx} {top} C{cx - 200} {top - 6} {cx - 180} {cy + 20} {cx - 204} {cy + 120} C{cx - 160} {cy + 180} {cx - 240} {cy + 240} {cx - 200} {cy + 320} C{cx - 170} {cy + 380} {cx - 230} {cy + 430} {cx - 170} {cy + 480} C{cx - 90} {cy + 500} {cx + 90} {cy + 500} {cx + 170} {cy + 480} C{cx + 230} {cy + 430} {cx + 170} {cy + 380} {cx + 200} {cy + 320} C{cx + 240} {cy + 240} {cx + 160} {cy + 180} {cx + 204} {cy + 120} C{cx + 180} {cy + 20} {cx + 200} {top - 6} {cx} {top}Z",
        "bob": f"M{cx} {top} C{cx - 190} {top} {cx - 180} {cy + 30} {cx - 178} {cy + 170} C{cx - 150} {cy + 220} {cx - 90} {cy + 215} {cx - 80} {cy + 200} L{cx + 80} {cy + 200} C{cx + 90} {cy + 215} {cx + 150} {cy + 220} {cx + 178} {cy + 170} C{cx + 180} {cy + 30} {cx + 190} {top} {cx} {top}Z",
        "ponytail": f"M{cx + 60} {top + 30} C{cx + 240} {top - 40} {cx + 270} {cy + 80} {cx + 210} {cy + 330} C{cx + 190} {cy + 300} {cx + 150} {cy + 200} {cx + 120} {cy}Z",
        "bun": f"M{cx - 70} {top - 10} a72 66 0 1 1 140 0 a72 60 0 1 1 -140 0Z",
    }
    if hair in back:
        o += P(back[hair], "url(#hb)")
    if hair == "afro":
        o += C(cx, cy - 70, 232, "url(#hb)")
        for i in range(22):
            a = math.pi * 2 * i / 22
            o += C(cx + math.cos(a) * 205, cy - 70 + math.sin(a) * 195, 52, "url(#hb)")
    if hair == "braids":
        o += P(back["long"], dk(h, 0.3))
        for k in (-1, 1):
            for j in range(5):
                o += P(
                    f"M{cx + k * (70 + j * 26)} {cy - 60} C{cx + k * (120 + j * 20)} {cy + 60} {cx + k * (104 + j * 22)} {cy + 200} {cx + k * (96 + j * 24)} {cy + 430}",
                    "none",
                    1,
                    mix(h, "#000000", 0.12 * (j % 2)),
                    22,
                ) + "".join(
                    P(f"M{cx + k * (108 + j * 21) - 9} {cy + 40 + i * 42} q9 9 18 0", "none", 0.35, lt(h, 0.4), 4)
                    for i in range(9)
                )
    if hair == "curly":
        for i in range(30):
            a = math.pi * (0.86 + 1.28 * i / 29)
            o += C(cx + math.cos(a) * 150, cy - 20 + math.sin(a) * 150, 50, "url(#hb)")
        for sx in (-1, 1) if f else ():
            for j in range(3):
                o += C(cx + sx * (158 + j * 8), cy + 10 + j * 44, 58 - j * 3, "url(#hb)") + C(
                    cx + sx * (118 + j * 8), cy + 20 + j * 44, 40, "url(#hb)"
                )
    # ---- neck + torso
    nw = 50 if f else 66
    sx = int(222 * sw)
    sy = 700
    o += P(
        f"M{cx - nw} {cy + 90} C{cx - nw} {cy + 220} {cx - nw - 8} {cy + 236} {cx - nw - 60} {cy + 258} C{cx - nw - 140} {cy + 268} {cx - sx + 14} {cy + 272} {cx - sx + 2} {cy + 350} L{cx - sx} {H} H{cx + sx} L{cx + sx - 2} {cy + 350} C{cx + sx - 14} {cy + 272} {cx + nw + 140} {cy + 268} {cx + nw + 60} {cy + 258} C{cx + nw + 8} {cy + 236} {cx + nw} {cy + 220} {cx + nw} {cy + 90}Z",
        "url(#bsk)",
    )
    d += f'<clipPath id="nk"><rect x="{cx - nw - 4}" y="{cy + 80}" width="{2 * nw + 8}" height="190"/></clipPath>'
    o += '<g clip-path="url(#nk)">' + E(cx + 6, cy + 158, nw + 38, 66, sd, 0.6, 'filter="url(#b8)"') + "</g>"
    o += P(f"M{cx - 70} {cy + 282} q40 16 62 10 M{cx + 70} {cy + 282} q-40 16 -62 10", "none", 0.45, sd, 5)
    # ---- arms + outfit
    waist = int((150 if f else 196) * (0.94 + (sw - 1) * 1.0))
    hip = int(sx * 0.9)

    def torso(neck):
        return f"M{cx - sx + 30} {sy - 8} C{cx - sx - 10} {sy + 10} {cx - sx - 34} {sy + 90} {cx - sx - 48} {H} L{cx + sx + 48} {H} C{cx + sx + 34} {sy + 90} {cx + sx + 10} {sy + 10} {cx + sx - 30} {sy - 8} C{cx + 150} {sy - 30} {cx + nw + 66} {sy - 40} {neck} C{cx - nw - 66} {sy - 40} {cx - 150} {sy - 30} {cx - sx + 30} {sy - 8}Z"

    crew = f"{cx + nw + 34} {sy - 52} C{cx + nw} {sy + 14} {cx - nw} {sy + 14} {cx - nw - 34} {sy - 52}"
    vneck = f"{cx + nw + 40} {sy - 48} L{cx} {sy + 110} L{cx - nw - 40} {sy - 48}"
    scoop = f"{cx + nw + 60} {sy - 40} C{cx + nw + 10} {sy + 96} {cx - nw - 10} {sy + 96} {cx - nw - 60} {sy - 40}"
    tur = f"{cx + nw + 8} {cy + 196} L{cx - nw - 8} {cy + 196}"
    arm = lambda k: P(
        f"M{cx + k * (sx - 34)} {sy + 130} C{cx + k * (waist + 26)} {sy + 300} {cx + k * (waist + 8)} {sy + 400} {cx + k * (waist + 18)} {H}",
        "none",
        0.5,
        dk(outc, 0.5),
        7,
        'filter="url(#b3)"',
    )
    if outfit in ("sweater", "tshirt", "hoodie"):
        o += P(torso(crew), "url(#og)")
        if outfit == "hoodie":
            o = (
                P(
                    f"M{cx - 150} {sy - 60} C{cx - 150} {cy + 60} {cx + 150} {cy + 60} {cx + 150} {sy - 60} L{cx} {sy}Z",
                    dk(outc, 0.3),
                )
                + o
                if hair not in back
                else o
            )
            o += P(
                f"M{cx - nw - 70} {sy - 66} C{cx - 80} {sy + 70} {cx + 80} {sy + 70} {cx + nw + 70} {sy - 66} C{cx + 60} {sy + 24} {cx - 60} {sy + 24} {cx - nw - 70} {sy - 66}Z",
                dk(outc, 0.2),
            ) + P(f"M{cx - 34} {sy + 26} V{sy + 150} M{cx + 34} {sy + 26} V{sy + 140}", "none", 1, "#f4efe6", 7)
        else:
            o += P(
                f"M{cx - nw - 34} {sy - 52} C{cx - nw} {sy + 14} {cx + nw} {sy + 14} {cx + nw + 34} {sy - 52}",
                "none",
                1,
                dk(outc, 0.25),
                18 if outfit == "sweater" else 10,
            )
        if outfit == "sweater":
            for i in range(-5, 6):
                o += P(f"M{cx + i * 44} {sy + 40 + abs(i) * 4} q10 260 {i * 4} 520", "none", 0.16, dk(outc, 0.6), 5)
    elif outfit == "dress":
        o += P(
            f"M{cx - waist + 8} {sy + 40} L{cx - sx + 62} {sy - 12} L{cx - sx + 92} {sy - 22} C{cx - 100} {sy + 110} {cx + 100} {sy + 110} {cx + sx - 92} {sy - 22} L{cx + sx - 62} {sy - 12} L{cx + waist - 8} {sy + 40} C{cx + waist + 30} {sy + 170} {cx + waist - 14} {sy + 280} {cx + waist - 8} {sy + 360} L{cx + sx} {H} H{cx - sx} L{cx - waist + 8} {sy + 360} C{cx - waist + 14} {sy + 280} {cx - waist - 30} {sy + 170} {cx - waist + 8} {sy + 40}Z",
            "url(#og)",
        )
        for i in range(24):
            x = cx - 130 + (i * 67) % 260
            y = sy + 90 + (i * 131) % 400
            o += C(x, y, 7, lt(outc, 0.7), 0.9) + C(x, y, 3, "#ffd56b")
    elif outfit == "robe":
        o += (
            P(torso(vneck), "url(#og)")
            + P(
                f"M{cx - nw - 40} {sy - 56} L{cx + 30} {sy + 250} L{cx - 26} {sy + 270} L{cx - nw - 86} {sy - 30}Z",
                lt(outc, 0.35),
            )
            + P(
                f"M{cx + nw + 40} {sy - 56} L{cx - 40} {sy + 230} L{cx + 10} {sy + 262} L{cx + nw + 86} {sy - 30}Z",
                lt(outc, 0.22),
            )
            + R(cx - sx - 30, sy + 330, 2 * sx + 60, 66, dk(outc, 0.25), 8)
        )
    elif outfit == "towel":
        o += (
            P(
                f"M{cx - waist - 30} {sy + 96} Q{cx} {sy + 60} {cx + waist + 30} {sy + 96} L{cx + sx + 6} {H} H{cx - sx - 6}Z",
                "url(#og)",
            )
            + P(
                f"M{cx - waist - 30} {sy + 100} Q{cx} {sy + 64} {cx + waist + 30} {sy + 100}",
                "none",
                1,
                dk(outc, 0.14),
                20,
            )
            + P(f"M{cx + 40} {sy + 110} q-26 160 20 400", "none", 0.4, dk(outc, 0.35), 6)
        )
    elif outfit == "blazer":
        o += P(torso(vneck), "url(#og)") + P(
            f"M{cx - nw - 30} {sy - 50} L{cx} {sy + 112} L{cx + nw + 30} {sy - 50} L{cx + nw + 4} {sy - 70} L{cx} {sy + 20} L{cx - nw - 4} {sy - 70}Z",
            "#fbfaf7",
        )
        o += P(
            f"M{cx} {sy + 96} L{cx - 104} {sy - 56} L{cx - 146} {sy + 20} L{cx - 96} {sy + 34} L{cx - 6} {sy + 260}Z",
            dk(outc, 0.22),
        ) + P(
            f"M{cx} {sy + 96} L{cx + 104} {sy - 56} L{cx + 146} {sy + 20} L{cx + 96} {sy + 34} L{cx + 6} {sy + 260}Z",
            dk(outc, 0.3),
        )
        o += P(f"M{cx} {sy + 250} V{H}", "none", 0.7, dk(outc, 0.5), 5) + C(cx + 18, sy + 300, 9, dk(outc, 0.6))
        if not f:
            o += P(f"M{cx - 16} {sy + 2} h32 l-8 30 l22 120 l-30 40 l-30 -40 l22 -120Z", "#8c2f39")
    elif outfit == "bikini":
        for k in (-1, 1):
            o += P(
                f"M{cx + k * 6} {sy + 214} C{cx + k * 22} {sy + 120} {cx + k * 54} {sy + 70} {cx + k * 80} {sy + 38} C{cx + k * 122} {sy + 84} {cx + k * 152} {sy + 150} {cx + k * 146} {sy + 206} C{cx + k * 110} {sy + 242} {cx + k * 40} {sy + 244} {cx + k * 6} {sy + 214}Z",
                "url(#og)",
            )
            o += P(f"M{cx + k * 80} {sy + 44} Q{cx + k * 76} {sy - 10} {cx + k * 60} {sy - 52}", "none", 1, outc, 11)
            o += P(
                f"M{cx + k * 140} {sy + 204} Q{cx + k * (waist + 20)} {sy + 200} {cx + k * (waist + 44)} {sy + 186}",
                "none",
                1,
                dk(outc, 0.12),
                13,
            )
        o += P(f"M{cx - 8} {sy + 214} q8 8 16 0", "none", 1, dk(outc, 0.2), 10) + E(cx, sy + 440, 9, 13, sd, 0.35)
    elif outfit == "bare":
        o += P(
            f"M{cx - 130} {sy + 120} q70 46 124 10 M{cx + 130} {sy + 120} q-70 46 -124 10 M{cx} {sy + 150} V{sy + 420}",
            "none",
            0.32,
            sd,
            6,
        )
    elif outfit in ("tank", "swim"):
        o += P(
            f"M{cx - waist} {sy + 60} L{cx - 120} {sy - 34} L{cx - 86} {sy - 40} C{cx - 76} {sy + 80} {cx + 76} {sy + 80} {cx + 86} {sy - 40} L{cx + 120} {sy - 34} L{cx + waist} {sy + 60} C{cx + waist + 24} {sy + 190} {cx + waist - 16} {sy + 300} {cx + waist - 4} {H} H{cx - waist + 4} C{cx - waist + 16} {sy + 300} {cx - waist - 24} {sy + 190} {cx - waist} {sy + 60}Z",
            "url(#og)",
        )
    elif outfit == "shirt":
        o += (
            P(torso(vneck), "url(#og)")
            + P(f"M{cx - nw - 44} {sy - 58} L{cx} {sy + 60} L{cx - 70} {sy + 66} L{cx - 112} {sy - 20}Z", lt(outc, 0.3))
            + P(
                f"M{cx + nw + 44} {sy - 58} L{cx} {sy + 60} L{cx + 70} {sy + 66} L{cx + 112} {sy - 20}Z", lt(outc, 0.15)
            )
            + P(f"M{cx} {sy + 70} V{H}", "none", 0.5, dk(outc, 0.5), 4)
            + "".join(C(cx + 12, sy + 130 + i * 100, 7, lt(outc, 0.6)) for i in range(4))
        )
    if p.pattern and outfit not in ("towel", "bikini", "bare"):
        d += (
            '<clipPath id="oc">'
            + P(
                torso(crew)
                if outfit not in ("dress", "tank", "swim")
                else f"M{cx - waist + 8} {sy + 60} L{cx - 100} {sy + 10} Q{cx} {sy + 110} {cx + 100} {sy + 10} L{cx + waist - 8} {sy + 60} L{cx + sx - 20} {H} H{cx - sx + 20}Z",
                "#000",
            )
            + "</clipPath>"
        )
        o += '<g clip-path="url(#oc)">'
        if p.pattern.startswith("strip") or p.pattern == "zebra":
            o += "".join(
                P(
                    f"M0 {sy + 30 + i * 46} q416 {24 if p.pattern != 'zebra' else 60} 832 0",
                    "none",
                    0.5,
                    lt(outc, 0.55),
                    15,
                )
                for i in range(12)
            )
        elif p.pattern in ("plaid", "checked"):
            o += "".join(
                R(0, sy + 20 + i * 70, 832, 16, dk(outc, 0.4), 0, 0.5)
                + R(100 + i * 74, sy - 60, 16, 700, lt(outc, 0.4), 0, 0.4)
                for i in range(9)
            )
        elif p.pattern.startswith("polka"):
            o += "".join(
                C(120 + (i * 61) % 600, sy + 10 + (i // 10) * 58 + (i % 2) * 20, 9, lt(outc, 0.7), 0.9)
                for i in range(80)
            )
        else:
            o += "".join(
                C(120 + (i * 97) % 600, sy + 10 + (i * 53) % 480, 11, lt(outc, 0.65), 0.9)
                + C(120 + (i * 97) % 600, sy + 10 + (i * 53) % 480, 4, "#e8b04a")
                for i in range(36)
            )
        o += "</g>"
    if p.outer:
        oc = p.outer
        d += f'<linearGradient id="cg" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="{lt(oc, 0.14)}"/><stop offset=".6" stop-color="{oc}"/><stop offset="1" stop-color="{dk(oc, 0.3)}"/></linearGradient>'
        for k in (-1, 1):
            o += P(
                f"M{cx + k * (nw + 26)} {sy - 60} C{cx + k * 150} {sy - 42} {cx + k * (sx - 20)} {sy - 16} {cx + k * (sx + 14)} {sy + 20} C{cx + k * (sx + 52)} {sy + 110} {cx + k * (sx + 58)} {sy + 300} {cx + k * (sx + 62)} {H} H{cx + k * 96} C{cx + k * 104} {sy + 330} {cx + k * 112} {sy + 170} {cx + k * (nw + 26)} {sy - 60}Z",
                "url(#cg)",
            )
            o += P(
                f"M{cx + k * (nw + 22)} {sy - 64} L{cx + k * 150} {sy + 34} L{cx + k * 112} {sy + 64} L{cx + k * 104} {sy + 250} C{cx + k * 96} {sy + 150} {cx + k * 80} {sy + 40} {cx + k * (nw + 22)} {sy - 64}Z",
                dk(oc, 0.2 if k < 0 else 0.28),
            )
            o += P(
                f"M{cx + k * (sx - 30)} {sy + 140} C{cx + k * (waist + 40)} {sy + 300} {cx + k * (waist + 30)} {sy + 400} {cx + k * (waist + 40)} {H}",
                "none",
                0.45,
                dk(oc, 0.5),
                7,
            )
    if "apron" in acc:
        o += (
            P(f"M{cx - 110} {sy + 70} H{cx + 110} L{cx + 170} {sy + 260} V{H} H{cx - 170} V{sy + 260}Z", "#f5efe3")
            + P(
                f"M{cx - 110} {sy + 72} L{cx - 82} {sy - 46} M{cx + 110} {sy + 72} L{cx + 82} {sy - 46}",
                "none",
                1,
                "#f5efe3",
                16,
            )
            + P(f"M{cx - 80} {sy + 290} h160 v110 q-80 40 -160 0Z", "#e7dcc8")
        )
    if p.outer:
        pass
    elif outfit not in ("dress", "tank", "swim", "bikini", "bare", "towel"):
        o += arm(-1) + arm(1)
    else:
        for k in (-1, 1):
            o += P(
                f"M{cx + k * (sx - 30)} {sy + 150} C{cx + k * (waist + 34)} {sy + 300} {cx + k * (waist + 30)} {sy + 400} {cx + k * (waist + 40)} {H}",
                "none",
                0.45,
                sd,
                6,
                'filter="url(#b3)"',
            )
    if f and "apron" not in acc and not p.outer and outfit not in ("blazer", "hoodie", "robe", "bikini"):
        bust = 0.66 if "bust small" in marks else 1.34 if "bust large" in marks else 1
        for k in (-1, 1):
            o += E(cx + k * 82, sy + 176 + 14 * bust, 64 * bust, 26 * bust, dk(outc, 0.55), 0.24, 'filter="url(#b16)"')
    if not f and marks & {"chest broad", "chest muscular"} and not p.outer:
        o += P(
            f"M{cx - 150} {sy + 110} q80 60 142 10 M{cx + 150} {sy + 110} q-80 60 -142 10 M{cx} {sy + 60} V{sy + 190}",
            "none",
            0.3,
            dk(outc if outfit != "bare" else s, 0.5),
            9 if "chest muscular" in marks else 6,
            'filter="url(#b3)"',
        )
    if "tattoo neck" in marks:
        o += tattoo(cx + nw - 18, cy + 196, 74, 8)
    if (
        marks & {"tattoo shoulder", "tattoo sleeve"}
        and outfit in ("tank", "swim", "bikini", "bare", "dress", "towel")
        and not p.outer
    ):
        o += tattoo(cx - sx + 46, sy + 120, 150, 6) + (
            tattoo(cx - sx + 34, sy + 300, 170, -4) if "tattoo sleeve" in marks else ""
        )
    # ---- ears/head
    for k in (-1, 1):
        o += E(cx + k * (fw + 2), cy + 10, 20, 34, ss) + E(cx + k * (fw + 4), cy + 12, 10, 20, sd, 0.35)
    o += (
        P(face, "url(#skg)")
        + '<g clip-path="url(#fc)">'
        + E(cx - fw * 0.62, cy + 62, 44, 28, "#e8535f", 0.22, 'filter="url(#b16)"')
        + E(cx + fw * 0.62, cy + 62, 44, 28, "#e8535f", 0.24, 'filter="url(#b16)"')
        + E(cx, cy - 150, 150, 70, sd, 0.45, 'filter="url(#b16)"')
        + E(cx + fw, cy + 90, 40, 140, sd, 0.25, 'filter="url(#b16)"')
        + "</g>"
    )
    # ---- eyes
    ew = 33 if f else 30
    ex = 54
    ey = cy + 6
    closed = {"laugh", "sleep"}
    for k in (-1, 1):
        x = cx + k * ex
        if expr in closed or (expr == "wink" and k == 1):
            o += P(
                f"M{x - ew} {ey + 4} q{ew} {-26 if expr != 'sleep' else 22} {2 * ew} 0",
                "none",
                1,
                dk(h, 0.5) if f else "#3a2530",
                7,
            )
        else:
            open_ = (25 if f else 19) * (
                1.26
                if "eyes round" in marks
                else 0.78
                if "eyes monolid" in marks
                else 0.86
                if "eyes hooded" in marks
                else 1
            )
            tilt = -k * (9 if "eyes upturned" in marks else -9 if "eyes downturned" in marks else 0)
            o += f'<g transform="rotate({tilt} {x} {ey})">'
            if marks & {"glam", "goth"}:
                o += E(x, ey - 20, ew + 8, 22, "#2a1420" if "goth" in marks else "#8a4a6b", 0.5, 'filter="url(#b3)"')
            if expr == "surprised":
                open_ += 6
            al = f"M{x - ew} {ey + 4} C{x - ew * 0.5} {ey - open_} {x + ew * 0.5} {ey - open_} {x + ew} {ey + (-2 if k > 0 else 4)} C{x + ew * 0.5} {ey + open_ * 0.72} {x - ew * 0.5} {ey + open_ * 0.72} {x - ew} {ey + (4 if k > 0 else -2)}Z"
            d += f'<clipPath id="ey{k}"><path d="{al}"/></clipPath>'
            r = 20 if f else 17
            o += (
                P(al, "#fdfbfa")
                + f'<g clip-path="url(#ey{k})">'
                + E(x, ey - 16, ew, 12, "#6a5470", 0.35, 'filter="url(#b3)"')
                + C(x + 1, ey + 1, r, "url(#ir)")
                + C(x + 1, ey + 1, r * 0.46, "#120d18")
                + C(x - 6, ey - 7, 6, "#fff", 0.95)
                + C(x + 8, ey + 8, 3, "#fff", 0.7)
                + "</g>"
            )
            o += P(
                f"M{x - ew - 1} {ey + (4 if k > 0 else -2)} C{x - ew * 0.5} {ey - open_ - 1} {x + ew * 0.5} {ey - open_ - 1} {x + ew + 1} {ey + (-2 if k > 0 else 4)}",
                "none",
                1,
                "#2a1a22",
                7 if f else 5,
            )
            if f:
                o += P(
                    f"M{x + k * ew} {ey - 1} q{k * 12} -4 {k * 16} -15 M{x + k * (ew - 7)} {ey - 9} q{k * 9} -5 {k * 12} -14",
                    "none",
                    1,
                    "#2a1a22",
                    4,
                )
            if "eyes monolid" not in marks:
                o += P(
                    f"M{x - ew + 4} {ey - open_ + 1} q{ew - 4} -13 {2 * ew - 8} 0",
                    "none",
                    0.4,
                    sd,
                    9 if "eyes hooded" in marks else 4,
                )
            if marks & {"liner", "glam", "goth"}:
                o += P(
                    f"M{x + k * (ew - 12)} {ey + 4} Q{x + k * (ew + 8)} {ey - 2} {x + k * (ew + 26)} {ey - 20} Q{x + k * (ew + 8)} {ey - 14} {x + k * (ew - 4)} {ey - 10}Z",
                    "#1a1018",
                )
            o += "</g>"
        bt = {"sad": (-10, 6), "surprised": (-14, -12), "angry": (10, -2), "serious": (4, 0)}.get(expr, (0, 0))
        by = ey - 48 + bt[1]
        o += P(
            f"M{x - k * 30} {by + 6 - bt[0] * -1} Q{x} {by - 16} {x + k * 40} {by + 4}",
            "none",
            0.95,
            dk(h, 0.35) if not light_hair else dk(h, 0.45),
            9 if f else 14,
        )
    # nose, mouth
    nose = 10 if "nose small" in marks else 25 if "nose broad" in marks else 13 if "nose button" in marks else 16
    tip = 74 if "nose aquiline" in marks else 58 if "nose small" in marks or "nose button" in marks else 66
    o += (
        P(
            f"M{cx + 6} {cy - 14} q{30 if 'nose aquiline' in marks else 12} 40 16 62",
            "none",
            0.5 if "nose aquiline" in marks else 0.22,
            sd,
            6,
            'filter="url(#b3)"',
        )
        + P(
            f"M{cx - nose} {cy + tip} q{nose} {12 if 'nose button' not in marks else 17} {2 * nose} 0",
            "none",
            0.7,
            sd,
            4,
        )
        + E(
            cx - 4,
            cy + tip - 16,
            nose * 0.56 + (4 if "nose button" in marks else 0),
            8,
            "#fff",
            0.28,
            'filter="url(#b3)"',
        )
    )
    my = cy + 108
    lip = "#c4505c" if f else mix(s, "#a8434a", 0.45)
    mw = 42
    if f:
        lip = mix(s, "#c22f4a", 0.62)
    if marks & {"red lips", "glam"} or "lipstick" in acc:
        lip = "#b3202f"
    if "goth" in marks:
        lip = "#3a1420"
    across, thick = (
        (0.95, 0.62)
        if "lips thin" in marks
        else (1.08, 1.36)
        if "lips full" in marks
        else (0.86, 1.2)
        if "lips bow" in marks
        else (1, 1)
    )
    o += f'<g transform="translate({cx} {my}) scale({across} {thick}) translate({-cx} {-my})">'
    if expr in ("smile", "wink"):
        o += (
            P(f"M{cx - mw} {my - 4} Q{cx} {my + 16} {cx + mw} {my - 4} Q{cx} {my + 42} {cx - mw} {my - 4}Z", lip)
            + P(
                f"M{cx - mw} {my - 5} Q{cx - 14} {my - 10} {cx} {my - 3} Q{cx + 14} {my - 10} {cx + mw} {my - 5} Q{cx} {my + 17} {cx - mw} {my - 5}Z",
                dk(lip, 0.12),
            )
            + P(f"M{cx - mw - 3} {my - 8} Q{cx} {my + 20} {cx + mw + 3} {my - 8}", "none", 0.8, dk(lip, 0.5), 3.5)
            + E(cx + 4, my + 16, 14, 4, "#fff", 0.3)
        )
    elif expr in ("happy", "laugh"):
        o += (
            P(
                f"M{cx - 50} {my - 10} Q{cx} {my + 4} {cx + 50} {my - 10} Q{cx + 34} {my + 44} {cx} {my + 46} Q{cx - 34} {my + 44} {cx - 50} {my - 10}Z",
                "#6b1f2c",
            )
            + P(
                f"M{cx - 44} {my - 7} Q{cx} {my + 5} {cx + 44} {my - 7} Q{cx + 36} {my + 14} {cx} {my + 15} Q{cx - 36} {my + 14} {cx - 44} {my - 7}Z",
                "#fff",
            )
            + E(cx, my + 36, 22, 10, "#e06a75")
            + P(
                f"M{cx - 50} {my - 10} Q{cx} {my + 4} {cx + 50} {my - 10} Q{cx + 34} {my + 44} {cx} {my + 46} Q{cx - 34} {my + 44} {cx - 50} {my - 10}Z",
                "none",
                1,
                lip,
                6,
            )
        )
    elif expr == "surprised":
        o += E(cx, my + 10, 20, 26, "#6b1f2c") + E(cx, my + 10, 20, 26, "none", 1, f'stroke="{lip}" stroke-width="7"')
    elif expr == "sad":
        o += P(f"M{cx - 34} {my + 12} Q{cx} {my - 10} {cx + 34} {my + 12}", "none", 1, lip, 9)
    else:
        o += P(f"M{cx - 36} {my + 2} Q{cx} {my + 10} {cx + 36} {my + 2} Q{cx} {my + 26} {cx - 36} {my + 2}Z", lip) + P(
            f"M{cx - 36} {my + 2} Q{cx - 10} {my - 8} {cx} {my - 2} Q{cx + 10} {my - 8} {cx + 36} {my + 2} Q{cx} {my + 10} {cx - 36} {my + 2}Z",
            dk(lip, 0.12),
        )
    o += "</g>"
    if "beard" in acc:
        o += (
            '<g clip-path="url(#fc)">'
            + P(
                f"M{cx - fw - 4} {cy + 10} C{cx - fw + 10} {cy + 110} {cx - 60} {cy + 84} {cx} {cy + 84} C{cx + 60} {cy + 84} {cx + fw - 10} {cy + 110} {cx + fw + 4} {cy + 10} V{cy + 220} H{cx - fw - 4}Z M{cx - 46} {my - 4} Q{cx} {my + 40} {cx + 46} {my - 4} Q{cx} {my - 22} {cx - 46} {my - 4}Z",
                dk(h, 0.1),
                0.92,
                extra='fill-rule="evenodd"',
            )
            + "</g>"
        )
    if "goatee" in acc:
        o += '<g clip-path="url(#fc)">' + E(cx, cy + 154, 46, 34, dk(h, 0.1), 0.9) + "</g>"
    if "moustache" in acc or "goatee" in acc:
        o += P(
            f"M{cx - 52} {my - 10} Q{cx - 22} {my - 34} {cx} {my - 22} Q{cx + 22} {my - 34} {cx + 52} {my - 10} Q{cx + 20} {my - 16} {cx} {my - 12} Q{cx - 20} {my - 16} {cx - 52} {my - 10}Z",
            dk(h, 0.1),
        )
    if "mole" in acc:
        o += C(cx + 44, my - 14, 4, sd)
    if "stubble" in acc:
        o += '<g clip-path="url(#fc)">' + E(cx, cy + 150, 100, 70, dk(h, 0.2), 0.28, 'filter="url(#b16)"') + "</g>"
    if "freckles" in acc:
        o += "".join(
            C(cx + k * (36 + (i * 23) % 52), cy + 44 + (i * 17) % 30, 2.6, sd, 0.6) for k in (-1, 1) for i in range(8)
        )
    # ---- front hair
    st = lambda p: P(p, "none", 0.5, lt(h, 0.35), 4) + ""
    if hair in ("long", "wavy", "bob"):
        o += P(
            f"M{cx - 20} {top + 2} C{cx - 170} {top} {cx - 176} {cy - 30} {cx - 160} {cy + (190 if hair != 'bob' else 150)} C{cx - 150} {cy + 90} {cx - 138} {cy - 10} {cx - 112} {cy - 70} C{cx - 86} {cy - 90} {cx - 30} {cy - 110} {cx - 4} {cy - 150} C{cx + 40} {cy - 90} {cx + 92} {cy - 92} {cx + 114} {cy - 62} C{cx + 138} {cy - 10} {cx + 150} {cy + 90} {cx + 160} {cy + (190 if hair != 'bob' else 150)} C{cx + 178} {cy - 30} {cx + 172} {top} {cx - 20} {top + 2}Z",
            "url(#hg)",
        )
        o += (
            st(f"M{cx - 30} {top + 26} C{cx - 110} {top + 40} {cx - 140} {cy - 60} {cx - 148} {cy + 40}")
            + st(f"M{cx + 20} {top + 22} C{cx + 100} {top + 36} {cx + 140} {cy - 60} {cx + 150} {cy + 20}")
            + st(f"M{cx - 10} {top + 20} C{cx - 60} {top + 40} {cx - 90} {cy - 110} {cx - 118} {cy - 84}")
        )
    elif hair in ("ponytail", "bun"):
        o += (
            P(
                f"M{cx} {top} C{cx - 160} {top} {cx - 150} {cy - 60} {cx - 128} {cy + 16} C{cx - 126} {cy - 60} {cx - 80} {cy - 128} {cx - 10} {cy - 140} C{cx + 70} {cy - 128} {cx + 126} {cy - 60} {cx + 128} {cy + 16} C{cx + 150} {cy - 60} {cx + 160} {top} {cx} {top}Z",
                "url(#hg)",
            )
            + st(f"M{cx - 100} {cy - 110} C{cx - 60} {top + 50} {cx + 10} {top + 30} {cx + 60} {top + 30}")
            + st(f"M{cx - 116} {cy - 60} C{cx - 80} {top + 70} {cx - 10} {top + 50} {cx + 80} {top + 46}")
        )
    elif hair == "short":
        o += (
            P(
                f"M{cx - 126} {cy - 10} C{cx - 158} {cy - 120} {cx - 130} {top - 14} {cx - 30} {top - 16} C{cx + 60} {top - 44} {cx + 168} {top + 10} {cx + 128} {cy - 10} C{cx + 124} {cy - 50} {cx + 112} {cy - 78} {cx + 96} {cy - 100} C{cx + 40} {cy - 82} {cx - 40} {cy - 96} {cx - 84} {cy - 124} C{cx - 104} {cy - 90} {cx - 118} {cy - 60} {cx - 126} {cy - 10}Z",
                "url(#hg)",
            )
            + st(f"M{cx - 90} {cy - 140} C{cx - 60} {top + 20} {cx + 20} {top + 6} {cx + 80} {top + 36}")
            + st(f"M{cx - 50} {cy - 128} C{cx - 10} {top + 50} {cx + 50} {top + 40} {cx + 100} {top + 66}")
        )
    elif hair == "afro":
        for i in range(13):
            a = math.pi * (1.02 + 0.96 * i / 12)
            o += C(cx + math.cos(a) * 122, cy - 44 + math.sin(a) * 112, 46, "url(#hg)")
    elif hair == "braids":
        o += P(
            f"M{cx} {top} C{cx - 160} {top} {cx - 150} {cy - 60} {cx - 132} {cy + 30} C{cx - 122} {cy - 60} {cx - 80} {cy - 118} {cx} {cy - 138} C{cx + 80} {cy - 118} {cx + 122} {cy - 60} {cx + 132} {cy + 30} C{cx + 150} {cy - 60} {cx + 160} {top} {cx} {top}Z",
            "url(#hg)",
        ) + "".join(
            P(
                f"M{cx + i * 24} {top + 6} Q{cx + i * 34} {cy - 120} {cx + i * 40} {cy - 70 + abs(i) * 14}",
                "none",
                0.35,
                dk(h, 0.5),
                5,
            )
            for i in range(-3, 4)
        )
    elif hair == "curly":
        for i in range(15):
            a = math.pi * (1.06 + 0.88 * i / 14)
            o += C(cx + math.cos(a) * 112, cy - 50 + math.sin(a) * 104, 42, "url(#hg)") + P(
                f"M{cx + math.cos(a) * 112 - 18} {cy - 50 + math.sin(a) * 104 - 8} q16 -20 34 -4",
                "none",
                0.4,
                lt(h, 0.4),
                4,
            )
    elif hair == "buzz":
        o += P(
            f"M{cx - 126} {cy - 20} C{cx - 140} {top + 40} {cx - 90} {top} {cx} {top} C{cx + 90} {top} {cx + 140} {top + 40} {cx + 126} {cy - 20} C{cx + 118} {cy - 90} {cx + 80} {cy - 120} {cx} {cy - 122} C{cx - 80} {cy - 120} {cx - 118} {cy - 90} {cx - 126} {cy - 20}Z",
            h,
            0.92,
        )
    if "glasses" in acc:
        o += "".join(
            R(cx + k * ex - 42, ey - 32, 84, 66, "#ffffff", 26, 0.12, 'stroke="#1e1a22"')
            + f'<rect x="{cx + k * ex - 42}" y="{ey - 32}" width="84" height="66" rx="26" fill="none" stroke="#2a222c" stroke-width="6"/>'
            for k in (-1, 1)
        ) + P(
            f"M{cx - 13} {ey - 4} q13 -8 26 0 M{cx - 96} {ey - 8} l-26 -6 M{cx + 96} {ey - 8} l26 -6",
            "none",
            1,
            "#2a222c",
            6,
        )
    if "sunglasses" in acc:
        o += "".join(R(cx + k * ex - 46, ey - 30, 92, 64, "#23202a", 28, 0.94) for k in (-1, 1)) + P(
            f"M{cx - 13} {ey - 6} q13 -8 26 0 M{cx - 98} {ey - 8} l-24 -6 M{cx + 98} {ey - 8} l24 -6",
            "none",
            1,
            "#23202a",
            7,
        )
    if "hijab" in acc:
        o += P(
            f"M{cx} {top - 14} C{cx - 210} {top - 10} {cx - 196} {cy + 120} {cx - 170} {cy + 230} C{cx - 200} {cy + 330} {cx - 120} {cy + 380} {cx} {cy + 390} C{cx + 120} {cy + 380} {cx + 200} {cy + 330} {cx + 170} {cy + 230} C{cx + 196} {cy + 120} {cx + 210} {top - 10} {cx} {top - 14}Z M{cx} {cy - 138} C{cx + 110} {cy - 138} {cx + 122} {cy - 40} {cx + 112} {cy + 40} C{cx + 100} {cy + 120} {cx + 60} {cy + 172} {cx} {cy + 176} C{cx - 60} {cy + 172} {cx - 100} {cy + 120} {cx - 112} {cy + 40} C{cx - 122} {cy - 40} {cx - 110} {cy - 138} {cx} {cy - 138}Z",
            mix(outc, "#f3e9dd", 0.35),
            1,
            extra='fill-rule="evenodd"',
        )
    if "scarf" in acc:
        o += P(
            f"M{cx - 104} {sy - 74} Q{cx} {sy + 10} {cx + 104} {sy - 74} Q{cx + 120} {sy - 20} {cx + 70} {sy + 20} Q{cx} {sy + 56} {cx - 70} {sy + 20} Q{cx - 120} {sy - 20} {cx - 104} {sy - 74}Z",
            "#b5543f",
        ) + P(f"M{cx + 26} {sy + 14} l60 8 l10 210 l-80 6Z", "#a44834")
    if "choker" in acc:
        o += P(f"M{cx - nw} {cy + 196} Q{cx} {cy + 226} {cx + nw} {cy + 196}", "none", 1, "#2a222c", 12)
    if "tie" in acc:
        o += P(f"M{cx - 16} {sy + 2} h32 l-8 30 l22 120 l-30 40 l-30 -40 l22 -120Z", "#8c2f39")
    if "hat" in acc:
        o += (
            E(cx, cy - 128, 236, 40, "#4b3a33")
            + P(
                f"M{cx - 132} {cy - 132} C{cx - 140} {top - 90} {cx + 140} {top - 90} {cx + 132} {cy - 132}Z", "#5a463d"
            )
            + R(cx - 134, cy - 168, 268, 34, "#2f2420")
        )
    if "sunhat" in acc:
        o += (
            E(cx, cy - 118, 290, 58, "#e2c48c")
            + P(
                f"M{cx - 136} {cy - 126} C{cx - 140} {top - 70} {cx + 140} {top - 70} {cx + 136} {cy - 126}Z", "#ecd3a0"
            )
            + R(cx - 138, cy - 158, 276, 30, "#b5543f")
        )
    if "beanie" in acc:
        o += (
            P(f"M{cx - 146} {cy - 84} C{cx - 160} {top - 80} {cx + 160} {top - 80} {cx + 146} {cy - 84}Z", "#6b7a8f")
            + R(cx - 152, cy - 124, 304, 60, "#5a6880", 22)
            + C(cx, top - 58, 34, "#7d8ca3")
        )
    if "cap" in acc:
        o += P(
            f"M{cx - 136} {cy - 94} C{cx - 150} {top - 60} {cx + 150} {top - 60} {cx + 136} {cy - 94}Z", "#3f4f6b"
        ) + P(
            f"M{cx - 150} {cy - 96} Q{cx} {cy - 150} {cx + 150} {cy - 96} Q{cx} {cy - 64} {cx - 150} {cy - 96}Z",
            "#34425a",
        )
    if "crown" in acc:
        o += P(f"M{cx - 110} {top + 36} l-14 -84 l56 40 l68 -70 l68 70 l56 -40 l-14 84Z", "#e5bd57") + C(
            cx, top + 4, 10, "#b83b3b"
        )
    if "flowers" in acc:
        o += "".join(
            C(
                cx - 130 + i * 37,
                cy - 130 - int(44 * math.sin(math.pi * (i + 0.5) / 8)),
                20,
                ["#f28aa0", "#fff4e2", "#ffd56b"][i % 3],
            )
            + C(cx - 130 + i * 37, cy - 130 - int(44 * math.sin(math.pi * (i + 0.5) / 8)), 7, "#c98a2b")
            for i in range(8)
        )
    if "earrings" in acc:
        o += "".join(
            C(cx + k * (fw + 6), cy + 58, 9, "#f0c24f") + C(cx + k * (fw + 6) - 2, cy + 55, 3, "#fff", 0.8)
            for k in (-1, 1)
        )
    if "necklace" in acc:
        o += P(f"M{cx - 62} {sy - 52} Q{cx} {sy + 56} {cx + 62} {sy - 52}", "none", 1, "#e5bd57", 4) + C(
            cx, sy + 6, 9, "#e5bd57"
        )
    if "headphones" in acc:
        o += (
            P(
                f"M{cx - 142} {cy} C{cx - 160} {top - 40} {cx + 160} {top - 40} {cx + 142} {cy}",
                "none",
                1,
                "#2d3038",
                16,
            )
            + R(cx - 166, cy - 46, 44, 92, "#3d4350", 20)
            + R(cx + 122, cy - 46, 44, 92, "#3d4350", 20)
        )
    # ---- pose: forearm+hand+prop
    sleeve = (
        "url(#og)"
        if p.outer or outfit not in ("dress", "tank", "swim", "bikini", "bare", "tshirt", "towel")
        else "url(#bsk)"
    )
    if p.outer:
        outc = p.outer

    def hand(x, y, rot=0):
        return (
            f'<g transform="translate({x} {y}) rotate({rot})">'
            + R(-38, -40, 76, 86, s, 30)
            + "".join(
                R(-40 + i * 20, -74 + (6 if i in (0, 3) else 0), 19, 70, s, 9)
                + P(f"M{-21 + i * 20} -30 v-30", "none", 0.35, sd, 3)
                for i in range(4)
            )
            + R(26, -30, 24, 64, s, 12, 1, 'transform="rotate(28 38 0)"')
            + "</g>"
        )

    def fist(x, y):
        return (
            f'<g transform="translate({x} {y})">'
            + "".join(R(-46, -44 + i * 23, 84, 25, mix(s, ss, 0.12 * i), 12) for i in range(4))
            + "</g>"
        )

    if pose == "wave":
        o += P(
            f"M{cx + sx - 10} {sy + 330} C{cx + sx + 70} {sy + 220} {cx + sx + 60} {sy + 60} {cx + sx + 24} {sy - 70}",
            "none",
            1,
            outc if sleeve == "url(#og)" else s,
            92,
        ) + hand(cx + sx + 16, sy - 140, 12)
    if pose == "cup":
        o += P(
            f"M{cx + sx + 26} {H} C{cx + sx + 30} {sy + 330} {cx + 190} {sy + 300} {cx + 96} {sy + 236}",
            "none",
            1,
            mix(outc, "#000000", 0.08) if sleeve == "url(#og)" else s,
            96,
        )
        o += (
            R(cx - 10, sy + 120, 120, 150, "#fbf7ef", 18)
            + P(f"M{cx - 8} {sy + 150} c-56 0 -56 90 0 90", "none", 1, "#fbf7ef", 16)
            + E(cx + 50, sy + 126, 60, 16, "#6b4226")
            + fist(cx + 106, sy + 204)
            + P(
                f"M{cx + 30} {sy + 96} q-16 -26 4 -50 M{cx + 66} {sy + 92} q-16 -26 4 -50",
                "none",
                0.7,
                "#ffffff",
                7,
                'filter="url(#b3)"',
            )
        )
    if pose == "book":
        for k in (-1, 1):
            o += P(
                f"M{cx + k * (sx + 30)} {H} C{cx + k * (sx + 20)} {sy + 400} {cx + k * 230} {sy + 360} {cx + k * 170} {sy + 330}",
                "none",
                1,
                outc if sleeve == "url(#og)" else s,
                92,
            )
        o += (
            P(
                f"M{cx} {sy + 220} L{cx - 180} {sy + 180} V{sy + 420} L{cx} {sy + 460} L{cx + 180} {sy + 420} V{sy + 180}Z",
                "#365a8c",
            )
            + P(
                f"M{cx} {sy + 210} L{cx - 166} {sy + 168} V{sy + 190} L{cx} {sy + 232} L{cx + 166} {sy + 190} V{sy + 168}Z",
                "#fbf7ef",
            )
            + P(f"M{cx} {sy + 222} V{sy + 458}", "none", 0.6, "#1d3557", 5)
            + fist(cx - 170, sy + 330)
            + fist(cx + 178, sy + 330)
        )
    if pose == "laptop":
        o += (
            P(f"M{cx - 230} {sy + 210} h460 q20 0 22 20 l26 290 h-556 l26 -290 q2 -20 22 -20Z", "#c9ced6")
            + C(cx, sy + 370, 26, "#e9edf2")
            + R(cx - 290, sy + 500, 580, 30, "#9aa1ac", 10)
        )
    if pose == "phone":
        o += (
            P(
                f"M{cx - sx - 26} {H} C{cx - sx - 30} {sy + 330} {cx - 200} {sy + 280} {cx - 120} {sy + 210}",
                "none",
                1,
                outc if sleeve == "url(#og)" else s,
                94,
            )
            + R(cx - 150, sy + 40, 96, 180, "#20232b", 16)
            + R(cx - 142, sy + 52, 80, 156, "#4a5568", 8)
            + fist(cx - 112, sy + 196)
        )
    right = lambda y: P(
        f"M{cx + sx + 26} {H} C{cx + sx + 30} {sy + 330} {cx + 190} {sy + 300} {cx + 110} {y}",
        "none",
        1,
        mix(outc, "#000000", 0.08) if sleeve == "url(#og)" else s,
        94,
    )
    if pose == "glass":
        o += (
            right(sy + 236)
            + P(f"M{cx + 56} {sy + 40} h92 l-14 96 q-32 34 -64 0Z", "#f4f7fa", 0.55)
            + P(f"M{cx + 62} {sy + 80} h80 l-8 54 q-32 30 -64 0Z", "#a12a3a", 0.9)
            + P(f"M{cx + 102} {sy + 150} v96", "none", 0.8, "#f4f7fa", 9)
            + fist(cx + 112, sy + 214)
        )
    if pose == "flowers":
        o += (
            right(sy + 250)
            + P(
                f"M{cx + 20} {sy + 120} L{cx + 90} {sy + 400} L{cx + 150} {sy + 400} L{cx + 220} {sy + 120}Z", "#efe6d5"
            )
            + "".join(
                P(f"M{cx + 118} {sy + 330} L{cx + 40 + i * 34} {sy + 80 - (i % 2) * 34}", "none", 1, "#4f8a62", 6)
                + C(cx + 40 + i * 34, sy + 70 - (i % 2) * 34, 30, ["#e0718c", "#ffd56b", "#f6efe4", "#b83b3b"][i % 4])
                + C(cx + 40 + i * 34, sy + 70 - (i % 2) * 34, 11, "#a8772e")
                for i in range(6)
            )
            + fist(cx + 120, sy + 270)
        )
    if pose == "brush":
        o += (
            right(sy + 200)
            + P(f"M{cx + 40} {sy + 250} L{cx + 170} {sy + 20}", "none", 1, "#a8774e", 12)
            + P(f"M{cx + 170} {sy + 20} l22 -40", "none", 1, "#4a6fc9", 18)
            + fist(cx + 100, sy + 170)
            + f'<g transform="translate({cx - 200} {sy + 330}) rotate(-12)">'
            + E(0, 0, 130, 84, "#c9986a")
            + "".join(
                C(-70 + i * 34, -20 + (i % 2) * 34, 18, c)
                for i, c in enumerate(["#b83b3b", "#e8b04a", "#3f6fb5", "#4f8a62", "#f6efe4"])
            )
            + "</g>"
        )
    if pose == "spoon":
        o += (
            right(sy + 230)
            + P(f"M{cx + 60} {sy + 380} L{cx + 130} {sy + 60}", "none", 1, "#b98a5a", 14)
            + E(cx + 136, sy + 36, 28, 38, "#c9986a")
            + fist(cx + 104, sy + 214)
        )
    if pose == "mic":
        o += (
            right(sy + 120)
            + P(f"M{cx + 60} {sy + 190} L{cx + 20} {sy + 20}", "none", 1, "#2d3038", 30)
            + C(cx + 14, sy - 8, 36, "#6a6f7a")
            + fist(cx + 66, sy + 150)
        )
    if pose == "icecream":
        o += (
            right(sy + 200)
            + P(f"M{cx + 60} {sy + 60} h90 l-45 150Z", "#d9a25f")
            + C(cx + 105, sy + 40, 50, "#f2b8c0")
            + C(cx + 92, sy - 20, 42, "#fff2d6")
            + fist(cx + 108, sy + 190)
        )
    if pose == "umbrella":
        o += (
            right(sy + 240)
            + P(f"M{cx + 120} {sy + 260} V{top - 170}", "none", 1, "#5a463d", 12)
            + P(
                f"M{cx - 250} {top - 20} C{cx - 200} {top - 250} {cx + 430} {top - 250} {cx + 440} {top - 20} Q{cx + 370} {top - 60} {cx + 300} {top - 20} Q{cx + 200} {top - 64} {cx + 100} {top - 20} Q{cx} {top - 64} {cx - 90} {top - 20} Q{cx - 170} {top - 60} {cx - 250} {top - 20}Z",
                "#b5543f",
            )
            + fist(cx + 120, sy + 220)
        )
    if pose == "guitar":
        o += (
            f'<g transform="translate({cx - 30} {sy + 330}) rotate(-24)">'
            + R(40, -26, 420, 44, "#5a3a26", 8)
            + E(-60, 0, 150, 120, "#b9743c")
            + E(60, 0, 110, 92, "#b9743c")
            + C(-20, 0, 46, "#2b1a12")
            + P("M-130 0 H440", "none", 0.8, "#f4e6cf", 3)
            + P("M-130 -10 H440", "none", 0.8, "#f4e6cf", 2)
            + "</g>"
            + right(sy + 300)
            + fist(cx + 96, sy + 280)
        )
    return d, o


# How a person stands in the picture: scale, and where the middle of the shoulders' line (416, 700) comes to stand.
VIEWS = {"portrait": (1.32, 416, 850), "half": (1.0, 416, 740), "full": (0.455, 416, 400)}
_IDS = ("skg", "bsk", "hg", "hb", "og", "cg", "ir", "fc", "nk", "oc", "ey-1", "ey1", "b3", "b8", "b16")


def figure(p: Person, frame: str) -> tuple[str, str]:
    """Return defs and body of a person as far as the picture shows it."""
    defs, upper = portrait(p)
    if frame != "full":
        return defs, upper
    behind, before = lower_body(p, tattoo, shade=lambda c: mix(c, "#5a1f2b", 0.42), light=lt, dark=dk)
    ground = E(416, 2424, 300, 34, "#000000", 0.22, 'filter="url(#b16)"')
    # The portrait ends at its lower edge; hair and arms must not hang over it.
    defs += f'<clipPath id="up"><rect x="-200" y="-200" width="1300" height="{H + 196}"/></clipPath>'
    return defs, f'{ground}{behind}<g clip-path="url(#up)">{upper}</g>{before}'


def _water() -> str:
    """Water up to the hips, before the person."""
    waves = "".join(
        P(f"M{(i * 173) % 760 - 40} {846 + i * 26} q34 -14 68 0 t68 0 t68 0", "none", 0.55, "#dff6f6", 4)
        for i in range(13)
    )
    return R(0, 800, W, H - 800, "#49b3c2", 0, 0.78) + E(416, 802, 190, 16, "#dff6f6", 0.5) + waves


def render(drawing: Drawing) -> str:
    """Return the whole picture as SVG: scene, other person, person, light, weather."""
    d1, b = scene(drawing.place, drawing.time, {"portrait": 8, "half": 5, "full": 2}[drawing.frame])
    tc, ta = TINT[drawing.time]
    scale, x, y = VIEWS[drawing.frame]
    d2, p = figure(drawing.person, drawing.frame)

    def placed(person: Person, body: str, dx: float, size: float) -> str:
        size *= scale
        if drawing.frame == "full":  # feet on the same ground, however tall
            size *= person.height / 1.02
            return f'<g transform="translate({x + dx - 416 * size:.1f} {1184 - 2424 * size:.1f}) scale({size:.3f})">{body}</g>'
        return f'<g transform="translate({x + dx - 416 * size:.1f} {y - 700 * size:.1f}) scale({size:.3f})">{body}</g>'

    people = placed(drawing.person, p, 0, 1)
    if drawing.other is not None:
        d4, q = figure(drawing.other, drawing.frame)
        for name in (*_IDS, "up"):
            for text in (f'id="{name}"', f"#{name})"):
                new = text.replace(name, "z" + name)
                d4 = d4.replace(text, new)
                q = q.replace(text, new)
        d2 += d4
        apart = 186 * max(scale, 0.62)
        people = placed(drawing.other, q, apart, 0.94) + placed(drawing.person, p, -apart, 0.96)
    if drawing.frame == "full" and drawing.in_water:
        people += _water()
    d3 = '<radialGradient id="vg" cx=".5" cy=".42" r=".8"><stop offset=".55" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#0a0618" stop-opacity=".42"/></radialGradient>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{W}" height="{H}" viewBox="0 0 {W} {H}"><defs>{d1}{d2}{d3}</defs>{b}'
        f"{R(0, 0, W, H, tc, 0, ta)}{people}{weather(drawing.weather)}{R(0, 0, W, H, tc, 0, ta * 0.45)}{R(0, 0, W, H, 'url(#vg)')}</svg>"
    )
