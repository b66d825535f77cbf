"""The garment lexicon: which words are clothes, what they cover and how they layer.

One table for the analyser, the image prompt and the tests.  A row is ``slot layer regions: words``; regions are letters
(see _LETTERS).  Words are singular; plurals, hyphens and spaces are understood.  An unknown garment takes the slot its
head noun suggests, else it counts as an opaque top, so that it is kept and shown.
"""

import re
from functools import cache
from typing import NamedTuple, cast

from companion_hub.models.scene import Garment, Layer, Opacity, Region, Slot

_LETTERS: dict[str, Region] = {
    "H": "head", "F": "face", "N": "neck", "C": "chest", "M": "midriff", "B": "back", "A": "arms", "D": "hands",
    "P": "hips", "T": "thighs", "L": "legs", "S": "feet",
}  # fmt: skip

_TABLE = """
top base CMBA: shirt, t-shirt, tee shirt, tee, blouse, polo shirt, polo, dress shirt, button-up, button-down, button-up shirt, button-down shirt, flannel, flannel shirt, henley, long-sleeve, tunic, kurti, kurta, guayabera, jersey, rash guard, turtleneck, turtle neck, polo neck, mock neck, peasant top, camp shirt, work shirt, uniform shirt, scrub top, undershirt shirt, dashiki, agbada, barong, choli blouse, leotard top, sports jersey, rugby shirt, hawaiian shirt, band tee, graphic tee, v-neck
top base CMB: tank top, tank, camisole, cami, halter top, tube top, singlet, muscle shirt, vest top, top, sleeveless top, corset top, bustier, corset, wrap top, peplum top, blouse top
top base CB: crop top, cropped top, bandeau, choli, sports bra, sports top, bralette top, athletic bra
top mid CMBA: sweater, jumper, pullover, hoodie, hooded sweatshirt, sweatshirt, cardigan, cardi, knit, fleece, zip-up, quarter-zip, jersey jumper, christmas jumper, turtleneck sweater, twinset, knitted sweater, shrug, bolero, bed jacket
top mid CMB: vest, waistcoat, sweater vest, gilet, tabard, suspenders vest
outer outer CMBA: jacket, blazer, suit jacket, sport coat, denim jacket, jean jacket, leather jacket, bomber jacket, bomber, varsity jacket, windbreaker, puffer jacket, puffer, down jacket, anorak, track jacket, lab coat, haori, biker jacket, tuxedo jacket, tailcoat, chef jacket, dinner jacket, letterman jacket, body warmer, ski jacket
outer outer CMBAPT: coat, overcoat, trench coat, trench, raincoat, rain jacket, mackintosh, parka, peacoat, pea coat, duffle coat, wool coat, winter coat, fur coat, duster, poncho, cape, cloak, mantle, robe coat, waxed jacket, great coat, greatcoat, car coat, shearling coat, ulster
full base CMBPT: dress, sundress, sun dress, cocktail dress, evening gown, ball gown, gown, wedding dress, summer dress, slip dress, mini dress, minidress, midi dress, maxi dress, wrap dress, shirt dress, sweater dress, jumper dress, pinafore, pinafore dress, prom dress, little black dress, bodycon dress, frock, cheongsam, qipao, ao dai, jumpsuit, romper, playsuit, boiler suit, coverall, overalls, dungarees, catsuit, bodysuit, leotard, unitard, wetsuit, onesie, muumuu, caftan, kaftan, dirndl, hanbok, kimono, yukata, cheong sam, sari, saree, lehenga, salwar kameez, shalwar kameez, abaya, jilbab, djellaba, thobe, thawb, boubou, toga, nightgown, nightdress, nightie, night shirt, nightshirt, chemise, negligee, babydoll, bathrobe, dressing gown, robe, housecoat, uniform, school uniform, nurse uniform, police uniform, maid outfit, costume, suit, pantsuit, trouser suit, three-piece suit, tuxedo, tux, tracksuit, track suit, jogging suit, sweatsuit, pyjamas, pajamas, pajama set, pj, loungewear, scrubs, flight suit, space suit, spacesuit, armour, armor, towel, bath towel, sheet, bed sheet, blanket, duvet, gi, dobok, habit, cassock, gymslip, sarong dress, ski suit, hazmat suit
full base CPB: bikini, two-piece, swimsuit, bathing suit, swimming costume, one-piece, one-piece swimsuit, monokini, tankini, burkini, swimming suit
bottom base PTL: jeans, trousers, pants, slacks, chinos, khakis, cargo pants, sweatpants, joggers, jogging bottoms, tracksuit bottoms, leggings, yoga pants, corduroys, cords, culottes, palazzo pants, leather pants, dress pants, suit trousers, flares, bell-bottoms, pyjama bottoms, pajama bottoms, pajama pants, pyjama trousers, pyjama pants, hakama, salwar, churidar, dhoti, capris, capri pants, ski pants, snow pants, chaps, bloomers, sweats, denims, mom jeans, skinny jeans, waders
bottom base PT: skirt, miniskirt, mini skirt, pencil skirt, pleated skirt, kilt, shorts, denim shorts, jean shorts, cut-offs, cutoffs, hot pants, cycling shorts, bike shorts, board shorts, swim trunks, swimming trunks, trunks, tutu, skort, bermuda shorts, bermudas, sarong, lungi, lap-lap, gym shorts, running shorts, tennis skirt, plaid skirt, loincloth
bottom base PTL: maxi skirt, long skirt, hoop skirt, ankle-length skirt, lehenga skirt, petticoat
underwear_top underwear CB: bra, brassiere, bralette, push-up bra, strapless bra, lace bra, undershirt, vest undershirt, lingerie top, binder
underwear_bottom underwear P: panties, knickers, underpants, briefs, boxers, boxer shorts, boxer briefs, thong, g-string, panty, undies, underwear, jockstrap, boyshorts
full underwear CP: lingerie, lingerie set, underwear set, teddy, bra and panties, basque
legwear underwear LT: stockings, tights, pantyhose, nylons, thigh-highs, thigh highs, fishnets, fishnet stockings, hold-ups, garter belt, suspender belt, garters, long johns
legwear underwear S: socks, sock, ankle socks, knee socks, woolly socks, wool socks, knee-highs, leg warmers
feet base S: shoes, shoe, heels, high heels, stilettos, pumps, flats, ballet flats, sandals, flip-flops, flip flops, thongs sandals, slippers, slides, sneakers, trainers, running shoes, tennis shoes, loafers, oxfords, brogues, mules, clogs, espadrilles, wedges, boots, ankle boots, combat boots, cowboy boots, wellington boots, wellies, rain boots, rubber boots, hiking boots, ugg boots, snow boots, platform shoes, platforms, kitten heels, moccasins, geta, zori, ballet shoes, pointe shoes, cleats, skates, ice skates, roller skates, jutti, plimsolls, dress shoes
feet base SL: knee-high boots, thigh-high boots, riding boots, over-the-knee boots
head accessory H: hat, cap, baseball cap, beanie, woolly hat, bobble hat, beret, fedora, sun hat, sunhat, straw hat, cowboy hat, bucket hat, top hat, panama hat, headscarf, head scarf, headband, hairband, bandana, bandanna, turban, hijab, helmet, crown, tiara, veil, hood, bonnet, chef hat, hair ribbon, ribbon, flower crown, hair clip, earmuffs, shower cap, party hat, witch hat, kippah, keffiyeh, fascinator, visor, chullo, sombrero
face accessory F: glasses, spectacles, sunglasses, shades, reading glasses, goggles, mask, face mask, eye patch, eyepatch, niqab, blindfold
neck accessory N: scarf, shawl, stole, tie, necktie, bow tie, bowtie, cravat, choker, necklace, pendant, collar, pearls, locket, pashmina, feather boa, dupatta, lei, ascot, chain, neckerchief, lanyard
hands accessory D: gloves, mittens, evening gloves, fingerless gloves, gauntlets, oven mitts
waist accessory P: belt, sash, apron, tool belt, obi, cummerbund, fanny pack, bum bag, utility belt
jewellery accessory -: earrings, hoop earrings, ring, engagement ring, wedding ring, bracelet, bangle, bangles, watch, wristwatch, anklet, brooch, charm bracelet, armband, wristband, cufflinks, badge, name tag, headphones, earbuds, stud earrings
bag accessory -: bag, handbag, purse, backpack, rucksack, tote, tote bag, clutch, messenger bag, satchel, briefcase, shoulder bag
"""
# Words that name clothes only with something before or after them; alone they are mostly something else.
_WEAK = frozenset(
    "top tank tee jersey knit pumps flats slides trainers mules trunks shades chain collar ring rings watch bag purse "
    "tie belt stole shell mask suit uniform costume habit sheet blanket duvet towel vest robe gown hood crown ribbon "
    "visor pants cords flares sweats platforms wedges skates nylons slip bomber puffer trench cape veil badge sash "
    "apron clutch tote pearls garters teddy pinafore armor armour gi tux pj v-neck shrug fleece binder helmet goggles".split()
)
_UNKNOWN: tuple[Region, ...] = ("chest", "midriff", "back")
_SHEER = re.compile(r"\b(sheer|see-?through|transparent|translucent|mesh|fishnet|lace|gauzy|chiffon veil)\b", re.I)
# Nouns whose presence before the garment word makes it something else ("coat of paint", "dress rehearsal").
_NOT_CLOTHES_AFTER = re.compile(
    r"^\s*(?:of (?:paint|dust|snow|arms|varnish|her|his|my|your|their|hand)|rehearsal|code|sense|shop|store|rack|hanger|"
    r"hook|drawer|pocket|size|tree|maker|making|designer|department|pattern|line\b|binge)",
    re.I,
)


