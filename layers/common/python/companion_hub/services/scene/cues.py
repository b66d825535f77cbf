"""What the scene rules look for: verbs by what they do, and the words that tell wish, memory, plan or refusal.

Plain data.  ``persons`` and ``voices`` settle who acts, ``happening`` whether it happens, ``dressing``, ``moving`` and ``doing`` what it
does to outfit, place and activity.
"""

import re

from companion_hub.services.texts import word_set

# --- how sure ------------------------------------------------------------------------------------------------------

# The companion's own narration; what the user narrates about the companion; what the user only asks for.
NARRATED = 0.9
DONE_TO = 0.7
REQUESTED = 0.4
# Neither happening nor ruled out: left to the model and to the next message.
OPEN = -1.0

# --- words ---------------------------------------------------------------------------------------------------------

# Between "is" and the place one is at.
HELD_UP = word_set(
    "barefoot awake happy hard deep somewhere stuck trapped alone safe busy late stranded parked huddled finally"
)
# No part of a noun phrase, written in a hurry: "get in the car babe", "put your shoes on pls".
AFTER_ALL = word_set(
    "anyway anyhow regardless nonetheless properly backwards babe baby honey hun sweetie darling lol lmao rn tho pls plz please btw bc cuz omg asap ok okay"
)
# "is good at the game": nobody is there.
NO_STATE = word_set("good bad great better best worse worst interested popular famous involved engaged known common rare new sure certain present absent fluent expert "
                    "skilled terrible hopeless awful angry mad annoyed surprised amazed shocked delighted disappointed fixed set based so not the a no like")  # fmt: skip
BE_PLACES = word_set(
    "through into off among amid under behind in at on by beside near over across inside outside upstairs downstairs home back naked nude barefoot asleep out"
)
EMBRACES = {"hug": "hugging you", "kiss": "kissing you", "embrace": "embracing you", "cuddle": "cuddling with you"}
# These take someone along only when someone is named.
NEEDS_PASSENGER = word_set(
    "show seat drop haul shepherd lure wheel take bring carry drag pull meet join lead guide usher escort accompany whisk steer lug teleport"
)
WATCHES = word_set(
    "feed survey scan look peer view squint work call text wave watch gaze stare admire observe fish paint sketch sing keep photograph"
)
PERCEIVES = word_set("see hear watch feel notice smell find leave keep get have catch send set spot")
# Nobody goes anywhere though a person and a place follow.
NO_PASSENGERS = word_set("tell ask want need wish imagine remember remind love like hate miss see watch hear feel think know believe look call say show "
                         "picture recognize recognise notice beat kiss hug hold touch stroke press hit kick warn promise invite expect sketch paint "
                         "photograph film dream describe praise thank tease leave make have smile wave stare gaze point pat poke tickle envy trust serve "
                         "feed text email order")  # fmt: skip
# These put someone in a place; other verbs with "in" or "at" only tell where it happens.
SETS_DOWN = word_set(
    "throw toss put set drop dump spit deposit lay seat strand plunk plop dunk push shove land place trap lock corner find wake sit fling pin plant"
)
# Through what these lead one still is.
AMBLES = word_set(
    "walk stroll wander jog hike amble saunter ramble trek roam prowl meander pace ride cycle drift explore tour wade skate run race"
)
# With "of" after them these are no places ("the edge of the bed", "a set of keys").
PARTS_OF_THINGS = word_set(
    "edge top side bottom gate set port bank court field sea ocean forest stage bar bath shower spring house maze tower ring path "
    "fair cell storm keep pool camp"
)
WHOSE_PLACES = word_set("house flat apartment home place")
NO_ARTICLE = word_set("work school home college church horseback campus")
JOURNEYS = word_set("fly pedal walk run stroll ride drive hike jog climb wander cycle row")
# In the present tense these tell a way somewhere; "she swims", "he jogs" tell what one does.
LASTING_JOURNEYS = word_set("pedal hike jog cycle row")
# No way anywhere though "into" or "to" a place follows: looks, words, gestures, what only seems.
NO_WAY = word_set("exhale inhale squint peek peep frown scowl glare blink gape leer ogle mutter mumble murmur giggle sob chuckle sigh breathe bite type stir poke prod jab look stare gaze peer glance listen shout call point wave gesture nod sing smile laugh talk speak whisper cry turn grow "
                  "blend fade say ask reply tell think read write see watch lean belong match compare feel seem like love wish want "
                  "hope plan refer return_to add get put take pull give bring carry throw toss hang send set lay let make have do "
                  "dream sink soak settle break dress change slip step sit lie stand wait kneel perch curl nestle melt whistle pour "
                  "copy jot scribble scrawl transcribe translate sketch paint sew stitch etch engrave spoon ladle mix whisk grate chop slice grind dissolve divide")  # fmt: skip
# What is seen, said, thought, owned or pointed at may be anywhere.
ELSEWHERE = NO_PASSENGERS | NO_WAY | word_set("tap trace mark underline jab finger own have know see hear notice spot find glimpse mention discuss describe read write point nod gesture smile think dream plan want hope "
                                               "remember forget recall imagine promise live grow work belong buy_up sell rent inherit mean seem become begin start stop finish decide "
                                               "learn understand expect enjoy receive understand claim worry happen refer hate prefer wish keep leave fling hurl chuck stash stow abandon discard kick wonder guess suppose pretend consider doubt fear regret suggest admit confess swear insist agree refuse answer reply dip hide bury store dump wash_up trail")  # fmt: skip
