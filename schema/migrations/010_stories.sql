-- What a snapshot tells, so that copies of one text on several sources are found: a MinHash signature (schema/base/min_hash.h), empty for
-- a text that is too short to be compared. Its bands are equal for two signatures that are alike, with a probability that rises with likeness.
CREATE TABLE story_signature (
  snapshot_id INTEGER PRIMARY KEY REFERENCES snapshot (id),
  minhash BLOB NOT NULL
) STRICT;
CREATE TABLE story_band (
  band INTEGER NOT NULL,
  snapshot_id INTEGER NOT NULL REFERENCES snapshot (id),
  PRIMARY KEY (band, snapshot_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX snapshot_by_text ON snapshot (text_sha256);
CREATE INDEX citation_by_snapshot ON citation (snapshot_id);
