"""The whole of Companion Hub as one stack: the constructs, and what each function may know and do.

Settings that an owner chooses are parameters of the template; keys go into Secrets Manager, never in here.  In the
``local`` profile devtools fills the parameters and secrets and plays the network, the database and CloudFront.
"""
# jsii generates protocols whose parameter names differ from the classes that implement them.
# pyright: reportArgumentType=false, reportAssignmentType=false, reportReturnType=false

from collections.abc import Mapping

from aws_cdk import Aws, CfnOutput, CfnParameter, Duration, Stack, Tags, triggers
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.acknowledged import acknowledge
from infra.api import HttpApi, WebSocketApi
from infra.database import Database
from infra.functions import MAKE_MEDIA_KEY, SPECS, Functions
from infra.monitoring import Monitoring
from infra.network import Network
from infra.profile import Profile
from infra.rollout import Rollout
from infra.secrets import Secrets
from infra.storage import Storage
from infra.turns import Turns
from infra.website import Website, media_key_name

HTTP = ("AuthApi", "ChatApi", "ImageApi")
STEPS = ("AnalyzeContext", "GenerateReply", "ReanalyzeContext", "UpdateState", "GenerateImage", "FailTurn", "TurnEnded")
SOCKETS = (*HTTP, "Stream", *STEPS)
LANGUAGE_MODEL = ("ChatApi", "AnalyzeContext", "GenerateReply", "ReanalyzeContext")
EMBEDDINGS = ("AnalyzeContext", "ReanalyzeContext")
IMAGE_MODEL = ("ChatApi", "ImageApi", "GenerateImage")
# What each does with files: tests/e2e/test_rights.py watches that it does all of it, and nothing else.
MEDIA: Mapping[str, tuple[str, ...]] = {
    "AuthApi": ("DeleteObject", "PutObject", "ListBucket"),  # large exports; everything of an account that is deleted
    "ChatApi": ("DeleteObject", "ListBucket"),  # pictures of what is deleted; readiness asks for a listing of nothing
    "ImageApi": ("DeleteObject", "GetObject", "PutObject"),  # uploads; a card that is exported has its picture inside
    "GenerateImage": ("DeleteObject", "PutObject"),
}
MEDIA_KEYS = "media/*"
_S3_VERBS = ("GetObject", "GetBucket", "List", "DeleteObject", "Abort")


