"""Canaries in a whole running copy: what a person tells is in no log of any part, and not in what is deployed (item 15)."""

import json
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from devtools.config import ROOT
from tests.e2e.conftest import Hub, Person
from tests.fakes.fake_llm import Reply

pytestmark = pytest.mark.e2e


class Told(Person):
    """A person all of whose secrets are known."""

    def __init__(self, hub: Hub) -> None:
        super().__init__(hub)
        self.word = f"canary{uuid4().hex[:12]}"
        cookies = dict(part.split("=", 1) for part in self.cookie.split("; "))
        own = json.loads((hub.data_dir / "secrets.json").read_text(encoding="utf-8"))
        self.secrets = {
            "text": self.word,
            "e-mail": f"{self.login['identifier']}@example.com",
            "password": self.login["password"],
            "session": cookies["session"],
            "picture cookie": cookies["CloudFront-Signature"],
            "pepper": own["pepper"],
            "origin secret": own["origin"],
            "session key": own["session_keys"][0]["secret"],
            "database password": own["database_password"],
        }

    def found_in(self, files: list[Path]) -> list[tuple[str, str]]:
        """Return which secret is in which file."""
        texts = {path: path.read_bytes() for path in files}
        return [
            (name, path.name)
            for path, text in texts.items()
            for name, secret in self.secrets.items()
            if secret.encode() in text
        ]


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def story(hub: Hub, person: Told) -> None:
    word = person.word
    companion = person.companion(name=word, system_prompt=f"Remember {word}.")
    path = f"companions/{companion['id']}"
    person.http.post(f"{path}/memories", json={"text": f"Likes {word}."}).raise_for_status()
    hub.llm.script(Reply(f"You said {word}."))
    assert person.talk(companion["id"], f"I wear a {word} at the {word}", want_image=True)["status"] == "done"
    hub.llm.script(*[Reply(status=500, raw=word.encode())] * 8)
    person.talk(companion["id"], f"{word} again")
    hub.llm.forget()
    card = person.http.get(f"{path}/card", params={"format": "json"}).raise_for_status()
    binary = {"Content-Type": "application/octet-stream"}
    assert person.http.post("companions/import", content=card.content, headers=binary).status_code == 201
    assert person.http.post("companions/import", content=card.content[:-5], headers=binary).status_code == 422
    person.http.get("messages/search", params={"q": word}).raise_for_status()
    person.http.get("me/export").raise_for_status()
    wrong = {"identifier": person.login["identifier"], "password": f"{word}-wrong"}
    assert person.http.post("auth/login", json=wrong).status_code == 401
    assert person.http.post("auth/register", json={word: word}).status_code == 422
    assert httpx.get(f"{hub.url}/api/{word}").status_code in (401, 404)


def test_no_log_of_a_running_copy_knows_what_was_said(hub: Hub) -> None:
    person = Told(hub)
    try:
        story(hub, person)
    finally:
        person.http.close()
    logs = [path for path in [*files_in(hub.data_dir / "logs"), hub.data_dir / "up.log"] if path.exists()]
    assert any(b"request" in path.read_bytes() for path in logs)  # the right place
    assert person.found_in(logs) == []
    deployed = [*files_in(hub.data_dir / "cdk.out"), *files_in(ROOT / "frontend" / "dist")]
    assert len(deployed) > 20
    assert person.found_in(deployed) == []
