"""What the illustrator understands of a prompt: whole words, the longest first, become a Drawing.

The look (who it is) comes from the words of the look and, for what they leave open, from the seed; never from clothes,
place or activity, so that a companion stays the same in every picture.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

COLOURS = {
    "red": "#c2433f", "crimson": "#a52a3c", "scarlet": "#cf3a2f", "burgundy": "#742a3e", "maroon": "#742a3e", "wine": "#742a3e",
    "blue": "#4673b8", "navy": "#2e3f63", "dark blue": "#2e3f63", "light blue": "#94bfe0", "sky blue": "#8fc4e8",
    "royal blue": "#3552b0", "cobalt": "#2f55a8", "indigo": "#3f3f85", "green": "#548f66", "dark green": "#2f5a45",
    "emerald": "#2b8560", "mint": "#a6dcc0", "sage": "#9caf88", "olive": "#7a7c45", "lime": "#a6c84a", "black": "#2f2d37",
    "charcoal": "#44464f", "white": "#f4f0e8", "ivory": "#f5eedd", "pink": "#e793ad", "hot pink": "#e0508a",
    "rose": "#d9788c", "coral": "#ee8468", "peach": "#f5bd9d", "salmon": "#ee9a86", "yellow": "#efbf52",
    "mustard": "#cc9c34", "orange": "#de7f43", "rust": "#b2582f", "terracotta": "#c0694a", "purple": "#8064b4",
    "violet": "#7c5bab", "plum": "#6c3a63", "lavender": "#bba9dc", "lilac": "#c6add8", "teal": "#2f8e98",
    "turquoise": "#4bb8b4", "aqua": "#6fcdd0", "beige": "#dcc9a8", "tan": "#c8a37a", "camel": "#c49c6c", "sand": "#dfc79c",
    "grey": "#8f949e", "gray": "#8f949e", "light grey": "#c5c9cf", "dark grey": "#555963", "brown": "#7d583f",
    "dark brown": "#553a2a", "chocolate": "#5a3b2b", "cream": "#f2e7cf", "gold": "#d1a94f", "golden": "#d1a94f",
    "silver": "#bfc5cf", "khaki": "#aa9d70", "denim": "#4f709b", "nude pink": "#e3bda9", "leather": "#3a2d2c",
}  # fmt: skip


@dataclass(frozen=True)
class Cut:
    """How a garment is drawn.  Lengths: a share of the arm or the leg (0 to 1), or for ``hem`` a name."""

    slot: str  # top, bottom, dress, outer, swim, shoes, cover
    colour: str
    neck: str = "crew"
    sleeve: float = 0.0
    ease: float = 12.0  # how much wider than the body, in units of the figure
    hem: str = "hip"
    detail: frozenset[str] = frozenset()


def _cut(
    slot: str, colour: str, neck: str = "crew", sleeve: float = 0, ease: float = 12, hem: str = "hip", detail: str = ""
) -> Cut:
    return Cut(slot, colour, neck, sleeve, ease, hem, frozenset(detail.split()))


SHORT, ELBOW, LONG = 0.26, 0.52, 0.985
GARMENTS: dict[str, Cut] = {
    # tops
    "t-shirt": _cut("top", "#e2ddd2", "crew", SHORT, 16), "tshirt": _cut("top", "#e2ddd2", "crew", SHORT, 16),
    "tee": _cut("top", "#e2ddd2", "crew", SHORT, 16), "top": _cut("top", "#d7a6ae", "scoop", SHORT, 8),
    "shirt": _cut("top", "#cbd9e6", "collar", LONG, 20, detail="buttons cuffs"),
    "dress shirt": _cut("top", "#f0f1f2", "collar", LONG, 18, detail="buttons cuffs tucked"),
    "blouse": _cut("top", "#f0e4da", "v", LONG, 22, "waist", "buttons cuffs soft tucked"),
    "flannel": _cut("top", "#a4443f", "collar", LONG, 22, detail="buttons cuffs plaid"),
    "flannel shirt": _cut("top", "#a4443f", "collar", LONG, 22, detail="buttons cuffs plaid"),
    "hawaiian shirt": _cut("top", "#2f8e98", "collar", SHORT, 22, detail="buttons floral"),
    "polo": _cut("top", "#4d7a63", "collar", SHORT, 16, detail="placket"), "polo shirt": _cut("top", "#4d7a63", "collar", SHORT, 16, detail="placket"),
    "henley": _cut("top", "#3d5673", "crew", LONG, 14, detail="placket"), "tunic": _cut("top", "#b8a27c", "v", LONG, 24, "thigh"),
    "kurta": _cut("top", "#c98d4a", "mandarin", LONG, 22, "knee", "placket"), "scrubs": _cut("top", "#5f9ea0", "v", SHORT, 24, detail="pair"),
    "jersey": _cut("top", "#3552b0", "v", SHORT, 22, detail="number"), "sweater": _cut("top", "#c39873", "crew", LONG, 26, detail="knit ribs"),
    "jumper": _cut("top", "#b98a6a", "crew", LONG, 26, detail="knit ribs"), "pullover": _cut("top", "#8a7f9c", "crew", LONG, 26, detail="knit ribs"),
    "knit": _cut("top", "#c39873", "crew", LONG, 26, detail="knit ribs"), "turtleneck": _cut("top", "#4d4a57", "turtle", LONG, 14, detail="ribs"),
    "turtleneck sweater": _cut("top", "#4d4a57", "turtle", LONG, 24, detail="knit ribs"),
    "hoodie": _cut("top", "#7b8794", "crew", LONG, 32, detail="hood pocket ribs"), "sweatshirt": _cut("top", "#9a9fa8", "crew", LONG, 30, detail="ribs"),
    "fleece": _cut("top", "#6c8a7a", "mandarin", LONG, 32, detail="zip ribs"), "tank top": _cut("top", "#ece7dc", "tank", 0, 5),
    "tank": _cut("top", "#ece7dc", "tank", 0, 5), "camisole": _cut("top", "#e9d4d8", "strap", 0, 4, detail="lace"),
    "cami": _cut("top", "#e9d4d8", "strap", 0, 4, detail="lace"), "crop top": _cut("top", "#d7a0a8", "scoop", 0.14, 5, "crop"),
    "tube top": _cut("top", "#d7a0a8", "bandeau", 0, 4, "crop"), "halter top": _cut("top", "#b5566a", "halter", 0, 4),
    "corset": _cut("top", "#4a2f42", "sweetheart", 0, 2, "waist", "lacing"), "bodysuit": _cut("top", "#2f2d37", "scoop", LONG, 3, detail="tucked"),
    "vest": _cut("top", "#8c7a66", "v", 0, 10), "waistcoat": _cut("top", "#4a4f5c", "v", 0, 8, detail="buttons over_shirt"),
    "sports bra": _cut("top", "#3d4350", "racer", 0, 3, "bra"), "uniform": _cut("top", "#3c4f6d", "collar", LONG, 18, detail="buttons pair badge"),
    "overalls": _cut("top", "#4f709b", "bib", 0, 16, detail="pair over_tee"), "dungarees": _cut("top", "#4f709b", "bib", 0, 16, detail="pair over_tee"),
    "jumpsuit": _cut("top", "#46566b", "v", SHORT, 16, detail="pair belt"), "romper": _cut("top", "#6f9a8d", "v", SHORT, 14, detail="pairshorts belt"),
    "wetsuit": _cut("top", "#272e3a", "mandarin", LONG, 3, detail="pairtight stripe"), "leotard": _cut("swim", "#4a3f63", "scoop", LONG, 2, "one"),
    "tracksuit": _cut("top", "#3d5f8f", "mandarin", LONG, 26, detail="pair zip stripe"), "armor": _cut("top", "#9aa1ad", "mandarin", LONG, 20, detail="pair plates"),
    "armour": _cut("top", "#9aa1ad", "mandarin", LONG, 20, detail="pair plates"),
    # dresses
    "dress": _cut("dress", "#b5566a", "scoop", 0.16, 6, "knee"), "sundress": _cut("dress", "#efbf5e", "strap", 0, 6, "knee", "floral"),
    "summer dress": _cut("dress", "#e8a0a0", "strap", 0, 6, "knee", "floral"), "cocktail dress": _cut("dress", "#2f2d37", "sweetheart", 0, 2, "mini"),
    "mini dress": _cut("dress", "#b5566a", "scoop", 0, 4, "mini"), "minidress": _cut("dress", "#b5566a", "scoop", 0, 4, "mini"),
    "maxi dress": _cut("dress", "#c0694a", "v", 0, 6, "long"), "evening dress": _cut("dress", "#5b3f78", "sweetheart", 0, 2, "long", "slim"),
    "evening gown": _cut("dress", "#5b3f78", "sweetheart", 0, 2, "long"), "gown": _cut("dress", "#5b3f78", "sweetheart", 0, 2, "long"),
    "wedding dress": _cut("dress", "#f7f3ec", "sweetheart", 0, 2, "long", "lace"), "slip dress": _cut("dress", "#d8c3b0", "strap", 0, 3, "midi", "slim"),
    "sweater dress": _cut("dress", "#a58b73", "turtle", LONG, 20, "mini", "knit ribs slim"), "pinafore": _cut("dress", "#7d583f", "bib", 0, 10, "knee", "over_tee"),
    "nightgown": _cut("dress", "#d6c3e0", "strap", 0, 12, "midi", "lace soft"), "nightdress": _cut("dress", "#d6c3e0", "strap", 0, 12, "midi", "lace soft"),
    "negligee": _cut("dress", "#6c3a63", "strap", 0, 6, "mini", "lace"), "nightie": _cut("dress", "#d6c3e0", "strap", 0, 12, "knee", "lace"),
    "sari": _cut("dress", "#b3413f", "scoop", SHORT, 4, "long", "sash slim"), "saree": _cut("dress", "#b3413f", "scoop", SHORT, 4, "long", "sash slim"),
    "kimono": _cut("dress", "#a6465a", "wrap", 0.86, 56, "long", "obi slim floral"), "yukata": _cut("dress", "#4d6a9a", "wrap", 0.86, 52, "long", "obi slim floral"),
    "hanbok": _cut("dress", "#d87f8d", "wrap", LONG, 44, "long", "high"), "cheongsam": _cut("dress", "#a3282f", "mandarin", 0.14, 3, "midi", "slim floral"),
    "qipao": _cut("dress", "#a3282f", "mandarin", 0.14, 3, "midi", "slim floral"), "robe": _cut("dress", "#c9b8a8", "wrap", LONG, 36, "midi", "belt slim"),
    "bathrobe": _cut("dress", "#efe9df", "wrap", LONG, 40, "midi", "belt slim"), "dressing gown": _cut("dress", "#8a6a8f", "wrap", LONG, 36, "midi", "belt slim"),
    "toga": _cut("dress", "#f4f0e8", "bandeau", 0, 8, "long", "sash"),
    # sleepwear in two parts
    "pajamas": _cut("top", "#a9bcd8", "pyjama", LONG, 26, detail="buttons pairwide piping"), "pyjamas": _cut("top", "#a9bcd8", "pyjama", LONG, 26, detail="buttons pairwide piping"),
    "pajama top": _cut("top", "#a9bcd8", "pyjama", LONG, 26, detail="buttons piping"), "sleepwear": _cut("top", "#b9aed6", "pyjama", LONG, 26, detail="buttons pairwide piping"),
    "loungewear": _cut("top", "#c9bfae", "crew", LONG, 26, detail="pairwide"), "onesie": _cut("top", "#e8a0b0", "crew", LONG, 34, detail="pairwide hood zip"),
    # swimwear and underwear
    "bikini": _cut("swim", "#d04a58", hem="two"), "bikini top": _cut("swim", "#d04a58", hem="upper"), "bikini bottoms": _cut("swim", "#d04a58", hem="lower"),
    "two-piece": _cut("swim", "#d04a58", hem="two"), "swimsuit": _cut("swim", "#2f6f8f", hem="one"), "one-piece": _cut("swim", "#2f6f8f", hem="one"),
    "one-piece swimsuit": _cut("swim", "#2f6f8f", hem="one"), "bathing suit": _cut("swim", "#2f6f8f", hem="one"), "swimwear": _cut("swim", "#2f6f8f", hem="one"),
    "swim trunks": _cut("swim", "#2f6f8f", hem="trunks"), "swimming trunks": _cut("swim", "#2f6f8f", hem="trunks"), "trunks": _cut("swim", "#2f6f8f", hem="trunks"),
    "board shorts": _cut("swim", "#2f6f8f", hem="trunks", detail="floral"), "swim shorts": _cut("swim", "#2f6f8f", hem="trunks"),
    "bra": _cut("swim", "#4a3f50", hem="upper", detail="bra"), "bralette": _cut("swim", "#4a3f50", hem="upper", detail="bra"),
    "panties": _cut("swim", "#4a3f50", hem="lower"), "underwear": _cut("swim", "#4a3f50", hem="two", detail="bra"),
    "lingerie": _cut("swim", "#4a2f42", hem="two", detail="bra"), "boxers": _cut("swim", "#4a5a78", hem="trunks"), "briefs": _cut("swim", "#4a5a78", hem="trunks"),
    "towel": _cut("cover", "#f4eee3"), "wrapped in a bedsheet": _cut("cover", "#f1ece6"), "wrapped in a sheet": _cut("cover", "#f1ece6"), "wrapped in a blanket": _cut("cover", "#c9a58a"),
    # bottoms
    "jeans": _cut("bottom", "#4f709b", ease=14, hem="ankle", detail="denim"), "trousers": _cut("bottom", "#525662", ease=22, hem="ankle", detail="crease"),
    "pants": _cut("bottom", "#525662", ease=18, hem="ankle"), "slacks": _cut("bottom", "#525662", ease=22, hem="ankle", detail="crease"),
    "chinos": _cut("bottom", "#bfa476", ease=16, hem="ankle"), "sweatpants": _cut("bottom", "#9a9fa8", ease=28, hem="ankle", detail="ribs"),
    "joggers": _cut("bottom", "#5d636e", ease=24, hem="ankle", detail="ribs"), "cargo pants": _cut("bottom", "#737b58", ease=28, hem="ankle", detail="cargo"),
    "leather pants": _cut("bottom", "#2c2528", ease=6, hem="ankle"), "pajama pants": _cut("bottom", "#a9bcd8", ease=28, hem="ankle", detail="soft"),
    "pajama bottoms": _cut("bottom", "#a9bcd8", ease=28, hem="ankle"), "wide-leg trousers": _cut("bottom", "#c9b394", ease=46, hem="ankle", detail="crease"),
    "leggings": _cut("bottom", "#353845", ease=3, hem="ankle"), "tights": _cut("bottom", "#353845", ease=2, hem="toes"), "stockings": _cut("bottom", "#4a4048", ease=2, hem="toes"),
    "yoga pants": _cut("bottom", "#464c5e", ease=4, hem="ankle"), "shorts": _cut("bottom", "#6f88a8", ease=20, hem="shorts"),
    "denim shorts": _cut("bottom", "#5b7fae", ease=14, hem="shorts", detail="denim"), "running shorts": _cut("bottom", "#353845", ease=18, hem="shorts"),
    "bike shorts": _cut("bottom", "#353845", ease=3, hem="bermuda"), "pajama shorts": _cut("bottom", "#a9bcd8", ease=24, hem="shorts"),
    "skirt": _cut("bottom", "#9a6478", ease=34, hem="knee", detail="skirt"), "miniskirt": _cut("bottom", "#5f5074", ease=26, hem="mini", detail="skirt"),
    "mini skirt": _cut("bottom", "#5f5074", ease=26, hem="mini", detail="skirt"), "pleated skirt": _cut("bottom", "#9a6478", ease=40, hem="knee", detail="skirt pleats"),
    "pencil skirt": _cut("bottom", "#444b5e", ease=6, hem="knee", detail="skirt slim"), "midi skirt": _cut("bottom", "#a5805a", ease=40, hem="midi", detail="skirt"),
    "maxi skirt": _cut("bottom", "#a5704a", ease=44, hem="long", detail="skirt"), "long skirt": _cut("bottom", "#a5704a", ease=44, hem="long", detail="skirt"),
    "kilt": _cut("bottom", "#7a3f3f", ease=24, hem="knee", detail="skirt plaid pleats"), "sarong": _cut("bottom", "#4bb8b4", ease=14, hem="midi", detail="skirt floral"),
    "tutu": _cut("bottom", "#e9b6c8", ease=90, hem="mini", detail="skirt pleats"),
    # over everything
    "coat": _cut("outer", "#8f6f4f", "lapel", LONG, 34, "knee", "buttons"), "overcoat": _cut("outer", "#59616e", "lapel", LONG, 34, "knee", "buttons"),
    "trench coat": _cut("outer", "#c6a880", "lapel", LONG, 32, "knee", "buttons belt"), "trenchcoat": _cut("outer", "#c6a880", "lapel", LONG, 32, "knee", "buttons belt"),
    "raincoat": _cut("outer", "#efbf3f", "mandarin", LONG, 38, "thigh", "buttons hood"), "parka": _cut("outer", "#6b7554", "fur", LONG, 44, "thigh", "zip hood"),
    "winter coat": _cut("outer", "#7c4a55", "fur", LONG, 44, "thigh", "zip hood"), "fur coat": _cut("outer", "#a08468", "fur", LONG, 50, "thigh"),
    "peacoat": _cut("outer", "#2f3e5c", "lapel", LONG, 32, "thigh", "double"), "duffle coat": _cut("outer", "#8a6a4a", "mandarin", LONG, 38, "thigh", "buttons hood"),
    "jacket": _cut("outer", "#56626f", "mandarin", LONG, 28, "hip", "zip"), "leather jacket": _cut("outer", "#332c30", "lapel", LONG, 24, "hip", "zip"),
    "denim jacket": _cut("outer", "#5779a6", "collar", LONG, 24, "hip", "buttons denim"), "jean jacket": _cut("outer", "#5779a6", "collar", LONG, 24, "hip", "buttons denim"),
    "bomber jacket": _cut("outer", "#6a7358", "mandarin", LONG, 32, "hip", "zip ribs"), "bomber": _cut("outer", "#6a7358", "mandarin", LONG, 32, "hip", "zip ribs"),
    "puffer jacket": _cut("outer", "#8a4a55", "mandarin", LONG, 46, "hip", "zip quilt"), "puffer": _cut("outer", "#8a4a55", "mandarin", LONG, 46, "hip", "zip quilt"),
    "down jacket": _cut("outer", "#3f6a8f", "mandarin", LONG, 46, "hip", "zip quilt"), "ski jacket": _cut("outer", "#d9603f", "mandarin", LONG, 40, "hip", "zip"),
    "suit jacket": _cut("outer", "#3a4356", "lapel", LONG, 20, "hip", "buttons"), "blazer": _cut("outer", "#3f4757", "lapel", LONG, 20, "hip", "buttons"),
    "cardigan": _cut("outer", "#b39a80", "v", LONG, 28, "hip", "buttons knit ribs"), "windbreaker": _cut("outer", "#3f8f9d", "mandarin", LONG, 32, "hip", "zip hood"),
    "lab coat": _cut("outer", "#f4f3f0", "lapel", LONG, 26, "thigh", "buttons"), "cloak": _cut("outer", "#4a3a5c", "cape", LONG, 70, "midi", "hood"),
    "cape": _cut("outer", "#6b2f3f", "cape", LONG, 60, "thigh"), "poncho": _cut("outer", "#b2704a", "cape", 0.7, 60, "thigh", "plaid"),
    "suit": _cut("outer", "#3a4356", "lapel", LONG, 18, "hip", "buttons pair over_shirt"), "tuxedo": _cut("outer", "#26262e", "lapel", LONG, 18, "hip", "buttons pair over_shirt bow"),
    "kimono jacket": _cut("outer", "#a6465a", "v", 0.86, 50, "hip", "floral"), "sweater vest": _cut("top", "#a58b73", "v", 0, 14, detail="knit over_shirt"),
    # on the feet
    "boots": _cut("shoes", "#5f4636", hem="boots"), "ankle boots": _cut("shoes", "#4a352c", hem="ankle boots"), "hiking boots": _cut("shoes", "#86603f", hem="ankle boots"),
    "rain boots": _cut("shoes", "#d9a93a", hem="boots"), "sneakers": _cut("shoes", "#eceef0", hem="sneakers"), "trainers": _cut("shoes", "#eceef0", hem="sneakers"),
    "running shoes": _cut("shoes", "#d9604c", hem="sneakers"), "sandals": _cut("shoes", "#8f6a48", hem="sandals"), "flip-flops": _cut("shoes", "#e8b04a", hem="sandals"),
    "flip flops": _cut("shoes", "#e8b04a", hem="sandals"), "heels": _cut("shoes", "#3a2a33", hem="heels"), "high heels": _cut("shoes", "#3a2a33", hem="heels"),
    "stilettos": _cut("shoes", "#3a2a33", hem="heels"), "pumps": _cut("shoes", "#3a2a33", hem="heels"), "loafers": _cut("shoes", "#6a4630", hem="flats"),
    "oxfords": _cut("shoes", "#4f3626", hem="flats"), "shoes": _cut("shoes", "#453a38", hem="flats"), "slippers": _cut("shoes", "#d8a0ac", hem="slippers"),
    "flats": _cut("shoes", "#4a3a3f", hem="flats"), "ballet flats": _cut("shoes", "#d8a9a2", hem="flats"), "socks": _cut("shoes", "#e9e4da", hem="socks"),
    "barefoot": _cut("shoes", "#000000", hem="bare"), "bare feet": _cut("shoes", "#000000", hem="bare"), "barefooted": _cut("shoes", "#000000", hem="bare"),
}  # fmt: skip
# What is worn beside the garments: how it is drawn, and its colour when none is said.
EXTRAS = {
    "sun hat": ("hat sunhat", "#ead2a0"), "sunhat": ("hat sunhat", "#ead2a0"), "straw hat": ("hat sunhat", "#e6c887"), "hat": ("hat fedora", "#5f4a3f"),
    "fedora": ("hat fedora", "#5f4a3f"), "cowboy hat": ("hat fedora", "#9a6b44"), "beanie": ("hat beanie", "#6b7a8f"), "wool hat": ("hat beanie", "#b2582f"),
    "cap": ("hat cap", "#3f4f6b"), "baseball cap": ("hat cap", "#3f4f6b"), "beret": ("hat beret", "#a5333f"), "hijab": ("hat hijab", "#b9a3c9"),
    "headscarf": ("hat hijab", "#c98a7a"), "crown": ("hat crown", "#e5bd57"), "tiara": ("hat crown", "#e5bd57"), "flower crown": ("hat flowers", "#f28aa0"),
    "headphones": ("hat headphones", "#c2485a"), "glasses": ("glasses square", ""), "spectacles": ("glasses round", ""), "sunglasses": ("glasses sunglasses", ""), "sun glasses": ("glasses sunglasses", ""),
    "earrings": ("jewel earrings", ""), "hoop earrings": ("jewel hoops", ""), "hoops": ("jewel hoops", ""), "necklace": ("neck necklace", "#e5bd57"),
    "pendant": ("neck necklace", "#d6dae2"), "pearls": ("neck pearls", "#f7f1e6"), "pearl necklace": ("neck pearls", "#f7f1e6"), "choker": ("neck choker", "#2f2d37"),
    "scarf": ("neck scarf", "#b5543f"), "shawl": ("neck scarf", "#b58a9a"), "tie": ("neck tie", "#8f2f3c"), "necktie": ("neck tie", "#8f2f3c"),
    "bow tie": ("neck bow", "#2f2d37"), "bandana": ("neck bandana", "#b53f3f"), "belt": ("body belt", "#5a3f2c"), "apron": ("body apron", "#e9e2d2"),
    "backpack": ("body backpack", "#b2582f"), "handbag": ("body bag", "#8a5a3f"), "purse": ("body bag", "#8a5a3f"), "bracelet": ("body bracelet", "#e5bd57"),
    "bangles": ("body bracelet", "#e5bd57"), "watch": ("body watch", "#3a3f4a"), "gloves": ("body gloves", "#4a4048"), "mittens": ("body gloves", "#b2582f"),
}  # fmt: skip
PLACES = {
    "kitchen": "kitchen", "beach": "beach", "ocean": "beach", "seaside": "beach", "shore": "beach", "sea": "beach", "island": "beach", "coast": "beach",
    "pool": "pool", "swimming pool": "pool", "poolside": "pool", "office": "office", "desk": "office", "workplace": "office", "laboratory": "office", "lab": "office",
    "hospital": "office", "cafe": "cafe", "café": "cafe", "coffee shop": "cafe", "bakery": "cafe", "diner": "cafe", "tea house": "cafe",
    "restaurant": "restaurant", "bistro": "restaurant", "dinner": "restaurant", "bar": "bar", "pub": "bar", "club": "stage", "nightclub": "stage", "disco": "stage",
    "stage": "stage", "concert": "stage", "theatre": "stage", "theater": "stage", "party": "stage", "karaoke": "stage", "bedroom": "bedroom", "bed": "bedroom",
    "hotel room": "bedroom", "hotel": "bedroom", "park": "park", "garden": "garden", "backyard": "garden", "greenhouse": "garden", "flower garden": "garden",
    "meadow": "park", "field": "park", "picnic": "park", "farm": "park", "forest": "forest", "woods": "forest", "jungle": "forest", "trail": "forest",
    "living room": "living_room", "sofa": "living_room", "couch": "living_room", "home": "living_room", "apartment": "living_room", "house": "living_room",
    "fireplace": "living_room", "library": "library", "bookstore": "library", "bookshop": "library", "classroom": "library", "university": "library", "study": "library",
    "museum": "museum", "gallery": "museum", "street": "street", "city": "street", "town": "street", "village": "street", "market": "street", "alley": "street", "shop": "street",
    "station": "street", "bus stop": "street", "rooftop": "rooftop", "balcony": "rooftop", "terrace": "rooftop", "skyline": "rooftop", "mountain": "mountain",
    "mountains": "mountain", "hill": "mountain", "cliff": "mountain", "summit": "mountain", "lake": "lake", "river": "lake", "lakeside": "lake", "dock": "lake", "pier": "lake", "waterfall": "lake",
    "ski slope": "winter", "in the snow": "winter", "skiing": "winter", "ski": "winter", "ice rink": "winter", "ice skating": "winter", "snowy mountain": "winter", "cabin": "cabin", "campfire": "camp", "bonfire": "camp", "camp": "camp", "campsite": "camp", "tent": "camp",
    "bathroom": "bathroom", "bathtub": "bathroom", "bath": "bathroom", "shower": "bathroom", "spa": "bathroom", "hot tub": "bathroom", "gym": "gym", "fitness": "gym",
    "yoga studio": "gym", "dance studio": "gym", "studio": "studio", "art studio": "studio", "atelier": "studio", "workshop": "studio", "train": "train", "car": "train",
    "bus": "train", "airplane": "train", "plane": "train", "desert": "desert", "dunes": "desert",
}  # fmt: skip
OUTDOORS = {
    "beach",
    "pool",
    "park",
    "garden",
    "forest",
    "street",
    "rooftop",
    "mountain",
    "lake",
    "winter",
    "camp",
    "desert",
}
TIMES = {
    "dawn": "dawn", "sunrise": "dawn", "morning": "dawn", "early morning": "dawn", "sunset": "sunset", "golden hour": "sunset", "evening": "sunset", "dusk": "sunset",
    "twilight": "sunset", "night": "night", "midnight": "night", "moonlight": "night", "starlight": "night", "stars": "night", "noon": "day", "midday": "day",
    "afternoon": "day", "sunny": "day", "daylight": "day",
}  # fmt: skip
WEATHER = {
    "rain": "rain", "raining": "rain", "rainy": "rain", "storm": "rain", "stormy": "rain", "thunderstorm": "rain", "drizzle": "rain", "snow": "snow",
    "snowing": "snow", "snowy": "snow", "blizzard": "snow", "winter": "snow", "fog": "fog", "misty": "fog", "foggy": "fog", "mist": "fog",
    "cloudy": "cloud", "overcast": "cloud",
}  # fmt: skip
# What the hands do.
ACTIVITIES = {
    "coffee": "cup", "tea": "cup", "cocoa": "cup", "hot chocolate": "cup", "latte": "cup", "cappuccino": "cup", "espresso": "cup", "mug": "cup", "drinking": "cup",
    "sipping": "cup", "wine": "glass", "cocktail": "glass", "champagne": "glass", "beer": "glass", "toast": "glass", "juice": "glass", "lemonade": "glass",
    "reading": "book", "book": "book", "studying": "book", "novel": "book", "laptop": "laptop", "working": "laptop", "typing": "laptop", "coding": "laptop",
    "computer": "laptop", "selfie": "selfie", "phone": "phone", "texting": "phone", "scrolling": "phone", "smartphone": "phone", "calling": "phone", "waving": "wave",
    "waves": "wave", "wave hello": "wave", "greeting": "wave", "hello": "wave", "flowers": "flowers", "bouquet": "flowers", "roses": "flowers", "gardening": "watering",
    "watering": "watering", "painting": "brush", "drawing": "brush", "sketching": "brush", "canvas": "brush", "easel": "brush", "writing": "notebook", "notebook": "notebook",
    "journal": "notebook", "diary": "notebook", "cooking": "cook", "baking": "cook", "stirring": "cook", "frying": "cook", "making breakfast": "cook", "making dinner": "cook",
    "preparing dinner": "cook", "pancakes": "cook", "guitar": "guitar", "ukulele": "guitar", "piano": "piano", "keyboard": "piano", "violin": "violin", "umbrella": "umbrella",
    "ice cream": "icecream", "eating": "plate", "breakfast": "plate", "lunch": "plate", "pizza": "plate", "cake": "plate", "singing": "mic", "microphone": "mic", "karaoke": "mic",
    "camera": "camera", "photographing": "camera", "photography": "camera", "taking photos": "camera", "taking pictures": "camera", "gaming": "controller",
    "video game": "controller", "video games": "controller", "cat": "cat", "kitten": "cat", "dog": "dog", "puppy": "dog", "lifting weights": "dumbbell", "dumbbell": "dumbbell",
    "weights": "dumbbell", "exercising": "dumbbell", "workout": "dumbbell", "working out": "dumbbell", "training": "dumbbell", "thinking": "think", "pondering": "think",
    "daydreaming": "think", "arms crossed": "crossed", "crossed arms": "crossed", "meditating": "meditate", "meditation": "meditate", "yoga": "meditate", "praying": "pray",
    "stretching": "stretch", "yawning": "stretch", "cheering": "cheer", "celebrating": "cheer", "hands on hips": "hips", "knitting": "knit", "blowing a kiss": "kiss", "applauding": "pray", "pointing": "point",
}  # fmt: skip
# What the whole body does.
STANCES = {
    "walking": "walk", "strolling": "walk", "hiking": "walk", "wandering": "walk", "shopping": "walk", "walk": "walk", "stroll": "walk", "walks": "walk",
    "running": "run", "jogging": "run", "runs": "run", "run": "run", "jog": "run", "sprinting": "run", "dancing": "dance", "dance": "dance", "dances": "dance", "twirling": "dance",
    "spinning": "dance", "ballet": "dance", "jumping": "jump", "jumps": "jump", "leaping": "jump", "sitting": "sit", "sits": "sit", "seated": "sit", "sit": "sit", "perched": "sit",
    "on the sofa": "sit", "on the couch": "sit", "on a bench": "sit", "in a chair": "sit", "working at": "sit", "curled up": "curl", "cross-legged": "cross", "sitting cross-legged": "cross", "sits cross-legged": "cross", "kneeling": "kneel",
    "picnic": "cross", "meditating": "cross", "meditation": "cross", "yoga": "cross", "lying": "prone", "lies": "prone", "lying down": "prone", "sprawled": "prone", "laying": "prone",
    "sunbathing": "prone", "lounging": "sit", "reclining": "prone", "in bed": "bed", "sleeping": "bed", "asleep": "bed", "napping": "bed", "sleeps": "bed", "waking up": "bed",
    "swimming": "swim", "swims": "swim", "swim": "swim", "floating": "swim", "bathing": "bath", "soaking": "bath", "taking a bath": "bath", "bubble bath": "bath", "in the bath": "bath",
    "in the bathtub": "bath", "in the hot tub": "bath", "squatting": "squat", "squats": "squat", "piano": "sit", "relaxing on the sofa": "sit",
}  # fmt: skip
FRAMES = {
    "full body": "full", "full-body": "full", "full length": "full", "upper body": "half", "cowboy shot": "half", "waist up": "half", "half body": "half",
    "portrait": "portrait", "close-up": "portrait", "close up": "portrait", "closeup": "portrait", "headshot": "portrait", "face": "portrait",
}  # fmt: skip
# Word → name of the expression.
MOODS = {
    "laughing": "laugh", "laugh": "laugh", "laughs": "laugh", "giggling": "laugh", "joyful": "laugh", "grinning": "happy", "happy": "happy", "excited": "happy",
    "cheerful": "happy", "gentle smile": "smile", "smiling": "smile", "smile": "smile", "smiles": "smile", "sad": "sad", "sad expression": "sad", "crying": "cry", "tears": "cry",
    "sobbing": "cry", "surprised": "surprised", "shocked": "surprised", "amazed": "surprised", "surprised expression": "surprised", "winking": "wink", "wink": "wink", "winks": "wink",
    "playful grin": "wink", "playful": "smirk", "smirking": "smirk", "teasing": "smirk", "serious": "serious", "angry": "angry", "angry expression": "angry", "furious": "angry", "annoyed": "angry",
    "worried": "worried", "worried expression": "worried", "nervous": "worried", "scared": "worried", "afraid": "worried", "sleeping": "sleep", "asleep": "sleep", "napping": "sleep",
    "eyes closed": "sleep", "peaceful expression": "sleep", "calm": "calm", "calm expression": "calm", "relaxed": "calm", "meditating": "sleep", "concentrated": "focus",
    "concentrated expression": "focus", "focused": "focus", "thoughtful": "focus", "shy": "shy", "shy smile": "shy", "blushing": "shy", "embarrassed": "shy", "flustered": "shy",
    "tender expression": "kiss", "kissing": "kiss", "blowing a kiss": "kiss", "bored": "serious", "confident": "smirk", "tired": "calm",
}  # fmt: skip


@dataclass(frozen=True)
class Mood:
    """An expression: ``eyes`` open, wide, soft, narrow, closed, joy, wink; ``gaze``: x and y, -1 to 1."""

    name: str = "smile"
    eyes: str = "open"
    mouth: str = "smile"
    blush: bool = False
    gaze: tuple[float, float] = (0.0, 0.0)
    tears: bool = False


FACES_OF_MOODS = {
    "smile": Mood(), "happy": Mood("happy", "open", "grin"), "laugh": Mood("laugh", "joy", "laugh", blush=True), "sad": Mood("sad", "soft", "sad", gaze=(0, 0.5)),
    "cry": Mood("sad", "soft", "sad", gaze=(0, 0.5), tears=True, blush=True), "surprised": Mood("surprised", "wide", "o"), "wink": Mood("wink", "wink", "grin"),
    "smirk": Mood("smirk", "soft", "smirk"), "serious": Mood("serious", "open", "flat"), "angry": Mood("angry", "narrow", "pout"),
    "worried": Mood("worried", "wide", "sad"), "sleep": Mood("sleep", "closed", "soft"), "calm": Mood("calm", "soft", "soft"),
    "focus": Mood("focus", "soft", "soft", gaze=(0, 0.8)), "shy": Mood("shy", "soft", "soft", blush=True, gaze=(0.5, 0.5)), "kiss": Mood("kiss", "closed", "kiss", blush=True),
}  # fmt: skip
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
STYLES = {
    "film still": "film", "cinematic": "film", "anime": "anime", "manga": "anime", "oil painting": "oil", "watercolor": "watercolour", "watercolor painting": "watercolour",
    "watercolour": "watercolour", "comic book": "comic", "comic book style": "comic", "comic": "comic", "3d render": "render", "digital illustration": "illustration",
    "modern digital illustration": "illustration", "photo": "photo", "realistic": "photo", "photorealistic": "photo",
}  # fmt: skip
UNCLOTHED = re.compile(
    r"\b(?:nude|nudity|naked|topless|unclothed|undressed|bare[- ]chested|nsfw|strip(?:ping|ped)|bottomless|nothing on|no clothes)\b"
)
PATTERNS = {
    "striped": "stripes", "stripes": "stripes", "floral": "floral", "flower": "floral", "flowery": "floral", "plaid": "plaid", "tartan": "plaid", "checked": "plaid", "checkered": "plaid",
    "flannel": "plaid", "polka dot": "dots", "polka-dot": "dots", "polka dots": "dots", "dotted": "dots", "zebra": "zebra", "leopard": "leopard", "lace": "lace", "sequin": "sequins",
    "sequined": "sequins", "glitter": "sequins",
}  # fmt: skip


@dataclass(frozen=True)
class Look:
    """Who it is.  Colours are #rrggbb; measures are factors of the usual."""

    presentation: str = "feminine"
    age: int = 27
    skin: str = "#f0c4a4"
    eyes: str = "#7a4c2a"
    hair: str = "#66422d"
    length: str = "long"
    texture: str = "straight"
    style: str = "loose"
    face: str = "oval"
    eye_shape: str = "almond"
    nose: str = "small"
    lips: str = "medium"
    beard: str = "none"
    marks: frozenset[str] = frozenset()
    glasses: str = "none"
    makeup: str = "none"
    piercings: frozenset[str] = frozenset()
    tattoos: frozenset[str] = frozenset()
    build: str = "average"
    height: float = 1.0
    shoulders: float = 1.0
    bust: float = 0.5
    chest: float = 1.0
    hips: float = 1.0

    @property
    def masculine(self) -> bool:
        return self.presentation == "masculine"

    @property
    def hidden_ears(self) -> bool:
        loose = self.style in ("loose", "fringe", "bob", "side_part") and self.length in (
            "chin",
            "shoulder",
            "long",
            "very_long",
        )
        return loose and self.texture != "straight" and not self.piercings


