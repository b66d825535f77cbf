"""Canaries: what is private is sent through every flow, errors forced, and looked for where it must not be (item 15).

Logs and metrics of the functions, errors that reach Lambda's runtime, what others receive, the database's rate limits;
``test_nothing_private_is_in_what_is_deployed`` looks through the bundles and the built page.
"""

import io
import json
import logging
import re
from collections.abc import Generator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from companion_hub import bootstrap
from companion_hub.errors import HubError
from companion_hub.observability import logger
from companion_hub.services import accounts as accounts_module
from companion_hub.services import generate_reply
from devtools.config import ROOT
from functions.auth.handler import handler as auth
from functions.chat.handler import handler as chat_api
from functions.image.handler import handler as image
from infra import bundle
from tests.conftest import forget_worker
from tests.fakes.aws import FakeAws
from tests.fakes.chat import Chat
from tests.fakes.fake_llm import FakeLanguageModel, Reply
from tests.fakes.gateway import Answer, Browser, Context, http_event
from tests.fakes.machine import call_step
from tests.fakes.people import new_person, registration
from tests.integration.conftest import chat, llm  # noqa: F401 - fixtures
from tests.integration.test_card_exchange import CARD, charx, png

TEXT = "CANARYTEXT"
KEY = "sk-CANARYKEY"
PASSWORD = "CANARYPASSWORD"
EMAIL = "canarymail"
NAME = "CANARYNAME"


