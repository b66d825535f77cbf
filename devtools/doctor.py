"""What this machine needs, checked before anything is started; each problem says what to do."""

import os
import platform
import re
import shutil
import subprocess
import sys

from devtools.config import Config, ProblemError, is_free

MIN_NODE = 20
# Virtual environment 0.6 GB, weights 1.1 GB and their parts, database and builds.
NEEDED_BYTES = 3_000_000_000
LOCALSTACK_URL = "http://127.0.0.1:4566"
LOCALSTACK_SERVICES = (
    "apigateway", "apigatewayv2", "cloudformation", "events", "iam", "lambda", "s3", "secretsmanager", "stepfunctions",
)  # fmt: skip


def node_version() -> int | None:
    """Return Node's major version, None when it is missing."""
    node = shutil.which("node")
    if node is None:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    match = re.match(r"v(\d+)", answer)
    return int(match[1]) if match else None


def check_basics() -> None:
    """Raises ProblemError for what would stop ``hub up`` half way."""
    version = node_version()
    if version is None:
        raise ProblemError(
            f"Node.js {MIN_NODE} or newer is needed to build the web app and the AWS template. Install it, then try again."
        )
    if version < MIN_NODE:
        raise ProblemError(f"Node.js {MIN_NODE} or newer is needed; this is {version}.")
    if shutil.which("npm") is None:
        raise ProblemError("npm is missing; it usually comes with Node.js.")


def check_localstack() -> None:
    """Raises ProblemError unless a LocalStack with what we need answers on its port."""
    need = (
        "LocalStack must already run on port 4566. It needs Docker, a licence token (LOCALSTACK_AUTH_TOKEN) and, for "
        "WebSocket APIs, RDS and CloudFront, a paid plan. Without it, leave --emulator out: the built-in emulator needs none."
    )
    import httpx

    try:
        services = httpx.get(f"{LOCALSTACK_URL}/_localstack/health", timeout=2).json().get("services", {})
    except (httpx.HTTPError, ValueError):
        raise ProblemError(need) from None
    missing = [name for name in LOCALSTACK_SERVICES if services.get(name) not in ("available", "running")]
    if missing:
        raise ProblemError(f"this LocalStack lacks {', '.join(missing)}. {need}")


def report(config: Config) -> int:
    """Print every check; return 0 when nothing stands in the way."""
    node = node_version()
    free = shutil.disk_usage(config.data_dir if config.data_dir.exists() else config.data_dir.parent).free
    checks = [
        (sys.version_info >= (3, 11), f"Python {platform.python_version()}", "Python 3.11 or newer is needed"),
        (node is not None and node >= MIN_NODE, f"Node.js {node}", f"Node.js {MIN_NODE} or newer is needed"),
        (free > NEEDED_BYTES, f"{free / 1e9:.1f} GB free", "3 GB of free disk space are needed for the first start"),
        (
            is_free(config.port),
            f"port {config.port} is free",
            f"port {config.port} is in use (fine if that is the hub); HUB_PORT chooses another",
        ),
        (sys.platform in ("linux", "darwin"), sys.platform, "Linux or macOS is needed; on Windows use WSL"),
    ]
    for ok, good, bad in checks:
        print(f"  {'ok  ' if ok else 'FAIL'}  {good if ok else bad}")
    for name in ("LLM_BASE_URL", "LLM_MODEL", "EMBEDDINGS_MODEL", "SD_API_URL", "COMPANION_GGUF", "DATABASE_URL"):
        print(f"        {name}: {'set' if os.environ.get(name) else 'not set'}")
    return 0 if all(ok for ok, _, _ in checks) else 1
