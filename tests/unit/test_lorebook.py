"""Lorebook entries fire when they should and never hold up a reply."""

from time import process_time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion_hub.services.lorebook import Chat, active_entries, parse_lorebook, split_decorators


def words(text: str) -> int:
    return len(text.split())


def fire(
    entries: Any,
    messages: list[str],
    *,
    turn: int = 0,
    earlier: list[tuple[int, int]] | None = None,
    greeting: int | None = None,
    **book: Any,
) -> list[str]:
    parsed = parse_lorebook({"entries": entries, **book})
    chat = Chat(messages, turn, earlier or [], greeting)
    return [entry.content for entry in active_entries(parsed, chat, count_tokens=words)]


def entry(content: str, *keys: str, **more: Any) -> dict[str, Any]:
    return {"keys": list(keys), "content": content, "enabled": True, "insertion_order": 100, "extensions": {}, **more}


def test_keys_match_whole_words_in_any_case() -> None:
    assert fire([entry("Art school.", "art")], ["We had a party"]) == []
    assert fire([entry("Art school.", "art")], ["I love ART!"]) == ["Art school."]
    assert fire([entry("Art school.", "Art", case_sensitive=True)], ["I love ART!"]) == []


def test_secondary_keys_count_only_when_selective() -> None:
    rows = [entry("Both.", "sea", secondary_keys=["storm"], selective=True)]
    assert fire(rows, ["the sea is calm"]) == []
    assert fire(rows, ["a storm at sea"]) == ["Both."]
    assert fire([entry("One.", "sea", secondary_keys=["storm"])], ["the sea is calm"]) == ["One."]


def test_scan_depth_limits_how_far_back_a_key_counts() -> None:
    assert fire([entry("Seen.", "lamp")], ["lamp", "b", "c"], scan_depth=2) == []
    assert fire([entry("@@scan_depth 3\nSeen.", "lamp")], ["lamp", "b", "c"], scan_depth=2) == ["Seen."]


def test_recursion_lets_an_entry_wake_another() -> None:
    rows = [entry("The duke lives in Gralt.", "duke"), entry("Gralt is a city.", "gralt")]
    assert fire(rows, ["the duke"]) == ["The duke lives in Gralt."]
    assert fire(rows, ["the duke"], recursive_scanning=True) == ["The duke lives in Gralt.", "Gralt is a city."]


def test_budget_keeps_constants_then_priority_in_insertion_order() -> None:
    rows = [
        entry("low low low", "x", priority=1, insertion_order=1),
        entry("high high high", "x", priority=9, insertion_order=2),
        entry("always here now", constant=True, insertion_order=3),
    ]
    assert fire(rows, ["x"], token_budget=6) == ["high high high", "always here now"]


def test_decorators_are_read_and_removed_from_the_content() -> None:
    decorators, rest = split_decorators("@@depth 4\n@@role system\n@@@unknown\nText\n@@not this")
    assert decorators == {"depth": "4", "role": "system", "unknown": ""}
    assert rest == "Text\n@@not this"
    assert fire([entry("@@activate\nForced.")], ["nothing"]) == ["Forced."]
    assert fire([entry("@@dont_activate\nNever.", "x")], ["x"]) == []
    assert fire([entry("@@activate_only_after 3\nLater.", "x")], ["x"], turn=2) == []
    assert fire([entry("@@exclude_keys rain\nDry.", "x")], ["x in the rain"]) == []


def test_disabled_and_malformed_entries_are_left_out() -> None:
    assert fire([entry("Off.", "x", enabled=False), {"keys": "x"}, "junk", None, 3], ["x"]) == []
    assert fire({"0": entry("As an object.", "x")}, ["x"]) == ["As an object."]


