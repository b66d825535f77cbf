"""What a message plainly says about its writer: the part of memory that needs no model.

Pure.  ``learn`` finds explicit statements ("my name is", "I'm allergic to", "remember that"); ``forget_request`` finds
"forget that …" and a bare "forget that".  Each statement has a subject, so that a newer statement supersedes the older one.
"""

import re
from typing import NamedTuple

from companion_hub.models.memory import MemoryKind
from companion_hub.services.texts import one_line, word_set

_END = r"(?=[.,;!?\n]|\s+(?:and|but|so|because|since|by the way)\b|$)"


class Learnt(NamedTuple):
    kind: MemoryKind
    text: str
    importance: int
    subject: str = ""


class _Rule(NamedTuple):
    pattern: re.Pattern[str]
    kind: MemoryKind
    text: str
    importance: int
    subject: str


def _rule(pattern: str, kind: MemoryKind, text: str, importance: int, subject: str = "") -> _Rule:
    return _Rule(re.compile(pattern + _END, re.IGNORECASE), kind, text, importance, subject)


_X = r"(?P<x>[^.,;!?\n]{2,80}?)"
# What one is rather than is called, though it has a capital letter.
_PEOPLES = (
    r"\w+ish|\w+ese|french|dutch|german|swiss|greek|thai|czech|norwegian|belgian|italian|austrian|australian|canadian|american|"
    r"african|european|asian|indian|russian|ukrainian|hungarian|romanian|bulgarian|croatian|serbian|brazilian|argentinian|"
    r"mexican|colombian|chilean|peruvian|cuban|korean|indonesian|malaysian|egyptian|moroccan|nigerian|kenyan|israeli|iraqi|"
    r"iranian|persian|afghan|pakistani|welsh|scots|icelandic|arab|catholic|protestant|christian|muslim|buddhist|hindu|sikh|"
    r"orthodox|mormon|ok|okay|batman|spartacus"
)
# What no rule understood is kept in the user's own words.
_VERBATIM = "To be remembered, in the user's words: "
_RULES = (
    _rule(r"\bmy name(?:'s| is) (?P<x>[^\W\d_][\w'’ -]{1,30}?)", "fact", "The user's name is {x}.", 5, "name"),
    _rule(r"\b(?:please )?call me (?P<x>[^\W\d_][\w'’-]{1,30})", "fact", "The user wants to be called {x}.", 5, "name"),
    # "Hi, I'm Tom.", "I'm Tom, nice to meet you": nothing but an introduction, and not where somebody is from.
    _rule(r"^\W*(?:(?:hi|hello|hey|hiya|there|well|oh|so|yes|good (?:morning|evening|afternoon)|nice to meet you)\b[\s,–—-]*)*(?:(?!i\b)\w+, )?"
          rf"(?:i['’]m|i am) (?!(?:{_PEOPLES})\b)(?-i:(?P<x>[A-Z][\w'’-]*[a-zà-ÿ]))(?=\W*$|[,;–— -]+(?:(?:it['’]s )?(?:so )?"
          r"(?:nice|good|glad|great|pleased|lovely) to|and i\b|and you\W*$|what['’]s your))", "fact", "The user's name is {x}.", 5, "name"),
    _rule(rf"\bi(?:'m| am) allergic to {_X}", "fact", "The user is allergic to {x}.", 5),
    _rule(r"\bi(?:'m| am) (?P<x>\d{2,3}) years old", "fact", "The user is {x} years old.", 4, "age"),
    _rule(rf"\bi live in {_X}", "fact", "The user lives in {x}.", 4, "home"),
    _rule(rf"\bi(?:'m| am) from {_X}", "fact", "The user is from {x}.", 4, "origin"),
    _rule(rf"\bi (?:just )?moved to {_X}", "fact", "The user moved to {x}.", 4, "home"),
    _rule(rf"\bi work (?:as|for|at|in) {_X}", "fact", "The user works {verb} {x}.", 4, "work"),
    _rule(r"\bi(?:'m| am) an? (?P<x>(?:\w+ )?(?:nurse|doctor|teacher|engineer|developer|student|lawyer|artist|writer|chef|"
          r"cook|driver|scientist|designer|musician|programmer|manager|accountant|carpenter|farmer|pilot|vegan|vegetarian))",
          "fact", "The user is a {x}.", 4),
    _rule(r"\bmy (?P<who>wife|husband|partner|girlfriend|boyfriend|mother|mom|mum|father|dad|sister|brother|son|daughter|dog|"
          r"cat|boss|best friend)(?:'s name)? (?:is|is called|'s called|is named) (?P<x>[^.,;!?\n]{2,60}?)",
          "fact", "The user's {who} is {x}.", 4, "{who}"),
    _rule(r"\bi have (?P<x>(?:an? |two |three |four )[^.,;!?\n]{0,30}?(?:dog|cat|son|daughter|kid|child|children|sister|"
          r"brother|sibling|horse|bird|rabbit)s?(?: (?:named|called) [\w'’ ]{2,30}?)?)", "fact", "The user has {x}.", 4),
    _rule(rf"\bmy birthday is (?:on )?{_X}", "fact", "The user's birthday is {x}.", 5, "birthday"),
    _rule(rf"\bmy favou?rite (?P<who>[\w ]{{2,30}}?) (?:is|are) {_X}", "preference", "The user's favourite {who} is {x}.", 4,
          "favourite {who}"),
    _rule(rf"\bi (?:really |absolutely |just )?(?:love|adore) (?!you\b|it\b|that\b|this\b|how\b|when\b|your\b){_X}", "preference",
          "The user loves {x}.", 3),
    _rule(rf"\bi (?:really |absolutely |just )?(?:hate|can'?t stand|despise) (?!you\b|it\b|that\b|this\b|how\b|when\b|to\b){_X}",
          "preference", "The user hates {x}.", 3),
    _rule(rf"\bi (?:don'?t|do not) (?:like|eat|drink) (?!you\b|it\b|that\b|this\b|how\b|when\b){_X}", "preference",
          "The user does not like {x}.", 3),
    _rule(rf"\bi(?:'m| am) (?:afraid|scared|terrified) of {_X}", "preference", "The user is afraid of {x}.", 4),
    _rule(r"(?:^\s*|[,;:]\s*|\b(?:please|and|but|so|also) )(?:remember|don['’]?t forget|keep in mind|note) that "
          r"(?P<x>[^!?\n]{3,200}?)", "fact", _VERBATIM + "{x}", 5),
)  # fmt: skip
# A request, not a feeling ("I want to forget about work"), and not its opposite ("don't forget that").
_FORGET = re.compile(
    r"(?:^|[.!?,;:\n]\s*|\b(?:please|just|actually|ok|okay|no|so|and|can you|could you|would you|you can|you should|"
    r"you may)[\s,]+)"
    r"(?:forget|don['’]?t remember|stop remembering|delete|erase)"
    r"(?: (?:that|about|what i (?:just )?(?:said|told you)(?: about)?|everything(?: (?:about|i (?:said|told you) about))?|"
    r"all about))+"
    r"(?P<x>(?: [^.!?\n]{2,120})?)(?=[.!?\n,]|$)",
    re.IGNORECASE,
)
# What a request to forget says besides what it is about.
_SAID = word_set(
    "i i'm i’m i've i’ve i'd am my mine me we our you your user that it is was are were be been have has had do does did like love "
    "hate want live lived lives work works told said about called named name's just ever really the a an of in at to for and "
    "please ok okay thing things stuff what who whole now again all"
)
_QUOTED = re.compile(r"[\"“][^\"”]{0,400}[\"”]")
_STAGE = re.compile(r"\*[^*]{0,2000}\*")
_UNREAL = re.compile(r"\b(?:if|imagine|pretend|suppose|let'?s say|what if|would|could)\b", re.IGNORECASE)


