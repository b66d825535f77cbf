"""How the full run shares the tests among processes (a pytest plugin: ``-p tests.parallel -n 2``).

A file's tests stay together in one process, which has a database server and fakes of its own.  What drives the whole
stack or measures time comes last, in one process, when the others have ended: it has the machine to itself.
"""

from collections import Counter
from collections.abc import Sequence

import pytest
from xdist.remote import Producer
from xdist.scheduler.loadscope import LoadScopeScheduling
from xdist.workermanage import WorkerController

ALONE = (
    "tests/unit/test_lorebook.py",
    "tests/security/test_limits.py",
    "tests/security/test_passwords_and_sessions.py",
    "tests/e2e/",
)
# They put together what is uploaded, in one folder of the tree.
ONE_AFTER_THE_OTHER = ("tests/infra/", "tests/security/test_canaries.py")


def unit_of(test: str) -> str:
    """Return what a test is kept together with: its file, or all that must not run at the same time."""
    return "what is uploaded" if test.startswith(ONE_AFTER_THE_OTHER) else test.partition("::")[0]


def runs_alone(test: str) -> bool:
    return test.startswith(ALONE)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: (runs_alone(item.nodeid), "e2e" in item.keywords))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> "AloneAtTheEnd":
    return AloneAtTheEnd(config, log)


class AloneAtTheEnd(LoadScopeScheduling):
    """Hands out units in their order; all but one worker end before what runs alone begins."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)

    def add_node_collection(self, node: WorkerController, collection: Sequence[str]) -> None:
        """Tell tests of one name apart: a work unit is a table by name, and of schemathesis' all but one would be lost."""
        seen: Counter[str] = Counter()
        names: list[str] = []
        for name in collection:
            seen[name] += 1
            names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
        super().add_node_collection(node, names)

    def _reschedule(self, node: WorkerController) -> None:
        if not self.workqueue or not runs_alone(next(iter(self.workqueue))) or len(self.nodes) == 1:
            super()._reschedule(node)
        elif self._pending_of(self.assigned_work[node]) <= 2 and any(
            not other.shutting_down for other in self.nodes if other is not node
        ):
            node.shutdown()  # once it has run what it has; the last worker waits for that

    def remove_node(self, node: WorkerController) -> str | None:
        crashed = super().remove_node(node)
        for left in self.nodes:
            self._reschedule(left)
        return crashed
