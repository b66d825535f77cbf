"""Reads a language model's scene analysis: bounded, tolerant of how weak models write JSON, and never trusted.

A place, an activity or a garment counts only when the analysed text supports it, so that a model's inventions and
instructions smuggled into a message fall out here.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from companion_hub.models.companion import StateField
from companion_hub.models.scene import (
    MAX_TEXT,
    ChangeInto,
    CloseGarment,
    Do,
    Garment,
    MoveTo,
    OpenGarment,
    Operation,
    PutOn,
    TakeOff,
    Unchanged,
)
from companion_hub.services.scene.lexicon import find_term, key_of
from companion_hub.services.scene.outfits import garment, words_of
from companion_hub.services.texts import one_line, word_set

# An analysis is a few hundred characters; one that is longer than this is not looked at.
MAX_ANSWER = 64 * 1024
MODEL_CONFIDENCE = 0.8
_MAX_OPERATIONS = 24
_EMPTY = word_set("null none unchanged same unknown n/a na no nothing undefined nil unspecified false true string ...")
_KEYS = ("put_on", "take_off", "change_into", "open", "close", "location", "action")
# Other names weak models give the same things.
_ALIASES = {
    "move_to": "location", "place": "location", "do": "action", "activity": "action", "puts_on": "put_on",
    "takes_off": "take_off", "changes_into": "change_into", "wear": "change_into", "outfit": "change_into",
    "current_outfit": "change_into", "current_location": "location", "current_action": "action", "remove": "take_off",
}  # fmt: skip


class UnreadableAnswerError(ValueError):
    """The model's answer holds no usable analysis."""


def operations_schema() -> dict[str, Any]:
    """Return the JSON schema of a scene analysis (also what structured output is asked for).

    Flat on purpose: small models fill named lists more reliably than a list of tagged objects.
    """
    text = {"type": "string", "maxLength": MAX_TEXT}
    garments = {"type": "array", "maxItems": 8, "items": text}
    place = {"type": ["string", "null"], "maxLength": MAX_TEXT}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["put_on", "take_off", "change_into", "location", "action"],
        "properties": {
            "put_on": garments,
            "take_off": garments,
            "change_into": garments,
            "location": place,
            "action": place,
        },
    }


def parse_json_answer(raw: str) -> dict[str, Any]:
    """Return the first JSON object of a model's answer, tolerant of fences, prose, trailing commas and cut-off ends.

    Raises UnreadableAnswerError when there is none or the answer is too long to be one.
    """
    if len(raw) > MAX_ANSWER:
        raise UnreadableAnswerError("answer too long")
    for start in [match.start() for match in re.finditer(r"[{\[]", raw)][:20]:
        candidate = raw[start:]
        for text in (candidate, re.sub(r",(\s*[}\]])", r"\1", candidate)):
            value = _decode(text)
            if isinstance(value, dict):
                return cast("dict[str, Any]", value)
            if isinstance(value, list) and any(isinstance(x, dict) for x in cast("list[object]", value)):
                return {"operations": value}
    raise UnreadableAnswerError("no JSON object")


def _decode(text: str) -> object:
    try:
        return json.JSONDecoder().raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def parse_model_operations(answer: str | Mapping[str, Any], *, text: str | None = None) -> tuple[Operation, ...]:
    """Return the operations of an analysis; with ``text``, only those that the text supports.

    ``answer`` is the raw answer or its object: named lists as ``operations_schema`` asks for, or ``{"operations": […]}``
    with tagged objects.  Raises UnreadableAnswerError (a ValueError) when it is neither; single wrong values are dropped.
    """
    data = parse_json_answer(answer) if isinstance(answer, str) else dict(answer)
    support = _Support(text) if text is not None else None
    tagged: Any = data.get("operations")
    if isinstance(tagged, dict | list):
        listed = cast("list[object]", tagged if isinstance(tagged, list) else [tagged])[:_MAX_OPERATIONS]
        records = [cast("dict[str, Any]", x) for x in listed if isinstance(x, dict)]
        return tuple(op for record in records if (op := _tagged(record, support)) is not None)
    if isinstance(data.get("type"), str):
        single = _tagged(data, support)
        return (single,) if single is not None else ()
    named = {_ALIASES.get(key.lower(), key.lower()): value for key, value in reversed(list(data.items()))}
    if not any(key in named and isinstance(named[key], str | list | dict | None) for key in _KEYS):
        raise UnreadableAnswerError("none of the expected keys with a usable value")
    return tuple(_named(named, support))[:_MAX_OPERATIONS]


