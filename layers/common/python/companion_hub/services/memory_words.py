"""What a memory is about: words it may be asked for with, its subject, and whether it denies something.

Pure.  Full-text search finds the words of a memory (and their stems); ``related_words`` adds what people say instead of
them, so that "my pet" finds the dog.  It is computed when a memory is written: the path before a reply pays nothing.
"""

import re

# One line per field of life.  The words before the colon name the field and are how one asks about it; any word of the
# line is answered by them, and a word after the colon is found by the words before it only.
_FIELDS = tuple(
    (frozenset(names.split()), frozenset(names.split()) | frozenset(members.split()))
    for names, _, members in (
        line.partition(":")
        for line in """
pet animal: dog puppy cat kitten hamster rabbit bunny parrot horse pony goldfish tortoise turtle lizard snake budgie ferret
job work career profession occupation living: nurse doctor teacher engineer developer programmer lawyer artist writer chef cook
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
fur furry purr paws: cat kitten dog puppy
bark walk leash paws: dog puppy
""".replace("\n  ", " ")
        .strip()
        .splitlines()
    )
)
# Stems of the search do not meet: each line is one word.
_IRREGULAR = tuple(
    frozenset(line.split())
    for line in """
grow grew grown/meet met/break broke broken/write wrote written/speak spoke spoken/drive drove driven/swim swam/run ran/
lose lost/buy bought/teach taught/sleep slept/drink drank drunk/eat ate eaten/feel felt/find found/fall fell fallen/
fly flew flown/forget forgot forgotten/give gave given/leave left/make made/sell sold/send sent/sing sang sung/steal stole stolen/
tell told/think thought/win won/wear wore worn/wake woke/child children/wife wives/tooth teeth/foot feet/mouse mice/die death died/
marry married marriage/choose chose chosen/ride rode/build built/bring brought/catch caught/hurt injured injury
""".replace("\n", "").split("/")
)
_WORD = re.compile(r"[^\W\d_]+")


def related_words(text: str) -> str:
    """Return words somebody may use who means this text, in alphabetical order; those it says itself are left out."""
    words = {word for said in _WORD.findall(text.lower()) for word in (said, _singular(said))}
    asked = {name for names, members in _FIELDS if words & members for name in names}
    asked.update(form for forms in _IRREGULAR if words & forms for form in forms)
    return " ".join(sorted(asked - words))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


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
