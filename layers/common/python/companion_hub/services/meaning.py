"""What a text means, as a code that PostgreSQL compares without an extension.

An embedding is a vector whose angle to another says how alike two texts are.  Each of its values becomes three bits: whether
it is above the first, second and third quartile of a normal distribution of the vector's own spread.  The number of bits in
which two codes differ is then the distance of the two vectors in quarters, summed (L1), and finds nearly the same
neighbours as the angle itself (``bench.memory_recall``); ADR 9 says why not pgvector.
"""

from collections.abc import Sequence
from math import hypot, sqrt
from statistics import NormalDist
from typing import Protocol
from uuid import UUID

from companion_hub.db.connection import Database
from companion_hub.errors import EmbeddingsUnavailableError
from companion_hub.models.memory import Question
from companion_hub.observability import logger
from companion_hub.repositories import memory_embeddings

# What the first word may wait for, once in a while (providers/embeddings.py pauses after a failure).
QUESTION_TIMEOUT_S = 0.4
# Nobody waits for this one but the picture.
MEMORIES_TIMEOUT_S = 5.0
# What a message says in its beginning is what it is about.  As long as a memory may be: small models refuse more than 512
# tokens, which may be one for each character.
_MAX_CHARS = 500
# One turn catches up with so many memories: new ones, edited ones, and those of another model.
_BATCH = 32
_QUARTILES = tuple(NormalDist().inv_cdf(share) for share in (0.25, 0.5, 0.75))


class Embeddings(Protocol):
    """providers/embeddings.py, which only those functions import that have one set up: this is before the first word."""

    @property
    def model(self) -> str: ...

    def embed(self, texts: Sequence[str], *, timeout_s: float) -> list[list[float]]:
        """Return a vector for each text, all of one length.  Raises EmbeddingsUnavailableError."""
        ...


def code_of(vector: Sequence[float]) -> str:
    """Return the code of an embedding: three characters 0 or 1 per dimension.  Its length does not matter, its angle does."""
    spread = hypot(*vector) / sqrt(len(vector))
    return "".join("1" if value > level * spread else "0" for value in vector for level in _QUARTILES)


def question_of(embeddings: Embeddings | None, text: str) -> Question | None:
    """Return what a message asks for, None when no embeddings are set up or they do not answer at once."""
    if embeddings is None or not text.strip():
        return None
    try:
        [vector] = embeddings.embed([text[:_MAX_CHARS]], timeout_s=QUESTION_TIMEOUT_S)
    except EmbeddingsUnavailableError as exc:
        logger.info("question without embedding", extra={"reason": str(exc)})
        return None
    return Question(embeddings.model, code_of(vector))


def embed_memories(database: Database, embeddings: Embeddings | None, companion_id: UUID) -> int:
    """Give up to 32 of a companion's memories that have none their code; return how many.

    What fails is done by a later turn; a memory changed meanwhile keeps none and is done again.
    """
    if embeddings is None:
        return 0
    with database.autocommit() as connection:
        waiting = memory_embeddings.without(connection, companion_id, model=embeddings.model, limit=_BATCH)
    if not waiting:
        return 0
    try:
        vectors = embeddings.embed([memory.text for memory in waiting], timeout_s=MEMORIES_TIMEOUT_S)
    except EmbeddingsUnavailableError as exc:
        logger.info("memories without embedding", extra={"reason": str(exc)})
        return 0
    codes = [code_of(vector) for vector in vectors]
    return database.run(lambda connection: memory_embeddings.store(connection, waiting, codes, model=embeddings.model))