ONWARD = re.compile(
    r"(?:\w+ly )?(?:back )?(?:to|into|over|out|off|away|home|through (?:in)?to|inside|outside|upstairs|downstairs|onto|up to|down to|toward|towards|in|up|"
    r"past|from)\b"
)
DANGLING = re.compile(r"\s+(?:with|and|to|of|a|the|in|on|at|for|by|up|over|as|while|into|from|her|his)$")
MANNER = re.compile(
    r"\s+all (?:morning|afternoon|day|evening|night)$|"
    r"\s+(?:with|for) (?:a|an) (?:\w+ )?(?:smile|grin|sigh|laugh|giggle|moment|while|second|minute|bit|chuckle|groan|yawn)$"
)
UNTOLD = word_set("then now again already still please instead just too")
SAYING = word_set("tell said says suggested suggests mentioned told asked asks heard wrote")
THOUGHTS = word_set("thought thoughts idea memory memories dream fantasy image")
CONDITION = re.compile(
    r"(?i)\W*(?:unless|whenever|if)\b(?!\W+(?:you(?:['’]re| are)? (?:like|want|wish|please|ready|up for|free|don['’]?t mind|feel like|insist)|"
    r"you['’]d (?:like|rather|prefer)|you would (?:like|rather|prefer)|(?:that|it)(?:['’]s| is) (?:ok|okay|fine|alright|all right)))"
)
OPENING_WISHES = word_set("imagine suppose remember pretend maybe perhaps once")
STORY_STEPS = word_set("smile grin laugh nod lean grab pick reach look")
REMEMBERED_TIMES = word_set("night day evening summer winter spring autumn afternoon weekend year week")
ASKS_TO = re.compile(
    r"(?:\b(?:i want you to|i['’]?d (?:like|love) you to|i need you to|i['’]?d love (?:it )?if you|you should|you (?:need|have) to|"
    r"make sure you)|(?:^\W*|, )you (?:can|may)(?= (?:now )?(?:take|put|slip|kick|pull|remove|change|throw|get|come|sit|ditch|lose|shed|doff|drop|hang|lie|leave)\b))\b",
    re.IGNORECASE,
)
EVERYTHING = re.compile(r"(?:(?:all (?:of )?)?(?:my|her|his|their|your|the) )?(?:everything|clothes|it all|all)\b")
# What may stand before the place a sentence opens with: "An hour later, on the beach, …".
TIME_FIRST = re.compile(
    r"\W*(?:(?:an?|one|two|three|five|ten|twenty|thirty|a few|several|some|many) (?:\w+ )?(?:second|moment|minute|hour|day|mile|street|week)s? (?:later|on|away),?|"
    r"later(?: that (?:day|night|evening|afternoon|morning))?,|that (?:evening|night|afternoon|morning),?|soon,?|by (?:nightfall|noon|midnight|evening|sunset|dawn),?|"
    r"the next (?:day|morning|evening|night),?|at (?:dawn|dusk|noon|midnight|sunset|sunrise|last),?|moments later,?|eventually,?|(?:mean|after)while,?|"
    r"the following \w+,?)\s+",
    re.IGNORECASE,
)
CONTAINERS = word_set("pocket pockets bag purse box drawer case suitcase wardrobe closet")
# Around these one wears something else than on the shoulders.
WRAPS = word_set("wrap cover bundle drape swaddle cocoon")
SWAPS = word_set("change switch swap trade exchange replace")

ON = word_set(
    "plop jam cram stuff whip ease shove haul drag hook wrestle squeeze strap bundle put pull slip throw tug shrug slide draw strap clip get yank wriggle buckle toss tie work fling pop try snap layer roll jerk struggle squirm squeeze"
)
INTO = word_set(
    "hop stamp stomp wiggle bundle slip step shrug climb wriggle squeeze shimmy slide get change dress zip pull bundle jump snuggle lace"
)
OFF = word_set(
    "whip flick wrestle nudge heel chuck hook unroll slough wipe pluck sweep lose ease bundle squirm drop hurl flip take pull slip peel kick strip shrug tug yank slide tear rip toss throw get push ease work help draw lift fling"
)
# With "off" or "on" after clothes every other verb takes them off or puts them on.
NOT_OFF = word_set("show brush dust pat wipe cut finish tell turn send auction sell cool dry laugh see keep have want like love wash clean "
                   "shine start set read write sit stand lie sleep stay wait lean kneel be step hold live feel look catch give buy pay trade")  # fmt: skip
NOT_ON = word_set("keep leave hang hold have want like love see sit lie stand step spill wipe press rub turn find spot notice touch wear need count "
                  "bet depend focus check work spend look go come be give hand pass show share lay iron sew stitch embroider draw paint write "
                  "read smooth carry bring take sell buy pay wash clean mend patch")  # fmt: skip
NOT_OUT = word_set("peek peer look poke stick hang stare grow cut make fall see pick choose reach be")
NOT_AROUND = word_set("smooth adjust straighten tighten keep see notice feel leave show like love admire imagine picture want have touch stroke hold "
                      "clutch press hug rub look wear need find catch squeeze grip grab spot carry bring take pull")  # fmt: skip
