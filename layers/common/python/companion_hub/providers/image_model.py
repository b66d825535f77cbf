"""Stable Diffusion Forge or AUTOMATIC1111, over its own HTTP API; the local illustrator speaks the same.

Source: AUTOMATIC1111 stable-diffusion-webui API (``/sdapi/v1/txt2img``).  Newer servers may answer PNG, JPEG or WebP,
so the format is told by the bytes (services/image_pipeline.py).
"""

import base64
import binascii
import json
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol, cast

import httpx

from companion_hub.errors import ImageModelUnavailableError, ImageRejectedError

CONNECT_TIMEOUT_S = 5.0
# One picture on a home graphics card takes 5-60 s; the step's own limit is 120 s.
DRAW_TIMEOUT_S = 100.0
MAX_ANSWER_BYTES = 30 * 1024 * 1024


class ImageRequest(NamedTuple):
    """Sizes in pixels; ``seed`` 0 … 2³²-1."""

    prompt: str
    negative_prompt: str
    seed: int
    width: int = 832
    height: int = 1216
    steps: int = 28
    guidance: float = 6.0


class DrawnImage(NamedTuple):
    """Bytes as the server sent them, and what it says it did."""

    data: bytes
    seed: int
    model: str
    settings: dict[str, object]


class ImageModel(Protocol):
    def draw(self, request: ImageRequest) -> DrawnImage:
        """Raises ImageModelUnavailableError (try again), ImageRejectedError (no picture in the answer)."""
        ...


class StableDiffusion:
    def __init__(self, base_url: str, credentials: Callable[[], str]) -> None:
        self._credentials = credentials
        # Redirects are not followed: the configured host is the only one this function may talk to.
        self._client = httpx.Client(
            base_url=base_url.rstrip("/") + "/",
            timeout=httpx.Timeout(DRAW_TIMEOUT_S, connect=CONNECT_TIMEOUT_S),
            follow_redirects=False,
        )

    def close(self) -> None:
        """Close the pooled connections."""
        self._client.close()

    def draw(self, request: ImageRequest) -> DrawnImage:
        body = {
            "prompt": request.prompt,
            "negative_prompt": request.negative_prompt,
            "seed": request.seed,
            "width": request.width,
            "height": request.height,
            "steps": request.steps,
            "cfg_scale": request.guidance,
            "batch_size": 1,
            "n_iter": 1,
            "send_images": True,
            "save_images": False,
        }
        user, _, password = self._credentials().partition(":")
        auth = httpx.BasicAuth(user, password) if user else None
        try:
            with self._client.stream("POST", "sdapi/v1/txt2img", json=body, auth=auth) as response:
                if not response.is_success:
                    raise ImageModelUnavailableError(str(response.status_code))
                content = _read(response)
        except httpx.HTTPError as exc:
            raise ImageModelUnavailableError(type(exc).__name__) from exc
        return _parse(content, request)


def _read(response: httpx.Response) -> bytes:
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > MAX_ANSWER_BYTES:
            raise ImageRejectedError("answer over 30 MB")
    return bytes(content)


def _parse(content: bytes, request: ImageRequest) -> DrawnImage:
    try:
        answer: Any = json.loads(content)
        encoded = str(answer["images"][0])
        data = base64.b64decode(encoded.partition(",")[2] if encoded.startswith("data:") else encoded, validate=True)
    except (ValueError, KeyError, IndexError, TypeError, binascii.Error) as exc:
        raise ImageRejectedError(f"no picture in the answer: {type(exc).__name__}") from None
    info = _info(answer)
    seed = info.get("seed")
    known: dict[str, object] = {key: info[key] for key in ("sampler_name", "steps", "cfg_scale") if key in info}
    return DrawnImage(
        data=data,
        seed=seed if isinstance(seed, int) else request.seed,
        model=str(info.get("sd_model_name") or "stable-diffusion")[:120],
        settings=known,
    )


def _info(answer: dict[str, Any]) -> dict[str, Any]:
    """Return what the server says it did; {} when it says nothing readable."""
    try:
        info: object = json.loads(answer.get("info") or "{}")
    except (ValueError, TypeError):
        return {}
    return cast("dict[str, Any]", info) if isinstance(info, dict) else {}
