"""Aurora PostgreSQL Serverless v2: the only source of truth.  In the hobby profile it pauses when nobody talks."""
# jsii generates protocols whose parameter names differ from the classes that implement them.
# pyright: reportArgumentType=false

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_rds as rds
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.acknowledged import acknowledge
from infra.profile import Profile

NAME = "companion_hub"
_ISOLATED = ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED)
# The workers' limits in ms, which they set themselves where they connect directly (db/connection.py): RDS Proxy takes no
# options of a connection, and a SET would pin it.  Aurora has no parameter for lock_timeout; a statement that waits for
# a lock ends with its own limit.
BEHIND_A_PROXY = {"statement_timeout": "8000", "idle_in_transaction_session_timeout": "15000"}


class Database(Construct):
    """``secret``: host, port, username, password and dbname.  ``host``: the proxy where there is one, which wins."""

    def __init__(
        self, scope: Construct, id_: str, *, profile: Profile, vpc: ec2.IVpc, clients: ec2.ISecurityGroup
    ) -> None:
        super().__init__(scope, id_)
        self._vpc = vpc
        self._security_group = ec2.SecurityGroup(
            self, "SecurityGroup", vpc=vpc, description="Companion Hub database", allow_all_outbound=False
        )
        self._security_group.add_ingress_rule(clients, ec2.Port.tcp(5432), "from the functions")
        self.cluster = self._cluster(profile)
        secret = self.cluster.secret
        if secret is None:
            raise ValueError("a generated secret is expected")
        self.secret: secretsmanager.ISecret = secret
        self.host = self._proxy() if profile.proxy else None
        if profile.rotate_database_password:
            # In the functions' subnets: from the isolated ones the rotation could not reach Secrets Manager.
            self.cluster.add_rotation_single_user(
                automatically_after=Duration.days(30),
                vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS),
            )
        else:
            acknowledge(
                self.cluster, {"SMG4": "a rotation wakes a database that is meant to sleep; see docs/operations.md"}
            )
        if not profile.deletion_protection:
            acknowledge(self.cluster, {"RDS10": "hobby can be removed with one command; a last snapshot is kept"})

    def _cluster(self, profile: Profile) -> rds.DatabaseCluster:
        # Pinned, since companion_hub/db/aws_roots.pem holds this authority's roots.
        authority = rds.CaCertificate.RDS_CA_RSA2048_G1
        insights = profile.reader or None
        reader = rds.ClusterInstance.serverless_v2(
            "Reader", scale_with_writer=True, ca_certificate=authority, enable_performance_insights=insights
        )
        return rds.DatabaseCluster(
            self,
            "Cluster",
            engine=rds.DatabaseClusterEngine.aurora_postgres(version=rds.AuroraPostgresEngineVersion.VER_17_9),
            writer=rds.ClusterInstance.serverless_v2(
                "Writer", ca_certificate=authority, enable_performance_insights=insights
            ),
            readers=[reader] if profile.reader else None,
            serverless_v2_min_capacity=profile.min_acu,
            serverless_v2_max_capacity=profile.max_acu,
            # 300 s is the shortest Aurora allows; only a minimum of 0 ACU can pause.
            serverless_v2_auto_pause_duration=Duration.minutes(5) if profile.pauses else None,
            vpc=self._vpc,
            vpc_subnets=_ISOLATED,
            security_groups=[self._security_group],
            credentials=rds.Credentials.from_generated_secret("companion_hub"),
            default_database_name=NAME,
            storage_encrypted=True,
            iam_authentication=True,
            backup=rds.BackupProps(retention=Duration.days(profile.backup_days)),
            copy_tags_to_snapshot=True,
            deletion_protection=profile.deletion_protection,
            removal_policy=RemovalPolicy.SNAPSHOT,
            # No log exports: a slow statement's text could hold a message.
            parameters={"rds.force_ssl": "1", **(BEHIND_A_PROXY if profile.proxy else {})},
        )

    def _proxy(self) -> str:
        proxy = self.cluster.add_proxy(
            "Proxy",
            secrets=[self.secret],
            vpc=self._vpc,
            security_groups=[self._security_group],
            vpc_subnets=_ISOLATED,
            require_tls=True,
            # Two minutes otherwise, longer than any request lives: a full database has to answer 503 instead.
            borrow_timeout=Duration.seconds(5),
        )
        return proxy.endpoint
