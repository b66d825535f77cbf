"""Pictures end to end: drawn with a turn and on demand, uploaded, listed, deleted; and every way that can go wrong.

The real handlers, database and clients; a scripted image model and an S3 API over HTTP.  After each test: every picture's
files decode, every file has a picture, nothing waits to be deleted (FAULTS.md I8).
"""

import io
import json
from collections.abc import Callable, Generator
from typing import Any
from uuid import UUID, uuid4

import pytest
from PIL import Image

from companion_hub import bootstrap
from companion_hub.db.connection import Database
from companion_hub.models.image import CreateImageRequest
from companion_hub.providers import image_model
from companion_hub.repositories import discarded_objects, rate_limits
from companion_hub.services.images import Images
from functions.auth.handler import handler as auth
from functions.image.handler import handler as image_api
from tests.conftest import forget_worker
from tests.fakes import pictures
from tests.fakes.aws import FakeAws
from tests.fakes.chat import Chat
from tests.fakes.fake_llm import FakeLanguageModel, Reply
from tests.fakes.fake_sd import Drawing, FakeStableDiffusion
from tests.fakes.gateway import Answer, Browser
from tests.fakes.machine import Killed, call_step
from tests.fakes.people import PASSWORD, new_person

DAMAGED = ["truncated", "wrong type", "html", "html picture", "bomb", "empty picture", "empty", "no images", "endless"]
DOWN = ["500", "503", "cut"]


@pytest.fixture(scope="module")
def model_server(worker: FakeAws, llm: FakeLanguageModel) -> Generator[FakeStableDiffusion]:
    with FakeStableDiffusion() as fake, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SD_API_URL", fake.url)
        bootstrap.database().close()
        forget_worker()
        yield fake
        bootstrap.image_model().close()


@pytest.fixture
def sd(model_server: FakeStableDiffusion) -> FakeStableDiffusion:
    model_server.forget()
    return model_server


@pytest.fixture
def person(sd: FakeStableDiffusion, chat: Chat, worker: FakeAws) -> Generator[Chat]:
    worker.objects.clear()
    user_id = user_id_of(chat)
    yield chat
    check_files(chat, worker, user_id)


def check_files(chat: Chat, worker: FakeAws, user_id: UUID) -> None:
    """FAULTS.md I8."""
    rows = chat.rows("SELECT sources FROM images WHERE user_id = %(user_id)s", user_id=user_id)
    keys = {f"media/{source['key']}" for row in rows for source in row["sources"]}
    assert set(worker.objects) == keys
    for key in keys:
        with Image.open(io.BytesIO(worker.objects[key])) as image:
            image.load()
    assert chat.rows("SELECT key FROM discarded_objects") == []


def user_id_of(chat: Chat) -> UUID:
    return UUID(chat.browser.get(auth, "/api/me").json["user"]["id"])


def gallery(browser: Browser, companion_id: str | None = None, **query: object) -> dict[str, Any]:
    path = f"/api/companions/{companion_id}/images" if companion_id else "/api/images"
    answer = browser.get(image_api, path, **query)
    assert answer.status == 200, answer.body
    page: dict[str, Any] = answer.json
    return page


def draw(chat: Chat, body: dict[str, Any] | None = None) -> Answer:
    return chat.browser.post(image_api, f"/api/companions/{chat.companion_id}/images", body or {})


