"""The plain messages people write: orders in a hurry, places told in passing, what only seems to change."""

import time

import pytest

from companion_hub.models.scene import Operation
from companion_hub.services.scene import Speaker, analyze_text, reduce_scene, scene_from_strings


def after(text: str, outfit: str, speaker: Speaker = "companion") -> tuple[set[str], str, str]:
    """Return (worn, place, activity) after a message; what the user asks for counts as granted."""
    before = scene_from_strings(outfit, "at home, in the living room", "relaxing on the sofa")
    found = analyze_text(text, speaker=speaker, scene=before, companion_name="Mara", user_name="Tom", pronoun="she")
    granted: list[Operation] = [op.model_copy(update={"confidence": 1.0}) for op in found if op.type != "unchanged"]
    scene = reduce_scene(before, granted)
    worn = {g.name for g in scene.garments if g.state not in ("removed", "held")}
    return worn, scene.location, scene.action


@pytest.mark.parametrize(
    ("text", "worn"),
    [
        ("ok take your shoes off please", {"blouse"}),
        ("take your shoes off before you walk on the new carpet", {"blouse"}),
        ("put ur red dress on", {"red dress", "shoes"}),
        ("It's freezing in here, at least put a sweater on", {"blouse", "shoes", "sweater"}),
        ("Grandad used to take his shoes off at the table.", {"blouse", "shoes"}),
        ("I didn't mean you should take the shoes off.", {"blouse", "shoes"}),
        ("would you ever wear a tuxedo to a party", {"blouse", "shoes"}),
        ("You can ditch the shoes now, it's warm.", {"blouse"}),
        ("Off with the shoes, my lady!", {"blouse"}),
        ("Take off everything but the blouse.", {"blouse"}),
        ("There's a sign that says REMOVE YOUR SHOES.", {"blouse", "shoes"}),
        ("take off the shoes mara its just us now", {"blouse"}),
        ("It's getting late. Shoes off!", {"blouse"}),
        ("It's getting windy out here. Put on a warm coat!", {"blouse", "shoes", "warm coat"}),
        ("Your mother is coming. So put on a hat.", {"blouse", "shoes", "hat"}),
    ],
)
def test_orders_of_every_day(text: str, worn: set[str]) -> None:
    assert after(text, "blouse, shoes", "user")[0] == worn


@pytest.mark.parametrize(
    ("text", "worn"),
    [
        ("No way am I taking this coat off before April.", {"coat", "dress"}),
        ("I very nearly took the coat off.", {"coat", "dress"}),
        ("*starts to shrug off the coat, then thinks better of it*", {"coat", "dress"}),
        ("*reaches for the coat, hesitates, and leaves it on*", {"coat", "dress"}),
        ("This coat comes off when the radiator comes on.", {"coat", "dress"}),
        ("The lead singer tore off his coat and threw it at us.", {"coat", "dress"}),
        ("*hums the old line, 'take off your coat and stay a while', and winks*", {"coat", "dress"}),
        ("*lets the coat slide off* Out of the dress and into my pyjamas.", {"pyjamas"}),
        ("*took off the coat and then, after a moment, the dress as well*", set[str]()),
        ("*wriggles free of the dress*", {"coat"}),
        ("Coat in the hamper, at last.", {"dress"}),
        ("*comes back wearing a red gown, her coat and dress left in a heap on the bed*", {"red gown"}),
    ],
)
def test_what_only_seems_to_come_off_stays_on(text: str, worn: set[str]) -> None:
    assert after(text, "coat, dress")[0] == worn


def test_left_in_what_was_worn_below_nothing_more_comes_off() -> None:
    text = "*Mara pulls her T-shirt over her head and throws it at your face, leaving her in her bikini and shorts.*"
    assert after(text, "white T-shirt, blue bikini, board shorts")[0] == {"blue bikini", "board shorts"}


