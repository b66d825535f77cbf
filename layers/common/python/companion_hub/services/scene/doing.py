"""What the companion is doing: postures and things done for a while, not glances and smiles."""

import re

from companion_hub.models.scene import Do
from companion_hub.services.scene import cues
from companion_hub.services.scene.moving import Moving
from companion_hub.services.scene.persons import Event
from companion_hub.services.scene.places import FURNITURE, places
from companion_hub.services.scene.reading import Sentence
from companion_hub.services.scene.verbs import (
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    SUBJECTS,
    gerund,
    is_adverb,
    verbs,
)
from companion_hub.services.texts import one_line, word_set


class Doing(Moving):
    """Adds to the place: the activity."""

    def _doing(self, event: Event) -> Do | None:
        """Return the activity a verb tells."""
        sentence, base = event.sentence, event.base
        if event.subject:
            return None  # "her fingers dance over the strings"
        if event.who not in ("companion", "both"):
            return self._embraced(event)
        if figure := self._figure(event):
            return figure
        if nominal := self._nominal(event):
            return Do(action=nominal, **self._common(event, event.at + 4))
        if base in (cues.POSTURES.keys() | cues.STAY) - {"rest", "lean", "wait"} and self._takes_object(event):
            return None  # "perches the glasses on her nose", "they sat us by the window"
        verb = cues.POSTURES.get(base, base)
        going_on = (
            base not in _NOT_GOING_ON | cues.STRONG_MOVES | cues.WEAK_MOVES | cues.TRANSPORT | cues.FALLS
            and self._goes_on(event)
        )
        strange = going_on or (base not in verbs() and base.endswith("ing"))
        if (
            (base not in cues.POSTURES and base not in cues.DURABLE and not strange)
            or self._tells_habit(event)
            or self._is_state(event)
        ):
            return None
        if self._is_on_the_way(event):
            return None
        if event.form in ("perfect", "had") and base not in cues.STAY | cues.POSTURES.keys() and not sentence.at(event.at).endswith("ing"):
            return None  # "I've showered": done with
        if "been" in sentence.low[max(0, event.at - 2) : event.at] and not cues.SO_FAR.search(sentence.text):
            return None  # "I have been waiting for weeks": what led here
        if base in ("hold", "draw", "pull", "lift", "swing", "spread", "take") and self._clothes(sentence, event.at + 1) is not None:
            return None  # "holds the robe shut"
        phrase, end = self._activity(event)
        if base == "stretch" and not phrase and not sentence.at(event.at).endswith("ing") and sentence.at(event.at + 1) in (",", "and"):
            return None  # "I stretch, crack my neck and …"
        goes_on_with = sentence.at(event.at - 1) == "to" and any(v.base in ("begin", "start") for v in verbs().get(sentence.at(event.at - 2), ()))
        if goes_on_with and base in cues.DURABLE and base in cues.NEEDS_OBJECT and not phrase:
            return Do(action=gerund(verb), **self._common(event, end))  # "begins to play, something slow"
        lasting = "ing" if sentence.at(event.at).endswith("ing") else event.form
        if not _is_activity(base, lasting, phrase) or (base in ("sink", "settle") and _NO_SEAT.search(phrase)):
            return None
        return Do(
            action=one_line(f"{verb if strange and base not in verbs() else gerund(verb)}{phrase}", 120),
            **self._common(event, end),
        )

    @staticmethod
    def _takes_object(event: Event) -> bool:
        """Whether a verb of posture is done to something or someone."""
        first, second = event.sentence.at(event.at + 1), event.sentence.at(event.at + 2)
        if first in ("a", "an"):
            return second not in ("little", "bit", "moment", "while", "minute", "few", "second", "long", "beat")
        someone = first in PRONOUNS and first not in SUBJECTS - {"you", "it"} and not first.endswith(("self", "selves"))
        return someone or first in POSSESSIVES or first == "the"

    @staticmethod
    def _nominal(event: Event) -> str:
        """Return the activity a noun tells: "breaks into a run", "drops into a crouch"."""
        if event.base not in ("land", "break", "drop", "sink", "fall", "settle", "launch", "burst", "lower"):
            return ""
        match = _INTO_DEED.match(" ".join(event.sentence.low[event.at + 1 : event.at + 7]))
        nouns = [noun for noun in match.groups() if noun] if match else []
        deeds = (v.base for noun in nouns for v in verbs().get(noun, ()) if "base" in v.forms)
        return next((gerund(base) for base in deeds if base in cues.DURABLE and base not in places()), "")

    def _embraced(self, event: Event) -> Do | None:
        """Return the activity of being hugged: what the user does to the companion is done by both."""
        embraces = self.speaker == "user" and event.who == "user" and event.sentence.at(event.at + 1) == "you"
        action = cues.EMBRACES.get(event.base) if embraces else None
        return Do(action=action, **self._common(event, event.at + 2)) if action else None

    def _figure(self, event: Event) -> Do | None:
        """Return what a fixed figure tells: "falls asleep", "drops to one knee", "goes for a run", "starts her push-ups"."""
        rest = " ".join(event.sentence.low[event.at + 1 : event.at + 8])
        if event.base in _TO_A_SEAT and (seat := _SEAT.match(rest)):
            lies = seat[4] in ("bed", "hammock", "mattress", "sunbed", "lounger")
            said = f"{'lying' if lies else 'sitting'} {seat[2]} {'the' if seat[3] in ('her', 'his', 'my') else seat[3]} {seat[4]}"
            return Do(action=said, **self._common(event, event.at + 1 + len(seat[0].split())))
        if event.base == "take" and _TAKES_SEAT.match(rest):
            return Do(action="sitting", **self._common(event, event.at + 3))
        for bases, figure, action in _FIGURES:
            if (not bases or event.base in bases) and (match := figure.match(rest)):
                said = cues.OUTINGS.get(match[match.lastindex], match[match.lastindex]) if match.lastindex else ""
                return Do(action=action.format(said), **self._common(event, event.at + 1 + len(match[0].split())))
        return None

    def _goes_on(self, event: Event) -> bool:
        """Whether something at hand is being done: "is hanging the laundry", "I'm at the office, finishing a report"."""
        sentence, at = event.sentence, event.at
        if event.form == "base" and sentence.at(at - 1) == "to":
            ruling = verbs().get(sentence.at(at - 2), ())
            begun = any(verb.base in ("begin", "start") for verb in ruling)
            return begun and self._handles_something(sentence, at + 1)  # "begins to peel potatoes"
        if not sentence.at(at).endswith("ing") or not self._handles_something(sentence, at + 1):
            return False
        return sentence.is_going_on(at)

    @staticmethod
    def _handles_something(sentence: Sentence, at: int) -> bool:
        """Whether an object follows that is neither a person nor part of a body."""
        words = sentence.low[at + (sentence.at(at) in ("at", "through", "over", "on")) : at + 4]
        return bool(words) and words[0].isalpha() and words[0] not in PRONOUNS | PREPOSITIONS and not set(words) & (cues.BODY_PARTS | {"sleeves", "sleeve", "cuffs", "collar"})

    def _is_state(self, event: Event) -> bool:
        """Whether a participle after a comma tells a state ("…, soaked to the bone") and no deed."""
        sentence, index = event.sentence, event.at
        if event.form == "perfect" and sentence.group_before(index)[1] & BE and event.base not in cues.STAY:
            return True
        if event.form != "past" or not sentence.at(index).endswith("ed") or (index == 0 and event.base in cues.STAY | cues.POSTURES.keys()):
            return False
        # "…, soaked to the bone", "…, sleeves soaked"
        absolute = sentence.at(index - 2) == "," and sentence.at(index - 1) not in PRONOUNS | self.companion | self.user
        if sentence.at(index - 1) not in (",", "") and not absolute:
            return False
        earlier = [v for at in range(index) if (v := sentence.verb_at(at)) is not None]
        return not any("past" in forms for _, forms in earlier)

    def _activity(self, event: Event) -> tuple[str, int]:
        """Return the words after the verb that belong to the activity (with a leading space), and where they end."""
        words, end = self._activity_words(event)
        phrase = "".join(f" {word}" for word in words if word)
        return cues.MANNER.sub("", cues.DANGLING.sub("", phrase)).rstrip(), end

    def _activity_words(self, event: Event) -> tuple[list[str], int]:
        """Return the words up to the end of the clause; places are left out (they are the location), furniture stays."""
        sentence, at = event.sentence, event.at + 1
        words: list[str] = []
        while at < len(sentence) and len(words) < 12:
            low = sentence.at(at)
            new_clause = low in ("it", "that", "you", "there") and sentence.at(at + 1) in BE
            if (not sentence.words[at].is_word and low != "-") or low in ("i", "she", "he", "we", "they") or new_clause:
                break
            if low in CONJUNCTIONS and not (low == "and" and self._continues_object(sentence, at)):
                break
            if (
                low in cues.UNTOLD
                or (low == "right" and sentence.at(at + 1) in ("now", "away"))
                or (is_adverb(low) and low.endswith("ly"))
            ):
                at += 1
                continue
            new_verb = sentence.verb_at(at) is not None and at > event.at + 1
            if new_verb and sentence.at(at - 1) not in PREPOSITIONS | DETERMINERS:
                break
            if low in ("in", "at", "on", "by", "inside", "outside") or (low == "into" and event.base in cues.POSTURES):
                place = self._place_phrase(sentence, at + 1, low)
                if place is not None and FURNITURE.isdisjoint(sentence.low[at + 1 : place[1]]):
                    at = place[1]
                    continue
            words.append("in" if low == "into" and event.base in cues.POSTURES else self._as_shown(sentence, at, low))
            at += 1
        return words, at

    @staticmethod
    def _is_on_the_way(event: Event) -> bool:
        """Whether a movement only leads somewhere ("walks to the door") and is no activity of its own ("out walking")."""
        sentence, base = event.sentence, event.base
        begun = sentence.at(event.at - 1) == "to" and any(v.base in ("begin", "start") for v in verbs().get(sentence.at(event.at - 2), ()))
        if base not in cues.JOURNEYS or (begun and sentence.is_boundary(event.at + 1)):
            return False
        following = sentence.at(event.at + 1)
        if (
            base == "ride"
            and following in DETERMINERS
            and not {"elevator", "lift", "bus", "train", "tram", "metro", "subway"} & set(sentence.low)
        ):
            return False  # "rides a white mare along the shore"
        onward = sentence.at(event.at + 2)
        if following == "on" and (sentence.is_boundary(event.at + 2) or onward in ("with", "in", "through", "beside", "alone") or is_adverb(onward)):
            return False  # "rode on with her chin on her chest"
        if following == "with" and (base in ("drive", "ride", "row", "cycle") or (base in _AT_LEISURE and event.confidence == cues.REQUESTED)):
            return False  # "drove with the windows down"
        if cues.ONWARD.match(" ".join(sentence.low[event.at + 1 : event.at + 4])):
            return True
        if base == "run" and following not in ("", ",", "along", "on", "through", "around", "in"):
            return True
        if base in _AT_LEISURE and _ROUND_ABOUT.match(" ".join(sentence.low[event.at + 1 : event.at + 8])):
            return False  # "walks with you along the beach"
        return event.form in ("s", "base", "past") and base not in cues.LASTING_JOURNEYS

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


