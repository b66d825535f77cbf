"""What a tab knows: the reducer of frontend/src/features/chat/chat-stream.ts, in Python, fed from a socket."""

from collections.abc import Callable
from typing import Any

Snapshot = Callable[[str], dict[str, Any]]


class Page:
    """``texts`` is what is shown of each turn.  A missed frame makes it take the snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.texts: dict[str, str] = {}
        self.attempts: dict[str, int] = {}
        self.ends: dict[str, str] = {}
        self.resets = 0

    def receive(self, frame: dict[str, Any]) -> None:
        turn_id = frame.get("turn_id")
        if turn_id is None:
            return
        attempt = self.attempts.get(turn_id, 0)
        if frame["type"] == "reset" and frame["attempt"] > attempt:
            self.resets += 1
            self.attempts[turn_id], self.texts[turn_id] = frame["attempt"], ""
        elif frame["type"] == "token":
            self._token(turn_id, frame, attempt)
        elif frame["type"] == "done":
            self.ends[turn_id] = frame["status"]

    def _token(self, turn_id: str, frame: dict[str, Any], attempt: int) -> None:
        if frame["attempt"] < attempt:
            return
        if frame["attempt"] > attempt:
            if frame["offset"] != 0:
                self.catch_up(turn_id)
                return
            self.attempts[turn_id], self.texts[turn_id] = frame["attempt"], ""
        shown = len(self.texts.get(turn_id, ""))
        if frame["offset"] == shown:
            self.texts[turn_id] = self.texts.get(turn_id, "") + frame["text"]
        elif frame["offset"] > shown:
            self.catch_up(turn_id)

    def catch_up(self, turn_id: str) -> None:
        """Take the snapshot, as after a gap, a reconnection, and every few seconds while a turn is quiet."""
        turn = self._snapshot(turn_id)
        older = turn["attempt"] < self.attempts.get(turn_id, 0)
        if not older:
            self.attempts[turn_id], self.texts[turn_id] = turn["attempt"], turn["text"]
        if turn["status"] in ("done", "failed", "cancelled"):
            self.ends[turn_id] = turn["status"]
