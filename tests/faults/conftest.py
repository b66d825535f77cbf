"""Fixtures of the fault suite: the chat's fakes, and workers that are processes of their own."""

import os
from collections.abc import Generator

import pytest

from companion_hub import bootstrap
from tests.conftest import forget_worker
from tests.fakes import pictures
from tests.fakes.aws import FakeAws
from tests.fakes.chat import Chat
from tests.fakes.fake_llm import FakeLanguageModel
from tests.fakes.fake_sd import Drawing, FakeStableDiffusion
from tests.faults.workers import Workers
from tests.integration.conftest import chat, llm  # noqa: F401 - fixtures

_FUNCTION_SETTINGS = (
    "AWS_", "DATABASE_", "PUBLIC_", "ORIGIN_", "SESSION_", "RATE_", "MEDIA_", "STATE_", "WEBSOCKET_", "LLM_", "SD_",
    "PROVIDER_",
)  # fmt: skip


@pytest.fixture(scope="session")
def long_form() -> bool:
    """Whether this is ``hub test --long`` or ``hub test --faults``."""
    return "HUB_TEST_LONG" in os.environ


@pytest.fixture(scope="module")
def sd(worker: FakeAws, llm: FakeLanguageModel) -> Generator[FakeStableDiffusion]:  # noqa: F811
    """An image model whose pictures are small: what is tested is not how they are encoded."""
    with FakeStableDiffusion() as fake, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SD_API_URL", fake.url)
        bootstrap.database().close()
        forget_worker()
        yield fake
        bootstrap.image_model().close()


@pytest.fixture(scope="module")
def workers(worker: FakeAws, llm: FakeLanguageModel, sd: FakeStableDiffusion) -> Generator[Workers]:  # noqa: F811
    """Worker processes with this module's settings."""
    pool = Workers({name: value for name, value in os.environ.items() if name.startswith(_FUNCTION_SETTINGS)})
    yield pool
    pool.close()


@pytest.fixture
def remote(chat: Chat, workers: Workers, sd: FakeStableDiffusion) -> Generator[Chat]:  # noqa: F811
    """The chat, with every state's function run by worker processes."""
    sd.forget()
    use_workers(chat, workers)
    yield chat
    workers.crash = lambda _function: None
    workers.terminate = lambda _function: None
    workers.clock_offset_s = 0.0
    workers.kill_all()


def use_workers(chat: Chat, workers: Workers) -> None:  # noqa: F811
    def run_by(function: str):
        return lambda payload: workers.invoke(function, payload)

    for function in ("AnalyzeContext", "GenerateReply", "ReanalyzeContext", "UpdateState", "GenerateImage", "FailTurn"):
        chat.machine.handlers[function] = run_by(function)


def small_drawing() -> Drawing:
    return Drawing(pictures.png((64, 96)))
