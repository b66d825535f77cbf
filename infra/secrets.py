"""Secrets: made at deploy, never in a template.  The provider's key is put in by ``./hub deploy``."""

import json

from aws_cdk import RemovalPolicy
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.acknowledged import acknowledge
from infra.profile import Profile


class Secrets(Construct):
    """``session``: the master that pepper and first signing key are derived from (services/session_secret.py)."""

    def __init__(self, scope: Construct, id_: str, *, profile: Profile) -> None:
        super().__init__(scope, id_)
        # Kept when the stack goes: without its pepper no password of a restored database can be checked.
        self.session = self._secret(
            "Session", "what session keys and the passwords' pepper come from", keep=profile.on_aws, key="master"
        )
        self.origin = self._secret("Origin", "what CloudFront shows its origins")
        self.media_key = self._secret(
            "MediaKey", "private key of the signed media cookies", key="unused", known={"private_key": ""}
        )
        self.provider = self._secret(
            "Provider",
            "keys of the language, embeddings and image models",
            key="unused",
            # Not to be changed: CloudFormation would make the secret anew, and the stored keys would be gone.
            known={"NOVITA_KEY": "", "SD_API_AUTH": ""},
        )
        acknowledge(
            self,
            {
                "SMG4": "not passwords that a service could change by itself: the key ring, the origin's secret and the "
                "providers' keys are rotated by hand (docs/operations.md#keys)"
            },
        )

    def _secret(
        self, name: str, text: str, *, keep: bool = False, key: str | None = None, known: dict[str, str] | None = None
    ) -> secretsmanager.Secret:
        return secretsmanager.Secret(
            self,
            name,
            description=f"Companion Hub: {text}",
            generate_secret_string=secretsmanager.SecretStringGenerator(
                secret_string_template=json.dumps(known or {}) if key else None,
                generate_string_key=key,
                password_length=64,
                exclude_punctuation=True,
            ),
            removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE if keep else RemovalPolicy.DESTROY,
        )
