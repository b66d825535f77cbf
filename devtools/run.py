"""One local run: builds what is stale, starts the parts in order, deploys, and watches until it is told to stop."""

import hashlib
import os
import secrets
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import httpx
from psycopg.conninfo import conninfo_to_dict

from devtools import embeddings, language_model, postgres
from devtools.config import AWS_ENVIRONMENT, ROOT, Config, ProblemError, load_config
from devtools.deploy import MEDIA_KEY_PAIR_ID, Deployer, Synthesis, inputs_hash
from devtools.doctor import LOCALSTACK_URL
from devtools.front_door import Settings
from devtools.processes import Part, PartFailedError, Supervisor, tail

FRONTEND = ROOT / "frontend"
DIST = FRONTEND / "dist"


class LocalRun:
    def __init__(self, config: Config, *, emulator: str = "ministack") -> None:
        self._config = config
        self._supervisor = Supervisor(config.logs)
        self._parts: dict[str, str] = {}
        self._emulator_kind = emulator
        self._started = time.monotonic()

    def start(self) -> None:
        """Raises PartFailedError, DeployError, WeightsError; ``stop`` cleans up in any case."""
        config = self._config
        config.data_dir.mkdir(parents=True, exist_ok=True)
        own = config.load("secrets.json")
        if "database_password" not in own:
            _refuse_strange_data(config)
            own = {**own, "database_password": secrets.token_hex(16), "llm_key": secrets.token_hex(16)}
            config.store("secrets.json", own)
        # Both take a while on the first run: they are made beside the parts that start meanwhile.
        with _step("looking for changes"):
            website = Website(self._supervisor)
            template = Synthesis(config, self._supervisor)
        with _step("database"):
            database = self._start_database(own["database_password"])
        with _step("language model") as say:
            model = self._start_language_model(own["llm_key"], say)
        with _step("memory") as say:
            memory = self._start_embeddings(own["llm_key"], say)
        with _step("image model"):
            images = self._start_image_model()
        with _step("AWS emulator"):
            emulator_url = self._start_emulator()
        _wait("template", template)
        _wait("web app", website)
        with _step("deploy"):
            deployer = Deployer(config, emulator_url)
            if "WebSocketApiId" not in deployer.read_outputs():
                # The callback names the API, whose id is known after the first deploy only.
                deployer.deploy_stack(template.out, self._parameters(emulator_url, model, memory, images, {}))
            deployer.deploy_stack(template.out, self._parameters(emulator_url, model, memory, images, deployer.outputs))
            own = deployer.put_secrets(
                database,
                {
                    "NOVITA_KEY": model.key,
                    "EMBEDDINGS_KEY": memory.key,
                    "SD_API_AUTH": os.environ.get("SD_API_AUTH", ""),
                },
            )
            deployer.migrate()
            deployer.upload_website(DIST)
        with _step("front door"):
            self._start_front_door(emulator_url, deployer.outputs, own)
        config.store(
            "state.json",
            {"url": config.url, "parts": self._parts, "outputs": deployer.outputs, "emulator": emulator_url},
        )
        print(f"\n  Companion Hub is ready after {time.monotonic() - self._started:.0f} s:  {config.url}\n")
        for name, text in self._parts.items():
            print(f"    {name:<15} {text}")
        if model.gguf is not None and not os.environ.get("COMPANION_GGUF"):
            print(
                "    (a small model: for better conversations set LLM_BASE_URL, LLM_MODEL and NOVITA_KEY, or run Ollama)"
            )
        print("\n  Ctrl-C stops it; everything is kept for next time.", flush=True)
        # Ready by the time somebody has registered and made a companion.
        Thread(target=deployer.start_workers, daemon=True).start()

    def watch(self) -> None:
        """Wait until interrupted.  Raises PartFailedError when a part dies."""
        while (dead := self._supervisor.dead()) is None:
            time.sleep(0.5)
        raise PartFailedError(f"{dead.name} stopped unexpectedly:\n{tail(dead.log)}")

    def stop(self) -> None:
        self._supervisor.stop()
        self._config.state_file.unlink(missing_ok=True)

    def _start_database(self, password: str) -> dict[str, Any]:
        if url := os.environ.get("DATABASE_URL"):
            parts = conninfo_to_dict(url)
            self._parts["database"] = "yours (DATABASE_URL)"
            return {
                "host": parts.get("host", "localhost"),
                "port": parts.get("port", 5432),
                "username": parts.get("user", ""),
                "password": parts.get("password", ""),
                "dbname": parts.get("dbname", postgres.DATABASE),
                "sslmode": parts.get("sslmode", "prefer"),
            }
        server = postgres.plan(self._config.data_dir)
        postgres.start(server, password, self._supervisor)
        self._parts["database"] = "embedded PostgreSQL"
        return {
            "host": str(server.sockets),
            "port": 5432,
            "username": postgres.USER,
            "password": password,
            "dbname": postgres.DATABASE,
        }

    def _start_language_model(self, key: str, say: Callable[[str], None]) -> language_model.Choice:
        choice = language_model.choose(self._config.data_dir / "models", say)
        self._parts["language model"] = choice.label
        if choice.gguf is None:
            return choice
        language_model.install_runtime(say)
        url = self._serve("llm", "devtools.language_model", choice.gguf, [choice.model], key)
        return choice._replace(base_url=f"{url}/v1", key=key)

    def _start_embeddings(self, key: str, say: Callable[[str], None]) -> embeddings.Choice:
        choice = embeddings.choose(self._config.data_dir / "models", say)
        if choice.gguf is not None:
            try:
                language_model.install_runtime(say)
                url = self._serve("embeddings", "devtools.embeddings", choice.gguf, [], key, is_needed=False)
                choice = choice._replace(base_url=f"{url}/v1", key=key)
            except (language_model.WeightsError, PartFailedError) as exc:
                choice = embeddings.OFF._replace(label=f"{embeddings.OFF.label}: {exc}")
        self._parts["memory"] = choice.label
        return choice

    def _serve(
        self, name: str, module: str, gguf: Path, arguments: list[str], key: str, *, is_needed: bool = True
    ) -> str:
        """Run a llama.cpp server and return its address.  Raises PartFailedError."""
        port = self._config.port_of(name)
        command = [sys.executable, "-m", module, str(gguf), str(port), *arguments]
        part = self._supervisor.start(name, command, env={"LOCAL_LLM_KEY": key}, is_needed=is_needed)
        url = f"http://127.0.0.1:{port}"
        self._supervisor.wait_until(part, lambda: _answers(f"{url}/health"), timeout_s=120)
        return url

    def _start_image_model(self) -> str:
        if url := os.environ.get("SD_API_URL"):
            self._parts["image model"] = f"Stable Diffusion at {urlsplit(url).netloc}"
            return url
        port = self._config.port_of("illustrator")
        part = self._supervisor.start(
            "illustrator", [sys.executable, "-m", "devtools.illustrator", "--port", str(port)]
        )
        url = f"http://127.0.0.1:{port}"
        self._supervisor.wait_until(part, lambda: _answers(f"{url}/internal/ping"), timeout_s=30)
        self._parts["image model"] = "the built-in illustrator (set SD_API_URL for Stable Diffusion)"
        return url

    def _start_emulator(self) -> str:
        if self._emulator_kind == "localstack":
            self._parts["AWS"] = "LocalStack"
            return LOCALSTACK_URL
        state = self._config.data_dir / "emulator"
        state.mkdir(parents=True, exist_ok=True)
        port = self._config.port_of("emulator")
        part = self._supervisor.start(
            "emulator",
            [sys.executable, "-m", "devtools.emulator"],
            env={
                **AWS_ENVIRONMENT,
                "GATEWAY_PORT": str(port),
                "BIND_HOST": "127.0.0.1",
                "PERSIST_STATE": "1",
                # Every function acts under its own role, and what its policy does not allow is refused, as on AWS.
                "AUTH": "true",
                # Listeners of services this stack does not use; two copies side by side would fight for their ports.
                "IOT_MTLS_ENABLED": "0",
                "SFTP_ENABLED": "0",
                "S3_PERSIST": "1",
                "STATE_DIR": str(state / "state"),
                "S3_DATA_DIR": str(state / "s3"),
                "HUB_WORKER_LOGS": str(self._config.logs),
                "HUB_COMMON_LAYER": str(ROOT / "layers" / "common" / "python"),
                "PYTHONWARNINGS": "ignore",
            },
        )
        url = f"http://127.0.0.1:{port}"
        self._supervisor.wait_until(part, lambda: _answers(f"{url}/_ministack/health"), timeout_s=30)
        self._parts["AWS"] = "MiniStack"
        return url

    def _parameters(
        self,
        emulator_url: str,
        model: language_model.Choice,
        memory: embeddings.Choice,
        images: str,
        outputs: dict[str, str],
    ) -> dict[str, str]:
        api = outputs.get("WebSocketApiId", "pending")
        return {
            "PublicOrigins": self._config.origins,
            "WebSocketCallbackUrl": f"{emulator_url}/_aws/execute-api/{api}/ws",
            "LlmBaseUrl": model.base_url,
            "LlmModel": model.model,
            "EmbeddingsBaseUrl": memory.base_url,
            "EmbeddingsModel": memory.model,
            "SdApiUrl": images,
            "RateLimitScale": os.environ.get("RATE_LIMIT_SCALE", "1"),
        }

    def _start_front_door(self, emulator_url: str, outputs: dict[str, str], own: dict[str, Any]) -> None:
        import json

        settings = Settings(
            port=self._config.port,
            emulator=emulator_url,
            http_api_id=outputs["HttpApiId"],
            websocket_api_id=outputs["WebSocketApiId"],
            website_bucket=outputs["WebsiteBucket"],
            media_bucket=outputs["MediaBucket"],
            origin_secret=own["origin"],
            media_private_key=own["media_private_key"],
            media_key_pair_id=MEDIA_KEY_PAIR_ID,
        )
        part = self._supervisor.start(
            "front-door",
            [sys.executable, "-m", "devtools.front_door"],
            env={"FRONT_DOOR": json.dumps(settings._asdict())},
        )
        url = f"http://127.0.0.1:{self._config.port}/api/health"
        self._supervisor.wait_until(part, lambda: _answers(url), timeout_s=30)


