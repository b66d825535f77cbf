"""What is in each profile's stack, under which id: a change of either is seen in review, and what holds data stays.

CloudFormation replaces a resource whose logical id changes, and a new database is an empty one.
"""

from typing import Any

import pytest

from tests.infra.synthesise import PROFILES, SNAPSHOTS, summary

ANEW = "written anew by: python -m tests.infra.synthesise --update"
# Logical id: what happens to it when the stack goes (a first deploy that fails leaves nothing).  These are never renamed: what they hold cannot be made again.
STATEFUL = {
    "DatabaseCluster5B53A178": ("AWS::RDS::DBCluster", "Snapshot"),
    "CompanionHubDatabaseClusterSecretD61FF8FB3fdaad7efa858a3daf9490cf0a702aeb": ("AWS::SecretsManager::Secret", None),
    "StorageMedia9333CB25": ("AWS::S3::Bucket", "RetainExceptOnCreate"),
    "SecretsSession34EE1A69": ("AWS::SecretsManager::Secret", "RetainExceptOnCreate"),
}
# Properties whose change makes CloudFormation replace the resource (its reference, "Update requires: Replacement").
REPLACES = {
    "AWS::RDS::DBCluster": {
        "AvailabilityZones", "DatabaseName", "DBClusterIdentifier", "DBSubnetGroupName", "EngineMode",
        "GlobalClusterIdentifier", "KmsKeyId", "PubliclyAccessible", "RestoreType", "SnapshotIdentifier",
        "SourceDBClusterIdentifier", "StorageEncrypted", "MasterUsername", "UseLatestRestorableTime", "Engine",
    },
    "AWS::S3::Bucket": {"BucketName"},
    "AWS::SecretsManager::Secret": {"Name"},
}  # fmt: skip
FIXED = {
    "DatabaseCluster5B53A178": {
        "DatabaseName": "companion_hub",
        "DBSubnetGroupName": {"Ref": "DatabaseClusterSubnets5540150D"},
        "Engine": "aurora-postgresql",
        "MasterUsername": "companion_hub",
        "StorageEncrypted": True,
    },
    "StorageMedia9333CB25": {},
    "SecretsSession34EE1A69": {},
}


@pytest.mark.parametrize("profile", PROFILES)
def test_the_stack_holds_what_was_reviewed(templates: dict[str, Any], profile: str) -> None:
    assert summary(templates[profile]) == (SNAPSHOTS / f"{profile}.txt").read_text(), ANEW


@pytest.mark.parametrize("profile", ["hobby", "production"])
@pytest.mark.parametrize("id_", sorted(STATEFUL))
def test_what_holds_data_keeps_its_id_and_outlives_the_stack(templates: dict[str, Any], profile: str, id_: str) -> None:
    resource = templates[profile]["Resources"].get(id_)
    assert resource, f"{id_} is gone or renamed: CloudFormation would make a new, empty one"
    kind, kept = STATEFUL[id_]
    assert resource["Type"] == kind
    if kept:
        replaced = kept.removesuffix("ExceptOnCreate")
        assert (resource["DeletionPolicy"], resource["UpdateReplacePolicy"]) == (kept, replaced)


@pytest.mark.parametrize("profile", ["hobby", "production"])
@pytest.mark.parametrize("id_", sorted(FIXED))
def test_no_property_changes_that_replaces_what_holds_data(templates: dict[str, Any], profile: str, id_: str) -> None:
    resource = templates[profile]["Resources"][id_]
    given = {name: value for name, value in resource["Properties"].items() if name in REPLACES[resource["Type"]]}
    assert given == FIXED[id_]
