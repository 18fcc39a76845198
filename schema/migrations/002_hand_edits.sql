-- A page that a person edited or deleted on disk where the store cannot follow by itself: it waits for a decision, and the file stays as it
-- is. The texts are bodies: base_sha256 what the last export had of the store (NULL where no export made the file), theirs_sha256 what the
-- file's bytes, disk_sha256, are as a text of the store; both are NULL where the file is gone.
CREATE TABLE conflict (
  id INTEGER PRIMARY KEY,
  entry_id INTEGER NOT NULL REFERENCES entry (id),
  folder TEXT NOT NULL,
  file TEXT NOT NULL,
  base_sha256 TEXT REFERENCES body (sha256),
  store_sha256 TEXT NOT NULL REFERENCES body (sha256),
  theirs_sha256 TEXT REFERENCES body (sha256),
  disk_sha256 TEXT REFERENCES body (sha256),
  found_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'decided', 'outdated')),
  verdict TEXT NOT NULL DEFAULT '' CHECK (verdict IN ('', 'disk', 'store', 'edit')),
  decided_by TEXT NOT NULL DEFAULT '',
  decided_at INTEGER,
  CHECK ((state = 'decided') = (decided_at IS NOT NULL) AND (state = 'decided') = (verdict <> ''))
) STRICT;
CREATE INDEX conflict_waiting ON conflict (folder, file) WHERE state = 'waiting';
CREATE TRIGGER conflict_is_never_deleted BEFORE DELETE ON conflict
BEGIN SELECT RAISE(ABORT, 'a conflict is decided, not deleted'); END;

-- Where an entry stood before it was moved on disk, so that its old path still finds it.
CREATE TABLE entry_move (
  id INTEGER PRIMARY KEY,
  entry_id INTEGER NOT NULL REFERENCES entry (id),
  old_path TEXT NOT NULL,
  old_file TEXT NOT NULL,
  new_file TEXT NOT NULL,
  moved_at INTEGER NOT NULL,
  moved_by TEXT NOT NULL
) STRICT;
CREATE INDEX entry_move_by_path ON entry_move (old_path);