class Website:
    """The built page, made anew in the background when its sources have changed; packages only when their lock has."""

    def __init__(self, supervisor: Supervisor) -> None:
        self._supervisor = supervisor
        self._stamp = DIST / ".stamp"
        self._wanted = inputs_hash(("frontend",))
        self._job: Part | None = None
        if self._stamp.exists() and self._stamp.read_text() == self._wanted:
            return
        packages = hashlib.sha256((FRONTEND / "package-lock.json").read_bytes()).hexdigest()
        script = (
            f'if [ "$(cat node_modules/.hub-stamp 2>/dev/null)" != {packages} ]; then '
            f"npm ci --no-audit --no-fund --loglevel=error && echo {packages} > node_modules/.hub-stamp; fi "
            "&& npx --no-install vite build"
        )
        self._job = supervisor.start("web-app", ["sh", "-c", script], cwd=FRONTEND)

    @property
    def is_stale(self) -> bool:
        return self._job is not None

    def wait(self) -> None:
        """Raises PartFailedError with the end of npm's output."""
        if self._job is not None:
            self._supervisor.wait_for_end(self._job)
            self._stamp.write_text(self._wanted)


def build_website() -> None:
    """Build the page if its sources have changed, and wait for it.  Raises PartFailedError."""
    supervisor = Supervisor(load_config().logs)
    try:
        Website(supervisor).wait()
    finally:
        supervisor.stop()


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2).status_code < 500
    except httpx.HTTPError:
        return False


