"""The HTTP API and the WebSocket API: which route goes to which function."""
# jsii generates protocols whose parameter names differ from the classes that implement them.
# pyright: reportArgumentType=false, reportReturnType=false

from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_lambda as lambda_
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration, WebSocketLambdaIntegration
from constructs import Construct

# The longest match wins; everything under /api that is not named goes to the chat function.
ROUTES: tuple[tuple[str, str], ...] = (
    ("/api/auth/{proxy+}", "AuthApi"),
    ("/api/me", "AuthApi"),
    ("/api/me/{proxy+}", "AuthApi"),
    ("/api/companions/import", "ImageApi"),
    ("/api/companions/{id}/picture", "ImageApi"),
    ("/api/companions/{id}/images", "ImageApi"),
    ("/api/companions/{id}/card", "ImageApi"),
    ("/api/images", "ImageApi"),
    ("/api/images/{proxy+}", "ImageApi"),
    ("/api/{proxy+}", "ChatApi"),
)


class HttpApi(Construct):
    def __init__(self, scope: Construct, id_: str, *, functions: dict[str, lambda_.Function]) -> None:
        super().__init__(scope, id_)
        self.api = apigateway.HttpApi(self, "Api", api_name="companion-hub")
        integrations = {
            name: HttpLambdaIntegration(f"{name}Integration", functions[name]) for name in {name for _, name in ROUTES}
        }
        for path, name in ROUTES:
            self.api.add_routes(path=path, methods=[apigateway.HttpMethod.ANY], integration=integrations[name])


class WebSocketApi(Construct):
    """The stage is called ``ws``, so that the distribution's ``/ws`` needs no rewriting."""

    def __init__(self, scope: Construct, id_: str, *, function: lambda_.Function) -> None:
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
            self, "Stage", web_socket_api=self.api, stage_name="ws", auto_deploy=True
        )