def drawn(chat: Chat, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """Draw on demand and return the picture."""
    turn = chat.run_turn(draw(chat, body))
    assert turn["status"] == "done", turn
    picture: dict[str, Any] = gallery(chat.browser)["items"][0]
    return picture


def upload(
    chat: Chat, body: bytes, content_type: str = "image/png", *, browser: Browser | None = None, **query: object
) -> Answer:
    return (browser or chat.browser).request(
        image_api,
        "POST",
        f"/api/companions/{chat.companion_id}/picture",
        body=body,
        headers={"content-type": content_type},
        query=query,
    )


def meanwhile(sd: FakeStableDiffusion, action: Callable[[], object]) -> None:
    """Let something happen while the model draws (in the model server's thread, with a connection of its own)."""

    def run() -> None:
        sd.before_answer = None
        action()
        bootstrap.database().close()

    sd.before_answer = run


def images_counted(chat: Chat) -> int:
    """How many pictures stand in the user's limit."""
    key = rate_limits._key(rate_limits.IMAGE, [user_id_of(chat)])  # pyright: ignore[reportPrivateUsage]
    return len(chat.rows("SELECT 1 FROM rate_limits WHERE key = %(key)s", key=key))


# --- with a turn ------------------------------------------------------------------------------------------------------


def test_turn_with_a_picture(person: Chat, sd: FakeStableDiffusion, worker: FakeAws) -> None:
    turn = person.say("Put on your red dress and come to the beach", want_image=True)
    assert (turn["status"], turn["degraded"], turn["progress"]) == ("done", [], 100)
    message = person.messages()[-1]
    image = message["image"]
    assert [source["type"] for source in image["sources"]] == ["image/avif", "image/jpeg"] * 3
    assert [source["width"] for source in image["sources"]] == [208, 208, 416, 416, 832, 832]
    assert (image["width"], image["height"], image["kind"], image["message_id"]) == (
        832,
        1216,
        "generated",
        message["id"],
    )
    assert image["model"] == "fake-portrait-v1"
    assert image["seed"] == person.get(f"/api/companions/{person.companion_id}").json["image_seed"]
    assert image["prompt"] == sd.requests[0]["prompt"]
    assert image["negative_prompt"] == sd.requests[0]["negative_prompt"]
    assert image["settings"]["sampler_name"] == "DPM++ 2M"
    assert image["settings"]["location"]
    assert image["why"], "says for each garment why it is in or out"
    assert gallery(person.browser, person.companion_id)["items"] == [image]


def test_reply_is_stored_and_shown_before_anything_is_drawn(person: Chat, sd: FakeStableDiffusion) -> None:
    """F23, F24: the text takes no longer for a picture, however slow or broken the one who draws it."""
    seen: list[tuple[list[str], str, int]] = []
    meanwhile(sd, lambda: seen.append((person.texts(), person.shown_text(), len(person.frames("message")))))
    person.llm.script(Reply("Here I am."))
    assert person.say("Hi", want_image=True)["status"] == "done"
    assert seen == [(["Hi", "Here I am."], "Here I am.", 1)]


def test_files_are_private_immutable_and_under_the_owners_folder(person: Chat, worker: FakeAws) -> None:
    image = drawn(person)
    for source in image["sources"]:
        assert source["url"].startswith(f"/media/{user_id_of(person)}/")
        headers = worker.object_headers[f"media{source['url']}"]
        assert headers["content-type"] == source["type"]
        assert headers["cache-control"] == "private, max-age=31536000, immutable"
        assert "x-amz-acl" not in headers


def test_page_is_told_about_the_picture(person: Chat, sd: FakeStableDiffusion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_model, "PROGRESS_EVERY_S", 0.02)
    sd.script(Drawing(delay_s=0.3))
    person.say("Hi", want_image=True)
    frames = person.frames()
    assert [frame["status"] for frame in frames if frame["type"] == "image"] == ["started", "done"]
    assert frames[-1]["type"] == "done"
    assert next(f for f in frames if f.get("status") == "done")["image"]["sources"]
    progress = [f["progress"] for f in frames if f["type"] == "progress" and f["step"] == "GenerateImage"]
    assert progress == [85, 90, 96, 100]  # the fake server says it is half done


def test_picture_is_counted_once_and_used(person: Chat) -> None:
    person.say("Hi", want_image=True)
    assert images_counted(person) == 1
    usage = person.rows("SELECT images, model FROM usage WHERE kind = 'image' AND companion_id = %(companion)s")
    assert usage == [{"images": 1, "model": "fake-portrait-v1"}]


def test_same_person_in_every_picture_and_another_when_rolled_again(person: Chat, sd: FakeStableDiffusion) -> None:
    drawn(person)
    drawn(person)
    drawn(person, {"seed": 7, "prompt": "with an umbrella"})
    seeds = [request["seed"] for request in sd.requests]
    assert seeds[0] == seeds[1]
    assert seeds[2] == 7
    assert "umbrella" in sd.requests[2]["prompt"]
    assert "umbrella" not in sd.requests[1]["prompt"]


def test_picture_of_a_message_hangs_on_it(person: Chat) -> None:
    person.say("Hi")
    message = person.messages()[-1]
    assert drawn(person, {"message_id": message["id"]})["message_id"] == message["id"]
    assert person.messages()[-1]["image"]["id"] == gallery(person.browser)["items"][0]["id"]


# --- an image problem never costs the text (F23-F26) -----------------------------------------------------------------


def assert_text_is_safe_without_picture(person: Chat, turn: dict[str, Any]) -> None:
    assert (turn["status"], turn["degraded"], turn["error"]) == ("done", ["image"], None)
    assert person.texts()[-1] == turn["text"] != ""
    assert person.frames("image")[-1]["status"] == "failed"
    assert person.frames("done")[-1]["degraded"] == ["image"]
    assert gallery(person.browser)["items"] == []
    assert images_counted(person) == 0


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_picture_costs_no_text_and_leaves_nothing(person: Chat, sd: FakeStableDiffusion, name: str) -> None:
    sd.script(name)
    assert_text_is_safe_without_picture(person, person.say("Hi", want_image=True))
    assert len(sd.requests) == 1


@pytest.mark.parametrize("name", DOWN)
def test_broken_image_model_is_tried_three_times_and_costs_no_text(
    person: Chat, sd: FakeStableDiffusion, name: str
) -> None:
    sd.script(*[name] * 10)
    assert_text_is_safe_without_picture(person, person.say("Hi", want_image=True))
    assert len(sd.requests) == 3


def test_passing_trouble_of_the_image_model_is_not_seen(person: Chat, sd: FakeStableDiffusion) -> None:
    sd.script("503", "cut")
    turn = person.say("Hi", want_image=True)
    assert turn["degraded"] == []
    assert images_counted(person) == 1


@pytest.mark.parametrize("name", ["401", "404", "redirect"])
def test_misconfigured_image_model_is_not_asked_again(person: Chat, sd: FakeStableDiffusion, name: str) -> None:
    sd.script(name)
    assert_text_is_safe_without_picture(person, person.say("Hi", want_image=True))
    assert len(sd.requests) == 1
    assert sd.other_requests == []


def test_slow_image_model_is_given_up(person: Chat, sd: FakeStableDiffusion, monkeypatch: pytest.MonkeyPatch) -> None:
    from companion_hub.services import generate_image

    monkeypatch.setattr(generate_image, "DRAW_TIMEOUT_S", 0.2)
    sd.script(*["slow"] * 3)
    assert_text_is_safe_without_picture(person, person.say("Hi", want_image=True))


def test_drawing_never_outlasts_the_turns_deadline(person: Chat, sd: FakeStableDiffusion) -> None:
    sent = person.send("Hi", want_image=True)
    seen: list[float] = []

    def drawing(payload: dict[str, Any]) -> Any:
        person.execute(
            "UPDATE turns SET deadline_at = clock_timestamp() + interval '9 seconds' WHERE companion_id = %(companion)s"
        )
        sd.script("slow")
        try:
            return call_step("GenerateImage", payload)
        finally:
            row = person.rows(
                """
                SELECT extract(epoch FROM deadline_at - clock_timestamp())::float8 AS seconds_left
                FROM turns
                WHERE companion_id = %(companion)s
                """
            )
            seen.append(row[0]["seconds_left"])

    person.machine.handlers["GenerateImage"] = drawing
    person.machine.run_all()
    assert_text_is_safe_without_picture(person, person.turn(sent.json["turn"]["id"]))
    assert seen[0] > 0  # given up with time to say so


def test_store_that_does_not_answer_costs_no_text(person: Chat, worker: FakeAws) -> None:
    worker.broken.add("s3")
    turn = person.say("Hi", want_image=True)
    assert_text_is_safe_without_picture(person, turn)
    worker.broken.clear()
    bootstrap.picture_store().collect()


def test_store_that_fails_halfway_leaves_nothing(person: Chat, worker: FakeAws, sd: FakeStableDiffusion) -> None:
    store = bootstrap.object_store()
    puts: list[str] = []
    real_put = store.put

    def put(key: str, body: bytes, *, content_type: str, content_disposition: str = "inline") -> None:
        puts.append(key)
        if len(puts) == 4:
            worker.broken.add("s3")
        try:
            real_put(key, body, content_type=content_type)
        finally:
            worker.broken.clear()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "put", put)
        turn = person.say("Hi", want_image=True)
    assert turn["degraded"] == []  # the step was retried
    assert len(sd.requests) == 2
    assert len(gallery(person.browser)["items"]) == 1
    assert len(worker.objects) == 6


