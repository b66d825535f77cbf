"""Does an installation do its job?  A throw-away account registers, talks one turn and is deleted again.

``./hub deploy`` runs it against the address it deployed; tests/e2e runs it against the local stack.
"""

import secrets
import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Self

import httpx

from devtools.config import ProblemError

# A database that sleeps wakes in 15-30 s; CloudFront's name is known everywhere within a minute or two.
WAKE_S = 180
# As long as the state machine lets a turn run.
TURN_S = 300
_ADVICE = {
    "llm_misconfigured": "the language model refused the key, the address or the model's name: run ./hub deploy again with "
    "NOVITA_KEY, LLM_BASE_URL and LLM_MODEL set right",
    "llm_unavailable": "the language model does not answer: check LLM_BASE_URL and the provider's status page",
    "llm_busy": "the provider is busy or its limit is used up: try again later",
}
_NOTES = {
    "image_model": "note: the image model does not answer; chats work, pictures do not. Check SD_API_URL and SD_API_AUTH, "
    "and that the address can be reached from AWS",
    "storage": "note: the pictures' bucket does not answer; chats work, pictures do not",
}
_UNREACHED = "A new address can take some minutes to be known everywhere; if it stays so,"
_OTHERWISE = "./hub logs says why locally; on AWS look into the functions' log groups: docs/operations.md#turns-fail"


class SmokeError(ProblemError):
    """The installation does not do its job; the message says at which step, what was answered and what to do."""


class Smoke:
    """One try.  ``say`` gets a line after each step; ``wake_s``: how long to wait for the first good answer."""

    def __init__(self, url: str, *, say: Callable[[str], object] = print, wake_s: float = WAKE_S) -> None:
        self._say = say
        self._wake_s = wake_s
        self._password = secrets.token_urlsafe(24)
        self._is_registered = False
        origin = url.rstrip("/")
        self.http = httpx.Client(
            base_url=f"{origin}/api/", headers={"Origin": origin, "X-Requested-With": "companion-hub"}, timeout=35
        )

    def run(self) -> None:
        """Go through all steps; the account goes in any case.  Raises SmokeError."""
        steps: tuple[Callable[[], None], ...] = (self._find, self._register, self._talk)
        try:
            for step in steps:
                step()
        except SmokeError:
            if self._is_registered:
                self._try_to_delete()
            raise
        self._delete()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def _find(self) -> None:
        """Until the address answers and the database is awake; tell which of the others do not work."""
        start = time.monotonic()
        while True:
            what, down = self._ask_health()
            if down is not None and not {"database", "workflow"} & down:
                break
            if time.monotonic() - start > self._wake_s:
                raise SmokeError(f"health: {what}, for {self._wake_s:.0f} s. {_UNREACHED} {_OTHERWISE}")
            time.sleep(min(2, self._wake_s / 10))
        self._done("health", start)
        for name in sorted(down & _NOTES.keys()):
            self._say(f"  {_NOTES[name]}")

    def _ask_health(self) -> tuple[str, set[str] | None]:
        """Return what is wrong, in words, and which dependencies are down, None when the hub did not say."""
        try:
            answer = self.http.get("health/ready")
        except httpx.HTTPError as exc:
            return f"{self.http.base_url.host} cannot be reached ({type(exc).__name__})", None
        try:
            found = answer.json()["dependencies"]
        except (ValueError, KeyError, TypeError):
            return _answered(answer), None
        down = {str(one["name"]) for one in found if one["status"] == "down"}
        return f"{' and '.join(sorted(down))} did not answer", down

    def _register(self) -> None:
        start = time.monotonic()
        name = f"smoke{uuid.uuid4().hex[:12]}"
        # .invalid can never be anybody's address (RFC 2606).
        account = {"name": "Smoke", "email": f"{name}@example.invalid", "username": name, "password": self._password}
        answer = self._call("register", "POST", "auth/register", account)
        self._is_registered = True
        # The cookies are Secure: httpx would not send them to http://localhost, as a browser does.
        cookies = [value.split(";")[0] for value in answer.headers.get_list("set-cookie")]
        self.http.headers["Cookie"] = "; ".join(cookies)
        self._done("register", start)

    def _talk(self) -> None:
        start = time.monotonic()
        companion: Mapping[str, Any] = self._call("companion", "POST", "companions", {"name": "Smoke"}).json()
        body = {
            "client_message_id": str(uuid.uuid4()),
            "text": "Hello! Please answer with one word.",
            "want_image": False,
        }
        turn: Mapping[str, Any] = self._call("turn", "POST", f"companions/{companion['id']}/messages", body).json()[
            "turn"
        ]
        while turn["status"] in ("queued", "running"):
            if time.monotonic() - start > TURN_S:
                raise SmokeError(f"turn: it did not end within {TURN_S} s. {_OTHERWISE}")
            time.sleep(0.2)
            turn = self._call("turn", "GET", f"turns/{turn['id']}").json()
        if turn["status"] != "done":
            code = (turn.get("error") or {}).get("code", "internal")
            raise SmokeError(f"turn: it ended as {turn['status']} ({code}). {_ADVICE.get(code, _OTHERWISE)}")
        if not turn.get("text"):
            raise SmokeError(f"turn: it ended without a reply. {_OTHERWISE}")
        self._done("turn", start)

    def _delete(self) -> None:
        start = time.monotonic()
        self._call("delete", "DELETE", "me", {"password": self._password})
        self._done("delete the account again", start)

    def _try_to_delete(self) -> None:
        """After another failure, which is the one to tell of."""
        try:
            self._delete()
        except SmokeError as exc:
            self._say(f"  the throw-away account is still there: {exc}")

    def _call(self, step: str, method: str, path: str, body: Mapping[str, Any] | None = None) -> httpx.Response:
        """Return a good answer; one that says to come later (a database that wakes) is asked again for some time."""
        deadline = time.monotonic() + self._wake_s
        while True:
            try:
                answer = self.http.request(method, path, json=body)
            except httpx.HTTPError as exc:
                raise SmokeError(f"{step}: no answer ({type(exc).__name__}). {_OTHERWISE}") from None
            if answer.is_success:
                return answer
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE or time.monotonic() > deadline:
                raise SmokeError(f"{step}: {_answered(answer)}. {_OTHERWISE}")
            time.sleep(1)

    def _done(self, step: str, start: float) -> None:
        self._say(f"  {step}: ok ({time.monotonic() - start:.1f} s)")


def smoke(url: str, *, say: Callable[[str], object] = print, wake_s: float = WAKE_S) -> None:
    """Raises SmokeError when the installation at ``url`` does not do its job."""
    with Smoke(url, say=say, wake_s=wake_s) as one:
        one.run()


def _answered(answer: httpx.Response) -> str:
    """Say a status and, where ours, its code; never the text, which could be anybody's."""
    try:
        code = answer.json()["error"]["code"]
    except (ValueError, KeyError, TypeError):
        code = "not an answer of the hub's"
    return f"{answer.request.url.path} answered {answer.status_code} ({code})"
