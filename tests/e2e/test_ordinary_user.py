"""The documented first run, by an ordinary user on a fresh clone: ``./hub up`` with nothing installed but Python and Node.

Takes minutes (it installs every package anew), so it runs with ``./hub test --long`` only, and needs root to make the user.
"""

import os
import pwd
import re
import shutil
import subprocess
import time
from collections.abc import Generator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from devtools.config import ROOT, free_port
from tests.fakes.fake_llm import FakeLanguageModel

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.long,
    pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("useradd"), reason="making a user needs root"),
]
NAME = "hub-test-user"


class Home(NamedTuple):
    user_id: int
    folder: Path
    environment: dict[str, str]

    def run(self, *command: str, timeout_s: float = 60) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder / "hub", env=self.environment, user=self.user_id, group=self.user_id,
            extra_groups=[], capture_output=True, text=True, check=False, timeout=timeout_s,
        )  # fmt: skip

    def processes(self) -> list[str]:
        """Return the command lines of everything that runs as this user."""
        found: list[str] = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if folder.stat().st_uid == self.user_id:
                    found.append((folder / "cmdline").read_text().replace("\0", " "))
            except OSError:
                continue
        return [line for line in found if line]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Generator[Home]:
    """A user with a private home and a fresh clone in it; what pip and npm keep may be shared."""
    subprocess.run(["useradd", "--create-home", "--shell", "/bin/sh", NAME], check=True, capture_output=True)
    entry = pwd.getpwnam(NAME)
    folder = Path(entry.pw_dir)
    folder.chmod(0o700)
    try:
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder / "hub")], check=True)
        subprocess.run(["chown", "-R", f"{NAME}:", str(folder)], check=True)
        keep = {
            k: v for k, v in os.environ.items() if k.startswith(("PIP_", "npm_config_", "NPM_CONFIG_", "SSL_", "NODE_"))
        }
        keep |= {k: v for k, v in os.environ.items() if k.lower() in ("http_proxy", "https_proxy", "no_proxy")}
        keep |= {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8"}
        yield Home(entry.pw_uid, folder, keep)
    finally:
        subprocess.run(["userdel", "--remove", "--force", NAME], check=False, capture_output=True)


def test_fresh_clone_comes_up_and_goes_down_without_root(home: Home) -> None:
    with FakeLanguageModel() as llm:
        url = f"http://localhost:{free_port()}"
        home.environment.update(HUB_PORT=url.rpartition(":")[2], LLM_BASE_URL=llm.url, LLM_MODEL="fake-model")
        home.environment["EMBEDDINGS_MODEL"] = "none"
        start = time.monotonic()
        up = home.run("./hub", "up", "--detach", timeout_s=900)
        print(f"first up took {time.monotonic() - start:.0f} s\n{up.stdout}")
        assert up.returncode == 0, up.stdout + up.stderr
        try:
            assert httpx.get(f"{url}/api/health/ready", timeout=30).status_code == 200
            assert "<div id=" in httpx.get(url).text
            running = home.processes()
            assert [line for line in running if "postgres" in line]
            assert [line for line in running if "devtools.emulator" in line]
            status = home.run("./hub", "status")
            assert status.returncode == 0, status.stdout
            assert url in status.stdout
        finally:
            down = home.run("./hub", "down")
        assert down.returncode == 0, down.stdout + down.stderr
        assert home.processes() == []
        start = time.monotonic()
        again = home.run("./hub", "up", "--detach", timeout_s=200)
        print(f"second up took {time.monotonic() - start:.0f} s\n{again.stdout}")
        assert again.returncode == 0, again.stdout + again.stderr
        assert home.run("./hub", "down").returncode == 0
        assert not re.search("warn", again.stdout + again.stderr, re.IGNORECASE)
