"""What a full-body picture shows below the portrait: hanging arms, hips, legs, what is worn on them, and shoes.

The same coordinates as people.py, going on below its lower edge: feet stand at y = 2420.
"""

# pyright: basic
# ruff: noqa: F405, F403 - drawing code: coordinates read best side by side
from devtools.illustrator.lexicon import Person
from devtools.illustrator.scenes import *

FEET = 2420
# Degrees each leg turns about its hip, left and right.
STANCES = {"walk": (7, -6), "run": (16, -14), "dance": (10, -2), "relaxed": (1.5, -1.5)}
NARROW = ("dress", "tank", "swim", "bikini", "towel", "bare")
BOTH_ARMS = ("book", "laptop", "guitar")


def lower_body(p: Person, tattoo, *, shade, light, dark):
    """Return the parts behind the torso (legs) and those before it (skirts, arms).  ``shade`` … make colours."""
    cx = 416
    width = 1 if not p.masculine else 1.16
    sx = int(222 * p.build * width)
    waist = int((150 if not p.masculine else 196) * (0.94 + (p.build * width - 1)))
    hip = int(sx * (0.86 if not p.masculine else 0.78))
    hip = int(hip * (0.9 if "hips narrow" in p.features else 1.12 if "hips wide" in p.features else 1))
    skin, top = p.skin, p.outfit_colour
    bottom, colour = p.bottom, p.bottom_colour
    behind, before = "", ""

    def leg(k, wide=0, end=2350, inner=6):
        knee, calf, ankle = hip - 58 + wide, hip - 50 + wide, hip - 92 + wide
        if end < 1900:
            edge = hip - 20 + wide
            return (
                f"M{cx + k * inner} 1400 L{cx + k * (hip + wide)} 1290 C{cx + k * (hip + 10 + wide)} 1420 {cx + k * (edge + 12)} {end - 80} {cx + k * edge} {end} "
                f"L{cx + k * 22} {end} Z"
            )
        return (
            f"M{cx + k * inner} 1400 L{cx + k * (hip + wide)} 1290 C{cx + k * (hip + 14 + wide)} 1520 {cx + k * (knee + 12)} 1760 {cx + k * knee} 1890 "
            f"C{cx + k * (calf + 12)} 2020 {cx + k * (ankle + 10)} 2240 {cx + k * ankle} {end} L{cx + k * (34 - wide / 2)} {end} "
            f"C{cx + k * (30 - wide / 3)} 2200 {cx + k * 26} 2040 {cx + k * 30} 1890 C{cx + k * 26} 1700 {cx + k * 12} 1500 {cx + k * inner} 1400Z"
        )

    def shoe(k):
        x = cx + k * (hip - 30) / 2 + k * 22
        if p.shoes == "bare":
            return P(
                f"M{x - 42} 2340 C{x - 50} 2400 {x - 54 + k * 20} {FEET} {x + k * 24} {FEET} C{x + 62 + k * 10} {FEET} {x + 46} 2390 {x + 40} 2340Z",
                skin,
            )
        c = p.shoes_colour
        shaft = (
            R(x - 54, 2130, 108, 240, c, 22) + R(x - 56, 2128, 112, 26, light(c, 0.18), 12)
            if p.shoes == "boots"
            else ""
        )
        sole = R(x - 58 + k * 8, FEET - 16, 124, 20, "#f4f0e8" if p.shoes == "sneakers" else dark(c, 0.5), 9)
        upper = P(
            f"M{x - 48} 2330 C{x - 62} 2390 {x - 58} {FEET - 6} {x - 50} {FEET - 6} H{x + 62} C{x + 66} 2390 {x + 48} 2370 {x + 44} 2330Z",
            c,
        )
        if p.shoes == "sandals":
            upper = P(
                f"M{x - 42} 2340 C{x - 50} 2400 {x - 50} {FEET - 8} {x} {FEET - 8} C{x + 60} {FEET - 8} {x + 46} 2390 {x + 40} 2340Z",
                skin,
            )
            upper += P(
                f"M{x - 48} 2386 Q{x} 2366 {x + 54} 2386 M{x - 40} 2350 Q{x} 2336 {x + 40} 2350", "none", 1, c, 13
            )
        return shaft + upper + sole

    # ---- legs, from behind: skin, then what covers it
    left, right = STANCES.get(p.stance, STANCES["relaxed"])
    for k, turn in ((-1, left), (1, right)):
        part = P(leg(k), "url(#bsk)") + P(f"M{cx + k * 40} 1900 q{k * 26} 18 {k * 56} 0", "none", 0.3, shade(skin), 5)
        if k > 0 and "tattoo leg" in p.features:
            part += tattoo(cx + k * (hip - 70), 2060, 200)
        if p.shoes != "boots" or bottom != "pants":
            part += shoe(k)
        if bottom == "pants":
            part += P(leg(k, 16, 2362, 2), colour)
            part += P(
                f"M{cx + k * (hip + 2)} 1340 C{cx + k * (hip + 10)} 1700 {cx + k * (hip - 66)} 2000 {cx + k * (hip - 82)} 2356",
                "none",
                0.4,
                dark(colour, 0.35),
                4,
            )
            part += P(
                f"M{cx + k * 60} 1420 q{k * 40} 60 {k * 96} 70 M{cx + k * 44} 1870 q{k * 30} 26 {k * 70} 16",
                "none",
                0.35,
                dark(colour, 0.45),
                6,
            )
        if bottom == "leggings":
            part += P(leg(k, 2, 2330, 2), colour)
        if bottom == "shorts":
            part += P(leg(k, 20, 1660, 2), colour) + P(
                f"M{cx + k * 30} 1648 L{cx + k * (hip - 4)} 1648", "none", 0.5, dark(colour, 0.4), 6
            )
        if p.shoes == "boots" and bottom == "pants":
            part += shoe(k)
        behind += f'<g transform="rotate({turn} {cx + k * 90} 1340)">{part}</g>'
    # ---- hips
    hips = f"M{cx - waist - 14} 1190 C{cx - hip + 4} 1250 {cx - hip - 2} 1270 {cx - hip} 1310 L{cx - hip + 8} 1400 Q{cx} 1470 {cx + hip - 8} 1400 L{cx + hip} 1310 C{cx + hip + 2} 1270 {cx + hip - 4} 1250 {cx + waist + 14} 1190Z"
    behind += P(hips, "url(#bsk)")
    if bottom in ("pants", "leggings", "shorts"):
        behind += P(hips, colour) + P(f"M{cx} 1250 V1430", "none", 0.35, dark(colour, 0.5), 5)
    if bottom == "briefs":
        behind += P(
            f"M{cx - hip} 1262 Q{cx} 1296 {cx + hip} 1262 L{cx + hip - 4} 1320 Q{cx + 60} 1360 {cx + 34} 1446 Q{cx} 1462 {cx - 34} 1446 Q{cx - 60} 1360 {cx - hip + 4} 1320Z",
            colour,
        )
        if p.outfit != "swim":
            behind += P(f"M{cx - hip} 1266 Q{cx} 1300 {cx + hip} 1266", "none", 0.6, dark(colour, 0.3), 7)
    # ---- the hem of what is worn above
    if p.outfit == "tank":
        behind += P(
            f"M{cx - waist - 8} 1170 L{cx - hip + 2} 1262 Q{cx} 1290 {cx + hip - 2} 1262 L{cx + waist + 8} 1170Z",
            "url(#og)",
        )
    elif p.outfit == "swim":
        behind += P(
            f"M{cx - waist - 4} 1170 C{cx - hip + 10} 1240 {cx - hip} 1250 {cx - hip} 1290 H{cx + hip} C{cx + hip} 1250 {cx + hip - 10} 1240 {cx + waist + 4} 1170Z",
            colour,
        )
    elif p.outfit not in NARROW:
        behind += P(
            f"M{cx - waist - 30} 1180 L{cx - hip - 10} 1290 Q{cx} 1322 {cx + hip + 10} 1290 L{cx + waist + 30} 1180Z",
            "url(#og)",
        )
        behind += P(f"M{cx - hip - 8} 1282 Q{cx} 1314 {cx + hip + 8} 1282", "none", 0.4, dark(top, 0.45), 8)
    # ---- in front: skirts, coats
    length = {"mini": 1640, "knee": 1880, "long": 2290}.get(p.skirt, 0)
    if length:
        flare = 70 if p.skirt != "long" else 96
        c = "url(#og)" if bottom == "dress" else colour
        tone = top if bottom == "dress" else colour
        from_y, half = (1150, waist + 24) if bottom == "dress" else (1180, waist + 20)
        before += P(
            f"M{cx - half} {from_y} C{cx - hip - 26} 1290 {cx - hip - flare} {length - 300} {cx - hip - flare} {length} "
            f"Q{cx} {length + 46} {cx + hip + flare} {length} C{cx + hip + flare} {length - 300} {cx + hip + 26} 1290 {cx + half} {from_y}Z",
            c,
        )
        for i in (-2, -1, 0, 1, 2):
            before += P(
                f"M{cx + i * 40} {from_y + 130} Q{cx + i * 58} {(from_y + length) / 2} {cx + i * 84} {length + 14}",
                "none",
                0.28,
                dark(tone, 0.5),
                7,
            )
    elif p.outfit == "towel":
        before += P(
            f"M{cx - waist - 40} 1180 L{cx - hip - 30} 1580 Q{cx} 1606 {cx + hip + 30} 1580 L{cx + waist + 40} 1180Z",
            "url(#og)",
        )
    if p.outer:
        end = 1980 if p.long_outer else 1330
        for k in (-1, 1):
            before += P(
                f"M{cx + k * 96} 1200 L{cx + k * (waist + 60)} 1200 C{cx + k * (hip + 40)} 1340 {cx + k * (hip + 60)} {end - 200} {cx + k * (hip + 66)} {end} L{cx + k * 84} {end + 10}Z",
                "url(#cg)",
            )
    # ---- arms
    sleeve = p.outer or (top if p.outfit not in (*NARROW, "tshirt") else None)
    for k in (-1, 1):
        if p.pose in BOTH_ARMS or (k > 0 and p.pose not in ("relaxed", "phone")) or (k < 0 and p.pose == "phone"):
            continue
        x0, x1, x2 = (sx - 34, sx + 4, sx - 8) if p.outfit in NARROW and not p.outer else (sx - 6, sx + 6, sx - 8)
        y0 = 780 if p.outfit in NARROW and not p.outer else 1120
        path = f"M{cx + k * x0} {y0} C{cx + k * (x1 + 12)} {y0 + 120} {cx + k * (x1 + 10)} 1220 {cx + k * x2} 1400"
        before += P(
            path, "none", 0.5, shade(skin) if sleeve is None else dark(sleeve, 0.4), 92 if sleeve is None else 104
        )
        before += (
            f'<g transform="translate({cx + k * (x2 - 6)} 1440)">'
            + R(-36, -40, 72, 92, skin, 32)
            + P(f"M{-12} 30 v-34 M12 30 v-34", "none", 0.35, shade(skin), 4)
            + "</g>"
        )
        before += P(path, "none", 1, sleeve or skin, 84 if sleeve is None else 96)
        if k < 0 and sleeve is None and p.features & {"tattoo sleeve", "tattoo forearm"}:
            before += tattoo(cx + k * (sx - 2), 1290, 190)
            before += tattoo(cx + k * (sx - 6), 1010, 200, 6) if "tattoo sleeve" in p.features else ""
        if k < 0 and "tattoo hand" in p.features:
            before += tattoo(cx + k * (sx - 14), 1446, 64)
    return behind, before
