"""Splits a message the way role-play is written: which passages narrate and which are speech, hurried spelling spelt out."""

import re
from typing import Literal

from companion_hub.services.scene.verbs import verbs

# narration: *…* or prose beside quoted speech; speech: said aloud; plain: a message with neither marks.
Mode = Literal["narration", "speech", "plain"]
MAX_TEXT_READ = 20_000
# In narration they tell whether its voice is the companion's own.
FIRST_PERSON = re.compile(r"(?<![\w'’])(?:I|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself|[Uu]s|[Ww]e|[Oo]ur|[Ll]et['’]s)(?![\w])")
_THIRD_PERSON = re.compile(
    r"(?<![\w'’])(?:[Ss]?[Hh]e|[Hh]er|[Hh]is)(?![\w])|^\W*[A-Z][a-z]+ (?:[a-z]+ly )?[a-z]+(?:s|ed)\b"
)
_SENTENCE = re.compile(
    r"(?:[^.!?…\n]|\.(?=\w)|(?<=\b[A-Z])\.|(?<=\bMr)\.|(?<=\bMrs)\.|(?<=\bDr)\.|(?<=\bSt)\.)+[.!?…~]*"
)
_STARS = re.compile(
    r"\*{1,3}(?=\S)([^*\n]+(?:\n[^*\n]+)*?)(?<=\S)\*{1,3}|(?<![\w_])_(?=\S)([^_\n]{3,}?)(?<=\S)_(?![\w_])"
)
QUOTE = re.compile(
    r"[\"“”«„][^\"“”«»„]{0,2000}?[\"“”»]|[\"“«„][^\"“”«»„\n]{0,2000}$|(?<![\w’'])‘[^‘’\n]{2,400}’(?![\w])", re.MULTILINE
)
_EMOJI = re.compile("\\s*[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f\u200d]+\\s*")
_SINGLE_QUOTED = re.compile(
    r"(?<![\w'])'(?!cause\b|til\b|em\b|tis\b|twas\b|n\b)(?=[A-Za-z])(?:[^'\n]|(?<=\w)'(?=\w)){8,400}(?:(?<=[.,!?…])'|'(?=[\s,.;:!?)*]|$))"
)
_OUT_OF_CHARACTER = re.compile(
    r"\(\(.{0,2000}?\)\)|\[\s*ooc\b.{0,2000}?\]|\(\s*ooc\b.{0,2000}?\)|```.*?(?:```|$)", re.IGNORECASE | re.DOTALL
)
# As people write in a hurry.
_SHORTHAND = {
    "u": "you", "ya": "you", "pls": "please", "plz": "please", "im": "I'm", "ive": "I've", "dont": "don't", "doesnt": "doesn't",
    "didnt": "didn't", "cant": "can't", "wont": "won't", "isnt": "isn't", "arent": "aren't", "wasnt": "wasn't", "couldnt": "couldn't",
    "shouldnt": "shouldn't", "wouldnt": "wouldn't", "havent": "haven't", "hasnt": "hasn't", "youre": "you're", "theyre": "they're",
    "shes": "she's", "hes": "he's", "thats": "that's", "whats": "what's", "lemme": "let me", "gimme": "give me", "outta": "out of",
    "tryna": "trying to", "cmon": "come on", "tmrw": "tomorrow", "tmr": "tomorrow", "2morrow": "tomorrow", "rn": "right now", "omw": "on the way",
    "nvm": "never mind", "ima": "I'll", "imma": "I'll", "bc": "because", "cuz": "because", "coz": "because", "cos": "because", "bcs": "because",
    "b4": "before", "tho": "though", "thru": "through", "sry": "sorry", "thx": "thanks", "ppl": "people", "atm": "right now", "til": "until",
    "gotta": "have to", "hafta": "have to", "weve": "we've", "youve": "you've", "2nite": "tonight", "tonite": "tonight",
    **dict.fromkeys(("lol", "lmao", "rofl", "omg", "ugh", "tbh", "ngl", "btw", "xd", "haha", "hehe", "kk", "fyi", "idk", "smh", "istg", "ffs"), ","),
}  # fmt: skip
_HURRIED = re.compile(
    rf"(?<![\w'’.&-])(?:{'|'.join(sorted(_SHORTHAND, key=len, reverse=True))})(?![\w'’.&-])", re.IGNORECASE
)
# Other words too: they are meant only before these.
_HURRIED_BEFORE = [
    (re.compile(rf"(?<![\w'’.&-]){word}", re.IGNORECASE), said)
    for word, said in (
        (r"ur(?= (?:\w+ing(?! (?:shoes|boots|gown|costume|glasses|bag|trunks|cap|gear|clothes|pants|trousers|jacket|dress|suit|ring)\b)|\w{3,}ed(?= (?:to|at|by|in|off|up|out|again|today|with|from|for)\b|[.,!?]|\s*$)|so|too|not|such|the|an?|in|at|on|late|cold|hot|wet|drunk|cute|right|welcome|gonna|always|never|still|here|home)\b)", "you're"),
        (r"ur(?![\w'’.&-])", "your"),
        (r"r(?= [a-z])", "are"),
        (r"n(?= [a-z])", "and"),
        (r"k(?=,? [a-z])", "ok,"),
        (r"2(?= (?:the|my|your|ur|me|bed|sleep|work|town|see|be|go|get|do|eat)\b)", "to"),
        (r"w(?:/|(?= [a-z]))", "with"),
        (r"its(?= (?:\w+ing|so+|too|very|really|boiling|freezing|not|just|been|like|kinda|pretty|getting|raining|snowing|cold|hot|warm|a|an|the|all|late|dark)\b)", "it's"),
        (r"ill(?= (?:wear|come|be|go|take|put|get|do|bring|make|see|change|meet|wait|have|just|throw|grab|pick|never)\b)", "I'll"),
        (r"(?<![^\s*\"“] )(?<!\w )were(?= (?:at|in|on|here|finally|home|back|almost|off)\b)", "we're"),
        (r"lets(?= (?:all|both|just|not|dance)\b)", "let's"),
    )
]  # fmt: skip
_LETS = re.compile(r"(?i)(?<![\w'’] )\blets (\w+)")
# What one begins a message with, and what is asked for after it: "ok take your shoes off", "at least put a sweater on".
_OPENERS = re.compile(
    r"(?i)((?:^|[.!?…*~\"”]|, (?=at least|please|just|maybe))\s*(?:(?:ok(?:ay)?|alright|all right|right|hey|hey there|oh|so|well|yes|yeah|yep|yup|fine|good|great|cool|perfect|sure|anyway|at least|"
    r"come on|go on|quick|hurry|babe|baby|honey|hun|hon|sweetie|sweetheart|darling|dear|love|my love|princess|gorgeous|beautiful|silly)(?:,? |(?=,)))+)"
    r"(?=(?:please |just |then |now )?([a-z]+)\b)"
)
_DRAWN_OUT = re.compile(r"(?i)\b(lmao|lol|ugh|haha|hehe|omg)(?:o|l|h|a|e|g)+\b")
# "makin pasta", "takes of my coat"
_DROPPED_G = re.compile(r"\b([A-Za-z]{3,})in['’]?(?![\w'’])")
_OF_FOR_OFF = re.compile(r"(?i)\b((?:tak|slip|kick|pull|strip)\w*) of (?=(?:my|her|his|your|ur|the|their)\b)")


