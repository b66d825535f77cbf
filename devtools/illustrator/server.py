"""The A1111 protocol of the illustrator: txt2img, models, options, samplers, progress, interrupt.

Source: AUTOMATIC1111 stable-diffusion-webui API; pictures carry its ``parameters`` chunk.
"""

import base64
import io
import json
import random
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from PIL import Image, ImageOps, PngImagePlugin

from devtools.illustrator.lexicon import understand
from devtools.illustrator.picture import painted
from devtools.illustrator.styles import in_style

MODEL = "companion-illustrator"
SIZE_LIMITS = (64, 1536)
MAX_PICTURES = 4
CANVAS = (832, 1216)

_drawing = threading.Lock()  # one picture at a time: drawing is pure computation
_state: dict[str, Any] = {"progress": 0.0, "interrupted": False}

ANSWERS: dict[str, Any] = {
    "/internal/ping": {},
    "/sdapi/v1/sd-models": [
        {"title": MODEL, "model_name": MODEL, "hash": None, "sha256": None, "filename": "built-in", "config": None}
    ],
    "/sdapi/v1/options": {"samples_format": "png", "sd_model_checkpoint": MODEL},
    "/sdapi/v1/samplers": [{"name": "Euler a", "aliases": ["k_euler_a"], "options": {}}],
    "/sdapi/v1/schedulers": [{"name": "automatic", "label": "Automatic", "aliases": None}],
    "/sdapi/v1/loras": [],
    "/sdapi/v1/cmd-flags": {},
    "/sdapi/v1/memory": {"ram": {}, "cuda": {}},
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Prompts are nobody's business."""

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path == "/sdapi/v1/progress":
            self._json(
                200,
                {
                    "progress": _state["progress"],
                    "eta_relative": 0.0,
                    "state": {},
                    "current_image": None,
                    "textinfo": None,
                },
            )
        elif path in ANSWERS:
            self._json(200, ANSWERS[path])
        else:
            self._json(404, {"detail": "Not Found"})

    def do_POST(self) -> None:
        path = self.path.split("?")[0]
        try:
            body: Any = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))) or b"{}")
        except ValueError:
            return self._json(422, {"detail": [{"loc": ["body"], "msg": "not valid JSON", "type": "value_error"}]})
        if path == "/sdapi/v1/txt2img":
            return self._draw(body)
        if path == "/sdapi/v1/interrupt":
            _state["interrupted"] = True
            return self._json(200, {})
        if path == "/sdapi/v1/options":
            return self._json(200, None)
        return self._json(404, {"detail": "Not Found"})

    def _draw(self, body: Any) -> None:
        problem = _problem(body)
        if problem:
            return self._json(422, {"detail": [problem]})
        with _drawing:
            return self._json(200, draw(body))

    def _json(self, status: int, value: Any) -> None:
        content = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _problem(body: Any) -> dict[str, Any] | None:
    if not isinstance(body, dict):
        return {"loc": ["body"], "msg": "value is not a valid dict", "type": "type_error.dict"}
    for name in ("width", "height"):
        size = body.get(name, 512)
        if not isinstance(size, int) or not SIZE_LIMITS[0] <= size <= SIZE_LIMITS[1]:
            return {
                "loc": ["body", name],
                "msg": f"must be {SIZE_LIMITS[0]} to {SIZE_LIMITS[1]}",
                "type": "value_error",
            }
    if not isinstance(body.get("prompt", ""), str):
        return {"loc": ["body", "prompt"], "msg": "str type expected", "type": "type_error.str"}
    return None


def draw(body: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to a txt2img request."""
    width, height = body.get("width", 512), body.get("height", 512)
    prompt, negative = body.get("prompt", ""), body.get("negative_prompt") or ""
    asked = body.get("seed", -1)
    seed = asked if isinstance(asked, int) and asked >= 0 else random.randrange(2**32)
    count = max(1, min(MAX_PICTURES, (body.get("batch_size") or 1) * (body.get("n_iter") or 1)))
    _state.update(progress=0.01, interrupted=False)
    images: list[str] = []
    texts: list[str] = []
    for index in range(count):
        if _state["interrupted"]:
            break
        picture = picture_of(prompt, seed + index, (width, height), progress=_told(index, count))
        texts.append(
            f"{prompt}\nNegative prompt: {negative}\nSteps: {body.get('steps', 20)}, Sampler: Euler a, "
            f"CFG scale: {body.get('cfg_scale', 7)}, Seed: {seed + index}, Size: {width}x{height}, Model: {MODEL}"
        )
        meta = PngImagePlugin.PngInfo()
        meta.add_text("parameters", texts[-1])
        buffer = io.BytesIO()
        picture.save(buffer, "PNG", pnginfo=meta, compress_level=1)
        images.append(base64.b64encode(buffer.getvalue()).decode())
        _state["progress"] = (index + 1) / count
    _state["progress"] = 0.0
    info = {
        "prompt": prompt,
        "all_prompts": [prompt] * len(images),
        "negative_prompt": negative,
        "seed": seed,
        "all_seeds": [seed + index for index in range(len(images))],
        "width": width,
        "height": height,
        "sampler_name": "Euler a",
        "steps": body.get("steps", 20),
        "cfg_scale": body.get("cfg_scale", 7),
        "sd_model_name": MODEL,
        "infotexts": texts,
    }
    return {"images": images, "parameters": body, "info": json.dumps(info)}


def _told(index: int, count: int) -> Callable[[float], None]:
    """Return what notes the progress of one picture of a batch."""
    return lambda share: _state.update(progress=(index + share) / count)


def picture_of(
    prompt: str, seed: int, size: tuple[int, int] = CANVAS, *, progress: Callable[[float], None] = lambda share: None
) -> Image.Image:
    """Return the picture of a prompt, always the same for the same prompt, seed and size.

    progress: told how much is done, 0 to 1.
    """
    drawing = understand(prompt, seed)
    progress(0.1)
    picture = painted(drawing)
    progress(0.8)
    picture = in_style(picture, drawing.style)
    return picture if size == CANVAS else ImageOps.fit(picture, size, centering=(0.5, 0.35))


def serve(port: int) -> None:
    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()
