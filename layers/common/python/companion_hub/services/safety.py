"""Safety rules that hold whatever the model says: crisis help, and that companions are adults.

Pure.  ``is_crisis`` reads each sentence of a message for what its writer says about taking or hurting their own life, and
leaves out figures of speech, films, other people and accidents.  ``minor_words`` finds what makes a companion a minor in
its owner's texts; a minor who is only told of (a daughter, pupils, one's own childhood) is none.

Source of the help lines: findahelpline.com, 988lifeline.org, samaritans.org, telefonseelsorge.de, 3114.fr (numbers
checked 2026-11).
"""

import re
from collections.abc import Mapping
from functools import cache

# --- crisis ----------------------------------------------------------------------------------------------------------

_MAX_CHARS = 100_000
_SELF = r"(?:myself|my ?self)"
_LIFE = r"my (?:own )?life"
_PLAN = (
    r"(?:i(?:'m| am)? (?:really |just |still |actually |so )*(?:want(?:ed)?|wanna|wish|going|gonna|about|ready|plan(?:ning)?|thinking|thought|tempted|trying|tried|decided|need|ought|should|will|might|could|have)|"
    r"i'll|i'm|im|let me|wanna|gonna|going to|want to|thoughts of|thinking (?:of|about)|thought about|plan(?:ning)? (?:to|on)|tried to|try to|feel like|(?:makes?|make) me want to)"
)
# What is said of oneself and can hardly be meant otherwise.
_CRISIS = (
    "|".join(
        (
            rf"\b(?:kill(?:ing|ed)?|unaliv(?:e|ing)|off(?:ing)?|murder|shoot(?:ing)?|drown(?:ing)?|poison(?:ing)?|stab(?:bing)?|strangl(?:e|ing)|starv(?:e|ing)) {_SELF}(?! (?:laughing|for|to death with|in (?:coffee|work|chocolate)))\b",
            rf"\bhang(?:ing)? {_SELF}\b(?! (?:an?|some|out|on|up|the|there))",
            rf"{_PLAN}\b.{{0,20}}\bkms\b|^\W*kms\W*$",
            rf"\b(?:end(?:ing|ed)?|tak(?:e|ing)|took) {_LIFE}\b(?! (?:in|into|back|seriously|as|to|easy|with|one|day|by|for granted|story|sentence|blood)\b)",
            r"\b(?:i|i'll|i'm|im|want|wanna|going|gonna|ready|just|could|should|like|about|and|of)\b.{0,30}\bend(?:ing)? (?:it all|it (?:tonight|today|now|all|here|soon|tomorrow|for good)|everything tonight)\b(?! with (?!pills|a (?:knife|gun|rope|razor)))",
            r"\b(?:i|i'd|i've|we)\b.{0,60}\bsuicid(?:e|al)\b|\bsuicidal\b.{0,20}\b(?:thoughts|again|lately)\b|^\W*suicidal\b|\bcommit(?:ting)? suicide\b.{0,20}\bi\b",
            r"\b(?:i|i'm|im|i've|been|keep|started|again|my|urge to|want to|need to)\b.{0,40}\bself[- ]?harm(?:ing|ed)?\b|\bself[- ]?harm(?:ing|ed)? (?:again|myself)\b",
            rf"\b(?:keep|started|start|been|again|want(?:ed)? to|wanna|need(?:ed)? to|going to|gonna|urge to|can't stop|relapsed and|relapsed, i|on purpose.{{0,30}}) ?(?:i )?(?:cut(?:ting)?|hurt(?:ing)?|burn(?:ing)?|harm(?:ing|ed)?) (?:{_SELF}|my (?:arms?|wrists?|legs?|thighs?|skin))\b(?!.{{0,40}}\b(?:shav|chop|cook|accident|gym|knife slipped))",
            rf"\b(?:cut|hurt|burned|burnt|harmed) (?:{_SELF}|my (?:arms?|wrists?|thighs?))\b.{{0,20}}\b(?:again|on purpose|last night|every night|to feel|because i)\b(?!.{{0,40}}\b(?:shav|chop|cook|accident|gym|kitchen|oven|stove|iron|kettle|pan|hob|grill|coffee|tea|knife|paper|razor)\b)(?<!oven again)(?<!stove again)(?<!iron again)(?<!gym again)(?<!kettle again)",
            r"\b(?:think(?:ing)? (?:about|of)|want to|wanna|feel like|urge to|going to|gonna|could just|should just)\b.{0,20}\b(?:driv(?:e|ing)|swerv(?:e|ing)|crash(?:ing)?|steer(?:ing)?|walk(?:ing)?|step(?:ping)?) .{0,20}\b(?:into|off|in front of) (?:an?|the|oncoming) ?(?:tree|wall|bridge|cliff|traffic|truck|lorry|train|car|pillar|ocean|bus)\b",
            r"\b(?:want|wish|need)\b.{0,15}\b(?:everything|it all|all of (?:it|this)|the pain|my life)\b.{0,6}\bto (?:stop|end|be over)\b(?:.{0,5}\b(?:forever|for good|permanently)|\W*$)",
            r"\b(?:roof|bridge|ledge|balcony|tracks|cliff|overpass)\b.{0,40}\b(?:want to|wanna|going to|gonna|ready to|might|will|could|about to) (?:just )?jump\b(?!.{0,30}\b(?:water|lake|sea|pool|fun|rope|bungee)\b)",
            r"\bi (?:don't|do not|dont) deserve to (?:live|be alive|exist|breathe)\b",
            r"\b(?:swallow(?:ed|ing)?|took|taken|take|taking) (?:an?|the|this|that|my) (?:whole |entire |full )*(?:bottle|pack|box|handful|bunch|lot) of (?:\w+ )?(?:pills|tablets|meds|paracetamol|ibuprofen|sleeping pills|painkillers|xanax|valium|tylenol|aspirin)\b",
            r"\bi(?:'ve| have)? been cutting(?=\W*$| (?:since|again|every|for|to (?:feel|cope|punish)|and|lately)\b)(?!.{0,40}\b(?:weight|carbs|sugar|wood|hair|grass|class|costs|back|down)\b)|\bi cut to (?:feel|cope|punish)\b|\b(?:started|been|back to|keep|relapsed into|stop) cutting (?:again|myself)\b",
            r"\b(?:would|will|does|do) (?:any ?(?:one|body)|they|people|you) (?:even )?(?:notice|care|miss me|mind|cry)\b.{0,8}\bif i (?:was|were|am|died|disappeared|vanished|killed|never|weren't)\b(?! (?:late|not at|absent|away|wearing|naked|there))",
            r"\b(?:better|best|easier)\b.{0,20}\bif i (?:(?:was|were|had|'d)(?: just)? (?:never (?:been )?(?:born|existed)|dead|gone forever)|(?:just )?died|never existed|didn't exist|wasn't alive|weren't alive)\b",
            r"\bwhy (?:am i|are we|do i|should i|bother)\b.{0,8}\b(?:alive|exist(?:ing)?|(?:keep |keep on )?living|to live)\b(?! (?:in|with|at|here|near|on|together)\b)|\bend(?:ing)? (?:things|everything)\b.{0,30}\b(?:my life|for good|forever)\b(?!.{0,20}\b(?:him|her|relationship|with)\b)",
            r"\bslit(?:ting)? my (?:wrists?|throat)\b|\bcut(?:ting)? my wrists\b|\b(?:bullet|gun) (?:in|to|through) my (?:own )?(?:head|brain|mouth|temple)\b|\bnoose\b.{0,30}\b(?:my|me|i)\b",
            r"\bjump(?:ing)? (?:off|from|in front of) (?:an?|the|my|that) (?:bridge|roof|building|train|cliff|balcony|window|car|truck|tracks?|overpass)\b(?=.{0,60}$)(?<!i )",
            r"\b(?:i|i'll|i'm|just|going to|gonna|want to|about to|have|front of me)\b.{0,60}\b(?:take|taking|took|swallow(?:ed|ing)?|taken) (?:them all|all (?:of )?(?:the|my|these|those) ?(?:\w+ )?(?:pills|tablets|meds|medication|sleeping pills)|(?:an?|the) (?:whole|entire) (?:bottle|pack)(?! of (?:wine|beer|water|vitamins))|an overdose|too many (?:pills|tablets))",
            r"\b(?:i|i'll|i'm|just|want to|going to|gonna)\b.{0,40}\boverdos(?:e|ing|ed)\b(?! on (?!pills|medication|drugs|sleeping|paracetamol|heroin|fentanyl|insulin|my))",
            r"\bhow (?:much|many)\b.{0,60}\b(?:to (?:die|kill (?:me|myself))|is lethal|a lethal dose|to overdose)\b|\b(?:painless|(?:least|less|most) pain(?:ful|less)|easiest|quickest|best|fastest) way (?:to (?:die|kill myself|end it)|out of (?:this )?life)\b|\bhow (?:to|do i|can i) (?:kill myself|die (?:painlessly|without)|tie a noose)\b",
            r"\b(?:wrote|writing|written|write|left) (?:my |a )(?:goodbye|suicide|farewell) (?:letter|note)s?\b(?! (?:to|for) (?:my |the )?(?:colleagues?|team|class|boss|students|work))",
            r"\b(?:there(?:'s| is)|i (?:have|see|can see|find|got)|have got)\b.{0,12}\b(?:no|not an?y?|nothing|any)\b.{0,12}\b(?:reason|point|purpose|sense|use)?\b.{0,6}\b(?:to live for|to (?:keep (?:on )?)?liv(?:e|ing)|(?:in|to|of) (?:keep )?living|to (?:stay|be) alive|in (?:being|staying) alive)\b(?! (?:in|with|at|here|near|on)\b)",
            r"\b(?:don't|do not|can't|cannot) see (?:an?y? |the |a single )?(?:reason|point|sense|purpose|use) (?:to|of|in|for) (?:keep(?:ing)? (?:on )?)?(?:liv(?:e|ing)|exist(?:ing)?|being alive|going on|life)\b(?! (?:in|with|at|here|near|on)\b)",
            r"\b(?:what's|what is|whats) the (?:point|use|sense) (?:of|in) (?:living|being alive|life|existing|staying alive|going on|anything if i)\b(?! (?:in|with|at|here|near|on|together)\b)|\bno (?:reason|point|sense) (?:to live|in living|living|to (?:be|stay) alive)(?: any ?more)?\W*$|\bnothing (?:left )?to live for\b",
            r"\b(?:my )?life (?:is not|isn't|is no longer|ain't|doesn't feel|does not feel) worth (?:living|it)\b|\bnot worth living\b|\btired of (?:living|being alive|life itself|existing)\b(?! (?:in|with|at|here|near|on|out)\b)",
            r"\b(?:no ?body|no one|nobody|none of them)(?: would|'d| will|'ll) (?:even )?(?:miss|care|notice|mind|mourn|cry)\b.{0,20}\bif i (?:was|were|am|died|disappeared|vanished|just|never|jumped|killed|weren't|wasn't)\b",
            r"\b(?:everyone|everybody|the world|they|people|you all|my (?:family|kids|children|friends|parents|wife|husband|mum|mom))(?:'d| would| will|'ll)?(?: all)? (?:be|is|are)? ?(?:so much )?(?:better off|happier|easier|better)(?: off)? (?:without me|if i (?:was|were) (?:dead|gone)|when i'm (?:dead|gone))",
            r"\bi(?:'d| would|'m| am)(?: be)? better off dead\b|\bi(?:'m| am)? (?:should|ought to) (?:just )?(?:die|be dead)\b|\bi deserve to die\b",
        )
    )
)  # fmt: skip
# The same words are said of boredom, shame and jokes: not beside what tells so.
_CRISIS_OR_JOKE = (
    r"\bi(?:'m|'ve| am| have)? (?:really |just |do |truly |honestly |still |actually |sometimes |often |so |only |do really |secretly )*"
    r"(?:plan(?:ning|ned)? to|decided to|want(?:ed)?(?: it all to be over,? i want)? to|wanna|wish (?:to|i (?:could|would|was|were|had(?:n't| not| never)?)(?: just)?|that i (?:could|were|was)(?: just)?)|hope (?:to|i)|long to|need to|(?:am )?ready to|prefer to|would rather|should (?:just )?|just|(?:feel|felt) like(?: just)?) ?(?:just |only |simply )?"
    r"(?:die|dying|be dead|dead|be gone(?: forever)?|disappear (?:forever|for good|from this world)|never (?:wake|woken) up|(?:(?:fall asleep|sleep|go to sleep|close my eyes) (?:and )?)?(?:not|never) wake up|stop (?:existing|living)|not exist|cease to exist|never been born|never born|be(?:en)? never born|not be (?:alive|here any ?more))\b"
    r"(?! (?:laughing|of|for|from|inside|my|her|his|trying|than|hard|with (?:laughter|you|him|her)|beside|next to|on (?:stage|the spot)|in (?:your|her|his) arms))|"
    r"\bi (?:don't|do not|dont|no longer|never) (?:really |even |just )?(?:want|wanna|wish)(?: to)? (?:live|be alive|exist|wake up(?: (?:tomorrow|again|any ?more|ever))?|go on living|be in this world|be on this (?:earth|planet))"
    r"(?: any ?(?:more|longer))?(?=\W*$|[,;]| (?:any ?(?:more|longer)|tomorrow|again|because|and|but|after|if|without (?:him|her|them|my|you))\b)(?! without (?:coffee|tea|chocolate|wifi|music|internet|pizza))|"
    r"\b(?:be|stay) here any ?more\b.{0,20}\balive\b|\bi(?:'d| would) (?:rather|prefer to) (?:be dead|die)\b(?!.{0,30}\bthan\b)|^\W*(?:i )?(?:just )?(?:want|wanna) (?:to )?die\W*$"
)  # fmt: skip
_NOT_MEANT = (
    r"\b(?:lol|lmf?ao|rofl|ha(?:ha)+|hehe|xd|jk|just kidding|joking|figuratively|literally dying)\b|[😂🤣😆😹]|"
    r"\b(?:laugh(?:ed|ing|ter)?|embarrass\w*|cringe\w*|bored(?:om)?|this (?:meeting|homework|traffic|lecture|game|job|weather|song|class|exam))\b"
)
# Films, work, and others.
_NOT_ME = (
    r"\b(?:suicide (?:squad|hotline|prevention|awareness|door|bomb\w*|line|rate|note in the)|political suicide|commercial suicide|(?:film|movie|book|novel|series|episode|season|story|song|play|article|documentary|podcast|game|scene|chapter) (?:\w+ ){0,8}(?:suicid|kill)|"
    r"(?:the|a|my) (?:hero|heroine|villain|character|protagonist|main character|detective|narrator)\b|(?:he|she|they|who|uncle|aunt|friend|cousin|neighbour|father|mother|brother|sister|dad|mum|mom) (?:\w+ )?(?:committed suicide|killed (?:him|her|them)sel(?:f|ves)|died by suicide)|"
    r"bungee|parachute|into the (?:lake|water|pool|sea|river|snow)|for fun|it was (?:great|fun|amazing)|doctor (?:gave|prescribed)|as prescribed)\b"
)
# The plainest words in the languages most spoken; laughing to death left out.
_OTHER_LANGUAGES: Mapping[str, str] = {
        "de": r"\bich (?:will|möchte) (?:nicht mehr (?:leben|weiterleben|da sein)|(?:nur noch |einfach )?sterben\b(?! vor))|\b(?:mich (?:umbringen|selbst töten|erhängen)|bringe? mich um|nehme? mir das leben|das leben nehmen|selbstmordgedanken|suizidgedanken)\b|\bwill (?:tot sein|selbstmord begehen)|\bmich (?:wieder )?(?:ritzen|geritzt)\b",
        "fr": r"\b(?:je veux|j'ai envie de|envie de|je voudrais) (?:mourir\b(?! de (?:rire|honte|faim))|me (?:suicider|tuer|pendre)|en finir avec la vie)|\bje (?:ne )?veux plus vivre\b|\bidées suicidaires\b|\bme suicider\b",
        "es": r"\b(?:quiero|querría|voy a|pienso en|ganas de) (?:morir(?:me)?\b(?! de (?:risa|vergüenza|hambre|amor))|suicidarme|matarme|quitarme la vida)|\bno quiero (?:vivir|seguir viviendo)\b(?! (?:en|con|aquí|sin))|\bpensamientos suicidas\b",
        "it": r"\bvoglio (?:morire\b(?! d(?:al|i) )|uccidermi|suicidarmi|togliermi la vita|farla finita)|\bnon voglio più vivere\b(?! (?:a|con|in|qui))|\bpensieri suicid\w+",
        "pt": r"\b(?:quero|vou) (?:morrer\b(?! de)|me matar|me suicidar|tirar a minha vida)|\b(?:não|nao) quero mais viver\b(?! (?:em|com|aqui))|\bpensamentos suicidas\b",
        "pl": r"\b(?:chcę|chce) (?:umrzeć|umrzec|się zabić|sie zabic|zabić się|zabic sie|popełnić samobójstwo|ze sobą skończyć)|\bnie (?:chcę|chce) (?:już |juz )?żyć\b(?! (?:w|z) )|\b(?:zabiję się|mysli samobojcze|myśli samobójcze)\b",
        "nl": r"\bik wil (?:dood(?! van)|sterven|niet meer leven|mezelf (?:van kant|doden)|zelfmoord)|\bzelfmoord plegen\b|\bsuïcidale gedachten\b",
        "": r"хочу умереть\b(?! со смеху| от смеха)|покончить с собой|убить себя|не хочу (?:больше )?жить(?! в| с)|死にたい|自殺したい|想死(?!你)|自杀|不想活|죽고 싶어(?!서 환장)|자살하|أريد أن أموت|أنتحر|intihar et(?:mek|eceğim)|ölmek istiyorum|मरना चाहत|आत्महत्या कर",
}  # fmt: skip

