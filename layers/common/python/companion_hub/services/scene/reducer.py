"""Applies operations to a scene: pure and total.  What does not fit changes nothing; locked fields stay as they are.

Taken-off garments stay in the scene as ``removed`` for a while, so that "puts her coat back on" gives back the grey wool
coat and not just any.  They are not shown, not drawn and not part of the readable outfit.
"""

import re
from collections.abc import Callable, Sequence
from typing import assert_never

from companion_hub.models.scene import (
    MAX_TEXT,
    ChangeInto,
    CloseGarment,
    Do,
    Garment,
    MoveTo,
    OpenGarment,
    Operation,
    PutOn,
    Scene,
    TakeOff,
    Unchanged,
    WearState,
)
from companion_hub.services.scene.lexicon import Term, key_of, listed
from companion_hub.services.scene.outfits import MAX_GARMENTS, garment
from companion_hub.services.texts import one_line, word_set

# Below this an operation is only a wish (a user's "put on your coat"): the reply decides.
APPLY_FROM = 0.5
_EVERYTHING = re.compile(
    r"^(?:all (?:of )?)?(?:(?:my|her|his|their|your|the) )?(?:everything|clothes|clothing|outfit|it all|all|attire|garments)\b"
)
_BUT = re.compile(r"\b(?:but|except(?: for)?|save for)\b")
_MAX_REMOVED = 8

Worn = tuple[Garment, ...]


def reduce_scene(scene: Scene, operations: Sequence[Operation]) -> Scene:
    """Return the scene after the operations, in order."""
    for operation in operations:
        if operation.confidence < APPLY_FROM:
            continue
        match operation:
            case MoveTo(location=location):
                scene = _moved(scene, one_line(location, MAX_TEXT))
            case Do(action=action):
                text = one_line(action, MAX_TEXT)
                if text and "action" not in scene.locked:
                    scene = scene.model_copy(update={"action": text})
            case PutOn() | TakeOff() | ChangeInto() | OpenGarment() | CloseGarment():
                if "outfit" not in scene.locked:
                    scene = scene.model_copy(update={"garments": _bounded(_dress(scene.garments, operation))})
            case Unchanged():
                pass
            case _:
                assert_never(operation)
    return scene


# Where one did something; false once one has gone elsewhere.
_AT_FURNITURE = re.compile(
    r"\s*\b(?:on|at|in|by|against|near|beside|next to|under)\s+(?:(?:the|a|an|my|her|his|their|your)\s+)?(?:[\w-]+\s+){0,3}?"
    r"(?:sofa|couch|bed|armchair|chair|table|desk|counter|window|windowsill|fireplace|bench|floor|rug|stool|tub|bathtub|"
    r"bath|shower|pool|stairs|steps|doorway|door|wall|railing|stove|oven|sink|mirror|blanket|covers|sand|grass|water|waves)"
    r"\b.*$",
    re.IGNORECASE,
)
_BARE_POSTURE = word_set("sitting lying standing kneeling leaning perched curled sprawled lounging resting")


# What one goes on doing on the way; of everything else the place was a part ("watching the boats").
_CARRIED = word_set(
    "talking chatting gossiping humming singing whistling holding carrying laughing smoking sipping drinking eating "
    "munching nibbling listening scrolling texting walking strolling wandering exploring crying sobbing sulking brooding "
    "daydreaming flirting teasing pouting feeling enjoying"
)


def _place_words(location: str) -> frozenset[str]:
    """Return the words of a place that tell it from another: "in the cafe" is "at the cafe"."""
    return frozenset(location.lower().split()) - {"in", "at", "on", "the", "a", "an", "inside", "into"}


