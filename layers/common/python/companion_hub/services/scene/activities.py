"""Which verbs with which words after them are something done for a while."""

import re

from companion_hub.services.scene import cues
from companion_hub.services.texts import word_set

# Verbs (none: any), what follows them, and the activity that tells.
FIGURES = (
    (word_set("fall be"), re.compile(r"(?:fast |sound |half )?asleep\b"), "sleeping"),
    (word_set("go"), re.compile(r"(?:straight |right )?(?:back )?to sleep\b"), "sleeping"),
    (word_set("sink drift fall"), re.compile(r"(?:off )?(?:in)?to (?:an? )?(?:\w+ )?(?:sleep|slumber)\b"), "sleeping"),
    (
        word_set("get climb crawl slip go head tumble roll return sneak hop jump"),
        re.compile(r"(?:back )?(?:in|into|to) bed\b"),
        "lying in bed",
    ),
    (word_set("hop jump get step"), re.compile(r"in(?:to)? the (shower)\b"), "showering"),
    (word_set("go come head"), cues.OUTING, "{}"),
    (
        word_set(""),
        re.compile(
            r"(?:\w+self )?(?:down )?(?:to|on|onto|upon) (?:one|a bended|both|her|his|my|your) (?:bent )?knees?\b"
        ),
        "kneeling",
    ),
    (word_set(""), re.compile(r"(?:back |up )?to (?:her|his|my) feet\b"), "standing"),
    (word_set("get"), re.compile(r"up(?:$| (?:and|from|to|[,.]))"), "standing"),
    (word_set("start begin do"), re.compile(rf"(?:\w+ )?({cues.DONE.pattern})"), "doing {}"),
    (word_set("get"), re.compile(r"(?:some|a bit of|a little) (?:sleep|rest|shut-?eye)\b"), "sleeping"),
    (word_set("have"), re.compile(r"(?:this|that|the (?:next|first|last)|a) dance\b"), "dancing"),
    (
        word_set("start get"),
        re.compile(
            r"on the (ironing|washing|cooking|dusting|baking|gardening|weeding|vacuuming|painting|packing|cleaning)\b"
        ),
        "{}",
    ),
    (word_set("get go carry press"), re.compile(r"on with (?:the|her|his|my) (\w+ing)\b"), "{}"),
    (word_set("pick take"), re.compile(r"up (?:her|his|my|the) (knitting|sewing|mending|weaving|whittling)\b"), "{}"),
    (word_set("set lay"), re.compile(r"(?:the|a) table\b"), "setting the table"),
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
    r"(?:her|his|my|your) place (?:at|on|in|beside|next)\b|(?:an?|the|her|his|my|your) (?:[\w-]+ ){0,2}?(?:seat|chair|stool|armchair)\b(?! (?:to|for|off|away|back|and (?:drag|pull|set)))"
)
# Into these nobody sits down: "sinks into thought".
NO_SEAT = re.compile(
    r"^ in (?:an? )?(?:\w+ ){0,2}(?:bend|stretch|pose|lunge|squat|forward|bow|curtsy|thought|silence|despair|gloom|memor(?:y|ies)|routine|rhythm)\b|^ *$"
)

