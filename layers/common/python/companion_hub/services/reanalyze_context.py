"""ReanalyzeContext: the final scene of the turn, read from the reply, what is worth remembering, and the summary.

Rules first; one model call, only of a model whose analysis adds something, and only when the exchange may have changed
the scene, told something lasting, or messages left the prompt's window.  The reply is safe already, so nothing here can fail the turn:

- the model does not answer: the rules alone decide, ``degraded: ["state"]``
- the model answers junk: the scene stays as it was before the turn, ``degraded: ["state"]`` (FAULTS.md F22)
- the summary is junk: the one before stays, and a later turn tries again
"""

import re
from collections.abc import Sequence
from typing import NamedTuple, TypedDict

from companion_hub.db.connection import Conn
from companion_hub.errors import LanguageModelGarbageError, StepError
from companion_hub.models.memory import Learnt
from companion_hub.models.scene import Operation, Scene
from companion_hub.models.step import StepEvent
from companion_hub.models.turn import Degradation
from companion_hub.observability import logger
from companion_hub.providers.language_model import LanguageModel
from companion_hub.repositories import claims, memories, prompts, summaries, usage
from companion_hub.repositories.prompts import StepRows
from companion_hub.repositories.summaries import LeftMessage, Unsummarized
from companion_hub.services.analyze_context import scene_before_turn
from companion_hub.services.meaning import Embeddings, embed_memories
from companion_hub.services.memories import remember
from companion_hub.services.memory_forgetting import ForgetRequest, forget_request
from companion_hub.services.memory_rules import learn
from companion_hub.services.model_profiles import model_profile
from companion_hub.services.safety import is_crisis
from companion_hub.services.scene import (
    UnreadableAnswerError,
    exchange_operations,
    may_change_scene,
    pronoun_of,
    reduce_scene,
)
from companion_hub.services.scene_analysis import Analysis, Exchange, analyze_exchange
from companion_hub.services.summary import AHEAD, MAX_MESSAGES, extract_summary
from companion_hub.services.texts import word_set
from companion_hub.services.turn_steps import StepRun, StepTools, run_step

# Memories of a model and of the rules that say nearly the same: this share of telling words in common.
_SAME = 0.6
_COMMON = word_set(
    "the user and has have had was were are this that with for from their they them his her who which not is its but also "
    "called named name very really about some"
)
# The first person together with something lasting: a question or a greeting teaches nothing.
_LASTING = re.compile(
    r"\b(?:my|mine|our|i(?:['’]m| am| was| have| had|['’]ve| live| work| study| love| like| hate| prefer| enjoy| want| need|"
    r"['’]ll| will| grew| moved| bought| started| quit| got| can['’]?t| don['’]t| never| always| used)|we (?:are|were|met|have|live)|"
    r"call me|remember|forget|promise|birthday|allerg\w+|favou?rite|wife|husband|partner|girlfriend|boyfriend|"
    r"mother|father|mom|mum|dad|sister|brother|son|daughter|dog|cat|job)\b",
    re.IGNORECASE,
)


class Result(NamedTuple):
    """``learnt`` and ``forget`` come from the user's message; a regenerated reply teaches nothing new.

    ``summary`` tells of ``told`` too ("": none was written, the one before stays).
    """

    scene: Scene
    degraded: Degradation | None = None
    analysis: Analysis | None = None
    learnt: Sequence[Learnt] = ()
    forget: ForgetRequest | None = None
    summary: str = ""
    told: Sequence[LeftMessage] = ()


class _Summarized(TypedDict):
    summary: str
    told: Sequence[LeftMessage]


def reanalyze_context(tools: StepTools, model: LanguageModel, embeddings: Embeddings | None, event: StepEvent) -> None:
    run_step(tools, event, "ReanalyzeContext", lambda run: _work(run, model, embeddings))


def may_teach(text: str) -> bool:
    """Whether a user's message may hold something to remember.  False saves a model call."""
    return len(text.split()) >= 3 and _LASTING.search(text) is not None


def _work(run: StepRun, model: LanguageModel, embeddings: Embeddings | None) -> None:
    held = run.held
    with run.tools.database.autocommit() as connection:
        rows = prompts.load_for_step(connection, held.turn_id)
        left = summaries.load_unsummarized(connection, held.turn_id, ahead=AHEAD, limit=MAX_MESSAGES)
    # A continuation adds to the reply; nothing new was asked for.
    continues = held.kind == "continue"
    scene = held.scene or rows.current if continues else scene_before_turn(rows)
    asked = "" if continues else rows.user_text
    with_model = not held.stopped and model_profile(model.name).analyzes
    result = _analyze(rows, model, scene, asked=asked, left=left, with_model=with_model)
    run.tools.database.run(
        lambda connection: _store(connection, run, result, model_name=model.name, user_name=rows.user_name)
    )
    # After the step is done: what fails here fails nothing, and a later turn does it.
    embed_memories(run.tools.database, embeddings, held.companion_id)


