"""Joins what one message tells: repeats go, a posture takes in what is done in it, a corner is not another place."""

import re

from companion_hub.models.scene import MAX_TEXT, Do, MoveTo, Operation
from companion_hub.services.scene import cues
from companion_hub.services.texts import one_line

# Once a place is told these only say where in it.
_BESIDE_A_THING = re.compile(
    r"^(?:on|at|by|in) the (?:[\w-]+ )?(?:foot|edge|end|side|corner|rim|lip) of the (?:\w+ )?(?:tub|bath|bathtub|statue|fountain|shower|bed|altar|monument)$|^at the water's edge$"
)


# Where at the beach, in the bathroom, on the boat or in the church one is.
WITHIN_IT = re.compile(
    r"^inside$|^(?:in|on|at|by|along) the (?:[\w-]+ ){0,2}(?:booth opposite|booth|passenger seat|back seat|front seat|driver's seat|shore|shoreline|jetty|bank|waterline|sleeping bag|sand|shallows|surf|water|waves|tub|bath|bathtub|stern|bow|prow|nave|aisle|transept|pews|flour)$"
)


def joined(operations: list[Operation]) -> list[Operation]:
    """Drop repeats, and join a posture with what is done in it: "sitting at the table, sipping coffee"."""
    result: list[Operation] = []
    for operation in operations:
        last = next((i for i in range(len(result) - 1, -1, -1) if isinstance(result[i], type(operation))), None)
        if isinstance(operation, Do) and last is not None and isinstance(previous := result[last], Do):
            first_word = previous.action.split()[0]
            here = operation.action.split()[0]
            if operation.action in cues.BESIDES and len(previous.action.split()) > 1:
                continue  # "washing the dishes, humming"
            if first_word in cues.POSTURE_INGS and here not in cues.POSTURE_INGS and "," not in previous.action:
                result[last] = operation.model_copy(
                    update={"action": one_line(f"{previous.action}, {operation.action}", MAX_TEXT)}
                )
                continue
            result[last] = operation
            continue
        if isinstance(operation, MoveTo) and last is not None and isinstance(previous := result[last], MoveTo):
            within = WITHIN_IT.search(operation.location) and previous.location not in cues.BARE_PLACES | {"at home"}
            if (
                operation.location != previous.location
                and not within
                and not _BESIDE_A_THING.search(operation.location)
            ):
                result[last] = operation
            continue
        if operation not in result:
            result.append(operation)
    return result