# --- which phrases are activities ----------------------------------------------------------------------------------

# Verbs (none: any), what follows them, and the activity that tells.
_FIGURES = (
    (word_set("fall be"), re.compile(r"(?:fast |sound |half )?asleep\b"), "sleeping"),
    (word_set("sink drift fall"), re.compile(r"(?:off )?(?:in)?to (?:an? )?(?:\w+ )?(?:sleep|slumber)\b"), "sleeping"),
    (
        word_set("get climb crawl slip go head tumble roll return sneak hop jump"),
        re.compile(r"(?:back )?(?:in|into|to) bed\b"),
        "lying in bed",
    ),
    (word_set("go come head"), cues.OUTING, "{}"),
    (
        word_set(""),
        re.compile(r"(?:\w+self )?(?:down )?(?:to|on|onto|upon) (?:one|a bended|both|her|his|my) (?:bent )?knees?\b"),
        "kneeling",
    ),
    (word_set(""), re.compile(r"(?:back |up )?to (?:her|his|my) feet\b"), "standing"),
    (word_set("get"), re.compile(r"up(?:$| (?:and|from|to|[,.]))"), "standing"),
    (word_set("start begin do"), re.compile(rf"(?:\w+ )?({cues.DONE.pattern})"), "doing {}"),
    (word_set("get"), re.compile(r"(?:some|a bit of|a little) (?:sleep|rest|shut-?eye)\b"), "sleeping"),
    (word_set("have"), re.compile(r"(?:this|that|the (?:next|first|last)|a) dance\b"), "dancing"),
    (word_set("get go carry press"), re.compile(r"on with (?:the|her|his|my) (\w+ing)\b"), "{}"),
    (word_set("get set go"), re.compile(r"(?:back )?to work (on (?:\w+ ){0,2}\w+)"), "working {}"),
)
_TO_A_SEAT = word_set("drop fall slide slip climb squeeze throw fling lower hop jump tumble scoot ease roll crash flump thump swing")
_SEAT = re.compile(
    r"(?:\w+self )?((?:back|down|heavily) )*(in|on)(?:to)? (the|an?|her|his|my|your) (?:[\w-]+ ){0,3}?"
    r"(armchair|chair|seat|sofa|couch|settee|bench|stool|barstool|booth|recliner|loveseat|beanbag|pew|saddle|cushions?|bed|hammock|mattress|sunbed|lounger)\b"
)
_TAKES_SEAT = re.compile(r"(?:an?|the|her|his|my|your) (?:[\w-]+ ){0,2}?(?:seat|chair|stool|armchair)\b(?! (?:to|for|off|away|back|and (?:drag|pull|set)))")
# Into these nobody sits down: "sinks into thought".
_NO_SEAT = re.compile(r"^ in (?:an? )?(?:\w+ )?(?:thought|silence|despair|gloom|memor(?:y|ies)|routine|rhythm)\b|^ *$")