def _moved(scene: Scene, location: str) -> Scene:
    """Return the scene at another place, where only what one does while walking goes on."""
    if not location or "location" in scene.locked or location == scene.location:
        return scene
    action = scene.action
    if "action" not in scene.locked and _place_words(location) != _place_words(scene.location):
        action = _AT_FURNITURE.sub("", action).strip(" ,")
        if not set(action.lower().replace(",", " ").split()) - _BARE_POSTURE - {"up", "down", "and"}:
            action = ""
        words = action.split()
        if words and words[0].lower() not in _CARRIED:
            action = ""
    return scene.model_copy(update={"location": location, "action": action})


# --- dressing ------------------------------------------------------------------------------------------------------


def _dress(worn: Worn, operation: PutOn | TakeOff | ChangeInto | OpenGarment | CloseGarment) -> Worn:
    match operation:
        case PutOn(garments=new, under=True):
            new = tuple(_recalled(worn, piece) for piece in new)
            return tuple(g for g in worn if g.name.lower() not in {n.name.lower() for n in new}) + new
        case PutOn(garments=new):
            return _put_on(worn, new)
        case ChangeInto(garments=new, only=only):
            return _change_into(worn, new, only=only)
        case TakeOff(what=what):
            meant = _meant(worn, what, taking_off=True)
            return _set_state(worn, meant, "removed")
        case OpenGarment(what=what):
            meant = [g for g in _meant(worn, what) if g.layer != "accessory" and g.state == "worn"]
            return _set_state(worn, meant, "open")
        case CloseGarment(what=what):
            meant = [g for g in _meant(worn, what) if g.state in ("open", "lifted")]
            return _set_state(worn, meant, "worn")
        case _:
            assert_never(operation)


def _set_state(worn: Worn, meant: list[Garment], state: WearState) -> Worn:
    ids = {id(piece) for piece in meant}
    if state == "removed":  # at the end stands what came off last
        return (*(g for g in worn if id(g) not in ids), *(_removed(g) for g in worn if id(g) in ids))
    return tuple(g.model_copy(update={"state": state}) if id(g) in ids else g for g in worn)


def _bounded(garments: Worn) -> Worn:
    """Drop the garments taken off longest ago when there are too many."""
    removed = [g for g in garments if g.state == "removed"]
    surplus = {id(g) for g in removed[: max(0, len(removed) - _MAX_REMOVED)]}
    kept = tuple(g for g in garments if id(g) not in surplus)
    return kept if len(kept) <= MAX_GARMENTS else tuple(g for g in kept if g.state != "removed")[:MAX_GARMENTS]


def _put_on(worn: Worn, new: Worn) -> Worn:
    new = tuple(_recalled(worn, piece) for piece in new)
    covers_hips = any("hips" in piece.regions and piece.layer in ("base", "mid") for piece in new)
    batch = {piece.name.lower() for piece in new}
    for piece in new:
        worn = _make_room(
            worn, piece, lambda old, piece=piece: old.name.lower() not in batch and _gives_way(old, piece, covers_hips)
        )
    return worn


def _change_into(worn: Worn, new: Worn, *, only: bool) -> Worn:
    if not new:
        return worn
    new = tuple(_recalled(worn, piece) for piece in new)
    names = {piece.name.lower() for piece in new}
    tops = any("chest" in g.regions and _is_main(g) for g in new)
    bottoms = any("hips" in g.regions and _is_main(g) for g in new)
    if only and all(g.kind in _UNDER_SHIRTS | {"bra", "undershirt", "vest top", "tank top"} for g in new):
        worn = tuple(
            _removed(g) if g.slot in ("top", "full", "outer") and g.name.lower() not in names else g for g in worn
        )
    elif only:
        worn = tuple(g if g.slot in ("jewellery", "face") or g.name.lower() in names else _removed(g) for g in worn)
    elif tops or bottoms:
        worn = tuple(
            _removed(g) if g.name.lower() not in names and _is_left_behind(g, new, tops=tops, bottoms=bottoms) else g
            for g in worn
        )
    return _put_on(worn, new)


def _removed(piece: Garment) -> Garment:
    return piece if piece.state == "removed" else piece.model_copy(update={"state": "removed"})