OUT_OF = word_set(
    "wiggle slip step get wriggle shimmy shrug strip peel climb change slide squirm struggle squeeze help pull"
)
REMOVE = word_set(
    "shuck slough jettison divest unknot untangle unclip unbelt undrape uncover remove shed discard doff ditch unwrap lose unhook unclasp unwind unpin unstrap toe"
)
UNFASTEN = word_set("unbelt unclip unbutton unzip open undo unfasten untie unlace unhook unclasp unbuckle loosen")
FASTEN = word_set("button zip fasten close buckle tie lace do clasp knot")
APPEARS = word_set(
    "turn go leave run ride arrive emerge return appear come stand step reappear sit lie walk twirl spin pose dance wait strut saunter stroll"
)
PLACE_ON_BODY = word_set("swing snap stretch cinch lower fit squash flip clamp balance stick plant push plonk plop jam cram pop pin shove button zip drop fling fasten clasp tie knot buckle hook clip pin put set place perch settle secure loop wind sling drape wrap "
                      "throw slip slide lay toss pull hang arrange draw tuck fix tug yank")  # fmt: skip
PUT_AWAY = word_set(
    "tuck spread hook lower stretch flick stuff cram stash chuck pack bundle shelve sling heap pile pocket hurl hand give pass hang toss throw fling drape drop set put lay leave place discard fold kick abandon dump nudge shove stow poke push"
)
# With the one who gets it before the garment: "hands you her sweater".
GIVE = word_set("hand give pass lend toss throw offer")
CHANGES_CLOTHES = word_set(
    "take put pull slip kick change trade swap throw shrug strip remove peel tug unbutton unzip zip button undress wrap"
)
PAIRS = word_set("shoe boot sock glove heel sandal slipper stocking trouser short jean glasse earring dres")
WEAR = word_set("wear sport model rock")
BODY_PARTS = word_set(
    "skin shoulder shoulders neck nape throat waist hip hips head heads body face faces hair ear ears wrist wrists finger fingers fingertips "
    "thumb thumbs hand hands palm palms fist fists arm arms forearm forearms elbow elbows foot feet toe toes heel leg legs thigh thighs knee knees "
    "calf calves shin shins ankle ankles chest breast breasts bust bosom rib ribs stomach belly tummy navel back spine torso frame figure "
    "forehead brow brows eyebrow eyebrows eye eyes lash lashes nose cheek cheeks lip lips mouth tongue teeth jaw chin lap collarbone collarbones "
    "bottom bum butt backside crown braid braids curls ponytail locks heart breath gaze voice limbs"
)
# What does something for its owner: "her fingers find the zip"; her eyes may wander to the beach without her.
ACTING_PARTS = word_set(
    "hand hands finger fingers fingertips thumb thumbs arm arms leg legs foot feet toes lips tongue head body hips shoulders"
)
# Upon these something is worn: the body, or someone.
BODY = BODY_PARTS - word_set("back heart breath gaze voice bottom crown figure heel mouth") | word_set(
    "lapel lapels collar buttonhole me myself herself himself yourself themselves her him you us"
)
FALLS = word_set("slither slip slide fall drop pool tumble come flutter land hit go puddle whisper glide float cascade")
STRONG_MOVES = word_set("pedal wobble teeter materialise materialize walk stroll wander drive ride head hike travel fly sail arrive enter march jog sprint hurry rush return sneak "
                     "tiptoe pad skip race venture wade proceed saunter stride scurry dash trot creep crawl retire retreat escape "
                     "flee dart glide duck burst barge storm amble trek slink barrel hobble plod mosey nip pop barge trundle zoom speed cruise hitchhike jostle hasten flit wend descend ascend detour veer shuffle trudge flounce sashay shuffle stumble stagger meander drift emerge "
                     "scamper scuttle scoot sidle limp lope prance swagger swoop clamber lurch plunge stomp roam prowl lumber waddle hustle zigzag canter gallop vault leap bolt stalk totter traipse ramble romp toddle withdraw breeze tread spring skid screech coast bound careen hurtle plummet soar shoot sail troop stream tramp dock moor")  # fmt: skip
WEAK_MOVES = word_set(
    "go come get run step move slip climb jump hop dive reach find land end park swim make settle slide"
)
TRANSPORT = word_set(
    "push show seat drop shepherd chauffeur haul lure wheel lead take bring carry drive guide drag pull walk escort follow accompany join usher meet lug fly whisk steer teleport"
)
STAY = word_set("stand sit lie wait lean kneel lounge relax rest stay remain sleep nap recline sprawl curl crouch huddle nestle "
             "snuggle cuddle sit perch bask linger camp picnic hide chill shelter lodge roost dwell encamp tarry hover loiter")  # fmt: skip
