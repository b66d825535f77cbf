"""Bytes, likeness and time of the picture files, against mozjpeg at quality 85 (PRODUCT.md: what sharp's setting makes).

Run: ``python -m bench.images [--photos FOLDER]``.  Without a folder only the illustrator's pictures are measured, which
are flat and easy; with one, every photo in it too, at most 832 pixels wide.  Likeness is the mean SSIM of the luma
(Wang et al. 2004, Gaussian window, sigma 1.5), to the pixels the encoder was given.
"""

import argparse
import io
import statistics
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import pyvips  # pyright: ignore[reportMissingTypeStubs]
from PIL import Image

from companion_hub.services.image_pipeline import encode, encode_avif, encode_jpeg

PROMPTS = (
    "1 woman, 27 years old, long wavy red hair, green eyes, wearing a red dress, on the beach at sunset, walking",
    "1 man, 34 years old, short black hair, beard, wearing a grey suit, in a cafe, reading a book",
    "1 woman, 45 years old, short grey hair, glasses, wearing a wool coat, in the park, autumn, smiling",
)


class Figures(NamedTuple):
    """``bytes_ratio`` is to mozjpeg q85 of the same pixels, geometric mean over the pictures."""

    bytes_ratio: float
    ssim: float
    worst_ssim: float
    ms: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, help="folder of photos (PNG or JPEG)")
    options = parser.parse_args()
    report("illustrator", illustrated())
    if options.photos:
        report("photos", photos(options.photos))


def illustrated() -> list[Image.Image]:
    from devtools.illustrator.server import picture_of

    return [picture_of(prompt, seed) for seed, prompt in enumerate(PROMPTS)]


def photos(folder: Path) -> list[Image.Image]:
    found: list[Image.Image] = []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in {".png", ".jpg", ".jpeg"}:
            with Image.open(path) as image:
                picture = image.convert("RGB")
            picture.thumbnail((832, 1216), Image.Resampling.LANCZOS)
            found.append(picture)
    return found


def pillow_jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=85, optimize=True, progressive=True)
    return buffer.getvalue()


ENCODERS: dict[str, Callable[[Image.Image], bytes]] = {
    "mozjpeg q85 (stored)": encode_jpeg,
    "AVIF q68 speed 6 (stored)": encode_avif,
    "libjpeg q85, for comparison": pillow_jpeg,
}


def report(name: str, images: list[Image.Image]) -> None:
    print(f"\n{name}: {len(images)} pictures\n")
    print("| encoder | bytes to mozjpeg q85 | SSIM | worst SSIM | ms |")
    print("|---|---|---|---|---|")
    for encoder, figures in measure(images).items():
        print(
            f"| {encoder} | {figures.bytes_ratio:.2f} | {figures.ssim:.4f} | {figures.worst_ssim:.4f} "
            f"| {figures.ms:.0f} |"
        )
    start = perf_counter()
    files = [file for image in images for file in encode(image).files]
    seconds = (perf_counter() - start) / len(images)
    print(f"\nall files of one picture: {len(files) / len(images):.1f}, {seconds:.2f} s")


def measure(images: list[Image.Image]) -> dict[str, Figures]:
    reference = [len(encode_jpeg(image)) for image in images]
    figures: dict[str, Figures] = {}
    for name, encoder in ENCODERS.items():
        ratios: list[float] = []
        likeness: list[float] = []
        times: list[float] = []
        for image, size in zip(images, reference, strict=True):
            start = perf_counter()
            data = encoder(image)
            times.append((perf_counter() - start) * 1000)
            ratios.append(len(data) / size)
            likeness.append(ssim(image, Image.open(io.BytesIO(data)).convert("RGB")))
        figures[name] = Figures(
            statistics.geometric_mean(ratios), statistics.mean(likeness), min(likeness), statistics.median(times)
        )
    return figures


def ssim(first: Image.Image, second: Image.Image) -> float:
    """Return the mean structural similarity of two pictures' luma: 1 is the same."""
    x, y = (_luma(image) for image in (first, second))
    mean_x, mean_y = _blur(x), _blur(y)
    variance_x, variance_y = _blur(x * x) - mean_x * mean_x, _blur(y * y) - mean_y * mean_y
    covariance = _blur(x * y) - mean_x * mean_y
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    top = (mean_x * mean_y * 2 + c1) * (covariance * 2 + c2)
    bottom = (mean_x * mean_x + mean_y * mean_y + c1) * (variance_x + variance_y + c2)
    return float((top / bottom).avg())


def _luma(image: Image.Image) -> Any:
    grey = image.convert("L")
    new_from_memory: Any = pyvips.Image.new_from_memory
    return new_from_memory(grey.tobytes(), grey.width, grey.height, 1, "uchar").cast("float")


def _blur(image: Any) -> Any:
    return image.gaussblur(1.5, precision="float")


if __name__ == "__main__":
    main()
