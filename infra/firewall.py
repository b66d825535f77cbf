"""The web application firewall in front of CloudFront: known bad addresses and inputs, and a rate for each address."""

from aws_cdk import aws_wafv2 as wafv2
from constructs import Construct

# Managed rules that would refuse what people do here: chat messages and searches are free text, and pictures and cards
# are large.
# The API bounds both itself (413, 422) and never renders or runs a body.
_COUNTED_ONLY = {
    "AWSManagedRulesCommonRuleSet": (
        "SizeRestrictions_BODY", "CrossSiteScripting_BODY", "GenericLFI_BODY", "GenericRFI_BODY",
        "EC2MetaDataSSRF_BODY", "CrossSiteScripting_QUERYARGUMENTS", "GenericLFI_QUERYARGUMENTS",
        "GenericRFI_QUERYARGUMENTS", "EC2MetaDataSSRF_QUERYARGUMENTS", "NoUserAgent_HEADER",
    ),
    "AWSManagedRulesKnownBadInputsRuleSet": (),
    "AWSManagedRulesAmazonIpReputationList": (),
}  # fmt: skip
# Per five minutes and address: a page loads some 30 files, a chat sends 30 messages a minute at most, and a gallery's
# pictures come on top.
_REQUESTS_PER_ADDRESS = 3000


class Firewall(Construct):
    def __init__(self, scope: Construct, id_: str) -> None:
        super().__init__(scope, id_)
        managed = [_managed(name, counted, index) for index, (name, counted) in enumerate(_COUNTED_ONLY.items())]
        rate = wafv2.CfnWebACL.RuleProperty(
            name="rate",
            priority=len(managed),
            action=wafv2.CfnWebACL.RuleActionProperty(block={}),
            statement=wafv2.CfnWebACL.StatementProperty(
                rate_based_statement=wafv2.CfnWebACL.RateBasedStatementProperty(
                    limit=_REQUESTS_PER_ADDRESS, aggregate_key_type="IP"
                )
            ),
            visibility_config=_visibility("rate"),
        )
        self.arn = wafv2.CfnWebACL(
            self,
            "Acl",
            scope="CLOUDFRONT",
            default_action=wafv2.CfnWebACL.DefaultActionProperty(allow={}),
            rules=[*managed, rate],
            visibility_config=_visibility("all"),
        ).attr_arn


def _managed(name: str, counted: tuple[str, ...], priority: int) -> wafv2.CfnWebACL.RuleProperty:
    return wafv2.CfnWebACL.RuleProperty(
        name=name,
        priority=priority,
        override_action=wafv2.CfnWebACL.OverrideActionProperty(none={}),
        statement=wafv2.CfnWebACL.StatementProperty(
            managed_rule_group_statement=wafv2.CfnWebACL.ManagedRuleGroupStatementProperty(
                vendor_name="AWS",
                name=name,
                rule_action_overrides=[
                    wafv2.CfnWebACL.RuleActionOverrideProperty(
                        name=rule, action_to_use=wafv2.CfnWebACL.RuleActionProperty(count={})
                    )
                    for rule in counted
                ]
                or None,
            )
        ),
        visibility_config=_visibility(name),
    )


def _visibility(name: str) -> wafv2.CfnWebACL.VisibilityConfigProperty:
    """Counts, but no sampled requests: those would hold people's addresses and cookies."""
    return wafv2.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=False
    )
