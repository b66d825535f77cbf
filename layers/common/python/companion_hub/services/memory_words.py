"""What a memory is about: words it may be asked for with, its subject, and whether it denies something.

Pure.  Full-text search finds the words of a memory (and their stems); ``related_words`` adds what people say instead of
them, so that "my pet" finds the dog.  It is computed when a memory is written: the path before a reply pays nothing.
"""

import re

_WORD = re.compile(r"[^\W\d_]+")


def _stem(word: str) -> str:
    """Return the beginning that the forms of a regular word share ("swim" of "swims" and "swimming")."""
    for ending in ("ies", "ied", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + ("y" if ending in ("ies", "ied") else "")
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word.removesuffix("e")


# One line per field of life.  The words before the colon name the field and are how one asks about it; any word of the
# line is answered by them, and a word after the colon is found by the words before it only.  After "<" stand the words
# that are found by those before it, which are too many to find each other ("barbecue" finds the vegetarian, not the steak).
_FIELDS = tuple(
    (
        frozenset(names.split()),
        frozenset(_stem(word) for word in (members if sign == "<" else names + " " + members).split()),
    )
    for names, sign, members in (
        line.partition("<" if "<" in line else ":")
        for line in """
pet animal: dog puppy cat kitten hamster rabbit bunny parrot horse pony goldfish tortoise turtle lizard snake budgie ferret
job work career profession occupation: nurse doctor teacher engineer developer programmer lawyer artist writer chef cook
  driver scientist designer musician manager accountant carpenter farmer pilot barista librarian electrician plumber works office
  employer company firm colleague boss freelance hospital apprentice baker architect paramedic vet dentist journalist translator
colleague coworker: team office boss manager
family relative: mother mom mum father dad parent sister brother sibling son daughter child children kid aunt uncle cousin niece nephew
  grandmother grandma granny grandfather grandpa twin twins wife husband
parent: mother mom mum father dad
sibling: sister brother twin
children child kid: son daughter toddler twins niece nephew
partner spouse relationship dating: wife husband girlfriend boyfriend married fiance fiancee engaged wedding anniversary
married: wife husband wedding anniversary spouse
grandmother: grandma granny nan gran
grandfather: grandpa granddad
mother: mom mum
father: dad
live home city town place neighbourhood: lives moved flat apartment house village street
from hometown origin grew born country: raised childhood native comes
food eat dish meal cook dinner lunch hungry menu: allergic vegetarian vegan pizza sushi pasta curry cake chocolate cheese peanuts nuts
  walnuts shellfish seafood gluten lactose spicy noodles soup bread lasagne lasagna ramen tacos mushrooms olives coriander cilantro
drink beverage thirsty: coffee tea wine beer juice lemonade whisky whiskey cocktail espresso latte alcohol cider milk gin
diet: vegetarian vegan allergic gluten lactose keto meat
allergy allergies allergic intolerant: peanuts nuts shellfish pollen penicillin bees gluten lactose
medicine medical health condition illness sick: allergic asthma diabetes diabetic migraine migraines surgery operation doctor penicillin
  insulin epilepsy anxiety insomnia tinnitus
sweet dessert: cake chocolate tiramisu cookies pudding candy icecream pie brownie
music listen band song tune: guitar piano violin drums cello saxophone jazz rock metal techno concert album vinyl singer choir sings
  playlist orchestra flute ukulele
instrument play: guitar piano violin drums cello saxophone flute ukulele trumpet harp accordion
film movie cinema watch: thriller comedy director actor series horror
book read novel author reading: novels poetry library fantasy trilogy literature
sport exercise fitness workout athletic: running marathon football soccer tennis swimming swims climbing bouldering yoga cycling gym hiking
  basketball rugby rowing judo karate boxing skiing surfing badminton hockey runs
hobby hobbies spare leisure free weekend pastime fun: knitting painting pottery chess gardening photography fishing birdwatching
  woodworking origami baking sewing climbing hiking sailing collecting collects collection astronomy guitar
craft: knitting pottery sewing woodworking origami crochet embroidery
school study studies education university college degree: studied studying graduated exam exams student thesis professor phd master
  bachelor course
language languages speak speaks: french german spanish italian japanese chinese mandarin polish dutch portuguese arabic russian korean
  swedish norwegian danish finnish greek turkish hindi welsh latin bilingual fluent
car vehicle drive: van truck volvo toyota honda motorbike motorcycle scooter beetle ford bmw
commute transport: bike bicycle train tram bus cycles
travel trip holiday vacation journey abroad: flight passport visit visited beach iceland japan italy paris tickets
birthday born age old: birthdate turning years
fear fears afraid scared phobia frightened terrified nervous: spiders heights flying needles clowns thunder darkness dentist snakes
hate dislike dislikes hates annoys stand: hates detest despise bother
love like likes enjoy enjoys favourite favorite loves: adores fond prefers
colour color shade: blue green red yellow purple orange turquoise teal crimson pink black white
season weather: autumn winter spring summer snow rain
flower flowers plant garden: roses tulips peonies sunflowers lilies orchids lavender succulents tomatoes
sleep night bed: insomnia awake early owl dreams
morning wake: early alarm breakfast
game games gaming: chess poker minecraft zelda console boardgames scrabble tetris
money save saving: savings debt mortgage budget
wish dream goal plan plans hope ambition: wants hopes bakery marathon novel someday
injury hurt broke accident: broken ankle knee wrist arm leg scar stitches crutches
name called nickname: named call calls
star sign zodiac: scorpio leo virgo libra gemini taurus aries capricorn aquarius pisces sagittarius
exam test: exams thesis interview
interview: job application
smoke cigarette cigarettes smoker tobacco: smoking vape
tattoo ink skin: tattoos tattooed piercing
therapy therapist counselling mental: therapist psychologist depression anxiety panic
drive driving wheel licence license road: driving drove truck van lorry
boat ship water sail: narrowboat canoe kayak dinghy yacht sailboat sailing ferry rowing
rent flat landlord tenant housing: landlord rent mortgage lease deposit
worry worried anxious concerned: afraid fears scared nervous dread
weather storm rain lightning clouds: thunderstorm thunderstorms thunder snow fog sunrise sunshine
trade craft profession: clockmaker tailor baker blacksmith carpenter potter cobbler
teacher lesson lessons class learn: lessons teaches tutor learning
neighbour neighbor door: neighbour neighbours landlord
journey travel trip adventure: hitchhiked backpacked cycled trek pilgrimage crossed sailed walked
holiday vacation trip abroad: sea beach island crete resort camping
charity volunteer help community deed: volunteers volunteer donates shelter foodbank
number code digits password pin: code number pin digits
face mark: scar freckles birthmark chin dimple
child childhood kid grew young: grew raised
friend mate buddy close closest: friend friends
gift present surprise: birthday christmas anniversary
weekend saturday sunday ritual habit every: sunday saturday weekly
breakfast morning hot: coffee tea porridge toast
owe promise promised word vow: promised promises swore
beginning began start first met: met
bees hive hives honey: bees beekeeper
bread flour dough oven bake baking: sourdough bakes bread cake pastries
bacon steak meat: vegetarian vegan butcher
pizza pasta bread beer flour: gluten coeliac celiac
milk cheese cream: lactose dairy
fish prawns shrimp seafood sushi: shellfish seafood
wine beer pub cocktail cheers toast: alcohol sober teetotal drunk
sport sports athlete athletic train training: swimmer runner marathon athlete footballer
hike climb stairs breath: asthma
see eyes eyesight vision: blind glasses contacts
bus train plane car ride: trains planes
heart heartbreak romance reject refused: proposed divorce divorced breakup engaged
boss manager supervisor charge superior: boss
die death died loss losing grief grave: died death funeral widow widower passed
husband wife partner spouse: married wedding engaged eloped
leg foot walk: knee ankle
ear ears hear whisper: hearing deaf
pay salary wage income: works bank employer
ship ferry sail: seasick
lake pool jump: swim swims swimming
safe dangerous danger ingredient ingredients recipe sauce snack treat serve order restaurant menu cook dinner lunch breakfast kitchen bake taste < allergic allergy intolerant coeliac celiac gluten lactose vegan vegetarian halal kosher eat peanuts nuts shellfish hives diet
sting wasp insect garden picnic < bee bees sting stings
barbecue grill burger bacon steak sausage roast ham meat < vegan vegetarian pescatarian pork beef meat steak
champagne pour toast glass bottle bar pub cocktail wine beer party drunk < drinking alcohol sober teetotal
celebrate cake gift present candles older < birthday born turns turning
office shift colleague salary earn living career < works job paramedic nurse teacher teaches engineer doctor chef
homework pupils students class marks lesson school < teacher teaches
emergency ambulance accident hospital < paramedic nurse doctor surgeon firefighter
patients ward hospital < nurse doctor surgeon midwife
feed bowl food walk vet waiting < dog puppy cat kitten cats dogs rabbit hamster parrot horse pet
marriage ring spouse < wife husband married
nursery school toys bedtime little homework < son daughter child kid toddler twins
send letter postcard parcel visit street neighbourhood come near address deliver < lives live home flat house moved
roots homeland country accent native passport < born grew raised moved from origin
hand write pen scissors < handed
swim snorkelling snorkel dive diving lake sea ocean pool reef boat beach wave < water swim drown
vaccination vaccine injection jab shot blood doctor < needles needle
ladder roof tower bridge balcony edge cliff climb view < heights height
bug web corner crawling insect leg < spiders spider moths moth wasps cockroaches
plane airport takeoff turbulence flight < flying
candle lamp cellar night < dark darkness
lift elevator < claustrophobic lifts
circus mask makeup < clowns
gig concert stage tour song rehearsal practise music < band guitar bass drums choir singer sings piano violin cello orchestra
music instrument concert practise play tune < violin piano guitar cello flute drums saxophone trumpet harp accordion
fit shape exercise training healthy sweat workout < run runs running gym swims cycling yoga jogs marathon climbing karate football tennis
transport road ride < vespa car drives motorbike bike scooter van truck
pack packing suitcase luggage bag airport passport abroad leave plane travel trip < flight fly flies flying trip holiday vacation tokyo
tooth teeth toothache mouth < dentist
lottery rich future someday dream wish retire < open wants dreams hopes bookshop bakery
grief miss cemetery funeral father's mother's anniversary late < died death passed lost widow widower
together mum dad childhood family < parents divorced
ex single heartbreak lonely text love dating < broke divorced separated ex boyfriend girlfriend
read book novel recommend library shelf literature story < author books novel poetry reads writer
listen song playlist drive headphones loud concert music < metal jazz rock techno band black vinyl radiohead classical
strangers crowd people alone quiet friends noisy < party introvert small talk shy crowds surprise
translate foreign abroad tongue < speaks language fluent learning
germany berlin munich vienna < german
france paris < french
spain madrid mexico < spanish
italy rome milan < italian
japan tokyo < japanese
poland warsaw krakow < polish
portugal lisbon brazil < portuguese
china beijing < chinese mandarin
russia moscow < russian
loud noise noisy hear whisper < hearing deaf ear
head headache pain light throbbing < migraines migraine headaches
goodnight late sleep asleep < bed sleeps insomnia awake owl wakes
wool yarn sweater scarf needle thread fabric < knits knit knitting crochet sews sewing
spend expensive money cost cash afford < saving saves save debt
brought upbringing child childhood < raised grew grandmother grandma orphan adopted foster
church mass pray prayer faith religion religious god believe sunday < catholic christian muslim jewish buddhist hindu atheist
skin sock sleeve shoulder < tattoo tattoos scar piercing
reach shelf height basketball < tall cm height feet
look looks appearance describe picture mirror recognise < hair eyes beard tall bald freckles glasses
plane sky flying airport flight < pilot flight attendant
bills money rent income < job unemployed fired laid
locked lock door spare < key keys
famous celebrity star actor singer < bowie met famous
achievement proud award medal prize success contest < won prize award trophy
ring dress bride groom suit guests ceremony < married wedding engaged marry
grill barbecue meat done cook < steak rare
garden plant flowers vase bloom < roses grows tulips rose
crowd party people alone < introvert extrovert
wheel licence road driver < drive drives driving car
nervous suit wear prepare < interview exam presentation
sweets candy treat shop dessert cake snack < chocolate
cold jumper coat winter heating < freezing cold warm
cards casino bet money < gambling poker
summer beach swim holiday sun < sea island sailing
stars sky night telescope < astronomy telescope
photo camera picture lens < photography photographs
museum painting gallery exhibition < art paints painter artist
theatre stage play audience < actor actress acting
computer code bug screen software < programmer developer engineer code
wood saw hammer build furniture < carpenter woodworking
mountain trail tent boots nature < hiking hikes climbing camping
antibiotics prescription pharmacy pills doctor infection < penicillin allergic
bread croissant croissants pastry cake flour pizza pasta beer biscuit cookie sandwich toast bakery breakfast < gluten coeliac celiac
milk cream ice cheese butter yoghurt latte cappuccino pizza < lactose dairy vegan
satay pesto praline cookie chocolate snack cake < nuts peanuts walnuts hazelnuts almonds sesame
prawns sushi paella lobster shrimp oysters crab < shellfish seafood fish
burger chicken sausage ham bacon butcher leather honey eggs < vegan vegetarian
risotto soup salad sauce curry stew recipe cook dinner ingredients topping put < mushrooms olives onions coriander cilantro garlic tomatoes aubergine celery beetroot anchovies pineapple cabbage sprouts broccoli spinach eggs tofu beans capers
rollercoaster wheel skydive parachute window < heights flying
chlorine goggles lanes pool < swim
awake sleepless tossing < insomnia sleeps
study concentrate books revise library nervous learn < exam exams thesis studying studies
old young generation years < years
weather outside neighbourhood city < lives
homesick childhood < grew raised moved from
exhausting shift colleagues boss work job < works nurse teacher electrician paramedic doctor plumber chef cook driver engineer lawyer carpenter mechanic cleaner
warm hot cup mug kettle < tea coffee cocoa
leaves pumpkin < autumn
snow ice skates < winter
blossom bloom < spring
page chapter blank publisher story < novel book writes poems writing
fasting fast mosque ramadan eid < muslim
easter christmas church < christian catholic
synagogue shabbat < jewish
recognise remember forget confused < dementia alzheimer
taller short reach < tall
record album put listen < band music jazz rock metal
storm rain lightning weather < thunder thunderstorms
trip tour camping campsite < camper van caravan
needle sew < knits
stage audience applause < actor singer dances plays theatre
kids bed bedtime school asleep < twins daughter son children
fur furry purr paws: cat kitten dog puppy
bark walk leash paws: dog puppy
""".replace("\n  ", " ")
        .strip()
        .splitlines()
    )
)
# Words that mean each other, and forms whose stems do not meet in the search: each line is one word.
_IRREGULAR = tuple(
    frozenset(line.split())
    for line in """
grow grew grown/meet met/break broke broken/write wrote written/speak spoke spoken/drive drove driven/swim swam/run ran/
lose lost/buy bought/teach taught/sleep slept/drink drank drunk/eat ate eaten/feel felt/find found/fall fell fallen/
fly flew flown/forget forgot forgotten/give gave given/leave left/make made/sell sold/send sent/sing sang sung/steal stole stolen/
tell told/think thought/win won/wear wore worn/wake woke/child children/wife wives/tooth teeth/foot feet/mouse mice/die death died/
marry married marriage/choose chose chosen/mother mum mom mam mummy mommy/father dad papa daddy/grandmother grandma gran nan nana granny/grandfather grandpa granddad grandad/parents folks/
child kid/children kids/brother sibling bro/sister sibling sis/friend buddy mate pal/boyfriend bf/girlfriend gf/husband hubby/cat kitty/dog doggy pup/rabbit bunny/
afraid scared frightened terrified fear/fear fears phobia/flat apartment/home house place/film movie/job work/ill sick unwell/illness disease sickness/holiday vacation/autumn fall/
lorry truck/bike bicycle/car vehicle/phone mobile/rucksack backpack/sofa couch/sweets candy/biscuit cookie/football soccer/maths math mathematics/university uni college/
doctor physician gp/cash money/present gift/picture photo/tale story/drink beverage/hate dislike detest/love adore like/favourite favorite/colour color/neighbour neighbor/
quit stop stopped gave/begin began start started/scared fear/angry mad/tired exhausted/fat overweight/glad happy/sad unhappy/wedding marriage married/ex broke/
ride rode/build built/bring brought/catch caught/hurt injured injury
""".replace("\n", "").split("/")
)


def related_words(text: str) -> str:
    """Return words somebody may use who means this text, in alphabetical order; those it says itself are left out."""
    words = set(_WORD.findall(text.lower()))
    stems = {_stem(word) for word in words}
    asked = {name for names, members in _FIELDS if stems & members for name in names}
    asked.update(form for forms in _IRREGULAR if words & forms for form in forms)
    return " ".join(sorted(asked - words))


# --- subject ---------------------------------------------------------------------------------------------------------

_WHO = (
    r"(?P<who>wife|husband|partner|girlfriend|boyfriend|mother|mom|mum|father|dad|(?:older |younger |little |big )?sister|"
    r"(?:older |younger |little |big )?brother|son|daughter|dog|cat|boss|best friend|horse|car)"
)
_USER = r"^(?:the )?user (?:(?:now|currently|just|really|also|still|recently|actually|no longer|originally) )*"
_SUBJECTS = tuple(
    (re.compile(pattern, re.IGNORECASE), subject)
    for pattern, subject in (
        (rf"^(?:the )?user's (?:real |first )?name is\b|{_USER}is called\b", "name"),
        (rf"{_USER}(?:goes by|wants to be called|likes to be called|prefers to be called)\b", "called"),
        (rf"{_USER}(?:is )?(?:no longer )?(?:an? )?(?:vegan|vegetarian|pescatarian)\b|{_USER}eats meat\b", "diet"),
        (rf"{_USER}(?:does not |quit |stopped |has stopped |has quit |never |gave up )?smok(?:es?|ing|er)\b", "smoking"),
        (rf"{_USER}(?:is|got) (?:newly |happily )?(?:single|married|engaged|divorced|separated|widowed|in a relationship|dating)\b", "status"),
        (rf"{_USER}(?:is|turned|turns) \d{{1,3}}(?: years old)?(?=[.,;]|$)", "age"),
        (rf"{_USER}(?:lives|live|resides|is living|moved|has moved|has lived) (?:in|to|near)\b", "home"),
        (rf"{_USER}(?:works|work|is working|is employed) (?:as|for|at|in)\b", "work"),
        (rf"^(?:the )?user's birthday is\b|{_USER}was born on\b", "birthday"),
        (r"^(?:the )?user's favou?rite (?P<who>[\w ]{2,30}?) (?:is|are)\b", "favourite {who}"),
        (rf"^(?:the )?user's {_WHO}(?:'s name)? is (?:called |named )?(?-i:[A-Z])", "{who}"),
        (rf"{_USER}(?:loves|likes|adores|enjoys|hates|dislikes|detests|can'?t stand|(?:does not|doesn't|no longer) "
         r"(?:like|eat|drink|love|enjoy)s?) (?:to )?(?P<who>[\w' -]{2,60}?)(?= any ?more|[.,;]|$)", "taste {who}"),
    )
)  # fmt: skip


def subject_of(text: str, user_name: str) -> str:
    """Return what a memory is about where only one such memory can hold ("home", "taste coffee"), "" where many can."""
    plain = re.sub(rf"\b{re.escape(user_name)}\b", "user", text, flags=re.IGNORECASE) if user_name else text
    for pattern, subject in _SUBJECTS:
        if match := pattern.search(plain):
            return subject.format(**match.groupdict()).lower()
    return ""


_DENIES = re.compile(r"\b(?:not|never|no|nothing|without|stopped|quit|\w+n['’]t)\b", re.IGNORECASE)


def denies(text: str) -> bool:
    """Whether a statement says that something is not so: search takes "not" for a word without meaning."""
    return _DENIES.search(text) is not None
