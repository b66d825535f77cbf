"""Imports handlers as Lambda would; run by the platform's own Python under qemu (tests/infra/test_bundles.py).

``argv[1]``: JSON of a step: ``name``, ``path`` (folders to add), ``modules`` to import, and ``then``, the steps that go on
from there.  Each of those is a fork: what two have in common is imported once, and what one adds the others do not see.
Prints a line of JSON for each step.
"""

import importlib
import json
import os
import platform
import sys
import traceback
from typing import Any


def take(step: dict[str, Any]) -> bool:
    """Import what the step names, then take what follows it; return whether all could be imported."""
    sys.path[:0] = step["path"]
    said: dict[str, object] = {"name": step["name"], "machine": platform.machine(), "error": ""}
    try:
        for name in step["modules"]:
            module = importlib.import_module(name)
            assert name.partition(".")[0] != "functions" or callable(module.handler)
    except Exception:
        said["error"] = traceback.format_exc()[-3000:]
    said |= {"version": "{}.{}".format(*sys.version_info[:2]), "modules": len(sys.modules)}
    os.write(1, json.dumps(said).encode() + b"\n")  # one call: the forks share the pipe
    if said["error"]:
        return False
    forks: list[int] = []
    for following in step["then"]:
        fork = os.fork()
        if not fork:
            os._exit(0 if take(following) else 1)
        forks.append(fork)
    ends = [os.waitpid(fork, 0)[1] for fork in forks]
    return not any(ends)


if __name__ == "__main__":
    sys.exit(0 if take(json.loads(sys.argv[1])) else 1)
