"""The media bucket: pictures and exports, private, read by browsers through CloudFront only."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from companion_hub.errors import ServiceUnavailableError, StorageUnavailableError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_CONFIG = Config(connect_timeout=2, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 3})
# S3 deletes at most this many objects per call.
MAX_KEYS_PER_DELETE = 1_000


class ObjectStore(Protocol):
    def put(self, key: str, body: bytes, *, content_type: str, content_disposition: str = "inline") -> None: ...

    def get(self, key: str) -> bytes: ...

    def delete(self, keys: Sequence[str]) -> None: ...

    def delete_prefix(self, prefix: str) -> None: ...


class S3ObjectStore:
    """Writing raises StorageUnavailableError (a step retries it), deleting ServiceUnavailableError (a client does)."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket
        self._client: S3Client = boto3.client("s3", config=_CONFIG)

    def put(self, key: str, body: bytes, *, content_type: str, content_disposition: str = "inline") -> None:
        """Store one object; the same key again replaces it.  Raises StorageUnavailableError."""
        try:
            # Keys are made from the content, so that what a key names never changes: a year, for its owner only.
            self._client.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=body,
                ContentType=content_type,
                CacheControl="private, max-age=31536000, immutable",
                ContentDisposition=content_disposition,
            )
        except (ClientError, BotoCoreError) as exc:
            raise StorageUnavailableError(type(exc).__name__) from exc

    def get(self, key: str) -> bytes:
        """Return an object's bytes.  Raises StorageUnavailableError, also when it is not there."""
        try:
            return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        except (ClientError, BotoCoreError) as exc:
            raise StorageUnavailableError(type(exc).__name__) from exc

    def delete(self, keys: Sequence[str]) -> None:
        """Delete objects; those that are not there are fine.  Raises ServiceUnavailableError."""
        try:
            for start in range(0, len(keys), MAX_KEYS_PER_DELETE):
                batch = keys[start : start + MAX_KEYS_PER_DELETE]
                answer = self._client.delete_objects(
                    Bucket=self._bucket, Delete={"Objects": [{"Key": key} for key in batch], "Quiet": True}
                )
                if answer.get("Errors"):
                    raise ServiceUnavailableError(f"{len(answer.get('Errors', []))} objects were not deleted")
        except (ClientError, BotoCoreError) as exc:
            raise ServiceUnavailableError(type(exc).__name__) from exc

    def delete_prefix(self, prefix: str) -> None:
        """Delete every object whose key begins with ``prefix``.  Raises ServiceUnavailableError."""
        if not prefix.endswith("/"):
            raise ValueError("a prefix is a folder")
        try:
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
            for page in pages:
                self.delete([entry["Key"] for entry in page.get("Contents", []) if "Key" in entry])
        except (ClientError, BotoCoreError) as exc:
            raise ServiceUnavailableError(type(exc).__name__) from exc

    def check(self) -> bool:
        """Ask the bucket for a listing of nothing.  Raises ClientError or BotoCoreError when it does not answer."""
        self._client.list_objects_v2(Bucket=self._bucket, Prefix="health/", MaxKeys=1)
        return True