class Term(NamedTuple):
    """What the lexicon knows of a garment word."""

    kind: str
    slot: Slot
    layer: Layer
    regions: tuple[Region, ...]


@cache
def lexicon() -> dict[str, Term]:
    """Return garment words (singular or as listed, spaces for hyphens) with what they mean."""
    terms: dict[str, Term] = {}
    for line in _TABLE.strip().splitlines():
        head, _, words = line.partition(": ")
        slot, layer, letters = head.split()
        regions = tuple(_LETTERS[letter] for letter in letters if letter in _LETTERS)
        for word in words.split(","):
            kind = normalise(word)
            terms.setdefault(kind, Term(kind, cast("Slot", slot), cast("Layer", layer), regions))
    return terms


@cache
def garment_pattern() -> re.Pattern[str]:
    """Match any garment word, the longest first, whole words only, plural or not."""
    words = sorted(lexicon(), key=len, reverse=True)
    alternatives = "|".join(re.escape(word).replace(r"\ ", r"[\s-]?") for word in words)
    return re.compile(rf"(?<![\w-])({alternatives})(?:e?s)?(?![\w])(?!-\w)", re.IGNORECASE)


def normalise(word: str) -> str:
    return " ".join(word.lower().replace("-", " ").split())


def lookup(word: str) -> Term | None:
    """Return what a garment word means, plural or singular, None when it is not in the lexicon."""
    terms = lexicon()
    plain = normalise(word)
    squeezed = plain.replace(" ", "")
    for candidate in (plain, plain.removesuffix("s"), plain.removesuffix("es"), plain + "s"):
        if candidate in terms:
            return terms[candidate]
    return next((term for kind, term in terms.items() if kind.replace(" ", "") == squeezed), None)


