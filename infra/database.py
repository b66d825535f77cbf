"""Aurora PostgreSQL Serverless v2: the only source of truth.  In the hobby profile it pauses when nobody talks."""

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_rds as rds
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.profile import Profile

NAME = "companion_hub"


class Database(Construct):
    """``secret`` names host, port, username, password and dbname; where functions connect is in ``secret`` too."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        profile: Profile,
        vpc: ec2.IVpc,
        clients: ec2.ISecurityGroup,
    ) -> None:
        super().__init__(scope, id_)
        security_group = ec2.SecurityGroup(
            self, "SecurityGroup", vpc=vpc, description="Companion Hub database", allow_all_outbound=False
        )
        security_group.add_ingress_rule(clients, ec2.Port.tcp(5432), "from the functions")
        readers = [rds.ClusterInstance.serverless_v2("Reader", scale_with_writer=True)] if profile.reader else None
        self.cluster = rds.DatabaseCluster(
            self,
            "Cluster",
            engine=rds.DatabaseClusterEngine.aurora_postgres(version=rds.AuroraPostgresEngineVersion.VER_17_9),
            writer=rds.ClusterInstance.serverless_v2("Writer", enable_performance_insights=profile.reader or None),
            readers=readers,
            serverless_v2_min_capacity=profile.min_acu,
            serverless_v2_max_capacity=profile.max_acu,
            # 300 s is the shortest Aurora allows; only a minimum of 0 ACU can pause.
            serverless_v2_auto_pause_duration=Duration.minutes(5) if profile.min_acu == 0 else None,
            vpc=vpc,
            vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED),
            security_groups=[security_group],
            credentials=rds.Credentials.from_generated_secret("companion_hub"),
            default_database_name=NAME,
            storage_encrypted=True,
            iam_authentication=True,
            backup=rds.BackupProps(retention=Duration.days(profile.backup_days)),
            deletion_protection=profile.deletion_protection,
            removal_policy=RemovalPolicy.SNAPSHOT,
            parameters={"rds.force_ssl": "1"},
        )
        secret = self.cluster.secret
        if secret is None:
            raise ValueError("a generated secret is expected")
        self.secret: secretsmanager.ISecret = secret
        if profile.proxy:
            proxy = self.cluster.add_proxy(
                "Proxy",
                secrets=[secret],
                vpc=vpc,
                security_groups=[security_group],
                vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED),
                require_tls=True,
            )
            security_group.add_ingress_rule(security_group, ec2.Port.tcp(5432), "from the proxy")
            self.host: str | None = proxy.endpoint
        else:
            self.host = None
        if profile.name == "production":
            self.cluster.add_rotation_single_user(automatically_after=Duration.days(30))