@dataclass(frozen=True)
class Garment:
    cut: Cut
    colour: str
    pattern: str = ""
    open: bool = False
    word: str = ""
    closed: bool = False  # nothing is known of what is below


@dataclass(frozen=True)
class Wear:
    """What is worn, by place.  ``hat``, ``neck`` and ``body`` hold (kind, colour)."""

    top: Garment | None = None
    bottom: Garment | None = None
    outer: Garment | None = None
    swim: Garment | None = None
    cover: Garment | None = None
    shoes: Garment | None = None
    hat: tuple[str, str] | None = None
    neck: tuple[tuple[str, str], ...] = ()
    body: tuple[tuple[str, str], ...] = ()
    jewels: frozenset[str] = frozenset()
    glasses: str = ""


@dataclass(frozen=True)
class Person:
    look: Look = field(default_factory=Look)
    wear: Wear = field(default_factory=Wear)
    mood: Mood = field(default_factory=Mood)


@dataclass(frozen=True)
class Drawing:
    """A whole picture: who, where, when, and what they do."""

    person: Person
    other: Person | None = None
    place: str = "living_room"
    time: str = "day"
    weather: str = ""
    frame: str = "half"
    stance: str = "stand"
    activity: str = ""
    style: str = "photo"
    from_behind: bool = False
    chance: int = 0  # from the words of the scene: which of several idle poses


