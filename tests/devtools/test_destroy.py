"""``./hub destroy`` against an account in memory: it asks twice, and keeps or deletes as told."""

from collections.abc import Callable
from typing import Any

import pytest

from devtools.config import ProblemError
from devtools.destroy import KINDS, destroy
from tests.devtools.account import RESOURCES, SECRET, Account, error
from tests.infra.synthesise import SNAPSHOTS


class Owner:
    """Somebody at the terminal: types the answers, reads what is said."""

    def __init__(self, *answers: str) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []
        self.read: list[str] = []

    def ask(self, text: str) -> str:
        self.asked.append(text)
        if not self._answers:
            raise EOFError
        return self._answers.pop(0)

    def run(self, account: Account) -> int:
        return destroy(account, ask=self.ask, say=lambda line: self.read.append(str(line)), pause_s=0)

    def text(self) -> str:
        return "\n".join(self.read)


@pytest.fixture
def account() -> Account:
    return Account()


def test_what_holds_data_is_in_the_stack_under_these_ids() -> None:
    """The command finds it by the beginning of its id; each beginning names one resource of either profile."""
    for profile in ("hobby", "production"):
        there = [line.split()[:2] for line in (SNAPSHOTS / f"{profile}.txt").read_text().splitlines()]
        for kind, prefix in KINDS.values():
            found = [id_ for id_, type_ in there if type_ == kind and id_.startswith(prefix)]
            assert len(found) == 1
            assert found[0] in {id_ for id_, _, _ in RESOURCES}


def test_data_that_is_kept_is_still_there_and_named(account: Account) -> None:
    owner = Owner("keep", "CompanionHub")
    assert owner.run(account) == 0
    assert account.status == "DELETE_COMPLETE"
    assert account.calls == ["delete stack"]
    assert len(account.buckets["media"]) == 1500
    for name in ("s3://media", SECRET, account.snapshots[0]):
        assert name in owner.text().partition("kept, and paid for")[2]


def test_data_that_is_deleted_is_gone_after_the_stack(account: Account) -> None:
    owner = Owner("delete", "CompanionHub")
    assert owner.run(account) == 0
    assert (account.buckets, account.secrets, account.snapshots) == ({}, set(), [])
    assert account.calls == [
        "delete stack", "empty media", "empty media", "delete media", "delete snapshot", "delete secret",
    ]  # fmt: skip
    assert "ALL its accounts, chats and pictures" in owner.asked[1]
    assert "(1500 files)" in owner.text()
    assert "kept" not in owner.text()


@pytest.mark.parametrize(
    "answers",
    [("",), ("yes",), ("Delete",), ("delete", ""), ("delete", "yes"), ("keep", "companionhub")],
    ids=" then ".join,
)
def test_any_other_answer_changes_nothing(account: Account, answers: tuple[str, ...]) -> None:
    owner = Owner(*answers)
    assert owner.run(account) == 1
    assert owner.read[-1] == "nothing was changed"
    assert account.calls == []


def test_without_anybody_to_answer_nothing_happens(account: Account) -> None:
    with pytest.raises(ProblemError, match="asks before it deletes"):
        Owner("delete").run(account)
    assert account.calls == []


def test_what_will_go_is_said_before_the_first_question(account: Account) -> None:
    said: list[int] = []
    owner = Owner()

    def ask(text: str) -> str:
        said.append(len(owner.read))
        return "no"

    destroy(account, ask=ask, say=lambda line: owner.read.append(str(line)), pause_s=0)
    before = "\n".join(owner.read[: said[0]])
    assert all(name in before for name in ("account 111122223333, eu-west-1", "cluster", "s3://media", SECRET))


def test_protected_twice_it_goes_all_the_same(account: Account) -> None:
    account.is_protected = True
    assert Owner("keep", "CompanionHub").run(account) == 0
    assert account.calls[:2] == ["unprotect stack", "unprotect cluster"]


def test_what_was_kept_can_be_deleted_later(account: Account) -> None:
    Owner("keep", "CompanionHub").run(account)
    later = Owner("CompanionHub")
    assert later.run(account) == 0
    assert (account.buckets, account.secrets, account.snapshots) == ({}, set(), [])
    assert "this was kept" in later.text()
    with pytest.raises(ProblemError, match="there is no CompanionHub in account 111122223333, eu-west-1"):
        Owner().run(account)


def test_a_deletion_that_was_interrupted_goes_on(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: Any) -> None:
        raise error("AccessDenied", "DeleteBucket")

    with monkeypatch.context() as patch:
        patch.setattr(account, "DeleteBucket", refuse)
        with pytest.raises(ProblemError, match="AWS refused DeleteBucket: AccessDenied"):
            Owner("delete", "CompanionHub").run(account)
    assert account.snapshots
    assert Owner("CompanionHub").run(account) == 0
    assert (account.buckets, account.secrets, account.snapshots) == ({}, set(), [])


def test_a_stack_that_cannot_be_deleted_says_which_part_and_keeps_the_data(account: Account) -> None:
    account.fails_with = "has dependencies and cannot be deleted"
    with pytest.raises(ProblemError) as caught:
        Owner("delete", "CompanionHub").run(account)
    assert "NetworkVpc: has dependencies and cannot be deleted" in str(caught.value)
    assert "run ./hub destroy again" in str(caught.value)
    assert len(account.buckets["media"]) == 1500
    assert account.secrets
    account.fails_with = ""
    account.status = "DELETE_FAILED"
    assert Owner("delete", "CompanionHub").run(account) == 0


def _never_deployed(account: Account) -> None:
    account.status = ""


def _being_changed(account: Account) -> None:
    account.status = "UPDATE_IN_PROGRESS"


@pytest.mark.parametrize(
    ("prepare", "says"),
    [(_never_deployed, "there is no CompanionHub"), (_being_changed, "is UPDATE_IN_PROGRESS: wait")],
)
def test_what_cannot_be_deleted_now_is_said_before_any_question(
    account: Account, prepare: Callable[[Account], None], says: str
) -> None:
    prepare(account)
    owner = Owner()
    with pytest.raises(ProblemError, match=says):
        owner.run(account)
    assert owner.asked == []
