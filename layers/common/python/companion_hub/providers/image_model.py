"""Stable Diffusion Forge or AUTOMATIC1111, over its own HTTP API; the local illustrator speaks the same.

Source: AUTOMATIC1111 stable-diffusion-webui API (``/sdapi/v1/txt2img``, ``/sdapi/v1/progress``).  Newer servers may
answer PNG, JPEG or WebP, so the format is told by the bytes (services/image_pipeline.py).
"""

import base64
import binascii
import json
import math
from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic
from typing import Any, NamedTuple, Protocol, cast

import httpx

from companion_hub.errors import ImageModelRejectedError, ImageModelUnavailableError, ImageRejectedError

CONNECT_TIMEOUT_S = 5.0
# One picture on a home graphics card takes 5-60 s; the step's own limit is 120 s.
DRAW_TIMEOUT_S = 100.0
PROGRESS_EVERY_S = 1.0
# The lists of checkpoints and LoRAs are small, and asked for while somebody waits.
CATALOGUE_TIMEOUT_S = 3.0
MAX_NAMES = 1_000
# A picture of 832×1216 is 1-2 MB; base64 adds a third.
MAX_PICTURE_BYTES = 20_000_000
MAX_ANSWER_BYTES = MAX_PICTURE_BYTES * 4 // 3 + 100_000
# Statuses that a second try does not change: the address, the credentials or the request is wrong.
_PERMANENT = frozenset({400, 401, 403, 404, 405, 422})


class ImageRequest(NamedTuple):
    """Sizes in pixels; ``seed`` 0 … 2³²-1.

    ``checkpoint`` ("": the loaded one) and ``loras`` (name, weight) are used where the server has them; names hold no
    prompt syntax (models/image.py).
    """

    prompt: str
    negative_prompt: str
    seed: int
    width: int = 832
    height: int = 1216
    steps: int = 28
    guidance: float = 6.0
    checkpoint: str = ""
    loras: tuple[tuple[str, float], ...] = ()


class Available(NamedTuple):
    """Names of what an image server has; empty when it does not say."""

    checkpoints: frozenset[str]
    loras: frozenset[str]


class DrawnImage(NamedTuple):
    """Bytes as the server sent them, and what it says it did."""

    data: bytes
    seed: int
    model: str
    settings: dict[str, object]


class ImageModel(Protocol):
    def draw(
        self,
        request: ImageRequest,
        *,
        timeout_s: float = DRAW_TIMEOUT_S,
        on_progress: Callable[[float], None] | None = None,
    ) -> DrawnImage:
        """Return the picture; ``on_progress`` is told fractions (0-1) meanwhile, from another thread.

        Raises ImageModelUnavailableError (try again), ImageModelRejectedError (settings are wrong), ImageRejectedError
        (no picture in the answer).
        """
        ...


class StableDiffusion:
    """``credentials`` returns "user:password" for HTTP basic authentication, or ""."""

    def __init__(self, base_url: str, credentials: Callable[[], str]) -> None:
        self._credentials = credentials
        # Redirects are not followed and no proxy or netrc of the environment is used: the configured host is the only
        # one this function may talk to.
        self._client = httpx.Client(base_url=base_url.rstrip("/") + "/", follow_redirects=False, trust_env=False)

    def close(self) -> None:
        self._client.close()

    def draw(
        self,
        request: ImageRequest,
        *,
        timeout_s: float = DRAW_TIMEOUT_S,
        on_progress: Callable[[float], None] | None = None,
    ) -> DrawnImage:
        deadline = monotonic() + timeout_s
        timeout = httpx.Timeout(timeout_s, connect=min(CONNECT_TIMEOUT_S, timeout_s))
        auth = self._auth()
        request, missing = self._with_what_there_is(request)
        try:
            with (
                self._watching(auth, on_progress),
                self._client.stream(
                    "POST", "sdapi/v1/txt2img", json=_body(request), auth=auth, timeout=timeout
                ) as response,
            ):
                _check_status(response)
                content = _read(response, deadline=deadline)
        except (httpx.HTTPError, httpx.InvalidURL) as exc:
            raise ImageModelUnavailableError(type(exc).__name__) from exc
        drawn = _parse(content, request)
        return drawn._replace(settings={**drawn.settings, "missing": missing}) if missing else drawn

    def available(self) -> Available:
        """Return the names the server knows; a server without the routes, or away, has none to choose from."""
        return Available(self._names("sdapi/v1/sd-models", "model_name"), self._names("sdapi/v1/loras", "name"))

    def _names(self, path: str, key: str) -> frozenset[str]:
        try:
            with self._client.stream("GET", path, auth=self._auth(), timeout=CATALOGUE_TIMEOUT_S) as response:
                content = _read(response, deadline=monotonic() + CATALOGUE_TIMEOUT_S) if response.is_success else b"[]"
            entries: Any = json.loads(content)
            return frozenset(_text(entry.get(key)) for entry in entries[:MAX_NAMES]) - {""}
        except (
            httpx.HTTPError, httpx.InvalidURL, ImageModelUnavailableError, ImageRejectedError, ValueError, TypeError,
            AttributeError, KeyError, RecursionError,
        ):  # fmt: skip
            return frozenset()

    def _with_what_there_is(self, request: ImageRequest) -> tuple[ImageRequest, list[str]]:
        """Return the request without networks the server lacks, and their names: a picture without is better than none."""
        if not request.checkpoint and not request.loras:
            return request, []
        there = self.available()
        missing = [name for name, _ in request.loras if name not in there.loras]
        loras = tuple(lora for lora in request.loras if lora[0] in there.loras)
        checkpoint = request.checkpoint if request.checkpoint in there.checkpoints else ""
        missing += [request.checkpoint] if request.checkpoint and not checkpoint else []
        return request._replace(loras=loras, checkpoint=checkpoint), missing

    def _auth(self) -> httpx.BasicAuth | None:
        user, _, password = self._credentials().partition(":")
        return httpx.BasicAuth(user, password) if user else None

    @contextmanager
    def _watching(self, auth: httpx.BasicAuth | None, on_progress: Callable[[float], None] | None) -> Generator[None]:
        """Ask how far the picture is, once a second, while the block runs."""
        if on_progress is None:
            yield
            return
        done = Event()
        watcher = Thread(target=self._watch, args=(done, auth, on_progress), daemon=True, name="progress")
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()

    def _watch(self, done: Event, auth: httpx.BasicAuth | None, on_progress: Callable[[float], None]) -> None:
        told = 0.0
        while not done.wait(PROGRESS_EVERY_S):
            try:
                answer = self._client.get(
                    "sdapi/v1/progress", params={"skip_current_image": "true"}, auth=auth, timeout=1.0
                )
                fraction = float(answer.json()["progress"])
            except (httpx.HTTPError, ValueError, KeyError, TypeError):
                continue  # a server without this route draws all the same
            if told < fraction <= 1 and not done.is_set():
                told = fraction
                on_progress(fraction)


