"""Pictures: what is stored of each and how the page gets at them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from companion_hub.models.base import MediumText, Request, Resource

ImageKind = Literal["generated", "uploaded"]


# Letters, digits and what file names are made of: nothing that a prompt would read as syntax.
NetworkName = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[\w][\w .+()-]{0,99}$")]


class Lora(Resource):
    """A network of the image server that is added to a companion's pictures; weight 0-1.5."""

    model_config = ConfigDict(extra="forbid")

    name: NetworkName
    weight: Annotated[float, Field(ge=0, le=1.5)] = 0.8


LoraList = Annotated[list[Lora], Field(max_length=4)]


class ImageModels(Resource):
    """What the image server has to choose from; both empty when it does not say."""

    checkpoints: list[str]
    loras: list[str]


class ImageSource(Resource):
    """One file of a picture; ``url`` is a path under ``/media/``, readable with the signed cookies of its owner."""

    type: Literal["image/avif", "image/jpeg", "image/webp"]
    width: int
    url: str


class GarmentDecision(Resource):
    """Why a garment was drawn or not."""

    garment: str
    drawn: bool
    reason: str


class Image(Resource):
    """Width and height are the largest source's, in pixels; the JPEG of that width is the download."""

    id: UUID
    companion_id: UUID
    message_id: UUID | None
    kind: ImageKind
    width: int
    height: int
    sources: list[ImageSource]
    prompt: str | None
    negative_prompt: str | None
    seed: int | None
    model: str | None
    settings: dict[str, object]
    why: list[GarmentDecision] = []
    created_at: datetime

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> "Image":
        """Return the picture of a row of ``images``: stored object keys become paths, ``why`` leaves the settings."""
        settings = dict(row["settings"])
        sources = [{"type": s["type"], "width": s["width"], "url": f"/{s['key']}"} for s in row["sources"]]
        return cls.model_validate({**row, "sources": sources, "why": settings.pop("why", []), "settings": settings})


class ImagePage(Resource):
    items: list[Image]
    next: str | None


class CreateImageRequest(Request):
    """``prompt`` is added to what the scene says; ``seed`` re-rolls (None: the companion's own seed)."""

    prompt: MediumText | None = None
    seed: Annotated[int, Field(ge=0, le=2**32 - 1)] | None = None
    message_id: UUID | None = None
