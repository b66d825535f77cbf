"""Takes a user's message apart for memory_rules: the words that are said, sentences, clauses each with its subject.

Pure.  Quotations, songs and what is acted between asterisks are no words of the user's; "I" stands where it was left out
("got a dog"), and again where one clause goes on with it ("I live here and work there").
"""

import re

from companion_hub.services.memory_statements import CLOSE, DAY, FAMILY_NOUN, MONTH, NUMBER, PET, SEASON
from companion_hub.services.third_person import plain_clause
from companion_hub.services.typed_text import as_meant

_MAX_CHARS = 8_000
_MAX_CLAUSE_CHARS = 240
REMEMBER = re.compile(
    r"(?:^\s*|[,;:]\s*|\b(?:please|and|but|so|also) )(?:(?:always )?remember|don['’]?t (?:ever )?forget|keep in mind|note|be aware|bear in mind)(?: that |[,:]\s*(?=\w+ )| (?=(?:i|my|we|our|i'm|i've)\b))"
    r"(?P<x>[^!?\n]{3,200}?)(?=[.!?\n]|$)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“„«][^\"”“»]{0,400}[\"”»]|(?<!\w)'(?=[^'\n]{3,200}'(?!\w))[^'\n]{3,200}'(?!\w)")
# Sung: between notes, or from a note that begins the line.
_NOTE = "[\u2669-\u266c\U0001f3b5\U0001f3b6\U0001f3bc]"
_SUNG = re.compile(
    rf"{_NOTE}+[^\u2669-\u266c\U0001f3b5\U0001f3b6\U0001f3bc\n]{{2,400}}{_NOTE}+|^\s*{_NOTE}+[^\n]*", re.MULTILINE
)
_STAGE = re.compile(r"\*[^*]{0,2000}(?:\*|$)|(?<!\w)_[^_\n]{3,400}_(?!\w)")
UNREAL = re.compile(
    r"^(?:if|what if|unless|when(?!ever| i was)|as if|maybe|perhaps|i wish|i(?:'m| am) not sure|i (?:think|guess|suppose|believe|bet|feel like|hope|doubt|might|may|could|would|should)\b(?! in (?:god|allah|ghosts|karma|rein|astro|fate)| to| like to (?:open|become|learn|visit|see|write|travel|live|own|have|start|move|buy|run|be|go)\b| rather)|"
    r"would|could|should|might|did|do(?! not (?:ever )?call me\b)|does|is|are|am|can(?!')|will|who|whose|which|where|why|how|have you|has|let|tell|say|he|she|they(?! (?:made me redundant|(?:laid|let|fired|sacked|hired|promoted) me|took (?:out )?my|removed my|cut (?:out )?my))|it was|as if|thank)\b|\b(?:as if|supposedly|kidding|joking|just a joke|for all you know|in another life|hypothetically|theoretically|at least i think|one might|so .{1,40} (?:that )?i could)\b",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"\b(St|Mr|Mrs|Ms|Dr|Prof|No|vs|approx|etc|e\.g|i\.e|a\.m|p\.m|[A-Z])\.(?=\s)")
