"""What the illustrator understands of a prompt: whole words, the longest first."""

import re
from dataclasses import dataclass, field

COLOURS = {
    "red": "#b83b3b", "crimson": "#a12a3a", "burgundy": "#6f2438", "blue": "#3f6fb5", "navy": "#2f3e5c",
    "dark blue": "#2f3e5c", "light blue": "#8db8dc", "green": "#4f8a62", "emerald": "#2e7d5b", "olive": "#76783f",
    "black": "#2b2b33", "white": "#eeeae2", "pink": "#e08aa6", "yellow": "#e8b04a", "mustard": "#c99a2e",
    "orange": "#d9773f", "purple": "#7d62b0", "lavender": "#b5a2d6", "teal": "#2f8f9d", "turquoise": "#45b0ad",
    "beige": "#d8c3a0", "camel": "#c19a6b", "grey": "#8a9099", "gray": "#8a9099", "brown": "#7a563d",
    "cream": "#efe3cc", "gold": "#c9a24a", "silver": "#b9bfcb", "khaki": "#a79a6b", "denim": "#4a6a94",
}  # fmt: skip
# Garment word → how it is drawn, and its colour when none is said.
TOPS = {
    "sweater": ("sweater", "#b98a6a"), "jumper": ("sweater", "#b98a6a"), "cardigan": ("sweater", "#a58b73"),
    "pullover": ("sweater", "#8a7f9c"), "turtleneck": ("sweater", "#4d4a57"), "hoodie": ("hoodie", "#7b8794"),
    "sweatshirt": ("hoodie", "#8a8f96"), "fleece": ("hoodie", "#6c8a7a"), "t-shirt": ("tshirt", "#d9d4c8"),
    "tee": ("tshirt", "#d9d4c8"), "shirt": ("shirt", "#c9d6e2"), "blouse": ("shirt", "#eadfd6"),
    "henley": ("tshirt", "#3d5673"), "polo": ("shirt", "#4d7a63"), "flannel": ("shirt", "#a4443f"),
    "tank top": ("tank", "#e9e4da"), "camisole": ("tank", "#e6d3d6"), "crop top": ("tank", "#d7a0a8"),
    "tunic": ("shirt", "#b8a27c"), "kurta": ("shirt", "#c98d4a"), "scrubs": ("shirt", "#5f9ea0"),
    "uniform": ("shirt", "#3c4f6d"), "vest": ("tank", "#8c7a66"), "waistcoat": ("blazer", "#4a4f5c"),
    "dress": ("dress", "#b5566a"), "sundress": ("dress", "#e3b65b"), "gown": ("dress", "#5b3f78"),
    "romper": ("dress", "#6f9a8d"), "jumpsuit": ("tshirt", "#46566b"), "overalls": ("tshirt", "#4a6a94"),
    "sari": ("dress", "#b3413f"), "saree": ("dress", "#b3413f"), "kimono": ("robe", "#a6465a"),
    "yukata": ("robe", "#4d6a9a"), "robe": ("robe", "#c9b8a8"), "bathrobe": ("robe", "#e7dfd3"),
    "pajamas": ("shirt", "#9fb2cf"), "pyjamas": ("shirt", "#9fb2cf"), "nightgown": ("dress", "#cbb8d6"),
    "bikini": ("bikini", "#c8434f"), "swim trunks": ("bare", "#2f6f8f"), "swimming trunks": ("bare", "#2f6f8f"),
    "trunks": ("bare", "#2f6f8f"), "board shorts": ("bare", "#2f6f8f"), "swimsuit": ("swim", "#2f6f8f"), "bathing suit": ("swim", "#2f6f8f"),
    "bra": ("bikini", "#3b3440"), "bralette": ("bikini", "#3b3440"), "towel": ("towel", "#f2ebe0"),
    "sheet": ("towel", "#f2ebe0"), "hanbok": ("robe", "#d87f8d"), "cheongsam": ("dress", "#a3282f"),
    "sports bra": ("tank", "#3d4350"), "leotard": ("swim", "#4a3f63"), "wetsuit": ("tshirt", "#25303d"),
    "armor": ("blazer", "#8a9099"), "suit": ("blazer", "#3a4356"), "tuxedo": ("blazer", "#23252d"),
}  # fmt: skip
# What is worn below: how it is drawn, and its colour when none is said.
BOTTOMS = {
    "jeans": ("pants", "#4a6a94"), "trousers": ("pants", "#4b4f5a"), "pants": ("pants", "#4b4f5a"),
    "chinos": ("pants", "#b59a6d"), "slacks": ("pants", "#4b4f5a"), "sweatpants": ("pants", "#8a8f96"),
    "joggers": ("pants", "#5d636e"), "cargo pants": ("pants", "#6b7554"), "corduroys": ("pants", "#8a6a4a"),
    "leggings": ("leggings", "#2f323b"), "tights": ("leggings", "#2f323b"), "yoga pants": ("leggings", "#3d4350"),
    "shorts": ("shorts", "#6b83a3"), "swim trunks": ("shorts", "#2f6f8f"), "trunks": ("shorts", "#2f6f8f"),
    "board shorts": ("shorts", "#2f6f8f"), "skirt": ("skirt", "#8c5a6b"), "miniskirt": ("mini", "#5b4a6b"),
    "mini skirt": ("mini", "#5b4a6b"), "maxi skirt": ("long", "#8c6a4a"), "long skirt": ("long", "#8c6a4a"),
    "kilt": ("skirt", "#7a3f3f"), "sarong": ("long", "#45b0ad"), "pencil skirt": ("skirt", "#3a4356"),
}  # fmt: skip
SHOES = {
    "boots": ("boots", "#5a4334"), "sneakers": ("sneakers", "#dfe3e8"), "trainers": ("sneakers", "#dfe3e8"),
    "running shoes": ("sneakers", "#c8434f"), "sandals": ("sandals", "#8a6a4a"), "flip-flops": ("sandals", "#e8b04a"),
    "heels": ("shoes", "#3a2a33"), "high heels": ("shoes", "#3a2a33"), "pumps": ("shoes", "#3a2a33"),
    "loafers": ("shoes", "#5f3f2c"), "shoes": ("shoes", "#3d3533"), "slippers": ("shoes", "#b98a9a"),
    "flats": ("shoes", "#4a3a3f"), "barefoot": ("bare", "#000000"), "bare feet": ("bare", "#000000"),
}  # fmt: skip
LONG_DRESSES = (
    "gown",
    "sari",
    "saree",
    "kimono",
    "yukata",
    "hanbok",
    "maxi dress",
    "evening dress",
    "wedding dress",
    "cheongsam",
    "robe",
    "bathrobe",
)
LONG_COATS = ("coat", "overcoat", "trench coat", "raincoat", "parka", "cloak", "cape", "lab coat")
STANCES = {
    "walking": "walk", "strolling": "walk", "hiking": "walk", "walks": "walk", "running": "run", "jogging": "run",
    "runs": "run", "dancing": "dance", "dance": "dance", "dances": "dance", "twirling": "dance",
}  # fmt: skip
FRAMES = {
    "full body": "full", "full-body": "full", "full length": "full", "upper body": "half", "cowboy shot": "half",
    "waist up": "half", "portrait": "portrait", "close-up": "portrait", "closeup": "portrait", "headshot": "portrait",
}  # fmt: skip
OUTER = {
    "coat": "#8a6a4a", "overcoat": "#59616e", "trench coat": "#c2a37a", "raincoat": "#e0b23e", "parka": "#6b7554",
    "peacoat": "#2f3e5c", "jacket": "#4f5a66", "leather jacket": "#33292b", "denim jacket": "#4a6a94",
    "blazer": "#3f4757", "bomber": "#566050", "puffer": "#7c4a55", "cloak": "#4a3a5c", "cape": "#6b2f3f",
    "lab coat": "#f0efec", "windbreaker": "#3f8f9d",
}  # fmt: skip
ACCESSORIES = {
    "glasses": "glasses", "spectacles": "glasses", "sunglasses": "sunglasses", "earrings": "earrings",
    "necklace": "necklace", "pendant": "necklace", "choker": "choker", "scarf": "scarf", "shawl": "scarf",
    "freckles": "freckles", "full beard": "beard", "short beard": "beard", "beard": "beard", "goatee": "goatee",
    "moustache": "moustache", "stubble": "stubble", "headphones": "headphones", "apron": "apron", "hat": "hat",
    "beanie": "beanie", "cap": "cap", "sun hat": "sunhat", "straw hat": "sunhat", "hijab": "hijab", "headscarf": "hijab",
    "beauty mark": "mole", "tie": "tie", "crown": "crown", "tiara": "crown", "red lipstick": "lipstick",
    "nose stud": "stud", "winged eyeliner": "liner", "flower crown": "flowers",
}  # fmt: skip
PLACES = {
    "kitchen": "kitchen", "beach": "beach", "ocean": "beach", "seaside": "beach", "shore": "beach", "pool": "pool",
    "swimming pool": "pool", "office": "office", "desk": "office", "cafe": "cafe", "café": "cafe",
    "coffee shop": "cafe", "restaurant": "cafe", "bar": "cafe", "pub": "cafe", "bakery": "cafe", "diner": "cafe",
    "bedroom": "bedroom", "bed": "bedroom", "hotel room": "bedroom", "park": "park", "garden": "park",
    "backyard": "park", "meadow": "park", "forest": "forest", "woods": "forest", "jungle": "forest",
    "living room": "living_room", "sofa": "living_room", "couch": "living_room", "home": "living_room",
    "apartment": "living_room", "library": "library", "bookstore": "library", "bookshop": "library",
    "street": "street", "city": "street", "town": "street", "market": "street", "rooftop": "street",
    "balcony": "street", "mountain": "mountain", "mountains": "mountain", "lake": "mountain", "hill": "mountain",
    "snow": "mountain", "cabin": "mountain", "bathroom": "bathroom", "bathtub": "bathroom", "shower": "bathroom",
    "gym": "gym", "campfire": "forest", "classroom": "library", "train": "street", "museum": "library",
}  # fmt: skip
TIMES = {
    "dawn": "dawn", "sunrise": "dawn", "morning": "dawn", "sunset": "sunset", "golden hour": "sunset",
    "evening": "sunset", "dusk": "sunset", "night": "night", "midnight": "night", "moonlight": "night",
}  # fmt: skip
WEATHER = {"rain": "rain", "raining": "rain", "rainy": "rain", "storm": "rain", "snow": "snow", "snowing": "snow",
           "snowy": "snow", "fog": "fog", "misty": "fog", "foggy": "fog"}  # fmt: skip
