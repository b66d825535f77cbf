"""A whole person: body, clothes, hair and head, layered from what lies behind to what is held in front."""

from dataclasses import replace

from devtools.illustrator import behind, furniture, props
from devtools.illustrator.body import arm, body
from devtools.illustrator.bottoms import skirt, trousers
from devtools.illustrator.garments import HEMS, beneath, upper
from devtools.illustrator.hair import hair
from devtools.illustrator.hands import hand
from devtools.illustrator.head import face
from devtools.illustrator.headwear import headwear
from devtools.illustrator.neckwear import apron, neckwear
from devtools.illustrator.outerwear import outerwear
from devtools.illustrator.person import Person, Wear
from devtools.illustrator.poses import LOOKS_AT, Arm, Measures, Pose, bend_arm, bend_leg, pose_of
from devtools.illustrator.shoes import shoe
from devtools.illustrator.skull import Tones
from devtools.illustrator.sleeves import sleeve
from devtools.illustrator.svg import Node, Point, group, line, move, rect
from devtools.illustrator.sway import Sway, swayed
from devtools.illustrator.swimwear import cover, swimwear

NO_TABLE = ("park", "beach", "garden", "living_room", "cabin", "bedroom")
HEAD = 0.94  # the size of the head: seven and a half of them make an adult, here a little less
UNDER_COVER = ("bed", "bath", "swim")


def figure(
    person: Person,
    *,
    stance: str = "stand",
    activity: str = "",
    chance: int = 0,
    place: str = "living_room",
    from_behind: bool = False,
) -> str:
    """Return the person in figure coordinates: the hips' middle at (0, 0), the eyes at about y = -593."""
    look, wear = person.look, person.wear
    m, tones = Measures(look), Tones(look)
    pose = _lying(
        pose_of("sit" if stance in (*UNDER_COVER, "prone") else stance, activity, chance, m), stance, activity
    )
    if not _pockets(wear):
        pose = replace(pose, left=_without_pocket(pose.left), right=_without_pocket(pose.right))
    behind_head, over_head, head = _head(person, pose, activity, m, tones)
    arms = {side: bend_arm(m, side, getattr(pose, name)) for side, name in ((-1, "left"), (1, "right"))}
    held = props.PROPS[activity](_grip(arms[-1]), _grip(arms[1])) if activity in props.PROPS else ""
    raised = {side for side, nodes in arms.items() if nodes[-1][1] < -300}
    low = "".join(_arm(person, m, tones, arms[side], pose, side) for side in (-1, 1) if side not in raised)
    high = "".join(_arm(person, m, tones, arms[side], pose, side) for side in (-1, 1) if side in raised)
    legs, front = _dressed(person, m, tones, pose)
    under, over, table = _furniture(stance, activity, place)
    if activity == "laptop":  # its lid hides the hands
        held, table = "", table + held
    canopy = props.canopy(_grip(arms[1])) if activity == "umbrella" else ""
    if from_behind:
        return under + group(_from_behind(person, m, tones, pose, arms, held, canopy) + over, _leaning(pose)) + table
    back_prop, front_prop = (held, "") if activity in ("brush", "umbrella") else ("", held)
    upper_part = (
        behind_head
        + back_prop
        + legs
        + front
        + low_with(front_prop, low, over)
        + head
        + over_head
        + canopy
        + high_with(front_prop, high, low)
    )
    return under + group(swayed(upper_part, Sway(pose.sway)), _leaning(pose)) + table


def _pockets(wear: Wear) -> bool:
    """Return whether there are pockets to put a hand in."""
    if wear.outer or (wear.swim and wear.swim.cut.hem == "trunks"):
        return True
    return wear.bottom is not None and "skirt" not in wear.bottom.cut.detail and wear.bottom.cut.ease >= 10


def _without_pocket(arm_: Arm) -> Arm:
    if arm_.hand != "pocket" or not arm_.at:
        return arm_
    x, y = arm_.at
    return replace(arm_, at=(x, y - 32), hand="hip", turn=62 if x > 0 else -62)


