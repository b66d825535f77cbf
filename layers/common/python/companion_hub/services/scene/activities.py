"""Which verbs with which words after them are something done for a while."""

import re

from companion_hub.services.scene import cues
from companion_hub.services.texts import word_set

# Verbs (none: any), what follows them, and the activity that tells.
FIGURES = (
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
    (word_set("pick take"), re.compile(r"up (?:her|his|my|the) (knitting|sewing|mending|weaving|whittling)\b"), "{}"),
    (word_set("get set go"), re.compile(r"(?:back )?to work (on (?:\w+ ){0,2}\w+)"), "working {}"),
)
TO_A_SEAT = word_set(
    "drop fall slide slip climb squeeze throw fling lower hop jump tumble scoot ease roll crash flump thump swing"
)
SEAT = re.compile(
    r"(?:\w+self )?((?:back|down|heavily) )*(in|on)(?:to)? (the|an?|her|his|my|your) (?:[\w-]+ ){0,3}?"
    r"(armchair|chair|seat|sofa|couch|settee|bench|stool|barstool|booth|recliner|loveseat|beanbag|pew|saddle|cushions?|bed|hammock|mattress|sunbed|lounger)\b"
)
TAKES_SEAT = re.compile(
    r"(?:an?|the|her|his|my|your) (?:[\w-]+ ){0,2}?(?:seat|chair|stool|armchair)\b(?! (?:to|for|off|away|back|and (?:drag|pull|set)))"
)
# Into these nobody sits down: "sinks into thought".
NO_SEAT = re.compile(r"^ in (?:an? )?(?:\w+ )?(?:thought|silence|despair|gloom|memor(?:y|ies)|routine|rhythm)\b|^ *$")

# Verb: what the words after it must say for it to be an activity.
_MUST_SAY = {
    "spoon": re.compile(r"^(?! .*\binto\b)"),
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
    "fish": re.compile(r"^(?! out|.*\bout of\b| \w+ (?:\w+ )?out)(?!.*\b(?:from|in) (?:\w+ )?(?:pocket|bag|purse)).*$"),
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
    "twirl": re.compile(r"\b(?:hair|strand|lock|curl|finger|fingers|ring|pen|pencil|keys|straw|necklace|wand|knife)\b"),
    "wind": re.compile(r"\b(?:hair|strand|lock|curl)\b"),
    "sit": re.compile(r"^ (?:through|on) (?:an?|another|the|this|that) (?:\w+ )?(?:\w+ )?(?:meeting|lecture|speech|show|committee|board|jury|exam)\b"),
    "sink": re.compile(r"^ (?:in|into) (?:\w+ )?(?:it|thought)\b"),
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
NOT_GOING_ON = word_set(
    "think know believe say tell ask reply answer mention suggest wonder guess suppose pretend offer threaten manage agree promise refuse decline forget "
    "remember remind imagine picture wish hope want need like love hate prefer consider plan intend try decide begin start keep continue stop avoid "
    "wear sport model rock have get give take lose leave let mean miss feel see hear smell notice realize realise become seem look show raise lower "
    "shake bite tilt nod turn bring put set make do catch break cut hit shut cross reach enter pass approach admit confess swear own belong include "
    "match suit accept change remove choose bless greet welcome invite live use spend bother face cover reveal expose spread tuck press grip clutch "
    "grab stroke caress touch pull push tug look smile grin glance peer gesture point wave nod shout call cry laugh yell giggle blush frown sigh gasp "
    "focus count check straighten smooth adjust hitch hoist brush_off"
)
INTO_DEED = re.compile(r"(?:\w+self )?(?:down |forward |back |over )?in(?:to)? an? ([\w-]+)(?: ([\w-]+))?")
_WORKING = re.compile(r"^ (?:on|out)\b")
_WORKING_NOW = re.compile(r"^ (?:(?:at|from|late|through)\b|$)")


AT_LEISURE = word_set("walk stroll wander jog hike amble saunter ramble trek")
ROUND_ABOUT = re.compile(
    r"(?:(?:with|beside|next to) \w+ |hand in hand |arm in arm |slowly |barefoot |out |on |down )*(?:along|through|around|round|about) "
    r"(?!(?:the |a |my |her |his |your )?(?:\w+ )?(?:doors?|doorway|gates?|entrance|crowd|corner|room|hall(?:way)?|corridor|house)\b)"
)


def is_activity(base: str, form: str, phrase: str) -> bool:
    """Whether a verb with the words after it is something done for a while."""
    plain = f" {phrase.strip()}"
    first = phrase.split()[:1]
    if (
        base == "make"
        and cues.MADE.search(plain)
        and not re.match(r" (?:a )?(?:beeline|run|dash|grab|mess|joke|fuss)\b", plain)
    ):
        return True  # "makes us both hot chocolate"
    if (base in cues.NEEDS_OBJECT and not first) or (first in (["it"], ["them"]) and base not in _WITH_IT):
        return False
    drawn = base in ("draw", "paint", "sketch", "carve")
    if (
        first
        and not drawn
        and first[0] in cues.BODY_PARTS - {"hair", "face", "back"}
        and base not in _DONE_TO_A_BODY | cues.STAY
        and (base, form) != ("stretch", "ing")
    ):
        return False  # "digs her toes into the sand"
    if base == "work":
        return bool(_WORKING.search(plain) or (form == "ing" and _WORKING_NOW.search(plain)))
    if base == "have":
        always = re.search(r"\b(?:a picnic|breakfast|lunch|dinner)\b", plain)
        return bool(always or (form == "ing" and cues.HAD.search(plain)))
    must, must_not = _MUST_SAY.get(base), _MUST_NOT_SAY.get(base)
    return (must is None or bool(must.search(plain))) and not (must_not and must_not.search(plain))
