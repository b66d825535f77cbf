"""What a chat leaves to its reader: whom unmarked words beside marked ones tell of, and what "it" and "them" mean."""

import pytest

from companion_hub.services.scene import Speaker, analyze_text, exchange_operations, reduce_scene, scene_from_strings


def worn_after(outfit: str, asked: str, reply: str, *said_before: tuple[Speaker, str]) -> list[str]:
    """Return what is worn after a message and its reply."""
    before = scene_from_strings(outfit, "at home", "")
    made = exchange_operations(
        before,
        user_text=asked,
        reply_text=reply,
        companion_name="Mara",
        user_name="Tom",
        pronoun="she",
        said_before=said_before,
    )
    return sorted(g.name for g in reduce_scene(before, made).garments if g.state not in ("removed", "held"))


def told(reply: str, outfit: str = "jeans, scarf") -> tuple[set[str], str]:
    """Return (worn, place) after a reply alone."""
    before = scene_from_strings(outfit, "at home", "")
    found = analyze_text(
        reply, speaker="companion", scene=before, companion_name="Mara", user_name="Tom", pronoun="she"
    )
    after = reduce_scene(before, found)
    return {g.name for g in after.garments if g.state not in ("removed", "held")}, after.location


@pytest.mark.parametrize(
    "reply",
    [
        "*She smiles.* Oh, you came! She pulls on her coat and follows you into the garden.",
        "*yawns* Okay, you win. She pulls on her coat and follows you into the garden.",
        "I told you so. *a soft laugh* She pulls on her coat and follows you into the garden.",
        'Where did you park? *Her eyes light up.* She pulls on her coat and follows you into the garden. "Here?"',
        "I was right. *smug* She pulls on her coat and follows you into the garden.",
        "*She smiled.* There you are. She pulled on her coat and followed you into the garden.",
    ],
)
def test_she_beside_marked_narration_is_the_companion(reply: str) -> None:
    assert told(reply) == ({"jeans", "scarf", "coat"}, "in the garden")


@pytest.mark.parametrize(
    "reply",
    [
        "*smiles* My sister called. She pulls on her coat and walks into the garden every night.",
        "*nods slowly* Think of her for a second. She takes off her scarf and moves into a new garden.",
        "*touches the brooch* I never met her. She walked into the garden and took off her scarf.",
        "*points at the ferry* There she goes, the old Marguerite. She heads into the garden.",
        "*I laugh.* She pulls on her coat and walks into the garden.",
        "*whistles* Look at the landlady. She takes off her scarf and steps into the garden.",
    ],
)
def test_she_is_somebody_else_who_was_named_or_told_of_in_another_voice(reply: str) -> None:
    assert told(reply) == ({"jeans", "scarf"}, "at home")


@pytest.mark.parametrize(
    ("reply", "place"),
    [
        ("*laughs* Fine. He pulls on his coat and follows you into the garden.", "in the garden"),
        ("*laughs* My brother called. He pulls on his coat and walks into the garden every night.", "at home"),
        ("*laughs* My sister called. He pulls on his coat and follows you into the garden.", "in the garden"),
    ],
)
def test_he_beside_marked_narration_is_a_companion_who_is_a_man(reply: str, place: str) -> None:
    before = scene_from_strings("jeans, scarf", "at home", "")
    found = analyze_text(reply, speaker="companion", scene=before, companion_name="Jon", user_name="Ana", pronoun="he")
    assert reduce_scene(before, found).location == place


@pytest.mark.parametrize(
    ("outfit", "asked", "reply", "worn"),
    [
        ("jeans, boots", "Boots off too please.", "*Mara hops on one leg and tugs them off.*", ["jeans"]),
        ("dress, helmet", "You can take the helmet off.", '"Finally." She twists it off.', ["dress"]),
        ("dress", "And the jacket? It's cold.", '"Sure." I slip it on.', ["dress", "jacket"]),
        ("jeans, parka", "You're still in your parka.", '"So I am." *She takes it off.*', ["jeans"]),
        ("jeans", "Do you still own that blue cardigan?", "*puts it on with a sigh*", ["blue cardigan", "jeans"]),
        ("jeans, hat", "I like your hat.", "*picks up the record and puts it on*", ["hat", "jeans"]),
        ("jeans, jumper", "Change!", "I pull off my jumper and slip it on.", ["jeans"]),
    ],
    ids=["boots", "helmet", "jacket", "parka", "question", "record", "not what came off"],
)  # fmt: skip
def test_it_means_what_the_message_before_named(outfit: str, asked: str, reply: str, worn: list[str]) -> None:
    assert worn_after(outfit, asked, reply) == worn


def test_it_reaches_back_to_the_turn_before_and_into_quotations() -> None:
    said: tuple[tuple[Speaker, str], ...] = (
        ("user", "Ready for the gig?"),
        ("companion", '"This jacket is killing me."'),
    )
    assert worn_after("jeans, jacket", "Take it off then.", "*She takes it off.*", *said) == ["jeans"]
    assert worn_after("jeans, jacket", "Hm?", '"This jacket is killing me." *She takes it off.*') == ["jeans"]


