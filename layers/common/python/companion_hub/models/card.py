"""Character cards: what was read from a file, before it becomes a companion."""

from typing import Any, Literal

from companion_hub.models.base import Resource

CardFormat = Literal["png", "json", "charx"]
CardSpec = Literal["v1", "v2", "v3"]


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
