"""Writes docs/reliability.md, one part at a time: the suite, the mutations, the load and the soak each put their own."""

import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path

PATH = Path(__file__).parents[2] / "docs" / "reliability.md"
PARTS = ("faults", "mutations", "load", "soak")
HEAD = """# Reliability, as measured

> Once you see 202, your message is stored exactly once and its turn always ends: a reply, or a visible error with Retry.
> Text already shown is never lost to a disconnect, and an image problem never costs you the text.

This page is written by the tests themselves: `./hub test --faults` (faults and mutations) and `./hub bench load --soak 30 --write`.
After every fault the suite asserts the same things: every accepted turn ended; one row per message sent; one reply per
turn, exactly when it is done; dense order; what a page put together equals snapshot, row and what the model said; no more
calls of the model than allowed; the scene is that of the last message shown; every picture's file has a row and decodes;
no frame on another user's socket; no text, key or password in a log or a 5xx body.

Crashes are real: each worker is a process that dies by SIGKILL after any statement, on either side of any COMMIT, or after
any call of AWS or a model.  The points are found by watching a run without faults; deployed code has none.
"""


def put(part: str, text: str) -> None:
    """Replace one part of the page.  ``text`` is Markdown."""
    page = PATH.read_text(encoding="utf-8") if PATH.exists() else ""
    kept = {name: _part_of(page, name) for name in PARTS} | {part: text.strip()}
    body = [f"<!-- {name} -->\n{kept[name]}\n<!-- /{name} -->\n" for name in PARTS if kept[name]]
    PATH.write_text("\n".join([HEAD, *body]), encoding="utf-8")


def machine() -> str:
    """Return where and when this was measured, and what else the machine was doing."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    cores, python = os.cpu_count(), platform.python_version()
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {cores} cores, {platform.machine()}, Python {python}, load average {load}"


def _part_of(page: str, name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n(.*?)\n<!-- /{name} -->", page, re.DOTALL)
    return found[1] if found else ""
