"""Accounts: user, session, preferences, usage."""

import string
import unicodedata
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints

from companion_hub.models.base import Request, Resource, ShortText

ContentRating = Literal["safe", "suggestive", "explicit"]
Theme = Literal["system", "light", "dark"]
# An option of the wizard's catalogue by group: a choice, or several where the group allows it.
Appearance = dict[str, str | list[str]]


def is_visible(character: str) -> bool:
    """Whether a character may stand in a name: no line break, nothing invisible, nothing that turns the writing round."""
    return unicodedata.category(character) not in ("Cc", "Cf", "Zl", "Zp") or character == "\u200d"


def _one_visible_line(name: str) -> str:
    """Names stand in prompts and lists."""
    if not all(map(is_visible, name)):
        raise ValueError("Names are one line of visible characters.")
    return name


Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50), AfterValidator(_one_visible_line)
]
# The local part may hold anything but spaces and a second @; whether it exists only a delivered mail could tell.
EMAIL_PATTERN = r"^[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+$"
USERNAME_PATTERN = r"^[a-z0-9_]{3,20}$"
_CAPITALS = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
# An é is one character on one keyboard and two on another.
_Composed = BeforeValidator(lambda value: unicodedata.normalize("NFC", value) if isinstance(value, str) else value)
Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, to_lower=True, max_length=254, pattern=EMAIL_PATTERN),
    _Composed,
]
# Lowered before the pattern is tried: pydantic's own to_lower comes after it.  A-Z only: to Unicode the Kelvin sign's
# small letter is a k.
Username = Annotated[
    str,
    BeforeValidator(lambda value: value.translate(_CAPITALS) if isinstance(value, str) else value),
    StringConstraints(strip_whitespace=True, pattern=USERNAME_PATTERN),
]
Password = Annotated[str, StringConstraints(strip_whitespace=False, min_length=8, max_length=1_024)]


class Preferences(Resource):
    """What the user chose.  Budgets are US dollars per calendar month (UTC); None means no limit."""

    theme: Theme = "system"
    content_rating: ContentRating = "safe"
    automatic_images: bool = True
    monthly_budget_usd: Annotated[Decimal, Field(ge=0, le=100_000, decimal_places=2)] | None = None
    include_me_in_pictures: bool = True


class PreferencesUpdate(Preferences):
    """Preferences to change: those that are not given stay as they are."""

    model_config = ConfigDict(extra="forbid")


class User(Resource):
    id: UUID
    name: str
    email: str
    username: str
    appearance: Appearance
    preferences: Preferences
    created_at: datetime


class UserEnvelope(Resource):
    user: User


class Session(Resource):
    id: UUID
    user_agent: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    current: bool


class SessionPage(Resource):
    items: list[Session]
    next: str | None = None


class RegisterRequest(Request):
    name: Name
    email: Email
    username: Username
    password: Password


class LoginRequest(Request):
    """``identifier`` is an e-mail or a username, in any letter case."""

    identifier: Annotated[str, StringConstraints(min_length=1, max_length=254), _Composed]
    password: Annotated[str, StringConstraints(strip_whitespace=False, min_length=1, max_length=1_024)]


class UpdateMeRequest(Request):
    name: Name | None = None
    email: Email | None = None
    username: Username | None = None
    appearance: Appearance | None = None
    preferences: PreferencesUpdate | None = None


class ChangePasswordRequest(Request):
    current_password: Annotated[str, StringConstraints(strip_whitespace=False, min_length=1, max_length=1_024)]
    new_password: Password


class DeleteMeRequest(Request):
    password: Annotated[str, StringConstraints(strip_whitespace=False, min_length=1, max_length=1_024)]


class UsageMonth(Resource):
    """Usage of one calendar month, UTC."""

    month: ShortText
    turns: int
    input_tokens: int
    output_tokens: int
    images: int
    cost_usd: Decimal


class Usage(Resource):
    current: UsageMonth
    months: list[UsageMonth]
    monthly_budget_usd: Decimal | None
