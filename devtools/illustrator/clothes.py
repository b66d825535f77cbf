"""The words of clothes: colours, patterns, garments and what is worn beside them."""

import re
from dataclasses import dataclass

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
PATTERNS = {
    "striped": "stripes", "stripes": "stripes", "floral": "floral", "flower": "floral", "flowery": "floral", "plaid": "plaid", "tartan": "plaid", "checked": "plaid", "checkered": "plaid",
    "flannel": "plaid", "polka dot": "dots", "polka-dot": "dots", "polka dots": "dots", "dotted": "dots", "zebra": "zebra", "leopard": "leopard", "lace": "lace", "sequin": "sequins",
    "sequined": "sequins", "glitter": "sequins",
}  # fmt: skip
UNCLOTHED = re.compile(
    r"\b(?:nude|nudity|naked|topless|unclothed|undressed|bare[- ]chested|nsfw|strip(?:ping|ped)|bottomless|nothing on|no clothes)\b"
)


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
