"""Finds by rules what a message changes of the companion's outfit, place and activity; no model needed.

The text is read sentence by sentence (``reading``).  For each verb it is settled who acts, whether it really happens
(no negation, question, wish, memory, plan) and what it does to clothes, place or activity.

- The companion's own narration and first-person prose decide (``NARRATED``).
- What the user narrates about the companion ("*takes your coat off*") is done to it, a little weaker (``DONE_TO``).
- What the user asks for ("put on your coat", "let's go to the beach") is a wish (``REQUESTED``, below the reducer's
  threshold): ``resolve_requests`` decides with the companion's reply.
"""
# pyright: basic, reportArgumentType=false, reportReturnType=false, reportIncompatibleMethodOverride=false

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple

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
    Scene,
    TakeOff,
    Unchanged,
)
from companion_hub.services.scene.answers import field_of, merge_operations
from companion_hub.services.scene.lexicon import COLOURS, MATERIALS, Term, find_term, is_modifier, lexicon
from companion_hub.services.scene.outfits import garment
from companion_hub.services.scene.places import FURNITURE, TAIL, find_place, is_weak_place, places
from companion_hub.services.scene.reading import Mode, Sentence, passages, sentences
from companion_hub.services.scene.reducer import find_worn, reduce_scene
from companion_hub.services.scene.verbs import (
    ADVERBS,
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    HAVE,
    MODALS,
    NEGATIONS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    SUBJECTS,
    gerund,
    is_adverb,
    verbs,
)
from companion_hub.services.texts import one_line, word_set

Speaker = Literal["user", "companion"]
Who = Literal["companion", "user", "both", "other"]

NARRATED = 0.9
DONE_TO = 0.7
REQUESTED = 0.4
# Neither happening nor ruled out: left to the model and to the next message.
_OPEN = -1.0
_MAX_OPERATIONS = 24


# --- verbs by what they do -----------------------------------------------------------------------------------------

_ON = word_set(
    "put pull slip throw tug shrug slide draw strap clip get yank wriggle buckle toss tie work fling pop try"
)
_INTO = word_set(
    "slip step shrug climb wriggle squeeze shimmy slide get change dress zip pull bundle jump snuggle lace"
)
_OFF = word_set(
    "take pull slip peel kick strip shrug tug yank slide tear rip toss throw get push ease work help draw lift fling"
)
_OUT_OF = word_set("slip step get wriggle shimmy shrug strip peel climb change slide squirm struggle squeeze help pull")
_REMOVE = word_set("remove shed discard doff ditch unwrap lose unhook unclasp unwind unpin unstrap toe")
_UNFASTEN = word_set("unbutton unzip open undo unfasten untie unlace unhook unclasp unbuckle loosen")
_FASTEN = word_set("button zip fasten close buckle tie lace do clasp knot")
_APPEARS = word_set(
    "emerge return appear come stand step reappear sit lie walk twirl spin pose dance wait strut saunter stroll"
)
_PLACE_ON_BODY = word_set("fasten clasp tie knot buckle hook clip pin put set place perch settle secure loop wind sling drape wrap "
                      "throw slip slide lay toss pull hang arrange draw tuck fix tug yank")  # fmt: skip
_PUT_AWAY = word_set(
    "hand give pass hang toss throw fling drape drop set put lay leave place discard fold kick abandon dump"
)
_CHANGES_CLOTHES = word_set(
    "take put pull slip kick change trade swap throw shrug strip remove peel tug unbutton unzip zip button undress wrap"
)
_WEAR = word_set("wear sport model rock")
_BODY = word_set("shoulders shoulder neck waist hips head body face hair ears ear wrist wrists finger hands feet legs chest arms throat "
             "frame torso me myself herself himself yourself themselves her him you us eyes nose ankles knees lap")  # fmt: skip
_FALLS = word_set("slip slide fall drop pool tumble come")
_STRONG_MOVES = word_set("walk stroll wander drive ride head hike travel fly sail arrive enter march jog sprint hurry rush return sneak "
                     "tiptoe pad skip race venture wade proceed saunter stride scurry dash trot creep crawl retire retreat escape "
                     "flee dart glide duck burst barge storm amble trek slink barrel hobble plod mosey nip pop trudge flounce sashay shuffle stumble stagger meander drift emerge")  # fmt: skip
_WEAK_MOVES = word_set(
    "go come get run step move slip climb jump hop dive reach find land end park swim make settle slide"
)
_TRANSPORT = word_set(
    "lead take bring carry drive guide drag pull walk escort follow accompany join usher meet lug fly whisk steer teleport"
)
_STAY = word_set("stand sit lie wait lean kneel lounge relax rest stay remain sleep nap recline sprawl curl crouch huddle nestle "
             "snuggle cuddle sit perch bask linger camp picnic hide")  # fmt: skip
# Done for a while, so worth being the companion's activity.
_DURABLE = word_set("cook bake read dance drink sip eat write paint sketch play practise practice study exercise stretch jam watch "
                "listen sing hum cry sob hug kiss embrace clean wash scrub mop sweep shower bathe soak shop garden sunbathe surf skate "
                "ski snowboard fish knit sew crochet meditate pray teach text scroll game stargaze brush comb pack unpack "
                "prepare pour stir chop slice knead whisk grill roast fry munch nibble snack smoke train lift row cycle bike build fix "
                "repair draw paddle float iron vacuum dust water plant dig rake feed groom shave decorate edit film browse code tune strum gaze "
                "stare admire polish mix brew dine celebrate work type swim stand sit lie wait lean kneel lounge relax rest "
                "sleep nap doze recline sprawl curl crouch squat huddle nestle snuggle cuddle spoon hold jog run hike walk stroll "
                "climb ride drive make have do take massage twirl sway straddle fold pet wrestle spar fight bask picnic camp "
                "pace dig doze tease talk chat plop flop sink collapse slump perch wander boil rummage snooze slumber juggle sculpt "
                "order photograph arrange apply braid toast taste")  # fmt: skip
_POSTURES = {
    "plop": "sit",
    "flop": "lie",
    "sink": "sit",
    "collapse": "lie",
    "slump": "sit",
    "perch": "perch",
    "settle": "sit",
}
_NEEDS_OBJECT = word_set("watch hold make have do take play pour stir prepare mix fold build fix apply arrange order practice practise "
                     "draw write feed brush comb wash lift water plant film edit row ride pet polish decorate boil wrestle fight "
                     "taste toast chop slice")  # fmt: skip
_MADE = re.compile(r"\b(?:coffee|tea|cocoa|hot chocolate|breakfast|lunch|dinner|brunch|supper|snacks?|sandwich(?:es)?|pancakes?|"
                   r"waffles|toast|eggs|omelette|soup|salad|pasta|cake|cookies|popcorn|cocktails?|drinks?|smoothies?|lemonade|"
                   r"the bed|a fire|music|pizza|food|meal|curry|stew|ramen|noodles|bread|dessert|pie|sushi|tacos|art|pottery|"
                   r"snow angels?|a snowman|a sandcastle|sandcastles|flower crowns?|candles|jewell?ery|potions?)\b")  # fmt: skip
_HAD = re.compile(r"\b(?:coffee|tea|breakfast|lunch|dinner|brunch|supper|a snack|a drink|drinks|a picnic|a bath|a shower|a nap|"
                  r"a glass|a cup|a beer|wine|cocktails?|ice cream|a smoke|a cigarette|dessert|a barbecue|a party)\b")  # fmt: skip
_TAKEN = re.compile(
    r"\b(?:an? (?:[\w-]+ ){0,3}(?:bath|shower|nap|walk|stroll|selfie|photo|picture|dip|swim)|photos|pictures|selfies|notes|measurements)\b"
)
_DONE = re.compile(r"\b(?:yoga|pilates|dishes|laundry|homework|makeup|make-up|push-?ups|sit-?ups|squats|housework|chores|paperwork|"
                   r"research|hair|nails|puzzle|crossword|gardening|stretches|exercises|aerobics|karate|tai chi)\b")  # fmt: skip
_FLEETING_OBJECTS = word_set("you me him her it them us eyes head breath tongue gaze lip lips eyebrow eyebrows brow back chin hand-not "
                         "shoulder finger one attention conversation time care note turns step steps seat place part look moment "
                         "second minute that this what there everything nothing something")  # fmt: skip
# In plain speech "I read", "I work at the bank" tell a habit, not what one does now.
_HABITS = word_set("work play read write study teach train run swim drink eat cook smoke dance sing draw paint sleep shop garden ski "
               "surf fish knit sew code exercise meditate pray watch listen bake hike climb ride drive cycle bike game make have "
               "do take celebrate walk jog talk chat cry hum live stay go come travel fly skate practice practise massage clean")  # fmt: skip

_TO_FAILS = word_set("want plan hope like love hate need prefer intend try promise refuse decline forget offer threaten ask tell invite "
                 "wish pretend suppose going about ready able supposed happy excited time have has had 's-not used reluctant afraid "
                 "tempted eager dying meant way chance reason enough too convince persuade beg order remind encourage urge expect "
                 "consider think dream mean wait wants wanted needs needed hopes plans loves likes tries tried asks asked tells told "
                 "refuses refused declines threatens offers offered promises promised forgets forgot best nice good fun great hard easy "
                 "better lovely allowed how where what when whether something someone nothing anything ought decided-not permission "
                 "urge desire idea invitation command dares dare me-not glad proud scared nervous shy hesitant dared swear "
                 "wanting hoping planning trying asking waiting longing itching considering").union()  # fmt: skip
_ING_FAILS = word_set("stop avoid consider suggest imagine enjoy love hate like mind quit miss remember picture mention recommend dread "
                  "resist regret about without from instead than for like at risk prefer into-not")  # fmt: skip
# Before "to …" these do not say that it fails: "gets up to dance", "her hands move to unbutton".
_MAY_GOVERN = word_set("up over down out off away back hand hands inside upstairs downstairs and forward closer in") | {
    ""
}
_HYPOTHESES = word_set("if unless wish imagine suppose supposing pretend whether wonder dream dreams dreamed dreaming dreamt hope "
                   "remember remembers remembering recall recalls recalling picture perhaps maybe hypothetically")  # fmt: skip
