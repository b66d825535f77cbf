"""What the companion is doing: postures and things done for a while, not glances and smiles."""

import re

from companion_hub.models.scene import Do
from companion_hub.services.scene import cues
from companion_hub.services.scene.activities import (
    FIGURES,
    INTO_DEED,
    NO_SEAT,
    NOT_GOING_ON,
    SEAT,
    TAKES_SEAT,
    TO_A_SEAT,
    is_activity,
)
from companion_hub.services.scene.deeds import Deeds
from companion_hub.services.scene.persons import Event
from companion_hub.services.scene.places import places
from companion_hub.services.scene.verbs import (
    BE,
    POSSESSIVES,
    PRONOUNS,
    gerund,
    verbs,
)
from companion_hub.services.texts import one_line, word_set

_NEVER_GOING_ON = NOT_GOING_ON | cues.MOVES | cues.TRANSPORT | cues.FALLS
# Of these only what is begun or gone on with lasts: "starts checking the labels".
_WHEN_BEGUN = word_set("check count straighten adjust cut turn pop hang set")
_TAKEN = cues.RESTS - {"rest", "lean", "wait"}
_CHAIRS = word_set("chair chairs armchair seat seats stool bench pew booth throne deckchair recliner saddle")

# Need no object while they are being done.
_WITHOUT_OBJECT = word_set("stir wash draw write practise practice compose film play")

_WITH_ONESELF = cues.RESTS | word_set("wash bathe dry shave warm fan teach soap lather clean groom")
_CARES_FOR = word_set(
    "wash brush comb braid plait dry shave massage bathe soak warm paint do file apply lather rinse shampoo stretch bandage nurse heal draw sketch photograph dye trim cut rub knead_dough"
)
_DOWN = re.compile(r"\b(?:in|on|into|onto|down|against|beside|back|to)\b")
_COMPARED = re.compile(r" (?:so |really |very |pretty )?(?:better|well|beautifully|great|amazing)\b| like an? ")
_A_WHILE = word_set("minute moment second bit while night week weekend day days")
_BEGUN = word_set("start begin starts started begins began")
_HOLDS = word_set("hold draw pull lift swing spread take twirl twist wind")
_LEANT_ON = word_set("elbow elbows back hip shoulder shoulders forearms weight")

# What a thing does on somebody's knees: "the newspaper open on her knees".
_LIES_OPEN = word_set("open spread lie rest close balance fold")
_MADE_WITH_THE_BODY = word_set("hands face faces eyes noise noises sound sounds gesture gestures motions")


