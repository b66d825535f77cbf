"""An AWS account in memory: the calls of ``./hub destroy``, checked against AWS's own models of requests and answers.

The boto3 clients are real; what they would send is answered here before it leaves, so that a misnamed argument fails.
"""

from collections.abc import Callable
from typing import Any, cast

import boto3
from botocore.exceptions import ClientError
from botocore.model import OperationModel
from botocore.validate import ParamValidator

STACK_ID = "arn:aws:cloudformation:eu-west-1:111122223333:stack/CompanionHub/1"
SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:SecretsSession-1"
RESOURCES = (
    ("StorageMedia9333CB25", "AWS::S3::Bucket", "media"),
    ("SecretsSession34EE1A69", "AWS::SecretsManager::Secret", SECRET),
    ("SecretsOrigin297BAAC6", "AWS::SecretsManager::Secret", "origin"),
    ("DatabaseCluster5B53A178", "AWS::RDS::DBCluster", "cluster"),
    ("DatabaseClusterSubnets5540150D", "AWS::RDS::DBSubnetGroup", "subnets"),
)


class Account(boto3.Session):
    """One installation.  Tests read and write the attributes; ``calls`` are the changes, in order."""

    def __init__(self) -> None:
        super().__init__(aws_access_key_id="test", aws_secret_access_key="test", region_name="eu-west-1")
        self.status = "CREATE_COMPLETE"  # "": there never was a stack
        self.is_protected = False  # the stack and the cluster
        self.buckets: dict[str, list[str]] = {"media": [f"media/{n}" for n in range(1500)]}
        self.secrets = {SECRET}
        self.snapshots: list[str] = []
        self.fails_with = ""  # why CloudFormation cannot delete it
        self.calls: list[str] = []
        self._params: dict[str, Any] = {}

    def client(self, service_name: str, **_: Any) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        made: Any = super().client(service_name)  # pyright: ignore[reportCallIssue, reportArgumentType]
        made.meta.events.register("provide-client-params", self._remember)
        made.meta.events.register("before-call", self._answer)
        return made

    def _remember(self, params: dict[str, Any], **_: Any) -> None:
        self._params = params

    def _answer(self, model: OperationModel, **_: Any) -> tuple[object, dict[str, Any]]:
        method = cast("Callable[..., dict[str, Any] | None]", getattr(self, model.name))
        answer = method(**self._params) or {}
        if model.output_shape is not None:
            problems = ParamValidator().validate(answer, model.output_shape)
            assert not problems.has_errors(), problems.generate_report()
        return type("Answer", (), {"status_code": 200})(), answer

    def _changed(self, what: str) -> None:
        self.calls.append(what)

    def GetCallerIdentity(self) -> dict[str, Any]:
        return {"Account": "111122223333"}

    def DescribeStacks(self, StackName: str) -> dict[str, Any]:
        if not self.status or (StackName != STACK_ID and self.status == "DELETE_COMPLETE"):
            raise error("ValidationError", "DescribeStacks")
        if self.status == "DELETE_IN_PROGRESS" and StackName == STACK_ID:
            self._end()
        one = {"StackId": STACK_ID, "StackName": "CompanionHub", "CreationTime": "2026-01-01T00:00:00Z"}
        return {"Stacks": [{**one, "StackStatus": self.status, "EnableTerminationProtection": self.is_protected}]}

    def _end(self) -> None:
        """What CloudFormation does: it keeps what is retained."""
        if self.fails_with:
            self.status = "DELETE_FAILED"
            return
        self.status = "DELETE_COMPLETE"
        self.snapshots.append("companionhub-snapshot-databasecluster-1")

    def ListStacks(self, StackStatusFilter: list[str]) -> dict[str, Any]:
        assert StackStatusFilter == ["DELETE_COMPLETE"]
        one = {"StackId": STACK_ID, "StackName": "CompanionHub", "CreationTime": "2026-01-01T00:00:00Z"}
        other = {**one, "StackName": "Other", "StackId": "arn:other", "StackStatus": "DELETE_COMPLETE"}
        mine = [{**one, "StackStatus": self.status}] if self.status == "DELETE_COMPLETE" else []
        return {"StackSummaries": [other, *mine]}

    def ListStackResources(self, StackName: str) -> dict[str, Any]:
        assert StackName == STACK_ID
        common = {"LastUpdatedTimestamp": "2026-01-01T00:00:00Z", "ResourceStatus": "CREATE_COMPLETE"}
        return {
            "StackResourceSummaries": [
                {**common, "LogicalResourceId": id_, "ResourceType": kind, "PhysicalResourceId": physical}
                for id_, kind, physical in RESOURCES
            ]
        }

    def DescribeStackEvents(self, StackName: str) -> dict[str, Any]:
        common = {
            "StackId": StackName,
            "EventId": "1",
            "StackName": "CompanionHub",
            "Timestamp": "2026-01-01T00:00:00Z",
        }
        event = {"LogicalResourceId": "NetworkVpc", "ResourceStatus": "DELETE_FAILED"}
        return {"StackEvents": [{**common, **event, "ResourceStatusReason": self.fails_with}]}

    def UpdateTerminationProtection(self, StackName: str, EnableTerminationProtection: bool) -> dict[str, Any]:
        assert not EnableTerminationProtection
        self._changed("unprotect stack")
        return {"StackId": StackName}

    def DeleteStack(self, StackName: str) -> None:
        assert StackName == STACK_ID
        if self.is_protected:
            assert {"unprotect stack", "unprotect cluster"} <= set(self.calls)
        self._changed("delete stack")
        self.status = "DELETE_IN_PROGRESS"

    def DescribeDBClusters(self, DBClusterIdentifier: str) -> dict[str, Any]:
        return {"DBClusters": [{"DBClusterIdentifier": DBClusterIdentifier, "DeletionProtection": self.is_protected}]}

    def ModifyDBCluster(self, DBClusterIdentifier: str, DeletionProtection: bool, ApplyImmediately: bool) -> None:
        assert (DBClusterIdentifier, DeletionProtection, ApplyImmediately) == ("cluster", False, True)
        self._changed("unprotect cluster")

    def DescribeDBClusterSnapshots(self, DBClusterIdentifier: str, SnapshotType: str) -> dict[str, Any]:
        assert (DBClusterIdentifier, SnapshotType) == ("cluster", "manual")
        return {"DBClusterSnapshots": [{"DBClusterSnapshotIdentifier": name} for name in self.snapshots]}

    def DeleteDBClusterSnapshot(self, DBClusterSnapshotIdentifier: str) -> None:
        self.snapshots.remove(DBClusterSnapshotIdentifier)
        self._changed("delete snapshot")

    def HeadBucket(self, Bucket: str) -> None:
        if Bucket not in self.buckets:
            raise error("404", "HeadBucket")

    def ListObjectsV2(self, Bucket: str, ContinuationToken: str = "", EncodingType: str = "") -> dict[str, Any]:
        """What comes next is what is left: the caller deletes each page before it asks for another."""
        keys = self.buckets[Bucket]
        answer: dict[str, Any] = {"Contents": [{"Key": key} for key in keys[:1000]]} if keys else {}
        more = len(keys) > 1000
        return {**answer, "IsTruncated": more, **({"NextContinuationToken": "more"} if more else {})}

    def DeleteObjects(self, Bucket: str, Delete: dict[str, Any]) -> None:
        keys = {item["Key"] for item in Delete["Objects"]}
        assert len(keys) <= 1000
        self.buckets[Bucket] = [key for key in self.buckets[Bucket] if key not in keys]
        self._changed(f"empty {Bucket}")

    def DeleteBucket(self, Bucket: str) -> None:
        assert self.buckets.pop(Bucket) == []
        self._changed(f"delete {Bucket}")

    def DescribeSecret(self, SecretId: str) -> dict[str, Any]:
        if SecretId not in self.secrets:
            raise error("ResourceNotFoundException", "DescribeSecret")
        return {"ARN": SecretId}

    def DeleteSecret(self, SecretId: str, ForceDeleteWithoutRecovery: bool) -> None:
        assert ForceDeleteWithoutRecovery
        self.secrets.remove(SecretId)
        self._changed("delete secret")


def error(code: str, operation: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, operation)