_PAST_TIMES = re.compile(
    r"\b(?:yesterday|last (?:night|week|month|year|summer|winter|spring|autumn|fall|time|weekend|monday|tuesday|wednesday|thursday|"
    r"friday|saturday|sunday|christmas|halloween)|(?<!moment )(?<!minute )(?<!minutes )(?<!seconds )(?<!moments )ago|the other (?:day|night)|"
    r"that (?:time|night|day|summer)|used to|back (?:when|then|in)|when (?:i|we|you|she|he) (?:was|were|wore|had|first|met)|in college|as a (?:kid|child)|"
    r"earlier|this morning|for years|years|the first time|once upon|one time|at the time|in my (?:youth|twenties|teens))\b",
    re.IGNORECASE,
)
_HABIT_TIMES = re.compile(
    r"\b(?:always|usually|often|sometimes|rarely|normally|typically|generally|every (?:\w+ )?(?:day|morning|evening|night|week|weekend|summer|winter|"
    r"year|time|sunday|monday|tuesday|wednesday|thursday|friday|saturday)|on (?:week(?:ends|days)|mondays|tuesdays|wednesdays|thursdays|fridays|"
    r"saturdays|sundays)|whenever|most (?:days|nights|mornings)|all the time|(?:once|twice) a (?:day|week|month|year))\b",
    re.IGNORECASE,
)
_FUTURE_TIMES = re.compile(
    r"\b(?:tomorrow|someday|some day|one day|next (?:week|month|year|summer|winter|spring|time|weekend|\w+day)|sometime|some time|"
    r"one of these days|in the future|soon enough|eventually we|this (?:weekend|summer|winter)|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"in (?:a few|two|three) (?:days|weeks|months))\b",
    re.IGNORECASE,
)
_LATER_IN_SPEECH = re.compile(r"\b(?:later|soon)\b", re.IGNORECASE)
_PROPOSAL = re.compile(
    r"^\W*(?:(?:hey|so|okay|ok|well|oh|babe|baby|honey|darling|sweetie|love|hmm|now|come on|please|and|then|or|maybe|[A-Z]\w+),?\s+)*"
    r"(?:shall we|why don['’]?t (?:we|you)|how about (?:we|you)?|what about|(?:do you )?(?:want to|wanna|fancy|feel like)|"
    r"would you (?:like|mind|please)?|can (?:we|you|i)|could (?:we|you|i)|will you|care to|are you up for|up for|mind if (?:i|we)|may i|shall i|"
    r"you (?:want to|wanna))\b",
    re.IGNORECASE,
)
_LETS = re.compile(r"\b(?:let['’]?s|let us|we should|shall we)\b", re.IGNORECASE)
_QUESTION_START = re.compile(
    r"^(?:(?:and |what about |how about )?you \?|do|does|did|is|are|am|was|were|will|would|could|can|should|shall|have|has|what|where|when|why|who|how|which|right|okay|ok|see|"
    r"huh|yes|yeah|no|don't|isn't|aren't|you like|you want|like it|want|ready|better|happy|coming|remember|shall)\b"
)
_UNKNOWN_CLOTHES_STOP = word_set(
    "smile grin smirk expression look frown makeup perfume lipstick cologne scent nothing hair face mood bed room wolf cat dog bird "
    "dragon bat beast person woman man thing song subject gear topic lane tone voice shape form animal fox bear creature monster "
    "vampire demon angel human something ponytail bun braid braids contacts confusion pride badge-not time light heart sleeve "
    "sleeves emotions weight pout scowl air fragrance mascara eyeliner blush"
)
_SOMETHING = re.compile(
    r"^something\s+(?:(?:a (?:bit|little)|more|less|much|really|very|nice and|that is|that's|way|far|slightly|else|else,)\s+)*([\w-]+)?"
)
_FOOD_LIKE = word_set("sound")  # keeps the table of exceptions visible where it is used


_ZIPPERS = word_set("zip zipper")
_FASTENERS = word_set(
    "button buttons zip zipper laces sash belt clasp clasps hooks strings ties fly buckle buckles knot cord drawstring"
)


_WHERE_TO = word_set("on onto over by in to near beside across at aside up into behind from under")
# "leads the way to", "takes the lift to"
_VEHICLES = word_set("way elevator lift bus train taxi cab stairs metro tram subway ferry path road shortcut car")
_MADE_OF = word_set(
    "hers mine his yours flowers wildflowers daisies roses feathers leaves ivy thorns pearls beads stars mine fine thick"
)
_POINTING = word_set("my these this her his the your")
_SUBORDINATING = word_set("when while as because where until once whenever since")
_BARE_PLACES = word_set("home outside inside upstairs downstairs outdoors indoors")
_SOURCES = word_set("from past away about off than like")
_TOWARD = word_set("to into onto for toward towards inside")
_WITHIN = word_set("in at on along around through across by near down up within throughout beside")
# A second place after these only says more about the first ("the cafe by the river").
_DETAILS = word_set("by near beside along in at on")
_DOORS = word_set("door doors doorway entrance gates threshold steps")
_STOPS = frozenset(', ; : — – … . ! ? " ( )'.split())


class Clothes(NamedTuple):
    """Garments named after a verb, the possessive before the first, and where the words end."""

    garments: tuple[Garment, ...]
    owner: str
    end: int
    only: bool


class Target(NamedTuple):
    """What stands after a verb: particles before the object, a pronoun object, clothes, particles after."""

    before: tuple[str, ...]
    pronoun: str
    clothes: Clothes | None
    after: str
    after_end: int
    start: int


class Event(NamedTuple):
    """A verb that is used, who acts, and how sure it is that it happens (0: it does not)."""

    sentence: Sentence
    index: int
    base: str
    form: str
    who: Who
    confidence: float
    object_of: str  # "" or the garment subject's words


def may_change_scene(text: str, speaker: Speaker) -> bool:
    """Whether a message may change outfit, place or activity; when not, step 1 needs no model call.

    Wide on purpose: any word of clothes, places, postures or activities in a passage that is not a mere question.
    """
    for piece, mode in passages(text):
        for sentence in sentences(piece, mode, frozenset()):
            if sentence.asks and mode != "narration":
                if speaker == "user" and _PROPOSAL.match(sentence.text):
                    return True
                if "," not in sentence.low or _QUESTION_START.match(" ".join(sentence.low[:2])):
                    continue
            low = [word.removesuffix("'s") for word in sentence.low]
            if mode == "narration" and any(verb.base in _ACTING for word in low for verb in verbs().get(word, ())):
                return True
            if any(word.endswith("ing") and any(v.base in _DURABLE for v in verbs().get(word, ())) for word in low):
                return True
            if not _scene_words().isdisjoint(low) or _LETS.search(sentence.text):
                return True
            if any(word in _WIDE_WORDS for word in low):
                return True
    return False


_ACTING = (
    _ON | _INTO | _OFF | _OUT_OF | _REMOVE | _UNFASTEN | _FASTEN | _PLACE_ON_BODY | _PUT_AWAY | _WEAR | _STRONG_MOVES | _WEAK_MOVES
    | _TRANSPORT | _STAY | _DURABLE | word_set("undress disrobe don swap trade")
)  # fmt: skip
_WIDE_WORDS = word_set("naked nude undressed dressed clothes clothing outfit wearing barefoot topless sofa couch bed table outside inside "
                   "upstairs downstairs home outdoors indoors nap asleep")  # fmt: skip


@cache
def _scene_words() -> frozenset[str]:
    """Return the single words that may stand for a change: clothes, places, and what verbs of change and activity look like."""
    acting = (
        _INTO | _OUT_OF | _REMOVE | _UNFASTEN | _WEAR | _STRONG_MOVES | _STAY | _DURABLE | word_set("put strip undress disrobe don swap go come")
    ) - word_set("have do take get make talk chat work play watch listen tease order rest help pull read eat drink lose hold stay remain "
             "lie write cry wait step taste settle go come open close stare fix pet toast apply pray game text run turn find end reach land")  # fmt: skip
    forms = {word for word, known in verbs().items() if any(verb.base in acting for verb in known)}
    single = {key for key, term in lexicon().items() if key not in _AMBIGUOUS_ALONE and term.slot != "bag"}
    return frozenset(forms | single | {name for name in places() if " " not in name})


# Words for clothes that mostly mean something else when they stand alone.
_AMBIGUOUS_ALONE = word_set("top tops tank jersey knit pumps flats slides trainers mules shades chain chains collar ring rings watch watches tie "
                        "ties belt stole shell mask suit suits habit sheet sheets hood crown mini slip slips tee halter bow "
                        "fan fans cane gear kit drawers smalls kicks docs fins studs boa set mac hose wings sleeves ")  # fmt: skip


def analyze_text(
    text: str, *, speaker: Speaker, scene: Scene, companion_name: str = "", user_name: str = ""
) -> tuple[Operation, ...]:
    """Return the operations the rules find, in the order of the text; ``unchanged`` where only a wish or memory was seen."""
    reader = _Reader(text, speaker, scene, companion_name, user_name)
    return reader.operations()