def _is_main(piece: Garment) -> bool:
    return piece.slot in ("top", "bottom", "full", "other") and piece.layer in ("base", "mid")


def _tag(piece: Garment) -> str:
    term = listed().get(key_of(piece.kind))
    return term.tag if term else ""


def _is_open_front(piece: Garment) -> bool:
    term = listed().get(key_of(piece.kind))
    return term is not None and term.open_front


# Stay on the feet by the pool and on the way to bed.
_LIGHT_SHOES = word_set("sandals slippers flip-flops slides clogs crocs espadrilles zori geta")


def _is_left_behind(old: Garment, new: Worn, *, tops: bool, bottoms: bool) -> bool:
    """Whether a worn garment comes off when one changes clothes.  Shoes stay, except for swimming, bathing, sleeping."""
    bare = any(_tag(piece) in ("swim", "bath", "sleep") for piece in new)
    wet = any(_tag(piece) in ("swim", "bath") for piece in new)
    if old.layer == "accessory":
        return "apron" in old.kind and (tops or bottoms)  # worn over what is changed
    if old.slot == "feet":
        return bare and old.kind not in _LIGHT_SHOES
    if old.layer == "underwear":
        return wet and old.slot != "legwear" and (tops or bottoms)
    if old.slot == "legwear":
        return wet or (bare and bottoms)
    if tops and bottoms:
        suit = any(piece.slot == "full" and piece.layer == "mid" and _tag(piece) != "robe" for piece in new)
        return not (suit and old.slot == "top" and old.layer == "base")
    if tops:
        opened = all(_is_open_front(piece) for piece in new if "chest" in piece.regions)  # a cardigan goes over a top
        over = (opened or old.kind in _UNDER_SHIRTS | {"tank top", "vest top", "undershirt"}) and all(
            piece.layer == "mid" for piece in new if "chest" in piece.regions
        )
        return old.slot in ("top", "full", "other", "outer") and not over
    return old.slot in ("bottom", "full") and _tag(old) not in ("swim", "under")


def _make_room(worn: Worn, piece: Garment, gives_way: Callable[[Garment], bool]) -> Worn:
    """Take off what makes room for the piece and put it on, in place where it is worn already."""
    if any(g.name.lower() == piece.name.lower() and g.state == "worn" for g in worn) and piece.state == "worn":
        return tuple(_removed(g) if g.name.lower() != piece.name.lower() and gives_way(g) else g for g in worn)
    kept = [_removed(g) if gives_way(g) else g for g in worn if g.name.lower() != piece.name.lower()]
    return (*kept, piece)


def _recalled(worn: Worn, piece: Garment) -> Garment:
    """Return the garment already known when only its kind is said ("puts her coat back on")."""
    if piece.name.lower() not in (piece.kind, piece.kind.removesuffix("s")):
        return piece
    if any(old.name.lower() == piece.name.lower() and old.state != "removed" for old in worn):
        return piece  # that very one is worn, beside another of its kind
    for old in reversed(worn):
        same = old.kind == piece.kind or (" " not in piece.name and bool(old.kind) and _head(old) == _head(piece))
        # "pulls the dress back on" is the sundress
        same = same or (" " not in piece.name and bool(piece.kind) and old.kind.endswith(piece.kind))
        if same and old.layer == piece.layer and old.slot == piece.slot:
            return old.model_copy(update={"state": piece.state})
    return piece


# Worn one instead of the other; of other accessories one wears several.
_ONE_AT_A_TIME = frozenset({"head", "hands"})
_UNDER_DRESSES = frozenset({"leggings", "yoga pants", "jeggings", "bloomers", "cycling shorts", "bike shorts"})


