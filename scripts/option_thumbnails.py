"""Draw the wizard's thumbnails with the illustrator: ``python -m scripts.option_thumbnails [GROUP …]``.

One small WebP for each option that can be seen; colours are shown as swatches, and words that are no look (ethnicity)
as words.
"""

import io
import sys

from PIL import Image

from companion_hub.services.options import Option, OptionGroup, catalogue
from devtools.config import ROOT
from devtools.illustrator.server import picture_of

FOLDER = ROOT / "frontend" / "public" / "options"
WORDS = ("ethnicity",)
SIZE = 160
Box = tuple[int, int, int, int]
FACE: Box = (226, 180, 606, 560)
TORSO: Box = (126, 480, 706, 1060)
FULL: Box = (0, 40, 832, 1196)
FRAMES: dict[str, Box] = {
    "style": (96, 60, 736, 700), "build": (176, 225, 656, 705), "height": FULL, "hips": (216, 380, 616, 780), "shoulders": (116, 300, 716, 900),
    "bust": TORSO, "chest": TORSO, "tattoos": (166, 100, 666, 600), "hair_style": (136, 90, 696, 650),
    "hair_length": (26, 130, 806, 910), "lips": (331, 378, 501, 548), "nose": (331, 340, 501, 510),
    "eye_shape": (296, 262, 536, 502), "makeup": (236, 214, 596, 574),
}  # fmt: skip
WHOLE = ("build", "height", "hips", "tattoos")


def pictured(group: OptionGroup) -> list[Option]:
    """Return the options of a group that have a thumbnail."""
    return [] if group.id in WORDS else [option for option in group.options if not option.swatch]


def prompt_of(group: OptionGroup, option: Option) -> str:
    man = group.id in ("facial_hair", "chest") or option.id == "masculine"
    person = "1 man, short length hair" if man else "1 woman"
    hair = "" if group.id in ("hair_style", "hair_length") or man else ", hair in a bun"
    wearing = "a cream sweater"
    if group.id in WHOLE:
        wearing = (
            "a teal swimsuit, barefoot" if group.id == "tattoos" else "a teal leotard, grey leggings, white sneakers"
        )
    elif group.id in ("shoulders", "bust"):
        wearing = "a teal tank top"
    elif group.id == "chest":
        wearing = "a teal t-shirt"
    elif group.id == "style":
        person, hair, wearing = "1 woman, wavy hair", "", "a teal sweater"
    place = "in the park" if group.id == "style" else "in the gym" if group.id in WHOLE else "living room"
    frame = "full body" if group.id in WHOLE else "upper body"
    return f"{option.prompt or 'plain'}, {person}, light skin, brown hair{hair}, green eyes, wearing {wearing}, {place}, {frame}"


def draw(group: OptionGroup, option: Option) -> bytes:
    """Return the thumbnail as WebP."""
    box = FRAMES.get(group.id, FACE)
    picture = picture_of(prompt_of(group, option), 7).crop(box)
    if group.id == "tattoos" and option.id in ("leg", "forearm", "hand", "arm_sleeve"):
        picture = picture_of(prompt_of(group, option), 7).crop(
            (166, 700, 666, 1200) if option.id == "leg" else (216, 260, 616, 660)
        )
    side = max(picture.size)
    canvas = Image.new("RGB", (side, side), picture.getpixel((4, 4)))
    canvas.paste(picture, ((side - picture.width) // 2, (side - picture.height) // 2))
    buffer = io.BytesIO()
    canvas.resize((SIZE, SIZE), Image.Resampling.LANCZOS).save(buffer, "WEBP", quality=62, method=6)
    return buffer.getvalue()


def main() -> None:
    wanted = sys.argv[1:]
    for group in catalogue().groups:
        if wanted and group.id not in wanted:
            continue
        for option in pictured(group):
            target = FOLDER / group.id / f"{option.id}.webp"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(draw(group, option))


if __name__ == "__main__":
    main()