_SENTENCE = re.compile(r"[^.!?\n…]+(?:\.(?=\S)[^.!?\n…]+)*[.!?…]*")
# "I was born ready, wasn't I?" asks; "I'm vegan, is that a problem?" tells.
_TAG = re.compile(
    r",\s*(?:(?:am|aren't|ain't|was|wasn't|have|haven't|do|don't|did|didn't|will|won't|can|can't) i|right|or (?:am|do|was|not)\b[^,]*)\W*$",
    re.IGNORECASE,
)
_QUESTION_TAIL = re.compile(
    r",\s*(?:(?:and|so|but) )?(?:you|how|what|what's|where|who|when|why|which|do|does|did|is|are|can|could|would|will|have|has|any|ok|okay|you know|remember|and you|can you)\b[^,]*$", re.IGNORECASE
)  # fmt: skip
_FILLER = re.compile(
    r"^(?:[\s,–—:-]*(?:hi|hello|hey|hiya|there|oh|ooh|ah|aw|well|so|ok|okay|yes|yeah|yep|no|nope|nah|wait|sorry|actually|anyway|by the way|btw|fyi|um|uh|hmm|(?:ha){2,}|(?:he){2,}|lol|lmf?ao|rofl|ngl|tbf|imh?o|fwiw|idk|fr|om(?:f)?g|oh my (?:god|gosh|goodness)|ugh|argh|a+w+|e+w+|wow|yay|whew|phew|yikes|oops|welp|damn|gosh|mm+|meh|hm+|man|dude|bro|bruh|mate|guys|girl|boy|"
    r"honestly|frankly|basically|literally|apparently|obviously|lowkey|highkey|not (?:going to|gonna) lie|to be fair|in my opinion|in all honesty|for what it['’]?s worth|believe it or not|heads[ -]up|full disclosure|confession(?: time)?|update|(?:big |little |dark )?secret|(?:good|great|big|bad|sad) news|random(?: fact)?(?: but)?|get this|you won['’]?t believe (?:it|this)|come to think of it|speaking of which|oh right|my bad|"
    r"seriously|you know(?: what)?|just so you know|to be honest|tbh|the thing is|the truth is|truth is|fun fact(?: about me)?|funny thing|fact is|and|but|also|plus|then|now|please|just|funny you ask|look|listen|see|guess what|(?:god|gosh|lord|heavens|hell|christ),? (?:no|yes|yeah)|"
    r"good (?:morning|evening|afternoon|night)|in fact|as you know|as i said|like i said|for the record|(?:please )?(?:always )?remember(?: that)?|(?:please )?do(?:n't| not)(?: ever)? forget(?: that)?|keep in mind(?: that)?|bear in mind(?: that)?|"
    r"note(?: that)?|funny (?:that )?you ask|(?:good|nice) that you ask|be aware(?: that)?|i (?:must|have to|should|need to|want to|wanted to) (?:tell|admit|confess|warn|mention|let)(?: to)?(?: you)?(?: know)?(?: something)?(?: that)?|i (?:confess|admit)(?: that)?|did i (?:tell|mention)(?: you)?(?: that)?|"
    r"(?:it's )?because|since you ask(?:ed)?|my dear|darling|honey|love(?=\W*$|\s*[,.!–—]| (?:i|my|you|we)\b)|babe|sweetie|baby)\b(?!')[\s,.–—:-]*)+(?=\S)",
    re.IGNORECASE,
)
_HARD = re.compile(
    r"\s*(?:;|\s[–—-]{1,2}\s|—|\(|\)|\.\.\.|,? but\b|,? because\b|,? cause\b|,? although\b|,? though\b|, so\b| so (?=(?:i|if|when|whenever|no|be|please|don't|that|we|you|my|trust|bear|excuse|forgive|beware|watch|careful|[\w']+ (?:is|are|was|do|does|don't|doesn't|never|always|can|can't|isn't|aren't))\b)|,? which\b|,? and so\b|,? except (?=i\b))\s*",
    re.IGNORECASE,
)
_SUBJECT = r"(?:i|i'm|i've|i'll|i'd|im|ive|my|our|we|we're|we've|you|you're|he|he's|she|she's|it|it's|they|they're|that|that's|this|there|his|her|its|their|what|everyone|everybody|people|please|don't|can|let's)"
_SOFT = re.compile(
    rf"\s*(?:, (?:and |then |or )?(?={_SUBJECT}\b)| and (?=(?:i|i'm|i've|i'll|im|ive|my|our|we|you|he|he's|she|she's|it|it's|they|everyone|his|her|its|their)\b)|: (?={_SUBJECT}\b))\s*",
    re.IGNORECASE,
)
# "my sister and I", "you and I": one subject
_OPEN_SUBJECT = re.compile(r"^(?:my|our|you|the|both)\b(?: [\w'-]+){0,2}$", re.IGNORECASE)
_ELLIPSIS = re.compile(
    r",? and (?=(?:(?:usually|always|also|never|still|now|only|mostly) )?(?:live|work|teach|study|speak|play|hate|love|like|prefer|collect|volunteer|own|drive|have|smoke|am|was|got|moved|started|quit|sing|don't|do not|can't|use|eat|drink|keep|grew|became|need|want)\b (?!and\b|it\b))", re.IGNORECASE
)  # fmt: skip
LEADING_TIME = re.compile(
    rf"^(?P<time>(?:one day|someday|(?:back )?in (?:{MONTH}|my (?:spare|free) time|the (?:evenings|mornings|summer|winter|nineties|eighties)|\d{{4}}|{SEASON}|my \w+ties)|(?:on )?{DAY} (?:mornings|evenings|nights|afternoons)|before i(?:'m| am| turn) \w+|on (?:{DAY}|weekends|weekdays|the \w+(?: of \w+)?)|every (?:other |single |second )?(?:day|morning|evening|night|afternoon|week|weekend|month|year|summer|winter|spring|autumn|{DAY})(?: \w+)?|"
    rf"last (?:year|month|{SEASON}|{MONTH})|next (?:week|month|year|{MONTH}|{DAY}|{SEASON})|(?:{NUMBER}|a few|many|some|several|a couple of|a) (?:weeks?|months?|years?) ago|years ago|when i was [\w ]{{1,30}}?|as a (?:kid|child|teenager|student)|at (?:school|university|college|weekends)|"
    r"at the (?:moment|weekend|age of \w+)|these days|since \w+|once|tomorrow|before (?:work|bed)|after (?:work|school))),? (?=(?:i|i'm|i've|i'll|im|my|we)\b)",
    re.IGNORECASE,
)  # fmt: skip
# "have a cat called Soot" is told, "have a cat called Soot follow her" asked for: where the sentence ends tells them apart.
_ENDS = r"(?=\W*$|,(?! (?:if|when|make|let|have|and (?!(?:i|he|she|it|we|they|my|an?|two|three)\b))\b)| but\b| and (?:i|he|she|it|they|we|my|an? (?:\w+ )?(?:dog|cat|son|daughter|kid|baby|hamster|rabbit|horse|wife|husband))\b| (?:(?:he|she|it|they)\b|who(?:'s| is| are| was)\b))"
_NAMES = r"(?-i:[A-Z][\w'-]+(?: [A-Z][\w'-]+)?(?:(?:, and |, | and )[A-Z][\w'-]+(?: [A-Z][\w'-]+)?){0,6})"
_SUBJECT_TAUGHT = r"(?:maths?|physics|chemistry|biology|geography|history|music|art|drama|science|english|french|german|spanish|italian|latin|pe|yoga|pilates|piano|guitar|violin|swimming|dance|ballet|judo|karate)"
_SHOP = r"(?:shop|store|business|company|caf[eé]|restaurant|bar|pub|hotel|hostel|farm|bakery|salon|studio|garage|gym|brewery|bookshop|guest ?house|campsite|vineyard|orchard|pharmacy|kiosk|launderette|pizzeria)"
# After "love" these make no compound ("love songs", "love birds" do).
_LOVED = r"(?:[\w'-]+ ){1,2}?(?:films|movies|books|novels|music|games|food|songs|stories|shows|series|podcasts|documentaries|comics|puzzles|cars|trains|records|vinyl|coffee|tea|wine|beer|art|cheese|cooking|weather)|jazz|techno|opera|metal|sushi|pizza|pasta|curry|cheese|chocolate|coffee|tea|cats|dogs|horses|trains|football|rugby|cricket|tennis|sci-?fi|horror|fantasy|anime|manga"
_WORK_BEGUN = r"(?:(?:an?|my|the) (?:[\w'-]+ ){0,2}?(?:job|role|position|course|degree|apprenticeship|internship|placement|phd|traineeship|master'?s)|(?:uni|university|college|chemo|radiotherapy|therapy|school)(?! (?:on|of) the\b))"
# Who leaves out "I" means it: before what is no imperative, and no noun either ("love is", "quit it").
_EVER = r"(?P<ever>(?:(?:just|finally|recently|also|still|once|already|currently|now|actually|always|never) )*)"
_LEFT_OUT = tuple(
    (re.compile(rf"^{_EVER}(?=(?:{pattern})\b)", re.IGNORECASE), words)
    for pattern, words in (
        (r"(?:got|moved|started|began|passed|failed|graduated(?! from \w+ing\b)|lost(?! in\b)|broke|bought|adopted (?:an?|two|three|my|our|the)|married(?! (?:to|with|for|since)\b)|grew up|lived|worked|studied|turned|became|won|joined|booked|found (?:an?|my)|"
         r"landed|finished|retired|proposed (?:to|in|on|at)|promised (?!myself\b)\w+|swore|sold|taught|learn(?:ed|t)|played|ran|swam|used to|had|visited|spent|signed up|dropped out|flunked|resigned|inherited|rescued|volunteered|"
         r"converted|emigrated|survived|came out (?:to|as)|met my|split up|broke up|quit my (?:job|degree|course)|quit (?:smoking|drinking|school|uni|university|college) (?:in|at|last|when|\w+ (?:years|months) ago)|"
         r"(?:can't|cannot) (?:stand|bear|swim|drive|cook|eat|drink|have|do|whistle|dance|sing|sleep (?:in|without|on))|don't (?:like|own|believe in|care for)|haven't (?:been|had|spoken|talked|seen|eaten|drunk|smoked|driven|flown)|hate(?! me\b)|adore|despise|detest|loathe|"
         r"(?:absolutely|really|totally|honestly|literally) (?:love|like|enjoy)|love (?!(?:any|every|no|some)?thing)\w{3,}ing|live in (?-i:[A-Z])\w+|work as an? (?!team|unit)\w+|work (?:at (?:an?|the)|for the (?!better|greater|good))|wanted to (?:be|become|learn|see|visit|go)|"
         rf"have an? (?:[\w'-]+ ){{0,2}}?(?:{PET}|{FAMILY_NOUN}) (?:called|named) {_NAMES}{_ENDS}|have (?:{NUMBER}) (?:[\w'-]+ )?(?:{PET}|{FAMILY_NOUN}){_ENDS}|"
         rf"teach {_SUBJECT_TAUGHT} (?:at|in) (?:an? (?:[\w'-]+ ){{0,2}}?(?:school|college|university|uni|academy|prison|primary|secondary|studio|centre|center)|(?-i:[A-Z])\w+)|teach {_SUBJECT_TAUGHT} to (?:kids|children|adults|beginners|teenagers|refugees)|work (?:nights|shifts|part[ -]time|full[ -]time) (?:at|in|as|for)|"
         rf"(?:run|own) (?:an?|my own) (?:[\w'-]+ ){{0,3}}?{_SHOP}\b(?! (?:scene|fight|brawl|quiz|into)\b)|live (?:with my (?:{CLOSE})(?!'s)|on an? (?:narrow|house)?(?:boat|farm|barge|ranch|island))|speak {NUMBER} languages|"
         rf"love (?!(?:the|this|that|these|those|your|my|his|her|its|our|their|how|when|all|any|every|some|no|you|an?|is|me|us|and|or|in|of)\b)(?:{_LOVED})(?=\W*$|,| (?:and|but|so|because)\b)|"
         rf"can (?:knit|crochet|juggle|whistle|yodel|weld|sail|ski|surf|sew|cook|bake|swim|drive)(?=\W*$|,(?! (?:if|when)\b)| but\b))", "I "),
        (rf"been(?! at it\b)|not (?:been|spoken|talked) to|(?:{NUMBER}) (?:{PET}|{FAMILY_NOUN})(?::| called| named) {_NAMES}(?=\W*$)", "I have "),
        (r"diagnosed (?:with|at|as)|raised (?:in|by|as)|born (?:and (?:raised|bred) )?in (?-i:[A-Z])\w+|brought up (?:in|by)|made redundant|laid off|adopted (?:at|as|when|from)|bullied|homeschooled|dumped by my", "I was "),
        (r"(?:massive|huge|big|lifelong|die-?hard) fan of (?!\w+ing\b|(?:the way|how|what|it|this|that|these|those|yours?)\b)\w+", "I am a "),
        (rf"(?:badly |severely |deathly )?allergic to|married (?:to|with|for|since)|divorced(?! from (?!my\b))|single (?:mum|mom|dad|mother|father|since|for (?:\w+ )?(?:years|months))|vegan|vegetarian|retired|pregnant with|"
         r"(?:scared|afraid|terrified|frightened) of|(?:obsessed with|addicted to)|working (?:as|at|for) (?:an?|the)|living (?:in (?-i:[A-Z])\w+|with my)|studying|(?:re)?learning|training (?:for|to)|"
         rf"saving (?:up )?for (?!later\b|now\b)\w+|moving to(?! the (?:next|other|side|back|front|couch|sofa|window|door)\b)|getting (?:married|divorced)|expecting (?:an?|our|my|twins)|sober (?:for (?:{NUMBER}|over|nearly|almost|a few|many|several) |since (?:\d{{4}}|i\b|my\b|{MONTH}|last)|{NUMBER} (?:years|months))|starting {_WORK_BEGUN}|(?:flying|travelling|traveling|going|heading|driving) (?:back |out |over )?to (?-i:[A-Z])\w+(?=.*\b(?:{MONTH}|{DAY}|tomorrow|next (?:week|month|year)|on the \d+\w\w)\b)|teaching (?:maths?|english|music|at|in|myself)|majoring|trying to quit|planning (?:to|a)|hoping to|renovating", "I am "),
    )
)  # fmt: skip
# "hiya, names Perrin", "name's Perrin btw"
_NAME_LEFT = re.compile(
    r"^\W*(?:(?:hi+|hello|hey+|hiya|yo|heya)\b[\s,!]*(?:there[\s,]+)?(?:the )?name(?:'s|s| is) (?=(?-i:[A-Z][a-z]))|(?:the )?name(?:'s|s) (?=(?-i:[A-Z][\w'-]+),? (?:btw|by the way)\b))",
    re.IGNORECASE,
)
# "I hate peas but love beans"
_TASTE = re.compile(
    r"(?:really |absolutely )?(?:love|like|hate|adore|enjoy|prefer|can't stand|don't like) (?!and\b)", re.IGNORECASE
)
_STATUS = re.compile(
    r"(?:single|married|widowed|engaged|divorced|separated|unemployed|self-employed|childless)$", re.IGNORECASE
)
# Whom the next sentence without a subject may be about.
SOMEBODY = re.compile(rf"\b(?:he|she|they|his|her|{CLOSE})\b", re.IGNORECASE)
# "Tom, my husband, is a roofer", "the cat, Pickles, is diabetic"
_APPOSITION = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (rf"^(?-i:([A-Z][\w'-]+)), my ((?:[\w-]+ )?(?:{CLOSE}|{PET})),? (?=[a-z])", r"my \2 \1 "),
        (rf"^(?:the|my|our) ((?:[\w-]+ )?(?:{CLOSE}|{PET})), (?-i:([A-Z][\w'-]+)), (?=[a-z])", r"my \1 \2 "),
        # "a dog called Bo he's old"
        (r"\b((?:called|named) (?-i:[A-Z][\w'-]+)) (?=(?:he|she|it|they)\b)", r"\1, "),
        # "me and my wife Ana run a café"
        (
            rf"^(?:me|i) and my ({CLOSE})(?: (?-i:([A-Z][\w'-]+)))? (?=(?:run|own|have|live|keep|bought|opened)\b)",
            r"my \1 is called \2, I ",
        ),
        # "I've got a van, live in it": lived in is what was named
        (
            r"^((?:i|we)(?:'ve| have)?(?: got| have| own| bought)? (an?) ((?:[\w-]+ )?(?:narrow|house)?(?:boat|barge|yacht|van|caravan|camper|bus|cabin|cottage|hut|motorhome|yurt))), (?:and )?live (on|in|aboard) it\b",
            r"\1, I live \4 \2 \3",
        ),
    )
)


