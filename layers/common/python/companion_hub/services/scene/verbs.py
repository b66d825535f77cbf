"""The verbs the scene rules know, in all their forms, and the small closed word classes of English they need.

Only forms and classes live here; what a verb does to the scene is decided in ``rules``.
"""

import re
from functools import cache
from typing import Literal, NamedTuple

from companion_hub.services.texts import word_set

Form = Literal["base", "s", "ing", "past", "pp"]

# "base[/past[/participle]]"; regular forms are made.  A verb outside this table is not seen as one.
_VERBS = """
wiggle reappear itch pinch chafe squeak pedal circle wobble teeter materialise materialize put/put pull slip throw/threw/thrown tug shrug slide/slid draw/drew/drawn strap clip get/got/gotten yank wriggle buckle
don wear/wore/worn sport model wrap cover drape bundle swaddle fasten clasp tie knot lace hook pin set/set place perch
settle secure loop wind/wound sling/slung take/took/taken peel kick strip toss tear/tore/torn rip push ease work help
step climb squeeze shimmy squirm struggle change remove shed/shed discard doff ditch lose/lost unwrap drop undress disrobe
unbutton unzip open undo/undid/undone unfasten unlace untie unhook unclasp unbuckle loosen button zip close do/did/done
swap trade switch replace exchange hang/hung leave/left lay/laid fling/flung fold dress let/let pool fall/fell/fallen
walk stroll wander drive/drove/driven ride/rode/ridden head hike travel fly/flew/flown sail arrive enter march jog sprint
hurry rush return sneak tiptoe pad skip race venture wade proceed saunter stride/strode scurry dash trot creep/crept crawl
swim/swam/swum retire retreat escape flee/fled go/went/gone come/came/come run/ran/run turn move jump hop dive reach
find/found land end park lead/led bring/brought carry guide drag escort follow accompany join usher meet/met dart glide
shuffle stumble stagger emerge appear vanish disappear depart exit cross pass approach drift meander make/made lug trudge
stand/stood sit/sat lie/lay/lain wait lean kneel/knelt lounge relax rest stay remain sleep/slept nap doze recline sprawl
curl crouch squat huddle nestle snuggle cuddle spoon plop flop sink/sank/sunk collapse slump perch
cook bake read/read dance drink/drank/drunk sip eat/ate/eaten write/wrote/written paint sketch play practise practice type
study exercise stretch jam watch listen sing/sang/sung hum cry sob hug kiss embrace clean wash scrub mop sweep/swept shower
bathe soak shop garden sunbathe surf skate ski snowboard fish knit sew crochet meditate pray teach/taught text scroll game
stargaze brush comb pack unpack prepare pour stir chop slice knead whisk grill roast fry boil munch nibble snack smoke
train lift row cycle bike build/built fix repair draw ski paddle float splash iron vacuum dust fold water plant dig/dug
rake feed/fed pet groom shave apply arrange decorate edit film record browse research code program tune strum browse gaze
stare admire examine polish mix brew steep serve taste dine toast celebrate laugh smile grin giggle chuckle nod sigh blush
wink say/said tell/told ask reply answer whisper murmur mutter call shout think/thought know/knew/known feel/felt see/saw/seen
look glance hear/heard smell tilt raise lower shake/shook/shaken bite/bit/bitten blink frown pout gasp breathe speak/spoke/spoken
talk chat tease beam purr hesitate pause notice realize realise remember remind imagine picture wish hope want need like love
hate prefer consider plan intend try decide agree promise refuse decline forget/forgot/forgotten begin/began/begun start
keep/kept continue proceed finish stop avoid suggest mention dream wonder guess suppose pretend offer threaten manage
hold/held grab clutch grip pick catch/caught give/gave/given hand pass show/showed/shown touch stroke trace caress rub
massage pat poke nudge press tuck smooth adjust straighten twirl spin/spun bounce sway rock shiver tremble nuzzle tickle
pace use seem become/became/become smell glow shine/shone bend/bent offer order buy/bought own sell/sold borrow pay/paid
live lend/lent invite bless greet welcome wave knock ring/rang/rung lock unlock turn light/lit warm dry cool cling/clung
choose/chose/chosen wake/woke/woken rise/rose/risen admit confess swear/swore/sworn mean/meant gesture point clap cheer
snap burst/burst break/broke/broken cut/cut hit/hit shut/shut spread/spread attend visit explore tour wrestle spar fight/fought
bask picnic camp roller-skate ice-skate star-gaze hide/hid/hidden lock grow/grew/grown assist snooze slumber juggle sculpt
sunbake twist fiddle fidget swing/swung steal/stole/stolen snatch fetch rummage search straddle mount dismount board
toe teleport beam unpin unstrap unwind/unwound duck burst/burst barge storm amble trek slink barrel hobble plod mosey pop nip trot skip add pose flounce sashay
steer whisk shove stow hurl roll tumble accept belong include match suit fit/fit hug
whip unknot stuff cram pocket stash chuck flutter heel jam grind/ground sort carve weave/wove/woven whittle weed mow simmer scramble
blend garnish spread butter chew gulp drain refill fill wipe rinse lather shampoo straighten braid plait trim pluck scrape shovel hammer
assemble solder tinker mend patch stitch embroider doodle scribble scrawl log binge rehearse recite perform serenade conduct
compose gamble bowl dribble box shoot/shot rappel snorkel kayak windsurf collect gather forage harvest sow/sowed/sown prune tend
milk saddle hunt scout decipher inspect sharpen aim conjure enchant heal bandage nurse soothe babysit/babysat queue
loiter laze loll slouch daydream brood sulk mope weep/wept snore drowse smooch flirt gossip argue haggle barter lecture bartend
pitch untangle unlock unbolt loosen squash peg crank heave haul barge trundle zoom speed/sped cruise hitchhike commute migrate check
rent bundle thrash squeak jostle hasten flit wend descend ascend reenter wheel veer detour bother spend/spent resume
dab moisturise moisturize rearrange tidy unload sip slurp devour savour savor dunk dissect measure translate proofread grade
sniff rustle photograph birdwatch wallow gobble cartwheel tango waltz salsa karaoke unfurl steer swirl lounge squeegee bail chauffeur
peer trample deal/dealt shuffle stick/stuck burrow board plonk splash seat swing/swung push reveal expose unclip unzip unroll unfold sew crouch crawl undrape swish shimmy
baste grate mash marinate barbecue frost fillet shuck churn ferment pickle plank lunge bench-press deadlift shadowbox varnish drill weld
wallpaper hoover disinfect declutter launder reorganize reorganise restock catalogue alphabetize hem darn quilt revise memorize memorise tutor debug
blog livestream doomscroll breakdance headbang twerk moonwalk tap-dance slow-dance tan paddleboard bodyboard wakeboard toboggan sledge shear plough plow hoe
mulch busk croon chant yodel people-watch eavesdrop swig guzzle feast lick suck canoodle flip marvel doze sightsee window-shop beachcomb
scamper scuttle scoot sidle limp lope prance swagger swoop clamber lurch plunge stomp roam prowl lumber waddle hustle zigzag canter gallop vault leap bolt stalk
totter traipse ramble romp toddle withdraw/withdrew/withdrawn breeze tread/trod/trodden bury spring/sprang/sprung
zip strap slather rub toggle unbelt unwrap uncover unveil
spit/spat deposit dump deliver wash strand hoist smuggle herd heft propel chivvy coax bustle spirit march hand hound chase abandon dangle confiscate
jettison slough slither puddle bear/bore/borne relieve divest rid free rob bury shell whitewash catalogue bleach hone solder declutter shelter cannonball belly-flop somersault wedge rattle wrench undo thrust/thrust
bound careen file troop stream dock moor shelter lodge roost dwell/dwelt encamp tarry screech send/sent chill vibe lollygag allow burn cause claim complain confirm connect consist contain contribute cost/cost create deny depend describe destroy develop die discover
discuss enable encourage enjoy exist expect explain extend fail forgive gain handle happen hurt/hurt identify improve include inform introduce involve kill
learn obtain occur prevent produce protect prove provide receive recognize recognise refer relate release repeat represent require save share succeed suffer
survive thank treat understand/understood warn win/won worry arrest bang bark beg boast bump comfort cough crack crash curse dare dip dodge doubt drown
earn embarrass fade flow freeze/froze/frozen frighten glare groan growl halt ignore inhale insist jerk launch lurk marry melt moan mumble obey observe occupy
peek pinch plead punch ram reject rely ruin scare scatter scold scratch scream shift shriek slam slap smash sneeze spill spoil spray squeal strike/struck
surround suspect sweat swell/swelled/swollen tap tempt terrify thaw tip tow trip trust wag wail waste weigh whirl wobble wreck yawn yell blow/blew/blown
cast/cast forbid/forbade/forbidden shrink/shrank/shrunk split/split sting/stung wring/wrung beckon bob brace brandish bristle burp buzz cackle caution choke clamp
clatter claw clench click coil collide conceal cower crackle cringe croak crumple crunch curtsy drip droop drench envelop evade exhale ferry flail flap flare
flatten flex flick flicker flinch flush frolic fumble fuss gape glisten glitter graze grimace grope grumble grunt gush hover hurtle jab jangle jiggle jingle jolt
linger loom mimic ooze patter perk plummet pounce prod pry quiver rap reel retrieve revel roar sag scan scoff scoop scorch scowl scuff seep seethe seize
shatter shepherd shimmer shudder sift sizzle skid skim slacken smear smirk smother snag snarl snicker sniffle snort soar splay splutter sprinkle squint
steady stifle stoke stoop strain stray streak strut surge swat swerve swipe swivel swoon tangle taunt tether thump tighten topple tousle traverse trickle twitch
uncork uncurl unravel unsheathe waft waver wheeze whimper whine whoop wield wiggle wilt wince wither writhe attach detach collapse rattle confront console
unbuckle confine install relocate decamp adjourn repair transfer blunder
"""
# Of several syllables, and the last doubled all the same; of one syllable they are told by their letters.
_DOUBLED = word_set("unzip unpin unwrap unclip unplug begin admit program forget babysit unknot zigzag kidnap")


