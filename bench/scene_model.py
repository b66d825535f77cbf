"""What a language model's analysis adds to the rules, on a sample of the corpus's replies.

``python -m bench.scene_model URL MODEL KEY [--every N]``: every Nth reply of ``tests/corpus/scene_changes.jsonl`` is
graded twice, with the rules alone and with the model's answer merged in as ReanalyzeContext does.  Prints precision and
recall of both, what the analysis made of memories, and the median time of a call.
"""

import argparse
import statistics
import sys
import time
from typing import Any

from bench.scene_accuracy import COMPANION, HOME, RELAXING, USER, Verdict, grade, read, score
from companion_hub.errors import StepError
from companion_hub.models.scene import Operation, Scene
from companion_hub.providers.language_model import OpenAiCompatibleModel
from companion_hub.services.scene import UnreadableAnswerError, exchange_operations, scene_from_strings
from companion_hub.services.scene_analysis import Exchange, analyze_exchange


def _graded(case: dict[str, Any], before: Scene, from_model: list[Operation]) -> list[Verdict]:
    operations = exchange_operations(
        before,
        user_text="",
        reply_text=case["text"],
        companion_name=COMPANION,
        user_name=USER,
        from_model=from_model,
    )
    return grade(case, before, operations)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("model")
    parser.add_argument("key")
    parser.add_argument("--every", type=int, default=5)
    given = parser.parse_args()
    model = OpenAiCompatibleModel(given.url, given.model, lambda _: given.key)
    cases = [case for case in read("scene_changes.jsonl") if case["speaker"] == "companion"][:: given.every]
    outcomes: dict[str, list[str]] = {"rules alone": [], "rules and model": []}
    seconds: list[float] = []
    unreadable, memories = 0, 0
    for number, case in enumerate(cases, 1):
        before = scene_from_strings(case["outfit"], HOME, RELAXING)
        start = time.monotonic()
        found: list[Operation] = []
        try:
            analysis = analyze_exchange(model, Exchange(COMPANION, USER, "What now?", case["text"], before))
            found = list(analysis.operations)
            memories += len(analysis.memories)
        except (StepError, UnreadableAnswerError):
            unreadable += 1
        seconds.append(time.monotonic() - start)
        rules, both = _graded(case, before, []), _graded(case, before, found)
        outcomes["rules alone"] += [verdict.outcome for verdict in rules]
        outcomes["rules and model"] += [verdict.outcome for verdict in both]
        for one, other in zip(rules, both, strict=True):
            if one.outcome != other.outcome:
                print(f"{one.field} {one.outcome} -> {other.outcome}: {case['text']!r}: {other.detail}")
        print(f"\r{number} of {len(cases)}", end="", file=sys.stderr)
    print(f"\n| {len(cases)} replies | precision | recall |\n|---|---|---|")
    for name, each in outcomes.items():
        s = score(each)
        print(f"| {name} | {s.precision:.1%} ({s.right}/{s.found}) | {s.recall:.1%} ({s.right}/{s.expected}) |")
    print(f"\n{unreadable} unreadable, {memories} memories, {statistics.median(seconds):.1f} s a call")


if __name__ == "__main__":
    main()
