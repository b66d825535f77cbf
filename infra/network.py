"""Where the database and what talks to it live: private subnets, with a way out to the model hosts."""
# jsii generates protocols whose parameter names differ from the classes that implement them.
# pyright: reportArgumentType=false

from aws_cdk import CfnCreationPolicy, CfnResourceSignal
from aws_cdk import aws_ec2 as ec2
from constructs import Construct

from infra.acknowledged import acknowledge
from infra.logs import log_group
from infra.profile import Profile

# Two: Aurora asks for two, and every further zone costs production another NAT gateway.
ZONES = 2
# Not the CDK's own commands: those install once and go on when that fails (aws/aws-cdk#36717: something cleans dnf's
# cache meanwhile), and ask for ``route`` and ``service``, which an image may lack.
NAT_COMMANDS = (
    "set -e",
    # dnf does not always fit into half a gigabyte.
    "dd if=/dev/zero of=/swap bs=1M count=512 && chmod 600 /swap && mkswap /swap && swapon /swap",
    "until dnf install -y iptables-services aws-cfn-bootstrap; do sleep 5; done",
    "echo net.ipv4.ip_forward=1 > /etc/sysctl.d/90-nat.conf && sysctl -p /etc/sysctl.d/90-nat.conf",
    "systemctl enable --now iptables",
    "iptables -F FORWARD",
    "iptables -t nat -A POSTROUTING -o \"$(ip route show default | awk '{print $5; exit}')\" -j MASQUERADE",
    "iptables-save > /etc/sysconfig/iptables",
)


class Network(Construct):
    """``functions``: the security group of what runs in the private subnets."""

    def __init__(self, scope: Construct, id_: str, *, profile: Profile) -> None:
        super().__init__(scope, id_)
        commands = ec2.UserData.for_linux()
        instance = _nat_instance(commands) if profile.nat == "instance" else None
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
            self._guard(instance, commands)
        if profile.flow_logs:
            group = log_group(self, "FlowLogs", profile=profile)
            self.vpc.add_flow_log("FlowLog", destination=ec2.FlowLogDestination.to_cloud_watch_logs(group))
        else:
            acknowledge(self.vpc, {"VPC7": "hobby: flow logs cost more than the rest of the network tells an owner"})

    def _guard(self, nat: ec2.NatInstanceProviderV2, commands: ec2.UserData) -> None:
        nat.connections.allow_from(self.functions, ec2.Port.all_tcp(), "from the functions")
        for instance in nat.gateway_instances:
            # What it installs comes through the internet gateway.
            instance.node.add_dependency(*(net.internet_connectivity_established for net in self.vpc.public_subnets))
            # The route moves to it (and migrations begin) when it forwards, not when it boots: a deploy replaces it
            # whenever there is a newer image.
            commands.add_signal_on_exit_command(instance)
            instance.instance.cfn_options.creation_policy = CfnCreationPolicy(
                resource_signal=CfnResourceSignal(count=1, timeout="PT10M")
            )
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


def _nat_instance(commands: ec2.UserData) -> ec2.NatInstanceProviderV2:
    """$7 a month with its address instead of $37 with a gateway's: enough for one household (docs/adr/0010)."""
    commands.add_commands(*NAT_COMMANDS)
    return ec2.NatProvider.instance_v2(
        instance_type=ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.NANO),
        default_allowed_traffic=ec2.NatTrafficDirection.OUTBOUND_ONLY,
        machine_image=ec2.MachineImage.latest_amazon_linux2023(cpu_type=ec2.AmazonLinuxCpuType.ARM_64),
        user_data=commands,
    )
