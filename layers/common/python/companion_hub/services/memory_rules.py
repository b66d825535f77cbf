"""What a message plainly says about its writer: the part of memory that needs no model.

Pure.  ``learn`` has a message taken apart (memory_clauses), keeps the clauses that state something lasting, class by class
(memory_statements), and tells them of "the user" (third_person).  What is asked, supposed, quoted, acted between
asterisks, felt for the moment or said of strangers teaches nothing.  A class whose
statements exclude each other gives its memories a subject, so that a newer one supersedes the older.
"""

import re
from datetime import date
from functools import cache

from companion_hub.models.memory import Learnt
from companion_hub.services.memory_clauses import (
    LEADING_TIME,
    REMEMBER,
    SOMEBODY,
    UNREAL,
    clauses,
    sentences,
    spoken,
    with_subject,
)
from companion_hub.services.memory_forgetting import ASKS_TO_FORGET
from companion_hub.services.memory_statements import (
    BEING,
    CLOSE,
    CONDITION,
    DAY,
    FAMILY_NOUN,
    HABIT,
    MOMENT,
    MONTH,
    MUST,
    NUMBER,
    PEOPLE,
    PET,
    PROFESSION,
    SEASON,
    STATEMENTS,
    Statement,
)
from companion_hub.services.texts import one_line, word_set
from companion_hub.services.third_person import about_user, told_of

MAX_LEARNT = 8


# "Hi, I'm Tom.", "I'm Tom, nice to meet you": nothing but an introduction, and not where somebody is from.
_INTRODUCTION = re.compile(
    r"^\W*(?:(?:hi|hello|hey|hiya|there|well|oh|so|yes|good (?:morning|evening|afternoon)|nice to meet you)\b[\s,–—-]*)*(?:(?!i\b)\w+, )?"
    rf"(?:i'm|i am|im) (?!(?:{PEOPLE}|{BEING}|{CONDITION}|\w+ish|\w+ese|ok|okay|batman|spartacus|sorry|sure|fine|busy|back|home|ready|single|married)\b)"
    r"(?-i:(?P<x>[A-Z][\w'’-]*[a-zà-ÿ]))(?=\W*$|[,;–— -]+(?:(?:it['’]s )?(?:so )?(?:nice|good|glad|great|pleased|lovely) to|and i\b|and you\W*$|what['’]s your|"
    r"but (?:everyone|everybody|people|you can|my friends|please)|short for|\d\d\b|from\b))",
    re.IGNORECASE,
)  # fmt: skip
_GLADLY = re.compile(r"The user (?:\w+ly )?(?:loves|likes|enjoys|adores)\b")
# "hi im lena and im 24": in small letters only with more of an introduction
_SMALL_INTRODUCTION = re.compile(
    r"^\W*(?:(?:hi+|hello|hey+|hiya|yo|there)\b[\s,!]*)+(?:i'm|i am|im) (?!(?:not|so|just|very|really|a|an|the|in|on|at|from|new|here|back|home|\w+ed|\w+ing)\b)(?P<x>[a-z][a-z'-]{1,20})(?=(?: and|,) (?:(?:i'm|i am) )?(?:\d\d\b|from\b)|,? (?:but|and) (?:\w+ )?(?:everyone|everybody|people|(?:all )?my \w+) calls?\b)",
    re.IGNORECASE,
)  # fmt: skip
# What no class understood is kept in the user's own words.
_VERBATIM = "To be remembered, in the user's words: "


