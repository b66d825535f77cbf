"""The image prompt: the same person in every picture, in the clothes that can be seen, where she or he is.

Pure.  Order: quality and style, who is in it, the look as identity anchor, visible clothes, place, activity, framing.
Free text of users is cleaned of prompt syntax; everyone is an adult, always.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from companion_hub.models.companion import CompanionProfile
from companion_hub.models.image import GarmentDecision
from companion_hub.models.scene import Scene
from companion_hub.models.user import Appearance, ContentRating
from companion_hub.services.options import prompt_words
from companion_hub.services.texts import one_line
from companion_hub.services.visibility import Frame, decide

WIDTH, HEIGHT = 832, 1216
_LOOK_GROUPS = (
    "ethnicity", "skin", "face", "eye_colour", "eye_shape", "hair_length", "hair_style", "hair_colour", "nose", "lips",
    "facial_hair", "marks", "glasses", "makeup", "piercings", "build", "height", "shoulders", "bust", "chest", "hips",
    "tattoos",
)  # fmt: skip
_USER_GROUPS = ("skin", "hair_length", "hair_style", "hair_colour", "eye_colour", "facial_hair", "glasses", "build")
_FRAMING: dict[Frame, str] = {"portrait": "portrait, upper body", "half": "cowboy shot", "full": "full body"}
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
_SYNTAX = re.compile(r"<[^<>]{0,200}>|\bBREAK\b|\bAND\b|[()\[\]{}\\|<>]|:\s*-?\d+(?:\.\d+)?")
_YOUNG = re.compile(
    r"\b(?:child(?:ren|like)?|kids?|minors?|teen(?:age[drs]?|s)?|under-?aged?|lolis?|lolicon|shotas?|toddlers?|infants?|"
    r"bab(?:y|ies)(?! blue)|pre-?teens?|tweens?|school ?(?:girls?|boys?)|little (?:girls?|boys?)|young (?:girls?|boys?)|"
    r"(?:1[0-7]|[1-9])\s*-?\s*(?:years?|yrs?|y)[\s-]*(?:old|o)\b|(?:1[0-7]|[1-9])\s*yo)\b",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"\b(?:with you|together|both|us|we|hugging|kissing|cuddling|holding hands|beside you|next to you|in your arms|"
    r"your (?:lap|arms|shoulder|hand))\b",
    re.IGNORECASE,
)
_CLOSE = re.compile(r"\b(?:kiss|whisper|eyes|face|smil|laugh|cry|sip|drink|wink|look)\w*", re.IGNORECASE)
_WHOLE = re.compile(
    r"\b(?:danc|walk|run|jog|stand|jump|ski|surf|skat|swim|climb|hik|ride|riding|cycl|lying|stretch|yoga|kneel|twirl)\w*",
    re.IGNORECASE,
)


class ImagePrompt(NamedTuple):
    """``decisions`` say for every garment why it is in or out; ``frame`` is the camera's crop."""

    prompt: str
    negative: str
    frame: Frame
    decisions: list[GarmentDecision]
    people: int


def build_image_prompt(
    profile: CompanionProfile,
    scene: Scene,
    *,
    content_rating: ContentRating = "safe",
    user_appearance: Appearance | None = None,
    extra: str = "",
) -> ImagePrompt:
    """Return the prompt for a scene.  ``user_appearance`` None: the user is never in the picture."""
    appearance = profile.appearance
    together = user_appearance is not None and _TOGETHER.search(f"{scene.action} {extra}") is not None
    frame = choose_frame(scene, together=together)
    decisions = decide(scene.garments, frame, allow_underwear=content_rating == "explicit")
    worn = [decision.garment for decision in decisions if decision.drawn]
    parts = [
        "masterpiece, best quality",
        *prompt_words(appearance, "style"),
        _subjects(appearance, user_appearance if together else None),
        f"{max(18, profile.identity.age)} years old, adult",
        *(word for group in _LOOK_GROUPS for word in prompt_words(appearance, group)),
        clean_free_text(profile.visual_prompt),
        _clothes(worn, scene),
        *_other_person(user_appearance if together else None),
        clean_free_text(scene.location),
        clean_free_text(scene.action),
        clean_free_text(extra),
        _FRAMING[frame],
        "soft light",
    ]
    negative = [
        SAFETY_NEGATIVE,
        RATING_NEGATIVE[content_rating],
        QUALITY_NEGATIVE,
        *([] if together else ["multiple people"]),
        clean_free_text(profile.negative_prompt),
    ]
    return ImagePrompt(
        prompt=_join(parts), negative=_join(negative), frame=frame, decisions=decisions, people=2 if together else 1
    )


def choose_frame(scene: Scene, *, together: bool) -> Frame:
    """Return the crop: whole for what uses the whole body, close for faces, else to the hips."""
    if _WHOLE.search(scene.action):
        return "full"
    if _CLOSE.search(scene.action) and not together:
        return "portrait"
    return "half"


def clean_free_text(text: str, limit: int = 600) -> str:
    """Return a user's or a model's text without prompt syntax (weights, LoRA, breaks) and without youth words."""
    cleaned = one_line(text, limit * 2)
    while (shorter := _YOUNG.sub("", _SYNTAX.sub(" ", cleaned))) != cleaned:
        cleaned = shorter
    return re.sub(r"\s*,(?:\s*,)+", ",", " ".join(cleaned.split())).strip(" ,")[:limit]


def _subjects(appearance: Appearance, other: Appearance | None) -> str:
    first = prompt_words(appearance, "presentation") or ["1 person"]
    if other is None:
        return first[0]
    second = prompt_words(other, "presentation") or ["1 person"]
    return f"2 people, {first[0]} and {second[0]}" if first != second else f"2 people, {first[0].replace('1 ', 'two ')}"


def _other_person(appearance: Appearance | None) -> list[str]:
    if appearance is None:
        return []
    words = [word for group in _USER_GROUPS if group in appearance for word in prompt_words(appearance, group)]
    return [f"the other person with {', '.join(words)}"] if words else []


def _clothes(worn: Sequence[str], scene: Scene) -> str:
    """Return the visible clothes; never nothing, so that no model fills the gap its own way."""
    names = [clean_free_text(name, 80) for name in worn]
    names = [name for name in names if name]
    has_body = any(
        g.slot in ("top", "full", "outer", "underwear_top", "other") for g in scene.garments if g.name in worn
    )
    if not has_body:
        names.append("plain t-shirt" if not scene.garments else "wrapped in a towel")
    return "wearing " + ", ".join(_with_article(name) for name in names)


def _with_article(name: str) -> str:
    plural = name.rsplit(maxsplit=1)[-1].lower().endswith("s") and not name.lower().endswith(("dress", "glass", "ss"))
    if plural:
        return name
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _join(parts: Sequence[str]) -> str:
    return ", ".join(part for part in parts if part)
