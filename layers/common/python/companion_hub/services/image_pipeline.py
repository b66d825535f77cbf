"""Turns bytes nobody vouches for into small, clean picture files: JPEG and AVIF in several widths.

Called with what a user uploaded or an image model drew; the files go to the object store.  Nothing of the input's bytes
survives: pixels are decoded, straightened, brought to sRGB, and encoded again, so neither metadata (place, camera,
comments) nor anything hidden behind the picture gets through.  Bytes, format and pixels are bounded before a pixel is
decoded.

The JPEG is made by mozjpeg inside libvips from pixels that Pillow decoded: libvips itself accepts truncated files.
"""

import io
import math
import struct
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Literal, NamedTuple, cast

import pyvips  # pyright: ignore[reportMissingTypeStubs]
from PIL import Image, ImageCms, ImageOps

from companion_hub.errors import ImageRejectedError, PayloadTooLargeError, UnsupportedMediaError

# What an HTTP API takes; uploads are held lower by the function's payload (functions/image/upload.py).
MAX_UPLOAD_BYTES = 10_000_000
# A noisy lossless picture of 1920×1920 is 11 MB.
MAX_GENERATED_BYTES = 20_000_000
MAX_PIXELS = 25_000_000
# A progressive JPEG of a few bytes per scan can cost minutes to decode; encoders write about ten.
MAX_JPEG_SCANS = 64
GENERATED_BOUND = 1920
PROFILE_BOUND = 800
THUMBNAIL_WIDTHS = (208, 416, 832)
JPEG_QUALITY = 85
# At quality 68 and speed 6 AVIF takes about 0.72 of mozjpeg's bytes and looks the same (bench/images.py).
AVIF_QUALITY = 68
AVIF_SPEED = 6

Format = Literal["JPEG", "PNG", "WEBP", "AVIF", "GIF"]
FileType = Literal["image/avif", "image/jpeg"]

_SIXTEEN_BIT_MODES = frozenset({"I;16", "I;16B", "I;16L", "I;16N", "I"})


class Crop(NamedTuple):
    """A rectangle in fractions (0–1) of the picture as a person sees it, that is after orientation."""

    x: float
    y: float
    width: float
    height: float


class PictureFile(NamedTuple):
    type: FileType
    width: int
    height: int
    data: bytes


class Picture(NamedTuple):
    """All files of one picture, smallest width first; ``width`` × ``height`` is the largest."""

    width: int
    height: int
    files: list[PictureFile]


def sniff(data: bytes) -> Format:
    """Return the format the first bytes say.  Raises UnsupportedMediaError for anything but the five we take."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:12] in {b"ftypavif", b"ftypavis"}:
        return "AVIF"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    raise UnsupportedMediaError("not JPEG, PNG, WebP, AVIF or GIF")


def encode_generated(data: bytes) -> Picture:
    """Return an image model's picture inside 1920×1920, never enlarged.  Raises as ``decode`` does."""
    return encode(decode(data, bound=GENERATED_BOUND, max_bytes=MAX_GENERATED_BYTES))


def encode_profile(data: bytes, *, crop: Crop | None = None) -> Picture:
    """Return an uploaded picture, cropped, inside 800×800, never enlarged.  Raises as ``decode`` does."""
    return encode(decode(data, bound=PROFILE_BOUND, crop=crop))


def decode(data: bytes, *, bound: int, crop: Crop | None = None, max_bytes: int = MAX_UPLOAD_BYTES) -> Image.Image:
    """Return the first frame as a clean RGB picture in sRGB whose sides are at most ``bound`` pixels.

    Raises:
        UnsupportedMediaError: the format is not one of the five.
        PayloadTooLargeError: more than ``max_bytes`` or MAX_PIXELS.
        ImageRejectedError: empty, truncated or damaged.
    """
    if len(data) > max_bytes:
        raise PayloadTooLargeError(f"more than {max_bytes} bytes")
    if not data:
        raise ImageRejectedError("empty")
    picture_format = sniff(data)
    _refuse_costly_header(data, picture_format)
    try:
        # Pillow warns on standard error about harmless faults (an odd EXIF block); a bomb must not be a mere warning.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _decode(data, picture_format, bound=bound, crop=crop)
    except (PayloadTooLargeError, ImageRejectedError):
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as exc:
        raise PayloadTooLargeError("too many pixels") from exc
    except Exception as exc:  # decoders raise a dozen kinds on hostile bytes: OSError, SyntaxError, struct.error, …
        raise ImageRejectedError(f"cannot be decoded: {type(exc).__name__}") from exc


def encode(image: Image.Image) -> Picture:
    """Return a clean RGB picture as JPEG and AVIF in its own width and the smaller thumbnail widths."""
    files: list[PictureFile] = []
    for width in [*(width for width in THUMBNAIL_WIDTHS if width < image.width), image.width]:
        height = max(1, round(image.height * width / image.width))
        scaled = image if width == image.width else image.resize((width, height), Image.Resampling.LANCZOS)
        files.append(PictureFile("image/avif", width, height, encode_avif(scaled)))
        files.append(PictureFile("image/jpeg", width, height, encode_jpeg(scaled)))
    return Picture(image.width, image.height, files)


