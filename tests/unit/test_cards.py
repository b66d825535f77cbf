"""Character cards survive the way in and out, and hostile ones are refused."""

import base64
import io
import json
import struct
import zipfile
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from companion_hub.errors import HubError, InvalidRequestError, PayloadTooLargeError, UnsupportedMediaError
from companion_hub.models.card import CardFormat
from companion_hub.models.user import is_visible
from companion_hub.services.card_document import MAX_DEPTH
from companion_hub.services.card_formats import read_card, write_card
from companion_hub.services.cards import card_from_companion, companion_from_card, without_our_extension


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


# --- as strangers write them -----------------------------------------------------------------------------------------


def text_chunk(kind: bytes, payload: bytes) -> bytes:
    return struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", zlib.crc32(kind + payload))


def png_with(*chunks: tuple[bytes, bytes]) -> bytes:
    """A picture with these chunks before its end."""
    plain = png()
    at = plain.index(b"IEND") - 4
    return plain[:at] + b"".join(text_chunk(kind, payload) for kind, payload in chunks) + plain[at:]


def b64(card: dict[str, Any]) -> bytes:
    return base64.b64encode(json.dumps(card).encode())


def through(body: bytes, format_: CardFormat = "json") -> dict[str, Any]:
    """Import a file and export it at once, as the card exchange does; the JSON of what comes out."""
    card = read_card(body)
    name, profile = companion_from_card(card)
    out = card_from_companion(name, profile, without_our_extension(card.data))
    assets = card.assets
    written = write_card(out, format_, picture_png=png(), assets=assets)
    return json.loads(written) if format_ == "json" else {**read_card(written).model_dump(), "body": written}


V2_OF_A_STRANGER: dict[str, Any] = {
    "spec": "chara_card_v2",
    "spec_version": "2.0",
    "name": "Old name",
    "description": "stale",
    "create_date": "2023-5-1 @12h",
    "fav": False,
    "my_frontend": {"theme": {"colour": [1, 2.5, None, True, "é"]}},
    "data": {
        "name": "Mara",
        "description": "A baker.",
        "creator_notes": "Only for readers.",
        "alternate_greetings": ["Hi.", "Oh, it's you."],
        "group_only_greetings": ["Hello, all."],
        "tags": ["Kind", "Bakery"],
        "creator_notes_multilingual": {"de": "Nur für Leser."},
        "source": ["https://example.org/1"],
        "creation_date": 1700000000,
        "extensions": {"depth_prompt": {"depth": 4, "prompt": "x"}, "ünknown/app": [{"a": [[]]}]},
        "character_book": {
            "name": "World",
            "extensions": {"book_app": {"k": 1}},
            "entries": [
                {"id": 7, "keys": ["sea"], "content": "@@depth 2\n@@unheard_of 1\nThe sea.", "extensions": {"position": 4},
                 "enabled": True, "insertion_order": 5, "odd_field": "kept"},
                {"id": "seven", "keys": ["hill"], "content": "A hill.", "extensions": {}, "enabled": False, "insertion_order": 1.5},
            ],
        },
    },
}  # fmt: skip


def test_a_strangers_card_comes_out_as_it_went_in_at_every_level() -> None:
    out = through(json.dumps(V2_OF_A_STRANGER).encode())
    assert {key: out[key] for key in ("create_date", "fav", "my_frontend")} == {
        key: V2_OF_A_STRANGER[key] for key in ("create_date", "fav", "my_frontend")
    }
    assert "description" not in out  # of V1, and soon wrong
    data = {**out["data"], "extensions": {**out["data"]["extensions"]}}
    del data["extensions"]["companion-hub"]
    assert {key: data[key] for key in V2_OF_A_STRANGER["data"]} == V2_OF_A_STRANGER["data"]
    again = through(json.dumps(out).encode())
    assert again == out