def _gives_way(old: Garment, new: Garment, covers_hips: bool) -> bool:
    """Whether a worn garment makes room for one that is put on.

    Layers above and below stay: a coat goes over a dress, a dress over a bikini.
    """
    if old.state == "removed":
        return False
    tag = _tag(old)
    if tag == "bath":
        return covers_hips and new.layer in ("base", "mid")
    if "apron" in old.kind and _tag(new) in ("swim", "sleep", "bath"):
        return True
    if "accessory" in (old.layer, new.layer):
        same_place = old.layer == new.layer and old.slot == new.slot
        return same_place and (old.slot in _ONE_AT_A_TIME or old.kind == new.kind)
    if new.layer == "underwear":
        both = {old.slot, new.slot}
        return (
            old.layer == "underwear"
            and old.slot != "legwear"
            and (len(both) == 1 or ("full" in both and new.slot != "legwear"))
        )
    if old.layer == "underwear":
        return _tag(new) == "swim"
    if new.slot in ("feet", "legwear"):
        return old.slot == new.slot
    if new.layer == "outer":
        return old.layer == "outer" and old.slot == new.slot and _tag(new) != "cover"
    if old.layer == "outer" and new.layer == "base" and new.slot in ("top", "full"):
        return True  # nobody pulls a t-shirt on under a coat
    if old.layer == "outer" or old.slot in ("feet", "legwear"):
        return _tag(new) == "swim" and old.slot != "feet"
    if _tag(new) == "robe":
        return tag == "robe"
    if tag == "swim":
        return _tag(new) == "swim" and (old.slot == new.slot or "full" in (old.slot, new.slot))
    return _same_place(old, new)


# A shirt goes over these.
_UNDER_SHIRTS = frozenset({"sports bra", "athletic bra", "bandeau", "bralette top", "camisole", "cami"})


def _same_place(old: Garment, new: Garment) -> bool:
    """Whether two main garments cannot be worn together; ``new`` is a base or mid layer and no swimwear's cover."""
    if new.slot == "full":
        suit = new.layer == "mid"  # a suit goes over a shirt
        return old.slot in ("bottom", "full", "other") or (old.slot == "top" and (not suit or old.layer == "mid"))
    if old.slot == "full":
        if new.layer == "mid" or new.kind in _UNDER_DRESSES:
            return old.layer == "mid" and new.slot == "top"
        # jeans go on over a bodysuit
        return not (new.slot == "bottom" and (_tag(old) == "under" or old.kind in ("bodysuit", "leotard")))
    if new.slot != old.slot or (old.kind in _UNDER_SHIRTS and new.kind not in _UNDER_SHIRTS):
        return False
    # A t-shirt replaces what is worn on top; a jumper goes over it.
    return new.layer == "base" or old.layer == "mid"


# --- which garment is meant ----------------------------------------------------------------------------------------

