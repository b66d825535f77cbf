"""The image model's client against a server that answers in every wrong way."""

import base64
import socket
from collections.abc import Generator
from time import monotonic

import pytest

from companion_hub.errors import (
    ImageModelRejectedError,
    ImageModelUnavailableError,
    ImageRejectedError,
    PayloadTooLargeError,
    UnsupportedMediaError,
)
from companion_hub.providers import image_model
from companion_hub.providers.image_model import ImageRequest, StableDiffusion
from companion_hub.services.image_pipeline import encode_generated
from tests.fakes.fake_sd import Drawing, FakeStableDiffusion

REQUEST = ImageRequest("a portrait", "blurry", 42)


@pytest.fixture(scope="module")
def server() -> Generator[FakeStableDiffusion]:
    with FakeStableDiffusion() as fake:
        yield fake


@pytest.fixture
def sd(server: FakeStableDiffusion) -> FakeStableDiffusion:
    server.forget()
    return server


@pytest.fixture
def client(sd: FakeStableDiffusion) -> Generator[StableDiffusion]:
    made = StableDiffusion(sd.url, lambda: "")
    yield made
    made.close()


def test_picture_comes_with_what_the_server_says_it_did(client: StableDiffusion, sd: FakeStableDiffusion) -> None:
    drawn = client.draw(REQUEST)
    picture = encode_generated(drawn.data)
    assert (picture.width, picture.height) == (832, 1216)
    assert (drawn.seed, drawn.model) == (42, "fake-portrait-v1")
    assert drawn.settings == {
        "sampler_name": "DPM++ 2M",
        "steps": 28,
        "cfg_scale": 6.0,
        "sd_model_hash": "0123456789",
    }
    asked = sd.requests[0]
    assert (asked["prompt"], asked["negative_prompt"], asked["seed"]) == ("a portrait", "blurry", 42)
    assert (asked["width"], asked["height"], asked["batch_size"], asked["save_images"]) == (832, 1216, 1, False)
    assert sd.authorizations == [""]


@pytest.mark.parametrize("name", ["jpeg", "webp"])
def test_other_formats_of_newer_servers_are_taken(client: StableDiffusion, sd: FakeStableDiffusion, name: str) -> None:
    sd.script(name)
    assert encode_generated(client.draw(REQUEST).data).width == 832


def test_credentials_are_sent(sd: FakeStableDiffusion) -> None:
    client = StableDiffusion(sd.url, lambda: "tom:pass:word")
    client.draw(REQUEST)
    client.close()
    assert sd.authorizations == ["Basic " + base64.b64encode(b"tom:pass:word").decode()]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("500", ImageModelUnavailableError),
        ("503", ImageModelUnavailableError),
        ("cut", ImageModelUnavailableError),
        ("401", ImageModelRejectedError),
        ("404", ImageModelRejectedError),
        ("422", ImageModelRejectedError),
        ("redirect", ImageModelRejectedError),
        ("html", ImageRejectedError),
        ("empty", ImageRejectedError),
        ("no images", ImageRejectedError),
        ("not base64", ImageRejectedError),
        ("number", ImageRejectedError),
        ("list", ImageRejectedError),
        ("deep", ImageRejectedError),
        ("endless", ImageRejectedError),
    ],
)
def test_wrong_answer_becomes_one_error(
    client: StableDiffusion, sd: FakeStableDiffusion, name: str, error: type[Exception]
) -> None:
    sd.script(name)
    with pytest.raises(error):
        client.draw(REQUEST)
    assert len(sd.requests) == 1  # retrying is the state machine's business


def test_redirects_are_not_followed(client: StableDiffusion, sd: FakeStableDiffusion) -> None:
    sd.script("redirect")
    with pytest.raises(ImageModelRejectedError):
        client.draw(REQUEST)
    assert sd.other_requests == []  # the configured host and route are the only ones asked


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("truncated", ImageRejectedError),
        ("empty picture", ImageRejectedError),
        ("wrong type", UnsupportedMediaError),
        ("html picture", UnsupportedMediaError),
        ("bomb", PayloadTooLargeError),
    ],
)
def test_damaged_picture_passes_the_client_and_stops_at_the_pipeline(
    client: StableDiffusion, sd: FakeStableDiffusion, name: str, error: type[Exception]
) -> None:
    sd.script(name)
    drawn = client.draw(REQUEST)
    with pytest.raises(error):
        encode_generated(drawn.data)