class Doing(Deeds):
    """Adds to the words of an activity: which verbs tell one."""

    def _doing(self, event: Event) -> Do | None:
        """Return the activity a verb tells."""
        sentence, base = event.sentence, event.base
        if event.subject:
            return None  # "her fingers dance over the strings"
        if event.who not in ("companion", "both"):
            return self._embraced(event)
        nods_off = (
            event.form == "ing" and base == "fall" and sentence.mode != "narration"
        )  # "you're falling asleep in that suit"
        if not nods_off and (figure := self._figure(event)):
            return figure
        if nominal := self._nominal(event):
            return Do(action=nominal, **self._common(event, event.at + 4))
        if self._is_aside_from(event) or self._only_seems(event):
            return None
        begun = base in _WHEN_BEGUN and sentence.at(event.at - 1) in _BEGUN | {"on"}
        going_on = (begun or base not in _NEVER_GOING_ON) and self._goes_on(event)
        strange = going_on or (base not in verbs() and base.endswith("ing"))
        lasts = base in cues.POSTURES or base in cues.DURABLE or strange
        if not lasts or self._tells_habit(event) or self._is_state(event) or self._is_on_the_way(event):
            return None
        if self._is_over(event):
            return None
        phrase, end = self._activity(event)
        verb = cues.POSTURES.get(base, base)
        if verb == "lie" != base and not _CHAIRS.isdisjoint(sentence.low[event.at + 1 : event.at + 9]):
            verb = "sit"  # "collapses into one of the tiny chairs"
        if not self._is_done_for_a_while(event, phrase, end):
            return None
        said = verb if strange and base not in verbs() else gerund(verb)
        return Do(action=one_line(f"{said}{phrase}", 120), **self._common(event, end))

    def _is_aside_from(self, event: Event) -> bool:
        """Whether the words before the verb, or what it is done to, make it no activity."""
        sentence, base = event.sentence, event.base
        before = sentence.group_before(event.at)[0]
        where = "where" in (sentence.at(before - 1), sentence.at(before - 2))
        if base in cues.RESTS and where and event.form in ("past", "s", "base"):
            told = [v for at in range(before) if (v := sentence.verb_at(at)) is not None]
            if any(v[0] in cues.RESTS for v in told):
                return True  # "she sat down where she stood"
        leans = base == "lean" and not _LEANT_ON.isdisjoint(sentence.low[event.at + 1 : event.at + 4])
        if base in ("rest", "lean", "hug", "hold") and not leans and self._takes_own_body(event):
            return True  # "rests her chin on her hand", "hugging myself"
        shown = base in ("twirl", "spin", "pose") and sentence.at(event.at + 1) == "in"
        if shown and self._clothes(sentence, event.at + 2) is not None:
            return True  # "twirls in the new skirt"
        after = sentence.at(event.at + 1)
        if base == "twirl" and after not in ("around", "round", "across", "through", "about", "past", "with", "by"):
            return True  # "zips it up and twirls once"
        told = event.form in ("s", "past") and sentence.mode == "narration"
        if (
            base == "stretch"
            and told
            and (after in ("like", "and", "until", "with") or sentence.is_boundary(event.at + 1))
        ):
            return True  # "stretches like a cat"
        if base in cues.POSTURES and sentence.at(event.at + 1) == "against" and sentence.at(event.at + 2) in PRONOUNS:
            return base not in ("lean", "rest", "lie", "sit", "curl", "cuddle", "snuggle")  # "collapses against you"
        if base == "enjoy" and sentence.at(event.at + 1) in ("this", "that", "it", "every"):
            return True  # "is enjoying this far too much"
        if base == "fish" and not {"from", "out"}.isdisjoint(sentence.low[event.at + 2 : event.at + 7]):
            return True  # "fishes the mittens from his rucksack"
        if base == "make" and not _MADE_WITH_THE_BODY.isdisjoint(sentence.low[event.at + 1 : event.at + 4]):
            return True  # "makes grabby hands"
        if base in ("hike", "roll") and sentence.at(event.at + 1) in POSSESSIVES:
            return True  # "hikes her sleeves up"
        if base not in _WITH_ONESELF and sentence.at(event.at + 1).endswith(("self", "selves")):
            return True  # "pours herself onto the mat"
        if base in _HOLDS and self._clothes(sentence, event.at + 1) is not None:
            return True  # "holds the robe shut"
        # "perches the glasses on her nose", "they sat us by the window"
        return base in _TAKEN and self._takes_object(event)

    def _only_seems(self, event: Event) -> bool:
        """Whether the words are said without meaning an activity: "I'm listening.", "Relax, …", "staying a minute"."""
        sentence, base = event.sentence, event.base
        aloud, closes = sentence.mode != "narration", sentence.is_boundary(event.at + 1)
        if base == "listen" and aloud and closes:
            return True  # "Go on. I'm listening."
        if base in ("relax", "wait") and aloud and closes and event.form == "base":
            return True  # "Relax, I never said you had to."
        near = {*sentence.low[event.at + 1 : event.at + 4]}
        if base in ("stay", "remain") and near & {"where", "here"}:
            return True  # "I'm staying right here on this sofa"
        return base == "stay" and not _A_WHILE.isdisjoint(sentence.low[event.at + 1 : event.at + 5])

    def _is_over(self, event: Event) -> bool:
        """Whether it is done with, or led only here: "I've showered", "I just mopped", "I have been waiting for weeks"."""
        sentence, base = event.sentence, event.base
        if event.form == "past" and sentence.mode != "narration" and base not in cues.RESTS:
            if "just" in sentence.group_before(event.at)[1]:
                return True
        part = sentence.at(sentence.before_adverbs(event.at)) in cues.BODY_PARTS
        if part and "with" in sentence.low[max(0, event.at - 5) : event.at] and "ing" not in sentence.at(event.at)[-3:]:
            return True  # "she with her hands drawn up inside her sleeves"
        if event.form in ("perfect", "had") and not sentence.at(event.at).endswith("ing"):
            if base == "wait" or base not in cues.RESTS:
                return True  # "you've waited long enough"
        return "been" in sentence.low[max(0, event.at - 2) : event.at] and not cues.SO_FAR.search(sentence.text)

    def _is_done_for_a_while(self, event: Event, phrase: str, end: int) -> bool:
        """Whether the verb with the words that belong to it is an activity."""
        sentence, base = event.sentence, event.base
        before = sentence.at(event.at - 1)
        if self.speaker == "user" and event.form == "base" and before == "you" and _COMPARED.match(phrase):
            return False  # "you cook better than anyone"
        ing = sentence.at(event.at).endswith("ing")
        if not phrase and base in ("listen", "stretch") and not ing and (before == "to") == (base == "listen"):
            if base == "listen" or sentence.at(event.at + 1) in (",", "and"):
                return False  # "pauses to listen", "I stretch, crack my neck and …"
        if base not in cues.RESTS | _CARES_FOR and self._handles_itself(event, end):
            return False  # "kneads her temple", "arranges the fringe of her shawl"
        if base == "read" and not phrase and not ing and '"' in sentence.low[: event.at]:
            return False  # '"Platform four," she reads'
        if not phrase and self._needs_no_object(event):
            return True
        if base == "have" and event.confidence == cues.REQUESTED and cues.HAD.search(phrase):
            return True  # "go and have a shower"
        if base in ("sink", "settle") and (NO_SEAT.search(phrase) or (base == "sink" and not _DOWN.search(phrase))):
            return False  # "I sink like a brick"
        lasting = "ing" if ing else event.form
        if base == "make" and not is_activity(base, lasting, " " + " ".join(sentence.low[event.at + 1 : event.at + 7])):
            return False  # "makes a small, undignified noise"
        return is_activity(base, lasting, phrase)

    @staticmethod
    def _needs_no_object(event: Event) -> bool:
        """Whether it is told as going on: "is already drawing", "keeps stirring", "begins to play", "and writes, quickly"."""
        sentence, base = event.sentence, event.base
        before = sentence.at(event.at - 1)
        if before == "to" and any(v.base in ("begin", "start") for v in verbs().get(sentence.at(event.at - 2), ())):
            return base in cues.DURABLE and base in cues.NEEDS_OBJECT
        helped = sentence.at(event.at).endswith("ing") and bool(sentence.group_before(event.at)[1] & BE)
        if (helped or before in _BEGUN | {"keep", "keeps", "kept"}) and base in _WITHOUT_OBJECT:
            return True
        closes = sentence.mode == "narration" and sentence.is_boundary(event.at + 1)
        return base in ("write", "draw") and closes

    @staticmethod
    def _nominal(event: Event) -> str:
        """Return the activity a noun tells: "breaks into a run", "drops into a crouch"."""
        if event.base not in (
            "land",
            "break",
            "drop",
            "sink",
            "fall",
            "settle",
            "launch",
            "burst",
            "lower",
            "fold",
            "ease",
            "bend",
        ):
            return ""
        match = INTO_DEED.match(" ".join(event.sentence.low[event.at + 1 : event.at + 7]))
        nouns = [noun for noun in match.groups() if noun] if match else []
        deeds = (v.base for noun in nouns for v in verbs().get(noun, ()) if "base" in v.forms)
        return next((gerund(base) for base in deeds if base in cues.DURABLE and base not in places()), "")

    def _embraced(self, event: Event) -> Do | None:
        """Return the activity of being hugged: what the user does to the companion is done by both."""
        embraces = self.speaker == "user" and event.who == "user" and event.sentence.at(event.at + 1) == "you"
        action = cues.EMBRACES.get(event.base) if embraces else None
        if embraces and event.base in ("sit", "seat", "lay") and event.sentence.at(event.at + 2) == "down":
            action = "lying down" if event.base == "lay" else "sitting"
        return Do(action=action, **self._common(event, event.at + 2)) if action else None

    def _figure(self, event: Event) -> Do | None:
        """Return what a fixed figure tells: "falls asleep", "drops to one knee", "goes for a run", "starts her push-ups"."""
        rest = " ".join(event.sentence.low[event.at + 1 : event.at + 8])
        if event.base in TO_A_SEAT and (seat := SEAT.match(rest)):
            lies = seat[4] in ("bed", "hammock", "mattress", "sunbed", "lounger")
            said = f"{'lying' if lies else 'sitting'} {seat[2]} {'the' if seat[3] in ('her', 'his', 'my') else seat[3]} {seat[4]}"
            return Do(action=said, **self._common(event, event.at + 1 + len(seat[0].split())))
        if event.base == "take" and TAKES_SEAT.match(rest):
            return Do(action="sitting", **self._common(event, event.at + 3))
        for bases, figure, action in FIGURES:
            if (event.base in bases or (not bases and event.base not in _LIES_OPEN)) and (match := figure.match(rest)):
                said = cues.OUTINGS.get(match[match.lastindex], match[match.lastindex]) if match.lastindex else ""
                return Do(action=action.format(said), **self._common(event, event.at + 1 + len(match[0].split())))
        return None
