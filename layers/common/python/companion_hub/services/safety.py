"""Crisis help that holds whatever the model says: what sounds like self-harm or suicide is answered with help lines.

Pure.  Words, not a model: it must hold when no model answers, and cost nothing.  English is read sentence by sentence for
what its writer says about taking or hurting their own life; figures of speech, films, other people and accidents are left
out.  Of other languages the plainest statements are known.  A figure of speech that slips through is answered with numbers
nobody needed; a plain statement that slips through is answered with role-play.

Source of the help lines: findahelpline.com, 988lifeline.org, samaritans.org, telefonseelsorge.de, 3114.fr, 113.nl,
telefonoamico.it, cvv.org.br, 116123.pl, the Spanish Ministry of Health's 024 (numbers checked 2026-11).
"""

import re
from collections.abc import Iterator
from functools import cache

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
# Other languages, as people say it of themselves.
_SAID = {
    "es": r"(?:quiero|quisiera|voy a|pienso en|ganas de|me quiero|me voy a) (?:morir(?:me)?|matar(?:me)?|suicidarme)|suicidarme|el suicidio"
    r"|no quiero (?:seguir )?viv(?:ir|iendo)|quitarme la vida|acabar con mi vida|hacerme daño|no vale la pena vivir|mejor muert[oa]",
    "fr": r"(?:je veux|je voudrais|envie de|je vais|je pense à) (?:mourir|me tuer|en finir|me suicider|me pendre)|(?:envie|marre) d'en finir|au suicide"
    r"|mettre fin à (?:mes jours|ma vie)|(?:veux|envie de) plus vivre|plus envie de vivre|me faire du mal|me scarifier|mieux sans moi|me suicider",
    "de": r"bringe? mich (?:\w+ )?um|mich (?:\w+ )?(?:umbringen|umzubringen|töten|erhängen)|(?:will|möchte|würde gerne?) (?:\w+ )?sterben|sterben (?:will|möchte)"
    r"|(?:will|möchte|mag) (?:\w+ )?nicht mehr (?:leben|weiterleben|da sein|aufwachen)|nicht mehr (?:leben|weiterleben|da sein) (?:will|möchte|mag)"
    r"|mir (?:\w+ )?das leben (?:zu )?nehmen|mein(?:em)? leben (?:ein ende (?:zu )?(?:setzen|machen)|(?:zu )?beenden)|selbstmord\w*|suizid\w*"
    r"|selbstverletz\w*|mich (?:selbst )?(?:zu )?ritzen|lebensmüde|ohne mich besser dran",
    "it": r"(?:voglio|vorrei|penso di) (?:morire|uccidermi|ammazzarmi|farla finita)|mi (?:voglio )?(?:uccido|uccidere|ammazzo|ammazzare)|suicidarmi"
    r"|(?:al|il) suicidio|togliermi la vita|farla finita|non voglio (?:più )?vivere|farmi del male|non ha senso vivere",
    "pt": r"(?:quero|queria|vou|penso em|vontade de) (?:morrer|me matar|me suicidar|acabar com tudo)|(?:quero|vou) matar-me|tirar a (?:minha )?(?:própria )?vida"
    r"|acabar com a minha vida|não quero (?:mais )?viver|suicídio|me suicidar|me cortar de novo",
    "nl": r"wil (?:\w+ )?(?:dood|sterven)|wil (?:\w+ )?niet meer (?:verder )?leven|niet meer (?:wil )?leven|zelfmoord\w*|suïcid\w*"
    r"|(?:mezelf|mijzelf) (?:\w+ )?(?:doden|ophangen|pijn doen|iets aandoen|van kant maken|snijden)|er een einde aan maken|einde aan mijn leven",
    "sv": r"vill (?:\w+ )?dö|vil (?:\w+ )?dø|ta (?:mitt liv|livet av mig|livet mitt)|tage mit (?:eget )?liv|självmord\w*|selvmord\w*|orkar inte leva",
    "pl": r"chcę (?:\w+ )?umrzeć|(?:się|sie) zabić|zabić się|zabiję się|nie chcę (?:już )?żyć|samobójstw\w*|odebrać sobie życie|skończyć ze sobą",
    "ru": r"хочу (?:\w+ )?(?:умереть|сдохнуть|убить себя)|покончить с собой|убью себя|не хочу (?:больше )?жить|самоубийств\w*|суицид\w*"
    r"|хочу померти|вбити себе|не хочу (?:більше )?жити|самогубств\w*",
    "tr": r"ölmek istiyorum|kendimi öldür\w*|intihar\w*|yaşamak istemiyorum|canıma kıy\w*",
    "he": r"רוצה למות|להתאבד|התאבדות|להרוג את עצמי|לא רוצה לחיות",
    "ar": r"(?:أريد|اريد|عايز|بدي) (?:أن |ان )?(?:أموت|اموت|الموت)|(?:ال)?انتحار|[أا]نتحر|[أا]قتل نفسي|لا [أا]ريد (?:أن |ان )?[أا]عيش|[أا]ؤذي نفسي",
    "id": r"ingin (?:\w+ )?mati|mau mati|bunuh diri|muốn chết|tự tử|tự sát",
}  # fmt: skip
# Scripts without spaces between words have no word boundaries either.  "想死你了" is how much somebody is missed.
_SAID_WITHOUT_SPACES = (
    r"死にたい|自殺|消えてしまいたい|生きていたくない|自傷|リストカット"
    r"|想死(?!你|您|我|他|她|了你)|自杀|不想活|活不下去|结束(?:我|自己)?的?生命|自残|自殘"
    r"|죽고 ?싶|자살|살고 ?싶지 ?않|살기 ?싫|자해|목숨을 ?끊"
    r"|मरना ?चाहत|आत्महत्या|ख़?ुदकुशी|जीना ?नहीं ?चाहत|ฆ่าตัวตาย|อยากตาย|ไม่อยากมีชีวิต"
)
# Laughing to death, and what else one dies of in jest.
_IN_JEST = r"(?<!\w)(?:morir(?:me)?|mourir|morire|morrer) (?:de|di|dal|dalle|d')(?!\w)|vor \w+ sterben|sterben vor|dood van|умереть (?:со|от) смеха"
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
# In the languages we can vouch for; all others are answered in English.
_REPLIES = {
    "de": (
        "Ich trete kurz aus der Geschichte heraus, denn was du geschrieben hast, klingt ernst, und du bist wichtig.\n\n"
        "Ich bin eine KI und kann dich nicht schützen, aber Menschen können es, jetzt gleich:\n\n"
        "- **Bei unmittelbarer Gefahr**: Notruf 112.\n"
        "- **Deutschland**: TelefonSeelsorge, 0800 111 0 111 oder 116 123, kostenlos, Tag und Nacht.\n"
        "- **Österreich**: 142. **Schweiz**: 143.\n"
        "- **Anderswo**: findahelpline.com nennt kostenlose, vertrauliche Nummern für jedes Land.\n\n"
        "Wenn du kannst, sag heute jemandem in deiner Nähe, wie es dir geht. Ich bin weiter da, wenn du offen darüber reden willst."
    ),
    "fr": (
        "Je sors un instant de l'histoire, car ce que tu as écrit semble grave, et tu comptes.\n\n"
        "Je suis une IA et je ne peux pas te protéger, mais des personnes le peuvent, tout de suite :\n\n"
        "- **En cas de danger immédiat** : 112, ou 15 en France.\n"
        "- **France** : 3114, gratuit, jour et nuit.\n"
        "- **Belgique** : 0800 32 123. **Suisse** : 143. **Canada** : 9-8-8.\n"
        "- **Ailleurs** : findahelpline.com indique des lignes gratuites et confidentielles par pays.\n\n"
        "Si tu le peux, dis aujourd'hui à quelqu'un près de toi comment tu te sens. Je reste là si tu veux en parler simplement."
    ),
    "es": (
        "Salgo un momento de la historia, porque lo que has escrito suena serio, y tú importas.\n\n"
        "Soy una IA y no puedo protegerte, pero hay personas que sí, ahora mismo:\n\n"
        "- **Si estás en peligro inmediato**: 112 en España, 911 en gran parte de América.\n"
        "- **España**: 024, gratis, día y noche.\n"
        "- **EE. UU.**: 988 (pulsa 2 para español). **México**: 800 911 2000.\n"
        "- **En otro lugar**: findahelpline.com reúne líneas gratuitas y confidenciales por país.\n\n"
        "Si puedes, cuéntale hoy a alguien cercano cómo te sientes. Sigo aquí si quieres hablarlo con claridad."
    ),
    "it": (
        "Esco un momento dalla storia, perché quello che hai scritto sembra serio, e tu conti.\n\n"
        "Sono un'IA e non posso proteggerti, ma delle persone possono, adesso:\n\n"
        "- **In caso di pericolo immediato**: 112.\n"
        "- **Italia**: Telefono Amico, 02 2327 2327. **Svizzera**: 143.\n"
        "- **Altrove**: findahelpline.com elenca linee gratuite e riservate per paese.\n\n"
        "Se puoi, di' oggi a qualcuno vicino a te come ti senti. Resto qui se vuoi parlarne apertamente."
    ),
    "pt": (
        "Vou sair da história por um momento, porque o que você escreveu parece sério, e você é importante.\n\n"
        "Sou uma IA e não posso proteger você, mas há pessoas que podem, agora mesmo:\n\n"
        "- **Em perigo imediato**: 192 no Brasil, 112 em Portugal.\n"
        "- **Brasil**: CVV, 188, gratuito, dia e noite. **Portugal**: SNS 24, 808 24 24 24.\n"
        "- **Noutro lugar**: findahelpline.com mostra linhas gratuitas e confidenciais por país.\n\n"
        "Se puder, conte hoje a alguém próximo como se sente. Continuo aqui se quiser falar disso abertamente."
    ),
    "nl": (
        "Ik stap even uit het verhaal, want wat je schreef klinkt ernstig, en jij doet ertoe.\n\n"
        "Ik ben een AI en kan je niet beschermen, maar mensen kunnen dat wel, nu meteen:\n\n"
        "- **Bij direct gevaar**: bel 112.\n"
        "- **Nederland**: bel 113 of 0800-0113, gratis, dag en nacht. **België**: Zelfmoordlijn, 1813.\n"
        "- **Elders**: findahelpline.com noemt gratis, vertrouwelijke lijnen per land.\n\n"
        "Vertel als je kunt vandaag iemand in je buurt hoe je je voelt. Ik ben er nog als je er open over wilt praten."
    ),
    "pl": (
        "Wychodzę na chwilę z opowieści, bo to, co piszesz, brzmi poważnie, a to, co czujesz, jest ważne.\n\n"
        "Jestem AI i nie mogę Cię ochronić, ale ludzie mogą, od razu:\n\n"
        "- **W niebezpieczeństwie**: 112.\n"
        "- **Polska**: 116 123 (dorośli), 116 111 (dzieci i młodzież), 800 70 2222, bezpłatnie.\n"
        "- **Gdzie indziej**: findahelpline.com podaje bezpłatne, poufne numery w każdym kraju.\n\n"
        "Jeśli możesz, powiedz dziś komuś bliskiemu, jak się czujesz. Nadal tu jestem, jeśli chcesz o tym po prostu porozmawiać."
    ),
}


