"""The page in headless Chromium: register, make a companion, chat, picture; no error, no breach of the CSP."""

import json
import os
import signal
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, WebSocketRoute, expect, sync_playwright

from devtools.config import ROOT
from tests.e2e.conftest import CHROMIUM, Hub, Person
from tests.fakes.fake_llm import Reply

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium"),
    # Playwright's own event loop is collected late.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
SHOTS = os.environ.get("HUB_SHOTS")
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
FLAWS = """async () => (await axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21aa"], preload: false})).violations
  .map(({id, nodes}) => `${id}: ${nodes[0].html} ${nodes[0].failureSummary}`)"""
# Smaller than a fingertip; what is only for screen readers, or is inside a larger label, does not count.
TINY = """() => [...document.querySelectorAll("button, a[href], input, select, summary")].filter((element) => {
  const box = (element.closest("label") ?? element).getBoundingClientRect();
  return box.width > 1 && Math.min(box.width, box.height) < 43.5 && element.checkVisibility({opacityProperty: true});
}).map((element) => element.ariaLabel || element.innerText || element.id)"""


@pytest.fixture(scope="module")
def browser() -> Generator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield running
        running.close()


def shoot(page: Page, name: str) -> None:
    """Nothing may reach beyond the window, not even on the narrowest phone, nor with letters twice as large; what
    axe-core can tell of WCAG AA holds; on a phone, what one taps is large enough.  Keeps a picture when asked to.
    """
    size = page.viewport_size
    assert size is not None
    for width in {size["width"], 320} if size["width"] < 500 else {size["width"]}:
        page.set_viewport_size({**size, "width": width})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is wider than {width}"
    page.set_viewport_size(size)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.evaluate("document.documentElement.style.fontSize = ''")
    assert wide <= size["width"], f"{name} is {wide} wide with large letters"
    assert page.evaluate(FLAWS) == [], name
    if size["width"] < 500:
        assert page.evaluate(TINY) == [], name
    if SHOTS:
        page.wait_for_timeout(700)
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))