def is_weak(kind: str) -> bool:
    """Whether the word alone is more often something other than clothes."""
    return kind in _WEAK


def means_something_else(text_after: str) -> bool:
    return _NOT_CLOTHES_AFTER.match(text_after) is not None


def garment(phrase: str) -> Garment | None:
    """Return the garment a noun phrase names: the *last* garment word is the head ("zebra print dress" is a dress).

    Unknown phrases give an opaque top named as it was said; None for an empty phrase.
    """
    name = tidy(phrase)
    if not name:
        return None
    head = re.split(r"\b(?:with|that|which|over|under|and|in|from)\b", name, maxsplit=1)[0].strip() or name
    matches = list(garment_pattern().finditer(head)) or list(garment_pattern().finditer(name))
    opacity: Opacity = "sheer" if _SHEER.search(name) else "opaque"
    if not matches:
        return Garment(name=name[:80], kind="", slot="other", layer="base", regions=_UNKNOWN, opacity=opacity)
    term = lookup(matches[-1][1]) or Term("", "other", "base", _UNKNOWN)
    return Garment(
        name=name[:80], kind=term.kind, slot=term.slot, layer=term.layer, regions=term.regions, opacity=opacity
    )


_LEADING = re.compile(
    r"^(?:(?:a|an|the|her|his|my|your|their|its|some|this|that|these|those|one of (?:her|his|my|your|their)|"
    r"(?:a )?pair of|just|only|nothing but|wearing|dressed in|into|in|on)\s+)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"\s+(?:again|now|instead|on|off|today|tonight|too|as well|please|for (?:me|you|us)|first|quickly|slowly|today)$",
    re.IGNORECASE,
)


def tidy(phrase: str) -> str:
    """Return the phrase without articles, possessives and trailing adverbs."""
    text = " ".join(phrase.strip(" .,;:!?*\"'“”()").split())
    text = _LEADING.sub("", text)
    while (shorter := _TRAILING.sub("", text)) != text:
        text = shorter
    return text.strip(" .,;:!?*\"'“”()")


def parse_outfit(text: str) -> tuple[Garment, ...]:
    """Return the garments of a description such as "a red dress, black heels and an open coat"."""
    garments: list[Garment] = []
    for part in re.split(r",|;|\band\b(?!\s+panties)|\+|&|\bover\b|\bwith (?=a |an |the |her |his )|\n", text):
        piece = tidy(part)
        is_open = bool(re.match(r"(?:an? )?(?:open|unbuttoned|unzipped)\s", piece, re.IGNORECASE))
        piece = re.sub(r"^(?:an? )?(?:open|unbuttoned|unzipped)\s+", "", piece, flags=re.IGNORECASE)
        made = garment(piece)
        if made is None or piece.lower() in ("nothing", "naked", "nude", "none", "clothes"):
            continue
        garments.append(made.model_copy(update={"state": "open"}) if is_open else made)
    return tuple(garments[:24])
