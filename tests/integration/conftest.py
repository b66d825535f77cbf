"""Fixtures of the chat: a scripted language model, the state machine, and a person with a companion."""

from collections.abc import Generator

import pytest

from companion_hub import bootstrap
from tests.conftest import forget_worker
from tests.fakes.aws import FakeAws
from tests.fakes.chat import Chat
from tests.fakes.fake_llm import FakeLanguageModel


@pytest.fixture(scope="module")
def llm(worker: FakeAws) -> Generator[FakeLanguageModel]:
    """The language model the worker talks to."""
    with FakeLanguageModel() as fake, pytest.MonkeyPatch.context() as patch:
        patch.setenv("LLM_BASE_URL", fake.url)
        bootstrap.database().close()
        forget_worker()
        yield fake
        bootstrap.language_model().close()
        bootstrap.image_model().close()


@pytest.fixture
def chat(worker: FakeAws, llm: FakeLanguageModel) -> Generator[Chat]:
    """A new person with a companion called Mara and an open socket."""
    llm.forget()
    worker.frames.clear()
    worker.gone.clear()
    worker.broken.clear()
    worker.executions.clear()
    yield Chat(worker, llm)
    bootstrap.database().close()


@pytest.fixture
def small_model(chat: Chat) -> Generator[str]:
    """The worker talks to a model of this machine, which is only asked for replies."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LLM_MODEL", "local/small")
        bootstrap.database().close()
        bootstrap.language_model().close()
        forget_worker()
        yield "local/small"
    bootstrap.database().close()
    bootstrap.language_model().close()
    forget_worker()
