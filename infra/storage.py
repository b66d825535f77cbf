"""The two buckets: the web app's files and the users' pictures.  Nothing in them is public."""

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.acknowledged import acknowledge
from infra.profile import Profile


class Storage(Construct):
    def __init__(self, scope: Construct, id_: str, *, profile: Profile) -> None:
        super().__init__(scope, id_)
        # Emptied with the stack: CloudFormation deletes empty buckets only, and a first deploy that fails may be past the
        # upload.
        self.website = self._bucket("Website", keep=False, empty=profile.on_aws)
        # Nobody's pictures go with a stack that was deleted by mistake; ``hub destroy`` empties it when told to.  A first
        # deploy that fails leaves nothing behind.
        self.media = self._bucket("Media", keep=profile.on_aws)
        if profile.on_aws:
            self.media.add_lifecycle_rule(abort_incomplete_multipart_upload_after=Duration.days(1))
        acknowledge(self, {"S1": "private, read by CloudFront and our functions only; access logs would name people"})

    def _bucket(self, name: str, *, keep: bool, empty: bool = False) -> s3.Bucket:
        return s3.Bucket(
            self,
            name,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            auto_delete_objects=empty,
            removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE if keep else RemovalPolicy.DESTROY,
        )
