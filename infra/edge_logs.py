"""CloudFront's access log without addresses, cookies and query strings: searches, tickets and people are in those."""

from aws_cdk import Aws, CfnCondition, CfnResource, Fn
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.logs import log_group
from infra.profile import Profile

# Of the fields that CloudFront's standard logging (v2) offers; none says who asked, or with which words.
FIELDS = (
    "date", "time", "x-edge-location", "cs-method", "cs-uri-stem", "sc-status", "sc-bytes", "time-taken",
    "time-to-first-byte", "x-edge-result-type", "x-edge-detailed-result-type", "cs-protocol-version", "ssl-protocol",
)  # fmt: skip


class EdgeLogs(Construct):
    def __init__(self, scope: Construct, id_: str, *, profile: Profile, distribution: cloudfront.Distribution) -> None:
        super().__init__(scope, id_)
        # CloudFront hands its logs over in this region only; elsewhere the stack is deployed without them.
        there = CfnCondition(self, "InVirginia", expression=Fn.condition_equals(Aws.REGION, "us-east-1"))
        group = log_group(self, "Requests", profile=profile)
        source = logs.CfnDeliverySource(
            self,
            "Source",
            name=f"{Aws.STACK_NAME}-edge",
            log_type="ACCESS_LOGS",
            resource_arn=distribution.distribution_arn,
        )
        destination = logs.CfnDeliveryDestination(
            self,
            "Destination",
            name=f"{Aws.STACK_NAME}-edge",
            destination_resource_arn=group.log_group_arn,
            output_format="json",
        )
        delivery = logs.CfnDelivery(
            self,
            "Delivery",
            delivery_source_name=source.name,
            delivery_destination_arn=destination.attr_arn,
            record_fields=list(FIELDS),
        )
        delivery.add_resource_dependency(source)
        for made in (group.node.default_child, source, destination, delivery):
            if isinstance(made, CfnResource):
                made.cfn_options.condition = there