def opened(browser: Browser, person: Person | None = None, **options: Any) -> BrowserContext:
    """Return a window, logged in as the person; its pages carry axe-core and do not move for long."""
    context = browser.new_context(reduced_motion="reduce", **options)
    context.add_init_script(path=AXE)
    for part in person.cookie.split("; ") if person else ():
        name, value = part.split("=", 1)
        context.add_cookies([{"name": name, "value": value, "url": person.hub.url if person else ""}])
    return context


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("phone", {**PHONE, "color_scheme": "light"}),
        ("desktop", {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"}),
    ],
    ids=["phone", "desktop"],
)
def test_a_newcomer_makes_a_companion_and_chats(hub: Hub, browser: Browser, name: str, options: dict[str, Any]) -> None:
    context = opened(browser, **options)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda m: problems.append(m.text) if m.type == "error" and "Failed to load resource" not in m.text else None,
    )
    page.goto(f"{hub.url}/")
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible(timeout=30_000)
    shoot(page, f"{name}-login")
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Your name").fill("Tom")
    page.get_by_label("E-mail").fill(f"{name}@example.com")
    page.get_by_label("Username").fill(f"tom_{name}")
    page.get_by_label("Password", exact=True).fill("correct horse battery")
    page.get_by_role("checkbox").check()
    shoot(page, f"{name}-register")
    page.get_by_role("button", name="Create account").click()

    page.get_by_role("link", name="Make your first companion").click()
    page.get_by_role("radio", name="Illustration").click()
    shoot(page, f"{name}-wizard-1-style")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("group", name="Eye colour").get_by_role("radio", name="Green").click()
    page.get_by_role("group", name="Hair colour").get_by_role("radio", name="Auburn").click()
    shoot(page, f"{name}-wizard-2-look")
    page.get_by_role("button", name="Next").click()
    shoot(page, f"{name}-wizard-3-body")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Name", exact=True).fill("Mara")
    page.get_by_role("checkbox", name="warm").click()
    page.get_by_label("First message").fill("Hello {{user}}, *waves* nice to meet you!")
    page.reload()  # the draft survives
    page.get_by_role("button", name="Identity").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Mara")
    shoot(page, f"{name}-wizard-4-identity")
    page.get_by_role("button", name="Next").click()
    shoot(page, f"{name}-wizard-5-finish")
    page.get_by_label("Draw a first picture from the look").uncheck()  # a turn of its own, which would keep us waiting
    page.get_by_role("button", name="Meet Mara").click()

    expect(page.get_by_role("heading", name="Mara")).to_be_visible(timeout=30_000)
    log = page.get_by_role("log")
    expect(log).to_contain_text("Hello Tom", timeout=30_000)
    composer = page.get_by_label("Message to Mara")
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_visible(timeout=30_000)
    composer.fill("Let's go to the beach!")
    composer.press("Enter")
    expect(log).to_contain_text("the water is warm", timeout=30_000)
    shoot(page, f"{name}-chat-1-streaming")
    expect(page.get_by_role("button", name="Open the picture of Mara").last).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="red bikini").first).to_be_visible(timeout=10_000)
    shoot(page, f"{name}-chat-2-done")
    page.get_by_role("button", name="Open the picture of Mara").last.click()
    expect(page.get_by_text("Why this outfit")).to_be_visible()
    shoot(page, f"{name}-lightbox")
    page.get_by_role("button", name="Close").click()
    if name == "phone":
        page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="What Mara remembers").click()
    shoot(page, f"{name}-memories")
    page.get_by_role("button", name="Close").click()
    page.reload()
    expect(page.get_by_role("log")).to_contain_text("the water is warm", timeout=30_000)
    page.get_by_role("link", name="Pictures").click()
    expect(page.get_by_role("heading", name="Pictures of Mara")).to_be_visible(timeout=30_000)
    shoot(page, f"{name}-gallery")
    page.goto(f"{hub.url}/")
    expect(page.get_by_role("link", name="Mara")).to_be_visible()
    shoot(page, f"{name}-companions")
    page.goto(f"{hub.url}/settings")
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    shoot(page, f"{name}-settings")
    assert problems == []
    context.close()


def test_messages_can_be_searched_branched_taken_back_and_looked_behind(hub: Hub, browser: Browser) -> None:
    person = hub.person()
    companion = person.companion()
    person.talk(companion["id"], "I love old lighthouses.")
    person.talk(companion["id"], "Let's go to the beach!")
    context = opened(browser, person, **PHONE)
    page = context.new_page()
    page.goto(f"{hub.url}/chat/{companion['id']}")
    log = page.get_by_role("log")
    expect(log).to_contain_text("the water is warm", timeout=30_000)
    assert companion["id"] in page.url

    page.get_by_role("button", name="More").last.click()
    shoot(page, "phone-message-menu")
    page.get_by_role("button", name="What the model was told").click()
    told = page.get_by_role("list", name="Messages")
    expect(told).to_contain_text("I love old lighthouses.")
    expect(page.get_by_text("Who they are")).to_be_visible()
    expect(page.get_by_role("table").get_by_role("row", name="Reply fake-model")).to_be_visible()
    shoot(page, "phone-prompt")
    page.get_by_role("button", name="Close").click()

    page.get_by_role("button", name="More").last.click()
    page.get_by_role("button", name="Delete this and all after it").click()
    expect(log).not_to_contain_text("the water is warm")
    page.get_by_role("button", name="Undo").click()
    expect(log).to_contain_text("the water is warm")

    page.get_by_role("button", name="Write another version").click()
    expect(page.get_by_text("2/2")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="Previous version")).to_be_enabled(timeout=30_000)
    page.get_by_role("button", name="Previous version").click()
    expect(page.get_by_text("1/2")).to_be_visible()

    page.get_by_role("button", name="More").nth(1).click()
    page.get_by_role("button", name="Begin another story here").click()
    expect(page).not_to_have_url(f"{hub.url}/chat/{companion['id']}", timeout=30_000)
    expect(log).to_contain_text("I love old lighthouses.")
    expect(log).not_to_contain_text("the water is warm")

    page.goto(f"{hub.url}/")
    page.get_by_role("button", name="Search").click()
    page.get_by_label("Words to find").fill("lighthouse")
    page.get_by_role("button", name="You to Mara").first.click()
    expect(log).to_contain_text("I love old lighthouses.", timeout=30_000)
    context.close()


