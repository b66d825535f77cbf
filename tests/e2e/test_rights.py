"""Every function acts under its own role: what it asks of AWS is allowed, and what is allowed is asked for (item 13).

The local run's emulator enforces the policies of the deployed template and keeps in ``roles.log`` who asked for what.
Every end-to-end test fails where a right is missing; this one, of ``./hub test --long``, also finds those too many.
One story goes through every flow that calls AWS; afterwards the rights of tests/infra/test_permissions.py, no more and
no fewer, must have been used.
"""

import asyncio
import json
import time
from typing import Any

import aiohttp
import boto3
import pytest

from devtools.config import AWS_ENVIRONMENT, REGION
from tests.e2e.conftest import Hub, Person
from tests.fakes.fake_llm import Reply
from tests.infra.test_permissions import READ, RIGHTS
from tests.integration.test_authorization import tiny_png

pytestmark = [pytest.mark.e2e, pytest.mark.long]

# What only an accident or a very long chat asks for.
MAY_BE_MISSING = {
    "AuthApi": {"s3:PutObject"},  # an export of more than 2.5 MB
    "GenerateImage": {"s3:DeleteObject"},  # files of a drawing that was given up
    "TurnEnded": {"sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"},  # Lambda's, for what it could not do
}


def used(hub: Hub) -> dict[str, set[str]]:
    """Return which actions the role of each function asked for and got, by the function's name."""
    found: dict[str, set[str]] = {name: set() for name in RIGHTS}
    for line in (hub.data_dir / "logs" / "roles.log").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        name = next(name for name in sorted(found, key=len, reverse=True) if f"Functions{name}Role" in entry["role"])
        assert entry["answer"] == "allowed", entry
        found[name].add(entry["action"])
    return found


def stop_an_execution(hub: Hub, person: Person, companion_id: str) -> None:
    """An execution that is aborted ends its turn through TurnEnded."""
    hub.llm.script(Reply("too late", first_delay_s=20))
    turn_id = person.send(companion_id, "Wait for it").json()["turn"]["id"]
    state = json.loads((hub.data_dir / "state.json").read_text(encoding="utf-8"))
    client: Any = boto3.client(  # pyright: ignore[reportUnknownMemberType]
        "stepfunctions",
        endpoint_url=state["emulator"],
        region_name=REGION,
        aws_access_key_id=AWS_ENVIRONMENT["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=AWS_ENVIRONMENT["AWS_SECRET_ACCESS_KEY"],
    )
    deadline = time.monotonic() + 60
    while person.http.get(f"turns/{turn_id}").json()["step"] != "GenerateReply":
        assert time.monotonic() < deadline
        time.sleep(0.1)
    machine = state["outputs"]["StateMachineArn"].replace(":stateMachine:", ":execution:")
    client.stop_execution(executionArn=f"{machine}:{turn_id}")
    assert person.finish(turn_id)["status"] == "failed"


def story(hub: Hub, person: Person) -> None:
    companion = person.companion()
    path = f"companions/{companion['id']}"
    assert person.talk(companion["id"], "Let's go to the beach!", want_image=True)["degraded"] == []
    assert person.http.get("health/ready").json()["status"] == "healthy"
    upload = {"content": tiny_png(), "headers": {"Content-Type": "image/png"}}
    person.http.post(f"{path}/picture", **upload).raise_for_status()
    card = person.http.get(f"{path}/card", params={"format": "png"}).raise_for_status()
    imported = person.http.post("companions/import", content=card.content, headers={"Content-Type": "image/png"})
    assert imported.status_code == 201, imported.text
    drawn = person.http.post(f"{path}/images", json={"prompt": "at the harbour"})
    assert drawn.status_code == 202, drawn.text
    person.finish(drawn.json()["turn"]["id"])
    images = person.http.get(f"{path}/images").json()["items"]
    person.http.delete(f"images/{images[0]['id']}").raise_for_status()
    drawn = person.http.post(f"{path}/images", json={}).raise_for_status().json()
    person.http.post(f"turns/{drawn['turn']['id']}/cancel").raise_for_status()  # every open page is told
    assert person.finish(drawn["turn"]["id"])["status"] == "cancelled"
    hub.llm.script(*[Reply(status=401)] * 4)
    assert person.talk(companion["id"], "And now?")["status"] == "failed"
    hub.llm.forget()
    stop_an_execution(hub, person, companion["id"])
    person.http.delete(path).raise_for_status()
    person.http.post("auth/logout-all").raise_for_status()  # closes the socket
    person.log_in()
    person.http.request("DELETE", "me", json={"password": person.login["password"]}).raise_for_status()


async def with_a_socket_open(hub: Hub, person: Person) -> None:
    headers = {"Cookie": person.cookie, "Origin": hub.url}
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{hub.url}/ws", headers=headers) as socket:
        await socket.send_json({"action": "ping"})
        assert (await socket.receive_json(timeout=60))["type"] == "pong"
        await asyncio.to_thread(story, hub, person)


def test_every_role_is_allowed_what_it_asks_for_and_asks_for_all_it_is_allowed(hub: Hub) -> None:
    asyncio.run(with_a_socket_open(hub, hub.person()))
    seen = used(hub)
    for name, (rights, _secrets) in RIGHTS.items():
        allowed = {*rights, *READ}
        assert seen[name] <= allowed, name
        assert allowed - seen[name] <= MAY_BE_MISSING.get(name, set()), name
