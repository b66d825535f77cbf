"""The words of a look, and who it is by them.

What the words leave open comes from the seed; never from clothes, place or activity, so that a companion stays the same in
every picture.
"""

import re
from collections.abc import Mapping
from typing import Any

from devtools.illustrator.finding import all_of, factor, find, named
from devtools.illustrator.person import Look

SKINS = {
    "porcelain": "#fbe7dc", "pale": "#fbe7dc", "fair": "#f7d7c2", "light": "#f0c4a4", "olive": "#d8ac82", "tan": "#c98f63", "tanned": "#c98f63", "brown": "#a06a46",
    "dark brown": "#774a32", "dark": "#774a32", "deep ebony": "#52301f", "ebony": "#52301f", "black": "#5f3a28", "white": "#f7d7c2",
}  # fmt: skip
HAIRS = {
    "black": "#2b242e", "dark brown": "#46302a", "brown": "#66422d", "light brown": "#93704f", "chestnut": "#83492d", "auburn": "#8a3a29", "ginger red": "#bd5a2e",
    "ginger": "#bd5a2e", "red": "#b04a30", "copper": "#b8663c", "strawberry blonde": "#dca271", "blonde": "#e2bd70", "blond": "#e2bd70", "platinum blonde": "#efe4cb",
    "platinum": "#efe4cb", "grey": "#a0a1a8", "gray": "#a0a1a8", "silver": "#c2c8d2", "white": "#ecebe9", "pink": "#ee93b4", "blue": "#5479d0", "teal": "#349aa0", "green": "#4fa070",
    "purple": "#8662c0", "lavender": "#b9a5de",
}  # fmt: skip
EYES = {
    "blue": "#4a8fd0", "light blue": "#8fc4e4", "ice blue": "#8fc4e4", "green": "#4fa268", "brown": "#7a4c2a", "dark brown": "#4a2d1c", "black": "#33231f",
    "hazel": "#9c7a3c", "grey": "#8494a4", "gray": "#8494a4", "amber": "#cd8e2d", "violet": "#8f66c8", "purple": "#8f66c8", "red": "#b04040",
}  # fmt: skip
LENGTHS = {
    "bald head": "bald", "bald": "bald", "shaved head": "bald", "buzz cut": "buzz", "pixie cut": "short", "short length hair": "short", "short hair": "short",
    "chin-length hair": "chin", "bob haircut": "chin", "bob": "chin", "medium hair": "shoulder", "shoulder-length hair": "shoulder", "long length hair": "long", "long hair": "long",
    "very long waist-length hair": "very_long", "waist-length hair": "very_long", "very long hair": "very_long",
}  # fmt: skip
TEXTURES = {
    "straight hair": "straight", "wavy hair": "wavy", "wavy": "wavy", "waves hair": "wavy", "curly hair": "curly", "curly": "curly", "curls": "curly", "coily afro hair": "coily",
    "coily hair": "coily", "coily": "coily", "afro": "coily",
}  # fmt: skip
STYLES_OF_HAIR = {
    "bob haircut": "bob", "bob": "bob", "pixie cut": "pixie", "hair with bangs": "fringe", "bangs": "fringe", "fringe": "fringe", "hair in a ponytail": "ponytail", "ponytail": "ponytail",
    "hair in a bun": "bun", "hair in a messy bun": "messy_bun", "messy bun": "messy_bun", "bun": "bun", "hair in a single braid": "braid", "single braid": "braid", "braid": "braid",
    "hair in twin braids": "braids", "twin braids": "braids", "two braids": "braids", "pigtails": "braids", "box braids": "box_braids", "cornrows": "box_braids",
    "dreadlocks": "locs", "locs": "locs", "undercut hairstyle": "undercut", "undercut": "undercut", "slicked back hair": "slicked", "slicked back": "slicked",
    "side-parted hair": "side_part", "side part": "side_part", "mohawk hairstyle": "mohawk", "mohawk": "mohawk", "buzz cut": "buzz",
}  # fmt: skip
LONG_BY_NATURE = ("ponytail", "bun", "messy_bun", "braid", "braids", "box_braids", "locs", "fringe")
FACES = {
    "oval face": "oval",
    "round face": "round",
    "heart-shaped face": "heart",
    "square jaw": "square",
    "square face": "square",
    "diamond-shaped face": "diamond",
    "long face": "long",
}
EYE_SHAPES = {
    f"{word} eyes": shape
    for word, shape in (
        ("almond-shaped", "almond"),
        ("almond", "almond"),
        ("round", "round"),
        ("hooded", "hooded"),
        ("monolid", "monolid"),
        ("upturned", "upturned"),
        ("downturned", "downturned"),
    )
}
NOSES = {
    "small nose": "small",
    "straight nose": "straight",
    "aquiline nose": "aquiline",
    "broad nose": "broad",
    "button nose": "button",
}
LIPS = {"thin lips": "thin", "natural lips": "medium", "full lips": "full", "cupid's bow lips": "heart"}
BEARDS = {
    "clean-shaven": "none",
    "light stubble": "stubble",
    "stubble": "stubble",
    "moustache": "moustache",
    "mustache": "moustache",
    "goatee": "goatee",
    "short beard": "short_beard",
    "full beard": "full_beard",
    "long beard": "full_beard",
    "beard": "short_beard",
}
MARKS = {
    "freckles": "freckles",
    "freckled": "freckles",
    "beauty mark": "mole",
    "mole": "mole",
    "dimples": "dimples",
    "small scar": "scar",
    "scar": "scar",
    "vitiligo": "vitiligo",
    "laugh lines": "laugh lines",
    "wrinkles": "laugh lines",
}
GLASSES = {
    "round glasses": "round",
    "square glasses": "square",
    "cat-eye glasses": "cat_eye",
    "rimless glasses": "rimless",
}
MAKEUP = {
    "natural makeup": "natural",
    "winged eyeliner": "eyeliner",
    "eyeliner": "eyeliner",
    "red lipstick": "red lips",
    "red lips": "red lips",
    "glamorous makeup": "glam",
    "heavy makeup": "glam",
    "dark goth makeup": "goth",
    "goth makeup": "goth",
}
PIERCINGS = {
    "small earrings": "earrings",
    "hoop earrings": "hoops",
    "nose stud": "nose stud",
    "septum ring": "septum",
    "lip ring": "lip ring",
    "eyebrow piercing": "eyebrow",
}
TATTOOS = {
    "tattoo sleeve": "sleeve",
    "sleeve tattoo": "sleeve",
    "forearm tattoo": "forearm",
    "shoulder tattoo": "shoulder",
    "neck tattoo": "neck",
    "hand tattoo": "hand",
    "back tattoo": "back",
    "leg tattoo": "leg",
    "tattoos": "forearm",
    "tattooed": "sleeve",
}
BUILDS = {
    "slim build": "slim",
    "slim": "slim",
    "slender": "slim",
    "average build": "average",
    "athletic build": "athletic",
    "athletic": "athletic",
    "muscular build": "muscular",
    "muscular": "muscular",
    "curvy figure": "curvy",
    "curvy": "curvy",
    "stocky build": "stocky",
    "stocky": "stocky",
    "plus-size figure": "plus-size",
    "plus-size": "plus-size",
    "soft build": "soft",
    "chubby": "soft",
}
HEIGHTS = {
    "petite height": 0.88,
    "petite": 0.88,
    "short height": 0.94,
    "average height": 1.0,
    "tall": 1.06,
    "very tall": 1.12,
}
SHOULDERS = {"narrow shoulders": 0.86, "balanced shoulders": 1.0, "broad shoulders": 1.15}
BUSTS = {"small bust": 0.0, "medium bust": 0.5, "large bust": 1.0}
CHESTS = {"lean chest": 0.92, "broad chest": 1.1, "muscular chest": 1.2}
HIPS = {"narrow hips": 0.85, "balanced hips": 1.0, "wide hips": 1.17}
# What a word of origin suggests where the look says nothing else: skin and hair, never more.
ORIGINS = {
    "african": ("dark brown", "black", "coily"), "afro-caribbean": ("dark brown", "black", "coily"), "east asian": ("light", "black", "straight"),
    "southeast asian": ("tan", "black", "straight"), "south asian": ("brown", "black", "wavy"), "central asian": ("light", "dark brown", "straight"),
    "european": ("fair", "brown", "wavy"), "nordic": ("porcelain", "blonde", "straight"), "mediterranean": ("olive", "dark brown", "wavy"),
    "latin american": ("tan", "dark brown", "wavy"), "middle eastern": ("olive", "black", "wavy"), "north african": ("olive", "black", "curly"),
    "indigenous american": ("tan", "black", "straight"), "pacific islander": ("brown", "black", "wavy"), "mixed ethnicity": ("tan", "dark brown", "curly"),
}  # fmt: skip