class Verb(NamedTuple):
    base: str
    forms: frozenset[Form]


@cache
def verbs() -> dict[str, tuple[Verb, ...]]:
    """Return for each form of each known verb what it may be ("put" is base, past and participle)."""
    table: dict[str, dict[str, set[Form]]] = {}
    for entry in _VERBS.split():
        base, past, pp, present, ing = _conjugate(entry)
        words: tuple[tuple[str, Form], ...] = (
            (base, "base"), (present, "s"), (ing, "ing"), (past, "past"), (pp, "pp"),
        )  # fmt: skip
        for word, form in words:
            table.setdefault(word, {}).setdefault(base, set()).add(form)
    table["queueing"] = {"queue": {"ing"}}
    table["having"] = {"have": {"ing"}}  # else a helper
    del table["gardens"]  # nearly always the place
    for base in (
        "travel",
        "shovel",
        "pedal",
        "marvel",
        "unravel",
        "snorkel",
        "swivel",
        "cancel",
    ):  # as the British spell them
        british: tuple[tuple[str, tuple[Form, ...]], ...] = (("led", ("past", "pp")), ("ling", ("ing",)))
        for ending, forms in british:
            table.setdefault(base + ending, {}).setdefault(base, set()).update(forms)
    return {word: tuple(Verb(base, frozenset(forms)) for base, forms in bases.items()) for word, bases in table.items()}


