"""The whole of Companion Hub as one stack: the constructs, and what each function may know and do.

Settings that an owner chooses are parameters of the template; keys go into Secrets Manager, never in here.  In the
``local`` profile devtools fills the parameters and secrets and plays the network, the database and CloudFront.
"""
# jsii generates protocols whose parameter names differ from the classes that implement them.
# pyright: reportArgumentType=false, reportReturnType=false

from aws_cdk import Aws, CfnOutput, CfnParameter, Duration, Stack, Tags, triggers
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.api import HttpApi, WebSocketApi
from infra.bundle import dependency_layer, function_bundle
from infra.database import Database
from infra.functions import SPECS, Functions
from infra.monitoring import Monitoring
from infra.network import Network
from infra.profile import Profile
from infra.secrets import Secrets
from infra.storage import Storage
from infra.turns import Turns
from infra.website import Website

HTTP = ("AuthApi", "ChatApi", "ImageApi")
STEPS = ("AnalyzeContext", "GenerateReply", "ReanalyzeContext", "UpdateState", "GenerateImage", "FailTurn", "TurnEnded")
SOCKETS = (*HTTP, "Stream", *STEPS)
LANGUAGE_MODEL = ("ChatApi", "GenerateReply", "ReanalyzeContext")
IMAGE_MODEL = ("ChatApi", "ImageApi", "GenerateImage")
MEDIA_WRITERS = ("AuthApi", "ChatApi", "ImageApi", "GenerateImage")


