"""Step 2, GenerateReply: load, prompt, stream, persist, commit.  The path before the first token is the dearest here.

One statement loads everything, one request goes to the model, and each flush is one statement that stores the text,
renews the lease and says whom to tell and whether to stop.  What is shown has always been stored before.
"""

from random import uniform
from time import monotonic, sleep
from typing import NamedTuple
from uuid import UUID

from companion_hub.db.connection import Conn
from companion_hub.errors import (
    EmptyReplyError,
    LanguageModelBusyError,
    LanguageModelUnavailableError,
    TransientStepError,
    TurnGoneError,
)
from companion_hub.models.frame import MessageFrame, ProgressFrame, ResetFrame, TokenFrame
from companion_hub.models.message import MessageStatus
from companion_hub.models.scene import Scene
from companion_hub.models.step import StepEvent
from companion_hub.observability import Stopwatch
from companion_hub.providers.language_model import (
    FIRST_BYTE_TIMEOUT_S,
    IDLE_TIMEOUT_S,
    ChatRequest,
    Delta,
    Finish,
    LanguageModel,
)
from companion_hub.repositories import messages, prompts, turns, usage
from companion_hub.repositories.prompts import PromptRows
from companion_hub.repositories.turns import Claim
from companion_hub.services.prompt import (
    History,
    ModelProfile,
    Prompt,
    PromptInput,
    build_prompt,
    model_profile,
    stop_words,
    strip_prefix,
)
from companion_hub.services.safety import CRISIS_REPLY, is_crisis
from companion_hub.services.tokens import estimate_tokens
from companion_hub.services.turn_steps import LEASE_S, StepRun, StepTools, run_step

# At most 20 frames a second: API Gateway's @connections quota is shared by the whole account (AWS-FACTS.md).
FLUSH_EVERY_S = 0.05
# How often a silent model is interrupted to renew the lease and to look for the stop button.
HEARTBEAT_S = 1.0
# FAULTS.md F21: a runaway reply is cut here and can be continued.
MAX_REPLY_CHARS = 16_000
# The model is asked at most this often within one claim; Step Functions retries cover what kills the worker.
MAX_TRIES = 3
# All tries together; the turn's own deadline is 180 s and three more steps follow.
STEP_BUDGET_S = 110.0
MAX_RETRY_AFTER_S = 20.0
# Names are held back until it is clear that they are none: "Mara: hi".
PREFIX_CHARS = 60


class Written(NamedTuple):
    """What the model wrote and why it ended."""

    text: str
    status: MessageStatus
    input_tokens: int | None
    output_tokens: int | None


def generate_reply(tools: StepTools, model: LanguageModel, event: StepEvent) -> None:
    def work(run: StepRun) -> None:
        watch = Stopwatch()
        rows, existing = _load(tools, run.held)
        if run.held.attempt > 1:
            run.publish(ResetFrame(turn_id=run.held.turn_id, attempt=run.held.attempt))
        last_user = next((row.text for row in reversed(rows.history) if row.role == "user"), "")
        if run.held.kind == "reply" and is_crisis(last_user):
            written, parts = _Writer(run, watch, "").write_fixed(CRISIS_REPLY), list[dict[str, object]]()
            model_name = "safety"
        else:
            profile = model_profile(model.name)
            prompt = build_prompt(_prompt_input(rows, run.held, existing), profile)
            written = _generate(run, model, profile=profile, prompt=prompt, rows=rows, watch=watch, existing=existing)
            parts, model_name = prompt.parts, model.name
        _commit(tools, run, written, rows, model=model_name, parts=parts, existing=existing)

    run_step(tools, event, "GenerateReply", work)


def _load(tools: StepTools, held: Claim) -> tuple[PromptRows, str]:
    """Return the prompt's rows and the text to go on from (continue)."""
    before_seq: int | None = None
    existing = ""
    with tools.database.autocommit() as connection:
        if held.kind != "reply":
            row = connection.execute(
                "SELECT seq, text FROM messages WHERE id = %(id)s AND deleted_at IS NULL", {"id": held.reply_message_id}
            ).fetchone()
            if row is None:
                raise TurnGoneError("reply deleted")
            before_seq = row["seq"] if held.kind == "regenerate" else row["seq"] + 1
            existing = row["text"] if held.kind == "continue" else ""
        rows = prompts.load(connection, held.companion_id, before_seq=before_seq, query="")
    if held.kind == "reply" and not any(row.message_id == held.user_message_id for row in rows.history):
        raise TurnGoneError("message deleted")
    return rows, existing


