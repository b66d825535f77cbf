"""The words people mean by what they type: "im" is "i'm", "dont" "don't", "sooo" "so", an emoji ends what was said.

Pure.  Called by memory_clauses before it takes a message apart.  Only what stands for one thing wherever it is typed:
"ill", "well" and "were" are words of their own.
"""

import re

_TYPED = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (r"\b(i|you|we|they)ve\b", r"\1've"),
        (r"\bim\b", "i'm"),
        (r"\bid (?=(?:love|like|rather|prefer|never|say|be|have|kill|give|do|go|buy|name)\b)", "i'd "),
        (r"\bill (?=(?:be|never|always|have|get|take|make|give|tell|show|bring|do|go|see|call|wait)\b)", "i'll "),
        (r"\b(you|they)re\b", r"\1're"),
        (r"\b(he|she|that|what|who|there|where)s\b", r"\1's"),
        (r"\blets (?=\w)", "let's "),
        (r"\b(my|his|her) names (?!are\b|were\b)", r"\1 name's "),
        (r"\bmy (mum|mom|dad|sister|brother|wife|husband|girlfriend|boyfriend|partner|son|daughter|cat|dog|boss|birthday)s (?=(?:an?|the|called|named|from|in|on|not|dead|\d+|getting|moving|coming)\b)", r"my \1's "),
        # "its name" and "its own" are what belongs to it
        (r"\bits (?=(?:an?|the|my|our|your|not|just|so|too|really|been|called|about|gonna|going|getting|like|now|\d+|(?-i:[A-Z][a-z]+))\b)", "it's "),
        (r"\b(do|does|did|is|are|was|were|has|have|had|ca|wo|could|would|should)nt\b", r"\1n't"),
        (r"\bhavn'?t\b", "haven't"),
        (r"\bur (?=(?:an?|the|so|not|my)\b)", "you're "),
        (r"\bur\b", "your"),
        (r"(?<!\.)\bu\b(?![.'-])", "you"),
        (r"\bgonna\b", "going to"),
        (r"\bwanna\b", "want to"),
        (r"\bgotta\b", "have to"),
        (r"\brn\b(?![./])", "right now"),
        (r"\b(?:tmrw?|tmw|tomoz|2moro)\b", "tomorrow"),
        (r"\bb-?day\b", "birthday"),
        (r"\byrs\b", "years"),
        (r"\b(?:(?-i:bc)|coz|cuz|cos)\b", "because"),
        (r"\bbf\b", "boyfriend"),
        (r"\bgf\b", "girlfriend"),
        (r"\b(?:bff|bestie)\b", "best friend"),
        (r"\bw/ ?(?=\w)|(?<=[a-z] )\bw (?=(?:an?|my|the|his|her|our|some|friends|two|three)\b)", "with "),
        (r"\b(?:pls|plz)\b", "please"),
        (r"\bmi (?=(?:mother|father|mum|mom|dad|sister|brother|wife|husband|girlfriend|boyfriend|friend|son|daughter|cat|dog|name)\b)", "my "),
    )
)  # fmt: skip
# "loooove" and "sooo"; of three or more letters one is meant, and of "goood" the reader still sees what
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
_EMOJI = re.compile(r"[\u2600-\u27bf\U0001f000-\U0001faff][\u2600-\u27bf\U0001f000-\U0001faff\ufe0f\u200d]*")


def as_meant(text: str) -> str:
    """Return a text with its apostrophes where they were left out, without spellings of the keyboard and emoji."""
    text = _EMOJI.sub(". ", _DRAWN_OUT.sub(r"\1", text))
    for pattern, words in _TYPED:
        text = pattern.sub(words, text)
    return text
