"""How each language model is asked: how much it is given, in which form, and how long it may take."""

from typing import Any, NamedTuple

from companion_hub.providers.language_model import FIRST_BYTE_TIMEOUT_S


class ModelProfile(NamedTuple):
    """How much a model is given and how it likes to be asked.

    ``compact``: a short prompt with example exchanges.  ``prepares``: reading is slow and what was read is kept, so that
    reading the chat ahead pays.  ``analyzes``: its reading of a scene adds more than it spoils.
    """

    context_tokens: int
    reply_tokens: int
    compact: bool = False
    prepares: bool = False
    analyzes: bool = True
    first_token_timeout_s: float = FIRST_BYTE_TIMEOUT_S
    analysis_timeout_s: float = 20.0  # the state has 25 s; the reply is on the screen already
    extra: dict[str, Any] = {}


# What a model's name begins with when this machine's own processor runs it (devtools/language_model.py).
LOCAL = "local/"

# A model of 1.5 B parameters follows short prompts and examples.  It is not asked what a reply changed: merged with the
# rules its answers are right less often than the rules alone, and take 7 s more (bench/RESULTS.md, bench.scene_model).
_LOCAL = ModelProfile(
    context_tokens=2_600,
    reply_tokens=220,
    compact=True,
    prepares=True,
    analyzes=False,
    first_token_timeout_s=90.0,  # two slow cores may read a long prompt for a minute
    extra={"cache_prompt": True, "min_p": 0.05, "repeat_penalty": 1.1},
)
_DEFAULT = ModelProfile(context_tokens=12_000, reply_tokens=700)


def model_profile(model: str) -> ModelProfile:
    return _LOCAL if model.startswith(LOCAL) else _DEFAULT