def learn(text: str) -> list[Learnt]:
    """Return what a user's message plainly says, at most eight statements; questions and make-believe teach nothing."""
    learnt: list[Learnt] = []
    spoken = _STAGE.sub(" ", _QUOTED.sub(" ", text[:8_000]))
    for sentence in re.findall(r"[^.!?\n]+[.!?]*", spoken):
        if sentence.rstrip().endswith("?") or _FORGET.search(sentence) or _UNREAL.search(sentence):
            continue
        for rule in _RULES:
            for match in rule.pattern.finditer(sentence):
                groups = {key: one_line(value or "", 200) for key, value in match.groupdict().items()}
                verb = match[0].split()[2] if "{verb}" in rule.text else ""
                said = rule.text.format(**groups, verb=verb)
                learnt.append(
                    Learnt(rule.kind, one_line(said, 300), rule.importance, rule.subject.format(**groups).lower())
                )
    understood = [item for item in learnt if not item.text.startswith(_VERBATIM)]
    unique = {item.text.lower(): item for item in understood or learnt}
    return list(unique.values())[:8]


def forget_request(text: str) -> str | None:
    """Return the telling words of what the user asks to be forgotten; "" for "forget that", None when nothing is asked."""
    match = _FORGET.search(_STAGE.sub(" ", _QUOTED.sub(" ", text[:8_000])))
    if match is None:
        return None
    words = re.findall(r"[\w'’-]+", match["x"])
    telling = " ".join(word for word in words if word.lower() not in _SAID)
    # "forget that ever happened" is a figure of speech about the story; nothing was named
    return telling if telling or not words else None
