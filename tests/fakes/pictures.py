"""Pictures for tests: honest ones, and every kind of hostile file an upload or an image model may send."""

import io
import struct
import zlib
from collections.abc import Callable
from typing import Literal

from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

# A string that must never be found in anything the pipeline makes.
CANARY = b"CANARY-PLACE-51.4779N"


def scene(size: tuple[int, int] = (320, 468)) -> Image.Image:
    """Return an RGB picture with a gradient, a red top-left and a blue bottom-right quarter: orientation shows."""
    image = Image.merge(
        "RGB", [Image.linear_gradient("L").resize(size), Image.radial_gradient("L").resize(size), Image.new("L", size)]
    )
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, size[0] // 2, size[1] // 2), fill=(220, 20, 20))
    draw.rectangle((size[0] // 2, size[1] // 2, size[0], size[1]), fill=(20, 20, 220))
    return image


def saved(image: Image.Image, format_name: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format_name, **options)
    return buffer.getvalue()


def png(size: tuple[int, int] = (320, 468)) -> bytes:
    return saved(scene(size), "PNG")


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def flat_png(width: int, height: int, *, bits: int = 1, colour_type: int = 0) -> bytes:
    """Return a PNG of one colour in a few kilobytes, however many pixels it claims (and has)."""
    channels = {0: 1, 2: 3, 6: 4}[colour_type]
    row = b"\0" + b"\0" * ((width * bits * channels + 7) // 8)
    packer = zlib.compressobj(9)
    parts = [packer.compress(row) for _ in range(height)]
    header = struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, 0)
    body = b"".join(parts) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", body) + png_chunk(b"IEND", b"")


def bomb_png() -> bytes:
    """144 megapixels in about 17 KB."""
    return flat_png(12_000, 12_000)


def text_bomb_png() -> bytes:
    """A small picture with a compressed text chunk of 50 MB."""
    honest = png((8, 8))
    text = png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * 50_000_000, 9))
    return honest[:33] + text + honest[33:]


def bomb_webp() -> bytes:
    """A WebP whose extended header claims 16,384 × 16,384 pixels."""
    body = b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + (16_383).to_bytes(3, "little") * 2
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def bomb_gif() -> bytes:
    """A GIF whose screen is 65,535 × 65,535 pixels."""
    honest = saved(scene((8, 8)).convert("P"), "GIF")
    return honest[:6] + b"\xff\xff\xff\xff" + honest[10:]


def bomb_jpeg() -> bytes:
    """A JPEG whose frame header claims 65,500 × 65,500 pixels."""
    honest = saved(scene((8, 8)), "JPEG")
    frame = honest.index(b"\xff\xc0")
    return honest[: frame + 5] + struct.pack(">HH", 65_500, 65_500) + honest[frame + 9 :]


def many_scans_jpeg() -> bytes:
    """A 24-megapixel progressive JPEG whose last scan is repeated thousands of times: minutes of work when decoded."""
    honest = saved(Image.new("RGB", (6_000, 4_000), "teal"), "JPEG", progressive=True)
    last_scan = honest[honest.rindex(b"\xff\xda") : -2]
    return honest[:-2] + last_scan * 3_000 + honest[-2:]


def many_scans_small() -> bytes:
    honest = saved(scene((64, 64)), "JPEG", progressive=True)
    last_scan = honest[honest.rindex(b"\xff\xda") : -2]
    return honest[:-2] + last_scan * 200 + honest[-2:]


def profile_bytes(colour_space: Literal["LAB", "sRGB"]) -> bytes:
    """Return one of lcms' own ICC profiles."""
    profile = ImageCms.createProfile(colour_space)  # pyright: ignore[reportUnknownVariableType]
    return ImageCms.ImageCmsProfile(profile).tobytes()  # pyright: ignore[reportUnknownArgumentType]


def located_jpeg() -> bytes:
    """A JPEG that says where it was taken: EXIF with GPS and orientation 6, XMP, ICC, a comment, trailing bytes."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = CANARY.decode()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (51.0, 28.0, 40.0)
    honest = saved(
        scene(), "JPEG", exif=exif.tobytes(), comment=CANARY, icc_profile=profile_bytes("sRGB"), xmp=b"<x>" + CANARY
    )
    return honest + b"PK\x03\x04" + CANARY


def commented_png() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("parameters", CANARY.decode())
    info.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    return saved(scene(), "PNG", pnginfo=info)


def animated(format_name: str) -> bytes:
    """Three frames: red, green, blue."""
    frames = [Image.new("RGB", (96, 64), colour) for colour in ("red", "lime", "blue")]
    return saved(frames[0], format_name, save_all=True, append_images=frames[1:], duration=100, loop=0)


def cmyk_jpeg() -> bytes:
    return saved(Image.new("CMYK", (64, 64), (0, 255, 255, 0)), "JPEG", quality=95)


def grey16_png() -> bytes:
    """16-bit grey at half intensity: clipped to white by a naive conversion."""
    return saved(Image.new("I;16", (64, 64), 32_768), "PNG")


def rgb16_png() -> bytes:
    return flat_png(64, 64, bits=16, colour_type=2)


def transparent_png() -> bytes:
    return saved(Image.new("RGBA", (64, 64), (255, 0, 0, 0)), "PNG")


def swapped_profile() -> bytes:
    """Return the sRGB profile with the primaries of red and blue exchanged: a wrong conversion cannot be missed."""
    return profile_bytes("sRGB").replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>"

# Files that must be refused, by name.  Made on demand: some take a while.
HOSTILE: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "144 megapixels in 17 KB": bomb_png,
    "WebP claiming 268 megapixels": bomb_webp,
    "GIF claiming 4 gigapixels": bomb_gif,
    "JPEG claiming 4 gigapixels": bomb_jpeg,
    "JPEG with thousands of scans": many_scans_jpeg,
    "just over 25 megapixels": lambda: flat_png(5_001, 5_000),
    "text chunk of 50 MB": text_bomb_png,
    "SVG": lambda: SVG,
    "HTML": lambda: HTML,
    "HTML behind a PNG signature": lambda: b"\x89PNG\r\n\x1a\n" + HTML,
    "BMP": lambda: saved(scene(), "BMP"),
    "TIFF": lambda: saved(scene(), "TIFF"),
    "ICO": lambda: saved(scene((64, 64)), "ICO"),
    "PDF": lambda: b"%PDF-1.7\n" + png(),
    "truncated PNG": lambda: png()[:-600],
    "truncated JPEG": lambda: saved(scene(), "JPEG")[:-200],
    "truncated WebP": lambda: saved(scene(), "WEBP")[:-200],
    "truncated AVIF": lambda: saved(scene(), "AVIF")[:-200],
    "half a GIF": lambda: saved(scene().convert("P"), "GIF")[:2000],
    "header only": lambda: png()[:40],
}