def _conjugate(entry: str) -> tuple[str, str, str, str, str]:
    base, *irregular = entry.split("/")
    past = irregular[0] if irregular else _ed(base)
    pp = irregular[1] if irregular[1:] else past
    return base, past, pp, _third(base), gerund(base)


def _ends_consonant_y(word: str) -> bool:
    return word.endswith("y") and word[-2:-1] not in "aeiou"


def _doubles(base: str) -> bool:
    """Whether the last letter is doubled: one syllable that ends in one vowel and one consonant, or stress at the end."""
    return base in _DOUBLED or re.fullmatch(r"(?:[^aeiou]|qu)*[aeiou][^aeiouwxy]", base) is not None


def _third(base: str) -> str:
    if base in ("do", "go", "undo", "redo") or base.endswith(("s", "sh", "ch", "x", "z")):
        return base + "es"
    return base[:-1] + "ies" if _ends_consonant_y(base) else base + "s"


def _ed(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if _ends_consonant_y(base):
        return base[:-1] + "ied"
    return base + base[-1] + "ed" if _doubles(base) else base + "ed"


def gerund(base: str) -> str:
    """Return the -ing form of a verb's base."""
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + "ing"
    return base + base[-1] + "ing" if _doubles(base) else base + "ing"


PRONOUNS = word_set(
    "i me you he him she her they them we us it myself yourself himself herself themselves ourselves themself who"
)
SUBJECTS = frozenset(["i", "you", "he", "she", "they", "we", "it", "who"])
POSSESSIVES = frozenset(["my", "your", "his", "her", "their", "our", "its", "whose"])
DETERMINERS = (
    word_set("a an the this that these those some any no another each every both all several few many more most enough")
    | POSSESSIVES
)
BE = word_set("am is are was were be been being 'm 're 's ’m ’re ’s isn't aren't wasn't weren't")
HAVE = frozenset(["have", "has", "had", "having", "'ve", "’ve"])
DO = frozenset(["do", "does", "did"])
MODALS = word_set(
    "would could might may should can must will shall 'll ’ll 'd ’d ought wanna gonna gotta wouldn't couldn't "
    "shouldn't can't cannot won't mustn't needn't"
)
NEGATIONS = word_set("not n't n’t never hardly barely scarcely nearly almost neither nor")
CONJUNCTIONS = word_set(
    "and but while as then before after because so when until till though although or whereas yet once since "
    "unless if whenever than til where wherever whilst lest"
)
PREPOSITIONS = word_set(
    "to into onto toward towards in inside on upon at by near beside beneath underneath under over from of off out through "
    "across along around round about against behind between among with without for past up down upstairs "
    "downstairs outside within next like during back away aside despite amid amidst amongst throughout underfoot alongside aboard astride"
)
ADVERBS = word_set(
    "halfway midway backwards sideways properly now then just still already finally again soon also even only really actually simply too here there first "
    "next instead back once together eventually suddenly meanwhile always often usually sometimes rarely later "
    "today tonight please quite very so maybe perhaps probably both all right carefully well fast hard straight "
    "quick away ahead forward almost nearly otherwise afterwards afterward somewhat somehow half gently "
    "momentarily somewhere anywhere everywhere nowhere real super alone playfully twice thrice ever currently never gladly"
)
NOT_ADVERBS = word_set(
    "family belly lily jelly bully ally holly emily sally kelly molly billy lily reply fly supply woolly frilly "
    "gully folly assembly anomaly monopoly butterfly dragonfly italy sicily july rally filly dolly lolly brolly homily panoply sully tally wobbly homely comely burly surly stately "
    "costly deadly lively lowly manly womanly heavenly earthly ghostly beastly ghastly unruly wily bubbly crumbly prickly smelly wiggly squiggly giggly curly lovely friendly silly ugly lonely cuddly early chilly hilly"
)  # fmt: skip


def is_adverb(word: str) -> bool:
    return word in ADVERBS or (word.endswith("ly") and len(word) > 4 and word not in NOT_ADVERBS)