def _leaning(pose: Pose) -> str:
    return f"rotate({pose.lean})" if pose.lean else ""


def _from_behind(
    person: Person, m: Measures, tones: Tones, pose: Pose, arms: dict[int, list[Node]], held: str, canopy: str
) -> str:
    """Return the person from behind: what is held and the hands before the body are hidden by it."""
    turned = replace(person, wear=behind.turned(person.wear))
    drawn = {side: _arm(turned, m, tones, arms[side], pose, side) for side in arms}
    hidden = {side for side, nodes in arms.items() if abs(nodes[-1][0]) < m.hip and nodes[-1][1] < -40}
    coat, dressed = _dressed(turned, m, tones, pose, seen_from_behind=True)
    placed = _head_placed(pose, m)
    hat_back, hat_front = headwear(person.wear)
    return (
        held
        + "".join(drawn[side] for side in drawn if side in hidden)
        + coat
        + dressed
        + "".join(drawn[side] for side in drawn if side not in hidden)
        + group(behind.head(person.look, person.wear, tones) + hat_back + hat_front, placed)
        + canopy
    )


def low_with(held: str, low: str, over: str) -> str:
    """Return what is held and the arms that hold it, over a blanket or water."""
    return over + (held if low else "") + low


def high_with(held: str, high: str, low: str) -> str:
    return ("" if low else held) + high


def _grip(nodes: list[Node]) -> Point:
    return nodes[-1][0], nodes[-1][1]


def _lying(pose: Pose, stance: str, activity: str) -> Pose:
    if stance == "prone" and not activity:
        return replace(
            pose,
            left=Arm((-150, -650), "out", "relaxed"),
            right=Arm((92, -150), "out", "relaxed", 60),
            left_leg=replace(pose.left_leg, thigh=-6, thigh_seen=1, shin_seen=1),
            right_leg=replace(pose.right_leg, thigh=12, shin=-10, thigh_seen=1, shin_seen=1),
        )
    if stance == "bed" and not activity:
        return replace(pose, left=Arm((-60, -262), "out", "relaxed", -70), right=Arm((70, -250), "out", "relaxed", 70))
    if stance == "bath" and not activity:
        return replace(
            pose, left=Arm((-232, -236), "out", "relaxed", 40), right=Arm((240, -236), "out", "relaxed", -40)
        )
    if stance == "swim" and not activity:
        return replace(pose, left=Arm((-300, -300), "down", "open", 100), right=Arm((300, -316), "down", "open", -100))
    return pose


def _furniture(stance: str, activity: str, place: str) -> tuple[str, str, str]:
    """Return what lies under the person, over the body, and before all."""
    if stance == "bed":
        return *furniture.bed(), ""
    if stance == "prone":
        return furniture.blanket(place), "", ""
    if stance == "bath":
        return "", furniture.tub(), ""
    if stance == "swim":
        return "", "", furniture.water(-270)
    if stance in ("sit", "curl"):
        return (
            furniture.seat(place),
            "",
            furniture.table() if activity in furniture.AT_A_TABLE and place not in NO_TABLE else "",
        )
    return "", "", ""


def _head(person: Person, pose: Pose, activity: str, m: Measures, tones: Tones) -> tuple[str, str, str]:
    look, wear, mood = person.look, person.wear, person.mood
    if activity in LOOKS_AT and mood.gaze == (0, 0):
        mood = replace(mood, gaze=LOOKS_AT[activity])
    worn = hair(look, tones, wear)
    hat_back, hat_front = headwear(wear)
    placed = _head_placed(pose, m)
    return (
        group(hat_back + worn.back, placed),
        group(worn.front + hat_front, placed),
        group(face(look, mood, tones, wear=wear, turn=pose.turn, shadow=worn.brow), placed),
    )


def _head_placed(pose: Pose, m: Measures) -> str:
    return move(0, m.head_y, pose.tilt + 1.2 * pose.sway, HEAD)


