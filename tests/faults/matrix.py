"""FAULTS.md's rows in short, and the tests that inject each: what docs/reliability.md is written from."""

from typing import NamedTuple

INTEGRATION = "tests/integration/"
F = "tests/faults/"
REPLY = INTEGRATION + "test_generate_reply.py::"
SEND = INTEGRATION + "test_send_message.py::"
PICTURES = INTEGRATION + "test_pictures.py::"
ACCOUNTS = INTEGRATION + "test_accounts.py::"
STREAM = INTEGRATION + "test_stream.py::"
TOOLS = INTEGRATION + "test_message_tools.py::"
CRASH = F + "test_crash_points.py::"
DATABASE = F + "test_database.py::"
MEANWHILE = F + "test_meanwhile.py::"
GATEWAY = F + "test_gateway_limits.py::"
ZOMBIES = F + "test_zombies.py::"
STORIES = F + "test_chat_model.py::test_no_order_of_events_breaks_the_promise"
TURN_CRASH = CRASH + "test_turn_survives_a_crash_at_every_point"


class Row(NamedTuple):
    """``tests`` are pytest's node ids without parameters."""

    fault: str
    outcome: str
    tests: tuple[str, ...]


def _row(fault: str, outcome: str, *tests: str) -> Row:
    return Row(fault, outcome, tests)


