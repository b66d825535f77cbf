"""Tells of the user what the user says in the first person: "I keep bees on my roof" is "The user keeps bees on their roof".

Pure.  Called by memory_rules.  It knows clauses that were found to state a fact; it is no grammar of English.
"""

import re

from companion_hub.services.texts import word_set

_CONTRACTIONS = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (r"\bi'?m\b", "I am"),
        (r"\bi've\b|\bive\b", "I have"),
        (r"\bi'll\b", "I will"),
        (r"\bi'd (?=rather|like|love|prefer)", "I would "),
        (r"\bwe're\b", "we are"),
        (r"\bwe've\b", "we have"),
        (r"\byou're\b|\bur\b", "you are"),
        (r"\b(he|she|it|that|there|what|who|name|birthday)'s\b(?= )", r"\1 is"),
        (r"\bthey're\b", "they are"),
        (r"\b(do|does|did|have|has|had|is|are|was|were)n'?t\b", r"\1 not"),
        (r"\bcant\b", "can't"),
        (r"\bwon'?t\b", "will not"),
        (r"\b(\w{2,12})'s (?=(?:called|named|\d+|an?|the|my|in|on|at|from|not|dead|ill|deaf|blind|pregnant|diabetic|allergic|vegan|vegetarian|autistic|dyed|"
         r"getting|going|coming|having|moving|starting|expecting|visiting|arriving|flying|turning|retiring|leaving|learning|studying|working|living|dying|gay|trans)\b)", r"\1 is "),
        # what adds nothing to a statement
        (r"\b(i|my \w+) (?:(?:really|absolutely|totally|just|actually|honestly|literally|simply|truly|basically|kinda|kind of|sort of|definitely|certainly|sadly|unfortunately|luckily) )+", r"\1 "),
        (r"\bi (am|was|have|do not|can't) (?:(?:really|absolutely|totally|just|actually|honestly|literally|simply|truly|basically|kinda|kind of|sort of|definitely|certainly|so|pretty|sadly) )+", r"I \1 "),
        (r"\bi have got\b(?! (?:to|married|engaged|divorced|promoted|fired)\b)", "I have"),
        (r"\bany more\b", "anymore"),
    )
)  # fmt: skip
_SAME = word_set(
    "can cannot can't could will would shall should may might must used had was were did said quit read put cut set hit hurt let cost "
    "went got won lost broke met ran rode swam flew drove wrote sang built bought sold taught fell left made took spent began became "
    "grew found fought saw gave told came held led caught woke wore stole slept sank dove knew kept swore fed bred felt heard paid sent "
    "stood thought threw tore understood withdrew once "
    "spoke learnt lent chose froze drank ate shook stuck struck bit blew drew dealt fled hid hung laid lit meant rose shot sent spread swore swept wept wound"
)
_ADVERBS = word_set(
    "also still always usually often normally never rarely sometimes typically seldom mostly generally regularly now currently only "
    "recently finally already nearly almost even just no longer hardly ever both first"
)
_IRREGULAR = {"am": "is", "are": "is", "have": "has", "do": "does", "go": "goes"}
_VERBS_AFTER_AND = re.compile(
    r"\b(and|or|but) (go|work|eat|drink|read|run|watch|play|walk|drive|sing|write|make|take|open|speak|live|listen|cook|bake|swim|love|hate|keep|teach|study)\b(?! and)",
    re.IGNORECASE,
)


def plain_clause(clause: str) -> str:
    """Return the clause with its contractions written out and "I" in its capital, without words that add nothing."""
    text = " ".join(clause.split()).strip(" ,.!:")
    for pattern, words in _CONTRACTIONS:
        text = pattern.sub(words, text)
    text = re.sub(r"\bi\b", "I", text)
    ceased = re.match(r"^(I|we) (?:(am|are|do|have|can)(?: not|'t)|(cannot)) (.+?) anymore\b(.*)$", text, re.IGNORECASE)
    if ceased:
        verb = {"am": "am no longer", "are": "are no longer", "have": "have no longer", "can": "can no longer"}.get(
            (ceased[2] or "").lower(), "no longer"
        )
        verb = "can no longer" if ceased[3] else verb
        text = f"{ceased[1]} {verb} {ceased[4]}{ceased[5]}"
    return text


def about_user(clause: str, companion: str) -> str:
    """Return a plain clause told of "the user"; ``companion`` is who "you" is."""
    text = clause
    if match := re.match(r"^(my|our) (?=\w)", text, re.IGNORECASE):
        text = ("The user's " if match[1].lower() == "my" else f"The user and {companion}'s ") + told_of(
            text[match.end() :], companion
        )
    elif match := re.match(r"^(?:you and I|we)\b ?", text, re.IGNORECASE):
        text = f"The user and {companion} " + told_of(text[match.end() :], companion)
    elif match := re.match(r"^you (?:have )?promised (me )?", text, re.IGNORECASE):
        text = f"{companion} promised " + ("the user " if match[1] else "") + told_of(text[match.end() :], companion)
    elif match := re.match(r"^I\b ?", text):
        text = "The user " + told_of(_conjugated(text[match.end() :]), companion)
    else:
        text = told_of(text, companion)
    return " ".join(text.split())


def _conjugated(predicate: str) -> str:
    words = predicate.split()
    at = 0
    while at < len(words) and words[at].lower() in _ADVERBS:
        at += 1
    if at == len(words):
        return predicate
    verb = words[at]
    told = _third(verb)
    words[at] = told
    text = " ".join(words)
    if told != verb and verb.lower() not in ("am", "have"):
        text = _VERBS_AFTER_AND.sub(lambda match: f"{match[1]} {_third(match[2])}", text)
    return text


def _third(verb: str) -> str:
    lower = verb.lower()
    if lower in _SAME or (lower.endswith("ed") and lower not in ("need", "feed", "breed", "speed")):
        return "cannot" if lower == "can't" else verb
    if lower in _IRREGULAR:
        return _IRREGULAR[lower]
    if re.search(r"(?:s|x|z|ch|sh)$", lower):
        return verb + "es"
    if re.search(r"[^aeiou]y$", lower):
        return verb[:-1] + "ies"
    return verb + "s"


def told_of(text: str, companion: str) -> str:
    """Return a part of a clause with the first person as "they" and the second as the companion."""
    possessive = companion + ("'" if companion.endswith("s") else "'s")
    for pattern, words in (
        (r"\bI am\b", "they are"), (r"\bI was\b", "they were"), (r"\bI\b", "they"), (r"\bme\b", "them"), (r"\bmy\b", "their"),
        (r"\bmine\b", "theirs"), (r"\bmyself\b", "themselves"), (r"\bus\b", "the two of them"),
        (r"\bour\b", "their"), (r"\bwe are\b", "they are"), (r"\bwe\b", "they"),
        (r"\byou are\b", f"{companion} is"), (r"\byours\b", possessive), (r"\byour\b", possessive),
        (r"\byou\b(?! know)", companion),
    ):  # fmt: skip
        text = re.sub(
            pattern, words.replace("\\", r"\\"), text, flags=0 if pattern.startswith(r"\bI") else re.IGNORECASE
        )
    return text
