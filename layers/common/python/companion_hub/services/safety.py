"""Crisis help that holds whatever the model says: what sounds like self-harm or suicide is answered with help lines.

Pure.  Words, not a model: it must hold when no model answers, and cost nothing.  A figure of speech that slips through
is answered with numbers nobody needed; a plain statement that slips through is answered with role-play.

Source of the help lines: findahelpline.com, 988lifeline.org, samaritans.org, telefonseelsorge.de, 3114.fr, 113.nl,
telefonoamico.it, cvv.org.br, the Spanish Ministry of Health's 024 (numbers checked 2026-11).
"""

import re
from collections.abc import Iterator
from re import Pattern

# By language, as people say it of themselves.  English last: its "suicid…" is in many languages.
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
    "en": r"(?:kill(?:ing)?|hang(?:ing)?|drown(?:ing)?|shoot(?:ing)?|hurt(?:ing)?|cut(?:ting)?|harm(?:ing)?|unaliv(?:e|ing)) myself"
    r"|(?:end(?:ing)?|take|taking) my (?:own )?life|(?<!you )(?<!they )(?:want|wanna) (?:to )?(?:die|be dead)|i deserve to die|suicid\w*"
    r"|wish (?:that )?i (?:was|were) dead|wish i (?:wasn't|weren't|was not|were not) alive|wish i (?:had never been|was never|were never) born"
    r"|(?:do not|don'?t|didn't) (?:want to|wanna) (?:live|be alive|exist|be here any ?more|wake up(?: again| any ?more|(?= *[.!?,]|$))|go on living)"
    r"|(?:can't|cannot|can not) (?:go on living|live (?:like this )?any ?more)|(?:rather|better off) (?:be )?dead|better off without me"
    r"|self[- ]?harm(?:ing|ed)?|(?:no|any) (?:reason|point) (?:to|in) (?:live|living)|nothing (?:left )?to live for"
    r"|life (?:is not|isn't) worth (?:it|living)|tired of (?:living|being alive)(?! (?:in|at|with|on|alone|here))|(?:end|ending) it all"
    r"|(?:overdose|overdosing|od) on(?! (?:chocolate|sugar|sweets|candy|caffeine|coffee|cheese|carbs|netflix|cute))|slit(?:ting)? my (?:wrists?|throat)",
}  # fmt: skip
# Scripts without spaces between words have no word boundaries either.  "想死你了" is how much somebody is missed.
_SAID_WITHOUT_SPACES = re.compile(
    r"死にたい|自殺|消えてしまいたい|生きていたくない|自傷|リストカット"
    r"|想死(?!你|您|我|他|她|了你)|自杀|不想活|活不下去|结束(?:我|自己)?的?生命|自残|自殘"
    r"|죽고 ?싶|자살|살고 ?싶지 ?않|살기 ?싫|자해|목숨을 ?끊"
    r"|मरना ?चाहत|आत्महत्या|ख़?ुदकुशी|जीना ?नहीं ?चाहत|ฆ่าตัวตาย|อยากตาย|ไม่อยากมีชีวิต"
)
_NOT_MEANT = re.compile(
    r"(?<!\w)(?:(?:laugh(?:ed|ing)?|embarrass\w*|bored(?:om)?|this (?:meeting|homework|traffic)) (?:\w+ ){0,3}(?:want to die|kill)"
    r"|(?:song|film|movie|book|novel|story|article|squad) (?:\w+ ){0,4}suicid|suicide (?:squad|mission|run|bomb\w*|doors?)|kill myself laughing"
    r"|(?:want to die|wanna die|morir(?:me)?|mourir|morire|morrer) (?:of|from|laughing|de|di|dal|dalle)(?!\w)|vor \w+ sterben"
    r"|(?:cut|hurt)(?:ting)? myself (?:shaving|accidentally|by accident|while|cooking|on (?:a|the|my)|playing|training|running|at (?:the )?(?:gym|work)))",
    re.IGNORECASE,
)


def _whole_words(said: str) -> Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{said})(?!\w)", re.IGNORECASE)


_CRISIS = {language: _whole_words(said) for language, said in _SAID.items()}

CRISIS_REPLY = (
    "I'm stepping out of the story for a moment, because what you wrote sounds serious, and you matter.\n\n"
    "I'm an AI and can't keep you safe, but people can, right now:\n\n"
    "- **If you are in immediate danger**, call your local emergency number (112 in Europe, 911 in the US and Canada, "
    "999 in the UK, 000 in Australia).\n"
    "- **US**: call or text 988 (Suicide & Crisis Lifeline), or text HOME to 741741.\n"
    "- **UK and Ireland**: Samaritans, 116 123, any time, free.\n"
    "- **Canada**: call or text 9-8-8. **Australia**: Lifeline, 13 11 14.\n"
    "- **Anywhere else**: findahelpline.com lists free, confidential lines by country.\n\n"
    "If you can, tell someone near you how you feel today. I'm still here if you want to talk about it plainly."
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
}


def is_crisis(text: str) -> bool:
    """Whether a message sounds like self-harm or suicide, as a plain statement rather than a figure of speech."""
    return next(_languages(text), None) is not None


def crisis_reply(text: str) -> str:
    """Return the help lines to answer a crisis message with, in its language where we have it."""
    return _REPLIES.get(next(_languages(text), ""), CRISIS_REPLY)


def _languages(text: str) -> Iterator[str]:
    """Yield the languages in which the message says it."""
    plain = " ".join(text.replace("’", "'").split())  # phones write ’
    if _NOT_MEANT.search(plain):
        return
    for language, pattern in _CRISIS.items():
        if pattern.search(plain):
            yield language
    if _SAID_WITHOUT_SPACES.search(plain):
        yield "other"
