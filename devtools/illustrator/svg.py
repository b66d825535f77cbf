"""SVG in a few words: numbers, curves, colours, and the one kind of shading the illustrator uses.

Everything is a string of SVG; the head, the body, the props and the places are built of these.
"""

import itertools
import math
import zlib
from collections.abc import Iterable, Sequence

Point = tuple[float, float]
Node = tuple[float, float, float]  # x, y and the full width there


def mix(a: str, b: str, share: float) -> str:
    """Return the colour between two: ``share`` 0 is a, 1 is b."""
    one, two = ([int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in (a, b))
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in zip(one, two, strict=True))


def dark(colour: str, share: float = 0.2) -> str:
    return mix(colour, "#1d1030", share)


def light(colour: str, share: float = 0.2) -> str:
    return mix(colour, "#fff6ea", share)


def luminance(colour: str) -> float:
    """Return how bright a colour is, 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.3 * red + 0.59 * green + 0.11 * blue


def num(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") if value else "0"


def faded(opacity: float, *, filled: bool, stroked: bool) -> str:
    """Return the attribute that makes a shape faint.

    ``opacity`` costs a layer of the shape's size; paint that is faint itself costs nothing, and looks the same where
    there is one paint only.
    """
    if opacity >= 1:
        return ""
    kind = "" if filled and stroked else "fill-" if filled else "stroke-"
    return f' {kind}opacity="{opacity:.2f}"'


def path(d: str, fill: str = "none", *, stroke: str = "", width: float = 0, opacity: float = 1, extra: str = "") -> str:
    line = (
        f' stroke="{stroke}" stroke-width="{num(width)}" stroke-linecap="round" stroke-linejoin="round"'
        if stroke
        else ""
    )
    faint = faded(opacity, filled=fill != "none", stroked=bool(stroke) or "stroke=" in extra)
    return f'<path d="{d}" fill="{fill}"{line}{faint} {extra}/>'


def line(d: str, stroke: str, width: float, opacity: float = 1, extra: str = "") -> str:
    return path(d, stroke=stroke, width=width, opacity=opacity, extra=extra)


def circle(x: float, y: float, r: float, fill: str, opacity: float = 1, extra: str = "") -> str:
    return ellipse(x, y, r, r, fill, opacity, extra)


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, opacity: float = 1, extra: str = "") -> str:
    faint = faded(opacity, filled=fill != "none", stroked="stroke=" in extra)
    return f'<ellipse cx="{num(x)}" cy="{num(y)}" rx="{num(rx)}" ry="{num(ry)}" fill="{fill}"{faint} {extra}/>'


def rect(x: float, y: float, w: float, h: float, fill: str, r: float = 0, opacity: float = 1, extra: str = "") -> str:
    faint = faded(opacity, filled=fill != "none", stroked="stroke=" in extra)
    return f'<rect x="{num(x)}" y="{num(y)}" width="{num(w)}" height="{num(h)}" rx="{num(r)}" fill="{fill}"{faint} {extra}/>'


def group(content: str, transform: str = "", *, part: str = "", opacity: float = 1) -> str:
    """Return a group; ``part`` names what it is (tests look for it)."""
    move = f' transform="{transform}"' if transform else ""
    name = f' data-part="{part}"' if part else ""
    faint = f' opacity="{opacity:.2f}"' if opacity < 1 else ""
    return f"<g{move}{name}{faint}>{content}</g>"


def move(x: float, y: float, turn: float = 0, scale: float = 1, *, mirrored: bool = False) -> str:
    turned = f" rotate({num(turn)})" if turn else ""
    sized = f" scale({-scale if mirrored else scale:.3f} {scale:.3f})" if scale != 1 or mirrored else ""
    return f"translate({num(x)} {num(y)}){turned}{sized}"


def polygon(points: Iterable[Point]) -> str:
    return "M" + " L".join(f"{num(x)} {num(y)}" for x, y in points) + "Z"


def curve(points: Sequence[Point], *, closed: bool = True, tension: float = 1.0) -> str:
    """Return a smooth path through the points (Catmull-Rom as Bézier)."""
    count = len(points)

    def at(index: int) -> Point:
        return points[index % count] if closed else points[max(0, min(count - 1, index))]

    d = f"M{num(points[0][0])} {num(points[0][1])}"
    for index in range(count if closed else count - 1):
        before, start, end, after = at(index - 1), at(index), at(index + 1), at(index + 2)
        pull = tension / 6
        d += (
            f"C{num(start[0] + (end[0] - before[0]) * pull)} {num(start[1] + (end[1] - before[1]) * pull)} "
            f"{num(end[0] - (after[0] - start[0]) * pull)} {num(end[1] - (after[1] - start[1]) * pull)} "
            f"{num(end[0])} {num(end[1])}"
        )
    return d + ("Z" if closed else "")


def mirror(points: Sequence[Point]) -> list[Point]:
    """Return the points of the right side followed by those of the left: a closed, symmetric outline."""
    return [*points, *((-x, y) for x, y in reversed(points) if abs(x) > 0.01)]


def clipped(d: str, content: str) -> str:
    """Return the content cut to a path.  The clip's name comes from the path, so that equal drawings are equal text."""
    name = f"c{zlib.crc32(d.encode()):08x}"
    return f'<clipPath id="{name}"><path d="{d}"/></clipPath><g clip-path="url(#{name})">{content}</g>'