POSES = {
    "coffee": "cup", "tea": "cup", "cocoa": "cup", "drinking": "cup", "sipping": "cup", "mug": "cup", "wine": "glass",
    "cocktail": "glass", "champagne": "glass", "reading": "book", "book": "book", "studying": "book",
    "laptop": "laptop", "working": "laptop", "typing": "laptop", "phone": "phone", "texting": "phone",
    "waving": "wave", "wave": "wave", "flowers": "flowers", "bouquet": "flowers", "painting": "brush",
    "drawing": "brush", "cooking": "spoon", "baking": "spoon", "stirring": "spoon", "guitar": "guitar",
    "umbrella": "umbrella", "ice cream": "icecream", "eating": "icecream", "singing": "mic", "microphone": "mic",
}  # fmt: skip
EXPRESSIONS = {
    "laughing": "laugh", "laugh": "laugh", "giggling": "laugh", "grinning": "happy", "happy": "happy",
    "excited": "happy", "smiling": "smile", "smile": "smile", "sad": "sad", "crying": "sad", "surprised": "surprised",
    "shocked": "surprised", "winking": "wink", "wink": "wink", "serious": "serious", "angry": "angry",
    "sleeping": "sleep", "asleep": "sleep", "napping": "sleep", "resting": "smile",
}  # fmt: skip
SKINS = {
    "porcelain": "#fae3d4", "pale": "#fae3d4", "fair": "#f5d0b5", "light": "#eebb98", "olive": "#d9a878",
    "tan": "#c98f63", "brown": "#9c6341", "dark brown": "#744730", "dark": "#744730", "deep ebony": "#4f2f22",
    "ebony": "#4f2f22",
}  # fmt: skip
HAIRS = {
    "black": "#221c24", "dark brown": "#3d2820", "brown": "#5a3622", "light brown": "#8d674a",
    "chestnut": "#7b4327", "auburn": "#7d2f22", "ginger red": "#b24f28", "red": "#a93c22",
    "strawberry blonde": "#d69a6a", "blonde": "#deb566", "platinum blonde": "#ece0c6", "grey": "#9b9ba1",
    "silver": "#b9bfcb", "white": "#eae8e5", "pink": "#ea86ab", "blue": "#4a6fc9", "teal": "#2f8f95",
    "purple": "#7b58b4",
}  # fmt: skip
EYES = {
    "blue": "#4a90d0", "light blue": "#93c3e0", "green": "#4c9a63", "brown": "#6d4526", "dark brown": "#43291a",
    "hazel": "#96793c", "grey": "#7f8fa0", "amber": "#c98a2b", "violet": "#8a62c4",
}  # fmt: skip
HAIR_STYLES = {
    "bald head": "bald", "bald": "bald", "buzz cut": "buzz", "pixie cut": "short", "short length hair": "short",
    "short hair": "short", "chin-length hair": "bob", "bob haircut": "bob", "bob": "bob",
    "shoulder-length hair": "shoulder", "long length hair": "long", "long hair": "long", "waist-length hair": "long",
    "wavy hair": "wavy", "curly hair": "curly", "coily afro hair": "afro", "afro": "afro", "box braids": "braids",
    "dreadlocks": "braids", "twin braids": "braids", "single braid": "ponytail", "hair in a ponytail": "ponytail",
    "ponytail": "ponytail", "messy bun": "bun", "hair in a bun": "bun", "bun": "bun", "undercut": "short",
    "slicked back hair": "short", "side-parted hair": "short", "mohawk": "short",
}  # fmt: skip
BUILDS = {
    "slim build": 0.92, "slim": 0.92, "average build": 1.0, "athletic build": 1.05, "athletic": 1.05,
    "muscular build": 1.14, "curvy figure": 1.06, "curvy": 1.06, "stocky build": 1.15, "plus-size figure": 1.2,
    "soft build": 1.1,
}  # fmt: skip


