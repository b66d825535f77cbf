"""The illustrator: the A1111 protocol as a known client speaks it, who stays who, and that any words give a picture."""

import base64
import io
import itertools
import re
import threading
import time
from collections.abc import Generator
from http.server import ThreadingHTTPServer
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from webuiapi import WebUIApi

from companion_hub.services.options import catalogue
from devtools.illustrator import server
from devtools.illustrator.doings import ACTIVITIES, OUTDOORS, PLACES, STANCES, TIMES
from devtools.illustrator.lexicon import understand
from devtools.illustrator.people import figure
from devtools.illustrator.picture import render
from devtools.illustrator.scenes import SC, raster, setting
from scripts.option_thumbnails import FOLDER, pictured

LOOK = "1 woman, 27 years old, olive skin, green eyes, wavy hair, auburn hair, freckles, athletic build"


@pytest.fixture(scope="module")
def url() -> Generator[str]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), server.Handler)
    thread = threading.Thread(target=httpd.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_address[1]}"
    httpd.shutdown()
    httpd.server_close()


def txt2img(url: str, **body: object) -> httpx.Response:
    return httpx.post(f"{url}/sdapi/v1/txt2img", json=body, timeout=60)


def test_a_known_client_gets_its_picture(url: str) -> None:
    """webuiapi is written for AUTOMATIC1111; it knows nothing of this program."""
    host, port = url.removeprefix("http://").split(":")
    client = WebUIApi(host=host, port=int(port))
    result: Any = client.txt2img(
        prompt=f"{LOOK}, reading", negative_prompt="blurry", seed=7, steps=12, width=416, height=608
    )
    assert result.image.size == (416, 608)
    assert result.info["seed"] == 7
    assert result.image.info["parameters"].startswith(f"{LOOK}, reading\nNegative prompt: blurry\nSteps: 12")
    assert client.get_sd_models()[0]["model_name"] == server.MODEL
    assert client.get_options()["sd_model_checkpoint"] == server.MODEL
    assert "Euler a" in [sampler["name"] for sampler in client.get_samplers()]
    assert client.get_progress()["progress"] == 0
    assert client.get_loras() == []


def test_the_same_seed_gives_the_same_picture_and_another_one_does_not(url: str) -> None:
    pictures = [
        txt2img(url, prompt="1 woman, at the beach", seed=seed, width=208, height=304).json()["images"][0]
        for seed in (3, 3, 4)
    ]
    assert pictures[0] == pictures[1] != pictures[2]


@pytest.mark.parametrize(
    ("body", "field"), [({"width": 9_000}, "width"), ({"height": "tall"}, "height"), ({"prompt": 7}, "prompt")]
)
def test_wrong_fields_are_named(url: str, body: dict[str, object], field: str) -> None:
    answer = txt2img(url, **body)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", field]


def test_what_is_no_json_and_what_is_no_route(url: str) -> None:
    assert httpx.post(f"{url}/sdapi/v1/txt2img", content=b"{").status_code == 422
    assert httpx.get(f"{url}/sdapi/v1/nothing").status_code == 404


def test_interrupt_ends_a_batch_and_progress_moves(url: str) -> None:
    answers: list[httpx.Response] = []
    work = threading.Thread(
        target=lambda: answers.append(txt2img(url, prompt=LOOK, seed=1, batch_size=4, width=832, height=1216))
    )
    work.start()
    seen: set[float] = set()
    deadline = time.monotonic() + 30
    while not any(value > 0.01 for value in seen) and time.monotonic() < deadline:
        seen.add(httpx.get(f"{url}/sdapi/v1/progress").json()["progress"])
    httpx.post(f"{url}/sdapi/v1/interrupt")
    work.join(60)
    assert len(answers[0].json()["images"]) < 4
    picture = Image.open(io.BytesIO(base64.b64decode(answers[0].json()["images"][0])))
    assert picture.size == (832, 1216)


def face_of(prompt: str, seed: int = 11) -> str:
    """Return the drawing of what stays of a face: ears, outline, skin and nose, without the expression."""
    body = figure(understand(prompt, seed).person)
    return "".join(re.findall(r'<g[^>]*data-part="(?:face|nose)".*?</g>', body))


@pytest.mark.parametrize(
    "scene",
    [
        "wearing a red bikini, on the beach, sunset",
        "wearing a grey suit, in the office",
        "wearing pajamas, in bed, night, smiling",
    ],
)
def test_only_clothes_and_place_change_between_pictures(scene: str) -> None:
    home = f"{LOOK}, wearing a sweater, in the living room, smiling"
    assert face_of(f"{LOOK}, {scene}") == face_of(home)
    one, other = understand(home, 11), understand(f"{LOOK}, {scene}", 11)
    assert len(face_of(home)) > 500
    assert one.person.look == other.person.look
    assert one.place != other.place
    assert one.person.wear != other.person.wear


def test_from_behind_there_is_no_face_but_the_same_hair() -> None:
    before, behind = (
        understand(f"{LOOK}, wearing a red coat, {words}in the park", 11) for words in ("", "from behind, ")
    )
    assert before.person.look == behind.person.look
    drawn = render(behind)
    assert 'data-part="nose"' in render(before)
    assert not re.search('data-part="(?:face|nose|lips)"', drawn)
    assert drawn.count(behind.person.look.hair) >= 1


