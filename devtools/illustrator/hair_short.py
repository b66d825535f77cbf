"""Short cuts: cropped, swept, shorn, and none at all."""

from devtools.illustrator.locks import between, coils, dense, dots, lock, scalloped, sheet
from devtools.illustrator.person import Look
from devtools.illustrator.skull import Tones, outline
from devtools.illustrator.svg import Point, clipped, curve, ellipse, mix, path, pts, strand

_SHORN_LINE = "-100,2 -96,-40 -78,-74 -44,-90 0,-92 44,-90 78,-74 96,-40 100,2"


def bald(tones: Tones) -> str:
    return ellipse(-40, -98, 26, 11, tones.glow, 0.8, 'transform="rotate(-28 -40 -98)"') + ellipse(
        -60, -72, 6, 5, tones.glow, 0.6
    )


def _shorn(look: Look, share: float) -> str:
    """Return hair shorn to the skin over the skull down to the ears.  share: how much of the skin is seen."""
    d = curve(
        [*pts(_SHORN_LINE), *pts("104,0 107,-40 97,-92 58,-131 0,-143 -58,-131 -97,-92 -107,-40 -104,0")], tension=0.9
    )
    return path(d, mix(look.hair, look.skin, share))


def buzz(look: Look, tones: Tones) -> str:
    d = curve(
        [*pts(_SHORN_LINE), *pts("104,0 107,-40 97,-92 58,-131 0,-143 -58,-131 -97,-92 -107,-40 -104,0")], tension=0.9
    )
    lit = path(
        curve(pts("-70,-104 -30,-128 10,-128 -10,-112 -50,-92")), mix(look.hair, tones.hair_light, 0.4), opacity=0.5
    )
    shade = path(curve(pts("104,0 107,-40 97,-92 58,-131 76,-94 88,-50 96,-10")), mix(look.hair, tones.hair_shade, 0.6))
    return path(d, mix(look.hair, look.skin, 0.2)) + lit + shade + clipped(d, dots(130, tones))


def slicked(tones: Tones) -> tuple[str, str]:
    """Return hair combed straight back, and its hairline."""
    outer = "-106,8 -113,-36 -104,-100 -64,-142 0,-154 64,-142 104,-100 113,-36 106,8"
    inner = "98,8 95,-36 78,-70 42,-86 6,-90 -32,-87 -72,-72 -93,-38 -98,8"
    d = curve(pts(outer), closed=False) + "L" + curve(pts(inner), closed=False)[1:] + "Z"
    drawn = path(d, tones.hair, stroke=tones.hair_line, width=2)
    low, high = dense(pts(inner)[::-1], 25), dense(pts(outer), 25)
    for k in range(2, 23):
        (x, y), (u, v) = low[k], high[k]
        way = [(x, y), ((x + u) / 2 + (3 if k > 12 else -3), (y + v) / 2), (u, v + 3)]
        drawn += path(strand(way, (0.5, 4.2, 0.6)), (tones.hair_shade, tones.hair_light, tones.hair_line)[k % 3])
    return drawn, d


def short(look: Look, tones: Tones) -> tuple[str, str, str]:
    """Return back, front and hairline of a short cut."""
    if look.texture in ("curly", "coily"):
        return "", *_short_curls(look, tones)
    if look.masculine and look.style != "pixie":
        if look.style == "slicked":
            front, brow = slicked(tones)
            return "", _sides(look) + front, brow
        return "", *_crop(look, tones)
    return _pixie(look, tones)


def _short_curls(look: Look, tones: Tones) -> tuple[str, str]:
    size = 20 if look.texture == "coily" else 29
    low = pts("-96,-34 -84,-62 -58,-80 -28,-88 4,-84 34,-90 62,-80 86,-60 98,-34")
    high = pts("110,-46 112,-98 78,-146 40,-164 0,-170 -40,-164 -78,-146 -112,-98 -110,-46")
    d = scalloped([*low, *high][::-1], size)
    rows = [point for k in range(4) for point in between(dense(low, 12), dense(high[::-1], 12), 0.14 + k * 0.24)[1:-1]]
    sides = _sides(look)
    return sides + path(d, tones.hair, stroke=tones.hair_line, width=2) + coils(
        rows, size * 1.25, tones, seed=8, centre=(0, -110)
    ), curve([*low, *high])


def _sides(look: Look) -> str:
    """Return the tapered hair before the ears."""
    side = pts("99,22 105,-4 108,-44 99,-90 72,-84 90,-52 96,-16 97,16")
    tone = mix(look.hair, look.skin, 0.28)
    return "".join(path(curve([(flip * x, y) for x, y in side]), tone) for flip in (-1, 1))


