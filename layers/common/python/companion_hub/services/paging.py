"""Pages of lists, by keyset: ask for one item more than the page holds, and there is a next page exactly when it comes."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def first_page(items: list[T], limit: int, cursor: Callable[[T], object]) -> tuple[list[T], str | None]:
    """Return the first ``limit`` of up to ``limit + 1`` items, and what the next page comes before; None: that is all."""
    page = items[:limit]
    return page, str(cursor(page[-1])) if len(items) > limit else None
