"""What a user asks to be forgotten: "forget that …", "don't remember where I live".  Pure."""

import re
from typing import NamedTuple

from companion_hub.services.memory_clauses import spoken
from companion_hub.services.texts import word_set

# A request, not a feeling ("I want to forget about work"), and not its opposite ("don't forget that").
ASKS_TO_FORGET = re.compile(
    r"(?:^|[.!?,;:\n]\s*|\b(?:please|just|actually|ok|okay|no|so|and|can you|could you|would you|you can|you should|"
    r"you may|i want you to|i'd like you to)[\s,]+)"
    r"(?:forget|don['’]?t remember|do not remember|stop remembering|delete|erase|unlearn)"
    r"(?:(?: (?:that|about|what i (?:just )?(?:said|told you)(?: about)?|everything(?: (?:about|i (?:said|told you) about))?|"
    r"all about|i (?:ever )?(?:said|told you|mentioned)(?: that| about)?|the (?:thing|part|bit) about))+|(?= (?:my|where i|how old i|who my|what my|when my)\b))"
    r"(?P<x>(?: [^.!?\n]{2,120})?)(?=[.!?\n,]|$)",
    re.IGNORECASE,
)
# What a request to forget says besides what it is about.
_SAID = word_set(
    "i i'm i’m i've i’ve i'd am my mine me we our you your user that it is was are were be been have has had do does did like love "
    "hate want live lived lives work works told said about called named name's just ever really the a an of in at to for and "
    "please ok okay thing things stuff what who whole now again all where how when actually"
)
# One asks to forget "my address"; the memory says "lives in Leeds".
_MEANT = tuple(
    (re.compile(pattern, re.IGNORECASE), subject)
    for pattern, subject in (
        (r"\b(?:where i(?:'m| am)? (?:live|living)|my (?:home )?address|my home(?:town)?$|where my home)\b", "home"),
        (r"\b(?:where i(?:'m| am)? (?:work|working)|what i do for|my (?:job|work|profession|employer))\b", "work"),
        (r"\b(?:how old i am|my age)\b", "age"),
        (r"\bmy (?:first |real )?name\b|\bwhat i(?:'m| am) called\b", "name"),
        (r"\bmy birthday\b|\bwhen i was born\b", "birthday"),
        (r"\b(?:where i(?:'m| am| come)? from|my origin)\b", "origin"),
        (r"\bmy (?:relationship )?status\b|\bmy (?:love life|marriage|relationship)\b", "status"),
        (r"\bmy diet\b|\bwhat i eat\b", "diet"),
    )
)


class ForgetRequest(NamedTuple):
    """``words``: what is to be forgotten has all of them.  ``subject``: it is about this.  Both "": what was said last."""

    words: str
    subject: str = ""


def forget_request(text: str) -> ForgetRequest | None:
    """Return what the user asks to be forgotten, None when nothing is asked."""
    match = ASKS_TO_FORGET.search(spoken(text))
    if match is None:
        return None
    words = re.findall(r"[\w'’-]+", match["x"])
    telling = " ".join(word for word in words if word.lower() not in _SAID)
    subject = next((subject for pattern, subject in _MEANT if pattern.search(match["x"])), "")
    # "forget that ever happened" is a figure of speech about the story; nothing was named
    return ForgetRequest(telling, subject) if telling or subject or not words else None
