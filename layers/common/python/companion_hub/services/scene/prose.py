"""Whether unmarked text is told as a story, and so narrates, or said as in a chat."""

import re

from companion_hub.services.scene import cues, frames
from companion_hub.services.scene.passages import Mode
from companion_hub.services.scene.verbs import verbs

_SPOKEN_TO = re.compile(
    r"(?i)(?<![\w'’])(?:I|me|my|mine|myself|you|your|yours|we|us|our|nobody|everyone|let['’]?s|said|says|told)(?!\w)"
)


def tells_a_story(pieces: list[tuple[str, Mode]]) -> bool:
    """Whether unmarked text is prose in the past tense ("The sea was calm. I had swapped…"), not a chat message."""
    text = " ".join(piece for piece, _ in pieces)
    if any(mode != "plain" for _, mode in pieces) or cues.PAST_TIMES.search(text) or "?" in text:
        return False
    words = re.findall(r"[a-z'’]+", text.lower())
    pasts = sum(any(v.forms & {"past"} and not v.forms & {"base"} for v in verbs().get(w, ())) for w in words)
    presents = re.search(r"\bI(?:['’]m|['’]ve|['’]ll| am| have)\b", text)
    return presents is None and pasts + words.count("was") + words.count("had") >= 4 and text.count(".") >= 2


def tells_of_both(pieces: list[tuple[str, Mode]], companion: frozenset[str], user: frozenset[str]) -> bool:
    """Whether the user's unmarked text is prose in the third person: "They reached the beach. Mara spread the towel"."""
    text = " ".join(piece for piece, _ in pieces)
    if (
        any(mode != "plain" for _, mode in pieces)
        or "?" in text
        or _SPOKEN_TO.search(text)
        or cues.PAST_TIMES.search(text)
    ):
        return False
    words = re.findall(r"[a-z'’]+", text.lower())
    told = words.count("was") + words.count("were") + words.count("had")
    told += sum(any("past" in v.forms and "base" not in v.forms for v in verbs().get(w, ())) for w in words)
    opens = re.match(r"\W*(?:she|they)\b", text, re.IGNORECASE) is not None and len(words) > 9
    opens = opens and (text.count(".") > 1 or not {"he", "him", "his", "they"}.isdisjoint(words))
    opens = opens or cues.TIME_FIRST.match(text) is not None or not companion.isdisjoint(words[:1])
    named = (
        not (companion | user).isdisjoint(words) and re.search(r"\b(?:she|her|they)\b", text, re.IGNORECASE) is not None
    )
    return told >= (1 if opens else 2) and (opens or named or "they" in words)


def tells_of_itself(pieces: list[tuple[str, Mode]], companion: frozenset[str]) -> bool:
    """Whether unmarked text is prose in the third person ("Mara slips off her coat.")."""
    if any(mode != "plain" for _, mode in pieces):
        return False
    text = " ".join(piece for piece, _ in pieces)
    if re.search(r"(?<![\w'’])(?:I|[Mm]e|[Mm]y|us|we|We|our|I['’]m)(?!\w)", text):
        return False
    if (
        "?" in text
        or frames.THEY_SAY.match(text)
        or re.search(
            r"\bthat['’]s how\b|\bthe (?:story|legend|tale|movie|film|book) (?:ends|goes|begins|says)\b|\bit was (?:so |really |absolutely )?(?:hilarious|funny|awful|amazing)\b",
            text,
            re.IGNORECASE,
        )
    ):
        return False  # "Did you see her shoes? She changed into flip-flops!": gossip
    name = "|".join(re.escape(word) for word in companion) or "(?!)"
    if re.search(rf"(?:^\W*|[,.;!?…]\s+|\band )(?:she|he|they|{name})\b", text, re.IGNORECASE):
        return True
    # "By the time the last guest had gone she had traded the heels …": nobody is spoken to
    spoken_to = re.search(r"\b(?:you|your|yours|we|us|our|let['’]s)\b|\?", text, re.IGNORECASE)
    return (
        spoken_to is None
        and re.search(rf"\b(?:she|he|they|her|him|his|them|their|{name})\b", text, re.IGNORECASE) is not None
    )


def names_itself(piece: str, companion: frozenset[str]) -> bool:
    """Whether words beside marked narration narrate too: "*She smiles.* Mara kneels by the fireplace."."""
    name = "|".join(re.escape(word) for word in companion) or "(?!)"
    opens = re.match(rf"\W*(?:{name})\s+\w", piece, re.IGNORECASE) is not None
    return opens and tells_of_itself([(piece, "plain")], companion)