# Clothes, places and deeds that mean something else; they are left out before reading.
_IDIOM = re.compile(
    r"\b(?:bark(?:s|ed|ing)? up the wrong tree|beat(?:s|ing)? around the bush|pull(?:s|ed|ing)? (?:my|your|his|her) leg|spill(?:s|ed|ing)? the beans|walk(?:s|ed|ing)? on eggshells|danc(?:e|es|ed|ing) around the (?:subject|question|issue)|running (?:late|on fumes|out of)|burn(?:s|ing)? the candle|jump(?:ed|ing)? the gun|kill(?:s|ing)? time|thinking cap|hold (?:your|ur) horses|hats?(?:['’]s)? off to|in the same boat|wears? the (?:trousers|pants) (?:in|around)\b|(?:no|not|quite|hardly|exactly|is|was|be|isn['’]t|wasn['’]t|it['’]s) (?:a )?walk in the park|walk(?:s|ed|ing)? on air|(?:skat(?:e|es|ing) )?on (?:cloud nine|thin ice|the fence|the ropes|the same page|"
    r"top of the world|the right track|the home straight)|in(?:to)? (?:hot|deep|troubled) waters?|up the creek|out of the woods|at a crossroads|at sea about|in the dog ?house|"
    r"under the bus(?! (?:shelter|stop|station))|in the driver['’]s seat|in the clouds|on a different planet|(?:in|into|fill) (?:my|your|his|her|their) shoes\b|a mile in (?:my|your|his|her|their) shoes|"
    r"pull(?:s|ed|ing)? (?:my|your|his|her|their) socks up|pull up (?:my|your|his|her|their) socks|knock(?:s|ed|ing)? (?:my|your|his|her|their|the) socks off|put a sock in it|"
    r"(?:hat|cap) in (?:hand|the ring)|at the drop of a hat|eat (?:my|your|his|her) hat|(?:wear|wears|wearing) (?:many|several|a lot of|different|two) hats|"
    r"tighten(?:s|ing)? (?:my|your|his|her|their|our) belts?|keep your (?:shirt|pants|hair) on|los(?:e|t|ing) (?:my|your|his|her|their) shirt (?:on|in|at)|"
    r"too big for (?:my|your|his|her|their) boots|hot under the collar|(?:up|on) (?:my|your|his|her|their) sleeves?|bursting at the seams|off the cuff|"
    r"cut from the same cloth|skeletons? in (?:the|my|your|his|her|their) (?:closet|cupboard)|elephant in the room|bull in a china shop|kid in a candy (?:store|shop)|"
    r"storm in a teacup|castles? in the air|(?:kid|treat)(?:s|ed)? (?:\w+ )?with kid gloves|(?:take|taking) the gloves off|the gloves (?:are|come) off|"
    r"hit the (?:road|hay|sack|roof|ceiling|nail|spot|books)|cross(?:es|ed|ing)? that bridge|burn(?:s|ed|t|ing)? (?:\w+ )?bridges?|down the road|"
    r"(?:fit|fits|fitted) like a glove|wolf in sheep['’]s clothing|below the belt|under (?:my|your|his|her) belt|feather in (?:my|your|his|her) cap|"
    r"hang(?:s|ing)? up (?:my|your|his|her) boots|shoe(?:['’]s| is) on the other foot|in (?:my|your|his|her) birthday suit)\b",
    re.IGNORECASE,
)