_PATTERNS: dict[int, re.Pattern[str]] = {}


def _pattern(table: Mapping[str, Any]) -> re.Pattern[str]:
    """Return the pattern of a table's words, longest first; tables are few and live for ever."""
    if id(table) not in _PATTERNS:
        words = sorted(table, key=len, reverse=True)
        _PATTERNS[id(table)] = re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, words)) + r")(?:e?s)?(?![\w-])")
    return _PATTERNS[id(table)]


def find(text: str, table: Mapping[str, Any]) -> str | None:
    """Return the table's word that stands in the text: the first by place, the longest at one place."""
    match = _pattern(table).search(text)
    return match[1] if match else None


def _named(text: str, table: dict[str, str], default: str = "") -> str:
    word = find(text, table)
    return table[word] if word else default


def _factor(text: str, table: dict[str, float], default: float = 1.0) -> float:
    word = find(text, table)
    return table[word] if word else default


def _all(text: str, table: dict[str, str]) -> frozenset[str]:
    return frozenset(table[match[1]] for match in _pattern(table).finditer(text))


def plain(prompt: str) -> str:
    """Return the prompt in lower case without weights, LoRA tags and brackets."""
    text = re.sub(r"<[^>]*>", " ", prompt.lower()).replace("_", " ")
    text = re.sub(r":\s*[\d.]+\s*(?=[)\]])", " ", text)
    return re.sub(r"\s+", " ", re.sub(r"[()\[\]{}\x00-\x1f]", " ", text)).strip()


