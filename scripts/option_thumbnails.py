"""Draw the wizard's thumbnails with the illustrator: ``python -m scripts.option_thumbnails``.

One small WebP for each option whose words change the drawing; colours are shown as swatches and need none.
"""

import io

from PIL import Image

from companion_hub.services.options import catalogue
from devtools.config import ROOT
from devtools.illustrator.server import picture_of

GROUPS = ("presentation", "skin", "hair_length", "hair_style", "facial_hair", "marks", "glasses", "build", "piercings")
SIZE = 160
# The head; the build shows shoulders too.
CROPS = {"build": (40, 180, 792, 932), "hair_style": (176, 200, 656, 680), "hair_length": (126, 210, 706, 790)}
FACE = (216, 260, 616, 660)


def main() -> None:
    for group in catalogue().groups:
        if group.id not in GROUPS:
            continue
        folder = ROOT / "frontend" / "public" / "options" / group.id
        folder.mkdir(parents=True, exist_ok=True)
        for option in group.options:
            man = group.id == "facial_hair" or option.id == "masculine"
            base = "1 man, short length hair" if man else "1 woman"
            hair = "" if group.id in ("hair_style", "hair_length") or man else ", hair in a bun"
            prompt = f"{option.prompt or 'plain'}, {base}, light skin, brown hair{hair}, green eyes, wearing a cream sweater, living room"
            picture = (
                picture_of(prompt, 7).crop(CROPS.get(group.id, FACE)).resize((SIZE, SIZE), Image.Resampling.LANCZOS)
            )
            buffer = io.BytesIO()
            picture.save(buffer, "WEBP", quality=62, method=6)
            (folder / f"{option.id}.webp").write_bytes(buffer.getvalue())


if __name__ == "__main__":
    main()
