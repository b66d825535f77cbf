"""What the illustrator understands of a prompt: whole words, the longest first, become a Drawing.

Words of a look are in looks.py, of clothes in clothes.py and dressing.py, of a scene in doings.py.
"""

import re

from devtools.illustrator.clothes import EXTRAS, GARMENTS
from devtools.illustrator.doings import (
    ACTIVITIES,
    FACES_OF_MOODS,
    FRAMES,
    MOODS,
    PLACES,
    STANCES,
    STYLES,
    TIMES,
    WEATHER,
)
from devtools.illustrator.dressing import wear_of
from devtools.illustrator.finding import find, named
from devtools.illustrator.looks import (
    BEARDS,
    BUILDS,
    EYES,
    GLASSES,
    HAIRS,
    LENGTHS,
    SKINS,
    STYLES_OF_HAIR,
    TEXTURES,
    look_of,
)
from devtools.illustrator.person import Drawing, Look, Person


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
    style = named(text, STYLES, "photo")
    text = _MISLEADING.sub(" ", text)
    own, _, other_words = text.partition("the other person is")
    other_look, _, tail = _split_other(other_words)
    look_words, clothes, scene = _split(own)
    scene = f"{scene}, {tail}" if tail else scene
    two = re.search(
        r"\b(?:2 ?people|two (?:women|men|people)|2 ?girls|2 ?boys|2 women|2 men|2 androgynous|couple)\b", text
    )
    mood = FACES_OF_MOODS[named(scene or text, MOODS, "smile")]
    stance, activity = _action(scene or text, text)
    place, place_word = _place(scene, text)
    if activity == "laptop" and stance == "stand":
        stance = "sit"
    time = named(scene, TIMES) or named(
        text, TIMES, "night" if place in ("stage", "camp") else "sunset" if place == "restaurant" else "day"
    )
    weather = named(scene, WEATHER)
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
        frame=named(scene or text, FRAMES) or named(text, FRAMES, "half"),
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
    stances = (named(words, STANCES) for words in (scene, text))
    activities = (named(_VAGUE.sub(" ", words), ACTIVITIES) or named(words, ACTIVITIES) for words in (scene, text))
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
