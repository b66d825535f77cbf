"""The light on a figure: form from its outline, a rim of the hour's light, and what the place's air adds."""

from PIL import Image, ImageChops, ImageFilter

from devtools.illustrator.svg import mix

# The rim's colour and strength at each hour, out of doors; and the colour the shadows take on.
_RIM = {"day": ("#fff6dc", 0.42), "dawn": ("#ffd7b8", 0.72), "sunset": ("#ffb067", 0.85), "night": ("#9db8ff", 0.6)}
_SHADE = {"day": "#6a3a5e", "dawn": "#6a3f70", "sunset": "#5a2a5e", "night": "#101a4a"}
_LAMP = ("#ffe2b0", 0.34)  # indoors the lamps give it
_HALF = 2  # light is soft: half the size shows all of it


def lit(figure: Image.Image, time: str, *, outdoors: bool) -> Image.Image:
    """Return the figure, RGBA, shaded away from the light and with a rim on the side of the sun."""
    alpha = figure.getchannel("A")
    small = alpha.resize((alpha.width // _HALF, alpha.height // _HALF))
    colour, strength = _RIM[time] if outdoors else (mix(_RIM[time][0], _LAMP[0], 0.6), _LAMP[1])
    # What lies within the outline but is uncovered when the outline moves: a strip along one side.
    shade = _strip(small, (-11, -8), 9, 0.34 if time != "night" else 0.46)
    rim = _strip(small, (-2, 3), 1, strength)
    painted = figure.convert("RGB")
    for mask, tone in ((shade, _SHADE[time]), (rim, colour)):
        painted.paste(Image.new("RGB", figure.size, tone), mask=mask.resize(figure.size, Image.Resampling.BILINEAR))
    painted.putalpha(alpha)
    return painted


def _strip(alpha: Image.Image, shift: tuple[int, int], soft: int, strength: float) -> Image.Image:
    """Return a mask of what a moved outline leaves uncovered, faded by ``soft`` pixels."""
    moved = alpha.copy()  # beyond the picture the figure goes on
    moved.paste(alpha, shift)
    if soft > 1:
        moved = moved.filter(ImageFilter.BoxBlur(soft))
    return ImageChops.multiply(ImageChops.subtract(alpha, moved), alpha).point(lambda value: int(value * strength))