def with_subject(sentence: str) -> str:
    """Return the sentence with the "I" it leaves out: "got a dog" is "I got a dog"."""
    if match := _NAME_LEFT.match(sentence):
        return "my name is " + sentence[match.end() :]
    return _left_out(_strip_filler(sentence)) or sentence


def _left_out(text: str) -> str:
    """Return the text with its "I", "" when none is left out: "work nights and you'll see" is advice."""
    if re.search(r"\band you(?:'ll| will)\b", text, re.IGNORECASE):
        return ""
    for pattern, words in _LEFT_OUT:
        if match := pattern.match(text):
            return f"{words}{match['ever']}{text[match.end() :][:1].lower()}{text[match.end() + 1 :]}"
    return ""


def spoken(text: str) -> str:
    """Return the words that are said, without quotations and stage directions, in plain quotation marks."""
    plain = as_meant(_SUNG.sub(" ", text[:_MAX_CHARS]).replace("’", "'").replace("‘", "'").replace("**", ""))
    plain = re.sub(r"[^\S\n]+", " ", plain)
    return _STAGE.sub(" ", _QUOTED.sub(" ", plain))


def sentences(said: str) -> list[str]:
    """Return sentences; of a question only the statement before it ("I live in Leeds, and you?")."""
    marked = _ABBREVIATION.sub(r"\1․", said)  # a "one dot leader" ends no sentence
    found: list[str] = []
    for match in _SENTENCE.findall(marked):
        sentence = match.replace("․", ".")
        if sentence.rstrip().endswith("?"):
            if _TAG.search(sentence) or not _QUESTION_TAIL.search(sentence):
                continue
            sentence = _QUESTION_TAIL.sub("", sentence)
        found.append(sentence.strip())
    return found