# Verb: what the words after it must say for it to be an activity.
_MUST_SAY = {
    "spoon": re.compile(r"^(?! .*\binto\b)"),
    "take": cues.TAKEN,
    "do": cues.DONE,
    "milk": re.compile(r"\b(?:cows?|goats?|sheep|ewes?)\b"),
    "dust": re.compile(r"shel(?:f|ves)|furniture|mantel|piano|books|lamps?|table|room|house|frames|cake|counter|^ *$"),
    "pour": re.compile(r"coffee|tea|wine|drink|water|glass|cup|mug|batter|syrup|milk|juice|whisk(?:e)?y|beer|champagne|cocoa|chocolate|cocktail|sake|soup|sauce|lemonade|rum|ale|^ *$|^ (?:us|you|two)\b"),
    "peel": re.compile(r"\b(?:potato(?:es)?|carrots?|apples?|oranges?|onions?|garlic|shrimps?|prawns?|eggs|vegetables|veg|mango(?:es)?|bananas?|ginger|tangerines?|clementines?|cucumbers?)\b"),
    "rake": re.compile(r"\b(?:leaves|lawn|gravel|garden|hay|coals|embers|ashes|fire|path|yard|beds?|sand|soil)\b|^ *$"),
    "scramble": re.compile(r"\beggs?\b"),
    "tease": re.compile(r"\w"),
    "order": re.compile(f"{cues.MADE.pattern}|{cues.HAD.pattern}"),
    "wrap": re.compile(r"\b(?:presents?|gifts?|packages?|parcels?)\b"),
    "hide": re.compile(r"^ *$|^ (?:because|behind|under|beneath|inside|in|from|among)\b"),
    "change": re.compile(r"\b(?:bandages?|dressings?|tyres?|tires?|bulbs?|oil|strings|nappy|diaper)\b"),
    "deal": re.compile(r"\bcards\b"),
    "shuffle": re.compile(r"\b(?:cards|deck)\b"),
    "dry": re.compile(r"\b(?:hair|dishes|plates|glasses|herbs)\b"),
    "pick": re.compile(r"^ at (?:\w+ )?(?:\w+ )?(?:food|salad|plate|meal|dinner|breakfast|lunch|crust|cake|fries|chips|sandwich|bagel|croissant|toast|pastry|muffin|food|rice|noodles|strings|guitar|banjo)\b|\b(?:flowers|wildflowers|\w*berries|apples|fruit|mushrooms|grapes|herbs|daisies|roses|tomatoes|olives|lemons|oranges|cotton|cherries|lavender)\b"),
    "fold": re.compile(r"\b(?:laundry|clothes|towels?|shirts|socks|sheets?|napkins?|paper|origami|map|letter|washing)\b"),
    "fish": re.compile(r"^(?! out|.*\bout of\b| \w+ (?:\w+ )?out)(?!.*\b(?:from|in) (?:\w+ )?(?:pocket|bag|purse)).*$"),
    "lift": re.compile(r"weights?|dumbbells?|barbells?"),
    "brush": re.compile(r"^(?!.*\b(?:behind|out of|from|off)\b).*\b(?:hair|teeth|horse|dog|cat|mare|pony|stallion|gelding|foal|mane|flank|fur|wig|doll|mud)\b"),
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
    "sweep": re.compile(r"floor|shards|glass|leaves|crumbs|mess|dust|porch|steps|path|yard|ashes|hair|chimney|^ *$"),
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
    "sit": re.compile(r"^ with (?:them|it|that|feelings|thoughts)$|^ through (?:\w+ ){1,3}(?:pages|hours|episodes)|^ (?:through|on) (?:an?|another|the|this|that) (?:\w+ )?(?:\w+ )?(?:meeting|lecture|speech|show|committee|board|jury|exam)\b"),
    "sink": re.compile(r"^ (?:in|into) (?:\w+ )?(?:it|thought)\b"),
    "make": _NOT_MADE,
    "dig": re.compile(r"\bout of\b|^ (?:in|out|around)\b|^ through (?!.*\b(?:trunks?|boxe?s?|crates?|chests?|attic|drawers?|piles?)\b)|^ up\b(?!.*\b(?:potatoes|carrots|beets|onions|weeds|roots|bulbs|garden|beds?|soil|earth|turnips|leeks|worms|clams|lawn)\b)|^ (?:(?:my|her|his|the) )?(?:toes|heels|fingers|nails|hands)\b"),
    "hold": re.compile(r"^ (?:you|him|her) to (?:it|that)\b|\b(?:steady|shut|closed|tight|together|close)\b|^ (?:the |a )?(?:door|gate|it|them|us|eyes|head|back|on|still|out|up|her|his|that|this|this)\b|\b(?:breath|gaze|up|out)\b"),
    "play": re.compile(r"^ (?:with(?! both hands| (?:you|him|the (?:dog|cat|kids|children|puppy|kitten))\b)|along|it|coy|dumb)\b"),
    "watch": re.compile(r"^ (?:the )?(?:puddle|steps?|road|edge|gap|ice|time|clock|glass|wires?|language)\b|^ (?:you|your|me|him|her|it|them|as|out|over|with|intently|how)\b"),
    "fold": re.compile(r"\b(?:back|away|up|into(?! (?:[\w-]+ ){0,2}(?:squares?|piles?|stacks?|thirds|triangles|shapes|cranes?|halves|swans?|birds|roses|flowers|fans|boats|planes|hearts|stars))|over)\b"),
    "hug": re.compile(r"^ (?:against|tight)\b|\b(?:goodbye|good night|goodnight|closer|tighter|around)\b"),
    "hide": re.compile(r"^ behind (?:an?|the|my|her|your)? ?(?:cushion|pillow|hands?|hair|book|mug|cup|glass|menu|fan|fingers)\b"),
    "gather": re.compile(r"^ (?:you|him|her)\b|^ up\b|\b(?:things|courage|strength|thoughts|hair|herself|himself|myself|skirts?)\b"),
    "hum": re.compile(r"^ *$|^ (?:under|thoughtfully|softly|quietly|in|approvingly|happily|contentedly|as|at|against)\b|^ a (?:few|bar)\b"),
    **dict.fromkeys(
        ("cook", "roast", "grill", "fry"),
        re.compile(r"^ (?:me|you|us|him|them)(?! (?:an?|some|the|dinner|breakfast|lunch|supper|something|that|your|my|pancakes|eggs|pasta|all)\b)"),
    ),
    "hunt": re.compile(r"^ (?:for|through|around|in|down)\b"),
    "study": re.compile(r"^ (?:you|him|her|them|me|your|his|its|each other|(?:the|my) (?:\w+ )?(?:face|expression|profile|look|eyes))\b"),
    "stretch": re.compile(r"^ (?:one |an |a |out )?(?:arm|hand|finger)s? (?:toward|out|for|across|to)"),
    "talk": re.compile(r"^ about$"),
    "pray": re.compile(r"^ for (?:me|you|us|him|her|it)$"),
    "draw": re.compile(r"^ (?:closer|back|near|nearer|you (?=(?:closer|in|near|into|against|towards?|back|down|up|out|away|to)\b)|him|her|in|away|a (?!picture|portrait|sketch))\b|\b(?:strings?|curtains?|blinds?|drapes|breath|sword|dagger|blade|gun|pistol|weapon|attention|knees|legs|hood|cloak|circles)\b"),
    "fix": re.compile(r"^ (?:you|him|her|me) with\b|^ (?:\w+ )?(?:collar|tie|hair|gaze|eyes?|stare|smile)\b"),
    "read": re.compile(r"^ (?:your|you(?! (?:something|an?|the|that|this|your|more|another|one|some|from))|between)\b(?!.*book)"),
    "stand": re.compile(r"^ (?:back|aside|down|by(?! (?:the|a|my|your|me|you)\b)|out|for|corrected|guard(?= duty))\b"),
    "lie": re.compile(r"^ to\b|\babout\b"),
    "kiss": re.compile(r"\b(?:cheek|forehead|nose|knuckles|hand|temple|goodbye|good night|goodnight)\b"),
}  # fmt: skip
_DONE_TO_A_BODY = word_set(
    "rest wash massage warm shave dry soak bathe moisturise moisturize exercise lather brush clean scrub dance"
)
_WITH_IT = word_set("knead sharpen feed sing eat drink sip read devour munch nibble")
# Not activities, though they may be going on with something at hand: what is thought, said, owned, begun, lost or worn.
NOT_GOING_ON = word_set(
    "think know believe say tell ask reply answer mention suggest wonder guess suppose pretend offer threaten manage agree promise refuse decline forget "
    "remember remind imagine picture wish hope want need like love hate prefer consider plan intend try decide begin start keep continue stop avoid "
    "wear sport model rock have get give take lose leave let mean miss feel see hear smell notice realize realise become seem look show raise lower "
    "shake bite tilt nod turn bring put set make do catch break cut hit shut cross reach enter pass approach admit confess swear own belong include "
    "breathe switch swap trade die mutter mumble whisper murmur drip shiver tremble kid joke bluff kill glow match suit accept change remove choose bless greet welcome invite live use spend bother face cover reveal expose spread tuck press grip clutch "
    "grab stroke caress touch pull push tug look smile grin glance peer gesture point wave nod shout call cry laugh yell giggle blush frown sigh gasp "
    "focus count check straighten smooth adjust hitch hoist brush_off"
)
INTO_DEED = re.compile(r"(?:\w+self )?(?:down |forward |back |over )?in(?:to)? an? ([\w-]+)(?: ([\w-]+))?")
_WORKING = re.compile(r"^ (?:on|out)\b")
_WORKING_NOW = re.compile(r"^ (?:(?:at|from|late|through)\b|$)")


AT_LEISURE = word_set("walk stroll wander jog hike amble saunter ramble trek")
ROUND_ABOUT = re.compile(
    r"(?:(?:with|beside|next to) \w+ |hand in hand |arm in arm |slowly |barefoot |out |on |down )*(?:along|through|around|round|about|beneath|under|among) "
    r"(?!(?:the |a |my |her |his |your )?(?:\w+ )?(?:doors?|doorway|gates?|entrance|crowd|corner|room|hall(?:way)?|corridor|house)\b)"
)


_TOGETHER = re.compile(r"^ (?:hand in hand|arm in arm|side by side|back to back|cheek to cheek|face to face)\b")
_FOR_A_MOMENT = re.compile(r"^ (?:once|twice|one last|for a (?:second|moment|beat))\b")


def is_activity(base: str, form: str, phrase: str) -> bool:
    """Whether a verb with the words after it is something done for a while."""
    plain = f" {phrase.strip()}"
    if _FOR_A_MOMENT.match(plain) and base not in cues.STAY:
        return False
    phrase = _TOGETHER.sub("", phrase)
    first = phrase.split()[:1]
    if base in ("twirl", "spin") and form != "ing" and not first:
        return False  # "*twirls*"
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