@pytest.mark.parametrize("kill_at", ["first put", "last put", "row"])
def test_worker_killed_anywhere_leaves_no_file_without_a_picture(
    person: Chat, worker: FakeAws, sd: FakeStableDiffusion, kill_at: str
) -> None:
    """A killed process runs no clean-up of its own: what it reserved is collected once it is due."""

    class Dead(BaseException):
        pass

    def clean_nothing_up(_keys: list[str]) -> None: ...

    store = bootstrap.picture_store()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "_give_up", clean_nothing_up)
        real_put = bootstrap.object_store().put
        puts: list[str] = []

        def put(key: str, body: bytes, *, content_type: str, content_disposition: str = "inline") -> None:
            real_put(key, body, content_type=content_type)
            puts.append(key)
            if (kill_at, len(puts)) in (("first put", 1), ("last put", 6)):
                raise Dead

        def forget(*_: object) -> None:
            raise Dead

        def drawing(payload: dict[str, Any]) -> Any:
            person.machine.handlers.clear()
            patch.setattr(bootstrap.object_store(), "put", put)
            if kill_at == "row":
                patch.setattr(discarded_objects, "forget", forget)
            try:
                call_step("GenerateImage", payload)
            except Dead:
                raise Killed from None
            finally:
                patch.undo()

        person.machine.handlers["GenerateImage"] = drawing
        turn = person.say("Hi", want_image=True)
    assert turn["degraded"] == []
    assert len(worker.objects) > 6  # the dead worker's files are there still
    bootstrap.picture_store().collect()
    assert len(worker.objects) > 6  # … and not touched while a worker might be putting them
    person.execute("UPDATE discarded_objects SET not_before = clock_timestamp()")
    bootstrap.picture_store().collect()
    assert len(worker.objects) == 6
    assert images_counted(person) == 1


