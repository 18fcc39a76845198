-- The words of DESIGN.md §5 as tables. Times are milliseconds since 1970 in UTC; hashes are SHA-256 in lower-case hexadecimal;
-- byte ranges are [begin, end) into the uncompressed text they name.

-- Bytes that never change, stored once under the hash of the uncompressed bytes.
CREATE TABLE body (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  size INTEGER NOT NULL CHECK (size >= 0),
  zstd BLOB NOT NULL
) STRICT;

CREATE TRIGGER body_never_changes BEFORE UPDATE ON body
BEGIN SELECT RAISE(ABORT, 'a body never changes'); END;
CREATE TRIGGER body_is_never_deleted BEFORE DELETE ON body
BEGIN SELECT RAISE(ABORT, 'a body is never deleted'); END;

CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('page', 'feed', 'sitemap', 'pdf', 'search', 'file')),
  address TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'gone', 'removed')),
  added_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  checked_at INTEGER,
  changed_at INTEGER,
  etag TEXT NOT NULL DEFAULT '',
  last_modified TEXT NOT NULL DEFAULT '',
  failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  failing_since INTEGER,
  last_error TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX source_by_due ON source (state, due_at);

CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source (id),
  identity TEXT NOT NULL,
  address TEXT NOT NULL,
  UNIQUE (source_id, identity)
) STRICT;

CREATE TABLE snapshot (
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES document (id),
  fetched_at INTEGER NOT NULL,
  body_sha256 TEXT NOT NULL REFERENCES body (sha256),
  text_sha256 TEXT NOT NULL REFERENCES body (sha256),
  content_type TEXT NOT NULL DEFAULT '',
  final_address TEXT NOT NULL DEFAULT '',
  title TEXT NOT NULL DEFAULT '',
  author TEXT NOT NULL DEFAULT '',
  site_name TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  published TEXT NOT NULL DEFAULT '',
  modified TEXT NOT NULL DEFAULT '',
  UNIQUE (document_id, id)
) STRICT;

CREATE TRIGGER snapshot_never_changes BEFORE UPDATE ON snapshot
BEGIN SELECT RAISE(ABORT, 'a snapshot never changes'); END;
CREATE TRIGGER snapshot_is_never_deleted BEFORE DELETE ON snapshot
BEGIN SELECT RAISE(ABORT, 'a snapshot is never deleted'); END;

CREATE TABLE passage (
  id INTEGER PRIMARY KEY,
  snapshot_id INTEGER NOT NULL REFERENCES snapshot (id),
  ordinal INTEGER NOT NULL,
  begin_byte INTEGER NOT NULL CHECK (begin_byte >= 0),
  end_byte INTEGER NOT NULL CHECK (end_byte >= begin_byte),
  likeness_sha256 TEXT NOT NULL,
  is_new INTEGER NOT NULL CHECK (is_new IN (0, 1)),
  UNIQUE (snapshot_id, ordinal)
) STRICT;
CREATE TRIGGER passage_never_changes BEFORE UPDATE ON passage
BEGIN SELECT RAISE(ABORT, 'a passage never changes'); END;
CREATE TRIGGER passage_is_never_deleted BEFORE DELETE ON passage
BEGIN SELECT RAISE(ABORT, 'a passage is never deleted'); END;

