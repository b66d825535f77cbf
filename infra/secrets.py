"""Secrets: made at deploy, never in a template.  The provider's key is put in by ``./hub deploy``."""

import json

from aws_cdk import RemovalPolicy
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct


class Secrets(Construct):
    """``session``: the master secret that pepper and first signing key are derived from (companion_hub.bootstrap)."""

    def __init__(self, scope: Construct, id_: str) -> None:
        super().__init__(scope, id_)
        self.session = self._generated("Session", key="master")
        self.origin = secretsmanager.Secret(
            self,
            "Origin",
            description="Companion Hub: what CloudFront shows its origins",
            generate_secret_string=secretsmanager.SecretStringGenerator(password_length=48, exclude_punctuation=True),
            removal_policy=RemovalPolicy.DESTROY,
        )
        self.media_key = secretsmanager.Secret(
            self,
            "MediaKey",
            description="Companion Hub: private key of the signed media cookies",
            generate_secret_string=secretsmanager.SecretStringGenerator(
                secret_string_template=json.dumps({"private_key": ""}), generate_string_key="unused"
            ),
            removal_policy=RemovalPolicy.DESTROY,
        )
        self.provider = secretsmanager.Secret(
            self,
            "Provider",
            description="Companion Hub: keys of the language and image models",
            generate_secret_string=secretsmanager.SecretStringGenerator(
                secret_string_template=json.dumps({"NOVITA_KEY": "", "SD_API_AUTH": ""}), generate_string_key="unused"
            ),
            removal_policy=RemovalPolicy.DESTROY,
        )

    def _generated(self, name: str, *, key: str) -> secretsmanager.Secret:
        return secretsmanager.Secret(
            self,
            name,
            description=f"Companion Hub: {name.lower()}",
            generate_secret_string=secretsmanager.SecretStringGenerator(
                secret_string_template="{}", generate_string_key=key, password_length=64, exclude_punctuation=True
            ),
            removal_policy=RemovalPolicy.DESTROY,
        )
