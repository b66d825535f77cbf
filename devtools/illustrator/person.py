"""What a prompt becomes: a person with a look, clothes and a mood, and the drawing he or she is in."""

from dataclasses import dataclass, field

from devtools.illustrator.clothes import Cut


@dataclass(frozen=True)
class Mood:
    """An expression: ``eyes`` open, wide, soft, narrow, closed, joy, wink; ``gaze``: x and y, -1 to 1."""

    name: str = "smile"
    eyes: str = "open"
    mouth: str = "smile"
    blush: bool = False
    gaze: tuple[float, float] = (0.0, 0.0)
    tears: bool = False


@dataclass(frozen=True)
class Look:
    """Who it is.  Colours are #rrggbb; measures are factors of the usual."""

    presentation: str = "feminine"
    age: int = 27
    skin: str = "#f0c4a4"
    eyes: str = "#7a4c2a"
    hair: str = "#66422d"
    length: str = "long"
    texture: str = "straight"
    style: str = "loose"
    face: str = "oval"
    eye_shape: str = "almond"
    nose: str = "small"
    lips: str = "medium"
    beard: str = "none"
    marks: frozenset[str] = frozenset()
    glasses: str = "none"
    makeup: str = "none"
    piercings: frozenset[str] = frozenset()
    tattoos: frozenset[str] = frozenset()
    build: str = "average"
    height: float = 1.0
    shoulders: float = 1.0
    bust: float = 0.5
    chest: float = 1.0
    hips: float = 1.0

    @property
    def masculine(self) -> bool:
        return self.presentation == "masculine"

    @property
    def hidden_ears(self) -> bool:
        loose = self.style in ("loose", "fringe", "bob", "side_part") and self.length in (
            "chin",
            "shoulder",
            "long",
            "very_long",
        )
        return loose and self.texture != "straight" and not self.piercings


@dataclass(frozen=True)
class Garment:
    cut: Cut
    colour: str
    pattern: str = ""
    open: bool = False
    word: str = ""
    closed: bool = False  # nothing is known of what is below


@dataclass(frozen=True)
class Wear:
    """What is worn, by place.  ``hat``, ``neck`` and ``body`` hold (kind, colour)."""

    top: Garment | None = None
    bottom: Garment | None = None
    outer: Garment | None = None
    swim: Garment | None = None
    cover: Garment | None = None
    shoes: Garment | None = None
    hat: tuple[str, str] | None = None
    neck: tuple[tuple[str, str], ...] = ()
    body: tuple[tuple[str, str], ...] = ()
    jewels: frozenset[str] = frozenset()
    glasses: str = ""


@dataclass(frozen=True)
class Person:
    look: Look = field(default_factory=Look)
    wear: Wear = field(default_factory=Wear)
    mood: Mood = field(default_factory=Mood)


@dataclass(frozen=True)
class Drawing:
    """A whole picture: who, where, when, and what they do."""

    person: Person
    other: Person | None = None
    place: str = "living_room"
    time: str = "day"
    weather: str = ""
    frame: str = "half"
    stance: str = "stand"
    activity: str = ""
    style: str = "photo"
    from_behind: bool = False
    chance: int = 0  # from the words of the scene: which of several idle poses