def clauses(sentence: str, companion: str) -> list[str]:
    """Return the clauses of a sentence in plain words ("I am" for "I'm"), each with its subject."""
    address = rf"(?:^|,)\s*{re.escape(companion)}\s*(?=,|$)" if companion else r"(?!)"
    text = _FILLER.sub("", re.sub(address, "", sentence.strip(" .!…"), flags=re.IGNORECASE).strip(" ,"))
    for pattern, words in _APPOSITION:
        text = pattern.sub(words, text)
    text = _strip_filler(text)
    if UNREAL.match(text) and not REMEMBER.search(sentence):
        return []
    text = re.sub(
        r"^(?:i'll|i will|i'm going to) (.+?),? i promise$", r"I promise I will \1", text, flags=re.IGNORECASE
    )
    if time := LEADING_TIME.match(text):  # "When I was six, I …": one clause
        text = f"{time['time']} {text[time.end() :]}"
    found: list[str] = []
    for part in _HARD.split(text):
        soft: list[str] = []
        for piece in _SOFT.split(part):
            if soft and _OPEN_SUBJECT.match(soft[-1]):
                soft[-1] = f"{soft[-1]} and {piece}"
            else:
                soft.append(piece)
        for piece in soft:
            plain = _strip_filler(piece)
            more = _more_of(found[-1], plain) if found else ""
            found.extend(_with_subjects(more or plain))
    return [plain_clause(clause)[:_MAX_CLAUSE_CHARS] for clause in found if clause]