CREATE TABLE entry (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  file TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('entry', 'section')),
  title TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('stub', 'published', 'removed')),
  current_revision_id INTEGER REFERENCES revision (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE entry_source (
  entry_id INTEGER NOT NULL REFERENCES entry (id),
  source_id INTEGER NOT NULL REFERENCES source (id),
  PRIMARY KEY (entry_id, source_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_source_by_source ON entry_source (source_id);

CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'partial', 'failed', 'interrupted')),
  drafter TEXT NOT NULL,
  report_json TEXT NOT NULL DEFAULT '{}',
  tokens_spent INTEGER NOT NULL DEFAULT 0,
  micro_usd_spent INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE fetch (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run (id),
  source_id INTEGER NOT NULL REFERENCES source (id),
  at INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('new', 'changed', 'unchanged', 'not_modified', 'failed')),
  http_status INTEGER,
  error TEXT NOT NULL DEFAULT '',
  bytes INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX fetch_by_source ON fetch (source_id, at);
CREATE INDEX fetch_by_run ON fetch (run_id);

CREATE TABLE revision (
  id INTEGER PRIMARY KEY,
  entry_id INTEGER NOT NULL REFERENCES entry (id),
  number INTEGER NOT NULL CHECK (number >= 1),
  body_sha256 TEXT NOT NULL REFERENCES body (sha256),
  author_kind TEXT NOT NULL CHECK (author_kind IN ('person', 'model', 'policy', 'import')),
  author TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  UNIQUE (entry_id, number)
) STRICT;

CREATE TRIGGER revision_never_changes BEFORE UPDATE ON revision
BEGIN SELECT RAISE(ABORT, 'a revision never changes'); END;
CREATE TRIGGER revision_is_never_deleted BEFORE DELETE ON revision
BEGIN SELECT RAISE(ABORT, 'a revision is never deleted'); END;

-- The blocks of a revision. origin_revision_id is the revision in which the block got the text it has here.
CREATE TABLE block (
  revision_id INTEGER NOT NULL REFERENCES revision (id),
  ordinal INTEGER NOT NULL,
  block_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  begin_byte INTEGER NOT NULL,
  end_byte INTEGER NOT NULL,
  origin_revision_id INTEGER NOT NULL REFERENCES revision (id),
  PRIMARY KEY (revision_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX block_by_origin ON block (origin_revision_id);

-- A passage that is new and concerns an entry, until a draft has been made from it.
CREATE TABLE routing (
  passage_id INTEGER NOT NULL REFERENCES passage (id),
  entry_id INTEGER NOT NULL REFERENCES entry (id),
  reason TEXT NOT NULL CHECK (reason IN ('cites_source', 'names_subject')),
  run_id INTEGER NOT NULL REFERENCES run (id),
  drafted_in_run_id INTEGER REFERENCES run (id),
  PRIMARY KEY (passage_id, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX routing_waiting ON routing (entry_id) WHERE drafted_in_run_id IS NULL;

CREATE TABLE proposal (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run (id),
  entry_id INTEGER NOT NULL REFERENCES entry (id),
  base_revision_id INTEGER NOT NULL REFERENCES revision (id),
  drafter TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX proposal_by_entry ON proposal (entry_id);

CREATE TABLE change (
  id INTEGER PRIMARY KEY,
  proposal_id INTEGER NOT NULL REFERENCES proposal (id),
  ordinal INTEGER NOT NULL,
  kind TEXT NOT NULL,
  edit_json TEXT NOT NULL,
  place TEXT NOT NULL,
  old_text TEXT NOT NULL,
  new_text TEXT NOT NULL,
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'rejected', 'outdated', 'superseded')),
  applied_revision_id INTEGER REFERENCES revision (id),
  UNIQUE (proposal_id, ordinal)
) STRICT;
CREATE INDEX change_by_state ON change (state);
CREATE INDEX change_by_revision ON change (applied_revision_id);

CREATE TABLE claim (
  id INTEGER PRIMARY KEY,
  entry_id INTEGER NOT NULL REFERENCES entry (id),
  block_id TEXT NOT NULL,
  text TEXT NOT NULL,
  status TEXT NOT NULL,
  first_revision_id INTEGER NOT NULL REFERENCES revision (id),
  UNIQUE (entry_id, block_id)
) STRICT;

CREATE TABLE citation (
  id INTEGER PRIMARY KEY,
  change_id INTEGER REFERENCES change (id),
  claim_id INTEGER REFERENCES claim (id),
  snapshot_id INTEGER NOT NULL REFERENCES snapshot (id),
  begin_byte INTEGER NOT NULL CHECK (begin_byte >= 0),
  end_byte INTEGER NOT NULL CHECK (end_byte > begin_byte),
  quote TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('supports', 'refutes')),
  CHECK ((change_id IS NULL) <> (claim_id IS NULL))
) STRICT;
CREATE INDEX citation_by_change ON citation (change_id);
CREATE INDEX citation_by_claim ON citation (claim_id);
CREATE TRIGGER citation_never_changes BEFORE UPDATE ON citation
BEGIN SELECT RAISE(ABORT, 'a citation never changes'); END;
CREATE TRIGGER citation_is_never_deleted BEFORE DELETE ON citation
BEGIN SELECT RAISE(ABORT, 'a citation is never deleted'); END;

CREATE TABLE flag (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  detail TEXT NOT NULL DEFAULT '',
  change_id INTEGER REFERENCES change (id),
  entry_id INTEGER REFERENCES entry (id),
  source_id INTEGER REFERENCES source (id),
  raised_at INTEGER NOT NULL,
  resolved_at INTEGER,
  resolution TEXT NOT NULL DEFAULT '',
  CHECK ((change_id IS NOT NULL) + (entry_id IS NOT NULL) + (source_id IS NOT NULL) = 1)
) STRICT;
CREATE INDEX flag_by_change ON flag (change_id);
CREATE TRIGGER flag_is_never_deleted BEFORE DELETE ON flag
BEGIN SELECT RAISE(ABORT, 'a flag is resolved, not deleted'); END;

CREATE TABLE decision (
  id INTEGER PRIMARY KEY,
  change_id INTEGER NOT NULL REFERENCES change (id),
  verdict TEXT NOT NULL CHECK (verdict IN ('approve', 'reject', 'edit', 'undo')),
  decided_by TEXT NOT NULL,
  decided_at INTEGER NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX decision_by_change ON decision (change_id);
CREATE TRIGGER decision_never_changes BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, 'a decision never changes'); END;
CREATE TRIGGER decision_is_never_deleted BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'a decision is never deleted'); END;

-- Editorial rules as they were taken in; path is the part of the tree they apply to ('' is the whole section).
CREATE TABLE steering (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL,
  heading TEXT NOT NULL,
  body_sha256 TEXT NOT NULL REFERENCES body (sha256),
  position INTEGER NOT NULL UNIQUE
) STRICT;

-- What the last export or import left at a path below an export folder.
CREATE TABLE export_file (
  folder TEXT NOT NULL,
  file TEXT NOT NULL,
  entry_id INTEGER NOT NULL REFERENCES entry (id),
  revision_id INTEGER NOT NULL REFERENCES revision (id),
  body_sha256 TEXT NOT NULL REFERENCES body (sha256),
  exported_at INTEGER NOT NULL,
  PRIMARY KEY (folder, file)
) STRICT, WITHOUT ROWID;

-- robots.txt files by origin, kept no longer than RFC 9309 §2.4 allows.
CREATE TABLE robots (
  origin TEXT PRIMARY KEY,
  fetched_at INTEGER NOT NULL,
  http_status INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT, WITHOUT ROWID;
