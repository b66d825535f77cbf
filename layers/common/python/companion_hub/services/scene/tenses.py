"""Which form of a verb is in use, and where a question begins."""

from typing import Any

from companion_hub.services.scene.reading import Sentence
from companion_hub.services.scene.verbs import BE, DO, HAVE, MODALS, SUBJECTS

_ASKING = frozenset(("where", "what", "why", "how", "when", "who", "which"))


def is_inverted(sentence: Sentence, at: int) -> bool:
    """Whether a question begins at an index in the middle of an unpunctuated message."""
    helper = at + (sentence.at(at) in _ASKING)
    if sentence.at(helper) not in BE | MODALS | DO or sentence.at(helper).startswith(("'", "’")):
        return False
    free = sentence.at(at - 1) not in SUBJECTS | _ASKING and sentence.at(at - 1) not in (
        "and",
        "or",
        "than",
        "nor",
        "so",
    )
    return sentence.at(helper + 1) in SUBJECTS and free


def _is_had(forms: frozenset[Any], helpers: frozenset[str]) -> bool:
    """Whether "'d" stands for had ("she'd thrown") and not for would ("she'd throw")."""
    return bool(helpers & {"'d", "’d"}) and "base" not in forms


def form_of(forms: frozenset[Any], helpers: frozenset[str]) -> str:
    """Return the form in use: ing, had (past perfect), perfect, past, s or base."""
    if "ing" in forms:
        return "past" if helpers & {"was", "were"} else "ing"
    if "pp" in forms and ("had" in helpers or _is_had(forms, helpers)):
        return "had"
    if "pp" in forms and helpers & HAVE:
        return "perfect"
    if "pp" in forms and "base" not in forms and helpers & BE:
        return "past" if helpers & {"was", "were"} else "perfect"
    if "base" in forms:  # "put", "run", "come": present unless a helper says otherwise
        return "past" if helpers & {"did", "was", "were"} else "base"
    if "past" in forms or ("pp" in forms and not helpers & BE):
        return "past"
    if "pp" in forms:
        return "past" if helpers & {"was", "were"} else "perfect"
    return "s" if "s" in forms else "base"
