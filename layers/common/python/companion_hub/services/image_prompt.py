"""The image prompt: the same person in every picture, in the clothes that can be seen, where she or he is.

Pure.  Order: quality and style, who is in it, the look as identity anchor, visible clothes, place with its hour and
weather, activity and expression, framing, light.  Everyone is an adult, always: the age is stated, words of youth are
taken out of every free text, and the negative prompt names them.  Nobody's text can carry prompt syntax.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from companion_hub.models.companion import CompanionProfile
from companion_hub.models.image import GarmentDecision
from companion_hub.models.scene import Garment, Scene
from companion_hub.models.user import Appearance, ContentRating
from companion_hub.services.options import groups_by_id, prompt_words
from companion_hub.services.scene.lexicon import SHEER_WORDS
from companion_hub.services.scene.visibility import FRAME_REGIONS, Frame, counts_as_closed, visible_garments
from companion_hub.services.texts import one_line

WIDTH, HEIGHT = 832, 1216
_LOOK_GROUPS = (
    "ethnicity", "skin", "face", "eye_colour", "eye_shape", "hair_length", "hair_style", "hair_colour", "nose", "lips",
    "facial_hair", "marks", "glasses", "makeup", "piercings", "build", "height", "shoulders", "bust", "chest", "hips",
    "tattoos",
)  # fmt: skip
_USER_GROUPS = ("skin", "hair_length", "hair_style", "hair_colour", "eye_colour", "facial_hair", "glasses", "build")
_FRAMING: dict[Frame, str] = {"portrait": "portrait", "half": "upper body", "full": "full body"}
# What must never appear, whatever the owner writes; first, so that no limit cuts it.
SAFETY_NEGATIVE = "child, minor, teen, teenager, underage, young girl, young boy, loli, shota, school uniform"
QUALITY_NEGATIVE = (
    "lowres, bad anatomy, bad hands, extra fingers, deformed, blurry, watermark, text, signature, jpeg artifacts"
)
RATING_NEGATIVE: dict[ContentRating, str] = {
    "safe": "nsfw, nude, naked, nipples, genitals, cleavage, sexual",
    "suggestive": "nude, naked, nipples, genitals",
    "explicit": "",
}


class ImagePrompt(NamedTuple):
    """``decisions`` say for every garment why it is in or out; ``frame`` is the camera's crop; sizes are pixels."""

    prompt: str
    negative: str
    frame: Frame
    decisions: list[GarmentDecision]
    people: int
    width: int = WIDTH
    height: int = HEIGHT


def build_image_prompt(
    profile: CompanionProfile,
    scene: Scene,
    *,
    content_rating: ContentRating = "safe",
    user_appearance: Appearance | None = None,
    extra: str = "",
) -> ImagePrompt:
    """Return the prompt for a scene.

    ``user_appearance`` None or empty: the user is never in the picture (nobody knows how to draw who has not said how they
    look); otherwise when the scene has both.  ``extra`` is what the user asked for besides.
    """
    appearance = profile.appearance
    place, action, wish = (clean_free_text(text) for text in (scene.location, scene.action, extra))
    together = bool(user_appearance) and is_together(scene, extra)
    other = user_appearance if together else None
    if not together:
        action = _alone(action)
    frame = choose_frame(scene, together=together)
    drawn, decisions = _visible(scene, frame, content_rating)
    prompt = [
        "masterpiece, best quality",
        *prompt_words(appearance, "style"),
        _subjects(appearance, other),
        f"{max(18, profile.identity.age)} years old, adult",
        *(word for group in _LOOK_GROUPS for word in prompt_words(appearance, group)),
        clean_free_text(profile.visual_prompt),
        _clothes(drawn, scene, frame, content_rating),
        *_other_person(other),
        place,
        _setting(scene, wish),
        action,
        _expression(f"{action} {wish}"),
        wish,
        _FRAMING[frame],
        _light(f"{place} {action} {wish}"),
    ]
    negative = [
        SAFETY_NEGATIVE,
        RATING_NEGATIVE[content_rating],
        QUALITY_NEGATIVE,
        "" if together else "multiple people, two people",
        _clean_negative(profile.negative_prompt, content_rating),
    ]
    return ImagePrompt(
        prompt=_join(prompt), negative=_join(negative), frame=frame, decisions=decisions, people=2 if together else 1
    )


