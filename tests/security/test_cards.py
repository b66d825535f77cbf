"""Cards of strangers, through the route that takes them: nothing fetched, nothing escapes, nothing exhausts (item 11).

What is inside the formats is in tests/unit/test_cards.py; addresses inside a card are in test_outward.py.
"""

import io
import json
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from devtools.config import ROOT
from functions.image.handler import handler as image_api
from functions.image.upload import MAX_UPLOAD_BYTES
from tests.fakes.aws import FakeAws
from tests.fakes.chat import Chat
from tests.fakes.edge import handler_of
from tests.fakes.gateway import Answer, Browser
from tests.fakes.people import new_person
from tests.integration.conftest import chat, llm  # noqa: F401 - fixtures
from tests.integration.test_card_exchange import CARD, charx, in_png, png

IMPORT = "/api/companions/import"
# Of processor: on a busy machine the clock tells who else was there.
MAX_S = 2.0
# The whole process: interpreter, boto3, database driver and picture library included.
MAX_KB = 150_000
REFUSED = (413, 415, 422)


@pytest.fixture(scope="module")
def person(worker: FakeAws) -> Browser:
    return new_person()


def bring_in(browser: Browser, body: bytes) -> Answer:
    """Import a file; the processor's time is looked at every time."""
    start = time.process_time()
    kind = {"content-type": "application/octet-stream"}
    answer = browser.request(image_api, "POST", IMPORT, body=body, headers=kind)
    assert time.process_time() - start < MAX_S
    return answer


