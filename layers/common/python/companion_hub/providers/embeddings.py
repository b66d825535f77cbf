"""Any OpenAI-compatible embeddings endpoint: texts in, vectors out.

Called by AnalyzeContext for the message that is answered, before the first word, so it waits for nobody: an endpoint that
failed is left alone for a while.  Called by ReanalyzeContext for memories, after the reply.

Source: OpenAI API reference, "Embeddings".
"""

import json
from collections.abc import Callable, Sequence
from contextlib import closing
from http import HTTPStatus
from math import isfinite
from time import monotonic
from typing import Any, cast

import httpx

from companion_hub.errors import EmbeddingsUnavailableError

# A batch of long vectors in decimal digits.
MAX_ANSWER_BYTES = 8 * 1024 * 1024
MAX_DIMENSIONS = 4096
# After a failure nothing is asked for so long: a dead endpoint delays one reply of many, not each.
PAUSE_S = 60.0


class OpenAiCompatibleEmbeddings:
    """``api_key(fresh)`` returns the key, "" for none; it is asked again once when the endpoint refuses it."""

    def __init__(self, base_url: str, model: str, api_key: Callable[[bool], str]) -> None:
        self.model = model
        self._api_key = api_key
        self._paused_until = 0.0
        # As with the language model: no redirects, no compressed answers that unpack to huge ones.
        self._client = httpx.Client(
            base_url=base_url.rstrip("/") + "/", follow_redirects=False, headers={"Accept-Encoding": "identity"}
        )

    def embed(self, texts: Sequence[str], *, timeout_s: float) -> list[list[float]]:
        """Return a vector for each text, all of one length.  Raises EmbeddingsUnavailableError."""
        if monotonic() < self._paused_until:
            raise EmbeddingsUnavailableError("paused after a failure")
        try:
            return self._ask(texts, deadline=monotonic() + timeout_s)
        except EmbeddingsUnavailableError:
            self._paused_until = monotonic() + PAUSE_S
            raise
        except Exception as exc:  # also a key that cannot be read: no turn may fail for want of a vector
            self._paused_until = monotonic() + PAUSE_S
            raise EmbeddingsUnavailableError(type(exc).__name__) from None

    def _ask(self, texts: Sequence[str], *, deadline: float) -> list[list[float]]:
        response = self._send(texts, deadline, fresh=False)
        if response.status_code == HTTPStatus.UNAUTHORIZED:
            response.close()
            response = self._send(texts, deadline, fresh=True)
        with closing(response):
            if not response.is_success:
                raise EmbeddingsUnavailableError(str(response.status_code))
            body = bytearray()
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > MAX_ANSWER_BYTES or monotonic() > deadline:
                    raise EmbeddingsUnavailableError("answer too long or too slow")
        return _vectors(bytes(body), len(texts))

    def _send(self, texts: Sequence[str], deadline: float, *, fresh: bool) -> httpx.Response:
        key = self._api_key(fresh)
        request = self._client.build_request(
            "POST",
            "embeddings",
            json={"model": self.model, "input": list(texts), "encoding_format": "float"},
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=max(0.01, deadline - monotonic()),
        )
        return self._client.send(request, stream=True)

    def close(self) -> None:
        """Close the pooled connections."""
        self._client.close()


def _vectors(body: bytes, count: int) -> list[list[float]]:
    try:
        data: list[dict[str, Any]] = json.loads(body)["data"]
        # "index" says which text a vector is of; some servers leave it out and keep the order.
        placed = {
            int(item.get("index", place)): cast("list[Any]", item["embedding"]) for place, item in enumerate(data)
        }
        vectors = [[float(value) for value in placed[index]] for index in range(count)]
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError) as exc:
        raise EmbeddingsUnavailableError(type(exc).__name__) from None
    sizes = {len(vector) for vector in vectors}
    if len(sizes) != 1 or not 1 <= sizes.pop() <= MAX_DIMENSIONS:
        raise EmbeddingsUnavailableError("vectors of odd lengths")
    if not all(isfinite(value) for vector in vectors for value in vector):
        raise EmbeddingsUnavailableError("vectors with no numbers")
    return vectors
