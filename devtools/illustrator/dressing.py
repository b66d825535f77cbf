"""What is worn, by the words of clothes."""

import re
from collections.abc import Iterable
from dataclasses import replace

from devtools.illustrator.clothes import COLOURS, EXTRAS, GARMENTS, PATTERNS, UNCLOTHED
from devtools.illustrator.finding import find, named, pattern_of
from devtools.illustrator.person import Garment, Look, Wear


def _colour(words: str, default: str) -> str:
    """Return the last colour named: nearest to the garment's own word."""
    found = [match[1] for match in pattern_of(COLOURS).finditer(words)]
    return COLOURS[found[-1]] if found else default


def garment(phrase: str) -> Garment | None:
    """Return the garment of a phrase such as "an open camel coat"; None when it names none."""
    matches = list(pattern_of(GARMENTS).finditer(phrase))
    if not matches:
        return None
    best = matches[-1]  # "a dress shirt over …": the head of the phrase stands last
    cut = GARMENTS[best[1]]
    pattern = named(phrase, PATTERNS) or next((mark for mark in ("floral", "plaid", "lace") if mark in cut.detail), "")
    return Garment(
        cut,
        _colour(phrase[: best.end()], cut.colour),
        pattern,
        bool(re.search(r"\b(?:open|unbuttoned|unzipped)\b", phrase)),
        best[1],
    )


def wear_of(clothes: str, text: str, look: Look, stance: str, place: str) -> Wear:
    """Return what is worn.  Nobody is drawn unclothed: where nothing covers the body there is a towel or a t-shirt."""
    slots: dict[str, Garment] = {}
    hat: tuple[str, str] | None = None
    neck: list[tuple[str, str]] = []
    body: list[tuple[str, str]] = []
    jewels: set[str] = set()
    glasses = ""
    for phrase in re.split(r"[,;.]|\band\b|\bover\b|\bwith\b", clothes):
        extra = find(phrase, EXTRAS)
        piece = garment(phrase)
        if piece:
            slot = "top" if piece.cut.slot == "dress" else piece.cut.slot
            if slot == "swim" and "swim" in slots and {slots["swim"].cut.hem, piece.cut.hem} == {"upper", "lower"}:
                piece = Garment(GARMENTS["bikini"], slots["swim"].colour, slots["swim"].pattern, word="bikini")
            if slot not in slots or piece.cut.hem == "two":
                slots[slot] = piece
        if extra and not (piece and extra in (piece.word, "hat")):
            (kind, name), default = EXTRAS[extra][0].split(), EXTRAS[extra][1]
            colour = _colour(phrase, default) if default else ""
            if kind == "hat":
                hat = (name, colour)
            elif kind == "neck":
                neck.append((name, colour))
            elif kind == "body":
                body.append((name, colour))
            elif kind == "jewel":
                jewels.add(name)
            else:
                glasses = glasses or (look.glasses if name != "sunglasses" and look.glasses != "none" else name)
    return _decent(
        slots,
        hat,
        neck,
        body,
        jewels,
        glasses,
        unclothed=bool(UNCLOTHED.search(text)),
        look=look,
        stance=stance,
        place=place,
    )


def plain_garment(word: str, colour: str = "", pattern: str = "") -> Garment:
    return Garment(GARMENTS[word], colour or GARMENTS[word].colour, pattern, word=word)


def _decent(
    slots: dict[str, Garment], hat: tuple[str, str] | None, neck: list[tuple[str, str]], body: list[tuple[str, str]], jewels: Iterable[str], glasses: str,
    *, unclothed: bool, look: Look, stance: str, place: str,
) -> Wear:  # fmt: skip
    """Return the clothes, with what is missing filled in plainly."""
    top, bottom, outer, swim, cover = (slots.get(name) for name in ("top", "bottom", "outer", "swim", "cover"))
    if unclothed and not (top or outer or swim or cover):
        cover = plain_garment("towel")
    if swim and swim.cut.hem == "trunks" and not look.masculine and not top:
        swim = Garment(GARMENTS["bikini"], swim.colour, swim.pattern, word="bikini")
    if swim and look.masculine and swim.cut.hem in ("two", "one", "lower", "upper"):
        swim = Garment(GARMENTS["swim trunks"], swim.colour, swim.pattern, word="swim trunks")
    if swim and (top or cover):
        swim = None if top else swim
    if swim and bottom and swim.cut.hem == "two":
        swim = Garment(GARMENTS["bikini top"], swim.colour, swim.pattern, word="bikini top")
    if swim and swim.cut.hem == "lower" and not (top or cover):
        swim = Garment(GARMENTS["bikini"], swim.colour, swim.pattern, word="bikini")
    if swim and swim.cut.hem == "upper" and not bottom:
        swim = Garment(GARMENTS["bikini"], swim.colour, swim.pattern, word="bikini")
    if outer and not outer.open and top is None and swim is None and "over_shirt" not in outer.cut.detail:
        outer = replace(outer, closed=not cover)
        top = plain_garment("t-shirt", "#e9e4da") if not cover else None
    if outer and "over_shirt" in outer.cut.detail and top is None:
        top = plain_garment("dress shirt")
        if not any(name in ("tie", "bow") for name, _ in neck) and look.masculine:
            neck = [*neck, ("bow", "#26262e") if "bow" in outer.cut.detail else ("tie", "#8f2f3c")]
    if top is None and swim is None and cover is None:
        if stance in ("swim", "bath") or (place == "pool" and bottom is None):
            swim = plain_garment("swim trunks" if look.masculine else "swimsuit")
        else:
            top = plain_garment("t-shirt")
    pair = next(
        (piece for piece in (top, outer) if piece and any(mark.startswith("pair") for mark in piece.cut.detail)), None
    )
    if pair and not (bottom and pair is outer):
        marks = pair.cut.detail
        word = (
            "shorts"
            if "pairshorts" in marks
            else "leggings"
            if "pairtight" in marks
            else "pajama pants"
            if "pairwide" in marks
            else "trousers"
        )
        bottom = plain_garment(word, pair.colour, pair.pattern)
    if bottom is None and not (top and top.cut.slot == "dress") and swim is None and cover is None:
        bottom = plain_garment("jeans")
    shoes = slots.get("shoes")
    if shoes is None:
        bare = (
            swim
            or cover
            or stance in ("bed", "bath", "swim", "prone", "cross", "curl")
            or place in ("beach", "bathroom", "pool")
        )
        shoes = plain_garment(
            "barefoot"
            if bare
            else "sneakers"
            if (outer is None or outer.cut.neck != "lapel") and not (top and top.cut.slot == "dress")
            else "flats"
        )
    return Wear(top, bottom, outer, swim, cover, shoes, hat, tuple(neck), tuple(body), frozenset(jewels), glasses)
