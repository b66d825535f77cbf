"""The other files of an imported character card."""

from collections.abc import Mapping
from uuid import UUID

from companion_hub.db.connection import Conn


def insert(connection: Conn, companion_id: UUID, files: Mapping[str, bytes]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO card_files (companion_id, path, content)
            VALUES (%(companion_id)s, %(path)s, %(content)s)
            """,
            [{"companion_id": companion_id, "path": path, "content": content} for path, content in files.items()],
        )


def get(connection: Conn, companion_id: UUID) -> dict[str, bytes]:
    """Return the files by path."""
    rows = connection.execute(
        "SELECT path, content FROM card_files WHERE companion_id = %(companion_id)s ORDER BY path",
        {"companion_id": companion_id},
    ).fetchall()
    return {row["path"]: bytes(row["content"]) for row in rows}