def _refuse_strange_data(config: Config) -> None:
    """Raises ProblemError when there are data whose keys are gone: an earlier folder here was deleted or half copied."""
    data = postgres.plan(config.data_dir).data
    if (data / "PG_VERSION").exists():
        raise ProblemError(
            f"{data} holds the data of an earlier {config.data_dir}, whose keys (secrets.json) are gone, so that nobody "
            "can log in to them. Put that file back, or begin anew: ./hub reset"
        )


def _wait(name: str, job: Synthesis | Website) -> None:
    """Show what is made beside the parts until it is there, or that it is there from before."""
    if not job.is_stale:
        print(f"  ✓ {name} (unchanged)", flush=True)
        return
    with _step(name):
        job.wait()


@contextmanager
def _step(name: str):
    """Show a slow step: its name while it runs, then how long it took."""
    start = time.monotonic()
    live = sys.stdout.isatty()
    shown = ""

    def say(text: str) -> None:
        nonlocal shown
        if text != shown:
            shown = text
            print(
                f"\r\033[K  … {name}: {text}" if live else f"  … {name}: {text}", end="" if live else "\n", flush=True
            )

    if live:
        print(f"  … {name}", end="", flush=True)
    try:
        yield say
    except BaseException:
        print(f"{chr(13) if live else ''}  ✗ {name}", flush=True)
        raise
    seconds = time.monotonic() - start
    print(f"{chr(13) + chr(27) + '[K' if live else ''}  ✓ {name} ({seconds:.1f} s)", flush=True)