def zipped(files: Iterable[tuple[str, bytes]], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for path, content in files:
            archive.writestr(zipfile.ZipInfo(path), content, method)
    return buffer.getvalue()


def plain() -> bytes:
    return json.dumps(CARD).encode()


def lying_zip() -> bytes:
    """A zip whose directory says that 60 MB are 100 bytes."""
    made = bytearray(zipped([("card.json", plain()), ("a.bin", b"\0" * 60_000_000)]))
    size = (60_000_000).to_bytes(4, "little")
    while (at := made.find(size)) >= 0:
        made[at : at + 4] = (100).to_bytes(4, "little")
    return bytes(made)


def overlapping_zip() -> bytes:
    """Thousands of names for one and the same compressed megabyte."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("card.json", plain())
        archive.writestr("a.bin", b"\0" * 1_000_000)
        kernel = archive.infolist()[-1]
        for number in range(5_000):
            copy = zipfile.ZipInfo(f"{number}.bin")
            for name in ("header_offset", "compress_type", "CRC", "compress_size", "file_size"):
                setattr(copy, name, getattr(kernel, name))
            archive.filelist.append(copy)
        archive._didModify = True  # pyright: ignore[reportAttributeAccessIssue] - so that the directory is written
    return buffer.getvalue()


def text_chunk(keyword: bytes, text: bytes) -> bytes:
    import struct
    import zlib

    payload = keyword + b"\0" + text
    chunk = struct.pack(">I", len(payload)) + b"tEXt" + payload + struct.pack(">I", zlib.crc32(b"tEXt" + payload))
    picture = png()
    return picture[:-12] + chunk + picture[-12:]


def deep_json() -> bytes:
    return b'{"spec":"chara_card_v3","data":' + b'{"a":' * 200_000 + b"1" + b"}" * 200_001


def many_keys() -> bytes:
    return json.dumps({**CARD, "data": {**CARD["data"], **{f"k{i}": i for i in range(100_000)}}}).encode()


# Files that must be refused, by name.
HOSTILE: dict[str, Callable[[], bytes]] = {
    "60 MB of zeros in 60 KB": lambda: zipped([("card.json", plain()), ("a.bin", b"\0" * 60_000_000)]),
    "a zip that lies about its size": lying_zip,
    "5,000 names for one megabyte": overlapping_zip,
    "card.json of 50 MB": lambda: zipped([("card.json", b"[" + b" " * 50_000_000 + b"]")]),
    "10,000 files": lambda: zipped([("card.json", plain()), *((f"{i}", b"x") for i in range(10_000))]),
    "out of the archive": lambda: zipped([("card.json", plain()), ("../../etc/passwd", b"x")]),
    "out of the archive, Windows": lambda: zipped([("card.json", plain()), ("..\\..\\boot.ini", b"x")]),
    "from the root": lambda: zipped([("card.json", plain()), ("/etc/passwd", b"x")]),
    "from a drive": lambda: zipped([("card.json", plain()), ("C:/boot.ini", b"x")]),
    "no card": lambda: zipped([("readme.txt", b"x")]),
    "half a zip": lambda: charx(CARD)[:200],
    "200,000 levels": deep_json,
    "text chunk of 4 MB": lambda: text_chunk(b"ccv3", b"A" * 4_000_000),
    "text chunk that is no base64": lambda: text_chunk(b"ccv3", b"\xff" * 1_000),
    "picture without a card": png,
    "numbers that are none": lambda: plain().replace(b'"Keep it short."', b"1e999"),
    "a name of nothing": lambda: plain().replace(b'"Ilse"', b'"  "'),
    "a description of 2 MB": lambda: json.dumps({**CARD, "data": {**CARD["data"], "description": "x" * 1_900_000}}).encode(),
    "HTML": lambda: b"<html><script>alert(1)</script>",
    "nothing": lambda: b"",
    "over the limit": lambda: b"{" + b" " * MAX_UPLOAD_BYTES,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_card_is_refused_and_leaves_nothing(person: Browser, worker: FakeAws, name: str) -> None:
    worker.objects.clear()
    before = person.get(handler_of("/api/companions"), "/api/companions", limit=100).body
    answer = bring_in(person, HOSTILE[name]())
    assert answer.status in REFUSED, answer.body
    assert person.get(handler_of("/api/companions"), "/api/companions", limit=100).body == before
    assert worker.objects == {}


MEASURE = """
import json, sys, time
from pathlib import Path
from functions.image.handler import handler
from tests.fakes.gateway import Browser
person = Browser()
person.cookies = json.loads(sys.argv[2])
figures = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    body, start = path.read_bytes(), time.process_time()
    answer = person.request(handler, "POST", "/api/companions/import", body=body,
                            headers={"content-type": "application/octet-stream"})
    figures[path.name] = (answer.status, time.process_time() - start)
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print("FIGURES", json.dumps({"requests": figures, "peak_kb": int(peak.split()[1])}))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_refusing_a_card_takes_under_2_seconds_and_150_megabytes(person: Browser, tmp_path: Path) -> None:
    for number, make in enumerate(HOSTILE.values()):
        (tmp_path / f"{number:02}").write_bytes(make())
    command = [sys.executable, "-c", MEASURE, str(tmp_path), json.dumps(person.cookies)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    line = next(line for line in run.stdout.splitlines() if line.startswith("FIGURES "))
    figures = json.loads(line.removeprefix("FIGURES "))
    assert len(figures["requests"]) == len(HOSTILE)
    assert {status for status, _ in figures["requests"].values()} <= set(REFUSED)
    assert max(seconds for _, seconds in figures["requests"].values()) < MAX_S
    assert figures["peak_kb"] < MAX_KB


# --- fuzz -------------------------------------------------------------------------------------------------------------

texts = st.text(st.characters(), max_size=30)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
FIELDS = [*CARD["data"], "character_book", "extensions", "group_only_greetings", "creation_date", "avatar"]
datas = st.dictionaries(st.sampled_from(FIELDS), values, max_size=6)
books = st.fixed_dictionaries(
    {"entries": st.lists(st.dictionaries(st.sampled_from([
        "keys", "content", "enabled", "insertion_order", "use_regex", "selective", "secondary_keys", "constant",
        "position", "priority", "id", "extensions", "case_sensitive", "name", "comment",
    ]), values, max_size=6) | values, max_size=3)},
    optional={"scan_depth": values, "token_budget": values, "recursive_scanning": values, "name": values},
)  # fmt: skip


def json_of(value: object) -> bytes:
    return json.dumps(value).encode("utf-8", "surrogatepass")


cards = st.builds(
    lambda spec, odd, book, keep: json_of({
        **spec, "data": {**(CARD["data"] if keep else {"name": "Ilse"}), **odd, **({"character_book": book} if book else {})}
    }),
    st.sampled_from([{"spec": "chara_card_v3", "spec_version": "3.0"}, {"spec": "chara_card_v2"}, {"spec": 7}, {}]),
    datas,
    st.none() | books,
    st.booleans(),
)  # fmt: skip
paths = st.text(st.sampled_from("ab./\\:\0 é"), min_size=1, max_size=12)
archives = st.builds(
    lambda card, files, method: zipped([("card.json", card), *files], method=method),
    cards,
    st.lists(st.tuples(paths, st.binary(max_size=40)), max_size=4),
    st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]),
)
WHOLE = [in_png(CARD), charx(CARD, **{"assets/icon.png": png("navy")}), plain()]


