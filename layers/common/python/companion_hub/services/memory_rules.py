"""What a message plainly says about its writer: the part of memory that needs no model.

Pure.  ``learn`` takes a message apart (sentences, then clauses that speak of "I" or "my"), keeps the clauses that state
something lasting, class by class, and tells them of "the user"; ``forget_request`` finds "forget that …".  What is asked,
supposed, quoted, acted between asterisks, felt for the moment or said of strangers teaches nothing.  A class whose
statements exclude each other gives its memories a subject, so that a newer one supersedes the older.
"""

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from companion_hub.models.memory import Learnt
from companion_hub.services.memory_statements import (
    BEING,
    CLOSE,
    CONDITION,
    DAY,
    FAMILY_NOUN,
    HABIT,
    MOMENT,
    MONTH,
    MUST,
    NUMBER,
    PEOPLE,
    PET,
    PROFESSION,
    SEASON,
    STATEMENTS,
    Statement,
)
from companion_hub.services.texts import one_line, word_set
from companion_hub.services.third_person import about_user, plain_clause, told_of
from companion_hub.services.typed_text import as_meant

MAX_LEARNT = 8
_MAX_CHARS = 8_000
_MAX_CLAUSE_CHARS = 240


# "Hi, I'm Tom.", "I'm Tom, nice to meet you": nothing but an introduction, and not where somebody is from.
_INTRODUCTION = re.compile(
    r"^\W*(?:(?:hi|hello|hey|hiya|there|well|oh|so|yes|good (?:morning|evening|afternoon)|nice to meet you)\b[\s,–—-]*)*(?:(?!i\b)\w+, )?"
    rf"(?:i'm|i am|im) (?!(?:{PEOPLE}|{BEING}|{CONDITION}|\w+ish|\w+ese|ok|okay|batman|spartacus|sorry|sure|fine|busy|back|home|ready|single|married)\b)"
    r"(?-i:(?P<x>[A-Z][\w'’-]*[a-zà-ÿ]))(?=\W*$|[,;–— -]+(?:(?:it['’]s )?(?:so )?(?:nice|good|glad|great|pleased|lovely) to|and i\b|and you\W*$|what['’]s your|"
    r"but (?:everyone|everybody|people|you can|my friends|please)|short for|\d\d\b|from\b))",
    re.IGNORECASE,
)  # fmt: skip
_GLADLY = re.compile(r"The user (?:\w+ly )?(?:loves|likes|enjoys|adores)\b")
_REMEMBER = re.compile(
    r"(?:^\s*|[,;:]\s*|\b(?:please|and|but|so|also) )(?:(?:always )?remember|don['’]?t (?:ever )?forget|keep in mind|note|be aware|bear in mind)(?: that |[,:]\s*(?=\w+ )| (?=(?:i|my|we|our|i'm|i've)\b))"
    r"(?P<x>[^!?\n]{3,200}?)(?=[.!?\n]|$)",
    re.IGNORECASE,
)
# "hi im lena and im 24": in small letters only with more of an introduction
_SMALL_INTRODUCTION = re.compile(
    r"^\W*(?:(?:hi+|hello|hey+|hiya|yo|there)\b[\s,!]*)+(?:i'm|i am|im) (?!(?:not|so|just|very|really|a|an|the|in|on|at|from|new|here|back|home|\w+ed|\w+ing)\b)(?P<x>[a-z][a-z'-]{1,20})(?=(?: and|,) (?:(?:i'm|i am) )?(?:\d\d\b|from\b)|,? (?:but|and) (?:\w+ )?(?:everyone|everybody|people|(?:all )?my \w+) calls?\b)",
    re.IGNORECASE,
)  # fmt: skip
# What no class understood is kept in the user's own words.
_VERBATIM = "To be remembered, in the user's words: "

# --- taking a message apart ------------------------------------------------------------------------------------------