class _Support:
    """What the analysed text says; answers whether a phrase of the model's occurs in it."""

    def __init__(self, text: str) -> None:
        self._words = [word.lower() for word in words_of(text)]
        self._stems = {_stem(word) for word in self._words}
        self._plain = " ".join(self._words)
        self._keys = {key_of(word) for word in self._words}
        self._keys |= {
            a + b for a, b in zip(list(map(key_of, self._words)), list(map(key_of, self._words[1:])), strict=False)
        }

    def has_quote(self, quote: str) -> bool:
        return " ".join(word.lower() for word in words_of(quote)) in self._plain

    def has_garment(self, piece: Garment) -> bool:
        """Whether the head noun stands in the text (in the plural or singular)."""
        head = key_of(piece.kind or piece.name.split()[-1])
        last = key_of((piece.kind or piece.name).split()[-1])
        return any(form in self._keys for word in (head, last) for form in (word, word.removesuffix("s"), word + "s"))

    def has_phrase(self, phrase: str) -> bool:
        """Whether at least half of the longer words stand in the text."""
        words = [_stem(word.lower()) for word in words_of(phrase) if len(word) > 3]
        if not words:
            return bool(phrase) and phrase.lower() in self._plain
        return sum(word in self._stems for word in words) * 2 >= len(words)


def _stem(word: str) -> str:
    """Return the word without the ending of a verb or a plural, so that "sipping" meets "sips"."""
    plain = re.sub(r"(?:ing|ed|es|s|e)$", "", word) if len(word) > 4 else word.removesuffix("s")
    return plain[:-1] if len(plain) > 3 and plain[-1] == plain[-2] else plain


def _text(value: object) -> str:
    """Return a usable phrase of the model's, "" for anything else."""
    if not isinstance(value, str):
        return ""
    phrase = one_line(value, MAX_TEXT).strip(" .\"'")
    if phrase.lower() in _EMPTY or re.search(r"[<>{}\[\]|\\]|https?:", phrase):
        return ""
    return phrase


def _garments(value: object, support: _Support | None) -> tuple[Garment, ...]:
    made: list[Garment] = []
    for phrase in _phrases(value):
        piece = garment(phrase[:120])
        if piece is not None and (support is None or support.has_garment(piece)):
            made.append(piece)
    return tuple(made)


def _phrases(value: object) -> list[str]:
    if isinstance(value, str):
        values: Iterable[object] = value.split(",")
    elif isinstance(value, list):
        values = cast("list[object]", value)
    elif isinstance(value, dict):
        values = [cast("dict[str, object]", value).get("name")]
    else:
        return []
    flat = [cast("dict[str, object]", v).get("name") if isinstance(v, dict) else v for v in list(values)[:8]]
    return [phrase for v in flat if (phrase := _text(v))]


def _named(data: Mapping[str, Any], support: _Support | None) -> Iterable[Operation]:
    quote = _text(data.get("quote"))
    if support is not None and quote and not support.has_quote(quote):
        quote = ""
    common: dict[str, Any] = {"quote": quote, "confidence": MODEL_CONFIDENCE, "source": "model"}
    if change := _garments(data.get("change_into"), support):
        yield ChangeInto(garments=change, **common)
    for piece in _taken_off(data.get("take_off"), support):
        yield TakeOff(what=piece, **common)
    if put := _garments(data.get("put_on"), support):
        yield PutOn(garments=put, **common)
    for key, make in (("open", OpenGarment), ("close", CloseGarment)):
        for piece in _garments(data.get(key), support):
            yield make(what=piece.name, **common)
    if (place := _text(data.get("location"))) and (support is None or support.has_phrase(place)):
        yield MoveTo(location=place, **common)
    if (action := _text(data.get("action"))) and (support is None or support.has_phrase(action)):
        yield Do(action=action, **common)