class _Reader:
    """Reads one message; holds what carries over from sentence to sentence."""

    def __init__(self, text: str, speaker: Speaker, scene: Scene, companion_name: str, user_name: str) -> None:
        self.text = text
        self.speaker: Speaker = speaker
        self.scene = scene
        self.companion = _name_words(companion_name)
        self.user = _name_words(user_name)
        self.user_name = user_name
        self.found: list[Operation] = []
        self.seen_but_not_real: set[StateField] = set()
        self.first_person = False  # whether the narrator says "I"
        self.own_pronoun = ""  # "she", "he" or "they", once the companion's narration used it for itself
        self.stranger = ""  # the pronoun the last-mentioned third person takes ("any" when unknown)
        self.last_clothes: Clothes | None = None

    # --- whole message ---------------------------------------------------------------------------------------------

    def operations(self) -> tuple[Operation, ...]:
        names = frozenset(self.companion | self.user)
        pieces = passages(self.text)
        narrated = " ".join(piece for piece, mode in pieces if mode != "speech")
        if self.speaker == "companion" and (self._tells_of_itself(pieces) or self._tells_a_story(pieces)):
            pieces = [(piece, "narration") for piece, _ in pieces]
        self.first_person = bool(re.search(r"(?<![\w'’])(?:I|me|my|myself)(?![\w])", narrated))
        for piece, mode in pieces:
            for sentence in sentences(piece, mode, names):
                self._read(sentence)
        result = _joined(self.found)[:_MAX_OPERATIONS]
        changed = {field_of(operation) for operation in result}
        vetoes: list[Operation] = [
            Unchanged(field=field, confidence=NARRATED)
            for field in ("outfit", "location", "action")
            if field in self.seen_but_not_real and field not in changed
        ]
        return (*result, *vetoes)

    @staticmethod
    def _tells_a_story(pieces: list[tuple[str, Mode]]) -> bool:
        """Whether unmarked text is prose in the past tense ("The sea was calm. I had swapped…"), not a chat message."""
        text = " ".join(piece for piece, _ in pieces)
        if any(mode != "plain" for _, mode in pieces) or _PAST_TIMES.search(text) or "?" in text:
            return False
        words = re.findall(r"[a-z'’]+", text.lower())
        pasts = sum(any(v.forms & {"past"} and not v.forms & {"base"} for v in verbs().get(w, ())) for w in words)
        presents = re.search(r"\bI(?:['’]m|['’]ve|['’]ll| am| have)\b", text)
        return presents is None and pasts + words.count("was") + words.count("had") >= 4 and text.count(".") >= 2

    def _tells_of_itself(self, pieces: list[tuple[str, Mode]]) -> bool:
        """Whether unmarked text is prose in the third person ("Mara slips off her coat.")."""
        if any(mode != "plain" for _, mode in pieces):
            return False
        text = " ".join(piece for piece, _ in pieces)
        if re.search(r"(?<![\w'’])(?:I|me|my|I['’]m)(?!\w)", text):
            return False
        name = "|".join(re.escape(word) for word in self.companion) or "(?!)"
        return re.search(rf"(?:^\W*|[,.;!?…]\s+|\band )(?:she|he|they|{name})\b", text, re.IGNORECASE) is not None

    def _read(self, sentence: Sentence) -> None:
        subject: Who | Literal["imperative", ""] = ""
        main: Who | Literal["imperative", ""] = ""
        subordinate = False  # whether the subject stands in a "when you arrive"
        for index in range(len(sentence)):
            if sentence.at(index) in _POINTING and (mentioned := self._clothes(sentence, index)) is not None:
                self.last_clothes = mentioned
            if sentence.at(index) in _SUBORDINATING:
                subordinate = True
            verb = sentence.verb_at(index) or self._be_in(sentence, index)
            if verb is None:
                continue
            base, forms = verb
            if subordinate and main and "ing" in forms and sentence.at(index - 1) == ",":
                subject, subordinate = main, False  # "I'm at the bar when you arrive, stirring my drink"
            who, explicit, subject_words = self._subject(sentence, index, base, forms, subject)
            if explicit or subject == "":
                subject = who
            if not main and not subordinate:
                main = subject
            event = self._event(sentence, index, base, forms, who, subject_words)
            if event is not None:
                self._apply(event)

    @staticmethod
    def _be_in(sentence: Sentence, index: int) -> tuple[str, frozenset[Any]] | None:
        """See "is in the kitchen", "'m wearing"-less "am at home", "dressed in"."""
        low = sentence.at(index)
        if low in BE and low not in ("be", "been", "being"):
            following = index + 1
            while is_adverb(sentence.at(following)) and sentence.at(following) not in ("home",):
                following += 1
            if sentence.at(following) in (
                "in",
                "at",
                "on",
                "inside",
                "outside",
                "upstairs",
                "downstairs",
                "home",
                "back",
                "naked",
                "nude",
                "barefoot",
                "asleep",
                "out",
            ):
                form = "past" if low in ("was", "were") else "s"
                return "be", frozenset({form})
        if low in HAVE and sentence.at(index + 1) == "on" and sentence.at(index + 2):
            return "wear", frozenset({"past" if low == "had" else "s"})
        if low in ("clad", "attired", "garbed", "decked", "naked") and sentence.at(index + 1) in ("in", "out"):
            return "clad", frozenset({"pp"})
        return None

    # --- who acts --------------------------------------------------------------------------------------------------

    def _subject(
        self, sentence: Sentence, index: int, base: str, forms: frozenset[Any], before: str
    ) -> tuple[Any, bool, str]:
        """Return (who, whether the sentence says so, the subject's words when it is a garment)."""
        at, helpers = sentence.group_before(index)
        low = sentence.at(at)
        following_let = low in ("let's",) or (low == "us" and sentence.at(at - 1) == "let")
        if following_let:
            return "both", True, ""
        if "to" in helpers:
            return self._object_control(sentence, at, before)
        if low in PRONOUNS and low not in (
            "myself",
            "herself",
            "himself",
            "yourself",
            "themselves",
            "ourselves",
            "itself",
        ):
            who = self._pronoun(sentence, at)
            if low in ("her", "him", "me", "them", "us", "it") and not forms & {"base", "ing"}:
                return before or "other", False, ""
            if low in ("him", "her") and self.speaker == "companion" and "ing" in forms:
                return before or "companion", False, ""
            return who, True, ""
        if at >= 0 and sentence.words[at].is_word and low not in CONJUNCTIONS and low not in PREPOSITIONS:
            phrase = self._phrase_subject(sentence, at, index, forms, before)
            if phrase is not None:
                return phrase
        return self._implicit(sentence, index, forms, before)

    def _object_control(self, sentence: Sentence, at: int, before: str) -> tuple[Any, bool, str]:
        """ "asks you to", "helps me to": who is meant by the object; otherwise the subject goes on."""
        low = sentence.at(at)
        if low in PRONOUNS and low not in ("it",) and not low.endswith(("self", "selves")):
            return self._pronoun(sentence, at), False, ""
        return before or ("companion" if self.speaker == "companion" else "user"), False, ""

    def _implicit(self, sentence: Sentence, index: int, forms: frozenset[Any], before: str) -> tuple[Any, bool, str]:
        if before:
            return before, False, ""
        if sentence.mode == "narration":
            later = self._following_subject(sentence, index) if "ing" in forms else ""
            return later or ("companion" if self.speaker == "companion" else "user"), False, ""
        if "ing" in forms and (later := self._following_subject(sentence, index)):
            return later, False, ""
        if "base" in forms and not self._own_words_follow(sentence, index):
            return "imperative", False, ""
        return ("companion" if self.speaker == "companion" else "user"), False, ""

    def _own_words_follow(self, sentence: Sentence, index: int) -> bool:
        """Whether "my" follows: "slip off my coat and smile" narrates without the "I"."""
        return self.speaker == "companion" and "my" in sentence.low[index : index + 5]

    def _following_subject(self, sentence: Sentence, index: int) -> str:
        """Return who acts in the main clause after "Slipping off the coat, …"."""
        for at in range(index + 1, len(sentence) - 1):
            if sentence.at(at) == "," and sentence.at(at + 1) in SUBJECTS and sentence.at(at + 2) != "?":
                return str(self._pronoun(sentence, at + 1))
            if sentence.at(at) == "," and sentence.at(at + 1) in self.companion:
                return "companion"
        return ""

    def _pronoun(self, sentence: Sentence, at: int) -> Any:
        low = sentence.at(at)
        mine: Who = self.speaker
        theirs: Who = "user" if self.speaker == "companion" else "companion"
        if low in ("i", "me", "myself"):
            return mine
        if low in ("you", "yourself"):
            if sentence.at(at - 1) == "and" and sentence.at(at - 2) in ("i", "me"):
                return "both"
            return theirs
        if low in ("we", "us", "ourselves"):
            return "both"
        if low in ("it", "who"):
            return "other"
        if sentence.at(at - 1) == "and" and (
            sentence.at(at - 2) in ("you", "i") or sentence.at(at - 2) in self.companion
        ):
            return "both"
        if low == "they" and not self.own_pronoun:
            return "both" if not self.first_person else "other"
        return self._third_person(
            {"her": "she", "him": "he", "them": "they"}.get(low, low), subject=low in ("she", "he", "they")
        )

    def _third_person(self, pronoun: str, *, subject: bool) -> Who:
        """Settle whom "she", "he" or "they" means."""
        if self.speaker == "user":
            if self.stranger in (pronoun, "any"):
                return "other"
            return "companion" if self.own_pronoun == pronoun or (not subject and self.first_person) else "other"
        if self.stranger in (pronoun, "any") or self.first_person:
            return "other"
        if not self.own_pronoun and subject:
            self.own_pronoun = pronoun
        return "companion" if self.own_pronoun in ("", pronoun) else "user"

    def _phrase_subject(
        self, sentence: Sentence, at: int, index: int, forms: frozenset[Any], before: str
    ) -> tuple[Any, bool, str] | None:
        """Settle a subject that is a noun phrase ending at ``at``; None when it is another verb's object."""
        start = at
        while start > 0 and sentence.words[start - 1].is_word and sentence.at(start - 1) not in CONJUNCTIONS:
            if sentence.verb_at(start - 1) is not None or sentence.at(start - 1) in BE | MODALS | NEGATIONS:
                break
            if sentence.at(start - 1) in PRONOUNS and sentence.at(start - 1) not in POSSESSIVES:
                break
            start -= 1
        behind_verb = start > 0 and (
            sentence.verb_at(start - 1) is not None
            or sentence.at(start - 1) in BE
            or sentence.at(start - 1) in PRONOUNS
        )
        words = sentence.low[start : at + 1]
        head = at
        for position in range(start, at + 1):
            if sentence.at(position) in PREPOSITIONS and position > start:
                head = position - 1
                break
        if words and words[0] in PREPOSITIONS and not behind_verb:
            # "in the kitchen Mara takes": what stands before the verb is still the nearest phrase
            head = at
        name = sentence.at(head)
        if name in self.companion or (self.companion and name.removesuffix("'s") in self.companion and head == at):
            self.stranger = ""
            return "companion", True, ""
        if name in self.user:
            self.stranger = ""
            return ("both" if self._coordinated(sentence, head) else "user"), True, ""
        if name in word_set("both everyone everybody together"):
            return "both", True, ""
        garment_subject = find_term(sentence.low[: at + 1], at + 1) if head == at else None
        if garment_subject is not None and forms & {"s", "past", "base", "ing", "pp"} and self._falls(sentence, index):
            return "garment", False, " ".join(words)
        if behind_verb and ("ing" in forms or "pp" in forms) and not _is_person(words):
            return before or ("companion" if self.speaker == "companion" else "user"), False, ""
        if behind_verb and not _is_person(words):
            return before or None, False, ""
        if _is_body_part(name):
            return self._owner(words[0] if words else "", sentence), True, ""
        if _is_person(words) and not behind_verb:
            self.stranger = _gender(words)
            return "other", True, ""
        if words and words[0] in PREPOSITIONS and not sentence.words[at].text[0].isupper():
            return None
        if "base" in forms and "s" not in forms and not name.endswith("s") and not sentence.words[at].text[0].isupper():
            return None
        if (
            _is_person(words)
            or (sentence.words[head].text[0].isupper() and head > 0)
            or (words and words[0] in DETERMINERS)
        ):
            if _is_person(words) or sentence.words[head].text[0].isupper():
                self.stranger = _gender(words)
            return "other", True, ""
        if (
            sentence.words[head].text[0].isupper()
            and (forms & {"s", "past"})
            and not is_adverb(name)
            and len(words) == 1
        ):
            self.stranger = "any"
            return "other", True, ""
        return None

    def _coordinated(self, sentence: Sentence, at: int) -> bool:
        return sentence.at(at - 1) == "and" and (
            sentence.at(at - 2) in self.companion or sentence.at(at - 2) in ("i", "you", "she", "he")
        )

    def _falls(self, sentence: Sentence, index: int) -> bool:
        known = verbs().get(sentence.at(index))
        return bool(known) and known[0].base in _FALLS

    def _owner(self, owner: str, sentence: Sentence) -> Who | Literal[""]:
        """Return whose something is, from its possessive; "" when the words do not say."""
        theirs: Who = "user" if self.speaker == "companion" else "companion"
        if owner == "my":
            return self.speaker
        if owner == "your":
            return theirs
        if owner == "our":
            return "both"
        if owner in ("her", "his", "their"):
            pronoun = {"her": "she", "his": "he", "their": "they"}[owner]
            if self.speaker == "companion":
                if self.stranger in (pronoun, "any") and self.stranger:
                    return "other"
                if self.first_person:
                    return "user" if not self.stranger else "other"
                if self.own_pronoun and self.own_pronoun != pronoun:
                    return "user"
                return "companion"
            return "companion" if self.own_pronoun == pronoun else ""
        if owner.endswith("'s"):
            name = owner[:-2]
            return "companion" if name in self.companion else "user" if name in self.user else "other"
        return ""

    # --- does it happen --------------------------------------------------------------------------------------------

    def _event(
        self, sentence: Sentence, index: int, base: str, forms: frozenset[Any], who: Any, subject_words: str
    ) -> Event | None:
        at, helpers = sentence.group_before(index)
        imperative = who == "imperative"
        if imperative:
            who = "user" if self.speaker == "companion" else "companion"
        form = _form(forms, helpers)
        confidence = self._confidence(sentence, index, base, form, who, helpers, at, imperative=imperative)
        return Event(sentence, index, base, form, who, confidence, subject_words)

    def _confidence(
        self,
        sentence: Sentence,
        index: int,
        base: str,
        form: str,
        who: Any,
        helpers: frozenset[str],
        at: int,
        *,
        imperative: bool,
    ) -> float:
        """Return how sure it is that this happens: 0 for what is negated, asked, wished, remembered or planned."""
        text = sentence.text
        speech = sentence.mode != "narration"
        proposed = self.speaker == "user" and speech and self._is_proposed(sentence, index)
        if helpers & NEGATIONS and not (proposed and re.search(r"why don['’]?t", text, re.I)):
            return 0
        if self._governed_away(sentence, index, form, helpers, at):
            if not proposed:
                return 0
        if _FUTURE_TIMES.search(text) or (speech and _LATER_IN_SPEECH.search(text)):
            return 0
        if _HABIT_TIMES.search(text) or (speech and _PAST_TIMES.search(text)):
            return 0
        if not speech and _PAST_TIMES.search(text) and (form in ("past", "had") or base in _WEAR):
            return 0
        if proposed:
            return REQUESTED
        if helpers & MODALS or "let" in helpers:
            return 0
        if self.speaker == "companion" and speech and _LETS.search(text[: sentence.words[index].end]):
            return _OPEN  # the companion proposes it: it has not happened yet
        if sentence.asks and speech and self._in_question(sentence, index):
            return 0
        if (
            sentence.asks
            and not speech
            and sentence.at(0) in ("would", "could", "should", "what", "why", "how", "does", "is", "will")
        ):
            return 0
        if self._hypothetical(sentence, index):
            return 0
        if imperative:
            return 0 if self.speaker == "companion" else REQUESTED
        if form == "had":
            return NARRATED if not speech and base not in _WEAR else 0
        if form == "past" and speech and not self._past_is_now(sentence, index, base, helpers):
            return 0
        if self.speaker == "companion":
            return NARRATED
        return DONE_TO

    def _is_proposed(self, sentence: Sentence, index: int) -> bool:
        """Whether the user proposes it: "let's …", "can you …", "shall we …", "let me take your coat"."""
        head = sentence.text[: sentence.words[index].end]
        if _LETS.search(head) and "should" not in head:
            return True
        if re.search(r"\blet me\b", head, re.I):
            return True
        if re.search(
            r"\b(?:i want you to|i['’]?d (?:like|love) you to|i need you to|i['’]?d love (?:it )?if you|you should|you (?:need|have) to|make sure you)\b",
            head,
            re.I,
        ):
            return not re.search(r"\byou should\b.*\b(?:sometime|some day|try)\b", sentence.text, re.I)
        return _PROPOSAL.match(sentence.text) is not None and (
            sentence.asks or re.match(r"^\W*(?:can|could|would|will) you", sentence.text, re.I) is not None
        )

    def _governed_away(self, sentence: Sentence, index: int, form: str, helpers: frozenset[str], at: int) -> bool:
        """Whether another word before the verb says that it does not (yet) happen: "wants to", "without", "gonna"."""
        governor = sentence.at(at)
        if "to" in helpers:
            if governor in PRONOUNS and not governor.endswith(("self", "selves")):
                earlier = sentence.at(at - 1)
                base = verbs()[earlier][0].base if earlier in verbs() else earlier
                return base != "help"
            known = verbs().get(governor)
            base = known[0].base if known else governor
            if governor in ("going", "about") or base in _TO_FAILS or governor in _TO_FAILS:
                return True
            if known is not None:
                return sentence.verb_at(at) is None and governor not in _MAY_GOVERN
            return governor not in _MAY_GOVERN
        if form == "ing" and not helpers & BE:
            known = verbs().get(governor)
            base = known[0].base if known and sentence.verb_at(at) else governor
            if base in _ING_FAILS:
                return True
            # "the thought of wearing", "instead of taking"; but "in the middle of chopping"
            return governor == "of" and sentence.at(at - 1) not in ("middle", "midst", "process", "act")
        return False

    def _in_question(self, sentence: Sentence, index: int) -> bool:
        """Whether the verb lies in the asking part: "I put on the dress, do you like it?" asks only at the end."""
        starts = [0] + [
            i + 1
            for i, low in enumerate(sentence.low)
            if low in (",", ";", "—", "–", "-") or low in ("but", "so", "and")
        ]
        for start in starts:
            if _QUESTION_START.match(" ".join(sentence.low[start : start + 3])):
                return index >= start
        return True

    def _hypothetical(self, sentence: Sentence, index: int) -> bool:
        low = sentence.low
        if (
            low[:1]
            and low[0]
            in ("if", "unless", "imagine", "suppose", "remember", "pretend", "maybe", "perhaps", "whenever", "once")
            and sentence.mode != "narration"
        ):
            return True
        if low[:1] and low[0] in ("if", "unless", "whenever"):
            return True
        for at in range(index - 1, -1, -1):
            word = low[at]
            if word in (";", "—", "–") or (word == "but"):
                return False
            if word in ("if", "unless", "though") and sentence.at(at - 1) == "as":
                return True
            if word in _HYPOTHESES and (
                sentence.mode != "narration" or word not in ("picture", "hope", "perhaps", "maybe")
            ):
                # "remembers the dress she wore": it counts up to the next comma
                return "," not in low[at:index]
            if word in ("when",) and sentence.mode != "narration" and at + 1 < index and "," not in low[at:index]:
                return True
            if (
                word == "like"
                and sentence.at(at + 1) in ("i", "she", "he", "you", "we")
                and at + 2 <= index
                and "," not in low[at:index]
            ):
                return True
            if (
                word in ("thought", "thoughts", "idea", "memory", "memories", "dream", "fantasy", "image")
                and "," not in low[at:index]
            ):
                return True
            if (
                word
                in ("said", "says", "suggested", "suggests", "mentioned", "told", "asked", "asks", "heard", "wrote")
                and sentence.at(at + 1) in ("that", "i", "you", "she", "he", "we", "me", "if")
                and at + 1 < index
            ):
                return True
        return False

    def _past_is_now(self, sentence: Sentence, index: int, base: str, helpers: frozenset[str]) -> bool:
        """Whether a past tense outside narration still tells the present: just done, or told as a story."""
        if "just" in helpers or "finally" in helpers or helpers & HAVE:
            return True
        if base in _WEAR or base == "be" or helpers & {"was", "were"}:
            return False
        if self.speaker == "user":
            return False
        if base in ("arrive", "reach") or (base == "make" and sentence.at(index + 1) == "it"):
            return True
        if base in _CHANGES_CLOTHES and not re.search(r"\b(?:when|before|after)\b", sentence.text, re.I):
            return True  # "I took off my coat": it is off now
        pasts = [
            w for w in range(len(sentence)) if (v := sentence.verb_at(w)) and "past" in v[1] and "base" not in v[1]
        ]
        others = len(pasts) + len(
            re.findall(r"\b(?:I|she|he)\s+(?:\w+ly\s+)?\w+(?:ed|ook|ent|old|at|ood|id)\b", self.text)
        )
        return others >= 3 and base not in ("go", "visit", "travel", "fly", "wear")

    # --- what it does ----------------------------------------------------------------------------------------------

    def _apply(self, event: Event) -> None:
        target = self._target(event)
        outfit = self._dressing(event, target)
        if target.clothes is not None:
            self.last_clothes = target.clothes
        if outfit:
            self._add(outfit, event)
            if event.base not in _APPEARS and event.base != "be":
                return
        moved = self._moving(event)
        if moved is not None:
            self._add([moved], event)
        done = self._doing(event, target)
        if done is not None:
            self._add([done], event)

    def _add(self, operations: Iterable[Operation], event: Event) -> None:
        for operation in operations:
            if event.confidence < 0:
                continue
            if event.confidence == 0:
                self.seen_but_not_real.add(field_of(operation))
            else:
                self.found.append(operation)

    def _common(self, event: Event, end: int) -> dict[str, Any]:
        words = event.sentence.words
        first = max(0, event.index)
        last = min(len(words), max(end, first + 1))
        quote = one_line(event.sentence.text[words[first].start : words[last - 1].end], MAX_TEXT)
        return {"quote": quote, "confidence": max(0.0, event.confidence), "source": "rules"}

    def _target(self, event: Event) -> Target:
        """Read what follows the verb."""
        sentence, at = event.sentence, event.index + 1
        while is_adverb(sentence.at(at)) and sentence.at(at) not in ("back", "away", "only", "just"):
            at += 1
        before: list[str] = []
        pronoun = ""
        clothes: Clothes | None = None

        def particles() -> None:
            nonlocal at
            while (
                sentence.at(at) in PREPOSITIONS or sentence.at(at) == "back" or (is_adverb(sentence.at(at)) and before)
            ):
                if sentence.at(at) in PREPOSITIONS or sentence.at(at) == "back":
                    before.append(sentence.at(at))
                at += 1

        particles()
        if sentence.at(at) in PRONOUNS and not (sentence.at(at) == "her" and self._phrase_follows(sentence, at)):
            pronoun = sentence.at(at)
            at += 1
            while is_adverb(sentence.at(at)) and sentence.at(at) != "back":
                at += 1
            particles()
        at = self._past_body(event, at, before)
        start = at
        clothes = self._clothes(sentence, at)
        after = ""
        after_end = at
        if clothes is not None:
            at = clothes.end
            while is_adverb(sentence.at(at)):
                at += 1
            if sentence.at(at) in PREPOSITIONS:
                after = sentence.at(at)
                after_end = at + 1
                if sentence.at(at + 1) == "of":
                    after, after_end = after + " of", at + 2
        return Target(tuple(before), pronoun, clothes, after, after_end, start)

    def _past_body(self, event: Event, at: int, before: list[str]) -> int:
        """Step over what is not the garment: "her feet into" the slippers, "the buttons of" his shirt, "one arm out of"."""
        sentence = event.sentence
        phrase = sentence.noun_phrase(at)
        if phrase is None:
            return at
        head, stop = sentence.at(phrase[1] - 1), phrase[1]
        if (
            event.base in _UNFASTEN | _FASTEN | {"pull", "tug", "slide", "draw"}
            and head in _FASTENERS
            and sentence.at(stop) in ("of", "on", "down")
        ):
            return stop + 1
        if event.base in _INTO and head in ("feet", "foot", "arms", "legs") and sentence.at(stop) in ("into", "in"):
            before.append("into")
            return stop + 1
        return at

    def _phrase_follows(self, sentence: Sentence, at: int) -> bool:
        following = sentence.at(at + 1)
        return (
            bool(following)
            and sentence.words[at + 1].is_word
            and following not in PREPOSITIONS | CONJUNCTIONS
            and not is_adverb(following)
        )

    def _clothes(self, sentence: Sentence, at: int) -> Clothes | None:
        """Read "her coat, the grey scarf and a hat" at an index."""
        made: list[Garment] = []
        owner = ""
        end = at
        only = False
        while True:
            if sentence.at(at) in ("nothing", "only", "just"):
                only = True
                at += 1
                while sentence.at(at) in ("but", "except", "for", "more", "than"):
                    at += 1
            phrase = sentence.noun_phrase(at)
            if phrase is None:
                break
            start, stop, its_owner = phrase
            words = sentence.low[start:stop]
            while words and words[-1] in ADVERBS:
                words.pop()
                stop -= 1
            if not words or not self._is_clothes(sentence, start, start + len(words)):
                break
            piece = garment(" ".join(word.text for word in sentence.words[start : start + len(words)]))
            if piece is None or not piece.kind:
                break
            if self._owner(its_owner, sentence) == "user" and its_owner in ("your", "my"):
                piece = _borrowed(piece)
            if not made:
                owner = its_owner
            made.append(piece)
            end = stop
            at = stop
            joined = False
            while sentence.at(at) in (",", "and", "with", "plus", "over", "&", "then") and at < len(sentence):
                joined = True
                at += 1
            if not joined:
                break
        return Clothes(tuple(made), owner, end, only) if made else None

    @staticmethod
    def _is_clothes(sentence: Sentence, start: int, stop: int) -> bool:
        """Whether a phrase's head is a garment and stays one: "coat of paint" is none, "dress of blue silk" is."""
        if find_term(sentence.low[start:stop], stop - start) is None:
            return False
        if sentence.at(stop) == "of":
            following = sentence.at(stop + 1)
            return following in MATERIALS or following in COLOURS or following in _MADE_OF
        return True

    def _dressing(self, event: Event, target: Target) -> list[Operation]:
        """Return what the verb does to clothes."""
        base, before, after, clothes = event.base, target.before, target.after, target.clothes
        own = event.who in ("companion", "both")
        if event.who == "garment":
            return self._garment_falls(event)
        if base == "let":
            return self._let_fall(event, target)
        if clothes is None and target.pronoun in ("it", "them") and self.last_clothes is not None:
            clothes = self.last_clothes._replace(end=target.start)
            target = target._replace(pronoun="")
        particles = {*before, after.split(" ")[0]} if after else set(before)
        if base in ("undress", "disrobe") or (base in ("get", "strip") and self._undressing(event)):
            return self._undress(event)
        if base in ("be", "clad"):
            return self._appears_in(event, own)
        if base in _APPEARS and (shown := self._appears_in(event, own)):
            return shown
        if clothes is None:
            return self._general(event, target, own)
        common = self._common(event, max(clothes.end, target.after_end if target.after else clothes.end))
        if base in _WEAR or (base == "have" and after == "on") or (base == "dress" and "in" in before):
            return [self._wearing(clothes, common)] if (own and base != "have") or (base == "have" and own) else []
        if base in ("don", "add"):
            return [PutOn(garments=clothes.garments, **common)] if own else []
        if base in ("change", "switch", "swap", "trade", "exchange", "replace"):
            return self._changing(event, target, clothes, own)
        if base in _INTO and clothes.garments[0].slot == "bag":
            return []
        if base in _INTO and "into" in before and own and not target.pronoun.startswith(("you", "him", "her")):
            return [PutOn(garments=clothes.garments, **common)]
        if base in ("help", "ease", "zip") and "into" in before:
            wearer = self._object(event, target.pronoun)
            return [PutOn(garments=clothes.garments, **common)] if wearer in ("companion", "both") else []
        if (
            base in word_set("wrap cover bundle drape swaddle cocoon")
            and ("in" in before or "with" in before)
            and (target.pronoun or "up" in before or event.form in ("perfect", "past"))
        ):
            itself = not target.pronoun or target.pronoun.endswith(("self", "selves"))
            wearer = event.who if itself else self._object(event, target.pronoun)
            if wearer not in ("companion", "both"):
                return []
            return [self._wearing(clothes, common) if clothes.only else PutOn(garments=clothes.garments, **common)]
        if base in _OFF and after == "over" and "head" in event.sentence.low[target.after_end : target.after_end + 2]:
            # over the head goes on what is off, and off what is on
            return self._put_away(event, clothes, common) or (
                [PutOn(garments=clothes.garments, **common)] if own else []
            )
        if base in _PLACE_ON_BODY and after in ("around", "over", "on", "onto", "about", "round", "across", "to"):
            wearer = self._body_owner(event, target.after_end)
            if (
                "hair" in event.sentence.low[target.after_end : target.after_end + 3]
                and clothes.garments[0].slot != "head"
            ):
                return []  # a towel around wet hair
            if wearer:
                return [PutOn(garments=clothes.garments, **common)] if wearer in ("companion", "both") else []
        if (
            target.clothes is None
            and base in _ON
            and "on" in before
            and (wearer := self._object(event, event.sentence.at(target.start)))
        ):
            return [PutOn(garments=clothes.garments, **common)] if wearer in ("companion", "both") else []
        if base in _ON and "on" in particles and not self._lies_on(event, target):
            return [PutOn(garments=clothes.garments, **common)] if own and self._own_wear(event, clothes) else []
        if base in _OFF and ("off" in particles or ("from" in particles and self._body_owner(event, target.after_end))):
            return self._taking_off(event, clothes, common, target)
        if base in _OUT_OF and "out" in before and "of" in before:
            wearer = (
                self._object(event, target.pronoun)
                if target.pronoun and not target.pronoun.endswith("self")
                else event.who
            )
            if self._owner(clothes.owner, event.sentence) == "user" and self.speaker == "companion":
                wearer = "user"
            if wearer not in ("companion", "both"):
                return []
            return [*self._take_off_all(clothes, common), *self._and_into(event, clothes)]
        if base in _REMOVE and (base != "unhook" or clothes.garments[0].layer in ("underwear", "accessory")):
            if base not in ("unhook", "unclasp") or clothes.garments[0].layer in ("underwear", "accessory"):
                return self._taking_off(event, clothes, common, target)
        if base == "drop" and not before and _wrapped(clothes):
            return self._taking_off(event, clothes, common, target)
        if base in ("strip",) and "down" in before and "to" in before and own:
            kept = " but ".join(piece.name for piece in clothes.garments)
            return (
                [TakeOff(what=f"everything but {kept}", **common), PutOn(garments=clothes.garments, **common)]
                if event.confidence
                else []
            )
        if base in ("pull", "tug", "slide", "draw", "drag") and (
            after in ("down", "up") or before[:1] in (("down",), ("up",))
        ):
            if _ZIPPERS & set(event.sentence.low[event.index : event.index + 4]) and self._belongs(event, clothes, own):
                down = "down" in (after, *before)
                return self._unfasten(event, clothes, common) if down else self._fasten(event, clothes, common, target)
        if base in _UNFASTEN and self._belongs(event, clothes, own):
            return self._unfasten(event, clothes, common)
        if base in _FASTEN and self._belongs(event, clothes, own):
            return self._fasten(event, clothes, common, target)
        if base in _PUT_AWAY and own and ({after, *before} & _WHERE_TO):
            return self._put_away(event, clothes, common)
        return []

    def _wearing(self, clothes: Clothes, common: dict[str, Any]) -> Operation:
        return ChangeInto(garments=clothes.garments, only=clothes.only, **common)

    def _own_wear(self, event: Event, clothes: Clothes) -> bool:
        """Whether the subject puts it on itself: anyone's clothes, unless it helps someone else."""
        sentence = event.sentence
        tail = " ".join(sentence.low[clothes.end : clothes.end + 4])
        return not re.match(r"(?:back )?on (?:you|him|the (?:doll|mannequin|baby|child|dog|cat|hook|hanger))\b", tail)

    def _lies_on(self, event: Event, target: Target) -> bool:
        """Whether "on" leads to a thing ("puts her bag on the table") instead of ending the verb."""
        if target.after in ("on", "onto"):
            at = target.after_end
        elif "on" in target.before and event.sentence.at(target.start - 2) in ("it", "them"):
            at = target.start  # "puts it on the table"
        else:
            return False
        sentence = event.sentence
        following = sentence.at(at)
        if following in ("", "again") or not sentence.words[at].is_word or following in CONJUNCTIONS:
            return False
        if following in DETERMINERS:
            return not any(word in _BODY for word in sentence.low[at + 1 : at + 4])
        return following not in PREPOSITIONS and not is_adverb(following) and following not in PRONOUNS

    def _object(self, event: Event, pronoun: str) -> Who | Literal[""]:
        """Return who a pronoun object is."""
        if pronoun in ("me", "myself"):
            return self.speaker
        if pronoun in ("you", "yourself"):
            return "user" if self.speaker == "companion" else "companion"
        if pronoun in ("us", "ourselves"):
            return "both"
        if pronoun in ("herself", "himself", "themselves", "themself"):
            return event.who
        if pronoun in ("her", "him", "them"):
            if self.speaker == "user":
                return "companion" if event.who == "user" else ""
            return "user" if event.who == "companion" else "companion" if not self.first_person else "other"
        return ""

    def _body_owner(self, event: Event, at: int) -> Who | Literal[""]:
        """Return whose body a phrase like "her shoulders" or "me" at an index is, "" when it is no body."""
        sentence = event.sentence
        low = sentence.at(at)
        if low in PRONOUNS and not (low == "her" and self._phrase_follows(sentence, at)):
            return self._object(event, low)
        if low in ("the",) and sentence.at(at + 1) in _BODY:
            return event.who
        if low in POSSESSIVES:
            following = sentence.low[at + 1 : at + 4]
            if not any(word in _BODY for word in following):
                return ""
            if low in ("her", "his", "their") and self.speaker == "user":
                return "companion" if event.who == "user" and self.first_person else ""
            owner = self._owner(low, sentence)
            return owner if owner in ("companion", "user", "both", "other") else ""
        return ""

    @staticmethod
    def _is_theirs(event: Event, clothes: Clothes) -> bool:
        """Whether "his coat" is that of a third person who acts ("Tom takes off his shirt")."""
        third = clothes.owner in ("her", "his", "their") and event.who in ("user", "other")
        return third and "you" not in event.sentence.low[: event.index]

    def _belongs(self, event: Event, clothes: Clothes, own: bool) -> bool:
        owner = "other" if self._is_theirs(event, clothes) else self._owner(clothes.owner, event.sentence)
        return owner in ("companion", "both") if owner else own

    def _taking_off(self, event: Event, clothes: Clothes, common: dict[str, Any], target: Target) -> list[Operation]:
        if self._is_theirs(event, clothes):
            return []
        own = event.who in ("companion", "both")
        owner = self._owner(clothes.owner, event.sentence)
        if not owner and target.after.startswith("off"):
            owner = self._body_owner(event, target.after_end)
        if not owner and clothes.owner in ("her", "his") and self.speaker == "user":
            return []
        if owner == "user" or owner == "other" or (not owner and not own):
            return []
        return self._take_off_all(clothes, common)

    def _take_off_all(self, clothes: Clothes, common: dict[str, Any]) -> list[Operation]:
        return [TakeOff(what=_everything_or(piece), **common) for piece in clothes.garments]

    def _and_into(self, event: Event, old: Clothes) -> list[Operation]:
        """Read the second half of "slips out of the dress and into her pyjamas"."""
        sentence, at = event.sentence, old.end
        if sentence.at(at) in ("and", ","):
            at += 1
        new = self._clothes(sentence, at + 1) if sentence.at(at) == "into" else None
        return [self._wearing(new, self._common(event, new.end))] if new else []

    def _put_away(self, event: Event, clothes: Clothes, common: dict[str, Any]) -> list[Operation]:
        """Return a taking off when what is hung up or thrown aside is being worn."""
        owner = self._owner(clothes.owner, event.sentence)
        if owner in ("user", "other") or (not owner and clothes.owner):
            return []
        worn = [piece for piece in clothes.garments if (term := _term(piece)) and find_worn(self.scene, term)]
        return [TakeOff(what=piece.name, **common) for piece in worn if piece.slot != "bag"]

    def _unfasten(self, event: Event, clothes: Clothes, common: dict[str, Any]) -> list[Operation]:
        made: list[Operation] = []
        for piece in clothes.garments:
            if piece.layer == "accessory" and event.base in ("loosen", "open"):
                continue
            if piece.layer in ("underwear", "accessory") or piece.slot in ("feet",):
                if piece.layer != "accessory" or piece.kind not in ("belt",):
                    made.append(
                        TakeOff(what=piece.name, **common)
                    ) if piece.slot != "feet" and piece.slot != "bag" else None
            elif piece.slot in ("outer", "top", "full", "bottom"):
                made.append(OpenGarment(what=piece.name, **common))
        return made

    def _fasten(self, event: Event, clothes: Clothes, common: dict[str, Any], target: Target) -> list[Operation]:
        made: list[Operation] = []
        if target.after in ("around", "on", "onto", "to", "over", "round"):
            return made  # around a gift or a post, not a body
        for piece in clothes.garments:
            if (piece.slot == "feet" and event.base in ("lace", "tie", "buckle", "zip")) or (
                piece.layer in ("accessory",)
                and event.base in ("tie", "buckle", "clasp", "fasten", "knot")
                and piece.slot not in ("bag", "jewellery")
            ):
                made.append(PutOn(garments=(piece,), **common))
            elif piece.slot in ("outer", "top", "full", "bottom"):
                made.append(CloseGarment(what=piece.name, **common))
        return made

    def _changing(self, event: Event, target: Target, clothes: Clothes, own: bool) -> list[Operation]:
        sentence, before = event.sentence, target.before
        if not own:
            return []
        common = self._common(event, clothes.end)
        if "into" in before or "to" in before or "in" in before:
            return [self._wearing(clothes, common)]
        # "changes out of her suit into a robe", "swaps her heels for sneakers"
        new_at = next(
            (
                i + 1
                for i in range(clothes.end, min(len(sentence), clothes.end + 4))
                if sentence.at(i) in ("into", "for", "with", "to")
            ),
            None,
        )
        new = self._clothes(sentence, new_at) if new_at else None
        operations: list[Operation] = []
        if "out" in before or (event.base in ("swap", "trade", "switch", "exchange", "replace") and new):
            operations += [TakeOff(what=_everything_or(piece), **common) for piece in clothes.garments]
        if new is not None:
            put = self._common(event, new.end)
            operations.append(
                self._wearing(new, put)
                if "out" in before or any(g.slot in ("top", "full", "bottom") for g in new.garments)
                else PutOn(garments=new.garments, **put)
            )
        return operations

    def _appears_in(self, event: Event, own: bool) -> list[Operation]:
        """Read "is in a red dress", "comes back in her pyjamas", "I'm naked"."""
        sentence, at = event.sentence, event.index + 1
        steps = 0
        if not own:
            return []
        if event.base in ("be", "clad") and (
            sentence.at(event.index + 1) in ("naked", "nude") or sentence.at(event.index) == "naked"
        ):
            return [TakeOff(what="everything", **self._common(event, at + 1))]
        while steps < 10 and at < len(sentence) and (not sentence.is_boundary(at) or sentence.at(at) == "-"):
            if sentence.at(at) == "in" and (clothes := self._clothes(sentence, at + 1)) is not None:
                if clothes.owner and self._owner(clothes.owner, sentence) in ("other",):
                    return []
                if clothes.owner == "the" or all(g.slot == "other" for g in clothes.garments):
                    return []
                if event.base not in ("be", "clad") and sentence.verb_at(at - 1) is not None and at - 1 != event.index:
                    return []
                return [self._wearing(clothes, self._common(event, clothes.end))]
            if sentence.verb_at(at) is not None:
                return []
            at += 1
            steps += 1
        return []

    def _general(self, event: Event, target: Target, own: bool) -> list[Operation]:
        """Clothes that are not in the lexicon: "everything", "something warmer", a strange garment after "wearing"."""
        sentence, base = event.sentence, event.base
        start = target.start
        rest = " ".join(sentence.low[start : start + 6])
        common = self._common(event, start + 2)
        whole = (
            re.match(r"(?:(?:all (?:of )?)?(?:my|her|his|their|your|the) )?(?:everything|clothes|it all|all)\b", rest)
            or target.pronoun == "everything"
        )
        if whole and (
            (base in _OFF and ("off" in target.before or "off" in sentence.low[start : start + 5]))
            or base in _REMOVE
            or (base in _OUT_OF and "out" in target.before)
        ):
            owner = self._owner(sentence.at(start), sentence) if sentence.at(start) in POSSESSIVES else ""
            if owner in ("companion", "both") or (not owner and own):
                return [TakeOff(what="everything", **common)]
            return []
        if not own or not (
            base in _WEAR
            or (base in word_set("change get slip switch") and "into" in target.before)
            or (base == "dress" and "in" in target.before)
            or base == "don"
        ):
            return []
        something = _SOMETHING.match(rest)
        if something is not None:
            adjective = something[1] or ""
            if (
                adjective
                and (is_modifier(adjective) or adjective.endswith(("er", "able", "y", "al", "ed", "ing", "ful")))
                and adjective != "under"
            ):
                return [ChangeInto(garments=(_plain_clothes(adjective),), **common)]
            return []
        phrase = sentence.noun_phrase(start)
        if phrase is None or base in ("get", "slip", "switch"):
            return []
        first, stop, _ = phrase
        words = sentence.low[first:stop]
        if (
            not words
            or set(words) & _UNKNOWN_CLOTHES_STOP
            or find_place(words)
            or words[-1] in verbs()
            or sentence.at(stop) == "of"
        ):
            return []
        if sentence.at(start) not in DETERMINERS and not any(is_modifier(word) for word in words[:-1]):
            return []
        piece = garment(" ".join(words))
        return [ChangeInto(garments=(piece,), **self._common(event, stop))] if piece else []

    def _undressing(self, event: Event) -> bool:
        following = event.sentence.low[event.index + 1 : event.index + 4]
        if event.base == "get":
            return bool(following) and following[0] in ("undressed", "naked", "nude")
        rest = event.sentence.at(event.index + 1)
        return rest in ("", ",", ".", "and", "naked", "down", "bare", "completely") or "naked" in following

    def _undress(self, event: Event) -> list[Operation]:
        sentence = event.sentence
        if sentence.at(event.index + 1) in PRONOUNS and not sentence.at(event.index + 1).endswith("self"):
            if self._object(event, sentence.at(event.index + 1)) not in ("companion", "both"):
                return []
        elif event.who not in ("companion", "both"):
            return []
        common = self._common(event, event.index + 2)
        for at in range(event.index + 1, min(len(sentence), event.index + 5)):
            if sentence.at(at) == "to" and (clothes := self._clothes(sentence, at + 1)):
                kept = " but ".join(piece.name for piece in clothes.garments)
                return [TakeOff(what=f"everything but {kept}", **self._common(event, clothes.end)),
                        PutOn(garments=clothes.garments, **self._common(event, clothes.end))]  # fmt: skip
        return [TakeOff(what="everything", **common)]

    def _garment_falls(self, event: Event) -> list[Operation]:
        """Read "the robe slips off her shoulders", "my towel drops to the floor"."""
        words = event.object_of.split()
        owner = self._owner(words[0], event.sentence) if words else ""
        found = find_term(words, len(words))
        tail = " ".join(event.sentence.low[event.index + 1 : event.index + 6])
        gone = re.match(
            r"(?:\w+ly )?(?:completely )?(?:off|from|to (?:the|her|my|his) (?:floor|ground|feet|ankles)|at (?:my|her|his) feet|away|down to the)",
            tail,
        )
        if found is None or not gone or owner in ("user", "other") or (not owner and self.speaker == "user"):
            return []
        return [TakeOff(what=found[1].kind, **self._common(event, event.index + 3))]

    def _let_fall(self, event: Event, target: Target) -> list[Operation]:
        """Read "lets the towel fall", "lets it drop"."""
        sentence, clothes = event.sentence, target.clothes
        end = clothes.end if clothes else target.start
        if clothes is None and target.pronoun == "it":
            clothes = self.last_clothes
        known = verbs().get(sentence.at(end))
        if clothes is None or target.before or not known or known[0].base not in _FALLS:
            return []
        return self._taking_off(event, clothes, self._common(event, end + 1), target)

    # --- places ----------------------------------------------------------------------------------------------------

    def _moving(self, event: Event) -> Operation | None:
        """Return where the verb takes the companion."""
        base = event.base
        moves, stays = base in _STRONG_MOVES or base in _WEAK_MOVES, base in _STAY or base == "be" or (base in _DURABLE)
        carries = base in _TRANSPORT
        if not (moves or stays or carries):
            return None
        target = self._passenger(event)
        if self._tells_habit(event) or (
            event.base == "make" and not {"way", "it"} & set(event.sentence.low[event.index : event.index + 4])
        ):
            return None
        goes = event.who in ("companion", "both")
        if carries and target:
            # whoever leads someone somewhere goes along
            goes = goes or target in ("companion", "both")
        if not goes:
            return None
        if (
            base
            in (
                "take",
                "bring",
                "carry",
                "drag",
                "pull",
                "meet",
                "join",
                "follow",
                "lead",
                "guide",
                "usher",
                "escort",
                "accompany",
                "whisk",
                "steer",
                "lug",
            )
            and not target
            and event.sentence.at(event.index + 2) not in _VEHICLES
        ):
            return None
        place = self._destination(event, moves=moves or carries)
        if place is None:
            return None
        text, end = place
        if event.form == "past" and base == "be" and event.sentence.mode != "narration":
            return None
        return MoveTo(location=text, **self._common(event, end))

    def _passenger(self, event: Event) -> Who | Literal[""]:
        sentence = event.sentence
        low = sentence.at(event.index + 1)
        if low in PRONOUNS:
            return self._object(event, low) or "other"
        if low in self.user or low in self.companion:
            return "user" if low in self.user else "companion"
        # "takes your hand and leads", "pulls her by the hand"
        if low in POSSESSIVES and sentence.at(event.index + 2) in ("hand", "arm"):
            return self._owner(low, sentence) or ""
        return ""

    def _destination(self, event: Event, *, moves: bool) -> tuple[str, int] | None:
        """Return (readable place, end) of the last place the verb leads to or lies at."""
        sentence = event.sentence
        at = event.index + 1
        found: tuple[str, int] | None = None
        if event.base in ("enter", "reach") and (direct := self._place_phrase(sentence, at, "in")) is not None:
            return direct
        leaving = False  # whether the words tell where one comes from
        while at < min(len(sentence), event.index + 16) and not self._ends_journey(sentence, at, event.index):
            low = sentence.at(at)
            if low in _BARE_PLACES:
                found = self._bare_place(sentence, at) or found
            elif low in _SOURCES or (low == "out" and sentence.at(at + 1) == "of"):
                leaving = True
                at += low == "out"
            elif low in _TOWARD or low in _WITHIN or (low == "of" and sentence.at(at - 1) in _DOORS):
                leaving = low in ("for", "toward", "towards") and event.base not in ("head", "make", "leave", "set")
                phrase = (
                    None if leaving or not (moves or low not in _TOWARD) else self._place_phrase(sentence, at + 1, low)
                )
                if phrase is not None:
                    detail = found is not None and found[0] not in _BARE_PLACES and low in _DETAILS
                    found = found if detail else phrase
                    at = phrase[1]
                    continue
            at += 1
        return found

    @staticmethod
    def _ends_journey(sentence: Sentence, at: int, verb: int) -> bool:
        """Whether the words that belong to the movement end here."""
        low = sentence.at(at)
        if low in ("after", "before", "behind") and sentence.at(at + 1) in ("you", "me", "him", "her", "them", "us"):
            return False  # "padding after you into the bathroom"
        if low in _STOPS or (low in CONJUNCTIONS and low != "and"):
            return True
        if low == "and":
            return sentence.verb_at(at + 1) is not None or sentence.at(at + 1) in PRONOUNS
        another = sentence.verb_at(at) is not None and at > verb + 1 and low not in ("back", "park")
        return another and sentence.at(at - 1) not in PREPOSITIONS | DETERMINERS

    def _bare_place(self, sentence: Sentence, at: int) -> tuple[str, int] | None:
        """Read "home", "outside", "upstairs" where they are a destination and not the start of another."""
        low, before, following = sentence.at(at), sentence.at(at - 1), sentence.at(at + 1)
        if low == "home":
            if before in DETERMINERS or (before in PREPOSITIONS and before not in ("back", "at")):
                return None
            return "at home", at + 1
        if (
            following in ("into", "in", "onto", "on", "to", "at")
            and self._place_phrase(sentence, at + 2, "in") is not None
        ):
            return None
        goes_on = not sentence.is_boundary(at + 1) and following not in PREPOSITIONS and not is_adverb(following)
        return None if goes_on else (low, at + 1)

    def _place_phrase(self, sentence: Sentence, at: int, preposition: str) -> tuple[str, int] | None:
        """Return (readable place, end) of a place phrase at an index, None when it names no place."""
        phrase = sentence.noun_phrase(at)
        if phrase is None:
            return None
        start, stop, owner = phrase
        while stop > start and (is_adverb(sentence.at(stop - 1)) or sentence.at(stop - 1) in ("together",)):
            stop -= 1
        words = [
            word.removesuffix("'s") if word.endswith("'s") and i else word
            for i, word in enumerate(sentence.low[start:stop])
        ]
        found = find_place(words)
        if found is None:
            return None
        first, last, place = found
        if place.name == "room" and len(words) == 1 and sentence.at(at) in ("the", "this"):
            return None
        if last != len(words) or (is_weak_place(place) and preposition not in ("into", "in", "onto")):
            return None
        if sentence.at(stop) == "of" and place.name in (
            "edge",
            "top",
            "side",
            "bottom",
            "gate",
            "set",
            "port",
            "bank",
            "court",
            "field",
            "sea",
            "ocean",
            "forest",
            "stage",
            "bar",
            "bath",
            "shower",
            "spring",
            "house",
            "maze",
            "tower",
            "ring",
            "path",
            "fair",
            "cell",
            "storm",
            "keep",
            "pool",
            "camp",
        ):
            return None
        if (
            place.name
            in (
                "work",
                "home",
                "bank",
                "bar",
                "stage",
                "set",
                "court",
                "spring",
                "camp",
                "fair",
                "wood",
                "cell",
                "ball",
                "party",
                "church",
                "school",
            )
            and False
        ):
            return None
        if place.name in ("room", "house", "flat", "apartment", "suite", "office", "store", "shop", "place") or owner:
            named = self._owned_place(sentence, owner, words, place.name)
            if named is not None:
                return named, stop
        determiner = sentence.at(at) if sentence.at(at) in ("a", "an", "this", "that") else "the"
        if determiner in ("this", "that"):
            determiner = "the"
        proper = (
            all(sentence.words[i].text[0].isupper() for i in range(start + first, stop))
            and sentence.at(at) not in DETERMINERS
        )
        spoken = " ".join(
            sentence.words[i].text.removesuffix("'s") if proper else sentence.at(i) for i in range(start, stop)
        )
        by_name = (
            place.preposition
            if preposition
            in ("to", "into", "onto", "for", "toward", "towards", "inside", "in", "at", "on", "within", "throughout")
            else preposition
        )
        if (
            preposition in ("in", "on", "at")
            and place.preposition != preposition
            and not (preposition == "at" and place.preposition == "in")
        ):
            by_name = preposition
        if preposition in ("down", "up", "across", "through"):
            by_name = place.preposition
        text = (
            f"{by_name} {spoken}"
            if proper or place.name in ("work", "school", "home", "college", "church", "horseback", "campus")
            else f"{by_name} {determiner} {spoken}"
        )
        rest = sentence.text[sentence.words[stop - 1].end :]
        tail = TAIL.match(rest)
        if tail is not None:
            text += " " + " ".join(tail[0].split())
            stop += len(re.findall(r"[\w'’-]+", tail[0]))
        return one_line(text, MAX_TEXT), stop

    def _owned_place(self, sentence: Sentence, owner: str, words: Sequence[str], name: str) -> str | None:
        """Say whose place it is from the reader's side: "my bedroom" is the bedroom, "your place" the user's."""
        whose = self._owner(owner, sentence)
        rest = " ".join(words)
        if name in ("house", "flat", "apartment", "home", "place") and whose == "companion":
            return "at home"
        if whose == "user" and self.user_name:
            return (
                f"{'at' if name in ('house', 'flat', 'apartment', 'place', 'home') else 'in'} {self.user_name}'s {rest}"
            )
        return None

    # --- activities ------------------------------------------------------------------------------------------------

    def _doing(self, event: Event, target: Target) -> Operation | None:
        """Return the activity a verb tells."""
        sentence, base = event.sentence, event.base
        if event.who not in ("companion", "both"):
            embraced = (
                self.speaker == "user"
                and event.who == "user"
                and base in ("hug", "kiss", "embrace", "cuddle")
                and sentence.at(event.index + 1) == "you"
            )
            if not embraced:
                return None
            return Do(
                action={
                    "hug": "hugging you",
                    "kiss": "kissing you",
                    "embrace": "embracing you",
                    "cuddle": "cuddling with you",
                }[base],
                **self._common(event, event.index + 2),
            )
        if base == "fall" and sentence.at(event.index + 1) == "asleep":
            return Do(action="sleeping", **self._common(event, event.index + 2))
        if base == "be" and sentence.at(event.index + 1) == "asleep":
            return Do(action="sleeping", **self._common(event, event.index + 2))
        if base in ("get", "climb", "crawl", "slip", "go") and re.match(
            r"(?:back )?(?:in|into|to) bed\b", " ".join(sentence.low[event.index + 1 : event.index + 4])
        ):
            return Do(action="lying in bed", **self._common(event, event.index + 3))
        if base == "get" and sentence.at(event.index + 1) == "up" and sentence.is_boundary(event.index + 2):
            return Do(action="standing", **self._common(event, event.index + 2))
        if base == "settle" or base in _POSTURES:
            verb = _POSTURES[base]
            if base in ("settle", "sink") and not re.search(
                r"\b(?:on|onto|into|in|down|beside|next to|against|at)\b",
                " ".join(sentence.low[event.index + 1 : event.index + 4]),
            ):
                return None
        elif base in _DURABLE:
            verb = base
        else:
            return None
        if self._tells_habit(event) or self._is_state(event):
            return None
        phrase, end = self._activity(event, target)
        if phrase is None:
            return None
        return Do(action=one_line(f"{gerund(verb)}{phrase}", 120), **self._common(event, end))

    @staticmethod
    def _is_state(event: Event) -> bool:
        """Whether a participle after a comma tells a state ("…, soaked to the bone") and no deed."""
        sentence, index = event.sentence, event.index
        if event.form == "perfect" and sentence.group_before(index)[1] & BE and event.base not in _STAY:
            return True
        if event.form != "past" or sentence.at(index - 1) not in (",", "") or not sentence.at(index).endswith("ed"):
            return False
        earlier = [v for at in range(index) if (v := sentence.verb_at(at)) is not None]
        return not any("past" in forms for _, forms in earlier)

    def _tells_habit(self, event: Event) -> bool:
        """Whether plain speech tells what one does in general ("I work at a hospital"), not now."""
        sentence = event.sentence
        return (
            sentence.mode != "narration"
            and event.form in ("base", "s")
            and event.base in _HABITS
            and self.speaker == "companion"
            and event.confidence > REQUESTED
            and not self._is_story(sentence)
        )

    def _is_story(self, sentence: Sentence) -> bool:
        """Whether plain text tells what happens step by step, rather than about oneself."""
        steps = [
            w
            for w in range(len(sentence))
            if (v := sentence.verb_at(w))
            and v[0] in _STRONG_MOVES | _STAY | _INTO | _ON | word_set("smile grin laugh nod lean grab pick reach look")
        ]
        return len(steps) >= 2

    def _activity(self, event: Event, target: Target) -> tuple[str | None, int]:
        """Return the words after the verb that belong to the activity, and where they end; None when it is none."""
        sentence, base = event.sentence, event.base
        at, words = event.index + 1, list[str]()
        if base in ("walk", "run", "stroll", "ride", "drive", "hike", "jog", "climb", "wander", "swim", "cycle", "row"):
            moving = re.match(
                r"(?:\w+ly )?(?:back )?(?:to|into|over|out|off|away|home|inside|outside|upstairs|downstairs|onto|up to|down to|toward|towards|in|up|past|from)\b",
                " ".join(sentence.low[at : at + 3]),
            )
            if (moving and base not in ("swim",)) or (
                event.form in ("s", "base", "past") and base not in ("swim", "jog", "hike", "cycle", "row")
            ):
                return None, at
            if base == "run" and sentence.at(at) not in ("", ",", "along", "on", "through", "around", "in"):
                return None, at
        while at < len(sentence) and len(words) < 12:
            low = sentence.at(at)
            if not sentence.words[at].is_word and low not in ("-",):
                break
            if low in CONJUNCTIONS and not (low == "and" and self._continues_object(sentence, at)):
                break
            if low in ("then", "now", "again", "already", "still", "please", "instead", "just", "too") or (
                is_adverb(low) and low.endswith("ly")
            ):
                at += 1
                continue
            if (
                sentence.verb_at(at) is not None
                and at > event.index + 1
                and sentence.at(at - 1) not in PREPOSITIONS | DETERMINERS
            ):
                break
            if low in ("i", "she", "he", "we", "they"):
                break
            if (
                low in ("in", "at", "on", "by", "inside", "outside")
                and self._place_phrase(sentence, at + 1, low) is not None
            ):
                phrase = self._place_phrase(sentence, at + 1, low)
                words_here = sentence.low[at + 1 : phrase[1]] if phrase else []
                if not any(word in FURNITURE for word in words_here):
                    at = phrase[1] if phrase else at + 1
                    continue
            words.append(self._as_shown(sentence, at, low))
            at += 1
        phrase = " ".join(word for word in words if word)
        phrase = re.sub(
            r"\s+(?:with|and|to|of|a|the|in|on|at|for|by|up|over|as|while|into|from|her|his)$", "", " " + phrase
        )
        phrase = re.sub(
            r"\s+(?:with|for) (?:a|an) (?:\w+ )?(?:smile|grin|sigh|laugh|giggle|moment|while|second|minute|bit|chuckle|groan|yawn)$",
            "",
            phrase,
        ).rstrip()
        return (phrase if self._is_activity(event, phrase.strip()) else None), at

    def _continues_object(self, sentence: Sentence, at: int) -> bool:
        following = sentence.at(at + 1)
        return (
            bool(following)
            and sentence.verb_at(at + 1) is None
            and following not in PRONOUNS | CONJUNCTIONS
            and not is_adverb(following)
            and sentence.words[at + 1].is_word
            and not following.endswith(("ed", "es"))
            and at + 2 <= len(sentence)
            and sentence.is_boundary(at + 2)
        )

    def _as_shown(self, sentence: Sentence, at: int, low: str) -> str:
        """Return a word as the state shows it: possessives of the companion go, the user is "you"."""
        if low in ("her", "his", "their") and self._phrase_follows(sentence, at):
            return ""
        if self.speaker == "companion":
            return "" if low in ("my", "own", "myself", "herself", "himself") else sentence.words[at].text
        if low in ("me", "us"):
            return "you"
        if low == "my":
            return "your"
        return "" if low in ("your", "own", "yourself") else sentence.words[at].text

    def _is_activity(self, event: Event, phrase: str) -> bool:
        base = event.base
        first = phrase.split(maxsplit=1)[0] if phrase else ""
        plain = f" {phrase} "
        if base in _NEEDS_OBJECT and not phrase:
            return False
        if base == "make":
            return bool(_MADE.search(plain))
        if base == "have":
            return (event.form == "ing" and bool(_HAD.search(plain))) or bool(
                re.search(r"\b(?:a picnic|breakfast|lunch|dinner)\b", plain)
            )
        if base == "take":
            return bool(_TAKEN.search(plain))
        if base == "do":
            return bool(_DONE.search(plain))
        if base in ("watch", "hold", "play", "talk", "tease", "chat"):
            if base == "hold":
                return (
                    first not in _FLEETING_OBJECTS - {"you", "him", "her"}
                    and first not in ("out", "up", "back", "on", "gaze")
                    and not re.search(r"\b(?:breath|gaze|up|out)\b", plain)
                )
            if base == "play":
                return first not in ("with", "along", "it", "coy", "dumb")
            if base == "watch":
                return first not in word_set("you me him her it them as out over with intently how")
            return event.form == "ing"
        if base == "lean":
            return first in ("against", "on", "over", "out", "by", "beside") and not re.search(r"^over to", phrase)
        if base in (
            "draw",
            "write",
            "read",
            "lift",
            "feed",
            "pour",
            "row",
            "fix",
            "raise",
            "brush",
            "wash",
            "toast",
            "stretch",
            "water",
            "fold",
            "float",
            "sweep",
            "comb",
        ):
            if base == "draw":
                return (
                    first not in ("closer", "back", "near", "you", "him", "her", "a", "in", "away", "nearer")
                    or "picture" in plain
                    or "portrait" in plain
                    or "sketch" in plain
                )
            if base == "lift":
                return "weight" in plain or "dumbbell" in plain
            if base == "brush":
                return (
                    bool(re.search(r"\b(?:hair|teeth|horse|dog|cat)\b", plain))
                    and "behind" not in plain
                    and "out of" not in plain
                    and "from" not in plain
                )
            if base == "sweep":
                return "floor" in plain or not phrase
            if base == "read":
                return first not in ("your", "you", "between") or "book" in plain
            return True
        if base in (
            "run",
            "work",
            "type",
            "text",
            "train",
            "rest",
            "stare",
            "gaze",
            "pet",
            "dig",
            "tune",
            "shop",
            "dust",
            "iron",
            "plant",
            "fish",
            "film",
            "order",
        ):
            if base in ("gaze", "stare"):
                return bool(
                    re.search(
                        r"\b(?:out|stars|sunset|sunrise|sea|ocean|sky|window|view|fire|flames|horizon|moon|city|waves|lake)\b",
                        plain,
                    )
                )
            if base == "work":
                return first in ("on", "at", "", "from", "out", "late", "through") and (
                    event.form == "ing" or first in ("on", "out")
                )
            if base == "rest":
                return True
            if base == "order":
                return bool(_HAD.search(plain) or _MADE.search(plain))
            return base != "fish" or event.form == "ing"
        if base == "lie":
            return first != "to" and "about" not in plain
        if base in ("kiss", "hug", "embrace", "massage", "stroke"):
            return bool(phrase) and not re.search(r"\b(?:goodbye|good night|goodnight)\b", plain)
        if base in ("sit", "stand") and first == "up" and base == "sit":
            return True
        if base in ("climb", "drive", "ride", "wander", "walk", "stroll"):
            return event.form == "ing"
        if base in ("stretch", "sway", "twirl", "pace"):
            return event.form == "ing" or base == "pace"
        return True


