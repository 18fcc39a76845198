-- How a source's address fares.
--   validated_address   which address, after redirects, gave etag and last_modified ('': the source's own)
--   absences            how often in a row it was missing (404) or out of reach, each time at least three days after the time before;
--   absent_at           the last of these
--   gone_at             since when it is called gone
--   hint_*              what a feed said of how often it may be looked at: minutes between two looks, and the hours (bit 0 to 23)
--                       and days of the week (bit 0: Sunday) to be left out, in GMT
ALTER TABLE source ADD COLUMN validated_address TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN absences INTEGER NOT NULL DEFAULT 0 CHECK (absences >= 0);
ALTER TABLE source ADD COLUMN absent_at INTEGER;
ALTER TABLE source ADD COLUMN gone_at INTEGER;
ALTER TABLE source ADD COLUMN hint_least_minutes INTEGER NOT NULL DEFAULT 0 CHECK (hint_least_minutes >= 0);
ALTER TABLE source ADD COLUMN hint_skipped_hours INTEGER NOT NULL DEFAULT 0 CHECK (hint_skipped_hours >= 0);
ALTER TABLE source ADD COLUMN hint_skipped_days INTEGER NOT NULL DEFAULT 0 CHECK (hint_skipped_days >= 0);

-- The days in a row on which a source's address led to `target` by permanent redirects and what came from there could be read.
CREATE TABLE redirect_sighting (
  source_id INTEGER NOT NULL REFERENCES source (id),
  day TEXT NOT NULL,
  target TEXT NOT NULL,
  PRIMARY KEY (source_id, day)
) STRICT, WITHOUT ROWID;

-- Addresses that sources had before. source_id is the source that has the new address: the same one, or one that had it already.
CREATE TABLE source_move (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source (id),
  old_address TEXT NOT NULL,
  new_address TEXT NOT NULL,
  moved_at INTEGER NOT NULL
) STRICT;
CREATE INDEX source_move_by_old_address ON source_move (old_address);
CREATE INDEX source_move_by_source ON source_move (source_id);

-- Which source an entry's flag is about, where it is about one.
ALTER TABLE flag ADD COLUMN about_source_id INTEGER REFERENCES source (id);
CREATE INDEX flag_by_entry ON flag (entry_id) WHERE entry_id IS NOT NULL;
