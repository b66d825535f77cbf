"""Processor time of the illustrator's pictures: every place once, at changing hours and framings.

Run: ``python -m bench.illustrator [--sheet FILE.png]``.  Each picture is asked for twice, by the protocol's own function:
first with its backdrop to be drawn, then with the backdrop at hand, as when a story stays where it is.  ``--sheet``
also writes all of them on one page, to be looked at.
"""

import argparse
import base64
import io
import statistics
import time
from pathlib import Path

from PIL import Image

from devtools.illustrator import server
from devtools.illustrator.scenes import SC

LOOK = (
    "1 woman, 27 years old, olive skin, green eyes, wavy hair, auburn hair, freckles, wearing a blue sweater and jeans"
)
TIMES = ("day", "sunset", "night")
FRAMES = ("upper body", "full body", "upper body", "portrait")
DOING = ("smiling", "waving", "sitting", "reading a book", "walking")
WORDS = {"winter": "in the snow", "stage": "on stage", "camp": "at a campfire"}
THUMBNAIL = (260, 380)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheet", type=Path, help="PNG to write with all pictures")
    options = parser.parse_args()
    asked("1 woman, in the kitchen")  # imports and what every picture shares
    first: list[float] = []
    again: list[float] = []
    pictures: list[Image.Image] = []
    for index, place in enumerate(sorted(SC)):
        where = WORDS.get(place, f"in the {place.replace('_', ' ')}")
        prompt = f"{LOOK}, {where}, {TIMES[index % 3]}, {DOING[index % 5]}, {FRAMES[index % 4]}"
        spent, picture = asked(prompt)
        first.append(spent)
        again.append(asked(prompt)[0])
        pictures.append(picture)
    for name, times in (("backdrop drawn", first), ("backdrop at hand", again)):
        print(
            f"{name}: median {statistics.median(times):.2f} s of processor, at most {max(times):.2f} s, {len(times)} pictures"
        )
    if options.sheet:
        page(pictures).save(options.sheet)


def asked(prompt: str) -> tuple[float, Image.Image]:
    """Return the processor's seconds and the picture, 832 × 1216."""
    start = time.process_time()
    answer = server.draw({"prompt": prompt, "seed": 7, "width": 832, "height": 1216})
    spent = time.process_time() - start
    return spent, Image.open(io.BytesIO(base64.b64decode(answer["images"][0])))


def page(pictures: list[Image.Image], columns: int = 7) -> Image.Image:
    width, height = THUMBNAIL
    sheet = Image.new("RGB", (columns * width, -(-len(pictures) // columns) * height), "white")
    for index, picture in enumerate(pictures):
        sheet.paste(
            picture.resize(THUMBNAIL, Image.Resampling.LANCZOS), (index % columns * width, index // columns * height)
        )
    return sheet


if __name__ == "__main__":
    main()
