"""Places: which nouns are somewhere to be, how a place is said, and which are only furniture."""

import re
from functools import cache
from typing import NamedTuple

from companion_hub.services.texts import word_set

# Preposition: places.  Two-word places before their heads do not matter: the longest wins.
_PLACES = """
in: phone booth, photo booth, telephone box, ticket office, kitchen, bedroom, bathroom, living room, lounge, sitting room, dining room, guest room, spare room, nursery, den, study, office, library, hallway, hall, corridor, foyer, lobby, entryway, closet, wardrobe room, pantry, attic, loft, basement, cellar, garage, laundry room, garden, backyard, back yard, front yard, yard, courtyard, greenhouse, conservatory, sunroom, park, forest, woods, wood, jungle, rainforest, meadow, field, orchard, vineyard, grove, valley, canyon, desert, cave, cavern, grotto, maze, swamp, barn, stable, stables, shed, cabin, cottage, chalet, villa, mansion, hut, igloo, treehouse, tree house, tent, yurt, camper, caravan, rv, van, car, taxi, cab, limo, limousine, truck, carriage, elevator, lift, stairwell, bookstore, bookshop, book shop, record store, record shop, cafe, café, coffee shop, coffeehouse, tea house, teahouse, tea room, restaurant, diner, bistro, bakery, bar, pub, club, nightclub, tavern, inn, saloon, brewery, ballroom, casino, theatre, theater, cinema, movie theater, auditorium, concert hall, gallery, art gallery, museum, studio, workshop, laboratory, lab, classroom, lecture hall, dormitory, dorm, dorm room, locker room, changing room, fitting room, dressing room, waiting room, conference room, meeting room, server room, hospital room, ward, clinic, church, chapel, cathedral, temple, shrine, mosque, synagogue, monastery, castle, palace, throne room, great hall, dungeon, tower, keep, crypt, tomb, city, town, village, downtown, old town, alley, alleyway, shop, store, boutique, bookstall, supermarket, grocery store, mall, shopping mall, shopping centre, hotel, hotel room, motel, hostel, suite, penthouse, apartment, flat, house, home office, room, cockpit, cabin of the plane, spaceship, starship, spacecraft, space station, cargo bay, engine room, sauna, steam room, hot tub, jacuzzi, pool, swimming pool, lagoon, ocean, sea, water, waves, lake water, shower, bath, bathtub, tub, snow, warehouse, factory, courtroom, prison, cell, bunker, arcade, bowling alley, music room, game room, playroom, common room, cafeteria, canteen, break room, breakroom, gym, home gym, spa, sleeping bag, rain, storm, paris, london, tokyo, rome, venice, new york, barcelona, berlin, amsterdam, kyoto, lisbon, prague, vienna, italy, france, japan, spain, greece, iceland, hawaii, gondola, gazebo, pavilion, tunnel, subway, winter garden, rose garden, botanical garden, botanical gardens, back seat, backseat, passenger seat, backroom, back room, stockroom, wine cellar, bookshop cafe, crater, ravine, gorge, hollow, glade, clearing, marsh, bog, wetlands, moor, heath, bush, outback, savannah, steppe, tundra, glacier, thicket, hedge maze, cornfield, wheat field, rice paddy, olive grove, bamboo grove, allotment, vegetable patch, potting shed, hayloft, henhouse, kennel, sunroom, mudroom, foyer, vestibule, atrium, anteroom, drawing room, parlour, parlor, salon room, boudoir, powder room, washroom, restroom, toilet, loo, ensuite, en suite, walk-in closet, man cave, den room, snug, utility room, boiler room, darkroom, archive, archives, reading room, vault, treasury, armoury, armory, barracks, war room, council chamber, chamber, bedchamber, chambers, antechamber, observatory room, belfry, bell tower, turret, ruins, catacombs, mine, mineshaft, sewer, sewers, underpass, car park, parking lot, parking garage, lay-by, driveway, cul-de-sac, suburbs, neighborhood, neighbourhood, district, quarter, medina, souk, hammam, riad, hacienda, pagoda, dacha, izba, banya, ryokan, izakaya, ramen bar, ramen shop, sushi bar, trattoria, osteria, pizzeria, brasserie, taqueria, cantina, tapas bar, gastropub, steakhouse, burger joint, ice cream parlour, ice cream parlor, gelateria, chip shop, chippy, takeaway, deli, delicatessen, patisserie, butcher's, greengrocer's, chocolatier, juice bar, wine bar, cocktail bar, jazz club, jazz bar, karaoke bar, karaoke booth, speakeasy, lounge bar, dive bar, comedy club, escape room, laser tag arena, board game cafe, internet cafe, nail salon, tattoo parlour, tattoo parlor, antique shop, thrift store, charity shop, toy shop, toy store, pet shop, pet store, hardware store, department store, garden centre, garden center, convenience store, corner shop, bodega, pawn shop, record shop, apothecary, smithy, forge, blacksmith's, mill, windmill, watermill, lighthouse, boathouse, roadhouse, farm stand, tea garden, beer garden, beach house, beach hut, summer house, summerhouse, farmhouse, guesthouse, guest house, bed and breakfast, b&b, lodge, ski lodge, bungalow, townhouse, brownstone, condo, duplex, bedsit, studio flat, trailer, motorhome, camper van, campervan, minivan, jeep, pickup, sports car, convertible, rickshaw, tuk-tuk, sleigh, helicopter, submarine, airlock, shuttle, escape pod, bridge of the ship, sickbay, holodeck, hangar, barber shop, barbershop, massage room, treatment room, operating theatre, emergency room, icu, delivery room, nursing home, orphanage, convent, abbey, rectory, sanctuary, embassy hall, town hall, city hall, courthouse, parliament, police car, interrogation room, dugout, green room, control room, recording studio, recording booth, photo studio, dance studio, yoga studio, art studio, pottery studio, weight room, squash court, swimming hall, bathhouse, changing rooms, changing tent, honeymoon suite, hotel bar, hotel lobby, executive lounge, departure lounge, waiting area, food court, basement flat, china, india, mexico, egypt, morocco, portugal, germany, scotland, ireland, wales, england, canada, australia, brazil, norway, sweden, finland, denmark, turkey, thailand, vietnam, korea, seoul, bangkok, istanbul, marrakesh, marrakech, dublin, edinburgh, manchester, madrid, seville, florence, milan, naples, munich, budapest, athens, oslo, stockholm, copenhagen, helsinki, brussels, chicago, boston, seattle, san francisco, los angeles, las vegas, new orleans, miami, osaka, mumbai, delhi, cairo, sydney, melbourne, compartment, sleeping compartment, dining car, sleeper car, nook, alcove, cubicle, corner booth, kitchenette, larder, scullery, pump room, smokehouse, outhouse, woodshed, toolshed, tool shed, coop, chicken coop, corral, silo, granary, barnyard, farmyard, churchyard, schoolyard, schoolhouse, schoolroom, storeroom, storage room, showroom, sickroom, infirmary, morgue, mausoleum, refectory, mess hall, galley, brig, cargo hold, lifeboat, dinghy, rowboat, rowing boat, kayak, ambulance, fire engine, sedan, station wagon, wagon, buggy, capsule, trench, foxhole, shelter, bomb shelter, air raid shelter, stockade, fort, fortress, citadel, shack, shanty, hovel, lair, hideout, hideaway, safehouse, safe house, tenement, lodgings, boarding house, boardinghouse, alehouse, taproom, honky-tonk, brothel, bordello, harem, haberdashery, grocery, drugstore, shopping center, foundry, workhouse, lunchroom, staff room, staffroom, teachers' lounge, faculty lounge, rec room, panic room, cloakroom, coatroom, walled garden, herb garden, kitchen garden, hothouse, polytunnel, backwoods, prairie, wilderness, wasteland, countryside, hills, mountains, highlands, lowlands, rapids, shallows, surf, shallow end, deep end, undergrowth, underbrush, reeds, ditch, gully, quarry, sandpit, sandbox, ball pit, bouncy castle, tepee, teepee, wigwam, marquee, big top, orchestra pit, mosh pit, front row, back row, stands, bleachers, press box, skybox, vip section, vip lounge, hot air balloon, hot-air balloon, boardroom, war tent, command tent, medical tent, medbay, med bay, lounge car, quad, piazza, aisle, passageway, corner shop, book nook, reading nook, breakfast nook, mountain pass, rio, bali, cancun, tulum, ibiza, santorini, crete, corfu, sicily, tuscany, provence, monaco, geneva, zurich, salzburg, krakow, warsaw, moscow, beijing, shanghai, hong kong, singapore, taipei, manila, jakarta, kathmandu, jerusalem, dubai, casablanca, nairobi, cape town, zanzibar, havana, lima, buenos aires, toronto, montreal, vancouver, nashville, memphis, philadelphia, honolulu, california, texas, florida, alaska, vermont, cornwall, brighton, oxford, cambridge, liverpool, glasgow, switzerland, austria, hungary, croatia, poland, argentina, peru, chile, cuba, jamaica, maldives, kenya, south africa, new zealand, fiji, tahiti
at: opera house, canal, canal bank, riverwalk, bus depot, beach, lake, lakeside, seaside, seashore, shore, coast, waterfront, riverside, riverbank, river, waterfall, spring, hot spring, hot springs, onsen, airport, station, train station, bus stop, bus station, terminal, gate, harbor, harbour, marina, port, market, farmers market, farmers' market, night market, christmas market, flea market, bazaar, zoo, aquarium, planetarium, observatory, amusement park, theme park, water park, fair, funfair, fairground, carnival, circus, festival, concert, party, wedding, gala, ball, prom, picnic, barbecue, bbq, campsite, campground, camp, campfire, bonfire, school, university, college, campus, hospital, police station, fire station, stadium, arena, racetrack, ice rink, rink, skatepark, skate park, tennis court, court, golf course, driving range, ranch, farm, vineyard estate, opera, ballet, movies, pictures, pharmacy, post office, bank, gas station, petrol station, hairdresser, salon, barber, laundromat, launderette, florist, flower shop, nursery garden, playground, ski resort, resort, spa resort, work, home, embassy, dojo, front door, viewpoint, lookout, summit, cemetery, graveyard, house party, altar, seafront, pumpkin patch, office party, edge of the forest, reservoir, pond, creek, stream, brook, bay, cove, inlet, fjord, oasis, watering hole, rock pool, tide pools, lido, swimming hole, geyser, volcano, base camp, trailhead, car boot sale, auction, art fair, book fair, fairgrounds, county fair, street fair, food truck, food stall, stall, fish market, flower market, food market, street market, car wash, drive-in, drive-through, drive-thru, checkpoint, border, crossroads, intersection, roundabout, taxi rank, ferry terminal, docks, wharf, quay, quayside, shipyard, boatyard, airfield, airstrip, departure gate, baggage claim, check-in, platform, metro station, subway station, tube station, rest stop, service station, truck stop, motorway services, polling station, consulate, gala dinner, banquet, reception, ceremony, funeral, masquerade, masked ball, rave, disco, gig, recital, rehearsal, match, game night, premiere, exhibition, vernissage, conference, convention, seminar, lecture, reunion, baby shower, bachelorette party, birthday party, garden party, pool party, dinner party, cookout, fete, fête, luau, races, racecourse, racetrack, velodrome, bandstand, open-air stage, amphitheatre, amphitheater, colosseum, acropolis, eiffel tower, louvre, fountain, statue, monument, memorial, obelisk, war memorial, clock tower, gatehouse, city gates, gates, drawbridge, hunting lodge, petting zoo, botanic gardens, arboretum, nature reserve, national park, wildlife park, safari park, aviary, stud farm, dairy, climbing wall, climbing gym, boxing gym, bowling green, crazy golf, mini golf, go-kart track, running track, finish line, starting line, skate rink, roller rink, ice cream van, ice cream stand, kiosk, newsstand, vet, vet's, dentist, dentist's, doctor's, gp, clinic desk, optician, tailor, tailor's, dry cleaner's, dry cleaners, cobbler's, jeweller's, jeweler's, bookmaker's, estate agent's, library desk, front desk, counter seat, headquarters, power station, power plant, dam, trading post, outpost, rodeo, ballpark, riding school, bus shelter, crossing, meeting point, rendezvous point, bake sale, farm shop, garage sale, yard sale, tollbooth, picnic area, picnic spot, fire pit, firepit, barbecue pit, poolside, lakeshore, seacoast, gulf, estuary, weir, millpond, tiki bar, swim-up bar, snack bar, taco stand, hot dog stand, lemonade stand, concession stand, ticket booth, check-in desk, feast, meeting, potluck, tea party, sleepover, slumber party, costume party, block party, jam session, open mic, karaoke night, quiz night, pub quiz, book club, book launch, poetry slam, fashion show, photo shoot, photoshoot, rally, protest, parade, tournament, joust, marathon, regatta, ball game, christening, wake, vigil, graduation, rehab, marketplace, market stall, encampment, bivouac, grave, tomb, waterline, sea front, lakefront, pond, duck pond, mill pond, tide line, base, helm
on: summit ridge, ridge, plateau, ledge, crag, headland, peninsula, bluff, embankment, levee, towpath, canal boat, houseboat, barge, narrowboat, speedboat, gangplank, quarterdeck, upper deck, top deck, foredeck, decking, sundeck, sun terrace, rooftop terrace, rooftop garden, rooftop bar, veranda steps, front lawn, village green, football pitch, pitch, cricket pitch, baseball field, football field, ski lift, chairlift, cable car, zip line, rollercoaster, roller coaster, merry-go-round, bumper cars, scooter, bike, bicycle, tandem, quad bike, snowmobile, sled, surfboard, paddleboard, jet ski, steps, kerb, curb, doorstep, landing, mezzanine, gallery balcony, high street, main street, boulevard, avenue, esplanade, strip, highway, motorway, footbridge, overpass, battlements, ramparts, parapet, castle walls, tightrope, podium, red carpet, balcony seats, balcony, terrace, patio, porch, veranda, deck, roof, rooftop, roof terrace, dock, pier, jetty, boardwalk, promenade, bridge, street, sidewalk, pavement, road, path, trail, hiking trail, hill, hilltop, mountain, mountaintop, mountainside, cliff, clifftop, island, sandbar, dune, dunes, sand, boat, ship, yacht, sailboat, cruise ship, ferry, raft, canoe, plane, airplane, train, bus, tram, subway train, dance floor, dancefloor, stage, set, battlefield, farm road, square, town square, plaza, moon, mars, campus lawn, lawn, front steps, front porch, stoop, fire escape, ferris wheel, carousel, swing, ski slope, slopes, slope, motorcycle, motorbike, horseback, horse, beachfront, riverboat, tarmac, playing field, catwalk, runway, swing set, porch swing, overhang, promontory, hillside, knoll, hillock, precipice, pontoon, boat deck, gangway, causeway, breakwater, sea wall, seawall, freeway, turnpike, expressway, thoroughfare, footpath, bridleway, pathway, walkway, escalator, moving walkway, skywalk, viaduct, scaffolding, steamboat, steamer, tugboat, trawler, sloop, schooner, galleon, catamaran, frigate, aircraft carrier, freighter, skiff, airship, zeppelin, jet, private jet, streetcar, monorail, hayride, seesaw, see-saw, trampoline, climbing frame, jungle gym, waterslide, water slide, diving board, springboard, ice floe, iceberg, fairway, putting green, market square, film set, porch steps, film lot, starboard deck, upper floor, top floor, ground floor, prow, stern
"""
FURNITURE = word_set(
    "sofa couch settee loveseat bed armchair chair seat recliner rocker table desk counter countertop bench stool "
    "barstool window windowsill sill fireplace hearth fire rug carpet floor mat cushion pillow hammock stairs "
    "staircase steps doorway door doorframe wall mirror stove oven fridge refrigerator sink shelf bookshelf "
    "bookcase cupboard cabinet dresser nightstand railing banister piano easel lamp tv television computer laptop "
    "couchside side edge corner foot headboard mattress futon ottoman beanbag nest blanket blankets sheets covers "
    "towel lap arms ledge tree log rock grass coffee-table bedside workbench vanity console jukebox bar-stool "
    "tabletop"
)
# Somewhere to stand or lie, but not a place of its own; never a destination.
_ALSO_FURNITURE = word_set(
    "ledge landing match strip pitch stall fountain statue steps bike bicycle scooter stream bay mine hollow bush platform gates chamber quarter lecture border reception kerb curb doorstep water waves snow rain storm gate path swing set sand altar"
)