def encode_jpeg(image: Image.Image) -> bytes:
    """Return a progressive JPEG as sharp's ``mozjpeg`` setting makes it, without any metadata."""
    from_memory = cast("Callable[..., Any]", pyvips.Image.new_from_memory)
    pixels = from_memory(image.tobytes(), image.width, image.height, 3, "uchar").copy(interpretation="srgb")
    return bytes(
        pixels.jpegsave_buffer(
            Q=JPEG_QUALITY,
            interlace=True,
            optimize_coding=True,
            trellis_quant=True,
            overshoot_deringing=True,
            optimize_scans=True,
            quant_table=3,
            keep="none",
        )
    )


def encode_avif(image: Image.Image) -> bytes:
    """Return an AVIF without any metadata."""
    buffer = io.BytesIO()
    image.save(buffer, "AVIF", quality=AVIF_QUALITY, speed=AVIF_SPEED)
    return buffer.getvalue()


def _refuse_costly_header(data: bytes, picture_format: Format) -> None:
    """Raise before a decoder sees what Pillow itself would notice too late."""
    if picture_format == "WEBP":
        # libwebp reserves two canvases of the stated size when the file is merely opened.
        _refuse_pixels(_webp_size(data))
    # Inside a scan 0xFF is always followed by a stuffed 0x00, so this counts scans (and those of thumbnails).
    if picture_format == "JPEG" and data.count(b"\xff\xda") > MAX_JPEG_SCANS:
        raise ImageRejectedError("too many scans")


def _refuse_pixels(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MAX_PIXELS:
        raise PayloadTooLargeError(f"{size[0]}×{size[1]} is more than 25 megapixels")


def _webp_size(data: bytes) -> tuple[int, int]:
    """Return width and height from a WebP's first chunk.  Source: RFC 9649 §2.5–2.7 and RFC 6386 §9.1."""
    kind, start = data[12:16], data[20:30]
    if kind == b"VP8X" and len(start) == 10:
        return int.from_bytes(start[4:7], "little") + 1, int.from_bytes(start[7:10], "little") + 1
    if kind == b"VP8L" and len(start) == 10:
        bits = int.from_bytes(start[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and len(start) == 10:
        width, height = struct.unpack("<HH", start[6:10])
        return width & 0x3FFF, height & 0x3FFF
    raise ImageRejectedError("WebP without a picture")


def _decode(data: bytes, picture_format: Format, *, bound: int, crop: Crop | None) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=(picture_format,)) as image:
        _refuse_pixels(image.size)
        image.load()  # verify() lets truncated files pass
        profile = cast("bytes | None", image.info.get("icc_profile"))
        picture = _with_plain_mode(image)
        _straighten(picture)
    if crop is not None:
        picture = picture.crop(_crop_box(picture.size, crop))
    picture = _to_srgb(_fit(picture, bound), profile)
    clean = Image.new("RGB", picture.size)  # carries nothing of the old picture's ``info``
    clean.paste(picture)
    return clean


def _with_plain_mode(image: Image.Image) -> Image.Image:
    """Return the picture as L, RGB or CMYK: on white where it was transparent; 16-bit grey is scaled, not clipped."""
    if image.mode in _SIXTEEN_BIT_MODES:
        eight_bit = image.convert("I").point(lambda value: value * (1 / 257)).convert("L")  # 65535 / 257 = 255
        eight_bit.info = image.info
        return eight_bit
    if image.has_transparency_data:
        rgba = image if image.mode == "RGBA" else image.convert("RGBA")
        opaque = Image.new("RGB", image.size, "white")
        opaque.paste(rgba, mask=rgba.getchannel("A"))
        opaque.info = image.info
        return opaque
    return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")


def _straighten(image: Image.Image) -> None:
    # A damaged EXIF block says nothing about the pixels, which are whole.
    with suppress(Exception):
        ImageOps.exif_transpose(image, in_place=True)


def _crop_box(size: tuple[int, int], crop: Crop) -> tuple[int, int, int, int]:
    left = min(int(crop.x * size[0]), size[0] - 1)
    top = min(int(crop.y * size[1]), size[1] - 1)
    right = min(math.ceil((crop.x + crop.width) * size[0]), size[0])
    bottom = min(math.ceil((crop.y + crop.height) * size[1]), size[1])
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _fit(image: Image.Image, bound: int) -> Image.Image:
    scale = min(1.0, bound / image.width, bound / image.height)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image if size == image.size else image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture as RGB in sRGB; without a usable profile its numbers are taken as they are."""
    if profile:
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))  # pyright: ignore[reportUnknownArgumentType]
            if (converted := ImageCms.profileToProfile(image, source, target, outputMode="RGB")) is not None:
                return converted
    return image.convert("RGB")