_QUOTED = re.compile(r"[\"“„«][^\"”“»]{0,400}[\"”»]|(?<!\w)'(?=[^'\n]{3,200}'(?!\w))[^'\n]{3,200}'(?!\w)")
# Sung: between notes, or from a note that begins the line.
_NOTE = "[\u2669-\u266c\U0001f3b5\U0001f3b6\U0001f3bc]"
_SUNG = re.compile(
    rf"{_NOTE}+[^\u2669-\u266c\U0001f3b5\U0001f3b6\U0001f3bc\n]{{2,400}}{_NOTE}+|^\s*{_NOTE}+[^\n]*", re.MULTILINE
)
_STAGE = re.compile(r"\*[^*]{0,2000}(?:\*|$)|(?<!\w)_[^_\n]{3,400}_(?!\w)")
# The whole message is make-believe.
_STORY = re.compile(
    r"\b(?:imagine|pretend|suppose|let'?s (?:say|pretend|play)|role-?play|play along|my character|in (?:this|the|my|a|our) (?:story|dream|film|movie|book|novel|game|scene|play|scenario|tale|song|episode)|"
    r"once upon|as an? (?:knight|king|queen|prince|princess|pirate|wizard|witch|vampire|elf|dragon|demon|angel|warrior|assassin|detective|captain)|i dream(?:ed|t) (?:that )?i|"
    r"mortals?|i(?:'m| am) (?:an?|the) (?:\w+ )?(?:vampire|wizard|witch|dragon|ghost|king|queen|god|goddess|demon|angel|elf|knight|pirate|assassin|robot|android|alien|werewolf|mermaid|fairy|ninja|"
    r"superhero|princess|prince|emperor|banana)|in character|when i was (?:an? |the )?(?:young )?(?:king|queen|knight|dragon|wizard|witch|god|prince|princess)|(?:says|said) the|(?<!so when )(?<!so if )you say|(?<!funny )(?<!since )(?<!that )(?<!now )you ask|he says|she says)\b",
    re.IGNORECASE,
)
# Spoken to somebody of a story.
_TO_A_FIGURE = re.compile(
    r",\s*(?:witch|wizard|stranger|mortal|knave|peasant|wench|sire|sir knight|my (?:lord|lady|king|queen|liege)|milady|your (?:majesty|highness|grace)|captain|human|fool|beast|demon)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
_UNREAL = re.compile(
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
_LEADING_TIME = re.compile(
    rf"^(?P<time>(?:one day|someday|(?:back )?in (?:{MONTH}|my (?:spare|free) time|the (?:evenings|mornings|summer|winter|nineties|eighties)|\d{{4}}|{SEASON}|my \w+ties)|(?:on )?{DAY} (?:mornings|evenings|nights|afternoons)|before i(?:'m| am| turn) \w+|on (?:{DAY}|weekends|weekdays|the \w+(?: of \w+)?)|every (?:other |single |second )?(?:day|morning|evening|night|afternoon|week|weekend|month|year|summer|winter|spring|autumn|{DAY})(?: \w+)?|"
    rf"last (?:year|month|{SEASON}|{MONTH})|next (?:week|month|year|{MONTH}|{DAY}|{SEASON})|(?:{NUMBER}|a few|many|some|several|a couple of|a) (?:weeks?|months?|years?) ago|years ago|when i was [\w ]{{1,30}}?|as a (?:kid|child|teenager|student)|at (?:school|university|college|weekends)|"
    r"at the (?:moment|weekend|age of \w+)|these days|since \w+|once|tomorrow|before (?:work|bed)|after (?:work|school))),? (?=(?:i|i'm|i've|i'll|im|my|we)\b)",
    re.IGNORECASE,
)  # fmt: skip
_PREPOSITION = re.compile(
    r"^(?:near|in|at|on|with|from|close to|next to|just outside|outside|by the (?!way)|about|for|since|after|before|until|as an?|called|named|who)\b", re.IGNORECASE
)  # fmt: skip
_CLOSING = word_set(
    "know right lol btw too though way silly obviously honestly please ok okay haha sorry then again love dear darling anyway well "
    "actually indeed yes no remember seriously however thanks unfortunately sadly luckily hello unfortunately wow"
)
_TAKES_LIST = re.compile(
    r"^(?:i|my|we|our)\b.*?\b(?:allergic to|love|hate|like|adore|enjoy|speak|languages|collect|play|eat|have|has|favou?rite|sons?|daughters?|cats|dogs|kids|children|sisters|brothers|siblings|called|son|daughter|dog|cat|names?|puppy)\b",
    re.IGNORECASE,
)
# "two sons, Bo who is 6 and Al who is 3"
_NAMED_EACH = re.compile(
    r"(?:and )?[A-Z][\w'-]+ (?:who )?is [\w ]{1,20}?(?: and [A-Z][\w'-]+ (?:who )?is [\w ]{1,20})?$"
)
_RELATIVE = re.compile(
    rf"\b(?:today|tonight|tomorrow|yesterday|(?:last|next|this|coming) (?:\w+ )?(?:week(?:end)?|month|year|{DAY}|{SEASON}|{MONTH})|on {DAY}(?<!s)|{NUMBER} (?:day|week|month|year)s? ago|(?:a|a few|some|several) (?:day|week|month|year)s? ago|"
    rf"in (?:a|{NUMBER}|a few) (?:day|week|month|year)s?|just|recently)\b", re.IGNORECASE
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
_SOMEBODY = re.compile(rf"\b(?:he|she|they|his|her|{CLOSE})\b", re.IGNORECASE)
# Said with a straight face: who "loves" something after this does not.
_WRY = re.compile(
    r"\b(?:oh|yeah|sure|right|yep),? (?:yeah|sure|right|of course),? (?:because|cause|like|i)\b|\b(?:yeah|sure|right|oh),? because i\b|\byeah,? right\b|"
    r"\b(?:that's|this is|isn't that|well) just (?:great|perfect|brilliant|fantastic|wonderful|lovely|typical|what i (?:needed|wanted))\b|"
    r"\b(?:oh )?(?:great|brilliant|fantastic|perfect|wonderful|lovely|joy),? (?:another|more|yet another|just what)\b|\bsaid (?:nobody|no one)\b|\bhighlight of my (?:day|week|month|year|life)\b|\blucky me\b",
    re.IGNORECASE,
)  # fmt: skip
# "Hi, I'm Ann, 67, a widow": each is said of her.
_INTRODUCED = re.compile(
    r"^\W*(?:and )?(?:i'm |i am )?(?=(?:\d\d(?: years old| yrs old)?(?=[,.!]|\W*$| and\b)|(?:an? (?:\w+ )?\w+|(?:father|mother|mum|mom|dad) of \w+|from (?-i:[A-Z])[\w ]*|studying [\w ]+)(?=[,.!]|\W*$| and\b| (?:from|in|at|of)\b)))",
    re.IGNORECASE,
)
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
# Of "I can't have nuts, I'm allergic" both halves are one statement; of "I love plums, I eat them daily" the second names the first.
_REFUSED = re.compile(
    r"^(?:I|we) (?:can't|cannot|do not|never|must not|should not) (?:have|eat|drink|touch|wear|take|use|keep|own|stroke|be (?:near|around)|go near|do) (?:any |an? |the |more )*(?P<x>[\w' -]{3,40})$|^(?P<y>(?!(?:it|that|this|you|he|she)\b)[\w'-]+(?: [\w'-]+){0,2}) (?:can|could|would|will|might|nearly|almost) (?:kill(?:ed)?|hospitali[sz]e) me$",
    re.IGNORECASE,
)
_ALLERGIC = re.compile(
    r"^(I am (?:\w+ly |very |so )*allergic)(?: to (?:it|them|that|those|all of (?:it|them)))?(?= too$|,|$)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"^(?P<x>[^\W\d_][\w'-]*(?: [\w'-]+){0,2}) (?:is|are) my (?:\w+ )?(?:weakness|vice|guilty pleasure|comfort food|kryptonite)$|^I (?:love|adore|like) (?P<y>(?!(?:it|that|this|you|the|to|when|how)\b)[\w'-]+(?: [\w'-]+){0,2})$",
    re.IGNORECASE,
)
_IT = re.compile(
    r"^(I (?:\w+ )?(?:eat|drink|have|make|play|watch|read|cook|bake|wear|listen to)) (?:it|them)\b", re.IGNORECASE
)

# Who speaks for two tells of one; a doctor's word for it counts as one's own.
_SPOKEN_FOR = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (rf"^we (?=(?:have (?:(?:{PET}), (?:{NUMBER} \w+, )?(?-i:[A-Z])\w+(?: and|,) (?-i:[A-Z])\w+|an?|no|two|three|four|our|\d+|lived|moved|bought|adopted|(?:got )?twins|(?:\w+ )?exams|finals|(?:had )?to put|booked)|had to put|(?:have )?booked|(?:have )?(?:lost|buried|rescued) (?:my|our)|are trying for|e?migrated|fled|moved|live|lived|bought|adopted|own|got (?:a|an|two)|keep|are (?:getting married|expecting|having|moving))\b)", "I "),
        (r"^we (?=no longer (?:live|work|have|own|eat|drink|smoke)\b|.*\b(?:my|when I was)\b)", "I "),
        (rf"^our (?=(?:{CLOSE}|{PET}|house|flat|apartment|landlord|car|garden|basement|cellar|roof|kitchen|boiler|heating)\b)", "my "),
        (r"^born (?=(?:and|in|on|to)\b)", "I was born "),
        (r"^raised (?=(?:in|by)\b)", "I was raised "),
        (r"^(?=(?:allergic to|married to|divorced|vegan|vegetarian)\b)", "I am "),
        (r"^I are\b", "I am"),
        (r"^(?=(?:mom|mum|mam|dad|nan|nana|gran|granny|grandma|grandpa|grandad|granddad) (?:is|was|has|had|died|passed|lives|lived|works|worked|used|turned|got|moved|loves|hates|taught|raised)\b)", "my "),
        (r"^(?=(?:sister|brother|wife|husband|girlfriend|boyfriend|partner|son|daughter) (?:lives in|works (?:as|at|in|for)|died|passed away|got (?:married|engaged)|moved to|is (?:called|from))\b)", "my "),
        (r"^(?:my |the )?(?:doctor|dentist|gp|therapist|optician|psychiatrist)s? (?:says?|said|thinks?|tells? me|told me|confirmed) (?:that )?(?=(?:i|my)\b)", ""),
        (r"^they made me redundant\b", "I was made redundant"),
        (r"^they (fired|sacked|promoted|hired|transferred) me\b(?! (?:up|for|with|an?)\b)", r"I was \1"),
        (r"^they (laid|let) me (off|go)\b", r"I was \1 \2"),
        # as who learns English says it
        (rf"^i (?:am|work as) (?=(?:[aeiou]|hono)\w*)(?={PROFESSION}(?:$| (?:at|in|from|for|of|by|and)\b))", "I am an "),
        (rf"^i (?:am|work (?:as|like)) (?={PROFESSION}(?:$| (?:at|in|from|for|of|by|and|since)\b))", "I am a "),
        (rf"^i (?:am work(?:ing)?|work) like (?=an? (?:\w+ )?{PROFESSION}\b)", "I work as "),
        (rf"^my ({CLOSE}) (?:he|she) (?=is|has|was|works|lives)", r"my \1 "),
        (r"^i have (\d\d) years(?: old)?(?=$| and\b)", r"I am \1"),
    )
)  # fmt: skip


