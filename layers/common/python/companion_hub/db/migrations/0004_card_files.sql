-- The files that came inside an imported character card (CHARX), for its export: apart from the companion's row, which
-- every turn reads.
CREATE TABLE card_files (
    companion_id uuid NOT NULL REFERENCES companions ON DELETE CASCADE,
    path text NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (companion_id, path)
);