# The whole message is make-believe.
_STORY = re.compile(
    r"\b(?:imagine|pretend|suppose|let'?s (?:say|pretend|play)|role-?play|play along|my character|in (?:this|the|my|a|our) (?:story|dream|film|movie|book|novel|game|scene|play|scenario|tale|song|episode)|"
    r"once upon|as an? (?:knight|king|queen|prince|princess|pirate|wizard|witch|vampire|elf|dragon|demon|angel|warrior|assassin|detective|captain)|i dream(?:ed|t) (?:that )?i|"
    r"mortals?|i(?:'m| am) (?:an?|the) (?:\w+ )?(?:vampire|wizard|witch|dragon|ghost|king|queen|god|goddess|demon|angel|elf|knight|pirate|assassin|robot|android|alien|werewolf|mermaid|fairy|ninja|"
    r"superhero|princess|prince|emperor|banana)|in character|when i was (?:an? |the )?(?:young )?(?:king|queen|knight|dragon|wizard|witch|god|prince|princess)|(?:says|said) the|(?<!so when )(?<!so if )you say|(?<!funny )(?<!since )(?<!that )(?<!now )you ask|he says|she says)\b",
    re.IGNORECASE,
)
# Spoken to somebody of a story.
_TO_A_FIGURE = re.compile(
    r",\s*(?:witch|wizard|stranger|mortal|knave|peasant|wench|sire|sir knight|my (?:lord|lady|king|queen|liege)|milady|your (?:majesty|highness|grace)|captain|human|fool|beast|demon)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
_PREPOSITION = re.compile(
    r"^(?:near|in|at|on|with|from|close to|next to|just outside|outside|by the (?!way)|about|for|since|after|before|until|as an?|called|named|who)\b", re.IGNORECASE
)  # fmt: skip
_CLOSING = word_set(
    "know right lol btw too though way silly obviously honestly please ok okay haha sorry then again love dear darling anyway well "
    "actually indeed yes no remember seriously however thanks unfortunately sadly luckily hello unfortunately wow"
)
_TAKES_LIST = re.compile(
    r"^(?:i|my|we|our)\b.*?\b(?:allergic to|love|hate|like|adore|enjoy|speak|languages|collect|play|eat|have|has|favou?rite|sons?|daughters?|cats|dogs|kids|children|sisters|brothers|siblings|called|son|daughter|dog|cat|names?|puppy)\b",
    re.IGNORECASE,
)
# "two sons, Bo who is 6 and Al who is 3"
_NAMED_EACH = re.compile(
    r"(?:and )?[A-Z][\w'-]+ (?:who )?is [\w ]{1,20}?(?: and [A-Z][\w'-]+ (?:who )?is [\w ]{1,20})?$"
)
_RELATIVE = re.compile(
    rf"\b(?:today|tonight|tomorrow|yesterday|(?:last|next|this|coming) (?:\w+ )?(?:week(?:end)?|month|year|{DAY}|{SEASON}|{MONTH})|on {DAY}(?<!s)|{NUMBER} (?:day|week|month|year)s? ago|(?:a|a few|some|several) (?:day|week|month|year)s? ago|"
    rf"in (?:a|{NUMBER}|a few) (?:day|week|month|year)s?|just|recently)\b", re.IGNORECASE
)  # fmt: skip


# Said with a straight face: who "loves" something after this does not.
_WRY = re.compile(
    r"\b(?:oh|yeah|sure|right|yep),? (?:yeah|sure|right|of course),? (?:because|cause|like|i)\b|\b(?:yeah|sure|right|oh),? because i\b|\byeah,? right\b|"
    r"\b(?:that's|this is|isn't that|well) just (?:great|perfect|brilliant|fantastic|wonderful|lovely|typical|what i (?:needed|wanted))\b|"
    r"\b(?:oh )?(?:great|brilliant|fantastic|perfect|wonderful|lovely|joy),? (?:another|more|yet another|just what)\b|\bsaid (?:nobody|no one)\b|\bhighlight of my (?:day|week|month|year|life)\b|\blucky me\b",
    re.IGNORECASE,
)  # fmt: skip
# "Hi, I'm Ann, 67, a widow": each is said of her.
_INTRODUCED = re.compile(
    r"^\W*(?:and )?(?:i'm |i am )?(?=(?:\d\d(?: years old| yrs old)?(?=[,.!]|\W*$| and\b)|(?:an? (?:\w+ )?\w+|(?:father|mother|mum|mom|dad) of \w+|from (?-i:[A-Z])[\w ]*|studying [\w ]+)(?=[,.!]|\W*$| and\b| (?:from|in|at|of)\b)))",
    re.IGNORECASE,
)
# Of "I can't have nuts, I'm allergic" both halves are one statement; of "I love plums, I eat them daily" the second names the first.
_REFUSED = re.compile(
    r"^(?:I|we) (?:can't|cannot|do not|never|must not|should not) (?:have|eat|drink|touch|wear|take|use|keep|own|stroke|be (?:near|around)|go near|do) (?:any |an? |the |more )*(?P<x>[\w' -]{3,40})$|^(?P<y>(?!(?:it|that|this|you|he|she)\b)[\w'-]+(?: [\w'-]+){0,2}) (?:can|could|would|will|might|nearly|almost) (?:kill(?:ed)?|hospitali[sz]e) me$",
    re.IGNORECASE,
)
_ALLERGIC = re.compile(
    r"^(I am (?:\w+ly |very |so )*allergic)(?: to (?:it|them|that|those|all of (?:it|them)))?(?= too$|,|$)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"^(?P<x>[^\W\d_][\w'-]*(?: [\w'-]+){0,2}) (?:is|are) my (?:\w+ )?(?:weakness|vice|guilty pleasure|comfort food|kryptonite)$|^I (?:love|adore|like) (?P<y>(?!(?:it|that|this|you|the|to|when|how)\b)[\w'-]+(?: [\w'-]+){0,2})$",
    re.IGNORECASE,
)
_IT = re.compile(
    r"^(I (?:\w+ )?(?:eat|drink|have|make|play|watch|read|cook|bake|wear|listen to)) (?:it|them)\b", re.IGNORECASE
)

