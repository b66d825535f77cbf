"""CloudFormation custom resource: makes a key pair of the signed media cookies, once for each name.

The private key goes into its secret; CloudFormation gets the public key only.  The secret keeps the newest key and the
one before, with which the functions still sign until they are deployed.  Deletions leave it alone.
"""

import json
from typing import Any
from urllib.request import Request, urlopen

import boto3
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

# What CloudFront takes (developer guide, "Create key pairs for your signers").
KEY_BITS = 2048
FIRST = "private_key"


def handler(event: dict[str, Any], _context: object) -> None:
    """Always answers CloudFormation: a deploy that hears nothing hangs for an hour."""
    try:
        data = (
            {}
            if event["RequestType"] == "Delete"
            else {"PublicKey": public_key(event.get("ResourceProperties", {}).get("Name", FIRST))}
        )
        _answer(event, "SUCCESS", data, "")
    except Exception as exc:
        _answer(event, "FAILED", {}, type(exc).__name__)
        raise


def public_key(name: str) -> str:
    """Return the public key as PEM; the pair is made when the secret holds none of this name yet."""
    import os  # the only function without a settings model: it needs one name

    arn = os.environ["MEDIA_KEY_SECRET_ARN"]
    client = boto3.client("secretsmanager")
    held: dict[str, str] = json.loads(client.get_secret_value(SecretId=arn)["SecretString"])
    # Of those that were made; at first the secret holds an empty one and a word that CloudFormation had to generate.
    kept = [item for item in held.items() if item[0].startswith(FIRST) and item[1]]
    if stored := dict(kept).get(name):
        key = serialization.load_pem_private_key(str(stored).encode(), password=None)
    else:
        key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        client.put_secret_value(SecretId=arn, SecretString=json.dumps(dict([*kept[-1:], (name, pem.decode())])))
    if not isinstance(key, RSAPrivateKey):
        raise TypeError("CloudFront signs with RSA")
    encoded = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return encoded.decode()


def _answer(event: dict[str, Any], status: str, data: dict[str, str], reason: str) -> None:
    body = {
        "Status": status,
        "Reason": reason,
        "PhysicalResourceId": event.get("PhysicalResourceId", "media-key"),
        "StackId": event["StackId"],
        "RequestId": event["RequestId"],
        "LogicalResourceId": event["LogicalResourceId"],
        "Data": data,
    }
    request = Request(event["ResponseURL"], data=json.dumps(body).encode(), method="PUT", headers={"Content-Type": ""})  # noqa: S310 - CloudFormation's own pre-signed https address
    urlopen(request, timeout=20).close()  # noqa: S310