def test_a_failed_turn_can_be_tried_again_after_a_reload(hub: Hub, browser: Browser) -> None:
    person = hub.person()
    companion = person.companion()
    hub.llm.script(Reply(status=401), Reply(status=401))
    assert person.talk(companion["id"], "Hello there" + ", and so on" * 300)["status"] == "failed"
    context = opened(browser, person)
    page = context.new_page()
    page.goto(f"{hub.url}/chat/{companion['id']}")
    expect(page.get_by_role("alert")).to_contain_text("refused our key", timeout=30_000)
    page.get_by_role("button", name="Show all").click()
    page.get_by_role("button", name="Show less").click()
    shoot(page, "desktop-failed")
    page.get_by_role("button", name="Retry").click()
    expect(page.get_by_role("log")).to_contain_text("Hello there", timeout=30_000)
    expect(page.get_by_role("button", name="Write another version")).to_be_enabled(timeout=30_000)
    context.close()


def test_what_is_written_during_a_reply_waits_and_a_picture_can_be_stopped(hub: Hub, browser: Browser) -> None:
    person = hub.person()
    companion = person.companion()
    context = opened(browser, person, **PHONE)
    page = context.new_page()
    page.goto(f"{hub.url}/chat/{companion['id']}")
    composer = page.get_by_label("Message to Mara")
    hub.llm.script(Reply(chunks=[f"word{index} " for index in range(30)], chunk_delay_s=0.2), Reply(text="Good night."))
    composer.fill("Tell me a story", timeout=30_000)
    composer.press("Enter")
    log = page.get_by_role("log")
    expect(log).to_contain_text("word3", timeout=30_000)
    composer.fill("Sleep well")
    shoot(page, "phone-chat-writing-meanwhile")
    composer.press("Enter")
    expect(page.get_by_text("Goes out when the reply is done.")).to_be_visible()
    shoot(page, "phone-chat-waiting")
    page.get_by_role("button", name="Take back").click()
    expect(composer).to_have_value("Sleep well")
    page.get_by_role("button", name="Send after this reply").click()
    page.reload()  # what waits survives
    expect(log).to_contain_text("Good night.", timeout=60_000)
    said = [item["text"] for item in person.http.get(f"companions/{companion['id']}/messages").json()["items"]]
    assert [said[0], said[2], said[3]] == ["Tell me a story", "Sleep well", "Good night."], said
    assert len(said) == 4

    expect(page.get_by_role("button", name="Send", exact=True)).to_be_visible(timeout=60_000)
    pictures = page.get_by_role("button", name="Open the picture of Mara")
    drawn = pictures.count()
    illustrator = hub.pid("devtools.illustrator")
    os.kill(illustrator, signal.SIGSTOP)
    try:
        page.get_by_role("button", name="Menu").click()
        page.get_by_role("button", name="Draw Mara now").click()
        page.get_by_role("button", name="Stop").click(timeout=30_000)
        expect(page.get_by_role("button", name="Send", exact=True)).to_be_visible(timeout=30_000)
    finally:
        os.kill(illustrator, signal.SIGCONT)
    page.reload()
    expect(log).to_contain_text("Good night.", timeout=30_000)
    expect(pictures).to_have_count(drawn)
    context.close()


