"""Accuracy of the scene rules on the public corpora, per category: ``python -m bench.scene_accuracy [--failures]``.

Scene changes are graded per field (outfit, place, activity): a change found where one was expected and like it counts as
right, any other change found as wrong, an expected one not found (or found wrong) as missed.  The cases of set
``held_out`` were written before the rules were ever run on them; see RESULTS.md for their first score.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from companion_hub.models.companion import CompanionProfile, Identity
from companion_hub.models.scene import Do, Garment, MoveTo, Operation, Scene
from companion_hub.services.image_prompt import build_image_prompt
from companion_hub.services.scene import (
    Speaker,
    analyze_text,
    exchange_operations,
    may_change_scene,
    reduce_scene,
    scene_from_strings,
    visible_garments,
)
from companion_hub.services.scene.outfits import garment

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"
COMPANION, USER = "Mara", "Tom"
HOME, RELAXING = "at home, in the living room", "relaxing on the sofa"


class Verdict(NamedTuple):
    """One graded field: what happened, and a line that explains it."""

    field: str
    outcome: str  # right, wrong, missed, confused (wrong and missed), quiet
    detail: str


def read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / name).read_text(encoding="utf-8").splitlines() if line.strip()]


# --- scene changes -------------------------------------------------------------------------------------------------


def grade_scene_change(case: dict[str, Any]) -> list[Verdict]:
    """Return the rules' verdict per field."""
    before = scene_from_strings(case["outfit"], HOME, RELAXING)
    speaker: Speaker = case["speaker"]
    operations = analyze_text(
        case["text"],
        speaker=speaker,
        scene=before,
        companion_name=COMPANION,
        user_name=USER,
        pronoun=case.get("pronoun", "she"),
    )
    return grade(case, before, operations)


def grade(case: dict[str, Any], before: Scene, operations: Sequence[Operation]) -> list[Verdict]:
    """Return a verdict per field; what the user only asked for counts as if granted."""
    expect: dict[str, Any] = case["expect"]
    granted = [op.model_copy(update={"confidence": 1.0}) for op in operations if op.type != "unchanged"]
    after = reduce_scene(before, granted)
    places = [op.location for op in granted if isinstance(op, MoveTo) and op.location != before.location]
    actions = [op.action for op in granted if isinstance(op, Do)]
    return [
        _grade_outfit(before, after, expect),
        _grade_phrase("location", places[-1] if places else "", expect.get("location", "")),
        _grade_phrase("action", actions[-1] if actions else "", expect.get("action", "")),
    ]


def _worn(scene: Scene) -> set[str]:
    return {g.label.lower() for g in scene.garments if g.state not in ("removed", "held")}


def _has(words: str, names: Iterable[str]) -> bool:
    return any(re.search(rf"\b{re.escape(words.lower())}\b", name) for name in names)


def _grade_outfit(before: Scene, after: Scene, expect: dict[str, Any]) -> Verdict:
    on, off, shows = expect.get("on", []), expect.get("off", []), expect.get("shows", "")
    old, new = _worn(before), _worn(after)
    if expect.get("outfit") == "*":
        return Verdict("outfit", "quiet", "anything goes")
    added, gone = new - old, old - new
    if shows:
        good = shows.lower() in new
    else:
        good = (
            all(_has(word, added) for word in on)
            and all(_has(word, gone) and not _has(word, new - added) for word in off)
            and all(any(_has(word, [name]) for word in off) for name in gone)
            and all(any(_has(word, [name]) for word in on) for name in added)
        )
    return _verdict("outfit", expected=bool(on or off or shows), found=old != new, good=good, detail=f"{sorted(new)}")


def _grade_phrase(field: str, found: str, expected: str) -> Verdict:
    if expected == "*":
        return Verdict(field, "quiet", "anything goes")
    good = bool(expected) and expected.lower() in found.lower()
    return _verdict(field, expected=bool(expected), found=bool(found), good=good, detail=found)


def _verdict(field: str, *, expected: bool, found: bool, good: bool, detail: str) -> Verdict:
    if expected and found:
        return Verdict(field, "right" if good else "confused", detail)
    if found:
        return Verdict(field, "wrong", detail)
    return Verdict(field, "missed" if expected else "quiet", detail)


class Score(NamedTuple):
    """``right`` of ``found`` is the precision, ``right`` of ``expected`` the recall."""

    right: int
    found: int
    expected: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0


