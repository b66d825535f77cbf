"""The rolling summary: what the prompt still knows of messages that left its window.

Pure.  A model that analyses replies writes it in the same call (``summary_request``, ``read_summary``); for one that does
not, ``extract_summary`` keeps the sentences that tell most, word for word.
"""

import re
from collections.abc import Sequence

from companion_hub.repositories.summaries import MAX_CHARS, LeftMessage
from companion_hub.services.texts import one_line, word_set

# One call reads at most so many messages, each cut to so many characters: 4,000 tokens.
MAX_MESSAGES = 24
_MAX_MESSAGE_CHARS = 500
# Messages that leave next are told ahead: the next summary is then due when as many have left.
AHEAD = 12
# What a small model's prompt has room for; the newest sentences stay, of the others those that tell most.
_EXTRACT_CHARS = 800
_EXTRACT_SENTENCES = 5
_NEWEST = 4
_SENTENCE_CHARS = 160
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_TELLING = re.compile(
    r"\b(?:my|our|promis\w*|birthday|married|wedding|moved|died|born|job|work\w*|broke|lost|found|met|love\w*|hate\w*|"
    r"secret|remember|always|never|tomorrow|yesterday|first|because|sister|brother|mother|father|dog|cat|called|named)\b",
    re.IGNORECASE,
)
_STAGE = re.compile(r"\*([^*]{3,200})\*")
_COMMON = word_set(
    "the a an and or but of to in on at for with from by as is are was were be been it its this that they them their he she "
    "his her him you your i me my we our us not no so then than about after before into over very"
)


def summary_request(summary: str, told: Sequence[LeftMessage], *, name: str, user: str) -> str:
    """Return what is added to the analysis: the story so far and the messages to add to it."""
    lines = [
        f"{user if message.role == 'user' else name}: {one_line(message.text, _MAX_MESSAGE_CHARS)}" for message in told
    ]
    return (
        f"\n\nThe story so far: {summary or 'nothing yet'}\n"
        "Earlier messages, to be added to the story so far:\n" + "\n".join(lines) + "\n"
        f"In the key summary, tell the story so far and these messages together, at most 150 words, past tense, third "
        f"person, with names: what happened, what {user} told, what was promised."
    )


def read_summary(value: object, told: Sequence[LeftMessage], before: str) -> str:
    """Return a model's summary as one line, "" when it is none: too short, markup, or of something else."""
    if not isinstance(value, str):
        return ""
    text = one_line(value, MAX_CHARS + 1)
    if len(text) > MAX_CHARS:
        text = text[:MAX_CHARS].rsplit(".", 1)[0] + "."
    words = _words(text)
    said = _words(" ".join(message.text for message in told)) | _words(before)
    if len(text) < 20 or re.search(r"[<>{}\[\]`]|https?://", text) or len(words & said) < min(3, len(said)):
        return ""
    return text


def extract_summary(summary: str, told: Sequence[LeftMessage], *, name: str, user: str) -> str:
    """Return the summary with the most telling sentences of the messages; when there are too many, the least telling go."""
    picked = sorted(sorted(_sentences(told), key=lambda each: -each[0])[:_EXTRACT_SENTENCES], key=lambda each: each[1])
    lines = [f"{user if role == 'user' else name}: {text}" for _, _, role, text in picked]
    kept = [line for line in summary.split(" · ") if line]
    kept.extend(line for line in lines if line not in kept)
    while len(kept) > 1 and len(" · ".join(kept)) > _EXTRACT_CHARS:
        old = kept[: max(1, len(kept) - _NEWEST)]
        kept.remove(min(old, key=_telling))  # of equals the oldest
    return " · ".join(kept)[:MAX_CHARS]


def _sentences(told: Sequence[LeftMessage]) -> list[tuple[int, int, str, str]]:
    """Return score, position, role and text of every statement; what is done between asterisks counts as one."""
    found: list[tuple[int, int, str, str]] = []
    for message in told:
        for sentence in _SENTENCE.findall(_STAGE.sub(r" \1. ", message.text)):
            text = one_line(sentence, _SENTENCE_CHARS).replace(" · ", " ")
            if len(text.split()) < 4 or text.endswith("?"):
                continue
            found.append((_telling(text) + (2 if message.role == "user" else 0), len(found), message.role, text))
    return found


def _telling(text: str) -> int:
    """Return how much a sentence tells: words of lasting things, and names."""
    return 2 * len(_TELLING.findall(text)) + len(re.findall(r"(?<!^)(?<![.!?:] )\b[A-Z][a-z]+", text))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", text.lower())) - _COMMON