# --- free text -----------------------------------------------------------------------------------------------------

# What image servers read as commands: LoRA and other networks, weights, alternation, wildcards, chunk breaks.
_NETWORK = re.compile(
    r"<[^<>]{0,400}>|<\s*(?:lora|lyco|lycoris|hypernet|embedding)\b[^,\s]*|__[\w/ -]{1,80}__", re.IGNORECASE
)
_COMMAND = re.compile(
    r"\b(?:BREAK|AND|ADDCOMM|ADDBASE|ADDROW|ADDCOL|TOPP|FLIP)\b|\b(?:lora|lyco|hypernet|embedding)\s*:\s*\S*",
    re.MULTILINE,
)
_BRACKETS = re.compile(r"[()\[\]{}<>|\\`$@#^=~*_\"]|(?<=\w)\+{1,3}(?=[\s,]|$)")
_WEIGHT = re.compile(r":\s*-?\d*\.?\d+|:")
_NUMBER_WORDS = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)"
)
_UNDER_18 = rf"(?:1[0-7]|0?[1-9]|{_NUMBER_WORDS})"
_YOUTH = re.compile(
    r"\b(?:child(?:ren|like|ish|hood)?|kid(?:s|dy|do|dies?)?|minors?|t[e3]{2}n(?:s|y|age[drs]?|agers?)?|under-?\s?age[d]?|l[o0]l[i1](?:s|con|ta)?|shotas?|shotacon|"
    r"toddlers?|infants?|newborns?|baby[\s-]?(?:girls?|boys?|face[ds]?)|bab(?:y|ies)(?!\s*(?:blue|pink|doll|hair))|pre-?\s?te{2}ns?|tween\w*|pubert\w*|pubescent|nymphett?e?s?|underdeveloped|prepubescent|adolescen(?:t|ts|ce)|"
    r"juveniles?|youngsters?|youths?|jail\s?bait|barely[\s-](?:legal|adult)|sweet (?:sixteen|16)|school[\s-]?(?:girls?|boys?|kids?|child(?:ren)?)|"
    r"(?:little|young|small|tiny|innocent)(?:er|est)?[\s,]+(?:(?:cute|pretty|innocent|small|sweet|blonde?)\s+)?(?:girls?|boys?|ones?|sisters?|brothers?|cousins?)|"
    r"(?:high|middle|grade|elementary|primary|junior high|secondary)[\s-]?school(?:er|ers)?|kindergart(?:en|ner)s?|preschool(?:er|ers)?|"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)[\s-]grad(?:e|er|ers)|freshman girl|"
    rf"(?:(?:aged?|age of|turning|just turned)\s+{_UNDER_18}\b(?!\s*(?:%|cm|inches)))|"
    rf"{_UNDER_18}\s*-?\s*(?:years?|yrs?|y|yr)\b[\s./-]*(?:olds?|o\b|of age)?|{_UNDER_18}\s*y\s*/?\s*o\b|young(?:er|est)?[\s-]looking|"
    r"(?:look|looks|looking|appear|appears|appearing) (?:very |so |much )?(?:young|younger|underage)|very young|too young|youthful|"
    r"daughters?|sons?|nieces?|nephews?|granddaughters?|grandsons?|orphans?|schoolage|age regression|petite child|chibi|"
    r"young(?=\s+(?:wo)?m[ae]n|\s+ladies|\s+lady|\s+females?|\s+males?))\b",
    re.IGNORECASE,
)
_GROWN = {"girl": "woman", "girls": "women", "boy": "man", "boys": "men", "gal": "woman", "lad": "man", "lass": "woman"}
_GIRL = re.compile(r"\b(?:\d)?(girls?|boys?|gal|lad|lass)\b(?!\s*friend)", re.IGNORECASE)
# What an image model's reader of prompts knows of other languages.
_YOUTH_ELSEWHERE = re.compile(
    r"\b(?:petites? filles?|petits? garçons?|enfants?|niñ[ao]s?|mädchen|kinder|bambin[aoie]|menin[ao]s?|dziewczynk\w*|девочк\w*|"
    r"ребён\w*|ребен\w*)\b|ロリ|ショタ|幼女|幼い|少女|少年|子供|子ども|女子高生|中学生|小学生|小女孩|小男孩|萝莉|蘿莉|正太|儿童|兒童|女童|"
    r"어린이|소녀|소년|로리|여고생",
    re.IGNORECASE,
)
_SPELT = re.compile(r"\b(?:[A-Za-z][ .-]){3,}[A-Za-z]\b")  # l o l i
# Letters of other alphabets that look Latin; only in words that also hold Latin ones.
_LOOKALIKES = str.maketrans("аеорсхуіѕԁһјӏոоАВЕНІКМОРСТХοαετικν", "aeopcxyisdhjlnoABEHIKMOPCTXoaetikv")