# Done for a while, so worth being the companion's activity.
DURABLE = word_set("wade fly pedal peel change cook bake read dance drink sip eat write paint sketch play practise practice study exercise stretch jam watch "
                "listen sing hum cry sob hug kiss embrace clean wash scrub mop sweep shower bathe soak shop garden sunbathe surf skate "
                "ski snowboard fish knit sew crochet meditate pray teach text scroll game stargaze brush comb pack unpack "
                "prepare pour stir chop slice knead whisk grill roast fry munch nibble snack smoke train lift row cycle bike build fix "
                "repair draw paddle float iron vacuum dust water plant dig rake feed groom shave decorate edit film browse code tune strum gaze "
                "stare admire polish mix brew dine celebrate work type swim stand sit lie wait lean kneel lounge relax rest "
                "sleep nap doze recline sprawl curl crouch squat huddle nestle snuggle cuddle spoon hold jog run hike walk stroll "
                "climb ride drive make have do take massage twirl sway straddle fold pet wrestle spar fight bask picnic camp "
                "pace dig doze tease talk chat plop flop sink collapse slump perch wander boil snooze slumber juggle sculpt "
                "order photograph arrange apply braid toast taste grind sort carve weave whittle weed mow simmer scramble blend garnish butter chew "
                "rinse lather shampoo plait shovel hammer assemble solder tinker mend patch stitch embroider doodle "
                "scribble binge rehearse recite perform serenade conduct compose gamble bowl box snorkel kayak windsurf collect "
                "gather forage harvest sow prune tend milk saddle hunt decipher sharpen brew heal bandage nurse soothe babysit "
                "queue loiter laze loll slouch daydream brood sulk mope weep snore drowse smooch flirt gossip argue haggle barter "
                "bartend pitch untangle unload devour savour savor translate proofread grade birdwatch wallow waltz slather "
                "slice tidy moisturise moisturize squeegee box deal shuffle wrap hide "
                "baste grate mash marinate barbecue frost fillet shuck churn pickle plank lunge bench-press deadlift shadowbox varnish drill weld wallpaper hoover disinfect declutter launder reorganize reorganise restock catalogue alphabetize hem darn quilt revise memorize memorise tutor debug blog livestream doomscroll breakdance headbang twerk moonwalk tap-dance slow-dance tan paddleboard bodyboard wakeboard toboggan sledge shear plough plow hoe mulch busk croon chant yodel people-watch eavesdrop guzzle feast lick suck canoodle flip sightsee window-shop beachcomb dry pick pluck count pull swing spread")  # fmt: skip
POSTURES = {
    "plop": "sit",
    "flop": "lie",
    "sink": "sit",
    "collapse": "lie",
    "slump": "sit",
    "perch": "perch",
    "settle": "sit",
}
NEEDS_OBJECT = word_set("milk watch hold make have do take play stir prepare mix fold build fix apply arrange order practice practise "
                     "draw write feed brush comb wash lift water plant film edit ride pet polish decorate boil wrestle fight "
                     "taste toast chop slice grind sort carve butter chew rinse pitch tend collect gather assemble perform conduct "
                     "savour savor grade unload translate heal nurse patch compose hammer recite serenade untangle box "
                     "frost grate mash baste fillet drill tutor shear catalogue restock hem darn lick suck flip pluck count pull swing spread dry pick")  # fmt: skip
MADE = re.compile(r"\b(?:coffee|tea|cocoa|hot choc(?:olate|cie)?|breakfast|lunch|dinner|brunch|supper|snacks?|sandwich(?:es)?|pancakes?|"
                   r"waffles|toast|eggs|omelette|soup|salad|pasta|cake|cookies|popcorn|cocktails?|drinks?|smoothies?|lemonade|"
                   r"the bed|a fire|music|pizza|food|meal|curry|stew|ramen|noodles|bread|dessert|pie|sushi|tacos|art|pottery|"
                   r"snow angels?|a snowman|a sandcastle|sandcastles|flower crowns?|candles|jewell?ery|potions?)\b")  # fmt: skip
GETS_A_BITE = word_set("grab get have catch share")
HAD = re.compile(r"\b(?:coffee|tea|breakfast|lunch|dinner|brunch|supper|a snack|a drink|drinks|a picnic|a bath|a shower|a nap|"
                  r"a glass|a cup|a beer|wine|cocktails?|ice cream|a smoke|a cigarette|dessert|a barbecue|a party)\b")  # fmt: skip
# "goes for a run": what is done, not where to.
OUTINGS = {
    "walk": "walking", "stroll": "strolling", "hike": "hiking", "run": "running", "jog": "jogging", "swim": "swimming", "dip": "swimming",
    "ride": "riding", "drive": "driving",
}  # fmt: skip
OUTING = re.compile(rf"^(?:out )?for an? (?:\w+ )?({'|'.join(OUTINGS)})\b")
TAKEN = re.compile(
    r"\b(?:an? (?:[\w-]+ ){0,3}(?:bath|shower|nap|walk|stroll|selfie|photo|picture|dip|swim)|photos|pictures|selfies|notes|measurements)\b"
)
DONE = re.compile(r"\b(?:yoga|pilates|dishes|laundry|homework|makeup|make-up|push[- ]?ups|sit[- ]?ups|squats|housework|chores|paperwork|"
                   r"research|hair|nails|puzzle|crossword|gardening|stretches|exercises|aerobics|karate|tai chi)\b")  # fmt: skip
# In plain speech "I read", "I work at the bank" tell a habit, not what one does now.
HABITS = word_set("work play read write study teach train run swim drink eat cook smoke dance sing draw paint sleep shop garden ski "
               "surf fish knit sew code exercise meditate pray watch listen bake hike climb ride drive cycle bike game make have "
               "do take celebrate walk jog talk chat cry hum live stay go come travel fly skate practice practise massage clean")  # fmt: skip
TO_FAILS = word_set("want plan hope like love hate need prefer intend try promise refuse decline forget offer threaten ask tell invite "
                 "wish pretend suppose going about ready able supposed happy excited time have has had used reluctant afraid "
                 "tempted eager dying meant way chance reason enough too convince persuade beg order remind encourage urge expect "
                 "consider think dream mean wait wants wanted needs needed hopes plans loves likes tries tried asks asked tells told "
                 "refuses refused declines threatens offers offered promises promised forgets forgot best nice good fun great hard easy "
                 "better lovely allowed how where what when whether something someone nothing anything ought permission "
                 "urge desire idea invitation command dares dare glad proud scared nervous shy hesitant dared swear "
                 "wanting hoping planning trying asking waiting longing itching considering")  # fmt: skip