def damaged(body: bytes, cuts: list[tuple[int, bytes]], end: int) -> bytes:
    made = bytearray(body)
    for at, new in cuts:
        start = at % len(made)
        made[start : start + len(new)] = new
    return bytes(made[: len(made) - end % len(made)])


damage = st.builds(
    damaged,
    st.sampled_from(WHOLE),
    st.lists(st.tuples(st.integers(0, 10**6), st.binary(min_size=1, max_size=6)), max_size=5),
    st.just(0) | st.integers(0, 10**6),
)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.usefixtures("worker")
@settings(
    max_examples=1_000 if "HUB_TEST_LONG" in os.environ else 80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(cards | archives | damage | st.binary(max_size=100))
@example(json_of({"name": "\ud800", "first_mes": "\x00"}))
@example(json_of({"data": {"name": {"first": "Ilse"}, "character_book": {"entries": {"0": {"keys": 5}}}}}))
@example(json_of({"data": {"name": "Ilse", "assets": [{"type": "icon", "uri": "embeded://\x00"}]}}))
def test_any_card_is_taken_or_refused(person: Browser, body: bytes) -> None:
    """Never an unexpected error; what is taken can be read and exported in every format."""
    answer = bring_in(person, body)
    assert answer.status in (201, *REFUSED), answer.body
    if answer.status != 201:
        assert set(answer.json["error"]["fields"]) == {"file"} if answer.status == 422 else True
        return
    path = f"/api/companions/{answer.json['id']}"
    assert person.get(handler_of(path), path).status == 200
    for format_ in ("json", "png", "charx"):
        given_out = person.get(image_api, f"{path}/card", format=format_)
        assert given_out.status == 200, given_out.body
        assert given_out.headers["content-disposition"].startswith("attachment; ")
    assert person.request(handler_of(path), "DELETE", path).status in (200, 204)


# --- what a card does later -------------------------------------------------------------------------------------------


def test_regular_expression_of_a_card_cannot_hold_up_a_turn(chat: Chat) -> None:  # noqa: F811
    """Keys of a lorebook are run over what is said: each has its time, all together too."""
    entries = [
        {"keys": [f"/^({letters}+)+$/"], "content": "Never.", "enabled": True, "use_regex": True, "insertion_order": n,
         "extensions": {}}
        for n, letters in enumerate(["a", "[a-z]", "(a|aa)", "\\w"] * 10)
    ]  # fmt: skip
    card = {**CARD, "data": {**CARD["data"], "character_book": {"entries": entries, "extensions": {}}}}
    made = bring_in(chat.browser, json.dumps(card).encode())
    assert made.status == 201, made.body
    chat.companion_id = made.json["id"]
    start = time.process_time()
    turn = chat.say("a" * 4_000 + "!")
    assert turn["status"] == "done"
    assert time.process_time() - start < MAX_S


MARKUP = '<img src=x onerror=alert(1)><script>fetch("https://evil.example")</script>'


def test_markup_of_a_card_comes_back_as_text(person: Browser) -> None:
    """It is the page that shows it as text (its own tests); the API never answers with anything a browser runs."""
    data = {**CARD["data"], "name": MARKUP[:40], "first_mes": MARKUP, "tags": [MARKUP]}
    made = bring_in(person, json.dumps({**CARD, "data": data}).encode())
    assert made.status == 201
    given_out = person.get(image_api, f"/api/companions/{made.json['id']}/card", format="json")
    assert given_out.headers["content-disposition"].startswith("attachment; ")
    assert "<" not in given_out.headers["content-disposition"]
    for answer in (made, given_out):
        assert answer.headers["content-type"].startswith("application/json")
        assert answer.headers["x-content-type-options"] == "nosniff"