def clean_free_text(text: str, limit: int = 600) -> str:
    """Return a text of a user or a model without prompt syntax (weights, LoRA, breaks) and without words of youth."""
    cleaned = one_line(unicodedata.normalize("NFKC", text[: limit * 8]).replace("\u00ad", ""), limit * 4)
    cleaned = " ".join(word.translate(_LOOKALIKES) if re.search("[A-Za-z]", word) else word for word in cleaned.split())
    previous = ""
    while cleaned != previous:  # what is taken out may join what is left into a command again
        previous = cleaned
        cleaned = _SPELT.sub(lambda match: re.sub("[ .-]", "", match[0]), cleaned)
        for pattern in (_NETWORK, _COMMAND, _BRACKETS, _WEIGHT, _YOUTH, _YOUTH_ELSEWHERE):
            cleaned = pattern.sub(" ", cleaned)
        cleaned = " ".join(cleaned.split())
    cleaned = _GIRL.sub(lambda match: _GROWN[match[1].lower()], cleaned)
    cleaned = re.sub(r"\bschool uniform\b", "uniform", cleaned, flags=re.IGNORECASE)
    cleaned = re.sub(r"(?:\s*[,;]\s*)+", ", ", cleaned)
    return re.sub(r"\s+([,.;!?])", r"\1", " ".join(cleaned.split())).strip(" ,;-")[:limit].strip(" ,;-")


# Would undress, or make someone look younger, when pushed away.
_NOT_NEGATABLE = re.compile(
    r"\b(?:cloth(?:es|ed|ing)|dressed|outfits?|garments?|covered|covering|fabric|adults?|mature|old(?:er)?|grown(?:-?\s?up)?|aged|"
    r"(?:wo)?m[ae]n|wrinkles|shirts?|dress(?:es)?|pants|trousers|skirts?|bras?|panties|underwear|bikinis?|swimsuits?|tops?|jeans)\b",
    re.IGNORECASE,
)


def _clean_negative(text: str, rating: ContentRating) -> str:
    """Return the owner's negative words, minus those that would undress the person or make her or him younger."""
    always = re.compile(
        r"\b(?:adults?|mature|old(?:er)?|grown(?:-?\s?up)?|aged|wrinkles|cloth(?:es|ed|ing)|dressed)\b", re.IGNORECASE
    )
    pattern = always if rating == "explicit" else _NOT_NEGATABLE
    parts = [part.strip() for part in clean_free_text(text).split(",")]
    return ", ".join(part for part in parts if part and not pattern.search(part))


# --- who -----------------------------------------------------------------------------------------------------------

_TOGETHER = re.compile(
    r"\b(?:with (?:you|him|her|them)|together|both(?! (?:hands|arms|feet|legs|eyes))|us|we|(?:holding|taking|squeezing|stroking) (?:your|his|her) hands?|holding hands|hand in hand|"
    r"(?:hugging|kissing|cuddling|embracing|massaging|feeding|tickling|spooning|straddling|carrying|holding|caressing|comforting) "
    r"(?:you|him|her)|(?:beside|next to|near|behind|against|facing|opposite|on|over|around|at|to) (?:you|him|her)\b(?! (?:own|hair|phone|laptop|desk|book|bed|chair|knees|side|back|feet|hands|head|toes))|"
    r"in (?:your|his) arms|(?:your|his) (?:lap|arms|arm|shoulder|chest|hands?|neck|side|face|cheek|waist|hair))\b",
    re.IGNORECASE,
)


def is_together(scene: Scene, extra: str = "") -> bool:
    """Whether the scene has both, the companion and the user."""
    return _TOGETHER.search(f"{scene.action}. {extra}") is not None


