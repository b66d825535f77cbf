"""The poses: where the hands go, how the legs stand, and how the body is measured and jointed.

Figure coordinates: the hips' middle is (0, 0), y grows downwards, a head is about 250 units tall; left and right are
those of the page.
"""

import math
from dataclasses import dataclass, field, replace

from devtools.illustrator.person import Look
from devtools.illustrator.svg import Node, Point

TORSO = 430.0
UPPER_ARM, FOREARM = 205.0, 190.0
THIGH, SHIN, FOOT = 372.0, 372.0, 42.0


@dataclass(frozen=True)
class Arm:
    """``at``: where the wrist goes; ``elbow``: out, down or up; ``hand``: relaxed, fist, open, flat; degrees."""

    at: Point | None = None
    elbow: str = "out"
    hand: str = "relaxed"
    turn: float | None = None
    behind: bool = False


@dataclass(frozen=True)
class Leg:
    """Angles of thigh and shin in degrees from straight down, positive to the right, and how much of each is seen."""

    thigh: float = 0.0
    shin: float = 0.0
    thigh_seen: float = 1.0
    shin_seen: float = 1.0
    toe: float = 0.35
    heel: float = 0.0  # degrees the foot is turned by


@dataclass(frozen=True)
class Pose:
    left: Arm = field(default_factory=Arm)
    right: Arm = field(default_factory=Arm)
    left_leg: Leg = field(default_factory=lambda: Leg(-4, -2, toe=-0.35))
    right_leg: Leg = field(default_factory=lambda: Leg(5, 4))
    lean: float = 0.0
    tilt: float = 3.0  # of the head, degrees
    turn: float = 0.35  # of the face, -1 to 1
    right_leg_first: bool = True  # the right leg lies over the left one
    lift: float = 0.0  # above the ground
    seated: bool = False
    sway: float = 0.0  # how far the weight lies on one leg, see sway.py


class Measures:
    """The sizes of one body."""

    def __init__(self, look: Look) -> None:
        male, female = look.masculine, look.presentation == "feminine"
        shoulders, arms, chest, waist, hips, thighs = {
            "slim": (0.95, 0.86, 0.94, 0.91, 0.92, 0.88), "average": (1, 1, 1, 1, 1, 1), "athletic": (1.05, 1.12, 1.03, 0.97, 0.99, 1.04),
            "muscular": (1.12, 1.36, 1.13, 1.03, 1.02, 1.14), "curvy": (1.0, 1.06, 1.07, 1.0, 1.17, 1.15), "stocky": (1.07, 1.22, 1.16, 1.24, 1.12, 1.18),
            "plus-size": (1.08, 1.4, 1.24, 1.45, 1.32, 1.36), "soft": (1.02, 1.14, 1.1, 1.28, 1.12, 1.12),
        }[look.build]  # fmt: skip
        bust = 0.9 + 0.2 * look.bust
        self.male = male
        self.torso = TORSO * (1 + (look.height - 1) * 0.4)
        self.leg = 1 + (look.height - 1) * 1.5
        self.arm = 1 + (look.height - 1) * 0.8
        base = (176, 138, 120, 122) if male else (150, 112, 96, 130) if female else (164, 118, 106, 122)
        self.shoulder = base[0] * shoulders * look.shoulders * (0.5 + 0.5 * look.chest)
        self.chest = base[1] * chest * (look.chest if male else bust)
        self.waist = base[2] * waist
        self.hip = base[3] * hips * look.hips
        self.chest_size = look.bust if not male else 0
        self.muscle = look.build == "muscular" or look.chest > 1.12
        girth = (80, 60, 63, 41) if male else (60, 46, 48, 32) if female else (67, 51, 54, 35)
        self.arm_widths = [
            girth[0] * arms,
            girth[1] * arms,
            girth[2] * (0.5 + 0.5 * arms),
            girth[3] * (0.7 + 0.3 * arms),
        ]
        legs = (
            (126, 110, 78, 90, 48)
            if male
            else (self.hip * 0.98, self.hip * 0.82, 68, 79, 40)
            if female
            else (118, 100, 72, 82, 43)
        )
        factor = thighs if male else (thighs + 1) / 2
        self.leg_widths = [
            legs[0] * factor,
            legs[1] * factor,
            legs[2] * (0.5 + 0.5 * thighs),
            legs[3] * (0.5 + 0.5 * thighs),
            legs[4],
        ]
        self.neck = (47 if male else 34 if female else 39) * (0.7 + 0.3 * arms)

    @property
    def head_y(self) -> float:
        """y of the eyes' line."""
        return -self.torso - 145

    @property
    def top(self) -> float:
        """y of the crown."""
        return self.head_y - 162

    @property
    def ground(self) -> float:
        """y of the soles of one who stands."""
        return 26 + (THIGH + SHIN) * self.leg + FOOT

    def outline(self) -> list[Point]:
        """Return the right side of the torso, from the neck to the crotch."""
        t, s, c, w, h, n = -self.torso, self.shoulder, self.chest, self.waist, self.hip, self.neck
        slope = 8 if self.male else 0  # the muscle from the neck to the shoulder
        return [
            (n * 0.95, t - 50), (n + 3, t - 27 - slope), (n + 20, t - 7 - slope), (s * 0.56, t + 8 - slope * 0.8), (s * 0.8, t + 18 - slope * 0.4), (s - 9, t + 34), (s - 1, t + 58),
            (s - 14, t + 94), (min(c + 2, s - 18), t + 124), (c, t + 160), (c * 0.95 + w * 0.03, t + 198), (w * 1.05, t + 238), (w, t + 278),
            (w * 0.9 + h * 0.13, t + 318), (h * 0.9, -64), (h * 0.985, -16), (h, 22), (h * 0.97, 62), (h * 0.62, 92), (8, 80),
        ]  # fmt: skip