# --- helpers -------------------------------------------------------------------------------------------------------


def _name_words(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in re.findall(r"[^\W\d_]+", name) if len(word) > 1)


def _borrowed(piece: Garment) -> Garment:
    """Return the user's garment as the companion would wear it: not one of her or his own."""
    name = piece.name if piece.name != piece.kind else f"borrowed {piece.name}"
    return piece.model_copy(update={"name": name[:80]})


def _term(piece: Garment) -> Term | None:
    words = piece.kind.split()
    found = find_term(words, len(words))
    return found[1] if found else None


def _everything_or(piece: Garment) -> str:
    return "everything" if piece.kind in ("clothes", "clothing", "outfit", "attire") else piece.name


def _wrapped(clothes: Clothes) -> bool:
    return any(
        piece.kind.split()[-1]
        in ("towel", "robe", "bathrobe", "sheet", "blanket", "dress", "gown", "cloak", "kimono", "coat")
        for piece in clothes.garments
    )


def _plain_clothes(adjective: str) -> Garment:
    made = garment(f"{adjective} clothes")
    if made is None:  # cannot happen: the phrase is not empty
        raise AssertionError(adjective)
    return made


def _form(forms: frozenset[Any], helpers: frozenset[str]) -> str:
    """Return the form in use: ing, had (past perfect), perfect, past, s or base."""
    if "ing" in forms:
        return "past" if helpers & {"was", "were"} else "ing"
    if "pp" in forms and "had" in helpers:
        return "had"
    if "pp" in forms and helpers & HAVE:
        return "perfect"
    if "pp" in forms and "base" not in forms and helpers & BE:
        return "past" if helpers & {"was", "were"} else "perfect"
    if "base" in forms:  # "put", "run", "come": present unless a helper says otherwise
        return "past" if helpers & {"did", "was", "were"} else "base"
    if "past" in forms or ("pp" in forms and not helpers & BE):
        return "past"
    if "pp" in forms:
        return "past" if helpers & {"was", "were"} else "perfect"
    return "s" if "s" in forms else "base"