# Who speaks for two tells of one; a doctor's word for it counts as one's own.
_SPOKEN_FOR = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (rf"^we (?=(?:have (?:(?:{PET}), (?:{NUMBER} \w+, )?(?-i:[A-Z])\w+(?: and|,) (?-i:[A-Z])\w+|an?|no|two|three|four|our|\d+|lived|moved|bought|adopted|(?:got )?twins|(?:\w+ )?exams|finals|(?:had )?to put|booked)|had to put|(?:have )?booked|(?:have )?(?:lost|buried|rescued) (?:my|our)|are trying for|e?migrated|fled|moved|live|lived|bought|adopted|own|got (?:a|an|two)|keep|are (?:getting married|expecting|having|moving))\b)", "I "),
        (r"^we (?=no longer (?:live|work|have|own|eat|drink|smoke)\b|.*\b(?:my|when I was)\b)", "I "),
        (rf"^our (?=(?:{CLOSE}|{PET}|house|flat|apartment|landlord|car|garden|basement|cellar|roof|kitchen|boiler|heating)\b)", "my "),
        (r"^born (?=(?:and|in|on|to)\b)", "I was born "),
        (r"^raised (?=(?:in|by)\b)", "I was raised "),
        (r"^(?=(?:allergic to|married to|divorced|vegan|vegetarian)\b)", "I am "),
        (r"^I are\b", "I am"),
        (r"^(?=(?:mom|mum|mam|dad|nan|nana|gran|granny|grandma|grandpa|grandad|granddad) (?:is|was|has|had|died|passed|lives|lived|works|worked|used|turned|got|moved|loves|hates|taught|raised)\b)", "my "),
        (r"^(?=(?:sister|brother|wife|husband|girlfriend|boyfriend|partner|son|daughter) (?:lives in|works (?:as|at|in|for)|died|passed away|got (?:married|engaged)|moved to|is (?:called|from))\b)", "my "),
        (r"^(?:my |the )?(?:doctor|dentist|gp|therapist|optician|psychiatrist)s? (?:says?|said|thinks?|tells? me|told me|confirmed) (?:that )?(?=(?:i|my)\b)", ""),
        (r"^they made me redundant\b", "I was made redundant"),
        (r"^they (fired|sacked|promoted|hired|transferred) me\b(?! (?:up|for|with|an?)\b)", r"I was \1"),
        (r"^they (laid|let) me (off|go)\b", r"I was \1 \2"),
        # as who learns English says it
        (rf"^i (?:am|work as) (?=(?:[aeiou]|hono)\w*)(?={PROFESSION}(?:$| (?:at|in|from|for|of|by|and)\b))", "I am an "),
        (rf"^i (?:am|work (?:as|like)) (?={PROFESSION}(?:$| (?:at|in|from|for|of|by|and|since)\b))", "I am a "),
        (rf"^i (?:am work(?:ing)?|work) like (?=an? (?:\w+ )?{PROFESSION}\b)", "I work as "),
        (rf"^my ({CLOSE}) (?:he|she) (?=is|has|was|works|lives)", r"my \1 "),
        (r"^i have (\d\d) years(?: old)?(?=$| and\b)", r"I am \1"),
    )
)  # fmt: skip


