"""What goes out is data, whatever went in: headers and downloads made of what people wrote."""

import json

import httpx
import pytest

from companion_hub import bootstrap
from tests.fakes.edge import WebBrowser, in_worker
from tests.security.test_front_door import raw_request

LINE = "\r\nSet-Cookie: session=planted\r\n\r\n<script>alert(1)</script>"
NAMES = {
    "a line of its own": f"M{LINE}"[:50],
    "a bare line feed": "M\nX-Planted: 1",
    "separators of Unicode": "M\u2028X-Planted: 1\u0085X-Planted: 2",
    "the end of the quotes": 'M"; filename="planted.exe',
    "a backslash": 'M\\";filename=planted.exe;',
    "a path": "../../../etc/cron.d/planted",
    "the other direction": "Mara\u202egpj.exe",
    "another file's name": "Mara; filename*=UTF-8''planted.exe",
    "percent signs": "M%0d%0aX-Planted:%201",
    "no letter that old clients know": "\u30de\u30e9 \U0001f98a",
    "a formula": '=HYPERLINK("https://evil.example")',
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("format_", ["json", "png", "charx"])
def test_no_name_writes_into_the_headers_of_its_download(
    edge: str, member: WebBrowser, name: str, format_: str
) -> None:
    """Whichever way the name got there: what the API would clean up is put into the row itself."""
    companion_id = member.post("/api/companions", json={"name": "Mara"}).raise_for_status().json()["id"]

    def rename() -> None:
        with bootstrap.database().autocommit() as connection:
            connection.execute("UPDATE companions SET name = %s WHERE id = %s", [name, companion_id])

    in_worker(rename)
    headers = {"Cookie": str(member.headers["Cookie"])}
    status, answer = raw_request(edge, f"GET /api/companions/{companion_id}/card?format={format_}", headers)
    assert status == 200
    lines = answer.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
    names = [line.partition(":")[0].lower() for line in lines]
    assert names.count("content-disposition") == 1
    assert not {"set-cookie", "x-planted"} & set(names)
    disposition = next(line for line in lines if line.lower().startswith("content-disposition:")).partition(": ")[2]
    assert disposition.isascii()
    assert disposition.isprintable()
    plain, _, whole = disposition.removeprefix('attachment; filename="').partition(f".{format_}\"; filename*=UTF-8''")
    assert plain
    assert all(character.isalnum() or character in " _.-" for character in plain), (
        "nothing a shell or a path is made of"
    )
    assert ";" not in whole
    assert "/" not in whole


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_name_that_is_given_comes_back_as_one_line(member: WebBrowser, name: str) -> None:
    made = member.post("/api/companions", json={"name": name})
    assert made.status_code in (201, 422)
    if made.status_code == 201:
        assert made.json()["name"].isprintable()


def test_downloads_are_never_shown_by_a_browser(edge: str, member: WebBrowser) -> None:
    """An export is a file for its owner: never a page of our origin, never kept by a cache."""
    member.patch("/api/me", json={"name": "<script>alert(1)</script>"}).raise_for_status()
    made = member.post(
        "/api/companions", json={"name": "=1+1", "identity": {"greeting": "<img src=x onerror=alert(1)>"}}
    )
    paths = [
        "/api/me/export",
        *(f"/api/companions/{made.json()['id']}/card?format={kind}" for kind in ("json", "png", "charx")),
    ]
    for path in paths:
        answer = member.get(path)
        assert answer.headers["content-disposition"].startswith("attachment; "), path
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert not answer.headers["content-type"].startswith(("text/", "image/svg", "application/xml")), path
    json.loads(member.get("/api/me/export").content)
    assert httpx.get(f"{edge}/api/me/export").status_code == 401
