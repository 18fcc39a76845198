-- What people decided about hand edits, append-only, so that a decision can be undone. `revision_id` has the text that came of it (NULL where the
-- entry was removed); `left_*` is what the manifest knew of the file when the decision was made (NULL where no export had made it).
CREATE TABLE conflict_decision (
  id INTEGER PRIMARY KEY,
  conflict_id INTEGER NOT NULL REFERENCES conflict (id),
  verdict TEXT NOT NULL CHECK (verdict IN ('disk', 'store', 'edit', 'undo')),
  decided_by TEXT NOT NULL,
  decided_at INTEGER NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  revision_id INTEGER REFERENCES revision (id),
  left_revision_id INTEGER REFERENCES revision (id),
  left_sha256 TEXT REFERENCES body (sha256),
  CHECK ((left_revision_id IS NULL) = (left_sha256 IS NULL))
) STRICT;
CREATE INDEX conflict_decision_by_conflict ON conflict_decision (conflict_id);
CREATE TRIGGER conflict_decision_never_changes BEFORE UPDATE ON conflict_decision
BEGIN SELECT RAISE(ABORT, 'a decision never changes'); END;
CREATE TRIGGER conflict_decision_is_never_deleted BEFORE DELETE ON conflict_decision
BEGIN SELECT RAISE(ABORT, 'a decision is never deleted'); END;

-- Whether what the person wrote is in the store alone: its decision was undone when the file had other bytes already. Exports leave the file alone
-- while such a conflict waits.
ALTER TABLE conflict ADD COLUMN only_in_store INTEGER NOT NULL DEFAULT 0 CHECK (only_in_store IN (0, 1));