def bend_arm(m: Measures, side: int, arm: Arm) -> list[Node]:
    """Return shoulder, elbow, forearm's thickest place and wrist."""
    sx, sy = side * (m.shoulder - 1 - m.arm_widths[0] / 2), -m.torso + 58
    upper, fore = UPPER_ARM * m.arm, FOREARM * m.arm
    tx, ty = arm.at if arm.at else (side * (max(m.shoulder - 6, m.hip + 8) + 20), sy + 366 * m.arm)
    dx, dy = tx - sx, ty - sy
    reach = math.hypot(dx, dy) or 1.0
    if reach > (upper + fore) * 0.995:
        dx, dy = dx * (upper + fore) * 0.995 / reach, dy * (upper + fore) * 0.995 / reach
        reach = (upper + fore) * 0.995
        tx, ty = sx + dx, sy + dy
    # An arm that reaches forward is seen shorter.
    seen = min(1.0, max(0.68, reach / (upper + fore) * 1.5))
    upper, fore = max(upper * seen, reach * 0.52), max(fore * seen, reach * 0.5)
    along = (upper**2 - fore**2 + reach**2) / (2 * reach)
    away = math.sqrt(max(0.0, upper**2 - along**2))
    ux, uy = dx / reach, dy / reach
    joints = [(sx + ux * along - uy * away * s, sy + uy * along + ux * away * s) for s in (1, -1)]
    best = {"out": lambda p: side * p[0], "down": lambda p: p[1], "up": lambda p: -p[1], "in": lambda p: -side * p[0]}[
        arm.elbow
    ]
    ex, ey = max(joints, key=best)
    w = m.arm_widths
    return [(sx, sy, w[0]), (ex, ey, w[1]), (ex + (tx - ex) * 0.3, ey + (ty - ey) * 0.3, w[2]), (tx, ty, w[3])]


def bend_leg(m: Measures, side: int, leg: Leg) -> list[Node]:
    """Return hip, middle of the thigh, knee, calf and ankle."""
    x, y = side * m.hip * 0.5, 26.0
    w = m.leg_widths
    thigh, shin = THIGH * m.leg * leg.thigh_seen, SHIN * m.leg * leg.shin_seen
    a, b = math.radians(leg.thigh), math.radians(leg.shin)
    kx, ky = x + math.sin(a) * thigh, y + math.cos(a) * thigh
    fx, fy = kx + math.sin(b) * shin, ky + math.cos(b) * shin
    # A leg is no rod: the thigh and the calf swell outwards, the knee lies a little within.
    straight = abs(leg.thigh) < 25 and abs(leg.shin) < 25 and leg.thigh_seen > 0.8
    out = side * 5.0 if straight else 0.0
    return [
        (x, y, w[0]), (x + (kx - x) * 0.42 + out * 0.6, y + (ky - y) * 0.42, w[1]), (kx - out, ky, w[2]),
        (kx + (fx - kx) * 0.3 + out * 0.7, ky + (fy - ky) * 0.3, w[3]), (fx, fy, w[4]),
    ]  # fmt: skip


