"""The sway of a body that stands at ease: a figure drawn upright is bent, as a whole, over the leg that carries it.

Garments, limbs and what is held follow together, so that nothing comes apart.  What stands in a moved group (the head, a
hand, a prop) is carried along unbent.
"""

import re
from bisect import bisect
from dataclasses import dataclass

from devtools.illustrator.svg import Point, num

# Height in the figure, and there: how far to the side of the leg that carries, and how much that side is raised.
_KEYS = ((-700.0, -1.0, 0.0), (-560.0, -2.0, -0.02), (-430.0, -6.0, -0.05), (-250.0, 6.0, -0.012), (-20.0, 22.0, 0.06), (130.0, 18.0, 0.05), (420.0, 11.0, 0.01), (800.0, 0.0, 0.0))  # fmt: skip
_HEIGHTS = [key[0] for key in _KEYS]
_TAG = re.compile(r"<(/?)(\w+)([^<>]*?)(/?)>")
_MOVED = re.compile(r'transform="translate\((-?[\d.]+) (-?[\d.]+)\)')
_COMMAND = re.compile(r"([MLHVCSQTZmlhvcsqtz])|(-?\d*\.?\d+(?:e-?\d+)?)")
_CENTRE = {"circle": ("cx", "cy"), "ellipse": ("cx", "cy"), "text": ("x", "y")}


@dataclass(frozen=True)
class Sway:
    """strength: 0 for none, 1 for a weight shift at rest; negative: over the left leg of the page."""

    strength: float = 0.0

    def at(self, x: float, y: float) -> Point:
        """Return where a point of the upright figure goes."""
        index = min(max(bisect(_HEIGHTS, y), 1), len(_KEYS) - 1)
        (y0, x0, k0), (y1, x1, k1) = _KEYS[index - 1], _KEYS[index]
        t = min(1.0, max(0.0, (y - y0) / (y1 - y0)))
        t = t * t * (3 - 2 * t)
        side, raised = x0 + (x1 - x0) * t, k0 + (k1 - k0) * t
        return x + side * self.strength, y - raised * x * self.strength


def swayed(svg: str, sway: Sway) -> str:
    """Return a figure drawn upright as it stands with its weight on one leg."""
    if not sway.strength:
        return svg
    suffix = f"s{round(sway.strength * 100) % 997}"
    parts: list[str] = []
    done, depth, skip = 0, 0, 0
    for tag in _TAG.finditer(svg):
        closing, name, attributes, alone = tag.groups()
        if name == "g":
            depth += -1 if closing else 1
            if skip and closing and depth < skip:
                skip = 0
                continue
            if not skip and not closing and "transform=" in attributes:
                skip = depth
                parts += (svg[done : tag.start()], f"<g{_MOVED.sub(lambda m: _moved(m, sway), attributes)}>")
                done = tag.end()
            continue
        if skip or closing:
            continue
        bent = _bent(name, attributes, sway)
        if bent != attributes:
            parts += (svg[done : tag.start()], f"<{name}{bent}{alone}>")
            done = tag.end()
    return re.sub(r'(id="|url\(#)(c[0-9a-f]{8})', rf"\1\2{suffix}", "".join(parts) + svg[done:])


def _moved(match: re.Match[str], sway: Sway) -> str:
    x, y = sway.at(float(match[1]), float(match[2]))
    return f'transform="translate({num(x)} {num(y)})'


def _bent(name: str, attributes: str, sway: Sway) -> str:
    if name == "path":
        return re.sub(r'\bd="([^"]*)"', lambda match: f'd="{bent_path(match[1], sway)}"', attributes, count=1)
    if name == "rect":
        return _shifted(attributes, ("x", "y"), sway, *(_number(attributes, side) / 2 for side in ("width", "height")))
    return _shifted(attributes, _CENTRE[name], sway) if name in _CENTRE else attributes


def _number(attributes: str, name: str) -> float:
    match = re.search(rf'\b{name}="(-?[\d.]+)"', attributes)
    return float(match[1]) if match else 0.0


def _shifted(attributes: str, names: tuple[str, str], sway: Sway, dx: float = 0, dy: float = 0) -> str:
    x, y = (_number(attributes, name) for name in names)
    to_x, to_y = sway.at(x + dx, y + dy)
    for name, value in zip(names, (to_x - dx, to_y - dy), strict=True):
        attributes = re.sub(rf'\b{name}="-?[\d.]+"', f'{name}="{num(value)}"', attributes, count=1)
    return attributes


def bent_path(d: str, sway: Sway) -> str:
    """Return a path with every point moved, its commands made absolute."""
    found: list[str] = []
    tokens = [(letter, float(value) if value else 0.0) for letter, value in _COMMAND.findall(d)]
    at, command = 0, "M"
    x = y = from_x = from_y = back_x = back_y = 0.0

    def take(count: int, *, relative: bool) -> list[Point]:
        nonlocal at
        values = [value for _, value in tokens[at : at + 2 * count]]
        at += 2 * count
        return [
            (values[i] + (x if relative else 0), values[i + 1] + (y if relative else 0)) for i in range(0, 2 * count, 2)
        ]

    while at < len(tokens):
        if tokens[at][0]:
            command = tokens[at][0]
            at += 1
        kind, relative = command.upper(), command.islower()
        if kind == "Z":
            found.append("Z")
            x, y = from_x, from_y
            continue
        if kind in "HV":
            value = tokens[at][1]
            at += 1
            points = [(value + (x if relative else 0), y) if kind == "H" else (x, value + (y if relative else 0))]
            kind = "L"
        else:
            points = take({"M": 1, "L": 1, "T": 1, "Q": 2, "S": 2, "C": 3}[kind], relative=relative)
        if kind == "T":
            points, kind = [(2 * x - back_x, 2 * y - back_y), *points], "Q"
        elif kind == "S":
            points, kind = [(2 * x - back_x, 2 * y - back_y), *points], "C"
        moved = [sway.at(*point) for point in points]
        if kind == "L" and abs(points[0][0] - x) + abs(points[0][1] - y) > 50:
            start, middle = sway.at(x, y), sway.at((x + points[0][0]) / 2, (y + points[0][1]) / 2)
            moved = [
                (2 * middle[0] - (start[0] + moved[0][0]) / 2, 2 * middle[1] - (start[1] + moved[0][1]) / 2),
                *moved,
            ]
            kind, points = "Q", [((x + points[0][0]) / 2, (y + points[0][1]) / 2), *points]
        found.append(kind + " ".join(f"{num(px)} {num(py)}" for px, py in moved))
        back_x, back_y = points[-2] if kind in "QC" else points[-1]
        x, y = points[-1]
        if kind == "M":
            from_x, from_y = x, y
            command = "l" if relative else "L"
    return "".join(found)