def learn(text: str, *, companion: str = "", said_on: date | None = None, before: str = "") -> list[Learnt]:
    """Return what a user's message plainly says, at most eight statements; questions and make-believe teach nothing.

    ``companion`` is who "you" is.  With ``said_on`` a statement that counts from the day it was made ("tomorrow") names
    that day.  ``before`` is the user's message before this one: "no, it's Leeds" corrects what that said.
    """
    spoken = _spoken(text)
    if _STORY.search(spoken) or _TO_A_FIGURE.search(spoken):
        return []
    learnt: list[Learnt] = []
    verbatim: list[Learnt] = []
    wry, of_somebody = _WRY.search(spoken) is not None, False
    for sentence in _sentences(spoken):
        if _FORGET.search(sentence):
            continue
        if corrected := _correction(sentence, learnt or (learn(before, companion=companion) if before else [])):
            learnt = [item for item in learnt if item.subject != corrected.subject] + [corrected]
            continue
        found = _of_sentence(sentence if of_somebody else _with_subject(sentence), companion, learnt)
        found = [item for item in found if not (wry and _GLADLY.match(item.text))]
        of_somebody = _SOMEBODY.search(sentence) is not None
        told = _REMEMBER.search(sentence)
        if told and not found and not sentence.rstrip().endswith("?"):
            verbatim.append(Learnt("fact", one_line(_VERBATIM + told["x"], 300), MUST))
        learnt.extend(item._replace(importance=MUST) if told else item for item in found)
    unique: dict[str, Learnt] = {}
    for item in learnt + verbatim:
        dated = said_on and item.kind in ("event", "promise", "fact") and _RELATIVE.search(item.text)
        line = f"{item.text.rstrip('.')} (said on {said_on.day} {said_on:%B %Y})." if dated and said_on else item.text
        unique.setdefault(line.lower(), item._replace(text=one_line(line, 300)))
    return list(unique.values())[:MAX_LEARNT]