def test_lost_answer_of_the_commit_keeps_the_picture(person: Chat, sd: FakeStableDiffusion) -> None:
    """The row is there, the worker does not know: its clean-up must not touch the files (FAULTS.md F27)."""
    from companion_hub.errors import DatabaseUnavailableError

    database = bootstrap.database()
    real_run = database.run

    def run(work: Callable[..., Any]) -> Any:
        result = real_run(work)
        if type(result).__name__ == "_Stored":
            raise DatabaseUnavailableError("the answer was lost")
        return result

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "run", run)
        turn = person.say("Hi", want_image=True)
    assert (turn["status"], turn["degraded"]) == ("done", [])
    assert len(gallery(person.browser)["items"]) == 1
    assert len(sd.requests) == 1


def test_step_delivered_twice_draws_once(person: Chat, sd: FakeStableDiffusion) -> None:
    payloads: list[dict[str, Any]] = []

    def twice(payload: dict[str, Any]) -> Any:
        payloads.append(payload)
        call_step("GenerateImage", payload)
        return call_step("GenerateImage", payload)

    person.machine.handlers["GenerateImage"] = twice
    assert person.say("Hi", want_image=True)["degraded"] == []
    assert len(sd.requests) == 1
    assert images_counted(person) == 1


def test_zombie_worker_changes_nothing(person: Chat, sd: FakeStableDiffusion, worker: FakeAws) -> None:
    """A worker stalls while it draws; the retry finishes; then the first one wakes (FAULTS.md F4)."""

    def stalled(payload: dict[str, Any]) -> Any:
        person.machine.handlers.clear()

        retry = payload | {"retry_count": payload["retry_count"] + 1}
        meanwhile(sd, lambda: call_step("GenerateImage", retry))
        return call_step("GenerateImage", payload)

    person.machine.handlers["GenerateImage"] = stalled
    turn = person.say("Hi", want_image=True)
    assert (turn["status"], turn["degraded"]) == ("done", [])
    assert len(sd.requests) == 2
    assert len(gallery(person.browser)["items"]) == 1
    assert len(worker.objects) == 6
    assert images_counted(person) == 1


# --- deleted meanwhile (F36, F37) -------------------------------------------------------------------------------------


def delete_companion(chat: Chat) -> None:
    assert chat.delete(f"/api/companions/{chat.companion_id}").status == 204


def delete_account(chat: Chat) -> None:
    answer = chat.browser.delete(auth, "/api/me", {"password": PASSWORD})
    assert answer.status == 204, answer.body


