"""Makes a reply out of the pieces a language model sends: pure, so that every split of a stream gives the same text.

Called by GenerateReply for each piece.  What it returns may be shown at once and is never taken back, so it holds back
whatever could still turn out not to belong to the reply: the speaker's name in front, what a reasoning model thinks
before it speaks, white space at the end, the beginning of a stop word, half a surrogate pair.
"""

import re
from collections.abc import Sequence
from typing import Literal

from companion_hub.services.texts import one_line

# FAULTS.md F21: longer than any reply is meant to be.  What is beyond is cut and can be continued.
MAX_REPLY_CHARS = 16_000

# Joiners stay: they hold emoji together.  What controls direction or a terminal goes.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")

# What reasoning models (DeepSeek R1, Qwen 3 and others) put in front where the server does not part it from the reply.
_THOUGHTS = {"<think>": "</think>", "<thinking>": "</thinking>"}

End = Literal["stop_word", "too_long"]


class ReplyText:
    """``prefix`` is the speaker's name some models put in front; ``after`` is the text a continuation goes on from."""

    def __init__(self, *, prefix: str, stop_words: Sequence[str], after: str = "") -> None:
        self._name = one_line(prefix, 50).lower()
        # Stars after the colon belong to the name only when some stand before it: "Mara:*smiles*" begins with an action.
        name = re.escape(self._name)
        self._prefix = re.compile(rf"(?:\*\*{name}(?:\*\*)?\s*:(?:\*\*)?|\*{name}\*\s*:|{name}\s*:)\s*", re.IGNORECASE)
        self._stop_words = tuple(stop_words)
        self._after = after
        self._pending: str = ""
        self._surrogate: str = ""
        self._started = False
        self._thinking_until: str = ""
        self.text: str = ""
        self.end: End | None = None

    def feed(self, piece: str) -> str:
        """Take the next piece; return what can be shown of it and of what was held back."""
        if self.end:
            return ""
        self._pending += self._decode(piece)
        if not self._started and not self._start(final=False):
            return ""
        return self._emit(self._safe_length())

    def finish(self) -> str:
        """The stream has ended: return what was held back and belongs to the reply after all."""
        if self.end:
            return ""
        if not self._started:
            self._start(final=True)
        cut = min((at for at in map(self._pending.find, self._stop_words) if at >= 0), default=len(self._pending))
        return self._emit(len(self._pending[:cut].rstrip()))

    def _decode(self, piece: str) -> str:
        """Join surrogate halves that were split between two pieces, drop lone ones and control characters."""
        piece = self._surrogate + piece
        self._surrogate = ""
        if piece and "\ud800" <= piece[-1] <= "\udbff":
            self._surrogate, piece = piece[-1], piece[:-1]
        joined = piece.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
        return _CONTROL.sub("", joined)

    def _start(self, *, final: bool) -> bool:
        """Settle what stands before the first character; False while that is still open."""
        while True:
            if self._thinking_until and not self._end_thought():
                self._pending = "" if final else self._pending
                return final
            lead = self._pending.lstrip()
            gap = self._pending[: len(self._pending) - len(lead)]
            while match := self._prefix.match(lead):
                lead = lead[match.end() :]
            begun = next((tag for tag in _THOUGHTS if lead.startswith(tag)), None)
            if begun is None:
                break
            self._thinking_until, self._pending = _THOUGHTS[begun], lead[len(begun) :]
        if not lead:
            self._pending = "" if final else self._pending  # a name alone: what follows decides where it ends
            return final
        if not final and (self._may_become_prefix(lead) or any(tag.startswith(lead) for tag in _THOUGHTS)):
            return False
        self._pending = self._joint(gap, lead) + lead
        self._started = True
        return True

    def _end_thought(self) -> bool:
        """Drop what is thought; False while it goes on.  Of an endless one only what may be its end is kept."""
        _, end, rest = self._pending.partition(self._thinking_until)
        self._pending = rest if end else self._pending[1 - len(self._thinking_until) :]
        if end:
            self._thinking_until = ""
        return bool(end)

    def _may_become_prefix(self, lead: str) -> bool:
        plain = lead.strip("*").rstrip().lower()
        return self._name.startswith(plain)

    def _joint(self, gap: str, lead: str) -> str:
        """Return what goes between a cut-off reply and its continuation."""
        if not self._after or self._after[-1].isspace():
            return ""
        if gap:
            return "\n\n" if "\n" in gap else " "
        return "" if lead[0] in ".,;:!?…)*'’\"”" else " "

    def _safe_length(self) -> int:
        """Return how much of what is pending can be shown whatever comes next."""
        found = [at for at in map(self._pending.find, self._stop_words) if at >= 0]
        if found:
            self.end = "stop_word"
            return len(self._pending[: min(found)].rstrip())
        safe = len(self._pending)
        for word in self._stop_words:
            for size in range(min(len(word) - 1, len(self._pending)), 0, -1):
                if self._pending.endswith(word[:size]):
                    safe = min(safe, len(self._pending) - size)
                    break
        return len(self._pending[:safe].rstrip())

    def _emit(self, length: int) -> str:
        room = MAX_REPLY_CHARS - len(self.text)
        if length > room:
            self.end = "too_long"
            length = len(self._pending[:room].rstrip())
        shown, self._pending = self._pending[:length], self._pending[length:]
        self.text += shown
        return shown
