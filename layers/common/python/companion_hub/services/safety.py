"""Safety rules that hold whatever the model says: crisis help, and what the companion is.

Source of the help lines: findahelpline.com, 988lifeline.org, samaritans.org (numbers checked 2026-11).
"""

import re

_CRISIS = re.compile(
    r"\b(?:kill(?:ing)? myself|end(?:ing)? my (?:own )?life|take my (?:own )?life|want to die|wanna die|suicid\w*|"
    r"don'?t want to (?:live|be alive|exist)(?: anymore| any more)?|better off (?:dead|without me)|"
    r"hurt(?:ing)? myself|self[- ]?harm(?:ing)?|cut(?:ting)? myself|no reason to live|end it all|overdose on)\b",
    re.IGNORECASE,
)
_NOT_MEANT = re.compile(
    r"\b(?:laugh(?:ed|ing)?|embarrass\w*|bored(?:om)?|this (?:meeting|homework|traffic)) (?:\w+ ){0,3}(?:want to die|kill)|"
    r"(?:song|film|movie|book|novel|story|article|squad) (?:\w+ ){0,4}suicid|suicide squad|kill myself laughing",
    re.IGNORECASE,
)

CRISIS_REPLY = (
    "I'm stepping out of the story for a moment, because what you wrote sounds serious, and you matter.\n\n"
    "I'm an AI and can't keep you safe, but people can, right now:\n\n"
    "- **If you are in immediate danger**, call your local emergency number (112 in Europe, 911 in the US and Canada, "
    "999 in the UK, 000 in Australia).\n"
    "- **US**: call or text 988 (Suicide & Crisis Lifeline), or text HOME to 741741.\n"
    "- **UK and Ireland**: Samaritans, 116 123, any time, free.\n"
    "- **Canada**: call or text 9-8-8. **Australia**: Lifeline, 13 11 14.\n"
    "- **Anywhere else**: findahelpline.com lists free, confidential lines by country.\n\n"
    "If you can, tell someone near you how you feel today. I'm still here if you want to talk about it plainly."
)


def is_crisis(text: str) -> bool:
    """Whether a message sounds like self-harm or suicide, as a plain statement rather than a figure of speech."""
    return _CRISIS.search(text) is not None and _NOT_MEANT.search(text) is None
