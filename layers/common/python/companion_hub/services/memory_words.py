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
dog pet animal walk hike leash park: greyhound labrador poodle terrier retriever collie spaniel beagle corgi husky dachshund pug bulldog whippet mutt
pet bird cage feathers egg eggs: hens chickens rooster parrot budgie canary ducks
limp limping doctor hospital pain hurt ache crutches bandage < broke broken fell pelvis hip ankle knee leg wrist injury surgery accident
sis bro sibling phone text call voicemail message < brother sister spoken talk estranged
aisle wedding miss wish grave grief anniversary < died killed dead death late widow
meds medication medicine pills tablets dose prescription pharmacy sitter syringe needle needles injection jab < insulin diabetic diabetes pills pressure antidepressants asthma inhaler
route map bridge tunnel crossing detour river harbour road across < bridge bridges tunnel tunnels motorway
flutter fluttering wings lamp light bug insect buzz window < moth moths wasp bee butterfly bats
merlot chardonnay rioja prosecco bottle grape vineyard bar toast glass table < wine
citrus fruit juice smoothie salad brunch orange lemon < grapefruit fruit oranges lemons kiwi strawberries
guacamole salsa taco tacos recipe herb herbs curry pho burrito leave garnish < coriander cilantro
sit seat seats table loud noisy restaurant crowd follow side whisper < deaf ear hearing
greasy fatty fried stomach belly digest takeaway < gallbladder ibs crohn reflux ulcer stomach
dessert sweet pudding treat bakery birthday < pie cake tart crumble brownie meringue tiramisu cheesecake
cafe café barista order usual espresso line queue caffeine < coffee latte flat cappuccino espresso tea
concert gig festival live show band stage tickets encore < tour concert band festival
lesson lessons app vocabulary grammar streak course teacher learn < learning learns language gaelic
tongue mother native first bilingual census childhood < spoke speaks language french german polish
music party tune song singalong < accordion fiddle violin piano guitar banjo ukulele drums
car vehicle drive driving parking garage mechanic: corolla toyota honda fiat ford renault volvo volkswagen audi mini panda
loaf loaves sourdough dough yeast baguette rolls flour oven < bread baker bakery bakes baking stall
stall shop business sell customers < stall market bakery shop cafe business
pack packing suitcase trip flight hotel holiday abroad warm weather sights < lisbon paris rome london berlin madrid barcelona vienna prague amsterdam dublin athens tokyo york iceland portugal italy spain france greece japan morocco thailand booked
pack lighter stress stressed nicotine craving puff ashtray quit < cigarette cigarettes smoke smoking smoker vape vaping
labour labor contractions midwife newborn baby hospital water broke < birth pregnant due expecting baby
borrow borrowed lend lent return debt owe owes back paid pay money tool tools shed < lent lend owe owes borrowed loan chainsaw drill
olympics rink ice jump medal winter sport spin < skate skates skater skating hockey figure
barrister solicitor lawyer attorney court judge trial < law lawyer legal
ex former divorce divorced < married divorced divorce husband wife separated
jewellery jewelry jewel burglar burglars thief steal stash hide hiding safe treasure < ring necklace bracelet earrings opal diamond pearl gold silver hidden hid
paddle lake river sink oar row: canoe kayak raft dinghy
sale flea thrift charity antique antiques bargain auction hunting attic shelf < collects collect collecting collection vintage
downstairs cellar basement flood storm rain leak boxes mould damp < basement cellar floods flood leaks roof
calm peace escape clear head breathe < beach lake forest woods sea sunrise sunset mountains
bank loan interest payment house debt appointment adviser advisor < mortgage loan
bonus saving savings afford reward treat budget lottery < saving saves aside savings
sauna spa steam heat relax < sauna tub spa
farewell goodbye leaving party card gift desk office < moving leaves colleague colleagues retiring
panel nerves nervous questions practise practice prepare suit < interview audition exam presentation
hallway woke wake wandering awake asleep night kitchen < sleepwalks sleepwalk sleepwalking sleepwalker
focus concentrate attention distracted brain forgot chores < adhd
donor donate transfusion hospital sleeve bleed universal type < blood
ink dress backless sleeve shoulder back skin needle < tattoo tattooed tattoos
superstition superstitious ritual quirk luck lucky < taps knocks twice superstitious
tv telly television couch sofa series show detective crime channel netflix evening < watch watches episode episodes columbo
page chapter discuss read club < book books novel
flower flowers garden yard plant bloom petals bouquet vase: dahlia dahlias daisies hydrangeas lilac violets irises
jumper sweater scarf shirt tie dress wear outfit suit paint wall wallpaper curtains < colour color green blue red
party surprise surprises celebrate birthday guests balloons secret < party parties surprises
cans tins groceries leftovers hungry hunger homeless donate give < food bank volunteers shelter soup
meatloaf meatballs ribs gravy mince supper kebab salami sunday roast lunchbox < vegetarian vegan
apprentice apprenticeship trade tool tools workshop gloves mask < welding welder carpenter plumber electrician mechanic joiner apprentice
ring ringing rings phone tablet video skype zoom facetime < calls call phones
pregnant pregnancy bump baby shower expecting announcement < miscarriage ivf infertile infertility stillborn
stamps stamp stationery envelope post mailbox postbox mail pen paper < letters letter pen
rice curry burn burnt kitchen recipe takeaway serve < cook cooked cooks cooking burning burns
taxi car ride seat front backseat shotgun journey winding bus coach ferry boat sick nausea < carsick seasick travelsick sick motion
bucket list someday adventure trip flights tempt < wants see visit travel dream
kimono sushi tokyo kyoto asia anime < sapporo tokyo kyoto osaka japan japanese
jaw chin tooth teeth toothache ache clench < teeth grinds grind dentist
mole moles spot freckle skin sun sunscreen tan lump cancer < melanoma skin cancer
earplugs pillow noise noisy loud awake bird snore snoring < rooster crowing barking snores neighbour asleep
church mass prayer pray priest christmas eve < believe believes candle god faith christmas
shoes boots sandals trainers heels sneakers fit size store < shoe shoes size feet foot
locked locksmith keys key door < key spare
emergency ambulance police caller phone shift < dispatcher paramedic police firefighter nurse
recognise recognize confused forget visit nursing home < dementia alzheimer
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