def learn(text: str, *, companion: str = "", said_on: date | None = None, before: str = "") -> list[Learnt]:
    """Return what a user's message plainly says, at most eight statements; questions and make-believe teach nothing.

    ``companion`` is who "you" is.  With ``said_on`` a statement that counts from the day it was made ("tomorrow") names
    that day.  ``before`` is the user's message before this one: "no, it's Leeds" corrects what that said.
    """
    said = spoken(text)
    if _STORY.search(said) or _TO_A_FIGURE.search(said):
        return []
    learnt: list[Learnt] = []
    verbatim: list[Learnt] = []
    wry, of_somebody = _WRY.search(said) is not None, False
    for sentence in sentences(said):
        if ASKS_TO_FORGET.search(sentence):
            continue
        if corrected := _correction(sentence, learnt or (learn(before, companion=companion) if before else [])):
            learnt = [item for item in learnt if item.subject != corrected.subject] + [corrected]
            continue
        found = _of_sentence(sentence if of_somebody else with_subject(sentence), companion, learnt)
        found = [item for item in found if not (wry and _GLADLY.match(item.text))]
        of_somebody = SOMEBODY.search(sentence) is not None
        told = REMEMBER.search(sentence)
        if told and not found and not sentence.rstrip().endswith("?"):
            verbatim.append(Learnt("fact", one_line(_VERBATIM + told["x"], 300), MUST))
        learnt.extend(item._replace(importance=MUST) if told else item for item in found)
    unique: dict[str, Learnt] = {}
    for item in learnt + verbatim:
        dated = said_on and item.kind in ("event", "promise", "fact") and _RELATIVE.search(item.text)
        line = f"{item.text.rstrip('.')} (said on {said_on.day} {said_on:%B %Y})." if dated and said_on else item.text
        unique.setdefault(line.lower(), item._replace(text=one_line(line, 300)))
    return list(unique.values())[:MAX_LEARNT]


def _of_sentence(sentence: str, companion: str, earlier: list[Learnt]) -> list[Learnt]:
    found: list[Learnt] = []
    if match := _INTRODUCTION.search(sentence) or _SMALL_INTRODUCTION.search(sentence):
        name = match["x"] if match["x"] != match["x"].lower() else match["x"].title()
        found.append(Learnt("fact", f"The user's name is {name}.", MUST, "name"))
        sentence = _introduced(sentence[match.end() :])
    others = False
    before = ""
    for said in clauses(sentence, companion):
        clause, before = _joined(before, said), said
        # "My best friend is Theo, we have known each other for years": not the companion
        of_others = others and re.match(r"(?:we|our)\b", clause, re.IGNORECASE)
        if not of_others and (item := _of_clause(clause, companion, [*earlier, *found])):
            found.append(item)
        others = others or re.match(rf"(?:i \w+ )?my (?:{CLOSE})\b", clause, re.IGNORECASE) is not None
    return found


