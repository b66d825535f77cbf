"""CloudFront in front of everything: one origin for the browser, so cookies are first-party and there is no CORS."""
# jsii generates protocols whose parameter names differ from the classes that implement them.
# pyright: reportArgumentType=false

from aws_cdk import Aws, CfnRule, CfnRuleAssertion, CustomResource, Duration, Fn
from aws_cdk import aws_certificatemanager as certificates
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_s3_deployment as s3_deployment
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra import bundle, edge_rules
from infra.acknowledged import acknowledge
from infra.edge_logs import EdgeLogs
from infra.firewall import Firewall
from infra.logs import log_group
from infra.profile import Profile


def media_key_name(number: int) -> str:
    """Return under which name the media key secret holds a round's private key."""
    return "private_key" if number == 1 else f"private_key_{number}"


def edge_name(what: str) -> str:
    """Return a name for a part of CloudFront's: they are the account's, whatever the region, and must not be taken yet."""
    return f"{Aws.STACK_NAME}-{Aws.REGION}-{what}"


HTTPS_ONLY = cloudfront.ViewerProtocolPolicy.HTTPS_ONLY


class Website(Construct):
    """``host``: where people find it.  ``key_pair_id``: of the key that signs the media cookies.

    ``page``: the upload of the page that browsers load first.
    """

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
        self._headers = self._security_headers()
        self._secret_header = {"x-origin-secret": origin_secret.secret_value.unsafe_unwrap()}
        self._viewer = self._viewer_policy()
        newest = profile.media_key_round
        # Cookies that the key before signed stay good for one more round: nobody's pictures break while it changes.
        public_keys = [self._public_key(media_key_function, n) for n in (newest, newest - 1) if n]
        self.key_pair_id = public_keys[0].public_key_id
        by_target = {
            "http_api": self._api(http_api_id),
            "websocket_api": self._sockets(websocket_api_id),
            "media_bucket": self._pictures(media, self._key_group(public_keys)),
        }
        certificate = (
            certificates.Certificate.from_certificate_arn(self, "Certificate", profile.certificate_arn)
            if profile.certificate_arn
            else None
        )
        self.distribution = cloudfront.Distribution(
            self,
            "Distribution",
            default_root_object="index.html",
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            domain_names=[profile.domain] if certificate else None,
            certificate=certificate,
            # CloudFront's own name has no choice of protocol.
            minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021 if certificate else None,
            web_acl_id=self._firewall() if profile.waf else None,
            default_behavior=self._page(website),
            additional_behaviors={route.pattern: by_target[route.target] for route in edge_rules.ROUTES},
        )
        self.host = profile.domain or self.distribution.distribution_domain_name
        self.page = self._upload(website, profile)
        if profile.edge_logs:
            EdgeLogs(self, "EdgeLogs", profile=profile, distribution=self.distribution)
        self._acknowledge(profile)

    def _public_key(self, function: lambda_.IFunction, number: int) -> cloudfront.PublicKey:
        """Each round has resources of its own: CloudFront lets nobody change a key that is there."""
        suffix = "" if number == 1 else str(number)
        key = CustomResource(
            self,
            f"MediaKeyPair{suffix}",
            service_token=function.function_arn,
            properties={"Name": media_key_name(number)} if suffix else None,
        )
        id_ = f"MediaPublicKey{suffix}"
        encoded = key.get_att_string("PublicKey")
        return cloudfront.PublicKey(self, id_, public_key_name=edge_name(id_), encoded_key=encoded)

    def _key_group(self, keys: list[cloudfront.PublicKey]) -> cloudfront.KeyGroup:
        return cloudfront.KeyGroup(self, "MediaKeys", key_group_name=edge_name("MediaKeys"), items=keys)

    def _bucket(self, bucket: s3.Bucket, id_: str) -> cloudfront.IOrigin:
        access = cloudfront.S3OriginAccessControl(self, id_, origin_access_control_name=edge_name(id_))
        return origins.S3BucketOrigin.with_origin_access_control(bucket, origin_access_control=access)

    def _origin(self, api_id: str) -> origins.HttpOrigin:
        return origins.HttpOrigin(
            f"{api_id}.execute-api.{Aws.REGION}.{Aws.URL_SUFFIX}",
            custom_headers=self._secret_header,
            protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
            read_timeout=Duration.seconds(30),  # the gateway itself ends at 30 s
        )

    def _api(self, api_id: str) -> cloudfront.BehaviorOptions:
        return cloudfront.BehaviorOptions(
            origin=self._origin(api_id),
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
            origin_request_policy=self._viewer,
            response_headers_policy=self._headers,
            viewer_protocol_policy=HTTPS_ONLY,
        )

    def _sockets(self, api_id: str) -> cloudfront.BehaviorOptions:
        return cloudfront.BehaviorOptions(
            origin=self._origin(api_id),
            allowed_methods=cloudfront.AllowedMethods.ALLOW_GET_HEAD,
            cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
            origin_request_policy=self._viewer,
            viewer_protocol_policy=HTTPS_ONLY,
        )

    def _pictures(self, media: s3.Bucket, keys: cloudfront.KeyGroup) -> cloudfront.BehaviorOptions:
        return cloudfront.BehaviorOptions(
            origin=self._bucket(media, "MediaAccess"),
            cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
            response_headers_policy=self._headers,
            trusted_key_groups=[keys],
            viewer_protocol_policy=HTTPS_ONLY,
            compress=False,  # pictures are compressed
        )

    def _page(self, website: s3.Bucket) -> cloudfront.BehaviorOptions:
        spa = cloudfront.Function(
            self,
            "Spa",
            function_name=edge_name("Spa"),
            code=cloudfront.FunctionCode.from_inline(edge_rules.SPA_FUNCTION),
            runtime=cloudfront.FunctionRuntime.JS_2_0,
        )
        return cloudfront.BehaviorOptions(
            origin=self._bucket(website, "PageAccess"),
            cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
            response_headers_policy=self._headers,
            compress=True,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
            function_associations=[
                cloudfront.FunctionAssociation(function=spa, event_type=cloudfront.FunctionEventType.VIEWER_REQUEST)
            ],
        )

    def _viewer_policy(self) -> cloudfront.OriginRequestPolicy:
        """What of the viewer's request the APIs get to see: ten headers are the most that CloudFront passes by name."""
        return cloudfront.OriginRequestPolicy(
            self,
            "ViewerAddress",
            origin_request_policy_name=edge_name("ViewerAddress"),
            cookie_behavior=cloudfront.OriginRequestCookieBehavior.all(),
            query_string_behavior=cloudfront.OriginRequestQueryStringBehavior.all(),
            header_behavior=cloudfront.OriginRequestHeaderBehavior.allow_list(
                "CloudFront-Viewer-Address", "Origin", "Referer", "X-Requested-With", "User-Agent", "Content-Type",
                "Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions",
            ),
        )  # fmt: skip

    def _upload(self, website: s3.Bucket, profile: Profile) -> s3_deployment.BucketDeployment:
        """Files named by their content first, the page that names them after: nobody gets a page without its files.

        Old files stay (no pruning), for pages that are open during a deploy.
        """
        built = bundle.website()
        source = s3_deployment.Source.asset(str(built), asset_hash=bundle.content_hash(built))
        logs = log_group(self, "UploadLogs", profile=profile)
        files = s3_deployment.BucketDeployment(
            self,
            "Files",
            sources=[source],
            destination_bucket=website,
            exclude=["*"],
            include=["assets/*"],
            prune=False,
            log_group=logs,
            cache_control=[s3_deployment.CacheControl.from_string("public, max-age=31536000, immutable")],
        )
        page = s3_deployment.BucketDeployment(
            self,
            "Page",
            sources=[source],
            destination_bucket=website,
            exclude=["assets/*"],
            prune=False,
            log_group=logs,
            cache_control=[s3_deployment.CacheControl.from_string("no-cache")],
            distribution=self.distribution,
            distribution_paths=["/index.html"],
        )
        page.node.add_dependency(files)
        return page

    def _security_headers(self) -> cloudfront.ResponseHeadersPolicy:
        policy = edge_rules.SECURITY_HEADERS
        extra = ("Permissions-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy")
        return cloudfront.ResponseHeadersPolicy(
            self,
            "SecurityHeaders",
            response_headers_policy_name=edge_name("SecurityHeaders"),
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
        CfnRule(
            self,
            "FirewallRegion",
            assertions=[
                CfnRuleAssertion(
                    assert_=Fn.condition_equals(Aws.REGION, "us-east-1"),
                    assert_description="A firewall for CloudFront can be made in us-east-1 only: deploy there, or "
                    "without it: -c waf=false",
                )
            ],
        )
        return Firewall(self, "Firewall").arn

    def _acknowledge(self, profile: Profile) -> None:
        reasons = {
            "CFR1": "the owner's own household or users: where they are is not ours to restrict",
            "CFR3": "the old kind of log holds addresses and query strings; production has the new kind without (EdgeLogs)",
        }
        if not profile.edge_logs:
            reasons["CFR3"] = (
                "hobby: the API logs its routes, and nothing else is asked of the edge that tells an owner more"
            )
        if not profile.certificate_arn:
            reasons["CFR4"] = "CloudFront's own name allows no choice; with a domain of the owner's it is TLS 1.2"
        if not profile.waf:
            reasons["CFR2"] = "a firewall costs more than all else in this profile; limits are exact in the database"
        acknowledge(self.distribution, reasons)
