"""The whole picture: scene, people, weather and light, framed as the prompt says."""

from PIL import Image

from devtools.illustrator.light import lit
from devtools.illustrator.lexicon import OUTDOORS, Drawing
from devtools.illustrator.people import figure
from devtools.illustrator.scenery import H, W
from devtools.illustrator.scenes import backdrop, daylight, light, raster, weather
from devtools.illustrator.svg import ellipse, group

# Scale of the figure, and the canvas's y of the hips.
VIEWS = {"portrait": (1.8, 1508.0), "half": (1.14, 1040.0), "full": (0.68, 610.0)}
BLUR = {"portrait": 8, "half": 5, "full": 2}
APART = 205.0
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
    if drawing.frame == "full" and drawing.stance in ("sit", "curl", "cross", "kneel", "squat"):
        hips += {"sit": 100, "curl": 130}.get(drawing.stance, 240)
    ground = ""
    if drawing.frame == "full" and drawing.stance not in (*FROM_ABOVE, "swim", "bath"):
        ground = ellipse(
            W / 2,
            hips + (560 if drawing.stance == "sit" else 806) * scale - (180 if drawing.stance == "cross" else 0),
            210,
            26,
            "#1a1026",
            0.26,
        )

    def placed(body: str, dx: float, height: float) -> str:
        foot = hips + 806 * scale
        size = scale * (1 + (height - 1) * 0.6)
        y = foot - 806 * size if drawing.frame == "full" else hips + (1 - height) * 300
        return group(body, f"translate({W / 2 + dx:.1f} {y:.1f}) scale({size:.3f})")

    here = {
        "stance": drawing.stance,
        "chance": drawing.chance,
        "place": drawing.place,
        "from_behind": drawing.from_behind,
    }
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
        people = placed(two, apart, drawing.other.look.height * 0.97) + placed(
            one, -apart, drawing.person.look.height * 0.97
        )
    else:
        people = placed(one, 0, drawing.person.look.height)
    return ground + people
