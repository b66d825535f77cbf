"""Character cards: what was read from a file, before it becomes a companion."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from companion_hub.models.base import Resource
from companion_hub.models.companion import Companion
from companion_hub.models.memory import MemoryKind

CardFormat = Literal["png", "json", "charx"]
CONTENT_TYPES: dict[CardFormat, str] = {"png": "image/png", "json": "application/json", "charx": "application/zip"}
CardSpec = Literal["v1", "v2", "v3"]


class CardMemory(Resource):
    """A memory that travels with a card of ours, when its owner wants it to."""

    kind: MemoryKind
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
    importance: Annotated[int, Field(ge=1, le=5)] = 3
    pinned: bool = False


class CharacterCard(Resource):
    """A card in the shape of specification V3, whatever it came as.

    ``data`` holds every field of the file, known or not; ``picture`` the image it travelled in or its main icon;
    ``assets`` the other files of a CHARX by their path; ``warnings`` what was mended on the way, for the user.
    """

    spec: CardSpec
    data: dict[str, Any]
    picture: bytes | None = None
    assets: dict[str, bytes] = {}
    warnings: list[str] = []


class ImportedCompanion(Companion):
    """``warnings`` says what of the file was mended or left out."""

    warnings: list[str]
