"""Plays a story of twenty turns on a running copy and writes it down: ``python -m bench.story URL [--out docs]``.

Leaves ``docs/story.md`` (what was said, the state after every turn, memories and summary at the end) and small pictures
in ``docs/images/story/``.  Nothing is scripted but the user's lines; start a copy with ``./hub up`` and pass the address it
prints.
"""

import argparse
import re
import time
import uuid
from pathlib import Path
from typing import Any, NamedTuple

import httpx

# The user's lines; with True a picture is asked for.
LINES: tuple[tuple[str, bool], ...] = (
    ("Hi Mara, I'm Tom. My name is really Tomasz, but call me Tom.", False),
    ("Good morning! It smells wonderful in here. What are you baking?", True),
    ("I'm allergic to peanuts, so please keep them out of my bread.", False),
    ("*hands you a clean apron* Put on your apron, let's bake together!", False),
    ("My dog is called Biscuit, by the way. He loves your crusts.", False),
    ("Shall we go to the harbour and watch the boats?", True),
    ("It's getting windy out here. Put on a warm coat!", False),
    ("I love old jazz records. Do you?", False),
    ("Let's go to the cafe around the corner.", False),
    ("Take off your coat and sit down with me.", False),
    ("Don't take your shoes off, though, the floor is cold!", False),
    ("What would you wear to a ball? A red dress?", False),
    ("I used to live in Leeds. Now I live in York.", False),
    ("Tomorrow it will be hot. Imagine us at the beach in swimsuits!", False),
    ("Here we are, the next day: let's go to the beach!", False),
    ("Change into your blue swimsuit, the water is warm.", True),
    ("*dries my hair with a towel* I took off my shirt, the sun is so nice.", False),
    ("Come, let's go back home. Put on a green dress for dinner.", False),
    ("Do you remember what I must not eat?", False),
    ("And what is my pet called? Good night, Mara.", True),
)
TURN_S = 300
WIDTH = 320


class Played(NamedTuple):
    said: str
    turn: dict[str, Any]
    state: dict[str, str]
    picture: str


class Teller:
    """Somebody with an account, at the API."""

    def __init__(self, url: str) -> None:
        name = f"story{uuid.uuid4().hex[:10]}"
        self._url = url
        self._http = httpx.Client(
            base_url=f"{url}/api/", headers={"Origin": url, "X-Requested-With": "companion-hub"}, timeout=120
        )
        account = {"name": "Tom", "email": f"{name}@example.com", "username": name, "password": uuid.uuid4().hex}
        answer = self._http.post("auth/register", json=account).raise_for_status()
        self._keep(answer)
        self._keep(self._http.get("me"))  # the cookies that open the pictures

    def _keep(self, answer: httpx.Response) -> None:
        """The cookies are Secure; a browser sends them to localhost all the same, httpx does not."""
        jar = dict(pair.split("=", 1) for pair in self._http.headers.get("Cookie", "").split("; ") if pair)
        for value in answer.headers.get_list("set-cookie"):
            name, _, content = value.split(";")[0].partition("=")
            jar[name] = content
        self._http.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in jar.items())

    def get(self, path: str) -> Any:
        return self._http.get(path).raise_for_status().json()

    def post(self, path: str, body: object = None) -> Any:
        return self._http.post(path, json=body).raise_for_status().json()

    def say(self, companion_id: str, text: str, *, want_image: bool) -> dict[str, Any]:
        body = {"client_message_id": str(uuid.uuid4()), "text": text, "want_image": want_image}
        turn = self.post(f"companions/{companion_id}/messages", body)["turn"]
        deadline = time.monotonic() + TURN_S
        while turn["status"] in ("queued", "running"):
            if time.monotonic() > deadline:
                raise TimeoutError(f"turn {turn['id']} did not end in {TURN_S} s")
            time.sleep(0.3)
            turn = self.get(f"turns/{turn['id']}")
        return turn

    def picture(self, companion_id: str) -> bytes | None:
        """Return the newest picture's JPEG of about WIDTH pixels."""
        images = self.get(f"companions/{companion_id}/images?limit=1")["items"]
        if not images:
            return None
        jpegs = [source for source in images[0]["sources"] if source["type"] == "image/jpeg"]
        best = min(jpegs, key=lambda source: abs(source["width"] - WIDTH))
        return self._http.get(self._url + best["url"]).raise_for_status().content


def play(teller: Teller, companion_id: str, images: Path) -> list[Played]:
    played: list[Played] = []
    for number, (text, want_image) in enumerate(LINES, 1):
        turn = teller.say(companion_id, text, want_image=want_image)
        state: dict[str, str] = teller.get(f"companions/{companion_id}")["state"]
        name = ""
        if want_image and "image" not in turn["degraded"] and (picture := teller.picture(companion_id)):
            name = f"{number:02}.jpg"
            (images / name).write_bytes(picture)
        played.append(Played(text, turn, state, name))
        print(f"{number:2} {turn['status']} {state['outfit']} | {state['location']} | {state['action']}", flush=True)
    return played


def write(path: Path, played: list[Played], *, model: str, memories: list[str]) -> None:
    lines = [
        "# A story of twenty turns",
        "",
        f"Played by `python -m bench.story URL` on the local stack; the replies are `{model}`'s, as they came.  After each",
        "turn: what Mara wears, where she is, what she does.",
    ]
    before: dict[str, str] = {}
    for number, each in enumerate(played, 1):
        state = " · ".join(
            f"**{each.state[field]}**" if before and each.state[field] != before[field] else each.state[field]
            for field in ("outfit", "location", "action")
            if each.state[field]
        )
        lines += [
            "",
            f"**{number}. Tom:** {_quote(each.said)}",
            "",
            f"**Mara:** {_quote(each.turn['text'])}",
            "",
            f"> {state}",
        ]
        if each.picture:
            lines += ["", f"![Mara: {each.state['outfit']}, {each.state['location']}](images/story/{each.picture})"]
        before = each.state
    lines += ["", "## What Mara remembers at the end", "", *(f"- {memory}" for memory in memories), ""]
    path.write_text("\n".join(lines), encoding="utf-8")


def _quote(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text).replace("<", "&lt;") or "(no reply)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "docs")
    arguments = parser.parse_args()
    images: Path = arguments.out / "images" / "story"
    images.mkdir(parents=True, exist_ok=True)
    teller = Teller(arguments.url.rstrip("/"))
    identity = {"occupation": "baker", "personality": ["kind", "witty"], "hobbies": ["jazz", "hiking"]}
    companion = teller.post("companions", {"name": "Mara", "identity": identity})
    model = teller.post(f"companions/{companion['id']}/prepare")["model"]
    played = play(teller, companion["id"], images)
    memories = teller.get(f"companions/{companion['id']}/memories")["items"]
    write(arguments.out / "story.md", played, model=model, memories=[memory["text"] for memory in reversed(memories)])


if __name__ == "__main__":
    main()