# Verb: what the words after it must say for it to be an activity.
_MUST_SAY = {
    "take": cues.TAKEN,
    "do": cues.DONE,
    "rake": re.compile(r"\b(?:leaves|lawn|gravel|garden|hay|coals|path|yard|beds?|sand|soil)\b|^ *$"),
    "scramble": re.compile(r"\beggs?\b"),
    "tease": re.compile(r"\w"),
    "order": re.compile(f"{cues.MADE.pattern}|{cues.HAD.pattern}"),
    "wrap": re.compile(r"\b(?:presents?|gifts?|packages?|parcels?)\b"),
    "hide": re.compile(r"^ (?:behind|under|beneath|inside|in|from|among)\b"),
    "change": re.compile(r"\b(?:bandages?|dressings?|tyres?|tires?|bulbs?|oil|strings|nappy|diaper)\b"),
    "deal": re.compile(r"\bcards\b"),
    "shuffle": re.compile(r"\b(?:cards|deck)\b"),
    "dry": re.compile(r"\b(?:hair|dishes|plates|glasses|herbs)\b"),
    "pick": re.compile(r"^ at (?:\w+ )?(?:\w+ )?(?:food|salad|plate|meal|dinner|breakfast|lunch|crust|cake|fries|chips|sandwich|bagel|croissant|toast|pastry|muffin|food|rice|noodles|strings|guitar|banjo)\b|\b(?:flowers|wildflowers|\w*berries|apples|fruit|mushrooms|grapes|herbs|daisies|roses|tomatoes|olives|lemons|oranges|cotton|cherries|lavender)\b"),
    "fold": re.compile(r"\b(?:laundry|clothes|towels?|shirts|socks|sheets?|napkins?|paper|origami|map|letter|washing)\b"),
    "fish": re.compile(r"^(?! out| \w+ (?:\w+ )?out)(?!.*\b(?:out of|from|in) (?:\w+ )?(?:pocket|bag|purse)).*$"),
    "lift": re.compile(r"weights?|dumbbells?|barbells?"),
    "brush": re.compile(r"\b(?:hair|teeth|horse|dog|cat)\b(?!.*\b(?:behind|out of|from)\b)"),
    "gaze": re.compile(r"\b(?:out|stars|sunset|sunrise|sea|ocean|sky|window|view|fire|flames|horizon|moon|city|waves|lake)\b"),
    "stare": re.compile(r"\b(?:out|stars|sunset|sunrise|sea|ocean|sky|window|view|fire|flames|horizon|moon|city|waves|lake)\b"),
    "flip": re.compile(r"\b(?:pancakes?|burgers?|omelette|crepes?|crêpes?|eggs?|steaks?)\b"),
    "pull": re.compile(r"\b(?:weeds?|pints?)\b"),
    "swing": re.compile(r"^ (?:legs|feet|back and forth|from|sword|axe|racket|bat)\b"),
    "spread": re.compile(r"\b(?:butter|jam|icing|frosting|on toast)\b"),
    "suck": re.compile(r"\b(?:lollipop|popsicle|lolly|ice lolly|straw|sweet)\b"),
    "lick": re.compile(r"\b(?:ice cream|lollipop|popsicle|cone|spoon|icing|frosting)\b"),
    "count": re.compile(r"\b(?:money|coins|stars|clouds|stitches|cash|takings|change|sheep|laps|steps|reps)\b"),
    "pluck": re.compile(r"\b(?:strings?|harp|lute|guitar|eyebrows|chicken|goose|geese|duck|hen|pheasant|turkey|fowl|feathers|petals)\b"),
    "feast": re.compile(r"^ on\b(?! eyes)"),
    "tan": re.compile(r"^ *$|^ (?:on|by|in|with)\b"),
    "lunge": re.compile(r"^ *$"),
    "frost": re.compile(r"cake|cookies"),
    "lean": re.compile(r"^ back in\b|^ (?:back )?(?:against|across|forward|on|over(?! to)|out|by|beside)\b"),
    "sweep": re.compile(r"floor|^ *$"),
    "kiss": re.compile(r"\w"),
    "hug": re.compile(r"\w"),
    "embrace": re.compile(r"\w"),
    "massage": re.compile(r"\w"),
}  # fmt: skip
# "makes a face", "makes you laugh": nothing is made.
_NOT_MADE = re.compile(
    r"^ (?:it|them|him|her|you|me|us|sure|sense|way|comfy|comfortable|at home|useful|ready|happy|late|scarce|room|fun|love|out|up|off|for|do|good|peace|friends|time|space|eyes|believe|certain|clear|known|"
    r"light|small|plans|progress|eye|faces?|noises?|sounds?|history|contact|this|that|everything|things|someone|people)\b|"
    r"\b(?:face|wish|joke|noise|sound|mess|calls?|phone|point|decision|move|effort|promise|deal|bet|circle|gesture|show|fuss|scene|statement|remark|comment|"
    r"entrance|exit|appearance|difference|mistakes?|excuses?|grab|dash|run|beeline|start|note|mental|mind|day|night|living|toast|bow|fool|offer|suggestion|"
    r"impression|habit|fortune|money|list of|sense|turn|face|stop|detour|case|break|escape|getaway|fist|fists|pass|leap|jump|attempt)\b"
)
# Verb: what its words must not begin with or hold.
_MUST_NOT_SAY = {
    "make": _NOT_MADE,
    "dig": re.compile(r"\bout of\b|^ (?:in|through|around|up)\b|\b(?:toes|heels|fingers|nails|hands)\b"),
    "hold": re.compile(r"\b(?:shut|closed|tight|together|close)\b|^ (?:the |a )?(?:door|gate|it|them|us|eyes|head|back|on|still|out|up|her|his|that|this|this)\b|\b(?:breath|gaze|up|out)\b"),
    "play": re.compile(r"^ (?:with|along|it|coy|dumb)\b"),
    "watch": re.compile(r"^ (?:you|your|me|him|her|it|them|as|out|over|with|intently|how)\b"),
    "fold": re.compile(r"\b(?:back|away|up|into|over)\b"),
    "draw": re.compile(r"^ (?:closer|back|near|nearer|you|him|her|in|away|a (?!picture|portrait|sketch))\b"),
    "fix": re.compile(r"^ (?:\w+ )?(?:collar|tie|hair|gaze|eyes?|stare|smile)\b"),
    "read": re.compile(r"^ (?:your|you(?! (?:something|an?|the|that|this|your|more|another|one|some|from))|between)\b(?!.*book)"),
    "stand": re.compile(r"^ (?:back|aside|down|by|out|for|corrected|guard(?= duty))\b"),
    "lie": re.compile(r"^ to\b|\babout\b"),
    "gather": re.compile(r"^ up\b|\b(?:things|courage|strength|thoughts|hair|herself|himself|myself|skirts?)\b"),
    "kiss": re.compile(r"\b(?:cheek|forehead|nose|knuckles|hand|temple|goodbye|good night|goodnight)\b"),
    "hug": re.compile(r"\b(?:goodbye|good night|goodnight|closer|tighter|around)\b"),
}  # fmt: skip
_DONE_TO_A_BODY = word_set(
    "rest wash massage warm shave dry soak bathe moisturise moisturize exercise lather brush clean scrub dance"
)
_WITH_IT = word_set("eat drink sip read devour munch nibble")
# Not activities, though they may be going on with something at hand: what is thought, said, owned, begun, lost or worn.
_NOT_GOING_ON = word_set(
    "think know believe say tell ask reply answer mention suggest wonder guess suppose pretend offer threaten manage agree promise refuse decline forget "
    "remember remind imagine picture wish hope want need like love hate prefer consider plan intend try decide begin start keep continue stop avoid "
    "wear sport model rock have get give take lose leave let mean miss feel see hear smell notice realize realise become seem look show raise lower "
    "shake bite tilt nod turn bring put set make do catch break cut hit shut cross reach enter pass approach admit confess swear own belong include "
    "match suit accept change remove choose bless greet welcome invite live use spend bother face cover reveal expose spread tuck press grip clutch "
    "grab stroke caress touch pull push tug look smile grin glance peer gesture point wave nod shout call cry laugh yell giggle blush frown sigh gasp "
    "focus count check straighten smooth adjust hitch hoist brush_off"
)
_INTO_DEED = re.compile(r"(?:\w+self )?(?:down )?in(?:to)? an? ([\w-]+)(?: ([\w-]+))?")
_WORKING = re.compile(r"^ (?:on|out)\b")
_WORKING_NOW = re.compile(r"^ (?:(?:at|from|late|through)\b|$)")