def _before(text: str, table: Mapping[str, Any], noun: str) -> str | None:
    names = "|".join(sorted(map(re.escape, table), key=len, reverse=True))
    match = re.search(rf"\b({names})\b(?:[\s-]+[\w-]+){{0,2}}?[\s-]+{noun}\b", text)
    return match[1] if match else None


def look_of(words: str, seed: int) -> Look:
    """Return the person of the words; the seed fills in skin, hair, eyes and features that they leave open."""
    presentation = "feminine"
    if found := re.search(r"\b(woman|women|female|lady|girl|man|men|male|guy|boy|androgynous|non-binary)\b", words):
        presentation = {
            "man": "masculine",
            "men": "masculine",
            "male": "masculine",
            "guy": "masculine",
            "boy": "masculine",
            "androgynous": "androgynous",
            "non-binary": "androgynous",
        }.get(found[1], "feminine")
    masculine = presentation == "masculine"
    origin = ORIGINS.get(find(words, ORIGINS) or "", ("", "", ""))
    skin = (
        _before(words, SKINS, "skin")
        or origin[0]
        or ("fair", "light", "light", "olive", "tan", "brown", "dark brown")[seed % 7]
    )
    hair = (
        _before(words, HAIRS, r"(?:hair|haircut|curls|ponytail|bun|bob|braids?)")
        or origin[1]
        or ("black", "dark brown", "brown", "light brown", "auburn", "blonde", "ginger red")[seed // 7 % 7]
    )
    eyes = _before(words, EYES, "eyes?") or ("brown", "dark brown", "hazel", "green", "blue", "grey")[seed // 11 % 6]
    style, texture = named(words, STYLES_OF_HAIR), named(words, TEXTURES)
    length = named(words, LENGTHS) or ("long" if style in LONG_BY_NATURE else "")
    if not length:
        length = (
            "short"
            if masculine or style in ("undercut", "mohawk")
            else ("short", "chin")[seed // 3 % 2]
            if presentation == "androgynous"
            else ("long", "shoulder", "long")[seed // 3 % 3]
        )
        length = "shoulder" if texture == "coily" and not masculine else length
    age = re.search(r"\b(\d{2,3}) ?years? old\b|\baged? (\d{2,3})\b", words)
    build = named(words, BUILDS, "average")
    return Look(
        presentation=presentation,
        age=max(18, int(age[1] or age[2])) if age else 27,
        skin=SKINS[skin], hair=HAIRS[hair], eyes=EYES[eyes],
        length=length, texture=texture or origin[2] or ("straight", "wavy", "straight")[seed // 13 % 3], style=style or "loose",
        face=named(words, FACES) or ("oval", "oval", "heart", "round")[seed // 17 % 4] if not masculine else named(words, FACES) or ("oval", "square")[seed // 17 % 2],
        eye_shape=named(words, EYE_SHAPES, "almond"), nose=named(words, NOSES) or ("straight" if masculine else ("small", "button", "straight")[seed // 19 % 3]),
        lips=named(words, LIPS, "medium"), beard=named(words, BEARDS, "none"), marks=all_of(words, MARKS), glasses=named(words, GLASSES, "none"),
        makeup=named(words, MAKEUP, "none"), piercings=all_of(words, PIERCINGS), tattoos=all_of(words, TATTOOS), build=build,
        height=factor(words, HEIGHTS), shoulders=factor(words, SHOULDERS), bust=factor(words, BUSTS, 0.8 if build in ("curvy", "plus-size") else 0.45),
        chest=factor(words, CHESTS), hips=factor(words, HIPS),
    )  # fmt: skip
