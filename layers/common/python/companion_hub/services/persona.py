"""Who the companion is, as the prompt tells it: the owner's own words, or look, character and story in plain lines."""

import re
from typing import NamedTuple

from companion_hub.models.companion import CompanionProfile
from companion_hub.services.lore_placement import PlacedLore
from companion_hub.services.lorebook import Place
from companion_hub.services.options import groups_by_id
from companion_hub.services.texts import clean, fill_placeholders, one_line
from companion_hub.services.tokens import estimate_tokens, trim

ORIGINAL = re.compile(r"\{\{\s*original\s*\}\}", re.IGNORECASE)
# An owner's own system prompt may take this part of the budget: a long one must not push out who the companion is.
_OWN_SHARE = 4
# Places for a lorebook's entries that are within the persona.
INSIDE_PERSONA: frozenset[Place] = frozenset(("personality", "before_desc", "after_desc", "scenario"))


class Speakers(NamedTuple):
    """``char``: what ``{{char}}`` stands for, which a card's nickname may be."""

    name: str
    char: str
    user: str

    def fill(self, text: str) -> str:
        return fill_placeholders(clean(text).strip(), char=self.char, user=self.user)


def persona(profile: CompanionProfile, speakers: Speakers, lore: PlacedLore, *, budget: int, compact: bool) -> str:
    """Return who the companion is, in half of ``budget`` tokens: a very long card may not push out the conversation."""
    own = speakers.fill(profile.system_prompt)
    before, original, after = _around_original(own)
    before = trim(before, budget // _OWN_SHARE)
    after = trim(after, max(0, budget // _OWN_SHARE - estimate_tokens(before)))
    # What stands after the default is kept too: then the end of the default gives way, the examples of the backstory.
    left = budget // 2 - estimate_tokens(before) - estimate_tokens(after) - 4
    lines: list[str] = []
    for place, line in _about(profile, speakers, compact=compact):
        if place is not None:
            lines.extend([lore.beside[place]] if place in lore.beside else [])
        elif line and left > 0:
            lines.append(trim(line, left))
            left -= estimate_tokens(line) + 1
    default = "\n".join(lines)
    if original:
        return f"{before}{default}{after}"
    return f"{before}\n\n{default}" if before else default


def _about(profile: CompanionProfile, speakers: Speakers, *, compact: bool) -> list[tuple[Place | None, str]]:
    """Return the lines of the persona, and between them the places where a lorebook's entries may stand."""
    identity, name, user, fill = profile.identity, speakers.name, speakers.user, speakers.fill
    traits = ", ".join(one_line(trait, 60) for trait in identity.personality)
    hobbies = ", ".join(one_line(hobby, 60) for hobby in identity.hobbies)
    occupation = f", {fill(identity.occupation)}." if identity.occupation else "."
    look = _look(profile)
    relationship = one_line(fill(identity.relationship), 200)
    speaking, backstory = fill(identity.speaking_style), fill(identity.backstory)
    scenario, examples = fill(identity.scenario), "" if compact else fill(identity.example_dialogue)
    return [
        (None, f"{name} is {identity.age} years old{occupation}"),
        (None, look and f"Looks: {look}."),
        (None, traits and f"Personality: {traits}."),
        ("personality", ""),
        (None, hobbies and f"Likes: {hobbies}."),
        (None, relationship and f"To {user}, {name} is: {relationship}."),
        (None, speaking and f"Way of speaking: {speaking}"),
        ("before_desc", ""),
        (None, backstory and f"About {name}: {trim(backstory, 150 if compact else 2_500)}"),
        ("after_desc", ""),
        (None, scenario and f"Situation: {trim(scenario, 80 if compact else 800)}"),
        ("scenario", ""),
        (None, examples and f"How {name} talks, as examples:\n{trim(examples, 800)}"),
    ]


def _around_original(own: str) -> tuple[str, str, str]:
    """Return what an own system prompt says before ``{{original}}``, the word itself and what after; once is enough."""
    parts = ORIGINAL.split(own)
    return (own, "", "") if len(parts) == 1 else (parts[0], "original", "".join(parts[1:]))


def _look(profile: CompanionProfile) -> str:
    words: list[str] = []
    for group_id in (
        "presentation",
        "ethnicity",
        "skin",
        "hair_length",
        "hair_style",
        "hair_colour",
        "eye_colour",
        "build",
    ):
        choice = profile.appearance.get(group_id)
        group = groups_by_id()[group_id]
        words.extend(option.prompt for option in group.options if option.id == choice and option.prompt)
    return ", ".join(words)
