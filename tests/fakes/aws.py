"""The few AWS calls the functions make, answered over HTTP from memory, so that tests run the real boto3 clients.

Point ``AWS_ENDPOINT_URL`` (and ``WEBSOCKET_CALLBACK_URL``) at ``FakeAws.url``.  Covered: Secrets Manager
GetSecretValue, Step Functions StartExecution, StopExecution and DescribeStateMachine, S3 objects, ``@connections``; beside them an
empty answer for the health checks of the models.
"""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree
from xml.sax.saxutils import escape


class FakeAws:
    """What was asked of AWS, and what it answers.  Tests read and write the attributes."""

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}
        self.objects: dict[str, bytes] = {}  # "bucket/key" -> bytes
        self.object_headers: dict[str, dict[str, str]] = {}
        self.frames: list[tuple[str, dict[str, Any]]] = []  # (connection id, frame), in order
        self.closed: list[str] = []  # connection ids the functions closed
        self.gone: set[str] = set()  # connection ids that answer 410
        self.executions: dict[str, dict[str, Any]] = {}  # name -> input
        self.stopped: list[str] = []  # execution ARNs
        # Services that answer 503, or 401: "secretsmanager", "states", "s3", "connections", "llm", "sd".
        self.broken: set[str] = set()
        self.refused: set[str] = set()
        self.requests: list[str] = []  # "GET /path" of everything asked
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.aws = self
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def frames_of(self, connection_id: str) -> list[dict[str, Any]]:
        return [frame for socket, frame in self.frames if socket == connection_id]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    aws: FakeAws

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up early is nothing to report."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def aws(self) -> FakeAws:
        return cast("_Server", self.server).aws

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the tests' output clean."""

    def _any(self) -> None:
        self.content = self._read_body()
        target = self.headers.get("X-Amz-Target", "")
        path = unquote(urlsplit(self.path).path)
        self.aws.requests.append(f"{self.command} {path}")
        if target.startswith("secretsmanager."):
            self._unless_broken("secretsmanager", self._secrets_manager)
        elif target.startswith("AWSStepFunctions."):
            self._unless_broken("states", lambda: self._step_functions(target.partition(".")[2]))
        elif "/@connections/" in path:
            self._unless_broken("connections", lambda: self._connections(path.rpartition("/@connections/")[2]))
        elif path.startswith(("/llm/", "/sd/")):
            # Enough for a health check; tests of the models have fakes of their own.
            self._unless_broken(path.split("/")[1], lambda: self._json(200, {}))
        else:
            self._unless_broken("s3", lambda: self._s3(path.lstrip("/")))

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _any

    def _unless_broken(self, service: str, answer: Any) -> None:
        if service in self.aws.broken:
            self._answer(503, b"{}")
        elif service in self.aws.refused:
            self._answer(401, b"{}")
        else:
            answer()

    def _secrets_manager(self) -> None:
        arn = json.loads(self.content)["SecretId"]
        if (value := self.aws.secrets.get(arn)) is None:
            self._json(400, {"__type": "ResourceNotFoundException", "message": "no such secret"})
        else:
            self._json(200, {"ARN": arn, "Name": arn, "SecretString": value})

    def _step_functions(self, action: str) -> None:
        asked = json.loads(self.content)
        if action == "StartExecution":
            arn = f"{asked['stateMachineArn'].replace('stateMachine', 'execution')}:{asked['name']}"
            given = json.loads(asked["input"])
            known = self.aws.executions.setdefault(asked["name"], given)
            if known != given:
                self._json(400, {"__type": "ExecutionAlreadyExists", "message": "name is taken"})
            else:
                self._json(200, {"executionArn": arn, "startDate": 1.0})
        elif action == "StopExecution":
            self.aws.stopped.append(asked["executionArn"])
            self._json(200, {"stopDate": 1.0})
        else:
            machine = {"stateMachineArn": asked["stateMachineArn"], "name": "turn", "status": "ACTIVE"}
            self._json(200, {**machine, "definition": "{}", "roleArn": "r", "type": "STANDARD", "creationDate": 1.0})

    def _connections(self, connection_id: str) -> None:
        if connection_id in self.aws.gone:
            self._answer(410, b"{}", {"x-amzn-ErrorType": "GoneException"})
        elif self.command == "DELETE":
            self.aws.closed.append(connection_id)
            self.aws.gone.add(connection_id)
            self._answer(204)
        else:
            self.aws.frames.append((connection_id, json.loads(self.content)))
            self._answer(200, b"")

    def _s3(self, path: str) -> None:
        query = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        bucket, _, key = path.partition("/")
        if self.command == "PUT":
            self.aws.objects[path] = self.content
            self.aws.object_headers[path] = {name.lower(): value for name, value in self.headers.items()}
            self._answer(200, b"", {"ETag": '"etag"'})
        elif self.command == "DELETE":
            self.aws.objects.pop(path, None)
            self._answer(204)
        elif self.command == "POST" and "delete" in query:
            namespace = "{http://s3.amazonaws.com/doc/2006-03-01/}"
            for element in ElementTree.fromstring(self.content).iter(f"{namespace}Key"):
                self.aws.objects.pop(f"{bucket}/{element.text}", None)
            self._answer(200, b"<DeleteResult/>", {"Content-Type": "application/xml"})
        elif not key:
            prefix = f"{bucket}/{query.get('prefix', [''])[0]}"
            keys = sorted(name.partition("/")[2] for name in self.aws.objects if name.startswith(prefix))
            listed = "".join(f"<Contents><Key>{escape(name)}</Key><Size>1</Size></Contents>" for name in keys)
            body = f"<ListBucketResult><IsTruncated>false</IsTruncated>{listed}</ListBucketResult>"
            self._answer(200, body.encode(), {"Content-Type": "application/xml"})
        elif path in self.aws.objects:
            stored = self.aws.object_headers.get(path, {})
            self._answer(200, self.aws.objects[path], {"Content-Type": stored.get("content-type", "")})
        else:
            body = b"<Error><Code>NoSuchKey</Code></Error>"
            self._answer(404, body, {"Content-Type": "application/xml"})

    def _read_body(self) -> bytes:
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            body = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if "aws-chunked" in self.headers.get("Content-Encoding", ""):
            return _unchunk(body)
        return body

    def _json(self, status: int, value: dict[str, Any]) -> None:
        self._answer(status, json.dumps(value).encode(), {"Content-Type": "application/x-amz-json-1.1"})

    def _answer(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _unchunk(body: bytes) -> bytes:
    """Undo S3's own chunk framing (``size;chunk-signature=…``, or with trailing checksums)."""
    content = b""
    while match := re.match(rb"([0-9a-fA-F]+)[^\r\n]*\r\n", body):
        if (size := int(match[1], 16)) == 0:
            break
        content += body[match.end() : match.end() + size]
        body = body[match.end() + size + 2 :]
    return content