class Watch:
    """Everything the functions have printed and logged so far."""

    def __init__(self, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
        self._caplog, self._capfd = caplog, capfd
        self.seen = ""
        self.canaries = [TEXT, KEY, PASSWORD, EMAIL, NAME]

    def read(self) -> str:
        out, err = self._capfd.readouterr()
        self.seen += out + err
        # The fixture reads after the test, when caplog.records is about the teardown.
        return self.seen + "".join(str(vars(record)) for record in self._caplog.get_records("call"))

    def found(self) -> list[str]:
        seen = self.read().lower()
        return [canary for canary in self.canaries if canary.lower() in seen]


@pytest.fixture
def watch(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Generator[Watch]:
    caplog.set_level("INFO")
    made = Watch(caplog, capfd)
    yield made
    assert "request" in made.read()  # it does look at the right place
    assert made.found() == []


@pytest.fixture
def secret_key(worker: FakeAws) -> Generator[None]:
    before = worker.secrets["provider"]
    worker.secrets["provider"] = json.dumps({"NOVITA_KEY": KEY, "SD_API_AUTH": f"user:{KEY}"})
    forget_worker()
    yield
    bootstrap.language_model().close()
    bootstrap.image_model().close()
    worker.secrets["provider"] = before
    forget_worker()


def test_accounts_flows_tell_no_log(worker: FakeAws, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    person = Browser()
    account = registration(f"{EMAIL}_{uuid4().hex[:6]}", password=PASSWORD, name=NAME)
    assert person.post(auth, "/api/auth/register", account).status == 201
    watch.canaries.append(person.cookies["session"])
    watch.canaries.append(person.cookies["CloudFront-Signature"])
    for identifier, password in ((account["email"], PASSWORD), (account["username"], f"{PASSWORD}-wrong")):
        Browser().post(auth, "/api/auth/login", {"identifier": identifier, "password": password})
    assert Browser().post(auth, "/api/auth/register", account).status == 409
    assert Browser().post(auth, "/api/auth/register", account | {PASSWORD: EMAIL}).status == 422
    new = {"current_password": PASSWORD, "new_password": f"{PASSWORD}-new"}
    assert person.post(auth, "/api/me/password", new).status == 204
    assert person.patch(auth, "/api/me", {"name": NAME, "email": f"{EMAIL}2@example.org"}).status == 200
    assert person.get(auth, "/api/me/export").status == 200
    broken = person.request(auth, "PATCH", "/api/me", body=f'{{"name": "{NAME}"'.encode())
    assert broken.status == 422
    # The database goes, and something nobody expected happens with the password in its message.
    before = worker.secrets["database"]
    worker.secrets["database"] = json.dumps(json.loads(before) | {"host": "/nowhere", "password": PASSWORD})
    forget_worker()
    down = Browser().post(auth, "/api/auth/login", {"identifier": account["email"], "password": PASSWORD})
    worker.secrets["database"] = before
    forget_worker()
    assert down.status == 503

    def fail(*_: object, **__: object) -> bool:
        raise RuntimeError(f"{PASSWORD} {EMAIL}")

    monkeypatch.setattr(accounts_module, "check_password", fail)
    answer = Browser().post(auth, "/api/auth/login", {"identifier": account["email"], "password": PASSWORD})
    assert answer.status == 500
    for leaked in (answer, down, broken):
        assert not [canary for canary in watch.canaries if canary.lower() in leaked.body.decode().lower()]


SCRIPTS = {
    "answers": Reply(f"{TEXT} is what she says"),
    "refuses the key and repeats it": Reply(status=401, raw=json.dumps({"error": f"bad key {KEY} {TEXT}"}).encode()),
    "fails and repeats the prompt": Reply(status=500, raw=f"{TEXT} {KEY}".encode()),
    "answers garbage": Reply(raw=f"{TEXT} {KEY}\n".encode() * 50),
    "stops halfway": Reply(chunks=[TEXT, " and"], cut=True),
    "is filtered": Reply(f"{TEXT}", finish="content_filter"),
}


@pytest.mark.usefixtures("secret_key")
@pytest.mark.parametrize("name", SCRIPTS)
def test_turn_tells_no_log_and_no_other_user(
    chat: Chat,  # noqa: F811
    llm: FakeLanguageModel,  # noqa: F811
    watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    monkeypatch.setattr(generate_reply, "FIRST_PAUSE_S", 0.01)
    stranger = Chat(chat.aws, llm)
    chat.patch(f"/api/companions/{chat.companion_id}", {"name": NAME, "system_prompt": TEXT})
    llm.script(*[SCRIPTS[name]] * 6)
    llm.script_analysis(Reply(raw=f"{TEXT} {KEY}".encode()), Reply(raw=f"{TEXT} {KEY}".encode()))
    turn = chat.say(f"{TEXT} I wear a {TEXT} at {TEXT}")
    assert turn["status"] in ("done", "failed")
    assert KEY in json.dumps(llm.keys)  # the key was really in play
    assert KEY not in json.dumps(turn) + json.dumps(chat.messages())
    llm.forget()
    chat.get("/api/messages/search", q=TEXT)
    chat.post(f"/api/companions/{chat.companion_id}/memories", {"text": TEXT})
    assert stranger.frames() == []
    others = [stranger.get(path).body.decode() for path in ("/api/companions", "/api/health/ready", "/api/options")]
    others.append(stranger.browser.get(auth, "/api/me/export").body.decode())
    assert not [text for text in others if TEXT in text or NAME in text or KEY in text]


@pytest.mark.usefixtures("secret_key")
def test_cards_memories_branches_and_pictures_tell_no_log_and_no_other_user(
    chat: Chat,  # noqa: F811
    llm: FakeLanguageModel,  # noqa: F811
    watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stranger = Chat(chat.aws, llm)
    kind = {"content-type": "application/octet-stream"}

    def bring_in(body: bytes) -> Answer:
        return chat.browser.request(image, "POST", "/api/companions/import", body=body, headers=kind)

    book = {"entries": [{"keys": [TEXT, "(((" + TEXT], "use_regex": True, "content": TEXT, "enabled": True}]}
    texts = {name: TEXT for name in CARD["data"] if isinstance(CARD["data"][name], str)}
    card = {**CARD, "data": {**CARD["data"], **texts, "name": NAME, "character_book": book}}
    made = bring_in(json.dumps(card).encode())
    assert made.status == 201
    for broken in (json.dumps(card).encode()[:-3], charx(card)[:300], json.dumps({TEXT: NAME}).encode(), png()):
        assert bring_in(broken).status == 422
    chat.companion_id = made.json["id"]
    path = f"/api/companions/{chat.companion_id}"
    memory = chat.post(f"{path}/memories", {"text": f"{TEXT} {EMAIL}"}).json
    chat.patch(f"/api/memories/{memory['id']}", {"text": f"{TEXT} again"})
    assert chat.post(f"{path}/memories", {"text": TEXT * 1_000}).status == 422
    chat.post(f"{path}/prepare", {})
    chat.say(f"{TEXT} {EMAIL}")
    reply = chat.messages()[-1]["id"]
    assert chat.post(f"/api/messages/{reply}/branch", {}).status in (200, 201)
    assert chat.get(f"/api/turns/{chat.messages()[-1]['turn_id']}/prompt").status in (200, 404)
    for query in (TEXT, f'"{TEXT} & (', f"{TEXT}\x00"):
        chat.get("/api/messages/search", q=query)
        chat.get(f"{path}/messages/search", q=query)
    for format_ in ("json", "charx", "png"):
        assert chat.browser.get(image, f"{path}/card", format=format_, memories="true").status == 200
    assert chat.browser.request(image, "POST", f"{path}/picture", body=TEXT.encode() * 9, headers=kind).status == 415
    chat.browser.post(image, f"{path}/images", {"prompt": f"{TEXT} at the sea"})
    chat.get("/api/options/image-models")

    def fail(*_: object, **__: object) -> Any:
        raise psycopg.errors.CheckViolation(f"Failing row contains ({TEXT}, {NAME}, {KEY})")

    monkeypatch.setattr(bootstrap, "card_exchange", fail)
    failed = bring_in(json.dumps(card).encode())
    assert failed.status == 500
    assert TEXT not in failed.body.decode()
    others = [stranger.get(path).body for path in ("/api/companions", "/api/options", "/api/options/image-models")]
    others.append(stranger.browser.get(image, "/api/images").body)
    others.append(stranger.get("/api/messages/search", q=TEXT).body)
    assert not [body for body in others if TEXT.encode() in body or NAME.encode() in body or KEY.encode() in body]
    assert stranger.frames() == []


@pytest.mark.parametrize(
    "error", [ValueError, psycopg.errors.CheckViolation, KeyError], ids=lambda error: error.__name__
)
@pytest.mark.parametrize("state", ["AnalyzeContext", "GenerateReply", "ReanalyzeContext", "UpdateState"])
def test_unexpected_error_of_a_state_reaches_the_runtime_without_its_message(
    chat: Chat,  # noqa: F811
    watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
    state: str,
    error: type[Exception],
) -> None:
    """Lambda's runtime logs what is raised and Step Functions keeps it; PostgreSQL's errors repeat the whole row."""
    from companion_hub.repositories import claims

    sent = chat.send("Hello")
    turn_id = sent.json["turn"]["id"]

    def fail(*_: object, **__: object) -> None:
        raise error(f"Failing row contains ({TEXT}, {EMAIL})")

    monkeypatch.setattr(claims, "claim", fail)
    payload = {"turn_id": turn_id, "execution": turn_id, "retry_count": 0, **chat.aws.executions[turn_id]}
    with pytest.raises(HubError) as raised:
        call_step(state, payload)
    assert TEXT not in str(raised.value)
    assert raised.value.__suppress_context__
    assert str(raised.value) == error.__name__
    assert "unexpected error" in watch.read()


def test_unexpected_error_of_a_route_is_told_to_nobody(
    chat: Chat,  # noqa: F811
    watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail() -> Any:
        raise psycopg.errors.NotNullViolation(f"Failing row contains ({TEXT})")

    monkeypatch.setattr(bootstrap, "send_message", fail)
    answer = chat.send(TEXT)
    assert answer.status == 500
    assert answer.json["error"]["code"] == "internal"
    assert TEXT not in answer.body.decode()
    assert "NotNullViolation" in watch.read()


@pytest.mark.usefixtures("worker")
def test_nothing_sent_begins_a_line_of_the_log() -> None:
    """Every line of the log is one JSON object of ours, whatever the request is made of."""
    planted = '\n{"level":"ERROR","message":"planted"}\r\n\x1b[2J\u2028planted'
    person = new_person()
    made = person.post(chat_api, "/api/companions", {"name": "Mara"}).json["id"]
    written = io.StringIO()
    listener = logging.StreamHandler(written)
    listener.setFormatter(logger.registered_formatter)
    logger.addHandler(listener)
    headers = {"user-agent": planted, "x-request-id": planted, "content-type": f"application/json; x={planted}"}
    for handler, method, path in (
        (chat_api, "GET", f"/api/companions/{planted}"),
        (chat_api, "POST", f"/api/companions/{made}/messages"),
        (chat_api, "PATCH", f"/api/messages/{planted}"),
        (image, "POST", "/api/companions/import"),
    ):
        body = json.dumps({"client_message_id": str(uuid4()), "text": planted, planted: planted}).encode()
        handler(http_event(method, path, body=body, headers=headers, cookies=person.cookies), Context())
        handler(http_event(method, path, headers=headers, cookies={"session": planted}), Context())
    logger.handlers.remove(listener)
    lines = written.getvalue().splitlines()
    assert len(lines) == 8
    assert {json.loads(line)["message"] for line in lines} == {"request"}
    assert "planted" not in written.getvalue()


# --- what is deployed -------------------------------------------------------------------------------------------------

LOOKS_LIKE_A_SECRET = {
    "AWS key": rb"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "private key": rb"-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----\s*\n[A-Za-z0-9+/]{40}",
    "provider's key": rb"\bsk[-_][A-Za-z0-9]{20,}\b",
    "token": rb"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.",
    "password in an address": rb"\bpostgres(?:ql)?://[^\s:/@]+:[^\s@{]+@",
    "path of the machine that built it": b"|".join(re.escape(f"{folder}/".encode()) for folder in (ROOT, Path.home())),
    "source map": rb"sourceMappingURL=",
}


def deployed_files() -> list[Path]:
    folders = [bundle.common_layer(), *(bundle.function_bundle(area) for area in ("auth", "chat", "image", "stream"))]
    dist = ROOT / "frontend" / "dist"
    built = [path for path in dist.rglob("*") if path.is_file() and path.name != ".stamp"] if dist.exists() else []
    return [path for folder in folders for path in Path(folder).rglob("*") if path.is_file()] + built


def test_nothing_private_is_in_what_is_deployed() -> None:
    files = deployed_files()
    assert len(files) > 50
    assert not [path for path in files if path.name.startswith(".env") or path.suffix in (".map", ".key")]
    found = [
        (kind, str(path.relative_to(ROOT)))
        for path in files
        for kind, pattern in LOOKS_LIKE_A_SECRET.items()
        if re.search(pattern, path.read_bytes())
    ]
    assert found == []


def test_no_secret_is_committed() -> None:
    import subprocess

    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.split(b"\0")
    kinds = ("AWS key", "private key", "provider's key", "token")
    found = [
        (kind, name.decode())
        for name in listed
        if name and (ROOT / name.decode()).is_file()
        for kind in kinds
        if re.search(LOOKS_LIKE_A_SECRET[kind], (ROOT / name.decode()).read_bytes())
    ]
    assert found == []
