"""GenerateReply: stream the reply from the language model to the page, storing it as it grows, and commit it.

Called by the state machine's second state.  Loads everything for the prompt in one statement, streams, flushes a few
times a second (persist before publish; the flush also renews the lease and notices Stop), and ends with one transaction
that stores the reply under its sequence number.  Later steps can only degrade the turn.
"""

from random import uniform
from time import monotonic, sleep
from typing import NamedTuple
from uuid import UUID

from companion_hub.db.connection import Conn
from companion_hub.errors import (
    DatabaseUnavailableError,
    EmptyReplyError,
    LanguageModelBusyError,
    LanguageModelUnavailableError,
    TransientStepError,
    TurnGoneError,
)
from companion_hub.models.frame import MessageFrame, ResetFrame, TokenFrame
from companion_hub.models.message import Message, MessageStatus
from companion_hub.models.step import StepEvent
from companion_hub.models.turn import PROGRESS
from companion_hub.observability import logger
from companion_hub.providers.event_stream import Finish
from companion_hub.providers.language_model import IDLE_TIMEOUT_S, ChatMessage, ChatRequest, LanguageModel
from companion_hub.repositories import claims, messages, prompts, turns, usage
from companion_hub.repositories.claims import Flushed
from companion_hub.repositories.prompts import PromptRows
from companion_hub.services.model_profiles import ModelProfile, model_profile
from companion_hub.services.prompt import History, Prompt, PromptInput, build_prompt, stop_words
from companion_hub.services.reply_text import ReplyText
from companion_hub.services.safety import crisis_reply, is_crisis
from companion_hub.services.tokens import estimate_tokens
from companion_hub.services.turn_steps import LEASE_S, StepRun, StepTools, run_step

# About 16 frames a second: reads as flowing, and a socket message costs money.
FLUSH_EVERY_S = 0.06
# While the model is silent: Stop is noticed, and the lease renewed, this often.
HEARTBEAT_S = 1.5
# Calls of the model in one run of this step, and in one that is itself a retry of Step Functions.  Six: a model that
# fails two calls in five still answers 99 turns in 100 without the user doing anything (bench/load.py).
MAX_CALLS = 6
MAX_CALLS_OF_RETRY = 3
# A Retry-After longer than this is answered by giving up visibly rather than by a page that seems to hang.
MAX_PAUSE_S = 20.0
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 2.0
# All calls together: less than the state's 150 s, so that our own error is the one that is seen.
STEP_BUDGET_S = 120.0
# Streaming ends so long before the turn's deadline that the reply can still be committed.
SPARE_S = 5.0
# How long the database may be away while text keeps coming; the lease holds longer.
DATABASE_PATIENCE_S = 10.0
COMMIT_TRIES = 4


class Outcome(NamedTuple):
    """``model`` is None when no model was asked."""

    text: str
    status: MessageStatus
    model: str | None
    input_tokens: int = 0
    output_tokens: int = 0
    prompt: Prompt | None = None


class _StoppedError(Exception):
    """The user pressed Stop."""


def generate_reply(tools: StepTools, model: LanguageModel, event: StepEvent) -> None:
    """Raises StepError subclasses and DatabaseUnavailableError for Step Functions to retry or catch."""
    run_step(
        tools,
        event,
        "GenerateReply",
        lambda run: _work(run, model, max_calls=MAX_CALLS_OF_RETRY if event.retry_count else MAX_CALLS),
    )


def _work(run: StepRun, model: LanguageModel, *, max_calls: int) -> None:
    if run.held.attempt > 1 and not run.held.stop_requested:
        run.publish(ResetFrame(turn_id=run.held.turn_id, attempt=run.held.attempt))
    with run.tools.database.autocommit() as connection:
        rows = prompts.load(connection, run.held.turn_id)
    outcome = _Generation(run, model, rows, max_calls=max_calls).reply()
    if outcome is None:
        run.finish_turn("cancelled")
        return
    message = _commit_patiently(run, rows, outcome)
    if message is not None:
        run.publish(MessageFrame(message=message))