def score(outcomes: Iterable[str]) -> Score:
    count = Counter(outcomes)
    found = count["right"] + count["wrong"] + count["confused"]
    return Score(count["right"], found, count["right"] + count["missed"] + count["confused"])


def scene_changes(cases: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], list[Verdict]]]:
    for case in cases:
        yield case, grade_scene_change(case)


def let_through(cases: Iterable[dict[str, Any]]) -> tuple[int, int]:
    """Return (messages with a change that ``may_change_scene`` lets through, messages with a change)."""
    changing = [case for case in cases if any(value != "*" for value in case["expect"].values())]
    return sum(may_change_scene(case["text"], case["speaker"]) for case in changing), len(changing)


# --- stories -------------------------------------------------------------------------------------------------------


def replay(story: dict[str, Any], *, mending: bool) -> Iterator[tuple[dict[str, Any], Scene, dict[str, bool]]]:
    """Yield each message of a chat, the scene after it, and whether outfit, place and activity are then as expected.

    As in a chat: a reply is read with the message it answers, from the scene before both.  What is wrong stays wrong until the
    story puts it right; ``mending`` puts it right after each reply, so that every mistake counts once.
    """
    scene = scene_from_strings(**{key: story["start"][key] for key in ("outfit", "location", "action")})
    people: Any = {"companion_name": COMPANION, "user_name": USER, "pronoun": "she"}
    asked = ""
    said: list[tuple[Speaker, str]] = []
    for message in story["turns"]:
        if message["speaker"] == "user":
            asked = message["text"]
            after = reduce_scene(scene, analyze_text(asked, speaker="user", scene=scene, **people))
        else:
            made = exchange_operations(
                scene, user_text=asked, reply_text=message["text"], said_before=said[-4:], **people
            )
            after = scene = reduce_scene(scene, made)
            scene = _mended(scene, message) if mending else scene
            said += [("user", asked), ("companion", message["text"])]
        yield message, after, _as_told(message, after)


def _mended(scene: Scene, message: dict[str, Any]) -> Scene:
    """Return the scene with what the story says is worn, and where."""
    kept: list[Garment] = []
    missing = list(message["worn"])
    for piece in scene.garments:
        worn = piece.state not in ("removed", "held")
        word = next((word for word in missing if _has(word, [piece.label.lower()])), None) if worn else None
        if word is not None:
            missing.remove(word)
        kept.append(piece if word is not None or not worn else piece.model_copy(update={"state": "removed"}))
    for word in missing:
        known = next(
            (g for g in reversed(kept) if g.state == "removed" and _has(word, [g.name.lower()])), garment(word)
        )
        if known is not None:
            kept = [*(g for g in kept if g is not known), known.model_copy(update={"state": "worn"})]
    place = scene.location if _as_told(message, scene)["location"] else f"at the {message['location']}"
    return scene.model_copy(update={"garments": tuple(kept), "location": place})


def _as_told(message: dict[str, Any], scene: Scene) -> dict[str, bool]:
    left = [g.label.lower() for g in scene.garments if g.state not in ("removed", "held")]
    for word in message["worn"]:
        if (found := next((name for name in left if _has(word, [name])), None)) is None:
            left.append(word)
            break
        left.remove(found)
    right = {"outfit": not left}
    for field, now in (("location", scene.location), ("action", scene.action)):
        right[field] = message[field] == "*" or message[field].lower() in now.lower()
    return right


# --- visibility ----------------------------------------------------------------------------------------------------


def grade_visibility(case: dict[str, Any]) -> str:
    """Return "" when exactly the expected garments are drawn, else what was drawn."""
    scene = scene_from_strings(case["outfit"], "", "")
    verdicts = visible_garments(scene, case["frame"], allow_underwear=case.get("underwear", False))
    drawn = {v.garment.name.lower() for v in verdicts if v.drawn}
    hidden = {v.garment.name.lower() for v in verdicts if not v.drawn}
    if drawn == {name.lower() for name in case["drawn"]} and hidden == {name.lower() for name in case["hidden"]}:
        return ""
    return f"drawn {sorted(drawn)}, hidden {sorted(hidden)}"


# --- image prompts -------------------------------------------------------------------------------------------------


