-- Words somebody may use who means a memory without saying it ("pet" for a dog): found too, and count less.
ALTER TABLE memories ADD COLUMN keywords text NOT NULL DEFAULT '';
-- Whether it says that something is not so ("does not eat meat"): full-text search does not see the difference.
ALTER TABLE memories ADD COLUMN denies boolean NOT NULL DEFAULT false;
DROP INDEX memories_search;
ALTER TABLE memories DROP COLUMN search;
ALTER TABLE memories ADD COLUMN search tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('english', text), 'A') || setweight(to_tsvector('english', keywords), 'D')
) STORED;
CREATE INDEX memories_search ON memories USING gin (search);
CREATE INDEX memories_pinned ON memories (companion_id, created_at DESC) WHERE pinned;
CREATE INDEX memories_important ON memories (companion_id, created_at DESC) WHERE importance >= 4;
CREATE INDEX memories_superseded ON memories (superseded_by) WHERE superseded_by IS NOT NULL;

-- What a companion knows now: not superseded, and not learnt from deleted messages alone (undo brings it back).
CREATE VIEW known_memories AS
SELECT m.*
FROM memories m
WHERE m.superseded_by IS NULL
  AND (m.pinned
       OR m.origin <> 'learnt'
       OR NOT EXISTS (SELECT 1 FROM memory_sources s WHERE s.memory_id = m.id)
       OR EXISTS (
           SELECT 1
           FROM memory_sources s
           JOIN messages g ON g.id = s.message_id
           WHERE s.memory_id = m.id AND g.deleted_at IS NULL
       ));

-- Rolling summaries of what left the prompt's window.  Each tells everything through its last message, and the older
-- ones are kept: when a message changes, those that tell of it go and the newest of the others counts again.
-- (companions.summary and summary_through_seq are no longer used; the previous release still reads them.)
CREATE TABLE summaries (
    companion_id uuid NOT NULL REFERENCES companions ON DELETE CASCADE,
    through_seq integer NOT NULL,
    text text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 2000),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (companion_id, through_seq)
);

CREATE FUNCTION forget_summaries() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM summaries WHERE companion_id = OLD.companion_id AND through_seq >= OLD.seq;
    RETURN NULL;
END
$$;
-- Edited, deleted, brought back, or another alternative shown.
CREATE TRIGGER messages_forget_summaries AFTER UPDATE OF text, deleted_at ON messages
FOR EACH ROW
WHEN (OLD.text IS DISTINCT FROM NEW.text OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at)
EXECUTE FUNCTION forget_summaries();