def _with_subject(sentence: str) -> str:
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


def _spoken(text: str) -> str:
    """Return the words that are said, without quotations and stage directions, in plain quotation marks."""
    plain = as_meant(_SUNG.sub(" ", text[:_MAX_CHARS]).replace("’", "'").replace("‘", "'").replace("**", ""))
    plain = re.sub(r"[^\S\n]+", " ", plain)
    return _STAGE.sub(" ", _QUOTED.sub(" ", plain))


def _sentences(spoken: str) -> list[str]:
    """Return sentences; of a question only the statement before it ("I live in Leeds, and you?")."""
    marked = _ABBREVIATION.sub(r"\1․", spoken)  # a "one dot leader" ends no sentence
    found: list[str] = []
    for match in _SENTENCE.findall(marked):
        sentence = match.replace("․", ".")
        if sentence.rstrip().endswith("?"):
            if _TAG.search(sentence) or not _QUESTION_TAIL.search(sentence):
                continue
            sentence = _QUESTION_TAIL.sub("", sentence)
        found.append(sentence.strip())
    return found


def _of_sentence(sentence: str, companion: str, earlier: list[Learnt]) -> list[Learnt]:
    found: list[Learnt] = []
    if match := _INTRODUCTION.search(sentence) or _SMALL_INTRODUCTION.search(sentence):
        name = match["x"] if match["x"] != match["x"].lower() else match["x"].title()
        found.append(Learnt("fact", f"The user's name is {name}.", MUST, "name"))
        sentence = _introduced(sentence[match.end() :])
    others = False
    before = ""
    for said in _clauses(sentence, companion):
        clause, before = _joined(before, said), said
        # "My best friend is Theo, we have known each other for years": not the companion
        of_others = others and re.match(r"(?:we|our)\b", clause, re.IGNORECASE)
        if not of_others and (item := _of_clause(clause, companion, [*earlier, *found])):
            found.append(item)
        others = others or re.match(rf"(?:i \w+ )?my (?:{CLOSE})\b", clause, re.IGNORECASE) is not None
    return found


