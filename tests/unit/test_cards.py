"""Character cards survive the way in and out, and hostile ones are refused."""

import base64
import io
import json
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from companion_hub.errors import HubError, InvalidRequestError, PayloadTooLargeError, UnsupportedMediaError
from companion_hub.models.card import CardFormat
from companion_hub.models.user import is_visible
from companion_hub.services.cards import (
    MAX_DEPTH,
    card_from_companion,
    companion_from_card,
    read_card,
    without_our_extension,
    write_card,
)


def png() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (4, 6), "teal").save(buffer, "PNG")
    return buffer.getvalue()


def v3(**data: Any) -> dict[str, Any]:
    return {"spec": "chara_card_v3", "spec_version": "3.0", "data": {"name": "Mara", **data}}


def charx(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return buffer.getvalue()


# Without NUL, which no database holds and an import leaves out.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
card_data = st.fixed_dictionaries(
    {
        "name": texts.filter(
            lambda name: any(is_visible(character) for character in "".join(name.split())) and len(name) <= 40
        ),
        "description": texts,
        "personality": texts,
        "first_mes": texts,
        "alternate_greetings": st.lists(texts, max_size=4),
        "creator_notes": texts,
        "extensions": st.dictionaries(texts.filter(lambda key: key != "companion-hub"), json_values, max_size=3),
    },
    optional={"unheard_of_field": json_values, "tags": st.lists(texts, max_size=3)},
)


@pytest.mark.parametrize("format_", ["json", "png", "charx"])
@settings(max_examples=60, deadline=None)
@given(data=card_data)
def test_untouched_card_leaves_as_it_came(format_: CardFormat, data: dict[str, Any]) -> None:
    assets = {"assets/icon/main.png": b"\x89PNG not really", "notes/read me.txt": b"hello"}
    card = read_card(write_card({**v3(), "data": data}, format_, picture_png=png(), assets=assets))
    name, profile = companion_from_card(card)
    exported = card_from_companion(name, profile, without_our_extension(card.data))
    again = read_card(write_card(exported, format_, picture_png=png(), assets=card.assets))
    expected = {
        **data,
        "extensions": {**data["extensions"], "companion-hub": again.data["extensions"]["companion-hub"]},
    }
    assert {field: again.data[field] for field in expected} == expected
    if format_ == "charx":
        assert again.assets == assets


def test_our_look_and_identity_travel_in_the_extension() -> None:
    _, profile = companion_from_card(read_card(json.dumps(v3(description="A pilot.")).encode()))
    changed = profile.model_copy(update={"appearance": {"eye_colour": "green"}, "visual_prompt": "leather jacket"})
    exported = card_from_companion("Mara", changed, None)
    _, back = companion_from_card(read_card(write_card(exported, "png", picture_png=png())))
    assert back.appearance == {"eye_colour": "green"}
    assert back.visual_prompt == "leather jacket"
    assert back.identity.backstory == "A pilot."


def test_an_edit_wins_over_the_imported_text() -> None:
    card = read_card(json.dumps(v3(description="Old.", scenario="Kept.")).encode())
    name, profile = companion_from_card(card)
    edited = profile.model_copy(update={"identity": profile.identity.model_copy(update={"backstory": "New."})})
    data = card_from_companion(name, edited, card.data)["data"]
    assert (data["description"], data["scenario"]) == ("New.", "Kept.")


@pytest.mark.parametrize("spec", ["v1", "v2", "v3"])
def test_every_version_is_written_and_read_back(spec: Any) -> None:
    name, profile = companion_from_card(read_card(json.dumps(v3(first_mes="Hi!")).encode()))
    card = read_card(write_card(card_from_companion(name, profile, None), "json", spec=spec))
    assert card.spec == spec
    assert (card.data["name"], card.data["first_mes"]) == ("Mara", "Hi!")


def test_ccv3_wins_over_chara() -> None:
    newer = write_card(v3(description="new"), "png", picture_png=png())
    older = base64.b64encode(json.dumps({"spec": "chara_card_v2", "data": {"name": "Old"}}).encode())
    start = newer.index(b"tEXtchara\0") + len(b"tEXtchara\0")
    damaged = newer[:start] + older[:20] + newer[start + 20 :]
    assert read_card(damaged).data["description"] == "new"


def test_picture_of_an_imported_card_is_the_same_without_its_card_chunks() -> None:
    card = read_card(write_card(v3(), "png", picture_png=png()))
    assert card.picture == png()


@pytest.mark.parametrize("scheme", ["embeded://", "embedded://"])
def test_both_spellings_of_the_embedded_scheme_find_the_icon(scheme: str) -> None:
    document = v3(assets=[{"type": "icon", "name": "main", "uri": f"{scheme}assets/a.png", "ext": "png"}])
    card = read_card(charx({"card.json": json.dumps(document).encode(), "assets/a.png": b"icon"}))
    assert card.picture == b"icon"


def test_zip_appended_to_a_picture_is_a_charx() -> None:
    body = png() + charx({"card.json": json.dumps(v3()).encode()})
    assert read_card(body).data["name"] == "Mara"


def test_v2_relabelled_v3_without_required_fields_is_mended() -> None:
    card = read_card(b'{"spec":"chara_card_v3","data":{"name":"Mara","description":7}}')
    assert card.data["description"] == ""
    assert card.warnings


def test_decompression_bomb_is_refused_while_inflating() -> None:
    with pytest.raises(PayloadTooLargeError):
        read_card(charx({"card.json": json.dumps(v3()).encode(), "zeros": bytes(21 * 1024 * 1024)}))


@pytest.mark.parametrize("path", ["../card.json", "/etc/passwd", "a/../../b", "C:/x", "..\\x"])
def test_paths_that_lead_out_of_the_archive_are_refused(path: str) -> None:
    with pytest.raises(InvalidRequestError):
        read_card(charx({"card.json": json.dumps(v3()).encode(), path: b"x"}))


def test_too_deep_and_too_many_are_refused() -> None:
    deep: Any = "x"
    for _ in range(MAX_DEPTH):
        deep = [deep]
    with pytest.raises(InvalidRequestError):
        read_card(json.dumps(v3(extensions={"deep": deep})).encode())
    with pytest.raises(InvalidRequestError):
        read_card(json.dumps(v3(character_book={"entries": [{}] * 501})).encode())
    with pytest.raises(InvalidRequestError):
        read_card(b'{"spec":"chara_card_v3","data":' + b"[" * 100_000 + b"]" * 100_000 + b"}")


def test_text_that_no_companion_can_hold_is_named() -> None:
    with pytest.raises(InvalidRequestError, match="file") as raised:
        companion_from_card(read_card(json.dumps(v3(scenario="x" * 100_001)).encode()))
    assert "scenario" in raised.value.fields["file"]


@pytest.mark.parametrize(
    "body", [b"", b"GIF89a", b"[]", b'{"name": NaN}', b"{", b'{"data":{}}', b"\x89PNG\r\n\x1a\n", b"PK\x03\x04"]
)
def test_what_is_no_card_gets_a_clear_error(body: bytes) -> None:
    with pytest.raises((InvalidRequestError, UnsupportedMediaError)):
        companion_from_card(read_card(body))


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=300), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b'{"']), st.integers(0, 2000)
)
def test_damaged_files_never_raise_anything_unexpected(noise: bytes, head: bytes, cut: int) -> None:
    whole = write_card(v3(), "charx", assets={"a": noise})
    for body in (head + noise, whole[:cut], whole[:cut] + noise + whole[cut + 3 :]):
        try:
            companion_from_card(read_card(body))
        except HubError:
            continue
