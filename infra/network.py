"""Where the database and what talks to it live: private subnets, with a way out to the model hosts."""

from aws_cdk import aws_ec2 as ec2
from constructs import Construct

from infra.profile import Profile


class Network(Construct):
    def __init__(self, scope: Construct, id_: str, *, profile: Profile) -> None:
        super().__init__(scope, id_)
        self.nat_instance: ec2.NatInstanceProviderV2 | None = None
        if profile.nat == "instance":
            # $3 a month instead of $33: enough for one household (docs/adr on egress).
            self.nat_instance = ec2.NatProvider.instance_v2(
                instance_type=ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.NANO),
                default_allowed_traffic=ec2.NatTrafficDirection.OUTBOUND_ONLY,
                machine_image=ec2.MachineImage.latest_amazon_linux2023(cpu_type=ec2.AmazonLinuxCpuType.ARM_64),
            )
        self.vpc = ec2.Vpc(
            self,
            "Vpc",
            max_azs=profile.availability_zones,
            nat_gateways=1 if profile.nat == "instance" else profile.availability_zones,
            nat_gateway_provider=self.nat_instance,
            subnet_configuration=[
                ec2.SubnetConfiguration(name="public", subnet_type=ec2.SubnetType.PUBLIC, cidr_mask=24),
                ec2.SubnetConfiguration(name="app", subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS, cidr_mask=24),
                ec2.SubnetConfiguration(name="data", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED, cidr_mask=24),
            ],
            gateway_endpoints={
                "S3": ec2.GatewayVpcEndpointOptions(service=ec2.GatewayVpcEndpointAwsService.S3),
            },
        )
        if profile.name == "production":
            self.vpc.add_flow_log("FlowLog")
        self.function_security_group = ec2.SecurityGroup(
            self, "Functions", vpc=self.vpc, description="Companion Hub functions", allow_all_outbound=True
        )
        if self.nat_instance is not None:
            self.nat_instance.security_group.add_ingress_rule(
                ec2.Peer.ipv4(self.vpc.vpc_cidr_block), ec2.Port.all_traffic(), "from the private subnets"
            )