def test_a_moment_is_nothing_one_takes_off_and_a_zip_neither() -> None:
    reply = "*She takes it off and turns it in her fingers.* *A moment later she puts it back on.*"
    assert worn_after("gown, tiara", "Take off that tiara.", reply) == ["gown", "tiara"]
    said: tuple[Speaker, str] = ("companion", '"We live together now, the jacket and I."')
    assert worn_after("top, jacket", "*I work the zip free and slide it off your shoulders*", "Thanks.", said) == [
        "top"
    ]


def test_again_means_what_was_put_on_and_back_what_came_off_last() -> None:
    assert worn_after("jeans, burgundy dress", "Well?", "*She takes it off again.*") == ["jeans"]
    before = scene_from_strings("jeans, hat, gloves", "at home", "")
    for text in ("*takes off her hat*", "*takes off her gloves*", "*puts them back on*", "*puts it back on*"):
        made = analyze_text(text, speaker="companion", scene=before, companion_name="Mara", pronoun="she")
        before = reduce_scene(before, made)
    assert {g.name for g in before.garments if g.state == "worn"} == {"jeans", "hat", "gloves"}


@pytest.mark.parametrize(
    ("reply", "worn"),
    [
        ("She gives him his jacket back.", ["dress"]),
        ("*I hand you back your jacket.*", ["dress"]),
        ("*takes off your jacket and her shoes*", ["dress"]),
    ],
)
def test_what_was_borrowed_is_given_back(reply: str, worn: list[str]) -> None:
    assert worn_after("dress, borrowed jacket", "There.", reply) == worn


@pytest.mark.parametrize(
    ("asked", "reply", "worn", "place"),
    [
        ("*We walk down to the beach together.*", '"No! My hat!"', ["boots", "parka"], "beach"),
        ("*We walk down to the beach together.*", "*pulls away* I'm staying.", ["boots", "parka"], "home"),
        ("*I help you out of your parka*", "*She kicks off her boots too.*", [], "home"),
        ("Put on the red dress.", "*takes off her parka* Warm in here.", ["boots"], "home"),
    ],
    ids=["a cry", "a refusal", "both", "only a coat comes off"],
)
def test_what_was_told_as_done_stays_and_what_was_wished_for_waits(
    asked: str, reply: str, worn: list[str], place: str
) -> None:
    assert worn_after("parka, boots", asked, reply) == worn
    before = scene_from_strings("parka, boots", "at home", "")
    made = exchange_operations(before, user_text=asked, reply_text=reply, companion_name="Mara", pronoun="she")
    assert place in reduce_scene(before, made).location


@pytest.mark.parametrize(
    ("asked", "place"), [("Come to the park with me!", "in the park"), ("Come to the kitchen!", "outside")]
)
def test_outside_is_the_park_that_was_wished_for_and_no_kitchen(asked: str, place: str) -> None:
    before = scene_from_strings("dress", "at home", "")
    reply = "*takes your hand and walks outside*"
    made = exchange_operations(before, user_text=asked, reply_text=reply, companion_name="Mara", pronoun="she")
    assert reduce_scene(before, made).location == place


@pytest.mark.parametrize(
    ("reply", "outfit", "worn"),
    [
        ("*swaps the scrubs for jeans, and the clogs for her trainers*", "scrubs, clogs", {"jeans", "trainers"}),
        ("*climbs into the orange spacesuit right over her overalls*", "overalls", {"overalls", "orange spacesuit"}),
        ("*slides the long gloves up to her elbows*", "gown", {"gown", "long gloves"}),
        ("*pulls the blanket up to her chin*", "gown", {"gown"}),
        ("*takes off the false moustache*", "suit, moustache", {"suit"}),
        ("*unclasps the cloak, drops it in your arms and marches off*", "gown, cloak", {"gown"}),
        ("*snatches her cloak from Tom and swings it around her shoulders*", "gown", {"gown", "cloak"}),
        ("*unwinds her scarf and lays that on top*", "camisole, scarf", {"camisole"}),
        (
            "*Hoodie off, blue scrubs on, and the white clogs instead of my sneakers.*",
            "hoodie, sneakers",
            {"blue scrubs", "white clogs"},
        ),
        ("*Off with the pajamas, on with the gown and the silver heels.*", "pajamas", {"gown", "silver heels"}),
        ("I tuck it into my skirt.", "blouse, skirt", {"blouse", "skirt"}),
        ("*waits until his back is turned, takes off the wet shirt and sits down*", "shirt, jeans", {"jeans"}),
    ],
)
def test_ways_of_dressing(reply: str, outfit: str, worn: set[str]) -> None:
    assert told(reply, outfit)[0] == worn


@pytest.mark.parametrize(
    ("reply", "place"),
    [
        ("They run to his building, up the stairs and into the hallway of his flat.", "in the hallway"),
        ('"Please." In the taxi she closes her eyes.', "in the taxi"),
        ("Then it's back to the changing room, where I put on my shirt.", "in the changing room"),
        ("*She takes the tray up to the roof.*", "on the roof"),
        ("*She rocks on the balls of her feet.*", "at home"),
    ],
)
def test_ways_to_a_place(reply: str, place: str) -> None:
    assert told(reply)[1] == place
