"""Memories found by what they mean: the embeddings endpoint, what is kept of its answers, and every way it can fail."""

import json
import time
from collections.abc import Generator
from math import sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion_hub import bootstrap
from companion_hub.providers import embeddings as provider
from companion_hub.providers.embeddings import OpenAiCompatibleEmbeddings
from companion_hub.services import meaning
from companion_hub.services.meaning import QUESTION_TIMEOUT_S, code_of
from tests.conftest import forget_worker
from tests.fakes.chat import Chat
from tests.fakes.fake_llm import FakeLanguageModel, Reply

# No word list knows that these two have to do with each other; the fake endpoint does.
BELLS = "The user cannot stand a glockenspiel."
QUESTION = "Is that a carillon?"
# More than a prompt takes, newer and as important: only its meaning brings the older memory back.
OTHERS = [f"The neighbour number {number} sold a red sofa." for number in range(60)]


def restart() -> None:
    bootstrap.database().close()
    bootstrap.language_model().close()
    if (made := bootstrap.embeddings()) is not None:
        made.close()
    forget_worker()


@pytest.fixture
def embeddings(chat: Chat) -> Generator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EMBEDDINGS_MODEL", "fake-embeddings")
        # A busy machine may hold any process up for longer than the first word waits; that wait has a test of its own.
        patch.setattr(meaning, "QUESTION_TIMEOUT_S", 20.0)
        restart()
        yield patch
        restart()


def know(chat: Chat, *texts: str) -> list[str]:
    """Have the owner write down memories; return their ids."""
    path = f"/api/companions/{chat.companion_id}/memories"
    answers = [chat.post(path, {"text": text, "kind": "fact", "importance": 3}) for text in texts]
    assert {answer.status for answer in answers} == {201}
    return [answer.json["id"] for answer in answers]


def prompt(chat: Chat) -> str:
    return json.dumps(chat.llm.streamed[-1]["messages"])


def codes(chat: Chat) -> list[dict[str, Any]]:
    with bootstrap.database().autocommit() as connection:
        return connection.execute(
            "SELECT m.text, e.model, length(e.code) AS bits FROM memory_embeddings e JOIN memories m ON m.id = e.memory_id "
            "WHERE e.companion_id = %(id)s ORDER BY m.id",
            {"id": chat.companion_id},
        ).fetchall()


def test_a_memory_is_recalled_by_what_it_means(chat: Chat, embeddings: pytest.MonkeyPatch) -> None:
    know(chat, BELLS, *OTHERS)
    chat.say("Hello!")
    chat.say("How are you?")  # 61 memories: a turn catches up with 32
    assert len(codes(chat)) == 61
    chat.say(QUESTION)
    assert "a glockenspiel" in prompt(chat)
    asked = chat.llm.embedded[-1]
    assert asked == {"model": "fake-embeddings", "input": [QUESTION], "encoding_format": "float"}
    # Nothing else found it: the same question without the endpoint.
    embeddings.delenv("EMBEDDINGS_MODEL")
    restart()
    chat.say(QUESTION)
    assert "a glockenspiel" not in prompt(chat)


def test_without_a_model_nobody_is_asked(chat: Chat) -> None:
    know(chat, BELLS)
    chat.say(QUESTION)
    assert chat.llm.embedded == []
    assert codes(chat) == []


def test_a_memory_written_anew_or_no_longer_true_is_not_found_by_what_it_said(
    chat: Chat, embeddings: pytest.MonkeyPatch
) -> None:
    [bells] = know(chat, BELLS)
    chat.say("Hello!")
    assert [row["text"] for row in codes(chat)] == [BELLS]
    assert chat.patch(f"/api/memories/{bells}", {"text": "The user loves ladders."}).status == 200
    assert codes(chat) == []
    chat.say("And now?")
    assert [row["text"] for row in codes(chat)] == ["The user loves ladders."]
    assert chat.patch(f"/api/memories/{bells}", {"pinned": True}).status == 200
    assert len(codes(chat)) == 1  # says what it said
    assert chat.delete(f"/api/memories/{bells}").status == 204
    assert codes(chat) == []