def test_another_seed_fills_in_another_look() -> None:
    people = {understand("1 woman, in the park", seed).person.look for seed in range(40)}
    assert len(people) > 10


@pytest.mark.parametrize(
    ("words", "frame"), [("full body", "full"), ("upper body", "half"), ("portrait", "portrait"), ("", "half")]
)
def test_the_camera_stands_where_the_prompt_says(words: str, frame: str) -> None:
    assert understand(f"{LOOK}, {words}", 1).frame == frame


def test_every_place_has_a_drawing_of_its_own_at_each_hour_and_in_each_weather_outdoors() -> None:
    """Compared as small pictures: places are a twentieth of the brightness apart, in the mean of the pixels."""

    def seen(place: str, time: str, weather: str = "") -> list[int]:
        return list(raster(setting(place, time, weather), (104, 152)).convert("L").resize((13, 19)).tobytes())

    def apart(one: list[int], other: list[int]) -> float:
        return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)

    days = {place: seen(place, "day") for place in SC}
    for one, other in itertools.combinations(SC, 2):
        assert apart(days[one], days[other]) > 12, (one, other)
    for place in SC:
        assert apart(days[place], seen(place, "night")) > 3, place
    for place in OUTDOORS:
        assert apart(days[place], seen(place, "day", "rain")) > 4, place


def test_places_times_and_poses_are_enough() -> None:
    assert len({draw("day") for draw in SC.values()}) == len(SC) >= 10  # none borrows another's drawing
    assert set(PLACES.values()) <= set(SC)
    assert set(TIMES.values()) >= {"dawn", "sunset", "night"}
    assert len(set(ACTIVITIES.values())) >= 20
    assert len(set(STANCES.values())) >= 8


@pytest.mark.parametrize(
    ("words", "activity"),
    [("drinking a beer", "glass"), ("drinking", "cup"), ("eating ice cream", "icecream"), ("eating", "plate")],
)
def test_what_is_drunk_or_eaten_is_drawn(words: str, activity: str) -> None:
    assert understand(f"{LOOK}, wearing jeans, {words} in the park", 1).activity == activity


def test_outside_is_no_room() -> None:
    assert understand(f"{LOOK}, wearing jeans, outside, standing", 1).place in OUTDOORS


@pytest.mark.parametrize("words", ["nude", "naked on the beach", "topless", "nsfw, nude, spread"])
def test_nobody_is_drawn_unclothed(words: str) -> None:
    wear = understand(f"1 woman, {words}", 3).person.wear
    assert wear.cover
    assert wear.cover.word == "towel"


@pytest.mark.parametrize("garment", ["bikini", "bra"])
def test_two_pieces_are_two_pieces(garment: str) -> None:
    swim = understand(f"1 woman, wearing a red {garment}, full body", 1).person.wear.swim
    assert swim
    assert swim.cut.hem == "two"


@pytest.mark.parametrize(("clothes", "hands"), [("a red bikini", 2), ("a black dress", 2), ("a t-shirt and jeans", 1)])
def test_a_hand_is_out_of_sight_only_in_a_pocket(clothes: str, hands: int) -> None:
    person = understand(f"{LOOK}, wearing {clothes}, in the park", 3).person
    assert figure(person, chance=3).count('data-part="hand"') == hands


@pytest.mark.parametrize(
    "words", ["very tall", "petite height", "very tall, walking", "kneeling", "sitting cross-legged"]
)
def test_a_full_figure_is_within_the_picture(words: str) -> None:
    drawn = raster(render(understand(f"{LOOK}, wearing a blue dress, {words}, in the park, full body", 3)), (208, 304))
    bounds = drawn.getchannel("A").point([255 * (value > 200) for value in range(256)]).getbbox()
    assert bounds
    assert bounds[1] > 2
    assert bounds[3] < 302


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300), st.integers(0, 2**32 - 1))
def test_any_words_give_a_drawing(prompt: str, seed: int) -> None:
    svg = render(understand(prompt, seed))
    ElementTree.fromstring(f"<svg>{svg}</svg>")
    assert "None" not in svg


@pytest.mark.parametrize("group", catalogue().groups, ids=lambda group: group.id)
def test_every_option_that_can_be_seen_has_its_thumbnail(group: object) -> None:
    for option in pictured(group):  # pyright: ignore[reportArgumentType]
        with Image.open(FOLDER / group.id / f"{option.id}.webp") as picture:  # pyright: ignore[reportAttributeAccessIssue]
            assert picture.size == (160, 160)


def test_every_word_of_a_look_changes_the_drawing() -> None:
    """What the wizard offers as a face, eyes, lips or body is not the same picture under another name."""
    groups = {group.id: group for group in catalogue().groups}
    for name in ("face", "eye_shape", "nose", "lips", "makeup", "hair_style", "skin", "shoulders"):
        drawings: list[str] = []
        for option in groups[name].options:
            prompt = f"{option.prompt or 'plain'}, 1 woman, light skin, brown hair, wearing a tank top, portrait"
            drawings.append(render(understand(prompt, 5)))
        # Some styles of hair share a drawing.
        assert len(set(drawings)) >= len(drawings) * (0.4 if name == "hair_style" else 0.6), name