@pytest.mark.parametrize("delete", [delete_companion, delete_account], ids=["companion", "account"])
def test_nothing_appears_after_a_deletion_while_it_is_drawn(
    person: Chat,
    sd: FakeStableDiffusion,
    worker: FakeAws,
    delete: Callable[[Chat], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    person.send("Hi", want_image=True)
    meanwhile(sd, lambda: delete(person))
    person.machine.run_all()
    assert len(sd.requests) == 1
    assert worker.objects == {}
    assert person.rows("SELECT 1 FROM images WHERE companion_id = %(companion)s") == []
    assert person.rows("SELECT 1 FROM turns WHERE companion_id = %(companion)s") == []
    assert [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")] == []


@pytest.mark.parametrize("delete", [delete_companion, delete_account], ids=["companion", "account"])
def test_files_go_with_their_owner(person: Chat, worker: FakeAws, delete: Callable[[Chat], None]) -> None:
    drawn(person)
    assert upload(person, pictures.png()).status == 201
    assert len(worker.objects) == 10
    delete(person)
    assert worker.objects == {}


def test_stop_while_it_is_drawn_keeps_the_text(person: Chat, sd: FakeStableDiffusion) -> None:
    sent = person.send("Hi", want_image=True)
    turn_id = sent.json["turn"]["id"]
    meanwhile(sd, lambda: person.post(f"/api/turns/{turn_id}/cancel"))
    person.machine.run_all()
    turn = person.turn(turn_id)
    assert turn["status"] == "done"
    assert turn["text"]
    assert gallery(person.browser)["items"] == []


# --- on demand --------------------------------------------------------------------------------------------------------


def test_picture_on_demand_goes_straight_to_the_drawing(person: Chat) -> None:
    answer = draw(person)
    assert answer.status == 202
    assert answer.json["turn"]["kind"] == "image"
    turn = person.run_turn(answer)
    assert (turn["status"], turn["progress"]) == ("done", 100)
    assert person.machine.states == ["GenerateImage"]
    assert person.texts() == []
    assert images_counted(person) == 1


def test_failed_picture_on_demand_says_so_costs_nothing_and_can_be_tried_again(
    person: Chat, sd: FakeStableDiffusion
) -> None:
    sd.script("503", "503", "503")
    turn = person.run_turn(draw(person))
    assert turn["status"] == "failed"
    assert turn["error"]["code"] == "image_model_unavailable"
    assert turn["error"]["retryable"]
    assert person.frames("image")[-1]["status"] == "failed"
    assert images_counted(person) == 0
    again = person.run_turn(person.post(f"/api/turns/{turn['id']}/retry"))
    assert again["status"] == "done"
    assert images_counted(person) == 1


def test_stop_ends_a_picture_on_demand_at_once(person: Chat, sd: FakeStableDiffusion) -> None:
    turn_id = draw(person).json["turn"]["id"]
    meanwhile(sd, lambda: person.post(f"/api/turns/{turn_id}/cancel"))
    person.machine.run_all()
    assert person.turn(turn_id)["status"] == "cancelled"
    assert gallery(person.browser)["items"] == []
    assert images_counted(person) == 1, "the image server was busy with it"


def test_picture_stopped_before_anybody_draws_it_costs_nothing(person: Chat, sd: FakeStableDiffusion) -> None:
    turn_id = draw(person).json["turn"]["id"]
    for _ in range(2):  # pressed twice: given back once
        assert person.post(f"/api/turns/{turn_id}/cancel").json["status"] == "cancelled"
    assert images_counted(person) == 0
    person.machine.run_all()
    assert sd.requests == []
    assert person.run_turn(draw(person))["status"] == "done"
    assert images_counted(person) == 1


def test_second_picture_waits_for_the_first(person: Chat) -> None:
    first = draw(person)
    second = draw(person)
    assert (second.status, second.error) == (409, "turn_in_progress")
    assert second.json["error"]["turn_id"] == first.json["turn"]["id"]
    assert images_counted(person) == 1
    person.machine.run_all()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"seed": -1}, "seed"),
        ({"seed": 2**32}, "seed"),
        ({"seed": "x"}, "seed"),
        ({"prompt": "x" * 2_001}, "prompt"),
        ({"message_id": str(uuid4())}, "message_id"),
        ({"size": 5}, "size"),
    ],
)
def test_wrong_request_names_the_field(person: Chat, body: dict[str, Any], field: str) -> None:
    answer = draw(person, body)
    assert answer.status == 422
    assert list(answer.json["error"]["fields"]) == [field]
    assert images_counted(person) == 0