_PEOPLE_SHE = word_set("waitress woman girl lady mother mom mum sister aunt daughter girlfriend wife queen princess actress grandmother "
                   "grandma hostess maid stewardess bride witch nun model niece")  # fmt: skip
_PEOPLE_HE = word_set("waiter man guy boy gentleman father dad brother uncle son boyfriend husband king prince actor grandfather grandpa "
                  "host policeman groom monk butler nephew fisherman dude bloke")  # fmt: skip
_PEOPLE_ANY = word_set("bartender barista friend friends stranger neighbour neighbor boss colleague coworker teacher doctor nurse guard "
                   "driver cashier clerk child children kids kid people person someone somebody everyone crowd couple customer patient "
                   "dancer singer chef baby dog cat roommate flatmate cousin parents twins guests guest tourist soldier officer "
                   "nobody anybody anyone detective manager student students passenger receptionist instructor trainer coach ex others men women girls boys "
                   "mannequin doll statue character heroine hero protagonist bridesmaid bridesmaids monster actress player players")  # fmt: skip
_PARTS = word_set(
    "hands hand fingers finger arms arm legs leg feet foot lips eyes head body hips fingertips toes shoulders thumb thumbs tongue"
)


def _is_person(words: Sequence[str]) -> bool:
    heads = set(words)
    return bool(heads & (_PEOPLE_SHE | _PEOPLE_HE | _PEOPLE_ANY))


