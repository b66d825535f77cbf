"""Deletes picture files that no picture needs: after pictures, companions or failed drawings are gone.

Called when there is something to do, never on a timer (the database must be able to pause).  What the store does not
delete now stays listed and goes with the next call, whoever makes it.
"""

from companion_hub.db.connection import Database
from companion_hub.errors import ServiceUnavailableError
from companion_hub.observability import logger
from companion_hub.providers.object_store import MAX_KEYS_PER_DELETE, ObjectStore
from companion_hub.repositories import discarded_objects

# 10,000 files, 1,600 pictures: more than a request has time for goes with the next call.
MAX_BATCHES = 10


def collect(database: Database, objects: ObjectStore) -> None:
    """Delete what is due.  Never raises for a store or database that does not answer."""
    try:
        for _ in range(MAX_BATCHES):
            if _collect_batch(database, objects) < MAX_KEYS_PER_DELETE:
                return
    except ServiceUnavailableError as exc:
        logger.warning("discarded files stay for now", extra={"error": type(exc).__name__})


def _collect_batch(database: Database, objects: ObjectStore) -> int:
    # Deleted while the rows are locked: whoever stores a picture under the same key waits, and puts its files after.
    with database.transaction() as connection:
        due = discarded_objects.lock_due(connection, limit=MAX_KEYS_PER_DELETE)
        if due.unused:
            objects.delete(due.unused)
        if due.keys:
            discarded_objects.forget(connection, due.keys)
    return len(due.keys)