def test_ten_pictures_per_hour_on_demand(person: Chat) -> None:
    user_id = user_id_of(person)
    service = Images(bootstrap.database(), bootstrap.picture_store(), bootstrap.workflow())
    for _ in range(10):
        service.draw(user_id, UUID(person.companion_id), CreateImageRequest())
        person.execute("UPDATE turns SET status = 'done' WHERE companion_id = %(companion)s")
    from companion_hub.errors import RateLimitedError

    with pytest.raises(RateLimitedError) as refused:
        service.draw(user_id, UUID(person.companion_id), CreateImageRequest())
    assert refused.value.retry_after_s > 3_500


def test_over_the_limit_the_reply_comes_without_a_picture(
    person: Chat, sd: FakeStableDiffusion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "step_rate_limit_scale", lambda: 0.1)  # one picture an hour
    assert person.say("Hi", want_image=True)["degraded"] == []
    turn = person.say("And another one", want_image=True)
    assert (turn["status"], turn["degraded"]) == ("done", ["image"])
    assert turn["text"]
    assert len(sd.requests) == 1
    assert images_counted(person) == 1


# --- uploads ----------------------------------------------------------------------------------------------------------


def test_uploaded_picture_becomes_the_companions(person: Chat) -> None:
    answer = upload(person, pictures.png((1200, 900)))
    assert answer.status == 201, answer.body
    image = answer.json
    assert (image["kind"], image["width"], image["height"]) == ("uploaded", 800, 600)
    assert [source["width"] for source in image["sources"]] == [208, 208, 416, 416, 800, 800]
    assert (image["prompt"], image["seed"], image["message_id"]) == (None, None, None)
    assert person.get(f"/api/companions/{person.companion_id}").json["picture"]["id"] == image["id"]


def test_upload_is_cropped(person: Chat) -> None:
    answer = upload(person, pictures.png((400, 200)), x=0.5, y=0, width=0.5, height=1)
    assert (answer.json["width"], answer.json["height"]) == (200, 200)


def test_other_crop_of_the_same_file_is_another_picture(person: Chat) -> None:
    first = upload(person, pictures.png(), x=0, y=0, width=0.5, height=0.5).json
    second = upload(person, pictures.png(), x=0.5, y=0.5, width=0.5, height=0.5).json
    urls = [{source["url"] for source in image["sources"]} for image in (first, second)]
    assert urls[0].isdisjoint(urls[1])


FORM = "multipart/form-data; boundary=----hub7f3"


def form(data: bytes, name: str = "file", *, before: bytes = b"") -> bytes:
    head = f'Content-Disposition: form-data; name="{name}"; filename="me.png"\r\nContent-Type: image/png'
    return before + b"------hub7f3\r\n" + head.encode() + b"\r\n\r\n" + data + b"\r\n------hub7f3--\r\n"


def test_upload_as_a_form(person: Chat) -> None:
    field = b'------hub7f3\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n'
    named = form(b"no picture", "thumbnail")[: -len(b"------hub7f3--\r\n")]  # "file" wins over what came before it
    for body in (
        form(pictures.png()),
        form(pictures.png(), before=field),
        form(pictures.png(), before=named),
        form(pictures.png(), "picture"),
    ):
        answer = upload(person, body, FORM)
        assert answer.status == 201, answer.body
        assert answer.json["width"] == 320


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no form at all",
        form(b"x", "picture").replace(b'; filename="me.png"', b""),
        form(pictures.png())[:-20],
        b"------hub7f3\r\n" * 250_000,
        form(b""),
    ],
    ids=["empty", "no form", "other field", "cut", "only boundaries", "empty file"],
)
def test_form_without_a_file_names_the_field(person: Chat, body: bytes) -> None:
    answer = upload(person, body, FORM)
    assert answer.status == 422, answer.body
    assert list(answer.json["error"]["fields"]) == ["file"]


@pytest.mark.parametrize("name", pictures.HOSTILE)
def test_hostile_upload_is_refused_and_leaves_nothing(person: Chat, worker: FakeAws, name: str) -> None:
    answer = upload(person, pictures.HOSTILE[name]())
    assert answer.status in (413, 415, 422), answer.body
    if answer.status == 422:
        assert list(answer.json["error"]["fields"]) == ["file"]
    assert worker.objects == {}
    assert person.get(f"/api/companions/{person.companion_id}").json["picture"] is None