def _joined(before: str, clause: str) -> str:
    """Return the clause with what the one before it names: "I am allergic" to what was refused, "I eat it"."""
    refused, named = _REFUSED.match(before), _NAMED.match(before)
    if refused:
        return _ALLERGIC.sub(rf"\1 to {refused['x'] or refused['y'].lower()}", clause)
    return _IT.sub(rf"\1 {(named['x'] or named['y']).lower()}", clause) if named else clause


def _introduced(rest: str) -> str:
    """Return what follows a name with "I am" before each thing that is said of it: "I am 67, I am a widow, and …"."""
    said: list[str] = []
    while match := _INTRODUCED.match(rest):
        first, comma, rest = rest[match.end() :].partition(",")
        said.append(f"I am {first}".replace("am studying", "study"))
        if not comma:
            break
    return ", ".join([*said, rest.strip()] if rest.strip() else said)


@cache
def _compiled() -> list[tuple[re.Pattern[str], Statement]]:
    """Return the classes with their patterns: 0.3 s that no cold start pays and no reply waits for."""
    return [(re.compile(entry.pattern, re.IGNORECASE), entry) for entry in STATEMENTS]


def _of_clause(clause: str, companion: str, earlier: list[Learnt]) -> Learnt | None:
    clause = _moved_time(_trimmed(clause))
    if UNREAL.search(clause):
        return None
    for pattern, words in _SPOKEN_FOR:
        clause = pattern.sub(words, clause)
    momentary = MOMENT.search(clause) is not None and re.search(HABIT, clause, re.IGNORECASE) is None
    for pattern, entry in _compiled():
        match = pattern.match(clause)
        if match and not entry.importance:
            return None
        if match is None or (momentary and entry.importance <= 3):
            continue
        groups = {key: value or "" for key, value in match.groupdict().items()}
        return _told(entry, clause, groups, companion or "the companion", earlier)
    return None


def _told(
    entry: Statement, clause: str, groups: dict[str, str], companion: str, earlier: list[Learnt]
) -> Learnt | None:
    if "{antecedent}" in entry.text:
        pets = [item for item in earlier if re.search(rf"\b(?:{PET}|{FAMILY_NOUN})\b", item.text, re.IGNORECASE)]
        if not pets:
            return None
        noun = re.findall(rf"\b(?:{PET}|{FAMILY_NOUN})\b", pets[-1].text, re.IGNORECASE)[-1]
        groups["antecedent"] = f"The user's {noun.lower()}"
    if entry.text:
        x = told_of(groups.get("x", ""), companion)
        said = entry.text.format(**{**groups, "x": x, "X": x[:1].upper() + x[1:], "C": companion})
    else:
        said = about_user(clause, companion)
    said = one_line(said.strip(" ,.") + ".", 300)
    return Learnt(entry.kind, said[:1].upper() + said[1:], entry.importance, _subject(entry.subject, clause, groups))


def _subject(subject: str, clause: str, groups: dict[str, str]) -> str:
    words = re.sub(r" any ?more$| at all$", "", clause.lower()).split()
    if subject == "{diet}":
        return "diet" if re.search(r"\b(?:vegan|vegetarian|pescatarian)\b", clause, re.IGNORECASE) else ""
    if subject == "work" and re.search(
        r"\b(?:was|used to|also|too|part-time|on the side|weekends|student|amateur|hobby|second)\b", clause
    ):
        return ""  # does not end the work that is known
    if subject == "home" and re.match(r"i lived\b", clause, re.IGNORECASE):
        return ""
    if subject == "habit {what}":
        return "habit " + re.sub(r"ing$|e$", "", words[-1] if len(words) < 4 else words[2])
    more = {"last": re.sub(r"e$", "", words[-1]), "third": words[3] if len(words) > 3 else "",
            "rest": " ".join(words[4 if words[1] in ("do", "can") else 3 :])}  # fmt: skip
    return subject.format(**{**groups, **more}).lower().strip()