ING_FAILS = word_set("stop avoid bother consider suggest imagine enjoy love hate like mind quit miss remember picture mention recommend dread "
                  "need resist regret about without from instead than for like at risk prefer ")  # fmt: skip
# Before "to …" these do not say that it fails: "gets up to dance", "her hands move to unbutton".
MAY_GOVERN = word_set("up over down out off away back hand hands inside upstairs downstairs and forward closer in") | {
    ""
}
HYPOTHESES = word_set("if unless wish wishes wished imagine suppose supposing pretend whether wonder dream dreams dreamed dreaming dreamt hope "
                   "remember remembers remembering recall recalls recalling picture imagines imagined imagining pictures picturing "
                   "daydreams daydreaming envisions perhaps maybe hypothetically")  # fmt: skip
PAST_TIMES = re.compile(
    r"\b(?:yesterday|last (?:night|week|month|year|summer|winter|spring|autumn|fall|time|weekend|monday|tuesday|wednesday|thursday|"
    r"friday|saturday|sunday|christmas|halloween)|(?<!moment )(?<!minute )(?<!minutes )(?<!seconds )(?<!moments )ago|the other (?:day|night)|"
    r"had once|at (?:the age of \w+|(?:thir|four|fif|six|seven|eigh|nine)teen)|that summer|used to|back (?:when|then|in (?:my (?:day|days|youth|teens|twenties|childhood|old|school|college|student|first|last)|those|the day|college|school|high|\d|'\d))|when (?:i|we|you|she|he) (?:was|were|wore|had|first|met)|in college|as a (?:kid|child)|long before|years before|before (?:i|we|you|she|he) met|since (?:i|we|you|she|he) (?:was|were|had|got|left|came|went|saw|wore|last|first|(?!asked|insisted)\w+ed)|(?<![a-z] )once(?=,)|(?:and|but) once(?=,)|once(?= and never)|"
    r"earlier|this morning|for years|years|(?<!for )the first time|once upon|in my life|one time|at the time|in my (?:youth|twenties|teens))\b",
    re.IGNORECASE,
)
HABIT_TIMES = re.compile(
    r"\b(?:there (?:were|are) (?:days|nights|times|mornings|evenings)|some (?:mornings|nights|days|evenings)|always|usually|often|sometimes|rarely|normally|typically|generally|every (?:\w+ )?(?:day|morning|evening|night|week|weekend|summer|winter|"
    r"year|time|sunday|monday|tuesday|wednesday|thursday|friday|saturday)|on (?:week(?:ends|days)|mondays|tuesdays|wednesdays|thursdays|fridays|"
    r"saturdays|sundays)|whenever|most (?:days|nights|mornings)|all the time|(?:once|twice) a (?:day|week|month|year))\b",
    re.IGNORECASE,
)
FUTURE_TIMES = re.compile(
    r"\b(?:when (?:summer|winter|spring|autumn|fall) comes|in (?:january|february|march|april|may|june|july|august|september|october|november|december)|from (?:\w+day|tomorrow) on|(?<=, )(?:mon|tues|wednes|thurs|fri|satur|sun)day(?=:)|(?:at|over) (?:easter|christmas|thanksgiving|the holidays)|at some point(?! (?:she|he|I|they)(?:['’]s|['’]ve| has| have| had)\b)|for the (?:weekend|trip|flight)|after (?:my|your|the|our) (?:\w+ )?(?:exams?|finals|shift|work|wedding|holidays?|trip|move|surgery|season)|(?<!for )(?<!\bno )tomorrow|someday|some day|one day|next (?:week|month|year|summer|winter|spring|time|weekend|\w+day)|sometime|some time|"
    r"one of these days|in the future|soon enough|eventually we|(?:this|in the) (?:weekend|spring|summer|autumn|fall|winter)|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"in (?:a few|two|three) (?:days|weeks|months))\b",
    re.IGNORECASE,
)
# "I've been baking all morning": still at it.
SO_FAR = re.compile(
    r"\b(?:all (?:morning|afternoon|evening|day|night)|for (?:[\w-]+ ){0,4}(?:hours?|minutes))\b",
    re.IGNORECASE,
)
AS_SOON_AS = re.compile(
    r"\b(?:the (?:second|minute|moment|instant)|as soon as) (?:i|we|you|he|she|they)\b", re.IGNORECASE
)
THAT_DAY = re.compile(r"\bthat (?:time|night|day)\b", re.IGNORECASE)  # told aloud, it is long ago
LATER_IN_SPEECH = re.compile(
    r"(?<!s )(?<!hour )(?<!minute )(?<!moment )(?<!day )(?<!while )\blater\b|(?<!was )(?<!were )(?<!is )(?<!are )(?<!'m )(?<!'re )\bsoon\b(?! (?:you|we|i|she)(?:['’](?:re|m)| (?:am|are|is|were|was))\b)",
    re.IGNORECASE,
)
PROPOSAL = re.compile(
    r"^\W*(?:(?:hey|so|okay|ok|well|oh|babe|baby|honey|darling|sweetie|love|hmm|now|come on|please|and|then|or|maybe|(?!(?:would|could|how|what|if)\b)[A-Z]\w+),?\s+)*"
    r"(?:shall we|why don['’]?t (?:we|you)|how about (?:we|you)?|what about|(?:do you )?(?:want to|wanna|fancy|feel like)|"
    r"would you(?! (?:wear (?!.*\b(?:for me|tonight|please|now)\b)|rather|be(?! (?:a |an |so |kind))|have|still|ever|even|say|think|call|know|believe|date|love|hate|do if|prefer)\b) (?:like|mind|please)?|can (?:we|you|i)|could (?:we|you|i)|will you|care to|join me|meet me|come (?:with|to|over|sit|back|lie|dance)|are you up for|up for|mind if (?:i|we)|may i|shall i|"
    r"you (?:want to|wanna))\b",
    re.IGNORECASE,
)
LETS = re.compile(
    r"\b(?:let['’]s|lets(?! (?:us|me|you|him|her|it|them|the|an?|his|my|your|their|herself|himself|myself)\b)|let us|we should|shall we)\b",
    re.IGNORECASE,
)
QUESTION_START = re.compile(
    r"^(?:(?:and |what about |how about )?you \?|do|does|did|is|are|am|was|were|will|would|could|can|should|shall|have|has|what|where|when|why|who|how|which|(?:right|okay|ok|see|huh|yes|yeah|no)(?: \?|$)|"
    r"don't|isn't|aren't|you like|you want|like it|want|ready|better|happy|coming|remember|shall)\b"
)
UNKNOWN_CLOTHES_STOP = word_set(
    "day days night evening morning afternoon week weekend time party wedding funeral occasion date smile grin smirk expression look frown makeup perfume lipstick cologne scent nothing hair face mood bed room wolf cat dog bird "
    "dragon bat beast person woman man thing song subject gear topic lane tone voice shape form animal fox bear creature monster "
    "vampire demon angel human something ponytail bun braid braids contacts confusion pride time light heart sleeve "
    "sleeves emotions weight pout scowl air fragrance mascara eyeliner blush"
)
SOMETHING = re.compile(
    r"^something\s+(?:(?:a (?:bit|little)|more|less|much|really|very|nice and|that is|that's|way|far|slightly|else|else,)\s+)*([\w-]+)?"
)
ZIPPERS = word_set("zip zipper")
FASTENERS = word_set(
    "button buttons zip zipper laces sash belt clasp clasps hooks strings ties fly buckle buckles knot cord drawstring"
)
WHERE_TO = word_set(
    "across away on onto over by in to near beside across at aside up into behind from under underneath beneath next with"
)
# What one can be in, at or on the way to without its being a place.
NO_PLACES = word_set("ceiling push-ups pushups sit-ups squats set gate gates archway arch stretch bend treadmill pew pews stool stools armchair armchairs beanbag tiles grass gravel cobbles boards floorboards linoleum concrete asphalt ground whiteboard blackboard board wheel lectern controls typewriter "
    "machine loom lathe anvil drums keyboard mic microphone mixer barre buffet till register switch keys crease solo chorus verse speech rant tirade monologue lecture explanation routine fray unknown void end beginning start point edge top bottom mercy limit age stage conclusion decision conversation argument detail details view "
                     "sight sound song rhythm hug kiss silence darkness light dark night day morning evening afternoon world life future past dream "
                     "sleep trouble action conflict corner crowd thing things moment time way matter subject topic question problem mess fit rage "
                     "laughter tears mood story book deal agreement place spot air sky distance next other same rest tree movies phone call heart "
                     "mind bottle glass cup bag pocket box conclusion answer bottom party's party part act dance embrace focus shadows shadow sun "
                     "sunlight moonlight wind cold warmth heat breeze line front back middle center centre side left right job task work music beat "
                     "record player suitcase rack jukebox cart trolley stove plate meal food table menu dog cat horse cuffs routine habit "
                     "first second last one ones it step steps role character pose position stance fight "
                  "lap arms chair seat saddle crouch throng mob queue circle battle trance slumber conversation spin run sprint trot jog gallop turn bow curtsy mirror mug "
                  "bowl pan pot dish drawer basket bucket wallet purse trunk backpack pages phone screen camera lens speaker spotlight glow flowers hay mud dirt "
                  "puddle covers sheets pillow cushions mattress bedding hole gap crack opening slot socket lock keyhole curtain curtains doorway window frame wall fence "
                  "railing post branch bushes hurry rush bind daze state call coma relationship band team group pair row heap pile lead charge danger background picture "
                  "process zone clear know running sense word minute bit shade doorframe firelight lamplight candlelight zip news paper papers newspaper list photo photos "
                  "mix recipe oven fridge freezer cupboard closet cabinet wardrobe shelf shelves nap spiral panic frenzy flurry groove pocketbook ear ears hat ring rhythms "
                  "memory memories face eyes hand hands tone voice whisper scene chaos noise wake course meantime event hours minutes days weeks years absence haste interval lull aftermath rain interim hush gloom stillness blink instant flesh nick event game film movie show episode series chapter sentence paragraph email "
                  "inbox chat group-chat app wifi internet web net trap web ambush storm-cloud traffic jam notebook notebooks journal diary ledger sketchbook margin margins letter envelope microscope telescope dough batter sauce trees reins oars ropes rope ladder pole bars net cage box")  # fmt: skip
