"""The HTTP API and the WebSocket API: which route goes to which function."""
# jsii generates protocols whose parameter names differ from the classes that implement them.
# pyright: reportArgumentType=false, reportReturnType=false

import json
from collections.abc import Mapping

import jsii
from aws_cdk import aws_apigateway as rest
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration, WebSocketLambdaIntegration
from constructs import Construct

from infra.acknowledged import acknowledge
from infra.edge_rules import API_ROUTES as ROUTES
from infra.logs import log_group
from infra.profile import Profile

# Routes, not paths or addresses: what was asked and how long it took, but not who asked for what.
_LOGGED = {
    "requestId": "$context.requestId",
    "routeKey": "$context.routeKey",
    "method": "$context.httpMethod",
    "status": "$context.status",
    "latency_ms": "$context.responseLatency",
    "integration_latency_ms": "$context.integrationLatency",
    "integration_error": "$context.integrationErrorMessage",
}


@jsii.implements(apigateway.IAccessLogSettings)
class _AccessLog:
    def __init__(self, group: logs.ILogGroup) -> None:
        self._group = group

    @property
    def destination(self) -> apigateway.IAccessLogDestination:
        return apigateway.LogGroupLogDestination(self._group)

    @property
    def format(self) -> rest.AccessLogFormat:
        return rest.AccessLogFormat.custom(json.dumps(_LOGGED))


def _throttle(profile: Profile) -> apigateway.ThrottleSettings:
    return apigateway.ThrottleSettings(rate_limit=profile.requests_per_s, burst_limit=2 * profile.requests_per_s)


class HttpApi(Construct):
    def __init__(
        self, scope: Construct, id_: str, *, profile: Profile, functions: Mapping[str, lambda_.IFunction]
    ) -> None:
        super().__init__(scope, id_)
        self.api = apigateway.HttpApi(self, "Api", api_name="companion-hub", create_default_stage=False)
        self.stage = apigateway.HttpStage(
            self,
            "Stage",
            http_api=self.api,
            auto_deploy=True,
            throttle=_throttle(profile),
            access_log_settings=_AccessLog(log_group(self, "Log", profile=profile)) if profile.on_aws else None,
        )
        integrations = {
            name: HttpLambdaIntegration(f"{name}Integration", functions[name]) for name in {name for _, name in ROUTES}
        }
        for path, name in ROUTES:
            self.api.add_routes(path=path, methods=[apigateway.HttpMethod.ANY], integration=integrations[name])
        acknowledge(
            self,
            {"APIG4": "the functions authorize: a session row is looked at on every request (DESIGN.md section 7)"},
        )


class WebSocketApi(Construct):
    """The stage is called ``ws``, so that the distribution's ``/ws`` needs no rewriting."""

    def __init__(self, scope: Construct, id_: str, *, profile: Profile, function: lambda_.IFunction) -> None:
        super().__init__(scope, id_)

        def options(name: str) -> apigateway.WebSocketRouteOptions:
            return apigateway.WebSocketRouteOptions(
                integration=WebSocketLambdaIntegration(f"{name}Integration", function)
            )

        self.api = apigateway.WebSocketApi(
            self,
            "Api",
            api_name="companion-hub-ws",
            connect_route_options=options("Connect"),
            disconnect_route_options=options("Disconnect"),
            default_route_options=options("Default"),
        )
        self.stage = apigateway.WebSocketStage(
            self, "Stage", web_socket_api=self.api, stage_name="ws", auto_deploy=True, throttle=_throttle(profile)
        )
        acknowledge(
            self,
            {
                "APIG4": "$connect looks at cookie, origin and the origin secret and refuses before 101; the other "
                "routes come only from sockets that it let in",
                "APIG1": "logs of a WebSocket stage need a role set for the whole account, which a stack of ours does "
                "not touch; the function logs each attempt to connect",
            },
        )