# Words of the catalogue (services/options.py) that shape a face or a body → the mark people.py draws.
FEATURES = {
    "round face": "face round", "heart-shaped face": "face heart", "square jaw": "face square",
    "diamond-shaped face": "face diamond", "long face": "face long", "round eyes": "eyes round",
    "hooded eyes": "eyes hooded", "monolid eyes": "eyes monolid", "upturned eyes": "eyes upturned",
    "downturned eyes": "eyes downturned", "small nose": "nose small", "aquiline nose": "nose aquiline",
    "broad nose": "nose broad", "button nose": "nose button", "thin lips": "lips thin", "full lips": "lips full",
    "cupid's bow lips": "lips bow", "winged eyeliner": "liner", "red lipstick": "red lips",
    "glamorous makeup": "glam", "dark goth makeup": "goth", "narrow shoulders": "shoulders narrow",
    "broad shoulders": "shoulders broad", "small bust": "bust small", "large bust": "bust large",
    "broad chest": "chest broad", "muscular chest": "chest muscular", "muscular build": "chest muscular",
    "narrow hips": "hips narrow", "wide hips": "hips wide", "petite height": "height 0.9", "short height": "height 0.95",
    "very tall": "height 1.1", "tall": "height 1.05", "tattoo sleeve": "tattoo sleeve",
    "forearm tattoo": "tattoo forearm", "shoulder tattoo": "tattoo shoulder", "neck tattoo": "tattoo neck",
    "hand tattoo": "tattoo hand", "back tattoo": "tattoo back", "leg tattoo": "tattoo leg",
}  # fmt: skip
STYLES = {
    "film still": "film", "cinematic": "film", "anime": "anime", "oil painting": "oil", "watercolor": "watercolour",
    "watercolour": "watercolour", "comic book": "comic", "comic": "comic", "3d render": "render",
    "digital illustration": "illustration",
}  # fmt: skip