# "leads the way to", "takes the lift to"
VEHICLES = word_set(
    "staircase stairway steps ladder gangway slope bike motorbike boat carriage horse van scooter way elevator lift bus train taxi cab stairs metro tram subway ferry path road shortcut car"
)
# Who moves these goes along.
MOVERS = VEHICLES | word_set("dog dogs horse mare pony stallion gelding truck jeep canoe raft kayak cart wagon sleigh bicycle tractor ship way self length "
                             "myself herself himself ourselves themselves yourself wheelchair pram stroller trolley cat goat cow children kids child boy girl")  # fmt: skip
MADE_OF = word_set(
    "hers mine his yours flowers wildflowers daisies roses feathers leaves ivy thorns pearls beads stars mine fine thick"
)
# Subjects that nobody is: "Steam curled off her skin. She …"
UNLIVING = word_set(
    "steam rain snow wind breeze music light water silence laughter smoke mist fog dust thunder lightning darkness night dawn dusk morning evening "
    "dinner breakfast time heat warmth cold fire candles tears sweat fear panic joy relief pride traffic waves leaves clouds stars flowers petals "
    "shadows hours minutes days outside inside something nothing everything curiosity sleep love life sand salt sweat goosebumps gravity luck spring summer autumn winter"
)
# "The song took her back to that summer on the lake": nobody went.
EVOCATIVE = word_set("portrait painting poster postcard mural snapshot drawing sketch tapestry letter film something song music melody tune smell scent taste voice voices sound sounds memory memories thought thoughts word words photograph "
                     "photo picture dream dreams story mind imagination nostalgia it that this")  # fmt: skip