def _body(request: ImageRequest) -> dict[str, object]:
    networks = "".join(f" <lora:{name}:{weight:g}>" for name, weight in request.loras)
    # Set for this picture only: others share the server.
    override: dict[str, object] = (
        {"override_settings": {"sd_model_checkpoint": request.checkpoint}, "override_settings_restore_afterwards": True}
        if request.checkpoint
        else {}
    )
    return {
        **override,
        "prompt": request.prompt + networks,
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


def _check_status(response: httpx.Response) -> None:
    status = response.status_code
    if status in _PERMANENT or response.is_redirect:
        raise ImageModelRejectedError(f"status {status}")
    if not response.is_success:
        raise ImageModelUnavailableError(f"status {status}")


def _read(response: httpx.Response, *, deadline: float) -> bytes:
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > MAX_ANSWER_BYTES:
            raise ImageRejectedError("answer larger than any picture")
        if monotonic() > deadline:  # the client's own time-out is per read: a dripping answer would never end
            raise ImageModelUnavailableError("answer too slow")
    return bytes(content)


def _parse(content: bytes, request: ImageRequest) -> DrawnImage:
    try:
        answer: Any = json.loads(content)
        encoded: str = answer["images"][0]
        data = base64.b64decode(encoded.partition(",")[2] if encoded.startswith("data:") else encoded, validate=True)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, binascii.Error) as exc:
        raise ImageRejectedError(f"no picture in the answer: {type(exc).__name__}") from None
    if len(data) > MAX_PICTURE_BYTES:
        raise ImageRejectedError("picture over 20 MB")
    info = _info(answer)
    seed = info.get("seed")
    usable_seed = isinstance(seed, int) and not isinstance(seed, bool) and 0 <= seed < 2**63
    return DrawnImage(
        data=data,
        seed=cast("int", seed) if usable_seed else request.seed,
        model=_text(info.get("sd_model_name")) or "stable-diffusion",
        settings={
            "steps": request.steps,
            "cfg_scale": request.guidance,
            **({"loras": [f"{name}:{weight:g}" for name, weight in request.loras]} if request.loras else {}),
            **_known(info),
        },
    )


def _known(info: dict[str, Any]) -> dict[str, object]:
    """Return what is worth keeping of what the server says it did: sampler, steps, guidance, model hash."""
    known: dict[str, object] = {}
    for key in ("sampler_name", "sd_model_hash"):
        if text := _text(info.get(key)):
            known[key] = text
    for key in ("steps", "cfg_scale"):
        value = info.get(key)
        if isinstance(value, int | float) and math.isfinite(value):  # 1e999 is read as infinity, which JSONB refuses
            known[key] = value
    return known


def _text(value: object) -> str:
    """Return a short text that a database takes, "" for anything else."""
    return value.replace("\x00", "").encode("utf-8", "ignore").decode()[:120] if isinstance(value, str) else ""


def _info(answer: Any) -> dict[str, Any]:
    """Return what the server says it did; {} when it says nothing readable."""
    try:
        info: object = json.loads(answer.get("info") or "{}", parse_constant=str)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}
    return cast("dict[str, Any]", info) if isinstance(info, dict) else {}
