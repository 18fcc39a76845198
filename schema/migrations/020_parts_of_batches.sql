-- How many requests of its batch show pieces of one another's passages, this one among them: 1 where it shows whole passages. Their answers are drafted
-- from together or not at all, so that no piece is taken for said because another was.
ALTER TABLE model_batch_item ADD COLUMN parts INTEGER NOT NULL DEFAULT 1;

-- The entries that a request names by number ("e2"): an answer's links lead where they led when it was asked, whatever was added or moved since.
CREATE TABLE model_batch_related (
  call_id INTEGER NOT NULL REFERENCES model_batch_item (call_id),
  number INTEGER NOT NULL,
  entry_id INTEGER NOT NULL REFERENCES entry (id),
  PRIMARY KEY (call_id, number)
) STRICT, WITHOUT ROWID;
