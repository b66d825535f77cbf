"""Places: which nouns are somewhere to be, how a place is said, and which are only furniture."""

import re
from functools import cache
from typing import NamedTuple

from companion_hub.services.texts import word_set

# Preposition: places.  Two-word places before their heads do not matter: the longest wins.
_PLACES = """
in: phone booth, photo booth, telephone box, ticket office, kitchen, bedroom, bathroom, living room, lounge, sitting room, dining room, guest room, spare room, nursery, den, study, office, library, hallway, hall, corridor, foyer, lobby, entryway, closet, wardrobe room, pantry, attic, loft, basement, cellar, garage, laundry room, garden, backyard, back yard, front yard, yard, courtyard, greenhouse, conservatory, sunroom, park, forest, woods, wood, jungle, rainforest, meadow, field, orchard, vineyard, grove, valley, canyon, desert, cave, cavern, grotto, maze, swamp, barn, stable, stables, shed, cabin, cottage, chalet, villa, mansion, hut, igloo, treehouse, tree house, tent, yurt, camper, caravan, rv, van, car, taxi, cab, limo, limousine, truck, carriage, elevator, lift, stairwell, bookstore, bookshop, book shop, record store, record shop, cafe, café, coffee shop, coffeehouse, tea house, teahouse, tea room, restaurant, diner, bistro, bakery, bar, pub, club, nightclub, tavern, inn, saloon, brewery, ballroom, casino, theatre, theater, cinema, movie theater, auditorium, concert hall, gallery, art gallery, museum, studio, workshop, laboratory, lab, classroom, lecture hall, dormitory, dorm, dorm room, locker room, changing room, fitting room, dressing room, waiting room, conference room, meeting room, server room, hospital room, ward, clinic, church, chapel, cathedral, temple, shrine, mosque, synagogue, monastery, castle, palace, throne room, great hall, dungeon, tower, keep, crypt, tomb, city, town, village, downtown, old town, alley, alleyway, shop, store, boutique, bookstall, supermarket, grocery store, mall, shopping mall, shopping centre, hotel, hotel room, motel, hostel, suite, penthouse, apartment, flat, house, home office, room, cockpit, cabin of the plane, spaceship, starship, spacecraft, space station, cargo bay, engine room, sauna, steam room, hot tub, jacuzzi, pool, swimming pool, lagoon, ocean, sea, water, waves, lake water, shower, bath, bathtub, tub, snow, warehouse, factory, courtroom, prison, cell, bunker, arcade, bowling alley, music room, game room, playroom, common room, cafeteria, canteen, break room, breakroom, gym, home gym, spa, sleeping bag, rain, storm, paris, london, tokyo, rome, venice, new york, barcelona, berlin, amsterdam, kyoto, lisbon, prague, vienna, italy, france, japan, spain, greece, iceland, hawaii, gondola, gazebo, pavilion, tunnel, subway, winter garden, rose garden, botanical garden, botanical gardens, back seat, backseat, passenger seat, backroom, back room, stockroom, wine cellar, bookshop cafe
at: opera house, canal, canal bank, riverwalk, bus depot, beach, lake, lakeside, seaside, seashore, shore, coast, waterfront, riverside, riverbank, river, waterfall, spring, hot spring, hot springs, onsen, airport, station, train station, bus stop, bus station, terminal, gate, harbor, harbour, marina, port, market, farmers market, farmers' market, night market, christmas market, flea market, bazaar, zoo, aquarium, planetarium, observatory, amusement park, theme park, water park, fair, funfair, fairground, carnival, circus, festival, concert, party, wedding, gala, ball, prom, picnic, barbecue, bbq, campsite, campground, camp, campfire, bonfire, school, university, college, campus, hospital, police station, fire station, stadium, arena, racetrack, ice rink, rink, skatepark, skate park, tennis court, court, golf course, driving range, ranch, farm, vineyard estate, opera, ballet, movies, pictures, pharmacy, post office, bank, gas station, petrol station, hairdresser, salon, barber, laundromat, launderette, florist, flower shop, nursery garden, playground, ski resort, resort, spa resort, work, home, embassy, dojo, front door, viewpoint, lookout, summit, cemetery, graveyard, house party, altar, seafront, office party, edge of the forest
on: balcony, terrace, patio, porch, veranda, deck, roof, rooftop, roof terrace, dock, pier, jetty, boardwalk, promenade, bridge, street, sidewalk, pavement, road, path, trail, hiking trail, hill, hilltop, mountain, mountaintop, mountainside, cliff, clifftop, island, sandbar, dune, dunes, sand, boat, ship, yacht, sailboat, cruise ship, ferry, raft, canoe, plane, airplane, train, bus, tram, subway train, dance floor, dancefloor, stage, set, battlefield, farm road, square, town square, plaza, moon, mars, campus lawn, lawn, front steps, front porch, stoop, fire escape, ferris wheel, carousel, swing, ski slope, slopes, slope, motorcycle, motorbike, horseback, horse, beachfront, riverboat, tarmac, playing field, catwalk, runway, swing set, porch swing
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
_ALSO_FURNITURE = word_set("water waves snow rain storm gate path swing set sand altar")


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
    return None


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
