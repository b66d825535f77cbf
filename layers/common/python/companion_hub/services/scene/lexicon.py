"""The garment lexicon: which words are clothes, what they cover and how they layer.

One table for the analyser, the outfit parser, the image prompt and the illustrator's tests.  A row is
``slot layer regions [tags]: words``; regions are letters (``_LETTERS``), ``-`` for none.  Words are singular unless they
only exist in the plural.  Look-up ignores case, hyphens and spaces and knows plurals.  Built once, on first use.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple, cast

from companion_hub.models.scene import Layer, Region, Slot
from companion_hub.services.texts import word_set

_LETTERS: dict[str, Region] = {
    "H": "head", "F": "face", "N": "neck", "C": "chest", "M": "midriff", "B": "back", "A": "arms", "D": "hands",
    "P": "hips", "T": "thighs", "L": "legs", "S": "feet",
}  # fmt: skip

_TABLE = """
top base CMBA: shirt, t-shirt, tee shirt, tee, long-sleeve, long-sleeve shirt, blouse, polo, polo shirt, dress shirt, button-up, button-down, button-up shirt, button-down shirt, oxford shirt, linen shirt, flannel, flannel shirt, henley, tunic, kurta, kurti, guayabera, jersey, sports jersey, rugby shirt, football shirt, hockey jersey, rash guard, rash vest, turtleneck, roll-neck, polo neck, mock neck, peasant top, scrub top, dashiki, barong, hawaiian shirt, aloha shirt, band tee, graphic tee, v-neck, baseball tee, thermal top, huipil, sweatervest shirt, uniform shirt, work shirt, denim shirt, silk shirt, baju, raglan, off-shoulder top, pyjama top, pajama top, night shirt top, bodice, doublet, crewneck, crew neck, jockey silks, doublet shirt
top base CMB: tank top, tank, camisole, cami, halter top, halterneck, halter, tube top, boob tube, singlet, muscle shirt, top, sleeveless top, corset, corset top, bustier, wrap top, peplum top, crop hoodie top, strap top, spaghetti top, sleeveless blouse, vest top, wifebeater
top base CB: crop top, cropped top, croptop, bandeau, choli, sports bra, sports top, athletic bra, bralette top
top base CB @swim: bikini top, swim top
top mid CMBA: sweater, jumper, pullover, hoodie, hoody, hooded sweatshirt, sweatshirt, cardigan, cardi, knit, jumper top, fleece, zip-up, quarter-zip, christmas jumper, christmas sweater, turtleneck sweater, twinset, guernsey, aran jumper, bed jacket, sweater coat, kameez
top mid CA %: shrug, bolero, kimono cardigan
top outer CMB @cover: life vest, life jacket, life preserver, buoyancy aid, hi-vis vest, hi-viz vest
top mid CMB %: waistcoat
top mid CMB: vest, sweater vest, tank top sweater, gilet, tabard, bulletproof vest, body armour, body armor, breastplate, cuirass, jerkin
outer outer CMBA: jacket, denim jacket, jean jacket, leather jacket, bomber, bomber jacket, varsity jacket, letterman jacket, windbreaker, windcheater, puffer, puffer jacket, puffa jacket, down jacket, anorak, track jacket, tracksuit top, biker jacket, ski jacket, windjammer, rain jacket, shacket, chef jacket, body warmer, cagoule, army jacket, cropped jacket, safari jacket, overshirt, capelet, oilskin, pac-a-mac, barbour, letterman, sherpa jacket
outer outer CMBA % @lapels: blazer, suit jacket, sport coat, sports coat, suit coat, tuxedo jacket, dinner jacket, smoking jacket, tailcoat, nehru jacket, tweed jacket
outer outer CMBA %: lab coat, white coat, haori, happi, happi coat
outer outer CMBAPT: coat, overcoat, trench coat, trench, raincoat, mackintosh, mac, parka, peacoat, pea coat, reefer coat, duffle coat, duffel coat, wool coat, winter coat, fur coat, duster, duster coat, poncho, ruana, cloak, mantle, robe coat, waxed jacket, greatcoat, car coat, shearling coat, ulster, burnous, serape, bekishe, frock coat, topcoat, shuba, bisht, faux fur
outer outer CMBPT: surcoat
outer outer NB: cape
outer outer CMBAPTL: hazmat suit, rain suit, protective suit
outer outer CMBAPTLS @cover: blanket, duvet, quilt, comforter, bedspread, throw blanket, sheet, bed sheet, bedsheet, cover sheet
full mid CMBAPTL @robe: robe, housecoat, silk robe, wizard robe, academic gown, graduation gown, judo gi jacket, abaya, jilbab, chador, burqa, burka, cassock, chasuble, peignoir
full mid CMBAPT @robe: bathrobe, dressing gown, terry robe, spa robe
full base CMBAPT: sherwani, achkan, kurta pyjama top, angarkha, jama, barong coat
full base CMBPT @skirt: cover-up, swim cover-up, beach cover-up, dress, sundress, sun dress, cocktail dress, evening dress, wedding dress, bridal gown, summer dress, slip dress, mini dress, minidress, midi dress, shirt dress, shirtdress, sweater dress, jumper dress, prom dress, little black dress, bodycon dress, frock, smock, dirndl, qipao, cheongsam, cheong sam, wrap dress, tea dress, tunic dress, skater dress, sheath dress, flapper dress, tennis dress, maid dress, lolita dress, party dress, ballet dress, chiton, sarong dress, mumu, muumuu, shift dress
full base CMBPT: romper, playsuit
full base CMBPTL %: overalls, dungarees, bib overalls
full base CMBPT % @skirt: pinafore, pinafore dress, gymslip, dungaree dress, pinny dress
full base CMBPT %: shortalls, dungaree shorts
full base CMBPTL: jumpsuit, gym clothes, gymwear, sportswear, activewear, kilt outfit, co-ord, co-ords, co-ord set, two-piece set
full base CMBPTL % @skirt: lehenga
full base CMBPTL @skirt: gown, evening gown, ball gown, ballgown, maxi dress, long dress, sari, saree, lehenga choli, toga, peplos, kitenge, ankara dress, traje, flamenco dress, sarafan, bunad, stola
full base CMBAPTL: salwar kameez, shalwar kameez, boiler suit, coverall, coveralls, catsuit, unitard, onesie, uniform, school uniform, nurse uniform, police uniform, army uniform, military uniform, work uniform, maid outfit, maid uniform, costume, halloween costume, cosplay, tracksuit, track suit, jogging suit, sweatsuit, scrubs, flight suit, flightsuit, suit of armour, suit of armor, armour, armor, plate armor, gi, karate gi, dobok, hazmat suit, wetsuit, prison jumpsuit, clothes, outfit, clothing, attire, ensemble, getup, garb, gear, work clothes, street clothes, riding habit, kit, fatigues, camouflage, leathers, chokha, jinbei, tracht, judogi
full base CMBAPTL @skirt: kaftan, caftan, hanbok, kimono, yukata, anarkali, djellaba, thobe, thawb, dishdasha, kandura, boubou, hanfu, baju kurung, habit, deel, bathing robe, kirtle, cotehardie, houppelande, chut thai, chuba
top base CMBA: kebaya
full base CMBAPT @skirt: ao dai, agbada
full mid CMBAPTL % @lapels: suit, trouser suit, pantsuit, pant suit, business suit, skirt suit, three-piece suit, tuxedo, tux, dinner suit, zoot suit, morning suit
full base CMBAPTL @whole: snowsuit, ski suit, space suit, spacesuit, drysuit, racing suit, survival suit, motorbike leathers, motorcycle leathers, biker leathers, fursuit, bee suit
full base CMBAPTL @sleep: pyjamas, pajamas, pajama set, pyjama set, pyjama, pajama, pjs, pj's, jammies, loungewear, sleepwear, nightwear, lounge set
full base CMBPT @sleep: nightgown, nightdress, nightie, night gown, nightshirt, night shirt, sleep shirt, nightwear dress, negligee, negligée, babydoll, baby doll
full base CMBPT @under: juban, nagajuban, slip, chemise, linen shift, cotton shift, half slip, underdress, kombinezon
full base CMBPT @bath: towel, bath towel, beach towel, bath sheet, bedsheet toga
full base CMPB @swim: swimsuit, swim suit, bathing suit, swimming costume, swimming suit, one-piece, one piece swimsuit, one-piece swimsuit, monokini, tankini, burkini, swimwear, bathers, cossie, togs, leotard, bodysuit
full base CPB @swim: bikini, two-piece, two piece swimsuit, string bikini, micro bikini
bottom base PTL: jeans, trousers, pants, slacks, chinos, khakis, cargo pants, cargos, sweatpants, joggers, jogging bottoms, tracksuit bottoms, track pants, corduroys, cords, palazzos, palazzo pants, leather pants, dress pants, suit trousers, suit pants, flares, bell-bottoms, pyjama bottoms, pajama bottoms, pajama pants, pyjama trousers, pyjama pants, salwar, shalwar, churidar, dhoti, capris, capri pants, chaps, sweats, denims, mom jeans, skinny jeans, boyfriend jeans, baggy jeans, jodhpurs, riding pants, pantaloons, sirwal, harem pants, bottoms, trews, lounge pants, scrub pants, trackies, tracky bottoms
bottom mid MPTL: waders
bottom mid PTL: ski pants, snow pants, salopettes, hakama
bottom base PTL @close: leggings, yoga pants, jeggings, treggings, tights leggings, capri leggings, running tights
bottom base PT: shorts, denim shorts, jean shorts, jorts, cut-offs, cutoffs, hot pants, hotpants, cargo shorts, skort, bermudas, bermuda shorts, loincloth, gym shorts, running shorts, daisy dukes, booty shorts, sleep shorts, pyjama shorts, pajama shorts
bottom base PT: breeches, plus-fours, plus-twos, gauchos, lederhosen, culottes, pedal pushers, knickerbockers, cullottes
bottom base PT @close: compression shorts, cycling shorts, bike shorts, biker shorts, spandex shorts, cheer shorts, safety shorts, lycra shorts, lace shorts, bloomers
bottom base PT @skirt: skirt, miniskirt, mini skirt, mini-skirt, mini, pencil skirt, pleated skirt, midi skirt, kilt, tutu, sarong, lungi, longyi, pareo, pareu, lavalava, tennis skirt, plaid skirt, grass skirt
bottom base PT @under: hoop skirt, petticoat, crinoline, bustle, farthingale
bottom base PTL @skirt: maxi skirt, long skirt, ankle-length skirt, lehenga skirt, poodle skirt, gypsy skirt, peasant skirt
bottom base PT @swim: swim trunks, swimming trunks, trunks, board shorts, boardshorts, swim shorts, swimming shorts
bottom base P @swim: bikini bottom, bikini bottoms, speedo, speedos, budgie smugglers, swim briefs
underwear_top underwear CB: bra, brassiere, brassière, bralette, push-up bra, strapless bra, lace bra, nursing bra, binder, pasties, nipple covers
underwear_top underwear CMB: undershirt, vest undershirt, thermal undershirt, string vest
underwear_bottom underwear P: panties, knickers, underpants, briefs, boxers, boxer shorts, boxer briefs, thong, g-string, panty, undies, underwear, jockstrap, boyshorts, bikini briefs, french knickers, y-fronts, tighty-whities, drawers, smalls, shapewear shorts, spanx, fundoshi
full underwear CP: lingerie, lingerie set, underwear set, bra set, matching set underwear, basque
full underwear CMP: teddy, shapewear, girdle, body stocking, bodystocking, waspie
legwear base TLS ~: stockings, stocking, tights, pantyhose, nylons, fishnets, fishnet stockings, fishnet tights, hold-ups, hose
legwear base TLS: thigh-highs, thigh highs, thigh-high socks, over-the-knee socks, wool tights, opaque tights
legwear base TL: thermal leggings, long johns, thermals, long underpants
legwear underwear T: garter belt, suspender belt, garter, garters
legwear base LS: knee socks, knee-high socks, knee-highs, football socks, long socks, compression socks, kilt socks, kilt hose
legwear mid L: leg warmers, legwarmers, gaiters, greaves
legwear base S: beoseon, tabi socks, foot wraps, socks, sock, ankle socks, crew socks, wool socks, woolly socks, fuzzy socks, tabi, bed socks, trainer socks
feet base S: kkotsin, gomusin, jikatabi, babouches, bast shoes, ghillie brogues, ghillies, shoes, shoe, heels, high heels, stilettos, stiletto heels, pumps, flats, ballet flats, ballerinas, sandals, flip-flops, thong sandals, slippers, house slippers, bunny slippers, slides, sneakers, trainers, kicks, running shoes, tennis shoes, gym shoes, canvas shoes, deck shoes, boat shoes, loafers, oxfords, brogues, mules, clogs, crocs, espadrilles, wedges, boots, ankle boots, chelsea boots, combat boots, doc martens, docs, cowboy boots, wellington boots, wellington, wellies, wellingtons, gumboots, rain boots, rubber boots, hiking boots, work boots, uggs, ugg boots, snow boots, ski boots, platform shoes, platforms, kitten heels, court shoes, mary janes, moccasins, geta, zori, huaraches, ballet shoes, pointe shoes, ballet slippers, cleats, football boots, skates, ice skates, roller skates, rollerblades, juttis, mojaris, plimsolls, dress shoes, strappy sandals, footwear, high-tops, high tops, converse, boot, booties, flippers, fins, chappals, footwraps, valenki, derbies, slingbacks, peep-toes, peep toes
feet mid S: galoshes, overshoes
feet base LS: knee-high boots, thigh-high boots, thigh boots, riding boots, over-the-knee boots, knee boots, go-go boots, jackboots, mukluks
head accessory H: reindeer antlers, cat ears, bunny ears, devil horns, hat, cap, baseball cap, beanie, woolly hat, bobble hat, beret, fedora, trilby, sun hat, sunhat, straw hat, cowboy hat, stetson, bucket hat, top hat, panama hat, bowler hat, flat cap, newsboy cap, headscarf, head scarf, headband, hairband, sweatband, bandana, bandanna, turban, helmet, bike helmet, crown, tiara, diadem, circlet, veil, hood, bonnet, chef hat, hair ribbon, hair bow, flower crown, hair clip, barrette, scrunchie, earmuffs, shower cap, party hat, witch hat, wizard hat, santa hat, kippah, yarmulke, keffiyeh, ghutra, fascinator, visor, chullo, sombrero, ushanka, fez, taqiyah, gele, headwrap, head wrap, durag, du-rag, cat ears, bunny ears, headdress, hairpin, kanzashi, wimple, wig, nightcap, swim cap, swimming cap, bathing cap, hard hat, tam, songkok, sailor hat, snapback, headpiece, balaclava, ribbon, bow, tricorn, tricorne, toque, hairnet, kokoshnik, kufi, laurel wreath, wreath, flower wreath, crown of flowers, sou'wester, do-rag
head accessory HN: hijab, niqab, al-amira, shayla, khimar, dupatta veil, mantilla
face accessory F: glasses, spectacles, specs, eyeglasses, sunglasses, shades, reading glasses, goggles, safety goggles, swim goggles, ski goggles, mask, fake moustache, fake mustache, false moustache, fake beard, false beard, half-mask, half mask, domino mask, eye mask, face mask, surgical mask, masquerade mask, gas mask, eye patch, eyepatch, blindfold, sleep mask, monocle, aviators, snorkel, contact lenses, sunnies
neck accessory N: scarf, silk scarf, wool scarf, shawl, stole, wrap shawl, tie, necktie, bow tie, bowtie, bolo tie, cravat, choker, necklace, pearl necklace, pendant, collar, pearls, locket, pashmina, feather boa, boa, dupatta, lei, ascot, neckerchief, lanyard, dog tags, amulet, medallion, rosary, snood, stethoscope, chain necklace, gold chain, garland, chain, shemagh, jabot
hands accessory D: gloves, glove, mittens, mitts, evening gloves, opera gloves, lace gloves, leather gloves, boxing gloves, fingerless gloves, gauntlets, oven mitts, rubber gloves, muff
waist accessory P: belt, sash, apron, kitchen apron, tool belt, obi, cummerbund, fanny pack, bum bag, utility belt, pinny, holster, chain belt, suspenders, braces, harness, tzitzit, sporran, bandolier
jewellery accessory H: earrings, earring, hoop earrings, hoops, stud earrings, studs, ear cuffs, headphones, earbuds, headset, maang tikka, hearing aid
jewellery accessory F: nose ring, nose stud, septum ring, lip ring, bindi
jewellery accessory D: ring, engagement ring, wedding ring, wedding band, bracelet, charm bracelet, friendship bracelet, bangle, watch, wristwatch, smartwatch, cufflinks, corsage, wristband
jewellery accessory A: armband, arm cuff, arm warmers, sweatbands, wrist warmers
jewellery accessory S: anklet, toe ring, ankle bracelet
jewellery accessory M: belly chain, navel piercing, belly ring, waist beads, pocket watch, fob watch, watch chain
jewellery accessory C: norigae, brooch, badge, name tag, boutonniere, medal, pin badge, jewellery, jewelry, tie clip, tie pin
bag accessory D: bag, handbag, purse, backpack, rucksack, tote, tote bag, clutch, messenger bag, satchel, briefcase, shoulder bag, crossbody bag, duffel bag, gym bag, wallet, umbrella, parasol, cane, fan
other outer A: wings, angel wings, fairy wings, jetpack
outer outer CMBA: pelisse, spencer, pea jacket, donkey jacket, bodywarmer, fleece jacket, puffer vest, kagool, harrington, trucker jacket, mess jacket, bed shawl, smoking coat
outer outer CMBAPT: slicker, redingote, opera cloak, travelling cloak, traveling cloak, dust coat, oilskin coat, chesterfield, macintosh, rain cape, rain poncho, kimono coat
bottom base PTL: jodphurs, sweat pants, trakkies, utility trousers, combats, combat trousers, pinstripe trousers
full base CMBAPTL: evening wear, formalwear, ballgowns, kimonos, playsuits, body armour suit
feet base S: pattens, sabots, creepers, brothel creepers, jellies, sliders, timbs, jordans, chucks, pool slides, sabatons, crampons, snowshoes
head accessory H: helm, mob cap, coif, hennin, cloche, cloche hat, pillbox hat, boater, deerstalker, tam o'shanter, bobble cap, bridal veil, lace veil, hairpins, hairpiece, headlamp, head torch, night cap
neck accessory N: ruff, fichu, tippet, muffler, torc, gorget, lace collar, boa scarf
hands accessory D: bracers, vambraces, gardening gloves, work gloves, mitten, driving gloves, ski gloves
waist accessory P: sword belt, baldric, quiver, toolbelt, weight belt
bag accessory D: reticule, clutch bag, knapsack, haversack, carpet bag, carpetbag, valise, bum-bag
underwear_bottom underwear P: camiknickers, long underwear, bikini pants
underwear_top underwear CMB: thermal vest, cotton vest, mesh vest, sleeveless undershirt, liberty bodice, bust bodice, corselet, bralet, stick-on bra, sticky bra
underwear_bottom underwear P: bikini knickers, period pants, boxer trunks, subligaculum, pantalettes, long drawers, tanga, dance belt, bum pads, codpiece
full underwear CMBAPTL: union suit, full base layer
top underwear CMBA: base layer, base layer top, compression top, compression shirt
full underwear CP: undergarment, undergarments
underwear_bottom underwear P: braies
bottom underwear PTL: base layer bottoms, base layer leggings, base layer trousers, base layer pants, thermal bottoms
bottom base PT @under: hoop petticoat, cage crinoline, bum roll, pettipants, underpetticoat
full base CMBPT @under: linen smock
top base CMBA @under: arming shirt, arming doublet, aketon, padded gambeson, gambeson
top base CA @under: shoulder pads, football pads, chest protector, plastron, rib pads
legwear base L @under: shin guards, shin pads
legwear base S @under: liner socks, sock liners, footlets, invisible socks
hands accessory D @under: liner gloves, glove liners, inner gloves, hand wraps, boxing wraps
head accessory H @under: wig cap, helmet liner, hijab cap, underscarf, arming cap
bottom mid PTL: rain trousers, rain pants, waterproof trousers, waterproof pants, ski trousers, snow trousers, snowboard pants, snow bibs, ski bibs, ski bib, bunker pants, turnout trousers, turnout pants, fishing bibs, shell pants, chaparreras
bottom mid MPTLS: chest waders, fishing waders
feet mid S: rubber overshoes, shoe covers, boot covers, toe rubbers
legwear mid L: puttees, leg wraps, half-chaps, leg guards, jambeaux
legwear mid TL: chausses, mail chausses, cuisses
other accessory L: knee pads, knee brace
other accessory A: elbow pads, elbow guards
full mid CMBAPT: surgical gown, isolation gown, operating gown, barber cape, salon cape
full base CMBAPT @skirt: hospital gown, patient gown, hospital johnny
full base CMBAPTL: zentai, morphsuit, samue, keikogi, dogi, sambo suit, plate harness, yoroi, samurai armour, samurai armor, charro suit, matador suit
full base CMBPT: shorty wetsuit, shortie wetsuit, tennis whites
bottom base PTL: bib-and-brace, parachute pants, sharara, gharara, patiala, patiala salwar, mundu, veshti, dhoti pants, chong kraben, momohiki, monpe, sarouel, serwal, bombachas, zouave trousers, sokoto, palazzo trousers, cigarette trousers, moleskins, flannel trousers
bottom base PTL @skirt: chima, ghagra, pavadai, mamianqun, pollera, pha sin, phaa sin, htamein, sampot, wrapper skirt, lappa, malong, patadyong, tapis skirt, prairie skirt, broomstick skirt, chaniya, batik sarong, mekhela
bottom base PT @skirt: fustanella, foustanella, wrap skirt, skater skirt, a-line skirt, ra-ra skirt, puffball skirt, bubble skirt, tube skirt, circle skirt
top base CMBA: jeogori, kosovorotka, vyshyvanka, ao ba ba, áo bà ba, samfu, samfoo, mariniere, marinière, breton top, poet shirt, camisa, isiagu, nehru shirt, chef whites, fencing shirt, barong tagalog, gákti, gakti, peasant blouse, pirate shirt, shirtwaist, shirtwaister, safari shirt, bowling shirt, western shirt, wicking tee, middy blouse, sailor blouse, combat shirt, combat top, baseball jersey, basketball jersey, cycling jersey, goalkeeper jersey, thermal shirt
top base CMB: shell top, peplum, cowl top, stomacher, chemisette, dudou, racerback, racerback tank
top mid CMBA: chainmail, chain mail, hauberk, mail shirt, byrnie, haubergeon, lusekofte, lopapeysa, fisherman's sweater, fisherman sweater, half-zip, jac-shirt, hug-me-tight
top mid CMB: plate carrier, chest rig, flak jacket, flak vest, stab vest, fishing vest, shearling vest, slipover, brigandine, lamellar, scale mail
outer outer CMBA: telogreika, vatnik, janker, trachten jacket, magua, chaquetilla, jodhpuri, bandhgala, rain shell, softshell, hardshell, work jacket, chore coat, chore jacket, barn coat, field jacket, flying jacket, norfolk jacket, argyll jacket, monkey jacket, bolero jacket, lumber jacket, cape jacket, hi-vis jacket, hi-viz jacket, dolman, tangzhuang, oilskin smock, fisherman's smock, painter's smock
outer outer CMBA %: noragi, hanten, michiyuki, kimono jacket
outer outer CMBAPT: durumagi, cherkeska, circassian coat, justacorps, kontusz, zupan, crombie, loden, loden coat, covert coat, teddy coat, camel coat, swing coat, princess coat, turnout coat, bunker coat, balmacaan, afghan coat, quechquemitl, kittel, rekel, kapote, bekeshe, storm coat, caban, spanish cloak, havelock, domino cloak
outer outer CMBPT: shuka, shúkà
outer outer NB: superhero cape, vampire cape, half-cape, luhkka, pelerine
full mid CMBAPTL @robe: chapan, khalat, choir robe, choir gown, preaching gown, barrister gown, judge's robe, monk's robe, wizard's robe, ceremonial robe, baptismal robe, soutane, surplice
full base CMBAPTL @skirt: jubba, jubbah, gandoura, galabeya, gallabiya, jellabiya, kanzu, changshan, ruqun, furisode, tomesode, uchikake, junihitoe, houmongi, komon, habesha kemis, gomesi, busuti, mekhela chador, holoku, takchita, pheran, phiran, haik, nun's habit, monk's habit, tudor gown, medieval gown, regency gown, rococo gown, court gown
full base CMBPTL @skirt: ghagra choli, chaniya choli, lehenga set, pavadai set, terno, filipiniana, himation, robe à la française, mantua gown, tea gown, debutante gown, quinceañera dress, quinceanera dress, victorian dress, prairie dress
full base CMBPT @skirt: apron dress, kurta dress, babydoll dress, housedress, sailor dress, peasant dress, kente cloth, tunica
feet base S: kolhapuris, kolhapuri chappals, mojris, khussas, khussa, paduka, waraji, setta, lapti, bast sandals, nutukas, tsarouchi, opanci, haferlschuhe, haferl shoes, alpargatas, abarcas, caligae, turnshoes, poulaines, crakows, moon boots, saddle shoes, jazz shoes, character shoes, winklepickers, desert boots, wallabees, aqua shoes, water shoes, astro boots, football cleats, climbing shoes, penny loafers, bootees, duck boots, muck boots, approach shoes, jelly sandals, brogans, button boots, kung fu shoes
feet base LS: field boots, hessian boots, sea boots, hip boots, kozaki
head accessory H: kabuto, jingasa, non la, nón lá, conical hat, rice hat, salakot, papakha, kubanka, tarboosh, tarbush, pagri, pagdi, dastar, shtreimel, spodik, kolpak, peineta, montera, glengarry, balmoral bonnet, mortarboard, kepi, képi, shako, bearskin hat, pith helmet, skullcap, ear warmers, hair rollers, hair curlers, alice band, jokduri, binyeo, isicholo, trapper hat, trapper cap, coonskin cap, peaked cap, slouch hat, pork pie hat, akubra, bush hat, boonie hat, cricket cap, rain hat, agal, igal, chaplet, kerchief, jaapi, pakol, kalpak, doppa, tubeteika, toque blanche, bascinet, barbute, sallet, morion, ear defenders, french hood, tichel, hair sticks, bobby pins, hair claw, towel turban, sheitel
head accessory HN: rusari, paranja, yashmak, battoulah
face accessory F: respirator, face shield, safety glasses, welding mask, plague mask, kitsune mask, hannya mask, venetian mask, oxygen mask, pince-nez, lorgnette, cat-eye glasses, diving mask, dive mask, catcher's mask, fencing mask
neck accessory N: rebozo, netela, aguayo, lliclla, gamcha, phulkari, tallit, tallis, infinity scarf, neck gaiter, neck warmer, kukui nut lei, mangalsutra, clerical collar, coral beads, bead necklace, plastron tie, shahtoosh, kashmiri shawl, cuban chain
waist accessory P: gartel, obi sash, haramaki, cumberbund, waist pack, hip bag, chatelaine, concho belt, waist apron, bib apron, maekake, duty belt, gun belt, hip belt, cartridge belt
jewellery accessory H: jhumka, jhumkas, jhumki, matha patti, chandelier earrings
jewellery accessory F: nose pin, labret, eyebrow ring
jewellery accessory D: signet ring, fitness tracker, fitness watch, haath phool, hospital wristband
jewellery accessory S: payal, ghungroo, ankle bells, ankle chain
bag accessory D: potli, potli bag, sling bag, holdall, kit bag, school bag, shopping bag, clutch purse, saddlebag
"""

# Read in a list of clothes only: in a message these are verbs, places, names or people ("stays", "vans", "banyan", "gat").
_LISTED = """
full base CMBPT @under: shift, shifts
full base CMB @under: stays
bottom base PT @under: panniers
underwear_top underwear CMB: banyan
underwear_bottom underwear P: calvins, brief
bottom base PTL: drainpipes, levis, levi's, wranglers, dickies, carhartts, lululemons, skinnies, bootcuts, bibs, baji
bottom mid PTL: turnouts
bottom base PTL @skirt: sinh, iro, pagne
top base CMBA: buba, polos
top mid CMBA: lambswool, patagonia, knitwear
outer outer CMBA: carhartt, burberry, belstaff, canada goose
outer outer CMBAPT: manta, gabi, malgai
full base CMBAPTL @skirt: kira, gho, del, kanga, khanga
full base CMBAPTL: dress blues, dress whites
feet base S: vans, nikes, adidas, reeboks, pumas, timberlands, birkenstocks, louboutins, manolos, jimmy choos, air maxes, air force ones, stan smiths, hokas, salomons, tevas, chacos, keds, toms, hunters, yeezys, sambas, gazelles, blundstones, clarks, sorels, skechers, asics, new balances, all stars, dr martens, martens, hush puppies, superstars, hi-tops, beetle crushers, hobnails, chuck taylors
head accessory H: gat, kasa, antlers
face accessory F: ray-bans, oakleys, wayfarers, varifocals, readers
neck accessory N: beads, sabai, crucifix
other accessory S: spurs, spats
jewellery accessory D: rolex, casio, apple watch, fitbit, kara
bag accessory D: birkin, kelly bag
head accessory H: safa, babushka, homburg, busby, bearskin, curlers, rollers, stocking cap
neck accessory N: mala
jewellery accessory F: nath
jewellery accessory H: tikka
jewellery accessory D: kada, cuffs
feet base S: lace-ups, slip-ons, monk straps, t-bars, d'orsays
feet base LS: hessians
outer outer CMBAPT: inverness, capote
full base CMBPTL @skirt: saya, palla
bottom base PTL @skirt: kain, qun
full mid CMBAPTL @robe: alb, kesa
top base CMB: yem
outer outer NB: capa
"""

COLOURS = word_set(
    "black white grey gray silver charcoal red crimson scarlet burgundy maroon wine pink rose blush magenta "
    "fuchsia coral orange peach apricot rust copper bronze yellow gold golden mustard cream ivory beige tan khaki "
    "camel brown chocolate green emerald olive sage mint lime teal turquoise cyan aqua blue navy azure sky royal "
    "cobalt indigo purple violet lavender lilac plum mauve nude champagne multicolored multicoloured colorful "
    "colourful rainbow pastel neon dark light pale bright deep hot jet off-white dusty burnt forest midnight baby"
)
MATERIALS = word_set(
    "silk silken satin cotton linen wool woollen woolen woolly cashmere velvet leather denim lace chiffon tulle "
    "mesh fur faux fleece flannel tweed corduroy suede latex vinyl polyester nylon spandex jersey canvas terry "
    "terrycloth knit knitted crochet crocheted organza taffeta brocade sequin sequined sequinned jean straw metal "
    "plastic rubber pearl diamond gold silver lycra merino angora mohair hemp burlap gauze muslin viscose down "
    "sheepskin shearling"
)
PATTERNS = word_set(
    "striped stripy stripes plaid checked checkered chequered tartan gingham floral flowered flowery polka dot "
    "dotted polka-dot zebra leopard tiger animal snake snakeskin print printed patterned paisley houndstooth "
    "argyle herringbone camo camouflage tie-dye tie-dyed tropical batik embroidered pinstripe pinstriped graphic "
    "plain logo"
)
# Adjectives of clothes that are none of the above; a part of a list made only of such words belongs to the next part.
_ADJECTIVES = word_set(
    "long short tight loose baggy fitted oversized oversize big large small tiny little huge warm cosy cozy comfy "
    "comfortable soft fluffy thick thin heavy light lightweight elegant formal casual fancy simple cute pretty "
    "sexy beautiful gorgeous stunning lovely nice new old favourite favorite vintage retro classic modern "
    "matching flowing flowy backless strapless sleeveless off-shoulder off-the-shoulder high-waisted low-cut "
    "v-neck crew-neck cropped ripped torn worn faded distressed skinny slim straight wide wide-leg flared pleated "
    "ruffled frilly fringed padded quilted hooded zipped buttoned button-up belted sheer see-through transparent "
    "shiny sparkly glittery shimmering wet dry clean dirty fresh school work gym sports summer winter spring "
    "autumn fall evening night party christmas halloween wedding designer expensive cheap tailored sharp crisp "
    "mini midi maxi knee-length ankle-length floor-length thigh-high knee-high high low open-toe strappy spiked "
    "studded heavy-duty traditional ceremonial skimpy revealing modest conservative slinky silky fuzzy chunky "
    "cable-knit hand-knitted frayed two-tone two one pair set simple-cut double-breasted single-breasted full "
    "sleeveless snug form-fitting figure-hugging delicate dainty ornate jewelled jeweled beaded embellished "
    "fur-lined fleece-lined military biker cowboy french japanese chinese indian korean scottish hawaiian mexican"
)
# Before "suit" and "costume": one that covers the whole body, not one of jacket and trousers.
WHOLE_SUITS = word_set(
    "gorilla bear bunny rabbit chicken dinosaur dragon lion tiger shark penguin cat dog cow horse pig wolf fox monkey ape "
    "panda frog duck bird alien monster robot superhero spider mascot animal reptile santa clown sumo fat fur bee beekeeper "
    "beekeeping astronaut space pressure bomb eod dive diving diver dry wet survival immersion exposure boiler flight g anti-g "
    "biohazard chemical protective forensic tyvek paper decontamination containment isolation sauna sweat snow ski skiing ski-jump race racing "
    "motorcycle motorbike biker moto karting rain sun ghillie fire firefighter fireman proximity turnout exo mech stealth skin speed "
    "skating luge bobsled wing mocap motion-capture full-body whole-body one-piece ninja zentai morph shell jump gimp latex lycra"
)
SHEER_WORDS = frozenset(
    {"sheer", "see-through", "seethrough", "transparent", "translucent", "mesh", "fishnet", "gauzy"}
)


class Term(NamedTuple):
    """What the lexicon knows of a garment word.

    ``tag`` is swim, sleep, bath, robe, cover, empty, or how it lies: under (the rest of its layer), close (to the skin, under
    trousers and skirts), skirt (hangs free: over leg warmers), lapels (buttoned, it still shows the
    shirt), whole (the whole body, over jumpers too).
    """

    kind: str
    slot: Slot
    layer: Layer
    regions: tuple[Region, ...]
    sheer: bool
    open_front: bool
    tag: str


@lru_cache(maxsize=4_096)
def key_of(words: str) -> str:
    """Return the letters of a garment word, by which it is looked up ("T-shirt", "tee shirt", "tshirt")."""
    return re.sub(r"[^a-zà-ÿ]", "", words.lower())


@cache
def lexicon() -> dict[str, Term]:
    """Return every garment word by its key, plurals and singulars included."""
    return _read(_TABLE)


@cache
def listed() -> dict[str, Term]:
    """Return the lexicon with the words that are clothes in a list of clothes only."""
    return _read(_LISTED) | lexicon()


def regions_of(letters: str) -> tuple[Region, ...]:
    return tuple(_LETTERS[letter] for letter in letters if letter != "-")


def _read(table: str) -> dict[str, Term]:
    terms: dict[str, Term] = {}
    for line in table.strip().splitlines():
        head, _, words = line.partition(": ")
        slot, layer, letters, *flags = head.split()
        tag = next((flag[1:] for flag in flags if flag[0] == "@"), "")
        regions = regions_of(letters)
        for word in words.split(", "):
            term = Term(word, cast("Slot", slot), cast("Layer", layer), regions, "~" in flags, "%" in flags, tag)
            for form in _forms(key_of(word)):
                terms.setdefault(form, term)
    return terms


def _forms(key: str) -> tuple[str, ...]:
    """Return a word with its plural, and with its singular where it looks plural."""
    if key.endswith(("ss", "sh", "ch", "x", "z")):
        return (key, key + "es")
    if key.endswith("s"):
        return (key, key[:-1]) if len(key) > 4 and key not in _NO_SINGULAR else (key,)
    if key.endswith("f"):
        return (key, key + "s", key[:-1] + "ves")
    if key.endswith("y") and key[-2:-1] not in "aeiou":
        return (key, key + "s", key[:-1] + "ies")
    return (key, key + "s")


# Their "singular" is another word.
_NO_SINGULAR = word_set(
    "glasses clothes braces flats pumps slides shades trainers wellies joggers leathers bottoms drawers smalls "
    "fins docs kicks togs hoops studs mules flares cords sweats platforms wedges bathers wings cargos uggs specs "
    "chaps scrubs boots heels spanx briefs boxers breeches shorts sleeves skates thermals pants trunks tights"
)  # fmt: skip

MAX_TERM_WORDS = 4


def find_term(words: list[str], end: int, *, in_list: bool = False) -> tuple[int, Term] | None:
    """Return where the longest garment term that ends before ``end`` begins, and the term; None when there is none."""
    terms = listed() if in_list else lexicon()
    for size in range(min(MAX_TERM_WORDS, end), 0, -1):
        if not words[end - size][:1].isalnum():
            continue  # a comma, and its letters would be those of the shorter term
        term = terms.get(key_of("".join(words[end - size : end])))
        if term is not None:
            return end - size, term
    return None


# Shorter words are one slip away from too much else.
_MIN_MISSPELT = 5


@lru_cache(maxsize=1_024)
def misspelt_term(word: str) -> Term | None:
    """Return the term one slip of the keys away from a word ("jeens", "sneekers"); None unless all such lie in one place."""
    key = key_of(word)
    if len(key) < _MIN_MISSPELT or is_modifier(word):
        return None
    cuts = [(key[:at], key[at:]) for at in range(len(key) + 1)]
    letters = "abcdefghijklmnopqrstuvwxyz"
    slips = {
        *(left + right[1:] for left, right in cuts if right),
        *(left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1),
        *(left + letter + right[1:] for left, right in cuts if right for letter in letters),
        *(left + letter + right for left, right in cuts for letter in letters),
    }
    near = [term for slip in slips if len(slip) >= _MIN_MISSPELT and (term := listed().get(slip))]
    return near[0] if len({(term.slot, term.layer, term.regions) for term in near}) == 1 else None


def is_modifier(word: str) -> bool:
    """Whether a word only describes a garment: a colour, a material, a pattern, a common adjective."""
    plain = word.lower()
    return plain in COLOURS or plain in MATERIALS or plain in PATTERNS or plain in _ADJECTIVES