class CompanionHub(Stack):
    def __init__(self, scope: Construct, id_: str, *, profile: Profile) -> None:
        super().__init__(scope, id_, description="Companion Hub", termination_protection=profile.deletion_protection)
        Tags.of(self).add("project", "companion-hub")
        self._profile = profile
        self._secrets = Secrets(self, "Secrets")
        storage = Storage(self, "Storage", profile=profile)
        network = Network(self, "Network", profile=profile) if profile.on_aws else None
        self._functions = Functions(
            self,
            "Functions",
            profile=profile,
            vpc=network.vpc if network else None,
            security_group=network.function_security_group if network else None,
        ).by_name
        database_secret = self._database(network)
        http = HttpApi(self, "HttpApi", functions=self._functions)
        websocket = WebSocketApi(self, "WebSocketApi", function=self._functions["Stream"])
        turns = Turns(self, "Turns", functions=self._functions, profile=profile)
        for name in SPECS:
            self._give(name, "DATABASE_SECRET_ARN", database_secret.secret_arn)
            database_secret.grant_read(self._functions[name])
        for name in MEDIA_WRITERS:
            self._give(name, "MEDIA_BUCKET", storage.media.bucket_name)
            storage.media.grant_read_write(self._functions[name])
            storage.media.grant_delete(self._functions[name])
        self._sockets(websocket)
        self._models()
        if profile.on_aws:
            website = Website(
                self,
                "Website",
                profile=profile,
                website=storage.website,
                media=storage.media,
                http_api_id=http.api.api_id,
                websocket_api_id=websocket.api.api_id,
                origin_secret=self._secrets.origin,
                media_key_function=self._media_key_function(),
            )
            self._who_asks(f"https://{website.distribution.distribution_domain_name}", website.key_pair_id)
            triggers.Trigger(
                self,
                "MigrateOnDeploy",
                handler=self._functions["Migrate"],
                timeout=Duration.minutes(5),
                execute_after=[network] if network else None,
            )
            Monitoring(self, "Monitoring", functions=self._functions, machine=turns.machine)
            CfnOutput(self, "PublicUrl", value=f"https://{website.distribution.distribution_domain_name}")
        else:
            origins = CfnParameter(
                self, "PublicOrigins", description="Origins a browser may call from, comma separated"
            )
            self._who_asks(origins.value_as_string, "LOCALMEDIAKEY")
        self._outputs(http, websocket, storage, turns)

    def _database(self, network: Network | None) -> secretsmanager.ISecret:
        if network is None:  # devtools writes where its PostgreSQL is
            return secretsmanager.Secret(self, "DatabaseSecret", description="Companion Hub: database")
        database = Database(
            self,
            "Database",
            profile=self._profile,
            vpc=network.vpc,
            clients=network.function_security_group,
        )
        if database.host is not None:
            for name in SPECS:
                self._give(name, "DATABASE_HOST", database.host)
        for name in SPECS:
            self._give(name, "DATABASE_SSLMODE", "verify-full")
        return database.secret

    def _who_asks(self, origins: str, key_pair_id: str) -> None:
        """What the HTTP functions and the socket function need to tell who asks."""
        secrets = self._secrets
        scale = CfnParameter(self, "RateLimitScale", default="1", description="Multiplies every limit; 1 on AWS")
        for name in (*HTTP, "Stream"):
            self._give(name, "PUBLIC_ORIGINS", origins)
            self._give(name, "ORIGIN_SECRET_ARN", secrets.origin.secret_arn)
            self._give(name, "SESSION_SECRET_ARN", secrets.session.secret_arn)
            self._give(name, "RATE_LIMIT_SCALE", "1" if self._profile.on_aws else scale.value_as_string)
            secrets.origin.grant_read(self._functions[name])
            secrets.session.grant_read(self._functions[name])
        self._give("GenerateImage", "RATE_LIMIT_SCALE", "1" if self._profile.on_aws else scale.value_as_string)
        self._give("AuthApi", "MEDIA_KEY_SECRET_ARN", secrets.media_key.secret_arn)
        self._give("AuthApi", "MEDIA_KEY_PAIR_ID", key_pair_id)
        secrets.media_key.grant_read(self._functions["AuthApi"])

    def _sockets(self, websocket: WebSocketApi) -> None:
        url = f"https://{websocket.api.api_id}.execute-api.{Aws.REGION}.{Aws.URL_SUFFIX}/ws"
        if not self._profile.on_aws:
            url = CfnParameter(self, "WebSocketCallbackUrl", description="Where frames are posted to").value_as_string
        for name in SOCKETS:
            self._give(name, "WEBSOCKET_CALLBACK_URL", url)
            websocket.api.grant_manage_connections(self._functions[name])

    def _models(self) -> None:
        base_url = CfnParameter(self, "LlmBaseUrl", default="https://api.novita.ai/v3/openai")
        model = CfnParameter(self, "LlmModel", default="sao10k/l31-70b-euryale-v2.2")
        images = CfnParameter(self, "SdApiUrl", default="https://example.invalid")
        for name in LANGUAGE_MODEL:
            self._give(name, "LLM_BASE_URL", base_url.value_as_string)
            self._give(name, "LLM_MODEL", model.value_as_string)
        for name in IMAGE_MODEL:
            self._give(name, "SD_API_URL", images.value_as_string)
        for name in {*LANGUAGE_MODEL, *IMAGE_MODEL}:
            self._give(name, "PROVIDER_SECRET_ARN", self._secrets.provider.secret_arn)
            self._secrets.provider.grant_read(self._functions[name])

    def _media_key_function(self) -> lambda_.Function:
        """Makes the key pair of the signed cookies once, at the first deploy; the private key never leaves AWS."""
        function = lambda_.Function(
            self,
            "MakeMediaKey",
            runtime=lambda_.Runtime.PYTHON_3_13,
            architecture=lambda_.Architecture.ARM_64,
            handler="functions.auth.make_media_key.handler",
            code=lambda_.Code.from_asset(str(function_bundle("auth"))),
            layers=[
                lambda_.LayerVersion(self, "MediaKeyLayer", code=lambda_.Code.from_asset(str(dependency_layer("auth"))))
            ],
            timeout=Duration.seconds(60),
            memory_size=512,
            log_group=logs.LogGroup(self, "MakeMediaKeyLogs", retention=logs.RetentionDays.TWO_WEEKS),
            environment={"MEDIA_KEY_SECRET_ARN": self._secrets.media_key.secret_arn},
        )
        self._secrets.media_key.grant_read(function)
        self._secrets.media_key.grant_write(function)
        return function

    def _give(self, name: str, key: str, value: str) -> None:
        self._functions[name].add_environment(key, value)

    def _outputs(self, http: HttpApi, websocket: WebSocketApi, storage: Storage, turns: Turns) -> None:
        values = {
            "HttpApiId": http.api.api_id,
            "WebSocketApiId": websocket.api.api_id,
            "WebsiteBucket": storage.website.bucket_name,
            "MediaBucket": storage.media.bucket_name,
            "StateMachineArn": turns.machine.state_machine_arn,
            "MigrateFunction": self._functions["Migrate"].function_name,
            "SessionSecret": self._secrets.session.secret_arn,
            "OriginSecret": self._secrets.origin.secret_arn,
            "MediaKeySecret": self._secrets.media_key.secret_arn,
            "ProviderSecret": self._secrets.provider.secret_arn,
        }
        for name, value in values.items():
            CfnOutput(self, name, value=value)
        if not self._profile.on_aws:
            secret = self.node.find_child("DatabaseSecret")
            if isinstance(secret, secretsmanager.Secret):
                CfnOutput(self, "DatabaseSecretArn", value=secret.secret_arn)