def _joined(before: str, clause: str) -> str:
    """Return the clause with what the one before it names: "I am allergic" to what was refused, "I eat it"."""
    refused, named = _REFUSED.match(before), _NAMED.match(before)
    if refused:
        return _ALLERGIC.sub(rf"\1 to {refused['x'] or refused['y'].lower()}", clause)
    return _IT.sub(rf"\1 {(named['x'] or named['y']).lower()}", clause) if named else clause


def _introduced(rest: str) -> str:
    """Return what follows a name with "I am" before each thing that is said of it: "I am 67, I am a widow, and …"."""
    said: list[str] = []
    while match := _INTRODUCED.match(rest):
        first, comma, rest = rest[match.end() :].partition(",")
        said.append(f"I am {first}".replace("am studying", "study"))
        if not comma:
            break
    return ", ".join([*said, rest.strip()] if rest.strip() else said)


def _clauses(sentence: str, companion: str) -> list[str]:
    """Return the clauses of a sentence in plain words ("I am" for "I'm"), each with its subject."""
    address = rf"(?:^|,)\s*{re.escape(companion)}\s*(?=,|$)" if companion else r"(?!)"
    text = _FILLER.sub("", re.sub(address, "", sentence.strip(" .!…"), flags=re.IGNORECASE).strip(" ,"))
    for pattern, words in _APPOSITION:
        text = pattern.sub(words, text)
    text = _strip_filler(text)
    if _UNREAL.match(text) and not _REMEMBER.search(sentence):
        return []
    text = re.sub(
        r"^(?:i'll|i will|i'm going to) (.+?),? i promise$", r"I promise I will \1", text, flags=re.IGNORECASE
    )
    if time := _LEADING_TIME.match(text):  # "When I was six, I …": one clause
        text = f"{time['time']} {text[time.end() :]}"
    clauses: list[str] = []
    for part in _HARD.split(text):
        soft: list[str] = []
        for piece in _SOFT.split(part):
            if soft and _OPEN_SUBJECT.match(soft[-1]):
                soft[-1] = f"{soft[-1]} and {piece}"
            else:
                soft.append(piece)
        for piece in soft:
            plain = _strip_filler(piece)
            more = _more_of(clauses[-1], plain) if clauses else ""
            clauses.extend(_with_subjects(more or plain))
    return [plain_clause(clause)[:_MAX_CLAUSE_CHARS] for clause in clauses if clause]


