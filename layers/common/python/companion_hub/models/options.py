"""The wizard's catalogue as the API returns it."""

from typing import Literal

from companion_hub.models.base import Resource

WizardStep = Literal["style", "look", "body", "identity", "finish"]


class Option(Resource):
    """One choice.  ``prompt`` is how the image prompt says it; ``swatch`` is a colour to show (``#rrggbb``)."""

    id: str
    label: str
    prompt: str
    swatch: str | None = None


class OptionGroup(Resource):
    """A question of the wizard.  ``only_for`` names the gender presentations it applies to (empty: all)."""

    id: str
    label: str
    step: WizardStep
    multiple: bool = False
    only_for: list[str] = []
    default: str | None = None
    options: list[Option]


class Step(Resource):
    id: WizardStep
    label: str


class AgeRange(Resource):
    """Companions are adults: ages in years, both ends included."""

    min: int
    max: int
    default: int


class Catalogue(Resource):
    """The steps in their order, all groups, and suggestions for the identity step that the user may also write freely."""

    steps: list[Step]
    age: AgeRange
    groups: list[OptionGroup]
    personality: list[str]
    hobbies: list[str]
    occupations: list[str]
    relationships: list[str]
