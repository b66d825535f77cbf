"""The wizard's catalogue: every appearance option with its label and the words it puts into an image prompt.

One table for the page (``GET /api/options``), the check of what a client sends, the image prompt and the illustrator,
so that what a person clicks is what gets drawn.  Format of a row: ``id | label | prompt words | #swatch``.
"""

from collections.abc import Mapping
from functools import cache
from typing import get_args

from companion_hub.errors import InvalidRequestError
from companion_hub.models.companion import ADULT, OLDEST, USUAL_AGE
from companion_hub.models.options import AgeRange, Catalogue, Option, OptionGroup, Step, WizardStep
from companion_hub.models.user import Appearance

FEMININE, MASCULINE, ANDROGYNOUS = "feminine", "masculine", "androgynous"

_STYLE = """
realistic | Photograph | photo, realistic, natural skin texture
cinematic | Film still | cinematic film still, shallow depth of field
illustration | Illustration | modern digital illustration, clean lines
anime | Anime | anime style, cel shading
painting | Oil painting | oil painting, visible brush strokes
watercolour | Watercolour | watercolor painting, soft edges
comic | Comic | comic book style, bold ink lines
render | 3D render | 3d render, soft studio lighting
"""
_PRESENTATION = """
feminine | Woman | 1 woman
masculine | Man | 1 man
androgynous | Androgynous | 1 androgynous person
"""
_ETHNICITY = """
african | African | african
afro_caribbean | Afro-Caribbean | afro-caribbean
east_asian | East Asian | east asian
southeast_asian | Southeast Asian | southeast asian
south_asian | South Asian | south asian
central_asian | Central Asian | central asian
european | European | european
nordic | Nordic | nordic
mediterranean | Mediterranean | mediterranean
latin | Latin American | latin american
middle_eastern | Middle Eastern | middle eastern
north_african | North African | north african
indigenous_american | Indigenous American | indigenous american
pacific_islander | Pacific Islander | pacific islander
mixed | Mixed | mixed ethnicity
"""
_SKIN = """
porcelain | Porcelain | porcelain skin | #f8e3d6
fair | Fair | fair skin | #f3d3bd
light | Light | light skin | #eac0a2
olive | Olive | olive skin | #d3a67d
tan | Tan | tan skin | #c68c5f
brown | Brown | brown skin | #9c6440
dark | Dark brown | dark brown skin | #6f4329
deep | Deep | deep ebony skin | #48291b
"""
_EYE_COLOUR = """
brown | Brown | brown eyes | #6b4226
dark_brown | Dark brown | dark brown eyes | #3b2416
hazel | Hazel | hazel eyes | #8a6b3a
amber | Amber | amber eyes | #b8792b
green | Green | green eyes | #4d8a58
blue | Blue | blue eyes | #4a82b8
light_blue | Ice blue | light blue eyes | #9cc5dd
grey | Grey | grey eyes | #8b96a0
violet | Violet | violet eyes | #7c5bab
"""
_EYE_SHAPE = """
almond | Almond | almond-shaped eyes
round | Round | round eyes
hooded | Hooded | hooded eyes
monolid | Monolid | monolid eyes
upturned | Upturned | upturned eyes
downturned | Downturned | downturned eyes
"""
_HAIR_COLOUR = """
black | Black | black hair | #1d1a1c
dark_brown | Dark brown | dark brown hair | #3a2620
brown | Brown | brown hair | #5d3d2b
light_brown | Light brown | light brown hair | #8a6446
auburn | Auburn | auburn hair | #7d3421
red | Ginger | ginger red hair | #b5502a
strawberry | Strawberry blonde | strawberry blonde hair | #d79a6b
blonde | Blonde | blonde hair | #d9b36c
platinum | Platinum | platinum blonde hair | #ece0c4
grey | Grey | grey hair | #9a9a9e
white | White | white hair | #e9e7e4
pink | Pink | pink hair | #e58fb0
blue | Blue | blue hair | #4f7fc4
teal | Teal | teal hair | #2f8f95
purple | Purple | purple hair | #7a55a8
"""
_HAIR_LENGTH = """
bald | Bald | bald head
buzz | Buzz cut | buzz cut
short | Short | short length hair
chin | Chin length | chin-length hair
shoulder | Shoulder length | shoulder-length hair
long | Long | long length hair
very_long | Very long | very long waist-length hair
"""
_HAIR_STYLE = """
straight | Straight | straight hair
wavy | Wavy | wavy hair
curly | Curly | curly hair
coily | Coily / afro | coily afro hair
bob | Bob | bob haircut
pixie | Pixie | pixie cut
fringe | Fringe | hair with bangs
ponytail | Ponytail | hair in a ponytail
bun | Bun | hair in a bun
messy_bun | Messy bun | hair in a messy bun
braid | Braid | hair in a single braid
braids | Two braids | hair in twin braids
box_braids | Box braids | box braids
locs | Locs | dreadlocks
undercut | Undercut | undercut hairstyle
slicked | Slicked back | slicked back hair
side_part | Side part | side-parted hair
mohawk | Mohawk | mohawk hairstyle
"""
_FACE = """
oval | Oval | oval face
round | Round | round face
heart | Heart | heart-shaped face
square | Square | square jaw
diamond | Diamond | diamond-shaped face
long | Long | long face
"""
_NOSE = """
small | Small | small nose
straight | Straight | straight nose
aquiline | Aquiline | aquiline nose
broad | Broad | broad nose
button | Button | button nose
"""
_LIPS = """
thin | Thin | thin lips
medium | Medium | natural lips
full | Full | full lips
heart | Cupid's bow | cupid's bow lips
"""
_FACIAL_HAIR = """
none | Clean-shaven | clean-shaven
stubble | Stubble | light stubble
moustache | Moustache | moustache
goatee | Goatee | goatee
short_beard | Short beard | short beard
full_beard | Full beard | full beard
"""
_MARKS = """
freckles | Freckles | freckles
beauty_mark | Beauty mark | beauty mark
dimples | Dimples | dimples
scar | Small scar | small scar on the eyebrow
vitiligo | Vitiligo | vitiligo
laugh_lines | Laugh lines | laugh lines
"""
_GLASSES = """
none | None |
round | Round glasses | round glasses
square | Square glasses | square glasses
cat_eye | Cat-eye glasses | cat-eye glasses
rimless | Rimless glasses | rimless glasses
"""
_MAKEUP = """
none | None |
natural | Natural | natural makeup
eyeliner | Winged eyeliner | winged eyeliner
red_lips | Red lips | red lipstick
glam | Glam | glamorous makeup
goth | Goth | dark goth makeup
"""
_PIERCINGS = """
earrings | Earrings | small earrings
hoops | Hoop earrings | hoop earrings
nose_stud | Nose stud | nose stud
septum | Septum ring | septum ring
lip_ring | Lip ring | lip ring
eyebrow | Eyebrow piercing | eyebrow piercing
"""
_TATTOOS = """
arm_sleeve | Sleeve | tattoo sleeve on one arm
forearm | Forearm | forearm tattoo
shoulder | Shoulder | shoulder tattoo
neck | Neck | neck tattoo
hand | Hand | hand tattoo
back | Back | back tattoo
leg | Leg | leg tattoo
"""
_HEIGHT = """
petite | Petite | petite height
short | Short | short height
average | Average | average height
tall | Tall | tall
very_tall | Very tall | very tall
"""
_BUILD = """
slim | Slim | slim build
average | Average | average build
athletic | Athletic | athletic build
muscular | Muscular | muscular build
curvy | Curvy | curvy figure
stocky | Stocky | stocky build
plus_size | Plus size | plus-size figure
dad_bod | Soft | soft build
"""
_BUST = """
small | Small | small bust
medium | Medium | medium bust
large | Large | large bust
"""
_CHEST = """
lean | Lean | lean chest
broad | Broad | broad chest
muscular | Muscular | muscular chest
"""
_SHOULDERS = """
narrow | Narrow | narrow shoulders
medium | Medium | balanced shoulders
broad | Broad | broad shoulders
"""
_HIPS = """
narrow | Narrow | narrow hips
medium | Medium | balanced hips
wide | Wide | wide hips
"""


