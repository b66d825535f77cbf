"""The statements about themselves that people make and that last: a table, one pattern a line, in the order they are tried.

Read by memory_rules, which has had a message taken apart before: a pattern meets one clause in plain words ("I am" for
"I'm", no fillers), told, not asked.  The words before the table are shared by its lines; where one seems to say too
little, the story's present tense is why: "I smoke" is a habit, "I smoke a cigarette on the balcony" is a scene.
"""

import re
from typing import NamedTuple

from companion_hub.models.memory import MemoryKind


class Statement(NamedTuple):
    """``pattern`` is matched at the beginning of a clause; ``text`` "" tells the whole clause in the third person."""

    pattern: str
    kind: MemoryKind
    importance: int
    subject: str
    text: str


# --- words -----------------------------------------------------------------------------------------------------------


def _any(words: str) -> str:
    """Return an alternation of words; ``_`` stands for a space."""
    return "(?:" + "|".join(word.replace("_", " ") for word in words.split()) + ")"


NUMBER = "(?:\\d{1,2}|" + "|".join(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety".split()
) + ")(?:-(?:one|two|three|four|five|six|seven|eight|nine))?"  # fmt: skip
MONTH = _any("jan(?:uary)? feb(?:ruary)? mar(?:ch)? apr(?:il)? may june? july? aug(?:ust)? sept?(?:ember)? oct(?:ober)? "
              "nov(?:ember)? dec(?:ember)?")  # fmt: skip
DAY = _any(
    "mon(?:day)?s? tues?(?:day)?s? wed(?:nesday)?s? thu(?:rs?)?(?:day)?s? fri(?:day)?s? sat(?:urday)?s? sun(?:day)?s?"
)
SEASON = _any("spring summer autumn fall winter christmas easter new_year(?:'s)? ramadan")
# A day in the calendar that is to come, and one that is past.
_WHEN = (
    rf"(?:\bend of (?:the )?(?:year|month|week|summer|{MONTH})\b|\b(?:on|in|at|by|until|before|after|from|over|this|next|coming)(?: the)?(?: (?:early|late|mid))? (?:\d{{1,2}}(?:st|nd|rd|th)?\b(?! (?:min|sec|hour))|"
    rf"{MONTH}\b|{DAY}\b|{SEASON}\b|week(?:end)?\b|month\b|year\b|{NUMBER} (?:day|week|month|year)s\b|a (?:week|month|year)\b|"
    r"couple of)|\btomorrow\b|\bnext time\b|\b\d{4}-\d\d-\d\d\b|\b(?:19|20)\d\d\b)"
)
_LONG_AGO = (
    rf"(?:\bin (?:the )?(?:\d{{4}}|{MONTH}|{SEASON}|'?\d0s|my (?:teens|twenties|thirties|forties|youth|childhood))\b|\blast (?:year|month|{SEASON}|{MONTH})\b|"
    rf"\b(?:{NUMBER}|a|a few|several|many|some|couple of) (?:week|month|year|decade)s? (?:ago|back)\b|\byears ago\b|\bwhen i was\b|\bas an? (?:\w+ )?(?:kid|child|teenager|teen|"
    r"student|baby|boy|girl|young)\b|\bat (?:school|uni|university|college)\b|\bfor (?:\w+ )?(?:years|months|decades)\b|\b(?:a|one) year (?:in|at|as)\b|"
    rf"\bat (?:the age of {NUMBER}|1[3-9]|[2-9]\d|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six)ty(?:-\w+)?)\b(?!:)|\bsince\b|\bonce\b)"
)
HABIT = (
    rf"(?:\bevery (?:\w+ )?(?:day|morning|evening|night|week|weekend|month|year|{DAY}|{SEASON})\b|\bon {DAY}(?:(?<=s)\b| (?:mornings|evenings|nights|afternoons)\b)|\b(?:at|on) weekends\b|\bon weekdays\b|"
    rf"\b(?:once|twice|{NUMBER} times) (?:a|per) \w+|\bin the (?:mornings|evenings|afternoons|winter|summer)\b|\bdaily\b|\bweekly\b|\b(?:before|after) (?:work|school|bed)\b|"
    r"\bin my (?:spare|free) time\b|\bfor a living\b|\bas a hobby\b|\bfor fun\b|\bwhenever\b|\bsince i was\b|\bon the side\b|\bprofessionally\b|\bat three in the morning\b)"
)
# What holds for a moment only.
MOMENT = re.compile(
    r"\b(?:right now|today|tonight|this (?:morning|evening|afternoon|minute|second|very)|just now|(?:in|for) a (?:minute|second|sec|moment|bit|while)|"
    r"in (?:\w+ )?(?:minutes?|hours?)|(?:minutes?|hours?) ago|again|last night|yesterday|earlier|for (?:breakfast|lunch|dinner)|anything|something|as i said|any longer with)\b",
    re.IGNORECASE,
)
PROFESSION = _any(
    r"nurse doctor surgeon paramedic midwife dentist pharmacist physiotherapist therapist psychologist psychiatrist vet veterinarian "
    r"teacher professor lecturer tutor librarian student trainee apprentice intern engineer developer programmer coder sysadmin analyst "
    r"architect designer scientist physicist chemist biologist mathematician researcher lawyer solicitor barrister paralegal judge notary "
    r"artist painter sculptor illustrator photographer musician pianist violinist drummer singer composer dancer actor actress comedian "
    r"writer author novelist poet journalist editor translator interpreter chef cook baker butcher barista bartender waiter waitress "
    r"driver trucker pilot sailor mechanic electrician plumber carpenter joiner builder bricklayer roofer welder machinist locksmith "
    r"tailor seamstress cobbler potter blacksmith jeweller farmer gardener florist beekeeper fisherman forester postman postwoman courier "
    r"firefighter fireman policeman policewoman police_officer paramedics accountant banker cashier shop_assistant salesman saleswoman "
    r"manager consultant secretary receptionist entrepreneur freelancer contractor civil_servant social_worker childminder nanny "
    r"hairdresser barber beautician tattooist trainer coach referee athlete economist historian archaeologist geologist astronomer "
    r"priest vicar imam rabbi pastor undertaker cleaner caretaker janitor housewife househusband stay-at-home_\w+ flight_attendant "
    r"optician radiographer technician planner surveyor estate_agent realtor recruiter buyer merchandiser youtuber streamer blogger "
    r"game_dev(?:eloper)? data_\w+ model guard lifeguard guide ranger soldier stagehand docker diver medic product_\w+ project_\w+ school\w+ kindergarten_\w+ postdoc"
)
BEING = _any(
    r"vegan vegetarian veggie pescatarian coeliac celiac diabetic asthmatic teetotaller twin triplet widow widower orphan introvert extrovert "
    r"catholic protestant christian muslim buddhist hindu jew sikh atheist agnostic night_owl early_bird morning_person lefty redhead "
    r"brunette blonde veteran refugee immigrant expat feminist cat_person dog_person only_child middle_child single_(?:mum|mom|mother|dad|"
    r"father|parent) (?:mother|father|mum|mom|dad|parent)_of_\w+ grand(?:mother|father|ma|pa) smoker non-smoker recovering_\w+ ex-\w+ "
    r"scorpio leo virgo libra gemini taurus aries capricorn aquarius pisces sagittarius fan_of_.+ fan member_of_.+ collector gamer "
    r"cancer_survivor black_belt sophomore freshman left(?:y|ie) (?:native_)?speaker_of_.+ citizen_of_.+"
)
CONDITION = _any(
    r"(?:severely_|deathly_|badly_|very_|mildly_)?allergic vegan vegetarian pescatarian teetotal sober (?:lactose|gluten|histamine|fructose)[-_]intolerant "
    r"intolerant_to coeliac celiac (?:a_)?(?:type[-_]\w+_)?diabetic asthmatic epileptic deaf blind (?:red-green_)?colou?r-?_?blind dyslexic autistic bipolar "
    r"left[-_]?handed right[-_]?handed ambidextrous short-?sighted near-?sighted long-?sighted hard_of_hearing hearing-impaired disabled paraplegic anaemic anemic "
    r"immunocompromised pregnant trans transgender non-?binary gay lesbian bi(?!_lingual) bisexual asexual pansexual queer "
    r"religious bald ginger tall claustrophobic arachnophobic adopted dyspraxic"
)
_DISEASE = _any(
    r"asthma diabetes epilepsy adhd add autism anxiety depression insomnia migraines? arthritis (?:coeliac|celiac)(?:_disease)? ibs crohn'?s ptsd ocd "
    r"dyslexia scoliosis hay_fever eczema psoriasis cancer leukaemia ms lupus tinnitus narcolepsy sleep_apnoea endometriosis fibromyalgia hiv aids "
    r"tourette'?s parkinson'?s \w+(?:algia|itis|osis|a?emia|phobia|lexia|calculia|praxia|plegia|pathy) bipolar schizophrenia high_blood_pressure low_blood_pressure (?:heart|kidney|thyroid|lung|skin|liver)_\w+ pacemaker "
    r"vertigo anaemia anemia long_covid panic_attacks astigmatism hearing_loss dementia alzheimer'?s eyesight sight hearing memory_problems back_problems "
    r"back knee hip shoulder stutter lisp prosthe\w+ phobia"
)
PET = _any(
    r"dogs? pup(?:py|pies)? cats? kittens? hamsters? rabbits? bunn(?:y|ies) parrots? budgies? horses? pon(?:y|ies) goldfish fish tortoises? turtles? lizards? "
    r"snakes? geckos? ferrets? guinea_pigs? birds? canar(?:y|ies) chickens hens goats? sheep rats? mice hedgehogs? axolotls? bees \w+hounds? "
    r"poodles? labradors? terriers? retrievers? collies? spaniels? dachshunds? beagles? huskys? pugs? corgis? bulldogs? shepherds?"
)
CLOSE = (
    r"(?:(?:older|younger|elder|eldest|oldest|youngest|little|big|twin|late|ex|step|half|foster|adoptive|first|second|new|only|best|closest|other)[ -]?)?"
    + _any(
        r"wife husband partner girlfriend boyfriend fianc[eé]e? spouse mother mum mom mam dad father parents? sister brother siblings? sons? daughters? "
        r"twins kids? child children baby grandmother grandfather grandma grandpa granny gran nan nana granddad grandad grandparents grandson granddaughter "
        r"aunt uncle cousin niece nephew stepdad stepmum stepmom stepfather stepmother stepson stepdaughter mother-in-law father-in-law sister-in-law "
        r"brother-in-law in-laws godmother godfather godson goddaughter ex ex-wife ex-husband best_(?:friend|mate) step-?(?:mum|mom|dad) mate friend roommate flatmate housemate sisters brothers family"
    )
)  # fmt: skip
_ACQUAINTANCE = _any(
    "boss manager supervisor colleague neighbour neighbor landlord landlady teacher doctor dentist therapist"
)
_THING = _any(
    r"car van truck bike bicycle motorbike motorcycle scooter boat yacht narrowboat ship flat apartment house place home cottage room garden balcony phone "
    r"laptop guitar piano band blog channel podcast shop company business job work profession major degree hair accent hometown star_sign zodiac_sign pronouns "
    r"address postcode email phone_number number locker_code pin mother_tongue first_language native_language blood_type shoe_size ring_size size safe_?word password heritage "
    r"religion nationality surname nickname middle_name last_name maiden_name commute garage school university college"
)
_GOAL = _any(
    "dream goal plan ambition resolution biggest_dream big_dream hobby hobbies biggest_fear greatest_fear worst_fear weakness passion pet_peeve guilty_pleasure comfort_food"
)
_OCCASION = _any(
    r"flight exams? court_date wedding anniversary interview appointment surgery operation thesis deadline train visa graduation concert gig audition viva test driving_test "
    r"check-?up scan due_date trial hearing presentation birthday_party holiday vacation trip move game match race marathon name_day"
)
_OWNED = _any(
    r"car van truck bike motorbike motorcycle scooter vespa boat yacht narrowboat canoe kayak house flat apartment cottage cabin farm allotment garden shed greenhouse "
    r"guitar piano violin cello drum_kit telescope tattoos? scars? piercings? beard moustache blog channel podcast band shop company business degree phd "
    r"master'?s bachelor'?s licen[sc]e diploma black_belt brown_belt birthmark freckles dimples hair eyes accent collection stutter library workshop studio vineyard orchard "
    r"caf[eé] bakery restaurant stall record_player aquarium tree_?house sauna pool camper caravan motorhome"
)
FAMILY_NOUN = "(?:step|half-|foster |twin |grand|god|great-)?" + _any(
    r"sons? daughters? kids? child children sisters? brothers? siblings? twins? grandchild grandchildren grandson granddaughter stepson stepdaughter nieces? nephews? wife "
    r"husband girlfriend boyfriend partner fianc[eé]e? cousins?"
)
_LANGUAGE = _any(
    r"english french german spanish italian japanese chinese mandarin cantonese polish dutch portuguese arabic russian korean swedish norwegian danish finnish greek "
    r"turkish hindi urdu welsh irish gaelic latin czech slovak hungarian romanian bulgarian croatian serbian ukrainian hebrew farsi persian thai vietnamese tagalog "
    r"swahili zulu afrikaans catalan basque esperanto icelandic estonian latvian lithuanian tamil bengali punjabi malay indonesian yiddish klingon sign_language asl bsl"
)
PEOPLE = _any(
    r"french dutch german swiss greek thai czech norwegian belgian italian austrian australian canadian american african european asian indian russian ukrainian "
    r"hungarian romanian bulgarian croatian serbian brazilian argentinian mexican colombian chilean peruvian cuban korean indonesian malaysian egyptian moroccan "
    r"nigerian kenyan israeli iraqi iranian persian afghan pakistani welsh scots icelandic arab british english irish scottish spanish polish danish swedish finnish "
    r"turkish jewish flemish cornish japanese chinese portuguese vietnamese lebanese maltese nepalese senegalese taiwanese sudanese catholic protestant christian "
    r"muslim buddhist hindu sikh orthodox mormon latino latina filipino filipina latvian lithuanian estonian slovak slovenian albanian venezuelan ghanaian ethiopian somali "
    r"syrian tunisian algerian kurdish armenian georgian kazakh basque catalan sicilian bavarian"
)
# What nobody is allergic to but in jest: doings, abstractions, people, days.
_MOCK = (
    r"(?:(?:bad|good|silly|stupid|cheap|small|your|all|any|too much|the|early) )*(?:nonsense|bullshit|drama|idiots?|fools?|liars?|people|humans|men|women|work|mornings|fun|effort|exercise|feelings|love|romance|truth|lies|talk|talking|puns?|jokes?|plot|plots|clich[eé]s?|"
    r"sunshine|peace|rules|chores|mistakes|trouble|defeat|failure|sleep|cardio|sports?|maths|homework|meetings|capitalism|nice things|friends|family|exes|kids|children|neighbours|neighbors|customers|tourists|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|you|your|this|that|(?!(?:\w+ing (?:powder|products?|foam|pills?|soda|gum|liquids?|agents?|cream|oil|spray)|herring|whiting|icing|dressing|stuffing|clothing|bedding|pudding)\b)\w+ing|"
    r"(?!(?:medication|vaccination|supplement|emulsion|lotion|ointment|cement|pigment|condiments?|fragrances?)\b)\w{2,}(?:ness|ment|tion|sion|ity|ism|ship|hood|ance|ence)s?)\b"
)
_EDIBLE = _any(
    r"butter chocolate cheese cake ice_cream bread pizza pasta sushi curry coffee tea wine beer cider bacon nutella hummus marzipan halloumi toast cereal popcorn liquorice licorice fudge "
    r"caramel toffee tiramisu cheesecake gelato ramen kimchi salami chorizo sourdough shortbread gingerbread jam honey cola pudding pie trifle chutney mayo sugar trash_tv tv karaoke"
)
# What one has no birthplace in, and what one is moved to but by words.
_NO_PLACE = r"(?:fire|flames?|blood|(?:the )?shadows?|(?:the )?dark(?:ness)?|battle|war|chaos|ashes|sin|chains|storms?|hell|heaven|anger|rage|pitch|volume|alarm|protest|doubt|hope|fear|pain|silence|barns?|captivity)"
_NOWHERE = _any(
    "hell heaven neverland narnia mordor hogwarts valhalla asgard wonderland atlantis camelot avalon rivendell westeros winterfell gotham"
)
_INSTRUMENT = _any(
    r"guitar piano violin viola cello drums bass saxophone sax flute ukulele trumpet trombone harp accordion clarinet oboe organ keyboard banjo mandolin bagpipes "
    r"harmonica recorder synth football soccer tennis basketball rugby hockey badminton volleyball baseball cricket golf squash table_tennis handball chess poker "
    r"bridge go video_games board_games computer_games minecraft zelda dungeons d&d lacrosse water_polo"
)
_SPORT = _any(
    r"yoga pilates karate judo taekwondo aikido boxing kickboxing ballet gymnastics athletics parkour crossfit weightlifting pottery ceramics photography "
    r"graphic_design web_design stand-up improv volunteer_work research calligraphy embroidery woodwork woodworking archery fencing triathlons marathons "
    r"martial_arts cosplay jiu-jitsu capoeira origami crosswords jigsaws puzzles"
)
# What one does for years; said plainly it is a habit.
_STEADY = _any(
    "collect knit crochet sew volunteer coach teach study meditate commute blog garden breed grow tutor foster smoke vape "
    "bake brew stargaze birdwatch hike climb cycle scuba freedive code program stream podcast translate"
)
# What one also does in the story of the moment: with a habit's time, or of a kind that is no gesture.
_DEED = _any(
    r"(?:go|get|wake|stay|come|work|eat|drink|sleep|read|run|swim|cook|wear|watch|play|listen|take|walk|do|drive|have|keep|carry|forget|sing|talk|write|buy|call|"
    r"visit|celebrate|leave|shower|train|practi[sc]e|jog|dance|paint|draw|box|row|sail|surf|ski|fish|hunt|climb|hike|cycle|ride|make|bake|spend|pray|fast|skip|"
    r"travel|use|dream|worry|lose|help|start|host|attend|meet|restore|repair|build|fix|exercise|work_out|nap|snore|sleepwalk|vote|donate|tip|recycle|order|put|"
    r"feel|get|see|sit|smoke|grow|brew|study|sew|knit|code|meditate|volunteer|vape|swim|commute|deliver|teach|serve|light|cry|bite|grind|hum|swear|blush|sweat|need)"
)
_OFTEN = _any(
    "usually always often normally never rarely hardly_ever sometimes typically seldom mostly generally regularly"
)
_EXAMS = _any("degree phd doctorate master'?s(?:_degree)? bachelor'?s(?:_degree)? diploma")
_X = r"(?P<x>[^,;:]{2,120}?)"
_NOT_X = (
    r"(?!(?:you|your|yours|it|it's|that|this|these|those|him|her|them|how|when|what|where|who|why|if|the (?:way|fact|idea|thought|feeling|look|sound of your|smell of your)|"
    r"to (?:think|know|say|see|hear|admit|tell|ask|break|interrupt|disappoint|be (?:that|rude))|seeing|hearing|knowing|being (?:with|here|your)|everything|nothing|every|each other|us|myself|"
    r"all of|so|me|and|or|a lot|very|too|more|them|such)\b)"
)