def test_every_v3_card_says_what_v3_demands() -> None:
    data = through(json.dumps({"name": "Mara"}).encode())["data"]
    required = ("description tags creator character_version mes_example extensions system_prompt creator_notes scenario "
                "post_history_instructions first_mes alternate_greetings personality group_only_greetings")  # fmt: skip
    assert set(required.split()) <= set(data)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(json.dumps({"spec": "chara_card_v3", "spec_version": "3.0", "name": "Mara", "first_mes": "Hi."}).encode(), id="v3 without data"),
        pytest.param(json.dumps({"spec": "chara_card_v2", "name": "Mara", "data": {"first_mes": "Hi.", "name": " "}}).encode(), id="name beside data"),
        pytest.param(json.dumps({"char_name": "Mara", "char_persona": "A baker.", "char_greeting": "Hi."}).encode(), id="Pygmalion"),
        pytest.param(b"\xef\xbb\xbf" + json.dumps({"name": "Mara", "first_mes": "Hi."}).encode(), id="byte order mark"),
        pytest.param(png_with((b"tEXt", b"Chara\0" + b64(v3(first_mes="Hi.")))), id="keyword in capitals"),
        pytest.param(png_with((b"tEXt", b"chara\0" + json.dumps(v3(first_mes="Hi.")).encode())), id="JSON that is not base64"),
        pytest.param(png_with((b"zTXt", b"ccv3\0\0" + zlib.compress(b64(v3(first_mes="Hi."))))), id="zTXt"),
        pytest.param(png_with((b"iTXt", b"ccv3\0\0\0en\0\0" + b64(v3(first_mes="Hi.")))), id="iTXt"),
        pytest.param(png_with((b"iTXt", b"ccv3\0\1\0\0\0" + zlib.compress(b64(v3(first_mes="Hi."))))), id="packed iTXt"),
        pytest.param(png_with((b"tEXt", b"ccv3\0" + base64.b64encode(b"{broken")), (b"tEXt", b"chara\0" + b64(v3(first_mes="Hi.")))), id="ccv3 damaged"),
    ],
)  # fmt: skip
def test_what_others_get_wrong_is_understood(body: bytes) -> None:
    card = read_card(body)
    assert (card.data["name"], card.data["first_mes"]) == ("Mara", "Hi.")


def test_packed_text_is_not_inflated_without_end() -> None:
    bomb = zlib.compress(b"A" * 60_000_000)
    with pytest.raises((InvalidRequestError, PayloadTooLargeError)):
        read_card(png_with((b"zTXt", b"ccv3\0\0" + bomb)))


def test_a_newer_specification_is_read_with_a_warning() -> None:
    card = read_card(json.dumps({**v3(novelty={"a": 1}), "spec_version": "4.2"}).encode())
    assert "4.2" in card.warnings[0]
    assert card.data["novelty"] == {"a": 1}


def test_assets_in_chunks_of_a_png_survive_and_move_into_an_archive() -> None:
    blob = bytes(range(256))
    card = v3(assets=[{"type": "emotion", "uri": "__asset:smile/1.bin", "name": "smile", "ext": "bin"},
                      {"type": "emotion", "uri": "__asset:../../etc/passwd", "name": "evil", "ext": "bin"},
                      {"type": "icon", "uri": "ccdefault:", "name": "main", "ext": "png"}])  # fmt: skip
    body = png_with(
        (b"tEXt", b"ccv3\0" + b64(card)),
        (b"tEXt", b"chara-ext-asset_:smile/1.bin\0" + base64.b64encode(blob)),
        (b"tEXt", b"chara-ext-asset_:../../etc/passwd\0" + base64.b64encode(b"x")),
    )
    assert read_card(body).assets == {"smile/1.bin": blob}
    assert b"chara-ext-asset_" not in (read_card(body).picture or b"")
    as_png = through(body, "png")
    assert as_png["assets"] == {"smile/1.bin": blob}
    assert as_png["data"]["assets"] == card["data"]["assets"]
    as_archive = through(body, "charx")
    assert as_archive["assets"]["smile/1.bin"] == blob
    assert as_archive["data"]["assets"][0]["uri"] == "embeded://smile/1.bin"


@pytest.mark.parametrize("head", [png(), b"\xff\xd8\xff\xe0 a JPEG \xff\xd9"], ids=["PNG", "JPEG"])
def test_the_picture_an_archive_was_appended_to_is_the_cards_picture(head: bytes) -> None:
    card = read_card(head + charx({"card.json": json.dumps(v3()).encode(), "assets/a.bin": b"1"}))
    assert card.picture == head
    assert card.assets == {"assets/a.bin": b"1"}


def test_an_icon_inside_the_json_is_the_cards_picture_and_an_address_is_not() -> None:
    inside = "data:image/png;base64," + base64.b64encode(png()).decode()
    icons = [{"type": "icon", "uri": "https://example.org/a.png", "name": "main", "ext": "png"},
             {"type": "icon", "uri": inside, "name": "other", "ext": "png"}]  # fmt: skip
    assert read_card(json.dumps(v3(assets=icons)).encode()).picture == png()
    assert read_card(json.dumps(v3(assets=icons[:1])).encode()).picture is None
    assert through(json.dumps(v3(assets=icons)).encode())["data"]["assets"] == icons