def _options(table: str) -> list[Option]:
    rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return [Option(id=row[0], label=row[1], prompt=row[2], swatch=row[3] if row[3:] else None) for row in rows]


def _group(
    id_: str,
    label: str,
    step: WizardStep,
    table: str,
    *,
    default: str | None = None,
    multiple: bool = False,
    only_for: tuple[str, ...] = (),
) -> OptionGroup:
    """Return one row of the catalogue."""
    return OptionGroup(
        id=id_,
        label=label,
        step=step,
        multiple=multiple,
        only_for=list(only_for),
        default=default,
        options=_options(table),
    )


@cache
def catalogue() -> Catalogue:
    """Return the whole catalogue, built on first use."""
    return Catalogue(
        steps=[Step(id=step, label=step.capitalize()) for step in get_args(WizardStep)],
        age=AgeRange(min=ADULT, max=OLDEST, default=USUAL_AGE),
        groups=[
            _group("style", "Picture style", "style", _STYLE, default="realistic"),
            _group("presentation", "Gender presentation", "style", _PRESENTATION, default=FEMININE),
            _group("ethnicity", "Ethnicity", "look", _ETHNICITY),
            _group("skin", "Skin", "look", _SKIN, default="light"),
            _group("eye_colour", "Eye colour", "look", _EYE_COLOUR, default="brown"),
            _group("eye_shape", "Eye shape", "look", _EYE_SHAPE),
            _group("hair_colour", "Hair colour", "look", _HAIR_COLOUR, default="brown"),
            _group("hair_length", "Hair length", "look", _HAIR_LENGTH),
            _group("hair_style", "Hair style", "look", _HAIR_STYLE),
            _group("face", "Face", "look", _FACE),
            _group("nose", "Nose", "look", _NOSE),
            _group("lips", "Lips", "look", _LIPS),
            _group("facial_hair", "Facial hair", "look", _FACIAL_HAIR, only_for=(MASCULINE, ANDROGYNOUS)),
            _group("marks", "Marks", "look", _MARKS, multiple=True),
            _group("glasses", "Glasses", "look", _GLASSES, default="none"),
            _group("makeup", "Make-up", "look", _MAKEUP),
            _group("piercings", "Piercings", "look", _PIERCINGS, multiple=True),
            _group("build", "Build", "body", _BUILD, default="average"),
            _group("height", "Height", "body", _HEIGHT, default="average"),
            _group("shoulders", "Shoulders", "body", _SHOULDERS),
            _group("bust", "Bust", "body", _BUST, only_for=(FEMININE, ANDROGYNOUS)),
            _group("chest", "Chest", "body", _CHEST, only_for=(MASCULINE, ANDROGYNOUS)),
            _group("hips", "Hips", "body", _HIPS),
            _group("tattoos", "Tattoos", "body", _TATTOOS, multiple=True),
        ],
        personality=_WORDS["personality"],
        hobbies=_WORDS["hobbies"],
        occupations=_WORDS["occupations"],
        relationships=_WORDS["relationships"],
    )