def _taken_off(value: object, support: _Support | None) -> Iterable[str]:
    for phrase in _phrases(value):
        words = phrase.split()
        if find_term(words, len(words)) is None:
            if support is None or support.has_phrase(phrase):
                yield phrase
            continue
        yield from (piece.name for piece in _garments([phrase], support))


def _tagged(record: Mapping[str, Any], support: _Support | None) -> Operation | None:
    """Return the operation of a tagged object, None when it is malformed or its quote does not occur in the text."""
    kind = record.get("type") or record.get("op") or record.get("operation")
    quote = _text(record.get("quote"))
    if support is not None and not (quote and support.has_quote(quote)):
        return None
    confidence = record.get("confidence")
    sure = float(confidence) if isinstance(confidence, int | float) and 0 <= confidence <= 1 else MODEL_CONFIDENCE
    common: dict[str, Any] = {"quote": quote, "confidence": min(sure, MODEL_CONFIDENCE), "source": "model"}
    makers: dict[str, Callable[[], Operation | None]] = {
        "put_on": lambda: _dressing(PutOn, record, support, common),
        "change_into": lambda: _dressing(ChangeInto, record, support, common),
        "take_off": lambda: _single(TakeOff, "what", record, common),
        "open": lambda: _single(OpenGarment, "what", record, common),
        "close": lambda: _single(CloseGarment, "what", record, common),
        "move_to": lambda: _single(MoveTo, "location", record, common),
        "do": lambda: _single(Do, "action", record, common),
        "unchanged": lambda: _unchanged(record, common),
    }
    make = makers.get(kind) if isinstance(kind, str) else None
    return make() if make else None


def _dressing(
    make: type[PutOn] | type[ChangeInto], record: Mapping[str, Any], support: _Support | None, common: dict[str, Any]
) -> Operation | None:
    garments = _garments(record.get("garments") or record.get("what") or record.get("garment"), support)
    return make(garments=garments, **common) if garments else None


def _single(
    make: type[TakeOff] | type[OpenGarment] | type[CloseGarment] | type[MoveTo] | type[Do],
    key: str,
    record: Mapping[str, Any],
    common: dict[str, Any],
) -> Operation | None:
    values = (record.get(key), record.get("what"), record.get("garment"), record.get("value"))
    phrase = next((text for value in values if (text := _text(value))), "")
    return make(**{key: phrase}, **common) if phrase else None


def _unchanged(record: Mapping[str, Any], common: dict[str, Any]) -> Operation | None:
    field = record.get("field")
    return Unchanged(field=field, **common) if field in ("outfit", "location", "action") else None


# --- joining with the rules ----------------------------------------------------------------------------------------


def merge_operations(rules: Sequence[Operation], model: Sequence[Operation]) -> tuple[Operation, ...]:
    """Join what the rules and the model found in the same text.

    Per field (outfit, location, action): what the rules found decides, because it rests on words they understood; an
    ``unchanged`` of the rules (they saw a wish, a negation, a memory) keeps the model from taking it for a change; where
    the rules saw nothing, the model speaks.
    """
    decided = {field_of(operation) for operation in rules}
    return (*rules, *(operation for operation in model if field_of(operation) not in decided))


def field_of(operation: Operation) -> StateField:
    """Return the field of the state that an operation is about."""
    match operation:
        case MoveTo():
            return "location"
        case Do():
            return "action"
        case Unchanged(field=field):
            return field
        case _:
            return "outfit"