def prompt_input(rows: PromptRows, *, continuing: bool) -> PromptInput:
    identity = rows.profile.identity
    greetings = [n for n, text in enumerate((identity.greeting, *identity.alternate_greetings)) if text.strip()]
    return PromptInput(
        name=rows.name,
        profile=rows.profile,
        scene=rows.scene,
        user_name=rows.user_name,
        content_rating=rows.preferences.content_rating,
        memories=rows.memories,
        summary=rows.summary,
        history=[History(message.role, message.text, message.seq) for message in rows.history],
        post_history=rows.card_post_history,
        nickname=rows.card_nickname,
        replies=rows.replies,
        greeting=greetings[rows.greeting] if rows.greeting is not None and rows.greeting < len(greetings) else None,
        continuing=continuing,
    )


class _Generation:
    """One run of the step: calls the model until there is a reply, telling the page as it comes."""

    def __init__(self, run: StepRun, model: LanguageModel, rows: PromptRows, *, max_calls: int) -> None:
        self._run = run
        self._model = model
        self._rows = rows
        self._max_calls = max_calls
        self._ends_at = monotonic() + min(run.held.seconds_left - SPARE_S, STEP_BUDGET_S)
        self._started_at = monotonic()
        self._first_token_ms: int | None = None
        self._text = self._new_text()
        self._stored = 0
        self._flushed_at = monotonic()
        self._stopping = False
        self._database_away_since: float | None = None

    def reply(self) -> Outcome | None:
        """Return the reply to commit; None when the user stopped before there was any.  Raises StepError subclasses."""
        if self._run.held.stop_requested and not self._run.held.text.strip():
            return None
        if is_crisis(self._rows.user_text):
            return None if self._continuing else self._crisis()
        prompt, profile = self._prompt()
        try:
            finish = self._ask_until_answered(prompt, profile)
        except _StoppedError:
            self._flush(self._text.finish())
            status: MessageStatus = "stopped"
            finish = None
        else:
            status = "truncated" if finish.reason == "length" or self._text.end == "too_long" else "complete"
        if not self._text.text.strip():
            return None
        return Outcome(
            self._text.text,
            status,
            self._model.name,
            # An endpoint that does not count, or a stream that was cut, is estimated.
            finish.input_tokens if finish and finish.input_tokens else _estimate(prompt.messages),
            finish.output_tokens if finish and finish.output_tokens else estimate_tokens(self._text.text),
            prompt,
        )

    def _crisis(self) -> Outcome:
        """Help lines instead of role-play, without any model (PRODUCT.md F19)."""
        logger.info("crisis message answered", extra={"turn_id": str(self._run.held.turn_id)})
        reply = crisis_reply(self._rows.user_text)
        self._text.text = reply
        self._flush(reply)
        return Outcome(reply, "complete", None)

    def _prompt(self) -> tuple[Prompt, ModelProfile]:
        profile = model_profile(self._model.name)
        return build_prompt(prompt_input(self._rows, continuing=self._continuing), profile), profile

    @property
    def _continuing(self) -> bool:
        return self._run.held.kind == "continue"

    def _new_text(self) -> ReplyText:
        return ReplyText(
            prefix=self._rows.name,
            stop_words=stop_words(self._rows.name, self._rows.user_name),
            after=self._rows.reply_text if self._continuing else "",
        )

    def _ask_until_answered(self, prompt: Prompt, profile: ModelProfile) -> Finish:
        if self._run.held.stop_requested:  # the worker that streamed died before it saw it: what it stored is the reply
            self._text.text = self._run.held.text
            self._stored = len(self._text.text)
            raise _StoppedError
        call = 1
        while True:
            try:
                return self._ask_once(prompt, profile)
            except TransientStepError as exc:
                # An empty answer is asked for once more only (FAULTS.md F19).
                last = call >= (min(2, self._max_calls) if isinstance(exc, EmptyReplyError) else self._max_calls)
                pause_s = _pause_s(exc, call)
                if last or pause_s > MAX_PAUSE_S or monotonic() + pause_s > self._ends_at:
                    raise
                logger.info(
                    "language model asked again",
                    extra={"turn_id": str(self._run.held.turn_id), "reason": type(exc).__name__, "call": call},
                )
                # Never less than the model asked for; turns refused together do not come again together.
                self._wait(pause_s * uniform(1.0, 1.2))  # noqa: S311 - jitter
                self._start_over()
                call += 1

    def _ask_once(self, prompt: Prompt, profile: ModelProfile) -> Finish:
        """Stream one answer to its end.  Raises StepError subclasses, _StoppedError."""
        messages_to_send = list(prompt.messages)
        if prompt.prefill:
            messages_to_send.append(ChatMessage("assistant", prompt.prefill))
        stream = self._model.stream(
            ChatRequest(
                messages_to_send,
                max_tokens=profile.reply_tokens,
                stop=stop_words(self._rows.name, self._rows.user_name),
                extra=profile.extra,
                first_byte_timeout_s=profile.first_token_timeout_s,
            )
        )
        silent_since, patience_s = monotonic(), profile.first_token_timeout_s
        unsent = ""
        try:
            while True:
                event = stream.next(self._next_wake(unsent))
                if isinstance(event, Finish):
                    self._flush(unsent + self._text.finish())
                    if not self._text.text.strip():
                        raise EmptyReplyError("no text")
                    return event
                now = monotonic()
                if event is not None:
                    unsent += self._text.feed(event.text)
                    silent_since, patience_s = now, IDLE_TIMEOUT_S
                elif now - silent_since > patience_s:
                    raise LanguageModelUnavailableError("stalled")
                if now > self._ends_at:
                    raise LanguageModelUnavailableError("ran into the turn's deadline")
                if self._is_due(unsent, now) and self._flush(unsent):
                    unsent = ""
                if self._stopping:
                    raise _StoppedError
                if self._text.end:
                    self._flush(unsent)
                    return Finish("length" if self._text.end == "too_long" else "stop", None, None)
        finally:
            stream.close()

    def _next_wake(self, unsent: str) -> float:
        """Return how long to wait for the model: until the next flush is due."""
        interval = FLUSH_EVERY_S if unsent else HEARTBEAT_S
        return max(0.001, self._flushed_at + interval - monotonic())

    def _is_due(self, unsent: str, now: float) -> bool:
        if unsent and self._stored == 0:
            return self._database_away_since is None  # the first token goes out at once
        return now - self._flushed_at >= (FLUSH_EVERY_S if unsent else HEARTBEAT_S)

    def _flush(self, chunk: str) -> bool:
        """Store and publish; False when the database was away, and the chunk has to come again.

        Raises TurnGoneError when the turn is another worker's or gone.
        """
        if self._first_token_ms is None and chunk:
            self._first_token_ms = round((monotonic() - self._started_at) * 1000)
        self._flushed_at = monotonic()
        try:
            flushed = self._store(chunk)
        except DatabaseUnavailableError:
            self._database_away_since = self._database_away_since or monotonic()
            if monotonic() - self._database_away_since > DATABASE_PATIENCE_S:
                raise
            return False
        self._database_away_since = None
        self._run.connection_ids = flushed.sockets
        self._stopping = flushed.stop_requested
        if chunk:
            held = self._run.held
            self._run.publish(TokenFrame(turn_id=held.turn_id, attempt=held.attempt, offset=self._stored, text=chunk))
            self._stored += len(chunk)
        return True

    def _store(self, chunk: str) -> Flushed:
        with self._run.tools.database.autocommit() as connection:
            return claims.flush(
                connection,
                self._run.held,
                offset=self._stored,
                chunk=chunk,
                progress=self._progress(),
                lease_s=LEASE_S,
                first_token_ms=self._first_token_ms,
            )

    def _progress(self) -> int:
        """Return a percentage that moves with the text: half of the step's span after about 400 characters."""
        begin, end = PROGRESS["GenerateReply"]
        written = len(self._text.text)
        return begin + round((end - begin) * written / (written + 400) * 0.95)

    def _wait(self, seconds: float) -> None:
        """Pause before another call, still noticing Stop."""
        until = monotonic() + seconds
        while (left := until - monotonic()) > 0:
            sleep(min(left, HEARTBEAT_S))
            self._flush("")
            if self._stopping:
                raise _StoppedError

    def _start_over(self) -> None:
        """Begin the text anew; what the page has of it is taken back with one reset."""
        self._text = self._new_text()
        if self._stored == 0:
            return
        with self._run.tools.database.autocommit() as connection:
            self._run.held = claims.restart_text(connection, self._run.held)
        self._stored = 0
        self._run.publish(ResetFrame(turn_id=self._run.held.turn_id, attempt=self._run.held.attempt))