# --- classes ---------------------------------------------------------------------------------------------------------

_NOT_NAME = (
    r"(?!(?:not|never|no|a|an|the|so|too|very|on|in|unimportant|important|irrelevant|secret|hard|difficult|unusual|common|rare|boring|long|short|spelled|spelt|written|"
    r"pronounced|my|your|what|something|nothing|also|still|none|just|only|later|back|soon|now|tomorrow|tonight|again|when|if|whatever|anytime|sometime|crazy|old-fashioned|"
    r"mad|stupid|naive|weird|paranoid|names|out|off|over|for|at|by|with|to|and|or|but|please|any|every|here|there|ok|okay)\b)"
)
# What may stand between "my sister" and her verb and is no name in small letters.
_NO_NAME = _any(
    "and or who whom that which is was are were has had have does did says said thinks thought told tells hopes knows knew swears if when in of for to at with not never "
    "always also just really still only actually finally recently once never both even food house room place car phone name here there nearly almost over too now then"
)
_NAME = rf"{_NOT_NAME}(?P<x>[^\W\d_][\w'-]*(?: (?-i:(?:d|v|[A-Z])[\w'-]*)){{0,3}})"


def _class(
    pattern: str, kind: MemoryKind = "fact", importance: int = 4, subject: str = "", text: str = ""
) -> Statement:
    return Statement(pattern, kind, importance, subject, text)


