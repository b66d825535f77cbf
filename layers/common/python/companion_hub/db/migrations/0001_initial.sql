-- The whole schema of the first release.  Ids are UUIDv7 made by the application; times are UTC, from the database's clock.

CREATE TABLE users (
    id uuid PRIMARY KEY,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 50),
    email text NOT NULL UNIQUE CHECK (email = lower(email)),
    username text NOT NULL UNIQUE CHECK (username ~ '^[a-z0-9_]{3,20}$'),
    password_hash text NOT NULL,
    appearance jsonb NOT NULL DEFAULT '{}',          -- the user's own look, for pictures with both
    preferences jsonb NOT NULL DEFAULT '{}',         -- theme, content rating, budget, automatic pictures, …
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE sessions (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    user_agent text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id, created_at DESC);

CREATE TABLE companions (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 50),
    profile jsonb NOT NULL DEFAULT '{}',             -- style, appearance, identity, prompts: models/companion.py
    card jsonb,                                      -- what an imported character card carried beyond our own fields
    scene jsonb NOT NULL,                            -- models/scene.py, after the newest shown message
    picture_id uuid,                                 -- foreign key added below, images come later
    image_seed bigint NOT NULL,
    summary text NOT NULL DEFAULT '',                -- rolling summary of what left the prompt window
    summary_through_seq integer NOT NULL DEFAULT 0,
    next_seq integer NOT NULL DEFAULT 1,
    last_message_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX companions_user ON companions (user_id, created_at DESC);

CREATE TABLE turns (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    companion_id uuid NOT NULL REFERENCES companions ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('reply', 'regenerate', 'continue', 'image')),
    status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    step text,                                       -- name of the state that works on it
    progress smallint NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
    steps_done smallint NOT NULL DEFAULT 0,          -- 1 after AnalyzeContext … 5 after GenerateImage
    fence integer NOT NULL DEFAULT 0,                -- raised by every claim; every later write of a worker names it
    attempt integer NOT NULL DEFAULT 0,              -- raised when the streamed text starts over
    claimed_retry integer NOT NULL DEFAULT 0,        -- Step Functions' RetryCount of the worker that holds the claim
    lease_until timestamptz,
    run integer NOT NULL DEFAULT 1,                  -- execution name is the id, then id-r2, id-r3 after user retries
    user_message_id uuid,
    reply_message_id uuid,                           -- the message regenerated or continued, then the one written
    text text NOT NULL DEFAULT '',                   -- what this attempt has streamed so far
    operations jsonb NOT NULL DEFAULT '[]',          -- scene operations found so far
    scene jsonb,                                     -- scene after step 1, then after step 3
    want_image boolean,                              -- NULL: as the user's preferences say
    stop_requested boolean NOT NULL DEFAULT false,
    stopped boolean NOT NULL DEFAULT false,
    truncated boolean NOT NULL DEFAULT false,
    degraded text[] NOT NULL DEFAULT '{}',
    error_code text,
    error_message text,
    prompt_parts jsonb,                              -- names and token counts of the prompt's parts, never their text
    input_tokens integer,
    output_tokens integer,
    first_token_ms integer,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    started_at timestamptz,
    finished_at timestamptz,
    deadline_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX turns_one_active ON turns (companion_id) WHERE status IN ('queued', 'running');
CREATE INDEX turns_companion ON turns (companion_id, status, created_at DESC);
CREATE INDEX turns_user ON turns (user_id, created_at DESC);

CREATE TABLE messages (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    companion_id uuid NOT NULL REFERENCES companions ON DELETE CASCADE,
    seq integer NOT NULL,
    role text NOT NULL CHECK (role IN ('user', 'assistant')),
    client_message_id uuid,
    turn_id uuid REFERENCES turns ON DELETE SET NULL,
    text text NOT NULL,                              -- of the alternative that is shown
    scene jsonb,                                     -- after the alternative that is shown
    selected smallint NOT NULL DEFAULT 0,
    alternatives smallint NOT NULL DEFAULT 1,        -- how many rows in message_alternatives (0 for user messages)
    status text NOT NULL DEFAULT 'complete' CHECK (status IN ('complete', 'stopped', 'truncated', 'incomplete')),
    edited_at timestamptz,
    deleted_at timestamptz,                          -- set on delete; undo within 30 s, then really removed on the next write
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple', text)) STORED,
    UNIQUE (companion_id, seq),
    UNIQUE (companion_id, client_message_id)
);
CREATE UNIQUE INDEX messages_one_reply_per_turn ON messages (turn_id) WHERE role = 'assistant';
CREATE INDEX messages_search ON messages USING gin (search);

CREATE TABLE message_alternatives (
    message_id uuid NOT NULL REFERENCES messages ON DELETE CASCADE,
    position smallint NOT NULL,                      -- 0, 1, 2 …
    text text NOT NULL,
    scene jsonb,
    status text NOT NULL DEFAULT 'complete' CHECK (status IN ('complete', 'stopped', 'truncated', 'incomplete')),
    model text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (message_id, position)
);

