"""Where the database and what talks to it live: private subnets, with a way out to the model hosts."""
# jsii generates protocols whose parameter names differ from the classes that implement them.
# pyright: reportArgumentType=false

from aws_cdk import aws_ec2 as ec2
from constructs import Construct

from infra.acknowledged import acknowledge
from infra.logs import log_group
from infra.profile import Profile

# Two: Aurora asks for two, and every further zone costs production another NAT gateway.
ZONES = 2


class Network(Construct):
    """``functions``: the security group of what runs in the private subnets."""

    def __init__(self, scope: Construct, id_: str, *, profile: Profile) -> None:
        super().__init__(scope, id_)
        instance = _nat_instance() if profile.nat == "instance" else None
        self.vpc = ec2.Vpc(
            self,
            "Vpc",
            max_azs=ZONES,
            nat_gateways=1 if instance else ZONES,
            nat_gateway_provider=instance,
            subnet_configuration=[
                ec2.SubnetConfiguration(name="public", subnet_type=ec2.SubnetType.PUBLIC, cidr_mask=24),
                ec2.SubnetConfiguration(name="app", subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS, cidr_mask=20),
                ec2.SubnetConfiguration(name="data", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED, cidr_mask=24),
            ],
            gateway_endpoints={"S3": ec2.GatewayVpcEndpointOptions(service=ec2.GatewayVpcEndpointAwsService.S3)},
        )
        # Every port out: an owner's image model listens where it likes (7860 by default).
        self.functions = ec2.SecurityGroup(
            self, "Functions", vpc=self.vpc, description="Companion Hub functions", allow_all_outbound=True
        )
        if instance:
            self._guard(instance)
        if profile.flow_logs:
            group = log_group(self, "FlowLogs", profile=profile)
            self.vpc.add_flow_log("FlowLog", destination=ec2.FlowLogDestination.to_cloud_watch_logs(group))
        else:
            acknowledge(self.vpc, {"VPC7": "hobby: flow logs cost more than the rest of the network tells an owner"})

    def _guard(self, nat: ec2.NatInstanceProviderV2) -> None:
        nat.connections.allow_from(self.functions, ec2.Port.all_tcp(), "from the functions")
        for instance in nat.gateway_instances:
            instance.instance.block_device_mappings = [
                ec2.CfnInstance.BlockDeviceMappingProperty(
                    device_name="/dev/xvda",
                    ebs=ec2.CfnInstance.EbsProperty(encrypted=True, volume_size=8, volume_type="gp3"),
                )
            ]
            acknowledge(
                instance,
                {
                    "EC28": "detailed monitoring would cost as much as the instance; EC2's status checks are watched",
                    "EC29": "it holds no state: ended by mistake, the next deploy makes it again",
                },
            )


def _nat_instance() -> ec2.NatInstanceProviderV2:
    """$7 a month with its address instead of $37 with a gateway's: enough for one household (docs/adr/0010)."""
    return ec2.NatProvider.instance_v2(
        instance_type=ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.NANO),
        default_allowed_traffic=ec2.NatTrafficDirection.OUTBOUND_ONLY,
        machine_image=ec2.MachineImage.latest_amazon_linux2023(cpu_type=ec2.AmazonLinuxCpuType.ARM_64),
    )
