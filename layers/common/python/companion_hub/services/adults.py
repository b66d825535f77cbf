"""Companions are adults: finds texts that say of the companion itself that it is under 18.

Pure.  Called where a companion is made, changed or imported; the number in ``identity.age`` is checked by its model.
Only what is said of the companion counts: a younger sister, a memory of being nine or a shop since 16 years are fine.
The image prompt removes words of youth besides (services/image_prompt.py).
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
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
    left, found = MAX_CHARS, list[str]()
    for field, text in texts.items():
        read = text[: min(MAX_CHARS_EACH, left)]
        left -= len(read)
        if read and _says_minor(name, _plain(read), is_description=field in _DESCRIPTIONS):
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
    about = {key: value for key, value in data.items() if key != "character_book"}  # a lorebook speaks of others
    return bool(says_minor(name, texts)) or any(age < 18 for age in _ages(about))


def _plain(text: str) -> str:
    """Return the text with one apostrophe and single spaces: on a page of blank lines the patterns would take minutes."""
    lines = (" ".join(line.split()) for line in text.replace("’", "'").splitlines())
    return "\n".join(line for line in lines if line)


def _says_minor(name: str, text: str, *, is_description: bool) -> bool:
    if _LABEL.search(text) or (is_description and (_AT_THE_START.search(text) or _describes_a_minor(name, text))):
        return True
    return any(
        match["named"] or not _OTHERS.search(text[max(0, match.start() - 80) : match.start()])
        for match in _subject(name).finditer(text)
    )


def _describes_a_minor(name: str, text: str) -> bool:
    if name:
        text = re.sub(rf"\b{re.escape(name)}\b", "she", text, flags=re.IGNORECASE)
    for match in _minor_words().finditer(text):
        before = text[max(0, match.start() - 40) : match.start()].rsplit("\n", 1)[-1]
        if not _NOT_THE_COMPANION.search(before) and not _OTHERS.search(before):
            return True
    return False


@cache
def _minor_words() -> Pattern[str]:
    """Return the pattern, made when it is first needed: no cold start should pay for it."""
    return re.compile(_MINOR_WORDS, re.IGNORECASE | re.MULTILINE)


# --- words that describe -------------------------------------------------------------------------------------------

_AGE = r"(?:(?<![\d.,])(?:[1-9]|1[0-7])(?![\d.,%:]\d|%)|(?<![\w-])(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)\b)"
_YEARS = rf"(?:{_AGE}\s*-?\s*(?:years?|yrs?)\s*-?\s*old\b|{_AGE}\s*-?\s*(?:yo|y/o|y\.o\.?)(?!\w))"
_SUBJECT = r"(?:(?:she|he|they|i|you|it|\{\{char\}\}|<bot>)(?:'s|'m|'re| is| am| are)|^(?:is|am)|^(?!(?:it|this|that|there|which|what)\b)(?-i:[A-Z])[\w'-]+ is)"
_PERSON = r"(?:girls?|boys?|students?|teens?|teenagers?|virgin|schoolgirl|schoolboy|cheerleader|female|male|human|elf|vampire|witch|princess|prince|gymnast|lass|lad|maid|neko|catgirl|kitsune|runaway|prodigy|pupil|babysitter|high schooler|youth|freshman|sophomore|junior|senior|ballerina|dancer|daughter of|girlfriend|neighbou?r|roommate|classmate|step-?(?:sister|brother|daughter|son)|apprentice|servant|slave|bride|princess|child|kid|demon|dragon|goddess|angel)"
_MINOR = (
    r"(?:teen(?:ager|age (?:girl|boy|\w+))?|adolescent(?: girl| boy)?|child(?!hood| (?:psycho|care|minder|actor|actress|prodigy turned|of (?:the|god|nature|two|a)))|toddler|little (?:girl|boy)|kid|pre-?teen|tween|"
    r"(?:high|middle|elementary|primary|junior high|grade)[- ]?school(?:er)?(?: (?:girl|boy|student|senior|junior|sophomore|freshman|pupil|kid))?(?! (?:teacher|sweetheart|principal|counsel|friend|nurse|coach|librarian|janitor|dropout|reunion|diploma|diary|secretary|headmaster))|"
    r"junior[- ]high(?: school)?(?: student| girl| boy)?|(?:\d{1,2}th|ninth|tenth|eleventh|twelfth|eighth|seventh|sixth)[- ]grade(?:r| student)|kindergart(?:n|en)er|school ?(?:girl|boy|child|kid)|minor(?! (?:character|role|key|noble|deity|god|goddess|celebrity|league|injur|issue|official|detail|chord|planet|scale|demon|aristocrat|royal|villain|spirit|poet|artist|actor|bureaucrat|setback|star|figure)))"
)
_GAP = r"(?:(?!(?:of|with|to|for|by|from|who|and|whose|than|like|teaches|former|ex|once|not|no|only|middle|inner|wild|love|problem|older|mother|father|parent|big|overgrown|grown)\b)[\w'-]+[ ,]+){0,3}"
_MINOR_WORDS = (
    "|".join(
        (
            r"\bl[o0]l[i1](?:s|con)?\b(?!ta)|\bshota(?:con|s)?\b|\bjail ?bait\b|\bbarely legal\b|\bpre-?pubescent\b|\bpre-?teen\b(?! (?:son|daughter|niece|nephew|students|kids|brother|sister))",
            r"(?<!not )(?<!no )(?<!no longer )(?<!n't )(?<!never )(?<!against )\bunder-?\s?age\b(?! (?:drink|sex\b.{0,20}illegal|driv))",
            # said at the head of a text or line
            rf"^\W*(?:name:? )?(?!(?:room|chapter|level|act|part|episode|day|week|unit|class|grade|sector|district|ward|route|volume|book|scene|season|phase|page|section|article|top|apollo|area|number|chapter)\b)(?-i:[A-Z])[\w'-]+(?: (?-i:[A-Z])[\w'-]+)?,? \(?{_AGE}\)?(?=[,.;]|\W*$)",
            rf"^\W*(?:an? |the |your )?(?:(?!(?:is|was|are|has|have|had|with|for|after)\b)\w+,? ){{0,2}}{_YEARS}(?=\W*$|[,.;]| (?:\w+ )?{_PERSON}\b| from\b)",
            rf"(?:{_SUBJECT}|\b(?:play|plays|playing|being)) (?:an? |the |your )?(?:(?!\w+ing\b)\w+,? ){{0,2}}?{_YEARS}(?=\W*$|[,.;]| (?:\w+ )?{_PERSON}\b| from\b| and\b)(?<! the house is)",
            rf"\b(?:an?|your|the) (?:(?!(?:has|his|her|their)\b)\w+,? ){{0,2}}{_YEARS} (?:\w+ )?(?!daughter){_PERSON}\b(?! of (?:his|her|their|{{{{user}}}}))",
            rf"{_SUBJECT} (?:only |just |still |currently |barely |actually |about |almost |nearly )*{_AGE}(?: years? old| years? of age)?(?=\W*$|[,.;!)]| (?:and|but|with|from|in (?:human|appearance))\b)",
            rf"(?<!at )(?<!by )(?<!from )(?<!since )(?<!until )(?<!under )(?<!over )(?<!the )(?<!an )(?<!old )\bage[d:]?\s*(?:is |of |[:=–-]\s*)?{_AGE}\b(?! (?:years? (?:in|before|after|later)|centur|when|months))",
            rf"(?:\b(?:she|he|i|they|\{{\{{char\}}\}})(?:'s| is| has| just)? )(?:just )?turn(?:ed|s|ing) {_AGE}\b(?=\W*$|[,;.]| (?:last|this|next|yesterday|today|recently|soon|in (?:a|two|three)|a (?:week|month))\b)",
            rf"\b(?:in the |has the |with the |have the )?(?:body|appearance|looks|face|mind|mentality) of an? (?:\w+ )?(?:{_YEARS}|{_MINOR})\b",
            rf"\b(?:looks?|looking|appears?|appearing|seems?) (?:to be |like |as if |about |around |no older than |barely )*(?:an? )?(?:(?:cute|small|young|little|sweet|innocent) )*(?:{_YEARS}|(?:{_AGE}(?=\W*$|[,.;]| (?:despite|but|though|even|or|years)\b))|{_MINOR}\b)",
            rf"(?:^\W*|(?:{_SUBJECT}|\b(?:(?:role-?)?play(?:s|ing)?|act(?:s|ing)?) (?:as )?(?:the role of )?|:) *(?:still |just |only |currently )*)(?:an?|the|your) {_GAP}{_MINOR}\b(?!'s| (?:teacher|at heart|actress|actor|psychologist|star in))",
            rf"^\W*(?:{_GAP.replace('{0,3}', '{0,2}')}){_MINOR}\b(?=\W*$|[,.;(]| (?:girl|boy|student|idol|who|with|from|in|at(?! heart)|vampire|witch|elf|cheerleader|that)\b)",
            r"\b(?:she|he|they|i|\{\{char\}\})(?:'s| is|'m| am| are)? (?:still |currently )?(?:attend(?:s|ing)|go(?:es|ing)? to|stud(?:ies|ying) (?:at|in)|(?:a )?(?:student|pupil) (?:at|in)|in) (?:an? |the |her |his |their )?(?:local |private |catholic |girls' |boys' |public )*(?:high|middle|elementary|primary|junior high|grade|secondary) ?school\b(?! (?:reunion|teacher))",
            r"(?:\b(?:is|'s|am|'m|are)|^) (?:still |currently )?in (?:the )?(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)[ -]grade\b",
        )
    )
)  # fmt: skip
# Somebody else's age, or a time that is over.
_NOT_THE_COMPANION = re.compile(
    r"\b(?:her|his|their|my|your|{{user}}'s|user's|whose|our|has an?|have an?|had an?|with an?|the|teach(?:es|ing)?|two|three|several|many|for) (?:\w+ )?$|\b(?:of|to|with|for|about|like|teaching|teaches|raising|meeting|helping)\s+$|\b(?:was|were|been|when|since|used to be|former(?:ly)?|once) (?:\w+ ){0,3}$",
    re.IGNORECASE,
)


# A line, list item or comma-separated part that begins with the age: "A 15-year-old girl", "blonde, 16 years old".
_AT_THE_START = re.compile(
    rf"(?:^|[\n\[({{;,.•*]|(?<!\w)-)\s*(?:(?:a|an|the)\s+)?(?:{_YEARS_OLD}(?!\s*(?:when|at the|then|brother|sister|son|daughter|cat|dog|car|house|scotch|whisk|malt|bourbon|rum|wine|port))"
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