@dataclass(frozen=True)
class Person:
    masculine: bool = False
    skin: str = "#eebb98"
    hair: str = "#5a3622"
    hair_style: str = "long"
    eyes: str = "#6d4526"
    build: float = 1.0
    outfit: str = "tshirt"
    outfit_colour: str = "#d9d4c8"
    outer: str | None = None
    pattern: str | None = None
    accessories: frozenset[str] = frozenset()
    expression: str = "smile"
    pose: str = "relaxed"
    stance: str = "relaxed"
    bottom: str = "pants"
    bottom_colour: str = "#4a6a94"
    skirt: str | None = None
    shoes: str = "shoes"
    shoes_colour: str = "#3d3533"
    long_outer: bool = False
    features: frozenset[str] = frozenset()

    @property
    def height(self) -> float:
        """How tall compared to the average: 0.9 to 1.1."""
        return next((float(mark.split()[1]) for mark in self.features if mark.startswith("height")), 1.0)


@dataclass(frozen=True)
class Drawing:
    person: Person
    place: str = "living_room"
    time: str = "day"
    weather: str | None = None
    frame: str = "half"
    in_water: bool = False
    style: str = "photo"
    other: Person | None = None
    unknown: tuple[str, ...] = field(default=())


def find(text: str, table: dict[str, str] | dict[str, float]) -> str | None:
    """Return the table's word that stands in the text: the first by place, the longest at one place."""
    words = sorted(table, key=len, reverse=True)
    match = re.search(r"(?<![\w-])(" + "|".join(map(re.escape, words)) + r")(?:e?s)?(?![\w-])", text)
    return match[1] if match else None


