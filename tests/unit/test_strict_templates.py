"""Models whose chat template refuses the order of a chat: what they say, and that they are answered in their order."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import pairwise, product
from typing import Any, Literal

import pytest

from companion_hub.errors import LanguageModelRejectedError, LanguageModelUnavailableError, StepError
from companion_hub.models.companion import CompanionProfile
from companion_hub.models.scene import Scene
from companion_hub.providers.event_stream import Delta, Finish
from companion_hub.providers.language_model import (
    ChatMessage,
    ChatRequest,
    OpenAiCompatibleModel,
    in_strict_order,
)
from companion_hub.services.model_profiles import model_profile
from companion_hub.services.prompt import History, PromptInput, build_prompt
from companion_hub.services.scene_analysis import Exchange, analysis_messages
from tests.fakes.fake_llm import FakeLanguageModel, Reply

Template = Callable[[list[str]], str | None]  # the roles -> what it refuses them with
Server = Callable[[str, bool], Reply]  # the template's words, whether the request was streamed -> its error

ALTERNATE = "Conversation roles must alternate user/assistant/user/assistant/..."


# --- what the templates refuse, each with its own words


def _by_turns(roles: list[str], words: str) -> str | None:
    return next((words for i, role in enumerate(roles) if (role == "user") != (i % 2 == 0)), None)


def mistral_7b(roles: list[str]) -> str | None:  # v0.1, v0.2
    return _by_turns(roles, ALTERNATE)


def mistral_small(roles: list[str]) -> str | None:  # v0.3 and later
    return _by_turns(roles[1:] if roles[0] == "system" else roles, f"After the optional system message, {ALTERNATE}")


def gemma(roles: list[str]) -> str | None:  # 1 and 2
    return "System role not supported" if roles[0] == "system" else _by_turns(roles, ALTERNATE)


def qwen(roles: list[str]) -> str | None:  # 3.5
    return "System message must be at the beginning." if "system" in roles[1:] else None


def two_roles(roles: list[str]) -> str | None:  # WizardCoder and others
    return "Only user and assistant roles are supported!" if "system" in roles else None


# --- how servers pass that on


def vllm(words: str, _stream: bool) -> Reply:
    """vllm-project/vllm issue 6862."""
    return _error(400, {"object": "error", "message": words, "type": "BadRequestError", "param": None, "code": 400})


def llama_cpp(words: str, _stream: bool) -> Reply:
    """ggml-org/llama.cpp issue 19851; 400 when it makes a parser first (issue 20733).  Ollama passes it on."""
    place = "\n------------\nWhile executing CallExpression at line 189, column 32 in source:\n"
    shown = f"...== 0) %}}↵            {{{{- raise_exception('{words[:38]}...\n"
    message = f"{place}{shown}{' ' * 43}^\nError: Jinja Exception: {words}"
    return _error(500, {"error": {"code": 500, "message": message, "type": "server_error"}})


def lm_studio(words: str, stream: bool) -> Reply:
    """lmstudio-ai/lmstudio-bug-tracker issue 842; inside a stream as in zendev-sh/goai pull request 110."""
    message = f'Error rendering prompt with jinja template: "{words}".\n\nThis is usually an issue with the model\'s …'
    body = {"error": {"message": message}, "message": message}
    return Reply(raw=b"event: error\ndata: " + json.dumps(body).encode() + b"\n\n") if stream else _error(400, body)


def open_router(words: str, _stream: bool) -> Reply:
    """charmbracelet/crush issue 279: the provider's own error as a text inside."""
    raw = json.dumps({"object": "error", "message": words, "type": "invalid_request_message_order", "code": "3230"})
    body = {"message": "Provider returned error", "code": 400, "metadata": {"raw": raw, "provider_name": "Mistral"}}
    return _error(400, {"error": body})


def _error(status: int, body: dict[str, Any]) -> Reply:
    return Reply(status=status, raw=json.dumps(body).encode())


TEMPLATES: list[Template] = [mistral_7b, mistral_small, gemma, qwen, two_roles]
SERVERS: list[Server] = [vllm, llama_cpp, lm_studio, open_router]


class StrictModel(FakeLanguageModel):
    """Answers only what its template takes."""

    def __init__(self, template: Template, server: Server) -> None:
        super().__init__()
        self._refuses, self._says = template, server

    def next_reply(self, body: dict[str, Any]) -> Reply:
        reply = super().next_reply(body)
        refused = self._refuses([message["role"] for message in body["messages"]])
        return self._says(refused, bool(body.get("stream"))) if refused else reply


# A chat that begins with the companion's greeting, where a message got no reply, and that goes on: all that is refused.
CHAT = [
    ChatMessage("system", "You are Mara."),
    ChatMessage("assistant", "Come in!"),
    ChatMessage("user", "Hi"),
    ChatMessage("user", "Are you there?"),
    ChatMessage("assistant", "I am."),
    ChatMessage("system", "Continue."),
]


@contextmanager
def client(fake: FakeLanguageModel) -> Iterator[OpenAiCompatibleModel]:
    with closing(OpenAiCompatibleModel(fake.url, "test-model", lambda _fresh: "")) as model:
        yield model