def _strip_filler(text: str) -> str:
    text = _FILLER.sub("", text.strip(" ,"))
    return re.sub(r"^(?!(?:i|my|we|our)\b)\w+, (?=(?:i|i'm|my)\b)", "", text, flags=re.IGNORECASE)


def _with_subjects(clause: str) -> list[str]:
    """Return "I live here" and "I work there" for "I live here and work there"."""
    if not re.match(r"i\b|i'm|i've", clause, re.IGNORECASE):
        return [clause]
    first, *others = _ELLIPSIS.split(clause)
    return [each for part in (first, *(f"I {other}" for other in others)) for each in _in_turn(part)]


def _in_turn(clause: str) -> list[str]:
    """Return "I grew up in Cork" and "I moved to Leeds" for "I grew up in Cork, moved to Leeds"."""
    said, *others = clause.split(", ", 8)
    found: list[str] = []
    for other in others:
        if more := _more_of(said, other):
            found.append(said)
            said = more
        else:
            said = f"{said}, {other}"
    return [*found, said]


def _more_of(said: str, other: str) -> str:
    """Return ``other`` with the "I" of the clause before it, "" when it has another subject or none is missing."""
    if not re.match(r"i\b", said, re.IGNORECASE) or SOMEBODY.search(said):
        return ""
    if _STATUS.match(other):
        more = f"I am {other}"
    elif _TASTE.match(re.sub(r"^i ", "", said, flags=re.IGNORECASE)) and _TASTE.match(other):
        more = f"I {other}"
    else:
        more = _left_out(other)
    if more.startswith(("I am", "I was")) and not re.match(r"i(?:'m| am| was)\b", said, re.IGNORECASE):
        return ""
    return more
