"""CloudFront in front of everything: one origin for the browser, so cookies are first-party and there is no CORS."""

from pathlib import Path

from aws_cdk import Aws, CustomResource, Duration
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_s3_deployment as s3_deployment
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_wafv2 as wafv2
from constructs import Construct

from infra import edge_rules
from infra.bundle import BUILD
from infra.profile import Profile

DIST = Path(__file__).parent.parent / "frontend" / "dist"


class Website(Construct):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        profile: Profile,
        website: s3.Bucket,
        media: s3.Bucket,
        http_api_id: str,
        websocket_api_id: str,
        origin_secret: secretsmanager.ISecret,
        media_key_function: lambda_.IFunction,
    ) -> None:
        super().__init__(scope, id_)
        headers = self._headers()
        key = CustomResource(self, "MediaKeyPair", service_token=media_key_function.function_arn)
        public_key = cloudfront.PublicKey(self, "MediaPublicKey", encoded_key=key.get_att_string("PublicKey"))
        key_group = cloudfront.KeyGroup(self, "MediaKeys", items=[public_key])
        self.key_pair_id = public_key.public_key_id
        secret_header = {"x-origin-secret": origin_secret.secret_value.unsafe_unwrap()}
        api_host = f"{http_api_id}.execute-api.{Aws.REGION}.{Aws.URL_SUFFIX}"
        socket_host = f"{websocket_api_id}.execute-api.{Aws.REGION}.{Aws.URL_SUFFIX}"
        spa = cloudfront.Function(
            self,
            "Spa",
            code=cloudfront.FunctionCode.from_inline(edge_rules.SPA_FUNCTION),
            runtime=cloudfront.FunctionRuntime.JS_2_0,
        )
        viewer = cloudfront.OriginRequestPolicy(
            self,
            "ViewerAddress",
            cookie_behavior=cloudfront.OriginRequestCookieBehavior.all(),
            query_string_behavior=cloudfront.OriginRequestQueryStringBehavior.all(),
            header_behavior=cloudfront.OriginRequestHeaderBehavior.allow_list(
                "CloudFront-Viewer-Address", "Origin", "X-Requested-With", "User-Agent", "Content-Type",
                "Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions",
            ),
        )  # fmt: skip
        dynamic = cloudfront.BehaviorOptions(
            origin=origins.HttpOrigin(
                api_host,
                custom_headers=secret_header,
                protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
                read_timeout=Duration.seconds(30),
            ),
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
            origin_request_policy=viewer,
            response_headers_policy=headers,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
        )
        socket = cloudfront.BehaviorOptions(
            origin=origins.HttpOrigin(
                socket_host,
                custom_headers=secret_header,
                protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
            ),
            allowed_methods=cloudfront.AllowedMethods.ALLOW_GET_HEAD,
            cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
            origin_request_policy=viewer,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
        )
        pictures = cloudfront.BehaviorOptions(
            origin=origins.S3BucketOrigin.with_origin_access_control(media),
            cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
            response_headers_policy=headers,
            trusted_key_groups=[key_group],
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
        )
        self.distribution = cloudfront.Distribution(
            self,
            "Distribution",
            default_root_object="index.html",
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
            web_acl_id=self._firewall() if profile.waf else None,
            default_behavior=cloudfront.BehaviorOptions(
                origin=origins.S3BucketOrigin.with_origin_access_control(website),
                cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
                response_headers_policy=headers,
                compress=True,
                viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
                function_associations=[
                    cloudfront.FunctionAssociation(function=spa, event_type=cloudfront.FunctionEventType.VIEWER_REQUEST)
                ],
            ),
            additional_behaviors={
                route.pattern: {"http_api": dynamic, "websocket_api": socket, "media_bucket": pictures}[route.target]
                for route in edge_rules.ROUTES
            },
        )
        s3_deployment.BucketDeployment(
            self,
            "Files",
            sources=[s3_deployment.Source.asset(str(_built_page()))],
            destination_bucket=website,
            distribution=self.distribution,
        )

    def _headers(self) -> cloudfront.ResponseHeadersPolicy:
        policy = edge_rules.SECURITY_HEADERS
        extra = ("Permissions-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy")
        return cloudfront.ResponseHeadersPolicy(
            self,
            "SecurityHeaders",
            security_headers_behavior=cloudfront.ResponseSecurityHeadersBehavior(
                content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
                    content_security_policy=edge_rules.CONTENT_SECURITY_POLICY, override=True
                ),
                content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
                frame_options=cloudfront.ResponseHeadersFrameOptions(
                    frame_option=cloudfront.HeadersFrameOption.DENY, override=True
                ),
                referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
                    referrer_policy=cloudfront.HeadersReferrerPolicy.SAME_ORIGIN, override=True
                ),
                strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
                    access_control_max_age=Duration.seconds(edge_rules.HSTS_SECONDS),
                    include_subdomains=True,
                    override=True,
                ),
            ),
            custom_headers_behavior=cloudfront.ResponseCustomHeadersBehavior(
                custom_headers=[
                    cloudfront.ResponseCustomHeader(header=name, value=policy[name], override=True) for name in extra
                ]
            ),
        )

    def _firewall(self) -> str:
        visibility = wafv2.CfnWebACL.VisibilityConfigProperty(
            cloud_watch_metrics_enabled=True, metric_name="companion-hub", sampled_requests_enabled=False
        )
        managed = ("AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet")
        rules = [
            wafv2.CfnWebACL.RuleProperty(
                name=name,
                priority=index,
                override_action=wafv2.CfnWebACL.OverrideActionProperty(none={}),
                statement=wafv2.CfnWebACL.StatementProperty(
                    managed_rule_group_statement=wafv2.CfnWebACL.ManagedRuleGroupStatementProperty(
                        vendor_name="AWS", name=name
                    )
                ),
                visibility_config=visibility,
            )
            for index, name in enumerate(managed)
        ]
        rate = wafv2.CfnWebACL.RuleProperty(
            name="rate",
            priority=len(managed),
            action=wafv2.CfnWebACL.RuleActionProperty(block={}),
            # Per five minutes and address: a page loads some 30 files, a chat sends 30 messages a minute at most.
            statement=wafv2.CfnWebACL.StatementProperty(
                rate_based_statement=wafv2.CfnWebACL.RateBasedStatementProperty(limit=2000, aggregate_key_type="IP")
            ),
            visibility_config=visibility,
        )
        return wafv2.CfnWebACL(
            self,
            "Firewall",
            scope="CLOUDFRONT",
            default_action=wafv2.CfnWebACL.DefaultActionProperty(allow={}),
            rules=[*rules, rate],
            visibility_config=visibility,
        ).attr_arn


def _built_page() -> Path:
    """Return the built web app; ``./hub deploy`` builds it first, a mere synthesis may do without."""
    if DIST.exists():
        return DIST
    BUILD.mkdir(parents=True, exist_ok=True)
    empty = BUILD / "website"
    empty.mkdir(exist_ok=True)
    (empty / "index.html").write_text(
        "<!doctype html><title>Companion Hub</title>The web app has not been built yet.\n"
    )
    return empty