MUST = 5
STATEMENTS = (
    # who they are
    _class(rf"my (?:real |first |actual )?name is {_NAME}(?: {_NAME.replace('?P<x>', '?:')})*$", "fact", MUST, "name", "The user's name is {x}."),
    _class(rf"my (?P<who>full|middle|last|maiden|stage|pen) name is {_NAME}$", "fact", MUST, "{who} name", "The user's {who} name is {x}."),
    _class(rf"(?:you (?:can|may|should|could) (?:just )?|please (?:just )?|just |everyone |everybody |people |friends |(?:all )?my (?:\w+ )?\w+ )(?:call|calls) me {_NAME}(?: please| for short| except (?:for )?(?:my|the|at|when|in)\b.*)?$",
           "fact", MUST, "called", "The user wants to be called {x}."),
    _class(rf"call me (?-i:(?=[A-Z])){_NAME}(?: please| for short)?$", "fact", MUST, "called", "The user wants to be called {x}."),
    _class(rf"(?!(?:you|he|she|they|i|do|do not|never|please|just|and)\b)[\w' ]{{2,40}} (?:call|calls) me (?-i:(?=[A-Z])){_NAME}$", "fact", MUST, "called", "The user wants to be called {x}."),
    _class(rf"i go by {_NAME}$", "fact", MUST, "called", "The user wants to be called {x}."),
    _class(rf"i am (?:now |already |only )?(?P<x>[1-9]\d|1[01]\d|{NUMBER})(?: years old| years of age| yrs old| yo| y/o)$", "fact", 4, "age", "The user is {x} years old."),
    _class(r"i am (?:now |already |only )?(?P<x>(?:1[89]|[2-9]\d)|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty)(?:-\w+)?)(?: and .{2,60}?)?$", "fact", 4, "age", "The user is {x} years old."),
    _class(rf"i (?:will be |am turning |turn(?:ed)? ){NUMBER}(?: years old)?(?:$| (?:in|on|next|last|this|today|tomorrow|yesterday|a|two|three|and)\b)", "fact", 4, "age"),
    _class(r"(?:it is )?my birthday (?:is (?:on )?|falls on |on |in )(?:the )?(?P<x>[^,;:]{3,40})$", "fact", MUST, "birthday", "The user's birthday is {x}."),
    _class(rf"i was (?:born|raised|brought up) (?:in|of|from|by) (?:an? )?(?:{_NO_PLACE}|wolves|bears|apes|witches|dragons|goblins|elves|orcs|demons|pirates)$", "fact", 0),
    _class(rf"i (?:am|was|have|live|come|grew|moved)\b[\w ]{{0,20}} (?:to|in|from|up in) {_NOWHERE}\b", "fact", 0),
    _class(r"i (?:was |have been )?moved to (?:tears|laughter|action|silence|pity|rage|joy|speak|act|the (?:next|other|back|front|left|right|edge|side|corner|middle|table|floor|top|bottom)\b)", "fact", 0),
    _class(rf"i (?:was|am) born (?:and (?:raised|bred) )?(?:on|in|at)\b(?=.*(?:\d|{MONTH}|{DAY}))", "fact", MUST, "birthday"),
    _class(r"i was born (?:and (?:raised|bred) )?(?:in|at|near|on|to)\b", "fact", 4, "birthplace"),
    # where they live, where from
    _class(r"i (?:now |currently |still |also |have )?(?:live|lived|reside|am living|have been living) (?:all |together |out |up |down |over )?(?:in|at|on|near|with|alone|next|by|above|below|close|outside|just|abroad|here|since|for (?:\w+ )?years)\b"
           r"(?! (?:hope|fear|the (?:moment|past|present|now)|a dream|denial|peace|sin|my head))", "fact", 4, "home"),
    _class(r"i (?:no longer live|do not live)\b.*\b(?:in|at|with|near|here|there|together)\b", "fact", 4, "home"),
    _class(r"i (?:have )?(?:just |recently |finally )?moved (?:here|to|out of (?:my|our)|back|from|into|out|in with|away|house|abroad)\b(?! (?:your|the (?:door|window|bed|couch|sofa|other side)))", "fact", 4, "home"),
    _class(r"i am (?:moving|relocating|emigrating) (?:to|back|in with|out|away|from|abroad)\b(?! (?:the (?:door|window|bed|couch|sofa|left|right)|your?))", "event", 4),
    _class(r"i (?:grew up|was (?:raised|brought up)|spent (?:my (?:childhood|youth|teens|twenties|thirties|forties|early|school|student)|most of|(?:\w+ )?years (?:in|at|as)))\b", "fact", 4),
    _class(r"i (?:am|come) (?:originally |actually |also )?from (?!(?:the (?!north|south|east|west|country|coast|netherlands|us\b|usa|uk|states|philippines|czech|city|outskirts|area|"
           r"island|highlands|balkans|caribbean|middle|midlands)|a (?!small|tiny|big|huge|little|family|village|town|farm|long line|poor|rich|working)|work|behind|here|you|your)\b)",
           "fact", 4, "origin"),
    # work and school
    _class(rf"i (?:am|was|have been|used to be|became|am now|am also|am still|am becoming) (?:(?:an? |the )(?:[\w'.-]+ ){{0,3}}?|head |lead |senior |chief |deputy |assistant )(?!-){PROFESSION}(?:$| (?:at|in|for|with|of|on|from|by|who|and|since|now|specialising|specializing|these)\b)", "fact", 4, "work"),
    _class(r"i (?:am|was|have been|used to be) (?:an? )(?:[\w'-]+ ){0,2}?(?!(?:monster|loser|sinner|lover|winner|fighter|survivor|stranger|prisoner|believer|dreamer|goner|killer|hunter|warrior|conqueror|emperor|master|sucker|teaser|liar|leader|ruler|danger|disaster|"
           r"bother|finger|paper|number|matter|member|brother|sister|mother|father|daughter|cheater|hater|thinker|talker|sleeper|listener|newcomer|beginner|traitor|mentor|creature|slacker|bugger|keeper|charmer|player|kisser|hugger|outsider|pleaser|giant|vigilante|servant|different|silent|patient|innocent|"
           r"christian|human|man|woman|gentleman|madman|spider|tiger|reader|writer|gamer|rider|lurker|wanderer|traveller|traveler)\b)"
           r"(?:\w{2,}(?:er|or|ist|ian|eer|ant)|candidate|assistant|attendant|officer|agent|keeper|clerk|worker|operator|director|\w+woman)(?:$| (?:at|in|for|with|of|on|from|by|who|and|since|now)\b)(?!.*\b(?:you|your)\b)", "fact", 4, "work"),
    _class(r"i (?:am|was born) an? (?:\w+ )?(?-i:(?:New )?[A-Z][a-z]+(?:er|ian|ite|an|ese|ish))\b", "fact", 4, "origin"),
    _class(r"i am an? (?:[\w'-]+ ){0,3}?[\w'-]+ (?:at|for) (?:an?|the|my) (?:[\w'-]+ ){0,3}?(?:place|restaurant|hotel|hospital|school|company|firm|bank|bar|pub|club|shop|store|theatre|theater|opera|house|museum|zoo|farm|studio|"
           r"university|college|airport|station|factory|warehouse|garage|library|newspaper|magazine|charity|church|office|clinic|lab|salon|gym|spa|city|council|government|army)\b(?!.*\b(?:you|your)\b)", "fact", 4, "work"),
    _class(r"i am (?:no longer|not) (?:at|in|on|part of|a member of) (?-i:[A-Z])", "fact", 4),
    _class(r"i (?:am|have been) (?:based|stationed|employed|enrolled|registered) (?:at|in|by|as)\b", "fact", 4),
    _class(r"i am (?:working )?in (?:it|finance|banking|sales|marketing|advertising|construction|logistics|retail|catering|hospitality|healthcare|education|insurance|fashion|publishing|real estate|tech|software|hr|law enforcement|the (?:army|navy|air force|military|police|civil service|film industry|music business))\b", "fact", 4, "work"),
    _class(r"i (?:rent|own|am renting) (?:out )?(?:an?|my|the)\b(?!.*\byou\b)", "fact", 3),
    _class(r"i am (?:taking|on|having) an? (?:\w+ )?(?:gap year|sabbatical|year (?:off|out|abroad)|break from (?:work|college|uni))\b", "fact", 4),
    _class(r"i share (?:an?|my) (?:\w+ )?(?:house|flat|apartment|room|home|place)\b(?!.*\byou\b)", "fact", 3),
    _class(r"i (?!.*\b(?:you|your|her|his|him|she|he|while|until)\b)(?:also |still |mostly |only )?(?:clean|build|make|sell|fix|repair|write|read|paint|teach|train|breed|design|grow|cook|bake|brew|translate|edit|deliver|install|photograph|restore|code|mend|forge|carve|weave|dye|print|record|produce|treat|interpret|manage|groom|rescue|foster|collect|drive|fly|tattoo|film) (?!(?:excuses|jokes|promises|mistakes|plans|circles|things|orders|thoughts|minds|lips|noises|sounds|faces|signs|words|answers|questions|wishes|kisses|breaths|lies|moves|tracks|messages|news)\b)(?:(?!(?:the|a|an|my|some|this|his)\b)[a-z-]+ ){0,2}?(?!(?:this|his|as|is|us)\b)[a-z-]{3,}(?<!s)s(?:$| (?:for|at|in|on|with|as|by|and)\b)(?!.*\b(?:you|your|her|his|him|she|he)\b)", "fact", 3),
    _class(r"i (?:have )?(?:just |recently |finally )?(?:quit|left|joined) (?:the|an?|my) (?:[\w'-]+ ){0,2}?(?:choir|band|team|club|army|navy|air force|church|police|orchestra|society|union|course|gym|convent|seminary|scouts|cult|faith|company|firm)\b", "event", 4),
    _class(r"i changed (?:jobs|careers|schools|my name)\b", "event", 4),
    _class(r"i (?:also |currently |still |now |am (?:now |currently )?working )?(?:work |(?<=working ))(?:as|for|at|in)\b(?! (?:it|that|this|peace|silence|hard|once|all|progress|your?|my (?:head|mind)))", "fact", 4, "work"),
    _class(r"i (?:also |currently |still |now |mostly |usually )?work (?:from home|remotely|part[ -]time|full[ -]time|freelance|(?:the )?\w+ shifts?|nights?|night shifts|shifts|weekends|on (?:an?|the)\b|with (?:kids|children|animals|horses|people|wood|metal|computers)|two jobs|\w+days\b)", "fact", 3),
    _class(r"i (?:do not work|no longer work|quit|left|have (?:quit|left|lost)|lost|resigned from|got fired from|was fired from|was made redundant from) (?:my (?:old )?(?:job|work|position)|(?:at|for|as|in) )", "fact", 4, "work"),
    _class(r"i (?:am|have been|got|was|am currently) (?:unemployed|retired|jobless|self-employed|freelancing|between jobs|out of work|on (?:maternity|paternity|parental|sick) leave|laid off|fired|sacked|made redundant)\b", "fact", 4, "work"),
    _class(r"i (?:(?:have )?(?:just |recently )?(?:got|was|been) (?:promoted|hired|transferred|accepted|admitted|made redundant|laid off|let go)|got into (?-i:[A-Z])|retired(?! to (?:bed|my|the|our)))\b", "event", 4),
    _class(r"i (?:have )?(?:just |recently )?(?:started|start|begin|began|found|got|took|landed|have) (?:at )?(?:an? |my )?(?:new |first |second |part-time |full-time )*(?:job|school|college|university|internship|apprenticeship|position|business|company|course|degree)\b(?!.*\byou\b)", "event", 4),
    _class(r"i (?:run|own|manage|have|started|opened|founded) (?:my own|an?|the family) (?:[\w'-]+ ){0,3}?(?:shop|store|business|company|firm|studio|salon|caf[eé]|restaurant|bar|pub|hotel|farm|"
           r"bakery|startup|agency|practice|school|gallery|blog|channel|podcast|gym|brewery|kennel|charity|bookshop|garage|hostel|guest ?house|campsite|vineyard|orchard|pharmacy|kiosk|launderette|pizzeria)\b", "fact", 4),
    _class(r"i (?:am (?:still )?(?:studying|doing (?:an?|my)|reading for)|study|studied|have studied|attend|attended|go to|went to|dropped out of|(?:failed|flunked|got kicked|was kicked|was expelled|flunked) (?:out of|from)|graduated|majored|am majoring|am enrolled)\b(?! (?:you|your|the (?:shop|door|window|bathroom|kitchen|store|toilet|gym|map|room)|bed|sleep|work|him|her|it)\b)"
           r"(?=.*(?:school|college|uni|university|academy|\bsixth form|(?:\d(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth) grade|\bst\.? \w+|\w (?:junior |senior |middle )?high$|law|medicine|degree|phd|master'?s|bachelor'?s|exams?|year|semester|engineering|design|science|arts?|history|"
           r"literature|maths?|\w+ology|\w+onomy|\w+ics|\w+istry|\w+ography|\w+osophy|business|economics|music|nursing|education|in [A-Z]\w+|at [A-Z]\w+|from [A-Z]\w+)\b)", "fact", 4),
    _class(rf"i (?:have|have got|hold|got|did|finished) (?:an?|my|two) (?:[\w'-]+ ){{0,2}}?{_EXAMS}\b", "fact", 4),
    _class(r"i am (?:still )?(?:in|at) (?:my (?:first|second|third|fourth|fifth|final|last) (?:year|semester)|college|uni|university|med school|medical school|law school|grad school|high school|middle school|sixth form|kindergarten|(?:the )?\d+(?:st|nd|rd|th) grade|(?:the )?(?:sixth|seventh|eighth|ninth|tenth|eleventh|twelfth) grade|year (?:[7-9]|1[0-3]|seven|eight|nine|ten|eleven|twelve|thirteen)|my (?:freshman|sophomore|junior|senior) year)\b", "fact", 4),
    _class(r"i (?:have )?(?:passed|failed|dropped) (?:my|the|an?) (?:[\w'-]+ ){0,3}?(?:exam|test|final|degree|phd|course|viva|licen[sc]e|gcse|a-level|midterm|resit|year|module|class|driving|theory|maths?|english|physics|chemistry|biology)s?\b", "event", 4),
    _class(r"i did (?:an?|one|two|three|four|my) (?:[\w'-]+ )?(?:years?|semesters?|terms?|internship|apprenticeship|traineeship|exchange|placement|residency) (?:of|at|in|with|as)\b", "fact", 3),
    _class(rf"i (?:have )?(?:just |recently |finally |only )*(?:started|began|begun|took up|taken up) (?:to (?:learn|study|play|train|teach|practi[sc]e|write|volunteer)|learning|playing|studying|training|teaching|volunteering|therapy|uni|university|college|school|{_SPORT}|knitting|running|climbing|swimming|painting|sewing|gardening|hrt|chemo|[\w-]+ (?:lessons|classes|course)|(?:the |an? )?{_INSTRUMENT})\b(?! (?:when|after|away|from|into|up|down|towards?|for (?:the|my)|like)\b)(?!.*\b(?:your?|with him|with her)\b)", "fact", 3),
    # family, partner, friends, pets
    _class(rf"i (?:have )?(?:\w+ly )?(?:told|came out to) my (?P<who>parents|family|{CLOSE})(?: and \w+)? (?:that )?i am (?P<x>gay|lesbian|bi|bisexual|trans|transgender|non-?binary|queer|asexual|pansexual|pregnant|engaged|adopted|autistic|vegan|vegetarian)$", "fact", MUST, "", "The user is {x} and told their {who}."),
    _class(r"i (?:have )?(?:just |recently |finally )?came out (?:to|as|at|when)\b(?! (?:of|for) )(?!.*\byou\b)", "event", 4),
    _class(rf"i (?:had to (?:put|have)|have put|put) (?:my|our) (?:[\w'-]+ ){{1,5}}?to sleep\b(?!.*\b(?:child|children|kids?|baby|son|daughter)\b)|i (?:had to |have )?put (?:my|our) (?:[\w'-]+ ){{0,3}}?{PET} (?:[\w'-]+ )?down\b(?! (?:on (?:the|an?|my|his|her)|in|by|beside|next|gently|softly)\b)", "event", 4),
    _class(rf"i (?:had to |have )?(?:rehome|rehomed|give away|buried|bury|lost|said goodbye to) (?:my|our) (?:[\w'-]+ ){{0,3}}?(?:{PET}|{CLOSE})\b(?!.*\byou\b)", "event", 4),
    _class(r"(?:they|the doctors?|surgeons?) (?:took out|removed|cut out|cut off) my (?!(?:clothes|shirt|dress|shoes|coat|jacket|hair|bra|tongue)\b)(?P<x>[\w' -]{3,40}?)(?P<more>(?: (?:in|last|this|on) [\w ]{3,30})?)$", "event", 4, "", "The user had their {x} removed{more}."),
    _class(r"i (?:had|have had|am having|got) my (?!(?:heart|eyes|hair|hopes?|mind|money|hands?|cards?|wallet|purse|phone|keys|camera|sword|knife|tongue|claws|tools|laptop|notebook|book)\b)(?:[\w'-]+ ){1,3}?(?:out|removed|taken out|cut out|pulled|replaced|pierced|amputated)\b(?! of\b)", "event", 4),
    _class(rf"i (?:first )?met my (?:{CLOSE})\b(?=.*\b(?:in|at|on|through|while|during|online|when)\b)(?!.*\b(?:you|your)\b)", "event", 4),
    _class(r"i (?:once )?(?:met|saw) (?:the )?(?-i:(?!(?:Death|God|Satan|Santa|Jesus)\b)[A-Z][\w'-]+ )(?:(?-i:[A-Z][\w'-]+) )?(?:live|in concert|perform|(?:in|at|on) (?:an?|the|(?-i:[A-Z]\w+)))\b", "event", 3),
    _class(rf"my (?P<who>{CLOSE}|{_ACQUAINTANCE}|(?:other |old |new )?{PET})(?:'s)?(?:'s name|'s called)? (?:is|are)? ?(?:called|named|name is) (?P<x>[^,;:]{{2,60}})$",
           "fact", 4, "{who}", "The user's {who} is called {x}."),
    _class(rf"my (?P<who>{CLOSE}|{_ACQUAINTANCE}|(?:other |old |new )?{PET})(?:'s name)? is (?P<x>(?-i:(?:(?:Mr|Mrs|Ms|Dr) )?[A-Z][\w'-]+(?: [A-Z][\w'-]+)*))$",
           "fact", 4, "{who}", "The user's {who} is {x}."),
    _class(rf"(?:i|we) (?:named|called) (?:my|our) (?:{CLOSE}|{PET}) (?-i:[A-Z])", "fact", 4),
    _class(_LANGUAGE + r" is (?:not )?my (?:first|second|third|native|mother|best)\b", "fact", 4),
    _class(rf"my {_LANGUAGE} is\b", "fact", 3),
    _class(r"(?:his|her|its|their) names? (?:is|are|was|were) (?P<x>(?-i:[A-Z][\w'-]+(?:(?:,| and) [A-Z][\w'-]+)*))$", "fact", 3, "", "{antecedent} is called {x}."),
    _class(r"(?:his|her|its|their) names? (?:was|were) (?P<x>(?-i:[A-Z][\w'-]+))$", "fact", 3, "", "{antecedent} was called {x}."),
    _class(rf"my (?:old |late )?(?:{CLOSE}|{PET})(?:,? (?-i:(?!I\b)[A-Z][\w'-]+),?)?(?: (?:in|from) (?-i:[A-Z][\w'-]+))? (?:always |usually |only |still )?(?!(?:says?|said|thinks?|thought|told|tells|asks?|asked|and|or|could|would|might|should|will|can)\b)[a-z]+ (?!.*\b(?:you|your|this|for fun|nearly)\b)(?=.*{HABIT})", "fact", 3),
    _class(rf"my (?:old |late )?(?:{CLOSE}|{PET})(?:,? (?:(?-i:(?!I\b)[A-Z][\w'-]+)|(?!{_NO_NAME}\b)[a-z]{{3,12}}(?= (?:is|was|has|lives?|works?|moved|joined|died|passed|got|started|starts|plays|turned|turns)\b)),?)?(?: and (?:i|my \w+|(?-i:[A-Z]\w+)))? (?:both |also |just |recently |finally |only |always |never |still |once |have |has |had )*"
           r"(?:(?:is|was) (?:an? (?!(?:bit|lot|little|mess|pain|nightmare|idiot|jerk|angel|saint|dream|joke|bitch|asshole|dick|genius|star)\b)|my )(?:(?!your?\b)[\w-]+ ?){1,6}$|"
           r"(?:is|are|was|were|has|have|got|will be) (?:an? |the )?(?:(?!(?:at|in|on|with|to|for|by)\b)[\w-]+ ){0,2}?(?:called |named |from |pregnant|expecting|dead|deaf|blind|ill|sick with|allergic|divorced|divorcing|married|getting (?:married|divorced)|engaged|"
           r"retired|vegan|vegetarian|older|younger|\w+ years|years? old|having (?:a baby|surgery|twins)|due|moving|coming to (?:visit|live|stay)|born|adopted|deceased|gone since|"
           rf"(?:[\w-]+ )?{PROFESSION}|{NUMBER}(?=$| and\b| years\b)|{PEOPLE}|rescue|{CONDITION}|(?:in )?(?:hospital|prison|jail|rehab|a care home|a nursing home|a coma|remission|the army|the navy))\b|"
           rf"(?:died|passed away|passed|divorced|separated|split up|broke up|moved (?:to|in|out|away|back)|left (?:me|us|when|my)|married|remarried|raised me|brought me up|adopted me|taught me|"
           rf"gave birth|graduated|emigrated|lives?|works?|plays?|speaks?|collects?|teach(?:es)?|owns?|runs an?|has (?:an?|two|three|the|{_DISEASE})|turned {NUMBER}|have (?:an?|two|three)|had (?:an?|{NUMBER})|loves? (?!you|me|it|your)|hates? (?!you|me|it|your)|"
           rf"swears?|snores?|calls me|visits me|cooks|studies|(?:started|starts?|is starting|begins?|finishe[sd]|left|leaves) (?:his |her |their )?(?:first |new )?(?:school|walking|nursery|college|uni|university|kindergarten|reception|job|work|secondary|year|primary|high school)|turns? {NUMBER}(?=$| (?:on|in|next|this|soon|today|tomorrow|at|and|years?|just)\b)|(?:is|are) doing (?:his|her|their|an? )|joined|got into|goes to|was born|got (?:married|engaged|a job)|met (?:in|at|on)|eats|is getting|"
           r"(?:do not|does not|no longer|barely|never|have not|has not) (?:speak|talk|spoke|get along|get on|see|eat|drink|smoke|work|live|spoken)|(?:is|are|got) (?:into|visiting|coming|arriving|flying|turning|celebrating|leaving|retiring|learning|studying|working|living|dying|close|estranged|not speaking)|"
           r"won|lost|served|fought|built|survived|never|cheated on me|disowned|kicked me out|barely)\b)", "fact", 4),
    _class(r"(?:my (?:girlfriend|boyfriend|wife|husband|partner|fianc[eé]e?|ex)|(?-i:[A-Z]\w+)) and i (?:just |recently |finally |have |got |are |have been )*(?:broke up|broken up|split|split up|engaged|divorced|separated|married|getting|together|dating|expecting|moved|met|live|bought|trying)\b", "fact", 4, "status"),
    _class(rf"i (?:have|have got|got|adopted|rescued|own|keep|just got|just adopted|am adopting|am getting|foster|raised|lost) (?:an?|one|no|two|three|four|five|six|seven|some|many|my (?:first|own)|\d+) (?:[\w'-]+,? ){{0,4}}?(?:{PET}|{FAMILY_NOUN})\b(?!'s)", "fact", 4),
    _class(rf"i (?:have|keep) (?:{PET}|(?:siblings|kids|children|grandchildren|twins|triplets|stepkids|daughters|sons))\b", "fact", 4),
    _class(rf"i (?:have|have got|got) an? (?:[\w'-]+ ){{1,3}}?(?:called|named) (?-i:[A-Z])[\w'-]*\b(?! to\b)|i (?:used to|once|never) (?:have|had|own|owned|keep|kept) (?:an?|two|my own) (?:[\w'-]+ ){{0,3}}?(?:{PET}|{_OWNED})\b", "fact", 3),
    _class(r"i (?:am|have been|got|was) (?:newly |recently |happily |still |now |currently )?(?:single(?!-)|married(?! to (?:the|my|this) (?:job|work|game|sea))|engaged(?! in)|divorced(?! from (?!my\b))|separated|widowed|an? widow(?:er)?|in (?:a|an open|a long-distance) relationship|dating (?-i:[A-Z]\w+|someone|a )|seeing (?:someone|a guy|a girl|a man|a woman)|getting (?:married|divorced|engaged)|"
           r"going through a divorce|with my (?:boyfriend|girlfriend|partner|wife|husband)|polyamorous|together with)\b", "fact", 4, "status"),
    _class(r"i (?:broke up|split up|got (?:married|engaged|divorced)|married|divorced|proposed to|eloped|am divorcing|was dumped|left my (?:husband|wife|partner|boyfriend|girlfriend))\b(?! (?:you|your)\b)", "event", 4, "status"),
    _class(r"i (?:once )?proposed\b", "event", 4),
    _class(r"i am (?:the )?(?:an? )?(?:[\w-]+ )?(?:youngest|oldest|eldest|middle child|only child|second of|first of)\b", "fact", 3),
    # body and health, food
    _class(rf"i am (?:\w+ly |so |very )*(?:allergic to {_MOCK}|addicted to (?:nonsense|bullshit|drama|stupidity|idiots|work|mondays|mornings|fun|effort|exercise|commitment|feelings|love|you)\b)", "fact", 0),
    _class(r"i am (?:\w+ ){0,2}allergic(?: too| as well)?$|i am blind drunk\b", "fact", 0),
    _class(r"i am (?:blood )?(?:type )?(?:an? )?(?:blood )?(?:type )?(?-i:A|B|AB|O)(?: (?:pos(?:itive)?|neg(?:ative)?)|[+-])", "fact", 4, "blood type"),
    _class(rf"i (?:am|have been) (?:not |no longer |also |very |really |slightly |mildly |severely |half |partially |legally |almost |completely )?(?:{CONDITION})\b(?! (?:on|of) (?:you|time|money)|-|\s+(?:with (?!twins|my|our|a |the )|to your|up|to (?:me|it|this)))(?!.*\b(?:your?|story)\b)", "fact", MUST, "{diet}"),
    _class(r"i am (?:on|following|doing) (?:an?|the) (?:[\w-]+ ){0,2}diet\b|i (?:eat|am|am on|do) (?:keto|halal|kosher|plant-based|gluten-free|dairy-free|low-carb)\b", "fact", 4),
    _class(rf"i (?:have|have got|suffer from|live with|struggle with|was born with|was diagnosed with|have been diagnosed with|got diagnosed with|am recovering from|survived|beat) (?:an? |really |very |the |severe |chronic |mild |bad |terrible |slight |type \w+ |some |been |my )*(?:[\w'-]+ )?{_DISEASE}\b(?! with (?:your?|him|her)\b)", "fact", MUST),
    _class(r"i (?:have|have got) (?:an? |really |very |the |severe |bad |food |serious |strong |some )*(?:[\w'-]+ ){0,3}?allerg(?:y|ies)\b|i (?:was|have been|got) diagnosed\b|i (?:got|received) (?:my|an?) (?:[\w'-]+ ){0,2}?diagnosis\b|i suffer from\b", "fact", MUST),
    _class(r"i (?:often |sometimes |always |easily )?get (?:really |very |bad |terrible )*(?:migraines|seasick|carsick|motion sick|airsick|travel sick|panic attacks|nosebleeds|hives|dizzy|heartburn|a rash|sunburnt|anxious|hay fever)\b", "fact", 4),
    _class(r"(?P<x>[^\W\d_][\w'-]*(?: [\w'-]+){0,3}) (?P<what>gives?|makes?) me (?P<who>hives|nightmares|goosebumps|anxiety|joy|energy|the creeps|the ick|comfort|a rash|migraines|an allergic reaction|sneeze|itch|nauseous|sick|panic|anxious|nervous|cry|dizzy|sleepy|uncomfortable|(?:an? )?(?:\w+ )?(?:headache|migraine|rash|heartburn|palpitations|stomach ?ache|hangover)s?|throw up|vomit|ill|sweat|swell up|gag|bloated|wheeze|happy|sad|angry|homesick|nostalgic|shiver|feel (?:sick|ill|safe|alive|old))\b(?P<more>(?: with \w+)?(?: every (?:single )?time)?)$", "preference", 4, "", "{X} {what} the user {who}{more}."),
    _class(r"(?P<x>(?!(?:it|this|that|everything|something|he|she)\b)[^\W\d_][\w'-]*(?: [\w'-]+){0,2}) tastes? (?P<who>(?:like|of) [\w' -]{3,30}?) to me$", "preference", 3, "", "{X} tastes {who} to the user."),
    _class(r"(?:my |the )?doctors? (?:has|have|put) me on (?P<x>(?:[\w-]+ ){0,3}?(?:pills|tablets|statins|meds|medication|insulin|antidepressants|beta blockers|blood thinners|steroids|antibiotics|[\w-]+ diet))\b", "fact", 4, "", "The user's doctor put them on {x}."),
    _class(rf"i have not (?:spoken|talked) to (?:my|any of my) (?:[\w'-]+ )?(?:{CLOSE})\b(?!.*\b(?:today|yet)\b)", "fact", 4),
    _class(r"i have not (?:had|eaten|drunk|smoked|touched|been|seen|spoken|talked|lived|worked|driven|flown|slept|dated|gambled)\b(?!.*\b(?:you|your)\b)(?=.*\b(?:in|for|since)\b.*\b(?:years?|months|decades|\d{4})\b)", "fact", 4),
    _class(r"i am (?:currently |still |now )?(?:in (?:recovery|therapy|remission|rehab|a wheelchair|care)|on (?:dialysis|the pill|antidepressants|insulin|meds|medication|statins|blood thinners|\w+ medication|chemo|benefits|parole|disability))\b", "fact", 4),
    _class(r"i (?:walk|live|speak|talk) with an? (?:\w+ )?(?:cane|limp|stick|crutch|walker|pacemaker|lisp|stutter|accent|prosthe\w+|disability)\b", "fact", 4),
    _class(r"i (?:always |often |sometimes |usually )?(?:bite my nails|talk in my sleep|walk in my sleep|sleepwalk|snore|stutter|blush easily|cry (?:at|over) \w+|grind my teeth|crack my knuckles|faint at)\b", "fact", 3),
    _class(r"i identify as\b|i use (?:she|he|they)/", "fact", 4),
    _class(r"(?:nothing beats|there is nothing (?:better|nicer) than) (?!(?:you|your|this|that|a night with you)\b)(?P<x>[^,;:]{3,80}?)(?: for me)?$", "preference", 3, "", "The user loves {x}."),
    _class(r"my (?:go-to|usual|signature|preferred|regular) (?P<who>[\w ]{2,30}?) is\b", "preference", 3),
    _class(r"i am (?:more of )?an? (?!(?:good|bad|nice|terrible|different|changed|busy|simple|happy|sad|horrible|better|kind|lucky|real|new|weird|strange|jealous)\b)(?:[\w-]+ ){1,2}person\b", "preference", 3),
    _class(r"i am (?:very |always |a bit |so |really )?(?:nervous|anxious|uneasy|shy|uncomfortable|awkward) (?:around|near|in|on|about) (?!(?:you|your|it|this|that|here|what|tonight|us)\b)", "preference", 3),
    _class(r"i get (?:very |really |so |a bit )?(?:nervous|anxious|claustrophobic|sick|jealous|grumpy|hangry|homesick) (?:in|on|around|when|if|from|without|at) (?!you)", "preference", 3),
    _class(r"i take (?:my )?(?:medication|medicine|insulin|antidepressants|pills|blood thinners|antihistamines|beta blockers|lithium|supplements|vitamins?|\w+ for my)\b", "fact", 4),
    _class(r"i (?:wear|use|need|carry) (?:an? |my )?(?:glasses|contacts|contact lenses|hearing aids?|braces|a brace|wheelchair|walking stick|cane|crutches|inhaler|epipen|prosthe\w+|size \w+|guide dog|insulin pump)\b|i take an? size \w+", "fact", 4),
    _class(r"i (?:am having|had|have had|need|will have|am getting|underwent|am scheduled for|have) (?:an? |my )?(?:[\w'-]+ ){0,2}?(?:surgery|operation|transplant|chemo|chemotherapy|biopsy|stroke|heart attack|miscarriage|abortion|c-section|bypass)\b", "event", 4),
    _class(r"i (?:once |have |just |recently )?(?:broke|broken|fractured|sprained|tore|lost) my (?:\w+ )?(?:leg|arm|wrist|ankle|knee|nose|toe|finger|foot|rib|ribs|hip|collarbone|elbow|hearing|sight|eyesight|sense of smell|voice|ligament|acl)\b", "event", 4),
    _class(r"i (?:do not|cannot|can't|can not|never|no longer) (?:usually |ever |normally )?(?P<who>eat|drink|have|smoke|tolerate|digest|wear|celebrate|watch|use) "
           r"(?!(?:it|that|this|these|those|one|any|nice things|friends|fun|you|your|here|now|much|a thing|more|any(?:thing|one)?|time|enough|to|the (?:heart|time|energy|faintest|strength|words|key|keys|money|right)|an?y? (?:idea|clue|choice|time|plans?|problem|doubt|answer|reason|more|secrets?)|my|but|like|words|plans|feelings|"
           r"what|another|sex|people|humans|babies|souls)\b)[^,;:]{2,80}$", "preference", 4, "taste {rest}"),
    _class(r"i (?:do not|no longer|never) (?:drink|smoke|vape|drive|dance|gamble|swim)(?: (?:at all|anymore|any more))?$", "preference", 4, "habit {last}"),
    _class(r"i (?:do not|no longer) (?:speak|understand|know) (?:any |a word of |much )?" + _LANGUAGE, "fact", 3),
    _class(r"i (?:cannot|can't|can not|never learn(?:ed|t)(?: how)? to) (?:really )?(?:swim|drive|cook|whistle|ride (?:a bike|a horse|bikes)|dance|sing|ski|skate|read (?:music|maps|a map)|smell|taste|hear (?:on|in|with)|see (?:on|in|well|colou?rs)|parallel park|whistle|type|draw|sew|knit)\b(?! (?:you|your|it|that|now))", "fact", 4),
    _class(r"i only (?:ever )?(?!.*\b(?:when|if|because|to|your?)\b)(?:eat|drink|wear|watch|listen to|smoke|use|buy|date) (?!(?:the|this|that|it|one|an?|my|his|her|your|half|some|so)\b)[\w' -]{3,60}$", "preference", 3),
    _class(r"the only (?P<who>[\w ]{2,25}) i (?:can |will |ever |really )*(?P<what>eat|drink|like|watch|read|wear|speak) (?:is|are) (?!(?:you|your|this|that)\b)(?P<x>[^,;:]{2,60})$", "preference", 3, "", "The only {who} the user will {what} is {x}."),
    _class(r"i (?:eat|drink|(?:do not|never|no longer) touch) (?:meat|fish|dairy|gluten|eggs|alcohol|sugar)\b", "preference", 4, "diet"),
    _class(r"i (?:have )?(?:quit|stopped|gave up|given up|started|took up) (?:smoking|drinking|vaping|gambling|eating [\w ]+|coffee|alcohol|sugar|meat|caffeine|cigarettes|weed|social media|biting my nails)\b", "fact", 4, "habit {what}"),
    _class(r"i (?:have been|am) (?:sober|clean|vegan|vegetarian|smoke-free|off (?:alcohol|cigarettes))\b", "fact", 4),
    _class(r"i (?:sleep|eat|hear|see) (?:very |really )?(?:badly|poorly|well|lightly|like a (?:log|baby))\b", "fact", 3),
    _class(r"i (?:take|like|drink|prefer) my (?:coffee|tea|steak|eggs|whisky|whiskey|martini|burger|toast|latte)\b", "preference", 3, "taste {third}"),
    # what they like
    _class(rf"(?:can't stand|cannot stand) {_NOT_X}{_X}$", "preference", 3, "", "The user hates {x}."),
    _class(rf"i (?:am (?:such )?a sucker for|have (?:always had )?(?:a thing|a weakness|a soft spot) for|am big on) {_NOT_X}{_X}$", "preference", 3),
    _class(rf"i (?:do not like|hate|can't stand|cannot stand)(?: it)? (?:when (?:people|anyone|everyone|anybody|they|others) call me|being called) (?-i:(?=[A-Z])){_NAME}$", "preference", MUST, "", "The user does not like to be called {x}."),
    _class(rf"(?:please )?(?:do not|never) call me (?-i:(?=[A-Z])){_NAME}$", "preference", MUST, "", "The user does not like to be called {x}."),
    _class(r"i (?:just |so |absolutely )?(?:love|adore|enjoy|like) (?:it when .*\b(?:late|cancel|crash|break|ignore|fail)\w*|being (?:left|ignored|stood|ghosted|dumped|yelled|shouted|screamed|lied|woken|blamed|told|talked over|kept|late|broke|ill|sick|wrong|interrupted|stuck)|"
           r"getting (?:rained|soaked|yelled|shouted|ghosted|ignored|dumped|stuck|woken|ill|sick|fined|lost)|(?:sitting|being|standing|stuck|waiting) (?:in|on|at|for) (?:\w+ )?(?:traffic|queues?|line|hold|people|buses|trains|hours)|wait(?:ing)?|queu|paying (?:rent|taxes|bills|for)|(?:doing|filing) (?:my )?taxes|having to|rent|taxes|those|.*\bfor (?:\w+ )?hours$)", "preference", 0),
    _class(r"i (?:like|love|hate|enjoy|prefer) (?=.*\b(?:your?|my (?:chances|odds|options))\b)", "preference", 0),
    _class(rf"i (?:love|adore) {_NOT_X}{_X}$", "preference", 3, "", "The user loves {x}."),
    _class(rf"i (?:hate|can't stand|cannot stand|despise|detest|loathe|can't bear|cannot bear) {_NOT_X}{_X}$", "preference", 3, "", "The user hates {x}."),
    _class(rf"i (?:like|enjoy|prefer(?! not\b)|dislike|do not (?:really )?(?:like|enjoy|care for)|would rather have) {_NOT_X}{_X}$", "preference", 3),
    _class(rf"i am (?:not |very |quite |so |a bit )?(?:into|fond of|obsessed with|addicted to|(?:crazy|mad|nuts|wild|serious) about|keen on|passionate about|interested in|(?:an? )?(?:\w+ )?(?:fan|lover|admirer|connoisseur) of|(?:good|great|bad|terrible|hopeless|awful|rubbish) at|(?:not )?used to) {_NOT_X}{_X}$", "preference", 3),
    _class(r"i am an? (?:(?:total|massive|huge|big|complete|real|such|bit of an?|absolute|proper|right|secret|closet|shameless|lifelong) )*(?P<x>(?!(?:total|massive|huge|big|complete|real|such|absolute|proper|right|secret|closet|shameless|lifelong|your?|his|her|little)\b)[\w'-]+(?: [\w'-]+)?) (?P<who>nerd|geek|buff|fanatic|enthusiast|junkie|obsessive|fan|aficionado)$", "preference", 3, "", "The user is a {x} {who}."),
    _class(rf"(?!(?:your?|that|this|those|these|her|his|my|not)\b)(?P<x>(?:[\w'-]+ ){{0,2}}?(?:{_EDIBLE}|(?!(?:tears|words|lies|kisses|smiles|feelings|promises|goodbyes|secrets|knights|ghosts)\b)[a-z]{{3,}}(?<![sui])s)) (?:is|are) (?:still |always |definitely )?my (?:(?:biggest|greatest|only|one) )?(?:weakness|vice|kryptonite)$", "preference", 3, "", "The user has a weakness for {x}."),
    _class(r"my (?:all-time |absolute |number one )?(?P<least>least )?(?:favou?rite|fave|fav) (?P<who>[\w -]{2,40}?) (?:is|are|has always been|was always|would be|must be) (?!.*\byou\b)(?P<x>[^;:]{2,100})$", "preference", 4, "{least}favourite {who}", "The user's {least}favourite {who} is {x}."),
    _class(r"(?!(?:this|that|it|you|he|she|here|there|what|which)\b)(?P<x>[^,;:]{2,40}?) (?:is|are) (?:still |definitely |by far |probably )?my (?:all-time |absolute )?(?P<least>least )?(?:favou?rite|fave) (?!of)(?P<who>(?:(?:kind|type|sort) of )?[\w -]{2,40})$", "preference", 4, "{least}favourite {who}", "The user's {least}favourite {who} is {x}."),
    _class(rf"i am (?:really |so |very |a bit |still |quite |deathly |absolutely |kind of )?(?:afraid|scared|terrified|frightened|petrified)(?: stiff| to death| shitless)? of (?!(?:what|how|who|losing you|hurting you|you|your|it|that|this|the answer|him|her|them|nothing|us)\b){_X}$", "preference", 4, "", "The user is afraid of {x}."),
    _class(r"i have (?:an? |had an? |always had an? )?(?:[\w-]+ )?(?:phobia|fear|dread|horror)(?: of| about|$)(?!.*\byou\b)", "preference", 4),
    _class(r"(?P<x>(?!(?:you|that|this|it|he|she|they|what|which)\b)[^\W\d_][\w'-]*(?: [\w'-]+){0,2}) (?:really |absolutely |always )?(?P<who>terrif(?:y|ies)|scares?|frightens?|freaks?|creeps?|bores?|annoys?|disgusts?|relax(?:es)?|calms?|fascinates?)(?: the \w+(?: out)? (?:out )?of)? me(?: out| to death| to tears| down)?$", "preference", 4, "", "{X} {who} the user."),
    _class(r"i can't do (?:heights|spiders|needles|blood|crowds|horror(?: films| movies)?|gluten|dairy|lactose|spicy(?: food)?|maths?|mornings|public speaking|flying|boats|rollercoasters)\b(?! (?:like|with)\b)", "preference", 4),
    _class(r"(?!(?:this|that|it|you|he|she|here|there|what|which|my)\b)(?P<x>[^,;:]{2,40}?) (?:is|are) (?:still |definitely )?my (?P<who>colou?r|happy place|comfort food|guilty pleasure|lucky number|safe place)$", "preference", 4, "favourite {who}", "{X} is the user's {who}."),
    _class(r"my [\w '-]{2,30} (?:is|are) (?:still |definitely )?my (?:happy place|comfort food|guilty pleasure|safe place|pride and joy)$", "preference", 3),
    _class(r"(?:the )?best (?P<who>(?:food|thing|place|film|movie|book|band|song|meal|dessert|city|country|game|season)(?: in the world| on earth| ever)) is (?!(?:you|your|that|this|when|to)\b)(?P<x>[^,;:]{2,80})$", "preference", 3, "", "To the user the best {who} is {x}."),
    _class(r"never (?:ever )?(?:throw|buy|give|get|serve|cook) me (?P<x>(?:an? |any )?(?!(?:that|this|it|those|them|reason|break|chance|look|answer|hug|kiss)\b)[\w ]{3,40})$", "preference", 4, "", "The user never wants {x}."),
    # what they do
    _class(rf"i (?:also |still |can )?play (?:the |some |a lot of |a bit of )?(?:\w+ )?{_INSTRUMENT}\b(?!.*\b(?:your?|her|his|him)\b)", "fact", 3),
    _class(rf"i (?:also |still )?(?:do|practi[sc]e|teach) (?:some |a bit of |a lot of )?(?:{_SPORT})\b|i (?:always |often |usually )?(?:do|solve) (?:the |my |an? )?(?:\w+ )?(?:crosswords?|sudokus?|puzzles?)\b", "fact", 3),
    _class(rf"i (?:also |still |regularly |professionally )?(?:{_STEADY})\b(?<!grow)(?<!smoke)(?<!bake)(?<!brew)(?<!climb)(?<!cycle)(?<!sew)(?<!knit)(?<!study)(?! (?:my (?!own)|this|you|your|her|him|it|them|the|me|over|into|up|out|down|onto|on top|through|toward|towards|back|closer|silently|softly|slowly)\b)(?!.*\b(?:your?|her|him)\b)", "fact", 3),
    _class(r"i (?:also |still )?(?:grow|smoke|bake|brew|climb|cycle|sew|knit|study)(?:$|\b(?! (?:you|your|her|him|it|them|the|me|over|into|up|out|down|onto|through|toward|towards|back|an?|my|this|that|tired|old|older|cold|weary|quiet|pale|silent|impatient|bored|hard|wet|on|in)\b))(?!.*\b(?:your?|her|him)\b)", "fact", 3),
    _class(r"i keep (?:bees|chickens|hens|goats|sheep|ducks|an aquarium|a diary|a journal|a notebook|kosher|halal|fish|reptiles|pigeons)\b", "fact", 3),
    _class(r"i (?:write|read|paint|draw|make|sing|run|restore|repair|build|sell|design|sew|edit|compose|produce|photograph|shoot|train|breed|ride|dance|swim|row|sail|surf|ski|box|fish|hunt|fix|watch|listen to) (?:old |small |short |tiny |vintage |my own |a lot of |many |mostly )*"
           r"(?:poems|poetry|novels|stories|songs|comics|code|software|fan ?fiction|scripts|plays|articles|books|portraits|landscapes|watercolou?rs|miniatures|oil|jewel(?:le)?ry|furniture|clothes|dresses|quilts|candles|soap|cheese|wine|beer|music|films|videos|games|websites|houses|bridges|boats|"
           r"cars|motorbikes|motorcycles|bikes|clocks|watches|radios|guitars|toys|models?|robots|marathons|ultras|triathlons|half marathons|horses|dogs|cats|birds|wildlife|weddings|salsa|tango|ballet|insurance|shoes|logos|apps|anime|documentaries|horror|podcasts|jazz|metal|classical|techno|opera)\b(?!.*\b(?:your?|her|his)\b)", "fact", 3),
    _class(r"i (?:drive|ride) an? (?!(?:car|bike) (?:to|back|home|over|into))(?!.*\b(?:into|through|toward|towards|your?|his|her|him|them|out)\b)(?:[\w'-]+ ){0,8}?[\w'-]+$(?<!home)(?<!away)", "fact", 3, "vehicle"),
    _class(r"i (?:always|never|usually) (?!(?:say|said|tell|told|know|knew|feel|felt|thought|think|wanted|loved|hated|be|been|am)\b)[a-z]+(?<!ed) (?!.*\b(?:you|your|her|him|he|she|we)\b)(?=.*\b(?:before|after|when|whenever|unless|until) i\b)", "fact", 3),
    _class(rf"(?P<x>{DAY}(?: (?:nights?|mornings?|evenings?|afternoons?))?) (?:is|are) (?:always )?my (?P<who>(?:[\w'-]+ ){{1,2}}(?:nights?|days?|mornings?|time))\b(?! to\b)", "fact", 3, "", "{X} is the user's {who}."),
    _class(rf"{DAY}(?: (?:nights?|mornings?|evenings?|afternoons?))? (?:is|are) (?:our |always )*(?!.*\b(?:you|your)\b)(?!(?:the|an?|not|like|going|just)\b)(?:[\w'-]+ ){{1,2}}(?:nights?|days?|mornings?|time)\b(?! to\b)", "fact", 3),
    _class(rf"i (?:{_OFTEN}) (?:{_DEED})\b(?!.*\b(?:you|your|her|him|he|she)\b)", "fact", 3),
    _class(rf"i (?:also |still )?(?:{_OFTEN} )?(?:{_DEED})\b(?! (?:it|them)\b)(?!.*\b(?:you|your|her|his|him|she|he)\b)(?=.*{HABIT})", "fact", 3),
    _class(rf"i have been (?:still |all )?(?:in|at|with|on) (?!(?:bed|here|hiding|hospital|love|pain|hell|denial|tears|the (?:bath|shower|car|kitchen|sofa|couch|phone|line|road|mood|dark)|my (?:room|bed|head|feelings|pyjamas)|you|a mood|hold|town|shock)\b)[\w' -]{{2,40}}? (?:since (?:\d{{4}}|i\b|my|the (?:age|nineties|eighties|war|divorce|wedding)|{MONTH}|last year|birth|school|sixth form|university|college)|for (?:{NUMBER}|a few|many|some|several|\w+ and a half) (?:years|months|decades))\b(?!.*\byour?\b)", "fact", 4),
    _class(rf"i have been (?!(?:waiting|thinking|looking|feeling|trying|wondering|dying|wanting|meaning|having|sitting|standing|getting|hoping|dreaming|telling|asking|watching|staring|crying|hiding|running from)\b)[a-z]+ing\b(?! (?:about|of|it|this|that|here|there)\b)(?!.*\b(?:you|your|him|her)\b)(?=.*\b(?:since (?:\d{{4}}|i\b|my|{MONTH}|last year)|for (?:{NUMBER}|many|several|a few) (?:years|months|decades)|(?:all|half) my life)\b)", "fact", 3),
    _class(r"i (?:have been|have) (?:(?:in|on|with|at) (?:an?|my|the) (?!(?:bad|foul|good|mood|queue|meeting|rush|state|daze|mess)\b)[\w-]+|playing|doing|working|teaching|writing|painting|singing|dancing|collecting|riding|learning|practi[sc]ing|training|smoking|living|studying|dating|seeing|married|together|played|worked|lived|taught|studied|known)\b(?!.*\b(?:you|your|hours?|minutes?)\b)(?=.*\b(?:since|for|years|months|all my life|my whole life)\b)", "fact", 3),
    _class(rf"i (?:can |also |only |still |mostly |at home )*(?:speak|understand|know|sign|spoke|only spoke) (?:[a-z]+ (?=acadian|swiss|canadian|brazilian|egyptian)|(?-i:[A-Z])\w+ (?=(?-i:[A-Z]))|fluent |some |a little(?: bit of)? |a bit of |basic |broken |good |only |both |(?:{NUMBER}|several|many) languages|also )*(?:{_LANGUAGE}\b|(?<=languages)\b)", "fact", 3),
    _class(r"i am (?:almost |quite |pretty |nearly )?(?:fluent in|bilingual|trilingual|a native (?:\w+ )?speaker|learning|(?:re)?learning to|teaching myself|taking (?:\w+ )?(?:lessons|classes)|practi[sc]ing)\b(?!.*\b(?:you|your)\b)(?! (?:that|how you|what|a lot|so much|from this))", "fact", 3),
    _class(r"i sing (?:alto|soprano|tenor|bass|baritone|in an?|with an?|lead)\b", "fact", 3),
    _class(r"i can (?:also )?(?:juggle|whistle|yodel|knit|crochet|weld|sail|ski|surf|touch-type|do a backflip|fly an? \w+|drive an? (?:truck|lorry|bus|tractor|tank)|ride a (?:unicycle|horse)|sew|speak|cook|bake)\b(?!.*\b(?:you|your)\b)", "fact", 3),
    _class(r"i have (?:also |never |only |always )?(?:been to|lived in|worked in|visited|read|seen|watched|played|run|climbed|sailed|written|published|acted in|performed) (?!.*\b(?:you|your)\b)(?=.*(?:(?-i:[A-Z])|\ball (?:of )?\w|\bevery\b|\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|several|both)\b))", "event", 3),
    _class(r"i (?:take|have|teach|give) (?:[\w-]+ )?(?:lessons|classes|tuition)\b", "fact", 3),
    # what they have, how they look
    _class(r"i (?:have|got) an? (?:[\w'-]+ ){1,5}?(?:tattooed|inked) (?:on|across|over|down)\b(?! my (?:heart|soul|mind|memory|brain))|i got (?:an? )?(?:[\w'-]+ ){0,2}?tattoos? (?:of|on|for)\b", "fact", 3),
    _class(rf"i (?:lent|gave|owe|borrowed|loaned) (?:my (?:{CLOSE})|(?-i:[A-Z]\w+))\b.*\b(?:dollars|euros|pounds|bucks|quid|money|thousand|hundred|grand|savings)\b", "event", 3),
    _class(rf"(?:i (?:own|have|have got|(?:just |recently |finally )?(?:bought|got)(?: myself)?|inherited|built|run|drive|ride) (?:an?|two|three|my own|some)|i (?:own|inherited|bought) (?:the|our|my)) (?:[\w'.-]+ ){{0,4}}?{_OWNED}\b(?!.*\b(?:your|you|her|his)\b)", "fact", 3),
    _class(r"i (?:own|inherited) (?:an?|two|three|my own|some|several|\d+)\b(?!.*\b(?:you|your)\b)", "fact", 3),
    _class(rf"i (?:sold|crashed|wrecked|lost) my (?!(?:mind|way|temper|patience|balance|appetite|train of|footing|cool|voice|keys?|phone|virginity|heart|breath|nerve|focus|self)\b)(?:[\w'-]+ ){{0,3}}?(?:{_OWNED}|{CLOSE}|{PET}|job|wedding ring|ring|licen[sc]e|faith|savings|home)\b", "event", 4),
    _class(r"i have (?:got )?(?:very |really |naturally |always had )*(?:(?:long|short|curly|straight|wavy|thick|thin|dark|light|red|ginger|blond|blonde|brown|black|grey|gray|white|blue|green|hazel|pink|purple|dyed|auburn|shoulder-length|big|deep|amber|pale|olive|fair|freckled) )+(?:hair|eyes|skin|beard|freckles|dreadlocks|dreads|locks|braids)\b", "fact", 3),
    _class(rf"i have (?:got )?(?:freckles|dimples|birthmarks|{NUMBER} (?:toes|fingers|nipples|kidneys?)|(?:an?|only one) (?:prosthe\w+|glass eye|kidney|(?:wooden|artificial) \w+))\b(?!.*\byour?\b)", "fact", 3),
    _class(r"my (?:left|right) \w+ is (?:an? )?(?:prosthe\w+|fake|artificial|paralysed|paralyzed|blind|deaf|amputated|made of \w+)\b", "fact", 4),
    _class(r"my (?:eyes are|hair is|skin is|beard is) (?:very |naturally |really |dark |light |bright |long and |short and |dyed )*(?:long|short|curly|straight|red|ginger|blond|blonde|brown|black|grey|gray|white|blue|green|hazel|pink|purple|auburn|pale)\b", "fact", 3),
    _class(r"i am (?:about |around |almost |only |roughly |over )?(?:\d[\d.,]* ?(?:m|cm|metres|meters|feet|ft|foot)? (?:tall|high)|\d ?(?:'\d{0,2}\"?|ft \d+)|(?:four|five|six|seven) f(?:ee|oo)t(?: \w+)?(?: tall)?$)", "fact", 3, "height"),
    _class(rf"i am (?:(?:half|part|mostly|proudly|originally|also|a quarter|born) |half-)?{PEOPLE}(?:$|,| (?:and|by|on|but|at|half|from)\b)(?!.*\b(?:your?)\b)", "fact", 4),
    _class(r"i am (?:(?:half|part|mostly|proudly|originally|also|a quarter) )(?-i:[A-Z])\w+", "fact", 4),
    _class(rf"i am (?:not |no longer |also |still )*(?:an? |the )?(?:total |huge |big |complete |proud |recovering |strict |devout |lapsed |typical |bit of an? |such an? |real |massive |lifelong |former )*(?:{BEING})\b(?! (?:of|for) (?:you|your)\b)", "fact", 4, "{diet}"),
    _class(r"i believe in (?:god|allah|reincarnation|ghosts|astrology|karma|jesus|fate|an afterlife)\b", "fact", 3),
    # plans, promises, dates
    _class(rf"i (?:am|will be) (?:[\w]+ )?(?:going|heading|flying|travel+ing|driving|getting|having|starting|running|defending|graduating|visiting|taking|meeting|seeing|expecting|due|retiring|leaving|marrying|competing|presenting|hosting|turning|celebrating|playing|performing|sitting|giving|hiking|cycling|walking|moderating|signing|staying|spending|seeing|driving|camping|speaking|on holiday|in court|back in|opening (?!(?:an? )?(?:bottle|wine|presents?|gifts?|champagne)|the|my (?:eyes|mouth|door|window|heart))|launching|publishing|starting|joining|in (?-i:[A-Z])\w+)\b(?!.*\b(?:you|your)\b)(?=.*{_WHEN})", "event", 4),
    _class(rf"i (?:fly|leave|travel|graduate|retire|(?:get|see|meet|sit|present|pick up|collect) [\w ]{{3,30}}?|start [\w ]{{3,30}}?|begin [\w ]{{3,30}}?|finish [\w ]{{3,30}}?)(?= (?:to|for|from|on|in|next|tomorrow)\b)(?!.*\b(?:you|your)\b)(?=.*{_WHEN})", "event", 4),
    _class(rf"i (?:have|need|must) to (?!(?:iron|wash|clean|pack|shower|eat|buy|call|text|go|sleep|run|leave|be (?:up|quick|careful|honest))\b)(?!.*\b(?:you|your)\b)(?=.*{_WHEN})", "event", 3),
    _class(rf"i (?:have|have got|got) (?:(?:an?|my|the|another|two|three|tickets) (?:[\w'-]+ ){{0,3}}?|(?:\w+ )?(?=exams|finals|midterms|surgery|mocks|court))(?:finals|midterms|mocks|court|{_OCCASION}|appointments?|tickets|meeting|date|party|performance|recital|competition|exams?|ultrasound|court date|due date)\b(?!.*\b(?:with you|for you|your)\b)(?=.*(?:{_WHEN}|\bfor [A-Z]|\bto [A-Z]|\bin [A-Z]))", "event", 4),
    _class(r"(?:we|i) (?:have (?:got )?(?:twins|triplets|an? (?:\w+ )?baby|another(?: one| baby)?) on the way|(?:are|am) (?:getting married|expecting(?! (?:(?:an? |the |some )?(?:parcel|package|call|delivery|visitors?|guests?|answer|reply|letter|rain|snow|company|trouble)|you|it|that|this|too much)\b)|having (?:a baby|twins)))\b", "event", MUST, "status"),
    _class(rf"my (?:{CLOSE}(?:'s)? )?(?:[\w'-]+ )?{_OCCASION}\b(?: \w+)? (?:is|are|leaves?|starts?|takes? place|comes? out|ends?|finish(?:es)?|to [A-Z]\w+|in|on|has been)\b(?=.*{_WHEN})", "event", 4),
    _class(r"i am (?:currently |still |also )?(?:trying to (?:quit|lose|learn|save|stop|get pregnant|have a baby|become|eat less|find a job|get into|write|cut)|planning (?:to|a|on|my|our)|hoping to|saving(?: up)?(?: money)? (?:for|to)|putting (?:money|some(?:thing)?|a bit|cash) (?:aside|away|by) (?:for|to)|trying for a baby|training (?:for|to)|studying for|preparing for|"
           r"writing (?:an?|my) (?:[\w'-]+ ){0,3}?(?:novel|book|thesis|dissertation|play|script|memoir|screenplay|album|musical|poem|blog)|working on (?:an?|my) (?:[\w'-]+ ){0,3}?(?:novel|book|thesis|album|game|app|startup|degree|phd|paper|screenplay|project)|restoring|building (?:an?|my)|renovating|learning|raising|recording an?|"
           r"dating|applying (?:for|to)|looking for (?:a job|work|a (?:new )?(?:flat|house|apartment|job)))\b(?!.*\b(?:you|your)\b)", "fact", 4),
    _class(r"i (?:want|hope|plan|intend|would (?:really )?like|would love|aim) to (?:open|become|be an?|learn|move to|travel|visit|study|write an?|run an?|have (?:kids|children|a family|a baby)|buy an?|start an?|retire|quit|see the (?:world|sea|ocean|northern lights|aurora|pyramids|cherry blossoms?|(?-i:[A-Z])\w+|[\w ]{3,30}? (?:in|at|of|up in) (?-i:[A-Z]\w+))|climb|publish|adopt|sail|get (?:a|my) (?:phd|degree|dog|cat|tattoo|licen[sc]e)|go to (?-i:[A-Z])|live in|marry|graduate|build|emigrate)\b(?!.*\b(?:you|your)\b)", "fact", 4),
    _class(rf"i (?:dream (?:of|about|to (?=(?:open|become|own|live in|visit|travel|learn|study|move to|write|build|start|be an? {PROFESSION}|have (?:an? |my own )?(?:\w+ )?(?:house|garden|dog|cat|farm|family|children|kids|shop|baby))\b))|have always (?:wanted|dreamed|dreamt)|always wanted to|am dreaming of)\b(?! (?:you|your|it|that|this)\b)(?!.*\byour?\b)", "fact", 4),
    _class(r"i (?:want|would like) us to (?P<x>[^;:]{4,120})$", "fact", 4),
    _class(rf"my {_GOAL} (?:is|are|has always been|include)\b", "fact", 4),
    _class(r"i (?:promised?|swear|vow|give you my word) (?:you )?(?:that )?i (?:will|would) (?!(?:be (?:right|gentle|quick|good|careful|nice|quiet)|not|come back|behave|stop)\b)(?P<x>[^;:]{4,160})$", "promise", 4, "", "The user promised to {x}."),
    _class(r"i (?:have )?(?:promised|swore|vowed)\b(?! (?:myself )?(?:not to (?:laugh|tell)|it|that)\b)", "promise", 4),
    _class(rf"i (?:told|assured) (?:my {CLOSE}|(?-i:[A-Z]\w+)) (?:that )?i will (?!(?:be (?:late|back|there|fine|right|ok|okay|home)|not)\b)(?!.*\byou\b)", "promise", 3),
    _class(rf"i (?:have )?booked (?!.*\b(?:you|us a table)\b)(?=.*(?:{_WHEN}|\bfor (?:{MONTH}|{DAY}|{SEASON}|next|the \d)))", "event", 4),
    _class(r"i promise (?:you )?(?:to|an?)\b(?! be (?:gentle|quick|good|careful|nice|quiet))", "promise", 4),
    _class(r"you (?:have )?promised (?:me|to|that|us|we)\b(?! (?:it|that|to (?:be|stop|behave))\b)", "promise", 4),
    _class(rf"it is (?:my|our) (?:{CLOSE}'s )?(?:[\w-]+ )?(?:{_OCCASION}|birthday)\b(?=.*{_WHEN})", "event", 4),
    _class(r"i owe (?:you|my)\b(?! (?:one|an (?:apology|explanation)|nothing|everything|my life))", "promise", 3),
    # what happened
    _class(r"i (?:once|have never|have never once|never) (?P<x>(?:got|met|saw|had|was|were|won|lost|broke|went|fell|got|made|wrote|swam|flew|drove|ran|ate|stole|lived|worked|been(?! (?:so|this|that|as|more|less|happier|better|too)\b)|proposed|danced|sang|played|"
           r"hitchhiked|climbed|crossed|spent|learned|learnt|finished|owned|kissed|sailed|seen|tried|ridden|flown|had|eaten|been(?! (?:so|this|that|as|more|less|happier|better|too)\b)|travelled|traveled|cooked|driven|smoked|drunk|voted|dated|left|slept|auditioned|nearly|almost)\b(?!.*\b(?:your?|dragon|wizard|king|queen|vampire|him|her)\b).+)", "event", 3),
    _class(r"i used to (?:be|live|have|play|work|smoke|drink|sing|dance|swim|run|study|teach|own|collect|do|date|go|ride|act|write|paint|box|row|coach|hate|love|like|stutter|believe|fear|race|compete|train|wear|skate|ski|surf|fence|fish|climb|cycle|knit|volunteer|run|sail|bake|coach|sew|commute|busk|camp|hike|draw|cook|collect|perform)\b(?!.*\b(?:your?)\b)(?! (?:so|it|that)\b)", "event", 3),
    _class(rf"i (?:just |recently |finally |nearly |almost |even |have |had |actually |also )*(?:[a-z]+ed|was|were|had|did|went|got|won|lost|broke|met|ran|rode|swam|flew|drove|wrote|sang|built|bought|sold|taught|fell|left|made|took|spent|"
           rf"began|became|grew|found|fought|saw|gave|told|came|held|led|caught|hit|hurt|cut|read|set|woke|wore|stole|slept|sank|dove|knew|kept|walked|hiked)\b(?!.*\b(?:your?|thinking about)\b)(?=.*{_LONG_AGO})", "event", 3),
    _class(r"i (?:just |recently |finally |have |already )*(?:graduated(?! from \w+ing\b)|adopted|published|emigrated|immigrated|enlisted|inherited|founded|hitchhiked|backpacked|volunteered|apprenticed|converted|dropped (?:out|my)|won (?:an?|the|my)|served (?:in|two|three|for|as)|fought in|survived|was (?:adopted|raised|bullied|homeschooled|elected)|"
           r"sold my (?:house|flat|car|motorbike|company|bike|boat)|bought (?:an?|my|our) (?:[\w'-]+ ){0,3}?(?:house|flat|apartment|car|boat|motorbike|van|farm|bike|cottage)|lost (?:my|both|a|the) (?:\w+ )?(?:mother|mum|mom|father|dad|brother|sister|son|daughter|baby|parents|wife|husband|grandmother|grandfather|grandma|grandpa|dog|cat|best friend|friend|job|leg|arm|eye|wedding ring)|"
           r"voted for the first time|got my (?:degree|phd|licen[sc]e|diploma|visa|citizenship|scar|first))\b(?!.*\b(?:your?)\b)", "event", 4),
    _class(rf"my (?!(?:love|god|heart|head|eyes|turn|bad)\b)(?:[\w-]+ )?[\w-]+ (?:[a-z]+ed|was|were|had|went|got|won|lost|broke|burned|fell|left|began|blew|shut|sank|threw|kicked)\b(?!.*\b(?:your?)\b)(?=.*{_LONG_AGO})", "event", 3),
    _class(r"my (?:first|last|very first) (?!(?:time|thought|reaction|impulse|instinct|question|word)s?\b)[\w-]+(?: \w+)? was\b", "event", 3),
    _class(r"i am (?:no longer|not) (?:with|dating|seeing|married|engaged|together|in a relationship)\b(?!.*\b(?:you|your)\b)", "fact", 4, "status"),
    _class(r"i got (?:the|my|this) (?:scar|tattoo|nickname|limp|name)\b", "event", 3),
    # they and the companion
    _class(r"you are (?:now |officially |still |like )?my (?P<x>girlfriend|boyfriend|wife|husband|partner|fianc[eé]e?|(?:very )?best friend|soulmate|only friend|closest friend|mistress|queen|master)(?: now| from now on| in the (?:whole )?world)?$", "relationship", 4, "the two", "{C} is the user's {x}."),
    _class(r"we are (?:now |officially |finally |just |still |only )?(?P<x>dating|a couple|together|friends|best friends|engaged|married|official|lovers|roommates|flatmates|exclusive|colleagues|neighbours|old friends|siblings)(?: now| since .+| for .+)?$", "relationship", 4, "the two", "The user and {C} are {x}."),
    _class(r"(?:you and i|we) (?:first |have )?(?:met|kissed|have been|known each other|have known|became|got together|fell in love|got engaged|got married|started dating|had our first)\b(?= \S+ \S+)", "relationship", 4),
    _class(r"our (?:first (?:kiss|date|meeting)|anniversary|song|special place|safe ?word|secret|wedding)\b.* (?:is|was)\b", "relationship", 4),
    # things with a name or a number
    _class(rf"(?-i:(?!(?:This|That|It|He|She|You|What|Here|There|Today|God|Love|Music|Sleep|Death|Hope|Time|Money|Pain|Wine|Coffee|Life|Nobody)\b)(?P<x>[A-Z][\w'-]+)) is my (?P<who>(?:(?:own|old|little|big|new|retired|rescue|beloved|oldest|trusty) )*(?:[\w-]+ )?(?:{PET}|{CLOSE}|{_OWNED}|(?-i:[A-Z])\w+))\b(?!'s)", "fact", 3, "", "{X} is the user's {who}."),
    _class(rf"my (?P<who>(?:[\w'-]+ )?{_THING}) (?:is|are) (?:called |named )?(?:an? |the |on |at |in )?(?:(?:very |quite |really )?(?:old|new|red|blue|green|yellow|black|white|tiny|small|big|huge|second-hand|electric|vintage|rented) )*(?:(?-i:[A-Z0-9])[^;]*|[\w'/-]+(?: [\w'/-]+){{0,8}})$(?<!ing)(?<!dead)(?<!here)(?<!gone)(?<!empty)(?<!closed)(?<!open)(?<!late)(?<!broken)(?<!wet)(?<!messy)(?<!a mess)(?<!cold)(?<!warm)(?<!boring)(?<!hard)(?<!fine)(?<!great)(?<!over)(?<!%)", "fact", 3),
    _class(r"my (?!(?:name|guess|answer|point|question|turn|pleasure|god|love|dear|heart|body|eyes?|hands?|mind|head|lips?|lady|lord|king|queen|hero|only|wish|command|bad|friend|life|world|everything|fault|problem|mood|rating|vote|idea|character)\b)(?P<who>[\w'-]+(?: [\w'-]+){0,3}?)(?: (?:at|in|on|for|of) (?:the |my )?[\w'-]+)? (?:is|are|was) (?:called |named )?(?:(?-i:[A-Z])[\w'-]+(?: [\w'-]+){0,4}|[\d][\d .:/-]*\w*)$", "fact", 3),
    _class(r"my (?:coffee|tea|pizza|drink|order|breakfast) (?:order )?is (?:always )?(?=.*\b(?:latte|flat white|cappuccino|espresso|americano|mocha|macchiato|cortado|oat|soya?|almond|black|decaf|milk|sugar|brew|grey|chai|green|matcha|mint|gin|rum|whisky|margherita|hawaiian|porridge|toast|eggs)\b)(?:an? |the |just )[\w' -]{4,60}$", "preference", 3),
    _class(rf"my (?P<who>{CLOSE}|{_ACQUAINTANCE}|{PET}),? (?P<x>(?-i:(?!I\b)[A-Z][a-z'-]+)),? (?=[a-z])", "fact", 4, "", "The user's {who} is called {x}."),
    _class(r"my (?:basement|cellar|roof|attic|boiler|heating|shower|kitchen|bathroom|house|flat|car|van|boat) (?:always )?(?:floods|leaks|freezes|rattles|smells|squeaks|breaks down)\b", "fact", 3),
    _class(rf"my {_THING} (?:number )?(?:ends|starts|begins|has|runs|plays)\b(?! (?:been|now))", "fact", 3),
)  # fmt: skip
