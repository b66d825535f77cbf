"""Whether unmarked text is told as a story, and so narrates, or said as in a chat."""

import re

from companion_hub.services.scene import cues, frames
from companion_hub.services.scene.passages import FIRST_PERSON, Mode, sentence_texts
from companion_hub.services.scene.places import find_place
from companion_hub.services.scene.verbs import verbs
from companion_hub.services.texts import word_set

_SPOKEN_TO = re.compile(
    r"(?i)(?<![\w'’])(?:I|me|my|mine|myself|you|your|yours|we|us|our|nobody|everyone|let['’]?s|said|says|told)(?!\w)"
)


def tells_a_story(pieces: list[tuple[str, Mode]]) -> bool:
    """Whether unmarked text is prose in the past tense ("The sea was calm. I had swapped…"), not a chat message."""
    text = " ".join(piece for piece, _ in pieces)
    if any(mode != "plain" for _, mode in pieces) or cues.PAST_TIMES.search(text) or "?" in text:
        return False
    words = re.findall(r"[a-z'’]+", text.lower())
    pasts = sum(any(v.forms & {"past"} and not v.forms & {"base"} for v in verbs().get(w, ())) for w in words)
    presents = re.search(r"\bI(?:['’]m|['’]ve|['’]ll| am| have)\b", text)
    return presents is None and pasts + words.count("was") + words.count("had") >= 4 and text.count(".") >= 2


def tells_of_both(pieces: list[tuple[str, Mode]], companion: frozenset[str], user: frozenset[str]) -> bool:
    """Whether the user's unmarked text is prose in the third person: "They reached the beach. Mara spread the towel"."""
    text = " ".join(piece for piece, _ in pieces)
    if (
        any(mode != "plain" for _, mode in pieces)
        or "?" in text
        or _SPOKEN_TO.search(text)
        or cues.PAST_TIMES.search(text)
    ):
        return False
    words = re.findall(r"[a-z'’]+", text.lower())
    told = words.count("was") + words.count("were") + words.count("had")
    told += sum(any("past" in v.forms and "base" not in v.forms for v in verbs().get(w, ())) for w in words)
    opens = re.match(r"\W*(?:she|they)\b", text, re.IGNORECASE) is not None and len(words) > 9
    opens = opens and (text.count(".") > 1 or not {"he", "him", "his", "they"}.isdisjoint(words))
    opens = opens or cues.TIME_FIRST.match(text) is not None or not companion.isdisjoint(words[:1])
    named = (
        not (companion | user).isdisjoint(words) and re.search(r"\b(?:she|her|they)\b", text, re.IGNORECASE) is not None
    )
    return told >= (1 if opens else 2) and (opens or named or "they" in words)


def tells_of_itself(pieces: list[tuple[str, Mode]], companion: frozenset[str]) -> bool:
    """Whether unmarked text is prose in the third person ("Mara slips off her coat.")."""
    if any(mode != "plain" for _, mode in pieces):
        return False
    text = " ".join(piece for piece, _ in pieces)
    if re.search(r"(?<![\w'’])(?:I|[Mm]e|[Mm]y|us|we|We|our|I['’]m)(?!\w)", text):
        return False
    if (
        "?" in text
        or frames.THEY_SAY.match(text)
        or re.search(
            r"\bthat['’]s how\b|\bthe (?:story|legend|tale|movie|film|book) (?:ends|goes|begins|says)\b|\bit was (?:so |really |absolutely )?(?:hilarious|funny|awful|amazing)\b",
            text,
            re.IGNORECASE,
        )
    ):
        return False  # "Did you see her shoes? She changed into flip-flops!": gossip
    name = "|".join(re.escape(word) for word in companion) or "(?!)"
    if re.search(rf"(?:^\W*|[,.;!?…]\s+|\band )(?:she|he|they|{name})\b", text, re.IGNORECASE):
        return True
    # "By the time the last guest had gone she had traded the heels …": nobody is spoken to
    spoken_to = re.search(r"\b(?:you|your|yours|we|us|our|let['’]s)\b|\?", text, re.IGNORECASE)
    return (
        spoken_to is None
        and re.search(rf"\b(?:she|he|they|her|him|his|them|their|{name})\b", text, re.IGNORECASE) is not None
    )


# Of these one says "she" or "he" too.
_ANIMALS = word_set("kitten puppy cat horse ghost author artist singer statue portrait")
_WOMEN = (
    cues.PEOPLE_SHE
    | _ANIMALS
    | word_set("ship boat yacht car bike plane engine moon storm sea mare pony cow hen doe heroine goddess")
)
_MEN = cues.PEOPLE_HE | _ANIMALS | word_set("hero god stag bull ram cock stallion captain")
_SINGLE = sorted(
    word
    for word in cues.PEOPLE_ANY
    if not word.endswith("s") and word not in ("people", "children", "men", "women", "crowd")
)
_SOMEBODY = re.compile(
    rf"\b(?:my|the|that|this|our|your|his|another|some) (?:\w+ )?(?:{'|'.join(_SINGLE)})\b", re.IGNORECASE
)
_HER_NOUN = re.compile(r"\w(?:woman|lady|girl|wife|mistress|ess)\b", re.IGNORECASE)
_HIS_NOUN = re.compile(r"\w(?<!wo)(?:man|lord|boy|master)\b", re.IGNORECASE)
_DATES = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december "
    "christmas easter god english french german italian spanish ok"
)
# "She would love this.", "Is she late?": said of somebody.
_SAID_OF = re.compile(
    r"\?|\b(?:she|he)(?:['’]d\b|['’]ll\b| (?:would|should|could|might|must|will|never|always|used to)\b)|\b(?:you know|remember|apparently)\b"
    r"|^\W*(?:and |but )?(?:is|was|does|did|has|will) |\bthere (?:she|he) (?:goes|is|comes|was|went)\b",
    re.IGNORECASE,
)