_YOU = r"(?:you\b|your [\w ]+?(?=\s+(?:and|while|as|in|at|on)\b|[^\w ]|$))"
_ABOUT_USER = re.compile(
    rf"\s*\b(?:\w+ing|(?:with|beside|next to|near|against|facing|opposite|for|to|at|on|behind|in|into|onto|around|over|towards?)) {_YOU}"
    r"(?: \w+ly\b)?",
    re.IGNORECASE,
)


def _alone(action: str) -> str:
    """Return an activity without the user, where the user is not in the picture."""
    alone = re.sub(r"\s+,", ",", _ABOUT_USER.sub("", action)).strip(" ,")
    return re.sub(r"^(?:and|while|as)\s+|\s+(?:and|while|as)$", "", alone)


def _subjects(appearance: Appearance, other: Appearance | None) -> str:
    first = prompt_words(appearance, "presentation") or ["1 person"]
    if other is None:
        return first[0]
    second = prompt_words(other, "presentation") if "presentation" in other else ["1 person"]
    if first == second:
        plural = first[0].replace("1 ", "2 ").replace("woman", "women").replace("person", "people")
        return re.sub(r"\bman\b", "men", plural)
    return f"2 people, {first[0]} and {second[0]}"


def _other_person(appearance: Appearance | None) -> list[str]:
    if appearance is None:
        return []
    known = groups_by_id()
    words = [
        word
        for group in _USER_GROUPS
        if group in appearance and group in known
        for word in prompt_words(appearance, group)
    ]
    return [f"the other person is an adult with {', '.join(words)}"] if words else ["the other person is an adult"]


# --- clothes -------------------------------------------------------------------------------------------------------


def _visible(scene: Scene, frame: Frame, rating: ContentRating) -> tuple[list[Garment], list[GarmentDecision]]:
    allow = rating == "explicit"
    verdicts = visible_garments(scene, frame, allow_underwear=allow)
    decisions = [GarmentDecision(garment=v.garment.label, drawn=v.drawn, reason=v.reason) for v in verdicts]
    order = {"outer": 0, "mid": 1, "base": 2, "underwear": 3, "accessory": 4}
    drawn = sorted((v.garment for v in verdicts if v.drawn), key=lambda g: order[g.layer])
    return [_closed(g) if counts_as_closed(scene, g, allow_underwear=allow) else g for g in drawn], decisions


def _closed(piece: Garment) -> Garment:
    """Return the garment without what would show skin: drawn closed and opaque."""
    words = [word for word in piece.name.split() if word.lower() not in SHEER_WORDS]
    return piece.model_copy(update={"state": "worn", "opacity": "opaque", "name": " ".join(words) or piece.name})


def _clothes(drawn: Sequence[Garment], scene: Scene, frame: Frame, rating: ContentRating) -> str:
    """Return the visible clothes; never nothing, so that no model fills the gap its own way."""
    names = [_with_article(name) for piece in drawn if (name := clean_free_text(piece.label, 100))]
    bare = {
        region
        for region in ("chest", "hips")
        if region in FRAME_REGIONS[frame] and not any(region in g.regions and g.layer != "accessory" for g in drawn)
    }
    if "chest" in bare and rating != "explicit":
        worn = [g for g in scene.garments if g.state not in ("removed", "held") and g.layer != "accessory"]
        names.append("a plain t-shirt" if worn or not scene.garments else "a white towel wrapped around the body")
    elif not names and rating != "explicit":
        names.append("simple casual clothes")
    return f"wearing {', '.join(names)}" if names else ""


_PLURAL = re.compile(r"(?:[^s]s|ses)$")
_SINGULAR_S = ("dress", "ss", "us", "abs")


def _with_article(name: str) -> str:
    """Return "a red dress", "an open coat", "blue jeans"."""
    last = name.rsplit(maxsplit=1)[-1].lower()
    if (_PLURAL.search(last) and not last.endswith(_SINGULAR_S)) or last in (
        "lingerie",
        "underwear",
        "clothing",
        "scrubs",
        "armour",
        "armor",
        "swimwear",
        "loungewear",
        "jewelry",
        "jewellery",
    ):
        return name
    return f"{'an' if name[:1].lower() in 'aeio' or name.lower().startswith('umb') else 'a'} {name}"


# --- place, pose, mood ---------------------------------------------------------------------------------------------