@pytest.mark.parametrize(
    ("name", "status"),
    [("144 megapixels in 17 KB", 413), ("SVG", 415), ("TIFF", 415), ("truncated JPEG", 422), ("empty", 422)],
)
def test_refusal_has_the_right_status(person: Chat, name: str, status: int) -> None:
    assert upload(person, pictures.HOSTILE[name]()).status == status


def test_upload_over_the_limit_is_413(person: Chat) -> None:
    answer = upload(person, b"\x89PNG\r\n\x1a\n" + bytes(4_400_000))
    assert (answer.status, answer.error) == (413, "too_large")


@pytest.mark.parametrize(
    ("crop", "field"),
    [
        ({"x": -0.1}, "x"),
        ({"width": 0}, "width"),
        ({"x": "nan"}, "x"),
        ({"x": 0.6, "width": 0.6}, "width"),
        ({"y": 0.6, "height": 0.6}, "height"),
    ],
)
def test_impossible_crop_names_the_field(person: Chat, crop: dict[str, Any], field: str) -> None:
    answer = upload(person, pictures.png(), **crop)
    assert answer.status == 422
    assert list(answer.json["error"]["fields"]) == [field]


def test_nothing_of_the_original_survives_the_upload(person: Chat, worker: FakeAws) -> None:
    assert upload(person, pictures.located_jpeg(), "image/jpeg").status == 201
    assert len(worker.objects) == 6
    assert not [key for key, content in worker.objects.items() if pictures.CANARY in content]


def test_upload_while_the_store_is_away_is_503_and_leaves_nothing(person: Chat, worker: FakeAws) -> None:
    worker.broken.add("s3")
    answer = upload(person, pictures.png())
    worker.broken.clear()
    assert (answer.status, answer.error) == (503, "unavailable")
    assert answer.headers["retry-after"]
    bootstrap.picture_store().collect()


# --- gallery and deletion ---------------------------------------------------------------------------------------------


def test_gallery_pages_newest_first(person: Chat) -> None:
    made = [upload(person, pictures.png((40, 40))).json["id"] for _ in range(5)]
    seen: list[str] = []
    page = gallery(person.browser, person.companion_id, limit=2)
    while page["next"]:
        seen += [item["id"] for item in page["items"]]
        page = gallery(person.browser, person.companion_id, limit=2, before=page["next"])
    seen += [item["id"] for item in page["items"]]
    assert seen == made[::-1]
    assert [item["id"] for item in gallery(person.browser)["items"]] == seen


def test_gallery_of_one_companion_shows_only_its_own(person: Chat) -> None:
    other = person.post("/api/companions", {"name": "Nora"}).json["id"]
    upload(person, pictures.png((40, 40)))
    assert gallery(person.browser, other) == {"items": [], "next": None}


@pytest.mark.parametrize("limit", [0, 101, "x"])
def test_wrong_limit_names_the_field(person: Chat, limit: object) -> None:
    answer = person.browser.get(image_api, "/api/images", limit=limit)
    assert answer.status == 422
    assert list(answer.json["error"]["fields"]) == ["limit"]


def test_deleted_picture_is_gone_with_its_files(person: Chat, worker: FakeAws) -> None:
    image = upload(person, pictures.png()).json
    assert person.browser.delete(image_api, f"/api/images/{image['id']}").status == 204
    assert worker.objects == {}
    assert person.get(f"/api/companions/{person.companion_id}").json["picture"] is None
    assert person.browser.delete(image_api, f"/api/images/{image['id']}").status == 404


def test_picture_is_deleted_while_the_store_is_away_and_its_files_go_later(person: Chat, worker: FakeAws) -> None:
    first, second = (upload(person, pictures.png()).json for _ in range(2))
    worker.broken.add("s3")
    assert person.browser.delete(image_api, f"/api/images/{first['id']}").status == 204
    worker.broken.clear()
    assert len(worker.objects) == 8
    assert person.browser.delete(image_api, f"/api/images/{second['id']}").status == 204
    assert worker.objects == {}


def test_drawn_picture_can_become_the_profile_picture(person: Chat) -> None:
    image = drawn(person)
    path = f"/api/companions/{person.companion_id}"
    assert person.patch(path, {"picture_id": image["id"]}).json["picture"]["id"] == image["id"]


# --- whose it is ------------------------------------------------------------------------------------------------------


