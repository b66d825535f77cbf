"""What is sewn round the neckline: collars, bands and stand-ups."""

from devtools.illustrator.fabric import edge_of
from devtools.illustrator.person import Garment
from devtools.illustrator.poses import Measures
from devtools.illustrator.svg import dark, light, line, num, path

_BARE = ("lapel", "sweetheart", "bandeau", "tank", "strap", "racer", "halter", "bib")


def collar(m: Measures, piece: Garment, depth: float, wide: float) -> str:
    """Return the collar of a top.  depth, wide: of its neckline, below and beside the neck."""
    t, n, c = -m.torso, m.neck, piece.colour
    edge, trim = edge_of(c), dark(c, 0.14)
    kind = piece.cut.neck
    drop = 8.0 if m.male else 0.0
    x, y = n + wide, t - 4 - drop
    if kind in _BARE:
        return ""
    if kind in ("collar", "pyjama"):
        low = t + depth
        inside = path(
            f"M{num(-n - 4)} {num(t - 30 - drop)} Q0 {num(t - 4)} {num(n + 4)} {num(t - 30 - drop)} L{num(n + 8)} {num(t - 6)} Q{num(n * 0.5)} {num(t + 18)} 0 {num(low)} Q{num(-n * 0.5)} {num(t + 18)} {num(-n - 8)} {num(t - 6)}Z",
            "none",
        )
        return inside + "".join(
            path(
                f"M{num(side * (n + 1))} {num(t - 36 - drop)} Q{num(side * (n + 15))} {num(t - 26 - drop)} {num(side * (x + 22))} {num(t + 4)} Q{num(side * (x + 18))} {num(t + 34)} {num(side * (x + 4))} {num(t + 58)} Q{num(side * n * 0.5)} {num(t + 52)} 0 {num(low)} Q{num(side * n * 0.8)} {num(t + 14)} {num(side * (n + 1))} {num(t - 36 - drop)}Z",
                light(c, 0.16), stroke=edge, width=2.2,
            )
            for side in (-1, 1)
        )  # fmt: skip
    if kind == "turtle":
        d = f"M{num(-n - 6)} {num(t - 52)} Q0 {num(t - 36)} {num(n + 6)} {num(t - 52)} Q{num(n + 8)} {num(t - 18)} {num(n + 24)} {num(t - 2)} Q0 {num(t + 38)} {num(-n - 24)} {num(t - 2)} Q{num(-n - 8)} {num(t - 18)} {num(-n - 6)} {num(t - 52)}Z"
        ribs = "".join(
            line(f"M{num(n * k / 3)} {num(t - 40 + 4 * (2 - abs(k)))} q{k * 2} 22 {k * 3} 44", dark(c, 0.24), 2, 0.55)
            for k in (-2, -1, 0, 1, 2)
        )
        fold = line(f"M{num(-n - 8)} {num(t - 26)} Q0 {num(t - 4)} {num(n + 8)} {num(t - 26)}", dark(c, 0.34), 2.6, 0.7)
        return path(d, light(c, 0.06), stroke=edge, width=2.2) + ribs + fold
    if kind == "mandarin":
        d = f"M{num(-n - 4)} {num(t - 34)} Q0 {num(t - 8)} {num(n + 4)} {num(t - 34)} L{num(n + 14)} {num(t - 2)} Q0 {num(t + 30)} {num(-n - 14)} {num(t - 2)}Z"
        return path(d, light(c, 0.08), stroke=edge, width=2.2) + line(f"M0 {num(t - 20)} V{num(t + 14)}", edge, 2)
    if kind == "wrap":
        band = light(c, 0.28)
        return "".join(
            line(
                f"M{num(side * x)} {num(y)} Q{num(side * x * 0.8)} {num(t + 90)} {num(-side * 38)} {num(t + 200)}",
                tone,
                width,
            )
            for side in (1, -1)
            for tone, width in ((edge, 26), (band, 21.5))
        )
    if kind == "v":
        return line(
            f"M{num(-x)} {num(y)} Q{num(-x * 0.62)} {num(y + (t + depth - y) * 0.55)} 0 {num(t + depth)} Q{num(x * 0.62)} {num(y + (t + depth - y) * 0.55)} {num(x)} {num(y)}",
            trim,
            8,
        )
    band = 13 if "ribs" in piece.cut.detail else 8
    low = y + (t + depth - y) * 1.3
    d = f"M{num(-x)} {num(y)} C{num(-x * 0.86)} {num(low)} {num(x * 0.86)} {num(low)} {num(x)} {num(y)}"
    return line(d, edge, band + 3.6) + line(d, light(c, 0.04) if "ribs" in piece.cut.detail else trim, band)