# A word may stand for its relatives when nothing is worn that it names exactly.
_RELATIVES: tuple[tuple[frozenset[str], Callable[[Garment], bool]], ...] = (
    (frozenset({"coat", "jacket", "cloak", "cape", "poncho", "blanket"}), lambda g: g.slot == "outer"),
    (frozenset({"hoodie", "sweater", "jumper", "cardigan", "pullover", "sweatshirt"}),
     lambda g: g.slot == "top" and g.layer == "mid"),
    (frozenset({"top"}), lambda g: g.slot == "top" and g.layer != "underwear"),
    (frozenset({"shirt", "blouse", "t-shirt", "tee"}), lambda g: g.slot == "top" and g.layer == "base"),
    (frozenset({"shoes", "boots", "heels", "sneakers", "trainers", "footwear", "sandals"}), lambda g: g.slot == "feet"),
    (frozenset({"pants", "trousers", "jeans", "bottoms", "slacks"}), lambda g: g.slot == "bottom" and "skirt" not in g.kind),
    (frozenset({"skirt"}), lambda g: g.slot == "bottom" and ("skirt" in g.kind or g.kind in ("kilt", "mini", "sarong"))),
    (frozenset({"dress", "gown", "outfit", "uniform", "costume", "suit"}), lambda g: g.slot == "full" and g.layer in ("base", "mid") and _tag(g) not in ("swim", "bath")),
    (frozenset({"robe", "dressing gown", "bathrobe"}), lambda g: _tag(g) == "robe"),
    (frozenset({"swimsuit", "bathing suit", "bikini", "swimwear"}), lambda g: _tag(g) == "swim"),
    (frozenset({"pyjamas", "pajamas", "pjs"}), lambda g: _tag(g) == "sleep"),
    (frozenset({"socks", "stockings", "tights"}), lambda g: g.slot == "legwear" and g.layer != "underwear"),
    (frozenset({"underwear", "undies", "lingerie"}), lambda g: g.layer == "underwear"),
    (frozenset({"panties", "knickers", "briefs", "boxers"}), lambda g: g.slot == "underwear_bottom"),
    (frozenset({"bra"}), lambda g: g.slot == "underwear_top" and "chest" in g.regions),
    (frozenset({"hat", "cap", "beanie"}), lambda g: g.slot == "head"),
    (frozenset({"glasses", "spectacles", "sunglasses"}), lambda g: g.slot == "face" and "mask" not in g.kind),
    (frozenset({"scarf", "shawl"}), lambda g: g.kind in ("shawl", "stole", "pashmina") or "scarf" in g.kind),
    (frozenset({"tie"}), lambda g: "tie" in g.kind),
    (frozenset({"necklace"}), lambda g: g.kind in ("pendant", "choker", "pearls", "locket") or "necklace" in g.kind),
    (frozenset({"earrings", "hoops", "studs"}), lambda g: g.slot == "jewellery" and g.regions == ("head",)),
    (frozenset({"helm", "helmet"}), lambda g: "helm" in g.kind),
    (frozenset({"jewellery", "jewelry"}), lambda g: g.slot == "jewellery" or "necklace" in g.kind),
)  # fmt: skip


def _meant(worn: Worn, what: str, *, taking_off: bool = False) -> list[Garment]:
    """Return the garments a phrase means, the removed ones too (so that saying it twice changes nothing more)."""
    phrase = one_line(what, MAX_TEXT).lower()
    if taking_off and _EVERYTHING.match(phrase):
        kept = [part for part in _BUT.split(phrase)[1:] if part.strip()]
        spared = {id(g) for part in kept for g in _meant(worn, part)}
        return [g for g in worn if g.layer != "accessory" and id(g) not in spared]
    target = garment(phrase)
    if target is None:
        return []
    named = [g for g in worn if g.name.lower() == target.name.lower()]
    if named:
        return named
    if target.kind:
        same = [g for g in worn if g.kind == target.kind] or [
            g for g in worn if g.kind and _head(g) == _head(target) and g.layer == target.layer
        ]
        described = [g for g in same if set(_own_words(target)) <= set(_own_words(g))]
        if described or same:
            return described or same
        if called := [g for g in worn if g.slot == target.slot and _head(target) in map(_stem, _own_words(g))]:
            return called  # "the oxfords" are the oxford shoes
        if alike := [g for g in worn if not g.kind and _own_words(g)[-1] == _own_words(target)[-1]]:
            return alike  # "the false moustache" is the moustache
        for words, is_relative in _RELATIVES:
            if target.kind in words or target.kind.split()[-1] in words:
                return [g for g in worn if is_relative(g)]
        return []
    return [g for g in worn if target.name.lower() in g.name.lower()]


def _head(piece: Garment) -> str:
    return _stem(piece.kind.split()[-1])


def _stem(word: str) -> str:
    """One boot is of the boots."""
    return word.removesuffix("s")


def _own_words(piece: Garment) -> list[str]:
    return piece.name.lower().split()


def find_worn(scene: Scene, term: Term) -> list[Garment]:
    """Return the garments the companion wears now that a term of the lexicon may mean."""
    return [g for g in _meant(scene.garments, term.kind) if g.state not in ("removed", "held")]