def streamed(model: OpenAiCompatibleModel) -> str:
    stream, text = model.stream(ChatRequest(CHAT, max_tokens=50)), ""
    while not isinstance(event := stream.next(10), Finish):
        text += event.text if isinstance(event, Delta) else ""
    return text


def completed(model: OpenAiCompatibleModel) -> str:
    return model.complete(ChatRequest(CHAT, max_tokens=50), json_schema={"type": "object"}, timeout_s=10).text


@pytest.mark.parametrize("ask", [streamed, completed], ids=lambda ask: ask.__name__)
@pytest.mark.parametrize("server", SERVERS, ids=lambda server: server.__name__)
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.__name__)
def test_strict_model_is_asked_again_once_and_never_refuses_again(
    template: Template, server: Server, ask: Callable[[OpenAiCompatibleModel], str]
) -> None:
    with StrictModel(template, server) as fake, client(fake) as model:
        assert ask(model)
        assert len(fake.requests) == 2
        assert ask(model)
        assert streamed(model)
        assert completed(model)
        assert len(fake.requests) == 5, "it is known now"
        assert "response_format" in fake.requests[-1], "structured output is another matter"


@pytest.mark.parametrize("server", SERVERS, ids=lambda server: server.__name__)
def test_model_that_refuses_the_strict_order_too_is_not_asked_again(server: Server) -> None:
    with StrictModel(lambda _roles: ALTERNATE, server) as fake, client(fake) as model:
        for requests in (2, 1):  # the second time its order is known
            fake.forget()
            with pytest.raises(StepError) as caught:
                streamed(model)
            assert len(fake.requests) == requests
            # Step Functions knows errors by these names; the server's words, which may repeat the prompt, stay outside.
            assert type(caught.value) in (LanguageModelRejectedError, LanguageModelUnavailableError)
            assert "alternate" not in str(caught.value)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=400, raw=b'{"error": {"message": "max_tokens is too large"}}'),
        Reply(status=500, raw=b'{"error": {"message": "CUDA out of memory"}}'),
        Reply(status=503, raw=b'{"error": {"message": "Conversation roles must alternate"}}'),
        Reply(raw=b'data: {"error": {"message": "overloaded"}}\n\n'),
        Reply(chunks=["The roles must alternate"], cut=True),
    ],
    ids=["400", "500", "a status no template gives", "error event", "a cut reply about roles"],
)
def test_other_errors_change_nothing(reply: Reply) -> None:
    with FakeLanguageModel() as fake, client(fake) as model:
        fake.script(reply)
        with pytest.raises(StepError):
            streamed(model)
        assert streamed(model)
        assert [request["messages"] for request in fake.requests] == [[m._asdict() for m in CHAT]] * 2


def test_error_after_the_first_token_is_not_asked_again() -> None:
    token = b'data: {"choices": [{"index": 0, "delta": {"content": "Hel"}}]}\n\n'
    with FakeLanguageModel() as fake, client(fake) as model:
        fake.script(Reply(raw=token + (lm_studio(ALTERNATE, True).raw or b"")))
        with pytest.raises(LanguageModelUnavailableError):
            streamed(model)
        assert len(fake.requests) == 1


# --- the order itself


def test_nothing_said_is_lost_and_the_system_text_comes_first() -> None:
    ordered = in_strict_order([message._asdict() for message in CHAT])
    assert [(message["role"], message["content"]) for message in ordered] == [
        ("user", "You are Mara."),
        ("assistant", "Come in!"),
        ("user", "Hi\n\nAre you there?"),
        ("assistant", "I am."),
        ("user", "Continue."),
    ]
    assert in_strict_order(ordered) == ordered


def test_a_greeting_without_instructions_gets_somebody_who_came_in() -> None:
    ordered = in_strict_order([{"role": "assistant", "content": "Come in!"}])
    assert [message["role"] for message in ordered] == ["user", "assistant"]


Role = Literal["user", "assistant"]
HISTORIES: list[list[Role]] = [
    list(roles) for length in range(1, 6) for roles in product(("user", "assistant"), repeat=length)
]


@pytest.mark.parametrize("model", ["hosted", "local/small"])
@pytest.mark.parametrize("continuing", [False, True], ids=["reply", "continue"])
def test_every_prompt_of_ours_passes_every_template(model: str, continuing: bool) -> None:
    for roles in HISTORIES:
        given = PromptInput(
            name="Mara",
            profile=CompanionProfile(),
            scene=Scene(),
            user_name="Tom",
            content_rating="safe",
            memories=["The user has a cat."],
            summary="",
            history=[History(role, f"message {index}", index) for index, role in enumerate(roles)],
            post_history="Stay in character.",
            continuing=continuing,
        )
        _passes_everywhere(build_prompt(given, model_profile(model)).messages)


def test_the_analysis_passes_every_template() -> None:
    _passes_everywhere(analysis_messages(Exchange("Mara", "Tom", "Hi", "Hello", Scene())))


def _passes_everywhere(messages: list[ChatMessage]) -> None:
    ordered = in_strict_order([message._asdict() for message in messages])
    roles = [message["role"] for message in ordered]
    assert [template(roles) for template in TEMPLATES] == [None] * len(TEMPLATES)
    said, text = [message.content for message in messages], "\n".join(message["content"] for message in ordered)
    places = [text.index(words) for words in said]
    assert all(before <= after for before, after in pairwise(places)), "in the order in which it was said"
