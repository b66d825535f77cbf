"""The image prompt: no syntax from free text, adults only, never fewer clothes than the scene has."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion_hub.models.companion import CompanionProfile, Identity
from companion_hub.models.user import ContentRating
from companion_hub.services.image_prompt import SAFETY_NEGATIVE, build_image_prompt, clean_free_text
from companion_hub.services.scene import scene_from_strings

PROFILE = CompanionProfile(appearance={"presentation": "feminine"}, identity=Identity(age=27))
SYNTAX = re.compile(r"[<>()\[\]{}|\\]|\bBREAK\b|\bAND\b|lora\s*:")
PIECES = ["<", "lora:", "x:1", ">", "(", ")", ":1.5", "BREAK", "AND", "[", "]", "{", "|", "}", "te", "en", "lo", "li", "young", "girl",
          "16", "years", "old", "child", " ", "-", ",", "teen", "<lora:a:1>", "loli", "\u200b", "kid"]  # fmt: skip
texts = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=14).map("".join))


@given(texts)
def test_free_text_never_carries_syntax_or_youth(text: str) -> None:
    cleaned = clean_free_text(text)
    assert SYNTAX.search(cleaned) is None
    assert re.search(r"\b(?:teen|loli|child|kid|girl)\b", cleaned, re.IGNORECASE) is None
    assert "\n" not in cleaned


@given(texts)
def test_cleaning_is_stable(text: str) -> None:
    once = clean_free_text(text)
    assert clean_free_text(once) == once


@given(texts, texts, texts, st.sampled_from(["safe", "suggestive", "explicit"]))
def test_every_prompt_is_of_an_adult_and_safe(visual: str, extra: str, negative: str, rating: ContentRating) -> None:
    profile = PROFILE.model_copy(update={"visual_prompt": visual, "negative_prompt": negative})
    scene = scene_from_strings("red dress", visual[:100], extra[:100])
    made = build_image_prompt(profile, scene, content_rating=rating, extra=extra)
    assert "27 years old, adult" in made.prompt
    assert made.negative.startswith(SAFETY_NEGATIVE)
    assert SYNTAX.search(made.prompt) is None
    assert re.search(r"\bclothes|clothing\b", made.negative) is None


@pytest.mark.parametrize("rating", ["safe", "suggestive"])
@pytest.mark.parametrize("outfit", ["", "towel", "hat", "jeans", "open coat", "sheer dress", "black bra", "earrings"])
def test_someone_is_always_dressed(outfit: str, rating: ContentRating) -> None:
    made = build_image_prompt(PROFILE, scene_from_strings(outfit, "", ""), content_rating=rating)
    assert "wearing" in made.prompt
    assert "sheer" not in made.prompt


def test_why_this_picture_names_every_garment() -> None:
    scene = scene_from_strings("grey coat, white shirt, jeans, boots", "in the park", "")
    made = build_image_prompt(PROFILE, scene)
    assert [(d.garment, d.drawn) for d in made.decisions] == [
        ("grey coat", True), ("white shirt", False), ("jeans", False), ("boots", False),
    ]  # fmt: skip


@pytest.mark.parametrize(("own_look", "people"), [({}, 1), ({"presentation": "masculine"}, 2)])
def test_who_has_not_said_how_they_look_is_not_drawn(own_look: dict[str, str], people: int) -> None:
    scene = scene_from_strings("blue jeans", "in the kitchen", "baking together")
    made = build_image_prompt(PROFILE, scene, user_appearance=dict(own_look))
    assert made.people == people
    assert ("1 woman and 1 man" in made.prompt) is (people == 2)


@pytest.mark.parametrize(
    "text", ["l o l i", "c.h.i.l.d", "petite fille", "幼女", "ロリ", "niña", "ein kleines Mädchen", "девочка", "소녀"]
)
def test_words_of_youth_in_other_languages_and_letter_by_letter(text: str) -> None:
    assert clean_free_text(f"smiling, {text}, beach").removesuffix(", beach") in ("smiling", "smiling, ein kleines")


@pytest.mark.parametrize(
    ("action", "drawn"),
    [
        ("hugging you tightly", ""),
        ("taking your hand and walking along the shore", "walking along the shore"),
        ("smiling at you", "smiling"),
        ("looking into your eyes", "looking"),
        ("sitting on your lap, humming", "sitting, humming"),
        ("washing her hair", "washing her hair"),
    ],
)
def test_who_is_not_in_the_picture_is_not_hugged_in_it(action: str, drawn: str) -> None:
    made = build_image_prompt(PROFILE, scene_from_strings("red dress", "the park", action))
    assert "you" not in re.findall(r"\w+", made.prompt)
    assert ", the park, " + (f"{drawn}, " if drawn else "") in made.prompt
