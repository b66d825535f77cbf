"""Outfits as words: a description becomes garments, and a scene is made from three strings.

The readable outfit (``Scene.outfit``) is a comma-separated list that ``parse_outfit`` reads back to the same garments.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from companion_hub.models.companion import CompanionProfile, StateField
from companion_hub.models.scene import MAX_TEXT, Garment, Layer, Opacity, Region, Scene, Slot, WearState
from companion_hub.services.scene.lexicon import (
    COLOURS,
    MATERIALS,
    MAX_TERM_WORDS,
    PATTERNS,
    SHEER_WORDS,
    WHOLE_SUITS,
    Term,
    find_term,
    is_modifier,
    misspelt_term,
)
from companion_hub.services.scene.shapes import THEIR, reshaped
from companion_hub.services.texts import one_line, word_set

MAX_GARMENTS = 24
MAX_NAME = 80
# An unknown garment lies here; the head noun's ending moves it elsewhere.
_UNKNOWN: tuple[Slot, Layer, tuple[Region, ...]] = ("other", "base", ("chest", "midriff", "back", "hips"))
_SUGGESTED: tuple[tuple[str, str], ...] = (
    # ending of the head noun -> a known word whose place the unknown garment takes
    ("dress", "dress"), ("gown", "gown"), ("suit", "jumpsuit"), ("coat", "coat"), ("jacket", "jacket"), ("shirt", "shirt"),
    ("blouse", "blouse"), ("top", "top"), ("sweater", "sweater"), ("skirt", "skirt"), ("pants", "pants"),
    ("trousers", "trousers"), ("jeans", "jeans"), ("shorts", "shorts"), ("leggings", "leggings"), ("shoes", "shoes"),
    ("boots", "boots"), ("heels", "heels"), ("sandals", "sandals"), ("slippers", "slippers"), ("socks", "socks"),
    ("hat", "hat"), ("cap", "cap"), ("helm", "helmet"), ("mask", "mask"), ("scarf", "scarf"), ("lace", "necklace"),
    ("gloves", "gloves"), ("belt", "belt"), ("ring", "ring"), ("robe", "robe"), ("cloak", "cloak"), ("wear", "clothes"),
    ("pack", "backpack"), ("tunic", "tunic"), ("hoodie", "hoodie"), ("wrap", "shawl"), ("clogs", "clogs"), ("sneakers", "sneakers"), ("trainers", "trainers"), ("hood", "hood"), ("cape", "cape"), ("vest", "vest"),
    ("tights", "tights"), ("stockings", "stockings"), ("veil", "veil"), ("apron", "apron"), ("kilt", "kilt"), ("kimono", "kimono"), ("armor", "armor"), ("armour", "armour"), ("piece", "one-piece"),
)  # fmt: skip
_ONLY = re.compile(
    r"\b(?:nothing|naked|nude) (?:but|except(?: for)?|other than|besides|save for)\b|\bnothing on (?:but|except)\b",
    re.I,
)
_NOT_WORN = word_set(
    "nothing naked nude none barefoot unclothed undressed topless bottomless shirtless braless bare-chested unknown null n/a na same unchanged"
)
_SAID_BEFORE = word_set("it them this that these those")  # "a swimsuit with a skirt over it"
# Words before the garment that are not part of its name.
_LEADING = word_set(
    "a an the her his my your their its our some this that these those just only simply still also now both "
    "first second third next last other same very "
    "his/her wearing wears dressed in clad sporting into on has have got is and plus with of pair pairs set "
    "matching-pair"
)
_TRAILING = word_set(
    "again now instead today tonight too please first quickly slowly anymore already underneath beneath below"
)
_PAIRED = word_set("shoe boot sock glove heel sandal slipper stocking mitten sneaker trainer")
_STATES: dict[str, WearState] = {
    "open": "open", "unbuttoned": "open", "unzipped": "open", "undone": "open", "untied": "open", "unfastened": "open",
    "lifted": "lifted", "hiked-up": "lifted",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:['’.\-/][^\W_]+)*", re.UNICODE)
# How it is worn may also stand behind the garment: "a coat worn open", "a cloak thrown back over her shoulders".
_OPENED_AFTER = re.compile(
    r"(?<=\w) (?:(?:worn|hanging|left|hung|kept|thrown|flung|pulled|pushed|falling|swinging|flapping|gaping|half|fully|wide|loosely|casually) )*"
    r"(?:open|unbuttoned|unzipped|undone|untied|unfastened|(?:thrown|flung|swept|pushed) back)"
    r"(?: (?:at|down|in) the front| to the (?:waist|navel))?$| worn$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"[,;+&/\n|]| - |\.(?=\s|$)|(?<![\w-])(?:and|over|under|underneath|beneath|above|plus|paired with|along with|with|to show|to reveal|showing)(?![\w-])",
    re.IGNORECASE,
)
# "tied over his hair" says where the bandana is.
_ON_THE_BODY = re.compile(
    rf" ?{THEIR}(?:shoulders?|waist|hips?|hair|head|eyes?|ears?|face|mouth|nose|chin|neck|throat|chest|arms?|wrists?|hands?|knees?|"
    r"brows?|forehead|body|back|lap|ankles?|legs?|feet|curls|bun|braids?|ponytail)\b(?! (?:holster|bag|strap|pads?))",
    re.IGNORECASE,
)
_JOINING = frozenset({"and", "with", ",", "&", "/"})


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)


# A tag of the image server ("<lora:…>", "<hypernet:…>") is no garment.
_TAG = re.compile(r"<[^<>,]{0,200}>?")


def tidy(phrase: str) -> str:
    """Return a garment phrase without articles, possessives and adverbs around it, at most MAX_NAME characters."""
    words = words_of(_TAG.sub(" ", phrase))
    while words and words[0].lower() in _LEADING:
        words.pop(0)
    while words and words[-1].lower() in _TRAILING:
        words.pop()
    name = " ".join(words)
    while (
        len(name) > MAX_NAME
    ):  # the head noun stands at the end, or before what says how it is worn: the rest goes first
        words.pop(-1 if _post_modifier(words) else 0)
        name = " ".join(words)
        if not words:
            return one_line(phrase, MAX_NAME)
    return name


@lru_cache(maxsize=4_096)
def garment(phrase: str, *, in_list: bool = False) -> Garment | None:
    """Return the garment a noun phrase names by its last garment word ("zebra print dress" is a dress).

    An unknown phrase becomes an opaque garment in the place its head noun suggests; None for an empty phrase.  In a list of
    clothes (``in_list``) every word is one of clothes: "vans" are shoes there, and "jeens" are jeans.
    """
    name = tidy(phrase)
    if not name:
        return None
    state: WearState = "worn"
    if after := _OPENED_AFTER.search(name):
        piece = garment(name[: after.start()], in_list=in_list)
        if piece is not None and piece.layer not in ("accessory", "underwear"):
            return piece if after[0].lower() == " worn" else piece.model_copy(update={"state": "open"})
    words = name.split()
    if len(words) > 1 and words[0].lower() in _STATES:
        state = _STATES[words[0].lower()]
        words = words[1:]
        while len(words) > 1 and words[0].lower() in _LEADING:
            words.pop(0)
        name = " ".join(words)
    if words[-1].lower() in _PAIRED:  # "puts on her shoe"
        words = [*words[:-1], words[-1] + "s"]
        name = " ".join(words)
    return _make(name, words, state, in_list=in_list)


def known_garment(phrase: str) -> Garment | None:
    """Return the garment of a phrase whose head is in the lexicon, None otherwise."""
    made = garment(phrase)
    return made if made and made.kind else None


# What follows these says how or where a garment is worn, or what it has: "a trench coat buttoned to the collar".
_PREPOSITIONS = word_set(
    "with without in into inside at to over under around round about from across through featuring"
)
_WORN_SO = word_set(
    "buttoned zipped tied knotted worn hanging pushed pulled draped slung left thrown wrapped tucked rolled cinched fastened "
    "clasped pinned hung held gathered belted perched done flung looped set pulled turned"
)
_SO_FOLLOWS = _PREPOSITIONS | word_set("up on down off open shut closed loosely tightly low high back behind all")


def _post_modifier(words: list[str]) -> int:
    """Return where what is said of a garment behind its name begins; 0 when nothing is."""
    low = [word.lower() for word in words]
    for at in range(1, len(low)):
        if low[at] in _PREPOSITIONS or (low[at] in _WORN_SO and (at + 1 == len(low) or low[at + 1] in _SO_FOLLOWS)):
            return at
    return 0


def head_term(words: list[str], *, in_list: bool = False) -> Term | None:
    """Return the term a phrase is about: the last one before what is said behind it, else the last one in it."""
    behind = _post_modifier(words)
    named = words[: behind or len(words)]
    if in_list and (misspelt := _misspelt(named)):
        return misspelt
    for last in (behind, len(words)):
        for end in range(last, 0, -1):
            found = find_term(words, end, in_list=in_list)
            if found is not None:
                start, term = found
                return (start and term.kind in ("suit", "costume") and _whole_suit(words[start - 1])) or term
    return misspelt_term(named[-1]) if in_list else None


def _misspelt(words: list[str]) -> Term | None:
    """Return the term one slip from a head noun nobody knows, where no other word of the phrase may be its garment."""
    if find_term(words, len(words), in_list=True) or _lying(words[-1]):
        return None
    fewest = 1 if all(map(is_modifier, words[:-1])) else 2
    spellings = ("".join(words[-size:]) for size in range(min(MAX_TERM_WORDS, len(words)), fewest - 1, -1))
    return next((term for spelling in spellings if (term := misspelt_term(spelling))), None)


def _make(name: str, words: list[str], state: WearState, *, in_list: bool) -> Garment:
    lower = [word.lower() for word in words]
    parts = {part for word in lower for part in (word, *word.split("-"))}
    term = head_term(lower, in_list=in_list)
    sheer = bool(SHEER_WORDS & set(lower)) or (term is not None and term.sheer and "opaque" not in lower)
    opacity: Opacity = "sheer" if sheer else "opaque"
    kind = ""
    slot, layer, regions = _UNKNOWN
    if term is None:
        head = lower[_post_modifier(lower) - 1]
        term = _lying(head) or _suggested(head)
    else:
        kind = term.kind
    if term is not None:
        slot, layer, regions = reshaped(term, " ".join(lower).replace("-", " "))
    return Garment(
        name=name,
        kind=kind,
        slot=slot,
        layer=layer,
        regions=regions,
        opacity=opacity,
        state=state,
        colours=tuple(sorted(parts & COLOURS)),
        materials=tuple(sorted(parts & MATERIALS)),
        patterns=tuple(sorted(parts & PATTERNS)),
    )


def _whole_suit(before: str) -> Term | None:
    """Return what "suit" is behind the word of a trade or a creature ("beekeeper's suit"); None for jacket and trousers."""
    whole = find_term(["snowsuit"], 1) if before.removesuffix("'s").removesuffix("’s") in WHOLE_SUITS else None
    return whole[1] if whole else None


_UNDER: dict[Slot, Slot] = {"top": "underwear_top", "bottom": "underwear_bottom"}


def _lying(word: str) -> Term | None:
    """Return what "undertunic" and "overtrousers" are: the garment they are named after, a layer further in or out."""
    for start in ("under", "over"):
        found = find_term([word.removeprefix(start).lstrip("-")], 1) if word.startswith(start) else None
        if found is None or found[1].layer == "accessory":
            continue
        term = found[1]
        if start == "over":
            return term._replace(layer="mid" if term.layer == "base" else term.layer)
        return term._replace(layer="underwear", slot=_UNDER.get(term.slot, "full"))
    return None


def _suggested(head: str) -> Term | None:
    for ending, known in _SUGGESTED:
        if head.endswith(ending):
            found = find_term([known], 1)
            return found[1] if found else None
    return None


def parse_outfit(text: str) -> tuple[Garment, ...]:
    """Return the garments of a description such as "a red dress, black heels and an open coat"."""
    garments: list[Garment] = []
    seen: set[str] = set()
    for phrase in _phrases(_ONLY.sub(" ", one_line(text, 2_000))):
        made = garment(phrase, in_list=True)
        if made is None or (not made.kind and _only_describes(made.name.split())):
            continue
        unworn = {word.lower() for word in made.name.split()} & _NOT_WORN
        if made.name.split()[0].lower() in ("no", "without"):  # "a dress, no bra"
            continue
        if made.name.lower() in _SAID_BEFORE or (unworn and not (unworn == {"nude"} and made.kind)):  # "nude pumps"
            continue
        if made.name.lower() not in seen:
            seen.add(made.name.lower())
            garments.append(made)
    return tuple(garments[:MAX_GARMENTS])


def _only_describes(words: list[str]) -> bool:
    return all(is_modifier(word) or word.lower() in _STATES or word.lower() == "and" for word in words)


def _phrases(text: str) -> Iterable[str]:
    """Split a list of garments; "black and white dress" and "long, flowing dress" stay whole."""
    pending = ""
    at = 0
    for match in [*filter(_separates, _SEPARATOR.finditer(text)), None]:
        part = text[at : match.start() if match else len(text)]
        at = match.end() if match else at
        words = words_of(tidy(part))
        joinable = match is not None and match[0].strip().lower() in _JOINING
        if (
            words
            and joinable
            and match is not None
            and all(is_modifier(word) or word.lower() in _STATES for word in words)
        ):
            word = " and " if match[0].lower() == "and" else " "
            if find_term(words, _post_modifier(words) or len(words), in_list=True) is None or (
                match[0].lower() == "and" and _modifies(text[at:])
            ):
                pending = f"{pending} {tidy(part)}{word}"
                continue
        if words:
            yield re.sub(r"\band\b", "and", f"{pending} {tidy(part) if pending else part}")
        pending = ""


def _separates(match: re.Match[str]) -> bool:
    """Whether another garment follows: not in "tied over his hair", "a dress with pockets"."""
    word, rest = match[0].lower(), match.string[match.end() :]
    if word in ("over", "under", "underneath", "beneath", "above"):
        return _ON_THE_BODY.match(rest) is None
    if word in ("with", "to show", "to reveal", "showing"):
        words = words_of(_SEPARATOR.split(rest, maxsplit=1)[0].lower())
        head = words[: _post_modifier(words) or len(words)]
        if not _NOT_WORN.isdisjoint(head):
            return True  # "an apron with nothing underneath"
        return bool(head) and (find_term(head, len(head), in_list=True) or _suggested(head[-1])) is not None
    return True


def _modifies(rest: str) -> bool:
    """Whether the words after an "and" begin with another modifier of the same garment, as in "silk and lace dress"."""
    words = words_of(rest)
    return len(words) > 1 and is_modifier(words[0]) and find_term(words[:2], 2) is not None


# --- scenes --------------------------------------------------------------------------------------------------------


def default_scene(profile: CompanionProfile) -> Scene:
    """Return where a new companion starts: at home, comfortably dressed."""
    outfit = {
        "masculine": "dark blue henley, grey jeans, white sneakers",
        "androgynous": "soft grey hoodie, black jeans, white sneakers",
    }.get(str(profile.appearance.get("presentation", "")), "soft grey sweater, blue jeans, white socks")
    return scene_from_strings(outfit, "at home, in the living room", "relaxing on the sofa")


def scene_from_strings(outfit: str, location: str, action: str, locked: Iterable[StateField] = ()) -> Scene:
    return Scene(
        garments=parse_outfit(one_line(outfit, MAX_TEXT)),
        location=one_line(location, MAX_TEXT),
        action=one_line(action, MAX_TEXT),
        locked=locks(locked),
    )


def edit_scene(
    scene: Scene,
    *,
    locked: Iterable[StateField],
    outfit: str | None = None,
    location: str | None = None,
    action: str | None = None,
) -> Scene:
    """Apply an edit by hand (None: leave as it is)."""
    return Scene(
        garments=parse_outfit(one_line(outfit, MAX_TEXT)) if outfit is not None else scene.garments,
        location=one_line(location, MAX_TEXT) if location is not None else scene.location,
        action=one_line(action, MAX_TEXT) if action is not None else scene.action,
        locked=locks(locked),
    )


def locks(locked: Iterable[StateField]) -> tuple[StateField, ...]:
    fields: tuple[StateField, ...] = ("outfit", "location", "action")
    wanted = set(locked)
    return tuple(field for field in fields if field in wanted)