# "I'd be the witch", "you look like a detective": nobody else.
_LIKENED = re.compile(
    r"\b(?:I|you)(?:['’](?:m|d|ll|re)| am| are| was| were| would| will)?(?: \w+)?(?: be| look like| as)? (?:an?|the) \w+(?: \w+)?",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"(?<![\w'’])(?:I|me|my|we|us|our|you|your|yourself)(?![\w])|[?!]", re.IGNORECASE)
_HERS = re.compile(r"\b(?:she|hers?|herself)\b", re.IGNORECASE)
_HIS = re.compile(r"\b(?:he|his|him|himself)\b", re.IGNORECASE)


def beside_marks(
    pieces: list[tuple[str, Mode]], companion: frozenset[str], user: frozenset[str], pronoun: str
) -> list[tuple[str, Mode]]:
    """Split unmarked words beside marked narration into what narrates too and what is said.

    "*She smiles.* Oh, you came! She pulls on her coat." goes on in the narrator's voice: a sentence about "she" or by her
    name, with nobody else whom "she" may mean named since the companion was.
    """
    marked = " ".join(piece for piece, mode in pieces if mode == "narration")
    if not marked or all(mode == "narration" for _, mode in pieces):
        return pieces
    names = "|".join(map(re.escape, companion)) or "(?!)"
    name = re.compile(rf"(?<![\w'’])(?:{names})(?![\w])", re.IGNORECASE)
    # Who narrates of herself in the first person calls somebody else "she".
    pronouns = (pronoun,) if pronoun else ("she", "he")
    if FIRST_PERSON.search(marked):
        pronouns = ()
    past = _is_past(marked) is True  # bare stage directions are of the present
    spoken_of = re.compile(rf"(?<![\w'’])(?:{'|'.join((*pronouns, names))})(?![\w])", re.IGNORECASE)
    result: list[tuple[str, Mode]] = []
    known, is_he = companion | user, pronoun == "he"
    stranger = False
    for piece, mode in pieces:
        if mode == "narration":
            stranger = _names_somebody(piece, known, told=True, is_he=is_he) or (
                stranger and name.search(piece) is None
            )
            result.append((piece, mode))
            continue
        for sentence in sentence_texts(piece):
            subject = spoken_of.search(sentence)
            before = sentence[: subject.start()] if subject else sentence
            called = subject is not None and name.fullmatch(subject[0]) is not None
            stranger = (stranger and not called) or _names_somebody(before, known, told=False, is_he=is_he)
            tells = (
                subject is not None
                and not stranger
                and not FIRST_PERSON.search(sentence)
                and not _SAID_OF.search(sentence)
                and _is_past(sentence[subject.start() :]) in (past, None)
            )
            result.append((sentence, "narration" if tells else mode))
            # "Put yourself in her shoes. She just moved here."
            others = _names_somebody(sentence, known, told=False, is_he=is_he) or spoken_of.search(sentence) is not None
            hers = (_HIS if is_he else _HERS).search(sentence) is not None and (
                _SPOKEN.search(sentence) is not None or _asks(sentence)
            )
            stranger = stranger or (not tells and (others or hers))
    return result


def _asks(sentence: str) -> bool:
    """Whether a sentence begins as a request does: "Think of her for a second."."""
    first = re.match(r"\W*([a-z]+)", sentence.lower())
    return first is not None and any("base" in verb.forms for verb in verbs().get(first[1], ()))


def _is_past(text: str) -> bool | None:
    """Whether the first verbs that show a tense are in the past: marks and prose of one voice share it."""
    for word in re.findall(r"[a-z]+|['’]s(?= [a-z]+(?:ing|ed)?\b)", text.lower())[:12]:
        if word in ("was", "were", "had", "did"):
            return True
        if word in ("is", "has", "does"):
            return False
        forms = {form for verb in verbs().get(word, ()) for form in verb.forms}
        if "past" in forms and not forms & {"base", "s"}:
            return True
        if "s" in forms and "past" not in forms:
            return False
    return None


def _names_somebody(text: str, known: frozenset[str], *, told: bool, is_he: bool) -> bool:
    """Whether somebody is named whom "she" ("he") may mean from then on; of what is narrated only a woman (a man) or a name."""
    text = _LIKENED.sub(" ", text)
    lows = {word.lower().removesuffix("'s").removesuffix("’s") for word in re.findall(r"[^\W\d_]+(?:['’]s)?", text)}
    people = cues.PEOPLE_HE if is_he else cues.PEOPLE_SHE
    if not (people if told else _MEN if is_he else _WOMEN).isdisjoint(lows):
        return True
    if not told and (_SOMEBODY.search(text) or (_HIS_NOUN if is_he else _HER_NOUN).search(text)):
        return True
    names = (
        word for word in re.findall(r"(?<=[a-z,] )(?<!\bthe )[A-Z][a-z]+", text) if word.lower() not in known | _DATES
    )
    return any(find_place([word.lower()]) is None for word in names)