# Not what is worn or done, though it sounds like it.
_MISLEADING = re.compile(
    r"\b(?:oil painting|watercolou?r painting|comic book style|comic book|shallow depth of field|visible brush strokes|soft edges|phone case|natural skin texture)\b"
)


def understand(prompt: str, seed: int) -> Drawing:
    """Return what to draw.  What the look does not say comes from the seed; what the scene does not, from its words."""
    text = plain(prompt)
    style = _named(text, STYLES, "photo")
    text = _MISLEADING.sub(" ", text)
    own, _, other_words = text.partition("the other person is")
    other_look, _, tail = _split_other(other_words)
    look_words, clothes, scene = _split(own)
    scene = f"{scene}, {tail}" if tail else scene
    two = re.search(
        r"\b(?:2 ?people|two (?:women|men|people)|2 ?girls|2 ?boys|2 women|2 men|2 androgynous|couple)\b", text
    )
    mood = FACES_OF_MOODS[_named(scene or text, MOODS, "smile")]
    stance, activity = _action(scene or text, text)
    place, place_word = _place(scene, text)
    if activity == "laptop" and stance == "stand":
        stance = "sit"
    time = _named(scene, TIMES) or _named(
        text, TIMES, "night" if place in ("stage", "camp") else "sunset" if place == "restaurant" else "day"
    )
    weather = _named(scene, WEATHER)
    if place == "mountain" and weather == "snow":
        place = "winter"
    look = look_of(look_words, seed)
    person = Person(look, wear_of(clothes, text, look, stance, place), mood)
    return Drawing(
        person=person,
        other=_other(other_look, text, look, seed, place) if two else None,
        place=place,
        time=time,
        weather="snow" if place == "winter" and weather != "fog" else weather,
        frame=_named(scene or text, FRAMES) or _named(text, FRAMES, "half"),
        stance=_settled(stance, place, place_word),
        activity=activity,
        style=style,
        from_behind=bool(re.search(r"\b(?:from behind|seen from the back|back view)\b", text)),
        chance=sum(map(ord, scene)) % 997,
    )


