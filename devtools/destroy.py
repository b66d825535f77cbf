"""``./hub destroy``: takes the installation out of the owner's AWS account, with its data or leaving it, as told.

Asks twice before anything happens.  The stack goes first; what it leaves on purpose (the pictures' bucket, the session
secret, a last snapshot of the database) goes after it, when told.  CloudFormation tells for 90 days what a deleted stack
left, so that running it again finishes what was interrupted, or removes what was kept then.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from devtools.aws import account_of, check_region, refused, session_of_owner
from devtools.config import ProblemError
from devtools.deploy import STACK

# A cluster takes ten minutes with its snapshot, CloudFront five, network interfaces of functions up to twenty.
_LONGEST_S = 5400
# What holds data: its kind, and how its id in the template begins (infra/storage.py, secrets.py, database.py).
KINDS = {
    "media": ("AWS::S3::Bucket", "StorageMedia"),
    "session": ("AWS::SecretsManager::Secret", "SecretsSession"),
    "cluster": ("AWS::RDS::DBCluster", "DatabaseCluster"),
}


@dataclass(frozen=True)
class Found:
    """A stack, living or deleted, and the names of what holds data in it, empty where that is gone."""

    stack_id: str
    is_deleted: bool
    is_protected: bool = False
    media: str = ""
    session: str = ""
    cluster: str = ""
    snapshots: tuple[str, ...] = ()

    def data(self) -> list[str]:
        """Say what holds data, one thing a line."""
        lines = [f"database     {self.cluster}"] if self.cluster and not self.is_deleted else []
        lines += [f"snapshot     {name}" for name in self.snapshots]
        lines += [f"pictures     s3://{self.media}"] if self.media else []
        lines += [f"secret       {self.session} (passwords cannot be checked without it)"] if self.session else []
        return lines


def destroy(
    session: boto3.Session | None = None,
    *,
    ask: Callable[[str], str] = input,
    say: Callable[[str], object] = print,
    pause_s: float = 10,
) -> int:
    """Ask twice, then do as told; return 1 when the answer was no.  Raises ProblemError."""
    session = session or session_of_owner()
    check_region(session)
    account = account_of(session)
    try:
        found = _find(session)
        if found is None:
            raise ProblemError(f"there is no {STACK} in account {account}, {session.region_name}: is AWS_REGION right?")
        with_data = _ask(found, f"account {account}, {session.region_name}", ask, say)
        if with_data is None:
            say("nothing was changed")
            return 1
        if not found.is_deleted:
            _delete_stack(session, found, say, pause_s)
        found = _read(session, found.stack_id, is_deleted=True)
        if with_data:
            _delete_data(session, found, say)
    except ClientError as exc:
        raise refused(exc) from None
    except BotoCoreError as exc:
        raise ProblemError(f"AWS did not answer ({type(exc).__name__}): run ./hub destroy again to go on") from None
    if with_data:
        say("all data is gone")
    else:
        say("kept, and paid for until you delete it (./hub destroy again does):")
        for line in found.data():
            say(f"  {line}")
    say("The CDK's own bucket of uploads (cdk-hnb659fds-assets-…) stays: other apps of the account may use it.")
    return 0


def _ask(found: Found, where: str, ask: Callable[[str], str], say: Callable[[str], object]) -> bool | None:
    """Return whether the data is to go too, None when nothing is to be done."""
    try:
        if found.is_deleted:
            say(f"{STACK} in {where} was deleted before; this was kept:")
            for line in found.data():
                say(f"  {line}")
            with_data = True
        else:
            say(f"This deletes {STACK} in {where}: the web address, the functions and the database. Its data:")
            for line in found.data():
                say(f"  {line}")
            answer = ask(
                "Keep the data (a last snapshot, the pictures, the secret) or delete it for ever? [keep/delete] "
            )
            if answer.strip() not in ("keep", "delete"):
                return None
            with_data = answer.strip() == "delete"
        what = (
            "with ALL its accounts, chats and pictures; nobody can bring them back"
            if with_data
            else "and keep its data"
        )
        return with_data if ask(f"Delete {STACK} {what}. Type {STACK} to go on: ").strip() == STACK else None
    except EOFError:
        raise ProblemError("./hub destroy asks before it deletes: run it where you can type the answers") from None


def _find(session: boto3.Session) -> Found | None:
    """Return the living stack, else the last deleted one that left something."""
    client: Any = session.client("cloudformation")
    try:
        stack = client.describe_stacks(StackName=STACK)["Stacks"][0]
    except ClientError as exc:
        if exc.response.get("Error", {}).get("Code") != "ValidationError":  # "does not exist"
            raise
    else:
        status = str(stack["StackStatus"])
        if status.endswith("_IN_PROGRESS"):
            raise ProblemError(f"{STACK} is {status}: wait until that has ended, then run ./hub destroy again")
        return _read(
            session, stack["StackId"], is_deleted=False, is_protected=bool(stack.get("EnableTerminationProtection"))
        )
    for page in client.get_paginator("list_stacks").paginate(StackStatusFilter=["DELETE_COMPLETE"]):
        for summary in page["StackSummaries"]:
            if summary["StackName"] == STACK:
                found = _read(session, summary["StackId"], is_deleted=True)
                if found.data():
                    return found
    return None


def _read(session: boto3.Session, stack_id: str, *, is_deleted: bool, is_protected: bool = False) -> Found:
    names: dict[str, str] = {}
    client: Any = session.client("cloudformation")
    for page in client.get_paginator("list_stack_resources").paginate(StackName=stack_id):
        for resource in page["StackResourceSummaries"]:
            for name, (kind, prefix) in KINDS.items():
                if resource["ResourceType"] == kind and resource["LogicalResourceId"].startswith(prefix):
                    names[name] = str(resource.get("PhysicalResourceId") or "")
    media, secret, cluster = names.get("media", ""), names.get("session", ""), names.get("cluster", "")
    return Found(
        stack_id,
        is_deleted,
        is_protected,
        media=media if media and _has_bucket(session, media) else "",
        session=secret if secret and _has_secret(session, secret) else "",
        cluster=cluster,
        snapshots=tuple(_snapshots(session, cluster)) if cluster else (),
    )


def _has_bucket(session: boto3.Session, name: str) -> bool:
    return _is_there(lambda: session.client("s3").head_bucket(Bucket=name))


def _has_secret(session: boto3.Session, arn: str) -> bool:
    answer: dict[str, Any] = {}
    there = _is_there(lambda: answer.update(session.client("secretsmanager").describe_secret(SecretId=arn)))
    return there and "DeletedDate" not in answer


def _is_there(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except ClientError as exc:
        if exc.response.get("Error", {}).get("Code") in ("404", "NoSuchBucket", "ResourceNotFoundException"):
            return False
        raise
    return True


def _snapshots(session: boto3.Session, cluster: str) -> Iterator[str]:
    """Yield the snapshots that outlive the cluster; its automated ones go with it."""
    client: Any = session.client("rds")
    pages = client.get_paginator("describe_db_cluster_snapshots").paginate(
        DBClusterIdentifier=cluster, SnapshotType="manual"
    )
    for page in pages:
        yield from (snapshot["DBClusterSnapshotIdentifier"] for snapshot in page["DBClusterSnapshots"])


def _delete_stack(session: boto3.Session, found: Found, say: Callable[[str], object], pause_s: float) -> None:
    cloudformation: Any = session.client("cloudformation")
    if found.is_protected:
        cloudformation.update_termination_protection(StackName=STACK, EnableTerminationProtection=False)
    if found.cluster:
        _unprotect(session, found.cluster)
    cloudformation.delete_stack(StackName=found.stack_id)
    say(
        f"deleting {STACK}: half an hour or so, most of it for the database and the network. Ctrl-C stops the watching only."
    )
    start = time.monotonic()
    while True:
        stack = cloudformation.describe_stacks(StackName=found.stack_id)["Stacks"][0]
        status = str(stack["StackStatus"])
        if status == "DELETE_COMPLETE":
            say(f"{STACK} is gone ({time.monotonic() - start:.0f} s)")
            return
        if status == "DELETE_FAILED" or time.monotonic() - start > _LONGEST_S:
            raise ProblemError(_why(cloudformation, found.stack_id, status))
        time.sleep(pause_s)


def _unprotect(session: boto3.Session, cluster: str) -> None:
    client: Any = session.client("rds")
    try:
        is_protected = client.describe_db_clusters(DBClusterIdentifier=cluster)["DBClusters"][0].get(
            "DeletionProtection"
        )
    except ClientError as exc:
        if exc.response.get("Error", {}).get("Code") != "DBClusterNotFoundFault":
            raise
        return
    if is_protected:
        client.modify_db_cluster(DBClusterIdentifier=cluster, DeletionProtection=False, ApplyImmediately=True)


def _why(cloudformation: Any, stack_id: str, status: str) -> str:
    lines = [f"{STACK} could not be deleted ({status}); no data was deleted beyond what is listed as deleted above."]
    for page in cloudformation.get_paginator("describe_stack_events").paginate(StackName=stack_id):
        for event in page["StackEvents"]:
            if event.get("ResourceStatus") == "DELETE_FAILED":
                lines.append(f"  {event['LogicalResourceId']}: {event.get('ResourceStatusReason', '')}")
        break  # the newest hundred
    return "\n".join(
        [*lines[:6], "Mend what is named there, then run ./hub destroy again: it goes on where it stopped."]
    )


def _delete_data(session: boto3.Session, found: Found, say: Callable[[str], object]) -> None:
    if found.media:
        count = _empty(session, found.media)
        session.client("s3").delete_bucket(Bucket=found.media)
        say(f"deleted: s3://{found.media} ({count} files)")
    client: Any = session.client("rds")
    for name in found.snapshots:
        client.delete_db_cluster_snapshot(DBClusterSnapshotIdentifier=name)
        say(f"deleted: snapshot {name}")
    if found.session:
        session.client("secretsmanager").delete_secret(SecretId=found.session, ForceDeleteWithoutRecovery=True)
        say(f"deleted: secret {found.session}")


def _empty(session: boto3.Session, bucket: str) -> int:
    """Delete what is in a bucket and return how many files; a bucket that is gone already is empty."""
    client: Any = session.client("s3")
    count = 0
    if not _has_bucket(session, bucket):
        return 0
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        keys = [{"Key": item["Key"]} for item in page.get("Contents", [])]
        if keys:
            errors = client.delete_objects(Bucket=bucket, Delete={"Objects": keys, "Quiet": True}).get("Errors", [])
            if errors:
                raise ProblemError(
                    f"{len(errors)} files of s3://{bucket} could not be deleted: {errors[0].get('Code')}"
                )
            count += len(keys)
    return count