def _prompt_input(rows: PromptRows, held: Claim, existing: str) -> PromptInput:
    return PromptInput(
        name=rows.name,
        profile=rows.profile,
        scene=held.scene or rows.scene,
        user_name=rows.user_name,
        content_rating=rows.preferences.content_rating,
        memories=rows.memories,
        summary=rows.summary,
        history=[History(row.role, row.text) for row in rows.history],
        post_history=rows.card_post_history,
        continuing=bool(existing),
    )


def _generate(
    run: StepRun,
    model: LanguageModel,
    *,
    profile: ModelProfile,
    prompt: Prompt,
    rows: PromptRows,
    watch: Stopwatch,
    existing: str,
) -> Written:
    """Ask the model until it answers, at most MAX_TRIES times within the step's budget."""
    request = ChatRequest(
        messages=prompt.messages,
        max_tokens=profile.reply_tokens,
        stop=stop_words(rows.name, rows.user_name),
        extra=profile.extra,
    )
    deadline = monotonic() + STEP_BUDGET_S
    for attempt in range(1, MAX_TRIES + 1):
        writer = _Writer(run, watch, rows.name)
        try:
            written = writer.write(model, request, deadline)
            if not (written.text.strip() or existing or written.status == "stopped"):
                raise EmptyReplyError("nothing but white space")
        except TransientStepError as exc:
            wait_s = _pause_before_retry(exc, attempt)
            # An empty reply is asked for once more only (FAULTS.md F19).
            last = attempt == MAX_TRIES or (isinstance(exc, EmptyReplyError) and attempt > 1)
            if last or monotonic() + wait_s > deadline:
                raise
            if writer.has_shown_text:
                with run.tools.database.autocommit() as connection:
                    run.held = turns.restart_text(connection, run.held)
                run.publish(ResetFrame(turn_id=run.held.turn_id, attempt=run.held.attempt))
            _wait(run, wait_s)
            continue
        return written
    raise AssertionError("unreachable")


def _pause_before_retry(error: TransientStepError, attempt: int) -> float:
    if isinstance(error, LanguageModelBusyError) and error.retry_after_s is not None:
        return min(error.retry_after_s, MAX_RETRY_AFTER_S)
    return uniform(0.2, 0.6) * 2**attempt  # noqa: S311 - jitter


def _wait(run: StepRun, seconds: float) -> None:
    """Wait before a retry while the lease stays alive and the stop button works."""
    until = monotonic() + seconds
    while (left := until - monotonic()) > 0:
        sleep(min(left, HEARTBEAT_S))
        with run.tools.database.autocommit() as connection:
            if turns.flush(connection, run.held, chunk="", progress=30, lease_s=LEASE_S).stop_requested:
                return


