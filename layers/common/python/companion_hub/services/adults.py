"""Companions are adults: finds texts that say of the companion itself that it is under 18.

Pure.  Called where a companion is made, changed or imported; the number in ``identity.age`` is checked by its model.
Only what is said of the companion counts: a younger sister, a memory of being nine or a shop since 16 years are fine.
The image prompt removes words of youth besides (services/image_prompt.py).
"""

import re
from collections.abc import Iterator, Mapping
from re import Pattern
from typing import Any, cast

from companion_hub.models.companion import CompanionProfile

# Who somebody is stands at the beginning.  The patterns take up to 9 µs for a character of a text made against them.
MAX_CHARS_EACH, MAX_CHARS = 20_000, 100_000
MESSAGE = "Companions are 18 or older, and this says otherwise."

_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
_UNDER_18 = rf"(?:1[0-7]|0?[1-9]|{_WORDS})"
# "Age: 16", "Age(16)", "age = "15"", "Alter: 17"; not "Age: 1,200", "Age: 5 centuries", "age 16 to now".
_LABEL = re.compile(
    rf"(?<![\w-])(?:age|alter|edad|âge|età|idade|leeftijd|wiek|возраст|年齢|年龄|나이)\s*[:=(：]+\s*[\"'“(\[]*{_UNDER_18}(?![\w.,/]*\d)"
    r"(?!\s*(?:centur|hundred|thousand|mill|decade|aeon|eon|k\b|months?))(?!\w)",
    re.IGNORECASE,
)
# What may stand between "she is" and the age; not what leads to somebody else ("the mother of a 5-year-old").
_BETWEEN = (
    r"(?:(?!(?:of|to|with|for|from|than|like|by|in|at|on|about|after|whose|who|has|have|had|not|never|no|neither|longer|older|mentor|"
    r"teacher|mother|father|since|when|until|before|\w+ing|\w+n't)\b)[\w'-]+,?\s+){0,5}"
)
_YEARS_OLD = rf"(?:only |just |barely |about |around )?{_UNDER_18}(?:[\s-]*(?:years?|yrs?)[\s-]*(?:olds?\b|of age)|\s*y\s*[/.]?\s*o\b)"
_GIRL_OF_14 = rf"(?:girl|boy|kid|child|teen|teenager|student|schoolgirl|schoolboy|pupil)s?,?\s*(?:aged?|of)?\s*\(?{_UNDER_18}\b(?!\s*(?:years|year)\b(?!\s*old))"
_YOUNG = (
    rf"{_GIRL_OF_14}"
    r"|under-?\s?aged?\b(?!\s*(?:drink|sister|brother|daughter|son))|(?:a )?minor(?=\s*(?:[.!?;)\]\n]|$))"
    r"|lolis?(?:con)?\b|shotas?(?:con)?\b|pre-?teen(?:ager)?\b|(?:middle|elementary|primary|junior high)[\s-]?school(?:er|girl|boy| student| girl| boy)\b"
    r"|teen(?:age)? (?:girl|boy)\b|toddler\b"
)
# "I am one." is something else.
_BARE = rf"(?:only |just |barely |turning |turned )?(?!(?:one|two|three|[0-4])\b){_UNDER_18}(?=\s*(?:[.!?;)\]\n]|$))"
# In other languages the verb belongs to the age.
_ELSEWHERE = (
    rf"(?:ist|bin) (?:erst )?{_UNDER_18} Jahre? alt|(?:tiene|tengo) {_UNDER_18} años|(?:elle a|il a|j'ai) {_UNDER_18} ans\b"
    rf"|ha {_UNDER_18} anni|tem {_UNDER_18} anos"
)
_OTHERS = re.compile(
    r"\b(?:daughter|son|sister|brother|sibling|twin|niece|nephew|cousin|child|children|kids?|student|pupil|boy|girl|baby|cat|dog|horse|friend)s?\b",
    re.IGNORECASE,
)
# Texts that describe; the others are stories, in which an age at the beginning may be anybody's.
_DESCRIPTIONS = frozenset(
    {"identity.backstory", "identity.personality", "identity.occupation", "visual_prompt", "system_prompt", "tags"}
)