def _analyze(
    rows: StepRows, model: LanguageModel, before: Scene, *, asked: str, left: Unsummarized, with_model: bool
) -> Result:
    """``before`` is the scene before the message; ``asked`` the message, whose wishes the reply grants or not."""
    if is_crisis(rows.user_text):
        return Result(before)

    def scene_after(from_model: Sequence[Operation] = ()) -> Scene:
        operations = exchange_operations(
            before,
            user_text=asked,
            reply_text=rows.reply_text,
            companion_name=rows.name,
            user_name=rows.user_name,
            pronoun=pronoun_of(rows.presentation),
            said_before=rows.said_before,
            from_model=from_model,
        )
        return reduce_scene(before, operations)

    learnt = learn(rows.user_text, companion=rows.name, said_on=rows.said_on, before=rows.text_before)
    forget = forget_request(rows.user_text)
    is_worth_a_call = _is_worth_a_call(rows)
    if not with_model or not (is_worth_a_call or left.messages):
        return Result(scene_after(), learnt=learnt, forget=forget, **_extract(rows, left))
    try:
        analysis = analyze_exchange(
            model, Exchange(rows.name, rows.user_name, rows.user_text, rows.reply_text, before, left)
        )
    except (UnreadableAnswerError, LanguageModelGarbageError) as exc:
        logger.info("analysis unreadable", extra={"reason": type(exc).__name__})
        if not is_worth_a_call:  # only the summary is missing: a later turn writes it
            return Result(scene_after(), learnt=learnt, forget=forget)
        return Result(scene_before_turn(rows), "state", learnt=learnt, forget=forget)
    except StepError as exc:
        logger.info("analysis failed", extra={"reason": type(exc).__name__})
        return Result(scene_after(), "state" if is_worth_a_call else None, learnt=learnt, forget=forget)
    known = _join(learnt, () if forget is not None else analysis.memories, user_name=rows.user_name)
    return Result(scene_after(analysis.operations), None, analysis, known, forget, analysis.summary, left.messages)


def _extract(rows: StepRows, left: Unsummarized) -> _Summarized:
    """Return the summary without a model, for a turn that does not ask one."""
    if not left.messages:
        return {"summary": "", "told": ()}
    text = extract_summary(left.summary, left.messages, name=rows.name, user=rows.user_name)
    return {"summary": text, "told": left.messages}


def _is_worth_a_call(rows: StepRows) -> bool:
    return (
        may_change_scene(rows.user_text, "user")
        or may_change_scene(rows.reply_text, "companion")
        or may_teach(rows.user_text)
    )


def _store(connection: Conn, run: StepRun, result: Result, *, model_name: str, user_name: str) -> None:
    held = run.held
    if not claims.hold(connection, held):
        return
    claims.complete_step(connection, held, scene=result.scene, degraded=result.degraded)
    if result.analysis is not None:
        usage.insert(
            connection,
            user_id=held.user_id,
            companion_id=held.companion_id,
            turn_id=held.turn_id,
            kind="analysis",
            model=model_name,
            input_tokens=result.analysis.input_tokens,
            output_tokens=result.analysis.output_tokens,
        )
    if result.forget is not None and any(result.forget):
        memories.forget(connection, held.companion_id, result.forget.words, subject=result.forget.subject)
    elif result.forget is not None and held.user_message_id is not None:
        memories.unlearn_before(connection, held.companion_id, held.user_message_id)
    remember(
        connection,
        held.user_id,
        held.companion_id,
        result.learnt,
        user_name=user_name,
        message_id=held.user_message_id,
    )
    if result.summary:
        summaries.insert(connection, held.companion_id, told=list(result.told), text=result.summary)


def _join(first: Sequence[Learnt], second: Sequence[Learnt], *, user_name: str) -> list[Learnt]:
    """Return both without statements of the second that say nearly the same as one before."""
    joined = list(first)
    for item in second:
        words = _telling(item.text, user_name)
        if all(len(words & _telling(other.text, user_name)) < _SAME * len(words) or not words for other in joined):
            joined.append(item)
    return joined


def _telling(text: str, user_name: str) -> set[str]:
    """Return the beginnings of the words that tell one statement about the user from another."""
    words = set(re.findall(r"[^\W_]{3,}", text.lower())) - _COMMON - set(re.findall(r"\w+", user_name.lower()))
    return {word.rstrip("s")[:6] for word in words}