_WEARING = re.compile(r"\b(?:wearing|dressed in|wears|clad in|in her|in his)\b")


def _split(text: str) -> tuple[str, str, str]:
    """Return the words of the look, of the clothes and of the scene; a prompt without "wearing" is all three."""
    match = _WEARING.search(text)
    if not match:
        return text, text, text
    pieces = [piece.strip() for piece in re.split(r"[,;.]|\band\b(?= (?:an? )?)", text[match.end() :])]
    worn = 0
    for piece in pieces:
        if worn and not (find(piece, GARMENTS) or find(piece, EXTRAS)):
            break
        worn += 1
    return text[: match.start()], ", ".join(pieces[:worn]), ", ".join(pieces[worn:])


def _split_other(words: str) -> tuple[str, str, str]:
    """Return the other person's look and what follows it: the look ends where no more words of a look stand."""
    pieces = [piece.strip() for piece in words.split(",")]
    count = 0
    looks = (SKINS, LENGTHS, TEXTURES, STYLES_OF_HAIR, HAIRS, EYES, BEARDS, GLASSES, BUILDS)
    for piece in pieces:
        if count and not any(find(piece, table) for table in looks):
            break
        count += 1
    return ", ".join(pieces[:count]), "", ", ".join(pieces[count:])


def _place(scene: str, text: str) -> tuple[str, str]:
    for words in (scene, text):
        if word := find(words, PLACES):
            return PLACES[word], word
    return "living_room", ""