def says_minor(name: str, texts: Mapping[str, str]) -> list[str]:
    """Return the fields whose text says that the companion called ``name`` is under 18."""
    subject, left, found = _subject(name), MAX_CHARS, list[str]()
    for field, text in texts.items():
        read = text[: min(MAX_CHARS_EACH, left)]
        left -= len(read)
        if read and _says_minor(subject, _plain(read), is_description=field in _DESCRIPTIONS):
            found.append(field)
    return found


def profile_texts(profile: Mapping[str, Any]) -> dict[str, str]:
    """Return what is written about a companion, by its field; ``profile`` may hold only some of the fields."""
    identity = cast("dict[str, Any]", profile.get("identity") or {})
    found = {name: profile.get(name) for name in ("visual_prompt", "system_prompt")}
    found |= {f"identity.{name}": value for name, value in identity.items()}
    return {
        field: "\n".join(cast("list[str]", value)) if isinstance(value, list) else value
        for field, value in found.items()
        if isinstance(value, str | list)
    }


def card_says_minor(name: str, profile: CompanionProfile, data: Mapping[str, Any]) -> bool:
    """Whether a card's texts, tags or any number called ``age`` say that its character is under 18."""
    tags: object = data.get("tags")
    listed = cast("list[object]", tags) if isinstance(tags, list) else []
    texts = profile_texts(profile.model_dump()) | {"tags": "\n".join(tag for tag in listed if isinstance(tag, str))}
    return bool(says_minor(name, texts)) or any(
        age < 18 for age in _ages({k: data.get(k) for k in ("age", "extensions")})
    )


def _plain(text: str) -> str:
    """Return the text with one apostrophe and single spaces: on a page of blank lines the patterns would take minutes."""
    lines = (" ".join(line.split()) for line in text.replace("’", "'").splitlines())
    return "\n".join(line for line in lines if line)


def _says_minor(subject: Pattern[str], text: str, *, is_description: bool) -> bool:
    if _LABEL.search(text) or (is_description and _AT_THE_START.search(text)):
        return True
    return any(
        match["named"] or not _OTHERS.search(text[max(0, match.start() - 80) : match.start()])
        for match in subject.finditer(text)
    )


# A line, list item or comma-separated part that begins with the age: "A 15-year-old girl", "blonde, 16 years old".
_AT_THE_START = re.compile(
    rf"(?:^|[\n\[({{;,.•*-])\s*(?:(?:a|an|the)\s+)?(?:{_YEARS_OLD}(?!\s*(?:when|at the|then|brother|sister|son|daughter|cat|dog|car|house))"
    r"|under-?aged?(?=\s*(?:[,.;)\]\n]|$))|loli(?:con)?\b|shota(?:con)?\b)"
    rf"|(?:^|\n)(?:an? )?(?:(?!(?:a|an|the|of|to|with|for|from|has|have|\w+ing|\w+es)\b)[\w'-]+ ){{0,2}}{_GIRL_OF_14}",
    re.IGNORECASE,
)


def _subject(name: str) -> Pattern[str]:
    """Return what says an age of the companion: by name or placeholder, or as I, you, she, he or they."""
    names = "|".join(re.escape(word) for word in {name, *name.split()[:1]} if word)
    return re.compile(
        rf"(?<!\w)(?:(?P<named>{names}|\{{\{{char\}}\}}|<bot>)|she|he|I|you)(?:\s*,)?\s*"
        rf"(?:'s|'m|'re|\s(?:is|am|are|looks like|turned|just turned))(?!\w)\s*"
        rf"(?:{_BETWEEN}(?:{_YEARS_OLD}|{_YOUNG})|{_BARE})|(?P<other_language>(?<!\w)(?:{_ELSEWHERE}))",
        re.IGNORECASE,
    )


def _ages(value: object) -> Iterator[float]:
    """Yield every number called ``age`` in a card's data (its depth has been checked)."""
    if isinstance(value, dict):
        for key, item in cast("dict[str, object]", value).items():
            if key.lower() == "age" and isinstance(item, int | float | str) and not isinstance(item, bool):
                try:
                    yield float(item)
                except ValueError:
                    continue
            else:
                yield from _ages(item)
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            yield from _ages(item)