def grade_image_prompt(case: dict[str, Any]) -> str:
    """Return "" when prompt and negative prompt say what they must and nothing they must not, else what is wrong."""
    profile = CompanionProfile(
        appearance=case["look"],
        identity=Identity(age=case["age"]),
        visual_prompt=case.get("visual", ""),
        negative_prompt=case.get("negative", ""),
    )
    made = build_image_prompt(
        profile,
        scene_from_strings(case["outfit"], case["location"], case["action"]),
        content_rating=case["rating"],
        user_appearance=case.get("user"),
        extra=case.get("extra", ""),
    )
    problems = [f"lacks {words!r}" for words in case["has"] if words not in made.prompt]
    problems += [f"has {words!r}" for words in case["lacks"] if words in made.prompt]
    problems += [f"negative lacks {words!r}" for words in case["negative_has"] if words not in made.negative]
    problems += [f"negative has {words!r}" for words in case["negative_lacks"] if words in made.negative]
    if made.people != case["people"]:
        problems.append(f"{made.people} people")
    if made.frame != case.get("frame", made.frame):
        problems.append(f"frame {made.frame}")
    return "; ".join(problems) + (f" in {made.prompt!r}" if problems else "")


# --- report --------------------------------------------------------------------------------------------------------


def _print_scene_changes(*, failures: bool) -> None:
    cases = read("scene_changes.jsonl")
    tables: dict[str, dict[str, list[str]]] = {name: defaultdict(list) for name in ("category", "field", "set")}
    for case, verdicts in scene_changes(cases):
        for verdict in verdicts:
            tables["category"][case["category"]].append(verdict.outcome)
            tables["field"][verdict.field].append(verdict.outcome)
            tables["set"][case["set"]].append(verdict.outcome)
            tables["set"]["all"].append(verdict.outcome)
            if failures and verdict.outcome not in ("right", "quiet"):
                print(f"{case['id']} {case['set'][:4]} {verdict.field} {verdict.outcome}: {case['text']!r}")
                print(f"      {verdict.detail}  {case['expect']}")
    for title, table in tables.items():
        print(f"\n| {title} | cases | precision | recall |\n|---|---|---|---|")
        for key, outcomes in table.items():
            s = score(outcomes)
            number = len(outcomes) if title == "field" else len(outcomes) // 3
            print(
                f"| {key} | {number} | {s.precision:.1%} ({s.right}/{s.found}) | {s.recall:.1%} ({s.right}/{s.expected}) |"
            )
    passed, changing = let_through(cases)
    print(f"\nmay_change_scene lets {passed} of {changing} changing messages through.")


def _print_cases(title: str, corpus: str, grade: Callable[[dict[str, Any]], str], *, failures: bool) -> None:
    by_category: dict[str, list[bool]] = defaultdict(list)
    for case in read(corpus):
        problem = grade(case)
        by_category[case["category"]].append(not problem)
        if failures and problem:
            print(f"{case['id']} {case['outfit']!r}: {problem}")
    print(f"\n| {title} | right | of |\n|---|---|---|")
    for key, results in by_category.items():
        print(f"| {key} | {sum(results)} | {len(results)} |")


def _print_stories(*, failures: bool) -> None:
    for mending in (False, True):
        by_set: dict[str, list[dict[str, bool]]] = defaultdict(list)
        for story in read("stories.jsonl"):
            for message, scene, right in replay(story, mending=mending):
                by_set[story["set"]].append(right)
                if failures and mending and not all(right.values()):
                    print(
                        f"{story['id']} {message['speaker']}: {message['text']!r}\n      {scene.to_state()} {message}"
                    )
        how = "mistakes mended after each reply" if mending else "as in a chat"
        print(f"\n| stories, {how} | messages | outfit right after | place | activity |\n|---|---|---|---|---|")
        for name, results in by_set.items():
            shares = (sum(r[field] for r in results) / len(results) for field in ("outfit", "location", "action"))
            print(f"| {name} | {len(results)} | {' | '.join(f'{share:.1%}' for share in shares)} |")


def main() -> None:
    failures = "--failures" in sys.argv
    _print_scene_changes(failures=failures)
    _print_stories(failures=failures)
    _print_cases("visibility", "outfit_visibility.jsonl", grade_visibility, failures=failures)
    _print_cases("image prompt", "image_prompts.jsonl", grade_image_prompt, failures=failures)


if __name__ == "__main__":
    main()