ROWS: dict[str, Row] = {
    "F1": _row("Browser disconnects while text streams", "resumes at once; the reply is stored either way", MEANWHILE + "test_page_that_never_comes_back_finds_the_reply", GATEWAY + "test_page_shows_the_whole_reply_although_its_socket_is_cut_all_the_time"),
    "F2": _row("Reconnects between snapshot and subscription", "no gap, no repeat", GATEWAY + "test_page_shows_the_whole_reply_although_its_socket_is_cut_all_the_time", STREAM + "test_subscriber_gets_what_it_lacks", STORIES),
    "F3": _row("Worker killed while text streams", "one reset, one reply", REPLY + "test_killed_worker_is_replaced_with_one_reset", TURN_CRASH),
    "F4": _row("Stalled worker wakes after another finished", "changes nothing", ZOMBIES + "test_paused_worker_wakes_and_changes_nothing", PICTURES + "test_zombie_worker_changes_nothing"),
    "F5": _row("Start or step delivered twice, also at once", "one reply, one call of the model", REPLY + "test_every_step_delivered_twice_changes_nothing", ZOMBIES + "test_step_delivered_twice_at_once_runs_once", F + "test_schema.py::test_database_refuses_a_second"),
    "F6": _row("API dies after COMMIT, before the start", "started by the next read or resend", TURN_CRASH, SEND + "test_turn_that_could_not_be_started_starts_with_a_late_read"),
    "F7": _row("API dies before COMMIT", "nothing stored; the same id is sent again", TURN_CRASH),
    "F8": _row("Answer lost after COMMIT", "same turn, charged once", TURN_CRASH, INTEGRATION + "test_turn.py::test_same_message_sent_again_is_the_same_turn"),
    "F9": _row("Same id, other text", "409 idempotency_mismatch", SEND + "test_other_text_under_the_same_id_is_refused"),
    "F10": _row("Double click", "one message, one turn", SEND + "test_double_click_stores_one_message_and_is_charged_once"),
    "F11": _row("Two tabs send at once", "one turn, 409 names it", SEND + "test_two_tabs_get_one_turn_and_a_conflict_that_names_it"),
    "F12": _row("Model 429 with Retry-After", "waited out inside the deadline", REPLY + "test_busy_model_is_asked_again_after_the_time_it_names", REPLY + "test_model_that_is_busy_for_long_is_given_up_at_once"),
    "F13": _row("Model 5xx, refused, DNS, TLS", "retried, then a clear error with Retry", REPLY + "test_broken_answers_end_in_a_clear_retryable_error", REPLY + "test_model_that_cannot_be_reached_ends_in_a_clear_retryable_error"),
    "F14": _row("Model 401, 403, 404", "misconfigured; no retry storm", REPLY + "test_refused_key_or_model_is_not_retried"),
    "F15": _row("Model stalls", "ends at the limit of the first word or of a gap, asked again", REPLY + "test_stalled_stream_ends_at_the_idle_limit", REPLY + "test_model_that_never_begins_is_given_up_at_its_first_limit"),
    "F16": _row("Model sends garbage", "never stored; memory bounded", REPLY + "test_broken_answers_end_in_a_clear_retryable_error"),
    "F17": _row("Half a stream", "starts over with one reset; the last half is kept as incomplete", REPLY + "test_half_a_stream_starts_over_with_one_reset", REPLY + "test_last_half_is_kept_as_incomplete_and_replaced_by_the_retry"),
    "F18": _row("Reply cut by its length", "kept, Continue", REPLY + "test_reply_cut_by_its_length_can_be_continued"),
    "F19": _row("Empty reply", "asked once more, then an error", REPLY + "test_empty_reply_is_asked_for_once_more"),
    "F20": _row("Content filter", "a notice, asked once", REPLY + "test_content_filter_is_a_notice_and_asked_once"),
    "F21": _row("Endless reply", "cut, line hung up", REPLY + "test_endless_reply_is_cut_and_the_line_is_hung_up"),
    "F22": _row("Analysis returns junk", "old state, degraded state", INTEGRATION + "test_scene_of_a_chat.py::test_junk_analysis_keeps_the_old_state_and_says_so", F + "test_races.py::test_turn_that_broke_leaves_the_scene_as_it_was_with_its_message_too"),
    "F23": _row("Image model down", "text unaffected, degraded image", PICTURES + "test_reply_is_stored_and_shown_before_anything_is_drawn", PICTURES + "test_broken_image_model_is_tried_three_times_and_costs_no_text"),
    "F24": _row("Image model slow", "text at once; picture given up at its limit", PICTURES + "test_slow_image_model_is_given_up"),
    "F25": _row("Image model sends damaged files or bombs", "nothing stored", PICTURES + "test_damaged_picture_costs_no_text_and_leaves_nothing"),
    "F26": _row("Object store down; death between files and row", "no orphan", CRASH + "test_picture_survives_a_crash_at_every_point"),
    "F27": _row("Database cut, killed, cut at COMMIT before and after", "503 and resend; nothing lost or doubled", DATABASE + "test_cut_at_every_commit_of_a_turn", DATABASE + "test_database_cut_again_and_again_while_text_streams", DATABASE + "test_refused_database_means_come_back_later_and_nothing_is_lost", DATABASE + "test_failover_of_half_a_minute_is_outlasted", DATABASE + "test_killed_database_loses_nothing_it_confirmed"),
    "F28": _row("Too many connections (53300)", "503 with Retry-After, never 500", DATABASE + "test_too_many_connections_are_refused_kindly"),
    "F29": _row("Serialization failures and deadlocks", "run again, unnoticed", DATABASE + "test_lost_races_are_run_again", DATABASE + "test_twenty_writers_in_one_chat_never_wait_in_a_circle"),
    "F30": _row("Database stalls while text streams", "a pause, no reset", DATABASE + "test_database_that_stalls_while_text_streams_costs_nothing_but_a_pause"),
    "F31": _row("Secrets rotated during a turn", "fetched once, nothing noticed", DATABASE + "test_rotated_database_login_is_fetched_in_the_middle_of_a_reply", REPLY + "test_rotated_key_is_fetched_once"),
    "F32": _row("Session signing key rotated", "nobody logged out", ACCOUNTS + "test_rotating_the_signing_key_logs_nobody_out"),
    "F33": _row("Clocks a minute off", "nothing", MEANWHILE + "test_clocks_of_workers_do_not_matter"),
    "F34": _row("Answered message deleted", "turn cancelled, no reply", REPLY + "test_message_deleted_while_it_is_answered_takes_the_reply_with_it"),
    "F35": _row("Older message deleted", "gone from chat, prompts, export; reply arrives", MEANWHILE + "test_older_message_deleted_while_its_successor_is_answered"),
    "F36": _row("Companion deleted at any step", "nothing left, no error logged", MEANWHILE + "test_deleted_at_a_step_boundary_leaves_nothing", MEANWHILE + "test_deleted_while_text_streams_closes_quietly", PICTURES + "test_nothing_appears_after_a_deletion_while_it_is_drawn"),
    "F37": _row("Account deleted at any step", "nothing left, no error logged", MEANWHILE + "test_deleted_at_a_step_boundary_leaves_nothing", MEANWHILE + "test_deleted_while_text_streams_closes_quietly", ACCOUNTS + "test_deleting_the_account_leaves_nothing", F + "test_races.py::test_account_deleted_while_a_worker_commits_never_waits_in_a_circle"),
    "F38": _row("Stop", "text so far kept, model hung up within 2 s", REPLY + "test_stop_keeps_the_text_so_far_and_hangs_up", F + "test_races.py::test_stop_keeps_what_a_worker_showed_before_it_was_killed"),
    "F39": _row("Socket without a live session or from elsewhere", "refused before 101", STREAM + "test_anybody_else_is_refused", STREAM + "test_no_socket_outlives_a_session_revoked_while_twenty_connect"),
    "F40": _row("Session expires while text streams", "reply completes, then 401", MEANWHILE + "test_session_that_expires_while_text_streams_lets_the_reply_finish"),
    "F41": _row("Logout or password change while text streams", "socket closed within 5 s, reply stored", MEANWHILE + "test_logout_in_another_tab_closes_the_socket_and_the_reply_is_stored"),
    "F42": _row("Gateway's idle, life and integration limits", "the page, in Chromium too, reconnects and resumes", "tests/e2e/test_gateway_limits.py::test_the_page_survives_the_gateways_limits", GATEWAY + "test_socket_is_closed_at_each_limit", GATEWAY + "test_request_that_takes_too_long_or_is_too_large_is_told_so", GATEWAY + "test_page_shows_the_whole_reply_although_its_socket_is_cut_all_the_time"),
    "F43": _row("Frames over 32 KB, messages over 128 KB", "never sent; 1009 when received", MEANWHILE + "test_no_frame_is_larger_than_the_gateway_takes", GATEWAY + "test_socket_is_closed_at_each_limit"),
    "F44": _row("Posting to sockets fails", "reply no slower, page catches up", MEANWHILE + "test_sockets_that_answer_errors_do_not_slow_the_reply", "tests/unit/test_publisher.py::test_slow_socket_holds_up_neither_the_work_nor_the_others"),
    "F45": _row("Deploy during a turn", "the previous release's events are taken", MEANWHILE + "test_turn_runs_on_the_previous_releases_events", MEANWHILE + "test_events_of_the_previous_release_are_taken", MEANWHILE + "test_states_send_no_less_than_before"),
    "F46": _row("Roll-back after a migration", "this code runs on a newer schema", MEANWHILE + "test_this_release_runs_on_the_next_ones_schema", MEANWHILE + "test_migrations_only_expand"),
    "F47": _row("Turn that always kills its worker", "a visible, retryable end", TURN_CRASH, CRASH + "test_failing_turn_ends_visibly_wherever_its_end_crashes", REPLY + "test_worker_that_always_dies_ends_visibly"),
    "F48": _row("Rate limit reached", "429, nothing stored", SEND + "test_thirty_first_message_in_a_minute_is_refused_and_not_stored"),
    "F49": _row("Rate-limit store (the database) down", "503 everywhere, fails closed", DATABASE + "test_refused_database_means_come_back_later_and_nothing_is_lost"),
    "F50": _row("Twenty cold workers at once", "slower, none lost", MEANWHILE + "test_twenty_sends_to_cold_workers_are_all_answered"),
}  # fmt: skip