def test_a_card_comes_in_goes_out_and_the_companion_goes(hub: Hub, browser: Browser, tmp_path: Path) -> None:
    person = hub.person()
    context = opened(browser, person, **PHONE)
    page = context.new_page()
    page.goto(f"{hub.url}/")
    junk = tmp_path / "junk.json"
    junk.write_text("{")
    page.get_by_label("Character card").set_input_files(junk)
    expect(page.get_by_role("dialog", name="The card was not imported")).to_contain_text("JSON", timeout=30_000)
    shoot(page, "phone-import-failed")
    card = tmp_path / "ilse.json"
    card.write_text('{"name": "Ilse", "first_mes": "Come in, {{user}}.", "description": "Keeps the lighthouse."}')
    page.get_by_label("Character card").set_input_files(card)
    expect(page.get_by_role("log")).to_contain_text("Come in, Tom.", timeout=30_000)

    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Edit Ilse").click()
    page.get_by_role("button", name="Finish").click()
    photo = tmp_path / "ilse.jpg"
    Image.linear_gradient("L").convert("RGB").resize((900, 600)).save(photo)
    page.get_by_label("Choose a profile picture").set_input_files(junk)
    expect(page.get_by_role("alert")).to_contain_text("no picture that can be read")
    page.get_by_role("button", name="Close").click()
    page.get_by_label("Choose a profile picture").set_input_files(photo)
    page.get_by_label("Zoom").fill("2")
    shoot(page, "phone-crop")
    page.get_by_role("button", name="Use this part").click()
    expect(page.get_by_alt_text("Profile picture")).to_be_visible(timeout=30_000)
    with page.expect_download() as download:
        page.get_by_role("link", name="Picture for other apps").click()
    assert download.value.suggested_filename == "Ilse.png"
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")
    shoot(page, "phone-export")
    page.get_by_role("button", name="Delete Ilse").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_role("heading", name="Hello, Tom")).to_be_visible(timeout=30_000)
    assert person.http.get("companions").json()["items"] == []
    context.close()


def test_the_page_bears_a_sleeping_database_a_lost_socket_and_a_hidden_tab(hub: Hub, browser: Browser) -> None:
    person = hub.person()
    companion = person.companion()
    context = opened(browser, person)
    page = context.new_page()
    asleep = {"status": 503, "headers": {"Retry-After": "1"}, "json": {"error": {"code": "unavailable", "message": ""}}}
    page.route("**/api/companions/**", lambda route: route.fulfill(**asleep), times=4)
    sockets: list[WebSocketRoute] = []
    cut = False

    def connect(socket: WebSocketRoute) -> None:
        if cut:
            socket.close()
        else:
            sockets.append(socket)
            socket.connect_to_server()

    page.route_web_socket("**/ws", connect)
    page.goto(f"{hub.url}/chat/{companion['id']}")
    expect(page.get_by_text("Waking up")).to_be_visible(timeout=30_000)
    composer = page.get_by_label("Message to Mara")
    composer.fill("Hello", timeout=30_000)
    expect(page.get_by_text("Waking up")).to_have_count(0)

    composer.press("Shift+Enter")
    composer.press_sequentially("there")
    page.reload()
    expect(composer).to_have_value("Hello\nthere", timeout=30_000)
    cut = True
    sockets[-1].close()
    expect(page.get_by_text("Reconnecting")).to_be_visible(timeout=30_000)
    cut = False
    expect(page.get_by_text("Reconnecting")).to_have_count(0, timeout=60_000)
    composer.press("Enter")
    # Said once and whole to who listens to the page.
    expect(page.get_by_role("status").filter(has_text="Mara: smiles warmly It is good")).to_have_count(
        1, timeout=30_000
    )

    page.evaluate("Object.defineProperty(document, 'hidden', {get: () => window.away !== false})")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    person.talk(companion["id"], "Hello from another window")
    expect(page).to_have_title("(1) Mara · Companion Hub", timeout=30_000)
    page.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))")
    expect(page).to_have_title("Mara · Companion Hub")
    context.close()