CREATE TABLE images (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    companion_id uuid NOT NULL REFERENCES companions ON DELETE CASCADE,
    turn_id uuid REFERENCES turns ON DELETE SET NULL,
    message_id uuid REFERENCES messages ON DELETE SET NULL,
    kind text NOT NULL CHECK (kind IN ('generated', 'uploaded')),
    width integer NOT NULL,
    height integer NOT NULL,
    sources jsonb NOT NULL,                          -- [{type, width, key, size_bytes}], keys in the media bucket
    prompt text,
    negative_prompt text,
    seed bigint,
    model text,
    settings jsonb NOT NULL DEFAULT '{}',            -- steps, sampler, scene, why each garment was in or out
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX images_companion ON images (companion_id, created_at DESC);
CREATE INDEX images_user ON images (user_id, created_at DESC);
CREATE INDEX images_message ON images (message_id) WHERE message_id IS NOT NULL;
CREATE UNIQUE INDEX images_one_per_turn ON images (turn_id) WHERE turn_id IS NOT NULL;

ALTER TABLE companions
    ADD CONSTRAINT companions_picture FOREIGN KEY (picture_id) REFERENCES images ON DELETE SET NULL;
ALTER TABLE turns
    ADD CONSTRAINT turns_user_message FOREIGN KEY (user_message_id) REFERENCES messages ON DELETE SET NULL,
    ADD CONSTRAINT turns_reply_message FOREIGN KEY (reply_message_id) REFERENCES messages ON DELETE SET NULL;

CREATE TABLE memories (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    companion_id uuid NOT NULL REFERENCES companions ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('fact', 'preference', 'promise', 'event', 'relationship')),
    text text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 500),
    importance smallint NOT NULL DEFAULT 3 CHECK (importance BETWEEN 1 AND 5),
    pinned boolean NOT NULL DEFAULT false,
    origin text NOT NULL DEFAULT 'learnt' CHECK (origin IN ('learnt', 'user', 'imported')),
    subject text NOT NULL DEFAULT '',                -- normalised key of what it is about, for merging and superseding
    superseded_by uuid REFERENCES memories ON DELETE SET NULL,
    last_used_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    search tsvector GENERATED ALWAYS AS (to_tsvector('english', text)) STORED
);
CREATE INDEX memories_companion ON memories (companion_id, created_at DESC);
CREATE INDEX memories_search ON memories USING gin (search);

CREATE TABLE memory_sources (
    memory_id uuid NOT NULL REFERENCES memories ON DELETE CASCADE,
    message_id uuid NOT NULL REFERENCES messages ON DELETE CASCADE,
    PRIMARY KEY (memory_id, message_id)
);
CREATE INDEX memory_sources_message ON memory_sources (message_id);

-- A stored socket is a hint that ages out: posting to it tells whether it is still there.
CREATE TABLE connections (
    id text PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    session_id uuid NOT NULL REFERENCES sessions ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX connections_user ON connections (user_id);
CREATE INDEX connections_session ON connections (session_id);

-- Sliding log: one row per admitted event.  Keys are hashes, so no address or e-mail stands here.
CREATE TABLE rate_limits (
    key text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX rate_limits_key ON rate_limits (key, at);
CREATE INDEX rate_limits_at ON rate_limits (at);

CREATE TABLE usage (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    companion_id uuid REFERENCES companions ON DELETE SET NULL,
    turn_id uuid,
    kind text NOT NULL CHECK (kind IN ('reply', 'analysis', 'summary', 'image')),
    model text NOT NULL,
    input_tokens integer NOT NULL DEFAULT 0,
    output_tokens integer NOT NULL DEFAULT 0,
    images integer NOT NULL DEFAULT 0,
    cost_usd numeric(12, 6) NOT NULL DEFAULT 0,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX usage_user ON usage (user_id, at DESC);

-- Admit one event into a sliding window, exactly: returns 0 when admitted, else the seconds until there is room again.
-- A function, because each statement inside it sees what was committed while it waited for the lock.
CREATE FUNCTION admit(p_key text, p_limit integer, p_window interval) RETURNS double precision
LANGUAGE plpgsql AS $$
DECLARE
    v_room_at timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(p_key, 0));
    DELETE FROM rate_limits WHERE key = p_key AND at <= clock_timestamp() - p_window;
    IF random() < 0.02 THEN  -- keys that never come back: swept now and then; no window is longer than a day
        DELETE FROM rate_limits WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM rate_limits WHERE at < clock_timestamp() - interval '25 hours' LIMIT 500 FOR UPDATE SKIP LOCKED
        ));
    END IF;
    SELECT at + p_window INTO v_room_at FROM rate_limits WHERE key = p_key ORDER BY at DESC OFFSET p_limit - 1 LIMIT 1;
    IF v_room_at IS NOT NULL THEN
        RETURN greatest(extract(epoch FROM v_room_at - clock_timestamp()), 0.001);
    END IF;
    INSERT INTO rate_limits (key, at) VALUES (p_key, clock_timestamp());
    RETURN 0;
END $$;