@cache
def _compiled() -> list[tuple[re.Pattern[str], Statement]]:
    """Return the classes with their patterns: 0.3 s that no cold start pays and no reply waits for."""
    return [(re.compile(entry.pattern, re.IGNORECASE), entry) for entry in STATEMENTS]


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
    if not re.match(r"i\b", said, re.IGNORECASE) or _SOMEBODY.search(said):
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


def _of_clause(clause: str, companion: str, earlier: list[Learnt]) -> Learnt | None:
    clause = _moved_time(_trimmed(clause))
    if _UNREAL.search(clause):
        return None
    for pattern, words in _SPOKEN_FOR:
        clause = pattern.sub(words, clause)
    momentary = MOMENT.search(clause) is not None and re.search(HABIT, clause, re.IGNORECASE) is None
    for pattern, entry in _compiled():
        match = pattern.match(clause)
        if match and not entry.importance:
            return None
        if match is None or (momentary and entry.importance <= 3):
            continue
        groups = {key: value or "" for key, value in match.groupdict().items()}
        return _told(entry, clause, groups, companion or "the companion", earlier)
    return None


def _told(
    entry: Statement, clause: str, groups: dict[str, str], companion: str, earlier: list[Learnt]
) -> Learnt | None:
    if "{antecedent}" in entry.text:
        pets = [item for item in earlier if re.search(rf"\b(?:{PET}|{FAMILY_NOUN})\b", item.text, re.IGNORECASE)]
        if not pets:
            return None
        noun = re.findall(rf"\b(?:{PET}|{FAMILY_NOUN})\b", pets[-1].text, re.IGNORECASE)[-1]
        groups["antecedent"] = f"The user's {noun.lower()}"
    if entry.text:
        x = told_of(groups.get("x", ""), companion)
        said = entry.text.format(**{**groups, "x": x, "X": x[:1].upper() + x[1:], "C": companion})
    else:
        said = about_user(clause, companion)
    said = one_line(said.strip(" ,.") + ".", 300)
    return Learnt(entry.kind, said[:1].upper() + said[1:], entry.importance, _subject(entry.subject, clause, groups))