def _dressed(
    person: Person, m: Measures, tones: Tones, pose: Pose, *, seen_from_behind: bool = False
) -> tuple[str, str]:
    """Return the body from the feet to the neck with its clothes, in two layers."""
    look, wear = person.look, person.wear
    legs = {side: bend_leg(m, side, getattr(pose, name)) for side, name in ((-1, "left_leg"), (1, "right_leg"))}
    order = (-1, 1) if pose.right_leg_first else (1, -1)
    both = [legs[side] for side in order]
    coat_back, coat_front = outerwear(m, wear.outer) if wear.outer else ("", "")
    if wear.outer and seen_from_behind:
        coat_back, coat_front = "", behind.coat(m, wear.outer, HEMS.get(wear.outer.cut.hem, 22.0))
    feet = (
        "".join(
            shoe(wear.shoes, standing, legs[side][-1], tones)
            for side in order
            if (standing := pose.left_leg if side < 0 else pose.right_leg).shin_seen  # those who kneel hide their feet
        )
        if wear.shoes
        else ""
    )
    below = ""
    hanging = ""
    if wear.bottom:
        hanging = skirt(m, both, wear.bottom) if "skirt" in wear.bottom.cut.detail else ""
        below = trousers(m, both, wear.bottom) if not hanging else ""
    if wear.swim:
        below += swimwear(m, both, wear.swim, tones)
    boots_over = wear.shoes is not None and wear.shoes.cut.hem == "boots"
    parts = body(m, look, tones, both, seen_from_behind=seen_from_behind)
    parts += below + feet if boots_over else feet + below
    tucked = wear.top is not None and ("tucked" in wear.top.cut.detail or bool(hanging))
    if wear.top:
        parts += "".join(upper(m, piece) for piece in beneath(wear.top))
        over = skirt(m, both, wear.top) if wear.top.cut.slot == "dress" else ""
        parts += upper(m, wear.top) + hanging if tucked else hanging + over + upper(m, wear.top)
    else:
        parts += hanging
    if wear.cover:
        parts += cover(m, wear.cover)
    kinds = dict(wear.body)
    if "belt" in kinds:
        parts += rect(-m.waist - 10, -112, 2 * m.waist + 20, 24, kinds["belt"], 5) + rect(
            -16, -115, 32, 30, "#d9b45c", 5
        )
    if "apron" in kinds:
        parts += apron(m, kinds["apron"])
    parts += coat_front
    if seen_from_behind:
        return coat_back, parts + (behind.pack(m, kinds["backpack"]) if "backpack" in kinds else "")
    if "backpack" in kinds:
        parts += "".join(
            line(
                f"M{s * m.neck * 2} {-m.torso + 8} Q{s * m.chest} {-m.torso + 120} {s * m.chest} -150",
                kinds["backpack"],
                24,
            )
            for s in (-1, 1)
        )
    if "bag" in kinds:
        parts += line(f"M{-m.neck * 2} {-m.torso + 8} L{m.hip} -30", kinds["bag"], 9) + rect(
            m.hip - 40, -40, 112, 96, kinds["bag"], 16
        )
    return coat_back, parts + neckwear(m, wear)


def _arm(person: Person, m: Measures, tones: Tones, nodes: list[Node], pose: Pose, side: int) -> str:
    """Return one arm with its sleeves and hand."""
    look, wear = person.look, person.wear
    bent = pose.left if side < 0 else pose.right
    kinds = dict(wear.body)
    worn = (wear.outer, wear.top, *(beneath(wear.top) if wear.top else ()))
    sleeved = [piece for piece in worn if piece and piece.cut.sleeve]
    covered = sleeved[0].cut.sleeve if sleeved else 0.0
    parts = arm(m, nodes, look, tones, side=side, covered=0.84 if covered > 0.9 else covered * 0.85)
    parts += sleeve(m, nodes, sleeved[0], side=side) if sleeved else ""  # the outermost hides the others
    parts += hand(nodes, bent, look, tones, side=side, skin=kinds.get("gloves", ""))
    x, y, w = nodes[-1]
    if side < 0 and {"watch", "bracelet"} & set(kinds):
        parts += line(f"M{x - w / 2:.0f} {y - 6:.0f} h{w:.0f}", kinds.get("watch") or kinds["bracelet"], 9)
    return parts