def passages(text: str) -> list[tuple[str, Mode]]:
    """Split a message into passages.  Quoted speech inside narration is left out: it changes nothing by itself."""
    text = _IDIOM.sub("so", _OUT_OF_CHARACTER.sub(" ", text[:MAX_TEXT_READ]))
    text = _EMOJI.sub(". ", text)
    text = _SINGLE_QUOTED.sub(lambda m: ' " ' if len(m[0].split()) > 2 else m[0], text)
    text = _BRACKETED.sub(_starred, _unhurried(text))
    found: list[tuple[str, Mode]] = []
    at = 0
    marked = False
    spans = [m for m in _STARS.finditer(text) if _stands_alone(text, m) or not _is_emphasis(m[1] or m[2] or "")]
    for match in spans:
        found.append((text[at : match.start()], "speech"))
        found.append((QUOTE.sub(' " ', match[1] or match[2]), "narration"))
        at, marked = match.end(), True
    found.append((text[at:], "speech"))
    quoted = any(_is_dialogue(m) for piece, mode in found if mode == "speech" for m in QUOTE.finditer(piece))
    told = " ".join(piece for piece, mode in found if mode == "narration")
    unmarked = [part for piece, mode in found if mode == "speech" for part in sentence_texts(QUOTE.sub(" ", piece))]
    says_i = [FIRST_PERSON.search(part) is not None for part in unmarked]
    third = any(
        _THIRD_PERSON.search(part) and not i for part, i in zip((told, *unmarked), (False, *says_i), strict=True)
    )
    # "*She smiles.* I knew it! She sits down. "Coffee?"": who narrates so does not say "I"
    aside = marked and FIRST_PERSON.search(told) is None and any(says_i) and third
    result: list[tuple[str, Mode]] = []
    for piece, mode in found:
        plain = re.sub(r"\*+", "", piece) if mode == "speech" else piece
        if mode == "speech" and quoted:
            result.append((QUOTE.sub(' " ', plain), "speech" if aside else "narration"))
        elif mode == "speech" and not marked:
            result.append((plain, "plain"))
        else:
            result.append((plain, mode))
    return [(piece, mode) for piece, mode in result if piece.strip(' \n\t.,!?"')]


