-- Keys of the media bucket that no picture needs (any more): written before a file is put and when a picture's row goes
-- (also by cascade), removed when the picture's row is there or the file is gone.  So every file has either a row in
-- images or one here, whatever dies in between.
CREATE TABLE discarded_objects (
    key text PRIMARY KEY,
    not_before timestamptz NOT NULL DEFAULT clock_timestamp()   -- later for files of a picture that is being stored
);
CREATE INDEX discarded_objects_due ON discarded_objects (not_before);

CREATE FUNCTION discard_files() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO discarded_objects (key)
    SELECT source ->> 'key'
    FROM jsonb_array_elements(OLD.sources) AS source
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER images_discard_files AFTER DELETE ON images FOR EACH ROW EXECUTE FUNCTION discard_files();

-- Whether a key is (still) some picture's.
CREATE INDEX images_files ON images USING gin (sources jsonb_path_ops);

-- Galleries page by id (ids sort by time).
DROP INDEX images_companion;
DROP INDEX images_user;
CREATE INDEX images_companion ON images (companion_id, id DESC);
CREATE INDEX images_user ON images (user_id, id DESC);

-- Whether this turn's picture is counted in the limit: counted once, given back once.
ALTER TABLE turns ADD COLUMN image_charged boolean NOT NULL DEFAULT false;