def plain(prompt: str) -> str:
    """Return the prompt in lower case without weights, LoRA tags and brackets."""
    text = re.sub(r"<[^>]*>", " ", prompt.lower())
    text = re.sub(r":\s*[\d.]+\s*(?=[)\]])", " ", text)
    return re.sub(r"\s+", " ", re.sub(r"[()\[\]{}]", " ", text))


def understand(prompt: str, seed: int) -> Drawing:
    """Return what to draw.  Whatever the look does not say comes from the seed, never from the outfit or the place."""
    text = plain(prompt)
    style = find(text, STYLES)
    # The words of a style are not what is done in the picture.
    text = re.sub(r"\b(?:oil painting|watercolou?r painting|comic book)\b", " ", text)
    clothes = " ".join(re.findall(r"wearing ([^\n]*)", text)) or text
    place = find(text, PLACES)
    time = find(text, TIMES)
    frame = find(text, FRAMES)
    weather = find(text, WEATHER)
    own, _, _ = text.partition("the other person")
    person = _person(own, clothes.partition("the other person")[0], seed)
    other = None
    if re.search(r"\b2 ?people\b|\btwo (?:women|men|people)\b|\b2girls\b|\b2boys\b", text):
        tail = text.partition("the other person with")[2] or text
        other = _person(
            tail, "shirt" if "1 man" in text else "blouse", seed + 7, masculine="1 man" in text or "two men" in text
        )
    return Drawing(
        person=person,
        place=PLACES[place] if place else "living_room",
        time=TIMES[time] if time else "day",
        weather=WEATHER[weather] if weather else None,
        style=STYLES[style] if style else "photo",
        frame=FRAMES[frame] if frame else "half",
        in_water=(place is not None and PLACES[place] == "pool")
        or find(text, {"swimming": "", "swim in": ""}) is not None,
        other=other,
    )