def _pause_s(error: TransientStepError, call: int) -> float:
    if isinstance(error, LanguageModelBusyError) and error.retry_after_s is not None:
        return max(0.0, error.retry_after_s)
    return min(FIRST_PAUSE_S * 2 ** (call - 1), LONGEST_PAUSE_S)


def _estimate(sent: list[ChatMessage]) -> int:
    return sum(estimate_tokens(message.content) for message in sent)


def _commit_patiently(run: StepRun, rows: PromptRows, outcome: Outcome) -> Message | None:
    """Commit the reply, again when the database was away: the text is complete and would be lost with this worker."""
    for tried in range(1, COMMIT_TRIES + 1):
        try:
            return run.tools.database.run(lambda connection: _commit(connection, run, rows, outcome))
        except DatabaseUnavailableError:
            if tried == COMMIT_TRIES:
                raise
            sleep(0.25 * 2**tried)
    raise AssertionError("unreachable")


def _commit(connection: Conn, run: StepRun, rows: PromptRows, outcome: Outcome) -> Message | None:
    held = run.held
    if not claims.hold(connection, held):
        message_id = turns.reply_of(connection, held.turn_id)
    else:
        message_id = _store_reply(connection, run, rows, outcome)
        claims.complete_step(
            connection,
            held,
            reply_message_id=message_id,
            text=outcome.text,
            stopped=outcome.status == "stopped",
            truncated=outcome.status == "truncated",
            input_tokens=outcome.input_tokens,
            output_tokens=outcome.output_tokens,
            prompt_parts=outcome.prompt.parts if outcome.prompt else None,
        )
        if outcome.model is not None:
            usage.insert(
                connection,
                user_id=held.user_id,
                companion_id=held.companion_id,
                turn_id=held.turn_id,
                kind="reply",
                model=outcome.model,
                input_tokens=outcome.input_tokens,
                output_tokens=outcome.output_tokens,
            )
    return messages.get(connection, held.user_id, message_id) if message_id else None


def _store_reply(connection: Conn, run: StepRun, rows: PromptRows, outcome: Outcome) -> UUID:
    """Store the text where it belongs and return its message.  Raises TurnGoneError when that message was deleted."""
    held = run.held
    if held.kind == "reply":
        return messages.put_reply(
            connection,
            user_id=held.user_id,
            companion_id=held.companion_id,
            turn_id=held.turn_id,
            text=outcome.text,
            status=outcome.status,
            model=outcome.model,
            scene=rows.scene,
        )
    message_id = held.reply_message_id
    if message_id is None:
        raise TurnGoneError("the message to write to was deleted")
    if held.kind == "regenerate":
        messages.add_alternative(
            connection, message_id, text=outcome.text, status=outcome.status, model=outcome.model, scene=rows.scene
        )
    else:
        messages.replace_shown(connection, message_id, text=rows.reply_text + outcome.text, status=outcome.status)
    return message_id