# Who pulls the cloak around her pulls it around herself.
CLOSER = word_set("pull draw gather hug clutch tug hold tighten")
POINTING = word_set("a an my these this that those her his the your")
SUBORDINATING = word_set("when while as because where until once whenever since")
BARE_PLACES = word_set("backstage ashore aboard home outside inside upstairs downstairs outdoors indoors")
SOURCES = word_set("from past away about off than like")
TOWARD = word_set("aboard to into onto for toward towards inside")
WITHIN = word_set(
    "against among amongst under beneath behind outside in at on along around round amid through across by near down up within throughout beside"
)
# A second place after these only says more about the first ("the cafe by the river").
DETAILS = word_set("under beneath behind by near beside along in at on")
# Done in a place that is their object: "wanders the halls".
ROVES = word_set(
    "enter reach board hit visit explore wander roam tour browse prowl patrol pace walk stroll haunt cross search"
)
DOORS = word_set("door doors doorway entrance gates threshold steps")
STOPS = frozenset(', ; : — – … . ! ? " ( )'.split())
ACTING = (
    ON | INTO | OFF | OUT_OF | REMOVE | UNFASTEN | FASTEN | PLACE_ON_BODY | PUT_AWAY | WEAR | STRONG_MOVES | WEAK_MOVES
    | TRANSPORT | STAY | DURABLE | word_set("undress disrobe don swap trade")
)  # fmt: skip
WIDE_WORDS = word_set("naked nude undressed dressed clothes clothing outfit wearing barefoot topless sofa couch bed table outside inside "
                   "upstairs downstairs home outdoors indoors nap asleep")  # fmt: skip
# Words for clothes that mostly mean something else when they stand alone.
AMBIGUOUS_ALONE = word_set("top tops tank jersey knit pumps flats slides trainers mules shades chain chains collar ring rings watch watches tie "
                        "ties belt stole shell mask suit suits habit sheet sheets hood crown mini slip slips tee halter bow "
                        "fan fans cane gear kit drawers smalls kicks docs fins studs boa set mac hose wings sleeves ")  # fmt: skip
PEOPLE_SHE = word_set("waitress woman girl lady mother mom mum sister aunt daughter girlfriend wife queen princess actress grandmother "
                   "grandma hostess maid stewardess bride witch nun model niece")  # fmt: skip
PEOPLE_HE = word_set("waiter man guy boy gentleman father dad brother uncle son boyfriend husband king prince actor grandfather grandpa "
                  "host policeman groom monk butler nephew fisherman dude bloke")  # fmt: skip
PEOPLE_ANY = word_set("daddy mommy mummy bartender barista friend friends stranger neighbour neighbor boss colleague coworker teacher doctor nurse guard "
                   "driver cashier clerk child children kids kid people person someone somebody everyone crowd couple customer patient "
                   "dancer singer chef baby dog cat roommate flatmate cousin parents twins guests guest tourist soldier officer "
                   "nobody anybody anyone detective manager student students passenger receptionist instructor trainer coach ex others men women girls boys "
                   "prisoner prisoners captive hostage recruit pupil pupils villagers sailors soldiers guests mannequin doll statue character heroine hero protagonist bridesmaid bridesmaids monster actress player players")  # fmt: skip
# What a companion may be in a story that names nobody.
ROLES = word_set("archivist novice abbess gladiator seamstress widow heiress acolyte oracle scribe cartographer innkeeper courier smuggler gunner medic botanist falconer weaver potter blacksmith understudy conductor referee skater climber diver surfer captain ranger governess nurse knight witch queen princess detective sorceress pirate teacher doctor pilot sheriff bride dancer "
                 "ballerina maid priestess huntress assassin thief mage wizard sorcerer astronaut scientist professor librarian actress singer gardener "
                 "baker soldier healer elf vampire vampiress goddess empress duchess countess baroness lady angel demoness mermaid warrior archer rogue "
                 "bard druid paladin cleric samurai geisha ninja spy agent commander engineer mechanic sergeant lieutenant cowgirl gunslinger outlaw "
                 "swordswoman shieldmaiden valkyrie secretary stewardess surgeon cellist pianist violinist painter sculptor")  # fmt: skip