def test_memories_are_found_forgotten_and_told_again_and_keys_do_what_one_expects(hub: Hub, browser: Browser) -> None:
    person = hub.person()
    companion = person.companion()
    for text in ("Tom loves old lighthouses.", "Tom is a gardener.", "A", "B", "C", "D"):
        person.http.post(f"companions/{companion['id']}/memories", json={"text": text}).raise_for_status()
    context = opened(browser, person)
    page = context.new_page()
    page.goto(f"{hub.url}/chat/{companion['id']}")
    heart = page.get_by_role("button", name="What Mara remembers")
    heart.click(timeout=30_000)
    memories = page.get_by_role("textbox", name="Memory", exact=True)
    expect(memories).to_have_count(6)
    page.get_by_label("Search memories").fill("lighthouses")
    expect(memories).to_have_count(1)
    page.get_by_role("button", name="Forget").click()
    expect(page.get_by_text("Nothing found.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(memories).to_have_value("Tom loves old lighthouses.")
    page.get_by_label("Kind").select_option("Taste")
    page.get_by_label("Importance").select_option("Vital")
    expect(page.get_by_label("Importance")).to_have_value("5")
    told = person.http.get(f"companions/{companion['id']}/memories?q=lighthouses").json()["items"][0]
    assert (told["kind"], told["importance"]) == ("preference", 5)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download all").click()
    assert len(json.loads(Path(download.value.path()).read_text())) == 6
    page.keyboard.press("Escape")
    expect(heart).to_be_focused()

    page.locator("body").press("/")
    expect(page.get_by_label("Message to Mara")).to_be_focused()
    page.keyboard.type("?")
    expect(page.get_by_label("Message to Mara")).to_have_value("?")
    page.get_by_label("Message to Mara").fill("")
    heart.focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    shoot(page, "desktop-keys")
    page.keyboard.press("Escape")
    expect(heart).to_be_focused()

    page.goto(f"{hub.url}/companions/new")
    page.get_by_role("radio", name="Photograph").click(timeout=30_000)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Film still")).to_be_checked()
    expect(page.get_by_role("radio", name="Photograph")).not_to_be_checked()
    page.get_by_role("button", name="Look", exact=True).click()
    hair = page.get_by_role("group", name="Hair style").get_by_role("radio", checked=True)
    expect(hair).to_have_count(0)
    page.get_by_role("button", name="Surprise me").click()
    expect(hair).to_have_count(1)
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("button", name="Meet them").click()
    expect(page.get_by_role("alert")).to_contain_text("A name is all that is needed")
    page.goto(f"{hub.url}/nowhere")
    page.get_by_role("link", name="All companions").click()
    expect(page.get_by_role("heading", name="Your companions")).to_be_visible(timeout=30_000)
    context.close()


@pytest.mark.parametrize(
    ("name", "options"),
    [("phone", PHONE), ("desktop", {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"})],
    ids=["phone", "desktop"],
)
def test_a_lorebook_is_written_and_what_the_page_does_not_know_of_it_stays(
    hub: Hub, browser: Browser, name: str, options: dict[str, Any]
) -> None:
    person = hub.person()
    companion = person.companion()
    context = opened(browser, person, **options)
    page = context.new_page()
    page.goto(f"{hub.url}/companions/{companion['id']}/edit")
    page.get_by_role("button", name="Finish").click(timeout=30_000)
    opener = page.get_by_role("region", name="Lorebook").get_by_role("button", name="Open")
    opener.click()
    expect(page.get_by_text("Nothing here yet")).to_be_visible()
    shoot(page, f"{name}-lorebook-empty")
    save = page.locator("dialog form").get_by_role("button", name="Save")
    page.get_by_role("button", name="New entry").click()
    page.get_by_label("Title").fill("The lamp")
    page.get_by_role("radio", name="On a pattern").click()
    page.get_by_label("Patterns").fill("lamps?\nlight(")
    save.click()
    expect(page.get_by_text("Write what is told.")).to_be_visible()
    page.get_by_label("What Mara knows then").fill("It burns whale oil.")
    save.click()
    expect(page.get_by_text("Line 2 is no pattern that can be read")).to_be_visible()
    shoot(page, f"{name}-lorebook-entry")
    page.get_by_role("radio", name="On a word").click()
    page.get_by_label("Words").fill("lamp")
    page.keyboard.press("Escape")
    expect(page.get_by_text("This is not saved yet.")).to_be_visible()
    save.click()
    entry = page.get_by_role("list", name="Entries").get_by_role("button")
    expect(entry).to_have_count(1)

    at = f"companions/{companion['id']}/lorebook"
    book = person.http.get(at).json()
    odd = {
        "keys": ["sea"],
        "comment": "The sea",
        "content": "@@depth 2\nSalt.",
        "extensions": {"odd": [1]},
        "probability": 60,
    }
    more = [{"keys": [f"key {n}"], "content": f"What is known of number {n}. " * (n % 4 + 1)} for n in range(8)]
    entries = [odd, *book["lorebook"]["entries"], *more]
    person.http.patch(at, json={"version": book["version"], "lorebook": {"entries": entries}}).raise_for_status()
    entry.click()  # of the book as it was
    page.get_by_label("Title").fill("The old lamp")
    save.click()
    expect(page.get_by_role("alert")).to_contain_text("changed elsewhere")
    save.click()
    expect(entry).to_have_count(10)
    shoot(page, f"{name}-lorebook")
    page.get_by_label("Search entries").fill("salt")
    entry.click()
    page.get_by_label("What Mara knows then").fill("@@depth 2\nSalt and tar.")
    save.click()
    page.get_by_label("Search entries").fill("tar")
    entry.click()
    page.locator("dialog form").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Nothing found.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(entry).to_contain_text("tar")
    page.get_by_role("switch", name="The sea").click()
    expect(page.get_by_text("1 off")).to_be_visible()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    stored = person.http.get(at).json()["lorebook"]["entries"]
    assert stored[0] == {**odd, "content": "@@depth 2\nSalt and tar.", "enabled": False}
    assert (stored[1]["comment"], stored[1]["keys"], stored[1]["use_regex"]) == ("The old lamp", ["lamp"], False)
    assert stored[2:] == more
    context.close()


def test_a_picture_in_ones_own_words_is_found_among_all_pictures(hub: Hub, browser: Browser) -> None:
    person = hub.person()
    companion = person.companion()
    context = opened(browser, person, **PHONE)
    page = context.new_page()
    page.goto(f"{hub.url}/gallery/{companion['id']}")
    expect(page.get_by_role("heading", name="No pictures yet")).to_be_visible(timeout=30_000)
    shoot(page, "phone-gallery-empty")
    page.get_by_role("link", name="Back to the chat").click()
    composer = page.get_by_label("Message to Mara")
    page.get_by_role("button", name="Where are you right now?").click(timeout=30_000)
    expect(composer).to_have_value("Where are you right now?")
    expect(composer).to_be_focused()
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Draw what you describe").click()
    page.get_by_label("What else is in the picture?").fill("holding a red balloon")
    shoot(page, "phone-draw")
    page.get_by_role("button", name="Draw it").click()
    expect(page.get_by_role("button", name="Draw it")).to_have_count(0, timeout=30_000)
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_visible(timeout=60_000)
    for _ in range(150):
        if person.http.get(f"companions/{companion['id']}/images").json()["items"]:
            break
        page.wait_for_timeout(200)
    page.get_by_role("link", name="All companions").click()
    page.get_by_role("link", name="All pictures").click()
    page.get_by_role("button", name="Open the picture of Today").click(timeout=30_000)
    viewer = page.get_by_role("dialog", name="Mara")
    viewer.get_by_text("How it was made").click()
    expect(viewer).to_contain_text("holding a red balloon")
    expect(viewer.get_by_role("button", name="Draw again")).to_be_visible()
    shoot(page, "phone-all-pictures")
    context.close()
