"""A scripted Stable Diffusion server that speaks AUTOMATIC1111's protocol over HTTP; nothing of ours is patched.

In a test: ``with FakeStableDiffusion() as sd: sd.script("truncated", Drawing(status=500))``; ``sd.requests`` are the bodies
received.  By itself: ``python -m tests.fakes.fake_sd --port 4690 --answer slow`` answers every request so; while it runs,
``POST /_script`` with a JSON list of names sets the next answers and ``GET /_requests`` returns how many came.
"""

import argparse
import base64
import json
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.fakes import pictures


@dataclass
class Drawing:
    """One answer.  ``picture`` None: an honest PNG of the size asked for.  ``raw`` replaces the whole JSON body."""

    picture: bytes | None = None
    status: int = 200
    delay_s: float = 0.0
    raw: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict[str, str])
    info: dict[str, Any] | None = None
    drip_s: float = 0.0  # seconds between pieces of the answer
    cut: bool = False  # hang up in the middle of the answer


ANSWERS: dict[str, Callable[[], Drawing]] = {
    "picture": Drawing,
    "jpeg": lambda: Drawing(pictures.saved(pictures.scene((832, 1216)), "JPEG")),
    "webp": lambda: Drawing(pictures.saved(pictures.scene((832, 1216)), "WEBP")),
    "slow": lambda: Drawing(delay_s=30),
    "drip": lambda: Drawing(drip_s=0.2),
    "cut": lambda: Drawing(cut=True),
    "truncated": lambda: Drawing(pictures.png((832, 1216))[:-2000]),
    "wrong type": lambda: Drawing(pictures.SVG),
    "html picture": lambda: Drawing(pictures.HTML),
    "html": lambda: Drawing(raw=pictures.HTML, headers={"Content-Type": "text/html"}),
    "bomb": lambda: Drawing(pictures.bomb_png()),
    "empty picture": lambda: Drawing(b""),
    "empty": lambda: Drawing(raw=b""),
    "no images": lambda: Drawing(raw=b'{"images": [], "info": "{}"}'),
    "not base64": lambda: Drawing(raw=b'{"images": ["!!! not base64 !!!"]}'),
    "number": lambda: Drawing(raw=b'{"images": [17]}'),
    "list": lambda: Drawing(raw=b"[]"),
    "deep": lambda: Drawing(raw=b'{"images":' + b"[" * 200_000),
    "endless": lambda: Drawing(raw=b'{"images": ["' + b"A" * 40_000_000 + b'"]}'),
    "500": lambda: Drawing(
        status=500, raw=b'{"error": "OutOfMemoryError", "detail": "", "errors": "CUDA out of memory"}'
    ),
    "503": lambda: Drawing(status=503, raw=b"{}"),
    "401": lambda: Drawing(status=401, raw=b'{"detail": "Incorrect username or password"}'),
    "404": lambda: Drawing(status=404, raw=b'{"detail": "Not Found"}'),
    "422": lambda: Drawing(status=422, raw=b'{"detail": []}'),
    "redirect": lambda: Drawing(status=302, raw=b"", headers={"Location": "/elsewhere"}),
}


class FakeStableDiffusion:
    """``progress`` is what ``/sdapi/v1/progress`` says; ``before_answer`` runs when a request has come, before its answer."""

    def __init__(self, port: int = 0, *, answer: str = "picture") -> None:
        self.requests: list[dict[str, Any]] = []
        self.authorizations: list[str] = []
        self.other_requests: list[str] = []
        self.progress = 0.5
        self.loras: list[str] = []
        self.before_answer: Callable[[], None] | None = None
        self._default = answer
        self._scripts: deque[Drawing] = deque()
        self._server = _Server(("127.0.0.1", port), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> "FakeStableDiffusion":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def script(self, *answers: str | Drawing) -> None:
        """Answer the next requests so: a Drawing, or one of ANSWERS by name."""
        self._scripts.extend(ANSWERS[answer]() if isinstance(answer, str) else answer for answer in answers)

    def forget(self) -> None:
        self.requests.clear()
        self.authorizations.clear()
        self.other_requests.clear()
        self._scripts.clear()
        self.before_answer = None
        self.loras.clear()

    def next_drawing(self, body: dict[str, Any]) -> Drawing:
        self.requests.append(body)
        drawing = self._scripts.popleft() if self._scripts else ANSWERS[self._default]()
        if self.before_answer is not None:
            self.before_answer()
        return drawing


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what some tests are about."""


def _answer(drawing: Drawing, body: dict[str, Any]) -> bytes:
    if drawing.raw is not None:
        return drawing.raw
    picture = drawing.picture if drawing.picture is not None else pictures.png((body["width"], body["height"]))
    info = {
        "prompt": body["prompt"],
        "seed": body["seed"],
        "all_seeds": [body["seed"]],
        "sampler_name": "DPM++ 2M",
        "steps": body["steps"],
        "cfg_scale": body["cfg_scale"],
        "sd_model_name": "fake-portrait-v1",
        "sd_model_hash": "0123456789",
    }
    return json.dumps(
        {
            "images": [base64.b64encode(picture).decode()],
            "parameters": body,
            "info": json.dumps(drawing.info if drawing.info is not None else info),
        }
    ).encode()


def _handler(fake: FakeStableDiffusion) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

        def do_GET(self) -> None:
            fake.other_requests.append(self.path)
            path = self.path.partition("?")[0]
            if path == "/sdapi/v1/progress":
                self._json({"progress": fake.progress, "eta_relative": 1.0, "state": {}, "current_image": None})
            elif path == "/sdapi/v1/sd-models":
                self._json([{"title": "fake-portrait-v1", "model_name": "fake-portrait-v1"}])
            elif path == "/sdapi/v1/loras" and fake.loras:
                self._json([{"name": name, "alias": name, "path": f"/loras/{name}.safetensors"} for name in fake.loras])
            elif path == "/_requests":
                self._json({"count": len(fake.requests)})
            else:
                self._send(404, b'{"detail": "Not Found"}', {})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/_script":
                fake.script(*body)
                self._json({})
            elif self.path == "/sdapi/v1/txt2img":
                fake.authorizations.append(self.headers.get("Authorization", ""))
                drawing = fake.next_drawing(body)
                time.sleep(drawing.delay_s)
                self._draw(drawing, _answer(drawing, body))
            else:
                self._send(404, b'{"detail": "Not Found"}', {})

        def _draw(self, drawing: Drawing, content: bytes) -> None:
            if not (drawing.drip_s or drawing.cut):
                self._send(drawing.status, content, drawing.headers)
                return
            self._head(drawing.status, len(content), drawing.headers)
            if drawing.cut:
                self.wfile.write(content[: len(content) // 2])
                self.close_connection = True
                return
            for start in range(0, len(content), 50):
                self.wfile.write(content[start : start + 50])
                self.wfile.flush()
                time.sleep(drawing.drip_s)

        def _json(self, value: object) -> None:
            self._send(200, json.dumps(value).encode(), {})

        def _send(self, status: int, content: bytes, headers: dict[str, str]) -> None:
            self._head(status, len(content), headers)
            self.wfile.write(content)

        def _head(self, status: int, size_bytes: int, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(size_bytes))
            self.end_headers()

    return Handler


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=4690)
    parser.add_argument("--answer", choices=sorted(ANSWERS), default="picture")
    options = parser.parse_args()
    with FakeStableDiffusion(options.port, answer=options.answer) as fake:
        print(fake.url, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
