-- Calls of a language model: the most that one can use and cost is reserved here before it is sent, and settled from what the endpoint
-- reports. A row without settled_at counts at its bound, so what is recorded is never below what was spent, wherever a run dies.
CREATE TABLE model_call (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run (id),
  entry_id INTEGER REFERENCES entry (id),
  protocol TEXT NOT NULL,
  base_url TEXT NOT NULL,
  model TEXT NOT NULL,
  prompt_version TEXT NOT NULL,
  request_sha256 TEXT NOT NULL CHECK (length(request_sha256) = 64),
  reserved_at INTEGER NOT NULL,
  bound_tokens INTEGER NOT NULL CHECK (bound_tokens >= 0),
  bound_micro_usd INTEGER CHECK (bound_micro_usd >= 0),
  settled_at INTEGER,
  outcome TEXT NOT NULL DEFAULT 'reserved' CHECK (outcome IN ('reserved', 'answered', 'failed', 'lost')),
  tokens INTEGER CHECK (tokens >= 0),
  micro_usd INTEGER CHECK (micro_usd >= 0),
  saved_micro_usd INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  detail TEXT NOT NULL DEFAULT '',
  provider_request_id TEXT NOT NULL DEFAULT '',
  CHECK ((outcome = 'reserved') = (settled_at IS NULL)),
  CHECK ((tokens IS NULL) = (settled_at IS NULL))
) STRICT;
CREATE INDEX model_call_by_run ON model_call (run_id);
CREATE INDEX model_call_by_time ON model_call (reserved_at);
CREATE INDEX model_call_open ON model_call (run_id) WHERE settled_at IS NULL;
CREATE TRIGGER model_call_is_never_deleted BEFORE DELETE ON model_call
BEGIN SELECT RAISE(ABORT, 'a call is settled, not deleted'); END;
CREATE TRIGGER model_call_is_settled_once BEFORE UPDATE ON model_call WHEN OLD.settled_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a settled call does not change'); END;

-- What a model answered, by the hash of the whole canonical request: the same question is not paid for twice.
CREATE TABLE model_answer (
  request_sha256 TEXT PRIMARY KEY CHECK (length(request_sha256) = 64),
  call_id INTEGER NOT NULL REFERENCES model_call (id),
  body_sha256 TEXT NOT NULL REFERENCES body (sha256)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER model_answer_never_changes BEFORE UPDATE ON model_answer
BEGIN SELECT RAISE(ABORT, 'an answer never changes'); END;