def _person(text: str, clothes: str, seed: int, *, masculine: bool | None = None) -> Person:
    if masculine is None:
        first = re.search(r"\b(?:1 |1)?(woman|man|girl|boy|female|male|androgynous person|lady|guy)\b", text)
        masculine = bool(first and first[1] in ("man", "boy", "male", "guy"))
    skin = _before(text, SKINS, "skin")
    hair = _before(text, HAIRS, "hair")
    eyes = _before(text, EYES, "eyes?")
    style = find(text, HAIR_STYLES)
    build = find(text, BUILDS)
    outfit, colour = _outfit(clothes)
    outer_word = find(clothes, OUTER)
    pattern = re.search(r"\b(striped|stripes|floral|flower|plaid|checked|polka dot|polka-dot|zebra)\b", clothes)
    pose, expression, stance = find(text, POSES), find(text, EXPRESSIONS), find(text, STANCES)
    bottom, bottom_colour, skirt = _bottom(clothes, outfit, colour)
    shoe = find(clothes, {word: kind for word, (kind, _) in SHOES.items()})
    shoes, shoes_colour = (
        SHOES[shoe] if shoe else ("bare" if outfit in ("swim", "bikini", "bare", "towel") else "shoes", "#3d3533")
    )
    if outfit == "bare" and not masculine:
        outfit = "bikini"
    worn = _marks(text, ACCESSORIES)
    names = list(SKINS), list(HAIRS)[:9], list(EYES)
    return Person(
        masculine=masculine,
        skin=SKINS[skin or names[0][seed % 5]],
        hair=HAIRS[hair or names[1][seed // 7 % 9]],
        hair_style=HAIR_STYLES[style] if style else "short" if masculine else ("long", "wavy", "bob")[seed // 3 % 3],
        eyes=EYES[eyes or names[2][seed // 11 % 9]],
        build=BUILDS[build] if build else 1.0,
        outfit=outfit,
        outfit_colour=colour,
        outer=(_colour_before(clothes, outer_word) or OUTER[outer_word]) if outer_word else None,
        pattern=pattern[1] if pattern else None,
        accessories=worn,
        expression=EXPRESSIONS[expression] if expression else "smile",
        pose=POSES[pose] if pose else "relaxed",
        stance=STANCES[stance] if stance else "relaxed",
        bottom=bottom,
        bottom_colour=bottom_colour,
        skirt=skirt,
        shoes=shoes,
        shoes_colour=(_colour_before(clothes, shoe) if shoe else None) or shoes_colour,
        long_outer=outer_word in LONG_COATS,
        features=_marks(text, FEATURES),
    )


def _marks(text: str, table: dict[str, str]) -> frozenset[str]:
    return frozenset(mark for word, mark in table.items() if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text))


def _bottom(clothes: str, outfit: str, top_colour: str) -> tuple[str, str, str | None]:
    """Return how the lower body is dressed: kind, colour, and a skirt's length.  What covers all covers this too."""
    if outfit in ("dress", "robe"):
        return "dress", top_colour, "long" if find(clothes, dict.fromkeys(LONG_DRESSES, "")) else "knee"
    word = find(clothes, {name: kind for name, (kind, _) in BOTTOMS.items()})
    if word:
        kind, default = BOTTOMS[word]
        colour = _colour_before(clothes, word) or default
        lengths = {"skirt": "knee", "mini": "mini", "long": "long"}
        return ("skirt", colour, lengths[kind]) if kind in lengths else (kind, colour, None)
    if outfit in ("swim", "bikini"):
        return "briefs", top_colour, None
    if outfit == "towel":
        return "none", top_colour, None
    if outfit == "bare":
        return "shorts", top_colour, None
    if outfit == "blazer" and find(clothes, {"suit": "", "tuxedo": ""}):
        return "pants", top_colour, None
    return "pants", "#4a6a94", None


def _outfit(clothes: str) -> tuple[str, str]:
    """Return shape and colour of the main garment; unclothed prompts get a towel: this program draws no nudity."""
    tables = {word: shape for word, (shape, _) in TOPS.items()}
    word = find(clothes, tables)
    if word is None:
        naked = re.search(r"\b(?:nude|naked|topless|unclothed)\b", clothes)
        return ("towel", "#f2ebe0") if naked else ("tshirt", "#d9d4c8")
    shape, default = TOPS[word]
    return shape, _colour_before(clothes, word) or default


def _colour_before(text: str, word: str) -> str | None:
    names = "|".join(sorted(map(re.escape, COLOURS), key=len, reverse=True))
    match = re.search(rf"\b({names})\b(?:[\s-]+[\w-]+){{0,3}}?[\s-]+{re.escape(word)}", text)
    return COLOURS[match[1]] if match else None


def _before(text: str, table: dict[str, str], noun: str) -> str | None:
    names = "|".join(sorted(map(re.escape, table), key=len, reverse=True))
    match = re.search(rf"\b({names})\b(?:[\s-]+[\w-]+)?[\s-]+{noun}\b", text)
    return match[1] if match else None