_LINES = (
    "- **If you are in immediate danger**, call your local emergency number (112 in Europe, 911 in the US and Canada, "
    "999 in the UK, 000 in Australia).\n"
    "- **US**: call or text 988 (Suicide & Crisis Lifeline), or text HOME to 741741.\n"
    "- **UK and Ireland**: Samaritans, 116 123, any time, free.\n"
    "- **Canada**: call or text 9-8-8. **Australia**: Lifeline, 13 11 14. **New Zealand**: call or text 1737.\n"
    "- **Anywhere else**: findahelpline.com lists free, confidential lines by country.\n\n"
)
CRISIS_REPLY = (
    "I'm stepping out of the story for a moment, because what you wrote sounds serious, and you matter.\n\n"
    "I'm an AI and can't keep you safe, but people can, right now:\n\n"
    + _LINES
    + "If you can, tell someone near you how you feel today. I'm still here if you want to talk about it plainly."
)
# For who writes in another language: their own lines first, in their words.
_REPLIES: Mapping[str, str] = {
    "de": "Ich verlasse die Geschichte kurz, denn was du schreibst, klingt ernst, und du bist wichtig. Ich bin eine KI und kann dich nicht schützen; Menschen können es, jetzt gleich:\n\n"
    "- **In Gefahr**: 112.\n- **Deutschland**: TelefonSeelsorge 0800 111 0 111, rund um die Uhr, kostenlos. **Österreich**: 142. **Schweiz**: 143.\n- **Anderswo**: findahelpline.com.\n\n"
    "Wenn du kannst, sag heute jemandem in deiner Nähe, wie es dir geht. Ich bin noch da, wenn du offen darüber reden willst.",
    "fr": "Je sors un instant de l'histoire, car ce que tu écris semble grave, et tu comptes. Je suis une IA et ne peux pas te protéger ; des personnes le peuvent, tout de suite :\n\n"
    "- **En danger** : 112.\n- **France** : 3114, jour et nuit, gratuit. **Belgique** : 0800 32 123. **Suisse** : 143. **Canada** : 9-8-8.\n- **Ailleurs** : findahelpline.com.\n\n"
    "Si tu peux, dis aujourd'hui à quelqu'un près de toi comment tu te sens. Je suis toujours là si tu veux en parler simplement.",
    "es": "Salgo un momento de la historia, porque lo que escribes suena serio, y tú importas. Soy una IA y no puedo protegerte; hay personas que sí, ahora mismo:\n\n"
    "- **En peligro**: 112 (España), 911 (América).\n- **España**: 024, a cualquier hora, gratis. **EE. UU.**: 988, opción 2.\n- **Otros países**: findahelpline.com.\n\n"
    "Si puedes, cuéntale hoy a alguien cercano cómo te sientes. Sigo aquí si quieres hablarlo con franqueza.",
    "it": "Esco un momento dalla storia, perché quello che scrivi sembra serio, e tu conti. Sono un'IA e non posso proteggerti; delle persone sì, subito:\n\n"
    "- **In pericolo**: 112.\n- **Italia**: Telefono Amico, 02 2327 2327. **Svizzera**: 143.\n- **Altrove**: findahelpline.com.\n\n"
    "Se puoi, di' oggi a qualcuno vicino a te come ti senti. Sono ancora qui se vuoi parlarne con franchezza.",
    "pt": "Saio um momento da história, porque o que você escreveu parece sério, e você importa. Sou uma IA e não posso proteger você; há pessoas que podem, agora mesmo:\n\n"
    "- **Em perigo**: 190 ou 192 (Brasil), 112 (Portugal).\n- **Brasil**: CVV, 188, a qualquer hora, grátis.\n- **Outros países**: findahelpline.com.\n\n"
    "Se puder, conte hoje a alguém próximo como você se sente. Continuo aqui se quiser falar disso abertamente.",
    "pl": "Wychodzę na chwilę z opowieści, bo to, co piszesz, brzmi poważnie, a Ty jesteś ważny. Jestem AI i nie mogę Cię ochronić; ludzie mogą, od razu:\n\n"
    "- **W niebezpieczeństwie**: 112.\n- **Polska**: 116 123 (dorośli), 116 111 (dzieci i młodzież), 800 70 2222, bezpłatnie.\n- **Gdzie indziej**: findahelpline.com.\n\n"
    "Jeśli możesz, powiedz dziś komuś bliskiemu, jak się czujesz. Nadal tu jestem, jeśli chcesz o tym po prostu porozmawiać.",
    "nl": "Ik stap even uit het verhaal, want wat je schrijft klinkt ernstig, en jij doet ertoe. Ik ben een AI en kan je niet beschermen; mensen kunnen dat wel, nu meteen:\n\n"
    "- **In gevaar**: 112.\n- **Nederland**: 113 of 0800-0113, dag en nacht, gratis. **België**: 1813.\n- **Elders**: findahelpline.com.\n\n"
    "Vertel vandaag iemand dichtbij hoe je je voelt, als je kunt. Ik ben er nog als je er gewoon over wilt praten.",
}  # fmt: skip