def _subject(subject: str, clause: str, groups: dict[str, str]) -> str:
    words = re.sub(r" any ?more$| at all$", "", clause.lower()).split()
    if subject == "{diet}":
        return "diet" if re.search(r"\b(?:vegan|vegetarian|pescatarian)\b", clause, re.IGNORECASE) else ""
    if subject == "work" and re.search(
        r"\b(?:was|used to|also|too|part-time|on the side|weekends|student|amateur|hobby|second)\b", clause
    ):
        return ""  # does not end the work that is known
    if subject == "home" and re.match(r"i lived\b", clause, re.IGNORECASE):
        return ""
    if subject == "habit {what}":
        return "habit " + re.sub(r"ing$|e$", "", words[-1] if len(words) < 4 else words[2])
    more = {"last": re.sub(r"e$", "", words[-1]), "third": words[3] if len(words) > 3 else "",
            "rest": " ".join(words[4 if words[1] in ("do", "can") else 3 :])}  # fmt: skip
    return subject.format(**{**groups, **more}).lower().strip()


def _trimmed(clause: str) -> str:
    """Return the clause without what follows a comma, unless it tells more of the same: a place, a list, a name."""
    clause = re.sub(r",? not (?-i:[A-Z])\w+$", "", clause)
    first, *others = clause.split(", ")
    kept = [first]
    takes_list = _TAKES_LIST.match(first) is not None
    for index, other in enumerate(others):
        rest = others[index:]
        words = other.split()
        in_list = takes_list and any(re.search(r"\b(?:and|or)\b", each) and len(each.split()) <= 6 for each in rest)
        named = takes_list and re.match(_NAMED_EACH, other) is not None
        short = takes_list and len(words) <= 2 and not (set(re.findall(r"\w+", other.lower())) & _CLOSING)
        # one short word more may be anything ("I love you, silly"); a name or several words are more of the same
        short = short and (len(rest) > 1 or other[:1].isupper())
        if not (_PREPOSITION.match(other) or in_list or named or short):
            break
        kept.append(other)
    text = ", ".join(kept)
    return re.sub(
        r"\s+(?:by the way|btw|lol|lmao|tbh|tbf|ngl|imo|fr|omg|(?:ha)+|you know|though|tho|too|please|honestly|:\)|right|ok)$",
        "",
        text,
        flags=re.IGNORECASE,
    )


def _moved_time(clause: str) -> str:
    """Return "I walked … in 2015" for "In 2015 I walked …"."""
    match = _LEADING_TIME.match(clause)
    if match is None:
        return clause
    time = match["time"]
    rest = clause[match.end() :]
    if time.lower() == "once":
        return re.sub(r"^(i) ", r"\1 once ", rest, flags=re.IGNORECASE)
    if re.match(DAY, time, re.IGNORECASE):  # "Sunday mornings I run"
        return f"{rest} on {time}"
    return f"{rest} {time[0].lower()}{time[1:]}"


# --- corrections -----------------------------------------------------------------------------------------------------

_CORRECTION = re.compile(
    r"^\W*(?:(?:no|nope|wait|oh|oops|sorry|actually|correction|i mean|i meant|well|hm+|ah|argh)\b[\s,.:–—-]*)+(?:no[, ]+)?(?:i mean(?:t)? |it(?:'s| is) (?:actually |really )?|make that |that should be |i meant to say )?(?:the |in |on )?(?P<x>(?!i\b|my\b|not\b)[\w' .-]{2,50}?)"
    r"(?:,? not [\w' .-]{2,40}| now| actually| of course)?\W*$",
    re.IGNORECASE,
)  # fmt: skip
_CUE = re.compile(r"\b(?:no|nope|wait|oops|sorry|actually|correction|i mean|i meant)\b", re.IGNORECASE)
_ONE_VALUE = re.compile(
    r"^(?P<head>The user(?:'s [\w ]{2,40}? (?:is called|is|are)| (?:lives in|works as an?|works for|works at|works in|moved to|is from|is called|wants to be called|was born (?:on|in)|is allergic to)) )(?P<x>.+?)\.$"
)  # fmt: skip


