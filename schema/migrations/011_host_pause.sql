-- Hosts that asked to be left alone (429 or 503 with Retry-After), until when, and how they said so.
CREATE TABLE host_pause (
  host TEXT PRIMARY KEY,
  until INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
