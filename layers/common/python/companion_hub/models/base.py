"""The two bases of every API type: what comes in is strict, what goes out is complete."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints


class Request(BaseModel):
    """A request body: unknown fields are an error, strings are trimmed."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Resource(BaseModel):
    """Something the API returns or a row becomes.  In the OpenAPI document every field of an answer is there."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)


# Trimmed, single-line-ish short texts.  Limits are characters.
ShortText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
MediumText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)]
# What character cards bring along: whole pages are common.  The prompt's token budget decides what is sent.
# Not trimmed: a card must leave as it came.
CardText = Annotated[str, StringConstraints(max_length=100_000)]