def test_other_person_finds_nothing(person: Chat, worker: FakeAws) -> None:
    image = upload(person, pictures.png()).json
    stranger = new_person()
    files = dict(worker.objects)
    for companion in (person.companion_id, str(uuid4()), "nonsense"):
        path = f"/api/companions/{companion}"
        assert stranger.get(image_api, f"{path}/images").status == 404
        assert stranger.post(image_api, f"{path}/images", {}).status == 404
        answer = stranger.request(
            image_api, "POST", f"{path}/picture", body=pictures.png(), headers={"content-type": "image/png"}
        )
        assert answer.status == 404
    assert stranger.delete(image_api, f"/api/images/{image['id']}").status == 404
    assert gallery(stranger) == {"items": [], "next": None}
    assert worker.objects == files


def test_strangers_are_turned_away_before_their_file_is_looked_at(person: Chat) -> None:
    answers = [upload(person, body, browser=new_person()).status for body in (b"", pictures.SVG, bytes(4_500_000))]
    assert answers == [404, 404, 404]


# --- nothing private in the logs ----------------------------------------------------------------------------------------


def test_no_prompt_stands_in_the_logs(
    person: Chat, sd: FakeStableDiffusion, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = "CANARYPROMPT"
    sd.script(Drawing(), "500", "500", "500", "truncated")
    for _ in range(3):
        person.run_turn(draw(person, {"prompt": f"holding a {secret}"}))
    assert secret in json.dumps(sd.requests)
    logged = "".join(str(vars(record)) for record in caplog.records)
    assert "ImageRejectedError" in logged
    printed = capsys.readouterr()
    assert "ImageModelLatency" in printed.out
    assert secret not in logged + printed.out + printed.err


def test_reserved_keys_are_not_due_until_released(database: Database) -> None:
    with database.transaction() as connection:
        discarded_objects.reserve(connection, ["media/x/1.jpg"], seconds=60)
        assert discarded_objects.lock_due(connection, limit=10).keys == []
        discarded_objects.release(connection, ["media/x/1.jpg"])
        assert discarded_objects.lock_due(connection, limit=10) == (["media/x/1.jpg"], ["media/x/1.jpg"])
        discarded_objects.forget(connection, ["media/x/1.jpg"])


# --- checkpoints and LoRAs -----------------------------------------------------------------------------------------------


def test_companion_is_drawn_with_its_own_networks_and_the_picture_says_so(
    person: Chat, sd: FakeStableDiffusion
) -> None:
    sd.loras.append("mara-face")
    path = f"/api/companions/{person.companion_id}"
    changed = person.patch(path, {"checkpoint": "fake-portrait-v1", "loras": [{"name": "mara-face", "weight": 0.7}]})
    assert (changed.json["checkpoint"], changed.json["loras"]) == (
        "fake-portrait-v1",
        [{"name": "mara-face", "weight": 0.7}],
    )
    picture = drawn(person, {"prompt": "<lora:evil:2> smiling"})
    assert sd.requests[-1]["prompt"].count("<lora:") == 1
    assert sd.requests[-1]["prompt"].endswith(" <lora:mara-face:0.7>")
    assert sd.requests[-1]["override_settings"] == {"sd_model_checkpoint": "fake-portrait-v1"}
    assert picture["settings"]["loras"] == ["mara-face:0.7"]
    assert "missing" not in picture["settings"]
    back = person.patch(path, {"checkpoint": "", "loras": []})
    assert (back.json["checkpoint"], back.json["loras"]) == (None, [])


def test_networks_to_choose_from_are_those_of_the_image_server(person: Chat, sd: FakeStableDiffusion) -> None:
    sd.loras.extend(["mara-face", "film grain"])
    assert person.get("/api/options/image-models").json == {
        "checkpoints": ["fake-portrait-v1"],
        "loras": ["film grain", "mara-face"],
    }


@pytest.mark.parametrize(
    "loras",
    [
        [{"name": "x:2> <lora:evil"}],
        [{"name": "a>b"}],
        [{"name": "../secret"}],
        [{"name": "x", "weight": 9}],
        [{"name": "x"}] * 5,
        [{"name": "x", "path": "/"}],
        [{"name": ""}],
    ],
    ids=str,
)
def test_no_name_of_a_network_can_carry_prompt_syntax(person: Chat, loras: list[dict[str, Any]]) -> None:
    answer = person.patch(f"/api/companions/{person.companion_id}", {"loras": loras})
    assert answer.status == 422