_WORDS = {
    key: [word.strip() for word in words.split(",")]
    for key, words in {
        "personality": "warm, playful, witty, shy, confident, calm, adventurous, curious, caring, sarcastic, romantic, "
        "ambitious, dreamy, down-to-earth, mysterious, optimistic, stubborn, loyal, bookish, spontaneous, gentle, "
        "blunt, flirty, protective, philosophical, competitive, empathetic, mischievous, patient, passionate",
        "hobbies": "reading, hiking, cooking, baking, photography, painting, music, guitar, piano, gaming, yoga, "
        "running, climbing, swimming, surfing, gardening, travelling, dancing, film, writing, poetry, board games, "
        "astronomy, cycling, pottery, languages, chess, coffee, martial arts, volunteering",
        "occupations": "barista, nurse, teacher, software developer, photographer, artist, musician, chef, librarian, "
        "scientist, architect, journalist, florist, paramedic, engineer, lawyer, designer, veterinarian, actor, "
        "bookshop owner, personal trainer, pilot, student, carpenter, marine biologist",
        "relationships": "friend, best friend, partner, spouse, someone you just met, colleague, neighbour, mentor, "
        "travel companion, pen pal, flatmate, old school friend",
    }.items()
}


@cache
def groups_by_id() -> Mapping[str, OptionGroup]:
    return {group.id: group for group in catalogue().groups}


def check_appearance(appearance: Appearance, *, field: str = "appearance") -> None:
    """Check choices against the catalogue.  Raises InvalidRequestError naming each unknown group or option."""
    wrong: dict[str, str] = {}
    for group_id, choice in appearance.items():
        group = groups_by_id().get(group_id)
        if group is None:
            wrong[f"{field}.{group_id}"] = "There is no such question."
            continue
        if isinstance(choice, list) and not group.multiple:
            wrong[f"{field}.{group_id}"] = "Choose one."
            continue
        known = {option.id for option in group.options}
        chosen = choice if isinstance(choice, list) else [choice]
        if unknown := [option for option in chosen if option not in known]:
            wrong[f"{field}.{group_id}"] = f"There is no such option: {', '.join(unknown)[:60]}"
        elif len(set(chosen)) != len(chosen):
            wrong[f"{field}.{group_id}"] = "Each option counts once."
    if wrong:
        raise InvalidRequestError(wrong)


def prompt_words(appearance: Appearance, group_id: str) -> list[str]:
    """Return the prompt words of what was chosen in a group, [] when nothing was or the group does not apply."""
    group = groups_by_id()[group_id]
    presentation = appearance.get("presentation", FEMININE)
    choice = appearance.get(group_id, group.default)
    if choice is None or (group.only_for and presentation not in group.only_for):
        return []
    chosen = set(choice) if isinstance(choice, list) else {choice}
    return [option.prompt for option in group.options if option.id in chosen and option.prompt]