def is_crisis(text: str) -> bool:
    """Whether a message sounds like self-harm or suicide, as a plain statement rather than a figure of speech."""
    plain = _plain(text)
    if next(_languages(plain), None) is not None:
        return True
    for sentence in re.split(r"(?<=[.!?\n])\s+|\n", plain):
        if _found(_NOT_ME, sentence):
            continue
        if _found(_CRISIS, sentence) or (_found(_CRISIS_OR_JOKE, sentence) and not _found(_NOT_MEANT, sentence)):
            return True
    return bool(re.search(r"\bhere any ?more\W{1,3}i mean alive\b", plain, re.IGNORECASE))


def crisis_reply(text: str) -> str:
    """Return the help lines to answer a crisis message with, in its language where we have it, else in English."""
    return _REPLIES.get(next(_languages(_plain(text)), ""), CRISIS_REPLY)


def _languages(plain: str) -> Iterator[str]:
    """Yield the languages other than English in which the message says it."""
    if _found(_IN_JEST, plain):
        return
    for language, said in _SAID.items():
        if _found(rf"(?<!\w)(?:{said})(?!\w)", plain):
            yield language
    if _found(_SAID_WITHOUT_SPACES, plain):
        yield "other"


def _plain(text: str) -> str:
    return text[:_MAX_CHARS].replace("’", "'").replace("‘", "'")  # phones write ’


def _found(pattern: str, text: str) -> bool:
    return _compiled(pattern).search(text) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern, made when it is first needed: together they take 0.1 s, which no cold start should pay."""
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)