# Where the hands go for an activity: left arm, right arm; None: as the stance has it.
HANDS: dict[str, tuple[Arm | None, Arm | None]] = {
    "cup": (Arm((-34, -252), "down", "fist", 60), Arm((40, -258), "down", "fist", -60)),
    "glass": (None, Arm((104, -318), "down", "fist", -20)),
    "book": (Arm((-96, -196), "down", "fist", 10), Arm((96, -196), "down", "fist", -10)),
    "laptop": (Arm((-62, -164), "out", "flat", 20), Arm((62, -164), "out", "flat", -20)),
    "phone": (None, Arm((62, -318), "down", "fist", -30)),
    "selfie": (None, Arm((236, -560), "down", "fist", 10)),
    "wave": (None, Arm((214, -560), "down", "open", 192)),
    "flowers": (Arm((-30, -196), "down", "fist", 50), Arm((34, -178), "down", "fist", -50)),
    "watering": (None, Arm((150, -168), "out", "fist", 0)),
    "brush": (Arm((-112, -182), "down", "fist", 40), Arm((172, -322), "down", "fist", -130)),
    "notebook": (Arm((-58, -190), "down", "fist", 40), Arm((46, -206), "down", "fist", -60)),
    "cook": (Arm((-136, -158), "down", "fist", -60), Arm((84, -196), "down", "fist", -50)),
    "guitar": (Arm((-38, -128), "out", "relaxed", -50), Arm((206, -252), "down", "fist", 180)),
    "piano": (Arm((-104, -52), "out", "flat", 8), Arm((104, -52), "out", "flat", -8)),
    "violin": (Arm((-10, -372), "out", "fist", -60), Arm((206, -382), "down", "fist", 180)),
    "umbrella": (None, Arm((150, -330), "down", "fist", 180)),
    "icecream": (None, Arm((78, -362), "down", "fist", -30)),
    "plate": (Arm((-62, -196), "down", "flat", 80), Arm((58, -336), "down", "fist", -60)),
    "mic": (Arm((-232, -330), "down", "open", 200), Arm((50, -430), "down", "fist", -50)),
    "camera": (Arm((-52, -392), "down", "fist", -150), Arm((56, -392), "down", "fist", 150)),
    "controller": (Arm((-52, -186), "out", "fist", 70), Arm((52, -186), "out", "fist", -70)),
    "cat": (Arm((70, -206), "down", "flat", -90), Arm((-66, -170), "down", "flat", 90)),
    "dog": (Arm((70, -206), "down", "flat", -90), Arm((-66, -170), "down", "flat", 90)),
    "dumbbell": (None, Arm((176, -352), "down", "fist", 180)),
    "think": (Arm((76, -240), "down", "flat", -80), Arm((44, -448), "down", "fist", 200)),
    "crossed": (Arm((84, -262), "down", "flat", -70), Arm((-92, -240), "down", "flat", 70)),
    "meditate": (Arm((-8, -300), "down", "flat", 170), Arm((10, -300), "down", "flat", -170)),
    "pray": (Arm((-8, -300), "down", "flat", 170), Arm((10, -300), "down", "flat", -170)),
    "stretch": (Arm((-76, -770), "out", "flat", 160), Arm((76, -770), "out", "flat", -160)),
    "cheer": (Arm((-246, -640), "down", "fist", 170), Arm((246, -640), "down", "fist", -170)),
    "hips": (Arm((-104, -78), "out", "hip", -62), Arm((104, -78), "out", "hip", 62)),
    "kiss": (None, Arm((74, -420), "down", "open", 190)),
    "point": (None, Arm((270, -420), "down", "fist", -90)),
    "knit": (Arm((-66, -196), "down", "fist", 30), Arm((66, -196), "down", "fist", -30)),
}  # fmt: skip
LOOKS_AT = {"book": (0, 0.9), "phone": (0.5, 0.7), "notebook": (0, 0.9), "laptop": (0, 0.8), "cook": (0, 0.8), "controller": (0, 0.2), "brush": (0.8, 0.1), "piano": (0, 0.7),
            "guitar": (0.3, 0.4), "cat": (0, 0.6), "dog": (0, 0.6), "knit": (0, 0.9), "watering": (0.6, 0.7), "think": (0.5, -0.8), "plate": (0, 0.3), "violin": (0.6, 0.4)}  # fmt: skip
