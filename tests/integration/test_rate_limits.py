"""The six limits, on the real database: exactly N, however many ask at once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from companion_hub.db.connection import Database
from companion_hub.errors import RateLimitedError
from companion_hub.repositories import rate_limits
from companion_hub.repositories.rate_limits import Limit
from tests.conftest import database_parameters

PRODUCT_LIMITS = [
    (rate_limits.LOGIN, 5, 15 * 60),
    (rate_limits.REGISTER, 3, 24 * 3600),
    (rate_limits.CHAT, 30, 60),
    (rate_limits.IMAGE, 10, 3600),
    (rate_limits.COMPANION, 10, 3600),
    (rate_limits.SETTINGS, 20, 3600),
]


@pytest.mark.parametrize(
    ("limit", "events", "window_s"), PRODUCT_LIMITS, ids=[limit.name for limit, *_ in PRODUCT_LIMITS]
)
def test_exactly_n_of_200_concurrent_requests_are_admitted(
    database_url: str, limit: Limit, events: int, window_s: int
) -> None:
    def try_once(number: int) -> str:
        database = Database(lambda _fresh: database_parameters(database_url))
        try:
            with database.autocommit() as connection:
                rate_limits.charge(connection, limit, "concurrent")
        except RateLimitedError as exc:
            assert 0 < exc.retry_after_s <= window_s
            return "limited"
        finally:
            database.close()
        return "admitted"

    with ThreadPoolExecutor(50) as pool:
        outcomes = Counter(pool.map(try_once, range(200)))
    assert outcomes == {"admitted": events, "limited": 200 - events}


def test_retry_after_is_true(database: Database) -> None:
    limit = Limit("short", 1, 1)
    with database.autocommit() as connection:
        rate_limits.charge(connection, limit, "me")
        with pytest.raises(RateLimitedError) as refused:
            rate_limits.charge(connection, limit, "me")
        assert refused.value.retry_after_s == 1
        connection.execute("SELECT pg_sleep(1.0)")
        rate_limits.charge(connection, limit, "me")


def test_window_slides_and_never_holds_more_than_n(database: Database) -> None:
    limit = Limit("sliding", 2, 1)
    with database.autocommit() as connection:
        connection.execute("TRUNCATE rate_limits")
        rate_limits.charge(connection, limit, "me")
        connection.execute("SELECT pg_sleep(0.6)")
        rate_limits.charge(connection, limit, "me")
        connection.execute("SELECT pg_sleep(0.5)")  # the first is out of the window, the second is not
        rate_limits.charge(connection, limit, "me")
        with pytest.raises(RateLimitedError):
            rate_limits.charge(connection, limit, "me")
        row = connection.execute("SELECT count(*) AS rows FROM rate_limits").fetchone()
    assert row == {"rows": limit.events}  # what left the window was removed


def test_rolled_back_work_is_not_charged(database: Database) -> None:
    limit = Limit("rolled-back", 1, 60)
    with pytest.raises(ZeroDivisionError), database.transaction() as connection:
        rate_limits.charge(connection, limit, "me")
        raise ZeroDivisionError
    with database.autocommit() as connection:
        rate_limits.charge(connection, limit, "me")


def test_refund_gives_the_newest_event_back(database: Database) -> None:
    limit = Limit("refund", 1, 60)
    with database.autocommit() as connection:
        rate_limits.charge(connection, limit, "me")
        rate_limits.refund(connection, limit, "me")
        rate_limits.charge(connection, limit, "me")
        with pytest.raises(RateLimitedError):
            rate_limits.charge(connection, limit, "me")


def test_scale_multiplies_the_limit(database: Database) -> None:
    limit = Limit("scaled", 2, 60)
    with database.autocommit() as connection:
        for _ in range(6):
            rate_limits.charge(connection, limit, "me", scale=3)
        with pytest.raises(RateLimitedError):
            rate_limits.charge(connection, limit, "me", scale=3)


def test_table_holds_no_address_and_no_name(database: Database) -> None:
    with database.autocommit() as connection:
        rate_limits.charge(connection, rate_limits.LOGIN, "198.51.100.9", "somebody@example.org")
        rows = connection.execute("SELECT key FROM rate_limits").fetchall()
    assert rows
    assert all(len(row["key"]) == 64 and set(row["key"]) <= set("0123456789abcdef") for row in rows)


def test_keys_that_never_come_back_do_not_stay_for_ever(database: Database) -> None:
    with database.autocommit() as connection:
        connection.execute("TRUNCATE rate_limits")
        connection.execute(
            """
            INSERT INTO rate_limits
            SELECT 'old' || n, clock_timestamp() - interval '3 days'
            FROM generate_series(1, 50) AS n
            """
        )
        for number in range(1_000):  # one charge in fifty sweeps: missing every time has a chance of 2 in a billion
            rate_limits.charge(connection, Limit("sweep", 1, 60), number)
        row = connection.execute("SELECT count(*) AS rows FROM rate_limits WHERE key LIKE 'old%'").fetchone()
    assert row == {"rows": 0}


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "1 second"), (42, "42 seconds"), (95, "2 minutes"), (50 * 60, "50 minutes"), (23 * 3600 - 5, "23 hours")],
)
def test_who_has_to_wait_is_told_how_long(seconds: int, said: str) -> None:
    assert RateLimitedError("image", retry_after_s=seconds).public_message == f"Too many tries. Please wait {said}."