_AT_LEISURE = word_set("walk stroll wander jog hike amble saunter ramble trek")
_ROUND_ABOUT = re.compile(
    r"(?:(?:with|beside|next to) \w+ |hand in hand |arm in arm |slowly |barefoot )*(?:along|through|around|round|about) "
    r"(?!(?:the |a |my |her |his |your )?(?:\w+ )?(?:doors?|doorway|gates?|entrance|crowd|corner|room|hall(?:way)?|corridor|house)\b)"
)


def _is_activity(base: str, form: str, phrase: str) -> bool:
    """Whether a verb with the words after it is something done for a while."""
    plain = f" {phrase.strip()}"
    first = phrase.split()[:1]
    if base == "make" and cues.MADE.search(plain) and not re.match(r" (?:a )?(?:beeline|run|dash|grab|mess|joke|fuss)\b", plain):
        return True  # "makes us both hot chocolate"
    if (base in cues.NEEDS_OBJECT and not first) or (first in (["it"], ["them"]) and base not in _WITH_IT):
        return False
    drawn = base in ("draw", "paint", "sketch", "carve")
    if first and not drawn and first[0] in cues.BODY_PARTS - {"hair", "face", "back"} and base not in _DONE_TO_A_BODY | cues.STAY and (base, form) != ("stretch", "ing"):
        return False  # "digs her toes into the sand"
    if base == "work":
        return bool(_WORKING.search(plain) or (form == "ing" and _WORKING_NOW.search(plain)))
    if base == "have":
        always = re.search(r"\b(?:a picnic|breakfast|lunch|dinner)\b", plain)
        return bool(always or (form == "ing" and cues.HAD.search(plain)))
    must, must_not = _MUST_SAY.get(base), _MUST_NOT_SAY.get(base)
    return (must is None or bool(must.search(plain))) and not (must_not and must_not.search(plain))