# Each took 5 to 50 s of a reply once, or failed it: (entries, what is said, the book's settings).
HOSTILE: dict[str, tuple[list[dict[str, Any]], str, dict[str, Any]]] = {
    "one slow pattern": ([entry("x", "(a+)+$", use_regex=True)], "a" * 40 + "! dragon", {}),
    "a broken pattern": ([entry("x", "(((", use_regex=True)], "dragon", {}),
    "500 slow patterns": ([entry("x", f"^(a+|b{n})+$", use_regex=True) for n in range(500)], "a" * 4_000 + "!", {}),
    "slow to compile": (
        [entry("x", f"({'|'.join(map(chr, range(9_000, 12_000)))}){n}", use_regex=True) for n in range(100)], "a", {},
    ),
    "nested too deep": ([entry("x", "(" * 5_000 + "a" + ")" * 5_000, use_regex=True)], "a", {}),
    "nested as deep as may be": ([entry("x", "(" * 240 + "a" + ")" * 240, use_regex=True)], "a", {}),
    "50,000 words": ([entry("x", *(f"k{n}x{m}" for m in range(100))) for n in range(500)], "a " * 8_000, {}),
    "50,000 phrases": ([entry("x", *(f"k{n} x{m}" for m in range(100))) for n in range(500)], "a " * 8_000, {}),
    "50,000 near misses": ([entry("x", *["a a"] * 100) for _ in range(500)], "xa ax " * 6_000, {"scan_depth": 10**9}),
    "a chain of entries": (
        [entry(f"c{n}", f"c{n - 1}", *(f"k{n} x{m}" for m in range(99))) for n in range(500)], "c-1",
        {"recursive_scanning": True, "scan_depth": 10**9},
    ),
    "500 that look back": (
        [entry("@@keep_activate_after_match\nx", *(f"k{n} x{m}" for m in range(100))) for n in range(500)], "a " * 8_000,
        {"scan_depth": 10**9, "earlier": [(end % 4, 0) for end in range(60)]},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_or_broken_books_do_not_hold_up_a_reply(name: str) -> None:
    entries, said, settings_ = HOSTILE[name]
    start = process_time()
    fire(entries, [said] * 4, **settings_)
    assert process_time() - start < 2


@pytest.mark.parametrize(
    ("key", "said", "fires"),
    [
        ("art", "the party", False), ("art", "Art!", True), ("art gallery", "an art gallery.", True),
        ("art gal", "an art gallery.", False), ("c++", "in c++ we trust", True), ("ΟΔΟΣ", "η οδός, η οδος", True),
        ("st. john", "at St. John's", True), ("_x", "a_x", False), ("naïve", "so NAÏVE", True),
    ],
)  # fmt: skip
def test_keys_are_whole_words_and_phrases_in_any_case(key: str, said: str, fires: bool) -> None:
    assert bool(fire([entry("x", key)], [said])) == fires


def test_javascript_notation_is_understood() -> None:
    assert fire([entry("Fire.", "/drag(on|ons)/i", use_regex=True)], ["Two DRAGONS"]) == ["Fire."]


field_names = st.sampled_from(
    ["keys", "content", "entries", "constant", "enabled", "scan_depth", "insertion_order", "x"]
)
values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(field_names, inner),
    max_leaves=20,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(["entries", "scan_depth", "token_budget", "recursive_scanning"]), values))
def test_any_book_is_survived(book: dict[str, Any]) -> None:
    active_entries(parse_lorebook(book), Chat(["hello there"]), count_tokens=words)


# --- as other applications mean them ---------------------------------------------------------------------------------


def test_additional_keys_must_stand_there_besides_a_key() -> None:
    rows = [entry("@@additional_keys rain, storm\nWet.", "sea")]
    assert fire(rows, ["the sea"]) == []
    assert fire(rows, ["a storm"]) == []
    assert fire(rows, ["a storm at sea"]) == ["Wet."]


def test_a_fallback_counts_only_when_what_stands_before_it_is_unknown() -> None:
    assert fire([entry("@@depth 5\n@@@dont_activate\nSea.", "sea")], ["the sea"]) == ["Sea."]
    assert fire([entry("@@others_only 1\n@@@more_unknown\n@@@dont_activate\nSea.", "sea")], ["the sea"]) == []
    assert split_decorators("@@depth 1\n@@depth 2\nx")[0] == {"depth": "1"}


def test_a_pattern_is_neither_constant_nor_selective() -> None:
    rows = [entry("Sea.", "s.a", use_regex=True, constant=True, selective=True, secondary_keys=["never"])]
    assert fire(rows, ["hill"]) == []
    assert fire(rows, ["the sea"]) == ["Sea."]


@pytest.mark.parametrize(
    ("key", "said"),
    [("魔法", "彼は魔法を使う"), ("마법", "그는 마법사다"), ("เวทมนตร์", "เขาใช้เวทมนตร์"), ("まほう", "まほうだ")],
)  # fmt: skip
def test_scripts_without_spaces_find_their_keys(key: str, said: str) -> None:
    assert fire([entry("Magic.", key)], [said]) == ["Magic."]


@pytest.mark.parametrize(
    ("logic", "said", "fires"),
    [(0, "sea rain", True), (0, "sea", False), (1, "sea rain", True), (1, "sea rain wind", False), (2, "sea", True),
     (2, "sea rain", False), (3, "sea rain", False), (3, "sea rain wind", True), (9, "sea rain", True), ("x", "sea", False)],
)  # fmt: skip
def test_how_secondary_keys_count_is_as_the_author_chose(logic: Any, said: str, fires: bool) -> None:
    rows = [entry("Sea.", "sea", selective=True, secondary_keys=["rain", "wind"], extensions={"selectiveLogic": logic})]
    assert fire(rows, [said]) == (["Sea."] if fires else [])


