-- What became of a change that nobody decided: the newer one that took its place, or why it fits the entry no longer.
ALTER TABLE change ADD COLUMN superseded_by INTEGER REFERENCES change (id);
ALTER TABLE change ADD COLUMN outdated_because TEXT NOT NULL DEFAULT '';
CREATE INDEX change_by_superseding ON change (superseded_by) WHERE superseded_by IS NOT NULL;

-- What a person never wants to see proposed again: anything from a source, a passage whatever snapshot it stands in, or a kind of change;
-- for one entry, or (entry_id NULL) for all. A refusal is lifted, not deleted.
CREATE TABLE refusal (
  id INTEGER PRIMARY KEY,
  subject TEXT NOT NULL CHECK (subject IN ('source', 'passage', 'kind')),
  entry_id INTEGER REFERENCES entry (id),
  source_id INTEGER REFERENCES source (id),
  likeness_sha256 TEXT,
  change_kind TEXT,
  words TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  refused_by TEXT NOT NULL,
  refused_at INTEGER NOT NULL,
  lifted_by TEXT NOT NULL DEFAULT '',
  lifted_at INTEGER,
  CHECK ((subject = 'source') = (source_id IS NOT NULL)),
  CHECK ((subject = 'passage') = (likeness_sha256 IS NOT NULL)),
  CHECK ((subject = 'kind') = (change_kind IS NOT NULL))
) STRICT;
CREATE INDEX refusal_standing ON refusal (entry_id) WHERE lifted_at IS NULL;
CREATE TRIGGER refusal_is_never_deleted BEFORE DELETE ON refusal
BEGIN SELECT RAISE(ABORT, 'a refusal is lifted, not deleted'); END;

-- The waiting changes that a refusal turned down when it was said; lifting it lets them wait again.
CREATE TABLE refused_change (
  refusal_id INTEGER NOT NULL REFERENCES refusal (id),
  change_id INTEGER NOT NULL REFERENCES change (id),
  PRIMARY KEY (refusal_id, change_id)
) STRICT, WITHOUT ROWID;