def test_a_colour_is_not_nakedness() -> None:
    assert after("*smiles*", "nude pumps, black dress")[0] == {"nude pumps", "black dress"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("*disappears into the bedroom and comes back five minutes later*", "at home, in the living room"),
        ("I climb down the ladder into the crypt, torch first.", "in the crypt"),
        ("*opens the balcony door and goes out to water the tomatoes*", "on the balcony"),
        ("*leans against the kitchen counter, waiting for it to boil*", "in the kitchen"),
        ("The attic smelled of apples. *She kneels in front of the trunk.*", "at home, in the living room"),
        ("The station is almost empty. Mara pulls off her mittens and waits under the clock.", "at the station"),
        ("*Mara shoulders open the tavern door and sits down.*", "in the tavern"),
        ("The cathedral was empty. Mara walked up the nave.", "in the cathedral"),
        ("We're finally here, at the aquarium, and I cannot stop staring.", "at the aquarium"),
        ("At the vet's now with the cat.", "at the vet's"),
        ("*We slip through the museum's side door and she stops dead.*", "in the museum"),
        ("They say the ghost walks the gallery at midnight.", "at home, in the living room"),
    ],
)
def test_places_are_told_in_passing(text: str, place: str) -> None:
    assert after(text, "dress")[1] == place


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("*She kneads her temple.*", "relaxing on the sofa"),
        ("*arranges the fringe of her shawl in neat little rows*", "relaxing on the sofa"),
        ("*twirls once for you*", "relaxing on the sofa"),
        ("Go on. I'm listening.", "relaxing on the sofa"),
        ("*winks* I tried knitting once.", "relaxing on the sofa"),
        ("*glances out* It's just the fox, stealing sandals again.", "relaxing on the sofa"),
        ("*is already drawing, charcoal flying over the page*", "drawing"),
        ("*gets to kneading the dough*", "kneading the dough"),
        ("I'm trying to fix your bike.", "fixing your bike"),
    ],
)
def test_gestures_and_other_peoples_deeds_are_no_activity(text: str, action: str) -> None:
    assert after(text, "shawl, dress")[2] == action


@pytest.mark.parametrize("text", ["do you ever go swimming in the sea or are you scared", "can you swim?", "Milk?"])
def test_questions_need_no_mark(text: str) -> None:
    assert after(text, "dress", "user")[1:] == ("at home, in the living room", "relaxing on the sofa")


def test_a_long_list_of_clothes_is_read_in_linear_time() -> None:
    start = time.process_time()
    after("*puts on " + ", ".join(["a red hat"] * 70) + "*", "dress")
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("text", "worn"),
    [
        ("*She smiles.* Mara takes off her shoes and sits beside you.", {"blouse"}),
        ("*She smiles.* Mara told me she took off her shoes.", {"blouse", "shoes"}),
        ("*grins* Mara is a name I never liked.", {"blouse", "shoes"}),
    ],
)
def test_who_names_herself_beside_marked_narration_narrates(text: str, worn: set[str]) -> None:
    assert after(text, "blouse, shoes")[0] == worn


@pytest.mark.parametrize("before", ["It's getting late.", "I'm so tired.", "You look cold.", "My sister called."])
@pytest.mark.parametrize(
    "wish", ["Take off your shoes.", "You can take the shoes off now.", "Please take off your shoes!"]
)
def test_a_request_stands_in_any_sentence(before: str, wish: str) -> None:
    assert after(f"{before} {wish}", "blouse, shoes", "user")[0] == {"blouse"}


@pytest.mark.parametrize("opens", ["Ada", "Lovelace"])
def test_either_word_of_a_name_opens_a_story(opens: str) -> None:
    """The words of a name are a set: which one it gives first is another in every process."""
    before = scene_from_strings("blouse, shoes", "at home", "reading")
    text = f"{opens} kicked off her shoes."
    found = analyze_text(
        text, speaker="user", scene=before, companion_name="Ada Lovelace", user_name="Tom", pronoun="she"
    )
    assert [op.type for op in found] == ["take_off"]