def _gender(words: Sequence[str]) -> str:
    heads = set(words)
    return "she" if heads & _PEOPLE_SHE else "he" if heads & _PEOPLE_HE else "any"


def _is_body_part(word: str) -> bool:
    return word in _PARTS


def _joined(operations: list[Operation]) -> list[Operation]:
    """Drop repeats, and join a posture with what is done in it: "sitting at the table, sipping coffee"."""
    result: list[Operation] = []
    for operation in operations:
        last = next((i for i in range(len(result) - 1, -1, -1) if isinstance(result[i], type(operation))), None)
        if isinstance(operation, Do) and last is not None and isinstance(previous := result[last], Do):
            first_word = previous.action.split()[0]
            here = operation.action.split()[0]
            if first_word in _POSTURE_INGS and here not in _POSTURE_INGS and "," not in previous.action:
                result[last] = operation.model_copy(
                    update={"action": one_line(f"{previous.action}, {operation.action}", MAX_TEXT)}
                )
                continue
            result[last] = operation
            continue
        if isinstance(operation, MoveTo) and last is not None and isinstance(previous := result[last], MoveTo):
            if operation.location != previous.location:
                result[last] = operation
            continue
        if operation not in result:
            result.append(operation)
    return result


_POSTURE_INGS = word_set(
    "sitting lying standing kneeling leaning perching curling lounging relaxing resting reclining sprawling crouching nestling snuggling cuddling"
)

