"""The whole picture: scene, people, weather and light, framed as the prompt says."""

from dataclasses import replace

from PIL import Image

from devtools.illustrator.doings import OUTDOORS
from devtools.illustrator.light import lit
from devtools.illustrator.people import figure
from devtools.illustrator.person import Drawing, Look, Person
from devtools.illustrator.poses import Measures
from devtools.illustrator.scenery import H, W
from devtools.illustrator.scenes import backdrop, daylight, light, raster, weather
from devtools.illustrator.svg import ellipse, gradient, group

# Scale of the figure, and the canvas's y of the hips.
VIEWS = {"portrait": (1.8, 1508.0), "half": (1.14, 1040.0), "full": (0.68, 610.0)}
BLUR = {"portrait": 8, "half": 5, "full": 2}
APART = 205.0
EYES = -575.0  # y of the eyes of an average figure
NEARER = 0.97  # of two, each is a little smaller
TALLEST = 1104.0  # pixels from head to foot that a full figure may take
# Of those who sit or crouch: the scale of a full figure, and how far below the hips the ground lies.
GROUNDS = {
    "sit": (0.72, 590.0),
    "curl": (0.72, 520.0),
    "cross": (0.86, 280.0),
    "kneel": (0.86, 230.0),
    "squat": (0.76, 600.0),
}
FROM_ABOVE = ("bed", "prone")


def painted(drawing: Drawing) -> Image.Image:
    """Return the picture, 832 × 1216, RGB, in no style yet."""
    behind = backdrop(drawing.place, drawing.time, BLUR[drawing.frame], drawing.weather)
    picture = behind.resize((W, H), Image.Resampling.BICUBIC)
    outdoors = drawing.place in OUTDOORS
    people = lit(raster(render(drawing), (W, H)), drawing.time, outdoors=outdoors)
    falling = [raster(weather(drawing.weather), (W, H))] if drawing.weather and outdoors else []
    for layer in (people, *falling, light(drawing.time, daylight(drawing.place) / 2)):
        picture.paste(layer, mask=layer)
    return picture


def render(drawing: Drawing) -> str:
    """Return what stands before the backdrop, on nothing, as SVG: people and what they hold."""
    scale, hips = VIEWS[drawing.frame]
    if drawing.frame == "full" and drawing.stance in GROUNDS:
        scale, below = GROUNDS[drawing.stance]
        hips = 1150 - below * scale
    else:
        below = 806.0
    shown = drawing.frame == "full" and drawing.stance not in (*FROM_ABOVE, "swim", "bath")

    def placed(body: str, dx: float, look: Look) -> str:
        foot = hips + below * scale
        size = (
            scale * (1 + (look.height * NEARER - 1) * 0.6) if drawing.other else scale * (1 + (look.height - 1) * 0.6)
        )
        m, reach = Measures(look), below
        # Near by, the eyes stay where they are in the picture, a tall person's a little higher.
        y = hips + scale * EYES - size * m.head_y + (1 - look.height) * 160
        if drawing.frame == "full":
            if drawing.stance not in GROUNDS:
                reach = m.ground
                size = min(size, TALLEST / (reach - m.top))
            y = foot - reach * size
        ground = ellipse(W / 2 + dx + 12, foot, 240, 34, "url(#ground)") if shown else ""
        return ground + group(body, f"translate({W / 2 + dx:.1f} {y:.1f}) scale({size:.3f})")

    here = {
        "stance": drawing.stance,
        "chance": drawing.chance,
        "place": drawing.place,
        "from_behind": drawing.from_behind,
    }
    if drawing.other:
        drawing = replace(drawing, person=_looking(drawing.person, 1), other=_looking(drawing.other, -1))
    one = figure(drawing.person, activity=drawing.activity, **here)
    if drawing.other:
        apart = APART * max(scale, 0.75)
        two = figure(
            drawing.other,
            stance="stand" if drawing.stance in FROM_ABOVE else drawing.stance,
            chance=drawing.chance + 1,
            place=drawing.place,
            from_behind=drawing.from_behind,
        )
        people = placed(two, apart, drawing.other.look) + placed(one, -apart, drawing.person.look)
    else:
        people = placed(one, 0, drawing.person.look)
    ground = gradient("ground", ((0, "#1a1026", 0.5), (0.45, "#1a1026", 0.34), (1, "#1a1026", 0)), radial=True)
    return ground + people


def _looking(person: Person, side: int) -> Person:
    """Return the person with a glance to the side, at the one who stands there."""
    return replace(person, mood=replace(person.mood, gaze=(0.7 * side, person.mood.gaze[1])))
