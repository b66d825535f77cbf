"""Makes a slow model read the chat before the next message comes, so that only the message is left to read.

Called when a chat opens and after each turn.  Only models whose profile says ``prepares`` gain by it: a server on the
owner's own processor reads some 60 tokens a second and keeps what it has read (docs/adr/0008).
"""

from collections.abc import Callable
from uuid import UUID

from companion_hub.db.connection import Database
from companion_hub.errors import NotFoundError, StepError
from companion_hub.models.turn import Prepared
from companion_hub.observability import logger
from companion_hub.providers.language_model import ChatRequest, LanguageModel
from companion_hub.repositories import prompts
from companion_hub.services.generate_reply import prompt_input
from companion_hub.services.model_profiles import model_profile
from companion_hub.services.prompt import prompt_so_far

# Below the 29 s of API Gateway.  What was read by then is kept; the next call goes on from there.
READ_FOR_S = 24.0


def prepare_turn(
    database: Database, model_name: str, model: Callable[[], LanguageModel], user_id: UUID, companion_id: UUID
) -> Prepared:
    """``model`` makes the client, only where there is something to prepare.  Raises NotFoundError."""
    with database.autocommit() as connection:
        rows = prompts.load_for_next(connection, user_id, companion_id)
    if rows is None:
        raise NotFoundError
    profile = model_profile(model_name)
    if not profile.prepares:
        return Prepared(model=model_name, prepared=False)
    messages = prompt_so_far(prompt_input(rows, continuing=False), profile)
    if [message.role for message in messages[-2:]] == ["assistant", "assistant"]:
        del messages[-1]  # llama.cpp takes the last one for the beginning of its answer, and refuses two
    try:
        model().complete(
            ChatRequest(messages, max_tokens=1, extra=profile.extra), json_schema=None, timeout_s=READ_FOR_S
        )
    except StepError as exc:
        logger.info("preparing the model ended early", extra={"reason": type(exc).__name__})
    return Prepared(model=model_name, prepared=True)
