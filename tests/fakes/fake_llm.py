"""A scripted language model that speaks the real protocol over HTTP; nothing of ours is patched.

In a test: ``with FakeLanguageModel() as llm: llm.script(Reply("Hi!"))``; ``llm.requests`` are the bodies received.
By itself: ``python -m tests.fakes.fake_llm --port 4699`` answers in character and extracts scene changes by example.
"""

import argparse
import json
import random
import re
import socket
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """One answer.  ``chunks`` wins over ``text``; ``raw`` bytes are sent as they are; times in seconds."""

    text: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict[str, str])
    chunks: list[str] | None = None
    first_delay_s: float = 0.0
    chunk_delay_s: float = 0.0
    finish: str | None = "stop"
    raw: bytes | None = None
    cut: bool = False
    endless: bool = False
    stall_after: int | None = None


class FakeLanguageModel:
    def __init__(self, port: int = 0, *, chunk_delay_s: float = 0.0) -> None:
        self.requests: list[dict[str, Any]] = []
        self.asked_at: list[float] = []  # monotonic, of each streamed request
        self.keys: list[str] = []
        self.embedded: list[dict[str, Any]] = []  # bodies of requests for embeddings
        self.bytes_sent = 0
        self.hung_up = 0
        self._chunk_delay_s = chunk_delay_s
        self._scripts: deque[Reply] = deque()
        self._analyses: deque[Reply] = deque()
        self._embeddings: deque[Reply] = deque()
        self._server = _Server(("127.0.0.1", port), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> "FakeLanguageModel":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def script(self, *replies: Reply) -> None:
        """Answer the next streamed requests so; without a script the model answers by itself."""
        self._scripts.extend(replies)

    def script_analysis(self, *replies: Reply) -> None:
        """Answer the next requests that are not streamed (the analysis) so."""
        self._analyses.extend(replies)

    def script_embeddings(self, *replies: Reply) -> None:
        """Answer the next requests for embeddings so."""
        self._embeddings.extend(replies)

    def next_embeddings(self) -> Reply:
        return self._embeddings.popleft() if self._embeddings else Reply()

    @property
    def streamed(self) -> list[dict[str, Any]]:
        return [request for request in self.requests if request.get("stream")]

    def next_reply(self, body: dict[str, Any]) -> Reply:
        self.requests.append(body)
        if body.get("stream"):
            self.asked_at.append(time.monotonic())
            return self._scripts.popleft() if self._scripts else Reply(_answer(body), chunk_delay_s=self._chunk_delay_s)
        return self._analyses.popleft() if self._analyses else Reply(_extract(body))

    def forget(self) -> None:
        self.requests.clear()
        self.asked_at.clear()
        self.embedded.clear()
        self._scripts.clear()
        self._analyses.clear()
        self._embeddings.clear()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what some tests are about."""


def _last_user(body: dict[str, Any]) -> str:
    return next((str(m["content"]) for m in reversed(body["messages"]) if m["role"] == "user"), "")


def _answer(body: dict[str, Any]) -> str:
    said = _last_user(body).lower()
    if "beach" in said:
        return "*changes into a red bikini and runs down to the beach* Come on, the water is warm! I have been waiting for this all week."
    if "coat" in said or "walk" in said:
        return "*puts on a long wool coat and walks to the park* It is crisp out here. I like how the leaves sound under our feet."
    if "cook" in said or "kitchen" in said:
        return "*walks into the kitchen and ties on an apron* I am cooking pasta tonight. Would you hand me the basil?"
    return "*smiles warmly* It is good to hear from you. Tell me more about your day, I am all ears."


def _extract(body: dict[str, Any]) -> str:
    text = _last_user(body)
    reply = text.partition("REPLY:")[2].lower()
    answer: dict[str, Any] = {
        "put_on": [], "take_off": [], "change_into": [], "location": None, "action": None, "memories": [],
    }  # fmt: skip
    if "red bikini" in reply:
        answer |= {"change_into": ["red bikini"], "location": "on the beach", "action": "running into the waves"}
    elif "wool coat" in reply:
        answer |= {"put_on": ["long wool coat"], "location": "in the park", "action": "walking under the trees"}
    elif "apron" in reply:
        answer |= {"put_on": ["apron"], "location": "in the kitchen", "action": "cooking pasta"}
    return json.dumps(answer)


# What the fake model takes for one thing.
_MEANINGS = ({"glockenspiel", "carillon"},)


def _vector(text: str) -> list[float]:
    """Return 64 values: texts with words of one meaning, or the same words, lie near each other."""
    vector = [0.0] * 64
    for word in re.findall(r"[a-z]+", text.lower()):
        meaning = next((str(number) for number, words in enumerate(_MEANINGS) if word in words), "")
        noise = random.Random(meaning or word)
        weight = 4.0 if meaning else 0.5
        vector = [value + weight * noise.gauss(0, 1) for value in vector]
    return vector


def _handler(fake: FakeLanguageModel) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

        def do_GET(self) -> None:
            self._json(200, {"object": "list", "data": [{"id": "fake-model", "object": "model"}]})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            fake.keys.append(self.headers.get("Authorization", ""))
            if self.path.endswith("/embeddings"):
                self._embed(body)
                return
            reply = fake.next_reply(body)
            time.sleep(reply.first_delay_s)
            if reply.status != 200 or (reply.raw is not None and not body.get("stream")):
                self._raw(reply)
            elif body.get("stream"):
                self._stream(reply)
            else:
                message = {"role": "assistant", "content": reply.text}
                choice = {"index": 0, "message": message, "finish_reason": reply.finish}
                self._json(200, {"choices": [choice], "usage": {"prompt_tokens": 50, "completion_tokens": 20}})

        def _embed(self, body: dict[str, Any]) -> None:
            fake.embedded.append(body)
            reply = fake.next_embeddings()
            time.sleep(reply.first_delay_s)
            if reply.status != 200 or reply.raw is not None:
                self._raw(reply)
                return
            vectors = [_vector(text) for text in body["input"]]
            items = [{"object": "embedding", "index": place, "embedding": one} for place, one in enumerate(vectors)]
            self._json(200, {"object": "list", "model": body["model"], "data": items, "usage": {"prompt_tokens": 9}})

        def _raw(self, reply: Reply) -> None:
            content = reply.raw if reply.raw is not None else json.dumps({"error": {"message": "scripted"}}).encode()
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _stream(self, reply: Reply) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            try:
                self._events(reply)
            except OSError:
                fake.hung_up += 1

        def _events(self, reply: Reply) -> None:
            if reply.raw is not None:
                self._write(reply.raw)
                return
            chunks = reply.chunks if reply.chunks is not None else _words(reply.text)
            index = 0
            while reply.endless or index < len(chunks):
                if reply.stall_after is not None and index >= reply.stall_after:
                    time.sleep(3600)
                self._event({"choices": [{"index": 0, "delta": {"content": chunks[index % len(chunks)]}}]})
                index += 1
                time.sleep(reply.chunk_delay_s)
            if reply.cut:
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            if reply.finish is not None:
                self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": reply.finish}]})
                self._event({"choices": [], "usage": {"prompt_tokens": 100, "completion_tokens": len(chunks)}})
                self._write(b"data: [DONE]\n\n")

        def _event(self, event: dict[str, Any]) -> None:
            self._write(b"data: " + json.dumps(event).encode() + b"\n\n")

        def _write(self, data: bytes) -> None:
            self.wfile.write(data)
            self.wfile.flush()
            fake.bytes_sent += len(data)

        def _json(self, status: int, value: object) -> None:
            content = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    return Handler


def _words(text: str) -> list[str]:
    parts = text.split(" ")
    return [part if index == 0 else f" {part}" for index, part in enumerate(parts)]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=4699)
    parser.add_argument("--chunk-delay", type=float, default=0.03)
    options = parser.parse_args()
    with FakeLanguageModel(options.port, chunk_delay_s=options.chunk_delay) as fake:
        print(fake.url, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
