"""The scene: what a message changes of outfit, place and activity, and what a picture shows of it.

Pure: no I/O, no clock.  ``analyze_text`` finds operations by rules, ``parse_model_operations`` reads a language model's,
``merge_operations`` joins them, ``reduce_scene`` applies them, ``visible_garments`` decides what a picture shows.
Rules alone keep the state sane when the model answers junk.
"""

from companion_hub.services.scene.answers import (
    UnreadableAnswerError,
    field_of,
    merge_operations,
    operations_schema,
    parse_json_answer,
    parse_model_operations,
)
from companion_hub.services.scene.gate import may_change_scene
from companion_hub.services.scene.outfits import default_scene, edit_scene, parse_outfit, scene_from_strings
from companion_hub.services.scene.persons import Pronoun, Speaker, pronoun_of
from companion_hub.services.scene.reducer import APPLY_FROM, reduce_scene
from companion_hub.services.scene.requests import exchange_operations, resolve_requests
from companion_hub.services.scene.rules import analyze_text
from companion_hub.services.scene.visibility import Frame, visible_garments

__all__ = [
    "APPLY_FROM",
    "Frame",
    "Pronoun",
    "Speaker",
    "UnreadableAnswerError",
    "analyze_text",
    "default_scene",
    "edit_scene",
    "exchange_operations",
    "field_of",
    "may_change_scene",
    "merge_operations",
    "operations_schema",
    "parse_json_answer",
    "parse_model_operations",
    "parse_outfit",
    "pronoun_of",
    "reduce_scene",
    "resolve_requests",
    "scene_from_strings",
    "visible_garments",
]