class Place(NamedTuple):
    name: str
    preposition: str


@cache
def places() -> dict[str, Place]:
    table: dict[str, Place] = {}
    for line in _PLACES.strip().splitlines():
        preposition, _, names = line.partition(": ")
        for name in names.split(", "):
            table.setdefault(name, Place(name, preposition))
    return table


def find_place(words: list[str]) -> tuple[int, int, Place] | None:
    """Return (start, end, place) of the head of a place phrase: the last word before "of", "'s" aside; else None."""
    end = len(words)
    for at, word in enumerate(words):
        if word in (
            "of",
            "by",
            "near",
            "with",
            "overlooking",
            "behind",
            "under",
            "on",
            "at",
            "in",
            "below",
            "above",
            "across",
        ):
            end = at
            break
    for size in (3, 2, 1):
        if end < size:
            continue
        name = " ".join(words[end - size : end])
        found = places().get(name) or (places().get(name.removesuffix("s")) if len(name) > 4 else None)
        if found is not None:
            return end - size, end, found
    if end and _BUILT.fullmatch(words[end - 1]) and words[end - 1] not in _NOT_BUILT:
        return end - 1, end, Place(words[end - 1], "in")
    return None


# "junkyard", "spoolroom": what such words end in is somewhere to be.
_BUILT = re.compile(r"[a-z]{3,}(?:yard|house|room|shop|field|store|works)")
_NOT_BUILT = word_set("mushroom mushrooms restore bishop fireworks birdhouse dollhouse powerhouse household archbishop photoshop headroom legroom chatroom")


def is_weak_place(place: Place) -> bool:
    return place.name in _ALSO_FURNITURE


# After the place: time of day, weather and nearness belong to it.
TAIL = re.compile(
    r"^\s*(?:(?:at|in|under|during|by|after|before|near|beside|overlooking|with|on|of|across)\s+)(?:the\s+|a\s+|an\s+)?"
    r"(?:\w+\s+){0,2}?(?:sunset|sunrise|dawn|dusk|night|midnight|noon|twilight|moonlight|starlight|sunlight|stars|"
    r"moon|rain|snow|fog|mist|storm|sun|morning|afternoon|evening|sea|ocean|lake|river|harbou?r|view|city|"
    r"mountains|woods|forest|hotel|museum|castle|house|palace|apartment|corner|street|garden|water)\b",
    re.IGNORECASE,
)