def test_another_model_embeds_anew_and_codes_of_two_models_are_never_compared(
    chat: Chat, embeddings: pytest.MonkeyPatch
) -> None:
    know(chat, BELLS)
    chat.say("Hello!")
    embeddings.setenv("EMBEDDINGS_MODEL", "another")
    restart()
    assert chat.say(QUESTION)["status"] == "done"
    assert [row["model"] for row in codes(chat)] == ["another"]
    # A server that serves another model by the same name.
    short = json.dumps({"data": [{"index": 0, "embedding": [0.5, -0.5, 0.25]}]}).encode()
    chat.llm.script_embeddings(Reply(raw=short))
    assert chat.say(QUESTION)["status"] == "done"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=500),
        Reply(status=401),
        Reply(status=302, headers={"Location": "http://example.invalid/"}),
        Reply(raw=b"no json"),
        Reply(raw=b'{"data": []}'),
        Reply(raw=b'{"data": [{"index": 0, "embedding": []}]}'),
        Reply(raw=b'{"data": [{"index": 0, "embedding": ["x"]}]}'),
        Reply(raw=b'{"data": [{"index": 0, "embedding": [1e999]}]}'),
        Reply(raw=b'{"data": [{"index": 7, "embedding": [1]}]}'),
        Reply(raw=b'{"data": "' + b"x" * (provider.MAX_ANSWER_BYTES + 1) + b'"}'),
        Reply(first_delay_s=3 * QUESTION_TIMEOUT_S),
    ],
    ids=[
        "500", "401", "redirect", "no json", "no vector", "an empty one", "words", "infinity", "of another text", "endless",
        "slow",
    ],
)  # fmt: skip
def test_an_endpoint_that_fails_costs_the_reply_nothing_and_is_left_alone_for_a_while(
    chat: Chat, embeddings: pytest.MonkeyPatch, reply: Reply
) -> None:
    know(chat, BELLS)
    embeddings.setattr(meaning, "QUESTION_TIMEOUT_S", QUESTION_TIMEOUT_S)
    chat.llm.script_embeddings(reply, reply)  # a refused key is read and tried once more
    started = time.monotonic()
    turn = chat.say(QUESTION)
    assert turn["status"] == "done"
    assert turn["degraded"] == []
    assert "a glockenspiel" in prompt(chat)  # by its words and its newness, as ever
    assert time.monotonic() - started < QUESTION_TIMEOUT_S + 5
    asked = len(chat.llm.embedded)
    assert 1 <= asked <= 2
    chat.say("Hello?")
    assert len(chat.llm.embedded) == asked
    assert codes(chat) == []


def test_after_the_pause_it_is_asked_again_and_the_rest_is_done(chat: Chat, embeddings: pytest.MonkeyPatch) -> None:
    know(chat, BELLS)
    embeddings.setattr(provider, "PAUSE_S", 0.0)
    chat.llm.script_embeddings(Reply(status=503), Reply(status=503))
    chat.say("Hello!")
    assert codes(chat) == []
    chat.say("Hello again!")
    assert [row["bits"] for row in codes(chat)] == [3 * 64]


def test_the_language_models_key_goes_to_its_own_host_only(chat: Chat, embeddings: pytest.MonkeyPatch) -> None:
    chat.say(QUESTION)
    key = chat.llm.keys[-1]
    assert key.startswith("Bearer sk-")
    with FakeLanguageModel() as elsewhere:
        embeddings.setenv("EMBEDDINGS_BASE_URL", elsewhere.url)
        restart()
        chat.say(QUESTION)
        assert [request["input"] for request in elsewhere.embedded] == [[QUESTION]]
        assert elsewhere.keys == [""]
        restart()


def test_a_key_that_cannot_be_read_costs_the_turn_nothing(chat: Chat, embeddings: pytest.MonkeyPatch) -> None:
    made = bootstrap.embeddings()
    assert made is not None

    def broken(fresh: bool) -> str:
        raise OSError("Secrets Manager is away")

    embeddings.setattr(made, "_api_key", broken)
    assert chat.say(QUESTION)["status"] == "done"
    assert chat.llm.embedded == []


def test_a_long_message_is_embedded_by_its_beginning(chat: Chat, embeddings: pytest.MonkeyPatch) -> None:
    chat.say("海" * 2_000)
    assert [len(text) for text in chat.llm.embedded[0]["input"]] == [500]


def test_a_batch_is_put_back_in_its_order() -> None:
    with FakeLanguageModel() as llm:
        endpoint = OpenAiCompatibleEmbeddings(llm.url, "m", lambda _fresh: "")
        items = [{"index": 1, "embedding": [2.0]}, {"index": 0, "embedding": [1.0]}]
        llm.script_embeddings(Reply(raw=json.dumps({"data": items}).encode()))
        assert endpoint.embed(["a", "b"], timeout_s=5) == [[1.0], [2.0]]
        endpoint.close()


vectors = st.lists(st.floats(-1, 1), min_size=1, max_size=64)


@given(vectors, st.floats(0.01, 100))
def test_a_code_depends_on_the_angle_alone(vector: list[float], factor: float) -> None:
    code = code_of(vector)
    assert len(code) == 3 * len(vector)
    assert set(code) <= {"0", "1"}
    spread = sqrt(sum(value * value for value in vector) / len(vector))
    borders = (spread * 0.6744897501960817, 0.0)
    # A value on a border may fall to either side of it.
    if all(abs(abs(value) - border) > 1e-9 for value in vector for border in borders):
        assert code_of([value * factor for value in vector]) == code


def test_quarters_are_counted_by_how_far_they_lie_apart() -> None:
    far, near = code_of([-1.0, 1.0]), code_of([-0.1, 1.0])
    assert sum(a != b for a, b in zip(far, code_of([1.0, 1.0]), strict=True)) == 3
    assert sum(a != b for a, b in zip(far, near, strict=True)) == 1
