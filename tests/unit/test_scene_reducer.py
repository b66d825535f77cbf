"""Outfits as words, the reducer and visibility: examples and properties."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from companion_hub.models.companion import StateField
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
    Region,
    Scene,
    TakeOff,
    Unchanged,
)
from companion_hub.services.scene import (
    Frame,
    edit_scene,
    merge_operations,
    parse_outfit,
    reduce_scene,
    scene_from_strings,
    visible_garments,
)
from companion_hub.services.scene.lexicon import lexicon, listed
from companion_hub.services.scene.outfits import garment
from companion_hub.services.scene.visibility import FRAME_REGIONS

KINDS = sorted({term.kind for term in lexicon().values()})
LISTED = sorted({term.kind for term in listed().values()})
COLOURS = ["", "red", "black and white", "sheer", "zebra print", "silk", "long, flowing", "sleeveless", "cropped"]
MANNERS = ["", "worn open", "tied around her waist", "buttoned to the collar", "with pockets", "over one shoulder"]
FIELDS: list[StateField] = ["outfit", "location", "action"]
FRAMES: list[Frame] = ["portrait", "half", "full"]


def made(phrase: str) -> Garment:
    piece = garment(phrase)
    assert piece is not None
    return piece


def described(*words: str) -> str:
    return " ".join(filter(None, words))


phrases = st.builds(described, st.sampled_from(COLOURS), st.sampled_from(KINDS))
opened = st.builds(described, st.sampled_from(["", "open"]), phrases)
any_words = st.builds(described, *map(st.sampled_from, (["", "open"], COLOURS, LISTED, MANNERS)))
garments = phrases.map(made)
scenes = st.builds(
    scene_from_strings,
    st.one_of(st.lists(opened, max_size=8), st.lists(any_words, max_size=3)).map(", ".join),
    st.text(max_size=40),
    st.text(max_size=40),
    st.sets(st.sampled_from(FIELDS)),
)
sure = st.floats(0, 1)
whats = st.one_of(
    phrases,
    st.sampled_from(["everything", "everything but the hat", "shoes", "top", "underwear", ""]),
    st.text(max_size=20),
)
tuples = st.lists(garments, max_size=3).map(tuple)
operations: st.SearchStrategy[Operation] = st.one_of(
    st.builds(PutOn, garments=tuples, under=st.booleans(), confidence=sure),
    st.builds(ChangeInto, garments=tuples, only=st.booleans(), confidence=sure),
    st.builds(TakeOff, what=whats, confidence=sure),
    st.builds(OpenGarment, what=whats, confidence=sure),
    st.builds(CloseGarment, what=whats, confidence=sure),
    st.builds(MoveTo, location=st.text(max_size=MAX_TEXT), confidence=sure),
    st.builds(Do, action=st.text(max_size=MAX_TEXT), confidence=sure),
    st.builds(Unchanged, field=st.sampled_from(FIELDS), confidence=sure),
)


def worn(scene: Scene) -> set[str]:
    return {g.name.lower() for g in scene.garments if g.state not in ("removed", "held")}


def test_the_lexicon_knows_many_garments() -> None:
    assert len({term.kind for term in lexicon().values()}) >= 250  # plurals and spellings not counted


@pytest.mark.parametrize(
    ("phrase", "kind", "slot"),
    [
        ("zebra print dress", "dress", "full"),
        ("dress shirt", "dress shirt", "top"),
        ("shirt dress", "shirt dress", "full"),
        ("T-Shirts", "t-shirt", "top"),
        ("tshirt", "t-shirt", "top"),
        ("bath robe", "bathrobe", "full"),
        ("knee high boots", "knee-high boots", "feet"),
        ("pyjamas", "pyjamas", "full"),
        ("pajamas", "pajamas", "full"),
        ("scarves", "scarf", "neck"),
        ("a pair of jeans", "jeans", "bottom"),
        ("her favourite wellies", "wellies", "feet"),
        ("brasserie apron", "apron", "waist"),
        ("glimmering flurpel", "", "other"),
        ("starcoat", "", "outer"),
        ("camel trench coat buttoned to the collar", "trench coat", "outer"),
        ("shirt with a bow at the neck", "shirt", "top"),
        ("slip on shoes", "shoes", "feet"),
        ("navy suit", "suit", "full"),
        ("beekeeper's suit", "snowsuit", "full"),
        ("undertunic", "", "underwear_top"),
        ("jumper tied around her waist", "jumper", "waist"),
    ],
)
def test_a_phrase_is_its_head_noun(phrase: str, kind: str, slot: str) -> None:
    piece = made(phrase)
    assert (piece.kind, piece.slot) == (kind, slot)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a red dress, black heels and an open coat", ["red dress", "black heels", "coat"]),
        ("a black and white striped shirt with jeans", ["black and white striped shirt", "jeans"]),
        ("long, flowing gown", ["long flowing gown"]),
        ("nothing but a towel", ["towel"]),
        ("bra and panties", ["bra", "panties"]),
        ("naked", []),
        ("nothing", []),
        ("", []),
        ("wearing blue jeans & a t-shirt", ["blue jeans", "t-shirt"]),
        ("denim jacket over a white tee", ["denim jacket", "white tee"]),
        ("bandana tied over his hair, shirt", ["bandana tied over his hair", "shirt"]),
        ("a dress with pockets and a coat with a red scarf", ["dress with pockets", "coat", "red scarf"]),
        ("an apron with nothing underneath", ["apron"]),
        ("a swimsuit with a skirt over it", ["swimsuit", "skirt"]),
        ("jeans without a belt, no bra", ["jeans without a belt"]),
        ("shirtless, coat open to show a waistcoat", ["coat", "waistcoat"]),
        ("jeans tucked into boots", ["jeans tucked into boots"]),
        ("open black and white shirt, open", ["black and white shirt"]),
        ("over-the-knee boots, an under-robe", ["over-the-knee boots", "under-robe"]),
    ],
)
def test_outfits_are_read_as_people_write_them(text: str, names: list[str]) -> None:
    assert [g.name for g in parse_outfit(text)] == names


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("denim jacket worn open", "open denim jacket"),
        ("a cloak thrown back", "open cloak"),
        ("cardigan left undone", "open cardigan"),
        ("scarf hanging open", "scarf hanging open"),
        ("shirt open at the collar", "shirt open at the collar"),
    ],
)
def test_open_may_be_said_behind_the_garment(text: str, label: str) -> None:
    assert [g.label for g in parse_outfit(text)] == [label]


@pytest.mark.parametrize(
    ("plain", "shaped", "adds", "drops"),
    [
        ("shirt", "sleeveless shirt", set[str](), {"arms"}),
        ("top", "long-sleeved top", {"arms"}, set[str]()),
        ("dress", "floor-length dress", {"legs"}, set[str]()),
        ("dress", "long-sleeved dress", {"arms"}, set[str]()),
        ("skirt", "long skirt", {"legs"}, set[str]()),
        ("robe", "short robe", set[str](), {"legs"}),
        ("jumper", "cropped jumper", set[str](), {"midriff"}),
        ("trousers", "long cropped trousers", set[str](), set[str]()),
    ],
)
def test_words_that_reshape_a_garment(plain: str, shaped: str, adds: set[str], drops: set[str]) -> None:
    assert set(made(shaped).regions) == (set(made(plain).regions) | adds) - drops


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("blue jeens", "jeans"),
        ("running sneekers", "sneakers"),
        ("denim jackt", "denim jacket"),
        ("plaid pajama pantz", "pajama pants"),
        ("brown hoddie with pockets", "hoodie"),
        ("kaftan limbs", "kaftan"),
        ("purple glorp", ""),
    ],
)
def test_a_slip_of_the_keys_is_read_in_a_list_of_clothes_only(word: str, kind: str) -> None:
    [piece] = parse_outfit(word)
    assert (piece.name, piece.kind) == (word, kind)
    assert garment("blue jeens") != parse_outfit("blue jeens")[0]


def test_words_that_are_clothes_in_a_list_only() -> None:
    assert [g.slot for g in parse_outfit("shift, stays, vans, spurs")] == ["full", "full", "feet", "other"]
    assert all(made(word).kind == "" for word in ("stays", "vans", "spurs"))


def test_colours_materials_and_patterns_are_noted() -> None:
    piece = made("red silk polka-dot dress")
    assert (piece.colours, piece.materials, piece.patterns) == (("red",), ("silk",), ("dot", "polka", "polka-dot"))


@given(scenes)
def test_the_readable_outfit_reads_back_to_the_same_garments(scene: Scene) -> None:
    again = scene_from_strings(scene.outfit, "", "")
    assert again.outfit == scene.outfit
    assert {g.label for g in again.garments} <= {g.label for g in scene.garments}


@given(scenes)
def test_scenes_survive_json(scene: Scene) -> None:
    assert Scene.model_validate(json.loads(json.dumps(scene.model_dump(mode="json")))) == scene


@given(st.lists(operations, max_size=4))
def test_operations_survive_json(given_operations: list[Operation]) -> None:
    adapter: TypeAdapter[list[Operation]] = TypeAdapter(list[Operation])
    assert adapter.validate_python(adapter.dump_python(given_operations, mode="json")) == given_operations


@settings(max_examples=300)
@given(scenes, st.lists(operations, max_size=6))
def test_reducing_is_total_and_keeps_the_limits(scene: Scene, given_operations: list[Operation]) -> None:
    after = reduce_scene(scene, given_operations)
    for text in (after.outfit, after.location, after.action):
        assert len(text) <= MAX_TEXT
        assert text.isprintable() or not any(ord(c) < 32 for c in text)
    assert len(after.garments) <= 24
    assert after.locked == scene.locked


@settings(max_examples=300)
@given(scenes, operations)
def test_saying_it_twice_changes_nothing_more(scene: Scene, operation: Operation) -> None:
    once = reduce_scene(scene, [operation])
    twice = reduce_scene(once, [operation])
    assert (worn(twice), twice.location, twice.action) == (worn(once), once.location, once.action)


@given(scenes, st.lists(operations, max_size=5))
def test_locked_fields_stay(scene: Scene, given_operations: list[Operation]) -> None:
    locked = edit_scene(scene, locked=FIELDS)
    assert reduce_scene(locked, given_operations) == locked


@given(scenes, garments)
def test_what_is_put_on_is_worn(scene: Scene, piece: Garment) -> None:
    after = reduce_scene(edit_scene(scene, locked=()), [PutOn(garments=(piece,))])
    assert any(
        g.kind == piece.kind or piece.name.lower() in g.name.lower() for g in after.garments if g.state != "removed"
    )


@given(scenes)
def test_everything_off_leaves_only_accessories(scene: Scene) -> None:
    after = reduce_scene(edit_scene(scene, locked=()), [TakeOff(what="everything")])
    assert all(g.layer == "accessory" for g in after.garments if g.state != "removed")


@given(st.lists(operations, max_size=4), st.lists(operations, max_size=4))
def test_merging_never_overrules_the_rules(rules: list[Operation], model: list[Operation]) -> None:
    merged = merge_operations(rules, model)
    assert merged[: len(rules)] == tuple(rules)
    assert all(operation in model for operation in merged[len(rules) :])


def test_gloves_cover_the_rings_of_the_hands_only() -> None:
    scene = scene_from_strings("mittens, lip ring, engagement ring", "", "")
    drawn = {d.garment.name: d.drawn for d in visible_garments(scene, "half")}
    assert drawn == {"mittens": True, "lip ring": True, "engagement ring": False}


@settings(max_examples=400)
@given(scenes, st.sampled_from(FRAMES), st.booleans())
def test_a_covered_region_never_loses_its_only_cover(scene: Scene, frame: Frame, allow_underwear: bool) -> None:
    decisions = visible_garments(scene, frame, allow_underwear=allow_underwear)
    dressed = [d for d in decisions if d.garment.state != "removed"]
    for region in FRAME_REGIONS[frame]:
        covering = [d for d in dressed if region in d.garment.regions]
        assert not covering or any(d.drawn for d in covering), (region, covering)


@settings(max_examples=400)
@given(scenes, st.sampled_from(FRAMES))
def test_underwear_under_anything_is_never_drawn_when_not_allowed(scene: Scene, frame: Frame) -> None:
    for decision in visible_garments(scene, frame):
        piece = decision.garment
        if piece.layer != "underwear" or not decision.drawn:
            continue
        bare: set[Region] = {
            region
            for region in piece.regions
            if not any(
                region in g.regions and g.layer in ("base", "mid", "outer") and g.state != "removed"
                for g in scene.garments
            )
        }
        assert bare, decision


@given(scenes, st.sampled_from(FRAMES), st.booleans())
def test_every_garment_gets_a_reason(scene: Scene, frame: Frame, allow_underwear: bool) -> None:
    decisions = visible_garments(scene, frame, allow_underwear=allow_underwear)
    assert [d.garment for d in decisions] == list(scene.garments)
    assert all(d.reason for d in decisions)


def test_the_reason_names_what_covers() -> None:
    scene = scene_from_strings("grey wool coat, white shirt, jeans", "", "")
    reasons = {d.garment.name: d.reason for d in visible_garments(scene, "half")}
    assert reasons["white shirt"] == "covered by the grey wool coat"


def test_of_two_of_a_kind_put_on_together_both_stay_on_when_said_again() -> None:
    both = PutOn(garments=(made("choker"), made("red choker")))
    once = reduce_scene(scene_from_strings("white shirt", "", ""), [both])
    assert worn(once) == worn(reduce_scene(once, [both]))
    assert {"choker", "red choker"} <= set(worn(once))


def test_what_one_does_at_a_place_ends_when_one_leaves_it() -> None:
    at_the_harbour = scene_from_strings("jeans", "at the harbour", "watching the boats")
    assert reduce_scene(at_the_harbour, [MoveTo(location="in the cafe")]).action == ""
    relaxing = scene_from_strings("jeans", "at home", "relaxing on the sofa")
    assert reduce_scene(relaxing, [MoveTo(location="in the sea")]).action == ""
    talking = scene_from_strings("jeans", "at the harbour", "talking with you")
    assert reduce_scene(talking, [MoveTo(location="in the cafe")]).action == "talking with you"


def test_an_apron_comes_off_with_what_it_was_worn_over() -> None:
    before = scene_from_strings("grey sweater, jeans, apron, silver watch", "", "")
    after = reduce_scene(before, [ChangeInto(garments=(made("blue swimsuit"),))])
    assert worn(after) == {"blue swimsuit", "silver watch"}


def test_what_goes_under_takes_nothing_off_and_is_not_seen() -> None:
    scene = scene_from_strings("cream jumper, jeans", "at home", "")
    after = reduce_scene(scene, [PutOn(garments=(made("white t-shirt"),), under=True)])
    assert worn(after) == {"cream jumper", "jeans", "white t-shirt"}
    assert {d.garment.name: d.drawn for d in visible_garments(after, "half")} == {
        "cream jumper": True,
        "jeans": True,
        "white t-shirt": False,
    }
