-- A source's text is held against an entry the first time that it is seen for it, whatever its date. The first look at a source that entries have had since
-- before this was written down was held against a date: it is made again.
ALTER TABLE entry_source ADD COLUMN is_compared INTEGER NOT NULL DEFAULT 0 CHECK (is_compared IN (0, 1));
-- The title by which stored passages were searched for the entry; NULL where they were not yet.
ALTER TABLE entry ADD COLUMN searched_title TEXT;
ALTER TABLE routing ADD COLUMN is_first_look INTEGER NOT NULL DEFAULT 0 CHECK (is_first_look IN (0, 1));
-- It was drafted, and says more than was proposed.
ALTER TABLE routing ADD COLUMN is_kept INTEGER NOT NULL DEFAULT 0 CHECK (is_kept IN (0, 1));
CREATE INDEX routing_kept ON routing (entry_id) WHERE is_kept = 1;
-- The source whose first look a change comes of; NULL for news.
ALTER TABLE change ADD COLUMN first_look_source_id INTEGER REFERENCES source (id);