def test_server_that_is_not_there_is_unavailable() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        client = StableDiffusion(f"http://127.0.0.1:{taken.getsockname()[1]}", lambda: "")
        with pytest.raises(ImageModelUnavailableError):
            client.draw(REQUEST)
        client.close()


@pytest.mark.parametrize("name", ["slow", "drip"])
def test_slow_server_is_given_up_in_time(client: StableDiffusion, sd: FakeStableDiffusion, name: str) -> None:
    sd.script(name)
    start = monotonic()
    with pytest.raises(ImageModelUnavailableError):
        client.draw(REQUEST, timeout_s=0.5)
    assert monotonic() - start < 3


@pytest.mark.parametrize(
    "info",
    [
        {},
        {"seed": "x", "sd_model_name": None, "steps": "many"},
        {"seed": True, "sd_model_name": 5},
        {"seed": -1},
        {"seed": 2**70},
    ],
)
def test_unreadable_info_does_not_lose_the_picture(
    client: StableDiffusion, sd: FakeStableDiffusion, info: dict[str, object]
) -> None:
    sd.script(Drawing(info=info))
    drawn = client.draw(REQUEST)
    assert (drawn.seed, drawn.model, drawn.settings) == (42, "stable-diffusion", {"steps": 28, "cfg_scale": 6.0})


def test_text_no_database_takes_is_cleaned(client: StableDiffusion, sd: FakeStableDiffusion) -> None:
    sd.script(Drawing(info={"sd_model_name": "mo\x00del\ud800" + "x" * 500}))
    model = client.draw(REQUEST).model
    assert model.startswith("modelx")
    assert len(model) == 120


def test_progress_is_told_while_the_server_draws(
    client: StableDiffusion, sd: FakeStableDiffusion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image_model, "PROGRESS_EVERY_S", 0.02)
    told: list[float] = []
    sd.script(Drawing(delay_s=0.4))
    client.draw(REQUEST, on_progress=told.append)
    assert told == [0.5]  # the same fraction is not told twice
    assert any(path.startswith("/sdapi/v1/progress") for path in sd.other_requests)


def test_server_without_progress_still_draws(
    client: StableDiffusion, sd: FakeStableDiffusion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image_model, "PROGRESS_EVERY_S", 0.02)
    monkeypatch.setattr(sd, "progress", "unknown")
    sd.script(Drawing(delay_s=0.2))
    assert client.draw(REQUEST, on_progress=lambda _fraction: pytest.fail("told nonsense")).data


# --- checkpoints and LoRAs -----------------------------------------------------------------------------------------------

ASKED = ImageRequest("a prompt", "", 5, checkpoint="fake-portrait-v1", loras=(("film grain", 0.6), ("gone", 1.0)))


def test_networks_are_used_where_the_server_has_them(client: StableDiffusion, sd: FakeStableDiffusion) -> None:
    sd.loras.append("film grain")
    drawn = client.draw(ASKED)
    body = sd.requests[-1]
    assert body["prompt"] == "a prompt <lora:film grain:0.6>"
    assert body["override_settings"] == {"sd_model_checkpoint": "fake-portrait-v1"}
    assert body["override_settings_restore_afterwards"] is True
    assert drawn.settings["loras"] == ["film grain:0.6"]
    assert drawn.settings["missing"] == ["gone"]


def test_a_server_without_them_draws_without(client: StableDiffusion, sd: FakeStableDiffusion) -> None:
    drawn = client.draw(ASKED._replace(checkpoint="gone too"))
    assert sd.requests[-1]["prompt"] == "a prompt"
    assert "override_settings" not in sd.requests[-1]
    assert drawn.settings["missing"] == ["film grain", "gone", "gone too"]


def test_a_companion_without_networks_asks_for_no_list(client: StableDiffusion, sd: FakeStableDiffusion) -> None:
    sd.other_requests.clear()
    client.draw(ImageRequest("a prompt", "", 5))
    assert sd.other_requests == []


def test_what_there_is_is_empty_when_the_server_is_away() -> None:
    client = StableDiffusion("http://127.0.0.1:9", lambda: "")
    assert client.available() == (frozenset(), frozenset())
    client.close()
