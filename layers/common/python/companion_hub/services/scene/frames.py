"""Phrases that frame a verb as not happening now: refused, only asked about, said by others, thought better of.

Plain data for ``happening``."""

import re

ASIDE = re.compile(
    r"\blike (?:you|he|she|they|we|i|it)\b|\b(?:of what|because|bc|cuz|coz|in case)\b|\b(?:you|he|they|people|it) (?:always|usually|never|often|sometimes)\b|, (?:where|which|who|whom|as)\b",
    re.IGNORECASE,
)
# "no way am I taking this off", "never will I wear …": up to the verb, in its clause
NO_WAY = re.compile(
    r"\b(?:no (?:way|chance)|not a chance|not in a million years|under no circumstances|(?:never|nor|neither) (?:am|are|is|was|will|would|do|did|have|has|could) (?:i|we|you|she|he))\b[^,.;!—–]*$",
    re.IGNORECASE,
)
IF_IT_WERE = re.compile(
    r"\bwould you\b.*\bif (?:\w+ ){1,4}?(?:was|were|had|did|could|asked|told|said|gave|took|wore)\b", re.IGNORECASE
)
NOT_ASKED = re.compile(
    r"\b(?:did|do|does|am|was|is|['’]m|['’]s)(?:n['’]t| not| never)? ?(?:not |never )?(?<=n['’]t )(?:mean|say|saying|think|thinking|asking|ask|suggesting)\b|\bnever (?:said|asked|meant)\b|\bnot (?:saying|asking|suggesting)\b",
    re.IGNORECASE,
)
SLEPT_WELL = re.compile(r"\W*sleep (?:well|ok|okay|alright|all right|good|any better|in|late)\b", re.IGNORECASE)
THEY_SAY = re.compile(
    r"\W*(?:they|people|some) say\b|\W*(?:legend|rumou?r|word) has it\b|\W*it['’]?s? (?:is )?said\b", re.IGNORECASE
)
SOME_LATER = re.compile(
    r"\W*(?:two|three|four|five|ten|twenty|\d+|an?|some|a few|several|half|many) (?:[\w'’-]+ ){1,6}later\b",
    re.IGNORECASE,
)
IMAGINED = re.compile(r"(?i)\b(?:can you (?:just )?imagine|just imagine|imagine that)\b")
ONCE_THERE = re.compile(
    r"(?i)\bwhen (?:you|we|i|he|she|they|it)(?:['’](?:re|s|m)| are| is| am| get| come| arrive| finish) (?:back|home|there|done|older|free|ready|better|off|over)\b"
)
RECONSIDERS = re.compile(
    r"(?i)\b(?:thinks?|thought) better of it|changed? (?:her|his|my) mind|changes (?:her|his) mind|decid(?:es|ed) against it|stop(?:s|ped) (?:herself|himself|myself)\b"
)
ABLE = re.compile(
    r"\W*can you (?:even |actually |really )?(?:swim|dance|cook|sing|ski|skate|ride|drive|knit|sew|draw|surf|bake|paint)(?: at all| well)?(?: or\b|\W*$)",
    re.IGNORECASE,
)