# Unions that are asked for at every verb.
MOVES = STRONG_MOVES | WEAK_MOVES
RESTS = STAY | POSTURES.keys()
PEOPLE = PEOPLE_SHE | PEOPLE_HE | PEOPLE_ANY
POSTURE_INGS = word_set(
    "sitting lying standing kneeling leaning perching curling lounging relaxing resting reclining sprawling crouching nestling snuggling cuddling"
)
# Done beside something else, and not what one is doing.
BESIDES = word_set("humming singing whistling talking chatting crying sobbing")
REFUSAL = re.compile(
    r"\b(?:(?<!say )no(?:pe)?\b(?! problem| worries|thing)|(?:i['’]?d|would) rather not|i (?:don['’]?t|do not) (?:want|feel like|think)|i (?:can['’]?t|cannot|won['’]?t)(?! wait| think of (?:a|any)| imagine (?:a|any)| believe| complain| say no| resist| help| agree more| lie| argue| forget| stop)|not (?:now|yet|today|tonight|"
    r"right now|really)|maybe (?:later|another|next|some)|shakes? (?:my|her|his|their) head|refuses?|declines?|i['’]?m (?:fine|good|comfortable|staying)|not a chance|fat chance|(?:absolutely|certainly|definitely) not|"
    r"(?:love|like) (?:to|that)(?: \w+)?,? but|i wish (?:i|we) could|i (?:hate|loathe|can['’]?t stand)|too (?:tired|cold|busy|sore|sick|late|dangerous)|"
    r"not in a million|(?:i['’]?ll|let me) (?:pass|skip|sit this)|some other (?:day|night)|another (?:day|night)|"
    r"some other time|another time|let['’]?s not|let['’]?s stay|stay here)\b",
    re.IGNORECASE,
)
# Puts off, unless the reply consented a sentence before: "Great idea! Maybe we can have some tea there later."
LATER = re.compile(r"\b(?:in a (?:bit|minute|while)|later|soon|some ?(?:day|time)|one day)\b", re.IGNORECASE)
DOES_THE_WISH = re.compile(
    r"\b(?:go|going|head|leave|visit|plan|trip|try|do (?:it|that|this)|wear|put (?:it|that|them) on|change|dress)\b",
    re.IGNORECASE,
)
# What undoes even what was told as done: "*I take your hand and we walk home*" "*pulls away* I'm staying."
UNDOES = re.compile(
    r"\b(?:(?:i|she|he) (?:won['’]?t|will not|refuses?)|refuses?|pulls? (?:back|away|free)|stays? (?:here|put|behind|where)|let['’]?s (?:not|stay)|"
    r"(?:i['’]?d|i would) rather not|i['’]?m (?:staying|not (?:going|coming|moving|leaving))|don['’]?t (?:touch|you dare)|stop (?:it|that)|get off|shakes? (?:me|her|him|you)(?:self)? free)\b",
    re.IGNORECASE,
)
CONSENT = re.compile(
    r"\b(?:yes|yeah|yep|yup|sure|okay|ok|of course|alright|all right|certainly|absolutely|definitely|gladly|with pleasure|as you wish|fine|"
    r"let['’]?s (?:go|do|head|get going|leave|set off|be off|hurry)|sounds (?:good|great|lovely|nice|perfect|wonderful|fun)|i['’]?d love (?:to|that)|(?:like|love) (?:that|this|the|your) (?:idea|plan|thought)|sounds like (?:a plan|fun)|"
    r"(?:count me|i['’]?m) in|i['’]?m (?:all )?ready|i will\b|on my way|here (?:i|we) (?:go|come)|coming[,.!]|why not|can['’]?t wait|good idea|great idea|great|lovely|"
    r"nods?|nodded|obeys?|compl(?:y|ies)|does (?:so|as)|do (?:so|as you)|happily|perfect|wonderful|lead the way|after you|anything for you|"
    r"mm-?hmm|right away|at once|finally!|what are we waiting for|race you|(?:thought|think) you['’]?d never ask|say no more|"
    r"i['’]?d be (?:delighted|honou?red|happy|glad|thrilled)|delighted|read(?:ing)? my mind|hurry up|aye\b|yay|hooray|hurray|woo-?hoo|yippee|whee|"
    r"(?:i['’]m )?(?:so |totally |definitely )?(?:up|game|down) for (?:it|that|this)|ready when you are|"
    r"(?:best|nicest|loveliest) (?:thing|idea|news|plan)|(?:give me|gimme|just) an? (?:sec|second|moment|minute)|"
    r"(?:say no to|argue with|resist|complain about) (?:that|it|you)|(?:have to|need to) ask (?:me )?twice|lead on|anywhere\b|"
    r"(?:would|could)n['’]t miss|you['’]re the best|(?:won['’]t|wouldn['’]t|can['’]t|couldn['’]t) hurt|"
    r"(?:claps?|clapping|jump(?:s|ing)? up|bounc(?:es|ing)|squeals?|beams?|cheers?|leaps? up|links? arms)\b|"
    r"grabs? (?:the|my|her|his|our|their) (?:keys|coat|coats|bag|hat|jacket|shoes|things)|you got it|deal|no problem|takes? your hand|follows? you)\b",
    re.IGNORECASE,
)
