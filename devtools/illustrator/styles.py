"""The picture styles of the wizard, as treatments of the drawn picture."""

import random
from collections.abc import Callable

from PIL import Image, ImageChops, ImageEnhance, ImageFilter, ImageOps


def in_style(picture: Image.Image, style: str) -> Image.Image:
    """Return an RGB picture treated in a style of lexicon.STYLES; the same picture for any other."""
    return _TREATMENTS.get(style, lambda same: same)(picture)


def _film(picture: Image.Image) -> Image.Image:
    """Teal shadows, warm lights, and the bars of a wide screen."""
    grey = ImageOps.grayscale(picture)
    graded = Image.blend(picture, ImageOps.colorize(grey, "#0b2e3a", "#ffe2b8", "#b07a5a"), 0.26)
    bar = picture.height // 14
    for top in (0, picture.height - bar):
        graded.paste("#0b0b0e", (0, top, picture.width, top + bar))
    return graded


def _ink(picture: Image.Image, strength: float) -> Image.Image:
    """Return dark lines where colours meet, white elsewhere."""
    edges = ImageOps.grayscale(picture.filter(ImageFilter.SMOOTH_MORE)).filter(ImageFilter.FIND_EDGES)
    edges = ImageOps.crop(edges, 2).resize(picture.size)
    return edges.point(lambda value: max(0, 255 - int(value * strength))).filter(ImageFilter.SMOOTH).convert("RGB")


def _anime(picture: Image.Image) -> Image.Image:
    cel = ImageOps.posterize(ImageEnhance.Color(picture).enhance(1.45), 4)
    flat = Image.blend(cel, ImageEnhance.Brightness(picture).enhance(1.12), 0.4)
    return ImageChops.multiply(flat, _ink(picture, 2.2))


def _comic(picture: Image.Image) -> Image.Image:
    flat = ImageEnhance.Color(picture).enhance(1.4).quantize(40, Image.Quantize.MEDIANCUT, kmeans=2).convert("RGB")
    return ImageChops.multiply(_dots(flat), _ink(picture, 2.6))


def _detail(picture: Image.Image) -> Image.Image:
    """Return a mask that is white where much happens (eyes, hands, patterns): there a painter takes the small brush."""
    edges = ImageOps.grayscale(picture).filter(ImageFilter.FIND_EDGES)
    spread = ImageOps.crop(edges, 2).resize(picture.size).filter(ImageFilter.GaussianBlur(7))
    return spread.point(lambda value: min(255, max(0, value - 10) * 9))


def _dots(picture: Image.Image) -> Image.Image:
    """Lay the printer's dots over the darker parts."""
    cell = Image.new("L", (8, 8), 255)
    for x, y in ((3, 3), (4, 3), (3, 4), (4, 4), (3, 2), (4, 5), (2, 3), (5, 4)):
        cell.putpixel((x, y), 150)
    screen = Image.new("L", picture.size)
    for left in range(0, picture.width, 8):
        for top in range(0, picture.height, 8):
            screen.paste(cell, (left, top))
    dotted = ImageChops.multiply(picture, screen.convert("RGB"))
    return Image.composite(picture, dotted, ImageOps.grayscale(picture).point(lambda value: 255 if value > 120 else 0))


def _oil(picture: Image.Image) -> Image.Image:
    """Brush strokes: the commonest colour around each point, with a small brush for details, and a raised surface."""
    small = picture.resize((picture.width // 2, picture.height // 2)).filter(ImageFilter.ModeFilter(9))
    broad = small.resize(picture.size, Image.Resampling.BICUBIC)
    strokes = Image.composite(picture.filter(ImageFilter.ModeFilter(3)), broad, _detail(picture))
    strokes = ImageEnhance.Color(strokes).enhance(1.2)
    relief = ImageOps.grayscale(strokes).filter(ImageFilter.EMBOSS).convert("RGB")
    return ImageChops.overlay(strokes, Image.blend(Image.new("RGB", picture.size, "#808080"), relief, 0.55))


def _watercolour(picture: Image.Image) -> Image.Image:
    """Pale washes that pool at their edges, on paper."""
    wash = picture.resize((picture.width // 2, picture.height // 2)).filter(ImageFilter.MedianFilter(9))
    wash = Image.composite(picture, wash.resize(picture.size, Image.Resampling.BICUBIC), _detail(picture))
    pale = Image.blend(ImageEnhance.Color(wash).enhance(1.3), Image.new("RGB", picture.size, "#fbf6ea"), 0.2)
    pooled = ImageChops.multiply(pale, Image.blend(Image.new("RGB", picture.size, "white"), _ink(wash, 3), 0.45))
    return ImageChops.multiply(pooled, _paper(picture.size))


def _paper(size: tuple[int, int]) -> Image.Image:
    grain = random.Random(7)
    small = Image.frombytes("L", (104, 152), bytes(grain.randrange(243, 256) for _ in range(104 * 152)))
    return small.resize(size, Image.Resampling.BICUBIC).convert("RGB")


def _render(picture: Image.Image) -> Image.Image:
    """Soft light all over: bright parts glow, as clay under studio lamps."""
    glow = ImageEnhance.Brightness(picture.filter(ImageFilter.GaussianBlur(14))).enhance(0.55)
    return ImageEnhance.Contrast(ImageChops.screen(picture, glow)).enhance(1.12)


_TREATMENTS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "film": _film, "anime": _anime, "comic": _comic, "oil": _oil, "watercolour": _watercolour, "render": _render,
}  # fmt: skip
