"""A person with a companion, an open socket and the state machine: what tests of the chat talk through."""

from typing import Any
from uuid import UUID, uuid4

from companion_hub import bootstrap
from companion_hub.db.connection import Conn
from companion_hub.http import SESSION_COOKIE
from functions.chat.handler import handler as chat_api
from functions.stream.handler import handler as stream
from tests.fakes.aws import FakeAws
from tests.fakes.fake_llm import FakeLanguageModel
from tests.fakes.gateway import Answer, Context, socket_event
from tests.fakes.machine import Machine
from tests.fakes.people import new_person


class Chat:
    def __init__(self, aws: FakeAws, llm: FakeLanguageModel, **companion: Any) -> None:
        self.aws = aws
        self.llm = llm
        self.machine = Machine(aws)
        self.browser = new_person()
        self.socket = self.open_socket()
        made = self.browser.post(chat_api, "/api/companions", {"name": "Mara", **companion})
        assert made.status == 201, made.body
        self.companion_id: str = made.json["id"]

    def open_socket(self) -> str:
        socket_id = f"socket-{uuid4()}"
        cookies = {SESSION_COOKIE: self.browser.cookies[SESSION_COOKIE]}
        answer = stream(socket_event("$connect", socket_id, cookies=cookies), Context())
        assert answer["statusCode"] == 200, answer
        return socket_id

    # --- the API ---

    def post(self, path: str, body: Any = None) -> Answer:
        return self.browser.post(chat_api, path, body)

    def get(self, path: str, **query: object) -> Answer:
        return self.browser.get(chat_api, path, **query)

    def patch(self, path: str, body: Any) -> Answer:
        return self.browser.patch(chat_api, path, body)

    def delete(self, path: str, **query: object) -> Answer:
        return self.browser.request(chat_api, "DELETE", path, query=query)

    def send(self, text: str, *, client_id: str | None = None, want_image: bool | None = False) -> Answer:
        """Send without running the turn."""
        body = {"client_message_id": client_id or str(uuid4()), "text": text, "want_image": want_image}
        return self.post(f"/api/companions/{self.companion_id}/messages", body)

    def say(self, text: str, **options: Any) -> dict[str, Any]:
        """Send, run the turn to its end, and return its snapshot."""
        sent = self.send(text, **options)
        assert sent.status == 202, sent.body
        self.machine.run_all()
        return self.turn(sent.json["turn"]["id"])

    def turn(self, turn_id: str) -> dict[str, Any]:
        answer = self.get(f"/api/turns/{turn_id}")
        assert answer.status == 200, answer.body
        turn: dict[str, Any] = answer.json
        return turn

    def run_turn(self, started: Answer) -> dict[str, Any]:
        """Run the turn a message tool started."""
        assert started.status == 202, started.body
        self.machine.run_all()
        return self.turn(started.json["turn"]["id"])

    def messages(self) -> list[dict[str, Any]]:
        answer = self.get(f"/api/companions/{self.companion_id}/messages")
        assert answer.status == 200, answer.body
        items: list[dict[str, Any]] = answer.json["items"]
        return items

    def texts(self) -> list[str]:
        return [message["text"] for message in self.messages()]

    def state(self) -> dict[str, str]:
        state: dict[str, str] = self.get(f"/api/companions/{self.companion_id}").json["state"]
        return state

    # --- what the page sees ---

    def frames(self, kind: str | None = None) -> list[dict[str, Any]]:
        frames = self.aws.frames_of(self.socket)
        return [frame for frame in frames if kind is None or frame["type"] == kind]

    def shown_text(self) -> str:
        """The text a page puts together by the rules of DESIGN.md §4.  Raises AssertionError on a gap or repeat."""
        text, attempt = "", 0
        for frame in self.frames():
            if frame["type"] == "reset":
                text, attempt = "", frame["attempt"]
            elif frame["type"] == "token":
                if frame["attempt"] != attempt:
                    assert attempt == 0 or frame["attempt"] > attempt
                    text, attempt = "", frame["attempt"]
                assert frame["offset"] == len(text)
                text += frame["text"]
        return text

    # --- the database, for what no route shows ---

    def rows(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        with bootstrap.database().autocommit() as connection:
            return _fetch(connection, query, parameters | {"companion": UUID(self.companion_id)})

    def execute(self, query: str, **parameters: Any) -> None:
        with bootstrap.database().autocommit() as connection:
            connection.execute(query.encode(), parameters | {"companion": UUID(self.companion_id)})

    def check_invariants(self) -> None:
        """What holds after every test: FAULTS.md §0, I1 to I4."""
        active = self.rows(
            "SELECT id FROM turns WHERE companion_id = %(companion)s AND status IN ('queued', 'running')"
        )
        assert active == []
        replies = self.rows(
            """
            SELECT t.id, t.status, t.kind, count(m.id) AS replies
            FROM turns t
            LEFT JOIN messages m ON m.turn_id = t.id AND m.role = 'assistant' AND m.status <> 'incomplete'
            WHERE t.companion_id = %(companion)s AND t.kind = 'reply'
            GROUP BY t.id
            """
        )
        for row in replies:
            assert row["replies"] == (1 if row["status"] == "done" else 0), row
        sequence = [
            row["seq"] for row in self.rows("SELECT seq FROM messages WHERE companion_id = %(companion)s ORDER BY seq")
        ]
        assert len(set(sequence)) == len(sequence)


def _fetch(connection: Conn, query: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    return connection.execute(query.encode(), parameters).fetchall()