# --- requests and replies ------------------------------------------------------------------------------------------

_REFUSAL = re.compile(
    r"\b(?:no(?:pe)?\b(?! problem| worries|thing)|(?:i['’]?d|would) rather not|i (?:don['’]?t|do not) (?:want|feel like|think)|i (?:can['’]?t|cannot|won['’]?t)|not (?:now|yet|today|tonight|"
    r"right now|really)|maybe (?:later|another|next|some)|shakes? (?:my|her|his|their) head|refuses?|declines?|i['’]?m (?:fine|good|comfortable|staying)|"
    r"some other time|another time|let['’]?s not|let['’]?s stay|stay here|in a (?:bit|minute|while)|later)\b",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\b(?:yes|yeah|yep|yup|sure|okay|ok|of course|alright|all right|certainly|absolutely|definitely|gladly|with pleasure|as you wish|fine|"
    r"let['’]?s (?:go|do)|sounds (?:good|great|lovely|nice|perfect|wonderful|fun)|i['’]?d love (?:to|that)|good idea|great idea|great|lovely|"
    r"nods?|nodded|obeys?|compl(?:y|ies)|does (?:so|as)|do (?:so|as you)|happily|perfect|wonderful|lead the way|after you|anything for you|"
    r"mm-?hmm|right away|at once|you got it|deal|no problem|takes? your hand|follows? you)\b",
    re.IGNORECASE,
)


def resolve_requests(requests: Sequence[Operation], reply: str, found: Sequence[Operation]) -> tuple[Operation, ...]:
    """Return which of the user's wishes the companion's reply grants, as operations that apply.

    ``found`` is what the reply itself shows: a field it settles needs no guess.  A refusal drops the wishes; consent
    grants them; with neither, nothing happens.  What the user narrated as done (above the threshold) is not a wish and
    stays unless the reply refuses.
    """
    settled = {field_of(operation) for operation in found if not isinstance(operation, Unchanged)}
    open_requests = [op for op in requests if not isinstance(op, Unchanged) and field_of(op) not in settled]
    opening = reply[:400]
    if not open_requests or _REFUSAL.search(opening):
        return ()
    consents = _CONSENT.search(opening) is not None
    return tuple(
        op.model_copy(update={"confidence": max(op.confidence, DONE_TO)})
        for op in open_requests
        if consents or op.confidence > REQUESTED
    )


def exchange_operations(
    before: Scene,
    *,
    user_text: str,
    reply_text: str,
    companion_name: str = "",
    user_name: str = "",
    from_model: Sequence[Operation] = (),
) -> tuple[Operation, ...]:
    """Return what a message and its reply together change, from the scene before the message."""
    asked = analyze_text(user_text, speaker="user", scene=before, companion_name=companion_name, user_name=user_name)
    between = reduce_scene(before, asked)
    told = analyze_text(
        reply_text, speaker="companion", scene=between, companion_name=companion_name, user_name=user_name
    )
    found = merge_operations(told, from_model)
    return (*resolve_requests(asked, reply_text, found), *found)