def _trimmed(clause: str) -> str:
    """Return the clause without what follows a comma, unless it tells more of the same: a place, a list, a name."""
    clause = re.sub(r",? not (?-i:[A-Z])\w+$", "", clause)
    first, *others = clause.split(", ")
    kept = [first]
    takes_list = _TAKES_LIST.match(first) is not None
    for index, other in enumerate(others):
        rest = others[index:]
        words = other.split()
        in_list = takes_list and any(re.search(r"\b(?:and|or)\b", each) and len(each.split()) <= 6 for each in rest)
        named = takes_list and re.match(_NAMED_EACH, other) is not None
        short = takes_list and len(words) <= 2 and not (set(re.findall(r"\w+", other.lower())) & _CLOSING)
        # one short word more may be anything ("I love you, silly"); a name or several words are more of the same
        short = short and (len(rest) > 1 or other[:1].isupper())
        if not (_PREPOSITION.match(other) or in_list or named or short):
            break
        kept.append(other)
    text = ", ".join(kept)
    return re.sub(
        r"\s+(?:by the way|btw|lol|lmao|tbh|tbf|ngl|imo|fr|omg|(?:ha)+|you know|though|tho|too|please|honestly|:\)|right|ok)$",
        "",
        text,
        flags=re.IGNORECASE,
    )


def _moved_time(clause: str) -> str:
    """Return "I walked … in 2015" for "In 2015 I walked …"."""
    match = LEADING_TIME.match(clause)
    if match is None:
        return clause
    time = match["time"]
    rest = clause[match.end() :]
    if time.lower() == "once":
        return re.sub(r"^(i) ", r"\1 once ", rest, flags=re.IGNORECASE)
    if re.match(DAY, time, re.IGNORECASE):  # "Sunday mornings I run"
        return f"{rest} on {time}"
    return f"{rest} {time[0].lower()}{time[1:]}"


# --- corrections -----------------------------------------------------------------------------------------------------

_CORRECTION = re.compile(
    r"^\W*(?:(?:no|nope|wait|oh|oops|sorry|actually|correction|i mean|i meant|well|hm+|ah|argh)\b[\s,.:–—-]*)+(?:no[, ]+)?(?:i mean(?:t)? |it(?:'s| is) (?:actually |really )?|make that |that should be |i meant to say )?(?:the |in |on )?(?P<x>(?!i\b|my\b|not\b)[\w' .-]{2,50}?)"
    r"(?:,? not [\w' .-]{2,40}| now| actually| of course)?\W*$",
    re.IGNORECASE,
)  # fmt: skip
_CUE = re.compile(r"\b(?:no|nope|wait|oops|sorry|actually|correction|i mean|i meant)\b", re.IGNORECASE)
_ONE_VALUE = re.compile(
    r"^(?P<head>The user(?:'s [\w ]{2,40}? (?:is called|is|are)| (?:lives in|works as an?|works for|works at|works in|moved to|is from|is called|wants to be called|was born (?:on|in)|is allergic to)) )(?P<x>.+?)\.$"
)  # fmt: skip


def _correction(sentence: str, said: list[Learnt]) -> Learnt | None:
    """Return the last statement anew when the sentence only puts its value right: "No, it's the 4th"."""
    if (
        not said
        or not _CUE.search(sentence)
        or not re.search(r"\b(?:it's|it is|mean|meant|make that|should be|correction|,)", sentence, re.IGNORECASE)
    ):
        return None
    match = _CORRECTION.match(sentence)
    wrong = _ONE_VALUE.match(said[-1].text)
    if match is None or wrong is None or not said[-1].subject or len(match["x"].split()) > len(wrong["x"].split()) + 3:
        return None
    if not re.search(r"\d|[A-Z]", match["x"]) and wrong["x"] != wrong["x"].lower():
        return None
    return said[-1]._replace(text=f"{wrong['head']}{match['x'].strip()}.")