_WHOLE = re.compile(
    r"\b(?:danc|walk|run(?:s|ning)|jog|jump|ski(?:s|ing)\b|surf|skat|swim|climb|hik|ride|riding|cycl|stretch|yoga|kneel|twirl|exercis|"
    r"squat|sprawl|lying|stroll|float|sunbath|garden)\w*",
    re.IGNORECASE,
)
_CLOSE = re.compile(r"\b(?:kiss|whisper|gaz|star|cry|crying|wink|sob|sleep|nap|selfie)\w*", re.IGNORECASE)


def choose_frame(scene: Scene, *, together: bool) -> Frame:
    """Return the crop: whole for what uses the whole body, close for faces, else to the hips."""
    if _WHOLE.search(scene.action):
        return "full"
    if _CLOSE.search(scene.action) and not together:
        return "portrait"
    return "half"


_HOURS = (
    (re.compile(r"\b(?:sunset|golden hour|dusk|evening sun)\b", re.I), "golden hour light"),
    (re.compile(r"\b(?:sunrise|dawn|morning)\b", re.I), "soft morning light"),
    (re.compile(r"\b(?:night|midnight|stars|starlight|moonlight|moon|nightclub|club)\b", re.I), "night, low light"),
    (re.compile(r"\b(?:evening|candle\w*|fireplace|campfire|bonfire)\b", re.I), "warm evening light"),
    (re.compile(r"\b(?:rain\w*|storm\w*|fog\w*|mist\w*|overcast|cloudy)\b", re.I), "diffuse overcast light"),
    (re.compile(r"\b(?:snow\w*)\b", re.I), "bright winter light"),
    (re.compile(r"\b(?:noon|midday|afternoon|sunny|sun|beach|poolside)\b", re.I), "bright daylight"),
)


def _light(text: str) -> str:
    return next((light for pattern, light in _HOURS if pattern.search(text)), "soft light")


_WEATHER = re.compile(
    r"\b(?:rain(?:ing|y)?|snow(?:ing|y)?|storm(?:y)?|fog(?:gy)?|mist(?:y)?|wind(?:y)?|sunny|cloudy|overcast|thunderstorm|sunset|sunrise|"
    r"dawn|dusk|night|morning|evening|afternoon|midnight|noon|twilight|autumn leaves)\b",
    re.IGNORECASE,
)


def _setting(scene: Scene, wish: str) -> str:
    """Return hour and weather that stand in the activity but not in the place ("dancing in the rain")."""
    said = scene.location.lower()
    found = [m[0].lower() for m in _WEATHER.finditer(clean_free_text(scene.action)) if m[0].lower() not in said]
    return ", ".join(dict.fromkeys(word for word in found if word not in wish.lower()))


_EXPRESSIONS = (
    (re.compile(r"\b(?:crying|cries|sobbing|tears|sad|grieving)\b", re.I), "sad expression, tears"),
    (re.compile(r"\b(?:laugh\w*|giggl\w*|joking)\b", re.I), "laughing"),
    (re.compile(r"\b(?:sleep\w*|napping|dozing|snoozing|slumber\w*)\b", re.I), "eyes closed, peaceful expression"),
    (re.compile(r"\b(?:angry|shout\w*|yell\w*|fight\w*|furious|glaring)\b", re.I), "angry expression"),
    (re.compile(r"\b(?:blush\w*|shy|embarrassed)\b", re.I), "blushing, shy smile"),
    (re.compile(r"\b(?:afraid|scared|trembling|hiding|nervous)\b", re.I), "worried expression"),
    (re.compile(r"\b(?:surprised|gasping|shocked)\b", re.I), "surprised expression"),
    (
        re.compile(
            r"\b(?:read\w*|study\w*|writ\w*|typing|working|paint\w*|sketch\w*|knitting|sewing|repairing|fixing|practi[cs]ing)\b",
            re.I,
        ),
        "concentrated expression",
    ),
    (re.compile(r"\b(?:meditat\w*|praying|yoga)\b", re.I), "calm expression"),
    (re.compile(r"\b(?:kiss\w*)\b", re.I), "eyes closed, tender expression"),
    (re.compile(r"\b(?:wink\w*|grin\w*|teas\w*)\b", re.I), "playful grin"),
)


def _expression(text: str) -> str:
    return next((words for pattern, words in _EXPRESSIONS if pattern.search(text)), "gentle smile")


def _join(parts: Sequence[str]) -> str:
    return ", ".join(part for part in parts if part)
