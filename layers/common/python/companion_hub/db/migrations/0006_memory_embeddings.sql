-- What memories and questions mean, as bit strings that lie the closer the more alike (services/meaning.py): compared with
-- bit_count(a # b), which every PostgreSQL since 14 has, so no extension is needed.  One row per memory that counts.
CREATE TABLE memory_embeddings (
    memory_id uuid PRIMARY KEY REFERENCES memories ON DELETE CASCADE,
    companion_id uuid NOT NULL,  -- goes with the memory; no key of its own, which would be a second lock to wait for
    model text NOT NULL,
    code bit varying NOT NULL
);
-- Everything a search reads stands in the index: ten thousand memories are a few hundred of its pages.
CREATE INDEX memory_embeddings_companion ON memory_embeddings (companion_id, model) INCLUDE (memory_id, code);

-- Of the message that is answered; NULL where no embeddings are set up or they did not answer in time.
ALTER TABLE turns ADD COLUMN question_code bit varying, ADD COLUMN question_model text;

-- A memory that says something else, or no longer counts, is not found by what it said.
CREATE FUNCTION forget_embedding() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM memory_embeddings WHERE memory_id = OLD.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER memories_forget_embedding AFTER UPDATE OF text, superseded_by ON memories
FOR EACH ROW
WHEN (OLD.text IS DISTINCT FROM NEW.text OR NEW.superseded_by IS NOT NULL)
EXECUTE FUNCTION forget_embedding();