def sentence_texts(piece: str) -> list[str]:
    """Return the sentences of a passage, with what ends them."""
    return [match[0] for match in _SENTENCE.finditer(piece) if match[0].strip(" \"'”“’.,!?…~-—")]


# "(walks to the window)", "[softly takes your hand]": narration in brackets begins with what somebody does.
_BRACKETED = re.compile(r"(?<![^\s.!?…])[(\[]((?:[a-z]+ly )?([a-z]+s)\b[^()\[\]*\n]{0,400})[)\]]", re.IGNORECASE)


def _starred(match: re.Match[str]) -> str:
    does = any("s" in verb.forms for verb in verbs().get(match[2].lower(), ()))
    return f"*{match[1]}*" if does else match[0]


def _unhurried(text: str) -> str:
    """Spell out what is written in a hurry: "dont", "ur", "makin", "takes of my coat"."""
    text = _HURRIED.sub(lambda m: _SHORTHAND[m[0].lower()], _DRAWN_OUT.sub(r"\1", text))
    for pattern, said in _HURRIED_BEFORE:
        text = pattern.sub(said, text)
    text = _OPENERS.sub(_set_apart, text)
    text = _LETS.sub(
        lambda m: f"let's {m[1]}" if any("base" in v.forms for v in verbs().get(m[1].lower(), ())) else m[0], text
    )
    text = _DROPPED_G.sub(lambda m: m[0] if f"{m[1].lower()}ing" not in verbs() else f"{m[1]}ing", text)
    return _OF_FOR_OFF.sub(r"\1 off ", text)


def _set_apart(match: re.Match[str]) -> str:
    """Put the comma that was left out after an opening word: what follows is asked for, and no noun."""
    opening = match[1].rstrip()
    asked = any(verb.forms & {"base"} for verb in verbs().get(match[2].lower(), ()))
    return f"{opening}, " if asked and not opening.endswith(",") else match[0]


def _stands_alone(text: str, span: re.Match[str]) -> bool:
    """Whether starred words stand between sentences, as a stage direction: "I was right. *smug* She sits down."."""
    before, after = text[: span.start()].rstrip(), text[span.end() :].lstrip()
    lower = span[0].strip("*_")[:1].islower() and not span[0].rstrip("*_").endswith(("!", "?"))
    return lower and (not before or before[-1] in '.!?…"”') and (not after or after[0].isupper() or after[0] in '"“*')


def _is_emphasis(words: str) -> bool:
    """Whether starred words only stress something ("I *really* mean it") and narrate nothing."""
    parts = words.lower().split()
    return len(parts) <= 2 and not any(part.strip(".,!?~") in verbs() for part in parts)


def _is_dialogue(match: re.Match[str]) -> bool:
    """Whether quotation marks hold something said, rather than a title or a single stressed word."""
    begins = match[0].lstrip('"“”«„‘')[:1].isupper()  # not: being "hard to read"
    return (len(match[0].split()) > 2 and begins) or match[0].rstrip('"“”»’').endswith(
        (",", ".", "!", "?", "…", "~", "-", "—")
    )