def _crop(look: Look, tones: Tones) -> tuple[str, str]:
    """Return a short cut with tapered sides and some height in front."""
    part = look.style == "side_part"
    low = pts(
        "-96,-40 -86,-62 -58,-72 -20,-80 18,-94 50,-112 62,-108 82,-80 95,-48"
        if part
        else "-95,-40 -84,-64 -56,-70 -20,-74 20,-72 58,-72 84,-66 95,-42"
    )
    high = pts("-104,-44 -112,-92 -92,-140 -50,-166 2,-176 58,-168 98,-136 111,-90 104,-46")
    d = curve(low, closed=False) + "L" + curve(high[::-1], closed=False)[1:] + "Z"
    drawn = _sides(look) + path(d, mix(tones.hair, tones.hair_shade, 0.35), stroke=tones.hair_line, width=2)
    wave = 9 if look.texture == "wavy" else 0
    if part:
        ways = [
            ([(54, -112), (10, -134 - k * 9), (-52, -118 - k * 11), (-98 + k * 6, -52 - k * 20)], 25) for k in range(4)
        ]
        ways += [([(56, -114), (80, -122 + k * 14), (100, -80 + k * 10)], 22) for k in range(2)]
    else:
        # Cut in layers from the crown forward, each lock a little slanted.
        ways = [
            (
                [
                    (x * 0.5 - 6, -166 + abs(x) * 0.1),
                    (x * 0.86 - 12 - wave, -140 + abs(x) * 0.22),
                    (x + 2 + wave, -104 + abs(x) * 0.2),
                    (x + 15, -62 + 16 * (abs(x) > 70) - k % 2 * 9),
                ],
                27,
            )
            for k, x in enumerate((-94, 84, -70, 62, -42, 34, -14, 8))
        ]
    for way, wide in ways:
        drawn += lock(way, (wide * 0.4, wide, wide * 1.06, wide * 0.7, 1.6), tones)
    return drawn, d


def _pixie(look: Look, tones: Tones) -> tuple[str, str, str]:
    """Return a short cut swept over the brow, with points before the ears and at the nape."""
    back = path(
        curve(pts("0,-150 88,-122 116,-40 110,46 92,92 40,96 0,80 -40,96 -92,92 -110,46 -116,-40 -88,-122")),
        tones.hair_deep,
    )
    wave = 8 if look.texture == "wavy" else 0
    cap = curve(
        pts(
            "-112,-20 -117,-84 -84,-144 -30,-170 30,-172 84,-150 117,-92 112,-20 98,-40 76,-70 40,-92 -30,-80 -84,-52 -98,-30"
        )
    )
    drawn = path(cap, mix(tones.hair, tones.hair_shade, 0.3), stroke=tones.hair_line, width=2)
    for flip, low in ((-1, 60), (1, 66)):
        a = [(flip * x, y) for x, y in dense(pts(f"70,-150 110,-96 119,-30 114,20 98,{low}"))]
        b = [(flip * x, y) for x, y in dense(pts(f"56,-120 84,-80 93,-34 95,10 92,{low - 12}"))]
        drawn += sheet(a, b, tones, tips=2, reach=14, gleam=(0.24, 0.42), flows=3)
    ways = (
        ([(56, -124), (70, -112), (92, -80), (104, -34)], 24), ([(50, -128), (0, -120 - wave), (-64, -94), (-104, -28)], 30), ([(54, -138), (6, -142), (-58, -128 + wave), (-108, -62)], 32),
        ([(58, -134), (26, -110 - wave), (-30, -84 + wave), (-78, -36)], 32), ([(58, -130), (44, -104), (10, -76 + wave), (-36, -44)], 29), ([(60, -148), (20, -166), (-40, -158), (-92, -112)], 28),
    )  # fmt: skip
    for way, wide in ways:
        drawn += lock(way, (8, wide, wide, wide * 0.7, 1.5), tones)
    return back, drawn, curve(pts("-104,-30 -78,-38 -36,-46 20,-72 60,-92 96,-40 90,-120 0,-160 -90,-120"))


def undercut(look: Look, tones: Tones) -> tuple[str, str, str]:
    """Return shorn sides under long hair swept to one side."""
    sides = clipped(outline(look), _shorn(look, 0.42))
    back = ""
    drawn = sides
    over = (
        ([(62, -104), (70, -150), (20, -176), (-50, -166), (-108, -104)], 34), ([(66, -110), (30, -148), (-40, -146), (-104, -92), (-122, -30)], 38),
        ([(68, -106), (34, -128), (-24, -122), (-84, -76), (-112, 6)], 38), ([(66, -100), (40, -112), (-6, -100), (-58, -66), (-92, -18)], 34), ([(64, -98), (48, -102), (22, -90), (-14, -66), (-48, -46)], 27),
    )  # fmt: skip
    for way, wide in over:
        drawn += lock(way, (10, wide, wide, wide * 0.7, 1.5), tones)
    return back, drawn, curve(pts("-100,-10 -60,-50 0,-70 60,-96 60,-150 -60,-150 -110,-80"))


def mohawk(look: Look, tones: Tones) -> str:
    """Return shorn sides and a crest that stands."""
    drawn = clipped(outline(look), _shorn(look, 0.5))
    crest: list[tuple[list[Point], float]] = [
        ([(x * 0.5, -96 + abs(x) * 0.5), (x * 0.9, -150 + abs(x) * 0.3), (x * 1.35 + (6 if k % 2 else -6), top)], 30)
        for k, (x, top) in enumerate(
            ((-40, -186), (40, -190), (-26, -214), (27, -220), (-12, -232), (14, -238), (0, -206))
        )
    ]
    for way, wide in crest:
        drawn += lock(way, (wide * 0.6, wide, wide * 0.8, 2), tones)
    return drawn