def is_crisis(text: str) -> bool:
    """Whether a message sounds like self-harm or suicide, as a plain statement rather than a figure of speech."""
    plain = _plain(text)
    if any(_found(pattern, plain) for pattern in _OTHER_LANGUAGES.values()):
        return True
    for sentence in re.split(r"(?<=[.!?\n])\s+|\n", plain):
        if _found(_NOT_ME, sentence):
            continue
        if _found(_CRISIS, sentence) or (_found(_CRISIS_OR_JOKE, sentence) and not _found(_NOT_MEANT, sentence)):
            return True
    return bool(re.search(r"\bhere any ?more\W{1,3}i mean alive\b", plain, re.IGNORECASE))


def crisis_reply(text: str) -> str:
    """Return the help that answers a crisis message, in its language where we speak it, else in English."""
    plain = _plain(text)
    language = next((language for language, pattern in _OTHER_LANGUAGES.items() if _found(pattern, plain)), "")
    return _REPLIES.get(language, CRISIS_REPLY)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern, made when it is first needed: together they take 0.1 s, which no cold start should pay."""
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)


def _found(pattern: str, text: str) -> bool:
    return _compiled(pattern).search(text) is not None


def _plain(text: str) -> str:
    return text[:_MAX_CHARS].replace("’", "'").replace("‘", "'")


# --- companions are adults -------------------------------------------------------------------------------------------

_AGE = r"(?:(?<![\d.,])(?:[1-9]|1[0-7])(?![\d.,%:]\d|%)|(?<![\w-])(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)\b)"
_YEARS = rf"(?:{_AGE}\s*-?\s*(?:years?|yrs?)\s*-?\s*old\b|{_AGE}\s*-?\s*(?:yo|y/o|y\.o\.?)(?!\w))"
_SUBJECT = r"(?:(?:she|he|they|i|you|it|\{\{char\}\}|<bot>)(?:'s|'m|'re| is| am| are)|^(?:is|am)|^(?!(?:it|this|that|there|which|what)\b)(?-i:[A-Z])[\w'-]+ is)"
_PERSON = r"(?:girls?|boys?|students?|teens?|teenagers?|virgin|schoolgirl|schoolboy|cheerleader|female|male|human|elf|vampire|witch|princess|prince|gymnast|lass|lad|maid|neko|catgirl|kitsune|runaway|prodigy|pupil|babysitter|high schooler|youth|freshman|sophomore|junior|senior|ballerina|dancer|daughter of|girlfriend|neighbou?r|roommate|classmate|step-?(?:sister|brother|daughter|son)|apprentice|servant|slave|bride|princess|child|kid|demon|dragon|goddess|angel)"
_MINOR = (
    r"(?:teen(?:ager|age (?:girl|boy|\w+))?|adolescent(?: girl| boy)?|child(?!hood| (?:psycho|care|minder|actor|actress|prodigy turned|of (?:the|god|nature|two|a)))|toddler|little (?:girl|boy)|kid|pre-?teen|tween|"
    r"(?:high|middle|elementary|primary|junior high|grade)[- ]?school(?:er)?(?: (?:girl|boy|student|senior|junior|sophomore|freshman|pupil|kid))?(?! (?:teacher|sweetheart|principal|counsel|friend|nurse|coach|librarian|janitor|dropout|reunion|diploma|diary|secretary|headmaster))|"
    r"junior[- ]high(?: school)?(?: student| girl| boy)?|(?:\d{1,2}th|ninth|tenth|eleventh|twelfth|eighth|seventh|sixth)[- ]grade(?:r| student)|kindergart(?:n|en)er|school ?(?:girl|boy|child|kid)|minor(?! (?:character|role|key|noble|deity|god|goddess|celebrity|league|injur|issue|official|detail|chord|planet|scale|demon|aristocrat|royal|villain|spirit|poet|artist|actor|bureaucrat|setback|star|figure)))"
)
_GAP = r"(?:(?!(?:of|with|to|for|by|from|who|and|whose|than|like|teaches|former|ex|once|not|no|only|middle|inner|wild|love|problem|older|mother|father|parent|big|overgrown|grown)\b)[\w'-]+[ ,]+){0,3}"
_MINOR_WORDS = (
    "|".join(
        (
            r"\bl[o0]l[i1](?:s|con)?\b(?!ta)|\bshota(?:con|s)?\b|\bjail ?bait\b|\bbarely legal\b|\bpre-?pubescent\b|\bpre-?teen\b(?! (?:son|daughter|niece|nephew|students|kids|brother|sister))",
            r"(?<!not )(?<!no )(?<!n't )(?<!never )(?<!against )\bunder-?\s?age\b(?! (?:drink|sex\b.{0,20}illegal|driv))",
            # said at the head of a text or line
            rf"^\W*(?:name:? )?(?!(?:room|chapter|level|act|part|episode|day|week|unit|class|grade|sector|district|ward|route|volume|book|scene|season|phase|page|section|article|top|apollo|area|number|chapter)\b)(?-i:[A-Z])[\w'-]+(?: (?-i:[A-Z])[\w'-]+)?,? \(?{_AGE}\)?(?=[,.;]|\W*$)",
            rf"^\W*(?:an? |the |your )?(?:(?!(?:is|was|are|has|have|had|with|for|after)\b)\w+,? ){{0,2}}{_YEARS}(?=\W*$|[,.;]| (?:\w+ )?{_PERSON}\b| from\b)",
            rf"(?:{_SUBJECT}|\b(?:play|plays|playing|being)) (?:an? |the |your )?(?:\w+,? ){{0,2}}?{_YEARS}(?=\W*$|[,.;]| (?:\w+ )?{_PERSON}\b| from\b| and\b)(?<! the house is)",
            rf"\b(?:an?|your|the) (?:(?!(?:has|his|her|their)\b)\w+,? ){{0,2}}{_YEARS} (?:\w+ )?(?!daughter){_PERSON}\b(?! of (?:his|her|their|{{{{user}}}}))",
            rf"{_SUBJECT} (?:only |just |still |currently |barely |actually |about |almost |nearly )*{_AGE}(?: years? old| years? of age)?(?=\W*$|[,.;!)]| (?:and|but|with|from|in (?:human|appearance))\b)",
            rf"(?<!at )(?<!by )(?<!from )(?<!since )(?<!until )(?<!under )(?<!over )(?<!the )(?<!an )(?<!old )\bage[d:]?\s*(?:is |of |[:=–-]\s*)?{_AGE}\b(?! (?:years? (?:in|before|after|later)|centur|when|months))",
            rf"(?:\b(?:she|he|i|they|\{{\{{char\}}\}})(?:'s| is| has| just)? )(?:just )?turn(?:ed|s|ing) {_AGE}\b(?=\W*$|[,;.]| (?:last|this|next|yesterday|today|recently|soon|in (?:a|two|three)|a (?:week|month))\b)",
            rf"\b(?:in the |has the |with the |have the )?(?:body|appearance|looks|face|mind|mentality) of an? (?:\w+ )?(?:{_YEARS}|{_MINOR})\b",
            rf"\b(?:looks?|looking|appears?|appearing|seems?) (?:to be |like |as if |about |around |no older than |barely )*(?:an? )?(?:(?:cute|small|young|little|sweet|innocent) )*(?:{_YEARS}|(?:{_AGE}(?=\W*$|[,.;]| (?:despite|but|though|even|or|years)\b))|{_MINOR}\b)",
            rf"(?:^\W*|(?:{_SUBJECT}|\b(?:(?:role-?)?play(?:s|ing)?|act(?:s|ing)?) (?:as )?(?:the role of )?|:) *(?:still |just |only |currently )*)(?:an?|the|your) {_GAP}{_MINOR}\b(?!'s| (?:teacher|at heart|actress|actor|psychologist|star in))",
            rf"^\W*(?:{_GAP.replace('{0,3}', '{0,2}')}){_MINOR}\b(?=\W*$|[,.;(]| (?:girl|boy|student|idol|who|with|from|in|at(?! heart)|vampire|witch|elf|cheerleader|that)\b)",
            r"\b(?:she|he|they|i|\{\{char\}\})(?:'s| is|'m| am| are)? (?:still |currently )?(?:attend(?:s|ing)|go(?:es|ing)? to|stud(?:ies|ying) (?:at|in)|(?:a )?(?:student|pupil) (?:at|in)|in) (?:an? |the |her |his |their )?(?:local |private |catholic |girls' |boys' |public )*(?:high|middle|elementary|primary|junior high|grade|secondary) ?school\b(?! (?:reunion|teacher))",
            r"(?:\b(?:is|'s|am|'m|are)|^) (?:still |currently )?in (?:the )?(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)[ -]grade\b",
        )
    )
)  # fmt: skip
# Somebody else's age, or a time that is over.
_NOT_THE_COMPANION = r"\b(?:her|his|their|my|your|{{user}}'s|user's|whose|our|has an?|have an?|had an?|with an?|the|teach(?:es|ing)?|two|three|several|many|for) (?:\w+ )?$|\b(?:was|were|been|when|since|used to be|former(?:ly)?|once) (?:\w+ ){0,3}$"


def minor_words(text: str, name: str = "") -> str:
    """Return the words in a text about a companion that make it a minor, "" when none do."""
    plain = _plain(text)
    for match in _compiled(_MINOR_WORDS).finditer(plain):
        before = plain[max(0, match.start() - 40) : match.start()].rsplit("\n", 1)[-1]
        if not _found(_NOT_THE_COMPANION, before):
            return match[0].strip(" ,.;:\n")
    if name and re.search(rf"\b{re.escape(name)}\b", plain, re.IGNORECASE):
        return minor_words(re.sub(rf"\b{re.escape(name)}\b", "she", plain, flags=re.IGNORECASE))
    return ""
