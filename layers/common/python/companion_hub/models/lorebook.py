"""A companion's lorebook, as its owner reads and writes it."""

from typing import Annotated

from pydantic import Field

from companion_hub.models.base import Request, Resource


class CompanionLorebook(Resource):
    """``lorebook``: the character book of specification V3 as it is stored, with all that its entries hold besides.

    ``version`` changes with it.
    """

    version: str
    lorebook: dict[str, object]


class UpdateLorebookRequest(Request):
    """The whole book anew.  ``version``: of the book that was changed, so that nobody else's change is lost.

    At most 2 MB, 500 entries, 100 keys in an entry and 500 characters in a key.
    """

    version: Annotated[str, Field(max_length=64)]
    lorebook: dict[str, object]
