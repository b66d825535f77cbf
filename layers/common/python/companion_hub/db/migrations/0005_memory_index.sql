-- A companion's memories by word: without the companion in the index, a common word reads everybody's memories.
-- btree_gin comes with PostgreSQL and its database's owner may create it; where it is missing, the index by word stays.
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'btree_gin') THEN
        CREATE EXTENSION IF NOT EXISTS btree_gin;
        DROP INDEX memories_search;
        -- fastupdate off: what waits in the list of pending entries would be read by every look-up of every word
        CREATE INDEX memories_search ON memories USING gin (companion_id, search) WITH (fastupdate = off);
    END IF;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'btree_gin may not be created; memories are indexed by word alone';
END
$$;