def cel(d: str, fill: str, shade: str, *, dx: float = -9, dy: float = -5, outline: str = "", width: float = 2.4) -> str:
    """Return a flat shape with one soft shadow on the side away from the light (which comes from above left)."""
    lit = clipped(d, path(d, fill, extra=f'transform="translate({num(dx)} {num(dy)})"'))
    edge = line(d, outline, width, 0.75) if outline else ""
    return path(d, shade) + lit + edge


def pts(text: str) -> list[Point]:
    """Return points written as ``x,y x,y …``."""
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in text.split())]


def solid(d: str, fill: str, edge: str = "", width: float = 2.2) -> str:
    """Return a filled outline with a line around it, half of it outside: parts drawn together have no seams."""
    return (path(d, edge, stroke=edge, width=2 * width) if edge else "") + path(d, fill)


def smoothed(nodes: Sequence[Node], count: int = 26, *, soft: int = 3) -> list[Node]:
    """Return a limb's middle as ``count`` nodes at equal steps, its joints rounded and its widths flowing."""
    spans = [math.hypot(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(nodes)]
    total = sum(spans) or 1.0
    line_: list[Node] = []
    for index in range(count):
        left, at = total * index / (count - 1), 0
        while at < len(spans) - 1 and left > spans[at]:
            left -= spans[at]
            at += 1
        t = min(1.0, left / (spans[at] or 1.0))
        (ax, ay, aw), (bx, by, bw) = nodes[at], nodes[at + 1]
        line_.append((ax + (bx - ax) * t, ay + (by - ay) * t, aw + (bw - aw) * (3 - 2 * t) * t * t))
    for _ in range(2):
        line_ = [
            _mean(line_[index - near : index + near + 1])
            for index in range(count)
            for near in (min(soft - 1, index, count - 1 - index),)
        ]
    return line_


def _mean(nodes: Sequence[Node]) -> Node:
    x, y, w = (sum(values) / len(nodes) for values in zip(*nodes, strict=True))
    return x, y, w


def normals(line: Sequence[Node]) -> list[Point]:
    """Return, for each node, the unit vector to the left of the way (down the page: to the page's left)."""
    found: list[Point] = []
    for index in range(len(line)):
        (ax, ay, _), (bx, by, _) = line[max(0, index - 1)], line[min(len(line) - 1, index + 1)]
        size = math.hypot(bx - ax, by - ay) or 1.0
        found.append((-(by - ay) / size, (bx - ax) / size))
    return found


def edges(line: Sequence[Node], grow: float = 0) -> tuple[list[Point], list[Point]]:
    """Return the two edges of a limb, left and right of the way."""
    sides = normals(line)
    return tuple(
        [
            (x + nx * s * (w / 2 + grow), y + ny * s * (w / 2 + grow))
            for (x, y, w), (nx, ny) in zip(line, sides, strict=True)
        ]
        for s in (1, -1)
    )  # type: ignore[return-value]


def limb(line: Sequence[Node], grow: float = 0, *, start: float = 0.3, end: float = 0.3) -> str:
    """Return a limb's outline.  start, end: how round its ends are, as shares of their width."""
    left, right = edges(line, grow)
    (ax, ay, aw), (zx, zy, zw) = line[0], line[-1]
    (anx, any_), (znx, zny) = normals(line)[0], normals(line)[-1]
    tip = [(zx + zny * zw * end, zy - znx * zw * end)] if end else []
    root = [(ax - any_ * aw * start, ay + anx * aw * start)] if start else []
    return curve([*left, *tip, *reversed(right), *root])


def shade_of(line: Sequence[Node], grow: float = 0, depth: float = 0.34) -> str:
    """Return the part of a limb that lies away from the light, which comes from above left; it begins softly."""
    sides = normals(line)
    d, run = "", list[tuple[Point, Point]]()

    def closed() -> str:
        return (
            curve([p for p, _ in run], closed=False)
            + "L"
            + curve([q for _, q in reversed(run)], closed=False)[1:]
            + "Z"
            if len(run) > 2
            else ""
        )

    sign, travelled = 0, 0.0
    for index, ((x, y, w), (nx, ny)) in enumerate(zip(line, sides, strict=True)):
        away = nx * 0.86 + ny * 0.5
        if away * sign < 0:
            d += closed()
            run = []
        sign = 1 if away > 0 else -1
        half = w / 2 + grow
        travelled += math.hypot(x - line[index - 1][0], y - line[index - 1][1]) if index else 0.0
        inner = half * (1 - 2 * depth * abs(away) * min(1.0, travelled / (w or 1.0)))
        run.append(((x + nx * sign * half, y + ny * sign * half), (x + nx * sign * inner, y + ny * sign * inner)))
    return d + closed()


def strand(points: Sequence[Point], widths: Sequence[float]) -> str:
    """Return a tapered stroke along a line: a lock of hair, a finger, a brow.  widths: at equal steps."""
    nodes: list[Node] = []
    for index, (x, y) in enumerate(points):
        at = index / max(1, len(points) - 1) * (len(widths) - 1)
        low = min(int(at), len(widths) - 2)
        nodes.append((x, y, widths[low] + (widths[low + 1] - widths[low]) * (at - low)))
    left, right = edges(nodes)
    return curve([*left, *reversed(right)])


def along(nodes: Sequence[Node], share: float) -> Node:
    """Return the node at a share (0 to 1) of a limb's length."""
    spans = [math.hypot(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(nodes)]
    left = sum(spans) * share
    for (a, b), span in zip(itertools.pairwise(nodes), spans, strict=True):
        if left <= span:
            t = left / (span or 1)
            return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)
        left -= span
    return nodes[-1]


def part_of(nodes: Sequence[Node], start: float, end: float, extra: float = 0) -> list[Node]:
    """Return the piece of a limb between two shares of its length, ``extra`` wider."""
    spans = [math.hypot(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(nodes)]
    total, done = sum(spans) or 1, 0.0
    inner: list[Node] = []
    for node, span in zip(nodes[1:], spans, strict=True):
        done += span
        if start < done / total < end:
            inner.append(node)
    return [(x, y, w + extra) for x, y, w in (along(nodes, start), *inner, along(nodes, end))]


def hull(points: Iterable[Point]) -> list[Point]:
    """Return the convex hull, clockwise on the page (Andrew's monotone chain)."""
    ordered = sorted(set(points))

    def half(line: Iterable[Point]) -> list[Point]:
        kept: list[Point] = []
        for p in line:
            while len(kept) > 1:
                (ax, ay), (bx, by) = kept[-2], kept[-1]
                if (bx - ax) * (p[1] - ay) - (by - ay) * (p[0] - ax) > 0:
                    break
                kept.pop()
            kept.append(p)
        return kept[:-1]

    return half(ordered) + half(reversed(ordered))


def gradient(
    name: str, stops: Sequence[tuple[float, str, float]], *, radial: bool = False, sideways: bool = False
) -> str:
    """Return a gradient's definition: stops of (offset 0 to 1, colour, opacity)."""
    inner = "".join(f'<stop offset="{at}" stop-color="{c}" stop-opacity="{o}"/>' for at, c, o in stops)
    if radial:
        return f'<radialGradient id="{name}">{inner}</radialGradient>'
    end = 'x2="1" y2="0"' if sideways else 'x2="0" y2="1"'
    return f'<linearGradient id="{name}" x1="0" y1="0" {end}>{inner}</linearGradient>'