class CompanionHub(Stack):
    def __init__(self, scope: Construct, id_: str, *, profile: Profile) -> None:
        super().__init__(scope, id_, description="Companion Hub", termination_protection=profile.deletion_protection)
        # CloudFormation refuses tags on a proxy's target group.
        Tags.of(self).add("project", "companion-hub", exclude_resource_types=["AWS::RDS::DBProxyTargetGroup"])
        self._profile = profile
        self._secrets = Secrets(self, "Secrets", profile=profile)
        storage = Storage(self, "Storage", profile=profile)
        network = Network(self, "Network", profile=profile) if profile.on_aws else None
        made = Functions(
            self,
            "Functions",
            profile=profile,
            vpc=network.vpc if network else None,
            security_group=network.functions if network else None,
        )
        self._functions = made.by_name
        serving: Mapping[str, lambda_.IFunction] = self._functions
        if profile.gradual:
            serving = Rollout(self, "Rollout", functions=made.by_name).serving
        http = HttpApi(self, "HttpApi", profile=profile, functions=serving)
        websocket = WebSocketApi(self, "WebSocketApi", profile=profile, function=serving["Stream"])
        turns = Turns(self, "Turns", functions=self._functions, serving=serving, profile=profile)
        self._media(storage)
        self._sockets(websocket)
        self._models()
        if network:
            self._on_aws(network, made, serving, storage, http, websocket, turns)
        else:
            self._locally()
        self._outputs(http, websocket, storage, turns)

    def _on_aws(
        self,
        network: Network,
        made: Functions,
        serving: Mapping[str, lambda_.IFunction],
        storage: Storage,
        http: HttpApi,
        websocket: WebSocketApi,
        turns: Turns,
    ) -> None:
        """What devtools plays locally: the database, CloudFront, the migration's trigger, the watch."""
        database = Database(self, "Database", profile=self._profile, vpc=network.vpc, clients=network.functions)
        self._use_database(database.secret)
        for name in SPECS:
            # Migrations go to the cluster itself: a new proxy takes minutes until it knows where that is.
            if database.host is not None and name != "Migrate":
                self._give(name, "DATABASE_HOST", database.host)
            self._give(name, "DATABASE_SSLMODE", "verify-full")
        website = Website(
            self,
            "Website",
            profile=self._profile,
            website=storage.website,
            media=storage.media,
            http_api_id=http.api.api_id,
            websocket_api_id=websocket.api.api_id,
            origin_secret=self._secrets.origin,
            media_key_function=self._media_key_function(made),
        )
        # A new page calls new functions; and where one of those fails, nobody has seen it.
        website.page.node.add_dependency(*serving.values())
        self._who_asks(f"https://{website.host}", website.key_pair_id, rate_limit_scale="1")
        triggers.Trigger(
            self,
            "MigrateOnDeploy",
            handler=self._functions["Migrate"],
            timeout=Duration.minutes(5),
            # The writer, and the way out through which the function asks for the secret, must be there first.
            execute_after=[network, database],
            # A migration that fails must find the previous version serving, and a new one must find its schema.
            execute_before=[self._functions[name] for name in SPECS if name != "Migrate"],
        )
        Monitoring(
            self,
            "Monitoring",
            profile=self._profile,
            functions=self._functions,
            machine=turns.machine,
            unhandled=turns.unhandled,
            cluster=database.cluster,
            http=http.api,
            websocket=websocket.api,
        )
        CfnOutput(self, "PublicUrl", value=f"https://{website.host}")
        CfnOutput(self, "DistributionId", value=website.distribution.distribution_id)
        # Where a domain of the owner's has to point to (CNAME or ALIAS).
        CfnOutput(self, "DistributionDomain", value=website.distribution.distribution_domain_name)
        self._acknowledge_helpers(storage.website)

    def _locally(self) -> None:
        """devtools writes into the secret where its PostgreSQL is, and says under which origins it answers."""
        secret = secretsmanager.Secret(self, "DatabaseSecret", description="Companion Hub: database")
        self._use_database(secret)
        CfnOutput(self, "DatabaseSecretArn", value=secret.secret_arn)
        origins = CfnParameter(self, "PublicOrigins", description="Origins a browser may call from, comma separated")
        scale = CfnParameter(self, "RateLimitScale", default="1", description="Multiplies every limit")
        self._who_asks(origins.value_as_string, "LOCALMEDIAKEY", rate_limit_scale=scale.value_as_string)

    def _use_database(self, secret: secretsmanager.ISecret) -> None:
        for name in SPECS:
            self._give(name, "DATABASE_SECRET_ARN", secret.secret_arn)
            _let_read(self._functions[name], secret)

    def _media(self, storage: Storage) -> None:
        for name, verbs in MEDIA.items():
            function = self._functions[name]
            self._give(name, "MEDIA_BUCKET", storage.media.bucket_name)
            # Not grant_read and its like: those bring GetBucket*, List* and retention, which nobody here needs.
            function.add_to_role_policy(
                iam.PolicyStatement(
                    actions=[f"s3:{verb}" for verb in verbs if verb != "ListBucket"],
                    resources=[storage.media.arn_for_objects(MEDIA_KEYS)],
                )
            )
            if "ListBucket" in verbs:
                function.add_to_role_policy(
                    iam.PolicyStatement(actions=["s3:ListBucket"], resources=[storage.media.bucket_arn])
                )
            bucket = self.get_logical_id(storage.media.node.default_child)
            acknowledge(
                function.role,
                {f"IAM5[Resource::<{bucket}.Arn>/{MEDIA_KEYS}]": "every user's pictures: the keys are made per turn"},
            )

    def _who_asks(self, origins: str, key_pair_id: str, *, rate_limit_scale: str) -> None:
        """What the HTTP functions and the socket function need to tell who asks."""
        secrets = self._secrets
        for name in (*HTTP, "Stream"):
            self._give(name, "PUBLIC_ORIGINS", origins)
            self._give(name, "ORIGIN_SECRET_ARN", secrets.origin.secret_arn)
            self._give(name, "SESSION_SECRET_ARN", secrets.session.secret_arn)
            self._give(name, "RATE_LIMIT_SCALE", rate_limit_scale)
            _let_read(self._functions[name], secrets.origin)
            _let_read(self._functions[name], secrets.session)
        self._give("GenerateImage", "RATE_LIMIT_SCALE", rate_limit_scale)
        self._give("AuthApi", "MEDIA_KEY_SECRET_ARN", secrets.media_key.secret_arn)
        self._give("AuthApi", "MEDIA_KEY_PAIR_ID", key_pair_id)
        self._give("AuthApi", "MEDIA_KEY_NAME", media_key_name(self._profile.media_key_round))
        _let_read(self._functions["AuthApi"], secrets.media_key)

    def _sockets(self, websocket: WebSocketApi) -> None:
        url = f"https://{websocket.api.api_id}.execute-api.{Aws.REGION}.{Aws.URL_SUFFIX}/ws"
        if not self._profile.on_aws:
            url = CfnParameter(self, "WebSocketCallbackUrl", description="Where frames are posted to").value_as_string
        for name in SOCKETS:
            self._give(name, "WEBSOCKET_CALLBACK_URL", url)
            if name == "ImageApi":  # it starts turns, whose steps tell the sockets; itself it tells them nothing
                continue
            websocket.api.grant_manage_connections(self._functions[name])
            api = self.get_logical_id(websocket.api.node.default_child)
            stage = f"arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<{api}>/*/*/@connections/*"
            acknowledge(
                self._functions[name].role,
                {f"IAM5[Resource::{stage}]": "which sockets there are changes by the second"},
            )

    def _models(self) -> None:
        base_url = CfnParameter(self, "LlmBaseUrl", default="https://api.novita.ai/v3/openai")
        model = CfnParameter(self, "LlmModel", default="sao10k/l31-70b-euryale-v2.2")
        images = CfnParameter(self, "SdApiUrl", default="https://example.invalid")
        for name in LANGUAGE_MODEL:
            self._give(name, "LLM_BASE_URL", base_url.value_as_string)
            self._give(name, "LLM_MODEL", model.value_as_string)
        # Without a model memories are found by their words alone; without an address it is the language model's.
        embeddings_url = CfnParameter(self, "EmbeddingsBaseUrl", default="")
        embeddings = CfnParameter(self, "EmbeddingsModel", default="")
        for name in EMBEDDINGS:
            self._give(name, "EMBEDDINGS_BASE_URL", embeddings_url.value_as_string)
            self._give(name, "EMBEDDINGS_MODEL", embeddings.value_as_string)
        for name in IMAGE_MODEL:
            self._give(name, "SD_API_URL", images.value_as_string)
        for name in {*LANGUAGE_MODEL, *IMAGE_MODEL}:
            self._give(name, "PROVIDER_SECRET_ARN", self._secrets.provider.secret_arn)
            _let_read(self._functions[name], self._secrets.provider)

    def _media_key_function(self, functions: Functions) -> lambda_.Function:
        """Makes a key pair of the signed cookies once for each round; the private key never leaves AWS."""
        function = functions.add("MakeMediaKey", MAKE_MEDIA_KEY)
        function.add_environment("MEDIA_KEY_SECRET_ARN", self._secrets.media_key.secret_arn)
        _let_read(function, self._secrets.media_key)
        function.add_to_role_policy(
            iam.PolicyStatement(
                actions=["secretsmanager:PutSecretValue"], resources=[self._secrets.media_key.secret_arn]
            )
        )
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

    def _acknowledge_helpers(self, website: s3.Bucket) -> None:
        """The function that the CDK itself brings to upload the page, which runs while deploying only."""
        why = "the CDK's own function, which runs while deploying only; its rights are the CDK's choice"
        assets = "arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*"
        resources = ("*", assets, f"<{self.get_logical_id(website.node.default_child)}.Arn>/*")
        basic = "arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
        rules = [f"IAM5[Resource::{resource}]" for resource in resources]
        rules += [f"IAM5[Action::s3:{verb}*]" for verb in _S3_VERBS]
        for child in self.node.children:
            if child.node.id.startswith("Custom::CDKBucketDeployment"):
                acknowledge(child, dict.fromkeys((*rules, f"IAM4[Policy::{basic}]", "L1"), why))


def _let_read(function: lambda_.Function, secret: secretsmanager.ISecret) -> None:
    """Let a function read a secret's value.  Not grant_read, which also lets it ask who rotated it when."""
    function.add_to_role_policy(
        iam.PolicyStatement(actions=["secretsmanager:GetSecretValue"], resources=[secret.secret_arn])
    )