def test_what_another_application_keeps_in_extensions_is_heeded() -> None:
    assert fire([entry("Art.", "art", extensions={"match_whole_words": False})], ["a party"]) == ["Art."]
    assert fire([entry("Art.", "Art", extensions={"case_sensitive": True})], ["art"]) == []
    assert fire([entry("Art.", "art", extensions={"scan_depth": 1})], ["art", "b"], scan_depth=5) == []
    assert fire([entry("Art.", "art", extensions={"case_sensitive": None, "scan_depth": None})], ["ART"]) == ["Art."]
    duke = [entry("The duke of Gralt.", "duke"), entry("A city.", "gralt", extensions={"exclude_recursion": True})]
    assert fire(duke, ["duke"], recursive_scanning=True) == ["The duke of Gralt."]
    duke[0]["extensions"], duke[1]["extensions"] = {"prevent_recursion": True}, {}
    assert fire(duke, ["duke"], recursive_scanning=True) == ["The duke of Gralt."]


def test_ids_of_any_kind_and_broken_numbers_do_not_matter() -> None:
    rows = [
        entry("A.", "x", id="one", insertion_order="2"),
        entry("B.", "x", id=1, insertion_order=None, priority="high"),
    ]
    assert sorted(fire(rows, ["x"], token_budget="600", scan_depth="2")) == ["A.", "B."]


# --- decorators that go by more than words ---------------------------------------------------------------------------


def test_once_fired_an_entry_stays_or_falls_silent_as_its_decorator_says() -> None:
    said = ["the sea", "yes", "a", "b", "c"]
    earlier = [(1, 0), (3, 1)]
    stays, stops = (
        entry("@@keep_activate_after_match\nStays.", "sea"),
        entry("@@dont_activate_after_match\nOnce.", "sea"),
    )
    assert fire([stays], said, earlier=earlier, scan_depth=2) == ["Stays."]
    assert fire([stays], ["a", "b", "c"], earlier=[(1, 0)], scan_depth=2) == []
    assert fire([stops], ["a", "b", "the sea"], earlier=[(1, 0)], scan_depth=2) == ["Once."]
    assert fire([stops], ["the sea", "b", "the sea"], earlier=[(1, 0)], scan_depth=2) == []
    # what was said before it could fire does not count
    late = entry("@@keep_activate_after_match\n@@activate_only_after 1\nLate.", "sea")
    assert fire([late], said, turn=2, earlier=earlier, scan_depth=1) == []
    assert fire([late], ["a", "b", "the sea", "c", "d"], turn=2, earlier=earlier, scan_depth=1) == ["Late."]


def test_an_entry_of_another_greeting_is_silent() -> None:
    rows = [entry("@@is_greeting 1\nAt the ball.", "x")]
    assert fire(rows, ["x"], greeting=0) == []
    assert fire(rows, ["x"], greeting=1) == ["At the ball."]
    assert fire(rows, ["x"]) == ["At the ball."]  # which greeting it was is not known


def test_a_constant_entry_keeps_the_conditions_of_its_decorators() -> None:
    rows = [entry("@@exclude_keys rain\n@@additional_keys sea\nDry.", constant=True)]
    assert fire(rows, ["the sea"]) == ["Dry."]
    assert fire(rows, ["rain at sea"]) == []
    assert fire(rows, ["a hill"]) == []


def test_what_is_always_there_does_not_give_way_to_what_is_said() -> None:
    rows = [
        entry("always one two", constant=True, priority=1),
        entry("@@activate_only_every 2\nsometimes one two", constant=True, priority=9),
        entry("said one two", "x", priority=99),
    ]
    assert fire(rows, ["x"], turn=2, token_budget=3) == ["always one two"]


@pytest.mark.parametrize(
    ("head", "extra", "place", "depth", "reverse"),
    [
        ("", {}, "after_char", None, None),
        ("", {"position": "before_char"}, "before_char", None, None),
        ("", {"position": 0}, "before_char", None, None),
        ("@@depth 3\n", {"position": "before_char"}, "before_char", 3, None),
        ("@@depth -1\n", {}, "after_char", 0, None),
        ("@@reverse_depth 2\n", {}, "after_char", None, 2),
        ("@@depth 3\n@@reverse_depth 2\n", {}, "after_char", 3, None),
        ("@@position scenario\n@@depth 3\n", {}, "scenario", None, None),
        ("@@position nowhere\n@@@depth 3\n", {}, "after_char", 3, None),
        ("@@depth many\n@@@position personality\n", {}, "personality", None, None),
        ("@@role assistant\n@@@depth 2\n", {}, "after_char", 2, None),
        ("", {"extensions": {"position": 4, "depth": 1, "role": 2}}, "after_char", 1, None),
        ("", {"extensions": {"position": 4}}, "after_char", 4, None),
        ("@@depth 7\n", {"extensions": {"position": 4, "depth": 1}}, "after_char", 7, None),
    ],
)
def test_where_an_entry_stands(
    head: str, extra: dict[str, Any], place: str, depth: int | None, reverse: int | None
) -> None:
    (parsed,) = parse_lorebook({"entries": [entry(f"{head}Sea.", "sea", **extra)]}).entries
    assert (parsed.place, parsed.depth, parsed.reverse_depth, parsed.content) == (place, depth, reverse, "Sea.")
