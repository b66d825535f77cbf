"""What is drawn on the skin of the body: tattoos."""

from devtools.illustrator.svg import group, line, move, path

INK = "#25344c"


def tattoo(x: float, y: float, size: float, turn: float = 0) -> str:
    """Return a vine with leaves, ``size`` long."""
    leaves = "".join(
        path(
            f"M0 {i * 18 - 40} q{16 * (-1) ** i} -16 {30 * (-1) ** i} -6 q{-10 * (-1) ** i} 14 {-30 * (-1) ** i} 6Z",
            INK,
        )
        for i in range(5)
    )
    vine = line("M0 -52 C16 -30 -14 -8 2 14 C14 30 -8 40 2 54", INK, 6)
    return group(vine + leaves, move(x, y, turn, size / 100), opacity=0.72)
