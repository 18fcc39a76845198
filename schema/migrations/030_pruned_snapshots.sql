-- The last answer that differed from the latest snapshot of its document in dates, counters or order alone: no snapshot is stored for it.
CREATE TABLE unremarkable_look (
  document_id INTEGER PRIMARY KEY REFERENCES document (id),
  text_sha256 TEXT NOT NULL CHECK (length(text_sha256) = 64),
  seen_at INTEGER NOT NULL,
  looks INTEGER NOT NULL DEFAULT 1 CHECK (looks >= 1)
) STRICT;

-- A person's request to take away old snapshots. While one has no ended_at, which is within its own transaction alone, snapshots from before
-- `older_than` may be deleted, their passages, and bodies that nothing refers to.
CREATE TABLE prune (
  id INTEGER PRIMARY KEY,
  older_than INTEGER NOT NULL,
  asked_by TEXT NOT NULL,
  began_at INTEGER NOT NULL,
  ended_at INTEGER,
  snapshots INTEGER NOT NULL DEFAULT 0 CHECK (snapshots >= 0)
) STRICT;

-- The passages that a document had in snapshots that were taken away: back on the page, they are no news.
CREATE TABLE pruned_passage (
  document_id INTEGER NOT NULL REFERENCES document (id),
  likeness_sha256 TEXT NOT NULL,
  PRIMARY KEY (document_id, likeness_sha256)
) STRICT, WITHOUT ROWID;
-- Those of them that an entry got for a draft: a copy elsewhere is no news for it.
CREATE TABLE pruned_routing (
  entry_id INTEGER NOT NULL REFERENCES entry (id),
  likeness_sha256 TEXT NOT NULL,
  PRIMARY KEY (entry_id, likeness_sha256)
) STRICT, WITHOUT ROWID;

DROP TRIGGER snapshot_is_never_deleted;
CREATE TRIGGER snapshot_is_only_pruned BEFORE DELETE ON snapshot
WHEN NOT EXISTS (SELECT 1 FROM prune WHERE ended_at IS NULL AND OLD.fetched_at < older_than)
  OR EXISTS (SELECT 1 FROM citation WHERE snapshot_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'a snapshot is never deleted, but by a prune where nothing cites it'); END;
DROP TRIGGER passage_is_never_deleted;
CREATE TRIGGER passage_is_only_pruned BEFORE DELETE ON passage WHEN NOT EXISTS (SELECT 1 FROM prune WHERE ended_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'a passage is never deleted, but by a prune'); END;
DROP TRIGGER body_is_never_deleted;
CREATE TRIGGER body_is_only_pruned BEFORE DELETE ON body WHEN NOT EXISTS (SELECT 1 FROM prune WHERE ended_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'a body is never deleted, but by a prune'); END;

-- The bytes of the store in use when a run ended; NULL for runs of before.
ALTER TABLE run ADD COLUMN store_bytes INTEGER CHECK (store_bytes >= 0);