# What is drunk or eaten says more: a glass for wine, a cone for ice cream.
_VAGUE = re.compile(r"\b(?:drinking|sipping|eating)\b")


def _action(scene: str, text: str) -> tuple[str, str]:
    """Return stance and activity, of the scene's words before all words."""
    stances = (_named(words, STANCES) for words in (scene, text))
    activities = (_named(_VAGUE.sub(" ", words), ACTIVITIES) or _named(words, ACTIVITIES) for words in (scene, text))
    return next(filter(None, stances), "stand"), next(filter(None, activities), "")


def _settled(stance: str, place: str, word: str) -> str:
    """Return the stance that fits the place: nobody lies in a bed in the street."""
    if stance == "bed" and place not in ("bedroom", "living_room", "camp", "cabin", "train"):
        return "prone"
    if stance == "prone" and place == "bedroom":
        return "bed"
    if stance == "bath" and place not in ("bathroom",):
        return "swim" if place in ("pool", "beach", "lake") else "stand"
    if stance == "swim" and place not in ("pool", "beach", "lake", "bathroom"):
        return "stand"
    if stance == "stand" and word in ("bed", "bathtub", "bath", "hot tub"):
        return {"bed": "cross"}.get(word, "bath")
    return stance


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
    style, texture = _named(words, STYLES_OF_HAIR), _named(words, TEXTURES)
    length = _named(words, LENGTHS) or ("long" if style in LONG_BY_NATURE else "")
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
    build = _named(words, BUILDS, "average")
    return Look(
        presentation=presentation,
        age=max(18, int(age[1] or age[2])) if age else 27,
        skin=SKINS[skin], hair=HAIRS[hair], eyes=EYES[eyes],
        length=length, texture=texture or origin[2] or ("straight", "wavy", "straight")[seed // 13 % 3], style=style or "loose",
        face=_named(words, FACES) or ("oval", "oval", "heart", "round")[seed // 17 % 4] if not masculine else _named(words, FACES) or ("oval", "square")[seed // 17 % 2],
        eye_shape=_named(words, EYE_SHAPES, "almond"), nose=_named(words, NOSES) or ("straight" if masculine else ("small", "button", "straight")[seed // 19 % 3]),
        lips=_named(words, LIPS, "medium"), beard=_named(words, BEARDS, "none"), marks=_all(words, MARKS), glasses=_named(words, GLASSES, "none"),
        makeup=_named(words, MAKEUP, "none"), piercings=_all(words, PIERCINGS), tattoos=_all(words, TATTOOS), build=build,
        height=_factor(words, HEIGHTS), shoulders=_factor(words, SHOULDERS), bust=_factor(words, BUSTS, 0.8 if build in ("curvy", "plus-size") else 0.45),
        chest=_factor(words, CHESTS), hips=_factor(words, HIPS),
    )  # fmt: skip


def _colour(words: str, default: str) -> str:
    """Return the last colour named: nearest to the garment's own word."""
    found = [match[1] for match in _pattern(COLOURS).finditer(words)]
    return COLOURS[found[-1]] if found else default


def garment(phrase: str) -> Garment | None:
    """Return the garment of a phrase such as "an open camel coat"; None when it names none."""
    matches = list(_pattern(GARMENTS).finditer(phrase))
    if not matches:
        return None
    best = matches[-1]  # "a dress shirt over …": the head of the phrase stands last
    cut = GARMENTS[best[1]]
    pattern = _named(phrase, PATTERNS) or next((mark for mark in ("floral", "plaid", "lace") if mark in cut.detail), "")
    return Garment(
        cut,
        _colour(phrase[: best.end()], cut.colour),
        pattern,
        bool(re.search(r"\b(?:open|unbuttoned|unzipped)\b", phrase)),
        best[1],
    )


def wear_of(clothes: str, text: str, look: Look, stance: str, place: str) -> Wear:
    """Return what is worn.  Nobody is drawn unclothed: where nothing covers the body there is a towel or a t-shirt."""
    slots: dict[str, Garment] = {}
    hat: tuple[str, str] | None = None
    neck: list[tuple[str, str]] = []
    body: list[tuple[str, str]] = []
    jewels: set[str] = set()
    glasses = ""
    for phrase in re.split(r"[,;.]|\band\b|\bover\b|\bwith\b", clothes):
        extra = find(phrase, EXTRAS)
        piece = garment(phrase)
        if piece:
            slot = "top" if piece.cut.slot == "dress" else piece.cut.slot
            if slot == "swim" and "swim" in slots and {slots["swim"].cut.hem, piece.cut.hem} == {"upper", "lower"}:
                piece = Garment(GARMENTS["bikini"], slots["swim"].colour, slots["swim"].pattern, word="bikini")
            if slot not in slots or piece.cut.hem == "two":
                slots[slot] = piece
        if extra and not (piece and extra in (piece.word, "hat")):
            (kind, name), default = EXTRAS[extra][0].split(), EXTRAS[extra][1]
            colour = _colour(phrase, default) if default else ""
            if kind == "hat":
                hat = (name, colour)
            elif kind == "neck":
                neck.append((name, colour))
            elif kind == "body":
                body.append((name, colour))
            elif kind == "jewel":
                jewels.add(name)
            else:
                glasses = glasses or (look.glasses if name != "sunglasses" and look.glasses != "none" else name)
    return _decent(
        slots,
        hat,
        neck,
        body,
        jewels,
        glasses,
        unclothed=bool(UNCLOTHED.search(text)),
        look=look,
        stance=stance,
        place=place,
    )


def _plain_garment(word: str, colour: str = "", pattern: str = "") -> Garment:
    return Garment(GARMENTS[word], colour or GARMENTS[word].colour, pattern, word=word)


def _decent(
    slots: dict[str, Garment], hat: tuple[str, str] | None, neck: list[tuple[str, str]], body: list[tuple[str, str]], jewels: Iterable[str], glasses: str,
    *, unclothed: bool, look: Look, stance: str, place: str,
) -> Wear:  # fmt: skip
    """Return the clothes, with what is missing filled in plainly."""
    top, bottom, outer, swim, cover = (slots.get(name) for name in ("top", "bottom", "outer", "swim", "cover"))
    if unclothed and not (top or outer or swim or cover):
        cover = _plain_garment("towel")
    if swim and swim.cut.hem == "trunks" and not look.masculine and not top:
        swim = Garment(GARMENTS["bikini"], swim.colour, swim.pattern, word="bikini")
    if swim and look.masculine and swim.cut.hem in ("two", "one", "lower", "upper"):
        swim = Garment(GARMENTS["swim trunks"], swim.colour, swim.pattern, word="swim trunks")
    if swim and (top or cover):
        swim = None if top else swim
    if swim and bottom and swim.cut.hem == "two":
        swim = Garment(GARMENTS["bikini top"], swim.colour, swim.pattern, word="bikini top")
    if swim and swim.cut.hem == "lower" and not (top or cover):
        swim = Garment(GARMENTS["bikini"], swim.colour, swim.pattern, word="bikini")
    if swim and swim.cut.hem == "upper" and not bottom:
        swim = Garment(GARMENTS["bikini"], swim.colour, swim.pattern, word="bikini")
    if outer and not outer.open and top is None and swim is None and "over_shirt" not in outer.cut.detail:
        outer = replace(outer, closed=not cover)
        top = _plain_garment("t-shirt", "#e9e4da") if not cover else None
    if outer and "over_shirt" in outer.cut.detail and top is None:
        top = _plain_garment("dress shirt")
        if not any(name in ("tie", "bow") for name, _ in neck) and look.masculine:
            neck = [*neck, ("bow", "#26262e") if "bow" in outer.cut.detail else ("tie", "#8f2f3c")]
    if top is None and swim is None and cover is None:
        if stance in ("swim", "bath") or (place == "pool" and bottom is None):
            swim = _plain_garment("swim trunks" if look.masculine else "swimsuit")
        else:
            top = _plain_garment("t-shirt")
    pair = next(
        (piece for piece in (top, outer) if piece and any(mark.startswith("pair") for mark in piece.cut.detail)), None
    )
    if pair and not (bottom and pair is outer):
        marks = pair.cut.detail
        word = (
            "shorts"
            if "pairshorts" in marks
            else "leggings"
            if "pairtight" in marks
            else "pajama pants"
            if "pairwide" in marks
            else "trousers"
        )
        bottom = _plain_garment(word, pair.colour, pair.pattern)
    if bottom is None and not (top and top.cut.slot == "dress") and swim is None and cover is None:
        bottom = _plain_garment("jeans")
    shoes = slots.get("shoes")
    if shoes is None:
        bare = (
            swim
            or cover
            or stance in ("bed", "bath", "swim", "prone", "cross", "curl")
            or place in ("beach", "bathroom", "pool")
        )
        shoes = _plain_garment(
            "barefoot"
            if bare
            else "sneakers"
            if (outer is None or outer.cut.neck != "lapel") and not (top and top.cut.slot == "dress")
            else "flats"
        )
    return Wear(top, bottom, outer, swim, cover, shoes, hat, tuple(neck), tuple(body), frozenset(jewels), glasses)


def _other(words: str, text: str, first: Look, seed: int, place: str) -> Person:
    """Return the second person (the user): the words of that look, plain clothes."""
    if "presentation" not in words and (
        match := re.search(r"2 people, 1 ([\w ]+?) and 1 (woman|man|androgynous person|person)", text)
    ):
        words = f"1 {match[2]}, {words}"
    elif re.search(r"\b(?:2|two) ?(?:men|boys)\b", text):
        words = f"1 man, {words}"
    elif re.search(r"\b(?:2|two) ?(?:women|girls)\b", text):
        words = f"1 woman, {words}"
    else:
        words = f"1 {'woman' if first.masculine else 'man'}, {words}"
    look = look_of(words, seed // 3 + 5)
    if place in ("beach", "pool"):
        wear = wear_of("swim trunks" if look.masculine else "a navy swimsuit", "", look, "stand", place)
    else:
        clothes = (
            ("a light blue shirt, grey trousers", "a green sweater, jeans")
            if look.masculine
            else ("a cream blouse, blue jeans", "a teal sweater, jeans")
        )
        wear = wear_of(clothes[seed % 2], "", look, "stand", place)
    return Person(look, wear, FACES_OF_MOODS["smile"])
