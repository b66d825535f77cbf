"""What a socket that asks for a turn is told: the snapshot as frames, so that a page goes on where it stopped."""

from uuid import UUID

from companion_hub.db.connection import Database
from companion_hub.errors import NotFoundError
from companion_hub.models.base import Resource
from companion_hub.models.frame import DoneFrame, ErrorFrame, ProgressFrame, ResetFrame, TokenFrame
from companion_hub.models.turn import Turn
from companion_hub.repositories import connections, turns


class Subscriptions:
    def __init__(self, database: Database) -> None:
        self._database = database

    def frames(self, connection_id: str, turn_id: UUID, *, have: int, attempt: int | None) -> list[Resource]:
        """Return the frames that bring a page up to date that has ``have`` characters of ``attempt`` (None: of the
        current one).  Raises NotFoundError for an unknown socket or turn, or another user's turn.
        """
        with self._database.autocommit() as connection:
            user_id = connections.owner(connection, connection_id)
            found = turns.get(connection, user_id, turn_id) if user_id else None
        if found is None:
            raise NotFoundError
        return snapshot_frames(found[0], have=have, attempt=attempt)


def snapshot_frames(turn: Turn, *, have: int, attempt: int | None) -> list[Resource]:
    """Return progress, the text the page lacks, and how the turn ended if it has.  ``have`` counts characters."""
    frames: list[Resource] = []
    if turn.step is not None:
        frames.append(ProgressFrame(turn_id=turn.id, step=turn.step, progress=turn.progress))
    if have > len(turn.text) or (attempt is not None and attempt != turn.attempt):
        frames.append(ResetFrame(turn_id=turn.id, attempt=turn.attempt))
        have = 0
    if have < len(turn.text):
        frames.append(TokenFrame(turn_id=turn.id, attempt=turn.attempt, offset=have, text=turn.text[have:]))
    if turn.error is not None:
        frames.append(ErrorFrame(code=turn.error.code, message=turn.error.message, turn_id=turn.id))
    if turn.status in ("done", "failed", "cancelled"):
        frames.append(DoneFrame(turn_id=turn.id, status=turn.status, degraded=turn.degraded))
    return frames