# How one stands: left arm, right arm, and the side of the leg that carries.
IDLE: tuple[tuple[Arm | None, Arm | None, int], ...] = (
    (None, None, 1),
    (Arm((-108, -70), "out", "hip", -62), None, -1),
    (None, Arm((108, -70), "out", "hip", 62), 1),
    (None, Arm((108, -36), "out", "pocket", 10), 1),
    (Arm((-108, -36), "out", "pocket", -10), None, -1),
)
STANCES: dict[str, Pose] = {
    "stand": Pose(),
    "walk": Pose(
        left=Arm((-170, -10), "out"), right=Arm((94, -36), "out"), left_leg=Leg(-15, -38, toe=0.9, heel=34), right_leg=Leg(19, 8, toe=0.95, heel=-10), lean=2, turn=0.9
    ),
    "run": Pose(
        left=Arm((-196, -214), "out", "fist", -20), right=Arm((150, -306), "down", "fist", 200), left_leg=Leg(-16, -74, toe=0.95, heel=70), right_leg=Leg(52, -14, 0.92, toe=0.95, heel=-6),
        lean=8, turn=1, lift=26,
    ),
    "dance": Pose(
        left=Arm((-236, -560), "down", "open", 190), right=Arm((226, -250), "down", "open", -80), left_leg=Leg(-3, 3, toe=-0.5), right_leg=Leg(40, -30, 0.92, toe=0.9, heel=24),
        lean=-5, tilt=7, turn=0.6,
    ),
    "jump": Pose(*HANDS["cheer"], left_leg=Leg(-30, 22, 0.86, toe=-0.8, heel=-24), right_leg=Leg(34, -26, 0.86, toe=0.8, heel=24), lift=150),
    "sit": Pose(left_leg=Leg(-16, -2, 0.34, 0.98, toe=-0.3), right_leg=Leg(20, 3, 0.36, toe=0.5), seated=True, tilt=4),
    "curl": Pose(left_leg=Leg(62, -64, 0.62, 0.7, toe=-0.9, heel=0), right_leg=Leg(70, -58, 0.74, 0.74, toe=-0.9), seated=True, lean=-6, tilt=8),
    "cross": Pose(
        left=Arm((-128, -24), "out", "relaxed", 10), right=Arm((128, -24), "out", "relaxed", -10), left_leg=Leg(-66, 66, 0.66, 0.66, toe=0.8, heel=6),
        right_leg=Leg(66, -66, 0.66, 0.66, toe=-0.8, heel=-6), seated=True,
    ),
    "kneel": Pose(left_leg=Leg(-16, 0, 0.42, 0.0), right_leg=Leg(18, 0, 0.42, 0.0), seated=True),
    "squat": Pose(left=Arm((-40, -240), "down", "fist", 90), right=Arm((40, -240), "down", "fist", -90), left_leg=Leg(-48, 4, 0.62, toe=-0.5), right_leg=Leg(48, -4, 0.62, toe=0.5), lean=0),
    "swim": Pose(left=Arm((-290, -300), "down", "open", 100), right=Arm((290, -320), "down", "open", -100)),
}  # fmt: skip


def pose_of(stance: str, activity: str, chance: int, m: Measures) -> Pose:
    """Return the pose of a stance with the hands at an activity."""
    pose = STANCES.get(stance, STANCES["stand"])
    left, right = HANDS.get(activity, (None, None))
    if stance == "stand":
        idle_left, idle_right, side = IDLE[chance % len(IDLE)]
        pose = _at_ease(pose, side, 1.0 if not m.male else 0.6)
        left, right = (left, right) if activity else (idle_left, idle_right)
    elif not activity and stance in ("sit", "curl", "kneel"):
        left, right = Arm((-52, 34), "out", "relaxed", -32), Arm((58, 40), "out", "relaxed", 30)
    if activity == "meditate" and stance == "cross":
        left, right = pose.left, pose.right
    changes: dict[str, Arm] = {}
    for name, arm in (("left", left), ("right", right)):
        if arm:
            changes[name] = replace(arm, at=_fitted(arm.at, m)) if arm.at else arm
    if activity in ("crossed", "think"):
        pose = replace(pose, tilt=-3)
    return replace(pose, **changes)


def _at_ease(pose: Pose, side: int, strength: float) -> Pose:
    """Return the pose with the weight on one leg, the other a little aside."""
    carries, free = Leg(0.5 * side, 0.0, toe=0.3 * side), Leg(-7.5 * side, -3.0 * side, toe=-0.75 * side)
    left, right = (free, carries) if side > 0 else (carries, free)
    return replace(
        pose, left_leg=left, right_leg=right, sway=side * strength, right_leg_first=side < 0, tilt=pose.tilt * side
    )


def _fitted(at: Point, m: Measures) -> Point:
    """Return a hand's place on this body: what is beside the body moves with its width."""
    x, y = at
    wide = max(m.shoulder / 165, 1.0)
    near_hip = y > -120 and abs(x) > 90
    if near_hip:
        x = math.copysign(max(abs(x), m.hip * 0.86), x)
    elif abs(x) > 90:
        x *= wide
    return x, y * (m.torso / TORSO) if y < 0 else y