class _Writer:
    """Receives one stream: flushes, publishes, watches time-outs and the stop button."""

    def __init__(self, run: StepRun, watch: Stopwatch, name: str) -> None:
        self._run = run
        self._watch = watch
        self._name = name
        self._shown = ""  # stored and published, without a leading name
        self._pending = ""
        self._flushed_at = 0.0
        self._stop = False
        self._progress = 30

    @property
    def has_shown_text(self) -> bool:
        return bool(self._shown)

    def write_fixed(self, text: str) -> Written:
        """Send a text that no model wrote, the same way."""
        self._pending = text
        self._flush()
        return Written(text, "complete", 0, 0)

    def write(self, model: LanguageModel, request: ChatRequest, deadline: float) -> Written:
        """Raises StepError subclasses; what was shown until then stays stored."""
        stream = model.stream(request)
        finish: Finish | None = None
        silent_since = monotonic()
        try:
            while finish is None and not self._stop:
                limit_s = IDLE_TIMEOUT_S if self._shown or self._pending else FIRST_BYTE_TIMEOUT_S
                event = stream.next(self._patience())
                now = monotonic()
                if event is None:
                    if now - silent_since > limit_s or now > deadline:
                        raise LanguageModelUnavailableError("silent for too long")
                elif isinstance(event, Delta):
                    silent_since = now
                    self._pending += event.text
                else:
                    finish = event
                if self._is_due(now):
                    self._flush()
                if len(self._shown) >= MAX_REPLY_CHARS:
                    finish = Finish("length", None, None)
            self._flush(final=True)
        finally:
            stream.close()
        status: MessageStatus = (
            "stopped" if finish is None else "truncated" if finish.reason == "length" else "complete"
        )
        return Written(
            self._shown, status, finish.input_tokens if finish else None, finish.output_tokens if finish else None
        )

    def _patience(self) -> float:
        """Seconds to wait for the next event: until the next flush when text waits, else a heartbeat."""
        if self._pending and self._shown:
            return max(0.001, self._flushed_at + FLUSH_EVERY_S - monotonic())
        return HEARTBEAT_S

    def _is_due(self, now: float) -> bool:
        if not self._pending:
            return now - self._flushed_at >= HEARTBEAT_S
        if not self._shown:
            return self._first_words_are_clear()
        return now - self._flushed_at >= FLUSH_EVERY_S

    def _first_words_are_clear(self) -> bool:
        """Whether the beginning can be shown: it is no speaker's name (or the name is complete and can go)."""
        text = self._pending.lstrip().lstrip("*").lower()
        name = self._name.lower()
        return bool(text) and (not f"{name}:".startswith(text[: len(name) + 1]) or len(text) > PREFIX_CHARS)

    def _flush(self, *, final: bool = False) -> None:
        chunk = self._pending
        if not self._shown and chunk:
            chunk = strip_prefix(chunk, self._name).lstrip() if self._name else chunk
        chunk = chunk.replace("\x00", "")[: MAX_REPLY_CHARS - len(self._shown)]
        if final and self._shown + chunk:
            chunk = (self._shown + chunk).rstrip()[len(self._shown) :]
        first = not self._shown and bool(chunk)
        self._progress = max(self._progress, min(69, 30 + len(self._shown) // 20))
        with self._run.tools.database.autocommit() as connection:
            flushed = turns.flush(
                connection,
                self._run.held,
                chunk=chunk,
                progress=self._progress,
                lease_s=LEASE_S,
                first_token_ms=self._watch.ms if first else None,
            )
        self._run.connection_ids = flushed.sockets
        self._stop = flushed.stop_requested
        held = self._run.held
        if chunk:
            frame = TokenFrame(turn_id=held.turn_id, attempt=held.attempt, offset=len(self._shown), text=chunk)
            self._run.publish(frame)
            step_before = 30 + (len(self._shown) - len(chunk)) // 20
            if first or self._progress // 5 != step_before // 5:
                self._run.publish(ProgressFrame(turn_id=held.turn_id, step="GenerateReply", progress=self._progress))
        self._shown += chunk
        self._pending = ""
        self._flushed_at = monotonic()


def _commit(
    tools: StepTools,
    run: StepRun,
    written: Written,
    rows: PromptRows,
    *,
    model: str,
    parts: list[dict[str, object]],
    existing: str,
) -> None:
    """Store the reply as a message (or alternative, or continuation) and finish the step, in one transaction."""
    held = run.held
    scene = held.scene or rows.scene
    input_tokens = written.input_tokens
    if input_tokens is None:
        counted = sum(part["tokens"] for part in parts if isinstance(part["tokens"], int))
        input_tokens = counted
    output_tokens = written.output_tokens if written.output_tokens is not None else estimate_tokens(written.text)

    def work(connection: Conn) -> UUID | None:
        messages.lock_companion(connection, held.companion_id)
        turns.hold(connection, held)
        message_id = _store(connection, held, written, model=model, scene=scene, existing=existing)
        turns.complete_step(
            connection,
            held,
            reply_message_id=message_id,
            text=written.text,
            stopped=written.status == "stopped",
            truncated=written.status == "truncated",
            input_tokens=input_tokens,
            output_tokens=output_tokens,
            prompt_parts=parts,
        )
        if model != "safety":
            usage.insert(
                connection,
                user_id=held.user_id,
                companion_id=held.companion_id,
                turn_id=held.turn_id,
                kind="reply",
                model=model,
                input_tokens=input_tokens,
                output_tokens=output_tokens,
            )
        return message_id

    message_id = tools.database.run(work)
    if message_id is None:
        return
    with tools.database.autocommit() as connection:
        message = messages.get(connection, held.user_id, message_id)
    if message is not None:
        run.publish(MessageFrame(message=message))
    run.progress(70)


def _store(connection: Conn, held: Claim, written: Written, *, model: str, scene: Scene, existing: str) -> UUID | None:
    if not written.text.strip():  # stopped before the first word: there is nothing to keep
        return held.reply_message_id
    if held.kind == "reply" or held.reply_message_id is None:
        return messages.insert_reply(
            connection,
            user_id=held.user_id,
            companion_id=held.companion_id,
            turn_id=held.turn_id,
            texts=[written.text],
            status=written.status,
            model=model,
            scene=scene,
        )
    if held.kind == "regenerate":
        messages.add_alternative(
            connection, held.reply_message_id, text=written.text, status=written.status, model=model, scene=scene
        )
    else:
        glue = "" if existing[-1:].isspace() or written.text[:1] in ".,;:!?'’" else " "
        text = (existing + glue + written.text)[: MAX_REPLY_CHARS * 2]
        messages.replace_shown(connection, held.reply_message_id, text=text, status=written.status)
    return held.reply_message_id