def _correction(sentence: str, said: list[Learnt]) -> Learnt | None:
    """Return the last statement anew when the sentence only puts its value right: "No, it's the 4th"."""
    if (
        not said
        or not _CUE.search(sentence)
        or not re.search(r"\b(?:it's|it is|mean|meant|make that|should be|correction|,)", sentence, re.IGNORECASE)
    ):
        return None
    match = _CORRECTION.match(sentence)
    wrong = _ONE_VALUE.match(said[-1].text)
    if match is None or wrong is None or not said[-1].subject or len(match["x"].split()) > len(wrong["x"].split()) + 3:
        return None
    if not re.search(r"\d|[A-Z]", match["x"]) and wrong["x"] != wrong["x"].lower():
        return None
    return said[-1]._replace(text=f"{wrong['head']}{match['x'].strip()}.")


# --- forgetting ------------------------------------------------------------------------------------------------------

# A request, not a feeling ("I want to forget about work"), and not its opposite ("don't forget that").
_FORGET = re.compile(
    r"(?:^|[.!?,;:\n]\s*|\b(?:please|just|actually|ok|okay|no|so|and|can you|could you|would you|you can|you should|"
    r"you may|i want you to|i'd like you to)[\s,]+)"
    r"(?:forget|don['’]?t remember|do not remember|stop remembering|delete|erase|unlearn)"
    r"(?:(?: (?:that|about|what i (?:just )?(?:said|told you)(?: about)?|everything(?: (?:about|i (?:said|told you) about))?|"
    r"all about|i (?:ever )?(?:said|told you|mentioned)(?: that| about)?|the (?:thing|part|bit) about))+|(?= (?:my|where i|how old i|who my|what my|when my)\b))"
    r"(?P<x>(?: [^.!?\n]{2,120})?)(?=[.!?\n,]|$)",
    re.IGNORECASE,
)
# What a request to forget says besides what it is about.
_SAID = word_set(
    "i i'm i’m i've i’ve i'd am my mine me we our you your user that it is was are were be been have has had do does did like love "
    "hate want live lived lives work works told said about called named name's just ever really the a an of in at to for and "
    "please ok okay thing things stuff what who whole now again all where how when actually"
)
# One asks to forget "my address"; the memory says "lives in Leeds".
_MEANT = tuple(
    (re.compile(pattern, re.IGNORECASE), subject)
    for pattern, subject in (
        (r"\b(?:where i(?:'m| am)? (?:live|living)|my (?:home )?address|my home(?:town)?$|where my home)\b", "home"),
        (r"\b(?:where i(?:'m| am)? (?:work|working)|what i do for|my (?:job|work|profession|employer))\b", "work"),
        (r"\b(?:how old i am|my age)\b", "age"),
        (r"\bmy (?:first |real )?name\b|\bwhat i(?:'m| am) called\b", "name"),
        (r"\bmy birthday\b|\bwhen i was born\b", "birthday"),
        (r"\b(?:where i(?:'m| am| come)? from|my origin)\b", "origin"),
        (r"\bmy (?:relationship )?status\b|\bmy (?:love life|marriage|relationship)\b", "status"),
        (r"\bmy diet\b|\bwhat i eat\b", "diet"),
    )
)


class ForgetRequest(NamedTuple):
    """``words``: what is to be forgotten has all of them.  ``subject``: it is about this.  Both "": what was said last."""

    words: str
    subject: str = ""


def forget_request(text: str) -> ForgetRequest | None:
    """Return what the user asks to be forgotten, None when nothing is asked."""
    match = _FORGET.search(_spoken(text))
    if match is None:
        return None
    words = re.findall(r"[\w'’-]+", match["x"])
    telling = " ".join(word for word in words if word.lower() not in _SAID)
    subject = next((subject for pattern, subject in _MEANT if pattern.search(match["x"])), "")
    # "forget that ever happened" is a figure of speech about the story; nothing was named
    return ForgetRequest(telling, subject) if telling or subject or not words else None
